/* plan/words/text_hour_units.h: numbers with a word or a letter for the hour, times or lengths. */
#ifndef MSCHED_PLAN_WORDS_TEXT_HOUR_UNITS_H
#define MSCHED_PLAN_WORDS_TEXT_HOUR_UNITS_H

#include "plan/words/text_writer.h"

/* Words and signs between two times, as in "de 9h à 10h"; the list ends with NULL. */
extern const char *const msched__range_links[];

/* Bytes of "h", "hrs", "uur" and the like as a separate word; 0: no match. */
size_t msched__hour_letters(msched__slice s, size_t at);
/* Bytes of "uur", "horas", "heures" and the like; 0: no match. */
size_t msched__hour_word(msched__slice s, size_t at);
/* 1 for the numbers of "de 1h à 18h", which are a length and a time. */
int msched__is_length_at(msched__slice s, size_t first, size_t second);

/* Each returns the bytes of the line that are done; 0: it is not there. */
/* After digits: "930am", "1800 hrs", "18:00 h", "9 uur". */
size_t msched__take_hour_unit(msched__writer *w, size_t at);
/* After digits: "18 h" and "18 h 30" become 18h and 18h30. */
size_t msched__take_spaced_hour(msched__writer *w, size_t at);
/* "a" and the like between two hours, or between a length and a time. */
size_t msched__take_to(msched__writer *w, size_t at);

#endif
