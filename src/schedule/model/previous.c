/*
 * What of a previous schedule has begun stays, where the plan still allows it; the rest becomes a
 * wish to stand where it stood.
 */
#include "schedule/model/previous.h"

#include "algo/min_max.h"
#include "base/error.h"
#include "schedule/output/schedule_clock.h"

#include <string.h>

static uint32_t find_todo(const msched_plan *plan, const char *id, uint32_t guess)
{
    if (guess < plan->todo_count && strcmp(plan->todos[guess].id, id) == 0)
        return guess;
    for (uint32_t i = 0; i < plan->todo_count; i++)
        if (strcmp(plan->todos[i].id, id) == 0)
            return i;
    return UINT32_MAX;
}

/* 1 where two to-dos at these times keep off each other's buffers. */
static int apart(const msched__plan_todo *x, msched__span x_at, const msched__plan_todo *y, msched__span y_at)
{
    return x_at.end + larger(x->buffer_after_s, y->buffer_before_s) <= y_at.start ||
           y_at.end + larger(y->buffer_after_s, x->buffer_before_s) <= x_at.start;
}

/* 1 where a piece that has begun still keeps the rules of this plan beside the events and the pieces kept so far. */
static int still_holds(const msched_plan *plan, const msched__replan *replan, const msched__frozen *piece)
{
    const msched__plan_todo *todo = &plan->todos[piece->todo];
    msched__span at = {piece->start, piece->end};
    if (piece->start < larger(todo->earliest_s, plan->day_start_s) || piece->end > todo->latest_s || piece->end > plan->day_end_s ||
        (todo->start_s != MSCHED_UNSET && todo->start_s != piece->start))
        return 0;
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        const msched__plan_todo *event = &plan->todos[i];
        if (event->kind == MSCHED_TODO_EVENT && !apart(todo, at, event, (msched__span){event->start_s, event->end_s}))
            return 0;
    }
    for (uint32_t i = 0; i < replan->frozen_count; i++) {
        const msched__frozen *other = &replan->frozen[i];
        if (other->todo != piece->todo && !apart(todo, at, &plan->todos[other->todo], (msched__span){other->start, other->end}))
            return 0;
    }
    for (uint32_t k = 0; k < todo->after_count; k++) {
        const msched__plan_todo *pred = &plan->todos[todo->after[k]];
        int32_t end = pred->kind == MSCHED_TODO_EVENT ? pred->end_s : INT32_MAX;
        for (uint32_t i = 0; i < replan->frozen_count; i++)
            if (replan->frozen[i].todo == todo->after[k])
                end = end == INT32_MAX ? replan->frozen[i].end : larger(end, replan->frozen[i].end);
        if (end > piece->start)
            return 0;
    }
    return 1;
}

static int32_t kept_length(const msched__replan *replan, uint32_t todo)
{
    int32_t length = 0;
    for (uint32_t i = 0; i < replan->frozen_count; i++)
        if (replan->frozen[i].todo == todo)
            length += replan->frozen[i].end - replan->frozen[i].start;
    return length;
}

/* Keep a piece of a task that has begun, where the plan still allows it. 1 where it stays. */
static int freeze(const msched_plan *plan, const msched_schedule_entry *entry, uint32_t todo, msched__replan *out)
{
    const msched__plan_todo *t = &plan->todos[todo];
    msched__frozen piece = {todo, entry->start_s, entry->end_s};
    int whole = t->split_min_s == 0 || t->start_s != MSCHED_UNSET;
    if (whole)
        piece.end = piece.start + t->duration_s;
    int32_t length = piece.end - piece.start, rest = t->duration_s - kept_length(out, todo) - length;
    if (rest < 0 || (!whole && ((rest > 0 && rest < t->split_min_s) || (length < t->split_min_s && length != t->duration_s))) ||
        !still_holds(plan, out, &piece))
        return 0;
    out->frozen[out->frozen_count++] = piece;
    return 1;
}

