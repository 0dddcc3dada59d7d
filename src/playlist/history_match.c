#include "playlist/history_match.h"

#include "query/lookup/song_match.h"

msched_result msched__history_match(const msched_history *history, const msched_catalog *catalog,
                                    const uint8_t *wanted, uint32_t *tracks, msched_error *err)
{
    for (uint32_t song = 0; song < history->names.count; song++) {
        const char *id = history->pool.data + history->songs[song].track_id;
        tracks[song] = MSCHED__NONE;
        if (wanted != NULL && !wanted[song])
            continue;
        if (*id != '\0' && msched_catalog_find_id(catalog, id, &tracks[song], NULL) == MSCHED_OK)
            continue;
        tracks[song] = MSCHED__NONE;
        msched__song_match found;
        msched_result result =
            msched__song_match_pair(catalog, msched__history_title(history, song),
                                    msched__history_artist(history, song), &found, err);
        if (result != MSCHED_OK)
            return result;
        if (found.form == MSCHED__SONG_TITLE_ARTIST)
            tracks[song] = found.track;
    }
    return MSCHED_OK;
}
