/*
 * XSPF (https://www.xspf.org/spec) and the property lists that Music and iTunes export. A property
 * list contains first its tracks, then the track ids of each playlist.
 */
#include "base/alloc.h"
#include "base/number.h"
#include "base/slice.h"
#include "catalog/read/header.h"
#include "format/xml.h"
#include "playlist/playlist_data.h"

#include <string.h>

enum root { ROOT_NONE, ROOT_XSPF, ROOT_PLIST, ROOT_COLLECTION, ROOT_OTHER };

/* A track of a property list. */
typedef struct plist_track {
    int64_t id;
    msched__playlist_draft draft;
    int is_song, is_listed; /* listed: in a playlist that the person made */
} plist_track;

typedef struct reader {
    msched_playlist *playlist;
    enum root root;
    uint32_t depth; /* of the element that is open */
    char other[40]; /* name of a root that is neither */
    msched__playlist_draft draft;
    int in_track;
    /* of a property list */
    char key[24];      /* the last <key> */
    char section[24];  /* that of the outermost dictionary: "Tracks", "Playlists" */
    plist_track track; /* which is being read */
    plist_track *tracks;
    size_t track_count, track_capacity;
    int64_t *items;       /* track ids in playlists, 0 before each playlist's first */
    msched__slice *names; /* of the playlists */
    size_t item_count, item_capacity, name_count, name_capacity;
    msched__slice name;
    int is_library; /* the playlist is one of Music's built-in ones */
} reader;

/* Texts of elements are invalid after the call, so the reader copies them. */
static msched__slice keep(reader *in, msched__slice text)
{
    text = msched__trim(text);
    const char *kept = msched__arena_copy(&in->playlist->arena, text.data, text.size);
    if (kept == NULL)
        in->playlist->failed = MSCHED_ERROR_MEMORY;
    return (msched__slice){kept == NULL ? "" : kept, kept == NULL ? 0 : text.size};
}

static int whole(msched__slice text, int64_t *value)
{
    text = msched__trim(text);
    return msched__parse_int(text.data, text.size, value);
}

/* A year or a tempo; 0 is how players write that they know none. */
static msched__slice keep_number(reader *in, msched__slice text)
{
    double value = 0;
    text = msched__trim(text);
    if (msched__parse_double(text.data, text.size, &value) && value == 0)
        return (msched__slice){"", 0};
    return keep(in, text);
}

static void keep_key(char out[24], msched__slice text)
{
    size_t size = text.size < 23 ? text.size : 23;
    memcpy(out, text.data, size);
    out[size] = '\0';
}

static void xspf_field(reader *in, const char *name, msched__slice text)
{
    msched__playlist_draft *draft = &in->draft;
    if (strcmp(name, "title") == 0 && !in->in_track && in->depth == 2 &&
        in->playlist->name[0] == '\0')
        in->playlist->name = keep(in, text).data;
    if (!in->in_track)
        return;
    if (strcmp(name, "title") == 0)
        draft->title = keep(in, text);
    else if (strcmp(name, "creator") == 0)
        draft->artist = keep(in, text);
    else if (strcmp(name, "album") == 0)
        draft->album = keep(in, text);
    else if (strcmp(name, "duration") == 0)
        (void)whole(text, &draft->duration_ms);
    else if (strcmp(name, "location") == 0 && draft->link.size == 0)
        draft->link = keep(in, text);
    else if (strcmp(name, "identifier") == 0 && draft->id.size == 0)
        draft->id = keep(in, text);
}

/* A track with a file but no title gets the name of the file. */
static int xspf_track(reader *in)
{
    in->in_track = 0;
    if (in->draft.title.size == 0 && in->draft.id.size == 0 && in->draft.link.size > 0)
        return msched__playlist_add_line(in->playlist, in->draft.link, in->draft.line);
    return msched__playlist_add(in->playlist, &in->draft);
}

static int add_item(reader *in, int64_t id)
{
    void *block = in->items;
    if (!msched__grow(&in->playlist->allocator, &block, &in->item_capacity, in->item_count + 1,
                      sizeof *in->items))
        return 0;
    in->items = block;
    in->items[in->item_count++] = id;
    return 1;
}

