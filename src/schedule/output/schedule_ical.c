#include "base/alloc.h"
#include "base/civil.h"
#include "base/options.h"
#include "base/utf8.h"
#include "schedule/output/ical_zone.h"
#include "schedule/output/schedule_revision.h"

#include <string.h>

#define DAY_S          86400
#define TIME_BYTES     MSCHED__ICAL_TIME_BYTES
#define MAX_ALARM_S    (7 * DAY_S)
#define MAX_REFRESH_S  (30 * DAY_S)
#define MAX_SEQUENCE   2000000000u
#define NAME_MAX_BYTES 1024

typedef struct writer {
    msched__ical ical;
    const msched_ical_options *options;
    const msched_schedule *schedule;
    const msched__named_entry *items; /* of the schedule's entries */
    const msched__zone *zone;         /* NULL: floating time */
    /* the plan's midnight on the local clock, seconds since 1970-01-01T00:00:00 */
    int64_t date_s;
    char stamp[TIME_BYTES];
} writer;

void msched_ical_options_init(msched_ical_options *options, uint32_t struct_size)
{
    static const msched_ical_options defaults;
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

static void write_local(writer *w, const char *name, int64_t local)
{
    char text[TIME_BYTES];
    msched__ical_add(&w->ical, name);
    if (w->zone != NULL) {
        msched__ical_add(&w->ical, ";TZID=");
        msched__ical_add(&w->ical, w->schedule->timezone); /* a valid zone name needs no quotes */
    }
    msched__ical_time(text, local);
    msched__ical_add(&w->ical, ":");
    msched__ical_add(&w->ical, text);
    msched__ical_end_line(&w->ical);
}

/*
 * The moment of an entry's start or end: from the schedule, otherwise from the zone. 1 if clocks
 * show its time twice.
 */
static int moment(const writer *w, int32_t time, int64_t known, int64_t *utc)
{
    int twice = msched__zone_from_local(w->zone, w->date_s + time, utc) == MSCHED__LOCAL_TWICE;
    if (known != MSCHED_NO_UTC)
        *utc = known;
    return twice;
}

static void write_utc(writer *w, const char *name, int64_t utc)
{
    char text[TIME_BYTES];
    msched__ical_time(text, utc);
    msched__ical_add(&w->ical, name);
    msched__ical_add(&w->ical, ":");
    msched__ical_add(&w->ical, text);
    msched__ical_add(&w->ical, "Z");
    msched__ical_end_line(&w->ical);
}

/* When an event is, in UTC. */
typedef struct span {
    int64_t start, end;
    int in_utc; /* clocks show one of them twice */
} span;

static span span_of(const writer *w, const msched_schedule_entry *e)
{
    span s = {0};
    int32_t date_s = (int32_t)e->day * DAY_S;
    s.in_utc = moment(w, date_s + e->start_s, e->start_utc, &s.start);
    s.in_utc |= moment(w, date_s + e->end_s, e->end_utc, &s.end);
    return s;
}

/*
 * Start and end; in UTC if clocks show one of them twice, because calendar programs disagree on
 * which of the two is meant.
 */
static void write_span(writer *w, const msched_schedule_entry *e)
{
    if (w->zone == NULL) {
        int64_t date_s = w->date_s + (int64_t)e->day * DAY_S;
        write_local(w, "DTSTART", date_s + e->start_s);
        write_local(w, "DTEND", date_s + e->end_s);
        return;
    }
    span s = span_of(w, e);
    if (s.in_utc) {
        write_utc(w, "DTSTART", s.start);
        write_utc(w, "DTEND", s.end);
    } else {
        write_local(w, "DTSTART", s.start + msched__zone_at(w->zone, s.start)->offset_s);
        write_local(w, "DTEND", s.end + msched__zone_at(w->zone, s.end)->offset_s);
    }
}

/*
 * Letters, digits and "-_.~" unchanged, other bytes percent-encoded, so that no separator remains.
 */
static void add_encoded(writer *w, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        int plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                    (*p >= '0' && *p <= '9') || strchr("-_.~", *p) != NULL;
        msched__buffer_format(&w->ical.line, plain ? "%c" : "%%%02X", (unsigned)(unsigned char)*p);
    }
}

