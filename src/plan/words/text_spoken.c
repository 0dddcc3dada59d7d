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
    {{{"a las", "at"},
      {"a la", "at"},
      {"hacia las", "at"},
      {"sobre las", "at"},
      {"antes de las", "before"},
      {"hasta las", "before"},
      {"despu\303\251s de las", "after"}},
     {"una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once",
      "doce"},
     {{"y media", 30}, {"y cuarto", 15}, {"menos cuarto", -15}}},
    {{{"alle", "at"},
      {"all'", "at"},
      {"verso le", "at"},
      {"prima delle", "before"},
      {"entro le", "before"},
      {"dopo le", "after"}},
     {"una", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici",
      "dodici"},
     {{"e mezza", 30}, {"e mezzo", 30}, {"e un quarto", 15}, {"meno un quarto", -15}}},
    {{{"\303\240s", "at"},
      {"por volta das", "at"},
      {"antes das", "before"},
      {"at\303\251 as", "before"},
      {"depois das", "after"}},
     {"uma", "duas", "tr\303\252s", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez",
      "onze", "doze"},
     {{"e meia", 30}, {"e um quarto", 15}, {"e quinze", 15}}},
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

/* "12 e 30", "9": an hour and its minutes in Italian; 0: none. */
static size_t italian_clock_at(msched__slice s, size_t at, int clock[2])
{
    const size_t digits = msched__short_number(s, at), e = msched__after_blanks(s, at + digits);
    const size_t minutes = msched__after_blanks(s, e + 1);
    size_t end = at;
    clock[0] = digits > 0 ? msched__take_number(s, &end, 2) : -1;
    clock[1] = 0;
    if (digits == 0 || clock[0] > 24)
        return 0;
    if (e > at + digits && msched__word_ahead(s, e, "e") && msched__short_number(s, minutes) == 2) {
        size_t p = minutes;
        clock[1] = msched__take_number(s, &p, 2);
        return clock[1] < 60 ? p - at : 0;
    }
    return msched__blank_at(s, end) ? digits : 0;
}

/* "dalle 12 e 30 alle 13 e 30", "alle 9 e 15": with minutes at one end at least. */
static size_t take_italian(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    const int is_range = msched__word_ahead(s, at, "dalle");
    const size_t first = msched__after_blanks(s, at + (is_range ? 5 : 4));
    int from[2], to[2] = {0, 0};
    if (!is_range && !msched__word_ahead(s, at, "alle"))
        return 0;
    const size_t one = italian_clock_at(s, first, from),
                 dash = msched__after_blanks(s, first + one), second = dash + 5;
    const size_t two = is_range && msched__word_ahead(s, dash, "alle")
                           ? italian_clock_at(s, second, to)
                           : 0;
    const size_t end = is_range ? second + two : first + one;
    if (one == 0 || (is_range && two == 0) || from[1] + to[1] == 0 || msched__letter_at(s, end))
        return 0;
    char text[80];
    if (is_range)
        snprintf(text, sizeof text, "from %d:%02d to %d:%02d", from[0], from[1], to[0], to[1]);
    else
        snprintf(text, sizeof text, "at %d:%02d", from[0], from[1]);
    msched__write_text(w, text, at);
    w->changed = 1;
    return end - at;
}

