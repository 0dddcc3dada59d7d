#define _DEFAULT_SOURCE /* getentropy */
#include "app.h"

#include "sockets.h"

#include <stdlib.h>
#include <string.h>
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
        outbuf_free(&application->scratch->in);
        outbuf_free(&application->scratch->body);
        outbuf_free(&application->scratch->wire);
        arena_free(&application->scratch->memory);
        free(application->scratch);
        application->scratch = next;
    }
}

worker *worker_create(app *application)
{
    worker *w = calloc(1, sizeof *w);
    if (w == NULL)
        return NULL;
    w->app = application;
    pthread_mutex_init(&w->lock, NULL);
    pthread_mutex_lock(&application->workers_lock);
    w->next = application->workers;
    application->workers = w;
    pthread_mutex_unlock(&application->workers_lock);
    return w;
}

void worker_free(worker *w)
{
    if (w == NULL)
        return;
    pthread_mutex_lock(&w->app->workers_lock);
    worker **link = &w->app->workers;
    while (*link != w)
        link = &(*link)->next;
    *link = w->next;
    pthread_mutex_unlock(&w->app->workers_lock);
    pthread_mutex_destroy(&w->lock);
    free(w);
}

void worker_arm(worker *w, const struct mg_request_info *info, uint32_t timeout_ms)
{
    pthread_mutex_lock(&w->lock);
    w->deadline_ns = app_now_ns() + (uint64_t)timeout_ms * 1000000u;
    memcpy(w->client, info->remote_addr, sizeof w->client);
    w->client_port = info->remote_port;
    pthread_mutex_unlock(&w->lock);
}

void worker_disarm(worker *w)
{
    pthread_mutex_lock(&w->lock);
    w->deadline_ns = 0;
    pthread_mutex_unlock(&w->lock);
}

void app_watch(app *application)
{
    uint64_t now = app_now_ns();
    pthread_mutex_lock(&application->workers_lock);
    for (worker *w = application->workers; w != NULL; w = w->next) {
        /* With the worker's lock held it cannot go on to another client, whose port might be the same. */
        pthread_mutex_lock(&w->lock);
        if (w->deadline_ns != 0 && now > w->deadline_ns) {
            socket_stop_reading(socket_of_client(w->client, w->client_port, application->port));
            w->deadline_ns = 0;
        }
        pthread_mutex_unlock(&w->lock);
    }
    pthread_mutex_unlock(&application->workers_lock);
}
