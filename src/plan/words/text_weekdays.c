/*
 * Weekdays as people shorten and join them in several languages: "Mo-Fr", "martes y jueves",
 * "Monday to Friday", "montags", "tous les mardis". A short name is also another word ("do", "mi",
 * "mar"), so it counts only next to a time, a date or another short name.
 */
#include "plan/words/text_weekdays.h"

#include "base/civil.h"
#include "plan/words/text_beside.h"
#include "plan/words/text_date_words.h"
#include "plan/words/text_negation_words.h"

#include <string.h>

const char *const msched__range_words[] = {"bis zum", "bis",  "to",  "until", "through",
                                           "thru",    "till", "til", "au",    "al",
                                           "tot",     "t/m",  NULL};
const char *const msched__from_words[] = {"from", "von", "vom",      "ab",  "de", "du",
                                          "dal",  "van", "desde el", "del", NULL};
const char *const msched__or_words[] = {"or", "oder", "ou", "o", "of", NULL};

static const char *const every[] = {"sundays",   "mondays", "tuesdays", "wednesdays",
                                    "thursdays", "fridays", "saturdays"};

/* German, Romance, Dutch, Scandinavian and Polish; each name is followed by its weekday. */
static const char short_names[] =
    " mo1 di2 mi3 do4 fr5 sa6 so0 lun1 mar2 mer3 jeu4 ven5 sam6 dim0 mie3 mi\303\251"
    "3 jue4 "
    "vie5 s\303\241"
    "b6 sab6 dom0 gio4 ma1 wo3 vr5 za6 zo0 segunda1 ter\303\247"
    "a2 terca2 quarta3 quinta4 sexta5 seg1 ter2 qua3 qui4 sex5 m\303\245n1 man1 tis2 tir2 ons3 "
    "tors4 tor4 fre5 l\303\266r6 "
    "l\303\270r6 s\303\266n0 s\303\270n0 pon1 wt2 \305\233r3 czw4 pt5 sob6 niedz0 ";
/* every week on that day */
static const char plurals[] =
    " montags1 dienstags2 mittwochs3 donnerstags4 freitags5 samstags6 sonnabends6 sonntags0 "
    "lundis1 mardis2 mercredis3 jeudis4 vendredis5 samedis6 dimanches0 s\303\241"
    "bados6 "
    "sabados6 domingos0 m\303\245ndagar1 mandage1 tisdagar2 tirsdage2 onsdagar3 onsdage3 "
    "torsdagar4 torsdage4 fredagar5 fredage5 l\303\266rdagar6 l\303\270rdage6 "
    "s\303\266ndagar0 s\303\270ndage0 ";

/* The weekday after a name in one of the lists, if the word at *at is in it; -1: it is not. */
static int look_up(const char *list, msched__slice s, size_t *at)
{
    char key[16] = " ";
    size_t size = 0;
    while (size < sizeof key - 2 && *at + size < s.size &&
           (msched__letter_at(s, *at + size) || (unsigned char)s.data[*at + size] >= 0x80)) {
        key[size + 1] = msched__lower(s.data[*at + size]);
        size++;
    }
    if (size < 2 || size == sizeof key - 2)
        return -1;
    const char *found = list;
    while ((found = strstr(found, key)) != NULL) {
        const char digit = found[size + 1];
        if (digit >= '0' && digit <= '6') {
            *at += size;
            return digit - '0';
        }
        found++;
    }
    return -1;
}

static int take_long(msched__slice s, size_t *at, int *is_plural)
{
    msched__date_word word;
    size_t end = *at;
    if (!msched__take_date_word(s, &end, &word) || word.weekday < 0)
        return -1;
    *at = end;
    *is_plural |= word.is_plural;
    return word.weekday;
}

int msched__take_weekday(msched__slice s, size_t *at)
{
    int is_plural = 0;
    const int weekday = take_long(s, at, &is_plural);
    return weekday >= 0 ? weekday : look_up(short_names, s, at);
}

int msched__weekday_ahead(msched__slice s, size_t at)
{
    size_t plural = at;
    int is_plural = 0;
    return take_long(s, &at, &is_plural) >= 0 || look_up(plurals, s, &plural) >= 0;
}

int msched__short_weekday_ahead(msched__slice s, size_t at)
{
    return look_up(short_names, s, &at) >= 0 && !msched__letter_at(s, at) &&
           !msched__digit_at(s, at);
}

