/* plan/words/text_weekday_parts.h: weekdays with a part of the day, such as "Thursday evening". */
#ifndef MSCHED_PLAN_WORDS_TEXT_WEEKDAY_PARTS_H
#define MSCHED_PLAN_WORDS_TEXT_WEEKDAY_PARTS_H

#include "plan/words/text_writer.h"

/*
 * "Thursday evening", "Donnerstagabend": the part of the day after the word at an offset, or at its
 * end, as an attribute ("@evening"). *size: of the word without it; *end: after both. NULL: none.
 */
const char *msched__take_part_of_day(msched__slice s, size_t at, int *is_english, size_t *size,
                                     size_t *end);
/*
 * Such a weekday, or "every mon and thu evening", at an offset: write it in English. Returns the
 * bytes of the line that are done; 0: it is not there.
 */
size_t msched__take_weekday_part(msched__writer *w, size_t at);

#endif
