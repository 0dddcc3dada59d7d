#define _DEFAULT_SOURCE
#include "sockets.h"

#include <arpa/inet.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The server has a socket for each worker and a few more. */
#define MAX_SOCKETS  16384
#define LINGER_BYTES (4 * 1024 * 1024)
#define LINGER_MS    1000

static int port_of(const struct sockaddr_storage *address)
{
    if (address->ss_family == AF_INET)
        return ntohs(((const struct sockaddr_in *)(const void *)address)->sin_port);
    if (address->ss_family == AF_INET6)
        return ntohs(((const struct sockaddr_in6 *)(const void *)address)->sin6_port);
    return -1;
}

static int local_port(int fd)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    return getsockname(fd, (struct sockaddr *)&address, &size) == 0 ? port_of(&address) : -1;
}

static int same_host(const struct sockaddr_storage *address, const char *text)
{
    char name[INET6_ADDRSTRLEN] = "";
    if (address->ss_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, name, sizeof name);
    else
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, name, sizeof name);
    return strcmp(name, text) == 0;
}

int socket_of_client(const char *address, int client_port, int port)
{
    for (int fd = 3; fd < MAX_SOCKETS; fd++) {
        struct sockaddr_storage peer;
        socklen_t size = sizeof peer;
        if (getpeername(fd, (struct sockaddr *)&peer, &size) == 0 && port_of(&peer) == client_port && local_port(fd) == port &&
            same_host(&peer, address))
            return fd;
    }
    return -1;
}

int socket_listening(int port)
{
    for (int fd = 3; fd < MAX_SOCKETS; fd++) {
        int listening = 0;
        socklen_t size = sizeof listening;
        if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening && local_port(fd) == port)
            return fd;
    }
    return -1;
}

void socket_stop_reading(int fd)
{
    if (fd >= 0)
        shutdown(fd, SHUT_RD);
}

void socket_shut(int fd)
{
    if (fd >= 0)
        shutdown(fd, SHUT_RDWR);
}

void socket_linger(int fd)
{
    if (fd < 0)
        return;
    char skipped[8192];
    shutdown(fd, SHUT_WR);
    struct pollfd waiting = {fd, POLLIN, 0};
    for (int total = 0, waits = 0; total < LINGER_BYTES && waits < LINGER_MS / 100;) {
        ssize_t n = recv(fd, skipped, sizeof skipped, MSG_DONTWAIT);
        if (n == 0)
            break;
        if (n > 0) {
            total += (int)n;
            continue;
        }
        waits++;
        if (poll(&waiting, 1, 100) < 0)
            break;
    }
    shutdown(fd, SHUT_RDWR);
}

void socket_close_door(int fd)
{
    /* A filter that lets no packet through: no handshake begins, while what has been accepted waits to be taken. */
    struct sock_filter drop = BPF_STMT(BPF_RET | BPF_K, 0);
    struct sock_fprog program = {1, &drop};
    if (fd >= 0)
        setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

int socket_waiting(int fd)
{
    struct tcp_info info;
    socklen_t size = sizeof info;
    memset(&info, 0, sizeof info);
    if (fd < 0 || getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return 0;
    return (int)info.tcpi_unacked; /* of a listening socket: the length of its queue */
}
