/* span/span_reason.h: why a task or a song is unscheduled on all dates of a span. */
#ifndef MSCHED_SPAN_REASON_H
#define MSCHED_SPAN_REASON_H

#include "schedule/output/schedule.h"
#include "span/span_model.h"

/* Fill *to with texts in the schedule's arena. 0 when out of memory. */
int msched__span_explain_task(const msched__span *span, const msched__span_task *task,
                              msched_schedule *schedule, msched_unplaced *to);
int msched__span_explain_song(const msched__span *span, uint32_t song, msched_schedule *schedule,
                              msched_unplaced *to);

#endif
