/* Add the songs of a playlist to a plan as wanted songs. */
#include "base/alloc.h"
#include "base/options.h"
#include "plan/plan_derive.h"
#include "plan/plan_span_check.h"
#include "playlist/playlist_match.h"
#include "query/lookup/song_match.h"

#include <string.h>

void msched_playlist_use_init(msched_playlist_use *use, uint32_t struct_size)
{
    msched_playlist_use defaults = {.struct_size = sizeof defaults};
    msched__options_init(use, struct_size, &defaults, sizeof defaults);
}

/* Mark the recordings that a plan wants already. MSCHED_OK or MSCHED_ERROR_MEMORY. */
static msched_result mark_wanted(uint8_t *taken, const msched_plan *plan,
                                 const msched_catalog *catalog, msched_error *err)
{
    for (uint32_t i = 0; i < plan->song_count; i++) {
        const msched__plan_song *song = &plan->songs[i];
        msched__song_match found = {.track = MSCHED__NONE};
        uint32_t track = MSCHED__NONE;
        if (song->track_id[0] != '\0')
            msched_catalog_find_id(catalog, song->track_id, &track, NULL);
        else if (msched__song_match_text(catalog, song->query, strlen(song->query), &found, err) !=
                 MSCHED_OK)
            return MSCHED_ERROR_MEMORY;
        track = track == MSCHED__NONE ? found.track : track;
        if (track != MSCHED__NONE)
            taken[catalog->track_recording[track]] = 1;
    }
    return MSCHED_OK;
}

/* Write the tracks to add to `tracks`, which has an element for each song. */
static uint32_t choose(uint32_t *tracks, uint8_t *taken, const msched_playlist_match *match,
                       uint32_t limit)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < match->playlist->song_count && (limit == 0 || count < limit); i++) {
        uint32_t track = match->hits[i].track;
        if (track == MSCHED__NONE || taken[match->catalog->track_recording[track]])
            continue;
        taken[match->catalog->track_recording[track]] = 1;
        tracks[count++] = track;
    }
    return count;
}

static msched_result append(msched_plan *to, const msched_catalog *catalog, const uint32_t *tracks,
                            uint32_t count, const msched_playlist_use *use, msched_error *err)
{
    if (count > MSCHED_PLAN_MAX_SONGS - to->song_count)
        return msched__fail(err, MSCHED_ERROR_LIMIT,
                            "the plan would have %u wanted songs, but the limit is %d: set a "
                            "limit, or choose one playlist of the file",
                            (unsigned)(to->song_count + count), MSCHED_PLAN_MAX_SONGS);
    msched__plan_song *songs = msched__arena_alloc(&to->arena, to->song_count + count,
                                                   sizeof *songs);
    if (songs == NULL)
        return msched__fail_memory(err);
    if (to->song_count > 0)
        memcpy(songs, to->songs, to->song_count * sizeof *songs);
    for (uint32_t i = 0; i < count; i++) {
        const char *id = msched__catalog_text(catalog, catalog->track_id[tracks[i]]);
        const char *kept = msched__arena_copy(&to->arena, id, strlen(id));
        if (kept == NULL)
            return msched__fail_memory(err);
        songs[to->song_count + i] = (msched__plan_song){.track_id = kept,
                                                        .query = "",
                                                        .between_start_s = MSCHED_UNSET,
                                                        .between_end_s = MSCHED_UNSET,
                                                        .start_s = MSCHED_UNSET,
                                                        .weight = use->weight,
                                                        .times = 1,
                                                        .during = UINT32_MAX,
                                                        .during_id = "",
                                                        .must = use->must != 0,
                                                        .state = MSCHED_STATE_OPEN};
    }
    to->songs = songs;
    to->song_count += count;
    return MSCHED_OK;
}

/* In a plan of several days, each song may be on any date. */
static msched_result append_items(msched_plan *to, uint32_t count, msched_error *err)
{
    msched__plan_span *span = msched__plan_own_span(to, 0, count);
    if (span == NULL)
        return msched__fail_memory(err);
    for (uint32_t i = 0; i < count; i++)
        span->songs[span->song_count++] = msched__span_any_date(span->days);
    return MSCHED_OK;
}

static msched_result check(const msched_playlist_use *use, msched_error *err)
{
    if (use->must > 1 || use->weight > 1000)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "must has to be 0 or 1, and weight 0 to 1000");
    return MSCHED_OK;
}

msched_result msched_plan_add_playlist(msched_plan **out, const msched_plan *plan,
                                       const msched_playlist_match *match,
                                       const msched_playlist_use *use, uint32_t *added,
                                       msched_error *err)
{
    msched_playlist_use known;
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (plan == NULL)
        return msched__fail_null(err, "plan");
    if (match == NULL)
        return msched__fail_null(err, "match");
    msched_playlist_use_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, use, "use", err);
    if (result == MSCHED_OK)
        result = check(&known, err);
    if (result != MSCHED_OK)
        return result;
    const msched_allocator *allocator = &plan->arena.allocator;
    uint8_t *taken = msched__alloc_zero(allocator, match->catalog->recording_count, 1);
    uint32_t *tracks = msched__alloc_array(allocator, match->playlist->song_count, sizeof *tracks);
    uint32_t count = 0;
    if (taken == NULL || tracks == NULL)
        result = msched__fail_memory(err);
    if (result == MSCHED_OK)
        result = mark_wanted(taken, plan, match->catalog, err);
    if (result == MSCHED_OK)
        count = choose(tracks, taken, match, known.limit);
    if (result == MSCHED_OK)
        result = msched__plan_derive(out, (msched_plan *)plan, err);
    if (result == MSCHED_OK)
        result = append(*out, match->catalog, tracks, count, &known, err);
    if (result == MSCHED_OK && plan->span != NULL)
        result = append_items(*out, count, err);
    msched__free(allocator, taken);
    msched__free(allocator, tracks);
    if (result != MSCHED_OK) {
        msched_plan_unref(*out);
        *out = NULL;
    } else if (added != NULL) {
        *added = count;
    }
    return result;
}
