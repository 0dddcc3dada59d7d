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
#include "schedule/model/artists.h"

#include <string.h>

#define NEVER         INT32_MAX
#define SONGS_OF_UNIT 32 /* a unit of work visits about this many songs */

typedef struct spacer {
    const msched__fill_problem *problem;
    const msched__songs_problem *rules;
    msched__timed_song *songs; /* the songs so far */
    msched__timed_song *trial, *best;
    uint32_t count;
    uint64_t *twice;   /* recordings with several plays */
    int32_t *ends;     /* per recording, while plays are visited in order: end of the last one */
    uint32_t *plays;   /* of one recording: indices of its plays */
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

static int32_t end_of(const msched__timed_song *song)
{
    return song->start_s + song->length_s;
}

/* Count the work of a visit of all songs. 1 if the search must end. */
static int visit_all(spacer *s)
{
    return msched__budget_spend(s->budget, 1 + s->count / SONGS_OF_UNIT);
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
                                    : (int64_t)s->rules->repeat_s - (songs[i].start_s - *last);
        if (lacking > 0)
            sum += lacking * lacking;
        *last = end_of(&songs[i]);
    }
    return sum;
}

/* Make other songs, of a lower shortfall, those of the day. */
static void keep(spacer *s, const msched__timed_song *songs, int64_t shortfall)
{
    memcpy(s->songs, songs, s->count * sizeof *songs);
    s->shortfall = shortfall;
}

/* The time that must be between two songs. */
static int32_t distance(const spacer *s, const msched__timed_song *a, const msched__timed_song *b)
{
    return s->rules->artist_separation_s > s->rules->gap_s &&
                   msched__artists_shared(s->rules->catalog, a->artist, b->artist)
               ? s->rules->artist_separation_s
               : s->rules->gap_s;
}

/* The earliest start at or after `from` that the windows of a song allow; NEVER: none. */
static int32_t next_window(const spacer *s, const msched__timed_song *song, int32_t from)
{
    uint32_t count;
    const msched__interval *windows = msched__timed_windows(s->problem, song, &count);
    for (uint32_t i = 0; i < count; i++)
        if (larger(windows[i].start, from) + song->length_s <= windows[i].end)
            return larger(windows[i].start, from);
    return NEVER;
}

/* The earliest start of trial[k] at or after `from` beside the songs that have a start. */
static int32_t earliest(spacer *s, uint32_t k, int32_t from)
{
    const msched__timed_song *song = &s->trial[k];
    for (int32_t start = from, before;;) {
        start = next_window(s, song, start);
        if (start == NEVER || visit_all(s))
            return NEVER;
        before = start;
        for (uint32_t i = 0; i < s->count; i++) {
            const msched__timed_song *other = &s->trial[i];
            const int32_t apart = distance(s, song, other);
            if (i != k && other->start_s != MSCHED_UNSET && start < end_of(other) + apart &&
                other->start_s < start + song->length_s + apart)
                start = end_of(other) + apart;
        }
        if (start == before)
            return start;
    }
}

static void sort(msched__timed_song *songs, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        const msched__timed_song song = songs[i];
        uint32_t k = i;
        for (; k > 0 && songs[k - 1].start_s > song.start_s; k--)
            songs[k] = songs[k - 1];
        songs[k] = song;
    }
}

/* Place the plays of a recording after its first one at a distance. 1 if each found a place. */
static int place_apart(spacer *s, uint32_t play_count, int32_t apart)
{
    memcpy(s->trial, s->songs, s->count * sizeof *s->songs);
    for (uint32_t j = 1; j < play_count; j++)
        if (!s->trial[s->plays[j]].fixed)
            s->trial[s->plays[j]].start_s = MSCHED_UNSET;
    int32_t from = end_of(&s->trial[s->plays[0]]) + apart;
    for (uint32_t j = 1; j < play_count; j++) {
        msched__timed_song *song = &s->trial[s->plays[j]];
        if (!song->fixed)
            song->start_s = earliest(s, s->plays[j], from);
        if (song->start_s == NEVER)
            return 0;
        from = larger(from, end_of(song) + apart);
    }
    sort(s->trial, s->count);
    return 1;
}

