#include "http_head.h"

#include "http_text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

typedef struct slice {
    const char *data;
    size_t size;
} slice;

typedef struct field {
    slice name, value;
} field;

static int refuse(http_refusal *why, int status, const char *code, const char *detail)
{
    *why = (http_refusal){status, code, detail};
    return 0;
}

static int is(slice s, const char *text)
{
    return strlen(text) == s.size && strncasecmp(s.data, text, s.size) == 0;
}

static int is_token(slice s)
{
    for (size_t i = 0; i < s.size; i++)
        if (!http_is_token_char((unsigned char)s.data[i]))
            return 0;
    return s.size > 0;
}

static slice trim(slice s)
{
    while (s.size > 0 && (s.data[0] == ' ' || s.data[0] == '\t')) {
        s.data++;
        s.size--;
    }
    while (s.size > 0 && (s.data[s.size - 1] == ' ' || s.data[s.size - 1] == '\t'))
        s.size--;
    return s;
}

/* NULL, or what is wrong with the byte at `at`. */
static const char *bad_byte(const char *data, size_t at)
{
    unsigned char c = (unsigned char)data[at];
    int after_return = at > 0 && data[at - 1] == '\r';
    if (c == '\n')
        return after_return ? NULL : "a line ends with a bare line feed";
    if (after_return)
        return "a carriage return without a line feed";
    return (c < 0x20 && c != '\t' && c != '\r') || c == 0x7F
               ? "the header section contains a control character"
               : NULL;
}

long http_head_scan(const char *data, size_t size, size_t *scanned, http_refusal *why)
{
    size_t begin = size >= 2 && data[0] == '\r' && data[1] == '\n' ? 2 : 0;
    for (; *scanned < size && *scanned < HTTP_MAX_HEAD; ++*scanned) {
        size_t at = *scanned;
        const char *wrong = bad_byte(data, at);
        if (wrong != NULL) {
            refuse(why, 400, "bad_header", wrong);
            return -1;
        }
        if (data[at] != '\n' || at < begin + 1)
            continue;
        if (at == begin + 1) {
            refuse(why, 400, "bad_header", "more than one empty line before the request line");
            return -1;
        }
        if (data[at - 2] == '\n')
            return (long)at + 1;
    }
    if (*scanned < HTTP_MAX_HEAD)
        return 0;
    if (memchr(data + begin, '\n', HTTP_MAX_HEAD - begin) == NULL)
        refuse(why, 414, "uri_too_long", "the request target is too long");
    else
        refuse(why, 431, "header_too_large", "the header fields are too large");
    return -1;
}

/* The line at *at, without its CRLF, and step over it. */
static slice next_line(const char *data, size_t size, size_t *at)
{
    const char *end = memchr(data + *at, '\r', size - *at);
    slice line = {data + *at, end != NULL ? (size_t)(end - data) - *at : 0};
    *at += line.size + 2;
    return line;
}

/* The bytes of a registered name from `at` on; a percent sign begins an encoded byte. */
static size_t name_end(slice s, size_t at)
{
    while (at < s.size && http_is_host_char((unsigned char)s.data[at])) {
        if (s.data[at] == '%' && (at + 2 >= s.size || !isxdigit((unsigned char)s.data[at + 1]) ||
                                  !isxdigit((unsigned char)s.data[at + 2])))
            break;
        at++;
    }
    return at;
}

/* uri-host [":" port] (RFC 9110 7.2). An http URI has a host. */
static int is_authority(slice s)
{
    size_t at = 0;
    if (s.size > 0 && s.data[0] == '[') {
        const char *end = memchr(s.data, ']', s.size);
        if (end == NULL || end - s.data < 3)
            return 0;
        for (at = 1; s.data[at] != ']'; at++)
            if (strchr("0123456789abcdefABCDEF:.", s.data[at]) == NULL)
                return 0;
        at++;
    } else {
        at = name_end(s, 0);
    }
    if (at == 0)
        return 0;
    if (at < s.size && s.data[at] == ':')
        for (at++; at < s.size && s.data[at] >= '0' && s.data[at] <= '9';)
            at++;
    return at == s.size;
}

