/* Add songs and remarks from the readers to a playlist. */
#include "base/alloc.h"
#include "base/buffer.h"
#include "base/number.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "catalog/cells/cells.h"
#include "catalog/read/header.h"
#include "catalog/track_id.h"
#include "playlist/playlist_data.h"
#include "playlist/playlist_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DAY_MS 86400000

static const char *copy(msched_playlist *playlist, msched__slice text)
{
    text = msched__trim(text);
    if (text.size == 0 || memchr(text.data, '\0', text.size) != NULL)
        return "";
    const char *kept = msched__arena_copy(&playlist->arena, text.data, text.size);
    if (kept == NULL)
        playlist->failed = MSCHED_ERROR_MEMORY;
    return kept == NULL ? "" : kept;
}

int msched__playlist_remark_add(msched_playlist *playlist, uint64_t line, const char *format, ...)
{
    char text[300];
    void *block = playlist->remarks;
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    size_t size = strlen(text);
    while (size > 0 && msched__utf8_check(text, size) < size)
        size--;
    if (!msched__grow(&playlist->allocator, &block, &playlist->remark_capacity,
                      playlist->remark_count + 1, sizeof *playlist->remarks)) {
        playlist->failed = MSCHED_ERROR_MEMORY;
        return 0;
    }
    playlist->remarks = block;
    playlist->remarks[playlist->remark_count++] =
        (msched__playlist_remark){copy(playlist, (msched__slice){text, size}), line};
    return playlist->failed == MSCHED_OK;
}

int msched__playlist_enter(msched_playlist *playlist, msched__slice name)
{
    size_t used = strlen(playlist->list_names);
    name = msched__trim(name);
    playlist->list = name;
    if (playlist->list_count++ < 4 && used + name.size + 5 < sizeof playlist->list_names)
        snprintf(playlist->list_names + used, sizeof playlist->list_names - used, "%s\"%.*s\"",
                 used > 0 ? ", " : "", (int)name.size, name.data);
    return playlist->only[0] == '\0' || (strlen(playlist->only) == name.size &&
                                         memcmp(playlist->only, name.data, name.size) == 0);
}

/* Unescape a part of an address; unchanged if the result is not UTF-8. */
static msched__slice unescape(msched_playlist *playlist, msched__slice text, int plus_is_space)
{
    char *out = msched__arena_alloc(&playlist->arena, text.size + 1, 1);
    size_t size = 0;
    if (out == NULL) {
        playlist->failed = MSCHED_ERROR_MEMORY;
        return (msched__slice){"", 0};
    }
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        const int byte = c == '%' && i + 2 < text.size ? msched__hex_byte(&text.data[i + 1]) : -1;
        if (byte >= 0) {
            c = (char)byte;
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        out[size++] = c;
    }
    return msched__utf8_check(out, size) < size ? text : (msched__slice){out, size};
}

/* "spotify:local:ARTIST:ALBUM:TITLE:SECONDS", each part escaped as in an address. */
static void read_local(msched_playlist *playlist, msched__slice link, msched__playlist_draft *draft)
{
    msched__slice part[4] = {{"", 0}, {"", 0}, {"", 0}, {"", 0}};
    size_t at = strlen("spotify:local:");
    for (size_t i = 0; i < 4 && at <= link.size; i++) {
        const char *colon = memchr(link.data + at, ':', link.size - at);
        size_t end = colon == NULL ? link.size : (size_t)(colon - link.data);
        part[i] = unescape(playlist, (msched__slice){link.data + at, end - at}, 1);
        at = end + 1;
    }
    int64_t seconds = 0;
    if (draft->title.size == 0) {
        draft->artist = part[0];
        draft->album = part[1];
        draft->title = part[2];
    }
    if (draft->duration_ms == 0 && msched__parse_int(part[3].data, part[3].size, &seconds) &&
        seconds > 0 && seconds < DAY_MS / 1000)
        draft->duration_ms = seconds * 1000;
}

