#include "span/span_pack.h"

#include "base/hash.h"
#include "span/span_assign.h"
#include "span/span_gaps.h"
#include "span/span_knapsack.h"
#include "span/span_refused.h"
#include "span/span_slots.h"

#include <string.h>

/* one of so many is kept of the steps with less usable time, with less time for music, and with one
   task of the lowest priority less */
#define WORSE       4
#define WORSE_MUSIC 3
#define WORSE_TASKS 16
#define STALLED     60       /* steps without more time for music that end a search, per date */
#define KNOWN       256      /* sets of tasks that are remembered, a power of 2 */
#define MOST_WORK   20000000 /* of a search without a limit of work */

/* In which order a step inserts tasks, and which date with enough time it prefers. */
enum order {
    ORDER_KEPT,  /* the tasks of the best set, the longest first, then the others */
    ORDER_SHORT, /* by priority, the shortest first */
    ORDER_LONG,  /* by priority, the longest first */
    ORDER_WHOLE, /* the tasks of the best set, those in one piece first, then the others */
    ORDER_COUNT
};
enum place { PLACE_TIGHT, PLACE_LOOSE, PLACE_COUNT };

typedef struct packer {
    msched__span *span;
    uint8_t *is_free; /* per task: 1 if steps may move it */
    uint8_t *is_silent;
    uint32_t *on;    /* per task: its dates, as bits */
    uint32_t *queue; /* tasks to insert */
    int64_t *key;    /* sort keys of the queue */
    uint32_t queued;
    int32_t *parts; /* the kept dates: a row per task with its seconds on each date */
    int32_t *best;  /* the best of them */
    int64_t value, best_value, goal, usable_s;
    int64_t music_s[MSCHED__SPAN_DAYS];  /* length of the music of a date */
    int64_t room_s[MSCHED__SPAN_DAYS];   /* time for it on the date if no task is there */
    int64_t silent_s[MSCHED__SPAN_DAYS]; /* time of a date's tasks without music */
    uint64_t set[MSCHED__SPAN_DAYS];     /* see span_refused.h */
    int64_t worth[5];
    int32_t least_s; /* shortest piece of a task with several dates */
    int arranges;    /* 1: the pieces of a date are placed between its events */
    int hears;       /* 1: the time that is left for music counts */
    int keeps_music; /* 1: a step leaves that time, and first inserts tasks without music */
    enum place place;
    uint32_t *there; /* the tasks on each date: a row per date with `there_count` of them */
    uint32_t there_count[MSCHED__SPAN_DAYS];
    uint64_t *known;   /* sets of tasks of a date: a hash whose last bit says that they fit */
    uint32_t arranged; /* searches for the pieces of a date */
} packer;

static uint32_t draw(packer *p, uint32_t below)
{
    p->span->random ^= p->span->random << 13;
    p->span->random ^= p->span->random >> 7;
    p->span->random ^= p->span->random << 17;
    return (uint32_t)((p->span->random >> 32) * below >> 32);
}

static const msched__plan_todo *todo_of(const packer *p, uint32_t task)
{
    return &p->span->plan->todos[p->span->tasks[task].todo];
}

/* Seconds of music that do not fit on a date with `more` additional seconds without music. */
static int64_t lacks_on(const packer *p, uint32_t day, int32_t more)
{
    return p->hears ? msched__span_lack(p->music_s[day], p->room_s[day] - p->silent_s[day] - more)
                    : 0;
}

/* The tasks of a date. 0: they are too many. */
static int read_set(const packer *p, uint32_t day, msched__span_set *set)
{
    const uint32_t *there = p->there + (size_t)day * p->span->task_count;
    set->count = 0;
    if (p->there_count[day] > MSCHED__SPAN_SET_MAX)
        return 0;
    for (; set->count < p->there_count[day]; set->count++) {
        set->task[set->count] = there[set->count];
        set->seconds[set->count] = p->span->tasks[there[set->count]].part[day];
    }
    return 1;
}

