/* Attributes of plan text that are times, lengths or dates. */
#include "plan/words/text_time.h"

#include "base/civil.h"
#include "plan/words/text_length.h"
#include "plan/words/text_range.h"
#include "plan/words/text_scan.h"

#include <musicsched/plan.h>

#include <stdio.h>
#include <string.h>

static int bad_time(msched__attr *attr, msched__slice s)
{
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" is not a time of day",
             msched__attr_shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair,
             "write 0:00 to 36:00, where 24:00 and later is the next day, or 1am to 12pm, or quote "
             "the title");
    return msched__attr_bad(attr, "bad_time");
}

/* 1..12 may be in the morning or the evening. */
static int set_time(msched__attr *attr, enum msched__attr_kind kind, const msched__clock *clock)
{
    attr->doubt |= clock->doubt;
    if (clock->form == MSCHED__TIME_BARE) {
        if (clock->seconds > 24 * 3600)
            return 0;
        attr->doubt |= MSCHED__BARE |
                       (clock->sure || clock->seconds > 12 * 3600 ? 0 : MSCHED__LOOSE_START);
    }
    if (clock->half == 'a')
        attr->doubt |= MSCHED__NIGHT;
    return msched__attr_set(attr, kind, clock->seconds);
}

/* The word before a time; *at moves past it and the spaces after it. */
static int take_marker(msched__slice s, int in_song, size_t *at, enum msched__attr_kind *kind)
{
    static const struct {
        const char *word;
        enum msched__attr_kind kind;
        int in_song;
    } words[] = {{"at", MSCHED__ATTR_AT, 1},
                 {"after", MSCHED__ATTR_EARLIEST, 1},
                 {"from", MSCHED__ATTR_EARLIEST, 0},
                 {"before", MSCHED__ATTR_LATEST, 1},
                 {"by", MSCHED__ATTR_LATEST, 1},
                 {"until", MSCHED__ATTR_LATEST, 0},
                 {"till", MSCHED__ATTR_LATEST, 0},
                 {"til", MSCHED__ATTR_LATEST, 0},
                 {"for", MSCHED__ATTR_AT, 0},
                 {"not before", MSCHED__ATTR_EARLIEST, 0},
                 {"no earlier than", MSCHED__ATTR_EARLIEST, 0},
                 {"no later than", MSCHED__ATTR_LATEST, 0},
                 {"due by", MSCHED__ATTR_LATEST, 0},
                 {"due at", MSCHED__ATTR_LATEST, 0},
                 {"due", MSCHED__ATTR_LATEST, 0},
                 {"starting at", MSCHED__ATTR_AT, 0},
                 {"starts at", MSCHED__ATTR_AT, 0},
                 {"starting", MSCHED__ATTR_AT, 0},
                 {"starts", MSCHED__ATTR_AT, 0},
                 {"begins", MSCHED__ATTR_AT, 0},
                 {"start at", MSCHED__ATTR_AT, 0},
                 {"around", MSCHED__ATTR_AT, 0},
                 {"about", MSCHED__ATTR_AT, 0},
                 {"um", MSCHED__ATTR_AT, 0},
                 {"ab", MSCHED__ATTR_EARLIEST, 0},
                 {"bis", MSCHED__ATTR_LATEST, 0},
                 {"\xC3\xA0", MSCHED__ATTR_AT, 0}};
    size_t p = 0;
    if (memchr(s.data, ' ', s.size) == NULL && s.data[0] != '@')
        return 0;
    if (s.data[0] == '@' && (msched__digit_at(s, 1) || (s.size > 1 && s.data[1] == ' '))) {
        *kind = MSCHED__ATTR_AT;
        *at = 1;
        msched__skip_spaces(s, at);
        return 1;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].word[0] == (s.data[0] | (s.data[0] < 'a' && s.data[0] >= 'A' ? 32 : 0)) &&
            (words[i].in_song || !in_song) && msched__take_word(s, &p, words[i].word) &&
            p < s.size && s.data[p] == ' ') {
            *kind = words[i].kind;
            msched__skip_spaces(s, &p);
            *at = p;
            return 1;
        } else {
            p = 0;
        }
    return 0;
}

