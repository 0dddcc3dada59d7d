/*
 * plan/plan_usual.h: to-dos without a time whose title implies one: meals and errands.
 */
#ifndef MSCHED_PLAN_USUAL_H
#define MSCHED_PLAN_USUAL_H

#include "plan/plan_builder_data.h"

/*
 * Give each task that may be at any time of its day, and whose title is a meal or an errand
 * (plan/words/text_meal_words.h), its usual hours, if the day has time for it in them. Warn once.
 * MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__plan_find_usual(msched_plan_builder *builder, msched_error *err);

#endif
