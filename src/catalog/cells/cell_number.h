/* catalog/cells/cell_number.h: numbers in cells, as people write them. */
#ifndef MSCHED_CATALOG_CELLS_CELL_NUMBER_H
#define MSCHED_CATALOG_CELLS_CELL_NUMBER_H

#include "base/slice.h"

/*
 * A number with a decimal point or comma, thousands separated or not, and *percent where a %
 * follows.
 */
int msched__cell_number(msched__slice text, double *value, int *percent);
/* The same for values below 1,000: "122,036" is 122.036, not 122036. */
int msched__cell_small_number(msched__slice text, double *value, int *percent);

/* How many digits a text has from `at` on. */
size_t msched__count_digits(msched__slice text, size_t at);

#endif
