/*
 * Replanning: among equally good arrangements, one that moves little. Every task keeps its previous
 * time if it still can, at first including those that the best arrangement leaves out. New tasks,
 * and tasks that lost their time, are inserted between them; if one does not fit, a task in its way
 * is moved. The result is used if it places as many tasks as the best arrangement.
 */
#include "schedule/tasks/tasks_stability.h"

typedef struct settle {
    const msched__tasks *tasks;
    msched__arrangement kept, trial;
    uint32_t *order; /* by earlier start, then topologically */
} settle;

static int32_t order_key(const msched__task *task)
{
    return task->wished_s == MSCHED_UNSET ? INT32_MAX : task->wished_s;
}

static void sort_order(settle *s)
{
    for (uint32_t n = 0; n < s->tasks->count; n++) {
        uint32_t index = s->tasks->topological[n], at = n;
        for (; at > 0 &&
               order_key(&s->tasks->tasks[s->order[at - 1]]) > order_key(&s->tasks->tasks[index]);
             at--)
            s->order[at] = s->order[at - 1];
        s->order[at] = index;
    }
}

/* A task whose length has changed still starts at its previous time. */
static void keep_place(settle *s, uint32_t index)
{
    const msched__task *task = &s->tasks->tasks[index];
    msched__interval whole = {task->wished_s, task->wished_s + task->length};
    if (!msched__arrangement_insert_at(s->tasks, &s->kept, index, task->wished, task->wished_count))
        msched__arrangement_insert_at(s->tasks, &s->kept, index, &whole, 1);
}

/*
 * Place every task at its previous time or, with `all` 0, only those that the best arrangement
 * places; then the rest.
 */
static void keep_places(settle *s, const msched__arrangement *best, int all)
{
    msched__arrangement_clear(s->tasks, &s->kept);
    for (uint32_t k = 0; k < s->tasks->count; k++) {
        uint32_t i = s->order[k];
        if ((all || best->placed[i]) && s->tasks->tasks[i].wished_s != MSCHED_UNSET)
            keep_place(s, i);
    }
    for (uint32_t k = 0; k < s->tasks->count; k++) {
        uint32_t i = s->tasks->topological[k];
        if (best->placed[i] && !s->kept.placed[i])
            msched__arrangement_insert(s->tasks, &s->kept, i);
    }
}

static int is_followed(const msched__tasks *tasks, uint32_t index)
{
    for (uint32_t i = 0; i < tasks->count; i++)
        for (uint32_t k = 0; k < tasks->tasks[i].pred_count; k++)
            if (tasks->tasks[i].preds[k] == index)
                return 1;
    return 0;
}

/* Make room for a task by moving another. */
static int make_way(settle *s, uint32_t missing)
{
    for (uint32_t y = 0; y < s->tasks->count; y++) {
        if (!s->kept.placed[y] || is_followed(s->tasks, y))
            continue;
        msched__arrangement_copy(s->tasks, &s->trial, &s->kept);
        msched__arrangement_remove(s->tasks, &s->trial, y);
        if (!msched__arrangement_insert(s->tasks, &s->trial, missing) ||
            !msched__arrangement_insert(s->tasks, &s->trial, y))
            continue;
        msched__arrangement_copy(s->tasks, &s->kept, &s->trial);
        return 1;
    }
    return 0;
}

int msched__tasks_settle(msched__arena *arena, const msched__tasks *tasks,
                         msched__arrangement *best)
{
    settle s = {.tasks = tasks};
    int any = 0;
    for (uint32_t i = 0; i < tasks->count; i++)
        any |= tasks->tasks[i].wished_s != MSCHED_UNSET;
    if (!any)
        return 1;
    s.order = msched__arena_alloc(arena, tasks->count, sizeof *s.order);
    if (s.order == NULL || !msched__arrangement_make(arena, tasks, &s.kept) ||
        !msched__arrangement_make(arena, tasks, &s.trial))
        return 0;
    sort_order(&s);
    keep_places(&s, best, 1);
    if (msched__arrangement_compare(&s.kept, best) < 0)
        keep_places(&s, best, 0);
    for (uint32_t k = 0; k < tasks->count; k++) {
        uint32_t i = tasks->topological[k];
        if (best->placed[i] && !s.kept.placed[i])
            make_way(&s, i);
    }
    if (msched__arrangement_compare(&s.kept, best) >= 0)
        msched__arrangement_copy(tasks, best, &s.kept);
    return 1;
}
