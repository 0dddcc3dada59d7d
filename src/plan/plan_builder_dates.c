/* Plans of several dates by the builder: which dates there are, and which an item may be on. */

#include "plan/plan_builder_dates.h"

#include "base/alloc.h"
#include "base/civil.h"
#include "base/options.h"
#include "format/recurrence.h"
#include "plan/plan_occurrence.h"
#include "plan/plan_refuse.h"
#include "plan/plan_rule.h"
#include "plan/plan_span_check.h"

#include <musicsched/dates.h>

#include <stdio.h>
#include <string.h>

#define DAY_S 86400

void msched_dates_init(msched_dates *dates, uint32_t struct_size)
{
    const msched_dates defaults = {
        .release_s = MSCHED_UNSET, .due_s = MSCHED_UNSET, .max_per_day_s = MSCHED_UNSET};
    msched__options_init(dates, struct_size, &defaults, sizeof defaults);
}

void msched_day_exception_init(msched_day_exception *exception, uint32_t struct_size)
{
    const msched_day_exception defaults = {.start_s = MSCHED_UNSET, .end_s = MSCHED_UNSET};
    msched__options_init(exception, struct_size, &defaults, sizeof defaults);
}

msched_result msched__builder_begin_days(msched_plan_builder *builder, const msched_day *day,
                                         msched_error *err)
{
    msched__plan_span *span = NULL;
    msched_result result = msched__span_begin(builder, day, (msched__span_size){.days = day->days},
                                              &span, err);
    if (result != MSCHED_OK)
        return result;
    span->now_s = day->now_s;
    span->max_tasks_s = day->max_tasks_s;
    builder->usual = (msched__span_exception){.start_s = day->start_s, .end_s = day->end_s};
    builder->is_dated = 1;
    builder->rule_budget = MSCHED__RULE_BUDGET;
    return MSCHED_OK;
}

/* Room for one more item in an array of the plan's arena. NULL when out of memory. */
static void *with_room(msched_plan *plan, void *items, uint32_t count, size_t size)
{
    /* a power of two is full: the array that takes its place has twice the room */
    if (count > 0 && (count & (count - 1)) != 0)
        return items;
    void *more = msched__arena_alloc(&plan->arena, count == 0 ? 1 : 2 * (size_t)count, size);
    if (more != NULL && count > 0)
        memcpy(more, items, count * size);
    return more;
}

msched_result msched__builder_date_todo(msched_plan_builder *builder, msched_todo *todo,
                                        msched_error *err)
{
    msched__plan_span *span = builder->span;
    if (!builder->is_dated)
        return MSCHED_OK;
    span->todos = with_room(builder->plan, span->todos, span->todo_count, sizeof *span->todos);
    if (span->todos == NULL)
        return msched__fail_memory(err);
    msched__span_item *item = &span->todos[span->todo_count];
    *item = msched__span_any_date(span->days);
    return msched__span_keep_before(builder, todo, item, err);
}

msched_result msched__builder_date_song(msched_plan_builder *builder, const msched_song *song,
                                        msched_error *err)
{
    msched__plan_span *span = builder->span;
    if (!builder->is_dated)
        return MSCHED_OK;
    span->songs = with_room(builder->plan, span->songs, span->song_count, sizeof *span->songs);
    if (span->songs == NULL)
        return msched__fail_memory(err);
    span->songs[span->song_count] = msched__span_any_date(span->days);
    span->songs[span->song_count].times = song->times == 0 ? 1 : song->times;
    return MSCHED_OK;
}

/* The id of a to-do, for messages; NULL: it has none. */
static const char *id_of(const msched_plan_builder *builder, msched__plan_fault fault)
{
    return fault.part == MSCHED__PART_TODO ? builder->todos[fault.index].id : NULL;
}

