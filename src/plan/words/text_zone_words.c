/*
 * Abbreviations of time zones, which are those of a fixed offset: PST is eight hours behind UTC on
 * any date. PT and ET change with the season, and ART, CAT, EAT, GST, ICT, WAT and WET are other
 * words as well, so they are not here.
 */
#include "plan/words/text_zone_words.h"

#include "plan/words/text_scan.h"

#include <string.h>

#define HOUR 60

static const struct {
    const char *name;
    int16_t minutes, other; /* ahead of UTC; the same: there is one reading */
} zones[] = {{"UTC", 0, 0},
             {"GMT", 0, 0},
             {"WEST", HOUR, HOUR},
             {"BST", HOUR, HOUR},
             {"CET", HOUR, HOUR},
             {"MEZ", HOUR, HOUR},
             {"CEST", 2 * HOUR, 2 * HOUR},
             {"MESZ", 2 * HOUR, 2 * HOUR},
             {"EET", 2 * HOUR, 2 * HOUR},
             {"SAST", 2 * HOUR, 2 * HOUR},
             {"EEST", 3 * HOUR, 3 * HOUR},
             {"MSK", 3 * HOUR, 3 * HOUR},
             {"TRT", 3 * HOUR, 3 * HOUR},
             {"PKT", 5 * HOUR, 5 * HOUR},
             {"IST", 5 * HOUR + 30, 2 * HOUR},
             {"WIB", 7 * HOUR, 7 * HOUR},
             {"SGT", 8 * HOUR, 8 * HOUR},
             {"HKT", 8 * HOUR, 8 * HOUR},
             {"AWST", 8 * HOUR, 8 * HOUR},
             {"JST", 9 * HOUR, 9 * HOUR},
             {"KST", 9 * HOUR, 9 * HOUR},
             {"ACST", 9 * HOUR + 30, 9 * HOUR + 30},
             {"AEST", 10 * HOUR, 10 * HOUR},
             {"AEDT", 11 * HOUR, 11 * HOUR},
             {"NZST", 12 * HOUR, 12 * HOUR},
             {"NZDT", 13 * HOUR, 13 * HOUR},
             {"BRT", -3 * HOUR, -3 * HOUR},
             {"EDT", -4 * HOUR, -4 * HOUR},
             {"EST", -5 * HOUR, -5 * HOUR},
             {"CDT", -5 * HOUR, -5 * HOUR},
             {"CST", -6 * HOUR, 8 * HOUR},
             {"MDT", -6 * HOUR, -6 * HOUR},
             {"MST", -7 * HOUR, -7 * HOUR},
             {"PDT", -7 * HOUR, -7 * HOUR},
             {"PST", -8 * HOUR, -8 * HOUR},
             {"AKDT", -8 * HOUR, -8 * HOUR},
             {"AKST", -9 * HOUR, -9 * HOUR},
             {"HST", -10 * HOUR, -10 * HOUR}};

/* Minutes of "+1", "-5:30" and "+0530". 0: another text. */
static int take_shift(msched__slice s, int32_t *minutes)
{
    size_t at = 1, digits;
    const size_t start = at;
    int32_t number = msched__take_number(s, &at, 4), more = 0;
    digits = at - start;
    if (number < 0 || (s.data[0] != '+' && s.data[0] != '-'))
        return 0;
    if (digits > 2) {
        more = number % 100;
        number /= 100;
    } else if (at + 3 == s.size && s.data[at] == ':') {
        at++;
        more = msched__take_number(s, &at, 2);
    }
    if (at != s.size || number > 14 || more < 0 || more > 59)
        return 0;
    *minutes = (number * HOUR + more) * (s.data[0] == '-' ? -1 : 1);
    return 1;
}

uint32_t msched__zone_offsets(msched__slice word, int32_t offsets[2])
{
    while (word.size > 0 && strchr(",;.)", word.data[word.size - 1]) != NULL)
        word.size--;
    if (word.size > 0 && word.data[0] == '(')
        word = (msched__slice){word.data + 1, word.size - 1};
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        const size_t size = strlen(zones[i].name);
        if (word.size < size || memcmp(word.data, zones[i].name, size) != 0)
            continue;
        int32_t shift = 0;
        if (word.size > size &&
            (zones[i].minutes != 0 ||
             !take_shift((msched__slice){word.data + size, word.size - size}, &shift)))
            continue;
        offsets[0] = (zones[i].minutes + shift) * 60;
        offsets[1] = (zones[i].other + shift) * 60;
        return zones[i].minutes == zones[i].other ? 1 : 2;
    }
    return 0;
}
