/*
 * Words of other languages around times and lengths: "a las 15:30", "avant 18h", "2 horas", "15 Uhr
 * 30". They become English in the plain line, but only if the numbers next to them show their
 * meaning. Titles keep their words, because they are copied from the line itself.
 */
#include "base/alloc.h"
#include "plan/text/plan_text.h"
#include "plan/text/text_late.h"
#include "plan/words/text_asides.h"
#include "plan/words/text_bound.h"
#include "plan/words/text_cells.h"
#include "plan/words/text_clock_words.h"
#include "plan/words/text_fields.h"
#include "plan/words/text_hour_units.h"
#include "plan/words/text_marked_clock.h"
#include "plan/words/text_month.h"
#include "plan/words/text_negation_words.h"
#include "plan/words/text_phrases.h"
#include "plan/words/text_split.h"
#include "plan/words/text_weekday_parts.h"
#include "plan/words/text_weekdays.h"
#include "plan/words/text_writer.h"

#include <stdio.h>
#include <string.h>

#define WORDS_MAX (4 * MSCHED__LINE_MAX_BYTES + 448)
#define GROWTH    400 /* maximum bytes of a replacement */

/* "from 9 to 10" and "between 9 and 10": the words before, and those between. */
static const struct {
    const char *phrase;
    int between;
} froms[] = {{"de las", 0},        {"de la", 0},
             {"desde las", 0},     {"desde", 0},
             {"desde as", 0},      {"desde \303\240s", 0},
             {"dalle ore", 0},     {"fr\xC3\xA5n kl", 0},
             {"fra kl", 0},        {"entre las", 1},
             {"tra le", 1},        {"de", 0},
             {"dalle", 0},         {"das", 0},
             {"van", 0},           {"od", 0},
             {"\xD1\x81", 0},      {"fr\xC3\xA5n", 0},
             {"fra", 0},           {"entre", 1},
             {"zwischen", 1},      {"zw.", 1},
             {"tussen", 1},        {"tss", 1},
             {"tss.", 1},          {"entre as", 1},
             {"mi\304\231dzy", 1}, {"b/w", 1},
             {"dep", 0},           {"dep.", 0},
             {"departs", 0},       {"ab", 0},
             {"start:", 0},        {"from:", 0},
             {"begin:", 0},        {"beginn:", 0},
             {"start", 0}};
/* "1h", "2 Stunden" before an offset. */
static int follows_unit(msched__slice s, size_t at)
{
    while (at > 0 && msched__blank_at(s, at - 1))
        at--;
    size_t end = at;
    while (at > 0 && (msched__letter_at(s, at - 1) || s.data[at - 1] == '.'))
        at--;
    return at < end && msched__char_before(s, at) >= '0' && msched__char_before(s, at) <= '9';
}

/* "10:00" and "2h30" before an offset, as in "earliest 10:00 latest 17:00", "2h30 avant 16:00". */
static int follows_clock(msched__slice s, size_t at)
{
    while (at > 0 && msched__blank_at(s, at - 1))
        at--;
    return at > 3 && msched__digits_before(s, at) == 2 && strchr(":hu", s.data[at - 3]) != NULL &&
           msched__digit_at(s, at - 4);
}

/* A time with minutes or an hour with its unit before the word or the dash before an offset. */
static int has_clock_before(msched__slice s, size_t at)
{
    while (at > 0 && msched__blank_at(s, at - 1))
        at--;
    while (at > 0 && !msched__blank_at(s, at - 1))
        at--;
    return follows_clock(s, at) || follows_unit(s, at);
}

/* "1h", "2h30", "45 min": at most six hours, which is not a clock time. */
static int is_short_length(msched__slice s, size_t at)
{
    size_t digits = msched__short_number(s, at), unit = msched__after_blanks(s, at + digits);
    int hour = digits == 1 && msched__lower(msched__byte_at(s, unit)) == 'h' &&
               !msched__letter_at(s, unit + 1) && s.data[at] < '7';
    return hour || msched__lower(msched__byte_at(s, unit)) == 'm';
}

