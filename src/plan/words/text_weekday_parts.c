/* Weekdays with a part of the day, in several languages. */
#include "plan/words/text_weekday_parts.h"

#include "base/civil.h"
#include "plan/words/text_beside.h"
#include "plan/words/text_date_words.h"
#include "plan/words/text_weekdays.h"

#include <string.h>

/* Letters of a word, with those beyond ASCII and the hyphen of "après-midi". */
static size_t word_end(msched__slice s, size_t at)
{
    while (at < s.size && (msched__letter_at(s, at) || (unsigned char)s.data[at] >= 0x80 ||
                           (s.data[at] == '-' && msched__letter_at(s, at + 1))))
        at++;
    return at;
}

const char *msched__take_part_of_day(msched__slice s, size_t at, int *is_english, size_t *size,
                                     size_t *end)
{
    static const struct {
        const char *word, *part;
    } parts[] = {{"nachmittag", "@afternoon"},  {"vormittag", "@morning"},
                 {"middag", "@afternoon"},      {"mittag", "@noon"},
                 {"formiddag", "@morning"},     {"f\303\266rmiddag", "@morning"},
                 {"abend", "@evening"},         {"morgen", "@morning"},
                 {"fr\303\274h", "@morning"},   {"nacht", "@night"},
                 {"matin", "@morning"},         {"apr\303\250s-midi", "@afternoon"},
                 {"soir", "@evening"},          {"mattina", "@morning"},
                 {"pomeriggio", "@afternoon"},  {"sera", "@evening"},
                 {"kv\303\244ll", "@evening"},  {"aften", "@evening"},
                 {"kveld", "@evening"},         {"eftermiddag", "@afternoon"},
                 {"ettermiddag", "@afternoon"}, {"ochtend", "@morning"},
                 {"avond", "@evening"},         {"noche", "@evening"},
                 {"tarde", "@afternoon"},       {"noite", "@evening"},
                 {"manh\303\243", "@morning"},  {"abends", "@evening"},
                 {"morgens", "@morning"},       {"vormittags", "@morning"},
                 {"nachmittags", "@afternoon"}, {"morning", "@morning"},
                 {"afternoon", "@afternoon"},   {"evening", "@evening"},
                 {"night", "@evening"},         {"eve", "@evening"},
                 {"pm", "after 12:00"}};
    enum { ENGLISH = 6 };
    const size_t count = sizeof parts / sizeof parts[0];
    const size_t last = word_end(s, at), next = msched__after_blanks(s, last);
    for (size_t i = 0; i < count; i++) {
        const size_t tail = strlen(parts[i].word);
        *is_english = i + ENGLISH >= count;
        *size = last - at;
        *end = next + tail;
        /* "lördag middag" is a dinner */
        if (next > last && strcmp(parts[i].word, "middag") != 0 &&
            msched__word_ahead(s, next, parts[i].word))
            return parts[i].part;
        *size = last - at - (last - at > tail ? tail : 0);
        *end = last;
        if (last - at > tail &&
            msched__slice_is((msched__slice){s.data + last - tail, tail}, parts[i].word))
            return parts[i].part;
    }
    return NULL;
}

/* "Sat evening and Sunday": a second date, or the end of a range, follows. */
static int another_follows(msched__slice s, size_t at)
{
    static const char *const ands[] = {"and", "und", "et", "y", "e", "en", "og", "och", NULL};
    return msched__any_ahead(s, at, ands) > 0 ||
           msched__any_ahead(s, at, msched__range_words) > 0 ||
           msched__any_ahead(s, at, msched__or_words) > 0;
}

/* A clock time, which also says the part of the day, is in the words from an offset on. */
static int has_time(msched__slice s, size_t at)
{
    for (; at < s.size; at++)
        if (msched__blank_at(s, at) && !msched__blank_at(s, at + 1) && msched__time_follows(s, at))
            return 1;
    return 0;
}

/* "mi tarde libre": there, two letters are another word. */
static int is_iberian(msched__slice s, size_t at)
{
    static const char *const parts[] = {"noche", "tarde", "noite", "manh\303\243", NULL};
    return msched__any_ahead(s, at, parts) > 0;
}

/*
 * "Donnerstagabend", "am Freitag Abend", "jeden Sonntagnachmittag", "every Sunday afternoon": at
 * the start or the end of the text, or after such a word.
 */
