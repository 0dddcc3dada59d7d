/*
 * Bounds of the song levels over all arrangements of the tasks: songs without tasks, in at most the
 * time that silent tasks leave, and during a task for at most its length.
 */
#include "schedule/joint/joint_bound.h"

#include "algo/budget.h"
#include "algo/index_sort.h"
#include "algo/min_max.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_hosts.h"
#include "schedule/joint/joint_sack.h"
#include "schedule/model/bounds.h"
#include "schedule/model/model.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/songs/songs_capacity.h"
#include "schedule/songs/songs_solve.h"
#include "schedule/tasks/tasks_narrow.h"
#include "schedule/tasks/tasks_solve.h"

#include <string.h>

#define BOUND_PART 16 /* of the remaining work: for the close bounds */
#define CLOSE_MAX  64 /* maximum number of plays for the close bounds */

/* Which buffers are added to the silent to-dos. */
enum buffers { EVENTS_BOTH = 0, ALL_AFTER = 1, ALL_BEFORE = 2, BUFFERS_COUNT = 3 };

static int32_t buffer_of(const msched__task *task, enum buffers take)
{
    return take == ALL_AFTER ? task->after : take == ALL_BEFORE ? task->before : 0;
}

/* How far a task's buffer can extend beyond the window. */
static int32_t overhang(const msched__tasks *tasks, const msched__task *task, enum buffers take)
{
    int32_t buffer = buffer_of(task, take), out;
    if (buffer == 0 || task->window_count == 0)
        return 0;
    out = take == ALL_AFTER ? task->deadline + buffer - tasks->window_end
                            : tasks->window_start + buffer - task->windows[0].start;
    return out < 0 ? 0 : out < buffer ? out : buffer;
}

/*
 * Seconds of the `count` shortest silent tasks of a priority, with their buffers. `length` has an
 * element for each task.
 */
static int64_t least_silence(const msched__tasks *tasks, int priority, int32_t count,
                             enum buffers take, int32_t *length)
{
    int64_t total = 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i < tasks->count; i++) {
        const msched__task *task = &tasks->tasks[i];
        int32_t size = task->length + buffer_of(task, take);
        if (!task->silent || task->priority != priority || task->hopeless)
            continue;
        uint32_t at = n++;
        for (; at > 0 && length[at - 1] > size; at--)
            length[at] = length[at - 1];
        length[at] = size;
    }
    for (uint32_t i = 0; i < n && (int32_t)i < count; i++)
        total += length[i];
    return total;
}

/*
 * Maximum part of the buffer of a silent task of priority 1 .. `last` that can be outside the
 * window.
 */
static int32_t most_overhang(const msched__tasks *tasks, int last, enum buffers take)
{
    int32_t most = 0;
    for (uint32_t i = 0; i < tasks->count; i++)
        if (tasks->tasks[i].silent && tasks->tasks[i].priority <= last)
            most = larger(most, overhang(tasks, &tasks->tasks[i], take));
    return most;
}

/* Silent events with these buffers, as a set. */
static uint32_t silent_events(const msched__tasks *tasks, enum buffers take, msched__interval *busy)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < tasks->fixed_count; i++) {
        const msched__fixed *f = &tasks->fixed[i];
        if (f->silent)
            busy[n++] = (msched__interval){f->start - (take == ALL_AFTER ? 0 : f->before),
                                           f->end + (take == ALL_BEFORE ? 0 : f->after)};
    }
    return msched__interval_normalize(busy, n);
}

/* Seconds of the window without silent events and these buffers; -1 when out of memory. */
static int64_t shared_time(msched__arena *arena, const msched__tasks *tasks, enum buffers take)
{
    msched__interval *busy = msched__arena_alloc(arena, tasks->fixed_count, sizeof *busy);
    if (busy == NULL)
        return -1;
    uint32_t n = silent_events(tasks, take, busy);
    int64_t window = (int64_t)tasks->window_end - tasks->window_start;
    return window <= 0 ? 0
                       : window - msched__interval_total_within(busy, n, tasks->window_start,
                                                                tasks->window_end);
}

/* As msched__quiet_capacity, with `count` tasks of each priority. */
static int64_t capacity_beside(const msched__solver *s, const int32_t *count, int last)
{
    msched__arena *arena = s->arena;
    const msched__tasks *tasks = &s->model->tasks;
    int64_t least = INT64_MAX;
    int32_t loud[5] = {0};
    int32_t *length = msched__arena_alloc(arena, tasks->count, sizeof *length);
    if (length == NULL)
        return -1;
    for (uint32_t i = 0; i < tasks->count; i++)
        loud[tasks->tasks[i].priority] += !tasks->tasks[i].silent && !tasks->tasks[i].hopeless;
    for (int take = EVENTS_BOTH; take < BUFFERS_COUNT; take++) {
        int64_t capacity = shared_time(arena, tasks, (enum buffers)take);
        if (capacity < 0)
            return -1;
        for (int p = 1; p <= last; p++)
            capacity -= least_silence(tasks, p, count[p] - loud[p], (enum buffers)take, length);
        /* one buffer may extend beyond the window */
        capacity += most_overhang(tasks, last, (enum buffers)take);
        least = capacity < least ? capacity : least;
    }
    return least < 0 ? 0 : least;
}

