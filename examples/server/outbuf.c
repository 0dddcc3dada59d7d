#include "outbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int reserve(outbuf *buffer, size_t more)
{
    if (buffer->failed)
        return 0;
    if (more <= buffer->capacity - buffer->size)
        return 1;
    size_t capacity = buffer->capacity > 0 ? buffer->capacity : 1024;
    while (capacity - buffer->size < more) {
        if (capacity > SIZE_MAX / 2) {
            buffer->failed = 1;
            return 0;
        }
        capacity *= 2;
    }
    char *data = realloc(buffer->data, capacity);
    if (data == NULL) {
        buffer->failed = 1;
        return 0;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return 1;
}

void outbuf_add(outbuf *buffer, const void *data, size_t size)
{
    if (size == 0 || !reserve(buffer, size))
        return;
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
}

void outbuf_string(outbuf *buffer, const char *string)
{
    outbuf_add(buffer, string, strlen(string));
}

void outbuf_format(outbuf *buffer, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length < 0) {
        buffer->failed = 1;
    } else if ((size_t)length < sizeof text) {
        outbuf_add(buffer, text, (size_t)length);
    } else if (reserve(buffer, (size_t)length + 1)) {
        va_start(args, format);
        vsnprintf(buffer->data + buffer->size, (size_t)length + 1, format, args);
        va_end(args);
        buffer->size += (size_t)length;
    }
}

/* Length of the well-formed UTF-8 sequence at `s` (RFC 3629), 0 if there is none. */
static size_t utf8_length(const unsigned char *s)
{
    size_t length;
    unsigned char low = 0x80, high = 0xBF;
    if (s[0] < 0x80)
        return 1;
    if (s[0] >= 0xC2 && s[0] <= 0xDF)
        length = 2;
    else if ((s[0] & 0xF0) == 0xE0)
        length = 3;
    else if (s[0] >= 0xF0 && s[0] <= 0xF4)
        length = 4;
    else
        return 0;
    if (s[0] == 0xE0)
        low = 0xA0;
    if (s[0] == 0xED)
        high = 0x9F;
    if (s[0] == 0xF0)
        low = 0x90;
    if (s[0] == 0xF4)
        high = 0x8F;
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

void outbuf_json(outbuf *buffer, const char *string)
{
    const unsigned char *s = (const unsigned char *)string;
    outbuf_add(buffer, "\"", 1);
    while (*s != '\0') {
        const unsigned char *from = s;
        size_t length;
        while (*s >= 0x20 && *s != '"' && *s != '\\' && (length = utf8_length(s)) > 0)
            s += length;
        outbuf_add(buffer, from, (size_t)(s - from));
        if (*s == '\0')
            break;
        if (*s == '"' || *s == '\\') {
            const char escaped[2] = {'\\', (char)*s};
            outbuf_add(buffer, escaped, 2);
        } else if (*s < 0x20) {
            outbuf_format(buffer, "\\u%04x", (unsigned)*s);
        } else {
            outbuf_string(buffer, "\xEF\xBF\xBD");
        }
        s++;
    }
    outbuf_add(buffer, "\"", 1);
}

void outbuf_reset(outbuf *buffer, size_t keep)
{
    if (buffer->capacity > keep)
        outbuf_free(buffer);
    buffer->size = 0;
    buffer->failed = 0;
}

void outbuf_free(outbuf *buffer)
{
    free(buffer->data);
    *buffer = (outbuf){0};
}
