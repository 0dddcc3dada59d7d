#include "plan/words/text_meal_words.h"

#include "plan/words/text_occasions.h"
#include "plan/words/text_title_words.h"

#include <string.h>

#define WORDS_MAX 5
#define HALF_HOUR 1800

/*
 * Words that name a meal or the like, folded, the hours in which it may begin, and the half hours
 * between which it usually is ({0, 0}: never asked).
 */
static const struct {
    const char *words;
    msched__meal_hours hours;
    struct {
        int32_t start, end;
    } usual;
} meals[] = {
    {" breakfast petit-dejeuner fruhstuck fruehstueck desayuno colazione ontbijt frukost "
     "sniadanie ",
     {5, 11},
     {12, 20}},
    {" brunch ", {9, 14}, {20, 26}},
    {" lunch mittagessen mittagspause dejeuner pranzo obiad ", {11, 15}, {24, 28}},
    {" almuerzo comida almoco ", {11, 15}, {26, 31}},
    {" alarm wecker reveil despertador sveglia aufstehen aufwachen lever despertarse levantarse ",
     {4, 11},
     {0, 0}},
    {" bedtime bed ", {19, 24}, {40, 48}},
    {" drinks cocktails apero aperitif ", {15, 24}, {36, 48}},
    {" dinner supper abendessen abendbrot diner jantar avondeten middag kolacja ",
     {17, 23},
     {36, 42}},
    {" cena ", {17, 23}, {40, 45}},
};

/* Words that may come before a meal, and words that may follow it. */
static const char eaten_before[] = " have eat family team business birthday early late quick the "
                                   "my our big light date ";

static const char eaten_after[] = " res reservation date party break meeting mtg club time kochen ";

/* Errands in shops and offices, folded: a title of one word, two words, or the first of several. */
static const char errands[] =
    " groceries shopping errands pharmacy bank supermarket einkaufen einkauf supermarkt "
    "apotheke courses pharmacie banque supermarche compras supermercado farmacia banco "
    "spesa boodschappen postamt reinigung correos supermercato banca poste ";
static const char errand_kinds[] = " grocery food weekly post do dry run ";
static const char errand_words[] = " shopping shop office cleaning cleaner cleaners errands ";
static const char purchases[] = " buy kaufen acheter comprar ";

#define ERRANDS_START 18 /* half hours */
#define ERRANDS_END   38

uint32_t msched__main_words(const msched__slice *words, uint32_t count)
{
    uint32_t n = 0;
    while (n < count && !msched__begins_phrase(words[n]) && !msched__is_separator(words[n]))
        n++;
    return n;
}

int msched__goes_to_bed(const msched__slice *words, uint32_t count, msched__meal_hours *hours)
{
    if (count < 2 || count > 4)
        return 0;
    int story = count == 2 && msched__word_among(words[0], " bedtime ") &&
                msched__word_among(words[1], " story stories routine reading ");
    int bath = count == 2 && msched__word_among(words[0], " bath ") && /* of children */
               msched__word_among(words[1], " time & and ");
    int bed = msched__word_among(words[count - 1], " bed bedtime ") &&
              msched__word_among(words[count - 2],
                                 " to in kids kids' children baby boys girls twins ");
    *hours = (msched__meal_hours){bath ? 17 : 18, 24};
    return story || bed || bath;
}

/* The meal that words name, without a picture before them; -1: none. */
static int find_meal(const msched__slice *words, uint32_t count)
{
    uint32_t n = msched__main_words(words, count);
    if (n == 2 && msched__word_among(words[0], " petit ") &&
        msched__word_among(words[1], " dejeuner dej dej' "))
        return 0; /* breakfast */
    if (n == 2 && msched__word_among(words[1], eaten_after))
        n = 1;
    if (n == 0 || n > 2 || (n == 2 && !msched__word_among(words[0], eaten_before)))
        return -1;
    for (int i = 0; i < (int)(sizeof meals / sizeof meals[0]); i++)
        if (msched__word_among(words[n - 1], meals[i].words))
            return i;
    return -1;
}

static void skip_picture(const msched__slice **words, uint32_t *count)
{
    if (*count > 1 && msched__is_picture((*words)[0])) {
        ++*words;
        --*count;
    }
    *count -= *count > 1 && msched__is_picture((*words)[*count - 1]);
}

