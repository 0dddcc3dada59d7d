#include "query/lookup/hits.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/utf8.h"
#include "catalog/catalog_check.h"
#include "query/lookup/search_index.h"

#include <string.h>

#define TEXT_MAX  1024
#define LIMIT_MAX 1000

void msched_find_options_init(msched_find_options *options, uint32_t struct_size)
{
    msched_find_options defaults = {.struct_size = sizeof defaults, .limit = 10};
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

static msched_result check_text(msched__question *question, const char *text, msched_error *err)
{
    size_t size = 0;
    while (size <= TEXT_MAX && text[size] != '\0')
        size++;
    if (size > TEXT_MAX)
        return msched__fail(err, MSCHED_ERROR_LIMIT, "a text to look up has at most %d bytes",
                            TEXT_MAX);
    size_t bad = msched__utf8_check(text, size);
    if (bad != size)
        return msched__fail_at(err, MSCHED_ERROR_ENCODING, 1,
                               (uint32_t)msched__utf8_length(text, bad) + 1,
                               "the text is not UTF-8");
    question->text = text;
    question->size = size;
    return MSCHED_OK;
}

static msched_hits *new_hits(const msched_allocator *allocator, uint32_t limit)
{
    msched_hits *hits = msched__alloc_zero(allocator, 1, sizeof *hits);
    if (hits == NULL)
        return NULL;
    msched__refcount_init(&hits->refs);
    hits->allocator = *allocator;
    hits->limit = limit;
    hits->hits = msched__alloc_array(allocator, limit, sizeof *hits->hits);
    if (hits->hits == NULL) {
        msched_hits_unref(hits);
        return NULL;
    }
    return hits;
}

msched_result msched__question_create(msched__question *question, const msched_catalog *catalog,
                                      const char *text, const msched_find_options *options,
                                      msched_error *err)
{
    *question = (msched__question){0};
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    if (text == NULL)
        return msched__fail_null(err, "text");
    msched_find_options known;
    msched_find_options_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, options,
                                                "msched_find_options", err);
    if (result != MSCHED_OK)
        return result;
    if (known.no_typos > 1)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "no_typos is %u: it must be 0 or 1",
                            (unsigned)known.no_typos);
    if (known.limit > LIMIT_MAX)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "limit is %u: must be at most %d",
                            (unsigned)known.limit, LIMIT_MAX);
    result = check_text(question, text, err);
    if (result != MSCHED_OK)
        return result;
    question->allocator = msched__allocator_copy(known.allocator);
    question->no_typos = (int)known.no_typos;
    result = msched__catalog_need(catalog, UINT32_C(1) << MSCHED__PART_LISTS, err);
    if (result != MSCHED_OK)
        return result;
    question->search = msched__search_of(catalog, err);
    if (question->search == NULL)
        return msched__catalog_why(catalog);
    uint32_t limit = known.limit == 0 ? 10 : known.limit, most = question->search->doc_count;
    question->normal = msched__alloc_array(&question->allocator,
                                           MSCHED__NORMAL_ROOM(question->size), 1);
    question->hits = new_hits(&question->allocator, limit < most ? limit : most);
    if (question->normal == NULL || question->hits == NULL)
        return msched__fail_memory(err);
    question->normal_size = msched__search_normal(question->normal, text, question->size);
    return MSCHED_OK;
}

void msched__question_free(msched__question *question)
{
    if (question->normal != NULL)
        msched__free(&question->allocator, question->normal);
    msched_hits_unref(question->hits);
    question->normal = NULL;
    question->hits = NULL;
}

static int better(const msched__hit *a, const msched__hit *b)
{
    return a->score != b->score ? a->score > b->score : a->doc < b->doc;
}

void msched__hits_offer_track(msched_hits *hits, uint32_t doc, uint32_t track, double score,
                              uint32_t match)
{
    msched__hit hit = {.score = score, .doc = doc, .track = track, .match = match};
    if (hits->limit == 0 ||
        (hits->count == hits->limit && !better(&hit, &hits->hits[hits->count - 1])))
        return;
    uint32_t low = 0, high = hits->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (better(&hits->hits[middle], &hit))
            low = middle + 1;
        else
            high = middle;
    }
    hits->count += hits->count < hits->limit;
    memmove(hits->hits + low + 1, hits->hits + low, (hits->count - 1 - low) * sizeof *hits->hits);
    hits->hits[low] = hit;
}

void msched__hits_offer(msched_hits *hits, const msched__search *search, uint32_t doc, double score,
                        uint32_t match)
{
    msched__hits_offer_track(hits, doc, search->doc_track[doc], score, match);
}

int msched__hits_has(const msched_hits *hits, uint32_t doc)
{
    for (uint32_t i = 0; i < hits->count; i++)
        if (hits->hits[i].doc == doc)
            return 1;
    return 0;
}

uint32_t msched_hits_count(const msched_hits *hits)
{
    return hits == NULL ? 0 : hits->count;
}

msched_result msched_hits_get(const msched_hits *hits, uint32_t index, msched_hit *hit)
{
    if (hits == NULL || index >= hits->count)
        return MSCHED_ERROR_ARGUMENT;
    const msched__hit *own = &hits->hits[index];
    msched_hit known = {
        .struct_size = sizeof known, .track = own->track, .match = own->match, .score = own->score};
    return msched__options_write(hit, &known, sizeof known);
}

msched_hits *msched_hits_ref(msched_hits *hits)
{
    if (hits != NULL)
        msched__refcount_add(&hits->refs);
    return hits;
}

void msched_hits_unref(msched_hits *hits)
{
    if (hits == NULL || !msched__refcount_drop(&hits->refs))
        return;
    msched_allocator allocator = hits->allocator;
    msched__free(&allocator, hits->hits);
    msched__free(&allocator, hits);
}