/* at, after, from, before, by, until and a time. The last three bound the end. */
static int match_worded_time(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    size_t at = 0;
    enum msched__attr_kind kind;
    msched__clock clock;
    if (!take_marker(s, place == MSCHED__PLACE_SONG, &at, &kind) ||
        (place == MSCHED__PLACE_FILL && kind == MSCHED__ATTR_AT))
        return 0;
    size_t start = at;
    enum msched__time_form form = msched__scan_time(s, &at, &clock);
    if (form == MSCHED__TIME_NONE || at != s.size ||
        (form == MSCHED__TIME_BARE && place == MSCHED__PLACE_LEAD && s.data[0] != '@' &&
         !clock.spoken) ||
        (form == MSCHED__TIME_BARE && place == MSCHED__PLACE_FILL)) /* the band After 7 */
        return 0;
    if (clock.spoken && msched__slice_is((msched__slice){s.data, 4}, "from"))
        return 0; /* "from five to six" */
    if (form != MSCHED__TIME_OK && msched__slice_is((msched__slice){s.data, 3}, "for"))
        return 0; /* "Table for 4" */
    if (form == MSCHED__TIME_BAD)
        return bad_time(attr, (msched__slice){s.data + start, s.size - start});
    attr->doubt |= MSCHED__MARKED;
    return set_time(attr, kind, &clock);
}

static int match_time_alone(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    size_t at = 0;
    msched__clock clock;
    if (place == MSCHED__PLACE_SONG && msched__digit_at(s, 0) &&
        memchr(s.data, ':', s.size) != NULL)
        attr->doubt |= MSCHED__BARE; /* the title "12:51" */
    else if (place != MSCHED__PLACE_LEAD && place != MSCHED__PLACE_TRAIL)
        return 0;
    if (s.size > 1 && s.data[0] == '~' && msched__digit_at(s, 1))
        s = (msched__slice){s.data + 1, s.size - 1};
    enum msched__time_form form = msched__scan_time(s, &at, &clock);
    if (at != s.size || (form != MSCHED__TIME_OK && form != MSCHED__TIME_BAD && !clock.spoken) ||
        clock.lettered)
        return 0;
    if (place == MSCHED__PLACE_SONG && clock.seconds < 13 * 3600)
        return 0; /* "4:21" is more often the length of a song */
    if (clock.spoken)
        attr->doubt |= MSCHED__MARKED;
    if (form == MSCHED__TIME_BAD)
        return bad_time(attr, s);
    if ((clock.doubt & MSCHED__PACKED) != 0 && s.data[0] != '0')
        return 0; /* 1984 */
    if (place == MSCHED__PLACE_TRAIL && s.data[0] == '0' && s.data[1] == ':' && clock.half == 0 &&
        clock.seconds >= 300) {
        attr->doubt = MSCHED__UNITLESS; /* "Guitar 0:45" */
        return msched__attr_set(attr, MSCHED__ATTR_DURATION, clock.seconds);
    }
    if (place == MSCHED__PLACE_TRAIL && !msched__digit_at(s, 0) && !clock.spoken)
        return 0; /* a title may end in "noon" */
    if (place == MSCHED__PLACE_TRAIL && (clock.doubt & MSCHED__DOTTED) != 0 && !clock.sure &&
        s.data[1] == '.' && clock.half == 0)
        return 0; /* "Version 2.30" */
    return set_time(attr, MSCHED__ATTR_AT, &clock);
}

/* "9h30", "09h": a time or a length? Its hour; 0 if it is clearly a length. */
static int lettered_hour(msched__slice s, msched__clock *clock)
{
    size_t at = 0;
    int is_time = msched__scan_time(s, &at, clock) == MSCHED__TIME_OK && at == s.size &&
                  clock->lettered && clock->seconds >= 7 * 3600 && clock->seconds < 86400 &&
                  ((s.data[s.size - 1] != 'h' && s.data[s.size - 1] != 'H') || s.data[0] == '0' ||
                   clock->seconds >= 13 * 3600);
    return is_time ? (int)clock->seconds / 3600 : 0;
}

/* "9h-17h", "9h30-10h30": two times, not a length of nine hours or more. */
static int match_lettered_range(msched__slice s, msched__attr *attr)
{
    size_t at = 0;
    msched__clock clock;
    return msched__scan_time(s, &at, &clock) == MSCHED__TIME_OK && at < s.size && clock.lettered &&
           clock.seconds >= 6 * 3600 && msched__scan_loose_range(s, 0, attr) &&
           attr->kind == MSCHED__ATTR_RANGE && attr->b > attr->a;
}

