/* router.c: which handler answers what, and everything that holds for all of them. */
#include "request.h"

#include "log.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const route routes[] = {
    {"/api/v1/schedule", "/api/v1/schedule", METHOD_POST, route_schedule, 0},
    {"/api/v1/calendar", "/api/v1/calendar", METHOD_POST, route_calendar, 0},
    {"/api/v1/feed", "/api/v1/feed", METHOD_POST, route_feed_address, 0},
    {"/api/v1/feed.ics", "/api/v1/feed.ics", METHOD_GET, route_feed, 0},
    {"/api/v1/playlist", "/api/v1/playlist", METHOD_POST, route_playlist, 0},
    {"/api/v1/history", "/api/v1/history", METHOD_POST, route_history, 0},
    {"/api/v1/songs", "/api/v1/songs", METHOD_GET, route_songs, 0},
    {"/api/v1/songs/", "/api/v1/songs/{id}", METHOD_GET, route_song, 0},
    {"/api/v1/popularity/top", "/api/v1/popularity/top", METHOD_GET, route_top, 0},
    {"/api/v1/popularity/groups", "/api/v1/popularity/groups", METHOD_GET, route_groups, 0},
    {"/api/v1/popularity/histogram", "/api/v1/popularity/histogram", METHOD_GET, route_histogram,
     0},
    {"/api/v1/popularity/trend", "/api/v1/popularity/trend", METHOD_GET, route_trend, 0},
    {"/api/v1/popularity/correlations", "/api/v1/popularity/correlations", METHOD_GET,
     route_correlations, 0},
    {"/api/v1/catalog", "/api/v1/catalog", METHOD_GET, route_catalog, 0},
    {"/healthz", "/healthz", METHOD_GET, route_health, ROUTE_UNLIMITED | ROUTE_VOLATILE},
    {"/readyz", "/readyz", METHOD_GET, route_ready, ROUTE_UNLIMITED | ROUTE_VOLATILE},
    {"/metrics", "/metrics", METHOD_GET, route_metrics, ROUTE_UNLIMITED | ROUTE_VOLATILE},
};
#define ROUTE_COUNT ((int)(sizeof routes / sizeof routes[0]))

static const route asset_route = {"", "page", METHOD_GET, route_asset, ROUTE_UNLIMITED};
enum { ASSETS = ROUTE_COUNT, UNKNOWN = ROUTE_COUNT + 1 };

const char *const route_names[METRICS_ROUTES] = {"/api/v1/schedule",
                                                 "/api/v1/calendar",
                                                 "/api/v1/feed",
                                                 "/api/v1/feed.ics",
                                                 "/api/v1/playlist",
                                                 "/api/v1/history",
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
        if (routes[i].path[size - 1] == '/' && strncmp(path, routes[i].path, size) == 0 &&
            path[size] != '\0') {
            r->rest = path + size;
            return &routes[i];
        }
        if (strcmp(path, routes[i].path) == 0 && routes[i].path[size - 1] != '/')
            return &routes[i];
    }
    if (!asset_exists(r->app, path))
        return NULL;
    r->rest = path;
    return &asset_route;
}

static int route_number(const request *r)
{
    return r->route == NULL           ? UNKNOWN
           : r->route == &asset_route ? ASSETS
                                      : (int)(r->route - routes);
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
    return found->methods & METHOD_POST ? "Allow: POST, OPTIONS\r\n"
                                        : "Allow: GET, HEAD, OPTIONS\r\n";
}

static void answer_options(request *r)
{
    char headers[400];
    const char *origin = request_header(r, "Origin");
    int cors = r->app->options.cors_origin != NULL && origin != NULL &&
               strcmp(origin, r->app->options.cors_origin) == 0;
    snprintf(headers, sizeof headers, "%s%s%s", allowed(r->route),
             r->route->handle == route_calendar ? "Accept-Post: text/calendar\r\n"
             : r->route->handle == route_feed_address
                 ? "Accept-Post: application/json, text/plain\r\n"
             : r->route->handle == route_playlist || r->route->handle == route_history
                 ? "Accept-Post: application/octet-stream\r\n"
             : r->route->methods & METHOD_POST ? "Accept-Post: application/json, text/plain, "
                                                 "application/vnd.musicsched.request+json\r\n"
                                               : "",
             cors ? "Access-Control-Allow-Methods: GET, HEAD, "
                    "POST\r\nAccess-Control-Allow-Headers: Content-Type\r\n"
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
        problem(r, 400, "bad_parameter", "the query string is not percent-encoded correctly");
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
    uint32_t wait_s = rate_limit_take(&r->app->limit, r->client, r->began_ns);
    if (wait_s == 0)
        return 1;
    char header[40];
    snprintf(header, sizeof header, "Retry-After: %u\r\n", wait_s);
    atomic_fetch_add_explicit(&r->app->metrics.rate_limited, 1, memory_order_relaxed);
    problem_headers(r, 429, "rate_limited", "too many requests: try again later", header);
    return 0;
}

static int method_is(const request *r, const char *method)
{
    const http_head *head = &r->x->head;
    return head->method != NULL && strlen(method) == head->method_size &&
           memcmp(head->method, method, head->method_size) == 0;
}

/* As a label: only what is known here. */
static const char *method_name(const request *r)
{
    static const char *const methods[] = {"GET", "HEAD",   "POST",  "OPTIONS",
                                          "PUT", "DELETE", "PATCH", "TRACE"};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if (method_is(r, methods[i]))
            return methods[i];
    return "other";
}

/*
 * The client as the proxies in between have it, from the last to the first of those that are
 * trusted.
 */
static void find_client(request *r)
{
    const server_options *o = &r->app->options;
    memcpy(r->client, r->x->address, sizeof r->client);
    if (r->info == NULL || !address_is_within(r->client, o->proxies, o->proxy_count))
        return;
    for (int i = r->info->num_headers - 1; i >= 0; i--)
        if (strcasecmp(r->info->http_headers[i].name, "X-Forwarded-For") == 0 &&
            !client_address_step(r->client, r->info->http_headers[i].value, o->proxies,
                                 o->proxy_count))
            return;
}

/* Of this thread, in seconds; 0 if it is not needed. */
static double processor_s(const request *r)
{
    struct timespec used;
    if (r->app->limit.cpu_rate <= 0 || clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used) != 0)
        return 0;
    return (double)used.tv_sec + (double)used.tv_nsec * 1e-9;
}

