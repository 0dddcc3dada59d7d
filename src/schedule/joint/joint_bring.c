/*
 * A song that plays during a task needs the task. Which of several tasks of a priority is left out
 * does not matter for the tasks, but for the songs. So each unscheduled task with songs is put into
 * the set of tasks, from the greatest weight on, and the search for tasks finds an arrangement of
 * some set with it. If no set as large has it, its songs cannot play.
 */
#include "schedule/joint/joint_bring.h"

#include "algo/bits.h"
#include "algo/index_sort.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_hosts.h"
#include "schedule/model/bounds.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/tasks/tasks_solve.h"

#include <string.h>

#define HOSTS_MAX  6    /* tasks that are tried */
#define HOST_PART  24   /* of the work that is left, for each of them */
#define PLACE_WORK 4000 /* units for placing the songs around the tasks */

/* Unscheduled tasks with songs, by weight, the greatest first. 0 when out of memory. */
static int find_hosts(const msched__solver *s, uint32_t *hosts, uint32_t *count)
{
    const msched__tasks *tasks = &s->model->tasks;
    msched__keyed *keys = msched__arena_alloc(s->arena, tasks->count, sizeof *keys);
    uint32_t found = 0;
    if (keys == NULL)
        return 0;
    for (uint32_t i = 0; i < tasks->count; i++) {
        int64_t weight = msched__host_weight(s, i);
        if (!s->best.timetable.placed[i] && !tasks->tasks[i].hopeless && weight > 0)
            keys[found++] = (msched__keyed){UINT64_MAX - (uint64_t)weight, i};
    }
    msched__key_sort(keys, found);
    *count = found < HOSTS_MAX ? found : HOSTS_MAX;
    for (uint32_t k = 0; k < *count; k++)
        hosts[k] = keys[k].index;
    return 1;
}

static msched_result bring(msched__solver *s, uint32_t host)
{
    const msched__tasks *tasks = &s->model->tasks;
    msched__solution trial = {0};
    msched__task_wish wish = {.count = s->best.timetable.count,
                              .forced = host,
                              .limit = msched__budget_left(s->budget) / HOST_PART,
                              .found = &trial.timetable};
    if (!msched__arrangement_make(s->arena, tasks, &trial.timetable))
        return MSCHED_ERROR_MEMORY;
    msched_result result = msched__solve_tasks_with(s->arena, tasks, s->budget, &wish);
    if (result == MSCHED_OK && wish.verdict == MSCHED__FIT_NO)
        s->never |= msched__bit_of(host);
    if (result != MSCHED_OK || wish.verdict != MSCHED__FIT_YES)
        return result;
    result = msched__place_songs(s, &trial, PLACE_WORK);
    if (result == MSCHED_OK &&
        msched__values_compare(trial.value, s->best.value, MSCHED_LEVEL_FILL_S) > 0) {
        msched__solution_take(tasks, &s->best, &trial);
        s->gained = 1;
    }
    return result;
}

msched_result msched__bring_hosts(msched__solver *s)
{
    uint32_t hosts[HOSTS_MAX], count = 0;
    msched_result result = MSCHED_OK;
    s->gained = 0;
    if (msched__bounds_proved(&s->bounds, s->best.value) != MSCHED_LEVEL_SONG_WEIGHT ||
        s->model->tasks.count > MSCHED__LAYER_TASKS || s->model->replan != NULL)
        return MSCHED_OK;
    s->never = 0;
    memcpy(s->never_beside, s->best.timetable.count, sizeof s->never_beside);
    for (uint32_t k = 0; result == MSCHED_OK && !msched__solver_done(s); k++) {
        msched__arena scratch, *before = msched__solver_enter(s, &scratch);
        if (k == 0 && !find_hosts(s, hosts, &count))
            result = MSCHED_ERROR_MEMORY;
        int is_next = result == MSCHED_OK && k < count;
        if (is_next && !s->best.timetable.placed[hosts[k]])
            result = bring(s, hosts[k]);
        msched__solver_leave(s, before);
        if (!is_next)
            break;
        if (result == MSCHED_OK && s->gained &&
            !msched__songs_beside(s->arena, s->model, &s->best.timetable, &s->best.songs))
            result = MSCHED_ERROR_MEMORY;
    }
    if (result == MSCHED_OK && s->never != 0)
        msched__bounds_lower(&s->bounds, MSCHED_LEVEL_SONG_WEIGHT, msched__hosts_weight(s),
                             s->best.value);
    return result;
}
