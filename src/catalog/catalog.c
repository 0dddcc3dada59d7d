/* Read a catalog and share it. */
#include "base/alloc.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/options.h"
#include "catalog/catalog_check.h"
#include "catalog/track_id.h"

#include <math.h>
#include <string.h>

msched_catalog *msched_catalog_ref(msched_catalog *catalog)
{
    if (catalog != NULL)
        msched__refcount_add(&catalog->refs);
    return catalog;
}

void msched_catalog_unref(msched_catalog *catalog)
{
    if (catalog != NULL && msched__refcount_drop(&catalog->refs))
        msched__catalog_free(catalog);
}

void msched__catalog_free(msched_catalog *catalog)
{
    for (int slot = 0; slot < MSCHED__ATTACH_COUNT; slot++) {
        msched__attached *attached = atomic_load_explicit(&catalog->attached[slot],
                                                          memory_order_acquire);
        if (attached != NULL)
            attached->destroy(attached);
    }
    msched_allocator allocator = catalog->allocator;
    if (catalog->saved.data != NULL) {
        msched__section_file_close(&catalog->saved);
        msched__free(&allocator, catalog);
        return;
    }
    for (int f = 0; f < MSCHED_FEATURE_DURATION_MS; f++) {
        msched__free(&allocator, catalog->feature[f].values);
        msched__free(&allocator, catalog->feature[f].codes);
    }
    void *const columns[] = {
        catalog->track_id,       catalog->track_name,       catalog->track_artist,
        catalog->track_album,    catalog->popularity,       catalog->duration_ms,
        catalog->release_year,   catalog->release_month,    catalog->release_day,
        catalog->entry_track,    catalog->entry_playlist,   catalog->entry_genre,
        catalog->entry_subgenre, catalog->entry_popularity, catalog->id_slots};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        msched__free(&allocator, columns[i]);
    msched__free(&allocator, (char *)catalog->text);
    msched__free(&allocator, catalog->track_recording);
    msched__free(&allocator, catalog->tracks_by_popularity);
    msched__free(&allocator, catalog->late_artist_name);
    pthread_mutex_destroy(&catalog->late_lock);
    msched__free(&allocator, catalog->report_json);
    msched__free(&allocator, catalog->report_text);
    msched__free(&allocator, catalog);
}

msched__attached *msched__catalog_attach(const msched_catalog *catalog,
                                         enum msched__attachment slot,
                                         msched__attached *(*build)(const msched_catalog *catalog),
                                         msched_error *err)
{
    /* Attachments are a cache: to readers, the catalog does not change. */
    _Atomic(msched__attached *) *place = &((msched_catalog *)catalog)->attached[slot];
    msched__attached *attached = atomic_load_explicit(place, memory_order_acquire);
    if (attached != NULL)
        return attached;
    msched__attached *built = build(catalog);
    if (built == NULL) {
        if (atomic_load(&catalog->damaged))
            msched__catalog_fail(catalog, err);
        else
            msched__fail_memory(err);
        return NULL;
    }
    if (atomic_compare_exchange_strong_explicit(place, &attached, built, memory_order_acq_rel,
                                                memory_order_acquire))
        return built;
    built->destroy(built);
    return attached;
}

msched_result msched_catalog_get_info(const msched_catalog *catalog, msched_catalog_info *info)
{
    if (catalog == NULL)
        return MSCHED_ERROR_ARGUMENT;
    const msched_result needed = msched__catalog_need_late(catalog, NULL);
    msched_catalog_info known;
    memset(&known, 0, sizeof known);
    known.entries = catalog->entry_count;
    known.tracks = catalog->track_count;
    known.recordings = needed == MSCHED_OK ? catalog->recording_count : 0;
    known.artists = catalog->single_artists;
    known.albums = catalog->album_count;
    known.playlists = catalog->playlist_count;
    known.genres = catalog->single_genres;
    known.subgenres = catalog->single_subgenres;
    known.rows_skipped = catalog->rows_skipped;
    known.memory_bytes = catalog->memory_bytes + (needed == MSCHED_OK ? catalog->late_bytes : 0);
    known.unreadable_cells = catalog->unreadable_cells;
    known.conflicts = catalog->conflicts;
    known.assumptions = catalog->assumptions;
    for (int slot = 0; slot < MSCHED__ATTACH_COUNT; slot++) {
        const msched__attached *attached = atomic_load_explicit(&catalog->attached[slot],
                                                                memory_order_acquire);
        known.memory_bytes += attached == NULL ? 0 : attached->memory_bytes;
    }
    const msched_result written = msched__options_write(info, &known, sizeof known);
    return written != MSCHED_OK ? written : needed;
}

