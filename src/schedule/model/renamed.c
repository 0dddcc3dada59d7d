/*
 * Ids that follow from titles: "gym" and "gym~2". With "Report id:gym" in the plan, the to-do "Gym"
 * is called gym~2, and without it gym. Its entries of the previous schedule are renamed, so that
 * nothing takes "Report" for "Gym".
 */
#include "schedule/model/renamed.h"

#include "base/number.h"
#include "plan/plan_identity.h"

#include <stdio.h>
#include <string.h>

#define RENAMES_MAX 16

typedef struct renaming {
    const char *slug;
    int step; /* of the numbers of its to-dos: -1 or 1 */
} renaming;

typedef struct renamer {
    msched__arena *arena;
    const msched_plan *plan;
    const msched_schedule *from;
    renaming found[RENAMES_MAX];
    uint32_t count;
    int failed;
} renamer;

static const msched__plan_todo *find_todo(const msched_plan *plan, const char *id, uint32_t guess)
{
    if (guess < plan->todo_count && strcmp(plan->todos[guess].id, id) == 0)
        return &plan->todos[guess];
    for (uint32_t i = 0; i < plan->todo_count; i++)
        if (strcmp(plan->todos[i].id, id) == 0)
            return &plan->todos[i];
    return NULL;
}

static const char *slug_of(renamer *r, const char *title)
{
    const char *slug = msched__plan_slug(r->arena, title, strlen(title));
    r->failed |= slug == NULL;
    return slug == NULL ? "" : slug;
}

/* The number of an id of that slug: 1 of the slug itself, 2 of "gym~2"; 0: it is of another one. */
static uint32_t number_of(const char *id, const char *slug)
{
    size_t size = strlen(slug);
    int64_t number;
    if (strncmp(id, slug, size) != 0)
        return 0;
    if (id[size] == '\0')
        return 1;
    id += size;
    return id[0] == '~' && msched__parse_int(id + 1, strlen(id + 1), &number) && number > 1 &&
                   number < 1000000
               ? (uint32_t)number
               : 0;
}

static void add(renamer *r, const char *slug, int step)
{
    for (uint32_t i = 0; i < r->count; i++)
        if (strcmp(r->found[i].slug, slug) == 0)
            return;
    if (r->count < RENAMES_MAX)
        r->found[r->count++] = (renaming){slug, step};
}

/* An item of the previous schedule whose id is now the name of a title other than its own. */
static void compare(renamer *r, const char *id, const char *title, uint32_t guess)
{
    const msched__plan_todo *todo = find_todo(r->plan, id, guess);
    if (todo == NULL || strcmp(todo->title, title) == 0)
        return;
    const char *was = slug_of(r, title);
    if (todo->named && strcmp(todo->id, slug_of(r, todo->title)) == 0) {
        if (strcmp(was, todo->id) != 0)
            add(r, todo->id, -1);
        return;
    }
    if (todo->named || strcmp(was, id) != 0)
        return;
    /* the name of its title is now the id of another to-do */
    for (uint32_t i = 0; i < r->plan->todo_count; i++)
        if (r->plan->todos[i].named && number_of(r->plan->todos[i].id, was) > 1 &&
            strcmp(slug_of(r, r->plan->todos[i].title), was) == 0)
            add(r, was, 1);
}

/* The id in this plan; "": no to-do of it. */
static const char *new_id(renamer *r, const char *id, const char *title)
{
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t number = number_of(id, r->found[i].slug);
        size_t size = strlen(r->found[i].slug);
        if (number == 0)
            continue;
        if (strcmp(slug_of(r, title), r->found[i].slug) != 0)
            return number == 1 && r->found[i].step < 0 ? "" : id;
        number = number + (uint32_t)r->found[i].step;
        char *text = msched__arena_alloc(r->arena, size + 12, 1);
        if (text == NULL) {
            r->failed = 1;
            return id;
        }
        memcpy(text, r->found[i].slug, size + 1);
        if (number > 1)
            snprintf(text + size, 12, "~%u", (unsigned)number);
        return text;
    }
    return id;
}

/* "gym~2@2026-11-24" with another id before the date or number of the occurrence. */
static const char *new_occurrence(renamer *r, const char *id, const char *of, const char *to)
{
    size_t cut = strlen(of), size = strlen(to), rest = strlen(id);
    if (strncmp(id, of, cut) != 0)
        return id;
    rest -= cut;
    char *text = msched__arena_alloc(r->arena, size + rest + 1, 1);
    if (text == NULL) {
        r->failed = 1;
        return id;
    }
    memcpy(text, to, size);
    memcpy(text + size, id + cut, rest + 1);
    return text;
}

static msched_schedule *copy_renamed(renamer *r)
{
    uint32_t count = r->from->entry_count;
    msched_schedule *copy = msched__arena_alloc(r->arena, 1, sizeof *copy);
    msched_schedule_entry *entries = msched__arena_alloc(r->arena, count, sizeof *entries);
    const char **of = msched__arena_alloc(r->arena, count, sizeof *of);
    if (copy == NULL || entries == NULL || of == NULL) {
        r->failed = 1;
        return NULL;
    }
    *copy = *r->from;
    for (uint32_t i = 0; i < count; i++) {
        const msched_schedule_entry *e = &r->from->entries[i];
        entries[i] = *e;
        const char *was = msched__schedule_of(r->from, e);
        of[i] = e->kind == MSCHED_ENTRY_TODO ? new_id(r, was, e->title) : was;
        if (of[i] != was)
            entries[i].id = entries[i].identity = new_occurrence(r, e->id, was, of[i]);
    }
    copy->entries = entries;
    copy->of = of;
    return copy;
}

int msched__previous_renamed(msched__arena *arena, const msched_plan *plan,
                             const msched_schedule *previous, const msched_schedule **out)
{
    renamer r = {.arena = arena, .plan = plan, .from = previous};
    uint32_t named = 0;
    *out = previous;
    for (uint32_t i = 0; i < plan->todo_count; i++)
        named += plan->todos[i].named;
    if (previous == NULL || named == 0)
        return 1;
    for (uint32_t i = 0; i < previous->entry_count; i++) {
        const msched_schedule_entry *e = &previous->entries[i];
        if (e->kind == MSCHED_ENTRY_TODO)
            compare(&r, msched__schedule_of(previous, e), e->title, e->todo);
    }
    for (uint32_t i = 0; i < previous->unplaced_count; i++)
        if (previous->unplaced[i].kind == MSCHED_UNPLACED_TODO)
            compare(&r, previous->unplaced[i].id, previous->unplaced[i].title,
                    previous->unplaced[i].todo);
    if (r.count > 0)
        *out = copy_renamed(&r);
    return !r.failed;
}
