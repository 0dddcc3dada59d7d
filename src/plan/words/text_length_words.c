/*
 * Lengths in words: "zweieinhalb Stunden", "deux heures et demie", "drie kwartier", "an hour and a
 * quarter". They become minutes in the plain line, or hours with "h" if they may be times, too.
 */
#include "plan/words/text_clock_words.h"
#include "plan/words/text_clock_language.h"
#include "plan/words/text_number_words.h"

#include <stdio.h>
#include <string.h>

/* Each list ends with NULL. */
static const struct {
    const char *hours[6], *quarters[4], *minutes[5], *ands[3];
    msched__named befores[5], afters[5]; /* between the number and its unit, and after the unit */
} languages[MSCHED__LANGUAGES] = {
    [MSCHED__ENGLISH] = {.hours = {"hours", "hour", "hrs", "hr", NULL},
                         .minutes = {"minutes", "minute", "mins", "min", NULL},
                         .ands = {"and", NULL},
                         .befores = {{"and a quarter", 15}, {NULL, 0}},
                         .afters = {{"and a quarter", 15}, {"and three quarters", 45}, {NULL, 0}}},
    [MSCHED__GERMAN] = {.hours = {"stunden", "stunde", "std.", "std", NULL},
                        .quarters = {"viertelstunden", NULL},
                        .minutes = {"minuten", "minute", "min", NULL},
                        .ands = {"und", NULL},
                        .befores = {{"und eine halbe", 30}, {"und eine viertel", 15}, {NULL, 0}},
                        .afters = {{"und eine viertelstunde", 15}, {NULL, 0}}},
    [MSCHED__FRENCH] = {.hours = {"heures", "heure", NULL},
                        .minutes = {"minutes", "minute", "min", NULL},
                        .ands = {"et", NULL},
                        .afters = {{"et demie", 30},
                                   {"et quart", 15},
                                   {"et un quart", 15},
                                   {"trois quarts", 45},
                                   {NULL, 0}}},
    [MSCHED__SPANISH] = {.hours = {"horas", "hora", NULL},
                         .minutes = {"minutos", "minuto", "min", NULL},
                         .ands = {"y", "con", NULL},
                         .afters = {{"y media", 30},
                                    {"y cuarto", 15},
                                    {"y un cuarto", 15},
                                    {"y tres cuartos", 45},
                                    {NULL, 0}}},
    [MSCHED__ITALIAN] = {.hours = {"ore", "ora", NULL},
                         .minutes = {"minuti", "minuto", "min", NULL},
                         .ands = {"e", NULL},
                         .afters = {{"e mezza", 30},
                                    {"e mezzo", 30},
                                    {"e un quarto", 15},
                                    {"e tre quarti", 45},
                                    {NULL, 0}}},
    [MSCHED__PORTUGUESE] = {.hours = {"horas", "hora", NULL},
                            .minutes = {"minutos", "minuto", "min", NULL},
                            .ands = {"e", NULL},
                            .afters = {{"e meia", 30}, {"e um quarto", 15}, {NULL, 0}}},
    [MSCHED__DUTCH] = {.hours = {"uur", "uren", NULL},
                       .quarters = {"kwartier", NULL},
                       .minutes = {"minuten", "minuut", "min", NULL},
                       .ands = {"en", NULL},
                       .befores = {{"en een half", 30}, {"en een kwart", 15}, {NULL, 0}},
                       .afters = {{"en een kwartier", 15}, {"en een half", 30}, {NULL, 0}}},
    [MSCHED__SWEDISH] = {.hours = {"timmar", "timme", NULL},
                         .quarters = {"kvartar", "kvart", NULL},
                         .minutes = {"minuter", "minut", "min", NULL},
                         .ands = {"och", NULL},
                         .befores = {{"och en halv", 30}, {NULL, 0}},
                         .afters = {{"och en kvart", 15}, {NULL, 0}}},
    [MSCHED__DANISH] = {.hours = {"timer", "time", NULL},
                        .quarters = {"kvarter", NULL},
                        .minutes = {"minutter", "minut", "minutt", "min", NULL},
                        .ands = {"og", NULL},
                        .befores = {{"og en halv", 30}, {"en halv", 30}, {NULL, 0}},
                        .afters = {{"og et kvarter", 15}, {NULL, 0}}},
    [MSCHED__POLISH] = {.hours = {"godziny", "godzin", "godzin\304\231", "godz.", "godz", NULL},
                        .quarters = {"kwadranse", "kwadrans", NULL},
                        .minutes = {"minut", "minuty", "minuta", "minut\304\231", NULL},
                        .ands = {"i", NULL},
                        .befores = {{"i p\303\263\305\202", 30}, {NULL, 0}},
                        .afters = {{"i kwadrans", 15}, {NULL, 0}}},
};

