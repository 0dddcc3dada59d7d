/* front.c: the front's thread: who comes in, what happens next, whose time is over. */
#define _GNU_SOURCE /* accept4 */
#include "front_internal.h"

#include "log.h"
#include "sockets.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define EVENTS       256
#define TICK_MS      50
#define PAUSE_MS     100   /* without file descriptors */
#define LOG_EVERY_MS 10000 /* of the same trouble */
#define YOUNG_MS     200
#define LINGER_MS    1000
#define HANDSHAKE_MS 50    /* for a handshake that has begun when the door closes */
#define GRACE_MS     1000  /* for idle connections once the door is closed */
#define WRITE_MS     30000 /* for a client to take its response */
#define SPARE_FILES  40    /* that are not connections: the catalog, CivetWeb, /proc */

static uint64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void tell(front *f, const char *event, const char *detail)
{
    if (f->logged_ms != 0 && f->now_ms - f->logged_ms < LOG_EVERY_MS)
        return;
    f->logged_ms = f->now_ms;
    log_event("warning", event, detail);
}

static void watch_door(front *f, int watched)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &f->door_kind};
    if (f->door < 0 || watched == f->door_watched)
        return;
    if (epoll_ctl(f->epoll, watched ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, f->door, &event) == 0)
        f->door_watched = watched;
}

/*
 * Room for one more: the connection that has been idle longest goes, unless its request may be on
 * the way.
 */
static int make_way(front *f)
{
    static const enum state states[] = {STATE_LINGER, STATE_IDLE};
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        connection *c = f->lists[states[i]].first;
        if (c != NULL && f->now_ms - c->since_ms >= YOUNG_MS) {
            connection_close(f, c);
            return 1;
        }
    }
    return 0;
}

/* 1: there may be more. */
static int accept_some(front *f)
{
    for (int count = 0; count < EVENTS; count++) {
        struct sockaddr_storage from;
        socklen_t size = sizeof from;
        char address[48];
        int one = 1;
        if ((uint32_t)atomic_load(&f->counts->connections) >= f->max_connections) {
            tell(f, "connections_full",
                 "all connections are in use (--connections, ulimit -n); closing idle ones");
            if (!make_way(f)) {
                f->paused_until_ms = f->now_ms + PAUSE_MS;
                watch_door(f, 0);
                return 0;
            }
        }
        int fd = accept4(f->door, (struct sockaddr *)&from, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
                tell(f, "cannot_accept", strerror(errno));
                f->paused_until_ms = f->now_ms + PAUSE_MS;
                watch_door(f, 0);
                make_way(f);
            }
            return 0;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        socket_address_text(&from, address, sizeof address);
        connection_accepted(f, fd, address);
    }
    return 1;
}

static void finish_done(front *f)
{
    uint64_t rings;
    if (read(f->bell, &rings, sizeof rings) < 0 && errno != EAGAIN)
        return;
    atomic_store(&f->rung, 0);
    pthread_mutex_lock(&f->done_lock);
    connection *done = f->done;
    f->done = NULL;
    pthread_mutex_unlock(&f->done_lock);
    while (done != NULL) {
        connection *next = done->next_done;
        connection_finished(f, done);
        done = next;
    }
    workers_dispatch(f);
}

static void handle(front *f, const struct epoll_event *event)
{
    switch (*(enum watched *)event->data.ptr) {
    case WATCHED_DOOR:
        accept_some(f);
        break;
    case WATCHED_BELL:
        finish_done(f);
        break;
    case WATCHED_BACKEND:
        workers_event(f, event->data.ptr);
        break;
    default:
        connection_event(f, event->data.ptr, event->events);
    }
}

static void expire(front *f)
{
    const server_options *o = f->options;
    const uint64_t limits[STATE_COUNT] = {
        [STATE_IDLE] = f->draining && o->keep_alive_ms > GRACE_MS ? GRACE_MS : o->keep_alive_ms,
        [STATE_HEAD] = o->header_timeout_ms,
        [STATE_BODY] = o->body_timeout_ms,
        [STATE_WAIT_LIGHT] = o->wait_ms,
        [STATE_WAIT_PLAN] = o->wait_ms,
        [STATE_WAIT_LARGE_PLAN] = o->wait_ms,
        [STATE_SERVING] = UINT64_MAX,
        [STATE_WRITING] = WRITE_MS,
        [STATE_LINGER] = LINGER_MS,
        [STATE_CLOSED] = UINT64_MAX};
    for (int state = 0; state < STATE_COUNT; state++)
        while (f->lists[state].first != NULL &&
               f->now_ms - f->lists[state].first->since_ms > limits[state])
            connection_expired(f, f->lists[state].first);
}

/*
 * No new connection begins; one whose handshake has begun is accepted for a moment more. Then the
 * door is gone.
 */
static void close_door(front *f)
{
    if (f->door < 0 || !atomic_load(&f->wants_closed))
        return;
    if (!f->draining) {
        f->draining = 1;
        f->door_closes_ms = f->now_ms + HANDSHAKE_MS;
        socket_close_door(f->door);
    }
    if (f->now_ms < f->door_closes_ms)
        return;
    while (accept_some(f)) {
    }
    watch_door(f, 0);
    close(f->door);
    f->door = -1;
    atomic_store(&f->door_is_closed, 1);
}