/* "12-13h", "21 - 22h": two times of day, not a length of 12 or more hours. */
static int match_hours(msched__slice s, msched__attr *attr)
{
    size_t p = 0;
    const int is_from = msched__take_word(s, &p, "from"); /* "from 8 to 17 hours" */
    msched__skip_spaces(s, &p);
    int32_t from = msched__take_number(s, &p, 2);
    msched__skip_spaces(s, &p);
    if (from < 6 || from > 24 || p >= s.size ||
        (s.data[p] != '-' && !msched__take_word(s, &p, "to")))
        return 0;
    p += p < s.size && s.data[p] == '-';
    msched__skip_spaces(s, &p);
    int32_t to = msched__take_number(s, &p, 2);
    const int is_hour = p + 1 == s.size && (s.data[p] | 32) == 'h';
    msched__skip_spaces(s, &p);
    const int is_worded = is_from &&
                          (msched__take_word(s, &p, "hours") || msched__take_word(s, &p, "hrs") ||
                           msched__take_word(s, &p, "h"));
    if (to <= from || to > 24 || !(is_hour || (is_worded && p == s.size)))
        return 0;
    attr->a = from * 3600;
    attr->b = to * 3600;
    attr->kind = MSCHED__ATTR_RANGE;
    attr->doubt = MSCHED__MARKED;
    return 1;
}

static int match_duration(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    int32_t seconds;
    uint32_t doubt;
    if (place == MSCHED__PLACE_SONG || !msched__scan_length(s, 0, &seconds, &doubt) ||
        ((doubt & MSCHED__UNITLESS) != 0 && place != MSCHED__PLACE_TRAIL))
        return 0;
    msched__clock clock;
    int hour = lettered_hour(s, &clock),
        todo = place == MSCHED__PLACE_LEAD || place == MSCHED__PLACE_TRAIL;
    if (todo && hour > 0 && (hour >= 12 || place == MSCHED__PLACE_LEAD)) {
        attr->doubt |= MSCHED__LETTERED;
        return msched__attr_set(attr, MSCHED__ATTR_AT, clock.seconds);
    }
    doubt |= todo && hour > 0 ? MSCHED__LETTERED : 0;
    if (seconds > 0 && seconds <= MSCHED_DAY_END_S) {
        attr->doubt |= doubt;
        return msched__attr_set(attr, MSCHED__ATTR_DURATION, seconds);
    }
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" is not a length for a to-do",
             msched__attr_shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair,
             "write 1m to 36h, for example 45m, 1h30 or 1.5h, or quote the title");
    return msched__attr_bad(attr, "bad_duration");
}

int msched__match_time(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    if (place != MSCHED__PLACE_FILL && (match_lettered_range(s, attr) || match_hours(s, attr)))
        return 1;
    attr->doubt = 0;
    if (match_duration(s, place, attr))
        return 1;
    attr->doubt = 0;
    if (place == MSCHED__PLACE_FILL)
        return msched__scan_range(s, attr) || match_worded_time(s, place, attr);
    int bare = place == MSCHED__PLACE_LEAD || place == MSCHED__PLACE_TRAIL;
    if (msched__scan_loose_range(s, bare, attr)) {
        if (place == MSCHED__PLACE_SONG && attr->kind == MSCHED__ATTR_BETWEEN)
            attr->kind = MSCHED__ATTR_RANGE; /* of a song, a range is a window, too */
        return 1;
    }
    return match_worded_time(s, place, attr) || match_time_alone(s, place, attr);
}

/* Days since 1970 of "2026-11-28". */
static int take_date(msched__slice s, int32_t *days)
{
    msched__date date;
    if (s.size != 10 || !msched__date_parse(s.data, s.size, &date))
        return 0;
    *days = (int32_t)msched__date_to_days(date);
    return 1;
}

/* Days since 1970 of "2026/11/28" and "28-11-2026". */
static int take_other_date(msched__slice s, int32_t *days)
{
    char text[11] = "0000-00-00";
    if (s.size != 10)
        return 0;
    if (s.data[4] == '/' && s.data[7] == '/') {
        memcpy(text, s.data, 10);
        text[4] = text[7] = '-';
    } else if (s.data[2] == '-' && s.data[5] == '-') {
        memcpy(text, s.data + 6, 4);
        memcpy(text + 5, s.data + 3, 2);
        memcpy(text + 8, s.data, 2);
    } else {
        return 0;
    }
    return take_date((msched__slice){text, 10}, days);
}

