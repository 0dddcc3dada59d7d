/* schedule/explain/explain_songs.h: why a wanted song or the fill is missing. */
#ifndef MSCHED_EXPLAIN_SONGS_H
#define MSCHED_EXPLAIN_SONGS_H

#include "schedule/explain/explain_text.h"

/* Append the wanted songs and the fill that are missing to schedule->unplaced. */
void msched__explain_songs(msched__explain *e);

#endif
