/*
 * An open end: "Drinks 9-late", "Pub 7pm till late". It is replaced by a time late in the evening,
 * with a warning. Also parts of the day as headings.
 */
#include "plan/text/text_late.h"

#include "base/utf8.h"
#include "plan/words/text_meal_words.h"
#include "plan/words/text_writer.h"

#include <stdio.h>
#include <string.h>

#define LATE_S 82800 /* 23:00 */

/* Bytes of "-late", " till late" at an offset after a time; 0: none. */
static size_t open_end(msched__slice s, size_t at)
{
    static const char *const ends[] = {"late",  "open end", "open ende", "open-end",
                                       "close", "closing",  "whenever"};
    static const char *const dashes[] = {"-", "till", "til", "until", "to", "bis"};
    size_t p = msched__after_blanks(s, at), dash = p;
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0] && p == dash; i++) {
        size_t size = i == 0 ? msched__byte_at(s, p) == '-' : msched__phrase_at(s, p, dashes[i]);
        dash += i == 0 || (p > at && msched__word_ahead(s, p, dashes[i])) ? size : 0;
    }
    if (dash == p)
        return 0;
    dash = msched__after_blanks(s, dash);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (msched__word_ahead(s, dash, ends[i]))
            return dash + strlen(ends[i]) - at;
    return 0;
}

size_t msched__take_late(msched__text_reader *in, msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    msched__clock clock;
    size_t end = at, hour = at;
    char text[40];
    if (!msched__digit_at(s, at))
        return 0;
    int32_t number = msched__take_number(s, &hour, 2), start = (number % 12 + 12) * 3600;
    if (number < 1 || number > 11 || open_end(s, hour) == 0) { /* "9-late" is in the evening */
        if (msched__scan_time(s, &end, &clock) != MSCHED__TIME_OK)
            return 0;
        start = msched__plain_time(clock.seconds);
    } else {
        end = hour;
    }
    size_t more = open_end(s, end);
    if (more == 0)
        return 0;
    int32_t stop = start < LATE_S - 3600 ? LATE_S : start + 2 * 3600;
    snprintf(text, sizeof text, "%02d:%02d-%02d:%02d", (int)(start / 3600 % 24),
             (int)(start / 60 % 60), (int)(stop / 3600 % 24), (int)(stop / 60 % 60));
    msched__write_text(w, text, at);
    w->changed = 1;
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, in->line.data, "assumed_time",
                        "write the end, for example 21:00-23:30",
                        "the open end is read as %02d:%02d", (int)(stop / 3600 % 24),
                        (int)(stop / 60 % 60));
    return end + more - at;
}

/* "Journal before bed": as late as possible, unless it has a time. */
static void read_before_bed(msched__text_reader *in, msched__text_values *v, const char *title)
{
    static const char *const beds[] = {
        "before bed",       "before bedtime",      "before going to bed", "before i go to bed",
        "b4 bed",           "before sleep",        "before sleeping",     "vor dem schlafengehen",
        "vor dem schlafen", "vorm schlafengehen",  "vorm schlafen",       "vor dem zubettgehen",
        "avant de dormir",  "avant de me coucher", "antes de dormir",     "antes de acostarme",
        "prima di dormire"};
    static const enum msched__attr_kind times[] = {
        MSCHED__ATTR_RANGE,  MSCHED__ATTR_AT,      MSCHED__ATTR_EARLIEST, MSCHED__ATTR_LATEST,
        MSCHED__ATTR_LATE,   MSCHED__ATTR_BETWEEN, MSCHED__ATTR_DAYPART,  MSCHED__ATTR_BEFORE,
        MSCHED__ATTR_DUE_AT, MSCHED__ATTR_SPLIT};
    const msched__slice s = {title, strlen(title)};
    size_t at = 1, size = 0;
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++)
        if (v->column[times[i]] != 0)
            return;
    for (; at < s.size && size == 0; at++)
        for (size_t i = 0; i < sizeof beds / sizeof beds[0] && s.data[at - 1] == ' '; i++)
            if (at + msched__phrase_at(s, at, beds[i]) == s.size)
                size = s.size - at;
    if (size == 0)
        return;
    at--;
    v->column[MSCHED__ATTR_LATE] = 1;
    v->value[MSCHED__ATTR_LATE] = 1;
    v->text[MSCHED__ATTR_LATE] = (msched__slice){title + at, size};
    msched__text_remark(in, MSCHED_SEVERITY_NOTE, in->line.data, "read_as_late",
                        "quote the title to plan it at any time",
                        "\"%.*s\" is planned as late as possible", (int)size, title + at);
}

