/*
 * The day while it is filled. Songs are sorted by time, so that one pass finds the slots between
 * them. Recordings and artists that play are bits, so that refusing a candidate takes constant
 * time.
 */
#include "schedule/fill/fill_state.h"

#include "algo/bits.h"
#include "schedule/model/plays.h"
#include "schedule/model/artists.h"

#include <string.h>

#define MEAN_SONG_S 150 /* for the size of the pool; most tracks are longer */
#define POOL_EXTRA  64

/* Insert a song into the day's sequence by its start. */
static void insert_song(msched__fill_day *day, msched__timed_song song)
{
    uint32_t at = day->song_count++;
    for (; at > 0 && day->songs[at - 1].start_s > song.start_s; at--)
        day->songs[at] = day->songs[at - 1];
    day->songs[at] = song;
}

void msched__fill_day_add(msched__fill_day *day, uint32_t track, int32_t start, uint8_t fixed)
{
    const msched_catalog *catalog = day->catalog;
    msched__timed_song song = {start,
                               msched__track_length_s(catalog, track),
                               track,
                               catalog->track_artist[track],
                               MSCHED__FILL,
                               fixed,
                               0};
    if (day->song_count == day->song_capacity)
        return;
    insert_song(day, song);
    day->fill[day->fill_count++] = song;
    day->seconds += song.length_s;
    msched__bit_set(day->used.recordings, day->filter.recordings->of_track[track]);
    msched__artists_add(catalog, day->used.artists, song.artist);
}

/* Remove those artists of a song who have no other song on the day. */
static void drop_artists(msched__fill_day *day, uint32_t artist)
{
    const uint32_t *members;
    const uint32_t count = msched__members_of(&day->catalog->artist_members, &artist, &members);
    for (uint32_t m = 0; m < count; m++) {
        int others = msched__bit(day->artists_before, members[m]);
        for (uint32_t i = 0; i < day->fill_count && !others; i++)
            others = msched__artists_shared(day->catalog, day->fill[i].artist, members[m]);
        if (!others)
            msched__bit_clear(day->used.artists, members[m]);
    }
}

void msched__fill_day_drop_last(msched__fill_day *day)
{
    msched__timed_song song = day->fill[--day->fill_count];
    uint32_t at = 0, recording = day->filter.recordings->of_track[song.track];
    while (day->songs[at].start_s != song.start_s || day->songs[at].track != song.track)
        at++;
    memmove(&day->songs[at], &day->songs[at + 1], (day->song_count - at - 1) * sizeof *day->songs);
    day->song_count--;
    day->seconds -= song.length_s;
    msched__bit_clear(day->used.recordings, recording);
    drop_artists(day, song.artist);
}

int msched__fill_in_mood(const msched__fill_problem *problem, int32_t time)
{
    for (uint32_t i = 0; i < problem->mood_span_count; i++)
        if (problem->mood_spans[i].span.start <= time && time < problem->mood_spans[i].span.end)
            return 1;
    return 0;
}

/* Split day->whole_slots into day->slots at the ends of the intervals with a mood. */
static uint32_t cut_slots(msched__fill_day *day, uint32_t whole_count)
{
    const msched__fill_problem *problem = day->problem;
    uint32_t count = 0;
    for (uint32_t h = 0; h < whole_count; h++) {
        int32_t time = day->whole_slots[h].start, end = day->whole_slots[h].end;
        while (time < end) {
            int32_t next = end;
            for (uint32_t i = 0; i < problem->mood_span_count; i++) {
                msched__interval span = problem->mood_spans[i].span;
                if (span.start > time && span.start < next)
                    next = span.start;
                if (span.end > time && span.end < next)
                    next = span.end;
            }
            day->slots[count++] = (msched__interval){time, next};
            time = next;
        }
    }
    return count;
}

static uint32_t find_slots(const msched__fill_day *day, msched__interval *slots)
{
    uint32_t count = 0, k = 0;
    for (uint32_t w = 0; w < day->problem->window_count; w++) {
        msched__interval window = day->problem->windows[w];
        int32_t time = window.start;
        while (k > 0 && day->songs[k - 1].start_s + day->songs[k - 1].length_s + day->gap > time)
            k--;
        for (; k < day->song_count && day->songs[k].start_s < window.end + day->gap; k++) {
            int32_t start = day->songs[k].start_s - day->gap;
            int32_t end = day->songs[k].start_s + day->songs[k].length_s + day->gap;
            if (start > time)
                slots[count++] = (msched__interval){time, start < window.end ? start : window.end};
            if (end > time)
                time = end;
        }
        if (time < window.end)
            slots[count++] = (msched__interval){time, window.end};
    }
    return count;
}

uint32_t msched__fill_day_slots(msched__fill_day *day, int cut)
{
    if (!cut || day->problem->mood_span_count == 0)
        return find_slots(day, day->slots);
    return cut_slots(day, find_slots(day, day->whole_slots));
}

