/* plan/json/plan_json_span_write.h: the additional members of a plan of several dates, as JSON. */
#ifndef MSCHED_PLAN_JSON_PLAN_JSON_SPAN_WRITE_H
#define MSCHED_PLAN_JSON_PLAN_JSON_SPAN_WRITE_H

#include "base/buffer.h"
#include "plan/plan_data.h"

/* Members of the plan, its day, a to-do, a song and the fill, each after another member. */
void msched__span_write_plan(msched__buffer *out, const msched_plan *plan, int complete);
void msched__span_write_day(msched__buffer *out, const msched_plan *plan, int complete);
void msched__span_write_todo(msched__buffer *out, const msched_plan *plan, uint32_t index);
void msched__span_write_song(msched__buffer *out, const msched__plan_span *span, uint32_t index);
void msched__span_write_fill(msched__buffer *out, const msched__plan_span *span, uint32_t index);

#endif
