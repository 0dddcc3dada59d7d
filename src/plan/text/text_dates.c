/* Dates of the lines of plan text: read from attributes and headings. */
#include "plan/text/plan_text_dates.h"

#include "base/civil.h"
#include "plan/plan_span_check.h"
#include "plan/text/plan_text.h"
#include "plan/text/text_happened.h"
#include "plan/words/text_asides.h"
#include "plan/words/text_date_words.h"
#include "plan/words/text_month.h"
#include "plan/words/text_range.h"
#include "plan/words/text_weekday_parts.h"
#include "plan/words/text_weekdays.h"
#include "plan/words/text_writer.h"

#include <stdio.h>
#include <string.h>

uint32_t msched__text_count_days(const char *data, size_t size)
{
    size_t at = size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < size) {
        const char *end = memchr(data + at, '\n', size - at);
        size_t stop = end == NULL ? size : (size_t)(end - data), colon = 0;
        msched__slice line = msched__slice_trim((msched__slice){data + at, stop - at});
        at = stop + 1;
        if (line.size > 7 && strchr("-*+", line.data[0]) != NULL && line.data[1] == ' ')
            line = msched__slice_trim((msched__slice){line.data + 2, line.size - 2});
        if (line.size < 5 || !msched__slice_is((msched__slice){line.data, 5}, "days:"))
            continue;
        msched__slice value = msched__slice_trim((msched__slice){line.data + 5, line.size - 5});
        if (!msched__digit_at(value, 0)) /* "Days: three" is a to-do */
            continue;
        int32_t days = msched__take_number(value, &colon, 2);
        /* its errors are reported when the line is read */
        return days >= 1 && days <= MSCHED_PLAN_MAX_DAYS && colon == value.size ? (uint32_t)days
                                                                                : 1;
    }
    return 0;
}

static void warn_heading(msched__text_reader *in, msched__slice text)
{
    const msched__slice raw = msched__text_raw(in, text);
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data, "heading_ignored",
                        in->days > 0
                            ? "write ## Tue or ## 2026-11-24; the lines below may be on any date"
                            : "write ## Tue or ## 2026-11-24; the lines below are planned",
                        "the heading \"%.*s\" is not read as a date",
                        (int)(raw.size > 60 ? 60 : raw.size), raw.data);
}

/* "### 7:00 AM - Wake up" would be lost silently. */
static void warn_timed_heading(msched__text_reader *in, msched__slice text)
{
    static const char *const nothing[] = {""};
    if (msched__clock_at(text, 0, 0) == 0)
        return;
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data, "heading_ignored",
                        "leave the # out to plan it",
                        "the heading \"%.*s\" has a time; headings are not planned",
                        (int)(text.size > 60 ? 60 : text.size), text.data);
    msched__diag_edit(in->diag, in->line_number, 1, msched__text_column(in, text.data), nothing, 1);
}

/* "Nov 31", "31. Nov": the name of a month and a day that it does not have. */
static int names_no_date(msched__slice text)
{
    msched__date_parts part = {0};
    for (int words = 0; words < 2; words++) {
        size_t size = 0;
        while (size < text.size && text.data[size] != ' ')
            size++;
        msched__slice word = {text.data, size};
        text = msched__slice_trim((msched__slice){text.data + size, text.size - size});
        while (word.size > 0 && strchr(".:,", word.data[word.size - 1]) != NULL)
            word.size--;
        if (!msched__take_date_part(word, &part))
            return 0;
    }
    return part.month > 0 && part.day > 0;
}

int msched__text_heading(msched__text_reader *in)
{
    msched__slice s = msched__slice_trim(in->plain);
    size_t level = 0;
    int other;
    while (level < s.size && s.data[level] == '#')
        level++;
    if (level == 0 || level > 6 || (level < s.size && s.data[level] != ' '))
        return 0;
    msched__date_list list;
    msched__slice text = msched__slice_trim((msched__slice){s.data + level, s.size - level}),
                  rest = msched__text_without_on(text);
    in->above = MSCHED__ABOVE_NOTHING;
    if (msched__text_begin_week(in, text, level))
        return 1;
    msched__text_begin_songs(in, text);
    int part = msched__text_begin_part(in, text),
        found = msched__text_name_dates(in, &rest, &list, &other);
    const int is_week = !found && in->days > 0 &&
                        (msched__text_begins_with_week(text) || names_no_date(text));
    size_t at = 0;
    if (found && msched__take_number(rest, &at, 2) > 0 && at == rest.size)
        other = 1; /* "Nov 28 - 31" */
    if (found && other && rest.data[0] == '@' && msched__text_begin_part(in, rest))
        other = 0; /* "Sat morning", which was rewritten */
    if ((found && other) || is_week || msched__text_begins_with_range(in, text))
        warn_heading(in, text);
    else if (!found && !part)
        warn_timed_heading(in, text);
    if (found && !other) {
        in->week.heading_level = level;
        msched__text_keep_dates(in, &list, &in->week.heading);
    } else if (level <= in->week.heading_level) {
        in->week.heading = (msched__text_on){NULL, 0};
    }
    return 1;
}

