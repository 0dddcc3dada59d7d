/* Plan text of several days once it is read: its dates checked, and given to the builder. */
#include "base/civil.h"
#include "plan/plan_span_check.h"
#include "plan/text/plan_text.h"
#include "plan/text/text_happened.h"
#include "plan/text/text_rule.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400

static int64_t first_date(const msched__text_reader *in)
{
    msched__date date = {1970, 1, 1};
    msched__date_parse(in->day.date, 10, &date);
    return msched__date_to_days(date);
}

uint32_t msched__text_dates_of(const msched__text_reader *in, const msched__text_on *on)
{
    if (in->days == 0)
        return 1;
    uint32_t bits = on->count == 0 ? MSCHED__SPAN_ALL_DATES >> (31 - in->days) : 0;
    int known;
    for (uint32_t i = 0; i < on->count; i++)
        bits |= msched__span_named(first_date(in), in->days, on->names[i], &known);
    return bits;
}

static void error_at(msched__text_reader *in, uint32_t line, uint32_t column, const char *code,
                     const char *repair, const char *message)
{
    msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, line, column, MSCHED_ERROR_VALUE, code,
                     repair, "%s", message);
}

static void outside(msched__text_reader *in, uint32_t line, uint32_t column)
{
    char message[120], first[16], last[16];
    msched__date_write(first_date(in), first);
    msched__date_write(first_date(in) + in->days - 1, last);
    snprintf(message, sizeof message, "this is not a date of the plan (%s to %s)", first, last);
    error_at(in, line, column, "outside_span",
             "write another date, or plan more days with days:", message);
}

int msched__text_find_date(msched__text_reader *in, const msched__text_moment *m, uint32_t line,
                           uint32_t column, int64_t *out)
{
    int64_t first = first_date(in);
    *out = m->date.days + (m->date.weekday == MSCHED__WEEKDAY_RELATIVE ? first : 0);
    if (m->date.weekday < 0)
        return 1;
    int64_t ahead = (m->date.weekday - (int64_t)msched__days_weekday(first) + 7) % 7;
    *out = first + ahead;
    if (ahead >= in->days) {
        outside(in, line, column);
        return 0;
    }
    if (ahead + 7 < in->days) {
        char repair[80], a[16], b[16];
        msched__date_write(first + ahead, a);
        msched__date_write(first + ahead + 7, b);
        snprintf(repair, sizeof repair, "write the date, for example %s or %s", a, b);
        error_at(in, line, column, "ambiguous_date", repair,
                 "the plan has this weekday more than once");
        return 0;
    }
    return 1;
}

static int resolve_moments(msched__text_reader *in, msched__text_todo *todo)
{
    msched__text_dates *dates = &todo->dates;
    int64_t date, first = first_date(in);
    uint32_t column = todo->values.column[MSCHED__ATTR_DUE_AT];
    if (dates->due.is_given) {
        if (!msched__text_find_date(in, &dates->due, todo->line, column, &date))
            return 0;
        int whole = dates->due.time == MSCHED_UNSET;
        dates->due_s = msched__span_moment(first, date + (whole && !dates->due.is_beside),
                                           whole ? 0 : dates->due.time);
    }
    column = todo->values.column[MSCHED__ATTR_RELEASE_AT];
    if (dates->release.is_given) {
        if (!msched__text_find_date(in, &dates->release, todo->line, column, &date))
            return 0;
        int whole = dates->release.time == MSCHED_UNSET;
        dates->release_s = msched__span_moment(first, date + (whole && dates->release.is_beside),
                                               whole ? 0 : dates->release.time);
    }
    if (dates->due.is_given && dates->due_s <= 0)
        msched__diag_add(in->diag, MSCHED_SEVERITY_NOTE, todo->line,
                         todo->values.column[MSCHED__ATTR_DUE_AT], MSCHED_OK, "overdue", "",
                         "it was due before this plan; it goes on the first date with time for it");
    if (dates->due.is_given && dates->release.is_given && dates->release_s >= dates->due_s) {
        error_at(in, todo->line, column, "window_too_short", "set a later due date",
                 "it is due before it can start");
        return 0;
    }
    return 1;
}

