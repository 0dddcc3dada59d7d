/* span/span_solve.h: the schedule of a plan of several dates. */
#ifndef MSCHED_SPAN_SOLVE_H
#define MSCHED_SPAN_SOLVE_H

#include <musicsched/schedule.h>

/* As msched_schedule_build, for a plan with a span and options that were checked. */
msched_result msched__span_solve(msched_schedule **out, const msched_catalog *catalog,
                                 const msched_plan *plan, const msched_schedule_options *options,
                                 msched_error *err);

#endif
