/* The events and to-dos of calendars as to-dos of a plan. */
#include "base/error.h"
#include "base/options.h"
#include "calendar/agenda_data.h"
#include "plan/plan_derive.h"

#include <stdio.h>
#include <string.h>

#define DAY_S    86400
#define ID_BYTES 40

void msched_calendar_use_init(msched_calendar_use *use, uint32_t struct_size)
{
    msched_calendar_use defaults = {.struct_size = sizeof defaults};
    msched__options_init(use, struct_size, &defaults, sizeof defaults);
}

/* Work on one plan. */
typedef struct calendar_adder {
    const msched_plan *plan;
    const msched_agenda *agenda;
    msched_calendar_use *uses; /* one for each calendar */
    char (*ids)[ID_BYTES];     /* of what was added */
    const char **uids;         /* as many */
    uint32_t count;
    msched_plan_builder *builder;
    int32_t day_start_s, day_end_s; /* on the clock */
} calendar_adder;

/*
 * FNV-1a, so that an id is the same on every machine (Fowler, Noll, Vo:
 * http://www.isthe.com/chongo/tech/comp/fnv/).
 */
static uint64_t stable_hash(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return hash;
}

static int is_taken(const calendar_adder *adder, const char *id)
{
    for (uint32_t i = 0; i < adder->count; i++)
        if (strcmp(adder->ids[i], id) == 0)
            return 1;
    for (uint32_t i = 0; i < adder->plan->todo_count; i++)
        if (strcmp(adder->plan->todos[i].id, id) == 0)
            return 1;
    return 0;
}

/*
 * An id that stays the same while the calendar's UID does: "cal-" and a hash, "~2" for its second
 * instance of the day.
 */
static const char *name_item(calendar_adder *adder, const char *uid, const char *title)
{
    char *id = adder->ids[adder->count];
    unsigned long long hash = stable_hash(uid[0] != '\0' ? uid : title);
    snprintf(id, ID_BYTES, "cal-%016llx", hash);
    for (uint32_t n = 2; is_taken(adder, id); n++)
        snprintf(id, ID_BYTES, "cal-%016llx~%u", hash, (unsigned)n);
    return id;
}

static msched_result add_todo(calendar_adder *adder, msched_todo *todo, const char *uid,
                              msched_error *err)
{
    todo->id = name_item(adder, uid, todo->title);
    msched_result result = msched_plan_builder_add_todo(adder->builder, todo, err);
    if (result == MSCHED_OK)
        adder->uids[adder->count++] = uid;
    return result;
}

static int32_t date_offset(const msched_agenda *agenda, const msched_agenda_event *event)
{
    return strcmp(event->date, agenda->date) == 0 ? 0 : DAY_S;
}

/*
 * The time of an entry on the clock of the plan. With a zone its moments tell which of two equal
 * times is meant.
 */
static void set_times(const calendar_adder *adder, const msched_agenda_event *event, int32_t offset,
                      msched_todo *todo)
{
    const msched__axis *axis = &adder->plan->axis;
    int32_t end = event->end_s + offset;
    todo->start_s = event->start_s + offset;
    todo->end_s = end > MSCHED_DAY_END_S ? MSCHED_DAY_END_S : end;
    if (axis->count == 0 || event->all_day)
        return;
    int64_t from = event->start_utc - axis->zero_utc, to = event->end_utc - axis->zero_utc;
    int32_t midnight = msched__axis_real(axis, offset),
            next = msched__axis_real(axis, offset + DAY_S);
    int64_t last = event->end_s == DAY_S ? next : adder->plan->axis_end_s;
    todo->start_s = msched__axis_to_time(axis, from < midnight ? midnight : (int32_t)from);
    todo->end_s = msched__axis_to_end(axis, (int32_t)(to < last ? to : last));
}

