/* Names of dates in plan text, and the attributes that only plans of several days have. */
#include "plan/words/text_date_words.h"

#include "base/civil.h"
#include "plan/words/text_length.h"
#include "plan/words/text_negation_words.h"
#include "plan/words/text_spread.h"
#include "plan/words/text_time.h"
#include "plan/words/text_writer.h"

#include <musicsched/plan.h>

#include <stdio.h>
#include <string.h>

/*
 * In English, and full names in German, the Romance languages, Dutch and the Scandinavian ones. The
 * third name is the plural.
 */
static const char *const weekday_names[7][13] = {
    {"sun", "sunday", "sundays", "suns", "sonntag", "dimanche", "domingo", "domenica", "zondag",
     "s\303\266ndag", "s\303\270ndag"},
    {"mon", "monday", "mondays", "mons", "montag", "lundi", "lunes", "luned\xC3\xAC", "lunedi",
     "maandag", "m\303\245ndag", "mandag"},
    {"tue", "tuesday", "tuesdays", "tues", "dienstag", "mardi", "martes", "marted\xC3\xAC",
     "martedi", "dinsdag", "tisdag", "tirsdag"},
    {"wed", "wednesday", "wednesdays", "weds", "mittwoch", "mercredi", "mi\xC3\xA9rcoles",
     "miercoles", "mercoled\xC3\xAC", "mercoledi", "woensdag", "onsdag"},
    {"thu", "thursday", "thursdays", "thurs", "donnerstag", "jeudi", "jueves", "gioved\xC3\xAC",
     "giovedi", "donderdag", "torsdag"},
    {"fri", "friday", "fridays", "fris", "freitag", "vendredi", "viernes", "venerd\xC3\xAC",
     "venerdi", "vrijdag", "fredag"},
    {"sat", "saturday", "saturdays", "sats", "samstag", "sonnabend", "samedi", "s\303\241bado",
     "sabado", "sabato", "zaterdag", "l\303\266rdag", "l\303\270rdag"},
};

static msched__slice rest_of(msched__slice s, size_t at)
{
    return (msched__slice){s.data + at, s.size - at};
}

/* "tomorrow": not in "tomorrow's". */
static int take_relative(msched__slice s, size_t *at, msched__date_word *word)
{
    static const struct {
        const char *name;
        int days;
    } names[] = {{"today", 0},      {"tomorrow", 1},          {"tmrw", 1},
                 {"tmr", 1},        {"yesterday", -1},        {"the day after tomorrow", 2},
                 {"overmorrow", 2}, {"day after tomorrow", 2}};
    size_t end = *at;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++, end = *at) {
        if (!msched__take_word(s, &end, names[i].name) || (end < s.size && s.data[end] == '\''))
            continue;
        *word = (msched__date_word){.weekday = MSCHED__WEEKDAY_RELATIVE, .days = names[i].days};
        *at = end;
        return 1;
    }
    return 0;
}

int msched__take_date_word(msched__slice s, size_t *at, msched__date_word *word)
{
    msched__date date;
    const char first = *at < s.size ? (char)(s.data[*at] | 32) : '\0';
    if (first != '\0' && strchr("tydo", first) != NULL && take_relative(s, at, word))
        return 1;
    const int may_be = first != '\0' && strchr("smtwfdlzjgvo", first) != NULL;
    for (int w = 0; w < 7 && may_be; w++)
        for (int k = 0; k < 13 && weekday_names[w][k] != NULL; k++)
            if (weekday_names[w][k][0] == first && msched__take_word(s, at, weekday_names[w][k])) {
                *word = (msched__date_word){.weekday = w, .is_plural = k == 2};
                return 1;
            }
    int64_t days;
    if (msched__digit_at(s, *at) && msched__take_local_date(s, at, &days)) {
        *word = (msched__date_word){.weekday = MSCHED__WEEKDAY_NONE, .days = days};
        return 1;
    }
    if (s.size - *at < 10 || !msched__date_parse(s.data + *at, 10, &date) ||
        msched__digit_at(s, *at + 10))
        return 0;
    *word = (msched__date_word){.weekday = MSCHED__WEEKDAY_NONE,
                                .days = msched__date_to_days(date)};
    *at += 10;
    return 1;
}

