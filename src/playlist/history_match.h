/* playlist/history_match.h: the songs of a history in a catalog. */
#ifndef MSCHED_PLAYLIST_HISTORY_MATCH_H
#define MSCHED_PLAYLIST_HISTORY_MATCH_H

#include "catalog/catalog_data.h"
#include "playlist/history_data.h"

/*
 * The track of each song of the history that has `wanted` set (NULL: of all), by id, else by title
 * and artist; MSCHED__NONE for the others. MSCHED_OK or MEMORY.
 */
msched_result msched__history_match(const msched_history *history, const msched_catalog *catalog,
                                    const uint8_t *wanted, uint32_t *tracks, msched_error *err);

#endif
