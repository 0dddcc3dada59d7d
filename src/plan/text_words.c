/*
 * Words of other languages around times and lengths: "a las 15:30", "avant 18h", "2 horas", "15 Uhr
 * 30". They become the English ones in the plain line, and only where the numbers beside them say
 * what they mean; titles keep their own words, as they are taken from the line itself.
 */
#include "base/alloc.h"
#include "plan/plan_text.h"
#include "plan/text_phrases.h"

#include <stdio.h>
#include <string.h>

#define WORDS_MAX (4 * MSCHED__LINE_MAX_BYTES + 64)
#define GROWTH    24 /* bytes that a replacement has at most */

/* "from 9 to 10" and "between 9 and 10": the words before, and those between. */
static const struct {
    const char *phrase;
    int between;
} froms[] = {
    {"de las", 0}, {"de la", 0},     {"desde las", 0}, {"dalle ore", 0}, {"fr\xC3\xA5n kl", 0},
    {"fra kl", 0}, {"entre las", 1}, {"tra le", 1},    {"de", 0},        {"dalle", 0},
    {"das", 0},    {"van", 0},       {"od", 0},        {"\xD1\x81", 0},  {"fr\xC3\xA5n", 0},
    {"fra", 0},    {"entre", 1},     {"zwischen", 1},  {"zw.", 1},       {"b/w", 1}};
static const char *const dashes[] = {"\xC3\xA0", "a las",     "a la", "a",  "alle ore",
                                     "alle",     "\xC3\xA0s", "tot",  "do", "\xD0\xB4\xD0\xBE",
                                     "till",     "til",       "bis",  "-",  "et",
                                     "y las",    "y",         "e le", "e",  "und",
                                     "and"};

typedef struct writer {
    msched__slice from; /* the plain line */
    char *text;
    uint16_t *origin;
    size_t size;
    int changed;
} writer;

static int is_space(msched__slice s, size_t at)
{
    return at >= s.size || s.data[at] == ' ' || s.data[at] == '\t';
}

static size_t skip(msched__slice s, size_t at)
{
    while (at < s.size && is_space(s, at))
        at++;
    return at;
}

static char at_or_nul(msched__slice s, size_t at)
{
    return at < s.size ? s.data[at] : '\0';
}