/* "jeden Mo", "cada lun": the word before the offset makes a short name a weekday. */
static int follows_every(msched__slice s, size_t at)
{
    static const char *const words[] = {
        "jeden", "jede", "jeder",     "cada",  "chaque", "ogni",  "elke", "bis",       "ab", "vor",
        "am",    "by",   "uiterlijk", "menos", "salvo",  "varje", "hver", "p\303\245", NULL};
    return msched__follows_word(s, at, words) || msched__follows_word(s, at, msched__negations);
}

/* Moves past one of the words with its blanks, or past a sign. */
static int take_joint(msched__slice s, size_t *at, const char *const *words, const char *signs)
{
    const size_t next = msched__after_blanks(s, *at);
    for (; *words != NULL; words++)
        if (next > *at && msched__word_ahead(s, next, *words) &&
            msched__blank_at(s, next + strlen(*words))) {
            *at = msched__after_blanks(s, next + strlen(*words));
            return 1;
        }
    const size_t dash = msched__phrase_at(s, next, "\xE2\x80\x93");
    if (dash == 0 && (next >= s.size || strchr(signs, s.data[next]) == NULL))
        return 0;
    if (dash > 0 && strchr(signs, '-') == NULL)
        return 0;
    *at = msched__after_blanks(s, next + (dash > 0 ? dash : 1));
    return 1;
}

/* Between two weekdays, also "a" and "à", which are other words beside a date. */
static int take_to(msched__slice s, size_t *at)
{
    static const char *const romance[] = {"a", "\303\240", NULL};
    return take_joint(s, at, msched__range_words, "-") || take_joint(s, at, romance, "");
}

typedef struct weekday_list {
    int weekdays[8], count;
    int is_short, is_plural, is_range;
} weekday_list;

/* The next weekday of a list, in the form of the first one. */
static int take_another(msched__slice s, size_t *at, weekday_list *list)
{
    size_t end = *at;
    const int weekday = list->is_short ? look_up(short_names, s, &end)
                                       : take_long(s, &end, &list->is_plural);
    if (weekday < 0 || msched__letter_at(s, end) || msched__digit_at(s, end))
        return 0;
    list->weekdays[list->count++] = weekday;
    *at = end;
    return 1;
}

static void write_list(msched__writer *w, size_t at, const weekday_list *list)
{
    for (int i = 0; i < list->count; i++) {
        if (i > 0)
            msched__write_text(w, list->is_range ? "-" : ",", at);
        msched__write_text(w, (list->is_plural ? every : msched__weekday_keys)[list->weekdays[i]],
                           at);
    }
    w->changed = 1;
}

/* "martes y jueves", "Mo, Mi und Fr", "lunes a viernes". Returns the bytes; 0: one weekday. */
static size_t take_list(msched__writer *w, size_t at, size_t begin, int is_short)
{
    static const char *const ands[] = {"und",   "u.", "y el", "y",   "e il", "e",    "et le",
                                       "et",    "en", "og",   "och", "and",  "o el", "o",
                                       "ou le", "ou", "oder", "or",  NULL};
    msched__slice s = w->from;
    weekday_list list = {.is_short = is_short};
    size_t end = begin;
    if (!take_another(s, &end, &list))
        return 0;
    while (list.count < 7 && !list.is_range) {
        size_t p = end;
        list.is_range = list.count == 1 && take_to(s, &p);
        if ((!list.is_range && !take_joint(s, &p, ands, ",/&+")) || !take_another(s, &p, &list))
            break;
        end = p;
    }
    if (list.count == 1)
        return 0;
    write_list(w, at, &list);
    return end - at;
}

/* "Di 14:00", "Mo 9-10 Team" at the start of a line. */
static size_t take_before_clock(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t end = at;
    const int weekday = look_up(short_names, s, &end);
    /* "PT 9am", "Man 9-10 the booth" */
    if (at > 0 || weekday < 0 || msched__word_ahead(s, at, "man") ||
        msched__word_among((msched__slice){s.data, end}, " pt wt sob ter sex qui "))
        return 0;
    const size_t point = end + (msched__byte_at(s, end) == '.'),
                 hour = msched__after_blanks(s, point), digits = msched__short_number(s, hour);
    /* "Do 9-10 pushups", "So 2-3 people" */
    const int is_word = s.size > 1 && msched__lower(s.data[1]) == 'o' &&
                        (msched__lower(s.data[0]) == 'd' || msched__lower(s.data[0]) == 's');
    const int is_range = digits > 0 && !is_word && msched__byte_at(s, hour + digits) == '-' &&
                         msched__short_number(s, hour + digits + 1) > 0;
    if (hour == point || (msched__clock_at(s, hour, 0) == 0 && !is_range))
        return 0;
    msched__write_text(w, msched__weekday_keys[weekday], at);
    w->changed = 1;
    return point - at;
}

