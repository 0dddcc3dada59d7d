/*
 * Opening hours and departures within a to-do: "post office 15m before it closes at 12:30",
 * "pharmacy opens 9am closes 6pm, 10 min", "Drive 1h, flight leaves at 18:00". They limit the
 * to-do, with a warning, where the time alone would be that of an appointment. Also "20 to 11", and
 * "or" between two limits.
 */
#include "plan/text/plan_text.h"
#include "plan/words/text_weekdays.h"
#include "plan/words/text_writer.h"

#include <stdio.h>
#include <string.h>

static const char *const closes[] = {"closes",          "close",     "closing", "shuts",
                                     "schlie\303\237t", "schliesst", "ferme",   "cierra",
                                     "chiude",          "sluit",     "fecha",   "zamyka",
                                     "st\303\244nger",  NULL},
                         *const opens[] = {"opens", "\303\266ffnet", "ouvre",         "abre",
                                           "apre",  "opent",         "\303\266ppnar", NULL},
                         *const leaves[] = {"leaves",       "departs",  "takes off",
                                            "f\303\244hrt", "part",     "sale",
                                            "parte",        "vertrekt", NULL},
                         *const marks[] = {
                             "at", "um",  "\303\240", "a las", "alle", "om",   "by", "\303\240s",
                             "kl", "kl.", "ab",       "is at", "from", "vers", "o",  NULL};

/* Moves past one of the words and the blanks after it. */
static int take_one(msched__slice s, size_t *at, const char *const *words)
{
    for (; *words != NULL; words++)
        if (msched__word_ahead(s, *at, *words)) {
            *at = msched__after_blanks(s, *at + strlen(*words));
            return 1;
        }
    return 0;
}

/* Moves past "before it" or "bevor sie", up to three words before the verb. */
static int take_before(msched__slice s, size_t *at)
{
    static const char *const words[] = {
        "when",      "once",         "as soon as", "wenn",      "sobald",  "before", "bevor",
        "avant que", "antes de que", "antes que",  "prima che", "voordat", NULL};
    size_t p = *at;
    if (!take_one(s, &p, words))
        return 0;
    for (int i = 0; i < 3; i++) {
        size_t verb = p;
        if (take_one(s, &verb, closes) || take_one(s, &verb, leaves) || take_one(s, &verb, opens)) {
            *at = p;
            return 1;
        }
        while (p < s.size && !msched__blank_at(s, p))
            p++;
        p = msched__after_blanks(s, p);
    }
    return 0;
}

/* Moves past what closes or leaves in a clause after a comma: ", the flight leaves". */
static int take_subject(msched__slice s, size_t *at)
{
    const char before = msched__char_before(s, *at);
    size_t p = *at;
    if (before != ',' && before != ';')
        return 0;
    for (int words = 0; words < 4 && p < s.size; words++) {
        size_t verb = p, clock;
        if (take_one(s, &verb, closes) || take_one(s, &verb, leaves) || take_one(s, &verb, opens)) {
            clock = verb;
            const int is_marked = take_one(s, &clock, marks);
            *at = p;
            return msched__clock_at(s, clock, is_marked) > 0;
        }
        if (msched__digit_at(s, p))
            return 0;
        while (p < s.size && !msched__blank_at(s, p))
            if (s.data[p++] == ',')
                return 0;
        p = msched__after_blanks(s, p);
    }
    return 0;
}

/* "at 20 to 11": the minutes before an hour, which no other time is. */
static size_t take_minutes_to(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    char text[16];
    size_t p = at;
    const int32_t minutes = msched__take_number(s, &p, 2);
    if (minutes != 20 && minutes != 25)
        return 0;
    p = msched__after_blanks(s, p);
    if (!msched__word_ahead(s, p, "to"))
        return 0;
    p = msched__after_blanks(s, p + 2);
    const int32_t hour = msched__take_number(s, &p, 2);
    static const char *const ats[] = {"at", "@", NULL};
    const size_t next = msched__after_blanks(s, p);
    if (hour < 1 || hour > 12 || !msched__follows_word(s, at, ats) ||
        (p < s.size && strchr(" ,;.", s.data[p]) == NULL) || msched__word_ahead(s, next, "am") ||
        msched__word_ahead(s, next, "pm"))
        return 0;
    snprintf(text, sizeof text, "%d:%02d", (int)(hour == 1 ? 12 : hour - 1), (int)(60 - minutes));
    msched__write_text(w, text, at);
    w->changed = 1;
    return p - at;
}

