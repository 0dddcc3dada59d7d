#include "span/span_day.h"

#include "base/alloc.h"
#include "base/error.h"
#include "plan/plan_builder_data.h"
#include "schedule/build.h"
#include "schedule/output/schedule.h"
#include "schedule/output/schedule_lines.h"
#include "span/span_fact.h"
#include "span/span_hints.h"

#include <stdio.h>
#include <string.h>

#define DAY_S      86400
#define FLAT_WORK  250000 /* work limit for solving a date without priorities */
#define FLAT_TRIES 2      /* how often that is tried, per date of the plan */

/* State for building the plan of a date. */
typedef struct day_writer {
    msched__span *span;
    msched_plan_builder *builder;
    uint32_t day;
    enum msched__span_mode mode;
    int is_flat;                    /* all tasks have the highest priority */
    const msched__span_task *guest; /* a task that is not assigned to the date; NULL: none */
} day_writer;

/* A clock time that a daylight-saving change skips becomes the time that clocks show then. */
static int32_t shown(const msched__axis *axis, int32_t time)
{
    int32_t real;
    if (time == MSCHED_UNSET || axis->count == 0 ||
        msched__axis_from_time(axis, time, &real) == MSCHED__LOCAL_ONCE)
        return time;
    return msched__axis_to_time(axis, real);
}

/*
 * The same for the two times of an event. If it would then begin after its end, as from 02:30 to
 * 03:15 when clocks skip an hour at 02:00, it begins when they jump; if it also ends then, it keeps
 * its length.
 */
static void show_event(const msched__axis *axis, int32_t start, int32_t end, msched_todo *out)
{
    const int32_t real = msched__axis_real(axis, start), until = msched__axis_real(axis, end);
    int32_t jump = 0;
    out->start_s = shown(axis, start);
    out->end_s = shown(axis, end);
    for (uint32_t i = 1; i < axis->count && real >= until && end > start; i++)
        if (axis->parts[i].from <= real)
            jump = axis->parts[i].from;
    if (jump > 0 && jump < until)
        out->start_s = msched__axis_to_time(axis, jump);
    else if (jump > 0)
        out->end_s = msched__axis_to_time(axis, real + (end - start));
}

static msched_todo template_of(const day_writer *w, uint32_t todo, const char *id)
{
    msched_todo out;
    msched_todo_init(&out, sizeof out);
    msched_plan_get_todo(w->span->plan, todo, &out);
    out.id = id;
    out.after = NULL;
    out.after_count = 0;
    out.before = NULL;
    out.before_count = 0;
    if (out.state != MSCHED_STATE_DONE) /* of an event */
        out.state = MSCHED_STATE_OPEN;
    out.left_s = MSCHED_UNSET;
    return out;
}

/*
 * Add an event of this date, or of a neighboring date (shift -1 or 1) if it reaches near this date.
 */
static msched_result add_event(day_writer *w, uint32_t todo, int shift)
{
    char id[MSCHED__SPAN_ID_BYTES];
    const msched__plan_todo *t = &w->span->plan->todos[todo];
    const msched__axis *axis = &w->span->dates[w->day].axis;
    uint32_t of = (uint32_t)((int)w->day + shift);
    msched__span_name_event(w->span, todo, of, id);
    msched_todo out = template_of(w, todo, id);
    int32_t start = t->start_s + shift * DAY_S, end = t->end_s + shift * DAY_S;
    if (shift != 0 &&
        (end + t->buffer_after_s <= 0 || start - t->buffer_before_s >= MSCHED_DAY_END_S))
        return MSCHED_OK;
    if (shift != 0 && end <= 0)
        end = 1;
    if (shift != 0 && start >= MSCHED_DAY_END_S - 1)
        start = MSCHED_DAY_END_S - 2;
    if (shift < 0 && t->end_s - DAY_S <= 0)
        out.buffer_after_s += t->end_s - DAY_S - 1;
    if (shift > 0 && t->start_s + DAY_S > start)
        out.buffer_before_s -= t->start_s + DAY_S - start;
    start = start < 0 ? 0 : start;
    end = end > MSCHED_DAY_END_S ? MSCHED_DAY_END_S : end;
    show_event(axis, start, end, &out);
    if (out.buffer_after_s < 0)
        out.buffer_after_s = 0;
    if (out.buffer_before_s < 0)
        out.buffer_before_s = 0;
    out.duration_s = MSCHED_UNSET;
    const msched_occurrence *happened = shift == 0
                                            ? msched__occurrence_on(w->span->plan, todo, w->day)
                                            : NULL;
    if (happened != NULL) {
        out.state = happened->state;
        out.started_s = shown(axis, happened->started_s);
        out.ended_s = shown(axis, happened->ended_s);
    }
    out.line = todo | (shift != 0 ? MSCHED__SPAN_NEIGHBOR : MSCHED__SPAN_EVENT);
    return msched_plan_builder_add_todo(w->builder, &out, w->span->err);
}

