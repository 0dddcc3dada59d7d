#include "span/span_fix.h"

#include "base/civil.h"
#include "base/error.h"
#include "schedule/output/schedule.h"
#include "schedule/output/schedule_lines.h"
#include "span/span_assign.h"
#include "span/span_day.h"

#include <stdio.h>
#include <string.h>

#define TRIES_PER_TASK 2  /* dates solved for a to-do */
#define TRIES          16 /* for all */

/* The task of an unscheduled item that may fit on another date; UINT32_MAX: none. */
static uint32_t task_of(const msched__span *span, const msched_unplaced *item)
{
    if (item->kind != MSCHED_UNPLACED_TODO || item->todo >= span->plan->todo_count ||
        item->reason == MSCHED_REASON_PAST || item->reason == MSCHED_REASON_AFTER_UNPLACED)
        return UINT32_MAX;
    const msched__span_item *rules = &span->plan->span->todos[item->todo];
    uint32_t task = span->first_task[item->todo];
    if (rules->each || span->occurrences[item->todo] != 1 || rules->before.count > 0 ||
        span->plan->todos[item->todo].after_count > 0 || span->tasks[task].was != NULL)
        return UINT32_MAX;
    return task;
}

static int64_t free_on(const msched__span *span, uint32_t day)
{
    const msched__span_date *date = &span->dates[day];
    return date->capacity_s + date->gained_s - date->load_s;
}

int64_t msched__span_free(const msched__span *span)
{
    int64_t sum = 0;
    for (uint32_t d = 0; d < span->days; d++)
        sum += free_on(span, d) > 0 ? free_on(span, d) : 0;
    return sum;
}

/* The one of the dates with the most free time, if that is enough; UINT32_MAX: none. */
static uint32_t freest(const msched__span *span, uint32_t dates, int32_t length)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t d = 0; d < span->days; d++)
        if ((dates >> d & 1) != 0 && free_on(span, d) >= length &&
            msched__span_has_room(span, d, length) &&
            (best == UINT32_MAX || free_on(span, d) > free_on(span, best)))
            best = d;
    return best;
}

/* 1 if no level of a date is worse, and it has the whole task. */
static int has_all(const msched__span *span, uint32_t day, const msched_schedule *trial,
                   uint32_t task)
{
    const msched_schedule *now = span->dates[day].schedule;
    int64_t got = 0;
    for (int i = 0; i < MSCHED_LEVEL_COUNT; i++)
        if (trial->objective.value[i] < now->objective.value[i])
            return 0;
    for (uint32_t i = 0; i < trial->entry_count; i++) {
        const msched_schedule_entry *e = &trial->entries[i];
        if (e->kind == MSCHED_ENTRY_TODO && trial->plan->todos[e->todo].line == task && !e->fixed)
            got += msched__entry_length(e);
    }
    return got == span->plan->todos[span->tasks[task].todo].duration_s;
}

/* 1 for changes that are more inconvenient than another date. */
static int is_dear(const msched_fix *fix, int32_t length)
{
    return (fix->kind == MSCHED_FIX_SHORTER && fix->amount_s > length / 2) ||
           fix->kind == MSCHED_FIX_DROP || fix->kind == MSCHED_FIX_MOVE_LATER ||
           fix->kind == MSCHED_FIX_MOVE_EARLIER;
}

int msched__span_add_date(msched_schedule *out, uint32_t day, const char *rest, msched_unplaced *to)
{
    char text[64], date[11];
    const msched_fix **list = msched__arena_alloc(&out->arena, MSCHED__ALTERNATIVES_MAX + 2,
                                                  sizeof *list);
    msched_fix *own = msched__arena_alloc(&out->arena, 2, sizeof *own);
    msched__date_write(out->plan->date_days + day, date);
    snprintf(text, sizeof text, "do it on %s%s", date, rest);
    if (list == NULL || own == NULL)
        return 0;
    own[0] = (msched_fix){.struct_size = sizeof *own,
                          .kind = MSCHED_FIX_DATE,
                          .id = msched__arena_copy(&out->arena, date, strlen(date)),
                          .text = msched__arena_copy(&out->arena, text, strlen(text))};
    own[1] = (msched_fix){.struct_size = sizeof *own,
                          .kind = to->fix,
                          .amount_s = to->fix_s,
                          .id = to->fix_id,
                          .text = to->fix_text};
    if (own[0].id == NULL || own[0].text == NULL)
        return 0;
    uint32_t count = 0, at = 0;
    if (to->fix != MSCHED_FIX_NONE)
        list[count++] = &own[1];
    for (uint32_t i = 0; i < to->alternative_count; i++)
        list[count++] = to->alternatives[i];
    while (at < count && !is_dear(list[at], out->plan->todos[to->todo].duration_s))
        at++;
    at = at < MSCHED__ALTERNATIVES_MAX ? at : MSCHED__ALTERNATIVES_MAX;
    memmove(&list[at + 1], &list[at], (count - at) * sizeof *list);
    list[at] = &own[0];
    count = count < MSCHED__ALTERNATIVES_MAX ? count : MSCHED__ALTERNATIVES_MAX;
    to->fix = list[0]->kind;
    to->fix_s = list[0]->amount_s;
    to->fix_id = list[0]->id;
    to->fix_text = list[0]->text;
    to->alternatives = list + 1;
    to->alternative_count = count;
    return 1;
}

/* Try the dates with the most free time. */
static msched_result fix_item(msched__span *span, msched_schedule *out, msched_unplaced *item,
                              uint32_t task, uint32_t *tries)
{
    const msched__plan_todo *todo = &span->plan->todos[item->todo];
    int32_t most = span->plan->span->todos[item->todo].max_per_day_s;
    uint32_t dates = 0;
    for (uint32_t d = 0; d < span->days; d++)
        dates |= (uint32_t)(span->dates[d].is_open) << d;
    dates &= ~span->tasks[task].dates;
    for (int i = 0; i < TRIES_PER_TASK && *tries < TRIES; i++) {
        uint32_t day = freest(span, dates, todo->duration_s);
        msched_schedule *trial = NULL;
        if (day == UINT32_MAX || (most != MSCHED_UNSET && most < todo->duration_s) ||
            msched__budget_look(&span->budget) || msched__budget_left(&span->budget) == 0)
            return MSCHED_OK;
        dates &= ~(1u << day);
        ++*tries;
        msched_result result = msched__span_solve_with(span, day, task, &trial);
        if (result != MSCHED_OK)
            return result;
        int fits = has_all(span, day, trial, task);
        msched_schedule_unref(trial);
        if (fits)
            return msched__span_add_date(out, day, ", with the rest as it is", item)
                       ? MSCHED_OK
                       : msched__fail_memory(span->err);
    }
    return MSCHED_OK;
}

msched_result msched__span_fix_dates(msched__span *span, msched_schedule *out)
{
    uint32_t tries = 0;
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0; i < out->unplaced_count && result == MSCHED_OK && span->days > 1; i++) {
        uint32_t task = task_of(span, &out->unplaced[i]);
        if (task != UINT32_MAX && !span->options->no_reasons)
            result = fix_item(span, out, &out->unplaced[i], task, &tries);
    }
    return result;
}
