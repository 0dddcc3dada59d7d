/* A catalog in which popularity is how often a song was played. */
#include "base/alloc.h"
#include "base/buffer.h"
#include "catalog/build/made_id.h"
#include "catalog/catalog_check.h"
#include "playlist/history_match.h"

#include <math.h>
#include <string.h>

/* The formula keeps rankings, and songs played a few times do not all become 0. */
static int32_t popularity_of(uint32_t plays, uint32_t most)
{
    return most == 0 ? 0 : (int32_t)floor(100.0 * log1p(plays) / log1p(most) + 0.5);
}

static uint32_t largest(const uint32_t *plays, uint32_t count)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < count; i++)
        most = plays[i] > most ? plays[i] : most;
    return most;
}

/* The songs of the history, each recording once, in its first spelling. */
static msched_result add_songs(msched_catalog_builder *builder, const msched_history *history,
                               uint32_t *plays, msched_error *err)
{
    for (size_t i = 0; i < history->play_count; i++)
        plays[history->songs[history->plays[i].song].recording]++;
    uint32_t most = largest(plays, history->recording_count);
    msched_result result = MSCHED_OK;
    for (uint32_t song = 0; song < history->names.count && result == MSCHED_OK; song++) {
        const msched__history_song *from = &history->songs[song];
        msched_catalog_row row;
        char made[MSCHED__MADE_ID_ROOM];
        if (plays[from->recording] == 0)
            continue;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = history->pool.data + from->track_id;
        row.track_name = msched__history_title(history, song);
        row.track_artist = msched__history_artist(history, song);
        if (row.track_artist[0] == '\0' && row.track_id[0] == '\0') {
            /* some histories know titles alone; a song without an artist needs an id */
            const msched__slice title = {row.track_name, strlen(row.track_name)};
            if (!msched__made_id(made, title, (msched__slice){"", 0}, &history->allocator))
                return msched__fail_memory(err);
            row.track_id = made;
        }
        row.album_name = history->pool.data + from->album;
        const int32_t ms = from->given_ms > 0 ? from->given_ms : from->longest_ms;
        row.duration_ms = ms > 86400000 ? 0 : (uint32_t)ms;
        row.popularity = popularity_of(plays[from->recording], most);
        plays[from->recording] = 0;
        result = msched_catalog_builder_add(builder, &row, err);
    }
    return result;
}

static msched_result count_tracks(const msched_history *history, const msched_catalog *catalog,
                                  uint32_t *plays, msched_error *err)
{
    uint32_t *tracks = msched__alloc_array(&history->allocator, history->names.count,
                                           sizeof *tracks);
    if (tracks == NULL)
        return msched__fail_memory(err);
    msched_result result = msched__history_match(history, catalog, NULL, tracks, err);
    for (size_t i = 0; i < history->play_count && result == MSCHED_OK; i++) {
        uint32_t track = tracks[history->plays[i].song];
        if (track != MSCHED__NONE)
            plays[catalog->track_recording[track]]++;
    }
    msched__free(&history->allocator, tracks);
    return result;
}

/* The separator of list members in a row for the builder. */
#define MEMBER_END '\x1F'

typedef const char *(*member_of)(const msched_catalog *catalog, uint32_t item, uint32_t index);

/* The members of a list in the form of a row; NULL when out of memory. */
static const char *list_of(msched__buffer *room, const msched_catalog *catalog, uint32_t item,
                           member_of member)
{
    const char *name = NULL;
    msched__buffer_clear(room);
    for (uint32_t i = 0; (name = member(catalog, item, i)) != NULL; i++) {
        if (i > 0)
            msched__buffer_char(room, MEMBER_END);
        msched__buffer_string(room, name);
    }
    return room->failed ? NULL : room->data == NULL ? "" : room->data;
}

