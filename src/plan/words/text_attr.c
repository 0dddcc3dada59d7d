/* Read an attribute of plan text from a slice. */
#include "plan/words/text_attr.h"

#include "plan/words/mood_names.h"
#include "plan/words/text_length.h"
#include "plan/words/text_scan.h"
#include "plan/words/text_time.h"

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

static msched__slice after(msched__slice s, size_t size)
{
    return (msched__slice){s.data + size, s.size - size};
}

/* 1 if the words differ by one letter: replaced, inserted, deleted, or two swapped. */
static int is_near(msched__slice s, const char *word)
{
    size_t size = strlen(word), same = 0, tail = 0, shorter = s.size < size ? s.size : size;
    if (s.size + 1 < size || s.size > size + 1 || size < 4)
        return 0;
    while (same < shorter && (s.data[same] | 32) == word[same])
        same++;
    while (tail < shorter - same && (s.data[s.size - 1 - tail] | 32) == word[size - 1 - tail])
        tail++;
    size_t left = s.size - same - tail, right = size - same - tail;
    if (left == 2 && right == 2)
        return (s.data[same] | 32) == word[same + 1] && (s.data[same + 1] | 32) == word[same];
    return left <= 1 && right <= 1 && left + right > 0;
}

/*
 * "#work", "@phone", "+project": labels of the to-do. attr->code: the known word that may be meant.
 */
static int match_label(msched__slice s, msched__attr *attr)
{
    static const char project[] = "project:"; /* of Taskwarrior */
    const int is_project = s.size > sizeof project - 1 &&
                           msched__slice_is((msched__slice){s.data, sizeof project - 1}, project);
    if (!is_project && (s.data[0] | 32) == 'p')
        return 0;
    msched__slice name = after(s, is_project ? sizeof project - 1 : 1);
    int letters = 0;
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] == ' ' || name.data[i] == '#' || name.data[i] == '@')
            return 0;
        letters |= is_letter(name.data[i]);
    }
    if (!letters || strchr(",;:", name.data[name.size - 1]) != NULL ||
        (s.data[0] == '+' && is_digit(name.data[0])) || name.size > MSCHED_PLAN_MAX_ID_BYTES)
        return 0;
    attr->kind = MSCHED__ATTR_LABEL;
    attr->name = name;
    attr->code = NULL;
    for (size_t i = 0; s.data[0] == '@' && i < sizeof dayparts / sizeof dayparts[0]; i++)
        if (is_near(name, dayparts[i].name))
            attr->code = dayparts[i].name;
    for (uint32_t mood = 1; s.data[0] == '#' && mood < MSCHED_MOOD_COUNT; mood++)
        if (is_near(name, msched_mood_name(mood)))
            attr->code = msched_mood_name(mood);
    if (s.data[0] == '#' && is_near(name, "nomusic"))
        attr->code = "nomusic";
    else if (s.data[0] == '#' && is_near(name, "music"))
        attr->code = "music";
    return 1;
}

static int set_daypart(msched__attr *attr, size_t part)
{
    attr->kind = MSCHED__ATTR_DAYPART;
    attr->a = dayparts[part].start;
    attr->b = dayparts[part].end;
    return 1;
}

static int match_daypart(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    msched__slice name = after(s, 1);
    if (s.data[0] != '@' || name.size == 0 || memchr(s.data, ' ', s.size) != NULL)
        return 0;
    for (size_t i = 0; i < sizeof dayparts / sizeof dayparts[0]; i++)
        if (msched__slice_is(name, dayparts[i].name))
            return set_daypart(attr, i);
    if (place == MSCHED__PLACE_LEAD || place == MSCHED__PLACE_TRAIL || is_digit(name.data[0]))
        return 0;
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" is not a part of the day",
             msched__attr_shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair,
             "known are " MSCHED__DAYPART_LIST
             "; or write a time (after 14:00), or quote the title");
    return msched__attr_bad(attr, "unknown_daypart");
}

/*
 * "tonight", "in the morning"; at the end also "Gym 1h, evening", for which text_run.c checks the
 * word before it.
 */