int msched__is_sun_or_sat(msched__slice word, msched__slice before)
{
    static const char *const sun[] = {"in",     "some",    "more",    "no",
                                      "little", "morning", "evening", NULL},
                             *const sat[] = {"i",    "he",    "she", "it",   "we",
                                             "they", "you",   "who", "was",  "have",
                                             "has",  "where", "cat", "that", NULL};
    const char *const *words = msched__slice_is(word, "sun") ? sun : sat;
    size_t at = 0;
    return (words == sun || msched__slice_is(word, "sat")) &&
           msched__take_any(before, &at, words) && at == before.size;
}

/* "mon-fri": from one weekday to another, possibly across the end of the week. */
static void add_range(msched__date_list *list, int from, int to)
{
    list->weekdays |= 1u << from;
    for (int w = from; w != to; list->weekdays |= 1u << w)
        w = (w + 1) % 7;
}

static int add_word(msched__date_list *list, const msched__date_word *word)
{
    list->is_plural |= word->is_plural;
    if (word->weekday >= 0)
        list->weekdays |= 1u << word->weekday;
    else if (word->weekday == MSCHED__WEEKDAY_RELATIVE)
        list->relative |= 1u << (word->days + 1);
    else if (list->date_count < MSCHED__DATE_LIST_MAX)
        list->dates[list->date_count++] = word->days;
    else
        return 0;
    return 1;
}

/* An item of a list. 0: there is none. */
static int take_item(msched__slice s, size_t *at, msched__date_list *list)
{
    static const char *const weekday[] = {"weekdays", "weekday", "workdays", "workday", NULL},
                             *const weekend[] = {"weekends", "weekend", NULL};
    msched__date_word word, last;
    if (msched__take_any(s, at, weekday)) {
        list->weekdays |= 0x3e;
        list->is_plural |= s.data[*at - 1] == 's' || s.data[*at - 1] == 'S';
        return 1;
    }
    if (msched__take_any(s, at, weekend)) {
        list->weekdays |= 0x41;
        list->is_plural |= s.data[*at - 1] == 's' || s.data[*at - 1] == 'S';
        return 1;
    }
    if (!msched__take_date_word(s, at, &word))
        return 0;
    size_t dash = *at;
    if (word.weekday >= 0 && dash < s.size && s.data[dash] == '-' && ++dash &&
        msched__take_date_word(s, &dash, &last) && last.weekday >= 0) {
        add_range(list, word.weekday, last.weekday);
        *at = dash;
        return 1;
    }
    return add_word(list, &word);
}

static int scan_list(msched__slice s, msched__date_list *list, int is_exception);

/* The weekdays of a list without those of another, or without dates: "weekdays except wed". */
static int leave_out(msched__slice s, msched__date_list *list)
{
    msched__date_list out;
    if (!scan_list(s, &out, 1) || out.date_count > MSCHED__DATE_EXCEPT_MAX || out.relative != 0 ||
        list->date_count > 0 || list->relative != 0)
        return 0;
    list->weekdays &= ~out.weekdays;
    list->except_count = out.date_count;
    memcpy(list->excepts, out.dates, out.date_count * sizeof *out.dates);
    return list->weekdays != 0;
}

/* "except sunday", "day except sunday": of the whole week. */
static int scan_rest_of_week(msched__slice s, msched__date_list *list)
{
    size_t at = 0;
    if (msched__take_word(s, &at, "any"))
        msched__skip_spaces(s, &at);
    const int is_day = msched__take_word(s, &at, "day"); /* not in "all but Sunday" */
    msched__skip_spaces(s, &at);
    *list = (msched__date_list){.weekdays = 0x7f};
    return msched__take_except(s, &at, is_day) && leave_out(rest_of(s, at), list);
}

/* In an exception, "and not Thu" is one more. */
static int scan_list(msched__slice s, msched__date_list *list, int is_exception)
{
    size_t at = 0;
    int spaced = 0; /* "mon wed"; "Wed 2026-11-25" is one date */
    if (!is_exception && s.size > 6 && strchr("abdejmnopstwz", s.data[0] | 32) != NULL &&
        scan_rest_of_week(s, list))
        return 1;
    *list = (msched__date_list){0};
    while (take_item(s, &at, list)) {
        msched__skip_spaces(s, &at);
        if (spaced && (list->date_count > 0 || list->relative != 0))
            return 0;
        if (at == s.size)
            return 1;
        if (s.data[at] == ',' && at + 1 < s.size && s.data[at + 1] == ' ') { /* "mon-fri, no wed" */
            size_t next = at + 2;
            at = msched__take_except(s, &next, 1) ? at + 2 : at;
        }
        const int is_except = msched__take_except(s, &at, 1);
        if (is_except && !is_exception)
            return leave_out(rest_of(s, at), list);
        if (s.data[at] == ',' || s.data[at] == '/' || s.data[at] == '&' || s.data[at] == '+')
            at++;
        else if (!is_except && !msched__take_word(s, &at, "and") &&
                 !msched__take_word(s, &at, "or") && !msched__take_word(s, &at, "nor") &&
                 !(spaced |= s.data[at - 1] == ' '))
            return 0;
        msched__skip_spaces(s, &at);
    }
    return 0;
}