static size_t take_part_of_weekday(msched__writer *w, size_t at)
{
    static const char *const ons[] = {"am", "on"}, *const everies[] = {"jeden", "every", "chaque",
                                                                       "ogni",  "elke",  "varje",
                                                                       "hver"};
    msched__slice s = w->from;
    const char *before = NULL;
    size_t start = at, size, end, read = 0;
    int is_english;
    for (size_t i = 0; i < sizeof everies / sizeof everies[0]; i++)
        if (msched__word_ahead(s, at, everies[i]) || (i < 2 && msched__word_ahead(s, at, ons[i])))
            before = msched__word_ahead(s, at, everies[i]) ? "every " : "on:";
    if (before != NULL)
        start = msched__after_blanks(s, word_end(s, at));
    const char *part = msched__take_part_of_day(s, start, &is_english, &size, &end);
    msched__date_word word;
    const msched__slice name = {s.data + start, size};
    if (part == NULL || size < 2)
        return 0;
    static const char *const italian[] = {"di sera", "di mattina", "di pomeriggio"};
    for (size_t i = 0; i < 3; i++)
        if (msched__word_ahead(s, start, italian[i])) /* "in the evening" */
            return 0;
    const int is_short = !msched__take_date_word(name, &read, &word);
    if (is_short && start + size < end)
        word.weekday = msched__take_weekday(name, &read); /* "Mi Nachmittag" */
    if (read < size || word.weekday < 0 || (size < 5 && start + size == end) ||
        (size < 3 && is_iberian(s, msched__after_blanks(s, start + size))))
        return 0;
    const int is_digit = msched__digit_at(s, msched__after_blanks(s, end)),
              is_colon = msched__byte_at(s, end) == ':';
    /* "Sat afternoon hike", "fri pm hoover", where "PM" may be a person elsewhere, as "Sam" is */
    const size_t next = msched__after_blanks(s, end);
    const int is_first = before == NULL && at == msched__after_blanks(s, 0) && next > end &&
                         msched__letter_at(s, next) && !another_follows(s, next) &&
                         !has_time(s, next) && !(is_short && is_english);
    if (part[0] == 'a' && !(is_first && s.data[end - 1] == 'm'))
        return 0;
    if (is_english && size < 5 && end < s.size && !is_colon && !is_digit && !is_first)
        return 0; /* "every mon morning run" */
    if (before == NULL && end < s.size && !is_colon && !is_first &&
        (is_english || (at > 0 && !is_digit && strchr(",;.)", s.data[end]) == NULL)))
        return 0;
    msched__write_text(w, before == NULL ? "on:" : before, at);
    msched__write_text(w, msched__weekday_keys[word.weekday], at);
    msched__write_text(w, " ", at);
    msched__write_text(w, part, at);
    w->changed = 1;
    return end + (is_colon && before == NULL) - at;
}

/* "every mon and thu evening", at the end or before a number or a mark. */
static size_t take_part_of_list(msched__writer *w, size_t at)
{
    static const char *const parts[] = {"morning", "afternoon", "evening", "night"};
    msched__slice s = w->from;
    size_t start = msched__after_blanks(s, at + 5);
    const int is_every = msched__word_ahead(s, at, "every");
    for (size_t p = start, words = 0; is_every && p < s.size && words < 8; words++) {
        for (size_t i = 0; i < 4; i++) {
            const size_t end = p + strlen(parts[i]), next = msched__after_blanks(s, end);
            msched__date_list list;
            if (p == start || !msched__word_ahead(s, p, parts[i]) ||
                (next < s.size && (msched__letter_at(s, next) || next == end)) ||
                !msched__scan_date_list((msched__slice){s.data + start, p - 1 - start}, &list))
                continue;
            msched__write_bytes(w, at, p - at);
            msched__write_text(w, "@", p);
            msched__write_text(w, parts[i < 3 ? i : 2], p);
            w->changed = 1;
            return end - at;
        }
        while (!msched__blank_at(s, p))
            p++;
        p = msched__after_blanks(s, p);
    }
    return 0;
}

size_t msched__take_weekday_part(msched__writer *w, size_t at)
{
    const size_t done = take_part_of_weekday(w, at);
    return done == 0 ? take_part_of_list(w, at) : done;
}
