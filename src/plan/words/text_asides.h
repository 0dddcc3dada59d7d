/*
 * plan/words/text_asides.h: words beside a time or a length that say nothing more about it, and
 * slips in the digits of a time.
 */
#ifndef MSCHED_PLAN_WORDS_TEXT_ASIDES_H
#define MSCHED_PLAN_WORDS_TEXT_ASIDES_H

#include "plan/words/text_writer.h"

/*
 * At the start of a word: "on the dot" after a time, "or so" after a length, "any time" before
 * "after lunch", "12:3O". Returns the bytes of the line that are done; 0: nothing is there.
 */
size_t msched__take_aside(msched__writer *w, size_t at);

/* 1 if all of a text is in one pair of brackets and has no number: "(home office)". */
int msched__is_aside(msched__slice s);

#endif
