#include "calendar_output.h"
#include "calendar_source.h"
#include "request_document.h"
#include "solve.h"

#include <string.h>

enum input { INPUT_PLAN, INPUT_TEXT, INPUT_DOCUMENT, INPUT_COUNT };
static const char *const inputs[INPUT_COUNT] = {"application/json", "text/plain",
                                                "application/vnd.musicsched.request+json"};

enum output {
    OUTPUT_SCHEDULE,
    OUTPUT_RESULT,
    OUTPUT_CALENDAR,
    OUTPUT_TEXT,
    OUTPUT_PLAN_TEXT,
    OUTPUT_COUNT
};
static const char *const outputs[OUTPUT_COUNT] = {
    "application/json", "application/vnd.musicsched.result+json", "text/calendar", "text/plain",
    "text/vnd.musicsched.plan"};

/* Everything that one request for a schedule holds on its way. */
typedef struct job {
    int input, output;
    calendar_output calendar;
    const char *date, *timezone;
    uint32_t now_s;
    char now_date[11]; /* "": now_s is of the date of the plan */
    uint64_t seed;
    uint32_t strict;         /* refuse a text with an error instead of leaving the line out */
    msched_allocator memory; /* of everything below */
    request_document document;
    msched_plan *plan;
    msched_agenda *agenda; /* of the document's calendars; NULL: none given */
    msched_diagnostics *diagnostics;
    msched_schedule *previous;
    msched_schedule *schedule;
} job;

static int negotiate(request *r, job *j)
{
    j->output = http_accept(request_header(r, "Accept"), outputs, OUTPUT_COUNT);
    if (j->output < 0) {
        problem(r, 406, "not_acceptable",
                "this address returns only application/json, "
                "application/vnd.musicsched.result+json, text/calendar, text/plain and "
                "text/vnd.musicsched.plan");
        return 0;
    }
    const char *type = request_header(r, "Content-Type");
    for (j->input = 0; type != NULL && j->input < INPUT_COUNT; j->input++) {
        int is = http_is_type(type, inputs[j->input]);
        if (is > 0)
            return 1;
        if (is < 0)
            break;
    }
    problem_headers(
        r, 415, "unsupported_type",
        "send a plan as application/json, plan text as text/plain, or "
        "application/vnd.musicsched.request+json, in UTF-8",
        "Accept-Post: application/json, text/plain, application/vnd.musicsched.request+json\r\n");
    return 0;
}

/* What says something about another kind of body, or of answer. */
static int has_stray_parameter(request *r, const job *j)
{
    static const char *const of_text[] = {"date", "timezone", "now", "strict"};
    for (size_t i = 0; j->input != INPUT_TEXT && i < sizeof of_text / sizeof of_text[0]; i++)
        if (query_take(&r->query, of_text[i]) != NULL) {
            problem(r, 422, "conflict",
                    "date, timezone, now and strict apply to plan text (text/plain); a plan in "
                    "JSON contains its own");
            return 1;
        }
    if (j->output == OUTPUT_CALENDAR || !calendar_output_is_given(r))
        return 0;
    problem(r, 422, "conflict",
            "events, cancelled, alarm and calendar_name apply to text/calendar answers: send "
            "Accept: text/calendar");
    return 1;
}

static int take_parameters(request *r, job *j)
{
    uint32_t seed = 0;
    if (j->output == OUTPUT_CALENDAR && !calendar_output_take(r, &j->calendar))
        return 0;
    if (has_stray_parameter(r, j) || !request_take_uint(r, "seed", 0, UINT32_MAX, &seed))
        return 0;
    j->seed = seed;
    if (j->input == INPUT_TEXT) {
        if (!request_take_bool(r, "strict", &j->strict))
            return 0;
        const char *now = query_take(&r->query, "now");
        j->date = query_take(&r->query, "date");
        j->timezone = query_take(&r->query, "timezone");
        if (now != NULL) {
            int32_t seconds = parse_moment(now, j->now_date);
            if (seconds < 0) {
                problem(r, 400, "bad_parameter",
                        "query parameter now: a time such as 14:10 or 2026-11-24T14:10 is "
                        "expected");
                return 0;
            }
            j->now_s = (uint32_t)seconds;
        }
    }
    return request_no_more_parameters(r);
}

static int read_document(request *r, job *j)
{
    document_error wrong;
    if (request_document_parse(&j->document, r->x->body, r->x->body_size, &wrong)) {
        j->seed = j->document.seed;
        j->date = j->document.date[0] != '\0' ? j->document.date : NULL;
        j->timezone = j->document.timezone;
        j->now_s = j->document.now_s > 0 ? (uint32_t)j->document.now_s : 0;
        memcpy(j->now_date, j->document.now_date, sizeof j->now_date);
        return 1;
    }
    msched_error err = {.code = MSCHED_ERROR_SYNTAX, .line = wrong.line, .column = wrong.column};
    memcpy(err.message, wrong.message, sizeof wrong.message);
    problem_library(r, MSCHED_ERROR_SYNTAX, &err);
    return 0;
}

