#include "span/span_model.h"

#include "algo/index_sort.h"
#include "base/civil.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_S 86400

int msched__span_has(const msched__span *span, uint32_t todo, uint32_t day)
{
    const msched__plan_todo *t = &span->plan->todos[todo];
    const msched_occurrence *o;
    int32_t now = span->plan->span->now_s;
    if (day >= span->days || (span->plan->span->todos[todo].dates >> day & 1) == 0 ||
        t->state == MSCHED_STATE_SKIPPED)
        return 0;
    o = msched__occurrence_on(span->plan, todo, day);
    int is_done = t->state == MSCHED_STATE_DONE || (o != NULL && o->state == MSCHED_STATE_DONE);
    return !is_done || now == MSCHED_UNSET ||
           (o != NULL && (o->started_s != MSCHED_UNSET || o->ended_s != MSCHED_UNSET)) ||
           (int64_t)day * DAY_S + t->start_s <= now;
}

static int make_date(msched__span *span, uint32_t day)
{
    const msched__plan_span *of = span->plan->span;
    msched__span_date *out = &span->dates[day];
    msched__date_write(span->plan->date_days + day, out->date);
    out->start_s = of->start_s[day];
    out->end_s = of->end_s[day];
    out->now_s = MSCHED_UNSET;
    out->is_open = out->end_s > 0;
    if (of->now_s != MSCHED_UNSET) {
        int64_t now = (int64_t)of->now_s - (int64_t)day * DAY_S;
        out->is_past = now >= msched__plain_time(out->end_s);
        out->is_open = out->is_open && !out->is_past;
        if (out->is_open && now > 0)
            out->now_s = (int32_t)now;
    }
    return msched__axis_load(&out->axis, NULL, span->plan->timezone, span->plan->date_days + day,
                             MSCHED_DAY_END_S + 2 * 3600, &span->allocator) != MSCHED_ERROR_MEMORY;
}

static int compare_spans(const void *a, const void *b)
{
    const int32_t *x = a, *y = b;
    return (x[0] > y[0]) - (x[0] < y[0]);
}

/* The events of a date with their buffers, and the intervals of its window that they leave. */
static int find_gaps(msched__span *span, uint32_t day)
{
    msched__span_date *date = &span->dates[day];
    const msched_plan *plan = span->plan;
    int32_t *busy = msched__arena_alloc(
        span->arena, 2 * ((size_t)plan->todo_count + span->fact_count), sizeof *busy);
    size_t count = 0;
    if (busy == NULL)
        return 0;
    for (uint32_t i = 0; i < plan->todo_count; i++)
        if (plan->todos[i].kind == MSCHED_TODO_EVENT && msched__span_has(span, i, day)) {
            busy[2 * count] = plan->todos[i].start_s - plan->todos[i].buffer_before_s;
            busy[2 * count++ + 1] = plan->todos[i].end_s + plan->todos[i].buffer_after_s;
        }
    for (uint32_t i = 0; i < span->fact_count; i++)
        if (span->facts[i].day == day) {
            busy[2 * count] = span->facts[i].start_s;
            busy[2 * count++ + 1] = span->facts[i].end_s;
        }
    qsort(busy, count, 2 * sizeof *busy, compare_spans);
    date->busy = busy;
    date->busy_count = (uint32_t)count;
    date->gaps = msched__arena_alloc(span->arena, count + 1, sizeof *date->gaps);
    if (date->gaps == NULL)
        return 0;
    int32_t at = date->now_s > date->start_s ? date->now_s : msched__plain_time(date->start_s);
    int32_t end = msched__plain_time(date->end_s);
    for (size_t i = 0; i <= count; i++) {
        int32_t stop = i < count && busy[2 * i] < end ? busy[2 * i] : end;
        if (stop > at) {
            date->gaps[date->gap_count][0] = at;
            date->gaps[date->gap_count++][1] = stop;
        }
        at = i < count && busy[2 * i + 1] > at ? busy[2 * i + 1] : at;
    }
    return 1;
}

/* Seconds of the date's window without events, in clock time. 0 when out of memory. */
static int measure(msched__span *span, uint32_t day)
{
    msched__span_date *date = &span->dates[day];
    int32_t most = span->plan->span->max_tasks_s;
    if (!find_gaps(span, day))
        return 0;
    for (uint32_t g = 0; g < date->gap_count && date->is_open; g++)
        date->capacity_s += date->gaps[g][1] - date->gaps[g][0];
    if (most != MSCHED_UNSET && date->capacity_s > most)
        date->capacity_s = most;
    int32_t real = msched__axis_real(&date->axis, date->end_s) -
                   msched__axis_real(&date->axis, date->start_s);
    int32_t shown = msched__plain_time(date->end_s) - msched__plain_time(date->start_s);
    date->gained_s = date->is_open && real > shown ? real - shown : 0;
    return 1;
}