static int match_daypart_words(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    static const char *const before[] = {"in the", "this", "during the", NULL};
    size_t at = 0;
    attr->doubt = MSCHED__SHOW | MSCHED__MARKED;
    if (msched__slice_is(s, "tonight"))
        return set_daypart(attr, 4);
    if (msched__take_any(s, &at, before))
        msched__skip_spaces(s, &at);
    else if (place == MSCHED__PLACE_TRAIL)
        attr->doubt = MSCHED__SHOW;
    else
        return 0;
    msched__slice name = after(s, at); /* "evenings" is each of them */
    name.size -= at == 0 && name.size > 6 && (name.data[name.size - 1] | 32) == 's';
    for (size_t i = 0; i < 5; i++)
        if (i != 1 && i != 2 && msched__slice_is(name, dayparts[i].name))
            return set_daypart(attr, i);
    if (at == 0 && msched__slice_is(s, "am"))
        return set_daypart(attr, 0);
    if (at > 0 || !msched__slice_is(s, "pm"))
        return 0;
    set_daypart(attr, 3);
    attr->b = 86400;
    return 1;
}

static int match_late(msched__slice s, msched__attr *attr)
{
    return (msched__slice_is(s, "late") || msched__slice_is(s, "as late as possible")) &&
           msched__attr_set(attr, MSCHED__ATTR_LATE, 1);
}

/*
 * "[high]", "low priority", "prio: low", and "priority:H" and "pri:L" of Taskwarrior, whose letters
 * are not those of todo.txt; 0: none.
 */
static int32_t named_priority(msched__slice s)
{
    static const struct {
        const char *text;
        int32_t priority;
    } names[] = {{"[urgent]", 1},
                 {"[high]", 1},
                 {"[medium]", 2},
                 {"[low]", 3},
                 {"high priority", 1},
                 {"medium priority", 2},
                 {"low priority", 3},
                 {"high prio", 1},
                 {"low prio", 3},
                 {"prio: high", 1},
                 {"prio: medium", 2},
                 {"prio: low", 3},
                 {"prio:high", 1},
                 {"prio:medium", 2},
                 {"prio:low", 3},
                 {"priority: high", 1},
                 {"priority: medium", 2},
                 {"priority: low", 3},
                 {"priority:high", 1},
                 {"priority:medium", 2},
                 {"priority:low", 3},
                 {"priority:h", 1},
                 {"priority:m", 2},
                 {"priority:l", 3},
                 {"pri:h", 1},
                 {"pri:m", 2},
                 {"pri:l", 3},
                 {"pri:high", 1},
                 {"pri:medium", 2},
                 {"pri:low", 3}};
    for (size_t i = 0; s.size > 4 && i < sizeof names / sizeof names[0]; i++)
        if (msched__slice_is(s, names[i].text))
            return names[i].priority;
    return 0;
}

static int match_priority(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    static const struct {
        const char *mark;
        int32_t priority;
    } marks[] = {{"!!!", 1}, {"!!", 2},    {"!!1", 1},     {"!!2", 2},  {"!!3", 3},
                 {"!!4", 4}, {"!high", 1}, {"!medium", 2}, {"!low", 3}, {"!none", 4}};
    int paren = place == MSCHED__PLACE_LEAD && s.size == 3 && s.data[0] == '(' &&
                s.data[1] >= 'A' && s.data[1] <= 'Z' && s.data[2] == ')';
    int pri = s.size == 5 && memcmp(s.data, "pri:", 4) == 0 && s.data[4] >= 'A' && s.data[4] <= 'Z';
    const int32_t level = named_priority(s);
    if (level > 0)
        return msched__attr_set(attr, MSCHED__ATTR_PRIORITY, level);
    if (paren || pri) {
        char letter = s.data[paren ? 1 : 4];
        return msched__attr_set(attr, MSCHED__ATTR_PRIORITY, letter > 'D' ? 4 : letter - 'A' + 1);
    }
    int p = s.size == 2 && (s.data[0] == 'p' || s.data[0] == 'P') && s.data[1] >= '1' &&
            s.data[1] <= '4' && place == MSCHED__PLACE_TRAIL;
    if (p)
        return msched__attr_set(attr, MSCHED__ATTR_PRIORITY, s.data[1] - '0');
    if (s.size == 4 && place == MSCHED__PLACE_LEAD && s.data[0] == '[' && s.data[1] == '#' &&
        s.data[2] >= 'A' && s.data[2] <= 'Z' && s.data[3] == ']')
        return msched__attr_set(attr, MSCHED__ATTR_PRIORITY,
                                s.data[2] > 'D' ? 4 : s.data[2] - 'A' + 1);
    if (s.data[0] != '!' || s.size < 2)
        return 0;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (msched__slice_is(s, marks[i].mark))
            return msched__attr_set(attr, MSCHED__ATTR_PRIORITY, marks[i].priority);
    for (size_t i = 1; i < s.size; i++)
        if (!is_digit(s.data[i]))
            return 0;
    if (s.size == 2 && s.data[1] >= '1' && s.data[1] <= '4')
        return msched__attr_set(attr, MSCHED__ATTR_PRIORITY, s.data[1] - '0');
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" is not a priority",
             msched__attr_shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair, "write !1 (essential) to !4, or quote the title");
    return msched__attr_bad(attr, "bad_priority");
}

