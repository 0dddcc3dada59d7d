/* The pool has one track of each recording that may be fill. */
#include "../small_catalogs.h"
#include "algo/bits.h"
#include "schedule/fill/fill_pool.h"

/* Each song of the pool may be fill, no recording comes twice, and a complete pool lacks none. */
static void pool_has_one_track_of_each_recording_that_may_play(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= CATALOGS; seed++) {
        small_catalog s;
        msched__fill_pool pool;
        open_catalog(&s, seed);
        const msched_catalog *c = s.catalog;
        msched__fill_used used = {msched__bits_alloc(&s.arena, c->recording_count),
                                  msched__bits_alloc(&s.arena, c->recording_count),
                                  msched__bits_alloc(&s.arena, c->artist_count)};
        assert_true(used.recordings != NULL && used.wished != NULL && used.artists != NULL);
        if (pick(0, 1)) {
            msched__bit_set(used.recordings, c->track_recording[0]);
            msched__bit_set(used.artists, c->track_artist[0]);
        }
        msched__pool_question asked = {.filter = &s.filter,
                                       .used = &used,
                                       .want = (uint32_t)pick(1, 2 * TRACKS),
                                       .longest_s = pick(40, 140),
                                       .seed = seed};
        assert_true(msched__fill_pool_build(&pool, &s.arena, &asked));
        uint64_t seen = 0, may_play = 0;
        for (uint32_t i = 0; i < pool.count; i++) {
            const msched__fill_candidate *song = &pool.items[i];
            uint32_t recording = c->track_recording[song->track];
            assert_true(msched__fill_filter_passes(&s.filter, song->track));
            assert_false(msched__bit(used.recordings, recording));
            assert_true(song->length <= asked.longest_s);
            assert_int_equal(song->length, msched__track_length_s(c, song->track));
            assert_int_equal(song->artist, c->track_artist[song->track]);
            assert_false(seen >> recording & 1);
            seen |= UINT64_C(1) << recording;
            for (uint32_t k = 0; song->spread && k < pool.count; k++)
                assert_true(k == i || pool.items[k].artist != song->artist);
        }
        for (uint32_t track = 0; track < c->track_count; track++)
            if (msched__fill_filter_passes(&s.filter, track) &&
                !msched__bit(used.recordings, c->track_recording[track]) &&
                msched__track_length_s(c, track) <= asked.longest_s)
                may_play |= UINT64_C(1) << c->track_recording[track];
        assert_true((seen & ~may_play) == 0);
        if (pool.complete)
            assert_true(seen == may_play);
        assert_true(pool.count <= 2 * asked.want);
        close_catalog(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pool_has_one_track_of_each_recording_that_may_play),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
