/*
 * base/buffer.h: a text that grows. The first failed allocation is remembered and later appends do
 * nothing, so that writers check once, at the end.
 */
#ifndef MSCHED_BASE_BUFFER_H
#define MSCHED_BASE_BUFFER_H

#include "base/error.h"

#include <string.h>

typedef struct msched__buffer {
    msched_allocator allocator;
    char *data; /* NULL, or ended by a NUL */
    size_t size;
    size_t capacity;
    int failed;
} msched__buffer;

void msched__buffer_init(msched__buffer *buffer, const msched_allocator *allocator);
void msched__buffer_free(msched__buffer *buffer);
void msched__buffer_clear(msched__buffer *buffer);
/* Make room for that many more bytes; 0 when out of memory. */
int msched__buffer_reserve(msched__buffer *buffer, size_t more);

static inline void msched__buffer_add(msched__buffer *buffer, const char *data, size_t size)
{
    if ((buffer->failed || size >= buffer->capacity - buffer->size) &&
        !msched__buffer_reserve(buffer, size))
        return;
    if (size > 0)
        memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

static inline void msched__buffer_string(msched__buffer *buffer, const char *string)
{
    msched__buffer_add(buffer, string, strlen(string));
}

static inline void msched__buffer_char(msched__buffer *buffer, char c)
{
    msched__buffer_add(buffer, &c, 1);
}

/* printf for texts and integers; no %f, which follows the locale. */
void msched__buffer_format(msched__buffer *buffer, const char *format, ...) MSCHED__PRINTF(2, 3);
void msched__buffer_int(msched__buffer *buffer, int64_t value);
void msched__buffer_uint(msched__buffer *buffer, uint64_t value);
/*
 * Shortest decimal that reads back as the same double, as JSON takes it ("0.1", "1e+300", "5.0"
 * with a point); NaN and infinities as "null".
 */
void msched__buffer_double(msched__buffer *buffer, double value);
/* A JSON string with quotes; `string` is valid UTF-8. */
void msched__buffer_json(msched__buffer *buffer, const char *string);
/* Append a text for a quoted cell of CSV: each quote in it twice. */
void msched__buffer_csv(msched__buffer *buffer, const char *data, size_t size);
/* "HH:MM:SS" of seconds 0..359,999. */
void msched__buffer_time(msched__buffer *buffer, int32_t seconds);
/* "HH:MM", or "HH:MM:SS" where the seconds are not 0. */
void msched__buffer_time_short(msched__buffer *buffer, int32_t seconds);
/* Seconds since 1970-01-01T00:00:00Z as "2026-11-24T09:00:00Z" (RFC 3339). */
void msched__buffer_utc(msched__buffer *buffer, int64_t utc);

/*
 * Move the bytes to a new msched_text and empty the buffer, even on failure. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__buffer_to_text(msched__buffer *buffer, msched_text **out, msched_error *err);

#endif
