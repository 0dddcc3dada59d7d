/* cli/cmd_agenda.c: what calendars hold for some dates. */
#include "cli.h"

#include <string.h>

static void print_time(int32_t seconds)
{
    printf("%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60));
}

static void print_event(const msched_agenda_event *event, uint32_t calendar_count)
{
    printf("  ");
    if (event->all_day) {
        printf("all day    ");
    } else {
        print_time(event->start_s);
        if (event->end_s > event->start_s) {
            putchar('-');
            print_time(event->end_s);
        } else {
            printf("      ");
        }
    }
    printf("  %s%s", event->title, event->busy || event->all_day ? "" : "  (free)");
    if (calendar_count > 1)
        printf("  [%s]", event->calendar_name);
    putchar('\n');
}

static void print_events(const msched_agenda *agenda, uint32_t calendar_count)
{
    char date[12] = "";

    for (uint32_t i = 0; i < msched_agenda_event_count(agenda); i++) {
        msched_agenda_event event = {.struct_size = sizeof event};

        if (msched_agenda_get_event(agenda, i, &event) != MSCHED_OK)
            continue;
        if (strcmp(date, event.date) != 0) {
            printf("%s%s\n", *date == '\0' ? "" : "\n", event.date);
            memcpy(date, event.date, sizeof date);
        }
        print_event(&event, calendar_count);
    }
    if (*date == '\0')
        printf("No events.\n");
}

/*
 * A bound of a to-do, in seconds from midnight of `date`: its time, and its date if it is not that
 * one. The end of a day is the date alone.
 */
static void print_bound(const char *word, const char *date, int64_t seconds)
{
    char other[11];
    const int64_t days = seconds / 86400, time = seconds % 86400;

    if (seconds < 0 || days > 400)
        return; /* before the dates of the agenda, or far after them */
    printf("  %s", word);
    if (days > 0 && cli_date_after(date, (int)days - (time == 0), other) != NULL)
        printf(" %s", other);
    if (days == 0 || time != 0) {
        putchar(' ');
        print_time((int32_t)time);
    }
}

static void print_tasks(const msched_agenda *agenda, const char *date)
{
    uint32_t count = msched_agenda_task_count(agenda);

    if (count > 0)
        printf("\nTo-dos\n");
    for (uint32_t i = 0; i < count; i++) {
        msched_agenda_task task = {.struct_size = sizeof task};

        if (msched_agenda_get_task(agenda, i, &task) != MSCHED_OK)
            continue;
        printf("  %s  %d min%s", task.title, (int)((task.duration_s + 59) / 60),
               task.duration_is_assumed ? " (assumed)" : "");
        if (task.priority != 0)
            printf("  !%d", (int)task.priority);
        if (task.earliest_s > 0)
            print_bound("from", date, task.earliest_s);
        if (task.latest_s != INT64_MAX)
            print_bound("by", date, task.latest_s);
        putchar('\n');
    }
}

/* The files of the arguments and of --calendar; how many. */
static uint32_t gather(const cli_request *request, const char **paths)
{
    uint32_t count = 0;

    for (int i = 0; i < request->argument_count; i++)
        paths[count++] = request->arguments[i];
    for (uint32_t i = 0; i < request->calendars.count; i++)
        paths[count++] = request->calendars.name[i];
    return count;
}

int cmd_agenda(cli_request *request, const msched_catalog *catalog)
{
    msched_calendar *calendars[2 * CLI_MAX_NAMES] = {NULL};
    const char *paths[2 * CLI_MAX_NAMES];
    uint32_t count = gather(request, paths);
    msched_agenda_options options;
    msched_agenda *agenda = NULL;
    msched_text *json = NULL;
    msched_error err;
    char date[11];
    int status = cli_read_calendars(calendars, paths, count);

    (void)catalog;
    msched_agenda_options_init(&options, sizeof options);
    options.date = request->date != NULL ? request->date : cli_today(date);
    options.days = request->days;
    options.timezone = request->timezone != NULL ? request->timezone : cli_local_zone();
    if (status == CLI_DONE &&
        msched_agenda_make(&agenda, calendars, count, &options, &err) != MSCHED_OK)
        status = cli_report(NULL, &err);
    if (status == CLI_DONE && request->format == CLI_FORMAT_JSON) {
        status = cli_print_text(msched_agenda_to_json(agenda, &json, &err), &json, &err);
    } else if (status == CLI_DONE) {
        print_events(agenda, count);
        print_tasks(agenda, options.date);
        cli_tell_remarks(agenda);
    }
    msched_agenda_unref(agenda);
    for (uint32_t i = 0; i < count; i++)
        msched_calendar_unref(calendars[i]);
    return status;
}
