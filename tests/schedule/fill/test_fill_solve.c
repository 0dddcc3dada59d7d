/*
 * Filling: every rule kept, the sum against exhaustive search on small catalogs, to the second on
 * the real one.
 */
#include "../../testing.h"
#include "base/alloc.h"
#include "base/hash.h"
#include "schedule/fill/fill_bound.h"
#include "schedule/fill/fill_solve.h"
#include "schedule/model/playlist.h"
#include "schedule/model/plays.h"
#include "sound/mood.h"
#include "../songs_checker.h"
#include "../work.h"

#include <musicsched/catalog.h>
#include <stdio.h>
#include <stdlib.h>

#define TRACKS 7
#define SPANS  3

typedef struct small_day {
    msched_catalog *catalog;
    msched_plan plan;
    msched__songs_problem songs;
    msched__fill_problem fill;
    msched__songs_placement placement;
    msched__interval free[SPANS];
    msched__play play;
    int32_t start;
} small_day;

static uint64_t random_state;

static int32_t pick(int32_t low, int32_t high)
{
    random_state += UINT64_C(0x9E3779B97F4A7C15);
    return low + (int32_t)(msched__hash_mix(random_state) % (uint64_t)(high - low + 1));
}

static msched_catalog *make_catalog(uint32_t tracks)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g"};
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    msched_error err;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, &err), MSCHED_OK);
    for (uint32_t i = 0; i < tracks; i++) {
        char id[8];
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        snprintf(id, sizeof id, "t%u", i);
        row.track_id = id;
        row.track_name = names[pick(0, 5) == 0 ? 0 : i];
        row.track_artist = names[pick(0, 3)];
        row.popularity = pick(0, 100);
        row.duration_ms = (uint32_t)pick(40, 130) * 1000 - (uint32_t)pick(0, 999);
        row.genre = names[pick(0, 1)];
        row.feature[MSCHED_FEATURE_ENERGY] = pick(0, 1000) / 1000.0;
        row.feature[MSCHED_FEATURE_TEMPO] = pick(60, 180);
        assert_int_equal(msched_catalog_builder_add(builder, &row, &err), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, &err), MSCHED_OK);
    return catalog;
}

static int32_t length_of(const msched_catalog *catalog, uint32_t track)
{
    return (int32_t)((catalog->duration_ms[track] + 999) / 1000);
}

static void make_day(small_day *day, uint64_t seed)
{
    static const char *const genres[] = {"a"};
    memset(day, 0, sizeof *day);
    random_state = seed;
    day->catalog = make_catalog((uint32_t)pick(1, TRACKS));
    if (pick(0, 2) == 0) {
        day->plan.listening.fill_genres = genres;
        day->plan.listening.fill_genre_count = 1;
    }
    if (pick(0, 3) == 0)
        day->plan.listening.fill_min_popularity = (uint32_t)pick(0, 50);
    int32_t t = 0;
    uint32_t spans = (uint32_t)pick(1, SPANS);
    for (uint32_t i = 0; i < spans; i++) {
        t += pick(1, 60);
        day->free[i].start = t;
        t += pick(30, 500);
        day->free[i].end = t;
    }
    day->songs = (msched__songs_problem){.catalog = day->catalog,
                                         .plan = &day->plan,
                                         .free = day->free,
                                         .free_count = spans,
                                         .plays = &day->play,
                                         .play_count = 1,
                                         .max_total_s = MSCHED_UNSET};
    day->songs.gap_s = pick(0, 2) == 0 ? pick(1, 10) : 0;
    day->songs.artist_separation_s = pick(0, 2) == 0 ? pick(1, 200) : 0;
    day->play = (msched__play){.track = 0,
                               .artist = day->catalog->track_artist[0],
                               .length_s = length_of(day->catalog, 0),
                               .weight = 1,
                               .windows = day->free,
                               .window_count = spans,
                               .pinned_s = MSCHED_UNSET,
                               .preferred_s = MSCHED_UNSET};
    day->start = MSCHED_UNSET;
    if (day->free[0].end - day->free[0].start >= day->play.length_s && pick(0, 1))
        day->start = pick(day->free[0].start, day->free[0].end - day->play.length_s);
    if (pick(0, 3) == 0)
        day->songs.max_total_s = pick(130, 600);
    day->placement.start = &day->start;
    day->fill = (msched__fill_problem){.songs = &day->songs,
                                       .placement = &day->placement,
                                       .fill_s = pick(0, 700),
                                       .windows = day->free,
                                       .window_count = spans,
                                       .mood = (uint32_t)pick(0, 8),
                                       .seed = seed};
}

