/*
 * Songs of a session are reordered within runs of songs that share a mood and may all play anywhere
 * in the time of the run. Starts change only within a run, so every placement rule still holds. The
 * order itself is algo/permutation.c.
 */
#include "schedule/songs/songs_order.h"

#include "algo/bits.h"
#include "algo/permutation.h"
#include "schedule/model/plays.h"
#include "schedule/songs/songs_spread.h"
#include "sound/mood.h"
#include "sound/transition.h"
#include "schedule/model/artists.h"

/* Songs no further apart than this beyond the gap belong to one session. */
#define SESSION_PAUSE_S 60

/* Whether the second song follows the first within a session. */
static int same_session(const msched__songs_problem *problem, const msched__timed_song *first,
                        const msched__timed_song *second)
{
    int32_t pause = second->start_s - first->start_s - first->length_s;
    return pause <= (problem->gap_s > 0 ? problem->gap_s : 0) + SESSION_PAUSE_S;
}

typedef struct orderer {
    const msched__fill_problem *problem;
    msched__timed_song *songs;
    uint32_t count;
    uint8_t *bound;               /* per song: stays where it is */
    msched__order_problem *order; /* scratch */
    int16_t *table;
} orderer;

/* Songs whose artist plays more than once a day stay if the separation could be violated. */
static int mark_artists(orderer *o, msched__arena *arena)
{
    const msched__songs_problem *songs = o->problem->songs;
    if (songs->artist_separation_s <= songs->gap_s)
        return 1;
    uint64_t *once = msched__bits_alloc(arena, songs->catalog->artist_count);
    uint64_t *twice = msched__bits_alloc(arena, songs->catalog->artist_count);
    if (once == NULL || twice == NULL)
        return 0;
    for (uint32_t i = 0; i < o->count; i++)
        msched__artists_add(songs->catalog,
                            msched__artists_any(songs->catalog, once, o->songs[i].artist) ? twice
                                                                                          : once,
                            o->songs[i].artist);
    for (uint32_t i = 0; i < o->count; i++)
        o->bound[i] |= (uint8_t)msched__artists_any(songs->catalog, twice, o->songs[i].artist);
    return 1;
}

/* Songs that play more than once stay if the plan asks for time between the plays. */
static int mark_repeats(orderer *o, msched__arena *arena)
{
    const msched__songs_problem *songs = o->problem->songs;
    if (songs->repeat_s == 0)
        return 1;
    uint64_t *once = msched__bits_alloc(arena, songs->recording_count);
    uint64_t *twice = msched__bits_alloc(arena, songs->recording_count);
    if (once == NULL || twice == NULL)
        return 0;
    for (uint32_t i = 0; i < o->count; i++) {
        const uint32_t recording = songs->recordings[o->songs[i].track];
        msched__bit_set(msched__bit(once, recording) ? twice : once, recording);
    }
    for (uint32_t i = 0; i < o->count; i++)
        o->bound[i] |= (uint8_t)msched__bit(twice, songs->recordings[o->songs[i].track]);
    return 1;
}

/* A song, and its sound in `sounds` at the same index. */
static int16_t pair_score(const msched__timed_song *songs, const msched__sound *sounds, int32_t a,
                          int32_t b)
{
    return (int16_t)msched__transition_score(&sounds[a], &sounds[b],
                                             songs[a].artist == songs[b].artist);
}

/*
 * Order songs [first, first + count), which may all be exchanged; their neighbors in the session
 * count, too.
 */
static void order_block(orderer *o, uint32_t first, uint32_t count, int has_before, int has_after)
{
    msched__order_problem *p = o->order;
    msched__timed_song *songs = &o->songs[first], moved[MSCHED__ORDER_MAX];
    int32_t pause[MSCHED__ORDER_MAX] = {0}, energy[MSCHED__ORDER_MAX];
    uint8_t order[MSCHED__ORDER_MAX];
    msched__sound with_neighbors[MSCHED__ORDER_MAX + 2], *sounds = with_neighbors + 1;
    const int32_t before = has_before ? -1 : 0, last = (int32_t)count - (has_after ? 0 : 1);
    for (int32_t i = before; i <= last; i++)
        sounds[i] = msched__sound_of(o->problem->songs->catalog, songs[i].track);
    p->count = count;
    for (uint32_t k = 0; k < count; k++)
        energy[k] = msched__transition_energy(songs[k].start_s);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < i; k++)
            p->pair[i][k] = p->pair[k][i] = pair_score(songs, sounds, (int32_t)i, (int32_t)k);
        p->pair[i][i] = 0;
        for (uint32_t k = 0; k < count; k++)
            p->place[i][k] = (int16_t)msched__transition_hour(&sounds[i], energy[k]);
        p->first[i] = has_before ? pair_score(songs, sounds, (int32_t)i, -1) : 0;
        p->last[i] = has_after ? pair_score(songs, sounds, (int32_t)i, last) : 0;
        pause[i] = i == 0 ? 0 : songs[i].start_s - songs[i - 1].start_s - songs[i - 1].length_s;
        order[i] = (uint8_t)i;
    }
    msched__order_improve(p, order, o->table);
    int32_t time = songs[0].start_s;
    for (uint32_t k = 0; k < count; k++) {
        moved[k] = songs[order[k]];
        time += pause[k];
        moved[k].start_s = time;
        time += moved[k].length_s;
    }
    for (uint32_t k = 0; k < count; k++)
        songs[k] = moved[k];
}

