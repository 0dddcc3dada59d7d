/*
 * loadgen.c: an open-loop load generator for one HTTP server on this machine.
 *
 * At a fixed rate every request has an intended time, whatever the server does; its latency runs
 * from there, so that a server that stalls is charged for everybody who would have waited (the
 * "coordinated omission" of closed loops). With --rate 0 it is a closed loop: each connection asks
 * again as soon as it has its answer, for the maximum throughput. One thread, epoll, keep-alive
 * connections, loopback only.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/*
 * Log-linear buckets as HdrHistogram has them: 64 steps for each power of two, so a value is known
 * to 1.6 %.
 */
#define STEPS      64
#define BUCKETS    (STEPS * 58)
#define MAX_ANSWER (4u << 20)

typedef struct connection {
    int fd;
    int busy;
    uint64_t intended_ns;
    char *answer;
    size_t got, room, body; /* bytes of the answer, of its room, of its body once it is whole */
} connection;

typedef struct load {
    uint64_t rate, duration_s;
    int connections, port;
    const char *path, *content_type, *method;
    char **bodies;
    size_t body_count;
    connection *connection;
    /*
     * a ring: the connection that has waited longest is next, so that none falls silent until the
     * server closes it
     */
    int *idle;
    int idle_first, idle_count;
    int epoll, timer;
    uint64_t begin_ns, end_ns, sent, answered, errors, body_bytes;
    uint64_t count[BUCKETS], max_ns;
    uint64_t late_ns; /* the latest that the generator itself sent with a connection free */
} load;

static uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int bucket_of(uint64_t ns)
{
    if (ns < STEPS)
        return (int)ns;
    int exponent = 63 - __builtin_clzll(ns);
    return (exponent - 5) * STEPS + (int)((ns >> (exponent - 6)) & (STEPS - 1));
}

/* The highest value of a bucket. */
static uint64_t bucket_top(int bucket)
{
    if (bucket < STEPS)
        return (uint64_t)bucket;
    int exponent = bucket / STEPS + 5;
    return (UINT64_C(1) << exponent) + ((uint64_t)(bucket % STEPS + 1) << (exponent - 6)) - 1;
}

static void record(load *l, uint64_t ns)
{
    int bucket = bucket_of(ns);
    l->count[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
    if (ns > l->max_ns)
        l->max_ns = ns;
}

static double percentile_ms(const load *l, double share)
{
    uint64_t total = 0, seen = 0;
    for (int b = 0; b < BUCKETS; b++)
        total += l->count[b];
    for (int b = 0; b < BUCKETS; b++) {
        seen += l->count[b];
        if (total > 0 && (double)seen >= share * (double)total)
            return (double)(bucket_top(b) < l->max_ns ? bucket_top(b) : l->max_ns) * 1e-6;
    }
    return 0;
}

static void put_idle(load *l, int index)
{
    l->idle[(l->idle_first + l->idle_count++) % l->connections] = index;
}

static int take_idle(load *l)
{
    int index = l->idle[l->idle_first];
    l->idle_first = (l->idle_first + 1) % l->connections;
    l->idle_count--;
    return index;
}

/* Closed while idle: the others keep their order. */
static void drop_idle(load *l, int index)
{
    for (int left = l->idle_count; left > 0; left--) {
        int other = take_idle(l);
        if (other != index)
            put_idle(l, other);
    }
}

static void open_connection(load *l, int index)
{
    connection *c = &l->connection[index];
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)l->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0)
        die("connect");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)index};
    if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, c->fd, &event) != 0)
        die("epoll_ctl");
    c->busy = 0;
    c->got = 0;
    put_idle(l, index);
}

/* "########" in a body becomes the number of the request, so that no two are the same. */
static size_t make_request(load *l, char *out, size_t room)
{
    const char *body = l->body_count > 0 ? l->bodies[l->sent % l->body_count] : "";
    size_t size = strlen(body);
    int head = l->body_count > 0 ? snprintf(out, room,
                                            "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                                            "%s\r\nContent-Length: %zu\r\n\r\n",
                                            l->method, l->path, l->content_type, size)
                                 : snprintf(out, room, "%s %s HTTP/1.1\r\nHost: localhost\r\n\r\n",
                                            l->method, l->path);
    if ((size_t)head + size + 1 > room) {
        fprintf(stderr, "loadgen: a body is too large\n");
        exit(1);
    }
    memcpy(out + head, body, size + 1);
    char *mark = strstr(out + head, "########"), number[16];
    if (mark != NULL) {
        snprintf(number, sizeof number, "%08" PRIu64, l->sent % 100000000);
        memcpy(mark, number, 8);
    }
    return (size_t)head + size;
}

