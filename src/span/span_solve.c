#include "span/span_solve.h"

#include "base/alloc.h"
#include "base/error.h"
#include "schedule/model/renamed.h"
#include "schedule/output/schedule.h"
#include "schedule/output/schedule_revision.h"
#include "span/span_assign.h"
#include "span/span_balance.h"
#include "span/span_bound.h"
#include "span/span_day.h"
#include "span/span_elsewhere.h"
#include "span/span_fact.h"
#include "span/span_fix.h"
#include "span/span_gaps.h"
#include "span/span_improve.h"
#include "span/span_model.h"
#include "span/span_pack.h"
#include "span/span_previous.h"
#include "span/span_state.h"
#include "span/span_write.h"

#include <string.h>

#define FIRST_RANDOM UINT64_C(0x9e3779b97f4a7c15)
#define STEPS        200 /* of the first search for dates, per date */

static int is_of_tasks(int level)
{
    return level != MSCHED_LEVEL_MUST_SONGS && level != MSCHED_LEVEL_SONG_WEIGHT &&
           level != MSCHED_LEVEL_FILL_S;
}

/*
 * 1 if a schedule is at least as good as the other, in the order of the levels; without `tasks`, on
 * the levels of music.
 */
static int is_as_good(const msched_schedule *a, const msched_schedule *b, int tasks)
{
    for (int i = 0; i < MSCHED_LEVEL_COUNT; i++)
        if (a->objective.value[i] != b->objective.value[i] && (tasks || !is_of_tasks(i)))
            return a->objective.value[i] > b->objective.value[i];
    return 1;
}

/* 1 if the date's schedule has unscheduled items or lacks an assigned task. */
static int lacks(const msched__span *span, uint32_t day)
{
    int lacking = span->dates[day].schedule->unplaced_count > 0;
    for (uint32_t i = 0; i < span->task_count && !lacking; i++)
        lacking = span->tasks[i].part[day] > 0 && span->tasks[i].got[day] == 0;
    return lacking;
}

/*
 * Keep a date's schedule with explanations if no level and no task is worse: because of a limit of
 * work or time, the same tasks can give a worse day. Returns the schedule that is not kept.
 */
static msched_schedule *take_explained(msched__span *span, uint32_t day, msched_schedule *explained,
                                       int32_t *had)
{
    msched_schedule *before = span->dates[day].schedule;
    /* without priorities, all tasks count on the first level; the loop below compares them */
    int is_taken = is_as_good(explained, before, !span->dates[day].is_flat);
    for (uint32_t i = 0; i < span->task_count; i++)
        had[i] = span->tasks[i].got[day];
    span->dates[day].schedule = explained;
    msched__span_read_date(span, day);
    for (uint32_t i = 0; i < span->task_count && is_taken; i++)
        is_taken = span->tasks[i].got[day] == had[i] ||
                   (had[i] == 0 && span->tasks[i].is_fixed &&
                    msched__span_has_others(span, &span->tasks[i]));
    if (!is_taken) {
        span->dates[day].schedule = before;
        msched__span_read_date(span, day);
        return explained;
    }
    span->dates[day].is_flat = 0;
    for (uint32_t i = 0; i < span->task_count; i++)
        if (span->tasks[i].got[day] > had[i])
            span->tasks[i].is_whole = 1;
    return before;
}

/*
 * 1 if solving the date once more without fixes surely gives the same schedule: it was solved in
 * that way, with the tasks and songs that it has now.
 */