/* "dienstags", "dienstags und donnerstags" */
static size_t take_plurals(msched__writer *w, size_t at, size_t end, int first)
{
    static const char *const ands[] = {"und", "u.", "y los", "y", "et les", "et", NULL};
    msched__write_text(w, every[first], at);
    w->changed = 1;
    for (int count = 1; count < 4; count++) {
        size_t p = end;
        const int next = take_joint(w->from, &p, ands, ",/&+") ? look_up(plurals, w->from, &p) : -1;
        if (next < 0 || msched__letter_at(w->from, p))
            break;
        msched__write_text(w, ",", at);
        msched__write_text(w, every[next], at);
        end = p;
    }
    return end - at;
}

static void write_range(msched__writer *w, size_t at, int from, int to)
{
    msched__write_text(w, msched__weekday_keys[from], at);
    msched__write_text(w, "-", at);
    msched__write_text(w, msched__weekday_keys[to], at);
    w->changed = 1;
}

/* A weekday and a day of the month, "Mon 23" or "Mo 23.". 0: they are not there. */
static int take_numbered(msched__slice s, size_t *at, int *weekday, int32_t *day)
{
    *weekday = msched__take_weekday(s, at);
    *at += *weekday >= 0 && msched__byte_at(s, *at) == '.';
    *at = msched__after_blanks(s, *at);
    *day = *weekday >= 0 ? msched__take_number(s, at, 2) : -1;
    *at += *day > 0 && msched__byte_at(s, *at) == '.';
    return *day > 0 && *day <= 31 && !msched__letter_at(s, *at) && msched__byte_at(s, *at) != ':';
}

/* "Mon 23 - Wed 25", whose numbers are as far apart as the weekdays. */
static size_t take_numbered_range(msched__writer *w, size_t at, size_t begin)
{
    int from, to;
    int32_t first, last;
    size_t end = begin;
    if (!take_numbered(w->from, &end, &from, &first) || !take_to(w->from, &end) ||
        (to = msched__take_weekday(w->from, &end)) < 0)
        return 0;
    end += msched__byte_at(w->from, end) == '.';
    end = msched__after_blanks(w->from, end);
    last = msched__take_number(w->from, &end, 2);
    end += last > 0 && msched__byte_at(w->from, end) == '.';
    if (last <= first || last - first != (to - from + 7) % 7 || msched__letter_at(w->from, end))
        return 0;
    write_range(w, at, from, to);
    return end - at;
}

/* "between Tue and Thu" */
static size_t take_between(msched__writer *w, size_t at)
{
    static const char *const words[] = {"between", "zwischen", "entre el", "entre", "tra"},
                             *const ands[] = {"and", "und", "y el", "y", "et", "e", NULL};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!msched__word_ahead(w->from, at, words[i]))
            continue;
        size_t end = msched__after_blanks(w->from, at + strlen(words[i]));
        const int from = msched__take_weekday(w->from, &end);
        const int to = from >= 0 && take_joint(w->from, &end, ands, "-")
                           ? msched__take_weekday(w->from, &end)
                           : -1;
        if (to < 0 || !msched__blank_at(w->from, end))
            continue;
        write_range(w, at, from, to);
        return end - at;
    }
    return 0;
}

/* "Tu/Th", "MWF" of timetables, in capitals. */
static size_t take_timetable(msched__writer *w, size_t at)
{
    static const char *const codes[][2] = {
        {"MTWThF", "mon-fri"}, {"M-F", "mon-fri"}, {"MWF", "mon,wed,fri"}, {"M/W/F", "mon,wed,fri"},
        {"TuTh", "tue,thu"},   {"TTh", "tue,thu"}, {"Tu/Th", "tue,thu"},   {"T/Th", "tue,thu"},
        {"M/W", "mon,wed"},    {"W/F", "wed,fri"}};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        const size_t size = strlen(codes[i][0]), end = at + size;
        if (end > w->from.size || memcmp(w->from.data + at, codes[i][0], size) != 0 ||
            (!msched__blank_at(w->from, end) && w->from.data[end] != ':'))
            continue;
        msched__write_text(w, codes[i][1], at);
        w->changed = 1;
        return size;
    }
    return 0;
}

