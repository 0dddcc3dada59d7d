/*
 * The times of a to-do, once each can be read in one way only, and days on which clocks change: the
 * axis of the text's day, and times that clocks do not show.
 */
#include "base/civil.h"
#include "base/utf8.h"
#include "plan/text/plan_text.h"
#include "plan/words/text_zone_words.h"

#include <stdio.h>
#include <string.h>

#define AXIS_MARGIN_S (2 * 3600)
#define DAY_S         86400

void msched__text_load_axis(msched__text_reader *in)
{
    msched__date date = {1970, 1, 1};
    const int32_t later = in->days > 1 ? (int32_t)(in->days - 1) * DAY_S : 0;
    if (in->day.date == NULL || in->day.timezone == NULL)
        return;
    msched__date_parse(in->day.date, 10, &date);
    msched_result result = msched__axis_load(&in->axis, in->day.zoneinfo_dir, in->day.timezone,
                                             msched__date_to_days(date),
                                             later + MSCHED_DAY_END_S + AXIS_MARGIN_S, &in->memory);
    in->failed |= result == MSCHED_ERROR_MEMORY;
    if (result != MSCHED_OK && !in->failed)
        msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, 0, 0, MSCHED_OK, "unknown_timezone",
                         "write an IANA name, for example Europe/Berlin, or install the time zone "
                         "files (tzdata)",
                         "the system has no time zone file for %s", in->day.timezone);
}

/* What clocks of the plan's zone show at a time of a zone that is `offset` seconds ahead of UTC. */
static int32_t in_plan_zone(const msched__text_reader *in, int32_t time, int32_t offset)
{
    msched__date date = {1970, 1, 1};
    msched__date_parse(in->day.date, 10, &date);
    const int64_t utc = msched__date_to_days(date) * 86400 + msched__plain_time(time) - offset,
                  real = utc - in->axis.zero_utc;
    return real < 0 || real > MSCHED_DAY_END_S ? MSCHED_UNSET
                                               : msched__axis_to_time(&in->axis, (int32_t)real);
}

/* The title without the word. */
static void cut_word(msched__text_reader *in, msched__text_todo *todo)
{
    const size_t size = strlen(todo->title), word = todo->zone.size;
    for (size_t at = 0; at + word <= size; at++) {
        if (memcmp(todo->title + at, todo->zone.data, word) != 0)
            continue;
        char *title = msched__arena_copy(&in->arena, todo->title, size);
        if (title == NULL) {
            in->failed = 1;
            return;
        }
        const size_t from = at > 0 && title[at - 1] == ' ' ? at - 1 : at;
        memmove(title + from, title + at + word, size - at - word + 1);
        todo->title = title[0] == '\0' ? todo->title : title;
        return;
    }
}

static void write_clock(char *out, size_t room, int32_t start, int32_t end)
{
    const int size = snprintf(out, room, "%d:%02d", (int)start / 3600, (int)start / 60 % 60);
    if (end != start && size > 0 && (size_t)size < room)
        snprintf(out + size, room - (size_t)size, "-%d:%02d", (int)end / 3600, (int)end / 60 % 60);
}

/* Say how the time of another zone is read, and offer it as it is written, too. */
static void tell_zone(msched__text_reader *in, const msched__text_todo *todo, const char *here,
                      const char *written)
{
    const msched__text_values *v = &todo->values;
    const enum msched__attr_kind kind = v->column[MSCHED__ATTR_RANGE] != 0 ? MSCHED__ATTR_RANGE
                                                                           : MSCHED__ATTR_AT;
    const msched__slice text = v->text[kind];
    const char *const texts[] = {here, written};
    char repair[100];
    snprintf(repair, sizeof repair, "write %s, or %s without the zone", here, written);
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, v->column[kind], MSCHED_OK,
                     "assumed_time", repair, "\"%.*s %.*s\" is read as %s in %s",
                     msched__attr_shown(text.size), text.data, (int)todo->zone.size,
                     todo->zone.data, here, in->day.timezone);
    const char *const end_of_text = text.data + text.size;
    if (todo->zone.data == end_of_text + 1) { /* the zone follows the time */
        const uint32_t column = v->column[kind];
        const size_t size = text.size + 1 + todo->zone.size;
        msched__diag_edit(in->diag, todo->line, column,
                          column + (uint32_t)msched__utf8_length(text.data, size), texts, 2);
    }
}

