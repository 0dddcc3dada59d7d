#include "query/popularity/filter.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/fold.h"
#include "base/options.h"
#include "base/utf8.h"
#include "query/key_order.h"
#include "query/lookup/near_names.h"

#include <math.h>
#include <string.h>

void msched_filter_init(msched_filter *filter, uint32_t struct_size)
{
    msched_filter defaults = {.struct_size = sizeof defaults};
    msched__options_init(filter, struct_size, &defaults, sizeof defaults);
}

static msched_result check_list(const char *const *list, uint32_t count, const char *name,
                                msched_error *err)
{
    if (count > 0 && list == NULL)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "filter.%s is NULL, but its count is %u",
                            name, (unsigned)count);
    for (uint32_t i = 0; i < count; i++)
        if (list[i] == NULL)
            return msched__fail(err, MSCHED_ERROR_ARGUMENT, "filter.%s[%u] is NULL", name,
                                (unsigned)i);
    return MSCHED_OK;
}

static msched_result check_ranges(const msched_filter *given, msched_error *err)
{
    if (given->year_min < 0 || given->year_max < 0 ||
        (given->year_max != 0 && given->year_min > given->year_max))
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "the filter's years %d..%d are not a range",
                            (int)given->year_min, (int)given->year_max);
    int32_t low = given->popularity_min, high = given->popularity_max;
    if (low < 0 || high < 0 || low > 100 || high > 100 || (high != 0 && low > high))
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "the filter's popularity %d..%d is not a range within 0..100", (int)low,
                            (int)high);
    if (given->exclude_zero > 1 || given->exclude_january_first > 1 || given->allow_unknown > 1)
        return msched__fail(
            err, MSCHED_ERROR_ARGUMENT,
            "filter.exclude_zero, exclude_january_first and allow_unknown must be 0 or 1");
    if (given->feature_mask >> MSCHED_FEATURE_COUNT != 0)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "filter.feature_mask has a bit that is not a feature");
    for (uint32_t f = 0; f < MSCHED_FEATURE_COUNT; f++)
        if ((given->feature_mask >> f & 1) && !(given->feature_min[f] <= given->feature_max[f]))
            return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                                "the filter's limits of %s are not a range",
                                msched_feature_name(f));
    return MSCHED_OK;
}

static msched_result check(const msched_filter *given, msched_error *err)
{
    msched_result result = check_list(given->genres, given->genre_count, "genres", err);
    if (result == MSCHED_OK)
        result = check_list(given->subgenres, given->subgenre_count, "subgenres", err);
    if (result == MSCHED_OK)
        result = check_list(given->artists, given->artist_count, "artists", err);
    if (result == MSCHED_OK)
        result = check_list(given->playlists, given->playlist_count, "playlists", err);
    return result == MSCHED_OK ? check_ranges(given, err) : result;
}

/* The names of a kind in a filter, and the catalog's names of that kind in order. */
typedef struct listed {
    enum msched__name_kind kind;
    const char *const *names;
    uint32_t name_count;
    const uint32_t *ordered, *offsets;
    uint32_t count;
    uint8_t **marks;
} listed;

/* Also look up playlists by name. Returns the number of matches. */
static uint32_t mark_playlists(const msched__filter *filter, const char *name)
{
    const msched_catalog *catalog = filter->catalog;
    uint32_t found = 0;
    for (uint32_t p = 0; p < catalog->playlist_count; p++)
        if (strcmp(msched__catalog_text(catalog, catalog->playlist_name[p]), name) == 0) {
            filter->playlists[p] = 1;
            found++;
        }
    return found;
}

#define FOLDED_MAX 256 /* bytes of a name; longer names equal no other */

/* The only name that differs from this one just in case; NULL: there is none, or several. */
static const char *only_spelling(const msched_catalog *catalog, const listed *list,
                                 const char *name)
{
    char given[3 * FOLDED_MAX], other[3 * FOLDED_MAX];
    const char *found = NULL;
    const int playlists = list->kind == MSCHED__NAME_PLAYLIST;
    const size_t given_size = strlen(name);
    if (given_size > FOLDED_MAX || msched__utf8_check(name, given_size) != given_size)
        return NULL;
    const size_t size = msched__fold_case(given, name, given_size);
    for (uint32_t i = 0; i < list->count; i++) {
        const char *text = msched__catalog_text(catalog, playlists ? catalog->playlist_name[i]
                                                                   : list->offsets[i]);
        const size_t text_size = strlen(text);
        if (text_size > FOLDED_MAX || msched__fold_case(other, text, text_size) != size ||
            memcmp(given, other, size) != 0)
            continue;
        if (found != NULL && strcmp(found, text) != 0)
            return NULL;
        found = text;
    }
    return found;
}

