#include "query/lookup/find_words.h"

#include "base/alloc.h"
#include "base/error.h"
#include "query/lookup/search_read.h"

#include <string.h>

void msched__query_set(msched__query_word *word, const msched__search *search, const char *text)
{
    size_t size = strlen(text);
    memcpy(word->text, text, size + 1);
    msched__search_find_prefix(search, text, &word->low, &word->high);
    /* a word sorts before all words that begin with it */
    word->word = word->low < word->high && strcmp(msched__search_word(search, word->low), text) == 0
                     ? word->low
                     : MSCHED__NONE;
}

void msched__query_read(msched__query *query, const msched__search *search, const char *normal,
                        size_t size)
{
    msched__words words;
    query->count = 0;
    msched__words_start(&words, normal, size);
    while (query->count < MSCHED__QUERY_WORDS && msched__words_next(&words)) {
        int known = words.length == 0;
        for (uint32_t i = 0; i < query->count && !known; i++)
            known = strcmp(query->words[i].text, words.word) == 0;
        if (known)
            continue;
        msched__query_word *word = &query->words[query->count];
        msched__query_set(word, search, words.word);
        query->count += !words.symbol || word->low < word->high;
    }
}

/* State of each doc during the pass over the words. */
typedef struct reached {
    uint8_t *words;            /* number of its words found so far */
    uint8_t *begun;            /* 1: one of them matched only by its prefix */
    uint8_t *titles, *artists; /* whole words found in title and artist */
} reached;

static uint32_t posting_count(const msched__search *search, const msched__query_word *word)
{
    return search->post_start[word->high] - search->post_start[word->low];
}

/* Rarest word first, so that later words check only the remaining docs. */
static void sort_by_rarity(const msched__search *search, const msched__query *query,
                           uint32_t *order)
{
    for (uint32_t i = 0; i < query->count; i++) {
        uint32_t at = i;
        for (; at > 0 && posting_count(search, &query->words[order[at - 1]]) >
                             posting_count(search, &query->words[i]);
             at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

/* Docs that contain all of the first `step` words and also this word. */
static uint32_t reach_word(const msched__search *search, reached *r, const msched__query_word *word,
                           uint32_t step)
{
    uint32_t left = 0, from = search->post_start[word->low], to = search->post_start[word->high];
    uint32_t whole_end = word->word == MSCHED__NONE ? from : search->post_start[word->word + 1];
    for (uint32_t p = from; p < to; p++) {
        uint32_t doc = search->postings[p] >> 2, flags = search->postings[p] & 3;
        if (r->words[doc] != step)
            continue;
        r->words[doc]++;
        left++;
        if (p >= whole_end) {
            r->begun[doc] = 1;
        } else {
            r->titles[doc] += (flags & MSCHED__IN_TITLE) != 0;
            r->artists[doc] += (flags & MSCHED__IN_ARTIST) != 0;
        }
    }
    return left;
}

static void offer_reached(msched__question *question, const reached *r,
                          const msched__query_word *last, uint32_t step)
{
    const msched__search *search = question->search;
    uint8_t *done = r->words;
    for (uint32_t p = search->post_start[last->low]; p < search->post_start[last->high]; p++) {
        uint32_t doc = search->postings[p] >> 2;
        if (done[doc] != step)
            continue;
        done[doc] = 0; /* once only */
        double score = r->begun[doc] ? 0.8 : 0.9;
        score += r->titles[doc] >= search->title_words[doc] ? 0.05 : 0;
        score += r->artists[doc] >= search->artist_words[doc] ? 0.03 : 0;
        if (!msched__hits_has(question->hits, doc))
            msched__hits_offer(question->hits, search, doc, score,
                               r->begun[doc] ? MSCHED_MATCH_PREFIX : MSCHED_MATCH_WORDS);
    }
}

msched_result msched__find_all_words(msched__question *question, const msched__query *query,
                                     msched_error *err)
{
    const msched__search *search = question->search;
    uint32_t order[MSCHED__QUERY_WORDS], step = 0;
    if (query->count == 0)
        return MSCHED_OK;
    for (uint32_t i = 0; i < query->count; i++)
        if (query->words[i].low == query->words[i].high)
            return MSCHED_OK;
    sort_by_rarity(search, query, order);
    size_t docs = search->doc_count;
    uint8_t *room = msched__alloc_zero(&question->allocator, docs, 4);
    if (room == NULL)
        return msched__fail_memory(err);
    reached r = {room, room + docs, room + 2 * docs, room + 3 * docs};
    while (step < query->count && reach_word(search, &r, &query->words[order[step]], step) > 0)
        step++;
    if (step == query->count)
        offer_reached(question, &r, &query->words[order[step - 1]], step);
    msched__free(&question->allocator, room);
    return MSCHED_OK;
}
