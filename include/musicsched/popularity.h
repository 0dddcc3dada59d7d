/*
 * musicsched/popularity.h: analyze popularity: top tracks, groups, histogram, trend, summary,
 * correlations.
 *
 * Every query sets what to count (enum msched_count_unit) and accepts the same filter.
 *  - entries:    every row of the input; a track in three playlists counts three times.
 *  - tracks:     every track id once. Grouped by genre, subgenre or playlist, it counts once in
 *    each of its groups.
 *  - recordings: every recording once, represented by its most popular track (ties: the first in
 *                the input). The filter applies first: it is the most popular track that passes.
 *                Grouped like tracks.
 *
 * The init functions choose recordings for the top, so that each song appears once, and tracks for
 * the other questions, so that a song in many playlists does not count more. The command line, the
 * server and the bindings use these defaults, too.
 *
 * A filter on genre, subgenre or playlist applies to entries. A track passes if one of its entries
 * passes the whole filter. It is grouped by genre, subgenre or playlist only with its entries that
 * pass.
 */
#ifndef MUSICSCHED_POPULARITY_H
#define MUSICSCHED_POPULARITY_H

#include <musicsched/catalog.h>

#ifdef __cplusplus
extern "C" {
#endif

enum msched_count_unit {
    MSCHED_COUNT_ENTRIES = 0,
    MSCHED_COUNT_TRACKS = 1,
    MSCHED_COUNT_RECORDINGS = 2
};

enum msched_group_key {
    MSCHED_BY_NOTHING = 0, /**< one group with everything, key "all" */
    MSCHED_BY_GENRE = 1,
    MSCHED_BY_SUBGENRE = 2,
    MSCHED_BY_ARTIST = 3,
    MSCHED_BY_PLAYLIST = 4,  /**< by playlist id; the label is the playlist's name */
    MSCHED_BY_YEAR = 5,      /**< release year, key "2019"; tracks without a date are left out */
    MSCHED_BY_DECADE = 6,    /**< key "2010" */
    MSCHED_BY_MONTH = 7,     /**< month of the year, key "01".."12"; only dates with a month */
    MSCHED_BY_YEAR_MONTH = 8 /**< key "2019-06"; only dates with a month */
};

/**
 * Which rows count. All 0 lets everything through; conditions are joined by "and", lists by "or".
 * Names are compared byte by byte. If the catalog does not have a name, but exactly one that
 * differs from it only in case, that one is used. Other unknown names are MSCHED_ERROR_NOT_FOUND,
 * with similar names in the message. With allow_unknown, only equal names match.
 */
typedef struct msched_filter {
    uint32_t struct_size;
    uint32_t genre_count;
    const char *const *genres;
    const char *const *subgenres;
    const char *const *artists;
    const char *const *playlists; /**< playlist ids or names */
    uint32_t subgenre_count;
    uint32_t artist_count;
    uint32_t playlist_count;
    /** 0: no limit; a track without a date passes only if neither year limit is set */
    int32_t year_min;
    int32_t year_max;       /**< 0: no limit */
    int32_t popularity_min; /**< 0: no limit */
    int32_t popularity_max; /**< 0: no limit */
    /** bit f set: feature f must be in [feature_min[f], feature_max[f]]; NaN fails */
    uint32_t feature_mask;
    double feature_min[MSCHED_FEATURE_COUNT];
    double feature_max[MSCHED_FEATURE_COUNT];
    /** 1: leave out popularity 0 ("superseded or gone" more than "disliked") */
    uint32_t exclude_zero;
    /** 1: leave out full dates of 1 January, mostly placeholders for a year */
    uint32_t exclude_january_first;
    /** 1: an unknown name matches nothing; for a catalog that is a part of a larger set */
    uint32_t allow_unknown;
    uint32_t reserved0;
    uint64_t reserved[3];
} msched_filter;

/** Fill `filter` so that everything passes. @thread any @since 0.1 */
MSCHED_API void msched_filter_init(msched_filter *filter, uint32_t struct_size);

/** Statistics of a set of popularities. */
typedef struct msched_stats {
    uint32_t struct_size;
    uint32_t reserved0;
    uint64_t n;           /**< how many were counted */
    uint64_t sum;         /**< exact */
    uint64_t sum_squares; /**< exact */
    uint64_t zeros;       /**< how many have popularity 0 */
    double mean;          /**< NaN when n = 0 */
    double sd;            /**< sample standard deviation, divisor n - 1; NaN when n < 2 */
    double ci95_low;      /**< mean -+ t(0.975, n - 1) * sd / sqrt(n); NaN when n < 2 */
    double ci95_high;
    double min; /**< NaN when n = 0, as all below */
    /** quartiles by linear interpolation: Hyndman and Fan (1996), type 7, as NumPy and R */
    double q1;
    double median;
    double q3;
    double max;
    double zero_share; /**< zeros / n, 0..1 */
    uint64_t unknown;  /**< number without a known popularity; not in the other fields */
    uint64_t reserved[3];
} msched_stats;

/** A group and its statistics. */
typedef struct msched_group {
    uint32_t struct_size;
    uint32_t reserved0;
    const char *key;    /**< unique; borrowed from the result */
    const char *label;  /**< for display; the key, except for playlists; borrowed */
    msched_stats stats; /**< its struct_size is set by the library */
    uint64_t reserved[4];
} msched_group;

/**
 * Statistics of popularity by group. Also a mergeable state: the results of disjoint sets of rows
 * (for tracks: no track in two sets; for recordings: no recording in two sets) merge into exactly
 * the result of the whole.
 */
typedef struct msched_groups msched_groups;

enum msched_group_order {
    /** by mean, highest first, for texts; by key for years, decades and months */
    MSCHED_ORDER_DEFAULT = 0,
    MSCHED_ORDER_KEY = 1,  /**< by key, bytes ascending */
    MSCHED_ORDER_MEAN = 2, /**< by exact mean, highest first */
    MSCHED_ORDER_N = 3     /**< by n, highest first */
};

typedef struct msched_groups_options {
    uint32_t struct_size;
    uint32_t by;    /**< enum msched_group_key */
    uint32_t count; /**< enum msched_count_unit */
    uint32_t order; /**< enum msched_group_order; ties by key, bytes ascending */
    /** hide groups with fewer; 0: show all. Merging and saving always use all groups */
    uint32_t min_n;
    uint32_t limit;                    /**< maximum number of groups, after ordering; 0: all */
    const msched_filter *filter;       /**< NULL: everything */
    const msched_allocator *allocator; /**< copied; NULL: malloc */
    uint64_t reserved[4];
} msched_groups_options;

/** Fill with defaults: one group of tracks, no filter. @thread any @since 0.1 */
MSCHED_API void msched_groups_options_init(msched_groups_options *options, uint32_t struct_size);

/**
 * Group and count. NULL options give one group of all tracks (the summary).
 * @param out owned by the caller: msched_groups_unref. Groups of n = 0 do not appear, but for
 *          MSCHED_BY_NOTHING.
 * @return MSCHED_OK, ARGUMENT, MEMORY or NOT_FOUND (a name of the filter).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_groups_compute(msched_groups **out, const msched_catalog *catalog,
                                               const msched_groups_options *options,
                                               msched_error *err);

/**
 * Add up states of disjoint sets of rows. All must have the same `by` and `count`.
 * @param parts `part_count` results; their order does not change the outcome.
 * @param options order, min_n, limit and allocator are used; NULL: defaults.
 * @return MSCHED_OK, ARGUMENT (also where a group would count more than 10^15), MEMORY or CONFLICT
 *         (different questions, or one key with two labels).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_groups_merge(msched_groups **out, const msched_groups *const *parts,
                                             uint32_t part_count,
                                             const msched_groups_options *options,
                                             msched_error *err);

/**
 * Write a state as JSON, for another process to merge:
 * {"version":1,"by":"genre","count":"entries","groups":[
 * {"key":"pop","label":"pop","values":[[popularity,n],..]}]}, keys and popularities ascending.
 * @return MSCHED_OK, ARGUMENT or MEMORY.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_groups_to_state(const msched_groups *groups, msched_text **out,
                                                msched_error *err);

/**
 * Read a state that msched_groups_to_state wrote.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT, ENCODING, SYNTAX or VALUE.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_groups_from_state(msched_groups **out, const char *data,
                                                  size_t size_bytes,
                                                  const msched_allocator *allocator,
                                                  msched_error *err);

/** Number of groups. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_groups_count(const msched_groups *groups);
/**
 * Read one group, in the requested order. Set group->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_groups_get(const msched_groups *groups, uint32_t index,
                                           msched_group *group);
/**
 * Write the groups as JSON (docs/formats.md), in the requested order: {"by", "count", "groups",
 * "test"}; "test" (msched_group_test) is left out where its f is NaN.
 * @return MSCHED_OK, ARGUMENT or MEMORY.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_groups_to_json(const msched_groups *groups, msched_text **out,
                                               msched_error *err);

/**
 * Tests of the hypothesis that popularity does not depend on the group: one-way analysis of
 * variance, and the Kruskal-Wallis test of ranks, which assumes no distribution. Both take the
 * values as independent. Songs of one artist or album are not, and with a key that puts one track
 * into several groups a track counts in each, so the true p-values are larger; eta_squared is a
 * description and does not change. With many songs, small differences are significant: eta_squared
 * shows whether they are large.
 */
typedef struct msched_group_test {
    uint32_t struct_size;
    uint32_t group_count; /**< groups with a known popularity, also those not shown */
    uint64_t n;           /**< values with a known popularity in these groups */
    /**
     * between-group variance / within-group variance (R. A. Fisher, 1925); NaN with fewer than two
     * groups or where no value varies; infinite where no value varies within its group
     */
    double f;
    double df_between;  /**< group_count - 1 */
    double df_within;   /**< n - group_count; f and p are NaN when it is 0 */
    double p;           /**< P(F >= f), relative error below 1e-8; 0 below the smallest double */
    double eta_squared; /**< share of the variance between the groups, 0..1; NaN like f */
    /** Kruskal and Wallis (1952), midranks, corrected for ties; NaN like f */
    double kruskal_h;
    double kruskal_p; /**< by chi-squared with df_between degrees of freedom */
    uint64_t reserved[4];
} msched_group_test;

/**
 * Test whether popularity depends on the group. All groups count, whatever min_n and limit hide.
 * Set test->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_groups_test(const msched_groups *groups, msched_group_test *test);
/** Add a reference. @return `groups` @thread any @since 0.1 */
MSCHED_API msched_groups *msched_groups_ref(msched_groups *groups);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_groups_unref(msched_groups *groups);

/** The most popular recordings, tracks or entries. */
typedef struct msched_top msched_top;

typedef struct msched_top_options {
    uint32_t struct_size;
    uint32_t count; /**< enum msched_count_unit; entries repeat a track for each of its rows */
    uint32_t limit; /**< how many; 0: 10 */
    uint32_t reserved0;
    const msched_filter *filter;       /**< NULL: everything */
    const msched_allocator *allocator; /**< copied; NULL: malloc */
    uint64_t reserved[4];
} msched_top_options;

/** Fill with defaults: the top 10 recordings of everything. @thread any @since 0.1 */
MSCHED_API void msched_top_options_init(msched_top_options *options, uint32_t struct_size);

/**
 * The `limit` most popular, highest first; ties in order of first appearance in the input.
 * @param out owned by the caller: msched_top_unref.
 * @return MSCHED_OK, ARGUMENT, MEMORY or NOT_FOUND (a name of the filter).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_top_compute(msched_top **out, const msched_catalog *catalog,
                                            const msched_top_options *options, msched_error *err);
/** Number of results. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_top_count(const msched_top *top);
/**
 * Track index of result `index`; read it with msched_catalog_get_track.
 * @param entry gets the entry's index when entries were counted, else UINT32_MAX; NULL: not wanted.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_top_get(const msched_top *top, uint32_t index, uint32_t *track,
                                        uint32_t *entry);
/**
 * Write as JSON: {"songs": [{"rank", "track_id", "title", ..}]}; `catalog` is the queried one.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_top_to_json(const msched_top *top, const msched_catalog *catalog,
                                            msched_text **out, msched_error *err);
/** Add a reference. @return `top` @thread any @since 0.1 */
MSCHED_API msched_top *msched_top_ref(msched_top *top);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_top_unref(msched_top *top);

/** Counts of popularity in equal bins. */
typedef struct msched_histogram msched_histogram;

typedef struct msched_histogram_options {
    uint32_t struct_size;
    uint32_t count; /**< enum msched_count_unit */
    uint32_t bins;  /**< 1..101; 0: 20 */
    uint32_t reserved0;
    const msched_filter *filter;       /**< NULL: everything */
    const msched_allocator *allocator; /**< copied; NULL: malloc */
    uint64_t reserved[4];
} msched_histogram_options;

/** Fill with defaults: tracks in 20 bins. @thread any @since 0.1 */
MSCHED_API void msched_histogram_options_init(msched_histogram_options *options,
                                              uint32_t struct_size);

/** One bin [low, high), the last one [low, high]. */
typedef struct msched_bin {
    double low;
    double high;
    uint64_t n;
    uint64_t zeros; /**< of n, those with popularity 0 */
} msched_bin;

/**
 * Count popularities in `bins` equal bins over 0..100 (edges as numpy.histogram(range=(0, 100))).
 * @return MSCHED_OK, ARGUMENT, MEMORY or NOT_FOUND (a name of the filter).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_histogram_compute(msched_histogram **out,
                                                  const msched_catalog *catalog,
                                                  const msched_histogram_options *options,
                                                  msched_error *err);
/** Number of bins. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_histogram_count(const msched_histogram *histogram);
/** Read one bin. @return MSCHED_OK or ARGUMENT @thread any @since 0.1 */
MSCHED_API msched_result msched_histogram_get(const msched_histogram *histogram, uint32_t index,
                                              msched_bin *bin);
/**
 * Write as JSON: {"bins": [{"low", "high", "n", "zeros"}]}.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_histogram_to_json(const msched_histogram *histogram,
                                                  msched_text **out, msched_error *err);
/** Add a reference. @return `histogram` @thread any @since 0.1 */
MSCHED_API msched_histogram *msched_histogram_ref(msched_histogram *histogram);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_histogram_unref(msched_histogram *histogram);

/** Correlation of popularity with one audio feature. */
typedef struct msched_correlation {
    uint32_t struct_size;
    /** enum msched_feature; the key is a class, not a quantity: read its r with care */
    uint32_t feature;
    uint64_t n;        /**< pairs in which the feature is known */
    double r;          /**< Pearson; NaN when n < 2 or a side is constant */
    double r_ci95_low; /**< by Fisher's z; NaN when n < 4 */
    double r_ci95_high;
    double slope; /**< popularity points per unit of the feature, least squares */
    double feature_mean;
    double feature_sd; /**< divisor n - 1 */
    /**
     * two-sided p-value of r = 0, by Student's t with n - 2 degrees of freedom; NaN when n < 3 or r
     * is
     */
    double p;
    uint64_t reserved[3];
} msched_correlation;

/**
 * Correlations of popularity with every feature, and mergeable like msched_groups: sums are exact
 * integers of the features in units of 1e-9 (each feature is rounded to that once; one beyond
 * -100,000..100,000 counts as not known).
 */
typedef struct msched_correlations msched_correlations;

typedef struct msched_correlations_options {
    uint32_t struct_size;
    uint32_t count;                    /**< enum msched_count_unit */
    const msched_filter *filter;       /**< NULL: everything */
    const msched_allocator *allocator; /**< copied; NULL: malloc */
    uint64_t reserved[4];
} msched_correlations_options;

/** Fill with defaults: tracks, no filter. @thread any @since 0.1 */
MSCHED_API void msched_correlations_options_init(msched_correlations_options *options,
                                                 uint32_t struct_size);
/**
 * Correlate popularity with every feature.
 * @param out owned by the caller: msched_correlations_unref.
 * @return MSCHED_OK, ARGUMENT, MEMORY or NOT_FOUND (a name of the filter).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_correlations_compute(msched_correlations **out,
                                                     const msched_catalog *catalog,
                                                     const msched_correlations_options *options,
                                                     msched_error *err);
/**
 * Add up the sums of disjoint sets of rows.
 * @return MSCHED_OK, ARGUMENT, MEMORY or CONFLICT.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_correlations_merge(msched_correlations **out,
                                                   const msched_correlations *const *parts,
                                                   uint32_t part_count,
                                                   const msched_allocator *allocator,
                                                   msched_error *err);
/**
 * Write the exact sums as JSON, for another process to merge.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_correlations_to_state(const msched_correlations *correlations,
                                                      msched_text **out, msched_error *err);
/**
 * Read what msched_correlations_to_state wrote.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT, ENCODING, SYNTAX or VALUE
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_correlations_from_state(msched_correlations **out, const char *data,
                                                        size_t size_bytes,
                                                        const msched_allocator *allocator,
                                                        msched_error *err);
/** Number of features: MSCHED_FEATURE_COUNT. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_correlations_count(const msched_correlations *correlations);
/**
 * Read one, by feature. Set correlation->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_correlations_get(const msched_correlations *correlations,
                                                 uint32_t feature, msched_correlation *correlation);
/**
 * Write as JSON: {"count", "features": [{"feature", "n", "r", ..}]}.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_correlations_to_json(const msched_correlations *correlations,
                                                     msched_text **out, msched_error *err);
/** Add a reference. @return `correlations` @thread any @since 0.1 */
MSCHED_API msched_correlations *msched_correlations_ref(msched_correlations *correlations);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_correlations_unref(msched_correlations *correlations);

#ifdef __cplusplus
}
#endif
#endif
