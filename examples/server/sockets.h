/*
 * sockets.h: what CivetWeb's interface does not offer: ending a connection whose request was refused, cutting off a
 * client that dribbles, and closing the door without dropping who already stands in it. The process's sockets are
 * looked through for the one meant; that is rare, and takes less than a millisecond.
 */
#ifndef SERVER_SOCKETS_H
#define SERVER_SOCKETS_H

/* The connection of a client at our `port`; -1: none. */
int socket_of_client(const char *address, int client_port, int port);
/* The socket that listens at `port`; -1: none. */
int socket_listening(int port);
/* No more is read from a connection, so that who waits for it goes on. -1 does nothing. */
void socket_stop_reading(int fd);
/* End a connection both ways. -1 does nothing. */
void socket_shut(int fd);
/*
 * End a connection of which the client may still be sending: say that no more comes, read on for a moment so that the
 * response is not lost to a reset, then shut it.
 */
void socket_linger(int fd);
/* Refuse new connections. Those that the system has already accepted stay. */
void socket_close_door(int fd);
/* Connections that the system has accepted and CivetWeb has not yet taken; 0 where it cannot be told. */
int socket_waiting(int fd);

#endif
