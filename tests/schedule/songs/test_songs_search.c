/* The search over orders of songs finds the best placement. */
#include "../small_packs.h"
#include "schedule/songs/songs_search.h"

static void search_finds_the_best(void **state)
{
    small s;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        make_small(&s, seed, WORK(UINT64_MAX));
        place_locked(&s.pack);
        msched__pack_keep_best(&s.pack);
        assert_int_equal(msched__pack_search(&s.pack, INT64_MAX), 1);
        check_sequence(&s, &s.pack.best);
        assert_true(s.pack.best.value == s.best);
        msched__arena_reset(&s.arena);
    }
}

/* Out of work, a search keeps a valid day, no worse than before, and claims no proof. */
static void out_of_work_it_keeps_a_valid_day(void **state)
{
    small s;
    uint32_t stopped = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        int64_t bound = INT64_MAX;
        make_small(&s, seed, WORK(seed % 8));
        place_locked(&s.pack);
        msched__pack_keep_best(&s.pack);
        int64_t before = s.pack.best.value;
        int result = msched__pack_search(&s.pack, bound);
        assert_true(result >= 0 && bound >= s.best && s.pack.best.value >= before);
        check_sequence(&s, &s.pack.best);
        if (result == 1)
            assert_true(s.pack.best.value == s.best);
        stopped += result == 0 && s.pack.best.value < s.best;
        msched__arena_reset(&s.arena);
    }
    assert_true(stopped > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_finds_the_best),
        cmocka_unit_test(out_of_work_it_keeps_a_valid_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