/* 1 if the tasks of a date may fit between its events. */
static int is_arranged(packer *p, uint32_t day)
{
    uint64_t key = msched__hash_mix(p->set[day] + day) & ~UINT64_C(1);
    uint64_t *known = &p->known[key >> 8 & (KNOWN - 1)];
    if ((*known & ~UINT64_C(1)) != key || key == 0) {
        msched__span_set set;
        msched__slots slots;
        p->arranged++;
        int fits = !read_set(p, day, &set) ||
                   msched__span_arrange(p->span, day, &set, &slots) != MSCHED__ARRANGED_NOT;
        *known = key | (uint64_t)fits;
    }
    return (int)(*known & 1);
}

/* The value less that of dates whose tasks do not fit between their events. */
static int64_t arranged_value(packer *p, int64_t value, int64_t least)
{
    for (uint32_t d = 0; d < p->span->days && value >= least && p->arranges; d++)
        if (!msched__span_is_refused(p->span, d, p->set[d]) && !is_arranged(p, d))
            value -= p->worth[4] + p->worth[4] / 2;
    return value;
}

/* Seconds of all dates that a task with several dates could use. */
static int64_t usable_of(const packer *p)
{
    int64_t sum = 0;
    for (uint32_t d = 0; d < p->span->days; d++) {
        int64_t left = p->span->dates[d].capacity_s - p->span->dates[d].load_s;
        sum += left >= p->least_s ? left : 0;
    }
    return sum;
}

static int64_t value_of(const packer *p)
{
    int64_t value = 0;
    for (uint32_t i = 0; i < p->span->task_count; i++)
        value += p->on[i] != 0 ? p->worth[todo_of(p, i)->priority] : 0;
    for (uint32_t d = 0; d < p->span->days; d++) {
        value -= lacks_on(p, d, 0);
        if (msched__span_is_refused(p->span, d, p->set[d]))
            value -= p->worth[4] + p->worth[4] / 2;
    }
    return value;
}

/* Add a task to those of a date, or remove it. */
static void list(packer *p, uint32_t task, uint32_t day, int is_there)
{
    uint32_t *there = p->there + (size_t)day * p->span->task_count, at = 0;
    if (is_there) {
        there[p->there_count[day]++] = task;
        return;
    }
    while (there[at] != task)
        at++;
    there[at] = there[--p->there_count[day]];
}

static void put(packer *p, uint32_t task, uint32_t day, int32_t seconds)
{
    msched__span_task *t = &p->span->tasks[task];
    if ((seconds > 0) != (t->part[day] > 0))
        list(p, task, day, seconds > 0);
    p->silent_s[day] += p->is_silent[task] ? seconds - t->part[day] : 0;
    p->set[day] ^= msched__span_hash_part(task, t->part[day]) ^
                   msched__span_hash_part(task, seconds);
    p->on[task] = seconds > 0 ? p->on[task] | 1u << day : p->on[task] & ~(1u << day);
    msched__span_give(p->span, t, day, seconds);
}

static void remove_all(packer *p, uint32_t task)
{
    while (p->on[task] != 0)
        put(p, task, msched__first_date(p->on[task]), 0);
}

static void save(packer *p, uint32_t task)
{
    memcpy(p->parts + (size_t)task * p->span->days, p->span->tasks[task].part,
           p->span->days * sizeof *p->parts);
}

static void restore(packer *p, uint32_t task)
{
    const int32_t *parts = p->parts + (size_t)task * p->span->days;
    for (uint32_t d = 0; d < p->span->days; d++)
        if (p->span->tasks[task].part[d] != parts[d])
            put(p, task, d, parts[d]);
}

/*
 * Dates on which a task may be, given the other occurrences of its to-do. No task that steps move
 * comes before or after another.
 */
static uint32_t allowed_of(const packer *p, uint32_t task)
{
    uint32_t todo = p->span->tasks[task].todo, dates = p->span->tasks[task].dates;
    const msched__span_item *item = &p->span->plan->span->todos[todo];
    for (uint32_t k = 0; k < p->span->occurrences[todo] && !item->each; k++) {
        uint32_t other = p->span->first_task[todo] + k;
        for (uint32_t on = other == task ? 0 : p->on[other]; on != 0; on &= on - 1) {
            int64_t day = msched__first_date(on);
            for (int64_t d = day - item->apart_days + 1; d < day + item->apart_days; d++)
                dates &= d >= 0 && d < MSCHED__SPAN_DAYS ? ~(1u << d) : UINT32_MAX;
        }
    }
    return dates;
}