/* "в 13 часов", "в 9 часов 30 минут", "в 7 часов вечера": a time, where "13 часов" is a length. */
static size_t take_russian(msched__writer *w, size_t at)
{
    static const char *const hours[] = {"\321\207\320\260\321\201\320\276\320\262",
                                        "\321\207\320\260\321\201\320\260",
                                        "\321\207\320\260\321\201"},
                             *const evenings[] = {
                                 "\320\262\320\265\321\207\320\265\321\200\320\260",
                                 "\320\264\320\275\321\217"};
    msched__slice s = w->from;
    const size_t number = msched__after_blanks(s, at + 2), digits = msched__short_number(s, number);
    size_t unit = msched__after_blanks(s, number + digits), p = number, end = 0;
    if (msched__phrase_at(s, at, "\320\262") == 0 || number == at + 2 || digits == 0)
        return 0;
    const int hour = msched__take_number(s, &p, 2);
    for (size_t i = 0; i < 3 && end == 0; i++)
        if (msched__phrase_at(s, unit, hours[i]) > 0)
            end = unit + strlen(hours[i]);
    if (end == 0 || hour > 24 || !msched__blank_at(s, end))
        return 0;
    size_t next = msched__after_blanks(s, end), minutes = next;
    int minute = msched__short_number(s, next) == 2 ? msched__take_number(s, &minutes, 2) : -1;
    if (minute >= 0 && minute < 60 &&
        msched__phrase_at(s, msched__after_blanks(s, minutes),
                          "\320\274\320\270\320\275\321\203\321\202") > 0) {
        end = msched__after_blanks(s, minutes) + strlen("\320\274\320\270\320\275\321\203\321\202");
        next = msched__after_blanks(s, end);
    } else {
        minute = 0;
    }
    int late = 0;
    for (size_t i = 0; i < 2; i++)
        if (msched__phrase_at(s, next, evenings[i]) > 0) {
            end = next + strlen(evenings[i]);
            late = hour < 12 ? 12 : 0;
        }
    const int early = msched__phrase_at(s, next, "\321\203\321\202\321\200\320\260") > 0;
    end = early ? next + strlen("\321\203\321\202\321\200\320\260") : end;
    char text[40];
    if (hour + late > 12 || minute > 0 || early || late > 0)
        snprintf(text, sizeof text, "at %02d:%02d", hour + late, minute);
    else
        snprintf(text, sizeof text, "@ %d", hour);
    msched__write_text(w, text, at);
    w->changed = 1;
    return end - at;
}

/* "médico 12 y cuarto": a quarter after an hour alone, at the end. */
static size_t take_quarter(msched__writer *w, size_t at)
{
    enum { SPANISH = 2 };
    msched__slice s = w->from;
    int hour, minutes;
    if (at == 0 || !msched__digit_at(s, at))
        return 0;
    const size_t named = hour_at(s, at, SPANISH, &hour), part = msched__after_blanks(s, at + named),
                 size = named > 0 && part > at + named ? minutes_at(s, part, SPANISH, &minutes) : 0;
    if (size == 0 || minutes == 30 || msched__after_blanks(s, part + size) < s.size)
        return 0; /* "estudiar 2 y media" */
    msched__write_text(w, "at ", at);
    write_hour(w, at, hour, minutes);
    return part + size - at;
}

size_t msched__take_spoken_hour(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t range = take_spoken_range(w, at);
    range = range == 0 ? take_italian(w, at) : range;
    range = range == 0 ? take_russian(w, at) : range;
    range = range == 0 ? take_quarter(w, at) : range;
    if (range > 0)
        return range;
    for (size_t l = 0; l < sizeof languages / sizeof languages[0]; l++)
        for (size_t m = 0; m < 8 && languages[l].markers[m].words != NULL; m++) {
            size_t size = msched__phrase_at(s, at, languages[l].markers[m].words),
                   name = msched__after_blanks(s, at + size);
            int hour = 0, minutes = 0;
            if (size == 0 || (name == at + size && s.data[name - 1] != '\''))
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

/* An hour of 1 to 12 in Dutch or German words, or in digits; 0: none. */
static size_t dutch_hour_at(msched__slice s, size_t at, int *hour)
{
    static const char *const names[] = {"een",   "twee", "drie",  "vier", "vijf", "zes",
                                        "zeven", "acht", "negen", "tien", "elf",  "twaalf"};
    for (int i = 0; i < 12; i++)
        if (msched__word_ahead(s, at, names[i])) {
            *hour = i + 1;
            return strlen(names[i]);
        }
    if (msched__word_ahead(s, at, "\303\251\303\251n")) {
        *hour = 1;
        return strlen("\303\251\303\251n");
    }
    return hour_at(s, at, 1, hour);
}

/* " abends" after an hour: it is in the second half of the day. */
static size_t evening_at(msched__slice s, size_t at)
{
    static const char *const words[] = {"abends", "am abend", "nachmittags", "'s avonds",
                                        "'s middags"};
    const size_t next = msched__after_blanks(s, at);
    for (size_t i = 0; i < sizeof words / sizeof words[0] && next > at; i++)
        if (msched__word_ahead(s, next, words[i]))
            return next + strlen(words[i]) - at;
    return 0;
}

/* "10 nach 8", "fünf vor zwölf", "10 over 8": minutes beside an hour; 0: none. */
static size_t minutes_beside(msched__slice s, size_t at, int *minutes)
{
    static const struct {
        const char *word;
        int sign;
    } sides[] = {{"nach", 1}, {"vor", -1}, {"over", 1}, {"voor", -1}};
    static const char *const names[] = {"f\303\274nf", "zehn", "zwanzig",
                                        "vijf",        "tien", "twintig"};
    static const int values[] = {5, 10, 20, 5, 10, 20};
    size_t digits = msched__short_number(s, at), end = at + digits;
    *minutes = digits == 2 ? 10 * (s.data[at] - '0') + s.data[at + 1] - '0'
               : digits    ? s.data[at] - '0'
                           : 0;
    for (size_t i = 0; digits == 0 && i < sizeof names / sizeof names[0]; i++)
        if (msched__word_ahead(s, at, names[i])) {
            end = at + strlen(names[i]);
            *minutes = values[i];
        }
    const size_t side = msched__after_blanks(s, end);
    if (side == end || *minutes < 1 || *minutes > 29)
        return 0;
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++)
        if (msched__word_ahead(s, side, sides[i].word)) {
            *minutes *= sides[i].sign;
            return side + strlen(sides[i].word) - at;
        }
    return 0;
}

/* The words before an hour, as its difference in minutes; 0: none. *is_number: "12 nach" */
static size_t part_of_hour(msched__slice s, size_t at, int *minutes, int *is_dutch, int *is_number)
{
    static const struct {
        const char *words;
        int minutes, is_dutch;
    } parts[] = {{"halb", -30, 0},         {"viertel nach", 15, 0}, {"viertel vor", -15, 0},
                 {"dreiviertel", -15, 0},  {"viertel", -45, 0},     {"om half", -30, 1},
                 {"kwart over", 15, 1},    {"kwart voor", -15, 1},  {"om kwart over", 15, 1},
                 {"om kwart voor", -15, 1}};
    *is_number = 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const size_t size = msched__phrase_at(s, at, parts[i].words);
        const size_t name = msched__after_blanks(s, at + size);
        if (size == 0 || name == at + size ||
            (i == 4 && (msched__word_ahead(s, name, "nach") || msched__word_ahead(s, name, "vor"))))
            continue;
        *minutes = parts[i].minutes;
        *is_dutch = parts[i].is_dutch;
        return size;
    }
    const size_t marker = msched__word_ahead(s, at, "um") || msched__word_ahead(s, at, "om") ? 3
                                                                                             : 0;
    const size_t size = minutes_beside(s, at + marker, minutes);
    *is_dutch = *is_number = 1;
    return size > 0 ? marker + size : 0;
}

