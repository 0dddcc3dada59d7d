#include "request.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *request_header(const request *r, const char *name)
{
    for (int i = 0; r->info != NULL && i < r->info->num_headers; i++)
        if (strcasecmp(r->info->http_headers[i].name, name) == 0)
            return r->info->http_headers[i].value;
    return NULL;
}

int request_has_body(request *r)
{
    const char *coding = request_header(r, "Content-Encoding");
    if (coding != NULL && strcasecmp(coding, "identity") != 0) {
        problem_headers(r, 415, "unsupported_encoding",
                        "send the body as it is, without Content-Encoding",
                        "Accept-Encoding: identity\r\n");
        return 0;
    }
    if (r->x->head.length >= 0)
        return 1;
    problem(r, 411, "length_required", "send the body with a Content-Length");
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
        snprintf(expected, sizeof expected, "expected a whole number from %u to %u", min, max);
        return bad_parameter(r, name, expected);
    }
    *value = (uint32_t)number;
    return 1;
}

int request_take_date(request *r, const char *name, const char **date)
{
    *date = query_take(&r->query, name);
    return *date == NULL || **date != '\0' ||
           bad_parameter(r, name, "expected a date such as 2026-11-24");
}

int request_take_bool(request *r, const char *name, uint32_t *value)
{
    static const char *const names[] = {"false", "true"};
    return request_take_choice(r, name, names, 2, value);
}

int request_take_choice(request *r, const char *name, const char *const *names, uint32_t count,
                        uint32_t *value)
{
    const char *text = query_take(&r->query, name);
    if (text == NULL)
        return 1;
    for (uint32_t i = 0; i < count; i++)
        if (names[i] != NULL && strcmp(text, names[i]) == 0) {
            *value = i;
            return 1;
        }
    char expected[160] = "expected one of";
    size_t size = strlen(expected);
    for (uint32_t i = 0; i < count; i++)
        if (names[i] != NULL && size < sizeof expected - 32)
            size += (size_t)snprintf(expected + size, sizeof expected - size, "%s %s",
                                     size > strlen("expected one of") ? "," : "", names[i]);
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
    if (text[0] == '\0' || strspn(text, "0123456789+-.eE") != strlen(text) || *end != '\0' ||
        !isfinite(number))
        return bad_parameter(r, name, "expected a number");
    *value = number;
    *given = 1;
    return 1;
}

int request_no_more_parameters(request *r)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    const char *name = query_unused(&r->query);
    if (name == NULL)
        return 1;
    int is_plain = name[0] != '\0' && name[strspn(name, letters)] == '\0';
    return bad_parameter(r, is_plain ? name : "without a plain name", "it is unknown or repeated");
}