uint32_t msched_catalog_entry_count(const msched_catalog *catalog)
{
    return catalog == NULL ? 0 : catalog->entry_count;
}

uint32_t msched_catalog_skipped_count(const msched_catalog *catalog)
{
    return catalog == NULL ? 0 : catalog->skip_reason_count;
}

msched_result msched_catalog_skipped_get(const msched_catalog *catalog, uint32_t index,
                                         msched_error *reason)
{
    if (catalog == NULL || reason == NULL || index >= catalog->skip_reason_count)
        return MSCHED_ERROR_ARGUMENT;
    *reason = catalog->skip_reasons[index];
    return MSCHED_OK;
}

static msched_result copy_report(const msched_catalog *catalog, const char *report,
                                 msched_text **out, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    msched__buffer copy;
    msched__buffer_init(&copy, &catalog->allocator);
    msched__buffer_string(&copy, report);
    return msched__buffer_to_text(&copy, out, err);
}

msched_result msched_catalog_report_to_json(const msched_catalog *catalog, msched_text **out,
                                            msched_error *err)
{
    return copy_report(catalog, catalog == NULL ? NULL : catalog->report_json, out, err);
}

msched_result msched_catalog_report_to_text(const msched_catalog *catalog, msched_text **out,
                                            msched_error *err)
{
    return copy_report(catalog, catalog == NULL ? NULL : catalog->report_text, out, err);
}

static uint32_t date_precision(const msched_catalog *catalog, uint32_t track)
{
    if (catalog->release_year[track] == 0)
        return MSCHED_DATE_UNKNOWN;
    if (catalog->release_month[track] == 0)
        return MSCHED_DATE_YEAR;
    return catalog->release_day[track] == 0 ? MSCHED_DATE_MONTH : MSCHED_DATE_DAY;
}

/* Text of item `index` of a name column; "" for MSCHED__NONE. */
static const char *name_of(const msched_catalog *catalog, const uint32_t *offsets, uint32_t index)
{
    return index == MSCHED__NONE ? "" : msched__catalog_text(catalog, offsets[index]);
}

msched_result msched_catalog_get_track(const msched_catalog *catalog, uint32_t index,
                                       msched_track *track)
{
    if (catalog == NULL || index >= catalog->track_count)
        return MSCHED_ERROR_ARGUMENT;
    if (!msched__track_is_sound(catalog, index))
        return MSCHED_ERROR_SYNTAX;
    const msched_result needed = msched__catalog_need_late(catalog, NULL);
    if (needed != MSCHED_OK)
        return needed;
    uint32_t album = catalog->track_album[index];
    msched_track known;
    memset(&known, 0, sizeof known);
    known.index = index;
    known.id = msched__catalog_text(catalog, catalog->track_id[index]);
    known.name = msched__catalog_text(catalog, catalog->track_name[index]);
    known.artist = name_of(catalog, catalog->artist_name, catalog->track_artist[index]);
    known.album_id = name_of(catalog, catalog->album_id, album);
    known.album_name = name_of(catalog, catalog->album_name, album);
    known.artist_index = catalog->track_artist[index];
    known.recording_index = catalog->track_recording[index];
    known.popularity = catalog->popularity[index] == MSCHED__POPULARITY_UNKNOWN
                           ? -1
                           : catalog->popularity[index];
    known.duration_ms = catalog->duration_ms[index];
    known.release_year = catalog->release_year[index];
    known.release_month = catalog->release_month[index];
    known.release_day = catalog->release_day[index];
    known.date_precision = date_precision(catalog, index);
    for (uint32_t f = 0; f < MSCHED_FEATURE_DURATION_MS; f++)
        known.feature[f] = msched__feature_of(catalog, f, index);
    known.feature[MSCHED_FEATURE_DURATION_MS] = catalog->duration_ms[index] == 0
                                                    ? (double)NAN
                                                    : catalog->duration_ms[index];
    return msched__options_write(track, &known, sizeof known);
}

