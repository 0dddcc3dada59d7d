/*
 * Wanted songs take time from the fill. The least time that they can take at their value is a
 * complementary knapsack: leave out the longest choice of songs whose weight is at most the surplus
 * of all songs over that value.
 */
#include "schedule/joint/joint_fill_bound.h"

#include "algo/budget.h"
#include "algo/index_sort.h"
#include "algo/knapsack.h"
#include "algo/min_max.h"
#include "schedule/fill/fill_artists.h"
#include "schedule/fill/fill_bound.h"
#include "schedule/fill/fill_filter.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_bound.h"
#include "schedule/joint/joint_fills.h"
#include "schedule/model/bounds.h"
#include "schedule/model/model.h"
#include "schedule/model/playlist.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"

/* Whether a play that has not begun fits anywhere at all. */
static int can_play(const msched__play *play)
{
    if (play->frozen)
        return 0;
    if (play->pinned_s != MSCHED_UNSET)
        return msched__interval_covers(play->windows, play->window_count, play->pinned_s,
                                       play->pinned_s + play->length_s);
    return msched__interval_fit(play->windows, play->window_count, 0, play->length_s) >= 0;
}

/*
 * Optional plays of `plays` for the knapsack of plays to leave out: size is weight, value is
 * seconds; returns their number.
 */
static uint32_t list_optional(const msched__songs_problem *plays, msched__keyed *keys,
                              msched__sack_item *items)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < plays->play_count; i++)
        if (can_play(&plays->plays[i]) && !plays->plays[i].must)
            keys[count++] = (msched__keyed){
                UINT64_MAX - ((uint64_t)plays->plays[i].length_s << 32) / plays->plays[i].weight,
                i};
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
 * The fewest seconds of wanted songs, except those that have begun, with which a day has its values
 * on the song levels. At most a certain number of must plays and a certain weight can be left out,
 * so the longest choice to leave out is a knapsack. -1 when out of memory.
 */
static int64_t least_wanted(msched__arena *arena, const msched__solution *day,
                            const msched__songs_problem *plays)
{
    int64_t seconds = 0, weight = -day->placement.weight, musts = -day->placement.must;
    msched__budget budget = {0}; /* its work is small, and not counted */
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
    msched__sack sack = {items, list_optional(plays, keys, items), weight};
    msched__sack_choice dropped = {.taken = taken};
    if (!msched__knapsack(&arena->allocator, &sack, &budget, &dropped))
        return -1;
    return dropped.bound < seconds ? seconds - dropped.bound : 0;
}

/* Seconds of fill of the previous schedule that has begun. */
static int64_t begun_fill(const msched__model *model)
{
    int64_t begun = 0;
    for (uint32_t i = 0; model->replan != NULL && i < model->replan->fill_count; i++)
        if (model->replan->fill[i].frozen)
            begun += msched__track_length_s(model->catalog, model->replan->fill[i].track);
    return begun;
}

/* Time for fill as one set of spans, including wanted songs that are certainly in it. */
typedef struct fill_space {
    int64_t seconds; /* minus those songs */
    uint32_t spans, songs;
} fill_space;

/* 1 if every wanted play is placed: then it is on every day with these values. */
static int all_play(const msched__solution *best)
{
    for (uint32_t i = 0; i < best->songs.play_count; i++)
        if (best->placement.start[i] == MSCHED_UNSET)
            return 0;
    return 1;
}

/*
 * Seconds of a play in [from, to) wherever it is placed: its whole length or 0, unless it is
 * pinned.
 */
static int64_t surely_inside(const msched__play *play, msched__interval window)
{
    if (play->frozen || play->window_count == 0)
        return 0;
    if (play->pinned_s != MSCHED_UNSET) {
        int64_t inside = smaller64(play->pinned_s + play->length_s, window.end) -
                         larger(play->pinned_s, window.start);
        return inside < 0 ? 0 : inside;
    }
    int within = play->windows[0].start >= window.start &&
                 play->windows[play->window_count - 1].end <= window.end;
    return within ? play->length_s : 0;
}

