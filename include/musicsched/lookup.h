/*
 * musicsched/lookup.h: find songs by text that a person types.
 *
 * Texts are compared after folding case and diacritics ("Beyonce" finds "Beyoncé"). Results have
 * one hit per recording: its most popular track.
 */
#ifndef MUSICSCHED_LOOKUP_H
#define MUSICSCHED_LOOKUP_H

#include <musicsched/catalog.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Ranked hits of a query. */
typedef struct msched_hits msched_hits;

/** How a hit matched, best first. */
enum msched_match {
    /** the whole text is the title, "title - artist", "artist - title" or the track id */
    MSCHED_MATCH_EXACT = 0,
    MSCHED_MATCH_WORDS = 1,  /**< every word of the text is a word of title or artist */
    MSCHED_MATCH_PREFIX = 2, /**< as words; one or several of them are prefixes */
    /**
     * with typing mistakes, wrong spaces, or words without a match; only if nothing else is found
     */
    MSCHED_MATCH_TYPO = 3
};

typedef struct msched_find_options {
    uint32_t struct_size;
    uint32_t limit;    /**< maximum number of hits, 1..1,000; 0: 10 */
    uint32_t no_typos; /**< 1: only matches without typing mistakes */
    uint32_t reserved0;
    const msched_allocator *allocator; /**< copied; NULL: malloc */
    uint64_t reserved[4];
} msched_find_options;

/** Fill with defaults. @thread any @since 0.1 */
MSCHED_API void msched_find_options_init(msched_find_options *options, uint32_t struct_size);

/**
 * Find songs by title, artist or both, in any order, despite typing mistakes. A search without hits
 * returns a result with count 0. A track id always finds its track, even if another track of the
 * recording is more popular.
 * @param out  owned by the caller: msched_hits_unref.
 * @param text up to 1,024 bytes of UTF-8, of which the first 48 different words count.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT or ENCODING.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_find(msched_hits **out, const msched_catalog *catalog,
                                     const char *text, const msched_find_options *options,
                                     msched_error *err);

/**
 * Completions for a search box: recordings that contain all words of `text` except the last, and in
 * which a word of title or artist, or the whole title, begins with the last word. Ranked by
 * popularity alone; the scores only distinguish a complete last word from a partial one.
 * @param out  owned by the caller: msched_hits_unref. An empty text returns the most popular.
 * @param text up to 1,024 bytes of UTF-8.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT or ENCODING.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_suggest(msched_hits **out, const msched_catalog *catalog,
                                        const char *text, const msched_find_options *options,
                                        msched_error *err);

/** One hit. */
typedef struct msched_hit {
    uint32_t struct_size;
    uint32_t track; /**< index for msched_catalog_get_track */
    uint32_t match; /**< enum msched_match */
    uint32_t reserved0;
    /**
     * 0..1, 1 is exact; msched_find's hits come by score, then popularity, then order of the input
     */
    double score;
    uint64_t reserved[4];
} msched_hit;

/** Number of hits. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_hits_count(const msched_hits *hits);
/**
 * Read one hit. Set hit->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_hits_get(const msched_hits *hits, uint32_t index, msched_hit *hit);
/**
 * Write as JSON: {"songs": [{"rank", "track_id", "title", .., "match", "score"}]}; `catalog` is the
 * catalog that was searched.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_hits_to_json(const msched_hits *hits, const msched_catalog *catalog,
                                             msched_text **out, msched_error *err);
/** Add a reference. @return `hits` @thread any @since 0.1 */
MSCHED_API msched_hits *msched_hits_ref(msched_hits *hits);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_hits_unref(msched_hits *hits);

#ifdef __cplusplus
}
#endif
#endif