static void fail(load *l, int index)
{
    connection *c = &l->connection[index];
    l->errors += c->busy != 0;
    close(c->fd);
    open_connection(l, index);
}

static void send_one(load *l, int index, uint64_t intended_ns)
{
    static char request[65536];
    connection *c = &l->connection[index];
    size_t size = make_request(l, request, sizeof request);
    l->sent++;
    c->busy = 1;
    c->intended_ns = intended_ns;
    c->got = 0;
    if (send(c->fd, request, size, MSG_NOSIGNAL) != (ssize_t)size)
        fail(l, index);
}

/* 1: the answer is whole and good; -1: whole and not good; 0: not whole. */
static int judge(connection *c)
{
    c->answer[c->got] = '\0';
    char *end = strstr(c->answer, "\r\n\r\n");
    if (end == NULL)
        return 0;
    char *length = strcasestr(c->answer, "\r\nContent-Length:");
    if (length == NULL || length > end)
        return -1;
    c->body = strtoul(length + 17, NULL, 10);
    if (c->got < (size_t)(end + 4 - c->answer) + c->body)
        return 0;
    return strncmp(c->answer, "HTTP/1.1 200 ", 13) == 0 ? 1 : -1;
}

static void receive(load *l, int index)
{
    connection *c = &l->connection[index];
    if (c->room - c->got < 4096) {
        c->room = c->room > 0 ? c->room * 2 : 16384;
        c->answer = realloc(c->answer, c->room + 1);
        if (c->answer == NULL || c->room > MAX_ANSWER)
            die("answer");
    }
    ssize_t n = recv(c->fd, c->answer + c->got, c->room - c->got, 0);
    if (n <= 0) {
        if (!c->busy)
            drop_idle(l, index);
        fail(l, index);
        return;
    }
    c->got += (size_t)n;
    int verdict = judge(c);
    if (verdict == 0)
        return;
    uint64_t now = now_ns();
    record(l, now - c->intended_ns);
    l->answered++;
    l->errors += verdict < 0;
    l->body_bytes += c->body;
    c->busy = 0;
    put_idle(l, index);
}

static uint64_t intended(const load *l, uint64_t number)
{
    return l->begin_ns + (uint64_t)((double)number * 1e9 / (double)l->rate);
}

/* Send what is due; returns when the next one is, 0 where that depends on an answer. */
static uint64_t send_due(load *l)
{
    uint64_t now = now_ns();
    while (l->idle_count > 0) {
        uint64_t due = l->rate > 0 ? intended(l, l->sent) : now;
        if (due >= l->end_ns || now >= l->end_ns + 2000000000u)
            return l->end_ns;
        if (due > now)
            return due;
        if (l->rate > 0 && l->idle_count == l->connections && now - due > l->late_ns)
            l->late_ns = now - due;
        send_one(l, take_idle(l), due);
    }
    return 0;
}

static void run(load *l)
{
    struct epoll_event events[256];
    l->begin_ns = now_ns() + 10000000u;
    l->end_ns = l->begin_ns + l->duration_s * 1000000000u;
    for (;;) {
        uint64_t next = send_due(l), now = now_ns();
        if (now >= l->end_ns && (l->idle_count == l->connections || now > l->end_ns + 5000000000u))
            break;
        if (next > now) {
            struct itimerspec at = {
                .it_value = {(time_t)(next / 1000000000u), (long)(next % 1000000000u)}};
            timerfd_settime(l->timer, TFD_TIMER_ABSTIME, &at, NULL);
        }
        int n = epoll_wait(l->epoll, events, 256, 100);
        for (int i = 0; i < n; i++) {
            if (events[i].data.u32 == UINT32_MAX) {
                uint64_t expired;
                if (read(l->timer, &expired, sizeof expired) < 0 && errno != EAGAIN)
                    die("timer");
            } else {
                receive(l, (int)events[i].data.u32);
            }
        }
    }
    for (int i = 0; i < l->connections; i++)
        l->errors += l->connection[i].busy != 0; /* never answered */
}