/* DATE-KIND-NUMBER-IDENTITY@CALENDAR.musicsched; the zone replaces a missing calendar. */
static void write_uid(writer *w, const msched__named_entry *item)
{
    const msched_schedule *s = w->schedule;
    const char *calendar = s->calendar_id[0] != '\0' ? s->calendar_id : s->timezone;
    msched__ical_add(&w->ical, "UID:");
    msched__ical_add(&w->ical, s->date);
    msched__ical_add(&w->ical, "-");
    msched__ical_add(&w->ical, msched__entry_kind_name(&item->entry));
    msched__ical_add(&w->ical, "-");
    msched__buffer_uint(&w->ical.line, item->number);
    msched__ical_add(&w->ical, "-");
    add_encoded(w, msched__entry_identity(&item->entry));
    msched__ical_add(&w->ical, "@");
    add_encoded(w, calendar);
    msched__ical_add(&w->ical, calendar[0] != '\0' ? ".musicsched" : "musicsched");
    msched__ical_end_line(&w->ical);
}

/* A number of seconds as RFC 5545 writes a duration. */
static void add_duration(writer *w, uint32_t seconds)
{
    const uint32_t part[] = {seconds / 3600, seconds / 60 % 60, seconds % 60};
    msched__ical_add(&w->ical, "PT");
    for (int i = 0; i < 3; i++)
        if (part[i] > 0 || (i == 2 && seconds == 0))
            msched__buffer_format(&w->ical.line, "%u%c", (unsigned)part[i], "HMS"[i]);
}

static void write_duration(writer *w, const char *name, uint32_t seconds)
{
    msched__ical_add(&w->ical, name);
    add_duration(w, seconds);
    msched__ical_end_line(&w->ical);
}

/* A reminder of a future to-do. */
static void write_alarm(writer *w, const msched__named_entry *item)
{
    const msched_schedule_entry *e = &item->entry;
    if (!w->options->alarm || item->is_cancelled || e->kind != MSCHED_ENTRY_TODO ||
        e->state != MSCHED_STATE_OPEN)
        return;
    msched__ical_line(&w->ical, "BEGIN", "VALARM");
    msched__ical_line(&w->ical, "ACTION", "DISPLAY");
    msched__ical_text(&w->ical, "DESCRIPTION", e->title);
    write_duration(w, w->options->alarm_s == 0 ? "TRIGGER:" : "TRIGGER:-", w->options->alarm_s);
    msched__ical_line(&w->ical, "END", "VALARM");
}

/* The kind of the item, its labels and its notes. */
static void write_words(writer *w, const msched_schedule_entry *e)
{
    int song = e->kind == MSCHED_ENTRY_SONG;
    const msched__plan_todo *todo = song ? NULL : msched__schedule_todo(w->schedule, e);
    msched__ical_add(&w->ical, song       ? "CATEGORIES:MUSIC"
                               : e->fixed ? "CATEGORIES:EVENT"
                                          : "CATEGORIES:TASK");
    for (uint32_t i = 0; todo != NULL && i < todo->label_count; i++) {
        msched__ical_add(&w->ical, ",");
        msched__ical_add_text(&w->ical, todo->labels[i]);
    }
    msched__ical_end_line(&w->ical);
    if (todo == NULL || todo->description[0] == '\0')
        return;
    msched__ical_add(&w->ical, "DESCRIPTION:");
    msched__ical_add_text(&w->ical, todo->description);
    msched__ical_end_line(&w->ical);
}

static void write_revision(writer *w, const msched__named_entry *item)
{
    msched__ical_line(&w->ical, "DTSTAMP", w->stamp);
    if (w->options->timestamp != NULL)
        msched__ical_line(&w->ical, "LAST-MODIFIED", w->stamp);
    msched__ical_add(&w->ical, "SEQUENCE:");
    msched__buffer_uint(&w->ical.line, item->entry.sequence + w->options->sequence);
    msched__ical_end_line(&w->ical);
    msched__ical_line(&w->ical, "STATUS", item->is_cancelled ? "CANCELLED" : "CONFIRMED");
}

