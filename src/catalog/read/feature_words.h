/*
 * catalog/read/feature_words.h: read all feature cells of a row at once, the length with them. Most
 * cells are numbers of at most eight characters; four of them are read by the same instructions.
 */
#ifndef MSCHED_CATALOG_READ_FEATURE_WORDS_H
#define MSCHED_CATALOG_READ_FEATURE_WORDS_H

#include "catalog/cells/row.h"

#define MSCHED__WORDS MSCHED_FEATURE_COUNT

/* Which numbers are read, by feature. */
typedef struct msched__feature_limits {
    double least[MSCHED__WORDS], most[MSCHED__WORDS];
    uint64_t fraction[MSCHED__WORDS]; /* UINT64_MAX: with a fraction, too; 0: whole numbers only */
} msched__feature_limits;

/* Shorter lengths need the evidence of a plain duration: see msched__number_duration. */
#define MSCHED__LEAST_WORD_MS 10000

/*
 * Read the cells that are plain numbers within the limits, of 1 to 8 characters, a minus sign
 * included; -1 and numbers with an exponent are left out. Cell f is the bytes between before[f] and
 * ends[f], neither included, as by msched__csv_row.ends; no cell may end within the first eight
 * bytes. Returns the set of features that were read; values of others have no meaning.
 */
typedef uint32_t msched__feature_words_fn(const char *bytes, const uint32_t before[MSCHED__WORDS],
                                          const uint32_t ends[MSCHED__WORDS],
                                          const msched__feature_limits *limits,
                                          double values[MSCHED__FEATURES], double *duration);

/* For this processor, or NULL if it has no instructions that would make this fast. */
msched__feature_words_fn *msched__feature_words_reader(void);
/*
 * The ranges of the features, and of lengths from MSCHED__LEAST_WORD_MS on; `is_plain` has a flag
 * for each that may be read.
 */
void msched__feature_limits_init(msched__feature_limits *limits,
                                 const uint8_t is_plain[MSCHED__WORDS]);

#endif
