/*
 * sound/mood.h: how well each track fits each mood, and the other facts about a track that choosing
 * and ordering songs need, as integers. What ranks all tracks (sound/ranking.h) is built from a
 * catalog at first use. The targets and where they come from are in docs/moods.md.
 */
#ifndef MSCHED_SOUND_MOOD_H
#define MSCHED_SOUND_MOOD_H

#include "catalog/saved/saved_form.h"

#include <musicsched/plan.h>

#define MSCHED__FIT_MAX 1000
/* Fits this close are alike: popularity decides between them. */
#define MSCHED__FIT_BAND  25
#define MSCHED__FIT_BANDS (MSCHED__FIT_MAX / MSCHED__FIT_BAND + 1)

/* What the transition between two songs depends on. */
typedef struct msched__sound {
    int16_t tempo;   /* tenths of beats a minute, folded into 800..1599; 0: not known */
    int16_t energy;  /* 0..1000; -1: not known */
    uint8_t camelot; /* 1..12 on the wheel; 0: not known */
    uint8_t major;
} msched__sound;

typedef struct msched__moods {
    msched__attached attached;
    /*
     * by place in tracks_by_popularity: the track's fit in bands, 0..MSCHED__FIT_BANDS - 1;
     * [MSCHED_MOOD_NONE] is NULL
     */
    uint8_t *bands[MSCHED_MOOD_COUNT];
} msched__moods;

/* How well a track fits a mood other than MSCHED_MOOD_NONE: 0..MSCHED__FIT_MAX. */
int32_t msched__mood_fit(const msched_catalog *catalog, uint32_t mood, uint32_t track);
msched__sound msched__sound_of(const msched_catalog *catalog, uint32_t track);

/* NULL and an error: MSCHED_ERROR_MEMORY. */
const msched__moods *msched__moods_of(const msched_catalog *catalog, msched_error *err);

/* Their form in a saved catalog, and the bands read from it; NULL if they are unusable. */
void msched__moods_form(msched__attached *attached, const msched_catalog *catalog,
                        msched__form *form);
msched__attached *msched__moods_open(const msched_catalog *catalog);

#endif
