/*
 * Read a schedule from the JSON that schedule_json.c writes; schedule_read_result.c reads
 * everything except the entries.
 */
#include "base/alloc.h"
#include "base/civil.h"
#include "format/json.h"
#include "schedule/output/schedule.h"
#include "schedule/output/schedule_clock.h"
#include "schedule/output/schedule_read_result.h"
#include "schedule/output/schedule_revision.h"
#include "schedule/output/schedule_take.h"

#include <string.h>

#define MAX_BYTES   16777216
#define MAX_ENTRIES 65536

/* A moment; *out does not change if the key is absent. */
static msched_result take_utc(const msched__json_node *object, const char *key, int64_t *out,
                              msched_error *err)
{
    msched__json_node node;
    const char *text;
    if (!msched__json_member(object, key, &node))
        return MSCHED_OK;
    msched_result result = msched__json_string(&node, &text, err);
    if (result == MSCHED_OK && !msched__utc_parse(text, strlen(text), out))
        result = msched__json_fail(&node, MSCHED_ERROR_VALUE, err,
                                   "\"%.40s\" is not a UTC time such as 2026-11-24T08:00:00Z",
                                   text);
    return result;
}

/* A moment and the key under which it is given. */
typedef struct moment {
    const char *key;
    int64_t utc;
} moment;

/* The real second of a clock time; the moment, if given, distinguishes a repeated time. */
static msched_result real_second(const msched__axis *axis, const msched__json_node *object,
                                 moment at, int32_t *time, msched_error *err)
{
    int64_t utc = at.utc;
    int32_t first = msched__axis_real(axis, *time),
            second = msched__axis_real(axis, *time | MSCHED_TIME_SECOND);
    msched__json_node node;
    if (utc != MSCHED_NO_UTC && utc != axis->zero_utc + first && utc != axis->zero_utc + second) {
        msched__json_member(object, at.key, &node);
        return msched__json_fail(&node, MSCHED_ERROR_VALUE, err,
                                 "contradicts the local time next to it");
    }
    *time = utc == MSCHED_NO_UTC ? first : (int32_t)(utc - axis->zero_utc);
    return MSCHED_OK;
}

static msched_result put_on_axis(const msched__axis *axis, const msched__json_node *node,
                                 msched_schedule_entry *e, msched_error *err)
{
    int32_t end = e->end_s;
    msched_result result = real_second(axis, node, (moment){"start_utc", e->start_utc}, &e->start_s,
                                       err);
    if (result == MSCHED_OK)
        result = real_second(axis, node, (moment){"end_utc", e->end_utc}, &e->end_s, err);
    if (result == MSCHED_OK && e->end_utc == MSCHED_NO_UTC && e->end_s <= e->start_s)
        e->end_s = msched__axis_real(axis, end | MSCHED_TIME_SECOND);
    return result;
}

static msched_result take_state(const msched__json_node *object, uint32_t *out, msched_error *err)
{
    msched__json_node node;
    const char *name;
    if (!msched__json_member(object, "state", &node))
        return MSCHED_OK;
    msched_result result = msched__json_string(&node, &name, err);
    if (result != MSCHED_OK)
        return result;
    for (uint32_t state = 0; state < MSCHED_STATE_COUNT; state++)
        if (strcmp(name, msched_state_name(state)) == 0) {
            *out = state;
            return MSCHED_OK;
        }
    return msched__json_fail(&node, MSCHED_ERROR_VALUE, err, "\"%.40s\" is not a state", name);
}

/* A schedule being read, with the axis of the date of the current entry. */
typedef struct entry_reader {
    msched_schedule *s;
    int64_t date_days; /* of the first date */
    uint32_t day;      /* the date of `axis` */
    msched__axis axis;
} entry_reader;

/* The date of an entry of a span, and its axis. */
static msched_result read_date(entry_reader *in, const msched__json_node *node, uint32_t *day,
                               msched_error *err)
{
    msched_result result = msched__take_date(in->s, node, day, err);
    if (result != MSCHED_OK || *day == in->day)
        return result;
    in->day = *day;
    result = msched__axis_load(&in->axis, NULL, in->s->timezone, in->date_days + *day,
                               MSCHED_DAY_END_S + 2 * 3600, &in->s->arena.allocator);
    return result == MSCHED_ERROR_MEMORY ? msched__fail_memory(err) : MSCHED_OK;
}

