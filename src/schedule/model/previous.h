/* schedule/model/previous.h: match a previous schedule with a plan. */
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

/* A previous schedule, matched with this plan. All zero: there is none. */
typedef struct msched__replan {
    /* pieces of tasks that have begun: known ones first, then assumed ones */
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
 * Match a previous schedule (NULL: none) of the same date with the current plan. Songs that are
 * done or skipped keep their number of plays. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__replan_make(msched__arena *arena, const msched__plan_songs *songs,
                                  msched__happened *happened, const msched_schedule *previous,
                                  msched__replan *out);
/* Give the tasks their previous starts. 0 when out of memory. */
int msched__replan_wish(msched__arena *arena, const msched__replan *replan, msched__tasks *tasks);

#endif
