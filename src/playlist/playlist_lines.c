/*
 * Lists with a song on each line: plain lists, and M3U, whose comments describe the next line
 * (#EXTINF:SECONDS,Artist - Title; #EXTALB; #EXTART; #EXTVDJ; #PLAYLIST).
 */
#include "base/number.h"
#include "base/slice.h"
#include "catalog/cells/cell_list.h"
#include "catalog/read/header.h"
#include "playlist/playlist_data.h"
#include "playlist/playlist_line.h"

#include <string.h>

typedef struct reader {
    msched_playlist *playlist;
    msched__playlist_draft next; /* from comments about the next line */
    const char *comment;         /* the last of them that names or describes a song, or NULL */
    int64_t number;              /* of PLS: of the song that `next` is; 0: none */
} reader;

static const char extinf[] = "#EXTINF", virtual_dj[] = "#EXTVDJ";

static int after(msched__slice line, const char *start, msched__slice *rest)
{
    size_t size = strlen(start);
    if (line.size < size || memcmp(line.data, start, size) != 0)
        return 0;
    *rest = msched__trim((msched__slice){line.data + size, line.size - size});
    return 1;
}

/* A length in whole seconds or as "4:21", in milliseconds; 0: it is not known. */
static int64_t length_of(msched__slice text)
{
    int64_t seconds = 0;
    if (memchr(text.data, ':', text.size) != NULL)
        return msched__line_clock_ms(text);
    return msched__parse_int(text.data, text.size, &seconds) && seconds > 0 && seconds < 86400
               ? seconds * 1000
               : 0;
}

/* Split "Artist - Title", also at a longer dash; without one, the whole text is the title. */
static void split(msched__playlist_draft *draft, msched__slice text)
{
    static const char *const dashes[] = {" - ", " \342\200\223 ", " \342\200\224 "};
    if (msched__line_read_album(draft, text))
        return;
    draft->title = text;
    for (size_t d = 0; d < sizeof dashes / sizeof dashes[0]; d++)
        for (size_t i = 1, size = strlen(dashes[d]); i + size < text.size; i++)
            if (memcmp(text.data + i, dashes[d], size) == 0) {
                draft->artist = (msched__slice){text.data, i};
                draft->title = (msched__slice){text.data + i + size, text.size - i - size};
                draft->loose = 1;
                return;
            }
}

/*
 * "SECONDS key="value",Artist - Title": the comma that ends the numbers is outside quotes. What
 * #EXTVDJ said about the same song stays where this says nothing.
 */
static void read_extinf(reader *in, msched__slice rest, uint64_t line)
{
    size_t digits = 0, comma = 0;
    int quoted = 0;
    for (; comma < rest.size && (quoted || rest.data[comma] != ','); comma++)
        quoted ^= rest.data[comma] == '"';
    while (digits < comma && ((rest.data[digits] >= '0' && rest.data[digits] <= '9') ||
                              rest.data[digits] == (digits == 0 ? '-' : ':')))
        digits++;
    const int has_tags = in->comment == virtual_dj;
    const int64_t ms = length_of((msched__slice){rest.data, digits});
    if (!has_tags)
        in->next = (msched__playlist_draft){
            .artist = in->next.artist, .album = in->next.album, .genre = in->next.genre};
    in->next.line = line;
    in->next.duration_ms = ms > 0 ? ms : in->next.duration_ms;
    in->comment = extinf;
    if (comma == rest.size)
        return;
    const msched__slice text =
        msched__trim((msched__slice){rest.data + comma + 1, rest.size - comma - 1});
    if (in->next.artist.size > 0 && !has_tags)
        in->next.title = text;
    else if (text.size > 0)
        split(&in->next, text);
}

/* The text between <name> and </name>; empty if it is not there. */
static msched__slice between_tags(reader *in, msched__slice line, const char *name)
{
    const size_t size = strlen(name);
    for (size_t at = 0; at + size + 2 < line.size; at++) {
        if (line.data[at] != '<' || line.data[at + size + 1] != '>' ||
            memcmp(line.data + at + 1, name, size) != 0)
            continue;
        const size_t from = at + size + 2;
        const char *end = memchr(line.data + from, '<', line.size - from);
        msched__slice text = {line.data + from, end == NULL ? 0 : (size_t)(end - line.data) - from};
        if (!msched__cell_has_references(text))
            return text;
        msched__buffer plain;
        msched__buffer_init(&plain, &in->playlist->allocator);
        msched__cell_references(&plain, &text);
        const char *kept = plain.failed
                               ? NULL
                               : msched__arena_copy(&in->playlist->arena, text.data, text.size);
        msched__buffer_free(&plain);
        if (kept == NULL)
            in->playlist->failed = MSCHED_ERROR_MEMORY;
        return (msched__slice){kept, kept == NULL ? 0 : text.size};
    }
    return (msched__slice){"", 0};
}

/*
 * VirtualDJ: "<artist>Orson</artist><title>Harbor</title><songlength>201.5</songlength>". Without
 * an artist, it replaces no artist and title that are known.
 */
static void read_virtual_dj(reader *in, msched__slice rest, uint64_t line)
{
    double seconds = 0;
    const msched__slice title = between_tags(in, rest, "title"),
                        artist = between_tags(in, rest, "artist"),
                        length = between_tags(in, rest, "songlength");
    if (title.size == 0)
        return;
    in->next.line = line;
    if (artist.size > 0)
        in->next.artist = artist;
    if (artist.size > 0 || in->next.artist.size == 0 || in->next.title.size == 0)
        in->next.title = title;
    if (msched__parse_double(length.data, length.size, &seconds) && seconds > 0 && seconds < 86400)
        in->next.duration_ms = (int64_t)(seconds * 1000 + 0.5);
    in->comment = virtual_dj;
}

