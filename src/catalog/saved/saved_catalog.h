/* catalog/saved/saved_catalog.h: the columns and indexes of a catalog in a saved one. */
#ifndef MSCHED_CATALOG_SAVED_SAVED_CATALOG_H
#define MSCHED_CATALOG_SAVED_SAVED_CATALOG_H

#include "catalog/saved/saved_check.h"
#include "catalog/saved/saved_form.h"

/* The sections of a catalog, and room for those of its numbers that are no 32-bit fields. */
void msched__catalog_form(msched_catalog *catalog, msched__saved_numbers *numbers,
                          msched__form *form);
/* Before saving: the numbers that are not fields, or are wider; the hash key is another. */
void msched__catalog_numbers(const msched_catalog *catalog, uint64_t key,
                             msched__saved_numbers *numbers);
/* The slots of the ids by another key; `slots` has id_slot_count. */
void msched__catalog_place_ids(const msched_catalog *catalog, uint64_t key, uint32_t *slots);
/*
 * A catalog in the bytes of a saved one, which the catalog owns: they are unmapped or kept by the
 * caller. On failure they are unmapped too. `name` is for messages.
 */
msched_result msched__catalog_open_sections(msched_catalog **out, msched__section_file *file,
                                            const msched_catalog_options *options, const char *name,
                                            msched_error *err);

#endif
