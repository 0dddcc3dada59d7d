/* sound/ranking.h: the tracks of a catalog, the best for a mood first. */
#ifndef MSCHED_SOUND_RANKING_H
#define MSCHED_SOUND_RANKING_H

#include "sound/mood.h"

/*
 * A walk over all tracks: by fit in bands, then by popularity, then in input order. An unknown
 * popularity counts as 0. Without a mood, by popularity only, and unknown ones last.
 */
typedef struct msched__ranking {
    const msched_catalog *catalog;
    const uint8_t *bands; /* NULL: no mood */
    uint32_t band;        /* of the track that came last */
    /* in tracks_by_popularity: the next place of this band in [0, known_end), and after it */
    uint32_t known, known_end, unknown;
} msched__ranking;

void msched__ranking_start(msched__ranking *ranking, const msched_catalog *catalog,
                           const msched__moods *moods, uint32_t mood);
/* The next track, or MSCHED__NONE. */
uint32_t msched__ranking_next(msched__ranking *ranking);

#endif
