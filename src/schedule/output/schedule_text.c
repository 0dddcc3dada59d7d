#include "base/buffer.h"
#include "base/civil.h"
#include "base/error.h"
#include "schedule/output/schedule.h"
#include "schedule/output/schedule_clock.h"
#include "schedule/output/schedule_lines.h"
#include "schedule/output/schedule_text_span.h"

#include <string.h>

#define DAY_S 86400

static void put_count(msched__buffer *b, uint64_t count, const char *one, const char *many)
{
    msched__buffer_uint(b, count);
    msched__buffer_char(b, ' ');
    msched__buffer_string(b, count == 1 ? one : many);
}

static int64_t schedule_days(const msched_schedule *s)
{
    msched__date date = {1970, 1, 1};
    msched__date_parse(s->date, strlen(s->date), &date);
    return msched__date_to_days(date);
}

/* State when clocks change on the day or in the half day after it. */
static void write_clock_changes(msched__buffer *b, const msched__axis *axis)
{
    for (uint32_t i = 1; i < axis->count; i++) {
        int32_t at = axis->parts[i].from, from = at + axis->parts[i - 1].ahead,
                to = at + axis->parts[i].ahead;
        if (at < 0 || from < 0 || from >= MSCHED_DAY_END_S || to < 0)
            continue;
        msched__buffer_string(b, to > from ? "Clocks go forward from " : "Clocks go back from ");
        msched__buffer_time_short(b, from);
        msched__buffer_string(b, " to ");
        msched__buffer_time_short(b, to);
        msched__buffer_string(b, to > from ? "; times between them do not exist.\n"
                                           : "; times between them occur twice.\n");
    }
}

static void write_entries(msched__buffer *b, const msched_schedule *s, int64_t days)
{
    int with_seconds = 0, headed = 0;
    for (uint32_t i = 0; i < s->entry_count; i++)
        with_seconds |= s->entries[i].start_s % 60 != 0 || s->entries[i].end_s % 60 != 0;
    for (uint32_t i = 0; i < s->entry_count; i++) {
        if (!headed && s->entries[i].start_s >= DAY_S) {
            msched__buffer_string(b, i > 0 ? "\n" : "");
            msched__put_date(b, days + 1);
            msched__buffer_char(b, '\n');
            headed = 1;
        }
        msched__put_entry(b, s, &s->entries[i], with_seconds);
    }
    if (s->entry_count == 0)
        msched__buffer_string(b, "  Nothing planned.\n");
}

/* The length of the id of a to-do without the date of an occurrence, as in "gym@2026-11-24". */
static size_t undated(const msched_unplaced *u)
{
    const char *at = u->kind == MSCHED_UNPLACED_TODO ? strrchr(u->id, '@') : NULL;
    return at != NULL && strlen(at) == sizeof "@2026-11-24" - 1 ? (size_t)(at - u->id)
                                                                : strlen(u->id);
}

/* 1 if two occurrences of a to-do can share a line: they differ only in their dates. */
static int are_alike(const msched_unplaced *a, const msched_unplaced *b)
{
    size_t size = undated(a);
    return a->reason == MSCHED_REASON_PAST && b->reason == MSCHED_REASON_PAST &&
           a->id[size] == '@' && b->id[undated(b)] == '@' && undated(b) == size &&
           memcmp(a->id, b->id, size) == 0 && strcmp(a->text, b->text) == 0;
}

/* " (Monday 23 November 2026, Tuesday 24 November 2026)" of some occurrences of a to-do */
static void write_dates(msched__buffer *b, const msched_schedule *s, const msched_unplaced *u,
                        uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        msched__buffer_string(b, i == 0 ? " (" : ", ");
        msched__put_date(b, schedule_days(s) + u[i].day);
    }
    msched__buffer_char(b, ')');
}

static void write_fixes(msched__buffer *b, const msched_unplaced *u)
{
    if (u->fix == MSCHED_FIX_NONE || u->fix_text[0] == '\0')
        return;
    msched__buffer_string(b, "    -> ");
    msched__put_plain(b, u->fix_text);
    msched__buffer_char(b, '\n');
    for (uint32_t k = 0; k < u->alternative_count; k++) {
        msched__buffer_string(b, "    or ");
        msched__put_plain(b, u->alternatives[k]->text);
        msched__buffer_char(b, '\n');
    }
}

