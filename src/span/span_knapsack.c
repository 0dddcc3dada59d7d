#include "span/span_knapsack.h"

#include "base/alloc.h"
#include "span/span_gaps.h"
#include "span/span_state.h"

#include <string.h>

#define MUSIC_UNITS  (INT64_C(1) << 22) /* more than all seconds of missing music */
#define MOST_STATES  4096               /* of a stage */
#define MOST_MEMORY  40000              /* states of all stages */
#define MOST_SUBSETS 6                  /* most tasks of a date for which all subsets are checked */

/* A set of tasks. */
typedef struct state {
    int64_t value;
    int32_t length_s;
    uint32_t from;   /* its state of the previous stage */
    uint64_t choice; /* the tasks that this stage adds, as bits */
} state;

/* States after the tasks of a date, or after one more task; ascending by length and value. */
typedef struct stage {
    const state *states;
    uint32_t count, task_count;
    uint32_t tasks[64]; /* the tasks of the bits of a choice */
} stage;

typedef struct knapsack {
    msched__span *span;
    msched__arena arena;
    uint8_t *used; /* per task: 1 if it is in a stage or left out */
    stage *stages;
    uint32_t stage_count, state_count;
    state *work[2]; /* MOST_STATES each */
    uint8_t is_full, has_memory;
    uint8_t for_fill, all_songs; /* for_fill: the values count missing fill, not missing music */
} knapsack;

int64_t msched__span_worth(const msched__span *span, uint8_t priority)
{
    int64_t worth = MUSIC_UNITS;
    for (uint8_t p = priority; p < 4; p++)
        worth *= (int64_t)span->task_count + 1;
    return worth;
}

int64_t msched__span_audible_on(const msched__span *span, uint32_t day)
{
    const msched__span_date *date = &span->dates[day];
    int64_t sum = 0;
    for (uint32_t g = 0; g < date->gap_count; g++)
        sum += date->gaps[g][1] - date->gaps[g][0];
    for (uint32_t i = 0; i < span->plan->todo_count; i++) {
        const msched__plan_todo *t = &span->plan->todos[i];
        if (t->kind == MSCHED_TODO_EVENT && t->music && msched__span_has(span, i, day))
            sum += t->end_s - t->start_s;
    }
    for (uint32_t i = 0; i < span->fact_count; i++)
        if (span->facts[i].day == day && span->plan->todos[span->facts[i].todo].music)
            sum += span->facts[i].end_s - span->facts[i].start_s;
    return sum;
}

int64_t msched__span_fill_on(const msched__span *span, uint32_t day)
{
    int64_t sum = 0;
    for (uint32_t k = 0; k <= span->plan->more_fill_count; k++)
        if ((span->plan->span->fills[k].dates >> day & 1) != 0)
            sum += msched__plan_fill_rules(span->plan, k)->fill_s;
    return sum;
}

/* Seconds of the songs that can only be on this date. */
static int64_t songs_on(const msched__span *span, uint32_t day)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < span->plan->song_count; i++) {
        uint32_t dates = span->wishes[i].dates;
        if ((dates >> day & 1) != 0 && msched__count_dates(dates) == 1 &&
            span->found[i].track != UINT32_MAX)
            sum += (int64_t)span->found[i].length_s *
                   (span->wishes[i].is_daily && span->wishes[i].wanted > 0
                        ? 1
                        : span->wishes[i].wanted);
    }
    return sum;
}

int64_t msched__span_music_on(const msched__span *span, uint32_t day)
{
    int64_t sum = msched__span_fill_on(span, day) + songs_on(span, day);
    int64_t most = span->plan->listening.max_total_s;
    return most > 0 && most < sum ? most : sum;
}

/* An upper bound of the seconds of a date's window in which music may play if it has no tasks. */
static int64_t most_audible_on(const msched__span *span, uint32_t day)
{
    const msched__span_date *date = &span->dates[day];
    int32_t start = date->now_s > date->start_s ? date->now_s : msched__plain_time(date->start_s);
    int32_t end = msched__plain_time(date->end_s);
    int64_t sum = end - start + date->gained_s;
    for (uint32_t i = 0; i < span->plan->todo_count; i++) {
        const msched__plan_todo *t = &span->plan->todos[i];
        if (t->kind != MSCHED_TODO_EVENT || t->music || !msched__span_has(span, i, day))
            continue;
        int32_t from = t->start_s > start ? t->start_s : start;
        int32_t to = t->end_s < end ? t->end_s : end;
        int is_alone = 1;
        for (uint32_t k = 0; k < span->plan->todo_count && is_alone; k++)
            is_alone = k == i || span->plan->todos[k].kind != MSCHED_TODO_EVENT ||
                       !msched__span_has(span, k, day) || span->plan->todos[k].end_s <= from ||
                       span->plan->todos[k].start_s >= to;
        sum -= is_alone && to > from ? to - from : 0;
    }
    return sum;
}

