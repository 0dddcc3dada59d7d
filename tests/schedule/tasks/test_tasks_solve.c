/*
 * Which tasks are placed, against brute force: every start of every task (and every cut) on a day
 * of a few seconds. The brute force knows nothing of orders, windows or bounds; it only tries times
 * and asks whether a rule is broken.
 */
#include "../../testing.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "algo/budget.h"
#include "schedule/model/tasks.h"
#include "schedule/tasks/tasks_solve.h"

#define MAX_TODOS  8
#define MAX_PIECES 6

typedef struct day {
    struct msched_plan plan;
    msched__plan_todo todos[MAX_TODOS];
    uint32_t after[MAX_TODOS][MAX_TODOS];
} day;

/* A small generator of our own, so that every platform tests the same days. */
static uint32_t pick(uint64_t *state, uint32_t below)
{
    *state += UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(msched__hash_mix(*state) % below);
}

static void make_task(uint64_t *r, day *d, uint32_t i, int32_t horizon, int features)
{
    msched__plan_todo *t = &d->todos[i];
    t->duration_s = 1 + (int32_t)pick(r, 5);
    t->earliest_s = pick(r, 2) ? 0 : (int32_t)pick(r, (uint32_t)horizon);
    t->latest_s = pick(r, 2) ? horizon : t->earliest_s + t->duration_s + (int32_t)pick(r, 6);
    t->priority = (uint8_t)(1 + pick(r, 4));
    if ((features & 1) && pick(r, 3) == 0) {
        t->buffer_before_s = (int32_t)pick(r, 3);
        t->buffer_after_s = (int32_t)pick(r, 3);
    }
    if ((features & 2) && pick(r, 3) == 0)
        t->split_min_s = 1 + (int32_t)pick(r, 3);
    if ((features & 4) && i > 0 && pick(r, 3) == 0) {
        d->after[i][0] = pick(r, i);
        t->after = d->after[i];
        t->after_count = 1;
    }
    if ((features & 8) && pick(r, 8) == 0)
        t->start_s = (int32_t)pick(r, (uint32_t)horizon);
}

static void make_day(uint64_t seed, day *d, uint32_t events, uint32_t tasks, int32_t horizon,
                     int features)
{
    memset(d, 0, sizeof *d);
    uint64_t r = seed;
    d->plan.timezone = "";
    d->plan.day_end_s = horizon;
    d->plan.now_s = MSCHED_UNSET;
    d->plan.todos = d->todos;
    d->plan.todo_count = events + tasks;
    for (uint32_t i = 0; i < events + tasks; i++) {
        msched__plan_todo *t = &d->todos[i];
        t->id = t->title = "x";
        t->start_s = t->end_s = MSCHED_UNSET;
        t->priority = 1;
        if (i >= events) {
            make_task(&r, d, i, horizon, features);
            continue;
        }
        t->kind = MSCHED_TODO_EVENT;
        t->start_s = (int32_t)pick(&r, (uint32_t)horizon);
        t->duration_s = 1 + (int32_t)pick(&r, 3);
        t->end_s = t->start_s + t->duration_s;
        t->buffer_after_s = (features & 1) ? (int32_t)pick(&r, 2) : 0;
    }
}

/* What brute force has placed: pieces per to-do. */
typedef struct attempt {
    const day *d;
    msched__interval pieces[MAX_TODOS][MAX_PIECES];
    uint32_t count[MAX_TODOS];
    int placed[5], best[5];
} attempt;

static int pair_holds(const msched__plan_todo *x, msched__interval a, const msched__plan_todo *y,
                      msched__interval b)
{
    if (x->kind == MSCHED_TODO_EVENT && y->kind == MSCHED_TODO_EVENT)
        return 1;
    int x_clear = a.end + x->buffer_after_s <= b.start || b.end <= a.start - x->buffer_before_s;
    int y_clear = b.end + y->buffer_after_s <= a.start || a.end <= b.start - y->buffer_before_s;
    return x_clear && y_clear;
}

