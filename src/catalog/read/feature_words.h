/*
 * catalog/read/feature_words.h: read all feature cells of a row at once. Most cells are numbers of
 * at most eight characters; four of them are read by the same instructions.
 */
#ifndef MSCHED_CATALOG_READ_FEATURE_WORDS_H
#define MSCHED_CATALOG_READ_FEATURE_WORDS_H

#include "catalog/cells/row.h"

#define MSCHED__WORDS 12 /* a multiple of four that is at least MSCHED__FEATURES */

/* Where a cell is in the bytes of its row. */
typedef struct msched__cell_place {
    uint32_t at, size;
} msched__cell_place;

/* Which numbers are read, by feature. */
typedef struct msched__feature_limits {
    double least[MSCHED__WORDS], most[MSCHED__WORDS];
    uint64_t fraction[MSCHED__WORDS]; /* UINT64_MAX: with a fraction, too; 0: whole numbers only */
} msched__feature_limits;

/*
 * Read the cells that are plain numbers within the limits, of 1 to 8 characters, a minus sign
 * included; -1, numbers with an exponent and cells that end within the first eight bytes are left
 * out. Returns the set of features that were read; values of others have no meaning.
 */
typedef uint32_t msched__feature_words_fn(const msched__cell_place places[MSCHED__FEATURES],
                                          const char *bytes, const msched__feature_limits *limits,
                                          double values[MSCHED__FEATURES]);

/* For this processor, or NULL if it has no instructions that would make this fast. */
msched__feature_words_fn *msched__feature_words_reader(void);
/* The ranges of the features; `is_plain` has a flag for each that may be read. */
void msched__feature_limits_init(msched__feature_limits *limits,
                                 const uint8_t is_plain[MSCHED__FEATURES]);

#endif
