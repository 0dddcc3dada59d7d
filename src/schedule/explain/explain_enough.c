/*
 * Learn more from a successful trial. On its day, the item is removed and inserted between any two
 * pieces; the pieces before it move earlier and the pieces after it move later, as far as their
 * windows allow, in the same order. The smallest amount that suffices is usually the smallest of
 * all, so that one more trial with one second less ends the search.
 */
#include "schedule/explain/explain_enough.h"

#include "algo/min_max.h"
#include "schedule/model/solution.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

#include <string.h>

#define NOT_ENOUGH    INT32_MAX
#define INTERVALS_MAX 256
#define PIECES_MAX    256 /* with more pieces, there would be too many comparisons */

/* The pieces of the day without those of the item, with their earliest and latest starts. */
typedef struct shifter {
    const msched__solver *trial;
    const msched__task *item;
    msched__piece *early, *late;
    uint32_t count;
} shifter;

/* Start of a play that stays; MSCHED_UNSET: not placed, or it yields to the item. */
static int32_t start_of(const shifter *s, uint32_t play)
{
    const msched__solution *day = &s->trial->best;
    return s->trial->goal > MSCHED_LEVEL_SONG_WEIGHT ||
                   (s->trial->goal > MSCHED_LEVEL_MUST_SONGS && day->songs.plays[play].must)
               ? day->placement.start[play]
               : MSCHED_UNSET;
}

/* 1 if a wanted song plays in the to-do, which therefore stays. */
static int is_host(const shifter *s, uint32_t todo)
{
    const msched__solution *day = &s->trial->best;
    for (uint32_t i = 0; i < day->songs.play_count; i++)
        if (start_of(s, i) != MSCHED_UNSET &&
            s->trial->model->plan->songs[day->songs.plays[i].wish].during == todo)
            return 1;
    return 0;
}

/* The time around a piece without songs, minus the buffers of its task. */
static msched__interval without_songs(const shifter *s, const msched__piece *piece)
{
    const msched__task *task = &s->trial->model->tasks.tasks[piece->task];
    const msched__solution *day = &s->trial->best;
    msched__interval out = {INT32_MIN, INT32_MAX};
    for (uint32_t i = 0; task->silent && i < day->songs.play_count; i++) {
        int32_t start = start_of(s, i);
        if (start == MSCHED_UNSET)
            continue;
        int32_t end = start + day->songs.plays[i].length_s;
        if (end <= piece->start)
            out.start = larger(out.start, end + task->before);
        else if (start >= piece->end)
            out.end = smaller(out.end, start - task->after);
    }
    return out;
}

static int32_t gap_between(const msched__tasks *tasks, uint32_t x, uint32_t y)
{
    return x == y ? 0 : msched__tasks_gap(&tasks->tasks[x], &tasks->tasks[y]);
}

/* The time windows of a piece after the early pieces and before the late ones. */
static msched__interval limits_of(const shifter *s, const msched__piece *piece, uint32_t index)
{
    const msched__tasks *tasks = &s->trial->model->tasks;
    msched__interval out = {INT32_MIN, INT32_MAX};
    for (uint32_t i = 0; i < index; i++)
        out.start = larger(out.start,
                           s->early[i].end + gap_between(tasks, s->early[i].task, piece->task));
    for (uint32_t i = index; i < s->count; i++)
        if (&s->late[i] != piece)
            out.end = smaller(out.end,
                              s->late[i].start - gap_between(tasks, piece->task, s->late[i].task));
    return out;
}

/* Move a piece to its earliest start, or to its latest one. */
static void shift(shifter *s, uint32_t index, int to_latest)
{
    msched__piece *piece = to_latest ? &s->late[index] : &s->early[index];
    const msched__task *task = &s->trial->model->tasks.tasks[piece->task];
    int32_t length = piece->end - piece->start, best = piece->start;
    if (!task->silent && is_host(s, task->todo))
        return;
    msched__interval limits = limits_of(s, piece, index), quiet = without_songs(s, piece);
    int32_t from = to_latest ? INT32_MIN : larger(limits.start, quiet.start),
            to = to_latest ? smaller(limits.end, quiet.end) : INT32_MAX;
    for (uint32_t r = 0; r < task->window_count; r++) {
        int32_t first = larger(task->windows[r].start, from),
                last = smaller(task->windows[r].end, to) - length;
        if (first <= last)
            best = to_latest ? larger(best, last) : smaller(best, first);
    }
    piece->start = best;
    piece->end = best + length;
}

