/* Every way to insert a song keeps the rules. */
#include "../small_packs.h"
#include "schedule/songs/songs_insert.h"

/* Every move leaves a valid sequence and never loses value. */
static void moves_keep_the_rules(void **state)
{
    small s;
    uint32_t anywhere = 0, exchanged = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        make_small(&s, seed, WORK(UINT64_MAX));
        msched__pack *pack = &s.pack;
        place_locked(pack);
        for (uint32_t round = 0; round < 3; round++)
            for (uint32_t i = 0; i < pack->count; i++) {
                int64_t before = pack->now.value;
                if (pack->placed[i])
                    continue;
                int in = round == 0   ? msched__pack_insert(pack, i, (int)(seed % 2))
                         : round == 1 ? msched__pack_insert_anywhere(pack, i)
                                      : msched__pack_exchange(pack, i);
                anywhere += in && round == 1;
                exchanged += in && round == 2;
                assert_int_equal(in, pack->placed[i]);
                assert_true(round == 2
                                ? pack->now.value >= before
                                : pack->now.value == before + (in ? pack->items[i].value : 0));
                check_sequence(&s, &pack->now);
            }
        int32_t start[MAX_PLAYS];
        memcpy(start, pack->now.start, pack->now.count * sizeof *start);
        msched__pack_close_up(pack);
        for (uint32_t i = 0; i < pack->now.count; i++)
            assert_true(pack->now.start[i] <= start[i]);
        check_sequence(&s, &pack->now);
        msched__pack_restore_starts(pack);
        check_sequence(&s, &pack->now);
        msched__arena_reset(&s.arena);
    }
    assert_true(anywhere > 20 && exchanged > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moves_keep_the_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
