#include "plan_run.h"

#include "cli_playlist.h"

#include <stdlib.h>
#include <string.h>

#define PREVIOUS_MAX_BYTES (64u << 20)

/* The plan from `now_s` on, in place of the plan. */
static int move_now(msched_plan **plan, int32_t now_s)
{
    msched_plan *moved = NULL;
    msched_error err;

    if (now_s == MSCHED_UNSET)
        return CLI_DONE;
    if (msched_plan_with_now(&moved, *plan, now_s, &err) != MSCHED_OK)
        return cli_report(NULL, &err);
    msched_plan_unref(*plan);
    *plan = moved;
    return CLI_DONE;
}

/*
 * A time of --now counts from the plan's first date on. Without a date it is of today, or of the
 * first date where the plan does not have today.
 */
static int32_t date_now(const msched_plan *plan, const cli_request *request, int32_t now_s)
{
    msched_day day = {.struct_size = sizeof day};
    char today[11];
    int64_t days = 0;

    if (now_s == MSCHED_UNSET || msched_plan_get_day(plan, &day) != MSCHED_OK)
        return now_s;
    if (*request->now_date != '\0')
        days = cli_days_between(day.date, request->now_date);
    else if (day.days > 1 && cli_today(today) != NULL)
        days = cli_days_between(day.date, today);
    if (*request->now_date == '\0' && (days < 0 || days >= day.days))
        days = 0;
    /* what is not on a date of the plan is refused there */
    return days < 0 || days > 366 ? -2 : (int32_t)(days * 86400) + now_s;
}

/* The plan with the calendars' events and to-dos, in place of the plan. */
static int add_calendars(msched_plan **plan, const cli_request *request)
{
    msched_calendar *calendars[CLI_MAX_NAMES] = {NULL};
    msched_calendar_use uses[CLI_MAX_NAMES];
    msched_agenda *agenda = NULL;
    msched_plan *added = NULL;
    msched_error err;
    uint32_t count = request->calendars.count;
    int status;

    if (count == 0)
        return CLI_DONE;
    for (uint32_t i = 0; i < count; i++) {
        msched_calendar_use_init(&uses[i], sizeof uses[i]);
        uses[i].music = request->calendar_music[i];
        uses[i].block_all_day = request->block_all_day != 0;
    }
    status = cli_read_calendars(calendars, request->calendars.name, count);
    if (status == CLI_DONE &&
        msched_plan_add_calendars(&added, *plan, calendars, count, uses, cli_local_zone(), &agenda,
                                  &err) != MSCHED_OK)
        status = cli_report(NULL, &err);
    cli_tell_remarks(agenda);
    msched_agenda_unref(agenda);
    for (uint32_t i = 0; i < count; i++)
        msched_calendar_unref(calendars[i]);
    if (status == CLI_DONE) {
        msched_plan_unref(*plan);
        *plan = added;
    }
    return status;
}

static void tell_without_catalog(const msched_plan *plan)
{
    msched_listening listening = {.struct_size = sizeof listening};

    if (msched_plan_song_count(plan) > 0 ||
        (msched_plan_get_listening(plan, &listening) == MSCHED_OK && listening.fill_s > 0))
        fprintf(stderr, "musicsched plan: songs cannot be scheduled without a catalog: add "
                        "--catalog FILE or set "
                        "MUSICSCHED_CATALOG\n");
}

int plan_run_previous(msched_schedule **previous, const cli_request *request)
{
    msched_error err;
    size_t size;
    char *data;
    int status = CLI_DONE;

    if (request->previous_path == NULL)
        return CLI_DONE;
    data = cli_read(request->previous_path, PREVIOUS_MAX_BYTES, &size);
    if (data == NULL)
        return CLI_BAD_INPUT;
    if (msched_schedule_parse_json(previous, data, size, NULL, &err) != MSCHED_OK)
        status = cli_report(request->previous_path, &err);
    free(data);
    return status;
}

static uint32_t choose_format(const cli_request *request)
{
    const char *ending = request->output_path != NULL ? strrchr(request->output_path, '.') : NULL;

    if (request->format != CLI_FORMAT_AUTO || ending == NULL)
        return request->format;
    if (strcmp(ending, ".json") == 0)
        return CLI_FORMAT_JSON;
    return strcmp(ending, ".ics") == 0 ? CLI_FORMAT_ICAL : CLI_FORMAT_TEXT;
}

