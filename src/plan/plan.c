/* Defaults, accessors and ownership of plans. */
#include "base/alloc.h"
#include "base/options.h"
#include "plan/plan_data.h"

#include <string.h>

void msched_todo_init(msched_todo *todo, uint32_t struct_size)
{
    const msched_todo defaults = {.start_s = MSCHED_UNSET,
                                  .end_s = MSCHED_UNSET,
                                  .duration_s = MSCHED_UNSET,
                                  .earliest_s = MSCHED_UNSET,
                                  .latest_s = MSCHED_UNSET,
                                  .started_s = MSCHED_UNSET,
                                  .ended_s = MSCHED_UNSET,
                                  .left_s = MSCHED_UNSET};
    msched__options_init(todo, struct_size, &defaults, sizeof defaults);
}

void msched_song_init(msched_song *song, uint32_t struct_size)
{
    const msched_song defaults = {
        .between_start_s = MSCHED_UNSET, .between_end_s = MSCHED_UNSET, .start_s = MSCHED_UNSET};
    msched__options_init(song, struct_size, &defaults, sizeof defaults);
}

void msched_listening_init(msched_listening *listening, uint32_t struct_size)
{
    const msched_listening defaults = {.max_total_s = MSCHED_UNSET,
                                       .fill_between_start_s = MSCHED_UNSET,
                                       .fill_between_end_s = MSCHED_UNSET};
    msched__options_init(listening, struct_size, &defaults, sizeof defaults);
}

void msched_day_init(msched_day *day, uint32_t struct_size)
{
    const msched_day defaults = {.start_s = 7 * 3600,
                                 .end_s = 23 * 3600,
                                 .now_s = MSCHED_UNSET,
                                 .max_tasks_s = MSCHED_UNSET};
    msched__options_init(day, struct_size, &defaults, sizeof defaults);
}

const char *msched_state_name(uint32_t state)
{
    static const char *const names[MSCHED_STATE_COUNT] = {"open",   "not_started", "started",
                                                          "paused", "done",        "skipped"};
    return state < MSCHED_STATE_COUNT ? names[state] : NULL;
}

msched_result msched_plan_get_day(const msched_plan *plan, msched_day *day)
{
    if (plan == NULL)
        return MSCHED_ERROR_ARGUMENT;
    const msched_day ours = {
        .start_s = msched__axis_to_time(&plan->axis, plan->day_start_s),
        .end_s = msched__axis_to_end(&plan->axis, plan->day_end_s),
        .now_s = plan->span != NULL ? plan->span->now_s
                                    : msched__axis_to_time(&plan->axis, plan->now_s),
        .date = plan->date,
        .timezone = plan->timezone,
        .calendar_id = plan->calendar_id,
        .assume_done = plan->assume_done,
        .break_s = plan->break_s,
        .break_after_s = plan->break_after_s,
        .days = plan->span != NULL ? plan->span->days : 0,
        .max_tasks_s = plan->span != NULL ? plan->span->max_tasks_s : MSCHED_UNSET};
    return msched__options_write(day, &ours, sizeof ours);
}

uint32_t msched_plan_todo_count(const msched_plan *plan)
{
    return plan == NULL ? 0 : plan->todo_count;
}

uint32_t msched__plan_find_todo(const msched_plan *plan, const char *id, size_t size)
{
    uint32_t i = 0;
    while (i < plan->todo_count &&
           (strncmp(plan->todos[i].id, id, size) != 0 || plan->todos[i].id[size] != '\0'))
        i++;
    return i;
}