static int match_tag(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    if (s.data[0] != '#' || s.size < 2 || memchr(s.data, ' ', s.size) != NULL)
        return 0;
    msched__slice name = after(s, 1);
    if (place != MSCHED__PLACE_FILL &&
        (msched__slice_is(name, "music") || msched__slice_is(name, "nomusic")))
        return msched__attr_set(attr, MSCHED__ATTR_MUSIC, name.size == 5);
    for (uint32_t mood = 1; mood < MSCHED_MOOD_COUNT; mood++)
        if (msched__slice_is(name, msched_mood_name(mood)))
            return msched__attr_set(attr, MSCHED__ATTR_MOOD, (int32_t)mood);
    if (place != MSCHED__PLACE_FILL)
        return 0;
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" is not a tag",
             msched__attr_shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair,
             "the tags are music, nomusic, " MSCHED__MOOD_LIST "; or quote the title");
    return msched__attr_bad(attr, "unknown_tag");
}

/*
 * A name after "id:", "after:", "before:" or "during:"; "after:" and "before:" take several,
 * separated by commas.
 */
static int match_name(msched__slice s, size_t prefix, enum msched__attr_kind kind,
                      msched__attr *attr)
{
    int several = kind == MSCHED__ATTR_AFTER || kind == MSCHED__ATTR_BEFORE;
    attr->name = after(s, prefix);
    int ok = attr->name.size > 0 && attr->name.size <= (several ? 2000 : MSCHED_PLAN_MAX_ID_BYTES);
    size_t part = 0;
    for (size_t i = 0; i < attr->name.size; i++) {
        char c = attr->name.data[i];
        int comma = several && c == ',' && part > 0;
        ok &= comma || is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' ||
              (kind != MSCHED__ATTR_ID && c != '\0' && strchr("~/&+", c) != NULL); /* of titles */
        part = comma ? 0 : part + 1;
        ok &= part <= MSCHED_PLAN_MAX_ID_BYTES;
    }
    if (ok && part > 0)
        return msched__attr_set(attr, kind, 0);
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" needs a name",
             msched__attr_shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair,
             "write letters, digits, \"-\", \"_\" and \".\" after the colon, without a space");
    return msched__attr_bad(attr, "bad_name");
}

static int match_pad(msched__slice s, msched__attr *attr)
{
    msched__slice before = after(s, 4), tail;
    const char *slash = memchr(before.data, '/', before.size);
    tail = before;
    if (slash != NULL) {
        before.size = (size_t)(slash - before.data);
        tail = after(tail, before.size + 1);
    }
    attr->kind = MSCHED__ATTR_PAD;
    if (msched__scan_duration(before, 1, &attr->a) && msched__scan_duration(tail, 1, &attr->b) &&
        attr->a <= MSCHED_DAY_END_S && attr->b <= MSCHED_DAY_END_S)
        return 1;
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" needs a length",
             msched__attr_shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair,
             "write pad:10m, or pad:10m/5m for before and after");
    return msched__attr_bad(attr, "bad_duration");
}

