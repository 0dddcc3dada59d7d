/* schedule/joint/joint_sack.h: the maximum value of plays in some time, wherever the tasks are. */
#ifndef MSCHED_JOINT_SACK_H
#define MSCHED_JOINT_SACK_H

#include "base/arena.h"
#include "schedule/model/model.h"
#include "schedule/model/plays.h"

/* Set `model` and `plays`, the rest zero. */
typedef struct msched__sack {
    const msched__model *model;
    const msched__songs_problem *plays; /* without tasks */
    /* per cell: maximum value within it, of all plays and of a group */
    int64_t *best, *host;
    int32_t *step;       /* sizes at which `host` rises */
    uint32_t *by_length; /* plays, shortest first */
    uint8_t *is_apart;   /* per play: the plays of its artist were added with it */
    int32_t cells;
    int64_t unit;
    uint64_t work;
} msched__sack;

/*
 * Maximum value of plays in `capacity` seconds, with `value` per play. -1 when out of memory,
 * INT64_MAX if songs that have begun are in the way. Sets `work`.
 */
int64_t msched__sack_fill(msched__sack *k, msched__arena *arena, int64_t capacity,
                          const int64_t *value);

#endif
