/* A plan in which the state of a to-do or song, or the time of a to-do, is changed. */
#include "base/civil.h"
#include "base/options.h"
#include "plan/plan_builder_data.h"
#include "plan/plan_check.h"
#include "plan/plan_derive.h"
#include "plan/plan_occurrence.h"
#include "plan/plan_refuse.h"
#include "plan/plan_times.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400

/* Of several days, schedules number the occurrences: whether this is "gym~2" of the to-do gym. */
static int is_numbered(const msched_plan *plan, const char *id)
{
    const char *tilde = strrchr(id, '~');
    return plan->span != NULL && tilde != NULL &&
           msched__plan_find_todo(plan, id, (size_t)(tilde - id)) < plan->todo_count;
}

/* Report that no to-do has this id, and list the ids. */
static msched_result refuse_id(const msched_plan *plan, const char *id, msched_error *err)
{
    char list[160] = "";
    size_t used = 0;
    if (is_numbered(plan, id))
        return msched__fail(err, MSCHED_ERROR_NOT_FOUND,
                            "id: name the date of \"%.40s\" instead of its number, as in "
                            "gym@2026-11-24",
                            id);
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

static msched_result refuse_span(const msched_plan *plan, const char *problem, msched_error *err)
{
    return plan->span == NULL
               ? MSCHED_OK
               : msched__fail(err, MSCHED_ERROR_CONFLICT, "in a plan of several days, %s", problem);
}

static msched_result refuse_mark(const char *id, const char *problem, msched_error *err)
{
    return msched__fail(err, MSCHED_ERROR_VALUE, "%.60s: %s", id, problem);
}

/* The occurrences of a to-do with the new one in place of that of its date; OPEN: without it. */
static msched_result change_occurrence(msched_plan *own, uint32_t index,
                                       const msched_occurrence *mark, msched_error *err)
{
    msched__plan_span *span = msched__plan_own_span(own, 1, 0);
    if (span == NULL)
        return msched__fail_memory(err);
    msched__span_item *item = &span->todos[index];
    const msched_occurrence *had = item->occurrences;
    uint32_t count = item->occurrence_count;
    msched_occurrence *list = msched__arena_alloc(&own->arena, (size_t)count + 1, sizeof *list);
    char *date = msched__arena_copy(&own->arena, mark->date, strlen(mark->date));
    if (list == NULL || date == NULL)
        return msched__fail_memory(err);
    own->holds_no_texts = 0;
    item->occurrences = list;
    item->occurrence_count = 0;
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(had[i].date, date) != 0)
            list[item->occurrence_count++] = had[i];
    msched_occurrence added = *mark;
    added.date = date;
    if (mark->state != MSCHED_STATE_OPEN)
        item->occurrence_count = msched__occurrence_insert(list, item->occurrence_count, &added);
    msched__occurrence_close(own, index, item);
    return MSCHED_OK;
}

/* The occurrence that a mark names, checked. `date` has room for one. */
static msched_result read_mark(const msched_plan *plan, uint32_t index, const msched_todo *mark,
                               const char *name, msched_occurrence *out, char *date,
                               msched_error *err)
{
    msched_occurrence_init(out, sizeof *out);
    out->date = name;
    out->state = mark->state;
    out->started_s = mark->started_s;
    out->ended_s = mark->ended_s;
    out->left_s = mark->left_s;
    int is_open = mark->state == MSCHED_STATE_OPEN;
    if (is_open)
        out->state = MSCHED_STATE_SKIPPED; /* only its date counts */
    const char *problem = msched__occurrence_read(plan->date_days, plan->span->days, out, date);
    if (problem == NULL && msched__occurrence_day(plan, out) == UINT32_MAX)
        problem = "this is not a date of the plan";
    const msched__plan_todo *todo = &plan->todos[index];
    const msched__span_item *has = &plan->span->todos[index];
    msched__span_item item = {
        .times = has->times, .each = has->each, .occurrences = out, .occurrence_count = !is_open};
    msched_todo plain = {.kind = todo->kind, .state = todo->state, .duration_s = todo->duration_s};
    if (problem == NULL)
        problem = msched__occurrence_problem(&plain, &item);
    out->state = mark->state;
    return problem == NULL ? MSCHED_OK : refuse_mark(mark->id, problem, err);
}

/* Set the state of an occurrence: of the to-do with that number, on that date. */
static msched_result mark_on(msched_plan **out, msched_plan *plan, uint32_t index,
                             const msched_todo *mark, const char *name, msched_error *err)
{
    char date[11];
    msched_occurrence occurrence;
    msched__plan_todo *todos;
    msched__plan_song *songs;
    msched_result result = read_mark(plan, index, mark, name, &occurrence, date, err);
    if (result == MSCHED_OK)
        result = derive(out, plan, &todos, &songs, err);
    if (result != MSCHED_OK)
        return result;
    result = change_occurrence(*out, index, &occurrence, err);
    if (result != MSCHED_OK) {
        msched_plan_unref(*out);
        *out = NULL;
    }
    return result;
}