/* "à noite", "de manhã" */
static int is_part_ahead(msched__slice s, size_t at)
{
    static const char *const parts[] = {"\303\240 noite", "\303\240 tarde", "de manh\303\243",
                                        "de tarde",       "de noite",       "pela manh\303\243"};
    const size_t next = msched__after_blanks(s, at);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (next > at && msched__word_ahead(s, next, parts[i]))
            return 1;
    return 0;
}

/*
 * Portuguese weekdays, which are ordinal numbers without "-feira" and a word before them, and
 * Polish ones in their cases: "na quinta", "todas as terças", "do piątku".
 */
static size_t take_inflected(msched__writer *w, size_t at)
{
    static const struct {
        const char *word, *plain;
        int is_ordinal;
    } befores[] = {{"todas as", "every ", 1},
                   {"toda", "every ", 1},
                   {"na", "on:", 1},
                   {"no", "on:", 1},
                   {"at\303\251", "by ", 1},
                   {"antes de", "before ", 1},
                   {"we", "on:", 0},
                   {"w", "on:", 0},
                   {"do", "by ", 0},
                   {"co", "every ", 0},
                   {"ka\305\274dy", "every ", 0},
                   {"ka\305\274d\304\205", "every ", 0},
                   {"w ka\305\274dy", "every ", 0},
                   {"w ka\305\274d\304\205", "every ", 0},
                   {"przed", "before ", 0},
                   {"od", "from ", 0},
                   {"\320\262", "on:", 0},
                   {"\320\262\320\276", "on:", 0}};
    static const struct {
        const char *name;
        int weekday, is_ordinal;
    } names[] = {
        {"segunda", 1, 1},
        {"ter\303\247a", 2, 1},
        {"terca", 2, 1},
        {"quarta", 3, 1},
        {"quinta", 4, 1},
        {"sexta", 5, 1},
        {"s\303\241bado", 6, 1},
        {"domingo", 0, 1},
        {"poniedzia\305\202ek", 1, 0},
        {"poniedzia\305\202ku", 1, 0},
        {"wtorek", 2, 0},
        {"wtorku", 2, 0},
        {"\305\233roda", 3, 0},
        {"\305\233rod\304\231", 3, 0},
        {"\305\233rody", 3, 0},
        {"czwartek", 4, 0},
        {"czwartku", 4, 0},
        {"pi\304\205tek", 5, 0},
        {"pi\304\205tku", 5, 0},
        {"sobota", 6, 0},
        {"sobot\304\231", 6, 0},
        {"soboty", 6, 0},
        {"niedziela", 0, 0},
        {"niedziel\304\231", 0, 0},
        {"niedzieli", 0, 0},
        {"\320\277\320\276\320\275\320\265\320\264\320\265\320\273\321\214\320\275\320\270\320\272",
         1, 0},
        {"\320\262\321\202\320\276\321\200\320\275\320\270\320\272", 2, 0},
        {"\321\201\321\200\320\265\320\264\320\260", 3, 0},
        {"\321\201\321\200\320\265\320\264\321\203", 3, 0},
        {"\321\207\320\265\321\202\320\262\320\265\321\200\320\263", 4, 0},
        {"\320\277\321\217\321\202\320\275\320\270\321\206\320\260", 5, 0},
        {"\320\277\321\217\321\202\320\275\320\270\321\206\321\203", 5, 0},
        {"\321\201\321\203\320\261\320\261\320\276\321\202\320\260", 6, 0},
        {"\321\201\321\203\320\261\320\261\320\276\321\202\321\203", 6, 0},
        {"\320\262\320\276\321\201\320\272\321\200\320\265\321\201\320\265\320\275\321\214\320\265",
         0, 0}};
    msched__slice s = w->from;
    const char *plain = NULL;
    size_t name = at;
    int is_ordinal = 0;
    for (size_t i = 0; i < sizeof befores / sizeof befores[0]; i++) {
        const size_t next = msched__after_blanks(s, at + strlen(befores[i].word));
        if (!msched__word_ahead(s, at, befores[i].word) || next <= name)
            continue;
        plain = befores[i].plain;
        if (msched__word_ahead(s, at, "no") && msched__meaning_of_no(s) == MSCHED__NO_IS_NOT)
            plain = "except ";
        is_ordinal = befores[i].is_ordinal;
        name = next;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t end = name + msched__phrase_at(s, name, names[i].name);
        if (end == name || (plain != NULL && names[i].is_ordinal != is_ordinal))
            continue;
        end += names[i].is_ordinal && msched__lower(msched__byte_at(s, end)) == 's';
        size_t fair = msched__phrase_at(s, end, "-feiras");
        fair = fair == 0 ? msched__phrase_at(s, end, "-feira") : fair;
        end += fair;
        if (msched__letter_at(s, end) || (unsigned char)msched__byte_at(s, end) >= 0x80 ||
            (names[i].is_ordinal && plain == NULL && fair == 0 && !is_part_ahead(s, end)))
            continue;
        msched__write_text(w, plain == NULL ? "on:" : plain, at);
        msched__write_text(w, msched__weekday_keys[names[i].weekday], at);
        w->changed = 1;
        return end - at;
    }
    return 0;
}

