/* options.h: the command line. */
#ifndef SERVER_OPTIONS_H
#define SERVER_OPTIONS_H

#include "client_address.h"

#include <stdint.h>

#define OPTIONS_MAX_COLUMNS  32
#define OPTIONS_MAX_PROXIES  32
#define OPTIONS_MAX_CATALOGS 64
#define OPTIONS_MAX_SECRET   1024 /* bytes */

enum log_mode { LOG_ALL = 0, LOG_ERRORS = 1, LOG_OFF = 2 };

typedef struct server_options {
    const char *catalogs[OPTIONS_MAX_CATALOGS]; /* files that are one catalog */
    uint32_t catalog_count;
    const char *encoding;       /* of these files; NULL: it is found out */
    uint32_t default_length_ms; /* of songs of unknown length; 0: they are not scheduled */
    int strict;                 /* nothing is assumed of a file */
    const char *site;           /* folder of `make site`; NULL: none */
    const char *host;
    uint32_t port; /* 0: any free one; the line that says where it listens names it */
    uint32_t threads;
    uint32_t connections;
    uint32_t keep_alive_ms;
    uint32_t max_waiting;   /* requests */
    uint32_t wait_ms;       /* of one request for a thread */
    uint32_t max_in_flight; /* bytes */
    uint32_t max_body_bytes;
    uint32_t body_timeout_ms; /* for a whole body */
    uint32_t header_timeout_ms;
    uint32_t work_limit;    /* of one schedule */
    uint32_t time_limit_ms; /* of one schedule */
    uint32_t rate;          /* requests per second and client; 0: no limit */
    uint32_t burst;
    uint32_t cpu_rate;       /* milliseconds of processor time per second and client; 0: no limit */
    uint32_t drain_ms;       /* from SIGTERM until no new connection is taken */
    uint32_t log;            /* enum log_mode */
    const char *cors_origin; /* NULL: none */
    int skip_bad_rows;
    const char *columns[OPTIONS_MAX_COLUMNS]; /* NAME=HEADER */
    uint32_t column_count;
    address_range proxies[OPTIONS_MAX_PROXIES]; /* that X-Forwarded-For is taken from */
    uint32_t proxy_count;
    unsigned char feed_secret[OPTIONS_MAX_SECRET]; /* that signs addresses of feeds */
    uint32_t feed_secret_size;                     /* 0: they are not signed */
    int probe;                                     /* ask a running server how it is, and exit */
} server_options;

/* -1: go on; else the exit status (0 after --help and --version, 2 after bad usage). */
int options_parse(server_options *out, int argc, char **argv);

#endif
