/*
 * bench/bench_query.c: median microseconds of each question on a catalog.
 * usage: bench_query SONGS.csv [REPEATS]
 * Prints lines "name<TAB>microseconds"; compare_query.py puts them beside other libraries'.
 */
#include <musicsched/lookup.h>
#include <musicsched/popularity.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const msched_catalog *songs;
static unsigned repeats = 101;

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *name, double *times, unsigned count)
{
    qsort(times, count, sizeof *times, compare);
    printf("%s\t%.1f\n", name, times[count / 2]);
}

static void check(msched_result result)
{
    if (result != MSCHED_OK) {
        fprintf(stderr, "bench_query: %s\n", msched_result_name(result));
        exit(1);
    }
}

#define PAGE 100 /* groups that a table on a page shows */

static void read_groups(const msched_groups *groups, uint32_t from, uint32_t to)
{
    msched_group group = {.struct_size = sizeof group};
    for (uint32_t i = from; i < to; i++)
        check(msched_groups_get(groups, i, &group));
}

/*
 * To group, count and order everything and read the figures of a page of groups; and to read those
 * of all the others too.
 */
static void bench_groups(const char *name, uint32_t by, uint32_t count, double *times,
                         double *all_times)
{
    msched_groups_options options;
    msched_groups_options_init(&options, sizeof options);
    options.by = by;
    options.count = count;
    for (unsigned i = 0; i < repeats; i++) {
        msched_groups *groups;
        double start = now_us();
        check(msched_groups_compute(&groups, songs, &options, NULL));
        uint32_t group_count = msched_groups_count(groups),
                 page = group_count < PAGE ? group_count : PAGE;
        read_groups(groups, 0, page);
        times[i] = now_us() - start;
        read_groups(groups, page, group_count);
        all_times[i] = now_us() - start;
        msched_groups_unref(groups);
    }
    report(name, times, repeats);
    char all[80];
    snprintf(all, sizeof all, "%s, all read", name);
    report(all, all_times, repeats);
}

static void bench_top(double *times)
{
    for (unsigned i = 0; i < repeats; i++) {
        msched_top *top;
        double start = now_us();
        check(msched_top_compute(&top, songs, NULL, NULL));
        times[i] = now_us() - start;
        msched_top_unref(top);
    }
    report("top-10", times, repeats);
}

static void bench_histogram(double *times)
{
    for (unsigned i = 0; i < repeats; i++) {
        msched_histogram *histogram;
        double start = now_us();
        check(msched_histogram_compute(&histogram, songs, NULL, NULL));
        times[i] = now_us() - start;
        msched_histogram_unref(histogram);
    }
    report("histogram", times, repeats);
}

static void bench_correlations(double *times)
{
    for (unsigned i = 0; i < repeats; i++) {
        msched_correlations *correlations;
        double start = now_us();
        check(msched_correlations_compute(&correlations, songs, NULL, NULL));
        times[i] = now_us() - start;
        msched_correlations_unref(correlations);
    }
    report("correlations", times, repeats);
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * UINT32_C(1664525) + UINT32_C(1013904223); /* Numerical Recipes' constants */
    return *state >> 8;
}

/* A title with its artist (or alone) and one wrong letter, or its beginning for suggestions. */
static void make_text(char *text, size_t room, uint32_t *random, uint32_t tracks, int with_artist,
                      int begun)
{
    msched_track track = {.struct_size = sizeof track};
    size_t size;
    do {
        check(msched_catalog_get_track(songs, next_random(random) % tracks, &track));
        size = (size_t)snprintf(text, room, with_artist ? "%s %s" : "%s", track.name, track.artist);
    } while (size < 4 || size >= room);
    if (begun) {
        text[1 + next_random(random) % 8 % size] = '\0';
        while (*text != '\0' && ((unsigned char)text[strlen(text) - 1] & 0x80))
            text[strlen(text) - 1] = '\0'; /* no half characters */
        return;
    }
    size_t at = next_random(random) % size;
    while (at > 0 && (unsigned char)text[at] & 0x80)
        at--; /* the mistake stays within ASCII */
    if ((unsigned char)text[at] < 0x80)
        text[at] = (char)('a' + next_random(random) % 26);
}

