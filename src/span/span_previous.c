#include "span/span_previous.h"

#include "algo/min_max.h"
#include "base/civil.h"
#include "schedule/output/schedule.h"
#include "schedule/output/schedule_lines.h"
#include "span/span_day.h"
#include "span/span_fact.h"
#include "span/span_state.h"

#include <string.h>

#define DAY_S 86400

/* Reads a previous schedule. */
typedef struct reader {
    msched__span *span;
    const msched_schedule *from;
    int64_t shift; /* from its dates to those of the plan */
} reader;

/* The plan's date of an entry; UINT32_MAX: none. */
static uint32_t date_of(const reader *r, const msched_schedule_entry *e)
{
    int64_t day = r->shift + e->day;
    return day < 0 || day >= r->span->days ? UINT32_MAX : (uint32_t)day;
}

/* 1 if the entry had begun at `now`. */
static int has_begun(const msched__span *span, uint32_t day, const msched_schedule_entry *e)
{
    int32_t now = span->plan->span->now_s;
    return now != MSCHED_UNSET && (int64_t)day * DAY_S + e->start_s < now;
}

static int has_ended(const msched__span *span, uint32_t day, const msched_schedule_entry *e)
{
    int32_t now = span->plan->span->now_s;
    return now != MSCHED_UNSET &&
           (int64_t)day * DAY_S + e->start_s + msched__entry_length(e) <= now;
}

/* 1 if the plan records that a task has not begun, although it should have. */
static int is_not_begun(const msched__span *span, uint32_t todo, uint32_t day,
                        const msched_schedule_entry *e)
{
    return span->plan->todos[todo].state == MSCHED_STATE_NOT_STARTED && has_begun(span, day, e);
}

/* 1 if the entry should have ended and is not marked as done. */
static int was_missed(const msched__span *span, uint32_t todo, uint32_t day,
                      const msched_schedule_entry *e)
{
    if (is_not_begun(span, todo, day, e))
        return 1;
    int done = span->options->assume_done || span->plan->assume_done ||
               e->state == MSCHED_STATE_DONE;
    return has_ended(span, day, e) && !done;
}

/* 1 if the entry has begun, and a fact or the pause of its task tells what became of it. */
static int is_fact(const msched__span *span, uint32_t todo, uint32_t day,
                   const msched_schedule_entry *e)
{
    return has_begun(span, day, e) && (msched__span_fact_on(span, todo, day) != NULL ||
                                       msched__span_left(span->plan, todo) != MSCHED_UNSET);
}

/* Add time that tasks used before `now`, which the date's capacity excludes. */
static void add_spent(msched__span *span, msched__span_task *task, uint32_t day,
                      const msched_schedule_entry *e)
{
    int64_t spent = (int64_t)span->plan->span->now_s - (int64_t)day * DAY_S - e->start_s;
    spent += span->dates[day].gained_s;
    spent = smaller64(spent, msched__entry_length(e));
    span->dates[day].capacity_s += spent;
    task->spent_s += (int32_t)spent;
}

/* The occurrence of an entry; NULL: no longer in the plan. */
static msched__span_task *find_task(const reader *r, uint32_t index, uint32_t day)
{
    char id[MSCHED__SPAN_ID_BYTES];
    const msched_schedule_entry *e = &r->from->entries[index];
    const char *of = msched__schedule_of(r->from, e);
    uint32_t count, todo = msched__plan_find_todo(r->span->plan, of, strlen(of));
    if (todo == r->span->plan->todo_count)
        return NULL;
    msched__span_task *tasks = msched__tasks_of(r->span, todo, &count);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t on = msched__first_date(tasks[k].dates);
        if (r->span->plan->span->todos[todo].each)
            on = tasks[k].each_day;
        msched__span_name_task(r->span, &tasks[k], on, id);
        if (strcmp(id, e->id) == 0 || (r->span->plan->span->todos[todo].each && on == day))
            return &tasks[k];
    }
    return count == 1 && msched__span_is_single(&r->span->plan->span->todos[todo]) ? &tasks[0]
                                                                                   : NULL;
}

