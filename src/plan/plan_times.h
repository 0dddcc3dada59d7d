/*
 * plan/plan_times.h: check the clock times of a plan and convert them to real seconds of its axis.
 */
#ifndef MSCHED_PLAN_TIMES_H
#define MSCHED_PLAN_TIMES_H

#include "plan/plan_builder_data.h"

enum msched__time_role {
    MSCHED__TIME_START, /* must exist */
    MSCHED__TIME_END,   /* must exist, or be the moment at which clocks jump forward */
    /* of a rule for any day, such as quiet hours: moves on if clocks skip it */
    MSCHED__TIME_STANDING
};

/* Replace a clock time by its real second, or refuse it. MSCHED_UNSET counts as missing. */
msched_result msched__plan_take_time(msched_plan_builder *builder, msched__plan_fault fault,
                                     const char *id, enum msched__time_role role, int32_t *time,
                                     msched_error *err);
/*
 * The same for the end of an interval that starts at the real second `start`: if the start is in
 * the second occurrence of an hour, an end in that hour is too.
 */
msched_result msched__plan_take_end(msched_plan_builder *builder, msched__plan_fault fault,
                                    const char *id, int32_t start, int32_t *time,
                                    msched_error *err);

#endif
