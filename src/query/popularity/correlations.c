/* query/popularity/correlations.c: popularity against the audio features. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "catalog/catalog_check.h"
#include "query/popularity/correlations_data.h"
#include "query/popularity/filter.h"
#include "query/popularity/groups_data.h"
#include "query/popularity/tail_probability.h"

#include <math.h>
#include <string.h>

/* Larger features count as unknown, so that 2^32 squares in units of 1e-9 fit 128 bits. */
#define FEATURE_MAX 100000.0
/* Bound of n with the same end, also after merging. */
#define PAIRS_MAX ((msched__wide)1 << 33)

void msched_correlations_options_init(msched_correlations_options *options, uint32_t struct_size)
{
    msched_correlations_options defaults = {.struct_size = sizeof defaults,
                                            .count = MSCHED_COUNT_TRACKS};
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

/* Integer units per unit of the feature: durations are already whole milliseconds. */
static double units(uint32_t feature)
{
    return feature == MSCHED_FEATURE_DURATION_MS ? 1 : 1e9;
}

msched_correlations *msched__correlations_new(const msched_allocator *allocator,
                                              uint32_t count_unit, msched_error *err)
{
    msched_correlations *self = msched__alloc_zero(allocator, 1, sizeof *self);
    if (self == NULL) {
        msched__fail_memory(err);
        return NULL;
    }
    msched__refcount_init(&self->refs);
    self->allocator = *allocator;
    self->count_unit = count_unit;
    return self;
}

static void add_pair(msched__pair_sums *sums, int64_t x, int64_t y, int64_t weight)
{
    sums->n += weight;
    sums->x += (msched__wide)x * weight;
    sums->y += y * weight;
    sums->xx += (msched__wide)x * x * weight;
    sums->xy += (msched__wide)x * (y * weight);
    sums->yy += y * y * weight;
}

/* A track's feature in whole units; 0 if it is unknown. */
static inline int whole_feature(const msched_catalog *catalog, uint32_t feature, uint32_t track,
                                int64_t *x)
{
    if (feature == MSCHED_FEATURE_DURATION_MS) {
        *x = catalog->duration_ms[track];
        return *x > 0;
    }
    const double value = msched__feature_of(catalog, feature, track);
    if (!(fabs(value) <= FEATURE_MAX)) /* NaN */
        return 0;
    *x = llrint(value * units(feature));
    return 1;
}

static void add_feature(msched__pair_sums *sums, const msched_catalog *catalog, uint32_t feature,
                        const uint32_t *weights)
{
    int64_t x;
    for (uint32_t t = 0; t < catalog->track_count; t++)
        if (weights[t] != 0 && catalog->popularity[t] <= 100 &&
            whole_feature(catalog, feature, t, &x))
            add_pair(sums, x, catalog->popularity[t], weights[t]);
}

/* Entries whose popularity differs from that of their track. */
static void add_feature_of_entries(msched__pair_sums *sums, const msched__filter *filter,
                                   uint32_t feature, const uint32_t *weights)
{
    const msched_catalog *catalog = filter->catalog;
    int64_t x;
    for (uint32_t e = 0; e < catalog->entry_count; e++) {
        const uint32_t t = catalog->entry_track[e];
        if (weights[t] != 0 && catalog->entry_popularity[e] <= 100 &&
            msched__filter_entry(filter, e) && whole_feature(catalog, feature, t, &x))
            add_pair(sums, x, catalog->entry_popularity[e], 1);
    }
}

msched_result msched_correlations_compute(msched_correlations **out, const msched_catalog *catalog,
                                          const msched_correlations_options *options,
                                          msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    msched_correlations_options known;
    msched_correlations_options_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, options,
                                                "msched_correlations_options", err);
    if (result == MSCHED_OK)
        result = msched__check_count(known.count, err);
    if (result == MSCHED_OK)
        result = msched__catalog_need_all(catalog, err);
    if (result != MSCHED_OK)
        return result;
    msched_allocator allocator = msched__allocator_copy(known.allocator);
    msched__filter filter;
    result = msched__filter_create(&filter, catalog, known.filter, &allocator, err);
    if (result != MSCHED_OK)
        return result;
    msched_correlations *self = msched__correlations_new(&allocator, known.count, err);
    uint32_t *weights = msched__alloc_array(&allocator, catalog->track_count, sizeof *weights);
    if (self == NULL || weights == NULL) {
        result = msched__fail_memory(err);
        msched_correlations_unref(self);
    } else {
        msched__filter_weigh(&filter, known.count, weights);
        const int of_entries = known.count == MSCHED_COUNT_ENTRIES && catalog->popularity_varies;
        for (uint32_t f = 0; f < MSCHED_FEATURE_COUNT; f++)
            if (of_entries)
                add_feature_of_entries(&self->sums[f], &filter, f, weights);
            else
                add_feature(&self->sums[f], catalog, f, weights);
        *out = self;
    }
    msched__free(&allocator, weights);
    msched__filter_free(&filter);
    return result;
}

int msched__pair_sums_valid(const msched__pair_sums *s)
{
    const msched__wide n = s->n, x_max = (msched__wide)(FEATURE_MAX * 1e9);
    if (n < 0 || n > PAIRS_MAX)
        return 0;
    msched__wide size = s->x < 0 ? -s->x : s->x, product = s->xy < 0 ? -s->xy : s->xy;
    return size <= n * x_max && s->y >= 0 && s->y <= 100 * n && s->xx >= 0 &&
           s->xx / x_max <= n * x_max && s->yy >= 0 && s->yy <= 10000 * n &&
           product <= 100 * n * x_max;
}

