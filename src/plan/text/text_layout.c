/*
 * The layout of plan text: front matter, headings, rules, bullets, check boxes and indented notes.
 */
#include "plan/text/plan_text.h"
#include "plan/words/text_length.h"
#include "plan/words/text_writer.h"

#include <musicsched/plan.h>

#include <string.h>

#define FRONT_MATTER_LINES 200

static msched__slice cut(msched__slice s, size_t size)
{
    return (msched__slice){s.data + size, s.size - size};
}

static int is_key(msched__slice s)
{
    size_t i = 0;
    while (i < s.size &&
           (msched__letter_at(s, i) || msched__digit_at(s, i) || strchr("_- ", s.data[i]) != NULL))
        i++;
    return i > 0 && i < s.size && s.data[i] == ':' && msched__letter_at(s, 0) &&
           (i + 1 == s.size || s.data[i + 1] == ' ');
}

uint32_t msched__text_front_matter(const char *data, size_t size)
{
    msched__slice rest = {data, size};
    int in_list = 0, keys = 0;
    for (uint32_t line = 1; line <= FRONT_MATTER_LINES; line++) {
        const char *end = memchr(rest.data, '\n', rest.size);
        msched__slice whole = {rest.data, end == NULL ? rest.size : (size_t)(end - rest.data)},
                      text = msched__slice_trim(whole);
        int rule = msched__slice_is(text, "---") || msched__slice_is(text, "...");
        if (line == 1 && !msched__slice_is(text, "---"))
            return 0;
        if (line > 1 && rule)
            return keys > 0 ? line : 0;
        int key = is_key(text),
            item = whole.size > 0 &&
                   (whole.data[0] == ' ' || whole.data[0] == '\t' || whole.data[0] == '-');
        if (line > 1 && !key && text.size > 0 && text.data[0] != '#' && !(in_list && item))
            return 0;
        in_list = key || (in_list && item);
        keys += key;
        if (end == NULL)
            return 0;
        rest = cut(rest, whole.size + 1);
    }
    return 0;
}

/* Only one of the marks, three times or more, as in "---"; or the rule of a table. */
static int is_rule(msched__slice s)
{
    size_t marks = 0, table = 0;
    for (size_t i = 0; i < s.size; i++) {
        table += s.data[i] == '|' || s.data[i] == '-' || s.data[i] == ':' || s.data[i] == ' ';
        marks += s.data[i] == s.data[0];
        if (s.data[i] != s.data[0] && s.data[i] != ' ')
            marks = s.data[0] == '|' ? marks : 0;
    }
    if (s.size > 2 && s.data[0] == '|' && table == s.size)
        return 1;
    size_t blanks = 0;
    for (size_t i = 0; i < s.size; i++)
        blanks += s.data[i] == ' ' && s.data[0] != ' ';
    return s.size > 2 && strchr("-*_=~", s.data[0]) != NULL && marks > 2 &&
           marks + blanks == s.size;
}

int msched__text_table_rule(const char *data, size_t size)
{
    const char *end = memchr(data, '\n', size);
    msched__slice s =
        msched__slice_trim((msched__slice){data, end == NULL ? size : (size_t)(end - data)});
    return s.size > 2 && s.data[0] == '|' && is_rule(s);
}

/* Lines of org-mode that are not items: ":PROPERTIES:", ":CREATED: ...", "#+TITLE: ...". */
static int is_drawer(msched__slice s)
{
    size_t end = 1;
    if (s.data[0] == '#' && s.size > 2 && s.data[1] == '+' && msched__letter_at(s, 2))
        return 1;
    while (end < s.size && (msched__letter_at(s, end) || strchr("_-", s.data[end]) != NULL))
        end++;
    return s.data[0] == ':' && end > 2 && end < s.size && s.data[end] == ':' &&
           (end + 1 == s.size || s.data[end + 1] == ' ');
}

