#include "span/span_improve.h"

#include "algo/bits.h"
#include "base/alloc.h"
#include "base/error.h"
#include "query/lookup/duplicates.h"
#include "schedule/output/schedule.h"
#include "span/span_assign.h"
#include "span/span_bound.h"
#include "span/span_day.h"
#include "span/span_fact.h"
#include "span/span_knapsack.h"
#include "span/span_pack.h"
#include "span/span_refused.h"
#include "span/span_state.h"

#include <string.h>

/* Limits of rounds over unscheduled items, and of dates solved in them. */
#define ROUNDS       4
#define TRIES_A_DATE 6
#define REPACKS      4   /* most searches for other dates of all tasks without a gain */
#define MARGIN_S     300 /* added to the time of the music that a date lacks */
#define STEPS        20  /* of each such search, per date */

static int is_whole(const msched__span *span, const msched__span_task *task)
{
    int64_t got = 0;
    for (uint32_t d = 0; d < span->days; d++)
        got += task->got[d];
    return got == span->plan->todos[task->todo].duration_s;
}

int msched__span_has_others(const msched__span *span, const msched__span_task *task)
{
    const msched__plan_todo *t = &span->plan->todos[task->todo];
    for (uint32_t i = 0; i < t->after_count; i++) {
        uint32_t count;
        const msched__span_task *other = msched__tasks_of(span, t->after[i], &count);
        if (count > 0 && !other->is_whole)
            return 0;
    }
    return 1;
}

/* Remove items that cannot stay. Returns the dates that lost scheduled time. */
static uint32_t drop_broken(msched__span *span)
{
    uint32_t dates = 0;
    for (uint32_t i = 0; i < span->task_count; i++)
        span->tasks[i].is_whole = (uint8_t)is_whole(span, &span->tasks[i]);
    for (uint32_t i = 0; i < span->task_count; i++) {
        msched__span_task *task = &span->tasks[i];
        uint32_t had = 0;
        for (uint32_t d = 0; d < span->days; d++)
            had |= (uint32_t)(task->got[d] > 0) << d;
        if ((task->is_whole && msched__span_has_others(span, task)) || (task->is_fixed && had == 0))
            continue;
        msched__span_take(span, task);
        task->is_whole = 0;
        dates |= had;
    }
    return dates;
}

