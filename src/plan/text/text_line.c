/* A line of plan text that is a to-do. */
#include "base/alloc.h"
#include "base/utf8.h"
#include "plan/text/plan_text.h"
#include "plan/text/text_late.h"
#include "plan/text/text_negation.h"
#include "plan/text/text_rule.h"
#include "plan/words/text_occasions.h"

#include <stdio.h>
#include <string.h>

/* The attribute with the space before it, or after it at the start of the line. */
static void offer_deletion(msched__text_reader *in, const msched__text_values *v,
                           enum msched__attr_kind kind)
{
    static const char *const nothing[] = {""};
    msched__slice text = v->text[kind];
    uint32_t column = v->column[kind],
             end = column + (uint32_t)msched__utf8_length(text.data, text.size);
    int first = column == 1;
    msched__diag_edit(in->diag, in->line_number, first ? column : column - 1, first ? end + 1 : end,
                      nothing, 1);
}

/* Report two contradictory attributes, at the second. */
static int conflict(msched__text_reader *in, const msched__text_values *v, enum msched__attr_kind a,
                    enum msched__attr_kind b, const char *code, const char *repair)
{
    if (v->column[a] == 0 || v->column[b] == 0)
        return 0;
    msched__text_conflict(in, v, a, b, code, repair);
    offer_deletion(in, v, b);
    return 1;
}

static int refuse(msched__text_reader *in, const msched__text_values *v,
                  enum msched__attr_kind kind, const char *code, const char *message,
                  const char *repair)
{
    if (v->column[kind] == 0)
        return 0;
    msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, in->line_number, v->column[kind],
                     MSCHED_ERROR_VALUE, code, repair, "%s", message);
    offer_deletion(in, v, kind);
    return 1;
}

/* "tonight at 8": the time, in the part of the day where that can be. */
static void settle_daypart(msched__text_values *v)
{
    enum msched__attr_kind fixed = v->column[MSCHED__ATTR_RANGE] != 0 ? MSCHED__ATTR_RANGE
                                                                      : MSCHED__ATTR_AT;
    int32_t from = v->value[MSCHED__ATTR_DAYPART], to = v->second[MSCHED__ATTR_DAYPART],
            time = msched__plain_time(v->value[fixed]);
    uint32_t loose = MSCHED__LOOSE_START | MSCHED__LOOSE_END | MSCHED__TOLD;
    const enum msched__attr_kind earliest = MSCHED__ATTR_EARLIEST;
    if (v->column[earliest] != 0 && msched__phrase_at(v->text[earliest], 0, "pm") > 0 &&
        v->column[fixed] != 0 && fixed == MSCHED__ATTR_AT &&
        (time >= 43200 || (v->doubt[fixed] & loose) != 0)) {
        v->column[earliest] = 0; /* "PM: dentist 2:30" */
        v->value[fixed] = v->second[fixed] = time < 43200 ? time + 43200 : v->value[fixed];
        v->doubt[fixed] &= time < 43200 ? ~loose : UINT32_MAX;
    }
    if (v->column[MSCHED__ATTR_DAYPART] == 0 || v->column[fixed] == 0)
        return;
    if (fixed == MSCHED__ATTR_AT && (v->doubt[fixed] & loose) != 0) {
        time += time < from ? 43200 : 0;
        if (time < from || time >= to)
            return;
        v->doubt[fixed] &= ~loose;
        v->value[fixed] = v->second[fixed] = time;
    }
    /* "6:30-7:15 in the evening" */
    if (fixed == MSCHED__ATTR_RANGE && (v->doubt[fixed] & MSCHED__TWELVE) != 0 && time < from &&
        time + 43200 >= from && time + 43200 < to) {
        time += 43200;
        v->value[fixed] += 43200;
        v->second[fixed] += 43200;
        v->doubt[fixed] &= ~(loose | MSCHED__TWELVE);
    }
    if (time >= from && time < to)
        v->column[MSCHED__ATTR_DAYPART] = 0;
}