/* The dates of a line in the form of the plan; the names belong to the reader. */
static msched__span_item item_of(const msched__text_reader *in, const msched__text_dates *dates)
{
    return (msched__span_item){.on = {dates->on.names, dates->on.count},
                               .dates = msched__text_dates_of(in, &dates->on),
                               .times = dates->times == 0 ? 1 : dates->times,
                               .each = (uint8_t)dates->each,
                               .apart_days = dates->apart == MSCHED_UNSET ? 1 : dates->apart,
                               .release_s = dates->release_s,
                               .due_s = dates->due_s,
                               .max_per_day_s = dates->max_per_day_s,
                               .occurrences = dates->occurrences,
                               .occurrence_count = dates->occurrence_count};
}

static uint32_t column_of(const msched__text_todo *todo)
{
    static const enum msched__attr_kind kinds[] = {
        MSCHED__ATTR_ON,     MSCHED__ATTR_REPEAT,     MSCHED__ATTR_APART,   MSCHED__ATTR_MAX_DAY,
        MSCHED__ATTR_DUE_AT, MSCHED__ATTR_RELEASE_AT, MSCHED__ATTR_STARTED, MSCHED__ATTR_LEFT};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (todo->values.column[kinds[i]] != 0)
            return todo->values.column[kinds[i]];
    return todo->title_column;
}

static int check_event(msched__text_reader *in, const msched__text_todo *todo)
{
    enum msched__attr_kind time = todo->values.column[MSCHED__ATTR_RANGE] != 0 ? MSCHED__ATTR_RANGE
                                                                               : MSCHED__ATTR_AT;
    if (!todo->is_event || in->days == 1 || todo->dates.on.count > 0 || todo->dates.each)
        return 1;
    error_at(in, todo->line, todo->values.column[time], "which_date",
             "write the date before the time (Tue 14:00), or every day, or put the line below a "
             "heading (## Tue)",
             "the event has no date");
    return 0;
}

/* An event is on each of its dates anyway. */
static void settle_event(msched__text_reader *in, msched__text_todo *todo)
{
    if (!todo->is_event || !todo->dates.each)
        return;
    todo->dates.each = 0;
    if (todo->dates.on.count > 0)
        return;
    todo->dates.on.names = msched__arena_alloc(&in->arena, 7, sizeof *todo->dates.on.names);
    if (todo->dates.on.names == NULL) {
        in->failed = 1;
        return;
    }
    for (uint32_t w = 0; w < 7; w++) /* from Monday on */
        todo->dates.on.names[w] = msched__weekday_keys[(w + 1) % 7];
    todo->dates.on.count = 7;
}

/* A task longer than the maximum per day is split. */
static void assume_split(msched__text_reader *in, msched__text_todo *todo)
{
    const msched__text_values *v = &todo->values;
    if (todo->is_event || v->column[MSCHED__ATTR_SPLIT] != 0 || todo->dates.times > 1 ||
        todo->dates.max_per_day_s == MSCHED_UNSET || todo->dates.max_per_day_s >= todo->duration)
        return;
    todo->values.value[MSCHED__ATTR_SPLIT] = MSCHED__SPLIT_S;
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, v->column[MSCHED__ATTR_MAX_DAY],
                     MSCHED_OK, "assumed_split", "write split, or split:45m for longer parts",
                     "the task exceeds its limit per day, so it is split");
}

static int is_closed(const msched__text_todo *todo)
{
    return todo->state == MSCHED_STATE_DONE || todo->state == MSCHED_STATE_SKIPPED;
}

/*
 * "every 2 days": from the first day on which it may be, otherwise from the first day of the plan;
 * "every day by Fri": only the dates on which it may be.
 */
static void name_interval(msched__text_reader *in, msched__text_dates *dates)
{
    int64_t first = first_date(in), from = first, end = first + in->days,
            step = dates->interval > 1 ? dates->interval : 1;
    int bounded = dates->release_s != MSCHED_UNSET || dates->due_s != MSCHED_UNSET;
    uint32_t count = 0;
    if (!dates->each || dates->on.count > 0 || (step == 1 && !bounded))
        return;
    if (dates->release_s != MSCHED_UNSET)
        from += dates->release_s / DAY_S;
    if (from < first)
        from += (first - from + step - 1) / step * step;
    if (dates->due_s != MSCHED_UNSET && first + (dates->due_s + DAY_S - 1) / DAY_S < end)
        end = first + (dates->due_s + DAY_S - 1) / DAY_S;
    const char **names = msched__arena_alloc(&in->arena, in->days, sizeof *names);
    for (int64_t d = from; names != NULL && d < end; d += step) {
        char text[16];
        msched__date_write(d, text);
        names[count] = msched__arena_copy(&in->arena, text, 10);
        names = names[count++] == NULL ? NULL : names;
    }
    in->failed |= names == NULL;
    if (names != NULL)
        dates->on = (msched__text_on){names, count};
}