static void at_most(int32_t *value, int64_t limit)
{
    if (limit < *value)
        *value = limit < 0 ? 0 : (int32_t)limit;
}

/*
 * A clock time on a date, as clocks show it: one that they skip is that much later. So times can be
 * compared before they become real seconds.
 */
static int32_t shown_on(const msched__span_date *date, int32_t time)
{
    int32_t real;
    if (date->axis.count == 0 ||
        msched__axis_from_time(&date->axis, time, &real) != MSCHED__LOCAL_NEVER)
        return time;
    return msched__plain_time(msched__axis_to_time(&date->axis, real));
}

void msched__span_time_window(const msched__span *span, uint32_t todo, uint32_t day,
                              int32_t *earliest, int32_t *latest)
{
    const msched__span_date *date = &span->dates[day];
    const msched__plan_todo *t = &span->plan->todos[todo];
    *earliest = shown_on(date, msched__plain_time(date->start_s));
    *latest = shown_on(date, msched__plain_time(date->end_s));
    if (t->has_earliest && shown_on(date, msched__plain_time(t->earliest_s)) > *earliest)
        *earliest = shown_on(date, msched__plain_time(t->earliest_s));
    if (t->has_latest)
        at_most(latest, shown_on(date, msched__plain_time(t->latest_s)));
}

/*
 * When an event ends that a task must come after, from midnight of the first date. 0: nobody has to
 * wait for it, because it is a task, or something is recorded about it.
 */
static int64_t end_of_event(const msched__span *span, uint32_t todo)
{
    const msched__plan_todo *t = &span->plan->todos[todo];
    const uint32_t day = msched__first_date(span->plan->span->todos[todo].dates);
    if (t->kind != MSCHED_TODO_EVENT || t->state != MSCHED_STATE_OPEN || day >= span->days ||
        msched__occurrence_on(span->plan, todo, day) != NULL)
        return 0;
    return (int64_t)day * DAY_S + t->end_s;
}

int msched__span_window(const msched__span *span, uint32_t todo, uint32_t day, int32_t *earliest,
                        int32_t *latest)
{
    const msched__span_date *date = &span->dates[day];
    const msched__plan_todo *t = &span->plan->todos[todo];
    const msched__span_item *item = &span->plan->span->todos[todo];
    int64_t midnight = (int64_t)day * DAY_S;
    msched__span_time_window(span, todo, day, earliest, latest);
    if (!date->is_open && !date->is_kept)
        return 0;
    if (item->release_s != MSCHED_UNSET && item->release_s - midnight > *earliest)
        *earliest = item->release_s - midnight > *latest ? *latest
                                                         : (int32_t)(item->release_s - midnight);
    if (item->due_s != MSCHED_UNSET && !msched__span_is_overdue(item))
        at_most(latest, item->due_s - midnight);
    for (uint32_t i = 0; i < t->after_count; i++) {
        const int64_t end = end_of_event(span, t->after[i]) - midnight;
        if (end > *earliest)
            *earliest = end > *latest ? *latest : (int32_t)end;
    }
    for (uint32_t i = 0; i < item->before.count; i++) {
        uint32_t other = item->before_todos[i],
                 on = msched__first_date(span->plan->span->todos[other].dates);
        if (on < span->days)
            at_most(latest, (int64_t)(on)*DAY_S + span->plan->todos[other].start_s - midnight);
    }
    /* when clocks go back, an hour more passes than they show */
    return *latest - *earliest + 3600 >= msched__span_piece(t) && *latest > *earliest;
}

int msched__span_precedes(const msched__span *span, uint32_t todo, uint32_t day)
{
    const msched__span_item *item = &span->plan->span->todos[todo];
    for (uint32_t i = 0; i < item->before.count; i++)
        if (msched__first_date(span->plan->span->todos[item->before_todos[i]].dates) == day)
            return 1;
    return 0;
}

/* 1 if a date has a free interval of that length, in clock time. */
static int has_interval(const msched__span_date *date, int32_t from, int32_t to, int64_t length)
{
    int32_t at = from;
    length -= date->gained_s;
    for (uint32_t i = 0; i < date->busy_count; i++) {
        int32_t stop = date->busy[2 * i] < to ? date->busy[2 * i] : to;
        if (stop - at >= length)
            return 1;
        at = date->busy[2 * i + 1] > at ? date->busy[2 * i + 1] : at;
    }
    return to - at >= length;
}