static msched_result fail_unknown(const msched__filter *filter, const listed *list,
                                  const char *name, msched_error *err)
{
    char near[MSCHED__NEAR_NAMES_ROOM];
    const size_t size = strlen(name), shown = size <= 40 ? size : msched__utf8_check(name, 40);
    return msched__fail(err, MSCHED_ERROR_NOT_FOUND, "no %s \"%.*s%s\": %s",
                        msched__name_kind(list->kind), (int)shown, name, shown < size ? "..." : "",
                        msched__names_near(near, filter->catalog, 1u << list->kind, name));
}

/* Mark what has exactly this name. Returns the number of matches. */
static uint32_t mark_name(const msched__filter *filter, const listed *list, const char *name)
{
    const uint32_t index = msched__key_find(filter->catalog, list->ordered, list->offsets,
                                            list->count, name);
    uint32_t found = index != MSCHED__NONE;
    if (found)
        (*list->marks)[index] = 1;
    if (list->kind == MSCHED__NAME_PLAYLIST)
        found += mark_playlists(filter, name);
    return found;
}

/* Mark the wanted names; without names *marks stays NULL. */
static msched_result mark_names(const msched__filter *filter, const listed *list, msched_error *err)
{
    if (list->name_count == 0)
        return MSCHED_OK;
    *list->marks = msched__alloc_zero(&filter->allocator, list->count, 1);
    if (*list->marks == NULL)
        return msched__fail_memory(err);
    for (uint32_t i = 0; i < list->name_count; i++) {
        const char *name = list->names[i];
        if (mark_name(filter, list, name) > 0 || filter->given.allow_unknown)
            continue;
        const char *spelling = only_spelling(filter->catalog, list, name);
        if (spelling == NULL)
            return fail_unknown(filter, list, name, err);
        mark_name(filter, list, spelling);
    }
    return MSCHED_OK;
}

static msched_result mark_all(msched__filter *filter, msched_error *err)
{
    const msched_filter *given = &filter->given;
    const msched_catalog *catalog = filter->catalog;
    if (given->genre_count + (uint64_t)given->subgenre_count + given->artist_count +
            given->playlist_count ==
        0)
        return MSCHED_OK;
    const msched__key_order *order = msched__key_order_of(catalog, err);
    if (order == NULL)
        return MSCHED_ERROR_MEMORY;
    const listed lists[] = {
        {MSCHED__NAME_GENRE, given->genres, given->genre_count, order->genres, catalog->genre_name,
         catalog->genre_count, &filter->genres},
        {MSCHED__NAME_SUBGENRE, given->subgenres, given->subgenre_count, order->subgenres,
         catalog->subgenre_name, catalog->subgenre_count, &filter->subgenres},
        {MSCHED__NAME_ARTIST, given->artists, given->artist_count, order->artists,
         catalog->artist_name, catalog->artist_count, &filter->artists},
        {MSCHED__NAME_PLAYLIST, given->playlists, given->playlist_count, order->playlists,
         catalog->playlist_id, catalog->playlist_count, &filter->playlists},
    };
    msched_result result = MSCHED_OK;
    for (size_t i = 0; result == MSCHED_OK && i < sizeof lists / sizeof lists[0]; i++)
        result = mark_names(filter, &lists[i], err);
    if (result == MSCHED_OK && filter->genres != NULL)
        msched__flag_lists(&catalog->genre_members, catalog->genre_count, filter->genres);
    if (result == MSCHED_OK && filter->subgenres != NULL)
        msched__flag_lists(&catalog->subgenre_members, catalog->subgenre_count, filter->subgenres);
    if (result == MSCHED_OK && filter->artists != NULL)
        msched__flag_lists(&catalog->artist_members, catalog->artist_count, filter->artists);
    return result;
}

msched_result msched__filter_create(msched__filter *filter, const msched_catalog *catalog,
                                    const msched_filter *given, const msched_allocator *allocator,
                                    msched_error *err)
{
    *filter = (msched__filter){.catalog = catalog, .allocator = *allocator};
    msched_filter_init(&filter->given, sizeof filter->given);
    msched_result result = msched__options_read(&filter->given, sizeof filter->given, given,
                                                "msched_filter", err);
    if (result == MSCHED_OK)
        result = check(&filter->given, err);
    if (result == MSCHED_OK)
        result = mark_all(filter, err);
    if (result != MSCHED_OK) {
        msched__filter_free(filter);
        return result;
    }
    const msched_filter *f = &filter->given;
    filter->on_entries = filter->genres != NULL || filter->subgenres != NULL ||
                         filter->playlists != NULL;
    filter->on_tracks = filter->artists != NULL || f->year_min != 0 || f->year_max != 0 ||
                        f->popularity_min != 0 || f->popularity_max != 0 || f->feature_mask != 0 ||
                        f->exclude_zero || f->exclude_january_first;
    return MSCHED_OK;
}

