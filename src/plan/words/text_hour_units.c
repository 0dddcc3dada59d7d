/*
 * Numbers with a word or a letter for the hour, which other languages write for times and for
 * lengths: "9 uur tot 10 uur", "10:00h", "1h à 18h", "1800 hrs". What is beside a number decides.
 */
#include "plan/words/text_hour_units.h"

#include <string.h>

/* The first LINKS of the words may also stand between hours with a unit, as in "9h a 10h". */
enum { LINKS = 16 };

const char *const msched__range_links[] = {"hasta las",
                                           "hasta la",
                                           "hasta",
                                           "a las",
                                           "a la",
                                           "\303\240s",
                                           "at\303\251 as",
                                           "tot",
                                           "\303\240",
                                           "at\303\251 \303\240s",
                                           "at\303\251",
                                           "alle",
                                           "a",
                                           "bis",
                                           "do",
                                           "to",
                                           "alle ore",
                                           "\320\264\320\276",
                                           "till",
                                           "til",
                                           "-",
                                           "et",
                                           "y las",
                                           "y",
                                           "e le",
                                           "e as",
                                           "e \303\240s",
                                           "e",
                                           "und",
                                           "u.",
                                           "en",
                                           "and",
                                           "to:",
                                           "end:",
                                           "ende:",
                                           "arr",
                                           "arr.",
                                           "arrives",
                                           "an",
                                           "finish:",
                                           "end",
                                           "finish",
                                           NULL};

/* After an hour: the first WORDS are whole words, and "uur" is also written like the letters. */
enum { WORDS = 7, UNITS = 13 };
static const char *const units[UNITS] = {"uhr",  "horas", "hora", "heures", "heure", "ore", "uur",
                                         "hrs.", "hrs",   "hr",   "hs",     "h",     "u"};

/* Bytes of "h", "hrs" or "hs" as a separate word; 0: no match. */
size_t msched__hour_letters(msched__slice s, size_t at)
{
    for (size_t i = WORDS - 1; i < UNITS; i++) { /* "uur" is both */
        size_t size = msched__phrase_at(s, at, units[i]);
        const int is_hall = size == 2 && s.data[at] == 'H' && s.data[at + 1] == 'S'; /* "HS 3" */
        const int is_and = size == 1 && msched__byte_at(s, at + 1) == '.' && /* "10 u. 12" */
                           msched__digit_at(s, msched__after_blanks(s, at + 2));
        if (size > 0 && !is_hall && !is_and && !msched__letter_at(s, at + size) &&
            !msched__digit_at(s, at + size))
            return size;
    }
    return 0;
}

/* A colon before the last two of the digits that were copied. */
static void put_colon(msched__writer *w)
{
    size_t from = w->size - 2;
    memmove(w->text + from + 1, w->text + from, 2);
    memmove(w->origin + from + 1, w->origin + from, 2 * sizeof *w->origin);
    w->text[from] = ':';
    w->size++;
    w->changed = 1;
}

/* "930am", "1800h", "1800 hrs": returns the bytes of the unit that were handled. */
static size_t take_packed(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t digits = msched__digits_before(s, at), unit = msched__after_blanks(s, at),
           size = msched__hour_letters(s, unit);
    if (digits == 4 && size > 0 && at > 8 && s.data[at - 5] == '-' &&
        msched__digits_before(s, at - 5) == 4) { /* "0900-1000hrs" */
        w->changed = 1;
        return unit + size - at;
    }
    if (digits < 3 || digits > 4 || (digits < at && !msched__blank_at(s, at - digits - 1)))
        return 0;
    int hour = s.data[at - digits] - '0';
    hour = digits == 4 ? 10 * hour + s.data[at - 3] - '0' : hour;
    if (hour > 24 || s.data[at - 2] > '5')
        return 0;
    if (digits == 4 && size > 0) {
        put_colon(w);
        return unit + size - at;
    }
    if (digits == 3 && hour > 0 &&
        (msched__word_ahead(s, unit, "am") || msched__word_ahead(s, unit, "pm") ||
         msched__word_ahead(s, at, "a") || msched__word_ahead(s, at, "p")))
        put_colon(w);
    return 0;
}

