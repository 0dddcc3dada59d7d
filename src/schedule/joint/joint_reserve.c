/*
 * Days whose songs do not all fit beside the tasks as they were placed first. For each missing song, time is kept free at some
 * places of its window, the tasks are solved again beside it, and the better day is kept.
 */
#include "schedule/joint/joint_reserve.h"

#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_exact.h"
#include "schedule/model/plays.h"
#include "schedule/model/previous.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/tasks/tasks_solve.h"

#include <string.h>

#define TRIES_MAX   96
#define TRIES_SONGS 400 /* tries times songs, as each try places all songs again */
#define PLACES_MAX  8
#define TRY_WORK    4000 /* units for placing the songs in one try */

typedef struct improve {
    const msched__request *request;
    msched__budget *budget;
    msched__day *day;           /* the best so far */
    msched__songs_problem wide; /* the songs beside no task */
    msched__span *kept;         /* time kept for songs */
    uint32_t kept_count;
    uint32_t tries, tries_max;
    const msched_allocator *allocator;
} improve;

static int compare_values(const int64_t *a, const int64_t *b)
{
    for (uint32_t level = 0; level < MSCHED_LEVEL_FILL_S; level++)
        if (a[level] != b[level])
            return a[level] < b[level] ? -1 : 1;
    return 0;
}

static int enough(const improve *m)
{
    for (uint32_t level = 0; level < MSCHED_LEVEL_FILL_S; level++)
        if (m->day->value[level] < m->day->bound[level])
            return 0;
    return 1;
}

/* Up to PLACES_MAX starts for a play, away from the time that is kept already. */
static uint32_t places_for(const improve *m, const msched__play *play, int32_t *out)
{
    uint32_t count = 0;
    int32_t gap = m->wide.gap_s;
    if (play->pinned_s != MSCHED_UNSET) {
        out[0] = play->pinned_s;
        return 1;
    }
    for (uint32_t w = 0; w < play->window_count && count + 2 <= PLACES_MAX; w++) {
        int32_t from = play->windows[w].start, end = play->windows[w].end;
        for (uint32_t k = 0; k < m->kept_count; k++)
            if (m->kept[k].start < from + play->length_s + gap && m->kept[k].end + gap > from)
                from = m->kept[k].end + gap;
        if (end - from < play->length_s)
            continue;
        out[count++] = from;
        if (end - play->length_s > from)
            out[count++] = end - play->length_s;
    }
    return count;
}

/* All the time to keep: what is kept already and, with `placed`, that of the songs as they stand. NULL when out of memory. */
static msched__span *all_kept(msched__arena *arena, const improve *m, int placed, uint32_t *count)
{
    msched__span *kept = msched__arena_alloc(arena, m->kept_count + m->wide.play_count, sizeof *kept);
    if (kept == NULL)
        return NULL;
    memcpy(kept, m->kept, m->kept_count * sizeof *kept);
    *count = m->kept_count;
    for (uint32_t i = 0; placed && i < m->wide.play_count; i++) {
        int32_t start = m->day->placement.start[i], end = start + m->wide.plays[i].length_s;
        int clear = start != MSCHED_UNSET;
        for (uint32_t k = 0; k < m->kept_count && clear; k++)
            clear = end + m->wide.gap_s <= m->kept[k].start || m->kept[k].end + m->wide.gap_s <= start;
        if (clear)
            kept[(*count)++] = (msched__span){start, end};
    }
    return kept;
}

/* The day beside the time kept. */
static msched_result solve_beside(msched__arena *arena, improve *m, int placed, msched__day *trial)
{
    const msched__request *request = m->request;
    const msched__replan *replan = request->replan;
    msched__tasks narrow;
    uint32_t kept_count;
    msched__span *kept = all_kept(arena, m, placed, &kept_count);
    if (kept == NULL)
        return MSCHED_ERROR_MEMORY;
    msched_result result = msched__tasks_make(arena, &narrow, request->plan, replan != NULL ? replan->frozen : NULL,
                                              replan != NULL ? replan->frozen_count : 0, kept, kept_count);
    if (result != MSCHED_OK)
        return result;
    if (replan != NULL && !msched__replan_wish(arena, replan, &narrow))
        return MSCHED_ERROR_MEMORY;
    *trial = (msched__day){.tasks = m->day->tasks};
    msched__budget part = msched__budget_part(m->budget, msched__budget_left(m->budget) / 8);
    result = msched__solve_tasks(arena, &narrow, &part, &trial->answer);
    msched__budget_join(m->budget, &part);
    if (result == MSCHED_OK)
        result = msched__day_place(arena, request, TRY_WORK, m->budget, trial);
    if (result == MSCHED_OK)
        msched__day_values(trial);
    return result;
}