static void copy_entry(msched_catalog_row *row, const msched_track *track,
                       const msched_entry *entry, char date[11])
{
    row->duration_ms = track->duration_ms;
    row->track_id = track->id;
    row->track_name = track->name;
    row->album_id = track->album_id;
    row->album_name = track->album_name;
    row->playlist_id = entry->playlist_id;
    row->playlist_name = entry->playlist_name;
    memcpy(row->feature, track->feature, sizeof row->feature);
    unsigned part[3] = {(unsigned)track->release_year, track->release_month, track->release_day};
    static const uint8_t digits[3] = {4, 2, 2};
    size_t at = 0;
    for (uint32_t i = 0; i < 3 && i < track->date_precision; i++) {
        if (i > 0)
            date[at++] = '-';
        for (uint32_t k = digits[i]; k-- > 0; part[i] /= 10)
            date[at + k] = (char)('0' + part[i] % 10);
        at += digits[i];
    }
    date[at] = '\0';
    row->release_date = date;
}

/* The entries of a catalog with the popularity from the history. */
static msched_result add_entries(msched_catalog_builder *builder, const msched_history *history,
                                 const msched_catalog *catalog, uint32_t *plays, msched_error *err)
{
    msched_result result = count_tracks(history, catalog, plays, err);
    uint32_t most = largest(plays, catalog->recording_count);
    msched__buffer rooms[3]; /* for artists, genres and subgenres */
    for (size_t i = 0; i < 3; i++)
        msched__buffer_init(&rooms[i], &history->allocator);
    for (uint32_t i = 0; i < catalog->entry_count && result == MSCHED_OK; i++) {
        msched_entry entry = {.struct_size = sizeof entry};
        msched_track track = {.struct_size = sizeof track};
        msched_catalog_row row;
        char date[11];
        msched_catalog_get_entry(catalog, i, &entry);
        msched_catalog_get_track(catalog, entry.track_index, &track);
        msched_catalog_row_init(&row, sizeof row);
        copy_entry(&row, &track, &entry, date);
        row.track_artist = list_of(&rooms[0], catalog, entry.track_index,
                                   msched_catalog_track_artist);
        row.genre = list_of(&rooms[1], catalog, i, msched_catalog_entry_genre);
        row.subgenre = list_of(&rooms[2], catalog, i, msched_catalog_entry_subgenre);
        if (row.track_artist == NULL || row.genre == NULL || row.subgenre == NULL) {
            result = msched__fail_memory(err);
            break;
        }
        row.popularity = popularity_of(plays[track.recording_index], most);
        result = msched_catalog_builder_add(builder, &row, err);
    }
    for (size_t i = 0; i < 3; i++)
        msched__buffer_free(&rooms[i]);
    return result;
}

/* An error if the files have records, but none is a play. */
static msched_result check_plays(const msched_history *history, msched_error *err)
{
    const char *first = msched_history_get_remark(history, 0);
    return history->play_count > 0 || first == NULL
               ? MSCHED_OK
               : msched__fail(err, MSCHED_ERROR_VALUE, "the listening history has no play: %.200s",
                              first);
}

msched_result msched_history_to_catalog(msched_catalog **out, const msched_history *history,
                                        const msched_catalog *catalog, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (history == NULL)
        return msched__fail_null(err, "history");
    msched_result result = catalog == NULL ? check_plays(history, err)
                                           : msched__catalog_need_all(catalog, err);
    if (result != MSCHED_OK)
        return result;
    msched_catalog_options options;
    msched_catalog_builder *builder = NULL;
    msched_catalog_options_init(&options, sizeof options);
    options.allocator = &history->allocator;
    options.skip_bad_rows = 1;
    uint32_t count = catalog == NULL ? history->recording_count : catalog->recording_count;
    uint32_t *plays = msched__alloc_zero(&history->allocator, count, sizeof *plays);
    if (plays == NULL)
        return msched__fail_memory(err);
    result = msched_catalog_builder_create(&builder, &options, err);
    if (result == MSCHED_OK)
        result = catalog == NULL ? add_songs(builder, history, plays, err)
                                 : add_entries(builder, history, catalog, plays, err);
    msched__free(&history->allocator, plays);
    if (result != MSCHED_OK) {
        msched_catalog_builder_free(builder);
        return result;
    }
    return msched_catalog_builder_finish(out, builder, err);
}