static void dispatch(request *r)
{
    r->route = r->x->head.asterisk
                   ? NULL
                   : find_route(r, r->info->local_uri != NULL ? r->info->local_uri : "");
    if (!within_limit(r))
        return;
    if (r->x->head.asterisk) {
        respond(r, &(response){.status = 204, .headers = "Allow: GET, HEAD, POST, OPTIONS\r\n"});
        return;
    }
    int is_get = r->is_head || method_is(r, "GET"), is_post = method_is(r, "POST");
    if (r->route == NULL && strcmp(method_name(r), "other") == 0)
        problem(r, 501, "unknown_method", "this server does not know this method");
    else if (r->route == NULL)
        problem(r, 404, "no_such_resource", "there is nothing at this address");
    else if (method_is(r, "OPTIONS"))
        answer_options(r);
    else if ((is_get && r->route->methods & METHOD_GET) ||
             (is_post && r->route->methods & METHOD_POST))
        call_route(r);
    else
        problem_headers(r, 405, "method_not_allowed", "this address does not support this method",
                        allowed(r->route));
}

static void finish(request *r)
{
    uint64_t duration_us = (app_now_ns() - r->began_ns) / 1000;
    metrics_count_request(&r->app->metrics, route_number(r), r->status, duration_us);
    log_request(r->id, method_name(r), route_names[route_number(r)], r->status, r->sent_bytes,
                duration_us, r->client);
}

/* What every request begins and ends with; `answer` sends the response. */
static void with_scratch(request *r, void (*answer)(request *r))
{
    static const char no_memory[] =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    r->began_ns = app_now_ns();
    r->is_head = method_is(r, "HEAD");
    find_client(r);
    make_id(r);
    r->scratch = app_take_scratch(r->app);
    if (r->scratch != NULL) {
        atomic_fetch_add_explicit(&r->app->metrics.requests_running, 1, memory_order_relaxed);
        answer(r);
        atomic_fetch_sub_explicit(&r->app->metrics.requests_running, 1, memory_order_relaxed);
        app_give_scratch(r->app, r->scratch);
    } else {
        r->status = 503;
        r->close = 1;
        front_send(r->x, no_memory, sizeof no_memory - 1);
    }
    query_free(&r->query);
    finish(r);
}

int router_handle(struct mg_connection *conn)
{
    app *application = mg_get_user_data(mg_get_context(conn));
    const struct mg_request_info *info = mg_get_request_info(conn);
    exchange *x = front_take(application->front, info->remote_port);
    if (x == NULL)
        return 404; /* not the front */
    request r = {.app = application, .x = x, .info = info};
    double before_s = processor_s(&r);
    with_scratch(&r, dispatch);
    if (r.route == NULL || !(r.route->flags & ROUTE_UNLIMITED))
        rate_limit_charge(&application->limit, r.client, r.began_ns, processor_s(&r) - before_s);
    front_done(x, r.close);
    return r.status;
}

static void answer_server_error(request *r)
{
    problem(r, 500, "server_error", "the server could not answer");
}

/* The front lets through nothing that CivetWeb refuses. */
int router_civetweb_error(struct mg_connection *conn, int status, const char *message)
{
    app *application = mg_get_user_data(mg_get_context(conn));
    exchange *x = front_take(application->front, mg_get_request_info(conn)->remote_port);
    (void)status;
    (void)message; /* holds what the client sent */
    if (x == NULL)
        return 0;
    request r = {.app = application, .x = x, .close = 1};
    with_scratch(&r, answer_server_error);
    front_done(x, 1);
    return 0;
}

typedef struct refusal_request {
    request r;
    const http_refusal *why;
} refusal_request;

static void answer_refusal(request *r)
{
    const http_refusal *why = ((refusal_request *)(void *)r)->why;
    problem_headers(r, why->status, why->code, why->detail,
                    why->status == 503 ? "Retry-After: 1\r\n" : NULL);
}

void router_refuse(void *application, exchange *x, const http_refusal *why)
{
    refusal_request refused = {{.app = application, .x = x, .close = 1}, why};
    with_scratch(&refused.r, answer_refusal);
}