/* Bytes of "half five", "quarter past six"; 0: none. */
static size_t spoken_at(msched__slice s, size_t at)
{
    msched__clock clock;
    size_t end = at;
    return msched__letter_at(s, at) && msched__scan_time(s, &end, &clock) != MSCHED__TIME_NONE &&
                   clock.spoken
               ? end - at
               : 0;
}

size_t msched__take_opening(msched__text_reader *in, msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t verb = at, clock;
    if (at == 0 || (!msched__letter_at(s, at) && (unsigned char)s.data[at] < 0x80))
        return msched__digit_at(s, at) && at > 0 ? take_minutes_to(w, at) : 0;
    const int is_clause = take_before(s, &verb) || take_subject(s, &verb);
    clock = verb;
    const int is_opening = take_one(s, &clock, opens);
    if (!is_opening && !take_one(s, &clock, closes) && !(take_one(s, &clock, leaves) && is_clause))
        return 0;
    const int is_marked = take_one(s, &clock, marks);
    const size_t size = spoken_at(s, clock) > 0 ? spoken_at(s, clock)
                                                : msched__clock_at(s, clock, is_marked);
    if (size == 0)
        return 0;
    size_t end = clock + size; /* with "am" */
    while (end < s.size && msched__letter_at(s, end))
        end++;
    if (msched__short_number(s, clock) == end - clock && msched__byte_at(s, end) == ':') {
        msched__text_remark(in, MSCHED_SEVERITY_WARNING, s.data + at, "time_in_title",
                            "write before and the time at the end of the line, or quote the title",
                            "\"%.*s\" looks like a time; it is left in the title",
                            msched__attr_shown(end - at), s.data + at);
        return 0; /* "closes at 6: return books" */
    }
    const char *word = is_opening ? "after" : "before";
    msched__write_text(w, word, at);
    msched__write_text(w, " ", at);
    w->changed = 1;
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, s.data + at, "assumed_time",
                        is_opening ? "write after and the time, or quote the title"
                                   : "write before and the time, or quote the title",
                        "\"%.*s\" is read as %s %.*s", msched__attr_shown(end - at), s.data + at,
                        word, (int)(end - clock), s.data + clock);
    return clock - at;
}

int msched__text_closes(msched__slice text)
{
    size_t at = msched__byte_at(text, 0) == '(';
    return take_one(text, &at, closes);
}

int msched__text_has_or(msched__text_reader *in, const msched__text_values *v)
{
    const enum msched__attr_kind from = MSCHED__ATTR_EARLIEST, to = MSCHED__ATTR_LATEST;
    if (v->column[from] == 0 || v->column[to] == 0)
        return 0;
    const int turned = v->column[to] < v->column[from];
    const msched__slice one = v->text[turned ? to : from], two = v->text[turned ? from : to];
    const char *end = one.data + one.size;
    if (end < in->line.data || two.data < end || two.data > in->line.data + in->line.size)
        return 0;
    const msched__slice between =
        msched__slice_trim((msched__slice){end, (size_t)(two.data - end)});
    size_t at = 0;
    if (!msched__take_any(between, &at, msched__or_words) || at != between.size)
        return 0;
    msched__text_error(in, one.data, MSCHED_ERROR_SYNTAX, "conflicting_attributes",
                       "write one of the two, or quote the title",
                       "\"%.*s or %.*s\": \"or\" between times is not supported",
                       msched__attr_shown(one.size), one.data, msched__attr_shown(two.size),
                       two.data);
    return 1;
}
