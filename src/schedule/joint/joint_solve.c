/* Tasks and songs together: tasks first, songs beside them; where that is not proved best, both are searched at once. */
#include "schedule/joint/joint_solve.h"

#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_bound.h"
#include "schedule/joint/joint_fill_bound.h"
#include "schedule/joint/joint_moves.h"
#include "schedule/joint/joint_reserve.h"
#include "schedule/model/playlist.h"
#include "schedule/model/plays.h"
#include "schedule/model/previous.h"
#include "schedule/model/tasks.h"
#include "schedule/tasks/tasks_solve.h"

#include <assert.h>
#include <string.h>

#define PLACE_WORK 20000 /* units for placing the songs beside the tasks */
#define BOUND_PART 16    /* of the work left: for the bounds of the songs */

/* The songs of the previous schedule that have begun, as spans; NULL when out of memory. */
static msched__span *begun_songs(msched__arena *arena, const msched__request *request, uint32_t *count)
{
    const msched__replan *replan = request->replan;
    uint32_t n = 0;
    msched__span *out = msched__arena_alloc(arena, replan->play_count + replan->fill_count, sizeof *out);
    if (out == NULL)
        return NULL;
    for (uint32_t i = 0; i < replan->play_count; i++) {
        const msched__previous_play *play = &replan->plays[i];
        if (play->frozen)
            out[n++] = (msched__span){play->start_s, play->start_s + request->wishes[play->wish].length_s};
    }
    for (uint32_t i = 0; i < replan->fill_count; i++) {
        const msched__previous_fill *fill = &replan->fill[i];
        int32_t length = (int32_t)((request->catalog->duration_ms[fill->track] + 999) / 1000);
        if (fill->frozen)
            out[n++] = (msched__span){fill->start_s, fill->start_s + length};
    }
    *count = n;
    return out;
}

static msched_result make_tasks(msched__arena *arena, const msched__request *request, msched__tasks *out)
{
    const msched__replan *replan = request->replan;
    if (replan == NULL)
        return msched__tasks_make(arena, out, request->plan, NULL, 0, NULL, 0);
    uint32_t song_count;
    msched__span *songs = begun_songs(arena, request, &song_count);
    if (songs == NULL)
        return MSCHED_ERROR_MEMORY;
    msched_result result = msched__tasks_make(arena, out, request->plan, replan->frozen, replan->frozen_count, songs, song_count);
    if (result == MSCHED_OK && !msched__replan_wish(arena, replan, out))
        result = MSCHED_ERROR_MEMORY;
    return result;
}

/* 1 where levels 0 .. count - 1 meet their bounds. */
static int meets(const msched__day *day, uint32_t count)
{
    for (uint32_t level = 0; level < count; level++)
        if (day->value[level] < day->bound[level])
            return 0;
    return 1;
}

/* All wanted plays together: no placement has more. Spares the closer bounds on most days. */
static void easy_bounds(msched__day *day)
{
    int64_t must = 0, weight = 0;
    for (uint32_t i = 0; i < day->songs.play_count; i++) {
        must += day->songs.plays[i].must;
        weight += day->songs.plays[i].must ? 0 : day->songs.plays[i].weight;
    }
    day->bound[MSCHED_LEVEL_MUST_SONGS] = must;
    day->bound[MSCHED_LEVEL_SONG_WEIGHT] = weight;
}

/* Where fewer of a priority are placed than before, those after it may have more. */
static msched_result bound_tasks(msched__arena *arena, msched__day *day)
{
    int32_t bound[5];
    if (!msched__solve_tasks_bound(arena, &day->tasks, day->answer.best.count, bound))
        return MSCHED_ERROR_MEMORY;
    int lower = 0;
    for (int p = 1; p <= 4; p++) {
        int64_t *known = &day->bound[msched__level_of_priority[p]], most = day->tasks.base[p] + bound[p];
        *known = lower || most < *known ? most : *known;
        lower |= day->answer.best.count[p] < day->answer.first[p];
    }
    return MSCHED_OK;
}

/* Replanning: songs that a search placed go back to where they were, where the arrangement lets as many stand there. */
static msched_result place_again(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *day)
{
    msched__songs_placement found = day->placement;
    msched_result result = msched__day_place(arena, request, PLACE_WORK, budget, day);
    if (result == MSCHED_OK &&
        (day->placement.must < found.must || (day->placement.must == found.must && day->placement.weight < found.weight)))
        day->placement = found;
    return result;
}

