/*
 * front_internal.h: what the files of the front share. All of it belongs to the front's thread but
 * what is atomic.
 */
#ifndef SERVER_FRONT_INTERNAL_H
#define SERVER_FRONT_INTERNAL_H

#include "front.h"

#include <pthread.h>
#include <stdatomic.h>

/* What epoll hands back: the first member of whatever is watched. */
enum watched { WATCHED_DOOR, WATCHED_BELL, WATCHED_BACKEND, WATCHED_CONNECTION };

/*
 * The state of a connection, and the list that it is in. The first one in a list has been in that
 * state longest.
 */
enum state {
    STATE_IDLE, /* no byte of a request yet */
    STATE_HEAD, /* in the header section */
    STATE_BODY, /* in the body */
    /* whole; for a worker. In this order they have workers that no later one may take */
    STATE_WAIT_LIGHT,
    STATE_WAIT_PLAN,
    STATE_WAIT_LARGE_PLAN,
    STATE_SERVING, /* a worker has it */
    STATE_WRITING, /* the client has yet to take the rest of the response */
    /* answered and ended; reads on for a moment, so that the response is not lost to a reset */
    STATE_LINGER,
    STATE_CLOSED, /* freed after the events at hand */
    STATE_COUNT
};
#define LANES 3

typedef struct connection {
    enum watched kind;
    enum state state;
    int fd;
    struct connection *next, *previous; /* in the list of its state */
    uint64_t since_ms;                  /* in this state */
    exchange x;
    char *in; /* the request, and what follows it */
    size_t in_size, in_room, scanned;
    char *out; /* what the client has not taken yet; the worker's while it serves */
    size_t out_size, out_done;
    int readable; /* there may be more to read: epoll reports only once */
    int gone;     /* the client no longer reads the response */
    int ended;    /* the client sends no more */
    int end;      /* ends with this response */
    int lane;
    int attempts;
    atomic_int taken;             /* by a worker */
    struct backend *backend;      /* while it serves */
    struct connection *next_done; /* guarded by front.done_lock */
} connection;

/* A connection to a worker of CivetWeb. */
typedef struct backend {
    enum watched kind;
    int fd;
    atomic_int port; /* our end */
    _Atomic(connection *) serving;
    struct backend *next_idle;
} backend;

typedef struct list {
    connection *first, *last;
    int count;
} list;

struct front {
    enum watched door_kind, bell_kind;
    const server_options *options;
    metrics *counts;
    front_refuse_fn *refuse;
    void *context;
    int epoll, door, bell, port, worker_port, worker_door;
    uint64_t now_ms, paused_until_ms, logged_ms, expired_ms, door_closes_ms;
    int door_watched, draining;
    uint32_t max_connections;
    list lists[STATE_COUNT];
    backend *backends, *idle;
    uint32_t backend_count;
    uint32_t lane_running[LANES], lane_limit[LANES];
    pthread_t thread;
    int started;
    pthread_mutex_t done_lock;
    connection *done;
    atomic_int rung, wants_closed, door_is_closed, wants_stop;
};

/* front_connection.c */
void connection_accepted(front *f, int fd, const char *address);
void connection_event(front *f, connection *c, uint32_t events);
void connection_finished(front *f, connection *c); /* a worker is done with it */
void connection_expired(front *f, connection *c);
void connection_refuse(front *f, connection *c, const http_refusal *why);
void connection_close(front *f, connection *c);
void connection_set_state(front *f, connection *c, enum state state);
void connection_free(front *f, connection *c);

/* front_workers.c */
int workers_connect(front *f);
/* Give waiting requests to workers that are free. */
void workers_dispatch(front *f);
void workers_finished(front *f, connection *c);
void workers_event(front *f, backend *b);
void workers_hang_up(front *f);

#endif