typedef struct exhaustive {
    const small_day *day;
    msched__timed_song songs[TRACKS + 1];
    uint32_t count;
    int64_t best;
} exhaustive;

/* Every sequence of tracks, each at its earliest start after the one before. */
static void extend(exhaustive *e, int32_t time, int64_t seconds)
{
    const small_day *day = e->day;
    if (seconds > e->best)
        e->best = seconds;
    for (uint32_t track = 0; track < day->catalog->track_count; track++) {
        int32_t length = length_of(day->catalog, track);
        for (uint32_t w = 0; w < day->fill.window_count; w++) {
            int32_t start = day->free[w].start > time ? day->free[w].start : time;
            for (int tries = 0; tries <= TRACKS + 1 && start + length <= day->free[w].end;
                 tries++) {
                msched__timed_song all[TRACKS + 2],
                    song = {start,        length, track, day->catalog->track_artist[track],
                            MSCHED__FILL, 0,      0};
                uint32_t n = 0;
                int in = 0;
                for (uint32_t i = 0; i < e->count; i++) {
                    if (!in && e->songs[i].start_s > start)
                        all[n++] = song, in = 1;
                    all[n++] = e->songs[i];
                }
                if (!in)
                    all[n++] = song;
                const char *fault = day_fault(&day->fill, all, n);
                if (fault == NULL) {
                    exhaustive next = *e;
                    memcpy(next.songs, all, n * sizeof *all);
                    next.count = n;
                    extend(&next, start + length + day->songs.gap_s, seconds + length);
                    e->best = next.best;
                    break;
                }
                /* later: after a song in the way, or after one of the artist */
                int32_t later = INT32_MAX;
                for (uint32_t i = 0; i < e->count; i++) {
                    int32_t end = e->songs[i].start_s + e->songs[i].length_s;
                    if (end + day->songs.gap_s > start && end + day->songs.gap_s < later)
                        later = end + day->songs.gap_s;
                    if (e->songs[i].artist == song.artist &&
                        end + day->songs.artist_separation_s > start &&
                        end + day->songs.artist_separation_s < later)
                        later = end + day->songs.artist_separation_s;
                }
                if (later == INT32_MAX)
                    break;
                start = later;
            }
        }
    }
}

static void small_days_against_exhaustive_search(void **state)
{
    (void)state;
    msched_allocator allocator = msched__allocator_copy(NULL);
    uint32_t proved = 0, best = 0, days = 600;
    for (uint64_t seed = 1; seed <= days; seed++) {
        small_day day;
        msched__arena arena;
        msched__fill out;
        uint32_t count;
        make_day(&day, seed);
        msched__arena_init(&arena, &allocator, 0);
        assert_int_equal(msched__songs_fill(&arena, &day.fill, WORK(100000), &out), MSCHED_OK);
        msched__timed_song *songs = msched__songs_merge(&arena, &day.fill, &out, &count);
        const char *fault = day_fault(&day.fill, songs, count);
        if (fault != NULL)
            print_error("seed %llu breaks %s\n", (unsigned long long)seed, fault);
        assert_null(fault);
        exhaustive e = {.day = &day};
        if (day.start != MSCHED_UNSET)
            e.songs[e.count++] =
                (msched__timed_song){day.start, day.play.length_s, 0, day.play.artist, 0, 0, 0};
        extend(&e, 0, 0);
        if (out.seconds > e.best || out.bound < e.best)
            print_error("seed %llu: %lld of %lld, bound %lld\n", (unsigned long long)seed,
                        (long long)out.seconds, (long long)e.best, (long long)out.bound);
        int64_t supply;
        assert_int_equal(msched__songs_supply(&arena, &day.fill, &supply), MSCHED_OK);
        assert_true(e.best <= supply && supply <= day.fill.fill_s);
        assert_true(out.seconds <= e.best && e.best <= out.bound);
        best += out.seconds == e.best;
        proved += out.seconds == out.bound;
        msched__arena_reset(&arena);
        msched_catalog_unref(day.catalog);
    }
    print_message("best %u, proved %u of %u\n", best, proved, days);
    assert_true(best >= days * 8 / 10);
}

