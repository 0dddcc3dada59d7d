/* front_connection.c: one client's connection, from its first byte to its last. */
#define _DEFAULT_SOURCE
#include "front_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEAD_ROOM    2048  /* at first; grows as long as the header section may be */
#define LARGE_PLAN   16384 /* bytes */
#define LINGER_BYTES (4 * 1024 * 1024)

static void count_bytes(front *f, int64_t more)
{
    atomic_fetch_add_explicit(&f->counts->bytes_in_flight, more, memory_order_relaxed);
}

static void release_in(front *f, connection *c)
{
    count_bytes(f, -(int64_t)c->in_room);
    free(c->in);
    c->in = NULL;
    c->in_size = c->in_room = c->scanned = 0;
}

static void release_out(front *f, connection *c)
{
    count_bytes(f, -(int64_t)c->out_size);
    free(c->out);
    c->out = NULL;
    c->out_size = c->out_done = 0;
}

static void leave_list(front *f, connection *c)
{
    list *l = &f->lists[c->state];
    *(c->previous != NULL ? &c->previous->next : &l->first) = c->next;
    *(c->next != NULL ? &c->next->previous : &l->last) = c->previous;
    l->count--;
}

static void enter_list(front *f, connection *c, enum state state)
{
    list *l = &f->lists[state];
    c->state = state;
    c->since_ms = f->now_ms;
    c->next = NULL;
    c->previous = l->last;
    *(l->last != NULL ? &l->last->next : &l->first) = c;
    l->last = c;
    l->count++;
}

void connection_set_state(front *f, connection *c, enum state state)
{
    leave_list(f, c);
    enter_list(f, c, state);
}

void connection_accepted(front *f, int fd, const char *address)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET};
    connection *c = calloc(1, sizeof *c);
    event.data.ptr = c;
    if (c == NULL || epoll_ctl(f->epoll, EPOLL_CTL_ADD, fd, &event) != 0) {
        free(c);
        close(fd);
        return;
    }
    c->kind = WATCHED_CONNECTION;
    c->fd = fd;
    c->x.front = f;
    strncpy(c->x.address, address, sizeof c->x.address - 1);
    enter_list(f, c, STATE_IDLE);
    atomic_fetch_add_explicit(&f->counts->connections, 1, memory_order_relaxed);
}

/*
 * The memory goes once the events at hand are dealt with: one of them may still name this
 * connection.
 */
void connection_close(front *f, connection *c)
{
    if (c->state == STATE_CLOSED)
        return;
    connection_set_state(f, c, STATE_CLOSED);
    close(c->fd);
    release_in(f, c);
    release_out(f, c);
    atomic_fetch_sub_explicit(&f->counts->connections, 1, memory_order_relaxed);
}

void connection_free(front *f, connection *c)
{
    leave_list(f, c);
    free(c);
}

/* Read on for a moment, so that the response is not lost to a reset. */
static void discard(front *f, connection *c)
{
    char skipped[16384];
    ssize_t n = 0;
    while (c->in_size < LINGER_BYTES &&
           (n = recv(c->fd, skipped, sizeof skipped, MSG_DONTWAIT)) > 0)
        c->in_size += (size_t)n;
    if (n >= 0 || (errno != EAGAIN && errno != EINTR))
        connection_close(f, c);
}

static void linger(front *f, connection *c)
{
    release_in(f, c);
    if (c->gone || shutdown(c->fd, SHUT_WR) != 0) {
        connection_close(f, c);
        return;
    }
    connection_set_state(f, c, STATE_LINGER);
    discard(f, c);
}

void connection_refuse(front *f, connection *c, const http_refusal *why)
{
    c->end = 1;
    f->refuse(f->context, &c->x, why);
    if (c->out != NULL)
        connection_set_state(f, c, STATE_WRITING);
    else
        linger(f, c);
}

/*
 * 0: refused. Requests are only refused for what they ask to be kept; what is kept already is
 * answered.
 */
