#include "compress.h"

#define LEVEL       4  /* six times as fast as 9, and a few percent larger */
#define GZIP_WINDOW 31 /* 32 KiB, in a gzip frame */
#define MEMORY      8
#define KEEP_BYTES  65536

int compress_gzip(compressor *c, const void *data, size_t size, outbuf *out)
{
    unsigned char piece[16384];
    int result;
    outbuf_reset(out, KEEP_BYTES);
    if (size > UINT32_MAX / 2)
        return 0;
    if (!c->ready && deflateInit2(&c->stream, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY,
                                  Z_DEFAULT_STRATEGY) != Z_OK)
        return 0;
    c->ready = 1;
    c->stream.next_in = (z_const Bytef *)data;
    c->stream.avail_in = (uInt)size;
    do {
        c->stream.next_out = piece;
        c->stream.avail_out = sizeof piece;
        result = deflate(&c->stream, Z_FINISH);
        outbuf_add(out, piece, sizeof piece - c->stream.avail_out);
    } while (result == Z_OK);
    deflateReset(&c->stream);
    return result == Z_STREAM_END && !out->failed;
}

void compress_free(compressor *c)
{
    if (c->ready)
        deflateEnd(&c->stream);
    c->ready = 0;
}
