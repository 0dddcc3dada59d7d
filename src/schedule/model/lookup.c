/* Wanted songs looked up in the catalog. */
#include "schedule/model/lookup.h"

#include "base/error.h"
#include "base/hash.h"
#include "query/lookup/song_match.h"

#include <musicsched/lookup.h>

#include <string.h>

#define CANDIDATES 5
/* tracks searched per unit of work: both take about 0.1 us */
#define TRACKS_OF_UNIT 4
#define MOST_WEIGHT    200 /* of a song whose weight is left to its popularity */

/* A song of unknown length cannot be given a time. */
static void set_track(const msched_catalog *catalog, const msched__plan_song *song, uint32_t track,
                      msched__wish *wish)
{
    if (catalog->duration_ms[track] == 0) {
        wish->lengthless = track;
        return;
    }
    wish->track = track;
    wish->length_s = (int32_t)((catalog->duration_ms[track] + 999) / 1000);
    wish->weight = song->weight > 0 ? song->weight
                                    : 100u + (uint32_t)msched__popularity_or_0(catalog, track);
}

/* The hits that may be meant, best first. */
static uint32_t likely_count(const msched_hits *hits)
{
    msched_hit hit = {.struct_size = sizeof hit};
    uint32_t count = 0, total = msched_hits_count(hits);
    while (count < total && msched_hits_get(hits, count, &hit) == MSCHED_OK &&
           hit.score >= MSCHED__LIKELY_SCORE)
        count++;
    return count;
}

static msched_result read_hits(msched__arena *arena, const msched_catalog *catalog,
                               const msched__plan_song *song, const msched_hits *hits,
                               msched__wish *wish)
{
    uint32_t count = likely_count(hits);
    uint32_t *candidates = msched__arena_alloc(arena, count, sizeof *candidates);
    msched_hit hit = {.struct_size = sizeof hit}, first = {.struct_size = sizeof first};
    if (candidates == NULL)
        return MSCHED_ERROR_MEMORY;
    if (count > 0)
        msched_hits_get(hits, 0, &first);
    for (uint32_t i = 0; i < count; i++) {
        msched_hits_get(hits, i, &hit);
        candidates[i] = hit.track;
        wish->ambiguous |= i > 0 && hit.match == first.match;
        wish->near |= hit.match == MSCHED_MATCH_WORDS && i == 0;
    }
    wish->candidates = candidates;
    wish->candidate_count = count;
    if (count > 0 && first.match <= MSCHED_MATCH_WORDS)
        set_track(catalog, song, first.track, wish);
    return MSCHED_OK;
}

/* By search: a hit that matches word by word is used, and similar ones become candidates. */
static msched_result search(msched__arena *arena, const msched_catalog *catalog,
                            const msched__plan_song *song, msched__wish *wish)
{
    msched_find_options options;
    msched_find_options_init(&options, sizeof options);
    options.limit = CANDIDATES;
    options.allocator = &arena->allocator;
    msched_hits *hits = NULL;
    msched_result result = msched_find(&hits, catalog, song->query, &options, NULL);
    if (result == MSCHED_ERROR_LIMIT) /* too long for a song */
        return MSCHED_OK;
    if (result == MSCHED_OK)
        result = read_hits(arena, catalog, song, hits, wish);
    msched_hits_unref(hits);
    return result;
}

/* By its id, which takes hardly any time; 0 if it has none that the catalog knows. */
static int take_id(const msched_catalog *catalog, const msched__plan_song *song, msched__wish *wish)
{
    uint32_t track;
    if (song->track_id[0] == '\0' ||
        msched_catalog_find_id(catalog, song->track_id, &track, NULL) != MSCHED_OK)
        return 0;
    set_track(catalog, song, track, wish);
    return 1;
}

/* By its title. `work` grows if the whole catalog is searched. */
static msched_result look_up(msched__arena *arena, const msched_catalog *catalog,
                             const msched__plan_song *song, msched__wish *wish, uint64_t *work)
{
    if (song->query[0] == '\0')
        return MSCHED_OK;
    msched__song_match match;
    msched_result result = msched__song_match_text(catalog, song->query, strlen(song->query),
                                                   &match, NULL);
    if (result != MSCHED_OK)
        return result;
    if (match.form == MSCHED__SONG_NONE) {
        *work += 1 + catalog->track_count / TRACKS_OF_UNIT;
        return search(arena, catalog, song, wish);
    }
    set_track(catalog, song, match.track, wish);
    wish->ambiguous = match.recording_count > 1;
    return MSCHED_OK;
}