/* "10:00-11:00 Call 1h" gives the length twice. */
static void drop_equal_length(msched__text_values *v)
{
    int32_t length = v->second[MSCHED__ATTR_RANGE] - v->value[MSCHED__ATTR_RANGE];
    int loose = (v->doubt[MSCHED__ATTR_RANGE] & (MSCHED__LOOSE_START | MSCHED__LOOSE_END)) != 0;
    if (v->column[MSCHED__ATTR_RANGE] == 0 || v->column[MSCHED__ATTR_DURATION] == 0)
        return;
    if (length == v->value[MSCHED__ATTR_DURATION] ||
        (loose && (length - v->value[MSCHED__ATTR_DURATION]) % 43200 == 0))
        v->column[MSCHED__ATTR_DURATION] = 0;
}

static int check_together(msched__text_reader *in, const msched__text_values *v)
{
    static const char one_time[] =
        "remove one of the two: a to-do with a start is an event and keeps its time";
    enum msched__attr_kind fixed = v->column[MSCHED__ATTR_RANGE] != 0 ? MSCHED__ATTR_RANGE
                                                                      : MSCHED__ATTR_AT;
    int wrong = conflict(in, v, MSCHED__ATTR_RANGE, MSCHED__ATTR_DURATION, "range_and_duration",
                         "remove the length, write only the start, or write between ... and ... if "
                         "its time is flexible");
    wrong |= conflict(in, v, MSCHED__ATTR_RANGE, MSCHED__ATTR_AT, "conflicting_attributes",
                      one_time);
    wrong |= conflict(in, v, fixed, MSCHED__ATTR_EARLIEST, "conflicting_attributes", one_time);
    wrong |= conflict(in, v, fixed, MSCHED__ATTR_LATEST, "conflicting_attributes", one_time);
    wrong |= conflict(in, v, fixed, MSCHED__ATTR_DAYPART, "conflicting_attributes", one_time);
    wrong |= conflict(in, v, fixed, MSCHED__ATTR_BETWEEN, "conflicting_attributes", one_time);
    if (v->column[fixed] != 0) {
        static const char message[] = "this applies only to tasks; an event has a fixed time",
                          repair[] = "remove it, or remove the time";
        wrong |= refuse(in, v, MSCHED__ATTR_SPLIT, "not_for_events", message, repair);
        wrong |= refuse(in, v, MSCHED__ATTR_AFTER, "not_for_events", message, repair);
        wrong |= refuse(in, v, MSCHED__ATTR_BEFORE, "not_for_events", message, repair);
        wrong |= refuse(in, v, MSCHED__ATTR_LATE, "not_for_events", message, repair);
        if (v->value[MSCHED__ATTR_REPEAT] != 1 || v->column[MSCHED__ATTR_ON] == 0) /* "weekly" */
            wrong |= refuse(in, v, MSCHED__ATTR_REPEAT, "not_for_events", message,
                            "write every and the dates: an event occurs on each of them");
        wrong |= refuse(in, v, MSCHED__ATTR_APART, "not_for_events", message, repair);
        wrong |= refuse(in, v, MSCHED__ATTR_MAX_DAY, "not_for_events", message, repair);
        wrong |= refuse(in, v, MSCHED__ATTR_DUE_AT, "not_for_events", message, repair);
        wrong |= refuse(in, v, MSCHED__ATTR_RELEASE_AT, "not_for_events", message, repair);
    }
    wrong |= refuse(in, v, MSCHED__ATTR_DURING, "not_for_todos", "during: applies only to songs",
                    "remove it; use after: or a time to place a to-do");
    if (v->value[MSCHED__ATTR_MUSIC] == 0)
        wrong |= conflict(in, v, MSCHED__ATTR_MUSIC, MSCHED__ATTR_MOOD, "conflicting_attributes",
                          "remove #nomusic or the mood");
    return !wrong;
}

static void offer_length(msched__text_reader *in, const msched__text_values *v)
{
    char text[24];
    const char *const texts[] = {text};
    snprintf(text, sizeof text, "%dm", (int)v->value[MSCHED__ATTR_DURATION] / 60);
    msched__text_offer(in, v->text[MSCHED__ATTR_DURATION], texts, 1);
}

