#include "catalog_holder.h"

#include <stddef.h>

void catalog_holder_init(catalog_holder *holder)
{
    pthread_mutex_init(&holder->lock, NULL);
    holder->current = NULL;
}

static void put(catalog_holder *holder, msched_catalog *catalog)
{
    pthread_mutex_lock(&holder->lock);
    msched_catalog *old = holder->current;
    holder->current = catalog;
    pthread_mutex_unlock(&holder->lock);
    msched_catalog_unref(old);
}

msched_result catalog_holder_load(catalog_holder *holder, const server_options *wanted,
                                  msched_error *err)
{
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.skip_bad_rows = wanted->skip_bad_rows != 0;
    options.columns = wanted->columns;
    options.column_count = wanted->column_count;
    options.encoding = wanted->encoding;
    options.strict = wanted->strict != 0;
    options.default_duration_ms = wanted->default_length_ms;
    msched_catalog *catalog;
    msched_result result = msched_catalog_read_files(&catalog, wanted->catalogs,
                                                     wanted->catalog_count, &options, err);
    if (result != MSCHED_OK)
        return result;
    result = msched_catalog_prepare(catalog, err);
    if (result != MSCHED_OK) {
        msched_catalog_unref(catalog);
        return result;
    }
    put(holder, catalog);
    return MSCHED_OK;
}

msched_catalog *catalog_holder_get(catalog_holder *holder)
{
    pthread_mutex_lock(&holder->lock);
    msched_catalog *catalog = msched_catalog_ref(holder->current);
    pthread_mutex_unlock(&holder->lock);
    return catalog;
}

void catalog_holder_free(catalog_holder *holder)
{
    put(holder, NULL);
    pthread_mutex_destroy(&holder->lock);
}
