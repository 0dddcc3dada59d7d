/* query/lookup/suggest.c: completions for a search box. */
#include "base/alloc.h"
#include "base/error.h"
#include "query/lookup/find_words.h"

#include <string.h>

static void suggest_popular(msched__question *question)
{
    const msched__search *search = question->search;
    for (uint32_t doc = 0; doc < search->doc_count && question->hits->count < question->hits->limit;
         doc++)
        msched__hits_offer(question->hits, search, doc, 0, MSCHED_MATCH_PREFIX);
}

/* Docs that contain the first `step` words and a word that begins with `word`. */
static void suggest_begun(msched__question *question, const uint8_t *reached, uint32_t step,
                          const msched__query_word *word)
{
    const msched__search *search = question->search;
    msched_hits *hits = question->hits;
    for (uint32_t w = word->low; w < word->high; w++)
        for (uint32_t p = search->post_start[w]; p < search->post_start[w + 1]; p++) {
            uint32_t doc = search->postings[p] >> 2;
            if (hits->count == hits->limit && doc > hits->hits[hits->count - 1].doc)
                break; /* the docs of a word are in order of popularity */
            if (reached[doc] == step && !msched__hits_has(hits, doc))
                msched__hits_offer(hits, search, doc, 0,
                                   w == word->word ? MSCHED_MATCH_WORDS : MSCHED_MATCH_PREFIX);
        }
}

static msched_result suggest_words(msched__question *question, msched_error *err)
{
    const msched__search *search = question->search;
    const msched_allocator *allocator = &question->allocator;
    msched__query *query = msched__alloc_array(allocator, 1, sizeof *query);
    uint8_t *reached = msched__alloc_zero(allocator, search->doc_count, 1);
    msched_result result = MSCHED_OK;
    if (query == NULL || reached == NULL) {
        result = msched__fail_memory(err);
        goto out;
    }
    msched__query_read(query, search, question->normal, question->normal_size);
    for (uint32_t i = 0; i + 1 < query->count; i++) {
        if (query->words[i].word == MSCHED__NONE)
            goto out;
        for (uint32_t p = search->post_start[query->words[i].word];
             p < search->post_start[query->words[i].word + 1]; p++)
            reached[search->postings[p] >> 2] += reached[search->postings[p] >> 2] == i;
    }
    if (query->count > 0)
        suggest_begun(question, reached, query->count - 1, &query->words[query->count - 1]);
out:
    msched__free(allocator, query);
    msched__free(allocator, reached);
    return result;
}

/*
 * A complete or partial last word does not change the order, so the score only distinguishes them.
 */
static void set_scores(msched_hits *hits)
{
    for (uint32_t i = 0; i < hits->count; i++)
        hits->hits[i].score = hits->hits[i].match == MSCHED_MATCH_WORDS ? 0.9 : 0.8;
}

msched_result msched_suggest(msched_hits **out, const msched_catalog *catalog, const char *text,
                             const msched_find_options *options, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    msched__question question;
    msched_result result = msched__question_create(&question, catalog, text, options, err);
    if (result == MSCHED_OK && question.normal_size == 0)
        suggest_popular(&question);
    else if (result == MSCHED_OK)
        result = suggest_words(&question, err);
    if (result == MSCHED_OK) {
        set_scores(question.hits);
        *out = question.hits;
        question.hits = NULL;
    }
    msched__question_free(&question);
    return result;
}