static void bad_day(msched__text_reader *in, msched__slice value, const char *code,
                    const char *repair, const char *message)
{
    msched__text_error(in, value.data, MSCHED_ERROR_VALUE, code, repair, "%s", message);
}

static void keep_exception(msched__text_reader *in, msched__text_on on, msched__slice value)
{
    msched__text_week *week = &in->week;
    msched__text_exception *x;
    msched__attr range = {.a = MSCHED_UNSET, .b = MSCHED_UNSET};
    int is_off = msched__slice_is(value, "off");
    if (week->exceptions == NULL)
        week->exceptions = msched__arena_alloc(&in->arena, MSCHED__SPAN_NAMES_MAX,
                                               sizeof *week->exceptions);
    if (week->exceptions == NULL) {
        in->failed = 1;
        return;
    }
    if (!is_off && !msched__scan_range(value, &range)) {
        bad_day(in, value, "bad_setting", "write day: sat 9:00-24:00, or day: sat off",
                "this is not a time range for the day");
        return;
    }
    if (!is_off && range.kind == MSCHED__ATTR_BAD) {
        bad_day(in, value, range.code, range.repair, range.message);
        return;
    }
    if (!is_off && msched__plain_time(range.b) > MSCHED_DAY_END_S) {
        bad_day(in, value, "outside_day", "end the day by 36:00 (noon of the next day)",
                "the day ends after 36:00");
        return;
    }
    if (week->exception_count == MSCHED__SPAN_NAMES_MAX) {
        bad_day(in, value, "too_many", "remove some of them",
                "a plan has at most 64 days with a window of their own");
        return;
    }
    x = &week->exceptions[week->exception_count++];
    *x = (msched__text_exception){on, is_off ? MSCHED_UNSET : range.a,
                                  is_off ? MSCHED_UNSET : range.b, in->line_number};
}

static const char *const offs[] = {"off",    "day off", "frei",    "libre", "cong\xC3\xA9",
                                   "libero", "vrij",    "holiday", "closed"};

/* Only "off", "frei": the line takes the dates of the heading above it off. */
static int is_off_alone(msched__slice text)
{
    for (size_t i = 0; i < sizeof offs / sizeof offs[0]; i++)
        if (msched__slice_is(text, offs[i]))
            return 1;
    return 0;
}

/* The dates before "off", which may be a range: "27-29 Nov off", "KW 48: frei", "Fri (off)". */
static int dates_off(const msched__text_reader *in, msched__slice text, msched__date_list *list)
{
    const int is_bracketed = text.size > 0 && text.data[text.size - 1] == ')';
    text.size -= (size_t)is_bracketed;
    for (size_t i = 0; i < sizeof offs / sizeof offs[0]; i++) {
        const size_t size = strlen(offs[i]);
        int other;
        if (text.size < size + 2 || text.data[text.size - size - 1] != (is_bracketed ? '(' : ' ') ||
            !msched__slice_is((msched__slice){text.data + text.size - size, size}, offs[i]))
            continue;
        msched__slice rest =
            msched__slice_trim((msched__slice){text.data, text.size - size - (size_t)is_bracketed});
        while (rest.size > 1 && strchr(":-", rest.data[rest.size - 1]) != NULL)
            rest = msched__slice_trim((msched__slice){rest.data, rest.size - 1});
        if (msched__text_week_dates(in, rest, list))
            return 1;
        rest = msched__text_without_on(rest);
        if (rest.size > 6 && msched__slice_is((msched__slice){rest.data, 6}, "every "))
            rest = (msched__slice){rest.data + 6, rest.size - 6};
        if (msched__text_name_dates(in, &rest, list, &other) && rest.size == 0)
            return 1;
    }
    return 0;
}