static int must_follow(const msched__task *task, uint32_t other)
{
    for (uint32_t k = 0; k < task->pred_count; k++)
        if (task->preds[k] == other)
            return 1;
    return 0;
}

/* 1 if the item may be before the pieces from `index` on and after the others. */
static int may_be_between(const shifter *s, uint32_t item, uint32_t index)
{
    const msched__task *tasks = s->trial->model->tasks.tasks;
    for (uint32_t i = 0; i < s->count; i++)
        if (i < index ? must_follow(&tasks[s->early[i].task], item)
                      : must_follow(s->item, s->early[i].task))
            return 0;
    return 1;
}

/* The first interval of `at`, from `from` on, in which no song is in the way of the item. */
static msched__interval next_quiet(const shifter *s, msched__interval at, int32_t from)
{
    const msched__solution *day = &s->trial->best;
    msched__interval out = {from, at.end};
    for (int moved = 1; moved;) {
        moved = 0;
        for (uint32_t i = 0; s->item->silent && i < day->songs.play_count; i++) {
            int32_t start = start_of(s, i), end;
            if (start == MSCHED_UNSET)
                continue;
            end = start + day->songs.plays[i].length_s + s->item->before;
            start -= s->item->after;
            if (start <= out.start && end > out.start) {
                out.start = end;
                moved = 1;
            }
        }
    }
    for (uint32_t i = 0; s->item->silent && i < day->songs.play_count; i++) {
        int32_t start = start_of(s, i);
        if (start != MSCHED_UNSET && start - s->item->after > out.start)
            out.end = smaller(out.end, start - s->item->after);
    }
    return out;
}

/* The intervals between the pieces in which the item may be. */
typedef struct intervals {
    msched__interval *spans;
    uint32_t count, most;
} intervals;

/* The intervals of a slot that songs leave free. */
static void add_quiet(const shifter *s, msched__interval at, intervals *out)
{
    for (int32_t from = at.start; from < at.end && out->count < out->most;) {
        msched__interval quiet = next_quiet(s, at, from);
        if (quiet.start < quiet.end)
            out->spans[out->count++] = quiet;
        from = larger(quiet.end, from + 1);
    }
}

/* 0 when out of memory. */
static int find_intervals(const shifter *s, uint32_t item, intervals *out)
{
    msched__piece piece = {item, 0, 0};
    *out = (intervals){.most = INTERVALS_MAX};
    out->spans = msched__arena_alloc(s->trial->arena, out->most, sizeof *out->spans);
    for (uint32_t i = 0; out->spans != NULL && i <= s->count; i++) {
        if (!may_be_between(s, item, i))
            continue;
        msched__interval limits = limits_of(s, &piece, i);
        for (uint32_t r = 0; r < s->item->window_count; r++)
            add_quiet(s,
                      (msched__interval){larger(limits.start, s->item->windows[r].start),
                                         smaller(limits.end, s->item->windows[r].end)},
                      out);
    }
    return out->spans != NULL;
}

/*
 * How much later the item's window must end, or how much earlier begin, for one of the intervals.
 */
static int32_t extension(const intervals *at, const msched__plan_todo *todo, int32_t length,
                         uint32_t fix)
{
    int32_t least = NOT_ENOUGH;
    for (uint32_t i = 0; i < at->count; i++) {
        int32_t start = at->spans[i].start, end = at->spans[i].end;
        if (fix == MSCHED_FIX_LATER)
            start = larger(start, todo->earliest_s);
        else
            end = smaller(end, todo->latest_s);
        if (end - start < length)
            continue;
        least = smaller(least, fix == MSCHED_FIX_LATER ? start + length - todo->latest_s
                                                       : todo->earliest_s - (end - length));
    }
    return least;
}

/* How much shorter the item must be for one of the intervals of its window. */
static int32_t excess(const intervals *at, const msched__plan_todo *todo, int32_t length)
{
    int32_t longest = 0;
    for (uint32_t i = 0; i < at->count; i++)
        longest = larger(longest, smaller(at->spans[i].end, todo->latest_s) -
                                      larger(at->spans[i].start, todo->earliest_s));
    return longest > 0 ? length - longest : NOT_ENOUGH;
}