/* It is at no known time. */
static void forget_times(msched__text_todo *todo)
{
    todo->is_event = 0;
    todo->start = todo->end = MSCHED_UNSET;
}

/* What is ticked off needs no dates, except an event: it was on its dates. */
static void close_dates(msched__text_reader *in, msched__text_todo *todo)
{
    uint32_t said = in->diag->count, errors = in->diag->error_count;
    int is_known = todo->is_event &&
                   msched__text_use_rule(in, &todo->values, &todo->dates, todo->line);
    settle_event(in, todo);
    msched__text_on on = todo->dates.on;
    is_known = is_known && on.count > 0 && msched__text_dates_of(in, &on) != 0;
    msched__diag_rewind(in->diag, said, errors);
    todo->dates = (msched__text_dates){.apart = MSCHED_UNSET,
                                       .max_per_day_s = MSCHED_UNSET,
                                       .due_s = MSCHED_UNSET,
                                       .release_s = MSCHED_UNSET};
    if (is_known)
        todo->dates.on = on;
    else
        forget_times(todo);
}

static void check_todo(msched__text_reader *in, msched__text_todo *todo)
{
    if (todo->is_wrong || !msched__text_settle_happened(in, todo, first_date(in)))
        return;
    if (is_closed(todo)) {
        close_dates(in, todo);
        return;
    }
    if (!msched__text_use_rule(in, &todo->values, &todo->dates, todo->line)) {
        todo->is_wrong = 1;
        return;
    }
    if (msched__text_dates_of(in, &todo->dates.on) == 0) {
        outside(in, todo->line, column_of(todo));
        todo->is_wrong = 1;
        return;
    }
    todo->is_wrong = !check_event(in, todo) || !resolve_moments(in, todo);
    name_interval(in, &todo->dates);
    settle_event(in, todo);
    assume_split(in, todo);
    msched__span_item item = item_of(in, &todo->dates);
    msched__plan_span span = {.days = in->days};
    msched_todo plain;
    msched_todo_init(&plain, sizeof plain);
    plain.kind = todo->is_event ? MSCHED_TODO_EVENT : MSCHED_TODO_TASK;
    plain.duration_s = todo->duration;
    plain.state = todo->state;
    plain.left_s = todo->left;
    plain.split_min_s = todo->values.value[MSCHED__ATTR_SPLIT];
    const char *problem = todo->is_wrong ? NULL : msched__span_item_problem(&span, &plain, &item);
    if (problem == NULL)
        return;
    error_at(in, todo->line, column_of(todo), "conflicting_dates", "change the dates in this line",
             problem);
    todo->is_wrong = 1;
}

/* 1 if an event is on more than one date. */
static int is_on_dates(msched__text_reader *in, const msched__text_todo *todo)
{
    const uint32_t bits = msched__text_dates_of(in, &todo->dates.on);
    return todo->is_event && (bits & (bits - 1)) != 0;
}

/*
 * A predecessor must have a single occurrence; a successor must be an event. For a to-do that
 * recurs, an event that recurs is its time on each date.
 */
static void check_links(msched__text_reader *in, msched__text_todo *todo)
{
    for (uint32_t k = 0; k < todo->after.count; k++) {
        const msched__text_todo *other = &in->todos[todo->after.index[k]];
        if (other->is_wrong || is_closed(other) ||
            (!other->dates.each && other->dates.times <= 1 && !is_on_dates(in, other)) ||
            msched__text_take_times(in, todo, &todo->after, 0))
            continue;
        error_at(in, todo->line, todo->values.column[MSCHED__ATTR_AFTER], "several",
                 "name a to-do that occurs once", "the to-do named by after: occurs several times");
        todo->is_wrong = 1;
    }
    for (uint32_t k = 0; k < todo->before.count; k++) {
        const msched__text_todo *other = &in->todos[todo->before.index[k]];
        if (is_on_dates(in, other) && msched__text_take_times(in, todo, &todo->before, 1))
            continue;
        if (other->is_event || other->is_wrong || is_closed(other))
            continue;
        error_at(in, todo->line, todo->values.column[MSCHED__ATTR_BEFORE], "not_for_todos",
                 "write after: in the line of that task",
                 "in a plan of several days, before: can only name events");
        todo->is_wrong = 1;
    }
}

