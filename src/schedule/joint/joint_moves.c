/*
 * Make time for the songs: tasks are moved one by one, so that they touch the end of a window or
 * another task, and exchanged for shorter ones of their priority, as long as songs gain time in
 * their windows or the day gains listenable time. A change is kept only if the songs gain.
 */
#include "schedule/joint/joint_moves.h"

#include "algo/budget.h"
#include "algo/index_sort.h"
#include "algo/min_max.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/model/model.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

#include <string.h>

#define PASSES         4
#define LOOKS_MAX      4000
#define DEMANDS_MAX    24
#define TRIED_MAX      32  /* starts that are not tried twice */
#define SHORT_S        600 /* a shorter interval usually loses some seconds: */
#define LOSS_S         20
#define PIECES_OF_UNIT 32  /* visits of a piece that take as long as a unit of work */
#define LEAST_S        120 /* and an even shorter one fits no song */

/* Seconds of must plays that can only play within a span. */
typedef struct demand {
    msched__interval within;
    int32_t seconds;
} demand;

typedef struct score {
    int64_t missing; /* seconds that must plays lack */
    int64_t room;
} score;

/*
 * The purpose: must plays; the songs with the most weight in the available time; fill around the
 * placed songs.
 */
enum purpose { FOR_MUSTS, FOR_SONGS, FOR_FILL };

typedef struct room_search {
    const msched__tasks *tasks;
    msched__arrangement *now;
    msched__interval *busy; /* fixed silent time */
    uint32_t busy_count;
    msched__interval listening; /* where free time counts */
    demand demands[DEMANDS_MAX];
    uint32_t demand_count;
    int32_t gap;
    msched__interval *intervals; /* between silent times, as found by find_intervals */
    uint32_t interval_count;
    score best;
    msched__budget *budget;
    uint32_t looks;           /* at arrangements */
    int32_t tried[TRIED_MAX]; /* starts of the current task */
    uint32_t tried_count;
} room_search;

static int better(score a, score b)
{
    return a.missing != b.missing ? a.missing < b.missing : a.room > b.room;
}

static int32_t worth(int32_t length)
{
    return length < LEAST_S ? 0 : length < SHORT_S ? length - LOSS_S : length;
}

/* Add an interval between two silent times. */
static void add_interval(room_search *s, int32_t start, int32_t end)
{
    s->intervals[s->interval_count++] = (msched__interval){start, end};
}

/* The intervals between silent times in the current arrangement. */
static void find_intervals(room_search *s)
{
    int32_t time = s->tasks->window_start, day_end = s->tasks->plan->day_end_s;
    uint32_t h = 0, p = 0;
    s->interval_count = 0;
    while (h < s->busy_count || p < s->now->piece_count) {
        msched__interval silence;
        const msched__piece *piece = &s->now->pieces[p];
        const msched__task *task = p < s->now->piece_count ? &s->tasks->tasks[piece->task] : NULL;
        if (task != NULL && !task->silent) {
            p++;
            continue;
        }
        if (task == NULL || (h < s->busy_count && s->busy[h].start < piece->start - task->before)) {
            silence = s->busy[h++];
        } else {
            silence = (msched__interval){piece->start - task->before, piece->end + task->after};
            p++;
        }
        if (silence.start > time)
            add_interval(s, time, smaller(silence.start, day_end));
        time = larger(time, silence.end);
    }
    if (time < day_end)
        add_interval(s, time, day_end);
}

/* The worth of the intervals within a span, in seconds. */
static int64_t worth_within(const room_search *s, msched__interval within)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < s->interval_count && s->intervals[i].start < within.end; i++)
        if (s->intervals[i].end > within.start)
            sum += worth(smaller(s->intervals[i].end, within.end) -
                         larger(s->intervals[i].start, within.start));
    return sum;
}

/*
 * The score of the current arrangement for the songs; if it is not better than the best, it need
 * not be complete.
 */
static score rate(room_search *s)
{
    score out = {0, 0};
    find_intervals(s);
    s->looks++;
    msched__budget_spend(s->budget, 1);
    out.room = worth_within(s, s->listening);
    if (s->best.missing == 0 && out.room <= s->best.room)
        return out;
    for (uint32_t i = 0; i < s->demand_count && out.missing <= s->best.missing; i++) {
        int64_t within = s->demands[i].seconds == 0 ? 0 : worth_within(s, s->demands[i].within);
        out.missing += within < s->demands[i].seconds ? s->demands[i].seconds - within : 0;
    }
    return out;
}

