#include "base/alloc.h"
#include "base/civil.h"
#include "base/options.h"
#include "format/ical.h"
#include "schedule/output/schedule.h"
#include "time/zone.h"

#include <string.h>

#define DAY_S      86400
#define TIME_BYTES 32

typedef struct writer {
    msched__ical ical;
    const msched_schedule *schedule;
    const msched__zone *zone; /* NULL: floating time */
    /* the plan's midnight on the local clock, seconds since 1970-01-01T00:00:00 */
    int64_t date_s;
    char stamp[TIME_BYTES];
} writer;

void msched_ical_options_init(msched_ical_options *options, uint32_t struct_size)
{
    static const msched_ical_options defaults;
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

/* "YYYYMMDDTHHMMSS". */
static void put_time(char out[TIME_BYTES], int64_t local)
{
    int64_t days = local / DAY_S - (local % DAY_S < 0);
    int32_t second = (int32_t)(local - days * DAY_S);
    msched__date date = msched__date_from_days(days);
    const int32_t part[] = {date.year,     date.month,       date.day,
                            second / 3600, second / 60 % 60, second % 60};
    char *p = out;
    for (int i = 0; i < 6; i++) {
        if (i == 3)
            *p++ = 'T';
        for (int32_t unit = i == 0 ? 1000 : 10; unit > 0; unit /= 10)
            *p++ = (char)('0' + part[i] / unit % 10);
    }
    *p = '\0';
}

/* "+HHMM", with the seconds where there are any. */
static void put_offset(char out[TIME_BYTES], int32_t offset)
{
    int32_t size = offset < 0 ? -offset : offset;
    const int32_t part[] = {size / 3600, size / 60 % 60, size % 60};
    char *p = out;
    *p++ = offset < 0 ? '-' : '+';
    for (int i = 0; i < (part[2] == 0 ? 2 : 3); i++) {
        *p++ = (char)('0' + part[i] / 10);
        *p++ = (char)('0' + part[i] % 10);
    }
    *p = '\0';
}

static void write_observance(writer *w, int64_t onset_local, int32_t from,
                             const msched__tz_type *to)
{
    char text[TIME_BYTES];
    const char *kind = to->is_dst ? "DAYLIGHT" : "STANDARD";
    msched__ical_line(&w->ical, "BEGIN", kind);
    put_time(text, onset_local);
    msched__ical_line(&w->ical, "DTSTART", text);
    put_offset(text, from);
    msched__ical_line(&w->ical, "TZOFFSETFROM", text);
    put_offset(text, to->offset_s);
    msched__ical_line(&w->ical, "TZOFFSETTO", text);
    msched__ical_text(&w->ical, "TZNAME", to->name);
    msched__ical_line(&w->ical, "END", kind);
}

/*
 * The observances from the one in force a day before the plan's date until a year later, each with
 * its own onset instead of a recurrence rule: exact for every zone, also where a rule changed in
 * between.
 */
static void write_timezone(writer *w)
{
    const int64_t year = 366 * (int64_t)DAY_S, epoch = 0;
    int64_t from = w->date_s - 2 * DAY_S;
    msched__ical_line(&w->ical, "BEGIN", "VTIMEZONE");
    msched__ical_text(&w->ical, "TZID", w->schedule->timezone);
    msched__zone_change change;
    if (msched__zone_last(w->zone, from, &change) && change.utc >= epoch) {
        write_observance(w, change.utc + change.before->offset_s, change.before->offset_s,
                         change.after);
    } else {
        const msched__tz_type *type = msched__zone_at(w->zone, from);
        write_observance(w, epoch < from ? epoch : from - year, type->offset_s, type);
    }
    for (int64_t at = from;
         msched__zone_next(w->zone, at, &change) && change.utc <= w->date_s + year; at = change.utc)
        write_observance(w, change.utc + change.before->offset_s, change.before->offset_s,
                         change.after);
    msched__ical_line(&w->ical, "END", "VTIMEZONE");
}

static void write_local(writer *w, const char *name, int64_t local)
{
    char text[TIME_BYTES];
    msched__ical_add(&w->ical, name);
    if (w->zone != NULL) {
        msched__ical_add(&w->ical, ";TZID=");
        msched__ical_add(&w->ical, w->schedule->timezone); /* a valid zone name needs no quotes */
    }
    put_time(text, local);
    msched__ical_add(&w->ical, ":");
    msched__ical_add(&w->ical, text);
    msched__ical_end_line(&w->ical);
}

/*
 * The moment of an entry's start or end: as the schedule has it, else by the zone. 1 where clocks
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
    put_time(text, utc);
    msched__ical_add(&w->ical, name);
    msched__ical_add(&w->ical, ":");
    msched__ical_add(&w->ical, text);
    msched__ical_add(&w->ical, "Z");
    msched__ical_end_line(&w->ical);
}

/*
 * Start and end; in UTC where clocks show one of them twice, as calendar programs do not agree
 * which of the two is meant.
 */
static void write_span(writer *w, const msched_schedule_entry *e)
{
    int64_t start, end;
    if (w->zone == NULL) {
        write_local(w, "DTSTART", w->date_s + e->start_s);
        write_local(w, "DTEND", w->date_s + e->end_s);
        return;
    }
    int in_utc = moment(w, e->start_s, e->start_utc, &start);
    in_utc |= moment(w, e->end_s, e->end_utc, &end);
    if (in_utc) {
        write_utc(w, "DTSTART", start);
        write_utc(w, "DTEND", end);
    } else {
        write_local(w, "DTSTART", start + msched__zone_at(w->zone, start)->offset_s);
        write_local(w, "DTEND", end + msched__zone_at(w->zone, end)->offset_s);
    }
}

/* Which play of its track on this day an entry is, from 1. */
static uint32_t occurrence(const msched_schedule *s, uint32_t index)
{
    uint32_t count = 1;
    for (uint32_t i = 0; i < index; i++)
        count += s->entries[i].kind == MSCHED_ENTRY_SONG &&
                 strcmp(s->entries[i].id, s->entries[index].id) == 0;
    return count;
}

/* What kind of thing it is, its labels and its notes. */
static void write_words(writer *w, const msched_schedule_entry *e)
{
    int song = e->kind == MSCHED_ENTRY_SONG;
    const msched__plan_todo *todo = song ? NULL : msched__schedule_todo(w->schedule, e->id);
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

static void write_event(writer *w, uint32_t index)
{
    const msched_schedule_entry *e = &w->schedule->entries[index];
    int song = e->kind == MSCHED_ENTRY_SONG;
    msched__ical_line(&w->ical, "BEGIN", "VEVENT");
    msched__ical_add(&w->ical, "UID:");
    msched__ical_add(&w->ical, w->schedule->date);
    msched__ical_add(&w->ical, song ? "-song-" : "-todo-");
    msched__ical_add_text(&w->ical, e->id);
    msched__ical_add(&w->ical, "-");
    msched__buffer_uint(&w->ical.line, song ? occurrence(w->schedule, index) : e->piece);
    msched__ical_add(&w->ical, "@musicsched");
    msched__ical_end_line(&w->ical);
    msched__ical_line(&w->ical, "DTSTAMP", w->stamp);
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
        /* real ids are letters and digits; others are percent-encoded */
        for (const char *p = e->id; *p != '\0'; p++) {
            int plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                        (*p >= '0' && *p <= '9') || *p == '-' || *p == '_';
            msched__buffer_format(&w->ical.line, plain ? "%c" : "%%%02X",
                                  (unsigned)(unsigned char)*p);
        }
        msched__ical_end_line(&w->ical);
    }
    write_words(w, e);
    msched__ical_line(&w->ical, "TRANSP", song ? "TRANSPARENT" : "OPAQUE");
    msched__ical_line(&w->ical, "END", "VEVENT");
}

static void write_calendar(writer *w, uint32_t songs)
{
    const msched_schedule *s = w->schedule;
    msched__ical_line(&w->ical, "BEGIN", "VCALENDAR");
    msched__ical_line(&w->ical, "VERSION", "2.0");
    msched__ical_line(&w->ical, "PRODID", "-//musicsched//libmusicsched//EN");
    msched__ical_line(&w->ical, "CALSCALE", "GREGORIAN");
    if (w->zone != NULL)
        write_timezone(w);
    for (uint32_t i = 0; i < s->entry_count; i++) {
        int song = s->entries[i].kind == MSCHED_ENTRY_SONG;
        if (songs == 0 || (songs == 1 && !song) || (songs == 2 && song))
            write_event(w, i);
    }
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
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "options.songs is %u; it may be 0, 1 or 2",
                            (unsigned)options->songs);
    if (options->timestamp != NULL && !valid_stamp(options->timestamp))
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "options.timestamp must look like 20261124T090000Z");
    return MSCHED_OK;
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
                .zone = has_zone ? &zone : NULL,
                .date_s = msched__date_to_days(date) * DAY_S};
    if (known.timestamp != NULL) {
        memcpy(w.stamp, known.timestamp, 17);
    } else {
        put_time(w.stamp, w.date_s);
        memcpy(w.stamp + 15, "Z", 2);
    }
    msched__buffer buffer;
    msched__buffer_init(&buffer, &allocator);
    msched__ical_init(&w.ical, &buffer);
    write_calendar(&w, known.songs);
    msched__ical_finish(&w.ical);
    if (has_zone)
        msched__zone_free(&zone);
    return msched__buffer_to_text(&buffer, out, err);
}
