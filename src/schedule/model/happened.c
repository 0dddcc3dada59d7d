#include "schedule/model/happened.h"

#include "algo/min_max.h"
#include "schedule/output/schedule_clock.h"

#include <string.h>

/* One to-do of the plan at work. */
typedef struct maker {
    msched__happened *out;
    msched__plan_todo *todos; /* of out->plan */
    const msched_schedule *previous;
    int32_t now;
} maker;

static void add_fact_of(maker *m, uint32_t todo, uint8_t state, int32_t start, int32_t end)
{
    end = smaller(end, m->out->plan.axis_end_s);
    if (start < end)
        m->out->facts[m->out->fact_count++] = (msched__frozen){todo, start, end, state};
}

static void add_fact(maker *m, uint32_t todo, int32_t start, int32_t end)
{
    add_fact_of(m, todo, m->todos[todo].state, start, end);
}

/*
 * The next entry of a to-do in the previous schedule from *index on that began before `until`
 * (MSCHED_UNSET: any), as a span of the axis. 0: none.
 */
static int next_entry(const maker *m, uint32_t todo, int32_t until, uint32_t *index,
                      msched__interval *span)
{
    while (m->previous != NULL && *index < m->previous->entry_count) {
        const msched_schedule_entry *given = &m->previous->entries[(*index)++];
        if (given->kind != MSCHED_ENTRY_TODO || strcmp(given->id, m->todos[todo].id) != 0)
            continue;
        const msched_schedule_entry entry = msched__entry_on_axis(given, &m->out->plan.axis);
        *span = (msched__interval){entry.start_s, entry.end_s};
        if (until == MSCHED_UNSET || span->start < until)
            return 1;
    }
    return 0;
}

/*
 * The end of a done event, if it is not given: as in the previous schedule if it was done or
 * running there, otherwise as planned; not after now.
 */
static int32_t guess_end(const maker *m, uint32_t index, int32_t start)
{
    const msched__plan_todo *t = &m->todos[index];
    int32_t end = t->end_s > start ? t->end_s : start + t->duration_s;
    for (uint32_t i = 0; m->previous != NULL && i < m->previous->entry_count; i++) {
        const msched_schedule_entry *given = &m->previous->entries[i];
        if (given->kind != MSCHED_ENTRY_TODO || given->state == MSCHED_STATE_OPEN ||
            strcmp(given->id, t->id) != 0)
            continue;
        int32_t known = msched__entry_on_axis(given, &m->out->plan.axis).end_s;
        end = known > start ? known : end;
    }
    return m->now > start ? smaller(end, m->now) : end;
}

/* An event at the times that it really had. */
static void move_event(maker *m, uint32_t index)
{
    msched__plan_todo *t = &m->todos[index];
    int32_t start = t->started_s != MSCHED_UNSET ? t->started_s : t->start_s, end = t->end_s;
    if (t->state == MSCHED_STATE_DONE && t->ended_s != MSCHED_UNSET) {
        end = t->ended_s;
        if (end <= start)
            start = larger(end - t->duration_s, 0);
    } else if (t->state == MSCHED_STATE_DONE) {
        end = guess_end(m, index, start);
        t->closed = t->started_s == MSCHED_UNSET && m->now != MSCHED_UNSET && start >= m->now;
    } else if (t->state == MSCHED_STATE_STARTED) {
        end = larger(end <= start ? start + t->duration_s : end, m->now);
    }
    t->start_s = start;
    t->end_s = smaller(larger(end, start + 1), m->out->plan.axis_end_s);
    t->duration_s = t->end_s - t->start_s;
}

/* A done task with this start, with its pieces in the previous schedule before now. */
static void keep_from(maker *m, uint32_t index, int32_t start)
{
    msched__interval was;
    int32_t until = m->now > start ? m->now : MSCHED_UNSET, from = start;
    for (uint32_t at = 0; next_entry(m, index, from == start ? MSCHED_UNSET : until, &at, &was);) {
        if (was.end <= start)
            continue;
        add_fact(m, index, from == start ? start : was.start,
                 until == MSCHED_UNSET ? was.end : smaller(was.end, until));
        from = was.end;
    }
    if (from == start) {
        int32_t end = start + m->todos[index].duration_s;
        add_fact(m, index, start, until == MSCHED_UNSET ? end : smaller(end, until));
    }
}

