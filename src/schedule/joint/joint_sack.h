/* schedule/joint/joint_sack.h: the most that plays are worth in some time, wherever tasks are. */
#ifndef MSCHED_JOINT_SACK_H
#define MSCHED_JOINT_SACK_H

#include "base/arena.h"
#include "schedule/model/model.h"
#include "schedule/model/plays.h"

/* Set `model` and `plays`, the rest zero. */
typedef struct msched__sack {
    const msched__model *model;
    const msched__songs_problem *plays; /* beside no task */
    /* per cell: most value within it; of all, of a group of plays */
    int64_t *best, *host;
    int32_t *step;       /* sizes at which `host` rises */
    uint32_t *by_length; /* plays, shortest first */
    uint8_t *is_apart;   /* per play: its artist's were added with it */
    int32_t cells;
    int64_t unit;
    uint64_t work;
} msched__sack;

/*
 * Most value of plays in `capacity` seconds, where `value` is per play. INT64_MAX when out of
 * memory or where songs that have begun are in the way. `work` is then what it took.
 */
int64_t msched__sack_fill(msched__sack *k, msched__arena *arena, int64_t capacity,
                          const int64_t *value);

#endif