/* The first start of a task's successors; INT32_MAX: none is placed. */
static int32_t followed_from(const room_search *s, uint32_t index)
{
    int32_t first = INT32_MAX;
    for (uint32_t i = 0; i < s->now->piece_count; i++) {
        const msched__task *other = &s->tasks->tasks[s->now->pieces[i].task];
        for (uint32_t k = 0; k < other->pred_count; k++)
            if (other->preds[k] == index)
                first = smaller(first, s->now->pieces[i].start);
    }
    return first;
}

/* 1 if a start was tried before; marks it as tried. */
static int was_tried(room_search *s, int32_t start)
{
    for (uint32_t i = 0; i < s->tried_count; i++)
        if (s->tried[i] == start)
            return 1;
    if (s->tried_count < TRIED_MAX)
        s->tried[s->tried_count++] = start;
    return 0;
}

/*
 * Place a removed task at a start; keep it there if that beats the best, otherwise remove it again.
 */
static int try_start(room_search *s, uint32_t index, int32_t start, int32_t latest_end)
{
    msched__interval whole = {start, start + s->tasks->tasks[index].length};
    msched__budget_spend(s->budget, s->now->piece_count / PIECES_OF_UNIT);
    if (whole.end > latest_end || was_tried(s, start) ||
        !msched__arrangement_insert_at(s->tasks, s->now, index, &whole, 1))
        return 0;
    score now = rate(s);
    if (better(now, s->best)) {
        s->best = now;
        return 1;
    }
    msched__arrangement_remove(s->tasks, s->now, index);
    return 0;
}

/*
 * Try all starts at which a task touches an end of its windows or another task; 1 if one is better.
 */
static int try_starts(room_search *s, uint32_t index)
{
    const msched__task *task = &s->tasks->tasks[index];
    int32_t latest = followed_from(s, index);
    s->tried_count = 0;
    for (uint32_t r = 0; r < task->window_count; r++)
        if (try_start(s, index, task->windows[r].start, latest) ||
            try_start(s, index, task->windows[r].end - task->length, latest))
            return 1;
    for (uint32_t i = 0; i < s->now->piece_count; i++) {
        msched__piece piece = s->now->pieces[i];
        const msched__task *other = &s->tasks->tasks[piece.task];
        if (try_start(s, index, piece.end + msched__tasks_gap(other, task), latest) ||
            try_start(s, index, piece.start - msched__tasks_gap(task, other) - task->length,
                      latest))
            return 1;
    }
    for (uint32_t i = 0; i < s->demand_count; i++)
        if (try_start(s, index, s->demands[i].within.end, latest) ||
            try_start(s, index, s->demands[i].within.start - task->length, latest))
            return 1;
    return 0;
}

/* Move a task that is in one piece. 1 if it moved. */
static int move_task(room_search *s, uint32_t index)
{
    msched__interval was = {0, 0};
    uint32_t pieces = 0;
    for (uint32_t i = 0; i < s->now->piece_count; i++)
        if (s->now->pieces[i].task == index) {
            was = (msched__interval){s->now->pieces[i].start, s->now->pieces[i].end};
            pieces++;
        }
    if (pieces != 1)
        return 0;
    msched__arrangement_remove(s->tasks, s->now, index);
    if (try_starts(s, index))
        return 1;
    msched__arrangement_insert_at(s->tasks, s->now, index, &was, 1);
    return 0;
}

static int32_t silence_of(const msched__task *task)
{
    return task->silent ? task->length + task->before + task->after : 0;
}

/* Replace a task by an unplaced one of its priority with less silent time. 1 if that is better. */
static int exchange_task(room_search *s, uint32_t index)
{
    const msched__task *task = &s->tasks->tasks[index];
    for (uint32_t k = 0; k < task->pred_count; k++)
        if (!s->now->placed[task->preds[k]])
            return 0;
    for (uint32_t i = 0; i < s->now->piece_count; i++) {
        msched__piece was = s->now->pieces[i];
        const msched__task *other = &s->tasks->tasks[was.task];
        if (other->priority != task->priority || silence_of(other) <= silence_of(task) ||
            was.end - was.start != other->length || followed_from(s, was.task) < INT32_MAX)
            continue;
        msched__interval whole = {was.start, was.end};
        msched__arrangement_remove(s->tasks, s->now, was.task);
        if (try_starts(s, index))
            return 1;
        msched__arrangement_insert_at(s->tasks, s->now, was.task, &whole, 1);
    }
    return 0;
}

