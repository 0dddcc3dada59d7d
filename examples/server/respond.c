#include "request.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define KEEP_BYTES    65536
#define COMPRESS_FROM 1024 /* bytes */
#define TAG_BYTES     24

const char *status_phrase(int status)
{
    static const struct {
        int status;
        const char *phrase;
    } phrases[] = {
        {200, "OK"},
        {204, "No Content"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
    };
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return status < 500 ? "Bad Request" : "Internal Server Error";
}

/* RFC 9110 5.6.7, made once a second; names of days and months do not follow the locale. */
static const char *http_date(scratch *w)
{
    static const char days[] = "SunMonTueWedThuFriSat",
                      months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (now.tv_sec == w->date_at)
        return w->date;
    struct tm t;
    gmtime_r(&now.tv_sec, &t);
    snprintf(w->date, sizeof w->date, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
             days + 3 * t.tm_wday, t.tm_mday, months + 3 * t.tm_mon, (t.tm_year + 1900) % 10000,
             t.tm_hour, t.tm_min, t.tm_sec);
    w->date_at = now.tv_sec;
    return w->date;
}

/* The one origin that --cors-origin names may read responses. */
static void write_cors(request *r, outbuf *out)
{
    const char *allowed = r->app->options.cors_origin;
    if (allowed == NULL)
        return;
    const char *origin = request_header(r, "Origin");
    outbuf_string(out, "Vary: Origin\r\n");
    if (origin != NULL && strcmp(origin, allowed) == 0)
        outbuf_format(
            out,
            "Access-Control-Allow-Origin: %s\r\nAccess-Control-Expose-Headers: X-Request-Id\r\n",
            allowed);
}

static void write_head(request *r, const response *answer, outbuf *out)
{
    outbuf_format(out, "HTTP/1.1 %d ", answer->status);
    outbuf_string(out, status_phrase(answer->status));
    outbuf_string(out, "\r\nDate: ");
    outbuf_string(out, http_date(r->scratch));
    outbuf_string(out, "\r\nServer: musicsched\r\nX-Request-Id: ");
    outbuf_string(out, r->id);
    outbuf_string(out, "\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
                       "X-Frame-Options: DENY\r\nCross-Origin-Opener-Policy: same-origin\r\n"
                       "Content-Security-Policy: ");
    outbuf_string(out,
                  answer->csp != NULL ? answer->csp : "default-src 'none'; frame-ancestors 'none'");
    outbuf_string(out, "\r\nCache-Control: ");
    outbuf_string(out, answer->cache != NULL  ? answer->cache
                       : answer->etag != NULL ? "no-cache"
                                              : "no-store");
    outbuf_string(out, "\r\n");
    if (answer->etag != NULL)
        outbuf_format(out, "ETag: %s\r\n", answer->etag);
    if (answer->etag != NULL || answer->encoded || answer->size >= COMPRESS_FROM)
        outbuf_string(out, "Vary: Accept-Encoding\r\n");
    if (answer->encoded && answer->status != 304)
        outbuf_string(out, "Content-Encoding: gzip\r\n");
    if (answer->headers != NULL)
        outbuf_string(out, answer->headers);
    write_cors(r, out);
    if (answer->type != NULL) {
        outbuf_string(out, "Content-Type: ");
        outbuf_string(out, answer->type);
        outbuf_string(out, "\r\n");
    }
    if (answer->status != 204 && answer->status != 304)
        outbuf_format(out, "Content-Length: %zu\r\n", answer->size);
    outbuf_string(out, r->close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n");
}

/* Not for secrets: it distinguishes two versions of the same thing. */
static uint64_t hash(const void *data, size_t size)
{
    const unsigned char *bytes = data;
    uint64_t h = UINT64_C(0x9E3779B97F4A7C15) ^ size, word;
    while (size > 0) {
        size_t part = size < sizeof word ? size : sizeof word;
        word = 0;
        memcpy(&word, bytes, part);
        bytes += part;
        size -= part;
        h = (h ^ word) * UINT64_C(0xBF58476D1CE4E5B9);
        h ^= h >> 29;
    }
    return (h ^ h >> 32) * UINT64_C(0x94D049BB133111EB);
}

/*
 * Give the answer its entity tag, and make it one without a body where the client has that already.
 */
static void make_conditional(request *r, response *answer, char tag[TAG_BYTES])
{
    int is_get = r->route != NULL && r->route->methods & METHOD_GET &&
                 !(r->route->flags & ROUTE_VOLATILE);
    if (answer->status != 200 || !is_get)
        return;
    if (answer->etag == NULL) {
        snprintf(tag, TAG_BYTES, "\"%016" PRIx64 "%s\"", hash(answer->body, answer->size),
                 answer->encoded ? "-gz" : "");
        answer->etag = tag;
    }
    if (http_etag_matches(request_header(r, "If-None-Match"), answer->etag))
        answer->status = 304;
}

/* The answer as this client gets it. */
static response negotiate(request *r, const response *given, char tag[TAG_BYTES])
{
    response answer = *given;
    int packs = !given->encoded && !given->is_packed && given->size >= COMPRESS_FROM &&
                http_accepts_gzip(request_header(r, "Accept-Encoding"));
    answer.encoded |= packs;
    make_conditional(r, &answer, tag);
    outbuf *packed = &r->scratch->packed;
    if (!packs || answer.status == 304)
        return answer;
    if (compress_gzip(&r->scratch->compressor, given->body, given->size, packed)) {
        answer.body = packed->data;
        answer.size = packed->size;
    } else {
        answer.encoded = 0;
        answer.etag = given->etag;
    }
    return answer;
}

void respond(request *r, const response *given)
{
    static const char out_of_memory[] =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    char tag[TAG_BYTES];
    if (r->status != 0)
        return;
    outbuf *wire = &r->scratch->wire;
    outbuf_reset(wire, KEEP_BYTES);
    if (!r->x->head.keep_alive || atomic_load_explicit(&r->app->draining, memory_order_relaxed))
        r->close = 1;
    response answer = negotiate(r, given, tag);
    write_head(r, &answer, wire);
    if (!r->is_head && answer.status != 304)
        outbuf_add(wire, answer.body, answer.size);
    r->status = answer.status;
    if (wire->failed) {
        r->status = 503;
        r->close = 1;
        front_send(r->x, out_of_memory, sizeof out_of_memory - 1);
    } else if (front_send(r->x, wire->data, wire->size)) {
        r->sent_bytes = wire->size;
    } else {
        r->close = 1;
    }
}

void respond_text(request *r, int status, const char *type, const msched_text *text,
                  const char *headers)
{
    respond(r, &(response){.status = status,
                           .type = type,
                           .body = msched_text_data(text),
                           .size = msched_text_size(text),
                           .headers = headers});
}

void respond_body(request *r, int status, const char *type, const char *headers)
{
    outbuf *body = &r->scratch->body;
    if (body->failed) {
        respond(r, &(response){.status = 503, .headers = "Retry-After: 1\r\n"});
        return;
    }
    respond(r, &(response){.status = status,
                           .type = type,
                           .body = body->data,
                           .size = body->size,
                           .headers = headers});
}
