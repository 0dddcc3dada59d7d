#include "request.h"

#include <string.h>

#define JSON "application/json"

static int takes_json(request *r)
{
    static const char *const offers[] = {JSON};
    if (http_accept(request_header(r, "Accept"), offers, 1) == 0)
        return 1;
    problem(r, 406, "not_acceptable", "this address returns only application/json");
    return 0;
}

static void send_text(request *r, msched_result result, msched_text *text, const msched_error *err)
{
    if (result == MSCHED_OK)
        respond_text(r, 200, JSON, text, NULL);
    else
        problem_library(r, result, err);
    msched_text_unref(text);
}

void route_songs(request *r)
{
    static const char *const modes[] = {"find", "suggest"};
    msched_find_options options;
    msched_find_options_init(&options, sizeof options);
    uint32_t mode = 0;
    const char *words = query_take(&r->query, "q");
    if (!takes_json(r) || !request_take_choice(r, "mode", modes, 2, &mode) ||
        !request_take_uint(r, "limit", 1, 100, &options.limit) || !request_no_more_parameters(r))
        return;
    if (words == NULL) {
        problem(r, 400, "bad_parameter", "query parameter q: the text to look for is missing");
        return;
    }
    msched_hits *hits = NULL;
    msched_text *text = NULL;
    msched_error err;
    msched_result result = (mode == 0 ? msched_find : msched_suggest)(&hits, r->catalog, words,
                                                                      &options, &err);
    if (result == MSCHED_OK)
        result = msched_hits_to_json(hits, r->catalog, &text, &err);
    send_text(r, result, text, &err);
    msched_hits_unref(hits);
}

void route_song(request *r)
{
    uint32_t index;
    msched_error err;
    msched_text *text = NULL;
    if (!takes_json(r) || !request_no_more_parameters(r))
        return;
    char id[256];
    size_t size = strlen(r->rest);
    memcpy(id, r->rest, size < sizeof id ? size + 1 : 0);
    if (size >= sizeof id || !http_percent_decode(id, 0) ||
        msched_catalog_find_id(r->catalog, id, &index, &err) != MSCHED_OK) {
        problem(r, 404, "no_such_song", "no track of the catalog has this id");
        return;
    }
    msched_result result = msched_track_to_json(r->catalog, index, &text, &err);
    send_text(r, result, text, &err);
}
