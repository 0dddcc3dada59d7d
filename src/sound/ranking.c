/*
 * A catalog keeps one ranking of its tracks, by popularity. For each mood, a byte for each place of
 * that ranking names the track's band, so the tracks of a band are found in order of popularity.
 * This takes a quarter of the memory of a list of tracks for each mood.
 */
#include "sound/ranking.h"

#include <string.h>

/* The first place in [from, end) that is in the band, or `end`. */
static uint32_t find(const msched__ranking *r, uint32_t from, uint32_t end)
{
    const uint8_t *at = from < end ? memchr(r->bands + from, (int)r->band, end - from) : NULL;
    return at == NULL ? end : (uint32_t)(at - r->bands);
}

/* Tracks of unknown popularity are the last in the ranking. */
static uint32_t find_unknown(const msched_catalog *catalog)
{
    uint32_t low = 0, high = catalog->track_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (catalog->popularity[catalog->tracks_by_popularity[middle]] ==
            MSCHED__POPULARITY_UNKNOWN)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void msched__ranking_start(msched__ranking *ranking, const msched_catalog *catalog,
                           const msched__moods *moods, uint32_t mood)
{
    const uint32_t tracks = catalog->track_count;
    *ranking = (msched__ranking){.catalog = catalog,
                                 .bands = moods->bands[mood],
                                 .band = 0,
                                 .known_end = tracks,
                                 .unknown = tracks};
    if (ranking->bands == NULL)
        return;
    /* as at the end of a band before the best one */
    ranking->band = MSCHED__FIT_BANDS;
    ranking->known = ranking->known_end = find_unknown(catalog);
}

/* Whether the place among the known ones comes before that among the unknown, which count as 0. */
static int known_is_next(const msched__ranking *r)
{
    const msched_catalog *catalog = r->catalog;
    const uint32_t *ranked = catalog->tracks_by_popularity;
    if (r->known == r->known_end || r->unknown == catalog->track_count)
        return r->known < r->known_end;
    return catalog->popularity[ranked[r->known]] > 0 || ranked[r->known] < ranked[r->unknown];
}

uint32_t msched__ranking_next(msched__ranking *ranking)
{
    const uint32_t *ranked = ranking->catalog->tracks_by_popularity,
                   tracks = ranking->catalog->track_count;
    if (ranking->bands == NULL)
        return ranking->known < tracks ? ranked[ranking->known++] : MSCHED__NONE;
    while (ranking->known == ranking->known_end && ranking->unknown == tracks) {
        if (ranking->band == 0)
            return MSCHED__NONE;
        ranking->band--;
        ranking->known = find(ranking, 0, ranking->known_end);
        ranking->unknown = find(ranking, ranking->known_end, tracks);
    }
    uint32_t *place = known_is_next(ranking) ? &ranking->known : &ranking->unknown;
    const uint32_t track = ranked[*place];
    *place = find(ranking, *place + 1, place == &ranking->known ? ranking->known_end : tracks);
    return track;
}