static void write_unplaced(msched__buffer *b, const msched_schedule *s)
{
    if (s->unplaced_count == 0)
        return;
    msched__buffer_string(b, "\nUnscheduled:\n");
    for (uint32_t i = 0, count; i < s->unplaced_count; i += count) {
        const msched_unplaced *u = &s->unplaced[i];
        for (count = 1; i + count < s->unplaced_count && are_alike(u, u + count);)
            count++;
        msched__buffer_string(b, u->kind == MSCHED_UNPLACED_SONG ? "  \u266A " : "  ");
        msched__put_plain(b, u->kind == MSCHED_UNPLACED_FILL ? "Music to fill" : u->title);
        if (s->days > 0 && (u->kind == MSCHED_UNPLACED_FILL || u->window_end_s != MSCHED_UNSET ||
                            u->id[undated(u)] == '@'))
            write_dates(b, s, u, count);
        if (u->kind == MSCHED_UNPLACED_SONG && u->plays > 1)
            msched__buffer_format(b, " (%u plays)", (unsigned)u->plays);
        msched__buffer_string(b, ": ");
        msched__put_plain(b, u->text);
        msched__buffer_char(b, '\n');
        write_fixes(b, u);
    }
}

/* The title of the to-do with this id. */
static const char *title_of(const msched_schedule *s, const char *id)
{
    for (uint32_t i = 0; i < s->entry_count; i++)
        if (s->entries[i].kind == MSCHED_ENTRY_TODO && strcmp(s->entries[i].id, id) == 0)
            return s->entries[i].title;
    for (uint32_t i = 0; i < s->unplaced_count; i++)
        if (s->unplaced[i].kind == MSCHED_UNPLACED_TODO && strcmp(s->unplaced[i].id, id) == 0)
            return s->unplaced[i].title;
    return id;
}

/* "Report, Emails (5 times)": occurrences of a to-do are next to each other. */
static void write_members(msched__buffer *b, const msched_schedule *s, const msched_overload *o)
{
    uint32_t times;
    for (uint32_t j = 0; j < o->member_count; j += times) {
        const char *title = title_of(s, o->members[j]);
        for (times = 1; s->days > 0 && j + times < o->member_count; times++)
            if (strcmp(title_of(s, o->members[j + times]), title) != 0)
                break;
        msched__buffer_string(b, j > 0 ? ", " : "");
        msched__put_plain(b, title);
        if (times > 1)
            msched__buffer_format(b, " (%u times)", (unsigned)times);
    }
}

static void write_overloads(msched__buffer *b, const msched_schedule *s)
{
    if (s->overload_count > 0)
        msched__buffer_string(b, "\nOverbooked:\n");
    for (uint32_t i = 0; i < s->overload_count; i++) {
        const msched_overload *o = &s->overloads[i];
        msched__buffer_string(b, "  ");
        if (s->days > 0) {
            msched__put_date(b, schedule_days(s) + o->day);
            msched__buffer_string(b, ", ");
        }
        msched__buffer_time_short(b, o->start_s);
        if (s->days > 0 && o->last_day > o->day) {
            msched__buffer_string(b, " to ");
            msched__put_date(b, schedule_days(s) + o->last_day);
            msched__buffer_string(b, ", ");
        } else {
            msched__buffer_char(b, '-');
        }
        msched__buffer_time_short(b, o->end_s);
        msched__buffer_string(b, ": ");
        msched__put_length(b, o->demand_s);
        msched__buffer_string(b, " requested in ");
        msched__put_length(b, o->capacity_s);
        msched__buffer_string(b, " of free time (");
        write_members(b, s, o);
        msched__buffer_string(b, ")\n");
    }
}

static void write_warnings(msched__buffer *b, const msched_schedule *s)
{
    if (s->warning_count > 0)
        msched__buffer_string(b, "\nNote:\n");
    for (uint32_t i = 0; i < s->warning_count; i++) {
        msched__buffer_string(b, "  ");
        msched__put_plain(b, s->warnings[i].message);
        msched__buffer_char(b, '\n');
    }
}

typedef struct counts {
    uint64_t events, tasks, tasks_missing, plays, plays_missing, fill_songs;
    int64_t fill_s;
} counts;

/* 1 for what is done of a task whose rest is unscheduled, and counts as missing. */
static int is_of_missing(const msched_schedule *s, const msched_schedule_entry *e)
{
    for (uint32_t i = 0; i < s->unplaced_count && e->state != MSCHED_STATE_OPEN; i++)
        if (s->unplaced[i].kind == MSCHED_UNPLACED_TODO && strcmp(s->unplaced[i].id, e->id) == 0)
            return 1;
    return 0;
}