/* 1 if only a weekday, a bullet, a list number or a check box precedes an offset. */
static int begins_line(msched__slice s, size_t at)
{
    size_t i = 0;
    if (at > 3 && msched__take_weekday(s, &i) < 0) /* "Tue pm: dentist" */
        i = 0;
    for (; i < at; i++)
        if (strchr(" -*+[].0123456789", s.data[i]) == NULL)
            return 0;
    return 1;
}

/*
 * Something that the number after a word for a time counts: "alle 15 Minuten" is German, "alle 15
 * pranzo" Italian; "gegen 5 Euro", "Om 10 min".
 */
static int counts_units(msched__slice s, size_t at, size_t after)
{
    static const char *const units[] = {
        "min",   "kg",   "km",  "euro",  "kilo",  "std",       "stund", "tag", "woche",
        "monat", "jahr", "sek", "meter", "seite", "\303\274b", "leute", "mal", "st\303\274ck"};
    if (msched__word_ahead(s, at, "przed") && msched__letter_at(s, after) &&
        msched__clock_at(s, msched__after_blanks(s, at + 5), 0) == 0)
        return 1; /* "przed 2 laty", two years ago */
    const size_t count = msched__word_ahead(s, at, "alle") ? sizeof units / sizeof units[0] : 5;
    for (size_t i = 0; i < count; i++)
        if (msched__phrase_at(s, after, units[i]) > 0)
            return 1;
    return 0;
}

static int fits(msched__slice s, size_t at, size_t size, enum msched__beside beside)
{
    size_t next = msched__after_blanks(s, at + size), digits;
    int apart = msched__blank_at(s, at + size) || at + size >= s.size;
    int number = msched__char_before(s, at) >= '0' && msched__char_before(s, at) <= '9';
    if (beside <= MSCHED__BESIDE_MOMENT && follows_clock(s, at))
        number = 0;
    switch (beside) {
    case MSCHED__BESIDE_CLOCK:
        return apart && !number && msched__clock_at(s, next, 0) > 0;
    case MSCHED__BESIDE_MOMENT:
        return apart && !number && msched__clock_at(s, next, 0) > 0 && !is_short_length(s, next);
    case MSCHED__BESIDE_LABEL:
        return apart && !number && next < s.size && begins_line(s, at);
    case MSCHED__BESIDE_HOUR:
    case MSCHED__BESIDE_HOUR_OF_24:
        if (s.data[at] == 'H') /* "Preparation H 20" */
            return 0;
        digits = msched__short_number(s, next);
        return apart && !number && msched__clock_at(s, next, 1) > 0 &&
               !msched__is_open_hour(s, at, next) &&
               !counts_units(s, at, msched__after_blanks(s, next + digits));
    case MSCHED__BESIDE_NUMBER:
        return number && !msched__letter_at(s, at + size);
    case MSCHED__BESIDE_LENGTH:
        digits = msched__short_number(s, next);
        return apart && digits > 0 && msched__letter_at(s, msched__after_blanks(s, next + digits));
    case MSCHED__BESIDE_UNIT:
        return apart && follows_unit(s, at);
    case MSCHED__BESIDE_END: /* "guten Morgen" */
        return (next == s.size && s.data[at] >= 'a') || msched__clock_at(s, next, 0) > 0 ||
               msched__word_ahead(s, next, "um") || msched__word_ahead(s, next, "om") ||
               msched__word_ahead(s, next, "a las");
    case MSCHED__BESIDE_WEEKDAY:
        return apart && !(at > 0 && msched__digit_at(s, at - 1)) && /* "9am so" */
               (msched__weekday_ahead(s, next) || msched__short_weekday_ahead(s, next));
    case MSCHED__BESIDE_DATE:
        return msched__digit_at(s, next) || msched__word_ahead(s, next, "every");
    default:
        return !msched__letter_at(s, at + size);
    }
}

/* Write a word with a space on each side, unless the text has them. */
static size_t replace(msched__writer *w, size_t at, size_t size, const char *plain)
{
    int glued = plain[0] != '\0' && at > 0 && msched__digit_at(w->from, at - 1) &&
                plain[0] != ':' && plain[1] != '\0';
    if (glued)
        msched__write_text(w, " ", at);
    msched__write_text(w, plain, at);
    if (*plain != '\0' && plain[1] != '\0' && msched__letter_at(w->from, at + size))
        msched__write_text(w, " ", at);
    w->changed = 1;
    return size;
}

