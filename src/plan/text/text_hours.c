/*
 * Numbers whose meaning the title decides: "7h" is a time in "réveil 7h" and a length in "Sleep
 * 7h"; "nap 20" lasts 20 minutes.
 */
#include "plan/text/plan_text.h"
#include "plan/words/text_attr.h"
#include "plan/words/text_length.h"
#include "plan/words/text_occasions.h"

#include <string.h>

/* Words for things that happen at a time. */
static const char moments[] =
    " acordar alarm dej dej' p'tit-dej petit-dej almoco almuerzo apero aperitivo aula avion brunch "
    "bus "
    "cafe cena cine cinema cita "
    "clase coiffeur colazione comida concert concierto consulta coucher cours dejeuner "
    "dentista dentiste depart desayuno despertador despertar diner dodo ecole escuela gouter "
    "jantar kine levantar levantarse lever levee match medecin medico messe misa piscine pranzo "
    "rdv rendez-vous "
    "repas reunion reuniao reveil riunione scuola souper spectacle sveglia theatre train tren "
    "treno vol vuelo wake wecker arzt zahnarzt termin arzttermin ";

/* Words for things that last for hours. */
static const char lasting[] =
    " arbeit arbeiten ayuno buero buro dormir drive driving fahrt fast fasten fasting flight "
    "garde guardia hike hiking jejum jeune jeuner job lavoro nachtschicht nap night "
    "nightshift nuit office poste randonnee reise schicht schlaf schlafen shift sleep sommeil "
    "study studying sueno trabajar trabajo trabalho travail travailler travel trip turno "
    "viaggio viaje voyage werken work working werk slapen slaap vasten dienst vlucht rit "
    "autorit reis reizen studeren studie leren rijden wandelen fietsen treinreis kantoor "
    "thuiswerken oppassen nachtdienst vliegen varen ";

/* Names of things that end in a number. */
static const char numbered[] =
    " act apollo area bus canal channel club e euro formula galaxy highway ice iphone "
    "iteration linie minus over pixel plus quarter sprint studio top tram under vitamin x "
    "least most than to of and or about the a with by at for in on st street str strasse ave "
    "avenue road rd lane calle rue platz allee weg via ";

enum meaning { UNKNOWN, MOMENT, LASTING };

/* Letters of the languages that write times with "h": é, ñ, ç, but not German ä, ö, ü, ß. */
static int is_romance(msched__slice word)
{
    static const char german[] = "\x84\x96\x9C\x9F\xA4\xB6\xBC";
    for (size_t i = 0; i + 1 < word.size; i++)
        if (word.data[i] == '\xC3' && strchr(german, word.data[i + 1]) == NULL)
            return 1;
    return 0;
}

static enum meaning meaning_of(msched__slice word)
{
    if (msched__word_among(word, lasting))
        return LASTING;
    return msched__word_among(word, moments) || is_romance(word) ? MOMENT : UNKNOWN;
}

/* The first word outside the attributes that decides between the two. */
static enum meaning meaning_of_title(const msched__text_reader *in)
{
    enum meaning found = UNKNOWN;
    for (uint32_t w = 0; w < in->word_count && found == UNKNOWN; w++) {
        int taken = 0;
        for (uint32_t i = 0; i < in->run->count; i++)
            taken |= w >= in->run->items[i].first &&
                     w < in->run->items[i].first + in->run->items[i].count;
        if (!taken)
            found = meaning_of(in->words[w]);
    }
    return found;
}

static int has_kind(const msched__text_reader *in, enum msched__attr_kind kind, uint32_t other)
{
    for (uint32_t i = 0; i < in->run->count; i++)
        if (i != other && in->run->items[i].attr.kind == kind)
            return 1;
    return 0;
}

/* "9 uur", "9u30": a to-do hardly ever lasts six hours or more unless its title says so. */
static int is_dutch_hour(const msched__text_reader *in, msched__slice text, int32_t seconds)
{
    const msched__slice raw = msched__text_raw(in, text);
    if (seconds < 6 * 3600)
        return 0;
    for (size_t i = 0; i + 2 < raw.size; i++) /* "acht uur" */
        if (memcmp(raw.data + i, "uur", 3) == 0)
            return 1;
    return memchr(raw.data, 'u', raw.size) != NULL && memchr(raw.data, 'h', raw.size) == NULL;
}

