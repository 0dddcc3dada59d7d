/* span/span_write.h: the schedules of the dates as one schedule. */
#ifndef MSCHED_SPAN_WRITE_H
#define MSCHED_SPAN_WRITE_H

#include "schedule/output/schedule.h"
#include "span/span_model.h"

/* Write entries, unscheduled items, overloads and warnings. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__span_write(msched__span *span, msched_schedule *out);

#endif
