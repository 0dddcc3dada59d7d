/* cli/cmd_replan.c: a plan and its last schedule in, the schedule from now on out. */
#include "plan_run.h"

#include <stdlib.h>
#include <string.h>

#define DAY_S 86400

/* The number of dates of a schedule; 0: it is of one day. */
static uint32_t days_of(const msched_schedule *schedule)
{
    static const char key[] = "\"days\": ";
    msched_text *json = NULL;
    uint32_t days = 0;

    /* the JSON is written here, so nothing that a person named can come before the key */
    if (msched_schedule_to_json(schedule, &json, NULL) == MSCHED_OK) {
        const char *entries = strstr(msched_text_data(json), "\"entries\": ["),
                   *at = strstr(msched_text_data(json), key);

        if (at != NULL && (entries == NULL || at < entries))
            days = (uint32_t)strtoul(at + strlen(key), NULL, 10);
    }
    msched_text_unref(json);
    return days;
}

/* Seconds from midnight of the schedule's first date to its end. */
static int64_t end_of(const msched_schedule *schedule, uint32_t days)
{
    msched_schedule_entry entry = {.struct_size = sizeof entry};
    int64_t end = days > 1 ? (int64_t)days * DAY_S : DAY_S;

    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        if (msched_schedule_get_entry(schedule, i, &entry) != MSCHED_OK)
            continue;
        int64_t ends = (int64_t)entry.day * DAY_S + entry.end_s;

        end = ends > end ? ends : end;
    }
    return end;
}

/*
 * A text without a date is of the dates on which it was planned, while they last; then a plan of
 * one day is of today. Without a number of days, it has those of the schedule.
 */
static void choose_dates(cli_request *request, const msched_schedule *last)
{
    const char *date = msched_schedule_date(last);
    uint32_t days = days_of(last);
    int64_t end, asked, now;

    if (request->days == 0)
        request->days = days;
    end = end_of(last, days);
    asked = (int64_t)request->days * DAY_S;
    if (request->date != NULL)
        return;
    now = *request->now_date != '\0'
              ? cli_days_between(date, request->now_date) * DAY_S + request->now_s
              : cli_clock_second_in(date, msched_schedule_timezone(last));
    if (now < (asked > end ? asked : end))
        request->date = date;
    else if (*request->now_date != '\0')
        request->date = request->now_date;
}

/*
 * Without --now, the present on the clocks of the plan, in whole minutes, as people begin; before
 * its first date, none. 0 after an error.
 */
static int find_now(cli_request *request, const msched_day *day)
{
    int64_t second = cli_clock_second_in(day->date, day->timezone != NULL ? day->timezone : "");
    int64_t last = day->days > 1 ? (int64_t)(day->days - 1) * DAY_S : 0;

    if (request->now_s != MSCHED_UNSET || second < 0)
        return 1;
    if (second >= last + (day->end_s > DAY_S ? day->end_s : DAY_S)) {
        fprintf(stderr,
                "%s: the dates of this plan are over: change its date, or give the time with "
                "--now\n",
                request->arguments[0]);
        return 0;
    }
    request->now_s = (int32_t)((second + 59) / 60 * 60);
    snprintf(request->now_date, sizeof request->now_date, "%s", day->date);
    return 1;
}

/* What the plan of one day keeps of its last schedule: all of it, or nothing of another date. */
static const msched_schedule *of_same_date(const cli_request *request, const msched_day *day,
                                           const msched_schedule *last)
{
    if (day->days > 0 || strcmp(day->date, msched_schedule_date(last)) == 0)
        return last;
    fprintf(stderr, "%s: this schedule is for %s and has nothing on the date of the plan, %s\n",
            request->previous_path, msched_schedule_date(last), day->date);
    return NULL;
}

/* Say how to keep what was done but not marked. */
static void tell_missed(const msched_schedule *schedule)
{
    msched_unplaced item = {.struct_size = sizeof item};
    uint32_t missed = 0;

    for (uint32_t i = 0; i < msched_schedule_unplaced_count(schedule); i++)
        missed += msched_schedule_get_unplaced(schedule, i, &item) == MSCHED_OK &&
                  item.reason == MSCHED_REASON_PAST && strncmp(item.text, "missed", 6) == 0;
    if (missed > 0)
        fprintf(stderr, "note: %s missed; --assume-done counts %s as done\n",
                missed == 1 ? "a task of an earlier date was" : "tasks of earlier dates were",
                missed == 1 ? "it" : "them");
}

static int replan(plan_run *run, cli_request *request, const msched_catalog *catalog,
                  const msched_schedule *last)
{
    msched_day day = {.struct_size = sizeof day};
    int status = plan_input_load(&run->input, request, MSCHED_PLAN_MAX_BYTES);

    if (status != CLI_DONE)
        return status;
    if (!plan_input_is_json(&run->input)) {
        choose_dates(request, last);
        if (request->timezone == NULL && *msched_schedule_timezone(last) != '\0')
            request->timezone = msched_schedule_timezone(last);
    }
    status = plan_run_read(run, request, catalog);
    if (status != CLI_DONE)
        return status;
    msched_plan_get_day(run->input.plan, &day);
    if (days_of(last) > 1 && day.days == 0) {
        fprintf(stderr, "%s: this plan has one day, but %s has %u: add \"days\": %u to the plan\n",
                request->arguments[0], request->previous_path, (unsigned)days_of(last),
                (unsigned)days_of(last));
        return CLI_BAD_INPUT;
    }
    if (!find_now(request, &day))
        return CLI_BAD_INPUT;
    status = plan_run_build(run, request, catalog, request->now_s,
                            of_same_date(request, &day, last));
    if (status == CLI_DONE)
        status = plan_run_write(run, request);
    if (status != CLI_DONE)
        return status;
    fflush(stdout);
    tell_missed(run->schedule);
    return plan_run_tell(run, catalog);
}

int cmd_replan(cli_request *request, const msched_catalog *catalog)
{
    plan_run run = {.schedule = NULL};
    msched_schedule *last = NULL;
    int status;

    if (request->argument_count > 1 && request->previous_path == NULL)
        request->previous_path = request->arguments[1];
    else if (request->argument_count > 1 || request->previous_path == NULL) {
        fprintf(stderr, "musicsched replan: needs PLAN and one SCHEDULE (plan --json)\n");
        return CLI_BAD_USAGE;
    }
    status = plan_run_previous(&last, request);
    if (status == CLI_DONE)
        status = replan(&run, request, catalog, last);
    plan_run_free(&run);
    msched_schedule_unref(last);
    return status;
}
