#include "span/span_balance.h"

#include "base/error.h"
#include "schedule/output/schedule.h"
#include "span/span_assign.h"
#include "span/span_day.h"
#include "span/span_improve.h"
#include "span/span_knapsack.h"
#include "span/span_slots.h"
#include "span/span_state.h"

#include <string.h>

#define STEP_S         1800
#define CALM_S         7200 /* a date with no more to do needs no help */
#define TRIES_PER_DATE 2    /* dates solved, for tasks one by one */

/* 1 if its dates are free to choose: it has pieces, dates for all of them, and nothing keeps it. */
static int may_spread(const msched__span *span, const msched__span_task *task)
{
    uint32_t count;
    int64_t part = 0;
    msched__tasks_of(span, task->todo, &count);
    for (uint32_t d = 0; d < span->days; d++)
        part += task->part[d];
    return count == 1 && part == span->plan->todos[task->todo].duration_s && !task->is_fixed &&
           !task->is_kept && task->was == NULL && span->plan->todos[task->todo].split_min_s > 0 &&
           span->plan->todos[task->todo].duration_s > CALM_S;
}

/* What fits on each date below a level of load, and the sum. Pieces have their least length. */
static int64_t room_below(const msched__span *span, const msched__span_task *task, int64_t level,
                          int64_t *room)
{
    int64_t sum = 0;
    uint32_t allowed = msched__span_allowed(span, task);
    for (uint32_t d = 0; d < span->days; d++) {
        const msched__span_date *date = &span->dates[d];
        int64_t free = date->capacity_s - date->load_s;
        room[d] = level - date->load_s < free ? level - date->load_s : free;
        room[d] = msched__span_most_on(span, task, d, room[d]);
        if ((allowed >> d & 1) == 0 || room[d] < span->plan->todos[task->todo].split_min_s)
            room[d] = 0;
        sum += room[d];
    }
    return sum;
}

/* The dates with the most room that hold the task: as few as possible, first dates first. */
static uint32_t few_dates(const msched__span *span, const int64_t *room, int64_t seconds)
{
    uint32_t dates = 0;
    while (seconds > 0) {
        uint32_t best = UINT32_MAX;
        for (uint32_t d = 0; d < span->days; d++)
            if ((dates >> d & 1) == 0 && (best == UINT32_MAX || room[d] > room[best]))
                best = d;
        if (best == UINT32_MAX || room[best] <= 0)
            return 0;
        dates |= 1u << best;
        seconds -= room[best];
    }
    return dates;
}

/* Seconds of a date's music that its silent tasks leave no time for. */
static int64_t lack_on(const msched__span *span, uint32_t day)
{
    int64_t room = msched__span_audible_on(span, day);
    for (uint32_t i = 0; i < span->task_count; i++)
        if (!span->plan->todos[span->tasks[i].todo].music)
            room -= span->tasks[i].part[day];
    return msched__span_lack(msched__span_music_on(span, day), room);
}

/* 1 if the tasks of a date fit between its events. */
static int is_arranged(const msched__span *span, uint32_t day)
{
    msched__span_set set;
    msched__slots slots;
    set.count = 0;
    for (uint32_t i = 0; i < span->task_count; i++) {
        if (span->tasks[i].part[day] == 0)
            continue;
        if (set.count == MSCHED__SPAN_SET_MAX)
            return 0;
        set.task[set.count] = i;
        set.seconds[set.count++] = span->tasks[i].part[day];
    }
    return msched__span_arrange(span, day, &set, &slots) == MSCHED__ARRANGED;
}

static int64_t lack_of(const msched__span *span)
{
    int64_t sum = 0;
    for (uint32_t d = 0; d < span->days; d++)
        sum += lack_on(span, d);
    return sum;
}

/*
 * Divide a task among other dates, below the least level of load. Returns the dates that it had and
 * has; 0: the load of its dates would stay, and nothing changes.
 */
static uint32_t spread(msched__span *span, msched__span_task *task)
{
    int32_t had[MSCHED__SPAN_DAYS];
    int64_t room[MSCHED__SPAN_DAYS], most = 0, length = span->plan->todos[task->todo].duration_s;
    for (uint32_t d = 0; d < span->days; d++) {
        had[d] = task->part[d];
        if (had[d] > 0 && span->dates[d].load_s > most)
            most = span->dates[d].load_s;
    }
    uint32_t before = msched__span_take(span, task), after = 0;
    for (int64_t level = CALM_S; level < most && after == 0; level += STEP_S) {
        if (room_below(span, task, level, room) < length)
            continue;
        after = msched__span_cut(span, task, few_dates(span, room, length), room);
        if (after == 0) /* the last piece would be too short on few dates */
            after = msched__span_cut(span, task, msched__span_allowed(span, task), room);
    }
    for (uint32_t d = 0; d < span->days && after == 0; d++)
        msched__span_give(span, task, d, had[d]);
    return after == 0 ? 0 : before | after;
}

