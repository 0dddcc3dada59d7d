#include "query/lookup/search_saved.h"

#include "base/alloc.h"
#include "query/lookup/search_read.h"

#include <string.h>

#define LENGTHS (MSCHED__TYPO_LETTERS + 2)

void msched__search_form(msched__attached *attached, const msched_catalog *c, msched__form *form)
{
    msched__search *s = (msched__search *)attached;
    const uint64_t docs = s->doc_count, words = s->word_count;
    *form = (msched__form){.section = MSCHED__FORM_LOOKUP};
    msched__form_number(form, &s->doc_count);
    msched__form_number(form, &s->word_count);
    msched__form_number(form, &s->slot_count);
    msched__form_number(form, &s->normal_size);
    msched__form_number(form, &s->word_text_size);
    msched__form_number(form, &s->posting_count);
    for (uint32_t n = 0; n < LENGTHS; n++)
        msched__form_number(form, &s->length_start[n]);
    MSCHED__FORM_ADD(form, s->doc_track, docs);
    MSCHED__FORM_ADD(form, s->doc_title, docs);
    MSCHED__FORM_ADD(form, s->artist_normal, c->artist_count);
    MSCHED__FORM_ADD(form, s->normal, s->normal_size);
    MSCHED__FORM_ADD(form, s->title_words, docs);
    MSCHED__FORM_ADD(form, s->artist_words, docs);
    MSCHED__FORM_ADD(form, s->word_text, s->word_text_size);
    MSCHED__FORM_ADD(form, s->word_start, words);
    MSCHED__FORM_ADD(form, s->post_start, words + 1);
    MSCHED__FORM_ADD(form, s->postings, s->posting_count);
    MSCHED__FORM_ADD(form, s->by_length, s->length_start[LENGTHS - 1]);
    MSCHED__FORM_ADD(form, s->signatures, s->length_start[LENGTHS - 1]);
    MSCHED__FORM_ADD(form, s->title_slots, s->slot_count);
    MSCHED__FORM_ADD(form, s->pair_slots, s->slot_count);
    MSCHED__FORM_ADD(form, s->title_next, docs);
    MSCHED__FORM_ADD(form, s->pair_next, docs);
}

/* The first docs of all chains, each in the slot of its `key`. */
static void place_heads(const msched__search *s, uint64_t key, const uint32_t *next,
                        uint8_t *follows, uint32_t *slots, int with_artist)
{
    memset(follows, 0, s->doc_count);
    memset(slots, 0xFF, s->slot_count * sizeof *slots);
    for (uint32_t doc = 0; doc < s->doc_count; doc++)
        if (next[doc] != MSCHED__NONE)
            follows[next[doc]] = 1;
    for (uint32_t doc = 0; doc < s->doc_count; doc++) {
        if (follows[doc])
            continue;
        const char *title = msched__search_title(s, doc), *artist = msched__search_artist(s, doc);
        uint32_t at = msched__search_slot(key, s->slot_count, title, strlen(title),
                                          with_artist ? artist : NULL, strlen(artist));
        while (slots[at] != MSCHED__NONE)
            at = msched__search_next_slot(at, s->slot_count);
        slots[at] = doc;
    }
}

int msched__search_place(const msched__search *s, uint64_t key, uint32_t *title_slots,
                         uint32_t *pair_slots)
{
    const msched_allocator *allocator = &s->catalog->allocator;
    uint8_t *follows = msched__alloc_array(allocator, s->doc_count, 1);
    if (follows == NULL)
        return 0;
    place_heads(s, key, s->title_next, follows, title_slots, 0);
    place_heads(s, key, s->pair_next, follows, pair_slots, 1);
    msched__free(allocator, follows);
    return 1;
}

/* Words are contiguous, and none exceeds the length limit. */
static int words_are_sound(const msched__search *s)
{
    uint32_t right = 1;
    if (s->word_count == 0)
        return s->word_text_size == 0;
    if (s->word_text_size == 0 || !msched__is_text_pool(s->word_text, s->word_text_size) ||
        s->word_start[0] != 0)
        return 0;
    for (uint32_t w = 0; w < s->word_count; w++) {
        const uint32_t start = s->word_start[w],
                       end = w + 1 < s->word_count ? s->word_start[w + 1] : s->word_text_size;
        if (end <= start || end > s->word_text_size || end - start > MSCHED__WORD_BYTES + 1)
            return 0;
        right &= s->word_text[end - 1] == '\0';
    }
    return (int)right;
}

