/*
 * Checks of a plan text that concern several lines: names, cycles, windows within the day, times
 * that clocks skip.
 */
#include "base/alloc.h"
#include "base/civil.h"
#include "plan/plan_cycle.h"
#include "plan/plan_identity.h"
#include "plan/text/plan_text.h"
#include "plan/text/text_unknown.h"

#include <stdio.h>
#include <string.h>

#define SONG_S 600 /* time for a song in the day that is offered for it; nearly all are shorter */

static void error_at(msched__text_reader *in, uint32_t line, uint32_t column, msched_result result,
                     const char *code, const char *repair, const char *message)
{
    msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, line, column, result, code, repair, "%s",
                     message);
}

static void check_duplicate_id(msched__text_reader *in, uint32_t index)
{
    const msched__text_todo *todo = &in->todos[index];
    for (uint32_t k = 0; k < index; k++)
        if (strcmp(in->todos[k].id, todo->id) == 0) {
            char message[300];
            snprintf(message, sizeof message, "line %u has the id \"%s\" too",
                     (unsigned)in->todos[k].line, todo->id);
            error_at(in, todo->line, todo->values.column[MSCHED__ATTR_ID], MSCHED_ERROR_CONFLICT,
                     "duplicate_id", "give each to-do its own id", message);
            return;
        }
}

/* Every to-do gets an id: its own, or its identity (plan_identity.h). */
static void name_todos(msched__text_reader *in)
{
    msched__identity *items = msched__arena_alloc(&in->arena, in->todo_count, sizeof *items);
    if (items == NULL) {
        in->failed = 1;
        return;
    }
    for (uint32_t i = 0; i < in->todo_count; i++) {
        if (in->todos[i].id[0] != '\0')
            check_duplicate_id(in, i);
        items[i] = (msched__identity){in->todos[i].title, in->todos[i].id};
    }
    in->failed |= !msched__plan_identify(&in->arena, items, in->todo_count);
    for (uint32_t i = 0; i < in->todo_count && !in->failed; i++) {
        in->todos[i].has_id = in->todos[i].id[0] != '\0';
        in->todos[i].id = items[i].id;
    }
}

static const char *slug_of(msched__text_reader *in, const char *text, size_t size)
{
    const char *slug = msched__plan_slug(&in->arena, text, size);
    in->failed |= slug == NULL;
    return slug == NULL ? "" : slug;
}

static int has_name(const msched__text_todo *todo, msched__slice name)
{
    return strlen(todo->id) == name.size && memcmp(todo->id, name.data, name.size) == 0;
}

/*
 * The to-do of a name: by a given id, by its title if only one has it, or as "gym~2". UINT32_MAX:
 * none.
 */
static uint32_t find_todo(msched__text_reader *in, const char **slugs, msched__slice name)
{
    for (uint32_t i = 0; i < in->todo_count; i++)
        if (in->todos[i].has_id && has_name(&in->todos[i], name))
            return i;
    const char *slug = slug_of(in, name.data, name.size);
    uint32_t found = UINT32_MAX;
    for (uint32_t i = 0; i < in->todo_count && !in->failed; i++) {
        if (slugs[i] == NULL)
            slugs[i] = slug_of(in, in->todos[i].title, strlen(in->todos[i].title));
        if (strcmp(slugs[i], slug) != 0)
            continue;
        if (found != UINT32_MAX)
            return UINT32_MAX;
        found = i;
    }
    for (uint32_t i = 0;
         found == UINT32_MAX && memchr(name.data, '~', name.size) != NULL && i < in->todo_count;
         i++)
        if (has_name(&in->todos[i], name))
            found = i;
    return found;
}

