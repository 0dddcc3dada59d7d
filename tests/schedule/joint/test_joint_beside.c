/* The songs beside a timetable, in listenable time that no silent task takes, and the fill. */
#include "../small_days.h"
#include "schedule/joint/joint_beside.h"

static int32_t listenable(const msched__songs_problem *songs)
{
    int32_t seconds = 0;
    for (uint32_t i = 0; i < songs->free_count; i++)
        seconds += songs->free[i].end - songs->free[i].start;
    return seconds;
}

static void check_windows(const joint *j, const msched__songs_problem *beside,
                          const msched__songs_problem *wide)
{
    const msched__arrangement *timetable = &j->solver.best.timetable;
    for (uint32_t i = 0; i < beside->free_count; i++) {
        const msched__interval *free = &beside->free[i];
        assert_true(msched__interval_covers(wide->free, wide->free_count, free->start, free->end));
        for (uint32_t k = 0; k < timetable->piece_count; k++) {
            const msched__piece *piece = &timetable->pieces[k];
            uint32_t todo = j->model.tasks.tasks[piece->task].todo;
            if (!j->plan->todos[todo].music)
                assert_true(piece->end <= free->start || free->end <= piece->start);
        }
    }
    for (uint32_t i = 0; i < beside->play_count; i++)
        for (uint32_t w = 0; w < beside->plays[i].window_count; w++)
            assert_true(msched__interval_covers(beside->free, beside->free_count,
                                                beside->plays[i].windows[w].start,
                                                beside->plays[i].windows[w].end));
}

static int compare_songs(joint *j, void *less)
{
    msched__songs_problem beside, wide;
    assert_true(msched__songs_beside(&j->arena, &j->model, &j->solver.best.timetable, &beside) &&
                msched__songs_beside(&j->arena, &j->model, NULL, &wide));
    assert_int_equal(beside.play_count, wide.play_count);
    check_windows(j, &beside, &wide);
    *(uint32_t *)less += listenable(&beside) < listenable(&wide);
    return 1;
}

static void songs_have_the_time_that_silent_tasks_leave(void **state)
{
    (void)state;
    uint32_t less = 0;
    on_plans(PLANS, compare_songs, &less);
    assert_true(less > PLANS / 4);
}

static int fill_day(joint *j, void *filled)
{
    int64_t before[MSCHED_LEVEL_COUNT];
    msched__solution *day = &j->solver.best;
    memcpy(before, day->value, sizeof before);
    assert_int_equal(msched__fill_rest(&j->solver, day), MSCHED_OK);
    assert_true(msched__values_compare(day->value, before, LEVELS) == 0);
    assert_true(day->fill.seconds <= j->plan->listening.fill_s);
    for (uint32_t i = 1; i < day->timed_count; i++)
        assert_true(day->timed[i - 1].start_s <= day->timed[i].start_s);
    *(uint32_t *)filled += day->fill.seconds > 0;
    return 1;
}

/* Filling changes no level before the fill, and reaches no more than was asked. */
static void the_fill_takes_nothing_from_the_wanted_songs(void **state)
{
    (void)state;
    uint32_t filled = 0;
    on_plans(PLANS, fill_day, &filled);
    assert_true(filled > PLANS / 10);
}

/* A task that no other one follows; UINT32_MAX: none is placed. */
static uint32_t last_task(const joint *j)
{
    const msched__arrangement *timetable = &j->solver.best.timetable;
    return timetable->piece_count == 0 ? UINT32_MAX
                                       : timetable->pieces[timetable->piece_count - 1].task;
}

/* Adopt a timetable with one task more. 1 where it is kept. */
static int adopt(joint *j, void *counts)
{
    msched__solution with = {0}, without = {0};
    int kept = 0;
    msched__solver *s = &j->solver;
    const msched__tasks *tasks = &j->model.tasks;
    const uint32_t task = last_task(j);
    (void)counts;
    if (task == UINT32_MAX)
        return 0;
    assert_true(msched__arrangement_make(&j->arena, tasks, &with.timetable) &&
                msched__arrangement_make(&j->arena, tasks, &without.timetable));
    msched__arrangement_copy(tasks, &with.timetable, &s->best.timetable);
    msched__arrangement_copy(tasks, &without.timetable, &s->best.timetable);
    msched__arrangement_remove(tasks, &without.timetable, task);
    msched__arrangement_remove(tasks, &s->best.timetable, task);
    assert_int_equal(msched__place_songs(s, &s->best, UINT64_MAX), MSCHED_OK);
    assert_int_equal(msched__fill_rest(s, &s->best), MSCHED_OK);
    const uint32_t level = msched__level_of_priority[tasks->tasks[task].priority];
    for (uint32_t i = 0; i < MSCHED_LEVEL_COUNT; i++) {
        const int64_t most = i == level ? s->best.value[i] + 1 : s->best.value[i];
        msched__bounds_put(&s->bounds, i, i <= level && j->best[i] > most ? j->best[i] : most,
                           s->best.value);
    }
    assert_int_equal(msched__try_timetable(s, &with, &kept), MSCHED_OK);
    if (!kept)
        return 0;
    assert_true(msched__bounds_hold(&s->bounds, s->best.value));
    assert_true(best_is_within_bounds(j));
    assert_int_equal(msched__try_timetable(s, &without, &kept), MSCHED_OK);
    assert_false(kept);
    assert_true(s->best.timetable.placed[task]);
    return 1;
}

/*
 * If a timetable gains a task, bounds that held beside fewer tasks are replaced; if it is worse, it
 * changes nothing.
 */
static void bounds_hold_for_an_adopted_timetable(void **state)
{
    (void)state;
    on_plans(PLANS, adopt, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(songs_have_the_time_that_silent_tasks_leave),
        cmocka_unit_test(the_fill_takes_nothing_from_the_wanted_songs),
        cmocka_unit_test(bounds_hold_for_an_adopted_timetable),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