/* Divide a task of a plan that has more to do than time, if all of its dates hold their items. */
static uint32_t spread_tightly(msched__span *span, msched__span_task *task)
{
    int32_t had[MSCHED__SPAN_DAYS];
    int64_t lack = lack_of(span);
    memcpy(had, task->part, sizeof had);
    uint32_t dates = spread(span, task);
    int holds = lack_of(span) <= lack;
    for (uint32_t d = 0; d < span->days && holds; d++)
        holds = (dates >> d & 1) == 0 || is_arranged(span, d);
    if (holds)
        return dates;
    for (uint32_t d = 0; d < span->days; d++)
        msched__span_give(span, task, d, had[d]);
    return 0;
}

/* Solve the dates; the new choice stays if no level is worse; *stays receives whether it does. */
static msched_result settle(msched__span *span, uint32_t changed, msched__span_state *kept,
                            int *stays)
{
    int64_t value[MSCHED_LEVEL_COUNT];
    msched_result result = msched__span_settle(span, changed, MSCHED__SPAN_TRY);
    if (result != MSCHED_OK)
        return result;
    msched__span_value(span, value);
    *stays = !msched__span_is_better(kept->value, value);
    if (*stays)
        msched__span_state_keep(span, kept);
    else
        msched__span_state_restore(span, kept);
    return MSCHED_OK;
}

static int is_over(msched__span *span)
{
    return msched__budget_look(&span->budget) ||
           (span->options->work_limit > 0 && msched__budget_left(&span->budget) == 0);
}

/* 1 if a task has no date. */
static int is_overloaded(const msched__span *span)
{
    for (uint32_t i = 0; i < span->task_count; i++) {
        uint32_t d = 0;
        while (d < span->days && span->tasks[i].part[d] == 0)
            d++;
        if (d == span->days)
            return 1;
    }
    return 0;
}

static uint32_t try_spread(msched__span *span, msched__span_task *task, int tight)
{
    if (!may_spread(span, task))
        return 0;
    return tight ? spread_tightly(span, task) : spread(span, task);
}

/* Spread all tasks. Returns how many; *changed: the dates. */
static uint32_t spread_all(msched__span *span, int tight, uint32_t *changed)
{
    uint32_t tasks = 0;
    *changed = 0;
    for (uint32_t i = 0; i < span->task_count; i++) {
        uint32_t dates = try_spread(span, &span->tasks[i], tight);
        *changed |= dates;
        tasks += dates != 0;
    }
    return tasks;
}

uint32_t msched__span_spread(msched__span *span)
{
    uint32_t changed;
    int tight = is_overloaded(span);
    uint32_t tasks = spread_all(span, tight, &changed);
    return tight ? 0 : tasks;
}

/* All tasks at once, else one by one. */
static msched_result balance(msched__span *span, msched__span_state *kept)
{
    int tight = is_overloaded(span);
    uint32_t changed, tasks = spread_all(span, tight, &changed), left = TRIES_PER_DATE * span->days;
    int stays = 0;
    if (tasks == 0)
        return MSCHED_OK;
    msched_result result = settle(span, changed, kept, &stays);
    if (stays || tasks == 1)
        return result;
    for (uint32_t i = 0; i < span->task_count && result == MSCHED_OK && !is_over(span); i++) {
        changed = try_spread(span, &span->tasks[i], tight);
        uint32_t cost = msched__count_dates(changed);
        if (cost > left) {
            msched__span_state_restore(span, kept);
            break;
        }
        left -= cost;
        if (changed != 0)
            result = settle(span, changed, kept, &stays);
    }
    return result;
}

msched_result msched__span_balance(msched__span *span)
{
    msched__span_state kept;
    int any = 0;
    for (uint32_t i = 0; i < span->task_count && !any; i++)
        any = may_spread(span, &span->tasks[i]);
    if (!any || is_over(span))
        return MSCHED_OK;
    if (!msched__span_state_make(span, &kept))
        return msched__fail_memory(span->err);
    msched__span_state_keep(span, &kept);
    msched_result result = balance(span, &kept);
    msched__span_state_free(&kept);
    return result;
}
