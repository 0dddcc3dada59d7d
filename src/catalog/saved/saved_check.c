/* Check the columns and indexes of a saved catalog before anything uses them. */
#include "catalog/saved/saved_check.h"

#include "base/thread.h"
#include "base/utf8.h"
#include "catalog/build/builder.h"
#include "catalog/cells/row.h"
#include "catalog/saved/saved_form.h"
#include "catalog/saved/saved_rows.h"

#include <stdatomic.h>
#include <string.h>

static int texts_are_sound(const msched_catalog *c)
{
    const struct {
        const uint32_t *offsets;
        uint32_t count;
    } columns[] = {{c->track_id, c->track_count},        {c->track_name, c->track_count},
                   {c->artist_name, c->artist_count},    {c->album_id, c->album_count},
                   {c->album_name, c->album_count},      {c->playlist_id, c->playlist_count},
                   {c->playlist_name, c->playlist_count}};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        if (!msched__all_texts(columns[i].offsets, columns[i].count, c->text, c->text_size))
            return 0;
    return 1;
}

/* Items per step of the loops below: a constant that compilers vectorize. */
#define BLOCK 64u

static inline uint32_t wrong_popularities(const uint8_t *values, uint32_t count)
{
    uint8_t wrong = 0;
    for (uint32_t i = 0; i < count; i++)
        wrong |= (uint8_t)((values[i] > 100) & (values[i] != MSCHED__POPULARITY_UNKNOWN));
    return wrong;
}

/* 0..100, or not known. */
static int are_popularities(const uint8_t *values, uint32_t count)
{
    uint32_t at = 0, wrong = 0;
    for (; count - at >= BLOCK; at += BLOCK)
        wrong |= wrong_popularities(values + at, BLOCK);
    return (wrong | wrong_popularities(values + at, count - at)) == 0;
}

/*
 * Whether a block of values is in range. NaN, an unknown value, makes every comparison false. Four
 * values at a time, so that none waits for the one before.
 */
static inline int block_in_range(const double *values, msched__range range)
{
    double low[4] = {range.min, range.min, range.min, range.min};
    double high[4] = {range.max, range.max, range.max, range.max};
    for (uint32_t i = 0; i < BLOCK; i += 4)
        for (uint32_t k = 0; k < 4; k++) {
            low[k] = values[i + k] < low[k] ? values[i + k] : low[k];
            high[k] = values[i + k] > high[k] ? values[i + k] : high[k];
        }
    for (uint32_t k = 0; k < 4; k++)
        if (low[k] < range.min || high[k] > range.max)
            return 0;
    return 1;
}

static inline uint16_t largest_code(const uint16_t *codes, uint32_t count)
{
    uint16_t largest = 0;
    for (uint32_t i = 0; i < count; i++)
        largest = codes[i] > largest ? codes[i] : largest;
    return largest;
}

static int codes_are_sound(const uint16_t *codes, uint32_t count, uint32_t value_count)
{
    uint32_t at = 0;
    for (; count - at >= BLOCK; at += BLOCK)
        if (largest_code(codes + at, BLOCK) >= value_count)
            return 0;
    return at == count || largest_code(codes + at, count - at) < value_count;
}

static int feature_is_sound(const msched_catalog *c, uint32_t feature)
{
    const msched__feature *f = &c->feature[feature];
    const uint32_t count = f->value_count;
    uint32_t at = 0;
    if (f->codes == NULL ? count != c->track_count
                         : !codes_are_sound(f->codes, c->track_count, count))
        return 0;
    if (feature != MSCHED_FEATURE_KEY && feature != MSCHED_FEATURE_MODE)
        for (; count - at >= BLOCK; at += BLOCK)
            if (!block_in_range(f->values + at, msched__feature_ranges[feature]))
                return 0;
    for (; at < count; at++)
        if (!msched__feature_in_range(feature, f->values[at]))
            return 0;
    return 1;
}

static int years_are_sound(const msched_catalog *c)
{
    uint32_t wrong = 0;
    for (uint32_t t = 0; t < c->track_count; t++)
        wrong |= (uint32_t)(c->release_year[t] < 0) | (uint32_t)(c->release_year[t] > 9999);
    return !wrong;
}