/* "18:00 h", "14.30 h" are times; "7:45 h" becomes 7h45, which may be a length as well. */
static size_t take_clock_unit(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t unit = msched__after_blanks(s, at), size = msched__hour_letters(s, unit);
    if (size == 0 || msched__digits_before(s, at) != 2 || at < 4 || s.data[at - 2] > '5')
        return 0;
    char mark = s.data[at - 3];
    size_t digits = msched__digits_before(s, at - 3);
    if ((mark != ':' && mark != '.') || digits == 0 || digits > 2)
        return 0;
    int hour = s.data[at - 4] - '0' + (digits == 2 ? 10 * (s.data[at - 5] - '0') : 0),
        minute = 10 * (s.data[at - 2] - '0') + s.data[at - 1] - '0';
    /* 7.50h is a length, 7.30h and 9.00h are times */
    int decimal = mark == '.' && hour < 10 && (minute % 15 != 0 || hour < 6);
    if (decimal || hour < 6 || hour > 24)
        return 0;
    if (hour < 13 && msched__char_before(s, at - 3 - digits) != '-') /* "9.30-10.15 uur" */
        w->text[w->size - 3] = 'h';
    w->changed = 1;
    return unit + size - at;
}

/* "18 h" and "18 h 30" become 18h and 18h30. */
size_t msched__take_spaced_hour(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t unit = msched__after_blanks(s, at), minutes = msched__after_blanks(s, unit + 1);
    if (unit == at || msched__digits_before(s, at) > 2 ||
        msched__lower(msched__byte_at(s, unit)) != 'h' || msched__letter_at(s, unit + 1) ||
        msched__digit_at(s, unit + 1))
        return 0;
    msched__write_text(w, "h", unit);
    w->changed = 1;
    return (msched__spaced_hour(s, unit) > unit + 1 ? minutes : unit + 1) - at;
}

/* An hour in digits, with the unit after it. */
typedef struct hour_text {
    size_t start, digits; /* in the line; digits of the hour */
    int minutes;          /* since midnight, or of the length */
    int colon, unit;      /* has minutes after a colon; has "h", "uur" and the like */
} hour_text;

size_t msched__hour_word(msched__slice s, size_t at)
{
    for (size_t i = 0; i < WORDS; i++)
        if (msched__word_ahead(s, at, units[i]))
            return strlen(units[i]);
    return 0;
}

/* The hour that ends before an offset. 0: there is none. */
static int hour_before(msched__slice s, size_t at, hour_text *h)
{
    while (at > 0 && msched__blank_at(s, at - 1))
        at--;
    size_t end = at;
    *h = (hour_text){.start = at};
    while (end > 0 && at - end < 7 && msched__letter_at(s, end - 1))
        end--;
    for (size_t i = 0; end < at && i < UNITS; i++)
        h->unit |= strlen(units[i]) == at - end && msched__phrase_at(s, end, units[i]);
    if (end < at && !h->unit)
        return 0;
    if (end < at && msched__word_ahead(s, end, "uhr"))
        h->unit = 0; /* never a length */
    while (end > 0 && msched__blank_at(s, end - 1))
        end--;
    h->digits = msched__digits_before(s, end);
    if (h->digits == 0 || h->digits > 2)
        return 0;
    h->start = end - h->digits;
    size_t p = h->start;
    int number = msched__take_number(s, &p, 2), hour = number, minutes = 0;
    const char mark = h->start > 0 ? msched__lower(s.data[h->start - 1]) : '\0';
    const size_t digits = h->digits == 2 && strchr(":.hu", mark) != NULL && mark != '\0'
                              ? msched__digits_before(s, h->start - 1)
                              : 0;
    if (digits == 1 || digits == 2) {
        minutes = number;
        p = h->start - 1 - digits;
        h->start = p;
        hour = msched__take_number(s, &p, 2);
        h->digits = digits;
        h->colon = mark == ':' || mark == '.';
        h->unit |= !h->colon;
    }
    h->minutes = hour * 60 + minutes;
    return minutes < 60 &&
           (h->start == 0 || !(msched__letter_at(s, h->start - 1) || s.data[h->start - 1] == '.'));
}

/* Minutes since midnight of the clock time at an offset; -1: there is none. */
static int clock_minutes(msched__slice s, size_t at)
{
    if (msched__clock_at(s, at, 1) == 0)
        return -1;
    const int hour = msched__take_number(s, &at, 2);
    const int more = at < s.size && strchr(":.hHuU", s.data[at]) != NULL &&
                     msched__digit_at(s, at + 1) && msched__digit_at(s, at + 2);
    return hour * 60 + (more ? 10 * (s.data[at + 1] - '0') + s.data[at + 2] - '0' : 0);
}