static char low(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* The rest of a phrase whose first byte stands at a place. */
static size_t rest_at(msched__slice s, size_t at, const char *phrase)
{
    size_t i = 1;
    while (phrase[i] != '\0' && at + i < s.size &&
           (low(s.data[at + i]) == phrase[i] ||
            /* capitals with two bytes: U+00C0 and U+0410 have theirs 32 and 32 below */
            ((unsigned char)phrase[i - 1] == 0xC3 &&
             (unsigned char)s.data[at + i] + 32 == (unsigned char)phrase[i])))
        i++;
    return phrase[i] == '\0' ? i : 0;
}

/*
 * Bytes of a phrase that stands at a place as a whole; 0: it does not. Inline, because hundreds are
 * looked for and most differ in the first byte.
 */
static inline size_t phrase_at(msched__slice s, size_t at, const char *phrase)
{
    return at < s.size && low(s.data[at]) == phrase[0] ? rest_at(s, at, phrase) : 0;
}

/* A number of one or two digits; how many, 0: none. */
static size_t short_number(msched__slice s, size_t at)
{
    size_t digits = 0;
    while (msched__digit_at(s, at + digits))
        digits++;
    return digits < 3 ? digits : 0;
}

static int word_ahead(msched__slice s, size_t at, const char *word)
{
    size_t size = phrase_at(s, at, word);
    return size > 0 && !msched__letter_at(s, at + size);
}

/* The end of "h" or "h 30" at a place. */
static size_t spaced_hour(msched__slice s, size_t at)
{
    size_t minutes = skip(s, at + 1), end = minutes + 2;
    int more = short_number(s, minutes) == 2 && is_space(s, end) &&
               low(at_or_nul(s, skip(s, end))) != 'm';
    return more ? end : at + 1;
}

/* Bytes of "15:30", "15h30", "15h", "15u", "9.30", "9 Uhr", "9 am" and, with `alone`, of "9". */
static size_t clock_at(msched__slice s, size_t at, int alone)
{
    static const char *const units[] = {"uhr", "uur", "h", "am", "pm", "a.m.", "p.m.", "de la"};
    size_t digits = short_number(s, at), p = at + digits;
    if (digits == 0)
        return 0;
    char mark = p < s.size ? low(s.data[p]) : '\0';
    int lettered = mark == 'h' || mark == 'u';
    if ((mark == ':' || mark == '.' || lettered) && msched__digit_at(s, p + 1) &&
        msched__digit_at(s, p + 2) && !msched__digit_at(s, p + 3))
        return digits + 3;
    if (lettered && !msched__letter_at(s, p + 1))
        return digits + 1;
    size_t unit = skip(s, p);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (word_ahead(s, unit, units[i]))
            return units[i][0] == 'h' ? spaced_hour(s, unit) - at : digits;
    int ends = is_space(s, p) || strchr(",;:.)-", s.data[p]) != NULL;
    return alone && ends ? digits : 0;
}

/* The character before a place, spaces aside; '\0' at the start. */
static char before(msched__slice s, size_t at)
{
    while (at > 0 && is_space(s, at - 1))
        at--;
    return at > 0 ? s.data[at - 1] : '\0';
}

/* "1h", "2 Stunden" before a place. */
static int follows_unit(msched__slice s, size_t at)
{
    while (at > 0 && is_space(s, at - 1))
        at--;
    size_t end = at;
    while (at > 0 && (msched__letter_at(s, at - 1) || s.data[at - 1] == '.'))
        at--;
    return at < end && before(s, at) >= '0' && before(s, at) <= '9';
}

static int fits(msched__slice s, size_t at, size_t size, enum msched__beside beside)
{
    size_t next = skip(s, at + size), digits;
    int apart = is_space(s, at + size) || at + size >= s.size;
    int number = before(s, at) >= '0' && before(s, at) <= '9';
    switch (beside) {
    case MSCHED__BESIDE_CLOCK:
        return apart && !number && clock_at(s, next, 0) > 0;
    case MSCHED__BESIDE_HOUR:
    case MSCHED__BESIDE_HOUR_OF_24:
        return apart && !number && clock_at(s, next, 1) > 0;
    case MSCHED__BESIDE_NUMBER:
        return number && !msched__letter_at(s, at + size);
    case MSCHED__BESIDE_LENGTH:
        digits = short_number(s, next);
        return apart && digits > 0 && msched__letter_at(s, skip(s, next + digits));
    case MSCHED__BESIDE_UNIT:
        return apart && follows_unit(s, at);
    case MSCHED__BESIDE_DATE:
        return msched__digit_at(s, next) || word_ahead(s, next, "every");
    default:
        return !msched__letter_at(s, at + size);
    }
}

static void put(writer *w, const char *text, size_t at)
{
    for (; *text != '\0'; text++) {
        w->text[w->size] = *text;
        w->origin[w->size++] = (uint16_t)at;
    }
}

static void copy(writer *w, size_t at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        w->text[w->size] = w->from.data[at + i];
        w->origin[w->size++] = (uint16_t)(at + i);
    }
}

/* A word for a space on each side of it, where the text has none. */
static size_t replace(writer *w, size_t at, size_t size, const char *plain)
{
    int glued = plain[0] != '\0' && at > 0 && msched__digit_at(w->from, at - 1) &&
                plain[0] != ':' && plain[1] != '\0';
    if (glued)
        put(w, " ", at);
    put(w, plain, at);
    if (*plain != '\0' && plain[1] != '\0' && msched__letter_at(w->from, at + size))
        put(w, " ", at);
    w->changed = 1;
    return size;
}

