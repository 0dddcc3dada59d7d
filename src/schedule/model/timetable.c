/*
 * Pieces of tasks by start. A task is inserted at the earliest time where it fits between the
 * others. A task that may be split is divided among the free intervals with the fewest pieces.
 */
#include "schedule/model/timetable.h"

#include "algo/min_max.h"

#include <string.h>

int msched__arrangement_make(msched__arena *arena, const msched__tasks *tasks,
                             msched__arrangement *out)
{
    *out = (msched__arrangement){0};
    out->pieces = msched__arena_alloc(arena, tasks->piece_limit, sizeof *out->pieces);
    out->placed = msched__arena_alloc(arena, tasks->count, 1);
    if (out->pieces == NULL || out->placed == NULL)
        return 0;
    memset(out->placed, 0, tasks->count);
    return 1;
}

void msched__arrangement_clear(const msched__tasks *tasks, msched__arrangement *out)
{
    out->piece_count = 0;
    memset(out->count, 0, sizeof out->count);
    memset(out->placed, 0, tasks->count);
}

void msched__arrangement_copy(const msched__tasks *tasks, msched__arrangement *to,
                              const msched__arrangement *from)
{
    to->piece_count = from->piece_count;
    memcpy(to->pieces, from->pieces, from->piece_count * sizeof *from->pieces);
    memcpy(to->placed, from->placed, tasks->count);
    memcpy(to->count, from->count, sizeof to->count);
}

int msched__arrangement_compare(const msched__arrangement *a, const msched__arrangement *b)
{
    for (int p = 1; p <= 4; p++)
        if (a->count[p] != b->count[p])
            return a->count[p] < b->count[p] ? -1 : 1;
    return 0;
}

/* When a task may start after its predecessors; INT32_MAX if one is not placed. */
static int32_t released(const msched__arrangement *arrangement, const msched__task *task)
{
    int32_t from = 0;
    for (uint32_t k = 0; k < task->pred_count; k++)
        if (!arrangement->placed[task->preds[k]])
            return INT32_MAX;
    for (uint32_t i = arrangement->piece_count; task->pred_count > 0 && i-- > 0;)
        for (uint32_t k = 0; k < task->pred_count; k++)
            if (arrangement->pieces[i].task == task->preds[k])
                from = larger(from, arrangement->pieces[i].end);
    return from;
}

/* The intervals of its windows that are free for a task: before piece `next` of the others. */
typedef struct cursor {
    uint32_t window, next;
    int32_t from, need;
} cursor;

/* The next free interval of at least `need` seconds at or after `from`. 0 if there is none. */
static int next_interval(const msched__tasks *tasks, const msched__arrangement *arrangement,
                         const msched__task *task, cursor *at, msched__interval *out)
{
    while (at->window < task->window_count) {
        const msched__interval *window = &task->windows[at->window];
        int32_t start = larger(window->start, at->from), end = window->end;
        if (end - start < at->need) {
            at->window++;
            continue;
        }
        if (at->next < arrangement->piece_count) {
            const msched__piece *piece = &arrangement->pieces[at->next];
            const msched__task *other = &tasks->tasks[piece->task];
            int32_t resume = piece->end + msched__tasks_gap(other, task);
            if (resume <= start) {
                at->next++;
                continue;
            }
            end = smaller(end, piece->start - msched__tasks_gap(task, other));
            if (end - start < at->need) {
                at->from = larger(at->from, resume);
                at->next++;
                continue;
            }
        }
        *out = (msched__interval){start, end};
        at->from = end;
        return 1;
    }
    return 0;
}

static void put(msched__arrangement *arrangement, uint32_t task, int32_t start, int32_t end)
{
    uint32_t at = arrangement->piece_count++;
    for (; at > 0 && arrangement->pieces[at - 1].start > start; at--)
        arrangement->pieces[at] = arrangement->pieces[at - 1];
    arrangement->pieces[at] = (msched__piece){task, start, end};
}

static int mark(const msched__tasks *tasks, msched__arrangement *arrangement, uint32_t task)
{
    arrangement->placed[task] = 1;
    arrangement->count[tasks->tasks[task].priority]++;
    return 1;
}

