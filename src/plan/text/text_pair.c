/*
 * Two times that the line does not join as a range: "8:00 AM 8:30 AM Breakfast" of a printed
 * calendar, and "Sat 10pm - Sun 2am Party", whose times each have a date. Both become a range. Also
 * two attributes that are one: "10:45 Coffee until 11:30", "after 10 and before 12".
 */
#include "base/civil.h"
#include "plan/text/plan_text.h"
#include "plan/text/text_resolve.h"
#include "plan/words/text_date_words.h"
#include "plan/words/text_weekdays.h"

#include <stdio.h>
#include <string.h>

/* 1 if only a weekday, a date, a bullet or a check box precedes an offset. */
static int begins_line(msched__slice s, size_t at)
{
    size_t i = msched__after_blanks(s, 0);
    const size_t start = i;
    if (msched__take_weekday(s, &i) < 0 || i >= at || msched__digit_at(s, start))
        i = start;
    for (; i < at; i++)
        if (strchr(" -*+[].,0123456789", s.data[i]) == NULL &&
            !(strchr("xX/", s.data[i]) != NULL && i > 0 && s.data[i - 1] == '['))
            return 0;
    return at == 0 || msched__blank_at(s, at - 1);
}

/* A time with minutes, or with am or pm, at *at, which moves past it; "2am:" without the colon. */
static int take_time(msched__slice s, size_t *at, msched__clock *clock)
{
    for (size_t i = *at + 1; i < s.size && i < *at + 12; i++)
        if (strchr(":,;)", s.data[i]) != NULL && msched__blank_at(s, i + 1))
            s.size = i;
    return msched__digit_at(s, *at) && msched__scan_time(s, at, clock) == MSCHED__TIME_OK &&
           clock->doubt == 0 && !clock->lettered && (clock->seconds & MSCHED_TIME_SECOND) == 0;
}

/* The length of a range, at most half a day past midnight; 0: the times are not a range. */
static int32_t length_between(const msched__clock *from, const msched__clock *to)
{
    const int32_t length = to->seconds - from->seconds;
    if (length == 0)
        return 0;
    return length > 0 ? length : length + MSCHED__DAY <= MSCHED__DAY / 2 ? length + MSCHED__DAY : 0;
}

/* "8:00 AM 8:30 AM", "08:00 08:30" at the start of a line. */
static size_t take_side_by_side(msched__text_reader *in, msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    msched__clock from, to;
    size_t first = at;
    if (!take_time(s, &first, &from))
        return 0;
    const size_t second = msched__after_blanks(s, first);
    size_t end = second;
    if (second == first || !take_time(s, &end, &to) || (from.half != 0) != (to.half != 0) ||
        length_between(&from, &to) == 0 || !msched__blank_at(s, end) ||
        msched__clock_at(s, msched__after_blanks(s, end), 0) > 0 || !begins_line(s, at))
        return 0;
    msched__write_bytes(w, at, first - at);
    msched__write_text(w, "-", first);
    msched__write_bytes(w, second, end - second);
    w->changed = 1;
    msched__text_remark(in, MSCHED_SEVERITY_NOTE, s.data + at, "time_format",
                        "write a line for each of the two times if they are not a range",
                        "\"%.*s\" is read as %02d:%02d-%02d:%02d", (int)(end - at), s.data + at,
                        (int)from.seconds / 3600, (int)from.seconds / 60 % 60,
                        (int)to.seconds / 3600, (int)to.seconds / 60 % 60);
    return end - at;
}

/* "Sat", "samedi", "2026-11-28" or "tomorrow" at *at, which moves past it and the blanks. */
static int take_date(msched__slice s, size_t *at, msched__date_word *word)
{
    size_t end = *at;
    *word = (msched__date_word){.weekday = msched__take_weekday(s, &end)};
    if (word->weekday < 0) {
        end = *at;
        if (!msched__take_date_word(s, &end, word) || word->is_plural)
            return 0;
    }
    if (msched__byte_at(s, end) == '.' || msched__byte_at(s, end) == ',')
        end++;
    if (end >= s.size || !msched__blank_at(s, end))
        return 0;
    *at = msched__after_blanks(s, end);
    return 1;
}

/* Days from one date to the other; -1: not known, or not the same or the next date. */
static int days_between(const msched__date_word *from, const msched__date_word *to)
{
    if ((from->weekday >= 0) != (to->weekday >= 0) ||
        (from->weekday < 0 && from->weekday != to->weekday))
        return -1;
    const int64_t days = from->weekday >= 0 ? (to->weekday - from->weekday + 7) % 7
                                            : to->days - from->days;
    return days == 0 || days == 1 ? (int)days : -1;
}

