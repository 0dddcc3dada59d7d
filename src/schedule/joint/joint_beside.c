/* The songs of a day, given an arrangement of its tasks. */
#include "schedule/joint/joint_beside.h"

#include "algo/budget.h"
#include "algo/min_max.h"
#include "schedule/fill/fill_solve.h"
#include "schedule/joint/joint_fills.h"
#include "schedule/model/lookup.h"
#include "schedule/model/playlist.h"
#include "schedule/model/previous.h"
#include "schedule/model/tasks.h"
#include "schedule/songs/songs_solve.h"
#include "schedule/model/artists.h"

#include <string.h>

#define PLACE_WORK 20000 /* units for placing the songs around the tasks of a timetable */

static msched__interval silence(int32_t start, int32_t end, int32_t before, int32_t after)
{
    return (msched__interval){larger(start - before, 0), end + after};
}

static msched__interval *listenable(msched__arena *arena, const msched__tasks *tasks,
                                    const msched__arrangement *arrangement, int32_t from,
                                    uint32_t *count)
{
    const msched_listening *rules = &tasks->plan->listening;
    uint32_t most = tasks->fixed_count + arrangement->piece_count + rules->quiet_count,
             busy_count = 0;
    msched__interval *busy = msched__arena_alloc(arena, most, sizeof *busy);
    msched__interval *free = msched__arena_alloc(arena, most + 1, sizeof *free);
    if (busy == NULL || free == NULL)
        return NULL;
    for (uint32_t i = 0; i < tasks->fixed_count; i++) {
        const msched__fixed *f = &tasks->fixed[i];
        if (f->silent)
            busy[busy_count++] = silence(f->start, f->end, f->before, f->after);
    }
    for (uint32_t i = 0; i < arrangement->piece_count; i++) {
        const msched__piece *piece = &arrangement->pieces[i];
        const msched__task *task = &tasks->tasks[piece->task];
        if (task->silent)
            busy[busy_count++] = silence(piece->start, piece->end, task->before, task->after);
    }
    for (uint32_t i = 0; i < rules->quiet_count; i++)
        busy[busy_count++] = (msched__interval){rules->quiet_s[2 * i], rules->quiet_s[2 * i + 1]};
    busy_count = msched__interval_normalize(busy, busy_count);
    msched__interval window = {from, tasks->plan->day_end_s};
    *count = window.start < window.end
                 ? msched__interval_subtract(free, &window, 1, busy, busy_count)
                 : 0;
    return free;
}

/* The listenable time of an arrangement. */
typedef struct place {
    const msched__tasks *tasks;
    const msched__arrangement *arrangement;
    const msched__interval *free;
    uint32_t free_count;
} place;

static int32_t track_length(const msched_catalog *catalog, uint32_t track)
{
    return (int32_t)((catalog->duration_ms[track] + 999) / 1000);
}

/* Which fill has begun: of one artist or (UINT32_MAX) all, with `margin` around it. */
typedef struct begun {
    uint32_t artist;
    int32_t margin;
} begun;

/* The spans without the time of begun fill. NULL when out of memory. */
static msched__interval *without_begun(msched__arena *arena, const msched__model *model,
                                       begun about, const msched__interval *spans, uint32_t *count)
{
    const msched__replan *replan = model->replan;
    msched__interval *busy = msched__arena_alloc(arena, replan->fill_count, sizeof *busy);
    msched__interval *out = msched__arena_alloc(arena, *count + replan->fill_count, sizeof *out);
    uint32_t n = 0;
    if (busy == NULL || out == NULL)
        return NULL;
    for (uint32_t i = 0; i < replan->fill_count; i++) {
        const msched__previous_fill *fill = &replan->fill[i];
        if (fill->frozen &&
            (about.artist == UINT32_MAX ||
             msched__artists_shared(model->catalog, model->catalog->track_artist[fill->track],
                                    about.artist)))
            busy[n++] = (msched__interval){
                larger(fill->start_s - about.margin, 0),
                fill->start_s + track_length(model->catalog, fill->track) + about.margin};
    }
    n = msched__interval_normalize(busy, n);
    *count = msched__interval_subtract(out, spans, *count, busy, n);
    return out;
}

static int has_begun_fill(const msched__model *model)
{
    for (uint32_t i = 0; model->replan != NULL && i < model->replan->fill_count; i++)
        if (model->replan->fill[i].frozen)
            return 1;
    return 0;
}

