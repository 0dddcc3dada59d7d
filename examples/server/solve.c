#include "solve.h"

#include "request_document.h"

#include <stdlib.h>

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

/* The day of a date in the form YYYY-MM-DD, counted from some day in the past. */
static int64_t day_number(const char *date)
{
    int64_t year = strtol(date, NULL, 10), month = strtol(date + 5, NULL, 10);
    if (month < 3) {
        year--;
        month += 12;
    }
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 +
           strtol(date + 8, NULL, 10);
}

/* The plan from a moment on whose date the request names. */
static msched_result move_now(msched_plan **plan, const solve_text *text, msched_error *err)
{
    enum { OUTSIDE = -2 };
    msched_day day;
    msched_plan *moved = NULL;
    msched_day_init(&day, sizeof day);
    msched_result result = msched_plan_get_day(*plan, &day);
    if (result != MSCHED_OK)
        return result;
    int64_t days = day_number(text->now_date) - day_number(day.date);
    int32_t now_s = days < 0 || days > 366 ? OUTSIDE : (int32_t)(days * 86400 + text->now_s);
    result = msched_plan_with_now(&moved, *plan, now_s, err);
    if (result == MSCHED_OK) {
        msched_plan_unref(*plan);
        *plan = moved;
    }
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
    const int has_date = text->now_date != NULL && *text->now_date != '\0';
    options.now_s = has_date ? 0 : text->now_s;
    options.lenient = text->lenient;
    msched_result result = msched_plan_parse_text(plan, diagnostics, text->data, text->size,
                                                  r->catalog, &options, err);
    if (result == MSCHED_ERROR_ARGUMENT && text->date != NULL && date_is_missing(text->date))
        result = err->code = MSCHED_ERROR_VALUE; /* its form is right */
    if (result == MSCHED_OK && has_date)
        result = move_now(plan, text, err);
    return result;
}
