/* Words after a time or a weekday that make it a bound: "18:00 or later", "Wed at the latest". */
#include "plan/words/text_bound.h"

#include "plan/words/text_date_words.h"
#include "plan/words/text_month.h"
#include "plan/words/text_scan.h"

#include <string.h>

static const char *const laters[] = {"onwards",
                                     "onward",
                                     "or later",
                                     "or after",
                                     "and later",
                                     "and after",
                                     "oder sp\303\244ter",
                                     "ou plus tard",
                                     "o m\303\241s tarde",
                                     "o mas tarde",
                                     "ou mais tarde",
                                     "o pi\303\271 tardi",
                                     "of later",
                                     "lub p\303\263\305\272niej",
                                     "at the earliest",
                                     "at earliest",
                                     "or thereafter",
                                     "fr\303\274hestens",
                                     NULL},
                         *const earliers[] = {"or earlier",
                                              "or before",
                                              "or sooner",
                                              "and earlier",
                                              "oder fr\303\274her",
                                              "ou avant",
                                              "o antes",
                                              "ou antes",
                                              "o prima",
                                              "of eerder",
                                              "at the very latest",
                                              "at the latest",
                                              "at latest",
                                              "latest",
                                              "the latest",
                                              "sp\303\244testens",
                                              "au plus tard",
                                              "a m\303\241s tardar",
                                              "al pi\303\271 tardi",
                                              "no m\303\241ximo",
                                              "op zijn laatst",
                                              "najp\303\263\305\272niej",
                                              NULL};
/* After "at" and a time only: "work 8h max" is a length. */
static const char *const ats[] = {"at",   "@",  "um",        "\303\240", "a las",
                                  "alle", "om", "\303\240s", NULL},
                         *const most[] = {"max",        "max.",    "maximum", "tops",
                                          "m\303\241x", "maximal", NULL};

/* "Friday latest" is a bound, "Friday latest news" is a title. */
static int may_end(msched__slice s, size_t at, const char *word)
{
    const size_t next = msched__after_blanks(s, at);
    return strstr(word, "atest") == NULL || word[0] == 'a' || next >= s.size ||
           !msched__letter_at(s, next);
}

/* Bytes up to the end of one of the words; 0: none of them follows. */
static size_t words_at(msched__slice s, size_t at, const char *const *words)
{
    const size_t word = msched__after_blanks(s, at);
    for (; *words != NULL && word > at; words++)
        if (msched__word_ahead(s, word, *words) && may_end(s, word + strlen(*words), *words))
            return word + strlen(*words) - at;
    return 0;
}

/* 1 if "by", "from" or another word with the same meaning is before an offset. */
static int is_marked(msched__slice s, size_t at, int is_later)
{
    static const char *const befores[] = {"by",     "before", "until", "till", "bis", "due",
                                          "finish", "than",   "le",    "el",   NULL},
                             *const afters[] = {"after",      "from",  "starting", "ab",
                                                "not before", "since", NULL};
    return msched__follows_word(s, at, is_later ? afters : befores);
}

/* The end of a time, also of an hour by itself, or of the name of a weekday; 0: neither. */
static size_t time_end(msched__slice s, size_t at, int is_hour, int *is_weekday)
{
    msched__clock clock;
    msched__date_word word;
    size_t end = at;
    *is_weekday = 0;
    const enum msched__time_form form = msched__digit_at(s, at) ? msched__scan_time(s, &end, &clock)
                                                                : MSCHED__TIME_NONE;
    if (form == MSCHED__TIME_OK || (is_hour && form == MSCHED__TIME_BARE))
        return clock.lettered && clock.seconds < 7 * 3600 ? 0 : end; /* "3h" is a length */
    end = at;
    *is_weekday = msched__take_date_word(s, &end, &word) &&
                  (word.weekday >= 0 || word.weekday == MSCHED__WEEKDAY_NONE) && !word.is_plural;
    return *is_weekday ? end : 0;
}

/* What an hour alone counts in "After 7 days", or that is not its end: "before 8 or after 9". */
static const char counted[] =
    " days day weeks week months month years year hours hour minutes minute mins min seconds "
    "people guests kids children friends times rounds pages laps miles km songs episodes levels "
    "of and or to till until am pm a.m. p.m. uhr uur noon midnight o'clock more other bells bis a "
    "tot tage tagen wochen monate monaten jahre jahren leute leuten minuten stunden jours semaines "
    "mois ans heures dias semanas meses horas anos giorni settimane mesi anni ore dagen weken "
    "maanden jaar personen euro kilo ";

/* "until 12 finish report", "before 8 trash"; "From 7 dwarfs" and "By 40 cents" are titles. */
static int begins_with_hour(msched__slice s, size_t next, size_t end, int may_be_noun)
{
    size_t stop = next, hour = end;
    while (!msched__blank_at(s, stop))
        stop++;
    const msched__slice word = {s.data + next, stop - next};
    while (hour > 0 && msched__digit_at(s, hour - 1))
        hour--;
    return msched__take_number(s, &hour, 2) <= 24 && !msched__word_among(word, counted) &&
           (may_be_noun || msched__lower(s.data[next]) == s.data[next]);
}

