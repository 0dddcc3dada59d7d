/* Make and check plans of several dates in the builder's plan. */
#include "plan/plan_span_check.h"

#include "base/civil.h"
#include "plan/plan_occurrence.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DAY_S 86400

int msched__span_has_date(const msched_plan *plan, const msched__span_names *names)
{
    uint32_t bits = 0;
    int known;
    for (uint32_t i = 0; i < names->count; i++)
        bits |= msched__span_named(plan->date_days, plan->span->days, names->names[i], &known);
    return bits != 0;
}

msched__span_item msched__span_any_date(uint32_t days)
{
    return (msched__span_item){.dates = MSCHED__SPAN_ALL_DATES >> (31 - days),
                               .times = 1,
                               .apart_days = 1,
                               .release_s = MSCHED_UNSET,
                               .due_s = MSCHED_UNSET,
                               .max_per_day_s = MSCHED_UNSET};
}

int32_t msched__span_moment(int64_t date_days, int64_t date, int32_t time)
{
    int64_t days = date - date_days;
    days = days > MSCHED__SPAN_FAR_DAYS    ? MSCHED__SPAN_FAR_DAYS
           : days < -MSCHED__SPAN_FAR_DAYS ? -MSCHED__SPAN_FAR_DAYS
                                           : days;
    int32_t moment = (int32_t)days * DAY_S + msched__plain_time(time);
    return moment == MSCHED_UNSET ? moment - 1 : moment; /* 23:59:59 before the first date */
}

void msched__span_set_windows(msched__plan_span *span, uint32_t dates,
                              const msched__span_exception *x, const msched_day *day)
{
    for (uint32_t d = 0; d < span->days; d++) {
        if ((dates >> d & 1) == 0)
            continue;
        span->start_s[d] = x->off ? 0 : x->start_s == MSCHED_UNSET ? day->start_s : x->start_s;
        span->end_s[d] = x->off ? 0 : x->end_s == MSCHED_UNSET ? day->end_s : x->end_s;
    }
}

msched_result msched__span_begin(msched_plan_builder *builder, const msched_day *day,
                                 msched__span_size size, msched__plan_span **out, msched_error *err)
{
    msched_plan *plan = builder->plan;
    msched__plan_span *span = msched__arena_alloc(&plan->arena, 1, sizeof *span);
    if (span == NULL)
        return msched__fail_memory(err);
    *span =
        (msched__plan_span){.days = size.days, .max_tasks_s = MSCHED_UNSET, .now_s = MSCHED_UNSET};
    for (uint32_t k = 0; k < MSCHED_PLAN_MAX_FILLS; k++)
        span->fills[k].dates = MSCHED__SPAN_ALL_DATES >> (31 - size.days);
    span->todos = msched__arena_alloc(&plan->arena, size.todos, sizeof *span->todos);
    span->songs = msched__arena_alloc(&plan->arena, size.songs, sizeof *span->songs);
    if (span->todos == NULL || span->songs == NULL)
        return msched__fail_memory(err);
    /* to-dos and songs are templates: clocks change only on some dates */
    plan->axis = (msched__axis){.zero_utc = plan->axis.zero_utc};
    plan->axis_end_s = MSCHED_DAY_END_S;
    plan->day_start_s = msched__plain_time(day->start_s);
    plan->day_end_s = msched__plain_time(day->end_s);
    const msched__span_exception usual = {.start_s = day->start_s, .end_s = day->end_s};
    msched__span_set_windows(span, MSCHED__SPAN_ALL_DATES, &usual, day);
    plan->span = builder->span = span;
    *out = span;
    return MSCHED_OK;
}

uint32_t msched__span_overlap(const msched__plan_span *span)
{
    for (uint32_t d = 1; d < span->days; d++)
        if (span->end_s[d] > 0 &&
            msched__plain_time(span->end_s[d - 1]) - DAY_S > msched__plain_time(span->start_s[d]))
            return d + 1;
    return 0;
}