/* How to plan a line of other dates: a week, or the first of them from the plan's date on. */
static void say_other_date(const msched__text_reader *in, const msched__text_on *on, char out[100])
{
    char date[11] = "";
    const char *name = on->names[0];
    int known;
    if (strlen(name) == 10 && msched__digit_at((msched__slice){name, 10}, 0))
        memcpy(date, name, sizeof date);
    for (int64_t day = 0; date[0] == '\0' && day < 7; day++)
        if (msched__span_named(first_date(in) + day, 1, name, &known) != 0)
            msched__date_write(first_date(in) + day, date);
    if (date[0] == '\0')
        snprintf(out, 100, "write days: 7 at the top to plan a week");
    else
        snprintf(out, 100, "write days: 7 at the top to plan a week, or date: %s to plan that day",
                 date);
}

int msched__text_is_other_date(msched__text_reader *in, const msched__text_on *on, uint32_t line,
                               uint32_t column)
{
    char repair[100];
    uint32_t bits = on->count == 0;
    const char *name = on->count == 0 ? "" : on->names[0];
    int known;
    for (size_t w = 0; w < 7; w++)
        if (msched__same_letters(name, msched__weekday_keys[w], 3))
            name = msched__weekday_names[w];
    for (uint32_t i = 0; i < on->count; i++)
        bits |= msched__span_named(first_date(in), 1, on->names[i], &known);
    if (bits == 0)
        say_other_date(in, on, repair);
    if (bits == 0)
        msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, line, column, MSCHED_OK, "other_date",
                         repair, "left out: it is on %s%s, but the plan covers only %s", name,
                         on->count > 1 ? " and other dates" : "", in->day.date);
    return bits == 0;
}

/* The date of a moment in a plan of one day: a weekday is the next one. */
static int64_t next_date(const msched__text_reader *in, const msched__text_moment *m)
{
    int64_t first = first_date(in);
    if (m->date.weekday < 0)
        return m->date.days + (m->date.weekday == MSCHED__WEEKDAY_RELATIVE ? first : 0);
    return first + (m->date.weekday - (int64_t)msched__days_weekday(first) + 7) % 7;
}

/* "by Friday" and "from Friday 9:00" in a plan of one day. */
static void keep_moments(msched__text_reader *in, msched__text_todo *todo)
{
    const msched__text_moment *due = &todo->dates.due, *release = &todo->dates.release;
    int64_t first = first_date(in), from = release->is_given ? next_date(in, release) : first,
            until = due->is_given ? next_date(in, due) : first;
    if (todo->is_wrong || is_closed(todo))
        return;
    from += release->is_given && release->is_beside && release->time == MSCHED_UNSET;
    until -= due->is_given && due->is_beside && due->time == MSCHED_UNSET;
    if (from > first) {
        todo->is_wrong = 1;
        msched__diag_add(in->diag, MSCHED_SEVERITY_NOTE, todo->line,
                         todo->values.column[MSCHED__ATTR_RELEASE_AT], MSCHED_OK, "not_yet", "",
                         "left out: it starts after this day, %s", in->day.date);
    }
    if (until < first)
        msched__diag_add(in->diag, MSCHED_SEVERITY_NOTE, todo->line,
                         todo->values.column[MSCHED__ATTR_DUE_AT], MSCHED_OK, "overdue", "",
                         "it was due before this day, %s", in->day.date);
    if (todo->is_event)
        return;
    if (release->is_given && from == first && release->time > todo->earliest)
        todo->earliest = release->time;
    if (due->is_given && until == first && due->time != MSCHED_UNSET &&
        (todo->latest == MSCHED_UNSET || due->time < todo->latest))
        todo->latest = due->time;
}

