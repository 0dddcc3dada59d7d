/*
 * A piece can end later by as much as the pieces after it can start later, without one that leaves
 * its time window. What the first pieces of a task take delays the others least, because idle time
 * after them absorbs it. So for one task, this finds the longest pieces with the earliest end.
 */
#include "schedule/tasks/tasks_extend.h"

#include "algo/min_max.h"

static uint32_t whole(const msched__extender *e, uint32_t item)
{
    return e->whole == NULL ? item : e->whole[item];
}

int32_t msched__extend_gap(const msched__extender *e, uint32_t x, uint32_t y)
{
    return whole(e, x) == whole(e, y) ? 0 : msched__tasks_gap(&e->items[x], &e->items[y]);
}

/* How far each piece from `first` on could be moved later together with those after it. */
static void make_slack(const msched__extender *e, uint32_t first)
{
    for (uint32_t k = e->count; k-- > first;) {
        const msched__piece *piece = &e->pieces[k], *next = piece + 1;
        const msched__task *item = &e->items[piece->task];
        uint32_t r = 0;
        while (item->windows[r].end < piece->end)
            r++;
        e->slack[k] = smaller(item->windows[r].end, e->latest[piece->task]) - piece->end;
        if (k + 1 < e->count)
            e->slack[k] = smaller(e->slack[k], next->start + e->slack[k + 1] -
                                                   msched__extend_gap(e, piece->task, next->task) -
                                                   piece->end);
    }
}

/* Extend a piece, and move those after it as far as needed. */
static void lengthen(const msched__extender *e, uint32_t k, int32_t by)
{
    e->pieces[k].end += by;
    for (; k + 1 < e->count; k++) {
        msched__piece *piece = &e->pieces[k], *next = piece + 1;
        int32_t late = piece->end + msched__extend_gap(e, piece->task, next->task) - next->start;
        if (late <= 0)
            return;
        next->start += late;
        next->end += late;
    }
}

int32_t msched__extend(msched__extender *e, uint32_t task, int32_t rest)
{
    for (uint32_t k = 0; k < e->count && rest > 0; k++) {
        if (whole(e, e->pieces[k].task) != task)
            continue;
        make_slack(e, k);
        int32_t by = smaller(rest, e->slack[k]);
        lengthen(e, k, by);
        rest -= by;
    }
    return rest;
}
