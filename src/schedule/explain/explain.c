#include "schedule/explain/explain.h"

#include "algo/min_max.h"
#include "base/buffer.h"
#include "query/lookup/near_names.h"
#include "schedule/explain/explain_overload.h"
#include "schedule/explain/explain_songs.h"
#include "schedule/explain/explain_tasks.h"
#include "schedule/model/lookup.h"
#include "schedule/model/tasks.h"
#include "schedule/output/schedule.h"
#include "schedule/songs/songs_repeats.h"
#include "schedule/tasks/tasks_pace.h"

#include <string.h>

static const char *overlap_text(msched__explain *e, const msched__fixed *a, const msched__fixed *b)
{
    const msched__plan_todo *todos = e->model->plan->todos;
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    msched__buffer_format(&text, "%s and %s overlap from ", todos[a->todo].title,
                          todos[b->todo].title);
    msched__explain_time(e, &text, larger(a->start, b->start));
    msched__buffer_string(&text, " to ");
    msched__explain_time(e, &text, smaller(a->end, b->end));
    return msched__explain_keep(e, &text);
}

static uint32_t overlaps(msched__explain *e, msched_warning *out)
{
    const msched__tasks *tasks = &e->model->tasks;
    uint32_t count = 0;
    for (uint32_t i = 0; i < tasks->fixed_count; i++)
        for (uint32_t k = i + 1;
             k < tasks->fixed_count && tasks->fixed[k].start < tasks->fixed[i].end; k++) {
            if (!tasks->fixed[i].event || !tasks->fixed[k].event)
                continue;
            if (out != NULL)
                out[count] = (msched_warning){
                    .struct_size = sizeof *out,
                    .code = "events_overlap",
                    .message = overlap_text(e, &tasks->fixed[i], &tasks->fixed[k])};
            count++;
        }
    return count;
}

/*
 * Songs that were looked up here and may not be what was meant: the name differs, or several songs
 * have it.
 */
static uint32_t uncertain_songs(msched__explain *e, msched_warning *out)
{
    const msched_catalog *catalog = e->model->catalog;
    uint32_t count = 0;
    for (uint32_t i = 0; i < e->model->plan->song_count; i++) {
        const msched__wish *wish = &e->model->wishes[i];
        if ((!wish->ambiguous && !wish->near) || wish->track == UINT32_MAX)
            continue;
        if (out != NULL) {
            msched__buffer text;
            msched__buffer_init(&text, &e->schedule->arena.allocator);
            msched__buffer_format(
                &text,
                wish->near ? "no song is called \"%s\"; using %s - %s"
                           : "\"%s\" matches several songs; using %s - %s",
                e->model->plan->songs[i].query,
                msched__catalog_text(catalog, catalog->track_name[wish->track]),
                msched__catalog_text(catalog,
                                     catalog->artist_name[catalog->track_artist[wish->track]]));
            out[count] = (msched_warning){.struct_size = sizeof *out,
                                          .code = wish->near ? "near_song" : "ambiguous_song",
                                          .message = msched__explain_keep(e, &text)};
        }
        count++;
    }
    return count;
}

static const char *unknown_name_text(msched__explain *e, enum msched__name_kind kind,
                                     const char *name)
{
    char near[MSCHED__NEAR_NAMES_ROOM];
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    msched__buffer_format(&text, "fill: no %s \"%s\": %s", msched__name_kind(kind), name,
                          msched__names_near(near, e->model->catalog, 1u << kind, name));
    return msched__explain_keep(e, &text);
}

