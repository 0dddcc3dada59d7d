/*
 * Playlists in JSON: Spotify's account data and Web API, JSPF, our own schedules, and arrays of
 * texts or objects. Only the structure around the tracks differs; all tracks are read in the same
 * way.
 */
#include "base/buffer.h"
#include "catalog/cells/row.h"
#include "catalog/read/column_alias.h"
#include "format/json.h"
#include "playlist/json_form.h"
#include "playlist/json_table.h"
#include "playlist/playlist_data.h"

#include <string.h>

typedef struct reader {
    msched_playlist *playlist;
    const msched__json *json;
    uint32_t at; /* up to where lines were counted */
    uint64_t line;
} reader;

static int is_type(const msched__json_node *node, uint32_t type)
{
    return node->value->type == type;
}

/* Values are read in order, so lines are counted once. */
static uint64_t line_of(reader *in, const msched__json_node *node)
{
    if (node->value->at < in->at) {
        in->at = 0;
        in->line = 1;
    }
    for (; in->at < node->value->at; in->at++)
        in->line += in->json->data[in->at] == '\n';
    return in->line;
}

static msched__slice string_of(const msched__json_node *node)
{
    return is_type(node, MSCHED__JSON_STRING)
               ? (msched__slice){node->value->string, strlen(node->value->string)}
               : (msched__slice){"", 0};
}

static msched__slice member_string(const msched__json_node *object, const char *key)
{
    msched__json_node child;
    return msched__json_member(object, key, &child) ? string_of(&child) : (msched__slice){"", 0};
}

/* "Track Name" and "track_name" are trackName: letters and digits, regardless of case. */
static int is_key(const char *key, const char *wanted)
{
    for (; *key != '\0'; key++) {
        if (*key == '_' || *key == '-' || *key == ' ')
            continue;
        if (msched__lower(*key) != *wanted)
            return 0;
        wanted++;
    }
    return *wanted == '\0';
}

/*
 * The first member among the keys that is a text and not empty. The keys are NULL-terminated, in
 * small letters and digits.
 */
static msched__slice first_string(const msched__json_node *object, const char *const *keys)
{
    msched__slice text = {"", 0};
    msched__json_node member;
    for (size_t i = 0; keys[i] != NULL && text.size == 0; i++)
        for (int more = msched__json_first(object, &member); more && text.size == 0;
             more = msched__json_next(&member))
            if (is_key(member.value->key, keys[i]))
                text = string_of(&member);
    return text;
}

/* A member that is an array of texts or of objects with a name, joined by ", ". */
static msched__slice joined(reader *in, const msched__json_node *object, const char *key)
{
    msched__json_node array, item;
    msched__slice only = {"", 0};
    msched__buffer all;
    size_t count = 0;
    if (!msched__json_member(object, key, &array))
        return only;
    if (is_type(&array, MSCHED__JSON_OBJECT))
        return member_string(&array, "name");
    if (!is_type(&array, MSCHED__JSON_ARRAY))
        return string_of(&array);
    msched__buffer_init(&all, &in->playlist->allocator);
    for (int more = msched__json_first(&array, &item); more; more = msched__json_next(&item)) {
        msched__slice name = is_type(&item, MSCHED__JSON_OBJECT) ? member_string(&item, "name")
                                                                 : string_of(&item);
        msched__buffer_add(&all, ", ", count++ > 0 ? 2 : 0);
        msched__buffer_add(&all, name.data, name.size);
        only = name;
    }
    if (count > 1) {
        const char *kept = all.failed
                               ? NULL
                               : msched__arena_copy(&in->playlist->arena, all.data, all.size);
        only = (msched__slice){kept == NULL ? "" : kept, kept == NULL ? 0 : all.size};
        if (kept == NULL)
            in->playlist->failed = MSCHED_ERROR_MEMORY;
    }
    msched__buffer_free(&all);
    return only;
}

static msched__slice first_of_list(const msched__json_node *object, const char *key)
{
    msched__json_node array, item;
    if (!msched__json_member(object, key, &array))
        return (msched__slice){"", 0};
    if (is_type(&array, MSCHED__JSON_ARRAY))
        return msched__json_first(&array, &item) ? string_of(&item) : (msched__slice){"", 0};
    return string_of(&array);
}