msched_result msched__span_keep_before(msched_plan_builder *builder, msched_todo *todo,
                                       msched__span_item *item, msched_error *err)
{
    msched_plan *plan = builder->plan;
    const char **kept = msched__arena_alloc(&plan->arena, todo->before_count, sizeof *kept);
    for (uint32_t i = 0; kept != NULL && i < todo->before_count; i++)
        if ((kept[i] = msched__arena_copy(&plan->arena, todo->before[i],
                                          strlen(todo->before[i]))) == NULL)
            kept = NULL;
    if (kept == NULL)
        return msched__fail_memory(err);
    item->before = (msched__span_names){kept, todo->before_count};
    todo->before = NULL;
    todo->before_count = 0;
    return MSCHED_OK;
}

const char *msched__span_item_problem(const msched__plan_span *span, const msched_todo *todo,
                                      const msched__span_item *item)
{
    const char *text = NULL;
    int event = todo->kind == MSCHED_TODO_EVENT, many = !msched__span_is_single(item);
    int closed = todo->state == MSCHED_STATE_DONE || todo->state == MSCHED_STATE_SKIPPED;
    int running = todo->state == MSCHED_STATE_STARTED || todo->state == MSCHED_STATE_PAUSED;
    if (running && (event || many))
        text = "only a task that is done once can be started or paused as a whole: name the date, "
               "as in started:tue 9:00 or \"occurrences\"";
    else if (todo->started_s != MSCHED_UNSET || todo->ended_s != MSCHED_UNSET)
        text = "in a plan of several days, times need a date, as in done:tue 18:30 or "
               "\"occurrences\"";
    else if (todo->left_s != MSCHED_UNSET && todo->left_s > todo->duration_s)
        text = "more time is left to do than the task takes";
    else if (event && item->on.count == 0 && span->days > 1 && !closed)
        text = "an event needs \"on\", the dates on which it occurs";
    else if (event && (many || item->apart_days > 1 || item->release_s != MSCHED_UNSET ||
                       item->due_s != MSCHED_UNSET || item->max_per_day_s != MSCHED_UNSET ||
                       item->before.count > 0))
        text = "an event has the same times on each of its dates: remove times, apart_days, "
               "release, due, max_per_day_s and before";
    else if (item->apart_days > 1 && !many)
        text = "apart: (\"apart_days\") needs a number of times, such as 3x (\"times\": 3)";
    else if (item->each && item->apart_days > 1)
        text =
            "apart: (\"apart_days\") cannot be combined with every day (\"each\"): write a number "
            "of times";
    else if (item->max_per_day_s != MSCHED_UNSET && item->max_per_day_s < todo->duration_s &&
             (many || todo->split_min_s == 0))
        text = "max: (\"max_per_day_s\") is less than the length of the task: split it "
               "(\"split_min_s\"), and remove the number of times (\"times\")";
    else if (item->max_per_day_s != MSCHED_UNSET && item->max_per_day_s < todo->split_min_s)
        text = "max: (\"max_per_day_s\") is less than the shortest part, split: "
               "(\"split_min_s\")";
    return text != NULL ? text : msched__occurrence_problem(todo, item);
}

static msched_result complain(msched__span_problem *problem, msched_result code, const char *format,
                              ...) MSCHED__PRINTF(3, 4);
static msched_result complain(msched__span_problem *problem, msched_result code, const char *format,
                              ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(problem->text, sizeof problem->text, format, args);
    va_end(args);
    problem->code = code;
    return code;
}

static int dates_in(uint32_t dates)
{
    int count = 0;
    for (; dates != 0; dates &= dates - 1)
        count++;
    return count;
}

/* A to-do can come before or after events on a single date and tasks with a single occurrence. */
static msched_result check_after(const msched_plan *plan, const msched__plan_span *span,
                                 uint32_t index, msched__span_problem *problem)
{
    const msched__span_item *item = &span->todos[index];
    const msched__plan_todo *todo = &plan->todos[index];
    if (strlen(todo->id) > MSCHED__SPAN_ID_MAX)
        return complain(problem, MSCHED_ERROR_LIMIT,
                        "needs an id of at most %d bytes in a plan of several days",
                        MSCHED__SPAN_ID_MAX);
    if (todo->after_count > MSCHED__SPAN_AFTER_MAX || item->before.count > MSCHED__SPAN_AFTER_MAX)
        return complain(
            problem, MSCHED_ERROR_LIMIT,
            "is before or after more than %d to-dos, the most in a plan of several days",
            MSCHED__SPAN_AFTER_MAX);
    for (uint32_t i = 0; i < todo->after_count; i++) {
        if (msched__plan_is_closed(&plan->todos[todo->after[i]]))
            continue;
        const msched__span_item *other = &span->todos[todo->after[i]];
        if (!msched__span_is_single(other) ||
            (plan->todos[todo->after[i]].kind == MSCHED_TODO_EVENT && dates_in(other->dates) > 1))
            return complain(
                problem, MSCHED_ERROR_VALUE,
                "is after \"%s\", which occurs several times: name a to-do that occurs once",
                todo->after_ids[i]);
    }
    return MSCHED_OK;
}

