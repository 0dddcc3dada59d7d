/* cli/cli_ical.c: a schedule as iCalendar. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The current time; SOURCE_DATE_EPOCH replaces it if bytes must be reproducible. */
static time_t present(void)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    uint64_t seconds;

    if (fixed != NULL && cli_parse_whole(fixed, 0, INT32_MAX, &seconds))
        return (time_t)seconds;
    return time(NULL);
}

msched_result cli_to_ical(const cli_request *request, const msched_schedule *schedule,
                          msched_text **text, msched_error *err)
{
    msched_ical_options options;
    time_t now = present();
    struct tm utc;
    char stamp[17];

    msched_ical_options_init(&options, sizeof options);
    if (gmtime_r(&now, &utc) != NULL && strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &utc) == 16)
        options.timestamp = stamp;
    options.calendar_name = request->calendar_name;
    options.cancelled = request->cancelled != 0;
    options.sequence = request->sequence;
    options.refresh_s = (uint32_t)request->refresh_s;
    options.alarm = request->alarm_s != MSCHED_UNSET;
    options.alarm_s = options.alarm ? (uint32_t)request->alarm_s : 0;
    return msched_schedule_to_ical(schedule, text, &options, err);
}
