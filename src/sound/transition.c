/*
 * How smoothly one song follows another: the distance of the keys on the Camelot wheel, the tempo
 * with half and double folded together, and the energy. docs/moods.md gives the sources of the
 * weights.
 */
#include "sound/transition.h"

#define UNKNOWN          500
#define KEY_WEIGHT       4
#define TEMPO_WEIGHT     3
#define ENERGY_WEIGHT    3
#define SAME_ARTIST_COST 300
/* thousandths of the tempo at which two tempos count as unrelated */
#define TEMPO_FADE  250
#define ENERGY_FADE 400 /* likewise for energy */
#define HOUR_POINTS 6

static int32_t difference(int32_t a, int32_t b)
{
    return a > b ? a - b : b - a;
}

/* The wheel's usual steps: the same key, a fifth up or down, the relative key. */
int32_t msched__transition_key(const msched__sound *a, const msched__sound *b)
{
    if (a->camelot == 0 || b->camelot == 0)
        return UNKNOWN;
    int32_t steps = difference(a->camelot, b->camelot);
    if (steps > 6)
        steps = 12 - steps;
    if (a->major != b->major)
        return steps == 0 ? 900 : steps == 1 ? 450 : 100;
    return steps == 0 ? 1000 : steps == 1 ? 900 : steps == 2 ? 550 : 100;
}

/* Both are folded into one octave, whose ends meet. */
static int32_t tempo_score(int32_t a, int32_t b)
{
    if (a == 0 || b == 0)
        return UNKNOWN;
    int32_t off = difference(a, b), low = a < b ? a : b, high = a < b ? b : a;
    if (difference(high, 2 * low) < off)
        off = difference(high, 2 * low);
    off = off * 1000 / low;
    return off >= TEMPO_FADE ? 0 : 1000 - off * 1000 / TEMPO_FADE;
}

static int32_t energy_score(int32_t a, int32_t b)
{
    if (a < 0 || b < 0)
        return UNKNOWN;
    int32_t off = difference(a, b);
    return off >= ENERGY_FADE ? 0 : 1000 - off * 1000 / ENERGY_FADE;
}

int32_t msched__transition_score(const msched__sound *a, const msched__sound *b, int same_artist)
{
    int32_t score = (KEY_WEIGHT * msched__transition_key(a, b) +
                     TEMPO_WEIGHT * tempo_score(a->tempo, b->tempo) +
                     ENERGY_WEIGHT * energy_score(a->energy, b->energy)) /
                    (KEY_WEIGHT + TEMPO_WEIGHT + ENERGY_WEIGHT);
    if (same_artist)
        score -= SAME_ARTIST_COST;
    return score > 0 ? score : 0;
}

int32_t msched__transition_energy(int32_t time)
{
    /*
     * energy over the day: up to late morning, a dip at 14:00, a peak in the evening; docs/moods.md
     */
    static const int32_t hour[HOUR_POINTS] = {0, 6, 11, 14, 20, 24},
                         energy[HOUR_POINTS] = {650, 550, 700, 620, 750, 650};
    int32_t day = time % 86400, k = 1;
    while (k < HOUR_POINTS - 1 && day >= hour[k] * 3600)
        k++;
    return energy[k - 1] + (energy[k] - energy[k - 1]) * (day / 60 - hour[k - 1] * 60) /
                               ((hour[k] - hour[k - 1]) * 60);
}

int32_t msched__transition_hour(const msched__sound *sound, int32_t target)
{
    if (sound->energy < 0)
        return UNKNOWN / 10;
    return (1000 - difference(sound->energy, target)) / 10;
}