static int make_room(front *f, connection *c, size_t room)
{
    static const http_refusal overloaded = {503, "overloaded",
                                            "the server is busy: try again later"};
    if (room <= c->in_room)
        return 1;
    int64_t in_flight = atomic_load_explicit(&f->counts->bytes_in_flight, memory_order_relaxed);
    char *in = in_flight + (int64_t)(room - c->in_room) <= (int64_t)f->options->max_in_flight
                   ? realloc(c->in, room)
                   : NULL;
    if (in == NULL) {
        atomic_fetch_add_explicit(&f->counts->overloaded, 1, memory_order_relaxed);
        connection_refuse(f, c, &overloaded);
        return 0;
    }
    count_bytes(f, (int64_t)(room - c->in_room));
    c->in = in;
    c->in_room = room;
    return 1;
}

static void enqueue(front *f, connection *c)
{
    static const http_refusal overloaded = {503, "overloaded",
                                            "too many requests are waiting: try again later"};
    const http_head *head = &c->x.head;
    int waiting = 0;
    for (int lane = 0; lane < LANES; lane++)
        waiting += f->lists[STATE_WAIT_LIGHT + lane].count;
    if ((uint32_t)waiting >= f->options->max_waiting) {
        atomic_fetch_add_explicit(&f->counts->overloaded, 1, memory_order_relaxed);
        connection_refuse(f, c, &overloaded);
        return;
    }
    int is_post = head->method_size == 4 && memcmp(head->method, "POST", 4) == 0;
    c->lane = !is_post ? 0 : head->length > LARGE_PLAN ? 2 : 1;
    c->attempts = 0;
    c->end = 0;
    c->x.body = c->in + head->bytes;
    c->x.body_size = head->length > 0 ? (size_t)head->length : 0;
    connection_set_state(f, c, STATE_WAIT_LIGHT + c->lane);
    workers_dispatch(f);
}

/* The head is whole. */
static void begin_request(front *f, connection *c, size_t bytes)
{
    http_head *head = &c->x.head;
    http_refusal why;
    if (!http_head_parse(c->in, bytes, head, &why)) {
        connection_refuse(f, c, &why);
        return;
    }
    if (head->length > (int64_t)f->options->max_body_bytes) {
        connection_refuse(
            f, c,
            &(http_refusal){413, "body_too_large",
                            "the body is larger than the limit of this server (--max-body)"});
        return;
    }
    size_t method_at = (size_t)(head->method - c->in), target_at = (size_t)(head->target - c->in);
    if (head->length > 0 && !make_room(f, c, head->bytes + (size_t)head->length))
        return;
    head->method = c->in + method_at;
    head->target = c->in + target_at;
    if (c->in_size >= head->bytes + (size_t)(head->length > 0 ? head->length : 0)) {
        enqueue(f, c);
        return;
    }
    if (head->expects_continue && c->in_size == head->bytes)
        front_send(&c->x, "HTTP/1.1 100 Continue\r\n\r\n", 25);
    connection_set_state(f, c, STATE_BODY);
}

/* Go on with the bytes that are there. */
static void progress(front *f, connection *c)
{
    http_refusal why;
    if (c->state == STATE_IDLE)
        connection_set_state(f, c, STATE_HEAD);
    if (c->state == STATE_HEAD) {
        long bytes = http_head_scan(c->in, c->in_size, &c->scanned, &why);
        if (bytes < 0)
            connection_refuse(f, c, &why);
        else if (bytes > 0)
            begin_request(f, c, (size_t)bytes);
    } else if (c->in_size >= c->x.head.bytes + (size_t)c->x.head.length) {
        enqueue(f, c);
    }
}

static int is_reading(const connection *c)
{
    return c->state == STATE_IDLE || c->state == STATE_HEAD || c->state == STATE_BODY;
}

static void read_on(front *f, connection *c)
{
    while (c->readable && is_reading(c)) {
        if (c->in_size == c->in_room &&
            !make_room(f, c, c->in_room > 0 ? c->in_room * 2 : HEAD_ROOM))
            return;
        size_t room = c->in_room - c->in_size;
        ssize_t n = recv(c->fd, c->in + c->in_size, room, MSG_DONTWAIT);
        if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
            connection_close(f, c); /* nobody gets an incomplete request */
            return;
        }
        if (n < 0 || (n < (ssize_t)room && !c->ended))
            c->readable = 0;
        if (n > 0) {
            c->in_size += (size_t)n;
            progress(f, c);
        }
    }
    if (c->state == STATE_IDLE && c->in_size == 0)
        release_in(f, c);
}

