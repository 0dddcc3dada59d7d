#include "span/span_solve.h"

#include "base/alloc.h"
#include "base/error.h"
#include "schedule/output/schedule.h"
#include "span/span_assign.h"
#include "span/span_bound.h"
#include "span/span_day.h"
#include "span/span_improve.h"
#include "span/span_model.h"
#include "span/span_write.h"

#include <string.h>

/* Dates with a task of one date that has no time are solved once more, to find what would help. */
static msched_result explain_dates(msched__span *span)
{
    for (uint32_t d = 0; d < span->days && !span->options->no_reasons; d++) {
        if (span->dates[d].schedule->unplaced_count == 0 || msched__budget_look(&span->budget))
            continue;
        msched_schedule *explained = NULL;
        const int64_t *now = span->dates[d].schedule->objective.value;
        msched_result result = msched__span_solve_date(span, d, MSCHED__SPAN_EXPLAIN, &explained);
        if (result != MSCHED_OK)
            return result;
        /* where a limit of work or time made another day of it, the first one stays */
        if (memcmp(now, explained->objective.value, sizeof explained->objective.value) == 0) {
            msched_schedule_unref(span->dates[d].schedule);
            span->dates[d].schedule = explained;
            msched__span_read_date(span, d);
        } else {
            msched_schedule_unref(explained);
        }
    }
    return MSCHED_OK;
}

static void sum_up(const msched__span *span, msched_objective *out)
{
    out->preference = 0;
    for (uint32_t d = 0; d < span->days; d++) {
        const msched_objective *day = &span->dates[d].schedule->objective;
        out->preference += day->preference / span->days;
        if (out->stop == MSCHED_STOP_NONE)
            out->stop = day->stop;
    }
    if (span->budget.interrupted || out->stop == MSCHED_STOP_CANCEL)
        out->stop = span->budget.stop;
    out->work = span->budget.used;
    out->status = out->proved_levels == MSCHED_LEVEL_COUNT ? MSCHED_STATUS_OPTIMAL
                                                           : MSCHED_STATUS_FEASIBLE;
}

static msched_result solve(msched__span *span, msched_schedule *out)
{
    msched_objective *objective = &out->objective;
    if (msched__span_model(span) != MSCHED_OK)
        return msched__fail_memory(span->err);
    msched__span_assign(span);
    msched_result result = msched__span_settle(span, 0x7fffffffu >> (31 - span->days));
    if (result == MSCHED_OK)
        result = msched__span_improve(span);
    if (result == MSCHED_OK)
        result = explain_dates(span);
    if (result != MSCHED_OK)
        return result;
    msched__span_value(span, objective->value);
    result = msched__span_bound(span, objective->value, objective->bound,
                                &objective->proved_levels);
    if (result != MSCHED_OK)
        return result;
    sum_up(span, objective);
    return msched__span_write(span, out) == MSCHED_OK ? MSCHED_OK : msched__fail_memory(span->err);
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
                               .options = options,
                               .arena = &arena,
                               .allocator = allocator,
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
        schedule->axis = span->dates[0].axis;
        for (uint32_t d = 0; d < span->days; d++)
            msched_schedule_unref(span->dates[d].schedule);
    }
    msched__arena_reset(&arena);
    if (result == MSCHED_OK)
        *out = schedule;
    else
        msched_schedule_unref(schedule);
    return result;
}
