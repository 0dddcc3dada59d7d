/* Placing the wanted plays: values against brute force, every rule against a checker of its own. */
#include "../../testing.h"
#include "base/alloc.h"
#include "schedule/songs/songs_capacity.h"
#include "schedule/songs/songs_search.h"
#include "schedule/songs/songs_sequence.h"
#include "schedule/songs/songs_solve.h"
#include "../small_songs.h"
#include "../work.h"

#include <stdio.h>

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

/* Two exact methods that share no search: by intervals (within place) and by time alone. */
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
    const msched__interval day = {1000, 9000};
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