static int is_lettered(msched__slice s, size_t at, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (msched__lower(s.data[at + i]) == 'h' || msched__lower(s.data[at + i]) == 'u')
            return 1;
    return 0;
}

/* "9 h" and "9u" as 9h; as 9:00 if the other end of the range has no letter. */
static void copy_clock(msched__writer *w, size_t at, size_t count, int mixed)
{
    for (size_t i = 0; i < count; i++) {
        if (msched__blank_at(w->from, at + i))
            continue;
        if (!is_lettered(w->from, at + i, 1))
            msched__write_bytes(w, at + i, 1);
        else
            msched__write_text(w,
                               !mixed                                  ? "h"
                               : msched__digit_at(w->from, at + i + 1) ? ":"
                                                                       : ":00",
                               at + i);
    }
}

/* Bytes of "midi" and the like, as in "de 8h à midi"; 0: none. */
static size_t noon_at(msched__slice s, size_t at)
{
    static const char *const noons[] = {"midi",   "mediod\303\255a", "mediodia",
                                        "mittag", "mezzogiorno",     "noon"};
    for (size_t i = 0; i < sizeof noons / sizeof noons[0]; i++)
        if (msched__word_ahead(s, at, noons[i]))
            return strlen(noons[i]);
    return 0;
}

/* Bytes of a unit after a clock time, with the blanks before it: "9 uur", "10:00 h"; 0: none. */
static size_t unit_after(msched__slice s, size_t at, size_t clock)
{
    const size_t unit = msched__after_blanks(s, at + clock);
    const size_t word = msched__hour_word(s, unit);
    const size_t size = word > 0 || is_lettered(s, at, clock) ? word
                                                              : msched__hour_letters(s, unit);
    return size > 0 ? unit + size - at - clock : 0;
}

/* "9 uur" as 9:00, and what has no such unit as it is. */
static void copy_hour(msched__writer *w, size_t at, size_t size, size_t unit, int mixed)
{
    copy_clock(w, at, size, mixed);
    if (unit > 0 && size < 3 && !is_lettered(w->from, at, size))
        msched__write_text(w, ":00", at + size - 1);
}

/* The two times of a range, with the words before them and between them. */
typedef struct range_parts {
    size_t at, first, one, one_unit, dash, second, two, two_unit;
    int between;
} range_parts;

/* Bytes of " e 30", " y media" after an hour; *text: its minutes. 0: none. */
static size_t minutes_after(msched__slice s, size_t at, char text[4])
{
    static const char *const ands[] = {"e", "y", "et", NULL};
    static const struct {
        const char *words, *minutes;
    } parts[] = {{"e mezza", ":30"},     {"e mezzo", ":30"},     {"y media", ":30"},
                 {"e meia", ":30"},      {"et demie", ":30"},    {"e un quarto", ":15"},
                 {"y cuarto", ":15"},    {"e um quarto", ":15"}, {"et quart", ":15"},
                 {"e tre quarti", ":45"}};
    const size_t word = msched__after_blanks(s, at), size = msched__any_ahead(s, word, ands),
                 digits = msched__after_blanks(s, word + size);
    for (size_t i = 0; word > at && i < sizeof parts / sizeof parts[0]; i++)
        if (msched__word_ahead(s, word, parts[i].words)) {
            memcpy(text, parts[i].minutes, 4);
            return word + strlen(parts[i].words) - at;
        }
    if (size == 0 || word == at || msched__short_number(s, digits) != 2 || s.data[digits] > '5' ||
        !msched__blank_at(s, digits + 2) ||
        msched__lower(msched__byte_at(s, msched__after_blanks(s, digits + 2))) == 'm')
        return 0;
    snprintf(text, 4, ":%.2s", s.data + digits);
    return digits + 2 - at;
}