/* Bytes of a text before one of the words at its end; 0: it does not end with one. */
static size_t before_word(msched__slice s, const char *const *words)
{
    for (; *words != NULL; words++) {
        const size_t last = strlen(*words);
        if (s.size > last + 1 && s.data[s.size - last - 1] == ' ' &&
            msched__slice_is((msched__slice){s.data + s.size - last, last}, *words))
            return s.size - last - 1;
    }
    return 0;
}

/* "Cook for 18:30": it ends then. */
static void read_ready_for(msched__text_reader *in, msched__text_values *v, const char *title)
{
    static const char *const verbs[] = {"cook",           "cooking",   "bake",
                                        "baking",         "prepare",   "preparing",
                                        "prep",           "prepping",  "make",
                                        "making",         "koche",     "kochen",
                                        "backe",          "backen",    "cuisiner",
                                        "cuisine",        "cocinar",   "pr\303\251parer",
                                        "pr\303\251pare", "preparar",  "preparare",
                                        "cucinare",       "get ready", "finir",
                                        "terminer",       "finish",    "fertigmachen"},
                             *const last_verbs[] = {"kochen", "backen", "vorbereiten",
                                                    "fertigmachen", NULL};
    const msched__slice text = v->text[MSCHED__ATTR_AT], s = {title, strlen(title)};
    static const char *const fors[] = {"for", "f\303\274r", "pour", "para las", "per le", NULL};
    size_t at = 0;
    int is_made = 0;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        is_made |= msched__phrase_at(s, 0, verbs[i]) > 0 && /* not "Maker fair", "Make-up" */
                   msched__blank_at(s, strlen(verbs[i]));
    is_made |= before_word(s, last_verbs) > 0; /* "Essen kochen" */
    if (v->column[MSCHED__ATTR_AT] == 0 || !is_made || !msched__take_any(text, &at, fors) ||
        v->column[MSCHED__ATTR_LATEST] != 0 || v->column[MSCHED__ATTR_LATE] != 0)
        return;
    v->column[MSCHED__ATTR_LATEST] = v->column[MSCHED__ATTR_LATE] = v->column[MSCHED__ATTR_AT];
    v->column[MSCHED__ATTR_AT] = 0;
    v->value[MSCHED__ATTR_LATEST] = v->second[MSCHED__ATTR_LATEST] = v->value[MSCHED__ATTR_AT];
    v->doubt[MSCHED__ATTR_LATEST] = v->doubt[MSCHED__ATTR_AT] & ~(uint32_t)MSCHED__SHOW;
    v->text[MSCHED__ATTR_LATEST] = v->text[MSCHED__ATTR_LATE] = text;
    v->value[MSCHED__ATTR_LATE] = 1;
    msched__text_remark(
        in, MSCHED_SEVERITY_NOTE, text.data, "read_as_late",
        "write \"at\" before the time if it begins then",
        "\"%.*s\" is read as the due time; the to-do is planned as late as possible",
        (int)(text.size > 60 ? 60 : text.size), text.data);
}

/* "Tie up loose ends": 1 if the word after that place is a part of a name. */
static int is_loose_end(const char *title, size_t size)
{
    static const char *const words[] = {"loose", "dead", "split", "the",   "year", "week", "month",
                                        "front", "back", "deep",  "high",  "low",  "odds", "rear",
                                        "east",  "west", "north", "south", NULL};
    size_t start = size, at = 0;
    while (start > 0 && title[start - 1] != ' ')
        start--;
    const msched__slice word = {title + start, size - start};
    return msched__take_any(word, &at, words) && at == word.size;
}

/* Bytes of one of the words, with its blank, at the start of a title before a time; 0: none. */
static size_t leading_word(const msched__text_reader *in, const char *title, msched__slice time,
                           const char *const *words)
{
    const msched__slice before =
        msched__slice_trim((msched__slice){in->line.data, (size_t)(time.data - in->line.data)});
    for (; *words != NULL; words++) {
        const size_t size = strlen(*words);
        if (before.size >= size &&
            msched__slice_is((msched__slice){before.data + before.size - size, size}, *words) &&
            msched__phrase_at((msched__slice){title, strlen(title)}, 0, *words) > 0 &&
            title[size] == ' ')
            return size + 1;
    }
    return 0;
}

/*
 * "Gym 1h ending 20:00" begins an hour before, "Gym 1h start by 18:00" ends by 19:00. The word is
 * not part of the title.
 */
