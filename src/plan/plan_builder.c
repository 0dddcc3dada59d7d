
#include "plan/plan_builder.h"

#include "base/alloc.h"
#include "base/civil.h"
#include "base/options.h"
#include "plan/plan_avoided.h"
#include "plan/plan_builder_dates.h"
#include "plan/plan_check.h"
#include "plan/plan_link.h"
#include "plan/plan_refuse.h"
#include "plan/plan_usual.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* real seconds beyond 36:00 on the axis: clocks may go back before that */
#define AXIS_MARGIN_S (2 * 3600)

static const char *copy_text(msched_plan *plan, const char *text)
{
    return text == NULL || text[0] == '\0' ? ""
                                           : msched__arena_copy(&plan->arena, text, strlen(text));
}

/*
 * Make the axis of the day, and convert the day's times. If this machine does not know the zone,
 * the day has no clock changes.
 */
static msched_result set_axis(msched_plan_builder *builder, const msched_day *day,
                              msched_error *err)
{
    msched_plan *plan = builder->plan;
    char message[128];
    msched_result result = msched__axis_load(&plan->axis, day->zoneinfo_dir, plan->timezone,
                                             plan->date_days, MSCHED_DAY_END_S + AXIS_MARGIN_S,
                                             &builder->allocator);
    if (result == MSCHED_ERROR_MEMORY)
        return msched__fail_memory(err);
    if (result != MSCHED_OK) {
        snprintf(message, sizeof message, "the system has no time zone file for %s",
                 plan->timezone);
        if ((result = msched__plan_builder_warn(builder, "unknown_timezone", message, err)) !=
            MSCHED_OK)
            return result;
    }
    plan->axis_end_s = msched__axis_real(&plan->axis, MSCHED_DAY_END_S);
    plan->day_start_s = msched__axis_real(&plan->axis, day->start_s);
    plan->day_end_s = msched__axis_real(&plan->axis, day->end_s);
    plan->now_s = day->days > 0 ? MSCHED_UNSET : msched__axis_real(&plan->axis, day->now_s);
    if (plan->day_start_s < plan->day_end_s)
        return MSCHED_OK;
    return msched__plan_refuse(builder, (msched__plan_fault){MSCHED__PART_DAY, 0, "day"}, NULL,
                               MSCHED_ERROR_VALUE, err,
                               "ends before it starts, as clocks change on that day");
}

msched_result msched_plan_builder_create(msched_plan_builder **out, const msched_day *day,
                                         const msched_allocator *allocator, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (day == NULL)
        return msched__fail_null(err, "day");
    msched_day known;
    msched_day_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, day, "day", err);
    if (result != MSCHED_OK)
        return result;
    msched_allocator memory = msched__allocator_copy(allocator);
    msched_plan_builder *builder = msched__alloc_zero(&memory, 1, sizeof *builder);
    msched_plan *plan = builder == NULL ? NULL : msched__alloc_zero(&memory, 1, sizeof *plan);
    if (plan == NULL) {
        msched__free(&memory, builder);
        return msched__fail_memory(err);
    }
    builder->plan = plan;
    builder->allocator = memory;
    msched__refcount_init(&plan->refs);
    msched__arena_init(&plan->arena, &memory, 0);
    msched_listening_init(&plan->listening, sizeof plan->listening);
    result = msched__plan_check_day(builder, &known, err);
    if (result == MSCHED_OK) {
        msched__date date;
        memcpy(plan->date, known.date, 11);
        msched__date_parse(plan->date, 10, &date);
        plan->date_days = msched__date_to_days(date);
        plan->assume_done = (uint8_t)known.assume_done;
        plan->break_s = known.break_s;
        plan->break_after_s = known.break_s == 0        ? 0
                              : known.break_after_s > 0 ? known.break_after_s
                                                        : MSCHED__BREAK_AFTER_S;
        plan->timezone = copy_text(plan, known.timezone);
        plan->calendar_id = copy_text(plan, known.calendar_id);
        result = plan->timezone == NULL || plan->calendar_id == NULL
                     ? msched__fail_memory(err)
                     : set_axis(builder, &known, err);
    }
    if (result == MSCHED_OK && known.days > 0)
        result = msched__builder_begin_days(builder, &known, err);
    if (result == MSCHED_OK)
        *out = builder;
    else
        msched_plan_builder_free(builder);
    return result;
}

