#include "span/span_assign.h"

#include "span/span_fact.h"
#include "span/span_gaps.h"
#include "span/span_knapsack.h"
#include "span/span_previous.h"
#include "span/span_relax.h"

#include <string.h>

static uint32_t dates_with_part(const msched__span *span, const msched__span_task *task)
{
    uint32_t dates = 0;
    for (uint32_t d = 0; d < span->days; d++)
        dates |= (uint32_t)(task->part[d] > 0) << d;
    return dates;
}

/* The dates a to b, including b. */
static uint32_t range(int64_t a, int64_t b)
{
    uint32_t dates = 0;
    for (int64_t d = a < 0 ? 0 : a; d <= b && d < MSCHED__SPAN_DAYS; d++)
        dates |= 1u << d;
    return dates;
}

/*
 * Dates that are not before the task's predecessors: none if a predecessor is a task without a
 * date, any if it is an event on no date of the plan.
 */
static uint32_t after_others(const msched__span *span, const msched__span_task *task)
{
    const msched__plan_todo *t = &span->plan->todos[task->todo];
    uint32_t dates = range(0, MSCHED__SPAN_DAYS);
    for (uint32_t i = 0; i < t->after_count; i++) {
        uint32_t other = t->after[i], on, count;
        int is_event = span->plan->todos[other].kind == MSCHED_TODO_EVENT;
        if (msched__plan_is_closed(&span->plan->todos[other]) ||
            (is_event && span->plan->span->todos[other].dates == 0) ||
            (!is_event && span->occurrences[other] == 0))
            continue;
        if (is_event)
            on = span->plan->span->todos[other].dates;
        else
            on = dates_with_part(span, msched__tasks_of(span, other, &count));
        dates &= on == 0 ? 0 : range(msched__last_date(on), MSCHED__SPAN_DAYS);
    }
    return dates;
}

/* Dates that are not after the task's successors. */
static uint32_t before_others(const msched__span *span, const msched__span_task *task)
{
    uint32_t dates = range(0, MSCHED__SPAN_DAYS);
    for (uint32_t i = 0; i < span->plan->todo_count; i++) {
        const msched__plan_todo *t = &span->plan->todos[i];
        for (uint32_t k = 0; k < t->after_count; k++) {
            uint32_t count;
            const msched__span_task *tasks = msched__tasks_of(span, i, &count);
            for (uint32_t n = 0; t->after[k] == task->todo && n < count; n++) {
                uint32_t on = dates_with_part(span, &tasks[n]);
                if (on != 0)
                    dates &= range(0, msched__first_date(on));
            }
        }
    }
    return dates;
}

/* Dates that are at least `apart` days from the other occurrences of the task's to-do. */
static uint32_t apart_from_others(const msched__span *span, const msched__span_task *task,
                                  int64_t apart)
{
    uint32_t count, dates = range(0, MSCHED__SPAN_DAYS);
    const msched__span_task *tasks = msched__tasks_of(span, task->todo, &count);
    for (uint32_t k = 0; k < count && !span->plan->span->todos[task->todo].each; k++) {
        uint32_t on = &tasks[k] == task ? 0 : dates_with_part(span, &tasks[k]);
        if (on != 0)
            dates &= ~range((int64_t)msched__first_date(on) - apart + 1,
                            msched__last_date(on) + apart - 1);
    }
    return dates;
}

uint32_t msched__span_allowed(const msched__span *span, const msched__span_task *task)
{
    return task->dates & after_others(span, task) & before_others(span, task) &
           apart_from_others(span, task, span->plan->span->todos[task->todo].apart_days);
}

void msched__span_give(msched__span *span, msched__span_task *task, uint32_t day, int32_t seconds)
{
    span->dates[day].load_s += seconds - task->part[day];
    task->part[day] = seconds;
}