static void bench_lookup(const char *name, int with_artist, int begun, uint32_t tracks)
{
    enum { TEXTS = 1000 };
    static double times[TEXTS];
    uint32_t random = 1;
    for (unsigned i = 0; i < TEXTS; i++) {
        char text[1000];
        msched_hits *hits;
        make_text(text, sizeof text, &random, tracks, with_artist, begun);
        /* the least of three: other work must not look like a slow text */
        for (unsigned again = 0; again < 3; again++) {
            double start = now_us();
            check((begun ? msched_suggest : msched_find)(&hits, songs, text, NULL, NULL));
            double us = now_us() - start;
            times[i] = again == 0 || us < times[i] ? us : times[i];
            msched_hits_unref(hits);
        }
    }
    report(name, times, TEXTS);
    char high[64];
    snprintf(high, sizeof high, "%s, 99th percentile", name);
    printf("%s\t%.1f\n", high, times[TEXTS * 99 / 100]);
}

/* The first questions, which build what the others look up. */
static void bench_indexes(msched_catalog_info *info)
{
    msched_hits *hits;
    msched_groups *groups;
    uint64_t before = info->memory_bytes;
    double start = now_us();
    check(msched_find(&hits, songs, "x", NULL, NULL));
    printf("search index, built once\t%.1f\n", now_us() - start);
    msched_hits_unref(hits);
    check(msched_catalog_get_info(songs, info));
    printf("search index, bytes\t%.0f\n", (double)(info->memory_bytes - before));
    before = info->memory_bytes;
    start = now_us();
    check(msched_groups_compute(&groups, songs, NULL, NULL));
    printf("group index, built once\t%.1f\n", now_us() - start);
    msched_groups_unref(groups);
    check(msched_catalog_get_info(songs, info));
    printf("group index, bytes\t%.0f\n", (double)(info->memory_bytes - before));
}

int main(int argc, char **argv)
{
    msched_catalog *catalog;
    msched_error error;
    if (argc < 2) {
        fprintf(stderr, "usage: bench_query SONGS.csv [REPEATS]\n");
        return 2;
    }
    if (argc > 2)
        repeats = (unsigned)strtoul(argv[2], NULL, 10);
    double *times = calloc(repeats > 0 ? repeats : 1, sizeof *times),
           *all_times = calloc(repeats > 0 ? repeats : 1, sizeof *times);
    if (times == NULL || all_times == NULL || repeats == 0 ||
        msched_catalog_load_path(&catalog, argv[1], NULL, &error) != MSCHED_OK) {
        fprintf(stderr, "bench_query: cannot load %s\n", argv[1]);
        return 1;
    }
    songs = catalog;
    msched_catalog_info info = {.struct_size = sizeof info};
    check(msched_catalog_get_info(catalog, &info));
    bench_indexes(&info);
    static const char *const names[] = {"all",  "genre",  "subgenre", "artist",    "playlist",
                                        "year", "decade", "month",    "year-month"};
    static const char *const units[] = {"entries", "tracks", "recordings"};
    for (uint32_t count = 0; count <= MSCHED_COUNT_RECORDINGS; count++)
        for (uint32_t by = 0; by <= MSCHED_BY_YEAR_MONTH; by++) {
            char name[64];
            snprintf(name, sizeof name, "by %s, %s", names[by], units[count]);
            bench_groups(name, by, count, times, all_times);
        }
    bench_top(times);
    bench_histogram(times);
    bench_correlations(times);
    bench_lookup("find title and artist, a mistake", 1, 0, info.tracks);
    bench_lookup("find title, a mistake", 0, 0, info.tracks);
    bench_lookup("suggest", 0, 1, info.tracks);
    free(times);
    free(all_times);
    msched_catalog_unref(catalog);
    return 0;
}
