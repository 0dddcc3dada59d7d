/* schedule/fill/fill_filter.h: which songs may be fill. */
#ifndef MSCHED_FILL_FILTER_H
#define MSCHED_FILL_FILTER_H

#include "base/arena.h"
#include "query/lookup/duplicates.h"
#include "sound/mood.h"

/* The filter of fill songs. */
typedef struct msched__fill_filter {
    const msched_catalog *catalog;
    const msched__moods *moods;
    const msched__duplicates *recordings;           /* of the catalog, duplicates once */
    uint8_t *genre_set, *subgenre_set, *artist_set; /* per index; NULL: all pass */
    const uint8_t *avoided;                         /* per recording; NULL: none is */
    int32_t year_min, year_max;                     /* 0: no limit */
    uint32_t min_popularity;
    int32_t max_track_s; /* 0: no limit */
} msched__fill_filter;

/* 0 when out of memory. */
int msched__fill_filter_init(msched__fill_filter *filter, msched__arena *arena,
                             const msched_catalog *catalog, const msched__moods *moods,
                             const msched_listening *rules);
int msched__fill_filter_passes(const msched__fill_filter *filter, uint32_t track);

static inline int32_t msched__track_length_s(const msched_catalog *catalog, uint32_t track)
{
    return (int32_t)(catalog->duration_ms[track] / 1000 +
                     (catalog->duration_ms[track] % 1000 != 0));
}

#endif
