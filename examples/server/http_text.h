/*
 * http_text.h: the grammar of what clients send: header values, query strings, the request
 * document. No connection and no global state in here, so that it can be fuzzed.
 */
#ifndef SERVER_HTTP_TEXT_H
#define SERVER_HTTP_TEXT_H

#include <stddef.h>
#include <stdint.h>

/*
 * 1 if the character may be in a token (RFC 9110 5.6.2), or in a registered name or IPv4 address
 * (RFC 3986 3.2.2).
 */
int http_is_token_char(unsigned char c);
int http_is_host_char(unsigned char c);

/*
 * Which of `offers` a request's Accept header likes best (RFC 9110 12.5.1): highest q, then the
 * more specific range, then the order of the offers. `accept` NULL or "": the first. -1: none.
 */
int http_accept(const char *accept, const char *const *offers, int offer_count);

/* 1 if an Accept-Encoding header accepts gzip. */
int http_accepts_gzip(const char *accept_encoding);

/*
 * 1 if `content_type` is media type `type` ("application/json"), with any parameters but a
 * charset other than UTF-8. 0: another type. -1: another charset.
 */
int http_is_type(const char *content_type, const char *type);

/* 1 if an If-None-Match header names `etag` (with its quotes), or is "*". */
int http_etag_matches(const char *if_none_match, const char *etag);

/*
 * A length in a Content-Length header: digits only, no sign, no list. -1: malformed or above 2^62.
 */
int64_t http_length(const char *text);

/* Decode %XX in place, and "+" where `plus` says so; 0 on a bad escape or a NUL. */
int http_percent_decode(char *text, int plus);

#define QUERY_MAX_PARAMETERS 128

typedef struct query_parameter {
    const char *name;
    const char *value;
    int used;
} query_parameter;

/* A query string, percent-decoded into `text`. */
typedef struct query {
    char *text;
    query_parameter parameter[QUERY_MAX_PARAMETERS];
    int count;
} query;

enum query_result { QUERY_OK = 0, QUERY_MALFORMED = 1, QUERY_TOO_MANY = 2, QUERY_NO_MEMORY = 3 };

/* Split and decode; `raw` may be NULL. Free with query_free also on failure. */
enum query_result query_parse(query *out, const char *raw);
void query_free(query *parsed);
/* Next value of the parameter that is not used yet, which is then used; NULL: none (left). */
const char *query_take(query *parsed, const char *name);
/* A parameter that was not taken: unknown, or repeated where it may not be. NULL: none. */
const char *query_unused(const query *parsed);

#endif