typedef struct worded_length {
    int hours, minutes;   /* as in "two hours fifteen" */
    int worded, is_whole; /* has a word for a number; is a number of hours alone */
    int language, in_minutes, is_glued;
} worded_length;

/* "zweieinhalb", "tweeëneenhalf": hours and minutes in one word; 0: none. */
static size_t glued_at(msched__slice s, size_t at, worded_length *l)
{
    static const struct {
        int language;
        const char *numbers[8], *ends[5];
        int minutes[4];
    } words[] = {{MSCHED__GERMAN,
                  {"ein", "zwei", "drei", "vier", "f\303\274nf", "sechs", "sieben", "acht"},
                  {"einhalb", "einviertel", "eindreiviertel", NULL},
                  {30, 15, 45}},
                 {MSCHED__DUTCH,
                  {"een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht"},
                  {"\303\253neenhalf", "eneenhalf", "\303\253nhalf", "enhalf", NULL},
                  {30, 30, 30, 30}},
                 {MSCHED__DANISH, {"halv"}, {"anden", "annen", NULL}, {30, 30}}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        for (int n = 0; n < 8 && words[i].numbers[n] != NULL; n++) {
            const size_t size = msched__phrase_at(s, at, words[i].numbers[n]);
            for (size_t e = 0; size > 0 && words[i].ends[e] != NULL; e++)
                if (msched__word_ahead(s, at + size, words[i].ends[e])) {
                    *l = (worded_length){.hours = n + 1,
                                         .minutes = words[i].minutes[e],
                                         .worded = 1,
                                         .language = words[i].language};
                    return size + strlen(words[i].ends[e]);
                }
        }
    return 0;
}

/* "et demie", "y quince minutos", "trente" after the hours; moves *end past it. */
static void take_rest(msched__slice s, size_t *end, worded_length *l)
{
    const size_t next = msched__after_blanks(s, *end);
    int minutes = 0;
    size_t size = next > *end ? msched__named_at(s, next, languages[l->language].afters, &minutes)
                              : 0;
    if (size > 0) {
        l->minutes = minutes;
        l->worded = 1;
        *end = next + size;
        return;
    }
    uint32_t found;
    const size_t joint = next > *end ? msched__any_ahead(s, next, languages[l->language].ands) : 0,
                 p = msched__after_blanks(s, next + joint);
    size = msched__number_word(s, p, 1u << l->language, &minutes, &found);
    const int worded = size > 0;
    if (!worded && (size = msched__short_number(s, p)) > 0) {
        size_t number = p;
        minutes = msched__take_number(s, &number, 2);
    }
    const size_t unit = msched__after_blanks(s, p + size),
                 named = size > 0 ? msched__any_ahead(s, unit, languages[l->language].minutes) : 0;
    const size_t after = msched__after_blanks(s, p + size);
    const int ends = after >= s.size ||
                     !(msched__letter_at(s, after) || msched__digit_at(s, after));
    if (size == 0 || next == *end || minutes > 59 || (joint > 0 && p == next + joint) ||
        (named == 0 && (joint > 0 || !worded || minutes % 5 != 0 || !ends)))
        return;
    l->minutes += minutes;
    l->worded |= worded;
    *end = named > 0 ? unit + named : p + size;
}

/* A number with "et demie" and the like, its unit, and what is after it; 0: none. */
static size_t length_at(msched__slice s, size_t at, worded_length *l)
{
    size_t end = at;
    const int language = l->language;
    uint32_t found;
    int number = 0;
    size_t size = l->is_glued ? glued_at(s, at, l) : 0;
    const int is_glued = size > 0;
    if (!is_glued) {
        *l = (worded_length){.language = language};
        size = msched__number_word(s, at, 1u << language, &number, &found);
        l->worded = size > 0;
        if (size == 0 && (size = msched__short_number(s, at)) > 0) {
            size_t p = at;
            number = msched__take_number(s, &p, 2);
        }
        l->hours = number;
    }
    size_t next = msched__after_blanks(s, end + size);
    if (language == MSCHED__ITALIAN && msched__phrase_at(s, at, "un'") > 0) {
        l->hours = number = l->worded = 1;
        next = at + strlen("un'");
        size = next - at - 1;
    }
    if (size == 0 || next == end + size)
        return 0;
    const size_t before = is_glued
                              ? 0
                              : msched__named_at(s, next, languages[language].befores, &l->minutes);
    if (before > 0) {
        l->worded = 1;
        next = msched__after_blanks(s, next + before);
    }
    const size_t hours = msched__any_ahead(s, next, languages[language].hours);
    if (hours > 0) {
        end = next + hours;
        l->is_whole = before == 0 && !is_glued;
        if (l->is_whole)
            take_rest(s, &end, l);
        l->is_whole &= l->minutes == 0;
        return end - at;
    }
    const size_t quarters = msched__any_ahead(s, next, languages[language].quarters),
                 minutes = msched__any_ahead(s, next, languages[language].minutes);
    if (before > 0 || is_glued || quarters + minutes == 0)
        return 0;
    l->minutes = quarters > 0 ? 15 * number : number;
    l->hours = 0;
    l->in_minutes = 1;
    return next + quarters + minutes - at;
}

/* "toutes les deux heures" is a repeat, "en dos horas" a time from now on. */
static int is_other(msched__slice s, size_t at)
{
    static const char *const befores[] = {
        "les",   "des",  "los",    "las",   "die",   "den",       "os",  "as",    "alle",
        "cada",  "elke", "iedere", "ogni",  "every", "each",      "var", "varje", "hver",
        "hvert", "co",   "per",    "over",  "tra",   "fra",       "om",  "za",    "the",
        "this",  "next", "last",   "first", "en",    "dentro de", NULL};
    return msched__follows_word(s, at, befores);
}

/* "Switch to timer", "a fire time": two words of English, which Danish has, too. */
static int is_english(msched__slice s, size_t at, const worded_length *l)
{
    static const char *const verbs[] = {"set", "switch", "add", "change",  "move",
                                        "go",  "a",      "the", "convert", NULL};
    if (l->language != MSCHED__DANISH ||
        !(msched__word_ahead(s, at, "to") || msched__word_ahead(s, at, "fire")))
        return 0;
    for (size_t i = 0; i < at && i < 100; i++)
        if ((i == 0 || msched__blank_at(s, i - 1)) && msched__any_ahead(s, i, verbs) > 0)
            return 1;
    return 0;
}

/* "zwei bis drei" before a unit: the first of two numbers, with the word between them; 0: none. */
static size_t first_of_two(msched__slice s, size_t at, int language, int *number)
{
    static const char *const links[] = {"bis",  "oder",  "\303\240", "ou", "a",   "o", "tot", "of",
                                        "till", "eller", "til",      "do", "lub", "-", NULL};
    uint32_t found;
    const size_t size = msched__number_word(s, at, 1u << language, number, &found),
                 link = msched__after_blanks(s, at + size);
    if (size == 0 || link == at + size)
        return 0;
    const size_t word = msched__any_ahead(s, link, links),
                 next = msched__after_blanks(s, link + word);
    return word > 0 && next > link + word ? next - at : 0;
}

static void write_length(msched__writer *w, size_t at, int first, const worded_length *l)
{
    char text[40];
    const char *unit = l->in_minutes ? "min" : "hours";
    const int minutes = l->hours * 60 + l->minutes;
    if (msched__clock_languages[l->language].is_length && l->hours >= 6 && first == 0)
        snprintf(text, sizeof text, l->minutes > 0 ? "%dh%02d" : "%dh", l->hours, l->minutes);
    else if (msched__clock_languages[l->language].is_length && first >= 6 && !l->in_minutes)
        snprintf(text, sizeof text, "%dh-%dh", first, l->hours);
    else if (first > 0)
        snprintf(text, sizeof text, "%d-%d %s", first, l->in_minutes ? l->minutes : l->hours, unit);
    else
        snprintf(text, sizeof text, "%d min", minutes);
    msched__write_text(w, text, at);
    w->changed = 1;
}

/* The languages in which a length may begin at an offset. *is_glued: with "zweieinhalb". */
static uint32_t length_languages(msched__slice s, size_t at, int *is_glued)
{
    const size_t digits = msched__short_number(s, at);
    const uint32_t all = (1u << MSCHED__LANGUAGES) - 1;
    worded_length l;
    uint32_t found = 0;
    int number;
    *is_glued = 0;
    if (digits > 0)
        return msched__blank_at(s, at + digits) ? all : 0;
    if (!msched__letter_at(s, at) || msched__number_word(s, at, all, &number, &found) > 0)
        return found;
    *is_glued = glued_at(s, at, &l) > 0;
    return *is_glued                             ? 1u << l.language
           : msched__phrase_at(s, at, "un'") > 0 ? 1u << MSCHED__ITALIAN
                                                 : 0;
}

size_t msched__take_length_words(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    int is_glued;
    const uint32_t found = length_languages(s, at, &is_glued);
    if (found == 0)
        return 0;
    for (int i = 0; i < MSCHED__LANGUAGES; i++) {
        worded_length l = {.language = i, .is_glued = is_glued};
        int first = 0;
        if ((found >> i & 1) == 0)
            continue;
        size_t lead = i == MSCHED__ENGLISH ? 0 : first_of_two(s, at, i, &first);
        size_t bytes = lead > 0 ? length_at(s, at + lead, &l) : 0;
        if (bytes == 0 || !(l.is_whole || l.in_minutes) ||
            first >= (l.in_minutes ? l.minutes : l.hours)) {
            lead = 0;
            first = 0;
            l = (worded_length){.language = i, .is_glued = is_glued};
            bytes = length_at(s, at, &l);
        }
        if (bytes == 0 || (!l.worded && first == 0))
            continue;
        const int is_one = l.is_whole && l.hours == 1 && i <= MSCHED__DUTCH && first == 0;
        /* English numbers beside a unit are read later */
        const int is_later = i == MSCHED__ENGLISH && (l.in_minutes || l.minutes % 30 == 0);
        const size_t end = at + lead + bytes;
        if (is_one || is_later || l.hours > 24 || l.hours * 60 + l.minutes == 0 ||
            msched__is_part_ahead(s, end, i) || is_other(s, at) || is_english(s, at, &l) ||
            !msched__has_words_beside(s, at, end))
            return 0;
        write_length(w, at, first, &l);
        return lead + bytes;
    }
    return 0;
}

/* Not "Drei Uhr-Modelle". */
static int ends_word(msched__slice s, size_t at)
{
    return msched__blank_at(s, at) || strchr(",;:.!?)", s.data[at]) != NULL;
}

size_t msched__left_words(msched__slice s, size_t at, int *is_length)
{
    const uint32_t all = (1u << MSCHED__LANGUAGES) - 1;
    const size_t digits = msched__short_number(s, at);
    uint32_t found = all;
    size_t p = at;
    int number = digits > 0 ? msched__take_number(s, &p, 2) : 0;
    const size_t size = digits > 0 ? digits : msched__number_word(s, at, all, &number, &found),
                 next = msched__after_blanks(s, at + size);
    for (int i = 0; size > 0 && next > at + size && i < MSCHED__LANGUAGES; i++) {
        if ((found >> i & 1) == 0)
            continue;
        const size_t time = msched__time_word_at(s, next, i, number);
        *is_length = time == 0;
        if (time > 0)
            return ends_word(s, next + time) ? next + time - at : 0;
        /* "wait a minute"; "to timer" and "24 hours" are titles, too */
        if (digits > 0 || (i == MSCHED__ENGLISH && number == 1) || i == MSCHED__DANISH)
            continue;
        size_t unit = msched__any_ahead(s, next, languages[i].hours);
        unit = unit == 0 ? msched__any_ahead(s, next, languages[i].minutes) : unit;
        if (unit > 0)
            return ends_word(s, next + unit) ? next + unit - at : 0;
    }
    return 0;
}