/* The later plays of a pinned song come after its first one. 0 when out of memory. */
static int later_windows(msched__arena *arena, const msched__plan_song *song, msched__play *play)
{
    msched__interval later = {song->start_s + play->length_s, MSCHED_DAY_END_S};
    msched__interval *cut = msched__arena_alloc(arena, play->window_count + 1, sizeof *cut);
    if (cut == NULL)
        return 0;
    play->window_count = msched__interval_intersect(cut, play->windows, play->window_count, &later,
                                                    later.start < later.end);
    play->windows = cut;
    return 1;
}

/* The time windows of the plays of a wish. 0 when out of memory. */
static int wish_windows(msched__arena *arena, const msched__model *model, const place *at,
                        const msched__plan_song *song, msched__play *play)
{
    const msched__interval *from = at->free;
    uint32_t count = at->free_count;
    if (song->between_start_s != MSCHED_UNSET) {
        msched__interval between = {song->between_start_s, song->between_end_s};
        msched__interval *cut = msched__arena_alloc(arena, count + 1, sizeof *cut);
        if (cut == NULL)
            return 0;
        count = msched__interval_intersect(cut, from, count, &between, 1);
        from = cut;
    }
    if (song->during != UINT32_MAX) {
        uint32_t host_count;
        msched__interval *host = msched__todo_spans(arena, at->tasks, at->arrangement, song->during,
                                                    &host_count);
        msched__interval *cut = host == NULL
                                    ? NULL
                                    : msched__arena_alloc(arena, count + host_count, sizeof *cut);
        if (cut == NULL)
            return 0;
        count = at->tasks->plan->todos[song->during].music
                    ? msched__interval_intersect(cut, from, count, host, host_count)
                    : 0;
        from = cut;
    }
    int32_t separation = model->plan->listening.artist_separation_s;
    if (separation > model->plan->listening.gap_s && has_begun_fill(model)) {
        from = without_begun(arena, model,
                             (begun){model->catalog->track_artist[play->track], separation}, from,
                             &count);
        if (from == NULL)
            return 0;
    }
    play->windows = from;
    play->window_count = count;
    return 1;
}

/* The previous play that corresponds to play `number` of a wish; NULL: none. */
static const msched__previous_play *previous_of(const msched__replan *replan, uint32_t wish,
                                                uint32_t number)
{
    for (uint32_t i = 0; replan != NULL && i < replan->play_count; i++)
        if (replan->plays[i].wish == wish && number-- == 0)
            return &replan->plays[i];
    return NULL;
}

static int make_plays(msched__arena *arena, const msched__model *model, const place *at,
                      msched__songs_problem *out)
{
    const msched_plan *plan = model->plan;
    uint32_t most = 0, count = 0;
    for (uint32_t i = 0; i < plan->song_count; i++)
        most += model->wishes[i].track != UINT32_MAX ? plan->songs[i].times : 0;
    msched__play *plays = msched__arena_alloc(arena, most, sizeof *plays);
    if (plays == NULL)
        return 0;
    for (uint32_t i = 0; i < plan->song_count; i++) {
        const msched__plan_song *song = &plan->songs[i];
        const msched__wish *wish = &model->wishes[i];
        if (wish->track == UINT32_MAX)
            continue;
        msched__play play = {.wish = i,
                             .track = wish->track,
                             .artist = wish->artist,
                             .length_s = wish->length_s,
                             .weight = wish->weight,
                             .must = song->must};
        if (!wish_windows(arena, model, at, song, &play))
            return 0;
        for (uint32_t number = 0; number < song->times; number++) {
            const msched__previous_play *before = previous_of(model->replan, i, number);
            if (number == 1 && song->start_s != MSCHED_UNSET && !later_windows(arena, song, &play))
                return 0;
            play.frozen = before != NULL && before->frozen;
            play.pinned_s = play.frozen   ? before->start_s
                            : number == 0 ? song->start_s
                                          : MSCHED_UNSET;
            play.preferred_s = before != NULL ? before->start_s : MSCHED_UNSET;
            plays[count++] = play;
        }
    }
    out->plays = plays;
    out->play_count = count;
    return 1;
}

