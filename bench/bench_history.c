/*
 * bench_history: time of reading listening histories.
 * usage: bench_history FILE..
 * Prints one JSON object: the best of five reads, in milliseconds of processor time and of the
 * clock, and how many plays there are.
 */
#include <musicsched/musicsched.h>

#include <stdio.h>
#include <time.h>

#define ROUNDS 5

static double now_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    double cpu = 1e300, wall = 1e300;
    msched_history_info info = {.struct_size = sizeof info};
    for (int round = 0; round < ROUNDS && argc > 1; round++) {
        msched_history *history = NULL;
        msched_error err;
        double wall_start = now_ms(CLOCK_MONOTONIC), start = now_ms(CLOCK_PROCESS_CPUTIME_ID);
        if (msched_history_load_paths(&history, (const char *const *)argv + 1, (uint32_t)argc - 1,
                                      NULL, &err) != MSCHED_OK) {
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
        double spent = now_ms(CLOCK_PROCESS_CPUTIME_ID) - start;
        double passed = now_ms(CLOCK_MONOTONIC) - wall_start;
        cpu = spent < cpu ? spent : cpu;
        wall = passed < wall ? passed : wall;
        msched_history_get_info(history, &info);
        msched_history_unref(history);
    }
    printf("{\"cpu_ms\": %.1f, \"ms\": %.1f, \"plays\": %u}\n", cpu, wall, info.plays);
    return 0;
}