/* Copies of `count` texts in the plan's arena. NULL when out of memory. */
static const char *const *copy_texts(msched_plan *plan, const char *const *texts, uint32_t count)
{
    const char **copies = msched__arena_alloc(&plan->arena, count, sizeof *copies);
    for (uint32_t i = 0; copies != NULL && i < count; i++)
        if ((copies[i] = copy_text(plan, texts[i])) == NULL)
            return NULL;
    return copies;
}

static msched_result fill_todo(msched_plan *plan, msched__plan_todo *to, const msched_todo *from,
                               msched_error *err)
{
    int is_event = from->kind == MSCHED_TODO_EVENT,
        pinned = !is_event && from->start_s != MSCHED_UNSET;
    *to = (msched__plan_todo){
        .id = copy_text(plan, from->id),
        .title = copy_text(plan, from->title),
        .start_s = from->start_s,
        .end_s = pinned ? from->start_s + from->duration_s : from->end_s,
        .duration_s = is_event ? from->end_s - from->start_s : from->duration_s,
        .earliest_s = is_event || from->earliest_s == MSCHED_UNSET ? plan->day_start_s
                                                                   : from->earliest_s,
        .latest_s = is_event || from->latest_s == MSCHED_UNSET ? plan->day_end_s : from->latest_s,
        .buffer_before_s = from->buffer_before_s,
        .buffer_after_s = from->buffer_after_s,
        .split_min_s = from->split_min_s,
        .kind = (uint8_t)from->kind,
        .priority = (uint8_t)(from->priority == 0 ? 1 : from->priority),
        .music = (uint8_t)from->music,
        .mood = (uint8_t)from->mood,
        .has_earliest = from->earliest_s != MSCHED_UNSET,
        .has_latest = from->latest_s != MSCHED_UNSET,
        .after_count = from->after_count,
        .before_count = from->before_count,
        .late = from->late != 0,
        .line = from->line,
        .label_count = from->label_count,
        .description = copy_text(plan, from->description),
        .after_ids = copy_texts(plan, from->after, from->after_count),
        .before_ids = copy_texts(plan, from->before, from->before_count),
        .labels = copy_texts(plan, from->labels, from->label_count),
        .state = (uint8_t)from->state,
        .started_s = from->started_s,
        .ended_s = from->ended_s,
        .left_s = from->left_s,
    };
    int copied = to->id != NULL && to->title != NULL && to->description != NULL &&
                 to->after_ids != NULL && to->before_ids != NULL && to->labels != NULL;
    return copied ? MSCHED_OK : msched__fail_memory(err);
}

msched_result msched_plan_builder_add_todo(msched_plan_builder *builder, const msched_todo *todo,
                                           msched_error *err)
{
    if (builder == NULL)
        return msched__fail_null(err, "builder");
    if (todo == NULL)
        return msched__fail_null(err, "todo");
    msched_plan *plan = builder->plan;
    builder->fault = (msched__plan_fault){MSCHED__PART_TODO, plan->todo_count, NULL};
    msched_todo known;
    msched_todo_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, todo, "todo", err);
    if (result == MSCHED_OK && plan->todo_count >= MSCHED_PLAN_MAX_TODOS)
        return msched__fail(err, MSCHED_ERROR_LIMIT, "a plan has at most %d to-dos",
                            MSCHED_PLAN_MAX_TODOS);
    if (result == MSCHED_OK)
        result = msched__plan_check_todo(builder, &known, err);
    if (result == MSCHED_OK)
        result = msched__builder_date_todo(builder, &known, err);
    if (result != MSCHED_OK)
        return result;
    void *block = builder->todos;
    if (!msched__grow(&plan->arena.allocator, &block, &builder->todo_capacity,
                      (size_t)plan->todo_count + 1, sizeof *builder->todos))
        return msched__fail_memory(err);
    builder->todos = block;
    result = fill_todo(plan, &builder->todos[plan->todo_count], &known, err);
    plan->todo_count += result == MSCHED_OK;
    if (builder->is_dated)
        builder->span->todo_count = plan->todo_count;
    return result;
}

