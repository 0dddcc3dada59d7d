/* compress.h: gzip, through zlib. */
#ifndef SERVER_COMPRESS_H
#define SERVER_COMPRESS_H

#include "outbuf.h"

#include <zlib.h>

/*
 * zlib's state, which is some 200 kB and is kept from one response to the next. All zero at first.
 */
typedef struct compressor {
    z_stream stream;
    int ready;
} compressor;

/* Compress `data` into `out`, which is emptied first. 0: no memory. */
int compress_gzip(compressor *c, const void *data, size_t size, outbuf *out);
void compress_free(compressor *c);

#endif