/* The to-dos in `list`, an attribute of to-do `index`. */
static void link_names(msched__text_reader *in, const char **slugs, uint32_t index,
                       enum msched__attr_kind kind, msched__text_names *out)
{
    const msched__text_todo *todo = &in->todos[index];
    msched__slice list = kind == MSCHED__ATTR_AFTER ? todo->values.after : todo->values.before;
    uint32_t column = todo->values.column[kind], count = 1;
    if (column == 0)
        return;
    for (size_t i = 0; i < list.size; i++)
        count += list.data[i] == ',';
    out->index = msched__arena_alloc(&in->arena, count, sizeof *out->index);
    out->ids = msched__arena_alloc(&in->arena, count, sizeof *out->ids);
    if (out->index == NULL || out->ids == NULL) {
        in->failed = 1;
        return;
    }
    while (list.size > 0 && !in->failed) {
        const char *comma = memchr(list.data, ',', list.size);
        msched__slice name = {list.data, comma == NULL ? list.size : (size_t)(comma - list.data)};
        list = comma == NULL ? (msched__slice){list.data, 0}
                             : (msched__slice){comma + 1, list.size - name.size - 1};
        uint32_t found = find_todo(in, slugs, name);
        if (found == UINT32_MAX) {
            msched__text_unknown_todo(in, todo->line, column, todo->values.text[kind], name);
        } else if (found == index) {
            error_at(in, todo->line, column, MSCHED_ERROR_CONFLICT, "cycle", "name another to-do",
                     kind == MSCHED__ATTR_AFTER ? "the to-do is after itself"
                                                : "the to-do is before itself");
        } else {
            out->index[out->count] = found;
            out->ids[out->count++] = in->todos[found].id;
        }
    }
}

static int names_todo(const msched__text_names *names, uint32_t todo)
{
    for (uint32_t k = 0; k < names->count; k++)
        if (names->index[k] == todo)
            return 1;
    return 0;
}

/* The predecessors of each to-do: its own `after`, and to-dos that are `before` it. */
static void make_edges(msched__text_reader *in, msched__plan_todo *edges)
{
    uint32_t named = 0; /* the to-dos below this one come before others */
    for (uint32_t i = 0; i < in->todo_count; i++)
        named = in->todos[i].before.count > 0 ? i + 1 : named;
    for (uint32_t i = 0; i < in->todo_count && !in->failed; i++) {
        const msched__text_todo *todo = &in->todos[i];
        uint32_t count = todo->after.count;
        for (uint32_t k = 0; k < named; k++)
            count += names_todo(&in->todos[k].before, i);
        uint32_t *after = msched__arena_alloc(&in->arena, count, sizeof *after);
        in->failed |= after == NULL;
        if (in->failed)
            return;
        for (uint32_t k = 0; k < todo->after.count; k++)
            after[edges[i].after_count++] = todo->after.index[k];
        for (uint32_t k = 0; k < named; k++)
            if (names_todo(&in->todos[k].before, i))
                after[edges[i].after_count++] = k;
        edges[i].after = after;
    }
}

/* A to-do of a cycle whose own line contributes to it. */
static const msched__text_todo *blamed(const msched__text_reader *in, const uint32_t *cycle,
                                       uint32_t count, uint32_t *column)
{
    const msched__text_todo *todo = &in->todos[cycle[0]];
    for (uint32_t k = 0; k < count; k++) {
        todo = &in->todos[cycle[k]];
        *column = todo->values.column[MSCHED__ATTR_AFTER];
        if (*column == 0)
            *column = todo->values.column[MSCHED__ATTR_BEFORE];
        if (*column != 0)
            return todo;
    }
    return todo;
}

/* Report one cycle and break it. 0: there is none. */
static int check_cycle(msched__text_reader *in, msched__plan_todo *edges)
{
    uint32_t *cycle = msched__alloc_array(&in->memory, in->todo_count + 1u, sizeof *cycle),
             count = 0;
    if (cycle == NULL || !msched__plan_cycle(&in->memory, edges, in->todo_count, cycle, &count))
        in->failed = 1;
    if (count == 0) {
        msched__free(&in->memory, cycle);
        return 0;
    }
    char message[300] = "";
    size_t used = 0;
    for (uint32_t k = 0; k <= count && used < sizeof message; k++)
        used += (size_t)snprintf(message + used, sizeof message - used, "%s%s",
                                 k == 0 ? "" : " after ", in->todos[cycle[k % count]].id);
    uint32_t column = 0;
    const msched__text_todo *todo = blamed(in, cycle, count, &column);
    error_at(in, todo->line, column, MSCHED_ERROR_CONFLICT, "cycle",
             todo->values.column[MSCHED__ATTR_AFTER] != 0
                 ? "remove one of these after: attributes"
                 : "remove one of these before: attributes",
             message);
    edges[cycle[0]].after_count = 0;
    msched__free(&in->memory, cycle);
    return !in->failed;
}