size_t msched__take_weekdays(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t end = at, done = 0;
    const int plural = look_up(plurals, s, &end);
    if (plural >= 0 && !msched__letter_at(s, end))
        return take_plurals(w, at, end, plural);
    if ((done = take_timetable(w, at)) > 0 || (done = take_inflected(w, at)) > 0 ||
        (done = take_numbered_range(w, at, at)) > 0 || (done = take_between(w, at)) > 0)
        return done;
    for (const char *const *from = msched__from_words; *from != NULL && done == 0; from++)
        if (msched__word_ahead(s, at, *from)) {
            const size_t begin = msched__after_blanks(s, at + strlen(*from));
            done = take_numbered_range(w, at, begin);
            done = done == 0 ? take_list(w, at, begin, 0) : done;
            done = done == 0 ? take_list(w, at, begin, 1) : done;
        }
    done = done == 0 ? take_list(w, at, at, 0) : done;
    done = done == 0 ? take_list(w, at, at, 1) : done;
    end = at;
    if (done == 0 && look_up(short_names, s, &end) >= 0 && !msched__letter_at(s, end) &&
        (follows_every(s, at) || msched__is_short_weekday(s, at, end))) {
        const size_t point = msched__byte_at(s, end) == '.' && msched__blank_at(s, end + 1);
        end = at;
        if (!follows_every(s, at)) /* "mon" alone may be a word of the title */
            msched__write_text(w, "on:", at);
        msched__write_text(w, msched__weekday_keys[look_up(short_names, s, &end)], at);
        w->changed = 1;
        return end + point - at;
    }
    return done == 0 ? take_before_clock(w, at) : done;
}

size_t msched__take_lone_weekday(msched__writer *w, size_t at, int is_label, uint8_t *seen)
{
    static const char others[] = " do so sam dom vie gio pt mar ",
                      label_others[] = " di mi ma mo man ter sex sob wo seg ven tor ";
    msched__slice s = w->from;
    size_t end = at;
    const int weekday = look_up(short_names, s, &end);
    const msched__slice name = {s.data + at, end - at};
    if (weekday < 0 || msched__letter_at(s, end))
        return 0;
    is_label &= msched__byte_at(s, end) == ':' && msched__blank_at(s, end + 1) &&
                msched__after_blanks(s, end + 1) < s.size;
    for (size_t i = 0; i < s.size; i++)
        if ((i < at && strchr("#*_- \t", s.data[i]) == NULL) ||
            (i >= end && !is_label && strchr(".:*_ \t", s.data[i]) == NULL))
            return 0;
    if (*seen == 0 &&
        (msched__word_among(name, others) || (is_label && msched__word_among(name, label_others))))
        return 0;
    *seen = 1;
    msched__write_text(w, msched__weekday_keys[weekday], at);
    w->changed = 1;
    return end - at;
}

int msched__has_short_labels(msched__slice text)
{
    static const char others[] = " sam dom mar vie tor ven man so do ";
    unsigned seen = 0;
    int is_sure = 0;
    for (size_t at = 0; at < text.size; at++) {
        if (at > 0 && text.data[at - 1] != '\n')
            continue;
        while (at < text.size && strchr("-*+ \t", text.data[at]) != NULL)
            at++;
        size_t end = at;
        const int weekday = look_up(short_names, text, &end);
        if (weekday < 0 || msched__byte_at(text, end) != ':' || !msched__blank_at(text, end + 1))
            continue;
        seen |= 1u << weekday;
        is_sure |= !msched__word_among((msched__slice){text.data + at, end - at}, others);
    }
    return is_sure && (seen & (seen - 1)) != 0;
}