/* A dash, or a word such as "to" after a blank, at *at, which moves past it. */
static int take_dash(msched__slice s, size_t *at)
{
    size_t p = msched__after_blanks(s, *at);
    if (msched__byte_at(s, p) == '-')
        p++;
    else if (p == *at || !msched__take_any(s, &p, msched__range_words))
        return 0;
    *at = msched__after_blanks(s, p);
    return 1;
}

/* The date where it counts: at the start of the line, and elsewhere after "on:". */
static void write_date(msched__writer *w, const msched__date_word *date, size_t at, size_t size)
{
    static const char *const ons[] = {"on", NULL};
    if (!begins_line(w->from, at) && !msched__follows_word(w->from, at, ons))
        msched__write_text(w, "on:", at);
    if (date->weekday >= 0)
        msched__write_text(w, msched__weekday_keys[date->weekday], at);
    else
        msched__write_bytes(w, at, size);
}

/* "Sat 10pm - Sun 2am" at the start or the end of a line: "Sat 22:00-26:00". */
static size_t take_overnight(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    msched__date_word first, second;
    msched__clock from, to;
    size_t p = at;
    if (!take_date(s, &p, &first))
        return 0;
    const size_t clock = p;
    if (!take_time(s, &p, &from) || !take_dash(s, &p) || !take_date(s, &p, &second) ||
        !take_time(s, &p, &to) || from.seconds >= MSCHED__DAY || to.seconds >= MSCHED__DAY)
        return 0;
    const int days = days_between(&first, &second);
    const int32_t end = to.seconds + days * MSCHED__DAY;
    char range[32];
    if (days < 0 || end <= from.seconds || end > MSCHED_DAY_END_S ||
        (!begins_line(s, at) &&
         (msched__after_blanks(s, p + (msched__byte_at(s, p) == ')')) < s.size ||
          msched__follows_word(s, at, msched__from_words))))
        return 0;
    write_date(w, &first, at, clock - at);
    snprintf(range, sizeof range, " %02d:%02d-%02d:%02d", (int)from.seconds / 3600,
             (int)from.seconds / 60 % 60, (int)end / 3600, (int)end / 60 % 60);
    msched__write_text(w, range, clock);
    w->changed = 1;
    return p - at;
}

size_t msched__take_pair(msched__text_reader *in, msched__writer *w, size_t at)
{
    const size_t done = take_side_by_side(in, w, at);
    return done > 0 ? done : take_overnight(w, at);
}

/* "Gym 1h from 9:00 to 12:00": a task within a window. */
static void turn_to_windows(msched__run *run)
{
    const msched__attr *length = NULL;
    for (uint32_t i = 0; i < run->count; i++)
        length = run->items[i].attr.kind == MSCHED__ATTR_DURATION ? &run->items[i].attr : length;
    for (uint32_t i = 0; length != NULL && i < run->count; i++) {
        msched__attr *attr = &run->items[i].attr;
        if (attr->kind == MSCHED__ATTR_RANGE && (attr->doubt & MSCHED__FROM) != 0 &&
            (attr->b - attr->a) % 43200 != length->a % 43200)
            attr->kind = MSCHED__ATTR_BETWEEN;
    }
}

/*
 * "after 10 and before 12", "from 7:30 and until 9": hours that ascend are a window, as in "between
 * 10 and 12".
 */
static void join_bounds(msched__run *run)
{
    msched__attr *from = NULL, *to = NULL;
    for (uint32_t i = 0; i < run->count; i++) {
        msched__attr *attr = &run->items[i].attr;
        from = attr->kind == MSCHED__ATTR_EARLIEST ? attr : from;
        to = attr->kind == MSCHED__ATTR_LATEST ? attr : to;
    }
    if (from == NULL || to == NULL || (to->doubt & MSCHED__LOOSE_START) == 0 ||
        from->a < 6 * 3600 || to->a <= from->a || to->a > 12 * 3600)
        return;
    from->doubt &= ~(uint32_t)MSCHED__LOOSE_START;
    to->doubt &= ~(uint32_t)MSCHED__LOOSE_START;
}

#define EVENING 64800
/* a longer event is hardly meant */
#define MOST_WORK       32400
#define MOST_AFTER_NOON 14400