/* ":Effort: 1:30" in a drawer of org-mode: the seconds; 0: another line. */
static int32_t effort_of(msched__slice s)
{
    static const char key[] = ":effort:";
    size_t at = sizeof key - 1, end;
    int32_t seconds = 0;
    if (s.size <= at || !msched__slice_is((msched__slice){s.data, at}, key))
        return 0;
    const msched__slice value = msched__slice_trim(cut(s, at));
    at = 0;
    const int32_t first = msched__take_number(value, &at, 3);
    end = at + 1;
    const int32_t second = at < value.size && value.data[at] == ':'
                               ? msched__take_number(value, &end, 2)
                               : 0;
    if (first >= 0 && second >= 0 && second < 60 && (at == value.size || end == value.size))
        seconds = at == value.size ? first * 60 : first * 3600 + second * 60;
    else if (!msched__scan_duration(value, 0, &seconds))
        return 0;
    return seconds > 0 && seconds <= MSCHED_DAY_END_S ? seconds : 0;
}

/* The length of the to-do above, unless its line has one. */
static void take_effort(msched__text_reader *in, msched__slice s)
{
    const int32_t seconds = effort_of(s);
    if (seconds == 0 || in->above_todo >= in->todo_count || !in->todos[in->above_todo].assumed)
        return;
    in->todos[in->above_todo].duration = seconds;
    in->todos[in->above_todo].assumed = 0;
}

static int is_remark(msched__slice s)
{
    static const char *const marks[] = {"//", "%%", "<!--", "```", "~~~"};
    size_t hashes = 0;
    while (hashes < s.size && s.data[hashes] == '#')
        hashes++;
    if (hashes > 0 && hashes < 7 && (hashes == s.size || s.data[hashes] == ' '))
        return 1;
    if (is_drawer(s))
        return 1;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (msched__begins_with(s, marks[i]))
            return 1;
    return is_rule(s);
}

size_t msched__text_with_planning(const char *data, size_t size, size_t line_size)
{
    static const char *const words[] = {"SCHEDULED: <", "DEADLINE: <", "CLOSED: ["};
    const char *at = memchr(data, '\n', size);
    if (line_size < 2 || data[0] != '*' || at == NULL)
        return line_size;
    const char *start = at + 1, *end = memchr(start, '\n', size - (size_t)(start - data));
    size_t left = (size_t)((end == NULL ? data + size : end) - start);
    msched__slice next = msched__slice_trim((msched__slice){start, left});
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (msched__begins_with(next, words[i]))
            return (size_t)(next.data + next.size - data);
    /* a timestamp by itself: "<2026-11-24 Tue 14:00>" */
    if (next.size > 11 && next.data[0] == '<' && next.data[5] == '-' && next.data[8] == '-' &&
        next.data[next.size - 1] == '>')
        return (size_t)(next.data + next.size - data);
    return line_size;
}

/* "28. - 30.11.": its first number is not a bullet. */
static int begins_range(msched__slice s, size_t at)
{
    static const char *const dashes[] = {"- ", "bis "};
    while (at < s.size && s.data[at] == ' ')
        at++;
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        size_t end = at + strlen(dashes[i]);
        if (!msched__begins_with(cut(s, at), dashes[i]) || !msched__digit_at(s, end))
            continue;
        while (msched__digit_at(s, end))
            end++;
        return end < s.size && strchr("./- ", s.data[end]) != NULL; /* not "2. - 3pm Call" */
    }
    return 0;
}

/* Bytes of a bullet and the spaces after it: "-", "*", "•", "1.", "2)", "|"; 0: none. */
static size_t bullet_size(msched__slice s)
{
    static const char *const marks[] = {"\xE2\x80\xA2",
                                        "\xE2\x97\xA6",
                                        "\xE2\x96\xAA",
                                        "\xE2\x80\xA3",
                                        "\xC2\xB7",
                                        "\xE2\x97\x8F",
                                        "\xE2\x96\xBA",
                                        "\xE2\x96\xB6",
                                        "\xE2\x9E\xA4",
                                        "\xE2\x97\x86",
                                        "\xE2\x96\xA0",
                                        "\xE2\x81\x83",
                                        "->"};
    size_t size = 0;
    while (msched__digit_at(s, size))
        size++;
    if (size > 0 && size < 4 && size < s.size && (s.data[size] == '.' || s.data[size] == ')'))
        size = begins_range(s, size + 1) ? 0 : size + 1;
    else
        size = s.size > 0 && strchr("-*+|", s.data[0]) != NULL ? 1 : 0;
    while (size > 0 && s.data[0] == '*' && size < s.size && s.data[size] == '*')
        size++; /* a heading of an outline */
    if (size == 1 && s.size > 1 && s.data[1] == '>')
        size = 0;
    int must_space = 1;
    for (size_t i = 0; size == 0 && i < sizeof marks / sizeof marks[0]; i++)
        if (msched__begins_with(s, marks[i])) {
            size = strlen(marks[i]);
            must_space = 0;
        }
    const int before_box = size == 1 && s.data[0] == '-' && s.size > 3 && s.data[1] == '[' &&
                           s.data[3] == ']' && !msched__digit_at(s, 2);
    const int before_letter = size == 1 && s.data[0] == '-' && msched__letter_at(s, 1);
    if (size == 0 ||
        (must_space && size < s.size && s.data[size] != ' ' && !before_box && !before_letter))
        return 0;
    while (size < s.size && s.data[size] == ' ')
        size++;
    return size;
}

