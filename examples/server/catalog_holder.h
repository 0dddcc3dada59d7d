/*
 * catalog_holder.h: the catalog in use, which SIGHUP replaces while requests go on with the one
 * they began with.
 */
#ifndef SERVER_CATALOG_HOLDER_H
#define SERVER_CATALOG_HOLDER_H

#include "options.h"

#include <musicsched/musicsched.h>

#include <pthread.h>

typedef struct catalog_holder {
    pthread_mutex_t lock;
    msched_catalog *current;
} catalog_holder;

void catalog_holder_init(catalog_holder *holder);
/* Load the catalog that the options name and put it into use. On failure the old catalog stays. */
msched_result catalog_holder_load(catalog_holder *holder, const server_options *wanted,
                                  msched_error *err);
/* A reference to the catalog in use; drop it with msched_catalog_unref. */
msched_catalog *catalog_holder_get(catalog_holder *holder);
void catalog_holder_free(catalog_holder *holder);

#endif
