/*
 * The title of a to-do: what is left between its attributes, and the times and lengths that are
 * written within it.
 */
#include "plan/text/plan_text.h"
#include "plan/words/text_attr.h"
#include "plan/words/text_beside.h"
#include "plan/words/text_clock_words.h"
#include "plan/words/text_length.h"

#include <musicsched/plan.h>

#include <string.h>

/* the rest of a title is not searched, so that long lines cost little */
#define TITLE_WORDS_MAX 64

enum verdict { PASS, SUSPECT, TAKE, KEEP };

static int is_any(msched__slice word, const char *const *words)
{
    size_t at = 0;
    return msched__take_any(word, &at, words) && at == word.size;
}

static int ends_in_comma(msched__slice word)
{
    return word.size > 1 && word.data[word.size - 1] == ',';
}

static int has_kind(const msched__text_reader *in, enum msched__attr_kind kind)
{
    for (uint32_t i = 0; i < in->run->count; i++)
        if (in->run->items[i].attr.kind == kind)
            return 1;
    return 0;
}

static int has_time(const msched__text_reader *in)
{
    return has_kind(in, MSCHED__ATTR_RANGE) || has_kind(in, MSCHED__ATTR_AT);
}

/* The same, or a bound: "by 17:00 PST". */
static int is_timed(const msched__text_reader *in)
{
    return has_time(in) || has_kind(in, MSCHED__ATTR_LATEST) || has_kind(in, MSCHED__ATTR_EARLIEST);
}

/* 1 if it is followed by a phrase or the end of the title. */
typedef struct place {
    int first, followed, counted; /* at the start of the title; next to a phrase; after "Room" */
    int article, timed;           /* after "the"; before a time */
} place;

static enum verdict judge_length(const msched__text_reader *in, const msched__attr *attr, place at)
{
    int given = has_kind(in, MSCHED__ATTR_DURATION) || has_kind(in, MSCHED__ATTR_RANGE);
    if ((attr->doubt & MSCHED__ADJECTIVE) != 0)
        return given || attr->a > 12 * 3600 ? PASS : SUSPECT;
    if ((attr->doubt & MSCHED__LENGTH_RANGE) != 0 || given)
        return SUSPECT;
    if ((attr->doubt & (MSCHED__FOR | MSCHED__COMPACT)) != 0 && !at.article)
        return TAKE;
    return at.followed ? TAKE : SUSPECT;
}

static enum verdict judge_time(const msched__text_reader *in, const msched__attr *attr, place at)
{
    int marked = (attr->doubt & MSCHED__MARKED) != 0, bare = (attr->doubt & MSCHED__BARE) != 0;
    if (!marked && at.counted)
        return PASS;
    if (attr->kind == MSCHED__ATTR_RANGE && bare) {
        if ((attr->doubt & MSCHED__SPACED) != 0 && !marked)
            return PASS;
        return (at.followed || marked) && !has_time(in) && !has_kind(in, MSCHED__ATTR_DURATION)
                   ? TAKE
                   : SUSPECT;
    }
    if (has_time(in) || (attr->doubt & MSCHED__PACKED) != 0)
        return SUSPECT;
    if (attr->kind == MSCHED__ATTR_RANGE)
        return TAKE;
    if (bare)
        return !marked ? PASS : at.followed ? TAKE : SUSPECT;
    if (marked || (attr->doubt & MSCHED__NIGHT) != 0)
        return TAKE;
    return (attr->doubt & MSCHED__DOTTED) == 0 && attr->a >= 6 * 3600 ? TAKE : SUSPECT;
}

