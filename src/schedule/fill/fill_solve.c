/*
 * Fill the rest of the listenable time. Slots between songs get quotas that add up to the requested
 * length. In each, the best-ranked songs come first, and a subset sum over the next ones fills the
 * last few minutes to the second.
 */
#include "schedule/fill/fill_solve.h"

#include "algo/bits.h"
#include "algo/index_sort.h"
#include "algo/subset_sum.h"
#include "schedule/fill/fill_artists.h"
#include "schedule/fill/fill_bound.h"
#include "schedule/fill/fill_longest.h"
#include "schedule/fill/fill_pool.h"
#include "schedule/fill/fill_state.h"
#include "schedule/model/artists.h"

#include <string.h>

#define RESERVE_S    900 /* seconds left for the subset sum */
#define FINISH_ITEMS 64  /* number of songs it chooses from at first */
#define LEAST_REST_S 600 /* minimum quota of a slot, so that it can be met */
#define GAP_PER_S    120 /* most songs are longer: for an upper estimate of the gaps in a slot */
#define ROUNDS       3

/* The longest songs, of each artist as many as the separation allows on the day. */
static int build_apart(const msched__fill_day *day, msched__fill_pool *pool,
                       const msched__pool_question *asked)
{
    const msched__fill_problem *problem = day->problem;
    int32_t length = problem->window_count == 0 ? 0
                                                : problem->windows[problem->window_count - 1].end -
                                                      problem->windows[0].start;
    return msched__fill_pool_apart(pool, day->arena, asked,
                                   2 + (uint32_t)(length / day->separation));
}

static const msched__fill_pool *pool_for(msched__fill_day *day, uint32_t mood)
{
    msched__fill_pool *pool = &day->pools[mood];
    msched__pool_question asked = {&day->filter, &day->used,   mood,
                                   day->want,    day->longest, day->problem->seed};
    if (pool->items == NULL &&
        !(day->longest_first ? build_apart(day, pool, &asked)
                             : msched__fill_pool_build(pool, day->arena, &asked))) {
        day->failed = 1;
        return NULL;
    }
    return pool;
}

static int usable(const msched__fill_day *day, const msched__fill_candidate *candidate)
{
    uint32_t recording = day->filter.recordings->of_track[candidate->track];
    if (candidate->taken || msched__bit(day->used.recordings, recording))
        return 0;
    if (candidate->spread || day->separation > 0)
        return candidate->spread &&
               !msched__artists_any(day->catalog, day->used.artists, candidate->artist);
    return 1;
}

/* The slot being filled: next start, seconds still to fill, end. */
typedef struct slot_state {
    int32_t time, left, end;
    uint32_t first_song; /* of this slot, in day->fill */
} slot_state;

static void play_next(msched__fill_day *day, slot_state *slot, msched__fill_candidate *candidate)
{
    msched__fill_day_add(day, candidate->track, slot->time, 0);
    candidate->taken = 1;
    slot->time += candidate->length + day->gap;
    slot->left -= candidate->length;
}

static int32_t room(const slot_state *slot)
{
    int32_t free_s = slot->end - slot->time;
    return free_s < slot->left ? free_s : slot->left;
}

/* Add the best-ranked songs until little is left. */
static void fill_greedily(msched__fill_day *day, slot_state *slot)
{
    uint32_t at = 0, mood = UINT32_MAX;
    while (room(slot) > RESERVE_S && !day->failed) {
        uint32_t mood_now = msched__fill_mood_at(day->problem, slot->time);
        if (mood_now != mood)
            at = 0;
        mood = mood_now;
        const msched__fill_pool *pool = pool_for(day, mood);
        while (pool != NULL && at < pool->count &&
               (!usable(day, &pool->items[at]) || pool->items[at].length > room(slot)))
            at++;
        if (pool == NULL || at == pool->count)
            return;
        msched__budget_count(day->budget, 1);
        play_next(day, slot, &pool->items[at++]);
    }
}

/*
 * The songs of `pool` with the largest sum in a slot, if each takes `extra` additional seconds.
 * Returns the seconds that they play.
 */
