/*
 * bench/bench_load.c: loading a catalog beside a bare libcsv parse of the same bytes, in one
 * process. usage: bench_load [FILE.csv [ROUNDS]] [--compare | --compare-1] FILE.csv is
 * $MUSICSCHED_CSV or the songs beside the source tree where it is not given. Prints the best and
 * median of ROUNDS (default 15) alternating runs, both in one thread, and the memory held;
 * --compare loads from the path and prints one line of JSON for compare_load.py, --compare-1 does
 * so in one thread.
 */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <musicsched/catalog.h>

#define MAX_ROUNDS 1000

typedef struct memory {
    size_t now, peak;
} memory;

/* Blocks begin with their size, so that the bytes held can be counted. */
static void *counted_reallocate(void *ctx, void *block, size_t size)
{
    memory *held = ctx;
    size_t *old = block == NULL ? NULL : (size_t *)block - 2, before = old == NULL ? 0 : old[0];
    size_t *made = realloc(old, size + 2 * sizeof *made);
    if (made == NULL)
        return NULL;
    made[0] = size;
    held->now += size - before;
    held->peak = held->now > held->peak ? held->now : held->peak;
    return made + 2;
}

static void *counted_allocate(void *ctx, size_t size)
{
    return counted_reallocate(ctx, NULL, size);
}

static void counted_release(void *ctx, void *block)
{
    if (block == NULL)
        return;
    ((memory *)ctx)->now -= ((size_t *)block)[-2];
    free((size_t *)block - 2);
}

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void on_field(void *data, size_t size, void *ctx)
{
    (void)data;
    (void)size;
    ++*(size_t *)ctx;
}

static void on_row(int terminator, void *ctx)
{
    (void)terminator;
    (void)ctx;
}

static double bare_libcsv(const char *data, size_t size, size_t *fields)
{
    struct csv_parser parser;
    double start = now_ms();
    *fields = 0;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    if (csv_parse(&parser, data, size, on_field, on_row, fields) != size)
        exit(1);
    csv_fini(&parser, on_field, on_row, fields);
    csv_free(&parser);
    return now_ms() - start;
}

static msched_catalog *load(const char *data, size_t size, const msched_catalog_options *options,
                            double *ms)
{
    msched_catalog *catalog;
    msched_error err;
    double start = now_ms();
    if (msched_catalog_load_memory(&catalog, data, size, options, &err) != MSCHED_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    *ms = now_ms() - start;
    return catalog;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static char *read_whole(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *data = NULL;
    long length;
    if (file != NULL && fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) > 0 &&
        fseek(file, 0, SEEK_SET) == 0 && (data = malloc((size_t)length)) != NULL &&
        fread(data, 1, (size_t)length, file) == (size_t)length) {
        *size = (size_t)length;
        fclose(file);
        return data;
    }
    fprintf(stderr, "cannot read %s\n", path);
    exit(77);
}

/*
 * A figure of /proc/self/status in KiB, 0 where there is none. (ru_maxrss would begin with the
 * parent process's.)
 */
static unsigned long status_kib(const char *name)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    unsigned long kib = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            kib = strtoul(line + strlen(name), NULL, 10);
    if (file != NULL)
        fclose(file);
    return kib;
}

/* The best of three loads from the path, as compare_load.py does it with the other tools. */
static int load_for_comparison(const char *path, uint32_t threads)
{
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.threads = threads;
    double best = 0;
    unsigned long before = status_kib("VmRSS:"), resident = 0;
    msched_catalog_info info = {.struct_size = sizeof info};
    for (int i = 0; i < 3; i++) {
        msched_catalog *catalog;
        msched_error err;
        double start = now_ms();
        if (msched_catalog_load_path(&catalog, path, &options, &err) != MSCHED_OK) {
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
        double ms = now_ms() - start;
        best = i == 0 || ms < best ? ms : best;
        msched_catalog_get_info(catalog, &info);
        resident = i == 0 ? status_kib("VmRSS:") - before : resident;
        msched_catalog_unref(catalog);
    }
    printf("{\"ms\": %.3f, \"rows\": %u, \"peak_kib\": %lu, \"resident_kib\": %lu, \"held_kib\": "
           "%llu}\n",
           best, (unsigned)info.entries, status_kib("VmHWM:"), resident,
           (unsigned long long)info.memory_bytes / 1024);
    return 0;
}

int main(int argc, char **argv)
{
    const char *last = argc > 1 ? argv[argc - 1] : "";
    int compared = strcmp(last, "--compare") == 0, compared_1 = strcmp(last, "--compare-1") == 0;
    argc -= compared || compared_1;
    const char *path = argc > 1 ? argv[1] : getenv("MUSICSCHED_CSV");
    if (path == NULL)
        path = SOURCE_ROOT "/../shared/data/spotify_songs.csv";
    if (compared || compared_1)
        return load_for_comparison(path, compared_1 ? 1 : 0);
    int rounds = argc > 2 ? atoi(argv[2]) : 15;
    static double ours[MAX_ROUNDS], bare[MAX_ROUNDS];
    size_t size, fields = 0;
    char *data = read_whole(path, &size);
    rounds = rounds < 1 ? 1 : rounds > MAX_ROUNDS ? MAX_ROUNDS : rounds;
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.threads = 1;
    for (int i = 0; i < rounds; i++) {
        bare[i] = bare_libcsv(data, size, &fields);
        msched_catalog_unref(load(data, size, &options, &ours[i]));
    }
    qsort(ours, (size_t)rounds, sizeof *ours, by_value);
    qsort(bare, (size_t)rounds, sizeof *bare, by_value);
    memory held = {0, 0};
    msched_allocator allocator = {&held, counted_allocate, counted_reallocate, counted_release};
    options.allocator = &allocator;
    double ms;
    msched_catalog *catalog = load(data, size, &options, &ms);
    const size_t loaded = held.now, peak = held.peak;
    if (msched_catalog_prepare(catalog, NULL) != MSCHED_OK)
        return 1;
    printf("%zu bytes, %zu fields, %d rounds\n", size, fields, rounds);
    printf("                  best ms  median ms\n");
    printf("bare libcsv       %7.2f  %9.2f\n", bare[0], bare[rounds / 2]);
    printf("musicsched load   %7.2f  %9.2f\n", ours[0], ours[rounds / 2]);
    printf("ratio             %7.2f  %9.2f   (at most 1.6 wanted)\n", ours[0] / bare[0],
           ours[rounds / 2] / bare[rounds / 2]);
    printf("memory: %.2f MB held, %.2f MB after prepare (%.2f times the file, at most 1.2 wanted), "
           "%.2f MB at the peak of loading\n",
           (double)loaded / 1e6, (double)held.now / 1e6, (double)held.now / (double)size,
           (double)peak / 1e6);
    msched_catalog_unref(catalog);
    free(data);
    return 0;
}
