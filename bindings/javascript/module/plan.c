/* plan.c: plans, calendars and schedules. */
#include "module.h"

#include <stdlib.h>
#include <string.h>

/* What the last plan text was told; plan_parse leaves it. */
static msched_diagnostics *told;

EXPORT msched_plan *plan_parse(const char *data, size_t size, const msched_catalog *catalog)
{
    msched_plan_text_options options;
    msched_plan *plan = NULL;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = module_asked.date;
    options.default_timezone = module_asked.timezone;
    options.lenient = module_asked.lenient;
    options.now_s = module_asked.now_s;
    options.time_limit_ms = module_asked.time_limit_ms;
    msched_diagnostics_unref(told);
    told = NULL;
    msched_plan_parse_text(&plan, &told, data, size, catalog, &options, &module_error);
    return plan;
}

EXPORT uint32_t diagnostic_count(void)
{
    return told == NULL ? 0 : msched_diagnostics_count(told);
}

static msched_diagnostic diagnostic(uint32_t index)
{
    msched_diagnostic one = {.struct_size = sizeof one};
    msched_diagnostics_get(told, index, &one);
    return one;
}

/* severity, line, column, edit_line, edit_column, edit_end_column, candidate_count, edit_count */
EXPORT uint32_t diagnostic_number(uint32_t index, uint32_t which)
{
    msched_diagnostic one = diagnostic(index);
    const uint32_t numbers[] = {one.severity,        one.line,        one.column,
                                one.edit_line,       one.edit_column, one.edit_end_column,
                                one.candidate_count, one.edit_count};
    return numbers[which];
}

/* code, message, repair; from 3 on the candidates, then the edits */
EXPORT const char *diagnostic_text(uint32_t index, uint32_t which)
{
    msched_diagnostic one = diagnostic(index);
    const char *const texts[] = {one.code, one.message, one.repair};
    if (which < 3)
        return texts[which];
    which -= 3;
    return which < one.candidate_count ? one.candidates[which]
                                       : one.edits[which - one.candidate_count];
}

/* The text with every edit made that has one replacement only. */
EXPORT module_text plan_fix(const char *data, size_t size)
{
    msched_text *text = NULL;
    msched_plan_text_fix(&text, data, size, told, &module_error);
    return text;
}

EXPORT msched_plan *plan_from_json(const char *data, size_t size)
{
    msched_plan *plan = NULL;
    msched_plan_parse_json(&plan, data, size, NULL, &module_error);
    return plan;
}

/* -1: a time or length that is not known */
EXPORT msched_plan *plan_mark(msched_plan *plan, const char *id, uint32_t state, int32_t started_s,
                              int32_t ended_s, int32_t left_s)
{
    msched_plan *marked = NULL;
    msched_todo mark;
    msched_todo_init(&mark, sizeof mark);
    mark.id = id;
    mark.state = state;
    mark.started_s = started_s < 0 ? MSCHED_UNSET : started_s;
    mark.ended_s = ended_s < 0 ? MSCHED_UNSET : ended_s;
    mark.left_s = left_s < 0 ? MSCHED_UNSET : left_s;
    msched_plan_mark_todo(&marked, plan, &mark, &module_error);
    return marked;
}

EXPORT msched_plan *plan_mark_song(msched_plan *plan, uint32_t wanted, uint32_t state)
{
    msched_plan *marked = NULL;
    msched_plan_mark_song(&marked, plan, wanted, state, &module_error);
    return marked;
}

/* now_s: a time of day; -1: none */
EXPORT msched_plan *plan_with_now(msched_plan *plan, int32_t now_s)
{
    msched_plan *moved = NULL;
    msched_plan_with_now(&moved, plan, now_s < 0 ? MSCHED_UNSET : now_s, &module_error);
    return moved;
}

EXPORT module_text plan_to_json(const msched_plan *plan)
{
    msched_text *text = NULL;
    msched_plan_to_json(plan, &text, &module_error);
    return text;
}

/* catalog: may be NULL */
EXPORT module_text plan_to_text(const msched_plan *plan, const msched_catalog *catalog)
{
    msched_text *text = NULL;
    msched_plan_to_text(plan, catalog, &text, &module_error);
    return text;
}

EXPORT void plan_free(msched_plan *plan)
{
    msched_plan_unref(plan);
}

EXPORT msched_calendar *calendar_read(const char *data, size_t size)
{
    msched_calendar_options options;
    msched_calendar *calendar = NULL;
    msched_calendar_options_init(&options, sizeof options);
    options.name = module_asked.name;
    msched_calendar_read(&calendar, data, size, &options, &module_error);
    return calendar;
}

EXPORT void calendar_free(msched_calendar *calendar)
{
    msched_calendar_unref(calendar);
}

