/*
 * catalog/catalog_check.h: check the parts of a saved catalog when they are first used, and make
 * the late parts of a catalog that was built. Public functions that take a catalog call
 * msched__catalog_need_all, or msched__catalog_need where they read a few parts only. A catalog of
 * NULL passes.
 */
#ifndef MSCHED_CATALOG_CATALOG_CHECK_H
#define MSCHED_CATALOG_CATALOG_CHECK_H

#include "catalog/catalog_data.h"

/* Parts that are checked independently of each other; those of the features follow. */
enum msched__catalog_part {
    MSCHED__PART_TEXT_POOL = 0,
    MSCHED__PART_RANKING = 1,
    MSCHED__PART_ENTRIES_OF_TRACKS = 2,
    MSCHED__PART_TRACKS_OF_RECORDINGS = 3,
    MSCHED__PART_TEXTS = 4,
    MSCHED__PART_TRACKS = 5,
    MSCHED__PART_ENTRIES = 6,
    MSCHED__PART_SLOTS = 7,
    MSCHED__PART_LISTS = 8,
    MSCHED__PART_GENRES = 9, /* of entries, with their names */
    MSCHED__PART_SUBGENRES = 10,
    MSCHED__PART_FEATURES = 11,
    MSCHED__PARTS = MSCHED__PART_FEATURES + MSCHED_FEATURE_DURATION_MS
};
#define MSCHED__ALL_PARTS     ((UINT32_C(1) << MSCHED__PARTS) - 1)
#define MSCHED__FEATURE_PARTS (MSCHED__ALL_PARTS >> MSCHED__PART_FEATURES << MSCHED__PART_FEATURES)

/*
 * The checks of a saved catalog, or how a built one makes parts. Each returns 1 if the data may be
 * used, and `parts` returns -1 when out of memory.
 */
typedef struct msched__catalog_checks {
    int (*parts)(const msched_catalog *catalog, uint32_t parts);
    int (*track)(const msched_catalog *catalog, uint32_t track);
    int (*entry)(const msched_catalog *catalog, uint32_t entry);
} msched__catalog_checks;

/* SYNTAX if one of the parts is damaged, MEMORY if it could not be made. */
msched_result msched__catalog_check(const msched_catalog *catalog, uint32_t parts,
                                    msched_error *err);
static inline msched_result msched__catalog_need(const msched_catalog *catalog, uint32_t parts,
                                                 msched_error *err)
{
    if (catalog == NULL ||
        (atomic_load_explicit(&catalog->checked, memory_order_acquire) & parts) == parts)
        return MSCHED_OK;
    return msched__catalog_check(catalog, parts, err);
}
static inline msched_result msched__catalog_need_all(const msched_catalog *catalog,
                                                     msched_error *err)
{
    return msched__catalog_need(catalog, MSCHED__ALL_PARTS, err);
}
/* Need the late parts of a catalog that was built; a saved one has them, checked or not. */
static inline msched_result msched__catalog_need_late(const msched_catalog *catalog,
                                                      msched_error *err)
{
    return catalog->saved.data != NULL ? MSCHED_OK : msched__catalog_need_all(catalog, err);
}
/* 1 if one track or entry and its texts may be used, whether their parts were checked or not. */
int msched__track_is_sound(const msched_catalog *catalog, uint32_t track);
int msched__entry_is_sound(const msched_catalog *catalog, uint32_t entry);
/* MSCHED_ERROR_SYNTAX: the saved catalog is damaged. */
msched_result msched__catalog_fail(const msched_catalog *catalog, msched_error *err);
/* Why msched__catalog_attach returned NULL: SYNTAX or MEMORY. */
static inline msched_result msched__catalog_why(const msched_catalog *catalog)
{
    return atomic_load(&catalog->damaged) ? MSCHED_ERROR_SYNTAX : MSCHED_ERROR_MEMORY;
}

#endif