static int insert_whole(const msched__tasks *tasks, msched__arrangement *arrangement,
                        uint32_t index, int32_t from)
{
    const msched__task *task = &tasks->tasks[index];
    cursor at = {0, 0, from, task->length};
    msched__interval interval;
    if (arrangement->piece_count >= tasks->piece_limit ||
        !next_interval(tasks, arrangement, task, &at, &interval))
        return 0;
    put(arrangement, index, interval.start, interval.start + task->length);
    return mark(tasks, arrangement, index);
}

#define MAX_INTERVALS 64

/*
 * Divide a task among the free intervals. The longest intervals give the fewest pieces; k pieces
 * are long enough if k * piece_min <= length. Among the intervals at least as long as the shortest
 * one used, the earliest are used.
 */
static int insert_pieces(const msched__tasks *tasks, msched__arrangement *arrangement,
                         uint32_t index, int32_t from)
{
    const msched__task *task = &tasks->tasks[index];
    msched__interval found[MAX_INTERVALS];
    int32_t longest[MAX_INTERVALS];
    uint32_t count = 0, k = 0;
    cursor at = {0, 0, from, task->piece_min};
    while (count < MAX_INTERVALS && next_interval(tasks, arrangement, task, &at, &found[count])) {
        int32_t length = found[count].end - found[count].start;
        uint32_t i = count++;
        for (; i > 0 && longest[i - 1] < length; i--)
            longest[i] = longest[i - 1];
        longest[i] = length;
    }
    int64_t sum = 0;
    while (k < count && sum < task->length)
        sum += longest[k++];
    if (sum < task->length || (int64_t)k * task->piece_min > task->length ||
        arrangement->piece_count + k > tasks->piece_limit)
        return 0;
    int32_t least = longest[k - 1], rest = task->length;
    uint32_t ties = 0;
    for (uint32_t i = 0; i < k; i++)
        ties += longest[i] == least;
    for (uint32_t i = 0; i < count && k > 0; i++) {
        int32_t length = found[i].end - found[i].start;
        if (length < least || (length == least && ties == 0))
            continue;
        ties -= length == least;
        k--;
        int32_t piece = smaller(length, rest - (int32_t)k * task->piece_min);
        put(arrangement, index, found[i].start, found[i].start + piece);
        rest -= piece;
    }
    return mark(tasks, arrangement, index);
}

int msched__arrangement_insert(const msched__tasks *tasks, msched__arrangement *arrangement,
                               uint32_t index)
{
    const msched__task *task = &tasks->tasks[index];
    int32_t from = released(arrangement, task);
    if (from == INT32_MAX || task->hopeless)
        return 0;
    if (insert_whole(tasks, arrangement, index, from))
        return 1;
    return task->piece_min > 0 && insert_pieces(tasks, arrangement, index, from);
}

/* 1 if a piece is in a window of the task and overlaps no other piece. */
static int piece_fits(const msched__tasks *tasks, const msched__arrangement *arrangement,
                      const msched__task *task, msched__interval piece)
{
    if (!msched__interval_covers(task->windows, task->window_count, piece.start, piece.end))
        return 0;
    for (uint32_t i = 0; i < arrangement->piece_count; i++) {
        const msched__piece *p = &arrangement->pieces[i];
        const msched__task *other = &tasks->tasks[p->task];
        if (p->end + msched__tasks_gap(other, task) > piece.start &&
            piece.end + msched__tasks_gap(task, other) > p->start)
            return 0;
    }
    return 1;
}

/* 1 if a successor of the task starts before `end`. */
static int is_followed_before(const msched__tasks *tasks, const msched__arrangement *arrangement,
                              uint32_t index, int32_t end)
{
    for (uint32_t i = 0; i < arrangement->piece_count && arrangement->pieces[i].start < end; i++) {
        const msched__task *other = &tasks->tasks[arrangement->pieces[i].task];
        for (uint32_t k = 0; k < other->pred_count; k++)
            if (other->preds[k] == index)
                return 1;
    }
    return 0;
}

int msched__arrangement_insert_at(const msched__tasks *tasks, msched__arrangement *arrangement,
                                  uint32_t index, const msched__interval *pieces, uint32_t count)
{
    const msched__task *task = &tasks->tasks[index];
    int64_t total = 0;
    if (count == 0 || task->hopeless || arrangement->piece_count + count > tasks->piece_limit ||
        released(arrangement, task) > pieces[0].start || (count > 1 && task->piece_min == 0))
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t length = pieces[i].end - pieces[i].start;
        total += length;
        if ((count > 1 && length < task->piece_min) ||
            !piece_fits(tasks, arrangement, task, pieces[i]))
            return 0;
    }
    if (total != task->length ||
        is_followed_before(tasks, arrangement, index, pieces[count - 1].end))
        return 0;
    for (uint32_t i = 0; i < count; i++)
        put(arrangement, index, pieces[i].start, pieces[i].end);
    return mark(tasks, arrangement, index);
}

