/* router.c: which handler answers what, and everything that holds for all of them. */
#include "request.h"

#include "log.h"
#include "sockets.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const route routes[] = {
    {"/api/v1/schedule", "/api/v1/schedule", METHOD_POST, route_schedule, 0},
    {"/api/v1/songs", "/api/v1/songs", METHOD_GET, route_songs, 0},
    {"/api/v1/songs/", "/api/v1/songs/{id}", METHOD_GET, route_song, 0},
    {"/api/v1/popularity/top", "/api/v1/popularity/top", METHOD_GET, route_top, 0},
    {"/api/v1/popularity/groups", "/api/v1/popularity/groups", METHOD_GET, route_groups, 0},
    {"/api/v1/popularity/histogram", "/api/v1/popularity/histogram", METHOD_GET, route_histogram, 0},
    {"/api/v1/popularity/trend", "/api/v1/popularity/trend", METHOD_GET, route_trend, 0},
    {"/api/v1/popularity/correlations", "/api/v1/popularity/correlations", METHOD_GET, route_correlations, 0},
    {"/api/v1/catalog", "/api/v1/catalog", METHOD_GET, route_catalog, 0},
    {"/healthz", "/healthz", METHOD_GET, route_health, ROUTE_UNLIMITED},
    {"/readyz", "/readyz", METHOD_GET, route_ready, ROUTE_UNLIMITED},
    {"/metrics", "/metrics", METHOD_GET, route_metrics, ROUTE_UNLIMITED},
};
#define ROUTE_COUNT ((int)(sizeof routes / sizeof routes[0]))

static const route asset_route = {"", "page", METHOD_GET, route_asset, 0};
enum { ASSETS = ROUTE_COUNT, UNKNOWN = ROUTE_COUNT + 1 };

const char *const route_names[METRICS_ROUTES] = {"/api/v1/schedule",
                                                 "/api/v1/songs",
                                                 "/api/v1/songs/{id}",
                                                 "/api/v1/popularity/top",
                                                 "/api/v1/popularity/groups",
                                                 "/api/v1/popularity/histogram",
                                                 "/api/v1/popularity/trend",
                                                 "/api/v1/popularity/correlations",
                                                 "/api/v1/catalog",
                                                 "/healthz",
                                                 "/readyz",
                                                 "/metrics",
                                                 "page",
                                                 "unknown"};

static const route *find_route(request *r, const char *path)
{
    for (int i = 0; i < ROUTE_COUNT; i++) {
        size_t size = strlen(routes[i].path);
        if (routes[i].path[size - 1] == '/' && strncmp(path, routes[i].path, size) == 0 && path[size] != '\0') {
            r->rest = path + size;
            return &routes[i];
        }
        if (strcmp(path, routes[i].path) == 0 && routes[i].path[size - 1] != '/')
            return &routes[i];
    }
    if (!asset_exists(path))
        return NULL;
    r->rest = path;
    return &asset_route;
}

static int route_number(const request *r)
{
    return r->route == NULL ? UNKNOWN : r->route == &asset_route ? ASSETS : (int)(r->route - routes);
}

static void make_id(request *r)
{
    static const char digits[] = "0123456789abcdef";
    uint64_t id = app_next_id(r->app);
    for (int i = 15; i >= 0; i--, id >>= 4)
        r->id[i] = digits[id & 15];
}

static const char *allowed(const route *found)
{
    return found->methods & METHOD_POST ? "Allow: POST, OPTIONS\r\n" : "Allow: GET, HEAD, OPTIONS\r\n";
}

static void answer_options(request *r)
{
    char headers[400];
    const char *origin = request_header(r, "Origin");
    int cors = r->app->options.cors_origin != NULL && origin != NULL && strcmp(origin, r->app->options.cors_origin) == 0;
    snprintf(headers, sizeof headers, "%s%s%s", allowed(r->route),
             r->route->methods & METHOD_POST
                 ? "Accept-Post: application/json, text/plain, application/vnd.musicsched.request+json\r\n"
                 : "",
             cors ? "Access-Control-Allow-Methods: GET, HEAD, POST\r\nAccess-Control-Allow-Headers: Content-Type\r\n"
                    "Access-Control-Max-Age: 600\r\n"
                  : "");
    respond(r, &(response){.status = 204, .headers = headers});
}

static int check_query(request *r)
{
    switch (query_parse(&r->query, r->info->query_string)) {
    case QUERY_OK:
        return 1;
    case QUERY_NO_MEMORY:
        problem(r, 503, "out_of_memory", "no memory for the query string");
        return 0;
    case QUERY_TOO_MANY:
        problem(r, 400, "bad_parameter", "the query string has too many parameters");
        return 0;
    default:
        problem(r, 400, "bad_parameter", "the query string is not percent-encoded as it should be");
        return 0;
    }
}

static void call_route(request *r)
{
    if (!check_query(r))
        return;
    r->catalog = catalog_holder_get(&r->app->catalog);
    r->route->handle(r);
    msched_catalog_unref(r->catalog);
    if (r->status == 0)
        problem(r, 500, "no_answer", "the request was not answered");
}

static int within_limit(request *r)
{
    if (r->route != NULL && r->route->flags & ROUTE_UNLIMITED)
        return 1;
    uint32_t wait_s = rate_limit_take(&r->app->limit, r->info->remote_addr, r->began_ns);
    if (wait_s == 0)
        return 1;
    char header[40];
    snprintf(header, sizeof header, "Retry-After: %u\r\n", wait_s);
    atomic_fetch_add_explicit(&r->app->metrics.rate_limited, 1, memory_order_relaxed);
    problem_headers(r, 429, "rate_limited", "too many requests: try again a little later", header);
    return 0;
}

