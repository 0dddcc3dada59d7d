/*
 * Each object is a record, or holds an array of records somewhere inside, or both are told by their
 * names: no form needs a reader of its own. Texts are read where they lie, without a tree.
 */
#include "playlist/history_nested.h"

#include "base/number.h"
#include "format/json.h"
#include "format/json_scan.h"
#include "playlist/history_takeout.h"

#include <string.h>

#define MAX_DEPTH  8
#define HEAD_BYTES ((size_t)16000)

enum { ROOM_TITLE, ROOM_ARTIST, ROOM_ALBUM, ROOM_LINK, ROOM_TIME, ROOM_OTHER, ROOM_COUNT };

typedef struct reader {
    msched__history_reader *in;
    msched__json_scan fault; /* where the text is no JSON */
    msched__buffer room[ROOM_COUNT];
} reader;

/* What was read of a record so far. */
typedef struct entry {
    msched__history_record record;
    msched__takeout takeout;
    int holds_records; /* it is a page or the like */
} entry;

enum role { NOTHING, TITLE, ARTIST, ALBUM, LINK, TIME, MS, TRACK, RECORDS, HEADER, CHANNEL, AD };

static enum role role_of(msched__slice key)
{
    static const struct {
        const char *key;
        enum role role;
    } roles[] = {{"title", TITLE},       {"name", TITLE},
                 {"track_name", TITLE},  {"trackName", TITLE},
                 {"artist", ARTIST},     {"artist_name", ARTIST},
                 {"artistName", ARTIST}, {"artists", ARTIST},
                 {"album", ALBUM},       {"release_name", ALBUM},
                 {"album_name", ALBUM},  {"uri", LINK},
                 {"spotify_id", LINK},   {"time", TIME},
                 {"played_at", TIME},    {"listened_at", TIME},
                 {"timestamp", TIME},    {"date", TIME},
                 {"uts", TIME},          {"ms_played", MS},
                 {"track", TRACK},       {"track_metadata", TRACK},
                 {"items", RECORDS},     {"listens", RECORDS},
                 {"payload", RECORDS},   {"recenttracks", RECORDS},
                 {"scrobbles", RECORDS}, {"additional_info", TRACK},
                 {"header", HEADER},     {"subtitles", CHANNEL},
                 {"details", AD}};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (strlen(roles[i].key) == key.size && memcmp(roles[i].key, key.data, key.size) == 0)
            return roles[i].role;
    return NOTHING;
}

static int is_key(msched__slice key, const char *name)
{
    return key.size == strlen(name) && memcmp(key.data, name, key.size) == 0;
}

static int keep_fault(reader *r, const msched__json_scan *scan)
{
    if (r->fault.fault == NULL)
        r->fault = *scan;
    return 0;
}

static msched__json_scan inside(const msched__scan_value *value)
{
    return (msched__json_scan){value->bytes.data, value->bytes.data + value->bytes.size, NULL};
}

/*
 * The text that stands for a value: itself, the name of an object ("name", or "#text" and "uts" of
 * Last.fm), or that of the first object of an array. 0 if it is no JSON.
 */
static int read_name(reader *r, const msched__scan_value *value, uint32_t room, msched__slice *out)
{
    msched__scan_value part = *value;
    msched__slice key;
    if (value->type != MSCHED__SCAN_NESTED) {
        *out = value->type == MSCHED__SCAN_STRING ? msched__scan_text(value, &r->room[room])
                                                  : value->bytes;
        return 1;
    }
    msched__json_scan scan = inside(value);
    if (msched__scan_object(&scan)) {
        for (int first = 1; msched__scan_member(&scan, first, &key, &part); first = 0)
            if (part.type != MSCHED__SCAN_NESTED && part.bytes.size > 0 &&
                (is_key(key, "name") || is_key(key, "uts") ||
                 (is_key(key, "#text") && out->size == 0)))
                *out = part.type == MSCHED__SCAN_STRING ? msched__scan_text(&part, &r->room[room])
                                                        : part.bytes;
        return scan.fault == NULL || keep_fault(r, &scan);
    }
    if (!msched__scan_array(&scan) || !msched__scan_item(&scan, 1))
        return scan.fault == NULL || keep_fault(r, &scan);
    if (!msched__scan_value_next(&scan, &part))
        return keep_fault(r, &scan);
    msched__json_scan item = inside(&part);
    if (part.type == MSCHED__SCAN_NESTED && !msched__scan_object(&item))
        return 1; /* an array in an array names nothing */
    return read_name(r, &part, room, out);
}