void msched__arrangement_remove(const msched__tasks *tasks, msched__arrangement *arrangement,
                                uint32_t task)
{
    uint32_t out = 0;
    for (uint32_t i = 0; i < arrangement->piece_count; i++)
        if (arrangement->pieces[i].task != task)
            arrangement->pieces[out++] = arrangement->pieces[i];
    arrangement->piece_count = out;
    if (arrangement->placed[task])
        arrangement->count[tasks->tasks[task].priority]--;
    arrangement->placed[task] = 0;
}

int msched__arrangement_move(const msched__tasks *tasks, msched__arrangement *arrangement,
                             uint32_t piece, int32_t start)
{
    const msched__piece was = arrangement->pieces[piece];
    const msched__interval then = {start, start + was.end - was.start};
    msched__arrangement_remove(tasks, arrangement, was.task);
    if (msched__arrangement_insert_at(tasks, arrangement, was.task, &then, 1))
        return 1;
    msched__arrangement_insert_at(tasks, arrangement, was.task,
                                  &(msched__interval){was.start, was.end}, 1);
    return 0;
}

int msched__arrangement_in_order(const msched__tasks *tasks, const msched__arrangement *arrangement)
{
    for (uint32_t i = 0; i < arrangement->piece_count; i++) {
        const msched__piece *piece = &arrangement->pieces[i];
        const msched__task *task = &tasks->tasks[piece->task];
        for (uint32_t k = 0; k < task->pred_count; k++)
            if (!arrangement->placed[task->preds[k]])
                return 0;
        if (i > 0 && arrangement->pieces[i - 1].end > piece->start)
            return 0;
        if (is_followed_before(tasks, arrangement, piece->task, piece->end))
            return 0;
    }
    return 1;
}

int msched__walk_next(const msched__tasks *tasks, const msched__arrangement *timetable,
                      msched__walk *walk)
{
    const int has_fixed = walk->fixed < tasks->fixed_count;
    if (walk->piece < timetable->piece_count &&
        (!has_fixed || timetable->pieces[walk->piece].start < tasks->fixed[walk->fixed].start)) {
        const msched__piece *piece = &timetable->pieces[walk->piece++];
        walk->todo = tasks->tasks[piece->task].todo;
        walk->span = (msched__interval){piece->start, piece->end};
        return 1;
    }
    if (!has_fixed)
        return 0;
    const msched__fixed *fixed = &tasks->fixed[walk->fixed++];
    walk->todo = fixed->todo;
    walk->span = (msched__interval){fixed->start, fixed->end};
    return 1;
}

msched__interval *msched__todo_spans(msched__arena *arena, const msched__tasks *tasks,
                                     const msched__arrangement *best, uint32_t todo,
                                     uint32_t *count)
{
    uint32_t task = tasks->task_of[todo], n = 0;
    uint32_t most = tasks->fixed_count + (best != NULL         ? best->piece_count
                                          : task != UINT32_MAX ? tasks->tasks[task].window_count
                                                               : 0);
    msched__interval *spans = msched__arena_alloc(arena, most, sizeof *spans);
    if (spans == NULL)
        return NULL;
    if (task == UINT32_MAX || best == NULL || best->placed[task])
        for (uint32_t i = 0; i < tasks->fixed_count; i++)
            if (tasks->fixed[i].todo == todo)
                spans[n++] = (msched__interval){tasks->fixed[i].start, tasks->fixed[i].end};
    int anywhere = best == NULL && task != UINT32_MAX && !tasks->tasks[task].hopeless;
    for (uint32_t i = 0; anywhere && i < tasks->tasks[task].window_count; i++)
        spans[n++] = tasks->tasks[task].windows[i];
    for (uint32_t i = 0; best != NULL && task != UINT32_MAX && i < best->piece_count; i++)
        if (best->pieces[i].task == task)
            spans[n++] = (msched__interval){best->pieces[i].start, best->pieces[i].end};
    *count = msched__interval_normalize(spans, n);
    return spans;
}
