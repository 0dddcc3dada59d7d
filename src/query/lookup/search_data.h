/*
 * query/lookup/search_data.h: the words and exact texts of a catalog's recordings. A "doc" is a
 * recording; docs are numbered by popularity (ties: input order), so that a smaller number is a
 * better hit.
 */
#ifndef MSCHED_QUERY_LOOKUP_SEARCH_DATA_H
#define MSCHED_QUERY_LOOKUP_SEARCH_DATA_H

#include "catalog/saved/saved_form.h"
#include "query/lookup/search_text.h"

#define MSCHED__IN_TITLE  1u
#define MSCHED__IN_ARTIST 2u

typedef struct msched__search {
    msched__attached attached;
    const msched_catalog *catalog;

    uint32_t doc_count;
    uint32_t *doc_track;     /* the most popular track */
    uint32_t *doc_title;     /* normal text of the title: offset into `normal` */
    uint32_t *artist_normal; /* by artist: offset into `normal` */
    char *normal;
    uint32_t normal_size;
    uint8_t *title_words, *artist_words; /* by doc: number of different words, at most 255 */

    uint32_t word_count;
    uint32_t word_text_size, posting_count;
    char *word_text;      /* each word ends with a NUL; bytes ascending */
    uint32_t *word_start; /* offset of each word */
    uint32_t *post_start; /* postings[post_start[w] .. post_start[w + 1]) belong to word w */
    uint32_t *postings;   /* doc << 2 | MSCHED__IN_TITLE | MSCHED__IN_ARTIST, ascending */

    /* by_length[length_start[n] ..) have n letters */
    uint32_t length_start[MSCHED__TYPO_LETTERS + 2];
    /* words of 1..32 letters by number of letters */
    uint32_t *by_length;
    uint32_t *signatures; /* of by_length */

    uint32_t slot_count;
    /* open addressing from msched__search_slot: best doc of a title, or of title and artist */
    uint32_t *title_slots, *pair_slots;
    uint32_t *title_next, *pair_next; /* the next doc of the same, or MSCHED__NONE */
} msched__search;

static inline const char *msched__search_title(const msched__search *search, uint32_t doc)
{
    return search->normal + search->doc_title[doc];
}
/* The artist of a doc's track; of a saved catalog, the column may not have been checked. */
static inline uint32_t msched__search_artist_of(const msched__search *search, uint32_t doc)
{
    const uint32_t artist = search->catalog->track_artist[search->doc_track[doc]];
    return artist < search->catalog->artist_count ? artist : 0;
}
static inline const char *msched__search_artist(const msched__search *search, uint32_t doc)
{
    return search->normal + search->artist_normal[msched__search_artist_of(search, doc)];
}
static inline const char *msched__search_word(const msched__search *search, uint32_t word)
{
    return search->word_text + search->word_start[word];
}

#endif
