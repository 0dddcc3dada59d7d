/*
 * Clock times with words, in ten languages: an hour in words or digits, its unit, its minutes and
 * the part of the day, as in "a las cuatro y media de la tarde" and "om acht uur 's avonds". They
 * become numbers in the plain line. text_spoken.c reads hours that have neither a unit nor a part
 * of the day.
 */
#include "plan/words/text_clock_words.h"

#include "plan/words/text_clock_language.h"

#include <stdio.h>
#include <string.h>

enum { HALF_DAY = 720, ALL = (1 << MSCHED__LANGUAGES) - 1 };

/* A time as it was read. */
typedef struct spoken_clock {
    int minutes; /* of the day, once the part of the day is applied */
    int worded, unit, exact, noon;
    int lettered; /* the unit is "h" or "u" */
    int more;     /* has minutes in words */
    int is_half;  /* "halb neun", "half 6": half an hour before it */
    int is_apart; /* the part is that of "2 horas por la tarde", a length in the afternoon */
    enum msched__day_part part;
} spoken_clock;

/* The first of the words at an offset; 0: none. */
static size_t any_at(msched__slice s, size_t at, const char *const *words)
{
    for (; *words != NULL; words++) {
        const size_t size = msched__phrase_at(s, at, *words);
        if (size > 0 && ((*words)[size - 1] == '\'' || !msched__letter_at(s, at + size)))
            return size;
    }
    return 0;
}

static size_t part_at(msched__slice s, size_t at, int language, enum msched__day_part *part)
{
    int value = MSCHED__NO_PART;
    const size_t size = msched__named_at(s, at, msched__clock_languages[language].parts, &value);
    if (size > 0)
        *part = (enum msched__day_part)value;
    return size;
}

/* "et quart", "y veinte", "trente": moves *end past it. */
static void take_minutes(msched__slice s, size_t *end, int language, spoken_clock *c)
{
    const size_t next = msched__after_blanks(s, *end);
    int minutes = 0;
    size_t size = next > *end ? msched__named_at(s, next, msched__clock_languages[language].minutes,
                                                 &minutes)
                              : 0,
           p = next;
    for (size_t i = 0; size == 0 && msched__clock_languages[language].links[i] != NULL; i++) {
        const char *link = msched__clock_languages[language].links[i];
        p = *link == '\0' ? next : msched__after_blanks(s, next + msched__phrase_at(s, next, link));
        if (*link != '\0' && (!msched__word_ahead(s, next, link) || p == next))
            continue;
        uint32_t found;
        size = msched__number_word(s, p, 1u << language, &minutes, &found);
        if (minutes < 5 || minutes > 59 || (*link == '\0' && c->worded && !c->unit && minutes < 15))
            size = 0;
    }
    if (size == 0 || next == *end)
        return;
    c->minutes += minutes;
    c->more = 1;
    *end = p + size;
}

/* The minutes after digits: ":30", "h30", "h". */
static size_t take_digits(msched__slice s, size_t at, spoken_clock *c)
{
    size_t p = at;
    const size_t digits = msched__short_number(s, at);
    if (digits == 0)
        return 0;
    c->minutes = 60 * msched__take_number(s, &p, 2);
    const char mark = msched__lower(msched__byte_at(s, p));
    if ((mark == ':' || mark == 'h' || mark == 'u') && msched__short_number(s, p + 1) == 2 &&
        s.data[p + 1] < '6') {
        size_t minute = p + 1;
        c->minutes += msched__take_number(s, &minute, 2);
        c->unit = c->lettered = mark != ':';
        p = minute;
        c->exact = 1;
    } else if (mark == ':' && msched__digit_at(s, p + 1)) {
        return 0;
    } else if ((mark == 'h' || mark == 'u') && !msched__letter_at(s, p + 1)) {
        p++;
        c->unit = c->lettered = 1;
    }
    return c->minutes <= 24 * 60 && !msched__letter_at(s, p) && !msched__digit_at(s, p) ? p - at
                                                                                        : 0;
}