static int add_track(reader *in)
{
    void *block = in->tracks;
    if (in->track_count > MSCHED_PLAYLIST_MAX_SONGS) {
        in->playlist->failed = MSCHED_ERROR_LIMIT;
        return 0;
    }
    if (!msched__grow(&in->playlist->allocator, &block, &in->track_capacity, in->track_count + 1,
                      sizeof *in->tracks))
        return 0;
    in->tracks = block;
    in->tracks[in->track_count++] = in->track;
    return 1;
}

static int begin_list(reader *in)
{
    void *block = in->names;
    if (!msched__grow(&in->playlist->allocator, &block, &in->name_capacity, in->name_count + 1,
                      sizeof *in->names))
        return 0;
    in->names = block;
    in->names[in->name_count++] = in->is_library ? (msched__slice){NULL, 0} : in->name;
    return add_item(in, 0);
}

static void track_field(reader *in, const char *type, msched__slice text)
{
    static const char *const not_songs[] = {"Podcast", "Movie", "Music Video", "TV Show",
                                            "Has Video"};
    msched__playlist_draft *draft = &in->track.draft;
    if (strcmp(in->key, "Track ID") == 0)
        (void)whole(text, &in->track.id);
    else if (strcmp(in->key, "Name") == 0)
        draft->title = keep(in, text);
    else if (strcmp(in->key, "Artist") == 0)
        draft->artist = keep(in, text);
    else if (strcmp(in->key, "Album") == 0)
        draft->album = keep(in, text);
    else if (strcmp(in->key, "Genre") == 0)
        draft->genre = keep(in, text);
    else if (strcmp(in->key, "Year") == 0)
        draft->year = keep_number(in, text);
    else if (strcmp(in->key, "BPM") == 0)
        draft->tempo = keep_number(in, text);
    else if (strcmp(in->key, "Total Time") == 0)
        (void)whole(text, &draft->duration_ms);
    else if (strcmp(in->key, "Location") == 0)
        draft->link = keep(in, text);
    for (size_t i = 0; i < sizeof not_songs / sizeof not_songs[0]; i++)
        if (strcmp(type, "true") == 0 && strcmp(in->key, not_songs[i]) == 0)
            in->track.is_song = 0;
}

static void list_field(reader *in, const char *type, msched__slice text)
{
    static const char *const own[] = {"Master", "Distinguished Kind", "Music",     "Podcasts",
                                      "Movies", "TV Shows",           "Audiobooks"};
    if (strcmp(in->key, "Name") == 0)
        in->name = keep(in, text);
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (strcmp(in->key, own[i]) == 0 && (strcmp(type, "true") == 0 || i == 1))
            in->is_library = 1;
}

/*
 * plist 1, dict 2, Tracks' dict 3, a track 4, its fields 5; Playlists' array 3, a playlist 4, its
 * fields and its items' array 5, an item 6, its Track ID 7.
 */
static int plist_end(reader *in, const char *name, msched__slice text)
{
    int is_dict = strcmp(name, "dict") == 0, ok = 1;
    int64_t id = 0;
    if (strcmp(name, "key") == 0) {
        keep_key(in->depth == 3 ? in->section : in->key, text);
        return 1;
    }
    if (strcmp(in->section, "Tracks") == 0) {
        if (in->depth == 5)
            track_field(in, name, text);
        else if (in->depth == 4 && is_dict)
            ok = add_track(in);
    } else if (strcmp(in->section, "Playlists") == 0) {
        if (in->depth == 5 && strcmp(name, "array") != 0)
            list_field(in, name, text);
        else if (in->depth == 7 && strcmp(in->key, "Track ID") == 0 && whole(text, &id) && id > 0)
            ok = add_item(in, id);
    }
    return ok;
}

static int plist_start(reader *in, const char *name, uint64_t line)
{
    if (in->depth == 4 && strcmp(name, "dict") == 0) {
        in->track = (plist_track){.draft = {.line = line}, .is_song = 1};
        in->name = (msched__slice){"", 0};
        in->is_library = 0;
    }
    if (in->depth == 5 && strcmp(name, "array") == 0 && strcmp(in->section, "Playlists") == 0)
        return begin_list(in);
    return 1;
}

/* A song of rekordbox's or Traktor's collection. */
static int is_entry(const char *element)
{
    return strcmp(element, "TRACK") == 0 || strcmp(element, "ENTRY") == 0;
}