/* Dates that the occurrences which have happened leave to the others of a task. */
static uint32_t dates_left(const msched__span *span, uint32_t todo)
{
    const msched__span_item *item = &span->plan->span->todos[todo];
    uint32_t dates = item->dates;
    for (uint32_t i = 0; i < item->occurrence_count && !item->each && item->times > 1; i++) {
        uint32_t day = msched__occurrence_day(span->plan, &item->occurrences[i]);
        uint32_t apart = item->occurrences[i].state == MSCHED_STATE_SKIPPED
                             ? 1
                             : (uint32_t)item->apart_days;
        for (uint32_t d = 0; day < span->days && d < span->days; d++)
            if (d + apart > day && d < day + apart)
                dates &= ~(1u << d);
    }
    return dates;
}

/* Dates on which a task may be; the assignment of dates handles `after`. */
static uint32_t dates_of(const msched__span *span, uint32_t todo)
{
    const msched__plan_todo *t = &span->plan->todos[todo];
    uint32_t dates = dates_left(span, todo);
    int32_t earliest, latest, least = msched__span_piece(t);
    for (uint32_t d = 0; d < span->days; d++)
        if (!msched__span_window(span, todo, d, &earliest, &latest) ||
            (span->days > 1 && span->options->previous == NULL &&
             !has_interval(&span->dates[d], earliest, latest, least)))
            dates &= ~(1u << d);
    return dates;
}

/*
 * Dates that "each" counts: those with a window, including past dates. If all are off, it counts
 * the first one, so that the item is listed as unscheduled.
 */
static uint32_t dates_asked(const msched__span *span, uint32_t dates)
{
    uint32_t asked = dates;
    for (uint32_t d = 0; d < span->days; d++)
        if (span->plan->span->end_s[d] <= 0)
            asked &= ~(1u << d);
    return asked != 0 ? asked : dates & (~dates + 1);
}

/* The same for a task with an occurrence on each date, without those that have happened. */
static uint32_t dates_open(const msched__span *span, const msched__span_item *item)
{
    return dates_asked(span, item->dates | item->closed) & ~item->closed;
}

static uint32_t count_occurrences(const msched__span *span, uint32_t todo)
{
    const msched__span_item *item = &span->plan->span->todos[todo];
    const msched__plan_todo *t = &span->plan->todos[todo];
    if (t->kind == MSCHED_TODO_EVENT || msched__plan_is_closed(t))
        return 0;
    return item->each ? msched__count_dates(dates_open(span, item))
                      : item->times - msched__count_dates(span->claimed[todo]);
}

static void add_occurrences(msched__span *span, uint32_t todo, uint32_t *at)
{
    const msched__span_item *item = &span->plan->span->todos[todo];
    uint32_t count = count_occurrences(span, todo), dates = dates_of(span, todo),
             asked = dates_open(span, item);
    /* with a previous schedule, occurrences may have begun on other dates (span_previous.c) */
    int forced = item->each || (span->options->previous == NULL && item->apart_days == 1 &&
                                count > 1 && count >= msched__count_dates(dates));
    uint32_t rest = item->each ? asked : dates, number = 0;
    span->first_task[todo] = *at;
    span->occurrences[todo] = count;
    for (uint32_t k = 0; k < count; k++) {
        msched__span_task *task = &span->tasks[(*at)++];
        memset(task, 0, sizeof *task);
        task->todo = todo;
        while (!item->each && (span->claimed[todo] >> number & 1) != 0)
            number++;
        number++;
        task->number = item->each || item->times == 1 ? 0 : number;
        task->dates = dates;
        if (item->each)
            task->each_day = msched__first_date(rest);
        if (forced) {
            task->dates = rest & (~rest + 1) & dates;
            rest &= rest - 1;
        }
        task->is_fixed = msched__count_dates(task->dates) == 1 && (forced || count == 1);
    }
}

/* A to-do that waits for its place in the order in which to-dos get dates. */
typedef struct rank {
    uint32_t dates;
    uint8_t is_done, is_fixed;
} rank;

/* First to-dos without a choice, then by priority, overdue ones, last date and length. */
static uint64_t key_of(const msched__span *span, const rank *ranks, uint32_t i)
{
    const msched__plan_todo *todo = &span->plan->todos[i];
    uint64_t key = !ranks[i].is_fixed;
    key = key << 3 | todo->priority;
    key = key << 1 | !msched__span_is_overdue(&span->plan->span->todos[i]);
    key = key << 5 | msched__last_date(ranks[i].dates);
    return key << 31 | (uint32_t)(INT32_MAX - todo->duration_s);
}

static int is_ready(const msched__plan_todo *todo, const rank *ranks)
{
    for (uint32_t i = 0; i < todo->after_count; i++)
        if (!ranks[todo->after[i]].is_done)
            return 0;
    return 1;
}

