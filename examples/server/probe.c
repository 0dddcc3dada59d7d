#include "probe.h"

#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int connect_to(const server_options *options)
{
    char port[8];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST}, *found;
    const char *host = strcmp(options->host, "0.0.0.0") == 0 ? "127.0.0.1"
                       : strcmp(options->host, "::") == 0    ? "::1"
                                                             : options->host;
    snprintf(port, sizeof port, "%u", options->port);
    if (getaddrinfo(host, port, &hints, &found) != 0)
        return -1;
    int fd = socket(found->ai_family, SOCK_STREAM, 0);
    const struct timeval limit = {3, 0};
    if (fd >= 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        if (connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(found);
    return fd;
}

int probe(const server_options *options)
{
    static const char ask[] =
        "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    char answer[16] = "";
    size_t got = 0;
    int fd = connect_to(options);
    if (fd < 0)
        return 1;
    if (send(fd, ask, sizeof ask - 1, MSG_NOSIGNAL) == (ssize_t)sizeof ask - 1)
        while (got < 12) {
            ssize_t n = recv(fd, answer + got, 12 - got, 0);
            if (n <= 0)
                break;
            got += (size_t)n;
        }
    close(fd);
    return strcmp(answer, "HTTP/1.1 200") == 0 ? 0 : 1;
}