/* Digits that end before a place. */
static size_t digits_before(msched__slice s, size_t at)
{
    size_t digits = 0;
    while (digits < at && msched__digit_at(s, at - 1 - digits))
        digits++;
    return digits;
}

/* Bytes of "h", "hrs" or "hs" at a place as a word of its own; 0: it is none. */
static size_t hour_letters(msched__slice s, size_t at)
{
    static const char *const units[] = {"hrs.", "hrs", "hr", "hs", "h", "u"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        size_t size = phrase_at(s, at, units[i]);
        if (size > 0 && !msched__letter_at(s, at + size) && !msched__digit_at(s, at + size))
            return size;
    }
    return 0;
}

static int is_lettered(msched__slice s, size_t at, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (low(s.data[at + i]) == 'h' || low(s.data[at + i]) == 'u')
            return 1;
    return 0;
}

/* "9 h" and "9u" as 9h; as 9:00 where the other end of the range has no letter. */
static void copy_clock(writer *w, size_t at, size_t count, int mixed)
{
    for (size_t i = 0; i < count; i++) {
        if (is_space(w->from, at + i))
            continue;
        if (!is_lettered(w->from, at + i, 1))
            copy(w, at + i, 1);
        else
            put(w, !mixed ? "h" : msched__digit_at(w->from, at + i + 1) ? ":" : ":00", at + i);
    }
}

/* "de 9h à 10h": from 9h to 10h. How many bytes are done. */
static size_t take_range(writer *w, size_t at)
{
    msched__slice s = w->from;
    for (size_t f = 0; f < sizeof froms / sizeof froms[0]; f++) {
        size_t size = phrase_at(s, at, froms[f].phrase), first = skip(s, at + size);
        size_t one = size > 0 && first > at + size ? clock_at(s, first, 1) : 0;
        for (size_t d = 0; one > 0 && d < sizeof dashes / sizeof dashes[0]; d++) {
            size_t dash = skip(s, first + one), length = phrase_at(s, dash, dashes[d]);
            size_t second = skip(s, dash + length);
            if (length == 0 || second == dash + length || clock_at(s, second, 1) == 0)
                continue;
            put(w, froms[f].between ? "between " : "from ", at);
            size_t two = clock_at(s, second, 1), unit = skip(s, second + two);
            int mixed = is_lettered(s, first, one) != is_lettered(s, second, two);
            copy_clock(w, first, one, mixed);
            put(w, froms[f].between ? " and " : " to ", dash);
            copy_clock(w, second, two, mixed);
            w->changed = 1;
            if (word_ahead(s, unit, "uur"))
                return unit + 3 - at;
            size_t hours = is_lettered(s, second, two) ? 0 : hour_letters(s, unit);
            return (hours > 0 ? unit + hours : second + two) - at;
        }
    }
    return 0;
}

/* A colon before the last two of the digits that were copied. */
static void put_colon(writer *w)
{
    size_t from = w->size - 2;
    memmove(w->text + from + 1, w->text + from, 2);
    memmove(w->origin + from + 1, w->origin + from, 2 * sizeof *w->origin);
    w->text[from] = ':';
    w->size++;
    w->changed = 1;
}

/* "930am", "1800h", "1800 hrs": how many bytes of the unit are done. */
static size_t take_packed(writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t digits = digits_before(s, at), unit = skip(s, at), size = hour_letters(s, unit);
    if (digits < 3 || digits > 4 || (digits < at && !is_space(s, at - digits - 1)))
        return 0;
    int hour = s.data[at - digits] - '0';
    hour = digits == 4 ? 10 * hour + s.data[at - 3] - '0' : hour;
    if (hour > 24 || s.data[at - 2] > '5')
        return 0;
    if (digits == 4 && size > 0) {
        put_colon(w);
        return unit + size - at;
    }
    if (digits == 3 && hour > 0 && (word_ahead(s, unit, "am") || word_ahead(s, unit, "pm")))
        put_colon(w);
    return 0;
}

