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

static void out_of_work_it_keeps_a_valid_day(void **state)
{
    (void)state;
    keeps_a_valid_day_out_of_work(msched__pack_assign);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assignment_finds_the_best_where_it_says_so),
        cmocka_unit_test(out_of_work_it_keeps_a_valid_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
