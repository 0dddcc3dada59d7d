/*
 * Open a saved catalog so that the first questions are about as fast as later ones: the data that
 * they read is mapped and checked now if that takes a few milliseconds at most.
 */
#include "catalog/catalog_check.h"
#include "catalog/saved/saved_form.h"
#include "catalog/saved/saved_open.h"
#include "format/section_file.h"
#include "query/key_order.h"
#include "query/lookup/search_index.h"
#include "query/popularity/group_index.h"

#include <musicsched/popularity.h>

/*
 * Up to this size of a file, genres are read now; their checks would double the time of the first
 * question. In a larger file, reading them would take longer than all the rest, and push the search
 * index out of the cache of the processor.
 */
#define SMALL_FILE   (UINT64_C(64) << 20)
#define CHECKED_FILE (UINT64_C(256) << 20)
#define SMALL_LOOKUP (UINT64_C(4) << 20) /* up to this size, a search index is checked now */

/* Bytes of the search index. */
static uint64_t lookup_bytes(const msched__section_file *file)
{
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < file->section_count; i++)
        if (file->sections[i].number >= MSCHED__FORM_LOOKUP &&
            file->sections[i].number < MSCHED__FORM_KEY_ORDER)
            bytes += file->sections[i].count * file->sections[i].item_size;
    return bytes;
}

/* Check the parts that counting songs by genre reads. */
static void warm_genres(const msched_catalog *catalog)
{
    msched_error ignored;
    if (msched__catalog_need(catalog, UINT32_C(1) << MSCHED__PART_GENRES, &ignored) == MSCHED_OK)
        msched__group_index_of(catalog, MSCHED_BY_GENRE, &ignored);
    msched__key_order_of(catalog, &ignored);
}

/* Ignore damage here: the function that needs the damaged part reports it. */
static void warm(const msched_catalog *catalog)
{
    msched_top *top;
    msched_error ignored;
    if (catalog->saved.size <= (catalog->checks_saved ? CHECKED_FILE : SMALL_FILE))
        warm_genres(catalog);
    /* last, so that what they read stays in the cache of the processor */
    if (lookup_bytes(&catalog->saved) <= SMALL_LOOKUP)
        msched__search_of(catalog, &ignored);
    /* after the index, which lists the most popular songs */
    if (msched_top_compute(&top, catalog, NULL, &ignored) == MSCHED_OK)
        msched_top_unref(top);
}

msched_result msched_catalog_open(msched_catalog **out, const char *path,
                                  const msched_catalog_options *options, msched_error *err)
{
    const msched_result result = msched__catalog_open_path(out, path, options, err);
    if (result == MSCHED_OK)
        warm(*out);
    return result;
}