/* "9h30" is a time at the start of a line and a length at its end. */
static void tell_lettered(msched__text_reader *in, const msched__text_values *v,
                          enum msched__attr_kind kind)
{
    msched__slice text = v->text[kind];
    int is_time = kind == MSCHED__ATTR_AT, hour = (int)v->value[kind] / 3600,
        minute = (int)v->value[kind] / 60 % 60;
    char repair[100], time[16], length[24];
    snprintf(time, sizeof time, "%d:%02d", hour, minute);
    snprintf(length, sizeof length, "%dh%02dm", hour, minute);
    snprintf(repair, sizeof repair, "write %s for the time, or %s for the length", time, length);
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data,
                        is_time ? "assumed_time" : "assumed_length", repair,
                        "\"%.*s\" is read as the %s %s", (int)text.size, text.data,
                        is_time ? "time" : "length", is_time ? time : length);
    const char *const texts[] = {is_time ? time : length, is_time ? length : time};
    msched__text_offer(in, text, texts, 2);
}

/*
 * Report readings worth a note: attributes taken from the title, dotted times, the longer of two
 * lengths.
 */
static void tell_readings(msched__text_reader *in, const msched__text_values *v)
{
    for (int kind = 0; kind < MSCHED__ATTR_COUNT; kind++) {
        msched__slice text = v->text[kind];
        int size = (int)(text.size > 60 ? 60 : text.size);
        uint32_t doubt = v->doubt[kind];
        if (v->column[kind] == 0)
            continue;
        if ((doubt & (MSCHED__MULTIPLE | MSCHED__UNITLESS)) != 0) {
            msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data, "assumed_length",
                                "write one length, for example 45m, or quote the title",
                                "\"%.*s\" is read as the length %d min", size, text.data,
                                (int)v->value[kind] / 60);
            offer_length(in, v);
        } else if ((doubt & MSCHED__LENGTH_RANGE) != 0) {
            msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data, "length_range",
                                "write one length",
                                "\"%.*s\" gives two lengths; the longer is used", size, text.data);
            offer_length(in, v);
        } else if ((doubt & MSCHED__LETTERED) != 0)
            tell_lettered(in, v, (enum msched__attr_kind)kind);
        else if ((doubt & MSCHED__SHOW) != 0 && kind != MSCHED__ATTR_DAYPART)
            msched__text_remark(in, MSCHED_SEVERITY_NOTE, text.data, "taken_from_title",
                                "quote the title to keep it there",
                                "\"%.*s\" is read as the %s and removed from the title", size,
                                text.data,
                                kind == MSCHED__ATTR_DURATION ? "length"
                                : kind >= MSCHED__ATTR_ON     ? "date"
                                                              : "time");
        else if ((doubt & (MSCHED__DOTTED | MSCHED__PACKED)) != 0 && kind == MSCHED__ATTR_AT &&
                 (doubt & MSCHED__MARKED) == 0)
            msched__text_remark(in, MSCHED_SEVERITY_NOTE, text.data, "time_format",
                                "quote the title if it belongs there",
                                "\"%.*s\" is read as the time %d:%02d", size, text.data,
                                (int)v->value[kind] / 3600, (int)v->value[kind] / 60 % 60);
    }
}

/* "#focsu" may mean #focus; any other label gets a note. */
static void tell_label(msched__text_reader *in, msched__slice text, const char *meant)
{
    if (meant == NULL) {
        msched__text_remark(in, MSCHED_SEVERITY_NOTE, text.data, "label", "",
                            "\"%.*s\" is kept as a label", (int)text.size, text.data);
        return;
    }
    int part = text.data[0] == '@';
    char known[60], repair[80];
    const char *const texts[] = {known};
    snprintf(known, sizeof known, "%c%s", part ? '@' : '#', meant);
    snprintf(repair, sizeof repair, "write %s", known);
    msched__text_remark(
        in, MSCHED_SEVERITY_WARNING, text.data, part ? "unknown_daypart" : "unknown_tag", repair,
        "\"%.*s\" is kept as a label; did you mean %s?", (int)text.size, text.data, known);
    msched__text_offer(in, text, texts, 1);
}