static int is_settled(const msched__span *span, uint32_t day)
{
    const msched__span_date *date = &span->dates[day];
    const msched_plan *made = date->schedule->plan;
    int64_t load = 0, plays = 0;
    if (!date->is_ordered || date->is_flat || span->previous != NULL ||
        span->options->work_limit > 0 || msched__plan_fill_seconds(span->plan) > 0)
        return 0;
    for (uint32_t i = 0; i < made->todo_count; i++) {
        const msched__plan_todo *todo = &made->todos[i];
        if (todo->kind != MSCHED_TODO_TASK)
            continue;
        if (span->tasks[todo->line].part[day] != todo->duration_s)
            return 0;
        load += todo->duration_s;
    }
    for (uint32_t i = 0; i < span->task_count; i++)
        load -= span->tasks[i].part[day];
    for (uint32_t i = 0; i < made->song_count; i++) {
        if (span->wishes[made->songs[i].line].asked[day] != made->songs[i].times)
            return 0;
        plays += made->songs[i].times;
    }
    for (uint32_t i = 0; i < span->plan->song_count; i++)
        plays -= span->wishes[i].asked[day];
    return load == 0 && plays == 0;
}

/*
 * Solve dates with unscheduled items once more, to find fixes, and without the fixes if these are
 * not wanted: the schedule is the same.
 */
static msched_result explain_dates(msched__span *span)
{
    int32_t *had = msched__arena_alloc(span->arena, span->task_count, sizeof *had);
    msched_result result = MSCHED_OK;
    if (had == NULL)
        return msched__fail_memory(span->err);
    msched__span_assign_rest(span);
    for (uint32_t d = 0; d < span->days && result == MSCHED_OK; d++) {
        msched_schedule *explained = NULL;
        if (!lacks(span, d) || msched__budget_look(&span->budget) ||
            (span->options->no_reasons && is_settled(span, d)))
            continue;
        result = msched__span_solve_date(span, d, MSCHED__SPAN_EXPLAIN, &explained);
        if (result == MSCHED_OK)
            msched_schedule_unref(take_explained(span, d, explained, had));
    }
    return result;
}

static void add(int32_t *sum, int32_t more)
{
    *sum = *sum <= INT32_MAX - more ? *sum + more : INT32_MAX;
}

static void add_terms(msched_objective *out, const msched_objective *day)
{
    add(&out->repeats_s, day->repeats_s);
    add(&out->breaks_s, day->breaks_s);
    add(&out->pauses_s, day->pauses_s);
    add(&out->usual_s, day->usual_s);
    add(&out->spread_s, day->spread_s);
    add(&out->mood_s, day->mood_s);
    add(&out->silence_s, day->silence_s);
    if (out->longest_run_s < day->longest_run_s)
        out->longest_run_s = day->longest_run_s;
}

static void sum_up(const msched__span *span, msched_objective *out)
{
    out->preference = 0;
    for (uint32_t d = 0; d < span->days; d++) {
        const msched_objective *day = &span->dates[d].schedule->objective;
        out->preference += day->preference / span->days;
        out->moved += day->moved;
        add_terms(out, day);
        if (out->stop == MSCHED_STOP_NONE)
            out->stop = day->stop;
    }
    if (span->budget.interrupted || out->stop == MSCHED_STOP_CANCEL ||
        out->stop == MSCHED_STOP_NONE)
        out->stop = span->budget.stop;
    out->work = span->budget.used;
    out->status = out->proved_levels == MSCHED_LEVEL_COUNT ? MSCHED_STATUS_OPTIMAL
                                                           : MSCHED_STATUS_FEASIBLE;
}

/* Solve the dates with what is assigned to them. */
static msched_result solve_dates(msched__span *span)
{
    msched_result result = msched__span_settle(span, 0x7fffffffu >> (31 - span->days),
                                               MSCHED__SPAN_SEARCH);
    if (result == MSCHED_OK)
        msched__span_free_kept(span);
    return result == MSCHED_OK ? msched__span_improve(span) : result;
}

/* 1 if no level can be better. */
static int is_best(msched__span *span)
{
    int64_t value[MSCHED_LEVEL_COUNT], bound[MSCHED_LEVEL_COUNT];
    uint32_t proved = 0;
    msched__span_value(span, value);
    return msched__span_quick_bound(span, value, bound, &proved) == MSCHED_OK &&
           proved == MSCHED_LEVEL_COUNT;
}

