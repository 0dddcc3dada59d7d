/*
 * schedule/model/plays.h: songs in a day whose to-dos already have their times.
 *
 * The solver calls place for the wanted plays, then fill; order puts the songs of each session into a pleasant sequence
 * without changing levels 1 to 7; score tells level 8 of the finished songs. Everything is a function of its arguments:
 * no clock, no address, no floating-point sum decides anything.
 */
#ifndef MSCHED_PLAYS_H
#define MSCHED_PLAYS_H

#include "base/arena.h"
#include "catalog/catalog_data.h"
#include "plan/plan_data.h"
#include "time/span.h"

/* One wanted play. Plays of one wish with `times` > 1 are equal but for their number. */
typedef struct msched__play {
    uint32_t wish;    /* index in the plan's songs */
    uint32_t track;   /* index in the catalog */
    uint32_t artist;  /* for artist_separation */
    int32_t length_s; /* ceil(duration_ms / 1000), > 0 */
    uint32_t weight;  /* 1..1000 */
    uint8_t must;
    const msched__span
        *windows; /* where it may play: disjoint, ascending, already within its between/during and within listenable time */
    uint32_t window_count;
    int32_t pinned_s;    /* must start exactly there; MSCHED_UNSET: free */
    int32_t preferred_s; /* start in the previous schedule, kept where levels allow; MSCHED_UNSET: none */
    uint8_t frozen;      /* has begun before `now`: starts at pinned_s whatever the windows say */
} msched__play;

/* A silent task that stands somewhere in its reach, for bounds over all arrangements. */
typedef struct msched__held {
    msched__span reach;
    int32_t length;
    uint8_t priority;
    uint8_t cut; /* may be in pieces */
} msched__held;

typedef struct msched__songs_problem {
    const msched_catalog *catalog;
    const msched_plan *plan;
    const msched__span *free; /* listenable time: disjoint, ascending */
    uint32_t free_count;
    const msched__play *plays;
    uint32_t play_count;
    int32_t gap_s, artist_separation_s;
    int32_t max_total_s;  /* for these plays and the fill that has not begun; MSCHED_UNSET: no limit */
    int32_t begun_fill_s; /* fill that has begun */
    uint64_t work_limit;  /* units of work this call may use */
    /* Only for bounds: silent tasks, all but at most so many of each priority placed, in time that they share with the songs. */
    const msched__held *held;
    uint32_t held_count;
    int32_t held_missing[5];
    const msched__span *shared;
    uint32_t shared_count;
} msched__songs_problem;

typedef struct msched__songs_placement {
    int32_t *start;       /* per play; MSCHED_UNSET: not placed. In the arena */
    int64_t must, weight; /* levels 2 and 6 reached */
    int64_t must_bound;   /* no placement has more must plays */
    int64_t weight_bound; /* no placement with `must` must plays has more weight; holds only where must == must_bound */
    uint64_t work;        /* used */
} msched__songs_placement;

/* Place the wanted plays: most must plays, then most weight. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__songs_place(msched__arena *arena, const msched__songs_problem *problem, msched__songs_placement *out);

/*
 * Upper bounds alone, cheap: for a relaxed day (more listenable time than any real one), to stop the search of tasks early.
 * The weight bound holds for placements with `must_bound` must plays; it may be NULL. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__songs_bound(msched__arena *arena, const msched__songs_problem *problem, int64_t *must_bound,
                                  int64_t *weight_bound);

/* A stretch with its own mood: a to-do during which music may play. */
typedef struct msched__mood_span {
    msched__span span;
    uint32_t mood;
} msched__mood_span;

#define MSCHED__FILL UINT32_MAX

/* A song at its time. */
typedef struct msched__timed_song {
    int32_t start_s, length_s;
    uint32_t track, artist;
    uint32_t play; /* index in the problem's plays; MSCHED__FILL: a fill song */
    uint8_t fixed; /* order leaves it where it is */
} msched__timed_song;

/* A fill song of the previous schedule. */
typedef struct msched__previous_fill {
    uint32_t track;
    int32_t start_s;
    uint8_t frozen; /* has begun before `now`: it stays, within the windows or not */
} msched__previous_fill;

typedef struct msched__fill_problem {
    const msched__songs_problem *songs;       /* its work_limit bounds this call; the filter is in its plan's listening rules */
    const msched__songs_placement *placement; /* of its plays */
    int32_t fill_s;                           /* asked */
    const msched__span *windows;              /* where fill may play: disjoint, ascending, within listenable time and after `now` */
    uint32_t window_count;
    uint32_t mood; /* outside mood_spans */
    uint32_t mood_span_count;
    const msched__mood_span *mood_spans;   /* ascending; where two overlap the first holds */
    const msched__previous_fill *previous; /* kept where level 7 allows; frozen ones first of all */
    uint32_t previous_count;
    uint64_t seed;
} msched__fill_problem;

typedef struct msched__fill {
    msched__timed_song *songs; /* the fill alone, ascending; in the arena */
    uint32_t count;
    int64_t seconds, bound; /* level 7: reached; no fill beside this placement is longer */
    uint64_t work;
} msched__fill;

/* Fill the rest of the listenable time. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__songs_fill(msched__arena *arena, const msched__fill_problem *problem, msched__fill *out);

/*
 * Seconds of songs that pass the filter, one track of each recording, up to what is asked: no fill of any placement, in any
 * day, is longer. Reads neither the placement nor the windows. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__songs_supply(msched__arena *arena, const msched__fill_problem *problem, int64_t *seconds);

/*
 * Lower `*seconds`, where no more than MSCHED__REACH_MAX_S, to the largest sum that such songs reach. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
#define MSCHED__REACH_MAX_S 900
msched_result msched__songs_reach(msched__arena *arena, const msched__fill_problem *problem, int64_t *seconds);

/*
 * All songs of the day, ascending by start: placed plays and fill. `fixed` is set for pinned and frozen plays and for those
 * that stand at their previous start. NULL when out of memory.
 */
msched__timed_song *msched__songs_merge(msched__arena *arena, const msched__fill_problem *problem, const msched__fill *fill,
                                        uint32_t *count);

/*
 * Reorder the songs within their sessions for smooth transitions; starts change, the set does not, and every rule of
 * placement still holds. `songs` as msched__songs_merge gives it, and ascending again afterwards. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__songs_order(msched__arena *arena, const msched__fill_problem *problem, msched__timed_song *songs,
                                  uint32_t count);

/* Level 8 of finished songs, each 0..1000 on average per song or transition, higher is better; 1000 where there is none. */
typedef struct msched__songs_score {
    int32_t mood_fit;   /* of all songs that play in a mood */
    int32_t smoothness; /* of the transitions within sessions */
    int32_t popularity; /* of the fill, 10 * popularity */
} msched__songs_score;

msched__songs_score msched__songs_rate(const msched__fill_problem *problem, const msched__timed_song *songs, uint32_t count);

#endif