static msched_result link_before(msched_plan *plan, msched__span_item *item,
                                 msched__span_problem *problem, msched_error *err)
{
    uint32_t *before = msched__arena_alloc(&plan->arena, item->before.count, sizeof *before);
    if (before == NULL)
        return msched__fail_memory(err);
    for (uint32_t i = 0; i < item->before.count; i++) {
        before[i] = msched__plan_find_todo(plan, item->before.names[i],
                                           strlen(item->before.names[i]));
        if (before[i] == plan->todo_count)
            return complain(problem, MSCHED_ERROR_NOT_FOUND,
                            "is before \"%.128s\", but no to-do has that id",
                            item->before.names[i]);
        if (plan->todos[before[i]].kind != MSCHED_TODO_EVENT &&
            !msched__plan_is_closed(&plan->todos[before[i]]))
            return complain(problem, MSCHED_ERROR_VALUE,
                            "is before \"%.128s\", which is not an event: write \"after\" there",
                            item->before.names[i]);
    }
    item->before_todos = before;
    return MSCHED_OK;
}

/* Buffers and distances reach from one date to the next if the time between them is short. */
static msched_result check_reach(const msched_plan *plan, const msched__plan_span *span,
                                 msched__span_problem *problem)
{
    int32_t reach = plan->listening.gap_s;
    if (plan->listening.artist_separation_s > reach)
        reach = plan->listening.artist_separation_s;
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        const msched__plan_todo *t = &plan->todos[i];
        reach = t->buffer_before_s > reach ? t->buffer_before_s : reach;
        reach = t->buffer_after_s > reach ? t->buffer_after_s : reach;
    }
    for (uint32_t d = 1; d < span->days; d++) {
        int32_t between = DAY_S + msched__plain_time(span->start_s[d]) -
                          msched__plain_time(span->end_s[d - 1]);
        /* the real time between them may be an hour less than clocks show */
        if (span->end_s[d] > 0 && span->end_s[d - 1] > 0 && reach > 0 && between - 3600 < reach)
            return complain(problem, MSCHED_ERROR_VALUE,
                            "the time between the windows of two dates is shorter than a buffer, "
                            "the gap or artist_separation_s of %d s: end the days sooner",
                            (int)reach);
    }
    return MSCHED_OK;
}

msched_result msched__span_finish(msched_plan *plan, msched__plan_span *span,
                                  msched__span_problem *problem, msched_error *err)
{
    uint32_t tasks = 0;
    problem->place = MSCHED__SPAN_PLACE_PLAN;
    msched_result result = check_reach(plan, span, problem);
    for (uint32_t i = 0; result == MSCHED_OK && i < span->todo_count; i++) {
        msched__span_item *item = &span->todos[i];
        msched__occurrence_close(plan, i, item);
        if (!msched__plan_is_closed(&plan->todos[i]))
            tasks += item->each ? span->days : item->times;
        else if (plan->todos[i].kind == MSCHED_TODO_TASK || item->on.count == 0)
            item->dates = 0; /* it needs no time and gets none; an event was on its dates */
        problem->place = MSCHED__SPAN_PLACE_TODO;
        problem->todo = i;
        result = check_after(plan, span, i, problem);
        if (result == MSCHED_OK)
            result = link_before(plan, item, problem, err);
    }
    if (result != MSCHED_OK || tasks <= MSCHED__SPAN_TASKS_MAX)
        return result;
    problem->place = MSCHED__SPAN_PLACE_TODOS;
    return complain(problem, MSCHED_ERROR_LIMIT, "has %u occurrences: at most %d are planned",
                    (unsigned)tasks, MSCHED__SPAN_TASKS_MAX);
}