/* 1 where a new piece breaks no rule against what is placed. `after` is checked at the end. */
static int piece_holds(const attempt *a, uint32_t i, msched__interval piece)
{
    const msched__plan_todo *t = &a->d->todos[i];
    if (piece.start < t->earliest_s || piece.end > t->latest_s || piece.end > a->d->plan.day_end_s)
        return 0;
    for (uint32_t k = 0; k < a->d->plan.todo_count; k++)
        for (uint32_t j = 0; j < a->count[k]; j++)
            if (k == i ? piece.start < a->pieces[k][j].end && a->pieces[k][j].start < piece.end
                       : !pair_holds(t, piece, &a->d->todos[k], a->pieces[k][j]))
                return 0;
    return 1;
}

static int order_holds(const attempt *a)
{
    for (uint32_t i = 0; i < a->d->plan.todo_count; i++) {
        const msched__plan_todo *t = &a->d->todos[i];
        for (uint32_t k = 0; k < t->after_count && a->count[i] > 0; k++) {
            uint32_t p = t->after[k];
            if (a->count[p] == 0 || a->pieces[p][a->count[p] - 1].end > a->pieces[i][0].start)
                return 0;
        }
    }
    return 1;
}

static int can_win(const attempt *a, uint32_t next)
{
    int most[5];
    memcpy(most, a->placed, sizeof most);
    for (uint32_t i = next; i < a->d->plan.todo_count; i++)
        most[a->d->todos[i].priority] += a->d->todos[i].kind == MSCHED_TODO_TASK;
    for (int p = 1; p <= 4; p++)
        if (most[p] != a->best[p])
            return most[p] > a->best[p];
    return 0;
}

static void try_todo(attempt *a, uint32_t next);

/* Try every way to place `rest` seconds more of a task from `from` on. */
static void try_pieces(attempt *a, uint32_t i, int32_t from, int32_t rest)
{
    const msched__plan_todo *t = &a->d->todos[i];
    if (rest == 0) {
        a->placed[t->priority]++;
        try_todo(a, i + 1);
        a->placed[t->priority]--;
        return;
    }
    int pinned = t->start_s != MSCHED_UNSET, split = t->split_min_s > 0 && !pinned;
    if (a->count[i] == MAX_PIECES)
        return;
    for (int32_t start = pinned ? t->start_s : from;
         start <= (pinned ? t->start_s : a->d->plan.day_end_s - 1); start++)
        for (int32_t length = split ? t->split_min_s : rest; length <= rest; length++) {
            msched__interval piece = {start, start + length};
            if ((length < rest && rest - length < t->split_min_s) || !piece_holds(a, i, piece))
                continue;
            a->pieces[i][a->count[i]++] = piece;
            try_pieces(a, i, piece.end + 1, rest - length);
            a->count[i]--;
        }
    if (split && rest == t->duration_s && rest < t->split_min_s)
        for (int32_t start = 0; start < a->d->plan.day_end_s; start++)
            if (piece_holds(a, i, (msched__interval){start, start + rest})) {
                a->pieces[i][a->count[i]++] = (msched__interval){start, start + rest};
                try_pieces(a, i, start, 0);
                a->count[i]--;
            }
}

static void try_todo(attempt *a, uint32_t next)
{
    if (!can_win(a, next))
        return;
    if (next == a->d->plan.todo_count) {
        if (order_holds(a))
            memcpy(a->best, a->placed, sizeof a->best);
        return;
    }
    const msched__plan_todo *t = &a->d->todos[next];
    if (t->kind == MSCHED_TODO_EVENT) {
        a->pieces[next][0] = (msched__interval){t->start_s, t->end_s};
        a->count[next] = 1;
        try_todo(a, next + 1);
        a->count[next] = 0;
        return;
    }
    try_pieces(a, next, 0, t->duration_s);
    try_todo(a, next + 1);
}