/* Copies of names of dates, and the dates that they mean; without names, all. */
static msched_result take_names(msched_plan_builder *builder, msched__plan_fault fault,
                                const char *const *on, uint32_t count, msched__span_names *out,
                                uint32_t *dates, msched_error *err)
{
    msched_plan *plan = builder->plan;
    fault.key = "on";
    *dates = MSCHED__SPAN_ALL_DATES >> (31 - builder->span->days);
    *out = (msched__span_names){NULL, 0};
    if (count == 0)
        return MSCHED_OK;
    if (on == NULL || count > MSCHED__SPAN_NAMES_MAX)
        return msched__plan_refuse(builder, fault, id_of(builder, fault), MSCHED_ERROR_LIMIT, err,
                                   "must be up to %d names", MSCHED__SPAN_NAMES_MAX);
    const char **names = msched__arena_alloc(&plan->arena, count, sizeof *names);
    if (names == NULL)
        return msched__fail_memory(err);
    *dates = 0;
    for (uint32_t i = 0; i < count; i++) {
        int known = 0;
        msched_result result = msched__plan_check_text(builder, fault, id_of(builder, fault), on[i],
                                                       10, 1, err);
        if (result != MSCHED_OK)
            return result;
        *dates |= msched__span_named(plan->date_days, builder->span->days, on[i], &known);
        if (!known)
            return msched__plan_refuse(builder, fault, id_of(builder, fault), MSCHED_ERROR_VALUE,
                                       err,
                                       "\"%s\" is not a date: write mon, tue, wed, thu, fri, sat, "
                                       "sun or YYYY-MM-DD",
                                       on[i]);
        if ((names[i] = msched__arena_copy(&plan->arena, on[i], strlen(on[i]))) == NULL)
            return msched__fail_memory(err);
    }
    *out = (msched__span_names){names, count};
    return MSCHED_OK;
}

/* Copies of occurrences; the first one gives the size of the caller's structs. */
static msched_result take_occurrences(msched_plan_builder *builder, msched__plan_fault fault,
                                      const msched_dates *dates, msched__span_item *item,
                                      msched_error *err)
{
    msched__arena *arena = &builder->plan->arena;
    const unsigned char *at = (const unsigned char *)dates->occurrences;
    uint32_t count = at == NULL ? 0 : dates->occurrence_count;
    fault.key = "occurrences";
    if (count > MSCHED__SPAN_NAMES_MAX)
        return msched__plan_refuse(builder, fault, id_of(builder, fault), MSCHED_ERROR_LIMIT, err,
                                   "must be up to %d", MSCHED__SPAN_NAMES_MAX);
    msched_occurrence *list = msched__arena_alloc(arena, count, sizeof *list);
    if (list == NULL)
        return msched__fail_memory(err);
    for (uint32_t i = 0; i < count; i++, at += dates->occurrences->struct_size) {
        msched_occurrence known;
        msched_occurrence_init(&known, sizeof known);
        msched_result result = msched__options_read(&known, sizeof known, at, "occurrence", err);
        if (result != MSCHED_OK)
            return result;
        char *date = msched__arena_alloc(arena, 11, 1);
        if (date == NULL)
            return msched__fail_memory(err);
        const char *problem = msched__occurrence_read(builder->plan->date_days, builder->span->days,
                                                      &known, date);
        if (problem == NULL && msched__occurrence_is_again(list, item->occurrence_count, &known))
            problem = MSCHED__OCCURRENCE_AGAIN;
        if (problem != NULL)
            return msched__plan_refuse(builder, fault, id_of(builder, fault), MSCHED_ERROR_VALUE,
                                       err, "%s", problem);
        item->occurrence_count = msched__occurrence_insert(list, item->occurrence_count, &known);
    }
    item->occurrences = item->occurrence_count == 0 ? NULL : list;
    return MSCHED_OK;
}

/* Check a rule and its other values. Returns the problem, or NULL. */
static const char *bad_rule(uint32_t dated, const msched_dates *dates)
{
    if (dates->rrule == NULL)
        return dates->rrule_from == NULL ? NULL : "rrule_from needs a rule: set rrule, too";
    if (dated != MSCHED_DATED_TODO)
        return "only a to-do can have a rule";
    if (dates->on_count > 0)
        return "rrule already gives the dates: remove on";
    if (!msched__recurrence_available())
        return MSCHED__RECURRENCE_MISSING ": list the dates in on";
    return NULL;
}