/* "Fri off", "Samstag: frei": 1 if the line marks dates as off. */
static int take_off(msched__text_reader *in, msched__slice text)
{
    msched__date_list list;
    msched__text_on on = in->week.heading;
    while (text.size > 1 && strchr(".!", text.data[text.size - 1]) != NULL)
        text.size--;
    if (!(on.count > 0 && is_off_alone(text)) &&
        (!dates_off(in, text, &list) || !msched__text_keep_dates(in, &list, &on)))
        return 0;
    in->above = MSCHED__ABOVE_NOTHING;
    if (in->week.heading_level == 7 && in->week.heading.count > 0)
        in->week.heading = on; /* "Fri off" below "Thu" and its to-dos is a heading, too */
    if (in->days > 0)
        keep_exception(in, on, (msched__slice){"off", 3});
    else if (!msched__text_is_other_date(in, &on, in->line_number, 1))
        msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data, "day_off",
                            "remove this line, or write days: 7 for a plan of several days",
                            "this line has no effect in a plan of one day: its items are planned");
    return 1;
}

int msched__text_day_line(msched__text_reader *in, size_t start)
{
    const msched__slice text =
        msched__slice_trim((msched__slice){in->plain.data + start, in->plain.size - start});
    msched__slice rest = msched__text_without_on(text);
    msched__date_list list;
    int other;
    if (text.size == 0)
        return 0;
    if (msched__text_begin_week(in, text, 7) || take_off(in, text))
        return 1;
    if (!msched__text_name_dates(in, &rest, &list, &other))
        return 0;
    const msched__slice more = msched__slice_trim(rest);
    if (more.size == 0 || msched__is_aside(more))
        in->part_end = 0;
    else if (more.data[0] != '@' || !msched__text_begin_part(in, more))
        return 0;
    in->above = MSCHED__ABOVE_NOTHING;
    in->below_songs = MSCHED__SONGS_NOT;
    in->week.heading_level = 7; /* any heading ends the scope of the previous one */
    msched__text_keep_dates(in, &list, &in->week.heading);
    return 1;
}

int msched__text_day_of(msched__text_reader *in, msched__slice value)
{
    msched__date_list list;
    msched__text_on on = in->week.heading;
    size_t size = 0;
    while (size < value.size && value.data[size] != ' ')
        size++;
    if (msched__scan_date_list((msched__slice){value.data, size}, &list)) {
        if (!msched__text_keep_dates(in, &list, &on))
            return 1;
        value = msched__slice_trim((msched__slice){value.data + size, value.size - size});
    } else if (on.count == 0) {
        return 0;
    }
    keep_exception(in, on, value);
    return 1;
}

/* "next Tuesday" may also be the one a week later. */
static void tell_next(msched__text_reader *in, const msched__text_values *v)
{
    const msched__slice text = v->text[MSCHED__ATTR_ON];
    int size = (int)(text.size > 60 ? 60 : text.size);
    msched__date date;
    char texts[2][16];
    if (in->days == 0 || v->column[MSCHED__ATTR_ON] == 0 || v->on.size != 10 || text.size < 5 ||
        !msched__slice_is((msched__slice){text.data, 5}, "next ") ||
        !msched__date_parse(v->on.data, 10, &date))
        return;
    for (int i = 0; i < 2; i++) {
        const msched__date on = msched__date_from_days(msched__date_to_days(date) + 7 * i);
        snprintf(texts[i], sizeof texts[i], "on:%04d-%02u-%02u", on.year, (unsigned)on.month,
                 (unsigned)on.day);
    }
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data, "assumed_date", "write the date",
                        "\"%.*s\" is read as %s", size, text.data, texts[0] + 3);
    const char *const edits[] = {texts[0], texts[1]};
    msched__text_offer(in, text, edits, 2);
}

static msched__text_moment moment_of(const msched__text_values *v, enum msched__attr_kind kind,
                                     msched__slice name)
{
    msched__text_moment out = {0};
    size_t at = 0;
    if (v->column[kind] == 0 || !msched__take_date_word(name, &at, &out.date))
        return out;
    out.is_given = 1;
    out.is_beside = v->value[kind] != 0;
    out.time = v->second[kind];
    return out;
}

/* "3x/week" in a plan of more than a week */
static int is_weekly(const msched__text_reader *in, const msched__text_values *v)
{
    return v->column[MSCHED__ATTR_REPEAT] != 0 && v->second[MSCHED__ATTR_REPEAT] != 0 &&
           in->days > 7;
}