/* CivetWeb closes by itself where the client asked for it. */
static int wants_close(const request *r)
{
    const char *connection = request_header(r, "Connection");
    if (strcmp(r->info->http_version, "1.0") == 0)
        return connection == NULL || strcasecmp(connection, "keep-alive") != 0;
    return connection != NULL && strcasecmp(connection, "close") == 0;
}

static void dispatch(request *r)
{
    const char *method = r->info->request_method;
    if (!guard_framing(r))
        return;
    r->is_head = strcmp(method, "HEAD") == 0;
    r->last = wants_close(r);
    r->route = find_route(r, r->info->local_uri != NULL ? r->info->local_uri : "");
    if (!within_limit(r))
        return;
    if (r->route == NULL) {
        problem(r, 404, "no_such_resource", "there is nothing at this address");
        return;
    }
    int is_get = r->is_head || strcmp(method, "GET") == 0, is_post = strcmp(method, "POST") == 0;
    if (strcmp(method, "OPTIONS") == 0)
        answer_options(r);
    else if ((is_get && r->route->methods & METHOD_GET) || (is_post && r->route->methods & METHOD_POST))
        call_route(r);
    else
        problem_headers(r, 405, "method_not_allowed", "this address does not take this method", allowed(r->route));
}

static const char *known_method(const char *method)
{
    static const char *const known[] = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i], method) == 0)
            return known[i];
    return "other";
}

static void finish(request *r)
{
    uint64_t duration_us = (app_now_ns() - r->began_ns) / 1000;
    metrics_count_request(&r->app->metrics, route_number(r), r->status, duration_us);
    log_request(r->id, known_method(r->info->request_method), route_names[route_number(r)], r->status, r->sent_bytes, duration_us,
                r->info->remote_addr);
    query_free(&r->query);
    if (!r->close)
        return;
    int fd = socket_of_client(r->info->remote_addr, r->info->remote_port, r->app->port);
    if (r->length > 0 && !r->body_read)
        socket_linger(fd);
    else
        socket_shut(fd);
}

int router_handle(struct mg_connection *conn)
{
    worker *w = mg_get_thread_pointer(conn);
    if (w == NULL)
        return 0;
    request r = {.app = w->app,
                 .worker = w,
                 .scratch = app_take_scratch(w->app),
                 .conn = conn,
                 .info = mg_get_request_info(conn),
                 .began_ns = app_now_ns()};
    if (r.scratch == NULL)
        return 0;
    make_id(&r);
    atomic_fetch_add_explicit(&r.app->metrics.requests_running, 1, memory_order_relaxed);
    dispatch(&r);
    app_give_scratch(r.app, r.scratch);
    finish(&r);
    atomic_fetch_sub_explicit(&r.app->metrics.requests_running, 1, memory_order_relaxed);
    return r.status;
}

/* A method that CivetWeb does not know: known to nobody, unless there is something at this address. */
static void refuse_method(request *r)
{
    char path[256];
    size_t size = strcspn(r->info->request_uri, "?");
    memcpy(path, r->info->request_uri, size < sizeof path ? size : 0);
    path[size < sizeof path ? size : 0] = '\0';
    r->route = find_route(r, path);
    if (r->route != NULL)
        problem_headers(r, 405, "method_not_allowed", "this address does not take this method", allowed(r->route));
    else
        problem(r, 501, "unknown_method", "this method is not known here");
}

/* What CivetWeb itself refuses, before a request is a request. It has no status of its own for most of it. */
static void refuse_for_civetweb(request *r, int status)
{
    const char *method = r->info->request_method;
    if (status == 411)
        problem(r, 400, "bad_framing", "Content-Length is not a number");
    else if (status == 505)
        problem(r, 505, "http_version", "HTTP/1.1 and HTTP/1.0 are spoken here");
    else if (status >= 500)
        problem(r, status, "server_error", "the server could not answer");
    else if (method != NULL && strcmp(known_method(method), "other") != 0)
        problem(r, 400, "bad_framing", "this transfer coding is not supported: send a Content-Length");
    else if (method != NULL && http_is_token(method) && r->info->http_version != NULL && r->info->request_uri != NULL)
        refuse_method(r);
    else
        problem(r, 400, "bad_request", "the request's header is malformed, is far too large, or did not arrive in time");
}

int router_civetweb_error(struct mg_connection *conn, int status, const char *message)
{
    worker *w = mg_get_thread_pointer(conn);
    (void)message; /* holds what the client sent */
    if (w == NULL)
        return 1;
    request r = {.app = w->app,
                 .worker = w,
                 .scratch = app_take_scratch(w->app),
                 .conn = conn,
                 .info = mg_get_request_info(conn),
                 .began_ns = app_now_ns(),
                 .close = 1,
                 .length = -1};
    if (r.scratch == NULL)
        return 1;
    make_id(&r);
    refuse_for_civetweb(&r, status);
    app_give_scratch(r.app, r.scratch);
    metrics_count_request(&r.app->metrics, UNKNOWN, r.status, (app_now_ns() - r.began_ns) / 1000);
    log_request(r.id, "other", "unknown", r.status, r.sent_bytes, 0, r.info->remote_addr);
    return 0;
}
