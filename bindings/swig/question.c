#include "handle.h"

/* `standard` is what the library counts where the caller names nothing. */
static uint32_t choose_count(const char *count, uint32_t standard, msched_error *err)
{
    static const char *const names[] = {"entries", "tracks", "recordings", "default"};
    const uint32_t chosen = choose("count", count, names, 4, err);
    return chosen == 3 ? standard : chosen;
}

static uint32_t choose_group(const char *by, msched_error *err)
{
    static const char *const names[] = {"all",  "genre",  "subgenre", "artist",    "playlist",
                                        "year", "decade", "month",    "year_month"};
    return choose("by", by, names, 9, err);
}

Table *Catalog_top(Catalog *self, int64_t limit, const char *count, const Filter *where,
                   msched_error *err)
{
    msched_top_options options;
    msched_top_options_init(&options, sizeof options);
    msched_catalog *catalog = Catalog_take(self, err);
    options.limit = to_uint32("limit", limit, err);
    options.count = choose_count(count, options.count, err);
    options.filter = filter_get(where);
    msched_top *top = NULL;
    struct ArrowArrayStream stream;
    Table *result = NULL;
    if (err->code == MSCHED_OK && msched_top_compute(&top, catalog, &options, err) == MSCHED_OK)
        result = take_stream(msched_top_export(top, catalog, &stream, err), &stream, err);
    msched_top_unref(top);
    msched_catalog_unref(catalog);
    return result;
}

typedef msched_result (*groups_export)(const msched_groups *, struct ArrowArrayStream *,
                                       msched_error *);

static Table *export_groups(Catalog *self, msched_groups_options *options, const Filter *where,
                            groups_export export, msched_error *err)
{
    msched_catalog *catalog = Catalog_take(self, err);
    options->filter = filter_get(where);
    msched_groups *groups = NULL;
    struct ArrowArrayStream stream;
    Table *result = NULL;
    if (err->code == MSCHED_OK &&
        msched_groups_compute(&groups, catalog, options, err) == MSCHED_OK)
        result = take_stream(export(groups, &stream, err), &stream, err);
    msched_groups_unref(groups);
    msched_catalog_unref(catalog);
    return result;
}

Table *Catalog_groups(Catalog *self, const char *by, const char *count, const char *order,
                      int64_t min_n, int64_t limit, const Filter *where, msched_error *err)
{
    static const char *const orders[] = {"default", "key", "mean", "n"};
    msched_groups_options options;
    msched_groups_options_init(&options, sizeof options);
    options.by = choose_group(by, err);
    options.count = choose_count(count, options.count, err);
    options.order = choose("order", order, orders, 4, err);
    options.min_n = to_uint32("min_n", min_n, err);
    options.limit = to_uint32("limit", limit, err);
    if (err->code != MSCHED_OK)
        return NULL;
    return export_groups(self, &options, where, msched_groups_export, err);
}

Table *Catalog_group_test(Catalog *self, const char *by, const char *count, const Filter *where,
                          msched_error *err)
{
    msched_groups_options options;
    msched_groups_options_init(&options, sizeof options);
    options.by = choose_group(by, err);
    options.count = choose_count(count, options.count, err);
    if (err->code != MSCHED_OK)
        return NULL;
    return export_groups(self, &options, where, msched_groups_test_export, err);
}

Table *Catalog_trend(Catalog *self, const char *unit, const char *count, const Filter *where,
                     msched_error *err)
{
    static const char *const units[] = {"year", "decade", "month", "year_month"};
    msched_groups_options options;
    msched_groups_options_init(&options, sizeof options);
    options.by = MSCHED_BY_YEAR + choose("unit", unit, units, 4, err);
    options.count = choose_count(count, options.count, err);
    options.order = MSCHED_ORDER_KEY;
    if (err->code != MSCHED_OK)
        return NULL;
    return export_groups(self, &options, where, msched_groups_export, err);
}

Table *Catalog_histogram(Catalog *self, int64_t bins, const char *count, const Filter *where,
                         msched_error *err)
{
    msched_histogram_options options;
    msched_histogram_options_init(&options, sizeof options);
    msched_catalog *catalog = Catalog_take(self, err);
    options.bins = to_uint32("bins", bins, err);
    options.count = choose_count(count, options.count, err);
    options.filter = filter_get(where);
    msched_histogram *histogram = NULL;
    struct ArrowArrayStream stream;
    Table *result = NULL;
    if (err->code == MSCHED_OK &&
        msched_histogram_compute(&histogram, catalog, &options, err) == MSCHED_OK)
        result = take_stream(msched_histogram_export(histogram, &stream, err), &stream, err);
    msched_histogram_unref(histogram);
    msched_catalog_unref(catalog);
    return result;
}

Table *Catalog_correlations(Catalog *self, const char *count, const Filter *where,
                            msched_error *err)
{
    msched_correlations_options options;
    msched_correlations_options_init(&options, sizeof options);
    msched_catalog *catalog = Catalog_take(self, err);
    options.count = choose_count(count, options.count, err);
    options.filter = filter_get(where);
    msched_correlations *correlations = NULL;
    struct ArrowArrayStream stream;
    Table *result = NULL;
    if (err->code == MSCHED_OK &&
        msched_correlations_compute(&correlations, catalog, &options, err) == MSCHED_OK)
        result = take_stream(msched_correlations_export(correlations, &stream, err), &stream, err);
    msched_correlations_unref(correlations);
    msched_catalog_unref(catalog);
    return result;
}

typedef msched_result (*lookup)(msched_hits **, const msched_catalog *, const char *,
                                const msched_find_options *, msched_error *);

static Table *look_up(lookup ask, Catalog *self, const char *text, int64_t limit, int typos,
                      msched_error *err)
{
    msched_find_options options;
    msched_find_options_init(&options, sizeof options);
    msched_catalog *catalog = Catalog_take(self, err);
    options.limit = to_uint32("limit", limit, err);
    options.no_typos = typos == 0;
    msched_hits *hits = NULL;
    struct ArrowArrayStream stream;
    Table *result = NULL;
    if (err->code == MSCHED_OK && ask(&hits, catalog, text, &options, err) == MSCHED_OK)
        result = take_stream(msched_hits_export(hits, catalog, &stream, err), &stream, err);
    msched_hits_unref(hits);
    msched_catalog_unref(catalog);
    return result;
}

Table *Catalog_find(Catalog *self, const char *text, int64_t limit, int typos, msched_error *err)
{
    return look_up(msched_find, self, text, limit, typos, err);
}

Table *Catalog_suggest(Catalog *self, const char *text, int64_t limit, msched_error *err)
{
    return look_up(msched_suggest, self, text, limit, 1, err);
}

void delete_Table(Table *self)
{
    table_free(self);
}

Filter *new_Filter(msched_error *err)
{
    return filter_create(err);
}

void delete_Filter(Filter *self)
{
    filter_free(self);
}
