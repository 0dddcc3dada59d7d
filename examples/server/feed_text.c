#include "feed_text.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define RAW_WINDOW (-15) /* 32 KiB, without a frame */
#define MEMORY     9

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void feed_letters(outbuf *out, const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i += 3) {
        size_t count = size - i < 3 ? size - i : 3;
        uint32_t bits = (uint32_t)bytes[i] << 16 | (count > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) |
                        (count > 2 ? bytes[i + 2] : 0);
        char four[4];
        for (int k = 0; k < 4; k++)
            four[k] = letters[bits >> (18 - 6 * k) & 63];
        outbuf_add(out, four, count + 1);
    }
}

int feed_pack(outbuf *out, const void *plan, size_t size)
{
    z_stream stream = {.next_in = (z_const Bytef *)plan, .avail_in = (uInt)size};
    unsigned char piece[3 * 1024]; /* whole groups of letters */
    int result;
    if (size > FEED_MAX_PLAN_BYTES || deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED,
                                                   RAW_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return 0;
    do {
        stream.next_out = piece;
        stream.avail_out = sizeof piece;
        result = deflate(&stream, Z_FINISH);
        feed_letters(out, piece, sizeof piece - stream.avail_out);
    } while (result == Z_OK);
    deflateEnd(&stream);
    return result == Z_STREAM_END && !out->failed;
}

/* Bytes of the letters, into `out` of at least 3/4 of their number; -1: they are invalid. */
static long read_letters(const char *text, size_t size, unsigned char *out)
{
    uint32_t bits = 0;
    long count = 0;
    if (size % 4 == 1)
        return -1;
    for (size_t i = 0; i < size; i++) {
        const char *found = text[i] != '\0' ? strchr(letters, text[i]) : NULL;
        if (found == NULL)
            return -1;
        bits = bits << 6 | (uint32_t)(found - letters);
        if (i % 4 > 0)
            out[count++] = (unsigned char)(bits >> (6 - 2 * (i % 4)));
    }
    return count;
}

static enum feed_result inflate_all(outbuf *out, unsigned char *packed, size_t size)
{
    z_stream stream = {.next_in = packed, .avail_in = (uInt)size};
    unsigned char piece[4096];
    size_t before = out->size;
    int result;
    if (inflateInit2(&stream, RAW_WINDOW) != Z_OK)
        return FEED_NO_MEMORY;
    do {
        stream.next_out = piece;
        stream.avail_out = sizeof piece;
        result = inflate(&stream, Z_NO_FLUSH);
        outbuf_add(out, piece, sizeof piece - stream.avail_out);
    } while (result == Z_OK && out->size - before <= FEED_MAX_PLAN_BYTES &&
             stream.avail_out < sizeof piece);
    int whole = result == Z_STREAM_END && stream.avail_in == 0;
    inflateEnd(&stream);
    if (out->size - before > FEED_MAX_PLAN_BYTES)
        return FEED_TOO_LARGE;
    if (out->failed || result == Z_MEM_ERROR)
        return FEED_NO_MEMORY;
    return whole ? FEED_OK : FEED_MALFORMED;
}

enum feed_result feed_unpack(outbuf *out, const char *text)
{
    size_t size = strlen(text);
    if (size > FEED_MAX_PLAN_BYTES)
        return FEED_TOO_LARGE;
    unsigned char *packed = malloc(size / 4 * 3 + 3);
    if (packed == NULL)
        return FEED_NO_MEMORY;
    long count = read_letters(text, size, packed);
    enum feed_result result = count > 0 ? inflate_all(out, packed, (size_t)count) : FEED_MALFORMED;
    free(packed);
    return result;
}

int feed_same(const char *a, const char *b)
{
    size_t size = strlen(a);
    unsigned char differ = 0;
    if (strlen(b) != size)
        return 0; /* the length of a signature is not secret */
    for (size_t i = 0; i < size; i++)
        differ |= (unsigned char)(a[i] ^ b[i]);
    return !differ;
}
