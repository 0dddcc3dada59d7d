/* Add the events and to-dos of calendars to a plan as to-dos. */
#include "base/civil.h"
#include "base/error.h"
#include "base/options.h"
#include "calendar/calendar_dates.h"
#include "plan/plan_derive.h"
#include "plan/plan_span_check.h"

#include <stdio.h>
#include <string.h>

#define DAY_S    86400
#define ID_BYTES 40

void msched_calendar_use_init(msched_calendar_use *use, uint32_t struct_size)
{
    msched_calendar_use defaults = {.struct_size = sizeof defaults};
    msched__options_init(use, struct_size, &defaults, sizeof defaults);
}

/* State for a plan. */
typedef struct calendar_adder {
    const msched_plan *plan;
    const msched_agenda *agenda;
    msched_calendar_use *uses; /* one for each calendar */
    char (*ids)[ID_BYTES];     /* of the added to-dos */
    const char **uids;         /* as many */
    uint32_t count;
    msched_plan_builder *builder;
    msched__plan_span *span;        /* of the builder's plan; NULL: a plan of one day */
    int32_t day_start_s, day_end_s; /* on the clock, of the first date */
    msched__calendar_dates dates;
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
 * An id that stays the same while the calendar's UID does: "cal-" and a hash, with the date of an
 * instance if there can be an instance on each date, and "~2" for the second instance of the day.
 */
static const char *name_item(calendar_adder *adder, const char *uid, const char *title,
                             const char *date)
{
    char *id = adder->ids[adder->count], dash[2] = {*date != '\0' ? '-' : '\0', '\0'};
    unsigned long long hash = stable_hash(uid[0] != '\0' ? uid : title);
    snprintf(id, ID_BYTES, "cal-%016llx%s%.10s", hash, dash, date);
    for (uint32_t n = 2; is_taken(adder, id); n++)
        snprintf(id, ID_BYTES, "cal-%016llx%s%.10s~%u", hash, dash, date, (unsigned)n);
    return id;
}

/* `date` as above; the to-do's `item` only in a plan of several days. */
static msched_result add_todo(calendar_adder *adder, msched_todo *todo, const char *uid,
                              const char *date, const msched__span_item *item, msched_error *err)
{
    todo->id = name_item(adder, uid, todo->title, date);
    if (adder->span != NULL)
        adder->span->todos[adder->span->todo_count++] = *item;
    msched_result result = msched_plan_builder_add_todo(adder->builder, todo, err);
    if (result == MSCHED_OK)
        adder->uids[adder->count++] = uid;
    return result;
}

/* In a plan of several days, an event is on the single date of its instance. */
static msched_result add_event(calendar_adder *adder, const msched_agenda_event *event,
                               msched_todo *todo, uint32_t day, msched_error *err)
{
    char date[16] = "";
    msched__span_item item = msched__span_any_date(adder->dates.days);
    if (adder->span == NULL)
        return add_todo(adder, todo, event->uid, date, NULL, err);
    msched__date_write(adder->plan->date_days + day, date);
    msched__arena *arena = &adder->builder->plan->arena;
    const char **names = msched__arena_alloc(arena, 1, sizeof *names);
    if (names == NULL || (names[0] = msched__arena_copy(arena, date, strlen(date))) == NULL)
        return msched__fail_memory(err);
    item.on = (msched__span_names){names, 1};
    item.dates = 1u << day;
    return add_todo(adder, todo, event->uid, date, &item, err);
}

static msched_result add_events(calendar_adder *adder, msched_error *err)
{
    msched_result result = MSCHED_OK;
    for (size_t i = 0; i < adder->agenda->event_count && result == MSCHED_OK; i++) {
        const msched_agenda_event *event = &adder->agenda->events[i];
        const msched_calendar_use *use = &adder->uses[event->calendar];
        int32_t times[2];
        uint32_t day;
        if (!event->busy && !(event->all_day && use->block_all_day))
            continue;
        if (!msched__calendar_place(&adder->dates, event, &day, times))
            continue;
        msched_todo todo;
        msched_todo_init(&todo, sizeof todo);
        todo.kind = MSCHED_TODO_EVENT;
        todo.title = event->title;
        todo.music = use->music != 0;
        todo.start_s = times[0];
        todo.end_s = times[1];
        result = add_event(adder, event, &todo, day, err);
    }
    return result;
}

/* The added to-dos that must end before a task; `out` has task->after_count elements. */
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

/* The ids of a recurring to-do's instances contain their dates. */
static void date_of_task(const calendar_adder *adder, const msched_agenda_task *task, char text[16])
{
    uint32_t same = 0;
    text[0] = '\0';
    if (adder->span == NULL || task->uid[0] == '\0' || task->earliest_s == INT64_MIN)
        return;
    for (uint32_t i = 0; i < adder->agenda->task_count && same < 2; i++)
        same += strcmp(adder->agenda->tasks[i].uid, task->uid) == 0;
    if (same > 1)
        msched__date_write(adder->plan->date_days + msched__days_of(task->earliest_s), text);
}

/* A moment of the agenda in a plan of several days. */
static int32_t moment_of(const calendar_adder *adder, int64_t seconds)
{
    int64_t day = msched__days_of(seconds);
    return msched__span_moment(adder->plan->date_days, adder->plan->date_days + day,
                               (int32_t)(seconds - day * DAY_S));
}

/* The window of a task: times of the plan's day or, in a plan of several days, dates with times. */
static void set_window(const calendar_adder *adder, const msched_agenda_task *task,
                       msched_todo *todo, msched__span_item *item)
{
    int is_span = adder->span != NULL;
    int64_t most = is_span ? INT64_MAX - 1 : MSCHED_DAY_END_S, from = adder->day_start_s,
            to = is_span ? INT64_MAX : adder->day_end_s;
    if (task->earliest_s > 0)
        from = task->earliest_s > most ? most : task->earliest_s;
    if (is_span && task->earliest_s > 0)
        item->release_s = moment_of(adder, from);
    else if (task->earliest_s > 0)
        todo->earliest_s = (int32_t)from;
    if (task->latest_s <= 0) { /* it is late in any case, and nothing may displace it */
        todo->priority = 1;
        item->due_s = moment_of(adder, task->latest_s);
    }
    if (task->latest_s <= from || task->latest_s > most)
        return; /* a to-do that is past due has no limit any more */
    to = task->latest_s;
    if (is_span)
        item->due_s = moment_of(adder, to);
    else
        todo->latest_s = (int32_t)to;
    if (todo->duration_s > to - from)
        todo->duration_s = (int32_t)(to - from);
}

static msched_result add_task(calendar_adder *adder, const msched_agenda_task *task,
                              msched_error *err)
{
    const char *after[100];
    char date[16];
    msched_todo todo;
    msched__span_item item = msched__span_any_date(adder->dates.days);
    uint32_t most = adder->span != NULL ? MSCHED__SPAN_AFTER_MAX : 100;
    msched_todo_init(&todo, sizeof todo);
    todo.title = task->title;
    todo.duration_s = task->duration_s;
    todo.priority = (uint32_t)task->priority;
    set_window(adder, task, &todo, &item);
    todo.after_count = task->after_count <= most ? predecessors(adder, task, after) : 0;
    todo.after = todo.after_count > 0 ? after : NULL;
    date_of_task(adder, task, date);
    return add_todo(adder, &todo, task->uid, date, &item, err);
}

static msched_result add_tasks(calendar_adder *adder, msched_error *err)
{
    msched_result result = MSCHED_OK;
    /*
     * Add predecessors first, as far as the order allows, because every `after` of a plan must name
     * a to-do.
     */
    for (size_t i = 0; i < adder->agenda->task_count && result == MSCHED_OK; i++) {
        const msched_agenda_task *task = &adder->agenda->tasks[i];
        int64_t end = (int64_t)(adder->dates.days - 1) * DAY_S + adder->dates.end_s;
        if (adder->dates.end_s > DAY_S && task->earliest_s >= end)
            continue; /* the next date, after the last day's end */
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
                            "the plan and the calendars have %u to-dos, but the limit is %d",
                            (unsigned)count, MSCHED_PLAN_MAX_TODOS);
    msched__plan_todo *todos = msched__arena_alloc(&to->arena, count, sizeof *todos);
    if (todos == NULL)
        return msched__fail_memory(err);
    if (before > 0)
        memcpy(todos, to->todos, before * sizeof *todos);
    for (uint32_t i = 0; i < added->todo_count; i++) {
        msched__plan_todo *todo = &todos[before + i];
        *todo = added->todos[i]; /* without labels and description, absent in calendars */
        todo->id = msched__arena_copy(&to->arena, todo->id, strlen(todo->id));
        todo->title = msched__arena_copy(&to->arena, todo->title, strlen(todo->title));
        uint32_t *after = msched__arena_alloc(&to->arena, todo->after_count, sizeof *after);
        const char **names = msched__arena_alloc(&to->arena, todo->after_count, sizeof *names);
        if (todo->id == NULL || todo->title == NULL || after == NULL || names == NULL)
            return msched__fail_memory(err);
        for (uint32_t a = 0; a < todo->after_count; a++) {
            after[a] = todo->after[a] + before;
            names[a] = todos[after[a]].id; /* to-dos come after their predecessors */
        }
        todo->after = after;
        todo->after_ids = names;
    }
    to->todos = todos;
    to->todo_count = count;
    return MSCHED_OK;
}

/* The same for their dates. */
static msched_result append_items(msched_plan *to, const msched__plan_span *added,
                                  msched_error *err)
{
    msched__span_problem problem;
    msched__plan_span *span = msched__plan_own_span(to, added->todo_count, 0);
    if (span == NULL)
        return msched__fail_memory(err);
    for (uint32_t i = 0; i < added->todo_count; i++) {
        msched__span_item *item = &span->todos[span->todo_count++];
        *item = added->todos[i];
        if (item->on.count == 0)
            continue;
        const char **names = msched__arena_alloc(&to->arena, 1, sizeof *names);
        const char *name = item->on.names[0]; /* an event has a single date */
        if (names == NULL ||
            (names[0] = msched__arena_copy(&to->arena, name, strlen(name))) == NULL)
            return msched__fail_memory(err);
        item->on.names = names;
    }
    msched_result result = msched__span_finish(to, span, &problem, err);
    return result == MSCHED_OK || result == MSCHED_ERROR_MEMORY
               ? result
               : msched__fail(err, result, "%s", problem.text);
}

/* A builder for the added to-dos, with the dates of the plan. */
static msched_result begin(calendar_adder *adder, msched_error *err)
{
    const msched_plan *plan = adder->plan;
    msched_day day;
    msched_day_init(&day, sizeof day);
    msched_plan_get_day(plan, &day);
    day.now_s = MSCHED_UNSET;
    day.days = 0;
    adder->day_start_s = day.start_s;
    adder->day_end_s = day.end_s;
    msched_result result = msched_plan_builder_create(&adder->builder, &day, &plan->arena.allocator,
                                                      err);
    if (result != MSCHED_OK || plan->span == NULL)
        return result;
    adder->day_start_s = msched__plain_time(plan->span->start_s[0]);
    msched__span_size size = {
        .days = plan->span->days,
        .todos = (uint32_t)(adder->agenda->event_count + adder->agenda->task_count)};
    return msched__span_begin(adder->builder, &day, size, &adder->span, err);
}

static msched_result build(msched_plan **out, calendar_adder *adder, msched_error *err)
{
    const msched_plan *plan = adder->plan;
    msched_plan *added = NULL;
    msched_result result = begin(adder, err);
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
    if (result == MSCHED_OK && plan->span != NULL)
        result = append_items(*out, adder->span, err);
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
        if (given != NULL) /* the caller's structs, each of the size in the first */
            result = msched__options_read(&out[i], sizeof out[i],
                                          (const char *)given + (size_t)i * given->struct_size,
                                          "uses", err);
    }
    return result;
}

