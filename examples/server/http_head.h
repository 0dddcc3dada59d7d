/*
 * http_head.h: the header section of an HTTP/1.1 request, read as strictly as RFC 9112 allows: what
 * two programs might read in two ways is how a request is smuggled past a proxy, so it is refused.
 * No connection and no global state in here, so that it can be fuzzed.
 */
#ifndef SERVER_HTTP_HEAD_H
#define SERVER_HTTP_HEAD_H

#include <stddef.h>
#include <stdint.h>

#define HTTP_MAX_HEAD   16384
#define HTTP_MAX_TARGET 4096
#define HTTP_MAX_FIELDS 60

/* A refusal is final: the caller answers and ends the connection. */
typedef struct http_refusal {
    int status;
    const char *code;   /* stable, for programs */
    const char *detail; /* for people */
} http_refusal;

typedef struct http_head {
    size_t begin; /* of the request line, after an empty line that may come before it */
    size_t bytes; /* everything through the empty line that ends the header section */
    const char *method;
    size_t method_size;
    /* path and query; of an absolute target what follows the authority, which may be empty */
    const char *target;
    size_t target_size;
    int asterisk;   /* the target is "*" */
    int minor;      /* of HTTP/1.x */
    int64_t length; /* Content-Length; -1: none */
    int keep_alive; /* the client takes another response on this connection */
    int expects_continue;
} http_head;

/*
 * Look for the end of the header section. Offset after it; 0: not there yet; -1: refused, `why`
 * says so. `*scanned` is 0 at first and then remembers how far the bytes were looked at, so that a
 * dribbled header is not read again and again.
 */
long http_head_scan(const char *data, size_t size, size_t *scanned, http_refusal *why);

/* Read a whole header section of `size` bytes. 1: done, with pointers into `data`; 0: refused. */
int http_head_parse(const char *data, size_t size, http_head *head, http_refusal *why);

/*
 * Write a request without a body that asks for the same, for CivetWeb: GET, the path, and the
 * fields that are not about the connection or the body's framing. Bytes written; 0: no room.
 */
size_t http_head_rewrite(const char *data, const http_head *head, char *out, size_t room);

#endif
