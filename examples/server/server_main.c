/* server_main.c: start, signals, stop. */
#include "app.h"
#include "hmac.h"
#include "log.h"
#include "probe.h"
#include "request.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TICK_MS        50
#define DRAIN_LIMIT_MS 10000

/* CivetWeb's messages hold what clients sent, so they stay out of the log. */
static int drop_message(const struct mg_connection *conn, const char *message)
{
    (void)conn;
    (void)message;
    return 1;
}

/*
 * CivetWeb's workers serve the front alone, which holds every connection and its time limits: so
 * they listen where only this machine comes, wait for as long as it takes, and are two more than
 * the front asks, for one that is just ending.
 */
static int start_workers(app *a)
{
    char threads[16];
    snprintf(threads, sizeof threads, "%u", a->options.threads + 2);
    const char *settings[] = {"listening_ports",
                              "127.0.0.1:0",
                              "num_threads",
                              threads,
                              "connection_queue",
                              "256",
                              "enable_keep_alive",
                              "yes",
                              "keep_alive_timeout_ms",
                              "2000000000",
                              "request_timeout_ms",
                              "2000000000",
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
        /* no log_access: for it CivetWeb calls localtime, which is not safe in threads */
        .log_message = drop_message};
    struct mg_server_port listening[1];
    a->context = mg_start(&callbacks, a, settings);
    if (a->context == NULL)
        return 0;
    return mg_get_server_ports(a->context, 1, listening) == 1 &&
           front_start(a->front, listening[0].port);
}

static int start(app *a)
{
    a->front = front_open(&a->options, &a->metrics, router_refuse, a);
    if (a->front == NULL)
        return 0;
    if (start_workers(a))
        return 1;
    fprintf(stderr,
            "musicsched-server: the worker threads could not be started: lower --threads\n");
    return 0;
}

static void stop(app *a)
{
    if (a->context != NULL) {
        front_disconnect(a->front);
        mg_stop(a->context);
    }
    if (a->front != NULL)
        front_free(a->front);
}

static void rest(int ms)
{
    struct timespec pause = {ms / 1000, ms % 1000 * 1000000L};
    nanosleep(&pause, NULL);
}

/*
 * Say that no more is wanted, wait until whoever listens to /readyz has noticed, refuse new
 * connections, and give those that were accepted their answers.
 */
static void drain(app *a)
{
    log_event("info", "draining", NULL);
    atomic_store(&a->draining, 1);
    for (uint32_t waited = 0; waited < a->options.drain_ms; waited += TICK_MS)
        rest(TICK_MS);
    front_close_door(a->front);
    for (int waited = 0; waited < DRAIN_LIMIT_MS && !front_is_drained(a->front); waited += TICK_MS)
        rest(TICK_MS);
}

static void serve(app *a, const sigset_t *signals)
{
    const struct timespec tick = {0, TICK_MS * 1000000L};
    for (;;) {
        int signal_number = sigtimedwait(signals, NULL, &tick);
        if (signal_number == SIGTERM || signal_number == SIGINT)
            break;
        if (signal_number == SIGHUP)
            reload_ask(&a->reload);
        memory_tick(&a->memory, app_now_ns() / 1000000);
        log_flush();
    }
    drain(a);
}

/* What may help, in terms of this program. */
static const char *advice(msched_result result)
{
    switch (result) {
    case MSCHED_ERROR_HEADER:
        return "name a column with --columns, for example: --columns 'track_name=Song'";
    case MSCHED_ERROR_VALUE:
    case MSCHED_ERROR_SYNTAX:
    case MSCHED_ERROR_CONFLICT:
        return "--skip-bad-rows leaves out all rows that cannot be read";
    default:
        return NULL;
    }
}

static int refuse_catalog(msched_result result, const msched_error *err)
{
    fprintf(stderr, "musicsched-server: %s\n", err->message);
    if (advice(result) != NULL)
        fprintf(stderr, "musicsched-server: %s\n", advice(result));
    return 1;
}

static void tell_catalog(app *a)
{
    msched_catalog *catalog = catalog_holder_get(&a->catalog);
    msched_catalog_info info = {.struct_size = sizeof info};
    if (msched_catalog_get_info(catalog, &info) == MSCHED_OK) {
        fprintf(stderr, "%u songs by %u artists", info.recordings, info.artists);
        if (info.assumptions + info.unreadable_cells + info.rows_skipped > 0)
            fprintf(stderr,
                    "; %" PRIu64 " assumed, %" PRIu64 " cells not read, %" PRIu64
                    " rows left out: see \"report\" of /api/v1/catalog",
                    info.assumptions, info.unreadable_cells, info.rows_skipped);
        fputs("\n", stderr);
    }
    msched_catalog_unref(catalog);
}

static int load_site(app *a)
{
    char message[700];
    if (a->options.site == NULL ||
        site_files_load(&a->site, a->options.site, message, sizeof message))
        return 1;
    fprintf(stderr, "musicsched-server: %s\n", message);
    return 0;
}

static int run(app *a)
{
    msched_error err = {0};
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    /*
     * SIGTERM and SIGINT end the process while it reads the catalog, which may come from a pipe
     * that says nothing.
     */
    msched_result result = catalog_holder_load(&a->catalog, &a->options, &err);
    if (result != MSCHED_OK)
        return refuse_catalog(result, &err);
    if (!load_site(a))
        return 1;
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    /* Before any thread begins, so that the signals come to this one. */
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    if (!reload_start(&a->reload, a) || !start(a)) {
        stop(a);
        return 1;
    }
    atomic_store(&a->ready, 1);
    fprintf(stderr,
            strchr(a->options.host, ':') != NULL ? "Listening on http://[%s]:%d/\n"
                                                 : "Listening on http://%s:%d/\n",
            a->options.host, front_port(a->front));
    tell_catalog(a);
    serve(a, &signals);
    stop(a);
    log_event("info", "stopped", NULL);
    return 0;
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
    if (a->options.feed_secret_size > 0 && !hmac_prepare()) {
        fputs("musicsched-server: libgcrypt is older than the one it was built with; install "
              "libgcrypt20\n",
              stderr);
        return 1;
    }
    memory_tame();
    log_start(a->options.log);
    catalog_holder_init(&a->catalog);
    rate_limit_init(&a->limit, a->options.rate, a->options.burst, a->options.cpu_rate);
    pthread_mutex_init(&a->scratch_lock, NULL);
    app_seed_ids(a);
    mg_init_library(0);
    status = run(a);
    mg_exit_library();
    app_free_scratch(a);
    log_flush();
    if (!reload_stop(&a->reload))
        /* it reads a catalog that does not come, and would not see that the process ends */
        _exit(status);
    catalog_holder_free(&a->catalog);
    site_files_free(&a->site);
    return status;
}