uint32_t msched__span_take(msched__span *span, msched__span_task *task)
{
    uint32_t dates = dates_with_part(span, task);
    for (uint32_t d = 0; d < span->days; d++)
        msched__span_give(span, task, d, 0);
    return dates;
}

int msched__span_has_room(const msched__span *span, uint32_t day, int32_t seconds)
{
    int32_t most = span->plan->span->max_tasks_s;
    return most == MSCHED_UNSET || span->dates[day].load_s + seconds <= most;
}

/* Whether the most of a task on a date allows all of it there. */
static int fits_per_day(const msched__span *span, const msched__span_task *task, uint32_t day)
{
    int32_t most = msched__span_per_day(span, task->todo, day);
    return most == MSCHED_UNSET || most >= span->plan->todos[task->todo].duration_s;
}

/*
 * Whether the window on a date is long enough for a task in one piece, or in pieces on that date.
 */
static int fits_window(const msched__span *span, const msched__span_task *task, uint32_t day)
{
    const msched__span_bounds *w = msched__span_bounds_on(span, task->todo, day);
    int32_t length = span->plan->todos[task->todo].duration_s;
    return w->latest_s > w->earliest_s && w->latest_s - w->earliest_s + 3600 >= length &&
           fits_per_day(span, task, day);
}

/* Days between the occurrences of a task's to-do if they are spread evenly over its dates. */
static uint32_t even_distance(const msched__span *span, const msched__span_task *task)
{
    uint32_t count, apart = (uint32_t)span->plan->span->todos[task->todo].apart_days;
    msched__tasks_of(span, task->todo, &count);
    if (count < 2 || task->dates == 0 || span->plan->span->todos[task->todo].each)
        return apart;
    uint32_t even = (msched__last_date(task->dates) - msched__first_date(task->dates) + 1) / count;
    if (even == 1 && msched__span_most_apart(task->dates, 2) >= count)
        even = 2;
    return even > apart ? even : apart;
}

/*
 * 1 if dates remain for the later occurrences, at least `apart` days from each other, when this one
 * is on that date.
 */
static int leaves_dates(const msched__span *span, const msched__span_task *task, uint32_t allowed,
                        uint32_t apart, uint32_t day)
{
    uint32_t count;
    const msched__span_task *tasks = msched__tasks_of(span, task->todo, &count);
    uint32_t rest = count - 1 - (uint32_t)(task - tasks);
    uint32_t left = allowed & ~range((int64_t)day - apart + 1, (int64_t)day + apart - 1);
    uint32_t can = msched__span_most_apart(left, apart),
             could = msched__span_most_apart(allowed, apart);
    return can >= rest || can + 1 >= could;
}

/*
 * The date with the least load for its capacity, or the first for what is overdue, with the later
 * occurrences at least `apart` days from each other; UINT32_MAX: no date has enough time.
 */
static uint32_t best_date(const msched__span *span, const msched__span_task *task, uint32_t allowed,
                          uint32_t apart)
{
    uint32_t best = UINT32_MAX;
    int64_t least = 0, length = span->plan->todos[task->todo].duration_s;
    for (uint32_t d = 0; d < span->days; d++) {
        const msched__span_date *date = &span->dates[d];
        if ((allowed >> d & 1) == 0 || date->load_s + length > date->capacity_s ||
            !fits_window(span, task, d) || !msched__span_has_room(span, d, (int32_t)length) ||
            !leaves_dates(span, task, allowed, apart, d))
            continue;
        if (msched__span_is_overdue(&span->plan->span->todos[task->todo]))
            return d;
        int64_t share = (date->load_s + length) * 1000 / (date->capacity_s + 1);
        if (best == UINT32_MAX || share < least) {
            best = d;
            least = share;
        }
    }
    return best;
}