/* The state of a single occurrence: "gym@2026-11-24". */
static msched_result mark_occurrence(msched_plan **out, msched_plan *plan, const msched_todo *mark,
                                     msched_error *err)
{
    const char *name = "";
    uint32_t index = msched__occurrence_find(plan, mark->id, &name);
    return index == UINT32_MAX ? refuse_id(plan, mark->id, err)
                               : mark_on(out, plan, index, mark, name, err);
}

/* Only a task that is done once can have times as a whole. */
static int is_done_once(const msched_plan *plan, uint32_t index)
{
    return plan->todos[index].kind == MSCHED_TODO_TASK &&
           msched__span_is_single(&plan->span->todos[index]);
}

static int has_times(const msched_todo *mark)
{
    return mark->started_s != MSCHED_UNSET || mark->ended_s != MSCHED_UNSET;
}

/* Moments of a to-do that is done once: those of its occurrence on that date. */
static msched_result mark_at(msched_plan **out, msched_plan *plan, uint32_t index,
                             const msched_todo *mark, msched_error *err)
{
    int32_t first = mark->started_s != MSCHED_UNSET ? mark->started_s : mark->ended_s;
    int32_t last = (int32_t)(plan->span->days - 1) * DAY_S + MSCHED_DAY_END_S;
    char date[11];
    if (!is_done_once(plan, index))
        return refuse_mark(mark->id,
                           "to record times, name the date of the occurrence in the id, "
                           "as in gym@2026-11-24",
                           err);
    if (first < 0 || first > last || mark->ended_s > last)
        return refuse_mark(mark->id, "the times must be on dates of the plan", err);
    int32_t day = first / DAY_S;
    if (day == (int32_t)plan->span->days) /* after midnight of the last date */
        day--;
    msched_todo on = *mark;
    if (on.started_s != MSCHED_UNSET)
        on.started_s -= day * DAY_S;
    if (on.ended_s != MSCHED_UNSET)
        on.ended_s -= day * DAY_S;
    msched__date_write(plan->date_days + day, date);
    return mark_on(out, plan, index, &on, date, err);
}

/* The state of a to-do as a whole. */
static msched_result check_span_mark(const msched_plan *plan, uint32_t index,
                                     const msched_todo *mark, msched_error *err)
{
    if (plan->span == NULL)
        return MSCHED_OK;
    int is_begun = mark->state == MSCHED_STATE_STARTED || mark->state == MSCHED_STATE_PAUSED;
    if (is_begun && !is_done_once(plan, index))
        return refuse_mark(mark->id,
                           "name the date of the occurrence in the id, as in "
                           "gym@2026-11-24",
                           err);
    if (mark->left_s != MSCHED_UNSET && mark->left_s > plan->todos[index].duration_s)
        return refuse_mark(mark->id, "more time is left to do than the task takes", err);
    return MSCHED_OK;
}

/* A state of the whole to-do takes the place of those of its occurrences. */
static msched_result drop_occurrences(msched_plan **own, uint32_t index, msched_error *err)
{
    msched__plan_span *span = msched__plan_own_span(*own, 1, 0);
    if (span == NULL) {
        msched_plan_unref(*own);
        *own = NULL;
        return msched__fail_memory(err);
    }
    (*own)->holds_no_texts = 0;
    span->todos[index].occurrences = NULL;
    span->todos[index].occurrence_count = 0;
    msched__occurrence_close(*own, index, &span->todos[index]);
    return MSCHED_OK;
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
    uint32_t index = msched__plan_find_todo(plan, known.id, strlen(known.id));
    if (index == plan->todo_count)
        return mark_occurrence(out, plan, &known, err);
    known.kind = plan->todos[index].kind;
    if (plan->span != NULL && has_times(&known))
        return mark_at(out, plan, index, &known, err);
    if ((result = check_span_mark(plan, index, &known, err)) != MSCHED_OK)
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
    return plan->span == NULL || plan->span->todos[index].occurrence_count == 0
               ? MSCHED_OK
               : drop_occurrences(out, index, err);
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
    uint32_t index = msched__plan_find_todo(plan, id, strlen(id));
    if (index == plan->todo_count)
        return refuse_id(plan, id, err);
    msched__plan_todo *todos;
    msched__plan_song *songs;
    msched_result result =
        refuse_span(plan, "no to-do can be moved: write its time or date into the plan", err);
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
    msched_result result =
        refuse_span(plan, "only to-dos can be marked: write the change into the plan", err);
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
