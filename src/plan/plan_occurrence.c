#include "plan/plan_occurrence.h"

#include "base/civil.h"
#include "base/options.h"

#include <string.h>

void msched_occurrence_init(msched_occurrence *occurrence, uint32_t struct_size)
{
    const msched_occurrence defaults = {
        .started_s = MSCHED_UNSET, .ended_s = MSCHED_UNSET, .left_s = MSCHED_UNSET};
    msched__options_init(occurrence, struct_size, &defaults, sizeof defaults);
}

uint32_t msched__span_named(int64_t date_days, uint32_t days, const char *name, int *known)
{
    uint32_t bits = 0;
    msched__date date;
    *known = 1;
    for (unsigned w = 0; w < 7; w++) {
        if (strcmp(name, msched__weekday_keys[w]) != 0)
            continue;
        for (uint32_t d = 0; d < days; d++)
            bits |= (uint32_t)(msched__days_weekday(date_days + d) == w) << d;
        return bits;
    }
    *known = strlen(name) == 10 && msched__date_parse(name, 10, &date);
    int64_t at = *known ? msched__date_to_days(date) - date_days : -1;
    return at >= 0 && at < days ? 1u << at : 0;
}

static int is_out_of_range(int32_t time, int32_t least)
{
    return time != MSCHED_UNSET &&
           (msched__plain_time(time) < least || msched__plain_time(time) > MSCHED_DAY_END_S);
}

static const char *read_date(int64_t date_days, uint32_t days, const char *name, char *date)
{
    int known = 0;
    uint32_t bits = msched__span_named(date_days, days, name, &known);
    if (!known)
        return "the date of an occurrence must be YYYY-MM-DD, or mon to sun";
    if (strlen(name) == 10) {
        memcpy(date, name, 11);
        return NULL;
    }
    if (bits == 0 || (bits & (bits - 1)) != 0)
        return "the weekday of an occurrence must be a single date of the plan: write YYYY-MM-DD";
    msched__date_write(date_days + msched__first_date(bits), date);
    return NULL;
}

static const char *check_times(const msched_occurrence *o)
{
    int has_start = o->started_s != MSCHED_UNSET, has_end = o->ended_s != MSCHED_UNSET;
    if ((has_start && o->state == MSCHED_STATE_SKIPPED) ||
        (has_end && o->state != MSCHED_STATE_DONE))
        return "only an occurrence that is done has an end, and one that is skipped has no times";
    if (!has_start && o->state == MSCHED_STATE_STARTED)
        return "an occurrence that is started needs the time at which it began";
    if ((o->left_s != MSCHED_UNSET) != (o->state == MSCHED_STATE_PAUSED) ||
        is_out_of_range(o->left_s, 1))
        return "an occurrence that is paused needs the time left to do; others cannot have it";
    if (is_out_of_range(o->started_s, 0) || is_out_of_range(o->ended_s, 1))
        return "the times of an occurrence must be between 00:00 and 36:00 of its date";
    if (has_start && has_end && msched__plain_time(o->ended_s) <= msched__plain_time(o->started_s))
        return "an occurrence must end after it started: hours continue after midnight, so 01:30 "
               "is 25:30";
    return NULL;
}

const char *msched__occurrence_read(int64_t date_days, uint32_t days, msched_occurrence *occurrence,
                                    char *date)
{
    if (occurrence->state != MSCHED_STATE_DONE && occurrence->state != MSCHED_STATE_SKIPPED &&
        occurrence->state != MSCHED_STATE_STARTED && occurrence->state != MSCHED_STATE_PAUSED)
        return "the state of an occurrence must be \"done\", \"skipped\", \"started\" or "
               "\"paused\"";
    const char *problem = read_date(date_days, days,
                                    occurrence->date == NULL ? "" : occurrence->date, date);
    occurrence->date = date;
    return problem != NULL ? problem : check_times(occurrence);
}

int msched__occurrence_is_again(const msched_occurrence *list, uint32_t count,
                                const msched_occurrence *occurrence)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(list[i].date, occurrence->date) == 0)
            return 1;
    return 0;
}

uint32_t msched__occurrence_insert(msched_occurrence *list, uint32_t count,
                                   const msched_occurrence *occurrence)
{
    uint32_t at = 0;
    while (at < count && strcmp(list[at].date, occurrence->date) < 0)
        at++;
    if (at == count || strcmp(list[at].date, occurrence->date) != 0) {
        memmove(&list[at + 1], &list[at], (count - at) * sizeof *list);
        count++;
    }
    list[at] = *occurrence;
    return count;
}

const char *msched__occurrence_problem(const msched_todo *todo, const msched__span_item *item)
{
    int is_event = todo->kind == MSCHED_TODO_EVENT;
    for (uint32_t i = 0; i < item->occurrence_count; i++) {
        const msched_occurrence *o = &item->occurrences[i];
        if (todo->state != MSCHED_STATE_OPEN)
            return "a to-do has a state, or its occurrences have states, but not both";
        if (o->state == MSCHED_STATE_PAUSED && (is_event || !msched__span_is_single(item)))
            return "only a task that is done once can be paused";
        if (o->state == MSCHED_STATE_PAUSED && o->left_s > todo->duration_s)
            return "more time is left to do than the task takes";
    }
    return item->occurrence_count > 1 && !is_event && msched__span_is_single(item)
               ? "a to-do that is done once has one occurrence: record only its last date"
               : NULL;
}

uint32_t msched__occurrence_day(const msched_plan *plan, const msched_occurrence *occurrence)
{
    msched__date date;
    if (!msched__date_parse(occurrence->date, 10, &date))
        return UINT32_MAX;
    int64_t day = msched__date_to_days(date) - plan->date_days;
    return day < 0 || day >= plan->span->days ? UINT32_MAX : (uint32_t)day;
}

const msched_occurrence *msched__occurrence_on(const msched_plan *plan, uint32_t todo, uint32_t day)
{
    const msched__span_item *item = &plan->span->todos[todo];
    for (uint32_t i = 0; i < item->occurrence_count; i++)
        if (msched__occurrence_day(plan, &item->occurrences[i]) == day)
            return &item->occurrences[i];
    return NULL;
}

void msched__occurrence_close(const msched_plan *plan, uint32_t todo, msched__span_item *item)
{
    int is_event = plan->todos[todo].kind == MSCHED_TODO_EVENT;
    item->dates |= item->closed;
    item->closed = 0;
    for (uint32_t i = 0; i < item->occurrence_count; i++) {
        uint32_t day = msched__occurrence_day(plan, &item->occurrences[i]);
        int goes = is_event ? item->occurrences[i].state == MSCHED_STATE_SKIPPED : item->each;
        if (goes && day < plan->span->days)
            item->closed |= item->dates & 1u << day;
    }
    item->dates &= ~item->closed;
}

uint32_t msched__occurrence_find(const msched_plan *plan, const char *id, const char **date)
{
    const char *at = strrchr(id, '@');
    if (at == NULL || plan->span == NULL)
        return UINT32_MAX;
    const uint32_t todo = msched__plan_find_todo(plan, id, (size_t)(at - id));
    *date = at + 1;
    return todo < plan->todo_count ? todo : UINT32_MAX;
}
