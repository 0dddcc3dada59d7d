/* query/lookup/find_typos.c: find recordings by words with typing mistakes. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"
#include "query/lookup/find_words.h"

#include <math.h>
#include <string.h>

#define CANDIDATES_MAX   256
#define PREFIX_WORDS_MAX 64   /* a prefix of more words is too unspecific here */
#define SCORE_MIN        0.45 /* of the weight of all words */

/* A dictionary word that the person may mean, and its similarity to the typed word: 1 is equal. */
typedef struct candidate {
    uint32_t word;
    float nearness;
} candidate;

typedef struct candidates {
    uint32_t count;
    candidate list[CANDIDATES_MAX];
} candidates;

/* State of each doc: the sum for all words so far, and whether the current word is counted. */
typedef struct sums {
    float *score, *best; /* of this reading of the query; of all readings */
    uint8_t *seen;       /* number of the last word counted, from 1 */
    uint8_t *titles, *artists;
} sums;

static void add_candidate(candidates *c, uint32_t word, double nearness)
{
    if (c->count < CANDIDATES_MAX)
        c->list[c->count++] = (candidate){word, (float)nearness};
}

#define BLOCK 256

/*
 * Which of signatures[from..to), at most BLOCK of them, differ from `typed` in at most `changes`
 * bits. Returns how many.
 */
static uint32_t near_signatures(uint32_t out[BLOCK], const uint32_t *signatures, uint32_t from,
                                uint32_t to, uint32_t typed, unsigned changes)
{
    uint32_t count = 0;
    for (uint32_t i = from; i < to; i++) {
        uint32_t differ = signatures[i] ^ typed;
        for (unsigned c = 0; c < changes; c++)
            differ &= differ - 1; /* clears the lowest bit; 0 stays 0 */
        out[count] = i;
        count += differ == 0;
    }
    return count;
}

static int begins_with(const char *word, uint32_t letter)
{
    size_t at = 0;
    return msched__utf8_next(word, strlen(word), &at) == letter;
}

/* Add the words with 1..limit mistakes, nearest first. */
static void add_near_words(candidates *c, const msched__search *search,
                           const msched__query_word *word, unsigned limit)
{
    msched__typed typed;
    msched__typed_read(&typed, word->text);
    if (typed.count == 0 || limit == 0)
        return;
    unsigned shortest = typed.count > limit ? typed.count - limit : 1;
    unsigned longest = typed.count + limit < MSCHED__TYPO_LETTERS ? typed.count + limit
                                                                  : MSCHED__TYPO_LETTERS;
    uint32_t end = search->length_start[longest + 1], near[BLOCK], far_count = 0;
    candidate far[CANDIDATES_MAX];
    for (uint32_t from = search->length_start[shortest]; from < end; from += BLOCK) {
        uint32_t to = from + BLOCK < end ? from + BLOCK : end;
        uint32_t near_count = near_signatures(near, search->signatures, from, to, typed.signature,
                                              2 * limit);
        for (uint32_t i = 0; i < near_count; i++) {
            uint32_t other = search->by_length[near[i]];
            unsigned mistakes = msched__typed_distance(&typed, msched__search_word(search, other));
            if (mistakes == 0 || mistakes > limit)
                continue;
            double nearness =
                (mistakes == 1 ? 0.8 : 0.6) -
                (begins_with(msched__search_word(search, other), typed.letters[0]) ? 0 : 0.04);
            if (mistakes == 1)
                add_candidate(c, other, nearness);
            else if (far_count < CANDIDATES_MAX)
                far[far_count++] = (candidate){other, (float)nearness};
        }
    }
    for (uint32_t i = 0; i < far_count; i++)
        add_candidate(c, far[i].word, far[i].nearness);
}

static void find_candidates(candidates *c, const msched__search *search,
                            const msched__query_word *word)
{
    c->count = 0;
    size_t size = strlen(word->text);
    if (word->word != MSCHED__NONE)
        add_candidate(c, word->word, 1);
    if (size >= 3 && word->high - word->low <= PREFIX_WORDS_MAX)
        for (uint32_t w = word->low; w < word->high; w++)
            if (w != word->word)
                add_candidate(c, w, 0.85);
    unsigned limit = size >= 7 && word->word == MSCHED__NONE   ? 2
                     : size <= 2 && word->word != MSCHED__NONE ? 0
                                                               : 1;
    add_near_words(c, search, word, limit);
}

