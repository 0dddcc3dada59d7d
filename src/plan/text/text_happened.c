/*
 * What happened on single dates of a plan of several days: "done:mon,tue 18:30", "done:mon-wed",
 * "skipped:wed", "started:thu 9:00".
 */
#include "plan/text/text_happened.h"

#include "base/civil.h"
#include "plan/plan_occurrence.h"
#include "plan/plan_span_check.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400

static const struct {
    const char *word;
    enum msched__attr_kind kind;
    uint32_t state;
} words[] = {{"started:", MSCHED__ATTR_STARTED_ON, MSCHED_STATE_STARTED},
             {"done:", MSCHED__ATTR_DONE_ON, MSCHED_STATE_DONE},
             {"skipped:", MSCHED__ATTR_SKIPPED_ON, MSCHED_STATE_SKIPPED}};
enum { WORDS = sizeof words / sizeof words[0] };

static int take_time(msched__slice s, size_t *at, int32_t *out)
{
    msched__clock clock;
    size_t end = *at, from = *at;
    while (end < s.size && s.data[end] != ',' && s.data[end] != '-')
        end++;
    s.size = end;
    if (msched__scan_time(s, &from, &clock) != MSCHED__TIME_OK || from != end)
        return 0;
    *at = end;
    *out = clock.seconds;
    return 1;
}

/* "18:30", "17:30-18:30" or "17:30-" after a date. 0: these times do not match the state. */
static int take_times(msched__slice s, size_t *at, msched__text_happened *out)
{
    int32_t first;
    if (!take_time(s, at, &first))
        return 0;
    if (*at == s.size || s.data[*at] != '-') {
        if (out->state == MSCHED_STATE_STARTED)
            out->started = first;
        else
            out->ended = first;
        return out->state != MSCHED_STATE_SKIPPED;
    }
    ++*at;
    out->started = first;
    if (*at < s.size && s.data[*at] != ',' && !take_time(s, at, &out->ended))
        return 0;
    if (out->ended != MSCHED_UNSET && out->ended <= first)
        out->ended += DAY_S;
    return out->state == MSCHED_STATE_DONE;
}

/* The next date of a list with its times; moves past it and the comma. */
static int take_item(msched__slice s, size_t *at, uint32_t state, msched__text_happened *out)
{
    *out = (msched__text_happened){.state = state, .started = MSCHED_UNSET, .ended = MSCHED_UNSET};
    msched__skip_spaces(s, at);
    if (!msched__take_date_word(s, at, &out->date))
        return 0;
    out->last = out->date;
    size_t end = *at + 1;
    if (*at < s.size && s.data[*at] == '-' && state != MSCHED_STATE_STARTED &&
        msched__take_date_word(s, &end, &out->last))
        *at = end;
    if (*at < s.size && s.data[*at] != ',') {
        if (msched__lower(s.data[*at]) == 't')
            ++*at;
        msched__skip_spaces(s, at);
        if (!take_times(s, at, out))
            return 0;
    }
    if (*at < s.size && s.data[(*at)++] != ',')
        return 0;
    return state != MSCHED_STATE_STARTED || out->started != MSCHED_UNSET;
}

/*
 * 1 if a single date is followed by a time where none may be ("skipped:tue 10:00") or by a number
 * that is not a time ("done:tue 12"), so that the mark would end up in the title.
 */
static int has_wrong_time(msched__slice s, uint32_t state)
{
    msched__date_word date;
    int32_t time;
    size_t at = 0;
    if (!msched__take_date_word(s, &at, &date) || at == s.size || s.data[at] != ' ')
        return 0;
    msched__skip_spaces(s, &at);
    size_t digits = at, end = at;
    while (digits < s.size && s.data[digits] >= '0' && s.data[digits] <= '9')
        digits++;
    return (state == MSCHED_STATE_SKIPPED && take_time(s, &end, &time) && end == s.size) ||
           (digits == s.size && digits > at && digits <= at + 4);
}