/*
 * The agenda of the calendars for the dates of the plan, and for the next date if the last one ends
 * on it.
 */
static msched_result make_agenda(msched_agenda **out, const calendar_adder *adder,
                                 msched_calendar *const *calendars, uint32_t count,
                                 const char *timezone, msched_error *err)
{
    const msched_plan *plan = adder->plan;
    msched_agenda_options options;
    msched_agenda_options_init(&options, sizeof options);
    options.date = plan->date;
    options.days = adder->dates.days + (adder->dates.end_s > DAY_S);
    options.timezone = plan->timezone[0] != '\0' ? plan->timezone : timezone;
    options.allocator = &plan->arena.allocator;
    return msched_agenda_make(out, calendars, count, &options, err);
}

static msched_result add_agenda(msched_plan **out, calendar_adder *adder, uint32_t count,
                                const msched_calendar_use *uses, msched__arena *scratch,
                                msched_error *err)
{
    size_t most = adder->agenda->event_count + adder->agenda->task_count + 1;
    adder->ids = msched__arena_alloc(scratch, most, sizeof *adder->ids);
    adder->uids = msched__arena_alloc(scratch, most, sizeof *adder->uids);
    adder->uses = msched__arena_alloc(scratch, count + (size_t)1, sizeof *adder->uses);
    if (adder->ids == NULL || adder->uids == NULL || adder->uses == NULL)
        return msched__fail_memory(err);
    msched_result result = read_uses(adder->uses, uses, count, err);
    return result == MSCHED_OK ? build(out, adder, err) : result;
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
    msched_agenda *made = NULL;
    msched__arena scratch;
    calendar_adder adder = {.plan = plan};
    msched__arena_init(&scratch, &plan->arena.allocator, 0);
    msched_result result = msched__calendar_dates_make(&adder.dates, plan, &scratch);
    if (result == MSCHED_OK)
        result = make_agenda(&made, &adder, calendars, count, timezone, err);
    else
        result = msched__fail_memory(err);
    adder.agenda = made;
    if (result == MSCHED_OK)
        result = add_agenda(out, &adder, count, uses, &scratch, err);
    msched__arena_reset(&scratch);
    if (result == MSCHED_OK && agenda != NULL)
        *agenda = made;
    else
        msched_agenda_unref(made);
    return result;
}