/* Solve the dates without the spread of long tasks, too, and keep that only if it is better. */
static msched_result solve_plain(msched__span *span, const msched__span_state *plain,
                                 msched__span_state *even)
{
    int64_t value[MSCHED_LEVEL_COUNT];
    msched__span_state_keep(span, even);
    msched__span_state_restore(span, plain);
    msched_result result = solve_dates(span);
    if (result != MSCHED_OK)
        return result;
    msched__span_value(span, value);
    if (!msched__span_is_better(value, even->value))
        msched__span_state_restore(span, even);
    return MSCHED_OK;
}

/* Solve the dates with the load as even as it can be. */
static msched_result solve_evenly(msched__span *span)
{
    msched__span_state plain, even;
    if (!msched__span_state_make(span, &plain) || !msched__span_state_make(span, &even))
        return msched__fail_memory(span->err);
    msched__span_state_keep(span, &plain);
    int is_spread = msched__span_spread(span) > 0;
    msched_result result = solve_dates(span);
    if (result == MSCHED_OK && is_spread && !is_best(span) && !msched__budget_look(&span->budget))
        result = solve_plain(span, &plain, &even);
    else if (result == MSCHED_OK && !is_spread)
        result = msched__span_balance(span);
    msched__span_state_free(&plain);
    msched__span_state_free(&even);
    return result;
}

/*
 * If the previous schedule, as far as the plan still allows it, is better than what was found,
 * search from its dates, and keep the better result: a plan that is scheduled again loses nothing.
 * `start`: the span before any dates were assigned.
 */
static msched_result keep_previous(msched__span *span, const msched__span_state *start)
{
    int64_t value[MSCHED_LEVEL_COUNT];
    msched__span_state found;
    if (!msched__span_state_make(span, &found))
        return msched__fail_memory(span->err);
    msched__span_state_keep(span, &found);
    msched__span_state_restore(span, start);
    msched__span_assign_previous(span);
    msched__span_promise(span, value);
    msched_result result = MSCHED_OK;
    int is_better = msched__span_is_better(value, found.value);
    if (is_better) {
        msched__span_assign_songs(span);
        result = solve_dates(span);
        msched__span_value(span, value);
        is_better = msched__span_is_better(value, found.value);
    }
    if (!is_better)
        msched__span_state_restore(span, &found);
    msched__span_state_free(&found);
    return result;
}

/* Assign dates to everything, and solve the dates. */
static msched_result solve_all(msched__span *span)
{
    msched__span_state start;
    if (!msched__span_state_make(span, &start))
        return msched__fail_memory(span->err);
    msched__span_state_keep(span, &start);
    msched_result result = MSCHED_OK;
    if (msched__span_assign(span) != MSCHED_OK || msched__span_pack(span, STEPS) != MSCHED_OK)
        result = msched__fail_memory(span->err);
    if (result == MSCHED_OK) {
        msched__span_assign_songs(span);
        result = solve_evenly(span);
    }
    if (result == MSCHED_OK && span->previous != NULL)
        result = keep_previous(span, &start);
    msched__span_state_free(&start);
    return result == MSCHED_OK ? msched__span_put_in_order(span) : result;
}

/* Read what happened, and schedule the rest. */
static msched_result solve_rest(msched__span *span)
{
    if (!msched__previous_renamed(span->arena, span->plan, span->options->previous,
                                  &span->previous) ||
        msched__span_find_facts(span) != MSCHED_OK || msched__span_model(span) != MSCHED_OK ||
        msched__span_read_previous(span) != MSCHED_OK ||
        msched__span_measure_windows(span) != MSCHED_OK)
        return msched__fail_memory(span->err);
    return solve_all(span);
}

static void drop_dates(msched__span *span)
{
    for (uint32_t d = 0; d < span->days; d++) {
        msched_schedule_unref(span->dates[d].schedule);
        msched_schedule_unref(span->dates[d].was);
    }
}

