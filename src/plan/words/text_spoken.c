/*
 * Hours in words: "at nine thirty", "um drei", "a las cuatro y media", "halb neun", "14 heures 30".
 * They become numbers in the plain line.
 */
#include "plan/words/text_writer.h"

#include <stdio.h>
#include <string.h>

/* Words before an hour, names of hours, and minutes that may follow; one row for each language. */
static const struct {
    struct {
        const char *words, *plain;
    } markers[8];
    const char *names[12];
    struct {
        const char *words;
        int minutes;
    } parts[5];
} languages[] = {
    {{{"at", "at"},
      {"by", "by"},
      {"before", "before"},
      {"after", "after"},
      {"until", "until"},
      {"till", "until"},
      {"around", "at"}},
     {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
      "twelve"},
     {{"thirty", 30}, {"fifteen", 15}, {"forty-five", 45}, {"forty five", 45}}},
    {{{"um", "at"}, {"gegen", "at"}, {"bis", "by"}, {"ab", "after"}},
     {"eins", "zwei", "drei", "vier", "f\303\274nf", "sechs", "sieben", "acht", "neun", "zehn",
      "elf", "zw\303\266lf"},
     {{NULL, 0}}},
    {{{"a las", "at"}, {"a la", "at"}, {"hacia las", "at"}, {"sobre las", "at"}},
     {"una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once",
      "doce"},
     {{"y media", 30}, {"y cuarto", 15}, {"menos cuarto", -15}}},
};

/* An hour must end the line, or precede something that it cannot count. */
static int ends_hour(msched__slice s, size_t at)
{
    static const char *const next[] = {"with", "am",    "pm", "tonight", "for", "sharp", "mit",
                                       "uhr",  "today", "de", "con",     "w/",  "-"};
    size_t p = msched__after_blanks(s, at);
    if (p >= s.size || strchr(",;:(", s.data[p]) != NULL || msched__digit_at(s, p))
        return p >= s.size || p > at || s.data[p] != ':' || msched__blank_at(s, p + 1);
    for (size_t i = 0; i < sizeof next / sizeof next[0]; i++)
        if (p > at && msched__word_ahead(s, p, next[i]))
            return 1;
    return 0;
}

/* An hour of 1 to 12 in words or, with minutes in words after it, in digits; 0: none. */
static size_t hour_at(msched__slice s, size_t at, size_t language, int *hour)
{
    for (int i = 0; i < 12; i++)
        if (msched__word_ahead(s, at, languages[language].names[i])) {
            *hour = i + 1;
            return strlen(languages[language].names[i]);
        }
    size_t digits = msched__short_number(s, at);
    *hour = 0;
    for (size_t i = 0; i < digits; i++)
        *hour = 10 * *hour + s.data[at + i] - '0';
    return *hour >= 1 && *hour <= 12 ? digits : 0;
}

static size_t minutes_at(msched__slice s, size_t at, size_t language, int *minutes)
{
    *minutes = 0;
    for (size_t i = 0; i < 5 && languages[language].parts[i].words != NULL; i++)
        if (msched__word_ahead(s, at, languages[language].parts[i].words)) {
            *minutes = languages[language].parts[i].minutes;
            return strlen(languages[language].parts[i].words);
        }
    return 0;
}

/* "quarter to 5" is ambiguous like the hour alone; *at is the position of the marker. */
static void write_hour(msched__writer *w, size_t at, int hour, int minutes)
{
    static const char *const words[] = {"quarter to ", "", "quarter past ", "half past "};
    char text[32];
    if (minutes == 45)
        hour = hour % 12 + 1;
    int which = minutes == 45 ? 0 : minutes / 15 + 1;
    snprintf(text, sizeof text, "%s%d", words[which], hour);
    msched__write_text(w, text, at);
    w->changed = 1;
}

