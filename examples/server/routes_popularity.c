#include "request.h"

#include <stdio.h>
#include <string.h>

#define JSON      "application/json"
#define MAX_NAMES 32

static const char *const count_names[] = {"entries", "tracks", "recordings"};
static const char *const by_names[] = {"nothing", "genre",  "subgenre", "artist",    "playlist",
                                       "year",    "decade", "month",    "year_month"};
#define BY_COUNT (sizeof by_names / sizeof by_names[0])

/* A filter as the query string gives it, with room for its lists. */
typedef struct filter_request {
    msched_filter filter;
    const char *genres[MAX_NAMES], *subgenres[MAX_NAMES], *artists[MAX_NAMES],
        *playlists[MAX_NAMES];
    uint32_t count;
} filter_request;

static int take_names(request *r, const char *parameter, const char **names, uint32_t *count)
{
    const char *name;
    while ((name = query_take(&r->query, parameter)) != NULL) {
        if (*count == MAX_NAMES) {
            problem(r, 400, "bad_parameter", "a parameter is repeated more than 32 times");
            return 0;
        }
        names[(*count)++] = name;
    }
    return 1;
}

static int take_number(request *r, const char *parameter, uint32_t max, int32_t *value)
{
    uint32_t number = 0;
    if (!request_take_uint(r, parameter, 0, max, &number))
        return 0;
    *value = (int32_t)number;
    return 1;
}

static int take_features(request *r, msched_filter *filter)
{
    for (uint32_t f = 0; f < MSCHED_FEATURE_COUNT; f++) {
        char name[40];
        int given = 0;
        double low = -1e300, high = 1e300;
        snprintf(name, sizeof name, "%s_min", msched_feature_name(f));
        if (!request_take_double(r, name, &low, &given))
            return 0;
        snprintf(name, sizeof name, "%s_max", msched_feature_name(f));
        if (!request_take_double(r, name, &high, &given))
            return 0;
        if (!given)
            continue;
        filter->feature_mask |= 1u << f;
        filter->feature_min[f] = low;
        filter->feature_max[f] = high;
    }
    return 1;
}

static int takes_json(request *r)
{
    static const char *const offers[] = {JSON};
    if (http_accept(request_header(r, "Accept"), offers, 1) == 0)
        return 1;
    problem(r, 406, "not_acceptable", "this address returns only application/json");
    return 0;
}

/* What all questions have in common. `count` is what is counted where the request names nothing. */
static int take_filter(request *r, uint32_t count, filter_request *out)
{
    msched_filter *f = &out->filter;
    msched_filter_init(f, sizeof *f);
    out->count = count;
    f->genres = out->genres;
    f->subgenres = out->subgenres;
    f->artists = out->artists;
    f->playlists = out->playlists;
    return takes_json(r) && request_take_choice(r, "count", count_names, 3, &out->count) &&
           take_names(r, "genre", out->genres, &f->genre_count) &&
           take_names(r, "subgenre", out->subgenres, &f->subgenre_count) &&
           take_names(r, "artist", out->artists, &f->artist_count) &&
           take_names(r, "playlist", out->playlists, &f->playlist_count) &&
           take_number(r, "year_min", 9999, &f->year_min) &&
           take_number(r, "year_max", 9999, &f->year_max) &&
           take_number(r, "popularity_min", 100, &f->popularity_min) &&
           take_number(r, "popularity_max", 100, &f->popularity_max) &&
           request_take_bool(r, "exclude_zero", &f->exclude_zero) &&
           request_take_bool(r, "exclude_january_first", &f->exclude_january_first) &&
           request_take_bool(r, "allow_unknown", &f->allow_unknown) && take_features(r, f);
}

static void send_result(request *r, msched_result result, msched_text *text,
                        const msched_error *err)
{
    if (result != MSCHED_OK) {
        /* each parameter is right by itself; what is left is a limit above another */
        problem_library(r, result == MSCHED_ERROR_ARGUMENT ? MSCHED_ERROR_CONFLICT : result, err);
        return;
    }
    respond_text(r, 200, JSON, text, NULL);
    msched_text_unref(text);
}