static int tracks_are_sound(const msched_catalog *c)
{
    const uint32_t tracks = c->track_count;
    return msched__all_below(c->track_artist, tracks, c->artist_count, 0) &&
           msched__all_below(c->track_album, tracks, c->album_count, 1) &&
           msched__all_below(c->track_recording, tracks, c->recording_count, 0) &&
           msched__all_below(c->duration_ms, tracks, UINT64_C(86400001), 0) &&
           are_popularities(c->popularity, tracks) && years_are_sound(c) &&
           msched__all_bytes_below(c->release_month, tracks, 13) &&
           msched__all_bytes_below(c->release_day, tracks, 32);
}

static int entries_are_sound(const msched_catalog *c)
{
    const uint32_t entries = c->entry_count;
    return msched__all_below(c->entry_track, entries, c->track_count, 0) &&
           msched__all_below(c->entry_playlist, entries, c->playlist_count, 1) &&
           are_popularities(c->entry_popularity, entries);
}

/* a comes before b: more popular (unknown is last), then earlier. */
static int comes_before(const msched_catalog *c, uint32_t a, uint32_t b)
{
    const int32_t p = msched__known_popularity(c, a), q = msched__known_popularity(c, b);
    return p > q || (p == q && a < b);
}

/* Strictly in order, so none occurs twice and all occur. */
static int ranking_is_sound(const msched_catalog *c)
{
    uint32_t right = 1;
    if (!msched__all_below(c->tracks_by_popularity, c->track_count, c->track_count, 0))
        return 0;
    for (uint32_t i = 1; i < c->track_count; i++)
        right &= (uint32_t)comes_before(c, c->tracks_by_popularity[i - 1],
                                        c->tracks_by_popularity[i]);
    return (int)right;
}

static int entries_of_tracks_are_sound(const msched_catalog *c)
{
    const msched__index *entries = &c->track_entries;
    uint32_t right = 1;
    if (!msched__is_index(entries, c->track_count, c->entry_count, c->entry_count, 1))
        return 0;
    for (uint32_t t = 0; t < c->track_count; t++)
        for (uint32_t i = entries->starts[t]; i < entries->starts[t + 1]; i++)
            right &= c->entry_track[entries->rows[i]] == t &&
                     (i == entries->starts[t] || entries->rows[i - 1] < entries->rows[i]);
    return (int)right;
}

static int tracks_of_recordings_are_sound(const msched_catalog *c)
{
    const msched__index *tracks = &c->recording_tracks;
    uint32_t right = 1;
    if (!msched__is_index(tracks, c->recording_count, c->track_count, c->track_count, 1))
        return 0;
    for (uint32_t r = 0; r < c->recording_count; r++)
        for (uint32_t i = tracks->starts[r]; i < tracks->starts[r + 1]; i++)
            right &= c->track_recording[tracks->rows[i]] == r &&
                     (i == tracks->starts[r] ||
                      comes_before(c, tracks->rows[i - 1], tracks->rows[i]));
    return (int)right;
}

/* There is a free slot, where a search ends. */
static int slots_are_sound(const msched_catalog *c)
{
    uint32_t is_free = 0;
    if (c->id_slot_count == 0 || (c->id_slot_count & (c->id_slot_count - 1)) != 0)
        return 0;
    for (uint32_t i = 0; i < c->id_slot_count; i++)
        is_free |= c->id_slots[i] == MSCHED__NONE;
    return is_free && msched__all_below(c->id_slots, c->id_slot_count, c->track_count, 1);
}

static int members_are_sound(const msched__index *index, uint32_t keys, uint32_t rows)
{
    if (index->starts == NULL || index->rows == NULL)
        return index->starts == NULL && index->rows == NULL;
    return msched__is_index(index, keys, rows, keys, 1);
}

static int lists_are_sound(const msched_catalog *c)
{
    return members_are_sound(&c->artist_members, c->artist_count, c->member_rows[0]) &&
           members_are_sound(&c->genre_members, c->genre_count, c->member_rows[1]) &&
           members_are_sound(&c->subgenre_members, c->subgenre_count, c->member_rows[2]);
}

