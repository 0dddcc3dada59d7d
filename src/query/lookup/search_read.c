/* query/lookup/search_read.c: look up exact texts and words in the search index. */
#include "query/lookup/search_read.h"

#include "base/hash.h"

#include <string.h>

uint32_t msched__search_slot(uint64_t key, uint32_t count, const char *title, size_t title_size,
                             const char *artist, size_t artist_size)
{
    uint64_t hash = msched__hash_by(key, title, title_size);
    if (artist != NULL)
        hash = msched__hash_mix(hash ^ (msched__hash_by(key, artist, artist_size) << 1));
    /* scaled, so that the number of slots need not be a power of two */
    return (uint32_t)((hash & UINT32_MAX) * count >> 32);
}

static int same_text(const char *ended, const char *text, size_t size)
{
    return strncmp(ended, text, size) == 0 && ended[size] == '\0';
}

uint32_t msched__search_find_exact(const msched__search *search, const char *title,
                                   size_t title_size, const char *artist, size_t artist_size)
{
    const uint32_t *slots = artist == NULL ? search->title_slots : search->pair_slots;
    const uint32_t count = search->slot_count;
    uint32_t at = msched__search_slot(search->catalog->hash_key, count, title, title_size, artist,
                                      artist_size);
    for (; slots[at] != MSCHED__NONE; at = msched__search_next_slot(at, count))
        if (same_text(msched__search_title(search, slots[at]), title, title_size) &&
            (artist == NULL ||
             same_text(msched__search_artist(search, slots[at]), artist, artist_size)))
            return slots[at];
    return MSCHED__NONE;
}

/*
 * First word that does not come before `word` (by its first `size` bytes; past all that begin with
 * it where `after`).
 */
static uint32_t bound(const msched__search *search, const char *word, size_t size, int after)
{
    uint32_t low = 0, high = search->word_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strncmp(msched__search_word(search, middle), word, size);
        if (order < 0 || (after && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t msched__search_find_word(const msched__search *search, const char *word)
{
    uint32_t at = bound(search, word, strlen(word) + 1, 0); /* with the NUL: all of it */
    return at < search->word_count && strcmp(msched__search_word(search, at), word) == 0
               ? at
               : MSCHED__NONE;
}

void msched__search_find_prefix(const msched__search *search, const char *prefix, uint32_t *low,
                                uint32_t *high)
{
    size_t size = strlen(prefix);
    *low = bound(search, prefix, size, 0);
    *high = bound(search, prefix, size, 1);
}

static int has_member(const msched__search *search, uint32_t doc, const char *artist, size_t size)
{
    const msched_catalog *catalog = search->catalog;
    const uint32_t own = msched__search_artist_of(search, doc), *members;
    const uint32_t count = msched__members_of(&catalog->artist_members, &own, &members);
    for (uint32_t i = 0; i < count; i++) {
        const char *name = search->normal + search->artist_normal[members[i]];
        if (strncmp(name, artist, size) == 0 && name[size] == '\0')
            return 1;
    }
    return 0;
}

uint32_t msched__search_shared_by(const msched__search *search, uint32_t doc, const char *artist,
                                  size_t artist_size)
{
    if (search->catalog->artist_members.starts == NULL || artist_size == 0)
        return MSCHED__NONE;
    while (doc != MSCHED__NONE && !has_member(search, doc, artist, artist_size))
        doc = search->title_next[doc];
    return doc;
}
