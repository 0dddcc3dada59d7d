#include "span/span_fact.h"

#include "base/civil.h"
#include "schedule/output/schedule.h"
#include "schedule/output/schedule_lines.h"
#include "span/span_name.h"
#include "span/span_state.h"
#include "time/interval.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400

typedef struct finder {
    msched__span *span;
    const msched_schedule *from; /* NULL: none */
    int64_t shift;               /* from its dates to those of the plan */
    size_t most;
    int failed;
} finder;

int32_t msched__span_left(const msched_plan *plan, uint32_t todo)
{
    const msched__span_item *item = &plan->span->todos[todo];
    if (plan->todos[todo].state == MSCHED_STATE_PAUSED)
        return plan->todos[todo].left_s;
    for (uint32_t i = 0; i < item->occurrence_count; i++)
        if (item->occurrences[i].state == MSCHED_STATE_PAUSED)
            return item->occurrences[i].left_s;
    return MSCHED_UNSET;
}

msched__plan_todo *msched__span_copy_plan(const msched__span *span, const msched_plan *plan,
                                          msched_plan **out)
{
    msched_plan *copy = msched__arena_alloc(span->arena, 1, sizeof *copy);
    msched__plan_todo *todos = msched__arena_alloc(span->arena, plan->todo_count, sizeof *todos);
    if (copy == NULL || todos == NULL)
        return NULL;
    *copy = *plan;
    memcpy(todos, plan->todos, plan->todo_count * sizeof *todos);
    copy->todos = todos;
    *out = copy;
    return todos;
}

static uint32_t day_of(const finder *f, const msched_schedule_entry *e)
{
    int64_t day = f->shift + e->day;
    return day < 0 || day >= f->span->days ? UINT32_MAX : (uint32_t)day;
}

/* The moment of planning in times of a date's clocks; MSCHED_UNSET: none. */
static int64_t now_on(const finder *f, uint32_t day)
{
    int32_t now = f->span->plan->span->now_s;
    return now == MSCHED_UNSET ? MSCHED_UNSET : (int64_t)now - (int64_t)day * DAY_S;
}

/* The next entry of a to-do from *index on; `day` UINT32_MAX: on any date of the plan. */
static const msched_schedule_entry *next_entry(const finder *f, uint32_t todo, uint32_t day,
                                               uint32_t *index)
{
    const char *id = f->span->plan->todos[todo].id;
    while (f->from != NULL && *index < f->from->entry_count) {
        const msched_schedule_entry *e = &f->from->entries[(*index)++];
        uint32_t on = day_of(f, e);
        if (e->kind == MSCHED_ENTRY_TODO && !e->fixed && on != UINT32_MAX &&
            (day == UINT32_MAX || day == on) && strcmp(msched__schedule_of(f->from, e), id) == 0)
            return e;
    }
    return NULL;
}

static int has_begun(const finder *f, uint32_t day, int32_t start)
{
    int64_t now = now_on(f, day);
    return now == MSCHED_UNSET || start < now;
}

/* A fact from `start` to `end`; the end is not after now if it was not given. */
static void add(finder *f, msched__span_fact fact, int is_end_given)
{
    msched__span *span = f->span;
    int64_t now = now_on(f, fact.day);
    if (!is_end_given && now != MSCHED_UNSET && now > fact.start_s && now < fact.end_s)
        fact.end_s = (int32_t)now;
    if (fact.end_s > MSCHED_DAY_END_S)
        fact.end_s = MSCHED_DAY_END_S;
    if (fact.start_s >= fact.end_s || span->fact_count == f->most)
        return;
    char key[MSCHED__SPAN_ID_BYTES + 12];
    uint32_t same = 0, is_paused = fact.state == MSCHED_STATE_PAUSED;
    for (uint32_t i = 0; i < span->fact_count; i++) {
        if (strcmp(span->facts[i].id, fact.id) != 0 || span->facts[i].day != fact.day)
            continue;
        same++;
        is_paused |= span->facts[i].state == MSCHED_STATE_PAUSED;
    }
    same += is_paused; /* the rest may be on the same date */
    snprintf(key, sizeof key, same == 0 ? "%s" : "%s~~%u", fact.id, (unsigned)same);
    fact.id = msched__arena_copy(span->arena, fact.id, strlen(fact.id));
    fact.key = msched__arena_copy(span->arena, key, strlen(key));
    f->failed |= fact.id == NULL || fact.key == NULL;
    if (!f->failed)
        span->facts[span->fact_count++] = fact;
}

