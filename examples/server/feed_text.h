/*
 * feed_text.h: a plan within an address: compressed (RFC 1951), in the letters of base64url (RFC
 * 4648 5). No connection in here, so that it can be fuzzed.
 */
#ifndef SERVER_FEED_TEXT_H
#define SERVER_FEED_TEXT_H

#include "outbuf.h"

#define FEED_MAX_PLAN_BYTES 65536 /* of the plan, once it is unpacked */

/* Add `size` bytes, as base64url without padding. */
void feed_letters(outbuf *out, const unsigned char *bytes, size_t size);
/* Add a packed plan. 0: no memory. */
int feed_pack(outbuf *out, const void *plan, size_t size);

enum feed_result { FEED_OK = 0, FEED_MALFORMED = 1, FEED_TOO_LARGE = 2, FEED_NO_MEMORY = 3 };

/* Add the plan that is packed in `text`. */
enum feed_result feed_unpack(outbuf *out, const char *text);

/* 1 if both texts are equal, in a time that does not depend on how much of them is. */
int feed_same(const char *a, const char *b);

#endif
