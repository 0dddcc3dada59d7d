/* Lines of plan text that set something for the whole day: "day: 06:30-23:00". */
#include "base/alloc.h"
#include "base/civil.h"
#include "base/utf8.h"
#include "plan/text/plan_text.h"
#include "time/zone.h"
#include "plan/words/text_length.h"
#include "plan/words/text_range.h"
#include "plan/words/text_writer.h"

#include <stdio.h>
#include <string.h>

enum {
    SET_DAY,
    SET_DATE,
    SET_BUFFER,
    SET_SEPARATION,
    SET_GAP,
    SET_QUIET,
    SET_FILL,
    SET_LIMIT,
    SET_CALENDAR,
    SET_ASSUME_DONE,
    SET_TIMEZONE,
    SET_AVOID,
    SET_COUNT,
    SET_DAYS = SET_COUNT, /* from here on, only for plans of several days */
    SET_MAX_TASKS,
    SET_REPEAT, /* only with a length: "repeat: weekly" is a to-do */
    SET_BREAKS,
    SET_NONE
};

static const char *const names[] = {
    "day",      "date",        "buffer",   "separation", "gap",  "quiet",     "fill",   "limit",
    "calendar", "assume-done", "timezone", "avoid",      "days", "max-tasks", "repeat", "breaks"};

static void tell_duplicate(msched__text_reader *in, size_t which, uint32_t line)
{
    msched__text_error(
        in, in->line.data, MSCHED_ERROR_SYNTAX, "duplicate_setting", "remove one of the two lines",
        "duplicate setting \"%s\" (first given in line %u)", names[which], (unsigned)line);
}

static void set_day(msched__text_reader *in, msched__slice value)
{
    msched__attr range;
    if (in->days > 0 && msched__text_day_of(in, value)) {
        in->setting_line[SET_DAY] = in->day_line;
        return;
    }
    if (in->days > 0 && in->day_line != 0) {
        tell_duplicate(in, SET_DAY, in->day_line);
        return;
    }
    in->day_line = in->line_number;
    if (!msched__scan_range(value, &range)) {
        msched__text_bad_value(in, value, "bad_setting",
                               "write day: 06:30-23:00, or quote the title of a to-do",
                               "this is not a time range for the day");
    } else if (range.kind == MSCHED__ATTR_BAD) {
        msched__text_bad_value(in, value, range.code, range.repair, range.message);
    } else if (msched__plain_time(range.b) > MSCHED_DAY_END_S) {
        msched__text_bad_value(in, value, "outside_day",
                               "end the day by 36:00 (noon of the next day)",
                               "the day ends after 36:00");
    } else {
        in->day.start_s = range.a;
        in->day.end_s = range.b;
        in->day_column = msched__text_column(in, value.data);
        in->day_end_column = in->day_column + (uint32_t)msched__utf8_length(value.data, value.size);
    }
}

static void set_timezone(msched__text_reader *in, msched__slice zone)
{
    char name[65] = "";
    if (zone.size < sizeof name)
        memcpy(name, zone.data, zone.size);
    if (!msched__zone_name_valid(name)) {
        msched__text_bad_value(in, zone, "bad_timezone",
                               "write an IANA name, for example Europe/Berlin",
                               "this is not the name of a time zone");
        return;
    }
    memcpy(in->zone, name, sizeof name);
    in->day.timezone = in->zone;
}

/* "Mon 2026-11-23": without the weekday if it is that of the date. */
static msched__slice after_weekday(msched__slice value)
{
    msched__date date;
    size_t size = 0;
    while (size < value.size && value.data[size] != ' ' && value.data[size] != ',')
        size++;
    msched__slice rest = {value.data + size, value.size - size};
    while (rest.size > 0 && (rest.data[0] == ' ' || rest.data[0] == ','))
        rest = (msched__slice){rest.data + 1, rest.size - 1};
    if (size < 3 || rest.size < 10 || !msched__date_parse(rest.data, 10, &date))
        return value;
    const char *day = msched__weekday_names[msched__days_weekday(msched__date_to_days(date))];
    int is_right = (size == 3 || size == strlen(day)) &&
                   msched__same_letters(value.data, day, size);
    return is_right ? rest : value;
}