/* The number of times in all, for so many in a week. */
static uint32_t times_in_all(msched__text_reader *in, const msched__text_values *v)
{
    const msched__slice text = v->text[MSCHED__ATTR_REPEAT];
    const uint32_t weekly = (uint32_t)v->value[MSCHED__ATTR_REPEAT];
    uint32_t times = (weekly * in->days + 3) / 7;
    char total[16], repair[60];
    if (times > MSCHED_PLAN_MAX_DAYS)
        times = MSCHED_PLAN_MAX_DAYS;
    snprintf(total, sizeof total, "%ux", (unsigned)times);
    snprintf(repair, sizeof repair, "write %s to confirm", total);
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data, "assumed_date", repair,
                        times == 1 ? "\"%.*s\" is read as once in the %.0u%u days of the plan"
                                   : "\"%.*s\" is read as %u times in the %u days of the plan",
                        msched__attr_shown(text.size), text.data, times == 1 ? 0 : (unsigned)times,
                        (unsigned)in->days);
    const char *const edits[] = {total};
    msched__text_offer(in, text, edits, 1);
    return times;
}

static int check_together(msched__text_reader *in, const msched__text_values *v)
{
    int ok = 1, each = v->column[MSCHED__ATTR_ON] != 0 && v->value[MSCHED__ATTR_ON] != 0;
    if (each && v->column[MSCHED__ATTR_REPEAT] != 0 && v->value[MSCHED__ATTR_REPEAT] > 1) {
        msched__text_conflict(
            in, v, MSCHED__ATTR_ON, MSCHED__ATTR_REPEAT, "conflicting_attributes",
            "remove one of the two; on:mon,wed,fri lists the dates that 2x can use");
        ok = 0;
    }
    if (is_weekly(in, v) &&
        (v->column[MSCHED__ATTR_DUE_AT] != 0 || v->column[MSCHED__ATTR_RELEASE_AT] != 0)) {
        msched__diag_add(
            in->diag, MSCHED_SEVERITY_ERROR, in->line_number, v->column[MSCHED__ATTR_REPEAT],
            MSCHED_ERROR_VALUE, "bad_repeat",
            "write the total number, for example 6x, and add apart:2d to space them out",
            "the plan covers %u days, more than a week", (unsigned)in->days);
        ok = 0;
    }
    if (v->value[MSCHED__ATTR_REPEAT] > (int32_t)MSCHED_PLAN_MAX_DAYS) {
        msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, in->line_number,
                         v->column[MSCHED__ATTR_REPEAT], MSCHED_ERROR_VALUE, "bad_repeat",
                         "write 2x to 31x", "a task can repeat at most 31 times");
        ok = 0;
    }
    return ok;
}

int msched__text_read_dates(msched__text_reader *in, const msched__text_values *v,
                            msched__text_dates *dates)
{
    msched__date_list list;
    *dates = (msched__text_dates){.apart = MSCHED_UNSET,
                                  .max_per_day_s = MSCHED_UNSET,
                                  .due_s = MSCHED_UNSET,
                                  .release_s = MSCHED_UNSET};
    if (v->column[MSCHED__ATTR_ON] != 0) {
        dates->each = v->value[MSCHED__ATTR_ON] != 0;
        dates->interval = v->second[MSCHED__ATTR_ON];
        if (v->on.size > 0 && msched__scan_date_list(v->on, &list) &&
            !msched__text_keep_dates(in, &list, &dates->on))
            return 0;
    }
    tell_next(in, v);
    dates->times = (uint32_t)v->value[MSCHED__ATTR_REPEAT];
    if (v->column[MSCHED__ATTR_APART] != 0)
        dates->apart = v->value[MSCHED__ATTR_APART];
    if (v->column[MSCHED__ATTR_MAX_DAY] != 0)
        dates->max_per_day_s = v->value[MSCHED__ATTR_MAX_DAY];
    dates->due = moment_of(v, MSCHED__ATTR_DUE_AT, v->due);
    dates->release = moment_of(v, MSCHED__ATTR_RELEASE_AT, v->release);
    if (v->column[MSCHED__ATTR_ON] == 0 && v->rule.size == 0 && dates->times == 0 &&
        !dates->due.is_given && !dates->release.is_given)
        dates->on = in->week.heading;
    if (!msched__text_read_happened(in, v, dates) || !check_together(in, v))
        return 0;
    if (is_weekly(in, v))
        dates->times = times_in_all(in, v);
    return 1;
}