static enum verdict judge(const msched__text_reader *in, const msched__attr *attr, place at)
{
    switch (attr->kind) {
    case MSCHED__ATTR_RANGE:
    case MSCHED__ATTR_AT:
        return judge_time(in, attr, at);
    case MSCHED__ATTR_DURATION:
        return judge_length(in, attr, at);
    case MSCHED__ATTR_EARLIEST:
    case MSCHED__ATTR_LATEST:
    case MSCHED__ATTR_BETWEEN:
        if ((attr->doubt & MSCHED__BARE) != 0)
            return PASS;
        return has_time(in) || has_kind(in, attr->kind) ? SUSPECT : TAKE;
    case MSCHED__ATTR_DAYPART:
        if ((attr->doubt & MSCHED__SHOW) != 0 &&
            ((attr->doubt & MSCHED__MARKED) == 0 || !at.followed))
            return PASS;
        return has_time(in) || has_kind(in, attr->kind) ? PASS : TAKE;
    case MSCHED__ATTR_LABEL:
        return KEEP;
    case MSCHED__ATTR_MUSIC:
    case MSCHED__ATTR_MOOD:
        return has_kind(in, attr->kind) ? PASS : KEEP;
    case MSCHED__ATTR_ID:
    case MSCHED__ATTR_AFTER:
    case MSCHED__ATTR_PAD:
    case MSCHED__ATTR_DUE:
    case MSCHED__ATTR_FROM_DAY:
    case MSCHED__ATTR_APART:
    case MSCHED__ATTR_MAX_DAY:
        return TAKE;
    case MSCHED__ATTR_ON:
        if (at.timed && !has_kind(in, attr->kind)) /* "exam fri 9-11 room 4" */
            return TAKE;
        /* fall through */
    case MSCHED__ATTR_REPEAT:
        return (attr->doubt & MSCHED__BARE) != 0 || has_kind(in, attr->kind) ? PASS : TAKE;
    case MSCHED__ATTR_DUE_AT:
    case MSCHED__ATTR_RELEASE_AT:
        return !at.followed || has_kind(in, attr->kind) ? PASS : TAKE;
    case MSCHED__ATTR_BAD:
        return strcmp(attr->code, "bad_time") == 0 ? SUSPECT : PASS;
    default:
        return PASS;
    }
}

/* "of", "de", in lower case: "1h De Niro" has a name. */
static int joins_length(msched__slice word)
{
    return (word.size == 2 && (memcmp(word.data, "of", 2) == 0 || memcmp(word.data, "de", 2) == 0 ||
                               memcmp(word.data, "di", 2) == 0)) ||
           msched__slice_is(word, "of");
}

/* "in an hour": the words, which are a time from now on; 0: none. */
static uint32_t relative_words(const msched__text_reader *in, uint32_t at, uint32_t last)
{
    static const char *const ins[] = {"in", "within", "dans", NULL};
    int32_t seconds;
    uint32_t doubt;
    if (!is_any(in->words[at], ins))
        return 0;
    for (uint32_t n = 1; n < 5 && at + n < last; n++)
        if (msched__scan_length(msched__text_words(in, at + 1, at + n), 0, &seconds, &doubt) &&
            (doubt & MSCHED__ADJECTIVE) == 0)
            return n + 1;
    return 0;
}

/* "four minutes", "2 du matin": the words; 0: none, or "dix heures" is the title of a length. */
static uint32_t left_words(const msched__text_reader *in, uint32_t first, uint32_t at,
                           uint32_t last, int *is_length)
{
    const msched__slice text = msched__text_words(in, at, last - 1);
    const size_t size = msched__left_words(text, 0, is_length);
    uint32_t count = 0;
    while (at + count < last && in->words[at + count].data < text.data + size)
        count++;
    return at == first && at + count == last && has_kind(in, MSCHED__ATTR_DURATION) ? 0 : count;
}

/* "9 : 30" */
static int is_spaced_clock(const msched__text_reader *in, uint32_t at, uint32_t last)
{
    size_t hour = 0, minute = 0;
    return at + 2 < last && in->words[at + 1].size == 1 && in->words[at + 1].data[0] == ':' &&
           in->words[at].size < 3 && in->words[at + 2].size == 2 &&
           msched__take_number(in->words[at], &hour, 2) >= 0 &&
           msched__take_number(in->words[at + 2], &minute, 2) >= 0 && minute == 2;
}

static int is_all_day(const msched__text_reader *in, uint32_t at, uint32_t last)
{
    msched__slice day = at + 1 < last ? in->words[at + 1] : (msched__slice){"", 0};
    while (day.size > 0 && strchr(":,;.)-", day.data[day.size - 1]) != NULL)
        day.size--;
    msched__slice all = in->words[at];
    if (all.size > 0 && all.data[0] == '(')
        all = (msched__slice){all.data + 1, all.size - 1};
    return msched__word_among(day, " day morning afternoon evening ") &&
           (msched__slice_is(all, "all") || msched__slice_is(all, "whole"));
}

/* The words [first, end) of the title in quotation marks, as the edit of the remark made last. */
static void offer_quotes(msched__text_reader *in, uint32_t first, uint32_t end)
{
    msched__slice title = msched__text_raw(in, msched__text_words(in, first, end - 1));
    msched__slice plain = msched__text_words(in, first, end - 1);
    char *text = memchr(plain.data, '"', plain.size) == NULL
                     ? msched__arena_alloc(&in->arena, title.size + 3, 1)
                     : NULL;
    if (text == NULL)
        return;
    text[0] = text[title.size + 1] = '"';
    memcpy(text + 1, title.data, title.size);
    text[title.size + 2] = '\0';
    const char *const texts[] = {text};
    msched__text_offer(in, title, texts, 1);
}

