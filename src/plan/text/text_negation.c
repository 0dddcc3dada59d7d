/* Negations: "not tomorrow", "every day except 26 Nov", and what remains of them in a title. */
#include "plan/text/text_negation.h"

#include "plan/words/text_date_words.h"
#include "plan/words/text_negation_words.h"

#include <stdio.h>
#include <string.h>

/*
 * "not tomorrow", "nicht am Abend", "never before 10:00": the opposite of what the attribute says,
 * which no plan can hold.
 */
int msched__text_is_negated(const msched__text_reader *in, uint32_t first, const msched__attr *attr)
{
    static const char *const nos[] = {"no", "non", "kein", "keine", "keinen", "geen", NULL},
                             *const between[] = {"on", "at",  "in", "the", "am",  "im", "le", "el",
                                                 "la", "los", "il", "op",  "for", "di", NULL};
    const enum msched__attr_kind kind = attr->kind;
    const int is_date = kind == MSCHED__ATTR_ON || kind == MSCHED__ATTR_DUE_AT ||
                        kind == MSCHED__ATTR_RELEASE_AT || kind == MSCHED__ATTR_DAYPART;
    const int is_time = kind == MSCHED__ATTR_AT || kind == MSCHED__ATTR_RANGE ||
                        kind == MSCHED__ATTR_EARLIEST || kind == MSCHED__ATTR_LATEST ||
                        kind == MSCHED__ATTR_BETWEEN;
    uint32_t before = first;
    size_t at = 0;
    if (!is_date && !is_time)
        return 0;
    for (int i = 0; i < 2 && before > 0; i++, at = 0)
        if (msched__take_any(in->words[before - 1], &at, between) &&
            at == in->words[before - 1].size)
            before--;
    if (before == 0 || in->quoted[before - 1])
        return 0;
    const msched__slice word = in->words[before - 1];
    at = 0;
    if (before > 1 && word.size > 1 && word.data[0] >= 'A' && word.data[0] <= 'Z' &&
        word.data[1] >= 'a')
        return 0; /* "Sem" is a name */
    return (msched__take_any(word, &at, msched__negations) ||
            (is_date && !msched__is_sun_or_sat(in->words[first], word) &&
             msched__take_any(word, &at, nos))) &&
           at == word.size;
}

void msched__text_refuse_negation(const msched__text_reader *in, uint32_t first, uint32_t n,
                                  msched__attr *attr)
{
    const msched__slice s = msched__text_words(in, first, first + n - 1);
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" with a negation is not supported",
             msched__attr_shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair,
             in->days > 0 ? "write when it may be, as in on:tue,wed or after 18:00, or quote the "
                            "title"
                          : "write when it may be, as in after 18:00, or quote the title");
    attr->kind = MSCHED__ATTR_BAD;
    attr->code = "bad_negation";
}

void msched__text_tell_exception(msched__text_reader *in, const char *title, uint32_t column)
{
    const msched__slice s = {title, strlen(title)};
    for (size_t at = 0; at < s.size; at++) {
        size_t end = at;
        msched__date_word word;
        if ((at > 0 && s.data[at - 1] != ' ') || !msched__take_except(s, &end, 1) ||
            (!msched__digit_at(s, end) && !msched__take_date_word(s, &end, &word)))
            continue;
        msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, in->line_number, column, MSCHED_OK,
                         "date_in_title",
                         "write the dates that are meant, as in on:tue,wed, or quote the title",
                         "\"%.*s\" stays in the title; the to-do may be on those dates",
                         msched__attr_shown(s.size - at), s.data + at);
        return;
    }
}

void msched__text_tell_no(msched__text_reader *in, const msched__text_values *values)
{
    const msched__slice text = values->text[MSCHED__ATTR_ON];
    const int is_sunday = msched__phrase_at(text, 0, "no domingo") > 0;
    static const char *const sundays[] = {"on:sun", "except sun"}, *const saturdays[] = {
                                                                       "on:sat", "except sat"};
    if (text.size == 0 || values->column[MSCHED__ATTR_ON] == 0 ||
        (!is_sunday && msched__phrase_at(text, 0, "no s\303\241bado") == 0 &&
         msched__phrase_at(text, 0, "no sabado") == 0) ||
        msched__meaning_of_no(in->line) != MSCHED__NO_IS_OPEN)
        return;
    const char *const *texts = is_sunday ? sundays : saturdays;
    char repair[80];
    snprintf(repair, sizeof repair, "write %s, or %s to leave it out", texts[0], texts[1]);
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data, "assumed_date", repair,
                        "\"%.*s\" is read as Portuguese: on that weekday",
                        msched__attr_shown(text.size), text.data);
    msched__text_offer(in, text, texts, in->days > 0 ? 2 : 1);
}