/* The pieces of a to-do in the previous schedule that had begun; `day` UINT32_MAX: of all dates. */
static void add_previous(finder *f, uint32_t todo, uint32_t day, uint32_t state)
{
    const msched_schedule_entry *e;
    for (uint32_t at = 0; (e = next_entry(f, todo, day, &at)) != NULL;) {
        uint32_t on = day_of(f, e);
        if ((day != UINT32_MAX || f->span->plan->span->now_s != MSCHED_UNSET) &&
            has_begun(f, on, e->start_s))
            add(f,
                (msched__span_fact){.todo = todo,
                                    .day = on,
                                    .start_s = e->start_s,
                                    .end_s = e->end_s,
                                    .state = (uint8_t)state,
                                    .piece = e->piece,
                                    .id = e->id},
                0);
    }
}

/* A guessed start is not within an event or another fact that ended before. */
static int32_t trim(const finder *f, uint32_t day, int32_t start, int32_t end)
{
    const msched__span *span = f->span;
    start = start < 0 ? 0 : start;
    for (uint32_t i = 0; i < span->plan->todo_count; i++) {
        const msched__plan_todo *t = &span->plan->todos[i];
        if (t->kind == MSCHED_TODO_EVENT && msched__span_has(span, i, day) && t->end_s < end &&
            t->end_s > start)
            start = t->end_s;
    }
    for (uint32_t i = 0; i < span->fact_count; i++)
        if (span->facts[i].day == day && span->facts[i].end_s < end && span->facts[i].end_s > start)
            start = span->facts[i].end_s;
    return start;
}

/*
 * The next event that is in the way of a task that runs from `from` on, with its buffers in *event;
 * 0: none. A task that began within an event goes on in spite of it, but after an event it
 * `resumes` only when no other event is on.
 */
static int next_event(const finder *f, uint32_t day, int32_t from, int resumes,
                      msched__interval *event)
{
    const msched__span *span = f->span;
    int found = 0;
    for (uint32_t i = 0; i < span->plan->todo_count; i++) {
        const msched__plan_todo *t = &span->plan->todos[i];
        int32_t first = t->start_s - t->buffer_before_s;
        if (t->kind != MSCHED_TODO_EVENT || !msched__span_has(span, i, day) || t->end_s <= from ||
            (t->start_s < from && !resumes) || (found && first >= event->start))
            continue;
        *event = (msched__interval){first < from ? from : first, t->end_s + t->buffer_after_s};
        found = 1;
    }
    return found;
}

/*
 * The pieces of a task that the previous schedule has before `fact` begins: those that ended
 * according to a state that the user had given, and unless `only_recorded` all others. Of a task in
 * pieces, those of earlier dates count in any case. Returns their length.
 */
static int32_t add_earlier(finder *f, msched__span_fact fact, int only_recorded)
{
    const msched_schedule_entry *e;
    int32_t length = 0;
    int has_pieces = f->span->plan->todos[fact.todo].split_min_s > 0;
    fact.state = MSCHED_STATE_PAUSED;
    for (uint32_t at = 0; (e = next_entry(f, fact.todo, UINT32_MAX, &at)) != NULL;) {
        msched__span_fact piece = fact;
        piece.day = day_of(f, e);
        piece.start_s = e->start_s;
        piece.end_s = e->end_s;
        int counts = !only_recorded || e->state == MSCHED_STATE_PAUSED ||
                     e->state == MSCHED_STATE_DONE || (has_pieces && piece.day < fact.day);
        if (!counts || piece.day > fact.day ||
            (piece.day == fact.day && piece.end_s > fact.start_s))
            continue;
        add(f, piece, 1);
        length += piece.end_s - piece.start_s;
    }
    return length;
}

/* A running task: from its start, around the events, for `left` and at least until now. */
static void add_running(finder *f, msched__span_fact fact, int32_t left)
{
    int32_t at = fact.start_s;
    int64_t now = now_on(f, fact.day);
    msched__interval event = {0};
    for (int resumes = 0; at < MSCHED_DAY_END_S && (left > 0 || at < now);) {
        int32_t until = at + (left > 0 ? left : 0);
        if (now > until)
            until = now > MSCHED_DAY_END_S ? MSCHED_DAY_END_S : (int32_t)now;
        int is_cut = next_event(f, fact.day, at, resumes, &event) && event.start < until;
        fact.start_s = at;
        fact.end_s = is_cut ? event.start : until;
        add(f, fact, 1);
        left -= fact.end_s - at;
        at = is_cut ? event.end : until;
        resumes = is_cut;
    }
}