/* 0 when out of memory. */
static int make_shifter(const msched__solver *trial, uint32_t item, shifter *s)
{
    const msched__arrangement *timetable = &trial->best.timetable;
    size_t count = timetable->piece_count;
    *s = (shifter){.trial = trial, .item = &trial->model->tasks.tasks[item]};
    s->early = msched__arena_alloc(trial->arena, count, sizeof *s->early);
    s->late = msched__arena_alloc(trial->arena, count, sizeof *s->late);
    if (s->early == NULL || s->late == NULL)
        return 0;
    for (uint32_t i = 0; i < count; i++)
        if (timetable->pieces[i].task != item)
            s->early[s->count++] = timetable->pieces[i];
    memcpy(s->late, s->early, s->count * sizeof *s->late);
    for (uint32_t i = 0; i < s->count; i++)
        shift(s, i, 0);
    for (uint32_t i = s->count; i-- > 0;)
        shift(s, i, 1);
    return 1;
}

/* The intervals of the item between the pieces of a day; 0: unknown. */
static int look_at(msched__fixer *f, const msched__solver *day, intervals *out)
{
    uint32_t item = day->model->tasks.task_of[f->item->todo];
    shifter s;
    if (item == UINT32_MAX || day->best.timetable.piece_count > PIECES_MAX)
        return 0;
    if (make_shifter(day, item, &s) && find_intervals(&s, item, out))
        return 1;
    f->result = MSCHED_ERROR_MEMORY;
    return 0;
}

static int32_t enough_for_task(msched__fixer *f, const msched__change *c,
                               const msched__solver *trial)
{
    const msched__plan_todo *todo = &f->e->model->plan->todos[f->item->todo];
    intervals at;
    if (!look_at(f, trial, &at))
        return NOT_ENOUGH;
    return c->fix == MSCHED_FIX_SHORTER ? excess(&at, todo, f->item->needed_s)
                                        : extension(&at, todo, f->item->needed_s, c->fix);
}

/* How long after the current end of its window the plays of the item's song end. */
static int32_t enough_for_song(const msched__fixer *f, const msched__change *c,
                               const msched__solver *trial)
{
    const msched__solution *day = &trial->best;
    int32_t end = 0;
    if (c->fix != MSCHED_FIX_LATER)
        return c->amount;
    for (uint32_t i = 0; i < day->songs.play_count; i++)
        if (day->songs.plays[i].wish == f->item->wanted && day->placement.start[i] != MSCHED_UNSET)
            end = larger(end, day->placement.start[i] + day->songs.plays[i].length_s);
    return end - f->e->model->plan->songs[f->item->wanted].between_end_s;
}

int32_t msched__explain_enough(msched__fixer *f, const msched__change *c,
                               const msched__solver *trial)
{
    int32_t enough = NOT_ENOUGH;
    if (f->item->kind == MSCHED_UNPLACED_SONG)
        enough = enough_for_song(f, c, trial);
    else if (c->fix == MSCHED_FIX_LATER || c->fix == MSCHED_FIX_EARLIER ||
             c->fix == MSCHED_FIX_SHORTER)
        enough = enough_for_task(f, c, trial);
    return enough < 1 || enough > c->amount ? c->amount : enough;
}

/* The known amount, or a smaller one. */
static int32_t least_known(int32_t known, int32_t shifted)
{
    if (shifted < 1 || shifted == NOT_ENOUGH)
        return known;
    return known > 0 ? smaller(known, shifted) : shifted;
}

void msched__explain_shift(msched__fixer *f, msched__task_lack *lack)
{
    const msched_plan *now = f->e->model->plan;
    const msched__plan_todo *todo = &now->todos[f->item->todo];
    int32_t most = f->item->needed_s - larger(2 * todo->split_min_s, 1);
    struct msched_plan plan;
    msched__arena arena;
    intervals at;
    msched__arena_init(&arena, &f->e->scratch->allocator, 16384);
    msched__model model = msched__change_model(
        f, &(msched__change){.fix = MSCHED_FIX_SHORTER, .amount = larger(most, 0)}, &plan);
    f->todos[f->item->todo].earliest_s = larger(now->day_start_s, f->e->model->tasks.window_start);
    f->todos[f->item->todo].latest_s = now->day_end_s;
    f->result = msched__model_make(&arena, &model);
    if (f->result == MSCHED_OK &&
        look_at(f,
                &(msched__solver){.arena = &arena,
                                  .model = &model,
                                  .best = *f->e->day,
                                  .goal = (uint32_t)msched__item_level(f) + 1},
                &at)) {
        int32_t length = f->item->needed_s, shorter = excess(&at, todo, length);
        lack->later = least_known(lack->later, extension(&at, todo, length, MSCHED_FIX_LATER));
        lack->earlier = least_known(lack->earlier,
                                    extension(&at, todo, length, MSCHED_FIX_EARLIER));
        lack->shorter = least_known(lack->shorter, shorter <= most ? shorter : NOT_ENOUGH);
    }
    msched__arena_reset(&arena);
}