/* 0 when out of memory. */
static int keep_label(msched__text_reader *in, msched__text_todo *todo, const msched__attr *attr,
                      msched__slice text)
{
    msched__slice name = msched__text_raw(in, attr->name);
    char *label = msched__arena_copy(&in->arena, name.data, name.size);
    if (label != NULL)
        label[msched__text_keep(in, name, label)] = '\0';
    uint32_t same = 0;
    while (label != NULL && same < todo->label_count && strcmp(todo->labels[same], label) != 0)
        same++;
    if (label == NULL || same < todo->label_count)
        return label != NULL;
    todo->labels[todo->label_count++] = label;
    tell_label(in, text, attr->code);
    return 1;
}

/* Labels, and words about days, from in->run. 0 when out of memory. */
static int set_labels(msched__text_reader *in, msched__text_todo *todo)
{
    todo->labels = msched__arena_alloc(&in->arena, in->run->count, sizeof *todo->labels);
    int ok = todo->labels != NULL;
    for (uint32_t i = 0; ok && i < in->run->count; i++) {
        const msched__placed_attr *item = &in->run->items[i];
        msched__slice text = msched__text_raw(
            in, msched__text_words(in, item->first, item->first + item->count - 1));
        if (item->attr.kind == MSCHED__ATTR_LABEL)
            ok = keep_label(in, todo, &item->attr, text);
        if (item->attr.kind != MSCHED__ATTR_DATE || item->attr.a == 0 || todo->date_column != 0)
            continue;
        todo->date_column = msched__text_column(in, text.data);
        todo->date_text = text;
        todo->date_days = item->attr.a;
    }
    return ok;
}

static int32_t given(const msched__text_values *v, enum msched__attr_kind kind, int32_t value)
{
    return v->column[kind] != 0 ? value : MSCHED_UNSET;
}

/*
 * Set the kind and the length of the to-do. Its times are resolved once the day is known
 * (text_resolve.c).
 */
static void set_kind(msched__text_todo *todo)
{
    const msched__text_values *v = &todo->values;
    todo->start = todo->end = todo->earliest = todo->latest = MSCHED_UNSET;
    todo->duration = given(v, MSCHED__ATTR_DURATION, v->value[MSCHED__ATTR_DURATION]);
    todo->is_event = v->column[MSCHED__ATTR_RANGE] != 0 || v->column[MSCHED__ATTR_AT] != 0;
    todo->assumed = v->column[MSCHED__ATTR_RANGE] == 0 && todo->duration == MSCHED_UNSET;
    if (todo->assumed)
        todo->duration = MSCHED__DEFAULT_DURATION;
}

/*
 * "24-25 Nov conference 3h": what is held on several dates is on each of them, where a task is done
 * once on one of them.
 */
static void use_each_date(msched__text_reader *in, msched__text_values *v, const char *title)
{
    const enum msched__attr_kind on = MSCHED__ATTR_ON;
    const msched__slice text = v->text[on];
    static const char *const ands[] = {" and ", " und ", " et ", " y ", " e ",
                                       " to ",  " bis ", "-",    "&",   "\342\200\223"};
    int is_joined = 0; /* not "Sat or Sun" */
    if (v->column[on] == 0 || v->on.size == 0)
        return;
    for (size_t i = 1; i < text.size && !is_joined; i++)
        for (size_t k = 0; k < sizeof ands / sizeof ands[0]; k++)
            is_joined |= msched__phrase_at(text, i, ands[k]) > 0;
    const int several = memchr(v->on.data, ',', v->on.size) != NULL || msched__letter_at(v->on, 0);
    if (v->value[on] != 0 || !is_joined || !several || msched__phrase_at(text, 0, "on:") > 0 ||
        v->column[MSCHED__ATTR_AT] != 0 || v->column[MSCHED__ATTR_RANGE] != 0 ||
        v->column[MSCHED__ATTR_REPEAT] != 0 || v->column[MSCHED__ATTR_DURATION] == 0 ||
        !msched__is_gathering((msched__slice){title, strlen(title)}))
        return;
    v->value[on] = v->second[on] = 1;
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data, "assumed_date",
                        "write on: and the dates to plan it once, on one of them",
                        "\"%.*s\" is read as each of the dates",
                        (int)(text.size > 60 ? 60 : text.size), text.data);
}