/* Names in a fill that are not in the catalog; plan text reports them earlier. */
static uint32_t unknown_in(msched__explain *e, const msched_listening *l, msched_warning *out)
{
    const struct {
        enum msched__name_kind kind;
        const char *const *names;
        uint32_t count;
    } lists[] = {{MSCHED__NAME_GENRE, l->fill_genres, l->fill_genre_count},
                 {MSCHED__NAME_SUBGENRE, l->fill_subgenres, l->fill_subgenre_count},
                 {MSCHED__NAME_ARTIST, l->fill_artists, l->fill_artist_count}};
    uint32_t count = 0;
    for (size_t list = 0; e->model->catalog != NULL && list < sizeof lists / sizeof lists[0];
         list++)
        for (uint32_t i = 0; i < lists[list].count; i++) {
            const char *name = lists[list].names[i];
            if (msched__name_exists(e->model->catalog, lists[list].kind, name))
                continue;
            if (out != NULL)
                out[count] =
                    (msched_warning){.struct_size = sizeof *out,
                                     .code = "unknown_name",
                                     .message = unknown_name_text(e, lists[list].kind, name)};
            count++;
        }
    return count;
}

static uint32_t unknown_names(msched__explain *e, msched_warning *out)
{
    uint32_t count = 0;
    for (uint32_t k = 0; k <= e->model->plan->more_fill_count; k++)
        count += unknown_in(e, msched__plan_fill_rules(e->model->plan, k),
                            out == NULL ? NULL : out + count);
    return count;
}

/* One note for the to-dos of a state that have no entry, so that nothing is lost silently. */
static uint32_t closed_note(msched__explain *e, uint32_t state, const char *code, const char *text,
                            msched_warning *out)
{
    const msched_plan *plan = e->model->plan;
    uint32_t count = 0, written = 0;
    msched__buffer b;
    for (uint32_t i = 0; i < plan->todo_count; i++)
        count += plan->todos[i].closed && plan->todos[i].state == state;
    if (count == 0 || out == NULL)
        return count > 0;
    msched__buffer_init(&b, &e->schedule->arena.allocator);
    msched__buffer_string(&b, text);
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        if (!plan->todos[i].closed || plan->todos[i].state != state)
            continue;
        msched__buffer_string(&b, written++ > 0 ? ", " : " ");
        msched__buffer_string(&b, plan->todos[i].title);
    }
    *out = (msched_warning){
        .struct_size = sizeof *out, .code = code, .message = msched__explain_keep(e, &b)};
    return 1;
}

static uint32_t closed_todos(msched__explain *e, msched_warning *out)
{
    uint32_t count = closed_note(e, MSCHED_STATE_SKIPPED, "skipped", "skipped today:", out);
    return count + closed_note(e, MSCHED_STATE_DONE, "done",
                               "done at unknown times:", out == NULL ? NULL : out + count);
}

static const char *repeat_text(msched__explain *e, const msched__timed_song *first,
                               const msched__timed_song *next)
{
    const msched_catalog *catalog = e->model->catalog;
    const int32_t between = next->start_s - first->start_s - first->length_s;
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    msched__buffer_format(&text, "\"%s\" plays at ",
                          msched__catalog_text(catalog, catalog->track_name[first->track]));
    msched__explain_time(e, &text, first->start_s);
    msched__buffer_string(&text, " and again at ");
    msched__explain_time(e, &text, next->start_s);
    msched__buffer_string(&text, between > 0 ? ", " : ", directly after");
    if (between > 0) {
        msched__explain_length(&text, between);
        msched__buffer_string(&text, " later");
    }
    msched__buffer_string(&text, "; repeat asks for ");
    msched__explain_length(&text, e->day->songs.repeat_s);
    return msched__explain_keep(e, &text);
}

/* Plays of one recording that are closer than the plan wishes. */
static uint32_t close_plays(msched__explain *e, msched_warning *out)
{
    const msched__solution *day = e->day;
    uint32_t count = 0;
    for (uint32_t i = 0; e->model->plan->listening.repeat_s > 0 && i < day->timed_count; i++) {
        const uint32_t next = msched__songs_repeats_next(&day->songs, day->timed, day->timed_count,
                                                         i);
        if (next == day->timed_count)
            continue;
        if (out != NULL)
            out[count] =
                (msched_warning){.struct_size = sizeof *out,
                                 .code = "repeats_soon",
                                 .message = repeat_text(e, &day->timed[i], &day->timed[next])};
        count++;
    }
    return count;
}

