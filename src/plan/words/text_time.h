/* plan/words/text_time.h: attributes that are times, lengths or dates. */
#ifndef MSCHED_PLAN_WORDS_TEXT_TIME_H
#define MSCHED_PLAN_WORDS_TEXT_TIME_H

#include "plan/words/text_scan.h"

/* 1 if the slice is a time or a length. */
int msched__match_time(msched__slice slice, enum msched__attr_place place, msched__attr *attr);
/* "every day", "every 2 weeks", "every other monday", "every mon, wed": a repeat by itself. */
int msched__is_repeat(msched__slice slice);
/*
 * "28.11.2026", "28.11.26" or "28/11/2026" at *at, which moves past it, as days since 1970. 0: it
 * is not there, or it may be another date, as 3/4/2026 in March or in April.
 */
int msched__take_local_date(msched__slice slice, size_t *at, int64_t *days);
/* 1 if it is a date or a repeat, which are read but not used. */
int msched__match_date(msched__slice slice, enum msched__attr_place place, msched__attr *attr);

#endif