/* The library counts lines within the part it was given. */
static void shift(msched_error *err, const document_part *part)
{
    if (err->line == 0 || part->data == NULL)
        return;
    if (err->line == 1)
        err->column += part->column - 1;
    err->line += part->line - 1;
}

static msched_result read_text(request *r, job *j, const char *data, size_t size, msched_error *err)
{
    const solve_text text = {.data = data,
                             .size = size,
                             .date = j->date,
                             .timezone = j->timezone,
                             .now_s = j->now_s,
                             .now_date = j->now_date,
                             .lenient = !j->strict,
                             .memory = &j->memory};
    return solve_read_text(r, &text, &j->plan, &j->diagnostics, err);
}

static msched_result read_plan(request *r, job *j, msched_error *err)
{
    const char *data = r->x->body;
    size_t size = r->x->body_size;
    if (j->input == INPUT_PLAN)
        return msched_plan_parse_json(&j->plan, data, size, &j->memory, err);
    if (j->input == INPUT_TEXT)
        return read_text(r, j, data, size, err);
    if (j->document.previous.data != NULL) {
        msched_result result = msched_schedule_parse_json(
            &j->previous, j->document.previous.data, j->document.previous.size, &j->memory, err);
        if (result != MSCHED_OK) {
            shift(err, &j->document.previous);
            return result;
        }
    }
    if (j->document.text != NULL)
        return read_text(r, j, j->document.text, j->document.text_size, err);
    msched_result result = msched_plan_parse_json(&j->plan, j->document.plan.data,
                                                  j->document.plan.size, &j->memory, err);
    if (result != MSCHED_OK)
        shift(err, &j->document.plan);
    return result;
}

/* The plan with what its calendars hold in its place. */
static msched_result add_calendars(job *j, msched_error *err)
{
    msched_calendar *calendars[REQUEST_MAX_CALENDARS] = {NULL};
    msched_calendar_use uses[REQUEST_MAX_CALENDARS];
    uint32_t count = 0;
    msched_result result = MSCHED_OK;
    for (; count < j->document.calendar_count && result == MSCHED_OK; count++) {
        const document_calendar *given = &j->document.calendars[count];
        msched_calendar_use_init(&uses[count], sizeof uses[count]);
        uses[count].music = (uint32_t)given->music;
        uses[count].block_all_day = (uint32_t)given->block_all_day;
        uses[count].no_tasks = (uint32_t)given->no_tasks;
        const calendar_source source = {given->name, given->ics, given->ics_size, count + 1};
        result = calendar_read(&calendars[count], &source, &j->memory, err);
    }
    if (result == MSCHED_OK && count > 0) {
        msched_plan *with = NULL;
        result = msched_plan_add_calendars(&with, j->plan, calendars, count, uses, j->timezone,
                                           &j->agenda, err);
        if (result == MSCHED_OK) {
            msched_plan_unref(j->plan);
            j->plan = with;
        }
    }
    for (uint32_t i = 0; i < count; i++)
        msched_calendar_unref(calendars[i]);
    return result;
}

/* The plan with a fill that takes nothing that was heard lately. */
static msched_result avoid_history(request *r, job *j, msched_error *err)
{
    msched_history_options options;
    msched_history *history = NULL;
    msched_plan *with = NULL;
    msched_history_options_init(&options, sizeof options);
    options.allocator = &j->memory;
    msched_result result = msched_history_load_memory(
        &history, j->document.history, j->document.history_size, "history", &options, err);
    if (result == MSCHED_OK)
        result = msched_plan_avoid_history(&with, j->plan, history, r->catalog,
                                           j->document.avoid_days, NULL, err);
    else if (result == MSCHED_ERROR_SYNTAX || result == MSCHED_ERROR_ENCODING)
        result = MSCHED_ERROR_VALUE;
    if (result == MSCHED_OK) {
        msched_plan_unref(j->plan);
        j->plan = with;
    }
    msched_history_unref(history);
    return result;
}

static void write_lines(outbuf *out, const msched_plan *plan)
{
    outbuf_string(out, ",\n\"lines\":{\"todos\":[");
    for (uint32_t i = 0; i < msched_plan_todo_count(plan); i++) {
        msched_todo todo = {.struct_size = sizeof todo};
        msched_plan_get_todo(plan, i, &todo);
        outbuf_format(out, "%s%u", i > 0 ? "," : "", todo.line);
    }
    outbuf_string(out, "],\"songs\":[");
    for (uint32_t i = 0; i < msched_plan_song_count(plan); i++) {
        msched_song song = {.struct_size = sizeof song};
        msched_plan_get_song(plan, i, &song);
        outbuf_format(out, "%s%u", i > 0 ? "," : "", song.line);
    }
    outbuf_string(out, "]}");
}

