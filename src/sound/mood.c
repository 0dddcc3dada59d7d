#include "sound/mood.h"

#include "base/alloc.h"
#include "catalog/catalog_check.h"

#include <math.h>

/*
 * One target of a mood: full score within [low, high], none at `fade` beyond it, weighted against
 * the mood's other targets. Features from 0 to 1 in thousandths, tempo in tenths of beats a minute,
 * loudness in hundredths of a decibel.
 */
typedef struct target {
    uint8_t feature; /* enum msched_feature */
    uint8_t weight;
    int16_t low, high, fade;
} target;

#define TARGETS_MAX 6
#define ANY_LOW     INT16_MIN
#define ANY_HIGH    INT16_MAX

/* Sources: docs/moods.md. A weight of 0 ends the list. */
static const target targets[MSCHED_MOOD_COUNT][TARGETS_MAX] = {
    [MSCHED_MOOD_FOCUS] = {{MSCHED_FEATURE_INSTRUMENTALNESS, 4, 500, ANY_HIGH, 500},
                           {MSCHED_FEATURE_SPEECHINESS, 3, ANY_LOW, 50, 200},
                           {MSCHED_FEATURE_ENERGY, 2, 250, 550, 300},
                           {MSCHED_FEATURE_LOUDNESS, 1, ANY_LOW, -800, 500},
                           {MSCHED_FEATURE_TEMPO, 1, 700, 1200, 300}},
    [MSCHED_MOOD_WORKOUT] = {{MSCHED_FEATURE_TEMPO, 4, 1200, 1400, 300},
                             {MSCHED_FEATURE_ENERGY, 4, 850, ANY_HIGH, 350},
                             {MSCHED_FEATURE_DANCEABILITY, 2, 650, ANY_HIGH, 350},
                             {MSCHED_FEATURE_LOUDNESS, 1, -500, ANY_HIGH, 500},
                             {MSCHED_FEATURE_VALENCE, 1, 500, ANY_HIGH, 500}},
    [MSCHED_MOOD_COMMUTE] = {{MSCHED_FEATURE_VALENCE, 3, 550, 850, 450},
                             {MSCHED_FEATURE_ENERGY, 3, 550, 700, 300},
                             {MSCHED_FEATURE_TEMPO, 3, 900, 1150, 300},
                             {MSCHED_FEATURE_SPEECHINESS, 1, ANY_LOW, 60, 200}},
    [MSCHED_MOOD_PARTY] = {{MSCHED_FEATURE_DANCEABILITY, 4, 780, ANY_HIGH, 350},
                           {MSCHED_FEATURE_ENERGY, 3, 750, ANY_HIGH, 350},
                           {MSCHED_FEATURE_VALENCE, 2, 600, ANY_HIGH, 500},
                           {MSCHED_FEATURE_TEMPO, 2, 1150, 1300, 300},
                           {MSCHED_FEATURE_LOUDNESS, 1, -500, ANY_HIGH, 500}},
    [MSCHED_MOOD_WIND_DOWN] = {{MSCHED_FEATURE_ENERGY, 4, ANY_LOW, 350, 400},
                               {MSCHED_FEATURE_ACOUSTICNESS, 3, 600, ANY_HIGH, 600},
                               {MSCHED_FEATURE_LOUDNESS, 2, ANY_LOW, -1000, 600},
                               {MSCHED_FEATURE_INSTRUMENTALNESS, 2, 300, ANY_HIGH, 300},
                               {MSCHED_FEATURE_TEMPO, 1, 600, 1000, 400},
                               {MSCHED_FEATURE_DANCEABILITY, 1, ANY_LOW, 550, 400}},
    [MSCHED_MOOD_CALM] = {{MSCHED_FEATURE_ENERGY, 4, ANY_LOW, 400, 400},
                          {MSCHED_FEATURE_ACOUSTICNESS, 3, 600, ANY_HIGH, 600},
                          {MSCHED_FEATURE_LOUDNESS, 2, ANY_LOW, -900, 600},
                          {MSCHED_FEATURE_TEMPO, 2, 600, 1000, 400},
                          {MSCHED_FEATURE_SPEECHINESS, 1, ANY_LOW, 50, 200}},
    [MSCHED_MOOD_HAPPY] = {{MSCHED_FEATURE_VALENCE, 5, 800, ANY_HIGH, 450},
                           {MSCHED_FEATURE_TEMPO, 2, 1100, 1500, 300},
                           {MSCHED_FEATURE_ENERGY, 2, 650, ANY_HIGH, 400},
                           {MSCHED_FEATURE_MODE, 1, 1000, 1000, 1000},
                           {MSCHED_FEATURE_DANCEABILITY, 1, 650, ANY_HIGH, 400}},
    [MSCHED_MOOD_MORNING] = {{MSCHED_FEATURE_ENERGY, 3, 450, 650, 300},
                             {MSCHED_FEATURE_VALENCE, 3, 600, ANY_HIGH, 400},
                             {MSCHED_FEATURE_TEMPO, 2, 900, 1150, 300},
                             {MSCHED_FEATURE_ACOUSTICNESS, 1, 300, ANY_HIGH, 300},
                             {MSCHED_FEATURE_SPEECHINESS, 1, ANY_LOW, 60, 200}},
};

