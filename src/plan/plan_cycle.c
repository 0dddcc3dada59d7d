#include "plan/plan_cycle.h"

#include "base/alloc.h"

#include <string.h>

/*
 * Repeatedly remove to-dos that wait for nothing (Kahn's algorithm); waiting[i] > 0 remains for
 * those on or after a cycle.
 */
static int reduce(const msched_allocator *allocator, const msched__plan_todo *todos, uint32_t count,
                  uint32_t *waiting)
{
    size_t edge_count = 0;
    for (uint32_t i = 0; i < count; i++)
        edge_count += todos[i].after_count;
    uint32_t *starts = msched__alloc_zero(allocator, (size_t)count + 2, sizeof *starts);
    uint32_t *followers = msched__alloc_array(allocator, edge_count, sizeof *followers);
    uint32_t *ready = msched__alloc_array(allocator, count, sizeof *ready);
    int done = starts != NULL && followers != NULL && ready != NULL;
    if (done) {
        for (uint32_t i = 0; i < count; i++)
            for (uint32_t k = 0; k < todos[i].after_count; k++)
                starts[todos[i].after[k] + 2]++;
        for (uint32_t i = 2; i < count + 2; i++)
            starts[i] += starts[i - 1];
        uint32_t ready_count = 0;
        for (uint32_t i = 0; i < count; i++) {
            waiting[i] = todos[i].after_count;
            for (uint32_t k = 0; k < todos[i].after_count; k++)
                followers[starts[todos[i].after[k] + 1]++] = i;
            if (waiting[i] == 0)
                ready[ready_count++] = i;
        }
        while (ready_count > 0) {
            uint32_t i = ready[--ready_count];
            for (uint32_t k = starts[i]; k < starts[i + 1]; k++)
                if (--waiting[followers[k]] == 0)
                    ready[ready_count++] = followers[k];
        }
    }
    msched__free(allocator, ready);
    msched__free(allocator, followers);
    msched__free(allocator, starts);
    return done;
}

/* The first to-do in `after` that is itself on or after a cycle. */
static uint32_t stuck_before(const msched__plan_todo *todo, const uint32_t *waiting)
{
    uint32_t k = 0;
    while (waiting[todo->after[k]] == 0)
        k++;
    return todo->after[k];
}

int msched__plan_cycle(const msched_allocator *allocator, const msched__plan_todo *todos,
                       uint32_t count, uint32_t *cycle, uint32_t *cycle_count)
{
    *cycle_count = 0;
    if (count == 0)
        return 1;
    uint32_t *waiting = msched__alloc_zero(allocator, count, sizeof *waiting);
    if (waiting == NULL || !reduce(allocator, todos, count, waiting)) {
        msched__free(allocator, waiting);
        return 0;
    }
    uint32_t at = 0;
    while (at < count && waiting[at] == 0)
        at++;
    if (at < count) { /* after `count` steps back, the walk is certainly on a cycle */
        for (uint32_t step = 0; step < count; step++)
            at = stuck_before(&todos[at], waiting);
        uint32_t first = at;
        for (uint32_t i = stuck_before(&todos[at], waiting); i != at;
             i = stuck_before(&todos[i], waiting))
            first = i < first ? i : first;
        at = first;
        do {
            cycle[(*cycle_count)++] = at;
            at = stuck_before(&todos[at], waiting);
        } while (at != first);
    }
    msched__free(allocator, waiting);
    return 1;
}