/* Whether all songs [first, last] may play anywhere in their common time. */
static int may_mix(const orderer *o, uint32_t first, uint32_t last)
{
    int32_t start = o->songs[first].start_s, end = o->songs[last].start_s + o->songs[last].length_s;
    for (uint32_t i = first; i <= last; i++)
        if (!msched__timed_may_play(o->problem, &o->songs[i], start, end))
            return 0;
    return 1;
}

/* Order one session [first, end): runs of songs that may be exchanged and share a mood. */
static void order_session(orderer *o, uint32_t first, uint32_t end)
{
    for (uint32_t i = first, last; i < end; i = last) {
        uint32_t mood = msched__fill_mood_at(o->problem, o->songs[i].start_s);
        last = i + 1;
        while (!o->bound[i] && last < end && !o->bound[last] && last - i < MSCHED__ORDER_MAX &&
               msched__fill_mood_at(o->problem, o->songs[last].start_s) == mood &&
               may_mix(o, i, last))
            last++;
        if (last - i > 1)
            order_block(o, i, last - i, i > first, last < end);
    }
}

msched_result msched__songs_order(msched__arena *arena, const msched__fill_problem *problem,
                                  msched__timed_song *songs, uint32_t count)
{
    orderer o = {.problem = problem, .songs = songs, .count = count};
    uint32_t exact = count < MSCHED__ORDER_EXACT_MAX ? count : MSCHED__ORDER_EXACT_MAX;
    if (count < 2)
        return MSCHED_OK;
    o.bound = msched__arena_alloc(arena, count, 1);
    o.order = msched__arena_alloc(arena, 1, sizeof *o.order);
    o.table = msched__arena_alloc(arena, ((size_t)1 << exact) * exact, sizeof *o.table);
    if (o.bound == NULL || o.order == NULL || o.table == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        o.bound[i] = 0;
    if (!mark_artists(&o, arena) || !mark_repeats(&o, arena))
        return MSCHED_ERROR_MEMORY;
    int32_t half;
    const uint32_t last = msched__songs_last_wish(problem, songs, count, &half);
    for (uint32_t first = 0, end; first < count; first = end) {
        for (end = first + 1;
             end < count && same_session(problem->songs, &songs[end - 1], &songs[end]); end++)
            ;
        /* if it could move to the first half of the time, the last free wish stays */
        if (first <= last && last < end && songs[first].start_s + songs[last].length_s < half)
            o.bound[last] = 1;
        order_session(&o, first, end);
    }
    return MSCHED_OK;
}

msched__songs_score msched__songs_rate(const msched__fill_problem *problem,
                                       const msched__timed_song *songs, uint32_t count)
{
    msched__songs_score score = {1000, 1000, 1000};
    int64_t fit = 0, smooth = 0, popularity = 0, in_mood = 0, transitions = 0, fill = 0;
    const msched_catalog *catalog = problem->songs->catalog;
    msched__sound sound = {0}, before;
    if (catalog == NULL)
        return score;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t mood = msched__fill_mood_at(msched__fill_of(problem, &songs[i]), songs[i].start_s);
        if (mood != MSCHED_MOOD_NONE) {
            fit += msched__mood_fit(catalog, mood, songs[i].track);
            in_mood++;
        }
        if (songs[i].play == MSCHED__FILL) {
            popularity += 10 * msched__popularity_or_0(catalog, songs[i].track);
            fill++;
        }
        before = sound;
        sound = msched__sound_of(catalog, songs[i].track);
        if (i > 0 && same_session(problem->songs, &songs[i - 1], &songs[i])) {
            smooth += msched__transition_score(&before, &sound,
                                               songs[i - 1].artist == songs[i].artist);
            transitions++;
        }
    }
    score.mood_fit = in_mood > 0 ? (int32_t)(fit / in_mood) : 1000;
    score.smoothness = transitions > 0 ? (int32_t)(smooth / transitions) : 1000;
    score.popularity = fill > 0 ? (int32_t)(popularity / fill) : 1000;
    return score;
}