#define SECONDS_BELOW 10000 /* as in tables of songs */

/* In milliseconds. In other files than JSPF, a small "duration" is in seconds. */
static int64_t length_of(const reader *in, const msched__json_node *track)
{
    static const char *const keys[] = {"duration_ms", "durationMs", "duration"};
    msched__json_node child;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (!msched__json_member(track, keys[i], &child))
            continue;
        const double value = is_type(&child, MSCHED__JSON_INTEGER) ? (double)child.value->integer
                             : is_type(&child, MSCHED__JSON_REAL)  ? child.value->real
                                                                   : 0;
        if (value > 0 && value < INT32_MAX)
            return (int64_t)(i == 2 && in->playlist->form != MSCHED_PLAYLIST_JSPF &&
                                     value < SECONDS_BELOW
                                 ? value * 1000
                                 : value);
    }
    return 0;
}

static int add_track(reader *in, const msched__json_node *track, uint64_t line)
{
    static const char *const titles[] = {"trackname", "track",    "title", "name",
                                         "song",      "songname", NULL};
    static const char *const artists[] = {"artistname", "artist", "creator", "trackartist", NULL};
    static const char *const ids[] = {"trackid", "id", NULL};
    static const char *const links[] = {"trackuri", "uri", "spotifytrackuri", "url", "link", NULL};
    static const char *const albums[] = {"albumname", NULL};
    msched__json_node ids_object;
    msched__playlist_draft draft = {.title = first_string(track, titles),
                                    .artist = first_string(track, artists),
                                    .album = first_string(track, albums),
                                    .link = first_string(track, links),
                                    .id = first_string(track, ids),
                                    .isrc = member_string(track, "isrc"),
                                    .duration_ms = length_of(in, track),
                                    .line = line};
    if (draft.artist.size == 0)
        draft.artist = joined(in, track, "artists");
    if (draft.artist.size == 0)
        draft.artist = joined(in, track, "artist");
    if (draft.album.size == 0)
        draft.album = joined(in, track, "album");
    if (draft.link.size == 0)
        draft.link = first_of_list(track, "location");
    if (draft.id.size == 0 && draft.link.size == 0)
        draft.id = first_of_list(track, "identifier");
    if (draft.isrc.size == 0 && msched__json_member(track, "external_ids", &ids_object))
        draft.isrc = member_string(&ids_object, "isrc");
    return msched__playlist_add(in->playlist, &draft);
}

/* "track" or "item" of an item of a playlist; a local file of the account data; else itself. */
static int add_item(reader *in, const msched__json_node *item)
{
    static const char *const keys[] = {"track", "item", "localTrack", "attributes"};
    static const char *const others[] = {"episode", "audiobook", "chapter"};
    msched__json_node child;
    uint64_t line = line_of(in, item);
    if (is_type(item, MSCHED__JSON_STRING))
        return msched__playlist_add_line(in->playlist, string_of(item), line);
    if (!is_type(item, MSCHED__JSON_OBJECT))
        return msched__playlist_remark_add(in->playlist, line,
                                           "it is neither a text nor an object");
    int has_track = 0;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (!msched__json_member(item, keys[i], &child))
            continue;
        has_track |= !is_type(&child, MSCHED__JSON_STRING);
        if (!is_type(&child, MSCHED__JSON_OBJECT))
            continue;
        msched__slice type = member_string(&child, "type");
        if (type.size == 7 && memcmp(type.data, "episode", 7) == 0)
            return msched__playlist_remark_add(in->playlist, line, "an episode is left out");
        return add_track(in, &child, line);
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (msched__json_member(item, others[i], &child) && !msched__json_is_null(&child))
            return msched__playlist_remark_add(in->playlist, line, "%s %s is left out",
                                               i == 2 ? "a" : "an", others[i]);
    if (has_track)
        return msched__playlist_remark_add(in->playlist, line,
                                           "the track is no longer on Spotify: it has no name");
    return add_track(in, item, line);
}

static int add_items(reader *in, const msched__json_node *array)
{
    msched__json_node item;
    int ok = 1;
    for (int more = msched__json_first(array, &item); more && ok; more = msched__json_next(&item))
        ok = add_item(in, &item);
    return ok;
}