/* Number the wishes of each track, in a table of the last one of each. 0 when out of memory. */
static int count_occurrences(msched__arena *arena, msched__wish *wishes, uint32_t count)
{
    uint32_t size = 16;
    while (size < 2 * count)
        size *= 2;
    uint32_t *last = msched__arena_alloc(arena, size, sizeof *last);
    if (last == NULL)
        return 0;
    memset(last, 0xff, size * sizeof *last);
    for (uint32_t i = 0; i < count; i++) {
        if (wishes[i].track == UINT32_MAX)
            continue;
        uint32_t at = (uint32_t)msched__hash_mix(wishes[i].track) & (size - 1);
        while (last[at] != UINT32_MAX && wishes[last[at]].track != wishes[i].track)
            at = (at + 1) & (size - 1);
        if (last[at] != UINT32_MAX)
            wishes[i].occurrence = wishes[last[at]].occurrence + 1;
        last[at] = i;
    }
    return 1;
}

msched_result msched__wishes_make(msched__arena *arena, const msched_catalog *catalog,
                                  const msched_plan *plan, msched__budget *budget,
                                  msched__wish **out)
{
    msched__wish *wishes = msched__arena_alloc(arena, plan->song_count, sizeof *wishes);
    if (wishes == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < plan->song_count; i++) {
        wishes[i] = (msched__wish){.track = UINT32_MAX, .lengthless = UINT32_MAX};
        if (catalog == NULL)
            continue;
        /* each may be a search of the whole catalog */
        const int over = msched__budget_look(budget) != 0;
        const int is_known = take_id(catalog, &plan->songs[i], &wishes[i]);
        wishes[i].skipped = over && !is_known && plan->songs[i].query[0] != '\0';
        if (!over && !is_known &&
            look_up(arena, catalog, &plan->songs[i], &wishes[i], &budget->aside) != MSCHED_OK)
            return MSCHED_ERROR_MEMORY;
        wishes[i].occurrence = 1;
    }
    *out = wishes;
    return count_occurrences(arena, wishes, plan->song_count) ? MSCHED_OK : MSCHED_ERROR_MEMORY;
}

/* Everything that the plan requests on the levels after the must plays. */
static void ask_for_all(const msched_plan *plan, const msched__wish *wishes, int64_t *bound)
{
    static const uint8_t levels[] = {MSCHED_LEVEL_TASKS_2, MSCHED_LEVEL_TASKS_3,
                                     MSCHED_LEVEL_TASKS_4, MSCHED_LEVEL_SONG_WEIGHT};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        bound[levels[i]] = 0;
    for (uint32_t i = 0; i < plan->todo_count; i++)
        if (plan->todos[i].kind == MSCHED_TODO_TASK && plan->todos[i].priority > 1)
            bound[levels[plan->todos[i].priority - 2]]++;
    for (uint32_t i = 0; i < plan->song_count; i++)
        if (!plan->songs[i].must)
            bound[MSCHED_LEVEL_SONG_WEIGHT] += (int64_t)plan->songs[i].times * wishes[i].weight;
}

void msched__wishes_raise(const msched_plan *plan, const msched__wish *wishes, int64_t *bound)
{
    int64_t musts = 0, weight = 0;
    for (uint32_t i = 0; i < plan->song_count; i++) {
        const msched__plan_song *song = &plan->songs[i];
        if (!wishes[i].skipped)
            continue;
        if (song->must)
            musts += song->times;
        else
            weight += (int64_t)song->times * (song->weight > 0 ? song->weight : MOST_WEIGHT);
    }
    if (musts > 0)
        ask_for_all(plan, wishes, bound);
    bound[MSCHED_LEVEL_MUST_SONGS] += musts;
    bound[MSCHED_LEVEL_SONG_WEIGHT] += weight;
    if (musts + weight > 0)
        bound[MSCHED_LEVEL_FILL_S] = msched__plan_fill_seconds(plan);
}
