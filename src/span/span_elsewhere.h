/*
 * span/span_elsewhere.h: other dates for unscheduled to-dos, found by solving the whole span.
 *
 * On a date without time for a to-do, other to-dos may make room by moving to further dates. The
 * plan is solved again with the to-do allowed on every other date, and then on one of them, which
 * is the fix as it would be applied: without a previous schedule, and with this one. That takes as
 * long as some builds, so that it is left to the first reader of the schedule's fixes.
 */
#ifndef MSCHED_SPAN_ELSEWHERE_H
#define MSCHED_SPAN_ELSEWHERE_H

#include <musicsched/schedule.h>

/* msched__span_solve */
typedef msched_result (*msched__span_solver)(msched_schedule **out, const msched_catalog *catalog,
                                             const msched_plan *plan,
                                             const msched_schedule_options *options,
                                             msched_error *err);

/*
 * Leave the search to the first reader, unless the caller limits the time, the work or the fixes.
 * `free_s`: seconds of all dates that tasks leave. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_leave_elsewhere(msched_schedule *schedule,
                                           const msched_schedule_options *options, int64_t free_s,
                                           msched__span_solver solve);

#endif