/* Times of a task that the user does not give are as in the previous schedule, up to `now`. */
static void keep_done(maker *m, uint32_t index)
{
    msched__plan_todo *t = &m->todos[index];
    msched__interval was;
    int32_t start = t->started_s, end = t->ended_s;
    if (start == MSCHED_UNSET && end == MSCHED_UNSET) {
        for (uint32_t at = 0; next_entry(m, index, m->now, &at, &was);)
            add_fact(m, index, was.start,
                     m->now == MSCHED_UNSET ? was.end : smaller(was.end, m->now));
        return;
    }
    if (end == MSCHED_UNSET) {
        keep_from(m, index, start);
        return;
    }
    if (start != MSCHED_UNSET) {
        add_fact(m, index, start, end);
        return;
    }
    uint32_t at = 0;
    if (!next_entry(m, index, end, &at, &was)) {
        add_fact(m, index, larger(end - t->duration_s, 0), end);
        return;
    }
    for (msched__interval next; next_entry(m, index, end, &at, &next); was = next)
        add_fact(m, index, was.start, was.end);
    add_fact(m, index, was.start, end); /* its last piece ended then */
}

/*
 * The first event that is in the way of a to-do that runs from `from` on; *event receives its
 * span with the buffers. Someone who began a task within an event goes on in spite of it, but
 * after an event the task `resumes` only when no other event is on.
 */
static int next_event(const maker *m, uint32_t todo, int32_t from, int resumes,
                      msched__interval *event)
{
    const msched__plan_todo *t = &m->todos[todo];
    int found = 0;
    for (uint32_t i = 0; i < m->out->plan.todo_count; i++) {
        const msched__plan_todo *e = &m->todos[i];
        if (e->kind != MSCHED_TODO_EVENT || e->closed ||
            (resumes ? e->end_s <= from : e->start_s < from))
            continue;
        int32_t first = larger(e->start_s - larger(t->buffer_after_s, e->buffer_before_s), from);
        if (found && first >= event->start)
            continue;
        *event = (msched__interval){first,
                                    e->end_s + larger(t->buffer_before_s, e->buffer_after_s)};
        found = 1;
    }
    return found;
}

/*
 * The pieces of a to-do that the previous schedule has before `start`. `only_recorded`: only those
 * that ended when the user paused it. Returns their length.
 */
static int32_t keep_earlier(maker *m, uint32_t index, int32_t start, int only_recorded)
{
    int32_t length = 0;
    for (uint32_t i = 0; m->previous != NULL && i < m->previous->entry_count; i++) {
        const msched_schedule_entry *given = &m->previous->entries[i];
        if (given->kind != MSCHED_ENTRY_TODO || strcmp(given->id, m->todos[index].id) != 0 ||
            (only_recorded && given->state != MSCHED_STATE_PAUSED))
            continue;
        const msched_schedule_entry entry = msched__entry_on_axis(given, &m->out->plan.axis);
        if (entry.end_s > start)
            continue;
        add_fact_of(m, index, MSCHED_STATE_PAUSED, entry.start_s, entry.end_s);
        length += entry.end_s - entry.start_s;
    }
    return length;
}

/*
 * A running task: from its start, around the events, for its whole length and at least until now.
 * Without a given start, it runs from its last piece before now, and the pieces before that are
 * done.
 */
static void run_task(maker *m, uint32_t index)
{
    msched__plan_todo *t = &m->todos[index];
    msched__interval was;
    int32_t at = t->started_s;
    if (at == MSCHED_UNSET) {
        at = m->now;
        for (uint32_t i = 0; m->now != MSCHED_UNSET && next_entry(m, index, m->now, &i, &was);)
            at = was.start;
    }
    if (at == MSCHED_UNSET) {
        t->state = MSCHED_STATE_OPEN;
        return;
    }
    int32_t left = t->duration_s - keep_earlier(m, index, at, t->started_s != MSCHED_UNSET);
    msched__interval event = {0};
    for (int resumes = 0; at < m->out->plan.axis_end_s && (left > 0 || at < m->now);) {
        int32_t end = left > 0 ? larger(at + left, m->now) : m->now;
        int cut = next_event(m, index, at, resumes, &event) && event.start < end;
        add_fact(m, index, at, cut ? event.start : end);
        left -= (cut ? event.start : end) - at;
        at = cut ? event.end : end;
        resumes = cut;
    }
}

/*
 * A paused task: the part that was done, if it is known, and the rest as its new length. Without a
 * given start, the part is in the pieces of the previous schedule; what they lack continues the
 * last one.
 */
static void pause_task(maker *m, uint32_t index)
{
    msched__plan_todo *t = &m->todos[index];
    msched__interval was = {0}, next = {0};
    int32_t spent = t->duration_s - t->left_s;
    if (t->started_s != MSCHED_UNSET && spent > 0)
        add_fact(m, index, t->started_s,
                 m->now > t->started_s ? smaller(t->started_s + spent, m->now)
                                       : t->started_s + spent);
    uint32_t at = 0;
    int is_known = t->started_s == MSCHED_UNSET && m->now != MSCHED_UNSET &&
                   next_entry(m, index, m->now, &at, &was);
    while (is_known && spent > 0) {
        int has_next = next_entry(m, index, m->now, &at, &next);
        int32_t end = smaller(was.start + spent, has_next ? was.end : m->now);
        add_fact(m, index, was.start, end);
        spent -= end - was.start;
        was = next;
        is_known = has_next;
    }
}

