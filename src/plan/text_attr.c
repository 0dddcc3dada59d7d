/* One attribute of plan text from one slice. */
#include "plan/mood_names.h"
#include "plan/plan_builder.h"
#include "plan/text_scan.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int32_t start, end;
} dayparts[] = {
    {"morning", 6 * 3600, 12 * 3600},  {"noon", 11 * 3600 + 1800, 13 * 3600 + 1800},
    {"lunch", 12 * 3600, 14 * 3600},   {"afternoon", 12 * 3600, 18 * 3600},
    {"evening", 18 * 3600, 23 * 3600}, {"night", 22 * 3600, 30 * 3600},
};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static int shown(size_t size)
{
    return (int)(size > 40 ? 40 : size);
}

static msched__slice after(msched__slice s, size_t size)
{
    return (msched__slice){s.data + size, s.size - size};
}

static int set_bad(msched__attr *attr, const char *code)
{
    attr->kind = MSCHED__ATTR_BAD;
    attr->code = code;
    return 1;
}

static int set(msched__attr *attr, enum msched__attr_kind kind, int32_t value)
{
    attr->kind = kind;
    attr->a = attr->b = value;
    return 1;
}

static int match_daypart(msched__slice s, msched__attr *attr)
{
    msched__slice name = after(s, 1);
    if (s.data[0] != '@' || name.size == 0 || memchr(s.data, ' ', s.size) != NULL)
        return 0;
    for (size_t i = 0; i < sizeof dayparts / sizeof dayparts[0]; i++)
        if (msched__slice_is(name, dayparts[i].name)) {
            attr->kind = MSCHED__ATTR_DAYPART;
            attr->a = dayparts[i].start;
            attr->b = dayparts[i].end;
            return 1;
        }
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" is no part of the day", shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair,
             "known are " MSCHED__DAYPART_LIST "; or write a time, as after 14:00, or quote the title");
    return set_bad(attr, "unknown_daypart");
}

static int match_priority(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    int paren =
        place == MSCHED__PLACE_LEAD && s.size == 3 && s.data[0] == '(' && s.data[1] >= 'A' && s.data[1] <= 'D' && s.data[2] == ')';
    if (paren)
        return set(attr, MSCHED__ATTR_PRIORITY, s.data[1] - 'A' + 1);
    int p = s.size == 2 && (s.data[0] == 'p' || s.data[0] == 'P') && s.data[1] >= '1' && s.data[1] <= '4' &&
            place == MSCHED__PLACE_TRAIL;
    if (p)
        return set(attr, MSCHED__ATTR_PRIORITY, s.data[1] - '0');
    if (s.data[0] != '!' || s.size < 2)
        return 0;
    for (size_t i = 1; i < s.size; i++)
        if (!is_digit(s.data[i]))
            return 0;
    if (s.size == 2 && s.data[1] >= '1' && s.data[1] <= '4')
        return set(attr, MSCHED__ATTR_PRIORITY, s.data[1] - '0');
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" is no priority", shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair, "write !1 (essential) to !4, or quote the title");
    return set_bad(attr, "bad_priority");
}

static int match_tag(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    if (s.data[0] != '#' || s.size < 2 || memchr(s.data, ' ', s.size) != NULL)
        return 0;
    msched__slice name = after(s, 1);
    if (place != MSCHED__PLACE_FILL && (msched__slice_is(name, "music") || msched__slice_is(name, "nomusic")))
        return set(attr, MSCHED__ATTR_MUSIC, name.size == 5);
    for (uint32_t mood = 1; mood < MSCHED_MOOD_COUNT; mood++)
        if (msched__slice_is(name, msched_mood_name(mood)))
            return set(attr, MSCHED__ATTR_MOOD, (int32_t)mood);
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" is no tag", shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair, "known are music, nomusic, " MSCHED__MOOD_LIST "; or quote the title");
    return set_bad(attr, "unknown_tag");
}