static int read_value(reader *r, const msched__scan_value *value, uint32_t depth);
static int read_members(reader *r, entry *e, const msched__scan_value *value, uint32_t depth);

static int take_text(reader *r, enum role role, entry *e, const msched__scan_value *value)
{
    msched__history_record *record = &e->record;
    msched__slice none = {"", 0}, *out = role == TITLE    ? &record->title
                                         : role == ARTIST ? &record->artist
                                         : role == ALBUM  ? &record->album
                                         : role == LINK   ? &record->link
                                         : role == TIME   ? &record->time
                                         : role == HEADER ? &e->takeout.header
                                                          : &none;
    static const uint32_t rooms[] = {
        [TITLE] = ROOM_TITLE, [ARTIST] = ROOM_ARTIST, [ALBUM] = ROOM_ALBUM,
        [LINK] = ROOM_LINK,   [TIME] = ROOM_TIME,     [HEADER] = ROOM_OTHER};
    const int is_null = value->type == MSCHED__SCAN_PLAIN && is_key(value->bytes, "null");
    return out->size > 0 || is_null || read_name(r, value, rooms[role], out);
}

static int take_member(reader *r, entry *e, msched__slice key, const msched__scan_value *value,
                       uint32_t depth)
{
    enum role role = role_of(key);
    const int is_nested = value->type == MSCHED__SCAN_NESTED;
    if (role == TRACK && is_nested && value->bytes.data[0] == '[')
        role = RECORDS;
    switch (role) {
    case NOTHING:
        return 1;
    case MS:
        if (!msched__parse_int(value->bytes.data, value->bytes.size, &e->record.ms))
            e->record.ms = -1;
        return 1;
    case TRACK:
        return is_nested ? read_members(r, e, value, depth + 1) : take_text(r, TITLE, e, value);
    case RECORDS:
        e->holds_records |= is_nested;
        return !is_nested || read_value(r, value, depth + 1);
    case CHANNEL:
        e->takeout.is_takeout = 1;
        return take_text(r, ARTIST, e, value);
    case AD:
        e->takeout.is_ad |= is_nested;
        return 1;
    default:
        return take_text(r, role, e, value);
    }
}

/* The members of an object, which belong to the record. */
static int read_members(reader *r, entry *e, const msched__scan_value *value, uint32_t depth)
{
    msched__json_scan scan = inside(value);
    msched__scan_value member;
    msched__slice key;
    if (depth > MAX_DEPTH || !msched__scan_object(&scan))
        return 1;
    for (int first = 1; msched__scan_member(&scan, first, &key, &member); first = 0)
        if (!take_member(r, e, key, &member, depth))
            return 0;
    return scan.fault == NULL || keep_fault(r, &scan);
}

/* Read the records in the arrays of an object, under any key. 0 after a failure. */
static int read_arrays(reader *r, entry *e, const msched__scan_value *value, uint32_t depth)
{
    msched__json_scan scan = inside(value);
    msched__scan_value member;
    msched__slice key;
    if (!msched__scan_object(&scan))
        return 1;
    for (int first = 1; msched__scan_member(&scan, first, &key, &member); first = 0) {
        msched__json_scan items = inside(&member);
        msched__scan_value item;
        if (member.type != MSCHED__SCAN_NESTED || !msched__scan_array(&items) ||
            !msched__scan_item(&items, 1) || !msched__scan_value_next(&items, &item) ||
            item.type != MSCHED__SCAN_NESTED)
            continue;
        e->holds_records = 1;
        if (!read_value(r, &member, depth + 1))
            return 0;
    }
    return 1;
}

