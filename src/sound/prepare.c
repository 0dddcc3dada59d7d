/* Build everything that layers attach to a catalog. */
#include "base/error.h"
#include "base/thread.h"
#include "catalog/catalog_check.h"
#include "query/lookup/duplicates.h"
#include "query/lookup/search_index.h"
#include "query/popularity/group_index.h"
#include "sound/mood.h"

#include <stdatomic.h>

/* Objects that know nothing of each other, the one that takes longest first. */
enum { SEARCH, MOODS, DUPLICATES, GROUPS, OBJECTS };

typedef struct preparation {
    const msched_catalog *catalog;
    atomic_uint next;
    int made[OBJECTS];
    msched_error errors[OBJECTS];
} preparation;

static int make(const msched_catalog *catalog, uint32_t object, msched_error *err)
{
    switch (object) {
    case MOODS:
        return msched__moods_of(catalog, err) != NULL;
    case SEARCH:
        return msched__search_of(catalog, err) != NULL;
    case DUPLICATES:
        return msched__duplicates_of(catalog, err) != NULL;
    default:
        return msched__group_index_of(catalog, MSCHED_BY_ARTIST, err) != NULL;
    }
}

/* Make objects until none is left. */
static void *run(void *ctx)
{
    preparation *all = ctx;
    uint32_t object;
    while ((object = atomic_fetch_add(&all->next, 1)) < OBJECTS)
        all->made[object] = make(all->catalog, object, &all->errors[object]);
    return NULL;
}

#define THREAD_ENTRIES 4096 /* of fewer, starting a thread is a large part of the time */

msched_result msched_catalog_prepare(const msched_catalog *catalog, msched_error *err)
{
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    const msched_result result = msched__catalog_need_all(catalog, err);
    if (result != MSCHED_OK)
        return result;
    preparation all = {.catalog = catalog};
    atomic_init(&all.next, 0);
    msched__threads_run(
        catalog->prepares_by_threads && catalog->entry_count >= THREAD_ENTRIES ? OBJECTS : 1, run,
        &all);
    for (uint32_t object = 0; object < OBJECTS; object++)
        if (!all.made[object]) {
            if (err != NULL)
                *err = all.errors[object];
            return all.errors[object].code;
        }
    return MSCHED_OK;
}
