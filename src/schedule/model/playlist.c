#include "schedule/model/playlist.h"

#include "algo/index_sort.h"

const msched__interval *msched__timed_windows(const msched__fill_problem *problem,
                                              const msched__timed_song *song, uint32_t *count)
{
    *count = 0;
    if (song->fixed)
        return NULL;
    if (song->play == MSCHED__FILL) {
        const msched__fill_problem *fill = msched__fill_of(problem, song);
        *count = fill->window_count;
        return fill->windows;
    }
    const msched__play *play = &problem->songs->plays[song->play];
    if (play->pinned_s == MSCHED_UNSET && !play->frozen)
        *count = play->window_count;
    return play->windows;
}

int msched__timed_may_play(const msched__fill_problem *problem, const msched__timed_song *song,
                           int32_t start, int32_t end)
{
    uint32_t count;
    const msched__interval *windows = msched__timed_windows(problem, song, &count);
    for (uint32_t i = 0; i < count; i++)
        if (windows[i].start <= start && end <= windows[i].end)
            return 1;
    return 0;
}

uint32_t msched__fill_mood_at(const msched__fill_problem *problem, int32_t time)
{
    for (uint32_t i = 0; i < problem->mood_span_count; i++)
        if (problem->mood_spans[i].span.start <= time && time < problem->mood_spans[i].span.end)
            return problem->mood_spans[i].mood;
    return problem->mood;
}

msched__timed_song *msched__songs_merge(msched__arena *arena, const msched__fill_problem *problem,
                                        const msched__fill *fill, uint32_t *count)
{
    const msched__songs_problem *songs = problem->songs;
    uint32_t placed = 0, out = 0;
    for (uint32_t i = 0; i < songs->play_count; i++)
        placed += problem->placement->start[i] != MSCHED_UNSET;
    msched__timed_song *all = msched__arena_alloc(arena, (size_t)placed + fill->count, sizeof *all);
    msched__keyed *keys = msched__arena_alloc(arena, placed, sizeof *keys);
    if (all == NULL || keys == NULL)
        return NULL;
    placed = 0;
    for (uint32_t i = 0; i < songs->play_count; i++)
        if (problem->placement->start[i] != MSCHED_UNSET)
            keys[placed++] = (msched__keyed){(uint64_t)(uint32_t)problem->placement->start[i], i};
    msched__key_sort(keys, placed);
    for (uint32_t i = 0, k = 0; i < placed || k < fill->count;) {
        if (i == placed || (k < fill->count && fill->songs[k].start_s < (int32_t)keys[i].key)) {
            all[out++] = fill->songs[k++];
            continue;
        }
        const msched__play *play = &songs->plays[keys[i].index];
        int32_t start = (int32_t)keys[i].key;
        uint8_t fixed = play->frozen || play->pinned_s != MSCHED_UNSET ||
                        play->preferred_s == start;
        all[out++] = (msched__timed_song){start,
                                          play->length_s,
                                          play->track,
                                          songs->catalog->track_artist[play->track],
                                          keys[i].index,
                                          fixed,
                                          0};
        i++;
    }
    *count = out;
    return all;
}