/* "from five to six", "von acht bis neun" */
static size_t take_spoken_range(msched__writer *w, size_t at)
{
    static const char *const words[][2] = {{"from", "to"}, {"von", "bis"}};
    msched__slice s = w->from;
    for (size_t l = 0; l < 2; l++) {
        size_t size = msched__phrase_at(s, at, words[l][0]),
               first = msched__after_blanks(s, at + size);
        int from = 0, until = 0;
        size_t one = size > 0 && first > at + size ? hour_at(s, first, l, &from) : 0,
               middle = msched__after_blanks(s, first + one),
               dash = one > 0 ? msched__phrase_at(s, middle, words[l][1]) : 0,
               second = msched__after_blanks(s, middle + dash);
        size_t two = dash > 0 && second > middle + dash ? hour_at(s, second, l, &until) : 0;
        if (two == 0 || msched__digit_at(s, first) || !ends_hour(s, second + two))
            continue;
        char text[32];
        snprintf(text, sizeof text, "from %d to %d", from, until);
        msched__write_text(w, text, at);
        w->changed = 1;
        return second + two - at;
    }
    return 0;
}

size_t msched__take_spoken_hour(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t range = take_spoken_range(w, at);
    if (range > 0)
        return range;
    for (size_t l = 0; l < sizeof languages / sizeof languages[0]; l++)
        for (size_t m = 0; m < 8 && languages[l].markers[m].words != NULL; m++) {
            size_t size = msched__phrase_at(s, at, languages[l].markers[m].words),
                   name = msched__after_blanks(s, at + size);
            int hour = 0, minutes = 0;
            if (size == 0 || name == at + size)
                continue;
            size_t named = hour_at(s, name, l, &hour);
            int in_digits = msched__digit_at(s, name);
            size_t part = msched__after_blanks(s, name + named),
                   parted = named > 0 ? minutes_at(s, part, l, &minutes) : 0,
                   end = parted > 0 ? part + parted : name + named;
            /* "At nine standup": no number of things begins a line so, but "At one with it" does */
            int begins = at == 0 && l == 0 && m == 0 && named > 0 && hour > 1;
            if (named == 0 || (in_digits && parted == 0) || (!ends_hour(s, end) && !begins))
                continue;
            msched__write_text(w, languages[l].markers[m].plain, at);
            msched__write_text(w, " ", at);
            write_hour(w, at, hour, minutes);
            size_t uhr = msched__after_blanks(s, end);
            return (msched__word_ahead(s, uhr, "uhr") ? uhr + 3 : end) - at;
        }
    return 0;
}

/* "halb 9", "viertel nach acht", "dreiviertel 3". */
size_t msched__take_german_hour(msched__writer *w, size_t at)
{
    static const struct {
        const char *words;
        int minutes;
    } parts[] = {{"halb", -30}, {"viertel nach", 15}, {"viertel vor", -15}, {"dreiviertel", -15}};
    msched__slice s = w->from;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        size_t size = msched__phrase_at(s, at, parts[i].words),
               name = msched__after_blanks(s, at + size);
        int hour = 0;
        size_t named = size > 0 && name > at + size ? hour_at(s, name, 1, &hour) : 0;
        if (named == 0 || msched__letter_at(s, name + named))
            continue;
        int minutes = (hour * 60 + parts[i].minutes) % 720;
        if (minutes >= 360) { /* as an hour of the 24-hour clock: in the morning */
            char clock[16];
            snprintf(clock, sizeof clock, "%d:%02d", minutes / 60, minutes % 60);
            msched__write_text(w, clock, at);
            w->changed = 1;
        } else {
            write_hour(w, at, minutes < 60 ? 12 : minutes / 60, minutes % 60);
        }
        return name + named - at;
    }
    return 0;
}

/* "14 heures", "10 heures 15" as 14h and 10h15, whose meaning the title decides. */
size_t msched__take_french_hours(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t digits = msched__digits_before(s, at), unit = msched__after_blanks(s, at);
    if (digits == 0 || digits > 2 || !msched__word_ahead(s, unit, "heures") ||
        (digits == 1 && s.data[at - 1] < '6'))
        return 0;
    size_t end = unit + strlen("heures"), minutes = msched__after_blanks(s, end);
    int more = msched__short_number(s, minutes) == 2 && msched__blank_at(s, minutes + 2);
    if (msched__word_ahead(s, minutes, "et"))
        return 0; /* "7 heures et demie" */
    msched__write_text(w, "h", at);
    w->changed = 1;
    return (more ? minutes : end) - at;
}
