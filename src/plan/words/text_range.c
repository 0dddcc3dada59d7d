/* Ranges of times in plan text: "9:00-17:00", "9 to 5", "9-11am", "between 14:00 and 16:00". */
#include "plan/words/text_range.h"

#include "plan/words/text_scan.h"

#include <musicsched/plan.h>

#include <stdio.h>
#include <string.h>

#define HALF_DAY 43200

enum dash { DASH_NONE, DASH_MARK, DASH_WORD, DASH_AND };

/* A dash of any length, an arrow, or a word between spaces. */
static enum dash take_dash(msched__slice s, size_t *at)
{
    static const char *const words[] = {"to",  "till",     "til",  "until", "bis",
                                        "tot", "\xC3\xA0", "thru", "ot",    NULL};
    size_t p = *at;
    msched__skip_spaces(s, &p);
    enum dash dash = DASH_NONE;
    size_t mark = p;
    while (p < s.size && (s.data[p] == '-' || s.data[p] == '~') && p - mark < 2)
        p++;
    if (p > mark && p < s.size && s.data[p] == '>')
        p++;
    if (p > mark)
        dash = DASH_MARK;
    else if (p + 3 <= s.size && (memcmp(s.data + p, "\xE2\x80\x93", 3) == 0 ||
                                 memcmp(s.data + p, "\xE2\x80\x94", 3) == 0 ||
                                 memcmp(s.data + p, "\xE2\x80\xA6", 3) == 0)) {
        p += 3;
        dash = DASH_MARK;
    } else if (p > *at && msched__take_any(s, &p, words))
        dash = DASH_WORD;
    else if (p > *at && (msched__take_word(s, &p, "and") || msched__take_word(s, &p, "und") ||
                         (p + 1 < s.size && s.data[p] == '&' && s.data[p + 1] == ' ' && p++ > 0)))
        dash = DASH_AND;
    if (dash == DASH_NONE)
        return dash;
    msched__skip_spaces(s, &p);
    *at = p;
    return dash;
}

static int bad_time(msched__attr *attr, msched__slice s)
{
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" is not a time of day",
             msched__attr_shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair,
             "write 0:00 to 36:00, where 24:00 and later is the next day, or 1am to 12pm");
    return msched__attr_bad(attr, "bad_time");
}

static int end_range(msched__attr *attr, msched__slice s, int32_t start, int32_t end)
{
    int32_t from = start & ~MSCHED_TIME_SECOND, to = end & ~MSCHED_TIME_SECOND;
    /* from the first to the second occurrence of a repeated hour */
    int to_second = start == from && end != to;
    int wrapped = !to_second && (to < from || (to == from && end <= start));
    if (wrapped && to + 86400 <= from) /* "30:00-4:00" */
        return bad_time(attr, s);
    attr->kind = MSCHED__ATTR_RANGE;
    attr->a = start;
    attr->b = wrapped ? end + 86400 : end;
    attr->doubt |= wrapped ? MSCHED__WRAPPED : 0;
    return 1;
}

/*
 * Choose the half of the day from the am/pm of the other end, so that the range lasts more than 0
 * and at most 12 hours.
 */
static void take_other_half(msched__clock *open, const msched__clock *known, int open_first)
{
    if (open->sure || open->seconds > HALF_DAY + 3599 || open->half != 0)
        return;
    int32_t time = open->seconds % HALF_DAY;
    for (int evening = 0; evening < 2; evening++) {
        int32_t candidate = time + evening * HALF_DAY;
        int32_t length = open_first ? known->seconds - candidate : candidate - known->seconds;
        length = (length + 2 * 86400) % 86400;
        if (length > 0 && length <= HALF_DAY) {
            open->seconds = candidate;
            break;
        }
    }
    open->sure = 1;
    open->form = MSCHED__TIME_OK;
}

/* Both ends as they were written. 0: it is not a range. */
typedef struct range_text {
    msched__clock start, end;
    enum dash dash;
    int close, marked, between, from;
} range_text;

static int scan_range_text(msched__slice s, range_text *r)
{
    static const char *const froms[] = {"from", "von", NULL}, *const betweens[] = {
                                                                  "between",  "within",  "zwischen",
                                                                  "any time", "anytime", "window",
                                                                  "sometime", NULL};
    size_t p = 0;
    *r = (range_text){.dash = DASH_NONE};
    r->between = msched__take_any(s, &p, betweens);
    r->from = msched__take_any(s, &p, froms);
    r->marked = r->between || r->from;
    if (!r->marked && s.size > 0 && s.data[0] == '@') {
        r->marked = 1;
        p = 1;
    } else if (!r->marked)
        r->marked = msched__take_word(s, &p, "at");
    msched__skip_spaces(s, &p);
    if (msched__scan_time(s, &p, &r->start) == MSCHED__TIME_NONE)
        return 0;
    size_t middle = p;
    r->dash = take_dash(s, &p);
    r->close = r->dash == DASH_MARK && middle < s.size &&
               (s.data[middle] != ' ' || s.data[p - 1] != ' ');
    if (r->dash == DASH_NONE || (r->dash == DASH_AND && !r->between))
        return 0;
    return msched__scan_time(s, &p, &r->end) != MSCHED__TIME_NONE && p == s.size;
}

