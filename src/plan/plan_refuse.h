/*
 * plan/plan_refuse.h: refuse a value of a plan or warn of it, and the checks of texts and
 * ranges.
 */
#ifndef MSCHED_PLAN_REFUSE_H
#define MSCHED_PLAN_REFUSE_H

#include "plan/plan_builder_data.h"

/*
 * Refuse a value of a part: remembers the fault and writes "to-do 2 "gym": ..." as the message.
 * `id` may be NULL.
 */
msched_result msched__plan_refuse(msched_plan_builder *builder, msched__plan_fault fault,
                                  const char *id, msched_result code, msched_error *err,
                                  const char *format, ...) MSCHED__PRINTF(6, 7);
/* Texts: UTF-8 on one line, of at most max_bytes; not empty if `required`. */
msched_result msched__plan_check_text(msched_plan_builder *builder, msched__plan_fault fault,
                                      const char *id, const char *text, size_t max_bytes,
                                      int required, msched_error *err);
/* A time or length: min..max. */
msched_result msched__plan_check_range(msched_plan_builder *builder, msched__plan_fault fault,
                                       const char *id, int64_t value, int64_t min, int64_t max,
                                       msched_error *err);

/* Store a warning in the plan; texts are copied. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__plan_builder_warn(msched_plan_builder *builder, const char *code,
                                        const char *message, msched_error *err);

#endif
