/*
 * The search for a fix asks the same question again: whether the amount found also holds on all
 * levels, whether the day itself would be solved like that, and what else an item could do. A trial
 * that ended with a proof answers all of them. To leave out a to-do is one trial for all items.
 */
#include "schedule/explain/explain_recall.h"

#include "algo/bits.h"

enum msched__extent msched__extent_of(const msched__fixer *f)
{
    return f->to_the_end   ? MSCHED__TO_THE_END
           : f->all_levels ? MSCHED__ALL_LEVELS
                           : MSCHED__ITS_LEVELS;
}

static int is_same(const msched__change *a, const msched__change *b)
{
    return a->fix == b->fix && a->other == b->other && a->is_song == b->is_song &&
           a->amount == b->amount;
}

uint32_t msched__trial_goal(const msched__fixer *f)
{
    return f->all_levels || f->to_the_end ? MSCHED_LEVEL_FILL_S
                                          : (uint32_t)msched__item_level(f) + 1;
}

int msched__trial_is_shared(const msched__fixer *f, const msched__change *c)
{
    return c->fix == MSCHED_FIX_DROP && f->item->kind == MSCHED_UNPLACED_TODO;
}

const msched__answer *msched__recall(const msched__fixer *f, const msched__change *c,
                                     uint64_t give_up_at)
{
    const msched__answer *known = msched__trial_is_shared(f, c) ? f->shared : f->known->trials;
    while (known != NULL &&
           (!is_same(&known->change, c) || known->extent < msched__extent_of(f) ||
            (known->extent == MSCHED__ITS_LEVELS && msched__trial_is_shared(f, c) &&
             known->goal < msched__trial_goal(f)) ||
            (known->cut_short && known->give_up_at < give_up_at)))
        known = known->next;
    return known;
}

enum msched__verdict msched__repeat(msched__fixer *f, const msched__answer *known)
{
    f->lost = known->lost;
    f->enough = known->enough;
    f->searched = known->searched;
    f->placed = known->placed;
    f->unsure = known->unsure;
    f->cut_short = known->cut_short;
    if (known->placed_of == NULL)
        return known->verdict;
    f->placed = (uint8_t)msched__bit(known->placed_of, f->item->todo);
    return known->cut_short ? MSCHED__SPENT : f->placed ? MSCHED__YES : MSCHED__NO;
}

void msched__remember(msched__fixer *f, const msched__change *c, const msched__answer *what)
{
    msched__answer **list = msched__trial_is_shared(f, c) ? &f->shared : &f->known->trials;
    msched__answer *answer = msched__arena_alloc(f->e->scratch, 1, sizeof *answer);
    if (answer == NULL) {
        f->result = MSCHED_ERROR_MEMORY;
        return;
    }
    *answer = (msched__answer){.next = *list,
                               .change = *c,
                               .lost = f->lost,
                               .give_up_at = what->give_up_at,
                               .placed_of = what->placed_of,
                               .goal = msched__trial_goal(f),
                               .enough = f->enough,
                               .extent = what->extent,
                               .verdict = what->verdict,
                               .searched = f->searched,
                               .placed = f->placed,
                               .unsure = f->unsure,
                               .cut_short = f->cut_short};
    *list = answer;
}
