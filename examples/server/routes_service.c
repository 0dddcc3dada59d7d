#include "request.h"

#include <inttypes.h>
#include <string.h>

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

/*
 * The report with names of files instead of paths: clients must not see the folders of files. A key
 * is the one place where "source" is followed by a colon; within texts its quotes are escaped.
 */
static void write_report(outbuf *out, const char *report, size_t size)
{
    static const char key[] = "\"source\": \"";
    const char *at = report, *end = report + size;
    for (const char *found; (found = strstr(at, key)) != NULL;) {
        const char *path = found + sizeof key - 1, *name = path, *p = path;
        for (; p < end && *p != '"'; p += *p == '\\' ? 2 : 1)
            if (*p == '/')
                name = p + 1;
        outbuf_add(out, at, (size_t)(path - at));
        at = name;
    }
    outbuf_add(out, at, (size_t)(end - at));
}

static void write_catalog(outbuf *out, const msched_catalog_info *info, const msched_text *report)
{
    outbuf_reset(out, 65536);
    outbuf_format(
        out,
        "{\"rows\":%u,\"tracks\":%u,\"recordings\":%u,\"artists\":%u,\"albums\":%u,"
        "\"playlists\":%u,\"genres\":%u,\"subgenres\":%u,\"rows_skipped\":%" PRIu64
        ",\"unreadable_cells\":%" PRIu64 ",\"conflicts\":%" PRIu64 ",\"assumptions\":%" PRIu64
        ",\"memory_bytes\":%" PRIu64 ",\"version\":\"%s\",\"report\":",
        info->entries, info->tracks, info->recordings, info->artists, info->albums, info->playlists,
        info->genres, info->subgenres, info->rows_skipped, info->unreadable_cells, info->conflicts,
        info->assumptions, info->memory_bytes, msched_version_string());
    write_report(out, msched_text_data(report), msched_text_size(report));
    outbuf_string(out, "}\n");
}

void route_catalog(request *r)
{
    static const char *const offers[] = {"application/json"};
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_text *report = NULL;
    msched_error err = {0};
    if (!request_no_more_parameters(r))
        return;
    if (http_accept(request_header(r, "Accept"), offers, 1) != 0) {
        problem(r, 406, "not_acceptable", "this address returns only application/json");
        return;
    }
    msched_result result = msched_catalog_get_info(r->catalog, &info);
    if (result == MSCHED_OK)
        result = msched_catalog_report_to_json(r->catalog, &report, &err);
    if (result == MSCHED_OK) {
        write_catalog(&r->scratch->body, &info, report);
        respond_body(r, 200, "application/json", NULL);
    } else {
        problem_library(r, result, &err);
    }
    msched_text_unref(report);
}