/* The whole title within quotation marks is literal. */
static int is_quoted(const msched__text_reader *in, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (!in->quoted[i])
            return 0;
    return 1;
}

static int keep_todo(msched__text_reader *in, const msched__text_todo *todo)
{
    void *block = in->todos;
    if (!msched__grow(&in->memory, &block, &in->todo_capacity, (size_t)in->todo_count + 1,
                      sizeof *in->todos)) {
        in->failed = 1;
        return 0;
    }
    in->todos = block;
    in->todos[in->todo_count++] = *todo;
    return 1;
}

/*
 * Two lines instead of the line: without "and 7pm", and without "7am and". The unit belongs to the
 * first time, too: "8 und 20 Uhr".
 */
static void offer_two_lines(msched__text_reader *in, msched__slice first, msched__slice and_word,
                            msched__slice second, msched__slice unit)
{
    const char *line = in->line.data, *end = line + in->line.size,
               *first_end = first.data + first.size, *second_end = second.data + second.size;
    size_t size = 2 * in->line.size + 2;
    char *text = msched__arena_alloc(&in->arena, size, 1);
    if (text == NULL || and_word.data <= first_end) {
        in->failed |= text == NULL;
        return;
    }
    snprintf(text, size, "%.*s%.*s%.*s\n%.*s%.*s", (int)(first_end - line), line, (int)unit.size,
             unit.data, (int)(end - second_end), second_end, (int)(first.data - line), line,
             (int)(end - second.data), second.data);
    const char *const texts[] = {text};
    msched__diag_edit(in->diag, in->line_number, 1,
                      (uint32_t)msched__utf8_length(line, in->line.size) + 1, texts, 1);
}

static void tell_two_times(msched__text_reader *in, msched__slice first, msched__slice between,
                           msched__slice second, msched__slice unit)
{
    msched__text_error(in, first.data, MSCHED_ERROR_SYNTAX, "duplicate_attribute",
                       "write a line for each of the two, or quote the title",
                       "\"%.*s\" and \"%.*s\" are two times of one to-do",
                       (int)(first.size > 40 ? 40 : first.size), first.data,
                       (int)(second.size > 40 ? 40 : second.size), second.data);
    offer_two_lines(in, first, between, second, unit);
}

static msched__slice text_of(const msched__text_reader *in, const msched__placed_attr *item)
{
    msched__slice s =
        msched__text_raw(in, msched__text_words(in, item->first, item->first + item->count - 1));
    while (s.size > 1 && strchr(",;", s.data[s.size - 1]) != NULL)
        s.size--;
    return s;
}

/* "Office 9-12, 13-17": both at the end of the line. 1: reported. */
static int has_two_ranges(msched__text_reader *in, uint32_t lead)
{
    const msched__placed_attr *one = &in->run->items[lead], *two = one + 1;
    const uint32_t bare = MSCHED__BARE;
    if (lead + 1 >= in->run->count || one->attr.kind != two->attr.kind ||
        (one->attr.kind != MSCHED__ATTR_AT && one->attr.kind != MSCHED__ATTR_RANGE) ||
        (one->attr.doubt & bare) != (two->attr.doubt & bare) ||
        one->first + one->count > two->first)
        return 0;
    const msched__slice first = text_of(in, one), none = {"", 0};
    tell_two_times(in, first, (msched__slice){first.data + first.size + 1, 0}, text_of(in, two),
                   none);
    return 1;
}

/* " Uhr" of "20 Uhr" after an hour that has no unit: "8 und 20 Uhr"; otherwise empty. */
static msched__slice shared_unit(msched__slice first, msched__slice second)
{
    const size_t digits = msched__short_number(first, 0), hour = msched__short_number(second, 0);
    const size_t letters = msched__after_blanks(second, hour);
    const int is_unit = msched__word_ahead(second, letters, "uhr") ||
                        msched__word_ahead(second, letters, "am") ||
                        msched__word_ahead(second, letters, "pm");
    return digits > 0 && digits == first.size && hour > 0 && is_unit
               ? (msched__slice){second.data + hour, second.size - hour}
               : (msched__slice){"", 0};
}

