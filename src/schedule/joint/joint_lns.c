/*
 * Search parts of the day again while the rest stays: one or two intervals of a few tasks each,
 * with the songs in them and the unplaced items. The rest limits the windows of the free items, so
 * the search only handles free items. The intervals are random, the same for the same seed.
 */
#include "schedule/joint/joint_lns.h"

#include "algo/bits.h"
#include "algo/budget.h"
#include "algo/min_max.h"
#include "base/hash.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/tasks/tasks_relaxation.h"

#include <string.h>

#define INTERVALS_MAX 12
#define PIECES_MOST   7    /* about this many tasks are free */
#define PART_WORK     2000 /* units for one part */
#define FAR           (INT32_MAX / 2)

typedef struct parts {
    msched__day_searcher *s;
    const msched__tasks *tasks;         /* of the whole day */
    const msched__songs_problem *songs; /* without tasks */
    uint64_t random;
    msched__interval interval[INTERVALS_MAX];
    uint32_t interval_count;
    uint64_t free;    /* the items that are searched for */
    uint64_t dropped; /* neither searched for nor at their old times */
    msched__interval *busy;
    uint32_t busy_count;
} parts;

static uint32_t draw(parts *p, uint32_t count)
{
    p->random += UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(msched__hash_mix(p->random) >> 32) % count;
}

/* Add the time from the end of the piece before some pieces to the start of the one after them. */
static void add_interval(parts *p, uint32_t first, uint32_t count)
{
    const msched__arrangement *best = p->s->found;
    if (p->interval_count == INTERVALS_MAX)
        return;
    msched__interval *out = &p->interval[p->interval_count++];
    out->start = first > 0 ? best->pieces[first - 1].end : 0;
    out->end = first + count < best->piece_count ? best->pieces[first + count].start : FAR;
}

static int in_interval(const parts *p, int32_t start, int32_t end)
{
    for (uint32_t i = 0; i < p->interval_count; i++)
        if (p->interval[i].start <= start && end <= p->interval[i].end)
            return 1;
    return 0;
}

/* Choose some intervals, and all pieces of the tasks in them. */
static void draw_intervals(parts *p)
{
    const msched__arrangement *best = p->s->found;
    uint32_t left = 3 + draw(p, PIECES_MOST - 2), parts_of[MSCHED__DAY_ITEMS] = {0};
    p->interval_count = 0;
    while (left > 0) {
        uint32_t count = 1 + draw(p, left);
        add_interval(p, draw(p, best->piece_count + 1), count);
        left -= count;
    }
    p->interval_count = msched__interval_normalize(p->interval, p->interval_count);
    for (uint32_t i = 0; i < best->piece_count; i++)
        parts_of[best->pieces[i].task] |= in_interval(p, best->pieces[i].start, best->pieces[i].end)
                                              ? 1
                                              : 2;
    for (uint32_t i = 0; i < best->piece_count; i++)
        if (parts_of[best->pieces[i].task] == 3 &&
            !in_interval(p, best->pieces[i].start, best->pieces[i].end))
            add_interval(p, i, 1);
    p->interval_count = msched__interval_normalize(p->interval, p->interval_count);
}

/* Free the unplaced items and those in the intervals, and the songs of free tasks. */
static void find_free(parts *p)
{
    const msched__day_searcher *s = p->s;
    p->free = 0;
    for (uint32_t i = 0; i < s->task_count; i++)
        if (!s->tasks->tasks[i].hopeless)
            p->free |= msched__bit_of(i);
    for (uint32_t i = 0; i < s->found->piece_count; i++)
        if (!in_interval(p, s->found->pieces[i].start, s->found->pieces[i].end))
            p->free &= ~msched__bit_of(s->found->pieces[i].task);
    /* the predecessors of a fixed task are fixed, too */
    for (uint32_t k = s->task_count; k-- > 0;) {
        uint32_t i = p->tasks->topological[k];
        for (uint32_t j = 0; s->found->placed[i] && !(p->free & msched__bit_of(i)) &&
                             j < p->tasks->tasks[i].pred_count;
             j++)
            p->free &= ~msched__bit_of(p->tasks->tasks[i].preds[j]);
    }
    for (uint32_t i = 0; i < s->play_count; i++) {
        int32_t start = s->found_starts[i];
        int hosted = s->host[i] != UINT32_MAX && (p->free & msched__bit_of(s->host[i]));
        if (!s->songs->plays[i].frozen &&
            (start == MSCHED_UNSET || hosted ||
             in_interval(p, start, start + s->songs->plays[i].length_s)))
            p->free |= msched__bit_of(s->task_count + i);
    }
}

static int level_of(const parts *p, uint32_t item)
{
    const msched__day_searcher *s = p->s;
    if (item >= s->task_count)
        return p->songs->plays[item - s->task_count].must ? MSCHED_LEVEL_MUST_SONGS
                                                          : MSCHED_LEVEL_SONG_WEIGHT;
    return msched__level_of_priority[p->tasks->tasks[item].priority];
}

