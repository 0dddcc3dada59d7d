/* schedule/explain/explain_songs.h: why a wanted song is unscheduled or the fill is too short. */
#ifndef MSCHED_EXPLAIN_SONGS_H
#define MSCHED_EXPLAIN_SONGS_H

#include "schedule/explain/explain_text.h"

/* Append the missing wanted songs and fill to schedule->unplaced. */
void msched__explain_songs(msched__explain *e);

#endif
