#include "catalog/catalog_check.h"

#include "base/error.h"

msched_result msched__catalog_fail(const msched_catalog *catalog, msched_error *err)
{
    return msched__fail(err, MSCHED_ERROR_SYNTAX,
                        "%s: the saved catalog is damaged: save it again from its songs",
                        catalog->saved_name);
}

msched_result msched__catalog_check(const msched_catalog *catalog, uint32_t parts,
                                    msched_error *err)
{
    /* callers see no difference between a catalog that was checked and one that was not */
    msched_catalog *known = (msched_catalog *)(uintptr_t)catalog;
    if (atomic_load(&known->damaged))
        return msched__catalog_fail(catalog, err);
    const int outcome = catalog->checks->parts(catalog, parts & ~atomic_load(&known->checked));
    if (outcome < 0)
        return msched__fail_memory(err);
    if (outcome == 0) {
        atomic_store(&known->damaged, 1);
        return msched__catalog_fail(catalog, err);
    }
    atomic_fetch_or(&known->checked, parts);
    return MSCHED_OK;
}

static int is_checked(const msched_catalog *catalog)
{
    return (atomic_load_explicit(&catalog->checked, memory_order_acquire) & MSCHED__ALL_PARTS) ==
           MSCHED__ALL_PARTS;
}

int msched__track_is_sound(const msched_catalog *catalog, uint32_t track)
{
    return is_checked(catalog) || catalog->checks->track(catalog, track);
}

int msched__entry_is_sound(const msched_catalog *catalog, uint32_t entry)
{
    return is_checked(catalog) || catalog->checks->entry(catalog, entry);
}