msched_result msched_plan_builder_add_song(msched_plan_builder *builder, const msched_song *song,
                                           msched_error *err)
{
    if (builder == NULL)
        return msched__fail_null(err, "builder");
    if (song == NULL)
        return msched__fail_null(err, "song");
    msched_plan *plan = builder->plan;
    builder->fault = (msched__plan_fault){MSCHED__PART_SONG, plan->song_count, NULL};
    msched_song known;
    msched_song_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, song, "song", err);
    if (result == MSCHED_OK && plan->song_count >= MSCHED_PLAN_MAX_SONGS)
        return msched__fail(err, MSCHED_ERROR_LIMIT, "a plan has at most %d wanted songs",
                            MSCHED_PLAN_MAX_SONGS);
    if (result == MSCHED_OK)
        result = msched__plan_check_song(builder, &known, err);
    if (result == MSCHED_OK)
        result = msched__builder_date_song(builder, &known, err);
    if (result != MSCHED_OK)
        return result;
    void *block = builder->songs;
    if (!msched__grow(&plan->arena.allocator, &block, &builder->song_capacity,
                      (size_t)plan->song_count + 1, sizeof *builder->songs))
        return msched__fail_memory(err);
    builder->songs = block;
    msched__plan_song *to = &builder->songs[plan->song_count];
    int bounded = known.between_start_s != MSCHED_UNSET || known.between_end_s != MSCHED_UNSET;
    *to = (msched__plan_song){
        .track_id = copy_text(plan, known.track_id),
        .query = copy_text(plan, known.query),
        .between_start_s = bounded && known.between_start_s == MSCHED_UNSET ? plan->day_start_s
                                                                            : known.between_start_s,
        .between_end_s = bounded && known.between_end_s == MSCHED_UNSET ? plan->day_end_s
                                                                        : known.between_end_s,
        .start_s = known.start_s,
        .weight = known.weight,
        .times = known.times == 0 ? 1 : known.times,
        .during = UINT32_MAX,
        .during_id = copy_text(plan, known.during),
        .must = (uint8_t)known.must,
        .state = (uint8_t)known.state,
        .line = known.line,
    };
    if (to->track_id == NULL || to->query == NULL || to->during_id == NULL)
        return msched__fail_memory(err);
    plan->song_count++;
    if (builder->is_dated)
        builder->span->song_count = plan->song_count;
    return MSCHED_OK;
}

static int by_start(const void *a, const void *b)
{
    const int32_t *x = a, *y = b;
    if (x[0] != y[0])
        return x[0] < y[0] ? -1 : 1;
    return (x[1] > y[1]) - (x[1] < y[1]);
}

/* Sort the intervals and join those that touch or overlap. Returns the new number. */
static uint32_t merge_intervals(int32_t *pairs, uint32_t count)
{
    if (count == 0)
        return 0;
    qsort(pairs, count, 2 * sizeof *pairs, by_start);
    uint32_t kept = 0;
    for (uint32_t i = 1; i < count; i++) {
        int32_t *last = pairs + 2 * (size_t)kept, *next = pairs + 2 * (size_t)i;
        if (next[0] <= last[1]) {
            last[1] = next[1] > last[1] ? next[1] : last[1];
        } else {
            kept++;
            last[2] = next[0];
            last[3] = next[1];
        }
    }
    return kept + 1;
}

/*
 * The real second of the start of an interval that ends at `end`. If clocks skip the start but not
 * the end, it begins when they jump, so that 02:30-05:00 has no gap and is never empty.
 */
static int32_t start_on_axis(const msched__axis *axis, int32_t start, int32_t end)
{
    int32_t real, unused;
    if (msched__axis_from_time(axis, start, &real) != MSCHED__LOCAL_NEVER ||
        msched__axis_from_time(axis, end, &unused) == MSCHED__LOCAL_NEVER)
        return real;
    for (uint32_t i = axis->count; i-- > 1;)
        if (axis->parts[i].from <= real)
            return axis->parts[i].from;
    return real;
}

/* Quiet intervals in real seconds; an empty interval is dropped. Returns the new number. */
static uint32_t put_on_axis(const msched__axis *axis, int32_t *pairs, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t start = start_on_axis(axis, pairs[2 * i], pairs[2 * i + 1]),
                end = msched__axis_real(axis, pairs[2 * i + 1]);
        if (start >= end)
            continue;
        pairs[2 * kept] = start;
        pairs[2 * kept++ + 1] = end;
    }
    return kept;
}