/* "kurz vor 8 Müll raus", "before 8 trash": an hour alone at the start of the line. */
static size_t take_short_of(msched__writer *w, size_t at)
{
    static const char *const words[][2] = {{"kurz vor", "before "},
                                           {"kurz nach", "after "},
                                           {"just before", "before "},
                                           {"just after", "after "},
                                           {"shortly before", "before "},
                                           {"shortly after", "after "},
                                           {"peu avant", "before "},
                                           {"peu apr\303\250s", "after "},
                                           {"before", "before "},
                                           {"befor", "before "},
                                           {"until", "until "},
                                           {"till", "until "},
                                           {"by", "by "},
                                           {"after", "after "},
                                           {"bis", "until "},
                                           {"vor", "before "},
                                           {"avant", "before "},
                                           {"jusqu'\303\240", "until "},
                                           {"hasta las", "until "},
                                           {"antes de las", "before "},
                                           {"fino alle", "until "},
                                           {"entro le", "before "},
                                           {"prima delle", "before "},
                                           {"at\303\251 \303\240s", "until "},
                                           {"antes das", "before "},
                                           {"tot", "until "},
                                           {"from", "after "}};
    enum { FIRST_PLAIN = 8, FIRST_FOREIGN = 14, FROM = 26 };
    msched__slice s = w->from;
    if (msched__after_blanks(s, 0) != at)
        return 0;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t size = msched__phrase_at(s, at, words[i][0]),
                     hour = msched__after_blanks(s, at + size),
                     digits = msched__short_number(s, hour), end = hour + digits;
        if (size == 0 || digits == 0 || !msched__blank_at(s, end) ||
            (i == FROM && hour > at + size) || /* "from6 cook" */
            !msched__letter_at(s, msched__after_blanks(s, end)) ||
            time_end(s, hour, 0, &(int){0}) ||
            (i >= FIRST_PLAIN &&
             !begins_with_hour(s, msched__after_blanks(s, end), end, i >= FIRST_FOREIGN)))
            continue;
        msched__write_text(w, words[i][1], at);
        msched__write_bytes(w, hour, digits);
        msched__write_text(w, ":", end - 1);
        w->changed = 1;
        return end - at;
    }
    return 0;
}

/* "from 3 for 2 hours: garden" at the start of the line: it begins then. */
static size_t take_from_for(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    const size_t hour = msched__after_blanks(s, at + 4), digits = msched__short_number(s, hour),
                 next = msched__after_blanks(s, hour + digits);
    if (msched__after_blanks(s, 0) != at || !msched__word_ahead(s, at, "from") || digits == 0 ||
        !msched__word_ahead(s, next, "for") ||
        !msched__digit_at(s, msched__after_blanks(s, next + 3)))
        return 0;
    msched__write_text(w, "@", at);
    w->changed = 1;
    return hour - at;
}

size_t msched__take_bound(msched__writer *w, size_t at)
{
    size_t done = take_short_of(w, at);
    done = done == 0 ? take_from_for(w, at) : done;
    if (done > 0)
        return done;
    msched__slice s = w->from;
    int is_weekday;
    static const char *const onwards[] = {"onwards", "onward", NULL};
    const size_t mark = msched__any_ahead(s, at, ats),
                 time = mark > 0 ? msched__after_blanks(s, at + mark) : at;
    const size_t end = time_end(s, time, 1, &is_weekday);
    if (end == 0)
        return 0;
    const int is_after = is_marked(s, at, 1);
    const int is_hour = time_end(s, time, 0, &is_weekday) == 0; /* "pub 7 onwards" */
    if (is_hour && !is_after && mark == 0 &&
        (words_at(s, end, onwards) == 0 || msched__follows_noun(s, at)))
        return 0;
    size_t later = words_at(s, end, laters), earlier = words_at(s, end, earliers);
    earlier = earlier == 0 && mark > 0 ? words_at(s, end, most) : earlier;
    static const char *const ons[] = {"on", NULL}; /* "from Wed on" */
    if (later == 0 && is_after) {
        later = words_at(s, end, ons);
        const size_t next = msched__after_blanks(s, end + later);
        const int is_colon = msched__byte_at(s, end + later) == ':' && /* not "on:fri" */
                             msched__blank_at(s, end + later + 1);
        later = next == s.size || msched__digit_at(s, next) || is_colon ? later : 0;
    }
    const size_t after = msched__after_blanks(s, end + later + earlier);
    int ignored;
    if (later + earlier == 0 || time_end(s, after, 0, &ignored) > 0) /* "10:00 latest 17:00" */
        return 0;
    if (!is_marked(s, at, later > 0))
        msched__write_text(w,
                           later > 0    ? is_weekday ? "from " : "after "
                           : is_weekday ? "by "
                                        : "before ",
                           at);
    msched__write_bytes(w, time, end - time);
    /* "from 4 onwards cleaning" begins with a time, as "from 4: cleaning" does */
    if (later > 0 && !is_weekday && msched__letter_at(s, after))
        msched__write_text(w, ":", end - 1);
    w->changed = 1;
    return end + later + earlier - at;
}