static void warn_left(msched__text_reader *in, uint32_t first, uint32_t n, int is_length)
{
    msched__slice text = msched__text_raw(in, msched__text_words(in, first, first + n - 1));
    int size = (int)(text.size > 60 ? 60 : text.size);
    msched__text_remark(
        in, MSCHED_SEVERITY_WARNING, text.data, is_length ? "length_in_title" : "time_in_title",
        is_length
            ? "write the length at the end (30m or 1h30), or quote the title"
            : "write the time at the start or the end (14:00 or 14:00-15:00), or quote the title",
        "\"%.*s\" looks like a %s; it is left in the title", size, text.data,
        is_length ? "length" : "time");
}

/* "by EOD": the ends of office hours or of the day, as edits of the last remark. 1: offered. */
static int offer_day_end(msched__text_reader *in, uint32_t first, uint32_t at)
{
    static const char *const bys[] = {"by", "before", "until", "till", "due", NULL},
                             *const texts[] = {"by 17:00", "by 18:00", "by 23:00"};
    const int is_day = msched__word_among(in->words[at], " eod ");
    if (!is_day && !msched__word_among(in->words[at], " cob "))
        return 0;
    uint32_t from = at;
    while (from > first && is_any(in->words[from - 1], bys))
        from--;
    msched__text_offer(in, msched__text_raw(in, msched__text_words(in, from, at)), texts,
                       is_day ? 3 : 2);
    return 1;
}

static void warn_all_day(msched__text_reader *in, uint32_t at)
{
    msched__slice text = msched__text_raw(in, msched__text_words(in, at, at + 1));
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data, "length_in_title",
                        "write its hours, for example 9:00-17:00, or quote the title",
                        "\"%.*s\" gives no hours; it is left in the title",
                        (int)(text.size > 60 ? 60 : text.size), text.data);
}

static int is_article(msched__slice word)
{
    static const char *const words[] = {"a",    "an",  "the",  "my",   "our", "another",
                                        "each", "one", "this", "that", NULL};
    return is_any(word, words);
}

/* "Zoom with team 9:00 (link)" has a time, not a team with that number. */
static int is_team(msched__slice word)
{
    static const char *const words[] = {"team",  "teams", "lesson", "lessons", "group",    "groups",
                                        "class", "house", "room",   "gate",    "platform", "floor",
                                        "task",  "tasks", "train",  "track",   "building", NULL};
    return is_any(word, words);
}

static int is_clock(msched__slice word)
{
    size_t at = 0;
    while (word.size > 0 && strchr(",;.", word.data[word.size - 1]) != NULL)
        word.size--;
    return msched__take_number(word, &at, 2) >= 6 && at + 3 == word.size && word.data[at] == ':';
}

/* "Lesson 4pm" */
static int has_half(msched__slice word)
{
    return word.size > 2 && (word.data[word.size - 1] | 32) == 'm' &&
           strchr("aApP", word.data[word.size - 2]) != NULL &&
           msched__digit_at(word, word.size - 3);
}

/* "study group 4:30-6": with minutes, it is not a number of groups. */
static int has_clock_range(const msched__attr *attr, msched__slice noun, msched__slice word)
{
    return attr->kind == MSCHED__ATTR_RANGE && msched__has_numbers_and_times(noun) &&
           memchr(word.data, ':', word.size) != NULL;
}

/*
 * The most words from `at` on that are an attribute, which is stored in the item after the last; 0:
 * none.
 */
