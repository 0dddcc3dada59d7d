#include "plan/words/mood_names.h"

#include <string.h>

static const char *const names[MSCHED_MOOD_COUNT] = {
    "none", "focus", "workout", "commute", "party", "wind-down", "calm", "happy", "morning",
};

const char *msched_mood_name(uint32_t mood)
{
    return mood < MSCHED_MOOD_COUNT ? names[mood] : NULL;
}

uint32_t msched__mood_find(const char *name, size_t size)
{
    for (uint32_t mood = 0; mood < MSCHED_MOOD_COUNT; mood++)
        if (strlen(names[mood]) == size && memcmp(names[mood], name, size) == 0)
            return mood;
    return MSCHED_MOOD_COUNT;
}
