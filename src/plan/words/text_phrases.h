/*
 * plan/words/text_phrases.h: words around times and lengths, with the English ones that they mean.
 */
#ifndef MSCHED_PLAN_WORDS_TEXT_PHRASES_H
#define MSCHED_PLAN_WORDS_TEXT_PHRASES_H

#include "plan/words/text_phrase.h"
#include "plan/words/text_phrase_dates.h"

#include <stddef.h>
#include <stdint.h>

#define MSCHED__PHRASES_MAX 560 /* without those of text_phrase_dates.h */

/* In lower case. If several match, the longest counts. */
const msched__phrase *msched__phrase_of(size_t index);

/* The phrases by their first byte: those of byte b are order[from[b]] to order[from[b + 1] - 1]. */
typedef struct msched__phrase_index {
    uint16_t from[257], order[MSCHED__PHRASES_MAX + MSCHED__PHRASE_DATES_MAX];
    uint16_t clocks[256]; /* of msched__clock_begins_fill */
} msched__phrase_index;

/* Phrases with the same first byte keep their order. */
void msched__phrase_index_fill(msched__phrase_index *index);

#endif