/* Items per step of the loops below: a constant that compilers vectorize. */
#define BLOCK 64u

/* Counts postings that do not follow the one before; *flagged becomes 0 if one has no flags. */
static inline uint32_t count_falls(const uint32_t *postings, uint32_t count, uint32_t *flagged)
{
    const uint32_t *before = postings - 1; /* not the first of all */
    uint32_t falls = 0, without = 0;
    for (uint32_t i = 0; i < count; i++) {
        falls += postings[i] >> 2 <= before[i] >> 2;
        without |= (postings[i] & 3u) == 0;
    }
    *flagged &= !without;
    return falls;
}

/*
 * The docs of a word ascend, each with its flags: none comes before the one in front of it, but for
 * the first of a word.
 */
static int postings_are_sound(const msched__search *s)
{
    const msched__index words = {s->post_start, s->postings};
    if (!msched__is_index(&words, s->word_count, s->posting_count, (uint64_t)s->doc_count << 2, 0))
        return 0;
    if (s->posting_count == 0)
        return 1;
    uint32_t falls = 0, flagged = (s->postings[0] & 3u) != 0, at = 1;
    for (; s->posting_count - at >= BLOCK; at += BLOCK)
        falls += count_falls(s->postings + at, BLOCK, &flagged);
    falls += count_falls(s->postings + at, s->posting_count - at, &flagged);
    for (uint32_t w = 0; w < s->word_count; w++) {
        const uint32_t first = s->post_start[w];
        if (first > 0 && first < s->post_start[w + 1])
            falls -= s->postings[first] >> 2 <= s->postings[first - 1] >> 2;
    }
    return flagged && falls == 0;
}

static int lengths_are_sound(const msched__search *s)
{
    uint32_t right = s->length_start[0] == 0;
    for (uint32_t n = 0; n + 1 < LENGTHS; n++)
        right &= s->length_start[n] <= s->length_start[n + 1];
    return right && msched__all_below(s->by_length, s->length_start[LENGTHS - 1], s->word_count, 0);
}

/* A free slot ends each search, and chains lead to greater docs. */
static int slots_are_sound(const msched__search *s, const uint32_t *slots, const uint32_t *next)
{
    uint32_t is_free = 0, right = 1;
    for (uint32_t i = 0; i < s->slot_count; i++)
        is_free |= slots[i] == MSCHED__NONE;
    for (uint32_t doc = 0; doc < s->doc_count; doc++)
        right &= next[doc] > doc;
    return is_free && right && msched__all_below(slots, s->slot_count, s->doc_count, 1) &&
           msched__all_below(next, s->doc_count, s->doc_count, 1);
}

static int is_sound(const msched__attached *attached, const msched_catalog *c)
{
    const msched__search *s = (const msched__search *)attached;
    return s->doc_count == c->recording_count && (s->doc_count == 0 || c->artist_count > 0) &&
           s->slot_count > 0 && msched__all_below(s->doc_track, s->doc_count, c->track_count, 0) &&
           (s->normal_size > 0 ? msched__is_text_pool(s->normal, s->normal_size)
                               : s->doc_count == 0 && c->artist_count == 0) &&
           msched__all_texts(s->doc_title, s->doc_count, s->normal, s->normal_size) &&
           msched__all_texts(s->artist_normal, c->artist_count, s->normal, s->normal_size) &&
           words_are_sound(s) && postings_are_sound(s) && lengths_are_sound(s) &&
           slots_are_sound(s, s->title_slots, s->title_next) &&
           slots_are_sound(s, s->pair_slots, s->pair_next);
}

msched__attached *msched__search_open(const msched_catalog *catalog)
{
    msched__search *search = msched__attached_new(catalog, sizeof *search);
    if (search == NULL)
        return NULL;
    search->catalog = catalog;
    return msched__form_open(&search->attached, catalog, msched__search_form, is_sound);
}