/* 1 if a date has time for a task in one piece beside its other tasks. */
static int takes(const packer *p, uint32_t task, uint32_t day, int32_t seconds)
{
    msched__span_set set;
    if (p->span->dates[day].load_s + seconds > p->span->dates[day].capacity_s ||
        !msched__span_has_room(p->span, day, seconds))
        return 0;
    if (!read_set(p, day, &set) || set.count == MSCHED__SPAN_SET_MAX)
        return 1;
    set.task[set.count] = task;
    set.seconds[set.count++] = seconds;
    return msched__span_fits(p->span, day, &set);
}

/* The rank of a date for a part; the highest is best. Taking time from music is worst. */
static int64_t rank_of(packer *p, uint32_t task, uint32_t day, int32_t seconds)
{
    int64_t left = p->span->dates[day].capacity_s - p->span->dates[day].load_s - seconds;
    int64_t rank = p->place == PLACE_TIGHT ? -left : left;
    if (p->place == PLACE_TIGHT && left == 0)
        rank += 86400;
    if (left > 0 && left < p->least_s)
        rank -= 86400;
    int64_t more = p->is_silent[task] ? lacks_on(p, day, seconds) - lacks_on(p, day, 0) : 0;
    return rank - 86400 * more;
}

/* Put a task on the date with the highest rank that has time for all of it. */
static int insert_whole(packer *p, uint32_t task, uint32_t allowed)
{
    int32_t length = todo_of(p, task)->duration_s;
    uint32_t best = UINT32_MAX;
    int64_t highest = 0;
    for (uint32_t d = 0; d < p->span->days; d++) {
        if ((allowed >> d & 1) == 0 ||
            msched__span_most_on(p->span, &p->span->tasks[task], d, length) < length ||
            !takes(p, task, d, length))
            continue;
        int64_t rank = rank_of(p, task, d, length);
        if (best == UINT32_MAX || rank > highest) {
            best = d;
            highest = rank;
        }
    }
    if (best != UINT32_MAX)
        put(p, task, best, length);
    return best != UINT32_MAX;
}

/* The most of `rest` seconds that a date has, without a piece that is too short. 0: none. */
static int32_t piece_on(const packer *p, uint32_t task, uint32_t day, int32_t rest)
{
    const msched__span_date *date = &p->span->dates[day];
    int32_t least = todo_of(p, task)->split_min_s;
    int64_t part = msched__span_most_on(p->span, &p->span->tasks[task], day,
                                        date->capacity_s - date->load_s);
    if (p->keeps_music && p->is_silent[task]) {
        int64_t quiet = p->room_s[day] - p->silent_s[day] - p->music_s[day];
        part = quiet < part ? quiet : part;
    }
    part = part < rest ? part : rest;
    if (part < rest && rest - part < least)
        part = rest - least;
    return part < least ? 0 : (int32_t)part;
}

/* Divide a task among dates, in the order of their ranks. */
static void insert_parts(packer *p, uint32_t task, uint32_t allowed)
{
    int32_t rest = todo_of(p, task)->duration_s;
    while (rest > 0 && allowed != 0) {
        uint32_t best = UINT32_MAX;
        int64_t highest = 0;
        int32_t most = 0;
        for (uint32_t d = 0; d < p->span->days; d++) {
            int32_t part = (allowed >> d & 1) != 0 ? piece_on(p, task, d, rest) : 0;
            if (part == 0)
                continue;
            int64_t rank = rank_of(p, task, d, part);
            if (best == UINT32_MAX || rank > highest) {
                best = d;
                highest = rank;
                most = part;
            }
        }
        if (best == UINT32_MAX)
            break;
        put(p, task, best, most);
        allowed &= ~(1u << best);
        rest -= most;
    }
    if (rest > 0)
        remove_all(p, task);
}