static double rarity(const msched__search *search, uint32_t docs)
{
    return log(1 + (double)search->doc_count / (docs > 0 ? docs : 1));
}

/* Weight of a word: that of the word itself, else that of all candidates together. */
static double weigh(const msched__search *search, const msched__query_word *word,
                    const candidates *c)
{
    uint32_t docs = 0;
    for (uint32_t i = 0; i < (word->word != MSCHED__NONE ? 1 : c->count); i++)
        docs += search->post_start[c->list[i].word + 1] - search->post_start[c->list[i].word];
    return rarity(search, docs);
}

/* Credit each doc with its nearest candidate. Candidates come nearest first. */
static void add_word(const msched__search *search, sums *s, const candidates *c, double weight,
                     uint8_t number)
{
    for (uint32_t i = 0; i < c->count; i++) {
        float credit = (float)weight * c->list[i].nearness;
        uint32_t word = c->list[i].word;
        for (uint32_t p = search->post_start[word]; p < search->post_start[word + 1]; p++) {
            uint32_t doc = search->postings[p] >> 2, flags = search->postings[p] & 3;
            if (s->seen[doc] == number)
                continue;
            s->seen[doc] = number;
            s->score[doc] += credit;
            s->titles[doc] += (flags & MSCHED__IN_TITLE) != 0;
            s->artists[doc] += (flags & MSCHED__IN_ARTIST) != 0;
        }
    }
}

/*
 * Score all docs for one reading of the query; `trust` is 1, or less for a reading with words
 * joined or split.
 */
static void score_reading(const msched__search *search, sums *s, msched__query *query, double trust,
                          candidates *scratch)
{
    size_t docs = search->doc_count;
    double total = 0;
    uint32_t unknown = 0;
    memset(s->score, 0, docs * sizeof *s->score);
    memset(s->seen, 0, docs);
    memset(s->titles, 0, docs);
    memset(s->artists, 0, docs);
    for (uint32_t i = 0; i < query->count; i++) {
        find_candidates(scratch, search, &query->words[i]);
        query->words[i].fits_nothing = scratch->count == 0;
        if (scratch->count == 0) {
            unknown++;
            continue;
        }
        double weight = weigh(search, &query->words[i], scratch);
        total += weight;
        add_word(search, s, scratch, weight, (uint8_t)(i + 1));
    }
    if (total == 0)
        return;
    /* a word without candidates has the mean weight */
    total *= (double)query->count / (query->count - unknown);
    const float least = (float)(0.99 * SCORE_MIN * total); /* saves a division for most */
    for (uint32_t doc = 0; doc < docs; doc++) {
        if (s->score[doc] < least)
            continue;
        double part = s->score[doc] / total;
        if (part < SCORE_MIN)
            continue;
        double score = 0.7 * part * trust +
                       (s->titles[doc] >= search->title_words[doc] ? 0.05 : 0) +
                       (s->artists[doc] >= search->artist_words[doc] ? 0.03 : 0);
        if (score > s->best[doc])
            s->best[doc] = (float)score;
    }
}

msched_result msched__find_typos(msched__question *question, msched__query *query,
                                 msched_error *err)
{
    const msched__search *search = question->search;
    const msched_allocator *allocator = &question->allocator;
    size_t docs = search->doc_count;
    float *scores = msched__alloc_zero(allocator, docs, 2 * sizeof *scores);
    uint8_t *bytes = msched__alloc_array(allocator, docs, 3);
    msched__query *mended = msched__alloc_array(allocator, 1, sizeof *mended);
    candidates *scratch = msched__alloc_array(allocator, 1, sizeof *scratch);
    msched_result result = MSCHED_OK;
    if (scores == NULL || bytes == NULL || mended == NULL || scratch == NULL) {
        result = msched__fail_memory(err);
        goto out;
    }
    sums s = {scores, scores + docs, bytes, bytes + docs, bytes + 2 * docs};
    score_reading(search, &s, query, 1, scratch);
    for (int known = 0; known < 2; known++)
        if (msched__mend_spaces(mended, search, query, known))
            score_reading(search, &s, mended, 0.95, scratch);
    for (uint32_t doc = 0; doc < docs; doc++)
        if (s.best[doc] > 0)
            msched__hits_offer(question->hits, search, doc, s.best[doc], MSCHED_MATCH_TYPO);
out:
    msched__free(allocator, scores);
    msched__free(allocator, bytes);
    msched__free(allocator, mended);
    msched__free(allocator, scratch);
    return result;
}
