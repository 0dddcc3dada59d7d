/* Placing the wanted plays: values against brute force, every rule against a checker of its own. */
#include "../testing.h"
#include "base/alloc.h"
#include "base/hash.h"
#include "schedule/model/plays.h"
#include "schedule/songs/songs_capacity.h"
#include "schedule/songs/songs_search.h"
#include "schedule/songs/songs_sequence.h"
#include "schedule/songs/songs_solve.h"
#include "work.h"

#include <stdio.h>

#define MAX_PLAYS 12
#define MAX_SPANS 6

typedef struct random_problem {
    msched__songs_problem problem;
    msched__span free[MAX_SPANS];
    msched__play plays[MAX_PLAYS];
    msched__span windows[MAX_PLAYS][MAX_SPANS];
} random_problem;

static uint64_t random_state;

static int32_t pick(int32_t low, int32_t high)
{
    random_state += UINT64_C(0x9E3779B97F4A7C15);
    return low + (int32_t)(msched__hash_mix(random_state) % (uint64_t)(high - low + 1));
}

static uint32_t intersect(const msched__span *spans, uint32_t count, int32_t from, int32_t to,
                          msched__span *out)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t start = spans[i].start > from ? spans[i].start : from,
                end = spans[i].end < to ? spans[i].end : to;
        if (start < end)
            out[n++] = (msched__span){start, end};
    }
    return n;
}

