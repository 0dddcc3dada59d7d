#include "calendar/calendar_dates.h"

#include "base/civil.h"

#include <string.h>

#define DAY_S    86400
#define MARGIN_S (2 * 3600) /* real seconds beyond 36:00: clocks may go back before */

msched_result msched__calendar_dates_make(msched__calendar_dates *dates, const msched_plan *plan,
                                          msched__arena *arena)
{
    const msched__plan_span *span = plan->span;
    *dates = (msched__calendar_dates){.plan = plan, .days = 1, .axes = &plan->axis};
    dates->end_s = msched__plain_time(msched__axis_to_end(&plan->axis, plan->day_end_s));
    if (span == NULL)
        return MSCHED_OK;
    msched__axis *axes = msched__arena_alloc(arena, span->days, sizeof *axes);
    if (axes == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t d = 0; d < span->days; d++)
        if (msched__axis_load(&axes[d], NULL, plan->timezone, plan->date_days + d,
                              MSCHED_DAY_END_S + MARGIN_S,
                              &plan->arena.allocator) == MSCHED_ERROR_MEMORY)
            return MSCHED_ERROR_MEMORY;
    dates->days = span->days;
    dates->axes = axes;
    dates->end_s = msched__plain_time(span->end_s[span->days - 1]);
    return MSCHED_OK;
}

/* Convert a time that clocks show for the second time to the next time that they show only once. */
static int32_t after_second(const msched__axis *axis, int32_t real)
{
    for (uint32_t i = 1; i < axis->count; i++) {
        int32_t back = axis->parts[i - 1].ahead - axis->parts[i].ahead, from = axis->parts[i].from;
        if (real >= from && real < from + back)
            return from + axis->parts[i - 1].ahead;
    }
    return msched__plain_time(msched__axis_to_end(axis, real));
}

int msched__calendar_place(const msched__calendar_dates *dates, const msched_agenda_event *event,
                           uint32_t *day, int32_t times[2])
{
    msched__date date;
    if (!msched__date_parse(event->date, strlen(event->date), &date))
        return 0;
    int64_t shift = msched__date_to_days(date) - dates->plan->date_days;
    *day = shift < dates->days ? (uint32_t)shift : dates->days - 1;
    int32_t offset = (int32_t)(shift - *day) * DAY_S, end = event->end_s + offset;
    if (offset > 0 && event->start_s + offset >= dates->end_s)
        return 0; /* on the date after the last date, after the window */
    times[0] = event->start_s + offset;
    times[1] = end > MSCHED_DAY_END_S ? MSCHED_DAY_END_S : end;
    const msched__axis *axis = &dates->axes[*day];
    if (axis->count == 0 || event->all_day)
        return 1;
    int64_t from = event->start_utc - axis->zero_utc, to = event->end_utc - axis->zero_utc;
    int32_t midnight = msched__axis_real(axis, offset),
            next = msched__axis_real(axis, offset + DAY_S);
    int64_t last = event->end_s == DAY_S ? next : msched__axis_real(axis, MSCHED_DAY_END_S);
    int32_t start_real = from < midnight ? midnight : (int32_t)from,
            end_real = (int32_t)(to < last ? to : last);
    int is_span = dates->plan->span != NULL;
    times[0] = msched__axis_to_time(axis, start_real);
    times[1] = is_span ? after_second(axis, end_real) : msched__axis_to_end(axis, end_real);
    if (is_span)
        times[0] = msched__plain_time(times[0]);
    return 1;
}
