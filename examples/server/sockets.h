/* sockets.h: what sockets.c knows of the system's sockets beyond POSIX. */
#ifndef SERVER_SOCKETS_H
#define SERVER_SOCKETS_H

#include <stddef.h>
#include <sys/socket.h>

/* The port of our end; -1: none. */
int socket_local_port(int fd);
/*
 * An address as text; an IPv4 address that came over IPv6 as the IPv4 address. "" where it is
 * neither.
 */
void socket_address_text(const struct sockaddr_storage *address, char *text, size_t room);
/*
 * This process's socket that listens at `port`; -1: none. CivetWeb does not say which one is its.
 */
int socket_listening(int port);
/*
 * Refuse new connections; those that the system has already accepted stay. And take them again. -1
 * does nothing.
 */
void socket_close_door(int fd);
void socket_open_door(int fd);

#endif
