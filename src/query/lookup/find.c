/* query/lookup/find.c: find songs by typed text. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/slice.h"
#include "query/lookup/find_words.h"
#include "query/lookup/search_read.h"
#include "query/lookup/song_match.h"

#include <string.h>

/* The whole text is a track id. */
static int find_id(msched__question *question)
{
    const msched__search *search = question->search;
    uint32_t track;
    if (msched_catalog_find_id(search->catalog, question->text, &track, NULL) != MSCHED_OK)
        return 0;
    msched__hits_offer_track(question->hits, MSCHED__NONE, track, 1, MSCHED_MATCH_EXACT);
    return 1;
}

static void offer_exact(msched__question *question, uint32_t doc, const uint32_t *next)
{
    for (; doc != MSCHED__NONE; doc = next[doc])
        if (!msched__hits_has(question->hits, doc))
            msched__hits_offer(question->hits, question->search, doc, 1, MSCHED_MATCH_EXACT);
}

/* A title with one of its artists. */
static void offer_pair(msched__question *question, const msched__slice title,
                       const msched__slice artist)
{
    const msched__search *search = question->search;
    offer_exact(question,
                msched__search_find_exact(search, title.data, title.size, artist.data, artist.size),
                search->pair_next);
    uint32_t doc = msched__search_find_exact(search, title.data, title.size, NULL, 0);
    while ((doc = msched__search_shared_by(search, doc, artist.data, artist.size)) !=
           MSCHED__NONE) {
        if (!msched__hits_has(question->hits, doc))
            msched__hits_offer(question->hits, search, doc, 1, MSCHED_MATCH_EXACT);
        doc = search->title_next[doc];
    }
}

/* The whole text is a title, "title - artist" or "artist - title". */
static void find_exact(msched__question *question)
{
    const msched__search *search = question->search;
    const char *text = question->normal;
    size_t size = question->normal_size;
    offer_exact(question, msched__search_find_exact(search, text, size, NULL, 0),
                search->title_next);
    for (size_t at = 1; at + 3 < size; at++) {
        if (memcmp(text + at, " - ", 3) != 0)
            continue;
        const msched__slice before = {text, at}, after = {text + at + 3, size - at - 3};
        offer_pair(question, before, after);
        offer_pair(question, after, before);
    }
}

static msched_result find_words(msched__question *question, msched_error *err)
{
    msched__query *query = msched__alloc_array(&question->allocator, 1, sizeof *query);
    if (query == NULL)
        return msched__fail_memory(err);
    msched__query_read(query, question->search, question->normal, question->normal_size);
    msched_result result = msched__find_all_words(question, query, err);
    if (result == MSCHED_OK && question->hits->count == 0 && query->count > 0 &&
        !question->no_typos)
        result = msched__find_typos(question, query, err);
    msched__free(&question->allocator, query);
    return result;
}

msched_result msched_find(msched_hits **out, const msched_catalog *catalog, const char *text,
                          const msched_find_options *options, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    msched__question question;
    msched_result result = msched__question_create(&question, catalog, text, options, err);
    if (result == MSCHED_OK && question.normal_size > 0 && !find_id(&question)) {
        find_exact(&question);
        result = find_words(&question, err);
    }
    if (result == MSCHED_OK) {
        *out = question.hits;
        question.hits = NULL;
    }
    msched__question_free(&question);
    return result;
}
