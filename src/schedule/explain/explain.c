#include "schedule/explain/explain.h"

#include "algo/min_max.h"
#include "base/buffer.h"
#include "schedule/explain/explain_fixes.h"
#include "schedule/explain/explain_overload.h"
#include "schedule/explain/explain_songs.h"
#include "schedule/explain/explain_tasks.h"
#include "schedule/model/lookup.h"
#include "schedule/model/tasks.h"
#include "schedule/output/schedule.h"

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
 * Songs that were looked up here and are not surely what was meant: not called so, or not the only
 * one called so.
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
                           : "\"%s\" is more than one song; taken: %s - %s",
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

static msched_result explain_warnings(msched__explain *e)
{
    const msched_plan *plan = e->model->plan;
    uint32_t overlapping = overlaps(e, NULL),
             count = plan->warning_count + overlapping + uncertain_songs(e, NULL);
    msched_warning *out = msched__arena_alloc(&e->schedule->arena, count, sizeof *out);
    if (out == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < plan->warning_count; i++)
        out[i] = (msched_warning){.struct_size = sizeof *out,
                                  .code = plan->warnings[i].code,
                                  .message = plan->warnings[i].message};
    overlaps(e, out + plan->warning_count);
    uncertain_songs(e, out + plan->warning_count + overlapping);
    e->schedule->warnings = out;
    e->schedule->warning_count = count;
    return e->failed ? MSCHED_ERROR_MEMORY : MSCHED_OK;
}

static uint32_t count_unplaced(const msched__explain *e)
{
    uint32_t count = 1 + e->model->plan->song_count;
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

msched_result msched__explain_all(msched__explain *e, int no_fixes)
{
    msched_result result = explain_unplaced(e);
    if (result == MSCHED_OK && !no_fixes)
        result = msched__explain_fixes(e);
    if (result == MSCHED_OK)
        result = msched__explain_overloads(e);
    return result == MSCHED_OK ? explain_warnings(e) : result;
}