/*
 * Keep time for one play at one place, with `placed` also that of the songs as they stand; *better is 1 where the day gains, and
 * then the play's time stays kept.
 */
static msched_result try_place(improve *m, const msched__play *play, int32_t start, int placed, int *better)
{
    msched__arena arena;
    msched__day trial;
    msched__arena_init(&arena, m->allocator, 16384);
    m->kept[m->kept_count++] = (msched__span){start, start + play->length_s};
    m->tries++;
    msched_result result = solve_beside(&arena, m, placed, &trial);
    *better = result == MSCHED_OK && compare_values(trial.value, m->day->value) > 0;
    if (*better) {
        msched__arrangement_copy(&m->day->tasks, &m->day->answer.best, &trial.answer.best);
        memcpy(m->day->value, trial.value, sizeof trial.value);
        memcpy(m->day->placement.start, trial.placement.start, m->wide.play_count * sizeof *trial.placement.start);
        m->day->placement.must = trial.placement.must;
        m->day->placement.weight = trial.placement.weight;
    } else {
        m->kept_count--;
    }
    msched__arena_reset(&arena);
    return result;
}

/* The missing play that matters most of those not tried; UINT32_MAX: none. */
static uint32_t next_missing(const improve *m, const uint8_t *tried)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < m->wide.play_count; i++) {
        const msched__play *play = &m->wide.plays[i];
        if (tried[i] || m->day->placement.start[i] != MSCHED_UNSET)
            continue;
        if (best == UINT32_MAX || play->must > m->wide.plays[best].must ||
            (play->must == m->wide.plays[best].must && play->weight > m->wide.plays[best].weight))
            best = i;
    }
    return best;
}

static msched_result keep_time(improve *m, uint8_t *tried)
{
    msched_result result = MSCHED_OK;
    uint32_t i;
    memset(tried, 0, m->wide.play_count);
    while (result == MSCHED_OK && !enough(m) && m->tries < m->tries_max && m->budget->stop == MSCHED_STOP_NONE &&
           (i = next_missing(m, tried)) != UINT32_MAX) {
        int32_t places[PLACES_MAX];
        uint32_t count = places_for(m, &m->wide.plays[i], places);
        int better = 0;
        tried[i] = 1;
        for (int placed = 1; placed >= 0 && !better; placed--)
            for (uint32_t k = 0; k < count && !better && result == MSCHED_OK; k++)
                result = try_place(m, &m->wide.plays[i], places[k], placed, &better);
    }
    return result;
}

msched_result msched__day_improve(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *day)
{
    improve m = {.request = request, .budget = budget, .day = day, .allocator = &arena->allocator};
    if (!msched__day_songs(arena, request, &day->tasks, NULL, &m.wide))
        return MSCHED_ERROR_MEMORY;
    m.kept = msched__arena_alloc(arena, m.wide.play_count + day->tasks.song_count, sizeof *m.kept);
    uint8_t *tried = msched__arena_alloc(arena, m.wide.play_count, 1);
    if (m.kept == NULL || tried == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < day->tasks.song_count; i++)
        m.kept[m.kept_count++] = day->tasks.songs[i];
    m.tries_max = m.wide.play_count * TRIES_MAX > TRIES_SONGS ? TRIES_SONGS / m.wide.play_count : TRIES_MAX;
    msched_result result = keep_time(&m, tried);
    if (result == MSCHED_OK && !enough(&m))
        result = msched__day_search(arena, request, budget, day);
    if (result != MSCHED_OK)
        return result;
    /* the windows of the plays follow the tasks */
    msched__songs_placement found = day->placement;
    result = msched__day_songs(arena, request, &day->tasks, &day->answer.best, &day->songs) ? MSCHED_OK : MSCHED_ERROR_MEMORY;
    day->placement = found;
    return result;
}