/* Tasks in the order in which they get dates: predecessors come first. */
static int make_tasks(msched__span *span)
{
    const msched_plan *plan = span->plan;
    rank *ranks = msched__arena_alloc(span->arena, plan->todo_count, sizeof *ranks);
    msched__keyed *keys = msched__arena_alloc(span->arena, plan->todo_count, sizeof *keys);
    uint32_t count = 0, at = 0;
    if (ranks == NULL || keys == NULL)
        return 0;
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        int event = plan->todos[i].kind == MSCHED_TODO_EVENT;
        uint32_t dates = event ? 0 : dates_of(span, i);
        int fixed = plan->span->todos[i].each ||
                    (count_occurrences(span, i) == 1 && msched__count_dates(dates) < 2);
        ranks[i] = (rank){dates, (uint8_t)event, (uint8_t)fixed};
        if (!event)
            keys[count++] = (msched__keyed){key_of(span, ranks, i), i};
    }
    msched__key_sort(keys, count);
    span->tasks = msched__arena_alloc(span->arena, span->task_count, sizeof *span->tasks);
    span->first_task = msched__arena_alloc(span->arena, plan->todo_count, sizeof(uint32_t));
    span->occurrences = msched__arena_alloc(span->arena, plan->todo_count, sizeof(uint32_t));
    if (span->tasks == NULL || span->first_task == NULL || span->occurrences == NULL)
        return 0;
    memset(span->first_task, 0, plan->todo_count * sizeof(uint32_t));
    memset(span->occurrences, 0, plan->todo_count * sizeof(uint32_t));
    for (uint32_t first = 0; first < count;) {
        uint32_t k = first;
        while (ranks[keys[k].index].is_done || !is_ready(&plan->todos[keys[k].index], ranks))
            k++;
        ranks[keys[k].index].is_done = 1;
        add_occurrences(span, keys[k].index, &at);
        while (first < count && ranks[keys[first].index].is_done)
            first++;
    }
    return 1;
}

/* Dates on which a song may be: open dates whose window overlaps that of the song. */
static uint32_t song_dates(const msched__span *span, uint32_t song)
{
    const msched__plan_song *s = &span->plan->songs[song];
    uint32_t dates = span->plan->span->songs[song].dates;
    for (uint32_t d = 0; d < span->days; d++) {
        const msched__span_date *date = &span->dates[d];
        int32_t start = msched__plain_time(date->start_s), end = msched__plain_time(date->end_s);
        if (s->between_start_s != MSCHED_UNSET && s->between_start_s > start)
            start = msched__plain_time(s->between_start_s);
        if (s->between_start_s != MSCHED_UNSET && msched__plain_time(s->between_end_s) < end)
            end = msched__plain_time(s->between_end_s);
        if (!date->is_open || start >= end)
            dates &= ~(1u << d);
    }
    return dates;
}

static int make_wishes(msched__span *span)
{
    const msched_plan *plan = span->plan;
    span->wishes = msched__arena_alloc(span->arena, plan->song_count, sizeof *span->wishes);
    if (span->wishes == NULL || msched__wishes_make(span->arena, span->catalog, plan, &span->budget,
                                                    &span->found) != MSCHED_OK)
        return 0;
    for (uint32_t i = 0; i < plan->song_count; i++) {
        const msched__span_item *item = &plan->span->songs[i];
        msched__span_wish *wish = &span->wishes[i];
        memset(wish, 0, sizeof *wish);
        wish->dates = song_dates(span, i);
        wish->wanted = item->each ? msched__count_dates(dates_asked(span, item->dates))
                                  : plan->songs[i].times;
        wish->is_daily = wish->wanted <= msched__count_dates(dates_asked(span, item->dates));
        uint32_t dates = msched__count_dates(wish->dates), host = plan->songs[i].during;
        wish->is_fixed = (dates <= 1 || item->each || wish->wanted == dates) &&
                         (host == UINT32_MAX || plan->todos[host].kind == MSCHED_TODO_EVENT);
    }
    return 1;
}

uint32_t msched__span_most_apart(uint32_t dates, uint32_t apart)
{
    uint32_t count = 0, next = 0;
    for (uint32_t d = 0; d < MSCHED__SPAN_DAYS; d++)
        if ((dates >> d & 1) != 0 && d >= next) {
            count++;
            next = d + apart;
        }
    return count;
}

msched_result msched__span_model(msched__span *span)
{
    span->task_count = 0;
    for (uint32_t i = 0; i < span->plan->todo_count; i++)
        span->task_count += count_occurrences(span, i);
    for (uint32_t d = 0; d < span->days; d++)
        if (!make_date(span, d) || !measure(span, d))
            return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < span->fact_count; i++) {
        const msched__span_fact *fact = &span->facts[i];
        span->dates[fact->day].load_s += fact->end_s - fact->start_s;
        span->dates[fact->day].capacity_s += fact->end_s - fact->start_s;
    }
    return make_tasks(span) && make_wishes(span) ? MSCHED_OK : MSCHED_ERROR_MEMORY;
}