static void read_ends(msched__text_reader *in, msched__text_values *v, const char **title)
{
    static const char *const ends[] = {"ending", "ends", "end", "finishing", "finishes", NULL},
                             *const starts[] = {"latest start", "starting",  "starts", "start",
                                                "begin",        "beginning", NULL};
    const enum msched__attr_kind at = MSCHED__ATTR_AT, latest = MSCHED__ATTR_LATEST;
    const int32_t length = v->value[MSCHED__ATTR_DURATION];
    const msched__slice s = {*title, strlen(*title)};
    const size_t end = before_word(s, ends), start = before_word(s, starts);
    if (v->column[MSCHED__ATTR_DURATION] == 0 || v->column[MSCHED__ATTR_RANGE] != 0)
        return;
    const size_t end_first = v->column[at] != 0 ? leading_word(in, *title, v->text[at], ends) : 0;
    const size_t start_first = v->column[latest] != 0
                                   ? leading_word(in, *title, v->text[latest], starts)
                                   : 0;
    if (v->column[at] != 0 && v->value[at] > length &&
        (end_first > 0 || (end > 0 && !is_loose_end(*title, end)))) {
        v->value[at] -= length;
        v->second[at] = v->value[at];
        msched__text_remark(in, MSCHED_SEVERITY_WARNING, v->text[at].data, "assumed_time",
                            "write the start, or quote the title",
                            "\"%.*s\" is read as the end; the start is %d:%02d",
                            (int)(v->text[at].size > 60 ? 60 : v->text[at].size), v->text[at].data,
                            (int)v->value[at] / 3600 % 24, (int)v->value[at] / 60 % 60);
        *title = end_first > 0 ? *title + end_first : msched__arena_copy(&in->arena, *title, end);
    } else if (start_first > 0 ||
               (start > 0 && v->column[latest] != 0 &&
                before_word(msched__slice_trim((msched__slice){
                                in->line.data, (size_t)(v->text[latest].data - in->line.data)}),
                            starts) > 0)) { /* not "Cold start 1h by 9:00" */
        v->value[latest] += length;
        v->second[latest] = v->value[latest];
        *title = start_first > 0 ? *title + start_first
                                 : msched__arena_copy(&in->arena, *title, start);
    }
    in->failed |= *title == NULL;
}

void msched__text_read_late(msched__text_reader *in, msched__text_values *v, const char **title)
{
    read_before_bed(in, v, *title);
    read_ready_for(in, v, *title);
    read_ends(in, v, title);
}

int msched__text_sleeps_until(const msched__text_values *v, const char *title)
{
    static const char *const untils[] = {"until", "till", "til", "bis", "hasta", "tot", NULL};
    msched__meal_hours hours;
    size_t at = 0;
    return v->column[MSCHED__ATTR_LATEST] != 0 &&
           msched__take_any(v->text[MSCHED__ATTR_LATEST], &at, untils) &&
           (msched__text_sleep(title, &hours) || msched__sleeps_in(title));
}

void msched__text_use_sleep(msched__text_reader *in, msched__text_todo *todo)
{
    static const enum msched__attr_kind others[] = {
        MSCHED__ATTR_EARLIEST, MSCHED__ATTR_DAYPART, MSCHED__ATTR_BETWEEN, MSCHED__ATTR_LATE,
        MSCHED__ATTR_AFTER,    MSCHED__ATTR_BEFORE,  MSCHED__ATTR_SPLIT};
    enum { LONGEST = 10 * 3600 };
    msched__text_values *v = &todo->values;
    const enum msched__attr_kind to = MSCHED__ATTR_LATEST, range = MSCHED__ATTR_RANGE;
    const msched__slice text = v->text[to];
    const int32_t start = in->day.start_s, end = msched__plain_time(v->value[to]);
    int is_plain = in->days == 0 && !todo->is_event && todo->assumed &&
                   msched__text_sleeps_until(v, todo->title);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        is_plain &= v->column[others[i]] == 0;
    if (!is_plain || end <= start || end - start > LONGEST)
        return;
    v->column[range] = v->column[to];
    v->text[range] = text;
    v->value[range] = start;
    v->second[range] = v->value[to];
    v->column[to] = 0;
    todo->is_event = 1;
    todo->assumed = 0;
    char read[24], repair[80];
    const char *const texts[] = {read};
    snprintf(read, sizeof read, "%d:%02d-%d:%02d", (int)start / 3600, (int)start / 60 % 60,
             (int)end / 3600, (int)end / 60 % 60);
    snprintf(repair, sizeof repair, "write %s to confirm, or a length before \"until\"", read);
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, todo->line, v->column[range], MSCHED_OK,
                     "assumed_time", repair, "\"%.*s\" is read as %s, from the start of the day on",
                     msched__attr_shown(text.size), text.data, read);
    msched__diag_edit(in->diag, todo->line, v->column[range],
                      v->column[range] + (uint32_t)msched__utf8_length(text.data, text.size), texts,
                      1);
}