static int insert(packer *p, uint32_t task)
{
    uint32_t count, allowed = allowed_of(p, task);
    count = p->span->occurrences[p->span->tasks[task].todo];
    int can_split = count == 1 && todo_of(p, task)->split_min_s > 0;
    if (can_split && draw(p, 3) != 0)
        insert_parts(p, task, allowed);
    else if (!insert_whole(p, task, allowed) && can_split)
        insert_parts(p, task, allowed);
    return p->on[task] != 0;
}

/*
 * Remove the tasks of some dates; with `others`, also remove tasks outside the best set from all
 * dates. Queue them together with all tasks that have no date.
 */
static void clear(packer *p, uint32_t dates, int others)
{
    p->queued = 0;
    for (uint32_t i = 0; i < p->span->task_count; i++) {
        int is_there = (p->on[i] & dates) != 0 || (others && !p->span->keeps[i]);
        if (!p->is_free[i] || (!is_there && p->on[i] != 0))
            continue;
        if (is_there)
            remove_all(p, i);
        p->queue[p->queued++] = i;
    }
}

/* The key of a task in an order of insertion, the lowest first. Its length is varied at random. */
static int64_t key_of(packer *p, uint32_t task, enum order order)
{
    const msched__plan_todo *t = todo_of(p, task);
    int64_t length = t->duration_s * (int64_t)(64 + draw(p, 48)) / 64;
    if ((order == ORDER_KEPT || order == ORDER_WHOLE) && p->span->keeps[task]) {
        int is_first = (order == ORDER_WHOLE && msched__span_piece(t) == t->duration_s) ||
                       (p->keeps_music && p->is_silent[task]);
        return -(INT64_C(1) << 40) - length - (is_first ? INT64_C(1) << 30 : 0);
    }
    return ((int64_t)t->priority << 32) + (order == ORDER_LONG ? -length : length);
}

static void sort(packer *p, enum order order)
{
    for (uint32_t i = 0; i < p->queued; i++) {
        uint32_t task = p->queue[i], n = i;
        int64_t key = key_of(p, task, order);
        for (; n > 0 && p->key[n - 1] > key; n--) {
            p->key[n] = p->key[n - 1];
            p->queue[n] = p->queue[n - 1];
        }
        p->key[n] = key;
        p->queue[n] = task;
    }
}

/* A value above this one has all tasks of the best set. */
static int64_t without_music(const packer *p)
{
    return p->goal - p->worth[4] / 2;
}

/* The least value that a step may keep. */
static int64_t least_value(const packer *p)
{
    int64_t value = p->best_value - p->worth[4] - p->worth[4] / 4;
    value = p->value < value ? p->value : value;
    return value < without_music(p) ? value : without_music(p);
}

/* Keep what a step changed, or undo it. */
static void settle(packer *p, int64_t value)
{
    int64_t usable = usable_of(p);
    int is_kept = value > p->value ||
                  (value == p->value && (usable >= p->usable_s || draw(p, WORSE) == 0)) ||
                  (value > without_music(p) && draw(p, WORSE_MUSIC) == 0) ||
                  (value > least_value(p) && draw(p, WORSE_TASKS) == 0);
    for (uint32_t i = 0; i < p->queued; i++)
        if (is_kept)
            save(p, p->queue[i]);
        else
            restore(p, p->queue[i]);
    if (!is_kept)
        return;
    p->value = value;
    p->usable_s = usable;
    if (value >= p->best_value) {
        p->best_value = value;
        memcpy(p->best, p->parts, (size_t)p->span->task_count * p->span->days * sizeof *p->best);
    }
}

/* 1 if all tasks of the best set have dates. */
static int has_tasks(const packer *p)
{
    return p->value > without_music(p);
}

/* A date for a step: if only music lacks time, a date on which it does. */
static uint32_t draw_date(packer *p)
{
    uint32_t day = draw(p, p->span->days);
    for (uint32_t i = 0; i < p->span->days && has_tasks(p) && lacks_on(p, day, 0) == 0; i++)
        day = day + 1 < p->span->days ? day + 1 : 0;
    return day;
}