static int add_wide(msched__wide *sum, msched__wide more)
{
    return !__builtin_add_overflow(*sum, more, sum);
}

static int add_sums(msched__pair_sums *to, const msched__pair_sums *from)
{
    return add_wide(&to->n, from->n) && add_wide(&to->x, from->x) && add_wide(&to->y, from->y) &&
           add_wide(&to->xx, from->xx) && add_wide(&to->xy, from->xy) &&
           add_wide(&to->yy, from->yy) && msched__pair_sums_valid(to);
}

msched_result msched_correlations_merge(msched_correlations **out,
                                        const msched_correlations *const *parts,
                                        uint32_t part_count, const msched_allocator *allocator,
                                        msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (parts == NULL || part_count == 0)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "there are no parts to merge");
    for (uint32_t p = 0; p < part_count; p++) {
        if (parts[p] == NULL)
            return msched__fail(err, MSCHED_ERROR_ARGUMENT, "parts[%u] is NULL", (unsigned)p);
        if (parts[p]->count_unit != parts[0]->count_unit)
            return msched__fail(err, MSCHED_ERROR_CONFLICT,
                                "part 0 counts %s but part %u counts %s",
                                msched__count_unit_names[parts[0]->count_unit], (unsigned)p,
                                msched__count_unit_names[parts[p]->count_unit]);
    }
    msched_allocator own = msched__allocator_copy(allocator);
    msched_correlations *self = msched__correlations_new(&own, parts[0]->count_unit, err);
    if (self == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t p = 0; p < part_count; p++)
        for (uint32_t f = 0; f < MSCHED_FEATURE_COUNT; f++)
            if (!add_sums(&self->sums[f], &parts[p]->sums[f])) {
                msched_correlations_unref(self);
                return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                                    "the parts add up to more than the exact sums can hold");
            }
    *out = self;
    return MSCHED_OK;
}

static msched__wide floor_divide(msched__wide a, msched__wide b)
{
    return a / b - (a % b < 0);
}

/*
 * Sum of (x - mean x)(y - mean y) from exact sums: first about the whole parts q and u of the
 * means, in integers, so that no floating-point cancellation occurs; the remainder is below 1 unit
 * in each mean.
 */
static double centred(msched__wide n, msched__wide x, msched__wide y, msched__wide xy)
{
    msched__wide q = floor_divide(x, n), u = floor_divide(y, n);
    msched__wide about = xy - q * (y - n * u) - u * x;
    return (double)about - (double)(x - n * q) / (double)n * (double)(y - n * u);
}

static void relate(msched_correlation *c, const msched__pair_sums *s, double unit)
{
    double n = (double)s->n;
    double xx = centred(s->n, s->x, s->x, s->xx), yy = centred(s->n, s->y, s->y, s->yy),
           xy = centred(s->n, s->x, s->y, s->xy);
    c->feature_mean = (double)s->x / n / unit;
    if (s->n < 2)
        return;
    c->feature_sd = sqrt(xx / (n - 1)) / unit;
    if (xx <= 0)
        return;
    c->slope = xy / xx * unit;
    if (yy <= 0)
        return;
    c->r = fmax(-1, fmin(1, xy / (sqrt(xx) * sqrt(yy))));
    if (s->n >= 3) /* t^2 with n - 2 degrees of freedom is F with 1 and n - 2 */
        c->p = msched__f_tail(c->r * c->r / (1 - c->r * c->r) * (n - 2), 1, n - 2);
    if (s->n < 4)
        return;
    /* R. A. Fisher (1921): atanh r is nearly normal with standard error 1 / sqrt(n - 3) */
    double z = atanh(c->r), half = 1.959963984540054 / sqrt(n - 3);
    c->r_ci95_low = tanh(z - half);
    c->r_ci95_high = tanh(z + half);
}

uint32_t msched_correlations_count(const msched_correlations *correlations)
{
    return correlations == NULL ? 0 : MSCHED_FEATURE_COUNT;
}

msched_result msched_correlations_get(const msched_correlations *correlations, uint32_t feature,
                                      msched_correlation *correlation)
{
    if (correlations == NULL || feature >= MSCHED_FEATURE_COUNT)
        return MSCHED_ERROR_ARGUMENT;
    const msched__pair_sums *sums = &correlations->sums[feature];
    msched_correlation known = {.struct_size = sizeof known,
                                .feature = feature,
                                .n = (uint64_t)sums->n,
                                .r = NAN,
                                .r_ci95_low = NAN,
                                .r_ci95_high = NAN,
                                .slope = NAN,
                                .feature_mean = NAN,
                                .feature_sd = NAN,
                                .p = NAN};
    if (sums->n > 0)
        relate(&known, sums, units(feature));
    return msched__options_write(correlation, &known, sizeof known);
}

msched_correlations *msched_correlations_ref(msched_correlations *correlations)
{
    if (correlations != NULL)
        msched__refcount_add(&correlations->refs);
    return correlations;
}

void msched_correlations_unref(msched_correlations *correlations)
{
    if (correlations == NULL || !msched__refcount_drop(&correlations->refs))
        return;
    msched_allocator allocator = correlations->allocator;
    msched__free(&allocator, correlations);
}