/* "18:00 h", "14.30 h" are times; "7:45 h" becomes 7h45, which may be a length as well. */
static size_t take_clock_unit(writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t unit = skip(s, at), size = hour_letters(s, unit);
    if (size == 0 || digits_before(s, at) != 2 || at < 4 || s.data[at - 2] > '5')
        return 0;
    char mark = s.data[at - 3];
    size_t digits = digits_before(s, at - 3);
    if ((mark != ':' && mark != '.') || digits == 0 || digits > 2)
        return 0;
    int hour = s.data[at - 4] - '0' + (digits == 2 ? 10 * (s.data[at - 5] - '0') : 0);
    if (hour < (mark == ':' ? 6 : 10) || hour > 24)
        return 0;
    if (hour < 13)
        w->text[w->size - 3] = 'h';
    w->changed = 1;
    return unit + size - at;
}

/* "18 h" and "18 h 30" become 18h and 18h30. */
static size_t take_spaced_hour(writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t unit = skip(s, at), minutes = skip(s, unit + 1);
    if (unit == at || digits_before(s, at) > 2 || low(at_or_nul(s, unit)) != 'h' ||
        msched__letter_at(s, unit + 1) || msched__digit_at(s, unit + 1))
        return 0;
    put(w, "h", unit);
    w->changed = 1;
    return (spaced_hour(s, unit) > unit + 1 ? minutes : unit + 1) - at;
}

/* What is written within a number: 15u30, 15 Uhr 30, 1hr30, 15時30分, 6ish. */
static size_t take_in_number(writer *w, size_t at)
{
    static const struct {
        const char *mark, *with_minutes, *alone;
    } marks[] = {{"\xE6\x99\x82\xE9\x96\x93", NULL, " hours "}, /* 時間 */
                 {"\xE6\x99\x82", ":", ":00 "},                 /* 時 */
                 {"\xE5\x88\x86", NULL, " min "},               /* 分 */
                 {"\xEC\x8B\x9C", ":", ":00 "},                 /* 시 */
                 {"\xEB\xB6\x84", NULL, " min "},               /* 분 */
                 {"u", "h", "h"},
                 {"hr", "h", NULL},
                 {"hrs", "h", NULL},
                 {"-ish", NULL, ""},
                 {"ish", NULL, ""}};
    msched__slice s = w->from;
    if (at == 0 || !msched__digit_at(s, at - 1))
        return 0;
    size_t done = take_packed(w, at);
    done = done == 0 ? take_clock_unit(w, at) : done;
    done = done == 0 ? take_spaced_hour(w, at) : done;
    if (done > 0)
        return done;
    size_t uhr = skip(s, at), minutes = skip(s, uhr + 3);
    if (uhr > at && word_ahead(s, uhr, "uhr") && short_number(s, minutes) == 2 &&
        is_space(s, minutes + 2) && low(at_or_nul(s, skip(s, minutes + 2))) != 'm' &&
        !word_ahead(s, skip(s, minutes + 2), "std")) {
        put(w, ":", at);
        w->changed = 1;
        return minutes - at;
    }
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t size = phrase_at(s, at, marks[i].mark);
        int more = size > 0 && short_number(s, at + size) == 2;
        const char *plain = more ? marks[i].with_minutes : marks[i].alone;
        int asian = (unsigned char)marks[i].mark[0] >= 0xE0;
        if (size == 0 || plain == NULL || (!more && !asian && msched__letter_at(s, at + size)))
            continue;
        size_t digits = digits_before(s, at);
        int hour = *plain == '\0' && digits < 3 && (digits == at || is_space(s, at - digits - 1));
        put(w, hour ? " o'clock" : plain, at);
        w->changed = 1;
        /* 15時30分: the minutes have a mark of their own */
        if (more && asian &&
            phrase_at(s, at + size + 2, "\xE5\x88\x86") +
                    phrase_at(s, at + size + 2, "\xEB\xB6\x84") >
                0) {
            copy(w, at + size, 2);
            put(w, " ", at + size + 2);
            return size + 5;
        }
        return size;
    }
    return 0;
}

