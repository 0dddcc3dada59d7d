#include "time/zone.h"

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/civil.h"
#include "time/zone_file.h"

#include <string.h>

#define DAY_S 86400

int msched__zone_name_valid(const char *name)
{
    size_t part = 0, size = 0;
    for (const char *p = name; *p != '\0'; p++, size++) {
        int plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                    (*p >= '0' && *p <= '9') || *p == '_' || *p == '+' || *p == '-';
        if (!plain && (*p != '/' || part == 0))
            return 0;
        part = plain ? part + 1 : 0;
    }
    return part > 0 && size <= 64;
}

static msched_result load_file(msched__zone *zone, const char *dir, const char *name,
                               const msched_allocator *allocator, msched_error *err)
{
    msched__buffer path, bytes;
    msched__buffer_init(&path, allocator);
    msched__buffer_init(&bytes, allocator);
    msched__buffer_string(&path, dir);
    msched__buffer_char(&path, '/');
    msched__buffer_string(&path, name);
    msched_result result = path.failed ? msched__fail_memory(err)
                                       : msched__zone_file_read(path.data, name, &bytes, err);
    if (result == MSCHED_OK) {
        result = msched__tzif_parse(&zone->data,
                                    (const unsigned char *)(bytes.size == 0 ? "" : bytes.data),
                                    bytes.size, allocator, err);
        if (result == MSCHED_ERROR_SYNTAX || result == MSCHED_ERROR_LIMIT)
            result = msched__fail(err, result, "%s is not a time zone file", path.data);
    }
    msched__buffer_free(&path);
    msched__buffer_free(&bytes);
    return result;
}

msched_result msched__zone_load(msched__zone *zone, const char *dir, const char *name,
                                const msched_allocator *allocator, msched_error *err)
{
    memset(zone, 0, sizeof *zone);
    if (!msched__zone_name_valid(name))
        return msched__fail(err, MSCHED_ERROR_NOT_FOUND,
                            "\"%s\" is not a time zone name such as Europe/Berlin", name);
    if (dir == NULL)
        dir = MSCHED__ZONEINFO_DIR;
    char target[MSCHED__ZONE_NAME_BYTES];
    const msched_result result = load_file(zone, dir, name, allocator, err);
    if (result != MSCHED_ERROR_NOT_FOUND)
        return result;
    msched_error other = {0};
    msched_result linked = msched__zone_file_link(dir, name, allocator, target);
    if (linked == MSCHED_ERROR_MEMORY)
        return msched__fail_memory(err);
    if (linked != MSCHED_OK || !msched__zone_name_valid(target))
        return result;
    linked = load_file(zone, dir, target, allocator, &other);
    if (linked == MSCHED_ERROR_NOT_FOUND)
        return result;
    if (linked != MSCHED_OK && err != NULL)
        *err = other;
    return linked;
}

void msched__zone_free(msched__zone *zone)
{
    msched__tzif_free(&zone->data);
}

static int is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Day of a rule in a year, as days since 1970-01-01. */
static int64_t rule_days(const msched__tz_rule *rule, int32_t year)
{
    if (rule->kind != MSCHED__TZ_WEEKDAY) {
        int64_t first = msched__date_to_days((msched__date){year, 1, 1});
        if (rule->kind == MSCHED__TZ_DAY)
            return first + rule->day;
        return first + rule->day - 1 + (rule->day >= 60 && is_leap(year));
    }
    int64_t first = msched__date_to_days((msched__date){year, rule->month, 1});
    int next_year = rule->month == 12;
    int64_t after = msched__date_to_days(
        (msched__date){year + next_year, (uint8_t)(next_year ? 1 : rule->month + 1), 1});
    int64_t day = first + (rule->weekday + 7 - (int64_t)msched__days_weekday(first)) % 7 +
                  7 * (rule->week - 1);
    while (day >= after)
        day -= 7;
    return day;
}

#define TAIL_CHANGES 6

/* The changes of three years around a moment by the rule, in order of time. */
static void tail_changes(const msched__tz_tail *tail, int64_t utc,
                         msched__zone_change change[TAIL_CHANGES])
{
    int64_t days = utc / DAY_S;
    const int64_t first = msched__date_to_days((msched__date){2, 1, 1}),
                  last = msched__date_to_days((msched__date){9997, 1, 1});
    int32_t year = msched__date_from_days(days < first ? first : days > last ? last : days).year;
    for (int i = 0; i < TAIL_CHANGES; i += 2) {
        int32_t y = year - 1 + i / 2;
        msched__zone_change start = {rule_days(&tail->start, y) * DAY_S + tail->start.time_s -
                                         tail->standard.offset_s,
                                     &tail->standard, &tail->dst};
        msched__zone_change end = {rule_days(&tail->end, y) * DAY_S + tail->end.time_s -
                                       tail->dst.offset_s,
                                   &tail->dst, &tail->standard};
        change[i] = start;
        change[i + 1] = end;
    }
    for (int i = 1; i < TAIL_CHANGES; i++)
        for (int j = i; j > 0 && change[j].utc < change[j - 1].utc; j--) {
            msched__zone_change swap = change[j];
            change[j] = change[j - 1];
            change[j - 1] = swap;
        }
}

