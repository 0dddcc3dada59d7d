#include "span/span_elsewhere.h"

#include "base/alloc.h"
#include "plan/plan_data.h"
#include "plan/plan_span.h"
#include "schedule/model/solution.h"
#include "schedule/output/schedule.h"
#include "schedule/output/schedule_lines.h"
#include "schedule/output/schedule_deferred.h"
#include "span/span_fix.h"

#include <string.h>

#define ITEMS_MOST 4 /* to-dos for which the span is solved again, */
#define DATES_MOST 4 /* and dates for each that fits on some of them */

/* What the search needs: the schedule, which owns the catalog, the plan and this. */
typedef struct question {
    msched_allocator allocator;
    msched_schedule_options options;
    msched_schedule *schedule;
    msched__span_solver solve;
    int64_t free_s; /* on all dates */
} question;

/* A plan with one to-do that may be on other dates. */
typedef struct changed {
    struct msched_plan plan;
    msched__plan_span span;
} changed;

static const msched__span_item *rules_of(const msched_plan *plan, uint32_t todo)
{
    return &plan->span->todos[todo];
}

/* 1 if a to-do may be on a date: neither before its release nor after it is due. */
static int may_be_on(const msched_plan *plan, const msched__span_item *rules, uint32_t day)
{
    const msched__plan_span *span = plan->span;
    int64_t midnight = (int64_t)day * 86400;
    if (rules->release_s != MSCHED_UNSET && rules->release_s >= midnight + span->end_s[day])
        return 0;
    if (rules->due_s != MSCHED_UNSET && !msched__span_is_overdue(rules) &&
        rules->due_s <= midnight + span->start_s[day])
        return 0;
    return (rules->dates >> day & 1) != 0;
}

/* The dates with a window on which a to-do may not be. */
static uint32_t other_dates(const msched_plan *plan, uint32_t todo)
{
    uint32_t dates = 0;
    for (uint32_t d = 0; d < plan->span->days; d++)
        dates |= (uint32_t)(plan->span->end_s[d] > 0 && !may_be_on(plan, rules_of(plan, todo), d))
                 << d;
    return dates;
}

/* 1 where another date is a fix that may be offered, and none is. */
static int is_candidate(const msched_schedule *schedule, int64_t free_s,
                        const msched_unplaced *item)
{
    if (item->kind != MSCHED_UNPLACED_TODO || item->todo >= schedule->plan->todo_count ||
        item->reason == MSCHED_REASON_PAST || item->reason == MSCHED_REASON_AFTER_UNPLACED ||
        item->reason == MSCHED_REASON_STOPPED || item->fix == MSCHED_FIX_DATE)
        return 0;
    for (uint32_t i = 0; i < item->alternative_count; i++)
        if (item->alternatives[i]->kind == MSCHED_FIX_DATE)
            return 0;
    const msched__span_item *rules = rules_of(schedule->plan, item->todo);
    return msched__span_is_single(rules) && rules->before.count == 0 &&
           schedule->plan->todos[item->todo].after_count == 0 &&
           schedule->plan->todos[item->todo].duration_s <= free_s &&
           other_dates(schedule->plan, item->todo) != 0;
}

/* Where a to-do may be, and whether the schedule is the previous one. */
typedef struct change {
    uint32_t todo, dates;
    int is_again;
} change;

/* Solve the plan with a to-do on other dates, whatever its release and due times. */
static msched_result solve_with(const question *q, msched__arena *arena, const change *what,
                                msched_schedule **out)
{
    msched_schedule_options options = q->options;
    const msched_plan *plan = q->schedule->plan;
    changed *c = msched__arena_alloc(arena, 1, sizeof *c);
    msched__span_item *todos = msched__arena_alloc(arena, plan->todo_count, sizeof *todos);
    if (c == NULL || todos == NULL)
        return MSCHED_ERROR_MEMORY;
    memcpy(&c->plan, plan, sizeof c->plan);
    c->span = *plan->span;
    memcpy(todos, plan->span->todos, plan->todo_count * sizeof *todos);
    todos[what->todo].dates = what->dates;
    todos[what->todo].release_s = todos[what->todo].due_s = MSCHED_UNSET;
    c->span.todos = todos;
    c->plan.span = &c->span;
    /* this owner never drops it: its memory is the arena's */
    msched__refcount_init(&c->plan.refs);
    options.previous = what->is_again ? q->schedule : NULL;
    return q->solve(out, q->schedule->catalog, &c->plan, &options, NULL);
}

/* How much of a to-do is on each date. */
static void read_dates(const msched_schedule *schedule, uint32_t todo, int64_t *seconds)
{
    memset(seconds, 0, MSCHED_PLAN_MAX_DAYS * sizeof *seconds);
    for (uint32_t i = 0; i < schedule->entry_count; i++)
        if (schedule->entries[i].kind == MSCHED_ENTRY_TODO && schedule->entries[i].todo == todo)
            seconds[schedule->entries[i].day] += msched__entry_length(&schedule->entries[i]);
}

static int is_placed(const msched_schedule *schedule, uint32_t todo)
{
    for (uint32_t i = 0; i < schedule->unplaced_count; i++)
        if (schedule->unplaced[i].kind == MSCHED_UNPLACED_TODO &&
            schedule->unplaced[i].todo == todo)
            return 0;
    return 1;
}