static void write_event(writer *w, const msched__named_entry *item)
{
    const msched_schedule_entry *e = &item->entry;
    int song = e->kind == MSCHED_ENTRY_SONG;
    msched__ical_line(&w->ical, "BEGIN", "VEVENT");
    write_uid(w, item);
    write_revision(w, item);
    write_span(w, e);
    msched__ical_add(&w->ical, "SUMMARY:");
    msched__ical_add_text(&w->ical, e->title);
    if (song) {
        msched__ical_add(&w->ical, " - ");
        msched__ical_add_text(&w->ical, e->artist);
    }
    msched__ical_end_line(&w->ical);
    if (song) {
        msched__ical_add(&w->ical, "URL:https://open.spotify.com/track/");
        add_encoded(w, e->id); /* real ids are letters and digits */
        msched__ical_end_line(&w->ical);
    }
    write_words(w, e);
    msched__ical_line(&w->ical, "TRANSP", song ? "TRANSPARENT" : "OPAQUE");
    write_alarm(w, item);
    msched__ical_line(&w->ical, "END", "VEVENT");
}

/*
 * The item `index` if the options include it; cancelled items follow the entries; NULL: not
 * included.
 */
static const msched__named_entry *item_at(const writer *w, uint32_t index)
{
    const msched_schedule *s = w->schedule;
    const msched__named_entry *item = index < s->entry_count
                                          ? &w->items[index]
                                          : &s->cancelled[index - s->entry_count];
    uint32_t songs = w->options->songs;
    int song = item->entry.kind == MSCHED_ENTRY_SONG;
    int wanted = songs == 0 || (songs == 1 && !song) || (songs == 2 && song);
    return wanted && (!item->is_cancelled || w->options->cancelled) ? item : NULL;
}

/* The observances that the events with local times need; none without such an event. */
static void write_timezone(writer *w)
{
    uint32_t count = w->schedule->entry_count + w->schedule->cancelled_count;
    int64_t from = INT64_MAX, to = INT64_MIN;
    for (uint32_t i = 0; i < count; i++) {
        const msched__named_entry *item = item_at(w, i);
        if (item == NULL)
            continue;
        span s = span_of(w, &item->entry);
        if (s.in_utc)
            continue;
        from = s.start < from ? s.start : from;
        to = s.end > to ? s.end : to;
    }
    if (from <= to)
        msched__ical_timezone(&w->ical, w->zone, w->schedule->timezone, from, to);
}

/* The calendar's name and refresh interval, as properties of RFC 7986 and older ones. */
static void write_properties(writer *w)
{
    const msched_ical_options *options = w->options;
    if (options->calendar_name != NULL && options->calendar_name[0] != '\0') {
        msched__ical_text(&w->ical, "NAME", options->calendar_name);
        msched__ical_text(&w->ical, "X-WR-CALNAME", options->calendar_name);
    }
    if (options->refresh_s > 0) {
        write_duration(w, "REFRESH-INTERVAL;VALUE=DURATION:", options->refresh_s);
        write_duration(w, "X-PUBLISHED-TTL:", options->refresh_s);
    }
}

static void write_calendar(writer *w)
{
    const msched_schedule *s = w->schedule;
    msched__ical_line(&w->ical, "BEGIN", "VCALENDAR");
    msched__ical_line(&w->ical, "VERSION", "2.0");
    msched__ical_line(&w->ical, "PRODID", "-//musicsched//libmusicsched//EN");
    msched__ical_line(&w->ical, "CALSCALE", "GREGORIAN");
    write_properties(w);
    if (w->zone != NULL)
        write_timezone(w);
    for (uint32_t i = 0; i < s->entry_count + s->cancelled_count; i++)
        if (item_at(w, i) != NULL)
            write_event(w, item_at(w, i));
    msched__ical_line(&w->ical, "END", "VCALENDAR");
}

