/* query/popularity/histogram.c: how often each range of popularity occurs. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/refcount.h"
#include "catalog/catalog_check.h"
#include "query/popularity/filter.h"
#include "query/popularity/stats.h"

#include <string.h>

#define BINS_MAX 101

struct msched_histogram {
    msched__refcount refs;
    msched_allocator allocator;
    uint32_t count;
    msched_bin bins[BINS_MAX];
};

void msched_histogram_options_init(msched_histogram_options *options, uint32_t struct_size)
{
    msched_histogram_options defaults = {
        .struct_size = sizeof defaults, .count = MSCHED_COUNT_TRACKS, .bins = 20};
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

/* How often each value counts. */
static void count_values(uint64_t counts[MSCHED__VALUE_COUNT], const msched__filter *filter,
                         uint32_t count_unit, const uint32_t *weights)
{
    const msched_catalog *catalog = filter->catalog;
    if (count_unit == MSCHED_COUNT_ENTRIES && catalog->popularity_varies) {
        for (uint32_t e = 0; e < catalog->entry_count; e++)
            if (weights[catalog->entry_track[e]] > 0 && msched__filter_entry(filter, e))
                counts[msched__value_of(catalog->entry_popularity[e])]++;
        return;
    }
    for (uint32_t t = 0; t < catalog->track_count; t++)
        counts[msched__value_of(catalog->popularity[t])] += weights[t];
}

static void fill(msched_histogram *histogram, const msched__filter *filter, uint32_t count_unit,
                 const uint32_t *weights)
{
    uint64_t counts[MSCHED__VALUE_COUNT] = {0};
    count_values(counts, filter, count_unit, weights);
    uint32_t bins = histogram->count;
    for (uint32_t b = 0; b < bins; b++)
        histogram->bins[b] = (msched_bin){.low = 100.0 * b / bins, .high = 100.0 * (b + 1) / bins};
    for (uint32_t value = 0; value <= 100; value++) {
        uint32_t at = value * bins / 100; /* exact where a bin begins at a whole number */
        histogram->bins[at < bins ? at : bins - 1].n += counts[value];
    }
    histogram->bins[0].zeros = counts[0];
}

static msched_result compute(msched_histogram **out, const msched__filter *filter,
                             uint32_t count_unit, uint32_t bins, msched_error *err)
{
    const msched_allocator *allocator = &filter->allocator;
    uint32_t *weights = msched__alloc_array(allocator, filter->catalog->track_count,
                                            sizeof *weights);
    msched_histogram *histogram = msched__alloc_zero(allocator, 1, sizeof *histogram);
    if (weights == NULL || histogram == NULL) {
        msched__free(allocator, weights);
        msched__free(allocator, histogram);
        return msched__fail_memory(err);
    }
    msched__refcount_init(&histogram->refs);
    histogram->allocator = *allocator;
    histogram->count = bins;
    msched__filter_weigh(filter, count_unit, weights);
    fill(histogram, filter, count_unit, weights);
    msched__free(allocator, weights);
    *out = histogram;
    return MSCHED_OK;
}

msched_result msched_histogram_compute(msched_histogram **out, const msched_catalog *catalog,
                                       const msched_histogram_options *options, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    msched_histogram_options known;
    msched_histogram_options_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, options,
                                                "msched_histogram_options", err);
    if (result == MSCHED_OK)
        result = msched__check_count(known.count, err);
    if (result == MSCHED_OK)
        result = msched__catalog_need_all(catalog, err);
    if (result != MSCHED_OK)
        return result;
    if (known.bins > BINS_MAX)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "bins is %u: must be 1 to %d",
                            (unsigned)known.bins, BINS_MAX);
    msched_allocator allocator = msched__allocator_copy(known.allocator);
    msched__filter filter;
    result = msched__filter_create(&filter, catalog, known.filter, &allocator, err);
    if (result != MSCHED_OK)
        return result;
    result = compute(out, &filter, known.count, known.bins == 0 ? 20 : known.bins, err);
    msched__filter_free(&filter);
    return result;
}

uint32_t msched_histogram_count(const msched_histogram *histogram)
{
    return histogram == NULL ? 0 : histogram->count;
}

msched_result msched_histogram_get(const msched_histogram *histogram, uint32_t index,
                                   msched_bin *bin)
{
    if (histogram == NULL || bin == NULL || index >= histogram->count)
        return MSCHED_ERROR_ARGUMENT;
    *bin = histogram->bins[index];
    return MSCHED_OK;
}

msched_histogram *msched_histogram_ref(msched_histogram *histogram)
{
    if (histogram != NULL)
        msched__refcount_add(&histogram->refs);
    return histogram;
}

void msched_histogram_unref(msched_histogram *histogram)
{
    if (histogram == NULL || !msched__refcount_drop(&histogram->refs))
        return;
    msched_allocator allocator = histogram->allocator;
    msched__free(&allocator, histogram);
}
