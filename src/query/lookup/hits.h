/* query/lookup/hits.h: the internals of msched_hits, and the selection of the best hits. */
#ifndef MSCHED_QUERY_LOOKUP_HITS_H
#define MSCHED_QUERY_LOOKUP_HITS_H

#include "base/refcount.h"
#include "query/lookup/search_data.h"

#include <musicsched/lookup.h>

typedef struct msched__hit {
    double score;
    uint32_t doc, track, match;
} msched__hit;

struct msched_hits {
    msched__refcount refs;
    msched_allocator allocator;
    uint32_t count, limit;
    msched__hit *hits; /* best first */
};

/* Shared by both queries: the checked text and an empty list of hits. */
typedef struct msched__question {
    const msched__search *search;
    msched_allocator allocator;
    int no_typos;
    const char *text;
    size_t size;
    char *normal; /* the normal text, owned */
    size_t normal_size;
    msched_hits *hits; /* owned until it is returned */
} msched__question;

/* MSCHED_OK, ARGUMENT, MEMORY, LIMIT or ENCODING; free the question also on failure. */
msched_result msched__question_create(msched__question *question, const msched_catalog *catalog,
                                      const char *text, const msched_find_options *options,
                                      msched_error *err);
void msched__question_free(msched__question *question);

/*
 * Keep the hit if it is among the best `limit` so far: by score, then by doc. Offer each doc only
 * once.
 */
void msched__hits_offer(msched_hits *hits, const msched__search *search, uint32_t doc, double score,
                        uint32_t match);
/* The same with a track other than the doc's most popular one. */
void msched__hits_offer_track(msched_hits *hits, uint32_t doc, uint32_t track, double score,
                              uint32_t match);
int msched__hits_has(const msched_hits *hits, uint32_t doc);

#endif
