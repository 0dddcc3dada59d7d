/*
 * http_guard.c: refuses what CivetWeb lets through but HTTP/1.1 forbids (RFC 9112): a body framed in two ways is how
 * requests are smuggled past a proxy. Every refusal here ends the connection.
 */
#include "request.h"

#include <string.h>
#include <strings.h>

#define MAX_TARGET 4096

static int refuse(request *r, int status, const char *code, const char *detail)
{
    r->close = 1;
    problem(r, status, code, detail);
    return 0;
}

#define MAX_HEADER_BYTES 16384

/*
 * CivetWeb takes a folded line (RFC 9112 5.2) for the end of the header and forgets the rest, and it swallows space
 * before a colon; either hides framing from it that a proxy may see. It parses in place: each name and each line is
 * ended by a NUL for its colon, its CR and its LF, and the empty line that ends the header is left as it came.
 */
static int parsed_whole(const struct mg_request_info *info)
{
    if (info->num_headers == 0)
        return 1;
    for (int i = 0; i < info->num_headers; i++) {
        const struct mg_header *h = &info->http_headers[i];
        const char *colon = h->name + strlen(h->name);
        if (h->value > colon + 1 && colon[1] == '\0')
            return 0;
    }
    const char *value = info->http_headers[info->num_headers - 1].value;
    const char *end = value + strlen(value);
    for (int i = 0; i < 2 && *end == '\0'; i++)
        end++;
    return *end == '\r' || *end == '\n';
}

typedef struct header_counts {
    int host, length, encoding;
    const char *length_value, *encoding_value;
} header_counts;

static int bad_value(const char *value)
{
    for (; *value != '\0'; value++)
        if (((unsigned char)*value < 0x20 && *value != '\t') || *value == 0x7F)
            return 1;
    return 0;
}

static int count_headers(request *r, header_counts *counts)
{
    size_t bytes = 0;
    if (r->info->num_headers >= MG_MAX_HEADERS) /* CivetWeb forgets the ones beyond */
        return refuse(r, 431, "header_too_large", "too many header fields");
    if (!parsed_whole(r->info))
        return refuse(r, 400, "bad_header", "a folded header line, or space before a colon");
    for (int i = 0; i < r->info->num_headers; i++) {
        const struct mg_header *h = &r->info->http_headers[i];
        bytes += strlen(h->name) + strlen(h->value) + 4;
        if (!http_is_token(h->name) || bad_value(h->value))
            return refuse(r, 400, "bad_header", "a header field's name or value holds a character that HTTP forbids");
        if (strcasecmp(h->name, "Host") == 0) {
            counts->host++;
        } else if (strcasecmp(h->name, "Content-Length") == 0) {
            counts->length++;
            counts->length_value = h->value;
        } else if (strcasecmp(h->name, "Transfer-Encoding") == 0) {
            counts->encoding++;
            counts->encoding_value = h->value;
        }
    }
    if (bytes > MAX_HEADER_BYTES)
        return refuse(r, 431, "header_too_large", "the header fields are too large");
    return 1;
}

static int check_body_framing(request *r, const header_counts *counts)
{
    if (counts->encoding > 0 && counts->length > 0)
        return refuse(r, 400, "bad_framing", "Transfer-Encoding and Content-Length in one request");
    if (counts->length > 1)
        return refuse(r, 400, "bad_framing", "more than one Content-Length");
    if (counts->length == 1) {
        r->length = http_length(counts->length_value);
        if (r->length < 0)
            return refuse(r, 400, "bad_framing", "Content-Length is not a number");
    }
    if (counts->encoding == 0)
        return 1;
    if (counts->encoding > 1 || strcasecmp(counts->encoding_value, "chunked") != 0)
        return refuse(r, 501, "transfer_coding", "this transfer coding is not supported: send a Content-Length");
    return refuse(r, 411, "length_required", "send the body with a Content-Length, not in chunks");
}

int guard_framing(request *r)
{
    header_counts counts = {0};
    r->length = -1;
    if (r->info->request_uri != NULL && strlen(r->info->request_uri) > MAX_TARGET)
        return refuse(r, 414, "uri_too_long", "the request target is too long");
    if (!count_headers(r, &counts))
        return 0;
    if (strcmp(r->info->http_version, "1.1") != 0 && strcmp(r->info->http_version, "1.0") != 0)
        return refuse(r, 505, "http_version", "HTTP/1.1 and HTTP/1.0 are spoken here");
    if (counts.host > 1 || (counts.host == 0 && strcmp(r->info->http_version, "1.1") == 0))
        return refuse(r, 400, "bad_host", "an HTTP/1.1 request has exactly one Host header field");
    return check_body_framing(r, &counts);
}