int msched__meal_of_words(const msched__slice *words, uint32_t count, msched__meal_hours *hours)
{
    skip_picture(&words, &count);
    if (msched__goes_to_bed(words, count, hours))
        return 1;
    uint32_t n = msched__main_words(words, count);
    if (n == 2 && msched__word_among(words[0], " wake get ") &&
        msched__word_among(words[1], " up ")) {
        *hours = (msched__meal_hours){4, 11};
        return 1;
    }
    if (n == 2 && msched__word_among(words[0], " lights ") &&
        msched__word_among(words[1], " out ")) {
        *hours = (msched__meal_hours){19, 24};
        return 1;
    }
    if (n > 1 && (msched__word_among(words[n - 1], " night nite abend ") || /* "Quiz night" */
                  (msched__word_among(words[n - 2], " night nite ") &&
                   msched__word_among(words[n - 1], " out ")))) {
        *hours = (msched__meal_hours){17, 22};
        return 1;
    }
    int meal = find_meal(words, count);
    if (meal >= 0)
        *hours = meals[meal].hours;
    return meal >= 0;
}

/* The first words of a title. Returns how many. */
static uint32_t split(const char *title, msched__slice words[WORDS_MAX])
{
    uint32_t count = 0;
    for (size_t at = 0; title[at] != '\0' && count < WORDS_MAX;) {
        size_t size = strcspn(title + at, " ");
        if (size > 0)
            words[count++] = (msched__slice){title + at, size};
        at += size + (title[at + size] == ' ');
    }
    return count;
}

/* The same without a picture at either end; the words are in the list. */
static const msched__slice *title_words(const char *title, msched__slice list[WORDS_MAX],
                                        uint32_t *count)
{
    const msched__slice *words = list;
    *count = split(title, list);
    skip_picture(&words, count);
    return words;
}

int msched__text_meal(const char *title, msched__meal_hours *hours)
{
    msched__slice words[WORDS_MAX];
    return msched__meal_of_words(words, split(title, words), hours);
}

int msched__text_evening(const char *title, msched__meal_hours *hours)
{
    static const char outings[] =
        " movie movies film cinema concert gig party theatre theater kino "
        "konzert cine concierto fiesta fete spectacle ";
    static const char shows[] = " movie film concert gig konzert ";
    static const char tasks[] = " plan book prepare prep buy organize organise edit return review "
                                "order discuss write upload print cancel sell ";
    msched__slice list[WORDS_MAX];
    uint32_t count;
    const msched__slice *words = title_words(title, list, &count);
    const uint32_t n = msched__main_words(words, count);
    *hours = (msched__meal_hours){17, 21};
    for (uint32_t i = 0; i < n; i++) /* "Quiz night" */
        if (msched__word_among(words[i], " night nite evening abend soiree "))
            return !msched__word_among(words[n - 1], " shift shifts feed feeding duty school ");
    if (n > 1 && msched__word_among(words[n - 1], shows)) /* "Seven samurai movie" */
        return !msched__word_among(words[0], tasks);
    if (n == 0 || n > 2 || (n == 2 && !msched__word_among(words[0], eaten_before)))
        return 0;
    const int is_choir = msched__word_among(words[n - 1], " choir chor chorprobe ");
    hours->last = is_choir ? 20 : 21;
    return is_choir || msched__word_among(words[n - 1], outings);
}

int msched__sleeps_in(const char *title)
{
    msched__slice list[WORDS_MAX];
    uint32_t count;
    const msched__slice *words = title_words(title, list, &count);
    return (count == 1 && msched__word_among(words[0], " ausschlafen uitslapen lie-in ")) ||
           (count > 1 && msched__word_among(words[0], " sleep sleeping lie lay ") &&
            msched__word_among(words[1], " in "));
}

int msched__text_sleep(const char *title, msched__meal_hours *hours)
{
    msched__slice list[WORDS_MAX];
    uint32_t count;
    const msched__slice *words = title_words(title, list, &count);
    uint32_t n = msched__main_words(words, count);
    if (count == 3 && msched__word_among(words[0], " go get ") &&
        msched__word_among(words[1], " to ")) { /* "Go to sleep" */
        words += 2;
        count -= 2;
        n = 1;
    }
    *hours = (msched__meal_hours){19, 24};
    for (uint32_t i = 0; i < n; i++) /* "Night shift" */
        if (msched__word_among(words[i], " nightshift nachtschicht nachtdienst nachtwache ") ||
            (i + 1 < n && msched__word_among(words[i], " night ") &&
             msched__word_among(words[i + 1], " shift duty nurse ")))
            return 1;
    if (msched__sleeps_in(title))
        return 0;
    return n == 1 &&
           msched__word_among(words[0], " sleep asleep schlafen schlafengehen zubettgehen "
                                        "dormir dormire coucher slapen dodo ");
}

int msched__is_appointment(msched__slice word)
{
    return msched__word_among(
        word,
        " dentist doctor doctors doctor's dr gp vet physio physiotherapy haircut hairdresser "
        "barber appointment optician orthodontist zahnarzt zahnarztin arzt arztin friseur "
        "drop dropoff drop-off physiotherapie dentiste dentista medecin medico kine coiffeur ");
}

