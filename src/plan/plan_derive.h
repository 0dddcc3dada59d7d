/*
 * plan/plan_derive.h: a plan that differs from another one in little and shares the rest with it.
 */
#ifndef MSCHED_PLAN_PLAN_DERIVE_H
#define MSCHED_PLAN_PLAN_DERIVE_H

#include "plan/plan_data.h"

/*
 * A copy that keeps `plan` and shares its texts and arrays; its own arena is empty. The caller
 * changes it before anybody else sees it. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__plan_derive(msched_plan **out, msched_plan *plan, msched_error *err);
/*
 * What a derived plan of several days says of its dates, as its own, with room for so many more
 * to-dos and songs; their numbers stay. Without more of a kind, its array is still shared. NULL:
 * out of memory.
 */
msched__plan_span *msched__plan_own_span(msched_plan *own, uint32_t more_todos,
                                         uint32_t more_songs);

#endif
