#include "schedule/model/model.h"

#include "schedule/model/playlist.h"

#include <assert.h>

#define REPEAT_S 3600 /* between two plays of a recording, if the plan gives no time */

/* The songs of the previous schedule that have begun, as spans; NULL when out of memory. */
static msched__interval *begun_songs(msched__arena *arena, const msched__model *model,
                                     uint32_t *count)
{
    const msched__replan *replan = model->replan;
    uint32_t n = 0;
    msched__interval *out = msched__arena_alloc(arena, replan->play_count + replan->fill_count,
                                                sizeof *out);
    if (out == NULL)
        return NULL;
    for (uint32_t i = 0; i < replan->play_count; i++) {
        const msched__previous_play *play = &replan->plays[i];
        if (play->frozen)
            out[n++] = (msched__interval){play->start_s,
                                          play->start_s + model->wishes[play->wish].length_s};
    }
    for (uint32_t i = 0; i < replan->fill_count; i++) {
        const msched__previous_fill *fill = &replan->fill[i];
        int32_t length = (int32_t)((model->catalog->duration_ms[fill->track] + 999) / 1000);
        if (fill->frozen)
            out[n++] = (msched__interval){fill->start_s, fill->start_s + length};
    }
    *count = n;
    return out;
}

static msched_result make_tasks(msched__arena *arena, const msched__model *model,
                                msched__tasks *out)
{
    const msched__replan *replan = model->replan;
    if (replan == NULL)
        return msched__tasks_make(arena, out, model->plan, &(msched__held_time){0});
    msched__held_time held = {.frozen = replan->frozen, .frozen_count = replan->frozen_count};
    held.songs = begun_songs(arena, model, &held.song_count);
    if (held.songs == NULL)
        return MSCHED_ERROR_MEMORY;
    msched_result result = msched__tasks_make(arena, out, model->plan, &held);
    if (result == MSCHED_OK && !msched__replan_wish(arena, replan, out))
        result = MSCHED_ERROR_MEMORY;
    return result;
}

static int room_holds(const msched__task *task, uint32_t r)
{
    const msched__interval *window = &task->windows[r];
    return window->start < window->end && (r == 0 || task->windows[r - 1].end <= window->start);
}

int msched__model_holds(const msched__model *model)
{
    const msched__tasks *tasks = &model->tasks;
    int holds = 1;
    for (uint32_t i = 0; i < tasks->count; i++) {
        const msched__task *task = &tasks->tasks[i];
        for (uint32_t r = 0; r < task->window_count; r++)
            holds &= room_holds(task, r);
        for (uint32_t k = 0; k < task->pred_count; k++)
            holds &= tasks->tasks[task->preds[k]].rank < task->rank;
    }
    for (uint32_t i = 1; i < tasks->fixed_count; i++)
        holds &= tasks->fixed[i - 1].start <= tasks->fixed[i].start;
    return holds;
}

/* 1 if a song is wanted more than once. */
static int wants_repeats(const msched__model *model)
{
    for (uint32_t i = 0; i < model->plan->song_count; i++)
        if (model->wishes[i].track != UINT32_MAX &&
            (model->plan->songs[i].times > 1 || model->wishes[i].occurrence > 1))
            return 1;
    return 0;
}

/* How far apart plays of a recording should be. 0 when out of memory. */
static int find_repeats(msched__model *model)
{
    model->repeat_s = model->plan->listening.repeat_s;
    model->repeats_softly = 0;
    model->recordings = NULL;
    if (model->catalog == NULL)
        return 1;
    if (model->repeat_s == 0 && wants_repeats(model)) {
        model->repeat_s = REPEAT_S;
        model->repeats_softly = 1;
    }
    if (model->repeat_s > 0)
        model->recordings = msched__duplicates_of(model->catalog, NULL);
    return model->repeat_s == 0 || model->recordings != NULL;
}

msched_result msched__model_make(msched__arena *arena, msched__model *model)
{
    if (!find_repeats(model))
        return MSCHED_ERROR_MEMORY;
    msched_result result = make_tasks(arena, model, &model->tasks);
    assert(result != MSCHED_OK || msched__model_holds(model));
    return result;
}
