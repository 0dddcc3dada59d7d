/*
 * Several fills are solved in the order of the plan. Each one sees the songs of the fills before
 * it, and all fill songs that have begun.
 */
#include "schedule/joint/joint_fills.h"

#include "algo/min_max.h"
#include "algo/index_sort.h"
#include "schedule/fill/fill_filter.h"
#include "schedule/fill/fill_solve.h"
#include "schedule/model/model.h"
#include "schedule/model/previous.h"
#include "schedule/model/solution.h"
#include "schedule/model/timetable.h"

int msched__has_fills(const msched_plan *plan)
{
    return plan->more_fill_count > 0 || plan->fill_during != UINT32_MAX;
}

/* Where fill k may play: in its window and its to-do. 0 when out of memory. */
static int set_windows(msched__solver *s, const msched__solution *day, uint32_t k,
                       msched__fill_problem *problem)
{
    uint32_t todo = msched__plan_fill_during(s->model->plan, k), span_count = 1;
    const msched__interval between = {problem->rules->fill_between_start_s,
                                      problem->rules->fill_between_end_s};
    const msched__interval *spans = &between;
    problem->windows = day->songs.free;
    problem->window_count = day->songs.free_count;
    for (int part = 0; part < 2; part++) {
        if (part == 0 ? between.start == MSCHED_UNSET : todo == UINT32_MAX)
            continue;
        if (part == 1)
            spans = msched__todo_spans(s->arena, &s->model->tasks, &day->timetable, todo,
                                       &span_count);
        msched__interval *cut =
            msched__arena_alloc(s->arena, (size_t)problem->window_count + span_count, sizeof *cut);
        if (spans == NULL || cut == NULL)
            return 0;
        problem->window_count = msched__interval_intersect(
            cut, problem->windows, problem->window_count, spans, span_count);
        problem->windows = cut;
    }
    return 1;
}

/* The songs of the previous fills that have not begun, and that a fill tries to keep. */
enum keep {
    KEEP_NONE,
    KEEP_OWN, /* those of this fill */
    KEEP_ALL,
    KEEP_PLACES /* those of this fill, and the fill leaves time for those of the later fills */
};

/*
 * From the previous fill: what has begun in fill k and, of what has not, as much as `keep` says. 0
 * when out of memory.
 */
static int set_previous(msched__solver *s, uint32_t k, enum keep keep,
                        msched__fill_problem *problem)
{
    const msched__replan *replan = s->model->replan;
    uint32_t count = 0;
    if (replan == NULL)
        return 1;
    msched__previous_fill *own = msched__arena_alloc(s->arena, replan->fill_count, sizeof *own);
    if (own == NULL)
        return 0;
    for (uint32_t i = 0; i < replan->fill_count; i++) {
        const int is_own = replan->fill[i].fill == k;
        if (replan->fill[i].frozen ? is_own : keep == KEEP_ALL || (keep != KEEP_NONE && is_own))
            own[count++] = replan->fill[i];
    }
    problem->previous = own;
    problem->previous_count = count;
    return 1;
}

static msched__fill_problem *make_problems(msched__solver *s, const msched__solution *day,
                                           uint32_t count, enum keep keep)
{
    msched__fill_problem *fills = msched__arena_alloc(s->arena, count, sizeof *fills);
    for (uint32_t k = 0; fills != NULL && k < count; k++) {
        const msched_listening *rules = msched__plan_fill_rules(s->model->plan, k);
        fills[k] = day->fill_problem;
        fills[k].rules = rules;
        fills[k].mood = rules->fill_mood;
        fills[k].fill_s = s->effort == MSCHED__TRIAL ? 0 : rules->fill_s;
        if (!set_windows(s, day, k, &fills[k]) || !set_previous(s, k, keep, &fills[k]))
            return NULL;
    }
    return fills;
}

/* Fixed songs, in an array of the arena. */
typedef struct song_list {
    msched__timed_song *songs;
    uint32_t count, capacity;
} song_list;