/* The dates of a rule. */
static msched_result take_rule(msched_plan_builder *builder, msched__plan_fault fault,
                               const msched_dates *dates, msched__span_item *item,
                               msched_error *err)
{
    const msched__given_rule given = {dates->rrule, dates->rrule_from, builder->span->days,
                                      &builder->rule_budget};
    msched__rule_fault wrong;
    const msched_result result = msched__rule_read(builder->plan, &given, item, &wrong);
    if (result == MSCHED_ERROR_MEMORY)
        return msched__fail_memory(err);
    if (result != MSCHED_OK) {
        fault.key = wrong.is_of_start ? "rrule_from" : "rrule";
        return msched__plan_refuse(builder, fault, id_of(builder, fault), result, err, "%s",
                                   wrong.text);
    }
    if (dates->times == 0)
        item->each = builder->todos[fault.index].kind != MSCHED_TODO_EVENT;
    return MSCHED_OK;
}

static msched_result need_days(const msched_plan_builder *builder, msched_error *err)
{
    if (builder->is_dated)
        return MSCHED_OK;
    return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                        "the plan covers one day: set days of msched_day");
}

msched_result msched_plan_builder_add_exception(msched_plan_builder *builder,
                                                const msched_day_exception *exception,
                                                msched_error *err)
{
    if (builder == NULL)
        return msched__fail_null(err, "builder");
    if (exception == NULL)
        return msched__fail_null(err, "exception");
    msched_day_exception known;
    msched_day_exception_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, exception, "exception", err);
    if (result == MSCHED_OK)
        result = need_days(builder, err);
    if (result != MSCHED_OK)
        return result;
    msched__plan_span *span = builder->span;
    const msched__plan_fault fault = builder->fault =
        (msched__plan_fault){MSCHED__PART_DAY, span->exception_count, "exceptions"};
    if (span->exception_count >= MSCHED__SPAN_NAMES_MAX || known.on_count == 0 || known.off > 1)
        return msched__plan_refuse(builder, fault, NULL, MSCHED_ERROR_VALUE, err,
                                   "needs dates, and off as 0 or 1; a plan has at most %d",
                                   MSCHED__SPAN_NAMES_MAX);
    const msched_day usual = {.start_s = builder->usual.start_s, .end_s = builder->usual.end_s};
    msched__span_exception *list = with_room(builder->plan,
                                             (msched__span_exception *)span->exceptions,
                                             span->exception_count, sizeof *list);
    if (list == NULL)
        return msched__fail_memory(err);
    span->exceptions = list;
    msched__span_exception *to = &list[span->exception_count];
    *to = (msched__span_exception){
        .start_s = known.start_s, .end_s = known.end_s, .off = (uint8_t)known.off};
    uint32_t dates;
    result = take_names(builder, fault, known.on, known.on_count, &to->on, &dates, err);
    if (result != MSCHED_OK)
        return result;
    int32_t start = to->start_s == MSCHED_UNSET ? usual.start_s : to->start_s,
            end = to->end_s == MSCHED_UNSET ? usual.end_s : to->end_s;
    if (!to->off && (start < 0 || msched__plain_time(start) >= msched__plain_time(end) ||
                     msched__plain_time(end) > MSCHED_DAY_END_S))
        return msched__plan_refuse(builder, fault, NULL, MSCHED_ERROR_VALUE, err,
                                   "must start before they end, within 0 to %d (36:00)",
                                   MSCHED_DAY_END_S);
    msched__span_set_windows(span, dates, to, &usual);
    span->exception_count++;
    return MSCHED_OK;
}

