/*
 * A move of an event is tried if everything else can stay: the task uses the event's old time, and
 * the event moves to the nearest time that is free for it. Solving the day with this move, and with
 * one second less, shows that it is the smallest.
 */
#include "schedule/explain/explain_move.h"

#include "algo/min_max.h"
#include "schedule/explain/explain_room.h"
#include "schedule/explain/explain_trial.h"
#include "schedule/model/tasks.h"

#define TRIES_MAX 2 /* events, each in one direction */

/* An event that moves; `amount` 0: there is none. */
typedef struct move {
    uint32_t event, fix;
    int32_t amount;
} move;

/* Intervals, ascending. */
typedef struct intervals {
    const msched__interval *spans;
    uint32_t count;
} intervals;

/* An event as a task that may be anywhere. */
static msched__task as_task(const msched_plan *plan, uint32_t event)
{
    const msched__plan_todo *todo = &plan->todos[event];
    return (msched__task){.todo = event,
                          .length = todo->end_s - todo->start_s,
                          .before = todo->buffer_before_s,
                          .after = todo->buffer_after_s,
                          .silent = !todo->music};
}

/* The last start of `length` seconds within one interval that ends by `end`; -1: there is none. */
static int32_t last_fit(const intervals *at, int32_t end, int32_t length)
{
    for (uint32_t i = at->count; i-- > 0;) {
        int32_t start = smaller(at->spans[i].end, end) - length;
        if (start >= at->spans[i].start)
            return start;
    }
    return -1;
}

/* The smallest move for the item in one of the intervals in which it may be. */
static move nearest_in(const msched__task *item, const msched__task *event, int32_t start,
                       msched__interval room, const intervals *free)
{
    move out = {event->todo, MSCHED_FIX_MOVE_LATER, 0};
    int32_t after = room.start + item->length + msched__tasks_gap(item, event),
            before = room.end - item->length - msched__tasks_gap(event, item);
    int32_t later = msched__interval_fit(free->spans, free->count, larger(after, start + 1),
                                         event->length),
            earlier = last_fit(free, smaller(before, start + event->length - 1), event->length);
    if (later >= 0)
        out.amount = later - start;
    if (earlier >= 0 && (out.amount == 0 || start - earlier < out.amount))
        out = (move){event->todo, MSCHED_FIX_MOVE_EARLIER, start - earlier};
    return out;
}

/* The smallest move of an event that schedules the item; `amount` 0: none. */
static move least_move(msched__fixer *f, uint32_t event)
{
    const msched_plan *plan = f->e->model->plan;
    const msched__tasks *tasks = &f->e->model->tasks;
    const msched__task *item = &tasks->tasks[tasks->task_of[f->item->todo]];
    msched__task moved = as_task(plan, event);
    move least = {0}, one;
    uint32_t count;
    intervals there;
    const msched__interval *rooms = msched__explain_free(f->e, item, event, &count);
    there.spans = msched__explain_free(f->e, &moved, event, &there.count);
    if (rooms == NULL || there.spans == NULL)
        return least;
    for (uint32_t i = 0; i < count; i++) {
        msched__interval room = {larger(rooms[i].start, f->item->window_start_s),
                                 smaller(rooms[i].end, f->item->window_end_s)};
        if (room.end - room.start < item->length)
            continue;
        one = nearest_in(item, &moved, plan->todos[event].start_s, room, &there);
        if (one.amount > 0 && (least.amount == 0 || one.amount < least.amount))
            least = one;
    }
    return least;
}

static int take_move(msched__fixer *f, const move *m)
{
    int is_later = m->fix == MSCHED_FIX_MOVE_LATER;
    const uint8_t before = f->all_levels;
    f->all_levels = 1;
    int32_t amount = msched__smallest(
        f, &(msched__amounts){.fix = m->fix, .other = m->event, .least = 1, .most = m->amount});
    f->all_levels = before;
    if (amount == 0 || f->lost.todos > 0 || f->lost.plays > 0)
        return 0;
    f->rank = (msched__fix_rank){MSCHED__FIX_EVENT, amount};
    msched__fix_say_move(
        f->e, f->item,
        &(msched__fix_amount){m->fix, amount, "move ", is_later ? " later" : " earlier"}, m->event);
    return 1;
}

int msched__fix_by_move(msched__fixer *f)
{
    const msched__tasks *tasks = &f->e->model->tasks;
    move moves[TRIES_MAX];
    uint32_t count = 0;
    if (f->tried & 1u << MSCHED_FIX_MOVE_LATER)
        return 0;
    f->tried |= 1u << MSCHED_FIX_MOVE_LATER;
    for (uint32_t i = 0; i < tasks->fixed_count; i++) {
        const msched__fixed *fixed = &tasks->fixed[i];
        if (!fixed->event || fixed->start >= f->item->window_end_s ||
            fixed->end <= f->item->window_start_s ||
            !msched__can_be_dropped(f->e->model->plan, fixed->todo))
            continue;
        move one = least_move(f, fixed->todo);
        if (one.amount == 0)
            continue;
        uint32_t at = count < TRIES_MAX ? count++ : TRIES_MAX;
        for (; at > 0 && moves[at - 1].amount > one.amount; at--)
            if (at < TRIES_MAX)
                moves[at] = moves[at - 1];
        if (at < TRIES_MAX)
            moves[at] = one;
    }
    for (uint32_t i = 0; i < count && f->left > 0; i++)
        if (take_move(f, &moves[i]))
            return 1;
    return 0;
}
