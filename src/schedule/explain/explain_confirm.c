/*
 * A short trial often ends without an answer, mostly where tasks may be split: it shows that a
 * change helps, and not that a second less does not. Such a change is solved as the plan would be
 * if the change were made, with all the work of a solve, so that what is said of it is what is then
 * seen.
 */
#include "schedule/explain/explain_confirm.h"

#include "schedule/explain/explain_fix_task.h"

/* The amount that helps and of which a second less does not; 0: not found. */
static int32_t least_of(msched__fixer *f, const msched__doubt *doubt)
{
    const msched__change *c = &doubt->change;
    msched__amounts a = {.fix = c->fix,
                         .other = c->other,
                         .least = doubt->least,
                         .most = doubt->most,
                         .largest = doubt->largest};
    if (msched__admits(msched__judge(f, c))) {
        a.known = c->amount;
        a.tried = 1;
    } else if (doubt->largest)
        a.most = c->amount - 1;
    else {
        a.least = c->amount + 1;
        a.guess = doubt->guess;
    }
    return msched__smallest(f, &a);
}

static int confirm(msched__fixer *f, const msched__doubt *doubt)
{
    msched__change c = doubt->change;
    f->rank = doubt->rank;
    if (c.fix == MSCHED_FIX_DROP) {
        if (msched__judge(f, &c) != MSCHED__YES)
            return 0;
        msched__fix_say_todo(f->e, f->item, c.fix, c.other, &f->lost);
        return 1;
    }
    int32_t amount = least_of(f, doubt);
    if (amount == 0)
        return 0;
    if (f->rank.class == MSCHED__FIX_ALONE && (f->lost.todos > 0 || f->lost.plays > 0))
        f->rank.class = MSCHED__FIX_INSTEAD;
    msched__fix_task_say(f, c.fix, amount);
    return 1;
}

int msched__confirm(msched__fixer *f, const msched__fix_rank *known)
{
    const msched__doubts *doubts = f->doubts;
    int found = 0;
    f->doubts = NULL;
    f->to_the_end = 1;
    for (uint32_t i = 0; i < doubts->count && f->left > 0 && !found; i++) {
        /* a doubt leaves a part of the work to those after it */
        const uint64_t kept = i + 1 < doubts->count ? f->left / 4 : 0;
        f->left -= kept;
        if (known == NULL || doubts->all[i].rank.class < known->class)
            found = confirm(f, &doubts->all[i]);
        f->left += kept;
    }
    f->to_the_end = 0;
    return found;
}