int plan_run_write(const plan_run *run, const cli_request *request)
{
    msched_text *text = NULL;
    msched_error err;
    int status;

    switch (choose_format(request)) {
    case CLI_FORMAT_JSON:
        msched_schedule_to_json(run->schedule, &text, &err);
        break;
    case CLI_FORMAT_ICAL:
        cli_to_ical(request, run->schedule, &text, &err);
        break;
    default:
        msched_schedule_to_text(run->schedule, &text, &err);
    }
    if (text == NULL)
        return cli_report(NULL, &err);
    status = cli_write(request->output_path, msched_text_data(text), msched_text_size(text));
    msched_text_unref(text);
    return status;
}

/* The plan with the to-dos of --move at their new times, in place of the plan. */
static int move_todos(msched_plan **plan, const cli_request *request)
{
    for (uint32_t i = 0; i < request->moves.count; i++) {
        const char *text = request->moves.name[i], *equals = strrchr(text, '=');
        char *id = strndup(text, (size_t)(equals - text));
        int32_t start = MSCHED_UNSET;
        msched_plan *moved = NULL;
        msched_error err;

        if (equals[1] != '\0')
            cli_parse_time(equals + 1, &start);
        msched_result result = id == NULL ? MSCHED_ERROR_MEMORY
                                          : msched_plan_move_todo(&moved, *plan, id, start, &err);
        free(id);
        if (result != MSCHED_OK)
            return cli_report("--move", &err);
        msched_plan_unref(*plan);
        *plan = moved;
    }
    return CLI_DONE;
}

int plan_run_read(plan_run *run, const cli_request *request, const msched_catalog *catalog)
{
    int status = plan_input_read(&run->input, request, catalog);

    if (status == CLI_DONE)
        status = add_calendars(&run->input.plan, request);
    if (status == CLI_DONE)
        status = cli_add_songs(&run->input.plan, request, catalog);
    if (status == CLI_DONE)
        status = cli_avoid_history(&run->input.plan, request, catalog);
    if (status == CLI_DONE)
        status = move_todos(&run->input.plan, request);
    return status;
}

int plan_run_build(plan_run *run, const cli_request *request, const msched_catalog *catalog,
                   int32_t now_s, const msched_schedule *previous)
{
    msched_schedule_options options;
    msched_error err;
    int32_t now = date_now(run->input.plan, request, now_s);
    int status = move_now(&run->input.plan, now);

    if (status != CLI_DONE)
        return status;
    msched_schedule_options_init(&options, sizeof options);
    options.seed = request->seed;
    options.time_limit_ms = request->time_limit_ms;
    options.previous = previous;
    options.assume_done = request->assume_done;
    if (msched_schedule_build(&run->schedule, catalog, run->input.plan, &options, &err) !=
        MSCHED_OK)
        return cli_report(request->arguments[0], &err);
    return CLI_DONE;
}

static int has_length(const msched_catalog *catalog)
{
    msched_track track = {.struct_size = sizeof track};

    for (uint32_t i = 0; msched_catalog_get_track(catalog, i, &track) == MSCHED_OK; i++)
        if (track.duration_ms > 0)
            return 1;
    return 0;
}

/* The reason is the library's, which knows no options of the command line. */
static void tell_default_length(const msched_schedule *schedule, const msched_catalog *catalog)
{
    msched_unplaced item = {.struct_size = sizeof item};
    uint32_t count;

    if (schedule == NULL || catalog == NULL || has_length(catalog))
        return;
    count = msched_schedule_unplaced_count(schedule);
    for (uint32_t i = 0; i < count; i++)
        if (msched_schedule_get_unplaced(schedule, i, &item) == MSCHED_OK &&
            strstr(item.text, "set a default length") != NULL) {
            fprintf(stderr, "musicsched: the catalog has no song lengths: add "
                            "--default-length M:SS, for example --default-length 3:30\n");
            return;
        }
}

int plan_run_tell(const plan_run *run, const msched_catalog *catalog)
{
    int status = plan_input_tell(&run->input);

    if (catalog == NULL)
        tell_without_catalog(run->input.plan);
    tell_default_length(run->schedule, catalog);
    return status;
}

void plan_run_tell_calendar(const plan_run *run, const cli_request *request)
{
    msched_day day = {.struct_size = sizeof day};

    if (choose_format(request) != CLI_FORMAT_ICAL || request->previous_path != NULL ||
        msched_plan_get_day(run->input.plan, &day) != MSCHED_OK || day.calendar_id[0] != '\0')
        return;
    fprintf(stderr, "note: the plan does not name its calendar, so events of another plan for the "
                    "same date can replace these; write calendar: NAME into plan text, or "
                    "\"calendar_id\" into JSON\n");
}

void plan_run_free(plan_run *run)
{
    msched_schedule_unref(run->schedule);
    plan_input_free(&run->input);
    *run = (plan_run){.schedule = NULL};
}