static void leave_out(msched__text_reader *in)
{
    for (uint32_t i = 0; i < in->todo_count; i++) {
        msched__text_todo *todo = &in->todos[i];
        uint32_t said = in->diag->count, errors = in->diag->error_count;
        keep_moments(in, todo);
        if (is_closed(todo) && !todo->is_wrong &&
            msched__text_is_other_date(in, &todo->dates.on, todo->line, column_of(todo))) {
            msched__diag_rewind(in->diag, said, errors);
            forget_times(todo);
        }
        if (!todo->is_wrong && !is_closed(todo) &&
            !msched__text_use_rule(in, &todo->values, &todo->dates, todo->line))
            todo->is_wrong = 1;
        if (!todo->is_wrong && !is_closed(todo))
            todo->is_wrong = msched__text_is_other_date(in, &todo->dates.on, todo->line,
                                                        column_of(todo));
    }
    for (uint32_t i = 0; i < in->song_count; i++) {
        msched__text_song *song = &in->songs[i];
        if (!song->is_wrong && !msched__text_use_rule(in, &song->values, &song->dates, song->line))
            song->is_wrong = 1;
        if (!song->is_wrong)
            song->is_wrong = msched__text_is_other_date(in, &song->dates.on, song->line, 1);
    }
    for (uint32_t i = 0; i < in->fill_count; i++)
        in->fills[i].is_wrong = msched__text_is_other_date(
            in, &in->fills[i].dates.on, in->fills[i].line, in->fills[i].dates_column);
}

/* Note each date with a window of its own, or off, that the plan does not have. */
static void note_exceptions(msched__text_reader *in)
{
    char first[16], last[16];
    msched__date_write(first_date(in), first);
    msched__date_write(first_date(in) + in->days - 1, last);
    for (uint32_t i = 0; i < in->week.exception_count; i++)
        if (msched__text_dates_of(in, &in->week.exceptions[i].on) == 0)
            msched__diag_add(in->diag, MSCHED_SEVERITY_NOTE, in->week.exceptions[i].line, 1,
                             MSCHED_OK, "other_date",
                             "remove this line, or plan more days with days:",
                             "this line has no effect: the plan covers %s to %s", first, last);
}

void msched__text_check_dates(msched__text_reader *in)
{
    if (in->day.date == NULL)
        return;
    for (uint32_t i = 0; i < in->todo_count; i++)
        msched__text_settle_names(in, &in->todos[i].dates.on);
    for (uint32_t i = 0; i < in->song_count; i++)
        msched__text_settle_names(in, &in->songs[i].dates.on);
    for (uint32_t i = 0; i < in->week.exception_count; i++)
        msched__text_settle_names(in, &in->week.exceptions[i].on);
    for (uint32_t i = 0; i < in->fill_count; i++)
        msched__text_settle_names(in, &in->fills[i].dates.on);
    if (in->failed)
        return;
    if (in->days == 0) {
        leave_out(in);
        return;
    }
    note_exceptions(in);
    for (uint32_t i = 0; i < in->todo_count; i++)
        check_todo(in, &in->todos[i]);
    for (uint32_t i = 0; i < in->todo_count; i++)
        check_links(in, &in->todos[i]);
    for (uint32_t i = 0; i < in->song_count; i++) {
        msched__text_song *song = &in->songs[i];
        if (!song->is_wrong && !msched__text_use_rule(in, &song->values, &song->dates, song->line))
            song->is_wrong = 1;
        name_interval(in, &song->dates);
    }
    for (uint32_t i = 0; i < in->song_count; i++)
        if (!in->songs[i].is_wrong && msched__text_dates_of(in, &in->songs[i].dates.on) == 0) {
            outside(in, in->songs[i].line, in->songs[i].values.column[MSCHED__ATTR_ON]);
            in->songs[i].is_wrong = 1;
        }
    for (uint32_t i = 0; i < in->fill_count; i++)
        name_interval(in, &in->fills[i].dates);
    for (uint32_t i = 0; i < in->fill_count; i++)
        if (msched__text_dates_of(in, &in->fills[i].dates.on) == 0) {
            outside(in, in->fills[i].line, in->fills[i].dates_column);
            in->fills[i].is_wrong = 1;
        }
}

void msched__text_widen_day(msched__text_reader *in)
{
    for (uint32_t i = 0; i < in->week.exception_count; i++) {
        const msched__text_exception *x = &in->week.exceptions[i];
        if (x->start == MSCHED_UNSET)
            continue;
        in->day.start_s = x->start < in->day.start_s ? x->start : in->day.start_s;
        in->day.end_s = x->end > in->day.end_s ? x->end : in->day.end_s;
    }
}

/* Names of dates in the plan's arena. 0 when out of memory. */
static int keep_names(msched_plan_builder *builder, const msched__text_on *on,
                      msched__span_names *out)
{
    msched__arena *arena = &builder->plan->arena;
    *out = (msched__span_names){NULL, 0};
    if (on->count == 0)
        return 1;
    const char **names = msched__arena_alloc(arena, on->count, sizeof *names);
    for (uint32_t i = 0; names != NULL && i < on->count; i++)
        if ((names[i] = msched__arena_copy(arena, on->names[i], strlen(on->names[i]))) == NULL)
            names = NULL;
    if (names != NULL)
        *out = (msched__span_names){names, on->count};
    return names != NULL;
}