int64_t msched__span_most_on(const msched__span *span, const msched__span_task *task, uint32_t day,
                             int64_t room)
{
    const msched__span_bounds *w = msched__span_bounds_on(span, task->todo, day);
    int32_t most = msched__span_per_day(span, task->todo, day),
            limit = span->plan->span->max_tasks_s, length = w->latest_s - w->earliest_s;
    if (length <= 0)
        return 0;
    room = length < room ? length : room;
    if (most != MSCHED_UNSET && most < room)
        room = most;
    if (limit != MSCHED_UNSET && limit - span->dates[day].load_s < room)
        room = limit - span->dates[day].load_s;
    return room;
}

/* Seconds assigned to a task. */
static int64_t part_of(const msched__span *span, const msched__span_task *task)
{
    int64_t seconds = 0;
    for (uint32_t d = 0; d < span->days; d++)
        seconds += task->part[d];
    return seconds;
}

uint32_t msched__span_cut(msched__span *span, msched__span_task *task, uint32_t allowed,
                          const int64_t *room)
{
    const msched__plan_todo *t = &span->plan->todos[task->todo];
    int64_t rest = t->duration_s - part_of(span, task), least = t->split_min_s;
    int32_t parts[MSCHED__SPAN_DAYS] = {0};
    uint32_t dates = 0, count;
    msched__tasks_of(span, task->todo, &count);
    if (least == 0 || count > 1)
        return 0;
    for (uint32_t d = 0; d < span->days && rest > 0; d++) {
        int can = (allowed >> d & 1) != 0 && task->part[d] == 0;
        int64_t most = can ? msched__span_most_on(span, task, d, room[d]) : 0;
        int64_t part = most < rest ? most : rest;
        if (part < rest && rest - part < least)
            part = rest - least;
        if (part < least)
            continue;
        parts[d] = (int32_t)part;
        dates |= 1u << d;
        rest -= part;
    }
    if (rest > 0)
        return 0;
    for (uint32_t d = 0; d < span->days; d++)
        if (parts[d] > 0)
            msched__span_give(span, task, d, parts[d]);
    return dates;
}

/*
 * Assign a task to its previous dates, and a missing part to other dates; undo this if a part still
 * lacks a date.
 */
static void assign_as_before(msched__span *span, msched__span_task *task)
{
    const msched__plan_todo *t = &span->plan->todos[task->todo];
    uint32_t allowed = msched__span_allowed(span, task);
    int64_t room[MSCHED__SPAN_DAYS];
    for (uint32_t d = 0; d < span->days; d++) {
        int32_t was = msched__span_was(task, d);
        if (was > 0 && (allowed >> d & 1) != 0) {
            was = t->split_min_s == 0 || was > t->duration_s ? t->duration_s : was;
            if (msched__span_has_room(span, d, was) &&
                (task->is_kept || fits_window(span, task, d) || t->split_min_s > 0))
                msched__span_give(span, task, d, was);
        }
        room[d] = span->dates[d].capacity_s - span->dates[d].load_s;
    }
    int64_t rest = t->duration_s - part_of(span, task);
    if (rest > 0 && rest < t->duration_s)
        msched__span_cut(span, task, allowed, room);
    if (part_of(span, task) != t->duration_s)
        msched__span_take(span, task);
}

static void assign_task(msched__span *span, msched__span_task *task)
{
    uint32_t allowed = msched__span_allowed(span, task);
    int32_t length = span->plan->todos[task->todo].duration_s;
    if (task->is_fixed) {
        uint32_t day = msched__first_date(allowed);
        if (day < span->days && msched__span_has_room(span, day, length) &&
            fits_per_day(span, task, day) &&
            msched__span_bounds_on(span, task->todo, day)->latest_s > 0)
            msched__span_give(span, task, day, length);
        return;
    }
    uint32_t apart = (uint32_t)span->plan->span->todos[task->todo].apart_days, day = UINT32_MAX,
             even = even_distance(span, task);
    if (even > apart)
        day = best_date(span, task, allowed & apart_from_others(span, task, even), even);
    if (day == UINT32_MAX)
        day = best_date(span, task, allowed, apart);
    if (day != UINT32_MAX) {
        msched__span_give(span, task, day, length);
        return;
    }
    int64_t room[MSCHED__SPAN_DAYS];
    for (uint32_t d = 0; d < span->days; d++)
        room[d] = span->dates[d].capacity_s - span->dates[d].load_s;
    msched__span_cut(span, task, allowed, room);
}