static int read_target(slice target, http_head *head, http_refusal *why)
{
    if (target.size > HTTP_MAX_TARGET)
        return refuse(why, 414, "uri_too_long", "the request target is too long");
    if (target.size == 1 && target.data[0] == '*') {
        head->asterisk = 1;
        target.size = 0;
    } else if (target.size > 0 && target.data[0] != '/') {
        size_t scheme = target.size > 7 && strncasecmp(target.data, "http://", 7) == 0    ? 7
                        : target.size > 8 && strncasecmp(target.data, "https://", 8) == 0 ? 8
                                                                                          : 0;
        size_t end = scheme;
        while (end < target.size && target.data[end] != '/' && target.data[end] != '?')
            end++;
        if (scheme == 0 || !is_authority((slice){target.data + scheme, end - scheme}))
            return refuse(why, 400, "bad_request", "the request target is malformed");
        target.data += end;
        target.size -= end;
    } else if (target.size == 0) {
        return refuse(why, 400, "bad_request", "the request target is missing");
    }
    head->target = target.data;
    head->target_size = target.size;
    return 1;
}

static int read_request_line(slice line, http_head *head, http_refusal *why)
{
    const char *first = memchr(line.data, ' ', line.size);
    const char *last = first != NULL
                           ? memchr(first + 1, ' ', line.size - (size_t)(first + 1 - line.data))
                           : NULL;
    if (last == NULL)
        return refuse(why, 400, "bad_request",
                      "the request line is not METHOD, target and version");
    slice version = {last + 1, line.size - (size_t)(last + 1 - line.data)};
    head->method = line.data;
    head->method_size = (size_t)(first - line.data);
    if (!is_token((slice){head->method, head->method_size}) ||
        memchr(line.data, '\t', line.size) != NULL)
        return refuse(why, 400, "bad_request", "the request line is malformed");
    if (version.size != 8 || memcmp(version.data, "HTTP/", 5) != 0 || version.data[6] != '.' ||
        version.data[5] < '0' || version.data[5] > '9' || version.data[7] < '0' ||
        version.data[7] > '9')
        return refuse(why, 400, "bad_request",
                      "the request line does not end with a version such as HTTP/1.1");
    if (version.data[5] != '1')
        return refuse(why, 505, "http_version", "this server supports HTTP/1.1 and HTTP/1.0");
    head->minor = version.data[7] - '0';
    if (head->method_size == 7 && memcmp(head->method, "CONNECT", 7) == 0)
        return refuse(why, 501, "unknown_method", "this server does not know this method");
    if (!read_target((slice){first + 1, (size_t)(last - first - 1)}, head, why))
        return 0;
    if (head->asterisk && (head->method_size != 7 || memcmp(head->method, "OPTIONS", 7) != 0))
        return refuse(why, 400, "bad_request", "only OPTIONS may have the target *");
    return 1;
}

static int read_field(slice line, field *out, http_refusal *why)
{
    if (line.data[0] == ' ' || line.data[0] == '\t')
        return refuse(why, 400, "bad_header",
                      "a folded header line, or space before the first one");
    const char *colon = memchr(line.data, ':', line.size);
    if (colon == NULL)
        return refuse(why, 400, "bad_header", "a header line has no colon");
    out->name = (slice){line.data, (size_t)(colon - line.data)};
    out->value = trim((slice){colon + 1, line.size - out->name.size - 1});
    if (!is_token(out->name))
        return refuse(why, 400, "bad_header",
                      "a header field's name contains a character that HTTP forbids");
    return 1;
}

typedef struct seen {
    int host, length, coding;
    slice coding_value;
} seen;

/* A list of tokens that holds `option`. */
static int has_option(slice list, const char *option)
{
    while (list.size > 0) {
        const char *comma = memchr(list.data, ',', list.size);
        size_t size = comma != NULL ? (size_t)(comma - list.data) : list.size;
        if (is(trim((slice){list.data, size}), option))
            return 1;
        size += comma != NULL;
        list = (slice){list.data + size, list.size - size};
    }
    return 0;
}

static int note_length(slice value, http_head *head, seen *fields, http_refusal *why)
{
    char digits[24];
    if (fields->length++ > 0)
        return refuse(why, 400, "bad_framing", "more than one Content-Length");
    memcpy(digits, value.data, value.size < sizeof digits ? value.size : 0);
    digits[value.size < sizeof digits ? value.size : 0] = '\0';
    head->length = http_length(digits);
    if (head->length < 0)
        return refuse(why, 400, "bad_framing", "Content-Length is not a number");
    return 1;
}