static int member_of_type(const msched__json_node *object, const char *key, uint32_t type,
                          msched__json_node *child)
{
    return msched__json_member(object, key, child) && is_type(child, type);
}

static void take_name(reader *in, msched__slice name)
{
    if (in->playlist->name[0] != '\0' || name.size == 0)
        return;
    const char *kept = msched__arena_copy(&in->playlist->arena, name.data, name.size);
    in->playlist->name = kept == NULL ? "" : kept;
    in->playlist->failed = kept == NULL ? MSCHED_ERROR_MEMORY : in->playlist->failed;
}

/* Playlist1.json: {"playlists": [{"name", "items": [..]}]}; others have "tracks" instead. */
static int read_export(reader *in, const msched__json_node *lists)
{
    msched__json_node list, items;
    int ok = 1;
    for (int more = msched__json_first(lists, &list); more && ok; more = msched__json_next(&list)) {
        if (!msched__json_is_object(&list) ||
            (!member_of_type(&list, "items", MSCHED__JSON_ARRAY, &items) &&
             !member_of_type(&list, "tracks", MSCHED__JSON_ARRAY, &items)))
            continue;
        if (msched__playlist_enter(in->playlist, member_string(&list, "name")))
            ok = add_items(in, &items);
    }
    if (msched__json_count(lists) == 1)
        take_name(in, in->playlist->list);
    in->playlist->form = MSCHED_PLAYLIST_SPOTIFY_EXPORT;
    return ok;
}

/* YourLibrary.json: only its tracks are songs. */
static int read_library(reader *in, const msched__json_node *root, const msched__json_node *tracks)
{
    static const char *const others[] = {"albums", "shows",        "episodes",     "artists",
                                         "other",  "bannedTracks", "bannedArtists"};
    msched__json_node array;
    int ok = add_items(in, tracks);
    for (size_t i = 0; i < sizeof others / sizeof others[0] && ok; i++)
        if (member_of_type(root, others[i], MSCHED__JSON_ARRAY, &array) &&
            msched__json_count(&array) > 0)
            ok = msched__playlist_remark_add(in->playlist, line_of(in, &array),
                                             "\"%s\" (%zu) is left out: it has no liked songs",
                                             others[i], msched__json_count(&array));
    in->playlist->form = MSCHED_PLAYLIST_SPOTIFY_LIBRARY;
    return ok;
}

static int read_schedule(reader *in, const msched__json_node *entries)
{
    msched__json_node item;
    int ok = 1;
    for (int more = msched__json_first(entries, &item); more && ok;
         more = msched__json_next(&item)) {
        msched__slice kind = msched__json_is_object(&item) ? member_string(&item, "kind")
                                                           : (msched__slice){"", 0};
        if (kind.size == 4 && memcmp(kind.data, "song", 4) == 0)
            ok = add_track(in, &item, line_of(in, &item));
    }
    in->playlist->form = MSCHED_PLAYLIST_SCHEDULE;
    return ok;
}

/* Objects as songs and, if one is wanted, as a table. */
static int read_records(reader *in, const msched__json_node *array)
{
    if (in->playlist->table != NULL)
        msched__json_table_write(in->playlist->table, array);
    return add_items(in, array);
}

/* The same of a page, unless some of its items are not songs. */
static int read_items(reader *in, const msched__json_node *array)
{
    const size_t remarks = in->playlist->remark_count;
    if (!add_items(in, array))
        return 0;
    if (in->playlist->table != NULL && in->playlist->remark_count == remarks)
        msched__json_table_write(in->playlist->table, array);
    return 1;
}

/* A page of the Web API, or a playlist whose "tracks" is one. */
static int read_page(reader *in, const msched__json_node *page)
{
    msched__json_node items, next;
    in->playlist->form = MSCHED_PLAYLIST_SPOTIFY_API;
    if ((!member_of_type(page, "items", MSCHED__JSON_ARRAY, &items) &&
         !member_of_type(page, "data", MSCHED__JSON_ARRAY, &items)) ||
        !read_items(in, &items))
        return in->playlist->failed == MSCHED_OK;
    if (member_of_type(page, "next", MSCHED__JSON_STRING, &next))
        return msched__playlist_remark_add(in->playlist, line_of(in, &next),
                                           "the playlist continues at %.150s: save that page too",
                                           next.value->string);
    return 1;
}

