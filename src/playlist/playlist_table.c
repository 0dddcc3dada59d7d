/* Tables of songs, read like a catalog; each row is a song. */
#include "catalog/catalog_check.h"
#include "playlist/playlist_data.h"

#include <musicsched/catalog.h>

#include <string.h>

static msched__slice slice_of(const char *text)
{
    return (msched__slice){text, strlen(text)};
}

static int add_entry(msched_playlist *playlist, const msched_catalog *catalog, uint32_t index)
{
    msched_entry entry = {.struct_size = sizeof entry};
    msched_track track = {.struct_size = sizeof track};
    msched_catalog_get_entry(catalog, index, &entry);
    msched_catalog_get_track(catalog, entry.track_index, &track);
    if (playlist->only[0] != '\0' && strcmp(playlist->only, entry.playlist_name) != 0)
        return 1;
    playlist->list = slice_of(entry.playlist_name);
    msched__playlist_draft draft = {.title = slice_of(track.name),
                                    .artist = slice_of(track.artist),
                                    .album = slice_of(track.album_name),
                                    .id = slice_of(track.id),
                                    .duration_ms = track.duration_ms};
    return msched__playlist_add(playlist, &draft);
}

static int add_reasons(msched_playlist *playlist, const msched_catalog *catalog)
{
    int ok = 1;
    for (uint32_t i = 0; i < msched_catalog_skipped_count(catalog) && ok; i++) {
        msched_error reason;
        msched_catalog_skipped_get(catalog, i, &reason);
        ok = msched__playlist_remark_add(playlist, reason.line, "left out: %s", reason.message);
    }
    return ok;
}

msched_result msched__playlist_read_table(msched_playlist *playlist, msched__slice text, int *found,
                                          msched_error *err)
{
    msched_catalog_options options;
    msched_catalog *catalog = NULL;
    msched_catalog_options_init(&options, sizeof options);
    options.skip_bad_rows = 1;
    options.threads = 1;
    options.source_name = "table";
    options.allocator = &playlist->allocator;
    *found = 0;
    msched_result result = msched_catalog_load_memory(&catalog, text.data, text.size, &options,
                                                      err);
    if (result != MSCHED_OK)
        return result == MSCHED_ERROR_MEMORY ? result : MSCHED_OK;
    result = msched__catalog_need_late(catalog, err);
    const uint32_t entries = result == MSCHED_OK ? catalog->entry_count : 0;
    /* lines without a header are a list, which its own reader handles */
    *found = entries > 0 && strstr(catalog->report_json, "\"header_line\": 0,") == NULL;
    int ok = 1;
    for (uint32_t i = 0; *found && i < entries && ok; i++)
        ok = add_entry(playlist, catalog, i);
    if (ok && *found)
        ok = add_reasons(playlist, catalog);
    playlist->form = *found ? MSCHED_PLAYLIST_TABLE : playlist->form;
    playlist->list = (msched__slice){"", 0};
    msched_catalog_unref(catalog);
    if (result != MSCHED_OK || ok)
        return result;
    return playlist->failed == MSCHED_ERROR_MEMORY
               ? msched__fail_memory(err)
               : msched__fail(err, MSCHED_ERROR_LIMIT, "the playlist has more than %d songs",
                              MSCHED_PLAYLIST_MAX_SONGS);
}
