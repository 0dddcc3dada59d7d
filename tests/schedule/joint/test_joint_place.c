/*
 * A task and the songs after it in some order, on small days: the search finds the earliest times
 * at which the songs of the task end within it, or that there are none.
 */
#include "../../algo/random.h"
#include "../../testing.h"
#include "algo/bits.h"
#include "schedule/joint/joint_place.h"

#include <string.h>

#define PLAYS 3
#define NEVER MSCHED__DAY_NEVER
#define LATE  40

typedef struct day {
    msched__interval task_windows[2], free[2], last_piece[1];
    msched__task task;
    msched__tasks tasks;
    msched__play plays[PLAYS];
    msched__songs_problem songs;
    uint32_t host[PLAYS];
    uint8_t is_host[1];
    int32_t rest[1], song_starts[PLAYS];
    msched__day_searcher s;
} day;

static void draw_windows(msched__interval *out)
{
    out[0] = (msched__interval){pick(0, 4), pick(8, 14)};
    out[1].start = out[0].end + 1 + pick(0, 4);
    out[1].end = out[1].start + pick(4, 14);
}

static void draw(day *d)
{
    memset(d, 0, sizeof *d);
    draw_windows(d->task_windows);
    draw_windows(d->free);
    d->task = (msched__task){.length = pick(3, 9), .windows = d->task_windows, .window_count = 2};
    d->tasks = (msched__tasks){.tasks = &d->task, .count = 1};
    for (uint32_t i = 0; i < PLAYS; i++) {
        d->plays[i] = (msched__play){.artist = (uint32_t)pick(0, 1),
                                     .length_s = pick(1, 3),
                                     .windows = d->free,
                                     .window_count = 2,
                                     .pinned_s = pick(0, 9) == 0 ? pick(2, 20) : MSCHED_UNSET};
        d->host[i] = pick(0, 2) > 0 ? 0 : UINT32_MAX;
        d->is_host[0] |= d->host[i] == 0;
    }
    d->songs = (msched__songs_problem){.plays = d->plays,
                                       .play_count = PLAYS,
                                       .gap_s = pick(0, 2),
                                       .artist_separation_s = pick(0, 3),
                                       .max_total_s = pick(0, 3) ? MSCHED_UNSET : pick(2, 8)};
    d->s.tasks = &d->tasks;
    d->s.songs = &d->songs;
    d->s.task_count = 1;
    d->s.play_count = PLAYS;
    d->s.item_count = 1 + PLAYS;
    d->s.host = d->host;
    d->s.is_host = d->is_host;
    d->s.rest = d->rest;
    d->s.song_starts = d->song_starts;
    d->s.last_piece = d->last_piece;
    d->s.at = (msched__day_state){.person_end = -100,
                                  .person_clear = -100,
                                  .song_end = -100,
                                  .silence_clear = -100,
                                  .last_task = UINT32_MAX};
}

/* The plays 0 .. count - 1 after a task that starts at `from`, each as early as it can be. */
static int follow(const day *d, int32_t from, uint32_t count, int32_t *starts)
{
    int32_t last = from, end = -100, until = from + d->task.length, heard = 0;
    for (uint32_t i = 0; i < count; i++) {
        const msched__play *play = &d->plays[i];
        heard += play->length_s;
        if (d->songs.max_total_s != MSCHED_UNSET && heard > d->songs.max_total_s)
            return 0;
        int32_t start = end + d->songs.gap_s > last ? end + d->songs.gap_s : last;
        for (uint32_t k = 0; k < i; k++)
            if (d->plays[k].artist == play->artist &&
                start < starts[k] + d->plays[k].length_s + d->songs.artist_separation_s)
                start = starts[k] + d->plays[k].length_s + d->songs.artist_separation_s;
        if (play->pinned_s != MSCHED_UNSET) {
            if (start > play->pinned_s || !msched__interval_covers(play->windows, 2, play->pinned_s,
                                                                   play->pinned_s + play->length_s))
                return 0;
            start = play->pinned_s;
        } else {
            start = msched__interval_fit(play->windows, 2, start, play->length_s);
        }
        if (start < 0 || (d->host[i] == 0 && start + play->length_s > until))
            return 0;
        starts[i] = start;
        last = start;
        end = start + play->length_s;
    }
    return 1;
}

/* The earliest start of the task for which the plays can follow; NEVER: none. */
static int32_t earliest(const day *d, uint32_t count, int32_t *starts)
{
    for (int32_t from = 0; from < LATE; from++)
        if (msched__interval_covers(d->task_windows, 2, from, from + d->task.length) &&
            follow(d, from, count, starts))
            return from;
    return NEVER;
}

/* Place the task, then the plays in order; returns how many of them can be placed. */
static uint32_t place(day *d, uint32_t *moved)
{
    msched__day_searcher *s = &d->s;
    msched__day_saved saved;
    int32_t end, host_start, start = msched__day_task_start(s, 0, &end);
    d->rest[0] = 0;
    s->before = s->at;
    s->pieces[s->piece_count++] = (msched__piece){0, start, start + d->task.length};
    msched__day_pass_task(s, 0, (msched__interval){start, start + d->task.length});
    for (uint32_t i = 0; i < PLAYS; i++) {
        msched__day_state at = s->at;
        msched__interval piece = d->last_piece[0];
        start = msched__day_song_start(s, 1 + i, &host_start);
        assert_memory_equal(&at, &s->at, sizeof at);
        assert_int_equal(piece.start, d->last_piece[0].start);
        if (start == NEVER)
            return i;
        if (host_start != NEVER) {
            msched__day_move_host(s, host_start, &saved);
            msched__day_move_back(s, &saved);
            assert_int_equal(piece.start, s->pieces[0].start);
            msched__day_move_host(s, host_start, &saved);
            ++*moved;
        }
        s->order[s->order_count++] = (uint8_t)i;
        s->placed |= msched__bit_of(1 + i);
        s->song_starts[i] = start;
        s->listened += d->plays[i].length_s;
        s->at.last_start = start;
        s->at.song_end = start + d->plays[i].length_s;
    }
    return PLAYS;
}

static void times_are_the_earliest(void **state)
{
    (void)state;
    uint32_t moved = 0, placed = 0;
    for (int round = 0; round < 20000; round++) {
        day d;
        int32_t starts[PLAYS], from;
        draw(&d);
        int32_t end;
        d.rest[0] = d.task.length;
        if (msched__day_task_start(&d.s, 0, &end) == NEVER)
            continue;
        uint32_t count = place(&d, &moved);
        if (count < PLAYS) {
            assert_int_equal(earliest(&d, count + 1, starts), NEVER);
            continue;
        }
        from = earliest(&d, PLAYS, starts);
        assert_int_equal(from, d.s.pieces[0].start);
        assert_int_equal(from, d.last_piece[0].start);
        assert_memory_equal(starts, d.song_starts, sizeof starts);
        placed++;
    }
    assert_true(moved > 500);
    assert_true(placed > 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_the_earliest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