static void set_date(msched__text_reader *in, msched__slice value)
{
    msched__date date;
    value = after_weekday(value);
    size_t size = 0;
    while (size < value.size && value.data[size] != ' ')
        size++;
    if (size != 10 || !msched__date_parse(value.data, size, &date)) {
        msched__text_bad_value(
            in, value, "bad_date",
            "write date: 2026-11-24, or date: 2026-11-24 Europe/Berlin, or quote the title "
            "of a to-do",
            "this is not a valid date");
        return;
    }
    memcpy(in->date, value.data, 10);
    in->day.date = in->date;
    msched__slice zone = msched__slice_trim((msched__slice){value.data + size, value.size - size});
    if (zone.size > 0)
        set_timezone(in, zone);
}

/* One length. 0 after an error. */
static int read_length(msched__text_reader *in, msched__slice value, int32_t *seconds,
                       const char *repair)
{
    if (msched__scan_duration(value, 1, seconds) && *seconds <= MSCHED_DAY_END_S)
        return 1;
    msched__text_bad_value(in, value, "bad_duration", repair, "this is not a length");
    return 0;
}

static void set_buffer(msched__text_reader *in, msched__slice value)
{
    static const char repair[] =
        "write buffer: 10m, or buffer: 10m/5m for before and after each to-do";
    const char *slash = memchr(value.data, '/', value.size);
    msched__slice before = value, after = value;
    if (slash != NULL) {
        before.size = (size_t)(slash - value.data);
        after = (msched__slice){slash + 1, value.size - before.size - 1};
    }
    before = msched__slice_trim(before);
    after = msched__slice_trim(after);
    if (read_length(in, before, &in->pad_before, repair) && slash != NULL)
        read_length(in, after, &in->pad_after, repair);
    else
        in->pad_after = in->pad_before;
}

static void set_quiet(msched__text_reader *in, msched__slice value)
{
    while (value.size > 0) {
        const char *comma = memchr(value.data, ',', value.size);
        msched__slice part = {value.data,
                              comma == NULL ? value.size : (size_t)(comma - value.data)};
        value = comma == NULL ? (msched__slice){value.data, 0}
                              : (msched__slice){comma + 1, value.size - part.size - 1};
        part = msched__slice_trim(part);
        msched__attr range;
        if (!msched__scan_range(part, &range)) {
            msched__text_bad_value(in, part, "bad_setting", "write quiet: 13:00-14:00, 22:00-24:00",
                                   "this is not a time range");
            continue;
        }
        if (range.kind == MSCHED__ATTR_BAD || msched__plain_time(range.b) > MSCHED_DAY_END_S) {
            int is_bad = range.kind == MSCHED__ATTR_BAD;
            msched__text_bad_value(in, part, is_bad ? range.code : "outside_day",
                                   is_bad ? range.repair : "end it by 36:00",
                                   is_bad ? range.message : "the interval ends after 36:00");
            continue;
        }
        void *block = in->quiet;
        if (in->listening.quiet_count >= MSCHED__QUIET_MAX) {
            msched__text_bad_value(in, part, "too_many", "remove some of them",
                                   "a plan has at most 1000 quiet intervals");
            return;
        }
        if (!msched__grow(&in->memory, &block, &in->quiet_capacity,
                          2 * (size_t)in->listening.quiet_count + 2, sizeof *in->quiet)) {
            in->failed = 1;
            return;
        }
        in->quiet = block;
        in->quiet[2 * in->listening.quiet_count] = range.a;
        in->quiet[2 * in->listening.quiet_count + 1] = range.b;
        in->listening.quiet_s = in->quiet;
        in->listening.quiet_count++;
    }
}

/* The number was read before all lines (msched__text_count_days). */
static void set_days(msched__text_reader *in, msched__slice value)
{
    size_t at = 0;
    int32_t days = msched__take_number(value, &at, 2);
    if (days < 1 || days > (int32_t)MSCHED_PLAN_MAX_DAYS || at < value.size)
        msched__text_bad_value(in, value, "bad_setting", "write days: 7; a plan has 1 to 31 days",
                               "this is not a number of days");
}

