#define _DEFAULT_SOURCE /* getentropy */
#include "app.h"

#include <stdlib.h>
#include <unistd.h>

uint64_t app_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void app_seed_ids(app *application)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (getentropy(&application->id_seed, sizeof application->id_seed) != 0)
        application->id_seed = (uint64_t)now.tv_sec * 1000000007u ^ (uint64_t)now.tv_nsec << 20;
}

/* SplitMix64: a bijection of the count, so that no two are the same within a run. */
uint64_t app_next_id(app *application)
{
    uint64_t count = atomic_fetch_add_explicit(&application->id_count, 1, memory_order_relaxed);
    uint64_t z = application->id_seed + count * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

scratch *app_take_scratch(app *application)
{
    pthread_mutex_lock(&application->scratch_lock);
    scratch *taken = application->scratch;
    if (taken != NULL)
        application->scratch = taken->next;
    pthread_mutex_unlock(&application->scratch_lock);
    return taken != NULL ? taken : calloc(1, sizeof *taken);
}

void app_give_scratch(app *application, scratch *used)
{
    pthread_mutex_lock(&application->scratch_lock);
    used->next = application->scratch;
    application->scratch = used;
    pthread_mutex_unlock(&application->scratch_lock);
}

void app_free_scratch(app *application)
{
    while (application->scratch != NULL) {
        scratch *next = application->scratch->next;
        outbuf_free(&application->scratch->body);
        outbuf_free(&application->scratch->packed);
        outbuf_free(&application->scratch->wire);
        compress_free(&application->scratch->compressor);
        arena_free(&application->scratch->memory);
        free(application->scratch);
        application->scratch = next;
    }
}
