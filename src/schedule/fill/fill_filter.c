#include "schedule/fill/fill_filter.h"

#include <string.h>

typedef struct names {
    const uint32_t *name; /* text offsets in the catalog */
    uint32_t count;
} names;

typedef struct names_wanted {
    const char *const *name;
    uint32_t count;
} names_wanted;

/* A flag for each name of the catalog that is one of `wanted`; NULL when out of memory. */
static uint8_t *name_set(msched__arena *arena, const msched_catalog *catalog, names of,
                         names_wanted wanted)
{
    uint8_t *set = msched__arena_alloc(arena, of.count, 1);
    if (set == NULL)
        return NULL;
    for (uint32_t i = 0; i < of.count; i++) {
        const char *name = msched__catalog_text(catalog, of.name[i]);
        set[i] = 0;
        for (uint32_t k = 0; k < wanted.count; k++)
            set[i] |= name[0] == wanted.name[k][0] && strcmp(name, wanted.name[k]) == 0;
    }
    return set;
}

/* A flag for each avoided recording; NULL when out of memory. */
static uint8_t *avoided_set(msched__arena *arena, const msched__fill_filter *filter,
                            const msched_listening *rules)
{
    const msched__duplicates *recordings = filter->recordings;
    uint8_t *set = msched__arena_alloc(arena, recordings->count, 1);
    if (set == NULL)
        return NULL;
    memset(set, 0, recordings->count);
    for (uint32_t i = 0; i < rules->fill_avoid_count; i++) {
        uint32_t track;
        if (msched_catalog_find_id(filter->catalog, rules->fill_avoid[i], &track, NULL) ==
            MSCHED_OK)
            set[recordings->of_track[track]] = 1;
    }
    return set;
}

int msched__fill_filter_init(msched__fill_filter *filter, msched__arena *arena,
                             const msched_catalog *catalog, const msched__moods *moods,
                             const msched_listening *rules)
{
    memset(filter, 0, sizeof *filter);
    filter->catalog = catalog;
    filter->moods = moods;
    filter->recordings = msched__duplicates_of(catalog, NULL);
    if (filter->recordings == NULL)
        return 0;
    if (rules->fill_genre_count > 0 &&
        (filter->genre_set =
             name_set(arena, catalog, (names){catalog->genre_name, catalog->genre_count},
                      (names_wanted){rules->fill_genres, rules->fill_genre_count})) == NULL)
        return 0;
    if (rules->fill_subgenre_count > 0 &&
        (filter->subgenre_set =
             name_set(arena, catalog, (names){catalog->subgenre_name, catalog->subgenre_count},
                      (names_wanted){rules->fill_subgenres, rules->fill_subgenre_count})) == NULL)
        return 0;
    if (rules->fill_artist_count > 0 &&
        (filter->artist_set =
             name_set(arena, catalog, (names){catalog->artist_name, catalog->artist_count},
                      (names_wanted){rules->fill_artists, rules->fill_artist_count})) == NULL)
        return 0;
    if (filter->genre_set != NULL)
        msched__flag_lists(&catalog->genre_members, catalog->genre_count, filter->genre_set);
    if (filter->subgenre_set != NULL)
        msched__flag_lists(&catalog->subgenre_members, catalog->subgenre_count,
                           filter->subgenre_set);
    if (filter->artist_set != NULL)
        msched__flag_lists(&catalog->artist_members, catalog->artist_count, filter->artist_set);
    if (rules->fill_avoid_count > 0 &&
        (filter->avoided = avoided_set(arena, filter, rules)) == NULL)
        return 0;
    filter->year_min = rules->fill_year_min;
    filter->year_max = rules->fill_year_max;
    filter->min_popularity = rules->fill_min_popularity;
    filter->max_track_s = rules->fill_max_track_s;
    return 1;
}

/*
 * Whether one of the track's entries has a wanted genre (`values` is the entries' genre or
 * subgenre).
 */
static int entry_passes(const msched_catalog *catalog, uint32_t track, const uint32_t *values,
                        const uint8_t *set)
{
    const msched__index *index = &catalog->track_entries;
    for (uint32_t i = index->starts[track]; i < index->starts[track + 1]; i++) {
        uint32_t value = values[index->rows[i]];
        if (value != MSCHED__NONE && set[value])
            return 1;
    }
    return 0;
}

int msched__fill_filter_passes(const msched__fill_filter *filter, uint32_t track)
{
    const msched_catalog *catalog = filter->catalog;
    int32_t year = catalog->release_year[track];
    if (catalog->duration_ms[track] == 0 ||
        (uint32_t)msched__popularity_or_0(catalog, track) < filter->min_popularity)
        return 0;
    if (filter->max_track_s > 0 && msched__track_length_s(catalog, track) > filter->max_track_s)
        return 0;
    if (filter->avoided != NULL && filter->avoided[filter->recordings->of_track[track]])
        return 0;
    if (filter->artist_set != NULL && !filter->artist_set[catalog->track_artist[track]])
        return 0;
    if ((filter->year_min != 0 || filter->year_max != 0) &&
        (year == 0 || (filter->year_min != 0 && year < filter->year_min) ||
         (filter->year_max != 0 && year > filter->year_max)))
        return 0;
    return (filter->genre_set == NULL ||
            entry_passes(catalog, track, catalog->entry_genre, filter->genre_set)) &&
           (filter->subgenre_set == NULL ||
            entry_passes(catalog, track, catalog->entry_subgenre, filter->subgenre_set));
}
