#include "calendar/calendar_data.h"

#include "base/alloc.h"
#include "base/civil.h"
#include "base/error.h"
#include "base/options.h"
#include "calendar/calendar_read.h"
#include "format/recurrence.h"
#include "calendar/value.h"
#include "calendar/zone_label.h"
#include "calendar/zone_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_S 86400

int32_t msched_calendar_can_recur(void)
{
    return msched__recurrence_available();
}

void msched_calendar_options_init(msched_calendar_options *options, uint32_t struct_size)
{
    msched_calendar_options defaults = {.struct_size = sizeof defaults};
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

static int add_remark(msched_calendar *calendar, const char *format, const char *name)
{
    char reason[300];
    void *block = calendar->remarks;
    if (!msched__grow(&calendar->allocator, &block, &calendar->remark_capacity,
                      calendar->remark_count + 1, sizeof *calendar->remarks))
        return 0;
    calendar->remarks = block;
    snprintf(reason, sizeof reason, format, name);
    const char *kept = msched__arena_copy(&calendar->arena, reason, strlen(reason));
    calendar->remarks[calendar->remark_count++] =
        (msched__calendar_remark){"", kept == NULL ? "" : kept, 0};
    return kept != NULL;
}

/* The end of the last month with a time of the file; INT64_MAX if items recur, perhaps for ever. */
static int64_t last_month(const msched_calendar *calendar)
{
    int64_t last = INT64_MIN;
    for (size_t i = 0; i < calendar->item_count; i++) {
        const msched__calendar_item *item = &calendar->items[i];
        if (item->rule_count > 0 || item->rdate_count > 0)
            return INT64_MAX;
        if (item->start.present && item->start.local > last)
            last = item->start.local;
        if (item->end.present && item->end.local > last)
            last = item->end.local;
    }
    return last == INT64_MIN ? INT64_MAX : last + 31 * DAY_S;
}

/* How the rules of a VTIMEZONE compare to the zone of its name. */
enum likeness { SAME, WITHOUT_DAYLIGHT, DIFFERENT };

/*
 * SAME if a VTIMEZONE gives the same time as the zone of its name in the middle of each month from
 * 2008 for which it has rules, up to `last`: a file of one day may have only the change before it.
 * Outlook writes the rules of today for all years before. WITHOUT_DAYLIGHT if it has the standard
 * time of that zone all year: some programs write only that part.
 */
static enum likeness compare_zones(const msched__calendar_zone *written, const msched__zone *known,
                                   int64_t last)
{
    const msched__tzif *table = &written->zone.data;
    int64_t from = table->transition_count > 0 ? table->transition[0] : INT64_MIN;
    int differs = 0, is_constant = 1;
    for (int32_t month = 0; month < 28 * 12; month++) {
        msched__date date = {2008 + month / 12, (uint8_t)(1 + month % 12), 15};
        int64_t utc = msched__date_to_days(date) * DAY_S;
        if (utc < from || utc >= written->until)
            continue;
        const msched__tz_type *here = msched__zone_at(&written->zone, utc),
                              *there = msched__zone_at(known, utc);
        differs |= utc < last && here->offset_s != there->offset_s;
        is_constant &= !here->is_dst && (there->is_dst || here->offset_s == there->offset_s);
    }
    return !differs ? SAME : is_constant ? WITHOUT_DAYLIGHT : DIFFERENT;
}

/*
 * The zone of a TZID that is the name of a zone as Microsoft's programs show it. 0: no memory.
 */
static int resolve_label(msched_calendar *calendar, msched__calendar_zone *each)
{
    msched__zone_label label;
    char format[200];
    const msched_result result = msched__zone_of_label(&each->zone, each->name,
                                                       &calendar->allocator, &label);
    if (result == MSCHED_ERROR_MEMORY)
        return 0;
    if (result != MSCHED_OK)
        return add_remark(calendar,
                          "unknown time zone \"%.150s\": its times are read as local times",
                          each->name);
    each->known = 1;
    const int minutes = (label.offset_s < 0 ? -label.offset_s : label.offset_s) / 60;
    if (label.is_fixed)
        snprintf(format, sizeof format,
                 "the time zone \"%%.150s\" is read as UTC%c%02d:%02d all year: its daylight "
                 "saving is not known",
                 label.offset_s < 0 ? '-' : '+', minutes / 60, minutes % 60);
    else
        snprintf(format, sizeof format, "the time zone \"%%.150s\" is read as %s", label.name);
    return (label.name[0] == '\0' && !label.is_fixed) || add_remark(calendar, format, each->name);
}

/*
 * The zone of a TZID: from its VTIMEZONE if that differs from the zone of its name, which covers
 * more years. 0: no memory.
 */
static int resolve_zone(msched_calendar *calendar, msched__calendar_zone *each, int64_t last)
{
    msched__zone known;
    msched_error ignored;
    msched_result result = msched__zone_of_tzid(&known, each->name, &calendar->allocator, &ignored);
    if (result == MSCHED_ERROR_MEMORY)
        return 0;
    if (result != MSCHED_OK)
        return each->has_rules || resolve_label(calendar, each);
    const enum likeness likeness = each->has_rules ? compare_zones(each, &known, last) : SAME;
    if (likeness == DIFFERENT) {
        msched__zone_free(&known);
        return add_remark(calendar,
                          "the VTIMEZONE \"%.150s\" differs from the zone of that name: the file's "
                          "rules are used",
                          each->name);
    }
    if (likeness == WITHOUT_DAYLIGHT &&
        !add_remark(calendar,
                    "the VTIMEZONE \"%.150s\" has no daylight saving time: the zone of that name "
                    "is used",
                    each->name)) {
        msched__zone_free(&known);
        return 0;
    }
    if (each->has_rules)
        msched__zone_free(&each->zone);
    each->zone = known;
    each->known = 1;
    return 1;
}

static int resolve_zones(msched_calendar *calendar)
{
    const int64_t last = last_month(calendar);
    int ok = 1;
    for (size_t i = 0; ok && i < calendar->zone_count; i++)
        ok = resolve_zone(calendar, &calendar->zones[i], last);
    return ok;
}

/*
 * Convert start and end to the same form: a start on a date begins at a midnight of the zone in
 * which it ends, and an end without a zone is in that of the start.
 */
static void match_ends(msched_calendar *calendar)
{
    for (size_t i = 0; i < calendar->item_count; i++) {
        msched__calendar_time *start = &calendar->items[i].start, *end = &calendar->items[i].end;
        if (!start->present || !end->present || end->is_date)
            continue;
        if (start->is_date && !calendar->items[i].is_todo) {
            start->is_date = 0;
            start->zone = end->zone;
        } else if (!start->is_date && end->zone == MSCHED__ZONE_FLOATING) {
            end->zone = start->zone;
        }
    }
}

static int is_midnight(const msched__calendar_time *time)
{
    return time->present && !time->is_date && time->zone != MSCHED__ZONE_UTC &&
           time->local % 86400 == 0;
}

static void make_date(msched__calendar_time *time)
{
    if (!is_midnight(time))
        return;
    time->is_date = 1;
    time->zone = MSCHED__ZONE_FLOATING;
}

/* A time in UTC becomes one on the clocks of a zone that is known. */
static void take_zone(const msched_calendar *calendar, msched__calendar_time *time, uint32_t zone)
{
    if (!time->present || time->is_date || time->zone != MSCHED__ZONE_UTC ||
        zone == MSCHED__ZONE_FLOATING || !calendar->zones[zone].known)
        return;
    time->local += msched__zone_at(&calendar->zones[zone].zone, time->local)->offset_s;
    time->zone = zone;
}

/*
 * Outlook writes an event of whole days with the times of its midnights, and says so. The last date
 * of a rule and the dates that are left out may be in UTC.
 */
static void make_whole_days(msched_calendar *calendar)
{
    for (size_t i = 0; i < calendar->item_count; i++) {
        msched__calendar_item *item = &calendar->items[i];
        if (!item->whole_days || item->is_todo || !is_midnight(&item->start) ||
            !is_midnight(&item->end))
            continue;
        for (uint32_t k = 0; k < item->rule_count; k++)
            take_zone(calendar, &item->rules[k].until, item->start.zone);
        for (uint32_t k = 0; k < item->exrule_count; k++)
            take_zone(calendar, &item->exrules[k].until, item->start.zone);
        for (uint32_t k = 0; k < item->exdate_count; k++)
            take_zone(calendar, &item->exdates[k], item->start.zone);
        take_zone(calendar, &item->recurrence_id, item->start.zone);
        make_date(&item->start);
        make_date(&item->end);
        make_date(&item->recurrence_id);
    }
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/*
 * Group components by UID: first those without a RECURRENCE-ID, then by RECURRENCE-ID; of equal
 * components, the last revision is last.
 */
static int by_series(const void *a, const void *b)
{
    const msched__calendar_item *x = a, *y = b;
    int order = strcmp(x->uid, y->uid);
    if (order == 0)
        order = compare(x->recurrence_id.present, y->recurrence_id.present);
    if (order == 0 && x->recurrence_id.present)
        order = compare(x->recurrence_id.local, y->recurrence_id.local);
    if (order == 0)
        order = compare(x->sequence, y->sequence);
    return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

static msched_result refuse(const char *data, size_t size, msched_error *err)
{
    size_t at = size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < size &&
           (data[at] == ' ' || data[at] == '\n' || data[at] == '\r' || data[at] == '\t'))
        at++;
    const char *what = "it has no BEGIN:VCALENDAR line";
    if (at == size)
        what = "the file is empty";
    else if (data[at] == '<')
        what = "it looks like a web page: download the .ics file itself, perhaps after signing in";
    else if (data[at] == '{' || data[at] == '[')
        what = "it looks like JSON";
    else if (size >= 2 && memcmp(data, "\x1f\x8b", 2) == 0)
        what = "it is compressed with gzip: unpack it";
    else if (size >= 2 && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0))
        what = "it is UTF-16: save it as UTF-8";
    else if (size >= 2 && data[0] == 'P' && data[1] == 'K')
        what = "it is a ZIP archive: unpack it and use the .ics files in it";
    return msched__fail_at(err, MSCHED_ERROR_SYNTAX, 1, 1, "not an iCalendar file: %s", what);
}

msched_result msched_calendar_read(msched_calendar **out, const char *data, size_t size_bytes,
                                   const msched_calendar_options *options, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (data == NULL && size_bytes > 0)
        return msched__fail_null(err, "data");
    msched_calendar_options known;
    msched_calendar_options_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, options, "options", err);
    if (result != MSCHED_OK)
        return result;
    if (size_bytes > MSCHED_CALENDAR_MAX_BYTES)
        return msched__fail(err, MSCHED_ERROR_LIMIT,
                            "the calendar has %zu bytes: at most %u are read", size_bytes,
                            MSCHED_CALENDAR_MAX_BYTES);
    msched_allocator memory = msched__allocator_copy(known.allocator);
    msched_calendar *calendar = msched__alloc_zero(&memory, 1, sizeof *calendar);
    if (calendar == NULL)
        return msched__fail_memory(err);
    msched__refcount_init(&calendar->refs);
    calendar->allocator = memory;
    msched__arena_init(&calendar->arena, &memory, 0);
    calendar->default_zone = MSCHED__ZONE_FLOATING;
    calendar->name = "";
    if (known.name != NULL &&
        (calendar->name = msched__calendar_copy_text(
             &calendar->arena, (msched__slice){known.name, strlen(known.name)}, 200)) == NULL)
        result = msched__fail_memory(err);
    if (result == MSCHED_OK)
        result = msched__calendar_scan(calendar, data == NULL ? "" : data, size_bytes, err);
    if (result == MSCHED_ERROR_SYNTAX)
        result = refuse(data == NULL ? "" : data, size_bytes, err);
    if (result == MSCHED_OK && !resolve_zones(calendar))
        result = msched__fail_memory(err);
    if (result != MSCHED_OK) {
        msched_calendar_unref(calendar);
        return result;
    }
    make_whole_days(calendar);
    match_ends(calendar);
    if (calendar->item_count > 0)
        qsort(calendar->items, calendar->item_count, sizeof *calendar->items, by_series);
    *out = calendar;
    return MSCHED_OK;
}

msched_calendar *msched_calendar_ref(msched_calendar *calendar)
{
    if (calendar != NULL)
        msched__refcount_add(&calendar->refs);
    return calendar;
}

void msched_calendar_unref(msched_calendar *calendar)
{
    if (calendar == NULL || !msched__refcount_drop(&calendar->refs))
        return;
    msched_allocator memory = calendar->allocator;
    for (size_t i = 0; i < calendar->zone_count; i++)
        if (calendar->zones[i].known)
            msched__zone_free(&calendar->zones[i].zone);
    msched__free(&memory, calendar->items);
    msched__free(&memory, calendar->zones);
    msched__free(&memory, calendar->remarks);
    msched__arena_reset(&calendar->arena);
    msched__free(&memory, calendar);
}

const char *msched_calendar_name(const msched_calendar *calendar)
{
    return calendar == NULL ? "" : calendar->name;
}