static counts count_all(const msched_schedule *s)
{
    counts c = {0};
    for (uint32_t i = 0; i < s->entry_count; i++) {
        const msched_schedule_entry *e = &s->entries[i];
        int fill = e->kind == MSCHED_ENTRY_SONG && e->wanted == UINT32_MAX;
        c.fill_s += fill ? msched__entry_length(e) : 0;
        if (e->kind == MSCHED_ENTRY_SONG)
            *(fill ? &c.fill_songs : &c.plays) += 1;
        else if (e->fixed)
            c.events++;
        else
            c.tasks += e->piece <= 1 && !is_of_missing(s, e);
    }
    for (uint32_t i = 0; i < s->unplaced_count; i++) {
        c.tasks_missing += s->unplaced[i].kind == MSCHED_UNPLACED_TODO;
        c.plays_missing += s->unplaced[i].kind == MSCHED_UNPLACED_SONG ? s->unplaced[i].plays : 0;
    }
    return c;
}

static void put_share(msched__buffer *b, uint64_t placed, uint64_t missing, const char *one,
                      const char *many)
{
    if (placed + missing == 0)
        return;
    msched__buffer_string(b, ", ");
    if (missing > 0) {
        msched__buffer_uint(b, placed);
        msched__buffer_string(b, " of ");
    }
    put_count(b, placed + missing, one, many);
}

static void write_status(msched__buffer *b, const msched_schedule *s)
{
    counts c = count_all(s);
    msched__buffer_char(b, '\n');
    put_count(b, c.events, "event", "events");
    put_share(b, c.tasks, c.tasks_missing, "task", "tasks");
    put_share(b, c.plays, c.plays_missing, "wanted song", "wanted songs");
    if (c.fill_songs > 0) {
        msched__buffer_string(b, ", ");
        put_count(b, c.fill_songs, "more song", "more songs");
        msched__buffer_string(b, " (");
        msched__put_length(b, c.fill_s);
        msched__buffer_char(b, ')');
    }
    if (s->objective.moved > 0) {
        msched__buffer_string(b, ", ");
        msched__buffer_uint(b, s->objective.moved);
        msched__buffer_string(b, " moved");
    }
    if (s->objective.status == MSCHED_STATUS_OPTIMAL && s->entry_count + s->unplaced_count == 0) {
        msched__buffer_string(b, ".\n");
        return;
    }
    if (s->objective.status != MSCHED_STATUS_FEASIBLE) {
        msched__buffer_string(
            b, s->objective.status == MSCHED_STATUS_OPTIMAL
                   ? ". No better schedule exists.\n"
                   : ". It is unknown whether a better schedule exists, and what is missing.\n");
        return;
    }
    msched__buffer_string(b, ". A better schedule may exist");
    static const char *const why[] = {"", ": the search reached its work limit",
                                      ": the search reached its time limit",
                                      ": the search was canceled"};
    msched__buffer_string(b, s->objective.stop <= MSCHED_STOP_CANCEL ? why[s->objective.stop] : "");
    msched__buffer_string(b, ".\n");
}

msched_result msched_schedule_to_text(const msched_schedule *schedule, msched_text **out,
                                      msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (schedule == NULL)
        return msched__fail_null(err, "schedule");
    if (msched__deferred_complete(schedule->deferred) != MSCHED_OK)
        return msched__fail_memory(err);
    msched__buffer buffer;
    msched__buffer_init(&buffer, &schedule->arena.allocator);
    int64_t days = schedule_days(schedule);
    msched__put_date(&buffer, days);
    if (schedule->timezone[0] != '\0') {
        msched__buffer_string(&buffer, ", ");
        msched__put_plain(&buffer, schedule->timezone);
    }
    msched__buffer_char(&buffer, '\n');
    if (schedule->days == 0) {
        write_clock_changes(&buffer, &schedule->axis);
        msched__buffer_char(&buffer, '\n');
        write_entries(&buffer, schedule, days);
    } else {
        msched__put_span(&buffer, schedule, days);
    }
    write_unplaced(&buffer, schedule);
    write_overloads(&buffer, schedule);
    write_warnings(&buffer, schedule);
    write_status(&buffer, schedule);
    return msched__buffer_to_text(&buffer, out, err);
}