/* What is done of a paused task, in the pieces that the previous schedule had begun. */
static void add_paused(finder *f, uint32_t todo)
{
    const msched__plan_todo *t = &f->span->plan->todos[todo];
    int32_t spent = t->duration_s - msched__span_left(f->span->plan, todo);
    const msched_schedule_entry *e;
    for (uint32_t at = 0; spent > 0 && (e = next_entry(f, todo, UINT32_MAX, &at)) != NULL;) {
        int32_t length = e->end_s - e->start_s < spent ? e->end_s - e->start_s : spent;
        if (f->span->plan->span->now_s == MSCHED_UNSET || !has_begun(f, day_of(f, e), e->start_s))
            continue;
        add(f,
            (msched__span_fact){.todo = todo,
                                .day = day_of(f, e),
                                .start_s = e->start_s,
                                .end_s = e->start_s + length,
                                .state = MSCHED_STATE_PAUSED,
                                .id = t->id},
            0);
        spent -= length;
    }
}

/* A task that runs since its last entry before now, or since now; its earlier pieces are done. */
static void add_started(finder *f, uint32_t todo)
{
    int32_t now = f->span->plan->span->now_s;
    msched__span_fact fact = {
        .todo = todo, .state = MSCHED_STATE_STARTED, .id = f->span->plan->todos[todo].id};
    const msched_schedule_entry *e;
    if (now == MSCHED_UNSET)
        return;
    fact.day = (uint32_t)(now / DAY_S) < f->span->days ? (uint32_t)(now / DAY_S)
                                                       : f->span->days - 1;
    fact.start_s = (int32_t)now_on(f, fact.day);
    for (uint32_t at = 0; (e = next_entry(f, todo, UINT32_MAX, &at)) != NULL;)
        if (has_begun(f, day_of(f, e), e->start_s)) {
            fact.day = day_of(f, e);
            fact.start_s = e->start_s;
        }
    f->span->claimed[todo] = 1;
    add_running(f, fact, f->span->plan->todos[todo].duration_s - add_earlier(f, fact, 0));
}

/* What the plan records of an occurrence on a date. */
static void add_occurrence(finder *f, uint32_t todo, uint32_t day, const msched_occurrence *o,
                           const char *id)
{
    uint32_t at = 0;
    int32_t length = f->span->plan->todos[todo].duration_s;
    const msched_schedule_entry *was = next_entry(f, todo, day, &at);
    msched__span_fact fact = {.todo = todo, .day = day, .state = (uint8_t)o->state, .id = id};
    int has_start = o->started_s != MSCHED_UNSET, has_end = o->ended_s != MSCHED_UNSET;
    if (has_start)
        fact.start_s = msched__plain_time(o->started_s);
    if (o->state == MSCHED_STATE_STARTED) {
        if (msched__span_is_single(&f->span->plan->span->todos[todo]))
            length -= add_earlier(f, fact, 1);
        add_running(f, fact, length);
        return;
    }
    if (o->state == MSCHED_STATE_PAUSED) {
        fact.end_s = fact.start_s + length - o->left_s;
        if (has_start)
            add(f, fact, 0);
        else
            add_paused(f, todo);
        return;
    }
    if (!has_start && !has_end) {
        add_previous(f, todo, day, o->state);
        return;
    }
    if (has_end)
        fact.end_s = msched__plain_time(o->ended_s);
    /* the planned time counts if it overlaps that of the whole length */
    if (!has_start)
        fact.start_s = was != NULL && was->start_s < fact.end_s && fact.end_s - length < was->end_s
                           ? was->start_s
                           : trim(f, day, fact.end_s - length, fact.end_s);
    if (!has_end)
        fact.end_s = was != NULL && was->end_s > fact.start_s &&
                             was->start_s < fact.start_s + length
                         ? was->end_s
                         : fact.start_s + length;
    add(f, fact, has_end);
}

/* The number, from 0, that the id of an entry gives to an occurrence; UINT32_MAX: none. */
static uint32_t number_in(const finder *f, const msched_schedule_entry *e, uint32_t todo)
{
    char id[MSCHED__SPAN_ID_BYTES];
    for (uint32_t n = 0; n < f->span->plan->span->todos[todo].times; n++) {
        const msched__span_task task = {.todo = todo, .number = n + 1};
        msched__span_name_task(f->span, &task, UINT32_MAX, id);
        if (strcmp(id, e->id) == 0)
            return n;
    }
    return UINT32_MAX;
}