static size_t write_range(msched__writer *w, const range_parts *r)
{
    msched__slice s = w->from;
    const int mixed = is_lettered(s, r->first, r->one) != is_lettered(s, r->second, r->two);
    w->changed = 1;
    if (!r->between && msched__word_ahead(s, r->at, "de") &&
        msched__is_length_at(s, r->first, r->second)) { /* "Sport de 1h à 18h" */
        msched__write_text(w, "for ", r->at);
        copy_clock(w, r->first, r->one, 0);
        msched__write_text(w, r->one_unit > 0 ? "h at " : " at ", r->dash);
    } else {
        msched__write_text(w, r->between ? "between " : "from ", r->at);
        copy_hour(w, r->first, r->one, r->one_unit, mixed);
        msched__write_text(w, r->between ? " and " : " to ", r->dash);
    }
    copy_hour(w, r->second, r->two, r->one_unit > 0 ? r->two_unit : 0, mixed);
    const size_t end = r->second + r->two + r->two_unit;
    char minutes[4];
    const size_t more = r->two < 3 && r->two_unit == 0 ? minutes_after(s, end, minutes) : 0;
    if (more > 0)
        msched__write_text(w, minutes, end);
    return end + more - r->at;
}

/* "de 9h à 10h": from 9h to 10h. Returns the bytes handled. */
static size_t take_range(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    for (size_t f = 0; f < sizeof froms / sizeof froms[0]; f++) {
        size_t size = msched__phrase_at(s, at, froms[f].phrase),
               first = msched__after_blanks(s, at + size);
        size_t one = size > 0 && first > at + size ? msched__clock_at(s, first, 1) : 0;
        range_parts r = {.at = at, .first = first, .one = one, .between = froms[f].between};
        r.one_unit = one > 0 ? unit_after(s, first, one) : 0;
        for (size_t d = 0; one > 0 && msched__range_links[d] != NULL; d++) {
            const char *dash = msched__range_links[d];
            /* "start 12:30, end 13:30" */
            const size_t comma = dash[0] == 'e' && dash[1] == 'n' &&
                                 msched__byte_at(s, first + one + r.one_unit) == ',';
            r.dash = msched__after_blanks(s, first + one + r.one_unit + comma);
            const size_t length = msched__phrase_at(s, r.dash, dash);
            r.second = msched__after_blanks(s, r.dash + length);
            const size_t noon = length > 0 && r.second > r.dash + length ? noon_at(s, r.second) : 0;
            if (noon > 0) {
                msched__write_text(w, froms[f].between ? "between " : "from ", at);
                copy_hour(w, first, one, r.one_unit, 1);
                msched__write_text(w, froms[f].between ? " and 12:00" : " to 12:00", r.dash);
                w->changed = 1;
                return r.second + noon - at;
            }
            if (length == 0 || r.second == r.dash + length || msched__clock_at(s, r.second, 1) == 0)
                continue;
            r.two = msched__clock_at(s, r.second, 1);
            r.two_unit = unit_after(s, r.second, r.two);
            return write_range(w, &r);
        }
    }
    return 0;
}

