/*
 * A number beside a meal or an appointment: "Dinner 7" is in the evening, "Dentist 3" at three
 * o'clock. A warning reports each such reading and offers the other one.
 */
#include "plan/text/plan_text.h"
#include "plan/words/text_attr.h"
#include "plan/words/text_date_words.h"
#include "plan/words/text_meal_words.h"
#include "plan/words/text_occasions.h"
#include "plan/words/text_writer.h"

#include <stdio.h>
#include <string.h>

/* What has an hour and no number, beside appointments in office hours. */
static const char meetings[] = " interview standup stand-up tea coffee pickup church mass ";

/* "7", "12", "730", "1930", "1:30", "noon": a time of day; -1: none. */
static int32_t number_as_time(msched__slice word)
{
    size_t at = 0;
    msched__clock clock;
    if (msched__slice_is(word, "noon") || msched__slice_is(word, "midday"))
        return 12 * 3600;
    int32_t number = msched__take_number(word, &at, 4);
    if (number < 1 || word.data[0] == '0')
        return -1;
    if (at < word.size) {
        at = 0;
        return (word.data[1] == ':' || (word.data[1] == '.' && word.size == 4)) &&
                       msched__scan_time(word, &at, &clock) == MSCHED__TIME_OK && at == word.size &&
                       clock.half == 0
                   ? clock.seconds
                   : -1;
    }
    if (number <= 24)
        return number * 3600;
    return word.size > 2 && number % 100 < 60 && number % 5 == 0 && number < 2400
               ? number / 100 * 3600 + number % 100 * 60
               : -1;
}

static void insert(msched__text_reader *in, uint32_t place, uint32_t word, int32_t seconds)
{
    msched__placed_attr *items = in->run->items;
    memmove(items + place + 1, items + place, (in->run->count - place) * sizeof *items);
    in->run->count++;
    items[place] = (msched__placed_attr){.first = word, .count = 1};
    items[place].attr.kind = MSCHED__ATTR_AT;
    items[place].attr.doubt = MSCHED__BARE | MSCHED__TOLD | MSCHED__LOOSE_START;
    items[place].attr.a = items[place].attr.b = seconds;
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
    return has_kind(in, MSCHED__ATTR_AT) || has_kind(in, MSCHED__ATTR_RANGE);
}

/* 1 if the word, or the attribute in the run, is "tonight", "this evening" or the like. */
static int is_daypart(const msched__text_reader *in, uint32_t place)
{
    return place < in->run->count && in->run->items[place].attr.kind == MSCHED__ATTR_DAYPART &&
           msched__letter_at(in->words[in->run->items[place].first], 0);
}

/*
 * "tonight 8": the part of the day before the number at `at`. Returns the number of words; 0: none.
 */
static uint32_t daypart_before(msched__text_reader *in, uint32_t first, uint32_t at)
{
    for (uint32_t n = 3; n > 0; n--) {
        msched__attr *attr = &in->run->items[in->run->count].attr; /* scratch */
        if (at < first + n + 1 || in->quoted[at - n])
            continue;
        if (msched__attr_match(msched__text_words(in, at - n, at - 1), MSCHED__PLACE_TRAIL, attr) &&
            attr->kind == MSCHED__ATTR_DAYPART && (attr->doubt & MSCHED__MARKED) != 0)
            return n;
    }
    return 0;
}

/* "Film tonight 8", "Film 8 tonight". */
static int take_beside_daypart(msched__text_reader *in, uint32_t first, uint32_t *end,
                               uint32_t lead)
{
    uint32_t at = *end - 1, n = daypart_before(in, first, at);
    int32_t time = number_as_time(in->words[at]);
    if (n == 0 && !is_daypart(in, lead))
        return 0;
    if (time > 12 * 3600 || in->run->count + 2 >= MSCHED__RUN_MAX ||
        (n == 0 && msched__counts_things(in->words[at - 1])))
        return 0;
    msched__attr part = in->run->items[in->run->count].attr; /* as daypart_before left it */
    insert(in, lead, at, time);
    *end = at;
    if (n == 0)
        return 1;
    insert(in, lead, at - n, 0);
    in->run->items[lead].count = n;
    if (msched__attr_match(msched__text_words(in, at - n, at - 1), MSCHED__PLACE_TRAIL, &part))
        in->run->items[lead].attr = part;
    *end = at - n;
    return 1;
}

