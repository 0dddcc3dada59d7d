/*
 * Branch and bound over the next task or song, in order of start; each is as early as possible
 * after those before it. Any day can be compacted in this way without losing anything, if a task
 * starts later for the songs that play during it (joint_place.c). With tasks that may be split, and
 * with songs in a piece of a task that has begun, completing the search proves nothing.
 *
 * Tasks compete for the time of the person, and songs and silent tasks compete for listenable time.
 * The search skips
 *  - an item before which another whole one fits without delaying anything;
 *  - a state from which even all items that still fit individually do not beat the best day;
 *  - a set of items that was reached before, with both free at the same time or earlier.
 */
#include "schedule/joint/joint_search.h"

#include "algo/bits.h"
#include "algo/min_max.h"
#include "base/hash.h"
#include "schedule/joint/joint_place.h"
#include "schedule/joint/joint_room.h"
#include "schedule/model/solution.h"

#include <string.h>

#define DEPTH_MAX MSCHED__DAY_DEPTH
#define ITEMS_MAX MSCHED__DAY_ITEMS
#define MEMO_SIZE 4096 /* a power of two */
#define MEMO_FEW  1024 /* for at most FEW items, which a large table would slow down */
#define FEW       16
#define NEVER     MSCHED__DAY_NEVER

typedef msched__day_state state;
typedef msched__day_memo memo;
typedef msched__day_step step;
typedef msched__day_searcher search;

static const msched__play *play_of(const search *s, uint32_t item)
{
    return &s->songs->plays[item - s->task_count];
}

/* Count a task; one without a priority is a part of another (joint_reduced.c). */
static void count_task(int64_t *value, const msched__task *task, int by)
{
    if (task->priority > 0)
        value[msched__level_of_priority[task->priority]] += by;
}

/* 1 if all predecessors are placed. */
static int is_ready(const search *s, const step *c)
{
    uint32_t item = c->item;
    int32_t start = c->start;
    if (item < s->task_count) {
        const msched__task *task = &s->tasks->tasks[item];
        for (uint32_t k = 0; k < task->pred_count; k++)
            if (!(s->placed & msched__bit_of(task->preds[k])) ||
                s->last_piece[task->preds[k]].end > start)
                return 0;
        return 1;
    }
    uint32_t i = item - s->task_count, host = s->host[i];
    uint32_t first = s->use_twins ? s->apart.twin[i] : s->earlier[i];
    if (first != UINT32_MAX && !(s->placed & msched__bit_of(s->task_count + first)))
        return 0;
    if (host == UINT32_MAX)
        return 1;
    return s->rest[host] < s->tasks->tasks[host].length &&
           (c->host_start != NEVER ||
            start + s->songs->plays[i].length_s <= s->last_piece[host].end);
}

static int compare(const int64_t *a, const int64_t *b)
{
    return msched__values_compare(a, b, MSCHED_LEVEL_FILL_S);
}

/* Add pieces of tasks that are placed, by start. */
static void add_pieces(const search *s, const msched__piece *pieces, uint32_t count,
                       msched__arrangement *found)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!(s->placed & msched__bit_of(pieces[i].task)))
            continue;
        uint32_t at = found->piece_count++;
        for (; at > 0 && found->pieces[at - 1].start > pieces[i].start; at--)
            found->pieces[at] = found->pieces[at - 1];
        found->pieces[at] = pieces[i];
    }
}

static void keep(search *s)
{
    msched__arrangement *found = s->found;
    msched__arrangement_clear(s->tasks, found);
    add_pieces(s, s->fixed_pieces, s->fixed_piece_count, found);
    add_pieces(s, s->pieces, s->piece_count, found);
    for (uint32_t i = 0; i < s->task_count; i++) {
        found->placed[i] = (s->placed & msched__bit_of(i)) != 0;
        found->count[s->tasks->tasks[i].priority] += found->placed[i];
    }
    for (uint32_t i = 0; i < s->play_count; i++)
        s->found_starts[i] = s->placed & msched__bit_of(s->task_count + i) ? s->song_starts[i]
                                                                           : MSCHED_UNSET;
    s->improved |= compare(s->value, s->best) > 0;
    memcpy(s->best, s->value, sizeof s->best);
    s->done = compare(s->best, s->target) >= 0;
    s->margin = 1;
}