/* Append a state unless a shorter one is as good. It replaces a worse one of the same length. */
static void append(state *to, uint32_t *count, const state *add)
{
    if (*count > 0 && to[*count - 1].value >= add->value)
        return;
    if (*count > 0 && to[*count - 1].length_s == add->length_s)
        (*count)--;
    to[(*count)++] = *add;
}

/* Merge the states of `from`, with `plus` added to each, into `to`. 0: too many states. */
static int merge(knapsack *k, const stage *from, const state *plus, int64_t capacity,
                 uint32_t *count)
{
    const state *old = k->work[0];
    state *to = k->work[1];
    uint32_t a = 0, b = 0, n = 0;
    while (a < *count || b < from->count) {
        state next = {0};
        if (b < from->count)
            next = (state){from->states[b].value + plus->value,
                           from->states[b].length_s + plus->length_s, b, plus->choice};
        if (b < from->count && next.length_s > capacity) {
            b = from->count;
            continue;
        }
        if (n + 1 >= MOST_STATES)
            return 0;
        if (b == from->count || (a < *count && old[a].length_s <= next.length_s)) {
            append(to, &n, &old[a++]);
        } else {
            append(to, &n, &next);
            b++;
        }
    }
    k->work[1] = k->work[0];
    k->work[0] = to;
    *count = n;
    return 1;
}

/* Add a stage: the states so far combined with each choice, within a capacity. */
static void add_stage(knapsack *k, stage *to, const state *choices, uint32_t choice_count,
                      int64_t capacity)
{
    const stage *from = &k->stages[k->stage_count - 1];
    uint32_t count = 0;
    for (uint32_t c = 0; c < choice_count && !k->is_full; c++)
        k->is_full = !merge(k, from, &choices[c], capacity, &count);
    k->state_count += count;
    if (k->is_full || k->state_count > MOST_MEMORY) {
        k->is_full = 1;
        return;
    }
    state *states = msched__arena_alloc(&k->arena, count, sizeof *states);
    if (states == NULL) {
        k->has_memory = 0;
        return;
    }
    memcpy(states, k->work[0], count * sizeof *states);
    to->states = states;
    to->count = count;
    k->stage_count++;
}

static int32_t length_of(const knapsack *k, uint32_t task)
{
    return k->span->plan->todos[k->span->tasks[task].todo].duration_s;
}

static int64_t value_of(const knapsack *k, uint32_t task)
{
    const msched__plan_todo *t = &k->span->plan->todos[k->span->tasks[task].todo];
    return msched__span_worth(k->span, t->priority) -
           (t->music || k->for_fill ? 0 : t->duration_s / 64);
}

/*
 * The shortest piece on a date of tasks that may also be on other dates. If less time than this is
 * left on the date, it stays unused.
 */
static int32_t least_piece(const knapsack *k, uint32_t day)
{
    int32_t least = INT32_MAX;
    for (uint32_t i = 0; i < k->span->task_count; i++) {
        uint32_t dates = k->span->tasks[i].dates;
        const msched__plan_todo *t = &k->span->plan->todos[k->span->tasks[i].todo];
        int32_t piece = msched__span_piece(t);
        if ((dates >> day & 1) != 0 && (dates & (dates - 1)) != 0 && piece < least)
            least = piece;
    }
    return least;
}

/* The length of a set of tasks of a date, including the rest of the date if it stays unused. */
static int32_t round_up(const knapsack *k, uint32_t day, int32_t length, int32_t least)
{
    int64_t room = k->span->dates[day].capacity_s + k->span->dates[day].gained_s;
    return length < room && room - length < least ? (int32_t)room : length;
}

/* Seconds of music that do not fit on a date if its tasks without music take `silent` seconds. */
static int64_t lack_on(const knapsack *k, uint32_t day, int64_t silent)
{
    if (!k->for_fill)
        return msched__span_lack(msched__span_music_on(k->span, day),
                                 msched__span_audible_on(k->span, day) - silent);
    int64_t most = msched__span_fill_on(k->span, day);
    int64_t lack = most + silent - most_audible_on(k->span, day) +
                   (k->all_songs ? songs_on(k->span, day) : 0);
    most = k->span->dates[day].is_open ? most : 0;
    return lack < 0 ? 0 : lack < most ? lack : most;
}

/* Value and length of a set of tasks of a date, less the music that does not fit then. */
static state sum_up(const knapsack *k, uint32_t day, const stage *s, uint64_t choice)
{
    state sum = {.choice = choice};
    int64_t silent = 0;
    for (uint32_t i = 0; i < s->task_count; i++) {
        if ((choice >> i & 1) == 0)
            continue;
        sum.value += value_of(k, s->tasks[i]);
        sum.length_s += length_of(k, s->tasks[i]);
        if (!k->span->plan->todos[k->span->tasks[s->tasks[i]].todo].music)
            silent += length_of(k, s->tasks[i]);
    }
    sum.value -= lack_on(k, day, silent);
    return sum;
}

