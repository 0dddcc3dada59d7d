/* Windows on days with certain tasks: every such day keeps its place, and no other is allowed. */
#include "../small_tasks.h"
#include "schedule/tasks/tasks_narrow.h"

/* All sets that contain `set` fit into the narrowed windows as well as into the full ones. */
static int check_set(small_day *d, uint32_t set, int *impossible)
{
    uint8_t sure[TASKS];
    msched__tasks narrow;
    int possible, shrunk = 0;
    for (uint32_t i = 0; i < d->tasks.count; i++)
        sure[i] = set >> i & 1;
    assert_true(msched__tasks_narrow(&d->arena, &d->tasks, sure, &narrow, &possible));
    if (!possible) {
        assert_false(d->fits[set]);
        ++*impossible;
        return 1;
    }
    small_day beside = *d;
    beside.tasks = narrow;
    for (uint32_t all = set; all < 1u << d->tasks.count; all = (all + 1) | set) {
        uint32_t hopeless = 0;
        for (uint32_t i = 0; i < d->tasks.count; i++)
            hopeless |= (uint32_t)(narrow.tasks[i].hopeless != 0) << i;
        int fits = (all & hopeless) == 0 && try_orders(&beside, all, NULL, 0);
        assert_int_equal(fits, d->fits[all]);
    }
    for (uint32_t i = 0; i < d->tasks.count; i++)
        shrunk |= narrow.tasks[i].hopeless != d->tasks.tasks[i].hopeless ||
                  (d->tasks.tasks[i].window_count > 0 &&
                   (narrow.tasks[i].deadline < d->tasks.tasks[i].deadline ||
                    narrow.tasks[i].windows[0].start > d->tasks.tasks[i].windows[0].start));
    return shrunk;
}

static void narrowed_windows_allow_the_same_days(void **state)
{
    (void)state;
    int shrunk = 0, sets = 0, misfits = 0, impossible = 0;
    for (uint64_t seed = 1; seed <= DAYS; seed++) {
        small_day d;
        make_small_day(&d, seed);
        for (uint32_t set = 0; set < 1u << d.tasks.count; set++, sets++) {
            misfits += !d.fits[set];
            shrunk += check_set(&d, set, &impossible);
        }
        msched__arena_reset(&d.arena);
    }
    assert_true(shrunk > sets / 4);
    assert_true(impossible > misfits / 2);
}

/* The task that others follow is certain, too; a task in pieces is kept out of a certain one. */
static void predecessors_are_certain_and_pieces_make_way(void **state)
{
    (void)state;
    small_day d;
    make_small_day(&d, 1);
    msched__interval all = {0, 14};
    uint32_t before = 0;
    msched__task tasks[3] = {{.length = 8, .priority = 1, .windows = &all, .window_count = 1},
                             {.length = 2, .priority = 1, .windows = &all, .window_count = 1},
                             {.length = 4, .priority = 2, .windows = &all, .window_count = 1}};
    uint32_t order[3] = {0, 1, 2};
    tasks[1].preds = &before;
    tasks[1].pred_count = 1;
    tasks[2].piece_min = 2;
    for (int i = 0; i < 3; i++)
        tasks[i].deadline = tasks[i].due = 14;
    msched__tasks narrow, made = d.tasks;
    made.tasks = tasks;
    made.count = 3;
    made.topological = order;
    uint8_t sure[3] = {0, 1, 0};
    int possible;
    assert_true(msched__tasks_narrow(&d.arena, &made, sure, &narrow, &possible));
    assert_true(possible && sure[0] && !sure[2]);
    assert_int_equal(narrow.tasks[0].deadline, 12);
    assert_int_equal(narrow.tasks[1].windows[0].start, 8);
    /* the first task is certainly at work from 4 to 8 */
    assert_int_equal(narrow.tasks[2].window_count, 2);
    assert_int_equal(narrow.tasks[2].windows[0].end, 4);
    assert_int_equal(narrow.tasks[2].windows[1].start, 8);
    /* pieces can be anywhere, so nothing makes way for them */
    assert_true(msched__tasks_narrow(&d.arena, &made, (uint8_t[]){0, 0, 1}, &narrow, &possible));
    for (int i = 0; i < 3; i++)
        assert_true(narrow.tasks[i].window_count == 1 && narrow.tasks[i].deadline == 14);
    msched__arena_reset(&d.arena);
}

/* Beside a certain task of 8 of 10 units, one of 4 does not fit, and neither does what follows. */
static void what_follows_a_task_without_room_has_none(void **state)
{
    (void)state;
    small_day d;
    make_small_day(&d, 1);
    msched__interval all = {0, 10};
    uint32_t before = 1;
    msched__task tasks[3] = {{.length = 8, .priority = 1, .windows = &all, .window_count = 1},
                             {.length = 4, .priority = 2, .windows = &all, .window_count = 1},
                             {.length = 1, .priority = 2, .windows = &all, .window_count = 1}};
    tasks[2].preds = &before;
    tasks[2].pred_count = 1;
    for (int i = 0; i < 3; i++)
        tasks[i].deadline = tasks[i].due = 10;
    msched__tasks narrow, made = d.tasks;
    made.tasks = tasks;
    made.count = 3;
    made.topological = (uint32_t[]){0, 1, 2};
    uint8_t sure[3] = {1, 0, 0};
    int possible;
    assert_true(msched__tasks_narrow(&d.arena, &made, sure, &narrow, &possible));
    assert_true(possible && narrow.tasks[1].hopeless && narrow.tasks[2].hopeless);
    sure[2] = 1;
    assert_true(msched__tasks_narrow(&d.arena, &made, sure, &narrow, &possible));
    assert_false(possible);
    msched__arena_reset(&d.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(narrowed_windows_allow_the_same_days),
        cmocka_unit_test(predecessors_are_certain_and_pieces_make_way),
        cmocka_unit_test(what_follows_a_task_without_room_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
