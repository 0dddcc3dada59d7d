#include "span/span_slack.h"

#define DAY_S 86400

/* Seconds from the end of an entry to a due time; real seconds if the time zone is known. */
static int64_t slack_of(const msched__span *span, const msched_schedule_entry *e, int32_t due_s)
{
    int32_t day = due_s <= 0 ? 0 : (due_s - 1) / DAY_S;
    day = day < (int32_t)span->days ? day : (int32_t)span->days - 1;
    const msched__axis *axis = &span->dates[day].axis;
    int32_t clock = due_s - day * DAY_S;
    if (e->end_utc != MSCHED_NO_UTC && axis->count > 0 && clock >= 0 && clock <= MSCHED_DAY_END_S)
        return axis->zero_utc + msched__axis_real(axis, clock) - e->end_utc;
    return due_s - ((int64_t)e->day * DAY_S + e->end_s);
}

static int is_whole(const msched__span *span, uint32_t todo)
{
    uint32_t count;
    const msched__span_task *tasks = msched__tasks_of(span, todo, &count);
    for (uint32_t i = 0; i < count; i++)
        if (!tasks[i].is_whole)
            return 0;
    return count > 0;
}

void msched__span_write_slack(const msched__span *span, msched_schedule *out)
{
    for (uint32_t i = 0; i < out->entry_count; i++) {
        msched_schedule_entry *e = &out->entries[i];
        int is_last = e->kind == MSCHED_ENTRY_TODO && !e->fixed && e->todo < span->plan->todo_count;
        if (!is_last || span->plan->span->todos[e->todo].due_s == MSCHED_UNSET ||
            !is_whole(span, e->todo))
            continue;
        for (uint32_t k = i + 1; k < out->entry_count && is_last; k++)
            is_last = out->entries[k].kind != MSCHED_ENTRY_TODO || out->entries[k].todo != e->todo;
        if (!is_last)
            continue;
        e->has_slack = 1;
        e->slack_s = (int32_t)slack_of(span, e, span->plan->span->todos[e->todo].due_s);
    }
}