/* Insert the tasks of the queue; 0 if those that found no date are worth too much. */
static int insert_all(packer *p)
{
    int64_t most = 0;
    for (uint32_t i = 0; i < p->span->task_count; i++)
        most += p->on[i] != 0 ? p->worth[todo_of(p, i)->priority] : 0;
    for (uint32_t i = 0; i < p->queued; i++)
        most += p->worth[todo_of(p, p->queue[i])->priority];
    for (uint32_t i = 0; i < p->queued; i++) {
        if (!insert(p, p->queue[i]))
            most -= p->worth[todo_of(p, p->queue[i])->priority];
        if (most < least_value(p))
            return 0;
    }
    return 1;
}

/* One step; only tasks of the queue change. */
static void step(packer *p)
{
    uint32_t days = p->span->days, dates = 1u << draw_date(p);
    dates |= 1u << draw(p, days);
    if (draw(p, 3) == 0)
        dates |= 1u << draw(p, days);
    enum order order = draw(p, 2) == 0 ? ORDER_KEPT : (enum order)draw(p, ORDER_COUNT);
    clear(p, dates, order == ORDER_KEPT || order == ORDER_WHOLE);
    p->keeps_music = p->hears && draw(p, 2) == 0;
    sort(p, order);
    p->place = (enum place)draw(p, PLACE_COUNT);
    settle(p, insert_all(p) ? arranged_value(p, value_of(p), least_value(p)) : INT64_MIN);
}

/* The value of the best set of tasks with time for all music. */
static int64_t goal_of(const packer *p)
{
    int64_t goal = 0;
    if (p->span->most.is_tried && !p->span->most.is_known)
        return INT64_MAX;
    for (uint32_t k = 0; k < 4 && p->span->most.is_known; k++)
        goal += p->span->most.tasks[k] * p->worth[k + 1];
    for (uint32_t i = 0; i < p->span->task_count && !p->span->most.is_tried; i++)
        goal += p->span->keeps[i] ? p->worth[todo_of(p, i)->priority] : 0;
    return goal;
}

static int prepare(packer *p)
{
    uint32_t count = p->span->task_count;
    p->is_free = msched__arena_alloc(p->span->arena, count, sizeof *p->is_free);
    p->queue = msched__arena_alloc(p->span->arena, count, sizeof *p->queue);
    p->key = msched__arena_alloc(p->span->arena, count, sizeof *p->key);
    p->parts = msched__arena_alloc(p->span->arena, (size_t)count * p->span->days, sizeof *p->parts);
    p->is_silent = msched__arena_alloc(p->span->arena, count, sizeof *p->is_silent);
    p->known = msched__arena_alloc(p->span->arena, KNOWN, sizeof *p->known);
    p->best = msched__arena_alloc(p->span->arena, (size_t)count * p->span->days, sizeof *p->best);
    p->there = msched__arena_alloc(p->span->arena, (size_t)count * p->span->days, sizeof *p->there);
    p->on = msched__arena_alloc(p->span->arena, count, sizeof *p->on);
    if (p->best == NULL || p->there == NULL || p->known == NULL || p->is_silent == NULL ||
        p->on == NULL || p->is_free == NULL || p->queue == NULL || p->key == NULL ||
        p->parts == NULL)
        return 0;
    for (uint32_t k = 1; k <= 4; k++)
        p->worth[k] = msched__span_worth(p->span, (uint8_t)k);
    for (uint32_t d = 0; d < p->span->days; d++) {
        p->music_s[d] = p->span->dates[d].is_open ? msched__span_music_on(p->span, d) : 0;
        p->room_s[d] = msched__span_audible_on(p->span, d) - p->span->dates[d].missed_s;
    }
    for (uint32_t d = 0; d < p->span->days; d++)
        p->set[d] = msched__span_hash_date(p->span, d);
    for (uint32_t i = 0; i < count; i++) {
        p->is_silent[i] = !todo_of(p, i)->music;
        p->on[i] = 0;
        for (uint32_t d = 0; d < p->span->days; d++) {
            p->on[i] |= (uint32_t)(p->span->tasks[i].part[d] > 0) << d;
            if (p->span->tasks[i].part[d] > 0)
                list(p, i, d, 1);
            p->silent_s[d] += p->is_silent[i] ? p->span->tasks[i].part[d] : 0;
        }
    }
    memset(p->known, 0, KNOWN * sizeof *p->known);
    msched__span_find_free(p->span, p->is_free);
    p->least_s = INT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        const msched__plan_todo *t = todo_of(p, i);
        int32_t piece = msched__span_piece(t);
        uint32_t dates = p->span->tasks[i].dates;
        if (p->is_free[i] && (dates & (dates - 1)) != 0 && piece < p->least_s)
            p->least_s = piece;
    }
    return 1;
}

