/*
 * plan/plan_derive.h: a plan that differs from another one in little and shares the rest with it.
 */
#ifndef MSCHED_PLAN_PLAN_DERIVE_H
#define MSCHED_PLAN_PLAN_DERIVE_H

#include "plan/plan_data.h"

/*
 * A copy that keeps `plan` and shares its texts and arrays; its own arena is empty. The caller
 * changes it before anybody else sees it. MSCHED_OK, MEMORY or, for a plan of several days,
 * CONFLICT.
 */
msched_result msched__plan_derive(msched_plan **out, msched_plan *plan, msched_error *err);
/* The same for plans of several days, too: the caller knows their parts. */
msched_result msched__plan_derive_any(msched_plan **out, msched_plan *plan, msched_error *err);

#endif
