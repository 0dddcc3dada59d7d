/* Build a catalog from files of any kind: song files, playlists and listening histories. */
#include "base/alloc.h"
#include "base/buffer.h"
#include "base/options.h"
#include "catalog/load_job.h"
#include "format/source.h"

#include <musicsched/history.h>
#include <musicsched/playlist.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define HEAD_BYTES ((size_t)4096)

enum kind { SONGS, PLAYLIST, HISTORY };

static int holds(msched__slice text, const char *word)
{
    const size_t size = strlen(word);
    for (size_t at = 0; at + size <= text.size; at++)
        if (memcmp(text.data + at, word, size) == 0)
            return 1;
    return 0;
}

static int begins(msched__slice text, const char *word)
{
    return text.size >= strlen(word) && memcmp(text.data, word, strlen(word)) == 0;
}

static msched__slice without_blanks(msched__slice text)
{
    if (begins(text, "\xEF\xBB\xBF"))
        text = (msched__slice){text.data + 3, text.size - 3};
    while (text.size > 0 && memchr(" \t\r\n", text.data[0], 4) != NULL)
        text = (msched__slice){text.data + 1, text.size - 1};
    return text;
}

static int is_history(msched__slice head)
{
    msched__slice line = head;
    if (begins(head, "["))
        return holds(head, "\"msPlayed\"") || holds(head, "\"ms_played\"") ||
               holds(head, "\"endTime\"");
    for (size_t i = 0; i < head.size && line.size == head.size; i++)
        if (head.data[i] == '\n' || head.data[i] == '\r')
            line.size = i;
    return begins(head, "uts,") || begins(head, "\"uts\",") ||
           (!begins(head, "{") && holds(line, "ms_played"));
}

static int is_playlist(msched__slice head)
{
    if (begins(head, "<"))
        return holds(head, "<playlist") || holds(head, "<plist");
    return begins(head, "#EXTM3U") || begins(head, "#extm3u") || begins(head, "{") ||
           (begins(head, "[") && (holds(head, "{") || holds(head, "\"")));
}

/*
 * Detect the kind of a file from its first bytes. A file that cannot be opened fails when it is
 * read, and a pipe can be read only once.
 */
static enum kind kind_of(const char *path)
{
    char bytes[HEAD_BYTES];
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return SONGS;
    FILE *file = fopen(path, "rb");
    const size_t size = file == NULL ? 0 : fread(bytes, 1, sizeof bytes, file);
    if (file != NULL)
        fclose(file);
    const msched__slice head = without_blanks((msched__slice){bytes, size});
    return is_history(head) ? HISTORY : is_playlist(head) ? PLAYLIST : SONGS;
}

int32_t msched_history_is_file(const char *path)
{
    return path != NULL && kind_of(path) == HISTORY;
}

/* The whole file; a playlist is small. */
static msched_result read_whole(msched__buffer *out, const char *path, msched_error *err)
{
    FILE *file = fopen(path, "rb");
    size_t got = 1;
    if (file == NULL)
        return msched__fail_to_read(path, errno, err);
    while (got > 0 && out->size <= MSCHED_PLAYLIST_MAX_BYTES &&
           msched__buffer_reserve(out, 1 << 16)) {
        got = fread(out->data + out->size, 1, 1 << 16, file);
        out->size += got;
    }
    const int failed = ferror(file);
    fclose(file);
    return out->failed ? msched__fail_memory(err)
           : failed    ? msched__fail_to_read(path, EIO, err)
                       : MSCHED_OK;
}

static void put_cell(msched__buffer *out, const char *text, char end)
{
    msched__buffer_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            msched__buffer_char(out, '"');
        msched__buffer_char(out, *text);
    }
    msched__buffer_char(out, '"');
    msched__buffer_char(out, end);
}

static void put_name(msched__buffer *out, const char *name, msched__slice other)
{
    if (name[0] == '\0')
        msched__buffer_add(out, other.data, other.size);
    else
        msched__buffer_string(out, name);
    msched__buffer_char(out, '\0');
}

/* The songs of a playlist as a table; they have no popularity, and often no length. */
static msched_result write_table(msched__buffer *out, const msched_playlist *playlist,
                                 const char *list, msched_error *err)
{
    msched_playlist_song song = {.struct_size = sizeof song};
    msched__buffer_string(out, "track_id,track_name,track_artist,track_album_name,playlist_name,"
                               "duration_ms\n");
    for (uint32_t i = 0; msched_playlist_get_song(playlist, i, &song) == MSCHED_OK; i++) {
        put_cell(out, song.id, ',');
        put_cell(out, song.title, ',');
        put_cell(out, song.artist, ',');
        put_cell(out, song.album, ',');
        put_cell(out, song.list[0] != '\0' ? song.list : list, ',');
        if (song.duration_ms > 0)
            msched__buffer_uint(out, song.duration_ms);
        msched__buffer_char(out, '\n');
    }
    return out->failed ? msched__fail_memory(err) : MSCHED_OK;
}

