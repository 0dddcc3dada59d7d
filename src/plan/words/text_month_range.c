/* Ranges and pairs of dates in a line: "24. bis 26.11.", "Nov 24 - 26", "24 and 26 Nov". */
#include "base/civil.h"
#include "plan/words/text_month.h"
#include "plan/words/text_weekdays.h"

#include <stdio.h>
#include <string.h>

/* After "-", "bis" and the like; *is_pair: "and", of two dates. 0: it is not there. */
static size_t range_joint(msched__slice s, size_t at, int *is_pair)
{
    static const char *const ands[] = {"and", "und", "et", "y", "e", "en", "&"};
    const size_t next = msched__after_blanks(s, at);
    for (size_t i = 0; i < sizeof ands / sizeof ands[0]; i++)
        if (next > at && msched__word_ahead(s, next, ands[i])) {
            *is_pair = 1;
            return msched__after_blanks(s, next + strlen(ands[i]));
        }
    if (msched__byte_at(s, next) == '-')
        return msched__after_blanks(s, next + 1);
    for (const char *const *to = msched__range_words; *to != NULL; to++)
        if (next > at && msched__word_ahead(s, next, *to))
            return msched__after_blanks(s, next + strlen(*to));
    return 0;
}

/* The date of that day in the 31 days up to another, or from it on. MSCHED__NO_DATE: none. */
static int64_t day_near(int64_t other, uint32_t day, int step)
{
    for (int i = 1; i <= 31; i++)
        if (msched__date_from_days(other + i * step).day == day)
            return other + i * step;
    return MSCHED__NO_DATE;
}

/* Has the line words beside the range, which is a heading of the lines below it otherwise? */
static int has_more(msched__slice s, size_t at, size_t end)
{
    for (size_t i = 0; i < s.size; i++)
        if ((i < at || i >= end) && (msched__letter_at(s, i) || msched__digit_at(s, i)))
            return 1;
    return 0;
}

static int repeats(msched__slice s)
{
    static const char *const words[] = {"every",          "each",   "daily", "jeden",
                                        "t\303\244glich", "chaque", "tous",  "cada",
                                        "todos",          "ogni",   "elke"};
    for (size_t i = 0; i < s.size; i++)
        for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
            if ((i == 0 || msched__blank_at(s, i - 1)) && msched__word_ahead(s, i, words[k]))
                return 1;
    return 0;
}

static void write_date(msched__writer *w, size_t at, const char *before, int64_t day)
{
    char text[11];
    msched__date_write(day, text);
    msched__write_text(w, before, at);
    msched__write_text(w, text, at);
}

size_t msched__take_date_range(const char *plan_date, msched__writer *w, size_t at)
{
    enum { LONGEST = 14 };
    const msched__slice s = w->from;
    msched__date_parts part, last_part;
    int64_t first, last;
    size_t start = at;
    int is_pair = 0;
    for (const char *const *from = msched__from_words; *from != NULL && start == at; from++)
        if (msched__word_ahead(s, at, *from))
            start = msched__after_blanks(s, at + strlen(*from));
    size_t size = msched__take_day_or_date(plan_date, s, start, &part, &first), end = start + size;
    const size_t next = size > 0 ? range_joint(s, end, &is_pair) : 0;
    size = next > 0 ? msched__take_day_or_date(plan_date, s, next, &last_part, &last) : 0;
    end = next + size;
    if (size == 0 || (first == MSCHED__NO_DATE && last == MSCHED__NO_DATE) ||
        (last == MSCHED__NO_DATE && part.month == 0) || (!is_pair && !has_more(s, at, end)) ||
        (!msched__blank_at(s, end) && strchr(",:;)", s.data[end]) == NULL) ||
        (start == at && msched__follows_noun(s, at)))
        return 0;
    if (first == MSCHED__NO_DATE)
        first = day_near(last, part.day, -1);
    else if (last == MSCHED__NO_DATE)
        last = day_near(first, last_part.day, 1);
    if (first == MSCHED__NO_DATE || last <= first || last - first >= LONGEST)
        return 0;
    if (repeats(s) && !is_pair) {
        write_date(w, at, "t:", first);
        write_date(w, next, " due:", last);
    } else {
        write_date(w, at, "on:", first);
        for (int64_t day = is_pair ? last : first + 1; day <= last; day++)
            write_date(w, at, ",", day);
    }
    w->changed = 1;
    return end + (msched__byte_at(s, end) == ':' || msched__byte_at(s, end) == ',') - at;
}
