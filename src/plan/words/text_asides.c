/*
 * Words beside a time or a length that say nothing more about it: "8am on the dot", "an hour or
 * so", "45 min, any time after lunch", "Drive 45m, arrive by 14:10". They are left out of the plain
 * line, where they would hide the time. Also "10 c.t." of universities, and slips of the finger
 * within a time: "12:3O", "11::00", "10:0 - 10:30".
 */
#include "plan/words/text_asides.h"

#include <stdio.h>
#include <string.h>

/* A unit of time before an offset: "an hour", "20 min", "8am"; also "9:30". */
static int follows_time(msched__slice s, size_t at, int is_length)
{
    static const char *const words[] = {"hour",   "hours",  "minute",  "minutes", "min",   "mins",
                                        "stunde", "std",    "stunden", "minuten", "heure", "heures",
                                        "hora",   "horas",  "minutos", "minuti",  "ora",   "ore",
                                        "uur",    "minuut", "o'clock", NULL},
                             *const units[] = {"am", "pm",  "uhr", "h", "u",   "uur",
                                               "hr", "hrs", "m",   "'", "ish", NULL};
    if (msched__follows_word(s, at, words))
        return 1;
    while (at > 0 && (msched__blank_at(s, at - 1) || s.data[at - 1] == '.'))
        at--;
    if (at > 0 && msched__digit_at(s, at - 1))
        return !is_length || (at > 2 && s.data[at - 2] != ' ' && strchr(":h", s.data[at - 3]));
    for (size_t i = 0; units[i] != NULL; i++) {
        const size_t size = strlen(units[i]);
        if (at > size && msched__phrase_at(s, at - size, units[i]) > 0 &&
            msched__char_before(s, at - size) >= '0' && msched__char_before(s, at - size) <= '9')
            return 1;
    }
    return 0;
}

/* "8am on the dot", "an hour or so". */
static size_t take_after(msched__slice s, size_t at)
{
    static const char *const times[] = {"on the dot", "pile",     "en punto",  "in punto",
                                        "em ponto",   "precies",  "prompt",    "p\303\274nktlich",
                                        "stipt",      "promptly", "precisely", NULL},
                             *const lengths[] = {"or so",        "or thereabouts", "give or take",
                                                 "in total",     "altogether",     "insgesamt",
                                                 "en tout",      "en total",       "in totaal",
                                                 "o as\303\255", "in totale",      NULL};
    static const char *const phrases[] = {"with", "w/",  "at",   "for", "in", "to",   "and",
                                          "mit",  "bei", "avec", "con", "en", "chez", NULL};
    const size_t time = msched__any_ahead(s, at, times),
                 length = time == 0 ? msched__any_ahead(s, at, lengths) : 0;
    const size_t next = msched__after_blanks(s, at + time + length);
    const int ends = next >= s.size || msched__digit_at(s, next) ||
                     strchr(",;.)(:-", s.data[next]) != NULL ||
                     msched__any_ahead(s, next, phrases) > 0; /* not "2h prompt engineering" */
    return time + length > 0 && ends && follows_time(s, at, length > 0) ? time + length : 0;
}

/* "Workshop, duration 45 min", "Work since 9 until 17": the word before a length or a time. */
static size_t take_lasting(msched__writer *w, size_t at)
{
    static const char *const words[] =
        {"dur\303\251e :", "dur\303\251e", "dauer:",   "dauer",   "duraci\303\263n",
         "durata",         "duration:",    "duration", "lasting", "lasts",
         "takes",          "during",       NULL},
                             *const sinces[] = {"since", NULL};
    msched__slice s = w->from;
    const size_t size = msched__any_ahead(s, at, words), next = msched__after_blanks(s, at + size),
                 digits = msched__short_number(s, next), since = msched__any_ahead(s, at, sinces),
                 time = msched__after_blanks(s, at + since);
    if (size > 0 && digits > 0 && msched__letter_at(s, msched__after_blanks(s, next + digits))) {
        msched__write_text(w, "for", at);
        return size;
    }
    if (since == 0 || msched__clock_at(s, time, 1) == 0)
        return 0;
    msched__write_text(w, "from", at);
    return since;
}