/* Leave out what counts less than the first level below its bound: a gain there outweighs it. */
static void drop_lesser(parts *p)
{
    const msched__day_searcher *s = p->s;
    int level = 0;
    while (level + 1 < MSCHED_LEVEL_FILL_S && s->best[level] >= s->target[level])
        level++;
    for (uint32_t i = 0; i < s->item_count; i++)
        if ((p->free & msched__bit_of(i)) && level_of(p, i) > level)
            p->dropped |= msched__bit_of(i);
    p->free &= ~p->dropped;
    /* the successors of a task that is left out cannot be placed either */
    for (uint32_t k = 0; k < s->task_count; k++) {
        uint32_t i = p->tasks->topological[k];
        for (uint32_t j = 0; j < p->tasks->tasks[i].pred_count; j++)
            if (p->dropped & msched__bit_of(p->tasks->tasks[i].preds[j]))
                p->dropped |= msched__bit_of(i);
    }
    for (uint32_t i = 0; i < s->play_count; i++)
        if (s->host[i] != UINT32_MAX && (p->dropped & msched__bit_of(s->host[i])))
            p->dropped |= msched__bit_of(s->task_count + i);
    p->free &= ~p->dropped;
}

static void add_busy(parts *p, int32_t start, int32_t end)
{
    if (start < end)
        p->busy[p->busy_count++] = (msched__interval){larger(start, 0), end};
}

static int is_placed(const parts *p, uint32_t play)
{
    return p->s->found_starts[play] != MSCHED_UNSET &&
           !((p->free | p->dropped) & msched__bit_of(p->s->task_count + play));
}

/* Spans without the busy time, clipped to the intervals. NULL when out of memory. */
static const msched__interval *cut(msched__arena *arena, parts *p, const msched__interval *spans,
                                   uint32_t *count)
{
    uint32_t most = *count + p->interval_count;
    msched__interval *within = msched__arena_alloc(arena, most, sizeof *within);
    p->busy_count = msched__interval_normalize(p->busy, p->busy_count);
    msched__interval *out = msched__arena_alloc(arena, most + p->busy_count, sizeof *out);
    if (within == NULL || out == NULL)
        return NULL;
    uint32_t n = msched__interval_intersect(within, spans, *count, p->interval, p->interval_count);
    *count = msched__interval_subtract(out, within, n, p->busy, p->busy_count);
    return out;
}

/* The windows of a free task around the fixed items. 0 when out of memory. */
static int narrow_task(msched__arena *arena, parts *p, uint32_t index, msched__task *task)
{
    const msched__day_searcher *s = p->s;
    p->busy_count = 0;
    for (uint32_t k = 0; k < s->fixed_piece_count; k++) {
        msched__piece piece = s->fixed_pieces[k];
        const msched__task *other = &p->tasks->tasks[piece.task];
        add_busy(
            p,
            msched__task_follows(task, piece.task) ? 0
                                                   : piece.start - msched__tasks_gap(task, other),
            msched__task_follows(other, index) ? FAR : piece.end + msched__tasks_gap(other, task));
    }
    for (uint32_t i = 0; task->silent && i < s->play_count; i++)
        if (is_placed(p, i))
            add_busy(p, s->found_starts[i] - task->after,
                     s->found_starts[i] + p->songs->plays[i].length_s + task->before);
    task->windows = cut(arena, p, task->windows, &task->window_count);
    if (task->windows == NULL)
        return 0;
    if (task->window_count == 0)
        task->hopeless = 1;
    else
        task->deadline = task->windows[task->window_count - 1].end;
    return 1;
}

/* The windows of a free play around the fixed items. 0 when out of memory. */
static int narrow_play(msched__arena *arena, parts *p, msched__play *play)
{
    const msched__day_searcher *s = p->s;
    p->busy_count = 0;
    for (uint32_t k = 0; k < s->fixed_piece_count; k++) {
        msched__piece piece = s->fixed_pieces[k];
        const msched__task *task = &p->tasks->tasks[piece.task];
        if (task->silent)
            add_busy(p, piece.start - task->before, piece.end + task->after);
    }
    for (uint32_t i = 0; i < s->play_count; i++) {
        const msched__play *other = &p->songs->plays[i];
        int32_t apart = other->artist == play->artist
                            ? larger(p->songs->gap_s, p->songs->artist_separation_s)
                            : p->songs->gap_s;
        if (is_placed(p, i))
            add_busy(p, s->found_starts[i] - apart, s->found_starts[i] + other->length_s + apart);
    }
    play->windows = cut(arena, p, play->windows, &play->window_count);
    return play->windows != NULL;
}

