/* tests/query/query_testing.h: catalogs and failing allocators for the suites of query. */
#ifndef MSCHED_QUERY_TESTING_H
#define MSCHED_QUERY_TESTING_H

#include "../testing.h"

#include <musicsched/catalog.h>

/* The real file, or NULL where it is absent: then skip(). */
msched_catalog *load_real_catalog(void);

/*
 * Rows for a catalog in which everything happens: tracks in many playlists, recordings of several
 * tracks, missing dates and genres.
 */
typedef struct made_row {
    char track_id[16], name[32], artist[32], playlist[16], genre[16], subgenre[16], date[16];
    int32_t popularity;
    uint32_t duration_ms;
    double energy, tempo; /* NaN: not known */
} made_row;

/*
 * `tracks` tracks in up to 4 rows each; returns how many rows were written to `rows` (room for 4 *
 * tracks).
 */
uint32_t make_rows(made_row *rows, uint32_t tracks, uint64_t seed);
/* The catalog of the rows with pick[i] == which, or of all with pick NULL. */
msched_catalog *catalog_of_rows(const made_row *rows, uint32_t count, const uint32_t *pick,
                                uint32_t which);

/* splitmix64: the same numbers everywhere. */
uint64_t next_random(uint64_t *state);

/*
 * Fails the allocation number `fail_at` (0: the first; negative: none) and all after it; counts
 * what is held.
 */
typedef struct failing {
    long fail_at, calls, held;
} failing;
msched_allocator failing_allocator(failing *state);

#endif
