/*
 * catalog/build/builder.h: how checked rows become a catalog; for the public builder and the CSV
 * loader.
 */
#ifndef MSCHED_CATALOG_BUILD_BUILDER_H
#define MSCHED_CATALOG_BUILD_BUILDER_H

#include "base/error.h"
#include "catalog/build/builder_data.h"
#include "catalog/cells/row.h"

/* Compute the hashes of a row, once its texts are set. */
void msched__hash_values(msched__values *values);
/*
 * This row will be added soon: ask for the memory of its keys, so that it arrives while other work
 * is done. Each step finds what the one before asked for, so other rows come in between.
 */
enum msched__announcement {
    MSCHED__ANNOUNCE_SLOTS,
    MSCHED__ANNOUNCE_OFFSETS,
    MSCHED__ANNOUNCE_TEXTS
};
void msched__builder_announce(const msched_catalog_builder *builder, const msched__values *values,
                              enum msched__announcement step);

/*
 * Add a checked row with its hashes. MEMORY, LIMIT or CONFLICT leave the builder as it was. err
 * must not be NULL.
 */
msched_result msched__builder_add_values(msched_catalog_builder *builder,
                                         const msched__values *values,
                                         const msched__row_place *place, msched_error *err);
/*
 * About this many rows will come: make room for them now. If there is not enough memory for that,
 * tables grow later, step by step.
 */
void msched__builder_expect(msched_catalog_builder *builder, uint32_t rows);
/* The options that the builder was created with, defaults filled in. */
const msched_catalog_options *msched__builder_options(const msched_catalog_builder *builder);
/* A caller's options, checked, with defaults filled in; NULL: all of them are defaults. */
msched_result msched__catalog_options_read(msched_catalog_options *known,
                                           const msched_catalog_options *given, msched_error *err);

#endif
