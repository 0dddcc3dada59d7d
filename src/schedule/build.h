/* schedule/build.h: the schedule of a plan of one day. */
#ifndef MSCHED_BUILD_H
#define MSCHED_BUILD_H

#include <musicsched/schedule.h>

/*
 * As msched_schedule_build, with options that were checked and only the fixes that brief trials
 * find; *out stays as it is on failure.
 */
msched_result msched__schedule_build_day(msched_schedule **out, const msched_catalog *catalog,
                                         const msched_plan *plan,
                                         const msched_schedule_options *options, msched_error *err);
/* The same with all fixes, which may be left to the first reader. */
msched_result msched__schedule_build_lazily(msched_schedule **out, const msched_catalog *catalog,
                                            const msched_plan *plan,
                                            const msched_schedule_options *options,
                                            msched_error *err);

#endif
