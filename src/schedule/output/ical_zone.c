#include "schedule/output/ical_zone.h"

#include "base/civil.h"

#define DAY_S 86400

void msched__ical_time(char out[MSCHED__ICAL_TIME_BYTES], int64_t local)
{
    int64_t days = msched__days_of(local);
    int32_t second = (int32_t)(local - days * DAY_S);
    msched__date date = msched__date_from_days(days);
    const int32_t part[] = {date.year,     date.month,       date.day,
                            second / 3600, second / 60 % 60, second % 60};
    char *p = out;
    for (int i = 0; i < 6; i++) {
        if (i == 3)
            *p++ = 'T';
        for (int32_t unit = i == 0 ? 1000 : 10; unit > 0; unit /= 10)
            *p++ = (char)('0' + part[i] / unit % 10);
    }
    *p = '\0';
}

/* "+HHMM", with the seconds where there are any. */
static void put_offset(char out[MSCHED__ICAL_TIME_BYTES], int32_t offset)
{
    int32_t size = offset < 0 ? -offset : offset;
    const int32_t part[] = {size / 3600, size / 60 % 60, size % 60};
    char *p = out;
    *p++ = offset < 0 ? '-' : '+';
    for (int i = 0; i < (part[2] == 0 ? 2 : 3); i++) {
        *p++ = (char)('0' + part[i] / 10);
        *p++ = (char)('0' + part[i] % 10);
    }
    *p = '\0';
}

static void write_observance(msched__ical *ical, int64_t onset_local, int32_t from,
                             const msched__tz_type *to)
{
    char text[MSCHED__ICAL_TIME_BYTES];
    const char *kind = to->is_dst ? "DAYLIGHT" : "STANDARD";
    msched__ical_line(ical, "BEGIN", kind);
    msched__ical_time(text, onset_local);
    msched__ical_line(ical, "DTSTART", text);
    put_offset(text, from);
    msched__ical_line(ical, "TZOFFSETFROM", text);
    put_offset(text, to->offset_s);
    msched__ical_line(ical, "TZOFFSETTO", text);
    msched__ical_text(ical, "TZNAME", to->name);
    msched__ical_line(ical, "END", kind);
}

void msched__ical_timezone(msched__ical *ical, const msched__zone *zone, const char *name,
                           int64_t from, int64_t to)
{
    const int64_t year = 366 * (int64_t)DAY_S, epoch = 0;
    msched__ical_line(ical, "BEGIN", "VTIMEZONE");
    msched__ical_text(ical, "TZID", name);
    msched__zone_change change;
    if (msched__zone_last(zone, from, &change) && change.utc >= epoch) {
        write_observance(ical, change.utc + change.before->offset_s, change.before->offset_s,
                         change.after);
    } else {
        const msched__tz_type *type = msched__zone_at(zone, from);
        write_observance(ical, epoch < from ? epoch : from - year, type->offset_s, type);
    }
    for (int64_t at = from; msched__zone_next(zone, at, &change) && change.utc <= to;
         at = change.utc)
        write_observance(ical, change.utc + change.before->offset_s, change.before->offset_s,
                         change.after);
    msched__ical_line(ical, "END", "VTIMEZONE");
}
