/*
 * schedule/songs.h: songs in a day whose to-dos already have their times.
 *
 * The solver (solve.c) calls place for the wanted plays, then fill; order puts the songs of each session into a pleasant
 * sequence without changing levels 1 to 7.
 */
#ifndef MSCHED_SCHEDULE_SONGS_H
#define MSCHED_SCHEDULE_SONGS_H

#include "base/arena.h"
#include "catalog/catalog_data.h"
#include "plan/plan_data.h"
#include "time/span.h"

/* One wanted play. Plays of one wish with `times` > 1 are equal but for their number. */
typedef struct msched__play {
    uint32_t wish;         /* index in the plan's songs */
    uint32_t track;        /* index in the catalog */
    uint32_t artist;       /* for artist_separation */
    int32_t length_s;      /* ceil(duration_ms / 1000) */
    uint32_t weight;       /* 1..1000 */
    uint8_t must;
    const msched__span *windows; /* where it may play: disjoint, ascending, already within its between/during and within listenable time */
    uint32_t window_count;
    int32_t pinned_s;      /* must start exactly there; MSCHED_UNSET: free */
    int32_t preferred_s;   /* start in the previous schedule, kept where levels allow; MSCHED_UNSET: none */
    uint8_t frozen;        /* has begun before `now`: starts at pinned_s whatever the windows say */
} msched__play;

typedef struct msched__songs_problem {
    const msched_catalog *catalog;
    const msched_plan *plan;
    const msched__span *free;    /* listenable time: disjoint, ascending */
    uint32_t free_count;
    const msched__play *plays;
    uint32_t play_count;
    int32_t gap_s, artist_separation_s;
    int32_t max_total_s;         /* MSCHED_UNSET: no limit */
    uint64_t work_limit;         /* units of work this call may use */
} msched__songs_problem;

typedef struct msched__songs_placement {
    int32_t *start;              /* per play; MSCHED_UNSET: not placed. In the arena */
    int64_t must, weight;        /* levels 2 and 6 reached */
    int64_t must_bound;          /* no placement has more must plays */
    int64_t weight_bound;        /* no placement with `must` must plays has more weight; holds only where must == must_bound */
    uint64_t work;               /* used */
} msched__songs_placement;

/* Place the wanted plays: most must plays, then most weight. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__songs_place(msched__arena *arena, const msched__songs_problem *problem, msched__songs_placement *out);

/*
 * Upper bounds alone, cheap: for a relaxed day (more listenable time than any real one), to stop the search of tasks early.
 */
void msched__songs_bound(msched__arena *arena, const msched__songs_problem *problem, int64_t *must_bound, int64_t *weight_bound);

#endif