/* The pool ends with a NUL, so that each text in it ends. */
static int text_is_sound(const msched_catalog *c, uint32_t offset)
{
    if (offset >= c->text_size || (offset > 0 && c->text[offset - 1] != '\0'))
        return 0;
    const size_t size = strlen(c->text + offset);
    return msched__utf8_check(c->text + offset, size) == size;
}

/* A text of an item; MSCHED__NONE has none. */
static int name_is_sound(const msched_catalog *c, const uint32_t *names, uint32_t count,
                         uint32_t item)
{
    return item == MSCHED__NONE || (item < count && text_is_sound(c, names[item]));
}

static int names_are_sound(const msched_catalog *c, const uint32_t *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!text_is_sound(c, names[i]))
            return 0;
    return 1;
}

static int rows_of_genres(const void *ctx, uint32_t from, uint32_t to)
{
    const msched_catalog *c = ctx;
    return msched__all_below(c->entry_genre + from, to - from, c->genre_count, 1);
}

static int rows_of_subgenres(const void *ctx, uint32_t from, uint32_t to)
{
    const msched_catalog *c = ctx;
    return msched__all_below(c->entry_subgenre + from, to - from, c->subgenre_count, 1);
}

/* Checked alone, several threads share the rows; else they check other parts meanwhile. */
static int entries_pass(const msched_catalog *c, msched__rows_check *check, int is_alone)
{
    return is_alone ? msched__rows_are_sound(c, check, c, c->entry_count)
                    : check(c, 0, c->entry_count);
}

/* The texts that an item's text names, and its own. */
static int members_of_are_sound(const msched_catalog *c, const msched__index *lists,
                                const uint32_t *names, uint32_t count, uint32_t item)
{
    const uint32_t *members;
    if (!name_is_sound(c, names, count, item))
        return 0;
    const uint32_t member_count = msched__members_of(lists, &item, &members);
    for (uint32_t i = 0; i < member_count; i++)
        if (!text_is_sound(c, names[members[i]]))
            return 0;
    return 1;
}

static int date_is_sound(const msched_catalog *c, uint32_t track)
{
    return c->release_year[track] >= 0 && c->release_year[track] <= 9999 &&
           c->release_month[track] < 13 && c->release_day[track] < 32;
}

static int track_is_sound(const msched_catalog *c, uint32_t track)
{
    if (msched__catalog_need(c, UINT32_C(1) << MSCHED__PART_LISTS, NULL) != MSCHED_OK)
        return 0;
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++) {
        const msched__feature *of = &c->feature[f];
        const uint32_t place = of->codes == NULL ? track : of->codes[track];
        if (place >= of->value_count || !msched__feature_in_range(f, of->values[place]))
            return 0;
    }
    const uint32_t album = c->track_album[track];
    return text_is_sound(c, c->track_id[track]) && text_is_sound(c, c->track_name[track]) &&
           c->track_artist[track] < c->artist_count &&
           members_of_are_sound(c, &c->artist_members, c->artist_name, c->artist_count,
                                c->track_artist[track]) &&
           name_is_sound(c, c->album_id, c->album_count, album) &&
           name_is_sound(c, c->album_name, c->album_count, album) &&
           c->track_recording[track] < c->recording_count && c->duration_ms[track] <= 86400000 &&
           are_popularities(&c->popularity[track], 1) && date_is_sound(c, track);
}

static int entry_is_sound(const msched_catalog *c, uint32_t entry)
{
    const uint32_t playlist = c->entry_playlist[entry];
    return msched__catalog_need(c, UINT32_C(1) << MSCHED__PART_LISTS, NULL) == MSCHED_OK &&
           c->entry_track[entry] < c->track_count &&
           name_is_sound(c, c->playlist_id, c->playlist_count, playlist) &&
           name_is_sound(c, c->playlist_name, c->playlist_count, playlist) &&
           members_of_are_sound(c, &c->genre_members, c->genre_name, c->genre_count,
                                c->entry_genre[entry]) &&
           members_of_are_sound(c, &c->subgenre_members, c->subgenre_name, c->subgenre_count,
                                c->entry_subgenre[entry]) &&
           are_popularities(&c->entry_popularity[entry], 1);
}

