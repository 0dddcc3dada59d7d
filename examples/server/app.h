/* app.h: the server as a whole: what all requests share. */
#ifndef SERVER_APP_H
#define SERVER_APP_H

#include "arena.h"
#include "catalog_holder.h"
#include "compress.h"
#include "front.h"
#include "memory.h"
#include "metrics.h"
#include "options.h"
#include "outbuf.h"
#include "rate_limit.h"
#include "reload.h"
#include "site_files.h"

#include <civetweb.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

/*
 * The buffers of one request, used again by the next one of any thread. There are as many as there
 * have been requests at the same time, and the one given out is the one used last: it is in the
 * cache.
 */
typedef struct scratch {
    struct scratch *next;
    outbuf body;   /* response body while it is written */
    outbuf packed; /* the same, compressed */
    outbuf wire;   /* response as it is sent */
    compressor compressor;
    arena memory;  /* of the plans and schedules of one request */
    char date[40]; /* value of the Date header, for second `date_at` */
    time_t date_at;
} scratch;

typedef struct app {
    server_options options;
    catalog_holder catalog;
    site_files site; /* empty: the page plans through the API */
    reload reload;
    memory_watch memory;
    metrics metrics;
    rate_limit limit;
    atomic_int draining;
    atomic_int ready;
    uint64_t id_seed;              /* by chance, so that ids of another run are others */
    atomic_uint_fast64_t id_count; /* one for each id given out */
    pthread_mutex_t scratch_lock;
    scratch *scratch; /* not in use */
    struct mg_context *context;
    front *front;
} app;

uint64_t app_now_ns(void);
void app_seed_ids(app *application);
/* An id for a request: different for each one, of whatever thread. */
uint64_t app_next_id(app *application);
/* NULL: no memory. */
scratch *app_take_scratch(app *application);
void app_give_scratch(app *application, scratch *used);
void app_free_scratch(app *application);

#endif
