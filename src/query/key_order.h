/* query/key_order.h: the names of a catalog in byte order, built once per catalog. */
#ifndef MSCHED_QUERY_KEY_ORDER_H
#define MSCHED_QUERY_KEY_ORDER_H

#include "catalog/saved/saved_form.h"

typedef struct msched__key_order {
    msched__attached attached;
    uint32_t *genres, *subgenres, *artists; /* indices ordered by name */
    uint32_t *playlists;                    /* indices ordered by playlist id */
} msched__key_order;

/* NULL and an error when out of memory. */
const msched__key_order *msched__key_order_of(const msched_catalog *catalog, msched_error *err);

/* Its form in a saved catalog, and the order read from it; NULL if that is unusable. */
void msched__key_order_form(msched__attached *attached, const msched_catalog *catalog,
                            msched__form *form);
msched__attached *msched__key_order_open(const msched_catalog *catalog);

/*
 * Index whose text is `key` among `count` ordered ids, or MSCHED__NONE. `offsets` are the text
 * offsets by id.
 */
uint32_t msched__key_find(const msched_catalog *catalog, const uint32_t *ordered,
                          const uint32_t *offsets, uint32_t count, const char *key);

#endif