/* The time of the day, with the half of the day that its part says. */
static void apply_part(spoken_clock *c)
{
    const int hour = c->minutes / 60;
    c->minutes += c->minutes < 0 ? 24 * 60 : 0;
    if (c->part == MSCHED__NO_PART || c->minutes >= HALF_DAY + 60)
        return;
    if (c->part == MSCHED__MORNING)
        return; /* "las doce de la mañana" is noon */
    if (c->minutes < HALF_DAY)
        c->minutes += c->part == MSCHED__AT_NIGHT && hour < 6 ? 0 : HALF_DAY;
    else if (c->part == MSCHED__AT_NIGHT)
        c->minutes = (c->minutes + HALF_DAY) % (24 * 60);
}

/* A time with its minutes and its part of the day, which may be before it. Returns its bytes. */
static size_t clock_at(msched__slice s, size_t at, int language, spoken_clock *c)
{
    *c = (spoken_clock){.minutes = 0};
    size_t end = at;
    uint32_t found;
    int hour = 0;
    int noon_minutes = 0;
    const size_t noon = msched__named_at(s, at, msched__clock_languages[language].noons,
                                         &noon_minutes);
    const size_t name = noon > 0 ? noon : msched__number_word(s, at, 1u << language, &hour, &found);
    if (name > 0 && noon == 0 && language == MSCHED__ENGLISH && msched__lower(s.data[at]) == 'a')
        return 0; /* "at a fifty person company" */
    if (name > 0) {
        c->worded = 1;
        c->noon = noon > 0;
        c->minutes = noon > 0 ? noon_minutes : 60 * hour;
        end += name;
        if (c->minutes > 24 * 60 || (language == MSCHED__ENGLISH && hour > 12))
            return 0; /* "twenty to nine" */
    } else {
        const size_t digits = take_digits(s, at, c);
        if (digits == 0)
            return 0;
        end += digits;
    }
    const size_t next = msched__after_blanks(s, end),
                 unit = c->unit || c->noon
                            ? 0
                            : any_at(s, next, msched__clock_languages[language].units);
    c->unit |= unit > 0;
    end = unit > 0 ? next + unit : end;
    if (!c->exact)
        take_minutes(s, &end, language, c);
    const size_t after = msched__after_blanks(s, end),
                 part = after > end ? part_at(s, after, language, &c->part) : 0;
    c->is_apart = part > 0 && msched__phrase_at(s, after, "por la") > 0;
    end = part > 0 ? after + part : end;
    apply_part(c);
    return msched__letter_at(s, end) ? 0 : end - at;
}

/* The same for an end of a range, which may be "halb neun" or "half 6". */
static size_t end_at(msched__slice s, size_t at, int language, spoken_clock *c)
{
    const char *const half = language == MSCHED__GERMAN  ? "halb"
                             : language == MSCHED__DUTCH ? "half"
                                                         : NULL;
    const size_t size = half != NULL && msched__word_ahead(s, at, half) ? strlen(half) : 0,
                 hour = msched__after_blanks(s, at + size),
                 bytes = clock_at(s, size > 0 ? hour : at, language, c);
    if (size == 0 || bytes == 0)
        return bytes;
    if (c->minutes % 60 != 0 || c->minutes > 12 * 60 || c->minutes == 0 || c->noon ||
        c->part != MSCHED__NO_PART)
        return 0;
    c->minutes -= 30;
    c->minutes += c->minutes < 60 ? HALF_DAY : 0;
    c->worded = c->is_half = 1;
    return hour + bytes - at;
}

int msched__has_words_beside(msched__slice s, size_t at, size_t end)
{
    static const char *const units[] = {"min", "std", "uur", "hrs", NULL};
    if (s.size > 400) /* long lines cost little */
        return 1;
    size_t letters = 0;
    for (size_t i = 0; i <= s.size; i++) {
        if (i == at)
            i = end;
        if (msched__letter_at(s, i)) {
            letters++;
            continue;
        }
        size_t word = i - letters;
        if (letters >= 3 && !(msched__take_any(s, &word, units) && word == i))
            return 1;
        letters = 0;
    }
    return 0;
}

static void write_time(msched__writer *w, size_t at, const spoken_clock *c)
{
    char text[24];
    const int is_early = c->part == MSCHED__AT_NIGHT || c->part == MSCHED__MORNING;
    if (is_early && c->minutes < 6 * 60 && c->minutes >= 60) /* of this day or the next */
        snprintf(text, sizeof text, "%d:%02dam", c->minutes / 60, c->minutes % 60);
    else if (is_early && c->minutes < 60)
        snprintf(text, sizeof text, "24:%02d", c->minutes);
    else
        snprintf(text, sizeof text, "%d:%02d", c->minutes / 60, c->minutes % 60);
    msched__write_text(w, text, at);
    w->changed = 1;
}