/* The track's id, if the text is a link to a track or clearly an id. */
static msched__slice id_of(msched__slice text)
{
    msched__slice id = msched__track_id_of(msched__trim(text));
    return id.data == text.data && (memchr(text.data, ':', text.size) != NULL ||
                                    memchr(text.data, '/', text.size) != NULL)
               ? (msched__slice){"", 0}
               : id;
}

static int add(msched_playlist *playlist, const msched__playlist_draft *draft)
{
    void *block = playlist->songs;
    if (playlist->song_count >= MSCHED_PLAYLIST_MAX_SONGS) {
        playlist->failed = MSCHED_ERROR_LIMIT;
        return 0;
    }
    if (!msched__grow(&playlist->allocator, &block, &playlist->song_capacity,
                      playlist->song_count + 1, sizeof *playlist->songs)) {
        playlist->failed = MSCHED_ERROR_MEMORY;
        return 0;
    }
    playlist->songs = block;
    playlist->songs[playlist->song_count++] = (msched__playlist_song){
        .title = copy(playlist, draft->title),
        .artist = copy(playlist, draft->artist),
        .album = copy(playlist, draft->album),
        .id = copy(playlist, draft->id),
        .link = copy(playlist, draft->link),
        .isrc = copy(playlist, draft->isrc),
        .list = copy(playlist, playlist->list),
        .genre = copy(playlist, draft->genre),
        .year = copy(playlist, draft->year),
        .tempo = copy(playlist, draft->tempo),
        .duration_ms = draft->duration_ms > 0 && draft->duration_ms <= DAY_MS
                           ? (uint32_t)draft->duration_ms
                           : 0,
        .loose = draft->loose != 0,
        .number_bytes = draft->number_bytes,
        .file_number = draft->file_number,
        .line = draft->line};
    return playlist->failed == MSCHED_OK;
}

int msched__playlist_add(msched_playlist *playlist, const msched__playlist_draft *given)
{
    msched__playlist_draft draft = *given;
    draft.title = msched__trim(draft.title);
    draft.link = msched__trim(draft.link);
    if (msched__begins_with(draft.link, "spotify:local:"))
        read_local(playlist, draft.link, &draft);
    if (draft.id.size > 0)
        draft.id = id_of(draft.id);
    if (draft.id.size == 0 && draft.link.size > 0)
        draft.id = msched__track_id_of(draft.link).data != draft.link.data ? id_of(draft.link)
                                                                           : (msched__slice){"", 0};
    if (draft.title.size > 0 || draft.id.size > 0 || draft.isrc.size > 0)
        return playlist->failed == MSCHED_OK && add(playlist, &draft);
    if (draft.link.size > 0)
        return msched__playlist_remark_add(
            playlist, draft.line, "\"%.*s\" is not a link to a track",
            (int)(draft.link.size > 120 ? 120 : draft.link.size), draft.link.data);
    return msched__playlist_remark_add(playlist, draft.line,
                                       "it has neither a title nor a track id");
}

static int is_address(msched__slice text)
{
    return msched__begins_with(text, "https://") || msched__begins_with(text, "http://") ||
           msched__begins_with(text, "spotify:") ||
           msched__begins_with(text, "open.spotify.com/") || msched__begins_with(text, "file://");
}

/* Bytes of a file name's extension with its dot if it is an audio format; else 0. */
static size_t sound_ending(msched__slice text)
{
    static const char *const endings[] = {".mp3", ".m4a",  ".flac", ".ogg", ".opus", ".wav",
                                          ".wma", ".aiff", ".aac",  ".aif", ".mp4",  ".alac"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const size_t size = strlen(endings[i]);
        if (text.size > size &&
            msched__is_word((msched__slice){text.data + text.size - size, size}, endings[i]))
            return size;
    }
    return 0;
}

