/*
 * Numbers that are times only beside certain words: "18,30" after "alle" or before "Uhr", which is
 * a price or a length elsewhere, "9 sharp" before a meeting, and "+-20min".
 */
#include "plan/words/text_marked_clock.h"

#include <string.h>

/* Bytes of "18,30" that ends there; 0: none. */
static size_t comma_clock_at(msched__slice s, size_t at)
{
    size_t p = at;
    const size_t digits = msched__short_number(s, at), minutes = at + digits + 1;
    if (digits == 0 || msched__byte_at(s, at + digits) != ',' ||
        msched__short_number(s, minutes) != 2 || s.data[minutes] > '5' ||
        msched__take_number(s, &p, 2) > 24)
        return 0;
    const size_t end = minutes + 2;
    return msched__blank_at(s, end) || strchr(",;:.)-", s.data[end]) != NULL ? end - at : 0;
}

static void write_clock(msched__writer *w, size_t at, size_t size)
{
    msched__write_bytes(w, at, size - 3);
    msched__write_text(w, ":", at + size - 3);
    msched__write_bytes(w, at + size - 2, 2);
}

/* "um 18,30 Euro senken": a price or another amount. */
static int counts_units(msched__slice s, size_t at)
{
    static const char *const units[] = {"euro", "eur", "\342\202\254", "chf", "franken", "kg",
                                        "km",   "m",   "cm",           "g",   "l",       "ml",
                                        "std",  "h",   "stunden",      "ore", "%",       NULL};
    return msched__any_ahead(s, msched__after_blanks(s, at), units) > 0;
}

/* "-19,30", " alle 19,30" after a first time: its bytes, written as a dash and a time. */
static size_t take_second(msched__writer *w, size_t at)
{
    static const char *const links[] = {"-", "alle ore", "alle", "bis", "fino alle", NULL};
    msched__slice s = w->from;
    const size_t dash = msched__after_blanks(s, at);
    for (const char *const *link = links; *link != NULL; link++) {
        const size_t size = msched__phrase_at(s, dash, *link),
                     second = msched__after_blanks(s, dash + size),
                     clock = size > 0 ? comma_clock_at(s, second) : 0;
        if (clock == 0 || (size > 1 && second == dash + size))
            continue;
        msched__write_text(w, "-", at);
        write_clock(w, second, clock);
        return second + clock - at;
    }
    return 0;
}

/* 1 if only the mark of a list is before an offset. */
static int is_first(msched__slice s, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strchr(" -*+[]", s.data[i]) == NULL)
            return 0;
    return 1;
}

/* "alle 18,30", "dalle 18,30 alle 19,30", "um 18,30 Sport", "ab 18,30 Uhr" */
static size_t take_after_word(msched__writer *w, size_t at)
{
    enum { ANYWHERE, AT_EDGE, BEFORE_UHR };
    static const struct {
        const char *word, *plain;
        int place;
    } words[] = {{"alle ore", "at ", ANYWHERE},
                 {"alle", "at ", ANYWHERE},
                 {"dalle ore", "after ", ANYWHERE},
                 {"dalle", "after ", ANYWHERE},
                 {"ore", "at ", ANYWHERE},
                 {"entro le", "before ", ANYWHERE},
                 {"prima delle", "before ", ANYWHERE},
                 {"dopo le", "after ", ANYWHERE},
                 {"fino alle", "before ", ANYWHERE},
                 {"kl", "at ", ANYWHERE},
                 {"kl.", "at ", ANYWHERE},
                 {"um", "at ", AT_EDGE},
                 {"gegen", "at ", BEFORE_UHR},
                 {"von", "after ", BEFORE_UHR},
                 {"ab", "after ", BEFORE_UHR},
                 {"bis", "before ", BEFORE_UHR}};
    msched__slice s = w->from;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t size = msched__phrase_at(s, at, words[i].word),
                     first = msched__after_blanks(s, at + size),
                     clock = size > 0 ? comma_clock_at(s, first) : 0, before = w->size;
        if (clock == 0 || first == at + size)
            continue;
        write_clock(w, first, clock);
        const size_t second = take_second(w, first + clock), end = first + clock + second;
        if (second == 0) { /* one time, with the word before it */
            w->size = before;
            msched__write_text(w, words[i].plain, at);
            write_clock(w, first, clock);
        }
        if (!counts_units(s, end) &&
            (words[i].place == ANYWHERE ||
             msched__word_ahead(s, msched__after_blanks(s, end), "uhr") ||
             (words[i].place == AT_EDGE &&
              (is_first(s, at) || msched__after_blanks(s, end) == s.size)))) {
            w->changed = 1;
            return end - at;
        }
        w->size = before;
    }
    return 0;
}

/* "17,30 Uhr", "17,30-18,30 Uhr" */
static size_t take_before_uhr(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    const size_t first = comma_clock_at(s, at), before = w->size;
    if (first == 0)
        return 0;
    write_clock(w, at, first);
    const size_t size = first + take_second(w, at + first);
    if (msched__word_ahead(s, msched__after_blanks(s, at + size), "uhr")) {
        w->changed = 1;
        return size;
    }
    w->size = before;
    return 0;
}

/*
 * "ceremony 11 sharp", and "9 sharp standup", but not "9 sharp knife care": an hour at the end, or
 * at the start before a meeting.
 */
static size_t take_sharp(msched__writer *w, size_t at)
{
    static const char *const meetings[] = {"standup", "stand-up", "meeting",     "mtg",
                                           "call",    "sync",     "interview",   "lecture",
                                           "dentist", "doctor",   "appointment", NULL},
                             *const ats[] = {"at", "@", "before", "by", "until", "after", NULL};
    msched__slice s = w->from;
    size_t number = at;
    const size_t digits = msched__short_number(s, at), word = msched__after_blanks(s, at + digits),
                 next = word + strlen("sharp");
    const int32_t hour = digits > 0 && word > at + digits ? msched__take_number(s, &number, 2) : 0;
    if (hour < 1 || hour > 12 || !msched__word_ahead(s, word, "sharp"))
        return 0;
    if (at > 0 && next == s.size && msched__blank_at(s, at - 1) &&
        !msched__follows_word(s, at, ats)) {
        const size_t meeting = msched__any_ahead(s, 0, meetings);
        if (meeting > 0 && msched__after_blanks(s, meeting) == at)
            return 0; /* whose hour is known without "at" */
        msched__write_text(w, "at ", at);
        msched__write_bytes(w, at, digits);
        w->changed = 1;
        return next - at;
    }
    if (!is_first(s, at) || msched__any_ahead(s, msched__after_blanks(s, next), meetings) == 0)
        return 0;
    msched__write_bytes(w, at, digits);
    msched__write_text(w, " o'clock", word);
    w->changed = 1;
    return next - at;
}

/* "+-20min" as "~20min" */
static size_t take_about(msched__writer *w, size_t at)
{
    static const char *const marks[] = {"+-", "+/-"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const size_t size = msched__phrase_at(w->from, at, marks[i]);
        if (size == 0 || !msched__digit_at(w->from, msched__after_blanks(w->from, at + size)))
            continue;
        msched__write_text(w, "~", at);
        w->changed = 1;
        return size;
    }
    return 0;
}

size_t msched__take_marked_clock(msched__writer *w, size_t at)
{
    if (w->from.data[at] == '+')
        return take_about(w, at);
    if (!msched__digit_at(w->from, at))
        return take_after_word(w, at);
    const size_t done = take_before_uhr(w, at);
    return done > 0 ? done : take_sharp(w, at);
}
