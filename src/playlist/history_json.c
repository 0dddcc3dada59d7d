/*
 * Histories in JSON: the two forms of Spotify's account data, arrays of flat objects of up to
 * hundreds of megabytes, and our own schedules.
 */
#include "base/number.h"
#include "format/json.h"
#include "format/json_repeat.h"
#include "playlist/history_read.h"

#include <string.h>

#define SCHEDULE_MAX_BYTES (64u << 20)

enum { ROOM_TITLE, ROOM_ARTIST, ROOM_ALBUM, ROOM_LINK, ROOM_COUNT };

typedef struct reader {
    msched__history_reader *in;
    msched__json_repeat repeat;
    msched__buffer room[ROOM_COUNT]; /* for texts with escapes */
    uint8_t escaped;                 /* the record has some */
} reader;

static inline int is(msched__slice key, const char *name, size_t size)
{
    return key.size == size && memcmp(key.data, name, size) == 0;
}
#define IS(key, name) is(key, name, sizeof(name) - 1)

static int is_null(const msched__scan_value *value)
{
    return value->type == MSCHED__SCAN_PLAIN && IS(value->bytes, "null");
}

static int64_t whole(const msched__scan_value *value)
{
    int64_t number;
    return value->type != MSCHED__SCAN_NESTED &&
                   msched__parse_int(value->bytes.data, value->bytes.size, &number) && number >= 0
               ? number
               : -1;
}

/* true, false, 1 or 0; null means unknown. */
static int8_t truth(const msched__scan_value *value)
{
    if (value->type != MSCHED__SCAN_PLAIN)
        return -1;
    return IS(value->bytes, "true") || IS(value->bytes, "1")    ? 1
           : IS(value->bytes, "false") || IS(value->bytes, "0") ? 0
                                                                : -1;
}

enum {
    TIME = 1,
    TITLE,
    ARTIST,
    ALBUM,
    LINK,
    MS,
    SKIPPED,
    REASON,
    EPISODE = MSCHED__REPEAT_UNLESS_NULL
};

static uint8_t name_role(msched__slice key)
{
    if (IS(key, "master_metadata_track_name") || IS(key, "trackName"))
        return TITLE;
    if (IS(key, "master_metadata_album_artist_name") || IS(key, "artistName"))
        return ARTIST;
    return IS(key, "master_metadata_album_album_name") || IS(key, "albumName") ? ALBUM : 0;
}

static uint8_t episode_role(msched__slice key)
{
    return IS(key, "audiobook_uri") || IS(key, "audiobook_title") || IS(key, "episode_name") ||
                   IS(key, "episode_show_name") || IS(key, "episodeName") ||
                   IS(key, "spotify_episode_uri")
               ? EPISODE
               : 0;
}

/* What members with a key are for. The first letters distinguish most of them. */
static uint8_t role_of(msched__slice key)
{
    uint8_t role = 0;
    switch (key.size > 0 ? key.data[0] : '\0') {
    case 'm':
        role = IS(key, "ms_played") || IS(key, "msPlayed") ? MS : 0;
        break;
    case 't':
        role = IS(key, "ts") ? TIME : 0;
        break;
    case 'a':
        role = episode_role(key);
        break;
    case 'e':
        return IS(key, "endTime") ? TIME : episode_role(key);
    case 's':
        return IS(key, "spotify_track_uri") ? LINK
               : IS(key, "skipped")         ? SKIPPED
                                            : episode_role(key);
    case 'r':
        return IS(key, "reason_end") ? REASON : 0;
    default:
        return 0;
    }
    return role != 0 ? role : name_role(key);
}

static void take_member(reader *r, msched__history_record *record, uint8_t role,
                        const msched__scan_value *value)
{
    switch (role) {
    case TIME:
        record->time = value->bytes;
        break;
    case TITLE:
        record->title = msched__scan_text(value, &r->room[ROOM_TITLE]);
        break;
    case ARTIST:
        record->artist = msched__scan_text(value, &r->room[ROOM_ARTIST]);
        break;
    case ALBUM:
        record->album = msched__scan_text(value, &r->room[ROOM_ALBUM]);
        break;
    case LINK:
        record->link = msched__scan_text(value, &r->room[ROOM_LINK]);
        break;
    case MS:
        record->ms = whole(value);
        break;
    case SKIPPED:
        record->skipped = truth(value);
        break;
    case REASON:
        record->reason_end = value->bytes;
        break;
    default:
        record->is_episode |= !is_null(value);
        break;
    }
    r->escaped |= value->escaped;
}

static int read_record(reader *r, msched__json_scan *scan)
{
    msched__history_record record = {.ms = -1, .skipped = -1};
    msched__scan_value value;
    uint8_t role;
    record.title = record.artist = record.album = record.link = (msched__slice){"", 0};
    record.time = record.reason_end = (msched__slice){"", 0};
    record.at = (size_t)(scan->at - r->in->data.data);
    if (!msched__repeat_object(&r->repeat, scan)) {
        if (!msched__scan_value_next(scan, &value))
            return 0;
        return msched__history_flush(r->in) &&
               msched__history_remark(r->in, record.at, "it is not an object");
    }
    r->escaped = 0;
    while (msched__repeat_member(&r->repeat, scan, &role, &value))
        take_member(r, &record, role, &value);
    for (size_t i = 0; i < ROOM_COUNT; i++)
        if (r->room[i].failed) {
            r->in->failed = MSCHED_ERROR_MEMORY;
            return 0;
        }
    return scan->fault == NULL && (r->escaped ? msched__history_add(r->in, &record)
                                              : msched__history_queue(r->in, &record));
}

