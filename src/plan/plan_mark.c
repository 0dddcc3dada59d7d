/* A plan in which the state of a to-do or song, or the time of a to-do, is changed. */
#include "base/options.h"
#include "plan/plan_builder_data.h"
#include "plan/plan_check.h"
#include "plan/plan_derive.h"
#include "plan/plan_refuse.h"
#include "plan/plan_times.h"

#include <stdio.h>
#include <string.h>

static uint32_t find_todo(const msched_plan *plan, const char *id)
{
    uint32_t index = 0;
    while (index < plan->todo_count && strcmp(plan->todos[index].id, id) != 0)
        index++;
    return index;
}

/* Report that no to-do has this id, and list the ids. */
static msched_result refuse_id(const msched_plan *plan, const char *id, msched_error *err)
{
    char list[160] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        const char *each = plan->todos[i].id, *comma = i == 0 ? "" : ", ";
        if (used + strlen(comma) + strlen(each) + sizeof ", .." > sizeof list) {
            used += (size_t)snprintf(list + used, sizeof list - used, "%s..", comma);
            break;
        }
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", comma, each);
    }
    if (plan->todo_count == 0)
        return msched__fail(err, MSCHED_ERROR_NOT_FOUND, "id: the plan has no to-dos");
    return msched__fail(err, MSCHED_ERROR_NOT_FOUND,
                        "id: no to-do has the id \"%.40s\"; the ids are %s", id, list);
}

/*
 * Give a plan its own arrays, and drop plans that were marked before it, so that a plan can be
 * marked any number of times. The arrays are not shared yet, so the caller may change them.
 */
static msched_result own_arrays(msched_plan *own, msched__plan_todo **todos,
                                msched__plan_song **songs, msched_error *err)
{
    *todos = msched__arena_alloc(&own->arena, own->todo_count + (size_t)1, sizeof **todos);
    *songs = msched__arena_alloc(&own->arena, own->song_count + (size_t)1, sizeof **songs);
    if (*todos == NULL || *songs == NULL)
        return msched__fail_memory(err);
    if (own->todo_count > 0)
        memcpy(*todos, own->todos, own->todo_count * sizeof **todos);
    if (own->song_count > 0)
        memcpy(*songs, own->songs, own->song_count * sizeof **songs);
    own->todos = *todos;
    own->songs = *songs;
    own->holds_no_texts = 1;
    msched_plan *holder = own->origin;
    while (holder->origin != NULL && (holder->holds_no_texts || holder->arena.held_bytes == 0))
        holder = holder->origin;
    msched_plan_ref(holder);
    msched_plan_unref(own->origin);
    own->origin = holder;
    return MSCHED_OK;
}

/* A copy of the plan with arrays of its own; NULL on failure. */
static msched_result derive(msched_plan **out, msched_plan *plan, msched__plan_todo **todos,
                            msched__plan_song **songs, msched_error *err)
{
    msched_result result = msched__plan_derive(out, plan, err);
    if (result == MSCHED_OK)
        result = own_arrays(*out, todos, songs, err);
    if (result != MSCHED_OK) {
        msched_plan_unref(*out);
        *out = NULL;
    }
    return result;
}

/* A plan of several days does not store when to-dos began: they are done, skipped or open. */
static msched_result refuse_begun(const msched_plan *plan, const msched_todo *mark,
                                  msched_error *err)
{
    if (plan->span == NULL)
        return MSCHED_OK;
    if (mark->state == MSCHED_STATE_STARTED || mark->state == MSCHED_STATE_PAUSED)
        return msched__fail(
            err, MSCHED_ERROR_VALUE,
            "state: in a plan of several days, it must be \"done\", \"skipped\" or "
            "\"open\"; to-dos in progress at now continue as in the previous schedule");
    if (mark->started_s != MSCHED_UNSET || mark->ended_s != MSCHED_UNSET)
        return msched__fail(err, MSCHED_ERROR_VALUE,
                            "started, ended: in a plan of several days, a done to-do keeps its "
                            "times of the previous schedule: remove the times");
    return MSCHED_OK;
}

static msched_result refuse_span(const msched_plan *plan, msched_error *err)
{
    return plan->span == NULL ? MSCHED_OK
                              : msched__fail(err, MSCHED_ERROR_CONFLICT,
                                             "in a plan of several days, only to-dos can be "
                                             "marked: write the change into the plan");
}