/* RELEASE_DATE of Traktor is "2009/1/1"; the day is hardly ever known. */
static msched__slice year_of(msched__slice date)
{
    const char *slash = memchr(date.data, '/', date.size);
    return (msched__slice){date.data, slash == NULL ? date.size : (size_t)(slash - date.data)};
}

/* Genre, year and tempo of a song, in its own element or in those within. 1 if it is one. */
static int kept_property(reader *in, const char *element, const char *name, msched__slice text)
{
    if (strcmp(name, is_entry(element) ? "Genre" : "GENRE") == 0)
        in->draft.genre = keep(in, text);
    else if (is_entry(element) && strcmp(name, "Year") == 0)
        in->draft.year = keep_number(in, text);
    else if (strcmp(element, "INFO") == 0 && strcmp(name, "RELEASE_DATE") == 0)
        in->draft.year = keep_number(in, year_of(text));
    else if (is_entry(element) ? strcmp(name, "AverageBpm") == 0
                               : strcmp(element, "TEMPO") == 0 && strcmp(name, "BPM") == 0)
        in->draft.tempo = keep_number(in, text);
    else
        return 0;
    return 1;
}

/*
 * <TRACK Name=".." Artist=".." Album=".." TotalTime="201"> of rekordbox; <ENTRY TITLE=".."
 * ARTIST=".."><ALBUM TITLE=".."/><INFO PLAYTIME="201"/></ENTRY> of Traktor.
 */
static int on_attribute(void *ctx, const char *element, const char *name, const char *value)
{
    reader *in = ctx;
    const msched__slice text = {value, strlen(value)};
    if (in->root != ROOT_COLLECTION || !in->in_track)
        return 1;
    if (kept_property(in, element, name, text))
        return in->playlist->failed == MSCHED_OK;
    if (strcmp(name, "TotalTime") == 0 || strcmp(name, "PLAYTIME") == 0) {
        int64_t seconds;
        if (whole(text, &seconds) && seconds > 0 && seconds < 86400)
            in->draft.duration_ms = seconds * 1000;
    } else if (strcmp(element, "ALBUM") == 0 ? strcmp(name, "TITLE") == 0
                                             : strcmp(name, "Album") == 0) {
        in->draft.album = keep(in, text);
    } else if (is_entry(element) && (strcmp(name, "Name") == 0 || strcmp(name, "TITLE") == 0)) {
        in->draft.title = keep(in, text);
    } else if (is_entry(element) && (strcmp(name, "Artist") == 0 || strcmp(name, "ARTIST") == 0)) {
        in->draft.artist = keep(in, text);
    }
    return in->playlist->failed == MSCHED_OK;
}

static int on_start(void *ctx, const char *name, uint64_t line)
{
    reader *in = ctx;
    in->depth++;
    if (in->depth == 1) {
        in->root = strcmp(name, "playlist") == 0                                   ? ROOT_XSPF
                   : strcmp(name, "plist") == 0                                    ? ROOT_PLIST
                   : strcmp(name, "DJ_PLAYLISTS") == 0 || strcmp(name, "NML") == 0 ? ROOT_COLLECTION
                                                                                   : ROOT_OTHER;
        for (size_t i = 0; i + 1 < sizeof in->other && name[i] != '\0'; i++)
            in->other[i] = name[i];
    }
    if (in->root == ROOT_PLIST)
        return plist_start(in, name, line);
    if (in->root == ROOT_COLLECTION && in->depth == 3 && is_entry(name)) {
        in->draft = (msched__playlist_draft){.line = line};
        in->in_track = 1;
    }
    if (in->root == ROOT_XSPF && in->depth == 3 && strcmp(name, "track") == 0) {
        in->draft = (msched__playlist_draft){.line = line};
        in->in_track = 1;
    }
    return 1;
}

static int on_end(void *ctx, const char *name, msched__slice text, uint64_t line)
{
    reader *in = ctx;
    int ok = 1;
    (void)line;
    if (in->root == ROOT_PLIST)
        ok = plist_end(in, name, text);
    else if (in->root == ROOT_COLLECTION && in->depth == 3 && in->in_track) {
        in->in_track = 0;
        ok = msched__playlist_add(in->playlist, &in->draft);
    } else if (in->root == ROOT_XSPF && in->depth == 3 && in->in_track)
        ok = xspf_track(in);
    else if (in->root == ROOT_XSPF && (in->depth == 2 || in->depth == 4))
        xspf_field(in, name, text);
    in->depth--;
    return ok && in->playlist->failed == MSCHED_OK;
}