/* The time that a set of tasks of a date leaves for other tasks; -1: the set does not fit. */
static int64_t leaves(const knapsack *k, uint32_t day, const stage *s, uint64_t choice,
                      int32_t least)
{
    msched__span_set set;
    set.count = 0;
    for (uint32_t i = 0; i < s->task_count; i++)
        if ((choice >> i & 1) != 0) {
            set.task[set.count] = s->tasks[i];
            set.seconds[set.count++] = length_of(k, s->tasks[i]);
        }
    return msched__span_leaves(k->span, day, &set, least);
}

/* Insert a choice into a list by length, and remove longer choices that are no better. */
static uint32_t insert(state *choices, uint32_t count, const state *add)
{
    uint32_t at = 0, n;
    while (at < count && (choices[at].length_s < add->length_s))
        at++;
    if (at > 0 && choices[at - 1].value >= add->value)
        return count;
    if (at < count && choices[at].length_s == add->length_s && choices[at].value >= add->value)
        return count;
    for (n = at; n < count && choices[n].value <= add->value; n++) {
    }
    memmove(&choices[at + 1], &choices[n], (count - n) * sizeof *choices);
    choices[at] = *add;
    return count - (n - at) + 1;
}

/* Add a date with all subsets of its tasks that fit. */
static void add_small_date(knapsack *k, uint32_t day, stage *to, int64_t capacity)
{
    uint64_t all = (UINT64_C(1) << to->task_count) - 1;
    state choices[(1 << MOST_SUBSETS) + 1];
    uint32_t count = 0;
    int32_t least = least_piece(k, day);
    int64_t room = k->span->dates[day].capacity_s + k->span->dates[day].gained_s;
    for (uint64_t choice = 0; choice <= all; choice++) {
        int64_t left = leaves(k, day, to, choice, least);
        if (left < 0)
            continue;
        state sum = sum_up(k, day, to, choice);
        sum.length_s = (int32_t)(room - left);
        count = insert(choices, count, &sum);
    }
    add_stage(k, to, choices, count, capacity);
}

/* Add a date whose tasks are limited only by its capacity. */
static void add_large_date(knapsack *k, uint32_t day, stage *to, int64_t capacity)
{
    int64_t room = k->span->dates[day].capacity_s + k->span->dates[day].gained_s;
    state empty = {0};
    state *choices = msched__arena_alloc(&k->arena, MOST_STATES, sizeof *choices);
    uint32_t count = 1;
    stage from = {.states = choices};
    if (choices == NULL) {
        k->has_memory = 0;
        return;
    }
    choices[0] = empty;
    for (uint32_t i = 0; i < to->task_count && !k->is_full; i++) {
        state plus = {value_of(k, to->tasks[i]), length_of(k, to->tasks[i]), 0, 1};
        uint32_t n = 0;
        from.count = count;
        k->is_full = !merge(k, &from, &empty, room, &n) || !merge(k, &from, &plus, room, &n);
        if (k->is_full)
            return;
        for (uint32_t c = 0; c < n; c++) {
            state *s = &k->work[0][c];
            s->choice = choices[s->from].choice | s->choice << i;
        }
        memcpy(choices, k->work[0], n * sizeof *choices);
        count = n;
    }
    int32_t least = least_piece(k, day);
    for (uint32_t c = 0; c < count; c++)
        choices[c].length_s = round_up(k, day, choices[c].length_s, least);
    add_stage(k, to, choices, count, capacity);
}

/* Add the tasks that can only be on this date. */
static void add_date(knapsack *k, uint32_t day, int64_t capacity)
{
    stage *to = &k->stages[k->stage_count];
    to->task_count = 0;
    for (uint32_t i = 0; i < k->span->task_count; i++) {
        if (k->used[i] || k->span->tasks[i].dates != 1u << day)
            continue;
        if (to->task_count == 64) {
            k->is_full = 1;
            return;
        }
        k->used[i] = 1;
        to->tasks[to->task_count++] = i;
    }
    if (to->task_count == 0)
        return;
    if (to->task_count <= MOST_SUBSETS)
        add_small_date(k, day, to, capacity);
    else
        add_large_date(k, day, to, capacity);
}

/* Add the other tasks whose last date is this one. */
static void add_others(knapsack *k, uint32_t day, int64_t capacity)
{
    for (uint32_t i = 0; i < k->span->task_count && !k->is_full && k->has_memory; i++) {
        if (k->used[i] || msched__last_date(k->span->tasks[i].dates) != day)
            continue;
        stage *to = &k->stages[k->stage_count];
        k->used[i] = 1;
        to->task_count = 1;
        to->tasks[0] = i;
        state choices[2] = {{0}, {value_of(k, i), length_of(k, i), 0, 1}};
        add_stage(k, to, choices, 2, capacity);
    }
}