/* at, after, from, before, by, until and a time. The last three bound the end. */
static int match_worded_time(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    static const struct {
        const char *word;
        enum msched__attr_kind kind;
        int in_song;
    } words[] = {{"at", MSCHED__ATTR_AT, 1},         {"after", MSCHED__ATTR_EARLIEST, 1}, {"from", MSCHED__ATTR_EARLIEST, 0},
                 {"before", MSCHED__ATTR_LATEST, 1}, {"by", MSCHED__ATTR_LATEST, 1},      {"until", MSCHED__ATTR_LATEST, 0}};
    const char *space = memchr(s.data, ' ', s.size);
    if (space == NULL || place == MSCHED__PLACE_FILL)
        return 0;
    msched__slice word = {s.data, (size_t)(space - s.data)};
    size_t i = 0, at = word.size + 1;
    while (i < 6 && !(msched__slice_is(word, words[i].word) && (words[i].in_song || place != MSCHED__PLACE_SONG)))
        i++;
    while (at < s.size && s.data[at] == ' ')
        at++;
    if (i == 6)
        return 0;
    int32_t seconds = 0;
    msched__slice time = after(s, at);
    enum msched__time_form form = msched__scan_time(s, &at, &seconds);
    if (form == MSCHED__TIME_NONE || at != s.size || (form == MSCHED__TIME_BARE && place == MSCHED__PLACE_LEAD))
        return 0;
    if (form == MSCHED__TIME_OK)
        return set(attr, words[i].kind, seconds);
    if (form == MSCHED__TIME_BAD) {
        snprintf(attr->message, sizeof attr->message, "\"%.*s\" is no time of day", shown(time.size), time.data);
        snprintf(attr->repair, sizeof attr->repair, "write 0:00 to 36:00, where 24:00 and later is the next day, or 1am to 12pm");
        return set_bad(attr, "bad_time");
    }
    int hour = seconds / 3600;
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" can be meant in more than one way", shown(s.size), s.data);
    if (hour >= 1 && hour < 12)
        snprintf(attr->repair, sizeof attr->repair, "write %d:00 or %d:00, or quote the title", hour, hour + 12);
    else
        snprintf(attr->repair, sizeof attr->repair, "write %d:00, or quote the title", hour > 36 ? 12 : hour);
    return set_bad(attr, "ambiguous_time");
}

static int match_time_alone(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    size_t at = 0;
    int32_t seconds;
    if (place != MSCHED__PLACE_LEAD && place != MSCHED__PLACE_TRAIL)
        return 0;
    enum msched__time_form form = msched__scan_time(s, &at, &seconds);
    if (at != s.size || (form != MSCHED__TIME_OK && form != MSCHED__TIME_BAD))
        return 0;
    if (form == MSCHED__TIME_BAD) {
        snprintf(attr->message, sizeof attr->message, "\"%.*s\" is no time of day", shown(s.size), s.data);
        snprintf(attr->repair, sizeof attr->repair, "write 0:00 to 36:00, or 1am to 12pm, or quote the title");
        return set_bad(attr, "bad_time");
    }
    if (place == MSCHED__PLACE_LEAD)
        return set(attr, MSCHED__ATTR_AT, seconds);
    if (!is_digit(s.data[0]))
        return 0; /* a title may end in "noon" */
    snprintf(attr->message, sizeof attr->message, "does \"%.*s\" belong to the title?", shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair, "write at %.*s, or quote the title", shown(s.size), s.data);
    return set_bad(attr, "unmarked_time");
}

static int match_duration(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    int32_t seconds;
    if (place == MSCHED__PLACE_SONG || !msched__scan_duration(s, 0, &seconds))
        return 0;
    if (seconds > 0 && seconds <= MSCHED_DAY_END_S)
        return set(attr, MSCHED__ATTR_DURATION, seconds);
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" is no length for a to-do", shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair, "write 1m to 36h, as 45m, 1h30 or 1.5h");
    return set_bad(attr, "bad_duration");
}

/* A name after "id:", "after:" or "during:"; after: takes several with commas between. */
static int match_name(msched__slice s, size_t prefix, enum msched__attr_kind kind, msched__attr *attr)
{
    attr->name = after(s, prefix);
    int ok = attr->name.size > 0 && attr->name.size <= (kind == MSCHED__ATTR_AFTER ? 2000 : MSCHED__ID_MAX_BYTES);
    size_t part = 0;
    for (size_t i = 0; i < attr->name.size; i++) {
        char c = attr->name.data[i];
        int comma = kind == MSCHED__ATTR_AFTER && c == ',' && part > 0;
        ok &= comma || is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || (c == '~' && kind != MSCHED__ATTR_ID);
        part = comma ? 0 : part + 1;
        ok &= part <= MSCHED__ID_MAX_BYTES;
    }
    if (ok && part > 0)
        return set(attr, kind, 0);
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" holds no name", shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair, "write letters, digits, \"-\", \"_\" and \".\" after the colon, without a space");
    return set_bad(attr, "bad_name");
}

static int match_pad(msched__slice s, msched__attr *attr)
{
    msched__slice before = after(s, 4), behind;
    const char *slash = memchr(before.data, '/', before.size);
    behind = before;
    if (slash != NULL) {
        before.size = (size_t)(slash - before.data);
        behind = after(behind, before.size + 1);
    }
    attr->kind = MSCHED__ATTR_PAD;
    if (msched__scan_duration(before, 1, &attr->a) && msched__scan_duration(behind, 1, &attr->b) && attr->a <= MSCHED_DAY_END_S &&
        attr->b <= MSCHED_DAY_END_S)
        return 1;
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" holds no length", shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair, "write pad:10m, or pad:10m/5m for before and after");
    return set_bad(attr, "bad_duration");
}