/* "Laundry x2 20m each", "2 loads 20 min each": that many times the length. */
static size_t take_each(msched__writer *w, size_t at)
{
    static const char *const lengths[] = {"min",  "mins", "minutes", "m",  "h",
                                          "hour", "hrs",  "hours",   "hr", NULL};
    msched__slice s = w->from;
    const size_t size = strlen("each");
    int32_t count = 0;
    if (!msched__word_ahead(s, at, "each") || msched__after_blanks(s, at + size) < s.size ||
        !follows_time(s, at, 1))
        return 0;
    for (size_t i = 0; i < at && count == 0; i++) {
        size_t p = i + (msched__lower(s.data[i]) == 'x');
        if ((i > 0 && !msched__blank_at(s, i - 1)) || msched__short_number(s, p) != 1)
            continue;
        count = msched__take_number(s, &p, 1);
        p += p == i + 1 && msched__lower(msched__byte_at(s, p)) == 'x';
        const size_t next = msched__after_blanks(s, p);
        count = msched__blank_at(s, p) && msched__letter_at(s, next) &&
                        msched__any_ahead(s, next, lengths) == 0
                    ? count
                    : 0;
    }
    if (count < 2)
        return 0;
    const char text[] = {'x', (char)('0' + count), '\0'};
    msched__write_text(w, text, at);
    return size;
}

/* "10:30 o'clock", where "10 o'clock" is a time by itself. */
static size_t take_oclock(msched__slice s, size_t at)
{
    size_t end = at;
    while (end > 0 && msched__blank_at(s, end - 1))
        end--;
    return end > 3 && msched__digits_before(s, end) == 2 && strchr(":.", s.data[end - 3]) != NULL &&
                   msched__digit_at(s, end - 4) && msched__word_ahead(s, at, "o'clock")
               ? strlen("o'clock")
               : 0;
}

/* "any time after lunch"; before numbers, text_phrases.c has these words. */
static size_t take_any_time(msched__slice s, size_t at)
{
    static const char *const times[] = {"any time", "anytime", "some time", "sometime", NULL},
                             *const orders[] = {"after", "before", "between", NULL};
    const size_t size = msched__any_ahead(s, at, times), next = msched__after_blanks(s, at + size),
                 order = size > 0 ? msched__any_ahead(s, next, orders) : 0;
    return order > 0 && !msched__digit_at(s, msched__after_blanks(s, next + order)) ? next - at : 0;
}

/* "Drive 45m, arrive by 14:10", "Report 2h (needs to be in by 4pm)": the words before "by". */
static size_t take_verb(msched__slice s, size_t at)
{
    static const char *const verbs[] =
        {"arrive",         "arriving",         "be there",      "being there",    "needs to be in",
         "has to be in",   "must be in",       "must be there", "must arrive",    "to be in",
         "has to be sent", "needs to be sent", "must be sent",  "should be done", "should be in",
         "needs to be",    "has to be",        "must be",       "has to arrive",  NULL},
                             *const bys[] = {"by", "before", NULL};
    const char before = msched__char_before(s, at);
    const size_t size = msched__any_ahead(s, at, verbs), by = msched__after_blanks(s, at + size);
    if (size == 0 || msched__any_ahead(s, by, bys) == 0)
        return 0;
    return before == ',' || before == ';' || before == '(' || before == '-' ||
                   (at > 0 && follows_time(s, at, 1))
               ? by - at
               : 0;
}

/* "at 6 and half": half past six. */
static size_t take_half(msched__writer *w, size_t at)
{
    static const char *const halves[] = {"and half", "and a half", NULL}, *const ats[] = {
                                                                              "at",    "@",  "from",
                                                                              "until", "by", NULL};
    msched__slice s = w->from;
    const size_t size = msched__any_ahead(s, at, halves);
    size_t end = at;
    while (end > 0 && msched__blank_at(s, end - 1))
        end--;
    const size_t digits = msched__digits_before(s, end);
    if (size == 0 || digits == 0 || digits > 2 || !msched__follows_word(s, end - digits, ats))
        return 0;
    while (w->size > 0 && w->text[w->size - 1] == ' ')
        w->size--;
    msched__write_text(w, ":30", at);
    return size;
}