static msched_result add_fact(day_writer *w, uint32_t index)
{
    const msched__span_fact *fact = &w->span->facts[index];
    const msched__axis *axis = &w->span->dates[w->day].axis;
    msched_todo out = template_of(w, fact->todo, fact->key);
    out.kind = MSCHED_TODO_EVENT;
    out.start_s = shown(axis, fact->start_s);
    out.end_s = shown(axis, fact->end_s);
    out.duration_s = out.earliest_s = out.latest_s = MSCHED_UNSET;
    out.state = MSCHED_STATE_OPEN;
    out.left_s = MSCHED_UNSET;
    out.split_min_s = 0;
    out.priority = out.late = 0;
    out.line = index | MSCHED__SPAN_FACT;
    return msched_plan_builder_add_todo(w->builder, &out, w->span->err);
}

static msched_result add_facts(day_writer *w, uint32_t todo)
{
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0; result == MSCHED_OK && i < w->span->fact_count; i++)
        if (w->span->facts[i].todo == todo && w->span->facts[i].day == w->day)
            result = add_fact(w, i);
    return result;
}

/* The part of a task to put into the plan of the date; 0: none. */
static int32_t part_of(const day_writer *w, const msched__span_task *task)
{
    if (task == w->guest)
        return w->span->plan->todos[task->todo].duration_s;
    if (w->mode != MSCHED__SPAN_FIXED)
        return task->part[w->day];
    return task->is_fixed && (task->dates >> w->day & 1) != 0
               ? w->span->plan->todos[task->todo].duration_s
               : 0;
}

/* The task of a to-do that is in the plan of the date; NULL: none. */
static const msched__span_task *task_on_date(const day_writer *w, uint32_t todo)
{
    uint32_t count;
    const msched__span_task *tasks = msched__tasks_of(w->span, todo, &count);
    for (uint32_t k = 0; k < count; k++)
        if (part_of(w, &tasks[k]) > 0)
            return &tasks[k];
    return NULL;
}

/* The ids of a task's predecessors on the same date; the others are on earlier dates. */
static uint32_t add_after(day_writer *w, const msched__plan_todo *t, const char **after, char *ids)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < t->after_count && count < MSCHED__SPAN_AFTER_MAX; i++) {
        uint32_t other = t->after[i];
        char *id = ids + (size_t)count * MSCHED__SPAN_ID_BYTES;
        if (w->span->plan->todos[other].kind == MSCHED_TODO_EVENT) {
            if (!msched__span_has(w->span, other, w->day))
                continue;
            msched__span_name_event(w->span, other, w->day, id);
            after[count++] = id;
            continue;
        }
        const msched__span_task *task = task_on_date(w, other);
        if (task != NULL) {
            msched__span_name_task(w->span, task, w->day, id);
            after[count++] = id;
        }
    }
    return count;
}

