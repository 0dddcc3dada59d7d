/*
 * bench_songs: time of placing, filling and ordering songs, one core, on the real catalog.
 * usage: bench_songs CATALOG.csv [rounds]
 */
#include "algo/budget.h"
#include "schedule/fill/fill_filter.h"
#include "schedule/fill/fill_solve.h"
#include "schedule/model/playlist.h"
#include "schedule/model/plays.h"
#include "schedule/songs/songs_order.h"
#include "schedule/songs/songs_solve.h"
#include "base/alloc.h"
#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PLAYS_MAX  200
#define ROUNDS_MAX 2000

typedef struct timings {
    const char *name;
    double us[ROUNDS_MAX];
    int count, proved;
    double value, bound;
} timings;

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void note(timings *t, double us, double value, double bound)
{
    t->us[t->count++] = us;
    t->proved += value >= bound;
    t->value += value;
    t->bound += bound;
}

static void print(timings *t)
{
    qsort(t->us, (size_t)t->count, sizeof *t->us, by_value);
    printf(
        "%-38s least %8.1f us  median %8.1f us  p99 %9.1f us  proved %5.1f %%  mean %.1f of %.1f\n",
        t->name, t->us[0], t->us[t->count / 2], t->us[t->count * 99 / 100],
        100.0 * t->proved / t->count, t->value / t->count, t->bound / t->count);
}

static int32_t pick(uint64_t *state, int32_t low, int32_t high)
{
    *state += UINT64_C(0x9E3779B97F4A7C15);
    return low + (int32_t)(msched__hash_mix(*state) % (uint64_t)(high - low + 1));
}

/* Wanted plays of popular songs; one in three has a window of its own, one in six is a must. */
static uint32_t make_plays(const msched_catalog *catalog, uint64_t *state, uint32_t count,
                           const msched__interval *free, uint32_t free_count, msched__play *plays,
                           msched__interval (*windows)[3])
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t track = catalog->tracks_by_popularity[pick(state, 0, 5000)], n = 0;
        int32_t from = 0, to = 129600;
        if (pick(state, 0, 2) == 0) {
            from = pick(state, 7, 20) * 3600;
            to = from + pick(state, 1, 3) * 3600;
        }
        for (uint32_t w = 0; w < free_count; w++) {
            int32_t start = free[w].start > from ? free[w].start : from,
                    end = free[w].end < to ? free[w].end : to;
            if (start < end)
                windows[i][n++] = (msched__interval){start, end};
        }
        plays[i] = (msched__play){.wish = i,
                                  .track = track,
                                  .artist = catalog->track_artist[track],
                                  .length_s = msched__track_length_s(catalog, track),
                                  .weight = 100u + catalog->popularity[track],
                                  .must = pick(state, 0, 5) == 0,
                                  .windows = windows[i],
                                  .window_count = n,
                                  .pinned_s = MSCHED_UNSET,
                                  .preferred_s = MSCHED_UNSET};
    }
    return count;
}