/* Spread the plays of a recording, s->plays, over free time. */
static void spread(spacer *s, uint32_t play_count)
{
    int32_t reached = 0, failed = s->rules->repeat_s + 1, apart = s->rules->repeat_s;
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
        if (count > 1 && !visit_all(s))
            spread(s, count);
    }
}

/*
 * Exchange two songs in the trial. With `shift`, the songs between them move by the difference of
 * the lengths, so that no time is lost.
 */
static void exchange(spacer *s, uint32_t first, uint32_t last, int shift)
{
    memcpy(s->trial, s->songs, s->count * sizeof *s->songs);
    msched__timed_song *a = &s->trial[first], *b = &s->trial[last], other = *a;
    const int32_t longer = shift ? b->length_s - a->length_s : 0;
    *a = *b;
    a->start_s = other.start_s;
    other.start_s = b->start_s + longer;
    *b = other;
    for (uint32_t i = first + 1; i < last; i++)
        s->trial[i].start_s += longer;
}

/* 1 if trial[k] breaks no rule. */
static int is_allowed(const spacer *s, uint32_t k)
{
    const msched__timed_song *song = &s->trial[k];
    if (!msched__timed_may_play(s->problem, song, song->start_s, end_of(song)))
        return 0;
    if ((k > 0 && song->start_s < end_of(song - 1) + s->rules->gap_s) ||
        (k + 1 < s->count && song[1].start_s < end_of(song) + s->rules->gap_s))
        return 0;
    for (uint32_t i = 0; i < s->count && s->rules->artist_separation_s > s->rules->gap_s; i++) {
        const msched__timed_song *other = &s->trial[i];
        const int32_t apart = i == k ? 0 : distance(s, song, other);
        if (i != k && song->start_s < end_of(other) + apart &&
            other->start_s < end_of(song) + apart)
            return 0;
    }
    return 1;
}

static int are_allowed(const spacer *s, uint32_t first, uint32_t last, int shift)
{
    for (uint32_t k = first; k <= last; k += shift ? 1 : last - first)
        if (!is_allowed(s, k))
            return 0;
    return 1;
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
            if (visit_all(s))
                return;
            exchange(s, first, last, shift);
            const int64_t shortfall = rate(s, s->trial);
            if (shortfall >= least || !are_allowed(s, first, last, shift))
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

static int make(spacer *s, msched__arena *arena)
{
    const uint32_t recordings = s->rules->recording_count;
    uint64_t *once = msched__bits_alloc(arena, recordings);
    s->twice = msched__bits_alloc(arena, recordings);
    s->ends = msched__arena_alloc(arena, recordings, sizeof *s->ends);
    s->trial = msched__arena_alloc(arena, s->count, sizeof *s->trial);
    s->best = msched__arena_alloc(arena, s->count, sizeof *s->best);
    s->plays = msched__arena_alloc(arena, s->count, sizeof *s->plays);
    if (once == NULL || s->twice == NULL || s->ends == NULL || s->trial == NULL ||
        s->best == NULL || s->plays == NULL)
        return 0;
    for (uint32_t i = 0; i < s->count; i++) {
        const uint32_t recording = recording_of(s, &s->songs[i]);
        msched__bit_set(msched__bit(once, recording) ? s->twice : once, recording);
    }
    return 1;
}

msched_result msched__songs_repeats(msched__arena *arena, const msched__fill_problem *problem,
                                    msched__timed_song *songs, uint32_t count,
                                    msched__budget *budget)
{
    spacer s = {.problem = problem,
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
        if (songs[i].start_s - end_of(&songs[index]) >= problem->repeat_s)
            return count;
        if (recording[songs[i].track] == recording[songs[index].track])
            return i;
    }
    return count;
}
