/* plan/words/text_marked_clock.h: "18,30" and "9 sharp", which are times beside certain words. */
#ifndef MSCHED_PLAN_WORDS_TEXT_MARKED_CLOCK_H
#define MSCHED_PLAN_WORDS_TEXT_MARKED_CLOCK_H

#include "plan/words/text_writer.h"

/*
 * At the start of a word: "alle 18,30", "dalle 18,30 alle 19,30", "17,30 Uhr", "+-20min", and "9
 * sharp standup" at the start of the line. Returns the bytes of the line that are done; 0: none.
 */
size_t msched__take_marked_clock(msched__writer *w, size_t at);

#endif