int64_t msched__quiet_capacity(const msched__solver *s, int last)
{
    return capacity_beside(s, s->best.timetable.count, last);
}

static void limit_total(msched__songs_problem *problem, int64_t capacity)
{
    for (uint32_t i = 0; i < problem->play_count; i++)
        capacity += problem->plays[i].frozen ? problem->plays[i].length_s : 0;
    if (problem->max_total_s == MSCHED_UNSET || problem->max_total_s > capacity)
        problem->max_total_s = (int32_t)capacity;
}

/*
 * The bounds found so far: the maximum number of must plays, and the maximum weight with that
 * number.
 */
typedef struct found {
    int64_t must, weight;
} found;

/* A weight holds for this number of must plays; with fewer, there may be more weight. */
static void lower(found *out, int64_t must, int64_t weight)
{
    if (must < out->must || (must == out->must && weight < out->weight))
        out->weight = weight;
    out->must = smaller64(out->must, must);
}

/*
 * Bounds by knapsacks: the maximum number of must plays, and the maximum weight with `must` of
 * them. The latter gives a must play such a large value that no weight can replace one.
 */
static msched_result bound_by_sack(msched__solver *s, const msched__songs_problem *plays,
                                   int64_t capacity, found *out)
{
    msched__sack k = {.model = s->model, .plays = plays};
    int64_t listenable = msched__interval_total(plays->free, plays->free_count);
    int64_t *value = msched__arena_alloc(s->arena, plays->play_count, sizeof *value);
    if (value == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < plays->play_count; i++)
        value[i] = plays->plays[i].must ? (int64_t)1 << 32 : plays->plays[i].weight;
    if (plays->max_total_s != MSCHED_UNSET)
        capacity = smaller64(capacity, plays->max_total_s);
    int64_t most = msched__sack_fill(&k, s->arena, smaller64(capacity, listenable), value);
    if (most < 0)
        return MSCHED_ERROR_MEMORY;
    if (most == INT64_MAX)
        return MSCHED_OK;
    msched__budget_count(s->budget, k.work);
    lower(out, most >> 32, most & UINT32_MAX);
    return MSCHED_OK;
}

/* The best placement without tasks, as far as a search finds it in time. */
static msched_result bound_by_search(msched__solver *s, const msched__songs_problem *plays,
                                     uint64_t limit, found *out)
{
    msched__songs_placement placement;
    msched__arena scratch;
    msched__budget part = msched__budget_part(s->budget, limit);
    part.limit = limit;
    msched__arena_init(&scratch, &s->arena->allocator, 0);
    msched_result result = msched__songs_place(&scratch, plays, &part, &placement);
    msched__budget_join(s->budget, &part);
    if (result == MSCHED_OK)
        lower(out, placement.must_bound, placement.weight_bound);
    msched__arena_reset(&scratch);
    return result;
}

/* Number of tasks of a priority that an arrangement with these values leaves out. */
static int32_t missing_of(const msched__solver *s, int priority)
{
    return s->model->tasks.wanted[priority] - s->best.timetable.count[priority];
}

int msched__narrow_model(const msched__solver *s, uint32_t level, msched__model *model,
                         msched__solver *narrow, int *possible)
{
    const msched__tasks *tasks = &s->model->tasks;
    uint8_t sure[MSCHED__NARROW_TASKS];
    *narrow = *s;
    *model = *s->model;
    narrow->model = model;
    *possible = 1;
    if (s->model->replan != NULL || tasks->count > MSCHED__NARROW_TASKS)
        return 1;
    for (uint32_t i = 0; i < tasks->count; i++) {
        int p = tasks->tasks[i].priority;
        int32_t missing = missing_of(s, p) - (msched__level_of_priority[p] == level);
        sure[i] = msched__level_of_priority[p] <= level && missing == 0;
    }
    if (!msched__tasks_narrow(s->arena, tasks, sure, &model->tasks, possible))
        return 0;
    if (!*possible)
        narrow->model = s->model;
    return 1;
}

/*
 * Silent tasks of priority 1 .. `last` for the bounds; split ones in pieces for which the windows
 * have time.
 */
