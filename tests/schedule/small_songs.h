/*
 * tests/schedule/small_songs.h: small random problems of wanted songs, a checker of every rule, and
 * the best values by trying everything.
 */
#ifndef TEST_SMALL_SONGS_H
#define TEST_SMALL_SONGS_H

#include "base/hash.h"
#include "schedule/model/plays.h"

#include <string.h>

#define MAX_PLAYS 12
#define MAX_SPANS 6

typedef struct random_problem {
    msched__songs_problem problem;
    msched__interval free[MAX_SPANS];
    msched__play plays[MAX_PLAYS];
    msched__interval windows[MAX_PLAYS][MAX_SPANS];
} random_problem;

static uint64_t random_state;

static inline int32_t pick(int32_t low, int32_t high)
{
    random_state += UINT64_C(0x9E3779B97F4A7C15);
    return low + (int32_t)(msched__hash_mix(random_state) % (uint64_t)(high - low + 1));
}

static inline uint32_t intersect(const msched__interval *spans, uint32_t count, int32_t from,
                                 int32_t to, msched__interval *out)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t start = spans[i].start > from ? spans[i].start : from,
                end = spans[i].end < to ? spans[i].end : to;
        if (start < end)
            out[n++] = (msched__interval){start, end};
    }
    return n;
}

static inline void make_problem(random_problem *r, uint64_t seed, uint32_t play_count,
                                int32_t horizon)
{
    memset(r, 0, sizeof *r);
    random_state = seed;
    msched__songs_problem *p = &r->problem;
    int32_t t = pick(0, 3);
    for (p->free_count = 0; p->free_count < MAX_SPANS && t < horizon; p->free_count++) {
        int32_t end = t + pick(1, horizon / 2);
        r->free[p->free_count] = (msched__interval){t, end < horizon ? end : horizon};
        t = end + pick(1, 4);
    }
    p->free = r->free;
    p->plays = r->plays;
    p->play_count = play_count;
    p->gap_s = pick(0, 2) == 0 ? pick(1, 2) : 0;
    p->artist_separation_s = pick(0, 1) ? pick(1, horizon / 3) : 0;
    p->max_total_s = pick(0, 2) == 0 ? pick(0, horizon) : MSCHED_UNSET;
    int32_t now = pick(0, 4) == 0 ? pick(3, 8) : 0;
    for (uint32_t i = 0; i < play_count; i++) {
        msched__play *play = &r->plays[i];
        *play = (msched__play){.wish = i,
                               .track = i,
                               .artist = (uint32_t)pick(0, 3),
                               .length_s = pick(1, 8),
                               .weight = (uint32_t)pick(1, 9),
                               .must = pick(0, 3) == 0,
                               .windows = r->windows[i],
                               .pinned_s = MSCHED_UNSET,
                               .preferred_s = MSCHED_UNSET};
        int32_t from = pick(0, 1) ? now : pick(now, horizon),
                to = pick(0, 1) ? horizon : pick(from, horizon);
        play->window_count = intersect(r->free, p->free_count, from, to, r->windows[i]);
        if (i > 0 && pick(0, 3) == 0) { /* once more the same */
            *play = r->plays[i - 1];
            play->pinned_s = MSCHED_UNSET;
            play->frozen = 0;
        } else if (pick(0, 6) == 0) {
            play->pinned_s = pick(now, horizon);
        }
        if (i == 0 && now > 0) {
            play->frozen = 1;
            play->pinned_s = now - pick(0, 2);
        }
        if (pick(0, 3) == 0)
            play->preferred_s = pick(0, horizon);
    }
}

static inline int starts_allowed(const msched__play *play, int32_t start)
{
    if (play->frozen)
        return start == play->pinned_s;
    if (play->pinned_s != MSCHED_UNSET && start != play->pinned_s)
        return 0;
    for (uint32_t w = 0; w < play->window_count; w++)
        if (play->windows[w].start <= start && start + play->length_s <= play->windows[w].end)
            return 1;
    return 0;
}

/* 1 when the placed plays keep every rule; adds up their value. */
static inline int check(const msched__songs_problem *p, const int32_t *start, int64_t *must,
                        int64_t *weight)
{
    int64_t total = 0;
    *must = *weight = 0;
    for (uint32_t i = 0; i < p->play_count; i++) {
        const msched__play *a = &p->plays[i];
        if (start[i] == MSCHED_UNSET) {
            if (a->frozen)
                return 0;
            continue;
        }
        if (!starts_allowed(a, start[i]))
            return 0;
        total += a->length_s;
        *(a->must ? must : weight) += a->must ? 1 : (int64_t)a->weight;
        for (uint32_t k = 0; k < i; k++) {
            const msched__play *b = &p->plays[k];
            if (start[k] == MSCHED_UNSET)
                continue;
            int32_t apart = start[i] >= start[k] ? start[i] - start[k] - b->length_s
                                                 : start[k] - start[i] - a->length_s;
            if (apart < p->gap_s || (a->artist == b->artist && apart < p->artist_separation_s))
                return 0;
        }
    }
    return p->max_total_s == MSCHED_UNSET || total <= p->max_total_s ||
           total == p->plays[0].frozen * p->plays[0].length_s;
}

/* Best value over all start times of all plays. */
static inline void try_starts(const msched__songs_problem *p, int32_t *start, uint32_t i,
                              int32_t horizon, int64_t *best_must, int64_t *best_weight)
{
    int64_t must, weight;
    if (i == p->play_count) {
        if (check(p, start, &must, &weight) &&
            (must > *best_must || (must == *best_must && weight > *best_weight))) {
            *best_must = must;
            *best_weight = weight;
        }
        return;
    }
    for (int32_t s = MSCHED_UNSET; s <= horizon; s++)
        if (s == MSCHED_UNSET || starts_allowed(&p->plays[i], s)) {
            start[i] = s;
            try_starts(p, start, i + 1, horizon, best_must, best_weight);
        }
}

/* Best value over all orders of all subsets, each play as early as it can. */
static inline void try_orders(const msched__songs_problem *p, int32_t *start, int32_t time,
                              int32_t horizon, int64_t *best_must, int64_t *best_weight)
{
    int64_t must, weight;
    if (check(p, start, &must, &weight) &&
        (must > *best_must || (must == *best_must && weight > *best_weight))) {
        *best_must = must;
        *best_weight = weight;
    }
    for (uint32_t i = 0; i < p->play_count; i++) {
        if (start[i] != MSCHED_UNSET)
            continue;
        int32_t from = time;
        for (uint32_t k = 0; k < p->play_count; k++)
            if (start[k] != MSCHED_UNSET && p->plays[k].artist == p->plays[i].artist &&
                start[k] + p->plays[k].length_s + p->artist_separation_s > from)
                from = start[k] + p->plays[k].length_s + p->artist_separation_s;
        while (from <= horizon && !starts_allowed(&p->plays[i], from))
            from++;
        if (from > horizon)
            continue;
        start[i] = from;
        try_orders(p, start, from + p->plays[i].length_s + p->gap_s, horizon, best_must,
                   best_weight);
        start[i] = MSCHED_UNSET;
    }
}

#endif
