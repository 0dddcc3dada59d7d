/*
 * The times of a to-do, once each can be read in one way only, and days on which clocks change: the
 * axis of the text's day, and times that clocks do not show.
 */
#include "base/civil.h"
#include "plan/text/plan_text.h"

#include <stdio.h>

#define AXIS_MARGIN_S (2 * 3600)

void msched__text_load_axis(msched__text_reader *in)
{
    msched__date date = {1970, 1, 1};
    if (in->day.date == NULL || in->day.timezone == NULL)
        return;
    msched__date_parse(in->day.date, 10, &date);
    msched_result result = msched__axis_load(&in->axis, in->day.zoneinfo_dir, in->day.timezone,
                                             msched__date_to_days(date),
                                             MSCHED_DAY_END_S + AXIS_MARGIN_S, &in->memory);
    in->failed |= result == MSCHED_ERROR_MEMORY;
    if (result != MSCHED_OK && !in->failed)
        msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, 0, 0, MSCHED_OK, "unknown_timezone",
                         "write an IANA name, for example Europe/Berlin, or install the time zone "
                         "files (tzdata)",
                         "the system has no time zone file for %s", in->day.timezone);
}

static void complain(msched__text_reader *in, uint32_t line, uint32_t column, const char *code,
                     int32_t instead, const char *message)
{
    char repair[80];
    snprintf(repair, sizeof repair, "write %02d:%02d", (int)instead / 3600, (int)instead / 60 % 60);
    msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, line, column, MSCHED_ERROR_VALUE, code,
                     repair, "%s", message);
}

/* Check a typed time, unless column is 0. The end of a range may be the moment of the change. */
static void check_time(msched__text_reader *in, uint32_t line, uint32_t column, int32_t time,
                       int is_end)
{
    int32_t plain = msched__plain_time(time), real;
    char message[200];
    if (column == 0)
        return;
    enum msched__local_kind kind = msched__axis_from_time(&in->axis, time, &real);
    if (kind == MSCHED__LOCAL_NEVER && !(is_end && msched__axis_to_end(&in->axis, real) == plain)) {
        snprintf(message, sizeof message, "%02d:%02d does not exist on %s in %s: clocks skip it",
                 (int)plain / 3600, (int)plain / 60 % 60, in->day.date, in->day.timezone);
        complain(in, line, column, "nonexistent_time",
                 msched__plain_time(msched__axis_to_time(&in->axis, real)), message);
    } else if (kind == MSCHED__LOCAL_ONCE && time != plain) {
        snprintf(message, sizeof message, "%02d:%02d occurs only once on %s", (int)plain / 3600,
                 (int)plain / 60 % 60, in->day.date);
        complain(in, line, column, "no_second_time", plain, message);
    }
}

void msched__text_check_clock(msched__text_reader *in, const msched__text_values *v, uint32_t line)
{
    check_time(in, line, v->column[MSCHED__ATTR_RANGE], v->value[MSCHED__ATTR_RANGE], 0);
    check_time(in, line, v->column[MSCHED__ATTR_RANGE], v->second[MSCHED__ATTR_RANGE], 1);
    check_time(in, line, v->column[MSCHED__ATTR_BETWEEN], v->value[MSCHED__ATTR_BETWEEN], 0);
    check_time(in, line, v->column[MSCHED__ATTR_BETWEEN], v->second[MSCHED__ATTR_BETWEEN], 1);
    check_time(in, line, v->column[MSCHED__ATTR_AT], v->value[MSCHED__ATTR_AT], 0);
    check_time(in, line, v->column[MSCHED__ATTR_EARLIEST], v->value[MSCHED__ATTR_EARLIEST], 0);
    check_time(in, line, v->column[MSCHED__ATTR_LATEST], v->value[MSCHED__ATTR_LATEST], 1);
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