static uint32_t match_within(msched__text_reader *in, uint32_t at, uint32_t end, uint32_t *pushed)
{
    uint32_t left = end - at, n = left < MSCHED__ATTR_WORDS_MAX ? left : MSCHED__ATTR_WORDS_MAX;
    for (; n > 0; n--) {
        const uint32_t count = in->run->count;
        const msched__attr *attr = &in->run->items[count].attr;
        *pushed = msched__run_take(in, at, n, MSCHED__PLACE_TRAIL);
        if (*pushed > 0 && attr->kind == MSCHED__ATTR_DURATION && n > 1 && at + n < end &&
            ((attr->doubt & MSCHED__UNITLESS) != 0 || /* "1 h 5 laps", "1h 1/2 chicken" */
             msched__ends_in_half(in->words[at + n - 1]))) {
            in->run->count = count;
            *pushed = 0;
        }
        if (*pushed != 0)
            return n;
    }
    if (!in->quoted[at] && msched__digit_at(in->words[at], 0) &&
        msched__attr_match(in->words[at], MSCHED__PLACE_LEAD,
                           &in->run->items[in->run->count].attr) &&
        in->run->items[in->run->count].attr.kind == MSCHED__ATTR_AT) {
        in->run->items[in->run->count].attr.doubt |= MSCHED__PACKED; /* never taken */
        *pushed = 1;
        in->run->count++;
        return 1;
    }
    return 0;
}

/* "Group 7-9" without a time or a length: its hours, or two of its groups. */
static int may_be_hours(msched__text_reader *in, uint32_t at)
{
    msched__attr *attr = &in->run->items[in->run->count].attr; /* scratch */
    return !has_time(in) && !has_kind(in, MSCHED__ATTR_DURATION) &&
           msched__attr_match(in->words[at], MSCHED__PLACE_TRAIL, attr) &&
           attr->kind == MSCHED__ATTR_RANGE;
}

static int is_taken(const msched__run *run, uint32_t word)
{
    for (uint32_t i = 0; i < run->count; i++)
        if (!run->items[i].keep && word >= run->items[i].first &&
            word < run->items[i].first + run->items[i].count)
            return 1;
    return 0;
}

/*
 * A word of the title [first, last) that may be a time. "2100" may be a year, too: only at the
 * start or the end, and if a length without a time shows that the line lacks its time.
 */
static int looks_like_time(const msched__text_reader *in, uint32_t first, uint32_t at,
                           uint32_t last)
{
    const msched__slice word = in->words[at], none = {"", 0},
                        previous = at > first ? in->words[at - 1] : none,
                        next = at + 1 < last ? in->words[at + 1] : none;
    if (msched__counts_things(previous) || msched__is_amount(word, next))
        return 0;
    return msched__looks_like_time(word, at == first, at + 1 == last) ||
           (msched__is_year_or_time(word) && (at == first || at + 1 == last) &&
            has_kind(in, MSCHED__ATTR_DURATION) && !is_timed(in) &&
            !msched__goes_with_year(previous) && !msched__goes_with_year(next));
}

/*
 * Attributes in words [first, end) of the title: clear ones are used, doubtful ones are reported.
 */
