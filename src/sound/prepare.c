/* Build everything that layers attach to a catalog. */
#include "base/error.h"
#include "catalog/catalog_check.h"
#include "query/lookup/duplicates.h"
#include "query/lookup/search_index.h"
#include "query/popularity/group_index.h"
#include "sound/mood.h"

msched_result msched_catalog_prepare(const msched_catalog *catalog, msched_error *err)
{
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    const msched_result result = msched__catalog_need_all(catalog, err);
    if (result != MSCHED_OK)
        return result;
    if (msched__search_of(catalog, err) == NULL || msched__moods_of(catalog, err) == NULL ||
        msched__group_index_of(catalog, MSCHED_BY_ARTIST, err) == NULL ||
        msched__duplicates_of(catalog, err) == NULL)
        return MSCHED_ERROR_MEMORY;
    return MSCHED_OK;
}
