/*
 * Words of other languages around times and lengths: "a las 15:30", "avant 18h", "2 horas", "15 Uhr
 * 30". They become the English ones in the plain line, and only where the numbers beside them say
 * what they mean; titles keep their own words, as they are taken from the line itself.
 */
#include "base/alloc.h"
#include "plan/plan_text.h"

#include <string.h>

#define WORDS_MAX (4 * MSCHED__LINE_MAX_BYTES + 64)
#define GROWTH    24 /* bytes that a replacement has at most */

/* What has to stand beside a phrase. */
enum beside {
    CLOCK,      /* a clock follows: 15:30, 15h, 9.30, 9 Uhr */
    HOUR,       /* a clock or an hour alone follows */
    HOUR_OF_24, /* the same, in a language that counts to 24 */
    NUMBER,     /* a number stands before it */
    LENGTH,     /* a number and the beginning of a word follow: 1h */
    ALONE,      /* nothing */
    DATE        /* a number or "every" follows */
};

static const struct {
    const char *phrase, *plain;
    enum beside beside;
} phrases[] = {
    /* at */
    {"a las", "@", HOUR},
    {"a la", "@", HOUR},
    {"hacia las", "@", HOUR},
    {"sobre las", "@", HOUR},
    {"alle", "at", CLOCK},
    {"alle ore", "@", HOUR_OF_24},
    {"ore", "@", HOUR_OF_24},
    {"verso le", "@", HOUR},
    {"\xC3\xA0s", "@", HOUR},
    {"por volta das", "@", HOUR},
    {"om", "at", CLOCK},
    {"rond", "at", CLOCK},
    {"kl.", "@", HOUR_OF_24},
    {"kl", "@", HOUR_OF_24},
    {"klo", "@", HOUR_OF_24},
    {"godz.", "@", HOUR_OF_24},
    {"o godz.", "@", HOUR_OF_24},
    {"o", "at", CLOCK},
    {"\xD0\xB2", "at", CLOCK},
    {"saat", "at", CLOCK},
    {"vers", "at", CLOCK},
    {"gegen", "at", CLOCK},
    {"\xC3\xA0 midi", "at noon", ALONE},
    {"\xC3\xA0 minuit", "at midnight", ALONE},
    {"al mediod\xC3\xAD"
     "a",
     "at noon", ALONE},
    {"a mezzogiorno", "at noon", ALONE},
    {"ao meio-dia", "at noon", ALONE},
    {"halb eins", "12:30", ALONE},
    {"halb zwei", "1:30", ALONE},
    {"halb drei", "2:30", ALONE},
    {"halb vier", "3:30", ALONE},
    {"halb f\xC3\xBCnf", "4:30", ALONE},
    {"halb sechs", "5:30", ALONE},
    {"halb sieben", "6:30", ALONE},
    {"halb acht", "7:30", ALONE},
    {"halb neun", "8:30", ALONE},
    {"halb zehn", "9:30", ALONE},
    {"halb elf", "10:30", ALONE},
    {"halb zw\xC3\xB6lf", "11:30", ALONE},
    /* after */
    {"apr\xC3\xA8s", "after", CLOCK},
    {"apres", "after", CLOCK},
    {"\xC3\xA0 partir de", "after", CLOCK},
    {"d\xC3\xA8s", "after", CLOCK},
    {"nach", "after", CLOCK},
    {"despu\xC3\xA9s de las", "after", HOUR},
    {"despues de las", "after", HOUR},
    {"a partir de las", "after", HOUR},
    {"desde las", "after", HOUR},
    {"dopo le", "after", HOUR},
    {"dalle", "after", CLOCK},
    {"depois das", "after", HOUR},
    {"a partir das", "after", HOUR},
    {"na", "after", CLOCK},
    {"vanaf", "after", CLOCK},
    {"efter", "after", CLOCK},
    {"etter", "after", CLOCK},
    {"etter kl", "after", HOUR},
    {"efter kl", "after", HOUR},
    {"po", "after", CLOCK},
    {"\xD0\xBF\xD0\xBE\xD1\x81\xD0\xBB\xD0\xB5", "after", CLOCK},
    /* before */
    {"avant", "before", CLOCK},
    {"jusqu'\xC3\xA0", "before", CLOCK},
    {"vor", "before", CLOCK},
    {"antes de las", "before", HOUR},
    {"hasta las", "before", HOUR},
    {"prima delle", "before", HOUR},
    {"entro le", "before", HOUR},
    {"antes das", "before", HOUR},
    {"at\xC3\xA9 \xC3\xA0s", "before", HOUR},
    {"voor", "before", CLOCK},
    {"f\xC3\xB6re", "before", CLOCK},
    {"innan", "before", CLOCK},
    {"f\xC3\xB8r", "before", CLOCK},
    {"f\xC3\xB6re kl", "before", HOUR},
    {"f\xC3\xB8r kl", "before", HOUR},
    {"przed", "before", CLOCK},
    {"\xD0\xB4\xD0\xBE", "before", CLOCK},
    /* for */
    {"pendant", "for", LENGTH},
    {"durante", "for", LENGTH},
    {"f\xC3\xBCr", "for", LENGTH},
    /* hours and minutes */
    {"hora", "hours", NUMBER},
    {"horas", "hours", NUMBER},
    {"ora", "hours", NUMBER},
    {"ore", "hours", NUMBER},
    {"uur", "hours", NUMBER},
    {"uren", "hours", NUMBER},
    {"timme", "hours", NUMBER},
    {"timmar", "hours", NUMBER},
    {"godz.", "hours", NUMBER},
    {"godz", "hours", NUMBER},
    {"godziny", "hours", NUMBER},
    {"godzin", "hours", NUMBER},
    {"\xD1\x87", "hours", NUMBER},
    {"\xD1\x87.", "hours", NUMBER},
    {"\xD1\x87\xD0\xB0\xD1\x81", "hours", NUMBER},
    {"\xD1\x87\xD0\xB0\xD1\x81\xD0\xB0", "hours", NUMBER},
    {"\xD1\x87\xD0\xB0\xD1\x81\xD0\xBE\xD0\xB2", "hours", NUMBER},
    {"minuto", "min", NUMBER},
    {"minutos", "min", NUMBER},
    {"minuti", "min", NUMBER},
    {"minuut", "min", NUMBER},
    {"minuter", "min", NUMBER},
    {"minutter", "min", NUMBER},
    {"minut", "min", NUMBER},
    {"mn", "min", NUMBER},
    {"\xD0\xBC\xD0\xB8\xD0\xBD", "min", NUMBER},
    {"\xD0\xBC\xD0\xB8\xD0\xBD.", "min", NUMBER},
    {"\xD0\xBC\xD0\xB8\xD0\xBD\xD1\x83\xD1\x82", "min", NUMBER},
    {"\xD0\xBC\xD0\xB8\xD0\xBD\xD1\x83\xD1\x82\xD1\x8B", "min", NUMBER},
    /* half an hour, an hour */
    {"media hora", "half an hour", ALONE},
    {"mezz'ora", "half an hour", ALONE},
    {"mezzora", "half an hour", ALONE},
    {"une demi-heure", "half an hour", ALONE},
    {"demi-heure", "half an hour", ALONE},
    {"meia hora", "half an hour", ALONE},
    {"een half uur", "half an hour", ALONE},
    {"half uur", "half an hour", ALONE},
    {"eine halbe stunde", "half an hour", ALONE},
    {"halbe stunde", "half an hour", ALONE},
    {"halvtimme", "half an hour", ALONE},
    {"p\xC3\xB3\xC5\x82 godziny", "half an hour", ALONE},
    {"\xD0\xBF\xD0\xBE\xD0\xBB\xD1\x87\xD0\xB0\xD1\x81\xD0\xB0", "half an hour", ALONE},
    {"una hora", "one hour", ALONE},
    {"une heure", "one hour", ALONE},
    {"un'ora", "one hour", ALONE},
    {"uma hora", "one hour", ALONE},
    {"eine stunde", "one hour", ALONE},
    {"een uur", "one hour", ALONE},
    {"en timme", "one hour", ALONE},
    {"anderthalb stunden", "90 min", ALONE},
    /* morning and evening */
    {"de la ma\xC3\xB1"
     "ana",
     "am", NUMBER},
    {"de la tarde", "pm", NUMBER},
    {"de la noche", "pm", NUMBER},
    {"da manh\xC3\xA3", "am", NUMBER},
    {"da tarde", "pm", NUMBER},
    {"da noite", "pm", NUMBER},
    {"du matin", "am", NUMBER},
    {"de l'apr\xC3\xA8s-midi", "pm", NUMBER},
    {"du soir", "pm", NUMBER},
    {"di mattina", "am", NUMBER},
    {"di sera", "pm", NUMBER},
    {"del pomeriggio", "pm", NUMBER},
    /* marks of task lists; their dates stay */
    {"\xE2\x8F\xB0", "", DATE},     /* alarm clock */
    {"\xE2\x8F\xB3", "", DATE},     /* hourglass: scheduled */
    {"\xF0\x9F\x93\x85", "", DATE}, /* calendar: due */
    {"\xF0\x9F\x93\x86", "", DATE},
    {"\xF0\x9F\x97\x93", "", DATE},
    {"\xF0\x9F\x9B\xAB", "", DATE}, /* departure: start */
    {"\xE2\x9E\x95", "", DATE},     /* created */
    {"\xE2\x9C\x85", "", DATE},     /* done */
    {"\xF0\x9F\x94\x81", "", DATE}, /* repeats */
    {"\xF0\x9F\x94\xBA", "!1", ALONE},
    {"\xE2\x8F\xAB", "!1", ALONE},
    {"\xF0\x9F\x94\xBC", "!2", ALONE},
    {"\xF0\x9F\x94\xBD", "!4", ALONE},
    {"\xE2\x8F\xAC", "!4", ALONE},
};

