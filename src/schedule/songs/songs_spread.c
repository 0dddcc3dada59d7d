/*
 * There are three kinds of moves. Free wishes are placed again in sessions, each at the middle of
 * its share of the listenable time; if the day has no free time, the last one changes places with
 * fill. Fill in to-dos of another mood moves to the first free time outside them. The silence at
 * the end of a to-do with fill is divided equally between its songs. A move is kept only if its
 * term improves. The terms are in this order. No move for the first term brings plays of one
 * recording closer together; moves for the others are of fill, which repeats no recording.
 */
#include "schedule/songs/songs_spread.h"

#include "algo/min_max.h"
#include "schedule/songs/songs_moves.h"
#include "schedule/songs/songs_repeats.h"

#include <string.h>

#define FREE_LEAST 3 /* wishes that form sessions */

typedef struct spreader {
    msched__song_moves moves;
    msched__timed_song *songs, *trial;
    uint32_t *free;  /* indices of free wishes */
    int64_t lacking; /* seconds between plays of one recording, before the wishes move */
} spreader;

static int is_fill(const msched__timed_song *song)
{
    return song->play == MSCHED__FILL;
}

/* 1 if a song is wanted once and may play at any time. */
static int is_free(const msched__fill_problem *problem, const msched__timed_song *song)
{
    if (is_fill(song) || song->fixed)
        return 0;
    const msched__play *play = &problem->songs->plays[song->play];
    const msched__plan_song *wish = &problem->songs->plan->songs[play->wish];
    return wish->times == 1 && wish->between_start_s == MSCHED_UNSET &&
           wish->during == UINT32_MAX && play->pinned_s == MSCHED_UNSET &&
           play->preferred_s == MSCHED_UNSET && !play->frozen;
}

/* The moment at which this share (of 1,000) of the listenable time is over. */
static int32_t moment(const msched__songs_problem *rules, int32_t share)
{
    int64_t all = 0, left;
    for (uint32_t i = 0; i < rules->free_count; i++)
        all += rules->free[i].end - rules->free[i].start;
    left = all * share / 1000;
    for (uint32_t i = 0; i < rules->free_count; i++) {
        const int32_t length = rules->free[i].end - rules->free[i].start;
        if (left <= length)
            return rules->free[i].start + (int32_t)left;
        left -= length;
    }
    return rules->free_count > 0 ? rules->free[rules->free_count - 1].end : 0;
}

uint32_t msched__songs_last_wish(const msched__fill_problem *problem,
                                 const msched__timed_song *songs, uint32_t count, int32_t *half)
{
    uint32_t n = 0, last = UINT32_MAX;
    for (uint32_t i = 0; i < count; i++)
        if (is_free(problem, &songs[i])) {
            last = i;
            n++;
        }
    *half = n < FREE_LEAST ? 0 : moment(problem->songs, 500);
    return n < FREE_LEAST ? UINT32_MAX : last;
}

static int32_t rate_free(const msched__fill_problem *problem, const msched__timed_song *songs,
                         uint32_t count)
{
    int32_t half;
    const uint32_t last = msched__songs_last_wish(problem, songs, count, &half);
    return last == UINT32_MAX ? 0 : larger(half - msched__song_end(&songs[last]), 0);
}

/* The to-do of another mood in which a song of fill begins; NULL: none. */
static const msched__mood_span *other_mood(const msched__fill_problem *problem,
                                           const msched__timed_song *song)
{
    const uint32_t mood = msched__fill_of(problem, song)->mood;
    for (uint32_t i = 0; mood != MSCHED_MOOD_NONE && i < problem->mood_span_count; i++) {
        const msched__mood_span *span = &problem->mood_spans[i];
        if (span->mood != mood && song->start_s < span->span.end &&
            msched__song_end(song) > span->span.start)
            return span;
    }
    return NULL;
}

static int32_t rate_mood(const msched__fill_problem *problem, const msched__timed_song *songs,
                         uint32_t count)
{
    int64_t all = 0, inside = 0;
    for (uint32_t i = 0; problem->mood_span_count > 0 && i < count; i++) {
        if (!is_fill(&songs[i]) || msched__fill_of(problem, &songs[i])->mood == MSCHED_MOOD_NONE)
            continue;
        all += songs[i].length_s;
        inside += other_mood(problem, &songs[i]) != NULL ? songs[i].length_s : 0;
    }
    return (int32_t)(2 * inside > all ? inside - all / 2 : 0);
}

