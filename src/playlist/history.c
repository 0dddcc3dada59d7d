/* Histories as objects: read files, and get the values of a history. */
#include "base/alloc.h"
#include "base/cp1252.h"
#include "base/options.h"
#include "base/utf8.h"
#include "format/source.h"
#include "playlist/file_list.h"
#include "playlist/history_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX_BYTES (UINT64_C(2) << 30)

void msched_history_options_init(msched_history_options *options, uint32_t struct_size)
{
    msched_history_options defaults = {.struct_size = sizeof defaults};
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

static msched_history *create(const msched_history_options *options, msched_error *err)
{
    msched_history_options known;
    msched_history_options_init(&known, sizeof known);
    if (msched__options_read(&known, sizeof known, options, "options", err) != MSCHED_OK)
        return NULL;
    msched_allocator allocator = msched__allocator_copy(known.allocator);
    msched_history *history = msched__alloc_zero(&allocator, 1, sizeof *history);
    if (history == NULL) {
        msched__fail_memory(err);
        return NULL;
    }
    msched__refcount_init(&history->refs);
    history->allocator = allocator;
    msched__text_pool_init(&history->pool, &allocator);
    msched__intern_init(&history->names, &history->pool);
    if (!msched__text_pool_reserve(&history->pool, 4096)) {
        msched_history_unref(history);
        msched__fail_memory(err);
        return NULL;
    }
    return history;
}

/* Keep the name of a file, which a plan may name too. There is room for it. */
static msched_result keep_name(msched_history *history, const char *text, msched_error *err)
{
    const msched__slice name = {text, strlen(text)};
    if (!msched__text_pool_reserve(&history->pool, name.size + 1))
        return msched__fail_memory(err);
    history->file_names[history->file_name_count++] = msched__text_pool_put(&history->pool, name);
    return MSCHED_OK;
}

static msched_result keep_names(msched_history *history, const msched__file_list *files,
                                msched_error *err)
{
    msched_result result = MSCHED_OK;
    history->file_names = msched__alloc_array(&history->allocator, files->count, sizeof(uint32_t));
    if (history->file_names == NULL)
        return msched__fail_memory(err);
    for (size_t i = 0; i < files->count && result == MSCHED_OK; i++)
        result = keep_name(history, files->items[i].path, err);
    return result;
}

msched_history *msched_history_ref(msched_history *history)
{
    msched__refcount_add(&history->refs);
    return history;
}

void msched_history_unref(msched_history *history)
{
    if (history == NULL || !msched__refcount_drop(&history->refs))
        return;
    msched_allocator allocator = history->allocator;
    for (uint32_t i = 0; i < history->remark_count; i++)
        msched__free(&allocator, history->remarks[i]);
    msched__free(&allocator, history->songs);
    msched__free(&allocator, history->plays);
    msched__free(&allocator, history->file_names);
    msched__intern_free(&history->names);
    msched__text_pool_free(&history->pool);
    msched__free(&allocator, history);
}

/* Unpack gzip and UTF-16 into `out`. */
static msched_result unpack(msched__buffer *out, msched__history_reader *in, msched_error *err)
{
    msched__slice head;
    msched_error fault = {0};
    int64_t got = 0;
    msched__source *source = msched__source_open(&out->allocator, NULL, NULL, in->data);
    if (source == NULL)
        return msched__fail_memory(err);
    msched_result result = msched__source_text(source, &head, &fault);
    while (result == MSCHED_OK && msched__buffer_reserve(out, 1 << 16) &&
           (got = msched__source_read(source, out->data + out->size, 1 << 16)) > 0) {
        out->size += (size_t)got;
        if (out->size > FILE_MAX_BYTES)
            result = msched__fail(&fault, MSCHED_ERROR_LIMIT, "the unpacked file is over 2 GiB");
    }
    if (result == MSCHED_OK && got < 0 && msched__source_failure(source, &fault))
        result = fault.code;
    msched__source_close(source);
    if (result == MSCHED_ERROR_MEMORY || out->failed)
        return msched__fail_memory(err);
    if (result != MSCHED_OK)
        return msched__fail(err, result, "%s: %s", in->path, fault.message);
    in->data = (msched__slice){out->data == NULL ? "" : out->data, out->size};
    return MSCHED_OK;
}

/* A table as UTF-8: itself, or decoded into `out`. JSON is always UTF-8. */
static msched_result make_utf8(msched__buffer *out, msched__history_reader *in, msched_error *err)
{
    char note[80];
    msched__slice head = in->data;
    if (msched__utf8_check(in->data.data, in->data.size) == in->data.size)
        return MSCHED_OK;
    head.size = head.size < MSCHED__SOURCE_HEAD_BYTES ? head.size : MSCHED__SOURCE_HEAD_BYTES;
    const char *charset = msched__charset_of(head).name;
    snprintf(note, sizeof note, "not UTF-8: read as %s",
             charset == NULL ? "Windows-1252" : charset);
    if (!msched__history_note(in, note))
        return msched__fail_memory(err);
    if (charset != NULL)
        return unpack(out, in, err);
    msched__cp1252_add(out, in->data);
    if (out->failed)
        return msched__fail_memory(err);
    in->data = (msched__slice){out->data, out->size};
    return MSCHED_OK;
}

static msched_result read_table(msched__history_reader *in, msched_error *err)
{
    msched__buffer decoded;
    msched__buffer_init(&decoded, &in->history->allocator);
    msched_result result = make_utf8(&decoded, in, err);
    if (result == MSCHED_OK)
        result = msched__history_read_csv(in, err);
    msched__buffer_free(&decoded);
    return result;
}

static msched_result read_text(msched__history_reader *in, msched_error *err)
{
    msched__slice text = in->data;
    const char *kind = msched__source_kind_of_bytes(text);
    size_t at = 0;
    if (text.size >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0)
        in->data = text = (msched__slice){text.data + 3, text.size - 3};
    while (at < text.size && (unsigned char)text.data[at] <= ' ' && text.data[at] != '\0')
        at++;
    if (kind == NULL && at < text.size && text.data[at] != '{' && text.data[at] != '[')
        kind = msched__source_kind_of_text(text);
    if (kind != NULL && text.data[at] == '<' && strncmp(kind, "XML", 3) == 0)
        kind = "XML, not a listening history: choose JSON or CSV as the format of the export";
    if (kind != NULL && text.data[at] == '<' && strncmp(kind, "a web page", 10) == 0)
        kind = "a web page (HTML): choose JSON as the format of the history in Google Takeout";
    if (kind != NULL)
        return msched__fail(err, MSCHED_ERROR_SYNTAX, "%s: this is %s", in->path, kind);
    if (at == text.size)
        return msched__fail(err, MSCHED_ERROR_SYNTAX, "%s: the file is empty", in->path);
    return text.data[at] == '{' || text.data[at] == '[' ? msched__history_read_json(in, err)
                                                        : read_table(in, err);
}

/* Read a file that is in memory. */
static msched_result read_data(msched_history *history, msched__slice data, const char *path,
                               uint32_t file, msched_error *err)
{
    const char *slash = strrchr(path, '/');
    msched__history_reader in = {.history = history,
                                 .path = path,
                                 .name = slash == NULL ? path : slash + 1,
                                 .data = data,
                                 .line = 1,
                                 .file = (uint16_t)file};
    msched__buffer unpacked;
    msched_result result = MSCHED_OK;
    msched__buffer_init(&unpacked, &history->allocator);
    if (msched__source_is_coded(data))
        result = unpack(&unpacked, &in, err);
    if (result == MSCHED_OK)
        result = read_text(&in, err);
    msched__buffer_free(&unpacked);
    return result;
}

static msched_result cannot_read(const char *path, int number, msched_error *err)
{
    char why[100];
    if (strerror_r(number, why, sizeof why) != 0)
        snprintf(why, sizeof why, "error %d", number);
    return msched__fail(err, MSCHED_ERROR_IO, "%s: cannot be read: %s", path, why);
}

/* Read the bytes of an open file into `out`. */
static msched_result fill(msched__buffer *out, int file, const char *path, msched_error *err)
{
    struct stat status;
    if (fstat(file, &status) != 0)
        return cannot_read(path, errno, err);
    if (S_ISDIR(status.st_mode))
        return cannot_read(path, EISDIR, err);
    size_t piece = status.st_size > 0 && (uint64_t)status.st_size < FILE_MAX_BYTES
                       ? (size_t)status.st_size + 1
                       : 1 << 16;
    for (;;) {
        if (!msched__buffer_reserve(out, piece))
            return msched__fail_memory(err);
        ssize_t got = read(file, out->data + out->size, piece);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cannot_read(path, errno, err);
        if (got == 0)
            return MSCHED_OK;
        out->size += (size_t)got;
        if (out->size > FILE_MAX_BYTES)
            return msched__fail(err, MSCHED_ERROR_LIMIT, "%s: the file is over 2 GiB", path);
        piece = 1 << 16;
    }
}

static msched_result load_path(msched_history *history, msched__buffer *room, const char *path,
                               uint32_t number, msched_error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return cannot_read(path, errno, err);
    msched__buffer_clear(room);
    msched_result result = fill(room, file, path, err);
    close(file);
    if (result != MSCHED_OK)
        return result;
    return read_data(history, (msched__slice){room->data == NULL ? "" : room->data, room->size},
                     path, number, err);
}

/* Read the files that paths name, those of folders too. */
static msched_result load_paths(msched_history *history, const char *const *paths,
                                uint32_t path_count, uint32_t *file_count, msched_error *err)
{
    msched__buffer room;
    msched__file_list files;
    msched_result result = MSCHED_OK;
    msched__buffer_init(&room, &history->allocator);
    msched__file_list_init(&files, &history->allocator, 1);
    for (uint32_t i = 0; i < path_count && result == MSCHED_OK; i++)
        result = paths[i] == NULL ? msched__fail_null(err, "path")
                                  : msched__file_list_add(&files, paths[i], err);
    if (result == MSCHED_OK && files.count > MSCHED_HISTORY_MAX_FILES)
        result = msched__fail(err, MSCHED_ERROR_LIMIT, "a history has at most %d files",
                              MSCHED_HISTORY_MAX_FILES);
    for (uint32_t i = 0; i < files.count && result == MSCHED_OK; i++)
        result = load_path(history, &room, files.items[i].path, i, err);
    if (result == MSCHED_OK)
        result = keep_names(history, &files, err);
    *file_count = (uint32_t)files.count;
    msched__file_list_free(&files);
    msched__buffer_free(&room);
    return result;
}

static msched_result finish(msched_history **out, msched_history *history, uint32_t files,
                            msched_result result, msched_error *err)
{
    if (result == MSCHED_OK)
        result = msched__history_finish(history, files, err);
    if (result != MSCHED_OK)
        msched_history_unref(history);
    else
        *out = history;
    return result;
}

msched_result msched_history_load_paths(msched_history **out, const char *const *paths,
                                        uint32_t path_count, const msched_history_options *options,
                                        msched_error *err)
{
    msched_error fault = {0};
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (paths == NULL || path_count == 0 || path_count > MSCHED_HISTORY_MAX_FILES)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "a history has 1 to %d files",
                            MSCHED_HISTORY_MAX_FILES);
    msched_history *history = create(options, &fault);
    if (history == NULL) {
        if (err != NULL)
            *err = fault;
        return fault.code;
    }
    uint32_t file_count = 0;
    msched_result result = load_paths(history, paths, path_count, &file_count, err);
    history->was_opened = 1;
    return finish(out, history, file_count, result, err);
}

