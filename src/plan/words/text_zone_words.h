/* plan/words/text_zone_words.h: abbreviations of time zones beside a time, as in "10:00 PST". */
#ifndef MSCHED_PLAN_WORDS_TEXT_ZONE_WORDS_H
#define MSCHED_PLAN_WORDS_TEXT_ZONE_WORDS_H

#include "base/slice.h"

#include <stdint.h>

/*
 * Seconds ahead of UTC of "PST", "UTC+1" and the like, at most two, because IST is the time of
 * India and of Israel. Returns their number; 0: the word does not say it. Marks around the word do
 * not matter.
 */
uint32_t msched__zone_offsets(msched__slice word, int32_t offsets[2]);

#endif
