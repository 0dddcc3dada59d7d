/*
 * bench/bench_scale.c: loading, saving and opening a file of songs, and the first questions after
 * each, beside warm ones. usage: bench_scale SONGS.csv SAVED.msc [ROUNDS]
 * Prints lines "name<TAB>value<TAB>unit"; compare_scale.py puts them together.
 */
#include <musicsched/lookup.h>
#include <musicsched/popularity.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS_MAX 101
#define WARM       101
#define LOADS      3u /* in one process; of a large file one */

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void check(msched_result result, const msched_error *err)
{
    if (result == MSCHED_OK)
        return;
    fprintf(stderr, "bench_scale: %s\n", err->message);
    exit(1);
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *kind, const char *name, double *times, unsigned count)
{
    qsort(times, count, sizeof *times, compare);
    printf("%s %s\t%.2f\tus\n", kind, name, times[count / 2]);
}

static double ask_top(const msched_catalog *songs)
{
    msched_error err;
    msched_top *top;
    const double start = now_us();
    check(msched_top_compute(&top, songs, NULL, &err), &err);
    const double time = now_us() - start;
    msched_top_unref(top);
    return time;
}

static double ask_stats(const msched_catalog *songs)
{
    msched_error err;
    msched_groups_options options;
    msched_groups *groups;
    msched_groups_options_init(&options, sizeof options);
    options.by = MSCHED_BY_GENRE;
    options.count = MSCHED_COUNT_ENTRIES;
    const double start = now_us();
    check(msched_groups_compute(&groups, songs, &options, &err), &err);
    const double time = now_us() - start;
    msched_groups_unref(groups);
    return time;
}

static double ask_find(const msched_catalog *songs)
{
    msched_error err;
    msched_hits *hits;
    const double start = now_us();
    check(msched_find(&hits, songs, "dance monky", NULL, &err), &err);
    const double time = now_us() - start;
    msched_hits_unref(hits);
    return time;
}

/* Real titles with their middle letter left out; the least of three times of each. */
#define MISTAKES 400u
static void ask_with_mistakes(const msched_catalog *songs)
{
    static double times[MISTAKES];
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_error err;
    unsigned asked = 0;
    check(msched_catalog_get_info(songs, &info), &err);
    for (unsigned i = 0; i < MISTAKES; i++) {
        msched_track track = {.struct_size = sizeof track};
        const uint32_t index = (uint32_t)((uint64_t)info.tracks * i / MISTAKES);
        char text[200];
        check(msched_catalog_get_track(songs, index, &track), &err);
        const size_t size = strlen(track.name), half = size / 2;
        if (size < 5 || size >= sizeof text || ((unsigned char)track.name[half] & 0x80) != 0)
            continue;
        memcpy(text, track.name, half);
        memcpy(text + half, track.name + half + 1, size - half);
        times[asked] = 1e9;
        for (int turn = 0; turn < 3; turn++) {
            msched_hits *hits;
            const double start = now_us();
            check(msched_find(&hits, songs, text, NULL, &err), &err);
            const double time = now_us() - start;
            times[asked] = time < times[asked] ? time : times[asked];
            msched_hits_unref(hits);
        }
        asked++;
    }
    if (asked == 0)
        return;
    qsort(times, asked, sizeof *times, compare);
    printf("find p50\t%.1f\tus\nfind p99\t%.1f\tus\n", times[asked / 2], times[asked * 99 / 100]);
}

static double ask_suggest(const msched_catalog *songs)
{
    msched_error err;
    msched_hits *hits;
    const double start = now_us();
    check(msched_suggest(&hits, songs, "dance mo", NULL, &err), &err);
    const double time = now_us() - start;
    msched_hits_unref(hits);
    return time;
}

typedef double ask_fn(const msched_catalog *songs);

static const struct {
    const char *name;
    ask_fn *ask;
} questions[] = {{"top-10", ask_top},
                 {"stats by genre", ask_stats},
                 {"find", ask_find},
                 {"suggest", ask_suggest}};

#define QUESTIONS (sizeof questions / sizeof questions[0])

static void ask_warm(const msched_catalog *songs)
{
    double times[WARM];
    for (size_t q = 0; q < QUESTIONS; q++) {
        for (unsigned i = 0; i < WARM; i++)
            times[i] = questions[q].ask(songs);
        report("warm", questions[q].name, times, WARM);
    }
}

/* Each first question is of a catalog that was just opened; only the file is in memory. */
static void open_and_ask(const char *path, uint32_t saved_check, unsigned rounds)
{
    const char *kind = saved_check == MSCHED_SAVED_CHECK_NOTHING ? "unchecked" : "checked";
    double opens[ROUNDS_MAX], firsts[ROUNDS_MAX];
    msched_catalog_options options;
    msched_error err;
    msched_catalog_options_init(&options, sizeof options);
    options.saved_check = saved_check;
    for (size_t q = 0; q < QUESTIONS; q++) {
        for (unsigned i = 0; i < rounds; i++) {
            msched_catalog *songs;
            const double start = now_us();
            check(msched_catalog_open(&songs, path, &options, &err), &err);
            opens[i] = now_us() - start;
            firsts[i] = questions[q].ask(songs);
            msched_catalog_unref(songs);
        }
        report(kind, questions[q].name, firsts, rounds);
    }
    report(kind, "open", opens, rounds);
}

/* A line of /proc/self/status in KiB, 0 if there is none. getrusage counts what started it, too. */
static long status_kib(const char *name)
{
    char line[200];
    long kib = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            kib = strtol(line + strlen(name), NULL, 10);
    if (status != NULL)
        fclose(status);
    return kib;
}

int main(int argc, char **argv)
{
    const unsigned rounds = argc > 3 ? (unsigned)atoi(argv[3]) : 5;
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_catalog *songs;
    msched_error err;
    if (argc < 3 || rounds == 0 || rounds > ROUNDS_MAX) {
        fprintf(stderr, "usage: bench_scale SONGS.csv SAVED.msc [ROUNDS]\n");
        return 2;
    }
    const long before = status_kib("VmRSS:"); /* the program and its libraries */
    double start = now_us(), load;
    check(msched_catalog_load_path(&songs, argv[1], NULL, &err), &err);
    load = now_us() - start;
    printf("peak of loading\t%ld\tKiB\n", status_kib("VmHWM:") - before);
    for (unsigned i = 1; i < (rounds > 3 ? LOADS : 1); i++) {
        msched_catalog_unref(songs);
        start = now_us();
        check(msched_catalog_load_path(&songs, argv[1], NULL, &err), &err);
        load = now_us() - start < load ? now_us() - start : load;
    }
    printf("load\t%.0f\tus\n", load);
    start = now_us();
    check(msched_catalog_prepare(songs, &err), &err);
    printf("prepare\t%.0f\tus\n", now_us() - start);
    check(msched_catalog_get_info(songs, &info), &err);
    printf("rows\t%u\t\nheld\t%llu\tbytes\n", (unsigned)info.entries,
           (unsigned long long)info.memory_bytes);
    ask_warm(songs);
    ask_with_mistakes(songs);
    start = now_us();
    check(msched_catalog_save(songs, argv[2], &err), &err);
    printf("save\t%.0f\tus\n", now_us() - start);
    msched_catalog_unref(songs);
    open_and_ask(argv[2], MSCHED_SAVED_CHECK_BOUNDS, rounds);
    open_and_ask(argv[2], MSCHED_SAVED_CHECK_NOTHING, rounds);
    return 0;
}
