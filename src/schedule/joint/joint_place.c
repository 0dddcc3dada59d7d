/*
 * Each item starts as early as possible after the items placed before it. A song that plays during
 * a task is placed after its task. If the song ends too late for the task, the task starts later,
 * and so do the songs placed since then, in their order. Only the last task can move, because no
 * song plays in a task once the next task has started. So if all tasks are in one piece, the search
 * finds the earliest times of each order.
 */
#include "schedule/joint/joint_place.h"

#include "algo/bits.h"
#include "algo/min_max.h"

#define NEVER MSCHED__DAY_NEVER

typedef msched__day_searcher search;

static const msched__interval always = {INT32_MIN / 2, NEVER};

static const msched__play *play_of(const search *s, uint32_t item)
{
    return &s->songs->plays[item - s->task_count];
}

int32_t msched__day_task_start(const msched__day_searcher *s, uint32_t index, int32_t *window_end)
{
    const msched__task *task = &s->tasks->tasks[index];
    int32_t from = s->at.last_start, need = msched__task_shortest(task, s->rest[index]);
    uint32_t last = s->at.last_task;
    /* pieces of a task need no buffer between them */
    if (last != UINT32_MAX && s->tasks->tasks[last].todo == task->todo)
        from = larger(from, s->at.person_end);
    else if (last != UINT32_MAX)
        from = larger(from, larger(s->at.person_clear, s->at.person_end + task->before));
    if (task->silent)
        from = larger(from, s->at.song_end + task->before);
    for (uint32_t r = 0; r < task->window_count; r++) {
        int32_t start = larger(from, task->windows[r].start);
        if (task->windows[r].end - start >= need) {
            *window_end = task->windows[r].end;
            return start;
        }
    }
    return NEVER;
}

int32_t msched__day_artist_end(const msched__day_searcher *s, uint32_t artist)
{
    int32_t end = INT32_MIN / 2;
    for (uint32_t i = 0; i < s->play_count; i++)
        if ((s->placed & ~s->fixed & msched__bit_of(s->task_count + i)) &&
            s->songs->plays[i].artist == artist)
            end = larger(end, s->song_starts[i] + s->songs->plays[i].length_s);
    return end;
}

/* Earliest start of a song within an interval; NEVER: none. */
static int32_t start_within(const search *s, uint32_t item, msched__interval span)
{
    const msched__play *play = play_of(s, item);
    int32_t from = larger(larger(s->at.last_start, s->at.silence_clear),
                          s->at.song_end + s->songs->gap_s);
    from = larger(from, span.start);
    if (s->songs->artist_separation_s > 0)
        from = larger(from,
                      msched__day_artist_end(s, play->artist) + s->songs->artist_separation_s);
    if (s->songs->max_total_s != MSCHED_UNSET &&
        s->listened + play->length_s > s->songs->max_total_s)
        return NEVER;
    if (play->pinned_s != MSCHED_UNSET)
        return from <= play->pinned_s && play->pinned_s + play->length_s <= span.end &&
                       msched__interval_covers(play->windows, play->window_count, play->pinned_s,
                                               play->pinned_s + play->length_s)
                   ? play->pinned_s
                   : NEVER;
    int32_t start = msched__interval_fit(play->windows, play->window_count, from, play->length_s);
    return start < 0 || (span.end != NEVER && start + play->length_s > span.end) ? NEVER : start;
}

int msched__day_may_wait(const msched__day_searcher *s)
{
    uint32_t task = s->at.last_task;
    return task != UINT32_MAX && s->is_host[task] && s->rest[task] == 0 &&
           s->last_piece[task].end - s->last_piece[task].start == s->tasks->tasks[task].length;
}

void msched__day_pass_task(msched__day_searcher *s, uint32_t index, msched__interval piece)
{
    const msched__task *task = &s->tasks->tasks[index];
    s->last_piece[index] = piece;
    s->at.last_start = piece.start;
    s->at.person_end = piece.end;
    s->at.person_clear = piece.end + task->after;
    s->at.last_task = index;
    if (task->silent)
        s->at.silence_clear = larger(s->at.silence_clear, piece.end + task->after);
}

