/* Days with more songs than can be searched: placements against every rule and their bound. */
#include "../../failing.h"
#include "../../testing.h"
#include "base/alloc.h"
#include "base/hash.h"
#include "schedule/model/plays.h"
#include "schedule/songs/songs_solve.h"
#include "../work.h"

#define PLAYS     120
#define STRETCHES 8

static uint64_t random_state;

static int32_t pick(int32_t low, int32_t high)
{
    random_state += UINT64_C(0x9E3779B97F4A7C15);
    return low + (int32_t)(msched__hash_mix(random_state) % (uint64_t)(high - low + 1));
}

typedef struct big {
    msched__songs_problem problem;
    msched__interval free[STRETCHES];
    msched__play plays[PLAYS];
    msched__interval windows[PLAYS][STRETCHES];
} big;

/* A day of up to eight intervals; `bound` of ten songs have a window of their own. */
static void make_day(big *day, uint64_t seed, int bound)
{
    memset(day, 0, sizeof *day);
    random_state = seed;
    msched__songs_problem *p = &day->problem;
    int32_t time = 0;
    for (; p->free_count < STRETCHES; p->free_count++) {
        time += pick(600, 3600);
        day->free[p->free_count] = (msched__interval){time, time + pick(200, 5400)};
        time = day->free[p->free_count].end;
    }
    p->free = day->free;
    p->plays = day->plays;
    p->play_count = PLAYS;
    p->gap_s = pick(0, 3) == 0 ? pick(1, 20) : 0;
    p->max_total_s = pick(0, 3) == 0 ? pick(2000, 20000) : MSCHED_UNSET;
    for (uint32_t i = 0; i < PLAYS; i++) {
        msched__play *play = &day->plays[i];
        *play = (msched__play){.wish = i,
                               .track = i,
                               .artist = i,
                               .length_s = pick(100, 400),
                               .weight = (uint32_t)pick(100, 200),
                               .must = pick(0, 9) == 0,
                               .windows = day->free,
                               .window_count = p->free_count,
                               .pinned_s = MSCHED_UNSET,
                               .preferred_s = MSCHED_UNSET};
        if (pick(0, 9) >= bound)
            continue;
        msched__interval within = {pick(0, time - 7200), 0};
        within.end = within.start + 7200;
        play->windows = day->windows[i];
        play->window_count = msched__interval_intersect(day->windows[i], day->free, p->free_count,
                                                        &within, 1);
        if (pick(0, 9) == 0)
            play->pinned_s = within.start + pick(0, 7200);
    }
}

static void check(const big *day, const msched__songs_placement *placement)
{
    const msched__songs_problem *p = &day->problem;
    int64_t must = 0, weight = 0, total = 0;
    for (uint32_t i = 0; i < PLAYS; i++) {
        const msched__play *a = &p->plays[i];
        int32_t start = placement->start[i], end = start + a->length_s;
        if (start == MSCHED_UNSET)
            continue;
        must += a->must;
        weight += a->must ? 0 : a->weight;
        total += a->length_s;
        assert_true(msched__interval_covers(a->windows, a->window_count, start, end));
        assert_true(a->pinned_s == MSCHED_UNSET || a->pinned_s == start);
        for (uint32_t k = 0; k < i; k++) {
            int32_t other = placement->start[k];
            assert_true(other == MSCHED_UNSET || other >= end + p->gap_s ||
                        other + p->plays[k].length_s + p->gap_s <= start);
        }
    }
    assert_int_equal(must, placement->must);
    assert_int_equal(weight, placement->weight);
    assert_true(p->max_total_s == MSCHED_UNSET || total <= p->max_total_s);
    assert_true(must <= placement->must_bound);
    assert_true(must < placement->must_bound || weight <= placement->weight_bound);
}

static int is_best(const msched__songs_placement *placement)
{
    return placement->must == placement->must_bound && placement->weight == placement->weight_bound;
}

static void many_songs_keep_every_rule_and_mostly_meet_their_bound(void **state)
{
    (void)state;
    int best[2] = {0, 0};
    for (uint64_t seed = 1; seed <= 200; seed++) {
        static big day;
        msched_allocator allocator = msched__allocator_copy(NULL);
        msched__arena arena;
        msched__songs_placement placement;
        int windows = seed % 2 == 0;
        make_day(&day, seed, windows ? 3 : 0);
        msched__arena_init(&arena, &allocator, 0);
        assert_int_equal(msched__songs_place(&arena, &day.problem, WORK(20000), &placement),
                         MSCHED_OK);
        check(&day, &placement);
        best[windows] += is_best(&placement);
        msched__arena_reset(&arena);
    }
    assert_true(best[0] >= 75); /* of 100 */
    assert_true(best[1] >= 50);
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    static big day;
    make_day(&day, 4, 3);
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched__arena arena;
        msched__songs_placement placement;
        msched__arena_init(&arena, &allocator, 0);
        msched_result result = msched__songs_place(&arena, &day.problem, WORK(20000), &placement);
        assert_true(result == MSCHED_ERROR_MEMORY ||
                    (result == MSCHED_OK && memory.count < memory.fail_at));
        msched__arena_reset(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_songs_keep_every_rule_and_mostly_meet_their_bound),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
