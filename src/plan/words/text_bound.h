/*
 * plan/words/text_bound.h: words after a time or a weekday that make it a bound: "18:00 or later",
 * "Wed at the latest".
 */
#ifndef MSCHED_PLAN_WORDS_TEXT_BOUND_H
#define MSCHED_PLAN_WORDS_TEXT_BOUND_H

#include "plan/words/text_writer.h"

/*
 * Write the time or the weekday at an offset with the word before it: "after 18:00", "by Wed".
 * Returns how many bytes of the line it replaces; 0 if there is no bound.
 */
size_t msched__take_bound(msched__writer *w, size_t at);

#endif
