/*
 * span/span_fact.h: tasks that have begun or ended as the plan records it. The tasks of the model
 * are what is left; the facts are events of their dates, which keep their time and host songs.
 */
#ifndef MSCHED_SPAN_FACT_H
#define MSCHED_SPAN_FACT_H

#include "span/span_model.h"

/*
 * Find the facts and the numbers of occurrences that they and skipped ones claim, and reduce paused
 * tasks of the span's plan to what is left of them. The previous schedule, which must have the ids
 * of this plan, gives times that the plan does not. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_find_facts(msched__span *span);
/* What is left of a paused task; MSCHED_UNSET: it is not paused. */
int32_t msched__span_left(const msched_plan *plan, uint32_t todo);
/*
 * *out: a copy of a plan, in the memory of the span, with to-dos of its own. Returns these to-dos,
 * which may be changed; NULL when out of memory.
 */
msched__plan_todo *msched__span_copy_plan(const msched__span *span, const msched_plan *plan,
                                          msched_plan **out);
/* The fact of a to-do on a date; NULL: none. */
const msched__span_fact *msched__span_fact_on(const msched__span *span, uint32_t todo,
                                              uint32_t day);
/* The most seconds of a to-do that may still be added to a date; MSCHED_UNSET: any number. */
int32_t msched__span_per_day(const msched__span *span, uint32_t todo, uint32_t day);
/* Count the facts among the tasks of a schedule, once per occurrence. */
void msched__span_count_facts(const msched__span *span, msched_objective *objective);

#endif