static void link_fill(msched__text_reader *in, const char **slugs, msched__text_fill_line *fill)
{
    if (fill->during_column == 0)
        return;
    uint32_t found = find_todo(in, slugs, fill->during);
    if (found == UINT32_MAX && fill->is_name_only) {
        error_at(in, fill->line, fill->during_column, MSCHED_ERROR_NOT_FOUND, "unknown_id",
                 "write a length and a genre (fill: 1h pop), or the title of one to-do",
                 "a fill without a length needs the name of exactly one to-do");
        return;
    }
    if (found == UINT32_MAX) {
        msched__text_unknown_todo(in, fill->line, fill->during_column, fill->during_text,
                                  fill->during);
        return;
    }
    fill->during_id = in->todos[found].id;
    fill->during_index = found;
}

static void link_all(msched__text_reader *in)
{
    if (in->todo_count == 0 && in->song_count == 0 && in->fill_count == 0)
        return;
    const char **slugs = msched__alloc_zero(&in->memory, in->todo_count, sizeof *slugs);
    msched__plan_todo *edges = msched__alloc_zero(&in->memory, in->todo_count, sizeof *edges);
    if (slugs == NULL || edges == NULL) {
        in->failed = 1;
    } else {
        for (uint32_t i = 0; i < in->todo_count && !in->failed; i++) {
            link_names(in, slugs, i, MSCHED__ATTR_AFTER, &in->todos[i].after);
            link_names(in, slugs, i, MSCHED__ATTR_BEFORE, &in->todos[i].before);
        }
        make_edges(in, edges);
        for (uint32_t i = 0; i < in->song_count && !in->failed; i++) {
            msched__text_song *song = &in->songs[i];
            if (song->values.column[MSCHED__ATTR_DURING] == 0)
                continue;
            uint32_t found = find_todo(in, slugs, song->values.during);
            if (found == UINT32_MAX) {
                msched__text_unknown_todo(in, song->line, song->values.column[MSCHED__ATTR_DURING],
                                          song->values.text[MSCHED__ATTR_DURING],
                                          song->values.during);
            } else {
                song->during = in->todos[found].id;
                song->during_index = found;
            }
        }
        for (uint32_t i = 0; i < in->fill_count && !in->failed; i++)
            link_fill(in, slugs, &in->fills[i]);
        for (int more = !in->failed; more;)
            more = check_cycle(in, edges);
    }
    msched__free(&in->memory, slugs);
    msched__free(&in->memory, edges);
}

static uint32_t first_column(const msched__text_values *v)
{
    static const enum msched__attr_kind kinds[] = {MSCHED__ATTR_EARLIEST, MSCHED__ATTR_LATEST,
                                                   MSCHED__ATTR_DAYPART,  MSCHED__ATTR_RANGE,
                                                   MSCHED__ATTR_AT,       MSCHED__ATTR_BETWEEN};
    uint32_t column = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (v->column[kinds[i]] != 0 && (column == 0 || v->column[kinds[i]] < column))
            column = v->column[kinds[i]];
    if (column == 0 && v->second[MSCHED__ATTR_DUE_AT] != MSCHED_UNSET)
        column = v->column[MSCHED__ATTR_DUE_AT];
    return column;
}

static void outside_day(msched__text_reader *in, uint32_t line, uint32_t column)
{
    char message[160];
    int start = (int)msched__plain_time(in->day.start_s),
        end = (int)msched__plain_time(in->day.end_s);
    snprintf(message, sizeof message, "this is outside the day, %02d:%02d-%02d:%02d", start / 3600,
             start / 60 % 60, end / 3600, end / 60 % 60);
    error_at(in, line, column, MSCHED_ERROR_VALUE, "outside_day",
             "change the time, or change the day with day: 06:30-23:00", message);
}

/*
 * Offer a day that has the window [start, end) in clock times, too: as little longer as possible,
 * and to midnight or the next noon, which is also enough for what comes later.
 */
static void offer_day(msched__text_reader *in, int32_t start, int32_t end)
{
    const int32_t from = msched__plain_time(in->day.start_s),
                  to = msched__plain_time(in->day.end_s);
    const int32_t first = start < from ? start / 60 * 60 : from,
                  last = end > to ? (end + 59) / 60 * 60 : to;
    const int32_t midnight = last < 24 * 3600 ? 24 * 3600 : MSCHED_DAY_END_S;
    const int32_t days[2][2] = {{first, last},
                                {first == from ? from : 0, last == to ? to : midnight}};
    char texts[2][40];
    if (start < 0 || end > MSCHED_DAY_END_S || in->days > 1 ||
        (in->setting_line[0] != 0 && in->day_column == 0))
        return;
    for (int i = 0; i < 2; i++)
        snprintf(texts[i], sizeof texts[i],
                 in->setting_line[0] == 0 ? "day: %02d:%02d-%02d:%02d\n" : "%02d:%02d-%02d:%02d",
                 days[i][0] / 3600 % 100, days[i][0] / 60 % 60, days[i][1] / 3600 % 100,
                 days[i][1] / 60 % 60);
    const char *const offered[] = {texts[0], texts[1]};
    const uint32_t count = strcmp(texts[0], texts[1]) == 0 ? 1 : 2;
    if (in->setting_line[0] == 0)
        msched__diag_edit(in->diag, in->front_matter + 1, 1, 1, offered, count);
    else
        msched__diag_edit(in->diag, in->day_line, in->day_column, in->day_end_column, offered,
                          count);
}

