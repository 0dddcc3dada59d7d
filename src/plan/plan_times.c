#include "plan/plan_times.h"

#include "plan/plan_refuse.h"

/* Report that clocks do not show a time, and what to write instead. */
static msched_result refuse_gap(msched_plan_builder *builder, msched__plan_fault fault,
                                const char *id, int32_t time, int32_t real, msched_error *err)
{
    const msched_plan *plan = builder->plan;
    int32_t shown = msched__plain_time(msched__axis_to_time(&plan->axis, real));
    return msched__plan_refuse(builder, fault, id, MSCHED_ERROR_VALUE, err,
                               "is %02d:%02d, which clocks skip on %s in %.40s: write %02d:%02d",
                               (int)time / 3600, (int)time / 60 % 60, plan->date, plan->timezone,
                               (int)shown / 3600, (int)shown / 60 % 60);
}

msched_result msched__plan_take_time(msched_plan_builder *builder, msched__plan_fault fault,
                                     const char *id, enum msched__time_role role, int32_t *time,
                                     msched_error *err)
{
    const msched__axis *axis = &builder->plan->axis;
    int32_t plain = msched__plain_time(*time), real;
    msched_result result = msched__plan_check_range(builder, fault, id, plain, 0, MSCHED_DAY_END_S,
                                                    err);
    if (result != MSCHED_OK)
        return result;
    enum msched__local_kind kind = msched__axis_from_time(axis, *time, &real);
    if (kind == MSCHED__LOCAL_NEVER && role != MSCHED__TIME_STANDING &&
        !(role == MSCHED__TIME_END && msched__axis_to_end(axis, real) == plain))
        return refuse_gap(builder, fault, id, plain, real, err);
    if (kind == MSCHED__LOCAL_ONCE && *time != plain && role != MSCHED__TIME_STANDING)
        return msched__plan_refuse(
            builder, fault, id, MSCHED_ERROR_VALUE, err,
            "is %02d:%02d (second), but clocks show it once on %s: remove (second)",
            (int)plain / 3600, (int)plain / 60 % 60, builder->plan->date);
    *time = real;
    return MSCHED_OK;
}

msched_result msched__plan_take_end(msched_plan_builder *builder, msched__plan_fault fault,
                                    const char *id, int32_t start, int32_t *time, msched_error *err)
{
    const msched__axis *axis = &builder->plan->axis;
    int32_t given = *time;
    msched_result result = msched__plan_take_time(builder, fault, id, MSCHED__TIME_END, time, err);
    if (result == MSCHED_OK && *time <= start &&
        (msched__axis_to_time(axis, start) & MSCHED_TIME_SECOND) != 0)
        *time = msched__axis_real(axis, given | MSCHED_TIME_SECOND);
    return result;
}