static msched_result add_task(day_writer *w, uint32_t index)
{
    const msched__span_task *task = &w->span->tasks[index];
    const msched__plan_todo *t = &w->span->plan->todos[task->todo];
    const msched__axis *axis = &w->span->dates[w->day].axis;
    char id[MSCHED__SPAN_ID_BYTES], ids[MSCHED__SPAN_AFTER_MAX * MSCHED__SPAN_ID_BYTES];
    const char *after[MSCHED__SPAN_AFTER_MAX];
    msched__span_name_task(w->span, task, w->day, id);
    msched_todo out = template_of(w, task->todo, id);
    if (task == w->guest)
        msched__span_time_window(w->span, task->todo, w->day, &out.earliest_s, &out.latest_s);
    else
        msched__span_window(w->span, task->todo, w->day, &out.earliest_s, &out.latest_s);
    out.earliest_s = shown(axis, out.earliest_s);
    out.latest_s = shown(axis, out.latest_s);
    out.start_s = shown(axis, out.start_s);
    out.end_s = MSCHED_UNSET;
    out.duration_s = part_of(w, task);
    if (out.split_min_s > out.duration_s)
        out.split_min_s = 0;
    out.after_count = add_after(w, t, after, ids);
    out.after = out.after_count > 0 ? after : NULL;
    if (msched__plain_time(out.latest_s) <= msched__plain_time(out.earliest_s))
        out.latest_s = out.earliest_s + 1;
    out.late |= msched__span_precedes(w->span, task->todo, w->day);
    out.line = index;
    if (w->is_flat)
        out.priority = 1;
    return msched_plan_builder_add_todo(w->builder, &out, w->span->err);
}

/* An event on this date, and those of the neighboring dates that reach into it. */
static msched_result add_event_dates(day_writer *w, uint32_t todo)
{
    msched_result result = MSCHED_OK;
    if (msched__span_has(w->span, todo, w->day))
        result = add_event(w, todo, 0);
    if (result == MSCHED_OK && w->day > 0 && msched__span_has(w->span, todo, w->day - 1))
        result = add_event(w, todo, -1);
    if (result == MSCHED_OK && msched__span_has(w->span, todo, w->day + 1))
        result = add_event(w, todo, 1);
    return result;
}

/* To-dos in the order of the whole plan, so that a span of a single date equals that day. */
static msched_result add_todos(day_writer *w)
{
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0; result == MSCHED_OK && i < w->span->plan->todo_count; i++) {
        if (w->span->plan->todos[i].kind == MSCHED_TODO_EVENT)
            result = add_event_dates(w, i);
        else
            result = add_facts(w, i);
        for (uint32_t k = 0; result == MSCHED_OK && k < w->span->occurrences[i]; k++) {
            uint32_t index = w->span->first_task[i] + k;
            if (part_of(w, &w->span->tasks[index]) > 0)
                result = add_task(w, index);
        }
    }
    return result;
}

/* The id, on the date, of the to-do during which a song plays; 0: it is not on the date. */
static int name_host(const day_writer *w, uint32_t todo, char *id)
{
    if (w->span->plan->todos[todo].kind == MSCHED_TODO_EVENT) {
        msched__span_name_event(w->span, todo, w->day, id);
        return msched__span_has(w->span, todo, w->day);
    }
    const msched__span_task *task = task_on_date(w, todo);
    const msched__span_fact *fact = msched__span_fact_on(w->span, todo, w->day);
    if (task != NULL)
        msched__span_name_task(w->span, task, w->day, id);
    else if (fact != NULL)
        snprintf(id, MSCHED__SPAN_ID_BYTES, "%s", fact->key);
    return task != NULL || fact != NULL;
}

static msched_result add_song(day_writer *w, uint32_t index)
{
    const msched__span_wish *wish = &w->span->wishes[index];
    const msched__axis *axis = &w->span->dates[w->day].axis;
    const msched__plan_song *from = &w->span->plan->songs[index];
    char host[MSCHED__SPAN_ID_BYTES];
    msched_song out;
    if (wish->asked[w->day] == 0 || w->mode == MSCHED__SPAN_TASKS ||
        (w->mode == MSCHED__SPAN_FIXED && !wish->is_fixed) ||
        (from->during != UINT32_MAX && !name_host(w, from->during, host)))
        return MSCHED_OK;
    msched_song_init(&out, sizeof out);
    msched_plan_get_song(w->span->plan, index, &out);
    out.during = from->during != UINT32_MAX ? host : NULL;
    out.times = wish->asked[w->day];
    out.between_start_s = shown(axis, out.between_start_s);
    out.between_end_s = shown(axis, out.between_end_s);
    out.start_s = shown(axis, out.start_s);
    out.line = index;
    return msched_plan_builder_add_song(w->builder, &out, w->span->err);
}

/*
 * Tracks that the fills of this date must avoid: those of the other dates' fills and wanted songs.
 */
