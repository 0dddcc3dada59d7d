#include "reload.h"

#include "app.h"
#include "log.h"

#include <stdio.h>
#include <sys/stat.h>

/* A pipe without a writer would block this thread, and every later reload, forever. */
static int are_files(const server_options *options, msched_error *err)
{
    for (uint32_t i = 0; i < options->catalog_count; i++) {
        struct stat status;
        if (stat(options->catalogs[i], &status) == 0 && !S_ISREG(status.st_mode)) {
            snprintf(err->message, sizeof err->message,
                     "%.160s: not a regular file, so it cannot be reloaded", options->catalogs[i]);
            return 0;
        }
    }
    return 1;
}

static void read_again(app *a)
{
    msched_error err = {0};
    int done = are_files(&a->options, &err) &&
               catalog_holder_load(&a->catalog, &a->options, &err) == MSCHED_OK;
    atomic_fetch_add(&a->metrics.reloads[done], 1);
    if (done)
        log_event("info", "catalog_reloaded", NULL);
    else
        log_event("error", "catalog_not_reloaded", err.message);
}

static void *run(void *pointer)
{
    reload *r = pointer;
    pthread_mutex_lock(&r->lock);
    while (!r->stopping) {
        if (!r->asked) {
            pthread_cond_wait(&r->changed, &r->lock);
            continue;
        }
        r->asked = 0;
        r->reading = 1;
        pthread_mutex_unlock(&r->lock);
        read_again(r->app);
        pthread_mutex_lock(&r->lock);
        r->reading = 0;
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

int reload_start(reload *r, struct app *application)
{
    r->app = application;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->changed, NULL);
    r->started = pthread_create(&r->thread, NULL, run, r) == 0;
    return r->started;
}

void reload_ask(reload *r)
{
    pthread_mutex_lock(&r->lock);
    r->asked = 1;
    pthread_cond_signal(&r->changed);
    pthread_mutex_unlock(&r->lock);
}

int reload_stop(reload *r)
{
    if (!r->started)
        return 1;
    pthread_mutex_lock(&r->lock);
    r->stopping = 1;
    int reading = r->reading;
    pthread_cond_signal(&r->changed);
    pthread_mutex_unlock(&r->lock);
    if (reading)
        return 0;
    pthread_join(r->thread, NULL);
    return 1;
}
