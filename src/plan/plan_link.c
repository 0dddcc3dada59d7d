/* Resolve the names by which to-dos and songs refer to to-dos. */
#include "plan/plan_link.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "plan/plan_cycle.h"
#include "plan/plan_identity.h"
#include "plan/plan_refuse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Give to-dos without an id their identity; see plan_identity.h. */
static msched_result name_todos(msched_plan_builder *builder, msched_error *err)
{
    msched_plan *plan = builder->plan;
    int unnamed = 0;
    for (uint32_t i = 0; i < plan->todo_count; i++)
        unnamed |= builder->todos[i].id[0] == '\0';
    if (!unnamed)
        return MSCHED_OK;
    msched__identity *items = msched__alloc_array(&plan->arena.allocator, plan->todo_count,
                                                  sizeof *items);
    if (items == NULL)
        return msched__fail_memory(err);
    for (uint32_t i = 0; i < plan->todo_count; i++)
        items[i] = (msched__identity){builder->todos[i].title, builder->todos[i].id};
    int named = msched__plan_identify(&plan->arena, items, plan->todo_count);
    for (uint32_t i = 0; named && i < plan->todo_count; i++) {
        builder->todos[i].named = builder->todos[i].id[0] == '\0';
        builder->todos[i].id = items[i].id;
    }
    msched__free(&plan->arena.allocator, items);
    return named ? MSCHED_OK : msched__fail_memory(err);
}

/* Open addressing over the ids: slots hold indices of to-dos. */
typedef struct id_table {
    uint32_t *slots;
    size_t mask;
} id_table;

/* The slot of an id: that of its to-do, or the free slot for it. */
static uint32_t *id_slot(const id_table *table, const msched__plan_todo *todos, const char *id)
{
    size_t at = (size_t)msched__hash(id, strlen(id)) & table->mask;
    while (table->slots[at] != UINT32_MAX && strcmp(todos[table->slots[at]].id, id) != 0)
        at = (at + 1) & table->mask;
    return &table->slots[at];
}

static msched_result enter_ids(msched_plan_builder *builder, const id_table *table,
                               msched_error *err)
{
    for (uint32_t i = 0; i < builder->plan->todo_count; i++) {
        uint32_t *slot = id_slot(table, builder->todos, builder->todos[i].id);
        if (*slot != UINT32_MAX)
            return msched__plan_refuse(builder, (msched__plan_fault){MSCHED__PART_TODO, i, "id"},
                                       builder->todos[i].id, MSCHED_ERROR_CONFLICT, err,
                                       "is also the id of to-do %u: give each to-do its own id",
                                       (unsigned)*slot + 1);
        *slot = i;
    }
    return MSCHED_OK;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static uint32_t keep_once(uint32_t *numbers, uint32_t count)
{
    uint32_t kept = 0;
    qsort(numbers, count, sizeof *numbers, by_number);
    for (uint32_t k = 0; k < count; k++)
        if (kept == 0 || numbers[kept - 1] != numbers[k])
            numbers[kept++] = numbers[k];
    return kept;
}

/* The to-dos that ids name, each once, with their own ids, in order of the plan. */
typedef struct named {
    uint32_t *index;
    const char *const *ids;
    uint32_t count;
} named;

static msched_result find_named(msched_plan_builder *builder, const id_table *table,
                                msched__plan_fault fault, named *list, msched_error *err)
{
    msched__plan_todo *todo = &builder->todos[fault.index];
    const char **ids = msched__arena_alloc(&builder->plan->arena, list->count, sizeof *ids);
    list->index = msched__arena_alloc(&builder->plan->arena, list->count, sizeof *list->index);
    if (ids == NULL || list->index == NULL)
        return msched__fail_memory(err);
    for (uint32_t k = 0; k < list->count; k++) {
        uint32_t found = *id_slot(table, builder->todos, list->ids[k]);
        if (found == UINT32_MAX)
            return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_NOT_FOUND, err,
                                       "\"%s\": no to-do has this id", list->ids[k]);
        if (found == fault.index)
            return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_CONFLICT, err,
                                       "names the to-do itself");
        list->index[k] = found;
    }
    list->count = keep_once(list->index, list->count);
    for (uint32_t k = 0; k < list->count; k++)
        ids[k] = builder->todos[list->index[k]].id;
    list->ids = ids;
    return MSCHED_OK;
}

static msched_result link_order(msched_plan_builder *builder, const id_table *table, uint32_t index,
                                msched_error *err)
{
    msched__plan_todo *todo = &builder->todos[index];
    named after = {NULL, todo->after_ids, todo->after_count},
          before = {NULL, todo->before_ids, todo->before_count};
    msched_result result = MSCHED_OK;
    if (after.count > 0)
        result = find_named(builder, table, (msched__plan_fault){MSCHED__PART_TODO, index, "after"},
                            &after, err);
    if (result == MSCHED_OK && before.count > 0)
        result = find_named(builder, table,
                            (msched__plan_fault){MSCHED__PART_TODO, index, "before"}, &before, err);
    todo->after = after.index, todo->after_ids = after.ids;
    todo->after_count = todo->after_id_count = after.count;
    todo->before = before.index, todo->before_ids = before.ids, todo->before_count = before.count;
    return result;
}

static int is_before(const msched__plan_todo *todo, uint32_t other)
{
    for (uint32_t k = 0; k < todo->before_count; k++)
        if (todo->before[k] == other)
            return 1;
    return 0;
}