/* Begin again with another form of the plan. The budget stays. */
static void begin_again(msched__span *span, const msched_plan *plan)
{
    drop_dates(span);
    *span = (msched__span){.catalog = span->catalog,
                           .plan = plan,
                           .given = span->given,
                           .days = span->days,
                           .options = span->options,
                           .arena = span->arena,
                           .allocator = span->allocator,
                           .random = FIRST_RANDOM,
                           .budget = span->budget,
                           .err = span->err};
}

static msched_result solve(msched__span *span, msched_schedule *out)
{
    msched_objective *objective = &out->objective;
    const msched_plan *paused = NULL;
    msched_result result = solve_rest(span);
    if (result == MSCHED_OK && msched__span_pause_broken(span, &paused) != MSCHED_OK)
        return msched__fail_memory(span->err);
    if (paused != NULL) {
        begin_again(span, paused);
        result = solve_rest(span);
    }
    if (result == MSCHED_OK)
        result = explain_dates(span);
    if (result != MSCHED_OK)
        return result;
    msched__span_value(span, objective->value);
    result = msched__span_bound(span, objective->value, objective->bound,
                                &objective->proved_levels);
    if (result != MSCHED_OK)
        return result;
    msched__span_count_facts(span, objective);
    sum_up(span, objective);
    objective->moved += msched__span_moved(span);
    if (msched__span_write(span, out) != MSCHED_OK ||
        msched__schedule_revise(out, span->options->previous, span->arena) != MSCHED_OK)
        return msched__fail_memory(span->err);
    result = msched__span_fix_dates(span, out);
    objective->work = span->budget.used;
    if (result == MSCHED_OK && objective->stop == MSCHED_STOP_NONE)
        objective->stop = span->budget.stop;
    return result;
}

/* The end of the axis of all dates: 36:00 of the last date plus two hours, as for a day. */
static int32_t axis_seconds(uint32_t days)
{
    return (int32_t)(days - 1) * 86400 + MSCHED_DAY_END_S + 2 * 3600;
}

msched_result msched__span_solve(msched_schedule **out, const msched_catalog *catalog,
                                 const msched_plan *plan, const msched_schedule_options *options,
                                 msched_error *err)
{
    msched_allocator allocator = msched__allocator_copy(options->allocator);
    msched_schedule *schedule = msched__schedule_create(&allocator);
    msched__arena arena;
    if (schedule == NULL)
        return msched__fail_memory(err);
    msched__arena_init(&arena, &allocator, 16384);
    msched__span *span = msched__arena_alloc(&arena, 1, sizeof *span);
    msched_result result = span == NULL ? msched__fail_memory(err) : MSCHED_OK;
    if (span != NULL) {
        *span = (msched__span){.catalog = catalog,
                               .plan = plan,
                               .given = plan,
                               .days = plan->span->days,
                               .options = options,
                               .arena = &arena,
                               .allocator = allocator,
                               .random = FIRST_RANDOM,
                               .err = err};
        msched__budget_init(&span->budget, options);
        if (options->work_limit == 0)
            span->budget.limit = UINT64_MAX;
        schedule->catalog = catalog == NULL ? NULL : msched_catalog_ref((msched_catalog *)catalog);
        schedule->plan = msched_plan_ref((msched_plan *)plan);
        memcpy(schedule->date, plan->date, sizeof schedule->date);
        schedule->timezone = plan->timezone;
        schedule->calendar_id = plan->calendar_id;
        schedule->days = plan->span->days;
        result = solve(span, schedule);
        if (result == MSCHED_OK &&
            msched__axis_load(&schedule->axis, NULL, plan->timezone, plan->date_days,
                              axis_seconds(span->days), &allocator) == MSCHED_ERROR_MEMORY)
            result = msched__fail_memory(err);
        drop_dates(span);
    }
    if (result == MSCHED_OK &&
        msched__span_leave_elsewhere(schedule, options, msched__span_free(span),
                                     msched__span_solve) != MSCHED_OK)
        result = msched__fail_memory(err);
    msched__arena_reset(&arena);
    if (result == MSCHED_OK)
        *out = schedule;
    else
        msched_schedule_unref(schedule);
    return result;
}