/* What is written within a number: 15u30, 15 Uhr 30, 1hr30, 15時30分, 6ish. */
static size_t take_in_number(msched__writer *w, size_t at)
{
    static const struct {
        const char *mark, *with_minutes, *alone;
    } marks[] = {{"\xE6\x99\x82\xE9\x96\x93", NULL, " hours "}, /* 時間 */
                 {"\xEC\x8B\x9C\xEA\xB0\x84", NULL, " hours "}, /* 시간 */
                 {"\xE5\xB0\x8F\xE6\x97\xB6", NULL, " hours "}, /* 小时 */
                 {"\xE5\xB0\x8F\xE6\x99\x82", NULL, " hours "}, /* 小時 */
                 {"\xE5\x88\x86\xE9\x92\x9F", NULL, " min "},   /* 分钟 */
                 {"\xE5\x88\x86\xE9\x90\x98", NULL, " min "},   /* 分鐘 */
                 {"\xE7\x82\xB9", ":", ":00 "},                 /* 点 */
                 {"\xE9\xBB\x9E", ":", ":00 "},                 /* 點 */
                 {"\xE6\x99\x82", ":", ":00 "},                 /* 時 */
                 {"\xE5\x88\x86", NULL, " min "},               /* 分 */
                 {"\xEC\x8B\x9C", ":", ":00 "},                 /* 시 */
                 {"\xEB\xB6\x84", NULL, " min "},               /* 분 */
                 {"u", "h", "h"},
                 {"t", NULL, "h"},
                 {"hr", "h", NULL},
                 {"hrs", "h", NULL},
                 {"-ish", NULL, ""},
                 {"ish", NULL, ""}};
    msched__slice s = w->from;
    if (at == 0 || !msched__digit_at(s, at - 1))
        return 0;
    size_t done = msched__take_hour_unit(w, at);
    done = done == 0 ? msched__take_french_hours(w, at) : done;
    done = done == 0 ? msched__take_spaced_hour(w, at) : done;
    if (done > 0)
        return done;
    size_t uhr = msched__after_blanks(s, at), minutes = msched__after_blanks(s, uhr + 3);
    if (uhr > at && msched__word_ahead(s, uhr, "uhr") && msched__short_number(s, minutes) == 2 &&
        msched__blank_at(s, minutes + 2) &&
        msched__lower(msched__byte_at(s, msched__after_blanks(s, minutes + 2))) != 'm' &&
        !msched__word_ahead(s, msched__after_blanks(s, minutes + 2), "std")) {
        msched__write_text(w, ":", at);
        w->changed = 1;
        return minutes - at;
    }
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t size = msched__phrase_at(s, at, marks[i].mark);
        int more = size > 0 && msched__short_number(s, at + size) == 2;
        const char *plain = more ? marks[i].with_minutes : marks[i].alone;
        int asian = (unsigned char)marks[i].mark[0] >= 0xE0;
        const size_t rest = msched__after_blanks(s, at + size);
        if (size == 0 || plain == NULL || (!more && !asian && msched__letter_at(s, at + size)) ||
            (marks[i].mark[0] == 't' && rest < s.size && !msched__digit_at(s, rest)))
            continue; /* "1t" lasts an hour in Danish, but not in "2t sand" */
        size_t digits = msched__digits_before(s, at);
        int hour = *plain == '\0' && digits < 3 &&
                   (digits == at || msched__blank_at(s, at - digits - 1));
        msched__write_text(w, hour ? " o'clock" : plain, at);
        w->changed = 1;
        /* 15時30分: the minutes have their own mark */
        if (more && asian &&
            msched__phrase_at(s, at + size + 2, "\xE5\x88\x86") +
                    msched__phrase_at(s, at + size + 2, "\xEB\xB6\x84") >
                0) {
            msched__write_bytes(w, at + size, 2);
            msched__write_text(w, " ", at + size + 2);
            return size + 5;
        }
        return size;
    }
    return 0;
}

/* "2026-11-24T14:00" and "14:00/30m" as two words, "8:15..9:40" with a dash. */
static size_t take_joint(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    const size_t hour = at + 1 + msched__short_number(s, at + 1);
    if (at > 1 && s.data[at] == '/' && msched__lower(s.data[at - 1]) == 'h' &&
        msched__digit_at(s, at - 2) && hour > at + 1 &&
        msched__lower(msched__byte_at(s, hour)) == 'h') { /* "7h/15h" */
        msched__write_text(w, "-", at);
        w->changed = 1;
        return 1;
    }
    if (at == 0 || !msched__digit_at(s, at - 1))
        return 0;
    size_t dots = msched__phrase_at(s, at, "...");
    dots = dots == 0 ? msched__phrase_at(s, at, "..") : dots;
    int clocks = at > 3 && s.data[at - 3] == ':';
    if (dots > 0 && clocks && msched__clock_at(s, at + dots, 0) > 0) {
        msched__write_text(w, "-", at);
        w->changed = 1;
        return dots;
    }
    int date = at >= 10 && msched__lower(s.data[at]) == 't' && s.data[at - 3] == '-' &&
               s.data[at - 6] == '-' && msched__clock_at(s, at + 1, 0) > 0;
    size_t length = at + 1 + msched__short_number(s, at + 1);
    int slash = s.data[at] == '/' && clocks && length > at + 1 && msched__letter_at(s, length);
    if ((!date && !slash) || (at > 10 && msched__lower(s.data[at - 11]) == ':')) /* due:2026-.. */
        return 0;
    msched__write_text(w, " ", at);
    w->changed = 1;
    return 1;
}