msched_result msched_catalog_get_entry(const msched_catalog *catalog, uint32_t index,
                                       msched_entry *entry)
{
    if (catalog == NULL || index >= catalog->entry_count)
        return MSCHED_ERROR_ARGUMENT;
    if (!msched__entry_is_sound(catalog, index))
        return MSCHED_ERROR_SYNTAX;
    msched_entry known;
    memset(&known, 0, sizeof known);
    known.track_index = catalog->entry_track[index];
    known.playlist_id = name_of(catalog, catalog->playlist_id, catalog->entry_playlist[index]);
    known.playlist_name = name_of(catalog, catalog->playlist_name, catalog->entry_playlist[index]);
    known.genre = name_of(catalog, catalog->genre_name, catalog->entry_genre[index]);
    known.subgenre = name_of(catalog, catalog->subgenre_name, catalog->entry_subgenre[index]);
    known.popularity = catalog->entry_popularity[index] == MSCHED__POPULARITY_UNKNOWN
                           ? -1
                           : catalog->entry_popularity[index];
    return msched__options_write(entry, &known, sizeof known);
}

/* Member `index` of a text, NULL from the last one on. */
static const char *member_name(const msched_catalog *catalog, const msched__index *lists,
                               const uint32_t *names, const uint32_t *item, uint32_t index)
{
    const uint32_t *members;
    const uint32_t count = msched__members_of(lists, item, &members);
    return index < count ? msched__catalog_text(catalog, names[members[index]]) : NULL;
}

const char *msched_catalog_track_artist(const msched_catalog *catalog, uint32_t track,
                                        uint32_t index)
{
    if (catalog == NULL || track >= catalog->track_count || !msched__track_is_sound(catalog, track))
        return NULL;
    return member_name(catalog, &catalog->artist_members, catalog->artist_name,
                       &catalog->track_artist[track], index);
}

const char *msched_catalog_entry_genre(const msched_catalog *catalog, uint32_t entry,
                                       uint32_t index)
{
    if (catalog == NULL || entry >= catalog->entry_count || !msched__entry_is_sound(catalog, entry))
        return NULL;
    return member_name(catalog, &catalog->genre_members, catalog->genre_name,
                       &catalog->entry_genre[entry], index);
}

const char *msched_catalog_entry_subgenre(const msched_catalog *catalog, uint32_t entry,
                                          uint32_t index)
{
    if (catalog == NULL || entry >= catalog->entry_count || !msched__entry_is_sound(catalog, entry))
        return NULL;
    return member_name(catalog, &catalog->subgenre_members, catalog->subgenre_name,
                       &catalog->entry_subgenre[entry], index);
}

/*
 * The track of an id, or MSCHED__NONE. Of a saved catalog, slots that were not checked may lead
 * nowhere, or have none that is free.
 */
static uint32_t find_slot(const msched_catalog *catalog, msched__slice id)
{
    const uint32_t mask = catalog->id_slot_count - 1;
    uint32_t at = (uint32_t)msched__hash_by(catalog->hash_key, id.data, id.size) & mask;
    for (uint32_t i = 0; i <= mask; i++, at = (at + 1) & mask) {
        const uint32_t track = catalog->id_slots[at];
        if (track >= catalog->track_count)
            return MSCHED__NONE;
        const uint32_t offset = catalog->track_id[track];
        if (offset >= catalog->text_size)
            return MSCHED__NONE;
        const char *kept = msched__catalog_text(catalog, offset);
        if (strncmp(kept, id.data, id.size) == 0 && kept[id.size] == '\0')
            return track;
    }
    return MSCHED__NONE;
}

msched_result msched_catalog_find_id(const msched_catalog *catalog, const char *track_id,
                                     uint32_t *index, msched_error *err)
{
    if (catalog == NULL || track_id == NULL || index == NULL)
        return msched__fail_null(err, catalog == NULL    ? "catalog"
                                      : track_id == NULL ? "track_id"
                                                         : "index");
    const msched__slice given = {track_id, strlen(track_id)}, bare = msched__track_id_of(given);
    *index = find_slot(catalog, given);
    if (*index == MSCHED__NONE && bare.size != given.size)
        *index = find_slot(catalog, bare);
    if (*index != MSCHED__NONE)
        return MSCHED_OK;
    *index = 0;
    return msched__fail(err, MSCHED_ERROR_NOT_FOUND, "no track has the id \"%.60s\"", track_id);
}