static void read_bodies(load *l, const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0, capacity = 0;
    ssize_t size;
    if (file == NULL)
        die(path);
    while ((size = getline(&line, &room, file)) > 0) {
        if (line[size - 1] == '\n')
            line[size - 1] = '\0';
        if (l->body_count == capacity) {
            capacity = capacity > 0 ? capacity * 2 : 1024;
            l->bodies = realloc(l->bodies, capacity * sizeof *l->bodies);
        }
        if (l->bodies == NULL || (l->bodies[l->body_count++] = strdup(line)) == NULL)
            die("bodies");
    }
    free(line);
    fclose(file);
}

static void report(const load *l)
{
    double seconds = (double)(now_ns() - l->begin_ns) * 1e-9;
    if (seconds > (double)l->duration_s)
        seconds = (double)l->duration_s;
    printf("{\"offered\": %" PRIu64 ", \"achieved\": %.1f, \"sent\": %" PRIu64
           ", \"answered\": %" PRIu64 ", \"errors\": %" PRIu64
           ", \"seconds\": %.2f, \"body_bytes_per_answer\": %.0f, \"generator_late_ms\": %.3f",
           l->rate, (double)l->answered / seconds, l->sent, l->answered, l->errors, seconds,
           l->answered > 0 ? (double)l->body_bytes / (double)l->answered : 0,
           (double)l->late_ns * 1e-6);
    printf(", \"p50_ms\": %.3f, \"p90_ms\": %.3f, \"p99_ms\": %.3f, \"p999_ms\": %.3f, \"max_ms\": "
           "%.3f, \"curve\": [",
           percentile_ms(l, 0.5), percentile_ms(l, 0.9), percentile_ms(l, 0.99),
           percentile_ms(l, 0.999), (double)l->max_ns * 1e-6);
    static const double shares[] = {0.1,  0.25,  0.5,   0.75,   0.9,    0.95, 0.98,
                                    0.99, 0.995, 0.999, 0.9995, 0.9999, 1};
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++)
        printf("%s[%.4f, %.3f]", i > 0 ? ", " : "", shares[i], percentile_ms(l, shares[i]));
    printf("]}\n");
}

int main(int argc, char **argv)
{
    static load l = {.rate = 1000,
                     .duration_s = 5,
                     .connections = 64,
                     .port = 8080,
                     .path = "/api/v1/schedule",
                     .content_type = "application/json",
                     .method = "POST"};
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--rate") == 0)
            l.rate = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--duration") == 0)
            l.duration_s = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--connections") == 0)
            l.connections = atoi(argv[i + 1]);
        else if (strcmp(argv[i], "--port") == 0)
            l.port = atoi(argv[i + 1]);
        else if (strcmp(argv[i], "--path") == 0)
            l.path = argv[i + 1];
        else if (strcmp(argv[i], "--method") == 0)
            l.method = argv[i + 1];
        else if (strcmp(argv[i], "--bodies") == 0)
            read_bodies(&l, argv[i + 1]);
        else
            argc = 0;
    }
    if (argc % 2 == 0 || l.connections < 1 || l.connections > 4096 || l.duration_s < 1 ||
        l.duration_s > 7200) {
        fprintf(stderr, "usage: loadgen [--rate N (0: closed loop)] [--duration S] [--connections "
                        "N] [--port N] [--path P] "
                        "[--method M] [--bodies FILE]\n");
        return 2;
    }
    l.connection = calloc((size_t)l.connections, sizeof *l.connection);
    l.idle = calloc((size_t)l.connections, sizeof *l.idle);
    l.epoll = epoll_create1(0);
    l.timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
    if (l.connection == NULL || l.idle == NULL || l.epoll < 0 || l.timer < 0 ||
        epoll_ctl(l.epoll, EPOLL_CTL_ADD, l.timer, &event) != 0)
        die("start");
    for (int i = 0; i < l.connections; i++)
        open_connection(&l, i);
    run(&l);
    report(&l);
    return 0;
}
