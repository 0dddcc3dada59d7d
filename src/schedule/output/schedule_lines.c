#include "schedule/output/schedule_lines.h"

#include "base/civil.h"
#include "schedule/output/schedule_clock.h"

#define DAY_S 86400

void msched__put_plain(msched__buffer *b, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;
        int c1 = c == 0xC2 && (unsigned char)p[1] >= 0x80 && (unsigned char)p[1] <= 0x9F;
        p += c1;
        msched__buffer_char(b, c < 0x20 || c == 0x7f || c1 ? '?' : (char)c);
    }
}

int64_t msched__entry_length(const msched_schedule_entry *e)
{
    return e->start_utc != MSCHED_NO_UTC && e->end_utc != MSCHED_NO_UTC ? e->end_utc - e->start_utc
                                                                        : e->end_s - e->start_s;
}

void msched__put_length(msched__buffer *b, int64_t seconds)
{
    const int64_t part[] = {seconds / 3600, seconds / 60 % 60, seconds % 60};
    static const char *const unit[] = {" h", " min", " s"};
    int any = 0;
    for (int i = 0; i < 3; i++) {
        if (part[i] == 0 && (any || i < 2))
            continue;
        if (any)
            msched__buffer_char(b, ' ');
        msched__buffer_int(b, part[i]);
        msched__buffer_string(b, unit[i]);
        any = 1;
    }
}

void msched__put_date(msched__buffer *b, int64_t days)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    msched__date date = msched__date_from_days(days);
    msched__buffer_format(b, "%s %u %s %d", msched__weekday_names[msched__days_weekday(days)],
                          (unsigned)date.day, months[date.month - 1], (int)date.year);
}

/*
 * A time of day in a column. The heading of the next day marks starts past midnight, and "+1" marks
 * ends; in a plan of several days, "+1" marks both. The second occurrence of a repeated time is
 * marked.
 */
static void put_time(msched__buffer *b, int32_t time, int with_seconds)
{
    int32_t second = time & MSCHED_TIME_SECOND, clock = msched__plain_time(time);
    clock = clock > DAY_S ? clock % DAY_S : clock; /* only an end is at 24:00 */
    if (with_seconds)
        msched__buffer_time(b, clock | second);
    else
        msched__buffer_time_short(b, clock | second);
}

/* The part of a to-do, and its state: " (part 2, paused)". */
static void write_part(msched__buffer *b, const msched_schedule_entry *e)
{
    int has_state = e->state != MSCHED_STATE_OPEN;
    if (e->piece == 0 && !has_state)
        return;
    msched__buffer_string(b, " (");
    if (e->piece > 0)
        msched__buffer_format(b, "part %u%s", (unsigned)e->piece, has_state ? ", " : "");
    msched__buffer_string(b, has_state ? msched_state_name(e->state) : "");
    msched__buffer_char(b, ')');
}

void msched__put_entry(msched__buffer *b, const msched_schedule *s, const msched_schedule_entry *e,
                       int with_seconds)
{
    int next_day = e->end_s > DAY_S && (e->start_s < DAY_S || s->days > 1);
    msched__buffer_string(b, "  ");
    put_time(b,
             msched__plain_time(msched__entry_start(s, e)) == DAY_S ? 0 : msched__entry_start(s, e),
             with_seconds);
    msched__buffer_string(b, "-");
    put_time(b, msched__entry_end(s, e), with_seconds);
    msched__buffer_string(b, next_day ? " +1  " : "     ");
    if (e->kind == MSCHED_ENTRY_TODO) {
        msched__put_plain(b, e->title);
        write_part(b, e);
        const msched__plan_todo *todo = msched__schedule_todo(s, e);
        for (uint32_t i = 0; todo != NULL && i < todo->label_count; i++) {
            msched__buffer_string(b, " #");
            msched__put_plain(b, todo->labels[i]);
        }
    } else {
        msched__buffer_string(b, e->during[0] != '\0' ? "   \u266A " : "\u266A ");
        msched__put_plain(b, e->title);
        msched__buffer_string(b, " - ");
        msched__put_plain(b, e->artist);
        if (e->wanted == UINT32_MAX)
            msched__buffer_string(b, " (fill)");
    }
    msched__buffer_char(b, '\n');
}
