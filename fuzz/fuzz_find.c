/* Any text looked up, suggested and matched in a small catalog; any bytes read as a saved state. */
#include <musicsched/lookup.h>
#include <musicsched/popularity.h>

#include "base/utf8.h"
#include "query/lookup/song_match.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char csv[] =
    "track_id,track_name,track_artist,track_popularity,duration_ms\n"
    "1,Dance Monkey,Tones and I,100,209000\n2,Memories - Dillon Francis Remix,Maroon 5,67,162600\n"
    "3,Memories,Maroon 5,98,189000\n4,12:51,The Strokes,61,153000\n5,?,MF DOOM,42,180000\n"
    "6,\xD0\x9C\xD0\xB0\xD0\xB9,Basta,20,180000\n7,Halo,Beyonc\xC3\xA9,80,261000\n";

static void look_up(const msched_catalog *songs, const char *text, size_t size)
{
    msched_hits *hits = NULL;
    if (msched_find(&hits, songs, text, NULL, NULL) == MSCHED_OK)
        msched_hits_unref(hits);
    if (msched_suggest(&hits, songs, text, NULL, NULL) == MSCHED_OK)
        msched_hits_unref(hits);
    msched__song_match match;
    if (msched__utf8_check(text, size) == size &&
        msched__song_match_text(songs, text, size, &match, NULL) != MSCHED_OK)
        abort();
}

static void read_states(const char *text, size_t size)
{
    msched_groups *groups = NULL;
    msched_correlations *correlations = NULL;
    for (uint32_t i = 0; msched_groups_from_state(&groups, text, size, NULL, NULL) == MSCHED_OK;
         i++) {
        msched_group group = {.struct_size = sizeof group};
        msched_result result = msched_groups_get(groups, i, &group);
        msched_groups_unref(groups);
        if (result != MSCHED_OK)
            break;
    }
    if (msched_correlations_from_state(&correlations, text, size, NULL, NULL) == MSCHED_OK) {
        msched_correlation correlation = {.struct_size = sizeof correlation};
        for (uint32_t f = 0; f < MSCHED_FEATURE_COUNT; f++)
            if (msched_correlations_get(correlations, f, &correlation) != MSCHED_OK)
                abort();
        msched_correlations_unref(correlations);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static msched_catalog *songs;
    if (songs == NULL &&
        msched_catalog_load_memory(&songs, csv, sizeof csv - 1, NULL, NULL) != MSCHED_OK)
        abort();
    char *text = malloc(size + 1);
    if (text == NULL)
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    look_up(songs, text, size);
    read_states(text, size);
    free(text);
    return 0;
}