static int match_split(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    if (place == MSCHED__PLACE_TRAIL && msched__slice_is(s, "split"))
        return set(attr, MSCHED__ATTR_SPLIT, 900);
    if (place == MSCHED__PLACE_TRAIL && msched__slice_is(s, "nosplit"))
        return set(attr, MSCHED__ATTR_SPLIT, 0);
    if (s.size < 6 || !msched__slice_is((msched__slice){s.data, 6}, "split:"))
        return 0;
    attr->kind = MSCHED__ATTR_SPLIT;
    if (msched__scan_duration(after(s, 6), 0, &attr->a) && attr->a > 0 && attr->a <= MSCHED_DAY_END_S)
        return 1;
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" holds no length", shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair, "write split:30m: no piece is then shorter than 30 minutes");
    return set_bad(attr, "bad_duration");
}

static int match_colon(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    static const struct {
        const char *word;
        enum msched__attr_kind kind;
    } words[] = {
        {"id:", MSCHED__ATTR_ID}, {"after:", MSCHED__ATTR_AFTER}, {"during:", MSCHED__ATTR_DURING}, {"pad:", MSCHED__ATTR_PAD}};
    if (memchr(s.data, ' ', s.size) != NULL)
        return 0;
    for (size_t i = 0; i < 4; i++) {
        size_t size = strlen(words[i].word);
        if (s.size < size || !msched__slice_is((msched__slice){s.data, size}, words[i].word))
            continue;
        if (place == MSCHED__PLACE_SONG && words[i].kind != MSCHED__ATTR_DURING)
            return 0;
        return words[i].kind == MSCHED__ATTR_PAD ? match_pad(s, attr) : match_name(s, size, words[i].kind, attr);
    }
    return place != MSCHED__PLACE_SONG && match_split(s, place, attr);
}

static int match_song_word(msched__slice s, msched__attr *attr)
{
    if (msched__slice_is(s, "must"))
        return set(attr, MSCHED__ATTR_MUST, 1);
    if (msched__slice_is(s, "nice"))
        return set(attr, MSCHED__ATTR_MUST, 0);
    if (s.size == 2 && (s.data[0] == 'x' || s.data[0] == 'X') && s.data[1] >= '1' && s.data[1] <= '9')
        return set(attr, MSCHED__ATTR_TIMES, s.data[1] - '0');
    return 0;
}

/* "2015", "2015-2020", "min:70" */
static int match_fill_word(msched__slice s, msched__attr *attr)
{
    size_t digits = 0;
    int32_t number = 0;
    if (s.size > 4 && msched__slice_is((msched__slice){s.data, 4}, "min:")) {
        for (size_t i = 4; i < s.size; i++, digits++)
            number = is_digit(s.data[i]) && number < 1000 ? number * 10 + (s.data[i] - '0') : 1000;
        if (number <= 100)
            return set(attr, MSCHED__ATTR_POPULARITY, number);
        snprintf(attr->message, sizeof attr->message, "\"%.*s\" is no popularity", shown(s.size), s.data);
        snprintf(attr->repair, sizeof attr->repair, "write min:0 to min:100");
        return set_bad(attr, "bad_setting");
    }
    if (s.size != 4 && !(s.size == 9 && s.data[4] == '-'))
        return 0;
    int32_t years[2] = {0, 0};
    for (size_t i = 0; i < s.size; i++) {
        if (i == 4)
            continue;
        if (!is_digit(s.data[i]))
            return 0;
        years[i > 4] = years[i > 4] * 10 + (s.data[i] - '0');
    }
    attr->kind = MSCHED__ATTR_YEARS;
    attr->a = years[0];
    attr->b = s.size == 4 ? years[0] : years[1];
    if (attr->a > 0 && attr->a <= attr->b)
        return 1;
    snprintf(attr->message, sizeof attr->message, "the years %.*s end before they begin", shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair, "write the earlier year first, as 2015-2020");
    return set_bad(attr, "bad_setting");
}

int msched__attr_match(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    if (s.size == 0)
        return 0;
    *attr = (msched__attr){.kind = MSCHED__ATTR_BAD};
    if (match_daypart(s, attr))
        return 1;
    if (place == MSCHED__PLACE_SONG && match_song_word(s, attr))
        return 1;
    if (place == MSCHED__PLACE_FILL && (match_fill_word(s, attr) || match_tag(s, place, attr)))
        return 1;
    if (place != MSCHED__PLACE_FILL && match_colon(s, place, attr))
        return 1;
    if ((place == MSCHED__PLACE_LEAD || place == MSCHED__PLACE_TRAIL) &&
        (match_priority(s, place, attr) || match_tag(s, place, attr)))
        return 1;
    return match_duration(s, place, attr) || msched__scan_range(s, place == MSCHED__PLACE_LEAD, attr) ||
           match_worded_time(s, place, attr) || match_time_alone(s, place, attr);
}