/* "18:30 - ca. 19:15", "18:30 bis etwa 19:15": the word before the second time. */
static size_t take_about(msched__writer *w, size_t at)
{
    static const char *const words[] = {"ca.",     "ca",    "circa",           "c.",      "approx.",
                                        "approx",  "about", "around",          "roughly", "etwa",
                                        "environ", "gegen", "ungef\303\244hr", "~",       NULL},
                             *const tos[] = {"to",  "till", "til",  "until",    "bis",
                                             "tot", "a",    "alle", "\303\240", NULL};
    msched__slice s = w->from;
    const char before = msched__char_before(s, at);
    if (before != '-' && before != '\x93' && !msched__follows_word(s, at, tos))
        return 0;
    for (const char *const *word = words; *word != NULL; word++) {
        const size_t next = msched__after_blanks(s, at + strlen(*word));
        if (msched__word_ahead(s, at, *word) && msched__clock_at(s, next, 0) > 0 &&
            has_clock_before(s, at)) {
            w->changed = 1;
            return next - at;
        }
    }
    return 0;
}

/* "every morning but Sunday": the exception belongs next to "every day". */
static size_t take_part_of_days(msched__writer *w, size_t at, size_t size, const char *plain)
{
    const char *part = strstr(plain, " @");
    size_t next = msched__after_blanks(w->from, at + size);
    if (part == NULL || plain[0] != 'e' || !msched__take_except(w->from, &next, 1))
        return replace(w, at, size, plain);
    msched__write_text(w, part + 1, at);
    msched__write_text(w, " every ", at);
    return replace(w, at, size, plain[6] == 'w' ? "weekday" : "day");
}

static size_t take_phrase(msched__writer *w, const msched__phrase_index *index, size_t at)
{
    const unsigned char first = (unsigned char)msched__lower(w->from.data[at]);
    size_t best = 0, which = 0;
    /* the faces of clocks, U+1F550 to U+1F567 */
    if (msched__phrase_at(w->from, at, "\xF0\x9F\x95") > 0 &&
        (unsigned char)msched__byte_at(w->from, at + 3) >= 0x90 &&
        fits(w->from, at, 4, MSCHED__BESIDE_DATE))
        return replace(w, at, 4, "");
    for (size_t k = index->from[first]; k < index->from[first + 1u]; k++) {
        size_t i = index->order[k],
               size = msched__phrase_at(w->from, at, msched__phrase_of(i)->phrase);
        if (size > best && fits(w->from, at, size, msched__phrase_of(i)->beside)) {
            best = size;
            which = i;
        }
    }
    size_t hour = msched__after_blanks(w->from, at + best),
           digits = msched__short_number(w->from, hour),
           unit = msched__after_blanks(w->from, hour + digits);
    if (best == 0)
        return 0;
    const msched__phrase *phrase = msched__phrase_of(which);
    const enum msched__beside beside = phrase->beside;
    const size_t letters = unit > hour + digits ? msched__hour_letters(w->from, unit) : 0;
    int dutch = beside <= MSCHED__BESIDE_HOUR_OF_24 && digits > 0 && letters > 1;
    if (!dutch && (beside != MSCHED__BESIDE_HOUR_OF_24 || msched__clock_at(w->from, hour, 0) > 0))
        return take_part_of_days(w, at, best, phrase->plain);
    msched__write_text(w, phrase->plain, at);
    msched__write_text(w, " ", at + best);
    msched__write_bytes(w, hour, digits);
    msched__write_text(w, ":00", hour + digits - 1);
    w->changed = 1;
    return (dutch ? unit + letters : hour + digits) - at;
}