int msched__match_happened(msched__slice s, msched__attr *attr)
{
    msched__text_happened item;
    for (size_t i = 0; i < WORDS; i++) {
        size_t at = strlen(words[i].word);
        if (s.size <= at || !msched__slice_is((msched__slice){s.data, at}, words[i].word))
            continue;
        attr->name = (msched__slice){s.data + at, s.size - at};
        int is_list = 1;
        for (size_t k = 0; is_list && k < attr->name.size;)
            is_list = take_item(attr->name, &k, words[i].state, &item);
        if (is_list)
            return msched__attr_set(attr, words[i].kind, 0);
        int is_time = has_wrong_time(attr->name, words[i].state);
        if (!is_time && memchr(s.data, ' ', s.size) != NULL)
            return 0;
        const char *problem = !is_time ? "has no valid date"
                              : words[i].state == MSCHED_STATE_SKIPPED
                                  ? "has a time, but what is skipped has none"
                                  : "has no valid time";
        snprintf(attr->message, sizeof attr->message, "\"%.*s\" %s", msched__attr_shown(s.size),
                 s.data, problem);
        snprintf(attr->repair, sizeof attr->repair, "write %stue%s", words[i].word,
                 words[i].state == MSCHED_STATE_STARTED ? " 16:00"
                 : words[i].state == MSCHED_STATE_DONE  ? ", done:tue 18:30 or done:mon,wed"
                                                        : " or skipped:mon,wed");
        return msched__attr_bad(attr, "bad_date");
    }
    return 0;
}

/* Commas separate the dates. */
static uint32_t most_items(const msched__text_values *v)
{
    uint32_t most = 0;
    for (size_t i = 0; i < WORDS; i++) {
        if (v->column[words[i].kind] == 0)
            continue;
        most++;
        for (size_t k = 0; k < v->happened[i].size; k++)
            most += v->happened[i].data[k] == ',';
    }
    return most;
}

int msched__text_read_happened(msched__text_reader *in, const msched__text_values *v,
                               msched__text_dates *dates)
{
    const uint32_t most = most_items(v);
    if (most == 0)
        return 1;
    msched__text_happened *list = msched__arena_alloc(&in->arena, most, sizeof *list);
    if (list == NULL) {
        in->failed = 1;
        return 0;
    }
    dates->happened = list;
    for (size_t i = 0; i < WORDS; i++) {
        const msched__slice s = v->happened[i];
        size_t at = 0;
        while (v->column[words[i].kind] != 0 && at < s.size &&
               take_item(s, &at, words[i].state, &list[dates->happened_count]))
            dates->happened_count++;
    }
    return 1;
}

void msched__text_keep_happened(msched__text_values *values, const msched__attr *attr)
{
    for (size_t i = 0; i < WORDS; i++)
        if (attr->kind == words[i].kind)
            values->happened[i] = attr->name;
}

static uint32_t column_of(const msched__text_todo *todo)
{
    static const enum msched__attr_kind kinds[] = {MSCHED__ATTR_DONE_ON, MSCHED__ATTR_STARTED_ON,
                                                   MSCHED__ATTR_SKIPPED_ON, MSCHED__ATTR_ENDED,
                                                   MSCHED__ATTR_STARTED};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (todo->values.column[kinds[i]] != 0)
            return todo->values.column[kinds[i]];
    return todo->title_column;
}

static void refuse(msched__text_reader *in, msched__text_todo *todo, const char *code,
                   const char *repair, const char *message)
{
    todo->is_wrong = 1;
    msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, todo->line, column_of(todo),
                     MSCHED_ERROR_VALUE, code, repair, "%s", message);
}

/*
 * "done 9:40" without a date is that of a to-do with a single date; otherwise, only the state is
 * used. 0 after an error.
 */
static int date_times(msched__text_reader *in, msched__text_todo *todo, int64_t first)
{
    int known = 0;
    msched__text_dates *dates = &todo->dates;
    uint32_t bits = dates->on.count == 1
                        ? msched__span_named(first, in->days, dates->on.names[0], &known)
                        : 0;
    if (bits == 0 || (bits & (bits - 1)) != 0) {
        todo->started = todo->ended = MSCHED_UNSET;
        msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, column_of(todo), MSCHED_OK,
                         "which_date", "write the date, for example done:tue 18:30",
                         "the time is not used: in a plan of several days, it needs a date");
        return 1;
    }
    dates->happened = msched__arena_alloc(&in->arena, 1, sizeof *dates->happened);
    if (dates->happened == NULL) {
        in->failed = 1;
        return 0;
    }
    dates->happened[0] = (msched__text_happened){
        .date = {.weekday = MSCHED__WEEKDAY_NONE, .days = first + msched__first_date(bits)},
        .last = {.weekday = MSCHED__WEEKDAY_NONE, .days = first + msched__first_date(bits)},
        .state = todo->state,
        .started = todo->started,
        .ended = todo->ended};
    dates->happened_count = 1;
    return 1;
}