/* The numbers that the entries of the previous schedule have, on `day` or, UINT32_MAX, any date. */
static uint32_t numbers_on(const finder *f, uint32_t todo, uint32_t day, uint32_t *first)
{
    uint32_t bits = 0;
    const msched_schedule_entry *e;
    *first = UINT32_MAX;
    for (uint32_t at = 0; (e = next_entry(f, todo, day, &at)) != NULL;) {
        const uint32_t number = f->span->plan->span->todos[todo].times == 1 ? 0
                                                                            : number_in(f, e, todo);
        if (number == UINT32_MAX)
            continue;
        bits |= 1u << number;
        if (*first == UINT32_MAX && (f->span->claimed[todo] >> number & 1) == 0)
            *first = number;
    }
    return bits;
}

/*
 * The number of an occurrence on a date: that of the previous schedule there, otherwise the least
 * one that this schedule has nowhere, such as that of an occurrence that was skipped before,
 * otherwise the first one in it.
 */
static uint32_t claim(finder *f, uint32_t todo, uint32_t day, int only_there)
{
    uint32_t first, *claimed = &f->span->claimed[todo];
    uint32_t taken = *claimed | numbers_on(f, todo, only_there ? day : UINT32_MAX, &first);
    for (uint32_t n = 0; !only_there && n < f->span->plan->span->todos[todo].times; n++)
        if ((taken >> n & 1) == 0) {
            first = n;
            break;
        }
    if (first != UINT32_MAX)
        *claimed |= 1u << first;
    return first;
}

static int needs_claim(const msched_plan *plan, uint32_t todo, uint32_t day)
{
    const msched_occurrence *o = msched__occurrence_on(plan, todo, day);
    return o != NULL && o->state != MSCHED_STATE_PAUSED;
}

/* 1 for a task that is done once and was done or skipped on a date that is not of the plan. */
static int is_closed_elsewhere(const msched_plan *plan, const msched__span_item *item)
{
    const msched_occurrence *o = item->occurrence_count == 1 ? item->occurrences : NULL;
    return o != NULL && msched__span_is_single(item) &&
           (o->state == MSCHED_STATE_DONE || o->state == MSCHED_STATE_SKIPPED) &&
           msched__occurrence_day(plan, o) == UINT32_MAX;
}

static void add_task(finder *f, uint32_t todo)
{
    const msched_plan *plan = f->span->plan;
    const msched__span_item *item = &plan->span->todos[todo];
    if (is_closed_elsewhere(plan, item))
        f->span->claimed[todo] = 1;
    uint32_t numbers[MSCHED_PLAN_MAX_DAYS];
    char id[MSCHED__SPAN_ID_BYTES];
    memset(numbers, 0xff, sizeof numbers);
    for (int pass = 0; pass < 2; pass++) /* first those that the previous schedule has there */
        for (uint32_t day = 0; day < f->span->days && !item->each; day++)
            if (numbers[day] == UINT32_MAX && needs_claim(plan, todo, day))
                numbers[day] = claim(f, todo, day, pass == 0);
    for (uint32_t day = 0; day < f->span->days; day++) {
        const msched_occurrence *o = msched__occurrence_on(plan, todo, day);
        if (o == NULL || o->state == MSCHED_STATE_SKIPPED ||
            (numbers[day] == UINT32_MAX && !item->each && o->state != MSCHED_STATE_PAUSED))
            continue;
        const msched__span_task task = {
            .todo = todo,
            .number = msched__span_is_single(item) || item->each ? 0 : numbers[day] + 1};
        msched__span_name_task(f->span, &task, day, id);
        int has_pieces = plan->todos[todo].split_min_s > 0 && msched__span_is_single(item);
        for (uint32_t d = 0; d < day && o->state == MSCHED_STATE_DONE && has_pieces; d++)
            add_previous(f, todo, d, o->state); /* earlier pieces */
        add_occurrence(f, todo, day, o, id);
    }
}

