#include "span/span_write.h"

#include "base/buffer.h"
#include "span/span_day.h"
#include "span/span_fact.h"
#include "span/span_overload.h"
#include "span/span_reason.h"
#include "span/span_slack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Copies for the schedule of the span; `failed` is set when out of memory. */
typedef struct writer {
    msched__span *span;
    msched_schedule *out;
    int failed;
} writer;

static const char *keep(writer *w, const char *text)
{
    const char *copy = text[0] == '\0' ? ""
                                       : msched__arena_copy(&w->out->arena, text, strlen(text));
    w->failed |= copy == NULL;
    return copy == NULL ? "" : copy;
}

static const char *const *keep_all(writer *w, const char *const *texts, uint32_t count)
{
    const char **copies = msched__arena_alloc(&w->out->arena, count, sizeof *copies);
    w->failed |= copies == NULL;
    for (uint32_t i = 0; copies != NULL && i < count; i++)
        copies[i] = keep(w, texts[i]);
    return copies;
}

/* "TRACK", or "TRACK~2" for the second wish of the same track. */
static const char *song_identity(writer *w, const msched_schedule_entry *e)
{
    char text[256];
    uint32_t occurrence = e->wanted == UINT32_MAX ? 0 : w->span->found[e->wanted].occurrence;
    if (occurrence <= 1)
        return occurrence == 0 ? "" : e->id;
    snprintf(text, sizeof text, "%s~%u", e->id, (unsigned)occurrence);
    return keep(w, text);
}

/* The id of the to-do during which a song plays, for its id in the plan of a date. */
static const char *host_of(const writer *w, const char *key)
{
    for (uint32_t i = 0; key[0] != '\0' && i < w->span->fact_count; i++)
        if (strcmp(w->span->facts[i].key, key) == 0)
            return w->span->facts[i].id;
    return key;
}

/* The fact of a to-do of a date's plan; NULL: it is a task or an event. */
static const msched__span_fact *fact_of(const writer *w, uint32_t line)
{
    return line >= MSCHED__SPAN_FACT && line < MSCHED__SPAN_EVENT
               ? &w->span->facts[line & MSCHED__SPAN_INDEX]
               : NULL;
}

/* Convert an entry of a date's schedule to an entry of the span; 0: it belongs to another date. */
static int take_entry(writer *w, uint32_t day, const msched_schedule_entry *from,
                      msched_schedule_entry *to)
{
    const msched_plan *plan = w->span->dates[day].schedule->plan;
    *to = *from;
    to->day = day;
    to->sequence = 0;
    to->during = keep(w, host_of(w, from->during));
    if (from->kind == MSCHED_ENTRY_SONG) {
        to->wanted = from->wanted == UINT32_MAX ? UINT32_MAX : plan->songs[from->wanted].line;
        to->identity = song_identity(w, to);
        return 1;
    }
    uint32_t line = plan->todos[from->todo].line;
    if (line >= MSCHED__SPAN_NEIGHBOR)
        return 0;
    to->todo = line <= MSCHED__SPAN_INDEX && !from->fixed ? w->span->tasks[line].todo
                                                          : line & MSCHED__SPAN_INDEX;
    to->id = to->identity = keep(w, from->id);
    const msched__span_fact *fact = fact_of(w, line);
    if (fact != NULL) {
        to->todo = fact->todo;
        to->id = to->identity = keep(w, fact->id);
        to->fixed = 0;
        to->state = fact->state;
        to->piece = fact->piece;
    }
    to->title = w->span->plan->todos[to->todo].title;
    return 1;
}

/* Pieces of a task are numbered over all dates. */
static int number_pieces(writer *w)
{
    uint32_t count = w->span->task_count;
    uint32_t *total = msched__arena_alloc(w->span->arena, 2 * (size_t)count, sizeof *total);
    if (total == NULL)
        return 0;
    uint32_t *seen = total + count;
    memset(total, 0, 2 * (size_t)count * sizeof *total);
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < w->out->entry_count; i++) {
            msched_schedule_entry *e = &w->out->entries[i];
            if (e->kind != MSCHED_ENTRY_TODO || e->fixed || e->reserved[0] > MSCHED__SPAN_INDEX)
                continue;
            uint32_t task = (uint32_t)e->reserved[0];
            if (pass == 0)
                total[task]++;
            else
                e->piece = total[task] > 1 ? ++seen[task] : 0;
        }
    return 1;
}