msched_result msched_history_load_memory(msched_history **out, const char *data, size_t size_bytes,
                                         const char *name, const msched_history_options *options,
                                         msched_error *err)
{
    msched_error fault = {0};
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (data == NULL)
        return msched__fail_null(err, "data");
    msched_history *history = create(options, &fault);
    if (history == NULL) {
        if (err != NULL)
            *err = fault;
        return fault.code;
    }
    msched_result result = size_bytes > FILE_MAX_BYTES
                               ? msched__fail(err, MSCHED_ERROR_LIMIT, "the file is over 2 GiB")
                               : read_data(history, (msched__slice){data, size_bytes},
                                           name == NULL ? "<memory>" : name, 0, err);
    if (result == MSCHED_OK && name != NULL) {
        history->file_names = msched__alloc_array(&history->allocator, 1, sizeof(uint32_t));
        result = history->file_names == NULL ? msched__fail_memory(err)
                                             : keep_name(history, name, err);
    }
    return finish(out, history, 1, result, err);
}

msched_result msched_history_get_info(const msched_history *history, msched_history_info *info)
{
    if (history == NULL)
        return MSCHED_ERROR_ARGUMENT;
    size_t count = history->play_count;
    msched_history_info known = {.struct_size = sizeof known,
                                 .plays = (uint32_t)count,
                                 .songs = history->recording_count,
                                 .artists = history->artist_count,
                                 .episodes = history->episodes,
                                 .duplicates = history->duplicates,
                                 .unreadable = history->unreadable,
                                 .schedules = history->schedules,
                                 .first_utc = count > 0 ? history->plays[0].utc : 0,
                                 .last_utc = count > 0 ? history->plays[count - 1].utc : 0};
    return msched__options_write(info, &known, sizeof known);
}

msched_result msched_history_get_play(const msched_history *history, uint32_t index,
                                      msched_play *play)
{
    if (history == NULL || index >= history->play_count)
        return MSCHED_ERROR_ARGUMENT;
    const msched__play *from = &history->plays[index];
    const msched__history_song *song = &history->songs[from->song];
    msched_play known = {.struct_size = sizeof known,
                         .song = song->recording,
                         .utc = from->utc,
                         .played_ms = from->ms,
                         .skipped = from->skipped,
                         .title = msched__history_title(history, from->song),
                         .artist = msched__history_artist(history, from->song),
                         .album = history->pool.data + song->album,
                         .track_id = history->pool.data + song->track_id};
    return msched__options_write(play, &known, sizeof known);
}

uint32_t msched_history_remark_count(const msched_history *history)
{
    return history == NULL ? 0 : history->remark_count;
}

const char *msched_history_get_remark(const msched_history *history, uint32_t index)
{
    return history == NULL || index >= history->remark_count ? NULL : history->remarks[index];
}