/* If others are `before` a to-do, it is after these, in addition to its own `after`. */
static msched_result turn_before(msched_plan_builder *builder, msched_error *err)
{
    uint32_t count = builder->plan->todo_count;
    for (uint32_t i = 0; i < count; i++) {
        msched__plan_todo *todo = &builder->todos[i];
        uint32_t more = 0, *after;
        for (uint32_t j = 0; j < count; j++)
            more += is_before(&builder->todos[j], i);
        if (more == 0)
            continue;
        after = msched__arena_alloc(&builder->plan->arena, todo->after_count + more, sizeof *after);
        if (after == NULL)
            return msched__fail_memory(err);
        if (todo->after_count > 0)
            memcpy(after, todo->after, todo->after_count * sizeof *after);
        for (uint32_t j = 0; j < count; j++)
            if (is_before(&builder->todos[j], i))
                after[todo->after_count++] = j;
        todo->after = after;
        todo->after_count = keep_once(after, todo->after_count);
    }
    return MSCHED_OK;
}

static msched_result link_during(msched_plan_builder *builder, const id_table *table,
                                 uint32_t index, msched_error *err)
{
    msched__plan_song *song = &builder->songs[index];
    if (song->during_id[0] == '\0')
        return MSCHED_OK;
    song->during = *id_slot(table, builder->todos, song->during_id);
    if (song->during == UINT32_MAX)
        return msched__plan_refuse(
            builder, (msched__plan_fault){MSCHED__PART_SONG, index, "during"}, NULL,
            MSCHED_ERROR_NOT_FOUND, err, "\"%s\": no to-do has this id", song->during_id);
    song->during_id = builder->todos[song->during].id;
    return MSCHED_OK;
}

/* The to-do in which a fill plays; its id replaces the name. */
static msched_result link_fill(msched_plan_builder *builder, const id_table *table, uint32_t index,
                               msched_error *err)
{
    msched_listening *rules = index == 0 ? &builder->plan->listening
                                         : &builder->fills[index - 1].rules;
    uint32_t *during = index == 0 ? &builder->plan->fill_during : &builder->fills[index - 1].during;
    *during = UINT32_MAX;
    if (rules->fill_during == NULL || rules->fill_during[0] == '\0')
        return MSCHED_OK;
    *during = *id_slot(table, builder->todos, rules->fill_during);
    if (*during == UINT32_MAX)
        return msched__plan_refuse(
            builder, (msched__plan_fault){MSCHED__PART_FILL, index, "during"}, NULL,
            MSCHED_ERROR_NOT_FOUND, err, "\"%s\": no to-do has this id", rules->fill_during);
    rules->fill_during = builder->todos[*during].id;
    if (rules->fill_s == 0) /* the whole of it */
        rules->fill_s = builder->todos[*during].duration_s;
    return MSCHED_OK;
}

static msched_result check_cycle(msched_plan_builder *builder, msched_error *err)
{
    uint32_t count = builder->plan->todo_count, cycle_count = 0;
    uint32_t *cycle = msched__arena_alloc(&builder->plan->arena, count, sizeof *cycle);
    if (cycle == NULL || !msched__plan_cycle(&builder->plan->arena.allocator, builder->todos, count,
                                             cycle, &cycle_count))
        return msched__fail_memory(err);
    if (cycle_count == 0)
        return MSCHED_OK;
    char text[200];
    size_t used = 0;
    for (uint32_t k = 0; k <= cycle_count && used < sizeof text; k++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", k == 0 ? "" : " after ",
                                 builder->todos[cycle[k % cycle_count]].id);
    return msched__plan_refuse(builder, (msched__plan_fault){MSCHED__PART_TODO, cycle[0], "after"},
                               NULL, MSCHED_ERROR_CONFLICT, err, "is circular: %s", text);
}

msched_result msched__plan_link(msched_plan_builder *builder, msched_error *err)
{
    msched_plan *plan = builder->plan;
    msched_result result = name_todos(builder, err);
    if (result != MSCHED_OK)
        return result;
    size_t slot_count = 16;
    while (slot_count < 2 * (size_t)plan->todo_count)
        slot_count *= 2;
    id_table table = {msched__alloc_array(&plan->arena.allocator, slot_count, sizeof *table.slots),
                      slot_count - 1};
    if (table.slots == NULL)
        return msched__fail_memory(err);
    memset(table.slots, 0xff, slot_count * sizeof *table.slots);
    result = enter_ids(builder, &table, err);
    int has_after = 0, has_before = 0;
    for (uint32_t i = 0; result == MSCHED_OK && i < plan->todo_count; i++) {
        has_after |= builder->todos[i].after_count > 0;
        has_before |= builder->todos[i].before_count > 0;
        result = link_order(builder, &table, i, err);
    }
    if (result == MSCHED_OK && has_before)
        result = turn_before(builder, err);
    for (uint32_t i = 0; result == MSCHED_OK && i < plan->song_count; i++)
        result = link_during(builder, &table, i, err);
    for (uint32_t i = 0; result == MSCHED_OK && i <= plan->more_fill_count; i++)
        result = link_fill(builder, &table, i, err);
    msched__free(&plan->arena.allocator, table.slots);
    return result == MSCHED_OK && (has_after || has_before) ? check_cycle(builder, err) : result;
}