/* "Dentist Wed 3", "Dinner tomorrow 730": a number after a date. 1: both are taken. */
static int take_beside_date(msched__text_reader *in, uint32_t first, uint32_t *end, uint32_t lead)
{
    const uint32_t at = *end - 1;
    const int32_t time = number_as_time(in->words[at]);
    if ((time > 12 * 3600 && in->words[at].size < 3) || in->run->count + 2 >= MSCHED__RUN_MAX)
        return 0;
    for (uint32_t n = 3; n > 0; n--) {
        msched__attr attr;
        if (at < first + n + 1 || in->quoted[at - n] || in->quoted[at - n - 1])
            continue;
        const msched__slice before = in->words[at - n - 1];
        if (!msched__match_day(msched__text_words(in, at - n, at - 1), MSCHED__PLACE_TRAIL,
                               &attr) ||
            attr.kind != MSCHED__ATTR_ON || msched__begins_phrase(before) ||
            msched__word_among(before, " the a this next last ") ||
            msched__is_sun_or_sat(in->words[at - n], before))
            continue;
        insert(in, lead, at, time);
        insert(in, lead, at - n, 0);
        in->run->items[lead].count = n;
        in->run->items[lead].attr = attr;
        *end = at - n;
        return 1;
    }
    return 0;
}

/* "Dinner with Ana 7", "Drinks @ Joe's 8", and not "Dinner for 8", "Lunch with team 7". */
static int names_company(const msched__text_reader *in, uint32_t first, uint32_t last)
{
    static const char whom[] = " for fur pour para per voor ";
    static const char *const with[] = {"with", "w/",   "at",   "@",   "mit",
                                       "bei",  "avec", "chez", "con", "bij"};
    uint32_t count = last - first, n = msched__main_words(in->words + first, count);
    int whole = count > 2 && msched__word_among(in->words[last - 2], " the my our whole entire ");
    if (n + 1 >= count || msched__begins_phrase(in->words[last - 1]) ||
        (msched__counts_things(in->words[last - 1]) && !whole))
        return 0;
    for (size_t i = 0; i < sizeof with / sizeof with[0]; i++)
        if (msched__slice_is(in->words[first + n], with[i]))
            return 1;
    return msched__is_appointment(in->words[first]) &&
           msched__word_among(in->words[first + n], whom);
}

/* The number at the end of words [first, end) beside a meal or an appointment. 1: it is taken. */
static int take_last(msched__text_reader *in, uint32_t first, uint32_t *end, uint32_t lead)
{
    msched__meal_hours hours;
    uint32_t last = *end - 1, count = last - first;
    int32_t time = in->quoted[last] ? -1 : number_as_time(in->words[last]);
    if (time < 0)
        return 0;
    if (take_beside_daypart(in, first, end, lead) || take_beside_date(in, first, end, lead))
        return 1;
    if (in->quoted[first] || msched__begins_phrase(in->words[last - 1]))
        return 0;
    int told = count <= 2 || names_company(in, first, last) ||
               msched__goes_to_bed(in->words + first, count, &hours);
    int is_meal = told && msched__meal_of_words(in->words + first, count, &hours) &&
                  (msched__in_meal(&hours, time) || msched__in_meal(&hours, time + 43200));
    const int is_drop = count < 5 && msched__word_among(in->words[first], " drop ");
    int is_appointment = time <= 12 * 3600 && (count == 1 || (count > 2 && told) || is_drop) &&
                         (msched__main_words(in->words + first, count) == 1 || is_drop) &&
                         (msched__is_appointment(in->words[first]) ||
                          msched__word_among(in->words[first], meetings));
    if (!is_meal && !is_appointment)
        return 0;
    insert(in, lead, last, time);
    *end = last;
    return 1;
}

/* The number before a meal: "8 breakfast". */
static int take_first(msched__text_reader *in, uint32_t *first, uint32_t end, uint32_t *lead)
{
    msched__meal_hours hours;
    uint32_t count = end - 1 - *first;
    int32_t time = in->quoted[*first] ? -1 : number_as_time(in->words[*first]);
    if (time < 0 || *lead > 0 || !msched__meal_of_words(in->words + *first + 1, count, &hours) ||
        msched__main_words(in->words + *first + 1, count) != 1 ||
        !(msched__in_meal(&hours, time) || msched__in_meal(&hours, time + 43200)))
        return 0;
    insert(in, 0, (*first)++, time);
    (*lead)++;
    return 1;
}