/* "8h", "8h/day": the limit of tasks on a date. */
static void set_max_tasks(msched__text_reader *in, msched__slice value)
{
    if (value.size > 4 && memcmp(value.data + value.size - 4, "/day", 4) == 0)
        value.size -= 4;
    read_length(in, value, &in->week.max_tasks_s,
                "write max-tasks: 8h, the total length of the tasks on each date");
}

/* "10m after 90m", "5 min every 45 min", "10m". */
static void set_breaks(msched__text_reader *in, msched__slice value)
{
    static const char repair[] =
        "write breaks: 10m after 90m, a break of 10 min after 90 min of to-dos";
    static const char *const words[] = {" after ", " every ", " each ", " per "};
    msched__slice length = value, rest = {value.data, 0};
    for (size_t at = 0; at < value.size && rest.size == 0; at++)
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            const size_t size = msched__phrase_at(value, at, words[i]);
            if (size == 0)
                continue;
            length.size = at;
            rest = (msched__slice){value.data + at + size, value.size - at - size};
        }
    if (length.size == value.size ||
        read_length(in, msched__slice_trim(rest), &in->day.break_after_s, repair))
        read_length(in, msched__slice_trim(length), &in->day.break_s, repair);
}

static void set_limit(msched__text_reader *in, msched__slice value)
{
    if (in->days > 0 && value.size > 4 && memcmp(value.data + value.size - 4, "/day", 4) == 0)
        msched__text_bad_value(
            in, value, "bad_setting",
            "write limit: 2h to limit the music on each date, or max-tasks: 8h to limit the tasks",
            "this could limit the music or the tasks");
    else
        read_length(in, value, &in->listening.max_total_s,
                    "write limit: 2h, the total length of the music");
}

static void set_calendar(msched__text_reader *in, msched__slice value)
{
    value = msched__text_raw(in, value);
    if (value.size == 0 || value.size > MSCHED_PLAN_MAX_ID_BYTES) {
        msched__text_bad_value(in, value, "bad_setting",
                               "write calendar: and a name of 1 to 128 bytes",
                               "the calendar name is empty or too long");
        return;
    }
    in->day.calendar_id = msched__arena_copy(&in->arena, value.data, value.size);
    in->failed |= in->day.calendar_id == NULL;
}

static void set_assume_done(msched__text_reader *in, msched__slice value)
{
    if (msched__slice_is(value, "yes") || msched__slice_is(value, "no"))
        in->day.assume_done = msched__slice_is(value, "yes");
    else
        msched__text_bad_value(in, value, "bad_setting",
                               "write assume-done: yes, or assume-done: no",
                               "this is neither yes nor no");
}

/* 1 if a word becomes `name` by inserting, deleting or replacing a letter, or swapping two. */
static int is_slip(msched__slice word, const char *name)
{
    size_t size = strlen(name), same = 0, end = 0;
    if (size ==
        3) /* many words are one letter from a name of three letters; "gaps" is an exception */
        return word.size == 4 && memcmp(word.data, name, 3) == 0;
    if (word.size + 1 < size || word.size > size + 1)
        return 0;
    while (same < size && same < word.size && word.data[same] == name[same])
        same++;
    size_t left = size - same, word_left = word.size - same;
    while (end < left && end < word_left && word.data[word.size - 1 - end] == name[size - 1 - end])
        end++;
    left -= end;
    word_left -= end;
    if (left == 2 && word_left == 2)
        return word.data[same] == name[same + 1] && word.data[same + 1] == name[same];
    return left <= 1 && word_left <= 1 && left + word_left > 0;
}

/* The setting that a similar word before a colon means; SET_COUNT: none. */
static size_t find_meant(msched__slice word, msched__slice value)
{
    size_t which = 0;
    /* "File: taxes" is a to-do, but no to-do has a name similar to these two */
    if (value.size == 0 || value.data[0] < '0' || value.data[0] > '9')
        return is_slip(word, names[SET_TIMEZONE])      ? SET_TIMEZONE
               : is_slip(word, names[SET_ASSUME_DONE]) ? SET_ASSUME_DONE
                                                       : SET_COUNT;
    if (word.size == 3 && memcmp(word.data, "max", 3) == 0)
        return SET_LIMIT;
    while (which < SET_COUNT && !is_slip(word, names[which]))
        which++;
    return which;
}