/* "Meeting the 10:00 until the 11:00", but not "the 18:00 news". */
static size_t take_the(msched__slice s, size_t at)
{
    static const char *const nexts[] = {"until", "till", "to", "-", "for", NULL};
    const size_t clock = msched__after_blanks(s, at + 3), size = msched__clock_at(s, clock, 0),
                 next = msched__after_blanks(s, clock + size);
    return msched__word_ahead(s, at, "the") && size > 3 &&
                   (next >= s.size || msched__any_ahead(s, next, nexts) > 0)
               ? clock - at
               : 0;
}

/* "10 c.t." begins a quarter of an hour later, "9 s.t." does not. */
static size_t take_academic(msched__writer *w, size_t at)
{
    static const char *const uhr[] = {"uhr", "h", NULL}, *const tempora[] = {"c.t.", "c. t.",
                                                                             "s.t.", "s. t.", NULL};
    msched__slice s = w->from;
    size_t end = at;
    const int32_t hour = msched__take_number(s, &end, 2);
    if (hour < 7 || hour > 21)
        return 0;
    if (msched__phrase_at(s, end, ":00") + msched__phrase_at(s, end, ".00") > 0)
        end += 3;
    size_t mark = msched__after_blanks(s, end);
    mark = msched__after_blanks(s, mark + msched__any_ahead(s, mark, uhr));
    size_t size = 0;
    for (size_t i = 0; tempora[i] != NULL && size == 0; i++)
        size = msched__phrase_at(s, mark, tempora[i]);
    if (size == 0 || msched__letter_at(s, mark + size))
        return 0;
    char text[8];
    snprintf(text, sizeof text, "%d:%s", (int)hour,
             msched__lower(s.data[mark]) == 'c' ? "15" : "00");
    msched__write_text(w, text, at);
    w->changed = 1;
    return mark + size - at;
}

/* "after 10 and before 12", "not before 10 and not after 12": the words between two bounds. */
static size_t take_and(msched__writer *w, size_t at)
{
    static const char *const ands[] = {"and", "but",  "&",    "und", "et",   "mais", "y",
                                       "e",   "aber", "pero", "en",  "maar", NULL},
                             *const bounds[] = {"before",
                                                "after",
                                                "by",
                                                "until",
                                                "bis",
                                                "vor",
                                                "nach",
                                                "avant",
                                                "apr\303\250s",
                                                "voor",
                                                "na",
                                                "not before",
                                                "no later than",
                                                "antes de las",
                                                "dopo le",
                                                "prima delle",
                                                "despu\303\251s de las",
                                                NULL};
    static const char *const negated[][2] = {{"not after", "before "}, {"not before", "after "}};
    msched__slice s = w->from;
    size_t before = at, word = at;
    while (before > 0 && msched__blank_at(s, before - 1))
        before--;
    while (word > 0 && (msched__digit_at(s, word - 1) || msched__blank_at(s, word - 1) ||
                        s.data[word - 1] == ':'))
        word--;
    if (before == at || !msched__digit_at(s, before - 1) ||
        !msched__follows_word(s, msched__after_blanks(s, word), bounds))
        return 0;
    const size_t size = msched__any_ahead(s, at, ands), bound = msched__after_blanks(s, at + size);
    for (size_t i = 0; i < 2; i++) {
        const size_t next = msched__after_blanks(s, bound + strlen(negated[i][0]));
        if (!msched__word_ahead(s, bound, negated[i][0]) || msched__clock_at(s, next, 1) == 0)
            continue;
        msched__write_text(w, negated[i][1], at);
        return next - at;
    }
    const size_t marker = size > 0 ? msched__any_ahead(s, bound, bounds) : 0;
    return marker > 0 && msched__clock_at(s, msched__after_blanks(s, bound + marker), 1) > 0
               ? bound - at
               : 0;
}

/* A digit, also the letter O; -1: neither. */
static int digit_or_letter(msched__slice s, size_t at)
{
    const char c = msched__byte_at(s, at);
    return c == 'O' || c == 'o' ? 0 : c >= '0' && c <= '9' ? c - '0' : -1;
}