/* What is due whatever comes in. */
static void tick(front *f)
{
    if (f->now_ms - f->expired_ms >= TICK_MS) {
        f->expired_ms = f->now_ms;
        expire(f);
        workers_dispatch(f);
    }
    if (!f->door_watched && f->now_ms >= f->paused_until_ms)
        watch_door(f, 1);
    close_door(f);
}

static void free_closed(front *f)
{
    while (f->lists[STATE_CLOSED].first != NULL)
        connection_free(f, f->lists[STATE_CLOSED].first);
}

static void *run(void *pointer)
{
    front *f = pointer;
    struct epoll_event events[EVENTS];
    while (!atomic_load(&f->wants_stop)) {
        int n = epoll_wait(f->epoll, events, EVENTS, TICK_MS);
        f->now_ms = now_ms();
        for (int i = 0; i < n; i++)
            handle(f, &events[i]);
        tick(f);
        free_closed(f);
    }
    return NULL;
}

static int open_door(front *f)
{
    char port[8];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_PASSIVE},
                    *found;
    const int one = 1, zero = 0;
    snprintf(port, sizeof port, "%u", f->options->port);
    if (getaddrinfo(f->options->host, port, &hints, &found) != 0) {
        fprintf(stderr,
                "musicsched-server: --host needs an address such as 127.0.0.1 or ::, not \"%s\"\n",
                f->options->host);
        return 0;
    }
    f->door = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (f->door >= 0) {
        setsockopt(f->door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (found->ai_family == AF_INET6)
            setsockopt(f->door, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof zero);
    }
    int done = f->door >= 0 && bind(f->door, found->ai_addr, found->ai_addrlen) == 0 &&
               listen(f->door, 4096) == 0;
    int why = errno;
    freeaddrinfo(found);
    if (!done) {
        fprintf(stderr, "musicsched-server: cannot listen on %s port %u: %s\n", f->options->host,
                f->options->port,
                why == EADDRINUSE ? "the port is in use; choose another one with --port"
                                  : strerror(why));
        return 0;
    }
    f->port = socket_local_port(f->door);
    return 1;
}

/* As many connections as the system has files for. */
static int limit_connections(front *f)
{
    struct rlimit files;
    uint32_t others = SPARE_FILES + 3 * f->options->threads;
    rlim_t wanted = (rlim_t)f->options->connections + others;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < wanted) {
        files.rlim_cur = files.rlim_max < wanted ? files.rlim_max : wanted;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= wanted) {
        f->max_connections = f->options->connections;
        return 1;
    }
    if (files.rlim_cur < others + 8) {
        fprintf(stderr,
                "musicsched-server: at most %llu files may be open (ulimit -n), and %u are needed "
                "with --threads %u\n",
                (unsigned long long)files.rlim_cur, others + 8, f->options->threads);
        return 0;
    }
    f->max_connections = (uint32_t)(files.rlim_cur - others);
    return 1;
}

front *front_open(const server_options *options, metrics *counts, front_refuse_fn *refuse,
                  void *context)
{
    front *f = calloc(1, sizeof *f);
    if (f == NULL)
        return NULL;
    *f = (front){.door_kind = WATCHED_DOOR,
                 .bell_kind = WATCHED_BELL,
                 .options = options,
                 .counts = counts,
                 .refuse = refuse,
                 .context = context,
                 .door = -1,
                 .worker_door = -1,
                 .now_ms = now_ms(),
                 .epoll = epoll_create1(EPOLL_CLOEXEC),
                 .bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
    pthread_mutex_init(&f->done_lock, NULL);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &f->bell_kind};
    if (f->epoll >= 0 && f->bell >= 0 && epoll_ctl(f->epoll, EPOLL_CTL_ADD, f->bell, &event) == 0 &&
        limit_connections(f) && open_door(f))
        return f;
    front_free(f);
    return NULL;
}

int front_port(const front *f)
{
    return f->port;
}

int front_start(front *f, int port)
{
    f->worker_port = port;
    if (!workers_connect(f))
        return 0;
    watch_door(f, 1);
    f->started = pthread_create(&f->thread, NULL, run, f) == 0;
    return f->started;
}

static void ring(front *f)
{
    const uint64_t one = 1;
    if (!atomic_exchange(&f->rung, 1) && write(f->bell, &one, sizeof one) < 0)
        atomic_store(&f->rung, 0);
}

void front_done(exchange *x, int end)
{
    connection *c = (connection *)((char *)x - offsetof(connection, x));
    front *f = x->front;
    c->end = end;
    pthread_mutex_lock(&f->done_lock);
    c->next_done = f->done;
    f->done = c;
    pthread_mutex_unlock(&f->done_lock);
    ring(f);
}

void front_close_door(front *f)
{
    atomic_store(&f->wants_closed, 1);
}

int front_is_drained(const front *f)
{
    return atomic_load(&f->door_is_closed) && atomic_load(&f->counts->connections) <= 0;
}

void front_disconnect(front *f)
{
    if (f->started) {
        atomic_store(&f->wants_stop, 1);
        ring(f);
        pthread_join(f->thread, NULL);
        f->started = 0;
    }
    workers_hang_up(f);
}

void front_free(front *f)
{
    front_disconnect(f);
    for (int state = 0; state < STATE_CLOSED; state++)
        while (f->lists[state].first != NULL)
            connection_close(f, f->lists[state].first);
    free_closed(f);
    free(f->backends);
    pthread_mutex_destroy(&f->done_lock);
    const int files[] = {f->door, f->bell, f->epoll};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (files[i] >= 0)
            close(files[i]);
    free(f);
}