static int64_t lower(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Seconds of a date that its music and its tasks without music leave, if all could be used. */
static int64_t spare_on(const msched__span *span, uint32_t day)
{
    int64_t spare = msched__span_audible_on(span, day) - msched__span_music_on(span, day);
    for (uint32_t i = 0; i < span->task_count; i++)
        if (!span->plan->todos[span->tasks[i].todo].music)
            spare -= span->tasks[i].part[day];
    return spare > 0 ? spare : 0;
}

/*
 * If a task of a date is unscheduled, remember its set of tasks. If music found no time there,
 * remember how much time is missing.
 */
static void learn(msched__span *span, uint32_t day)
{
    msched__span_date *date = &span->dates[day];
    int64_t missed = -date->schedule->objective.value[MSCHED_LEVEL_FILL_S];
    uint32_t i = 0;
    while (i < span->task_count && span->tasks[i].got[day] >= span->tasks[i].part[day])
        i++;
    if (i < span->task_count)
        msched__span_refuse(span, day);
    for (uint32_t k = 0; k <= span->plan->more_fill_count; k++)
        if ((span->plan->span->fills[k].dates >> day & 1) != 0 && date->is_open)
            missed += msched__plan_fill_rules(span->plan, k)->fill_s;
    for (i = 0; i < span->plan->song_count; i++)
        if (span->wishes[i].got[day] < span->wishes[i].asked[day] &&
            span->found[i].track != UINT32_MAX)
            missed += span->found[i].length_s;
    if (missed > 0)
        missed = lower(missed + MARGIN_S, msched__span_music_on(span, day)) + spare_on(span, day);
    if (missed > date->missed_s)
        date->missed_s = missed;
}

#define SEEN_BITS 4096

/* The recordings that are wanted, by a few bits of their number: most others are not looked up. */
typedef struct wanted_recordings {
    const uint32_t *of_track;
    uint64_t seen[SEEN_BITS / 64];
} wanted_recordings;

static void add_wanted(const msched__span *span, wanted_recordings *wanted)
{
    for (uint32_t i = 0; i < span->plan->song_count; i++)
        if (span->found[i].track != UINT32_MAX) {
            const uint32_t r = wanted->of_track[span->found[i].track] % SEEN_BITS;
            msched__bit_set(wanted->seen, r);
        }
}

/* 1 if a recording is wanted, and plays, on another date than this one. */
static int plays_elsewhere(const msched__span *span, const wanted_recordings *wanted, uint32_t day,
                           uint32_t recording)
{
    if (!msched__bit(wanted->seen, recording % SEEN_BITS))
        return 0;
    for (uint32_t i = 0; i < span->plan->song_count; i++) {
        const uint32_t track = span->found[i].track;
        if (track == UINT32_MAX || wanted->of_track[track] != recording)
            continue;
        for (uint32_t d = 0; d < span->days; d++)
            if (d != day && span->wishes[i].got[d] > 0)
                return 1;
    }
    return 0;
}

static int repeats(const msched__span *span, const wanted_recordings *wanted, uint32_t day)
{
    const msched_schedule *s = span->dates[day].schedule;
    for (uint32_t i = 0; s != NULL && i < s->entry_count; i++) {
        const msched_schedule_entry *e = &s->entries[i];
        if (e->kind == MSCHED_ENTRY_SONG && e->wanted == UINT32_MAX && e->track != UINT32_MAX &&
            plays_elsewhere(span, wanted, day, wanted->of_track[e->track]))
            return 1;
    }
    return 0;
}

/*
 * The dates whose fill has a recording that is wanted and plays on another date: when a date was
 * solved, the song may have been asked for on another one, or on none.
 */
static msched_result dates_repeating(const msched__span *span, uint32_t *dates)
{
    wanted_recordings wanted = {0};
    *dates = 0;
    if (span->days == 1 || span->catalog == NULL || span->plan->song_count == 0 ||
        msched__plan_fill_seconds(span->plan) == 0)
        return MSCHED_OK;
    const msched__duplicates *same = msched__duplicates_of(span->catalog, span->err);
    if (same == NULL)
        return MSCHED_ERROR_MEMORY;
    wanted.of_track = same->of_track;
    add_wanted(span, &wanted);
    for (uint32_t d = 0; d < span->days; d++)
        *dates |= (uint32_t)repeats(span, &wanted, d) << d;
    return MSCHED_OK;
}

msched_result msched__span_settle(msched__span *span, uint32_t dates, enum msched__span_mode mode)
{
    msched_result result = MSCHED_OK;
    uint32_t again = 0; /* dates that were solved once more for their fill */
    while (result == MSCHED_OK && dates != 0) {
        for (uint32_t d = 0; result == MSCHED_OK && d < span->days; d++)
            if ((dates >> d & 1) != 0) {
                result = msched__span_update_date(span, d, mode);
                if (result == MSCHED_OK)
                    learn(span, d);
            }
        dates = drop_broken(span);
        if (result == MSCHED_OK && dates == 0) {
            result = dates_repeating(span, &dates);
            dates &= ~again;
            again |= dates;
        }
    }
    return result;
}

/* The search for better dates. */
typedef struct search {
    msched__span *span;
    msched__span_state kept;
    int64_t bound[MSCHED_LEVEL_COUNT]; /* for the values of `kept` */
    uint32_t tries;                    /* left */
    int gained;
    uint8_t *is_free; /* per task: 1 if msched__span_pack moves it */
} search;

/* 1 if a level is below its bound. */
static int is_open(const search *s, int level)
{
    return s->kept.value[level] < s->bound[level];
}

static msched_result keep_found(search *s)
{
    uint32_t proved;
    msched__span_state_keep(s->span, &s->kept);
    return msched__span_quick_bound(s->span, s->kept.value, s->bound, &proved);
}

/* Count, by priority, the tasks whose part on a date is scheduled. */
static void count_parts(const msched__span *span, uint32_t day, const msched_schedule *schedule,
                        int64_t sign, int64_t *count)
{
    const msched_plan *made = schedule->plan;
    for (uint32_t i = 0; i < schedule->entry_count; i++) {
        const msched_schedule_entry *e = &schedule->entries[i];
        if (e->kind != MSCHED_ENTRY_TODO || e->fixed || e->piece > 1)
            continue;
        const msched__span_task *task = &span->tasks[made->todos[e->todo].line];
        if (task->part[day] > 0)
            count[span->plan->todos[task->todo].priority - 1] += sign;
    }
}

/*
 * Whether the dates fit more tasks than before if no songs play. This check takes a fraction of the
 * time, and without a gain, a change that adds a task is useless.
 */
static msched_result hold_more(search *s, uint32_t dates, int *more)
{
    int64_t gain[4] = {0};
    for (uint32_t d = 0; d < s->span->days; d++) {
        msched_schedule *schedule = NULL;
        if ((dates >> d & 1) == 0)
            continue;
        msched_result result = msched__span_solve_date(s->span, d, MSCHED__SPAN_TASKS, &schedule);
        if (result != MSCHED_OK)
            return result;
        count_parts(s->span, d, schedule, 1, gain);
        count_parts(s->span, d, s->kept.schedules[d], -1, gain);
        msched_schedule_unref(schedule);
    }
    int p = 0;
    while (p < 3 && gain[p] == 0)
        p++;
    *more = gain[p] > 0;
    return MSCHED_OK;
}

/*
 * 1 if values are better than the best ones. If tasks of the previous schedule have moved, only
 * another task or song with `must` is worth it.
 */
static int is_gain(const search *s, const int64_t *value)
{
    if (s->span->moves &&
        memcmp(value, s->kept.value, MSCHED_LEVEL_SONG_WEIGHT * sizeof *value) == 0)
        return 0;
    return msched__span_is_better(value, s->kept.value);
}

/* Solve the changed dates. Keep the result if it is better; otherwise, restore the state. */
static msched_result try_dates(search *s, uint32_t dates)
{
    int64_t value[MSCHED_LEVEL_COUNT];
    uint32_t cost = msched__count_dates(dates);
    msched_result result = msched__span_settle(s->span, dates, MSCHED__SPAN_TRY);
    s->tries -= cost < s->tries ? cost : s->tries;
    if (result != MSCHED_OK)
        return result;
    msched__span_value(s->span, value);
    if (is_gain(s, value)) {
        s->gained = 1;
        return keep_found(s) == MSCHED_OK ? MSCHED_OK : msched__fail_memory(s->span->err);
    }
    msched__span_state_restore(s->span, &s->kept);
    return MSCHED_OK;
}

/* The same for adding a task. */
static msched_result try_added(search *s, uint32_t dates)
{
    int more = 0;
    msched_result result = hold_more(s, dates, &more);
    s->tries -= s->tries > 0;
    if (result != MSCHED_OK)
        return result;
    if (more)
        return try_dates(s, dates);
    msched__span_state_restore(s->span, &s->kept);
    return MSCHED_OK;
}

static int is_done(search *s)
{
    return s->tries == 0 || msched__budget_look(&s->span->budget) ||
           (s->span->options->work_limit > 0 && msched__budget_left(&s->span->budget) == 0);
}

/* Unused seconds of a date's window in its current schedule. */
static int64_t free_on(const msched__span *span, uint32_t day)
{
    return span->dates[day].capacity_s - span->dates[day].load_s;
}

/* Seconds that tasks of lower priority take on a date, which a gain may cost. */
static int64_t yields_on(const msched__span *span, uint32_t day, uint8_t priority)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < span->task_count; i++)
        if (span->plan->todos[span->tasks[i].todo].priority > priority)
            sum += span->tasks[i].part[day];
    return sum;
}

