/*
 * plan/plan_builder_dates.h: a builder whose plan covers several dates.
 */
#ifndef MSCHED_PLAN_BUILDER_DATES_H
#define MSCHED_PLAN_BUILDER_DATES_H

#include "plan/plan_builder_data.h"

/* Make the builder's plan one of day->days dates. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__builder_begin_days(msched_plan_builder *builder, const msched_day *day,
                                         msched_error *err);
/*
 * Room for the dates of the to-do or song that is added next, which are not counted yet. `before`
 * moves from the to-do to its dates. Readers of texts, which date the items themselves, are left
 * alone. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__builder_date_todo(msched_plan_builder *builder, msched_todo *todo,
                                        msched_error *err);
msched_result msched__builder_date_song(msched_plan_builder *builder, const msched_song *song,
                                        msched_error *err);
/* Check and link the dates of a sealed plan. */
msched_result msched__builder_check_dates(msched_plan_builder *builder, msched_error *err);

#endif
