/* server_main.c: start, signals, stop. */
#include "app.h"
#include "log.h"
#include "probe.h"
#include "request.h"
#include "sockets.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICK_MS        50
#define DRAIN_LIMIT_MS 10000

static void *begin_thread(const struct mg_context *context, int type)
{
    app *application = mg_get_user_data(context);
    return type == 1 ? worker_create(application) : NULL;
}

static void end_thread(const struct mg_context *context, int type, void *pointer)
{
    (void)context;
    if (type == 1)
        worker_free(pointer);
}

static int begin_connection(const struct mg_connection *conn, void **data)
{
    worker *w = mg_get_thread_pointer(conn);
    *data = NULL;
    if (w != NULL)
        atomic_fetch_add_explicit(&w->app->metrics.connections, 1, memory_order_relaxed);
    return 0;
}

static void end_connection(const struct mg_connection *conn)
{
    worker *w = mg_get_thread_pointer(conn);
    if (w != NULL)
        atomic_fetch_sub_explicit(&w->app->metrics.connections, 1, memory_order_relaxed);
}

/* CivetWeb's messages hold what clients sent, so they stay out of the log. */
static int drop_message(const struct mg_connection *conn, const char *message)
{
    (void)conn;
    (void)message;
    return 1;
}

static int start(app *a)
{
    char port[64], threads[16], queue[16], timeout[16];
    const server_options *o = &a->options;
    snprintf(port, sizeof port, strchr(o->host, ':') != NULL ? "[%.40s]:%u" : "%.40s:%u", o->host, o->port);
    snprintf(threads, sizeof threads, "%u", o->threads);
    snprintf(queue, sizeof queue, "%u", o->threads < 256 ? 256 : o->threads);
    snprintf(timeout, sizeof timeout, "%u", o->header_timeout_ms);
    const char *settings[] = {"listening_ports",
                              port,
                              "num_threads",
                              threads,
                              "connection_queue",
                              queue,
                              "listen_backlog",
                              "1024",
                              "enable_keep_alive",
                              "yes",
                              "keep_alive_timeout_ms",
                              "2000",
                              "request_timeout_ms",
                              timeout,
                              "tcp_nodelay",
                              "1",
                              "max_request_size",
                              "32768",
                              "decode_url",
                              "no",
                              "enable_auth_domain_check",
                              "no",
                              NULL};
    const struct mg_callbacks callbacks = {
        .begin_request = router_handle,
        .http_error = router_civetweb_error,
        .init_thread = begin_thread,
        .exit_thread = end_thread,
        .init_connection = begin_connection,
        .connection_closed = end_connection,
        .log_message = drop_message}; /* no log_access: for it CivetWeb calls localtime, which is not safe in threads */
    a->context = mg_start(&callbacks, a, settings);
    if (a->context == NULL)
        return 0;
    struct mg_server_port listening[1];
    a->port = mg_get_server_ports(a->context, 1, listening) == 1 ? listening[0].port : (int)o->port;
    return 1;
}

static void reload(app *a)
{
    msched_error err = {0};
    int done = catalog_holder_load(&a->catalog, &a->options, &err) == MSCHED_OK;
    atomic_fetch_add(&a->metrics.reloads[done], 1);
    if (done)
        log_event("info", "catalog_reloaded", NULL);
    else
        log_event("error", "catalog_not_reloaded", err.message);
}

static void rest(int ms)
{
    struct timespec pause = {ms / 1000, ms % 1000 * 1000000L};
    nanosleep(&pause, NULL);
}

/*
 * Say that no more is wanted, wait until whoever listens to /readyz has noticed, refuse new connections, and give those
 * that were accepted their answers.
 */
static void drain(app *a)
{
    log_event("info", "draining", NULL);
    atomic_store(&a->draining, 1);
    for (uint32_t waited = 0; waited < a->options.drain_ms; waited += TICK_MS) {
        rest(TICK_MS);
        app_watch(a);
    }
    int door = socket_listening(a->port);
    socket_close_door(door);
    for (int waited = 0, quiet = 0; waited < DRAIN_LIMIT_MS && quiet < 3; waited += TICK_MS) {
        int busy = socket_waiting(door) > 0 || atomic_load(&a->metrics.connections) > 0;
        quiet = busy ? 0 : quiet + 1;
        rest(TICK_MS);
        app_watch(a);
    }
}

static void serve(app *a, const sigset_t *signals)
{
    const struct timespec tick = {0, TICK_MS * 1000000L};
    for (;;) {
        int signal_number = sigtimedwait(signals, NULL, &tick);
        if (signal_number == SIGTERM || signal_number == SIGINT)
            break;
        if (signal_number == SIGHUP)
            reload(a);
        app_watch(a);
        log_flush();
    }
    drain(a);
    mg_stop(a->context);
    log_event("info", "stopped", NULL);
}

static int run(app *a)
{
    msched_error err = {0};
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    /* Before any thread begins, so that the signals come to this one. */
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (catalog_holder_load(&a->catalog, &a->options, &err) != MSCHED_OK) {
        fprintf(stderr, "musicsched-server: %s\n", err.message);
        return 1;
    }
    if (!start(a)) {
        fprintf(stderr, "musicsched-server: cannot listen on %s port %u: is it in use?\n", a->options.host, a->options.port);
        return 1;
    }
    atomic_store(&a->ready, 1);
    fprintf(stderr, strchr(a->options.host, ':') != NULL ? "Listening on http://[%s]:%d/\n" : "Listening on http://%s:%d/\n",
            a->options.host, a->port);
    serve(a, &signals);
    return 0;
}

/*
 * glibc would give hundreds of threads a heap each, which grow one by one and never shrink, and hand the end of a heap
 * back to the system after every large request. A few heaps that stay are both flat and faster.
 */
static void tame_allocator(void)
{
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 4);
    mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);
    mallopt(M_MMAP_THRESHOLD, 4 * 1024 * 1024);
#endif
}

int main(int argc, char **argv)
{
    static app application;
    app *a = &application;
    int status = options_parse(&a->options, argc, argv);
    if (status >= 0)
        return status;
    if (a->options.probe)
        return probe(&a->options);
    tame_allocator();
    log_start(a->options.log);
    catalog_holder_init(&a->catalog);
    rate_limit_init(&a->limit, a->options.rate, a->options.burst);
    pthread_mutex_init(&a->workers_lock, NULL);
    pthread_mutex_init(&a->scratch_lock, NULL);
    app_seed_ids(a);
    mg_init_library(0);
    status = run(a);
    mg_exit_library();
    catalog_holder_free(&a->catalog);
    app_free_scratch(a);
    log_flush();
    return status;
}