static msched_result take_slack(const msched__json_node *object, msched_schedule_entry *e,
                                msched_error *err)
{
    msched__json_node node;
    int64_t value = 0;
    if (!msched__json_member(object, "slack_s", &node))
        return MSCHED_OK;
    msched_result result = msched__json_int(&node, INT32_MIN + 1, INT32_MAX, &value, err);
    e->has_slack = result == MSCHED_OK;
    e->slack_s = (int32_t)value;
    return result;
}

static msched_result read_todo(msched_schedule *s, const msched__json_node *node,
                               msched_schedule_entry *e, msched_error *err)
{
    static const char *const keys[] = {"kind",      "id",      "title",   "date",  "start", "end",
                                       "start_utc", "end_utc", "fixed",   "piece", "of",    "state",
                                       "sequence",  "number",  "slack_s", NULL};
    msched__json_node fixed;
    int is_fixed = 0;
    msched_result result = msched__json_object(node, keys, NULL, err);
    if (result == MSCHED_OK)
        result = msched__take_required(s, node, "id", &e->id, err);
    if (result == MSCHED_OK && msched__json_member(node, "fixed", &fixed))
        result = msched__json_bool(&fixed, &is_fixed, err);
    if (result == MSCHED_OK)
        result = msched__take_count(node, "piece", MAX_ENTRIES, &e->piece, err);
    if (result == MSCHED_OK)
        result = take_state(node, &e->state, err);
    if (result == MSCHED_OK)
        result = take_slack(node, e, err);
    if (result == MSCHED_OK && s->of != NULL)
        result = msched__take_text(s, node, "of", &s->of[e->reserved[0]], err);
    e->kind = MSCHED_ENTRY_TODO;
    e->identity = e->id;
    e->fixed = (uint32_t)is_fixed;
    e->artist = e->during = "";
    return result;
}

/* null: not known */
static msched_result take_popularity(const msched__json_node *song, uint32_t *out,
                                     msched_error *err)
{
    msched__json_node node;
    if (!msched__json_member(song, "popularity", &node) || !msched__json_is_null(&node))
        return msched__take_count(song, "popularity", 100, out, err);
    *out = UINT32_MAX;
    return MSCHED_OK;
}

static msched_result read_song(msched_schedule *s, const msched__json_node *node,
                               msched_schedule_entry *e, msched_error *err)
{
    static const char *const keys[] = {"kind",   "track_id",   "title",     "artist",  "date",
                                       "start",  "end",        "start_utc", "end_utc", "during",
                                       "wanted", "popularity", "id",        "fill",    "sequence",
                                       "number", NULL};
    msched_result result = msched__json_object(node, keys, NULL, err);
    if (result == MSCHED_OK)
        result = msched__take_required(s, node, "track_id", &e->id, err);
    if (result == MSCHED_OK)
        result = msched__take_text(s, node, "artist", &e->artist, err);
    if (result == MSCHED_OK)
        result = msched__take_text(s, node, "during", &e->during, err);
    if (result == MSCHED_OK)
        result = msched__take_text(s, node, "id", &e->identity, err);
    if (result == MSCHED_OK)
        result = msched__take_count(node, "wanted", MSCHED_PLAN_MAX_SONGS - 1, &e->wanted, err);
    if (result == MSCHED_OK)
        result = msched__take_count(node, "fill", MSCHED_PLAN_MAX_FILLS - 1, &e->fill, err);
    if (result == MSCHED_OK)
        result = take_popularity(node, &e->popularity, err);
    if (result == MSCHED_OK && e->wanted != UINT32_MAX && e->identity[0] == '\0')
        e->identity = e->id;
    e->kind = MSCHED_ENTRY_SONG;
    return result;
}

static msched_result read_kind(msched_schedule *s, const msched__json_node *node,
                               msched_schedule_entry *e, msched_error *err)
{
    msched__json_node kind;
    const char *name = "";
    if (!msched__json_is_object(node))
        return msched__json_fail(node, MSCHED_ERROR_VALUE, err, "an entry must be an object");
    if (!msched__json_member(node, "kind", &kind))
        return msched__json_fail(node, MSCHED_ERROR_VALUE, err, "the key \"kind\" is missing");
    msched_result result = msched__json_string(&kind, &name, err);
    if (result != MSCHED_OK)
        return result;
    if (strcmp(name, "todo") == 0)
        return read_todo(s, node, e, err);
    if (strcmp(name, "song") == 0)
        return read_song(s, node, e, err);
    return msched__json_fail(&kind, MSCHED_ERROR_VALUE, err,
                             "the kind must be \"todo\" or \"song\"");
}

