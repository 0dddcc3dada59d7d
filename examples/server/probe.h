/* probe.h: the health check of a container that has no other program in it. */
#ifndef SERVER_PROBE_H
#define SERVER_PROBE_H

#include "options.h"

/*
 * Check whether the server at the host and port of the options is ready: 0 if it is, otherwise 1.
 */
int probe(const server_options *options);

#endif