/* 0 when out of memory. */
static int append(msched__arena *arena, song_list *list, const msched__timed_song *songs,
                  uint32_t count)
{
    if (list->count + count > list->capacity) {
        uint32_t capacity = 2 * (list->count + count);
        msched__timed_song *more = msched__arena_alloc(arena, capacity, sizeof *more);
        if (more == NULL)
            return 0;
        for (uint32_t i = 0; i < list->count; i++)
            more[i] = list->songs[i];
        list->songs = more;
        list->capacity = capacity;
    }
    for (uint32_t i = 0; i < count; i++)
        list->songs[list->count++] = songs[i];
    return 1;
}

/* The songs of the fills before k, and songs of the fills after it: what has begun, or all. */
static int list_others(msched__solver *s, const song_list *before, uint32_t k, enum keep keep,
                       song_list *out)
{
    const msched__replan *replan = s->model->replan;
    const msched_catalog *catalog = s->model->catalog;
    *out = (song_list){NULL, 0, 0};
    int ok = append(s->arena, out, before->songs, before->count);
    for (uint32_t i = 0; ok && replan != NULL && i < replan->fill_count; i++) {
        const msched__previous_fill *song = &replan->fill[i];
        if ((!song->frozen && keep != KEEP_PLACES) || song->fill <= k)
            continue;
        const msched__timed_song begun = {.start_s = song->start_s,
                                          .length_s = msched__track_length_s(catalog, song->track),
                                          .track = song->track,
                                          .artist = catalog->track_artist[song->track],
                                          .play = MSCHED__FILL,
                                          .fixed = 1,
                                          .fill = song->fill};
        ok = append(s->arena, out, &begun, 1);
    }
    return ok;
}

/* In order of time. 0 when out of memory. */
static int sort_songs(msched__arena *arena, const song_list *list, msched__fill *out)
{
    msched__keyed *keys = msched__arena_alloc(arena, list->count, sizeof *keys);
    out->songs = msched__arena_alloc(arena, list->count, sizeof *out->songs);
    if (keys == NULL || out->songs == NULL)
        return 0;
    for (uint32_t i = 0; i < list->count; i++)
        keys[i] = (msched__keyed){(uint64_t)(uint32_t)list->songs[i].start_s, i};
    msched__key_sort(keys, list->count);
    for (uint32_t i = 0; i < list->count; i++)
        out->songs[i] = list->songs[keys[i].index];
    out->count = list->count;
    return 1;
}

static msched_result solve_fills(msched__solver *s, msched__solution *day, enum keep keep)
{
    const uint32_t count = 1 + s->model->plan->more_fill_count;
    msched__fill_problem *fills = make_problems(s, day, count, keep);
    song_list all = {NULL, 0, 0}, others;
    day->fill = (msched__fill){0};
    if (fills == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t k = 0; k < count; k++) {
        msched__fill one;
        msched__fill_problem problem = fills[k];
        if (!list_others(s, &all, k, keep, &others))
            return MSCHED_ERROR_MEMORY;
        problem.songs = &day->songs;
        problem.placement = &day->placement;
        problem.others = others.songs;
        problem.other_count = others.count;
        msched__budget part = msched__budget_part(s->budget, UINT64_MAX);
        msched_result result = msched__songs_fill(s->arena, &problem, &part, &one);
        msched__budget_join(s->budget, &part);
        msched__budget_spend(s->budget, 0);
        if (result != MSCHED_OK)
            return result;
        for (uint32_t i = 0; i < one.count; i++)
            one.songs[i].fill = (uint8_t)k;
        if (!append(s->arena, &all, one.songs, one.count))
            return MSCHED_ERROR_MEMORY;
        day->fill.seconds += one.seconds;
        day->fill.bound += one.bound;
    }
    if (!sort_songs(s->arena, &all, &day->fill))
        return MSCHED_ERROR_MEMORY;
    day->fill_problem = fills[0];
    day->fill_problem.fills = fills;
    day->fill_problem.fill_count = count;
    return MSCHED_OK;
}