static msched_result add_events(calendar_adder *adder, msched_error *err)
{
    msched_result result = MSCHED_OK;
    for (size_t i = 0; i < adder->agenda->event_count && result == MSCHED_OK; i++) {
        const msched_agenda_event *event = &adder->agenda->events[i];
        const msched_calendar_use *use = &adder->uses[event->calendar];
        int32_t offset = date_offset(adder->agenda, event);
        if (!event->busy && !(event->all_day && use->block_all_day))
            continue;
        if (offset > 0 && event->start_s + offset >= adder->day_end_s)
            continue; /* the next date, after the day's end */
        msched_todo todo;
        msched_todo_init(&todo, sizeof todo);
        todo.kind = MSCHED_TODO_EVENT;
        todo.title = event->title;
        todo.music = use->music != 0;
        set_times(adder, event, offset, &todo);
        result = add_todo(adder, &todo, event->uid, err);
    }
    return result;
}

/*
 * The to-dos among what was added that must end before a task; `out` has room for
 * task->after_count.
 */
static uint32_t predecessors(const calendar_adder *adder, const msched_agenda_task *task,
                             const char **out)
{
    uint32_t count = 0;
    for (uint32_t a = 0; a < task->after_count; a++)
        for (uint32_t i = 0; i < adder->agenda->task_count; i++) {
            const msched_agenda_task *other = &adder->agenda->tasks[i];
            if (other != task && strcmp(other->uid, task->after[a]) == 0) {
                for (uint32_t n = 0; n < adder->count; n++)
                    if (strcmp(adder->uids[n], other->uid) == 0 && count < task->after_count)
                        out[count++] = adder->ids[n];
                break;
            }
        }
    return count;
}

static msched_result add_task(calendar_adder *adder, const msched_agenda_task *task,
                              msched_error *err)
{
    const char *after[100];
    msched_todo todo;
    msched_todo_init(&todo, sizeof todo);
    todo.title = task->title;
    todo.duration_s = task->duration_s;
    todo.priority = (uint32_t)task->priority;
    if (task->earliest_s > 0)
        todo.earliest_s = (int32_t)(task->earliest_s > MSCHED_DAY_END_S ? MSCHED_DAY_END_S
                                                                        : task->earliest_s);
    int32_t from = todo.earliest_s != MSCHED_UNSET ? todo.earliest_s : adder->day_start_s;
    if (task->latest_s > from && task->latest_s <= MSCHED_DAY_END_S)
        todo.latest_s = (int32_t)task->latest_s; /* one that is past due has no limit any more */
    int32_t window = (todo.latest_s != MSCHED_UNSET ? todo.latest_s : adder->day_end_s) - from;
    if (window > 0 && todo.duration_s > window && todo.latest_s != MSCHED_UNSET)
        todo.duration_s = window;
    todo.after_count = task->after_count <= 100 ? predecessors(adder, task, after) : 0;
    todo.after = todo.after_count > 0 ? after : NULL;
    return add_todo(adder, &todo, task->uid, err);
}

static msched_result add_tasks(calendar_adder *adder, msched_error *err)
{
    msched_result result = MSCHED_OK;
    /*
     * Those that others wait for first, as far as they come in order: a plan wants every `after` to
     * name a to-do.
     */
    for (size_t i = 0; i < adder->agenda->task_count && result == MSCHED_OK; i++) {
        const msched_agenda_task *task = &adder->agenda->tasks[i];
        if (!adder->uses[task->calendar].no_tasks)
            result = add_task(adder, task, err);
    }
    return result;
}

/* Append the to-dos of `added` to those of a derived plan. */
static msched_result append(msched_plan *to, const msched_plan *added, msched_error *err)
{
    uint32_t before = to->todo_count, count = before + added->todo_count;
    if (count > MSCHED_PLAN_MAX_TODOS)
        return msched__fail(err, MSCHED_ERROR_LIMIT,
                            "the plan and the calendars have %u to-dos: a plan has at most %d",
                            (unsigned)count, MSCHED_PLAN_MAX_TODOS);
    msched__plan_todo *todos = msched__arena_alloc(&to->arena, count, sizeof *todos);
    if (todos == NULL)
        return msched__fail_memory(err);
    if (before > 0)
        memcpy(todos, to->todos, before * sizeof *todos);
    for (uint32_t i = 0; i < added->todo_count; i++) {
        msched__plan_todo *todo = &todos[before + i];
        *todo = added->todos[i]; /* without labels and description: a calendar gives none */
        todo->id = msched__arena_copy(&to->arena, todo->id, strlen(todo->id));
        todo->title = msched__arena_copy(&to->arena, todo->title, strlen(todo->title));
        uint32_t *after = msched__arena_alloc(&to->arena, todo->after_count, sizeof *after);
        const char **names = msched__arena_alloc(&to->arena, todo->after_count, sizeof *names);
        if (todo->id == NULL || todo->title == NULL || after == NULL || names == NULL)
            return msched__fail_memory(err);
        for (uint32_t a = 0; a < todo->after_count; a++) {
            after[a] = todo->after[a] + before;
            names[a] = todos[after[a]].id; /* to-dos come after those that they follow */
        }
        todo->after = after;
        todo->after_ids = names;
    }
    to->todos = todos;
    to->todo_count = count;
    return MSCHED_OK;
}

