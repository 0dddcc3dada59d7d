/* plan/plan_derive.h: a plan that differs little from another plan and shares the rest with it. */
#ifndef MSCHED_PLAN_PLAN_DERIVE_H
#define MSCHED_PLAN_PLAN_DERIVE_H

#include "plan/plan_data.h"

/*
 * A copy that keeps a reference to `plan` and shares its texts and arrays; its own arena is empty.
 * The caller changes it before anything else uses it. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__plan_derive(msched_plan **out, msched_plan *plan, msched_error *err);
/*
 * Give a derived plan of several days its own copy of the dates, with room for that many more
 * to-dos and songs; their numbers do not change. If no more of a kind will come, its array stays
 * shared. NULL: out of memory.
 */
msched__plan_span *msched__plan_own_span(msched_plan *own, uint32_t more_todos,
                                         uint32_t more_songs);

#endif
