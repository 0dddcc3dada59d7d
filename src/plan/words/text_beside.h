/* plan/words/text_beside.h: is a time of day directly before or after a word? */
#ifndef MSCHED_PLAN_WORDS_TEXT_BESIDE_H
#define MSCHED_PLAN_WORDS_TEXT_BESIDE_H

#include "plan/words/text_writer.h"

/* "3pm", "at 15:00", "alle 10" or "9-10" after an offset. 1: it is there. */
int msched__time_follows(msched__slice s, size_t at);
/* The same, or such a time before `start`: "3pm Wed". A length such as "1h" does not count. */
int msched__is_beside_time(msched__slice s, size_t start, size_t end);

/*
 * "Arzt Mi 10 Uhr", "Cours mar 18h": a short weekday of another language within a line, before a
 * time that shows that it is none of the words and first names of that spelling. The name
 * ends at `end`. 1: it is one.
 */
int msched__is_short_weekday(msched__slice s, size_t at, size_t end);

#endif