static int32_t choose(msched__fill_day *day, const msched__fill_pool *pool, const slot_state *slot,
                      uint32_t limit, int32_t extra)
{
    int32_t target = room(slot) + extra, sum;
    uint32_t count = 0;
    for (uint32_t i = 0; i < pool->count && count < limit; i++)
        if (usable(day, &pool->items[i]) && pool->items[i].length <= room(slot)) {
            day->lengths[count] = pool->items[i].length + extra;
            day->numbers[count++] = i;
        }
    sum = msched__subset_sum_solve(&day->sums, day->lengths, count, target);
    for (uint32_t i = 0; i < day->sums.chosen_count; i++)
        day->sums.chosen[i] = day->numbers[day->sums.chosen[i]];
    return sum - (int32_t)day->sums.chosen_count * extra;
}

/*
 * The rest of a slot by subset sum over the first `limit` usable songs of the mood, into
 * day->sums.chosen. Returns the seconds that it would add. Gaps cost nothing if the quota ends the
 * songs well before the end of the slot. So they are ignored at first, and included if the chosen
 * songs do not all end within the slot.
 */
static int32_t choose_rest(msched__fill_day *day, const slot_state *slot, uint32_t limit)
{
    const msched__fill_pool *pool = pool_for(day, msched__fill_mood_at(day->problem, slot->time));
    day->sums.chosen_count = 0;
    if (pool == NULL || room(slot) <= 0)
        return 0;
    int32_t free_s = slot->end - slot->time;
    if (day->gap == 0 || slot->left < free_s) {
        int32_t sum = choose(day, pool, slot, limit, 0);
        if (day->sums.chosen_count == 0 ||
            sum + (int64_t)(day->sums.chosen_count - 1) * day->gap <= free_s)
            return sum;
    }
    return choose(day, pool, slot, limit, day->gap);
}

static void take_chosen(msched__fill_day *day, slot_state *slot)
{
    const msched__fill_pool *pool = pool_for(day, msched__fill_mood_at(day->problem, slot->time));
    for (uint32_t i = day->sums.chosen_count; i-- > 0;)
        play_next(day, slot, &pool->items[day->sums.chosen[i]]);
}

/* Remove the songs of this slot again. */
static void undo_slot(msched__fill_day *day, slot_state *slot, int32_t start, int32_t quota)
{
    while (day->fill_count > slot->first_song) {
        uint32_t track = day->fill[day->fill_count - 1].track;
        for (uint32_t mood = 0; mood < MSCHED_MOOD_COUNT; mood++)
            for (uint32_t i = 0; i < day->pools[mood].count; i++)
                if (day->pools[mood].items[i].track == track)
                    day->pools[mood].items[i].taken = 0;
        msched__fill_day_drop_last(day);
    }
    slot->time = start;
    slot->left = quota;
}

/* One slot, up to `quota` seconds of songs. */
static void fill_slot(msched__fill_day *day, msched__interval span, int32_t quota)
{
    slot_state slot = {span.start, quota, span.end, day->fill_count};
    fill_greedily(day, &slot);
    int32_t wanted = room(&slot), before = quota - slot.left;
    int32_t got = choose_rest(day, &slot, FINISH_ITEMS);
    if (got < wanted && !day->failed)
        got = choose_rest(day, &slot, UINT32_MAX);
    if (day->failed)
        return;
    if (got < wanted && day->gap == 0 && !msched__budget_over(day->budget)) {
        /* the greedy part was in the way: choose again for the whole slot */
        slot_state whole = slot;
        undo_slot(day, &whole, span.start, quota);
        int32_t all = choose_rest(day, &whole, UINT32_MAX);
        if (all > before + got) {
            take_chosen(day, &whole);
            return;
        }
        fill_greedily(day, &whole);
        slot = whole;
        choose_rest(day, &slot, UINT32_MAX);
    }
    if (!day->failed)
        take_chosen(day, &slot);
}

/* Number of songs that a slot certainly takes, for the gaps between them. */
static int32_t surely_takes(const msched__fill_day *day, int32_t length)
{
    int32_t gaps = day->gap * (length / GAP_PER_S + 1);
    return day->gap == 0 ? length : length > gaps ? length - gaps : 0;
}

