/* plan/words/text_split.h: the pieces of a to-do in words. */
#ifndef MSCHED_PLAN_WORDS_TEXT_SPLIT_H
#define MSCHED_PLAN_WORDS_TEXT_SPLIT_H

#include "plan/words/text_writer.h"

/* Write "split in 45m pieces" at an offset as split:45m. Returns the bytes; 0: no match. */
size_t msched__take_split(msched__writer *w, size_t at);

#endif
