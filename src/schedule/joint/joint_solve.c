/* Tasks and songs together: tasks first, songs beside them; where that is not proved best, both are searched at once. */
#include "schedule/joint/joint.h"
#include "algo/index_sort.h"
#include "algo/knapsack.h"

#include <string.h>

#define PLACE_WORK 20000 /* units for placing the songs beside the tasks */
#define BOUND_PART 16    /* of the work left: for the bounds of the songs */

static const uint8_t level_of[5] = {0, MSCHED_LEVEL_TASKS_1, MSCHED_LEVEL_TASKS_2, MSCHED_LEVEL_TASKS_3, MSCHED_LEVEL_TASKS_4};

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

void msched__day_values(msched__day *day)
{
    for (int p = 1; p <= 4; p++)
        day->value[level_of[p]] = day->tasks.base[p] + day->answer.best.count[p];
    day->value[MSCHED_LEVEL_MUST_SONGS] = day->placement.must;
    day->value[MSCHED_LEVEL_SONG_WEIGHT] = day->placement.weight;
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
        int64_t *known = &day->bound[level_of[p]], most = day->tasks.base[p] + bound[p];
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
    if (meets(day, MSCHED_LEVEL_FILL_S))
        return MSCHED_OK;
    for (int must_first = 1; must_first >= 0; must_first--) {
        int gained = 0;
        result = msched__day_make_room(arena, request, PLACE_WORK, budget, must_first, day, &gained);
        /* on most days all songs fit then, and nobody needs the bounds */
        if (result != MSCHED_OK || meets(day, MSCHED_LEVEL_FILL_S))
            return result;
        if (must_first || gained) /* the bounds hold for any day with these values */
            result = msched__day_bound_songs(arena, request, 0, budget, day);
        if (result != MSCHED_OK || meets(day, MSCHED_LEVEL_FILL_S))
            return result;
    }
    uint64_t kept = day->songs.play_count > MSCHED__DAY_CLOSE_MAX ? 0 : msched__budget_left(budget) / BOUND_PART;
    if (kept > 0)
        result = msched__day_bound_songs(arena, request, kept, budget, day);
    if (result != MSCHED_OK || meets(day, MSCHED_LEVEL_FILL_S))
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
    result = msched__day_bound_songs(arena, request, kept / 2, budget, day);
    return result != MSCHED_OK ? result : bound_tasks(arena, day);
}

/* Whether a play that has not begun fits anywhere at all. */
static int can_play(const msched__play *play)
{
    if (play->frozen)
        return 0;
    if (play->pinned_s != MSCHED_UNSET)
        return msched__span_covers(play->windows, play->window_count, play->pinned_s, play->pinned_s + play->length_s);
    return msched__span_fit(play->windows, play->window_count, 0, play->length_s) >= 0;
}

/* Optional plays of `plays` for the knapsack of what is left out: size weight, value seconds; returns their number. */
static uint32_t list_optional(const msched__songs_problem *plays, msched__keyed *keys, msched__sack_item *items)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < plays->play_count; i++)
        if (can_play(&plays->plays[i]) && !plays->plays[i].must)
            keys[count++] = (msched__keyed){UINT64_MAX - ((uint64_t)plays->plays[i].length_s << 32) / plays->plays[i].weight, i};
    msched__key_sort(keys, count);
    for (uint32_t i = 0; i < count; i++) {
        const msched__play *play = &plays->plays[keys[i].index];
        items[i] = (msched__sack_item){(int32_t)play->weight, play->length_s};
    }
    return count;
}

/* The longest must plays, `count` of them, in seconds. */
static int64_t longest_musts(const msched__songs_problem *plays, int64_t count, msched__keyed *keys)
{
    int64_t seconds = 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i < plays->play_count; i++)
        if (can_play(&plays->plays[i]) && plays->plays[i].must)
            keys[n++] = (msched__keyed){UINT64_MAX - (uint64_t)plays->plays[i].length_s, i};
    msched__key_sort(keys, n);
    for (uint32_t i = 0; i < n && (int64_t)i < count; i++)
        seconds += plays->plays[keys[i].index].length_s;
    return seconds;
}

/*
 * Fewest seconds of wanted songs, those that have begun aside, with which a day has the values that it has on the songs'
 * levels: what is left out is at most so many must plays and so much weight, so that it is a knapsack how long it is. -1 when
 * out of memory.
 */