static int hold_tasks(const msched__solver *s, int last, msched__songs_problem *out)
{
    msched__arena *arena = s->arena;
    const msched__tasks *tasks = &s->model->tasks;
    msched__held *held = msched__arena_alloc(arena, tasks->count, sizeof *held);
    msched__interval *busy = msched__arena_alloc(arena, tasks->fixed_count, sizeof *busy);
    msched__interval *shared = msched__arena_alloc(arena, tasks->fixed_count + 1, sizeof *shared);
    if (held == NULL || busy == NULL || shared == NULL)
        return 0;
    uint32_t n = silent_events(tasks, EVENTS_BOTH, busy);
    for (uint32_t i = 0; i < tasks->count; i++) {
        const msched__task *task = &tasks->tasks[i];
        if (task->silent && !task->hopeless && task->priority <= last)
            held[out->held_count++] =
                (msched__held){{task->windows[0].start, task->deadline},
                               task->length,
                               task->priority,
                               task->piece_min > 0,
                               task->piece_min > 0 ? task->length / task->piece_min : 1};
    }
    for (int p = 1; p <= last; p++) {
        out->held_missing[p] = missing_of(s, p);
        for (uint32_t i = 0; i < tasks->count; i++)
            out->held_missing[p] -= tasks->tasks[i].hopeless && tasks->tasks[i].priority == p;
        out->held_missing[p] = larger(out->held_missing[p], 0);
    }
    msched__interval window = {tasks->window_start, tasks->window_end};
    out->held = held;
    out->shared = shared;
    out->shared_count = window.start < window.end
                            ? msched__interval_subtract(shared, &window, 1, busy, n)
                            : 0;
    return 1;
}

/*
 * The compulsory parts of silent tasks of priority 1 .. `last`, if all of the priority are placed.
 * 0 when out of memory.
 */
static int surely_silent(const msched__solver *s, int last, msched__arrangement *out)
{
    const msched__tasks *tasks = &s->model->tasks;
    *out = (msched__arrangement){0};
    out->pieces = msched__arena_alloc(s->arena, tasks->count, sizeof *out->pieces);
    if (out->pieces == NULL)
        return 0;
    for (uint32_t i = 0; i < tasks->count; i++) {
        const msched__task *task = &tasks->tasks[i];
        if (!task->silent || task->piece_min > 0 || task->priority > last ||
            missing_of(s, task->priority) > 0)
            continue;
        int32_t start = task->deadline - task->length, end = task->windows[0].start + task->length;
        if (start < end)
            out->pieces[out->piece_count++] = (msched__piece){i, start, end};
    }
    return 1;
}

int msched__songs_anywhere(const msched__solver *s, int last, msched__songs_problem *out)
{
    msched__arrangement sure;
    return surely_silent(s, last, &sure) && msched__songs_relaxed(s->arena, s->model, &sure, out);
}

/*
 * The maximum number of must plays, up to `most`, in the time that tasks of priority 1 .. `last`
 * leave, and the maximum weight with that number. The weight is bounded only if all priorities
 * count: with `last` 1, it changes only by what a search finds.
 */
static msched_result bound_one(msched__solver *s, int last, uint64_t limit, int64_t most,
                               found *out)
{
    msched__solver narrow;
    msched__model model;
    int possible;
    if (!msched__narrow_model(s, last == 1 ? MSCHED_LEVEL_MUST_SONGS : MSCHED_LEVEL_SONG_WEIGHT,
                              &model, &narrow, &possible))
        return MSCHED_ERROR_MEMORY;
    msched__songs_problem plays;
    if (!msched__songs_anywhere(&narrow, last, &plays) || !hold_tasks(&narrow, last, &plays))
        return MSCHED_ERROR_MEMORY;
    int64_t capacity = msched__quiet_capacity(&narrow, last);
    if (capacity < 0)
        return MSCHED_ERROR_MEMORY;
    limit_total(&plays, capacity);
    msched_result result = msched__songs_bound(s->arena, &plays, most, &out->must,
                                               last == 1 ? NULL : &out->weight);
    if (result == MSCHED_OK && limit > 0)
        result = bound_by_sack(&narrow, &plays, capacity, out);
    if (result == MSCHED_OK && limit > 0)
        result = bound_by_search(s, &plays, limit, out);
    return result;
}

static int has_must(const msched__solution *day)
{
    for (uint32_t i = 0; i < day->songs.play_count; i++)
        if (day->songs.plays[i].must)
            return 1;
    return 0;
}

