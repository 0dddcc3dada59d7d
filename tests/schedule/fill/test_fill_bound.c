/* The lengths that songs can reach, compared with trying every set. */
#include "../small_catalogs.h"
#include "schedule/fill/fill_bound.h"

/* The largest sum up to `most` of songs that pass, at most one track of each recording. */
static int64_t best_sum(const small_catalog *s, uint32_t track, uint64_t used, int64_t most)
{
    if (track == s->catalog->track_count)
        return 0;
    int64_t best = best_sum(s, track + 1, used, most);
    int32_t length = msched__track_length_s(s->catalog, track);
    uint64_t recording = UINT64_C(1) << s->catalog->track_recording[track];
    if (length <= most && (used & recording) == 0 &&
        msched__fill_filter_passes(&s->filter, track)) {
        int64_t with = length + best_sum(s, track + 1, used | recording, most - length);
        best = with > best ? with : best;
    }
    return best;
}

static void reach_is_the_largest_sum_of_songs(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= CATALOGS; seed++) {
        small_catalog s;
        open_catalog(&s, seed);
        msched__songs_problem songs = {
            .catalog = s.catalog, .plan = &s.plan, .max_total_s = MSCHED_UNSET};
        msched__fill_problem fill = {.songs = &songs};
        for (int i = 0; i < 5; i++) {
            int64_t most = pick(1, MSCHED__REACH_MAX_S), reached = most, supply;
            assert_int_equal(msched__songs_reach(&s.arena, &fill, &reached), MSCHED_OK);
            assert_true(reached == best_sum(&s, 0, 0, most));
            fill.fill_s = (int32_t)most;
            assert_int_equal(msched__songs_supply(&s.arena, &fill, &supply), MSCHED_OK);
            assert_true(supply >= reached);
        }
        close_catalog(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reach_is_the_largest_sum_of_songs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