static msched_catalog *real_catalog(void)
{
    const char *path = getenv("MUSICSCHED_CSV");
    msched_catalog *catalog = NULL;
    msched_error err;
    if (msched_catalog_load_path(&catalog, path != NULL ? path : MSCHED_TEST_CSV, NULL, &err) !=
        MSCHED_OK)
        return NULL;
    return catalog;
}

static void real_songs_fill_to_the_second(void **state)
{
    (void)state;
    static const char *const genres[] = {"rock", "pop"}, *const artists[] = {"Queen", "ABBA",
                                                                             "The Beatles"};
    msched_catalog *catalog = real_catalog();
    if (catalog == NULL)
        skip();
    msched_allocator allocator = msched__allocator_copy(NULL);
    for (uint32_t i = 0; i < 60; i++) {
        msched_plan plan;
        memset(&plan, 0, sizeof plan);
        plan.listening.fill_genres = genres;
        plan.listening.fill_genre_count = i % 3;
        plan.listening.fill_artists = artists;
        plan.listening.fill_artist_count = i % 7 == 6 ? 3 : 0;
        plan.listening.fill_year_min = i % 4 == 3 ? 1990 : 0;
        msched__interval free[] = {{30000, 30000 + 3500}, {40000, 41234}, {50000, 53000}};
        msched__songs_problem songs = {.catalog = catalog,
                                       .plan = &plan,
                                       .free = free,
                                       .free_count = 3,
                                       .max_total_s = MSCHED_UNSET};
        songs.artist_separation_s = i % 5 == 4 ? 1800 : 0;
        msched__songs_placement placement = {0};
        msched__fill_problem problem = {.songs = &songs,
                                        .placement = &placement,
                                        .fill_s = i % 2 ? 3600 : 7734,
                                        .windows = free,
                                        .window_count = 3,
                                        .mood = i % MSCHED_MOOD_COUNT,
                                        .seed = i};
        msched__arena arena;
        msched__fill out;
        msched__arena_init(&arena, &allocator, 1 << 18);
        assert_int_equal(msched__songs_fill(&arena, &problem, WORK(200000), &out), MSCHED_OK);
        assert_null(day_fault(&problem, out.songs, out.count));
        if (out.seconds != problem.fill_s)
            print_message("%u: %lld of %d, bound %lld\n", i, (long long)out.seconds, problem.fill_s,
                          (long long)out.bound);
        assert_true(out.bound == problem.fill_s || plan.listening.fill_artist_count > 0);
        assert_true(out.seconds == problem.fill_s || plan.listening.fill_artist_count > 0);
        msched__arena_reset(&arena);
    }
    msched_catalog_unref(catalog);
}

/*
 * An hour at the gym within a day of listening, an hour of fill: it plays there, to the second, and
 * suits the gym.
 */