static int make_problem(msched__arena *arena, const msched__model *model,
                        const msched__arrangement *silent, const msched__arrangement *hosts,
                        msched__songs_problem *out)
{
    const msched_listening *rules = &model->plan->listening;
    place at = {.tasks = &model->tasks, .arrangement = hosts};
    at.free = listenable(arena, &model->tasks, silent, model->tasks.window_start, &at.free_count);
    if (at.free != NULL && has_begun_fill(model))
        at.free = without_begun(arena, model, (begun){UINT32_MAX, rules->gap_s}, at.free,
                                &at.free_count);
    if (at.free == NULL)
        return 0;
    *out = (msched__songs_problem){.catalog = model->catalog,
                                   .plan = model->plan,
                                   .free = at.free,
                                   .free_count = at.free_count,
                                   .gap_s = rules->gap_s,
                                   .artist_separation_s = rules->artist_separation_s,
                                   .repeat_s = model->repeat_s,
                                   .repeats_softly = model->repeats_softly,
                                   .max_total_s = rules->max_total_s};
    for (uint32_t i = 0; model->replan != NULL && i < model->replan->fill_count; i++)
        if (model->replan->fill[i].frozen)
            out->begun_fill_s += track_length(model->catalog, model->replan->fill[i].track);
    if (out->max_total_s != MSCHED_UNSET)
        out->max_total_s = larger(out->max_total_s - out->begun_fill_s, 0);
    if (model->recordings != NULL) {
        out->recordings = model->recordings->of_track;
        out->recording_count = model->recordings->count;
    }
    return make_plays(arena, model, &at, out);
}

int msched__songs_beside(msched__arena *arena, const msched__model *model,
                         const msched__arrangement *timetable, msched__songs_problem *out)
{
    static const msched__arrangement nothing = {0};
    return make_problem(arena, model, timetable != NULL ? timetable : &nothing, timetable, out);
}

int msched__songs_relaxed(msched__arena *arena, const msched__model *model,
                          const msched__arrangement *sure, msched__songs_problem *out)
{
    return make_problem(arena, model, sure, NULL, out);
}

/* Intervals with their own mood: pieces and events during which music may play. */
static msched__mood_span *mood_spans(msched__arena *arena, const msched__tasks *tasks,
                                     const msched__arrangement *best, uint32_t *count)
{
    uint32_t n = 0;
    msched__walk walk = {0};
    msched__mood_span *out = msched__arena_alloc(arena, tasks->fixed_count + best->piece_count,
                                                 sizeof *out);
    if (out == NULL)
        return NULL;
    while (msched__walk_next(tasks, best, &walk)) {
        const msched__plan_todo *todo = &tasks->plan->todos[walk.todo];
        if (todo->music && todo->mood != MSCHED_MOOD_NONE)
            out[n++] = (msched__mood_span){walk.span, todo->mood};
    }
    *count = n;
    return out;
}

static int make_fill(msched__solver *s, msched__solution *day)
{
    const msched__model *model = s->model;
    const msched_listening *rules = &model->plan->listening;
    msched__fill_problem *problem = &day->fill_problem;
    *problem = (msched__fill_problem){.fill_s = s->effort == MSCHED__TRIAL ? 0 : rules->fill_s,
                                      .windows = day->songs.free,
                                      .window_count = day->songs.free_count,
                                      .mood = rules->fill_mood,
                                      .seed = s->seed};
    if (model->replan != NULL) {
        problem->previous = model->replan->fill;
        problem->previous_count = model->replan->fill_count;
    }
    if (rules->fill_between_start_s != MSCHED_UNSET) {
        msched__interval between = {rules->fill_between_start_s, rules->fill_between_end_s};
        msched__interval *cut = msched__arena_alloc(s->arena, day->songs.free_count + 1,
                                                    sizeof *cut);
        if (cut == NULL)
            return 0;
        problem->window_count = msched__interval_intersect(cut, day->songs.free,
                                                           day->songs.free_count, &between, 1);
        problem->windows = cut;
    }
    problem->mood_spans = mood_spans(s->arena, &model->tasks, &day->timetable,
                                     &problem->mood_span_count);
    return problem->mood_spans != NULL;
}

msched_result msched__place_songs(msched__solver *s, msched__solution *day, uint64_t limit)
{
    if (!msched__songs_beside(s->arena, s->model, &day->timetable, &day->songs))
        return MSCHED_ERROR_MEMORY;
    msched__budget part = msched__budget_part(s->budget, limit);
    msched_result result = msched__songs_place(s->arena, &day->songs, &part, &day->placement);
    msched__budget_join(s->budget, &part);
    msched__budget_spend(s->budget, 0);
    if (result == MSCHED_OK)
        msched__solution_rate(&s->model->tasks, day);
    return result;
}