/* The dates whose tasks or songs differ from those of the best state. */
static uint32_t changed_dates(const search *s)
{
    uint32_t dates = 0;
    for (uint32_t i = 0; i < s->span->task_count; i++)
        for (uint32_t d = 0; d < s->span->days; d++)
            dates |= (uint32_t)(s->span->tasks[i].part[d] != s->kept.tasks[i].part[d]) << d;
    for (uint32_t i = 0; i < s->span->plan->song_count; i++)
        for (uint32_t d = 0; d < s->span->days; d++)
            dates |= (uint32_t)(s->span->wishes[i].asked[d] != s->kept.wishes[i].asked[d]) << d;
    return dates;
}

/*
 * Search other dates for all tasks: dates with unscheduled tasks had too many.
 */
static msched_result repack(search *s)
{
    msched_result result = MSCHED_OK;
    for (int i = 0; i < REPACKS && result == MSCHED_OK && !is_done(s); i++) {
        int level = 0, gained = s->gained;
        while (level < MSCHED_LEVEL_COUNT && !is_open(s, level))
            level++;
        if (level == MSCHED_LEVEL_COUNT)
            return MSCHED_OK;
        msched__span_find_free(s->span, s->is_free);
        for (uint32_t k = 0; k < s->span->task_count; k++)
            if (!s->span->tasks[k].is_whole && s->is_free[k])
                msched__span_take(s->span, &s->span->tasks[k]);
        if (msched__span_pack(s->span, STEPS) != MSCHED_OK)
            return msched__fail_memory(s->span->err);
        msched__span_assign_songs(s->span);
        uint32_t dates = changed_dates(s);
        if (dates == 0)
            return MSCHED_OK;
        s->gained = 0;
        result = try_dates(s, dates);
        i = s->gained ? -1 : i;
        s->gained |= gained;
    }
    return result;
}