static uint32_t taken_tracks(const day_writer *w, const char **out)
{
    const msched__span *span = w->span;
    uint32_t count = 0;
    for (uint32_t d = 0; d < span->days; d++) {
        const msched_schedule *s = span->dates[d].schedule;
        for (uint32_t i = 0; d != w->day && s != NULL && i < s->entry_count; i++)
            if (s->entries[i].kind == MSCHED_ENTRY_SONG && s->entries[i].wanted == UINT32_MAX) {
                if (out != NULL)
                    out[count] = s->entries[i].id;
                count++;
            }
    }
    for (uint32_t i = 0; i < span->plan->song_count; i++) {
        int elsewhere = 0;
        for (uint32_t d = 0; d < span->days && !elsewhere; d++)
            elsewhere = d != w->day && span->wishes[i].asked[d] > 0;
        if (!elsewhere || span->found[i].track == UINT32_MAX)
            continue;
        if (out != NULL)
            out[count] = msched__catalog_text(span->catalog,
                                              span->catalog->track_id[span->found[i].track]);
        count++;
    }
    return count;
}

/* The seconds that a task has on the date. */
static int32_t length_on_date(const day_writer *w, uint32_t todo)
{
    const msched__span_task *task = task_on_date(w, todo);
    const msched__span_fact *fact = msched__span_fact_on(w->span, todo, w->day);
    return task != NULL ? part_of(w, task) : fact->end_s - fact->start_s;
}

/*
 * The rules of a fill on this date; a fill for the whole of a task is for its part here. A fill
 * that is not wanted keeps its place with a length of 0, so that each has its index in the whole
 * plan. `host` has room for an id.
 */
static msched_listening rules_of_fill(const day_writer *w, uint32_t k, char *host)
{
    const msched_plan *plan = w->span->plan;
    const msched__span_date *date = &w->span->dates[w->day];
    uint32_t during = msched__plan_fill_during(plan, k);
    msched_listening rules;
    msched_listening_init(&rules, sizeof rules);
    msched_plan_get_fill(plan, k, &rules);
    rules.fill_during = NULL;
    if ((plan->span->fills[k].dates >> w->day & 1) == 0 || (!date->is_open && !date->is_kept) ||
        w->mode == MSCHED__SPAN_TASKS || (during != UINT32_MAX && !name_host(w, during, host)))
        rules.fill_s = 0;
    else if (during != UINT32_MAX)
        rules.fill_during = host;
    if (rules.fill_during != NULL && plan->todos[during].kind == MSCHED_TODO_TASK &&
        rules.fill_s == w->span->given->todos[during].duration_s)
        rules.fill_s = length_on_date(w, during);
    return rules;
}

/* Add fill k. It avoids the first `taken` of `avoid`, too, after which its own have room. */
static msched_result add_fill(day_writer *w, uint32_t k, const char **avoid, uint32_t taken)
{
    char host[MSCHED__SPAN_ID_BYTES];
    msched_listening rules = rules_of_fill(w, k, host);
    if (rules.fill_s > 0) {
        for (uint32_t i = 0; i < rules.fill_avoid_count; i++)
            avoid[taken + i] = rules.fill_avoid[i];
        rules.fill_avoid = avoid;
        rules.fill_avoid_count += taken;
    }
    return k == 0 ? msched_plan_builder_set_listening(w->builder, &rules, w->span->err)
                  : msched_plan_builder_add_fill(w->builder, &rules, w->span->err);
}

static msched_result set_listening(day_writer *w)
{
    const msched_plan *plan = w->span->plan;
    char host[MSCHED__SPAN_ID_BYTES];
    uint32_t taken = 0, most = 0, wanted = 0;
    for (uint32_t k = 0; k <= plan->more_fill_count; k++) {
        const msched_listening rules = rules_of_fill(w, k, host);
        wanted |= rules.fill_s > 0;
        most = rules.fill_avoid_count > most ? rules.fill_avoid_count : most;
    }
    if (wanted && w->mode != MSCHED__SPAN_FIXED)
        taken = taken_tracks(w, NULL);
    const char **avoid = msched__alloc_array(&w->span->allocator, (size_t)taken + most + 1,
                                             sizeof *avoid);
    if (avoid == NULL)
        return msched__fail_memory(w->span->err);
    if (taken > 0)
        taken_tracks(w, avoid);
    msched_result result = MSCHED_OK;
    for (uint32_t k = 0; result == MSCHED_OK && k <= plan->more_fill_count; k++)
        result = add_fill(w, k, avoid, taken);
    msched__free(&w->span->allocator, avoid);
    return result;
}

