/* catalog/saved/saved_open.h: detect and open saved catalogs. */
#ifndef MSCHED_CATALOG_SAVED_SAVED_OPEN_H
#define MSCHED_CATALOG_SAVED_SAVED_OPEN_H

#include <musicsched/catalog.h>

/* Whether a regular file begins like a saved catalog. */
int msched__is_saved_catalog(const char *path);
/* Like msched_catalog_open, but reads nothing that is not needed yet. */
msched_result msched__catalog_open_path(msched_catalog **out, const char *path,
                                        const msched_catalog_options *options, msched_error *err);

#endif