/* The mark in a check box at the start; returns its bytes with the spaces after it, 0: none. */
static size_t box_size(msched__slice s, int has_bullet, char *mark)
{
    static const struct {
        const char *text;
        char mark;
    } boxes[] = {{"\xE2\x98\x90", ' '},   {"\xE2\xAC\x9C", ' '},
                 {"\xE2\x96\xA1", ' '},   {"\xE2\x97\xBB", ' '},
                 {"\xE2\x97\xBD", ' '},   {"\xE2\x96\xA2", ' '},
                 {"\xE2\x97\xAF", ' '},   {"\xE2\x97\x8B", ' '},
                 {"\xE2\x9D\x8F", ' '},   {"\xF0\x9F\x94\xB2", ' '},
                 {"\xE2\x98\x92", 'x'},   {"\xE2\x98\x91", 'x'},
                 {"\xE2\x9C\x85", 'x'},   {"\xE2\x9C\x94", 'x'},
                 {"\xE2\x9C\x93", 'x'},   {"[\xE2\x9C\x93]", 'x'},
                 {"[\xE2\x9C\x94]", 'x'}, {"[\xE2\x9C\x85]", 'x'},
                 {"\xE2\x9D\x8C", '-'},   {"\xE2\x9C\x97", '-'},
                 {"[\xE2\x9C\x97]", '-'}, {"[\xE2\x9C\x98]", '-'},
                 {"[\xE2\x9D\x8C]", '-'}, {"[ x ]", 'x'},
                 {"[  ]", ' '},           {"[]", ' '}};
    size_t size = 0;
    for (size_t i = 0; size == 0 && i < sizeof boxes / sizeof boxes[0]; i++)
        if (msched__begins_with(s, boxes[i].text)) {
            size = strlen(boxes[i].text);
            *mark = boxes[i].mark;
        }
    if (size == 0 && s.size > 2 && s.data[0] == '[' && s.data[2] == ']' &&
        !msched__digit_at(s, 1)) {
        size = 3;
        *mark = s.data[1];
    }
    if (size == 0 || (!has_bullet && size < s.size && s.data[0] == '[' && s.data[size] != ' '))
        return 0;
    if (size < s.size && s.data[0] == '[' && strchr(" [(:", s.data[size]) != NULL &&
        s.data[size] != ' ')
        return 0; /* "[x](address)" */
    while (size < s.size && s.data[size] == ' ')
        size++;
    return size;
}

/* The keyword of an outline item: TODO, DONE. Returns its bytes with the spaces after it. */
static size_t keyword_size(msched__slice s, int has_bullet, char *mark)
{
    static const struct {
        const char *word;
        char mark;
        int alone; /* also without a bullet; 2: with a colon */
    } words[] = {{"TODO", ' ', 1},          {"DONE", 'x', 1},      {"LATER", ' ', 0},
                 {"NOW", '/', 0},           {"WAITING", ' ', 0},   {"DOING", '/', 0},
                 {"STARTED", '/', 0},       {"CANCELED", '-', 2},  {"CANCELLED", '-', 2},
                 {"Canceled", '-', 2},      {"Cancelled", '-', 2}, {"Abgesagt", '-', 2},
                 {"Annul\303\251", '-', 2}, {"Cancelado", '-', 2}, {"Annullato", '-', 2},
                 {"Geannuleerd", '-', 2},   {"NEXT", ' ', 0},      {"WAIT", ' ', 0},
                 {"HOLD", ' ', 0}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t size = strlen(words[i].word);
        const int has_colon = size < s.size && s.data[size] == ':';
        const int is_name = s.size > 1 && s.data[1] > 'Z'; /* "Canceled:" of a calendar */
        if (!msched__begins_with(s, words[i].word) ||
            (words[i].alone == 2 && !has_colon ? is_name || !has_bullet
                                               : !has_bullet && !words[i].alone))
            continue;
        size += (size_t)has_colon;
        if (size >= s.size || s.data[size] != ' ')
            continue;
        while (size < s.size && s.data[size] == ' ')
            size++;
        *mark = words[i].mark;
        return size;
    }
    return 0;
}