/* The task of an entry with that line; the finished part of a paused task is a piece of it. */
static uint32_t task_of(const writer *w, uint32_t line)
{
    const msched__span_fact *fact = fact_of(w, line);
    return fact != NULL && fact->state == MSCHED_STATE_PAUSED &&
                   msched__span_left(w->span->plan, fact->todo) != MSCHED_UNSET
               ? w->span->first_task[fact->todo]
               : line;
}

static void write_entries(writer *w)
{
    size_t most = 0;
    for (uint32_t d = 0; d < w->span->days; d++)
        most += w->span->dates[d].schedule->entry_count;
    w->out->entries = msched__arena_alloc(&w->out->arena, most, sizeof *w->out->entries);
    w->failed |= w->out->entries == NULL;
    for (uint32_t d = 0; d < w->span->days && !w->failed; d++) {
        const msched_schedule *from = w->span->dates[d].schedule;
        for (uint32_t i = 0; i < from->entry_count; i++) {
            msched_schedule_entry *to = &w->out->entries[w->out->entry_count];
            if (!take_entry(w, d, &from->entries[i], to))
                continue;
            if (to->kind == MSCHED_ENTRY_TODO)
                to->reserved[0] = task_of(w, from->plan->todos[from->entries[i].todo].line);
            w->out->entry_count++;
        }
    }
    if (w->failed)
        return;
    msched__schedule_sort_span(w->out);
    w->failed |= !number_pieces(w);
    for (uint32_t i = 0; i < w->out->entry_count; i++)
        w->out->entries[i].reserved[0] = 0;
    msched__span_write_slack(w->span, w->out);
}

/* 1 for a move of an event of a neighboring date: the date's plan has only a part of the event. */
static int moves_neighbor(const msched_plan *plan, uint32_t kind, const char *id)
{
    if (kind != MSCHED_FIX_MOVE_LATER && kind != MSCHED_FIX_MOVE_EARLIER)
        return 0;
    const uint32_t todo = msched__plan_find_todo(plan, id, strlen(id));
    return todo < plan->todo_count && plan->todos[todo].line >= MSCHED__SPAN_NEIGHBOR;
}

/* Remove fixes that the plan of one date cannot judge. */
static void drop_neighbor_moves(writer *w, const msched_plan *plan, msched_unplaced *item)
{
    const msched_fix **kept = msched__arena_alloc(w->span->arena, item->alternative_count + 1,
                                                  sizeof *kept);
    uint32_t count = 0, first = 0;
    w->failed |= kept == NULL;
    if (kept == NULL)
        return;
    for (uint32_t i = 0; i < item->alternative_count; i++)
        if (!moves_neighbor(plan, item->alternatives[i]->kind, item->alternatives[i]->id))
            kept[count++] = item->alternatives[i];
    if (moves_neighbor(plan, item->fix, item->fix_id)) {
        static const msched_fix none = {.id = "", .text = ""};
        const msched_fix *fix = count > 0 ? kept[first++] : &none;
        item->fix = fix->kind, item->fix_s = fix->amount_s;
        item->fix_id = fix->id, item->fix_text = fix->text;
    }
    item->alternatives = kept + first;
    item->alternative_count = count - first;
}

static void take_unplaced(writer *w, uint32_t day, const msched_unplaced *source,
                          msched_unplaced *to)
{
    msched_unplaced own = *source;
    const msched_unplaced *from = &own;
    drop_neighbor_moves(w, w->span->dates[day].schedule->plan, &own);
    *to = *from;
    to->day = day;
    to->id = keep(w, from->id);
    to->title = keep(w, from->title);
    to->text = keep(w, from->text);
    w->failed |= !msched__schedule_copy_fixes(w->out, from, to);
    to->rivals = keep_all(w, from->rivals, from->rival_count);
    to->candidates = keep_all(w, from->candidates, from->candidate_count);
}

