/* sound/transition.h: how smoothly one song follows another. */
#ifndef MSCHED_SOUND_TRANSITION_H
#define MSCHED_SOUND_TRANSITION_H

#include "sound/mood.h"

/* 0..1000, the same both ways: key, tempo, energy; less where the artist stays the same. */
int32_t msched__transition_score(const msched__sound *a, const msched__sound *b, int same_artist);

/* 0..1000: nearness of two places on the Camelot wheel. */
int32_t msched__transition_key(const msched__sound *a, const msched__sound *b);

/* Thousandths of energy that suit the time of day. */
int32_t msched__transition_energy(int32_t time);
/* 0..100: how well a song's energy suits a time that this energy suits. */
int32_t msched__transition_hour(const msched__sound *sound, int32_t energy);

#endif
