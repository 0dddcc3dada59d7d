#include "schedule/songs/songs_moves.h"

#include "algo/min_max.h"
#include "schedule/model/artists.h"

#define SONGS_OF_UNIT 32 /* a unit of work visits about this many songs */

int msched__moves_visit(const msched__song_moves *moves)
{
    return msched__budget_spend(moves->budget, 1 + moves->count / SONGS_OF_UNIT);
}

/* The time that must be between two songs. */
static int32_t distance(const msched__song_moves *moves, const msched__timed_song *a,
                        const msched__timed_song *b)
{
    return moves->rules->artist_separation_s > moves->rules->gap_s &&
                   msched__artists_shared(moves->rules->catalog, a->artist, b->artist)
               ? moves->rules->artist_separation_s
               : moves->rules->gap_s;
}

/* The earliest start at or after `from` that the windows of a song allow. */
static int32_t next_window(const msched__song_moves *moves, const msched__timed_song *song,
                           int32_t from)
{
    uint32_t count;
    const msched__interval *windows = msched__timed_windows(moves->problem, song, &count);
    for (uint32_t i = 0; i < count; i++)
        if (larger(windows[i].start, from) + song->length_s <= windows[i].end)
            return larger(windows[i].start, from);
    return MSCHED__NEVER;
}

int32_t msched__moves_earliest(const msched__song_moves *moves, const msched__timed_song *songs,
                               uint32_t k, int32_t from)
{
    const msched__timed_song *song = &songs[k];
    for (int32_t start = from, before;;) {
        start = next_window(moves, song, start);
        if (start == MSCHED__NEVER || msched__moves_visit(moves))
            return MSCHED__NEVER;
        before = start;
        for (uint32_t i = 0; i < moves->count; i++) {
            const msched__timed_song *other = &songs[i];
            const int32_t apart = distance(moves, song, other);
            if (i != k && other->start_s != MSCHED_UNSET &&
                start < msched__song_end(other) + apart &&
                other->start_s < start + song->length_s + apart)
                start = msched__song_end(other) + apart;
        }
        if (start == before)
            return start;
    }
}

void msched__moves_sort(msched__timed_song *songs, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        const msched__timed_song song = songs[i];
        uint32_t k = i;
        for (; k > 0 && songs[k - 1].start_s > song.start_s; k--)
            songs[k] = songs[k - 1];
        songs[k] = song;
    }
}

void msched__moves_exchange(msched__timed_song *songs, uint32_t first, uint32_t last, int shift)
{
    msched__timed_song *a = &songs[first], *b = &songs[last], other = *a;
    const int32_t longer = shift ? b->length_s - a->length_s : 0;
    *a = *b;
    a->start_s = other.start_s;
    other.start_s = b->start_s + longer;
    *b = other;
    for (uint32_t i = first + 1; i < last; i++)
        songs[i].start_s += longer;
}

/* 1 if songs[k] breaks no rule. */
static int is_allowed(const msched__song_moves *moves, const msched__timed_song *songs, uint32_t k)
{
    const msched__timed_song *song = &songs[k];
    if (!msched__timed_may_play(moves->problem, song, song->start_s, msched__song_end(song)))
        return 0;
    if ((k > 0 && song->start_s < msched__song_end(song - 1) + moves->rules->gap_s) ||
        (k + 1 < moves->count && song[1].start_s < msched__song_end(song) + moves->rules->gap_s))
        return 0;
    for (uint32_t i = 0;
         i < moves->count && moves->rules->artist_separation_s > moves->rules->gap_s; i++) {
        const msched__timed_song *other = &songs[i];
        const int32_t apart = i == k ? 0 : distance(moves, song, other);
        if (i != k && song->start_s < msched__song_end(other) + apart &&
            other->start_s < msched__song_end(song) + apart)
            return 0;
    }
    return 1;
}

int msched__moves_allowed(const msched__song_moves *moves, const msched__timed_song *songs,
                          uint32_t first, uint32_t last, int shift)
{
    for (uint32_t k = first; k <= last; k += shift ? 1 : last - first)
        if (!is_allowed(moves, songs, k))
            return 0;
    return 1;
}