/* Move and exchange tasks until nothing improves. */
static void improve(room_search *s)
{
    int changed = 1;
    for (int pass = 0; pass < PASSES && changed; pass++) {
        changed = 0;
        for (uint32_t i = 0;
             i < s->tasks->count && s->looks < LOOKS_MAX && !msched__budget_over(s->budget); i++) {
            if (s->now->placed[i])
                changed |= move_task(s, i);
            else if (!s->tasks->tasks[i].hopeless)
                changed |= exchange_task(s, i);
        }
    }
}

/* Silent events with their buffers, and quiet time. */
static int find_busy(msched__arena *arena, room_search *s)
{
    const msched_listening *rules = &s->tasks->plan->listening;
    s->busy = msched__arena_alloc(arena, s->tasks->fixed_count + rules->quiet_count,
                                  sizeof *s->busy);
    if (s->busy == NULL)
        return 0;
    for (uint32_t i = 0; i < s->tasks->fixed_count; i++) {
        const msched__fixed *f = &s->tasks->fixed[i];
        if (f->silent)
            s->busy[s->busy_count++] = (msched__interval){larger(f->start - f->before, 0),
                                                          f->end + f->after};
    }
    for (uint32_t i = 0; i < rules->quiet_count; i++)
        s->busy[s->busy_count++] = (msched__interval){rules->quiet_s[2 * i],
                                                      rules->quiet_s[2 * i + 1]};
    s->busy_count = msched__interval_normalize(s->busy, s->busy_count);
    return 1;
}

/* First and last moment of a play, without tasks. */
static msched__interval reach_of(const msched__play *play)
{
    if (play->window_count == 0)
        return (msched__interval){0, 0};
    return (msched__interval){play->windows[0].start, play->windows[play->window_count - 1].end};
}

static demand *find_demand(room_search *s, msched__interval within)
{
    for (uint32_t i = 0; i < s->demand_count; i++)
        if (s->demands[i].within.start == within.start && s->demands[i].within.end == within.end)
            return &s->demands[i];
    if (s->demand_count == DEMANDS_MAX)
        return NULL;
    s->demands[s->demand_count] = (demand){within, 0};
    return &s->demands[s->demand_count++];
}

/*
 * The windows of the plays of `wanted`, and what must play within each and within the union of two.
 */
static void find_demands(room_search *s, const msched__songs_problem *wide, const uint8_t *wanted)
{
    int32_t own[DEMANDS_MAX];
    for (uint32_t i = 0; i < wide->play_count; i++) {
        demand *of = wanted[i] && wide->plays[i].window_count > 0
                         ? find_demand(s, reach_of(&wide->plays[i]))
                         : NULL;
        if (of != NULL)
            of->seconds += wide->plays[i].length_s + s->gap;
    }
    uint32_t windows = s->demand_count;
    for (uint32_t i = 0; i < windows; i++)
        own[i] = s->demands[i].seconds;
    for (uint32_t a = 0; a < windows; a++)
        for (uint32_t b = 0; b < windows; b++)
            if (s->demands[a].within.start < s->demands[b].within.end)
                find_demand(
                    s, (msched__interval){s->demands[a].within.start, s->demands[b].within.end});
    for (uint32_t i = 0; i < s->demand_count; i++) {
        s->demands[i].seconds = 0;
        for (uint32_t k = 0; k < windows; k++)
            if (s->demands[k].within.start >= s->demands[i].within.start &&
                s->demands[k].within.end <= s->demands[i].within.end)
                s->demands[i].seconds += own[k];
    }
}

/*
 * Flag must plays, and the others in order of density while they fit into the current listening
 * time. 0 when out of memory.
 */
static int flag_dense(msched__arena *arena, const msched__solution *day,
                      const msched__songs_problem *wide, uint8_t *wanted)
{
    int64_t time = 0;
    uint32_t count = 0;
    msched__keyed *keys = msched__arena_alloc(arena, wide->play_count, sizeof *keys);
    if (keys == NULL)
        return 0;
    for (uint32_t i = 0; i < wide->play_count; i++) {
        const msched__play *play = &wide->plays[i];
        wanted[i] = play->must;
        time += (day->placement.start[i] != MSCHED_UNSET) * (int64_t)play->length_s -
                play->must * (int64_t)play->length_s;
        if (!play->must)
            keys[count++] = (msched__keyed){
                UINT64_MAX - ((uint64_t)play->weight << 32) / (uint64_t)play->length_s, i};
    }
    msched__key_sort(keys, count);
    for (uint32_t k = 0; k < count && time >= wide->plays[keys[k].index].length_s; k++) {
        time -= wide->plays[keys[k].index].length_s;
        wanted[keys[k].index] = 1;
    }
    return 1;
}