static plist_track *find_track(reader *in, int64_t id)
{
    for (size_t low = 0, high = in->track_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (in->tracks[middle].id == id)
            return &in->tracks[middle];
        if (in->tracks[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static int ascends(const reader *in)
{
    for (size_t i = 1; i < in->track_count; i++)
        if (in->tracks[i - 1].id >= in->tracks[i].id)
            return 0;
    return 1;
}

static int add_plist_track(reader *in, plist_track *track)
{
    track->is_listed = 1;
    if (!track->is_song)
        return msched__playlist_remark_add(
            in->playlist, track->draft.line, "\"%.*s\" is left out: it is not a song",
            (int)(track->draft.title.size > 120 ? 120 : track->draft.title.size),
            track->draft.title.data);
    return msched__playlist_add(in->playlist, &track->draft);
}

/* For a catalog, the tracks that are in no playlist. */
static int add_rest(reader *in)
{
    int ok = 1;
    if (in->playlist->table == NULL || in->playlist->only[0] != '\0')
        return 1;
    in->playlist->list = (msched__slice){"", 0};
    for (size_t i = 0; i < in->track_count && ok; i++)
        if (!in->tracks[i].is_listed)
            ok = add_plist_track(in, &in->tracks[i]);
    return ok;
}

/* The playlists that the person made, in order; without any, all tracks. */
static int add_plist(reader *in)
{
    msched_playlist *playlist = in->playlist;
    size_t list = 0, own = 0;
    int wanted = 0, ok = 1, sorted = ascends(in);
    for (size_t i = 0; i < in->name_count; i++)
        own += in->names[i].data != NULL;
    for (size_t i = 0; i < in->item_count && ok && own > 0 && sorted; i++) {
        if (in->items[i] == 0) {
            msched__slice name = in->names[list++];
            wanted = name.data != NULL && msched__playlist_enter(playlist, name);
            continue;
        }
        plist_track *track = wanted ? find_track(in, in->items[i]) : NULL;
        if (wanted && track == NULL)
            ok = msched__playlist_remark_add(
                playlist, 0, "track %lld of \"%.*s\" is not in the file", (long long)in->items[i],
                (int)(playlist->list.size > 80 ? 80 : playlist->list.size), playlist->list.data);
        else if (track != NULL)
            ok = add_plist_track(in, track);
    }
    for (size_t i = 0; i < in->track_count && ok && (own == 0 || !sorted); i++)
        ok = add_plist_track(in, &in->tracks[i]);
    return own > 0 && sorted ? ok && add_rest(in) : ok;
}

static msched_result finish(reader *in, msched_error *err)
{
    if (in->root == ROOT_OTHER)
        return msched__fail(
            err, MSCHED_ERROR_SYNTAX,
            "unsupported XML (<%s>): expected XSPF, or XML exported from Music, iTunes, rekordbox "
            "or Traktor",
            in->other);
    in->playlist->form = in->root == ROOT_PLIST        ? MSCHED_PLAYLIST_ITUNES
                         : in->root == ROOT_COLLECTION ? MSCHED_PLAYLIST_COLLECTION
                                                       : MSCHED_PLAYLIST_XSPF;
    if (in->root == ROOT_PLIST)
        (void)add_plist(in);
    if (in->playlist->failed == MSCHED_ERROR_MEMORY)
        return msched__fail_memory(err);
    return MSCHED_OK;
}

msched_result msched__playlist_read_xml(msched_playlist *playlist, msched__slice text,
                                        msched_error *err)
{
    reader in = {.playlist = playlist};
    msched__xml_handler handler = {
        .ctx = &in, .start = on_start, .attribute = on_attribute, .end = on_end};
    msched_result result = msched__xml_read(text, &handler, &playlist->allocator, err);
    if (result == MSCHED_OK)
        result = finish(&in, err);
    if (playlist->failed == MSCHED_ERROR_LIMIT)
        result = msched__fail(err, MSCHED_ERROR_LIMIT, "the playlist has more than %d songs",
                              MSCHED_PLAYLIST_MAX_SONGS);
    msched__free(&playlist->allocator, in.tracks);
    msched__free(&playlist->allocator, in.items);
    msched__free(&playlist->allocator, in.names);
    return result;
}