/* "half past 3" and the like, which may be in either half of the day. */
static void write_open(msched__writer *w, size_t at, int minutes)
{
    static const char *const words[] = {"", "quarter past ", "half past ", "quarter to "};
    char text[32];
    const int hour = minutes / 60 + (minutes % 60 == 45);
    snprintf(text, sizeof text, "%s%d", words[minutes % 60 / 15], (hour + 11) % 12 + 1);
    msched__write_text(w, text, at);
    w->changed = 1;
}

/* 1 for a time with a marker that is not for text_spoken.c or the attributes. */
static int is_spoken(const spoken_clock *c, int language)
{
    if (c->part != MSCHED__NO_PART)
        return c->worded || language != MSCHED__ENGLISH || (c->unit && !c->lettered) ||
               (c->part == MSCHED__AT_NIGHT && !c->unit);
    if (c->noon || !c->worded)
        return c->noon && c->more;
    return msched__clock_languages[language].is_24 || c->minutes >= 13 * 60 ||
           (c->more && (c->unit || c->minutes % 15 != 0)) ||
           (c->unit && (language != MSCHED__FRENCH || c->minutes >= 7 * 60));
}

/* 1 if people say so: "2 uur 's avonds" is a length in the evening. */
static int is_usual(const spoken_clock *c)
{
    const int hour = c->minutes / 60;
    switch (c->part) {
    case MSCHED__MORNING:
        return hour >= 5 && hour < 12;
    case MSCHED__AFTERNOON:
        return hour >= 12 && hour < 19;
    case MSCHED__EVENING:
        return hour >= 17 && hour < 24;
    default: /* "Pills one at night" counts them */
        return hour >= 20 || (hour < 5 && c->unit);
    }
}

static void write_marked(msched__writer *w, size_t at, const msched__named *marker,
                         const spoken_clock *c, int language)
{
    static const char *const plain[] = {"", "before ", "after "};
    const int is_english = language == MSCHED__ENGLISH;
    /* "due by nine"; but "due alle nove" is not "due at" */
    msched__write_text(w,
                       is_english           ? marker->words
                       : marker->value == 0 ? "@ "
                                            : plain[marker->value],
                       at);
    if (is_english)
        msched__write_text(w, " ", at);
    const int is_24 = msched__clock_languages[language].is_24 ||
                      (c->unit && language != MSCHED__ENGLISH &&
                       (language != MSCHED__FRENCH || !c->more));
    const int is_open = c->part == MSCHED__NO_PART && !c->noon && c->minutes <= HALF_DAY &&
                        c->minutes >= 60 && c->minutes % 15 == 0 && (!is_24 || c->minutes < 7 * 60);
    if (is_open)
        write_open(w, at, c->minutes);
    else
        write_time(w, at, c);
}

/* "à huit heures du soir", "klockan nio" */
static size_t take_marked(msched__writer *w, size_t at, int language)
{
    msched__slice s = w->from;
    spoken_clock c;
    for (const msched__named *m = msched__clock_languages[language].markers; m->words != NULL;
         m++) {
        const size_t size = msched__phrase_at(s, at, m->words),
                     time = msched__after_blanks(s, at + size);
        if (size == 0 || (time == at + size && m->words[size - 1] != '\''))
            continue;
        const size_t bytes = clock_at(s, time, language, &c), end = time + bytes;
        c.unit |= language == MSCHED__ITALIAN && strstr(m->words, "ore") != NULL; /* "ore nove" */
        if (bytes == 0 || !is_spoken(&c, language) || !msched__has_words_beside(s, at, end))
            continue;
        write_marked(w, at, m, &c, language);
        return end - at;
    }
    return 0;
}

