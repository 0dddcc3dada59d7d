/* plan/words/text_number_words.h: numbers in words, in the languages that plan text knows. */
#ifndef MSCHED_PLAN_WORDS_TEXT_NUMBER_WORDS_H
#define MSCHED_PLAN_WORDS_TEXT_NUMBER_WORDS_H

#include "plan/words/text_writer.h"

enum msched__language {
    MSCHED__ENGLISH,
    MSCHED__GERMAN,
    MSCHED__FRENCH,
    MSCHED__SPANISH,
    MSCHED__ITALIAN,
    MSCHED__PORTUGUESE,
    MSCHED__DUTCH,
    MSCHED__SWEDISH,
    MSCHED__DANISH, /* and Norwegian */
    MSCHED__POLISH, /* with the ordinals that name an hour */
    MSCHED__LANGUAGES
};

/*
 * Bytes of the longest number in words at an offset, in one of the languages (bits of enum
 * msched__language); *found: those that have it. 0: there is none.
 */
size_t msched__number_word(msched__slice s, size_t at, uint32_t languages, int *value,
                           uint32_t *found);

#endif
