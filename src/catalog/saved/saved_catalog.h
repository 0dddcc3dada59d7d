/* catalog/saved/saved_catalog.h: the columns and indexes of a catalog in a saved one. */
#ifndef MSCHED_CATALOG_SAVED_SAVED_CATALOG_H
#define MSCHED_CATALOG_SAVED_SAVED_CATALOG_H

#include "catalog/saved/saved_check.h"
#include "catalog/saved/saved_form.h"

/* The sections of a catalog, and memory for its numbers that are not 32-bit fields. */
void msched__catalog_form(msched_catalog *catalog, msched__saved_numbers *numbers,
                          msched__form *form);
/* Before saving: the numbers that are not 32-bit fields. `key` replaces the hash key. */
void msched__catalog_numbers(const msched_catalog *catalog, uint64_t key,
                             msched__saved_numbers *numbers);
/* The slots of the ids with another hash key; `slots` has id_slot_count elements. */
void msched__catalog_place_ids(const msched_catalog *catalog, uint64_t key, uint32_t *slots);
/*
 * Open a catalog in the bytes of a saved one, which the catalog then owns. It unmaps them if they
 * are mapped, also on failure. `name` is for messages.
 */
msched_result msched__catalog_open_sections(msched_catalog **out, msched__section_file *file,
                                            const msched_catalog_options *options, const char *name,
                                            msched_error *err);

#endif