static msched_result make_plan(day_writer *w, msched_plan **out)
{
    msched__span *span = w->span;
    const msched__span_date *date = &span->dates[w->day];
    msched_day day;
    msched_day_init(&day, sizeof day);
    day.date = date->date;
    day.timezone = span->plan->timezone;
    day.start_s = date->is_open || date->is_kept ? date->start_s : 0;
    day.end_s = date->is_open || date->is_kept ? date->end_s : 60;
    day.now_s = date->is_kept ? date->end_s : date->now_s;
    /* entries of the date's previous schedule before `now` were done, or continue */
    day.assume_done = date->was != NULL;
    day.break_s = span->plan->break_s;
    day.break_after_s = span->plan->break_after_s;
    msched_result result = msched_plan_builder_create(&w->builder, &day, &span->allocator,
                                                      span->err);
    if (result != MSCHED_OK)
        return result;
    w->builder->is_of_span = 1;
    result = add_todos(w);
    for (uint32_t i = 0; result == MSCHED_OK && i < span->plan->song_count; i++)
        result = add_song(w, i);
    if (result == MSCHED_OK)
        result = set_listening(w);
    if (result == MSCHED_OK)
        return msched_plan_builder_finish(out, w->builder, span->err);
    msched_plan_builder_free(w->builder);
    return result;
}

static int is_over(void *ctx)
{
    return msched__budget_look(ctx);
}

/*
 * The work limit of a solve: most dates need less, and for the others, a different set of tasks
 * helps more.
 */
static uint64_t work_of(enum msched__span_mode mode)
{
    switch (mode) {
    case MSCHED__SPAN_TASKS:
        return 1000;
    case MSCHED__SPAN_TRY:
        return 10000;
    case MSCHED__SPAN_FIXED:
        return 20000;
    default:
        return 0; /* as in a plan of one day */
    }
}

/* Point the plays of the date's previous schedule to its wanted songs. */
static void point_to_wishes(const msched__span_date *date, const msched_plan *plan)
{
    for (uint32_t i = 0; date->was != NULL && i < date->was->entry_count; i++) {
        msched_schedule_entry *e = &date->was->entries[i];
        if (e->kind != MSCHED_ENTRY_SONG || e->wanted == UINT32_MAX)
            continue;
        e->wanted = 0;
        while (e->wanted < plan->song_count && plan->songs[e->wanted].line != date->was_wish[i])
            e->wanted++;
    }
}

static msched_result solve_writer(day_writer *writer, msched_schedule **out)
{
    msched__span *span = writer->span;
    uint32_t day = writer->day;
    enum msched__span_mode mode = writer->mode;
    msched_plan *plan = NULL;
    msched_result result = make_plan(writer, &plan);
    if (result != MSCHED_OK)
        return result;
    msched_schedule_options options = *span->options;
    options.no_reasons = options.no_reasons || mode != MSCHED__SPAN_EXPLAIN;
    options.lazy_reasons = 0;
    options.no_order = options.no_order || mode == MSCHED__SPAN_TRY || mode == MSCHED__SPAN_TASKS;
    options.time_limit_ms = 0;
    options.previous = span->dates[day].was;
    options.cancel = is_over;
    options.cancel_ctx = &span->budget;
    uint64_t most = writer->is_flat ? FLAT_WORK : work_of(mode);
    if (options.work_limit > 0) {
        uint64_t left = msched__budget_left(&span->budget);
        options.work_limit = left > 0 ? left : 1;
    }
    if (most > 0 && (options.work_limit == 0 || options.work_limit > most))
        options.work_limit = most;
    plan->is_of_several = span->days > 1;
    point_to_wishes(&span->dates[day], plan);
    const int has_hints = span->days > 1 && mode != MSCHED__SPAN_FIXED;
    if (!has_hints || msched__span_add_hints(span, day, plan))
        result = msched__schedule_build_day(out, span->catalog, plan, &options, span->err);
    else
        result = msched__fail_memory(span->err);
    msched__span_remove_hints(span, plan);
    if (result == MSCHED_OK)
        msched__budget_count(&span->budget, (*out)->objective.work);
    msched_plan_unref(plan);
    return result;
}

