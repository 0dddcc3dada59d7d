/* span/span_slack.h: how long before its due time each task is done. */
#ifndef MSCHED_SPAN_SLACK_H
#define MSCHED_SPAN_SLACK_H

#include "schedule/output/schedule.h"
#include "span/span_model.h"

/*
 * Set the slack of the last entry of each to-do that has a due time and is scheduled completely.
 * The entries must be in order of start.
 */
void msched__span_write_slack(const msched__span *span, msched_schedule *out);

#endif