/* Items that are not free are placed as on the best day. */
static void fix_rest(parts *p)
{
    msched__day_searcher *s = p->s;
    for (uint32_t i = 0; i < s->found->piece_count; i++) {
        msched__piece piece = s->found->pieces[i];
        if ((p->free | p->dropped) & msched__bit_of(piece.task))
            continue;
        s->fixed_pieces[s->fixed_piece_count++] = piece;
        s->rest[piece.task] = 0;
        s->last_piece[piece.task] = (msched__interval){piece.start, piece.end};
        if (!(s->placed & msched__bit_of(piece.task)))
            s->value[level_of(p, piece.task)]++;
        s->placed |= msched__bit_of(piece.task);
    }
    for (uint32_t i = 0; i < s->play_count; i++)
        if (is_placed(p, i))
            msched__day_searcher_place_play(s, i, s->found_starts[i]);
    s->fixed = s->placed;
}

static int narrow(msched__arena *arena, parts *p, msched__tasks *tasks,
                  msched__songs_problem *songs)
{
    *tasks = *p->tasks;
    *songs = *p->songs;
    msched__task *narrow_tasks = msched__arena_alloc(arena, tasks->count, sizeof *narrow_tasks);
    msched__play *plays = msched__arena_alloc(arena, songs->play_count, sizeof *plays);
    p->busy = msched__arena_alloc(arena, MSCHED__DAY_DEPTH + songs->play_count, sizeof *p->busy);
    if (narrow_tasks == NULL || plays == NULL || p->busy == NULL)
        return 0;
    memcpy(narrow_tasks, p->tasks->tasks, tasks->count * sizeof *narrow_tasks);
    memcpy(plays, p->songs->plays, songs->play_count * sizeof *plays);
    tasks->tasks = narrow_tasks;
    songs->plays = plays;
    for (uint32_t i = 0; i < tasks->count; i++)
        if (!(p->free & msched__bit_of(i)))
            narrow_tasks[i].window_count = 0;
        else if (!narrow_task(arena, p, i, &narrow_tasks[i]))
            return 0;
    for (uint32_t i = 0; i < songs->play_count; i++)
        if (!(p->free & msched__bit_of(tasks->count + i)))
            plays[i].window_count = 0;
        else if (!narrow_play(arena, p, &plays[i]))
            return 0;
    return 1;
}

static msched_result search_part(const msched_allocator *allocator, parts *p, uint64_t stop_at)
{
    msched__day_searcher *s = p->s;
    msched__arena arena;
    msched__tasks tasks;
    msched__songs_problem songs;
    msched_result result = MSCHED_ERROR_MEMORY;
    msched__arena_init(&arena, allocator, 16384);
    find_free(p);
    p->dropped = 0;
    int lesser = draw(p, 3) == 0;
    if (lesser)
        drop_lesser(p);
    msched__day_searcher_clear(s);
    fix_rest(p);
    if (narrow(&arena, p, &tasks, &songs) && msched__task_bound_make(&arena, &tasks, &s->bound)) {
        s->tasks = &tasks;
        s->songs = &songs;
        s->salt = msched__hash_mix(p->random);
        s->node_work = msched__bit_count(p->free) + s->item_count / 4;
        /* placed items only move for a better day */
        s->margin = lesser || s->model->replan != NULL;
        for (uint32_t i = 0; i < s->item_count; i++)
            s->key[i] = (int32_t)draw(p, FAR);
        s->stop_at = s->budget->used + PART_WORK < stop_at ? s->budget->used + PART_WORK : stop_at;
        msched__budget_spend(s->budget, s->item_count);
        msched__day_searcher_run(s);
        s->tasks = p->tasks;
        s->songs = p->songs;
        result = MSCHED_OK;
    }
    msched__arena_reset(&arena);
    return result;
}

msched_result msched__day_parts(msched__arena *arena, msched__day_searcher *s, uint64_t limit)
{
    parts p = {.s = s, .tasks = s->tasks, .songs = s->songs, .random = s->seed};
    msched__task_bound bound = s->bound;
    msched__arrangement before;
    int32_t *starts_before = msched__arena_alloc(arena, s->play_count, sizeof *starts_before);
    uint64_t stop_at = s->budget->used + limit;
    msched_result result = MSCHED_OK;
    if (starts_before == NULL || !msched__arrangement_make(arena, s->tasks, &before))
        return MSCHED_ERROR_MEMORY;
    msched__arrangement_copy(s->tasks, &before, s->found);
    memcpy(starts_before, s->found_starts, s->play_count * sizeof *starts_before);
    s->inexact = 1;
    msched__day_searcher_forget(s);
    while (result == MSCHED_OK && !s->done && s->budget->stop == MSCHED_STOP_NONE &&
           s->budget->used < stop_at && s->found->piece_count <= MSCHED__DAY_DEPTH) {
        draw_intervals(&p);
        result = search_part(&arena->allocator, &p, stop_at);
    }
    if (!s->improved) {
        msched__arrangement_copy(s->tasks, s->found, &before);
        memcpy(s->found_starts, starts_before, s->play_count * sizeof *starts_before);
    }
    s->bound = bound;
    s->salt = 0;
    return result;
}