static void write_result(request *r, const job *j, msched_text *const *parts)
{
    static const char *const names[] = {"{\"schedule\":", ",\"plan\":", ",\n\"agenda\":"};
    outbuf *out = &r->scratch->body;
    outbuf_reset(out, 65536);
    for (int i = 0; i < 3 && parts[i] != NULL; i++) {
        outbuf_string(out, names[i]);
        outbuf_add(out, msched_text_data(parts[i]), msched_text_size(parts[i]));
    }
    outbuf_string(out, ",\"diagnostics\":");
    write_diagnostics(out, j->diagnostics);
    write_lines(out, j->plan);
    outbuf_string(out, "}\n");
    respond_body(r, 200, outputs[OUTPUT_RESULT], "Vary: Accept\r\n");
}

/*
 * Schedule, plan, agenda of the calendars, and the diagnostics of the plan's text, in one object.
 */
static msched_result send_result(request *r, job *j, msched_error *err)
{
    msched_text *parts[3] = {NULL, NULL, NULL};
    msched_result result = msched_schedule_to_json(j->schedule, &parts[0], err);
    if (result == MSCHED_OK)
        result = msched_plan_to_json(j->plan, &parts[1], err);
    if (result == MSCHED_OK && j->agenda != NULL)
        result = msched_agenda_to_json(j->agenda, &parts[2], err);
    if (result == MSCHED_OK)
        write_result(r, j, parts);
    for (int i = 0; i < 3; i++)
        msched_text_unref(parts[i]);
    return result;
}

static msched_result send_schedule(request *r, job *j, msched_error *err)
{
    msched_text *text = NULL;
    msched_result result;
    const char *type = outputs[j->output], *headers = "Vary: Accept\r\n";
    if (j->output == OUTPUT_RESULT)
        return send_result(r, j, err);
    if (j->output == OUTPUT_CALENDAR) {
        type = "text/calendar; charset=utf-8";
        headers = "Vary: Accept\r\nContent-Disposition: attachment; filename=\"schedule.ics\"\r\n";
        result = calendar_output_write(&j->calendar, j->schedule, &j->memory, &text, err);
    } else if (j->output == OUTPUT_TEXT) {
        type = "text/plain; charset=utf-8";
        result = msched_schedule_to_text(j->schedule, &text, err);
    } else {
        result = msched_schedule_to_json(j->schedule, &text, err);
    }
    if (result == MSCHED_OK)
        respond_text(r, 200, type, text, headers);
    msched_text_unref(text);
    return result;
}

/* The plan itself, with its calendars, as plan text. */
static msched_result send_plan(request *r, const job *j, msched_error *err)
{
    msched_text *text = NULL;
    msched_result result = msched_plan_to_text(j->plan, r->catalog, &text, err);
    if (result == MSCHED_OK)
        respond_text(r, 200, "text/vnd.musicsched.plan; charset=utf-8", text, "Vary: Accept\r\n");
    msched_text_unref(text);
    return result;
}

static void run(request *r, job *j)
{
    msched_error err = {0};
    msched_result result = read_plan(r, j, &err);
    if (result == MSCHED_OK && j->document.calendar_count > 0)
        result = add_calendars(j, &err);
    if (result == MSCHED_OK && j->document.history != NULL)
        result = avoid_history(r, j, &err);
    if (result != MSCHED_OK) {
        atomic_fetch_add_explicit(&r->app->metrics.plans_refused, 1, memory_order_relaxed);
        problem_diagnostics(r, result, &err, j->diagnostics);
        return;
    }
    const solve_question question = {.plan = j->plan,
                                     .previous = j->previous,
                                     .seed = j->seed,
                                     .assume_done = (uint32_t)j->document.assume_done,
                                     .memory = &j->memory};
    if (j->output == OUTPUT_PLAN_TEXT)
        result = send_plan(r, j, &err);
    else if ((result = solve(r, &question, &j->schedule, &err)) == MSCHED_OK)
        result = send_schedule(r, j, &err);
    if (result != MSCHED_OK)
        problem_library(r, result, &err);
}

void route_schedule(request *r)
{
    job j = {.memory = arena_allocator(&r->scratch->memory)};
    if (!negotiate(r, &j) || !take_parameters(r, &j) || !request_has_body(r))
        return;
    if (j.input != INPUT_DOCUMENT || read_document(r, &j))
        run(r, &j);
    request_document_free(&j.document);
    msched_schedule_unref(j.schedule);
    msched_agenda_unref(j.agenda);
    msched_schedule_unref(j.previous);
    msched_diagnostics_unref(j.diagnostics);
    msched_plan_unref(j.plan);
    arena_reset(&r->scratch->memory);
}