/* Convert the time of an event. 0: it is not within the plan. */
static int convert(msched__text_reader *in, msched__text_todo *todo, int32_t offset)
{
    msched__text_values *v = &todo->values;
    const enum msched__attr_kind kind = v->column[MSCHED__ATTR_RANGE] != 0 ? MSCHED__ATTR_RANGE
                                                                           : MSCHED__ATTR_AT;
    const int32_t start = in_plan_zone(in, v->value[kind], offset),
                  end = kind == MSCHED__ATTR_AT ? start : in_plan_zone(in, v->second[kind], offset);
    char here[32], written[32];
    if (start == MSCHED_UNSET || end == MSCHED_UNSET || end < start)
        return 0;
    write_clock(here, sizeof here, msched__plain_time(start), msched__plain_time(end));
    write_clock(written, sizeof written, msched__plain_time(v->value[kind]),
                kind == MSCHED__ATTR_AT ? msched__plain_time(v->value[kind])
                                        : msched__plain_time(v->second[kind]));
    if (strcmp(here, written) != 0)
        tell_zone(in, todo, here, written);
    v->value[kind] = todo->start = start;
    v->second[kind] = end;
    todo->end = kind == MSCHED__ATTR_AT ? todo->end : end;
    cut_word(in, todo);
    return 1;
}

void msched__text_convert_zones(msched__text_reader *in)
{
    for (uint32_t i = 0; i < in->todo_count && !in->failed; i++) {
        msched__text_todo *todo = &in->todos[i];
        const enum msched__attr_kind kind = todo->values.column[MSCHED__ATTR_RANGE] != 0
                                                ? MSCHED__ATTR_RANGE
                                                : MSCHED__ATTR_AT;
        int32_t offsets[2];
        if (todo->zone.size == 0 || todo->is_wrong || todo->state == MSCHED_STATE_DONE ||
            todo->state == MSCHED_STATE_SKIPPED)
            continue;
        if (in->days == 0 && in->axis.count > 0 && in->day.date != NULL && todo->is_event &&
            todo->values.column[kind] != 0 && msched__zone_offsets(todo->zone, offsets) == 1 &&
            convert(in, todo, offsets[0]))
            continue;
        msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, todo->zone_column,
                         MSCHED_OK, "time_in_title",
                         "write the time of the plan's zone, or quote the title",
                         "\"%.*s\" is left in the title; times are of the plan's zone",
                         msched__attr_shown(todo->zone.size), todo->zone.data);
    }
}

static void complain(msched__text_reader *in, uint32_t line, uint32_t column, const char *code,
                     int32_t instead, const char *message)
{
    char repair[80];
    snprintf(repair, sizeof repair, "write %02d:%02d", (int)instead / 3600, (int)instead / 60 % 60);
    msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, line, column, MSCHED_ERROR_VALUE, code,
                     repair, "%s", message);
}

/*
 * Check a typed time, unless column is 0. The end of a range may be the moment of the change.
 * `day`: the date of the time, from the first of the plan.
 */
static void check_time(msched__text_reader *in, uint32_t line, uint32_t column, uint32_t day,
                       int32_t time, int is_end)
{
    const int32_t plain = msched__plain_time(time), midnight = (int32_t)day * DAY_S;
    int32_t real;
    msched__date first = {1970, 1, 1};
    char message[200], date[16];
    if (column == 0)
        return;
    msched__date_parse(in->day.date, 10, &first);
    msched__date_write(msched__date_to_days(first) + day, date);
    enum msched__local_kind kind = msched__axis_from_time(&in->axis, time + midnight, &real);
    if (kind == MSCHED__LOCAL_NEVER &&
        !(is_end && msched__axis_to_end(&in->axis, real) == midnight + plain)) {
        snprintf(message, sizeof message, "%02d:%02d does not exist on %s in %s: clocks skip it",
                 (int)plain / 3600, (int)plain / 60 % 60, date, in->day.timezone);
        complain(in, line, column, "nonexistent_time",
                 msched__plain_time(msched__axis_to_time(&in->axis, real)) - midnight, message);
    } else if (in->days > 0 && time != plain) {
        complain(in, line, column, "no_second_time", plain,
                 "a plan of several days cannot use the second of two equal times");
    } else if (kind == MSCHED__LOCAL_ONCE && time != plain) {
        snprintf(message, sizeof message, "%02d:%02d occurs only once on %s", (int)plain / 3600,
                 (int)plain / 60 % 60, date);
        complain(in, line, column, "no_second_time", plain, message);
    }
}