static void tell_date_in_title(msched__text_reader *in, msched__slice word, uint32_t column)
{
    msched__diag_add(
        in->diag, MSCHED_SEVERITY_WARNING, in->line_number, column, MSCHED_OK, "date_in_title",
        in->days > 0 ? "write the date at the start or the end (on:tue), or quote the title"
                     : "if it is the date, write it at the start (Tue: ..), else quote the "
                       "title",
        "\"%.*s\" looks like a date; it is left in the title", (int)word.size, word.data);
}

/* In a plan of one day, only the last word: "Groceries tue". */
static void tell_last_word(msched__text_reader *in, msched__slice title, uint32_t column)
{
    size_t start = title.size, end = 0, at;
    msched__date_word word;
    while (start > 0 && title.data[start - 1] != ' ')
        start--;
    at = start;
    if (start == 0 || !msched__take_date_word(title, &at, &word) || at != title.size ||
        word.weekday < 0)
        return;
    for (end = start; end > 0 && title.data[end - 1] == ' ';)
        end--;
    for (at = end; at > 0 && title.data[at - 1] != ' ';)
        at--;
    msched__slice last = {title.data + start, title.size - start};
    if (!msched__is_sun_or_sat(last, (msched__slice){title.data + at, end - at}))
        tell_date_in_title(in, last, column);
}

/* "25/11" in the two months around the plan: a date that "24/7" is not. */
static int is_slash_date(const msched__text_reader *in, msched__slice word)
{
    enum { NEAR = 62 };
    msched__date_parts part = {0};
    msched__date plan;
    int64_t days;
    if (!msched__digit_at(word, 0) || memchr(word.data, '/', word.size) == NULL ||
        !msched__take_numeric_date(word, 0, &part) || part.day == part.month ||
        !msched__date_of_parts(in->day.date, &part, &days) ||
        !msched__date_parse(in->day.date, 10, &plan))
        return 0;
    const int64_t from_plan = days - msched__date_to_days(plan);
    return from_plan > -NEAR && from_plan < NEAR && !(in->days == 0 && from_plan == 0);
}

/* 1 if the plan is of one day, which is not that weekday. */
static int is_other_weekday(const msched__text_reader *in, int weekday)
{
    msched__date plan;
    return in->days == 0 && weekday >= 0 && in->day.date != NULL &&
           msched__date_parse(in->day.date, 10, &plan) &&
           msched__days_weekday(msched__date_to_days(plan)) != (uint32_t)weekday;
}

/* In a plan of one day: "Wed dentist", unless the plan is of that weekday. */
static int begins_with_weekday(const msched__text_reader *in, msched__slice title)
{
    msched__date_word word;
    size_t at = 0;
    return msched__take_date_word(title, &at, &word) && at < title.size && title.data[at] == ' ' &&
           !(at == 3 &&
             strchr(msched__digit_at(title, 4) ? "sm" : "sSmM", title.data[0]) != NULL) &&
           is_other_weekday(in, word.weekday);
}

/* "Di Zahnarzt 15:30": a short name that is also another word, before a noun. */
static int begins_in_german(const msched__text_reader *in, msched__slice s)
{
    size_t end = 0;
    return s.size > 4 && s.data[1] >= 'a' && s.data[2] == ' ' && s.data[3] >= 'A' &&
           s.data[3] <= 'Z' && msched__word_among((msched__slice){s.data, 2}, " mo di mi fr sa ") &&
           is_other_weekday(in, msched__take_weekday(s, &end)) && end == 2;
}

/*
 * "On the 27th pay rent", "Am 25. Zahnarzt": bytes of what may be a date, or the number of a noun
 * as in "Am 5. Geburtstag". 0: it is not there.
 */
static size_t day_in_title(msched__slice s, size_t at)
{
    static const char *const words[] = {"on the ", "am ", "le ", "el ", "il "};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t end = at + msched__phrase_at(s, at, words[i]);
        const size_t number = end;
        const int32_t day = end > at && (i < 2 || at == 0) ? msched__take_number(s, &end, 2) : 0;
        if (day < 1 || day > 31)
            continue;
        const int is_ordinal = i == 0 && msched__letter_at(s, end) && msched__letter_at(s, end + 1);
        end += is_ordinal ? 2 : i == 1 && msched__byte_at(s, end) == '.';
        if (msched__blank_at(s, end) && end > number + (i < 2) &&
            !msched__word_ahead(s, msched__after_blanks(s, end), "floor"))
            return end - at;
    }
    return 0;
}