/* What could still be placed, each item alone: per level. */
static void count_open(search *s, const uint8_t *open, int64_t *most)
{
    memcpy(most, s->value, MSCHED_LEVEL_FILL_S * sizeof *most);
    for (uint32_t i = 0; i < s->item_count; i++) {
        if (!open[i])
            continue;
        if (i < s->task_count)
            count_task(most, &s->tasks->tasks[i], 1);
        else if (s->apart.artist_of[i - s->task_count] != UINT32_MAX)
            continue;
        else if (play_of(s, i)->must)
            most[MSCHED_LEVEL_MUST_SONGS]++;
        else
            most[MSCHED_LEVEL_SONG_WEIGHT] += play_of(s, i)->weight;
    }
    msched__apart_most(&s->apart, open + s->task_count, NULL, &most[MSCHED_LEVEL_MUST_SONGS],
                       &most[MSCHED_LEVEL_SONG_WEIGHT]);
}

/* An upper bound of the weight of a day that is otherwise as good as the best one. */
static int64_t most_weight(const search *s, const uint8_t *open)
{
    msched__silence silence;
    int64_t must = 0, most = 0;
    msched__day_silence(s, open, &silence);
    for (uint32_t i = 0; i < s->play_count; i++)
        if (open[s->task_count + i] && s->apart.artist_of[i] == UINT32_MAX &&
            !s->songs->plays[i].must)
            most += s->songs->plays[i].weight;
    if (s->apart.count > 0)
        msched__apart_most(&s->apart, open + s->task_count, &silence, &must, &most);
    return s->value[MSCHED_LEVEL_SONG_WEIGHT] +
           smaller64(most, msched__day_room_weight(s, open, &silence));
}

/* 1 if the open items could still give a better day. The bound of tasks knows whole ones only. */
static int promising(search *s, const uint8_t *open)
{
    int64_t most[MSCHED_LEVEL_FILL_S];
    int32_t need[5] = {0};
    count_open(s, open, most);
    if (compare(most, s->best) < s->margin)
        return 0;
    int32_t begun[5] = {0};
    msched__task_question asked = {s->open_tasks, s->at.person_end, s->at.person_clear, need};
    uint32_t begun_todo = msched__day_begun_todo(s);
    for (uint32_t i = 0; i < s->task_count; i++) {
        int is_begun = s->tasks->tasks[i].todo == begun_todo ||
                       (s->rest[i] > 0 && s->rest[i] < s->tasks->tasks[i].length);
        s->open_tasks[i] = open[i] && !is_begun && s->tasks->tasks[i].priority > 0;
        begun[s->tasks->tasks[i].priority] += is_begun && open[i];
    }
    for (int level = 0, p = 1; level < MSCHED_LEVEL_FILL_S; level++) {
        if (level != MSCHED_LEVEL_MUST_SONGS && level != MSCHED_LEVEL_SONG_WEIGHT) {
            int64_t count = begun[p] + msched__task_bound_count(&s->bound, &asked, p);
            if (s->value[level] + count < most[level])
                most[level] = s->value[level] + count;
            need[p] = larger(0, (int32_t)(most[level] - s->value[level]) - begun[p]);
            p++;
        }
        if (level == MSCHED_LEVEL_SONG_WEIGHT && most[level] > s->best[level])
            most[level] = smaller64(most[level], most_weight(s, open));
        if (most[level] != s->best[level])
            return most[level] > s->best[level];
    }
    return s->margin == 0;
}

static int no_later(const state *a, const state *b)
{
    return a->last_start <= b->last_start && a->person_end <= b->person_end &&
           a->person_clear <= b->person_clear && a->song_end <= b->song_end &&
           a->silence_clear <= b->silence_clear;
}

/*
 * A hash of the placed items, the begun tasks, and the times of plays on which others depend. Two
 * states may share it, so only searches that prove nothing use it.
 */
