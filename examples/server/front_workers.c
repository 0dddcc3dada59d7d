/* front_workers.c: which request goes to which of CivetWeb's workers, and when. */
#define _DEFAULT_SOURCE
#include "front_internal.h"

#include "log.h"
#include "sockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define FORWARD_BYTES (HTTP_MAX_HEAD + 1024)
#define MAX_ATTEMPTS  2

/* 0: done. The workers' door is open only for this. */
static int connect_backend(front *f, backend *b)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)f->worker_port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in from = {0};
    socklen_t size = sizeof from;
    int one = 1, room = 4 * FORWARD_BYTES;
    struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data.ptr = b};
    b->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (b->fd < 0)
        return -1;
    setsockopt(b->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(b->fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    if (connect(b->fd, (struct sockaddr *)&to, sizeof to) != 0 ||
        getsockname(b->fd, (struct sockaddr *)&from, &size) != 0 ||
        epoll_ctl(f->epoll, EPOLL_CTL_ADD, b->fd, &event) != 0) {
        close(b->fd);
        b->fd = -1;
        return -1;
    }
    atomic_store(&b->port, ntohs(from.sin_port));
    b->next_idle = f->idle;
    f->idle = b;
    return 0;
}

int workers_connect(front *f)
{
    f->worker_door = socket_listening(f->worker_port);
    f->backends = calloc(f->options->threads, sizeof *f->backends);
    if (f->backends == NULL)
        return 0;
    f->backend_count = f->options->threads;
    for (uint32_t i = 0; i < f->backend_count; i++)
        f->backends[i] = (backend){.kind = WATCHED_BACKEND, .fd = -1};
    for (uint32_t i = 0; i < f->backend_count; i++)
        if (connect_backend(f, &f->backends[i]) != 0)
            return 0;
    socket_close_door(f->worker_door);
    /* A quarter is left to requests that are not plans, half to plans of ordinary size. */
    f->lane_limit[0] = f->backend_count;
    f->lane_limit[1] = f->backend_count > 1 ? f->backend_count - (f->backend_count + 3) / 4 : 1;
    f->lane_limit[2] = (f->backend_count + 1) / 2 < f->lane_limit[1] ? (f->backend_count + 1) / 2
                                                                     : f->lane_limit[1];
    return 1;
}

/* Plans count together against the limit of plans; large ones also against their own. */
static int has_room(const front *f, int lane)
{
    uint32_t plans = f->lane_running[1] + f->lane_running[2];
    if (lane == 0)
        return 1;
    return plans < f->lane_limit[1] && (lane == 1 || f->lane_running[2] < f->lane_limit[2]);
}

/* The one that has waited longest, of the lanes with room. */
static connection *next_waiting(const front *f)
{
    connection *oldest = NULL;
    for (int lane = 0; lane < LANES; lane++) {
        connection *first = f->lists[STATE_WAIT_LIGHT + lane].first;
        if (first != NULL && has_room(f, lane) &&
            (oldest == NULL || first->since_ms < oldest->since_ms))
            oldest = first;
    }
    return oldest;
}

static void count_waiting(front *f)
{
    int waiting = 0;
    for (int lane = 0; lane < LANES; lane++)
        waiting += f->lists[STATE_WAIT_LIGHT + lane].count;
    atomic_store_explicit(&f->counts->requests_waiting, waiting, memory_order_relaxed);
}

static void lose_backend(front *f, backend *b)
{
    for (backend **link = &f->idle; *link != NULL; link = &(*link)->next_idle)
        if (*link == b) {
            *link = b->next_idle;
            break;
        }
    close(b->fd);
    b->fd = -1;
    atomic_store(&b->port, 0);
    socket_open_door(f->worker_door);
    if (connect_backend(f, b) != 0)
        log_event("error", "worker_lost", "cannot connect to a worker");
    socket_close_door(f->worker_door);
}

/* 0: the backend took nothing. */
static int forward(front *f, backend *b, connection *c)
{
    char head[FORWARD_BYTES];
    size_t size = http_head_rewrite(c->in, &c->x.head, head, sizeof head);
    atomic_store(&c->taken, 0);
    atomic_store(&b->serving, c);
    c->backend = b;
    if (size > 0 && send(b->fd, head, size, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)size) {
        f->lane_running[c->lane]++;
        connection_set_state(f, c, STATE_SERVING);
        return 1;
    }
    atomic_store(&b->serving, NULL);
    c->backend = NULL;
    return 0;
}

void workers_dispatch(front *f)
{
    static const http_refusal failed = {500, "server_error", "the server could not answer"};
    connection *c;
    while (f->idle != NULL && (c = next_waiting(f)) != NULL) {
        backend *b = f->idle;
        f->idle = b->next_idle;
        if (forward(f, b, c))
            continue;
        lose_backend(f, b);
        if (++c->attempts == MAX_ATTEMPTS)
            connection_refuse(f, c, &failed);
    }
    count_waiting(f);
}

void workers_finished(front *f, connection *c)
{
    backend *b = c->backend;
    f->lane_running[c->lane]--;
    c->backend = NULL;
    if (b == NULL)
        return;
    atomic_store(&b->serving, NULL);
    b->next_idle = f->idle;
    f->idle = b;
}

/* CivetWeb has nothing to say on these connections: either it ended one, or it is about to. */
void workers_event(front *f, backend *b)
{
    char text[512];
    ssize_t n;
    while ((n = recv(b->fd, text, sizeof text, MSG_DONTWAIT)) > 0) {
    }
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    connection *c = atomic_load(&b->serving);
    if (c != NULL) {
        atomic_store(&b->serving, NULL);
        c->backend = NULL;
        if (!atomic_exchange(&c->taken, 1)) { /* no worker has seen it */
            f->lane_running[c->lane]--;
            if (++c->attempts < MAX_ATTEMPTS)
                connection_set_state(f, c, STATE_WAIT_LIGHT + c->lane);
            else
                connection_refuse(
                    f, c, &(http_refusal){500, "server_error", "the server could not answer"});
        }
    }
    lose_backend(f, b);
    workers_dispatch(f);
}

exchange *front_take(front *f, int port)
{
    for (uint32_t i = 0; i < f->backend_count; i++) {
        connection *c = atomic_load(&f->backends[i].port) == port
                            ? atomic_load(&f->backends[i].serving)
                            : NULL;
        if (c != NULL)
            return atomic_exchange(&c->taken, 1) ? NULL : &c->x;
    }
    return NULL;
}

void workers_hang_up(front *f)
{
    for (uint32_t i = 0; i < f->backend_count; i++) {
        if (f->backends[i].fd >= 0)
            close(f->backends[i].fd);
        f->backends[i].fd = -1;
    }
}