static msched_result build(msched_plan **out, calendar_adder *adder, msched_error *err)
{
    const msched_plan *plan = adder->plan;
    msched_day day;
    msched_plan *added = NULL;
    msched_day_init(&day, sizeof day);
    msched_plan_get_day(plan, &day);
    day.now_s = MSCHED_UNSET;
    adder->day_start_s = day.start_s;
    adder->day_end_s = day.end_s;
    msched_result result = msched_plan_builder_create(&adder->builder, &day, &plan->arena.allocator,
                                                      err);
    if (result == MSCHED_OK)
        result = add_events(adder, err);
    if (result == MSCHED_OK)
        result = add_tasks(adder, err);
    if (result != MSCHED_OK) {
        msched_plan_builder_free(adder->builder);
        return result;
    }
    result = msched_plan_builder_finish(&added, adder->builder, err);
    if (result == MSCHED_OK)
        result = msched__plan_derive(out, (msched_plan *)plan, err);
    if (result == MSCHED_OK)
        result = append(*out, added, err);
    msched_plan_unref(added);
    if (result != MSCHED_OK) {
        msched_plan_unref(*out);
        *out = NULL;
    }
    return result;
}

static msched_result read_uses(msched_calendar_use *out, const msched_calendar_use *given,
                               uint32_t count, msched_error *err)
{
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0; i < count && result == MSCHED_OK; i++) {
        msched_calendar_use_init(&out[i], sizeof out[i]);
        if (given != NULL) /* an array of the caller's structs, each as long as the first says */
            result = msched__options_read(&out[i], sizeof out[i],
                                          (const char *)given + (size_t)i * given->struct_size,
                                          "uses", err);
    }
    return result;
}

msched_result msched_plan_add_calendars(msched_plan **out, const msched_plan *plan,
                                        msched_calendar *const *calendars, uint32_t count,
                                        const msched_calendar_use *uses, const char *timezone,
                                        msched_agenda **agenda, msched_error *err)
{
    if (agenda != NULL)
        *agenda = NULL;
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (plan == NULL)
        return msched__fail_null(err, "plan");
    msched_agenda_options options;
    msched_agenda *made = NULL;
    msched__arena scratch;
    msched_agenda_options_init(&options, sizeof options);
    options.date = plan->date;
    options.days = plan->day_end_s > msched__axis_real(&plan->axis, DAY_S) ? 2 : 1;
    options.timezone = plan->timezone[0] != '\0' ? plan->timezone : timezone;
    options.allocator = &plan->arena.allocator;
    msched_result result = msched_agenda_make(&made, calendars, count, &options, err);
    if (result != MSCHED_OK)
        return result;
    msched__arena_init(&scratch, &plan->arena.allocator, 0);
    size_t most = made->event_count + made->task_count + 1;
    calendar_adder adder = {.plan = plan, .agenda = made};
    adder.ids = msched__arena_alloc(&scratch, most, sizeof *adder.ids);
    adder.uids = msched__arena_alloc(&scratch, most, sizeof *adder.uids);
    adder.uses = msched__arena_alloc(&scratch, count + (size_t)1, sizeof *adder.uses);
    if (adder.ids == NULL || adder.uids == NULL || adder.uses == NULL)
        result = msched__fail_memory(err);
    if (result == MSCHED_OK)
        result = read_uses(adder.uses, uses, count, err);
    if (result == MSCHED_OK)
        result = build(out, &adder, err);
    msched__arena_reset(&scratch);
    if (result == MSCHED_OK && agenda != NULL)
        *agenda = made;
    else
        msched_agenda_unref(made);
    return result;
}
