/*
 * Turn the solution into entries: events and pieces of tasks, with touching pieces joined and
 * numbered, then songs with the to-do in which they play.
 */
#include "schedule/entries.h"

#include "schedule/level_eight.h"
#include "schedule/model/bounds.h"
#include "schedule/model/model.h"
#include "schedule/model/playlist.h"
#include "schedule/model/solution.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/output/schedule.h"
#include "schedule/songs/songs_order.h"

#include <stdio.h>
#include <string.h>

typedef struct writer {
    msched_schedule *schedule;
    const msched__model *model;
    const msched__solution *day;
} writer;

/* The state of the part of a to-do that starts here. */
static uint32_t state_of(const writer *b, uint32_t todo, int32_t start)
{
    const msched__plan_todo *t = &b->model->plan->todos[todo];
    const msched__replan *replan = b->model->replan;
    if (t->kind == MSCHED_TODO_EVENT)
        return t->state == MSCHED_STATE_DONE || t->state == MSCHED_STATE_STARTED
                   ? t->state
                   : MSCHED_STATE_OPEN;
    for (uint32_t i = 0; replan != NULL && i < replan->frozen_count; i++)
        if (replan->frozen[i].todo == todo && replan->frozen[i].start == start)
            return replan->frozen[i].state;
    return MSCHED_STATE_OPEN;
}

static void add_todo_entry(writer *b, uint32_t todo, int32_t start, int32_t end, uint32_t piece)
{
    const msched__plan_todo *t = &b->model->plan->todos[todo];
    b->schedule->entries[b->schedule->entry_count++] =
        (msched_schedule_entry){.struct_size = sizeof(msched_schedule_entry),
                                .kind = MSCHED_ENTRY_TODO,
                                .start_s = start,
                                .end_s = end,
                                .id = t->id,
                                .title = t->title,
                                .artist = "",
                                .during = "",
                                .start_utc = MSCHED_NO_UTC,
                                .end_utc = MSCHED_NO_UTC,
                                .todo = todo,
                                .wanted = UINT32_MAX,
                                .track = UINT32_MAX,
                                .fixed = t->kind == MSCHED_TODO_EVENT,
                                .piece = piece,
                                .identity = t->id,
                                .state = state_of(b, todo, start)};
}

/*
 * 1 if a to-do has its whole length in the schedule, or the plan says what has happened to it. Of
 * other tasks, which have only begun in the previous schedule, no part is there without the rest.
 */
static int is_shown(const writer *b, uint32_t todo)
{
    uint32_t task = b->model->tasks.task_of[todo];
    return task == UINT32_MAX || b->day->timetable.placed[task] ||
           b->model->plan->todos[todo].state != MSCHED_STATE_OPEN;
}

static void add_todo_entries(writer *b)
{
    const msched__tasks *tasks = &b->model->tasks;
    const msched__arrangement *best = &b->day->timetable;
    for (uint32_t i = 0; i < tasks->fixed_count; i++)
        if (is_shown(b, tasks->fixed[i].todo))
            add_todo_entry(b, tasks->fixed[i].todo, tasks->fixed[i].start, tasks->fixed[i].end, 0);
    for (uint32_t i = 0; i < best->piece_count; i++)
        add_todo_entry(b, tasks->tasks[best->pieces[i].task].todo, best->pieces[i].start,
                       best->pieces[i].end, 0);
}

/* Join pieces of a to-do that touch and number those that are left, by start. */
static void number_pieces(msched_schedule *schedule, uint32_t *last, uint32_t *total)
{
    uint32_t out = 0;
    for (uint32_t i = 0; i < schedule->entry_count; i++) {
        msched_schedule_entry *entry = &schedule->entries[i];
        uint32_t before = last[entry->todo];
        if (before != UINT32_MAX && schedule->entries[before].end_s == entry->start_s &&
            schedule->entries[before].state == entry->state) {
            schedule->entries[before].end_s = entry->end_s;
            continue;
        }
        entry->piece = ++total[entry->todo];
        last[entry->todo] = out;
        schedule->entries[out++] = *entry;
    }
    schedule->entry_count = out;
    for (uint32_t i = 0; i < out; i++)
        if (total[schedule->entries[i].todo] == 1)
            schedule->entries[i].piece = 0;
}

/* 1 if consecutive entries of a to-do cover the whole span. */
static int covers(const writer *b, uint32_t todo_entries, uint32_t todo, msched__interval span)
{
    int32_t at = span.start;
    for (uint32_t i = 0; i < todo_entries && at < span.end; i++) {
        const msched_schedule_entry *entry = &b->schedule->entries[i];
        if (entry->todo == todo && entry->start_s <= at && at < entry->end_s)
            at = entry->end_s;
    }
    return at >= span.end;
}

/*
 * The to-do during which a song plays: the requested one, otherwise the first that contains it. A
 * requested to-do that is left out contains none, even if songs were heard in it.
 */
static const char *host_of(const writer *b, uint32_t todo_entries, msched__interval span,
                           uint32_t wish)
{
    const msched_plan *plan = b->model->plan;
    uint32_t wanted = wish == UINT32_MAX ? UINT32_MAX : plan->songs[wish].during;
    if (wanted != UINT32_MAX && covers(b, todo_entries, wanted, span))
        return plan->todos[wanted].id;
    for (uint32_t i = 0; i < todo_entries; i++) {
        const msched_schedule_entry *entry = &b->schedule->entries[i];
        if (plan->todos[entry->todo].music && entry->start_s <= span.start &&
            span.start < entry->end_s && covers(b, todo_entries, entry->todo, span))
            return entry->id;
    }
    return "";
}

