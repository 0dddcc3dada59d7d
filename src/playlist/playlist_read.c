/* Playlists as objects: choose the reader of a file, and get the values of a playlist. */
#include "base/alloc.h"
#include "base/cp1252.h"
#include "base/options.h"
#include "base/utf8.h"
#include "format/source.h"
#include "format/xml.h"
#include "playlist/playlist_data.h"

#include <string.h>

int32_t msched_playlist_can_read_xml(void)
{
    return msched__xml_available();
}

const char *msched_playlist_form_name(uint32_t form)
{
    static const char *const names[] = {"list",
                                        "m3u",
                                        "xspf",
                                        "jspf",
                                        "itunes",
                                        "spotify-export",
                                        "spotify-library",
                                        "spotify-api",
                                        "schedule",
                                        "json",
                                        "table",
                                        "collection",
                                        "pls"};
    return form < sizeof names / sizeof names[0] ? names[form] : NULL;
}

void msched_playlist_options_init(msched_playlist_options *options, uint32_t struct_size)
{
    msched_playlist_options defaults = {.struct_size = sizeof defaults};
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

msched_playlist *msched_playlist_ref(msched_playlist *playlist)
{
    msched__refcount_add(&playlist->refs);
    return playlist;
}

void msched_playlist_unref(msched_playlist *playlist)
{
    if (playlist == NULL || !msched__refcount_drop(&playlist->refs))
        return;
    msched_allocator allocator = playlist->allocator;
    msched__free(&allocator, playlist->songs);
    msched__free(&allocator, playlist->remarks);
    msched__arena_reset(&playlist->arena);
    msched__free(&allocator, playlist);
}

const char *msched_playlist_name(const msched_playlist *playlist)
{
    return playlist->name;
}

uint32_t msched_playlist_form(const msched_playlist *playlist)
{
    return playlist->form;
}

uint32_t msched_playlist_song_count(const msched_playlist *playlist)
{
    return playlist == NULL ? 0 : (uint32_t)playlist->song_count;
}

uint32_t msched_playlist_remark_count(const msched_playlist *playlist)
{
    return playlist == NULL ? 0 : (uint32_t)playlist->remark_count;
}

msched_result msched_playlist_get_song(const msched_playlist *playlist, uint32_t index,
                                       msched_playlist_song *song)
{
    if (playlist == NULL || index >= playlist->song_count)
        return MSCHED_ERROR_ARGUMENT;
    const msched__playlist_song *from = &playlist->songs[index];
    msched_playlist_song known = {.struct_size = sizeof known,
                                  .duration_ms = from->duration_ms,
                                  .title = from->title,
                                  .artist = from->artist,
                                  .album = from->album,
                                  .id = from->id,
                                  .link = from->link,
                                  .isrc = from->isrc,
                                  .list = from->list,
                                  .line = from->line};
    return msched__options_write(song, &known, sizeof known);
}

const char *msched_playlist_get_remark(const msched_playlist *playlist, uint32_t index,
                                       uint64_t *line)
{
    if (playlist == NULL || index >= playlist->remark_count)
        return NULL;
    if (line != NULL)
        *line = playlist->remarks[index].line;
    return playlist->remarks[index].text;
}

/* Unpack gzip and other encodings than UTF-8 into `out`. */
static msched_result unpack(msched__buffer *out, msched_playlist *playlist, msched__slice *text,
                            msched_error *err)
{
    msched__slice head;
    char block[4096];
    int64_t got = 0;
    msched__source *source = msched__source_open(&playlist->allocator, NULL, NULL, *text);
    if (source == NULL)
        return msched__fail_memory(err);
    msched_result result = msched__source_text(source, &head, err);
    while (result == MSCHED_OK && (got = msched__source_read(source, block, sizeof block)) > 0) {
        msched__buffer_add(out, block, (size_t)got);
        if (out->size > MSCHED_PLAYLIST_MAX_BYTES)
            result = msched__fail(err, MSCHED_ERROR_LIMIT, "the unpacked file is over 64 MiB");
    }
    if (result == MSCHED_OK && got < 0 && msched__source_failure(source, err))
        result = err == NULL ? MSCHED_ERROR_SYNTAX : err->code;
    if (result == MSCHED_OK && out->failed)
        result = msched__fail_memory(err);
    msched__source_close(source);
    *text = (msched__slice){out->data == NULL ? "" : out->data, out->size};
    return result;
}

/* The text as UTF-8: itself, or in `out`. */
static msched_result make_utf8(msched__buffer *out, msched_playlist *playlist, msched__slice *text,
                               msched_error *err)
{
    size_t good = msched__utf8_check(text->data, text->size);
    if (good == text->size)
        return MSCHED_OK;
    if (memchr(text->data, '\0', text->size) != NULL)
        return msched__fail(err, MSCHED_ERROR_ENCODING, "the file is binary, not text");
    const msched__slice head = {text->data, text->size < MSCHED__SOURCE_HEAD_BYTES
                                                ? text->size
                                                : MSCHED__SOURCE_HEAD_BYTES};
    const char *charset = msched__charset_of(head).name;
    if (charset != NULL)
        return msched__playlist_remark_add(playlist, 0, "not UTF-8: read as %s", charset)
                   ? unpack(out, playlist, text, err)
                   : msched__fail_memory(err);
    msched__cp1252_add(out, *text);
    if (out->failed || !msched__playlist_remark_add(playlist, 0, "not UTF-8: read as Windows-1252"))
        return msched__fail_memory(err);
    *text = (msched__slice){out->data, out->size};
    return MSCHED_OK;
}

static char first_sign(msched__slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != ' ' && text.data[i] != '\t' && text.data[i] != '\n' &&
            text.data[i] != '\r')
            return text.data[i];
    return '\0';
}