/* "from 9 to 10" and "between 9 and 10": the words before, and those between. */
static const struct {
    const char *phrase;
    int between;
} froms[] = {
    {"de las", 0}, {"de la", 0},     {"desde las", 0}, {"dalle ore", 0}, {"fr\xC3\xA5n kl", 0},
    {"fra kl", 0}, {"entre las", 1}, {"tra le", 1},    {"de", 0},        {"dalle", 0},
    {"das", 0},    {"van", 0},       {"od", 0},        {"\xD1\x81", 0},  {"fr\xC3\xA5n", 0},
    {"fra", 0},    {"entre", 1},     {"zwischen", 1}};
static const char *const dashes[] = {"\xC3\xA0", "a las",     "a la", "a",  "alle ore",
                                     "alle",     "\xC3\xA0s", "tot",  "do", "\xD0\xB4\xD0\xBE",
                                     "till",     "til",       "bis",  "-",  "et",
                                     "y las",    "y",         "e le", "e",  "und"};

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

/* Bytes of a phrase that stands at a place as a whole; 0: it does not. */
static size_t phrase_at(msched__slice s, size_t at, const char *phrase)
{
    size_t i = 0;
    while (phrase[i] != '\0' && at + i < s.size &&
           (low(s.data[at + i]) == phrase[i] ||
            /* capitals with two bytes: U+00C0 and U+0410 have theirs 32 and 32 below */
            (i > 0 && (unsigned char)phrase[i - 1] == 0xC3 &&
             (unsigned char)s.data[at + i] + 32 == (unsigned char)phrase[i])))
        i++;
    return phrase[i] == '\0' ? i : 0;
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
            return digits;
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

static int fits(msched__slice s, size_t at, size_t size, enum beside beside)
{
    size_t next = skip(s, at + size), digits;
    int apart = is_space(s, at + size) || at + size >= s.size;
    int number = before(s, at) >= '0' && before(s, at) <= '9';
    switch (beside) {
    case CLOCK:
        return apart && !number && clock_at(s, next, 0) > 0;
    case HOUR:
    case HOUR_OF_24:
        return apart && !number && clock_at(s, next, 1) > 0;
    case NUMBER:
        return number && !msched__letter_at(s, at + size);
    case LENGTH:
        digits = short_number(s, next);
        return apart && digits > 0 && msched__letter_at(s, skip(s, next + digits));
    case DATE:
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
            size_t start = w->size;
            put(w, froms[f].between ? "between " : "from ", at);
            copy(w, first, one);
            put(w, froms[f].between ? " and " : " to ", dash);
            size_t two = clock_at(s, second, 1), unit = skip(s, second + two);
            copy(w, second, two);
            for (size_t i = start; i < w->size; i++) /* 9u is 9h */
                w->text[i] = w->text[i] == 'u' ? 'h' : w->text[i];
            w->changed = 1;
            return (word_ahead(s, unit, "uur") ? unit + 3 : second + two) - at;
        }
    }
    return 0;
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
        put(w, plain, at);
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

static size_t take_phrase(writer *w, size_t at)
{
    size_t best = 0, which = 0;
    /* the faces of clocks, U+1F550 to U+1F567 */
    if (phrase_at(w->from, at, "\xF0\x9F\x95") > 0 &&
        (unsigned char)at_or_nul(w->from, at + 3) >= 0x90 && fits(w->from, at, 4, DATE))
        return replace(w, at, 4, "");
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        size_t size = phrase_at(w->from, at, phrases[i].phrase);
        if (size > best && fits(w->from, at, size, phrases[i].beside)) {
            best = size;
            which = i;
        }
    }
    size_t hour = skip(w->from, at + best), digits = short_number(w->from, hour),
           unit = skip(w->from, hour + digits);
    if (best == 0)
        return 0;
    enum beside beside = phrases[which].beside;
    int dutch = beside <= HOUR_OF_24 && digits > 0 && word_ahead(w->from, unit, "uur");
    if (!dutch && (beside != HOUR_OF_24 || clock_at(w->from, hour, 0) > 0))
        return replace(w, at, best, phrases[which].plain);
    put(w, phrases[which].plain, at);
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
            done = done == 0 && (starts || msched__digit_at(s, at - 1)) ? take_phrase(w, at) : done;
        }
        if (done == 0)
            copy(w, at, 1);
        at += done == 0 ? 1 : done;
    }
    w->changed &= at == s.size;
}

/* A song keeps its words, and so does a line without anything to translate. */
static int is_kept(msched__slice s)
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
    if (in->plain.size == 0 || is_kept(in->plain))
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