static int64_t least_wanted(msched__arena *arena, const msched__day *day, const msched__songs_problem *plays)
{
    int64_t seconds = 0, weight = -day->placement.weight, musts = -day->placement.must, value, dropped;
    uint64_t work = 0;
    msched__keyed *keys = msched__arena_alloc(arena, plays->play_count, sizeof *keys);
    msched__sack_item *items = msched__arena_alloc(arena, plays->play_count, sizeof *items);
    uint8_t *taken = msched__arena_alloc(arena, plays->play_count, 1);
    if (keys == NULL || items == NULL || taken == NULL)
        return -1;
    for (uint32_t i = 0; i < plays->play_count; i++) {
        const msched__play *play = &plays->plays[i];
        if (!play->frozen && !can_play(play))
            continue;
        seconds += play->frozen ? 0 : play->length_s;
        musts += play->must;
        weight += play->must ? 0 : play->weight;
    }
    seconds -= longest_musts(plays, musts, keys);
    uint32_t count = list_optional(plays, keys, items);
    if (!msched__knapsack(&arena->allocator, items, count, weight, taken, &value, &dropped, &work))
        return -1;
    return dropped < seconds ? seconds - dropped : 0;
}

/* The most fill that any arrangement with these values could hold. */
static msched_result bound_fill(msched__arena *arena, const msched__request *request, msched__day *day)
{
    const msched_listening *rules = &request->plan->listening;
    int64_t bound = rules->fill_s, begun = 0, songs_begun = 0, supply;
    msched__songs_problem relaxed;
    if (!msched__day_songs(arena, request, &day->tasks, NULL, &relaxed))
        return MSCHED_ERROR_MEMORY;
    int64_t wanted = least_wanted(arena, day, &relaxed), capacity = msched__day_quiet_capacity(arena, day, 4);
    int64_t listenable = msched__span_total(relaxed.free, relaxed.free_count);
    if (capacity < 0 || wanted < 0)
        return MSCHED_ERROR_MEMORY;
    capacity = (listenable < capacity ? listenable : capacity) - wanted;
    for (uint32_t i = 0; request->replan != NULL && i < request->replan->fill_count; i++) {
        const msched__previous_fill *fill = &request->replan->fill[i];
        begun += fill->frozen ? (int32_t)((request->catalog->duration_ms[fill->track] + 999) / 1000) : 0;
    }
    if (rules->fill_between_start_s != MSCHED_UNSET) {
        int64_t within =
            msched__span_total_within(relaxed.free, relaxed.free_count, rules->fill_between_start_s, rules->fill_between_end_s);
        capacity = begun == 0 && within < capacity ? within : capacity;
    }
    if (msched__songs_supply(arena, &day->fill_problem, &supply) != MSCHED_OK)
        return MSCHED_ERROR_MEMORY;
    capacity = supply < capacity ? supply : capacity;
    capacity = capacity < 0 ? 0 : capacity;
    if (capacity + begun < bound)
        bound = capacity + begun;
    for (uint32_t i = 0; i < relaxed.play_count; i++)
        songs_begun += relaxed.plays[i].frozen ? relaxed.plays[i].length_s : 0;
    if (rules->max_total_s != MSCHED_UNSET && rules->max_total_s - wanted - songs_begun < bound)
        bound = rules->max_total_s - wanted - songs_begun;
    if (begun == 0 && bound > day->fill.seconds && msched__songs_reach(arena, &day->fill_problem, &bound) != MSCHED_OK)
        return MSCHED_ERROR_MEMORY;
    day->bound[MSCHED_LEVEL_FILL_S] = bound > begun ? bound : begun; /* what has begun is not undone */
    return MSCHED_OK;
}

static msched_result solve_fill(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *day)
{
    msched_result result = msched__day_fill(arena, request, budget, day);
    if (result != MSCHED_OK || request->no_fill)
        return result;
    int64_t asked = request->plan->listening.fill_s;
    day->bound[MSCHED_LEVEL_FILL_S] = asked;
    if (day->fill.seconds < asked)
        result = bound_fill(arena, request, day);
    if (result == MSCHED_OK && day->fill.seconds < day->bound[MSCHED_LEVEL_FILL_S])
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
        out->bound[level_of[p]] = out->tasks.base[p] + out->answer.bound[p];
    msched__day_values(out);
    if (request->catalog != NULL) {
        result = solve_songs(arena, request, budget, out);
        if (result == MSCHED_OK)
            result = solve_fill(arena, request, budget, out);
    }
    while (out->proved_levels < MSCHED_LEVEL_COUNT && out->value[out->proved_levels] == out->bound[out->proved_levels])
        out->proved_levels++;
    return result;
}
