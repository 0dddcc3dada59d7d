/* cli/cli_clock.c: what clocks show now, seen from the date of a plan. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define DAY_S 86400

/* Days from 1970-01-01 to a date of the Gregorian calendar. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t y = year - (month <= 2), era = y / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* Seconds from 1970-01-01 on this machine's clock. */
static int64_t clock_seconds(time_t now)
{
    struct tm local = {.tm_mday = 1};

    localtime_r(&now, &local);
    return days_of(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday) * DAY_S +
           local.tm_hour * 3600 + local.tm_min * 60 + local.tm_sec;
}

const char *const cli_weekday_names[7] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                          "Thursday", "Friday", "Saturday"};

/* Days from a weekday on to "fri", "today" or "tomorrow"; -1: it is none of them. */
static int days_ahead(const char *name, int from)
{
    size_t size = strlen(name);

    for (int w = 0; w < 7; w++)
        if ((size == 3 || size == strlen(cli_weekday_names[w])) &&
            strncasecmp(name, cli_weekday_names[w], size) == 0)
            return (w - from + 7) % 7;
    return strcasecmp(name, "today") == 0 ? 0 : strcasecmp(name, "tomorrow") == 0 ? 1 : -1;
}

/* The date some days after a day, with a time at which no clocks change. */
static const char *write_date(struct tm day, int days, char out[11])
{
    day.tm_mday += days; /* mktime carries them over into the next month */
    day.tm_hour = 12;
    day.tm_isdst = -1;
    return mktime(&day) != (time_t)-1 && strftime(out, 11, "%Y-%m-%d", &day) == 10 ? out : NULL;
}

const char *cli_date_after(const char *date, int days, char out[11])
{
    struct tm day = {.tm_year = (int)strtol(date, NULL, 10) - 1900,
                     .tm_mon = (int)strtol(date + 5, NULL, 10) - 1,
                     .tm_mday = (int)strtol(date + 8, NULL, 10)};

    return write_date(day, days, out);
}

const char *cli_next_weekday(const char *name, char out[11])
{
    time_t now = time(NULL);
    struct tm day;

    if (localtime_r(&now, &day) == NULL || days_ahead(name, day.tm_wday) < 0)
        return NULL;
    return write_date(day, days_ahead(name, day.tm_wday), out);
}

static int64_t days_of_date(const char *date)
{
    return days_of(strtol(date, NULL, 10), strtol(date + 5, NULL, 10), strtol(date + 8, NULL, 10));
}

int64_t cli_days_between(const char *from, const char *to)
{
    return days_of_date(to) - days_of_date(from);
}

int64_t cli_clock_second(const char *date)
{
    return clock_seconds(time(NULL)) - days_of_date(date) * DAY_S;
}

int64_t cli_clock_second_in(const char *date, const char *zone)
{
    const char *set = getenv("TZ");
    char *old = set != NULL ? strdup(set) : NULL;
    int64_t second;

    if (*zone == '\0' || (set != NULL && old == NULL)) {
        free(old);
        return cli_clock_second(date);
    }
    setenv("TZ", zone, 1);
    tzset();
    second = cli_clock_second(date);
    if (old != NULL)
        setenv("TZ", old, 1);
    else
        unsetenv("TZ");
    tzset();
    free(old);
    return second;
}