/* Seconds of a to-do that have happened. */
static int32_t fact_length(const maker *m, uint32_t todo)
{
    int32_t length = 0;
    for (uint32_t i = 0; i < m->out->fact_count; i++)
        if (m->out->facts[i].todo == todo)
            length += m->out->facts[i].end - m->out->facts[i].start;
    return length;
}

/* A start that was not given does not overlap what ran before. */
static void trim_guesses(maker *m)
{
    for (uint32_t i = 0; i < m->out->fact_count; i++) {
        msched__frozen *fact = &m->out->facts[i];
        const msched__plan_todo *t = &m->todos[fact->todo];
        if (t->state != MSCHED_STATE_DONE || t->started_s != MSCHED_UNSET ||
            t->ended_s == MSCHED_UNSET)
            continue;
        for (uint32_t k = 0; k < m->out->fact_count; k++)
            if (m->out->facts[k].end < fact->end)
                fact->start = larger(fact->start, m->out->facts[k].end);
        for (uint32_t k = 0; k < m->out->plan.todo_count; k++)
            if (m->todos[k].kind == MSCHED_TODO_EVENT && !m->todos[k].closed &&
                m->todos[k].end_s < fact->end)
                fact->start = larger(fact->start, m->todos[k].end_s);
    }
}

static void apply_task(maker *m, uint32_t index)
{
    msched__plan_todo *t = &m->todos[index];
    if (t->state == MSCHED_STATE_DONE)
        keep_done(m, index);
    else if (t->state == MSCHED_STATE_STARTED)
        run_task(m, index);
    else if (t->state == MSCHED_STATE_PAUSED)
        pause_task(m, index);
}

/* Set the length, and drop the rules about the start of what has begun. */
static void finish_task(maker *m, uint32_t index)
{
    msched__plan_todo *t = &m->todos[index];
    int32_t length = fact_length(m, index);
    if (t->state != MSCHED_STATE_DONE && t->state != MSCHED_STATE_STARTED &&
        t->state != MSCHED_STATE_PAUSED)
        return;
    t->start_s = t->end_s = MSCHED_UNSET;
    t->after_count = 0;
    if (t->state == MSCHED_STATE_PAUSED)
        length += t->left_s;
    if (length == 0)
        t->closed = 1;
    else
        t->duration_s = length;
}

/* Events at their real times. Returns the number of tasks that run. */
static uint32_t apply_events(maker *m)
{
    uint32_t count = m->out->plan.todo_count, running = 0;
    for (uint32_t i = 0; i < count; i++) {
        m->todos[i].closed = m->todos[i].state == MSCHED_STATE_SKIPPED;
        if (m->todos[i].kind == MSCHED_TODO_EVENT && m->todos[i].state >= MSCHED_STATE_STARTED &&
            !m->todos[i].closed)
            move_event(m, i);
    }
    for (uint32_t i = 0; i < count; i++)
        running += m->todos[i].state == MSCHED_STATE_STARTED;
    return running;
}

static void apply_tasks(maker *m)
{
    uint32_t count = m->out->plan.todo_count;
    for (uint32_t i = 0; i < count; i++)
        if (m->todos[i].kind == MSCHED_TODO_TASK)
            apply_task(m, i);
    trim_guesses(m);
    for (uint32_t i = 0; i < count; i++)
        if (m->todos[i].kind == MSCHED_TODO_TASK)
            finish_task(m, i);
}

msched_result msched__happened_make(msched__arena *arena, const msched_plan *plan,
                                    const msched_schedule *previous, msched__happened *out)
{
    uint32_t any = 0, events = 0;
    out->plan = *plan;
    out->facts = NULL;
    out->fact_count = 0;
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        any |= plan->todos[i].state >= MSCHED_STATE_STARTED;
        events += plan->todos[i].kind == MSCHED_TODO_EVENT;
    }
    if (!any)
        return MSCHED_OK;
    maker m = {.out = out, .previous = previous, .now = plan->now_s};
    m.todos = msched__arena_alloc(arena, plan->todo_count, sizeof *m.todos);
    if (m.todos == NULL)
        return MSCHED_ERROR_MEMORY;
    memcpy(m.todos, plan->todos, plan->todo_count * sizeof *m.todos);
    size_t most = plan->todo_count + (previous == NULL ? 0 : previous->entry_count) +
                  (size_t)apply_events(&m) * (events + 2);
    out->facts = msched__arena_alloc(arena, most, sizeof *out->facts);
    if (out->facts == NULL)
        return MSCHED_ERROR_MEMORY;
    out->plan.todos = m.todos;
    apply_tasks(&m);
    return MSCHED_OK;
}