int msched__text_appointment(const char *title)
{
    msched__slice list[WORDS_MAX];
    uint32_t count;
    const msched__slice *words = title_words(title, list, &count);
    const uint32_t n = msched__main_words(words, count);
    return n > 0 && (msched__is_appointment(words[0]) || msched__is_appointment(words[n - 1]));
}

int msched__text_office(const char *title)
{
    static const char meetings[] = " meeting mtg interview besprechung reunion reuniao "
                                   "riunione vergadering afspraak termin spotkanie mote ";
    msched__slice list[WORDS_MAX];
    uint32_t count;
    const msched__slice *words = title_words(title, list, &count);
    const uint32_t n = msched__main_words(words, count);
    return msched__text_appointment(title) ||
           (n > 0 &&
            (msched__word_among(words[0], meetings) || msched__word_among(words[n - 1], meetings)));
}

int msched__text_early(const char *title)
{
    msched__slice list[WORDS_MAX];
    uint32_t count;
    const msched__slice *words = title_words(title, list, &count);
    for (uint32_t i = 0; i < msched__main_words(words, count); i++)
        if (msched__word_among(words[i],
                               " early earlies morning fruhschicht fruehschicht fruhdienst "
                               "fruehdienst fruh matin manana mattina ochtend "
                               "vroege vroege ochtenddienst manha "))
            return 1;
    return 0;
}

int msched__is_early(msched__slice word)
{
    return msched__word_among(
        word, " flight flug vol vuelo volo vlucht voo train zug tren treno trein trem bus ferry "
              "taxi airport alarm wecker wake aufstehen opstaan reveil lever sveglia despertar "
              "shift schicht turno commute ");
}

int msched__text_at_night(const char *title)
{
    static const char nights[] =
        " sleep bed bedtime night nights nightshift feed feeding baby bottle meds medication pill "
        "pills party afterparty bar club home watch guard schlaf schlafen nacht bett futtern "
        "fuettern medikament tabletten heimfahrt nachtdienst nachtschicht nachtzug nachtbus dormir "
        "nuit noche notte noite dormire slapen sova somn fiesta fete biberon sen spac noc ";
    msched__slice list[WORDS_MAX];
    uint32_t count;
    const msched__slice *words = title_words(title, list, &count);
    for (uint32_t i = 0; i < count; i++)
        if (msched__is_early(words[i]) || msched__word_among(words[i], nights))
            return 1;
    return 0;
}

int msched__in_meal(const msched__meal_hours *hours, int32_t seconds)
{
    return seconds >= hours->first * 3600 && seconds <= hours->last * 3600;
}

/*
 * What is done with a meal or an errand, before its name: "Cook dinner", "Go to the bank", "Pick up
 * dry cleaning". To make the bed is not.
 */
static void skip_verb(const msched__slice **words, uint32_t *count)
{
    uint32_t skip = 0;
    const msched__slice *w = *words;
    if (*count > 1 && msched__word_among(w[0], " grab cook make get prepare go "))
        skip = msched__word_among(w[1], " bed ") ? 0 : 1;
    else if (*count > 2 && msched__word_among(w[0], " pick ") && msched__word_among(w[1], " up "))
        skip = 2;
    if (skip > 0 && *count > skip + 1 && msched__word_among(w[skip], " to "))
        skip++;
    if (*count > skip + 1 &&
        msched__word_among(w[skip], " the la le el il der die das zur zum zu "))
        skip++;
    *words += skip;
    *count -= skip;
}

static int is_errand(const msched__slice *words, uint32_t count)
{
    uint32_t n = msched__main_words(words, count);
    if (n == 1)
        return msched__word_among(words[0], errands);
    if (n == 2 && msched__word_among(words[1], " gehen ")) /* "Einkaufen gehen" */
        return msched__word_among(words[0], errands);
    return n > 1 && (msched__word_among(words[0], purchases) ||
                     msched__word_among(words[n - 1], " kaufen einkaufen ") ||
                     (n == 2 && msched__word_among(words[0], errand_kinds) &&
                      msched__word_among(words[1], errand_words)));
}

int msched__usual_hours(const char *title, int32_t *start_s, int32_t *end_s)
{
    msched__slice list[WORDS_MAX];
    uint32_t count;
    const msched__slice *words = title_words(title, list, &count);
    skip_verb(&words, &count);
    if (count == 0)
        return 0;
    int meal = find_meal(words, count), errand = meal < 0 && is_errand(words, count);
    *start_s = (meal >= 0 ? meals[meal].usual.start : ERRANDS_START) * HALF_HOUR;
    *end_s = (meal >= 0 ? meals[meal].usual.end : ERRANDS_END) * HALF_HOUR;
    return (meal >= 0 || errand) && *end_s > 0;
}