static int match_split(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    if (place == MSCHED__PLACE_TRAIL && msched__slice_is(s, "split"))
        return msched__attr_set(attr, MSCHED__ATTR_SPLIT, MSCHED__SPLIT_S);
    if (place == MSCHED__PLACE_TRAIL && msched__slice_is(s, "nosplit"))
        return msched__attr_set(attr, MSCHED__ATTR_SPLIT, 0);
    if (s.size < 6 || !msched__slice_is((msched__slice){s.data, 6}, "split:"))
        return 0;
    attr->kind = MSCHED__ATTR_SPLIT;
    if (msched__scan_duration(after(s, 6), 0, &attr->a) && attr->a > 0 &&
        attr->a <= MSCHED_DAY_END_S)
        return 1;
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" needs a length",
             msched__attr_shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair,
             "write split:30m for pieces of at least 30 minutes");
    return msched__attr_bad(attr, "bad_duration");
}

static int match_colon(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    static const struct {
        const char *word;
        enum msched__attr_kind kind;
    } words[] = {{"id:", MSCHED__ATTR_ID},
                 {"after:", MSCHED__ATTR_AFTER},
                 {"before:", MSCHED__ATTR_BEFORE},
                 {"during:", MSCHED__ATTR_DURING},
                 {"pad:", MSCHED__ATTR_PAD}};
    if (memchr(s.data, ' ', s.size) != NULL)
        return 0;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t size = strlen(words[i].word);
        if (s.size < size || !msched__slice_is((msched__slice){s.data, size}, words[i].word))
            continue;
        if ((place == MSCHED__PLACE_SONG || place == MSCHED__PLACE_FILL) &&
            words[i].kind != MSCHED__ATTR_DURING)
            return 0;
        return words[i].kind == MSCHED__ATTR_PAD ? match_pad(s, attr)
                                                 : match_name(s, size, words[i].kind, attr);
    }
    return place != MSCHED__PLACE_SONG && place != MSCHED__PLACE_FILL &&
           match_split(s, place, attr);
}

static int match_song_word(msched__slice s, msched__attr *attr)
{
    if (msched__slice_is(s, "must"))
        return msched__attr_set(attr, MSCHED__ATTR_MUST, 1);
    if (msched__slice_is(s, "nice"))
        return msched__attr_set(attr, MSCHED__ATTR_MUST, 0);
    if (msched__slice_is(s, "twice"))
        return msched__attr_set(attr, MSCHED__ATTR_TIMES, 2);
    if (s.size == 3 && (s.data[0] | 32) == 'x' && s.data[1] == ' ' && s.data[2] > '0' &&
        s.data[2] <= '9')
        return msched__attr_set(attr, MSCHED__ATTR_TIMES, s.data[2] - '0');
    /* "x2", "2x" */
    const size_t digit = s.size == 2 && (s.data[0] | 32) == 'x';
    if (s.size == 2 && (s.data[1 - digit] | 32) == 'x' && s.data[digit] >= '1' &&
        s.data[digit] <= '9')
        return msched__attr_set(attr, MSCHED__ATTR_TIMES, s.data[digit] - '0');
    return 0;
}

/* "max:6m": the maximum length of a fill song. */
static int match_max(msched__slice s, msched__attr *attr)
{
    if (s.size < 4 || !msched__slice_is((msched__slice){s.data, 4}, "max:"))
        return 0;
    attr->kind = MSCHED__ATTR_MAX_TRACK;
    if (msched__scan_duration(after(s, 4), 1, &attr->a) && attr->a > 0 &&
        attr->a <= MSCHED_DAY_END_S)
        return 1;
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" needs a length",
             msched__attr_shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair, "write max:6m for fill songs of at most 6 minutes");
    return msched__attr_bad(attr, "bad_duration");
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
            return msched__attr_set(attr, MSCHED__ATTR_POPULARITY, number);
        snprintf(attr->message, sizeof attr->message, "\"%.*s\" is not a popularity",
                 msched__attr_shown(s.size), s.data);
        snprintf(attr->repair, sizeof attr->repair, "write min:0 to min:100");
        return msched__attr_bad(attr, "bad_setting");
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
    snprintf(attr->message, sizeof attr->message, "the years %.*s end before they begin",
             msched__attr_shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair,
             "write the earlier year first, for example 2015-2020");
    return msched__attr_bad(attr, "bad_setting");
}