/* Start and end of a schedule of a day stay in real seconds; those of a span become clock times. */
static msched_result settle_times(const entry_reader *in, const msched__json_node *node,
                                  msched_schedule_entry *e, msched_error *err)
{
    msched_result result = MSCHED_OK;
    if (in->axis.count == 0) {
        e->start_s = msched__plain_time(e->start_s);
        e->end_s = msched__plain_time(e->end_s);
        /* with a zone unknown to this machine, clocks may have gone back meanwhile */
        if (e->start_utc != MSCHED_NO_UTC && e->start_utc < e->end_utc)
            return MSCHED_OK;
    } else {
        result = put_on_axis(&in->axis, node, e, err);
    }
    if (result == MSCHED_OK && e->start_s >= e->end_s)
        result = msched__json_fail(node, MSCHED_ERROR_VALUE, err,
                                   "the entry ends before it starts");
    if (result == MSCHED_OK && in->s->days > 0)
        msched__entry_show_clock(&in->axis, e);
    return result;
}

static msched_result read_entry(entry_reader *in, const msched__json_node *node,
                                msched_schedule_entry *e, msched_error *err)
{
    *e = (msched_schedule_entry){.struct_size = sizeof *e,
                                 .start_utc = MSCHED_NO_UTC,
                                 .end_utc = MSCHED_NO_UTC,
                                 .todo = UINT32_MAX,
                                 .wanted = UINT32_MAX,
                                 .track = UINT32_MAX,
                                 .reserved = {(uint64_t)in->s->entry_count}};
    msched_result result = read_kind(in->s, node, e, err);
    if (result == MSCHED_OK)
        result = msched__take_text(in->s, node, "title", &e->title, err);
    if (result == MSCHED_OK)
        result = read_date(in, node, &e->day, err);
    if (result == MSCHED_OK)
        result = msched__take_time(node, "start", &e->start_s, err);
    if (result == MSCHED_OK)
        result = msched__take_time(node, "end", &e->end_s, err);
    if (result == MSCHED_OK)
        result = take_utc(node, "start_utc", &e->start_utc, err);
    if (result == MSCHED_OK)
        result = take_utc(node, "end_utc", &e->end_utc, err);
    if (result == MSCHED_OK)
        result = msched__take_count(node, "sequence", INT32_MAX / 2, &e->sequence, err);
    return result == MSCHED_OK ? settle_times(in, node, e, err) : result;
}

/* Sort the entries, with the ids of their to-dos in the plan. */
static msched_result order_entries(msched_schedule *s, msched_error *err)
{
    if (s->days == 0) {
        msched__schedule_sort_entries(s);
        msched__schedule_show_clock(s);
        return MSCHED_OK;
    }
    const char **read = s->of;
    s->of = msched__arena_alloc(&s->arena, s->entry_count, sizeof *s->of);
    if (s->of == NULL)
        return msched__fail_memory(err);
    msched__schedule_sort_span(s);
    for (uint32_t i = 0; i < s->entry_count; i++) {
        const char *of = read[s->entries[i].reserved[0]];
        s->of[i] = of[0] == '\0' ? s->entries[i].id : of;
    }
    return MSCHED_OK;
}

static msched_result read_entries(entry_reader *in, const msched__json_node *root,
                                  msched_error *err)
{
    msched_schedule *s = in->s;
    msched__json_node entries;
    if (!msched__json_member(root, "entries", &entries))
        return msched__json_fail(root, MSCHED_ERROR_VALUE, err, "the key \"entries\" is missing");
    msched_result result = msched__json_array(&entries, MAX_ENTRIES, err);
    if (result != MSCHED_OK)
        return result;
    size_t count = msched__json_count(&entries);
    s->entries = msched__arena_alloc(&s->arena, count, sizeof *s->entries);
    if (s->days > 0)
        s->of = msched__arena_alloc(&s->arena, count, sizeof *s->of);
    if (s->entries == NULL || (s->days > 0 && s->of == NULL))
        return msched__fail_memory(err);
    for (size_t i = 0; s->of != NULL && i < count; i++)
        s->of[i] = "";
    msched__json_node item;
    int more = msched__json_first(&entries, &item);
    for (; result == MSCHED_OK && more; more = msched__json_next(&item)) {
        result = read_entry(in, &item, &s->entries[s->entry_count], err);
        s->entry_count += result == MSCHED_OK;
    }
    if (result == MSCHED_OK)
        result = order_entries(s, err);
    for (uint32_t i = 0; i < s->entry_count; i++)
        s->entries[i].reserved[0] = 0;
    return result;
}

