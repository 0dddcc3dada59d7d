/*
 * plan/plan_link.h: resolve the names by which to-dos refer to each other.
 */
#ifndef MSCHED_PLAN_LINK_H
#define MSCHED_PLAN_LINK_H

#include "plan/plan_builder_data.h"

/*
 * Give to-dos without an id their identity, and resolve the names in `after`, `before` and
 * `during`. MSCHED_OK, MEMORY, NOT_FOUND or CONFLICT (an id twice, a cycle).
 */
msched_result msched__plan_link(msched_plan_builder *builder, msched_error *err);

#endif