/* Seconds of the previous fills; 0: there is none that has not begun. */
static int64_t previous_seconds(const msched__solver *s)
{
    const msched__replan *replan = s->model->replan;
    int64_t seconds = 0;
    int any = 0;
    for (uint32_t i = 0; replan != NULL && i < replan->fill_count; i++) {
        seconds += msched__track_length_s(s->model->catalog, replan->fill[i].track);
        any |= !replan->fill[i].frozen;
    }
    return any ? seconds : 0;
}

/*
 * 1 if the previous schedule says for which fill a song was. Schedules of earlier versions do not.
 */
static int knows_fills(const msched__solver *s)
{
    const msched__replan *replan = s->model->replan;
    for (uint32_t i = 0; replan != NULL && i < replan->fill_count; i++)
        if (!replan->fill[i].frozen && replan->fill[i].fill > 0)
            return 1;
    return 0;
}

/*
 * Each fill keeps its previous songs. If the previous schedule does not say which these are, a fill
 * may keep a song that another one needs. If they then have less music than before, they choose
 * their songs anew, and if that is less, too, no fill takes the time of a later one.
 */
msched_result msched__fills_solve(msched__solver *s, msched__solution *day)
{
    static const enum keep order[] = {KEEP_OWN, KEEP_ALL, KEEP_NONE, KEEP_PLACES};
    const int knows = knows_fills(s), first = knows ? 0 : 1, count = knows ? 4 : 3;
    msched_result result = solve_fills(s, day, order[first]);
    if (s->effort == MSCHED__TRIAL)
        return result;
    for (int k = first + 1;
         result == MSCHED_OK && k < count && day->fill.seconds < previous_seconds(s); k++) {
        msched__solution other = *day;
        other.fill_problem.fills = NULL;
        other.fill_problem.fill_count = 0;
        result = solve_fills(s, &other, order[k]);
        if (result == MSCHED_OK && other.fill.seconds > day->fill.seconds) {
            day->fill = other.fill;
            day->fill_problem = other.fill_problem;
        }
    }
    return result;
}

/* The interval from the first song of a fill to its last one; empty if it has no song. */
static msched__interval extent(const msched__solution *day, uint32_t fill)
{
    msched__interval out = {INT32_MAX, INT32_MIN};
    for (uint32_t i = 0; i < day->timed_count; i++) {
        const msched__timed_song *song = &day->timed[i];
        if (song->play != MSCHED__FILL || song->fill != fill)
            continue;
        out.start = smaller(out.start, song->start_s);
        out.end = larger(out.end, song->start_s + song->length_s);
    }
    return out;
}

/* The only part of a to-do with music that contains an interval. */
static msched__interval host_of(const msched__model *model, const msched__solution *day,
                                msched__interval inside)
{
    const msched__tasks *tasks = &model->tasks;
    msched__interval out = {0, 0};
    for (uint32_t i = 0; i < tasks->fixed_count; i++)
        if (!tasks->fixed[i].silent && tasks->fixed[i].start <= inside.start &&
            inside.end <= tasks->fixed[i].end)
            out = (msched__interval){tasks->fixed[i].start, tasks->fixed[i].end};
    for (uint32_t i = 0; i < day->timetable.piece_count; i++) {
        const msched__piece *piece = &day->timetable.pieces[i];
        if (!tasks->tasks[piece->task].silent && piece->start <= inside.start &&
            inside.end <= piece->end)
            out = (msched__interval){piece->start, piece->end};
    }
    return out;
}

const msched__interval *msched__fill_hosts(msched__arena *arena, const msched__model *model,
                                           const msched__solution *day)
{
    const uint32_t count = 1 + model->plan->more_fill_count;
    msched__interval *out = msched__arena_alloc(arena, count, sizeof *out);
    for (uint32_t k = 0; out != NULL && k < count; k++) {
        const msched__interval songs = extent(day, k);
        out[k] = songs.start < songs.end ? host_of(model, day, songs) : (msched__interval){0, 0};
    }
    return out;
}
