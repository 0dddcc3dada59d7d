/* plan/words/mood_names.h: moods by name. */
#ifndef MSCHED_PLAN_WORDS_MOOD_NAMES_H
#define MSCHED_PLAN_WORDS_MOOD_NAMES_H

#include <musicsched/plan.h>

/* For messages; the names of msched_mood_name except "none". */
#define MSCHED__MOOD_LIST "focus, workout, commute, party, wind-down, calm, happy, morning"

/* The mood of a name in lower case; MSCHED_MOOD_COUNT: there is none. */
uint32_t msched__mood_find(const char *name, size_t size);

#endif
