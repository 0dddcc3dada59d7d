/*
 * plan/words/text_fields.h: the formats of other tools: timestamps of org-mode, fields of
 * Obsidian. Each function writes the equivalent plan text. Returns the bytes of the line
 * that it handled; 0: no match.
 */
#ifndef MSCHED_PLAN_WORDS_TEXT_FIELDS_H
#define MSCHED_PLAN_WORDS_TEXT_FIELDS_H

#include "plan/words/text_writer.h"

/* At the start of a word: "SCHEDULED: <2026-11-24 Tue 14:00>", "[due:: 2026-11-24]", ":work:". */
size_t msched__take_field(msched__writer *w, size_t at);
/* Bytes of "8:05" or "14:30" at an offset; 0: not a time. */
size_t msched__colon_clock(msched__slice s, size_t at);
/* "下午3点半", "오후 3시": an hour with a word for am or pm. */
size_t msched__take_half_day(msched__writer *w, size_t at);

#endif