/*
 * As outside_day; a time before the day begins may mean the night after it. `late`: a clock time
 * after which nothing can be.
 */
static void before_day(msched__text_reader *in, uint32_t line, uint32_t column, int32_t late)
{
    char message[160], repair[240];
    int start = (int)msched__plain_time(in->day.start_s), at = (int)msched__plain_time(late);
    int next = at + 86400;
    if (at > start || next > (int)MSCHED_DAY_END_S ||
        next <= (int)msched__plain_time(in->day.end_s)) {
        outside_day(in, line, column);
        return;
    }
    snprintf(message, sizeof message, "%02d:%02d is %s the day begins, at %02d:%02d", at / 3600,
             at / 60 % 60, at < start ? "before" : "not after", start / 3600, start / 60 % 60);
    snprintf(repair, sizeof repair,
             "for the following night, write %02d:%02d and extend the day with day: "
             "%02d:%02d-%02d:%02d; or start the day earlier",
             next / 3600, next / 60 % 60, start / 3600, start / 60 % 60, next / 3600,
             next / 60 % 60);
    error_at(in, line, column, MSCHED_ERROR_VALUE, "outside_day", repair, message);
}

/*
 * Convert clock times to real seconds, and clip the window to the day; empty: end <= start. 1 if
 * the given window ends before it begins.
 */
static int cut_to_day(const msched__text_reader *in, int32_t *start, int32_t *end)
{
    int32_t day_start = msched__axis_real(&in->axis, in->day.start_s),
            day_end = msched__axis_real(&in->axis, in->day.end_s);
    *start = msched__axis_real(&in->axis, *start);
    *end = msched__axis_real(&in->axis, *end);
    int backwards = *start != MSCHED_UNSET && *end != MSCHED_UNSET && *end <= *start;
    if (*start == MSCHED_UNSET || *start < day_start)
        *start = day_start;
    if (*end == MSCHED_UNSET || *end > day_end)
        *end = day_end;
    return backwards;
}

/* Pieces of a task may be on several dates. */
static int may_be_on_several(const msched__text_reader *in, const msched__text_todo *todo)
{
    return in->days > 1 && todo->values.value[MSCHED__ATTR_SPLIT] > 0;
}

/* The day that has room for `length_s` within a window that the day cuts off. */
static void offer_longer_day(msched__text_reader *in, int32_t earliest, int32_t latest,
                             int32_t length_s)
{
    const int32_t from = msched__plain_time(in->day.start_s),
                  to = msched__plain_time(in->day.end_s);
    const int32_t start = earliest == MSCHED_UNSET ? 0 : msched__plain_time(earliest);
    const int32_t end = latest == MSCHED_UNSET ? MSCHED_DAY_END_S : msched__plain_time(latest);
    if (end - start < length_s)
        return; /* the window itself is too short on any day */
    if (earliest != MSCHED_UNSET && start + length_s > to)
        offer_day(in, start < from ? start : from, start + length_s);
    else if (latest != MSCHED_UNSET && end - length_s < from)
        offer_day(in, end - length_s, end > to ? end : to);
}

static void check_todo_window(msched__text_reader *in, const msched__text_todo *todo)
{
    uint32_t column = first_column(&todo->values);
    if (todo->is_wrong || todo->is_event || column == 0)
        return;
    int32_t start = todo->earliest, end = todo->latest;
    const int backwards = cut_to_day(in, &start, &end);
    const uint32_t said = in->diag->count;
    if (end <= start && !backwards && todo->latest != MSCHED_UNSET) {
        before_day(in, todo->line, column, todo->latest);
    } else if (end <= start && !backwards) {
        outside_day(in, todo->line, column);
    } else if (backwards || (end - start < todo->duration && !may_be_on_several(in, todo))) {
        char message[160];
        snprintf(message, sizeof message, "needs %d min, but the window has %d",
                 (int)(todo->duration + 59) / 60, backwards ? 0 : (int)(end - start) / 60);
        error_at(in, todo->line, column, MSCHED_ERROR_VALUE, "window_too_short",
                 "widen the window, or write a shorter length", message);
    }
    if (in->diag->count > said && !backwards)
        offer_longer_day(in, todo->earliest, todo->latest, todo->duration);
}