void route_top(request *r)
{
    filter_request f = {0};
    msched_top_options options;
    msched_top_options_init(&options, sizeof options);
    if (!take_filter(r, options.count, &f) ||
        !request_take_uint(r, "limit", 1, 1000, &options.limit) || !request_no_more_parameters(r))
        return;
    options.count = f.count;
    options.filter = &f.filter;
    msched_top *top = NULL;
    msched_text *text = NULL;
    msched_error err;
    msched_result result = msched_top_compute(&top, r->catalog, &options, &err);
    if (result == MSCHED_OK)
        result = msched_top_to_json(top, r->catalog, &text, &err);
    send_result(r, result, text, &err);
    msched_top_unref(top);
}

static void answer_groups(request *r, const filter_request *f, msched_groups_options *options)
{
    msched_groups *groups = NULL;
    msched_text *text = NULL;
    msched_error err;
    options->count = f->count;
    options->filter = &f->filter;
    msched_result result = msched_groups_compute(&groups, r->catalog, options, &err);
    if (result == MSCHED_OK)
        result = msched_groups_to_json(groups, &text, &err);
    send_result(r, result, text, &err);
    msched_groups_unref(groups);
}

void route_groups(request *r)
{
    static const char *const order_names[] = {"default", "key", "mean", "n"};
    filter_request f = {0};
    msched_groups_options options;
    msched_groups_options_init(&options, sizeof options);
    options.by = MSCHED_BY_GENRE;
    options.limit = 1000;
    if (!take_filter(r, options.count, &f) ||
        !request_take_choice(r, "by", by_names, BY_COUNT, &options.by) ||
        !request_take_choice(r, "order", order_names, 4, &options.order) ||
        !request_take_uint(r, "min_n", 0, 1000000000, &options.min_n) ||
        !request_take_uint(r, "limit", 1, 10000, &options.limit) || !request_no_more_parameters(r))
        return;
    answer_groups(r, &f, &options);
}

void route_trend(request *r)
{
    static const char *const trend_names[BY_COUNT] = {[MSCHED_BY_YEAR] = "year",
                                                      [MSCHED_BY_DECADE] = "decade",
                                                      [MSCHED_BY_MONTH] = "month",
                                                      [MSCHED_BY_YEAR_MONTH] = "year_month"};
    filter_request f = {0};
    msched_groups_options options;
    msched_groups_options_init(&options, sizeof options);
    options.by = MSCHED_BY_YEAR;
    options.order = MSCHED_ORDER_KEY;
    if (!take_filter(r, options.count, &f) ||
        !request_take_choice(r, "by", trend_names, BY_COUNT, &options.by) ||
        !request_no_more_parameters(r))
        return;
    answer_groups(r, &f, &options);
}

void route_histogram(request *r)
{
    filter_request f = {0};
    msched_histogram_options options;
    msched_histogram_options_init(&options, sizeof options);
    if (!take_filter(r, options.count, &f) ||
        !request_take_uint(r, "bins", 1, 101, &options.bins) || !request_no_more_parameters(r))
        return;
    options.count = f.count;
    options.filter = &f.filter;
    msched_histogram *histogram = NULL;
    msched_text *text = NULL;
    msched_error err;
    msched_result result = msched_histogram_compute(&histogram, r->catalog, &options, &err);
    if (result == MSCHED_OK)
        result = msched_histogram_to_json(histogram, &text, &err);
    send_result(r, result, text, &err);
    msched_histogram_unref(histogram);
}

void route_correlations(request *r)
{
    filter_request f = {0};
    msched_correlations_options options;
    msched_correlations_options_init(&options, sizeof options);
    if (!take_filter(r, options.count, &f) || !request_no_more_parameters(r))
        return;
    options.count = f.count;
    options.filter = &f.filter;
    msched_correlations *correlations = NULL;
    msched_text *text = NULL;
    msched_error err;
    msched_result result = msched_correlations_compute(&correlations, r->catalog, &options, &err);
    if (result == MSCHED_OK)
        result = msched_correlations_to_json(correlations, &text, &err);
    send_result(r, result, text, &err);
    msched_correlations_unref(correlations);
}
