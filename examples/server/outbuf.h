/* outbuf.h: bytes that grow; a failed allocation is remembered and checked once, at the end. */
#ifndef SERVER_OUTBUF_H
#define SERVER_OUTBUF_H

#include <stddef.h>
#include <stdint.h>

typedef struct outbuf {
    char *data;
    size_t size;
    size_t capacity;
    int failed;
} outbuf;

void outbuf_add(outbuf *buffer, const void *data, size_t size);
void outbuf_string(outbuf *buffer, const char *string);
/* printf; use it for numbers and our own texts, outbuf_json for everybody else's. */
void outbuf_format(outbuf *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A JSON string with quotes. Bytes that are not UTF-8 become U+FFFD. */
void outbuf_json(outbuf *buffer, const char *string);
/* Empty it, and give memory back beyond `keep` bytes. */
void outbuf_reset(outbuf *buffer, size_t keep);
void outbuf_free(outbuf *buffer);

#endif