EXPORT int calendar_can_recur(void)
{
    return msched_calendar_can_recur();
}

/* The agenda of calendars as JSON. */
EXPORT module_text agenda(msched_calendar *const *calendars, uint32_t count)
{
    msched_agenda_options options;
    msched_agenda *agenda = NULL;
    msched_text *text = NULL;
    msched_agenda_options_init(&options, sizeof options);
    options.date = module_asked.date;
    options.days = module_asked.days;
    options.timezone = module_asked.timezone;
    if (msched_agenda_make(&agenda, calendars, count, &options, &module_error) == MSCHED_OK)
        msched_agenda_to_json(agenda, &text, &module_error);
    msched_agenda_unref(agenda);
    return text;
}

/* The number of the line of a plan text that a to-do, or a song, is from; 0: none. */
EXPORT uint32_t plan_line(const msched_plan *plan, int of_song, uint32_t index)
{
    msched_todo todo = {.struct_size = sizeof todo};
    msched_song song = {.struct_size = sizeof song};
    if (of_song)
        msched_plan_get_song(plan, index, &song);
    else
        msched_plan_get_todo(plan, index, &todo);
    return of_song ? song.line : todo.line;
}

EXPORT uint32_t plan_count(const msched_plan *plan, int of_songs)
{
    return of_songs ? msched_plan_song_count(plan) : msched_plan_todo_count(plan);
}

/* What plan_add_calendars takes of a calendar; as lib/index.js writes it. */
typedef struct calendar_use {
    msched_calendar *calendar;
    uint32_t music, block_all_day, no_tasks;
} calendar_use;

/* The plan with the events and to-dos of calendars; *left_out gets the agenda's JSON. */
EXPORT msched_plan *plan_add_calendars(const msched_plan *plan, const calendar_use *given,
                                       uint32_t count, module_text *left_out)
{
    enum { MOST = 32 };
    msched_calendar *calendars[MOST];
    msched_calendar_use uses[MOST];
    msched_agenda *agenda = NULL;
    msched_plan *more = NULL;
    *left_out = NULL;
    if (count > MOST) {
        module_error = (msched_error){.code = MSCHED_ERROR_LIMIT};
        strcpy(module_error.message, "at most 32 calendars are allowed");
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        msched_calendar_use_init(&uses[i], sizeof uses[i]);
        calendars[i] = given[i].calendar;
        uses[i].music = given[i].music;
        uses[i].block_all_day = given[i].block_all_day;
        uses[i].no_tasks = given[i].no_tasks;
    }
    if (msched_plan_add_calendars(&more, plan, calendars, count, uses, module_asked.timezone,
                                  &agenda, &module_error) == MSCHED_OK)
        msched_agenda_to_json(agenda, left_out, &module_error);
    msched_agenda_unref(agenda);
    return more;
}

EXPORT msched_schedule *schedule_build(const msched_catalog *catalog, const msched_plan *plan,
                                       const msched_schedule *previous)
{
    msched_schedule_options options;
    msched_schedule *schedule = NULL;
    msched_schedule_options_init(&options, sizeof options);
    options.seed = (uint64_t)module_asked.seed;
    options.work_limit = (uint64_t)module_asked.work_limit;
    options.time_limit_ms = module_asked.time_limit_ms;
    options.no_reasons = module_asked.no_reasons;
    options.lazy_reasons = module_asked.lazy_reasons;
    options.assume_done = module_asked.assume_done;
    options.previous = previous;
    msched_schedule_build(&schedule, catalog, plan, &options, &module_error);
    return schedule;
}

EXPORT msched_schedule *schedule_from_json(const char *data, size_t size)
{
    msched_schedule *schedule = NULL;
    msched_schedule_parse_json(&schedule, data, size, NULL, &module_error);
    return schedule;
}

/* form: 0 JSON, 1 text, 2 iCalendar */
EXPORT module_text schedule_write(const msched_schedule *schedule, int form)
{
    msched_text *text = NULL;
    msched_ical_options options;
    msched_ical_options_init(&options, sizeof options);
    options.songs = module_asked.what;
    options.timestamp = module_asked.timestamp;
    options.cancelled = module_asked.cancelled;
    options.alarm = module_asked.alarm;
    options.alarm_s = module_asked.alarm_s;
    options.sequence = module_asked.sequence;
    options.refresh_s = module_asked.refresh_s;
    options.calendar_name = module_asked.name;
    if (form == 0)
        msched_schedule_to_json(schedule, &text, &module_error);
    else if (form == 1)
        msched_schedule_to_text(schedule, &text, &module_error);
    else
        msched_schedule_to_ical(schedule, &text, &options, &module_error);
    return text;
}

EXPORT void schedule_free(msched_schedule *schedule)
{
    msched_schedule_unref(schedule);
}