/*
 * "halb 9", "viertel nach acht", "dreiviertel 3", "viertel 9" (a quarter of the ninth hour),
 * "om half 9", "kwart over 8".
 */
size_t msched__take_german_hour(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    int minutes, is_dutch, is_number, hour = 0;
    const size_t size = part_of_hour(s, at, &minutes, &is_dutch, &is_number),
                 name = msched__after_blanks(s, at + size);
    if (size == 0 || name == at + size)
        return 0;
    const size_t named = is_dutch ? dutch_hour_at(s, name, &hour) : hour_at(s, name, 1, &hour),
                 end = name + named;
    if (named == 0 || msched__letter_at(s, end) || (is_number && !ends_hour(s, end)))
        return 0;
    const size_t evening = evening_at(s, end);
    minutes = (hour * 60 + minutes + 720) % 720;
    /* as an hour of the 24-hour clock: in the morning */
    if (minutes >= 360 || minutes % 15 != 0 || evening > 0) {
        char clock[24];
        minutes += evening > 0 || minutes < 360 ? 720 : 0;
        snprintf(clock, sizeof clock, "%d:%02d", minutes / 60, minutes % 60);
        msched__write_text(w, clock, at);
        w->changed = 1;
    } else {
        write_hour(w, at, minutes < 60 ? 12 : minutes / 60, minutes % 60);
    }
    return end + evening - at;
}

/* "et quart", "et demie", "moins le quart" after an hour: the minutes; 0: none. */
static size_t french_part_at(msched__slice s, size_t at, int *minutes)
{
    static const struct {
        const char *words;
        int minutes;
    } parts[] = {{"et quart", 15}, {"et demie", 30}, {"moins le quart", -15}};
    const size_t part = msched__after_blanks(s, at);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && part > at; i++)
        if (msched__word_ahead(s, part, parts[i].words)) {
            *minutes = parts[i].minutes;
            return part + strlen(parts[i].words) - at;
        }
    return 0;
}