/*
 * Start the last task at `start`, and place the songs after it again, then the song `item`
 * (UINT32_MAX: none). Returns `start` if all songs end in time. Otherwise, returns when the task
 * would have to start for one of them, or NEVER.
 */
static int32_t try_start(search *s, int32_t start, uint32_t item, int32_t *song_start)
{
    uint32_t task = s->at.last_task, count = s->order_count - s->since + (item != UINT32_MAX);
    uint64_t placed = s->placed;
    int64_t listened = s->listened;
    int32_t length = s->tasks->tasks[task].length, next = start;
    s->at = s->before;
    msched__day_pass_task(s, task, (msched__interval){start, start + length});
    for (uint32_t k = s->since; k < s->order_count; k++) {
        s->placed &= ~msched__bit_of(s->task_count + s->order[k]);
        s->listened -= s->songs->plays[s->order[k]].length_s;
    }
    for (uint32_t k = 0; k < count && next == start; k++) {
        uint32_t i = s->since + k < s->order_count ? s->order[s->since + k] : item - s->task_count;
        int32_t at = start_within(s, s->task_count + i, always),
                end = at == NEVER ? NEVER : at + s->songs->plays[i].length_s;
        if (at == NEVER)
            next = NEVER;
        else if (s->host[i] == task && end > start + length)
            next = end - length;
        else if (s->since + k == s->order_count)
            *song_start = at;
        else {
            s->song_starts[i] = at;
            s->placed |= msched__bit_of(s->task_count + i);
            s->listened += s->songs->plays[i].length_s;
            s->at.last_start = at;
            s->at.song_end = end;
        }
    }
    s->placed = placed;
    s->listened = listened;
    return next;
}

static void save(const search *s, msched__day_saved *out)
{
    out->at = s->at;
    out->piece = s->last_piece[s->at.last_task];
    for (uint32_t k = s->since; k < s->order_count; k++)
        out->starts[k - s->since] = s->song_starts[s->order[k]];
}

void msched__day_move_back(msched__day_searcher *s, const msched__day_saved *saved)
{
    uint32_t task = saved->at.last_task;
    s->at = saved->at;
    s->last_piece[task] = saved->piece;
    s->pieces[s->piece_count - 1].start = saved->piece.start;
    s->pieces[s->piece_count - 1].end = saved->piece.end;
    for (uint32_t k = s->since; k < s->order_count; k++)
        s->song_starts[s->order[k]] = saved->starts[k - s->since];
}

/* Earliest start of a song in the last task if the task starts later; NEVER: none. */
static int32_t start_with_host(search *s, uint32_t item, int32_t *host_start)
{
    msched__day_saved saved;
    uint32_t index = s->at.last_task;
    const msched__task *task = &s->tasks->tasks[index];
    int32_t at = start_within(s, item, always), start;
    if (at == NEVER)
        return NEVER;
    save(s, &saved);
    int32_t next = at + play_of(s, item)->length_s - task->length;
    do {
        start = msched__interval_fit(task->windows, task->window_count, next, task->length);
        next = start < 0 ? NEVER : try_start(s, start, item, &at);
    } while (next != NEVER && next != start);
    msched__day_move_back(s, &saved);
    *host_start = next;
    return next == NEVER ? NEVER : at;
}

int32_t msched__day_song_start(msched__day_searcher *s, uint32_t item, int32_t *host_start)
{
    uint32_t host = s->host[item - s->task_count];
    msched__interval span = always;
    *host_start = NEVER;
    if (host == UINT32_MAX || s->rest[host] == s->tasks->tasks[host].length)
        return start_within(s, item, span);
    span.start = s->last_piece[host].start;
    if (s->rest[host] == 0)
        span.end = s->last_piece[host].end;
    int32_t start = start_within(s, item, span);
    return start == NEVER && host == s->at.last_task && msched__day_may_wait(s)
               ? start_with_host(s, item, host_start)
               : start;
}

void msched__day_move_host(msched__day_searcher *s, int32_t start, msched__day_saved *saved)
{
    msched__piece *piece = &s->pieces[s->piece_count - 1];
    save(s, saved);
    try_start(s, start, UINT32_MAX, NULL);
    piece->start = start;
    piece->end = start + s->tasks->tasks[piece->task].length;
}