/*
 * The quota of a slot out of `*asked`: all that fits, without leaving a rest that is too short to
 * be met. If gaps take time from a full slot, other slots get more than their share, and the last
 * one less.
 */
static int32_t share_of(const msched__fill_day *day, int32_t length, int32_t *asked, int more)
{
    int32_t takes = surely_takes(day, length), share = length;
    if (takes >= *asked)
        takes = share = *asked;
    else if (*asked - takes < LEAST_REST_S && takes > 2 * LEAST_REST_S && more)
        takes = share = *asked - LEAST_REST_S;
    *asked -= takes;
    return share;
}

/*
 * Intervals with a mood first, shorter ones before longer ones, because their music was requested.
 */
static int32_t share_by_mood(msched__fill_day *day, uint32_t count, int32_t asked)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++)
        if (msched__fill_in_mood(day->problem, day->slots[i].start))
            day->order[n++] = (msched__keyed){(uint64_t)(day->slots[i].end - day->slots[i].start),
                                              i};
    msched__key_sort(day->order, n);
    for (uint32_t i = 0; i < n && asked > 0; i++)
        day->quotas[day->order[i].index] = share_of(day, (int32_t)day->order[i].key, &asked,
                                                    count > 1);
    return asked;
}

/*
 * Seconds for each slot, `asked` in total: a single slot if one is long enough, otherwise the
 * longest first.
 */
static void share_out(msched__fill_day *day, uint32_t count, int32_t asked)
{
    const msched__interval *slots = day->slots;
    msched__keyed *order = day->order;
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++)
        day->quotas[i] = 0;
    if (day->by_mood)
        asked = share_by_mood(day, count, asked);
    for (uint32_t i = 0; i < count; i++)
        if (day->quotas[i] == 0)
            order[n++] = (msched__keyed){UINT64_MAX - (uint64_t)(slots[i].end - slots[i].start), i};
    msched__key_sort(order, n);
    for (uint32_t i = 0; i < n && asked > 0; i++) {
        uint32_t which = order[i].index;
        int32_t length = slots[which].end - slots[which].start;
        if (surely_takes(day, length) >= asked) { /* the earliest one with room for the rest */
            for (uint32_t k = i + 1; k < n; k++)
                if (surely_takes(day, slots[order[k].index].end - slots[order[k].index].start) >=
                        asked &&
                    order[k].index < which)
                    which = order[k].index;
            day->quotas[which] = asked;
            return;
        }
        day->quotas[which] = share_of(day, length, &asked, i + 1 < n);
    }
}

/* Fill what is still missing, as long as another round adds something. */
static void fill_rounds(msched__fill_day *day)
{
    for (int round = 0; round < ROUNDS && day->seconds < day->asked && !day->failed &&
                        !msched__budget_interrupted(day->budget);
         round++) {
        int64_t before = day->seconds;
        uint32_t count = msched__fill_day_slots(day, day->by_mood);
        share_out(day, count, (int32_t)(day->asked - day->seconds));
        for (uint32_t i = 0; i < count && !day->failed && !msched__budget_interrupted(day->budget);
             i++) {
            msched__interval slot = msched__fill_day_slot(day, i);
            int32_t quota = day->quotas[i], left = (int32_t)(day->asked - day->seconds);
            if (quota > left)
                quota = left;
            if (quota > 0 && slot.end > slot.start)
                fill_slot(day, slot, quota);
        }
        if (day->seconds == before)
            break;
    }
}

/* The candidate chosen so far, and where it may start. */
typedef struct fill_day_choice {
    msched__fill_candidate *best;
    int32_t start;
    int longest_first;
} fill_day_choice;

/* 1 if a candidate cannot be better than one that starts at `start`. */
static int is_settled(const fill_day_choice *so_far, int32_t now, int32_t length)
{
    return so_far->best != NULL && so_far->start == now &&
           (!so_far->longest_first || length <= so_far->best->length);
}

/*
 * The candidate that may start first in a slot; among several, the best-ranked or the longest;
 * NULL: none.
 */
