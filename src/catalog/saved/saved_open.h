/* catalog/saved/saved_open.h: detect saved catalogs. */
#ifndef MSCHED_CATALOG_SAVED_SAVED_OPEN_H
#define MSCHED_CATALOG_SAVED_SAVED_OPEN_H

#include <stddef.h>

/* Whether a regular file begins like a saved catalog. */
int msched__is_saved_catalog(const char *path);

#endif
