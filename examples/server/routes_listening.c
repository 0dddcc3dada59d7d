/* routes_listening.c: playlists looked up in the catalog, and listening histories summed up. */
#include "request.h"

#include <string.h>

#define BYTES "application/octet-stream"

static int accepts(request *r)
{
    static const char *const offers[] = {"application/json"};
    if (http_accept(request_header(r, "Accept"), offers, 1) != 0) {
        problem(r, 406, "not_acceptable", "this address returns only application/json");
        return 0;
    }
    const char *type = request_header(r, "Content-Type");
    if (type != NULL && http_is_type(type, BYTES) > 0)
        return 1;
    problem_headers(r, 415, "unsupported_type", "send the bytes of the file as " BYTES,
                    "Accept-Post: " BYTES "\r\n");
    return 0;
}

static void send_text(request *r, msched_result result, msched_text *text, const msched_error *err)
{
    /* The request is understood; what its file is not is about what it holds: 422. */
    if (result == MSCHED_ERROR_SYNTAX || result == MSCHED_ERROR_ENCODING)
        result = MSCHED_ERROR_VALUE;
    if (result == MSCHED_OK)
        respond_text(r, 200, "application/json", text, NULL);
    else
        problem_library(r, result, err);
    msched_text_unref(text);
}

void route_playlist(request *r)
{
    msched_allocator memory = arena_allocator(&r->scratch->memory);
    msched_playlist_options options;
    msched_playlist *playlist = NULL;
    msched_playlist_match *match = NULL;
    msched_text *text = NULL;
    msched_error err = {0};
    msched_playlist_options_init(&options, sizeof options);
    options.allocator = &memory;
    if (!accepts(r))
        return;
    options.only = query_take(&r->query, "only");
    options.name = query_take(&r->query, "name");
    if (!request_no_more_parameters(r) || !request_has_body(r))
        return;
    msched_result result = msched_playlist_read(&playlist, r->x->body, r->x->body_size, &options,
                                                &err);
    if (result == MSCHED_OK)
        result = msched_playlist_match_make(&match, playlist, r->catalog, &err);
    if (result == MSCHED_OK)
        result = msched_playlist_match_to_json(match, &text, &err);
    send_text(r, result, text, &err);
    msched_playlist_match_unref(match);
    msched_playlist_unref(playlist);
    arena_reset(&r->scratch->memory);
}

void route_history(request *r)
{
    msched_allocator memory = arena_allocator(&r->scratch->memory);
    msched_history_options options;
    msched_history_summary_options of;
    msched_history *history = NULL;
    msched_history_summary *summary = NULL;
    msched_text *text = NULL;
    msched_error err = {0};
    uint32_t min_play_s = 0;
    msched_history_options_init(&options, sizeof options);
    msched_history_summary_options_init(&of, sizeof of);
    options.allocator = &memory;
    if (!accepts(r) || !request_take_uint(r, "limit", 1, 1000, &of.limit) ||
        !request_take_uint(r, "min_play", 0, 86400, &min_play_s) ||
        !request_take_bool(r, "by_time", &of.by_time) ||
        !request_take_date(r, "from", &of.from_date) || !request_take_date(r, "to", &of.to_date))
        return;
    of.timezone = query_take(&r->query, "timezone");
    of.min_played_ms = min_play_s * 1000;
    if (!request_no_more_parameters(r) || !request_has_body(r))
        return;
    msched_result result = msched_history_load_memory(&history, r->x->body, r->x->body_size,
                                                      "the body", &options, &err);
    if (result == MSCHED_OK)
        result = msched_history_summarize(&summary, history, &of, &err);
    if (result == MSCHED_OK)
        result = msched_history_summary_to_json(summary, &text, &err);
    send_text(r, result, text, &err);
    msched_history_summary_unref(summary);
    msched_history_unref(history);
    arena_reset(&r->scratch->memory);
}