static void scan_title(msched__text_reader *in, uint32_t first, uint32_t end)
{
    uint32_t at = first;
    uint32_t told = in->diag->count, last = end;
    int is_used = 0, is_length = 0;
    if (end - first > TITLE_WORDS_MAX)
        end = first + TITLE_WORDS_MAX;
    while (at < end && in->run->count + 8 < MSCHED__RUN_MAX) {
        if (is_taken(in->run, at)) { /* "Train 7.52 to Hamburg" */
            at++;
            continue;
        }
        uint32_t before = in->run->count, pushed = 0, n = match_within(in, at, end, &pushed);
        msched__slice previous = at > first ? in->words[at - 1] : (msched__slice){"", 0};
        if (!in->quoted[at] && msched__digit_at(in->words[at], 0) &&
            msched__text_begins_with_range(in, msched__text_words(in, at, last - 1))) {
            in->run->count = before; /* "11-12 Dec" are dates, not hours */
            at++;
            continue;
        }
        if (n == 0) {
            if (in->quoted[at])
                at++;
            else if ((n = msched__text_bracket_length(in, at, last, &is_length)) > 0) {
                if (is_length)
                    warn_left(in, at, n, 1);
                at += n;
            } else if (is_timed(in) && msched__is_zone(in->words[at], at > first))
                in->zone_word = msched__text_raw(in, in->words[at++]); /* text_clock.c warns */
            else if (at > first && (n = relative_words(in, at, last)) > 0)
                warn_left(in, at, n, 0), at += n;
            else if ((n = left_words(in, first, at, last, &is_length)) > 0)
                warn_left(in, at, n, is_length), at += n;
            else if (is_spaced_clock(in, at, last))
                warn_left(in, at, 3, 0), at += 3;
            else if (is_all_day(in, at, last))
                warn_all_day(in, at), at += 2;
            else if (looks_like_time(in, first, at, last)) {
                warn_left(in, at, 1, 0);
                is_used |= offer_day_end(in, first, at++);
            } else if (at + 1 < last && msched__is_zone(in->words[at + 1], 0) &&
                       msched__text_is_hour(in->words[at]))
                warn_left(in, at, 2, 0), at += 2; /* "9 CET" */
            else if (at + 2 == last && at > first && msched__slice_is(in->words[at], "~") &&
                     msched__text_is_hour(in->words[at + 1]))
                warn_left(in, at, 2, 0), at += 2; /* "cake ~ 11" */
            else if ((n = msched__text_listed_hours(in, first, at, last)) > 0)
                warn_left(in, at, n, 0), at += n;
            else if (msched__has_numbers_and_times(previous) && may_be_hours(in, at))
                warn_left(in, at++, 1, 0);
            else if (msched__looks_like_length(in->words[at]))
                warn_left(in, at++, 1, 1);
            else
                at++;
            continue;
        }
        in->run->count = before;
        const msched__attr *attr = &in->run->items[before].attr;
        place where = {
            .first = at == first,
            .followed = at + n == end || msched__begins_phrase(in->words[at + n]) ||
                        (at + n + 1 < end && /* "10-12 room 204" */
                         msched__names_place(in->words[at + n], in->words[at + n + 1])) ||
                        (attr->kind == MSCHED__ATTR_RANGE && ends_in_comma(in->words[at + n - 1])),
            .counted = msched__counts_things(previous) && !msched__is_company(in->words, at) &&
                       !(is_team(previous) && is_clock(in->words[at])) &&
                       !has_half(in->words[at]) && !has_clock_range(attr, previous, in->words[at]),
            .article = is_article(previous),
            .timed = msched__time_follows(in->plain,
                                          (size_t)(in->words[at + n - 1].data +
                                                   in->words[at + n - 1].size - in->plain.data))};
        enum verdict verdict = judge(in, attr, where);
        if (verdict == SUSPECT)
            warn_left(in, at, n, attr->kind == MSCHED__ATTR_DURATION);
        if (verdict == TAKE || verdict == KEEP) {
            in->run->count = before + pushed;
            is_used |= verdict == TAKE;
            n += attr->kind == MSCHED__ATTR_DURATION && at + n < end &&
                 msched__slice_is(in->words[at + n], "of");
            for (uint32_t i = before; i < in->run->count; i++) {
                in->run->items[i].attr.doubt |= verdict == TAKE ? MSCHED__SHOW : 0;
                in->run->items[i].first = at;
                in->run->items[i].count = n;
                in->run->items[i].keep = verdict == KEEP;
            }
        }
        at += n;
    }
    if (in->diag->count > told && !is_used) /* quoting the title would lose what is used */
        offer_quotes(in, first, last);
}

static void drop_item(msched__run *run, uint32_t index)
{
    memmove(run->items + index, run->items + index + 1,
            (run->count - index - 1) * sizeof *run->items);
    run->count--;
}

/*
 * A length or bare range next to the title becomes a part of it again if another one is meant: "24
 * Hour Fitness 1h", "Room 9-10 30m".
 */
static int speaks_against(const msched__attr *attr, const msched__attr *other)
{
    if (attr->kind == MSCHED__ATTR_RANGE) {
        if (other->kind == MSCHED__ATTR_DURATION)
            return (attr->b - attr->a + 86400) % 43200 != other->a % 43200;
        return other->kind == MSCHED__ATTR_RANGE || other->kind == MSCHED__ATTR_AT;
    }
    return other->kind == MSCHED__ATTR_DURATION ||
           (other->kind == MSCHED__ATTR_RANGE && (attr->doubt & MSCHED__ADJECTIVE) != 0 &&
            (other->doubt & MSCHED__BARE) == 0);
}

static void settle(msched__text_reader *in, uint32_t *first, uint32_t *end, uint32_t *lead)
{
    msched__run *run = in->run;
    for (uint32_t i = 0; i < run->count; i++) {
        const msched__placed_attr *item = &run->items[i];
        const msched__attr *attr = &item->attr;
        int is_lead = i < *lead, length = attr->kind == MSCHED__ATTR_DURATION && is_lead;
        int bare = attr->kind == MSCHED__ATTR_RANGE && (attr->doubt & MSCHED__BARE) != 0 &&
                   (attr->doubt & MSCHED__MARKED) == 0;
        if ((!bare && !length) ||
            (is_lead ? item->first + item->count != *first : item->first != *end))
            continue;
        int back = length && (attr->doubt & MSCHED__ADJECTIVE) != 0 && attr->a > 12 * 3600;
        for (uint32_t k = 0; k < run->count; k++)
            back |= k != i && (k >= *lead || !is_lead) && speaks_against(attr, &run->items[k].attr);
        if (!back)
            continue;
        if (is_lead) {
            *first = item->first;
            (*lead)--;
        } else {
            *end = item->first + item->count;
        }
        drop_item(run, i);
        return;
    }
}

