/* catalog/saved/saved_rows.h: check the rows of a saved catalog by several threads. */
#ifndef MSCHED_CATALOG_SAVED_SAVED_ROWS_H
#define MSCHED_CATALOG_SAVED_SAVED_ROWS_H

#include "catalog/catalog_data.h"

/* 1 if rows from `from` to before `to` are sound. Any thread calls it. */
typedef int msched__rows_check(const void *ctx, uint32_t from, uint32_t to);

/*
 * 1 if all of `count` rows are sound. Many rows are checked by a thread for each processor, up to
 * 8, unless the catalog was opened with one thread. Nothing is allocated.
 */
int msched__rows_are_sound(const msched_catalog *catalog, msched__rows_check *check,
                           const void *ctx, uint32_t count);

#endif
