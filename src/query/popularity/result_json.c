/* query/popularity/result_json.c: results of queries as JSON, the same bytes for every consumer. */
#include "query/popularity/result_json.h"

#include "base/alloc.h"
#include "base/buffer.h"
#include "catalog/catalog_check.h"
#include "query/popularity/correlations_data.h"
#include "query/popularity/groups_data.h"

#include <musicsched/lookup.h>

#include <math.h>

/* A text of the catalog that may list several names. */
typedef struct member_list {
    const msched__index *members;
    const uint32_t *names; /* text offsets */
    uint32_t item;
} member_list;

static void key_text(msched__buffer *b, const char *key, const char *value)
{
    msched__buffer_format(b, ", \"%s\": ", key);
    msched__buffer_json(b, value);
}

static void key_uint(msched__buffer *b, const char *key, uint64_t value)
{
    msched__buffer_format(b, ", \"%s\": ", key);
    msched__buffer_uint(b, value);
}

static void key_known(msched__buffer *b, const char *key, int64_t value, int is_known)
{
    msched__buffer_format(b, ", \"%s\": ", key);
    if (is_known)
        msched__buffer_int(b, value);
    else
        msched__buffer_string(b, "null");
}

/* Whole numbers without a point: 66, not 66.0. */
static void key_double(msched__buffer *b, const char *key, double value)
{
    msched__buffer_format(b, ", \"%s\": ", key);
    if (isfinite(value) && value == floor(value) && fabs(value) < 1e15)
        msched__buffer_int(b, (int64_t)value);
    else
        msched__buffer_double(b, value);
}

static void begin_item(msched__buffer *b, uint32_t index)
{
    msched__buffer_string(b, index == 0 ? "\n  {" : ",\n  {");
}

static void end_list(msched__buffer *b, uint32_t count)
{
    msched__buffer_string(b, count == 0 ? "]}\n" : "\n ]}\n");
}

static void write_date(msched__buffer *b, const msched_track *track)
{
    if (track->release_year == 0)
        return;
    msched__buffer_format(b, ", \"release_date\": \"%04d", (int)track->release_year);
    if (track->release_month > 0)
        msched__buffer_format(b, "-%02u", (unsigned)track->release_month);
    if (track->release_day > 0)
        msched__buffer_format(b, "-%02u", (unsigned)track->release_day);
    msched__buffer_char(b, '"');
}

/* The members of a text that lists several names, for programs. */
static void key_members(msched__buffer *b, const char *key, const msched_catalog *catalog,
                        const member_list *list)
{
    const uint32_t *members;
    const uint32_t count = msched__members_of(list->members, &list->item, &members);
    if (list->item == MSCHED__NONE || msched__is_single(list->members, list->item))
        return;
    msched__buffer_format(b, ", \"%s\": [", key);
    for (uint32_t i = 0; i < count; i++) {
        msched__buffer_string(b, i == 0 ? "" : ", ");
        msched__buffer_json(b, msched__catalog_text(catalog, list->names[members[i]]));
    }
    msched__buffer_char(b, ']');
}

static void write_genres(msched__buffer *b, const msched_catalog *catalog, uint32_t row,
                         const msched_entry *entry)
{
    key_text(b, "genre", entry->genre);
    key_members(
        b, "genres", catalog,
        &(member_list){&catalog->genre_members, catalog->genre_name, catalog->entry_genre[row]});
    key_text(b, "subgenre", entry->subgenre);
    key_members(b, "subgenres", catalog,
                &(member_list){&catalog->subgenre_members, catalog->subgenre_name,
                               catalog->entry_subgenre[row]});
}

