#define _DEFAULT_SOURCE
#include "sockets.h"

#include <arpa/inet.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <stdint.h>

#define MAX_SOCKETS  1024 /* CivetWeb opens its own before any client comes */
#define FLAGS_OFFSET 13   /* in a TCP header */
#define SYN_FLAG     0x02

int socket_local_port(int fd)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &size) != 0)
        return -1;
    if (address.ss_family == AF_INET)
        return ntohs(((const struct sockaddr_in *)(const void *)&address)->sin_port);
    if (address.ss_family == AF_INET6)
        return ntohs(((const struct sockaddr_in6 *)(const void *)&address)->sin6_port);
    return -1;
}

void socket_address_text(const struct sockaddr_storage *address, char *text, size_t room)
{
    const struct sockaddr_in6 *six = (const void *)address;
    const struct sockaddr_in *four = (const void *)address;
    const char *done = NULL;
    if (address->ss_family == AF_INET)
        done = inet_ntop(AF_INET, &four->sin_addr, text, (socklen_t)room);
    else if (address->ss_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
        done = inet_ntop(AF_INET, &six->sin6_addr.s6_addr[12], text, (socklen_t)room);
    else if (address->ss_family == AF_INET6)
        done = inet_ntop(AF_INET6, &six->sin6_addr, text, (socklen_t)room);
    if (done == NULL && room > 0)
        text[0] = '\0';
}

int socket_listening(int port)
{
    for (int fd = 3; fd < MAX_SOCKETS; fd++) {
        int listening = 0;
        socklen_t size = sizeof listening;
        if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening &&
            socket_local_port(fd) == port)
            return fd;
    }
    return -1;
}

void socket_close_door(int fd)
{
    /*
     * A filter sees a packet from its TCP header on. This one drops SYN (RFC 9293, 3.1), so no
     * handshake begins, and lets all else through, so those that have begun end, and what has been
     * accepted waits to be taken.
     */
    struct sock_filter drop_syn[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, FLAGS_OFFSET),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, SYN_FLAG, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
    };
    struct sock_fprog program = {sizeof drop_syn / sizeof drop_syn[0], drop_syn};
    if (fd >= 0)
        setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

void socket_open_door(int fd)
{
    int unused = 0;
    if (fd >= 0)
        setsockopt(fd, SOL_SOCKET, SO_DETACH_FILTER, &unused, sizeof unused);
}
