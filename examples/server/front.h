/*
 * front.h: the front end of the server. One thread manages all connections with epoll and passes a
 * request to a worker once it is complete, so that idle and slow clients cost a few hundred bytes
 * each and no thread. It refuses what HTTP/1.1 forbids, limits the requests in flight, and buffers
 * the part of a response that a slow client has not read yet.
 *
 * CivetWeb runs the workers: each has one loopback connection from the front, on which requests
 * come one at a time. The body and the response do not pass through it: a worker finds the request
 * by the port of its connection, and answers the client's socket.
 */
#ifndef SERVER_FRONT_H
#define SERVER_FRONT_H

#include "http_head.h"
#include "metrics.h"
#include "options.h"

#include <stddef.h>
#include <stdint.h>

typedef struct front front;

/* A request that has come whole. Belongs to one worker from front_take to front_done. */
typedef struct exchange {
    http_head head;
    const char *body;
    size_t body_size;
    char address[48]; /* of the client, or of the proxy in between */
    struct front *front;
} exchange;

/* Answer a request that is refused before it reaches a worker. Called in the front's thread. */
typedef void front_refuse_fn(void *context, exchange *x, const http_refusal *why);

/*
 * Listen at options->host and options->port. NULL: it cannot, and has said why on standard error.
 * `counts` is kept up to date: connections, requests waiting, bytes in flight.
 */
front *front_open(const server_options *options, metrics *counts, front_refuse_fn *refuse,
                  void *context);
int front_port(const front *f);
/*
 * Connect to the workers, which listen at 127.0.0.1 and `port`, and begin to serve. 0: it could
 * not.
 */
int front_start(front *f, int port);

/*
 * In a worker: the request that came from this port of 127.0.0.1. NULL: none; whoever it is, it is
 * not the front.
 */
exchange *front_take(front *f, int port);
/*
 * Send a part of the response. Never waits: what the client does not take now is sent later. 0: no
 * memory for that.
 */
int front_send(exchange *x, const void *data, size_t size);
/*
 * The response is complete; `x` is the front's again. `end`: no other request is taken from this
 * connection.
 */
void front_done(exchange *x, int end);

/* Take no new connections, and end the idle ones after a moment of grace. */
void front_close_door(front *f);
/* 1: the door is closed and no connection is open. */
int front_is_drained(const front *f);
/* Stop the thread and hang up on the workers, which are then free to end. */
void front_disconnect(front *f);
/* Free everything. No worker may run any more. */
void front_free(front *f);

#endif