/* The window of the fill, without the songs that cannot leave it. */
static fill_space space_in_window(const msched__solver *s, const msched__songs_problem *relaxed,
                                  msched__interval window)
{
    fill_space room = {
        msched__interval_total_within(relaxed->free, relaxed->free_count, window.start, window.end),
        0, 0};
    for (uint32_t i = 0; i < relaxed->free_count; i++)
        room.spans += relaxed->free[i].start < window.end && relaxed->free[i].end > window.start;
    for (uint32_t i = 0; all_play(&s->best) && i < relaxed->play_count; i++) {
        int64_t inside = surely_inside(&relaxed->plays[i], window);
        room.seconds -= inside;
        room.songs += inside == relaxed->plays[i].length_s;
    }
    return room;
}

/*
 * Maximum seconds of fill in a window: each song costs a gap, except one in each span and those
 * that extend beyond it, and n songs are at most the n longest.
 */
static int64_t most_with_gaps(const fill_space *room, const msched__longest_songs *longest,
                              int32_t gap)
{
    int64_t best = 0;
    if (gap == 0)
        return room->seconds;
    for (int64_t songs = 1; best < room->seconds && songs <= longest->count; songs++) {
        int64_t parted = songs + room->songs - room->spans,
                left = room->seconds - (parted > 0 ? parted * gap : 0);
        if (left <= best)
            break;
        int64_t most = smaller64(longest->sums[songs], left);
        best = most > best ? most : best;
        if (longest->sums[songs] >= left)
            break;
    }
    return best;
}

/* From the first second of fill to the last. */
static int64_t horizon_of(const msched_listening *rules, const msched__songs_problem *relaxed)
{
    if (relaxed->free_count == 0)
        return 0;
    int64_t start = relaxed->free[0].start, end = relaxed->free[relaxed->free_count - 1].end;
    if (rules->fill_between_start_s != MSCHED_UNSET) {
        start = larger(rules->fill_between_start_s, relaxed->free[0].start);
        end = smaller64(end, rules->fill_between_end_s);
    }
    return end > start ? end - start : 0;
}

/* Seconds in which fill could play with `wanted` seconds of wanted songs. -1 when out of memory. */
static int64_t time_for_fill(msched__solver *s, const msched__songs_problem *relaxed,
                             const msched__fill_problem *problem, int64_t wanted, int64_t begun)
{
    const msched_listening *rules = msched__fill_rules(problem);
    int64_t capacity = msched__quiet_capacity(s, 4),
            listenable = msched__interval_total(relaxed->free, relaxed->free_count), supply;
    msched__longest_songs longest = {0};
    if (capacity < 0 || msched__songs_supply(s->arena, problem, &supply) != MSCHED_OK ||
        (relaxed->gap_s > 0 && begun == 0 &&
         msched__songs_longest(s->arena, problem, &longest) != MSCHED_OK))
        return -1;
    capacity = smaller64(listenable, capacity) - wanted;
    if (begun == 0) {
        fill_space day = {listenable - wanted, relaxed->free_count, 0};
        for (uint32_t i = 0; all_play(&s->best) && i < relaxed->play_count; i++)
            day.songs += !relaxed->plays[i].frozen;
        capacity = smaller64(capacity, most_with_gaps(&day, &longest, relaxed->gap_s));
    }
    if (rules->fill_between_start_s != MSCHED_UNSET && begun == 0) {
        fill_space room = space_in_window(
            s, relaxed, (msched__interval){rules->fill_between_start_s, rules->fill_between_end_s});
        capacity = smaller64(capacity, most_with_gaps(&room, &longest, relaxed->gap_s));
    }
    capacity = smaller64(supply, capacity);
    if (begun == 0 && relaxed->artist_separation_s > relaxed->gap_s &&
        msched__songs_apart(s->arena, problem, horizon_of(rules, relaxed), &capacity) != MSCHED_OK)
        return -1;
    return capacity < 0 ? 0 : capacity;
}

