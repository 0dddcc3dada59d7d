/* query/find_words.h: the words of a question and the recordings that have them. */
#ifndef MSCHED_QUERY_FIND_WORDS_H
#define MSCHED_QUERY_FIND_WORDS_H

#include "query/hits.h"

#define MSCHED__QUERY_WORDS 48 /* further words of a text are not looked at */

typedef struct msched__query_word {
    char text[MSCHED__WORD_BYTES + 1];
    uint32_t word;      /* in the dictionary, or MSCHED__NONE */
    uint32_t low, high; /* words that begin with it */
    int fits_nothing;   /* no word is near it; known once mistakes were looked for */
} msched__query_word;

typedef struct msched__query {
    uint32_t count;
    msched__query_word words[MSCHED__QUERY_WORDS];
} msched__query;

/* The different words of a normal text; signs that no title has are left out. */
void msched__query_read(msched__query *query, const msched__search *search, const char *normal,
                        size_t size);
void msched__query_set(msched__query_word *word, const msched__search *search, const char *text);

/* Recordings in which every word occurs, whole or begun. MSCHED_OK or MEMORY. */
msched_result msched__find_all_words(msched__question *question, const msched__query *query,
                                     msched_error *err);
/* Recordings in which most words occur, with typing mistakes. MSCHED_OK or MEMORY. */
msched_result msched__find_typos(msched__question *question, msched__query *query,
                                 msched_error *err);
/*
 * The same question with wrong spaces mended: words run together, or one word in two; of words that
 * the catalog has, too, where `known`. 0 where there is nothing to mend (with `known`: nothing
 * further).
 */
int msched__mend_spaces(msched__query *mended, const msched__search *search,
                        const msched__query *query, int known);

#endif