/* "Bus 8.07", where "Bus 345" is a name */
static int is_departure(msched__slice noun, msched__slice number)
{
    return number.size > 3 && number.data[1] == '.' && msched__is_early(noun);
}

/* A word as the time, or both times, of an occasion. */
static int match_occasion(const msched__text_reader *in, uint32_t word, msched__attr *attr)
{
    if (in->quoted[word])
        return 0;
    if (msched__occasion_range(in->words[word], attr))
        return 1;
    int32_t time = msched__occasion_time(in->words[word]);
    msched__clock clock;
    size_t at = 0;
    if (time < 0 && word > 0 && is_departure(in->words[word - 1], in->words[word]) &&
        msched__scan_time(in->words[word], &at, &clock) == MSCHED__TIME_OK &&
        at == in->words[word].size && clock.half == 0)
        time = clock.seconds; /* "Train 7.52" */
    if (time < 0)
        return 0;
    msched__attr_clear(attr, in->words[word]);
    attr->doubt = MSCHED__BARE | MSCHED__TOLD | (time <= 45000 ? MSCHED__LOOSE_START : 0);
    return msched__attr_set(attr, MSCHED__ATTR_AT, time);
}

/* "Lesson 5" and "Room 5:30" have numbers, "lesson 5:30" has a time. */
static int is_number_of(msched__slice noun, msched__slice number)
{
    return msched__counts_things(noun) && memchr(number.data, '-', number.size) == NULL &&
           !(msched__has_numbers_and_times(noun) &&
             (number.size == 4 || memchr(number.data, ':', number.size) != NULL));
}

/*
 * "Standup 930", "1030 haircut", "Swim class 4.30 with Leo", "mtg 10-1030": digits of an hour and
 * its minutes at the end, at the start or before a phrase.
 */
static void take_occasion(msched__text_reader *in, uint32_t *first, uint32_t *end, uint32_t *lead)
{
    msched__attr attr;
    uint32_t from = *first, last = *end - 1;
    if (*end - from > 12)
        return;
    if (match_occasion(in, from, &attr) && msched__is_occasion(in->words + from + 1, last - from)) {
        insert(in, (*lead)++, from, 0);
        in->run->items[*lead - 1].attr = attr;
        (*first)++;
        return;
    }
    for (uint32_t at = last; at > from; at--) {
        if ((at < last && !msched__begins_phrase(in->words[at + 1])) ||
            msched__begins_phrase(in->words[at - 1]) || in->quoted[at - 1] ||
            is_number_of(in->words[at - 1], in->words[at]) || !match_occasion(in, at, &attr) ||
            (at < last && in->words[at].data[1] == ':' && attr.a >= 6 * 3600) ||
            (!msched__is_occasion(in->words + from, at - from) &&
             !is_departure(in->words[at - 1], in->words[at])))
            continue;
        insert(in, *lead, at, 0);
        in->run->items[*lead].attr = attr;
        *end = at == last ? at : *end;
        return;
    }
}

/* Words of a title in which the number before them may count something or be a name or a year. */
static int may_be_counted(const msched__slice *words, uint32_t count)
{
    static const char numbered[] = " bug bugs form forms invoice class of and or to piece hour "
                                   "push sit jumping squat lap day ";
    const msched__slice next = words[0];
    const size_t size = next.size;
    for (uint32_t i = 0; i < count; i++) /* another time, also in a bracket */
        for (size_t at = 0; at < words[i].size; at++)
            if ((at == 0 || !msched__digit_at(words[i], at - 1)) &&
                msched__clock_at(words[i], at, 0) > 0)
                return 1;
    return !msched__letter_at(next, 0) || msched__counts_things(next) ||
           msched__goes_with_year(next) || msched__word_among(next, numbered) ||
           (count > 1 && msched__goes_with_year(words[1])) ||
           (size > 2 && next.data[size - 1] == 's' && next.data[size - 2] != 's');
}

/*
 * "2100 read 45m", "1745 train 20m": an hour or a quarter of it before a title with a length and
 * without another time. "1000" and "1500" are more often a number of things, unless other lines
 * begin with such times.
 */