/* Add the songs of a playlist to the builder. */
static msched_result add_playlist(msched_catalog_builder *builder, const char *path,
                                  const msched_playlist *playlist, msched_error *err)
{
    msched__buffer name, table;
    msched__buffer_init(&name, &builder->allocator);
    msched__buffer_init(&table, &builder->allocator);
    put_name(&name, msched_playlist_name(playlist), msched__file_stem(path));
    msched_result result = name.failed ? msched__fail_memory(err)
                                       : write_table(&table, playlist, name.data, err);
    if (result == MSCHED_OK) {
        const msched__load_input input = {.name = path,
                                          .memory = {table.data, table.size},
                                          .total_bytes = table.size,
                                          .is_one_of_many = 1};
        result = msched__load(builder, &input, err);
    }
    if (result == MSCHED_OK) {
        msched__report_note(&builder->report, builder->report.last_file,
                            "the file is a playlist (%s), whose songs have no popularity",
                            msched_playlist_form_name(msched_playlist_form(playlist)));
        if (builder->report.last_file->failed)
            result = msched__fail_memory(err);
    }
    if (result == MSCHED_ERROR_VALUE)
        msched__fail(err, result,
                     "%.120s: the file is a playlist (%s) whose songs have no artists or ids: a "
                     "catalog needs them, for example in a table (CSV)",
                     path, msched_playlist_form_name(msched_playlist_form(playlist)));
    msched__buffer_free(&table);
    msched__buffer_free(&name);
    return result;
}

static msched_result load_playlist(msched_catalog_builder *builder, const char *path,
                                   msched_error *err)
{
    msched_playlist *playlist = NULL;
    msched_playlist_options options;
    msched_error reason = {0};
    msched__buffer bytes;
    msched__buffer_init(&bytes, &builder->allocator);
    msched_playlist_options_init(&options, sizeof options);
    options.allocator = &builder->allocator;
    msched_result result = read_whole(&bytes, path, err);
    if (result == MSCHED_OK) {
        result = msched_playlist_read(&playlist, bytes.data == NULL ? "" : bytes.data, bytes.size,
                                      &options, &reason);
        if (result == MSCHED_ERROR_MEMORY)
            *err = reason;
        else if (result != MSCHED_OK)
            msched__fail(err, result, "%.120s: %s", path, reason.message);
    }
    if (result == MSCHED_OK)
        result = add_playlist(builder, path, playlist, err);
    msched_playlist_unref(playlist);
    msched__buffer_free(&bytes);
    return result;
}

/* Paths of one or two kinds, in their given order. */
typedef struct path_list {
    const char **paths;
    uint32_t count;
    int has_playlists;
} path_list;

static msched_result load_songs(msched_catalog **out, const path_list *songs,
                                const msched_catalog_options *options, msched_error *err)
{
    msched_catalog_builder *builder;
    if (!songs->has_playlists)
        return msched_catalog_load_paths(out, songs->paths, songs->count, options, err);
    msched_result result = msched_catalog_builder_create(&builder, options, err);
    for (uint32_t i = 0; result == MSCHED_OK && i < songs->count; i++) {
        result = kind_of(songs->paths[i]) == PLAYLIST
                     ? load_playlist(builder, songs->paths[i], err)
                     : msched__load_file(builder, songs->paths[i], songs->count > 1, err);
        if (result != MSCHED_OK)
            msched_catalog_builder_free(builder);
    }
    return result == MSCHED_OK ? msched_catalog_builder_finish(out, builder, err) : result;
}

/* Use the plays of histories as the popularity of `songs`, or of their own songs. */
static msched_result play(msched_catalog **catalog, const path_list *histories,
                          const msched_catalog_options *options, msched_error *err)
{
    msched_history *history = NULL;
    msched_catalog *played = NULL;
    msched_history_options history_options;
    msched_history_options_init(&history_options, sizeof history_options);
    history_options.allocator = options == NULL ? NULL : options->allocator;
    msched_result result = msched_history_load_paths(&history, histories->paths, histories->count,
                                                     &history_options, err);
    if (result == MSCHED_OK)
        result = msched_history_to_catalog(&played, history, *catalog, err);
    msched_history_unref(history);
    msched_catalog_unref(*catalog);
    *catalog = played;
    return result;
}

msched_result msched_catalog_read_files(msched_catalog **out, const char *const *paths,
                                        uint32_t path_count, const msched_catalog_options *options,
                                        msched_error *err)
{
    msched_error local;
    err = err == NULL ? &local : err;
    if (out == NULL || paths == NULL)
        return msched__fail_null(err, out == NULL ? "out" : "paths");
    *out = NULL;
    for (uint32_t i = 0; i < path_count; i++)
        if (paths[i] == NULL)
            return msched__fail(err, MSCHED_ERROR_ARGUMENT, "paths[%u] is NULL", (unsigned)i);
    msched_catalog_options known;
    msched_result result = msched__catalog_options_read(&known, options, err);
    if (result != MSCHED_OK)
        return result;
    const msched_allocator allocator = msched__allocator_copy(known.allocator);
    const char **room = msched__alloc_array(&allocator, 2 * (size_t)path_count + 1, sizeof *room);
    if (room == NULL)
        return msched__fail_memory(err);
    path_list songs = {room, 0, 0}, histories = {room + path_count, 0, 0};
    for (uint32_t i = 0; i < path_count; i++) {
        const enum kind kind = kind_of(paths[i]);
        path_list *list = kind == HISTORY ? &histories : &songs;
        list->paths[list->count++] = paths[i];
        list->has_playlists |= kind == PLAYLIST;
    }
    if (songs.count > 0 || histories.count == 0)
        result = load_songs(out, &songs, options, err);
    if (result == MSCHED_OK && histories.count > 0)
        result = play(out, &histories, options, err);
    msched__free(&allocator, room);
    return result;
}
