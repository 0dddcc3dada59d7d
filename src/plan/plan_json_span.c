/* Plans of several dates in JSON: which dates, and what may be on them. */
#include "plan/plan_json_span.h"

#include "base/alloc.h"
#include "base/civil.h"

#include <string.h>

typedef msched__json_reader reader;
typedef msched__json_node node;

#define DAY_S         86400
#define ALL_DATES     0x7fffffffu
#define NAMES_MAX     64
#define EXCEPTION_MAX 64
/* A moment farther from the plan is as good as this far. */
#define FAR_DAYS 400

static const char *const weekdays[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

/* The dates of the span that a name means, as bits; *known 0: it is no name of a date. */
static uint32_t dates_of(const msched_plan *plan, uint32_t days, const char *name, int *known)
{
    uint32_t bits = 0;
    msched__date date;
    *known = 1;
    for (unsigned w = 0; w < 7; w++) {
        if (strcmp(name, weekdays[w]) != 0)
            continue;
        for (uint32_t d = 0; d < days; d++)
            bits |= (uint32_t)(msched__days_weekday(plan->date_days + d) == w) << d;
        return bits;
    }
    *known = strlen(name) == 10 && msched__date_parse(name, 10, &date);
    int64_t at = *known ? msched__date_to_days(date) - plan->date_days : -1;
    return at >= 0 && at < days ? 1u << at : 0;
}

static msched_result refuse_without_days(reader *in, const node *member)
{
    return msched__json_fail(member, MSCHED_ERROR_VALUE, in->err,
                             "\"%s\" is for plans of several days: write \"days\" as well",
                             member->key);
}

/* "on": names of weekdays and dates; *dates gets what they mean, all where it is not there. */
static msched_result read_on(reader *in, const node *member, msched__span_names *out,
                             uint32_t *dates)
{
    *out = (msched__span_names){NULL, 0};
    *dates = ALL_DATES >> (31 - in->span->days);
    if (member->value == NULL)
        return MSCHED_OK;
    msched_plan *plan = in->builder->plan;
    msched_result result = msched__json_array(member, NAMES_MAX, in->err);
    if (result != MSCHED_OK)
        return result;
    size_t count = msched__json_count(member);
    const char **names = msched__arena_alloc(&plan->arena, count, sizeof *names);
    if (names == NULL)
        return msched__fail_memory(in->err);
    *dates = 0;
    node item;
    int more = msched__json_first(member, &item), known = 1;
    for (size_t i = 0; more; i++, more = msched__json_next(&item)) {
        const char *name = "";
        if ((result = msched__json_string(&item, &name, in->err)) != MSCHED_OK)
            return result;
        *dates |= dates_of(plan, in->span->days, name, &known);
        if (!known)
            return msched__json_fail(&item, MSCHED_ERROR_VALUE, in->err,
                                     "\"%.40s\" is no date: write mon, tue, wed, thu, fri, sat, "
                                     "sun or YYYY-MM-DD",
                                     name);
        if ((names[i] = msched__arena_copy(&plan->arena, name, strlen(name))) == NULL)
            return msched__fail_memory(in->err);
    }
    *out = (msched__span_names){names, (uint32_t)count};
    return MSCHED_OK;
}

/* "2026-11-27T17:00" or "2026-11-27", in seconds from midnight of the first date. */
static msched_result read_moment(reader *in, const node *member, int32_t *out)
{
    const char *text = "";
    msched__date date;
    int32_t time = 0;
    if (member->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_string(member, &text, in->err);
    if (result != MSCHED_OK)
        return result;
    size_t size = strlen(text);
    if (size < 10 || !msched__date_parse(text, 10, &date) ||
        (size > 10 && (text[10] != 'T' || !msched__time_parse(text + 11, size - 11, &time))))
        return msched__json_fail(member, MSCHED_ERROR_VALUE, in->err,
                                 "\"%.40s\" is no moment: write YYYY-MM-DDTHH:MM", text);
    int64_t days = msched__date_to_days(date) - in->builder->plan->date_days;
    days = days > FAR_DAYS ? FAR_DAYS : days < -FAR_DAYS ? -FAR_DAYS : days;
    *out = (int32_t)days * DAY_S + msched__plain_time(time);
    return MSCHED_OK;
}

/* "each", or a number of occurrences; *times stays where it is not there. */
static msched_result read_times(reader *in, const node *member, uint32_t most, uint32_t *times,
                                uint8_t *each)
{
    const char *word = "";
    if (member->value == NULL || member->value->type != MSCHED__JSON_STRING)
        return msched__plan_read_uint(member, 1, most, times, in->err);
    msched_result result = msched__json_string(member, &word, in->err);
    if (result != MSCHED_OK)
        return result;
    if (strcmp(word, "each") != 0)
        return msched__json_fail(member, MSCHED_ERROR_VALUE, in->err,
                                 "must be a number, or \"each\" for one on every date");
    *each = 1;
    return MSCHED_OK;
}

static void set_windows(msched__plan_span *span, uint32_t dates, const msched__span_exception *x,
                        const msched_day *day)
{
    for (uint32_t d = 0; d < span->days; d++) {
        if ((dates >> d & 1) == 0)
            continue;
        span->start_s[d] = x->off ? 0 : x->start_s == MSCHED_UNSET ? day->start_s : x->start_s;
        span->end_s[d] = x->off ? 0 : x->end_s == MSCHED_UNSET ? day->end_s : x->end_s;
    }
}

static msched_result read_exception(reader *in, const node *object, const msched_day *day,
                                    msched__span_exception *out)
{
    enum { ON, START, END, OFF, KEYS };
    static const char *const keys[KEYS + 1] = {"on", "start", "end", "off", NULL};
    node members[KEYS];
    uint32_t dates, off = 0;
    *out = (msched__span_exception){.start_s = MSCHED_UNSET, .end_s = MSCHED_UNSET};
    msched_result result = msched__json_object(object, keys, members, in->err);
    if (result == MSCHED_OK && members[ON].value == NULL)
        return msched__json_fail(object, MSCHED_ERROR_VALUE, in->err,
                                 "needs \"on\": the dates that are different");
    if (result == MSCHED_OK)
        result = read_on(in, &members[ON], &out->on, &dates);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[START], &out->start_s, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[END], &out->end_s, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_bool(&members[OFF], &off, in->err);
    if (result != MSCHED_OK)
        return result;
    out->off = (uint8_t)off;
    int32_t start = out->start_s == MSCHED_UNSET ? day->start_s : out->start_s,
            end = out->end_s == MSCHED_UNSET ? day->end_s : out->end_s;
    if (!off && msched__plain_time(start) >= msched__plain_time(end))
        return msched__json_fail(object, MSCHED_ERROR_VALUE, in->err,
                                 "must start before it ends: times after midnight count on, 01:30 "
                                 "is 25:30");
    set_windows(in->span, dates, out, day);
    return MSCHED_OK;
}

static msched_result read_windows(reader *in, const node *exceptions, const msched_day *day)
{
    msched__plan_span *span = in->span;
    const msched__span_exception usual = {.start_s = day->start_s, .end_s = day->end_s};
    set_windows(span, ALL_DATES, &usual, day);
    if (exceptions->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_array(exceptions, EXCEPTION_MAX, in->err);
    if (result != MSCHED_OK)
        return result;
    size_t count = msched__json_count(exceptions);
    msched__span_exception *list = msched__arena_alloc(&in->builder->plan->arena, count,
                                                       sizeof *list);
    if (list == NULL)
        return msched__fail_memory(in->err);
    node item;
    int more = msched__json_first(exceptions, &item);
    for (size_t i = 0; result == MSCHED_OK && more; i++, more = msched__json_next(&item))
        result = read_exception(in, &item, day, &list[i]);
    span->exceptions = list;
    span->exception_count = (uint32_t)count;
    return result;
}

static msched_result check_windows(reader *in, const node *root)
{
    const msched__plan_span *span = in->span;
    for (uint32_t d = 1; d < span->days; d++)
        if (span->end_s[d] > 0 &&
            msched__plain_time(span->end_s[d - 1]) - DAY_S > msched__plain_time(span->start_s[d]))
            return msched__json_fail(root, MSCHED_ERROR_VALUE, in->err,
                                     "the window of date %u of the plan begins before that of the "
                                     "date before ends: let one of them be shorter",
                                     (unsigned)d + 1);
    return MSCHED_OK;
}

/* 1 where the member is there in a plan of one day. */
static int is_misplaced(const reader *in, const node *member)
{
    return in->span == NULL && member->value != NULL;
}

msched_result msched__read_span(reader *in, const msched__span_nodes *nodes, const msched_day *day)
{
    if (nodes->days->value == NULL)
        return is_misplaced(in, nodes->max_tasks)    ? refuse_without_days(in, nodes->max_tasks)
               : is_misplaced(in, nodes->exceptions) ? refuse_without_days(in, nodes->exceptions)
                                                     : MSCHED_OK;
    msched_plan *plan = in->builder->plan;
    msched__plan_span *span = msched__arena_alloc(&plan->arena, 1, sizeof *span);
    size_t todos = nodes->todos->value == NULL ? 0 : nodes->todos->value->count,
           songs = nodes->songs->value == NULL ? 0 : nodes->songs->value->count;
    if (span == NULL)
        return msched__fail_memory(in->err);
    *span = (msched__plan_span){.max_tasks_s = MSCHED_UNSET, .now_s = MSCHED_UNSET};
    msched_result result = msched__plan_read_uint(nodes->days, 1, MSCHED_PLAN_MAX_DAYS, &span->days,
                                                  in->err);
    if (result != MSCHED_OK)
        return result;
    span->todos = msched__arena_alloc(&plan->arena, todos, sizeof *span->todos);
    span->songs = msched__arena_alloc(&plan->arena, songs, sizeof *span->songs);
    if (span->todos == NULL || span->songs == NULL)
        return msched__fail_memory(in->err);
    in->span = span;
    span->fill_dates = ALL_DATES >> (31 - span->days);
    /* to-dos and songs are templates: clocks change on dates of their own */
    plan->axis = (msched__axis){0};
    plan->axis_end_s = MSCHED_DAY_END_S;
    plan->day_start_s = msched__plain_time(day->start_s);
    plan->day_end_s = msched__plain_time(day->end_s);
    if (nodes->now->value != NULL)
        result = nodes->now->value->type == MSCHED__JSON_STRING &&
                         strchr(nodes->now->value->string, 'T') != NULL
                     ? read_moment(in, nodes->now, &span->now_s)
                     : msched__plan_read_time(nodes->now, &span->now_s, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(nodes->max_tasks, 0, MSCHED_DAY_END_S, &span->max_tasks_s,
                                       in->err);
    if (result == MSCHED_OK)
        result = read_windows(in, nodes->exceptions, day);
    if (result == MSCHED_OK)
        result = check_windows(in, nodes->root);
    plan->span = span;
    return result;
}

enum { ON, TIMES, APART, RELEASE, DUE, MAX_PER_DAY };

/* "before" is kept here: it is of events, whose dates the builder does not know. */
static msched_result take_before(reader *in, msched_todo *todo, msched__span_item *item)
{
    msched_plan *plan = in->builder->plan;
    const char **kept = msched__arena_alloc(&plan->arena, todo->before_count, sizeof *kept);
    for (uint32_t i = 0; kept != NULL && i < todo->before_count; i++)
        if ((kept[i] = msched__arena_copy(&plan->arena, todo->before[i],
                                          strlen(todo->before[i]))) == NULL)
            kept = NULL;
    if (kept == NULL)
        return msched__fail_memory(in->err);
    item->before = (msched__span_names){kept, todo->before_count};
    todo->before = NULL;
    todo->before_count = 0;
    return MSCHED_OK;
}

static msched_result check_item(reader *in, const node *object, const msched_todo *todo,
                                const msched__span_item *item)
{
    const char *text = NULL;
    int event = todo->kind == MSCHED_TODO_EVENT, many = item->each || item->times > 1;
    if (todo->state != MSCHED_STATE_OPEN)
        text = "\"state\" is not known in plans of several days yet";
    else if (event && item->on.count == 0 && in->span->days > 1)
        text = "an event needs \"on\": which date it is on is never guessed";
    else if (event && (many || item->apart_days > 1 || item->release_s != MSCHED_UNSET ||
                       item->due_s != MSCHED_UNSET || item->max_per_day_s != MSCHED_UNSET ||
                       item->before.count > 0))
        text = "an event stands at its times on each of its dates: leave out times, apart_days, "
               "release, due, max_per_day_s and before";
    else if (item->apart_days > 1 && !many)
        text = "\"apart_days\" needs \"times\" as well";
    else if (item->each && item->apart_days > 1)
        text = "\"apart_days\" cannot go with one on each date: write a number as \"times\"";
    else if (item->max_per_day_s != MSCHED_UNSET && item->max_per_day_s < todo->duration_s &&
             (many || todo->split_min_s == 0))
        text = "\"max_per_day_s\" is less than the task takes: give split_min_s and no \"times\"";
    else if (item->max_per_day_s != MSCHED_UNSET && item->max_per_day_s < todo->split_min_s)
        text = "\"max_per_day_s\" is less than split_min_s";
    return text == NULL ? MSCHED_OK
                        : msched__json_fail(object, MSCHED_ERROR_VALUE, in->err, "%s", text);
}

msched_result msched__read_span_todo(reader *in, const node *object, const node *members,
                                     msched_todo *todo)
{
    for (int i = 0; i < MSCHED__SPAN_TODO_KEYS; i++)
        if (is_misplaced(in, &members[i]))
            return refuse_without_days(in, &members[i]);
    if (in->span == NULL)
        return MSCHED_OK;
    msched__span_item *item = &in->span->todos[in->span->todo_count];
    *item = (msched__span_item){.times = 1,
                                .apart_days = 1,
                                .release_s = MSCHED_UNSET,
                                .due_s = MSCHED_UNSET,
                                .max_per_day_s = MSCHED_UNSET};
    msched_result result = read_on(in, &members[ON], &item->on, &item->dates);
    if (result == MSCHED_OK)
        result = read_times(in, &members[TIMES], MSCHED_PLAN_MAX_DAYS, &item->times, &item->each);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(&members[APART], 1, MSCHED_PLAN_MAX_DAYS, &item->apart_days,
                                       in->err);
    if (result == MSCHED_OK)
        result = read_moment(in, &members[RELEASE], &item->release_s);
    if (result == MSCHED_OK)
        result = read_moment(in, &members[DUE], &item->due_s);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(&members[MAX_PER_DAY], 1, MSCHED_DAY_END_S,
                                       &item->max_per_day_s, in->err);
    if (result == MSCHED_OK)
        result = take_before(in, todo, item);
    if (result == MSCHED_OK)
        result = check_item(in, object, todo, item);
    in->span->todo_count += result == MSCHED_OK;
    return result;
}

msched_result msched__read_span_song(reader *in, const node *object, const node *on,
                                     const node *times, msched_song *song)
{
    if (in->span == NULL)
        return is_misplaced(in, on) ? refuse_without_days(in, on) : MSCHED_OK;
    msched__span_item *item = &in->span->songs[in->span->song_count];
    *item = (msched__span_item){.times = 1, .apart_days = 1};
    msched_result result = read_on(in, on, &item->on, &item->dates);
    if (result == MSCHED_OK)
        result = read_times(in, times, MSCHED_PLAN_MAX_TIMES, &item->times, &item->each);
    if (result == MSCHED_OK && song->state != MSCHED_STATE_OPEN)
        return msched__json_fail(object, MSCHED_ERROR_VALUE, in->err,
                                 "\"state\" is not known in plans of several days yet");
    song->times = item->times;
    in->span->song_count += result == MSCHED_OK;
    return result;
}

msched_result msched__read_span_fill(reader *in, const node *on)
{
    if (in->span == NULL)
        return is_misplaced(in, on) ? refuse_without_days(in, on) : MSCHED_OK;
    return read_on(in, on, &in->span->fill_on, &in->span->fill_dates);
}

msched_result msched__span_only_fill(reader *in, const node *fills, node *only)
{
    *only = (node){0};
    if (fills->value == NULL)
        return MSCHED_OK;
    if (in->span == NULL)
        return refuse_without_days(in, fills);
    msched_result result = msched__json_array(fills, NAMES_MAX, in->err);
    if (result == MSCHED_OK && msched__json_count(fills) > 1)
        return msched__json_fail(fills, MSCHED_ERROR_VALUE, in->err,
                                 "has several fills: only one is possible so far");
    if (result == MSCHED_OK && msched__json_count(fills) == 1)
        *only = msched__json_item(fills, 0);
    return result;
}

static uint32_t find_todo(const msched_plan *plan, const char *id)
{
    uint32_t i = 0;
    while (i < plan->todo_count && strcmp(plan->todos[i].id, id) != 0)
        i++;
    return i;
}

static int is_single(const msched__span_item *item)
{
    return !item->each && item->times == 1;
}

static int dates_in(uint32_t dates)
{
    int count = 0;
    for (; dates != 0; dates &= dates - 1)
        count++;
    return count;
}

/* What a to-do comes before or after: events of one date, and tasks that are done once. */
static msched_result check_order(reader *in, const node *todos, uint32_t index)
{
    msched_plan *plan = in->builder->plan;
    msched__span_item *item = &in->span->todos[index];
    const msched__plan_todo *todo = &plan->todos[index];
    node object = msched__json_item(todos, index);
    if (strlen(todo->id) > MSCHED__SPAN_ID_MAX)
        return msched__json_fail(&object, MSCHED_ERROR_LIMIT, in->err,
                                 "needs an id of at most %d bytes in a plan of several days",
                                 MSCHED__SPAN_ID_MAX);
    if (todo->after_count > MSCHED__SPAN_AFTER_MAX || item->before.count > MSCHED__SPAN_AFTER_MAX)
        return msched__json_fail(&object, MSCHED_ERROR_LIMIT, in->err,
                                 "is before or after more than %d to-dos, which is too many in a "
                                 "plan of several days",
                                 MSCHED__SPAN_AFTER_MAX);
    for (uint32_t i = 0; i < todo->after_count; i++) {
        const msched__span_item *other = &in->span->todos[todo->after[i]];
        if (!is_single(other) ||
            (plan->todos[todo->after[i]].kind == MSCHED_TODO_EVENT && dates_in(other->dates) != 1))
            return msched__json_fail(&object, MSCHED_ERROR_VALUE, in->err,
                                     "is after \"%s\", which is there several times: only one "
                                     "that is there once can be named so far",
                                     todo->after_ids[i]);
    }
    uint32_t *before = msched__arena_alloc(&plan->arena, item->before.count, sizeof *before);
    if (before == NULL)
        return msched__fail_memory(in->err);
    for (uint32_t i = 0; i < item->before.count; i++) {
        before[i] = find_todo(plan, item->before.names[i]);
        if (before[i] == plan->todo_count)
            return msched__json_fail(&object, MSCHED_ERROR_NOT_FOUND, in->err,
                                     "is before \"%.128s\", but no to-do has that id",
                                     item->before.names[i]);
        if (plan->todos[before[i]].kind != MSCHED_TODO_EVENT)
            return msched__json_fail(&object, MSCHED_ERROR_VALUE, in->err,
                                     "is before \"%.128s\", which is no event: write \"after\" "
                                     "there",
                                     item->before.names[i]);
    }
    item->before_todos = before;
    return MSCHED_OK;
}

/* Buffers and distances reach from one date to the next where the time between them is short. */
static msched_result check_reach(reader *in, const node *root)
{
    const msched_plan *plan = in->builder->plan;
    const msched__plan_span *span = in->span;
    int32_t reach = plan->listening.gap_s;
    if (plan->listening.artist_separation_s > reach)
        reach = plan->listening.artist_separation_s;
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        const msched__plan_todo *t = &plan->todos[i];
        reach = t->buffer_before_s > reach ? t->buffer_before_s : reach;
        reach = t->buffer_after_s > reach ? t->buffer_after_s : reach;
    }
    for (uint32_t d = 1; d < span->days; d++) {
        int32_t between = DAY_S + msched__plain_time(span->start_s[d]) -
                          msched__plain_time(span->end_s[d - 1]);
        /* an hour less than clocks show may pass between them */
        if (span->end_s[d] > 0 && span->end_s[d - 1] > 0 && reach > 0 && between - 3600 < reach)
            return msched__json_fail(root, MSCHED_ERROR_VALUE, in->err,
                                     "the windows of two dates are so near that a buffer, the gap "
                                     "or artist_separation_s of %d s would reach from one to the "
                                     "other: let the days end sooner",
                                     (int)reach);
    }
    return MSCHED_OK;
}

msched_result msched__span_check(reader *in, const node *root)
{
    node todos;
    msched_result result = check_reach(in, root);
    if (!msched__json_member(root, "todos", &todos))
        return result;
    uint32_t tasks = 0;
    for (uint32_t i = 0; result == MSCHED_OK && i < in->span->todo_count; i++) {
        const msched__span_item *item = &in->span->todos[i];
        tasks += item->each ? in->span->days : item->times;
        result = check_order(in, &todos, i);
    }
    if (result == MSCHED_OK && tasks > MSCHED__SPAN_TASKS_MAX)
        return msched__json_fail(&todos, MSCHED_ERROR_LIMIT, in->err,
                                 "has %u occurrences: at most %d are planned", (unsigned)tasks,
                                 MSCHED__SPAN_TASKS_MAX);
    return result;
}
