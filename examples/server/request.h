/* request.h: one request, and the one place where responses are made. */
#ifndef SERVER_REQUEST_H
#define SERVER_REQUEST_H

#include "app.h"
#include "http_text.h"

enum { METHOD_GET = 1, METHOD_POST = 2 };

typedef struct request {
    app *app;
    scratch *scratch;
    exchange *x;
    /* NULL: the front refuses the request, no header field has been read */
    const struct mg_request_info *info;
    const struct route *route;
    /* what follows the route's path, where that ends with "/"; still percent-encoded */
    const char *rest;
    msched_catalog *catalog; /* for the length of the request */
    query query;
    char id[17];
    char client[ADDRESS_TEXT]; /* address, as trusted proxies report it */
    uint64_t began_ns;
    int is_head;
    int close;  /* end the connection after the response */
    int status; /* of the response; 0: none yet */
    uint64_t sent_bytes;
} request;

typedef struct route {
    const char *path;
    /* in metrics and logs; where path is longer than that, it ends with "/" and takes the rest */
    const char *name;
    unsigned methods; /* METHOD_GET includes HEAD */
    void (*handle)(request *r);
    unsigned flags;
} route;

/* route.flags: not under the rate limit; different each time, so that no entity tag makes sense. */
enum { ROUTE_UNLIMITED = 1, ROUTE_VOLATILE = 2 };

/* Value of a header, NULL: not there. */
const char *request_header(const request *r, const char *name);

/* 1: there is a body, r->x->body, which may be empty. 0: refused, and answered. */
int request_has_body(request *r);

/*
 * Parameters of the query string. Each answers with 400 and returns 0 if the value is not of its
 * kind.
 */
int request_take_uint(request *r, const char *name, uint32_t min, uint32_t max, uint32_t *value);
/* A date that is not empty; the library says whether there is such a day. NULL: not given. */
int request_take_date(request *r, const char *name, const char **date);
int request_take_bool(request *r, const char *name, uint32_t *value);
int request_take_double(request *r, const char *name, double *value, int *given);
int request_take_choice(request *r, const char *name, const char *const *names, uint32_t count,
                        uint32_t *value);
/* Refuse what has not been taken. */
int request_no_more_parameters(request *r);

typedef struct response {
    int status;
    const char *type; /* media type; NULL: no body */
    const void *body;
    size_t size;
    const char *headers; /* more header lines, each with CRLF; NULL: none */
    /* with its quotes; NULL: of the body, where the request may be conditional */
    const char *etag;
    int encoded;       /* the body is in gzip, and there is one that is not */
    int is_packed;     /* the body is a compressed file: it is sent as it is */
    const char *csp;   /* Content-Security-Policy; NULL: the one of documents that load nothing */
    const char *cache; /* Cache-Control; NULL: no-cache with an entity tag, else no-store */
} response;

/*
 * Send. The first call counts. A response to GET has an entity tag and answers If-None-Match; a
 * large one is compressed for who takes that.
 */
void respond(request *r, const response *answer);
void respond_text(request *r, int status, const char *type, const msched_text *text,
                  const char *headers);
/* What is in r->scratch->body. */
void respond_body(request *r, int status, const char *type, const char *headers);

/* problem.c: application/problem+json (RFC 9457). `code` is stable, `detail` is for people. */
void problem(request *r, int status, const char *code, const char *detail);
void problem_headers(request *r, int status, const char *code, const char *detail,
                     const char *headers);
/* Where the library refused something that the client sent, or failed. */
void problem_library(request *r, msched_result result, const msched_error *err);
/* As problem_library, for plan text: all that is wrong with it is listed. */
void problem_diagnostics(request *r, msched_result result, const msched_error *err,
                         const msched_diagnostics *diagnostics);
void write_diagnostics(outbuf *out, const msched_diagnostics *diagnostics);
const char *status_phrase(int status);

/* router.c */
int router_handle(struct mg_connection *conn);
int router_civetweb_error(struct mg_connection *conn, int status, const char *message);
/* A front_refuse_fn; `application` is the app. */
void router_refuse(void *application, exchange *x, const http_refusal *why);
extern const char *const route_names[METRICS_ROUTES];

/* routes_*.c */
void route_schedule(request *r);
void route_calendar(request *r);
void route_feed(request *r);
void route_feed_address(request *r);
void route_playlist(request *r);
void route_history(request *r);
void route_songs(request *r);
void route_song(request *r);
void route_top(request *r);
void route_groups(request *r);
void route_histogram(request *r);
void route_trend(request *r);
void route_correlations(request *r);
void route_catalog(request *r);
void route_health(request *r);
void route_ready(request *r);
void route_metrics(request *r);
/* assets.c: 1 if `path` is one of the page's files, which is then sent. */
int asset_exists(const app *a, const char *path);
void route_asset(request *r);

#endif