static msched_result solve_fill(msched__solver *s, msched__solution *day)
{
    msched__fill_problem problem = msched__solution_fill(day);
    msched__budget part = msched__budget_part(s->budget, UINT64_MAX);
    msched_result result = msched__songs_fill(s->arena, &problem, &part, &day->fill);
    msched__budget_join(s->budget, &part);
    msched__budget_spend(s->budget, 0);
    return result;
}

msched_result msched__fill_rest(msched__solver *s, msched__solution *day)
{
    if (!make_fill(s, day))
        return MSCHED_ERROR_MEMORY;
    msched_result result = msched__has_fills(s->model->plan) ? msched__fills_solve(s, day)
                                                             : solve_fill(s, day);
    if (result != MSCHED_OK)
        return result;
    msched__fill_problem problem = msched__solution_fill(day);
    msched__solution_rate(&s->model->tasks, day);
    day->timed = msched__songs_merge(s->arena, &problem, &day->fill, &day->timed_count);
    if (day->timed == NULL)
        return MSCHED_ERROR_MEMORY;
    return MSCHED_OK;
}

/* What every day has at most on a level: all that the plan asks for. */
static int64_t asked(const msched__solver *s, uint32_t level)
{
    const msched__tasks *tasks = &s->model->tasks;
    int64_t must = 0, weight = 0;
    for (int p = 1; p <= 4; p++)
        if (msched__level_of_priority[p] == level)
            return tasks->base[p] + tasks->wanted[p];
    for (uint32_t i = 0; i < s->best.songs.play_count; i++) {
        const msched__play *play = &s->best.songs.plays[i];
        must += play->must;
        weight += play->must ? 0 : play->weight;
    }
    return level == MSCHED_LEVEL_MUST_SONGS    ? must
           : level == MSCHED_LEVEL_SONG_WEIGHT ? weight
                                               : msched__plan_fill_seconds(s->model->plan);
}

/*
 * After a gain on a level before the fill, the bounds of later levels may be wrong: they applied
 * beside the value before.
 */
static void loosen_bounds(msched__solver *s, const int64_t *before)
{
    uint32_t level = 0;
    while (level < MSCHED_LEVEL_FILL_S && s->best.value[level] == before[level])
        level++;
    while (++level < MSCHED_LEVEL_COUNT)
        msched__bounds_put(&s->bounds, level, asked(s, level), s->best.value);
}

/* 1 if a task has begun in the previous schedule, and is left out. */
static int has_lost_begun(const msched__solver *s)
{
    const msched__tasks *tasks = &s->model->tasks;
    for (uint32_t i = 0; i < tasks->fixed_count; i++) {
        const uint32_t todo = tasks->fixed[i].todo, task = tasks->task_of[todo];
        if (task != UINT32_MAX && !s->best.timetable.placed[task] &&
            s->model->plan->todos[todo].state == MSCHED_STATE_OPEN)
            return 1;
    }
    return 0;
}

void msched__loosen_begun(msched__solver *s)
{
    if (!has_lost_begun(s))
        return;
    for (uint32_t level = 0; level < MSCHED_LEVEL_COUNT; level++)
        msched__bounds_put(&s->bounds, level, asked(s, level), s->best.value);
}

msched_result msched__try_timetable(msched__solver *s, msched__solution *trial, int *kept)
{
    int64_t before[MSCHED_LEVEL_COUNT];
    msched_result result = MSCHED_OK;
    *kept = 0;
    msched__solution_rate(&s->model->tasks, trial);
    if (s->model->catalog != NULL) {
        result = msched__place_songs(s, trial, PLACE_WORK);
        if (result == MSCHED_OK)
            result = msched__fill_rest(s, trial);
    }
    if (result != MSCHED_OK)
        return result;
    *kept = msched__values_compare(trial->value, s->best.value, MSCHED_LEVEL_COUNT) >= 0;
    if (!*kept)
        return MSCHED_OK;
    memcpy(before, s->best.value, sizeof before);
    s->best = *trial;
    loosen_bounds(s, before);
    return MSCHED_OK;
}