/* "8h et 20h": two times, although "8h" alone may be a length, as "2h" always is. */
static int are_hours(msched__slice first, msched__slice second)
{
    size_t one = 0, two = 0;
    const int32_t from = msched__take_number(first, &one, 2),
                  to = msched__take_number(second, &two, 2);
    return from >= 6 && to > from && one + 1 == first.size &&
           msched__lower(first.data[one]) == 'h' &&
           msched__lower(msched__byte_at(second, two)) == 'h';
}

/*
 * "Walk 7am and 7pm", "Workshop 9 - 12 and 13 - 16": two times, which need two to-dos. Returns the
 * words of the first and of "and" once it is reported; 0: there is only one.
 */
static uint32_t has_two_times(msched__text_reader *in, uint32_t title, uint32_t end, uint32_t lead)
{
    static const char *const ands[] = {"and", "&", "und", "et", "y", "e", "+", NULL};
    msched__placed_attr *item = &in->run->items[lead];
    size_t at = 0;
    if (lead >= in->run->count || end < title + 3 || in->run->count >= MSCHED__RUN_MAX ||
        (item->attr.kind != MSCHED__ATTR_AT && item->attr.kind != MSCHED__ATTR_RANGE) ||
        item->first != end || !msched__take_any(in->words[end - 1], &at, ands))
        return 0;
    uint32_t count = in->run->count;
    uint32_t n = end - title - 2 < 4 ? end - title - 2 : 4;
    int is_time = 0;
    for (; n > 0 && !is_time; n--) {
        in->run->count = count;
        is_time = msched__run_take(in, end - 1 - n, n, MSCHED__PLACE_TRAIL) > 0 &&
                  in->run->items[count].attr.kind == item->attr.kind;
    }
    n += is_time;
    n = n > 0 ? n : 1;
    is_time |= are_hours(in->words[end - 2], in->words[end]);
    in->run->count = count;
    msched__slice first = msched__text_raw(in, msched__text_words(in, end - 1 - n, end - 2)),
                  second = msched__text_raw(
                      in, msched__text_words(in, item->first, item->first + item->count - 1)),
                  unit = {"", 0};
    if (!is_time)
        unit = shared_unit(first, second);
    if (!is_time && unit.size == 0)
        return 0;
    tell_two_times(in, first, msched__text_raw(in, in->words[end - 1]), second, unit);
    return n + 1;
}

/* "25:00-26:00 Late": the word that would be the title has another meaning. */
static void tell_no_title(msched__text_reader *in, const msched__text_values *v)
{
    static const enum msched__attr_kind kinds[] = {MSCHED__ATTR_LATE, MSCHED__ATTR_SPLIT,
                                                   MSCHED__ATTR_DAYPART, MSCHED__ATTR_ON};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const msched__slice text = v->text[kinds[i]];
        if (v->column[kinds[i]] == 0 || text.size == 0 || text.size > 60)
            continue;
        char quoted[64];
        const char *const texts[] = {quoted};
        snprintf(quoted, sizeof quoted, "\"%.*s\"", (int)text.size, text.data);
        msched__text_error(in, text.data, MSCHED_ERROR_SYNTAX, "no_title",
                           "put it in quotation marks if it is the title, or write a title",
                           "the line has no title; \"%.*s\" is read as the attribute %s",
                           (int)text.size, text.data,
                           kinds[i] == MSCHED__ATTR_LATE      ? "late (as late as possible)"
                           : kinds[i] == MSCHED__ATTR_SPLIT   ? "split"
                           : kinds[i] == MSCHED__ATTR_DAYPART ? "of a part of the day"
                                                              : "of a date");
        msched__text_offer(in, text, texts, 1);
        return;
    }
    msched__text_error(in, in->line.data, MSCHED_ERROR_SYNTAX, "no_title",
                       "write a title, for example Gym 1h", "the line has no title");
}