/* With the popularity of an entry, if given, instead of the track's. */
static void write_song(msched__buffer *b, const msched_catalog *catalog, uint32_t index,
                       const msched_entry *entry)
{
    msched_track track = {.struct_size = sizeof track};
    if (msched_catalog_get_track(catalog, index, &track) != MSCHED_OK)
        return;
    const int32_t popularity = entry != NULL ? entry->popularity : track.popularity;
    msched__buffer_string(b, "\"track_id\": ");
    msched__buffer_json(b, track.id);
    key_text(b, "title", track.name);
    key_text(b, "artist", track.artist);
    key_members(b, "artists", catalog,
                &(member_list){&catalog->artist_members, catalog->artist_name,
                               catalog->track_artist[index]});
    key_known(b, "popularity", popularity, popularity >= 0);
    key_known(b, "duration_ms", track.duration_ms, track.duration_ms > 0);
    if (track.album_name[0] != '\0')
        key_text(b, "album", track.album_name);
    write_date(b, &track);
}

void msched__write_track(msched__buffer *b, const msched_catalog *catalog, uint32_t index)
{
    write_song(b, catalog, index, NULL);
}

static void write_features(msched__buffer *b, const msched_track *track)
{
    msched__buffer_string(b, ",\n \"features\": {");
    const char *before = "";
    for (uint32_t f = 0; f < MSCHED_FEATURE_COUNT; f++) {
        if (f == MSCHED_FEATURE_DURATION_MS || isnan(track->feature[f]))
            continue;
        msched__buffer_format(b, "%s\"%s\": ", before, msched_feature_name(f));
        msched__buffer_double(b, track->feature[f]);
        before = ", ";
    }
    msched__buffer_char(b, '}');
}

static void write_playlists(msched__buffer *b, const msched_catalog *catalog, uint32_t track)
{
    const msched__index *entries = &catalog->track_entries;
    uint32_t count = 0;
    msched__buffer_string(b, ",\n \"playlists\": [");
    for (uint32_t i = entries->starts[track]; i < entries->starts[track + 1]; i++) {
        msched_entry entry = {.struct_size = sizeof entry};
        if (msched_catalog_get_entry(catalog, entries->rows[i], &entry) != MSCHED_OK)
            continue;
        begin_item(b, count++);
        msched__buffer_string(b, "\"id\": ");
        msched__buffer_json(b, entry.playlist_id);
        key_text(b, "name", entry.playlist_name);
        write_genres(b, catalog, entries->rows[i], &entry);
        msched__buffer_char(b, '}');
    }
    end_list(b, count);
}

msched_result msched_track_to_json(const msched_catalog *catalog, uint32_t index, msched_text **out,
                                   msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    msched_track track = {.struct_size = sizeof track};
    const msched_result needed = msched__catalog_need_all(catalog, err);
    if (needed != MSCHED_OK)
        return needed;
    if (msched_catalog_get_track(catalog, index, &track) != MSCHED_OK)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "track %u does not exist", (unsigned)index);
    msched__buffer b;
    msched__buffer_init(&b, &catalog->allocator);
    msched__buffer_char(&b, '{');
    msched__write_track(&b, catalog, index);
    write_features(&b, &track);
    write_playlists(&b, catalog, index);
    return msched__buffer_to_text(&b, out, err);
}

static void write_stats(msched__buffer *b, const msched_stats *stats)
{
    key_uint(b, "n", stats->n);
    key_uint(b, "sum", stats->sum);
    key_double(b, "mean", stats->mean);
    key_double(b, "sd", stats->sd);
    key_double(b, "ci95_low", stats->ci95_low);
    key_double(b, "ci95_high", stats->ci95_high);
    key_double(b, "min", stats->min);
    key_double(b, "q1", stats->q1);
    key_double(b, "median", stats->median);
    key_double(b, "q3", stats->q3);
    key_double(b, "max", stats->max);
    key_uint(b, "zeros", stats->zeros);
    key_double(b, "zero_share", stats->zero_share);
    if (stats->unknown > 0)
        key_uint(b, "unknown", stats->unknown);
}

