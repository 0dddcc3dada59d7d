/* The catalog's own columns and indexes in a saved catalog. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "catalog/builder.h"
#include "catalog/load_job.h"
#include "catalog/saved.h"

#include <string.h>

/* Numbers of a catalog that are no 32-bit fields; 64-bit ones take two words. */
enum {
    TEXT_SIZE = 0,
    HASH_KEY = 2,
    UNREADABLE = 4,
    CONFLICTS = 6,
    ASSUMPTIONS = 8,
    ROWS_SKIPPED = 10,
    ARTIST_ROWS = 12,
    GENRE_ROWS = 13,
    SUBGENRE_ROWS = 14,
    JSON_SIZE = 15,
    REPORT_SIZE = 16,
    VARIES = 17,
    NUMBERS = 18
};

static uint64_t wide(const msched__saved_numbers *numbers, uint32_t at)
{
    return (uint64_t)numbers->words[at] << 32 | numbers->words[at + 1];
}

static void put_wide(msched__saved_numbers *numbers, uint32_t at, uint64_t value)
{
    numbers->words[at] = (uint32_t)(value >> 32);
    numbers->words[at + 1] = (uint32_t)value;
}

static uint32_t rows_of(const msched__index *index, uint32_t keys)
{
    return index->starts == NULL ? 0 : index->starts[keys];
}

void msched__catalog_numbers(const msched_catalog *c, uint64_t key, msched__saved_numbers *numbers)
{
    *numbers = (msched__saved_numbers){{0}};
    put_wide(numbers, TEXT_SIZE, c->text_size);
    put_wide(numbers, HASH_KEY, key);
    put_wide(numbers, UNREADABLE, c->unreadable_cells);
    put_wide(numbers, CONFLICTS, c->conflicts);
    put_wide(numbers, ASSUMPTIONS, c->assumptions);
    put_wide(numbers, ROWS_SKIPPED, c->rows_skipped);
    numbers->words[ARTIST_ROWS] = rows_of(&c->artist_members, c->artist_count);
    numbers->words[GENRE_ROWS] = rows_of(&c->genre_members, c->genre_count);
    numbers->words[SUBGENRE_ROWS] = rows_of(&c->subgenre_members, c->subgenre_count);
    numbers->words[JSON_SIZE] = (uint32_t)strlen(c->report_json) + 1;
    numbers->words[REPORT_SIZE] = (uint32_t)strlen(c->report_text) + 1;
    numbers->words[VARIES] = c->popularity_varies != 0;
}

static void take_numbers(msched_catalog *c, const msched__saved_numbers *numbers)
{
    c->text_size = (size_t)wide(numbers, TEXT_SIZE);
    c->hash_key = wide(numbers, HASH_KEY);
    c->unreadable_cells = wide(numbers, UNREADABLE);
    c->conflicts = wide(numbers, CONFLICTS);
    c->assumptions = wide(numbers, ASSUMPTIONS);
    c->rows_skipped = wide(numbers, ROWS_SKIPPED);
    c->popularity_varies = numbers->words[VARIES] != 0;
}

static void list_numbers(msched_catalog *c, msched__saved_numbers *numbers, msched__form *form)
{
    uint32_t *const counts[] = {&c->track_count,      &c->entry_count,      &c->recording_count,
                                &c->artist_count,     &c->album_count,      &c->playlist_count,
                                &c->genre_count,      &c->subgenre_count,   &c->single_artists,
                                &c->single_genres,    &c->single_subgenres, &c->id_slot_count,
                                &c->skip_reason_count};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        msched__form_number(form, counts[i]);
    for (uint32_t i = 0; i < NUMBERS; i++)
        msched__form_number(form, &numbers->words[i]);
}

static void list_tracks(msched_catalog *c, msched__form *form)
{
    const uint64_t tracks = c->track_count;
    MSCHED__FORM_ADD(form, c->track_id, tracks);
    MSCHED__FORM_ADD(form, c->track_name, tracks);
    MSCHED__FORM_ADD(form, c->track_artist, tracks);
    MSCHED__FORM_ADD(form, c->track_album, tracks);
    MSCHED__FORM_ADD(form, c->track_recording, tracks);
    MSCHED__FORM_ADD(form, c->duration_ms, tracks);
    MSCHED__FORM_ADD(form, c->popularity, tracks);
    MSCHED__FORM_ADD(form, c->release_year, tracks);
    MSCHED__FORM_ADD(form, c->release_month, tracks);
    MSCHED__FORM_ADD(form, c->release_day, tracks);
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++)
        MSCHED__FORM_ADD(form, c->feature[f], tracks);
    MSCHED__FORM_ADD(form, c->tracks_by_popularity, tracks);
    MSCHED__FORM_ADD(form, c->track_entries.starts, tracks + 1);
    MSCHED__FORM_ADD(form, c->track_entries.rows, c->entry_count);
    MSCHED__FORM_ADD(form, c->recording_tracks.starts, (uint64_t)c->recording_count + 1);
    MSCHED__FORM_ADD(form, c->recording_tracks.rows, tracks);
    MSCHED__FORM_ADD(form, c->id_slots, c->id_slot_count);
}

