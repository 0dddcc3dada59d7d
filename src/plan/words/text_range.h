/* plan/words/text_range.h: ranges of times in plan text. */
#ifndef MSCHED_PLAN_WORDS_TEXT_RANGE_H
#define MSCHED_PLAN_WORDS_TEXT_RANGE_H

#include "plan/words/text_scan.h"

/*
 * Read the whole slice as a range of times of a setting: bare hours must be unambiguous. 1 if it is
 * meant as a range; attr is then RANGE or BAD.
 */
int msched__scan_range(msched__slice slice, msched__attr *attr);
/*
 * The same for to-dos and songs: bare hours stay ambiguous until the day is known. With `bare` 0,
 * bare hours are not times.
 */
int msched__scan_loose_range(msched__slice slice, int bare, msched__attr *attr);

#endif
