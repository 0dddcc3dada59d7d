/* schedule/output/schedule_text_span.h: several dates as text. */
#ifndef MSCHED_SCHEDULE_TEXT_SPAN_H
#define MSCHED_SCHEDULE_TEXT_SPAN_H

#include "base/buffer.h"
#include "schedule/output/schedule.h"

/*
 * A line for each date with its load, free time and music, then the dates. The heading, the first
 * date with the time zone, is already written; `days` is that date, since 1970-01-01.
 */
void msched__put_span(msched__buffer *b, const msched_schedule *s, int64_t days);

#endif