/* The response is sent. */
static void next_request(front *f, connection *c)
{
    release_out(f, c);
    if (c->end || c->gone) {
        linger(f, c);
        return;
    }
    size_t used = c->x.head.bytes + c->x.body_size, left = c->in_size - used;
    connection_set_state(f, c, STATE_IDLE);
    c->x.head = (http_head){0};                            /* which points into what moves now */
    if (c->in_room > HEAD_ROOM * 2 && left <= HEAD_ROOM) { /* not to keep a large body's room */
        char *kept = left > 0 ? malloc(HEAD_ROOM) : NULL;
        if (kept != NULL)
            memcpy(kept, c->in + used, left);
        release_in(f, c);
        if (left > 0 && kept == NULL) {
            connection_close(f, c);
            return;
        }
        c->in = kept;
        c->in_room = kept != NULL ? HEAD_ROOM : 0;
        count_bytes(f, (int64_t)c->in_room);
    } else if (left > 0) {
        memmove(c->in, c->in + used, left);
    }
    c->in_size = left;
    c->scanned = 0;
    if (left > 0)
        progress(f, c);
    read_on(f, c);
}

static void write_on(front *f, connection *c)
{
    while (c->out_done < c->out_size) {
        ssize_t n = send(c->fd, c->out + c->out_done, c->out_size - c->out_done,
                         MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n < 0) {
            connection_close(f, c);
            return;
        }
        c->out_done += (size_t)n;
    }
    next_request(f, c);
}

void connection_finished(front *f, connection *c)
{
    workers_finished(f, c);
    connection_set_state(f, c, STATE_WRITING);
    write_on(f, c);
}

void connection_event(front *f, connection *c, uint32_t events)
{
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        c->readable = 1;
    if (events & (EPOLLRDHUP | EPOLLHUP))
        c->ended = 1;
    if (events & (EPOLLHUP | EPOLLERR))
        c->gone = 1;
    if (is_reading(c))
        read_on(f, c);
    else if (c->state == STATE_WRITING)
        write_on(f, c);
    else if (c->state == STATE_LINGER)
        discard(f, c);
    else if (c->gone && c->state >= STATE_WAIT_LIGHT && c->state <= STATE_WAIT_LARGE_PLAN)
        connection_close(f, c);
}

void connection_expired(front *f, connection *c)
{
    switch (c->state) {
    case STATE_HEAD:
        if (c->in_size <= 2)
            connection_close(f, c);
        else
            connection_refuse(f, c,
                              &(http_refusal){408, "head_incomplete",
                                              "the header section did not arrive in time"});
        break;
    case STATE_BODY:
        connection_refuse(
            f, c, &(http_refusal){408, "body_incomplete", "the body did not arrive in time"});
        break;
    case STATE_WAIT_LIGHT:
    case STATE_WAIT_PLAN:
    case STATE_WAIT_LARGE_PLAN:
        atomic_fetch_add_explicit(&f->counts->overloaded, 1, memory_order_relaxed);
        connection_refuse(
            f, c,
            &(http_refusal){503, "overloaded", "no worker became free in time: try again later"});
        break;
    default:
        connection_close(f, c);
    }
}

int front_send(exchange *x, const void *data, size_t size)
{
    connection *c = (connection *)((char *)x - offsetof(connection, x));
    size_t done = 0;
    if (c->out == NULL) {
        ssize_t n = send(c->fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n == (ssize_t)size || (n < 0 && errno != EAGAIN && errno != EINTR))
            return 1; /* sending fails if the client is gone; the front detects that */
        done = n > 0 ? (size_t)n : 0;
    }
    char *out = realloc(c->out, c->out_size + size - done);
    if (out == NULL)
        return 0;
    memcpy(out + c->out_size, (const char *)data + done, size - done);
    c->out = out;
    c->out_size += size - done;
    count_bytes(x->front, (int64_t)(size - done));
    return 1;
}