/* The words of the title that belong to no attribute, with their spaces. */
static char *join(msched__text_reader *in, uint32_t first, uint32_t end)
{
    char *out = msched__arena_alloc(
        &in->arena, msched__text_raw(in, msched__text_words(in, first, end - 1)).size + 1, 1);
    if (out == NULL) {
        in->failed = 1;
        return NULL;
    }
    size_t size = 0;
    uint32_t previous = UINT32_MAX;
    for (uint32_t i = first; i < end; i++) {
        if (is_taken(in->run, i))
            continue;
        int beside = previous != UINT32_MAX && previous + 1 == i;
        if (previous != UINT32_MAX && !beside && msched__is_separator(in->words[i]) &&
            msched__is_separator(in->words[previous]))
            continue;
        msched__slice word = msched__text_raw(in, beside ? msched__text_words(in, previous, i)
                                                         : in->words[i]);
        size_t skip = beside ? msched__text_raw(in, in->words[previous]).size : 0;
        if (previous != UINT32_MAX && !beside)
            out[size++] = ' ';
        size += msched__text_keep(in, (msched__slice){word.data + skip, word.size - skip},
                                  out + size);
        previous = i;
    }
    out[size] = '\0';
    return out;
}

/* Marks between the title and its attributes are not part of it. */
static const char *trim_marks(char *title, int before, int after)
{
    size_t size = strlen(title);
    while (before && size > 0 && strchr(":-|,; ", title[0]) != NULL &&
           !(title[0] == '-' && title[1] != ' ')) {
        title++;
        size--;
    }
    while (after && size > 0 && strchr(":-|,; ", title[size - 1]) != NULL &&
           !(title[size - 1] == '-' && size > 1 && title[size - 2] != ' '))
        title[--size] = '\0';
    if (size == 2 && title[0] == '"' && title[1] == '"')
        title[0] = '\0';
    return title;
}

/*
 * The text between quotation marks that enclose the whole slice; the slice itself without such
 * marks.
 */
static msched__slice unquote(msched__slice s)
{
    if (s.size >= 2 && s.data[0] == '"' && s.data[s.size - 1] == '"' &&
        memchr(s.data + 1, '"', s.size - 2) == NULL)
        return (msched__slice){s.data + 1, s.size - 2};
    return s;
}

const char *msched__text_title(msched__text_reader *in, uint32_t first, uint32_t end, uint32_t lead,
                               const char **at)
{
    settle(in, &first, &end, &lead);
    uint32_t trail = in->run->count - lead;
    while (first < end && lead > 0 && msched__is_separator(in->words[first]))
        first++;
    while (first < end && trail > 0 && msched__is_separator(in->words[end - 1]))
        end--;
    if (lead > 0 && first + 1 < end && joins_length(in->words[first]) &&
        in->run->items[lead - 1].attr.kind == MSCHED__ATTR_DURATION)
        first++; /* "half an hour of piano" */
    if (trail > 0 && first + 1 < end && joins_length(in->words[end - 1]) &&
        in->run->items[lead].attr.kind == MSCHED__ATTR_DURATION)
        end--; /* "Siesta de 20 min" */
    if (first >= end)
        return "";
    *at = in->words[first].data;
    msched__slice whole = msched__text_words(in, first, end - 1);
    while (trail > 0 && whole.size > 2 && strchr(",;:", whole.data[whole.size - 1]) != NULL)
        whole.size--;
    msched__slice literal = unquote(whole);
    if (literal.size < whole.size) {
        literal = msched__text_raw(in, literal);
        *at = literal.data;
        while (literal.size > 0 && literal.data[literal.size - 1] == ' ')
            literal.size--;
        while (literal.size > 0 && literal.data[0] == ' ')
            literal = (msched__slice){literal.data + 1, literal.size - 1};
        const char *text = msched__arena_copy(&in->arena, literal.data, literal.size);
        in->failed |= text == NULL;
        return text;
    }
    scan_title(in, first, end);
    char *title = join(in, first, end);
    return title == NULL ? NULL : trim_marks(title, lead > 0, in->run->count > lead);
}
