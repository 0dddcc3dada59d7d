/* Changes are made to the fixer's copy of the plan's to-dos and songs. */
#include "schedule/explain/explain_change.h"

#include "schedule/model/model.h"
#include "schedule/model/solution.h"

#include <string.h>

static void change_todo(const msched__change *c, msched__plan_todo *todo)
{
    switch (c->fix) {
    case MSCHED_FIX_LATER:
        todo->latest_s += c->amount;
        break;
    case MSCHED_FIX_EARLIER:
        todo->earliest_s -= c->amount;
        break;
    case MSCHED_FIX_SHORTER:
        todo->duration_s -= c->amount;
        if (todo->start_s != MSCHED_UNSET)
            todo->end_s = todo->start_s + todo->duration_s;
        break;
    default:
        todo->split_min_s = c->amount;
        break;
    }
}

/* A closed to-do is not planned, as if it were not there. */
static void leave_out(msched__plan_todo *todo)
{
    todo->closed = 1;
}

static void move(msched__plan_todo *event, int32_t seconds)
{
    event->start_s += seconds;
    event->end_s += seconds;
}

static void apply(msched__fixer *f, const msched__change *c)
{
    const msched_plan *plan = f->e->model->plan;
    if (plan->todo_count > 0)
        memcpy(f->todos, plan->todos, plan->todo_count * sizeof *f->todos);
    if (plan->song_count > 0) {
        memcpy(f->songs, plan->songs, plan->song_count * sizeof *f->songs);
        memcpy(f->wishes, f->e->model->wishes, plan->song_count * sizeof *f->wishes);
    }
    if (c->fix == MSCHED_FIX_DROP && c->is_song)
        f->wishes[c->other].track = UINT32_MAX;
    else if (c->fix == MSCHED_FIX_DROP)
        leave_out(&f->todos[c->other]);
    else if (c->fix == MSCHED_FIX_MUSIC)
        f->todos[c->other].music = 1;
    else if (c->fix == MSCHED_FIX_MOVE_LATER || c->fix == MSCHED_FIX_MOVE_EARLIER)
        move(&f->todos[c->other], c->fix == MSCHED_FIX_MOVE_LATER ? c->amount : -c->amount);
    else if (f->item->kind == MSCHED_UNPLACED_SONG)
        f->songs[f->item->wanted].between_end_s += c->amount;
    else
        change_todo(c, &f->todos[f->item->todo]);
}

uint32_t msched__plays_placed(const msched__solution *day, uint32_t wish)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < day->songs.play_count; i++)
        count += day->songs.plays[i].wish == wish && day->placement.start[i] != MSCHED_UNSET;
    return count;
}

int msched__item_level(const msched__fixer *f)
{
    const msched_plan *plan = f->e->model->plan;
    if (f->item->kind == MSCHED_UNPLACED_SONG)
        return plan->songs[f->item->wanted].must ? MSCHED_LEVEL_MUST_SONGS
                                                 : MSCHED_LEVEL_SONG_WEIGHT;
    uint32_t priority = plan->todos[f->item->todo].priority;
    return priority == 1 ? MSCHED_LEVEL_TASKS_1 : (int)priority;
}

/*
 * 1 if songs play during the item: they can be the reason to schedule it instead of an equally
 * important one, so their level counts, too.
 */
static uint8_t hosts_songs(const msched__fixer *f)
{
    const msched_plan *plan = f->e->model->plan;
    for (uint32_t i = 0; f->item->kind == MSCHED_UNPLACED_TODO && i < plan->song_count; i++)
        if (plan->songs[i].during == f->item->todo)
            return 1;
    return 0;
}

void msched__fixer_begin_item(msched__fixer *f)
{
    f->all_levels = hosts_songs(f);
    f->tried = 0;
    memset(f->left_out, 0, (f->e->model->plan->todo_count + 63) / 64 * sizeof *f->left_out);
}

int msched__can_be_dropped(const msched_plan *plan, uint32_t todo)
{
    if (plan->todos[todo].state >= MSCHED_STATE_STARTED)
        return 0;
    for (uint32_t i = 0; i < plan->todo_count; i++)
        for (uint32_t k = 0; k < plan->todos[i].after_count; k++)
            if (plan->todos[i].after[k] == todo && plan->todos[i].kind == MSCHED_TODO_TASK)
                return 0;
    for (uint32_t i = 0; i < plan->song_count; i++)
        if (plan->songs[i].during == todo)
            return 0;
    return 1;
}

msched__model msched__change_model(msched__fixer *f, const msched__change *c,
                                   struct msched_plan *plan)
{
    msched__model model = *f->e->model;
    *plan = *model.plan;
    apply(f, c);
    plan->todos = f->todos;
    plan->songs = f->songs;
    model.plan = plan;
    model.wishes = f->wishes;
    return model;
}