/* A number of a track as an integer in the units of `target`; 0: not known. */
static int feature_of(const msched_catalog *catalog, uint32_t feature, uint32_t track, int32_t *out)
{
    double value = msched__feature_of(catalog, feature, track), scale = 1000;
    if (feature == MSCHED_FEATURE_TEMPO)
        scale = 10;
    else if (feature == MSCHED_FEATURE_LOUDNESS)
        scale = 100;
    value *= scale;
    if (isnan(value) || (feature == MSCHED_FEATURE_TEMPO && value <= 0))
        return 0;
    if (value > 30000)
        value = 30000;
    else if (value < -30000)
        value = -30000;
    *out = (int32_t)floor(value + 0.5);
    return 1;
}

#define BLOCK     256u /* tracks at a time; loops over them have no branches and few divisions */
#define NOT_KNOWN INT32_MIN
#define FEATURES  MSCHED_FEATURE_DURATION_MS /* that are kept as numbers of their own */

typedef struct block {
    int32_t values[FEATURES][BLOCK]; /* in the units of `target`, or NOT_KNOWN */
    uint32_t count;
} block;

static void read_block(block *b, const msched_catalog *catalog, uint32_t from)
{
    b->count = catalog->track_count - from < BLOCK ? catalog->track_count - from : BLOCK;
    for (uint32_t f = 0; f < FEATURES; f++)
        for (uint32_t k = 0; k < b->count; k++)
            if (!feature_of(catalog, f, from + k, &b->values[f][k]))
                b->values[f][k] = NOT_KNOWN;
}

static inline int32_t outside(const target *t, int32_t value)
{
    const int32_t below = t->low - value, above = value - t->high,
                  most = below > above ? below : above;
    return most > 0 ? most : 0;
}

/* Distance to the target's range; a tempo is as near as its half or its double. */
static inline int32_t distance(const target *t, int32_t value, int is_tempo)
{
    int32_t best = outside(t, value);
    if (is_tempo) {
        const int32_t twice = outside(t, value * 2), half = outside(t, value / 2);
        best = twice < best ? twice : best;
        best = half < best ? half : best;
    }
    return best;
}

/*
 * The marks of a value or NOT_KNOWN, which counts half. The quotient of whole numbers so small is
 * exact as a double, but for its fraction.
 */
static inline int32_t marks_of(const target *t, int32_t given, int is_tempo)
{
    const int32_t value = given == NOT_KNOWN ? 0 : given, off = distance(t, value, is_tempo),
                  less = (int32_t)((double)(off < t->fade ? off : t->fade) * MSCHED__FIT_MAX /
                                   (double)t->fade);
    return given == NOT_KNOWN ? MSCHED__FIT_MAX / 2 : MSCHED__FIT_MAX - less;
}

static inline void add_marks(const block *b, const target *t, int is_tempo, int32_t *sums)
{
    const int32_t *values = b->values[t->feature];
    for (uint32_t k = 0; k < b->count; k++)
        sums[k] += marks_of(t, values[k], is_tempo) * t->weight;
}

/* The bands of a track by mood; MSCHED_MOOD_NONE has none. */
typedef struct fits {
    uint8_t bands[MSCHED_MOOD_COUNT];
} fits;

static void fit_block(const block *b, uint32_t mood, fits *out)
{
    int32_t sums[BLOCK] = {0}, weights = 0;
    for (uint32_t i = 0; i < TARGETS_MAX && targets[mood][i].weight > 0; i++) {
        const target *t = &targets[mood][i];
        if (t->feature == MSCHED_FEATURE_TEMPO)
            add_marks(b, t, 1, sums);
        else
            add_marks(b, t, 0, sums);
        weights += t->weight;
    }
    for (uint32_t k = 0; k < b->count; k++)
        out[k].bands[mood] = (uint8_t)(sums[k] / weights / MSCHED__FIT_BAND);
}

/*
 * Compute the bands in input order, which reads the features from start to end. Then copy the bands
 * of each track to its place in the ranking. 0 when out of memory.
 */
static int fit_tracks(const msched_catalog *catalog, msched__moods *moods)
{
    block b;
    fits *all = msched__alloc_array(&catalog->allocator, catalog->track_count, sizeof *all);
    if (all == NULL)
        return 0;
    for (uint32_t from = 0; from < catalog->track_count; from += b.count) {
        read_block(&b, catalog, from);
        for (uint32_t mood = MSCHED_MOOD_NONE + 1; mood < MSCHED_MOOD_COUNT; mood++)
            fit_block(&b, mood, all + from);
    }
    for (uint32_t place = 0; place < catalog->track_count; place++) {
        const fits *of = &all[catalog->tracks_by_popularity[place]];
        for (uint32_t mood = MSCHED_MOOD_NONE + 1; mood < MSCHED_MOOD_COUNT; mood++)
            moods->bands[mood][place] = of->bands[mood];
    }
    msched__free(&catalog->allocator, all);
    return 1;
}