/* "7pm-ish". */
static size_t take_ish(writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t size = phrase_at(s, at, "-ish");
    char last = at > 0 ? low(s.data[at - 1]) : '\0';
    if (size == 0 || last != 'm' || at < 3 || !is_space(s, at + size))
        return 0;
    w->changed = 1;
    return size;
}

/* "halb 9", "viertel nach acht". */
static size_t take_german_hour(writer *w, size_t at)
{
    static const char *const names[] = {"eins",
                                        "zwei",
                                        "drei",
                                        "vier",
                                        "f\xC3\xBC"
                                        "nf",
                                        "sechs",
                                        "sieben",
                                        "acht",
                                        "neun",
                                        "zehn",
                                        "elf",
                                        "zw\xC3\xB6lf"};
    static const struct {
        const char *words;
        int minutes;
    } parts[] = {{"halb", -30}, {"viertel nach", 15}, {"viertel vor", -15}};
    msched__slice s = w->from;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        size_t size = phrase_at(s, at, parts[i].words), name = skip(s, at + size),
               digits = short_number(s, name), end = name + digits;
        int hour = 0;
        if (size == 0 || name == at + size)
            continue;
        for (size_t d = 0; d < digits; d++)
            hour = 10 * hour + s.data[name + d] - '0';
        for (int n = 0; n < 12 && digits == 0 && hour == 0; n++)
            if (word_ahead(s, name, names[n])) {
                hour = n + 1;
                end = name + strlen(names[n]);
            }
        if (hour < 1 || hour > 12 || msched__letter_at(s, end))
            continue;
        char clock[16];
        int minutes = (hour * 60 + parts[i].minutes) % 720;
        snprintf(clock, sizeof clock, "%d:%02d", minutes < 60 ? 12 : minutes / 60, minutes % 60);
        put(w, clock, at);
        w->changed = 1;
        return end - at;
    }
    return 0;
}

/* "10 a 11" between two hours. */
static size_t take_to(writer *w, size_t at)
{
    static const char *const words[] = {"a las", "a", "\xC3\xA0", "tot", "\xC3\xA0s", "alle", "do"};
    msched__slice s = w->from;
    char last = before(s, at);
    for (size_t i = 0; last >= '0' && last <= '9' && i < sizeof words / sizeof words[0]; i++) {
        size_t size = phrase_at(s, at, words[i]), next = skip(s, at + size);
        if (size == 0 || next == at + size || clock_at(s, next, 1) == 0)
            continue;
        put(w, "to", at);
        w->changed = 1;
        return size;
    }
    return 0;
}

static size_t take_phrase(writer *w, size_t at)
{
    size_t best = 0, which = 0;
    /* the faces of clocks, U+1F550 to U+1F567 */
    if (phrase_at(w->from, at, "\xF0\x9F\x95") > 0 &&
        (unsigned char)at_or_nul(w->from, at + 3) >= 0x90 &&
        fits(w->from, at, 4, MSCHED__BESIDE_DATE))
        return replace(w, at, 4, "");
    for (size_t i = 0; i < msched__phrase_count; i++) {
        size_t size = phrase_at(w->from, at, msched__phrases[i].phrase);
        if (size > best && fits(w->from, at, size, msched__phrases[i].beside)) {
            best = size;
            which = i;
        }
    }
    size_t hour = skip(w->from, at + best), digits = short_number(w->from, hour),
           unit = skip(w->from, hour + digits);
    if (best == 0)
        return 0;
    enum msched__beside beside = msched__phrases[which].beside;
    int dutch = beside <= MSCHED__BESIDE_HOUR_OF_24 && digits > 0 &&
                word_ahead(w->from, unit, "uur");
    if (!dutch && (beside != MSCHED__BESIDE_HOUR_OF_24 || clock_at(w->from, hour, 0) > 0))
        return replace(w, at, best, msched__phrases[which].plain);
    put(w, msched__phrases[which].plain, at);
    put(w, " ", at + best);
    copy(w, hour, digits);
    put(w, ":00", hour + digits - 1);
    w->changed = 1;
    return (dutch ? unit + 3 : hour + digits) - at;
}

