/* query/popularity/result_json.h: the JSON of a track in all results. */
#ifndef MSCHED_QUERY_POPULARITY_RESULT_JSON_H
#define MSCHED_QUERY_POPULARITY_RESULT_JSON_H

#include "base/buffer.h"

#include <musicsched/catalog.h>

/*
 * The members of a track's object, without its braces: track_id, title, artist, popularity,
 * duration_ms, and album and release_date where known.
 */
void msched__write_track(msched__buffer *buffer, const msched_catalog *catalog, uint32_t index);

#endif
