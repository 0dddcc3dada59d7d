/*
 * A song that plays during a task needs the task, at a listenable time. So a task with songs moves
 * if its songs gain, and if some tasks of a priority are left out, the songs of as many hosts are,
 * too.
 */
#include "schedule/joint/joint_hosts.h"

#include "algo/bits.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/model/model.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

#include <string.h>

#define PLAYS_MAX  128  /* with more, hosts are not compared with each other */
#define STARTS_MAX 32   /* starts that are tried for a host */
#define PLACE_WORK 4000 /* units for placing the songs around the tasks */

/* The task during which a play must play, or UINT32_MAX. */
static uint32_t host_of(const msched__solver *s, uint32_t play)
{
    uint32_t during = s->model->plan->songs[s->best.songs.plays[play].wish].during;
    return during == UINT32_MAX ? UINT32_MAX : s->model->tasks.task_of[during];
}

int64_t msched__host_weight(const msched__solver *s, uint32_t host)
{
    int64_t weight = 0;
    for (uint32_t i = 0; i < s->best.songs.play_count; i++) {
        const msched__play *play = &s->best.songs.plays[i];
        if (!play->must && !play->frozen && host_of(s, i) == host)
            weight += play->weight;
    }
    return weight;
}

/* 1 if a task is not among as many tasks of each priority. */
static int is_never(const msched__solver *s, uint32_t host)
{
    return host < 64 && (s->never & msched__bit_of(host)) &&
           memcmp(s->never_beside, s->best.timetable.count, sizeof s->never_beside) == 0;
}

/* The least weight of `missing` hosts of a priority, besides those that are never placed. */
static int64_t least_missing(const msched__solver *s, int priority, uint32_t missing)
{
    int64_t weights[PLAYS_MAX], total = 0;
    uint32_t hosts[PLAYS_MAX], count = 0;
    for (uint32_t i = 0; i < s->best.songs.play_count; i++) {
        uint32_t host = host_of(s, i), k = 0;
        if (host == UINT32_MAX || s->model->tasks.tasks[host].priority != priority ||
            is_never(s, host))
            continue;
        while (k < count && hosts[k] != host)
            k++;
        if (k < count)
            continue;
        int64_t weight = msched__host_weight(s, host);
        for (; k > 0 && weights[k - 1] > weight; k--) {
            weights[k] = weights[k - 1];
            hosts[k] = hosts[k - 1];
        }
        weights[k] = weight;
        hosts[k] = host;
        count++;
    }
    for (uint32_t k = 0; k < count && k < missing; k++)
        total += weights[k];
    return total;
}

int64_t msched__hosts_weight(const msched__solver *s)
{
    const msched__tasks *tasks = &s->model->tasks;
    int64_t all = 0;
    uint32_t hosted = 0;
    int32_t others[5] = {0}; /* tasks that host no song */
    for (uint32_t i = 0; i < s->best.songs.play_count; i++) {
        all += s->best.songs.plays[i].must ? 0 : s->best.songs.plays[i].weight;
        hosted += host_of(s, i) != UINT32_MAX;
    }
    if (hosted == 0 || s->best.songs.play_count > PLAYS_MAX)
        return all;
    for (uint32_t i = 0; i < tasks->count; i++) {
        uint32_t k = 0;
        while (k < s->best.songs.play_count && host_of(s, k) != i)
            k++;
        others[tasks->tasks[i].priority] += k == s->best.songs.play_count;
        if (k < s->best.songs.play_count && is_never(s, i)) {
            all -= msched__host_weight(s, i);
            others[tasks->tasks[i].priority]++; /* it is one of the missing ones */
        }
    }
    for (int p = 1; p <= 4; p++) {
        int32_t missing = tasks->wanted[p] - s->best.timetable.count[p] - others[p];
        if (missing > 0)
            all -= least_missing(s, p, (uint32_t)missing);
    }
    return all;
}

typedef struct mover {
    msched__solver *solver;
    const msched__interval *free; /* listenable time without the host */
    uint32_t free_count;
    int32_t starts[STARTS_MAX];
    uint32_t count;
} mover;

static void add_start(mover *m, int32_t start)
{
    for (uint32_t i = 0; i < m->count; i++)
        if (m->starts[i] == start)
            return;
    if (m->count < STARTS_MAX)
        m->starts[m->count++] = start;
}