int msched__scan_date_list(msched__slice s, msched__date_list *list)
{
    return scan_list(s, list, 0);
}

static int bad(msched__attr *attr, msched__slice s, const char *code, const char *what,
               const char *repair)
{
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" %s", msched__attr_shown(s.size), s.data,
             what);
    snprintf(attr->repair, sizeof attr->repair, "%s", repair);
    return msched__attr_bad(attr, code);
}

static int starts(msched__slice s, const char *word)
{
    size_t size = strlen(word);
    return s.size >= size && msched__slice_is((msched__slice){s.data, size}, word);
}

static int set_dates(msched__attr *attr, msched__slice list, int every)
{
    attr->name = list;
    return msched__attr_set(attr, MSCHED__ATTR_ON, every);
}

/* "only Wed", "weekends only": without the word. */
static msched__slice without_only(msched__slice s)
{
    static const char *const words[] = {"only", "nur", "solo", "seulement", "alleen"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t size = strlen(words[i]);
        if (s.size <= size + 1)
            continue;
        if (starts(s, words[i]) && s.data[size] == ' ')
            return rest_of(s, size + 1);
        if (s.data[s.size - size - 1] == ' ' && starts(rest_of(s, s.size - size), words[i]))
            return (msched__slice){s.data, s.size - size - 1};
    }
    return s;
}

/* "on:mon,wed", "on Wed"; a weekday or date by itself at the start or the end of a to-do. */
static int match_on(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    msched__date_list list;
    if (starts(s, "on:")) {
        if (msched__scan_date_list(rest_of(s, 3), &list))
            return set_dates(attr, rest_of(s, 3), 0);
        return memchr(s.data, ' ', s.size) == NULL &&
               bad(attr, s, "bad_date", "has no valid date",
                   "write on:mon, on:mon,wed, on:mon-fri or on:2026-11-24");
    }
    const int is_todo = place != MSCHED__PLACE_SONG && place != MSCHED__PLACE_FILL;
    const size_t size = s.size;
    s = without_only(s);
    static const char *const ons[] = {"on ", "am ", "den ", "le ", "el ", "il "};
    for (size_t i = 0; i < sizeof ons / sizeof ons[0]; i++) {
        if (!starts(s, ons[i]) || !msched__scan_date_list(rest_of(s, strlen(ons[i])), &list))
            continue;
        attr->doubt |= is_todo ? 0 : MSCHED__BARE;
        return set_dates(attr, rest_of(s, strlen(ons[i])), list.is_plural);
    }
    int is_weekend = msched__slice_is(s, "weekend") || msched__slice_is(s, "this weekend") ||
                     msched__slice_is(s, "at the weekend");
    if (place != MSCHED__PLACE_LEAD && is_weekend) {
        attr->doubt |= MSCHED__BARE;
        return set_dates(attr, (msched__slice){s.data + s.size - 7, 7}, 0);
    }
    if (is_todo && starts(s, "either "))
        s = rest_of(s, 7);
    if (!msched__scan_date_list(s, &list) ||
        (s.size == size && (starts(s, "week") || starts(s, "work")) &&
         memchr(s.data, ' ', s.size) == NULL))
        return 0;
    attr->doubt |= MSCHED__BARE;
    return set_dates(attr, s, list.is_plural);
}

/* "other day", "2 days", "third day": the interval in days; 0: no match. */
static int32_t interval_of(msched__slice s)
{
    static const char *const ordinals[] = {"other", "second", "third", "fourth"},
                             *const numbers[] = {"two", "three", "four", "five", "six"};
    size_t at = 0;
    int32_t days = msched__take_number(s, &at, 2);
    int many = days > 1;
    for (int32_t i = 0; i < 4 && at == 0; i++)
        if (msched__take_word(s, &at, ordinals[i]))
            days = i == 0 ? 2 : i + 1;
    for (int32_t i = 0; i < 5 && at == 0; i++)
        if (msched__take_word(s, &at, numbers[i]))
            days = i + 2, many = 1;
    msched__skip_spaces(s, &at);
    return days > 1 && days <= (int32_t)MSCHED_PLAN_MAX_DAYS &&
                   msched__slice_is(rest_of(s, at), many ? "days" : "day")
               ? days
               : 0;
}