static void make_problem(random_problem *r, uint64_t seed, uint32_t play_count, int32_t horizon)
{
    memset(r, 0, sizeof *r);
    random_state = seed;
    msched__songs_problem *p = &r->problem;
    int32_t t = pick(0, 3);
    for (p->free_count = 0; p->free_count < MAX_SPANS && t < horizon; p->free_count++) {
        int32_t end = t + pick(1, horizon / 2);
        r->free[p->free_count] = (msched__span){t, end < horizon ? end : horizon};
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

static int starts_allowed(const msched__play *play, int32_t start)
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
static int check(const msched__songs_problem *p, const int32_t *start, int64_t *must,
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
static void try_starts(const msched__songs_problem *p, int32_t *start, uint32_t i, int32_t horizon,
                       int64_t *best_must, int64_t *best_weight)
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
static void try_orders(const msched__songs_problem *p, int32_t *start, int32_t time,
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

static void compare(const random_problem *r, uint64_t seed, int64_t must, int64_t weight)
{
    const msched__songs_problem *p = &r->problem;
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__arena arena;
    msched__songs_placement out;
    int64_t got_must, got_weight, must_bound, weight_bound;
    msched__arena_init(&arena, &allocator, 0);
    assert_int_equal(msched__songs_place(&arena, p, WORK(1000000), &out), MSCHED_OK);
    assert_int_equal(msched__songs_bound(&arena, p, INT64_MAX, &must_bound, &weight_bound),
                     MSCHED_OK);
    int valid = check(p, out.start, &got_must, &got_weight);
    if (!valid || out.must != must || out.weight != weight || out.must_bound != must ||
        out.weight_bound != weight || got_must != must || got_weight != weight ||
        must_bound < must || (must_bound == must && weight_bound < weight))
        print_error(
            "seed %llu: valid %d, %lld %lld of %lld %lld, bounds %lld %lld, relaxed %lld %lld\n",
            (unsigned long long)seed, valid, (long long)out.must, (long long)out.weight,
            (long long)must, (long long)weight, (long long)out.must_bound,
            (long long)out.weight_bound, (long long)must_bound, (long long)weight_bound);
    assert_true(valid);
    assert_true(got_must == must && got_weight == weight && out.must == must &&
                out.weight == weight);
    assert_true(out.must_bound == must && out.weight_bound == weight);
    assert_true(must_bound > must || (must_bound == must && weight_bound >= weight));
    msched__arena_reset(&arena);
}

static void values_equal_brute_force_over_start_times(void **state)
{
    (void)state;
    random_problem r;
    for (uint64_t seed = 1; seed <= 1500; seed++) {
        int32_t start[MAX_PLAYS];
        int64_t must = -1, weight = -1;
        make_problem(&r, seed, (uint32_t)(1 + seed % 4), 14);
        try_starts(&r.problem, start, 0, 14, &must, &weight);
        compare(&r, seed, must, weight);
    }
}

static void values_equal_brute_force_over_orders(void **state)
{
    (void)state;
    random_problem r;
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        int32_t start[MAX_PLAYS], horizon = 12 + (int32_t)(seed % 25);
        int64_t must = -1, weight = -1;
        for (uint32_t i = 0; i < MAX_PLAYS; i++)
            start[i] = MSCHED_UNSET;
        make_problem(&r, seed << 20, (uint32_t)(2 + seed % 5), horizon);
        try_orders(&r.problem, start, -100, horizon, &must, &weight);
        compare(&r, seed, must, weight);
    }
}

/* Two exact methods that share no search: by stretches (within place) and by time alone. */
static void both_exact_searches_agree(void **state)
{
    (void)state;
    random_problem r;
    msched_allocator allocator = msched__allocator_copy(NULL);
    uint32_t hard = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        msched__arena arena;
        msched__songs_placement out;
        msched__pack pack;
        int64_t must, weight;
        make_problem(&r, seed << 40, (uint32_t)(7 + seed % 6), 24 + (int32_t)(seed % 20));
        if (seed % 4 != 0)
            r.problem.artist_separation_s = 0;
        msched__arena_init(&arena, &allocator, 0);
        assert_int_equal(msched__songs_place(&arena, &r.problem, WORK(UINT64_MAX), &out),
                         MSCHED_OK);
        assert_true(check(&r.problem, out.start, &must, &weight));
        assert_true(must == out.must && weight == out.weight && must == out.must_bound &&
                    weight == out.weight_bound);
        assert_true(msched__pack_init(&pack, &arena, &r.problem, WORK(UINT64_MAX)) &&
                    msched__pack_sort(&pack));
        assert_int_equal(msched__pack_search(&pack, INT64_MAX), 1);
        if (pack.best.value != must * MSCHED__MUST_VALUE + weight)
            print_error("seed %llu\n", (unsigned long long)seed);
        assert_true(pack.best.value == must * MSCHED__MUST_VALUE + weight);
        hard += pack.best.count < pack.count;
        msched__arena_reset(&arena);
    }
    assert_true(hard > 200);
}

/* What stood in the previous schedule stays where all of it fits. */
static void previous_starts_are_kept(void **state)
{
    (void)state;
    msched_allocator allocator = msched__allocator_copy(NULL);
    const msched__span day = {1000, 9000};
    msched__play plays[6];
    for (uint32_t i = 0; i < 6; i++)
        plays[i] = (msched__play){.wish = i,
                                  .track = i,
                                  .artist = i,
                                  .length_s = 200,
                                  .weight = 1,
                                  .windows = &day,
                                  .window_count = 1,
                                  .pinned_s = MSCHED_UNSET,
                                  .preferred_s = i < 5 ? (int32_t)(1300 + 1100 * i) : MSCHED_UNSET};
    msched__songs_problem problem = {.free = &day,
                                     .free_count = 1,
                                     .plays = plays,
                                     .play_count = 6,
                                     .gap_s = 3,
                                     .max_total_s = MSCHED_UNSET};
    msched__songs_placement out;
    msched__arena arena;
    msched__arena_init(&arena, &allocator, 0);
    assert_int_equal(msched__songs_place(&arena, &problem, WORK(1000), &out), MSCHED_OK);
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(out.start[i], plays[i].preferred_s);
    assert_true(out.start[5] != MSCHED_UNSET);
    msched__arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(values_equal_brute_force_over_start_times),
                                       cmocka_unit_test(values_equal_brute_force_over_orders),
                                       cmocka_unit_test(both_exact_searches_agree),
                                       cmocka_unit_test(previous_starts_are_kept)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