/* Past a tag of TaskPaper, "@done" or "@done(2026-11-28)", and blanks; its start: it is none. */
static size_t past_tag(msched__slice s, size_t at)
{
    if (at >= s.size || s.data[at] != '@')
        return at;
    size_t end = at + 1;
    while (end < s.size && s.data[end] != ' ' && s.data[end] != '(')
        end++;
    const char *close = end < s.size && s.data[end] == '(' ? memchr(s.data + end, ')', s.size - end)
                                                           : NULL;
    end = close != NULL ? (size_t)(close - s.data) + 1 : end;
    return end == s.size || s.data[end] == ' ' ? msched__after_blanks(s, end) : at;
}

/* Bytes before "@done", with or without a date, after which only tags follow. */
static size_t before_done_tag(msched__slice s)
{
    static const char tag[] = "@done";
    const size_t size = strlen(tag);
    for (size_t at = 1; at + size <= s.size; at++) {
        if (s.data[at - 1] != ' ' || memcmp(s.data + at, tag, size) != 0 ||
            (at + size < s.size && s.data[at + size] != ' ' && s.data[at + size] != '('))
            continue;
        size_t next = at, end;
        while ((end = past_tag(s, next)) > next)
            next = end;
        if (next == s.size)
            return at;
    }
    return s.size;
}

int msched__text_has_times(msched__text_reader *in, msched__slice text, int boxed)
{
    if (!msched__text_split(in, text))
        return 0;
    in->run->count = 0;
    uint32_t title = msched__run_lead(in, 0, in->word_count);
    msched__run_trail(in, title, in->word_count, MSCHED__PLACE_TRAIL);
    for (uint32_t i = 0; i < in->run->count; i++) {
        enum msched__attr_kind kind = in->run->items[i].attr.kind;
        if (kind == MSCHED__ATTR_RANGE || kind == MSCHED__ATTR_AT ||
            kind == MSCHED__ATTR_DURATION ||
            (boxed && (kind == MSCHED__ATTR_EARLIEST || kind == MSCHED__ATTR_LATEST)))
            return 1;
    }
    return 0;
}

static enum msched__line_kind of_mark(char mark)
{
    switch (mark) {
    case 'x':
    case 'X':
        return MSCHED__LINE_DONE;
    case '-':
    case '>':
    case '<':
        return MSCHED__LINE_SKIPPED;
    default:
        return MSCHED__LINE_ITEM;
    }
}

/* 1 if a line belongs to the item above: indented more, and without a time of its own. */
static int is_note(msched__text_reader *in, msched__slice text, size_t indent, int boxed)
{
    if (in->above == MSCHED__ABOVE_NOTHING || indent <= in->above_indent)
        return 0;
    return msched__text_song_marker(text) == SIZE_MAX &&
           msched__text_wanted_song(in, text) == SIZE_MAX &&
           !msched__text_has_times(in, text, boxed);
}

/* Bytes of a dash in a cell of a table, which then holds nothing; 0: none. */
static size_t dash_size(msched__slice s)
{
    if (s.size > 0 && s.data[0] == '-')
        return 1;
    return msched__begins_with(s, "\342\200\223") || msched__begins_with(s, "\342\200\224") ? 3 : 0;
}

