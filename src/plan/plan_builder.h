/*
 * plan/plan_builder.h: finish a plan under construction.
 */
#ifndef MSCHED_PLAN_BUILDER_H
#define MSCHED_PLAN_BUILDER_H

#include "plan/plan_builder_data.h"

/*
 * Check the whole plan and set its arrays; the builder still owns it. For readers that need the
 * fault afterward.
 */
msched_result msched__plan_builder_seal(msched_plan_builder *builder, msched_error *err);

#endif
