#include "query/popularity/group_index.h"

#include "base/alloc.h"
#include "base/error.h"
#include "catalog/catalog_check.h"
#include "catalog/saved/saved_rows.h"
#include "query/key_order.h"
#include "query/popularity/stats.h"

#include <string.h>

/* Whether counting in a table of all values of all groups is faster. */
static int are_few(uint32_t group_count, uint32_t row_count)
{
    return group_count <= 64 ||
           (uint64_t)group_count * MSCHED__VALUE_COUNT <= 4 * (uint64_t)row_count;
}

static void destroy(msched__attached *attached)
{
    msched__group_index *self = (msched__group_index *)attached;
    msched_allocator allocator = attached->allocator;
    msched__free(&allocator, self->of_entry);
    msched__free(&allocator, self->of_track);
    msched__free(&allocator, self->months);
    msched__free(&allocator, self->track_month);
    for (uint32_t by = 0; by <= MSCHED_BY_YEAR_MONTH; by++) {
        msched__free(&allocator, self->sorted[by].rows);
        msched__free(&allocator, self->sorted[by].values);
        msched__free(&allocator, self->sorted[by].keys);
        msched__free(&allocator, self->sorted[by].labels);
    }
    msched__free(&allocator, self);
}

static void *keep(msched__group_index *self, size_t count, size_t size)
{
    self->attached.memory_bytes += count * size;
    return msched__alloc_array(&self->attached.allocator, count, size);
}

/* Mark the entries whose track is already in the group through an earlier entry. */
static int mark_repeats(msched__group_index *self, const msched_catalog *catalog,
                        const uint32_t *group, uint32_t group_count, msched__value mark)
{
    const msched__index *entries = &catalog->track_entries;
    uint32_t *seen = msched__alloc_zero(&catalog->allocator, group_count, sizeof *seen);
    for (uint32_t track = 0; seen != NULL && track < catalog->track_count; track++)
        for (uint32_t i = entries->starts[track]; i < entries->starts[track + 1]; i++) {
            uint32_t entry = entries->rows[i];
            if (group[entry] == MSCHED__NONE)
                continue;
            if (seen[group[entry]] == track + 1)
                self->of_entry[entry] |= mark;
            seen[group[entry]] = track + 1;
        }
    msched__free(&catalog->allocator, seen);
    return seen != NULL;
}

static int make_values(msched__group_index *self, const msched_catalog *catalog)
{
    const msched__index *tracks = &catalog->recording_tracks;
    self->of_track = keep(self, catalog->track_count, sizeof *self->of_track);
    self->of_entry = keep(self, catalog->entry_count, sizeof *self->of_entry);
    if (self->of_track == NULL || self->of_entry == NULL)
        return 0;
    for (uint32_t r = 0; r < catalog->recording_count; r++)
        for (uint32_t i = tracks->starts[r]; i < tracks->starts[r + 1]; i++) {
            uint32_t track = tracks->rows[i];
            self->of_track[track] = (msched__value)msched__value_of(catalog->popularity[track]) |
                                    (i == tracks->starts[r] ? 0 : MSCHED__VALUE_OUTDONE);
        }
    for (uint32_t entry = 0; entry < catalog->entry_count; entry++)
        self->of_entry[entry] = self->of_track[catalog->entry_track[entry]];
    return mark_repeats(self, catalog, catalog->entry_genre, catalog->genre_count,
                        MSCHED__VALUE_REPEATS) &&
           mark_repeats(self, catalog, catalog->entry_subgenre, catalog->subgenre_count,
                        MSCHED__VALUE_REPEATS << 1) &&
           mark_repeats(self, catalog, catalog->entry_playlist, catalog->playlist_count,
                        MSCHED__VALUE_REPEATS << 2);
}