/* The date's explanation of an unscheduled to-do or song. */
static const msched_unplaced *find_unplaced(const writer *w, uint32_t day, uint32_t kind,
                                            uint32_t line)
{
    const msched_schedule *s = w->span->dates[day].schedule;
    for (uint32_t i = 0; i < s->unplaced_count; i++) {
        const msched_unplaced *u = &s->unplaced[i];
        if (u->kind == kind && ((kind == MSCHED_UNPLACED_TODO && u->todo != UINT32_MAX &&
                                 s->plan->todos[u->todo].line == line) ||
                                (kind == MSCHED_UNPLACED_SONG && u->wanted != UINT32_MAX &&
                                 s->plan->songs[u->wanted].line == line)))
            return u;
    }
    return NULL;
}

static void write_task(writer *w, uint32_t index)
{
    const msched__span_task *task = &w->span->tasks[index];
    msched_unplaced *to = &w->out->unplaced[w->out->unplaced_count++];
    uint32_t day = 0;
    while (day < w->span->days && task->part[day] == 0)
        day++;
    const msched_unplaced *known = day < w->span->days
                                       ? find_unplaced(w, day, MSCHED_UNPLACED_TODO, index)
                                       : NULL;
    if (known != NULL)
        take_unplaced(w, day, known, to);
    else
        w->failed |= !msched__span_explain_task(w->span, task, w->out, to);
    to->todo = task->todo;
}

static void write_song(writer *w, uint32_t song)
{
    const msched__span_wish *wish = &w->span->wishes[song];
    uint32_t got = 0, day = 0;
    const msched_unplaced *known = NULL;
    for (uint32_t d = 0; d < w->span->days; d++)
        got += wish->got[d];
    if (got >= wish->wanted)
        return;
    for (; day < w->span->days && known == NULL; day++)
        if (wish->asked[day] > wish->got[day])
            known = find_unplaced(w, day, MSCHED_UNPLACED_SONG, song);
    msched_unplaced *to = &w->out->unplaced[w->out->unplaced_count++];
    if (known != NULL)
        take_unplaced(w, day - 1, known, to);
    else
        w->failed |= !msched__span_explain_song(w->span, song, w->out, to);
    to->wanted = song;
    to->plays = wish->wanted - got;
}

/* First items past their due time, each group in the order of the plan. */
static void put_past_first(msched_schedule *out)
{
    uint32_t past = 0;
    for (uint32_t i = 0; i < out->unplaced_count; i++) {
        msched_unplaced moved = out->unplaced[i];
        if (moved.reason != MSCHED_REASON_PAST)
            continue;
        memmove(&out->unplaced[past + 1], &out->unplaced[past], (i - past) * sizeof moved);
        out->unplaced[past++] = moved;
    }
}

static void write_unplaced(writer *w)
{
    size_t fills = (size_t)w->span->days * (1 + w->span->plan->more_fill_count);
    size_t most = w->span->task_count + (size_t)w->span->plan->song_count + fills;
    w->out->unplaced = msched__arena_alloc(&w->out->arena, most, sizeof *w->out->unplaced);
    w->failed |= w->out->unplaced == NULL;
    for (uint32_t i = 0; i < w->span->plan->todo_count && !w->failed; i++)
        for (uint32_t k = 0; k < w->span->occurrences[i]; k++)
            if (!w->span->tasks[w->span->first_task[i] + k].is_whole)
                write_task(w, w->span->first_task[i] + k);
    put_past_first(w->out);
    for (uint32_t i = 0; i < w->span->plan->song_count && !w->failed; i++)
        write_song(w, i);
    for (uint32_t d = 0; d < w->span->days && !w->failed; d++) {
        const msched_schedule *s = w->span->dates[d].schedule;
        for (uint32_t i = 0; i < s->unplaced_count; i++)
            if (s->unplaced[i].kind == MSCHED_UNPLACED_FILL && !w->span->dates[d].is_past)
                take_unplaced(w, d, &s->unplaced[i], &w->out->unplaced[w->out->unplaced_count++]);
    }
}