/* With at most `limit` units of work; if it is 0, only the quick bounds. */
static msched_result bound_songs(msched__solver *s, uint64_t limit)
{
    const int64_t *value = s->best.value;
    int64_t reached = value[MSCHED_LEVEL_MUST_SONGS], all = msched__hosts_weight(s);
    found musts = {0, 0}, beside = {0, 0};
    msched__arena scratch, *before = msched__solver_enter(s, &scratch);
    msched_result result = MSCHED_OK;
    if (limit > 0 || has_must(&s->best))
        result = bound_one(s, 1, limit, INT64_MAX, &musts);
    /*
     * lower levels are bounded for the must plays that the day has, not for those that it might
     * have
     */
    if (result == MSCHED_OK)
        result = bound_one(s, 4, limit, reached, &beside);
    msched__solver_leave(s, before);
    if (result != MSCHED_OK)
        return result;
    msched__bounds_lower(&s->bounds, MSCHED_LEVEL_MUST_SONGS, musts.must, value);
    msched__bounds_lower(&s->bounds, MSCHED_LEVEL_SONG_WEIGHT,
                         beside.must == reached && beside.weight < all ? beside.weight : all,
                         value);
    return MSCHED_OK;
}

void msched__bound_easy(msched__solver *s)
{
    int64_t must = 0;
    for (uint32_t i = 0; i < s->best.songs.play_count; i++)
        must += s->best.songs.plays[i].must;
    msched__bounds_lower(&s->bounds, MSCHED_LEVEL_MUST_SONGS, must, s->best.value);
    msched__bounds_lower(&s->bounds, MSCHED_LEVEL_SONG_WEIGHT, msched__hosts_weight(s),
                         s->best.value);
}

/* Seconds of the shortest must plays, for the number placed; -1 when out of memory. */
static int64_t least_musts(const msched__solver *s)
{
    const msched__songs_problem *songs = &s->best.songs;
    uint32_t count = 0;
    int64_t seconds = 0;
    msched__keyed *keys = msched__arena_alloc(s->arena, songs->play_count, sizeof *keys);
    if (keys == NULL)
        return -1;
    for (uint32_t i = 0; i < songs->play_count; i++)
        if (songs->plays[i].must)
            keys[count++] = (msched__keyed){(uint64_t)songs->plays[i].length_s, i};
    msched__key_sort(keys, count);
    for (uint32_t k = 0; k < count && (int64_t)k < s->best.value[MSCHED_LEVEL_MUST_SONGS]; k++)
        seconds += (int64_t)keys[k].key;
    return seconds;
}

/*
 * The maximum number of tasks of priority p with `demand` seconds of songs; -1 when out of memory.
 */
static int32_t most_beside(msched__solver *s, int p, int64_t demand)
{
    const msched__tasks *tasks = &s->model->tasks;
    int32_t count[5],
        low = s->best.timetable.count[p],
        high = (int32_t)msched__bounds_get(&s->bounds, msched__level_of_priority[p], s->best.value,
                                           tasks->base[p] + tasks->wanted[p]) -
               tasks->base[p];
    memcpy(count, s->best.timetable.count, sizeof count);
    while (low < high) {
        count[p] = high - (high - low) / 2;
        msched__budget_spend(s->budget, 1 + tasks->count / 4);
        int64_t capacity = capacity_beside(s, count, p);
        if (capacity < 0)
            return -1;
        if (capacity >= demand)
            low = count[p];
        else
            high = count[p] - 1;
    }
    return low;
}

msched_result msched__bound_beside_musts(msched__solver *s)
{
    if (s->model->replan != NULL || s->best.value[MSCHED_LEVEL_MUST_SONGS] == 0)
        return MSCHED_OK;
    int64_t demand = least_musts(s);
    for (int p = 2; p <= 4; p++) {
        int32_t most = demand < 0 ? -1 : most_beside(s, p, demand);
        if (most < 0)
            return MSCHED_ERROR_MEMORY;
        msched__bounds_lower(&s->bounds, msched__level_of_priority[p],
                             s->model->tasks.base[p] + most, s->best.value);
    }
    return MSCHED_OK;
}

msched_result msched__bound_quick(msched__solver *s)
{
    return bound_songs(s, 0);
}

msched_result msched__bound_close(msched__solver *s)
{
    s->kept = s->best.songs.play_count > CLOSE_MAX ? 0
                                                   : msched__budget_left(s->budget) / BOUND_PART;
    return s->kept > 0 ? bound_songs(s, s->kept) : MSCHED_OK;
}

msched_result msched__bound_again(msched__solver *s)
{
    return bound_songs(s, s->kept / 2);
}

msched_result msched__bound_tasks(msched__solver *s)
{
    int32_t bound[5];
    const msched__tasks *tasks = &s->model->tasks;
    const int32_t *count = s->best.timetable.count;
    if (!msched__solve_tasks_bound(s->arena, tasks, count, bound))
        return MSCHED_ERROR_MEMORY;
    for (int p = 1; p <= 4; p++) {
        uint32_t level = msched__level_of_priority[p];
        int64_t most = tasks->base[p] + bound[p];
        if (most < msched__bounds_get(&s->bounds, level, s->best.value, INT64_MAX))
            msched__bounds_put_tasks(&s->bounds, level, most, s->best.value);
    }
    return MSCHED_OK;
}
