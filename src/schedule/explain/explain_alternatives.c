/*
 * Alternatives are searched after all items, with a part of the work, so that they never prevent
 * the fix of another item. What failed for the first fix is not tried again.
 */
#include "schedule/explain/explain_alternatives.h"

#include "algo/bits.h"
#include "schedule/explain/explain_fix_task.h"

#include <string.h>

#define WORK_PART   256 /* share of the work of a solve for all of them */
#define PART_OF_DAY 8   /* with less than this share of the work of the day left, none is tried */

msched__found msched__found_fix(const msched_unplaced *item, msched__fix_rank rank)
{
    return (msched__found){.fix = {.struct_size = sizeof(msched_fix),
                                   .kind = item->fix,
                                   .amount_s = item->fix_s,
                                   .id = item->fix_id,
                                   .text = item->fix_text},
                           .rank = rank};
}

/* The first fix is not tried again. */
static void begin_after(msched__fixer *f, msched_unplaced *item, uint32_t tried)
{
    const msched_plan *plan = f->e->model->plan;
    f->item = item;
    msched__fixer_begin_item(f);
    f->tried = tried;
    for (uint32_t i = 0; item->fix == MSCHED_FIX_DROP && i < plan->todo_count; i++)
        if (strcmp(plan->todos[i].id, item->fix_id) == 0)
            msched__bit_set(f->left_out, i);
}

static void write_fixes(msched__explain *e, msched_unplaced *item, const msched__found *all,
                        uint32_t count)
{
    const msched_fix **list = msched__arena_alloc(&e->schedule->arena, count, sizeof *list);
    msched_fix *fixes = msched__arena_alloc(&e->schedule->arena, count, sizeof *fixes);
    if (list == NULL || fixes == NULL) {
        e->failed = 1;
        return;
    }
    for (uint32_t i = 1; i < count; i++) {
        fixes[i] = all[i].fix;
        list[i - 1] = &fixes[i];
    }
    item->fix = all[0].fix.kind;
    item->fix_s = all[0].fix.amount_s;
    item->fix_id = all[0].fix.id;
    item->fix_text = all[0].fix.text;
    item->alternatives = list;
    item->alternative_count = count - 1;
}

static void seek(msched__fixer *f, msched_unplaced *item, msched__first_fix *first)
{
    msched__found all[1 + MSCHED__ALTERNATIVES_MAX] = {msched__found_fix(item, first->rank)};
    uint32_t count = 1;
    msched_unplaced other;
    begin_after(f, item, first->tried);
    f->known = &first->known;
    while (count < 1 + MSCHED__ALTERNATIVES_MAX && f->result == MSCHED_OK) {
        other = *item;
        other.fix_s = 0;
        other.fix_id = "";
        f->item = &other;
        if (!msched__fix_task_otherwise(f))
            break;
        msched__found one = msched__found_fix(&other, f->rank);
        uint32_t at = count++;
        for (; at > 0 && msched__costs_more(&all[at - 1].rank, &one.rank); at--)
            all[at] = all[at - 1];
        all[at] = one;
    }
    if (count > 1)
        write_fixes(f->e, item, all, count);
}

/* What was found before a better fix was confirmed is its alternative. */
static void add_second(msched__explain *e, const msched__first_fix *first)
{
    for (uint32_t i = 0; i < e->schedule->unplaced_count; i++) {
        msched_unplaced *item = &e->schedule->unplaced[i];
        const msched__found both[] = {msched__found_fix(item, first[i].rank), first[i].second};
        if (first[i].second.fix.kind != MSCHED_FIX_NONE)
            write_fixes(e, item, both, 2);
    }
}

void msched__explain_alternatives(msched__fixer *f, msched__first_fix *first)
{
    msched_schedule *schedule = f->e->schedule;
    uint64_t most = f->e->work_limit / WORK_PART;
    add_second(f->e, first);
    f->left = f->left < most ? f->left : most;
    f->least = f->e->work_used / PART_OF_DAY;
    for (uint32_t i = 0; i < schedule->unplaced_count && f->left > 0 && f->result == MSCHED_OK &&
                         !f->e->budget->interrupted;
         i++) {
        msched_unplaced *item = &schedule->unplaced[i];
        /* where only solving to the end found one, short trials show little */
        if (item->kind == MSCHED_UNPLACED_TODO && item->fix != MSCHED_FIX_NONE &&
            !first[i].confirmed)
            seek(f, item, &first[i]);
    }
}