/* Nothing where no test is possible: fewer than two groups, or one value only. */
static void write_group_test(msched__buffer *b, const msched_groups *groups)
{
    msched_group_test test = {.struct_size = sizeof test};
    if (msched_groups_test(groups, &test) != MSCHED_OK || isnan(test.f))
        return;
    msched__buffer_format(b, ",\n\"test\": {\"group_count\": %u", (unsigned)test.group_count);
    key_uint(b, "n", test.n);
    key_double(b, "f", test.f);
    key_double(b, "df_between", test.df_between);
    key_double(b, "df_within", test.df_within);
    key_double(b, "p", test.p);
    key_double(b, "eta_squared", test.eta_squared);
    key_double(b, "kruskal_h", test.kruskal_h);
    key_double(b, "kruskal_p", test.kruskal_p);
    msched__buffer_char(b, '}');
}

msched_result msched_groups_to_json(const msched_groups *groups, msched_text **out,
                                    msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (groups == NULL)
        return msched__fail_null(err, "groups");
    msched__buffer b;
    msched__buffer_init(&b, &groups->allocator);
    msched__buffer_format(&b, "{\"by\": \"%s\", \"count\": \"%s\", \"groups\": [",
                          msched__group_key_names[groups->by],
                          msched__count_unit_names[groups->count_unit]);
    uint32_t count = msched_groups_count(groups);
    for (uint32_t i = 0; i < count; i++) {
        msched_group group = {.struct_size = sizeof group};
        if (msched_groups_get(groups, i, &group) != MSCHED_OK)
            continue;
        begin_item(&b, i);
        msched__buffer_string(&b, "\"key\": ");
        msched__buffer_json(&b, group.key);
        key_text(&b, "label", group.label);
        write_stats(&b, &group.stats);
        msched__buffer_char(&b, '}');
    }
    msched__buffer_string(&b, count == 0 ? "]" : "\n ]");
    write_group_test(&b, groups);
    msched__buffer_string(&b, "}\n");
    return msched__buffer_to_text(&b, out, err);
}

/* Whether a song of the result can be written: one of a saved catalog may be damaged. */
static msched_result check_track(const msched_catalog *catalog, uint32_t track, msched_error *err)
{
    return track >= catalog->track_count || msched__track_is_sound(catalog, track)
               ? MSCHED_OK
               : msched__catalog_fail(catalog, err);
}

msched_result msched_top_to_json(const msched_top *top, const msched_catalog *catalog,
                                 msched_text **out, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (top == NULL)
        return msched__fail_null(err, "top");
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    const msched_result needed = msched__catalog_need_late(catalog, err);
    if (needed != MSCHED_OK)
        return needed;
    const uint32_t count = msched_top_count(top);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t track = 0;
        if (msched_top_get(top, i, &track, NULL) == MSCHED_OK &&
            check_track(catalog, track, err) != MSCHED_OK)
            return MSCHED_ERROR_SYNTAX;
    }
    msched__buffer b;
    msched__buffer_init(&b, &catalog->allocator);
    msched__buffer_string(&b, "{\"songs\": [");
    for (uint32_t i = 0; i < count; i++) {
        uint32_t track = 0, row = 0;
        msched_entry entry = {.struct_size = sizeof entry};
        msched_top_get(top, i, &track, &row);
        begin_item(&b, i);
        msched__buffer_format(&b, "\"rank\": %u, ", (unsigned)i + 1);
        const int is_entry = row != UINT32_MAX &&
                             msched_catalog_get_entry(catalog, row, &entry) == MSCHED_OK;
        write_song(&b, catalog, track, is_entry ? &entry : NULL);
        if (is_entry) {
            key_text(&b, "playlist", entry.playlist_name);
            write_genres(&b, catalog, row, &entry);
        }
        msched__buffer_char(&b, '}');
    }
    end_list(&b, count);
    return msched__buffer_to_text(&b, out, err);
}

