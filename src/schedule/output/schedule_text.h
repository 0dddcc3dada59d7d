/* schedule/output/schedule_text.h: a schedule as text for people. */
#ifndef MSCHED_SCHEDULE_TEXT_H
#define MSCHED_SCHEDULE_TEXT_H

#include "schedule/output/schedule.h"

/* As msched_schedule_to_text, with the directory of the zone files; NULL: the system's. */
msched_result msched__schedule_write_text(const msched_schedule *schedule, const char *zoneinfo_dir, msched_text **out,
                                          msched_error *err);

#endif
