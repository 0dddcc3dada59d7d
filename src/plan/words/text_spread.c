/* How a to-do is spread over several days: "apart:2d", "max 2h a day", "split 45m". */
#include "plan/words/text_spread.h"

#include "plan/words/text_length.h"

#include <musicsched/plan.h>

#include <stdio.h>
#include <string.h>

static msched__slice rest_of(msched__slice s, size_t at)
{
    return (msched__slice){s.data + at, s.size - at};
}

static int starts(msched__slice s, const char *word)
{
    const size_t size = strlen(word);
    return s.size >= size && msched__slice_is((msched__slice){s.data, size}, word);
}

static int bad(msched__attr *attr, msched__slice s, const char *what, const char *repair)
{
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" %s", msched__attr_shown(s.size), s.data,
             what);
    snprintf(attr->repair, sizeof attr->repair, "%s", repair);
    return msched__attr_bad(attr, "bad_duration");
}

/* "apart:2d" */
static int match_apart(msched__slice s, msched__attr *attr)
{
    size_t at = 6;
    if (!starts(s, "apart:"))
        return 0;
    int32_t days = msched__take_number(s, &at, 2);
    if (days > 0 && days <= MSCHED_PLAN_MAX_DAYS &&
        (at == s.size || (at + 1 == s.size && (s.data[at] | 32) == 'd')))
        return msched__attr_set(attr, MSCHED__ATTR_APART, days);
    return memchr(s.data, ' ', s.size) == NULL &&
           bad(attr, s, "is not a number of days",
               "write apart:2d for at least two days from one occurrence to the next");
}

/* The text before one of these endings, without the blanks between; the size is 0 without one. */
static msched__slice before_ending(msched__slice s, const char *const *endings)
{
    for (; *endings != NULL; endings++) {
        const size_t size = strlen(*endings);
        if (s.size <= size || !msched__slice_is(rest_of(s, s.size - size), *endings))
            continue;
        s.size -= size;
        while (s.size > 0 && s.data[s.size - 1] == ' ')
            s.size--;
        return s;
    }
    return (msched__slice){s.data, 0};
}

/* "max:2h/day", "max 2h a day": for a task that may be split. */
static int match_max(msched__slice s, msched__attr *attr)
{
    static const char *const words[] = {"max:", "max. ", "max ", "maximum ", "maximal "};
    static const char *const endings[] = {
        "/day",     "/d",      " a day", " per day",  " each day",   " daily", "/tag",
        " pro tag", " am tag", "/jour",  " par jour", "/d\303\255a", NULL};
    size_t at = 0;
    for (size_t i = 0; i < sizeof words / sizeof words[0] && at == 0; i++)
        if (starts(s, words[i]))
            at = strlen(words[i]);
    if (at == 0)
        return 0;
    const int is_colon = s.data[at - 1] == ':';
    msched__slice length = before_ending(rest_of(s, at), endings);
    if (length.size == 0 && is_colon)
        length = rest_of(s, at);
    int32_t seconds = 0;
    if (length.size > 0 && msched__scan_duration(length, 0, &seconds) && seconds > 0 &&
        seconds <= MSCHED_DAY_END_S)
        return msched__attr_set(attr, MSCHED__ATTR_MAX_DAY, seconds);
    return is_colon && memchr(s.data, ' ', s.size) == NULL &&
           bad(attr, s, "needs a length", "write max:2h/day for at most two hours on each date");
}

int msched__match_spread(msched__slice s, msched__attr *attr)
{
    if (s.size == 0)
        return 0;
    msched__attr_clear(attr, s);
    return match_apart(s, attr) || match_max(s, attr);
}

/* The length in "split 2h", "in 45 min blocks". */
static msched__slice length_of_pieces(msched__slice s)
{
    static const char *const endings[] = {" blocks", " chunks",   " pieces",
                                          " parts",  " sessions", NULL};
    if (starts(s, "split "))
        return rest_of(s, 6);
    return starts(s, "in ") ? before_ending(rest_of(s, 3), endings) : (msched__slice){s.data, 0};
}

int msched__match_pieces(msched__slice s, msched__attr *attr)
{
    const msched__slice length = length_of_pieces(s);
    int32_t seconds = 0;
    if (length.size == 0 || !msched__scan_duration(length, 0, &seconds) || seconds <= 0 ||
        seconds > MSCHED_DAY_END_S)
        return 0;
    msched__attr_clear(attr, s);
    return msched__attr_set(attr, MSCHED__ATTR_SPLIT, seconds);
}
