#include "calendar_output.h"

#include <time.h>

#define ALARM_MAX_MINUTES (7 * 24 * 60)
#define FIRST_SECOND      1767225600u /* 2026 begins: SEQUENCE counts the seconds from then on */

static const char *const names[] = {"events", "cancelled", "alarm", "calendar_name"};

int calendar_output_is_given(request *r)
{
    int given = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        given |= query_take(&r->query, names[i]) != NULL;
    return given;
}

int calendar_output_take(request *r, calendar_output *output)
{
    static const char *const events[] = {"all", "todos", "songs"};
    output->alarm_minutes = UINT32_MAX;
    if (!request_take_choice(r, "events", events, 3, &output->events) ||
        !request_take_bool(r, "cancelled", &output->cancelled) ||
        !request_take_uint(r, "alarm", 0, ALARM_MAX_MINUTES, &output->alarm_minutes))
        return 0;
    output->has_alarm = output->alarm_minutes != UINT32_MAX;
    output->name = query_take(&r->query, "calendar_name");
    return 1;
}

/* A moment as iCalendar writes it; "" if the machine has no clock. */
static void write_moment(char stamp[17], time_t moment)
{
    struct tm utc;
    if (gmtime_r(&moment, &utc) == NULL || strftime(stamp, 17, "%Y%m%dT%H%M%SZ", &utc) != 16)
        stamp[0] = '\0';
}

msched_result calendar_output_write(const calendar_output *output, const msched_schedule *schedule,
                                    const msched_allocator *memory, msched_text **text,
                                    msched_error *err)
{
    char stamp[17];
    msched_ical_options options;
    msched_ical_options_init(&options, sizeof options);
    write_moment(stamp, output->is_stable ? (time_t)output->made : time(NULL));
    options.timestamp = stamp[0] != '\0' && (!output->is_stable || output->made > 0) ? stamp : NULL;
    options.sequence = output->is_stable && output->made > FIRST_SECOND
                           ? output->made - FIRST_SECOND
                           : 0;
    options.allocator = memory;
    options.songs = output->events;
    options.cancelled = output->cancelled;
    options.alarm = output->has_alarm;
    options.alarm_s = output->has_alarm ? output->alarm_minutes * 60 : 0;
    options.refresh_s = output->refresh_s;
    options.calendar_name = output->name;
    return msched_schedule_to_ical(schedule, text, &options, err);
}
