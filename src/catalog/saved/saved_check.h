/* catalog/saved/saved_check.h: check a saved catalog before anything uses it. */
#ifndef MSCHED_CATALOG_SAVED_SAVED_CHECK_H
#define MSCHED_CATALOG_SAVED_SAVED_CHECK_H

#include "catalog/catalog_check.h"

/* Numbers of a catalog that are not 32-bit fields; a 64-bit number takes two words. */
enum msched__saved_number {
    MSCHED__SAVED_TEXT_SIZE = 0,
    MSCHED__SAVED_HASH_KEY = 2,
    MSCHED__SAVED_UNREADABLE = 4,
    MSCHED__SAVED_CONFLICTS = 6,
    MSCHED__SAVED_ASSUMPTIONS = 8,
    MSCHED__SAVED_ROWS_SKIPPED = 10,
    MSCHED__SAVED_ARTIST_ROWS = 12,
    MSCHED__SAVED_GENRE_ROWS = 13,
    MSCHED__SAVED_SUBGENRE_ROWS = 14,
    MSCHED__SAVED_JSON_SIZE = 15,
    MSCHED__SAVED_REPORT_SIZE = 16,
    MSCHED__SAVED_VARIES = 17,
    MSCHED__SAVED_NUMBERS = 18
};

/* Room for these numbers. */
typedef struct msched__saved_numbers {
    uint32_t words[32];
} msched__saved_numbers;

/*
 * 1 if what an opened catalog says in front of its columns is valid. msched__catalog_check checks
 * the columns.
 */
int msched__catalog_front_is_sound(const msched_catalog *catalog,
                                   const msched__saved_numbers *numbers);

/* Checks for msched__catalog_check; several threads check a large catalog. Nothing is allocated. */
extern const msched__catalog_checks msched__saved_checks;

#endif