/* A task that has begun keeps its date, and gets no other. */
static void keep_date(msched__span *span, msched__span_task *task, uint32_t day)
{
    int many = task->number > 0 || span->plan->span->todos[task->todo].each;
    if (!task->is_kept) {
        task->could_be = task->dates;
        task->could_be_fixed = task->is_fixed;
    }
    task->is_kept = 1;
    /* pieces of a task that is done once may also be on other dates */
    task->is_fixed = many || span->plan->todos[task->todo].split_min_s == 0;
    task->dates = (task->is_fixed ? 0 : task->dates) | 1u << day;
}

/* 0 when out of memory. */
static int read_task(reader *r, uint32_t index, uint32_t day)
{
    msched__span *span = r->span;
    const msched_schedule_entry *e = &r->from->entries[index];
    msched__span_task *task = find_task(r, index, day);
    if (task == NULL || is_fact(span, task->todo, day, e))
        return 1;
    if (task->was == NULL) {
        task->was = msched__arena_alloc(span->arena, MSCHED__SPAN_DAYS, sizeof *task->was);
        if (task->was == NULL)
            return 0;
        memset(task->was, 0, MSCHED__SPAN_DAYS * sizeof *task->was);
    }
    task->planned |= 1u << day;
    if (was_missed(span, task->todo, day, e)) {
        task->missed |= 1u << day;
        return 1;
    }
    if (has_begun(span, day, e)) {
        keep_date(span, task, day);
        add_spent(span, task, day, e);
    }
    task->was[day] += (int32_t)msched__entry_length(e);
    return 1;
}

static uint32_t asked_of(const msched__span_wish *wish)
{
    uint32_t asked = 0;
    for (uint32_t d = 0; d < MSCHED__SPAN_DAYS; d++)
        asked += wish->asked[d];
    return asked;
}

/* The wanted song of a play; UINT32_MAX: none, or not known. */
static uint32_t find_wish(const msched__span *span, const msched_schedule_entry *e)
{
    uint32_t track, number = msched__schedule_occurrence(e);
    if (number == 0 || span->catalog == NULL ||
        msched_catalog_find_id(span->catalog, e->id, &track, NULL) != MSCHED_OK)
        return UINT32_MAX;
    for (uint32_t i = 0; i < span->plan->song_count; i++)
        if (span->found[i].track == track && span->found[i].occurrence == number)
            return i;
    return UINT32_MAX;
}

/* Request a wanted play on its previous date, if that is allowed. */
static void read_play(reader *r, const msched_schedule_entry *e, uint32_t day)
{
    uint32_t track, number = msched__schedule_occurrence(e), i = 0;
    msched__span *span = r->span;
    if (span->catalog == NULL ||
        msched_catalog_find_id(span->catalog, e->id, &track, NULL) != MSCHED_OK)
        return;
    while (i < span->plan->song_count &&
           (span->found[i].track != track || (number > 0 && span->found[i].occurrence != number) ||
            asked_of(&span->wishes[i]) >= span->wishes[i].wanted))
        i++;
    if (i == span->plan->song_count)
        return;
    msched__span_wish *wish = &span->wishes[i];
    if (has_begun(span, day, e)) {
        wish->dates |= 1u << day;
        wish->is_fixed = 0;
    }
    if ((wish->dates >> day & 1) != 0 && wish->asked[day] < UINT8_MAX &&
        !(wish->is_daily && wish->asked[day] > 0))
        wish->asked[day]++;
}

/* Copy the entry to the schedule of its date, with the id that it has in the plan of that date. */
static int add_entry(reader *r, uint32_t index, uint32_t day)
{
    char id[MSCHED__SPAN_ID_BYTES];
    msched_schedule *to = r->span->dates[day].was;
    msched_schedule_entry *e = &to->entries[to->entry_count];
    r->span->dates[day].was_wish[to->entry_count] = UINT32_MAX;
    *e = r->from->entries[index];
    e->todo = UINT32_MAX;
    e->day = 0;
    if (e->kind == MSCHED_ENTRY_SONG) {
        if (e->wanted != UINT32_MAX) {
            r->span->dates[day].was_wish[to->entry_count] = find_wish(r->span, e);
            e->wanted = 0;
        }
        e->identity = ""; /* numbered differently among the date's wishes */
        to->entry_count++;
        return 1;
    }
    const msched__span_task *task = e->fixed ? NULL : find_task(r, index, day);
    const msched_schedule_entry *given = &r->from->entries[index];
    if (task == NULL || was_missed(r->span, task->todo, day, given) ||
        is_fact(r->span, task->todo, day, given))
        return 1;
    msched__span_name_task(r->span, task, day, id);
    e->id = e->identity = msched__arena_copy(&to->arena, id, strlen(id));
    to->entry_count += e->id != NULL;
    return e->id != NULL;
}

