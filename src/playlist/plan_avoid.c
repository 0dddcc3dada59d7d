/* Make a plan's fill avoid recently heard songs. */
#include "base/alloc.h"
#include "base/civil.h"
#include "catalog/catalog_check.h"
#include "plan/plan_avoided.h"
#include "plan/plan_derive.h"
#include "playlist/history_match.h"
#include "query/lookup/duplicates.h"
#include "query/lookup/song_match.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400

/* State for a plan. */
typedef struct avoider {
    const msched_plan *plan;
    const msched_history *history;
    const msched_catalog *catalog;
    const msched__duplicates *recordings;
    uint8_t *wanted;  /* by song of the history: recently heard */
    uint32_t *tracks; /* by song of the history */
    int64_t *heard;   /* by recording of the catalog: last time; INT64_MIN: not recently */
    int64_t midnight; /* the moment at which the plan begins */
    int64_t from, to; /* moments */
} avoider;

static void set_times(avoider *a, uint32_t days)
{
    uint32_t of_plan = a->plan->span != NULL ? a->plan->span->days : 1;
    a->midnight = a->plan->axis.zero_utc;
    a->from = a->midnight - (int64_t)days * DAY_S;
    a->to = a->midnight + (int64_t)of_plan * DAY_S; /* plays on its dates count too */
}

