/* catalog/cells/cell_plays.h: counts of plays in cells. */
#ifndef MSCHED_CATALOG_CELLS_CELL_PLAYS_H
#define MSCHED_CATALOG_CELLS_CELL_PLAYS_H

#include "catalog/cells/cells.h"

/* A count of plays: "1,234", "23.5M", "22 scrobbles", as values->plays. */
enum msched__cell msched__cell_plays(msched__slice text, double *plays);
/* The same for a count that is already a number. */
enum msched__cell msched__number_plays(double number, double *plays);

#endif
