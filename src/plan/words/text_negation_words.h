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

/*
 * "no" before "domingo" or "sábado": "not" in Spanish, and "on the" in Portuguese. The other words
 * of the line show which it is.
 */
enum msched__no { MSCHED__NO_IS_OPEN, MSCHED__NO_IS_NOT, MSCHED__NO_IS_ON };
enum msched__no msched__meaning_of_no(msched__slice line);

#endif
