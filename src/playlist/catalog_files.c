/* Build a catalog from files of any kind: song files, playlists and listening histories. */
#include "base/alloc.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/options.h"
#include "catalog/read/load.h"
#include "catalog/read/load_job.h"
#include "catalog/read/sniff.h"
#include "playlist/file_list.h"
#include "playlist/playlist_data.h"
#include "playlist/playlist_line.h"

#include <musicsched/history.h>
#include <musicsched/playlist.h>

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

int32_t msched_history_is_file(const char *path)
{
    msched__file_list files;
    const msched_allocator allocator = msched__allocator_copy(NULL);
    msched__file_list_init(&files, &allocator, 0);
    size_t count = 0;
    if (path != NULL && msched__file_list_add(&files, path, NULL) == MSCHED_OK)
        while (count < files.count && files.items[count].kind == MSCHED__FILE_HISTORY)
            count++;
    const int32_t is_history = count > 0 && count == files.count;
    msched__file_list_free(&files);
    return is_history;
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

static void put_text(msched__buffer *out, const char *text)
{
    msched__buffer_csv(out, text, strlen(text));
}

static void put_cell(msched__buffer *out, const char *text, char end)
{
    msched__buffer_char(out, '"');
    put_text(out, text);
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

/*
 * "Artist - Title" in some songs, as in lists that were typed, and in collections and M3U whose
 * files have no tags, so that players take their names for titles.
 */
static int has_both_in_title(const msched_playlist *playlist)
{
    msched_playlist_song song = {.struct_size = sizeof song};
    const uint32_t form = msched_playlist_form(playlist);
    if (form != MSCHED_PLAYLIST_LIST && form != MSCHED_PLAYLIST_M3U &&
        form != MSCHED_PLAYLIST_COLLECTION && form != MSCHED_PLAYLIST_ITUNES &&
        form != MSCHED_PLAYLIST_JSON)
        return 0;
    for (uint32_t i = 0; msched_playlist_get_song(playlist, i, &song) == MSCHED_OK; i++)
        if (song.artist[0] == '\0' && song.id[0] == '\0')
            return 1;
    return 0;
}

/* A title that has an artist; a dash in it must not look like that of "Artist - Title". */
static void put_title(msched__buffer *out, const msched_playlist_song *song, int has_both)
{
    msched__buffer_char(out, '"');
    if (has_both && song->artist[0] != '\0' && strstr(song->title, " - ") != NULL) {
        put_text(out, song->artist);
        msched__buffer_string(out, " - ");
    }
    const msched__slice title = {song->title, strlen(song->title)};
    const msched__slice plain = has_both && song->artist[0] == '\0'
                                    ? msched__line_without_marker(title)
                                    : title;
    msched__buffer_csv(out, plain.data, plain.size);
    msched__buffer_string(out, "\",");
}

/* Columns of a table that are there if a song has them. */
static const struct {
    const char *name;
    size_t at; /* of its text in a song */
} properties[] = {{"playlist_genre", offsetof(msched__playlist_song, genre)},
                  {"track_album_release_date", offsetof(msched__playlist_song, year)},
                  {"tempo", offsetof(msched__playlist_song, tempo)}};
#define PROPERTIES (sizeof properties / sizeof properties[0])

static const char *property_of(const msched__playlist_song *song, size_t which)
{
    const char *text;
    memcpy(&text, (const char *)song + properties[which].at, sizeof text);
    return text;
}

/* Write the names of the columns, and note which properties are among them. */
static void write_names(msched__buffer *out, const msched_playlist *playlist, int has_both,
                        int is_there[PROPERTIES])
{
    msched__buffer_format(out, "track_id,%s,track_artist,track_album_name,playlist_name",
                          has_both ? "artist_and_title" : "track_name");
    for (size_t k = 0; k < PROPERTIES; k++) {
        is_there[k] = 0;
        for (size_t i = 0; i < playlist->song_count && !is_there[k]; i++)
            is_there[k] = property_of(&playlist->songs[i], k)[0] != '\0';
        if (is_there[k])
            msched__buffer_format(out, ",%s", properties[k].name);
    }
    msched__buffer_string(out, ",duration_ms\n");
}

/* The songs of a playlist as a table; they have no popularity, and often no length. */
static msched_result write_table(msched__buffer *out, const msched_playlist *playlist,
                                 const char *list, msched_error *err)
{
    msched_playlist_song song = {.struct_size = sizeof song};
    int is_there[PROPERTIES];
    const int has_both = has_both_in_title(playlist);
    write_names(out, playlist, has_both, is_there);
    for (uint32_t i = 0; msched_playlist_get_song(playlist, i, &song) == MSCHED_OK; i++) {
        put_cell(out, song.id, ',');
        put_title(out, &song, has_both);
        put_cell(out, song.artist, ',');
        put_cell(out, song.album, ',');
        put_cell(out, song.list[0] != '\0' ? song.list : list, ',');
        for (size_t k = 0; k < PROPERTIES; k++)
            if (is_there[k])
                put_cell(out, property_of(&playlist->songs[i], k), ',');
        if (song.duration_ms > 0)
            msched__buffer_uint(out, song.duration_ms);
        msched__buffer_char(out, '\n');
    }
    return out->failed ? msched__fail_memory(err) : MSCHED_OK;
}

/* Note how many remarks the playlist has: on entries that are not songs, or on its encoding. */
static void note_remarks(msched_catalog_builder *builder, const msched_playlist *playlist)
{
    uint64_t line = 0;
    const uint32_t count = msched_playlist_remark_count(playlist);
    const char *first = msched_playlist_get_remark(playlist, 0, &line);
    if (count > 0 && line > 0)
        msched__report_note(&builder->report, builder->report.last_file,
                            "remarks on the playlist: %u, the first on line %llu: %.150s",
                            (unsigned)count, (unsigned long long)line, first);
    else if (count > 0)
        msched__report_note(&builder->report, builder->report.last_file,
                            "remarks on the playlist: %u, the first: %.150s", (unsigned)count,
                            first);
}

/* A file by itself in which every entry is something else. */
static msched_result check_songs(const msched_playlist *playlist, const char *path,
                                 msched_error *err)
{
    uint64_t line = 0;
    const char *first;
    uint32_t i = 0;
    do /* remarks on the whole file have no line */
        first = msched_playlist_get_remark(playlist, i++, &line);
    while (first != NULL && line == 0);
    if (msched_playlist_song_count(playlist) > 0 || first == NULL)
        return MSCHED_OK;
    return msched__fail(err, MSCHED_ERROR_VALUE,
                        "%.120s: the file is a playlist (%s) without songs; line %llu: %.150s",
                        path, msched_playlist_form_name(msched_playlist_form(playlist)),
                        (unsigned long long)line, first);
}

/* 1 if the table names its columns as song files do. */
static int is_song_table(const msched_catalog_builder *builder, const msched__buffer *table)
{
    msched__header_names names;
    return table->size > 0 &&
           msched__header_names_read(&names, &builder->options, NULL) == MSCHED_OK &&
           msched__sniff((msched__slice){table->data, table->size}, ',', &names).found;
}

/* Note the remarks on the encoding of a file, which its table in UTF-8 does not have. */
static void note_encoding(msched_catalog_builder *builder, const msched_playlist *playlist)
{
    uint64_t line;
    const char *text;
    for (uint32_t i = 0; (text = msched_playlist_get_remark(playlist, i, &line)) != NULL; i++)
        if (line == 0 && strncmp(text, "not UTF-8", 9) == 0)
            msched__report_note(&builder->report, builder->report.last_file, "the text is %.150s",
                                text);
}

/* Add records in JSON, which have been written as a table. */
static msched_result add_table(msched_catalog_builder *builder, const char *path, int is_only,
                               const msched_playlist *playlist, const msched__buffer *table,
                               msched_error *err)
{
    const msched__load_input input = {.name = path,
                                      .memory = {table->data, table->size},
                                      .total_bytes = table->size,
                                      .playlist = msched__file_stem(path),
                                      .is_one_of_many = !is_only,
                                      .has_names = 1};
    msched_result result = msched__load(builder, &input, err);
    if (result != MSCHED_OK)
        return result;
    msched__report_note(
        &builder->report, builder->report.last_file,
        "the file is JSON, and its keys are the columns: its first object is row 2");
    note_encoding(builder, playlist);
    return builder->report.last_file->failed ? msched__fail_memory(err) : MSCHED_OK;
}

/* The line of each song in the file. NULL when out of memory. */
static uint64_t *lines_of(const msched_playlist *playlist, const msched_allocator *allocator)
{
    uint64_t *lines = msched__alloc_array(allocator, playlist->song_count + 1, sizeof *lines);
    for (size_t i = 0; lines != NULL && i < playlist->song_count; i++)
        lines[i] = playlist->songs[i].line;
    return lines;
}

/* The songs of which neither an artist nor an id is known. */
static uint32_t count_nameless(const msched_playlist *playlist)
{
    uint32_t count = 0;
    for (size_t i = 0; i < playlist->song_count; i++)
        count += playlist->songs[i].artist[0] == '\0' && playlist->songs[i].id[0] == '\0';
    return count;
}

/* Add the songs of a playlist to the builder. */
static msched_result add_playlist(msched_catalog_builder *builder, const char *path, int is_only,
                                  const msched_playlist *playlist, msched_error *err)
{
    msched__buffer name, table;
    msched__buffer_init(&name, &builder->allocator);
    msched__buffer_init(&table, &builder->allocator);
    put_name(&name, msched_playlist_name(playlist), msched__file_stem(path));
    uint64_t *lines = lines_of(playlist, &builder->allocator);
    msched_result result = name.failed || lines == NULL
                               ? msched__fail_memory(err)
                               : write_table(&table, playlist, name.data, err);
    if (result == MSCHED_OK) {
        const msched__load_input input = {.name = path,
                                          .memory = {table.data, table.size},
                                          .total_bytes = table.size,
                                          .is_one_of_many = !is_only,
                                          .lines = lines,
                                          .line_count = playlist->song_count};
        result = msched__load(builder, &input, err);
    }
    if (result == MSCHED_OK) {
        /* those of the table, which nobody has seen */
        builder->report.last_file->delimiter = '\0';
        builder->report.last_file->header_line = 0;
        msched__report_note(&builder->report, builder->report.last_file,
                            "the file is a playlist (%s), whose songs have no popularity",
                            msched_playlist_form_name(msched_playlist_form(playlist)));
        note_remarks(builder, playlist);
        if (builder->report.last_file->failed)
            result = msched__fail_memory(err);
    }
    if (result == MSCHED_ERROR_VALUE)
        msched__fail(err, result,
                     "%.120s: the file is a playlist (%s); songs with neither an artist nor an "
                     "id: %u of %u: a catalog needs one of them, for example in a table (CSV)",
                     path, msched_playlist_form_name(msched_playlist_form(playlist)),
                     (unsigned)count_nameless(playlist), (unsigned)playlist->song_count);
    msched__free(&builder->allocator, lines);
    msched__buffer_free(&table);
    msched__buffer_free(&name);
    return result;
}

static msched_result load_playlist(msched_catalog_builder *builder, const char *path, int is_only,
                                   msched_error *err)
{
    msched_playlist *playlist = NULL;
    msched_playlist_options options;
    msched_error reason = {0};
    msched__buffer bytes, table;
    msched__buffer_init(&bytes, &builder->allocator);
    msched__buffer_init(&table, &builder->allocator);
    msched_playlist_options_init(&options, sizeof options);
    options.allocator = &builder->allocator;
    msched_result result = read_whole(&bytes, path, err);
    if (result == MSCHED_OK) {
        const msched__slice text = {bytes.data == NULL ? "" : bytes.data, bytes.size};
        result = msched__playlist_read(&playlist, text, &options, &table, &reason);
        if (result == MSCHED_ERROR_MEMORY)
            *err = reason;
        else if (result != MSCHED_OK)
            msched__fail(err, result, "%.120s: %s", path, reason.message);
    }
    if (result == MSCHED_OK && table.failed)
        result = msched__fail_memory(err);
    /* if no name is that of a title, the error of the table lists the names */
    if (result == MSCHED_OK &&
        (is_song_table(builder, &table) ||
         (is_only && table.size > 0 && msched_playlist_song_count(playlist) == 0)))
        result = add_table(builder, path, is_only, playlist, &table, err);
    else if (result == MSCHED_OK && playlist->failed == MSCHED_ERROR_LIMIT)
        result = msched__fail(err, MSCHED_ERROR_LIMIT,
                              "%.120s: the playlist has more than %d songs", path,
                              MSCHED_PLAYLIST_MAX_SONGS);
    else if (result == MSCHED_OK &&
             (!is_only || (result = check_songs(playlist, path, err)) == MSCHED_OK))
        result = add_playlist(builder, path, is_only, playlist, err);
    msched_playlist_unref(playlist);
    msched__buffer_free(&table);
    msched__buffer_free(&bytes);
    return result;
}

/* The files of a catalog: songs and playlists from the beginning, histories from `history_at`. */
typedef struct sorted_files {
    const char **paths;
    uint32_t count, history_at;
    int has_playlists;
} sorted_files;

/* Song files and playlists, in their given order. */
static msched_result load_songs(msched_catalog **out, const sorted_files *files,
                                const msched__file_list *list,
                                const msched_catalog_options *options, msched_error *err)
{
    msched_catalog_builder *builder;
    if (!files->has_playlists)
        return msched_catalog_load_paths(out, files->paths, files->history_at, options, err);
    msched_result result = msched_catalog_builder_create(&builder, options, err);
    for (size_t i = 0; result == MSCHED_OK && i < list->count; i++) {
        const msched__file_item *file = &list->items[i];
        if (file->kind == MSCHED__FILE_HISTORY)
            continue;
        result = file->kind == MSCHED__FILE_PLAYLIST
                     ? load_playlist(builder, file->path, list->count == 1, err)
                     : msched__load_file(builder, file->path, files->history_at > 1, err);
        if (result != MSCHED_OK)
            msched_catalog_builder_free(builder);
    }
    return result == MSCHED_OK ? msched_catalog_builder_finish(out, builder, err) : result;
}

/* Use the plays of histories as the popularity of `songs`, or of their own songs. */
static msched_result play(msched_catalog **catalog, const sorted_files *files,
                          const msched_catalog_options *options, msched_error *err)
{
    msched_history *history = NULL;
    msched_catalog *played = NULL;
    msched_history_options history_options;
    msched_history_options_init(&history_options, sizeof history_options);
    history_options.allocator = options == NULL ? NULL : options->allocator;
    msched_result result = msched_history_load_paths(&history, files->paths + files->history_at,
                                                     files->count - files->history_at,
                                                     &history_options, err);
    if (result == MSCHED_OK)
        result = msched_history_to_catalog(&played, history, *catalog, err);
    msched_history_unref(history);
    msched_catalog_unref(*catalog);
    *catalog = played;
    return result;
}

/* Sort the files by kind into `files->paths`, which has room for them. */
static void sort_files(sorted_files *files, const msched__file_list *list)
{
    for (int histories = 0; histories < 2; histories++) {
        for (size_t i = 0; i < list->count; i++) {
            if ((list->items[i].kind == MSCHED__FILE_HISTORY) != histories)
                continue;
            files->paths[files->count++] = list->items[i].path;
            files->has_playlists |= list->items[i].kind == MSCHED__FILE_PLAYLIST;
        }
        if (!histories)
            files->history_at = files->count;
    }
}

static msched_result read_list(msched_catalog **out, const msched__file_list *list,
                               const msched_catalog_options *options, msched_error *err)
{
    sorted_files files = {0};
    msched_result result = MSCHED_OK;
    files.paths = msched__alloc_array(&list->allocator, list->count + 1, sizeof *files.paths);
    if (files.paths == NULL)
        return msched__fail_memory(err);
    sort_files(&files, list);
    if (files.history_at > 0 || files.count == 0)
        result = load_songs(out, &files, list, options, err);
    if (result == MSCHED_OK && files.count > files.history_at)
        result = play(out, &files, options, err);
    msched__free(&list->allocator, files.paths);
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
    msched__file_list list;
    msched__file_list_init(&list, &allocator, 0);
    for (uint32_t i = 0; result == MSCHED_OK && i < path_count; i++)
        result = msched__file_list_add(&list, paths[i], err);
    if (result == MSCHED_OK)
        result = read_list(out, &list, options, err);
    msched__file_list_free(&list);
    return result;
}