/* The excess of the silence at the end of a host with fill; 0 if it is short or evenly divided. */
static int32_t rate_host(msched__interval host, uint32_t fill, const msched__timed_song *songs,
                         uint32_t count)
{
    int32_t end = host.start, pause = 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (songs[i].start_s < host.start || songs[i].start_s >= host.end)
            continue;
        n += is_fill(&songs[i]) && songs[i].fill == fill;
        pause = larger(pause, songs[i].start_s - end);
        end = msched__song_end(&songs[i]);
    }
    /* evenly divided: the silence at the end is no longer than one before a song */
    return n == 0 || host.end - end <= larger(pause, MSCHED__SILENCE_S)
               ? 0
               : host.end - end - MSCHED__SILENCE_S;
}

msched__spread msched__songs_spread_rate(const msched__fill_problem *problem,
                                         const msched__timed_song *songs, uint32_t count)
{
    msched__spread out = {.spread_s = rate_free(problem, songs, count),
                          .mood_s = rate_mood(problem, songs, count)};
    const uint32_t fills = problem->fill_count > 0 ? problem->fill_count : 1;
    for (uint32_t k = 0; k < fills; k++)
        if (problem->hosts[k].start < problem->hosts[k].end)
            out.silence_s = larger(out.silence_s, rate_host(problem->hosts[k], k, songs, count));
    return out;
}

/* 1 if plays of one recording are closer to each other in the trial. */
static int repeats_more(const spreader *s)
{
    const msched__songs_problem *rules = s->moves.rules;
    return rules->repeat_s > 0 &&
           msched__songs_repeats_lacking(rules, s->trial, s->moves.count) > s->lacking;
}

/*
 * Place the free wishes in sessions. Each session begins at the middle of its share of the time,
 * with `early` at the start of the share. 1 if each wish found a place.
 */
static int place_sessions(spreader *s, uint32_t n, uint32_t sessions, int early)
{
    int32_t from = 0;
    for (uint32_t i = 0; i < n; i++)
        s->trial[s->free[i]].start_s = MSCHED_UNSET;
    for (uint32_t i = 0; i < n; i++) {
        msched__timed_song *song = &s->trial[s->free[i]];
        const uint32_t session = i * sessions / n;
        if (i == 0 || session != (i - 1) * sessions / n) {
            const int32_t share = (int32_t)((2000 * session + (early ? 0 : 1000)) / (2 * sessions));
            from = larger(from, moment(s->moves.rules, share));
        }
        song->start_s = msched__moves_earliest(&s->moves, s->trial, s->free[i], from);
        if (song->start_s == MSCHED__NEVER)
            return 0;
        from = msched__song_end(song);
    }
    return 1;
}

/* Exchange the last free wish with fill after half of the time. 1 if that is allowed. */
static int exchange_last(spreader *s, uint32_t last)
{
    const int32_t half = moment(s->moves.rules, 500);
    for (uint32_t i = last + 1; i < s->moves.count; i++) {
        if (!is_fill(&s->songs[i]) || s->songs[i].fixed || s->songs[i].start_s < half)
            continue;
        for (int shift = 0; shift <= (s->songs[i].length_s != s->songs[last].length_s); shift++) {
            if (msched__moves_visit(&s->moves))
                return 0;
            memcpy(s->trial, s->songs, s->moves.count * sizeof *s->songs);
            msched__moves_exchange(s->trial, last, i, shift);
            if (msched__moves_allowed(&s->moves, s->trial, last, i, shift) && !repeats_more(s))
                return 1;
        }
    }
    return 0;
}

static void keep(spreader *s)
{
    memcpy(s->songs, s->trial, s->moves.count * sizeof *s->songs);
}

static void spread_wishes(spreader *s)
{
    uint32_t n = 0;
    if (rate_free(s->moves.problem, s->songs, s->moves.count) == 0)
        return;
    for (uint32_t i = 0; i < s->moves.count; i++)
        if (is_free(s->moves.problem, &s->songs[i]))
            s->free[n++] = i;
    if (s->moves.rules->repeat_s > 0)
        s->lacking = msched__songs_repeats_lacking(s->moves.rules, s->songs, s->moves.count);
    const uint32_t least = (n + MSCHED__SESSION_SONGS - 1) / MSCHED__SESSION_SONGS;
    for (int early = 0; early <= 1; early++) {
        memcpy(s->trial, s->songs, s->moves.count * sizeof *s->songs);
        if (!place_sessions(s, n, least < 2 ? 2 : least, early))
            continue;
        msched__moves_sort(s->trial, s->moves.count);
        if (rate_free(s->moves.problem, s->trial, s->moves.count) == 0 && !repeats_more(s)) {
            keep(s);
            return;
        }
    }
    if (exchange_last(s, s->free[n - 1]))
        keep(s);
}