/* The dates after "every"; "" for every day, or every `interval` days. 0: not a repeat. */
static int take_every(msched__slice s, msched__slice *dates, int32_t *interval)
{
    static const char *const everys[] = {"every", "each", NULL};
    msched__date_list list;
    size_t at = 0;
    *interval = 1;
    if (strchr("eda", s.data[0] | 32) == NULL)
        return 0;
    if (msched__take_word(s, &at, "daily")) { /* also "daily except weekends" */
        msched__skip_spaces(s, &at);
        size_t out = at;
        *dates = rest_of(s, at);
        return at == s.size ||
               (msched__take_except(s, &out, 1) && msched__scan_date_list(*dates, &list));
    }
    if (msched__slice_is(s, "alternate days")) {
        *dates = (msched__slice){s.data, 0};
        *interval = 2;
        return 1;
    }
    if (!msched__take_any(s, &at, everys) || at == s.size || s.data[at] != ' ')
        return 0;
    msched__skip_spaces(s, &at);
    if (msched__take_word(s, &at, "single"))
        msched__skip_spaces(s, &at);
    *dates = rest_of(s, at);
    int32_t days = interval_of(*dates);
    *interval = days > 0 ? days : 1;
    if (days > 0 || msched__slice_is(*dates, "day") || msched__slice_is(*dates, "date"))
        dates->size = 0;
    return dates->size == 0 || msched__scan_date_list(*dates, &list);
}

/* "x3": at the end of a line. */
static int32_t count_after_x(msched__slice s)
{
    size_t at = 1;
    const int32_t count = (s.data[0] | 32) == 'x' ? msched__take_number(s, &at, 2) : 0;
    return at == s.size ? count : 0;
}

/* "3x", "x3", "3x/week", "3 times a week", "weekly": the number of occurrences. */
static int match_count(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    static const char *const ends[] = {
        "/week", "/wk",     " a week", " per week", " every week", " each week", " this week",
        " week", " weekly", "/w",      "/woche",    "/semaine",    "/semana",    "/settimana"};
    static const char *const numbers[] = {"two", "three", "four", "five", "six", "seven"};
    size_t at = 0;
    static const char *const once[] = {"weekly",      "every week",    "each week",
                                       "once a week", "once per week", NULL};
    int is_days = 0;
    if (msched__take_any(s, &at, once) && at == s.size) /* of a week */
        return msched__attr_set(attr, MSCHED__ATTR_REPEAT, 1);
    at = 0;
    int32_t count = place == MSCHED__PLACE_TRAIL ? count_after_x(s) : 0;
    if (count > 0)
        return msched__attr_set(attr, MSCHED__ATTR_REPEAT, count);
    count = 2;
    if (!msched__take_word(s, &at, "twice")) {
        count = msched__take_number(s, &at, 2);
        for (int32_t n = 0; n < 6 && count <= 0; n++)
            if (msched__take_word(s, &at, numbers[n]))
                count = n + 2;
        if (count <= 0)
            return 0;
        msched__skip_spaces(s, &at);
        is_days = msched__take_word(s, &at, "days");
        if (!is_days && !msched__take_word(s, &at, "x") && !msched__take_word(s, &at, "times") &&
            !(at < s.size && (s.data[at] == '/' || msched__word_ahead(s, at, "per"))))
            return 0;
    }
    msched__slice left = rest_of(s, at);
    int weekly = 0;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        weekly |= msched__slice_is(left, ends[i]);
    if ((left.size > 0 || is_days) && !weekly)
        return 0;
    if (place == MSCHED__PLACE_SONG)
        return weekly && bad(attr, s, "bad_repeat", "is not a supported repeat of a song",
                             "write x2 to play it twice");
    msched__attr_set(attr, MSCHED__ATTR_REPEAT, count);
    attr->b = weekly;
    return 1;
}

static int has_word(msched__slice s, const char *word)
{
    for (size_t at = 0; at < s.size; at++)
        if ((at == 0 || s.data[at - 1] == ' ') && msched__word_ahead(s, at, word))
            return 1;
    return 0;
}