/* The array of songs in a page of Last.fm's API. */
static int find_lastfm(const msched__json_node *root, msched__json_node *array)
{
    static const char *const keys[] = {"lovedtracks", "toptracks", "weeklytrackchart",
                                       "similartracks", "tracks"};
    msched__json_node page;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (member_of_type(root, keys[i], MSCHED__JSON_OBJECT, &page) &&
            member_of_type(&page, "track", MSCHED__JSON_ARRAY, array))
            return 1;
    return 0;
}

#define DEEPEST 4

static int names(const msched__json_node *object, uint32_t column)
{
    msched__json_node member;
    uint32_t rank;
    uint8_t unit;
    for (int more = msched__json_first(object, &member); more; more = msched__json_next(&member)) {
        const char *key = member.value->key;
        if (msched__column_alias((msched__slice){key, strlen(key)}, &rank, &unit) == column &&
            (column != MSCHED__COLUMN_TRACK_NAME || is_type(&member, MSCHED__JSON_STRING)))
            return 1;
    }
    return 0;
}

/* The largest array in an object whose items name titles and artists; `found` is a copy. */
static void find_songs(const msched__json_node *object, msched__json_node *found, size_t *count,
                       int depth)
{
    msched__json_node member, first;
    for (int more = msched__json_first(object, &member); more; more = msched__json_next(&member)) {
        if (is_type(&member, MSCHED__JSON_OBJECT) && depth < DEEPEST)
            find_songs(&member, found, count, depth + 1);
        else if (is_type(&member, MSCHED__JSON_ARRAY) && msched__json_count(&member) > *count &&
                 msched__json_first(&member, &first) && msched__json_is_object(&first) &&
                 names(&first, MSCHED__COLUMN_TRACK_NAME) &&
                 names(&first, MSCHED__COLUMN_TRACK_ARTIST)) {
            *found = (msched__json_node){member.document, NULL, NULL, 0, member.value};
            *count = msched__json_count(&member);
        }
    }
}

/* Data sets: an array of records under one of several keys or further inside, or a data frame. */
static int read_data(reader *in, const msched__json_node *root)
{
    static const char *const keys[] = {"songs",      "data",    "recordings",
                                       "collection", "results", "records"};
    msched__json_node child;
    in->playlist->form = MSCHED_PLAYLIST_JSON;
    if (in->playlist->table != NULL && msched__json_frame_write(in->playlist->table, root))
        return 1;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (member_of_type(root, keys[i], MSCHED__JSON_ARRAY, &child))
            return read_records(in, &child) || 1;
    size_t count = 0;
    find_songs(root, &child, &count, 1);
    return count > 0 && (read_records(in, &child) || 1);
}

/* 1 if the format of the object is known. */
static int read_object(reader *in, const msched__json_node *root)
{
    msched__json_node child, inner;
    if (member_of_type(root, "playlists", MSCHED__JSON_ARRAY, &child))
        return read_export(in, &child) || 1;
    if (member_of_type(root, "playlist", MSCHED__JSON_OBJECT, &child) &&
        member_of_type(&child, "track", MSCHED__JSON_ARRAY, &inner)) {
        take_name(in, member_string(&child, "title"));
        in->playlist->form = MSCHED_PLAYLIST_JSPF;
        (void)add_items(in, &inner);
        return 1;
    }
    if (member_of_type(root, "entries", MSCHED__JSON_ARRAY, &child))
        return read_schedule(in, &child) || 1;
    if (member_of_type(root, "items", MSCHED__JSON_ARRAY, &child))
        return read_page(in, root) || 1;
    if (find_lastfm(root, &child)) {
        in->playlist->form = MSCHED_PLAYLIST_JSON;
        return read_records(in, &child) || 1;
    }
    if (member_of_type(root, "tracks", MSCHED__JSON_OBJECT, &child) ||
        member_of_type(root, "items", MSCHED__JSON_OBJECT, &child)) {
        take_name(in, member_string(root, "name"));
        return read_page(in, &child) || 1;
    }
    if (member_of_type(root, "tracks", MSCHED__JSON_ARRAY, &child)) {
        if (msched__json_member(root, "albums", &inner) ||
            msched__json_member(root, "bannedTracks", &inner))
            return read_library(in, root, &child) || 1;
        in->playlist->form = MSCHED_PLAYLIST_SPOTIFY_API;
        return read_items(in, &child) || 1;
    }
    return read_data(in, root);
}