static msched_result read_cancelled(entry_reader *in, const msched__json_node *root,
                                    msched_error *err)
{
    msched_schedule *s = in->s;
    msched__json_node items, node;
    if (!msched__json_member(root, "cancelled", &items))
        return MSCHED_OK;
    msched_result result = msched__json_array(&items, MSCHED__MAX_CANCELLED, err);
    if (result != MSCHED_OK)
        return result;
    s->cancelled = msched__arena_alloc(&s->arena, msched__json_count(&items), sizeof *s->cancelled);
    if (s->cancelled == NULL)
        return msched__fail_memory(err);
    int more = msched__json_first(&items, &node);
    for (; result == MSCHED_OK && more; more = msched__json_next(&node)) {
        msched__named_entry *item = &s->cancelled[s->cancelled_count];
        *item = (msched__named_entry){.number = 1, .is_cancelled = 1};
        result = read_entry(in, &node, &item->entry, err);
        item->entry.reserved[0] = 0;
        if (result == MSCHED_OK)
            result = msched__take_count(&node, "number", MAX_ENTRIES, &item->number, err);
        s->cancelled_count += result == MSCHED_OK;
    }
    return result;
}

static msched_result read_head(entry_reader *in, const msched__json_node *root, msched_error *err)
{
    static const char *const keys[] = {
        "version",   "date",     "days",      "timezone",  "status",      "entries", "unplaced",
        "objective", "warnings", "overloads", "cancelled", "calendar_id", NULL};
    msched_schedule *s = in->s;
    msched_result result = msched__json_object(root, keys, NULL, err);
    if (result != MSCHED_OK)
        return result;
    msched__json_node node;
    int64_t version;
    if (!msched__json_member(root, "version", &node))
        return msched__json_fail(root, MSCHED_ERROR_VALUE, err, "the key \"version\" is missing");
    if ((result = msched__json_int(&node, 1, 1, &version, err)) != MSCHED_OK)
        return result;
    const char *date;
    msched__date parsed;
    if ((result = msched__take_required(s, root, "date", &date, err)) != MSCHED_OK)
        return result;
    if (strlen(date) != 10 || !msched__date_parse(date, 10, &parsed)) {
        msched__json_member(root, "date", &node);
        return msched__json_fail(&node, MSCHED_ERROR_VALUE, err,
                                 "\"%s\" is not a date such as 2026-11-24", date);
    }
    memcpy(s->date, date, 11);
    in->date_days = msched__date_to_days(parsed);
    result = msched__take_count(root, "days", MSCHED_PLAN_MAX_DAYS, &s->days, err);
    if (result != MSCHED_OK)
        return result;
    if ((result = msched__take_text(s, root, "timezone", &s->timezone, err)) != MSCHED_OK)
        return result;
    result = msched__take_text(s, root, "calendar_id", &s->calendar_id, err);
    if (result != MSCHED_OK)
        return result;
    int32_t last = s->days > 1 ? (int32_t)(s->days - 1) * 86400 : 0;
    result = msched__axis_load(&s->axis, NULL, s->timezone, in->date_days,
                               last + MSCHED_DAY_END_S + 2 * 3600, &s->arena.allocator);
    in->axis = s->axis;
    /* an unknown zone is one without changes */
    return result == MSCHED_ERROR_MEMORY ? msched__fail_memory(err) : MSCHED_OK;
}

msched_result msched_schedule_parse_json(msched_schedule **out, const char *data, size_t size_bytes,
                                         const msched_allocator *allocator, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (data == NULL)
        return msched__fail_null(err, "data");
    msched__json json;
    msched_result result = msched__json_open(&json, data, size_bytes, MAX_BYTES, allocator, err);
    if (result != MSCHED_OK)
        return result;
    msched_schedule *s = msched__schedule_create(allocator);
    if (s == NULL)
        result = msched__fail_memory(err);
    entry_reader in = {.s = s};
    msched__json_node root = msched__json_root(&json);
    if (result == MSCHED_OK)
        result = read_head(&in, &root, err);
    if (result == MSCHED_OK)
        result = read_cancelled(&in, &root, err);
    if (result == MSCHED_OK)
        result = read_entries(&in, &root, err);
    if (result == MSCHED_OK)
        result = msched__schedule_read_result(s, &root, err);
    msched__json_close(&json);
    if (result != MSCHED_OK)
        msched_schedule_unref(s);
    else
        *out = s;
    return result;
}