static void take_packed(msched__text_reader *in, uint32_t *first, uint32_t end, uint32_t *lead)
{
    const uint32_t at = *first;
    const int32_t time = in->quoted[at] ? -1 : msched__packed_time(in->words[at]);
    const int is_hour = time % 3600 == 0 && time >= 17 * 3600 && time <= 23 * 3600,
              is_quarter = time % 900 == 0 && time % 3600 != 0;
    if (time < 0 ||
        (!in->has_packed_times &&
         ((!is_hour && !is_quarter) || !has_kind(in, MSCHED__ATTR_DURATION))) ||
        (*lead > 0 && in->run->items[*lead - 1].attr.kind != MSCHED__ATTR_ON) ||
        has_kind(in, MSCHED__ATTR_EARLIEST) || has_kind(in, MSCHED__ATTR_LATEST) ||
        has_kind(in, MSCHED__ATTR_BETWEEN) || has_kind(in, MSCHED__ATTR_AFTER) ||
        has_kind(in, MSCHED__ATTR_BEFORE) || has_kind(in, MSCHED__ATTR_SPLIT) ||
        msched__is_amount(in->words[at], in->words[at + 1]) ||
        may_be_counted(in->words + at + 1, end - at - 1))
        return;
    insert(in, (*lead)++, at, time);
    in->run->items[*lead - 1].attr.doubt = MSCHED__BARE | MSCHED__TOLD;
    (*first)++;
}

void msched__text_meal_number(msched__text_reader *in, uint32_t *first, uint32_t *end,
                              uint32_t *lead)
{
    if (*end < *first + 2 || has_time(in) || in->run->count + 2 >= MSCHED__RUN_MAX)
        return;
    if (!take_last(in, *first, end, *lead) && !take_first(in, first, *end, lead))
        take_occasion(in, first, end, lead);
    if (*end >= *first + 2 && !has_time(in))
        take_packed(in, first, *end, lead);
}

/* "at lunch", "@ dinner time": moments of the day, and the part of the day that each is in. */
static const struct {
    const char *names[4], *part;
} moments[] = {{{"lunchtime", "lunch time", "lunch", NULL}, "@lunch"},
               {{"breakfast time", "breakfast", NULL}, "@morning"},
               {{"dinnertime", "dinner time", "dinner", NULL}, "@evening"},
               {{"suppertime", "supper", NULL}, "@evening"},
               {{"teatime", "tea time", "tea-time", NULL}, "@afternoon"},
               {{"bedtime", "bed time", NULL}, "@evening"}};

/* Bytes of a moment with its "at " at an offset; 0: none. *part: the part of the day meant. */
static size_t moment_at(msched__slice title, size_t at, const char **part)
{
    const size_t mark = msched__word_ahead(title, at, "at") ? 2 : msched__byte_at(title, at) == '@';
    if (mark == 0)
        return 0;
    const size_t name = msched__after_blanks(title, at + mark);
    for (size_t i = 0; name > at + mark && i < sizeof moments / sizeof moments[0]; i++)
        for (const char *const *word = moments[i].names; *word != NULL; word++)
            if (msched__word_ahead(title, name, *word)) {
                *part = moments[i].part;
                return name + strlen(*word) - at;
            }
    return 0;
}

void msched__text_tell_moment(msched__text_reader *in, const msched__text_todo *todo)
{
    static const enum msched__attr_kind times[] = {MSCHED__ATTR_DAYPART, MSCHED__ATTR_EARLIEST,
                                                   MSCHED__ATTR_LATEST, MSCHED__ATTR_BETWEEN};
    const msched__slice title = {todo->title, strlen(todo->title)};
    const char *part = NULL;
    size_t at = 0, size = moment_at(title, 0, &part);
    const size_t next = msched__after_blanks(title, size);
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++)
        if (todo->is_event || todo->values.column[times[i]] != 0)
            return;
    if (size == 0 || (next > size && !msched__letter_at(title, next)) || next == title.size) {
        static const char *const verbs[] = {"look", "looking", NULL};
        for (at = 1, size = 0; at < title.size && size == 0; at++)
            if (title.data[at - 1] == ' ' && moment_at(title, at, &part) == title.size - at &&
                !msched__follows_word(title, at, verbs))
                size = title.size - at--;
    }
    if (size == 0)
        return;
    const char *line = in->line.data;
    for (size_t from = in->line.size; from-- > 0;)
        if (from + size <= in->line.size && memcmp(line + from, title.data + at, size) == 0) {
            const msched__slice words = {line + from, size};
            char repair[100];
            snprintf(repair, sizeof repair, "write %s or a time, or quote the title", part);
            msched__text_remark(in, MSCHED_SEVERITY_WARNING, words.data, "time_in_title", repair,
                                "\"%.*s\" looks like a time; it is left in the title", (int)size,
                                words.data);
            msched__text_offer(in, words, &part, 1);
            return;
        }
}
