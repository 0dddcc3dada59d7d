#include "request.h"

#include <inttypes.h>

static void answer_state(request *r, int status, const char *state)
{
    outbuf *out = &r->scratch->body;
    outbuf_reset(out, 65536);
    outbuf_format(out, "{\"status\":\"%s\"}\n", state);
    respond_body(r, status, "application/json", NULL);
}

void route_health(request *r)
{
    if (request_no_more_parameters(r))
        answer_state(r, 200, "ok");
}

void route_ready(request *r)
{
    if (!request_no_more_parameters(r))
        return;
    if (atomic_load(&r->app->draining))
        answer_state(r, 503, "draining");
    else if (!atomic_load(&r->app->ready))
        answer_state(r, 503, "starting");
    else
        answer_state(r, 200, "ready");
}

void route_metrics(request *r)
{
    if (!request_no_more_parameters(r))
        return;
    outbuf_reset(&r->scratch->body, 65536);
    metrics_write(&r->app->metrics, route_names, &r->scratch->body);
    respond_body(r, 200, "text/plain; version=0.0.4; charset=utf-8", NULL);
}

void route_catalog(request *r)
{
    static const char *const offers[] = {"application/json"};
    msched_catalog_info info = {.struct_size = sizeof info};
    if (!request_no_more_parameters(r))
        return;
    if (http_accept(request_header(r, "Accept"), offers, 1) != 0) {
        problem(r, 406, "not_acceptable", "application/json is what this address gives");
        return;
    }
    if (msched_catalog_get_info(r->catalog, &info) != MSCHED_OK) {
        problem(r, 500, "no_catalog", "the catalog could not be counted");
        return;
    }
    outbuf *out = &r->scratch->body;
    outbuf_reset(out, 65536);
    outbuf_format(out,
                  "{\"rows\":%u,\"tracks\":%u,\"recordings\":%u,\"artists\":%u,\"albums\":%u,"
                  "\"playlists\":%u,"
                  "\"genres\":%u,\"subgenres\":%u,\"rows_skipped\":%" PRIu64
                  ",\"memory_bytes\":%" PRIu64 ",\"version\":\"%s\"}\n",
                  info.entries, info.tracks, info.recordings, info.artists, info.albums,
                  info.playlists, info.genres, info.subgenres, info.rows_skipped, info.memory_bytes,
                  msched_version_string());
    respond_body(r, 200, "application/json", NULL);
}