static void intervals_with_a_mood_come_first(void **state)
{
    (void)state;
    msched_catalog *catalog = real_catalog();
    if (catalog == NULL)
        skip();
    msched_allocator allocator = msched__allocator_copy(NULL);
    for (int32_t gap = 0; gap <= 2; gap += 2) {
        msched_plan plan;
        memset(&plan, 0, sizeof plan);
        msched__interval free = {25200, 82800};
        msched__mood_span spans[] = {{{32400, 61200}, MSCHED_MOOD_FOCUS},
                                     {{64800, 68400}, MSCHED_MOOD_WORKOUT}};
        msched__songs_problem songs = {.catalog = catalog,
                                       .plan = &plan,
                                       .free = &free,
                                       .free_count = 1,
                                       .gap_s = gap,
                                       .max_total_s = MSCHED_UNSET};
        msched__songs_placement placement = {0};
        msched__fill_problem problem = {.songs = &songs,
                                        .placement = &placement,
                                        .fill_s = 3600,
                                        .windows = &free,
                                        .window_count = 1,
                                        .mood_spans = spans,
                                        .mood_span_count = 2};
        msched__arena arena;
        msched__fill out;
        int32_t there = 0;
        msched__arena_init(&arena, &allocator, 0);
        assert_int_equal(msched__songs_fill(&arena, &problem, WORK(200000), &out), MSCHED_OK);
        assert_null(day_fault(&problem, out.songs, out.count));
        assert_int_equal(out.seconds, 3600);
        for (uint32_t i = 0; i < out.count; i++)
            if (out.songs[i].start_s >= 64800 && out.songs[i].start_s < 68400) {
                there += out.songs[i].length_s;
                assert_true(msched__mood_fit(catalog, MSCHED_MOOD_WORKOUT, out.songs[i].track) >=
                            900);
            }
        assert_true(there >= (gap == 0 ? 3600 : 2900));
        msched__arena_reset(&arena);
    }
    msched_catalog_unref(catalog);
}

/* A day replanned: what was fill before is fill again, at the same times. */
static void previous_fill_stays(void **state)
{
    (void)state;
    msched_catalog *catalog = real_catalog();
    if (catalog == NULL)
        skip();
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched_plan plan;
    memset(&plan, 0, sizeof plan);
    msched__interval free = {30000, 40000};
    msched__songs_problem songs = {.catalog = catalog,
                                   .plan = &plan,
                                   .free = &free,
                                   .free_count = 1,
                                   .max_total_s = MSCHED_UNSET};
    msched__songs_placement placement = {0};
    msched__fill_problem problem = {.songs = &songs,
                                    .placement = &placement,
                                    .fill_s = 3600,
                                    .windows = &free,
                                    .window_count = 1,
                                    .seed = 1};
    msched__arena arena;
    msched__fill first, second;
    msched__previous_fill previous[64];
    msched__arena_init(&arena, &allocator, 0);
    assert_int_equal(msched__songs_fill(&arena, &problem, WORK(200000), &first), MSCHED_OK);
    assert_true(first.seconds == 3600 && first.count < 64);
    for (uint32_t i = 0; i < first.count; i++)
        previous[i] = (msched__previous_fill){first.songs[i].track, first.songs[i].start_s, i < 2,
                                              0};
    problem.previous = previous;
    problem.previous_count = first.count;
    problem.seed = 2;
    assert_int_equal(msched__songs_fill(&arena, &problem, WORK(200000), &second), MSCHED_OK);
    assert_int_equal(second.count, first.count);
    for (uint32_t i = 0; i < first.count; i++)
        assert_true(second.songs[i].track == first.songs[i].track &&
                    second.songs[i].start_s == first.songs[i].start_s);
    /* another seed, without a previous day: other songs */
    problem.previous_count = 0;
    assert_int_equal(msched__songs_fill(&arena, &problem, WORK(200000), &second), MSCHED_OK);
    uint32_t same = 0;
    for (uint32_t i = 0; i < first.count && i < second.count; i++)
        same += second.songs[i].track == first.songs[i].track;
    assert_true(second.seconds == 3600 && same < first.count);
    msched__arena_reset(&arena);
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(small_days_against_exhaustive_search),
                                       cmocka_unit_test(real_songs_fill_to_the_second),
                                       cmocka_unit_test(intervals_with_a_mood_come_first),
                                       cmocka_unit_test(previous_fill_stays)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
