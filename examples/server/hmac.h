/* hmac.h: signatures with a secret: HMAC-SHA256 (RFC 2104, FIPS 180-4). */
#ifndef SERVER_HMAC_H
#define SERVER_HMAC_H

#include <stddef.h>

#define HMAC_BYTES 32

void hmac_sha256(const void *key, size_t key_size, const void *data, size_t size,
                 unsigned char out[HMAC_BYTES]);

#endif
