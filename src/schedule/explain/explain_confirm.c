/*
 * A short trial often ends without an answer, mostly where tasks may be split: it shows that a
 * change helps, and not that a second less does not. Such a change is solved as the plan would be
 * if the change were made, with all the work of a solve, so that what is said of it is what is then
 * seen.
 */
#include "schedule/explain/explain_confirm.h"

#include "schedule/explain/explain_fix_task.h"

#define LESS_MAX 4 /* smaller amounts that are tried for one doubt */

/* 1 where the amount next to one is none of its kind. */
static int ends_at(const msched__doubt *doubt, int32_t amount)
{
    return amount == (doubt->largest ? doubt->most : doubt->least);
}

/* The least that helps, from an amount that does; 0: not found. f->lost falls out with it. */
static int32_t least_from(msched__fixer *f, const msched__doubt *doubt, int32_t amount)
{
    msched__fix_cost lost = f->lost;
    for (int tries = 0; tries < LESS_MAX && !ends_at(doubt, amount); tries++) {
        msched__change less = doubt->change;
        less.amount = amount + (doubt->largest ? 1 : -1);
        enum msched__verdict verdict = msched__judge(f, &less);
        f->lost = verdict == MSCHED__NO ? lost : f->lost;
        if (verdict == MSCHED__NO)
            return amount;
        if (!msched__admits(verdict))
            return 0;
        amount = less.amount;
        lost = f->lost;
        if (f->enough == amount)
            continue;
        less.amount = f->enough;
        if (!msched__admits(msched__judge(f, &less)))
            return 0;
        amount = less.amount;
        lost = f->lost;
    }
    return ends_at(doubt, amount) ? amount : 0;
}

static int confirm(msched__fixer *f, const msched__doubt *doubt)
{
    msched__change c = doubt->change;
    enum msched__verdict verdict = msched__judge(f, &c);
    f->rank = doubt->rank;
    if (c.fix == MSCHED_FIX_DROP) {
        if (verdict != MSCHED__YES)
            return 0;
        msched__fix_say_todo(f->e, f->item, c.fix, c.other, &f->lost);
        return 1;
    }
    int32_t amount = msched__admits(verdict) ? least_from(f, doubt, c.amount) : 0;
    if (amount == 0)
        return 0;
    if (f->rank.class == MSCHED__FIX_ALONE && (f->lost.todos > 0 || f->lost.plays > 0))
        f->rank.class = MSCHED__FIX_INSTEAD;
    msched__fix_task_say(f, c.fix, amount);
    return 1;
}

void msched__confirm(msched__fixer *f)
{
    const msched__doubts *doubts = f->doubts;
    f->doubts = NULL;
    f->to_the_end = 1;
    for (uint32_t i = 0; i < doubts->count && f->left > 0; i++)
        if (confirm(f, &doubts->all[i]))
            break;
    f->to_the_end = 0;
}