static const msched__tz_type *tail_at(const msched__tz_tail *tail, int64_t utc)
{
    if (!tail->has_dst)
        return &tail->standard;
    msched__zone_change change[TAIL_CHANGES];
    tail_changes(tail, utc, change);
    const msched__tz_type *type = change[0].before;
    for (int i = 0; i < TAIL_CHANGES && change[i].utc <= utc; i++)
        type = change[i].after;
    return type;
}

/* The number of transitions of the table at or before a moment. */
static uint32_t passed(const msched__tzif *data, int64_t utc)
{
    uint32_t low = 0, high = data->transition_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (data->transition[middle] <= utc)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const msched__tz_type *msched__zone_at(const msched__zone *zone, int64_t utc)
{
    const msched__tzif *data = &zone->data;
    uint32_t count = passed(data, utc);
    if (count == data->transition_count && data->tail.present)
        return tail_at(&data->tail, utc);
    return &data->types[count == 0 ? 0 : data->transition_type[count - 1]];
}

static int same_type(const msched__tz_type *a, const msched__tz_type *b)
{
    return a->offset_s == b->offset_s && a->is_dst == b->is_dst && strcmp(a->name, b->name) == 0;
}

/* Fill in `change` for a moment at which clocks may change; 0 if nothing visible changes. */
static int visible_change(const msched__zone *zone, int64_t utc, msched__zone_change *change)
{
    if (utc == INT64_MIN)
        return 0;
    msched__zone_change found = {utc, msched__zone_at(zone, utc - 1), msched__zone_at(zone, utc)};
    if (same_type(found.before, found.after))
        return 0;
    *change = found;
    return 1;
}

int msched__zone_next(const msched__zone *zone, int64_t utc, msched__zone_change *change)
{
    const msched__tzif *data = &zone->data;
    for (uint32_t i = passed(data, utc); i < data->transition_count; i++)
        if (visible_change(zone, data->transition[i], change))
            return 1;
    if (!data->tail.present || !data->tail.has_dst)
        return 0;
    int64_t end = data->transition_count == 0 ? INT64_MIN
                                              : data->transition[data->transition_count - 1];
    int64_t from = utc > end ? utc : end;
    msched__zone_change all[TAIL_CHANGES];
    tail_changes(&data->tail, from, all);
    for (int i = 0; i < TAIL_CHANGES; i++)
        if (all[i].utc > from && visible_change(zone, all[i].utc, change))
            return 1;
    return 0;
}

int msched__zone_last(const msched__zone *zone, int64_t utc, msched__zone_change *change)
{
    const msched__tzif *data = &zone->data;
    uint32_t count = passed(data, utc);
    if (count == data->transition_count && data->tail.present && data->tail.has_dst) {
        int64_t end = count == 0 ? INT64_MIN : data->transition[count - 1];
        msched__zone_change all[TAIL_CHANGES];
        tail_changes(&data->tail, utc, all);
        for (int i = TAIL_CHANGES - 1; i >= 0; i--)
            if (all[i].utc > end && all[i].utc <= utc && visible_change(zone, all[i].utc, change))
                return 1;
    }
    for (uint32_t i = count; i > 0; i--)
        if (visible_change(zone, data->transition[i - 1], change))
            return 1;
    return 0;
}

enum msched__local_kind msched__zone_from_local(const msched__zone *zone, int64_t local,
                                                int64_t *utc)
{
    /*
     * No offset reaches 26 hours (RFC 8536), so every period of constant offset that can show
     * `local` is found from here on.
     */
    int64_t at = local - 27 * 3600;
    int64_t start = INT64_MIN;
    const msched__tz_type *type = msched__zone_at(zone, at);
    int found = 0, more = 1;
    int64_t jumped = local - type->offset_s;
    while (more && at <= local + 27 * 3600) {
        msched__zone_change change;
        more = msched__zone_next(zone, at, &change);
        int64_t end = more ? change.utc : INT64_MAX;
        int64_t moment = local - type->offset_s;
        if (moment >= start && moment < end) {
            if (found == 0)
                *utc = moment;
            found++;
        } else if (more && moment >= end && local - change.after->offset_s < end) {
            jumped = moment;
        }
        if (more) {
            at = start = change.utc;
            type = change.after;
        }
    }
    if (found == 0)
        *utc = jumped;
    return found == 0 ? MSCHED__LOCAL_NEVER : found == 1 ? MSCHED__LOCAL_ONCE : MSCHED__LOCAL_TWICE;
}