static uint64_t key_of_all(const search *s)
{
    uint64_t key = s->placed ^ s->salt;
    for (uint32_t i = 0; i < s->task_count; i++) {
        if (s->rest[i] == s->tasks->tasks[i].length)
            continue;
        if (s->rest[i] > 0)
            key = msched__hash_mix(key ^ ((uint64_t)i << 32 | (uint32_t)s->rest[i]));
        if (s->is_host[i])
            key = msched__hash_mix(key ^ ((uint64_t)(uint32_t)s->last_piece[i].start << 32 |
                                          (uint32_t)s->last_piece[i].end));
    }
    for (uint32_t i = 0; s->songs->artist_separation_s > 0 && i < s->play_count; i++)
        if (s->placed & msched__bit_of(s->task_count + i))
            key = msched__hash_mix(key ^ ((uint64_t)(i + 64) << 32 | (uint32_t)s->song_starts[i]));
    return key;
}

static int seen(search *s)
{
    int waits = msched__day_begun_todo(s) != UINT32_MAX || (s->waits && !s->inexact);
    if (s->placed == s->fixed || (!s->inexact && (!s->use_memo || s->begun > 0)))
        return 0;
    uint64_t key = s->inexact ? key_of_all(s) : s->placed;
    size_t index = msched__hash_mix(key) & (s->memo_size - 1);
    memo *slot = &s->memo[index];
    int32_t ends[MSCHED__APART_ARTISTS], *known = s->apart.ends;
    int no_earlier = 1;
    for (uint32_t a = 0; a < s->apart.count; a++) {
        ends[a] = msched__day_artist_end(s, s->apart.artists[a]);
        no_earlier &= slot->placed != key || known[index * s->apart.count + a] <= ends[a];
    }
    if (!waits && slot->placed == key && no_earlier && no_later(&slot->at, &s->at))
        return 1;
    *slot = (memo){key, s->at};
    for (uint32_t a = 0; a < s->apart.count; a++)
        known[index * s->apart.count + a] = ends[a];
    return 0;
}

/* From this long after its end, an item affects nothing. */
static int32_t shadow(const search *s, uint32_t item)
{
    if (item < s->task_count)
        return larger(s->tasks->tasks[item].after, s->most_before);
    return larger(larger(s->songs->gap_s, s->songs->artist_separation_s), s->most_before);
}

static int may_go_first(const search *s, uint32_t item)
{
    if (item < s->task_count)
        return s->tasks->tasks[item].piece_min == 0 && !s->is_host[item];
    return s->songs->max_total_s == MSCHED_UNSET;
}

/* 1 if the last task may still have to start later for one of the songs that can come next. */
static int can_still_wait(const search *s, const step *options, uint32_t count)
{
    if (!msched__day_may_wait(s))
        return 0;
    for (uint32_t k = 0; k < count; k++)
        if (options[k].item >= s->task_count &&
            s->host[options[k].item - s->task_count] == s->at.last_task)
            return 1;
    return 0;
}

/*
 * When the first whole item that could be inserted now has ended and no longer affects others. The
 * time is not known while the last task may still have to start later.
 */
static int32_t first_gone(const search *s, const step *options, uint32_t count)
{
    int32_t gone = NEVER;
    if (s->waits)
        return NEVER;
    for (uint32_t k = 0; k < count; k++)
        if (may_go_first(s, options[k].item))
            gone = smaller(gone, options[k].start + options[k].length + shadow(s, options[k].item));
    return gone;
}

static void add_step(search *s, step *steps, uint32_t *count, step c)
{
    if (c.length <= 0 || *count >= 4 * s->item_count) {
        s->unproved |= c.length > 0;
        return;
    }
    uint32_t at = (*count)++;
    for (; at > 0 && steps[at - 1].key > c.key; at--)
        steps[at] = steps[at - 1];
    steps[at] = c;
}

/*
 * Other lengths for a piece of a task that may be split, and later starts for one that waits for
 * its songs. Another task starts later when they are placed (joint_place.c).
 */
