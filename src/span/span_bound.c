#include "span/span_bound.h"

#include "base/error.h"
#include "schedule/output/schedule.h"
#include "span/span_day.h"
#include "span/span_knapsack.h"
#include "span/span_relax.h"
#include "span/span_state.h"

#include <string.h>

#define MOST_WEIGHT 1000 /* of a song that was not looked up for lack of time */

/*
 * How many of `count` occurrences of a to-do can have a date at all, given the dates that they may
 * be on.
 */
static uint32_t most_occurrences(const msched__span *span, uint32_t todo, uint32_t dates,
                                 uint32_t count)
{
    uint32_t most = msched__span_most_apart(dates,
                                            (uint32_t)span->plan->span->todos[todo].apart_days);
    return most < count ? most : count;
}

/* 1 if the fill is in a task that may be on several dates. */
static int follows_task(const msched__span *span, uint32_t fill)
{
    uint32_t count, host = msched__plan_fill_during(span->plan, fill);
    if (host == UINT32_MAX || span->plan->todos[host].kind == MSCHED_TODO_EVENT)
        return 0;
    const msched__span_task *tasks = msched__tasks_of(span, host, &count);
    for (uint32_t i = 0; i < count; i++)
        if (!tasks[i].is_fixed)
            return 1;
    return 0;
}

/* The most seconds of a fill: of its dates, and of the to-do in which it plays. */
static int64_t most_of_fill(const msched__span *span, uint32_t fill)
{
    const msched_plan *plan = span->plan;
    const msched_listening *rules = msched__plan_fill_rules(plan, fill);
    uint32_t host = msched__plan_fill_during(plan, fill), dates = 0;
    const msched__plan_todo *todo = host == UINT32_MAX ? NULL : &plan->todos[host];
    int64_t sum = 0;
    for (uint32_t d = 0; d < span->days; d++)
        dates |= (uint32_t)(span->dates[d].is_open || span->dates[d].is_kept) << d;
    dates &= plan->span->fills[fill].dates;
    if (span->catalog == NULL || (todo != NULL && !todo->music))
        return 0;
    if (todo != NULL && todo->kind == MSCHED_TODO_EVENT) {
        for (uint32_t d = 0; d < span->days; d++) {
            int64_t length = todo->duration_s + span->dates[d].gained_s;
            if ((dates >> d & 1) != 0 && msched__span_has(span, host, d))
                sum += length < rules->fill_s ? length : rules->fill_s;
        }
        return sum;
    }
    sum = msched__count_dates(dates) * (int64_t)rules->fill_s;
    if (todo == NULL)
        return sum;
    int64_t in_tasks = (int64_t)span->occurrences[host] *
                       (todo->split_min_s == 0 && rules->fill_s < todo->duration_s
                            ? rules->fill_s
                            : todo->duration_s);
    for (uint32_t i = 0; i < span->fact_count; i++)
        if (span->facts[i].todo == host)
            in_tasks += span->facts[i].end_s - span->facts[i].start_s;
    return in_tasks < sum ? in_tasks : sum;
}

/* Count all items that may be on several dates, or with `everything` all items. */
static void count_all(const msched__span *span, int everything, int64_t *out)
{
    memset(out, 0, MSCHED_LEVEL_COUNT * sizeof *out);
    for (uint32_t i = 0; i < span->plan->todo_count; i++) {
        uint32_t count, undated = 0, dates = 0;
        const msched__span_task *tasks = msched__tasks_of(span, i, &count);
        int64_t *level = &out[msched__span_level(span->plan->todos[i].priority)];
        for (uint32_t k = 0; k < count; k++)
            if (span->plan->span->todos[i].each || tasks[k].is_fixed) {
                *level += everything && tasks[k].dates != 0;
            } else {
                undated++;
                dates |= tasks[k].dates;
            }
        *level += most_occurrences(span, i, dates, undated);
    }
    for (uint32_t i = 0; i < span->plan->song_count; i++) {
        const msched__span_wish *wish = &span->wishes[i];
        uint32_t dates = msched__count_dates(wish->dates), plays = wish->wanted;
        int unknown = span->found[i].track == UINT32_MAX && !span->found[i].skipped;
        if ((wish->is_fixed && !everything) || unknown || dates == 0)
            continue;
        plays = wish->is_daily && dates < plays ? dates : plays;
        if (span->plan->songs[i].must)
            out[MSCHED_LEVEL_MUST_SONGS] += plays;
        else
            out[MSCHED_LEVEL_SONG_WEIGHT] +=
                (int64_t)plays * (span->found[i].skipped ? MOST_WEIGHT : span->found[i].weight);
    }
    for (uint32_t k = 0; k <= span->plan->more_fill_count; k++)
        if (everything || follows_task(span, k))
            out[MSCHED_LEVEL_FILL_S] += most_of_fill(span, k);
}

/*
 * 1 if the plan of a date's schedule contains exactly the items that no choice of dates changes, so
 * that the schedule proves the bounds of these items. The date's assignments may have changed
 * since: a task without time is removed from it.
 */
