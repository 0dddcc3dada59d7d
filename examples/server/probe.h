/* probe.h: the health check of a container that has no other program in it. */
#ifndef SERVER_PROBE_H
#define SERVER_PROBE_H

#include "options.h"

/* Ask the server at the options' host and port whether it is ready: 0 where it is, else 1. */
int probe(const server_options *options);

#endif