static int make_dates(reader *r)
{
    msched__span *span = r->span;
    for (uint32_t d = 0; d < span->days; d++) {
        msched__span_date *date = &span->dates[d];
        uint32_t count = 0;
        for (uint32_t i = 0; i < r->from->entry_count; i++)
            count += date_of(r, &r->from->entries[i]) == d;
        if (count == 0)
            continue;
        date->was = msched__schedule_create(&span->allocator);
        if (date->was == NULL)
            return 0;
        memcpy(date->was->date, date->date, sizeof date->was->date);
        date->was->timezone = span->plan->timezone;
        date->was->axis = date->axis;
        date->was->entries = msched__arena_alloc(&date->was->arena, count,
                                                 sizeof *date->was->entries);
        date->was_wish = msched__arena_alloc(&date->was->arena, count, sizeof *date->was_wish);
        if (date->was->entries == NULL || date->was_wish == NULL)
            return 0;
        for (uint32_t i = 0; i < r->from->entry_count; i++)
            if (date_of(r, &r->from->entries[i]) == d && !add_entry(r, i, d))
                return 0;
        date->is_kept = date->is_past && date->end_s > 0;
    }
    return 1;
}

static reader begin(msched__span *span)
{
    msched__date first = {1970, 1, 1};
    const msched_schedule *from = span->previous;
    if (from != NULL)
        msched__date_parse(from->date, strlen(from->date), &first);
    return (reader){span, from, msched__date_to_days(first) - span->plan->date_days};
}

/* Give a date that is left to a task, which then has no other. */
static void fix_date(msched__span_task *task, uint32_t date, uint32_t *left)
{
    task->dates = date;
    task->is_fixed = date != 0;
    *left &= ~date;
}

/*
 * If at least as many occurrences of a to-do are left as dates for them, each gets a date of its
 * own, if possible its previous one.
 */
static void fix_dates(msched__span *span, uint32_t todo)
{
    const msched__span_item *item = &span->plan->span->todos[todo];
    uint32_t count, kept = 0, dates = 0, left = 0;
    msched__span_task *tasks = msched__tasks_of(span, todo, &count);
    if (count < 2 || item->each || item->apart_days != 1)
        return;
    for (uint32_t k = 0; k < count; k++)
        if (tasks[k].is_kept) {
            kept |= tasks[k].dates;
        } else {
            dates = tasks[k].dates; /* the same of all that have not begun */
            left++;
        }
    dates &= ~kept;
    if (left < msched__count_dates(dates))
        return;
    for (uint32_t k = 0; k < count; k++) {
        const uint32_t was = tasks[k].planned & ~tasks[k].missed & dates;
        if (!tasks[k].is_kept && was != 0)
            fix_date(&tasks[k], was & (~was + 1), &dates);
    }
    for (uint32_t k = 0; k < count; k++)
        if (!tasks[k].is_kept && !tasks[k].is_fixed)
            fix_date(&tasks[k], dates & (~dates + 1), &dates);
}

msched_result msched__span_read_previous(msched__span *span)
{
    reader r = begin(span);
    const msched_schedule *from = r.from;
    if (from == NULL)
        return MSCHED_OK;
    for (uint32_t i = 0; i < from->entry_count; i++) {
        const msched_schedule_entry *e = &from->entries[i];
        uint32_t day = date_of(&r, e);
        if (day == UINT32_MAX)
            continue;
        if (e->kind == MSCHED_ENTRY_SONG && e->wanted != UINT32_MAX)
            read_play(&r, e, day);
        else if (e->kind == MSCHED_ENTRY_TODO && !e->fixed && !read_task(&r, i, day))
            return MSCHED_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < span->plan->todo_count; i++)
        fix_dates(span, i);
    return make_dates(&r) ? MSCHED_OK : MSCHED_ERROR_MEMORY;
}