/* "every 4h", "each hour" */
static int is_within_day(msched__slice s)
{
    static const char *const units[] = {"h", "hour", "hours", "hrs", "min", "minutes", NULL};
    size_t at = starts(s, "every ") ? 6 : starts(s, "each ") ? 5 : 0;
    if (at == 0)
        return 0;
    while (msched__digit_at(s, at))
        at++;
    msched__skip_spaces(s, &at);
    return msched__take_any(s, &at, units) && at == s.size;
}

static int match_repeat(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    static const char *const others[] = {"every ", "each ",       "monthly",
                                         "yearly", "fortnightly", "biweekly"};
    msched__slice dates;
    int32_t interval;
    if (take_every(s, &dates, &interval)) {
        set_dates(attr, dates, 1);
        attr->b = interval;
        return 1;
    }
    if (match_count(s, place, attr))
        return 1;
    msched__attr_clear(attr, s);
    if (place == MSCHED__PLACE_TRAIL && msched__slice_is(s, "next week"))
        return bad(attr, s, "bad_date", "is ambiguous in a plan of several days",
                   "write the date, for example on:tue or on:2026-11-24, or quote the title");
    static const char *const units[] = {"day",     "days",  "week", "weeks", "monday",
                                        "tuesday", "mon",   "tue",  "month", "months",
                                        "year",    "years", NULL};
    static const char *const parts[] = {"morning", "night", "evening", "lunch", "afternoon", NULL};
    size_t last = s.size, unit = 0, part = 0;
    while (last > 0 && s.data[last - 1] != ' ')
        last--;
    static const char *const moments[] = {"from",  "after", "starting", "by", "before",
                                          "until", "due",   "on",       "at", "since"};
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++)
        if (has_word(s, moments[i])) /* of an attribute after it */
            return 0;
    int is_part = msched__take_any(rest_of(s, last), &part, parts) && part == s.size - last;
    if (is_part && place == MSCHED__PLACE_SONG)
        return 0; /* "every evening": two attributes */
    for (size_t at = 1; is_part && place != MSCHED__PLACE_TRAIL && at < last; at++) /* of a title */
        is_part = s.data[at] != ' ' || !take_every((msched__slice){s.data, at}, &dates, &interval);
    int is_unit = is_part ||
                  (msched__take_any(rest_of(s, last), &unit, units) && unit == s.size - last);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if ((i == 0 && is_within_day(s)) ||
            (starts(s, others[i]) && (i > 1 ? place == MSCHED__PLACE_TRAIL &&
                                                  (strlen(others[i]) == s.size ||
                                                   starts(rest_of(s, strlen(others[i])), " on "))
                                            : is_unit)))
            return bad(attr, s, "bad_repeat", "is not a supported repeat",
                       "write every day, every 2 days, every weekday, every mon,wed or 3x/week, "
                       "or list the dates with on:");
    return 0;
}

/* A date, possibly with a time after it: "fri", "Fri 17:00", "2026-11-27T17:00". */
static int take_moment(msched__slice s, size_t at, int begins, msched__attr *attr)
{
    msched__date_word word;
    msched__clock clock;
    size_t start = at;
    if (!msched__take_date_word(s, &at, &word) || /* "notes from yesterday" */
        (begins && word.weekday == MSCHED__WEEKDAY_RELATIVE && word.days <= 0))
        return 0;
    attr->name = (msched__slice){s.data + start, at - start};
    attr->b = MSCHED_UNSET;
    if (at == s.size)
        return 1;
    if (s.data[at] == 'T' || s.data[at] == ' ' || s.data[at] == ',')
        at++;
    msched__skip_spaces(s, &at);
    const int is_marked = msched__take_word(s, &at, "at");
    msched__skip_spaces(s, &at);
    enum msched__time_form form = msched__scan_time(s, &at, &clock);
    attr->b = clock.seconds;
    /* "Report by Fri 3h" gives the length */
    const int is_length = clock.lettered && !is_marked && clock.seconds < 13 * 3600 &&
                          (s.data[s.size - 1] | 32) == 'h';
    return form == MSCHED__TIME_OK && at == s.size && !is_length;
}

/* "before Fri" ends on the date before, unlike "by Fri". */
static int is_before(const char *word)
{
    static const char *const words[] = {
        "before", "vor",         "avant", "antes",     "przed", "voor", "v\303\263\303\263r",
        "innan",  "f\303\266re", "inden", "f\303\270r"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strncmp(word, words[i], strlen(words[i])) == 0)
            return 1;
    return 0;
}