/* Where a song may play, from its attributes. */
static void check_song_window(msched__text_reader *in, const msched__text_song *song)
{
    const msched__text_values *v = &song->values;
    const uint32_t column = first_column(v), said = in->diag->count;
    if (song->is_wrong || column == 0)
        return;
    int32_t start, end;
    if (v->column[MSCHED__ATTR_AT] != 0) {
        start = msched__axis_real(&in->axis, v->value[MSCHED__ATTR_AT]);
        if (start < msched__axis_real(&in->axis, in->day.start_s) ||
            start >= msched__axis_real(&in->axis, in->day.end_s))
            before_day(in, song->line, column, v->value[MSCHED__ATTR_AT]);
        if (in->diag->count > said)
            offer_longer_day(in, v->value[MSCHED__ATTR_AT], v->value[MSCHED__ATTR_AT] + SONG_S,
                             SONG_S);
        return;
    }
    msched__text_song_window(v, &start, &end);
    if (msched__plain_time(end) > MSCHED_DAY_END_S) {
        outside_day(in, song->line, column);
        return;
    }
    const int32_t early = start, late = end;
    const int backwards = cut_to_day(in, &start, &end);
    if (backwards)
        error_at(in, song->line, column, MSCHED_ERROR_VALUE, "window_too_short", "widen the window",
                 "the window ends before it begins");
    else if (end <= start && late != MSCHED_UNSET)
        before_day(in, song->line, column, late);
    else if (end <= start)
        outside_day(in, song->line, column);
    if (in->diag->count > said && !backwards)
        offer_longer_day(in, early, late, SONG_S);
}

void msched__text_song_window(const msched__text_values *v, int32_t *start, int32_t *end)
{
    static const enum msched__attr_kind both[] = {MSCHED__ATTR_RANGE, MSCHED__ATTR_DAYPART};
    *start = v->column[MSCHED__ATTR_EARLIEST] != 0 ? v->value[MSCHED__ATTR_EARLIEST] : MSCHED_UNSET;
    *end = v->column[MSCHED__ATTR_LATEST] != 0 ? v->value[MSCHED__ATTR_LATEST] : MSCHED_UNSET;
    for (size_t i = 0; i < 2; i++)
        if (v->column[both[i]] != 0) {
            if (v->value[both[i]] > *start)
                *start = v->value[both[i]];
            if (*end == MSCHED_UNSET || v->second[both[i]] < *end)
                *end = v->second[both[i]];
        }
}

static void check_fill_window(msched__text_reader *in, msched__text_fill_line *fill)
{
    const int is_open = fill->rules.fill_between_start_s == MSCHED_UNSET ||
                        fill->rules.fill_between_end_s == MSCHED_UNSET;
    int32_t start = fill->rules.fill_between_start_s, end = fill->rules.fill_between_end_s;
    if (start == MSCHED_UNSET && end == MSCHED_UNSET)
        return;
    start = start == MSCHED_UNSET ? in->day.start_s : start; /* "before 9:00" */
    end = end == MSCHED_UNSET ? in->day.end_s : end;
    cut_to_day(in, &start, &end);
    if (end > start)
        return;
    outside_day(in, fill->line, 1);
    fill->is_wrong |= is_open; /* the day would give it an end before its start */
}

static void leave_out(msched__text_reader *in, msched__text_todo *todo)
{
    char when[40] = "next week";
    if (todo->date_days > 0) {
        memcpy(when, "on ", 3);
        msched__date_write(todo->date_days, when + 3);
    }
    todo->is_wrong = 1;
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, todo->date_column, MSCHED_OK,
                     "other_date", "write days: 7 at the top to plan a week",
                     "left out: it is %s, but the plan covers only %s", when, in->day.date);
}