void msched__text_todo_line(msched__text_reader *in, size_t start)
{
    msched__slice text = {in->plain.data + start, in->plain.size - start};
    if (!msched__text_split(in, text))
        return;
    in->run->count = 0;
    in->zone_word = (msched__slice){text.data, 0};
    uint32_t title = msched__run_lead(in, 0, in->word_count), lead = in->run->count;
    uint32_t end = msched__run_trail(in, title, in->word_count, MSCHED__PLACE_TRAIL);
    msched__text_meal_number(in, &title, &end, &lead);
    msched__text_unitless(in, title, &end, lead);
    const uint32_t doubled = has_two_times(in, title, end, lead);
    int two = doubled > 0;
    end -= doubled;
    if (!two && (two = has_two_ranges(in, lead)))
        in->run->count = lead;
    msched__text_todo todo = {.line = in->line_number, .id = ""};
    const char *at = in->word_count > 0 ? in->words[0].data : text.data;
    todo.title = msched__text_title(in, title, end, lead, &at);
    msched__text_hours(in);
    msched__text_join_times(in);
    todo.zone = in->zone_word;
    todo.zone_column = msched__text_column(in, todo.zone.data);
    int ok = msched__run_values(in, &todo.values) && !two, is_fill = 0;
    if (todo.title == NULL || in->failed)
        return;
    if (in->words != NULL && !is_quoted(in, title, end))
        msched__text_read_late(in, &todo.values, &todo.title);
    if (in->failed)
        return;
    msched__text_tell_no(in, &todo.values);
    if (in->words != NULL && !is_quoted(in, title, end))
        use_each_date(in, &todo.values, todo.title);
    msched__text_use_part(in, &todo.values);
    settle_daypart(&todo.values);
    if (todo.title[0] == '\0') {
        tell_no_title(in, &todo.values);
        return;
    }
    todo.title_column = msched__text_column(in, at);
    todo.end_column = (uint32_t)msched__utf8_length(in->line.data, in->line.size) + 1;
    drop_equal_length(&todo.values);
    ok = ok && !msched__text_has_or(in, &todo.values) && check_together(in, &todo.values);
    ok = msched__text_set_state(in, &todo) && ok;
    if (!msched__text_keep_rule(in, &todo.values))
        return;
    ok = msched__text_read_dates(in, &todo.values, &todo.dates) && ok;
    if (todo.values.column[MSCHED__ATTR_ON] == 0 && !todo.dates.due.is_given &&
        !todo.dates.release.is_given && in->words != NULL && !is_quoted(in, title, end)) {
        msched__text_tell_weekday(in, todo.title, todo.title_column);
        msched__text_tell_every_other(in, todo.values.text[MSCHED__ATTR_DURATION], todo.title);
        msched__text_tell_misspelled(in, todo.title,
                                     todo.values.column[MSCHED__ATTR_AT] != 0 ||
                                         todo.values.column[MSCHED__ATTR_RANGE] != 0);
    }
    if (!is_quoted(in, title, end))
        msched__text_tell_alternatives(in);
    if (todo.values.column[MSCHED__ATTR_ON] != 0 && !is_quoted(in, title, end)) {
        msched__text_tell_exception(in, todo.title, todo.title_column);
        msched__text_tell_day_number(in, todo.values.text[MSCHED__ATTR_ON], todo.title);
    }
    if (ok) {
        tell_readings(in, &todo.values);
        if (in->words != NULL && !is_quoted(in, title, end))
            is_fill = msched__text_tell_music(in, &todo.values, text);
        if (in->words != NULL && !is_quoted(in, title, end))
            is_fill |= msched__text_tell_play(in, todo.title, todo.title_column);
        msched__text_tell_every(in, &todo,
                                (size_t)(msched__text_raw(in, text).data - in->line.data));
    }
    if (ok)
        set_kind(&todo);
    if (is_fill) /* it has a length, but as a fill */
        todo.assumed = 0;
    if (ok && !is_quoted(in, title, end)) {
        msched__text_note_order(in, &todo);
        msched__text_tell_moment(in, &todo);
    }
    if (todo.values.id.size > 0)
        todo.id = msched__arena_copy(&in->arena, todo.values.id.data, todo.values.id.size);
    if (todo.id == NULL || !set_labels(in, &todo)) {
        in->failed = 1;
        return;
    }
    if (!ok) { /* others can still refer to its name */
        todo.values.column[MSCHED__ATTR_AFTER] = 0;
        todo.is_wrong = 1;
    }
    keep_todo(in, &todo);
}
