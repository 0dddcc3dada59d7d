/* Plans of several dates in JSON: which dates, and what may be on them. */
#include "plan/json/plan_json_span.h"

#include "base/alloc.h"
#include "base/civil.h"
#include "plan/json/plan_json_rule.h"
#include "plan/plan_occurrence.h"
#include "plan/plan_span_check.h"

#include <string.h>

typedef msched__json_reader reader;
typedef msched__json_node node;

static msched_result refuse_without_days(reader *in, const node *member)
{
    return msched__json_fail(member, MSCHED_ERROR_VALUE, in->err,
                             "\"%s\" is only for plans of several days: write \"days\", too",
                             member->key);
}

/* "on": names of weekdays and dates; *dates receives the dates, or all if the member is missing. */
static msched_result read_on(reader *in, const node *member, msched__span_names *out,
                             uint32_t *dates)
{
    *out = (msched__span_names){NULL, 0};
    *dates = MSCHED__SPAN_ALL_DATES >> (31 - in->span->days);
    if (member->value == NULL)
        return MSCHED_OK;
    msched_plan *plan = in->builder->plan;
    msched_result result = msched__json_array(member, MSCHED__SPAN_NAMES_MAX, in->err);
    if (result != MSCHED_OK)
        return result;
    size_t count = msched__json_count(member);
    const char **names = msched__arena_alloc(&plan->arena, count, sizeof *names);
    if (names == NULL)
        return msched__fail_memory(in->err);
    *dates = 0;
    node item;
    int more = msched__json_first(member, &item), known = 1;
    for (size_t i = 0; more; i++, more = msched__json_next(&item)) {
        const char *name = "";
        if ((result = msched__json_string(&item, &name, in->err)) != MSCHED_OK)
            return result;
        *dates |= msched__span_named(plan->date_days, in->span->days, name, &known);
        if (!known)
            return msched__json_fail(&item, MSCHED_ERROR_VALUE, in->err,
                                     "\"%.40s\" is not a date: write mon, tue, wed, thu, fri, sat, "
                                     "sun or YYYY-MM-DD",
                                     name);
        if ((names[i] = msched__arena_copy(&plan->arena, name, strlen(name))) == NULL)
            return msched__fail_memory(in->err);
    }
    *out = (msched__span_names){names, (uint32_t)count};
    return MSCHED_OK;
}

