/*
 * bare_civetweb.c: the least that a CivetWeb server can do with a request of the same size: read
 * the body, answer with as many constant bytes. What musicsched-server is measured against. usage:
 * bare_civetweb PORT ANSWER-BYTES
 */
#include <civetweb.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *answer;
static size_t answer_size;

static int handle(struct mg_connection *conn)
{
    char body[8192];
    long long left = mg_get_request_info(conn)->content_length;
    while (left > 0) {
        int n = mg_read(conn, body, left < (long long)sizeof body ? (size_t)left : sizeof body);
        if (n <= 0)
            break;
        left -= n;
    }
    mg_write(conn, answer, answer_size);
    return 200;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    size_t size = strtoul(argv[2], NULL, 10);
    answer = malloc(size + 256);
    if (answer == NULL)
        return 1;
    answer_size =
        (size_t)snprintf(answer, 256,
                         "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: "
                         "keep-alive\r\nContent-Length: %zu\r\n\r\n",
                         size);
    memset(answer + answer_size, ' ', size);
    answer_size += size;
    char port[32];
    snprintf(port, sizeof port, "127.0.0.1:%s", argv[1]);
    const char *settings[] = {"listening_ports",
                              port,
                              "num_threads",
                              "512",
                              "connection_queue",
                              "512",
                              "listen_backlog",
                              "1024",
                              "enable_keep_alive",
                              "yes",
                              "keep_alive_timeout_ms",
                              "2000",
                              "request_timeout_ms",
                              "5000",
                              "tcp_nodelay",
                              "1",
                              NULL};
    const struct mg_callbacks callbacks = {.begin_request = handle};
    sigset_t signals;
    int number;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    mg_init_library(0);
    struct mg_context *context = mg_start(&callbacks, NULL, settings);
    if (context == NULL)
        return 1;
    sigwait(&signals, &number);
    mg_stop(context);
    return 0;
}
