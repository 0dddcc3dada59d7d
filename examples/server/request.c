#include "request.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define KEEP_BYTES 65536

const char *request_header(const request *r, const char *name)
{
    for (int i = 0; i < r->info->num_headers; i++)
        if (strcasecmp(r->info->http_headers[i].name, name) == 0)
            return r->info->http_headers[i].value;
    return NULL;
}

/* Bytes as they come, until the body is whole, the client is gone or the watchdog has cut it off. */
static int receive(request *r, size_t size)
{
    outbuf *in = &r->scratch->in;
    char piece[16384];
    const char *expect = request_header(r, "Expect");
    if (expect != NULL && strcasecmp(expect, "100-continue") == 0)
        mg_write(r->conn, "HTTP/1.1 100 Continue\r\n\r\n", 25);
    while (in->size < size) {
        size_t want = size - in->size < sizeof piece ? size - in->size : sizeof piece;
        int n = mg_read(r->conn, piece, want);
        if (n <= 0)
            return 0;
        outbuf_add(in, piece, (size_t)n);
        if (in->failed)
            return 0;
    }
    return 1;
}

int request_read_body(request *r)
{
    outbuf *in = &r->scratch->in;
    outbuf_reset(in, KEEP_BYTES);
    if (r->length < 0) {
        r->close = 1;
        problem(r, 411, "length_required", "send the body with a Content-Length");
        return 0;
    }
    if (r->length > (int64_t)r->app->options.max_body_bytes) {
        char detail[80];
        snprintf(detail, sizeof detail, "the body may have at most %u bytes", r->app->options.max_body_bytes);
        problem(r, 413, "body_too_large", detail);
        return 0;
    }
    worker_arm(r->worker, r->info, r->app->options.body_timeout_ms);
    int whole = receive(r, (size_t)r->length);
    worker_disarm(r->worker);
    if (whole) {
        r->body_read = 1;
        return 1;
    }
    r->close = 1;
    if (in->failed)
        problem(r, 503, "out_of_memory", "no memory for the body");
    else
        problem(r, 408, "body_incomplete", "the body did not arrive in time");
    return 0;
}

static int bad_parameter(request *r, const char *name, const char *expected)
{
    char detail[200];
    snprintf(detail, sizeof detail, "query parameter %s: %s", name, expected);
    problem(r, 400, "bad_parameter", detail);
    return 0;
}

int request_take_uint(request *r, const char *name, uint32_t min, uint32_t max, uint32_t *value)
{
    const char *text = query_take(&r->query, name);
    if (text == NULL)
        return 1;
    int64_t number = http_length(text);
    if (number < (int64_t)min || number > (int64_t)max) {
        char expected[80];
        snprintf(expected, sizeof expected, "a whole number from %u to %u is expected", min, max);
        return bad_parameter(r, name, expected);
    }
    *value = (uint32_t)number;
    return 1;
}

int request_take_bool(request *r, const char *name, uint32_t *value)
{
    static const char *const names[] = {"false", "true"};
    return request_take_choice(r, name, names, 2, value);
}

int request_take_choice(request *r, const char *name, const char *const *names, uint32_t count, uint32_t *value)
{
    const char *text = query_take(&r->query, name);
    if (text == NULL)
        return 1;
    for (uint32_t i = 0; i < count; i++)
        if (names[i] != NULL && strcmp(text, names[i]) == 0) {
            *value = i;
            return 1;
        }
    char expected[160] = "one of";
    size_t size = strlen(expected);
    for (uint32_t i = 0; i < count; i++)
        if (names[i] != NULL && size < sizeof expected - 32)
            size += (size_t)snprintf(expected + size, sizeof expected - size, " %s", names[i]);
    snprintf(expected + size, sizeof expected - size, " is expected");
    return bad_parameter(r, name, expected);
}

int request_take_double(request *r, const char *name, double *value, int *given)
{
    const char *text = query_take(&r->query, name);
    if (text == NULL)
        return 1;
    /* The process runs in the "C" locale, so that strtod reads a decimal point. */
    char *end;
    double number = strtod(text, &end);
    if (text[0] == '\0' || strspn(text, "0123456789+-.eE") != strlen(text) || *end != '\0' || !isfinite(number))
        return bad_parameter(r, name, "a number is expected");
    *value = number;
    *given = 1;
    return 1;
}

int request_no_more_parameters(request *r)
{
    if (query_unused(&r->query) == NULL)
        return 1;
    problem(r, 400, "bad_parameter", "the query string holds a parameter that is unknown here, or one that is repeated");
    return 0;
}
