#include "time/axis.h"

#define DAY_S 86400
#define UNSET (-1) /* MSCHED_UNSET of plans, which belong to a higher layer */

void msched__axis_make(msched__axis *axis, const msched__zone *zone, int64_t days, int32_t span_s)
{
    int64_t midnight = days * DAY_S;
    *axis = (msched__axis){.zero_utc = midnight};
    if (zone == NULL)
        return;
    msched__zone_from_local(zone, midnight, &axis->zero_utc);
    int64_t shift = axis->zero_utc - midnight;
    int32_t before = (int32_t)(msched__zone_at(zone, axis->zero_utc - 1)->offset_s + shift);
    axis->parts[axis->count++] = (msched__axis_part){INT32_MIN, before};
    msched__zone_change change;
    for (int64_t at = axis->zero_utc - 1;
         axis->count < MSCHED__AXIS_PARTS && msched__zone_next(zone, at, &change) &&
         change.utc < axis->zero_utc + span_s;
         at = change.utc) {
        int32_t ahead = (int32_t)(change.after->offset_s + shift);
        if (ahead != axis->parts[axis->count - 1].ahead)
            axis->parts[axis->count++] = (msched__axis_part){(int32_t)(change.utc - axis->zero_utc),
                                                             ahead};
    }
}

msched_result msched__axis_load(msched__axis *axis, const char *zoneinfo_dir, const char *timezone,
                                int64_t days, int32_t span_s, const msched_allocator *allocator)
{
    msched__zone zone;
    msched__axis_make(axis, NULL, days, span_s);
    if (timezone[0] == '\0')
        return MSCHED_OK;
    msched_result result = msched__zone_load(&zone, zoneinfo_dir, timezone, allocator, NULL);
    if (result != MSCHED_OK)
        return result;
    msched__axis_make(axis, &zone, days, span_s);
    msched__zone_free(&zone);
    return MSCHED_OK;
}

/* The real second until which a part lasts. */
static int64_t part_end(const msched__axis *axis, uint32_t part)
{
    return part + 1 < axis->count ? axis->parts[part + 1].from : INT64_MAX;
}

enum msched__local_kind msched__axis_from_time(const msched__axis *axis, int32_t time,
                                               int32_t *real)
{
    int32_t plain = msched__plain_time(time), second = time != plain;
    uint32_t found = 0;
    *real = plain;
    for (uint32_t i = 0; i < axis->count; i++) {
        int64_t moment = (int64_t)plain - axis->parts[i].ahead;
        if (moment < axis->parts[i].from || moment >= part_end(axis, i))
            continue;
        if (found == 0 || second)
            *real = (int32_t)moment;
        found++;
    }
    if (axis->count == 0 || found == 1)
        return MSCHED__LOCAL_ONCE;
    if (found > 1)
        return MSCHED__LOCAL_TWICE;
    for (uint32_t i = 0; i + 1 < axis->count; i++)
        if (plain - axis->parts[i + 1].ahead < axis->parts[i + 1].from &&
            plain - axis->parts[i].ahead >= axis->parts[i + 1].from)
            *real = plain - axis->parts[i].ahead;
    return MSCHED__LOCAL_NEVER;
}

int32_t msched__axis_real(const msched__axis *axis, int32_t time)
{
    int32_t real = time;
    if (time != UNSET)
        msched__axis_from_time(axis, time, &real);
    return real;
}

/* The part that holds a real second. */
static uint32_t part_at(const msched__axis *axis, int32_t real)
{
    uint32_t part = 0;
    while (part + 1 < axis->count && axis->parts[part + 1].from <= real)
        part++;
    return part;
}

int32_t msched__axis_to_time(const msched__axis *axis, int32_t real)
{
    if (axis->count == 0 || real == UNSET)
        return real;
    int32_t time = real + axis->parts[part_at(axis, real)].ahead, first;
    msched__axis_from_time(axis, time, &first);
    return first == real || time < 0 ? time : time | MSCHED_TIME_SECOND;
}

int32_t msched__axis_to_end(const msched__axis *axis, int32_t real)
{
    if (axis->count == 0 || real == UNSET)
        return real;
    uint32_t part = part_at(axis, real);
    if (part > 0 && axis->parts[part].from == real &&
        axis->parts[part].ahead > axis->parts[part - 1].ahead)
        return real + axis->parts[part - 1].ahead;
    return msched__axis_to_time(axis, real);
}