/* The number after a word, and what follows "=": "File12=". 0: it is another line. */
static int64_t numbered(msched__slice line, const char *word, msched__slice *value)
{
    const char *equals = memchr(line.data, '=', line.size);
    int64_t number = 0;
    msched__slice rest;
    if (equals == NULL ||
        !after((msched__slice){line.data, (size_t)(equals - line.data)}, word, &rest) ||
        !msched__parse_int(rest.data, rest.size, &number) || number <= 0)
        return 0;
    const size_t begin = (size_t)(equals - line.data) + 1;
    *value = msched__trim((msched__slice){line.data + begin, line.size - begin});
    return number;
}

static int add_numbered(reader *in)
{
    if (in->number == 0)
        return 1;
    const int ok = in->next.title.size > 0
                       ? msched__playlist_add(in->playlist, &in->next)
                       : msched__playlist_add_line(in->playlist, in->next.link, in->next.line);
    in->next = (msched__playlist_draft){.line = 0};
    in->number = 0;
    return ok;
}

/* A line of PLS: File, Title and Length of each number. 0 when reading must stop. */
static int read_numbered(reader *in, msched__slice line, uint64_t at)
{
    static const char *const words[] = {"File", "Title", "Length"};
    msched__slice value = {"", 0};
    int64_t number = 0;
    size_t which = 0;
    while (which < 3 && (number = numbered(line, words[which], &value)) == 0)
        which++;
    if (number == 0)
        return 1;
    if (number != in->number && !add_numbered(in))
        return 0;
    in->number = number;
    in->next.line = in->next.line == 0 ? at : in->next.line;
    if (which == 0)
        in->next.link = value;
    else if (which == 1)
        split(&in->next, value);
    else
        in->next.duration_ms = length_of(value);
    return 1;
}

/* 1 if the line is a comment of M3U. */
static int read_comment(reader *in, msched__slice line, uint64_t number)
{
    msched__slice rest;
    if (after(line, "#EXTINF:", &rest))
        read_extinf(in, rest, number);
    else if (after(line, "#EXTVDJ:", &rest))
        read_virtual_dj(in, rest, number);
    else if (after(line, "#EXTALB:", &rest))
        in->next.album = rest;
    else if (after(line, "#EXTGENRE:", &rest))
        in->next.genre = rest;
    else if (after(line, "#EXTART:", &rest))
        in->next.artist = rest;
    else if (after(line, "#PLAYLIST:", &rest) && in->playlist->name[0] == '\0')
        in->playlist->name = msched__arena_copy(&in->playlist->arena, rest.data, rest.size);
    if (in->playlist->name == NULL) {
        in->playlist->name = "";
        in->playlist->failed = MSCHED_ERROR_MEMORY;
    }
    /* "#7 Title" is the seventh song of a list */
    return line.size > 0 && line.data[0] == '#' &&
           msched__line_without_marker(line).data == line.data;
}

static int add_described(reader *in, msched__slice line)
{
    in->next.link = line;
    int ok = in->next.title.size > 0 ? msched__playlist_add(in->playlist, &in->next)
                                     : msched__playlist_add_line(in->playlist, line, in->next.line);
    in->next = (msched__playlist_draft){.line = 0};
    in->comment = NULL;
    return ok;
}

static msched_result tell(const msched_playlist *playlist, msched_error *err)
{
    return playlist->failed == MSCHED_ERROR_MEMORY
               ? msched__fail_memory(err)
               : msched__fail(err, playlist->failed, "the playlist has more than %d songs",
                              MSCHED_PLAYLIST_MAX_SONGS);
}

msched_result msched__playlist_read_lines(msched_playlist *playlist, msched__slice text,
                                          msched_error *err)
{
    reader in = {.playlist = playlist};
    uint64_t number = 1;
    size_t at = 0;
    int ok = 1;
    for (; at < text.size && ok; number++) {
        size_t end = at;
        while (end < text.size && text.data[end] != '\n' && text.data[end] != '\r')
            end++;
        msched__slice line = msched__trim((msched__slice){text.data + at, end - at});
        at = end + (end < text.size);
        if (end < text.size && text.data[end] == '\r' && at < text.size && text.data[at] == '\n')
            at++;
        if (playlist->form == MSCHED_PLAYLIST_PLS) {
            ok = read_numbered(&in, line, number);
            continue;
        }
        if (number == 1 && line.size == 10 && memcmp(line.data, "[playlist]", 10) == 0) {
            playlist->form = MSCHED_PLAYLIST_PLS;
            continue;
        }
        if (line.size == 0 || read_comment(&in, line, number)) {
            playlist->form = line.size > 4 && memcmp(line.data, "#EXT", 4) == 0
                                 ? MSCHED_PLAYLIST_M3U
                                 : playlist->form;
            ok = playlist->failed == MSCHED_OK;
        } else {
            ok = in.comment != NULL ? add_described(&in, line)
                                    : msched__playlist_add_line(playlist, line, number);
        }
    }
    ok = ok && add_numbered(&in);
    if (ok && in.comment != NULL)
        ok = msched__playlist_remark_add(playlist, in.next.line, "%s has no file after it",
                                         in.comment);
    return ok ? MSCHED_OK : tell(playlist, err);
}