/* Maximum seconds of fill in the to-do of fill k. */
static int64_t most_during(const msched_plan *plan, uint32_t k)
{
    uint32_t during = msched__plan_fill_during(plan, k);
    const msched__plan_todo *todo = during == UINT32_MAX ? NULL : &plan->todos[during];
    if (todo == NULL || todo->state != MSCHED_STATE_OPEN)
        return INT64_MAX;
    return todo->music ? todo->duration_s : 0;
}

/* Data about the day for the bound of a fill. */
typedef struct fill_question {
    const msched__songs_problem *relaxed;
    int64_t wanted, begun;
} fill_question;

/* The bound of one of several fills, whatever the others take. -1 when out of memory. */
static int64_t bound_of_several(msched__solver *s, const fill_question *asked, uint32_t k)
{
    const msched_plan *plan = s->model->plan;
    msched__fill_problem problem = msched__solution_fill(&s->best);
    problem.rules = msched__plan_fill_rules(plan, k);
    problem.fill_s = problem.rules->fill_s;
    int64_t capacity = time_for_fill(s, asked->relaxed, &problem, asked->wanted, asked->begun),
            bound = smaller64(problem.fill_s, capacity + asked->begun);
    if (capacity < 0)
        return -1;
    if (asked->begun > 0)
        return bound;
    bound = smaller64(bound, most_during(plan, k));
    return msched__songs_reach(s->arena, &problem, &bound) == MSCHED_OK ? bound : -1;
}

/*
 * The bound of all fills together: at most the sum of each alone, and at most the time. -1 when out
 * of memory.
 */
static int64_t bound_several(msched__solver *s, const fill_question *asked)
{
    int64_t bound = 0, capacity = msched__quiet_capacity(s, 4),
            listenable = msched__interval_total(asked->relaxed->free, asked->relaxed->free_count);
    for (uint32_t k = 0; k <= s->model->plan->more_fill_count; k++) {
        int64_t one = bound_of_several(s, asked, k);
        if (one < 0)
            return -1;
        bound += one;
    }
    capacity = smaller64(listenable, capacity) - asked->wanted;
    return smaller64(bound, (capacity < 0 ? 0 : capacity) + asked->begun);
}

static msched_result bound_fill(msched__solver *s, msched__bounds *bounds)
{
    const msched_listening *rules = &s->model->plan->listening;
    const int several = msched__has_fills(s->model->plan);
    int64_t begun = begun_fill(s->model), songs_begun = 0, bound;
    msched__songs_problem relaxed;
    msched__fill_problem problem = msched__solution_fill(&s->best);
    if (!msched__songs_anywhere(s, 4, &relaxed))
        return MSCHED_ERROR_MEMORY;
    const fill_question asked = {&relaxed, least_wanted(s->arena, &s->best, &relaxed), begun};
    if (asked.wanted < 0)
        return MSCHED_ERROR_MEMORY;
    if (several) {
        bound = bound_several(s, &asked);
    } else {
        int64_t capacity = time_for_fill(s, &relaxed, &problem, asked.wanted, begun);
        bound = capacity < 0 ? -1 : smaller64(rules->fill_s, capacity + begun);
    }
    if (bound < 0)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < relaxed.play_count; i++)
        songs_begun += relaxed.plays[i].frozen ? relaxed.plays[i].length_s : 0;
    if (rules->max_total_s != MSCHED_UNSET)
        bound = smaller64(bound, rules->max_total_s - asked.wanted - songs_begun);
    if (!several && begun == 0 && bound > s->best.fill.seconds &&
        msched__songs_reach(s->arena, &problem, &bound) != MSCHED_OK)
        return MSCHED_ERROR_MEMORY;
    bound = bound > begun ? bound : begun; /* what has begun is not undone */
    msched__bounds_put(bounds, MSCHED_LEVEL_FILL_S, bound, s->best.value);
    return MSCHED_OK;
}

msched_result msched__bound_fill(msched__solver *s)
{
    msched__solver narrow;
    msched__model model;
    int possible;
    if (!msched__narrow_model(s, MSCHED_LEVEL_FILL_S, &model, &narrow, &possible))
        return MSCHED_ERROR_MEMORY;
    return bound_fill(&narrow, &s->bounds);
}
