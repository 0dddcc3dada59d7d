/* base/civil.h: dates of the Gregorian calendar and times of day. */
#ifndef MSCHED_BASE_CIVIL_H
#define MSCHED_BASE_CIVIL_H

#include <stddef.h>
#include <stdint.h>

typedef struct msched__date {
    int32_t year;  /* 1..9999 */
    uint8_t month; /* 1..12; 0: not given */
    uint8_t day;   /* 1..31; 0: not given */
} msched__date;

/* "YYYY", "YYYY-MM" or "YYYY-MM-DD" that exists in the calendar. 1 on success. */
int msched__date_parse(const char *data, size_t size, msched__date *date);
/* Days since 1970-01-01 of seconds since then, which can be negative. */
static inline int64_t msched__days_of(int64_t seconds)
{
    return seconds / 86400 - (seconds % 86400 < 0);
}
/* Days since 1970-01-01 of a full date. */
int64_t msched__date_to_days(msched__date date);
msched__date msched__date_from_days(int64_t days);
/* "2026-11-24" for days since 1970-01-01, and a NUL. */
void msched__date_write(int64_t days, char out[11]);
/* 0 = Sunday .. 6 = Saturday. */
unsigned msched__days_weekday(int64_t days);
/* "Sunday" to "Saturday", and the names of plans and JSON, "sun" to "sat". */
extern const char *const msched__weekday_names[7], *const msched__weekday_keys[7];
/*
 * "H:MM", "HH:MM" or "HH:MM:SS" up to 36:00:00, as seconds; " (second)" after it adds
 * MSCHED_TIME_SECOND. 1 on success.
 */
int msched__time_parse(const char *data, size_t size, int32_t *seconds);
/*
 * "2026-11-24T09:00:00Z", or with an offset such as +01:00 in place of Z (RFC 3339). 1 on success.
 */
int msched__utc_parse(const char *data, size_t size, int64_t *utc);

#endif
