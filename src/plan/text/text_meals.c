/*
 * Titles that say roughly when: "Dinner 7" is in the evening, "Dentist 3" at three o'clock. What
 * was read so is told in a warning, which offers the other reading.
 */
#include "base/fold.h"
#include "plan/text/plan_text.h"
#include "plan/text/text_attr.h"

#include <string.h>

#define WORD_MAX 40

/* Words that name a meal or the like, folded, and the hours in which it may begin. */
static const struct {
    const char *words;
    msched__meal_hours hours;
} meals[] = {
    {" breakfast fruhstuck fruehstueck desayuno colazione ontbijt frukost sniadanie ", {5, 11}},
    {" brunch ", {9, 14}},
    {" lunch mittagessen dejeuner almuerzo comida pranzo almoco obiad ", {11, 15}},
    {" alarm wecker reveil despertador sveglia ", {4, 11}},
    {" bedtime bed ", {19, 24}},
    {" drinks cocktails apero aperitif ", {15, 24}},
    {" dinner supper abendessen abendbrot diner cena jantar avondeten middag kolacja ", {17, 23}},
};

/* What may stand before a meal, and what follows a meal that is not eaten then. */
static const char eaten_before[] = " have eat family team business birthday early late quick the "
                                   "my our big light date ";

/* Appointments, which have an hour and no number. */
static const char appointments[] =
    " dentist doctor doctors doctor's dr gp vet physio haircut hairdresser barber appointment "
    "interview tea coffee pickup church mass zahnarzt zahnarztin arzt friseur ";

static int is_among(msched__slice word, const char *list)
{
    char key[3 * WORD_MAX + 3] = " ";
    while (word.size > 0 && strchr(":,;.-!?)", word.data[word.size - 1]) != NULL)
        word.size--;
    if (word.size == 0 || word.size > WORD_MAX)
        return 0;
    size_t size = msched__fold_search(key + 1, word.data, word.size);
    key[size + 1] = ' ';
    key[size + 2] = '\0';
    return strstr(list, key) != NULL;
}

/* The words of a title up to the first of "with Ana", "at Luigi's", "(Zoom)". */
static uint32_t main_words(const msched__slice *words, uint32_t count)
{
    uint32_t n = 0;
    while (n < count && !msched__begins_phrase(words[n]) && !msched__is_separator(words[n]))
        n++;
    return n;
}

static int meal_of_words(const msched__slice *words, uint32_t count, msched__meal_hours *hours)
{
    uint32_t n = main_words(words, count);
    if (n == 2 && is_among(words[0], " wake get ") && is_among(words[1], " up ")) {
        *hours = (msched__meal_hours){4, 11};
        return 1;
    }
    if (n == 0 || n > 2 || (n == 2 && !is_among(words[0], eaten_before)))
        return 0;
    for (size_t i = 0; i < sizeof meals / sizeof meals[0]; i++)
        if (is_among(words[n - 1], meals[i].words)) {
            *hours = meals[i].hours;
            return 1;
        }
    return 0;
}

int msched__text_meal(const char *title, msched__meal_hours *hours)
{
    msched__slice words[4];
    uint32_t count = 0;
    for (size_t at = 0; title[at] != '\0' && count < 4;) {
        size_t size = strcspn(title + at, " ");
        if (size > 0)
            words[count++] = (msched__slice){title + at, size};
        at += size + (title[at + size] == ' ');
    }
    return meal_of_words(words, count, hours);
}

/* Does a time lie in the hours of the meal? */
int msched__in_meal(const msched__meal_hours *hours, int32_t seconds)
{
    return seconds >= hours->first * 3600 && seconds <= hours->last * 3600;
}

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
        return word.data[1] == ':' && msched__scan_time(word, &at, &clock) == MSCHED__TIME_OK &&
                       at == word.size && clock.half == 0
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

static int has_time(const msched__text_reader *in)
{
    for (uint32_t i = 0; i < in->run->count; i++)
        if (in->run->items[i].attr.kind == MSCHED__ATTR_AT ||
            in->run->items[i].attr.kind == MSCHED__ATTR_RANGE)
            return 1;
    return 0;
}

/* Is the word, or the attribute at a place of the run, "tonight", "this evening" and the like? */
static int is_daypart(const msched__text_reader *in, uint32_t place)
{
    return place < in->run->count && in->run->items[place].attr.kind == MSCHED__ATTR_DAYPART &&
           msched__letter_at(in->words[in->run->items[place].first], 0);
}

/* "tonight 8": the part of the day, before the number at `at`. Words; 0: none. */
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

/* "Dinner with Ana 7", "Drinks @ Joe's 8", and not "Dinner for 8", "Lunch with team 7". */
static int names_company(const msched__text_reader *in, uint32_t first, uint32_t last)
{
    static const char *const with[] = {"with", "w/",   "at",   "@",   "mit",
                                       "bei",  "avec", "chez", "con", "bij"};
    uint32_t count = last - first, n = main_words(in->words + first, count);
    if (n + 1 >= count || msched__begins_phrase(in->words[last - 1]) ||
        msched__counts_things(in->words[last - 1]))
        return 0;
    for (size_t i = 0; i < sizeof with / sizeof with[0]; i++)
        if (msched__slice_is(in->words[first + n], with[i]))
            return 1;
    return 0;
}

void msched__text_meal_number(msched__text_reader *in, uint32_t *first, uint32_t *end,
                              uint32_t *lead)
{
    msched__meal_hours hours;
    if (*end < *first + 2 || has_time(in) || in->run->count + 2 >= MSCHED__RUN_MAX)
        return;
    uint32_t last = *end - 1, count = last - *first;
    int32_t time = in->quoted[last] ? -1 : number_as_time(in->words[last]);
    if (time >= 0 && take_beside_daypart(in, *first, end, *lead))
        return;
    int told = count <= 2 || names_company(in, *first, last);
    int is_meal = time >= 0 && told && meal_of_words(in->words + *first, count, &hours) &&
                  (msched__in_meal(&hours, time) || msched__in_meal(&hours, time + 43200));
    int is_appointment = time >= 0 && time <= 12 * 3600 && (count == 1 || (count > 2 && told)) &&
                         main_words(in->words + *first, count) == 1 &&
                         is_among(in->words[*first], appointments);
    if (!in->quoted[*first] && (is_meal || is_appointment)) {
        insert(in, *lead, last, time);
        *end = last;
        return;
    }
    time = in->quoted[*first] ? -1 : number_as_time(in->words[*first]);
    if (time < 0 || *lead > 0 || !meal_of_words(in->words + *first + 1, count, &hours) ||
        main_words(in->words + *first + 1, count) != 1 ||
        !(msched__in_meal(&hours, time) || msched__in_meal(&hours, time + 43200)))
        return;
    insert(in, 0, (*first)++, time);
    (*lead)++;
}
