/* span/span_slack.h: when each task with a due time will be done, and how long before that is. */
#ifndef MSCHED_SPAN_SLACK_H
#define MSCHED_SPAN_SLACK_H

#include "schedule/output/schedule.h"
#include "span/span_model.h"

/*
 * The last entry of each to-do that is due and scheduled as a whole: set its slack. Entries are in
 * order of their start.
 */
void msched__span_write_slack(const msched__span *span, msched_schedule *out);

#endif