/*
 * Store the clock times of the quiet intervals, for msched_plan_get_listening. 0 when out of
 * memory.
 */
static int show_quiet(msched_plan *plan, const int32_t *real, uint32_t count)
{
    plan->quiet_clock_s = real;
    if (plan->axis.count == 0 || count == 0)
        return 1;
    int32_t *shown = msched__arena_alloc(&plan->arena, 2 * (size_t)count, sizeof *shown);
    for (uint32_t i = 0; shown != NULL && i < count; i++) {
        shown[2 * i] = msched__axis_to_time(&plan->axis, real[2 * i]);
        shown[2 * i + 1] = msched__axis_to_end(&plan->axis, real[2 * i + 1]);
    }
    plan->quiet_clock_s = shown;
    return shown != NULL;
}

static int copy_names(msched_plan *plan, const char *const **names, uint32_t count)
{
    const char *const *from = *names;
    *names = NULL;
    if (count == 0)
        return 1;
    const char **to = msched__arena_alloc(&plan->arena, count, sizeof *to);
    for (uint32_t i = 0; to != NULL && i < count; i++)
        if ((to[i] = copy_text(plan, from[i])) == NULL)
            return 0;
    *names = to;
    return to != NULL;
}

/* The texts of a fill, copied, and both ends of its window. 0 when out of memory. */
static int keep_fill(msched_plan *plan, msched_listening *rules)
{
    if (rules->fill_between_start_s != MSCHED_UNSET || rules->fill_between_end_s != MSCHED_UNSET) {
        if (rules->fill_between_start_s == MSCHED_UNSET)
            rules->fill_between_start_s = plan->day_start_s;
        if (rules->fill_between_end_s == MSCHED_UNSET)
            rules->fill_between_end_s = plan->day_end_s;
    }
    if (rules->fill_during != NULL &&
        (rules->fill_during = copy_text(plan, rules->fill_during)) == NULL)
        return 0;
    return copy_names(plan, &rules->fill_genres, rules->fill_genre_count) &&
           copy_names(plan, &rules->fill_subgenres, rules->fill_subgenre_count) &&
           copy_names(plan, &rules->fill_artists, rules->fill_artist_count) &&
           copy_names(plan, &rules->fill_avoid, rules->fill_avoid_count);
}

msched_result msched_plan_builder_set_listening(msched_plan_builder *builder,
                                                const msched_listening *listening,
                                                msched_error *err)
{
    if (builder == NULL)
        return msched__fail_null(err, "builder");
    if (listening == NULL)
        return msched__fail_null(err, "listening");
    msched_plan *plan = builder->plan;
    builder->fault = (msched__plan_fault){MSCHED__PART_LISTENING, 0, NULL};
    msched_listening known;
    msched_listening_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, listening, "listening", err);
    if (result == MSCHED_OK)
        result = msched__plan_check_listening(builder, &known, err);
    if (result != MSCHED_OK)
        return result;
    int32_t *quiet = NULL;
    if (known.quiet_count > 0) {
        quiet = msched__arena_alloc(&plan->arena, 2 * (size_t)known.quiet_count, sizeof *quiet);
        if (quiet == NULL)
            return msched__fail_memory(err);
        memcpy(quiet, known.quiet_s, 2 * (size_t)known.quiet_count * sizeof *quiet);
    }
    known.quiet_count = put_on_axis(&plan->axis, quiet, known.quiet_count);
    known.quiet_count = merge_intervals(quiet, known.quiet_count);
    known.quiet_s = quiet;
    if (!show_quiet(plan, quiet, known.quiet_count))
        return msched__fail_memory(err);
    if (!keep_fill(plan, &known) || !copy_names(plan, &known.avoid_files, known.avoid_file_count))
        return msched__fail_memory(err);
    plan->listening = known;
    return MSCHED_OK;
}

