/*
 * Histories in JSON: the two forms of Spotify's account data, arrays of flat objects of up to
 * hundreds of megabytes, are read here; other forms by readers of their own.
 */
#include "base/number.h"
#include "format/json.h"
#include "format/json_repeat.h"
#include "playlist/history_nested.h"
#include "playlist/history_schedule.h"

#include <string.h>

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
               msched__history_remark(r->in, record.at, "this is not a JSON object");
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
        return msched__fail(err, in->failed, "%s: a history has at most %d plays", in->path,
                            MSCHED_HISTORY_MAX_PLAYS);
    msched__json_place(in->data.data, (size_t)(scan->at - in->data.data), &line, &column);
    return msched__fail_at(err, MSCHED_ERROR_SYNTAX, line, column, "%s:%llu:%u: not valid JSON: %s",
                           in->path, (unsigned long long)line, (unsigned)column, scan->fault);
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

msched_result msched__history_read_json(msched__history_reader *in, msched_error *err)
{
    size_t at = 0;
    while (at < in->data.size && (unsigned char)in->data.data[at] <= ' ')
        at++;
    if (msched__history_is_nested(in->data))
        return msched__history_read_nested(in, err);
    return at < in->data.size && in->data.data[at] == '{' ? msched__history_read_schedule(in, err)
                                                          : read_array(in, err);
}
