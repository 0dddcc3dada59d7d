/* plan/words/text_clock_language.h: the words around clock times, in each language. */
#ifndef MSCHED_PLAN_WORDS_TEXT_CLOCK_LANGUAGE_H
#define MSCHED_PLAN_WORDS_TEXT_CLOCK_LANGUAGE_H

#include "plan/words/text_number_words.h"

#define MSCHED__CLOCK_MARKERS 16
#define MSCHED__CLOCK_WORDS   12

enum msched__day_part {
    MSCHED__NO_PART,
    MSCHED__MORNING,
    MSCHED__AFTERNOON,
    MSCHED__EVENING,
    MSCHED__AT_NIGHT
};

/* Words with what they mean. */
typedef struct msched__named {
    const char *words;
    int value;
} msched__named;

/* Each list ends with NULL. Of two words that begin alike, the longer is first. */
typedef struct msched__clock_language {
    msched__named markers[MSCHED__CLOCK_MARKERS]; /* before a time: 0 at, 1 before, 2 after it */
    const char *units[4];                         /* after an hour */
    msched__named parts[MSCHED__CLOCK_WORDS];     /* enum msched__day_part */
    msched__named minutes[MSCHED__CLOCK_WORDS];   /* after an hour */
    const char *links[4];                         /* between an hour and its minutes */
    msched__named noons[5];                       /* value: minutes since midnight */
    const char *froms[7], *tos[6];                /* around two times */
    const char *betweens[4], *ands[5];            /* the same for a time window */
    int is_length;                                /* the units are those of lengths, too */
    int is_24;                                    /* hours are of a 24-hour clock */
} msched__clock_language;

extern const msched__clock_language msched__clock_languages[MSCHED__LANGUAGES];

/* Bytes of one of the words at an offset, and its value; 0: none. */
size_t msched__named_at(msched__slice s, size_t at, const msched__named *words, int *value);

/*
 * The languages in which a word before a time may begin at an offset: bits of the enum. The table
 * is filled once.
 */
void msched__clock_begins_fill(uint16_t begins[256]);
uint32_t msched__clock_begins(const uint16_t begins[256], msched__slice s, size_t at);

#endif
