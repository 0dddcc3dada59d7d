/* plan/words/text_negation_words.h: words that leave dates out. */
#ifndef MSCHED_PLAN_WORDS_TEXT_NEGATION_WORDS_H
#define MSCHED_PLAN_WORDS_TEXT_NEGATION_WORDS_H

#include "plan/words/text_scan.h"

/* Single words: "not", "except", "ohne"; the list ends with NULL. */
extern const char *const msched__negations[];

/*
 * "except", "but not the", "apart from": moves past the words before dates that are left out. With
 * `after_dates`, they follow other dates or "day", so that "but", "save" and "no" count, too.
 */
int msched__take_except(msched__slice slice, size_t *at, int after_dates);

#endif
