/* cli/cmd_next.c: what of a schedule, or of a plan, is on now, and what comes next. */
#include "plan_run.h"

#include <string.h>
#include <time.h>

#define SCHEDULE_MAX_BYTES (64u << 20)

/* The present, on the axis on which the schedule's entries are compared with it. */
typedef struct present {
    int64_t at;
    int in_utc; /* else seconds after midnight of the schedule's date, on its clocks */
} present;

static present find_present(const cli_request *request, const msched_schedule *schedule)
{
    if (request->now_s != MSCHED_UNSET) {
        int64_t days = *request->now_date == '\0'
                           ? 0
                           : cli_days_between(msched_schedule_date(schedule), request->now_date);

        return (present){days * 86400 + request->now_s, 0};
    }
    if (*msched_schedule_timezone(schedule) != '\0')
        return (present){(int64_t)time(NULL), 1};
    return (present){cli_clock_second(msched_schedule_date(schedule)), 0};
}

/* -1: over, 0: on, 1: to come. */
static int when(const msched_schedule_entry *entry, const present *now)
{
    int in_utc = now->in_utc && entry->start_utc != MSCHED_NO_UTC;
    int64_t midnight = in_utc ? 0 : (int64_t)entry->day * 86400;
    int64_t start = in_utc ? entry->start_utc : midnight + entry->start_s;
    int64_t end = in_utc ? entry->end_utc : midnight + entry->end_s;

    if (now->at < start)
        return 1;
    return now->at < end ? 0 : -1;
}

static void format_time(char out[8], int32_t seconds)
{
    snprintf(out, 8, "%02d:%02d", (int)(seconds / 3600 % 24), (int)(seconds / 60 % 60));
}

/* Where a song can be listened to; "" for a to-do. */
static void format_link(char *out, size_t size, const msched_schedule_entry *entry)
{
    static const char base[] = "https://open.spotify.com/track/";
    size_t used = sizeof base - 1;

    out[0] = '\0';
    if (entry->kind != MSCHED_ENTRY_SONG || size < sizeof base)
        return;
    memcpy(out, base, sizeof base);
    for (const char *p = entry->id; *p != '\0' && used + 4 < size; p++) {
        int plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                    (*p >= '0' && *p <= '9') || strchr("-_.~", *p) != NULL;

        used += (size_t)snprintf(out + used, size - used, plain ? "%c" : "%%%02X",
                                 (unsigned)(unsigned char)*p);
    }
}

static void print_line(const char *word, const msched_schedule_entry *entry)
{
    char start[8], end[8], link[512];
    int song = entry->kind == MSCHED_ENTRY_SONG;

    format_time(start, entry->start_s);
    format_time(end, entry->end_s);
    format_link(link, sizeof link, entry);
    printf("%-4s  %s-%s  %s%s%s%s%s%s\n", word, start, end, song ? "♪ " : "", entry->title,
           song ? " - " : "", entry->artist, song ? "  " : "", link);
}

static void print_object(cli_json *json, const msched_schedule_entry *entry)
{
    char start[8], end[8], link[512];
    int song = entry->kind == MSCHED_ENTRY_SONG;

    format_time(start, entry->start_s);
    format_time(end, entry->end_s);
    format_link(link, sizeof link, entry);
    cli_json_open(json, NULL, '{');
    cli_json_text(json, "kind", song ? "song" : "todo");
    cli_json_text(json, song ? "track_id" : "id", entry->id);
    cli_json_text(json, "title", entry->title);
    if (song)
        cli_json_text(json, "artist", entry->artist);
    cli_json_text(json, "start", start);
    cli_json_text(json, "end", end);
    if (song)
        cli_json_text(json, "link", link);
    cli_json_close(json, '}');
}

/*
 * The entries that are on, or (next) the first to-do and the first song to come, in order, to
 * `json` or as lines.
 */