/* "'s avonds om acht uur", "abends um acht Uhr" */
static size_t take_part_first(msched__writer *w, size_t at, int language)
{
    msched__slice s = w->from;
    enum msched__day_part part = MSCHED__NO_PART;
    const size_t size = part_at(s, at, language, &part),
                 marker = msched__after_blanks(s, at + size);
    spoken_clock c;
    for (const msched__named *m = msched__clock_languages[language].markers;
         size > 0 && m->words != NULL; m++) {
        const size_t word = msched__phrase_at(s, marker, m->words),
                     time = msched__after_blanks(s, marker + word);
        if (word == 0 || (time == marker + word && m->words[word - 1] != '\''))
            continue;
        const size_t bytes = clock_at(s, time, language, &c);
        if (bytes == 0 || c.part != MSCHED__NO_PART || c.noon || !(c.worded || c.unit))
            continue;
        c.part = part;
        apply_part(&c);
        write_marked(w, at, m, &c, language);
        return time + bytes - at;
    }
    /* "abends neun Uhr", but not "'s avonds 1 uur" or "cours du soir 19h-21h" */
    const size_t bytes = size > 0 && marker > at + size ? clock_at(s, marker, language, &c) : 0;
    if (bytes == 0 || c.part != MSCHED__NO_PART || c.noon || !c.unit || c.lettered ||
        msched__byte_at(s, msched__after_blanks(s, marker + bytes)) == '-')
        return 0;
    c.part = part;
    apply_part(&c);
    if (!is_usual(&c))
        return 0;
    write_time(w, at, &c);
    return marker + bytes - at;
}

static void write_end(msched__writer *w, size_t at, const spoken_clock *c, int is_known)
{
    char text[24];
    const int hour = c->minutes / 60, minute = c->minutes % 60;
    if (c->is_half && c->minutes < 6 * 60) /* "halb drei" is hardly ever at night */
        snprintf(text, sizeof text, "half past %d", hour);
    else if (c->part == MSCHED__NO_PART && !c->noon && !c->unit && minute == 0)
        snprintf(text, sizeof text, is_known ? "%d:00" : "%d", hour);
    else if (c->part != MSCHED__NO_PART && hour < 24)
        snprintf(text, sizeof text, "%d:%02d%s", (hour + 11) % 12 + 1, minute,
                 hour < 12 ? "am" : "pm");
    else
        snprintf(text, sizeof text, "%d:%02d", hour, minute);
    msched__write_text(w, text, at);
}

/* 1 for two times without a word such as "from" before them. */
static int is_range_alone(msched__slice s, size_t middle, int language, const spoken_clock *a,
                          const spoken_clock *b)
{
    const int is_length = msched__clock_languages[language].is_length;
    if (a->part != MSCHED__NO_PART || (a->is_half && language == MSCHED__GERMAN))
        return 1;
    if (b->part != MSCHED__NO_PART)
        return !is_length; /* not "une heure à six heures du soir" */
    if (is_length)         /* "huit heures à dix heures" */
        return a->unit && b->unit && a->minutes >= 6 * 60 && b->minutes > a->minutes;
    /* "ten to four" is a time */
    return language == MSCHED__ENGLISH &&
           !(msched__word_ahead(s, middle, "to") && a->minutes % 300 == 0);
}

/* Two times: "von neun Uhr bis elf Uhr", "11 at night to 7 in the morning". */
static size_t take_range(msched__writer *w, size_t at, int language, int is_number)
{
    msched__slice s = w->from;
    spoken_clock a, b;
    const msched__clock_language *words = &msched__clock_languages[language];
    const size_t between = any_at(s, at, words->betweens),
                 from = between > 0 ? between : any_at(s, at, words->froms),
                 first = from > 0 ? msched__after_blanks(s, at + from) : at;
    if ((from == 0 && !is_number) || (from > 0 && first == at + from && s.data[first - 1] != '\''))
        return 0;
    const size_t one = end_at(s, first, language, &a),
                 middle = msched__after_blanks(s, first + one);
    const size_t to = one > 0 && middle > first + one
                          ? any_at(s, middle, between > 0 ? words->ands : words->tos)
                          : 0,
                 second = msched__after_blanks(s, middle + to);
    if (to == 0 || (second == middle + to && s.data[second - 1] != '\''))
        return 0;
    const size_t two = end_at(s, second, language, &b), end = second + two;
    const int parts = (a.part != MSCHED__NO_PART) + (b.part != MSCHED__NO_PART),
              worded = (a.worded && b.worded) || a.is_half || b.is_half;
    if (two == 0 || (parts == 0 && !worded && !(a.worded && b.noon)))
        return 0;
    if (from == 0 && (msched__is_name_at(s, at) || !is_range_alone(s, middle, language, &a, &b)))
        return 0;
    if (!msched__has_words_beside(s, at, end))
        return 0;
    msched__write_text(w, between > 0 ? "between " : "from ", at);
    const int is_known = b.noon || a.noon;
    write_end(w, at, &a, is_known);
    msched__write_text(w, between > 0 ? " and " : " to ", middle);
    write_end(w, second, &b, is_known && a.minutes > 0 && !a.noon);
    w->changed = 1;
    return end - at;
}

