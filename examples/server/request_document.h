/*
 * request_document.h: the JSON object around a plan, an earlier schedule and options (media type
 * application/vnd.musicsched.request+json). Only the outer object is read here: the plan and the
 * schedule in it go to the library as the bytes they are, and it judges them.
 */
#ifndef SERVER_REQUEST_DOCUMENT_H
#define SERVER_REQUEST_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of a member within the body, and where they begin. data NULL: not given. */
typedef struct document_part {
    const char *data;
    size_t size;
    uint64_t line;
    uint32_t column;
} document_part;

typedef struct request_document {
    document_part plan;     /* object */
    document_part previous; /* object */
    char *text;             /* plan text, unescaped; NULL: not given */
    size_t text_size;
    char date[16]; /* "" : not given */
    char timezone[64];
    int32_t now_s; /* -1: not given */
    uint64_t seed;
} request_document;

typedef struct document_error {
    uint64_t line;
    uint32_t column;
    char message[160];
} document_error;

/* Read; 1: done, 0: refused, `error` says why. Free with request_document_free also on failure. */
int request_document_parse(request_document *out, const char *data, size_t size,
                           document_error *error);
void request_document_free(request_document *document);

/* "HH:MM" or "HH:MM:SS" up to 36:00 in seconds; -1 where it is none. */
int32_t parse_time_of_day(const char *text);

#endif
