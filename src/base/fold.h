/*
 * base/fold.h: folded texts, for comparison: Unicode case folding, and case and diacritics folded
 * for search.
 */
#ifndef MSCHED_BASE_FOLD_H
#define MSCHED_BASE_FOLD_H

#include <stddef.h>

/*
 * Full case folding (CaseFolding.txt, status C and F) of valid UTF-8 into out; at most 3 * size
 * bytes are written. Returns how many.
 */
size_t msched__fold_case(char *out, const char *data, size_t size);
/*
 * As msched__fold_case, and diacritics removed (canonical and compatibility decomposition without
 * marks, and letters such as "ø" and "ł" as "o" and "l"), typographic quotes and dashes made ASCII.
 * At most 20 * size bytes. Returns how many.
 */
size_t msched__fold_search(char *out, const char *data, size_t size);

#endif