/* "nine o'clock", "8 uur 's avonds": a time without a word before it. */
static size_t take_alone(msched__writer *w, size_t at, int language)
{
    static const char *const befores[] = {"past", "to",  "after", "half",  "quarter", "halb",
                                          "nach", "vor", "over",  "voor",  "viertel", "kwart",
                                          "halv", "i",   "in",    "every", NULL};
    msched__slice s = w->from;
    spoken_clock c;
    const size_t bytes = clock_at(s, at, language, &c), half = msched__after_blanks(s, at + bytes);
    if (bytes > 0 && language == MSCHED__ENGLISH && c.worded && c.minutes % 60 == 0 &&
        !msched__is_name_at(s, at) &&
        (msched__word_ahead(s, half, "am") || msched__word_ahead(s, half, "pm"))) {
        char hour[16]; /* "eight pm" */
        snprintf(hour, sizeof hour, "%d", c.minutes / 60);
        msched__write_text(w, hour, at);
        w->changed = 1;
        return bytes;
    }
    if (bytes == 0 || c.noon || msched__is_name_at(s, at) ||
        (c.part == MSCHED__NO_PART && !(c.worded && c.unit)) ||
        msched__follows_word(s, at, befores) || !msched__has_words_beside(s, at, at + bytes))
        return 0;
    if (c.part != MSCHED__NO_PART) {
        if (!is_usual(&c) || (c.unit && c.is_apart) || (language == MSCHED__ENGLISH && !c.worded))
            return 0;
        write_time(w, at, &c);
        return bytes;
    }
    if (!c.worded || !c.unit || msched__clock_languages[language].is_length || c.more)
        return 0;
    char text[24]; /* "nine o'clock", "neun Uhr" */
    snprintf(text, sizeof text, "%d %s", c.minutes / 60,
             language == MSCHED__ENGLISH ? "o'clock" : "uhr");
    msched__write_text(w, text, at);
    w->changed = 1;
    return bytes;
}

