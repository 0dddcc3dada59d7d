/* plan/words/text_length.h: lengths of plan text. */
#ifndef MSCHED_PLAN_WORDS_TEXT_LENGTH_H
#define MSCHED_PLAN_WORDS_TEXT_LENGTH_H

#include "plan/words/text_scan.h"

/*
 * The whole slice as a length; in_seconds allows "5s" and "0". 1 on success; *seconds may be 0 or
 * more than a day.
 */
int msched__scan_duration(msched__slice slice, int in_seconds, int32_t *seconds);
/* The same with what is ambiguous, as enum msched__attr_doubt. */
int msched__scan_length(msched__slice slice, int in_seconds, int32_t *seconds, uint32_t *doubt);

#endif
