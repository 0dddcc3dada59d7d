/*
 * schedule/fill/fill_state.h: a day while it is being filled: songs by time, the slots between
 * them, and what must not be repeated.
 */
#ifndef MSCHED_FILL_STATE_H
#define MSCHED_FILL_STATE_H

#include "algo/budget.h"
#include "algo/index_sort.h"
#include "algo/subset_sum.h"
#include "schedule/fill/fill_filter.h"
#include "schedule/fill/fill_pool.h"
#include "schedule/model/playlist.h"
#include "sound/mood.h"

typedef struct msched__fill_day {
    msched__arena *arena;
    const msched__fill_problem *problem;
    const msched_catalog *catalog;
    const msched__moods *moods; /* NULL: no catalog or no fill requested, so nothing to do */
    msched__fill_filter filter;
    msched__fill_used used;
    msched__fill_pool pools[MSCHED_MOOD_COUNT];
    int32_t gap, separation; /* separation 0 if the gap is at least as long */
    /* seconds of fill that are allowed: requested and within max_total */
    int64_t asked;
    int64_t seconds;           /* reached */
    uint32_t want;             /* songs in a pool */
    int32_t longest;           /* longest song that fits a slot */
    msched__timed_song *songs; /* the day's songs, ascending */
    uint32_t song_count, song_capacity;
    msched__timed_song *fill; /* the fill songs in the order they were added */
    uint32_t fill_count;
    msched__interval *slots, *whole_slots;
    int32_t *quotas;
    msched__keyed *order; /* as many as slots */
    uint32_t slot_capacity;
    uint64_t *artists_before; /* artists of wanted and frozen songs */
    msched__subset_sum sums;
    int32_t *lengths; /* scratch of a pool's size, with numbers */
    uint32_t *numbers;
    int64_t first_capacity; /* seconds of the slots before anything but frozen fill was in them */
    uint32_t first_slot_count;
    msched__interval *first_slots;
    msched__budget *budget;
    int by_mood;       /* intervals with a mood are filled first */
    int longest_first; /* among songs that the separation allows, the longest, not the best */
    int failed;        /* out of memory */
} msched__fill_day;

/*
 * Place the songs, find the slots, fill nothing. `want`: size of the pool, 0: by the requested
 * length. 0 when out of memory.
 */
int msched__fill_day_init(msched__fill_day *day, msched__arena *arena,
                          const msched__fill_problem *problem, uint32_t want,
                          msched__budget *budget);
/*
 * Slots in which fill may still play, into day->slots; returns how many. `cut`: split where
 * intervals with a mood begin and end.
 */
uint32_t msched__fill_day_slots(msched__fill_day *day, int cut);
/* Whether an interval with its own mood contains that moment. */
int msched__fill_in_mood(const msched__fill_problem *problem, int32_t time);
/* Slot `index` as it is now, after songs may have come close to its ends. */
msched__interval msched__fill_day_slot(const msched__fill_day *day, uint32_t index);
void msched__fill_day_add(msched__fill_day *day, uint32_t track, int32_t start, uint8_t fixed);
void msched__fill_day_drop_last(msched__fill_day *day);
/*
 * Earliest start from `from` that respects the artist separation; INT32_MAX if the song would not
 * end by `end`.
 */
int32_t msched__fill_day_separated(const msched__fill_day *day, uint32_t artist, int32_t length,
                                   int32_t from, int32_t end);
/* Whether a track may be fill at exactly that time. */
int msched__fill_day_allows(const msched__fill_day *day, uint32_t track, int32_t start);
/* Upper bound on the seconds of fill, from the requested length and the slots. */
int64_t msched__fill_day_quick_bound(const msched__fill_day *day);

/* The fill, ascending. */
void msched__fill_day_finish(const msched__fill_day *day, msched__fill *out);

#endif