/*
 * The track id, with the number of the wish for it; see msched_schedule_entry. NULL when out of
 * memory.
 */
static const char *wish_identity(const writer *b, const char *id, uint32_t wish)
{
    uint32_t occurrence = wish == UINT32_MAX ? 0 : b->model->wishes[wish].occurrence;
    size_t size = strlen(id);
    if (occurrence <= 1)
        return occurrence == 0 ? "" : id;
    char *text = msched__arena_alloc(&b->schedule->arena, size + 12, 1);
    if (text == NULL)
        return NULL;
    memcpy(text, id, size);
    snprintf(text + size, 12, "~%u", (unsigned)occurrence);
    return text;
}

/* 0 when out of memory. */
static int add_song_entries(writer *b)
{
    const msched_catalog *catalog = b->model->catalog;
    uint32_t todo_entries = b->schedule->entry_count;
    for (uint32_t i = 0; i < b->day->timed_count; i++) {
        const msched__timed_song *song = &b->day->timed[i];
        uint32_t wish = song->play == MSCHED__FILL ? UINT32_MAX
                                                   : b->day->songs.plays[song->play].wish;
        int32_t end = song->start_s + song->length_s;
        const char *id = msched__catalog_text(catalog, catalog->track_id[song->track]);
        const char *identity = wish_identity(b, id, wish);
        if (identity == NULL)
            return 0;
        b->schedule->entries[b->schedule->entry_count++] = (msched_schedule_entry){
            .struct_size = sizeof(msched_schedule_entry),
            .kind = MSCHED_ENTRY_SONG,
            .start_s = song->start_s,
            .end_s = end,
            .id = id,
            .title = msched__catalog_text(catalog, catalog->track_name[song->track]),
            .artist = msched__catalog_text(catalog, catalog->artist_name[song->artist]),
            .during = host_of(b, todo_entries, (msched__interval){song->start_s, end}, wish),
            .start_utc = MSCHED_NO_UTC,
            .end_utc = MSCHED_NO_UTC,
            .todo = UINT32_MAX,
            .wanted = wish,
            .fill = song->play == MSCHED__FILL ? song->fill : 0,
            .track = song->track,
            .popularity = (uint32_t)msched__known_popularity(catalog, song->track),
            .identity = identity};
    }
    return 1;
}

/* The number of entries whose item started at another time before; new items have not moved. */
static uint64_t count_moved(const writer *b)
{
    const msched__tasks *tasks = &b->model->tasks;
    const msched__arrangement *best = &b->day->timetable;
    uint64_t moved = 0;
    for (uint32_t i = 0; i < tasks->count; i++) {
        int32_t wished = tasks->tasks[i].wished_s;
        if (wished == MSCHED_UNSET || !best->placed[i])
            continue;
        for (uint32_t k = 0; k < best->piece_count; k++)
            if (best->pieces[k].task == i) {
                moved += best->pieces[k].start != wished;
                break;
            }
    }
    for (uint32_t i = 0; i < b->day->timed_count; i++) {
        const msched__timed_song *song = &b->day->timed[i];
        if (song->play == MSCHED__FILL ||
            b->day->songs.plays[song->play].preferred_s == MSCHED_UNSET)
            continue;
        moved += song->start_s != b->day->songs.plays[song->play].preferred_s;
    }
    return moved;
}

static void write_objective(const writer *b, const msched__solver *solver)
{
    msched_objective *objective = &b->schedule->objective;
    msched__bounds bounds = solver->bounds;
    msched__wishes_raise(b->model->plan, b->model->wishes, bounds.bound);
    uint32_t proved = msched__bounds_proved(&bounds, b->day->value);
    memcpy(objective->value, b->day->value, sizeof objective->value);
    memcpy(objective->bound, bounds.bound, sizeof objective->bound);
    objective->struct_size = sizeof *objective;
    objective->proved_levels = proved;
    objective->status = proved == MSCHED_LEVEL_COUNT ? MSCHED_STATUS_OPTIMAL
                                                     : MSCHED_STATUS_FEASIBLE;
    objective->stop = solver->budget->stop;
    objective->work = solver->budget->used;
    objective->moved = count_moved(b);
    msched__songs_score score = {1000, 1000, 1000};
    msched__fill_problem problem = msched__solution_fill(b->day);
    if (b->model->catalog != NULL)
        score = msched__songs_rate(&problem, b->day->timed, b->day->timed_count);
    objective->preference = (score.mood_fit + score.smoothness + score.popularity) / 3000.0;
}

msched_result msched__entries_write(const msched__solver *solver, msched_schedule *schedule)
{
    writer b = {.schedule = schedule, .model = solver->model, .day = &solver->best};
    uint32_t most = b.model->tasks.fixed_count + b.day->timetable.piece_count + b.day->timed_count;
    uint32_t todos = b.model->plan->todo_count;
    uint32_t *last = msched__arena_alloc(solver->arena, todos, sizeof *last);
    uint32_t *total = msched__arena_alloc(solver->arena, todos, sizeof *total);
    schedule->entries = msched__arena_alloc(&schedule->arena, most, sizeof *schedule->entries);
    if (schedule->entries == NULL || last == NULL || total == NULL)
        return MSCHED_ERROR_MEMORY;
    memset(last, 0xff, todos * sizeof *last);
    memset(total, 0, todos * sizeof *total);
    add_todo_entries(&b);
    msched__schedule_sort_entries(schedule);
    number_pieces(schedule, last, total);
    if (!add_song_entries(&b))
        return MSCHED_ERROR_MEMORY;
    msched__schedule_sort_entries(schedule);
    write_objective(&b, solver);
    return msched__level_eight(solver, &schedule->objective);
}