static msched_result solve_songs(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *day)
{
    msched_result result = msched__day_place(arena, request, PLACE_WORK, budget, day);
    if (result != MSCHED_OK)
        return result;
    msched__day_values(day);
    easy_bounds(day);
    if (budget->interrupted || meets(day, MSCHED_LEVEL_FILL_S))
        return MSCHED_OK;
    for (int must_first = 1; must_first >= 0; must_first--) {
        int gained = 0;
        result = msched__day_make_room(arena, request, PLACE_WORK, budget, must_first, day, &gained);
        if (gained && budget->interrupted) /* the bounds found before hold for the values of before */
            easy_bounds(day);
        /* on most days all songs fit then, and nobody needs the bounds */
        if (result != MSCHED_OK || budget->interrupted || meets(day, MSCHED_LEVEL_FILL_S))
            return result;
        if (must_first || gained) /* the bounds hold for any day with these values */
            result = msched__day_bound_songs(arena, request, 0, budget, day);
        if (result != MSCHED_OK || meets(day, MSCHED_LEVEL_FILL_S))
            return result;
    }
    uint64_t kept = day->songs.play_count > MSCHED__DAY_CLOSE_MAX ? 0 : msched__budget_left(budget) / BOUND_PART;
    if (kept > 0)
        result = msched__day_bound_songs(arena, request, kept, budget, day);
    if (result != MSCHED_OK || budget->interrupted || meets(day, MSCHED_LEVEL_FILL_S))
        return result;
    budget->limit -= kept;
    result = msched__day_improve(arena, request, budget, day);
    budget->limit += kept;
    if (result == MSCHED_OK && request->replan != NULL)
        result = place_again(arena, request, budget, day);
    if (result != MSCHED_OK)
        return result;
    msched__day_values(day);
    if (day->exact) {
        memcpy(day->bound, day->value, MSCHED_LEVEL_FILL_S * sizeof *day->bound);
        return MSCHED_OK;
    }
    if (request->no_fill) /* a trial of a fix: nobody asks what of it is proved */
        return MSCHED_OK;
    if (budget->interrupted)
        easy_bounds(day);
    else
        result = msched__day_bound_songs(arena, request, kept / 2, budget, day);
    return result != MSCHED_OK ? result : bound_tasks(arena, day);
}

static msched_result solve_fill(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *day)
{
    msched_result result = msched__day_fill(arena, request, budget, day);
    if (result != MSCHED_OK || request->no_fill)
        return result;
    int64_t asked = request->plan->listening.fill_s;
    day->bound[MSCHED_LEVEL_FILL_S] = asked;
    if (day->fill.seconds < asked && !budget->interrupted)
        result = msched__day_bound_fill(arena, request, day);
    if (result == MSCHED_OK && !budget->interrupted && day->fill.seconds < day->bound[MSCHED_LEVEL_FILL_S])
        result = msched__day_make_room_for_fill(arena, request, PLACE_WORK, budget, day);
    day->value[MSCHED_LEVEL_FILL_S] = day->fill.seconds;
    return result;
}

msched_result msched__solve_day(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *out)
{
    memset(out, 0, sizeof *out);
    msched_result result = make_tasks(arena, request, &out->tasks);
    if (result == MSCHED_OK)
        result = msched__solve_tasks(arena, &out->tasks, budget, &out->answer);
    if (result != MSCHED_OK)
        return result;
    for (int p = 1; p <= 4; p++)
        out->bound[msched__level_of_priority[p]] = out->tasks.base[p] + out->answer.bound[p];
    msched__day_values(out);
    if (request->catalog != NULL) {
        result = solve_songs(arena, request, budget, out);
        if (result == MSCHED_OK)
            result = solve_fill(arena, request, budget, out);
    }
    for (uint32_t level = 0; result == MSCHED_OK && !request->no_fill && level < MSCHED_LEVEL_COUNT; level++)
        assert(out->value[level] <= out->bound[level]);
    while (out->proved_levels < MSCHED_LEVEL_COUNT && out->value[out->proved_levels] == out->bound[out->proved_levels])
        out->proved_levels++;
    return result;
}