msched__interval msched__fill_day_slot(const msched__fill_day *day, uint32_t index)
{
    msched__interval slot = day->slots[index];
    for (uint32_t i = 0; i < day->song_count; i++) {
        int32_t start = day->songs[i].start_s, end = start + day->songs[i].length_s;
        if (start < slot.start && end + day->gap > slot.start)
            slot.start = end + day->gap;
        else if (start >= slot.start && start - day->gap < slot.end)
            slot.end = start - day->gap;
    }
    return slot;
}

int32_t msched__fill_day_separated(const msched__fill_day *day, uint32_t artist, int32_t length,
                                   int32_t from, int32_t end)
{
    /* ascending, so one pass moves past all that are in the way */
    for (uint32_t i = 0; i < day->song_count; i++) {
        const msched__timed_song *song = &day->songs[i];
        int32_t song_end = song->start_s + song->length_s;
        if (!msched__artists_shared(day->catalog, song->artist, artist) ||
            song_end + day->separation <= from)
            continue;
        if (song->start_s >= from + length + day->separation)
            break;
        from = song_end + day->separation;
    }
    return from <= end - length ? from : INT32_MAX;
}

int msched__fill_day_allows(const msched__fill_day *day, uint32_t track, int32_t start)
{
    int32_t length = msched__track_length_s(day->catalog, track), end = start + length;
    int in_window = 0;
    if (msched__bit(day->used.recordings, day->filter.recordings->of_track[track]) ||
        !msched__fill_filter_passes(&day->filter, track) || day->seconds + length > day->asked)
        return 0;
    for (uint32_t w = 0; w < day->problem->window_count; w++)
        in_window |= day->problem->windows[w].start <= start && end <= day->problem->windows[w].end;
    for (uint32_t i = 0; i < day->song_count; i++)
        if (day->songs[i].start_s < end + day->gap &&
            start < day->songs[i].start_s + day->songs[i].length_s + day->gap)
            return 0;
    return in_window && msched__fill_day_separated(day, day->catalog->track_artist[track], length,
                                                   start, end) == start;
}

/* Place the wanted songs, and fill that has begun. */
static void add_songs(msched__fill_day *day)
{
    const msched__fill_problem *problem = day->problem;
    const msched__songs_problem *songs = problem->songs;
    int64_t wanted_s = 0;
    for (uint32_t i = 0; i < songs->play_count; i++) {
        const msched__play *play = &songs->plays[i];
        uint32_t recording = day->filter.recordings->of_track[play->track],
                 artist = day->catalog->track_artist[play->track];
        if (problem->placement->start[i] == MSCHED_UNSET) {
            msched__bit_set(day->used.wished, recording);
            continue;
        }
        insert_song(day, (msched__timed_song){problem->placement->start[i], play->length_s,
                                              play->track, artist, i, 0, 0});
        wanted_s += play->length_s;
        msched__bit_set(day->used.recordings, recording);
        msched__artists_add(day->catalog, day->used.artists, artist);
        msched__artists_add(day->catalog, day->artists_before, artist);
    }
    for (uint32_t i = 0; i < problem->other_count; i++) {
        msched__timed_song other = problem->others[i];
        other.play = MSCHED__OTHER_FILL;
        insert_song(day, other);
        wanted_s += other.length_s;
        msched__bit_set(day->used.recordings, day->filter.recordings->of_track[other.track]);
        msched__artists_add(day->catalog, day->used.artists, other.artist);
        msched__artists_add(day->catalog, day->artists_before, other.artist);
    }
    for (uint32_t i = 0; i < problem->previous_count; i++)
        if (problem->previous[i].frozen) {
            msched__fill_day_add(day, problem->previous[i].track, problem->previous[i].start_s, 1);
            msched__artists_add(day->catalog, day->artists_before,
                                day->catalog->track_artist[problem->previous[i].track]);
        }
    day->asked = problem->fill_s;
    if (songs->max_total_s != MSCHED_UNSET &&
        songs->max_total_s + songs->begun_fill_s - wanted_s < day->asked)
        day->asked = songs->max_total_s + songs->begun_fill_s - wanted_s;
    if (day->asked < day->seconds) /* what has begun is not undone */
        day->asked = day->seconds;
}

/* The size of the pool, and from it the maximum number of fill songs. */
static uint32_t choose_sizes(msched__fill_day *day)
{
    uint8_t moods[MSCHED_MOOD_COUNT] = {0};
    uint32_t mood_count = 0;
    if (day->want == 0)
        day->want = (uint32_t)(day->problem->fill_s > 0 ? day->problem->fill_s : 0) / MEAN_SONG_S +
                    POOL_EXTRA;
    if (day->want > MSCHED__FILL_POOL_MAX)
        day->want = MSCHED__FILL_POOL_MAX;
    moods[day->problem->mood] = 1;
    for (uint32_t i = 0; i < day->problem->mood_span_count; i++)
        moods[day->problem->mood_spans[i].mood] = 1;
    for (uint32_t i = 0; i < MSCHED_MOOD_COUNT; i++)
        mood_count += moods[i];
    return 2 * day->want * mood_count + day->problem->previous_count;
}