int msched__playlist_is_sound(msched__slice text)
{
    return sound_ending(text) > 0;
}

/*
 * The title is the name of an audio file without folder, extension and track number. A number
 * before a blank, without a zero at its beginning, stays: the other files show what it is.
 */
static void read_file_title(msched_playlist *playlist, msched__slice path,
                            msched__playlist_draft *draft)
{
    size_t ending = sound_ending(path), from = path.size;
    if (msched__begins_with(path, "file://") || msched__begins_with(path, "http"))
        path = unescape(playlist, path, 0);
    path.size -= path.size > ending ? ending : 0;
    for (from = path.size; from > 0 && path.data[from - 1] != '/' && path.data[from - 1] != '\\';)
        from--;
    path = (msched__slice){path.data + from, path.size - from};
    size_t digits = 0;
    int64_t number = 0;
    while (digits < path.size && digits < 3 && path.data[digits] >= '0' && path.data[digits] <= '9')
        digits++;
    draft->title = path;
    if (digits == 0 || digits == path.size || !msched__parse_int(path.data, digits, &number) ||
        !(path.data[digits] == '.' ||
          (digits >= 2 && (path.data[digits] == ' ' || path.data[digits] == '-'))))
        return;
    const msched__slice rest =
        msched__trim((msched__slice){path.data + digits + 1, path.size - digits - 1});
    if (rest.size == 0)
        return;
    draft->file_number = (uint16_t)number;
    if (path.data[digits] == ' ' && path.data[0] != '0' && !msched__begins_with(rest, "- "))
        draft->number_bytes = (uint8_t)digits;
    else
        draft->title = msched__begins_with(rest, "- ")
                           ? (msched__slice){rest.data + 2, rest.size - 2}
                           : rest;
}

/* 1 if a song's number follows that of the song before. */
static int follows(const msched_playlist *playlist, size_t i)
{
    return i > 0 && i < playlist->song_count && playlist->songs[i - 1].file_number > 0 &&
           playlist->songs[i].file_number == playlist->songs[i - 1].file_number + 1;
}

#define FILES_OF_SERIES 3
#define MOST_TRACKS     40 /* of an album, as a rule */

void msched__playlist_end_files(msched_playlist *playlist)
{
    size_t numbered = 0, sure = 0;
    unsigned low = MOST_TRACKS + 1, high = 0; /* of the numbers up to MOST_TRACKS */
    for (size_t i = 0; i < playlist->song_count; i++) {
        const unsigned number = playlist->songs[i].file_number;
        numbered += number > 0;
        sure += number > 0 && playlist->songs[i].number_bytes == 0;
        if (number == 0 || number > MOST_TRACKS)
            continue;
        low = number < low ? number : low;
        high = number > high ? number : high;
    }
    const int all = numbered == playlist->song_count && numbered >= FILES_OF_SERIES && sure > 0;
    const int small = sure > 0 || low < high; /* "21 Savage" alone is an artist */
    for (size_t i = 0; i < playlist->song_count; i++) {
        msched__playlist_song *song = &playlist->songs[i];
        if (song->number_bytes == 0 || !(all || (small && song->file_number <= MOST_TRACKS) ||
                                         follows(playlist, i) || follows(playlist, i + 1)))
            continue;
        song->title += song->number_bytes;
        while (song->title[0] == ' ')
            song->title++;
    }
}

int msched__playlist_add_line(msched_playlist *playlist, msched__slice text, uint64_t line)
{
    msched__playlist_draft draft = {.line = line, .loose = 1};
    text = msched__line_without_marker(msched__trim(text));
    if (!msched__line_has_letters(text))
        return 1;
    if (sound_ending(text) > 0) {
        draft.link = text;
        read_file_title(playlist, text, &draft);
    } else if (is_address(text)) {
        draft.link = text;
    } else {
        msched__line_read(&draft, text);
    }
    return msched__playlist_add(playlist, &draft);
}