/* The first play at or after a moment; plays are in order of time. */
static size_t first_play(const msched_history *history, int64_t utc)
{
    size_t low = 0, high = history->play_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (history->plays[middle].utc < utc)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static msched_result find_heard(avoider *a, msched_error *err)
{
    const msched_history *history = a->history;
    size_t begin = first_play(history, a->from), end = first_play(history, a->to);
    for (size_t i = begin; i < end; i++)
        a->wanted[history->plays[i].song] = 1;
    msched_result result = msched__history_match(history, a->catalog, a->wanted, a->tracks, err);
    for (uint32_t i = 0; i < a->recordings->count; i++)
        a->heard[i] = INT64_MIN;
    for (size_t i = begin; i < end && result == MSCHED_OK; i++) {
        uint32_t track = a->tracks[history->plays[i].song];
        if (track != MSCHED__NONE)
            a->heard[a->recordings->of_track[track]] = history->plays[i].utc;
    }
    return result;
}

/* Append the ids of heard tracks to those that a fill avoids; *count receives their number. */
static msched_result extend(const avoider *a, msched__arena *arena, msched_listening *rules,
                            uint32_t *count, msched_error *err)
{
    const msched_catalog *catalog = a->catalog;
    uint32_t before = rules->fill_avoid_count;
    *count = 0;
    for (uint32_t i = 0; i < a->recordings->count; i++)
        *count += a->heard[i] != INT64_MIN;
    if (*count > MSCHED_PLAN_MAX_AVOID - before)
        return msched__fail(err, MSCHED_ERROR_LIMIT,
                            "the plan would avoid %u songs, but the limit is %d: use fewer days",
                            (unsigned)(before + *count), MSCHED_PLAN_MAX_AVOID);
    const char **ids = msched__arena_alloc(arena, before + *count, sizeof *ids);
    if (ids == NULL)
        return msched__fail_memory(err);
    if (before > 0)
        memcpy(ids, rules->fill_avoid, before * sizeof *ids);
    for (uint32_t i = 0, at = before; i < a->recordings->count; i++) {
        if (a->heard[i] == INT64_MIN)
            continue;
        uint32_t track = a->recordings->tracks.rows[a->recordings->tracks.starts[i]];
        const char *id = msched__catalog_text(catalog, catalog->track_id[track]);
        if ((ids[at++] = msched__arena_copy(arena, id, strlen(id))) == NULL)
            return msched__fail_memory(err);
    }
    rules->fill_avoid = ids;
    rules->fill_avoid_count = before + *count;
    return MSCHED_OK;
}

/* The same for all fills of the plan. */
static msched_result add_avoided(avoider *a, msched_plan *to, uint32_t *added, msched_error *err)
{
    uint32_t count = to->more_fill_count;
    msched_result result = extend(a, &to->arena, &to->listening, added, err);
    if (result != MSCHED_OK || count == 0)
        return result;
    msched__plan_fill *more = msched__arena_alloc(&to->arena, count, sizeof *more);
    if (more == NULL)
        return msched__fail_memory(err);
    memcpy(more, to->more_fills, count * sizeof *more);
    to->more_fills = more;
    for (uint32_t k = 0; k < count && result == MSCHED_OK; k++)
        result = extend(a, &to->arena, &more[k].rules, added, err);
    return result;
}

/* The track that a wanted song means, or MSCHED__NONE. */
static msched_result find_wanted(const avoider *a, const msched__plan_song *song, uint32_t *track,
                                 msched_error *err)
{
    msched__song_match found = {.track = MSCHED__NONE};
    msched_result result = MSCHED_OK;
    *track = MSCHED__NONE;
    if (song->track_id[0] != '\0')
        msched_catalog_find_id(a->catalog, song->track_id, track, NULL);
    else
        result = msched__song_match_text(a->catalog, song->query, strlen(song->query), &found, err);
    *track = *track == MSCHED__NONE ? found.track : *track;
    return result;
}

static msched_result warn(const avoider *a, msched_plan *to, msched__plan_warning *warning,
                          uint32_t track, msched_error *err)
{
    char text[240];
    const msched_catalog *catalog = a->catalog;
    int64_t utc = a->heard[a->recordings->of_track[track]];
    /* on the clock of the plan's midnight, which gives the day except near a clock change */
    int64_t since = utc - a->midnight;
    int64_t day = a->plan->date_days +
                  (since >= 0 ? since / DAY_S : -((DAY_S - 1 - since) / DAY_S));
    msched__date date = msched__date_from_days(day);
    snprintf(text, sizeof text, "\"%.120s\" was already heard on %04d-%02u-%02u",
             msched__catalog_text(catalog, catalog->track_name[track]), (int)date.year,
             (unsigned)date.month, (unsigned)date.day);
    warning->code = "heard_lately";
    warning->message = msched__arena_copy(&to->arena, text, strlen(text));
    return warning->message == NULL ? msched__fail_memory(err) : MSCHED_OK;
}

/* 1 if a path ends in the name of a file, whole folders compared. */
static int ends_in(const char *path, size_t path_size, const char *file, size_t size)
{
    return size <= path_size && memcmp(path + path_size - size, file, size) == 0 &&
           (size == path_size || path[path_size - size - 1] == '/');
}

/* The files of the plan that the history was read from, as bits. */
static uint32_t files_met(const avoider *a)
{
    const msched_listening *rules = &a->plan->listening;
    uint32_t met = 0;
    for (uint32_t n = 0; n < a->history->file_name_count; n++) {
        const char *path = a->history->pool.data + a->history->file_names[n];
        const size_t path_size = strlen(path);
        size_t longest = 0; /* "new/mon.json" is meant by that name, not by "mon.json" */
        uint32_t best = 0;
        for (uint32_t i = 0; i < rules->avoid_file_count; i++) {
            const char *file = rules->avoid_files[i];
            const size_t size = strlen(file);
            if (size < longest || !ends_in(path, path_size, file, size))
                continue;
            best = (size == longest ? best : 0) | UINT32_C(1) << i;
            longest = size;
        }
        met |= best;
    }
    return met;
}

/* 1 if a warning reports a missing history that is no longer missing. */
static int is_answered(const msched_plan *plan, const msched__plan_warning *warning)
{
    char text[MSCHED__UNREAD_BYTES];
    if (strcmp(warning->code, MSCHED__NO_HISTORY) != 0)
        return 0;
    for (uint32_t i = 0; i < plan->listening.avoid_file_count && !plan->knows_history; i++) {
        msched__plan_unread_text(text, plan->listening.avoid_files[i]);
        if (strcmp(warning->message, text) == 0)
            return 0;
    }
    return 1;
}

/*
 * Keep the files that the plan names and that were not read yet. A history in memory that has the
 * name of none of them answers for all, unless the caller reads each by its name.
 */
static msched_result keep_unread(const avoider *a, msched_plan *to, msched_error *err)
{
    const uint32_t met = files_met(a), count = to->listening.avoid_file_count;
    const char **unread = msched__arena_alloc(&to->arena, count, sizeof *unread);
    uint32_t kept = 0;
    if (count > 0 && unread == NULL)
        return msched__fail_memory(err);
    to->meets_by_name |= met != 0 || a->history->was_opened;
    for (uint32_t i = 0; i < count && to->meets_by_name; i++)
        if ((met >> i & 1) == 0)
            unread[kept++] = to->listening.avoid_files[i];
    to->knows_history |= kept == 0;
    if (kept > 0) {
        to->listening.avoid_files = unread;
        to->listening.avoid_file_count = kept;
    }
    return MSCHED_OK;
}

static msched_result warn_all(const avoider *a, msched_plan *to, msched_error *err)
{
    msched__plan_warning *warnings = msched__arena_alloc(
        &to->arena, (size_t)to->warning_count + to->song_count, sizeof *warnings);
    msched_result result = MSCHED_OK;
    uint32_t count = 0;
    if (warnings == NULL)
        return msched__fail_memory(err);
    for (uint32_t i = 0; i < to->warning_count; i++)
        if (!is_answered(to, &to->warnings[i]))
            warnings[count++] = to->warnings[i];
    for (uint32_t i = 0; i < to->song_count && result == MSCHED_OK; i++) {
        uint32_t track;
        if (to->songs[i].state != MSCHED_STATE_OPEN)
            continue;
        result = find_wanted(a, &to->songs[i], &track, err);
        if (result == MSCHED_OK && track != MSCHED__NONE &&
            a->heard[a->recordings->of_track[track]] != INT64_MIN)
            result = warn(a, to, &warnings[count++], track, err);
    }
    to->warnings = warnings;
    to->warning_count = count;
    return result;
}

static msched_result derive(msched_plan **out, avoider *a, uint32_t *count, msched_error *err)
{
    const msched_allocator *allocator = &a->plan->arena.allocator;
    if ((a->recordings = msched__duplicates_of(a->catalog, err)) == NULL)
        return MSCHED_ERROR_MEMORY;
    a->wanted = msched__alloc_zero(allocator, a->history->names.count, 1);
    a->tracks = msched__alloc_array(allocator, a->history->names.count, sizeof *a->tracks);
    a->heard = msched__alloc_array(allocator, a->recordings->count, sizeof *a->heard);
    msched_result result = MSCHED_OK;
    if (a->wanted == NULL || a->tracks == NULL || a->heard == NULL)
        result = msched__fail_memory(err);
    if (result == MSCHED_OK)
        result = find_heard(a, err);
    if (result == MSCHED_OK)
        result = msched__plan_derive(out, (msched_plan *)a->plan, err);
    if (result == MSCHED_OK)
        result = add_avoided(a, *out, count, err);
    if (result == MSCHED_OK)
        result = keep_unread(a, *out, err);
    if (result == MSCHED_OK)
        result = warn_all(a, *out, err);
    msched__free(allocator, a->wanted);
    msched__free(allocator, a->tracks);
    msched__free(allocator, a->heard);
    return result;
}

msched_result msched_plan_avoid_history(msched_plan **out, const msched_plan *plan,
                                        const msched_history *history,
                                        const msched_catalog *catalog, uint32_t days,
                                        uint32_t *avoided, msched_error *err)
{
    uint32_t count = 0;
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (plan == NULL)
        return msched__fail_null(err, "plan");
    if (history == NULL)
        return msched__fail_null(err, "history");
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    const msched_result needed = msched__catalog_need_all(catalog, err);
    if (needed != MSCHED_OK)
        return needed;
    if (days > 36500)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "days is %u: must be at most 36500",
                            (unsigned)days);
    if (days == 0)
        days = plan->listening.avoid_days != 0 ? plan->listening.avoid_days : 7;
    avoider a = {.plan = plan, .history = history, .catalog = catalog};
    set_times(&a, days);
    msched_result result = derive(out, &a, &count, err);
    if (result != MSCHED_OK) {
        msched_plan_unref(*out);
        *out = NULL;
    } else if (avoided != NULL) {
        *avoided = count;
    }
    return result;
}
