/*
 * The public entry: plans of a single day go to the solver unchanged, plans of several dates date
 * by date.
 */
#include "base/error.h"
#include "base/options.h"
#include "catalog/catalog_check.h"
#include "plan/plan_data.h"
#include "schedule/build.h"
#include "schedule/output/schedule.h"
#include "span/span_solve.h"

static const msched_schedule_options default_options = {
    .struct_size = sizeof(msched_schedule_options)};

void msched_schedule_options_init(msched_schedule_options *options, uint32_t struct_size)
{
    msched__options_init(options, struct_size, &default_options, sizeof default_options);
}

static msched_result check_options(const msched_schedule_options *options, msched_error *err)
{
    if (options->no_order > 1)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "options.no_order is %u: must be 0 or 1",
                            (unsigned)options->no_order);
    if (options->assume_done > 1)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "options.assume_done is %u: must be 0 or 1",
                            (unsigned)options->assume_done);
    if (options->no_reasons > 1)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "options.no_reasons is %u: must be 0 or 1",
                            (unsigned)options->no_reasons);
    if (options->lazy_reasons > 1)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "options.lazy_reasons is %u: must be 0 or 1",
                            (unsigned)options->lazy_reasons);
    return MSCHED_OK;
}

msched_result msched_schedule_build(msched_schedule **out, const msched_catalog *catalog,
                                    const msched_plan *plan, const msched_schedule_options *options,
                                    msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (plan == NULL)
        return msched__fail_null(err, "plan");
    const msched_result needed = msched__catalog_need_all(catalog, err);
    if (needed != MSCHED_OK)
        return needed;
    msched_schedule_options known = default_options;
    msched_result result = msched__options_read(&known, sizeof known, options, "options", err);
    if (result == MSCHED_OK)
        result = check_options(&known, err);
    if (result != MSCHED_OK)
        return result;
    if (plan->span == NULL && known.previous != NULL && known.previous->days > 0)
        return msched__fail(err, MSCHED_ERROR_CONFLICT,
                            "the previous schedule covers %u days from %s, but the plan covers one "
                            "day: set the same date and days in the plan",
                            (unsigned)known.previous->days, known.previous->date);
    if (plan->span == NULL)
        return msched__schedule_build_lazily(out, catalog, plan, &known, err);
    return msched__span_solve(out, catalog, plan, &known, err);
}