/* The earliest start of a song of fill outside to-dos of another mood. */
static int32_t start_in_mood(spreader *s, uint32_t k, int32_t from)
{
    for (int32_t start = from;;) {
        start = msched__moves_earliest(&s->moves, s->trial, k, start);
        if (start == MSCHED__NEVER)
            return MSCHED__NEVER;
        msched__timed_song there = s->trial[k];
        there.start_s = start;
        const msched__mood_span *span = other_mood(s->moves.problem, &there);
        if (span == NULL)
            return start;
        start = span->span.end;
    }
}

/* Move fill out of to-dos of another mood, until half of it is elsewhere. */
static void follow_mood(spreader *s)
{
    int32_t lacking = rate_mood(s->moves.problem, s->songs, s->moves.count);
    int is_full = 0;
    for (uint32_t k = s->moves.count; k-- > 0 && lacking > 0 && !is_full;) {
        const msched__mood_span *span = is_fill(&s->songs[k]) && !s->songs[k].fixed
                                            ? other_mood(s->moves.problem, &s->songs[k])
                                            : NULL;
        if (span == NULL)
            continue;
        memcpy(s->trial, s->songs, s->moves.count * sizeof *s->songs);
        s->trial[k].start_s = MSCHED_UNSET;
        int32_t start = start_in_mood(s, k, span->span.end);
        if (start == MSCHED__NEVER)
            start = start_in_mood(s, k, 0);
        is_full = start == MSCHED__NEVER;
        if (is_full)
            continue;
        s->trial[k].start_s = start;
        msched__moves_sort(s->trial, s->moves.count);
        const int32_t now = rate_mood(s->moves.problem, s->trial, s->moves.count);
        /* after a move to an earlier time, another song has this index */
        k += (uint32_t)(start < s->songs[k].start_s);
        if (now < lacking)
            keep(s);
        is_full = now >= lacking;
        lacking = now;
    }
}

/*
 * Divide the silence at the end of a host equally between its songs, if all of them belong to this
 * fill and the fill has no other songs.
 */
static void part_silence(spreader *s, uint32_t fill)
{
    const msched__interval host = s->moves.problem->hosts[fill];
    uint32_t first = UINT32_MAX, n = 0;
    int32_t silence = host.end - host.start;
    for (uint32_t i = 0; i < s->moves.count; i++) {
        const msched__timed_song *song = &s->songs[i];
        const int is_outside = msched__song_end(song) <= host.start || song->start_s >= host.end;
        if (is_outside && is_fill(song) && song->fill == fill)
            return; /* the fill also plays elsewhere */
        if (is_outside)
            continue;
        if (!is_fill(song) || song->fill != fill || song->fixed)
            return;
        first = first == UINT32_MAX ? i : first;
        silence -= song->length_s;
        n++;
    }
    const uint32_t parts =
        n == 0
            ? 0
            : (uint32_t)smaller((int32_t)n, (silence + MSCHED__SILENCE_S - 1) / MSCHED__SILENCE_S);
    if (parts == 0 || silence <= 0 || first + n > s->moves.count)
        return;
    memcpy(s->trial, s->songs, s->moves.count * sizeof *s->songs);
    int32_t time = host.start;
    for (uint32_t k = 0; k < n; k++) {
        if (k > 0 && k * parts / n != (k - 1) * parts / n)
            time += silence / (int32_t)parts;
        else if (k > 0)
            time += s->moves.rules->gap_s;
        s->trial[first + k].start_s = time;
        time = msched__song_end(&s->trial[first + k]);
    }
    if (msched__moves_allowed(&s->moves, s->trial, first, first + n - 1, 1) &&
        rate_host(host, fill, s->trial, s->moves.count) <
            rate_host(host, fill, s->songs, s->moves.count))
        keep(s);
}

msched_result msched__songs_spread(msched__arena *arena, const msched__fill_problem *problem,
                                   msched__timed_song *songs, uint32_t count,
                                   msched__budget *budget)
{
    spreader s = {.moves = {problem, problem->songs, count, budget}, .songs = songs};
    const msched__spread now = msched__songs_spread_rate(problem, songs, count);
    const uint32_t fills = problem->fill_count > 0 ? problem->fill_count : 1;
    if (now.spread_s == 0 && now.mood_s == 0 && now.silence_s == 0)
        return MSCHED_OK;
    s.trial = msched__arena_alloc(arena, count, sizeof *s.trial);
    s.free = msched__arena_alloc(arena, count, sizeof *s.free);
    if (s.trial == NULL || s.free == NULL)
        return MSCHED_ERROR_MEMORY;
    if (now.spread_s > 0)
        spread_wishes(&s);
    if (now.mood_s > 0)
        follow_mood(&s);
    for (uint32_t k = 0; k < fills; k++)
        if (problem->hosts[k].start < problem->hosts[k].end &&
            rate_host(problem->hosts[k], k, songs, count) > 0)
            part_silence(&s, k);
    return MSCHED_OK;
}