/* "10h et quart", "9 heures moins le quart" after a word for a time, "à" or "vers". */
static size_t take_french_part(msched__writer *w, size_t at, size_t digits, size_t unit)
{
    msched__slice s = w->from;
    const size_t size = msched__word_ahead(s, unit, "heures") ? 6
                                                              : msched__word_ahead(s, unit, "h");
    size_t before = at - digits;
    int minutes = 0;
    const size_t part = size > 0 ? french_part_at(s, unit + size, &minutes) : 0;
    while (before > 0 && msched__blank_at(s, before - 1))
        before--;
    const int is_time = (before > 3 && msched__word_ahead(s, before - 4, "vers")) ||
                        (before > 1 && memcmp(s.data + before - 2, "\303\240", 2) == 0);
    if (part == 0 || !is_time)
        return 0;
    int hour = s.data[at - 1] - '0' + (digits == 2 ? 10 * (s.data[at - 2] - '0') : 0);
    char clock[24];
    if (hour < 1 || hour > 24)
        return 0;
    snprintf(clock, sizeof clock, "%d:%02d", (hour * 60 + minutes) / 60,
             (hour * 60 + minutes) % 60);
    w->size -= digits;
    msched__write_text(w, clock, at - digits);
    w->changed = 1;
    return unit + size + part - at;
}

/* "14 heures", "10 heures 15" as 14h and 10h15, whose meaning the title decides. */
size_t msched__take_french_hours(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t digits = msched__digits_before(s, at), unit = msched__after_blanks(s, at);
    if (digits == 0 || digits > 2)
        return 0;
    const size_t done = take_french_part(w, at, digits, unit);
    if (done > 0 || !msched__word_ahead(s, unit, "heures") || (digits == 1 && s.data[at - 1] < '6'))
        return done;
    size_t end = unit + strlen("heures"), minutes = msched__after_blanks(s, end);
    int more = msched__short_number(s, minutes) == 2 && msched__blank_at(s, minutes + 2);
    if (msched__word_ahead(s, minutes, "et"))
        return 0; /* "7 heures et demie" */
    msched__write_text(w, "h", at);
    w->changed = 1;
    return (more ? minutes : end) - at;
}

/* "\303\240 dix heures", "vers neuf heures et demie": an hour in words. */
size_t msched__take_french_words(msched__writer *w, size_t at)
{
    static const char *const markers[] = {"\303\240", "vers", "avant", "apr\303\250s"},
                             *const plain[] = {"at ", "at ", "before ", "after "};
    static const char *const names[] = {"une",  "deux", "trois", "quatre", "cinq", "six",
                                        "sept", "huit", "neuf",  "dix",    "onze", "douze"};
    msched__slice s = w->from;
    for (size_t m = 0; m < sizeof markers / sizeof markers[0]; m++) {
        const size_t size = msched__phrase_at(s, at, markers[m]),
                     name = msched__after_blanks(s, at + size);
        for (int i = 0; size > 0 && name > at + size && i < 12; i++) {
            const size_t unit = msched__after_blanks(s, name + strlen(names[i]));
            if (!msched__word_ahead(s, name, names[i]) ||
                !msched__word_ahead(s, unit, i == 0 ? "heure" : "heures"))
                continue;
            int minutes = 0;
            const size_t end = unit + (i == 0 ? 5 : 6), part = french_part_at(s, end, &minutes);
            msched__write_text(w, plain[m], at);
            write_hour(w, at, i + 1, minutes);
            return end + part - at;
        }
    }
    return 0;
}

/* "7pm-ish", "2:30ish", "3pm~". */
size_t msched__take_ish(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t size = msched__phrase_at(s, at, "-ish");
    size = size == 0 ? msched__phrase_at(s, at, "ish") : size;
    size = size == 0 && at > 0 && s.data[at] == '~' ? 1 : size;
    int clock = at > 3 && s.data[at - 3] == ':' && msched__digit_at(s, at - 1);
    const int is_hour = at > 1 && msched__lower(s.data[at - 1]) == 'h' &&
                        msched__digit_at(s, at - 2); /* "19h~" */
    if (is_hour && size > 0 && msched__blank_at(s, at + size)) {
        w->changed = 1;
        return size;
    }
    if (clock && size > 0 && msched__blank_at(s, at + size)) {
        size_t digits = msched__digits_before(s, at - 3);
        if (digits == 1 && s.data[at - 4] < '7') /* hardly anyone means the night */
            msched__write_text(w, "pm", at);
        w->changed = 1;
        return size;
    }
    char last = at > 0 ? msched__lower(s.data[at - 1]) : '\0';
    if (size == 0 || last != 'm' || at < 3 || !msched__blank_at(s, at + size))
        return 0;
    w->changed = 1;
    return size;
}