/* Settings that only plans of several days have; SET_NONE: not such a setting. */
static size_t find_of_span(msched__slice word, msched__slice value)
{
    return msched__slice_is(word, "days") && msched__digit_at(value, 0) ? SET_DAYS
           : msched__slice_is(word, "max-tasks")                        ? SET_MAX_TASKS
           : msched__slice_is(word, "from")                             ? SET_DATE
                                                                        : SET_NONE;
}

static void tell_meant(msched__text_reader *in, msched__slice word, const char *meant,
                       msched__slice value)
{
    char repair[80], text[24];
    const char *const texts[] = {text};
    uint32_t column = msched__text_column(in, word.data);
    snprintf(repair, sizeof repair, "write %s: %.*s, or quote the title of a to-do", meant,
             (int)(value.size > 30 ? 30 : value.size), value.data);
    snprintf(text, sizeof text, "%s:", meant);
    msched__text_error(in, in->line.data, MSCHED_ERROR_VALUE, "unknown_setting", repair,
                       "unknown setting \"%.*s\"", (int)word.size, word.data);
    int colon = word.data + word.size < in->plain.data + in->plain.size &&
                word.data[word.size] == ':';
    msched__diag_edit(in->diag, in->line_number, column,
                      msched__text_column(in, word.data + word.size + (colon ? 1 : 0)), texts, 1);
}

/* "fill 1h pop": the colon is missing, because no to-do has such a name. 1: reported. */
static int lacks_colon(msched__text_reader *in)
{
    static const char *const words[] = {"fill", "limit", "separation", NULL};
    msched__slice s = in->plain;
    size_t at = 0;
    int32_t length;
    if (!msched__take_any(s, &at, words) || at >= s.size || s.data[at] != ' ')
        return 0;
    msched__slice word = {s.data, at},
                  value = msched__slice_trim((msched__slice){s.data + at, s.size - at}),
                  first = value;
    const char *space = memchr(value.data, ' ', value.size);
    if (space != NULL)
        first.size = (size_t)(space - value.data);
    int is_fill = (word.data[0] | 32) == 'f';
    if (!msched__digit_at(first, 0) || !msched__scan_duration(first, 1, &length) ||
        (!is_fill && first.size < value.size))
        return 0;
    for (size_t i = 0; words[i] != NULL; i++)
        if (msched__slice_is(word, words[i]))
            tell_meant(in, word, words[i], value);
    return 1;
}

/* A name, a colon and a value; *which: the name, SET_NONE if it is another one. 0: no colon. */
static int find_setting(msched__slice text, msched__slice *word, msched__slice *value,
                        size_t *which)
{
    const char *colon = memchr(text.data, ':', text.size);
    if (colon == NULL)
        return 0;
    *word = (msched__slice){text.data, (size_t)(colon - text.data)};
    *value = msched__slice_trim((msched__slice){colon + 1, text.size - word->size - 1});
    *which = 0;
    while (*which < SET_NONE && !msched__slice_is(*word, names[*which]))
        ++*which;
    return 1;
}

