/*
 * "Dentist tomorow 3pm", "Zahnarzt Mitwoch": a misspelled date at the start or the end of a title.
 * It stays there, with a warning, because the to-do would be planned on another date silently.
 */
#include "base/civil.h"
#include "plan/text/plan_text.h"
#include "plan/words/text_month.h"

#include <stdio.h>
#include <string.h>

#define LETTERS_MAX 16

static const char *const names[] = {"monday",
                                    "tuesday",
                                    "wednesday",
                                    "thursday",
                                    "friday",
                                    "saturday",
                                    "sunday",
                                    "tomorrow",
                                    "montag",
                                    "dienstag",
                                    "mittwoch",
                                    "donnerstag",
                                    "freitag",
                                    "samstag",
                                    "sonntag",
                                    "mercredi",
                                    "vendredi",
                                    "samedi",
                                    "dimanche",
                                    "demain",
                                    "martes",
                                    "viernes",
                                    "mi\303\251rcoles",
                                    "miercoles",
                                    "domingo",
                                    "s\303\241bado",
                                    "luned\303\254",
                                    "marted\303\254",
                                    "mercoled\303\254",
                                    "gioved\303\254",
                                    "venerd\303\254",
                                    "sabato",
                                    "domenica",
                                    "domani",
                                    "dopodomani",
                                    "maandag",
                                    "dinsdag",
                                    "woensdag",
                                    "donderdag",
                                    "vrijdag",
                                    "zaterdag",
                                    "zondag",
                                    "amanh\303\243",
                                    "overmorgen",
                                    "\303\274bermorgen",
                                    "poniedzia\305\202ek",
                                    "wtorek",
                                    "czwartek",
                                    "niedziela",
                                    "tisdag",
                                    "onsdag",
                                    "torsdag",
                                    "imorgon"};

/* Words of their own that are one letter from such a name. */
static const char *const others[] = {"domain",  "sundae",  "marten",   "dominio",  "domino",
                                     "mundi",   "montage", "domenico", "dominica", "sundry",
                                     "martens", "dienst",  "dienste"};

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Letters to insert, delete, replace or swap; both texts have at most LETTERS_MAX bytes. */
static int distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
    int rows[LETTERS_MAX + 1][LETTERS_MAX + 1];
    for (size_t i = 0; i <= a_size; i++)
        for (size_t k = 0; k <= b_size; k++) {
            int best = (int)(i + k); /* of the first row and column */
            if (i > 0 && k > 0) {
                best = rows[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
                best = least(best, least(rows[i - 1][k], rows[i][k - 1]) + 1);
                if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                    best = least(best, rows[i - 2][k - 2] + 1);
            }
            rows[i][k] = best;
        }
    return rows[a_size][b_size];
}

/* The name that a word may mean; NULL: none. */
static const char *meant_by(const char *word, size_t size)
{
    char low[LETTERS_MAX];
    const char *found = NULL;
    int nearest = 3;
    if (size < 5 || size > LETTERS_MAX)
        return NULL;
    msched__lower_all(word, size, low);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strlen(others[i]) == size && memcmp(others[i], low, size) == 0)
            return NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const size_t length = strlen(names[i]);
        if (names[i][0] != low[0] || size + 2 < length || size > length + 2)
            continue;
        if (size == length + 1 && low[length] == 's' && memcmp(low, names[i], length) == 0)
            return NULL; /* "montags" */
        const int apart = distance(low, size, names[i], length);
        if (apart == 0)
            return NULL;
        if (apart < nearest && apart <= (length > 7 ? 2 : 1)) {
            nearest = apart;
            found = names[i];
        }
    }
    return found;
}

static int is_end(char c)
{
    return strchr(" ,;:.!?", c) != NULL; /* also the end of the text */
}

/* The part of the line that is a word of the title; an empty one: it is not there as a whole. */
static msched__slice part_of_line(const msched__text_reader *in, const char *word, size_t size)
{
    for (size_t at = 0; at + size <= in->line.size; at++)
        if (memcmp(in->line.data + at, word, size) == 0)
            return (msched__slice){in->line.data + at, size};
    return (msched__slice){in->line.data, 0};
}

