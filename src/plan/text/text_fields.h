/*
 * plan/text/text_fields.h: what other tools write into a line: timestamps of org-mode, fields of
 * Obsidian, cells of tables. Each writes what plan text has for it. Bytes of the line that are
 * done; 0: it is not there.
 */
#ifndef MSCHED_PLAN_TEXT_TEXT_FIELDS_H
#define MSCHED_PLAN_TEXT_TEXT_FIELDS_H

#include "plan/text/text_writer.h"

/* At the start of a word: "SCHEDULED: <2026-11-24 Tue 14:00>", "[due:: 2026-11-24]", ":work:". */
size_t msched__take_field(msched__writer *w, size_t at);
/* At a mark between cells: "Gym,18:00,1h", "| 8:00 | 9:00 |"; "gym@6pm". */
size_t msched__take_cell(msched__writer *w, size_t at);
/* "下午3点半", "오후 3시": an hour of a half of the day. */
size_t msched__take_half_day(msched__writer *w, size_t at);

#endif
