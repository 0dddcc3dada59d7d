/* format/decoder.h: bytes in any encoding that the system knows, as UTF-8. */
#ifndef MSCHED_FORMAT_DECODER_H
#define MSCHED_FORMAT_DECODER_H

#include "base/slice.h"

#include <musicsched/base.h>

typedef struct msched__decoder {
    void *conversion; /* iconv's; NULL: not open */
    uint64_t lost;    /* bytes that are invalid in the encoding: each became U+FFFD */
    int stopped;      /* within a character whose other bytes are missing */
} msched__decoder;

/* 1 for names of letters, digits and "_.:+-", at most 40, the only ones that can be opened. */
int msched__decoder_name_ok(const char *name);

/*
 * ARGUMENT: the system does not know the encoding, or this build has no iconv; MEMORY.
 */
msched_result msched__decoder_open(msched__decoder *decoder, const char *name, msched_error *err);

/*
 * Decode from *bytes, which is advanced, into `out` as much as fits; returns the bytes written.
 * With `is_end`, nothing follows, and a truncated character becomes U+FFFD. If it stops within a
 * character, decoder->stopped is 1, and it continues when it gets more bytes.
 */
size_t msched__decoder_read(msched__decoder *decoder, msched__slice *bytes, int is_end, char *out,
                            size_t room);

void msched__decoder_close(msched__decoder *decoder);

#endif
