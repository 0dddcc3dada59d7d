/* query/lookup/find_words.h: the words of a query and the recordings that contain them. */
#ifndef MSCHED_QUERY_LOOKUP_FIND_WORDS_H
#define MSCHED_QUERY_LOOKUP_FIND_WORDS_H

#include "query/lookup/hits.h"

#define MSCHED__QUERY_WORDS 48 /* further words of a text are ignored */

typedef struct msched__query_word {
    char text[MSCHED__WORD_BYTES + 1];
    uint32_t word;      /* in the dictionary, or MSCHED__NONE */
    uint32_t low, high; /* words that begin with it */
    int fits_nothing;   /* no word is similar; set by the search for mistakes */
} msched__query_word;

typedef struct msched__query {
    uint32_t count;
    msched__query_word words[MSCHED__QUERY_WORDS];
} msched__query;

/* The different words of a normal text; signs that are in no title are left out. */
void msched__query_read(msched__query *query, const msched__search *search, const char *normal,
                        size_t size);
void msched__query_set(msched__query_word *word, const msched__search *search, const char *text);

/* Recordings that contain every word, or a word that begins with it. MSCHED_OK or MEMORY. */
msched_result msched__find_all_words(msched__question *question, const msched__query *query,
                                     msched_error *err);
/* Recordings that contain most words, allowing typing mistakes. MSCHED_OK or MEMORY. */
msched_result msched__find_typos(msched__question *question, msched__query *query,
                                 msched_error *err);
/*
 * Correct wrong spaces in a query: words run together, or a word split in two. With `known`, also
 * change words that are in the catalog. Returns 0 if nothing was corrected (with `known`: nothing
 * more).
 */
int msched__mend_spaces(msched__query *mended, const msched__search *search,
                        const msched__query *query, int known);

#endif