typedef struct check {
    const msched_catalog *catalog;
    uint32_t parts; /* to be checked */
    int is_one;     /* they are one */
    atomic_uint next_part;
    atomic_int failed;
} check;

static int part_is_sound(const msched_catalog *c, uint32_t part, int is_alone)
{
    switch (part) {
    case MSCHED__PART_TEXT_POOL:
        return msched__is_text_pool(c->text, c->text_size);
    case MSCHED__PART_RANKING:
        return ranking_is_sound(c);
    case MSCHED__PART_ENTRIES_OF_TRACKS:
        return entries_of_tracks_are_sound(c);
    case MSCHED__PART_TRACKS_OF_RECORDINGS:
        return tracks_of_recordings_are_sound(c);
    case MSCHED__PART_TEXTS:
        return texts_are_sound(c);
    case MSCHED__PART_TRACKS:
        return tracks_are_sound(c);
    case MSCHED__PART_ENTRIES:
        return entries_are_sound(c);
    case MSCHED__PART_SLOTS:
        return slots_are_sound(c);
    case MSCHED__PART_LISTS:
        return lists_are_sound(c);
    case MSCHED__PART_GENRES:
        return names_are_sound(c, c->genre_name, c->genre_count) &&
               entries_pass(c, rows_of_genres, is_alone);
    case MSCHED__PART_SUBGENRES:
        return names_are_sound(c, c->subgenre_name, c->subgenre_count) &&
               entries_pass(c, rows_of_subgenres, is_alone);
    default:
        return feature_is_sound(c, part - MSCHED__PART_FEATURES);
    }
}

/* Take parts until none is left, or one has failed. */
static void *run(void *ctx)
{
    check *all = ctx;
    uint32_t part;
    while (!atomic_load(&all->failed) &&
           (part = atomic_fetch_add(&all->next_part, 1)) < MSCHED__PARTS)
        if ((all->parts >> part & 1) && !part_is_sound(all->catalog, part, all->is_one))
            atomic_store(&all->failed, 1);
    return NULL;
}

/* For fewer bytes, starting a thread takes a large part of the time. */
#define THREAD_BYTES (1u << 20)

/* A text whose only NUL is its last byte. */
static int is_one_text(const char *text, uint32_t size)
{
    return size > 0 && msched__is_text_pool(text, size) && strlen(text) + 1 == size;
}

static int reports_are_sound(const msched_catalog *c, const msched__saved_numbers *numbers)
{
    for (uint32_t i = 0; i < c->skip_reason_count; i++) {
        const char *message = c->skip_reasons[i].message;
        const size_t size = strnlen(message, sizeof c->skip_reasons[i].message);
        if (size == sizeof c->skip_reasons[i].message || msched__utf8_check(message, size) != size)
            return 0;
    }
    return is_one_text(c->report_json, numbers->words[MSCHED__SAVED_JSON_SIZE]) &&
           is_one_text(c->report_text, numbers->words[MSCHED__SAVED_REPORT_SIZE]);
}

/* What is used without a further check, and small. */
int msched__catalog_front_is_sound(const msched_catalog *c, const msched__saved_numbers *numbers)
{
    return c->text_size > 0 && c->text_size <= UINT32_MAX && c->text[0] == '\0' &&
           c->text[c->text_size - 1] == '\0' && c->id_slot_count > 0 &&
           (c->id_slot_count & (c->id_slot_count - 1)) == 0 &&
           c->single_artists <= c->artist_count && c->single_genres <= c->genre_count &&
           c->single_subgenres <= c->subgenre_count && reports_are_sound(c, numbers);
}

static int all_are_sound(const msched_catalog *catalog, uint32_t parts)
{
    check all = {.catalog = catalog, .parts = parts, .is_one = (parts & (parts - 1)) == 0};
    atomic_init(&all.next_part, 0);
    atomic_init(&all.failed, 0);
    const int by_threads = !all.is_one && catalog->checks_by_threads &&
                           catalog->saved.size >= THREAD_BYTES;
    msched__threads_run(by_threads ? MSCHED__THREADS_MAX : 1, run, &all);
    return !atomic_load(&all.failed);
}

const msched__catalog_checks msched__saved_checks = {all_are_sound, track_is_sound, entry_is_sound};