/* 1 if the schedule of the date contains it before `now`. */
static int is_there(const msched__span *span, const msched__span_task *task, uint32_t day)
{
    const msched_schedule *s = span->dates[day].schedule;
    for (uint32_t i = 0; i < s->entry_count; i++)
        if (s->entries[i].kind == MSCHED_ENTRY_TODO && !s->entries[i].fixed &&
            s->plan->todos[s->entries[i].todo].line == (uint32_t)(task - span->tasks) &&
            has_begun(span, day, &s->entries[i]))
            return 1;
    return 0;
}

void msched__span_free_kept(msched__span *span)
{
    for (uint32_t i = 0; i < span->task_count; i++) {
        msched__span_task *task = &span->tasks[i];
        int there = 0;
        for (uint32_t d = 0; task->is_kept && d < span->days; d++)
            there |= span->dates[d].schedule != NULL && is_there(span, task, d);
        if (!task->is_kept || there)
            continue;
        task->is_kept = 0;
        task->dates = task->could_be;
        task->is_fixed = task->could_be_fixed;
    }
}

/* What is done of a task in pieces, and counts, although the rest found no time; 0: nothing. */
static int32_t spent_on(const msched__span *span, const msched__span_task *task)
{
    const msched__plan_todo *t = &span->plan->todos[task->todo];
    const msched__span_item *item = &span->plan->span->todos[task->todo];
    int is_in_pieces = t->split_min_s > 0 && msched__span_is_single(item);
    return !is_in_pieces || task->is_whole || task->missed != 0 || task->spent_s >= t->duration_s
               ? 0
               : task->spent_s;
}

msched_result msched__span_pause_broken(const msched__span *span, const msched_plan **out)
{
    const msched_plan *plan = span->plan;
    msched_plan *paused = NULL;
    msched__plan_todo *todos = NULL;
    *out = NULL;
    for (uint32_t i = 0; i < span->task_count; i++) {
        const msched__span_task *task = &span->tasks[i];
        const int32_t spent = spent_on(span, task);
        if (spent <= 0)
            continue;
        if (todos == NULL && (todos = msched__span_copy_plan(span, span->given, &paused)) == NULL)
            return MSCHED_ERROR_MEMORY;
        todos[task->todo].state = MSCHED_STATE_PAUSED;
        todos[task->todo].left_s = plan->todos[task->todo].duration_s - spent;
    }
    *out = paused;
    return MSCHED_OK;
}

uint32_t msched__span_moved(const msched__span *span)
{
    uint32_t moved = 0;
    for (uint32_t i = 0; i < span->task_count; i++) {
        uint32_t dates = 0;
        for (uint32_t d = 0; d < span->days; d++)
            dates |= (uint32_t)(span->tasks[i].got[d] > 0) << d;
        moved += span->tasks[i].planned != 0 && (span->tasks[i].planned & dates) == 0;
    }
    return moved;
}

void msched__span_promise(const msched__span *span, int64_t *value)
{
    memset(value, 0, MSCHED_LEVEL_COUNT * sizeof *value);
    for (uint32_t i = 0; i < span->task_count; i++) {
        const msched__plan_todo *todo = &span->plan->todos[span->tasks[i].todo];
        int64_t part = 0;
        for (uint32_t d = 0; d < span->days; d++)
            part += span->tasks[i].part[d];
        value[msched__span_level(todo->priority)] += part == todo->duration_s;
    }
    for (uint32_t i = 0; i < span->plan->song_count; i++) {
        const msched__plan_song *song = &span->plan->songs[i];
        uint32_t asked = asked_of(&span->wishes[i]);
        value[song->must ? MSCHED_LEVEL_MUST_SONGS : MSCHED_LEVEL_SONG_WEIGHT] +=
            song->must ? asked : (int64_t)asked * span->found[i].weight;
    }
    for (uint32_t d = 0; d < span->days; d++) {
        const msched_schedule *was = span->dates[d].was;
        for (uint32_t i = 0; was != NULL && i < was->entry_count; i++)
            if (was->entries[i].kind == MSCHED_ENTRY_SONG && was->entries[i].wanted == UINT32_MAX)
                value[MSCHED_LEVEL_FILL_S] += msched__entry_length(&was->entries[i]);
    }
}