/* "12:3O", "1O:30", "11::00", and "10:0 - 10:30" before a dash. */
static size_t take_slip(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t end = at, digits = 0;
    int hour = 0, minute = 0;
    if (!msched__digit_at(s, at))
        return 0;
    for (; digits < 2 && digit_or_letter(s, end) >= 0; digits++)
        hour = 10 * hour + digit_or_letter(s, end++);
    size_t colons = 0;
    while (msched__byte_at(s, end) == ':' && colons < 2)
        end++, colons++;
    const size_t first = end;
    for (; end < first + 2 && digit_or_letter(s, end) >= 0;)
        minute = 10 * minute + digit_or_letter(s, end++);
    const size_t next = msched__after_blanks(s, end);
    int has_letter = 0;
    for (size_t i = at; i < end; i++)
        has_letter |= msched__lower(s.data[i]) == 'o';
    const int is_short = end == first + 1 && minute == 0 && msched__byte_at(s, next) == '-' &&
                         msched__clock_at(s, msched__after_blanks(s, next + 1), 0) > 0;
    if (colons == 0 || hour > 24 || minute > 59 || digit_or_letter(s, end) >= 0 ||
        msched__letter_at(s, end) || (end != first + 2 && !is_short) ||
        (colons == 1 && !has_letter && !is_short))
        return 0;
    char text[16];
    snprintf(text, sizeof text, "%d:%02d", hour, minute);
    msched__write_text(w, text, at);
    w->changed = 1;
    return end - at;
}

/* "an hour or two of gaming": the longer one, as of "1-2 hours". */
static size_t take_few_hours(msched__writer *w, size_t at)
{
    static const char *const lengths[][2] = {
        {"an hour or two", "1-2 hours"},       {"one or two hours", "1-2 hours"},
        {"two or three hours", "2-3 hours"},   {"ein bis zwei stunden", "1-2 hours"},
        {"ein, zwei stunden", "1-2 hours"},    {"zwei bis drei stunden", "2-3 hours"},
        {"une heure ou deux", "1-2 hours"},    {"une ou deux heures", "1-2 hours"},
        {"deux ou trois heures", "2-3 hours"}, {"una o dos horas", "1-2 hours"},
        {"una hora o dos", "1-2 hours"},       {"dos o tres horas", "2-3 hours"},
        {"un'ora o due", "1-2 hours"},         {"una o due ore", "1-2 hours"},
        {"due o tre ore", "2-3 hours"},        {"uma ou duas horas", "1-2 hours"},
        {"uma hora ou duas", "1-2 hours"},     {"een uur of twee", "1-2 hours"},
        {"een of twee uur", "1-2 hours"}};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
        if (msched__word_ahead(w->from, at, lengths[i][0])) {
            msched__write_text(w, lengths[i][1], at);
            w->changed = 1;
            return strlen(lengths[i][0]);
        }
    return 0;
}

size_t msched__take_aside(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    if (msched__digit_at(s, at)) {
        const size_t done = take_slip(w, at);
        return done > 0 ? done : take_academic(w, at);
    }
    if (!msched__letter_at(s, at))
        return 0;
    if ((at == 0 || msched__blank_at(s, at - 1)) && msched__phrase_at(s, at, "d'") > 0 &&
        msched__digit_at(s, at + 2) &&
        msched__letter_at(s, at + 2 + msched__short_number(s, at + 2))) {
        w->changed = 1;
        return 2; /* "sport d'1h30" */
    }
    const size_t few = take_few_hours(w, at);
    if (few > 0 || at == 0)
        return few;
    size_t size = take_after(s, at);
    size = size == 0 ? take_oclock(s, at) : size;
    size = size == 0 ? take_and(w, at) : size;
    size = size == 0 ? take_any_time(s, at) : size;
    size = size == 0 ? take_verb(s, at) : size;
    size = size == 0 ? take_lasting(w, at) : size;
    size = size == 0 ? take_each(w, at) : size;
    size = size == 0 ? take_half(w, at) : size;
    size = size == 0 ? take_the(s, at) : size;
    w->changed |= size > 0;
    return size;
}

int msched__is_aside(msched__slice s)
{
    if (s.size < 3 || s.data[0] != '(' || memchr(s.data, ')', s.size) != s.data + s.size - 1)
        return 0;
    for (size_t i = 0; i < s.size; i++)
        if (msched__digit_at(s, i))
            return 0;
    return 1;
}