/*
 * 1 if a schedule has one more to-do of a priority, and no level is worse; the fill takes what time
 * is left.
 */
static int has_more(const msched_schedule *trial, const msched_schedule *schedule, uint8_t priority)
{
    const int64_t *now = trial->objective.value, *before = schedule->objective.value;
    for (int level = 0; level < MSCHED_LEVEL_FILL_S; level++)
        if (now[level] < before[level])
            return 0;
    return now[msched__level_of_priority[priority]] > before[msched__level_of_priority[priority]];
}

/*
 * Whether a to-do is then scheduled and displaces nothing; `seconds` receives how much of it is on
 * each date.
 */
static msched_result try_change(const question *q, const change *what, int64_t *seconds, int *fits)
{
    const uint8_t priority = q->schedule->plan->todos[what->todo].priority;
    msched_schedule *trial = NULL;
    msched__arena arena;
    *fits = 0;
    msched__arena_init(&arena, &q->allocator, 0);
    msched_result result = solve_with(q, &arena, what, &trial);
    if (result == MSCHED_OK) {
        *fits = is_placed(trial, what->todo) && has_more(trial, q->schedule, priority);
        read_dates(trial, what->todo, seconds);
    }
    msched_schedule_unref(trial);
    msched__arena_reset(&arena);
    return result;
}

/* The one of `dates` with most of a to-do. */
static uint32_t most_of(const int64_t *seconds, uint32_t dates)
{
    uint32_t most = UINT32_MAX;
    for (uint32_t d = 0; d < MSCHED_PLAN_MAX_DAYS; d++)
        if ((dates >> d & 1) != 0 && (most == UINT32_MAX || seconds[d] > seconds[most]))
            most = d;
    return most;
}

/* If a to-do fits on the other dates, it may also fit on one of them, in a new plan and in this. */
static msched_result find_date(const question *q, msched_unplaced *item)
{
    int64_t seconds[MSCHED_PLAN_MAX_DAYS], unused[MSCHED_PLAN_MAX_DAYS];
    change what = {item->todo, other_dates(q->schedule->plan, item->todo), 0};
    uint32_t dates = what.dates, date = UINT32_MAX;
    int fits;
    msched_result result = try_change(q, &what, seconds, &fits);
    if (result != MSCHED_OK || !fits)
        return result;
    fits = 0;
    for (int i = 0; i < DATES_MOST && dates != 0 && result == MSCHED_OK && !fits; i++) {
        date = most_of(seconds, dates);
        what = (change){item->todo, UINT32_C(1) << date, 0};
        dates &= ~what.dates;
        result = try_change(q, &what, unused, &fits);
        what.is_again = 1;
        if (result == MSCHED_OK && fits)
            result = try_change(q, &what, unused, &fits);
    }
    if (result == MSCHED_OK && fits &&
        !msched__span_add_date(q->schedule, date, ", and move other to-dos", item))
        result = MSCHED_ERROR_MEMORY;
    return result;
}

static msched_result find_dates(void *context)
{
    question *q = context;
    msched_schedule *schedule = q->schedule;
    q->options.allocator = &q->allocator;
    uint32_t tried = 0;
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0; i < schedule->unplaced_count && tried < ITEMS_MOST && result == MSCHED_OK;
         i++) {
        if (!is_candidate(schedule, q->free_s, &schedule->unplaced[i]))
            continue;
        tried++;
        result = find_date(q, &schedule->unplaced[i]);
    }
    return result == MSCHED_OK ? MSCHED_OK : MSCHED_ERROR_MEMORY;
}

static void forget(void *context)
{
    question *q = context;
    msched_allocator allocator = q->allocator;
    msched__free(&allocator, q);
}

msched_result msched__span_leave_elsewhere(msched_schedule *schedule,
                                           const msched_schedule_options *options, int64_t free_s,
                                           msched__span_solver solve)
{
    int is_wanted = 0;
    for (uint32_t i = 0; i < schedule->unplaced_count; i++)
        is_wanted |= is_candidate(schedule, free_s, &schedule->unplaced[i]);
    if (!is_wanted || options->no_reasons || options->time_limit_ms != 0 ||
        options->work_limit != 0 || options->previous != NULL ||
        schedule->objective.stop != MSCHED_STOP_NONE)
        return MSCHED_OK;
    const msched_allocator allocator = schedule->arena.allocator;
    question *q = msched__alloc_zero(&allocator, 1, sizeof *q);
    if (q == NULL)
        return MSCHED_ERROR_MEMORY;
    *q = (question){allocator, *options, schedule, solve, free_s};
    /* what belongs to the caller may be gone by then */
    q->options.cancel = NULL;
    q->options.allocator = NULL;
    q->options.no_reasons = 1;
    schedule->deferred = msched__deferred_create(&allocator,
                                                 &(msched__computation){find_dates, forget, q});
    if (schedule->deferred == NULL)
        msched__free(&allocator, q);
    return schedule->deferred == NULL ? MSCHED_ERROR_MEMORY : MSCHED_OK;
}
