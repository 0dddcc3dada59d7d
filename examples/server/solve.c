#include "solve.h"

static void count_outcome(request *r, const msched_schedule *schedule)
{
    msched_objective objective = {.struct_size = sizeof objective};
    if (msched_schedule_get_objective(schedule, &objective) != MSCHED_OK)
        return;
    metrics *m = &r->app->metrics;
    atomic_fetch_add_explicit(&m->schedules[objective.status & 1][objective.stop & 3], 1,
                              memory_order_relaxed);
    atomic_fetch_add_explicit(&m->solver_work, objective.work, memory_order_relaxed);
    atomic_fetch_add_explicit(&m->unplaced, msched_schedule_unplaced_count(schedule),
                              memory_order_relaxed);
}

msched_result solve(request *r, const solve_question *question, msched_schedule **out,
                    msched_error *err)
{
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.allocator = question->memory;
    options.seed = question->seed;
    options.work_limit = r->app->options.work_limit;
    options.time_limit_ms = r->app->options.time_limit_ms;
    options.previous = question->previous;
    options.assume_done = question->assume_done;
    msched_result result = msched_schedule_build(out, r->catalog, question->plan, &options, err);
    if (result == MSCHED_OK)
        count_outcome(r, *out);
    return result;
}

msched_result solve_read_text(request *r, const solve_text *text, msched_plan **plan,
                              msched_diagnostics **diagnostics, msched_error *err)
{
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.time_limit_ms = r->app->options.time_limit_ms;
    options.allocator = text->memory;
    options.default_date = text->date;
    options.default_timezone = text->timezone;
    options.now_s = text->now_s;
    options.lenient = text->lenient;
    return msched_plan_parse_text(plan, diagnostics, text->data, text->size, r->catalog, &options,
                                  err);
}
