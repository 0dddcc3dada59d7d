/*
 * schedule/model/plays.h: the wanted songs in a day whose to-dos already have their times.
 *
 * Everything is a function of its arguments: nothing depends on a clock, an address or a
 * floating-point sum.
 */
#ifndef MSCHED_PLAYS_H
#define MSCHED_PLAYS_H

#include "base/arena.h"
#include "catalog/catalog_data.h"
#include "plan/plan_data.h"
#include "time/interval.h"

/* One wanted play. Plays of a wish with `times` > 1 are equal except for their number. */
typedef struct msched__play {
    uint32_t wish;    /* index in the plan's songs */
    uint32_t track;   /* index in the catalog */
    uint32_t artist;  /* for artist_separation */
    int32_t length_s; /* ceil(duration_ms / 1000), > 0 */
    uint32_t weight;  /* 1..1000 */
    uint8_t must;
    const msched__interval
        /*
         * time windows: disjoint, ascending, already within its between/during and within
         * listenable time
         */
        *windows;
    uint32_t window_count;
    int32_t pinned_s; /* must start exactly there; MSCHED_UNSET: free */
    /* start in the previous schedule, kept if the levels allow; MSCHED_UNSET: none */
    int32_t preferred_s;
    uint8_t frozen; /* has begun before `now`: starts at pinned_s, even outside the windows */
} msched__play;

/* A silent task that is somewhere in its time windows, for bounds over all arrangements. */
typedef struct msched__held {
    msched__interval reach;
    int32_t length;
    uint8_t priority;
    uint8_t cut;    /* may be in pieces */
    int32_t pieces; /* at most */
} msched__held;

typedef struct msched__songs_problem {
    const msched_catalog *catalog;
    const msched_plan *plan;
    const msched__interval *free; /* listenable time: disjoint, ascending */
    uint32_t free_count;
    const msched__play *plays;
    uint32_t play_count;
    int32_t gap_s, artist_separation_s;
    int32_t repeat_s; /* wished between two plays of a recording; 0: none, without the next two */
    uint8_t repeats_softly;     /* repeat_s is the default, and is reduced on a short day */
    const uint32_t *recordings; /* per track: its recording, 0 .. recording_count - 1 */
    uint32_t recording_count;
    /* for these plays and the fill that has not begun; MSCHED_UNSET: no limit */
    int32_t max_total_s;
    int32_t begun_fill_s; /* fill that has begun */
    /*
     * Only for bounds: silent tasks, all placed except at most this many of each priority, in time
     * that they share with the songs.
     */
    const msched__held *held;
    uint32_t held_count;
    int32_t held_missing[5];
    const msched__interval *shared;
    uint32_t shared_count;
} msched__songs_problem;

typedef struct msched__songs_placement {
    int32_t *start;       /* per play; MSCHED_UNSET: not placed. In the arena */
    int64_t must, weight; /* levels 2 and 6 reached */
    int64_t must_bound;   /* no placement has more must plays */
    /* no placement with `must` must plays has more weight; holds only if must == must_bound */
    int64_t weight_bound;
} msched__songs_placement;

#endif
