/* Fuzz target: playlists of every form, and which songs of a catalog they mean. */
#include <musicsched/musicsched.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char songs[] = "track_id,track_name,track_artist,track_popularity,duration_ms\n"
                            "a,Stone Garden,Ida Blue,50,201000\n"
                            "b,Harbor (feat. Orson),Ida Blue & Orson,70,187000\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static msched_catalog *catalog;
    msched_playlist *playlist = NULL;
    msched_playlist_match *match = NULL;
    msched_text *json = NULL;
    if (catalog == NULL &&
        msched_catalog_load_memory(&catalog, songs, sizeof songs - 1, NULL, NULL) != MSCHED_OK)
        __builtin_trap();
    if (size > 65536 ||
        msched_playlist_read(&playlist, (const char *)data, size, NULL, NULL) != MSCHED_OK)
        return 0;
    for (uint32_t i = 0; i < msched_playlist_song_count(playlist); i++) {
        msched_playlist_song song = {.struct_size = sizeof song};
        if (msched_playlist_get_song(playlist, i, &song) != MSCHED_OK ||
            (*song.title == '\0' && *song.id == '\0' && *song.isrc == '\0'))
            __builtin_trap();
    }
    if (msched_playlist_match_make(&match, playlist, catalog, NULL) != MSCHED_OK ||
        msched_playlist_match_to_json(match, &json, NULL) != MSCHED_OK)
        __builtin_trap();
    msched_text_unref(json);
    msched_playlist_match_unref(match);
    msched_playlist_unref(playlist);
    return 0;
}