/* The ids of the tasks of a range. */
static void name_members(writer *w, const msched__span_range *range, msched_overload *to)
{
    char id[MSCHED__SPAN_ID_BYTES];
    const msched__span *span = w->span;
    const char **members = msched__arena_alloc(&w->out->arena, span->task_count, sizeof *members);
    w->failed |= members == NULL;
    for (uint32_t i = 0; i < span->task_count && !w->failed; i++) {
        if (!msched__span_is_within(&span->tasks[i], range))
            continue;
        msched__span_name_task(span, &span->tasks[i], msched__first_date(span->tasks[i].dates), id);
        members[to->member_count++] = keep(w, id);
    }
    to->members = members;
}

/* 1 if the schedule of a date already lists an overload of the range. */
static int is_explained(const writer *w, const msched__span_range *range)
{
    return range->first == range->last && w->span->dates[range->first].schedule->overload_count > 0;
}

static void write_ranges(writer *w, const msched__span_range *ranges, uint32_t count)
{
    for (uint32_t i = 0; i < count && !w->failed; i++) {
        msched_overload *to = &w->out->overloads[w->out->overload_count];
        if (is_explained(w, &ranges[i]))
            continue;
        *to = (msched_overload){
            .struct_size = sizeof *to,
            .start_s = msched__plain_time(w->span->plan->span->start_s[ranges[i].first]),
            .end_s = msched__plain_time(w->span->plan->span->end_s[ranges[i].last]),
            .demand_s = (int32_t)ranges[i].demand_s,
            .capacity_s = (int32_t)ranges[i].capacity_s,
            .day = ranges[i].first,
            .last_day = ranges[i].last};
        name_members(w, &ranges[i], to);
        w->out->overload_count++;
    }
}

static void write_overloads(writer *w)
{
    msched__span_range ranges[MSCHED__SPAN_RANGES_MAX];
    uint32_t range_count = w->span->options->no_reasons ? 0 : msched__span_ranges(w->span, ranges);
    size_t most = range_count;
    for (uint32_t d = 0; d < w->span->days; d++)
        most += w->span->dates[d].schedule->overload_count;
    w->out->overloads = msched__arena_alloc(&w->out->arena, most, sizeof *w->out->overloads);
    w->failed |= w->out->overloads == NULL;
    for (uint32_t d = 0; d < w->span->days && !w->failed; d++) {
        const msched_schedule *s = w->span->dates[d].schedule;
        for (uint32_t i = 0; i < s->overload_count; i++) {
            msched_overload *to = &w->out->overloads[w->out->overload_count++];
            *to = s->overloads[i];
            to->day = to->last_day = d;
            to->members = keep_all(w, to->members, to->member_count);
        }
    }
    write_ranges(w, ranges, range_count);
}

static int is_said(const msched_schedule *out, const msched_warning *warning)
{
    for (uint32_t i = 0; i < out->warning_count; i++)
        if (strcmp(out->warnings[i].code, warning->code) == 0 &&
            strcmp(out->warnings[i].message, warning->message) == 0)
            return 1;
    return 0;
}

/* 1 for an occurrence of a date that is past: it is listed as unscheduled, with that reason. */
static int is_over(const msched__span *span, const msched__span_task *task)
{
    return span->plan->span->todos[task->todo].each && !task->is_whole &&
           span->dates[task->each_day].is_past;
}

/* "Report" was planned for a date that is over, and is now on another date. */
static void warn_of_rolled(writer *w, const msched__span_task *task)
{
    char text[320];
    const msched__span *span = w->span;
    uint32_t to = 0;
    while (to < span->days && task->got[to] == 0)
        to++;
    uint32_t from = msched__first_date(task->missed);
    if (!task->is_whole)
        snprintf(text, sizeof text,
                 "\"%.100s\" was planned for %s and is not marked as done; it is no longer "
                 "scheduled",
                 span->plan->todos[task->todo].title, span->dates[from].date);
    else
        snprintf(text, sizeof text,
                 "\"%.100s\" was planned for %s and is not marked as done: it is now on %s",
                 span->plan->todos[task->todo].title, span->dates[from].date, span->dates[to].date);
    w->out->warnings[w->out->warning_count++] = (msched_warning){
        .struct_size = sizeof(msched_warning), .code = "rolled_over", .message = keep(w, text)};
}

/* Warnings of the plan, or of the schedule of a date; each is reported once. */
static void take_warning(writer *w, const char *code, const char *message)
{
    const msched_warning warning = {
        .struct_size = sizeof warning, .code = keep(w, code), .message = keep(w, message)};
    if (!w->failed && !is_said(w->out, &warning))
        w->out->warnings[w->out->warning_count++] = warning;
}

