/* Songs dealt to the free intervals keep the rules, and are the best in a single interval. */
#include "../small_packs.h"
#include "schedule/songs/songs_partition.h"

/* Songs that may play anywhere in one interval: the knapsack's choice, so the best there is. */
static void sharing_is_exact_in_one_interval(void **state)
{
    small s;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        msched__songs_problem *p = &s.random.problem;
        s.horizon = 12 + (int32_t)(seed % 25);
        make_problem(&s.random, seed << 12, (uint32_t)(2 + seed % (PLAYS - 1)), s.horizon);
        p->free_count = 1;
        p->max_total_s = MSCHED_UNSET;
        p->artist_separation_s = 0;
        for (uint32_t i = 0; i < p->play_count; i++) {
            msched__play *play = &s.random.plays[i];
            play->windows = p->free;
            play->window_count = 1;
            play->pinned_s = MSCHED_UNSET;
            play->frozen = 0;
        }
        open_pack(&s, WORK(UINT64_MAX));
        assert_true(msched__pack_share(&s.pack));
        check_sequence(&s, &s.pack.now);
        assert_true(s.pack.now.value == s.best);
        msched__arena_reset(&s.arena);
    }
}

static void sharing_keeps_the_rules(void **state)
{
    small s;
    uint32_t best = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        s.horizon = 12 + (int32_t)(seed % 25);
        make_problem(&s.random, seed << 12, (uint32_t)(2 + seed % (PLAYS - 1)), s.horizon);
        s.random.problem.artist_separation_s = 0;
        open_pack(&s, WORK(UINT64_MAX));
        assert_true(msched__pack_share(&s.pack));
        check_sequence(&s, &s.pack.now);
        best += s.pack.now.value == s.best;
        msched__arena_reset(&s.arena);
    }
    assert_true(best > PROBLEMS / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sharing_is_exact_in_one_interval),
        cmocka_unit_test(sharing_keeps_the_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