/* The songs for which to make time. 0 when out of memory. */
static int flag_wanted(msched__solver *s, enum purpose purpose, const msched__songs_problem *wide,
                       uint8_t *wanted)
{
    for (uint32_t i = 0; i < wide->play_count; i++)
        wanted[i] = purpose == FOR_FILL ? s->best.placement.start[i] != MSCHED_UNSET
                                        : wide->plays[i].must;
    return purpose != FOR_SONGS || flag_dense(s->arena, &s->best, wide, wanted);
}

/* Find a timetable with more time for songs, into `found`; *better_found is 1 if there is one. */
static msched_result search_room(msched__solver *solver, enum purpose purpose,
                                 msched__arrangement *found, int *better_found)
{
    const msched__model *model = solver->model;
    const msched_listening *rules = &model->plan->listening;
    room_search s = {.tasks = &model->tasks,
                     .budget = solver->budget,
                     .gap = rules->gap_s,
                     .listening = {0, model->plan->day_end_s},
                     .now = found};
    msched__songs_problem wide;
    s.intervals = msched__arena_alloc(solver->arena,
                                      (size_t)model->tasks.fixed_count + rules->quiet_count +
                                          model->tasks.piece_limit + 1,
                                      sizeof *s.intervals);
    if (s.intervals == NULL || !find_busy(solver->arena, &s) ||
        !msched__arrangement_make(solver->arena, &model->tasks, found) ||
        !msched__songs_beside(solver->arena, model, NULL, &wide))
        return MSCHED_ERROR_MEMORY;
    uint8_t *wanted = msched__arena_alloc(solver->arena, wide.play_count, 1);
    if (wanted == NULL || !flag_wanted(solver, purpose, &wide, wanted))
        return MSCHED_ERROR_MEMORY;
    if (purpose == FOR_FILL && rules->fill_between_start_s != MSCHED_UNSET)
        s.listening = (msched__interval){rules->fill_between_start_s, rules->fill_between_end_s};
    find_demands(&s, &wide, wanted);
    msched__arrangement_copy(&model->tasks, found, &solver->best.timetable);
    s.best = (score){INT64_MAX, 0};
    score first = s.best = rate(&s);
    improve(&s);
    *better_found = better(s.best, first);
    return MSCHED_OK;
}

static int64_t compare_songs(const msched__solution *a, const msched__solution *b)
{
    return a->placement.must != b->placement.must ? a->placement.must - b->placement.must
                                                  : a->placement.weight - b->placement.weight;
}

static msched_result make_room(msched__solver *s, enum purpose purpose)
{
    msched__solution trial = {0};
    int found;
    msched_result result = search_room(s, purpose, &trial.timetable, &found);
    if (result != MSCHED_OK || !found)
        return result;
    result = msched__place_songs(s, &trial, MSCHED__MOVES_PLACE_WORK);
    s->gained = result == MSCHED_OK && compare_songs(&trial, &s->best) > 0;
    if (s->gained)
        msched__solution_take(&s->model->tasks, &s->best, &trial);
    return result;
}

static msched_result move_for(msched__solver *s, enum purpose purpose)
{
    msched__arena scratch, *before = msched__solver_enter(s, &scratch);
    s->gained = 0;
    msched_result result = make_room(s, purpose);
    msched__solver_leave(s, before);
    if (result == MSCHED_OK && s->gained &&
        !msched__songs_beside(s->arena, s->model, &s->best.timetable, &s->best.songs))
        return MSCHED_ERROR_MEMORY;
    return result;
}

msched_result msched__moves_for_musts(msched__solver *s)
{
    return move_for(s, FOR_MUSTS);
}

msched_result msched__moves_for_songs(msched__solver *s)
{
    return move_for(s, FOR_SONGS);
}

msched_result msched__moves_for_fill(msched__solver *s)
{
    msched__solution trial = {0};
    int found;
    msched_result result = search_room(s, FOR_FILL, &trial.timetable, &found);
    if (result == MSCHED_OK && found)
        result = msched__place_songs(s, &trial, MSCHED__MOVES_PLACE_WORK);
    if (result != MSCHED_OK || !found || compare_songs(&trial, &s->best) < 0)
        return result;
    result = msched__fill_rest(s, &trial);
    if (result != MSCHED_OK || trial.fill.seconds <= s->best.fill.seconds)
        return result;
    s->best = trial;
    return MSCHED_OK;
}
