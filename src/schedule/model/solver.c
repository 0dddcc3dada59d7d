#include "schedule/model/solver.h"

msched__arena *msched__solver_enter(msched__solver *s, msched__arena *scratch)
{
    msched__arena *before = s->arena;
    msched__arena_init(scratch, &before->allocator, 16384);
    s->arena = scratch;
    return before;
}

void msched__solver_leave(msched__solver *s, msched__arena *before)
{
    msched__arena_reset(s->arena);
    s->arena = before;
}

int msched__solver_done(const msched__solver *s)
{
    return s->budget->interrupted || msched__bounds_met(&s->bounds, s->best.value, s->goal);
}
