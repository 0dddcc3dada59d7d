/*
 * How many songs of one artist still fit: behind the earliest start of one of them, n songs take
 * the length of the n shortest and n - 1 times the time between them. If all may play in the same
 * windows, as many of the shortest length as fit one after the other, each as early as it can, are
 * a bound too. The must plays among them, and the heaviest others, bring no more than that many.
 *
 * Two plays that differ in their weight at most are twins: where the lighter one is placed and the
 * other is not, the other can take its place, and where both are they can change places.
 */
#include "schedule/joint/joint_apart.h"

#include "algo/min_max.h"

#include <string.h>

static int same_windows(const msched__play *a, const msched__play *b)
{
    return a->window_count == b->window_count &&
           (a->windows == b->windows || a->window_count == 0 ||
            memcmp(a->windows, b->windows, a->window_count * sizeof *a->windows) == 0);
}

static int can_change_places(const msched__songs_problem *songs, const msched__play *a,
                             const msched__play *b)
{
    return a->length_s == b->length_s && a->must == b->must && !a->frozen && !b->frozen &&
           a->pinned_s == MSCHED_UNSET && b->pinned_s == MSCHED_UNSET &&
           (a->artist == b->artist || songs->artist_separation_s == 0) && same_windows(a, b);
}

/* 1 where a play comes before a twin of it. */
static int comes_first(const msched__songs_problem *songs, uint32_t a, uint32_t b)
{
    const msched__play *plays = songs->plays;
    return plays[a].weight != plays[b].weight ? plays[a].weight > plays[b].weight : a < b;
}

static void find_twins(msched__apart *apart, const uint8_t *hosted)
{
    const msched__songs_problem *songs = apart->songs;
    for (uint32_t i = 0; i < songs->play_count; i++) {
        uint32_t *twin = &apart->twin[i];
        *twin = UINT32_MAX;
        for (uint32_t k = 0; k < songs->play_count; k++)
            if (k != i && !hosted[i] && !hosted[k] && comes_first(songs, k, i) &&
                can_change_places(songs, &songs->plays[k], &songs->plays[i]) &&
                (*twin == UINT32_MAX || comes_first(songs, *twin, k)))
                *twin = k;
    }
}

static void find_artists(msched__apart *apart)
{
    const msched__songs_problem *songs = apart->songs;
    for (uint32_t i = 0; i < songs->play_count; i++)
        apart->artist_of[i] = UINT32_MAX;
    for (uint32_t i = 0; songs->artist_separation_s > 0 && i < songs->play_count; i++) {
        uint32_t own = 0;
        for (uint32_t k = i; k < songs->play_count && apart->artist_of[i] == UINT32_MAX; k++)
            own += songs->plays[k].artist == songs->plays[i].artist;
        if (own < 2)
            continue;
        if (apart->count == MSCHED__APART_ARTISTS) {
            apart->too_many = 1;
            return;
        }
        for (uint32_t k = i; k < songs->play_count; k++)
            if (songs->plays[k].artist == songs->plays[i].artist)
                apart->artist_of[k] = apart->count;
        apart->artists[apart->count++] = songs->plays[i].artist;
    }
}

static void sort_plays(msched__apart *apart)
{
    const msched__play *plays = apart->songs->plays;
    for (uint32_t i = 0; i < apart->songs->play_count; i++) {
        uint32_t at = i;
        for (; at > 0 && plays[apart->by_length[at - 1]].length_s > plays[i].length_s; at--)
            apart->by_length[at] = apart->by_length[at - 1];
        apart->by_length[at] = i;
        for (at = i; at > 0 && plays[apart->by_weight[at - 1]].weight < plays[i].weight; at--)
            apart->by_weight[at] = apart->by_weight[at - 1];
        apart->by_weight[at] = i;
    }
}

int msched__apart_make(msched__arena *arena, const msched__songs_problem *songs,
                       const uint8_t *hosted, size_t slots, msched__apart *out)
{
    uint32_t n = songs->play_count;
    *out = (msched__apart){.songs = songs};
    out->artist_of = msched__arena_alloc(arena, n, sizeof *out->artist_of);
    out->by_length = msched__arena_alloc(arena, n, sizeof *out->by_length);
    out->by_weight = msched__arena_alloc(arena, n, sizeof *out->by_weight);
    out->twin = msched__arena_alloc(arena, n, sizeof *out->twin);
    out->start = msched__arena_alloc(arena, n, sizeof *out->start);
    if (out->artist_of == NULL || out->by_length == NULL || out->by_weight == NULL ||
        out->twin == NULL || out->start == NULL)
        return 0;
    find_artists(out);
    find_twins(out, hosted);
    sort_plays(out);
    if (out->count > 0)
        out->ends = msched__arena_alloc(arena, slots * out->count, sizeof *out->ends);
    return out->count == 0 || out->ends != NULL;
}

