/* schedule/model/lookup.h: the wanted songs, looked up in the catalog. */
#ifndef MSCHED_LOOKUP_H
#define MSCHED_LOOKUP_H

#include "algo/budget.h"
#include "base/arena.h"
#include "catalog/catalog_data.h"
#include "plan/plan_data.h"

/* A wanted song, looked up. */
typedef struct msched__wish {
    uint32_t lengthless; /* the track if its length is unknown; UINT32_MAX: none */
    uint32_t track;      /* UINT32_MAX: not known */
    uint32_t artist;     /* the same for songs that share an artist; see artists.h */
    int32_t length_s;
    uint32_t weight;
    uint32_t candidate_count; /* of an unknown song: track indices, best first */
    const uint32_t *candidates;
    uint32_t occurrence; /* 1: the plan's first wish for this track, 2: its second, and so on */
    uint8_t ambiguous;   /* more than one recording matches as well */
    uint8_t near;        /* no song has this name: one that has every word of it is used */
    uint8_t skipped;     /* unknown, because the time ran out before it was looked up */
} msched__wish;

/* A plan with its songs. */
typedef struct msched__plan_songs {
    const msched_catalog *catalog; /* NULL: none */
    const msched_plan *plan;
    const msched__wish *wishes; /* per song of the plan */
} msched__plan_songs;

/*
 * Look up the plan's songs, those without a known id while there is time, and count the searches as
 * work outside the limit, so that many songs do not reduce the work for the schedule. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__wishes_make(msched__arena *arena, const msched_catalog *catalog,
                                  const msched_plan *plan, msched__budget *budget,
                                  msched__wish **out);
/*
 * Raise the bounds of the levels by what songs that were not looked up may add, because they may be
 * in the catalog. A must may also change all levels after the must plays.
 */
void msched__wishes_raise(const msched_plan *plan, const msched__wish *wishes, int64_t *bound);

#endif