/* "tien over half drie", "fünf vor halb drei", "kvart över nio", "wpół do dziewiątej" */
static size_t take_beside(msched__writer *w, size_t at)
{
    static const struct {
        const char *words;
        int minutes, language, takes_number;
    } sides[] = {{"over half", -30, MSCHED__DUTCH, 1},
                 {"voor half", -30, MSCHED__DUTCH, -1},
                 {"nach halb", -30, MSCHED__GERMAN, 1},
                 {"vor halb", -30, MSCHED__GERMAN, -1},
                 {"\303\266ver halv", -30, MSCHED__SWEDISH, 1},
                 {"i halv", -30, MSCHED__SWEDISH, -1},
                 {"over halv", -30, MSCHED__DANISH, 1},
                 {"i halv", -30, MSCHED__DANISH, -1},
                 {"halv", -30, MSCHED__SWEDISH, 0},
                 {"kvart \303\266ver", 15, MSCHED__SWEDISH, 0},
                 {"kvart i", -15, MSCHED__SWEDISH, 0},
                 {"halv", -30, MSCHED__DANISH, 0},
                 {"kvart over", 15, MSCHED__DANISH, 0},
                 {"kvart i", -15, MSCHED__DANISH, 0},
                 {"wp\303\263\305\202 do", -30, MSCHED__POLISH, 0},
                 {"kwadrans po", 15, MSCHED__POLISH, 0}};
    static const char *const markers[] = {"om",      "um",     "kl.", "kl", "klockan",
                                          "klokken", "klokka", "o",   NULL};
    msched__slice s = w->from;
    const size_t marker = any_at(s, at, markers),
                 start = marker > 0 ? msched__after_blanks(s, at + marker) : at;
    int minutes = 0;
    uint32_t found = ALL;
    size_t after = start, number = msched__number_word(s, start, ALL, &minutes, &found);
    if (number == 0 && (number = msched__short_number(s, start)) > 0)
        minutes = msched__take_number(s, &after, 2);
    if (number == 0 && strchr("hkw", msched__lower(msched__byte_at(s, start))) == NULL)
        return 0;
    after = msched__after_blanks(s, start + number);
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        const int with_number = sides[i].takes_number != 0;
        const size_t p = with_number ? after : start;
        if (with_number && (number == 0 || after == start + number || minutes < 1 || minutes > 14 ||
                            (found >> sides[i].language & 1) == 0))
            continue;
        const size_t side = msched__phrase_at(s, p, sides[i].words),
                     name = msched__after_blanks(s, p + side);
        spoken_clock c;
        if (side == 0 || name == p + side)
            continue;
        const size_t bytes = clock_at(s, name, sides[i].language, &c), end = name + bytes;
        if (bytes == 0 || c.minutes % 60 != 0 || c.more || (!c.worded && marker == 0) ||
            !msched__has_words_beside(s, at, end))
            continue;
        c.minutes += sides[i].minutes + sides[i].takes_number * minutes;
        c.minutes += c.part == MSCHED__NO_PART && c.minutes < 6 * 60 ? HALF_DAY : 0;
        msched__write_text(w, "at ", at);
        write_time(w, at, &c);
        return end - at;
    }
    return 0;
}

size_t msched__time_word_at(msched__slice s, size_t at, int language, int hour)
{
    spoken_clock c = {.minutes = 60 * hour};
    const size_t size = part_at(s, at, language, &c.part);
    if (size == 0)
        return msched__clock_languages[language].is_length
                   ? 0
                   : any_at(s, at, msched__clock_languages[language].units);
    apply_part(&c);
    return language != MSCHED__ENGLISH || (hour <= 12 && is_usual(&c)) ? size : 0;
}

int msched__is_part_ahead(msched__slice s, size_t at, int language)
{
    enum msched__day_part part = MSCHED__NO_PART;
    const size_t next = msched__after_blanks(s, at);
    return next > at && part_at(s, next, language, &part) > 0 &&
           msched__lower(s.data[next]) == 'd' && language != MSCHED__ITALIAN;
}

/* 1 for digits with a word after them, as in "8 uur 's avonds": "9:00-10:00" is no such time. */
static int is_number_with_word(msched__slice s, size_t at)
{
    if (!msched__digit_at(s, at))
        return 0;
    while (msched__digit_at(s, at) || msched__byte_at(s, at) == ':')
        at++;
    at = msched__after_blanks(s, at);
    return msched__letter_at(s, at) || msched__byte_at(s, at) == '\'';
}

size_t msched__take_clock_words(msched__writer *w, size_t at, const uint16_t *begins)
{
    msched__slice s = w->from;
    uint32_t begun = is_number_with_word(s, at) ? ALL : 0;
    int number;
    const int is_half = msched__word_ahead(s, at, "halb"); /* "halb drei bis vier" */
    const uint32_t words = msched__clock_begins(begins, s, at) |
                           (is_half ? 1u << MSCHED__GERMAN : 0);
    size_t done = take_beside(w, at);
    if (!msched__digit_at(s, at) && msched__number_word(s, at, ALL, &number, &begun) == 0)
        begun = 0;
    if (begun == 0 && words == 0)
        return done;
    for (int l = 0; done == 0 && l < MSCHED__LANGUAGES; l++) {
        const int is_number = (begun >> l & 1) != 0, is_word = (words >> l & 1) != 0;
        done = is_number || is_word ? take_range(w, at, l, is_number || is_word) : 0;
        done = done == 0 && is_word ? take_marked(w, at, l) : done;
        done = done == 0 && is_word ? take_part_first(w, at, l) : done;
    }
    for (int l = 0; done == 0 && l < MSCHED__LANGUAGES; l++)
        done = (begun >> l & 1) != 0 ? take_alone(w, at, l) : 0;
    return done;
}