/* How many of `length` seconds fit into windows from `from` on, each so long after the last. */
static uint32_t most_in_windows(const msched__play *play, int32_t from, int32_t length,
                                int32_t apart, uint32_t limit)
{
    uint32_t count = 0;
    while (count < limit) {
        int32_t start = msched__interval_fit(play->windows, play->window_count, from, length);
        if (start < 0)
            break;
        count++;
        from = start + length + apart;
    }
    return count;
}

/*
 * The least seconds that silence takes from `count` songs that are `space` seconds apart. The first
 * song starts at or after span->start, and the last one ends by span->end. A silent to-do is before
 * the first song, between two of them, or after the last one.
 */
static int64_t silent_loss(const msched__apart *apart, const msched__silence *silence,
                           msched__interval span, int64_t places, int32_t space)
{
    const msched__songs_problem *songs = apart->songs;
    int32_t before = larger(span.start - silence->from, 0),
            after = larger(silence->until - span.end, 0),
            most = larger(space, larger(before, after));
    int64_t each = 0, all = 0;
    for (uint32_t k = 0; k < silence->count; k++) {
        all += silence->length[k];
        each += larger(silence->length[k] - most, 0);
    }
    for (uint32_t k = 0; k + 1 < songs->free_count && songs->plan->listening.quiet_count == 0;
         k++) {
        int32_t start = larger(songs->free[k].end, span.start),
                end = smaller(songs->free[k + 1].start, span.end);
        if (start >= end)
            continue;
        all += end - start;
        each += larger(end - start - most, 0);
    }
    all -= (int64_t)before + after + places * space;
    return each > all ? each : all;
}

/* How many open plays of an artist can still be placed. */
static uint32_t most_of(const msched__apart *apart, const uint8_t *open,
                        const msched__silence *silence, uint32_t artist)
{
    const msched__songs_problem *songs = apart->songs;
    const msched__play *first = NULL;
    int32_t from = INT32_MAX, until = 0, space = larger(songs->artist_separation_s, songs->gap_s);
    int64_t sum = 0;
    uint32_t count = 0;
    int same = 1;
    for (uint32_t i = 0; i < songs->play_count; i++) {
        const msched__play *play = &songs->plays[i];
        if (apart->artist_of[i] != artist || !open[i])
            continue;
        from = smaller(from, apart->start[i]);
        until = larger(until, play->pinned_s != MSCHED_UNSET
                                  ? play->pinned_s + play->length_s
                                  : play->windows[play->window_count - 1].end);
        same = same && play->pinned_s == MSCHED_UNSET &&
               (first == NULL || same_windows(first, play));
        first = first == NULL ? play : first;
    }
    if (first == NULL)
        return 0;
    int32_t shortest = 0;
    for (uint32_t k = 0; k < songs->play_count; k++) {
        uint32_t i = apart->by_length[k];
        if (apart->artist_of[i] != artist || !open[i])
            continue;
        sum += songs->plays[i].length_s + (count > 0 ? space : 0);
        int64_t lost = silence == NULL ? 0
                                       : silent_loss(apart, silence,
                                                     (msched__interval){from, until}, count, space);
        if (sum + (lost < 0 ? 0 : lost) > (int64_t)until - from)
            break;
        shortest = count == 0 ? songs->plays[i].length_s : shortest;
        count++;
    }
    return same && count > 1 ? most_in_windows(first, from, shortest, space, count) : count;
}

void msched__apart_most(const msched__apart *apart, const uint8_t *open,
                        const msched__silence *silence, int64_t *must, int64_t *weight)
{
    for (uint32_t a = 0; a < apart->count; a++) {
        uint32_t most = most_of(apart, open, silence, a), musts = most;
        for (uint32_t k = 0; k < apart->songs->play_count && most + musts > 0; k++) {
            uint32_t i = apart->by_weight[k];
            const msched__play *play = &apart->songs->plays[i];
            if (apart->artist_of[i] != a || !open[i])
                continue;
            if (play->must && musts > 0) {
                musts--;
                ++*must;
            } else if (!play->must && most > 0) {
                most--;
                *weight += play->weight;
            }
        }
    }
}