/*
 * "1h à 18h" is an hour from 18:00 on: as a time, 1h would be in the night. "5h à 7h" and "6h à
 * 14h" are times.
 */
static int is_length(int first, int second)
{
    enum { HOUR = 60 };
    if (first < 15 || first >= 7 * HOUR || second <= first)
        return 0;
    if (first < 5 * HOUR)
        return second >= 6 * HOUR;
    return second - first > 9 * HOUR && first + second <= 24 * HOUR;
}

/* "10h às 11h" has two times, "8h às 23h" a length and a time. */
static int is_soon_after(int first, int second)
{
    return second > first && second - first <= 10 * 60;
}

int msched__is_length_at(msched__slice s, size_t first, size_t second)
{
    const int start = clock_minutes(s, first), end = clock_minutes(s, second);
    return is_length(start, end) && end - start > 8 * 60;
}

/* Bytes from an offset to the second time of a range, over a dash or a word; 0: no such. */
static size_t link_ahead(msched__slice s, size_t at)
{
    const size_t link = msched__after_blanks(s, at);
    size_t next = msched__byte_at(s, link) == '-' ? msched__after_blanks(s, link + 1) : 0;
    for (size_t i = 0; next == 0 && link > at && i < LINKS; i++)
        if (msched__word_ahead(s, link, msched__range_links[i]))
            next = msched__after_blanks(s, link + strlen(msched__range_links[i]));
    return next > 0 && msched__clock_at(s, next, 1) > 0 ? next - at : 0;
}

/* The first time of a range whose second one begins at an offset. 0: it is none. */
static int range_before(msched__slice s, size_t at, hour_text *first)
{
    size_t end = at;
    while (end > 0 && msched__blank_at(s, end - 1))
        end--;
    if (end > 0 && s.data[end - 1] == '-')
        return hour_before(s, end - 1, first);
    for (size_t i = 0; end < at && i < LINKS; i++) {
        const size_t size = strlen(msched__range_links[i]);
        if (end > size + 1 && msched__phrase_at(s, end - size, msched__range_links[i]) == size &&
            msched__blank_at(s, end - size - 1) && hour_before(s, end - size, first))
            return 1;
    }
    return 0;
}

/* "10:00h - 10:45h": a time at either end of a range. */
static int is_in_range(msched__slice s, const hour_text *hour, size_t after)
{
    hour_text first;
    if (range_before(s, hour->start, &first))
        return first.minutes >= 6 * 60 && first.minutes <= 24 * 60;
    const size_t link = link_ahead(s, after);
    return link > 0 && hour->minutes >= 6 * 60 &&
           !is_length(hour->minutes, clock_minutes(s, after + link));
}

/* "duurt 8 uur", "8 uur lang" */
static int is_lasting(msched__slice s, size_t start, size_t after)
{
    static const char *const befores[] = {"duurt", "duur",   "duur:",    "gedurende", "dura",
                                          "dure",  "durata", "dauert",   "durante",   "pendant",
                                          "ca",    "ca.",    "circa",    "ongeveer",  "unas",
                                          "max",   "max.",   "minstens", "por",       NULL},
                             *const afters[] = {"lang", "lange", "seguidas", "per", "de",
                                                "van",  "di",    "met",      "con"};
    const size_t next = msched__after_blanks(s, after);
    for (size_t i = 0; i < sizeof afters / sizeof afters[0]; i++)
        if (msched__word_ahead(s, next, afters[i]))
            return 1;
    return msched__follows_word(s, start, befores);
}

/* A number and the beginning of a word, as in "1 uur" and "30 min". */
static int is_length_ahead(msched__slice s, size_t at)
{
    const size_t next = msched__after_blanks(s, at), digits = msched__short_number(s, next);
    return digits > 0 && msched__letter_at(s, msched__after_blanks(s, next + digits));
}