/* In a plan of several days, only an item on a single date has its clocks. */
void msched__text_check_clock(msched__text_reader *in, const msched__text_values *v, uint32_t line,
                              uint32_t dates)
{
    static const enum msched__attr_kind kinds[] = {MSCHED__ATTR_RANGE, MSCHED__ATTR_BETWEEN,
                                                   MSCHED__ATTR_AT, MSCHED__ATTR_EARLIEST,
                                                   MSCHED__ATTR_LATEST};
    uint32_t day = 0;
    while (dates > 1 && (dates >> day & 1) == 0)
        day++;
    if (in->day.date == NULL || dates >> day != 1)
        return;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const uint32_t column = v->column[kinds[i]];
        check_time(in, line, column, day, v->value[kinds[i]], kinds[i] == MSCHED__ATTR_LATEST);
        if (i < 2)
            check_time(in, line, column, day, v->second[kinds[i]], 1);
    }
}

static int32_t given(const msched__text_values *v, enum msched__attr_kind kind, int32_t value)
{
    return v->column[kind] != 0 ? value : MSCHED_UNSET;
}

static int32_t later(int32_t a, int32_t b)
{
    return a == MSCHED_UNSET || (b != MSCHED_UNSET && b > a) ? b : a;
}

static int32_t earlier(int32_t a, int32_t b)
{
    return a == MSCHED_UNSET || (b != MSCHED_UNSET && b < a) ? b : a;
}

void msched__text_set_times(msched__text_reader *in, msched__text_todo *todo)
{
    const msched__text_values *v = &todo->values;
    if (v->column[MSCHED__ATTR_RANGE] != 0) {
        todo->start = v->value[MSCHED__ATTR_RANGE];
        todo->end = v->second[MSCHED__ATTR_RANGE];
    } else if (todo->is_event) {
        todo->start = v->value[MSCHED__ATTR_AT];
        todo->end = MSCHED_UNSET; /* in real seconds after the start */
    } else {
        todo->earliest = later(given(v, MSCHED__ATTR_EARLIEST, v->value[MSCHED__ATTR_EARLIEST]),
                               given(v, MSCHED__ATTR_DAYPART, v->value[MSCHED__ATTR_DAYPART]));
        todo->latest = earlier(given(v, MSCHED__ATTR_LATEST, v->value[MSCHED__ATTR_LATEST]),
                               given(v, MSCHED__ATTR_DAYPART, v->second[MSCHED__ATTR_DAYPART]));
        todo->earliest = later(todo->earliest,
                               given(v, MSCHED__ATTR_BETWEEN, v->value[MSCHED__ATTR_BETWEEN]));
        todo->latest = earlier(todo->latest,
                               given(v, MSCHED__ATTR_BETWEEN, v->second[MSCHED__ATTR_BETWEEN]));
    }
    int32_t end = todo->end == MSCHED_UNSET ? todo->start + todo->duration : todo->end;
    if (todo->is_event && msched__plain_time(end) > MSCHED_DAY_END_S) {
        enum msched__attr_kind kind = v->column[MSCHED__ATTR_RANGE] != 0 ? MSCHED__ATTR_RANGE
                                                                         : MSCHED__ATTR_AT;
        msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, todo->line, v->column[kind],
                         MSCHED_ERROR_VALUE, "outside_day",
                         "end it earlier, or put the rest into the next day's plan",
                         "this ends after 36:00, noon of the next day");
        todo->is_wrong = 1;
    }
}