/* 1: reported. */
static int tell_word(msched__text_reader *in, const char *word, size_t size)
{
    const char *meant = meant_by(word, size);
    char repair[80];
    if (meant == NULL)
        return 0;
    const msched__slice text = part_of_line(in, word, size);
    if (text.size == 0)
        return 0;
    snprintf(repair, sizeof repair, "write %s, or quote the title", meant);
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data, "date_in_title", repair,
                        "\"%.*s\" is left in the title; did you mean %s?", (int)size, word, meant);
    msched__text_offer(in, text, &meant, 1);
    return 1;
}

/* "Dentist 1/12 3pm" may be the first of December or the twelfth of January. */
static void tell_two_dates(msched__text_reader *in, msched__slice word)
{
    enum { NEAR = 45 };
    size_t at = 0;
    int is_near = 0;
    msched__date plan;
    int64_t days;
    const int32_t first = msched__take_number(word, &at, 2);
    if (first < 1 || first > 12 || msched__byte_at(word, at++) != '/' || in->day.date == NULL ||
        !msched__date_parse(in->day.date, 10, &plan))
        return;
    const int32_t second = msched__take_number(word, &at, 2);
    if (at < word.size || second < 1 || second > 12 || second == first)
        return;
    for (int turn = 0; turn < 2; turn++) {
        const msched__date_parts part = {.day = (uint32_t)(turn == 0 ? first : second),
                                         .month = (uint32_t)(turn == 0 ? second : first)};
        if (msched__date_of_parts(in->day.date, &part, &days))
            is_near |= days - msched__date_to_days(plan) >= -7 &&
                       days - msched__date_to_days(plan) < NEAR;
    }
    if (is_near)
        msched__text_remark(
            in, MSCHED_SEVERITY_WARNING, part_of_line(in, word.data, word.size).data,
            "date_in_title", "write the date as 2026-12-01, or quote the title",
            "\"%.*s\" may be one of two dates; it is left in the title", (int)word.size, word.data);
}

void msched__text_tell_misspelled(msched__text_reader *in, const char *title, int is_event)
{
    size_t size = strlen(title), first = 0, last;
    while (!is_end(title[first]))
        first++;
    if (first > 0 && first < size && tell_word(in, title, first))
        return;
    while (size > 0 && is_end(title[size - 1]))
        size--;
    for (last = size; last > 0 && title[last - 1] != ' ';)
        last--;
    if (last > 0 && !tell_word(in, title + last, size - last) && is_event &&
        !msched__follows_noun((msched__slice){title, size}, last))
        tell_two_dates(in, (msched__slice){title + last, size - last});
}

void msched__text_tell_day_number(msched__text_reader *in, msched__slice date, const char *title)
{
    const char *end = in->line.data + in->line.size, *at = date.data + date.size;
    while (at < end && *at == ' ')
        at++;
    const msched__slice rest = {at, (size_t)(end - at)};
    size_t size = 0;
    const int32_t day = msched__take_number(rest, &size, 2);
    const size_t left = strlen(title);
    const int is_last = left > size && memcmp(title + left - size, at, size) == 0;
    if (date.size > 0 && msched__letter_at(date, date.size - 1) && at > date.data + date.size &&
        day > 0 && day <= 31 && size == rest.size && is_last)
        msched__text_remark(in, MSCHED_SEVERITY_WARNING, at, "date_in_title",
                            "write the date as 2026-11-24, or quote the title",
                            "\"%.*s %.*s\" is not a date near this plan; %.*s is left in the title",
                            msched__attr_shown(date.size), date.data, (int)size, at, (int)size, at);
}

void msched__text_tell_every_other(msched__text_reader *in, msched__slice length, const char *title)
{
    if (length.size == 0)
        return;
    const char *end = in->line.data + in->line.size, *at = length.data + length.size;
    if (at < in->line.data || at > end)
        return;
    const msched__slice rest = msched__slice_trim((msched__slice){at, (size_t)(end - at)});
    const size_t size = strlen(title);
    if (msched__phrase_at(rest, 0, "every ") == 0 || size <= rest.size ||
        memcmp(title + size - rest.size, rest.data, rest.size) != 0)
        return;
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, rest.data, "date_in_title",
                        "write every day, every mon,wed or every 2 days, or quote the title",
                        "\"%.*s\" is not read as a repeat; it is left in the title",
                        msched__attr_shown(rest.size), rest.data);
}