/* Release dates by month, and the month of each track. */
static int make_months(msched__group_index *self, const msched_catalog *catalog)
{
    int32_t last = 0;
    for (uint32_t t = 0; t < catalog->track_count; t++)
        last = catalog->release_year[t] > last ? catalog->release_year[t] : last;
    uint32_t codes = ((uint32_t)last + 1) << 4;
    uint32_t *places = msched__alloc_zero(&catalog->allocator, codes, sizeof *places);
    self->track_month = keep(self, catalog->track_count, sizeof *self->track_month);
    if (places == NULL || self->track_month == NULL) {
        msched__free(&catalog->allocator, places);
        return 0;
    }
    for (uint32_t t = 0; t < catalog->track_count; t++) {
        self->track_month[t] = (uint32_t)catalog->release_year[t] << 4 | catalog->release_month[t];
        places[self->track_month[t]] = 1;
    }
    places[0] = 0; /* no date */
    for (uint32_t code = 0; code < codes; code++)
        self->month_count += places[code];
    self->months = keep(self, self->month_count, sizeof *self->months);
    for (uint32_t code = 0, place = 0; self->months != NULL && code < codes; code++)
        if (places[code]) {
            self->months[place] = code;
            places[code] = place++;
        }
    places[0] = self->month_count;
    for (uint32_t t = 0; t < catalog->track_count; t++)
        self->track_month[t] = places[self->track_month[t]];
    msched__free(&catalog->allocator, places);
    return self->months != NULL;
}

/*
 * Input of the sort: the rows' groups and values, the groups' keys and labels (NULL: none) and
 * their order (NULL: by number).
 */
typedef struct unsorted {
    const uint32_t *group;
    const msched__value *value;
    uint32_t row_count, group_count;
    const uint32_t *keys, *labels, *order;
} unsorted;

/*
 * Two passes of a stable counting sort: by popularity, then by group. Returns the number of rows in
 * groups.
 */
static uint32_t sort_rows(uint32_t *out, uint32_t *scratch, uint32_t *starts, const unsorted *u)
{
    memset(starts, 0, (MSCHED__VALUE_COUNT + 1) * sizeof *starts);
    for (uint32_t row = 0; row < u->row_count; row++)
        starts[(u->value[row] & MSCHED__VALUE_POPULARITY) + 1]++;
    for (uint32_t v = 0; v < MSCHED__VALUE_COUNT; v++)
        starts[v + 1] += starts[v];
    for (uint32_t row = 0; row < u->row_count; row++)
        scratch[starts[u->value[row] & MSCHED__VALUE_POPULARITY]++] = row;

    memset(starts, 0, (size_t)u->group_count * sizeof *starts);
    for (uint32_t row = 0; row < u->row_count; row++)
        if (u->group[row] != MSCHED__NONE)
            starts[u->group[row]]++;
    uint32_t total = 0;
    for (uint32_t i = 0; i < u->group_count; i++) {
        uint32_t id = u->order == NULL ? i : u->order[i], count = starts[id];
        starts[id] = total;
        total += count;
    }
    for (uint32_t i = 0; i < u->row_count; i++) {
        uint32_t row = scratch[i];
        if (u->group[row] != MSCHED__NONE)
            out[starts[u->group[row]]++] = row;
    }
    return total;
}

static int sort_by(msched__group_index *self, uint32_t by, const unsorted *u)
{
    const msched_allocator *allocator = &self->attached.allocator;
    msched__sorted_rows *sorted = &self->sorted[by];
    uint32_t *scratch = msched__alloc_array(allocator, u->row_count, sizeof *scratch);
    uint32_t *starts = msched__alloc_array(
        allocator, (size_t)u->group_count + MSCHED__VALUE_COUNT + 1, sizeof *starts);
    sorted->rows = keep(self, u->row_count, sizeof *sorted->rows);
    sorted->values = keep(self, u->row_count, sizeof *sorted->values);
    sorted->keys = keep(self, u->group_count, sizeof *sorted->keys);
    sorted->labels = u->labels == NULL ? NULL : keep(self, u->group_count, sizeof *sorted->labels);
    int made = scratch != NULL && starts != NULL && sorted->rows != NULL &&
               sorted->values != NULL && sorted->keys != NULL &&
               (sorted->labels != NULL || u->labels == NULL);
    sorted->row_count = made ? sort_rows(sorted->rows, scratch, starts, u) : 0;
    for (uint32_t i = 0; i < sorted->row_count; i++) {
        uint32_t row = sorted->rows[i], group = u->group[row];
        sorted->values[i] = u->value[row];
        if (i + 1 < sorted->row_count && u->group[sorted->rows[i + 1]] == group)
            continue;
        sorted->values[i] |= MSCHED__VALUE_LAST;
        sorted->keys[sorted->group_count] = u->keys[group];
        if (u->labels != NULL)
            sorted->labels[sorted->group_count] = u->labels[group];
        sorted->group_count++;
    }
    msched__free(allocator, scratch);
    msched__free(allocator, starts);
    return made;
}