#define WORDS_BYTES_MAX 64 /* first words of attributes of several words */

/* 1 if an attribute can begin with this word. Most words of most titles cannot. */
static int may_begin(msched__slice s)
{
    static const char *const words[26] = {
        "a ab about after afternoon afternoons am an any anytime approx approximately around as at",
        "before begins begun between bis by",
        "ca circa couple",
        "daily day done due during",
        "each eight eighty eleven ended ev evening evenings every",
        "fifteen fifty finished five for forty four from",
        "",
        "half high hour",
        "id in",
        "",
        "",
        "late low",
        "max medium midday midnight min monthly morning mornings must",
        "next nice nine ninety no noon nosplit not",
        "one",
        "p pad paused pm pri prio priority project",
        "quarter",
        "rec roughly",
        "seven seventy six sixty skipped sometime split start started starting starts",
        "t ten thirty this three til till tmrw today tomorrow tonight twelve twenty twice two",
        "um until",
        "von",
        "weekly window within",
        "x",
        "yesterday",
        "zwischen"};
    size_t size = 0, longest = 15;
    char word[16];
    while (size < s.size && size < longest && (s.data[size] | 32) >= 'a' &&
           (s.data[size] | 32) <= 'z') {
        word[size] = (char)(s.data[size] | 32);
        size++;
    }
    if (size == 0)
        return (unsigned char)s.data[0] < 0x80 ||
               (s.size > 1 && memcmp(s.data, "\xC3\xA0", 2) == 0);
    const char *list = words[word[0] - 'a'];
    for (const char *at = list; *at != '\0'; at += *at == ' ') {
        size_t length = strcspn(at, " ");
        if (length == size && memcmp(at, word, size) == 0)
            return 1;
        at += length;
    }
    return 0;
}

/* Attributes of several words that begin with a number have a unit, a dash or a colon. */
static int may_go_on(msched__slice s)
{
    if (s.size > WORDS_BYTES_MAX)
        return memchr(s.data, ' ', s.size) == NULL;
    if (!is_digit(s.data[0]) || memchr(s.data, ' ', s.size) == NULL)
        return 1;
    for (size_t i = 1; i < s.size; i++)
        if (is_letter(s.data[i]) || strchr("-:/~'`", s.data[i]) != NULL)
            return 1;
    return 0;
}

int msched__attr_match(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    if (s.size == 0 || !may_begin(s) || !may_go_on(s))
        return 0;
    int todo = place == MSCHED__PLACE_LEAD || place == MSCHED__PLACE_TRAIL;
    msched__attr_clear(attr, s);
    if (match_daypart(s, place, attr))
        return 1;
    if (place == MSCHED__PLACE_SONG && match_song_word(s, attr))
        return 1;
    if (place == MSCHED__PLACE_FILL && memchr(s.data, ' ', s.size) == NULL &&
        (match_max(s, attr) || match_fill_word(s, attr) || match_tag(s, place, attr)))
        return 1;
    if (match_colon(s, place, attr))
        return 1;
    if (todo && (match_priority(s, place, attr) || match_tag(s, place, attr) ||
                 msched__match_date(s, place, attr)))
        return 1;
    if (todo && match_daypart_words(s, place, attr))
        return 1;
    if (!todo && s.size > 2 && match_daypart_words(s, MSCHED__PLACE_TRAIL, attr)) {
        attr->doubt = MSCHED__BARE; /* "Halo evening", unless a song or genre has that name */
        return 1;
    }
    attr->doubt = 0;
    if (place == MSCHED__PLACE_TRAIL && match_late(s, attr))
        return 1;
    attr->doubt = 0;
    if (msched__match_state(s, place, attr))
        return 1;
    attr->doubt = 0;
    if (msched__match_time(s, place, attr))
        return 1;
    return todo && strchr("#@+pP", s.data[0]) != NULL && match_label(s, attr);
}
