/* Calendars in: what each case of RFC 5545 that people meet comes to. */
#include "../testing.h"

#include "../failing.h"

#include <musicsched/musicsched.h>

#include <stdio.h>

/* An agenda of one calendar, made of the lines of components. */
typedef struct agenda_case {
    msched_calendar *calendar;
    msched_agenda *agenda;
} agenda_case;

static agenda_case ask(const char *components, const char *date, uint32_t days,
                       const char *timezone)
{
    static char text[65536];
    agenda_case made = {NULL, NULL};
    msched_agenda_options options;
    msched_error err;
    snprintf(text, sizeof text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n%sEND:VCALENDAR\r\n",
             components);
    if (msched_calendar_read(&made.calendar, text, strlen(text), NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    msched_agenda_options_init(&options, sizeof options);
    options.date = date;
    options.days = days;
    options.timezone = timezone;
    if (msched_agenda_make(&made.agenda, &made.calendar, 1, &options, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return made;
}

static void drop(agenda_case made)
{
    msched_agenda_unref(made.agenda);
    msched_calendar_unref(made.calendar);
}

/* "2026-11-24 09:00-10:00 Title|" for each event; "all-day" and "free" are named. */
static const char *events_of(msched_agenda *agenda)
{
    static char out[4096];
    size_t size = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < msched_agenda_event_count(agenda); i++) {
        msched_agenda_event e = {.struct_size = sizeof e};
        assert_int_equal(msched_agenda_get_event(agenda, i, &e), MSCHED_OK);
        size += (size_t)snprintf(out + size, sizeof out - size, "%s %02d:%02d-%02d:%02d%s%s %s|",
                                 e.date, e.start_s / 3600, e.start_s / 60 % 60, e.end_s / 3600,
                                 e.end_s / 60 % 60, e.all_day ? " all-day" : "",
                                 e.busy ? "" : " free", e.title);
    }
    return out;
}

static int has_remark(msched_agenda *agenda, const char *part)
{
    for (uint32_t i = 0; i < msched_agenda_remark_count(agenda); i++) {
        msched_agenda_remark remark = {.struct_size = sizeof remark};
        assert_int_equal(msched_agenda_get_remark(agenda, i, &remark), MSCHED_OK);
        if (strstr(remark.reason, part) != NULL)
            return 1;
    }
    return 0;
}

#define EVENT(lines) "BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:A\r\n" lines "END:VEVENT\r\n"
#define TODO(lines)  "BEGIN:VTODO\r\nUID:t\r\nSUMMARY:T\r\n" lines "END:VTODO\r\n"

typedef struct expectation {
    const char *components, *date;
    uint32_t days;
    const char *timezone, *events, *remark;
} expectation;

static const expectation cases[] = {
    /* weekly with two EXDATEs given in UTC, series in Berlin */
    {EVENT("DTSTART;TZID=Europe/Berlin:20191027T003000\r\nDTEND;TZID=Europe/"
           "Berlin:20191027T010000\r\n"
           "RRULE:FREQ=WEEKLY;UNTIL=20191124T225959Z\r\nEXDATE:20191102T233000Z\r\nEXDATE:"
           "20191116T233000Z\r\n"),
     "2019-10-27", 30, "Europe/Berlin",
     "2019-10-27 00:30-01:00 A|2019-11-10 00:30-01:00 A|2019-11-24 00:30-01:00 A|", NULL},
    /* an instance moved to another day, which does not block */
    {EVENT("DTSTART:20261123T090000Z\r\nDTEND:20261123T100000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\n")
         EVENT("RECURRENCE-ID:20261124T090000Z\r\nDTSTART:20261127T090000Z\r\nDTEND:"
               "20261127T100000Z\r\nTRANSP:TRANSPARENT\r\n"),
     "2026-11-23", 7, "UTC",
     "2026-11-23 09:00-10:00 A|2026-11-25 09:00-10:00 A|2026-11-27 09:00-10:00 free A|", NULL},
    /* one occurrence cancelled */
    {EVENT("DTSTART:20261123T090000Z\r\nDTEND:20261123T100000Z\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")
         EVENT(
             "RECURRENCE-ID:20261124T090000Z\r\nDTSTART:20261124T090000Z\r\nSTATUS:CANCELLED\r\n"),
     "2026-11-23", 7, "UTC", "2026-11-23 09:00-10:00 A|", "it is canceled"},
    /* canceled as people and other programs write it, but not an event about it */
    {EVENT("DTSTART:20261124T090000Z\r\nDURATION:PT1H\r\nSTATUS:CANCELED\r\n"), "2026-11-24", 1,
     "UTC", "", "it is canceled"},
    {"BEGIN:VEVENT\r\nUID:c\r\nSUMMARY:Canceled: Review\r\nDTSTART:20261124T090000Z\r\n"
     "DURATION:PT1H\r\nEND:VEVENT\r\n",
     "2026-11-24", 1, "UTC", "", "it is canceled"},
    {"BEGIN:VEVENT\r\nUID:c\r\nSUMMARY:Canceled orders\r\nDTSTART:20261124T090000Z\r\n"
     "DURATION:PT1H\r\nEND:VEVENT\r\n",
     "2026-11-24", 1, "UTC", "2026-11-24 09:00-10:00 Canceled orders|", NULL},
    /* declined by the owner, on one date of a series; another guest's answer does not count */
    {"X-WR-CALNAME:Me@Example.org\r\n" EVENT(
         "DTSTART:20261123T090000Z\r\nDTEND:20261123T100000Z\r\nRRULE:FREQ=DAILY;COUNT=2\r\n"
         "ATTENDEE;PARTSTAT=DECLINED:mailto:other@example.org\r\n"
         "ATTENDEE;PARTSTAT=ACCEPTED:mailto:me@example.org\r\n")
         EVENT("RECURRENCE-ID:20261124T090000Z\r\nDTSTART:20261124T090000Z\r\n"
               "DTEND:20261124T100000Z\r\nATTENDEE;CN=Me;PARTSTAT=DEC\r\n"
               " LINED:mailto:me@example.org\r\n"),
     "2026-11-23", 7, "UTC", "2026-11-23 09:00-10:00 A|", "you declined it"},
    /* a Lisbon series seen from Chicago over a change of clocks */
    {EVENT("DTSTART;TZID=Europe/Lisbon:20261019T123000\r\nDTEND;TZID=Europe/"
           "Lisbon:20261019T140000\r\n"
           "RRULE:FREQ=WEEKLY;COUNT=3\r\n"),
     "2026-10-19", 21, "America/Chicago",
     "2026-10-19 06:30-08:00 A|2026-10-26 07:30-09:00 A|2026-11-02 06:30-08:00 A|", NULL},
    /* text in Windows-1252, and in UTF-8 */
    {"BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Caf\xe9 "
     "\x80\r\nDTSTART:20261124T090000Z\r\nDURATION:PT1H\r\n"
     "END:VEVENT\r\n",
     "2026-11-24", 1, "UTC", "2026-11-24 09:00-10:00 Caf\xc3\xa9 \xe2\x82\xac|",
     "not UTF-8: read as Windows-1252"},
    {"BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Caf\xc3\xa9\r\nDTSTART:20261124T090000Z\r\nDURATION:PT1H\r\n"
     "END:VEVENT\r\n",
     "2026-11-24", 1, "UTC", "2026-11-24 09:00-10:00 Caf\xc3\xa9|", NULL},
    /* a whole-day event of three days: a note on each */
    {EVENT("DTSTART;VALUE=DATE:20261124\r\nDURATION:P3D\r\n"), "2026-11-25", 7, "UTC",
     "2026-11-25 00:00-24:00 all-day free A|2026-11-26 00:00-24:00 all-day free A|", NULL},
    /* no end and no length: a note at that time */
    {EVENT("DTSTART:20261124T090000Z\r\n"), "2026-11-24", 1, "UTC",
     "2026-11-24 09:00-09:00 free A|", "no length"},
    /* floating times are read in X-WR-TIMEZONE */
    {"X-WR-TIMEZONE:America/New_York\r\n" EVENT(
         "DTSTART:20261124T090000\r\nDTEND:20261124T100000\r\n"),
     "2026-11-24", 1, "Europe/Berlin", "2026-11-24 15:00-16:00 A|", NULL},
    /* RANGE=THISANDFUTURE moves the rest of the series */
    {EVENT("DTSTART:20261123T090000Z\r\nDTEND:20261123T100000Z\r\nRRULE:FREQ=DAILY;COUNT=4\r\n")
         EVENT("RECURRENCE-ID;RANGE=THISANDFUTURE:20261125T090000Z\r\nDTSTART:"
               "20261125T110000Z\r\nDTEND:20261125T113000Z\r\n"),
     "2026-11-23", 7, "UTC",
     "2026-11-23 09:00-10:00 A|2026-11-24 09:00-10:00 A|2026-11-25 11:00-11:30 A|2026-11-26 "
     "11:00-11:30 A|",
     NULL},
    /* an RDATE with a period of its own length */
    {EVENT("DTSTART:20261123T090000Z\r\nDTEND:20261123T100000Z\r\nRDATE;VALUE=PERIOD:"
           "20261124T120000Z/PT3H\r\n"),
     "2026-11-23", 7, "UTC", "2026-11-23 09:00-10:00 A|2026-11-24 12:00-15:00 A|", NULL},
    /* an end before the start: the two are exchanged, never the next day */
    {EVENT("DTSTART:20261124T224500Z\r\nDTEND:20261124T223000Z\r\n"), "2026-11-24", 2, "UTC",
     "2026-11-24 22:30-22:45 A|", "swapped"},
/* a Windows zone name */
#ifdef MSCHED_WITH_ICU
    {EVENT("DTSTART;TZID=W. Europe Standard Time:20261124T090000\r\nDURATION:PT1H\r\n"),
     "2026-11-24", 1, "UTC", "2026-11-24 08:00-09:00 A|", NULL},
    {EVENT("DTSTART;TZID=\"(UTC-08:00) Pacific Time (US & Canada)\":20260724T090000\r\n"
           "DURATION:PT1H\r\n"),
     "2026-07-24", 1, "UTC", "2026-07-24 16:00-17:00 A|", "is read as America/Los_Angeles"},
#endif
    /* a vendor's prefix before an IANA name */
    {EVENT(
         "DTSTART;TZID=/citadel.org/20190914_1/Europe/Berlin:20261124T090000\r\nDURATION:PT1H\r\n"),
     "2026-11-24", 1, "UTC", "2026-11-24 08:00-09:00 A|", NULL},
    /* the VTIMEZONE of a file of one day, with the change before it only */
    {"BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:20261025T030000\r\n"
     "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" EVENT(
         "DTSTART;TZID=Europe/Berlin:20261201T090000\r\nDURATION:PT1H\r\n"),
     "2026-12-01", 1, "UTC", "2026-12-01 08:00-09:00 A|", NULL},
    /* a VTIMEZONE that contradicts its TZID: the file's rules, with a remark */
    {"BEGIN:VTIMEZONE\r\nTZID:Europe/"
     "Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0500\r\n"
     "TZOFFSETTO:+0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" EVENT(
         "DTSTART;TZID=Europe/Berlin:20261124T090000\r\nDURATION:PT1H\r\n"),
     "2026-11-24", 1, "UTC", "2026-11-24 04:00-05:00 A|", "differs from the zone"},
    /* a zone of the file's own */
    {"BEGIN:VTIMEZONE\r\nTZID:Custom\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+"
     "0200\r\nTZOFFSETTO:+0100\r\n"
     "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:"
     "19700329T020000\r\n"
     "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:"
     "DAYLIGHT\r\nEND:VTIMEZONE\r\n" EVENT(
         "DTSTART;TZID=Custom:20261024T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\n"),
     "2026-10-24", 2, "UTC", "2026-10-24 07:00-08:00 A|2026-10-25 08:00-09:00 A|", NULL},
    /* a name with commas: escaped where it is a value, quoted where it is a parameter */
    {"BEGIN:VTIMEZONE\r\nTZID:Kuala Lumpur\\, Singapore\r\nBEGIN:STANDARD\r\n"
     "DTSTART:19700101T000000\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\nEND:STANDARD\r\n"
     "END:VTIMEZONE\r\n" EVENT(
         "DTSTART;TZID=\"Kuala Lumpur, Singapore\":20261124T090000\r\nDURATION:PT1H\r\n"),
     "2026-11-24", 1, "UTC", "2026-11-24 01:00-02:00 A|", NULL},
    /* an end without a zone is in that of the start */
    {EVENT("DTSTART;TZID=America/New_York:20260702T090000\r\nDTEND:20260702T100000\r\n"),
     "2026-07-02", 1, "UTC", "2026-07-02 13:00-14:00 A|", NULL},
    /* an unknown zone: local clocks, with a remark */
    {EVENT("DTSTART;TZID=Nowhere/Land:20261124T090000\r\nDURATION:PT1H\r\n"), "2026-11-24", 1,
     "Asia/Kolkata", "2026-11-24 09:00-10:00 A|", "unknown time zone"},
    /* an event that began the evening before blocks until it ends */
    {EVENT("DTSTART:20261123T220000Z\r\nDTEND:20261124T020000Z\r\n"), "2026-11-24", 1, "UTC",
     "2026-11-24 00:00-02:00 A|", NULL},
    /* a free/busy export: instances of one UID without a series */
    {EVENT(
         "RECURRENCE-ID:20261124T090000Z\r\nDTSTART:20261124T090000Z\r\nDTEND:20261124T093000Z\r\n")
         EVENT("RECURRENCE-ID:20261124T130000Z\r\nDTSTART:20261124T130000Z\r\nDTEND:"
               "20261124T133000Z\r\n"),
     "2026-11-24", 1, "UTC", "2026-11-24 09:00-09:30 A|2026-11-24 13:00-13:30 A|", NULL},
    /* alarms, attachments and folded lines */
    {EVENT("DTSTART:20261124T0900\r\n "
           "00Z\r\nDTEND:20261124T100000Z\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nSUMMARY:Not this\r\n"
           "DTSTART:19990101T000000Z\r\nEND:VALARM\r\nATTACH;ENCODING=BASE64:AAAA\r\n AAAA\r\n"),
     "2026-11-24", 1, "UTC", "2026-11-24 09:00-10:00 A|", NULL},
    /* a rule of every third week that does not begin on a day of the rule */
    {EVENT("DTSTART:20251117T064500Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;INTERVAL=3;BYDAY=SU;"
           "COUNT=2\r\n"),
     "2025-11-17", 60, "UTC",
     "2025-11-17 06:45-07:45 A|2025-11-23 06:45-07:45 A|2025-12-14 06:45-07:45 A|", NULL},
    /* a number before a weekday means nothing in a rule of weeks */
    {EVENT("DTSTART:20261123T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;BYDAY=1MO;COUNT=2\r\n"),
     "2026-11-23", 9, "UTC", "2026-11-23 09:00-10:00 A|2026-11-30 09:00-10:00 A|", NULL},
    /* a rule of weeks of the year is on the weekday of its start */
    {EVENT("DTSTART:20240718T184000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=YEARLY;BYWEEKNO=10,20\r\n"),
     "2026-01-01", 365, "UTC", "2026-03-05 18:40-19:40 A|2026-05-14 18:40-19:40 A|", NULL},
    /* a rule of minutes in a series of dates */
    {EVENT("DTSTART;VALUE=DATE:20121010\r\nRRULE:FREQ=MINUTELY;BYMINUTE=25,26,45\r\n"),
     "2026-01-01", 7, "UTC", "", "its rule gives too many dates"},
    /* Exchange leaves out the quotation marks around a zone with a colon */
    {EVENT("DTSTART;TZID=tzone://Microsoft/Utc:20261124T090000\r\nDURATION:PT1H\r\n"), "2026-11-24",
     1, "Europe/Berlin", "2026-11-24 10:00-11:00 A|", NULL},
    /* a zone that is only its offset, and a name in lower case */
    {EVENT("DTSTART;TZID=GMT-0330:20261124T090000\r\n"
           "DTEND;TZID=america/new york:20261124T083000\r\n"),
     "2026-11-24", 1, "UTC", "2026-11-24 12:30-13:30 A|", NULL},
    /* Outlook's status where TRANSP does not say it */
    {EVENT("DTSTART:20261124T090000Z\r\nDURATION:PT1H\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n"),
     "2026-11-24", 1, "UTC", "2026-11-24 09:00-10:00 free A|", NULL},
    {EVENT("DTSTART:20261124T090000Z\r\nDURATION:PT1H\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n"
           "TRANSP:OPAQUE\r\n"),
     "2026-11-24", 1, "UTC", "2026-11-24 09:00-10:00 A|", NULL},
    /* Outlook's whole days, between midnights of a zone; other times stay times */
    {EVENT("DTSTART;TZID=Europe/Berlin:20261124T000000\r\nDTEND;TZID=Europe/"
           "Berlin:20261126T000000\r\n"
           "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\n"),
     "2026-11-24", 1, "UTC", "2026-11-24 00:00-24:00 all-day free A|", NULL},
    {EVENT("DTSTART;TZID=Europe/Berlin:20261117T000000\r\nDTEND;TZID=Europe/"
           "Berlin:20261118T000000\r\n"
           "RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Europe/Berlin:20261124T000000\r\n"
           "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\n"),
     "2026-11-20", 14, "UTC", "2026-12-01 00:00-24:00 all-day free A|", NULL},
    {EVENT("DTSTART;TZID=Europe/Berlin:20261124T000000\r\nDTEND;TZID=Europe/"
           "Berlin:20261124T013000\r\n"
           "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\n"),
     "2026-11-24", 1, "Europe/Berlin", "2026-11-24 00:00-01:30 A|", NULL},
    {EVENT("DTSTART;TZID=Europe/Berlin:20261124T000000\r\nDTEND;TZID=Europe/"
           "Berlin:20261125T000000\r\n"
           "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE\r\n"),
     "2026-11-24", 1, "Europe/Berlin", "2026-11-24 00:00-24:00 A|", NULL},
    {EVENT("DTSTART;TZID=Europe/Berlin:20261123T000000\r\nDTEND;TZID=Europe/"
           "Berlin:20261124T000000\r\n"
           "RRULE:FREQ=DAILY;UNTIL=20261125T230000Z\r\nEXDATE:20261123T230000Z\r\n"
           "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\n"),
     "2026-11-23", 7, "Europe/Berlin",
     "2026-11-23 00:00-24:00 all-day free A|2026-11-25 00:00-24:00 all-day free A|"
     "2026-11-26 00:00-24:00 all-day free A|",
     NULL},
    /* no seconds; midnight as the hour 24 */
    {EVENT("DTSTART:20261124T2230Z\r\nDTEND:20261124T240000Z\r\n"), "2026-11-24", 1, "UTC",
     "2026-11-24 22:30-24:00 A|", NULL},
    /* Outlook writes the rules of today's America for all years */
    {"BEGIN:VTIMEZONE\r\nTZID:America/New_York\r\nBEGIN:STANDARD\r\nDTSTART:16010101T020000\r\n"
     "TZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\n"
     "END:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:-0500\r\n"
     "TZOFFSETTO:-0400\r\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\nEND:DAYLIGHT\r\n"
     "END:VTIMEZONE\r\n" EVENT(
         "DTSTART;TZID=America/New_York:20261124T090000\r\nDURATION:PT1H\r\n"),
     "2026-11-24", 1, "UTC", "2026-11-24 14:00-15:00 A|", NULL},
    /* one bad component does not lose the others */
    {"BEGIN:VEVENT\r\nUID:bad\r\nDTSTART:yesterday\r\nEND:VEVENT\r\n" EVENT(
         "DTSTART:20261124T090000Z\r\nDURATION:PT1H\r\n"),
     "2026-11-24", 1, "UTC", "2026-11-24 09:00-10:00 A|", "its start cannot be read"},
    /* EXRULE, of an older standard: dates that are left out, the first one included */
    {EVENT("DTSTART;TZID=Europe/Berlin:20261105T090000\r\nDURATION:PT1H\r\n"
           "RRULE:FREQ=DAILY;COUNT=6\r\nEXRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20261107T235959Z\r\n"
           "EXRULE:FREQ=WEEKLY;BYDAY=TU\r\n"),
     "2026-11-01", 30, "Europe/Berlin",
     "2026-11-06 09:00-10:00 A|2026-11-08 09:00-10:00 A|2026-11-09 09:00-10:00 A|", NULL},
    {EVENT("DTSTART;VALUE=DATE:20261105\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"
           "EXRULE:FREQ=DAILY;INTERVAL=2\r\n"),
     "2026-11-01", 30, "UTC", "2026-11-06 00:00-24:00 all-day free A|", NULL},
    /* one that cannot be read leaves nothing out */
    {EVENT("DTSTART:20261124T090000Z\r\nDURATION:PT1H\r\nEXRULE:FREQ=SOMETIMES\r\n"), "2026-11-24",
     1, "UTC", "2026-11-24 09:00-10:00 A|", "EXRULE"},
    /* rules that would step through every second or hour for centuries */
    {EVENT("DTSTART:20200101T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY="
           "30\r\n"),
     "2026-11-24", 1, "UTC", "", NULL},
    {EVENT("DTSTART:19700101T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY="
           "30,-31\r\n"),
     "2026-11-24", 1, "UTC", "", NULL},
    {EVENT("DTSTART:19700101T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY;COUNT=2000000000\r\n"),
     "2026-11-24", 1, "UTC", "", "its rule gives too many dates"},
    /* hours, minutes and seconds on some days, many years after the first */
    {EVENT("DTSTART:19700101T001500Z\r\nDURATION:PT10M\r\nRRULE:FREQ=MINUTELY;INTERVAL=15;BYDAY=TU;"
           "BYHOUR=9;BYMINUTE=0,30,40\r\n"),
     "2026-11-23", 4, "UTC", "2026-11-24 09:00-09:10 A|2026-11-24 09:30-09:40 A|", NULL},
    {EVENT("DTSTART:19700101T000000Z\r\nDURATION:PT10M\r\nRRULE:FREQ=SECONDLY;INTERVAL=3600;BYHOUR="
           "7,19;BYMONTHDAY=-7\r\n"),
     "2026-11-23", 4, "UTC", "2026-11-24 07:00-07:10 A|2026-11-24 19:00-19:10 A|", NULL},
    {EVENT("DTSTART:20261123T221500Z\r\nDURATION:PT10M\r\nRRULE:FREQ=HOURLY;INTERVAL=5;COUNT=3;"
           "BYMINUTE=5,20\r\n"),
     "2026-11-23", 4, "UTC",
     "2026-11-23 22:15-22:25 A|2026-11-23 22:20-22:30 A|2026-11-24 03:05-03:15 A|2026-11-24 "
     "03:20-03:30 A|",
     NULL},
    /* zones by the names that Outlook shows: by a place, by neither place nor Windows name, UTC */
    {EVENT("DTSTART;TZID=\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\":"
           "20260724T090000\r\nDURATION:PT1H\r\n"),
     "2026-07-24", 1, "UTC", "2026-07-24 07:00-08:00 A|", "is read as Europe/Amsterdam"},
    {EVENT("DTSTART;TZID=\"(UTC-06:00) Guadalajara, Mexico City, Monterrey\":20260724T090000\r\n"
           "DURATION:PT1H\r\n"),
     "2026-07-24", 1, "UTC", "2026-07-24 15:00-16:00 A|", "is read as America/Mexico_City"},
    {EVENT("DTSTART;TZID=\"(UTC-03:00) Brasilia\":20260724T090000\r\nDURATION:PT1H\r\n"),
     "2026-07-24", 1, "UTC", "2026-07-24 12:00-13:00 A|",
     "is read as UTC-03:00 all year: its daylight saving is not known"},
    {EVENT("DTSTART;TZID=\"(GMT+03:00) Berlin\":20260724T090000\r\nDURATION:PT1H\r\n"),
     "2026-07-24", 1, "UTC", "2026-07-24 06:00-07:00 A|", "is read as UTC+03:00 all year"},
    {EVENT("DTSTART;TZID=\"(UTC+12:00) Coordinated Universal Time+12\":20260724T130000\r\n"
           "DURATION:PT1H\r\n"),
     "2026-07-24", 1, "UTC", "2026-07-24 01:00-02:00 A|", NULL},
    /* as some programs write dates and rules */
    {EVENT("DTSTART: 2026-11-24T09:00:00Z\r\nDURATION:PT1H\r\nRRULE:RRULE:FREQ=DAILY; COUNT=2\r\n"),
     "2026-11-24", 7, "UTC", "2026-11-24 09:00-10:00 A|2026-11-25 09:00-10:00 A|", NULL},
    {"METHOD:CANCEL\r\n" EVENT("DTSTART:20261124T090000Z\r\nDURATION:PT1H\r\n"), "2026-11-24", 1,
     "UTC", "", "it is canceled"},
    {"BEGIN:VFREEBUSY\r\nUID:f\r\nDTSTART:20261124T000000Z\r\nFREEBUSY;FBTYPE=FREE:"
     "20261124T080000Z/PT1H\r\nFREEBUSY:20261124T090000Z/20261124T100000Z,20261124T140000Z/PT30M"
     "\r\nEND:VFREEBUSY\r\n",
     "2026-11-24", 1, "UTC", "2026-11-24 09:00-10:00 Busy|2026-11-24 14:00-14:30 Busy|", NULL},
};

static void test_cases(void **state)
{
    (void)state;
    if (!msched_calendar_can_recur())
        skip();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const expectation *c = &cases[i];
        agenda_case made = ask(c->components, c->date, c->days, c->timezone);
        if (strcmp(events_of(made.agenda), c->events) != 0)
            fail_msg("case %zu: got %s, expected %s", i, events_of(made.agenda), c->events);
        assert_true(c->remark != NULL || !has_remark(made.agenda, "differs from the zone"));
        if (c->remark != NULL && !has_remark(made.agenda, c->remark))
            fail_msg("case %zu: no remark says \"%s\"", i, c->remark);
        drop(made);
    }
}

static void test_todos(void **state)
{
    (void)state;
    agenda_case made = ask(
        TODO("DTSTART:20261124T080000Z\r\nDUE:20261124T170000Z\r\nDURATION:PT2H\r\nPRIORITY:5\r\n"
             "PERCENT-COMPLETE:50\r\n") "BEGIN:VTODO\r\nUID:u\r\nSUMMARY:U\r\nESTIMATED-DURATION:"
                                        "PT2H\r\nDUE;VALUE=DATE:"
                                        "20261124\r\nRELATED-TO;RELTYPE=DEPENDS-ON:t\r\nEND:"
                                        "VTODO\r\n"
                                        "BEGIN:VTODO\r\nUID:d\r\nSUMMARY:Done\r\nSTATUS:"
                                        "COMPLETED\r\nEND:VTODO\r\n"
                                        "BEGIN:VTODO\r\nUID:l\r\nSUMMARY:Later\r\nDUE:"
                                        "20261224T170000Z\r\nEND:VTODO\r\n",
        "2026-11-24", 1, "UTC");
    msched_agenda_task task = {.struct_size = sizeof task};
    assert_int_equal(msched_agenda_task_count(made.agenda), 2);
    assert_int_equal(msched_agenda_get_task(made.agenda, 0, &task), MSCHED_OK);
    assert_string_equal(task.title, "T");
    assert_int_equal(task.duration_s, 3600);
    assert_int_equal(task.duration_is_assumed, 0);
    assert_int_equal(task.priority, 3);
    assert_int_equal(task.earliest_s, 8 * 3600);
    assert_int_equal(task.latest_s, 17 * 3600);
    assert_int_equal(msched_agenda_get_task(made.agenda, 1, &task), MSCHED_OK);
    assert_string_equal(task.title, "U");
    assert_int_equal(task.duration_s, 7200);
    assert_int_equal(task.duration_is_assumed, 0);
    assert_int_equal(task.latest_s, 24 * 3600);
    assert_int_equal(task.after_count, 1);
    assert_string_equal(task.after[0], "t");
    assert_true(has_remark(made.agenda, "it is done"));
    assert_true(has_remark(made.agenda, "due later"));
    drop(made);
}

/* 1 if the plan has "Late" on its first date. */
static int is_first(const msched_plan *plan)
{
    msched_schedule *schedule = NULL;
    msched_schedule_entry entry = {.struct_size = sizeof entry};
    int found = 0;
    assert_int_equal(msched_schedule_build(&schedule, NULL, plan, NULL, NULL), MSCHED_OK);
    for (uint32_t e = 0; e < msched_schedule_entry_count(schedule); e++)
        found += msched_schedule_get_entry(schedule, e, &entry) == MSCHED_OK &&
                 strcmp(entry.title, "Late") == 0 && entry.day == 0;
    msched_schedule_unref(schedule);
    return found;
}

/* The plan after it was written as JSON or as text and read again. */
static msched_plan *read_again(const msched_plan *plan, int as_text)
{
    msched_text *text = NULL;
    msched_plan *again = NULL;
    if (as_text) {
        assert_int_equal(msched_plan_to_text(plan, NULL, &text, NULL), MSCHED_OK);
        assert_int_equal(msched_plan_parse_text(&again, NULL, msched_text_data(text),
                                                msched_text_size(text), NULL, NULL, NULL),
                         MSCHED_OK);
    } else {
        assert_int_equal(msched_plan_to_json(plan, &text, NULL), MSCHED_OK);
        assert_int_equal(msched_plan_parse_json(&again, msched_text_data(text),
                                                msched_text_size(text), NULL, NULL),
                         MSCHED_OK);
    }
    msched_text_unref(text);
    return again;
}

/* A to-do that was due before the first date has a remark and priority 1. */
static void test_overdue(void **state)
{
    (void)state;
    static const char todos[] =
        "BEGIN:VTODO\r\nUID:late\r\nSUMMARY:Late\r\nDUE:20261120T170000Z\r\nDURATION:PT2H\r\n"
        "PRIORITY:9\r\nEND:VTODO\r\n"
        "BEGIN:VTODO\r\nUID:eve\r\nSUMMARY:Eve\r\nDUE;VALUE=DATE:20261123\r\nEND:VTODO\r\n"
        "BEGIN:VTODO\r\nUID:now\r\nSUMMARY:Now\r\nDUE:20261124T170000Z\r\nEND:VTODO\r\n";
    agenda_case made = ask(todos, "2026-11-24", 1, "UTC");
    assert_int_equal(msched_agenda_task_count(made.agenda), 3);
    assert_int_equal(msched_agenda_remark_count(made.agenda), 2);
    assert_true(has_remark(made.agenda, "it was due on 2026-11-20"));
    assert_true(has_remark(made.agenda, "it was due on 2026-11-23"));
    static const char *const plans[] = {
        "{\"date\": \"2026-11-24\", \"timezone\": \"UTC\", \"day\": {\"start\": \"09:00\", "
        "\"end\": "
        "\"12:00\"}, \"todos\": [{\"title\": \"Two hours\", \"duration_s\": 7200, \"priority\": "
        "2}]}",
        "{\"date\": \"2026-11-24\", \"days\": 1, \"timezone\": \"UTC\", \"day\": {\"start\": "
        "\"09:00\", "
        "\"end\": \"12:00\"}, \"todos\": [{\"title\": \"Two hours\", \"duration_s\": 7200, "
        "\"priority\": 2}]}",
        /* on the first date, although the others are emptier */
        "{\"date\": \"2026-11-24\", \"days\": 3, \"timezone\": \"UTC\", \"todos\": [{\"title\": "
        "\"Class\", \"duration_s\": 10800, \"on\": [\"tue\"]}]}"};
    for (size_t i = 0; i < 3; i++) {
        msched_plan *plan = NULL, *added = NULL;
        assert_int_equal(msched_plan_parse_json(&plan, plans[i], strlen(plans[i]), NULL, NULL),
                         MSCHED_OK);
        assert_int_equal(
            msched_plan_add_calendars(&added, plan, &made.calendar, 1, NULL, "UTC", NULL, NULL),
            MSCHED_OK);
        assert_int_equal(is_first(added), 1);
        for (int as_text = 0; as_text < 2; as_text++) {
            msched_plan *again = read_again(added, as_text);
            assert_int_equal(is_first(again), 1);
            msched_plan_unref(again);
        }
        msched_plan_unref(added);
        msched_plan_unref(plan);
    }
    drop(made);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } refused[] = {
        {"", "empty"},         {"<!DOCTYPE html><html>", "web page"}, {"{\"a\": 1}", "JSON"},
        {"PK\x03\x04", "ZIP"}, {"9-17 Work\n", "BEGIN:VCALENDAR"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        msched_calendar *calendar = NULL;
        msched_error err;
        assert_int_equal(
            msched_calendar_read(&calendar, refused[i].text, strlen(refused[i].text), NULL, &err),
            MSCHED_ERROR_SYNTAX);
        assert_non_null(strstr(err.message, refused[i].message));
        assert_null(calendar);
    }
}

/* One event that two calendars share appears once. */
static void test_copies(void **state)
{
    (void)state;
    static const char text[] = "BEGIN:VCALENDAR\n" EVENT(
        "DTSTART:20261124T090000Z\r\nDURATION:PT1H\r\n") "END:VCALENDAR\n";
    msched_calendar *calendars[2] = {NULL, NULL};
    msched_agenda *agenda = NULL;
    msched_agenda_options options;
    msched_agenda_options_init(&options, sizeof options);
    options.date = "2026-11-24";
    options.timezone = "UTC";
    for (int i = 0; i < 2; i++)
        assert_int_equal(msched_calendar_read(&calendars[i], text, sizeof text - 1, NULL, NULL),
                         MSCHED_OK);
    assert_int_equal(msched_agenda_make(&agenda, calendars, 2, &options, NULL), MSCHED_OK);
    assert_int_equal(msched_agenda_event_count(agenda), 1);
    assert_true(has_remark(agenda, "another calendar"));
    msched_agenda_unref(agenda);
    msched_calendar_unref(calendars[0]);
    msched_calendar_unref(calendars[1]);
}

static const char mixed[] = "BEGIN:VCALENDAR\r\n" EVENT(
    "DTSTART;TZID=Europe/Berlin:20261124T090000\r\nDURATION:PT1H\r\nRDATE;TZID=Europe/"
    "Berlin:20261124T120000\r\n"
    "EXDATE;TZID=Europe/Berlin:20261126T090000\r\nEXRULE:FREQ=WEEKLY;BYDAY=FR\r\n"
    "EXDATE;TZID=\"(UTC+01:00) Madrid, Paris\":20261127T090000\r\n")
    TODO("DUE:20261124T170000Z\r\nDURATION:PT30M\r\n") "BEGIN:VEVENT\r\nUID:day\r\nDTSTART;VALUE="
                                                       "DATE:20261124\r\nEND:VEVENT\r\nEND:"
                                                       "VCALENDAR\r\n";

static const char plan_json[] =
    "{\"version\": 1, \"date\": \"2026-11-24\", \"timezone\": \"Europe/Berlin\","
    " \"todos\": [{\"title\": \"Gym\", \"duration_s\": 3600}]}";

/* "Title start-end music|" for each to-do. */
static const char *todos_of(const msched_plan *plan)
{
    static char out[2048];
    size_t size = 0;
    for (uint32_t i = 0; i < msched_plan_todo_count(plan); i++) {
        msched_todo todo = {.struct_size = sizeof todo};
        assert_int_equal(msched_plan_get_todo(plan, i, &todo), MSCHED_OK);
        if (todo.kind == MSCHED_TODO_EVENT)
            size += (size_t)snprintf(out + size, sizeof out - size, "%s %d-%d%s|", todo.title,
                                     todo.start_s / 60, todo.end_s / 60,
                                     todo.music ? " music" : "");
        else
            size += (size_t)snprintf(out + size, sizeof out - size, "%s %d min|", todo.title,
                                     todo.duration_s / 60);
    }
    return out;
}

static void test_plan(void **state)
{
    (void)state;
    msched_plan *plan = NULL, *added = NULL, *later = NULL;
    msched_calendar *calendar = NULL;
    msched_agenda *agenda = NULL;
    msched_calendar_use use;
    msched_calendar_use_init(&use, sizeof use);
    assert_int_equal(msched_plan_parse_json(&plan, plan_json, sizeof plan_json - 1, NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_calendar_read(&calendar, mixed, sizeof mixed - 1, NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(
        msched_plan_add_calendars(&added, plan, &calendar, 1, NULL, NULL, &agenda, NULL),
        MSCHED_OK);
    assert_string_equal(todos_of(added), "Gym 60 min|A 540-600|A 720-780|T 30 min|");
    assert_int_equal(msched_agenda_event_count(agenda), 3);
    /* What is derived from it keeps the calendars' texts. */
    assert_int_equal(msched_plan_with_now(&later, added, 3600, NULL), MSCHED_OK);
    msched_plan_unref(added);
    msched_plan_unref(plan);
    assert_string_equal(todos_of(later), "Gym 60 min|A 540-600|A 720-780|T 30 min|");
    use.music = use.block_all_day = use.no_tasks = 1;
    assert_int_equal(msched_plan_add_calendars(&added, later, NULL, 0, NULL, NULL, NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_plan_todo_count(added), 4);
    msched_plan_unref(added);
    msched_plan_unref(later);
    assert_int_equal(msched_plan_parse_json(&plan, plan_json, sizeof plan_json - 1, NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_plan_add_calendars(&added, plan, &calendar, 1, &use, NULL, NULL, NULL),
                     MSCHED_OK);
    assert_string_equal(todos_of(added),
                        "Gym 60 min|Untitled 0-1440 music|A 540-600 music|A 720-780 music|");
    msched_plan_unref(added);
    msched_plan_unref(plan);
    msched_agenda_unref(agenda);
    msched_calendar_unref(calendar);
}

/* Ids of what comes from a calendar depend on its UID alone. */
static void test_ids_are_stable(void **state)
{
    (void)state;
    char first[64] = "";
    for (int with_other = 0; with_other < 2; with_other++) {
        char text[1024];
        msched_plan *plan = NULL, *added = NULL;
        msched_calendar *calendar = NULL;
        msched_todo todo = {.struct_size = sizeof todo};
        snprintf(text, sizeof text, "BEGIN:VCALENDAR\n%s%sEND:VCALENDAR\n",
                 with_other
                     ? "BEGIN:VEVENT\nUID:0\nDTSTART:20261124T010000Z\nDURATION:PT1H\nEND:VEVENT\n"
                     : "",
                 EVENT("DTSTART:20261124T090000Z\r\nDURATION:PT1H\r\n"));
        assert_int_equal(msched_calendar_read(&calendar, text, strlen(text), NULL, NULL),
                         MSCHED_OK);
        assert_int_equal(msched_plan_parse_json(&plan, plan_json, sizeof plan_json - 1, NULL, NULL),
                         MSCHED_OK);
        assert_int_equal(
            msched_plan_add_calendars(&added, plan, &calendar, 1, NULL, NULL, NULL, NULL),
            MSCHED_OK);
        assert_int_equal(msched_plan_get_todo(added, 1 + (uint32_t)with_other, &todo), MSCHED_OK);
        if (with_other)
            assert_string_equal(todo.id, first);
        else
            snprintf(first, sizeof first, "%s", todo.id);
        msched_plan_unref(added);
        msched_plan_unref(plan);
        msched_calendar_unref(calendar);
    }
}

static msched_result read_and_plan(const msched_allocator *allocator)
{
    msched_calendar *calendar = NULL;
    msched_plan *plan = NULL, *added = NULL;
    msched_agenda *agenda = NULL;
    msched_text *json = NULL;
    msched_calendar_options options;
    msched_calendar_options_init(&options, sizeof options);
    options.allocator = allocator;
    options.name = "home";
    msched_result result = msched_calendar_read(&calendar, mixed, sizeof mixed - 1, &options, NULL);
    if (result == MSCHED_OK)
        result = msched_plan_parse_json(&plan, plan_json, sizeof plan_json - 1, allocator, NULL);
    if (result == MSCHED_OK)
        result = msched_plan_add_calendars(&added, plan, &calendar, 1, NULL, NULL, &agenda, NULL);
    if (result == MSCHED_OK)
        result = msched_agenda_to_json(agenda, &json, NULL);
    assert_true((result == MSCHED_OK) == (json != NULL));
    msched_text_unref(json);
    msched_agenda_unref(agenda);
    msched_plan_unref(added);
    msched_plan_unref(plan);
    msched_calendar_unref(calendar);
    return result;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    for (long n = 1;; n++) {
        failing memory = {.fail_at = n};
        msched_allocator allocator = failing_allocator(&memory);
        msched_result result = read_and_plan(&allocator);
        assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
        assert_int_equal(memory.live, 0);
        if (memory.count < n) {
            assert_int_equal(result, MSCHED_OK);
            break;
        }
    }
}

static void test_json(void **state)
{
    (void)state;
    agenda_case made = ask(EVENT("DTSTART:20261124T090000Z\r\nDURATION:PT1H\r\n")
                               TODO("DURATION:PT1H\r\n"),
                           "2026-11-24", 1, "UTC");
    msched_text *json = NULL;
    assert_int_equal(msched_agenda_to_json(made.agenda, &json, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(json),
                        "{\"version\":1,\"date\":\"2026-11-24\",\"days\":1,\"timezone\":\"UTC\","
                        "\"events\":[{\"title\":\"A\","
                        "\"date\":\"2026-11-24\",\"start\":\"09:00:00\",\"end\":\"10:00:00\","
                        "\"start_utc\":\"2026-11-24T09:00:00Z\","
                        "\"end_utc\":\"2026-11-24T10:00:00Z\",\"uid\":\"a\",\"calendar\":\"\","
                        "\"all_day\":false,\"busy\":true}],"
                        "\"tasks\":[{\"title\":\"T\",\"duration_s\":3600,\"duration_is_assumed\":"
                        "false,\"uid\":\"t\",\"calendar\":\"\"}],"
                        "\"left_out\":[]}\n");
    msched_text_unref(json);
    drop(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),          cmocka_unit_test(test_todos),
        cmocka_unit_test(test_overdue),        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_copies),         cmocka_unit_test(test_plan),
        cmocka_unit_test(test_ids_are_stable), cmocka_unit_test(test_json),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