/* Days since 1970 of "28.11.2026" and "28/11/2026"; -1 of "28.11.", which names no year. */
static int take_local_date(msched__slice s, int32_t *days)
{
    size_t p = 0;
    if (take_other_date(s, days))
        return 1;
    int32_t day = msched__take_number(s, &p, 2);
    char mark = p < s.size ? s.data[p] : '\0';
    if (day < 1 || (mark != '.' && mark != '/'))
        return 0;
    p++;
    int32_t month = msched__take_number(s, &p, 2);
    if (month < 1 || p >= s.size || s.data[p] != mark)
        return 0;
    p++;
    *days = -1;
    if (p == s.size)
        return mark == '.' && day <= 31 && month <= 12;
    int32_t year = msched__take_number(s, &p, 4);
    if (p != s.size || year < 0 || (year > 99 && year < 1900) || year < 20)
        return 0; /* "Chapter 1.2.10" */
    if (mark == '/' && (month > 12 || day > 12) && day <= 12) {
        int32_t swap = day;
        day = month;
        month = swap;
    } else if (mark == '/' && day <= 12 && day != month) {
        return month <= 12; /* 3/4/2026 is in March or in April */
    }
    char text[16];
    msched__date date;
    snprintf(text, sizeof text, "%04d-%02d-%02d", (int)(year < 100 ? 2000 + year : year) % 10000,
             (int)month % 100, (int)day % 100);
    if (!msched__date_parse(text, 10, &date))
        return 0;
    *days = (int32_t)msched__date_to_days(date);
    return 1;
}

int msched__take_local_date(msched__slice s, size_t *at, int64_t *days)
{
    size_t end = *at;
    int32_t found;
    while (msched__digit_at(s, end) || (end < s.size && strchr("./-", s.data[end]) != NULL))
        end++;
    if (msched__letter_at(s, end) ||
        !take_local_date((msched__slice){s.data + *at, end - *at}, &found) || found < 0)
        return 0;
    *days = found;
    *at = end;
    return 1;
}

int msched__is_repeat(msched__slice s)
{
    static const char *const everys[] = {"every!", "every", "each", "ev", NULL};
    static const char *const units[] = {"day",      "days",      "week",     "weeks",   "weekday",
                                        "weekdays", "workday",   "month",    "months",  "year",
                                        "morning",  "afternoon", "evening",  "night",   "weekend",
                                        "mon",      "tue",       "wed",      "thu",     "fri",
                                        "sat",      "sun",       "monday",   "tuesday", "wednesday",
                                        "thursday", "friday",    "saturday", "sunday",  NULL};
    size_t p = 0;
    if (msched__slice_is(s, "daily") || msched__slice_is(s, "weekly") ||
        msched__slice_is(s, "monthly"))
        return 1;
    if (!msched__take_any(s, &p, everys) &&
        !(s.size > 6 && msched__slice_is((msched__slice){s.data, 6}, "every!") && (p = 6) == 6))
        return 0;
    msched__skip_spaces(s, &p);
    if (msched__take_word(s, &p, "other") || msched__take_number(s, &p, 2) >= 0)
        msched__skip_spaces(s, &p);
    int count = 0;
    while (p < s.size && msched__take_any(s, &p, units)) {
        count++;
        p += p < s.size && s.data[p] == ',';
        msched__skip_spaces(s, &p);
    }
    return count > 0 && p == s.size;
}

int msched__match_date(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    int32_t day = 0;
    int due = s.size > 4 && msched__slice_is((msched__slice){s.data, 4}, "due:");
    int from = s.size > 2 && msched__slice_is((msched__slice){s.data, 2}, "t:");
    attr->name = s;
    if (memchr(s.data, ' ', s.size) == NULL) {
        if (due && take_date((msched__slice){s.data + 4, s.size - 4}, &day))
            return msched__attr_set(attr, MSCHED__ATTR_DUE, day);
        if (from && take_date((msched__slice){s.data + 2, s.size - 2}, &day))
            return msched__attr_set(attr, MSCHED__ATTR_FROM_DAY, day);
        if (take_date(s, &day))
            return msched__attr_set(attr, MSCHED__ATTR_DATE, place == MSCHED__PLACE_LEAD ? 0 : day);
        if (msched__digit_at(s, 0) && take_local_date(s, &day))
            return msched__attr_set(attr, MSCHED__ATTR_DATE, day);
        if (due || (s.size > 4 && msched__slice_is((msched__slice){s.data, 4}, "rec:")))
            return msched__attr_set(attr, MSCHED__ATTR_DATE, -1);
    }
    if (place != MSCHED__PLACE_TRAIL)
        return 0;
    if (msched__slice_is(s, "next week"))
        return msched__attr_set(attr, MSCHED__ATTR_DATE, MSCHED__NEXT_WEEK);
    return msched__is_repeat(s) && msched__attr_set(attr, MSCHED__ATTR_DATE, -1);
}
