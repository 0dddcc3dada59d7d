/* schedule/model/previous.h: what a previous schedule says about a plan. */
#ifndef MSCHED_PREVIOUS_H
#define MSCHED_PREVIOUS_H

#include "schedule/model/happened.h"
#include "schedule/model/lookup.h"
#include "schedule/model/playlist.h"
#include "schedule/model/tasks.h"
#include "schedule/output/schedule.h"

/* A wanted play of the previous schedule. */
typedef struct msched__previous_play {
    uint32_t wish;
    int32_t start_s;
    uint8_t frozen;
} msched__previous_play;

/* What a previous schedule says about this plan. All zero: there is none. */
typedef struct msched__replan {
    /* pieces of tasks that have begun: what is known first, then what is assumed */
    msched__frozen *frozen;
    uint32_t frozen_count;
    msched__frozen *pieces; /* of tasks, not frozen, by to-do and start */
    uint32_t piece_count;
    msched__previous_play *plays;
    uint32_t play_count;
    msched__previous_fill *fill;
    uint32_t fill_count;
} msched__replan;

/*
 * Match a previous schedule (NULL: none) of the same date with what is now known of the day. Songs
 * that are done or skipped get as many plays as they had. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__replan_make(msched__arena *arena, const msched__plan_songs *songs,
                                  msched__happened *happened, const msched_schedule *previous,
                                  msched__replan *out);
/* Tell the tasks where they stood before. 0 when out of memory. */
int msched__replan_wish(msched__arena *arena, const msched__replan *replan, msched__tasks *tasks);

#endif
