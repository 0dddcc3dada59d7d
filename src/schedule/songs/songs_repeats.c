/*
 * Two kinds of moves. One places the plays of a recording again in free time, each as early as the
 * distance from the play before it allows: for plays with the same windows, this finds a place for
 * all of them if there is one, so a binary search finds the largest distance. The other exchanges a
 * play with a song of another recording, for days without free time. Every rule is checked for
 * each changed song, and a move is kept only if the shortfall falls.
 */
#include "schedule/songs/songs_repeats.h"

#include "algo/bits.h"
#include "algo/min_max.h"
#include "schedule/songs/songs_moves.h"

#include <string.h>

typedef struct spacer {
    msched__song_moves moves;
    const msched__songs_problem *rules;
    msched__timed_song *songs; /* the songs so far */
    msched__timed_song *trial, *best;
    uint32_t count;
    uint64_t *twice;   /* recordings with several plays */
    int32_t *ends;     /* per recording, while plays are visited in order: end of the last one */
    uint32_t *plays;   /* of one recording: indices of its plays */
    int32_t *wish;     /* per recording with plays: the time between two of them */
    int64_t shortfall; /* of `songs` */
    msched__budget *budget;
} spacer;

static uint32_t recording_of(const spacer *s, const msched__timed_song *song)
{
    return s->rules->recordings[song->track];
}

static int repeats(const spacer *s, const msched__timed_song *song)
{
    return msched__bit(s->twice, recording_of(s, song));
}

static int32_t wish_of(const spacer *s, const msched__timed_song *song)
{
    return s->wish[recording_of(s, song)];
}

static int64_t rate(const spacer *s, const msched__timed_song *songs)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < s->count; i++)
        s->ends[recording_of(s, &songs[i])] = MSCHED_UNSET;
    for (uint32_t i = 0; i < s->count; i++) {
        int32_t *last = &s->ends[recording_of(s, &songs[i])];
        const int64_t lacking = *last == MSCHED_UNSET
                                    ? 0
                                    : (int64_t)wish_of(s, &songs[i]) - (songs[i].start_s - *last);
        if (lacking > 0)
            sum += lacking * lacking;
        *last = msched__song_end(&songs[i]);
    }
    return sum;
}

/* Make other songs, of a lower shortfall, those of the day. */
static void keep(spacer *s, const msched__timed_song *songs, int64_t shortfall)
{
    memcpy(s->songs, songs, s->count * sizeof *songs);
    s->shortfall = shortfall;
}

/* Place the plays of a recording after its first one at a distance. 1 if each found a place. */
static int place_apart(spacer *s, uint32_t play_count, int32_t apart)
{
    memcpy(s->trial, s->songs, s->count * sizeof *s->songs);
    for (uint32_t j = 1; j < play_count; j++)
        if (!s->trial[s->plays[j]].fixed)
            s->trial[s->plays[j]].start_s = MSCHED_UNSET;
    int32_t from = msched__song_end(&s->trial[s->plays[0]]) + apart;
    for (uint32_t j = 1; j < play_count; j++) {
        msched__timed_song *song = &s->trial[s->plays[j]];
        if (!song->fixed)
            song->start_s = msched__moves_earliest(&s->moves, s->trial, s->plays[j], from);
        if (song->start_s == MSCHED__NEVER)
            return 0;
        from = larger(from, msched__song_end(song) + apart);
    }
    msched__moves_sort(s->trial, s->count);
    return 1;
}

/* Spread the plays of a recording, s->plays, over free time. */
static void spread(spacer *s, uint32_t play_count)
{
    const int32_t wish = wish_of(s, &s->songs[s->plays[0]]);
    int32_t reached = 0, failed = wish + 1, apart = wish;
    while (failed - reached > 1 && !msched__budget_over(s->budget)) {
        if (place_apart(s, play_count, apart))
            reached = apart;
        else
            failed = apart;
        apart = reached + (failed - reached) / 2;
    }
    if (reached == 0 || !place_apart(s, play_count, reached))
        return;
    const int64_t shortfall = rate(s, s->trial);
    if (shortfall < s->shortfall)
        keep(s, s->trial, shortfall);
}

/* The plays of the recording of songs[first], if that is its first one. Their number. */
static uint32_t find_plays(const spacer *s, uint32_t first)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->count; i++)
        if (recording_of(s, &s->songs[i]) == recording_of(s, &s->songs[first]))
            s->plays[count++] = i;
    return s->plays[0] == first ? count : 0;
}

static void spread_all(spacer *s)
{
    for (uint32_t i = 0; i < s->count && s->shortfall > 0; i++) {
        const uint32_t count = repeats(s, &s->songs[i]) ? find_plays(s, i) : 0;
        if (count > 1 && !msched__moves_visit(&s->moves))
            spread(s, count);
    }
}