/* Leave out tasks without a date, and occurrences for which there are too few dates. */
static void leave_out(knapsack *k)
{
    const msched__span *span = k->span;
    for (uint32_t i = 0; i < span->plan->todo_count; i++) {
        uint32_t count;
        const msched__span_task *tasks = msched__tasks_of(span, i, &count);
        uint32_t most = count;
        if (count > 1 && !span->plan->span->todos[i].each && !tasks[0].is_fixed)
            most = msched__span_most_apart(tasks[0].dates,
                                           (uint32_t)span->plan->span->todos[i].apart_days);
        for (uint32_t n = 0; n < count; n++)
            k->used[span->first_task[i] + n] = tasks[n].dates == 0 || n >= most;
    }
}

/* Read the best set from the stages. */
static void read_best(const knapsack *k, uint8_t *keeps)
{
    uint32_t at = k->stages[k->stage_count - 1].count - 1;
    msched__span_most *most = &k->span->most;
    memset(keeps, 0, k->span->task_count);
    memset(most->tasks, 0, sizeof most->tasks);
    for (uint32_t s = k->stage_count - 1; s > 0; s--) {
        const stage *of = &k->stages[s];
        for (uint32_t i = 0; i < of->task_count; i++) {
            const msched__span_task *task = &k->span->tasks[of->tasks[i]];
            if ((of->states[at].choice >> i & 1) == 0)
                continue;
            keeps[of->tasks[i]] = 1;
            most->tasks[k->span->plan->todos[task->todo].priority - 1]++;
        }
        at = of->states[at].from;
    }
    most->is_known = 1;
}

static int prepare(knapsack *k)
{
    static const state empty = {0};
    k->used = msched__arena_alloc(&k->arena, k->span->task_count, sizeof *k->used);
    /* The first, at most one for each task, and one that add_date looks for tasks with. */
    k->stages = msched__arena_alloc(&k->arena, k->span->task_count + 2, sizeof *k->stages);
    k->work[0] = msched__arena_alloc(&k->arena, MOST_STATES, sizeof **k->work);
    k->work[1] = msched__arena_alloc(&k->arena, MOST_STATES, sizeof **k->work);
    if (k->used == NULL || k->stages == NULL || k->work[0] == NULL || k->work[1] == NULL)
        return 0;
    leave_out(k);
    k->stages[0] = (stage){.states = &empty, .count = 1};
    k->stage_count = 1;
    return 1;
}

/* Add the stages of all dates. */
static void fill_stages(knapsack *k)
{
    int64_t capacity = 0;
    k->has_memory = (uint8_t)prepare(k);
    for (uint32_t d = 0; d < k->span->days && k->has_memory && !k->is_full; d++) {
        capacity += k->span->dates[d].capacity_s + k->span->dates[d].gained_s;
        add_date(k, d, capacity);
        if (k->has_memory && !k->is_full)
            add_others(k, d, capacity);
    }
}

msched_result msched__span_knapsack(msched__span *span, uint8_t *keeps)
{
    knapsack k = {.span = span};
    if (span->task_count == 0 || span->task_count > MSCHED__SPAN_KNAPSACK_TASKS)
        return MSCHED_OK;
    span->most.is_tried = 1;
    msched__arena_init(&k.arena, &span->allocator, 65536);
    fill_stages(&k);
    if (k.has_memory && !k.is_full)
        read_best(&k, keeps);
    msched__arena_reset(&k.arena);
    return k.has_memory ? MSCHED_OK : MSCHED_ERROR_MEMORY;
}

msched_result msched__span_fill_lack(msched__span *span, int all_songs, int64_t *lack_s)
{
    knapsack k = {.span = span, .for_fill = 1, .all_songs = (uint8_t)all_songs};
    msched__span_most *most = &span->most;
    int64_t value = 0;
    if (!most->has_lack[all_songs]) {
        msched__arena_init(&k.arena, &span->allocator, 65536);
        fill_stages(&k);
        for (uint32_t p = 0; p < 4; p++)
            value += most->tasks[p] * msched__span_worth(span, (uint8_t)(p + 1));
        if (k.has_memory && !k.is_full) {
            const stage *last = &k.stages[k.stage_count - 1];
            most->lack_s[all_songs] = value - last->states[last->count - 1].value;
        }
        msched__arena_reset(&k.arena);
        if (!k.has_memory)
            return MSCHED_ERROR_MEMORY;
        most->has_lack[all_songs] = 1;
    }
    *lack_s = most->lack_s[all_songs];
    return MSCHED_OK;
}