/* "by eow", "before the weekend": its bytes; 0: it is not there. */
static size_t end_of_week(msched__slice s, size_t at)
{
    static const char *const ends[] = {"by end of week",
                                       "by the end of the week",
                                       "by eow",
                                       "before the weekend",
                                       "bis ende der woche",
                                       "bis wochenende",
                                       "avant la fin de la semaine",
                                       "antes del fin de semana"};
    size_t size = 0;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0] && size == 0; i++)
        size = msched__phrase_at(s, at, ends[i]);
    return size;
}

/*
 * Bytes of what may be a date at a word of a title; 0: none. `any`: also "Tue" and "25/11".
 */
static size_t date_in_title(const msched__text_reader *in, msched__slice s, size_t at, int any)
{
    const msched__slice rest = {s.data + at, s.size - at};
    size_t size = day_in_title(s, at), word = 0, end = at;
    msched__date_word date;
    if (size == 0 && in->days > 0 && at > 0)
        size = end_of_week(s, at);
    if (size > 0)
        return size;
    while (word < rest.size && rest.data[word] != ' ')
        word++;
    if (msched__text_begins_with_range(in, rest) ||
        (any && is_slash_date(in, (msched__slice){rest.data, word})))
        return word;
    /* "watch the sun", "where she sat" */
    if (msched__lower(rest.data[0]) == 's' && (rest.size < 4 || !msched__letter_at(rest, 3)))
        return 0;
    return any && msched__take_date_word(s, &end, &date) ? end - at : 0;
}

void msched__text_tell_weekday(msched__text_reader *in, const char *title, uint32_t column)
{
    const msched__slice s = {title, strlen(title)};
    const int any = in->days > 0 || begins_with_weekday(in, s) ||
                    is_slash_date(in, (msched__slice){title, strcspn(title, " ")});
    for (size_t at = 0; at < s.size; msched__skip_spaces(s, &at)) {
        const size_t size = date_in_title(in, s, at, any);
        if (size > 0) {
            tell_date_in_title(in, (msched__slice){title + at, size}, column);
            return;
        }
        while (at < s.size && title[at] != ' ')
            at++;
    }
    if (begins_in_german(in, s))
        tell_date_in_title(in, (msched__slice){title, 2}, column);
    else if (!any)
        tell_last_word(in, s, column);
}

/* "tue morning": moves past it and writes it as attributes. 0: it is not there. */
static int take_weekday_part(msched__slice s, size_t *at, char out[32])
{
    msched__date_word word;
    int is_english;
    size_t size, end, read = 0;
    const char *part = msched__take_part_of_day(s, *at, &is_english, &size, &end);
    if (part == NULL ||
        !msched__take_date_word((msched__slice){s.data + *at, size}, &read, &word) || read < size ||
        word.weekday < 0)
        return 0;
    snprintf(out, 32, "on:%s %s", msched__weekday_keys[word.weekday], part);
    *at = end;
    return 1;
}

void msched__text_tell_alternatives(msched__text_reader *in)
{
    const msched__slice s = in->line;
    for (size_t at = 0; at < s.size; at++) {
        char first[32], second[32];
        size_t end = at;
        if (s.data[at] == ' ' || (at > 0 && s.data[at - 1] != ' ') ||
            !take_weekday_part(s, &end, first))
            continue;
        msched__skip_spaces(s, &end);
        if (!msched__take_any(s, &end, msched__or_words))
            continue;
        msched__skip_spaces(s, &end);
        if (!take_weekday_part(s, &end, second))
            continue;
        const msched__slice text = {s.data + at, end - at};
        const char *texts[] = {first, second};
        char both[64];
        const int is_same = strcmp(strchr(first, ' '), strchr(second, ' ')) == 0;
        snprintf(both, sizeof both, "on:%.3s,%s", first + 3, second + 3);
        texts[0] = is_same ? both : first;
        msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data, "date_in_title",
                            is_same ? "write on: and both dates, or quote the title"
                                    : "write one of the two, or quote the title",
                            is_same ? "\"%.*s\" is not supported in these words"
                                    : "\"%.*s\" is not supported: a to-do can have one of the two",
                            msched__attr_shown(text.size), text.data);
        msched__text_offer(in, text, texts, is_same ? 1 : 2);
        return;
    }
}