static void list_names(msched_catalog *c, msched__form *form)
{
    MSCHED__FORM_ADD(form, c->text, c->text_size);
    MSCHED__FORM_ADD(form, c->artist_name, c->artist_count);
    MSCHED__FORM_ADD(form, c->album_id, c->album_count);
    MSCHED__FORM_ADD(form, c->album_name, c->album_count);
    MSCHED__FORM_ADD(form, c->playlist_id, c->playlist_count);
    MSCHED__FORM_ADD(form, c->playlist_name, c->playlist_count);
    MSCHED__FORM_ADD(form, c->genre_name, c->genre_count);
    MSCHED__FORM_ADD(form, c->subgenre_name, c->subgenre_count);
    MSCHED__FORM_ADD(form, c->entry_track, c->entry_count);
    MSCHED__FORM_ADD(form, c->entry_playlist, c->entry_count);
    MSCHED__FORM_ADD(form, c->entry_genre, c->entry_count);
    MSCHED__FORM_ADD(form, c->entry_subgenre, c->entry_count);
    MSCHED__FORM_ADD(form, c->entry_popularity, c->entry_count);
}

static void list_members(msched__index *index, uint32_t keys, uint32_t rows, msched__form *form)
{
    MSCHED__FORM_ADD_OPTIONAL(form, index->starts, (uint64_t)keys + 1);
    MSCHED__FORM_ADD_OPTIONAL(form, index->rows, rows);
}

void msched__catalog_form(msched_catalog *c, msched__saved_numbers *numbers, msched__form *form)
{
    *form = (msched__form){.section = MSCHED__FORM_CATALOG};
    list_numbers(c, numbers, form);
    list_tracks(c, form);
    list_names(c, form);
    list_members(&c->artist_members, c->artist_count, numbers->words[ARTIST_ROWS], form);
    list_members(&c->genre_members, c->genre_count, numbers->words[GENRE_ROWS], form);
    list_members(&c->subgenre_members, c->subgenre_count, numbers->words[SUBGENRE_ROWS], form);
    MSCHED__FORM_ADD(form, c->report_json, numbers->words[JSON_SIZE]);
    MSCHED__FORM_ADD(form, c->report_text, numbers->words[REPORT_SIZE]);
    MSCHED__FORM_ADD(form, c->skip_reasons, c->skip_reason_count);
}

void msched__catalog_place_ids(const msched_catalog *c, uint64_t key, uint32_t *slots)
{
    const uint32_t mask = c->id_slot_count - 1;
    memset(slots, 0xFF, c->id_slot_count * sizeof *slots);
    for (uint32_t track = 0; track < c->track_count; track++) {
        const char *id = msched__catalog_text(c, c->track_id[track]);
        uint32_t at = (uint32_t)msched__hash_by(key, id, strlen(id)) & mask;
        while (slots[at] != MSCHED__NONE)
            at = (at + 1) & mask;
        slots[at] = track;
    }
}

static int texts_are_sound(const msched_catalog *c)
{
    const struct {
        const uint32_t *offsets;
        uint32_t count;
    } columns[] = {{c->track_id, c->track_count},         {c->track_name, c->track_count},
                   {c->artist_name, c->artist_count},     {c->album_id, c->album_count},
                   {c->album_name, c->album_count},       {c->playlist_id, c->playlist_count},
                   {c->playlist_name, c->playlist_count}, {c->genre_name, c->genre_count},
                   {c->subgenre_name, c->subgenre_count}};
    if (c->text_size == 0 || c->text_size > UINT32_MAX || c->text[0] != '\0' ||
        !msched__is_text_pool(c->text, c->text_size))
        return 0;
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        if (!msched__all_texts(columns[i].offsets, columns[i].count, c->text, c->text_size))
            return 0;
    return 1;
}

/* 0..100, or not known. */
static int are_popularities(const uint8_t *values, uint32_t count)
{
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < count; i++)
        wrong |= (uint32_t)(values[i] > 100) & (uint32_t)(values[i] != MSCHED__POPULARITY_UNKNOWN);
    return !wrong;
}

static int features_are_sound(const msched_catalog *c)
{
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++) {
        uint32_t wrong = 0;
        for (uint32_t t = 0; t < c->track_count; t++)
            wrong |= (uint32_t)!msched__feature_in_range(f, c->feature[f][t]);
        if (wrong)
            return 0;
    }
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
           msched__all_bytes_below(c->release_day, tracks, 32) && features_are_sound(c);
}

static int entries_are_sound(const msched_catalog *c)
{
    const uint32_t entries = c->entry_count;
    return msched__all_below(c->entry_track, entries, c->track_count, 0) &&
           msched__all_below(c->entry_playlist, entries, c->playlist_count, 1) &&
           msched__all_below(c->entry_genre, entries, c->genre_count, 1) &&
           msched__all_below(c->entry_subgenre, entries, c->subgenre_count, 1) &&
           are_popularities(c->entry_popularity, entries);
}