static msched__fill_candidate *first_separated(msched__fill_day *day, const slot_state *slot,
                                               int32_t *start)
{
    const msched__fill_pool *pool = pool_for(day, msched__fill_mood_at(day->problem, slot->time));
    fill_day_choice found = {NULL, INT32_MAX, day->longest_first};
    for (uint32_t c = 0; pool != NULL && c < pool->count; c++) {
        msched__fill_candidate *candidate = &pool->items[c];
        if (candidate->taken || candidate->length > slot->left ||
            is_settled(&found, slot->time, candidate->length) ||
            msched__bit(day->used.recordings, day->filter.recordings->of_track[candidate->track]))
            continue;
        int32_t time = msched__fill_day_separated(day, candidate->artist, candidate->length,
                                                  slot->time, slot->end);
        if (time < found.start || (time == found.start && found.best != NULL &&
                                   day->longest_first && candidate->length > found.best->length))
            found = (fill_day_choice){candidate, time, day->longest_first};
        msched__budget_count(day->budget, 1);
    }
    *start = found.start;
    return found.best;
}

/*
 * The songs that may play in the rest of a slot, one of each recording, into day->lengths and
 * day->numbers. Returns how many.
 */
static uint32_t list_usable(msched__fill_day *day, const msched__fill_pool *pool, int32_t left)
{
    const uint32_t *recording = day->filter.recordings->of_track;
    uint64_t *used = day->used.recordings;
    uint32_t count = 0;
    for (uint32_t i = 0; i < pool->count; i++) {
        const msched__fill_candidate *candidate = &pool->items[i];
        if (candidate->taken || candidate->length > left ||
            msched__bit(used, recording[candidate->track]))
            continue;
        msched__bit_set(used, recording[candidate->track]);
        day->lengths[count] = candidate->length;
        day->numbers[count++] = i;
    }
    for (uint32_t k = 0; k < count; k++)
        msched__bit_clear(used, recording[pool->items[day->numbers[k]].track]);
    return count;
}

/*
 * Fill the missing seconds at once with songs that add up to them, each when its artist allows. 1
 * on success.
 */
static int finish_separated(msched__fill_day *day, slot_state *slot)
{
    const msched__fill_pool *pool = pool_for(day, msched__fill_mood_at(day->problem, slot->time));
    const slot_state before = *slot;
    uint32_t count = pool == NULL ? 0 : list_usable(day, pool, slot->left), fills = day->fill_count;
    if (count == 0 || slot->left > day->sums.capacity ||
        msched__subset_sum_solve(&day->sums, day->lengths, count, slot->left) < slot->left)
        return 0;
    for (uint32_t i = 0; i < day->sums.chosen_count; i++) {
        msched__fill_candidate *candidate = &pool->items[day->numbers[day->sums.chosen[i]]];
        int32_t start = msched__fill_day_separated(day, candidate->artist, candidate->length,
                                                   slot->time, slot->end);
        if (start == INT32_MAX) {
            while (day->fill_count > fills)
                msched__fill_day_drop_last(day);
            while (i-- > 0)
                pool->items[day->numbers[day->sums.chosen[i]]].taken = 0;
            *slot = before;
            return 0;
        }
        slot->time = start;
        play_next(day, slot, candidate);
    }
    return 1;
}

/* Add songs one after the other, each when its artist allows. */
static void fill_separated(msched__fill_day *day)
{
    uint32_t count = msched__fill_day_slots(day, 0);
    for (uint32_t i = 0; i < count && day->seconds < day->asked && !day->failed; i++) {
        msched__interval span = msched__fill_day_slot(day, i);
        slot_state slot = {span.start, (int32_t)(day->asked - day->seconds), span.end,
                           day->fill_count};
        while (room(&slot) > 0 && !day->failed && !msched__budget_over(day->budget)) {
            int32_t start;
            if (slot.left <= RESERVE_S && finish_separated(day, &slot))
                break;
            msched__fill_candidate *best = first_separated(day, &slot, &start);
            if (best == NULL)
                break;
            slot.time = start;
            play_next(day, &slot, best);
        }
    }
}