static msched_result solve_date(msched__span *span, uint32_t day, enum msched__span_mode mode,
                                int is_flat, msched_schedule **out)
{
    day_writer writer = {.span = span, .day = day, .mode = mode, .is_flat = is_flat};
    return solve_writer(&writer, out);
}

msched_result msched__span_solve_with(msched__span *span, uint32_t day, uint32_t task,
                                      msched_schedule **out)
{
    day_writer writer = {.span = span,
                         .day = day,
                         .mode = MSCHED__SPAN_TRY,
                         .is_flat = span->dates[day].is_flat,
                         .guest = &span->tasks[task]};
    return solve_writer(&writer, out);
}

msched_result msched__span_solve_date(msched__span *span, uint32_t day, enum msched__span_mode mode,
                                      msched_schedule **out)
{
    return solve_date(span, day, mode, mode == MSCHED__SPAN_SEARCH && span->dates[day].is_flat,
                      out);
}

void msched__span_read_date(msched__span *span, uint32_t day)
{
    const msched__span_date *date = &span->dates[day];
    for (uint32_t i = 0; i < span->task_count; i++)
        span->tasks[i].got[day] = 0;
    for (uint32_t i = 0; i < span->plan->song_count; i++)
        span->wishes[i].got[day] = 0;
    for (uint32_t i = 0; i < date->schedule->entry_count; i++) {
        const msched_schedule_entry *e = &date->schedule->entries[i];
        const msched_plan *plan = date->schedule->plan;
        if (e->kind == MSCHED_ENTRY_SONG && e->wanted != UINT32_MAX)
            span->wishes[plan->songs[e->wanted].line].got[day]++;
        else if (e->kind == MSCHED_ENTRY_TODO && plan->todos[e->todo].line <= MSCHED__SPAN_INDEX &&
                 !e->fixed)
            span->tasks[plan->todos[e->todo].line].got[day] += (int32_t)msched__entry_length(e);
    }
}

/* 1 if an assigned task is missing in the date's schedule. */
static int lacks_task(const msched__span *span, uint32_t day)
{
    for (uint32_t i = 0; i < span->task_count; i++)
        if (span->tasks[i].got[day] < span->tasks[i].part[day])
            return 1;
    return 0;
}

static void set_schedule(msched__span *span, uint32_t day, msched_schedule *schedule)
{
    msched_schedule_unref(span->dates[day].schedule);
    span->dates[day].schedule = schedule;
    msched__span_read_date(span, day);
}

/*
 * Solve a date of a span as if all its tasks had the highest priority. Searching for all tasks at
 * once is simpler than priority by priority. The result is kept if it has all tasks and not fewer
 * `must` songs, because then it is no worse on these levels.
 */
static msched_result try_flat(msched__span *span, uint32_t day, enum msched__span_mode mode)
{
    msched_schedule *before = msched_schedule_ref(span->dates[day].schedule), *flat = NULL;
    msched_result result = solve_date(span, day, mode, 1, &flat);
    span->flat_count++;
    if (result == MSCHED_OK) {
        set_schedule(span, day, flat);
        span->dates[day].is_flat = 1;
        if (lacks_task(span, day) || flat->objective.value[MSCHED_LEVEL_MUST_SONGS] <
                                         before->objective.value[MSCHED_LEVEL_MUST_SONGS]) {
            set_schedule(span, day, msched_schedule_ref(before));
            span->dates[day].is_flat = 0;
        }
    }
    msched_schedule_unref(before);
    return result;
}

msched_result msched__span_update_date(msched__span *span, uint32_t day,
                                       enum msched__span_mode mode)
{
    msched_schedule *schedule = NULL;
    msched_result result = solve_date(span, day, mode, 0, &schedule);
    if (result != MSCHED_OK)
        return result;
    set_schedule(span, day, schedule);
    span->dates[day].is_ordered = mode != MSCHED__SPAN_TRY;
    span->dates[day].is_flat = 0;
    if (span->days > 1 && mode != MSCHED__SPAN_EXPLAIN && lacks_task(span, day) &&
        span->flat_count < FLAT_TRIES * span->days &&
        span->dates[day].load_s <= span->dates[day].capacity_s)
        result = try_flat(span, day, mode);
    return result;
}
