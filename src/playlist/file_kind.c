#include "playlist/file_kind.h"

#include "base/alloc.h"
#include "catalog/read/column_alias.h"
#include "catalog/read/header.h"
#include "catalog/read/sniff.h"
#include "format/source.h"
#include "playlist/history_nested.h"
#include "playlist/playlist_data.h"
#include "playlist/playlist_line.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define HEAD_BYTES ((size_t)16000)

static int holds(msched__slice text, const char *word)
{
    const size_t size = strlen(word);
    for (size_t at = 0; at + size <= text.size; at++)
        if (memcmp(text.data + at, word, size) == 0)
            return 1;
    return 0;
}

static msched__slice without_blanks(msched__slice text)
{
    if (msched__begins_with(text, "\xEF\xBB\xBF"))
        text = (msched__slice){text.data + 3, text.size - 3};
    while (text.size > 0 && memchr(" \t\r\n", text.data[0], 4) != NULL)
        text = (msched__slice){text.data + 1, text.size - 1};
    return text;
}

static int is_json_history(msched__slice head)
{
    return holds(head, "\"msPlayed\"") || holds(head, "\"ms_played\"") ||
           holds(head, "\"endTime\"") || msched__history_is_nested(head);
}

/* A line that is the path of an audio file: M3U without comments. */
static int begins_with_path(msched__slice head)
{
    msched__slice line = {head.data, 0};
    while (line.size < head.size && head.data[line.size] != '\n' && head.data[line.size] != '\r')
        line.size++;
    return msched__playlist_is_sound(msched__trim(line)) &&
           (memchr(line.data, '/', line.size) != NULL ||
            memchr(line.data, '\\', line.size) != NULL) &&
           memchr(line.data, ',', line.size) == NULL && memchr(line.data, '\t', line.size) == NULL;
}

/* A comma, or the like, as between the cells of a table: without a blank, or before a length. */
static int has_cells(msched__slice line)
{
    for (size_t i = 0; i < line.size; i++)
        if (memchr(";|\t", line.data[i], 3) != NULL ||
            (line.data[i] == ',' &&
             (i + 1 == line.size || line.data[i + 1] != ' ' ||
              (i + 2 < line.size && line.data[i + 2] >= '0' && line.data[i + 2] <= '9'))))
            return 1;
    return 0;
}

/* "... (3:20)", not "... - 3:20", which a table may have. */
static int ends_with_length(msched__slice line)
{
    msched__playlist_draft draft = {0};
    msched__line_read(&draft, line);
    return draft.duration_ms > 0 && strchr(")]", line.data[line.size - 1]) != NULL;
}

/* "Artist - Title 3:20" and "Artist - [Album #01] Title", if several lines are like that. */
static int is_like_list(msched__slice line)
{
    msched__playlist_draft draft = {0};
    if (has_cells(line))
        return 0;
    msched__line_read(&draft, line);
    return draft.album.size > 0 || (draft.duration_ms > 0 && msched__line_has_dash(draft.title));
}

#define LINES_OF_LIST 3
#define MOST_HEADINGS 3

/* "1. Artist - Title (3:20)": what is around the song is not a part of its names. */
static int is_line_of_list(msched__slice line)
{
    const msched__slice song = msched__line_without_marker(line);
    if (memchr(song.data, '\t', song.size) != NULL ||
        (song.data == line.data && !ends_with_length(line)))
        return 0;
    return msched__line_has_dash(song) ||
           ((msched__begins_with(song, "\"") || msched__begins_with(song, "\xE2\x80\x9C")) &&
            holds(song, " by "));
}

/* A line before the songs that names the list or its page: none of its parts names a column. */
static int is_heading(msched__slice line)
{
    uint32_t rank;
    uint8_t unit;
    if (line.size >= 120 || (!holds(line, "://") && holds(line, " - ")))
        return 0;
    for (size_t at = 0, from = 0; at <= line.size; at++) {
        if (at < line.size && memchr(";|\t\"", line.data[at], 4) != NULL)
            return 0;
        if (at < line.size && line.data[at] != ',')
            continue;
        const msched__slice part = msched__trim((msched__slice){line.data + from, at - from});
        if (msched__column_alias(part, &rank, &unit) != MSCHED__COLUMN_ALL)
            return 0;
        from = at + 1;
    }
    return 1;
}

/* A comment, a line of signs between songs, or "?" for an unknown song. */
static int says_nothing(msched__slice line)
{
    return !msched__line_has_letters(line) || msched__begins_with(line, "# ");
}

