#include "plan/plan_derive.h"

#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

static void share(msched_plan *copy, msched_plan *plan)
{
    copy->now_s = plan->now_s;
    memcpy(copy->date, plan->date, sizeof copy->date);
    copy->date_days = plan->date_days;
    copy->timezone = plan->timezone;
    copy->axis = plan->axis;
    copy->axis_end_s = plan->axis_end_s;
    copy->calendar_id = plan->calendar_id;
    copy->assume_done = plan->assume_done;
    copy->knows_history = plan->knows_history;
    copy->meets_by_name = plan->meets_by_name;
    copy->break_s = plan->break_s;
    copy->break_after_s = plan->break_after_s;
    copy->day_start_s = plan->day_start_s;
    copy->day_end_s = plan->day_end_s;
    copy->todo_count = plan->todo_count;
    copy->song_count = plan->song_count;
    copy->warning_count = plan->warning_count;
    copy->todos = plan->todos;
    copy->songs = plan->songs;
    copy->warnings = plan->warnings;
    copy->listening = plan->listening;
    copy->fill_during = plan->fill_during;
    copy->more_fill_count = plan->more_fill_count;
    copy->more_fills = plan->more_fills;
    copy->quiet_clock_s = plan->quiet_clock_s;
    copy->span = plan->span;
    /* A plan with an empty arena of its own only refers to its origin. */
    copy->origin =
        msched_plan_ref(plan->origin != NULL && plan->arena.held_bytes == 0 ? plan->origin : plan);
}

msched_result msched__plan_derive(msched_plan **out, msched_plan *plan, msched_error *err)
{
    msched_plan *copy = msched__alloc_zero(&plan->arena.allocator, 1, sizeof *copy);
    if (copy == NULL)
        return msched__fail_memory(err);
    msched__refcount_init(&copy->refs);
    msched__arena_init(&copy->arena, &plan->arena.allocator, 0);
    share(copy, plan);
    *out = copy;
    return MSCHED_OK;
}

/* Copy items with room for more; keep the same array if there are none to come. */
static msched__span_item *with_room(msched__arena *arena, msched__span_item *items, uint32_t count,
                                    uint32_t more)
{
    if (more == 0)
        return items;
    msched__span_item *out = msched__arena_alloc(arena, (size_t)count + more, sizeof *out);
    if (out != NULL && count > 0)
        memcpy(out, items, count * sizeof *out);
    return out;
}

msched__plan_span *msched__plan_own_span(msched_plan *own, uint32_t more_todos, uint32_t more_songs)
{
    const msched__plan_span *from = own->span;
    msched__plan_span *span = msched__arena_alloc(&own->arena, 1, sizeof *span);
    if (span == NULL)
        return NULL;
    *span = *from;
    span->todos = with_room(&own->arena, from->todos, from->todo_count, more_todos);
    span->songs = with_room(&own->arena, from->songs, from->song_count, more_songs);
    if ((more_todos > 0 && span->todos == NULL) || (more_songs > 0 && span->songs == NULL))
        return NULL;
    own->span = span;
    return span;
}

static msched_result move_span(msched_plan **out, msched_plan *plan, int32_t now_s,
                               msched_error *err)
{
    int32_t last = (int32_t)(plan->span->days - 1) * 86400 + MSCHED_DAY_END_S;
    if (now_s != MSCHED_UNSET)
        now_s = msched__plain_time(now_s);
    if (now_s != MSCHED_UNSET && (now_s < 0 || now_s > last))
        return msched__fail(err, MSCHED_ERROR_VALUE,
                            "now must be on a date of the plan, or by 36:00 of its last date");
    msched_result result = msched__plan_derive(out, plan, err);
    if (result != MSCHED_OK)
        return result;
    msched__plan_span *span = msched__plan_own_span(*out, 0, 0);
    if (span == NULL) {
        msched_plan_unref(*out);
        *out = NULL;
        return msched__fail_memory(err);
    }
    span->now_s = now_s;
    return MSCHED_OK;
}

msched_result msched_plan_with_now(msched_plan **out, msched_plan *plan, int32_t now_s,
                                   msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (plan == NULL)
        return msched__fail_null(err, "plan");
    if (plan->span != NULL)
        return move_span(out, plan, now_s, err);
    if (now_s != MSCHED_UNSET && (now_s < 0 || msched__plain_time(now_s) > MSCHED_DAY_END_S))
        return msched__fail(err, MSCHED_ERROR_VALUE, "now must be a time from 00:00 to 36:00");
    msched_result result = msched__plan_derive(out, plan, err);
    if (result == MSCHED_OK)
        (*out)->now_s = msched__axis_real(&plan->axis, now_s);
    return result;
}
