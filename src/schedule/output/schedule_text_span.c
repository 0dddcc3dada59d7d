#include "schedule/output/schedule_text_span.h"

#include "base/civil.h"
#include "schedule/output/schedule_lines.h"

typedef struct sums {
    int64_t events_s, tasks_s, music_s, busy_s; /* busy: of both kinds within the window */
} sums;

/* Seconds of an interval that earlier intervals, which end by `until`, already counted. */
static int32_t overlap(int32_t start, int32_t end, int32_t until)
{
    int32_t to = until < end ? until : end;
    return to > start ? to - start : 0;
}

/* Times of an entry on the clock of a date; an entry of the previous date is a day earlier. */
static int is_near(const msched_schedule_entry *e, uint32_t day, int32_t *start, int32_t *end)
{
    int32_t shift = e->day < day ? 86400 : 0;
    *start = e->start_s - shift;
    *end = e->end_s - shift;
    return e->day == day || (e->day + 1 == day && *end > 0);
}

/* Entries of a date are in order of start, so overlaps count once. */
static sums sum_up(const msched_schedule *s, uint32_t day)
{
    sums out = {0};
    const msched__plan_span *span = s->plan->span;
    int32_t at = span->start_s[day] & ~MSCHED_TIME_SECOND,
            last = span->end_s[day] & ~MSCHED_TIME_SECOND, event_end = INT32_MIN, start, end;
    for (uint32_t i = 0; i < s->entry_count; i++) {
        const msched_schedule_entry *e = &s->entries[i];
        if (!is_near(e, day, &start, &end))
            continue;
        if (e->kind == MSCHED_ENTRY_SONG) {
            out.music_s += e->day == day ? msched__entry_length(e) : 0;
            continue;
        }
        if (e->day == day && e->fixed)
            out.events_s += msched__entry_length(e) - overlap(start, end, event_end);
        else if (e->day == day)
            out.tasks_s += msched__entry_length(e);
        if (e->day == day && e->fixed && end > event_end)
            event_end = end;
        int32_t from = start > at ? start : at, to = end < last ? end : last;
        out.busy_s += to > from ? to - from : 0;
        at = to > at ? to : at;
    }
    return out;
}

static void write_overview(msched__buffer *b, const msched_schedule *s, int64_t days)
{
    const msched__plan_span *span = s->plan->span;
    for (uint32_t d = 0; d < s->days; d++) {
        msched__date date = msched__date_from_days(days + d);
        sums sum = sum_up(s, d);
        int64_t window = (span->end_s[d] & ~MSCHED_TIME_SECOND) -
                         (span->start_s[d] & ~MSCHED_TIME_SECOND);
        msched__buffer_format(b, "  %.3s %04d-%02u-%02u  events ",
                              msched__weekday_names[msched__days_weekday(days + d)], (int)date.year,
                              (unsigned)date.month, (unsigned)date.day);
        msched__put_length(b, sum.events_s);
        msched__buffer_string(b, ", tasks ");
        msched__put_length(b, sum.tasks_s);
        msched__buffer_string(b, ", free ");
        msched__put_length(b, window - sum.busy_s);
        msched__buffer_string(b, ", music ");
        msched__put_length(b, sum.music_s);
        msched__buffer_string(b, span->end_s[d] > 0 ? "\n" : " (off)\n");
    }
}

/* "Report: done on Thursday 26 November 2026 at 12:00, 29 h before it is due" */
static void write_due(msched__buffer *b, const msched_schedule *s, int64_t days)
{
    int any = 0;
    for (uint32_t i = 0; i < s->entry_count; i++) {
        const msched_schedule_entry *e = &s->entries[i];
        if (!e->has_slack)
            continue;
        msched__buffer_string(b, any++ ? "  " : "\nDue:\n  ");
        msched__put_plain(b, e->title);
        msched__buffer_string(b, ": done on ");
        msched__put_date(b, days + e->day);
        msched__buffer_string(b, " at ");
        msched__buffer_time_short(b, e->end_s);
        msched__buffer_string(b, ", ");
        msched__put_length(b, e->slack_s < 0 ? -(int64_t)e->slack_s : e->slack_s);
        msched__buffer_string(b, e->slack_s < 0 ? " after it was due\n" : " before it is due\n");
    }
}

void msched__put_span(msched__buffer *b, const msched_schedule *s, int64_t days)
{
    int with_seconds = 0;
    uint32_t day = UINT32_MAX;
    msched__buffer_format(b, "%u days\n\n", (unsigned)s->days);
    if (s->plan != NULL)
        write_overview(b, s, days);
    write_due(b, s, days);
    for (uint32_t i = 0; i < s->entry_count; i++)
        with_seconds |= s->entries[i].start_s % 60 != 0 || s->entries[i].end_s % 60 != 0;
    for (uint32_t i = 0; i < s->entry_count; i++) {
        if (s->entries[i].day != day) {
            day = s->entries[i].day;
            msched__buffer_char(b, '\n');
            msched__put_date(b, days + day);
            msched__buffer_char(b, '\n');
        }
        msched__put_entry(b, s, &s->entries[i], with_seconds);
    }
    if (s->entry_count == 0)
        msched__buffer_string(b, "\n  Nothing planned.\n");
}