static int is_list(msched__slice head)
{
    size_t lines = 0, least = 1, headings = 0;
    size_t alike = 0, commas = 0; /* if all lines like a list have a comma, it is of a table */
    while (head.size > 0 && lines < LINES_OF_LIST) {
        size_t size = 0;
        while (size < head.size && head.data[size] != '\n' && head.data[size] != '\r')
            size++;
        const msched__slice line = msched__trim((msched__slice){head.data, size});
        if (!says_nothing(line) && size < head.size) {
            if (is_line_of_list(line)) {
                lines++;
            } else if (is_like_list(line)) {
                lines++;
                least = LINES_OF_LIST;
                alike++;
                commas += memchr(line.data, ',', line.size) != NULL;
            } else if (lines == 0 && headings++ < MOST_HEADINGS && is_heading(line)) {
                /* one line after another is not yet a list, and a comma may be that of a table */
                least = memchr(line.data, ',', line.size) != NULL ? LINES_OF_LIST
                        : least > 2                               ? least
                                                                  : 2;
            } else {
                return 0;
            }
        }
        size += size < head.size;
        head = (msched__slice){head.data + size, head.size - size};
    }
    return lines >= least && (alike == 0 || commas < alike);
}

static int is_playlist(msched__slice head)
{
    if (msched__begins_with(head, "[playlist]") || begins_with_path(head) || is_list(head))
        return 1;
    if (msched__begins_with(head, "<"))
        return holds(head, "<playlist") || holds(head, "<plist") || holds(head, "<DJ_PLAYLISTS") ||
               holds(head, "<NML");
    return msched__begins_with(head, "#EXTM3U") || msched__begins_with(head, "#extm3u") ||
           msched__begins_with(head, "{") ||
           (msched__begins_with(head, "[") && (holds(head, "{") || holds(head, "\"")));
}

/* MEMORY, or MSCHED_OK: *kind and, where `is_known` is not NULL, whether the text fits it. */
static msched_result kind_of_text(msched__file_kind *kind, int *is_known, msched__slice head,
                                  const msched_allocator *allocator)
{
    int is_table = 0;
    head = without_blanks(head);
    if (msched__begins_with(head, "[") ||
        (msched__begins_with(head, "{") && msched__history_is_nested(head)))
        *kind = is_json_history(head) ? MSCHED__FILE_HISTORY : MSCHED__FILE_SONGS;
    else if (!msched__begins_with(head, "{") && !msched__begins_with(head, "<")) {
        if (!msched__history_is_table(head, allocator, &is_table))
            return MSCHED_ERROR_MEMORY;
        *kind = is_table ? MSCHED__FILE_HISTORY : MSCHED__FILE_SONGS;
    }
    if (*kind == MSCHED__FILE_SONGS && is_playlist(head))
        *kind = MSCHED__FILE_PLAYLIST;
    if (is_known == NULL)
        return MSCHED_OK;
    if (*kind == MSCHED__FILE_SONGS) {
        msched__header_names names;
        msched_catalog_options options;
        msched_catalog_options_init(&options, sizeof options);
        *is_known = msched__header_names_read(&names, &options, NULL) == MSCHED_OK &&
                    msched__sniff(head, '\0', &names).found;
    } else {
        *is_known = *kind == MSCHED__FILE_HISTORY ||
                    (!msched__begins_with(head, "{") && !msched__begins_with(head, "["));
    }
    return MSCHED_OK;
}

static int64_t read_stream(void *file, void *buffer, size_t size)
{
    const size_t got = fread(buffer, 1, size, file);
    return got == 0 && ferror(file) ? -1 : (int64_t)got;
}

static msched_result detect(msched__file_kind *kind, int *is_known, FILE *file,
                            const msched_allocator *allocator)
{
    char bytes[HEAD_BYTES];
    msched__slice head = {bytes, fread(bytes, 1, sizeof bytes, file)};
    if (!msched__source_is_coded(head))
        return msched__source_kind_of_bytes(head) == NULL
                   ? kind_of_text(kind, is_known, head, allocator)
                   : MSCHED_OK;
    rewind(file);
    msched__source *source = msched__source_open(allocator, read_stream, file,
                                                 (msched__slice){NULL, 0});
    if (source == NULL)
        return MSCHED_ERROR_MEMORY;
    msched_result result = msched__source_text(source, &head, NULL);
    if (result == MSCHED_OK) {
        head.size = head.size < HEAD_BYTES ? head.size : HEAD_BYTES;
        result = kind_of_text(kind, is_known, head, allocator);
    }
    msched__source_close(source);
    return result == MSCHED_ERROR_MEMORY ? result : MSCHED_OK;
}

static msched_result look(msched__file_kind *kind, int *is_known, const char *path,
                          const msched_allocator *allocator)
{
    struct stat status;
    *kind = MSCHED__FILE_SONGS;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return MSCHED_OK;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return MSCHED_OK;
    const msched_result result = detect(kind, is_known, file, allocator);
    fclose(file);
    return result;
}

msched_result msched__file_kind_of(msched__file_kind *kind, const char *path,
                                   const msched_allocator *allocator)
{
    return look(kind, NULL, path, allocator);
}

msched_result msched__file_kind_known(msched__file_kind *kind, int *is_known, const char *path,
                                      const msched_allocator *allocator)
{
    *is_known = 0;
    return look(kind, is_known, path, allocator);
}
