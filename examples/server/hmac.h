/* hmac.h: signatures with a secret: HMAC-SHA256 (RFC 2104), by libgcrypt. */
#ifndef SERVER_HMAC_H
#define SERVER_HMAC_H

#include <stddef.h>

#define HMAC_BYTES 32

/* Before the first thread signs. 0: the libgcrypt that is installed is too old. */
int hmac_prepare(void);
/* Threads may sign at once. 0: there is no memory, or the library may not use this key. */
int hmac_sha256(const void *key, size_t key_size, const void *data, size_t size,
                unsigned char out[HMAC_BYTES]);

#endif
