/*
 * Insertion with right shift: the latest starts of all pieces, computed backward once, show
 * immediately whether there is room (as in the insertion heuristics for routes with time windows;
 * M. Solomon, Operations Research 35, 1987).
 */
#include "schedule/tasks/tasks_push.h"

#include "algo/min_max.h"

#define EARLY INT32_MIN

/* When the next task may start: after the end of the last one and its buffer. */
typedef struct front {
    int32_t end, clear;
} front;

static int32_t behind(front at, const msched__task *task)
{
    int32_t from = at.end == EARLY ? EARLY : at.end + task->before;
    return larger(from, at.clear);
}

static front after_piece(front at, const msched__task *task, int32_t end)
{
    return (front){larger(at.end, end), larger(at.clear, end + task->after)};
}

/* The earliest start at or after `from`; INT32_MAX: none. */
static int32_t earliest_start(const msched__task *task, int32_t from)
{
    int32_t start = msched__interval_fit(task->windows, task->window_count, larger(from, 0),
                                         task->length);
    return start < 0 ? INT32_MAX : start;
}

/* The latest start of a task that ends by `end`; at least `start`, its current start. */
static int32_t latest_start(const msched__task *task, int32_t start, int32_t end)
{
    for (uint32_t r = task->window_count; r-- > 0;) {
        int32_t latest = smaller(task->windows[r].end, end) - task->length;
        if (latest >= task->windows[r].start)
            return larger(latest, start);
    }
    return start;
}

static int is_whole(const msched__tasks *tasks, const msched__piece *piece)
{
    return piece->end - piece->start == tasks->tasks[piece->task].length;
}

static void find_latest(msched__push *p, const msched__tasks *tasks,
                        const msched__arrangement *arrangement)
{
    uint32_t i = arrangement->piece_count;
    p->start[i] = p->clear[i] = INT32_MAX;
    while (i-- > 0) {
        const msched__piece *piece = &arrangement->pieces[i];
        const msched__task *task = &tasks->tasks[piece->task];
        int32_t end = p->start[i + 1] == INT32_MAX
                          ? INT32_MAX
                          : smaller(p->clear[i + 1], p->start[i + 1] - task->after);
        p->start[i] = is_whole(tasks, piece) ? latest_start(task, piece->start, end) : piece->start;
        p->clear[i] = smaller(p->clear[i + 1], p->start[i] - task->before);
    }
}

/*
 * The first piece before which a task with predecessors may be; UINT32_MAX: a predecessor is
 * missing.
 */
static uint32_t first_place(const msched__arrangement *arrangement, const msched__task *task)
{
    uint32_t place = 0;
    for (uint32_t k = 0; k < task->pred_count; k++) {
        uint32_t i = arrangement->piece_count;
        if (!arrangement->placed[task->preds[k]])
            return UINT32_MAX;
        while (i > 0 && arrangement->pieces[i - 1].task != task->preds[k])
            i--;
        place = i > place ? i : place;
    }
    return place;
}

/* Move the pieces from position `i` on later, as far as the pieces before them require. */
static void move_on(const msched__tasks *tasks, msched__arrangement *arrangement, uint32_t i,
                    front at)
{
    for (; i < arrangement->piece_count; i++) {
        msched__piece *piece = &arrangement->pieces[i];
        const msched__task *task = &tasks->tasks[piece->task];
        int32_t length = piece->end - piece->start, from = behind(at, task);
        if (from > piece->start && is_whole(tasks, piece)) {
            piece->start = earliest_start(task, from);
            piece->end = piece->start + length;
        }
        at = after_piece(at, task, piece->end);
    }
}

/* The position of a task: before a piece, at a start. */
typedef struct spot {
    uint32_t place;
    int32_t start, delay;
    front before; /* of the pieces before it */
} spot;

static spot find_spot(const msched__push *p, const msched__tasks *tasks,
                      const msched__arrangement *arrangement, const msched__task *task)
{
    spot best = {.place = UINT32_MAX, .delay = INT32_MAX};
    front at = {EARLY, EARLY};
    for (uint32_t i = 0, first = first_place(arrangement, task); first != UINT32_MAX; i++) {
        const msched__piece *next = &arrangement->pieces[i];
        int32_t start = earliest_start(task, behind(at, task));
        if (start == INT32_MAX)
            break;
        int32_t end = start + task->length;
        int fits = i == arrangement->piece_count ||
                   (end <= p->clear[i] && end + task->after <= p->start[i]);
        int32_t delay = i == arrangement->piece_count ? 0 : larger(end - next->start, 0);
        if (i >= first && fits && delay < best.delay)
            best = (spot){i, start, delay, at};
        if (i == arrangement->piece_count)
            break;
        at = after_piece(at, &tasks->tasks[next->task], next->end);
    }
    return best;
}

int msched__push_make(msched__arena *arena, const msched__tasks *tasks, msched__push *out)
{
    out->start = msched__arena_alloc(arena, (size_t)tasks->piece_limit + 1, sizeof *out->start);
    out->clear = msched__arena_alloc(arena, (size_t)tasks->piece_limit + 1, sizeof *out->clear);
    return out->start != NULL && out->clear != NULL;
}

int msched__tasks_push(msched__push *scratch, const msched__tasks *tasks,
                       msched__arrangement *arrangement, uint32_t index)
{
    const msched__task *task = &tasks->tasks[index];
    if (task->hopeless || arrangement->piece_count >= tasks->piece_limit)
        return 0;
    find_latest(scratch, tasks, arrangement);
    spot at = find_spot(scratch, tasks, arrangement, task);
    if (at.place == UINT32_MAX)
        return 0;
    for (uint32_t i = arrangement->piece_count++; i > at.place; i--)
        arrangement->pieces[i] = arrangement->pieces[i - 1];
    arrangement->pieces[at.place] = (msched__piece){index, at.start, at.start + task->length};
    arrangement->placed[index] = 1;
    arrangement->count[task->priority]++;
    move_on(tasks, arrangement, at.place + 1,
            after_piece(at.before, task, at.start + task->length));
    return 1;
}
