#include "span/span_state.h"

#include "base/alloc.h"
#include "schedule/output/schedule.h"

#include <string.h>

void msched__span_value(const msched__span *span, int64_t *value)
{
    static const uint8_t summed[] = {MSCHED_LEVEL_MUST_SONGS, MSCHED_LEVEL_SONG_WEIGHT,
                                     MSCHED_LEVEL_FILL_S};
    memset(value, 0, MSCHED_LEVEL_COUNT * sizeof *value);
    for (uint32_t i = 0; i < span->task_count; i++)
        value[msched__span_level(span->plan->todos[span->tasks[i].todo].priority)] +=
            span->tasks[i].is_whole;
    for (uint32_t d = 0; d < span->days && span->dates[d].schedule != NULL; d++)
        for (size_t k = 0; k < sizeof summed; k++)
            value[summed[k]] += span->dates[d].schedule->objective.value[summed[k]];
}

int msched__span_state_make(const msched__span *span, msched__span_state *s)
{
    memset(s, 0, sizeof *s);
    s->tasks = msched__arena_alloc(span->arena, span->task_count, sizeof *s->tasks);
    s->wishes = msched__arena_alloc(span->arena, span->plan->song_count, sizeof *s->wishes);
    return s->tasks != NULL && s->wishes != NULL;
}

void msched__span_state_free(msched__span_state *s)
{
    for (uint32_t d = 0; d < MSCHED__SPAN_DAYS; d++) {
        msched_schedule_unref(s->schedules[d]);
        s->schedules[d] = NULL;
    }
}

void msched__span_state_keep(const msched__span *span, msched__span_state *s)
{
    msched__span_state_free(s);
    memcpy(s->tasks, span->tasks, span->task_count * sizeof *s->tasks);
    memcpy(s->wishes, span->wishes, span->plan->song_count * sizeof *s->wishes);
    for (uint32_t d = 0; d < span->days; d++) {
        s->load_s[d] = span->dates[d].load_s;
        s->is_ordered[d] = span->dates[d].is_ordered;
        s->is_flat[d] = span->dates[d].is_flat;
        s->schedules[d] = msched_schedule_ref(span->dates[d].schedule);
    }
    msched__span_value(span, s->value);
}

void msched__span_state_restore(msched__span *span, const msched__span_state *s)
{
    memcpy(span->tasks, s->tasks, span->task_count * sizeof *s->tasks);
    memcpy(span->wishes, s->wishes, span->plan->song_count * sizeof *s->wishes);
    for (uint32_t d = 0; d < span->days; d++) {
        span->dates[d].load_s = s->load_s[d];
        span->dates[d].is_ordered = s->is_ordered[d];
        span->dates[d].is_flat = s->is_flat[d];
        msched_schedule_unref(span->dates[d].schedule);
        span->dates[d].schedule = msched_schedule_ref(s->schedules[d]);
    }
}

int msched__span_is_better(const int64_t *a, const int64_t *b)
{
    for (int i = 0; i < MSCHED_LEVEL_COUNT; i++)
        if (a[i] != b[i])
            return a[i] > b[i];
    return 0;
}
