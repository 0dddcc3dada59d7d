/* plan/text/text_unknown.h: names of to-dos that a plan does not have. */
#ifndef MSCHED_PLAN_TEXT_TEXT_UNKNOWN_H
#define MSCHED_PLAN_TEXT_TEXT_UNKNOWN_H

#include "plan/text/plan_text.h"

/* An error: a name in an attribute, `text` from `column` on, is not that of exactly one to-do. */
void msched__text_unknown_todo(msched__text_reader *in, uint32_t line, uint32_t column,
                               msched__slice text, msched__slice name);
/* Whether an id has the words: "commute-to-hospital" has "commute" and "to-hospital". */
int msched__text_has_words(const char *id, const char *words);
/* The name of the only to-do so far that has the words of a name; NULL: none, or several. */
const char *msched__text_near_todo(msched__text_reader *in, const char *words);

#endif