static void write_hit(msched__buffer *b, const msched_catalog *catalog, const msched_hit *hit)
{
    static const char *const matches[] = {"exact", "words", "prefix", "typo"};
    msched__write_track(b, catalog, hit->track);
    key_text(b, "match", hit->match < 4 ? matches[hit->match] : "");
    key_double(b, "score", hit->score);
}

msched_result msched_hits_to_json(const msched_hits *hits, const msched_catalog *catalog,
                                  msched_text **out, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (hits == NULL)
        return msched__fail_null(err, "hits");
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    const msched_result needed = msched__catalog_need_late(catalog, err);
    if (needed != MSCHED_OK)
        return needed;
    const uint32_t count = msched_hits_count(hits);
    for (uint32_t i = 0; i < count; i++) {
        msched_hit hit = {.struct_size = sizeof hit};
        if (msched_hits_get(hits, i, &hit) == MSCHED_OK &&
            check_track(catalog, hit.track, err) != MSCHED_OK)
            return MSCHED_ERROR_SYNTAX;
    }
    msched__buffer b;
    msched__buffer_init(&b, &catalog->allocator);
    msched__buffer_string(&b, "{\"songs\": [");
    for (uint32_t i = 0; i < count; i++) {
        msched_hit hit = {.struct_size = sizeof hit};
        if (msched_hits_get(hits, i, &hit) != MSCHED_OK)
            continue;
        begin_item(&b, i);
        msched__buffer_format(&b, "\"rank\": %u, ", (unsigned)i + 1);
        write_hit(&b, catalog, &hit);
        msched__buffer_char(&b, '}');
    }
    end_list(&b, count);
    return msched__buffer_to_text(&b, out, err);
}

msched_result msched_histogram_to_json(const msched_histogram *histogram, msched_text **out,
                                       msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (histogram == NULL)
        return msched__fail_null(err, "histogram");
    msched__buffer b;
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__buffer_init(&b, &allocator);
    msched__buffer_string(&b, "{\"bins\": [");
    uint32_t count = msched_histogram_count(histogram);
    for (uint32_t i = 0; i < count; i++) {
        msched_bin bin;
        msched_histogram_get(histogram, i, &bin);
        begin_item(&b, i);
        msched__buffer_format(&b, "\"bin\": %u", (unsigned)i + 1);
        key_double(&b, "low", bin.low);
        key_double(&b, "high", bin.high);
        key_uint(&b, "n", bin.n);
        key_uint(&b, "zeros", bin.zeros);
        msched__buffer_char(&b, '}');
    }
    end_list(&b, count);
    return msched__buffer_to_text(&b, out, err);
}

msched_result msched_correlations_to_json(const msched_correlations *correlations,
                                          msched_text **out, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (correlations == NULL)
        return msched__fail_null(err, "correlations");
    msched__buffer b;
    msched__buffer_init(&b, &correlations->allocator);
    msched__buffer_format(&b, "{\"count\": \"%s\", \"features\": [",
                          msched__count_unit_names[correlations->count_unit]);
    uint32_t count = msched_correlations_count(correlations);
    for (uint32_t i = 0; i < count; i++) {
        msched_correlation c = {.struct_size = sizeof c};
        msched_correlations_get(correlations, i, &c);
        begin_item(&b, i);
        msched__buffer_format(&b, "\"feature\": \"%s\"", msched_feature_name(c.feature));
        key_uint(&b, "n", c.n);
        key_double(&b, "r", c.r);
        key_double(&b, "r_ci95_low", c.r_ci95_low);
        key_double(&b, "r_ci95_high", c.r_ci95_high);
        key_double(&b, "slope", c.slope);
        key_double(&b, "feature_mean", c.feature_mean);
        key_double(&b, "feature_sd", c.feature_sd);
        key_double(&b, "p", c.p);
        msched__buffer_char(&b, '}');
    }
    end_list(&b, count);
    return msched__buffer_to_text(&b, out, err);
}
