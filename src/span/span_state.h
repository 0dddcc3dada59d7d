/* span/span_state.h: the choice of dates as it was before a trial, to go back to it. */
#ifndef MSCHED_SPAN_STATE_H
#define MSCHED_SPAN_STATE_H

#include "span/span_model.h"

/* A saved state: what the tasks and songs have, the loads and schedules of the dates. */
typedef struct msched__span_state {
    msched__span_task *tasks;
    msched__span_wish *wishes;
    int64_t load_s[MSCHED__SPAN_DAYS], value[MSCHED_LEVEL_COUNT];
    msched_schedule *schedules[MSCHED__SPAN_DAYS]; /* references, owned */
    uint8_t is_ordered[MSCHED__SPAN_DAYS], is_flat[MSCHED__SPAN_DAYS];
} msched__span_state;

/* The level that counts the tasks of a priority, 1 .. 4. */
static inline uint32_t msched__span_level(uint32_t priority)
{
    static const uint8_t level_of[] = {MSCHED_LEVEL_TASKS_1, MSCHED_LEVEL_TASKS_2,
                                       MSCHED_LEVEL_TASKS_3, MSCHED_LEVEL_TASKS_4};
    return level_of[priority - 1];
}

/* The sums of the levels over the dates' schedules; of no songs before the dates are solved. */
void msched__span_value(const msched__span *span, int64_t *value);
/* An empty state, with room in the span's arena. 0 when out of memory. */
int msched__span_state_make(const msched__span *span, msched__span_state *state);
/* Drop the references to schedules. */
void msched__span_state_free(msched__span_state *state);
/* Save the span as it is now, with its value. */
void msched__span_state_keep(const msched__span *span, msched__span_state *state);
/* Make the span what it was. */
void msched__span_state_restore(msched__span *span, const msched__span_state *state);
/* 1 if the values a are better than b, in the order of the levels. */
int msched__span_is_better(const int64_t *a, const int64_t *b);

#endif