/* 0: not a setting. */
static int read_setting(msched__text_reader *in, msched__slice text)
{
    msched__slice word, value;
    size_t which;
    if (!find_setting(text, &word, &value, &which))
        return 0;
    if (which == SET_NONE && (msched__slice_is(word, "zone") || msched__slice_is(word, "tz")))
        which = SET_TIMEZONE;
    else if (which == SET_REPEAT || which == SET_BREAKS)
        which = msched__digit_at(value, 0) ? which : SET_NONE;
    else if (which >= SET_COUNT)
        which = in->days > 0 ? find_of_span(word, value) : SET_NONE;
    if (which == SET_NONE) {
        which = find_meant(word, value);
        if (which == SET_COUNT)
            return 0;
        tell_meant(in, word, names[which], value);
        return 1;
    }
    /* each date may have its own window */
    int is_free = which == SET_QUIET || which == SET_AVOID || (which == SET_DAY && in->days > 0) ||
                  which == SET_FILL;
    if (in->setting_line[which] != 0 && !is_free) {
        tell_duplicate(in, which, in->setting_line[which]);
        return 1;
    }
    in->setting_line[which] = in->line_number;
    if (value.size == 0)
        value = (msched__slice){in->line.data, 0};
    switch (which) {
    case SET_DAY:
        set_day(in, value);
        break;
    case SET_DATE:
        set_date(in, value);
        break;
    case SET_BUFFER:
        set_buffer(in, value);
        break;
    case SET_SEPARATION:
        read_length(in, value, &in->listening.artist_separation_s,
                    "write separation: 30m, the time between songs by the same artist");
        break;
    case SET_REPEAT:
        read_length(in, value, &in->listening.repeat_s,
                    "write repeat: 3h, the time between two plays of a song");
        break;
    case SET_BREAKS:
        set_breaks(in, value);
        break;
    case SET_GAP:
        read_length(in, value, &in->listening.gap_s, "write gap: 2s, the time between songs");
        break;
    case SET_QUIET:
        if (value.size == 0)
            msched__text_bad_value(in, value, "bad_setting", "write quiet: 22:00-24:00",
                                   "no interval is given");
        set_quiet(in, value);
        break;
    case SET_FILL:
        msched__text_fill(in, value);
        break;
    case SET_TIMEZONE:
        set_timezone(in, value);
        break;
    case SET_CALENDAR:
        set_calendar(in, value);
        break;
    case SET_ASSUME_DONE:
        set_assume_done(in, value);
        break;
    case SET_AVOID:
        msched__text_avoid(in, value);
        break;
    case SET_DAYS:
        set_days(in, value);
        break;
    case SET_MAX_TASKS:
        set_max_tasks(in, value);
        break;
    default:
        set_limit(in, value);
        break;
    }
    return 1;
}

/* "date 2026-11-24" above the to-dos: the setting, with a warning. */
static int take_date_line(msched__text_reader *in)
{
    const msched__slice s = in->plain;
    size_t at = 0;
    msched__date date;
    if (!msched__take_word(s, &at, "date") || at >= s.size || s.data[at] != ' ' ||
        in->todo_count > 0 || in->setting_line[SET_DATE] != 0)
        return 0;
    const msched__slice word = {s.data, at},
                        value = msched__slice_trim((msched__slice){s.data + at, s.size - at});
    if (value.size < 10 || !msched__date_parse(value.data, 10, &date) ||
        !(value.size == 10 ||
          (value.data[10] == ' ' && memchr(value.data, '/', value.size) != NULL)))
        return 0;
    static const char *const texts[] = {"date:"};
    in->setting_line[SET_DATE] = in->line_number;
    set_date(in, value);
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, s.data, "assumed_date",
                        "write date: with a colon, or quote the title of a to-do",
                        "\"date %.10s\" is read as the date of the plan", value.data);
    msched__text_offer(in, word, texts, 1);
    return 1;
}

int msched__text_setting(msched__text_reader *in)
{
    return lacks_colon(in) || take_date_line(in) || read_setting(in, in->plain);
}

int msched__text_listed_setting(msched__text_reader *in, size_t start)
{
    const uint32_t said = in->diag->count, errors = in->diag->error_count;
    uint32_t lines[sizeof in->setting_line / sizeof in->setting_line[0]];
    size_t which;
    const msched__slice text = {in->plain.data + start, in->plain.size - start};
    msched__slice word, value;
    if (!find_setting(text, &word, &value, &which) || which == SET_NONE || value.size == 0 ||
        !(msched__digit_at(value, 0) || which == SET_DAY ||
          (which == SET_FILL && msched__phrase_at(value, 0, "during:") > 0)))
        return 0;
    memcpy(lines, in->setting_line, sizeof lines);
    int taken = read_setting(in, text);
    if (which == SET_FILL || in->diag->error_count == errors)
        return taken;
    msched__diag_rewind(in->diag, said, errors); /* "- Day: one of them" is a to-do */
    memcpy(in->setting_line, lines, sizeof lines);
    return 0;
}