uint32_t msched__span_host_dates(const msched__span *span, uint32_t song)
{
    uint32_t host = span->plan->songs[song].during, dates = 0, count;
    if (host == UINT32_MAX)
        return range(0, MSCHED__SPAN_DAYS);
    if (span->plan->todos[host].kind == MSCHED_TODO_EVENT)
        return span->plan->span->todos[host].dates;
    const msched__span_task *tasks = msched__tasks_of(span, host, &count);
    for (uint32_t k = 0; k < count; k++)
        dates |= dates_with_part(span, &tasks[k]);
    for (uint32_t i = 0; i < span->fact_count; i++)
        if (span->facts[i].todo == host && span->facts[i].state == MSCHED_STATE_STARTED)
            dates |= 1u << span->facts[i].day;
    return dates;
}

static uint32_t open_dates(const msched__span *span)
{
    uint32_t dates = 0;
    for (uint32_t d = 0; d < span->days; d++)
        dates |= (uint32_t)span->dates[d].is_open << d;
    return dates;
}

/* The music of each date while songs get dates. */
typedef struct music_plan {
    int64_t spare_s[MSCHED__SPAN_DAYS]; /* time that the fills leave */
    int64_t songs_s[MSCHED__SPAN_DAYS]; /* length of the songs so far */
} music_plan;

static int64_t length_of(const msched__span *span, uint32_t song)
{
    return span->found[song].track == UINT32_MAX ? 180 : span->found[song].length_s;
}

/* Seconds in which music may play, without the silent tasks of the date. */
static int64_t audible_beside(const msched__span *span, uint32_t day)
{
    int64_t sum = msched__span_audible_on(span, day);
    for (uint32_t i = 0; i < span->task_count; i++)
        if (!span->plan->todos[span->tasks[i].todo].music)
            sum -= span->tasks[i].part[day];
    return sum;
}

/*
 * 1 if date a is better than date b for a play of a song: it has fewer plays of the song, or time
 * for it that the fills do not need, or less music.
 */
static int is_better_date(const msched__span *span, uint32_t song, const music_plan *of, uint32_t a,
                          uint32_t b)
{
    const msched__span_wish *wish = &span->wishes[song];
    int64_t length = length_of(span, song), spare_a = of->spare_s[a] - of->songs_s[a] - length,
            spare_b = of->spare_s[b] - of->songs_s[b] - length;
    if (wish->asked[a] != wish->asked[b])
        return wish->asked[a] < wish->asked[b];
    if (spare_a < 0 || spare_b < 0)
        return spare_a > spare_b;
    return of->songs_s[a] < of->songs_s[b];
}

/* Assign the plays of a song to the best dates. */
static void assign_song(msched__span *span, uint32_t song, music_plan *of)
{
    msched__span_wish *wish = &span->wishes[song];
    int64_t length = length_of(span, song);
    uint32_t dates = wish->dates & msched__span_host_dates(span, song) & open_dates(span), n = 0;
    for (uint32_t d = 0; d < span->days; d++) {
        n += wish->asked[d];
        of->songs_s[d] += length * wish->asked[d];
    }
    for (; n < wish->wanted && dates != 0; n++) {
        uint32_t best = UINT32_MAX;
        for (uint32_t d = 0; d < span->days; d++)
            if ((dates >> d & 1) != 0 && wish->asked[d] < UINT8_MAX &&
                (best == UINT32_MAX || is_better_date(span, song, of, d, best)))
                best = d;
        if (best == UINT32_MAX)
            return;
        if (wish->is_daily && wish->asked[best] > 0)
            return;
        wish->asked[best]++;
        of->songs_s[best] += length;
    }
}

