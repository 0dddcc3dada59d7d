/*
 * format/charset.h: detect the encoding of bytes that are not UTF-8: whether they can be decoded in
 * it, and how many of the resulting characters are common ones.
 */
#ifndef MSCHED_FORMAT_CHARSET_H
#define MSCHED_FORMAT_CHARSET_H

#include "base/slice.h"

#include <stdint.h>

typedef struct msched__charset {
    const char *name;    /* as iconv knows it; NULL: UTF-8, parts of which may be Windows-1252 */
    const char *next;    /* another one that fits nearly as well; NULL: none */
    uint32_t characters; /* beyond ASCII */
    uint32_t common;     /* of these: common ones in that encoding */
    int doubtful;        /* none fits, not even Windows-1252 */
} msched__charset;

/* `head`: the first bytes of a text, which may end within a character. */
msched__charset msched__charset_of(msched__slice head);

#endif