/* An array of pages, or of songs. */
static int read_array(reader *in, const msched__json_node *root)
{
    msched__json_node item, child;
    msched__buffer *table = in->playlist->table;
    int ok = 1, has_pages = 0;
    in->playlist->form = MSCHED_PLAYLIST_JSON;
    in->playlist->table = NULL; /* pages would be several tables */
    for (int more = msched__json_first(root, &item); more && ok; more = msched__json_next(&item)) {
        if (msched__json_is_object(&item) &&
            (member_of_type(&item, "items", MSCHED__JSON_ARRAY, &child) ||
             member_of_type(&item, "tracks", MSCHED__JSON_OBJECT, &child) ||
             find_lastfm(&item, &child))) {
            has_pages = 1;
            ok = read_object(in, &item) && in->playlist->failed == MSCHED_OK;
        } else {
            ok = add_item(in, &item);
        }
    }
    in->playlist->table = table;
    if ((ok || in->playlist->failed == MSCHED_ERROR_LIMIT) && !has_pages && table != NULL)
        msched__json_table_write(table, root);
    return 1;
}

static int is_history(const msched__json_node *root)
{
    msched__json_node first, child;
    return is_type(root, MSCHED__JSON_ARRAY) && msched__json_first(root, &first) &&
           msched__json_is_object(&first) &&
           (msched__json_member(&first, "endTime", &child) ||
            msched__json_member(&first, "ms_played", &child));
}

static msched_result read_json(msched_playlist *playlist, msched__slice text, msched_error *err)
{
    msched__json json;
    msched_result result = msched__json_open(&json, text.data, text.size, MSCHED_PLAYLIST_MAX_BYTES,
                                             &playlist->allocator, err);
    if (result == MSCHED_ERROR_LIMIT && err != NULL) {
        const msched_error plain = *err;
        msched__fail_at(err, result, plain.line, plain.column,
                        "%.120s: write a data frame with an object for each row (pandas: "
                        "orient=\"records\")",
                        plain.message);
    }
    if (result != MSCHED_OK)
        return result;
    reader in = {.playlist = playlist, .json = &json, .line = 1};
    msched__json_node root = msched__json_root(&json);
    if (is_history(&root))
        result = msched__fail(err, MSCHED_ERROR_SYNTAX,
                              "this is a listening history, not a playlist: read it as a "
                              "history");
    else if (!(is_type(&root, MSCHED__JSON_ARRAY) ? read_array(&in, &root)
                                                  : read_object(&in, &root)))
        result = msched__fail(err, MSCHED_ERROR_SYNTAX,
                              "this JSON has no playlist: it has none of the keys playlists, "
                              "tracks, items, playlist, entries, songs, data, recordings, "
                              "collection, results and records");
    if (playlist->failed == MSCHED_ERROR_MEMORY)
        result = msched__fail_memory(err);
    else if (playlist->failed == MSCHED_ERROR_LIMIT &&
             (playlist->table == NULL || playlist->table->size == 0))
        result = msched__fail(err, MSCHED_ERROR_LIMIT, "the playlist has more than %d songs",
                              MSCHED_PLAYLIST_MAX_SONGS);
    playlist->list = (msched__slice){"", 0};
    msched__json_close(&json);
    return result;
}

msched_result msched__playlist_read_json(msched_playlist *playlist, msched__slice text,
                                         msched_error *err)
{
    msched__buffer objects;
    msched__buffer_init(&objects, &playlist->allocator);
    text = msched__json_form(&objects, text);
    msched_result result = objects.failed ? msched__fail_memory(err)
                                          : read_json(playlist, text, err);
    msched__buffer_free(&objects);
    return result;
}
