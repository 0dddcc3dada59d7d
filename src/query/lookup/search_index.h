/*
 * query/lookup/search_index.h: the words and exact texts of a catalog's recordings, built at the
 * first lookup. A "doc" is a recording; docs are numbered by popularity (ties: input order), so
 * that a smaller number is a better hit.
 */
#ifndef MSCHED_QUERY_LOOKUP_SEARCH_INDEX_H
#define MSCHED_QUERY_LOOKUP_SEARCH_INDEX_H

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

    uint32_t slot_count; /* a power of two */
    /* open addressing: best doc of a title, or of title and artist */
    uint32_t *title_slots, *pair_slots;
    uint32_t *title_next, *pair_next; /* the next doc of the same, or MSCHED__NONE */
} msched__search;

/* NULL and an error when out of memory. */
const msched__search *msched__search_of(const msched_catalog *catalog, msched_error *err);

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

/* Hash of a normal title, and of a normal artist unless NULL. */
uint32_t msched__search_hash(uint64_t key, const char *title, size_t title_size, const char *artist,
                             size_t artist_size);

/* Its form in a saved catalog, and the index read from it; NULL if that is unusable. */
void msched__search_form(msched__attached *attached, const msched_catalog *catalog,
                         msched__form *form);
msched__attached *msched__search_open(const msched_catalog *catalog);
/* The slots with another hash key; each array has slot_count elements. 0 when out of memory. */
int msched__search_place(const msched__search *search, uint64_t key, uint32_t *title_slots,
                         uint32_t *pair_slots);

/* The word's number, or MSCHED__NONE. */
uint32_t msched__search_find_word(const msched__search *search, const char *word);
/* Words from *low to before *high begin with `prefix`. */
void msched__search_find_prefix(const msched__search *search, const char *prefix, uint32_t *low,
                                uint32_t *high);
/*
 * First doc with this normal title (and this normal artist, unless NULL), or MSCHED__NONE; the
 * others by title_next or pair_next.
 */
uint32_t msched__search_find_exact(const msched__search *search, const char *title,
                                   size_t title_size, const char *artist, size_t artist_size);
/*
 * The first doc from `doc` on, in the chain of title_next, with an artist of this normal name among
 * several; or MSCHED__NONE.
 */
uint32_t msched__search_shared_by(const msched__search *search, uint32_t doc, const char *artist,
                                  size_t artist_size);

#endif
