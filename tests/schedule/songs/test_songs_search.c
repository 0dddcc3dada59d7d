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

static int search_all(msched__pack *pack, int64_t *bound)
{
    return msched__pack_search(pack, *bound);
}

static void out_of_work_it_keeps_a_valid_day(void **state)
{
    (void)state;
    keeps_a_valid_day_out_of_work(search_all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_finds_the_best),
        cmocka_unit_test(out_of_work_it_keeps_a_valid_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
