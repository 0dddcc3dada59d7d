/* Save a catalog with everything that is built from it. */
#include "base/alloc.h"
#include "base/checksum.h"
#include "base/error.h"
#include "catalog/saved/saved_catalog.h"
#include "query/key_order.h"
#include "query/lookup/duplicates.h"
#include "query/lookup/search_index.h"
#include "query/lookup/search_saved.h"
#include "query/popularity/group_index.h"
#include "sound/mood.h"

/*
 * Hash tables for the file: with a hash key made from the texts, so that equal catalogs give equal
 * bytes.
 */
typedef struct tables {
    uint64_t key;
    uint32_t *ids, *titles, *pairs;
} tables;

static void free_tables(tables *t, const msched_allocator *allocator)
{
    msched__free(allocator, t->ids);
    msched__free(allocator, t->titles);
    msched__free(allocator, t->pairs);
}

static int make_tables(tables *t, const msched_catalog *c, const msched__search *search)
{
    const msched_allocator *allocator = &c->allocator;
    t->key = msched__checksum(c->text, c->text_size) | 1;
    t->ids = msched__alloc_array(allocator, c->id_slot_count, sizeof *t->ids);
    t->titles = msched__alloc_array(allocator, search->slot_count, sizeof *t->titles);
    t->pairs = msched__alloc_array(allocator, search->slot_count, sizeof *t->pairs);
    if (t->ids == NULL || t->titles == NULL || t->pairs == NULL)
        return 0;
    msched__catalog_place_ids(c, t->key, t->ids);
    return msched__search_place(search, t->key, t->titles, t->pairs);
}

/* Attachments are read-only; the casts are only because forms are also used for reading. */
static void gather(msched__form_output *out, const msched_catalog *catalog, tables *t,
                   msched__saved_numbers *numbers)
{
    msched_catalog *c = (msched_catalog *)(uintptr_t)catalog;
    msched__search *search = (msched__search *)c->attached[MSCHED__ATTACH_LOOKUP];
    msched__form form;
    msched__catalog_numbers(c, t->key, numbers);
    msched__catalog_form(c, numbers, &form);
    msched__form_replace(&form, &c->id_slots, &t->ids);
    msched__form_write(&form, out);
    msched__search_form(&search->attached, c, &form);
    msched__form_replace(&form, &search->title_slots, &t->titles);
    msched__form_replace(&form, &search->pair_slots, &t->pairs);
    msched__form_write(&form, out);
    msched__key_order_form(c->attached[MSCHED__ATTACH_KEY_ORDER], c, &form);
    msched__form_write(&form, out);
    msched__group_index_form(c->attached[MSCHED__ATTACH_GROUPS], c, &form);
    msched__form_write(&form, out);
    msched__moods_form(c->attached[MSCHED__ATTACH_MOODS], c, &form);
    msched__form_write(&form, out);
    msched__duplicates_form(c->attached[MSCHED__ATTACH_DUPLICATES], c, &form);
    msched__form_write(&form, out);
}

msched_result msched_catalog_save(const msched_catalog *catalog, const char *path,
                                  msched_error *err)
{
    if (catalog == NULL || path == NULL)
        return msched__fail_null(err, catalog == NULL ? "catalog" : "path");
    msched_result result = msched_catalog_prepare(catalog, err);
    if (result != MSCHED_OK)
        return result;
    if (msched__key_order_of(catalog, err) == NULL)
        return MSCHED_ERROR_MEMORY;
    const msched_allocator *allocator = &catalog->allocator;
    tables t = {0};
    msched__saved_numbers numbers;
    msched__form_output *out = msched__alloc_zero(allocator, 1, sizeof *out);
    result = MSCHED_ERROR_MEMORY;
    if (out != NULL && make_tables(&t, catalog, msched__search_of(catalog, err))) {
        gather(out, catalog, &t, &numbers);
        result = msched__section_file_write(path, out->sections, out->section_count, allocator,
                                            err);
    } else {
        msched__fail_memory(err);
    }
    free_tables(&t, allocator);
    msched__free(allocator, out);
    return result;
}