static int sort_all(msched__group_index *self, const msched_catalog *c,
                    const msched__key_order *order)
{
    uint32_t *month = msched__alloc_array(&c->allocator, c->track_count, sizeof *month);
    if (month == NULL)
        return 0;
    for (uint32_t t = 0; t < c->track_count; t++)
        month[t] = c->release_month[t] == 0 ? MSCHED__NONE : self->track_month[t];
    const unsorted genres = {c->entry_genre, self->of_entry, c->entry_count, c->genre_count,
                             c->genre_name,  NULL,           order->genres},
                   subgenres = {c->entry_subgenre, self->of_entry,   c->entry_count,
                                c->subgenre_count, c->subgenre_name, NULL,
                                order->subgenres},
                   artists = {c->track_artist, self->of_track, c->track_count, c->artist_count,
                              c->artist_name,  NULL,           order->artists},
                   playlists = {c->entry_playlist, self->of_entry, c->entry_count,
                                c->playlist_count, c->playlist_id, c->playlist_name,
                                order->playlists},
                   months = {
                       month, self->of_track, c->track_count, self->month_count, self->months, NULL,
                       NULL};
    int made = (are_few(c->genre_count, c->entry_count) ||
                sort_by(self, MSCHED_BY_GENRE, &genres)) &&
               (are_few(c->subgenre_count, c->entry_count) ||
                sort_by(self, MSCHED_BY_SUBGENRE, &subgenres)) &&
               sort_by(self, MSCHED_BY_ARTIST, &artists) &&
               sort_by(self, MSCHED_BY_PLAYLIST, &playlists) &&
               sort_by(self, MSCHED_BY_YEAR_MONTH, &months);
    msched__free(&c->allocator, month);
    return made;
}

void msched__group_index_form(msched__attached *attached, const msched_catalog *c,
                              msched__form *form)
{
    msched__group_index *g = (msched__group_index *)attached;
    *form = (msched__form){.section = MSCHED__FORM_GROUPS};
    msched__form_number(form, &g->month_count);
    MSCHED__FORM_ADD(form, g->of_entry, c->entry_count);
    MSCHED__FORM_ADD(form, g->of_track, c->track_count);
    MSCHED__FORM_ADD(form, g->months, g->month_count);
    MSCHED__FORM_ADD(form, g->track_month, c->track_count);
    for (uint32_t by = 0; by <= MSCHED_BY_YEAR_MONTH; by++) {
        msched__sorted_rows *sorted = &g->sorted[by];
        msched__form_number(form, &sorted->row_count);
        msched__form_number(form, &sorted->group_count);
        MSCHED__FORM_ADD_OPTIONAL(form, sorted->rows, sorted->row_count);
        MSCHED__FORM_ADD_OPTIONAL(form, sorted->values, sorted->row_count);
        MSCHED__FORM_ADD_OPTIONAL(form, sorted->keys, sorted->group_count);
        MSCHED__FORM_ADD_OPTIONAL(form, sorted->labels, sorted->group_count);
    }
}

