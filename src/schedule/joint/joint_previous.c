#include "schedule/joint/joint_previous.h"

#include "schedule/fill/fill_filter.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/model/previous.h"

#include <string.h>

/* Place the tasks at their previous times, then those that only the best arrangement places. */
static void place_tasks(const msched__tasks *tasks, const msched__arrangement *best,
                        msched__arrangement *out)
{
    msched__arrangement_clear(tasks, out);
    for (uint32_t k = 0; k < tasks->count; k++) {
        uint32_t i = tasks->topological[k];
        const msched__task *task = &tasks->tasks[i];
        if (task->wished_count > 0)
            msched__arrangement_insert_at(tasks, out, i, task->wished, task->wished_count);
    }
    for (uint32_t k = 0; k < tasks->count; k++) {
        uint32_t i = tasks->topological[k];
        if (best->placed[i] && !out->placed[i])
            msched__arrangement_insert(tasks, out, i);
    }
}

/* Its values if all previous plays and fill songs are still possible. */
static void promise(const msched__solver *s, msched__solution *day)
{
    const msched__replan *replan = s->model->replan;
    const msched__songs_problem *songs = &s->best.songs;
    day->placement.must = day->placement.weight = day->fill.seconds = 0;
    for (uint32_t i = 0; s->model->catalog != NULL && i < songs->play_count; i++) {
        const msched__play *play = &songs->plays[i];
        if (play->preferred_s == MSCHED_UNSET && !play->frozen)
            continue;
        day->placement.must += play->must;
        day->placement.weight += play->must ? 0 : play->weight;
    }
    for (uint32_t i = 0; s->model->catalog != NULL && i < replan->fill_count; i++)
        day->fill.seconds += msched__track_length_s(s->model->catalog, replan->fill[i].track);
    msched__solution_rate(&s->model->tasks, day);
}

msched_result msched__keep_previous(msched__solver *s)
{
    msched__solution trial = s->best;
    const msched__solution before = s->best;
    int kept;
    if (!msched__arrangement_make(s->arena, &s->model->tasks, &trial.timetable))
        return MSCHED_ERROR_MEMORY;
    place_tasks(&s->model->tasks, &before.timetable, &trial.timetable);
    promise(s, &trial);
    if (msched__values_compare(trial.value, before.value, MSCHED_LEVEL_COUNT) <= 0)
        return MSCHED_OK;
    trial.placement = before.placement;
    trial.fill = before.fill;
    msched_result result = msched__try_timetable(s, &trial, &kept);
    if (result == MSCHED_OK && kept &&
        msched__values_compare(s->best.value, before.value, MSCHED_LEVEL_COUNT) == 0)
        s->best = before;
    return result;
}
