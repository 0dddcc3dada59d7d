/*
 * sound/mood.h: how well each track fits each mood, and the other facts about a track that choosing
 * and ordering songs need, as integers. Built from a catalog at first use. The targets and where
 * they come from are in docs/moods.md.
 */
#ifndef MSCHED_SOUND_MOOD_H
#define MSCHED_SOUND_MOOD_H

#include "catalog/saved/saved_form.h"

#include <musicsched/plan.h>

#define MSCHED__FIT_MAX 1000
/* Fits this close are alike: popularity decides between them. */
#define MSCHED__FIT_BAND 25

/* What the transition between two songs depends on. */
typedef struct msched__sound {
    int16_t tempo;   /* tenths of beats a minute, folded into 800..1599; 0: not known */
    int16_t energy;  /* 0..1000; -1: not known */
    uint8_t camelot; /* 1..12 on the wheel; 0: not known */
    uint8_t major;
} msched__sound;

typedef struct msched__moods {
    msched__attached attached;
    /* all tracks, best first: fit in bands, then popularity, then input order */
    const uint32_t *ranked[MSCHED_MOOD_COUNT];
    /* per track, 0..MSCHED__FIT_MAX; [MSCHED_MOOD_NONE] is NULL */
    uint16_t *fit[MSCHED_MOOD_COUNT];
    /* per track, a bit for each; NULL if there are more than 64 */
    uint64_t *genres, *subgenres;
    msched__sound *sound; /* per track */
} msched__moods;

/* NULL and an error: MSCHED_ERROR_MEMORY. */
const msched__moods *msched__moods_of(const msched_catalog *catalog, msched_error *err);

/* Their form in a saved catalog, and the rankings read from it; NULL if they are unusable. */
void msched__moods_form(msched__attached *attached, const msched_catalog *catalog,
                        msched__form *form);
msched__attached *msched__moods_open(const msched_catalog *catalog);

#endif