/* Occurrences in the plan's arena. 0 when out of memory. */
static int keep_occurrences(msched_plan_builder *builder, msched__span_item *item)
{
    msched__arena *arena = &builder->plan->arena;
    if (item->occurrence_count == 0)
        return 1;
    msched_occurrence *list = msched__arena_alloc(arena, item->occurrence_count, sizeof *list);
    for (uint32_t i = 0; list != NULL && i < item->occurrence_count; i++) {
        list[i] = item->occurrences[i];
        if ((list[i].date = msched__arena_copy(arena, list[i].date, 10)) == NULL)
            list = NULL;
    }
    item->occurrences = list;
    return list != NULL;
}

static msched_result keep_exceptions(const msched__text_reader *in, msched_plan_builder *builder,
                                     msched__plan_span *span, msched_error *err)
{
    uint32_t count = in->week.exception_count;
    msched__span_exception *list = msched__arena_alloc(&builder->plan->arena, count, sizeof *list);
    for (uint32_t i = 0; list != NULL && i < count; i++) {
        const msched__text_exception *x = &in->week.exceptions[i];
        list[i] = (msched__span_exception){
            .start_s = x->start, .end_s = x->end, .off = x->start == MSCHED_UNSET};
        if (!keep_names(builder, &x->on, &list[i].on))
            return msched__fail_memory(err);
        msched__span_set_windows(span, msched__text_dates_of(in, &x->on), &list[i], &in->day);
    }
    span->exceptions = list;
    span->exception_count = count;
    return list == NULL ? msched__fail_memory(err) : MSCHED_OK;
}

msched_result msched__text_begin_span(const msched__text_reader *in, msched_plan_builder *builder,
                                      msched__plan_span **span, msched_error *err)
{
    *span = NULL;
    if (in->days == 0)
        return MSCHED_OK;
    const msched__span_size size = {in->days, in->todo_count, in->song_count};
    msched_result result = msched__span_begin(builder, &in->day, size, span, err);
    if (result != MSCHED_OK)
        return result;
    (*span)->max_tasks_s = in->week.max_tasks_s;
    (*span)->now_s = in->now_s;
    return keep_exceptions(in, builder, *span, err);
}

msched_result msched__text_add_item(const msched__text_reader *in, msched_plan_builder *builder,
                                    const msched__text_dates *dates, msched__span_item *item,
                                    msched_error *err)
{
    *item = item_of(in, dates);
    return keep_names(builder, &dates->on, &item->on) && keep_occurrences(builder, item)
               ? MSCHED_OK
               : msched__fail_memory(err);
}

msched_result msched__text_date_fill(const msched__text_reader *in, msched_plan_builder *builder,
                                     const msched__text_dates *dates, uint32_t index,
                                     msched_error *err)
{
    msched__span_fill *fill = &builder->span->fills[index];
    fill->dates = msched__text_dates_of(in, &dates->on);
    return keep_names(builder, &dates->on, &fill->on) ? MSCHED_OK : msched__fail_memory(err);
}

msched_result msched__text_finish_span(msched__text_reader *in, msched_plan_builder *builder,
                                       msched__plan_span *span, msched_error *err)
{
    msched__span_problem problem;
    uint32_t overlap = msched__span_overlap(span);
    msched_result result;
    if (overlap > 0) {
        char message[120];
        snprintf(message, sizeof message, "day %u of the plan begins before the previous day ends",
                 (unsigned)overlap);
        error_at(in, in->day_line > 0 ? in->day_line : 1, 1, "outside_day",
                 "shorten one of the two", message);
        return msched__diag_result(in->diag, err);
    }
    result = msched__span_finish(builder->plan, span, &problem, err);
    if (result == MSCHED_OK || result == MSCHED_ERROR_MEMORY)
        return result;
    uint32_t line = problem.place == MSCHED__SPAN_PLACE_TODO
                        ? builder->plan->todos[problem.todo].line
                        : 1;
    msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, line, 1, problem.code, "conflicting_dates",
                     "plan fewer days, or change the line", "%s", problem.text);
    return in->diag->failed ? msched__fail_memory(err) : msched__diag_result(in->diag, err);
}
