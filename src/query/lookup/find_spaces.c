/* query/lookup/find_spaces.c: words with wrong or missing spaces. */
#include "query/lookup/find_words.h"
#include "query/lookup/search_read.h"

#include <string.h>

/* longer queries are not compared with whole titles, which would be slow */
#define PARTED_WORDS_MAX 4
#define PARTED_BYTES_MIN 6
#define SPLIT_BYTES_MIN  4 /* of words that are in the catalog unchanged */

/* Whether a doc contains both words. */
static int occur_together(const msched__search *search, uint32_t a, uint32_t b)
{
    uint32_t i = search->post_start[a], j = search->post_start[b];
    while (i < search->post_start[a + 1] && j < search->post_start[b + 1]) {
        uint32_t left = search->postings[i] >> 2, right = search->postings[j] >> 2;
        if (left == right)
            return 1;
        i += left < right;
        j += right < left;
    }
    return 0;
}

/* Split a word into two that occur together. Returns the number of words in `out`: 0 or 2. */
static uint32_t split_word(msched__query_word *out, const msched__search *search, const char *text)
{
    char left[MSCHED__WORD_BYTES + 1];
    size_t size = strlen(text);
    /* from the middle outwards: longer parts are more specific */
    for (size_t distance = 0; distance < size / 2; distance++)
        for (int side = 0; side < 2; side++) {
            size_t at = side == 0 ? size / 2 - distance : size / 2 + distance;
            if (at < 1 || at >= size || (side == 1 && distance == 0))
                continue;
            memcpy(left, text, at);
            left[at] = '\0';
            uint32_t a = msched__search_find_word(search, left),
                     b = msched__search_find_word(search, text + at);
            if (a == MSCHED__NONE || b == MSCHED__NONE || !occur_together(search, a, b))
                continue;
            msched__query_set(&out[0], search, left);
            msched__query_set(&out[1], search, text + at);
            return 2;
        }
    return 0;
}

/* Join two neighboring words. */
static int join_words(msched__query_word *out, const msched__search *search, const char *a,
                      const char *b)
{
    char joined[2 * MSCHED__WORD_BYTES + 1];
    size_t left = strlen(a), right = strlen(b);
    if (left + right > MSCHED__WORD_BYTES)
        return 0;
    memcpy(joined, a, left);
    memcpy(joined + left, b, right + 1);
    if (msched__search_find_word(search, joined) == MSCHED__NONE)
        return 0;
    msched__query_set(out, search, joined);
    return 1;
}

/*
 * The rest of `text` after the letters of words[0..size), or NULL if it does not begin with them.
 */
static const char *after_letters(const char *text, const char *words, size_t size)
{
    for (size_t i = 0; i < size && text != NULL; i++)
        if (msched__is_letter(words[i]))
            text = *text == words[i] ? text + 1 : NULL;
    return text;
}

static uint32_t add_words(msched__query_word *out, uint32_t count, uint32_t room,
                          const msched__search *search, const char *text, size_t size)
{
    msched__words words;
    msched__words_start(&words, text, size);
    while (count < room && msched__words_next(&words))
        if (!words.symbol && words.length > 0)
            msched__query_set(&out[count++], search, words.word);
    return count;
}

static uint32_t add_title(msched__query_word *out, uint32_t count, uint32_t room,
                          const msched__search *search, uint32_t doc)
{
    const char *title = msched__search_title(search, doc);
    return add_words(out, count, room, search, title, msched__title_proper(title));
}

static uint32_t add_artist(msched__query_word *out, uint32_t count, uint32_t room,
                           const msched__search *search, const char *artist)
{
    return add_words(out, count, room, search, artist, strlen(artist));
}

/*
 * Read a word as all words of a title, or of a title and its artist. Returns the number of words in
 * `out`.
 */
static uint32_t part_by_title(msched__query_word *out, uint32_t room, const msched__search *search,
                              const char *text)
{
    for (uint32_t doc = 0; doc < search->doc_count; doc++) {
        const char *title = msched__search_title(search, doc);
        if (title[0] != text[0] && msched__is_letter(title[0]))
            continue;
        const char *rest = after_letters(text, title, msched__title_proper(title));
        if (rest == NULL || rest == text)
            continue;
        if (*rest == '\0')
            return add_title(out, 0, room, search, doc);
        const char *artist = msched__search_artist(search, doc);
        rest = after_letters(rest, artist, strlen(artist));
        if (rest != NULL && *rest == '\0')
            return add_artist(out, add_title(out, 0, room, search, doc), room, search, artist);
    }
    return 0;
}

/* The same of an artist, or of an artist and a title. */
static uint32_t part_by_artist(msched__query_word *out, uint32_t room, const msched__search *search,
                               const char *text)
{
    const msched_catalog *catalog = search->catalog;
    for (uint32_t a = 0; a < catalog->artist_count; a++) {
        const char *artist = search->normal + search->artist_normal[a],
                   *rest = after_letters(text, artist, strlen(artist));
        if (rest == NULL || rest == text)
            continue;
        if (*rest == '\0')
            return add_artist(out, 0, room, search, artist);
        for (uint32_t doc = 0; doc < search->doc_count; doc++) {
            if (catalog->track_artist[search->doc_track[doc]] != a)
                continue;
            const char *title = msched__search_title(search, doc),
                       *end = after_letters(rest, title, msched__title_proper(title));
            if (end != NULL && *end == '\0')
                return add_artist(out, add_title(out, 0, room, search, doc), room, search, artist);
        }
    }
    return 0;
}

static uint32_t part_word(msched__query_word *out, uint32_t room, const msched__search *search,
                          const char *text)
{
    uint32_t parts = part_by_title(out, room, search, text);
    return parts > 0 ? parts : part_by_artist(out, room, search, text);
}

int msched__mend_spaces(msched__query *mended, const msched__search *search,
                        const msched__query *query, int known)
{
    int changed = 0;
    mended->count = 0;
    for (uint32_t i = 0; i < query->count && mended->count + 2 <= MSCHED__QUERY_WORDS; i++) {
        msched__query_word *out = &mended->words[mended->count];
        const msched__query_word *word = &query->words[i];
        int is_known = word->word != MSCHED__NONE,
            next_known = i + 1 < query->count && word[1].word != MSCHED__NONE;
        uint32_t parts = 0;
        if (i + 1 < query->count && (known || !is_known || !next_known) &&
            join_words(out, search, word->text, word[1].text)) {
            parts = 1;
            is_known = is_known && next_known;
            i++;
        } else if (!is_known || (known && strlen(word->text) >= SPLIT_BYTES_MIN)) {
            parts = split_word(out, search, word->text);
        }
        if (parts == 0 && word->fits_nothing && query->count <= PARTED_WORDS_MAX &&
            strlen(word->text) >= PARTED_BYTES_MIN)
            parts = part_word(out, MSCHED__QUERY_WORDS - mended->count, search, word->text);
        changed |= parts > 0 && is_known == known;
        if (parts == 0) {
            *out = *word;
            parts = 1;
        }
        mended->count += parts;
    }
    return changed;
}
