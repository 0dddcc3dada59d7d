/*
 * plan/words/text_phrase_dates.h: words for parts of the day, dates and repeats; text_phrases.c
 * joins them to its own.
 */
#ifndef MSCHED_PLAN_WORDS_TEXT_PHRASE_DATES_H
#define MSCHED_PLAN_WORDS_TEXT_PHRASE_DATES_H

#include "plan/words/text_phrase.h"

#include <stddef.h>

#define MSCHED__PHRASE_DATES_MAX 420

extern const msched__phrase msched__phrase_dates[];
extern const size_t msched__phrase_date_count;

#endif