static int is_value(uint32_t value)
{
    return (value & MSCHED__VALUE_POPULARITY) < MSCHED__VALUE_COUNT &&
           value < 2u * MSCHED__VALUE_LAST;
}

/* Items per step of the loops below: a constant that compilers vectorize. */
#define BLOCK 64u

static inline uint16_t wrong_values(const msched__value *values, uint32_t count)
{
    uint16_t wrong = 0;
    for (uint32_t i = 0; i < count; i++)
        wrong |= (uint16_t)(((values[i] & MSCHED__VALUE_POPULARITY) >= MSCHED__VALUE_COUNT) |
                            (values[i] >= MSCHED__VALUE_LAST));
    return wrong;
}

/* Values of rows outside groups: no row is the last of a group. */
static int values_are_sound(const msched__value *values, uint32_t count)
{
    uint32_t at = 0;
    uint16_t wrong = 0;
    for (; count - at >= BLOCK; at += BLOCK)
        wrong |= wrong_values(values + at, BLOCK);
    return (wrong | wrong_values(values + at, count - at)) == 0;
}

/* Ascending dates as year << 4 | month. */
static int months_are_sound(const uint32_t *months, uint32_t count)
{
    uint32_t right = 1;
    for (uint32_t i = 0; i < count; i++)
        right &= (months[i] & 15u) <= 12 && months[i] >> 4 <= 9999 &&
                 (i == 0 || months[i - 1] < months[i]);
    return (int)right;
}

/*
 * Checks that the ends of groups are as many as the groups, that the last row ends a group, and
 * that popularities never fall within a group, so that unknown ones come last.
 */
static int ends_are_sound(const msched__sorted_rows *s)
{
    uint32_t ends = 0, right = 1, least = 0;
    for (uint32_t i = 0; i < s->row_count; i++) {
        const uint32_t popularity = s->values[i] & MSCHED__VALUE_POPULARITY,
                       is_last = (s->values[i] & MSCHED__VALUE_LAST) != 0;
        right &= (uint32_t)is_value(s->values[i]) & (uint32_t)(popularity >= least);
        least = is_last ? 0 : popularity;
        ends += is_last;
    }
    return right && ends == s->group_count &&
           (s->row_count == 0 || (s->values[s->row_count - 1] & MSCHED__VALUE_LAST) != 0);
}

static int sorted_is_sound(const msched__group_index *g, const msched_catalog *c, uint32_t by)
{
    const msched__sorted_rows *s = &g->sorted[by];
    const int of_entries = by == MSCHED_BY_GENRE || by == MSCHED_BY_SUBGENRE ||
                           by == MSCHED_BY_PLAYLIST;
    const uint32_t rows = of_entries ? c->entry_count : c->track_count;
    /* artists, playlists and months are always sorted */
    if (s->rows == NULL)
        return by != MSCHED_BY_ARTIST && by != MSCHED_BY_PLAYLIST && by != MSCHED_BY_YEAR_MONTH;
    if (s->values == NULL || s->keys == NULL || s->row_count > rows ||
        !msched__all_below(s->rows, s->row_count, rows, 0) || !ends_are_sound(s))
        return 0;
    if (by == MSCHED_BY_YEAR_MONTH)
        return s->labels == NULL && months_are_sound(s->keys, s->group_count);
    return msched__all_texts(s->keys, s->group_count, c->text, c->text_size) &&
           (s->labels == NULL ||
            msched__all_texts(s->labels, s->group_count, c->text, c->text_size));
}

/* What an index in a saved catalog is checked for: rows by genre need little of it. */
#define GENRES 1u
#define ALL    2u

static int rows_have_values(const void *ctx, uint32_t from, uint32_t to)
{
    const msched__group_index *g = ctx;
    return values_are_sound(g->of_entry + from, to - from);
}

/* Genres that are not sorted. */
static int genres_are_sound(const msched__group_index *g, const msched_catalog *c)
{
    return msched__rows_are_sound(c, rows_have_values, g, c->entry_count);
}