/* Keep the previous fill if it is still allowed. */
static void keep_previous(msched__fill_day *day)
{
    const msched__fill_problem *problem = day->problem;
    for (uint32_t i = 0; i < problem->previous_count; i++) {
        const msched__previous_fill *previous = &problem->previous[i];
        if (!previous->frozen && msched__fill_day_allows(day, previous->track, previous->start_s))
            msched__fill_day_add(day, previous->track, previous->start_s, 1);
    }
}

/*
 * How to fill: whether to keep the previous fill, intervals with a mood first, and the size of the
 * pool (0: by the requested length). With artist separation: one after the other from the start,
 * longest first. With gaps between songs: as few songs as possible.
 */
typedef struct attempt {
    uint8_t keep, by_mood, longest_first, fewest;
    uint32_t want;
} attempt;

static int fill_once(msched__fill_day *day, attempt how)
{
    if (day->moods == NULL)
        return 1;
    day->by_mood = how.by_mood && day->problem->mood_span_count > 0;
    if (how.fewest)
        return msched__fill_longest(day);
    if (how.keep)
        keep_previous(day);
    day->longest_first = how.longest_first;
    if (!how.longest_first)
        fill_rounds(day);
    if (day->separation > 0 && day->seconds < day->asked)
        fill_separated(day);
    return !day->failed;
}

/* Each attempt may use the work of the whole budget. 0 when out of memory. */
static int run(msched__fill_day *day, msched__arena *arena, const msched__fill_problem *problem,
               msched__budget *budget, attempt how)
{
    uint64_t used = budget->used;
    budget->used = budget->next_look = 0;
    int done = msched__fill_day_init(day, arena, problem, how.want, budget) && fill_once(day, how);
    budget->used += used;
    return done;
}

/* Try again while the bound is not met, and keep the longer fill. 0 when out of memory. */
static int run_again(msched__fill_day *day, int64_t bound, attempt how)
{
    msched__fill_day anew;
    if (day->seconds >= bound || msched__budget_interrupted(day->budget))
        return 1;
    if (!run(&anew, day->arena, day->problem, day->budget, how))
        return 0;
    if (anew.seconds > day->seconds)
        *day = anew;
    return 1;
}

static int pools_complete(const msched__fill_day *day)
{
    for (uint32_t mood = 0; mood < MSCHED_MOOD_COUNT; mood++)
        if (day->pools[mood].items != NULL && !day->pools[mood].complete)
            return 0;
    return 1;
}

msched_result msched__songs_fill(msched__arena *arena, const msched__fill_problem *problem,
                                 msched__budget *budget, msched__fill *out)
{
    msched__fill_day day;
    memset(out, 0, sizeof *out);
    int has_previous = problem->previous_count > 0;
    if (!run(&day, arena, problem, budget, (attempt){.keep = has_previous, .by_mood = 1}))
        return MSCHED_ERROR_MEMORY;
    out->bound = msched__fill_day_quick_bound(&day);
    if (has_previous && !run_again(&day, out->bound, (attempt){.by_mood = 1}))
        return MSCHED_ERROR_MEMORY;
    if (problem->mood_span_count > 0 && !run_again(&day, out->bound, (attempt){0}))
        return MSCHED_ERROR_MEMORY;
    if (day.seconds < out->bound && !msched__budget_interrupted(budget) &&
        !msched__fill_day_bound(&day, &out->bound))
        return MSCHED_ERROR_MEMORY;
    attempt fewest = {.fewest = 1, .want = MSCHED__FILL_POOL_MAX};
    if (day.gap > 0 && day.separation == 0 && !run_again(&day, out->bound, fewest))
        return MSCHED_ERROR_MEMORY;
    attempt longest = {.longest_first = 1, .want = MSCHED__FILL_POOL_MAX};
    if (day.separation > 0 && !run_again(&day, out->bound, longest))
        return MSCHED_ERROR_MEMORY;
    if (!pools_complete(&day) &&
        !run_again(&day, out->bound, (attempt){.want = MSCHED__FILL_POOL_MAX}))
        return MSCHED_ERROR_MEMORY;
    msched__fill_day_finish(&day, out);
    return MSCHED_OK;
}
