/* Bounds by capacity hold for every placement. */
#include "../small_packs.h"
#include "schedule/songs/songs_capacity.h"

static void bounds_by_capacity_hold_for_every_placement(void **state)
{
    small s;
    uint32_t tight = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        int64_t must_bound, weight_bound, sack;
        make_small(&s, seed, WORK(UINT64_MAX));
        int64_t must = s.best / MSCHED__MUST_VALUE, weight = s.best % MSCHED__MUST_VALUE,
                locked_must = s.pack.locked_value / MSCHED__MUST_VALUE;
        assert_true(msched__pack_bound(&s.pack, INT64_MAX, &must_bound, &weight_bound));
        assert_true(value_of(must_bound, weight_bound) >= s.best);
        tight += must_bound == must && weight_bound == weight;
        /* at most so many must plays are asked for: the bound does not exceed them */
        assert_true(msched__pack_bound(&s.pack, must, &must_bound, NULL));
        assert_true(must_bound == must);
        assert_true(msched__pack_sack_bound(&s.pack, must - locked_must, &sack));
        assert_true(sack + s.pack.locked_value % MSCHED__MUST_VALUE >= weight);
        msched__arena_reset(&s.arena);
    }
    assert_true(tight > PROBLEMS / 2);
}

/* What plays inside of any part of the day, with its gaps, is within the capacity of that part. */
static void capacity_holds_what_plays_in_a_part_of_the_day(void **state)
{
    small s;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        make_small(&s, seed, WORK(UINT64_MAX));
        place_locked(&s.pack);
        for (uint32_t i = 0; i < s.pack.count; i++)
            if (!s.pack.items[i].locked)
                msched__pack_insert(&s.pack, i, 0);
        for (int32_t from = 0; from < s.horizon; from++)
            for (int32_t to = from + 1; to <= s.horizon; to++) {
                int64_t used = 0;
                for (uint32_t i = 0; i < s.pack.now.count; i++) {
                    const msched__item *item = &s.pack.items[s.pack.now.item[i]];
                    int32_t start = s.pack.now.start[i];
                    if (!item->locked && start >= from && start + item->length <= to)
                        used += item->length + s.pack.gap;
                }
                assert_true(used <= msched__pack_capacity(&s.pack, from, to));
            }
        msched__arena_reset(&s.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_by_capacity_hold_for_every_placement),
        cmocka_unit_test(capacity_holds_what_plays_in_a_part_of_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