static void add_variants(search *s, step *steps, uint32_t *count, const step *first,
                         int32_t window_end)
{
    const msched__task *task = &s->tasks->tasks[first->item];
    int32_t rest = s->rest[first->item];
    if (task->piece_min > 0 && rest >= 2 * (int64_t)task->piece_min) {
        s->unproved = 1;
        if (first->length != task->piece_min)
            add_step(s, steps, count,
                     (step){first->item, first->start, task->piece_min, first->key, NEVER});
    }
    if (!s->is_host[first->item] || task->length < 2 * (int64_t)task->piece_min ||
        task->piece_min == 0)
        return;
    s->unproved = 1;
    for (uint32_t i = 0; i < s->play_count; i++) {
        if (s->host[i] != first->item || (s->placed & msched__bit_of(s->task_count + i)))
            continue;
        const msched__play *play = &s->songs->plays[i];
        int32_t from = larger(first->start, s->at.song_end + s->songs->gap_s);
        if (s->songs->artist_separation_s > 0)
            from = larger(from,
                          msched__day_artist_end(s, play->artist) + s->songs->artist_separation_s);
        int32_t song = msched__interval_fit(play->windows, play->window_count, from,
                                            play->length_s);
        if (play->pinned_s != MSCHED_UNSET)
            song = play->pinned_s;
        int32_t late = song < 0 ? -1 : song + play->length_s - first->length;
        if (late > first->start && late + first->length <= window_end)
            add_step(s, steps, count, (step){first->item, late, first->length, first->key, NEVER});
        if (song > first->start && song + first->length <= window_end)
            add_step(s, steps, count, (step){first->item, song, first->length, first->key, NEVER});
    }
}

/*
 * By how much an item that comes next delays the artists that are kept apart; the maximum of all
 * artists.
 */
static int32_t delay_by(const search *s, const step *c, const int32_t *soonest)
{
    int is_task = c->item < s->task_count;
    uint32_t own = is_task ? UINT32_MAX : s->apart.artist_of[c->item - s->task_count];
    int32_t most = 0, end = c->start + c->length;
    for (uint32_t a = 0; a < s->apart.count; a++) {
        int32_t from = c->start;
        if (soonest[a] == NEVER)
            continue;
        if (!is_task)
            from = a == own ? c->start : end + s->songs->gap_s;
        else if (s->tasks->tasks[c->item].silent)
            from = end + s->tasks->tasks[c->item].after;
        most = larger(most, from - soonest[a]);
    }
    return most;
}

/*
 * All items that can come next, tasks first by due time. `open` receives what could still be
 * placed.
 */
static uint32_t expand(search *s, step *steps, uint8_t *open)
{
    step options[ITEMS_MAX];
    int32_t window_end[ITEMS_MAX];
    uint32_t option_count = 0, count = 0;
    for (uint32_t i = 0; i < s->item_count; i++) {
        int is_task = i < s->task_count;
        step c = {.item = i, .host_start = NEVER};
        open[i] = 0;
        if ((s->placed & msched__bit_of(i)) || (is_task && s->tasks->tasks[i].hopeless))
            continue;
        if (is_task && s->fixed_piece_count + s->piece_count >= s->tasks->piece_limit) {
            s->unproved = 1;
            continue;
        }
        c.start = is_task ? msched__day_task_start(s, i, &window_end[option_count])
                          : msched__day_song_start(s, i, &c.host_start);
        if (c.start == NEVER)
            continue;
        open[i] = 1;
        if (!is_task)
            s->apart.start[i - s->task_count] = c.start;
        if (!is_ready(s, &c))
            continue;
        c.length = is_task ? smaller(s->rest[i], window_end[option_count] - c.start)
                           : play_of(s, i)->length_s;
        if (is_task && c.length < s->rest[i])
            c.length = smaller(c.length, s->rest[i] - s->tasks->tasks[i].piece_min);
        c.key = s->key[i];
        options[option_count++] = c;
    }
    s->waits = can_still_wait(s, options, option_count);
    int32_t gone = first_gone(s, options, option_count);
    int32_t soonest[MSCHED__APART_ARTISTS];
    for (uint32_t a = 0; a < s->apart.count; a++)
        soonest[a] = NEVER;
    for (uint32_t i = 0; i < s->play_count; i++)
        if (open[s->task_count + i] && s->apart.artist_of[i] != UINT32_MAX)
            soonest[s->apart.artist_of[i]] = smaller(soonest[s->apart.artist_of[i]],
                                                     s->apart.start[i]);
    for (uint32_t k = 0; k < option_count; k++) {
        if (options[k].start >= gone)
            continue;
        if (s->use_twins && s->apart.count > 0)
            options[k].key = delay_by(s, &options[k], soonest);
        add_step(s, steps, &count, options[k]);
        if (options[k].item < s->task_count)
            add_variants(s, steps, &count, &options[k], window_end[k]);
    }
    return count;
}

static void descend(search *s, uint32_t depth);

