/* plan/text/text_late.h: days, evenings and parts of the day without a time. */
#ifndef MSCHED_PLAN_TEXT_TEXT_LATE_H
#define MSCHED_PLAN_TEXT_TEXT_LATE_H

#include "plan/text/plan_text.h"

/*
 * "9-late", "7pm till late" at an offset: write the times, and warn. Returns the bytes; 0: no
 * match.
 */
size_t msched__take_late(msched__text_reader *in, msched__writer *w, size_t at);
/*
 * "Journal before bed" and "Cook for 18:30": as late as possible, with a note. For a title that is
 * not quoted.
 */
void msched__text_read_late(msched__text_reader *in, msched__text_values *v, const char **title);
/*
 * "Sleep until 13:00" names the morning or a later time, not that of going to bed. Without a
 * length, use_sleep makes it an event from the start of the day on, with a warning.
 */
int msched__text_sleeps_until(const msched__text_values *v, const char *title);
void msched__text_use_sleep(msched__text_reader *in, msched__text_todo *todo);
/* Apply the part of the day to a line without a time of its own. */
void msched__text_use_part(const msched__text_reader *in, msched__text_values *values);

#endif
