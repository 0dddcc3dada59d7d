/* catalog.c: songs and the questions asked of them. Answers are JSON texts. */
#include "module.h"

#include <math.h>
#include <string.h>

EXPORT msched_catalog *catalog_read(const void *data, size_t size)
{
    msched_catalog_options options;
    msched_catalog *catalog = NULL;
    msched_catalog_options_init(&options, sizeof options);
    options.delimiter = module_asked.delimiter;
    options.skip_bad_rows = module_asked.skip_bad_rows;
    options.strict = module_asked.strict;
    options.default_duration_ms = module_asked.default_duration_ms;
    options.columns = module_asked.columns.names;
    options.column_count = module_asked.columns.count;
    options.encoding = module_asked.encoding;
    options.source_name = module_asked.name;
    options.threads = 1;
    msched_catalog_load_memory(&catalog, data, size, &options, &module_error);
    return catalog;
}

EXPORT void catalog_free(msched_catalog *catalog)
{
    msched_catalog_unref(catalog);
}

EXPORT int catalog_prepare(const msched_catalog *catalog)
{
    return msched_catalog_prepare(catalog, &module_error) == MSCHED_OK;
}

/* A figure of the catalog by its place in msched_catalog_info; NAN: out of memory. */
EXPORT double catalog_figure(const msched_catalog *catalog, uint32_t index)
{
    msched_catalog_info info = {.struct_size = sizeof info};
    if (msched_catalog_get_info(catalog, &info) != MSCHED_OK)
        return NAN;
    const double figures[] = {
        info.entries,
        info.tracks,
        info.recordings,
        info.artists,
        info.albums,
        info.playlists,
        info.genres,
        info.subgenres,
        (double)info.rows_skipped,
        (double)info.memory_bytes,
        (double)info.unreadable_cells,
        (double)info.conflicts,
        (double)info.assumptions,
    };
    return index < sizeof figures / sizeof *figures ? figures[index] : -1;
}

EXPORT module_text catalog_report(const msched_catalog *catalog, int as_json)
{
    msched_text *text = NULL;
    if (as_json)
        msched_catalog_report_to_json(catalog, &text, &module_error);
    else
        msched_catalog_report_to_text(catalog, &text, &module_error);
    return text;
}

EXPORT module_text catalog_track(const msched_catalog *catalog, const char *id)
{
    msched_text *text = NULL;
    uint32_t index;
    if (msched_catalog_find_id(catalog, id, &index, &module_error) == MSCHED_OK)
        msched_track_to_json(catalog, index, &text, &module_error);
    return text;
}

static const msched_filter *asked_filter(void)
{
    msched_filter *filter = &module_asked.filter;
    filter->genres = module_asked.genres.names;
    filter->genre_count = module_asked.genres.count;
    filter->subgenres = module_asked.subgenres.names;
    filter->subgenre_count = module_asked.subgenres.count;
    filter->artists = module_asked.artists.names;
    filter->artist_count = module_asked.artists.count;
    filter->playlists = module_asked.playlists.names;
    filter->playlist_count = module_asked.playlists.count;
    return filter;
}

/* What is counted: the library's own choice where the caller names nothing. */
static uint32_t asked_count(uint32_t standard)
{
    return module_asked.count == MODULE_NOT_GIVEN ? standard : module_asked.count;
}

EXPORT module_text catalog_top(const msched_catalog *catalog)
{
    msched_top_options options;
    msched_top *top = NULL;
    msched_text *text = NULL;
    msched_top_options_init(&options, sizeof options);
    options.count = asked_count(options.count);
    options.limit = module_asked.limit;
    options.filter = asked_filter();
    if (msched_top_compute(&top, catalog, &options, &module_error) == MSCHED_OK)
        msched_top_to_json(top, catalog, &text, &module_error);
    msched_top_unref(top);
    return text;
}

EXPORT module_text catalog_groups(const msched_catalog *catalog)
{
    msched_groups_options options;
    msched_groups *groups = NULL;
    msched_text *text = NULL;
    msched_groups_options_init(&options, sizeof options);
    options.by = module_asked.by;
    options.count = asked_count(options.count);
    options.order = module_asked.order;
    options.min_n = module_asked.min_n;
    options.limit = module_asked.limit;
    options.filter = asked_filter();
    if (msched_groups_compute(&groups, catalog, &options, &module_error) == MSCHED_OK)
        msched_groups_to_json(groups, &text, &module_error);
    msched_groups_unref(groups);
    return text;
}

EXPORT module_text catalog_histogram(const msched_catalog *catalog)
{
    msched_histogram_options options;
    msched_histogram *histogram = NULL;
    msched_text *text = NULL;
    msched_histogram_options_init(&options, sizeof options);
    options.bins = module_asked.bins;
    options.count = asked_count(options.count);
    options.filter = asked_filter();
    if (msched_histogram_compute(&histogram, catalog, &options, &module_error) == MSCHED_OK)
        msched_histogram_to_json(histogram, &text, &module_error);
    msched_histogram_unref(histogram);
    return text;
}

EXPORT module_text catalog_correlations(const msched_catalog *catalog)
{
    msched_correlations_options options;
    msched_correlations *correlations = NULL;
    msched_text *text = NULL;
    msched_correlations_options_init(&options, sizeof options);
    options.count = asked_count(options.count);
    options.filter = asked_filter();
    if (msched_correlations_compute(&correlations, catalog, &options, &module_error) == MSCHED_OK)
        msched_correlations_to_json(correlations, &text, &module_error);
    msched_correlations_unref(correlations);
    return text;
}

/* Songs that a text means or, with `suggest`, completes. */
EXPORT module_text catalog_find(const msched_catalog *catalog, const char *words, int suggest)
{
    msched_find_options options;
    msched_hits *hits = NULL;
    msched_text *text = NULL;
    msched_find_options_init(&options, sizeof options);
    options.limit = module_asked.limit;
    options.no_typos = module_asked.no_typos;
    if ((suggest ? msched_suggest : msched_find)(&hits, catalog, words, &options, &module_error) ==
        MSCHED_OK)
        msched_hits_to_json(hits, catalog, &text, &module_error);
    msched_hits_unref(hits);
    return text;
}
