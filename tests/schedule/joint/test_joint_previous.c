/* A day that lost what its previous schedule has gets it back. */
#include "../small_days.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_previous.h"
#include "schedule/model/previous.h"

/* The day found so far as the previous schedule. */
static msched__replan remember(joint *j)
{
    const msched__solution *day = &j->solver.best;
    const msched__arrangement *timetable = &day->timetable;
    msched__replan out = {0};
    out.pieces = msched__arena_alloc(&j->arena, timetable->piece_count, sizeof *out.pieces);
    out.plays = msched__arena_alloc(&j->arena, day->songs.play_count, sizeof *out.plays);
    assert_true(out.pieces != NULL && out.plays != NULL);
    for (uint32_t i = 0; i < timetable->piece_count; i++) {
        const msched__piece *piece = &timetable->pieces[i];
        out.pieces[out.piece_count++] = (msched__frozen){
            j->model.tasks.tasks[piece->task].todo, piece->start, piece->end, MSCHED_STATE_OPEN};
    }
    for (uint32_t i = 0; i < day->songs.play_count; i++)
        if (day->placement.start[i] != MSCHED_UNSET)
            out.plays[out.play_count++] = (msched__previous_play){day->songs.plays[i].wish,
                                                                  day->placement.start[i], 0};
    return out;
}

static int lose_a_task(joint *j, void *lost)
{
    int64_t before[MSCHED_LEVEL_COUNT];
    msched__solver *s = &j->solver;
    assert_int_equal(msched__fill_rest(s, &s->best), MSCHED_OK);
    memcpy(before, s->best.value, sizeof before);
    msched__replan replan = remember(j);
    j->model.replan = &replan;
    assert_true(msched__replan_wish(&j->arena, &replan, &j->model.tasks));
    if (s->best.timetable.piece_count > 0)
        msched__arrangement_remove(&j->model.tasks, &s->best.timetable,
                                   s->best.timetable.pieces[0].task);
    assert_int_equal(msched__place_songs(s, &s->best, WORK_ENOUGH), MSCHED_OK);
    assert_int_equal(msched__fill_rest(s, &s->best), MSCHED_OK);
    *(uint32_t *)lost += msched__values_compare(s->best.value, before, LEVELS) < 0;
    assert_int_equal(msched__keep_previous(s), MSCHED_OK);
    assert_true(msched__values_compare(s->best.value, before, LEVELS) >= 0);
    assert_true(msched__values_compare(s->best.value, j->best, LEVELS) <= 0);
    assert_true(msched__solution_holds(&j->model.tasks, &s->best));
    assert_true(msched__solution_plays_hold(&s->best));
    return 1;
}

static void what_was_lost_comes_back(void **state)
{
    (void)state;
    uint32_t lost = 0;
    on_plans(PLANS, lose_a_task, &lost);
    assert_true(lost > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_lost_comes_back),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