static int read_record(reader *r, const msched__scan_value *value, uint32_t depth)
{
    const msched__slice none = {"", 0};
    entry e = {.record = {.title = none,
                          .artist = none,
                          .album = none,
                          .link = none,
                          .time = none,
                          .reason_end = none,
                          .ms = -1,
                          .skipped = -1,
                          .at = (size_t)(value->bytes.data - r->in->data.data)},
               .takeout.header = none};
    if (!read_members(r, &e, value, depth))
        return 0;
    if (!e.holds_records && !e.takeout.is_takeout &&
        e.record.title.size + e.record.time.size == 0 && !read_arrays(r, &e, value, depth))
        return 0;
    for (size_t i = 0; i < ROOM_COUNT; i++)
        if (r->room[i].failed)
            r->in->failed = MSCHED_ERROR_MEMORY;
    if (r->in->failed != MSCHED_OK)
        return 0;
    if (e.holds_records) /* whose texts are where the texts of this one were */
        return 1;
    const char *fault = msched__takeout_make_song(&e.takeout, &e.record);
    return fault != NULL ? msched__history_remark(r->in, e.record.at, fault)
                         : msched__history_add(r->in, &e.record);
}

static int read_array(reader *r, const msched__scan_value *value, uint32_t depth)
{
    msched__json_scan scan = inside(value);
    msched__scan_value item;
    if (!msched__scan_array(&scan))
        return keep_fault(r, &scan);
    for (int first = 1; msched__scan_item(&scan, first); first = 0) {
        if (!msched__scan_value_next(&scan, &item))
            return keep_fault(r, &scan);
        if (!read_value(r, &item, depth + 1))
            return 0;
    }
    return scan.fault == NULL || keep_fault(r, &scan);
}

static int read_value(reader *r, const msched__scan_value *value, uint32_t depth)
{
    if (value->type != MSCHED__SCAN_NESTED || depth > MAX_DEPTH)
        return msched__history_remark(r->in, (size_t)(value->bytes.data - r->in->data.data),
                                      "this is not a JSON object");
    return value->bytes.data[0] == '[' ? read_array(r, value, depth) : read_record(r, value, depth);
}

static msched_result tell(const reader *r, msched_error *err)
{
    const msched__history_reader *in = r->in;
    uint64_t line;
    uint32_t column;
    if (in->failed == MSCHED_ERROR_LIMIT)
        return msched__fail(err, in->failed, "%s: a history has at most %d plays", in->path,
                            MSCHED_HISTORY_MAX_PLAYS);
    if (in->failed != MSCHED_OK || r->fault.fault == NULL)
        return msched__fail_memory(err);
    msched__json_place(in->data.data, (size_t)(r->fault.at - in->data.data), &line, &column);
    return msched__fail_at(err, MSCHED_ERROR_SYNTAX, line, column, "%s:%llu:%u: not valid JSON: %s",
                           in->path, (unsigned long long)line, (unsigned)column, r->fault.fault);
}

msched_result msched__history_read_nested(msched__history_reader *in, msched_error *err)
{
    reader r = {.in = in};
    msched__json_scan scan = {in->data.data, in->data.data + in->data.size, NULL}, rest;
    msched__scan_value value;
    int ok = 1;
    for (size_t i = 0; i < ROOM_COUNT; i++)
        msched__buffer_init(&r.room[i], &in->history->allocator);
    for (rest = scan; ok && !msched__scan_end(&rest); rest = scan) {
        ok = msched__scan_value_next(&scan, &value) || keep_fault(&r, &scan);
        ok = ok && read_value(&r, &value, 0);
        if (ok && value.type != MSCHED__SCAN_NESTED) /* one remark for a line of other text */
            while (scan.at < scan.end && *scan.at != '\n')
                scan.at++;
    }
    for (size_t i = 0; i < ROOM_COUNT; i++)
        msched__buffer_free(&r.room[i]);
    return ok ? MSCHED_OK : tell(&r, err);
}

static int holds(msched__slice text, const char *word)
{
    const size_t size = strlen(word);
    const char *at = text.data, *end = text.data + text.size;
    while ((at = memchr(at, word[0], (size_t)(end - at))) != NULL && (size_t)(end - at) >= size)
        if (memcmp(at++, word, size) == 0)
            return 1;
    return 0;
}

int msched__history_is_nested(msched__slice head)
{
    static const char *const words[] = {"\"listened_at\"", "\"played_at\"", "\"recenttracks\"",
                                        "\"scrobbles\"", "\"uts\""};
    head.size = head.size < HEAD_BYTES ? head.size : HEAD_BYTES;
    if (holds(head, "\"lovedtracks\"")) /* with the time of the love, not of a play */
        return 0;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (holds(head, words[i]))
            return 1;
    return holds(head, "\"header\"") && holds(head, "\"time\"") && holds(head, "\"products\"");
}
