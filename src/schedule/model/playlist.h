/* schedule/model/playlist.h: all songs of a day at their times: wanted plays and fill. */
#ifndef MSCHED_PLAYLIST_H
#define MSCHED_PLAYLIST_H

#include "schedule/model/plays.h"

/* An interval with its own mood: a to-do during which music may play. */
typedef struct msched__mood_span {
    msched__interval span;
    uint32_t mood;
} msched__mood_span;

#define MSCHED__FILL       UINT32_MAX
#define MSCHED__OTHER_FILL (UINT32_MAX - 1) /* a song of another fill, while one is solved */

/* A song at its time. */
typedef struct msched__timed_song {
    int32_t start_s, length_s;
    uint32_t track, artist;
    uint32_t play; /* index in the problem's plays; MSCHED__FILL: a fill song */
    uint8_t fixed; /* ordering does not move it */
    uint8_t fill;  /* of a fill song: which fill of the plan */
} msched__timed_song;

/* A fill song of the previous schedule. */
typedef struct msched__previous_fill {
    uint32_t track;
    int32_t start_s;
    uint8_t frozen; /* has begun before `now`: it stays, even outside the windows */
    uint8_t fill;   /* the fill of the plan for which it counts; 0 if that is not known */
} msched__previous_fill;

typedef struct msched__fill_problem {
    const msched__songs_problem *songs;
    const msched__songs_placement *placement; /* of its plays */
    const msched_listening *rules;            /* with its filter; NULL: those of the plan */
    int32_t fill_s;                           /* asked */
    /* time windows of the fill: disjoint, ascending, within listenable time and after `now` */
    const msched__interval *windows;
    uint32_t window_count;
    uint32_t mood; /* outside mood_spans */
    uint32_t mood_span_count;
    const msched__mood_span *mood_spans;   /* ascending; where two overlap the first holds */
    const msched__previous_fill *previous; /* kept if level 7 allows; frozen ones first */
    uint32_t previous_count;
    /* fixed songs of the plan's other fills */
    const msched__timed_song *others;
    uint32_t other_count;
    /* number of all fills of the plan, including this one; 0: a single one */
    const struct msched__fill_problem *fills;
    uint32_t fill_count;
    /* of a finished day, per fill: the to-do in which it plays; empty: none */
    const msched__interval *hosts;
    uint64_t seed;
} msched__fill_problem;

typedef struct msched__fill {
    msched__timed_song *songs; /* the fill alone, ascending; in the arena */
    uint32_t count;
    int64_t seconds, bound; /* level 7: value reached; no fill with this placement is longer */
} msched__fill;

/* The rules of the fill, with its filter. */
static inline const msched_listening *msched__fill_rules(const msched__fill_problem *problem)
{
    return problem->rules != NULL ? problem->rules : &problem->songs->plan->listening;
}

/* The problem of the fill that a song belongs to. */
static inline const msched__fill_problem *msched__fill_of(const msched__fill_problem *problem,
                                                          const msched__timed_song *song)
{
    return problem->fill_count == 0 || song->play != MSCHED__FILL ? problem
                                                                  : &problem->fills[song->fill];
}

/* The windows of a song; none if it is fixed. */
const msched__interval *msched__timed_windows(const msched__fill_problem *problem,
                                              const msched__timed_song *song, uint32_t *count);
/* Whether a song may play anywhere in [start, end), as far as its own windows allow. */
int msched__timed_may_play(const msched__fill_problem *problem, const msched__timed_song *song,
                           int32_t start, int32_t end);

/* The mood of songs that start at a time. */
uint32_t msched__fill_mood_at(const msched__fill_problem *problem, int32_t time);

/*
 * All songs of the day, ascending by start: placed plays and fill. `fixed` is set for pinned and
 * frozen plays and for those at their previous start. NULL when out of memory.
 */
msched__timed_song *msched__songs_merge(msched__arena *arena, const msched__fill_problem *problem,
                                        const msched__fill *fill, uint32_t *count);

#endif