/* The work of a search: with a limit, most of it is for the dates. */
static uint64_t most_work(const msched__span *span)
{
    return span->options->work_limit > 0 ? msched__budget_left(&span->budget) / 4 : MOST_WORK;
}

/* Take up a set of dates and its value. */
static void take(packer *p, const int32_t *parts, int64_t value)
{
    memcpy(p->parts, parts, (size_t)p->span->task_count * p->span->days * sizeof *parts);
    for (uint32_t i = 0; i < p->span->task_count; i++)
        restore(p, i);
    p->value = value;
}

/*
 * Take steps, with or without regard to music. A search with regard to music reaches the best set
 * of tasks less often, because few steps leave as much time for music as before.
 */
static void run(packer *p, msched__budget *part, int hears, uint32_t steps)
{
    msched__span *span = p->span;
    const uint64_t most = 1 + (uint64_t)span->task_count * span->days;
    uint32_t stalled = 0;
    p->hears = hears;
    p->value = arranged_value(p, value_of(p), INT64_MIN);
    p->usable_s = usable_of(p);
    p->best_value = p->value;
    memcpy(p->best, p->parts, (size_t)span->task_count * span->days * sizeof *p->best);
    for (uint32_t i = 0; i < steps && stalled < STALLED * span->days && p->value < p->goal; i++) {
        int64_t before = p->best_value;
        if (msched__budget_over(part) || msched__budget_left(part) < most) {
            /* with a larger limit, the search would go on */
            if (span->budget.stop == MSCHED_STOP_NONE && span->options->work_limit > 0)
                span->budget.stop = MSCHED_STOP_WORK;
            break;
        }
        step(p);
        msched__budget_spend(part, 1 + (uint64_t)p->queued * span->days + 16 * p->arranged);
        p->arranged = 0;
        stalled = p->best_value > before || !has_tasks(p) ? 0 : stalled + 1;
    }
    take(p, p->best, p->best_value);
}

/* 1 if music takes time, and the value of the best set is known. */
static int has_music(const packer *p)
{
    int64_t sum = 0;
    for (uint32_t d = 0; d < p->span->days; d++)
        sum += p->music_s[d];
    return sum > 0 && p->goal != INT64_MAX;
}

/* If music costs tasks, search without regard to it, and from there with; the better one stays. */
static int run_all(packer *p, msched__budget *part, uint32_t steps)
{
    const size_t size = (size_t)p->span->task_count * p->span->days;
    run(p, part, 1, steps);
    if (has_tasks(p) || !has_music(p))
        return 1;
    const int64_t value = p->value;
    int32_t *first = msched__arena_alloc(p->span->arena, size, sizeof *first);
    if (first == NULL)
        return 0;
    memcpy(first, p->parts, size * sizeof *first);
    run(p, part, 0, steps);
    run(p, part, 1, steps);
    if (p->value < value)
        take(p, first, value);
    return 1;
}

msched_result msched__span_pack(msched__span *span, uint32_t steps)
{
    packer p = {.span = span};
    if (span->days == 1 || span->task_count == 0 || span->task_count > MSCHED__SPAN_KNAPSACK_TASKS)
        return MSCHED_OK;
    if (!prepare(&p))
        return MSCHED_ERROR_MEMORY;
    p.goal = goal_of(&p);
    p.hears = 1;
    /* if the tasks only have to be placed, the solvers of the dates do it sooner */
    p.arranges = value_of(&p) < p.goal;
    for (uint32_t i = 0; i < span->task_count; i++)
        save(&p, i);
    msched__budget part = msched__budget_part(&span->budget, most_work(span));
    msched__budget_look(&part);
    int has_memory = run_all(&p, &part, steps * span->days);
    msched__budget_join(&span->budget, &part);
    return has_memory ? MSCHED_OK : MSCHED_ERROR_MEMORY;
}
