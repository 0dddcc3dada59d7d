/* Schedules of our own as histories: each song counts as heard from its start. */
#include "format/json.h"
#include "playlist/history_schedule.h"

#include <string.h>

#define SCHEDULE_MAX_BYTES (64u << 20)

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
    if (kind.size != 4 || memcmp(kind.data, "song", 4) != 0)
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

msched_result msched__history_read_schedule(msched__history_reader *in, msched_error *err)
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
        return msched__fail(err, MSCHED_ERROR_SYNTAX,
                            "%s: this JSON is not a listening history of a known kind; "
                            "docs/playlists.md lists them",
                            in->path);
    }
    msched__slice date = text_of(&root, "date");
    in->history->schedules++;
    int ok = 1;
    for (int more = msched__json_first(&entries, &item); more && ok;
         more = msched__json_next(&item))
        if (msched__json_is_object(&item))
            ok = read_entry(in, &item, date);
    msched__json_close(&json);
    return ok ? MSCHED_OK : msched__fail_memory(err);
}