msched_result msched_plan_builder_add_fill(msched_plan_builder *builder,
                                           const msched_listening *fill, msched_error *err)
{
    if (builder == NULL)
        return msched__fail_null(err, "builder");
    if (fill == NULL)
        return msched__fail_null(err, "fill");
    msched_plan *plan = builder->plan;
    builder->fault = (msched__plan_fault){MSCHED__PART_FILL, plan->more_fill_count + 1, NULL};
    if (plan->more_fill_count + 1 >= MSCHED_PLAN_MAX_FILLS)
        return msched__plan_refuse(builder, builder->fault, NULL, MSCHED_ERROR_LIMIT, err,
                                   "a plan has at most %d", MSCHED_PLAN_MAX_FILLS);
    msched_listening known, rules = plan->listening;
    msched_listening_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, fill, "fill", err);
    if (result != MSCHED_OK)
        return result;
    known.quiet_count = rules.quiet_count;
    known.quiet_s = rules.quiet_s;
    known.max_total_s = rules.max_total_s;
    known.gap_s = rules.gap_s;
    known.artist_separation_s = rules.artist_separation_s;
    known.avoid_days = rules.avoid_days;
    known.avoid_files = rules.avoid_files;
    known.avoid_file_count = rules.avoid_file_count;
    known.repeat_s = rules.repeat_s;
    result = msched__plan_check_fill(builder, &known, err);
    if (result != MSCHED_OK)
        return result;
    void *block = builder->fills;
    if (!keep_fill(plan, &known) ||
        !msched__grow(&plan->arena.allocator, &block, &builder->fill_capacity,
                      (size_t)plan->more_fill_count + 1, sizeof *builder->fills))
        return msched__fail_memory(err);
    builder->fills = block;
    builder->fills[plan->more_fill_count++] = (msched__plan_fill){known, UINT32_MAX};
    return MSCHED_OK;
}

/* Move an array of the builder into the plan's arena. */
static int move_array(msched_plan *plan, const void *from, size_t count, size_t size,
                      const void **to)
{
    void *copy = count == 0 ? NULL : msched__arena_alloc(&plan->arena, count, size);
    if (copy != NULL)
        memcpy(copy, from, count * size);
    *to = copy;
    return count == 0 || copy != NULL;
}

msched_result msched__plan_builder_seal(msched_plan_builder *builder, msched_error *err)
{
    msched_plan *plan = builder->plan;
    msched_result result = msched__plan_link(builder, err);
    if (result == MSCHED_OK)
        result = msched__plan_warn_unheard(builder, err);
    if (result == MSCHED_OK)
        result = msched__plan_find_usual(builder, err);
    if (result != MSCHED_OK)
        return result;
    const void *todos, *songs, *warnings, *fills;
    if (!move_array(plan, builder->todos, plan->todo_count, sizeof *plan->todos, &todos) ||
        !move_array(plan, builder->songs, plan->song_count, sizeof *plan->songs, &songs) ||
        !move_array(plan, builder->fills, plan->more_fill_count, sizeof *plan->more_fills,
                    &fills) ||
        !move_array(plan, builder->warnings, plan->warning_count, sizeof *plan->warnings,
                    &warnings))
        return msched__fail_memory(err);
    plan->todos = todos;
    plan->songs = songs;
    plan->more_fills = fills;
    plan->warnings = warnings;
    return MSCHED_OK;
}

msched_result msched_plan_builder_finish(msched_plan **out, msched_plan_builder *builder,
                                         msched_error *err)
{
    if (out != NULL)
        *out = NULL;
    if (builder == NULL)
        return msched__fail_null(err, "builder");
    msched_result result = out == NULL ? msched__fail_null(err, "out")
                                       : msched__plan_builder_seal(builder, err);
    if (result == MSCHED_OK && builder->is_dated)
        result = msched__builder_check_dates(builder, err);
    if (result == MSCHED_OK) {
        *out = builder->plan;
        builder->plan = NULL;
    }
    msched_plan_builder_free(builder);
    return result;
}

void msched_plan_builder_free(msched_plan_builder *builder)
{
    if (builder == NULL)
        return;
    msched_allocator memory = builder->allocator;
    msched__free(&memory, builder->todos);
    msched__free(&memory, builder->songs);
    msched__free(&memory, builder->warnings);
    msched__free(&memory, builder->fills);
    msched_plan_unref(builder->plan);
    msched__free(&memory, builder);
}