/* Try a whole task on each possible date, first the date with the most free time. */
static msched_result try_whole(search *s, uint32_t index)
{
    msched__span *span = s->span;
    uint32_t allowed = msched__span_allowed(span, &span->tasks[index]);
    int32_t length = span->plan->todos[span->tasks[index].todo].duration_s;
    msched_result result = MSCHED_OK;
    while (result == MSCHED_OK && allowed != 0 && !span->tasks[index].is_whole && !is_done(s)) {
        uint32_t best = msched__first_date(allowed);
        for (uint32_t d = best; d < span->days; d++)
            if ((allowed >> d & 1) != 0 && free_on(span, d) > free_on(span, best))
                best = d;
        allowed &= ~(1u << best);
        int32_t most = msched__span_per_day(span, span->tasks[index].todo, best);
        if (!msched__span_has_room(span, best, length) || (most != MSCHED_UNSET && most < length))
            continue;
        msched__span_give(span, &span->tasks[index], best, length);
        result = try_added(s, 1u << best);
    }
    return result;
}

/* The single date of a task; UINT32_MAX: none, or several. */
static uint32_t only_date(const msched__span *span, const msched__span_task *task)
{
    uint32_t day = UINT32_MAX;
    for (uint32_t d = 0; d < span->days; d++) {
        if (task->part[d] > 0 && day != UINT32_MAX)
            return UINT32_MAX;
        day = task->part[d] > 0 ? d : day;
    }
    return day;
}

/*
 * Assign a task to the date of another task, for each other task and each date that the other may
 * move to.
 */
static msched_result try_exchange(search *s, uint32_t index, uint32_t day)
{
    msched__span *span = s->span;
    int32_t length = span->plan->todos[span->tasks[index].todo].duration_s;
    uint8_t priority = span->plan->todos[span->tasks[index].todo].priority;
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0; result == MSCHED_OK && i < span->task_count && !is_done(s); i++) {
        const msched__span_task *other = &span->tasks[i];
        int32_t others = span->plan->todos[other->todo].duration_s;
        if (i == index || other->is_fixed || other->is_kept || only_date(span, other) != day)
            continue;
        uint32_t allowed = msched__span_allowed(span, other) & ~(1u << day);
        for (uint32_t to = 0; result == MSCHED_OK && to < span->days && !is_done(s); to++) {
            if ((allowed >> to & 1) == 0 ||
                free_on(span, to) + yields_on(span, to, priority) < others)
                continue;
            msched__span_give(span, &span->tasks[i], day, 0);
            msched__span_give(span, &span->tasks[i], to, others);
            /* after the other task moves, the task may not be allowed here any more */
            if ((msched__span_allowed(span, &span->tasks[index]) >> day & 1) == 0 ||
                !msched__span_has_room(span, to, 0) ||
                !msched__span_has_room(span, day, length - span->tasks[index].part[day])) {
                msched__span_state_restore(span, &s->kept);
                continue;
            }
            msched__span_give(span, &span->tasks[index], day, length);
            result = try_added(s, 1u << day | 1u << to);
            if (span->tasks[index].is_whole)
                return result;
        }
    }
    return result;
}

static msched_result try_task(search *s, uint32_t index)
{
    msched__span *span = s->span;
    int64_t room[MSCHED__SPAN_DAYS];
    uint32_t first = msched__first_date(span->tasks[index].dates);
    if (first >= span->days)
        return MSCHED_OK;
    int32_t most = span->plan->span->todos[span->tasks[index].todo].max_per_day_s;
    msched_result result = MSCHED_OK;
    if (!span->tasks[index].is_fixed || span->tasks[index].part[first] == 0)
        result = try_whole(s, index);
    for (uint32_t d = 0; d < span->days && result == MSCHED_OK && !is_done(s); d++)
        if (!span->tasks[index].is_whole && most == MSCHED_UNSET &&
            (msched__span_allowed(span, &span->tasks[index]) >> d & 1) != 0)
            result = try_exchange(s, index, d);
    if (span->tasks[index].is_fixed)
        return result;
    if (result != MSCHED_OK || span->tasks[index].is_whole || is_done(s))
        return result;
    /* in the free time, or also in that of tasks of lower priority */
    const uint8_t priority = span->plan->todos[span->tasks[index].todo].priority;
    const int limited = span->plan->span->max_tasks_s != MSCHED_UNSET;
    for (int more = 0; more <= !limited; more++) {
        for (uint32_t d = 0; d < span->days; d++)
            room[d] = free_on(span, d) + (more ? yields_on(span, d, priority) : 0);
        uint32_t dates = msched__span_cut(span, &span->tasks[index],
                                          msched__span_allowed(span, &span->tasks[index]), room);
        if (dates != 0)
            result = try_added(s, dates);
        if (result != MSCHED_OK || span->tasks[index].is_whole || is_done(s))
            break;
    }
    return result;
}