static int index_is_sound(const msched__group_index *g, const msched_catalog *c)
{
    for (uint32_t by = 0; by <= MSCHED_BY_YEAR_MONTH; by++)
        if (!sorted_is_sound(g, c, by))
            return 0;
    return values_are_sound(g->of_entry, c->entry_count) &&
           values_are_sound(g->of_track, c->track_count) &&
           months_are_sound(g->months, g->month_count) &&
           msched__all_below(g->track_month, c->track_count, (uint64_t)g->month_count + 1, 0);
}

/* Its arrays lie in the file. */
static void destroy_opened(msched__attached *attached)
{
    msched__group_index *instead = atomic_load(&((msched__group_index *)attached)->instead);
    if (instead != NULL)
        destroy(&instead->attached);
    const msched_allocator allocator = attached->allocator;
    msched__free(&allocator, attached);
}

msched__attached *msched__group_index_open(const msched_catalog *catalog)
{
    msched__group_index *g = msched__attached_new(catalog, sizeof *g);
    if (g != NULL) {
        g->attached.destroy = destroy_opened;
        atomic_init(&g->instead, NULL);
        atomic_init(&g->checked, catalog->checks_saved ? 0 : GENRES | ALL);
    }
    return msched__form_open((msched__attached *)g, catalog, msched__group_index_form, NULL);
}

static msched__group_index *build_anew(const msched_catalog *catalog)
{
    const msched__key_order *order = msched__catalog_need_all(catalog, NULL) == MSCHED_OK
                                         ? msched__key_order_of(catalog, NULL)
                                         : NULL;
    msched__group_index *self = order == NULL
                                    ? NULL
                                    : msched__alloc_zero(&catalog->allocator, 1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->attached = (msched__attached){destroy, sizeof *self, catalog->allocator};
    atomic_init(&self->instead, NULL);
    atomic_init(&self->checked, GENRES | ALL);
    if (make_values(self, catalog) && make_months(self, catalog) && sort_all(self, catalog, order))
        return self;
    destroy(&self->attached);
    return NULL;
}

static msched__attached *build(const msched_catalog *catalog)
{
    msched__attached *opened = msched__group_index_open(catalog);
    if (opened != NULL)
        return opened;
    msched__group_index *self = build_anew(catalog);
    return self == NULL ? NULL : &self->attached;
}

/* One that is built from the columns, in place of a saved one that is damaged. */
static const msched__group_index *replace(msched__group_index *damaged,
                                          const msched_catalog *catalog, msched_error *err)
{
    msched__group_index *before = NULL, *built = build_anew(catalog);
    if (built == NULL) {
        if (msched__catalog_why(catalog) == MSCHED_ERROR_SYNTAX)
            msched__catalog_fail(catalog, err);
        else
            msched__fail_memory(err);
        return NULL;
    }
    if (atomic_compare_exchange_strong(&damaged->instead, &before, built))
        return built;
    destroy(&built->attached);
    return before;
}

const msched__group_index *msched__group_index_of(const msched_catalog *catalog, uint32_t by,
                                                  msched_error *err)
{
    msched__group_index *g =
        (msched__group_index *)msched__catalog_attach(catalog, MSCHED__ATTACH_GROUPS, build, err);
    if (g == NULL)
        return NULL;
    const msched__group_index *instead = atomic_load(&g->instead);
    if (instead != NULL)
        return instead;
    /* the names of sorted groups are checked with the others */
    const int by_genre = (by == MSCHED_BY_GENRE || by == MSCHED_BY_SUBGENRE) &&
                         g->sorted[by].rows == NULL;
    const uint32_t need = by_genre ? GENRES : ALL;
    if (atomic_load(&g->checked) & (need | ALL))
        return g;
    if (!by_genre && msched__catalog_need_all(catalog, err) != MSCHED_OK)
        return NULL;
    if (by_genre ? !genres_are_sound(g, catalog) : !index_is_sound(g, catalog))
        return replace(g, catalog, err);
    atomic_fetch_or(&g->checked, need);
    return g;
}
