/* Everything that layers attach to a catalog, built at once. */
#include "base/error.h"
#include "catalog/catalog_data.h"

msched_result msched_catalog_prepare(const msched_catalog *catalog, msched_error *err)
{
    return catalog == NULL ? msched__fail_null(err, "catalog") : MSCHED_OK;
}
