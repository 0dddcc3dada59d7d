#include "schedule/output/schedule_clock.h"

void msched__entry_show_clock(const msched__axis *axis, msched_schedule_entry *e)
{
    if (axis->count == 0)
        return;
    e->start_utc = axis->zero_utc + e->start_s;
    e->end_utc = axis->zero_utc + e->end_s;
    e->start_s = msched__plain_time(msched__axis_to_time(axis, e->start_s));
    e->end_s = msched__plain_time(msched__axis_to_end(axis, e->end_s));
}

void msched__schedule_show_clock(msched_schedule *schedule)
{
    const msched__axis *axis = &schedule->axis;
    if (axis->count == 0)
        return;
    for (uint32_t i = 0; i < schedule->entry_count; i++)
        msched__entry_show_clock(axis, &schedule->entries[i]);
    for (uint32_t i = 0; i < schedule->cancelled_count; i++)
        msched__entry_show_clock(axis, &schedule->cancelled[i].entry);
    for (uint32_t i = 0; i < schedule->unplaced_count; i++) {
        msched_unplaced *u = &schedule->unplaced[i];
        u->window_start_s = msched__axis_to_time(axis, u->window_start_s);
        u->window_end_s = msched__axis_to_end(axis, u->window_end_s);
    }
    for (uint32_t i = 0; i < schedule->overload_count; i++) {
        msched_overload *o = &schedule->overloads[i];
        o->start_s = msched__axis_to_time(axis, o->start_s);
        o->end_s = msched__axis_to_end(axis, o->end_s);
    }
}

int32_t msched__entry_start(const msched_schedule *schedule, const msched_schedule_entry *entry)
{
    const msched__axis *axis = &schedule->axis;
    return axis->count == 0
               ? entry->start_s
               : msched__axis_to_time(axis, (int32_t)(entry->start_utc - axis->zero_utc));
}

int32_t msched__entry_end(const msched_schedule *schedule, const msched_schedule_entry *entry)
{
    const msched__axis *axis = &schedule->axis;
    return axis->count == 0 ? entry->end_s
                            : msched__axis_to_end(axis, (int32_t)(entry->end_utc - axis->zero_utc));
}

/* Beyond this many seconds, a moment belongs to another day. */
#define FAR_S (10 * 86400)

static int32_t on_axis(const msched__axis *axis, int32_t time, int64_t utc)
{
    int64_t real = utc == MSCHED_NO_UTC ? FAR_S : utc - axis->zero_utc;
    return axis->count == 0 || real >= FAR_S || real <= -FAR_S ? msched__axis_real(axis, time)
                                                               : (int32_t)real;
}

msched_schedule_entry msched__entry_on_axis(const msched_schedule_entry *entry,
                                            const msched__axis *axis)
{
    msched_schedule_entry real = *entry;
    real.start_s = on_axis(axis, entry->start_s, entry->start_utc);
    real.end_s = on_axis(axis, entry->end_s, entry->end_utc);
    return real;
}