/* A row of a table without the bar after it and the empty cells at both ends: "| - | Gym | |". */
static msched__slice trim_cells(msched__slice s)
{
    while (s.size > 1 && s.data[s.size - 1] == '|') {
        s = msched__slice_trim((msched__slice){s.data, s.size - 1});
        const size_t dash = s.size > 4 && s.data[s.size - 1] == '-'            ? 1
                            : s.size > 6 && dash_size(cut(s, s.size - 3)) == 3 ? 3
                                                                               : 0;
        const msched__slice before = msched__slice_trim((msched__slice){s.data, s.size - dash});
        if (dash > 0 && before.size > 1 && before.data[before.size - 1] == '|')
            s = before;
    }
    for (;;) {
        msched__slice next = msched__slice_trim(cut(s, s.size > 0 && s.data[0] == '|'));
        next = msched__slice_trim(cut(next, dash_size(next)));
        if (next.size < 2 || next.data[0] != '|')
            return s;
        s = next;
    }
}

enum msched__line_kind msched__text_layout(msched__text_reader *in, msched__line_parts *parts)
{
    msched__slice text = msched__slice_trim(in->plain);
    size_t indent = (size_t)(text.data - in->plain.data);
    *parts = (msched__line_parts){.start = indent, .bullet = indent};
    if (text.size == 0) {
        in->above = MSCHED__ABOVE_NOTHING;
        if (in->below_songs == MSCHED__SONGS_LISTED)
            in->below_songs = MSCHED__SONGS_NOT;
        return MSCHED__LINE_REMARK;
    }
    if (msched__begins_with(text, "> ")) { /* a task of a callout */
        char mark;
        msched__slice quoted = msched__slice_trim(cut(text, 2));
        size_t bullet = bullet_size(quoted);
        if (bullet > 0 && box_size(cut(quoted, bullet), 1, &mark) > 0)
            text = quoted;
    }
    if (msched__begins_with(text, "> ") && in->above != MSCHED__ABOVE_NOTHING)
        return MSCHED__LINE_NOTE;
    if (msched__begins_with(text, "> ") && msched__text_has_times(in, cut(text, 2), 0))
        msched__text_remark(in, MSCHED_SEVERITY_NOTE, text.data, "quoted",
                            "remove the > to plan it", "a quoted line is not planned");
    take_effort(in, text);
    if (is_remark(text) || msched__begins_with(text, "> ") ||
        (in->is_table_head && text.data[0] == '|')) {
        in->above = indent > in->above_indent ? in->above : MSCHED__ABOVE_NOTHING;
        return MSCHED__LINE_REMARK;
    }
    int row = text.data[0] == '|', struck = text.size > 4 && msched__begins_with(text, "~~") &&
                                            memcmp(text.data + text.size - 2, "~~", 2) == 0;
    if (row)
        text = trim_cells(text);
    size_t bullet = bullet_size(text);
    text = cut(text, bullet);
    size_t box = box_size(text, bullet > 0, &parts->mark);
    text = msched__slice_trim(cut(text, box));
    if (box == 0) {
        box = keyword_size(text, bullet > 0, &parts->mark);
        text = cut(text, box);
    }
    int done = msched__begins_with(text, "x ") && box == 0;
    const size_t tagged = before_done_tag(text);
    done |= tagged < text.size;
    text = msched__slice_trim(cut((msched__slice){text.data, tagged},
                                  box == 0 && msched__begins_with(text, "x ") ? 2 : 0));
    struck |= text.size > 4 && msched__begins_with(text, "~~") &&
              memcmp(text.data + text.size - 2, "~~", 2) == 0;
    if (text.size > 4 && struck && msched__begins_with(text, "~~"))
        text = (msched__slice){text.data + 2, text.size - 4};
    parts->has_bullet = bullet > 0 || box > 0;
    parts->start = (size_t)(text.data - in->plain.data);
    in->plain.size = parts->start + text.size;
    enum msched__line_kind kind = struck ? MSCHED__LINE_SKIPPED
                                  : done ? MSCHED__LINE_DONE
                                         : of_mark(box > 0 ? parts->mark : ' ');
    if (kind == MSCHED__LINE_ITEM && is_note(in, text, indent, box > 0))
        return MSCHED__LINE_NOTE;
    in->above_indent = indent;
    in->above = kind == MSCHED__LINE_ITEM ? MSCHED__ABOVE_ITEM : MSCHED__ABOVE_DONE;
    return kind;
}