/* "9 uur", "14:00 horas": a time if the numbers beside it or its minutes make it one. */
static size_t take_worded_hour(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    hour_text hour;
    const size_t unit = msched__after_blanks(s, at);
    const int dutch = msched__word_ahead(s, unit, "uur"),
              is_h = msched__word_ahead(s, unit, "h") || msched__word_ahead(s, unit, "u");
    const size_t size = dutch ? 3 : msched__word_ahead(s, unit, "horas") ? 5 : (size_t)is_h;
    if (size == 0 || !hour_before(s, at, &hour) || hour.minutes > 24 * 60 || hour.unit ||
        (is_h && !hour.colon))
        return 0;
    const size_t after = unit + size, minutes = msched__after_blanks(s, after);
    const int is_late = hour.minutes >= 6 * 60,
              comma = msched__byte_at(s, after) == ',' && is_length_ahead(s, after + 1);
    if (is_in_range(s, &hour, after) || (!is_h && is_late && (hour.colon || comma))) {
        if (hour.colon && w->size > 3)
            w->text[w->size - 3] = ':';
        else
            msched__write_text(w, " uhr", at);
        w->changed = 1;
        return after - at;
    }
    if (is_h || hour.colon || !is_late || is_lasting(s, hour.start, after))
        return 0;
    msched__write_text(w, "h", at);
    w->changed = 1;
    const int more = msched__short_number(s, minutes) == 2 && msched__blank_at(s, minutes + 2) &&
                     s.data[minutes] < '6' && !is_length_ahead(s, after);
    return (more && minutes > after ? minutes : after) - at;
}

size_t msched__take_hour_unit(msched__writer *w, size_t at)
{
    size_t done = take_packed(w, at);
    done = done == 0 ? take_worded_hour(w, at) : done;
    return done == 0 ? take_clock_unit(w, at) : done;
}

/* "le 27 à 10h" has a date before the time. */
static int follows_article(msched__slice s, size_t at)
{
    while (at > 0 && (msched__blank_at(s, at - 1) || msched__digit_at(s, at - 1)))
        at--;
    return at > 1 && (at == 2 || msched__blank_at(s, at - 3)) &&
           (msched__word_ahead(s, at - 2, "le") || msched__word_ahead(s, at - 2, "el") ||
            msched__word_ahead(s, at - 2, "il"));
}

/* "Dormir 8h à 23h": nobody sleeps for 15 hours, so the first number is a length. */
static int is_sleep(msched__slice s, int first, int second)
{
    static const char *const words[] = {"dormir", "dodo", "sommeil", "coucher", "dormire"};
    for (size_t at = 0; second - first > 12 * 60 && at < s.size; at++)
        for (size_t i = 0; (at == 0 || msched__blank_at(s, at - 1)) && i < 5; i++)
            if (msched__word_ahead(s, at, words[i]))
                return 1;
    return 0;
}

/* "10 a 11" between two hours, "1h à 18h" between a length and a time. */
size_t msched__take_to(msched__writer *w, size_t at)
{
    static const char *const words[] = {"a las",
                                        "a",
                                        "\xC3\xA0",
                                        "tot",
                                        "\xC3\xA0s",
                                        "alle",
                                        "do",
                                        "bis",
                                        "hasta las",
                                        "hasta la",
                                        "hasta",
                                        "at\303\251 \303\240s",
                                        "at\303\251 as",
                                        "at\303\251",
                                        "jusqu'\303\240",
                                        "fino alle",
                                        "fino a"};
    enum { TOT = 3, BIS = 7, FIRST_WITHOUT_NUMBER = 1, LAST_WITHOUT_NUMBER = 3 };
    msched__slice s = w->from;
    const char last = msched__char_before(s, at);
    const int number = last >= '0' && last <= '9';
    hour_text hour;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t size = msched__phrase_at(s, at, words[i]), next = msched__after_blanks(s, at + size);
        if (size == 0 || next == at + size || msched__clock_at(s, next, 1) == 0)
            continue;
        const int has_unit = hour_before(s, at, &hour) && hour.unit;
        const int second = clock_minutes(s, next);
        const int lasts = has_unit &&
                          (is_length(hour.minutes, second) || is_sleep(s, hour.minutes, second));
        if (i == BIS && !lasts)
            return 0;
        if (i == BIS) { /* "1h30 bis 14h" */
            msched__write_text(w, "before", at);
            w->changed = 1;
            return size;
        }
        if (lasts && i > BIS)
            return 0; /* "1h hasta las 18" */
        if (lasts && i >= TOT && words[i][0] != '\xC3' && words[i][0] != 'a')
            return 0; /* "1h tot 18h" */
        if (!number && !lasts &&
            (!has_unit || hour.minutes < 6 * 60 ||
             ((i < FIRST_WITHOUT_NUMBER || i > LAST_WITHOUT_NUMBER) &&
              !is_soon_after(hour.minutes, second))))
            continue;
        msched__write_text(w, lasts || follows_article(s, at) ? "at" : "to", at);
        w->changed = 1;
        return size;
    }
    return 0;
}