/*
 * If all tasks of a date can only be there, the date stays as it is, and solving it chooses among
 * them.
 */
void msched__span_find_free(const msched__span *span, uint8_t *is_free)
{
    const msched_plan *plan = span->plan;
    uint32_t open = 0;
    for (uint32_t i = 0; i < span->task_count; i++)
        open |= span->tasks[i].is_fixed ? 0 : span->tasks[i].dates;
    for (uint32_t i = 0; i < span->task_count; i++) {
        const msched__span_task *task = &span->tasks[i];
        is_free[i] = (task->dates & open) != 0 && !task->is_kept &&
                     (task->was == NULL || (span->moves && task->spent_s == 0)) &&
                     plan->todos[task->todo].after_count == 0 &&
                     !msched__span_is_overdue(&plan->span->todos[task->todo]);
    }
    for (uint32_t i = 0; i < plan->todo_count; i++)
        for (uint32_t k = 0; k < plan->todos[i].after_count; k++) {
            uint32_t count, other = plan->todos[i].after[k];
            msched__tasks_of(span, other, &count);
            memset(is_free + span->first_task[other], 0, count);
        }
}

/*
 * Assign dates to the tasks whose lengths fit, those with a single date first. There is no time for
 * the other tasks, which would only make the dates harder to solve. A date that only fixed tasks
 * can use gets all of its tasks.
 */
msched_result msched__span_assign(msched__span *span)
{
    uint8_t *keeps = msched__arena_alloc(span->arena, span->task_count, sizeof *keeps);
    uint32_t chosen = 0;
    span->keeps = keeps;
    if (keeps == NULL || msched__span_choose(span, keeps) != MSCHED_OK)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < span->task_count; i++)
        chosen |= span->tasks[i].is_fixed ? 0 : span->tasks[i].dates;
    for (uint32_t i = 0; i < span->task_count; i++)
        if (span->tasks[i].is_fixed && (span->tasks[i].dates & chosen) == 0)
            keeps[i] = 1;
    for (uint32_t i = 0; i < span->task_count; i++)
        if ((keeps[i] || span->tasks[i].is_kept) && span->tasks[i].was != NULL)
            assign_as_before(span, &span->tasks[i]);
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < span->task_count; i++) {
            msched__span_task *task = &span->tasks[i];
            if (keeps[i] && (pass == 1 || task->is_fixed) && dates_with_part(span, task) == 0)
                assign_task(span, task);
        }
    return MSCHED_OK;
}

void msched__span_assign_previous(msched__span *span)
{
    for (uint32_t i = 0; i < span->task_count; i++)
        msched__span_take(span, &span->tasks[i]);
    for (int pass = 0; pass < 2; pass++) /* first those without predecessors */
        for (uint32_t i = 0; i < span->task_count; i++)
            if (span->tasks[i].was != NULL && dates_with_part(span, &span->tasks[i]) == 0)
                assign_as_before(span, &span->tasks[i]);
}

void msched__span_assign_rest(msched__span *span)
{
    for (uint32_t i = 0; i < span->task_count; i++)
        if (span->tasks[i].is_fixed && dates_with_part(span, &span->tasks[i]) == 0)
            assign_task(span, &span->tasks[i]);
}

void msched__span_assign_songs(msched__span *span)
{
    music_plan of = {{0}, {0}};
    for (uint32_t d = 0; d < span->days; d++)
        of.spare_s[d] = audible_beside(span, d) - msched__span_fill_on(span, d) -
                        span->dates[d].missed_s;
    for (uint32_t i = 0; i < span->plan->song_count && span->previous == NULL; i++)
        if (!span->wishes[i].is_fixed)
            memset(span->wishes[i].asked, 0, sizeof span->wishes[i].asked);
    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < span->plan->song_count; i++)
            if (span->wishes[i].is_fixed == (pass == 0))
                assign_song(span, i, &of);
}
