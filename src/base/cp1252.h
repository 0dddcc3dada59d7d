/* base/cp1252.h: text in Windows-1252, which includes all letters of Latin-1, as UTF-8. */
#ifndef MSCHED_BASE_CP1252_H
#define MSCHED_BASE_CP1252_H

#include "base/buffer.h"
#include "base/slice.h"

/* The character of a byte as UTF-8 in `out`, its length returned; without one, U+FFFD. */
size_t msched__cp1252_put(char out[4], char byte);
/* Append the bytes as UTF-8; those without a character become U+FFFD. */
void msched__cp1252_add(msched__buffer *out, msched__slice bytes);

#endif
