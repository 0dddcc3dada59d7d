/*
 * A time of day beside a word: "Dentist Wed 3pm", "Dentist 3pm Wed". There, a weekday or a date is
 * that of the line, where elsewhere it may belong to the title.
 */
#include "plan/words/text_beside.h"

#include <string.h>

/* Words between a date and its time; with them, a bare number is an hour. */
static const char *const markers[] = {"at",   "um",       "gegen", "om",   "\303\240",  "a las",
                                      "a la", "alle ore", "alle",  "ore",  "\303\240s", "as",
                                      "kl",   "kl.",      "@",     "from", "von",       "ab",
                                      "de",   "dalle",    "das",   "van",  "vers",      "around"};

/* "1h", "2h30": a length rather than an hour of the day. */
static int is_length(msched__slice s, size_t at)
{
    const size_t digits = msched__short_number(s, at), unit = msched__after_blanks(s, at + digits);
    const char mark = msched__lower(msched__byte_at(s, unit));
    return (mark == 'h' || mark == 'u') && digits == 1 && s.data[at] < '7' &&
           !msched__word_ahead(s, unit, "uhr") && !msched__word_ahead(s, unit, "uur");
}

/* "9-10", "3-4pm" */
static int is_range(msched__slice s, size_t at)
{
    const size_t digits = msched__short_number(s, at), next = at + digits + 1;
    return digits > 0 && msched__byte_at(s, at + digits) == '-' &&
           msched__short_number(s, next) > 0 &&
           (msched__blank_at(s, next + msched__short_number(s, next)) ||
            msched__clock_at(s, next, 0) > 0);
}

int msched__time_follows(msched__slice s, size_t at)
{
    static const char *const named[] = {"noon", "midday", "midnight", "mittags"};
    size_t next = at, marked = 0;
    while (next < s.size && (msched__blank_at(s, next) || s.data[next] == ','))
        next++;
    if (next == at)
        return 0;
    for (size_t i = 0; i < sizeof markers / sizeof markers[0] && marked == 0; i++)
        if (msched__word_ahead(s, next, markers[i]))
            marked = strlen(markers[i]);
    const size_t clock = marked > 0 ? msched__after_blanks(s, next + marked) : next;
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        if (msched__word_ahead(s, clock, named[i]))
            return 1;
    return is_range(s, clock) ||
           (msched__clock_at(s, clock, marked > 0) > 0 && (marked > 0 || !is_length(s, clock)));
}

/* "3pm", "15:00", "10 Uhr" that ends at an offset. */
static int time_precedes(msched__slice s, size_t at)
{
    static const char *const units[] = {"am", "pm", "uhr", "uur", "h"};
    while (at > 0 && (msched__blank_at(s, at - 1) || s.data[at - 1] == ','))
        at--;
    size_t digits = msched__digits_before(s, at);
    if (digits == 2 && at > 3 && (s.data[at - 3] == ':' || s.data[at - 3] == 'h'))
        return msched__digit_at(s, at - 4);
    for (size_t i = 0; i < sizeof units / sizeof units[0] && digits == 0; i++) {
        const size_t size = strlen(units[i]);
        if (at <= size || !msched__word_ahead(s, at - size, units[i]))
            continue;
        size_t end = at - size;
        while (end > 0 && msched__blank_at(s, end - 1))
            end--;
        digits = msched__digits_before(s, end);
        const int hour = digits == 2 || (digits == 1 && s.data[end - 1] > '6');
        return i == 4 ? hour : digits > 0;
    }
    return 0;
}

int msched__is_beside_time(msched__slice s, size_t start, size_t end)
{
    return msched__time_follows(s, end) || time_precedes(s, start);
}

/*
 * 1 if a short name is a weekday in the language of the time at `next`. `is_apart`: other words are
 * between the two.
 */
static int goes_with(msched__slice s, msched__slice name, size_t next, int is_apart)
{
    const int capital = name.data[0] >= 'A' && name.data[0] <= 'Z';
    const size_t digits = msched__short_number(s, next);
    const size_t unit = msched__after_blanks(s, next + digits);
    size_t word = next;
    while (word < s.size && s.data[word] != 'u' && s.data[word] != 'U' &&
           (msched__digit_at(s, word) || strchr(" :.-", s.data[word]) != NULL))
        word++;
    /* words with which the language writes its times */
    if (msched__word_ahead(s, next, "um") || msched__word_ahead(s, word, "uhr"))
        return capital && msched__word_among(name, " mo di mi do fr sa so ");
    if (msched__word_ahead(s, next, "om") || msched__word_ahead(s, word, "uur"))
        return msched__word_among(name, " ma di wo do vr za zo ");
    if (msched__word_ahead(s, next, "\303\240") ||
        (digits > 0 && msched__lower(msched__byte_at(s, unit)) == 'h'))
        return msched__word_among(name, " lun mar mer jeu ven sam dim mie jue vie sab dom ") ||
               (!is_apart && msched__word_among(name, " segunda terca quarta quinta sexta "));
    if (msched__word_ahead(s, next, "\303\240s") || msched__word_ahead(s, next, "as"))
        return msched__word_among(name, " segunda terca quarta quinta sexta ");
    if (msched__word_ahead(s, next, "a las") || msched__word_ahead(s, next, "a la"))
        return msched__word_among(name, " lun mar mie jue vie sab dom ");
    if (msched__word_ahead(s, next, "alle") || msched__word_ahead(s, next, "ore"))
        return msched__word_among(name, " lun mar mer gio ven sab dom ");
    /* of no other meaning */
    return (capital && !is_apart && msched__word_among(name, " mi fr sa ")) ||
           msched__word_among(name, " vr za jeu ven jue vie mie sab tis ons tors fre lor son "
                                    "czw niedz ") ||
           (!is_apart && msched__word_among(name, " wo "));
}

int msched__is_short_weekday(msched__slice s, size_t at, size_t end)
{
    static const char *const people[] = {"with", "mit",        "avec", "con",  "met",
                                         "call", "for",        "and",  "meet", "und",
                                         "et",   "f\303\274r", "an",   "to",   NULL};
    const size_t size = end - at, point = end + (msched__byte_at(s, end) == '.');
    const msched__slice name = {s.data + at, size};
    size_t words = 0;
    if (size > 8 || !msched__blank_at(s, point))
        return 0;
    while (words < at && !msched__letter_at(s, words))
        words++;
    if (words < at)
        return !msched__follows_word(s, at, people) && msched__time_follows(s, point) &&
               goes_with(s, name, msched__after_blanks(s, point), 0);
    for (size_t p = point; p + 1 < s.size; p++) /* "Mo Arzt 10 Uhr" */
        if (msched__blank_at(s, p) && !msched__blank_at(s, p + 1) && msched__time_follows(s, p))
            return goes_with(s, name, p + 1, p > point);
    return 0;
}