msched_result msched_plan_mark_todo(msched_plan **out, msched_plan *plan, const msched_todo *mark,
                                    msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (plan == NULL)
        return msched__fail_null(err, "plan");
    if (mark == NULL || mark->id == NULL)
        return msched__fail_null(err, mark == NULL ? "mark" : "mark->id");
    msched_todo known;
    msched_todo_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, mark, "mark", err);
    if (result != MSCHED_OK)
        return result;
    uint32_t index = find_todo(plan, known.id);
    if (index == plan->todo_count)
        return refuse_id(plan, known.id, err);
    known.kind = plan->todos[index].kind;
    if ((result = refuse_begun(plan, &known, err)) != MSCHED_OK)
        return result;
    msched_plan_builder checker = {.allocator = plan->arena.allocator, .plan = plan};
    result = msched__plan_check_state(&checker, &known, index, err);
    msched__plan_todo *todos;
    msched__plan_song *songs;
    if (result == MSCHED_OK)
        result = derive(out, plan, &todos, &songs, err);
    if (result != MSCHED_OK)
        return result;
    todos[index].state = (uint8_t)known.state;
    todos[index].started_s = known.started_s;
    todos[index].ended_s = known.ended_s;
    todos[index].left_s = known.left_s;
    return MSCHED_OK;
}

/* The start of a to-do at another time, on the axis of the plan. */
static msched_result take_start(msched_plan *plan, uint32_t index, int32_t *start_s,
                                msched_error *err)
{
    const msched__plan_todo *todo = &plan->todos[index];
    int is_event = todo->kind == MSCHED_TODO_EVENT;
    msched_plan_builder checker = {.allocator = plan->arena.allocator, .plan = plan};
    msched__plan_fault fault = {MSCHED__PART_TODO, index, is_event ? "start" : "pin"};
    if (*start_s == MSCHED_UNSET && is_event)
        return msched__plan_refuse(&checker, fault, todo->id, MSCHED_ERROR_VALUE, err,
                                   "must be a time: an event has fixed times");
    if (*start_s == MSCHED_UNSET)
        return MSCHED_OK;
    msched_result result = msched__plan_take_time(&checker, fault, todo->id, MSCHED__TIME_START,
                                                  start_s, err);
    return result == MSCHED_OK ? msched__plan_check_range(&checker, fault, todo->id, *start_s, 0,
                                                          plan->axis_end_s - todo->duration_s, err)
                               : result;
}

/* Move it there, and extend its window to that time. */
static void move(msched__plan_todo *todo, int32_t start_s)
{
    int32_t end_s = start_s == MSCHED_UNSET ? MSCHED_UNSET : start_s + todo->duration_s;
    todo->start_s = start_s;
    todo->end_s = end_s;
    if (todo->kind == MSCHED_TODO_EVENT || start_s == MSCHED_UNSET)
        return;
    todo->split_min_s = 0;
    if (todo->has_earliest && todo->earliest_s > start_s)
        todo->earliest_s = start_s;
    if (todo->has_latest && todo->latest_s < end_s)
        todo->latest_s = end_s;
}

msched_result msched_plan_move_todo(msched_plan **out, msched_plan *plan, const char *id,
                                    int32_t start_s, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (plan == NULL || id == NULL)
        return msched__fail_null(err, plan == NULL ? "plan" : "id");
    uint32_t index = find_todo(plan, id);
    if (index == plan->todo_count)
        return refuse_id(plan, id, err);
    msched__plan_todo *todos;
    msched__plan_song *songs;
    msched_result result = refuse_span(plan, err);
    if (result == MSCHED_OK)
        result = take_start(plan, index, &start_s, err);
    if (result == MSCHED_OK)
        result = derive(out, plan, &todos, &songs, err);
    if (result == MSCHED_OK)
        move(&todos[index], start_s);
    return result;
}

msched_result msched_plan_mark_song(msched_plan **out, msched_plan *plan, uint32_t index,
                                    uint32_t state, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (plan == NULL)
        return msched__fail_null(err, "plan");
    if (index >= plan->song_count)
        return msched__fail(err, MSCHED_ERROR_NOT_FOUND,
                            "wanted song %u does not exist: the plan has %u, counted from 0",
                            (unsigned)index, (unsigned)plan->song_count);
    msched_plan_builder checker = {.allocator = plan->arena.allocator, .plan = plan};
    msched_result result = refuse_span(plan, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_song_state(&checker, index, state, err);
    msched__plan_todo *todos;
    msched__plan_song *songs;
    if (result == MSCHED_OK)
        result = derive(out, plan, &todos, &songs, err);
    if (result == MSCHED_OK)
        songs[index].state = (uint8_t)state;
    return result;
}