/* Exchange songs[k] with the song of another recording that lowers the shortfall most. */
static void exchange_best(spacer *s, uint32_t k)
{
    int64_t least = s->shortfall;
    for (uint32_t i = 0; i < s->count; i++) {
        const uint32_t first = k < i ? k : i, last = k < i ? i : k;
        if (s->songs[i].fixed || recording_of(s, &s->songs[i]) == recording_of(s, &s->songs[k]))
            continue;
        for (int shift = 0; shift <= (s->songs[i].length_s != s->songs[k].length_s); shift++) {
            if (msched__moves_visit(&s->moves))
                return;
            memcpy(s->trial, s->songs, s->count * sizeof *s->songs);
            msched__moves_exchange(s->trial, first, last, shift);
            const int64_t shortfall = rate(s, s->trial);
            if (shortfall >= least ||
                !msched__moves_allowed(&s->moves, s->trial, first, last, shift))
                continue;
            least = shortfall;
            memcpy(s->best, s->trial, s->count * sizeof *s->trial);
        }
    }
    if (least < s->shortfall)
        keep(s, s->best, least);
}

static void exchange_all(spacer *s)
{
    for (uint32_t k = 0; k < s->count && s->shortfall > 0; k++)
        if (!s->songs[k].fixed && repeats(s, &s->songs[k]))
            exchange_best(s, k);
}

/* From the number of plays of each recording to the time between them. */
static void set_wishes(spacer *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        s->ends[recording_of(s, &s->songs[i])] = s->wish[recording_of(s, &s->songs[i])];
    for (uint32_t i = 0; i < s->count; i++)
        s->wish[recording_of(s, &s->songs[i])] =
            msched__repeats_wish(s->rules, (uint32_t)s->ends[recording_of(s, &s->songs[i])]);
}

static int make(spacer *s, msched__arena *arena)
{
    const uint32_t recordings = s->rules->recording_count;
    uint64_t *once = msched__bits_alloc(arena, recordings);
    s->twice = msched__bits_alloc(arena, recordings);
    s->ends = msched__arena_alloc(arena, recordings, sizeof *s->ends);
    s->wish = msched__arena_alloc(arena, recordings, sizeof *s->wish);
    s->trial = msched__arena_alloc(arena, s->count, sizeof *s->trial);
    s->best = msched__arena_alloc(arena, s->count, sizeof *s->best);
    s->plays = msched__arena_alloc(arena, s->count, sizeof *s->plays);
    if (once == NULL || s->twice == NULL || s->ends == NULL || s->wish == NULL ||
        s->trial == NULL || s->best == NULL || s->plays == NULL)
        return 0;
    for (uint32_t i = 0; i < s->count; i++) {
        const uint32_t recording = recording_of(s, &s->songs[i]);
        s->wish[recording] = msched__bit(once, recording) ? s->wish[recording] + 1 : 1;
        msched__bit_set(msched__bit(once, recording) ? s->twice : once, recording);
    }
    set_wishes(s);
    return 1;
}

int32_t msched__repeats_wish(const msched__songs_problem *problem, uint32_t plays)
{
    int64_t listenable = 0;
    if (!problem->repeats_softly)
        return problem->repeat_s;
    for (uint32_t i = 0; i < problem->free_count; i++)
        listenable += problem->free[i].end - problem->free[i].start;
    return smaller(problem->repeat_s, (int32_t)(listenable / (plays + 1)));
}

msched_result msched__songs_repeats(msched__arena *arena, const msched__fill_problem *problem,
                                    msched__timed_song *songs, uint32_t count,
                                    msched__budget *budget)
{
    spacer s = {.moves = {problem, problem->songs, count, budget},
                .rules = problem->songs,
                .songs = songs,
                .count = count,
                .budget = budget};
    if (count < 2 || s.rules->repeat_s == 0)
        return MSCHED_OK;
    if (!make(&s, arena))
        return MSCHED_ERROR_MEMORY;
    s.shortfall = rate(&s, songs);
    for (int64_t before = INT64_MAX; s.shortfall > 0 && s.shortfall < before;) {
        before = s.shortfall;
        spread_all(&s);
        exchange_all(&s);
    }
    return MSCHED_OK;
}

uint32_t msched__songs_repeats_next(const msched__songs_problem *problem,
                                    const msched__timed_song *songs, uint32_t count, uint32_t index)
{
    const uint32_t *recording = problem->recordings;
    for (uint32_t i = index + 1; problem->repeat_s > 0 && i < count; i++) {
        if (songs[i].start_s - msched__song_end(&songs[index]) >= problem->repeat_s)
            return count;
        if (recording[songs[i].track] == recording[songs[index].track])
            return i;
    }
    return count;
}

static uint32_t count_plays(const msched__songs_problem *problem, const msched__timed_song *songs,
                            uint32_t count, uint32_t recording)
{
    uint32_t plays = 0;
    for (uint32_t i = 0; i < count; i++)
        plays += problem->recordings[songs[i].track] == recording;
    return plays;
}

int64_t msched__songs_repeats_lacking(const msched__songs_problem *problem,
                                      const msched__timed_song *songs, uint32_t count)
{
    int64_t sum = 0;
    for (uint32_t i = 0; problem->repeat_s > 0 && i < count; i++) {
        const uint32_t next = msched__songs_repeats_next(problem, songs, count, i);
        if (next == count)
            continue;
        const uint32_t plays = count_plays(problem, songs, count,
                                           problem->recordings[songs[i].track]);
        sum += larger(msched__repeats_wish(problem, plays) -
                          (songs[next].start_s - msched__song_end(&songs[i])),
                      0);
    }
    return sum;
}
