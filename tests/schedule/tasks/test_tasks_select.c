/* The search over sets finds a set with given counts exactly if there is one. */
#include "../small_tasks.h"
#include "../work.h"
#include "schedule/tasks/tasks_preempt.h"
#include "schedule/tasks/tasks_select.h"
#include "schedule/tasks/tasks_solve.h"

static void a_set_with_given_counts_is_found_where_there_is_one(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= DAYS; seed++) {
        small_day d;
        msched__task_fit fit;
        msched__task_sets sets;
        make_small_day(&d, seed);
        msched__budget *work = WORK(UINT64_MAX);
        assert_true(msched__task_fit_make(&d.arena, &d.tasks, &d.bound, work, &fit) &&
                    msched__task_sets_make(&d.arena, &d.bound, work, &fit, &sets));
        int32_t count[5] = {0};
        for (count[1] = 0; count[1] <= d.tasks.wanted[1]; count[1]++)
            for (count[2] = 0; count[2] <= d.tasks.wanted[2]; count[2]++) {
                int exists = 0;
                for (uint32_t set = 0; set < 1u << d.tasks.count; set++) {
                    int32_t has[5];
                    count_set(&d, set, has);
                    exists |= d.fits[set] && has[1] == count[1] && has[2] == count[2];
                }
                assert_true(!exists || msched__task_sets_possible(&sets, 2, count, 0));
                assert_int_equal(msched__task_sets_find(&sets, 2, count, 0, 1000000),
                                 exists ? MSCHED__FIT_YES : MSCHED__FIT_NO);
            }
        for (uint32_t set = 0; set < 1u << d.tasks.count; set++)
            assert_true(!d.fits[set] || msched__task_sets_hold(&sets, set));
        msched__arena_reset(&d.arena);
    }
}

/* 1 if a set with these counts fits, with this task. */
static int exists_with(const small_day *d, const int32_t *count, uint32_t forced)
{
    for (uint32_t set = 0; set < 1u << d->tasks.count; set++) {
        int32_t has[5];
        count_set(d, set, has);
        if (d->fits[set] && (set >> forced & 1) && memcmp(has, count, sizeof has) == 0)
            return 1;
    }
    return 0;
}

static void a_set_with_a_task_is_found_where_there_is_one(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= DAYS; seed++) {
        small_day d;
        msched__arrangement found;
        int32_t best[5];
        make_small_day(&d, seed);
        best_counts(&d, best);
        assert_true(msched__arrangement_make(&d.arena, &d.tasks, &found));
        for (uint32_t forced = 0; forced < d.tasks.count; forced++) {
            msched__task_wish wish = {best, forced, 1000000, MSCHED__FIT_UNKNOWN, &found};
            if (d.tasks.tasks[forced].hopeless)
                continue;
            assert_int_equal(msched__solve_tasks_with(&d.arena, &d.tasks, WORK(UINT64_MAX), &wish),
                             MSCHED_OK);
            assert_int_equal(wish.verdict,
                             exists_with(&d, best, forced) ? MSCHED__FIT_YES : MSCHED__FIT_NO);
            assert_true(wish.verdict == MSCHED__FIT_NO || found.placed[forced]);
        }
        msched__arena_reset(&d.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_with_given_counts_is_found_where_there_is_one),
        cmocka_unit_test(a_set_with_a_task_is_found_where_there_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
