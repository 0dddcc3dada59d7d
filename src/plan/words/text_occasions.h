/* plan/words/text_occasions.h: titles of things that happen at a time, and numbers beside them. */
#ifndef MSCHED_PLAN_WORDS_TEXT_OCCASIONS_H
#define MSCHED_PLAN_WORDS_TEXT_OCCASIONS_H

#include "plan/words/text_scan.h"

/* An emoji or another picture. */
int msched__is_picture(msched__slice word);
/* "Pay", "Buy": a number after it is an amount. */
int msched__is_payment(msched__slice word);
/* Do the words before the first phrase name such a thing? */
int msched__is_occasion(const msched__slice *words, uint32_t count);
/* "930", "1415", "3.15", "2:45": seconds; -1: none. */
int32_t msched__occasion_time(msched__slice word);
/* "10-1030", "930-10", "6-645pm": 1 if the word is such a range. */
int msched__occasion_range(msched__slice word, msched__attr *attr);

/* A title of what is held on several dates, such as a conference, and no preparation for it. */
int msched__is_gathering(msched__slice title);

#endif