/* "apart:2d", "max:2h/day": they need several days. */
static void tell_spread(msched__text_reader *in, const msched__text_todo *todo)
{
    static const enum msched__attr_kind kinds[] = {MSCHED__ATTR_APART, MSCHED__ATTR_MAX_DAY,
                                                   MSCHED__ATTR_STARTED_ON, MSCHED__ATTR_DONE_ON,
                                                   MSCHED__ATTR_SKIPPED_ON};
    const msched__text_values *v = &todo->values;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (v->column[kinds[i]] != 0 && !todo->is_wrong)
            msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, v->column[kinds[i]],
                             MSCHED_OK, "needs_days", "write days: 7 at the top to plan a week",
                             "\"%.*s\" has no effect in a plan of one day",
                             msched__attr_shown(v->text[kinds[i]].size), v->text[kinds[i]].data);
}

/*
 * A repeat that a plan of one day does not use; a to-do of another date, and a task that starts on
 * a later day, are left out.
 */
static void tell_dates(msched__text_reader *in)
{
    msched__date date;
    if (in->day.date == NULL || !msched__date_parse(in->day.date, 10, &date))
        return;
    int64_t today = msched__date_to_days(date);
    for (uint32_t i = 0; i < in->todo_count; i++) {
        msched__text_todo *todo = &in->todos[i];
        const msched__text_values *v = &todo->values;
        msched__slice text = todo->date_text;
        if (v->column[MSCHED__ATTR_FROM_DAY] != 0 && v->value[MSCHED__ATTR_FROM_DAY] > today &&
            !todo->is_wrong) {
            todo->is_wrong = 1;
            msched__diag_add(in->diag, MSCHED_SEVERITY_NOTE, todo->line,
                             v->column[MSCHED__ATTR_FROM_DAY], MSCHED_OK, "not_yet", "",
                             "left out: it starts after this day, %s", in->day.date);
        }
        if (v->column[MSCHED__ATTR_DUE] != 0 && v->value[MSCHED__ATTR_DUE] < today)
            msched__diag_add(in->diag, MSCHED_SEVERITY_NOTE, todo->line,
                             v->column[MSCHED__ATTR_DUE], MSCHED_OK, "overdue", "",
                             "it was due before this day, %s", in->day.date);
        tell_spread(in, todo);
        if (todo->date_column == 0 || todo->date_days == today)
            continue;
        if ((todo->date_days > 0 || todo->date_days == MSCHED__NEXT_WEEK) && !todo->is_wrong) {
            leave_out(in, todo);
            continue;
        }
        const char *mark = text.size > 0 ? "\"" : ""; /* several words were written for one */
        if (text.size == 0)
            text = (msched__slice){"the repeat", 10};
        msched__diag_add(in->diag, MSCHED_SEVERITY_NOTE, todo->line, todo->date_column, MSCHED_OK,
                         "date_ignored", "quote the title to keep it there",
                         "%s%.*s%s is ignored: the plan covers only %s", mark,
                         (int)(text.size > 60 ? 60 : text.size), text.data, mark, in->day.date);
    }
}

void msched__text_check(msched__text_reader *in)
{
    const msched_day usual = in->day;
    msched__text_resolve(in);
    if (!in->failed && in->days == 0) /* each date of a span has its own clock changes */
        msched__text_load_axis(in);
    msched__text_convert_zones(in);
    if (in->days == 0)
        tell_dates(in);
    msched__text_take_thens(in);
    msched__text_take_orders(in);
    msched__text_settle_thens(in);
    name_todos(in);
    if (!in->failed)
        link_all(in);
    if (!in->failed)
        msched__text_check_dates(in);
    if (in->failed)
        return;
    msched__text_widen_day(in);
    for (uint32_t i = 0; i < in->todo_count; i++)
        check_todo_window(in, &in->todos[i]);
    for (uint32_t i = 0; i < in->song_count; i++)
        check_song_window(in, &in->songs[i]);
    for (uint32_t i = 0; i < in->fill_count; i++)
        check_fill_window(in, &in->fills[i]);
    in->day = usual;
    if (in->days > 0)
        msched__text_load_axis(in);
    for (uint32_t i = 0; i < in->todo_count; i++)
        msched__text_check_clock(in, &in->todos[i].values, in->todos[i].line,
                                 msched__text_dates_of(in, &in->todos[i].dates.on));
    for (uint32_t i = 0; i < in->song_count; i++)
        msched__text_check_clock(in, &in->songs[i].values, in->songs[i].line,
                                 msched__text_dates_of(in, &in->songs[i].dates.on));
}
