/* schedule/transition.h: how smoothly one song follows another. */
#ifndef MSCHED_SCHEDULE_TRANSITION_H
#define MSCHED_SCHEDULE_TRANSITION_H

#include "schedule/mood.h"
#include "schedule/songs.h"

/* Songs no further apart than this beyond the gap belong to one session. */
#define MSCHED__SESSION_PAUSE_S 60

/* 0..1000, the same both ways: key, tempo, energy; less where the artist stays the same. */
int32_t msched__transition_score(const msched__sound *a, const msched__sound *b, int same_artist);

/* 0..1000: nearness of two places on the Camelot wheel. */
int32_t msched__transition_key(const msched__sound *a, const msched__sound *b);

/* Thousandths of energy that suit the time of day. */
int32_t msched__transition_energy(int32_t time);
/* 0..100: how well a song's energy suits a time that this energy suits. */
int32_t msched__transition_hour(const msched__sound *sound, int32_t energy);

/* Whether the second song follows the first within a session. */
int msched__same_session(const msched__songs_problem *problem, const msched__timed_song *first, const msched__timed_song *second);

#endif