static int note_field(const field *f, http_head *head, seen *fields, http_refusal *why)
{
    if (is(f->name, "Host")) {
        if (fields->host++ > 0 || !is_authority(f->value))
            return refuse(
                why, 400, "bad_host",
                "a request needs a single Host header field: a host, with or without a port");
    } else if (is(f->name, "Content-Length")) {
        return note_length(f->value, head, fields, why);
    } else if (is(f->name, "Transfer-Encoding")) {
        fields->coding++;
        fields->coding_value = f->value;
    } else if (is(f->name, "Connection")) {
        if (has_option(f->value, "close"))
            head->keep_alive = 0;
        else if (has_option(f->value, "keep-alive") && head->keep_alive < 0)
            head->keep_alive = 1;
    } else if (is(f->name, "Expect")) {
        if (!is(f->value, "100-continue"))
            return refuse(why, 417, "expectation_failed",
                          "the only supported expectation is 100-continue");
        head->expects_continue = head->minor > 0;
    }
    return 1;
}

static int check_framing(const http_head *head, const seen *fields, http_refusal *why)
{
    if (fields->host == 0 && head->minor > 0)
        return refuse(why, 400, "bad_host",
                      "an HTTP/1.1 request needs exactly one Host header field");
    if (fields->coding == 0)
        return 1;
    if (fields->length > 0)
        return refuse(why, 400, "bad_framing",
                      "Transfer-Encoding and Content-Length in one request");
    if (head->minor == 0)
        return refuse(why, 400, "bad_framing", "HTTP/1.0 does not support Transfer-Encoding");
    if (fields->coding > 1 || !is(fields->coding_value, "chunked"))
        return refuse(why, 501, "transfer_coding",
                      "this transfer coding is not supported: send a Content-Length");
    return refuse(why, 411, "length_required",
                  "send the body with a Content-Length, not in chunks");
}

int http_head_parse(const char *data, size_t size, http_head *head, http_refusal *why)
{
    size_t at = size >= 2 && data[0] == '\r' ? 2 : 0;
    seen fields = {0};
    *head = (http_head){.begin = at, .bytes = size, .length = -1, .keep_alive = -1};
    if (!read_request_line(next_line(data, size, &at), head, why))
        return 0;
    for (int count = 0; at + 2 < size; count++) {
        field f;
        if (count == HTTP_MAX_FIELDS)
            return refuse(why, 431, "header_too_large", "too many header fields");
        if (!read_field(next_line(data, size, &at), &f, why) || !note_field(&f, head, &fields, why))
            return 0;
    }
    if (head->keep_alive < 0)
        head->keep_alive = head->minor > 0;
    return check_framing(head, &fields, why);
}

/*
 * About the connection or the framing; also empty ones, which say nothing and which CivetWeb trips
 * over.
 */
static int is_kept(const field *f)
{
    static const char *const dropped[] = {
        "Connection", "Content-Length",   "Transfer-Encoding", "Expect", "Upgrade", "Keep-Alive",
        "TE",         "Proxy-Connection", "HTTP2-Settings",    "Trailer"};
    for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++)
        if (is(f->name, dropped[i]))
            return 0;
    return f->value.size > 0;
}

static int put(char *out, size_t room, size_t *size, const char *data, size_t more)
{
    if (more > room - *size)
        return 0;
    memcpy(out + *size, data, more);
    *size += more;
    return 1;
}

size_t http_head_rewrite(const char *data, const http_head *head, char *out, size_t room)
{
    size_t size = 0, at = head->begin;
    int slash = head->target_size == 0 || head->target[0] != '/';
    http_refusal unused;
    next_line(data, head->bytes, &at);
    int fits = put(out, room, &size, "GET /", slash ? 5 : 4) &&
               put(out, room, &size, head->target, head->target_size) &&
               put(out, room, &size, " HTTP/1.1\r\n", 11);
    while (fits && at + 2 < head->bytes) {
        field f;
        if (!read_field(next_line(data, head->bytes, &at), &f, &unused) || !is_kept(&f))
            continue;
        fits = put(out, room, &size, f.name.data, f.name.size) && put(out, room, &size, ": ", 2) &&
               put(out, room, &size, f.value.data, f.value.size) &&
               put(out, room, &size, "\r\n", 2);
    }
    return fits && put(out, room, &size, "\r\n", 2) ? size : 0;
}
