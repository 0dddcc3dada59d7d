/* Check the songs that fills leave out, and warn if a history is missing. */
#include "plan/plan_avoided.h"

#include "plan/plan_refuse.h"

#include <stdio.h>

#define DAYS_MAX 36500

msched_result msched__plan_check_avoided(msched_plan_builder *builder, const msched_listening *l,
                                         msched_error *err)
{
    msched__plan_fault fault = {MSCHED__PART_FILL, 0, "avoid"};
    if (l->fill_avoid_count > MSCHED_PLAN_MAX_AVOID && !builder->is_of_span)
        return msched__plan_refuse(builder, fault, NULL, MSCHED_ERROR_LIMIT, err,
                                   "has more than %d ids", MSCHED_PLAN_MAX_AVOID);
    if (l->fill_avoid_count > 0 && l->fill_avoid == NULL)
        return msched__plan_refuse(builder, fault, NULL, MSCHED_ERROR_ARGUMENT, err,
                                   "is NULL, but its count is not 0");
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0; result == MSCHED_OK && i < l->fill_avoid_count; i++)
        result = msched__plan_check_text(builder, fault, NULL, l->fill_avoid[i],
                                         MSCHED__QUERY_MAX_BYTES, 1, err);
    return result;
}

msched_result msched__plan_check_heard(msched_plan_builder *builder, const msched_listening *l,
                                       msched_error *err)
{
    const msched__plan_fault days = {MSCHED__PART_LISTENING, 0, "avoid_days"},
                             files = {MSCHED__PART_LISTENING, 0, "avoid_files"};
    if (l->avoid_days > DAYS_MAX)
        return msched__plan_refuse(builder, days, NULL, MSCHED_ERROR_VALUE, err,
                                   "must be at most %d", DAYS_MAX);
    if (l->avoid_file_count > MSCHED_PLAN_MAX_AVOID_FILES)
        return msched__plan_refuse(builder, files, NULL, MSCHED_ERROR_LIMIT, err,
                                   "has more than %d files", MSCHED_PLAN_MAX_AVOID_FILES);
    if (l->avoid_file_count > 0 && l->avoid_files == NULL)
        return msched__plan_refuse(builder, files, NULL, MSCHED_ERROR_ARGUMENT, err,
                                   "is NULL, but its count is not 0");
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0; result == MSCHED_OK && i < l->avoid_file_count; i++)
        result = msched__plan_check_text(builder, files, NULL, l->avoid_files[i],
                                         MSCHED__PATH_MAX_BYTES, 1, err);
    return result;
}

void msched__plan_unread_text(char text[MSCHED__UNREAD_BYTES], const char *file)
{
    snprintf(text, MSCHED__UNREAD_BYTES,
             "the songs of \"%.120s\" are not avoided: the file was not read", file);
}

msched_result msched__plan_warn_unheard(msched_plan_builder *builder, msched_error *err)
{
    const msched_listening *l = &builder->plan->listening;
    char text[MSCHED__UNREAD_BYTES];
    msched_result result = MSCHED_OK;
    if (builder->is_of_span)
        return MSCHED_OK; /* the plan of all dates has the warnings */
    for (uint32_t i = 0; result == MSCHED_OK && i < l->avoid_file_count; i++) {
        msched__plan_unread_text(text, l->avoid_files[i]);
        result = msched__plan_builder_warn(builder, MSCHED__NO_HISTORY, text, err);
    }
    if (result != MSCHED_OK || l->avoid_days == 0 || l->avoid_file_count > 0)
        return result;
    snprintf(text, sizeof text,
             "songs that you heard in the last %u day%s are not avoided: there is no listening "
             "history",
             (unsigned)l->avoid_days, l->avoid_days == 1 ? "" : "s");
    return msched__plan_builder_warn(builder, MSCHED__NO_HISTORY, text, err);
}