/* "[{", "["", "[ [": JSON, not a list that begins with a word in brackets. */
static int is_json_array(msched__slice text)
{
    size_t at = 0;
    while (text.data[at] != '[')
        at++;
    text = (msched__slice){text.data + at + 1, text.size - at - 1};
    char next = first_sign(text);
    return next == '{' || next == '"' || next == '[' || next == ']';
}

static msched_result read_text(msched_playlist *playlist, msched__slice text, msched_error *err)
{
    int found = 0;
    char first = first_sign(text);
    const char *kind = first == '{' || first == '[' || first == '#'
                           ? NULL
                           : msched__source_kind_of_text(text);
    if (first == '<' && kind != NULL && strncmp(kind, "a web page", 10) != 0)
        kind = NULL;
    if (first == '\0')
        return msched__fail(err, MSCHED_ERROR_SYNTAX, "the file is empty");
    if (kind != NULL)
        return msched__fail(err, MSCHED_ERROR_SYNTAX, "this is %s", kind);
    if (first == '{' || (first == '[' && is_json_array(text)))
        return msched__playlist_read_json(playlist, text, err);
    if (first == '<')
        return msched__playlist_read_xml(playlist, text, err);
    if (first != '#') {
        msched_result result = msched__playlist_read_table(playlist, text, &found, err);
        if (result != MSCHED_OK || found)
            return result;
    }
    return msched__playlist_read_lines(playlist, text, err);
}

static msched_result read_bytes(msched_playlist *playlist, msched__slice text, msched_error *err)
{
    msched__buffer unpacked, recoded;
    msched_result result = MSCHED_OK;
    const char *kind = msched__source_kind_of_bytes(text);
    if (kind != NULL)
        return msched__fail(err, MSCHED_ERROR_SYNTAX, "this is %s", kind);
    msched__buffer_init(&unpacked, &playlist->allocator);
    msched__buffer_init(&recoded, &playlist->allocator);
    if (msched__source_is_coded(text))
        result = unpack(&unpacked, playlist, &text, err);
    if (result == MSCHED_OK && text.size >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0)
        text = (msched__slice){text.data + 3, text.size - 3};
    /* XML names its encoding itself */
    if (result == MSCHED_OK && first_sign(text) != '<')
        result = make_utf8(&recoded, playlist, &text, err);
    if (result == MSCHED_OK)
        result = read_text(playlist, text, err);
    if (result == MSCHED_OK)
        msched__playlist_end_files(playlist);
    msched__buffer_free(&unpacked);
    msched__buffer_free(&recoded);
    return result;
}

static int copy_options(msched_playlist *playlist, const msched_playlist_options *options)
{
    const char *name = options->name == NULL ? "" : options->name;
    const char *only = options->only == NULL ? "" : options->only;
    playlist->name = msched__arena_copy(&playlist->arena, name, strlen(name));
    playlist->only = msched__arena_copy(&playlist->arena, only, strlen(only));
    return playlist->name != NULL && playlist->only != NULL;
}

static msched_result check_only(const msched_playlist *playlist, msched_error *err)
{
    if (playlist->only[0] == '\0' || playlist->song_count > 0)
        return MSCHED_OK;
    if (playlist->list_count == 0)
        return msched__fail(err, MSCHED_ERROR_NOT_FOUND, "the file has no playlist \"%.80s\"",
                            playlist->only);
    return msched__fail(
        err, MSCHED_ERROR_NOT_FOUND, "the file has no songs in a playlist \"%.60s\"; it has %s%s",
        playlist->only, playlist->list_names, playlist->list_count > 4 ? " and more" : "");
}

msched_result msched__playlist_read(msched_playlist **out, msched__slice bytes,
                                    const msched_playlist_options *options, msched__buffer *table,
                                    msched_error *err)
{
    msched_playlist_options known;
    *out = NULL;
    if (bytes.data == NULL)
        return msched__fail_null(err, "data");
    msched_playlist_options_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, options, "options", err);
    if (result != MSCHED_OK)
        return result;
    if (bytes.size > MSCHED_PLAYLIST_MAX_BYTES)
        return msched__fail(err, MSCHED_ERROR_LIMIT, "the file is over 64 MiB");
    msched_allocator allocator = msched__allocator_copy(known.allocator);
    msched_playlist *playlist = msched__alloc_zero(&allocator, 1, sizeof *playlist);
    if (playlist == NULL)
        return msched__fail_memory(err);
    msched__refcount_init(&playlist->refs);
    playlist->allocator = allocator;
    playlist->list = (msched__slice){"", 0};
    playlist->table = table;
    msched__arena_init(&playlist->arena, &allocator, 0);
    result = copy_options(playlist, &known) ? MSCHED_OK : msched__fail_memory(err);
    if (result == MSCHED_OK)
        result = read_bytes(playlist, bytes, err);
    if (result == MSCHED_OK)
        result = check_only(playlist, err);
    playlist->table = NULL;
    if (result != MSCHED_OK)
        msched_playlist_unref(playlist);
    else
        *out = playlist;
    return result;
}

msched_result msched_playlist_read(msched_playlist **out, const char *data, size_t size_bytes,
                                   const msched_playlist_options *options, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    return msched__playlist_read(out, (msched__slice){data, size_bytes}, options, NULL, err);
}
