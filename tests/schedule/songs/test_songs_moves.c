/* Moves of single songs: the earliest free start, and exchanges that keep the rules. */
#include "../../testing.h"
#include "schedule/songs/songs_moves.h"
#include "../work.h"

/* Two windows, and songs of 100 seconds that all have them. */
static const msched__interval windows[] = {{0, 1000}, {2000, 2400}};

typedef struct day {
    msched__songs_problem rules;
    msched__fill_problem problem;
    msched__budget budget;
    msched__song_moves moves;
    msched__timed_song songs[4];
} day;

static void make(day *d, int32_t gap)
{
    static const int32_t starts[] = {0, 100, 400, 2000};
    *d = (day){
        .rules = {.gap_s = gap},
    };
    d->budget = *WORK(UINT64_MAX);
    d->problem = (msched__fill_problem){.songs = &d->rules, .windows = windows, .window_count = 2};
    d->moves = (msched__song_moves){&d->problem, &d->rules, 4, &d->budget};
    for (uint32_t i = 0; i < 4; i++)
        d->songs[i] = (msched__timed_song){
            .start_s = starts[i], .length_s = 100, .track = i, .play = MSCHED__FILL};
}

static void the_earliest_start_is_between_others(void **state)
{
    (void)state;
    day d;
    make(&d, 0);
    assert_int_equal(msched__moves_earliest(&d.moves, d.songs, 3, 0), 200);
    assert_int_equal(msched__moves_earliest(&d.moves, d.songs, 3, 350), 500);
    assert_int_equal(msched__moves_earliest(&d.moves, d.songs, 0, 950), 2100);
    assert_int_equal(msched__moves_earliest(&d.moves, d.songs, 0, 2350), MSCHED__NEVER);
    make(&d, 120);
    assert_int_equal(msched__moves_earliest(&d.moves, d.songs, 3, 0), 620);
}

static void an_exchange_keeps_the_order(void **state)
{
    (void)state;
    day d;
    make(&d, 0);
    d.songs[2].length_s = 150;
    msched__moves_exchange(d.songs, 0, 2, 1);
    assert_int_equal(d.songs[0].track, 2);
    assert_int_equal(d.songs[1].start_s, 150); /* the song between moved by the difference */
    assert_int_equal(d.songs[2].start_s, 450);
    assert_true(msched__moves_allowed(&d.moves, d.songs, 0, 2, 1));
    d.songs[1].start_s = 149;
    assert_false(msched__moves_allowed(&d.moves, d.songs, 0, 2, 1));
}

static void songs_are_sorted(void **state)
{
    (void)state;
    day d;
    make(&d, 0);
    d.songs[0].start_s = 2300;
    msched__moves_sort(d.songs, 4);
    assert_int_equal(d.songs[0].track, 1);
    assert_int_equal(d.songs[3].track, 0);
    assert_true(msched__moves_allowed(&d.moves, d.songs, 2, 3, 1));
    d.songs[3].start_s = 2301;
    assert_false(msched__moves_allowed(&d.moves, d.songs, 2, 3, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_earliest_start_is_between_others),
        cmocka_unit_test(an_exchange_keeps_the_order),
        cmocka_unit_test(songs_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