/* Starts at which a host touches an end of its windows, of listenable time or of a neighbor. */
static void find_starts(mover *m, const msched__arrangement *now, uint32_t host)
{
    const msched__tasks *tasks = &m->solver->model->tasks;
    const msched__task *task = &tasks->tasks[host];
    m->count = 0;
    for (uint32_t r = 0; r < task->window_count; r++) {
        add_start(m, task->windows[r].start);
        add_start(m, task->windows[r].end - task->length);
    }
    for (uint32_t i = 0; i < m->free_count; i++) {
        add_start(m, m->free[i].start);
        add_start(m, m->free[i].end - task->length);
    }
    for (uint32_t i = 0; i < now->piece_count; i++) {
        const msched__piece *piece = &now->pieces[i];
        const msched__task *other = &tasks->tasks[piece->task];
        add_start(m, piece->end + msched__tasks_gap(other, task));
        add_start(m, piece->start - msched__tasks_gap(task, other) - task->length);
    }
}

/* Try the host, which was removed from `trial`, at a start; *gained is 1 if the day is better. */
static msched_result try_start(mover *m, msched__solution *trial, uint32_t host, int32_t start,
                               int *gained)
{
    msched__solver *s = m->solver;
    const msched__tasks *tasks = &s->model->tasks;
    msched__interval whole = {start, start + tasks->tasks[host].length};
    *gained = 0;
    msched__budget_spend(s->budget, 1);
    if (!msched__arrangement_insert_at(tasks, &trial->timetable, host, &whole, 1))
        return MSCHED_OK;
    msched_result result = msched__place_songs(s, trial, PLACE_WORK);
    *gained = result == MSCHED_OK &&
              msched__values_compare(trial->value, s->best.value, MSCHED_LEVEL_FILL_S) > 0;
    if (!*gained)
        msched__arrangement_remove(tasks, &trial->timetable, host);
    return result;
}

/* 1 if the task is in one piece and not all of its songs play. */
static int is_worth_moving(const msched__solver *s, uint32_t host)
{
    uint32_t pieces = 0, missing = 0;
    for (uint32_t i = 0; i < s->best.timetable.piece_count; i++)
        if (s->best.timetable.pieces[i].task == host)
            pieces += s->best.timetable.pieces[i].end - s->best.timetable.pieces[i].start ==
                      s->model->tasks.tasks[host].length;
    for (uint32_t i = 0; i < s->best.songs.play_count; i++)
        missing += s->best.placement.start[i] == MSCHED_UNSET && host_of(s, i) == host;
    return pieces == 1 && missing > 0;
}

static msched_result move_host(msched__solver *s, uint32_t host)
{
    const msched__tasks *tasks = &s->model->tasks;
    msched__solution trial = {0};
    msched__songs_problem without;
    mover m = {.solver = s};
    int gained = 0;
    if (!msched__arrangement_make(s->arena, tasks, &trial.timetable))
        return MSCHED_ERROR_MEMORY;
    msched__arrangement_copy(tasks, &trial.timetable, &s->best.timetable);
    msched__arrangement_remove(tasks, &trial.timetable, host);
    if (!msched__songs_beside(s->arena, s->model, &trial.timetable, &without))
        return MSCHED_ERROR_MEMORY;
    m.free = without.free;
    m.free_count = without.free_count;
    find_starts(&m, &trial.timetable, host);
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0;
         i < m.count && !gained && result == MSCHED_OK && !msched__budget_over(s->budget); i++)
        result = try_start(&m, &trial, host, m.starts[i], &gained);
    if (result == MSCHED_OK && gained)
        msched__solution_take(tasks, &s->best, &trial);
    s->gained |= gained;
    return result;
}

msched_result msched__move_hosts(msched__solver *s)
{
    msched_result result = MSCHED_OK;
    s->gained = 0;
    if (s->best.songs.play_count > PLAYS_MAX)
        return MSCHED_OK;
    for (uint32_t i = 0;
         i < s->best.songs.play_count && result == MSCHED_OK && !msched__solver_done(s); i++) {
        uint32_t host = s->best.placement.start[i] == MSCHED_UNSET ? host_of(s, i) : UINT32_MAX;
        if (host == UINT32_MAX || !is_worth_moving(s, host))
            continue;
        msched__arena scratch, *before = msched__solver_enter(s, &scratch);
        result = move_host(s, host);
        msched__solver_leave(s, before);
        if (result == MSCHED_OK && s->gained &&
            !msched__songs_beside(s->arena, s->model, &s->best.timetable, &s->best.songs))
            result = MSCHED_ERROR_MEMORY;
    }
    return result;
}
