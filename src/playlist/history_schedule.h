/* playlist/history_schedule.h: the songs of a schedule as plays. */
#ifndef MSCHED_PLAYLIST_HISTORY_SCHEDULE_H
#define MSCHED_PLAYLIST_HISTORY_SCHEDULE_H

#include "playlist/history_read.h"

/* As msched__history_read_json. */
msched_result msched__history_read_schedule(msched__history_reader *in, msched_error *err);

#endif