static void translate(msched__text_reader *in, msched__writer *w)
{
    const msched__phrase_index *index = in->phrases;
    msched__slice s = w->from;
    int quoted = 0;
    size_t at = msched__chat_prefix(s, &in->has_timed_chat);
    w->changed = at > 0;
    while (at < s.size && w->size + GROWTH + 8 < WORDS_MAX) {
        int starts = at == 0 || msched__blank_at(s, at - 1) || s.data[at - 1] == '(';
        size_t done = 0;
        quoted ^= s.data[at] == '"';
        if (!quoted) {
            done = starts ? msched__take_field(w, at) : 0;
            done = done == 0 && starts ? msched__take_aside(w, at) : done;
            if (done == 0 && starts && in->days > 0)
                done = msched__take_date_range(in->day.date, w, at);
            done = done == 0 && starts ? msched__take_split(w, at) : done;
            done = done == 0 && starts ? msched__take_pair(in, w, at) : done;
            done = done == 0 && starts ? take_about(w, at) : done;
            done = done == 0 && starts ? msched__take_marked_clock(w, at) : done;
            done = done == 0 && starts ? msched__take_late(in, w, at) : done;
            done = done == 0 && starts ? msched__take_opening(in, w, at) : done;
            done = done == 0 && starts ? msched__take_bound(w, at) : done;
            done = done == 0 && starts ? msched__take_every(in, w, at) : done;
            done = done == 0 ? msched__take_cell(w, at) : done;
            done = done == 0 ? msched__take_ish(w, at) : done;
            done = done == 0 ? take_in_number(w, at) : done;
            done = done == 0 && (unsigned char)s.data[at] >= 0xE4 ? msched__take_half_day(w, at)
                                                                  : done;
            done = done == 0 ? take_joint(w, at) : done;
            done = done == 0 && starts ? msched__take_clock_words(w, at, index->clocks) : done;
            done = done == 0 && starts ? msched__take_length_words(w, at) : done;
            done = done == 0 && starts ? take_range(w, at) : done;
            done = done == 0 && starts ? msched__take_month_date(in->day.date, w, at) : done;
            if (done == 0 && starts)
                done = msched__take_lone_weekday(w, at, in->days > 0, &in->week.has_short_names);
            done = done == 0 && starts ? msched__take_weekday_part(w, at) : done;
            done = done == 0 && starts ? msched__take_weekdays(w, at) : done;
            done = done == 0 && starts ? msched__take_to(w, at) : done;
            done = done == 0 && starts ? msched__take_german_hour(w, at) : done;
            done = done == 0 && starts ? msched__take_spoken_hour(w, at) : done;
            done = done == 0 && starts ? msched__take_french_words(w, at) : done;
            done = done == 0 && (starts || msched__digit_at(s, at - 1)) ? take_phrase(w, index, at)
                                                                        : done;
        }
        if (done == 0)
            msched__write_bytes(w, at, 1);
        at += done == 0 ? 1 : done;
    }
    w->changed &= at == s.size;
}

int msched__text_keeps_words(msched__slice s)
{
    static const char *const marks[] = {"\xE2\x99\xAA", "\xE2\x99\xAB", "song:", "spotify"};
    for (size_t at = 0; at < s.size; at++)
        for (size_t i = 0; i < 4; i++)
            if (msched__phrase_at(s, at, marks[i]) > 0)
                return 1;
    return 0;
}

int msched__text_translate(msched__text_reader *in)
{
    in->every_s = 0;
    if (in->plain.size == 0 || msched__text_keeps_words(in->plain))
        return 1;
    if (in->words_text == NULL) {
        in->words_text = msched__alloc_array(&in->memory, WORDS_MAX, 1);
        in->words_from = msched__alloc_array(&in->memory, WORDS_MAX, sizeof *in->words_from);
        in->phrases = msched__alloc_array(&in->memory, 1, sizeof *in->phrases);
        if (in->phrases != NULL)
            msched__phrase_index_fill(in->phrases);
    }
    if (in->words_text == NULL || in->words_from == NULL || in->phrases == NULL) {
        in->failed = 1;
        return 0;
    }
    msched__writer w = {in->plain, in->words_text, in->words_from, 0, 0};
    translate(in, &w);
    if (!w.changed)
        return 1;
    int is_line = in->plain.data == in->line.data;
    for (size_t i = 0; i < w.size && !is_line; i++)
        w.origin[i] = in->plain_from[w.origin[i]];
    w.origin[w.size] = (uint16_t)in->line.size;
    in->plain = (msched__slice){w.text, w.size};
    return 1;
}
