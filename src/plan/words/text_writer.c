/* Write the plain line, and test what is at an offset of it. */
#include "plan/words/text_writer.h"

#include <string.h>

void msched__write_text(msched__writer *w, const char *text, size_t at)
{
    for (; *text != '\0'; text++) {
        w->text[w->size] = *text;
        w->origin[w->size++] = (uint16_t)at;
    }
}

void msched__write_bytes(msched__writer *w, size_t at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        w->text[w->size] = w->from.data[at + i];
        w->origin[w->size++] = (uint16_t)(at + i);
    }
}

/* The rest of a phrase whose first byte matched. */
size_t msched__phrase_rest(msched__slice s, size_t at, const char *phrase)
{
    size_t i = 1;
    while (phrase[i] != '\0' && at + i < s.size &&
           (msched__lower(s.data[at + i]) == phrase[i] ||
            /*
             * two-byte capitals: those from U+00C0 and U+0410 are 32 below their lower-case letters
             */
            (((unsigned char)phrase[i - 1] == 0xC3 || (unsigned char)phrase[i - 1] == 0xD0) &&
             (unsigned char)s.data[at + i] + 32 == (unsigned char)phrase[i])))
        i++;
    return phrase[i] == '\0' ? i : 0;
}

/* A number of one or two digits; returns their count, 0: none. */
size_t msched__short_number(msched__slice s, size_t at)
{
    size_t digits = 0;
    while (msched__digit_at(s, at + digits))
        digits++;
    return digits < 3 ? digits : 0;
}

/* The number of digits that end before an offset. */
size_t msched__digits_before(msched__slice s, size_t at)
{
    size_t digits = 0;
    while (digits < at && msched__digit_at(s, at - 1 - digits))
        digits++;
    return digits;
}

int msched__word_ahead(msched__slice s, size_t at, const char *word)
{
    size_t size = msched__phrase_at(s, at, word);
    return size > 0 && !msched__letter_at(s, at + size);
}

size_t msched__any_ahead(msched__slice s, size_t at, const char *const *words)
{
    for (; *words != NULL; words++)
        if (msched__word_ahead(s, at, *words))
            return strlen(*words);
    return 0;
}

int msched__is_name_at(msched__slice s, size_t at)
{
    int has_word = 0;
    for (size_t i = 0; i < at && !has_word; i++)
        has_word = msched__letter_at(s, i);
    return has_word && s.data[at] >= 'A' && s.data[at] <= 'Z';
}

/* The end of "h" or "h 30" at a place. */
size_t msched__spaced_hour(msched__slice s, size_t at)
{
    size_t minutes = msched__after_blanks(s, at + 1), end = minutes + 2;
    int more = msched__short_number(s, minutes) == 2 && msched__blank_at(s, end) &&
               msched__lower(msched__byte_at(s, msched__after_blanks(s, end))) != 'm';
    return more ? end : at + 1;
}

/* Bytes of "15:30", "15h30", "15h", "15u", "9.30", "9 Uhr", "9 am" and, with `alone`, of "9". */
size_t msched__clock_at(msched__slice s, size_t at, int alone)
{
    static const char *const units[] = {"uhr",  "uur",  "h",     "am",    "pm",
                                        "a.m.", "p.m.", "de la", "heures"};
    size_t digits = msched__short_number(s, at), p = at + digits;
    if (digits == 0)
        return 0;
    char mark = p < s.size ? msched__lower(s.data[p]) : '\0';
    int lettered = mark == 'h' || mark == 'u';
    if ((mark == ':' || mark == '.' || lettered) && msched__digit_at(s, p + 1) &&
        msched__digit_at(s, p + 2) && !msched__digit_at(s, p + 3))
        return digits + 3;
    if (lettered && !msched__letter_at(s, p + 1))
        return digits + 1;
    size_t unit = msched__after_blanks(s, p);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (msched__word_ahead(s, unit, units[i]))
            return units[i][0] == 'h' && units[i][1] == '\0' ? msched__spaced_hour(s, unit) - at
                                                             : digits;
    int ends = msched__blank_at(s, p) || strchr(",;:.)-", s.data[p]) != NULL;
    return alone && ends && msched__take_number(s, &at, 2) <= 24 ? digits : 0;
}

int msched__is_open_hour(msched__slice s, size_t at, size_t next)
{
    return at == 0 && msched__word_ahead(s, at, "um") && msched__clock_at(s, next, 0) == 0 &&
           msched__take_number(s, &next, 2) <= 12;
}

/* The end of "28/11/2026" or "28.11.26"; 0: none. */
static size_t chat_date(msched__slice s, size_t at)
{
    size_t p = at;
    for (size_t parts = 0; parts < 3; parts++) {
        const size_t start = p;
        while (msched__digit_at(s, p) && p - start < 4)
            p++;
        if (p == start || (parts < 2 && (p >= s.size || strchr("./-", s.data[p]) == NULL)))
            return 0;
        p += parts < 2;
    }
    return p;
}

/*
 * The end of "09:12, 28/11/2026" and "9:12 AM, 28/11/2026" after "["; 0: none. Minutes that are a
 * multiple of five may be the time of an event: they need such a head above.
 */
static size_t timed_stamp(msched__slice s, int *is_timed)
{
    size_t p = 1 + msched__clock_at(s, 1, 0);
    if (p == 1)
        return 0;
    const int is_round = s.data[p - 1] == '0' || s.data[p - 1] == '5';
    while (msched__byte_at(s, p) == ':' || msched__digit_at(s, p))
        p++;
    const size_t half = msched__after_blanks(s, p);
    if (msched__word_ahead(s, half, "am") || msched__word_ahead(s, half, "pm"))
        p = half + 2;
    const size_t date = msched__after_blanks(s, p + 1),
                 end = msched__byte_at(s, p) == ',' ? chat_date(s, date) : 0;
    if (end == 0 || msched__byte_at(s, end) != ']' || (is_round && !*is_timed))
        return 0;
    *is_timed = 1;
    return end;
}

size_t msched__chat_prefix(msched__slice s, int *is_timed)
{
    const int bracket = msched__byte_at(s, 0) == '[';
    size_t p = chat_date(s, (size_t)bracket);
    if (p > 0 && msched__byte_at(s, p) == ',') {
        p = msched__after_blanks(s, p + 1);
        if (msched__clock_at(s, p, 0) == 0)
            return 0;
        while (p < s.size && s.data[p] != (bracket ? ']' : '-') && p < 48)
            p++;
    } else if (!bracket || (p = timed_stamp(s, is_timed)) == 0) {
        return 0;
    }
    size_t name = msched__after_blanks(s, p + 1), end = name;
    while (end < s.size && s.data[end] != ':' && end - name < 64)
        end++;
    return end + 1 < s.size && s.data[end] == ':' && s.data[end + 1] == ' '
               ? msched__after_blanks(s, end + 1)
               : 0;
}

int msched__follows_word(msched__slice s, size_t at, const char *const *words)
{
    size_t end = at;
    while (end > 0 && msched__blank_at(s, end - 1))
        end--;
    for (; *words != NULL && end < at; words++) {
        const size_t size = strlen(*words);
        if (end >= size && msched__word_ahead(s, end - size, *words) &&
            (end == size || msched__blank_at(s, end - size - 1)))
            return 1;
    }
    return 0;
}

/* The character before an offset, skipping spaces; '\0' at the start. */
char msched__char_before(msched__slice s, size_t at)
{
    while (at > 0 && msched__blank_at(s, at - 1))
        at--;
    return at > 0 ? s.data[at - 1] : '\0';
}
