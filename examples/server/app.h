/* app.h: the server as a whole: what all requests share, and what each worker thread has for itself. */
#ifndef SERVER_APP_H
#define SERVER_APP_H

#include "arena.h"
#include "catalog_holder.h"
#include "metrics.h"
#include "options.h"
#include "outbuf.h"
#include "rate_limit.h"

#include <civetweb.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

/*
 * The buffers of one request, used again by the next one of any thread. There are as many as there have been requests at
 * the same time, which are few beside the worker threads, and the one given out is the one used last: it is in the cache.
 */
typedef struct scratch {
    struct scratch *next;
    outbuf in;    /* request body */
    outbuf body;  /* response body while it is written */
    outbuf wire;  /* response as it is sent */
    arena memory; /* of the plans and schedules of one request */
} scratch;

/* A worker thread serves one connection at a time. */
typedef struct worker {
    struct worker *next;
    struct app *app;
    char date[40]; /* value of the Date header, for second `date_at` */
    time_t date_at;
    pthread_mutex_t lock; /* guards the rest, which the watchdog reads */
    uint64_t deadline_ns; /* when no more is read from its client; 0: never */
    char client[48];
    int client_port;
} worker;

typedef struct app {
    server_options options;
    catalog_holder catalog;
    metrics metrics;
    rate_limit limit;
    atomic_int draining;
    atomic_int ready;
    uint64_t id_seed;              /* by chance, so that ids of another run are others */
    atomic_uint_fast64_t id_count; /* one for each id given out */
    pthread_mutex_t workers_lock;
    worker *workers;
    pthread_mutex_t scratch_lock;
    scratch *scratch; /* not in use */
    struct mg_context *context;
    atomic_int port; /* that it listens on; set while the workers already run */
} app;

uint64_t app_now_ns(void);
void app_seed_ids(app *application);
/* An id for a request: different for each one, of whatever thread. */
uint64_t app_next_id(app *application);
/* NULL: no memory. */
scratch *app_take_scratch(app *application);
void app_give_scratch(app *application, scratch *used);
void app_free_scratch(app *application);
worker *worker_create(app *application);
void worker_free(worker *w);
/* The watchdog stops reading from the client once `timeout_ms` are over: mg_read itself waits for a dribble for ever. */
void worker_arm(worker *w, const struct mg_request_info *info, uint32_t timeout_ms);
void worker_disarm(worker *w);
/* Cut off the clients whose time is over. */
void app_watch(app *application);

#endif
