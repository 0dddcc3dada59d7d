/* plan/words/text_time.h: attributes that are times, lengths or dates. */
#ifndef MSCHED_PLAN_WORDS_TEXT_TIME_H
#define MSCHED_PLAN_WORDS_TEXT_TIME_H

#include "plan/words/text_scan.h"

/* 1 if the slice is a time or a length. */
int msched__match_time(msched__slice slice, enum msched__attr_place place, msched__attr *attr);
/* "every day", "every 2 weeks", "every other monday", "every mon, wed": a repeat by itself. */
int msched__is_repeat(msched__slice slice);
/* 1 if it is a date or a repeat, which are read but not used. */
int msched__match_date(msched__slice slice, enum msched__attr_place place, msched__attr *attr);

#endif