static uint32_t loose_ends(const range_text *r)
{
    uint32_t doubt = (r->start.doubt | r->end.doubt) | (r->marked ? MSCHED__MARKED : 0) |
                     (r->from ? MSCHED__FROM : 0) |
                     (r->dash == DASH_MARK && !r->close ? MSCHED__SPACED : 0);
    int one_bare = r->start.form == MSCHED__TIME_BARE || r->end.form == MSCHED__TIME_BARE;
    if (one_bare && !r->start.sure && r->start.half == 0 && r->start.seconds < HALF_DAY + 3600)
        doubt |= MSCHED__LOOSE_START;
    if (one_bare && !r->end.sure && r->end.half == 0 && r->end.seconds < HALF_DAY + 3600)
        doubt |= MSCHED__LOOSE_END;
    if (r->start.form == MSCHED__TIME_BARE && r->end.form == MSCHED__TIME_BARE)
        doubt |= MSCHED__BARE;
    if (!r->start.sure && !r->end.sure && r->start.half == 0 && r->end.half == 0)
        doubt |= MSCHED__TWELVE;
    if (r->start.half == 'a' || (r->end.half == 'a' && r->start.seconds < 3600)) /* "12-1am" */
        doubt |= MSCHED__NIGHT;
    return doubt;
}

/* 0 for bare numbers that are not hours, as in "Order 40-50". */
static int is_hour(const msched__clock *clock)
{
    return clock->form != MSCHED__TIME_BARE || clock->seconds <= 24 * 3600;
}

/* "2010-2015": four digits each, which may also be years. */
static int are_years(const range_text *r)
{
    return !r->marked && r->start.seconds >= 19 * 3600 && r->end.seconds <= 21 * 3600 &&
           r->end.seconds > r->start.seconds;
}

int msched__scan_loose_range(msched__slice s, int bare, msched__attr *attr)
{
    range_text r;
    if (!scan_range_text(s, &r))
        return 0;
    if (r.start.form == MSCHED__TIME_BAD || r.end.form == MSCHED__TIME_BAD)
        return bad_time(attr, s);
    int packed = (r.start.doubt & MSCHED__PACKED) != 0;
    /* "19:30-22h" */
    const int is_mixed = r.end.lettered && r.start.form == MSCHED__TIME_OK &&
                         r.end.seconds > r.start.seconds && r.start.half == 0;
    if ((r.start.lettered != r.end.lettered && !is_mixed) ||
        packed != ((r.end.doubt & MSCHED__PACKED) != 0) || !is_hour(&r.start) || !is_hour(&r.end))
        return 0;
    const int wraps = packed && s.size > 4 && s.data[s.size - 4] == '0'; /* "2200-0600" */
    if (packed &&
        ((r.end.seconds <= r.start.seconds && !wraps) || r.end.seconds > 86400 || are_years(&r)))
        return 0;
    if (r.end.half != 0)
        take_other_half(&r.start, &r.end, 1);
    else if (r.start.half != 0)
        take_other_half(&r.end, &r.start, 0);
    uint32_t doubt = loose_ends(&r);
    /* "Shift 7-7" lasts 12 hours, but "1-1 with Sam" and "Draw 2-2" are not times */
    if ((doubt & MSCHED__BARE) != 0 &&
        (!bare || (r.start.seconds == r.end.seconds &&
                   (r.start.seconds < 6 * 3600 || r.start.seconds > HALF_DAY))))
        return 0;
    attr->doubt = doubt;
    if ((doubt & (MSCHED__LOOSE_START | MSCHED__LOOSE_END)) == 0) {
        end_range(attr, s, r.start.seconds, r.end.seconds);
    } else {
        attr->kind = MSCHED__ATTR_RANGE;
        attr->a = r.start.seconds;
        attr->b = r.end.seconds;
    }
    if (r.between)
        attr->kind = MSCHED__ATTR_BETWEEN;
    return 1;
}

/* Bare hours "9-17" are clear only where they can be read in one way. */
static int bare_range(msched__attr *attr, int32_t start, int32_t end)
{
    int32_t from = start / 3600, to = end / 3600;
    if (to > from && to <= 24 && (to > 12 || from >= 6))
        return 1;
    if (to <= from && to + 12 > from && to + 12 <= 24)
        snprintf(attr->repair, sizeof attr->repair, "write %d:00-%d:00", (int)from, (int)to + 12);
    else if (to > from && to <= 12)
        snprintf(attr->repair, sizeof attr->repair, "write %d:00-%d:00 or %d:00-%d:00", (int)from,
                 (int)to, (int)from + 12, (int)to + 12);
    else
        snprintf(attr->repair, sizeof attr->repair, "write both times with minutes (9:00-17:00)");
    snprintf(attr->message, sizeof attr->message, "%d-%d is ambiguous", (int)from, (int)to);
    return msched__attr_bad(attr, "ambiguous_range") && 0;
}

int msched__scan_range(msched__slice s, msched__attr *attr)
{
    range_text r;
    if (!scan_range_text(s, &r) || r.between)
        return 0;
    if (r.start.form == MSCHED__TIME_BARE && r.end.form == MSCHED__TIME_BARE)
        return bare_range(attr, r.start.seconds, r.end.seconds)
                   ? end_range(attr, s, r.start.seconds, r.end.seconds)
                   : 1;
    if (r.start.form == MSCHED__TIME_BAD || r.end.form == MSCHED__TIME_BAD)
        return bad_time(attr, s);
    if (r.end.half != 0)
        take_other_half(&r.start, &r.end, 1);
    else if (r.start.half != 0)
        take_other_half(&r.end, &r.start, 0);
    if (r.start.form == MSCHED__TIME_BARE || r.end.form == MSCHED__TIME_BARE) {
        snprintf(attr->message, sizeof attr->message, "one end of \"%.*s\" is a bare number",
                 msched__attr_shown(s.size), s.data);
        snprintf(attr->repair, sizeof attr->repair,
                 "write both times with minutes (9:00-17:00) or am/pm (9am-5pm)");
        return msched__attr_bad(attr, "ambiguous_range");
    }
    return end_range(attr, s, r.start.seconds, r.end.seconds);
}
