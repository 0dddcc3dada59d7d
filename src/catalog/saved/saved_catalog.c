/* The catalog's own columns and indexes in a saved catalog. */
#include "catalog/saved/saved_catalog.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "catalog/build/builder.h"
#include "catalog/cells/row.h"
#include "catalog/saved/saved_check.h"
#include "catalog/saved/saved_form.h"

#include <stdio.h>
#include <string.h>

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
    put_wide(numbers, MSCHED__SAVED_TEXT_SIZE, c->text_size);
    put_wide(numbers, MSCHED__SAVED_HASH_KEY, key);
    put_wide(numbers, MSCHED__SAVED_UNREADABLE, c->unreadable_cells);
    put_wide(numbers, MSCHED__SAVED_CONFLICTS, c->conflicts);
    put_wide(numbers, MSCHED__SAVED_ASSUMPTIONS, c->assumptions);
    put_wide(numbers, MSCHED__SAVED_ROWS_SKIPPED, c->rows_skipped);
    numbers->words[MSCHED__SAVED_ARTIST_ROWS] = rows_of(&c->artist_members, c->artist_count);
    numbers->words[MSCHED__SAVED_GENRE_ROWS] = rows_of(&c->genre_members, c->genre_count);
    numbers->words[MSCHED__SAVED_SUBGENRE_ROWS] = rows_of(&c->subgenre_members, c->subgenre_count);
    numbers->words[MSCHED__SAVED_JSON_SIZE] = (uint32_t)strlen(c->report_json) + 1;
    numbers->words[MSCHED__SAVED_REPORT_SIZE] = (uint32_t)strlen(c->report_text) + 1;
    numbers->words[MSCHED__SAVED_VARIES] = c->popularity_varies != 0;
}

static void take_numbers(msched_catalog *c, const msched__saved_numbers *numbers)
{
    c->text_size = (size_t)wide(numbers, MSCHED__SAVED_TEXT_SIZE);
    c->hash_key = wide(numbers, MSCHED__SAVED_HASH_KEY);
    c->unreadable_cells = wide(numbers, MSCHED__SAVED_UNREADABLE);
    c->conflicts = wide(numbers, MSCHED__SAVED_CONFLICTS);
    c->assumptions = wide(numbers, MSCHED__SAVED_ASSUMPTIONS);
    c->rows_skipped = wide(numbers, MSCHED__SAVED_ROWS_SKIPPED);
    c->popularity_varies = numbers->words[MSCHED__SAVED_VARIES] != 0;
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
    for (uint32_t i = 0; i < MSCHED__SAVED_NUMBERS; i++)
        msched__form_number(form, &numbers->words[i]);
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++)
        msched__form_number(form, &c->feature[f].value_count);
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
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++) {
        MSCHED__FORM_ADD(form, c->feature[f].values, c->feature[f].value_count);
        MSCHED__FORM_ADD_OPTIONAL(form, c->feature[f].codes, tracks);
    }
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
    list_members(&c->artist_members, c->artist_count, numbers->words[MSCHED__SAVED_ARTIST_ROWS],
                 form);
    list_members(&c->genre_members, c->genre_count, numbers->words[MSCHED__SAVED_GENRE_ROWS], form);
    list_members(&c->subgenre_members, c->subgenre_count,
                 numbers->words[MSCHED__SAVED_SUBGENRE_ROWS], form);
    MSCHED__FORM_ADD(form, c->report_json, numbers->words[MSCHED__SAVED_JSON_SIZE]);
    MSCHED__FORM_ADD(form, c->report_text, numbers->words[MSCHED__SAVED_REPORT_SIZE]);
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
    c->checks = &msched__saved_checks;
    c->checks_by_threads = options->threads != 1;
    c->prepares_by_threads = options->threads != 1 && options->allocator == NULL;
    snprintf(c->saved_name, sizeof c->saved_name, "%.120s", name);
    atomic_init(&c->checked, c->checks_saved ? 0 : MSCHED__ALL_PARTS);
    atomic_init(&c->damaged, 0);
    c->memory_bytes = sizeof *c + file->size;
    if (!read_columns(c, file, &numbers) ||
        (c->checks_saved && !msched__catalog_front_is_sound(c, &numbers)))
        result = msched__catalog_fail(c, err);
    for (int i = 0; i < 3; i++)
        c->member_rows[i] = numbers.words[MSCHED__SAVED_ARTIST_ROWS + i];
    if (result == MSCHED_OK && options->saved_check == MSCHED_SAVED_CHECK_CHECKSUMS)
        result = msched__catalog_need_all(c, err);
    if (result == MSCHED_OK)
        *out = c;
    else
        msched__catalog_free(c);
    return result;
}