static int is_all_fixed(const msched__span *span, uint32_t day)
{
    const msched_plan *made = span->dates[day].schedule->plan;
    uint32_t tasks = 0, songs = 0;
    if (span->plan->span->max_tasks_s != MSCHED_UNSET || span->dates[day].is_flat ||
        (span->days > 1 && span->dates[day].is_open && msched__plan_fill_seconds(span->plan) > 0))
        return 0;
    for (uint32_t i = 0; i < made->todo_count; i++) {
        uint32_t line = made->todos[i].line;
        if (made->todos[i].kind == MSCHED_TODO_TASK && !span->tasks[line].is_fixed)
            return 0;
        tasks += made->todos[i].kind == MSCHED_TODO_TASK;
    }
    for (uint32_t i = 0; i < made->song_count; i++)
        if (!span->wishes[made->songs[i].line].is_fixed)
            return 0;
    songs = made->song_count;
    for (uint32_t i = 0; i < span->task_count; i++)
        tasks -= span->tasks[i].is_fixed && (span->tasks[i].dates >> day & 1) != 0;
    for (uint32_t i = 0; i < span->plan->song_count; i++)
        songs -= span->wishes[i].is_fixed && span->wishes[i].asked[day] > 0;
    return tasks == 0 && songs == 0;
}

/* Add the bounds of a date's fixed items; the proved levels of their schedule limit *known. */
static msched_result add_date(msched__span *span, uint32_t day, int64_t *sum, uint32_t *known)
{
    msched_schedule *rest = span->dates[day].schedule;
    msched_result result = MSCHED_OK;
    if (is_all_fixed(span, day))
        msched_schedule_ref(rest);
    else
        result = msched__span_solve_date(span, day, MSCHED__SPAN_FIXED, &rest);
    if (result != MSCHED_OK)
        return result;
    for (int i = 0; i < MSCHED_LEVEL_COUNT; i++)
        sum[i] += rest->objective.bound[i];
    if (rest->objective.proved_levels < *known)
        *known = rest->objective.proved_levels;
    msched_schedule_unref(rest);
    return MSCHED_OK;
}

static uint32_t count_proved(const int64_t *value, const int64_t *bound)
{
    uint32_t proved = 0;
    while (proved < MSCHED_LEVEL_COUNT && value[proved] == bound[proved])
        proved++;
    return proved;
}

/*
 * Lower the bound of the fills to the time that a best set of tasks leaves for them. The bound
 * applies to schedules with the same values on the levels of tasks and songs.
 */
static msched_result lower_fills(msched__span *span, const int64_t *value, int64_t *bound)
{
    int64_t all[MSCHED_LEVEL_COUNT], lack;
    count_all(span, 1, all);
    for (uint32_t k = 0; k <= span->plan->more_fill_count; k++)
        if (msched__plan_fill_during(span->plan, k) != UINT32_MAX)
            return MSCHED_OK;
    for (uint32_t p = 0; p < 4; p++)
        if (!span->most.is_known || value[msched__span_level(p + 1)] != span->most.tasks[p])
            return MSCHED_OK;
    int all_songs = value[MSCHED_LEVEL_MUST_SONGS] == all[MSCHED_LEVEL_MUST_SONGS] &&
                    value[MSCHED_LEVEL_SONG_WEIGHT] == all[MSCHED_LEVEL_SONG_WEIGHT];
    msched_result result = msched__span_fill_lack(span, all_songs, &lack);
    if (result == MSCHED_OK && all[MSCHED_LEVEL_FILL_S] - lack < bound[MSCHED_LEVEL_FILL_S])
        bound[MSCHED_LEVEL_FILL_S] = all[MSCHED_LEVEL_FILL_S] - lack;
    return result;
}

msched_result msched__span_quick_bound(msched__span *span, const int64_t *value, int64_t *bound,
                                       uint32_t *proved)
{
    count_all(span, 1, bound);
    *proved = count_proved(value, bound);
    if (*proved == MSCHED_LEVEL_COUNT)
        return MSCHED_OK;
    msched_result result = msched__span_relax(span, value, bound);
    *proved = count_proved(value, bound);
    if (result == MSCHED_OK && *proved == MSCHED_LEVEL_FILL_S && span->options->previous == NULL) {
        result = lower_fills(span, value, bound);
        *proved = count_proved(value, bound);
    }
    return result;
}

/*
 * Lower the bounds to `sum`: the best schedules of the dates' fixed items, plus all items that may
 * be on several dates. The bound of a level applies to schedules with the same sums on the levels
 * before it; the first `known` levels and the next one are proved on every date.
 */
static void lower(const int64_t *value, const int64_t *sum, uint32_t known, int64_t *bound)
{
    for (uint32_t i = 0; i < MSCHED_LEVEL_COUNT && i <= known; i++) {
        if (sum[i] < bound[i])
            bound[i] = sum[i];
        if (value[i] != sum[i])
            return;
    }
}

msched_result msched__span_bound(msched__span *span, const int64_t *value, int64_t *bound,
                                 uint32_t *proved)
{
    int64_t sum[MSCHED_LEVEL_COUNT];
    uint32_t known = MSCHED_LEVEL_COUNT;
    if (msched__span_quick_bound(span, value, bound, proved) != MSCHED_OK)
        return msched__fail_memory(span->err);
    if (*proved == MSCHED_LEVEL_COUNT)
        return MSCHED_OK;
    count_all(span, 0, sum);
    for (uint32_t d = 0; d < span->days; d++) {
        msched_result result = add_date(span, d, sum, &known);
        if (result != MSCHED_OK)
            return result;
    }
    lower(value, sum, known, bound);
    *proved = count_proved(value, bound);
    return MSCHED_OK;
}
