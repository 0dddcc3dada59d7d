#include "query/popularity/group_keys.h"

#include "base/alloc.h"
#include "base/error.h"
#include "catalog/catalog_check.h"
#include "query/key_order.h"

/* The part of a date by which it is grouped, of "year << 4 | month"; 0: not known. */
static uint32_t date_part(uint32_t by, uint32_t month)
{
    if (by == MSCHED_BY_MONTH)
        return month & 15u;
    uint32_t year = month >> 4;
    return (by == MSCHED_BY_DECADE ? year - year % 10 : year) << 4;
}

/* Group the few months of the catalog, and the tracks by month. */
static msched_result group_dates(msched__group_keys *keys, const msched_allocator *allocator,
                                 msched_error *err)
{
    const msched__group_index *index = keys->index;
    uint32_t month_count = index->month_count, track_count = keys->catalog->track_count;
    uint32_t *group_of = msched__alloc_array(allocator, (size_t)month_count + 1, sizeof *group_of);
    keys->own_groups = msched__alloc_array(allocator, track_count, sizeof *keys->own_groups);
    keys->own_dates = msched__alloc_array(allocator, month_count < 12 ? 12 : month_count,
                                          sizeof *keys->own_dates);
    if (group_of == NULL || keys->own_groups == NULL || keys->own_dates == NULL) {
        msched__free(allocator, group_of);
        return msched__fail_memory(err);
    }
    keys->count = keys->by == MSCHED_BY_MONTH ? 12 : 0;
    for (uint32_t i = 0; i < keys->count; i++)
        keys->own_dates[i] = i + 1;
    for (uint32_t m = 0; m < month_count; m++) {
        uint32_t part = date_part(keys->by, index->months[m]);
        if (keys->by != MSCHED_BY_MONTH &&
            (keys->count == 0 || keys->own_dates[keys->count - 1] != part))
            keys->own_dates[keys->count++] = part;
        group_of[m] = keys->by != MSCHED_BY_MONTH ? keys->count - 1
                      : part == 0                 ? MSCHED__NONE
                                                  : part - 1;
    }
    group_of[month_count] = MSCHED__NONE; /* no date */
    for (uint32_t t = 0; t < track_count; t++)
        keys->own_groups[t] = group_of[index->track_month[t]];
    msched__free(allocator, group_of);
    keys->of_row = keys->own_groups;
    keys->keys = keys->own_dates;
    return MSCHED_OK;
}

msched_result msched__group_keys_create(msched__group_keys *keys, const msched_catalog *catalog,
                                        uint32_t by, const msched_allocator *allocator,
                                        msched_error *err)
{
    *keys = (msched__group_keys){.catalog = catalog, .by = by, .count = 1};
    const msched__key_order *order = msched__key_order_of(catalog, err);
    keys->index = order == NULL ? NULL : msched__group_index_of(catalog, by, err);
    if (keys->index == NULL)
        return msched__catalog_why(catalog);
    keys->are_dates = by >= MSCHED_BY_YEAR;
    keys->of_entries = by == MSCHED_BY_GENRE || by == MSCHED_BY_SUBGENRE ||
                       by == MSCHED_BY_PLAYLIST;
    switch (by) {
    case MSCHED_BY_NOTHING:
        return MSCHED_OK;
    case MSCHED_BY_GENRE:
        keys->repeats = MSCHED__VALUE_REPEATS;
        keys->of_row = catalog->entry_genre;
        keys->count = catalog->genre_count;
        keys->order = order->genres;
        keys->keys = keys->labels = catalog->genre_name;
        break;
    case MSCHED_BY_SUBGENRE:
        keys->repeats = MSCHED__VALUE_REPEATS << 1;
        keys->of_row = catalog->entry_subgenre;
        keys->count = catalog->subgenre_count;
        keys->order = order->subgenres;
        keys->keys = keys->labels = catalog->subgenre_name;
        break;
    case MSCHED_BY_ARTIST:
        keys->of_row = catalog->track_artist;
        keys->count = catalog->artist_count;
        keys->order = order->artists;
        keys->keys = keys->labels = catalog->artist_name;
        break;
    case MSCHED_BY_PLAYLIST:
        keys->repeats = MSCHED__VALUE_REPEATS << 2;
        keys->of_row = catalog->entry_playlist;
        keys->count = catalog->playlist_count;
        break;
    case MSCHED_BY_YEAR:
    case MSCHED_BY_DECADE:
    case MSCHED_BY_MONTH:
        return group_dates(keys, allocator, err);
    default:
        break;
    }
    const msched__sorted_rows *sorted = &keys->index->sorted[by];
    const msched__index *const lists = by == MSCHED_BY_GENRE      ? &catalog->genre_members
                                       : by == MSCHED_BY_SUBGENRE ? &catalog->subgenre_members
                                                                  : &catalog->artist_members;
    if (by <= MSCHED_BY_ARTIST && lists->starts != NULL) {
        keys->lists = lists;
        return MSCHED_OK;
    }
    if (sorted->rows != NULL) {
        keys->sorted = sorted;
        keys->keys = sorted->keys;
        keys->labels = sorted->labels == NULL ? sorted->keys : sorted->labels;
    }
    return MSCHED_OK;
}

void msched__group_keys_free(msched__group_keys *keys, const msched_allocator *allocator)
{
    msched__free(allocator, keys->own_groups);
    msched__free(allocator, keys->own_dates);
    keys->own_groups = keys->own_dates = NULL;
}

static char *put_digits(char *at, uint32_t value, unsigned digits)
{
    for (unsigned i = digits; i-- > 0; value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + digits;
}

void msched__group_keys_write_date(const msched__group_keys *keys, uint32_t group,
                                   char text[MSCHED__KEY_TEXT_SIZE])
{
    uint32_t year = keys->keys[group] >> 4, month = keys->keys[group] & 15u;
    if (keys->by != MSCHED_BY_MONTH)
        text = put_digits(text, year, 4);
    if (keys->by == MSCHED_BY_YEAR_MONTH)
        *text++ = '-';
    if (keys->by == MSCHED_BY_YEAR_MONTH || keys->by == MSCHED_BY_MONTH)
        text = put_digits(text, month, 2);
    *text = '\0';
}
