/* The assignment of songs to free intervals is the best if it claims to be. */
#include "../small_packs.h"
#include "schedule/songs/songs_assign.h"

/* From the empty day: what it calls optimal is, and the rest is valid. */
static void assignment_finds_the_best_where_it_says_so(void **state)
{
    small s;
    uint32_t proved = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        int64_t bound = INT64_MAX;
        make_small(&s, seed, WORK(UINT64_MAX));
        place_locked(&s.pack);
        msched__pack_keep_best(&s.pack);
        int result = msched__pack_assign(&s.pack, &bound);
        assert_true(result >= 0);
        check_sequence(&s, &s.pack.best);
        assert_true(bound >= s.best);
        if (result == 1)
            assert_true(s.pack.best.value == s.best);
        proved += result == 1;
        msched__arena_reset(&s.arena);
    }
    assert_true(proved > PROBLEMS / 2);
}

/*
 * Two intervals, and a song within 10 s inside the second one. Two songs of 2 s take as much of an
 * interval as one of 8 s, because of the gaps, but only they fit on both sides of that song.
 */
static void lengths_matter_around_an_inner_window(void **state)
{
    static const struct {
        int32_t length, from, to;
        uint8_t must;
        uint32_t weight;
    } songs[] = {{2, 0, 60, 1, 1},   {2, 0, 60, 1, 1},    {8, 0, 60, 1, 1},   {6, 30, 40, 1, 1},
                 {8, 0, 60, 0, 150}, {4, 37, 60, 0, 116}, {4, 37, 60, 0, 117}};
    small s = {.horizon = 60};
    msched__songs_problem *p = &s.random.problem;
    int64_t bound = INT64_MAX;
    (void)state;
    *p = (msched__songs_problem){.free = s.random.free,
                                 .free_count = 2,
                                 .plays = s.random.plays,
                                 .play_count = sizeof songs / sizeof *songs,
                                 .gap_s = 4,
                                 .max_total_s = MSCHED_UNSET};
    s.random.free[0] = (msched__interval){0, 21};
    s.random.free[1] = (msched__interval){26, 60};
    for (uint32_t i = 0; i < p->play_count; i++)
        s.random.plays[i] = (msched__play){
            .wish = i,
            .track = i,
            .artist = i,
            .length_s = songs[i].length,
            .must = songs[i].must,
            .weight = songs[i].weight,
            .windows = s.random.windows[i],
            .window_count = intersect(p->free, 2, songs[i].from, songs[i].to, s.random.windows[i]),
            .pinned_s = MSCHED_UNSET,
            .preferred_s = MSCHED_UNSET};
    open_pack(&s, WORK(UINT64_MAX));
    assert_int_equal(msched__pack_assign(&s.pack, &bound), 1);
    assert_true(s.pack.best.value == value_of(4, 150 + 116 + 117));
    assert_true(s.pack.best.value == s.best);
    check_sequence(&s, &s.pack.best);
    msched__arena_reset(&s.arena);
}

static void out_of_work_it_keeps_a_valid_day(void **state)
{
    (void)state;
    keeps_a_valid_day_out_of_work(msched__pack_assign);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assignment_finds_the_best_where_it_says_so),
        cmocka_unit_test(lengths_matter_around_an_inner_window),
        cmocka_unit_test(out_of_work_it_keeps_a_valid_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
