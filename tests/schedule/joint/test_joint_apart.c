/*
 * Plays of artists that are kept apart, on small days: what they can bring is never less than what
 * some order of them brings, and the order in which twins come loses nothing.
 */
#include "../../algo/random.h"
#include "../../testing.h"
#include "base/alloc.h"
#include "plan/plan_data.h"
#include "schedule/joint/joint_apart.h"

#define PLAYS      5
#define MUST_VALUE 1000 /* more than all weights together */

typedef struct day {
    msched__interval free[2];
    msched__play plays[PLAYS];
    msched__songs_problem problem;
    msched__apart apart;
    msched__arena arena;
    msched_plan plan;
    msched__silence silence;     /* tasks that must be placed, too */
    int use_twins, only_artists; /* of the exhaustive search */
    int64_t most_must, most_weight, most;
} day;

static void draw(day *d)
{
    *d = (day){0};
    d->free[0] = (msched__interval){0, 4 + pick(0, 11)};
    d->free[1].start = d->free[0].end + 1 + pick(0, 5);
    d->free[1].end = d->free[1].start + 4 + pick(0, 19);
    for (uint32_t i = 0; i < PLAYS; i++)
        d->plays[i] = (msched__play){.wish = i,
                                     .artist = (uint32_t)pick(0, 1),
                                     .length_s = 1 + pick(0, 3),
                                     .weight = 1 + (uint32_t)pick(0, 19),
                                     .must = pick(0, 3) == 0,
                                     .windows = d->free,
                                     .window_count = 1 + (uint32_t)pick(0, 1),
                                     .pinned_s = MSCHED_UNSET};
    d->problem = (msched__songs_problem){.free = d->free,
                                         .free_count = 2,
                                         .plan = &d->plan,
                                         .plays = d->plays,
                                         .play_count = PLAYS,
                                         .gap_s = pick(0, 1),
                                         .artist_separation_s = pick(0, 11)};
}

/* The ends of the last song, of the artists' last songs and of the last silent task. */
typedef struct ends {
    int32_t song, artist[2], task;
} ends;

/* Every order of every set, each play and silent task as early as it can be. */
static void search(day *d, uint32_t placed, ends at, int64_t must, int64_t weight)
{
    uint32_t silent = placed >> PLAYS;
    if (silent == (1u << d->silence.count) - 1) {
        d->most_must = must > d->most_must ? must : d->most_must;
        d->most_weight = weight > d->most_weight ? weight : d->most_weight;
        if (must * MUST_VALUE + weight > d->most)
            d->most = must * MUST_VALUE + weight;
    }
    for (uint32_t k = 0; k < d->silence.count; k++) {
        int32_t from = at.song > at.task ? at.song : at.task,
                start = msched__interval_fit(d->free, 2, from, d->silence.length[k]);
        ends next = at;
        next.task = start + d->silence.length[k];
        if (!(silent & 1u << k) && start >= 0)
            search(d, placed | 1u << (PLAYS + k), next, must, weight);
    }
    for (uint32_t i = 0; i < PLAYS; i++) {
        const msched__play *play = &d->plays[i];
        uint32_t twin = d->apart.twin[i];
        if ((placed & 1u << i) || (d->use_twins && twin != UINT32_MAX && !(placed & 1u << twin)) ||
            (d->only_artists && d->apart.artist_of[i] == UINT32_MAX))
            continue;
        int32_t from = at.song + d->problem.gap_s;
        int32_t own = at.artist[play->artist] + d->problem.artist_separation_s;
        from = from > own ? from : own;
        int32_t start = msched__interval_fit(play->windows, play->window_count,
                                             from > at.task ? from : at.task, play->length_s);
        ends next = at;
        if (start < 0)
            continue;
        next.song = next.artist[play->artist] = start + play->length_s;
        search(d, placed | 1u << i, next, must + play->must,
               weight + (play->must ? 0 : play->weight));
    }
}

static void search_all(day *d, int use_twins, int only_artists)
{
    d->use_twins = use_twins;
    d->only_artists = only_artists;
    d->most_must = d->most_weight = d->most = 0;
    search(d, 0, (ends){-100, {-100, -100}, 0}, 0, 0);
}

static void open_day(day *d)
{
    static const uint8_t hosted[PLAYS] = {0};
    msched_allocator allocator = msched__allocator_copy(NULL);
    draw(d);
    msched__arena_init(&d->arena, &allocator, 4096);
    assert_true(msched__apart_make(&d->arena, &d->problem, hosted, 1, &d->apart));
}

static void no_order_brings_more(void **state)
{
    (void)state;
    uint32_t exact = 0;
    for (int round = 0; round < 4000; round++) {
        day d;
        uint8_t open[PLAYS];
        int64_t must = 0, weight = 0;
        open_day(&d);
        for (uint32_t i = 0; i < PLAYS; i++) {
            d.apart.start[i] = msched__interval_fit(d.plays[i].windows, d.plays[i].window_count, 0,
                                                    d.plays[i].length_s);
            open[i] = d.apart.start[i] >= 0;
        }
        msched__apart_most(&d.apart, open, NULL, &must, &weight);
        search_all(&d, 0, 1);
        assert_true(must >= d.most_must);
        assert_true(weight >= d.most_weight);
        exact += weight == d.most_weight;
        msched__arena_reset(&d.arena);
    }
    assert_true(exact > 2000);
}

static void silence_takes_time_from_artists(void **state)
{
    (void)state;
    uint32_t lower = 0;
    for (int round = 0; round < 2000; round++) {
        day d;
        uint8_t open[PLAYS];
        int64_t must = 0, weight = 0, alone = 0, unused = 0;
        open_day(&d);
        d.silence = (msched__silence){.until = d.free[1].end, .count = 1 + (uint32_t)pick(0, 1)};
        for (uint32_t k = 0; k < d.silence.count; k++)
            d.silence.length[k] = 1 + pick(0, 9);
        for (uint32_t i = 0; i < PLAYS; i++) {
            d.apart.start[i] = msched__interval_fit(d.plays[i].windows, d.plays[i].window_count, 0,
                                                    d.plays[i].length_s);
            open[i] = d.apart.start[i] >= 0;
        }
        msched__apart_most(&d.apart, open, NULL, &unused, &alone);
        msched__apart_most(&d.apart, open, &d.silence, &must, &weight);
        search_all(&d, 0, 1);
        assert_true(must >= d.most_must);
        assert_true(weight >= d.most_weight);
        lower += weight < alone;
        msched__arena_reset(&d.arena);
    }
    assert_true(lower > 100);
}

static void twins_in_order_lose_nothing(void **state)
{
    (void)state;
    uint32_t twins = 0;
    for (int round = 0; round < 4000; round++) {
        day d;
        open_day(&d);
        for (uint32_t i = 0; i < PLAYS; i++)
            twins += d.apart.twin[i] != UINT32_MAX;
        search_all(&d, 0, 0);
        int64_t most = d.most;
        search_all(&d, 1, 0);
        assert_int_equal(d.most, most);
        msched__arena_reset(&d.arena);
    }
    assert_true(twins > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_order_brings_more),
        cmocka_unit_test(silence_takes_time_from_artists),
        cmocka_unit_test(twins_in_order_lose_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