/* "AM", "Morning:", "@morning": the part of the day. 1: match. */
static int part_of_day(msched__slice text, int32_t *start, int32_t *end)
{
    static const struct {
        const char *names;
        int32_t start, end;
    } parts[] = {
        {" am mornings morning matin vormittag morgens ma\303\261ana mattina ochtend ", 6, 12},
        {" pm ", 12, 24},
        {" afternoon nachmittag apr\303\250s-midi tarde pomeriggio middag ", 12, 18},
        {" evening tonight abend abends soir noche sera avond ", 18, 23},
        {" night ", 22, 30}};
    char key[24] = " ";
    size_t size = 0;
    while (text.size > 0 && strchr(" :*-=", text.data[text.size - 1]) != NULL)
        text.size--;
    if (text.size > 0 && text.data[0] == '@')
        text = (msched__slice){text.data + 1, text.size - 1};
    while (size < text.size && size < sizeof key - 3) {
        key[size + 1] = msched__lower(text.data[size]);
        size++;
    }
    if (size == 0 || size < text.size || memchr(text.data, ' ', text.size) != NULL)
        return 0;
    key[size + 1] = ' ';
    key[size + 2] = '\0';
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strstr(parts[i].names, key) != NULL) {
            *start = parts[i].start * 3600;
            *end = parts[i].end * 3600;
            return 1;
        }
    return 0;
}

int msched__text_begin_part(msched__text_reader *in, msched__slice heading)
{
    in->part_end = 0;
    return part_of_day(heading, &in->part_start, &in->part_end);
}

/*
 * 1 if the text has "am" or "a.m.", or a 0 before the hour: it is unambiguous. The scanner also
 * treats "3h30" and "3 Uhr" as sure, which a heading may still move to the afternoon.
 */
static int says_half(msched__slice text)
{
    size_t digit = 0;
    while (digit < text.size && !msched__digit_at(text, digit))
        digit++;
    for (size_t i = digit; i + 1 < text.size; i++)
        if (msched__lower(text.data[i]) == 'a' &&
            (msched__lower(text.data[i + 1]) == 'm' || text.data[i + 1] == '.'))
            return 1;
    return digit == text.size || text.data[digit] == '0';
}

/* "3:00 Vet" below "PM:" means 15:00. */
static void shift_half(const msched__text_reader *in, msched__text_values *v,
                       enum msched__attr_kind kind)
{
    enum { HALF = 43200 };
    int32_t start = msched__plain_time(v->value[kind]), end = msched__plain_time(v->second[kind]);
    if (v->column[kind] == 0 || in->part_start < HALF || start >= HALF || end > HALF ||
        start + HALF < in->part_start || start + HALF >= in->part_end || says_half(v->text[kind]))
        return;
    v->value[kind] = start + HALF;
    v->second[kind] = end + HALF;
    v->doubt[kind] &= ~(uint32_t)(MSCHED__LOOSE_START | MSCHED__LOOSE_END);
}

void msched__text_use_part(const msched__text_reader *in, msched__text_values *v)
{
    static const enum msched__attr_kind times[] = {
        MSCHED__ATTR_DAYPART, MSCHED__ATTR_EARLIEST,  MSCHED__ATTR_LATEST, MSCHED__ATTR_BETWEEN,
        MSCHED__ATTR_RANGE,   MSCHED__ATTR_STARTED,   MSCHED__ATTR_ON,     MSCHED__ATTR_REPEAT,
        MSCHED__ATTR_DUE_AT,  MSCHED__ATTR_RELEASE_AT};
    uint32_t loose = MSCHED__LOOSE_START | MSCHED__LOOSE_END;
    if (in->part_end == 0)
        return;
    shift_half(in, v, MSCHED__ATTR_AT);
    shift_half(in, v, MSCHED__ATTR_RANGE);
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++)
        if (v->column[times[i]] != 0)
            return;
    int fixed = v->column[MSCHED__ATTR_AT] != 0;
    if (fixed && (v->doubt[MSCHED__ATTR_AT] & loose) == 0)
        return; /* its time is more specific */
    v->column[MSCHED__ATTR_DAYPART] = fixed ? v->column[MSCHED__ATTR_AT] : 1;
    v->value[MSCHED__ATTR_DAYPART] = in->part_start;
    v->second[MSCHED__ATTR_DAYPART] = in->part_end;
}