/* 1 if a time may be that of a 12-hour clock: "5:00", not "05:00", "17:00" or "5:00 am". */
static int may_be_twelve(const msched__text_reader *in, const msched__placed_attr *item)
{
    const msched__slice last = in->words[item->first + item->count - 1];
    size_t digit = 0;
    while (digit < last.size && !msched__digit_at(last, digit))
        digit++;
    for (size_t at = digit; at < last.size; at++)
        if (!msched__digit_at(last, at) && last.data[at] != ':' && last.data[at] != '.')
            return 0;
    return digit < last.size && last.data[digit] != '0' && item->attr.a < MSCHED__HALF_DAY + 3600;
}

/*
 * "9:00 Work until 5:00": the end is after noon. So is that of "19:00 Dinner until 8:30", if the
 * event is not long: until the next morning, it would be longer than half a day. 1 if it is read
 * so.
 */
static int read_on_twelve(msched__text_reader *in, const msched__placed_attr *from,
                          msched__placed_attr *to)
{
    const int32_t end = to->attr.a + MSCHED__HALF_DAY, length = end - from->attr.a,
                  most = from->attr.a >= MSCHED__HALF_DAY + 3600 ? MOST_AFTER_NOON : MOST_WORK;
    if (!(may_be_twelve(in, from) || from->attr.a >= MSCHED__HALF_DAY + 3600) ||
        !may_be_twelve(in, to) || length <= 0 || length > most)
        return 0;
    const msched__slice last = in->words[to->first + to->count - 1];
    char clock[16], repair[80];
    const char *const edits[] = {clock};
    snprintf(clock, sizeof clock, "%d:%02d", (int)end / 3600, (int)end / 60 % 60);
    snprintf(repair, sizeof repair, "write %s to confirm, or quote the title", clock);
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, last.data, "assumed_time", repair,
                        "\"%.*s\" is read as %s, on the 12-hour clock",
                        (int)(last.size > 60 ? 60 : last.size), last.data, clock);
    msched__text_offer(in, last, edits, 1);
    to->attr.a = end;
    return 1;
}

/* "10:45 Coffee until 11:30": the start and the end. */
static void join_until(msched__text_reader *in, msched__run *run)
{
    static const char *const untils[] = {"until", "till", "til", "bis", NULL};
    uint32_t start = UINT32_MAX, end = UINT32_MAX;
    for (uint32_t i = 0; i < run->count; i++) {
        const msched__placed_attr *item = &run->items[i];
        size_t at = 0;
        if (item->attr.kind == MSCHED__ATTR_AT && start == UINT32_MAX)
            start = i;
        else if (item->attr.kind == MSCHED__ATTR_LATEST && end == UINT32_MAX &&
                 msched__take_any(in->words[item->first], &at, untils))
            end = i;
        else if (item->attr.kind <= MSCHED__ATTR_LATEST)
            return;
    }
    if (start == UINT32_MAX || end == UINT32_MAX)
        return;
    msched__attr *from = &run->items[start].attr, *to = &run->items[end].attr;
    if ((from->doubt & MSCHED__LOOSE_START) == 0 && (to->doubt & MSCHED__LOOSE_START) != 0)
        to->a += to->a <= from->a ? MSCHED__HALF_DAY
                                  : 0; /* "10:45 Coffee until 12": the next such hour */
    else if (((from->doubt | to->doubt) & MSCHED__LOOSE_START) != 0)
        return;
    /* "23:30 Film until 1:10", "22:00 Party until 2" */
    const int is_loose = (to->doubt & MSCHED__LOOSE_START) != 0;
    const int32_t night = (is_loose ? to->a % MSCHED__HALF_DAY : to->a) + MSCHED__DAY;
    const int is_night = to->a <= from->a && from->a >= EVENING &&
                         night - from->a <= MSCHED__HALF_DAY;
    if (to->a <= from->a && !is_night && !read_on_twelve(in, &run->items[start], &run->items[end]))
        return;
    from->kind = MSCHED__ATTR_RANGE;
    from->b = is_night ? night : to->a;
    from->doubt |= MSCHED__MARKED | (is_night ? MSCHED__WRAPPED : 0);
    to->kind = MSCHED__ATTR_DATE; /* of no use */
    to->a = to->b = 0;
}

/* "Drink water hourly 9-17": the hours in which it repeats, not an event of eight hours. */
static void turn_repeated(const msched__text_reader *in, msched__run *run)
{
    for (uint32_t i = 0; in->every_s > 0 && i < run->count; i++) {
        msched__attr *attr = &run->items[i].attr;
        if (attr->kind == MSCHED__ATTR_RANGE && attr->b - attr->a > in->every_s)
            attr->kind = MSCHED__ATTR_BETWEEN;
    }
}

void msched__text_join_times(msched__text_reader *in)
{
    turn_repeated(in, in->run);
    turn_to_windows(in->run);
    join_until(in, in->run);
    join_bounds(in->run);
}