static msched_result tell(const msched__history_reader *in, const msched__json_scan *scan,
                          msched_error *err)
{
    uint64_t line;
    uint32_t column;
    if (in->failed == MSCHED_ERROR_MEMORY)
        return msched__fail_memory(err);
    if (in->failed != MSCHED_OK)
        return msched__fail(err, in->failed, "%s: a history has at most %d plays", in->name,
                            MSCHED_HISTORY_MAX_PLAYS);
    msched__json_place(in->data.data, (size_t)(scan->at - in->data.data), &line, &column);
    return msched__fail_at(err, MSCHED_ERROR_SYNTAX, line, column, "%s:%llu:%u: not valid JSON: %s",
                           in->name, (unsigned long long)line, (unsigned)column, scan->fault);
}

static msched_result read_array(msched__history_reader *in, msched_error *err)
{
    reader r = {.in = in, .repeat.role_of = role_of};
    msched__json_scan scan = {in->data.data, in->data.data + in->data.size, NULL};
    int ok = msched__scan_array(&scan);
    for (size_t i = 0; i < ROOM_COUNT; i++)
        msched__buffer_init(&r.room[i], &in->history->allocator);
    for (int first = 1; ok && msched__scan_item(&scan, first); first = 0)
        ok = read_record(&r, &scan);
    ok = ok && scan.fault == NULL && msched__scan_end(&scan) && msched__history_flush(in);
    for (size_t i = 0; i < ROOM_COUNT; i++)
        msched__buffer_free(&r.room[i]);
    return ok ? MSCHED_OK : tell(in, &scan, err);
}

static msched__slice text_of(const msched__json_node *object, const char *key)
{
    msched__json_node child;
    if (!msched__json_member(object, key, &child) || child.value->type != MSCHED__JSON_STRING)
        return (msched__slice){"", 0};
    return (msched__slice){child.value->string, strlen(child.value->string)};
}

/* A song of a schedule: heard from its start, in UTC if the plan has a zone. */
static int read_entry(msched__history_reader *in, const msched__json_node *entry,
                      msched__slice date)
{
    msched__history_record record = {.ms = -1, .skipped = -1, .at = entry->value->at};
    char moment[24];
    msched__slice kind = text_of(entry, "kind"), start = text_of(entry, "start"),
                  end = text_of(entry, "end");
    int64_t from, to;
    if (!IS(kind, "song"))
        return 1;
    record.title = text_of(entry, "title");
    record.artist = text_of(entry, "artist");
    record.link = text_of(entry, "track_id");
    record.album = record.reason_end = (msched__slice){"", 0};
    record.time = text_of(entry, "start_utc");
    msched__slice until = text_of(entry, "end_utc");
    if (record.time.size == 0 && date.size == 10 && start.size == 8 && end.size == 8) {
        char last[24];
        memcpy(moment, date.data, 10);
        moment[10] = 'T';
        memcpy(moment + 11, start.data, 8);
        record.time = (msched__slice){moment, 19};
        memcpy(last, moment, 11);
        memcpy(last + 11, end.data, 8);
        if (msched__history_time(record.time, &from) &&
            msched__history_time((msched__slice){last, 19}, &to) && to >= from)
            record.ms = (to - from) * 1000;
    } else if (msched__history_time(record.time, &from) && msched__history_time(until, &to) &&
               to >= from) {
        record.ms = (to - from) * 1000;
    }
    return msched__history_add(in, &record);
}

static msched_result read_schedule(msched__history_reader *in, msched_error *err)
{
    msched__json json;
    msched_result result = msched__json_open(&json, in->data.data, in->data.size,
                                             SCHEDULE_MAX_BYTES, &in->history->allocator, err);
    if (result != MSCHED_OK)
        return result;
    msched__json_node root = msched__json_root(&json), entries, item;
    if (!msched__json_is_object(&root) || !msched__json_member(&root, "entries", &entries) ||
        entries.value->type != MSCHED__JSON_ARRAY) {
        msched__json_close(&json);
        return msched__fail(
            err, MSCHED_ERROR_SYNTAX,
            "%s: this JSON is not a listening history: Spotify's is an array of plays", in->name);
    }
    msched__slice date = text_of(&root, "date");
    int ok = 1;
    for (int more = msched__json_first(&entries, &item); more && ok;
         more = msched__json_next(&item))
        if (msched__json_is_object(&item))
            ok = read_entry(in, &item, date);
    msched__json_close(&json);
    return ok ? MSCHED_OK : msched__fail_memory(err);
}

msched_result msched__history_read_json(msched__history_reader *in, msched_error *err)
{
    size_t at = 0;
    while (at < in->data.size && (unsigned char)in->data.data[at] <= ' ')
        at++;
    return at < in->data.size && in->data.data[at] == '{' ? read_schedule(in, err)
                                                          : read_array(in, err);
}