static void tell(const msched_schedule *schedule, const present *now, int next, cli_json *json)
{
    int told[2] = {0, 0};

    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry entry = {.struct_size = sizeof entry};

        if (msched_schedule_get_entry(schedule, i, &entry) != MSCHED_OK ||
            when(&entry, now) != next || (next && told[entry.kind & 1]++ > 0))
            continue;
        if (json != NULL)
            print_object(json, &entry);
        else
            print_line(next ? "next" : "now", &entry);
    }
}

/* A schedule of an earlier date has nothing left, which a person might not expect. */
static void tell_past(const msched_schedule *schedule, const char *source, const present *now)
{
    uint32_t count = msched_schedule_entry_count(schedule);

    for (uint32_t i = 0; i < count; i++) {
        msched_schedule_entry entry = {.struct_size = sizeof entry};
        const present day_before = {now->at - 86400, now->in_utc};

        if (msched_schedule_get_entry(schedule, i, &entry) != MSCHED_OK ||
            when(&entry, &day_before) >= 0)
            return;
    }
    if (count > 0)
        fprintf(stderr,
                "%s: everything in this schedule for %s is over; change its date, or use --now\n",
                source, msched_schedule_date(schedule));
}

static void tell_json(const msched_schedule *schedule, const present *now)
{
    cli_json json = {0, 1};

    cli_json_open(&json, NULL, '{');
    cli_json_text(&json, "date", msched_schedule_date(schedule));
    cli_json_text(&json, "timezone", msched_schedule_timezone(schedule));
    for (int next = 0; next < 2; next++) {
        cli_json_open(&json, next ? "next" : "now", '[');
        tell(schedule, now, next, &json);
        cli_json_close(&json, ']');
    }
    cli_json_close(&json, '}');
}

/* A schedule as JSON; what is JSON without entries is a plan, as is a text. */
static int is_schedule(const plan_input *input)
{
    return plan_input_is_json(input) && strstr(input->data, "\"entries\"") != NULL;
}

static int build(plan_run *run, const cli_request *request, const msched_catalog *catalog)
{
    msched_schedule *previous = NULL;
    int status = plan_run_read(run, request, catalog);

    if (status == CLI_DONE)
        status = plan_run_previous(&previous, request);
    if (status == CLI_DONE)
        status = plan_run_build(run, request, catalog, MSCHED_UNSET, previous);
    msched_schedule_unref(previous);
    return status;
}

/* The schedule in the file, or that of the plan in it. @return exit code */
static int take_schedule(plan_run *run, const cli_request *request, msched_catalog **catalog)
{
    msched_error err;
    int status = plan_input_load(&run->input, request, SCHEDULE_MAX_BYTES);

    if (status != CLI_DONE)
        return status;
    if (!is_schedule(&run->input)) {
        if (request->catalog_path != NULL && (*catalog = cli_load_catalog(request)) == NULL)
            return CLI_BAD_INPUT;
        return build(run, request, *catalog);
    }
    if (msched_schedule_parse_json(&run->schedule, run->input.data, run->input.size, NULL, &err) !=
        MSCHED_OK)
        return cli_report(run->input.source, &err);
    return CLI_DONE;
}

int cmd_next(cli_request *request, const msched_catalog *none)
{
    plan_run run = {.schedule = NULL};
    msched_catalog *catalog = NULL;
    int status = take_schedule(&run, request, &catalog);

    (void)none; /* see CLI_CATALOG_LATE */
    if (status == CLI_DONE) {
        present now = find_present(request, run.schedule);

        if (request->format == CLI_FORMAT_JSON) {
            tell_json(run.schedule, &now);
        } else {
            tell(run.schedule, &now, 0, NULL);
            tell(run.schedule, &now, 1, NULL);
            tell_past(run.schedule, run.input.source, &now);
        }
        if (run.input.plan != NULL)
            status = plan_run_tell(&run, catalog);
    }
    plan_run_free(&run);
    msched_catalog_unref(catalog);
    return status;
}