msched_result msched_plan_get_todo(const msched_plan *plan, uint32_t index, msched_todo *todo)
{
    if (plan == NULL || index >= plan->todo_count)
        return MSCHED_ERROR_ARGUMENT;
    const msched__plan_todo *from = &plan->todos[index];
    int is_event = from->kind == MSCHED_TODO_EVENT;
    const msched_todo ours = {
        .kind = from->kind,
        .id = from->id,
        .title = from->title,
        .start_s = msched__axis_to_time(&plan->axis, from->start_s),
        .end_s = msched__axis_to_end(&plan->axis, from->end_s),
        .duration_s = from->duration_s,
        .earliest_s = is_event ? MSCHED_UNSET : msched__axis_to_time(&plan->axis, from->earliest_s),
        .latest_s = is_event ? MSCHED_UNSET : msched__axis_to_end(&plan->axis, from->latest_s),
        .priority = from->priority,
        .buffer_before_s = from->buffer_before_s,
        .buffer_after_s = from->buffer_after_s,
        .split_min_s = from->split_min_s,
        .music = from->music,
        .mood = from->mood,
        .after_count = from->after_id_count,
        .after = from->after_id_count == 0 ? NULL : from->after_ids,
        .before_count = from->before_count,
        .before = from->before_count == 0 ? NULL : from->before_ids,
        .late = from->late,
        .line = from->line,
        .label_count = from->label_count,
        .labels = from->label_count == 0 ? NULL : from->labels,
        .description = from->description,
        .state = from->state,
        .started_s = msched__axis_to_time(&plan->axis, from->started_s),
        .ended_s = msched__axis_to_end(&plan->axis, from->ended_s),
        .left_s = from->left_s,
    };
    return msched__options_write(todo, &ours, sizeof ours);
}

uint32_t msched_plan_song_count(const msched_plan *plan)
{
    return plan == NULL ? 0 : plan->song_count;
}

msched_result msched_plan_get_song(const msched_plan *plan, uint32_t index, msched_song *song)
{
    if (plan == NULL || index >= plan->song_count)
        return MSCHED_ERROR_ARGUMENT;
    const msched__plan_song *from = &plan->songs[index];
    const msched_song ours = {
        .must = from->must,
        .track_id = from->track_id[0] == '\0' ? NULL : from->track_id,
        .query = from->query[0] == '\0' ? NULL : from->query,
        .between_start_s = msched__axis_to_time(&plan->axis, from->between_start_s),
        .between_end_s = msched__axis_to_end(&plan->axis, from->between_end_s),
        .start_s = msched__axis_to_time(&plan->axis, from->start_s),
        .weight = from->weight,
        .times = from->times,
        .during = from->during_id[0] == '\0' ? NULL : from->during_id,
        .line = from->line,
        .state = from->state,
    };
    return msched__options_write(song, &ours, sizeof ours);
}

static msched_result read_rules(const msched_plan *plan, const msched_listening *rules,
                                msched_listening *listening)
{
    msched_listening ours = *rules;
    ours.quiet_s = plan->quiet_clock_s;
    ours.fill_between_start_s = msched__axis_to_time(&plan->axis, ours.fill_between_start_s);
    ours.fill_between_end_s = msched__axis_to_end(&plan->axis, ours.fill_between_end_s);
    return msched__options_write(listening, &ours, sizeof ours);
}

msched_result msched_plan_get_listening(const msched_plan *plan, msched_listening *listening)
{
    if (plan == NULL)
        return MSCHED_ERROR_ARGUMENT;
    return read_rules(plan, &plan->listening, listening);
}

msched_result msched_plan_get_fill(const msched_plan *plan, uint32_t index,
                                   msched_listening *listening)
{
    if (plan == NULL || index > plan->more_fill_count)
        return MSCHED_ERROR_ARGUMENT;
    return read_rules(plan, msched__plan_fill_rules(plan, index), listening);
}

msched_plan *msched_plan_ref(msched_plan *plan)
{
    if (plan != NULL)
        msched__refcount_add(&plan->refs);
    return plan;
}

void msched_plan_unref(msched_plan *plan)
{
    /* A loop, because a plan that was marked many times has a long chain of origins. */
    while (plan != NULL && msched__refcount_drop(&plan->refs)) {
        msched_allocator memory = plan->arena.allocator;
        msched_plan *origin = plan->origin;
        msched__arena_reset(&plan->arena);
        msched__free(&memory, plan);
        plan = origin;
    }
}