/* "by Fri 17:00", "due:2026-11-27", "from Tue", "after Wed 9:00": moments. */
static int match_moment(msched__slice s, msched__attr *attr)
{
    static const char *const words[] = {
        "by", "before", "until", "till", "due by", "due on", "due", "no later than",
        "due:", "by:", "bis zum", "bis", "vor dem", "vor", "avant le", "avant", "antes del",
        "antes de", "hasta el", "hasta", "entro il", "entro", "au plus tard le", "au plus tard",
        "sp\303\244testens am", "sp\303\244testens", "at\303\251 o dia", "at\303\251", "przed",
        "tot", "uiterlijk", "voor", "v\303\263\303\263r", "senast den", "senast", "innan den",
        "innan", "f\303\266re den", "f\303\266re", "senest", "inden", "f\303\270r",
        /* from here on, the first moment; the last word: not on that date itself */
        "from", "not before", "starting", "from:", "release:", "t:", "ab dem", "ab", "od", "vanaf",
        "a partir de", "fr\303\245n", "after"};
    const size_t count = sizeof words / sizeof words[0], first_release = count - 13;
    for (size_t i = 0; i < count; i++) {
        if (words[i][0] != (s.data[0] | 32))
            continue;
        size_t at = strlen(words[i]);
        const int is_colon = words[i][at - 1] == ':', is_release = i >= first_release;
        if (!starts(s, words[i]) || (!is_colon && (at >= s.size || s.data[at] != ' ')))
            continue;
        msched__skip_spaces(s, &at);
        if (strcmp(words[i], "od") == 0 && !msched__digit_at(s, at))
            continue; /* "OD Monday" */
        if (take_moment(s, at, is_release, attr)) {
            attr->a = i + 1 == count || (attr->b == MSCHED_UNSET && is_before(words[i]));
            attr->kind = is_release ? MSCHED__ATTR_RELEASE_AT : MSCHED__ATTR_DUE_AT;
            return 1;
        }
        if (is_colon && memchr(s.data, ' ', s.size) == NULL)
            return bad(attr, s, "bad_date", "has no valid date",
                       "write due:fri, due:2026-11-27 or by Fri 17:00");
    }
    return 0;
}

/*
 * A moment at the start of a line: "by Friday Report 2h", "bis 26.11. Report 2h". After the words
 * with which a title may begin ("Before Friday", "From Monday"), only a date with numbers counts.
 */
static int leads_moment(msched__slice s, msched__attr *attr)
{
    static const char *const clear[] = {"by ", "due ", "bis ", "entro il ", "hasta el "};
    if (!match_moment(s, attr) || attr->kind == MSCHED__ATTR_BAD)
        return 0;
    for (size_t i = 0; i < sizeof clear / sizeof clear[0]; i++)
        if (starts(s, clear[i]))
            return 1;
    return msched__digit_at(attr->name, 0);
}

int msched__match_day(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    msched__slice dates;
    int32_t interval;
    if (s.size < 3 || !(msched__letter_at(s, 0) || msched__digit_at(s, 0)))
        return 0;
    msched__attr_clear(attr, s);
    if (take_every(s, &dates, &interval))
        return dates.size > 0 && set_dates(attr, dates, 1);
    return match_on(s, place, attr) || (place == MSCHED__PLACE_LEAD && leads_moment(s, attr)) ||
           (place == MSCHED__PLACE_TRAIL && match_moment(s, attr) &&
            attr->kind != MSCHED__ATTR_BAD);
}

int msched__match_span(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    if (s.size == 0 || !(msched__letter_at(s, 0) || msched__digit_at(s, 0)))
        return 0;
    msched__attr_clear(attr, s);
    if (match_on(s, place, attr))
        return 1;
    if (place == MSCHED__PLACE_SONG && msched__slice_is(s, "every")) {
        attr->b = 1;
        return set_dates(attr, rest_of(s, s.size), 1);
    }
    if ((place != MSCHED__PLACE_FILL || starts(s, "every ")) && match_repeat(s, place, attr))
        return 1;
    if (place == MSCHED__PLACE_LEAD)
        return leads_moment(s, attr);
    if (place != MSCHED__PLACE_TRAIL)
        return 0;
    return match_moment(s, attr) || msched__match_spread(s, attr);
}