static int take_memory(msched__fill_day *day)
{
    const msched__fill_problem *problem = day->problem;
    uint32_t fills = choose_sizes(day), pool = 2 * day->want;
    day->song_capacity = problem->songs->play_count + problem->other_count + fills;
    day->slot_capacity = day->song_capacity + problem->window_count + 2 * problem->mood_span_count +
                         1;
    day->songs = msched__arena_alloc(day->arena, day->song_capacity, sizeof *day->songs);
    day->fill = msched__arena_alloc(day->arena, fills, sizeof *day->fill);
    day->slots = msched__arena_alloc(day->arena, day->slot_capacity, sizeof *day->slots);
    day->whole_slots = msched__arena_alloc(
        day->arena, problem->mood_span_count > 0 ? day->slot_capacity : 0, sizeof *day->slots);
    day->quotas = msched__arena_alloc(day->arena, day->slot_capacity, sizeof *day->quotas);
    day->order = msched__arena_alloc(day->arena, day->slot_capacity, sizeof *day->order);
    day->lengths = msched__arena_alloc(day->arena, pool, sizeof *day->lengths);
    day->numbers = msched__arena_alloc(day->arena, pool, sizeof *day->numbers);
    day->sums.chosen = msched__arena_alloc(day->arena, pool, sizeof *day->sums.chosen);
    day->used.recordings = msched__bits_alloc(day->arena, day->filter.recordings->count);
    day->used.wished = msched__bits_alloc(day->arena, day->filter.recordings->count);
    day->used.artists = msched__bits_alloc(day->arena, day->catalog->artist_count);
    day->artists_before = msched__bits_alloc(day->arena, day->catalog->artist_count);
    return day->songs != NULL && day->fill != NULL && day->slots != NULL &&
           day->whole_slots != NULL && day->quotas != NULL && day->order != NULL &&
           day->lengths != NULL && day->numbers != NULL && day->sums.chosen != NULL &&
           day->used.recordings != NULL && day->used.wished != NULL && day->used.artists != NULL &&
           day->artists_before != NULL;
}

int msched__fill_day_init(msched__fill_day *day, msched__arena *arena,
                          const msched__fill_problem *problem, uint32_t want,
                          msched__budget *budget)
{
    memset(day, 0, sizeof *day);
    day->arena = arena;
    day->want = want;
    day->problem = problem;
    day->catalog = problem->songs->catalog;
    day->gap = problem->songs->gap_s > 0 ? problem->songs->gap_s : 0;
    day->separation = problem->songs->artist_separation_s > day->gap
                          ? problem->songs->artist_separation_s
                          : 0;
    day->budget = budget;
    if (day->catalog == NULL || (problem->fill_s <= 0 && problem->previous_count == 0))
        return 1;
    const msched__moods *moods = msched__moods_of(day->catalog, NULL);
    if (moods == NULL ||
        !msched__fill_filter_init(&day->filter, arena, day->catalog, moods,
                                  msched__fill_rules(problem)) ||
        !take_memory(day))
        return 0;
    day->moods = moods;
    add_songs(day);
    uint32_t count = msched__fill_day_slots(day, 0);
    day->first_slots = msched__arena_alloc(arena, count, sizeof *day->first_slots);
    if (day->first_slots == NULL)
        return 0;
    day->first_slot_count = count;
    memcpy(day->first_slots, day->slots, count * sizeof *day->slots);
    for (uint32_t i = 0; i < count; i++) {
        int32_t length = day->slots[i].end - day->slots[i].start;
        day->first_capacity += length;
        if (length > day->longest)
            day->longest = length;
    }
    if (day->longest > day->asked)
        day->longest = (int32_t)day->asked;
    return msched__subset_sum_init(&day->sums, arena, day->longest + day->gap, day->sums.chosen,
                                   budget);
}

int64_t msched__fill_day_quick_bound(const msched__fill_day *day)
{
    if (day->moods == NULL)
        return 0;
    int64_t frozen = 0;
    for (uint32_t i = 0; i < day->problem->previous_count; i++)
        if (day->problem->previous[i].frozen)
            frozen += msched__track_length_s(day->catalog, day->problem->previous[i].track);
    int64_t bound = frozen + day->first_capacity;
    return bound < day->asked ? bound : day->asked;
}

void msched__fill_day_finish(const msched__fill_day *day, msched__fill *out)
{
    out->songs = day->fill;
    out->count = 0;
    for (uint32_t i = 0; i < day->song_count; i++)
        if (day->songs[i].play == MSCHED__FILL)
            out->songs[out->count++] = day->songs[i];
    out->seconds = day->seconds;
}
