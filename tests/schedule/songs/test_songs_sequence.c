/* The sequence of plays: its items, the earliest start of each, and the best one kept. */
#include "../small_packs.h"

static void an_item_is_a_play_that_can_be_placed_alone(void **state)
{
    small s;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        uint8_t is_item[MAX_PLAYS] = {0};
        make_small(&s, seed, WORK(UINT64_MAX));
        const msched__songs_problem *p = &s.random.problem;
        for (uint32_t i = 0; i < s.pack.count; i++) {
            assert_false(is_item[s.pack.items[i].play]);
            is_item[s.pack.items[i].play] = 1;
        }
        for (uint32_t i = 0; i < p->play_count; i++) {
            int32_t start[MAX_PLAYS];
            int64_t must, weight;
            int fits = 0;
            for (int32_t at = 0; at < s.horizon && !fits; at++) {
                for (uint32_t k = 0; k < MAX_PLAYS; k++)
                    start[k] = MSCHED_UNSET;
                for (uint32_t k = 0; k < p->play_count; k++)
                    if (p->plays[k].frozen)
                        start[k] = p->plays[k].pinned_s;
                if (!p->plays[i].frozen)
                    start[i] = at;
                fits = check(p, start, &must, &weight);
            }
            if (fits)
                assert_true(is_item[i]);
        }
        msched__arena_reset(&s.arena);
    }
}

static void the_next_start_is_the_earliest_that_windows_allow(void **state)
{
    small s;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        make_small(&s, seed, WORK(UINT64_MAX));
        for (uint32_t i = 0; i < s.pack.count; i++) {
            const msched__item *item = &s.pack.items[i];
            const msched__play *play = &s.random.plays[item->play];
            for (int32_t from = 0; from <= s.horizon; from++) {
                int32_t start = from;
                while (start <= s.horizon && !starts_allowed(play, start))
                    start++;
                assert_int_equal(msched__item_next(item, from),
                                 start <= s.horizon ? start : MSCHED__SONG_NEVER);
            }
        }
        msched__arena_reset(&s.arena);
    }
}

static void the_best_is_kept_and_taken_back(void **state)
{
    small s;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        make_small(&s, seed, WORK(UINT64_MAX));
        msched__pack *pack = &s.pack;
        place_locked(pack);
        for (uint32_t i = 0; i < pack->count; i++)
            if (!pack->placed[i])
                msched__pack_insert(pack, i, 0);
        int64_t value = pack->now.value;
        uint32_t count = pack->now.count;
        msched__pack_keep_best(pack);
        place_locked(pack);
        assert_true(pack->now.value <= value);
        msched__pack_keep_best(pack); /* worth no more: the best stays */
        assert_true(pack->best.value == value);
        msched__pack_take_best(pack);
        assert_true(pack->now.value == value);
        assert_int_equal(pack->now.count, count);
        check_sequence(&s, &pack->now);
        msched__arena_reset(&s.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_is_a_play_that_can_be_placed_alone),
        cmocka_unit_test(the_next_start_is_the_earliest_that_windows_allow),
        cmocka_unit_test(the_best_is_kept_and_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