/* The longest run of to-dos without the break that the plan asks for. */
static uint32_t missed_breaks(msched__explain *e, msched_warning *out)
{
    const msched_plan *plan = e->model->plan;
    const msched__pace pace = msched__pace_of(plan);
    uint32_t todo_count;
    if (plan->break_s == 0)
        return 0;
    const msched__interval *todos = msched__pauses_todos(e->scratch, &e->model->tasks,
                                                         &e->day->timetable, &todo_count);
    e->failed |= todos == NULL;
    const msched__pauses pauses = todos == NULL ? (msched__pauses){0}
                                                : msched__pauses_rate(todos, todo_count, &pace);
    if (pauses.over_s == 0 || out == NULL)
        return pauses.over_s > 0;
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    msched__explain_length(&text, pauses.longest_s);
    msched__buffer_string(&text, " of to-dos between ");
    msched__explain_time(e, &text, pauses.longest_start);
    msched__buffer_string(&text, " and ");
    msched__explain_time(e, &text, pauses.longest_end);
    msched__buffer_string(&text, " without a break of ");
    msched__explain_length(&text, plan->break_s);
    msched__buffer_string(&text, "; the plan asks for one after ");
    msched__explain_length(&text, plan->break_after_s);
    out[0] = (msched_warning){.struct_size = sizeof *out,
                              .code = "breaks_missed",
                              .message = msched__explain_keep(e, &text)};
    return 1;
}

static msched_result explain_warnings(msched__explain *e)
{
    const msched_plan *plan = e->model->plan;
    uint32_t overlapping = overlaps(e, NULL), uncertain = uncertain_songs(e, NULL),
             unknown = unknown_names(e, NULL), close = close_plays(e, NULL),
             missed = missed_breaks(e, NULL),
             count = plan->warning_count + overlapping + uncertain + unknown + close + missed +
                     closed_todos(e, NULL);
    msched_warning *out = msched__arena_alloc(&e->schedule->arena, count, sizeof *out);
    if (out == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < plan->warning_count; i++)
        out[i] = (msched_warning){.struct_size = sizeof *out,
                                  .code = plan->warnings[i].code,
                                  .message = plan->warnings[i].message};
    overlaps(e, out + plan->warning_count);
    uncertain_songs(e, out + plan->warning_count + overlapping);
    unknown_names(e, out + plan->warning_count + overlapping + uncertain);
    close_plays(e, out + plan->warning_count + overlapping + uncertain + unknown);
    missed_breaks(e, out + plan->warning_count + overlapping + uncertain + unknown + close);
    closed_todos(e, out + plan->warning_count + overlapping + uncertain + unknown + close + missed);
    e->schedule->warnings = out;
    e->schedule->warning_count = count;
    return e->failed ? MSCHED_ERROR_MEMORY : MSCHED_OK;
}

static uint32_t count_unplaced(const msched__explain *e)
{
    uint32_t count = 1 + e->model->plan->more_fill_count + e->model->plan->song_count;
    for (uint32_t i = 0; i < e->model->tasks.count; i++)
        count += !e->day->timetable.placed[i];
    return count;
}

static msched_result explain_unplaced(msched__explain *e)
{
    msched_schedule *schedule = e->schedule;
    schedule->unplaced = msched__arena_alloc(&schedule->arena, count_unplaced(e),
                                             sizeof *schedule->unplaced);
    if (schedule->unplaced == NULL)
        return MSCHED_ERROR_MEMORY;
    msched__explain_tasks(e);
    msched__explain_songs(e);
    return e->failed ? MSCHED_ERROR_MEMORY : MSCHED_OK;
}

msched_result msched__explain_all(msched__explain *e)
{
    msched_result result = explain_unplaced(e);
    if (result == MSCHED_OK)
        result = msched__explain_overloads(e);
    return result == MSCHED_OK ? explain_warnings(e) : result;
}