/* "YYYYMMDDTHHMMSSZ" of a date that exists. */
static int valid_stamp(const char *stamp)
{
    if (strlen(stamp) != 16 || stamp[8] != 'T' || stamp[15] != 'Z')
        return 0;
    char date_text[11] = {stamp[0], stamp[1], stamp[2], stamp[3], '-', stamp[4],
                          stamp[5], '-',      stamp[6], stamp[7], '\0'};
    char time_text[9] = {stamp[9], stamp[10], ':',       stamp[11], stamp[12],
                         ':',      stamp[13], stamp[14], '\0'};
    msched__date date;
    int32_t second;
    return msched__date_parse(date_text, 10, &date) && msched__time_parse(time_text, 8, &second) &&
           second < DAY_S;
}

static msched_result check_options(const msched_ical_options *options, msched_error *err)
{
    if (options->songs > 2)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "options.songs is %u: must be 0, 1 or 2",
                            (unsigned)options->songs);
    if (options->cancelled > 1 || options->alarm > 1)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "options.cancelled and options.alarm must be 0 or 1");
    if (options->alarm_s > MAX_ALARM_S)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "options.alarm_s is %u: the limit is 7 days",
                            (unsigned)options->alarm_s);
    if (options->refresh_s > MAX_REFRESH_S)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "options.refresh_s is %u: the limit is 30 days",
                            (unsigned)options->refresh_s);
    if (options->sequence > MAX_SEQUENCE)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "options.sequence is %u; it may be at most %u",
                            (unsigned)options->sequence, MAX_SEQUENCE);
    if (options->timestamp != NULL && !valid_stamp(options->timestamp))
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "options.timestamp must look like 20261124T090000Z");
    const char *name = options->calendar_name;
    if (name != NULL && strlen(name) > NAME_MAX_BYTES)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "options.calendar_name is longer than %d bytes", NAME_MAX_BYTES);
    if (name != NULL && msched__utf8_check(name, strlen(name)) != strlen(name))
        return msched__fail(err, MSCHED_ERROR_ENCODING, "options.calendar_name is not UTF-8");
    return MSCHED_OK;
}

static msched_result write_text(writer *w, const msched_allocator *allocator, msched_text **out,
                                msched_error *err)
{
    msched__arena scratch;
    msched__buffer buffer;
    msched__arena_init(&scratch, allocator, 0);
    msched__buffer_init(&buffer, allocator);
    msched__ical_init(&w->ical, &buffer);
    w->items = msched__name_entries(&scratch, w->schedule);
    if (w->items != NULL)
        write_calendar(w);
    else
        buffer.failed = 1;
    msched__ical_finish(&w->ical);
    msched__arena_reset(&scratch);
    return msched__buffer_to_text(&buffer, out, err);
}

msched_result msched_schedule_to_ical(const msched_schedule *schedule, msched_text **out,
                                      const msched_ical_options *options, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (schedule == NULL)
        return msched__fail_null(err, "schedule");
    msched_ical_options known;
    msched_ical_options_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, options, "options", err);
    if (result == MSCHED_OK)
        result = check_options(&known, err);
    if (result != MSCHED_OK)
        return result;
    msched_allocator allocator = msched__allocator_copy(known.allocator);

    msched__zone zone;
    int has_zone = schedule->timezone[0] != '\0';
    if (has_zone && (result = msched__zone_load(&zone, known.zoneinfo_dir, schedule->timezone,
                                                &allocator, err)) != MSCHED_OK)
        return result;
    msched__date date = {1970, 1, 1};
    msched__date_parse(schedule->date, strlen(schedule->date), &date);
    writer w = {.schedule = schedule,
                .options = &known,
                .zone = has_zone ? &zone : NULL,
                .date_s = msched__date_to_days(date) * DAY_S};
    if (known.timestamp != NULL) {
        memcpy(w.stamp, known.timestamp, 17);
    } else {
        msched__ical_time(w.stamp, w.date_s);
        memcpy(w.stamp + 15, "Z", 2);
    }
    result = write_text(&w, &allocator, out, err);
    if (has_zone)
        msched__zone_free(&zone);
    return result;
}