void msched__text_hours(msched__text_reader *in)
{
    for (uint32_t i = 0; i < in->run->count; i++) {
        msched__attr *attr = &in->run->items[i].attr;
        msched__clock clock;
        size_t at = 0;
        msched__slice text = msched__text_words(
            in, in->run->items[i].first, in->run->items[i].first + in->run->items[i].count - 1);
        while (text.size > 0 && strchr(" ,;.!?:-)", text.data[text.size - 1]) != NULL)
            text.size--;
        if (text.size > 5 &&
            msched__slice_is((msched__slice){text.data + text.size - 3, 3}, "min") &&
            text.data[0] > '0' && msched__digit_at(text, 1) &&
            (text.data[0] > '1' || text.data[1] > '2'))
            text.size -= 3; /* 17h30min */
        if ((attr->kind != MSCHED__ATTR_DURATION && attr->kind != MSCHED__ATTR_AT) ||
            msched__scan_time(text, &at, &clock) != MSCHED__TIME_OK || at != text.size ||
            !clock.lettered || clock.seconds < 4 * 3600 || clock.seconds > 86400)
            continue;
        const int in_pieces = has_kind(in, MSCHED__ATTR_SPLIT, i) ||
                              has_kind(in, MSCHED__ATTR_MAX_DAY, i);
        enum meaning meaning = in_pieces ? LASTING : meaning_of_title(in);
        if (meaning == UNKNOWN && is_dutch_hour(in, text, clock.seconds))
            meaning = MOMENT;
        int whole = clock.seconds % 3600 == 0,
            timed = has_kind(in, MSCHED__ATTR_AT, i) || has_kind(in, MSCHED__ATTR_RANGE, i),
            lasts = has_kind(in, MSCHED__ATTR_DURATION, i);
        if (attr->kind == MSCHED__ATTR_DURATION && !timed && clock.seconds >= 5 * 3600 &&
            (lasts || meaning == MOMENT || (text.data[0] == '0' && !whole) ||
             clock.seconds % 300 != 0 ||
             (!whole && clock.seconds >= 13 * 3600 && meaning != LASTING))) {
            attr->kind = MSCHED__ATTR_AT;
            attr->doubt = MSCHED__LETTERED;
            attr->a = attr->b = clock.seconds;
        } else if (attr->kind == MSCHED__ATTR_DURATION && meaning != LASTING && !timed &&
                   clock.seconds >= (whole ? 7 : 4) * 3600 && clock.seconds < 86400) {
            attr->doubt |= MSCHED__LETTERED;
        } else if (attr->kind == MSCHED__ATTR_AT && whole && meaning == LASTING && !lasts) {
            attr->kind = MSCHED__ATTR_DURATION;
            attr->doubt = MSCHED__LETTERED;
        }
    }
}

/* 5 to 180 in steps of five; -1: another number, or none. */
static int32_t round_minutes(msched__slice word)
{
    size_t at = 0;
    if (word.size > 2 && ((word.data[0] == '(' && word.data[word.size - 1] == ')') ||
                          (word.data[0] == '[' && word.data[word.size - 1] == ']')))
        word = (msched__slice){word.data + 1, word.size - 2};
    if (word.size > 1 && word.data[0] == '~')
        word = (msched__slice){word.data + 1, word.size - 1};
    int32_t number = msched__take_number(word, &at, 3);
    return at == word.size && word.data[0] != '0' && number >= 5 && number <= 180 && number % 5 == 0
               ? number
               : -1;
}

/* "PHYS 105", "#40", "A 10": the number is part of a name. */
static int is_name(msched__slice word)
{
    int capitals = 1;
    for (size_t i = 0; i < word.size; i++)
        capitals &= word.data[i] >= 'A' && word.data[i] <= 'Z';
    return capitals || msched__counts_things(word) || msched__digit_at(word, word.size - 1) ||
           msched__word_among(word, numbered);
}