/* A comes before b: more popular (an unknown popularity is the least), then earlier. */
static int comes_before(const msched_catalog *c, uint32_t a, uint32_t b)
{
    const int32_t p = msched__known_popularity(c, a), q = msched__known_popularity(c, b);
    return p > q || (p == q && a < b);
}

/* Strictly in order, so that none is there twice: all are there. */
static int rankings_are_sound(const msched_catalog *c)
{
    const msched__index *entries = &c->track_entries, *tracks = &c->recording_tracks;
    uint32_t right = 1;
    if (!msched__all_below(c->tracks_by_popularity, c->track_count, c->track_count, 0) ||
        !msched__is_index(entries, c->track_count, c->entry_count, c->entry_count, 1) ||
        !msched__is_index(tracks, c->recording_count, c->track_count, c->track_count, 1))
        return 0;
    for (uint32_t i = 1; i < c->track_count; i++)
        right &= (uint32_t)comes_before(c, c->tracks_by_popularity[i - 1],
                                        c->tracks_by_popularity[i]);
    for (uint32_t t = 0; t < c->track_count; t++)
        for (uint32_t i = entries->starts[t]; i < entries->starts[t + 1]; i++)
            right &= c->entry_track[entries->rows[i]] == t &&
                     (i == entries->starts[t] || entries->rows[i - 1] < entries->rows[i]);
    for (uint32_t r = 0; r < c->recording_count; r++)
        for (uint32_t i = tracks->starts[r]; i < tracks->starts[r + 1]; i++)
            right &= c->track_recording[tracks->rows[i]] == r &&
                     (i == tracks->starts[r] ||
                      comes_before(c, tracks->rows[i - 1], tracks->rows[i]));
    return (int)right;
}

/* With a free slot, where searching ends. */
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

/* A text that ends with its only NUL. */
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
    return is_one_text(c->report_json, numbers->words[JSON_SIZE]) &&
           is_one_text(c->report_text, numbers->words[REPORT_SIZE]);
}

int msched__catalog_is_sound(const msched_catalog *c, const msched__saved_numbers *numbers)
{
    return texts_are_sound(c) && tracks_are_sound(c) && entries_are_sound(c) &&
           rankings_are_sound(c) && slots_are_sound(c) &&
           members_are_sound(&c->artist_members, c->artist_count, numbers->words[ARTIST_ROWS]) &&
           members_are_sound(&c->genre_members, c->genre_count, numbers->words[GENRE_ROWS]) &&
           members_are_sound(&c->subgenre_members, c->subgenre_count,
                             numbers->words[SUBGENRE_ROWS]) &&
           c->single_artists <= c->artist_count && c->single_genres <= c->genre_count &&
           c->single_subgenres <= c->subgenre_count && reports_are_sound(c, numbers);
}

static int read_columns(msched_catalog *c, const msched__section_file *file,
                        msched__saved_numbers *numbers)
{
    msched__form form;
    msched__catalog_form(c, numbers, &form);
    if (!msched__form_read_numbers(&form, file))
        return 0;
    take_numbers(c, numbers);
    /* now the counts are known */
    msched__catalog_form(c, numbers, &form);
    return msched__form_read_parts(&form, file);
}

msched_result msched__catalog_open_sections(msched_catalog **out, msched__section_file *file,
                                            const msched_catalog_options *options, const char *name,
                                            msched_error *err)
{
    const msched_allocator allocator = msched__allocator_copy(options->allocator);
    msched__saved_numbers numbers = {{0}};
    msched_result result = options->saved_check == MSCHED_SAVED_CHECK_CHECKSUMS
                               ? msched__section_file_verify(file, name, err)
                               : MSCHED_OK;
    msched_catalog *c = result == MSCHED_OK ? msched__alloc_zero(&allocator, 1, sizeof *c) : NULL;
    if (c == NULL) {
        msched__section_file_close(file);
        return result == MSCHED_OK ? msched__fail_memory(err) : result;
    }
    msched__refcount_init(&c->refs);
    c->allocator = allocator;
    for (int slot = 0; slot < MSCHED__ATTACH_COUNT; slot++)
        atomic_init(&c->attached[slot], NULL);
    c->saved = *file;
    c->checks_saved = options->saved_check != MSCHED_SAVED_CHECK_NOTHING;
    c->memory_bytes = sizeof *c + file->size;
    if (read_columns(c, file, &numbers) &&
        (!c->checks_saved || msched__catalog_is_sound(c, &numbers))) {
        *out = c;
        return MSCHED_OK;
    }
    msched__catalog_free(c);
    return msched__fail(err, MSCHED_ERROR_SYNTAX,
                        "%.120s: the saved catalog is damaged: save it again from its songs", name);
}