static void measure(const msched_catalog *catalog, int rounds, const char *name, uint32_t count,
                    int32_t free_s, int32_t fill_s, int32_t separation_s)
{
    static timings place, fill, order, smooth;
    static msched__play plays[PLAYS_MAX];
    static msched__interval windows[PLAYS_MAX][3];
    char names[4][64];
    timings *all[] = {&place, &fill, &order, &smooth};
    for (int i = 0; i < 4; i++) {
        static const char *const parts[] = {"place", "fill", "order", "smoothness"};
        snprintf(names[i], sizeof names[i], "%s: %s", name, parts[i]);
        all[i]->name = names[i];
        all[i]->count = all[i]->proved = 0;
        all[i]->value = all[i]->bound = 0;
    }
    msched_allocator allocator = msched__allocator_copy(NULL);
    for (int round = 0; round < rounds; round++) {
        uint64_t state = (uint64_t)round;
        msched_plan plan = {0};
        msched__interval free[3] = {{7 * 3600, 7 * 3600 + free_s / 4},
                                    {12 * 3600, 12 * 3600 + free_s / 4},
                                    {18 * 3600, 18 * 3600 + free_s / 2}};
        msched__songs_problem songs = {.catalog = catalog,
                                       .plan = &plan,
                                       .free = free,
                                       .free_count = 3,
                                       .plays = plays,
                                       .artist_separation_s = separation_s,
                                       .max_total_s = MSCHED_UNSET};
        songs.play_count = make_plays(catalog, &state, count, free, 3, plays, windows);
        msched__budget placing = {.limit = 200000,
                                  .give_up_at = UINT64_MAX,
                                  .next_look = UINT64_MAX},
                       filling = placing;
        msched__arena arena;
        msched__songs_placement placement;
        msched__fill filled;
        uint32_t song_count;
        msched__arena_init(&arena, &allocator, 1 << 18);
        msched__arena_alloc(&arena, 1, 1);
        double start = now_us();
        msched__songs_place(&arena, &songs, &placing, &placement);
        double placed = now_us();
        /* one number for both levels: a must play counts 1,000 */
        note(&place, placed - start, (double)(1000 * placement.must + placement.weight),
             (double)(1000 * placement.must_bound + placement.weight_bound));
        msched__fill_problem problem = {.songs = &songs,
                                        .placement = &placement,
                                        .fill_s = fill_s,
                                        .windows = free,
                                        .window_count = 3,
                                        .mood = (uint32_t)round % MSCHED_MOOD_COUNT,
                                        .seed = (uint64_t)round};
        double begun = now_us();
        msched__songs_fill(&arena, &problem, &filling, &filled);
        double done = now_us();
        note(&fill, done - begun, (double)filled.seconds, (double)filled.bound);
        msched__timed_song *merged = msched__songs_merge(&arena, &problem, &filled, &song_count);
        double before = msched__songs_rate(&problem, merged, song_count).smoothness;
        begun = now_us();
        msched__songs_order(&arena, &problem, merged, song_count);
        note(&order, now_us() - begun, song_count, song_count);
        note(&smooth, 0, msched__songs_rate(&problem, merged, song_count).smoothness, before);
        msched__arena_reset(&arena);
    }
    for (int i = 0; i < 3; i++)
        print(all[i]);
    printf("%-38s mean %.0f of 1000, %.0f before ordering\n", smooth.name,
           smooth.value / smooth.count, smooth.bound / smooth.count);
}

int main(int argc, char **argv)
{
    msched_catalog *catalog;
    msched_error err;
    if (argc < 2 || msched_catalog_load_path(&catalog, argv[1], NULL, &err) != MSCHED_OK) {
        fprintf(stderr, "usage: bench_songs CATALOG.csv [rounds]\n");
        return argc < 2 ? 2 : 1;
    }
    int rounds = argc > 2 ? atoi(argv[2]) : 400;
    rounds = rounds < 1 ? 1 : rounds > ROUNDS_MAX ? ROUNDS_MAX : rounds;
    double start = now_us();
    msched_catalog_prepare(catalog, NULL);
    printf("mood rankings, once per catalog: %.1f ms\n", (now_us() - start) / 1000);
    measure(catalog, rounds, "typical: 10 songs, 1 h fill", 10, 4 * 3600, 3600, 0);
    measure(catalog, rounds, "10 songs, separation 1 h", 10, 4 * 3600, 3600, 3600);
    measure(catalog, rounds, "20 songs in 40 min", 20, 2400, 600, 0);
    measure(catalog, rounds, "20 songs in 60 min, separation", 20, 3600, 600, 900);
    measure(catalog, rounds, "60 songs in 2 h", 60, 7200, 0, 0);
    measure(catalog, rounds, "200 songs in 8 h", 200, 8 * 3600, 0, 0);
    measure(catalog, rounds, "200 songs in 13 h", 200, 13 * 3600, 3600, 0);
    msched_catalog_unref(catalog);
    return 0;
}