/* Add what happened on a date to the occurrences, which have room for it. 0 after an error. */
static int add(msched__text_reader *in, msched__text_todo *todo, int64_t date,
               const msched__text_happened *item)
{
    char name[16];
    msched__text_dates *dates = &todo->dates;
    char *kept = msched__arena_alloc(&in->arena, 11, 1);
    if (kept == NULL) {
        in->failed = 1;
        return 0;
    }
    msched_occurrence o;
    msched_occurrence_init(&o, sizeof o);
    msched__date_write(date, name);
    o.date = name;
    o.state = item->state;
    o.started_s = item->started;
    o.ended_s = item->ended;
    if (item->state == MSCHED_STATE_STARTED && todo->left != MSCHED_UNSET) {
        o.state = MSCHED_STATE_PAUSED;
        o.left_s = todo->left;
    }
    for (uint32_t i = 0; i < dates->occurrence_count; i++) {
        const msched_occurrence *other = &dates->occurrences[i];
        if (strcmp(other->date, name) != 0)
            continue;
        if (other->state != MSCHED_STATE_STARTED || o.state != MSCHED_STATE_DONE ||
            o.started_s != MSCHED_UNSET) {
            refuse(in, todo, "duplicate_attribute", "keep one of them", MSCHED__OCCURRENCE_AGAIN);
            return 0;
        }
        o.started_s = other->started_s; /* "started:tue 16:00 done:tue 18:00" */
    }
    const char *problem = msched__occurrence_read(date, 1, &o, kept);
    if (problem != NULL) {
        refuse(in, todo, "bad_time", "change the times", problem);
        return 0;
    }
    dates->occurrence_count = msched__occurrence_insert(dates->occurrences, dates->occurrence_count,
                                                        &o);
    return 1;
}

/* The dates from `item->date` to `item->last`. 0 after an error. */
static int add_range(msched__text_reader *in, msched__text_todo *todo,
                     const msched__text_happened *item)
{
    const msched__text_moment from = {.date = item->date}, to = {.date = item->last};
    int64_t date, last;
    if (!msched__text_find_date(in, &from, todo->line, column_of(todo), &date) ||
        !msched__text_find_date(in, &to, todo->line, column_of(todo), &last))
        return 0;
    if (last < date || last - date >= MSCHED_PLAN_MAX_DAYS) {
        refuse(in, todo, "bad_date", "write the earlier date first",
               "what happened is for a range of dates that ends before it begins");
        return 0;
    }
    for (; date <= last; date++)
        if (!add(in, todo, date, item))
            return 0;
    return 1;
}

/* A range has at most MSCHED_PLAN_MAX_DAYS dates. */
static size_t room_for(const msched__text_dates *dates)
{
    size_t room = 0;
    for (uint32_t i = 0; i < dates->happened_count; i++) {
        const msched__text_happened *each = &dates->happened[i];
        int is_single = each->date.weekday == each->last.weekday &&
                        each->date.days == each->last.days;
        room += is_single ? 1 : MSCHED_PLAN_MAX_DAYS;
    }
    return room;
}

int msched__text_settle_happened(msched__text_reader *in, msched__text_todo *todo, int64_t first)
{
    msched__text_dates *dates = &todo->dates;
    int is_done = todo->state == MSCHED_STATE_DONE || todo->state == MSCHED_STATE_SKIPPED;
    int has_times = todo->started != MSCHED_UNSET || todo->ended != MSCHED_UNSET;
    if (todo->is_wrong || (!has_times && dates->happened_count == 0))
        return 1;
    if (in->days > 1 && dates->happened_count > 0 && is_done && (dates->each || dates->times > 1)) {
        msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, column_of(todo), MSCHED_OK,
                         "all_done", "remove the mark to plan the others",
                         "the mark at the start of the line is for all occurrences");
        return 1;
    }
    if (has_times && dates->happened_count == 0 && !date_times(in, todo, first))
        return 0;
    if (dates->happened_count == 0)
        return 1;
    todo->started = todo->ended = MSCHED_UNSET;
    todo->state = MSCHED_STATE_OPEN;
    dates->occurrences = msched__arena_alloc(&in->arena, room_for(dates),
                                             sizeof *dates->occurrences);
    if (dates->occurrences == NULL) {
        in->failed = 1;
        return 0;
    }
    for (uint32_t i = 0; i < dates->happened_count; i++)
        if (!add_range(in, todo, &dates->happened[i])) {
            todo->is_wrong = 1;
            return 0;
        }
    todo->left = MSCHED_UNSET;
    return 1;
}
