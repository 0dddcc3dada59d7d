/*
 * schedule/songs/songs_sequence.h: the wanted plays as a sequence in time.
 *
 * Moving every song of a valid sequence to its earliest time keeps it valid. So a sequence of plays
 * represents its earliest times, and only sequences are searched.
 */
#ifndef MSCHED_SONGS_SEQUENCE_H
#define MSCHED_SONGS_SEQUENCE_H

#include "algo/budget.h"
#include "schedule/model/plays.h"

#define MSCHED__SONG_NEVER       INT32_MAX
#define MSCHED__SEARCH_MAX_ITEMS 64 /* up to this many are searched */
/*
 * Value of one must play, above all weights together: MSCHED_PLAN_MAX_SONGS * MSCHED_PLAN_MAX_TIMES
 * * 1000 < 2^32.
 */
#define MSCHED__MUST_VALUE ((int64_t)1 << 32)

/* A play that can be placed at least alone. */
typedef struct msched__item {
    const msched__interval *windows; /* of a pinned or locked item: its one place */
    uint32_t window_count;
    int32_t length;
    int32_t release, deadline; /* earliest start and latest end */
    int64_t value;             /* MSCHED__MUST_VALUE or the weight */
    uint32_t artist;           /* dense number; MSCHED__NONE if the separation cannot matter */
    uint32_t play;
    uint8_t locked; /* frozen: always placed, at its time */
    uint8_t same;   /* equal in all that counts to the item before */
    msched__interval pin;
} msched__item;

typedef struct msched__sequence {
    uint32_t *item;
    int32_t *start;
    uint32_t count;
    int32_t total_s;
    int64_t value;
} msched__sequence;

typedef struct msched__pack {
    msched__arena *arena;
    const msched__songs_problem *problem;
    msched__item *items;
    uint32_t count, artist_count;
    uint32_t *by_density;                /* optional items by weight per second, highest first */
    uint32_t *by_length;                 /* must items, shortest first */
    uint32_t optional_count, must_count; /* without locked items */
    int64_t locked_value;
    int32_t locked_total_s;
    int32_t min_length;                 /* shortest length of an item that is not locked */
    int32_t gap, separation, max_total; /* max_total INT32_MAX: none */
    uint8_t *placed;                    /* per item, of `now` */
    msched__sequence now, best;
    int32_t *trial;   /* starts of a sequence being tried */
    int32_t *latest;  /* latest starts of now's songs */
    int latest_known; /* whether they belong to `now` */
    msched__budget *budget;
} msched__pack;

/* Make the items and their common data from the problem. 0 when out of memory. */
int msched__pack_init(msched__pack *pack, msched__arena *arena,
                      const msched__songs_problem *problem, msched__budget *budget);
/* Orders of the items, for bounds and searches: by density and by length. 0 when out of memory. */
int msched__pack_sort(msched__pack *pack);

/* Remove all songs from `now`; insert an item at position `at` and time `start`. */
void msched__pack_clear(msched__pack *pack);
void msched__pack_put(msched__pack *pack, uint32_t index, uint32_t at, int32_t start);
/* Make `now` the best if it is worth more or there is none. */
void msched__pack_keep_best(msched__pack *pack);
/* Copy the best to `now`. */
void msched__pack_take_best(msched__pack *pack);

/* Earliest start of an item at or after `from` by its windows alone, or MSCHED__SONG_NEVER. */
int32_t msched__item_next(const msched__item *item, int32_t from);

#endif