static void visit_task(search *s, const step *c, uint32_t depth)
{
    const msched__task *task = &s->tasks->tasks[c->item];
    state at = s->at, before = s->before;
    uint32_t begun = s->begun, since = s->since;
    msched__interval piece = s->last_piece[c->item];
    s->begun += (s->rest[c->item] == task->length) - (s->rest[c->item] == c->length);
    s->pieces[s->piece_count++] = (msched__piece){c->item, c->start, c->start + c->length};
    s->rest[c->item] -= c->length;
    s->before = s->at;
    s->since = s->order_count;
    msched__day_pass_task(s, c->item, (msched__interval){c->start, c->start + c->length});
    int whole = s->rest[c->item] == 0;
    if (whole) {
        s->placed |= msched__bit_of(c->item);
        count_task(s->value, task, 1);
    }
    descend(s, depth + 1);
    if (whole) {
        s->placed &= ~msched__bit_of(c->item);
        count_task(s->value, task, -1);
    }
    s->rest[c->item] += c->length;
    s->last_piece[c->item] = piece;
    s->piece_count--;
    s->begun = begun;
    s->since = since;
    s->before = before;
    s->at = at;
}

static void visit_song(search *s, const step *c, uint32_t depth)
{
    const msched__play *play = play_of(s, c->item);
    state at = s->at;
    int level = play->must ? MSCHED_LEVEL_MUST_SONGS : MSCHED_LEVEL_SONG_WEIGHT;
    int64_t gain = play->must ? 1 : play->weight;
    msched__day_saved saved;
    if (c->host_start != NEVER)
        msched__day_move_host(s, c->host_start, &saved);
    s->order[s->order_count++] = (uint8_t)(c->item - s->task_count);
    s->song_starts[c->item - s->task_count] = c->start;
    s->placed |= msched__bit_of(c->item);
    s->value[level] += gain;
    s->listened += c->length;
    s->at.last_start = c->start;
    s->at.song_end = c->start + c->length;
    descend(s, depth + 1);
    s->placed &= ~msched__bit_of(c->item);
    s->value[level] -= gain;
    s->listened -= c->length;
    s->order_count--;
    if (c->host_start != NEVER)
        msched__day_move_back(s, &saved);
    s->at = at;
}

static void descend(search *s, uint32_t depth)
{
    if (s->begun == 0 && compare(s->value, s->best) >= s->margin)
        keep(s);
    if (s->done || s->stopped)
        return;
    if (msched__budget_spend(s->budget, s->node_work) || s->budget->used > s->stop_at) {
        s->stopped = 1;
        return;
    }
    if (depth + 1 >= DEPTH_MAX) {
        s->unproved = 1;
        return;
    }
    uint8_t open[ITEMS_MAX];
    step *steps = s->steps + (size_t)depth * 4 * s->item_count;
    uint32_t count = expand(s, steps, open);
    if (count == 0 || !promising(s, open) || seen(s))
        return;
    for (uint32_t k = 0; k < count && !s->done && !s->stopped; k++) {
        if (steps[k].item < s->task_count)
            visit_task(s, &steps[k], depth);
        else
            visit_song(s, &steps[k], depth);
    }
}

static int allocate(msched__arena *arena, search *s)
{
    uint32_t n = s->task_count, m = s->play_count;
    s->host = msched__arena_alloc(arena, m, sizeof *s->host);
    s->earlier = msched__arena_alloc(arena, m, sizeof *s->earlier);
    s->song_starts = msched__arena_alloc(arena, m, sizeof *s->song_starts);
    s->is_host = msched__arena_alloc(arena, n, 1);
    s->open_tasks = msched__arena_alloc(arena, n, 1);
    s->rest = msched__arena_alloc(arena, n, sizeof *s->rest);
    s->last_piece = msched__arena_alloc(arena, n, sizeof *s->last_piece);
    s->key = msched__arena_alloc(arena, s->item_count, sizeof *s->key);
    s->steps = msched__arena_alloc(arena, (size_t)DEPTH_MAX * 4 * s->item_count, sizeof *s->steps);
    s->memo_size = s->item_count <= FEW ? MEMO_FEW : MEMO_SIZE;
    s->memo = msched__arena_alloc(arena, s->memo_size, sizeof *s->memo);
    return s->host != NULL && s->earlier != NULL && s->song_starts != NULL && s->is_host != NULL &&
           s->open_tasks != NULL && s->rest != NULL && s->last_piece != NULL && s->key != NULL &&
           s->steps != NULL && s->memo != NULL &&
           msched__task_bound_make(arena, s->tasks, &s->bound) && msched__day_room_make(arena, s);
}