/* The span's plan with the time that is left of paused tasks as their lengths. */
static int leave_rest(msched__span *span)
{
    uint32_t count = span->plan->todo_count, paused = 0;
    for (uint32_t i = 0; i < count; i++)
        paused += msched__span_left(span->plan, i) != MSCHED_UNSET;
    if (paused == 0)
        return 1;
    msched_plan *plan;
    msched__plan_todo *todos = msched__span_copy_plan(span, span->plan, &plan);
    if (todos == NULL)
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t left = msched__span_left(span->plan, i);
        if (left != MSCHED_UNSET)
            todos[i].duration_s = left;
        if (todos[i].split_min_s > todos[i].duration_s)
            todos[i].split_min_s = 0;
    }
    span->plan = plan;
    return 1;
}

/* Several facts of an occurrence are its pieces; the writer numbers those of paused tasks. */
static void number_pieces(msched__span *span)
{
    for (uint32_t i = 0; i < span->fact_count; i++) {
        uint32_t count = 0, before = 0;
        for (uint32_t k = 0; k < span->fact_count; k++)
            if (strcmp(span->facts[k].id, span->facts[i].id) == 0) {
                count++;
                before += k < i;
            }
        if (count > 1)
            span->facts[i].piece = before + 1;
    }
}

msched_result msched__span_find_facts(msched__span *span)
{
    const msched_plan *plan = span->plan;
    msched__date first = {1970, 1, 1};
    finder f = {.span = span, .from = span->previous};
    size_t events = 0, running = 0;
    if (f.from != NULL)
        msched__date_parse(f.from->date, strlen(f.from->date), &first);
    f.shift = msched__date_to_days(first) - plan->date_days;
    f.most = f.from == NULL ? 0 : f.from->entry_count;
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        events += plan->todos[i].kind == MSCHED_TODO_EVENT;
        running += plan->span->todos[i].occurrence_count +
                   (plan->todos[i].state == MSCHED_STATE_STARTED);
    }
    f.most += running * (events + 2);
    span->facts = msched__arena_alloc(span->arena, f.most, sizeof *span->facts);
    span->claimed = msched__arena_alloc(span->arena, plan->todo_count, sizeof *span->claimed);
    if (span->facts == NULL || span->claimed == NULL)
        return MSCHED_ERROR_MEMORY;
    memset(span->claimed, 0, plan->todo_count * sizeof *span->claimed);
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        const msched__plan_todo *t = &plan->todos[i];
        if (t->kind == MSCHED_TODO_TASK && t->state == MSCHED_STATE_DONE)
            add_previous(&f, i, UINT32_MAX, MSCHED_STATE_DONE);
        else if (t->kind == MSCHED_TODO_TASK && t->state == MSCHED_STATE_PAUSED)
            add_paused(&f, i);
        else if (t->kind == MSCHED_TODO_TASK && t->state == MSCHED_STATE_STARTED)
            add_started(&f, i);
        else if (t->kind == MSCHED_TODO_TASK && !msched__plan_is_closed(t))
            add_task(&f, i);
    }
    if (!f.failed)
        number_pieces(span);
    return f.failed || !leave_rest(span) ? MSCHED_ERROR_MEMORY : MSCHED_OK;
}

const msched__span_fact *msched__span_fact_on(const msched__span *span, uint32_t todo, uint32_t day)
{
    for (uint32_t i = 0; i < span->fact_count; i++)
        if (span->facts[i].todo == todo && span->facts[i].day == day)
            return &span->facts[i];
    return NULL;
}

int32_t msched__span_per_day(const msched__span *span, uint32_t todo, uint32_t day)
{
    int32_t most = span->plan->span->todos[todo].max_per_day_s;
    for (uint32_t i = 0; i < span->fact_count && most != MSCHED_UNSET; i++)
        if (span->facts[i].todo == todo && span->facts[i].day == day)
            most -= span->facts[i].end_s - span->facts[i].start_s;
    return most != MSCHED_UNSET && most < 0 ? 0 : most;
}

void msched__span_count_facts(const msched__span *span, msched_objective *objective)
{
    for (uint32_t i = 0; i < span->fact_count; i++) {
        int is_first = span->facts[i].state != MSCHED_STATE_PAUSED;
        for (uint32_t k = 0; k < i && is_first; k++)
            is_first = span->facts[k].state == MSCHED_STATE_PAUSED ||
                       strcmp(span->facts[i].id, span->facts[k].id) != 0;
        uint32_t level = msched__span_level(span->plan->todos[span->facts[i].todo].priority);
        objective->value[level] += is_first;
        objective->bound[level] += is_first;
    }
}