msched_result msched__check_count(uint32_t count, msched_error *err)
{
    if (count <= MSCHED_COUNT_RECORDINGS)
        return MSCHED_OK;
    return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                        "count is %u: it must be 0 (entries), 1 (tracks) or 2 (recordings)",
                        (unsigned)count);
}

void msched__filter_free(msched__filter *filter)
{
    msched__free(&filter->allocator, filter->genres);
    msched__free(&filter->allocator, filter->subgenres);
    msched__free(&filter->allocator, filter->artists);
    msched__free(&filter->allocator, filter->playlists);
    filter->genres = filter->subgenres = filter->artists = filter->playlists = NULL;
}

static int wanted(const uint8_t *marks, uint32_t index)
{
    return marks == NULL || (index != MSCHED__NONE && marks[index]);
}

int msched__filter_entry(const msched__filter *filter, uint32_t entry)
{
    const msched_catalog *catalog = filter->catalog;
    return wanted(filter->genres, catalog->entry_genre[entry]) &&
           wanted(filter->subgenres, catalog->entry_subgenre[entry]) &&
           wanted(filter->playlists, catalog->entry_playlist[entry]);
}

static int features_pass(const msched__filter *filter, uint32_t track)
{
    const msched_catalog *catalog = filter->catalog;
    for (uint32_t f = 0; f < MSCHED_FEATURE_COUNT; f++) {
        if (!(filter->given.feature_mask >> f & 1))
            continue;
        double x = f == MSCHED_FEATURE_DURATION_MS ? msched__known_duration(catalog, track)
                                                   : msched__feature_of(catalog, f, track);
        /* NaN fails */
        if (!(x >= filter->given.feature_min[f] && x <= filter->given.feature_max[f]))
            return 0;
    }
    return 1;
}

static int track_conditions(const msched__filter *filter, uint32_t track)
{
    const msched_catalog *catalog = filter->catalog;
    const msched_filter *given = &filter->given;
    const int32_t popularity = msched__known_popularity(catalog, track),
                  year = catalog->release_year[track];
    if ((given->exclude_zero && popularity == 0) ||
        (given->popularity_min != 0 && popularity < given->popularity_min) ||
        (given->popularity_max != 0 && (popularity < 0 || popularity > given->popularity_max)))
        return 0;
    if ((given->year_min != 0 || given->year_max != 0) && year == 0)
        return 0;
    if (year < given->year_min || (given->year_max != 0 && year > given->year_max))
        return 0;
    if (given->exclude_january_first && catalog->release_month[track] == 1 &&
        catalog->release_day[track] == 1)
        return 0;
    return wanted(filter->artists, catalog->track_artist[track]) && features_pass(filter, track);
}

static uint32_t passing_entries(const msched__filter *filter, uint32_t track, uint32_t enough)
{
    const msched__index *index = &filter->catalog->track_entries;
    uint32_t count = 0;
    for (uint32_t i = index->starts[track]; i < index->starts[track + 1] && count < enough; i++)
        count += (uint32_t)msched__filter_entry(filter, index->rows[i]);
    return count;
}

int msched__filter_track(const msched__filter *filter, uint32_t track)
{
    if (filter->on_tracks && !track_conditions(filter, track))
        return 0;
    return !filter->on_entries || passing_entries(filter, track, 1) > 0;
}

static void weigh_entries(const msched__filter *filter, uint32_t *weights)
{
    const msched_catalog *catalog = filter->catalog;
    const uint32_t *starts = catalog->track_entries.starts;
    for (uint32_t t = 0; t < catalog->track_count; t++)
        weights[t] = starts[t + 1] - starts[t];
    if (!filter->on_tracks && !filter->on_entries)
        return;
    for (uint32_t t = 0; t < catalog->track_count; t++)
        if (filter->on_tracks && !track_conditions(filter, t))
            weights[t] = 0;
        else if (filter->on_entries)
            weights[t] = passing_entries(filter, t, UINT32_MAX);
}

static void weigh_recordings(const msched__filter *filter, uint32_t *weights)
{
    const msched_catalog *catalog = filter->catalog;
    const msched__index *tracks = &catalog->recording_tracks;
    memset(weights, 0, catalog->track_count * sizeof *weights);
    for (uint32_t r = 0; r < catalog->recording_count; r++)
        for (uint32_t i = tracks->starts[r]; i < tracks->starts[r + 1]; i++)
            if (msched__filter_track(filter, tracks->rows[i])) {
                weights[tracks->rows[i]] = 1;
                break;
            }
}

void msched__filter_weigh(const msched__filter *filter, uint32_t count_unit, uint32_t *weights)
{
    if (count_unit == MSCHED_COUNT_ENTRIES) {
        weigh_entries(filter, weights);
    } else if (count_unit == MSCHED_COUNT_RECORDINGS) {
        weigh_recordings(filter, weights);
    } else {
        for (uint32_t t = 0; t < filter->catalog->track_count; t++)
            weights[t] = (uint32_t)msched__filter_track(filter, t);
    }
}