static void read_todo(const msched_plan *plan, const msched_schedule_entry *entry, msched__replan *out)
{
    uint32_t todo = find_todo(plan, entry->id, entry->todo);
    if (todo == UINT32_MAX || plan->todos[todo].kind != MSCHED_TODO_TASK)
        return;
    if (plan->now_s != MSCHED_UNSET && entry->start_s < plan->now_s && freeze(plan, entry, todo, out))
        return;
    uint32_t at = out->piece_count++;
    for (; at > 0 && out->pieces[at - 1].todo > todo; at--)
        out->pieces[at] = out->pieces[at - 1];
    out->pieces[at] = (msched__frozen){todo, entry->start_s, entry->end_s};
}

int msched__replan_wish(msched__arena *arena, const msched__replan *replan, msched__tasks *tasks)
{
    msched__span *spans = msched__arena_alloc(arena, replan->piece_count, sizeof *spans);
    if (spans == NULL)
        return 0;
    for (uint32_t i = 0; i < replan->piece_count; i++) {
        const msched__frozen *piece = &replan->pieces[i];
        uint32_t index = tasks->task_of[piece->todo];
        spans[i] = (msched__span){piece->start, piece->end};
        if (index == UINT32_MAX)
            continue;
        msched__task *task = &tasks->tasks[index];
        if (task->wished_count++ > 0)
            continue;
        task->wished = &spans[i];
        task->wished_s = piece->start;
    }
    return 1;
}

static uint32_t plays_of(const msched__replan *replan, uint32_t wish)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < replan->play_count; i++)
        count += replan->plays[i].wish == wish;
    return count;
}

/* The wish that a previous play belongs to: the same place in the plan where the track agrees, else any of that track. */
static uint32_t find_wish(const msched__plan_songs *songs, const msched__replan *replan, uint32_t guess, uint32_t track)
{
    const msched_plan *plan = songs->plan;
    const msched__wish *wishes = songs->wishes;
    if (guess < plan->song_count && wishes[guess].track == track && plays_of(replan, guess) < plan->songs[guess].times)
        return guess;
    for (uint32_t i = 0; i < plan->song_count; i++)
        if (wishes[i].track == track && plays_of(replan, i) < plan->songs[i].times)
            return i;
    return UINT32_MAX;
}

static void read_song(const msched__plan_songs *songs, const msched_schedule_entry *entry, msched__replan *out)
{
    const msched_plan *plan = songs->plan;
    uint32_t track;
    uint8_t frozen = plan->now_s != MSCHED_UNSET && entry->start_s < plan->now_s;
    if (songs->catalog == NULL || msched_catalog_find_id(songs->catalog, entry->id, &track, NULL) != MSCHED_OK)
        return;
    uint32_t wish = entry->wanted == UINT32_MAX ? UINT32_MAX : find_wish(songs, out, entry->wanted, track);
    if (wish != UINT32_MAX)
        out->plays[out->play_count++] = (msched__previous_play){wish, entry->start_s, frozen};
    else
        out->fill[out->fill_count++] = (msched__previous_fill){track, entry->start_s, frozen};
}

msched_result msched__replan_make(msched__arena *arena, const msched__plan_songs *songs, const msched_schedule *previous,
                                  msched__replan *out, msched_error *err)
{
    const msched_plan *plan = songs->plan;
    *out = (msched__replan){0};
    if (previous == NULL)
        return MSCHED_OK;
    if (strcmp(previous->date, plan->date) != 0)
        return msched__fail(err, MSCHED_ERROR_CONFLICT, "the previous schedule is of %s, the plan of %s", previous->date,
                            plan->date);
    uint32_t n = previous->entry_count;
    out->frozen = msched__arena_alloc(arena, n, sizeof *out->frozen);
    out->pieces = msched__arena_alloc(arena, n, sizeof *out->pieces);
    out->plays = msched__arena_alloc(arena, n, sizeof *out->plays);
    out->fill = msched__arena_alloc(arena, n, sizeof *out->fill);
    if (out->frozen == NULL || out->pieces == NULL || out->plays == NULL || out->fill == NULL)
        return msched__fail_memory(err);
    for (uint32_t i = 0; i < n; i++) {
        const msched_schedule_entry entry = msched__entry_on_axis(&previous->entries[i], &plan->axis);
        if (entry.kind == MSCHED_ENTRY_TODO)
            read_todo(plan, &entry, out);
        else
            read_song(songs, &entry, out);
    }
    return MSCHED_OK;
}