/* Values by themselves; NULL: they are right. */
static const char *bad_value(uint32_t dated, const msched_dates *dates)
{
    int32_t most = MSCHED_PLAN_MAX_DAYS, far = MSCHED__SPAN_FAR_DAYS * DAY_S;
    if (dates->each > 1 || dates->apart_days > (uint32_t)most ||
        dates->times > (uint32_t)(dated == MSCHED_DATED_SONG ? MSCHED_PLAN_MAX_TIMES : most))
        return "each must be 0 or 1, and times and apart_days at most 31";
    if (dates->each == 1 && dates->times > 1)
        return "times and each cannot be combined";
    if (dates->release_s > far || dates->release_s < -far || dates->due_s > far ||
        dates->due_s < -far || dates->max_per_day_s < MSCHED_UNSET || dates->max_per_day_s == 0 ||
        dates->max_per_day_s > MSCHED_DAY_END_S)
        return "release_s, due_s or max_per_day_s is out of range";
    int only_on = dated == MSCHED_DATED_FILL && (dates->times > 1 || dates->each == 1);
    if (dated != MSCHED_DATED_TODO &&
        (only_on || dates->apart_days > 1 || dates->release_s != MSCHED_UNSET ||
         dates->due_s != MSCHED_UNSET || dates->max_per_day_s != MSCHED_UNSET ||
         dates->occurrence_count > 0))
        return dated == MSCHED_DATED_FILL ? "a fill has only on" : "a song has only on and times";
    return NULL;
}

static const char *item_problem(const msched_plan_builder *builder, uint32_t index,
                                const msched__span_item *item)
{
    const msched__plan_todo *todo = &builder->todos[index];
    msched_todo plain;
    msched_todo_init(&plain, sizeof plain);
    plain.kind = todo->kind;
    plain.duration_s = todo->duration_s;
    plain.split_min_s = todo->split_min_s;
    plain.state = todo->state;
    plain.started_s = todo->started_s;
    plain.ended_s = todo->ended_s;
    plain.left_s = todo->left_s;
    return msched__span_item_problem(builder->span, &plain, item);
}

static msched_result refuse_item(msched_plan_builder *builder, msched__plan_fault fault,
                                 msched_result code, const char *text, msched_error *err)
{
    return msched__plan_refuse(builder, fault, id_of(builder, fault), code, err, "%s", text);
}

msched_result msched_plan_builder_set_dates(msched_plan_builder *builder, uint32_t dated,
                                            uint32_t index, const msched_dates *dates,
                                            msched_error *err)
{
    static const enum msched__plan_part parts[] = {MSCHED__PART_TODO, MSCHED__PART_SONG,
                                                   MSCHED__PART_FILL};
    if (builder == NULL)
        return msched__fail_null(err, "builder");
    if (dates == NULL)
        return msched__fail_null(err, "dates");
    msched_dates known;
    msched_dates_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, dates, "dates", err);
    if (result == MSCHED_OK)
        result = need_days(builder, err);
    if (result != MSCHED_OK)
        return result;
    msched__plan_span *span = builder->span;
    const uint32_t counts[] = {span->todo_count, span->song_count,
                               1 + builder->plan->more_fill_count};
    if (dated > MSCHED_DATED_FILL || index >= counts[dated])
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "the plan has no such item yet: add it");
    const msched__plan_fault fault = builder->fault = (msched__plan_fault){parts[dated], index,
                                                                           NULL};
    const char *problem = bad_value(dated, &known);
    if (problem == NULL)
        problem = bad_rule(dated, &known);
    if (problem != NULL)
        return refuse_item(builder, fault, MSCHED_ERROR_VALUE, problem, err);
    msched__span_item item = dated == MSCHED_DATED_SONG ? span->songs[index]
                                                        : msched__span_any_date(span->days);
    if (dated == MSCHED_DATED_TODO) {
        item.before = span->todos[index].before;
        item.release_s = known.release_s;
        item.due_s = known.due_s;
        item.max_per_day_s = known.max_per_day_s;
    }
    item.each = (uint8_t)known.each;
    item.times = known.times > 0 ? known.times : known.each ? 1 : item.times;
    item.apart_days = known.apart_days > 0 ? (int32_t)known.apart_days : 1;
    result = known.rrule != NULL
                 ? take_rule(builder, fault, &known, &item, err)
                 : take_names(builder, fault, known.on, known.on_count, &item.on, &item.dates, err);
    if (result == MSCHED_OK)
        result = take_occurrences(builder, fault, &known, &item, err);
    if (result != MSCHED_OK)
        return result;
    problem = dated == MSCHED_DATED_TODO ? item_problem(builder, index, &item) : NULL;
    if (problem != NULL)
        return refuse_item(builder, fault, MSCHED_ERROR_VALUE, problem, err);
    if (dated == MSCHED_DATED_TODO)
        span->todos[index] = item;
    else if (dated == MSCHED_DATED_FILL)
        span->fills[index] = (msched__span_fill){item.on, item.dates};
    else
        builder->songs[index].times = (span->songs[index] = item).times;
    return MSCHED_OK;
}