/*
 * 1 if events of a date overlap after its midnight: the next date has a message about that, in the
 * times of its own clocks.
 */
static int is_of_next(const msched_warning *warning)
{
    static const char before[] = " overlap from ";
    const char *at = NULL, *next = warning->message;
    if (strcmp(warning->code, "events_overlap") != 0)
        return 0;
    while ((next = strstr(next, before)) != NULL)
        at = next += sizeof before - 1;
    return at != NULL && strtol(at, NULL, 10) >= 24;
}

/* 1 if an occurrence is in that state, and the schedule has no entry of it. */
static int is_closed(const msched__span *span, uint32_t todo, const msched_occurrence *o,
                     uint32_t state)
{
    const msched__span_item *item = &span->plan->span->todos[todo];
    uint32_t day = msched__occurrence_day(span->plan, o);
    int is_single = span->plan->todos[todo].kind == MSCHED_TODO_TASK &&
                    msched__span_is_single(item);
    if (o->state != state || (day == UINT32_MAX && !is_single))
        return 0;
    return span->plan->todos[todo].kind == MSCHED_TODO_EVENT
               ? !msched__span_has(span, todo, day)
               : msched__span_fact_on(span, todo, day) == NULL;
}

/* One note for the occurrences in a state that have no entry, so that nothing is lost silently. */
static void note_closed(writer *w, uint32_t state, const char *code, const char *text)
{
    const msched_plan *plan = w->span->plan;
    uint32_t count = 0;
    msched__buffer b;
    msched__buffer_init(&b, &w->out->arena.allocator);
    msched__buffer_string(&b, text);
    for (uint32_t i = 0; i < plan->todo_count; i++)
        for (uint32_t k = 0; k < plan->span->todos[i].occurrence_count; k++) {
            const msched_occurrence *o = &plan->span->todos[i].occurrences[k];
            if (is_closed(w->span, i, o, state))
                msched__buffer_format(&b, "%s%s (%s)", count++ > 0 ? ", " : " ",
                                      plan->todos[i].title, o->date);
        }
    w->failed |= b.failed;
    if (count > 0 && !w->failed)
        take_warning(w, code, b.data);
    msched__buffer_free(&b);
}

static void write_warnings(writer *w)
{
    const msched_plan *plan = w->span->plan;
    size_t most = (size_t)w->span->task_count + plan->warning_count + 2;
    for (uint32_t d = 0; d < w->span->days; d++)
        most += w->span->dates[d].schedule->warning_count;
    w->out->warnings = msched__arena_alloc(&w->out->arena, most, sizeof *w->out->warnings);
    w->failed |= w->out->warnings == NULL;
    for (uint32_t i = 0; i < w->span->task_count && !w->failed; i++)
        if (w->span->tasks[i].missed != 0 && !is_over(w->span, &w->span->tasks[i]))
            warn_of_rolled(w, &w->span->tasks[i]);
    note_closed(w, MSCHED_STATE_SKIPPED, "skipped", "skipped:");
    note_closed(w, MSCHED_STATE_DONE, "done", "done at unknown times:");
    for (uint32_t i = 0; i < plan->warning_count && !w->failed; i++)
        take_warning(w, plan->warnings[i].code, plan->warnings[i].message);
    for (uint32_t d = 0; d < w->span->days && !w->failed; d++) {
        const msched_schedule *s = w->span->dates[d].schedule;
        for (uint32_t i = 0; i < s->warning_count && !w->failed; i++)
            if (d + 1 == w->span->days || !is_of_next(&s->warnings[i]))
                take_warning(w, s->warnings[i].code, s->warnings[i].message);
    }
}

msched_result msched__span_write(msched__span *span, msched_schedule *out)
{
    writer w = {.span = span, .out = out};
    write_entries(&w);
    if (!w.failed)
        write_unplaced(&w);
    if (!w.failed)
        write_overloads(&w);
    if (!w.failed)
        write_warnings(&w);
    return w.failed ? MSCHED_ERROR_MEMORY : MSCHED_OK;
}
