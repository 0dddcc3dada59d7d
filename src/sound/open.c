/*
 * Open a saved catalog so that the first questions are about as fast as later ones: the data that
 * they read is mapped and checked now if that takes less than a millisecond.
 */
#include "catalog/catalog_check.h"
#include "catalog/saved/saved_form.h"
#include "catalog/saved/saved_open.h"
#include "format/section_file.h"
#include "query/lookup/search_index.h"

#include <musicsched/popularity.h>

#define SMALL_FILE   (UINT64_C(64) << 20) /* up to this size of a file, groups are checked now */
#define SMALL_LOOKUP (UINT64_C(4) << 20)  /* up to this size, a search index is checked now */

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

/* Ignore damage here: the function that needs the damaged part reports it. */
static void warm(const msched_catalog *catalog)
{
    msched_top *top;
    msched_error ignored;
    if (msched_top_compute(&top, catalog, NULL, &ignored) == MSCHED_OK)
        msched_top_unref(top);
    if (lookup_bytes(&catalog->saved) <= SMALL_LOOKUP)
        msched__search_of(catalog, &ignored);
    if (catalog->saved.size > SMALL_FILE)
        return;
    msched_groups_options options;
    msched_groups *groups;
    msched_groups_options_init(&options, sizeof options);
    options.by = MSCHED_BY_GENRE;
    options.count = MSCHED_COUNT_ENTRIES;
    if (msched_groups_compute(&groups, catalog, &options, &ignored) == MSCHED_OK)
        msched_groups_unref(groups);
}

msched_result msched_catalog_open(msched_catalog **out, const char *path,
                                  const msched_catalog_options *options, msched_error *err)
{
    const msched_result result = msched__catalog_open_path(out, path, options, err);
    if (result == MSCHED_OK)
        warm(*out);
    return result;
}