msched_result msched__builder_check_dates(msched_plan_builder *builder, msched_error *err)
{
    msched__plan_span *span = builder->span;
    uint32_t overlap = msched__span_overlap(span);
    if (overlap > 0)
        return msched__fail(err, MSCHED_ERROR_VALUE,
                            "the window of date %u of the plan begins before the previous window "
                            "ends: shorten one of them",
                            (unsigned)overlap);
    for (uint32_t i = 0; i < span->todo_count; i++) {
        const char *problem = item_problem(builder, i, &span->todos[i]);
        if (problem != NULL)
            return refuse_item(builder, (msched__plan_fault){MSCHED__PART_TODO, i, NULL},
                               MSCHED_ERROR_VALUE, problem, err);
    }
    msched__span_problem problem;
    msched_result result = msched__span_finish(builder->plan, span, &problem, err);
    if (result == MSCHED_OK || result == MSCHED_ERROR_MEMORY)
        return result;
    if (problem.place == MSCHED__SPAN_PLACE_TODO)
        return refuse_item(builder, (msched__plan_fault){MSCHED__PART_TODO, problem.todo, NULL},
                           result, problem.text, err);
    return msched__fail(err, result, "%s%s",
                        problem.place == MSCHED__SPAN_PLACE_TODOS ? "the plan " : "", problem.text);
}

msched_result msched_plan_get_dates(const msched_plan *plan, uint32_t dated, uint32_t index,
                                    msched_dates *dates)
{
    if (plan == NULL || dated > MSCHED_DATED_FILL)
        return MSCHED_ERROR_ARGUMENT;
    const uint32_t counts[] = {plan->todo_count, plan->song_count, 1 + plan->more_fill_count};
    if (index >= counts[dated])
        return MSCHED_ERROR_ARGUMENT;
    msched__span_item item = msched__span_any_date(1);
    if (plan->span == NULL)
        item.times = dated == MSCHED_DATED_SONG ? plan->songs[index].times : 1;
    else if (dated == MSCHED_DATED_FILL)
        item.on = plan->span->fills[index].on;
    else
        item = dated == MSCHED_DATED_TODO ? plan->span->todos[index] : plan->span->songs[index];
    const int is_todo = dated == MSCHED_DATED_TODO;
    const msched_dates ours = {.on_count = item.on.count,
                               .on = item.on.count == 0 ? NULL : item.on.names,
                               .times = item.times,
                               .each = item.each,
                               .apart_days = (uint32_t)item.apart_days,
                               .release_s = is_todo ? item.release_s : MSCHED_UNSET,
                               .due_s = is_todo ? item.due_s : MSCHED_UNSET,
                               .max_per_day_s = is_todo ? item.max_per_day_s : MSCHED_UNSET,
                               .occurrences = is_todo ? item.occurrences : NULL,
                               .occurrence_count = is_todo ? item.occurrence_count : 0};
    return msched__options_write(dates, &ours, sizeof ours);
}

uint32_t msched_plan_exception_count(const msched_plan *plan)
{
    return plan == NULL || plan->span == NULL ? 0 : plan->span->exception_count;
}

msched_result msched_plan_get_exception(const msched_plan *plan, uint32_t index,
                                        msched_day_exception *exception)
{
    if (index >= msched_plan_exception_count(plan))
        return MSCHED_ERROR_ARGUMENT;
    const msched__span_exception *x = &plan->span->exceptions[index];
    const msched_day_exception ours = {.off = x->off,
                                       .start_s = x->start_s,
                                       .end_s = x->end_s,
                                       .on_count = x->on.count,
                                       .on = x->on.names};
    return msched__options_write(exception, &ours, sizeof ours);
}