/* "2026-11-27T17:00" or "2026-11-27", in seconds from midnight of the first date. */
static msched_result read_moment(reader *in, const node *member, int32_t *out)
{
    const char *text = "";
    msched__date date;
    int32_t time = 0;
    if (member->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_string(member, &text, in->err);
    if (result != MSCHED_OK)
        return result;
    size_t size = strlen(text);
    if (size < 10 || !msched__date_parse(text, 10, &date) ||
        (size > 10 && (text[10] != 'T' || !msched__time_parse(text + 11, size - 11, &time))))
        return msched__json_fail(member, MSCHED_ERROR_VALUE, in->err,
                                 "\"%.40s\" is not a date and time: write YYYY-MM-DDTHH:MM", text);
    *out = msched__span_moment(in->builder->plan->date_days, msched__date_to_days(date), time);
    return MSCHED_OK;
}

/* "each", or a number of occurrences; *times does not change if the member is missing. */
static msched_result read_times(reader *in, const node *member, uint32_t most, uint32_t *times,
                                uint8_t *each)
{
    const char *word = "";
    if (member->value == NULL || member->value->type != MSCHED__JSON_STRING)
        return msched__plan_read_uint(member, 1, most, times, in->err);
    msched_result result = msched__json_string(member, &word, in->err);
    if (result != MSCHED_OK)
        return result;
    if (strcmp(word, "each") != 0)
        return msched__json_fail(member, MSCHED_ERROR_VALUE, in->err,
                                 "must be a number, or \"each\" for one on every date");
    *each = 1;
    return MSCHED_OK;
}

static msched_result read_exception(reader *in, const node *object, const msched_day *day,
                                    msched__span_exception *out)
{
    enum { ON, START, END, OFF, KEYS };
    static const char *const keys[KEYS + 1] = {"on", "start", "end", "off", NULL};
    node members[KEYS];
    uint32_t dates, off = 0;
    *out = (msched__span_exception){.start_s = MSCHED_UNSET, .end_s = MSCHED_UNSET};
    msched_result result = msched__json_object(object, keys, members, in->err);
    if (result == MSCHED_OK && members[ON].value == NULL)
        return msched__json_fail(object, MSCHED_ERROR_VALUE, in->err,
                                 "needs \"on\": the dates that are different");
    if (result == MSCHED_OK)
        result = read_on(in, &members[ON], &out->on, &dates);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[START], &out->start_s, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[END], &out->end_s, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_bool(&members[OFF], &off, in->err);
    if (result != MSCHED_OK)
        return result;
    out->off = (uint8_t)off;
    int32_t start = out->start_s == MSCHED_UNSET ? day->start_s : out->start_s,
            end = out->end_s == MSCHED_UNSET ? day->end_s : out->end_s;
    if (!off && msched__plain_time(start) >= msched__plain_time(end))
        return msched__json_fail(
            object, MSCHED_ERROR_VALUE, in->err,
            "must start before it ends: hours continue after midnight, so 01:30 is 25:30");
    msched__span_set_windows(in->span, dates, out, day);
    return MSCHED_OK;
}

static msched_result read_windows(reader *in, const node *exceptions, const msched_day *day)
{
    msched__plan_span *span = in->span;
    if (exceptions->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_array(exceptions, MSCHED__SPAN_NAMES_MAX, in->err);
    if (result != MSCHED_OK)
        return result;
    size_t count = msched__json_count(exceptions);
    msched__span_exception *list = msched__arena_alloc(&in->builder->plan->arena, count,
                                                       sizeof *list);
    if (list == NULL)
        return msched__fail_memory(in->err);
    node item;
    int more = msched__json_first(exceptions, &item);
    for (size_t i = 0; result == MSCHED_OK && more; i++, more = msched__json_next(&item))
        result = read_exception(in, &item, day, &list[i]);
    span->exceptions = list;
    span->exception_count = (uint32_t)count;
    return result;
}

static msched_result check_windows(reader *in, const node *root)
{
    uint32_t number = msched__span_overlap(in->span);
    if (number == 0)
        return MSCHED_OK;
    return msched__json_fail(root, MSCHED_ERROR_VALUE, in->err,
                             "the window of date %u of the plan begins before the previous window "
                             "ends: shorten one of them",
                             (unsigned)number);
}

/* 1 if the member is present in a plan of one day. */
static int is_misplaced(const reader *in, const node *member)
{
    return in->span == NULL && member->value != NULL;
}

msched_result msched__read_span(reader *in, const msched__span_nodes *nodes, const msched_day *day)
{
    if (nodes->days->value == NULL)
        return is_misplaced(in, nodes->max_tasks)    ? refuse_without_days(in, nodes->max_tasks)
               : is_misplaced(in, nodes->exceptions) ? refuse_without_days(in, nodes->exceptions)
                                                     : MSCHED_OK;
    msched__span_size size = {
        .todos = nodes->todos->value == NULL ? 0 : (uint32_t)nodes->todos->value->count,
        .songs = nodes->songs->value == NULL ? 0 : (uint32_t)nodes->songs->value->count};
    msched__plan_span *span = NULL;
    msched_result result = msched__plan_read_uint(nodes->days, 1, MSCHED_PLAN_MAX_DAYS, &size.days,
                                                  in->err);
    if (result == MSCHED_OK)
        result = msched__span_begin(in->builder, day, size, &span, in->err);
    if (result != MSCHED_OK)
        return result;
    in->span = span;
    in->rule_budget = MSCHED__RULE_BUDGET;
    if (nodes->now->value != NULL)
        result = nodes->now->value->type == MSCHED__JSON_STRING &&
                         strchr(nodes->now->value->string, 'T') != NULL
                     ? read_moment(in, nodes->now, &span->now_s)
                     : msched__plan_read_time(nodes->now, &span->now_s, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(nodes->max_tasks, 0, MSCHED_DAY_END_S, &span->max_tasks_s,
                                       in->err);
    if (result == MSCHED_OK)
        result = read_windows(in, nodes->exceptions, day);
    if (result == MSCHED_OK)
        result = check_windows(in, nodes->root);
    return result;
}

enum { ON, TIMES, APART, RELEASE, DUE, MAX_PER_DAY, RULE, RULE_FROM, OCCURRENCES };

/*
 * The dates on which a to-do may be: named dates, or the dates of a rule, which means each of them.
 */
static msched_result read_todo_dates(reader *in, const node *members, const msched_todo *todo,
                                     msched__span_item *item)
{
    const msched__rule_nodes rule = {&members[RULE], &members[RULE_FROM], &in->rule_budget};
    if (members[ON].value != NULL && members[RULE].value != NULL)
        return msched__json_fail(&members[RULE], MSCHED_ERROR_VALUE, in->err,
                                 "\"rrule\" gives the dates: leave \"on\" out");
    msched_result result = read_on(in, &members[ON], &item->on, &item->dates);
    if (result == MSCHED_OK)
        result = msched__read_rule(in->builder->plan, &rule, item, in->err);
    if (members[RULE].value != NULL && members[TIMES].value == NULL)
        item->each = todo->kind != MSCHED_TODO_EVENT;
    return result;
}

static msched_result read_occurrence(reader *in, const node *object, msched_occurrence *out)
{
    enum { DATE, STATE, STARTED, ENDED, LEFT, KEYS };
    static const char *const keys[KEYS + 1] = {"date", "state", "started", "ended", "left_s", NULL};
    node members[KEYS];
    const msched_plan *plan = in->builder->plan;
    msched_occurrence_init(out, sizeof *out);
    msched_result result = msched__json_object(object, keys, members, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_string(&members[DATE], &out->date, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_state(&members[STATE], &out->state, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[STARTED], &out->started_s, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[ENDED], &out->ended_s, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(&members[LEFT], 1, MSCHED_DAY_END_S, &out->left_s, in->err);
    if (result != MSCHED_OK)
        return result;
    char *date = msched__arena_alloc(&in->builder->plan->arena, 11, 1);
    if (date == NULL)
        return msched__fail_memory(in->err);
    const char *problem = msched__occurrence_read(plan->date_days, in->span->days, out, date);
    return problem == NULL ? MSCHED_OK
                           : msched__json_fail(object, MSCHED_ERROR_VALUE, in->err, "%s", problem);
}

static msched_result read_occurrences(reader *in, const node *member, msched__span_item *item)
{
    if (member->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_array(member, MSCHED__SPAN_NAMES_MAX, in->err);
    if (result != MSCHED_OK)
        return result;
    msched_occurrence occurrence;
    msched_occurrence *list = msched__arena_alloc(&in->builder->plan->arena,
                                                  msched__json_count(member), sizeof *list);
    if (list == NULL)
        return msched__fail_memory(in->err);
    node each;
    int more = msched__json_first(member, &each);
    for (; result == MSCHED_OK && more; more = msched__json_next(&each)) {
        result = read_occurrence(in, &each, &occurrence);
        if (result == MSCHED_OK &&
            msched__occurrence_is_again(list, item->occurrence_count, &occurrence))
            result = msched__json_fail(&each, MSCHED_ERROR_VALUE, in->err, "%s",
                                       MSCHED__OCCURRENCE_AGAIN ": keep one of them");
        if (result == MSCHED_OK)
            item->occurrence_count = msched__occurrence_insert(list, item->occurrence_count,
                                                               &occurrence);
    }
    item->occurrences = list;
    return result;
}

static msched_result check_item(reader *in, const node *object, const msched_todo *todo,
                                const msched__span_item *item)
{
    const char *text = msched__span_item_problem(in->span, todo, item);
    return text == NULL ? MSCHED_OK
                        : msched__json_fail(object, MSCHED_ERROR_VALUE, in->err, "%s", text);
}

msched_result msched__read_span_todo(reader *in, const node *object, const node *members,
                                     msched_todo *todo)
{
    for (int i = 0; i < MSCHED__SPAN_TODO_KEYS; i++)
        if (is_misplaced(in, &members[i]))
            return refuse_without_days(in, &members[i]);
    if (in->span == NULL)
        return MSCHED_OK;
    msched__span_item *item = &in->span->todos[in->span->todo_count];
    *item = (msched__span_item){.times = 1,
                                .apart_days = 1,
                                .release_s = MSCHED_UNSET,
                                .due_s = MSCHED_UNSET,
                                .max_per_day_s = MSCHED_UNSET};
    msched_result result = read_todo_dates(in, members, todo, item);
    if (result == MSCHED_OK)
        result = read_times(in, &members[TIMES], MSCHED_PLAN_MAX_DAYS, &item->times, &item->each);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(&members[APART], 1, MSCHED_PLAN_MAX_DAYS, &item->apart_days,
                                       in->err);
    if (result == MSCHED_OK)
        result = read_moment(in, &members[RELEASE], &item->release_s);
    if (result == MSCHED_OK)
        result = read_moment(in, &members[DUE], &item->due_s);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(&members[MAX_PER_DAY], 1, MSCHED_DAY_END_S,
                                       &item->max_per_day_s, in->err);
    if (result == MSCHED_OK)
        result = read_occurrences(in, &members[OCCURRENCES], item);
    if (result == MSCHED_OK)
        result = msched__span_keep_before(in->builder, todo, item, in->err);
    if (result == MSCHED_OK)
        result = check_item(in, object, todo, item);
    in->span->todo_count += result == MSCHED_OK;
    return result;
}

msched_result msched__read_span_song(reader *in, const node *object, const node *on,
                                     const node *times, msched_song *song)
{
    if (in->span == NULL)
        return is_misplaced(in, on) ? refuse_without_days(in, on) : MSCHED_OK;
    msched__span_item *item = &in->span->songs[in->span->song_count];
    *item = (msched__span_item){.times = 1, .apart_days = 1};
    msched_result result = read_on(in, on, &item->on, &item->dates);
    if (result == MSCHED_OK)
        result = read_times(in, times, MSCHED_PLAN_MAX_TIMES, &item->times, &item->each);
    if (result == MSCHED_OK && song->state != MSCHED_STATE_OPEN)
        return msched__json_fail(
            object, MSCHED_ERROR_VALUE, in->err,
            "\"state\" of a song is not supported in a plan of several days yet");
    song->times = item->times;
    in->span->song_count += result == MSCHED_OK;
    return result;
}

msched_result msched__read_span_fill(reader *in, const node *on)
{
    if (in->span == NULL)
        return is_misplaced(in, on) ? refuse_without_days(in, on) : MSCHED_OK;
    if (in->fill_count >= MSCHED_PLAN_MAX_FILLS) /* which the builder refuses */
        return MSCHED_OK;
    msched__span_fill *fill = &in->span->fills[in->fill_count++];
    return read_on(in, on, &fill->on, &fill->dates);
}

msched_result msched__span_check(reader *in, const node *root)
{
    msched__span_problem problem;
    node todos, item;
    msched_plan *plan = in->builder->plan;
    msched_result result = msched__span_finish(plan, in->span, &problem, in->err);
    if (result == MSCHED_OK || result == MSCHED_ERROR_MEMORY)
        return result;
    const node *where = root;
    if (problem.place != MSCHED__SPAN_PLACE_PLAN && msched__json_member(root, "todos", &todos)) {
        where = &todos;
        if (problem.place == MSCHED__SPAN_PLACE_TODO) {
            item = msched__json_item(&todos, problem.todo);
            where = &item;
        }
    }
    return msched__json_fail(where, problem.code, in->err, "%s", problem.text);
}