static void read_plays(search *s)
{
    for (uint32_t i = 0; i < s->play_count; i++) {
        const msched__play *play = &s->songs->plays[i];
        uint32_t during = s->model->plan->songs[play->wish].during;
        s->host[i] = during == UINT32_MAX ? UINT32_MAX : s->tasks->task_of[during];
        s->earlier[i] = i > 0 && s->songs->plays[i - 1].wish == play->wish &&
                                s->songs->plays[i - 1].pinned_s == MSCHED_UNSET &&
                                play->pinned_s == MSCHED_UNSET
                            ? i - 1
                            : UINT32_MAX;
        if (s->host[i] != UINT32_MAX)
            s->is_host[s->host[i]] = 1;
    }
}

void msched__day_searcher_place_play(msched__day_searcher *s, uint32_t index, int32_t start_s)
{
    const msched__play *play = &s->songs->plays[index];
    s->placed |= msched__bit_of(s->task_count + index);
    s->song_starts[index] = start_s;
    s->listened += play->length_s;
    s->value[play->must ? MSCHED_LEVEL_MUST_SONGS : MSCHED_LEVEL_SONG_WEIGHT] += play->must
                                                                                     ? 1
                                                                                     : play->weight;
}

void msched__day_searcher_forget(msched__day_searcher *s)
{
    memset(s->memo, 0, s->memo_size * sizeof *s->memo);
}

void msched__day_searcher_clear(msched__day_searcher *s)
{
    s->at = (state){.person_end = INT32_MIN / 2,
                    .person_clear = INT32_MIN / 2,
                    .song_end = INT32_MIN / 2,
                    .silence_clear = INT32_MIN / 2,
                    .last_task = UINT32_MAX};
    s->placed = s->fixed = 0;
    s->listened = 0;
    s->fixed_piece_count = s->piece_count = s->begun = s->order_count = s->since = 0;
    s->unproved = s->stopped = 0;
    s->margin = 1;
    s->stop_at = UINT64_MAX;
    s->node_work = s->item_count;
    memset(s->value, 0, sizeof s->value);
    for (int p = 1; p <= 4; p++)
        s->value[msched__level_of_priority[p]] = s->tasks->base[p];
    for (uint32_t i = 0; i < s->task_count; i++) {
        s->rest[i] = s->tasks->tasks[i].length;
        s->last_piece[i] = (msched__interval){0, 0};
    }
}

void msched__day_searcher_run(msched__day_searcher *s)
{
    descend(s, 0);
}

msched__day_searcher *msched__day_searcher_make(msched__solver *solver,
                                                const msched__songs_problem *wide)
{
    const msched__tasks *tasks = &solver->model->tasks;
    search *s = msched__arena_alloc(solver->arena, 1, sizeof *s);
    if (s == NULL)
        return NULL;
    *s = (search){.model = solver->model,
                  .seed = solver->seed,
                  .tasks = tasks,
                  .songs = wide,
                  .budget = solver->budget,
                  .task_count = tasks->count,
                  .play_count = wide->play_count,
                  .item_count = tasks->count + wide->play_count,
                  .target = solver->bounds.bound,
                  .use_memo = 1,
                  .found = &solver->best.timetable,
                  .found_starts = solver->best.placement.start};
    if (!allocate(solver->arena, s))
        return NULL;
    memset(s->is_host, 0, s->task_count);
    memcpy(s->best, solver->best.value, sizeof s->best);
    for (uint32_t i = 0; i < s->task_count; i++)
        s->most_before = larger(s->most_before, s->tasks->tasks[i].before);
    read_plays(s);
    uint8_t hosted[ITEMS_MAX];
    for (uint32_t i = 0; i < s->play_count; i++)
        hosted[i] = s->host[i] != UINT32_MAX;
    if (!msched__apart_make(solver->arena, wide, hosted, s->memo_size, &s->apart))
        return NULL;
    s->use_memo &= !s->apart.too_many;
    return s;
}
