/*
 * plan/plan_avoided.h: songs that fills leave out.
 */
#ifndef MSCHED_PLAN_AVOIDED_H
#define MSCHED_PLAN_AVOIDED_H

#include "plan/plan_builder_data.h"

/*
 * Check the ids of a fill, and the files and days of a plan. Warn about files and days, which have
 * no effect until msched_plan_avoid_history is called.
 */
msched_result msched__plan_check_avoided(msched_plan_builder *builder, const msched_listening *l,
                                         msched_error *err);
msched_result msched__plan_check_heard(msched_plan_builder *builder, const msched_listening *l,
                                       msched_error *err);
msched_result msched__plan_warn_unheard(msched_plan_builder *builder, msched_error *err);

#define MSCHED__UNREAD_BYTES 240
/* The message of the warning that a file of the plan was not read. */
void msched__plan_unread_text(char text[MSCHED__UNREAD_BYTES], const char *file);

#endif
