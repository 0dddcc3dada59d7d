#include "query/group_keys.h"

#include "base/alloc.h"
#include "base/error.h"

#include <musicsched/popularity.h>

static void years_of(const msched_catalog *catalog, int32_t *first, int32_t *last)
{
    *first = INT16_MAX;
    *last = 0;
    for (uint32_t t = 0; t < catalog->track_count; t++) {
        int32_t year = catalog->release_year[t];
        *first = year != 0 && year < *first ? year : *first;
        *last = year > *last ? year : *last;
    }
    if (*last == 0)
        *first = 0; /* no dates at all */
}

/* Group of a date, or MSCHED__NONE. */
static uint32_t date_group(uint32_t by, int32_t first, int32_t year, uint32_t month)
{
    if (year == 0)
        return MSCHED__NONE;
    if (by == MSCHED_BY_YEAR)
        return (uint32_t)(year - first);
    if (by == MSCHED_BY_DECADE)
        return (uint32_t)(year / 10 - first);
    if (month == 0)
        return MSCHED__NONE;
    return by == MSCHED_BY_MONTH ? month - 1 : (uint32_t)(year - first) * 12 + month - 1;
}

static msched_result group_dates(msched__group_keys *keys, const msched_allocator *allocator, msched_error *err)
{
    const msched_catalog *catalog = keys->catalog;
    int32_t first, last;
    years_of(catalog, &first, &last);
    keys->first = keys->by == MSCHED_BY_DECADE ? first / 10 : first;
    uint32_t years = (uint32_t)(last - first) + 1;
    keys->count = keys->by == MSCHED_BY_MONTH    ? 12
                  : keys->by == MSCHED_BY_DECADE ? (uint32_t)(last / 10 - first / 10) + 1
                  : keys->by == MSCHED_BY_YEAR   ? years
                                                 : years * 12;
    keys->own = msched__alloc_array(allocator, catalog->track_count, sizeof *keys->own);
    if (keys->own == NULL)
        return msched__fail_memory(err);
    for (uint32_t t = 0; t < catalog->track_count; t++)
        keys->own[t] = date_group(keys->by, keys->first, catalog->release_year[t], catalog->release_month[t]);
    keys->of_track = keys->own;
    return MSCHED_OK;
}

msched_result msched__group_keys_create(msched__group_keys *keys, const msched_catalog *catalog, uint32_t by,
                                        const msched_allocator *allocator, msched_error *err)
{
    *keys = (msched__group_keys){.catalog = catalog, .by = by, .count = 1};
    if (by == MSCHED_BY_NOTHING)
        return MSCHED_OK;
    if (by >= MSCHED_BY_YEAR)
        return group_dates(keys, allocator, err);
    const msched__key_order *order = msched__key_order_of(catalog, err);
    if (order == NULL)
        return MSCHED_ERROR_MEMORY;
    switch (by) {
    case MSCHED_BY_GENRE:
        keys->of_entry = catalog->entry_genre;
        keys->count = catalog->genre_count;
        keys->order = order->genres;
        break;
    case MSCHED_BY_SUBGENRE:
        keys->of_entry = catalog->entry_subgenre;
        keys->count = catalog->subgenre_count;
        keys->order = order->subgenres;
        break;
    case MSCHED_BY_PLAYLIST:
        keys->of_entry = catalog->entry_playlist;
        keys->count = catalog->playlist_count;
        keys->order = order->playlists;
        break;
    default:
        keys->of_track = catalog->track_artist;
        keys->count = catalog->artist_count;
        keys->order = order->artists;
        keys->sorted_tracks = order->artist_values == NULL ? NULL : order->artist_tracks;
        keys->sorted_values = order->artist_values;
        keys->sorted_names = order->artist_names;
        break;
    }
    return MSCHED_OK;
}

void msched__group_keys_free(msched__group_keys *keys, const msched_allocator *allocator)
{
    msched__free(allocator, keys->own);
    keys->own = NULL;
}

static char *put_digits(char *at, uint32_t value, unsigned digits)
{
    for (unsigned i = digits; i-- > 0; value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + digits;
}

static void name_date(const msched__group_keys *keys, uint32_t group, char *text)
{
    uint32_t first = (uint32_t)keys->first;
    if (keys->by == MSCHED_BY_MONTH) {
        text = put_digits(text, group + 1, 2);
    } else if (keys->by == MSCHED_BY_YEAR_MONTH) {
        text = put_digits(text, first + group / 12, 4);
        *text++ = '-';
        text = put_digits(text, group % 12 + 1, 2);
    } else {
        text = put_digits(text, keys->by == MSCHED_BY_DECADE ? (first + group) * 10 : first + group, 4);
    }
    *text = '\0';
}

void msched__group_keys_name(const msched__group_keys *keys, uint32_t group, char text[MSCHED__KEY_TEXT_SIZE], const char **key,
                             const char **label)
{
    const msched_catalog *catalog = keys->catalog;
    uint32_t key_text;
    switch (keys->by) {
    case MSCHED_BY_NOTHING:
        *key = *label = "all";
        return;
    case MSCHED_BY_GENRE:
        key_text = catalog->genre_name[group];
        break;
    case MSCHED_BY_SUBGENRE:
        key_text = catalog->subgenre_name[group];
        break;
    case MSCHED_BY_ARTIST:
        key_text = catalog->artist_name[group];
        break;
    case MSCHED_BY_PLAYLIST:
        *key = msched__catalog_text(catalog, catalog->playlist_id[group]);
        *label = msched__catalog_text(catalog, catalog->playlist_name[group]);
        return;
    default:
        name_date(keys, group, text);
        *key = *label = text;
        return;
    }
    *key = *label = msched__catalog_text(catalog, key_text);
}
