#include "span/span_hints.h"

#include "base/alloc.h"
#include "span/span_slots.h"

int msched__span_add_hints(const msched__span *span, uint32_t day, msched_plan *plan)
{
    msched__span_set set;
    msched__slots slots;
    msched__interval times[MSCHED__SLOTS_MAX];
    set.count = 0;
    for (uint32_t i = 0; i < plan->todo_count; i++)
        if (plan->todos[i].kind == MSCHED_TODO_TASK) {
            if (set.count == MSCHED__SPAN_SET_MAX)
                return 1;
            set.task[set.count] = plan->todos[i].line;
            set.seconds[set.count++] = plan->todos[i].duration_s;
        }
    if (msched__span_arrange(span, day, &set, &slots) != MSCHED__ARRANGED)
        return 1;
    msched__plan_hint *hints = msched__alloc_array(
        &span->allocator, MSCHED__SLOTS_MAX * MSCHED__SLOT_PIECES, sizeof *hints);
    if (hints == NULL)
        return 0;
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        if (plan->todos[i].kind != MSCHED_TODO_TASK)
            continue;
        uint32_t count = msched__slots_times(span, &slots, plan->todos[i].line, times);
        for (uint32_t k = 0; k < count; k++)
            hints[plan->hint_count++] = (msched__plan_hint){i, times[k].start, times[k].end};
    }
    plan->hints = hints;
    return 1;
}

void msched__span_remove_hints(const msched__span *span, msched_plan *plan)
{
    msched__free(&span->allocator, (void *)plan->hints);
    plan->hints = NULL;
    plan->hint_count = 0;
}