static int is_time(msched__text_reader *in, msched__slice word)
{
    msched__attr *attr = &in->run->items[in->run->count].attr; /* scratch */
    return msched__attr_match(word, MSCHED__PLACE_TRAIL, attr) && attr->kind == MSCHED__ATTR_AT;
}

void msched__text_unitless(msched__text_reader *in, uint32_t first, uint32_t *end, uint32_t lead)
{
    if (*end < first + 2 || in->quoted[*end - 1] || in->run->count >= MSCHED__RUN_MAX)
        return;
    uint32_t at = *end - 1, before = at - 1, tail = 0;
    if (*end > first + 2 && msched__word_among(in->words[at], " max tops ")) /* "read 30 max" */
        tail = 1, at--, before--;
    int32_t minutes = round_minutes(in->words[at]);
    while (before > first && msched__is_separator(in->words[before]))
        before--;
    msched__attr *attr = &in->run->items[in->run->count].attr; /* scratch */
    uint32_t count = 1;
    if (before > first && msched__slice_is(in->words[before], "for") &&
        is_time(in, in->words[before - 1])) { /* "Standup 9:30 for 15" */
        at = before;
        count = 2;
        before--;
    }
    if (count == 1 && before > first &&
        msched__word_among(in->words[before], " ~ ca circa approx etwa environ ")) {
        at = before;
        count = 2;
        before--;
    }
    const int is_bracketed = in->words[at].data[0] == '(' &&
                             (has_kind(in, MSCHED__ATTR_AT, UINT32_MAX) ||
                              is_time(in, in->words[before]));
    const msched__slice clock = in->words[before];
    const int is_after_half = minutes >= 10 && clock.size > 2 && /* "Lesson 4pm 55" */
                              (clock.data[clock.size - 1] | 32) == 'm' && is_time(in, clock);
    if (minutes >= 100 && msched__is_payment(in->words[first]))
        return; /* "Pay dentist 145" */
    if (minutes < 0 || (count == 1 && !is_bracketed && !is_after_half &&
                        msched__attr_match(in->words[before], MSCHED__PLACE_TRAIL, attr)))
        return;
    if (in->quoted[before] || msched__is_separator(in->words[before]) ||
        (count == 1 && !is_bracketed && is_name(in->words[before])) ||
        has_kind(in, MSCHED__ATTR_DURATION, UINT32_MAX) ||
        has_kind(in, MSCHED__ATTR_RANGE, UINT32_MAX))
        return;
    msched__placed_attr *items = in->run->items;
    memmove(items + lead + 1, items + lead, (in->run->count - lead) * sizeof *items);
    in->run->count++;
    items[lead] = (msched__placed_attr){.first = at, .count = count + tail};
    items[lead].attr.kind = MSCHED__ATTR_DURATION;
    items[lead].attr.doubt = MSCHED__UNITLESS;
    items[lead].attr.a = items[lead].attr.b = minutes * 60;
    *end = at;
}

int msched__text_is_hour(msched__slice word)
{
    size_t size = 0;
    const int32_t hour = msched__take_number(word, &size, 2);
    return hour >= 1 && hour <= 24 && size == word.size;
}

/* "feed baby 7, 11, 3": the words of hours that end a title; 0: none. */
uint32_t msched__text_listed_hours(const msched__text_reader *in, uint32_t first, uint32_t at,
                                   uint32_t last)
{
    uint32_t count = 0;
    for (; at + count < last; count++) {
        msched__slice word = in->words[at + count];
        const int is_last = at + count + 1 == last;
        if (count > 1 && at + count + 2 == last && /* "8, 2 and 8" */
            msched__word_among(in->words[at + count], " and & und et y e en "))
            continue;
        const int is_before_last = count > 0 && at + count + 3 == last &&
                                   word.data[word.size - 1] != ',';
        if (in->quoted[at + count] ||
            (!is_last && !is_before_last && word.data[word.size - 1] != ','))
            return 0;
        word.size -= word.data[word.size - 1] == ',';
        if (!msched__text_is_hour(word))
            return 0;
    }
    return count > 1 && at > first && !msched__counts_things(in->words[at - 1]) ? count : 0;
}
