/* The bound on the weight of the songs of a day, against every set of songs that fits. */
#include "../../algo/random.h"
#include "../../testing.h"
#include "base/alloc.h"
#include "plan/plan_data.h"
#include "schedule/joint/joint_room.h"

#include <string.h>

#define PLAYS 6
#define TASKS 3 /* a host and two silent ones */

typedef struct day {
    msched_plan plan;
    msched__model model;
    msched__interval free[2];
    int32_t now;      /* the end of what is placed */
    int32_t quiet[2]; /* quiet hours between the two free intervals */
    msched__task task[TASKS];
    msched__tasks tasks;
    msched__play plays[PLAYS];
    msched__songs_problem songs;
    uint32_t host[PLAYS];
    int32_t rest[TASKS];
    uint8_t open[TASKS + PLAYS];
    msched__arena arena;
    msched__day_searcher s;
} day;

static void open_day(day *d)
{
    msched_allocator allocator = msched__allocator_copy(NULL);
    memset(d, 0, sizeof *d);
    d->free[0] = (msched__interval){0, pick(5, 20)};
    d->quiet[0] = d->free[0].end;
    d->quiet[1] = d->quiet[0] + pick(1, 5);
    d->free[1] = (msched__interval){d->quiet[1], d->quiet[1] + pick(5, 20)};
    d->now = pick(0, 1) * pick(0, d->free[1].start + 3);
    d->plan.listening.quiet_s = d->quiet;
    d->plan.listening.quiet_count = 1;
    for (uint32_t i = 0; i < TASKS; i++) {
        d->task[i] = (msched__task){.length = pick(2, 8),
                                    .deadline = d->free[1].end,
                                    .piece_min = pick(0, 4) == 0 ? pick(1, 2) : 0,
                                    .priority = (uint8_t)pick(1, 2),
                                    .silent = i > 0};
        d->rest[i] = d->task[i].length;
        d->open[i] = 1;
    }
    for (uint32_t i = 0; i < PLAYS; i++) {
        d->plays[i] = (msched__play){
            .length_s = pick(1, 6), .weight = (uint32_t)pick(1, 20), .must = pick(0, 5) == 0};
        d->host[i] = pick(0, 1) ? 0 : UINT32_MAX;
        d->open[TASKS + i] = (uint8_t)pick(0, 3) > 0;
    }
    d->tasks = (msched__tasks){.tasks = d->task, .count = TASKS};
    d->model.plan = &d->plan;
    d->songs = (msched__songs_problem){.plays = d->plays,
                                       .play_count = PLAYS,
                                       .free = d->free,
                                       .free_count = 2,
                                       .gap_s = pick(0, 2),
                                       .max_total_s = pick(0, 2) ? MSCHED_UNSET : pick(1, 15)};
    d->s.model = &d->model;
    d->s.tasks = &d->tasks;
    d->s.songs = &d->songs;
    d->s.task_count = TASKS;
    d->s.play_count = PLAYS;
    d->s.host = d->host;
    d->s.rest = d->rest;
    d->s.at = (msched__day_state){.last_start = d->now,
                                  .song_end = d->now - pick(0, 1),
                                  .person_end = d->now,
                                  .silence_clear = d->now + pick(0, 1)};
    for (uint32_t i = 0; i < TASKS; i++)
        d->s.best[msched__level_of_priority[d->task[i].priority]] += pick(0, 3) > 0;
    msched__arena_init(&d->arena, &allocator, 4096);
    assert_true(msched__day_room_make(&d->arena, &d->s));
}

/* The time that songs have from now on if silence takes some of it, with a gap after each song. */
static int64_t time_left(const day *d, int64_t silence)
{
    const int32_t gap = d->songs.gap_s, start = d->quiet[0] > d->now ? d->quiet[0] : d->now;
    int64_t seconds = 0, quiet = d->quiet[1] > start ? d->quiet[1] - start : 0;
    for (uint32_t i = 0; i < 2; i++)
        if (d->free[i].end > d->now)
            seconds += d->free[i].end + gap -
                       (d->free[i].start > d->now ? d->free[i].start : d->now);
    return silence > quiet ? seconds - (silence - quiet) : seconds;
}

/* The seconds that the songs of a task have, with a gap after each song. */
static int64_t time_in_task(const day *d)
{
    const int32_t pieces = d->task[0].piece_min > 0 ? d->task[0].length / d->task[0].piece_min : 1;
    return d->task[0].length + (int64_t)pieces * d->songs.gap_s;
}

/* The most weight of sets of songs that fit into the task and into what silence leaves. */
static int64_t most_weight(const day *d, int64_t silence)
{
    int64_t most = 0;
    for (uint32_t set = 0; set < 1u << PLAYS; set++) {
        int64_t weight = 0, in_day = 0, in_task = 0, heard = 0;
        int32_t gap = d->songs.gap_s;
        for (uint32_t i = 0; i < PLAYS; i++) {
            if (!(set & 1u << i))
                continue;
            weight += d->open[TASKS + i] && !d->plays[i].must ? (int64_t)d->plays[i].weight : -1000;
            heard += d->plays[i].length_s;
            in_day += d->plays[i].length_s + gap;
            in_task += d->host[i] == 0 ? d->plays[i].length_s + gap : 0;
        }
        if (in_day <= time_left(d, silence) && in_task <= time_in_task(d) &&
            (d->songs.max_total_s == MSCHED_UNSET || heard <= d->songs.max_total_s) &&
            weight > most)
            most = weight;
    }
    return most;
}

static void no_set_has_more_weight(void **state)
{
    (void)state;
    uint32_t exact = 0;
    for (int round = 0; round < 5000; round++) {
        day d;
        msched__silence silence;
        int64_t seconds = 0;
        open_day(&d);
        msched__day_silence(&d.s, d.open, &silence);
        for (uint32_t k = 0; k < silence.count; k++)
            seconds += silence.length[k] > d.songs.gap_s ? silence.length[k] - d.songs.gap_s : 0;
        int64_t bound = msched__day_room_weight(&d.s, d.open, &silence),
                most = most_weight(&d, seconds);
        assert_true(bound >= most);
        exact += bound == most;
        msched__arena_reset(&d.arena);
    }
    assert_true(exact > 1000);
}

/* Against every set with as many tasks of each priority as the best day. */
static void silence_is_the_least(void **state)
{
    (void)state;
    for (int round = 0; round < 5000; round++) {
        day d;
        msched__silence silence;
        int64_t found = 0, least = INT64_MAX;
        open_day(&d);
        msched__day_silence(&d.s, d.open, &silence);
        for (uint32_t k = 0; k < silence.count; k++)
            found += silence.length[k];
        for (uint32_t set = 0; set < 1u << TASKS; set++) {
            int64_t count[MSCHED_LEVEL_FILL_S] = {0}, seconds = 0;
            for (uint32_t i = 0; i < TASKS; i++)
                if (set & 1u << i) {
                    count[msched__level_of_priority[d.task[i].priority]]++;
                    seconds += d.task[i].silent && d.task[i].piece_min == 0 ? d.task[i].length : 0;
                }
            if (memcmp(count, d.s.best, sizeof count) == 0 && seconds < least)
                least = seconds;
        }
        assert_int_equal(found, least);
        msched__arena_reset(&d.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_set_has_more_weight),
        cmocka_unit_test(silence_is_the_least),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