/* "[28/11/2026, 09:12:03] Anna: ", "28.11.26, 09:12 - Anna: ": what a chat puts before. */
static size_t chat_size(msched__slice s)
{
    size_t p = s.size > 0 && s.data[0] == '[', parts = 0, start;
    int bracket = p > 0;
    for (; parts < 3; parts++) {
        start = p;
        while (msched__digit_at(s, p) && p - start < 4)
            p++;
        if (p == start || (parts < 2 && (p >= s.size || strchr("./-", s.data[p]) == NULL)))
            return 0;
        p += parts < 2;
    }
    if (p >= s.size || s.data[p] != ',')
        return 0;
    p = skip(s, p + 1);
    size_t clock = clock_at(s, p, 0);
    if (clock == 0)
        return 0;
    while (p < s.size && s.data[p] != (bracket ? ']' : '-') && p < 48)
        p++;
    size_t name = skip(s, p + 1), end = name;
    while (end < s.size && s.data[end] != ':' && end - name < 64)
        end++;
    return end + 1 < s.size && s.data[end] == ':' && s.data[end + 1] == ' ' ? skip(s, end + 1) : 0;
}

static void translate(writer *w)
{
    msched__slice s = w->from;
    int quoted = 0;
    size_t at = chat_size(s);
    w->changed = at > 0;
    while (at < s.size && w->size + GROWTH + 8 < WORDS_MAX) {
        int starts = at == 0 || is_space(s, at - 1) || s.data[at - 1] == '(';
        size_t done = 0;
        quoted ^= s.data[at] == '"';
        if (!quoted) {
            done = take_in_number(w, at);
            done = done == 0 ? take_ish(w, at) : done;
            done = done == 0 && starts ? take_range(w, at) : done;
            done = done == 0 && starts ? take_to(w, at) : done;
            done = done == 0 && starts ? take_german_hour(w, at) : done;
            done = done == 0 && (starts || msched__digit_at(s, at - 1)) ? take_phrase(w, at) : done;
        }
        if (done == 0)
            copy(w, at, 1);
        at += done == 0 ? 1 : done;
    }
    w->changed &= at == s.size;
}

int msched__text_keeps_words(msched__slice s)
{
    static const char *const marks[] = {"\xE2\x99\xAA", "\xE2\x99\xAB", "song:", "spotify"};
    for (size_t at = 0; at < s.size; at++)
        for (size_t i = 0; i < 4; i++)
            if (phrase_at(s, at, marks[i]) > 0)
                return 1;
    return 0;
}

int msched__text_translate(msched__text_reader *in)
{
    if (in->plain.size == 0 || msched__text_keeps_words(in->plain))
        return 1;
    if (in->words_text == NULL) {
        in->words_text = msched__alloc_array(&in->memory, WORDS_MAX, 1);
        in->words_from = msched__alloc_array(&in->memory, WORDS_MAX, sizeof *in->words_from);
    }
    if (in->words_text == NULL || in->words_from == NULL) {
        in->failed = 1;
        return 0;
    }
    writer w = {in->plain, in->words_text, in->words_from, 0, 0};
    translate(&w);
    if (!w.changed)
        return 1;
    int is_line = in->plain.data == in->line.data;
    for (size_t i = 0; i < w.size && !is_line; i++)
        w.origin[i] = in->plain_from[w.origin[i]];
    w.origin[w.size] = (uint16_t)in->line.size;
    in->plain = (msched__slice){w.text, w.size};
    return 1;
}