/* Move a play that does not fit on its date to another date. */
static msched_result try_song(search *s, uint32_t song)
{
    msched__span *span = s->span;
    uint32_t dates = span->wishes[song].dates & msched__span_host_dates(span, song);
    msched_result result = MSCHED_OK;
    for (uint32_t to = 0; result == MSCHED_OK && to < span->days && !is_done(s); to++) {
        msched__span_wish *wish = &span->wishes[song];
        uint32_t from = 0, asked = 0;
        for (uint32_t d = 0; d < span->days; d++)
            asked += wish->asked[d];
        while (from < span->days && wish->asked[from] <= wish->got[from])
            from++;
        if ((dates >> to & 1) == 0 || !span->dates[to].is_open || wish->asked[to] > 0 ||
            (from == span->days && asked >= wish->wanted))
            continue;
        if (asked >= wish->wanted)
            wish->asked[from]--;
        wish->asked[to]++;
        result = try_dates(s, 1u << to);
    }
    return result;
}

static msched_result round_of_tries(search *s)
{
    msched__span *span = s->span;
    msched_result result = MSCHED_OK;
    s->gained = 0;
    for (uint8_t priority = 1; priority <= 4; priority++)
        for (uint32_t i = 0; result == MSCHED_OK && i < span->task_count && !is_done(s); i++)
            if (!span->tasks[i].is_whole && is_open(s, (int)msched__span_level(priority)) &&
                span->plan->todos[span->tasks[i].todo].priority == priority)
                result = try_task(s, i);
    for (uint32_t i = 0; result == MSCHED_OK && i < span->plan->song_count && !is_done(s); i++)
        if (!span->wishes[i].is_fixed && span->found[i].track != UINT32_MAX &&
            is_open(s,
                    span->plan->songs[i].must ? MSCHED_LEVEL_MUST_SONGS : MSCHED_LEVEL_SONG_WEIGHT))
            result = try_song(s, i);
    return result;
}

msched_result msched__span_put_in_order(msched__span *span)
{
    msched_result result = MSCHED_OK;
    for (uint32_t d = 0; d < span->days && result == MSCHED_OK; d++) {
        msched__span_date *date = &span->dates[d];
        msched_schedule *ordered = NULL;
        if (date->is_ordered || span->options->no_order || msched__budget_look(&span->budget) ||
            date->schedule->unplaced_count > 0) /* it is solved again (span_solve.c) */
            continue;
        result = msched__span_solve_date(span, d, MSCHED__SPAN_SEARCH, &ordered);
        if (result == MSCHED_OK && memcmp(ordered->objective.value, date->schedule->objective.value,
                                          sizeof ordered->objective.value) == 0) {
            msched_schedule_unref(date->schedule);
            date->schedule = ordered;
            msched__span_read_date(span, d);
        } else {
            msched_schedule_unref(ordered);
        }
    }
    return result;
}

/* Move tasks of the previous schedule to other dates if an unscheduled task finds time that way. */
static msched_result move_previous(search *s)
{
    msched__span *span = s->span;
    uint32_t i = 0;
    while (i < span->task_count &&
           (span->tasks[i].is_whole || span->tasks[i].dates == 0 ||
            !is_open(s, (int)msched__span_level(span->plan->todos[span->tasks[i].todo].priority))))
        i++;
    if (i == span->task_count)
        return MSCHED_OK;
    span->moves = 1;
    msched_result result = repack(s);
    span->moves = 0;
    return result;
}

msched_result msched__span_improve(msched__span *span)
{
    search s = {.span = span, .tries = TRIES_A_DATE * span->days};
    s.is_free = msched__arena_alloc(span->arena, span->task_count, sizeof *s.is_free);
    if (s.is_free == NULL || !msched__span_state_make(span, &s.kept) ||
        keep_found(&s) != MSCHED_OK) {
        msched__span_state_free(&s.kept);
        return msched__fail_memory(span->err);
    }
    msched_result result = MSCHED_OK;
    if (span->days > 1)
        result = repack(&s);
    for (int i = 0; i < ROUNDS && result == MSCHED_OK && !is_done(&s); i++) {
        result = round_of_tries(&s);
        if (!s.gained)
            break;
    }
    if (result == MSCHED_OK && span->days > 1 && span->previous != NULL)
        result = move_previous(&s);
    msched__span_state_free(&s.kept);
    return result;
}