int32_t msched__mood_fit(const msched_catalog *catalog, uint32_t mood, uint32_t track)
{
    int32_t sum = 0, weights = 0;
    for (uint32_t i = 0; i < TARGETS_MAX && targets[mood][i].weight > 0; i++) {
        const target *t = &targets[mood][i];
        int32_t value;
        if (!feature_of(catalog, t->feature, track, &value))
            value = NOT_KNOWN;
        sum += marks_of(t, value, t->feature == MSCHED_FEATURE_TEMPO) * t->weight;
        weights += t->weight;
    }
    return sum / weights;
}

/*
 * Position on the Camelot wheel: numbers are fifths; B (major) starts at 8 for C, A (minor) at 5
 * for C minor.
 */
msched__sound msched__sound_of(const msched_catalog *catalog, uint32_t track)
{
    int32_t value;
    msched__sound sound = {0, -1, 0, 0};
    if (feature_of(catalog, MSCHED_FEATURE_TEMPO, track, &value)) {
        while (value > 0 && value < 800)
            value *= 2;
        while (value >= 1600)
            value /= 2;
        sound.tempo = (int16_t)value;
    }
    if (feature_of(catalog, MSCHED_FEATURE_ENERGY, track, &value))
        sound.energy = (int16_t)(value < 0 ? 0 : value > 1000 ? 1000 : value);
    double key = msched__feature_of(catalog, MSCHED_FEATURE_KEY, track),
           mode = msched__feature_of(catalog, MSCHED_FEATURE_MODE, track);
    if (key >= 0 && key < 12 && (mode == 0 || mode == 1)) {
        int32_t fifths = 7 * (int32_t)key;
        sound.major = mode == 1;
        sound.camelot = (uint8_t)((fifths + (sound.major ? 7 : 4)) % 12 + 1);
    }
    return sound;
}

static void destroy(msched__attached *self)
{
    msched__moods *moods = (msched__moods *)self;
    msched_allocator allocator = self->allocator;
    for (uint32_t mood = MSCHED_MOOD_NONE + 1; mood < MSCHED_MOOD_COUNT; mood++)
        msched__free(&allocator, moods->bands[mood]);
    msched__free(&allocator, moods);
}

void msched__moods_form(msched__attached *attached, const msched_catalog *c, msched__form *form)
{
    msched__moods *m = (msched__moods *)attached;
    *form = (msched__form){.section = MSCHED__FORM_MOODS};
    for (uint32_t mood = MSCHED_MOOD_NONE + 1; mood < MSCHED_MOOD_COUNT; mood++)
        MSCHED__FORM_ADD(form, m->bands[mood], c->track_count);
}

static int moods_are_sound(const msched__attached *attached, const msched_catalog *c)
{
    const msched__moods *m = (const msched__moods *)attached;
    for (uint32_t mood = MSCHED_MOOD_NONE + 1; mood < MSCHED_MOOD_COUNT; mood++)
        if (!msched__all_bytes_below(m->bands[mood], c->track_count, MSCHED__FIT_BANDS))
            return 0;
    return 1;
}

msched__attached *msched__moods_open(const msched_catalog *catalog)
{
    return msched__form_open(msched__attached_new(catalog, sizeof(msched__moods)), catalog,
                             msched__moods_form, moods_are_sound);
}

static msched__attached *build(const msched_catalog *catalog)
{
    msched__attached *opened = msched__moods_open(catalog);
    if (opened != NULL)
        return opened;
    if (msched__catalog_need_all(catalog, NULL) != MSCHED_OK)
        return NULL;
    msched__moods *moods = msched__alloc_zero(&catalog->allocator, 1, sizeof *moods);
    if (moods == NULL)
        return NULL;
    moods->attached = (msched__attached){
        destroy, sizeof *moods + (size_t)catalog->track_count * (MSCHED_MOOD_COUNT - 1),
        catalog->allocator};
    int ok = 1;
    for (uint32_t mood = MSCHED_MOOD_NONE + 1; ok && mood < MSCHED_MOOD_COUNT; mood++) {
        moods->bands[mood] = msched__alloc_array(&catalog->allocator, catalog->track_count, 1);
        ok = moods->bands[mood] != NULL;
    }
    if (ok && fit_tracks(catalog, moods))
        return &moods->attached;
    destroy(&moods->attached);
    return NULL;
}

const msched__moods *msched__moods_of(const msched_catalog *catalog, msched_error *err)
{
    return (const msched__moods *)msched__catalog_attach(catalog, MSCHED__ATTACH_MOODS, build, err);
}
