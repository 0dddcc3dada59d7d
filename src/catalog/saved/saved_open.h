/* catalog/saved/saved_open.h: files that are saved catalogs. */
#ifndef MSCHED_CATALOG_SAVED_SAVED_OPEN_H
#define MSCHED_CATALOG_SAVED_SAVED_OPEN_H

#include <stddef.h>

/* Whether a plain file begins like a saved catalog. */
int msched__is_saved_catalog(const char *path);

#endif