/* Every rule, on what the solver placed. */
static void check_answer(const day *d, const msched__tasks *tasks,
                         const msched__task_answer *answer)
{
    attempt a = {.d = d};
    for (uint32_t i = 0; i < d->plan.todo_count; i++)
        if (d->todos[i].kind == MSCHED_TODO_EVENT)
            a.pieces[i][a.count[i]++] = (msched__interval){d->todos[i].start_s, d->todos[i].end_s};
    int32_t total[MAX_TODOS] = {0};
    for (uint32_t k = 0; k < answer->best.piece_count; k++) {
        const msched__piece *piece = &answer->best.pieces[k];
        uint32_t todo = tasks->tasks[piece->task].todo;
        msched__interval span = {piece->start, piece->end};
        assert_true(piece_holds(&a, todo, span));
        assert_true(a.count[todo] < MAX_PIECES);
        a.pieces[todo][a.count[todo]++] = span;
        total[todo] += span.end - span.start;
    }
    assert_true(order_holds(&a));
    for (uint32_t i = 0; i < tasks->count; i++) {
        uint32_t todo = tasks->tasks[i].todo;
        const msched__plan_todo *t = &d->todos[todo];
        assert_int_equal(total[todo], answer->best.placed[i] ? t->duration_s : 0);
        for (uint32_t k = 0; a.count[todo] > 1 && k < a.count[todo]; k++)
            assert_true(t->split_min_s > 0 &&
                        a.pieces[todo][k].end - a.pieces[todo][k].start >= t->split_min_s);
        if (a.count[todo] > 0 && t->start_s != MSCHED_UNSET)
            assert_int_equal(a.pieces[todo][0].start, t->start_s);
    }
}

static int compare_day(uint64_t seed, uint32_t events, uint32_t task_count, int32_t horizon,
                       int features, int *missed)
{
    day d;
    make_day(seed, &d, events, task_count, horizon, features);
    attempt a = {.d = &d, .best = {0, -1, 0, 0, 0}};
    try_todo(&a, 0);
    msched_schedule_options options = {.struct_size = sizeof options};
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__arena arena;
    msched__arena_init(&arena, &allocator, 0);
    msched__budget budget;
    msched__budget_init(&budget, &options);
    msched__tasks tasks;
    msched__task_answer answer;
    assert_int_equal(msched__tasks_make(&arena, &tasks, &d.plan, &(msched__held_time){0}),
                     MSCHED_OK);
    assert_int_equal(msched__solve_tasks(&arena, &tasks, &budget, &answer), MSCHED_OK);
    check_answer(&d, &tasks, &answer);
    int equal = 1;
    for (int p = 1; p <= 4 && equal; p++) {
        equal = answer.best.count[p] == a.best[p];
        if (!equal &&
            (answer.proved || answer.best.count[p] > a.best[p] || answer.bound[p] < a.best[p]))
            print_message("seed %llu features %d priority %d: %d, bound %d, brute force %d\n",
                          (unsigned long long)seed, features, p, (int)answer.best.count[p],
                          (int)answer.bound[p], a.best[p]);
        assert_true(equal || (!answer.proved && answer.best.count[p] < a.best[p] &&
                              answer.bound[p] >= a.best[p]));
    }
    *missed += !equal;
    int proved = answer.proved;
    msched__arena_reset(&arena);
    return proved;
}

static int whole_day(uint64_t seed, int *missed)
{
    return compare_day(seed, (uint32_t)(seed % 3), 2 + (uint32_t)(seed % 5),
                       12 + (int32_t)(seed % 4), 13 & (int)(seed % 16), missed);
}

static int day_with_cuts(uint64_t seed, int *missed)
{
    return compare_day(seed + 10000, (uint32_t)(seed % 3), 2 + (uint32_t)(seed % 4), 15,
                       2 | (int)(seed % 16), missed);
}

static void whole_tasks_are_exact(void **state)
{
    (void)state;
    int missed = 0;
    for (uint64_t seed = 0; seed < 6000; seed++)
        assert_true(whole_day(seed, &missed));
    assert_int_equal(missed, 0);
}

static void split_tasks_keep_the_rules(void **state)
{
    (void)state;
    int missed = 0, proved = 0, days = 1500;
    for (int seed = 0; seed < days; seed++)
        proved += day_with_cuts((uint64_t)seed, &missed);
    print_message("with cuts: %d of %d proved, %d below brute force\n", proved, days, missed);
    assert_true(missed * 1000 <= days);
    assert_true(proved * 100 >= days * 98);
}

/* All deadlines lie before the interval between two events ends, so that nothing need fill it. */
static void a_interval_may_stay_empty_behind_the_last_deadline(void **state)
{
    (void)state;
    int missed = 0;
    assert_true(whole_day(71183, &missed));
    assert_true(day_with_cuts(25543, &missed));
    assert_int_equal(missed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_tasks_are_exact),
        cmocka_unit_test(split_tasks_keep_the_rules),
        cmocka_unit_test(a_interval_may_stay_empty_behind_the_last_deadline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
