/*
 * What happens at a time and not for a while: "Standup 930", "Pick up kids 3.15", "1030 haircut",
 * "mtg 10-1030". Such a number is a name elsewhere ("Bus 345", "Bug 1430"), so the title decides.
 */
#include "plan/words/text_occasions.h"

#include "plan/words/text_title_words.h"

#include <string.h>

#define NOON 43200

/* Folded. */
static const char occasions[] =
    " dentist dent doctor doctors doctor's dr gp vet physio haircut hair hairdresser barber nails "
    "appointment appt massage checkup check-up therapy interview standup stand-up huddle scrum "
    "meeting meetings mtg meet meetup call calls sync catchup catch-up briefing debrief demo retro "
    "class lesson lessons group team practice rehearsal assembly recital lecture seminar tutorial "
    "exam webinar workshop shift schicht spatschicht fruhschicht turno "
    "pickup pick-up dropoff drop-off yoga pilates zumba choir concert gig film movie cinema "
    "theatre theater kickoff kick-off church mass service party wedding funeral tea coffee drinks "
    "brunch breakfast lunch dinner supper taxi cab mot plumber electrician nap 1:1 1-1 1on1 1-on-1 "
    "zahnarzt zahnarztin arzt friseur termin besprechung elternabend abholen bringen mittagessen "
    "abendessen fruhstuck fruehstueck rdv reunion dentiste dentista medico medecin cita ";

/* At the start of the title: the next words are a person or a thing. */
static const char errands[] = " pick drop collect fetch meet call ";

/* At the start of the title: the number is an amount. "Pay dentist 145" */
static const char payments[] =
    " pay buy order send print return refund invoice transfer owe deposit spend cost costs budget "
    "zahlen bezahlen kaufen bestellen payer acheter pagar comprar ";

/* "school run" */
static const char schools[] = " school nursery kita kindergarten preschool creche daycare kids ";
static const char trips[] = " run pick drop bus pickup dropoff ";

int msched__is_picture(msched__slice word)
{
    return word.size >= 3 &&
           (memcmp(word.data, "\xF0\x9F", 2) == 0 || memcmp(word.data, "\xE2\x98", 2) == 0 ||
            memcmp(word.data, "\xE2\x9A", 2) == 0 || memcmp(word.data, "\xE2\x9C", 2) == 0);
}

int msched__is_payment(msched__slice word)
{
    return msched__word_among(word, payments);
}

int msched__is_occasion(const msched__slice *words, uint32_t count)
{
    if (count > 0 && msched__is_payment(words[0]))
        return 0;
    for (uint32_t i = 0; i < count && i < 6; i++) {
        if (i > 0 && msched__begins_phrase(words[i]))
            break; /* of "Notes about the meeting" only "Notes" counts */
        if (msched__word_among(words[i], occasions) ||
            (i == 0 && count > 1 && msched__word_among(words[0], errands)))
            return 1;
        if (i + 1 < count && msched__word_among(words[i], schools) &&
            msched__word_among(words[i + 1], trips))
            return 1;
    }
    return 0;
}

/* Seconds of "930", "1415" or, with `hours`, "9"; -1: none. */
static int32_t packed_time(msched__slice s, size_t *at, int hours)
{
    size_t start = *at;
    int32_t number = msched__take_number(s, at, 4);
    size_t digits = *at - start;
    if (number < 1 || s.data[start] == '0')
        return -1;
    if (digits < 3)
        return hours && number <= 24 ? number * 3600 : -1;
    return number % 100 < 60 && number % 5 == 0 && number <= 2400
               ? number / 100 * 3600 + number % 100 * 60
               : -1;
}

int32_t msched__occasion_time(msched__slice word)
{
    size_t at = 0;
    int32_t time = packed_time(word, &at, 0);
    if (time >= 0 && at == word.size)
        return time;
    msched__clock clock;
    at = 0;
    return word.size > 3 && (word.data[1] == '.' || word.data[1] == ':') && word.data[0] != '0' &&
                   msched__scan_time(word, &at, &clock) == MSCHED__TIME_OK && at == word.size &&
                   clock.half == 0 && clock.seconds % 300 == 0
               ? clock.seconds
               : -1;
}

int msched__occasion_range(msched__slice word, msched__attr *attr)
{
    size_t at = 0, digits = 0;
    int32_t start = packed_time(word, &at, 1);
    digits = at;
    if (start < 0 || at >= word.size)
        return 0;
    if (word.data[at] == '-')
        at++;
    else if (word.size - at > 3 && memcmp(word.data + at, "\xE2\x80\x93", 3) == 0)
        at += 3;
    else
        return 0;
    size_t from = at;
    int32_t end = packed_time(word, &at, 1);
    digits = digits > at - from ? digits : at - from;
    msched__slice half = {word.data + at, word.size - at};
    int pm = msched__slice_is(half, "pm") || msched__slice_is(half, "p"),
        am = msched__slice_is(half, "am") || msched__slice_is(half, "a");
    if (end < 0 || digits < 3 || (half.size > 0 && !am && !pm) ||
        ((am || pm) && (end > NOON + 3599 || start > NOON + 3599)))
        return 0;
    msched__attr_clear(attr, word);
    attr->kind = MSCHED__ATTR_RANGE;
    attr->doubt = MSCHED__BARE | MSCHED__TOLD;
    if (am || pm) {
        end = end % NOON + (pm ? NOON : 0);
        start = start % NOON + (pm && start % NOON + NOON < end ? NOON : 0);
    } else {
        attr->doubt |= start <= NOON + 3599 ? MSCHED__LOOSE_START : 0;
        attr->doubt |= end <= NOON + 3599 ? MSCHED__LOOSE_END : 0;
    }
    attr->a = start;
    attr->b = end;
    return end > start || (attr->doubt & MSCHED__LOOSE_END) != 0;
}

int msched__is_gathering(msched__slice title)
{
    /* folded */
    static const char gatherings[] =
        " conference congress convention fair expo festival workshop workshops training course "
        "seminar summit hackathon offsite off-site retreat bootcamp symposium messe konferenz "
        "kongress schulung fortbildung kurs tagung lehrgang congres salon formation seminaire "
        "colloque stage congreso conferencia feria curso taller conferenza congresso fiera corso "
        "feira treinamento beurs cursus conferentie konferencja targi szkolenie ",
                      plans[] =
                          " prepare prep preparing book plan planning register pack slides for "
                          "about invite review vorbereiten buchen fur preparer pour preparar "
                          "para per ";
    int found = 0;
    for (size_t at = 0; at < title.size;) {
        size_t end = at;
        while (end < title.size && title.data[end] != ' ')
            end++;
        const msched__slice word = {title.data + at, end - at};
        if (msched__word_among(word, plans))
            return 0;
        found |= msched__word_among(word, gatherings);
        at = end + 1;
    }
    return found;
}
