/* schedule/fill/fill_longest.h: a fill of as few songs as possible, so that few gaps are lost. */
#ifndef MSCHED_FILL_LONGEST_H
#define MSCHED_FILL_LONGEST_H

#include "schedule/fill/fill_state.h"

/*
 * Fill the slots of the day with the longest songs that pass the filter, each slot to the second if
 * the lengths allow it. Not with artist separation. 0 when out of memory.
 */
int msched__fill_longest(msched__fill_day *day);

#endif
