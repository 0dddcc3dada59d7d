/* cli/cmd_next.c: what of a schedule is on now, and what comes next. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SCHEDULE_MAX_BYTES (64u << 20)
#define DAY_S              86400

/* The present, on the axis on which the schedule's entries are compared with it. */
typedef struct present {
    int64_t at;
    int in_utc; /* else seconds after midnight of the schedule's date, on its clocks */
} present;

/* Days from 1970-01-01 to a date of the Gregorian calendar. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t y = year - (month <= 2), era = y / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* Seconds that this machine's clock is past midnight of a date "YYYY-MM-DD". */
static int64_t local_second(const char *date)
{
    time_t now = time(NULL);
    struct tm local = {.tm_mday = 1};
    int64_t days = days_of(strtol(date, NULL, 10), strtol(date + 5, NULL, 10),
                           strtol(date + 8, NULL, 10));

    localtime_r(&now, &local);
    return (days_of(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday) - days) * DAY_S +
           local.tm_hour * 3600 + local.tm_min * 60 + local.tm_sec;
}

static present find_present(const cli_request *request, const msched_schedule *schedule)
{
    if (request->now_s != MSCHED_UNSET)
        return (present){request->now_s, 0};
    if (*msched_schedule_timezone(schedule) != '\0')
        return (present){(int64_t)time(NULL), 1};
    return (present){local_second(msched_schedule_date(schedule)), 0};
}

/* -1: over, 0: on, 1: to come. */
static int when(const msched_schedule_entry *entry, const present *now)
{
    int in_utc = now->in_utc && entry->start_utc != MSCHED_NO_UTC;
    int64_t start = in_utc ? entry->start_utc : entry->start_s;
    int64_t end = in_utc ? entry->end_utc : entry->end_s;

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

int cmd_next(cli_request *request, const msched_catalog *catalog)
{
    const char *path = request->arguments[0];
    msched_schedule *schedule = NULL;
    msched_error err;
    size_t size;
    char *data = cli_read(path, SCHEDULE_MAX_BYTES, &size);
    int status = CLI_DONE;

    (void)catalog;
    if (data == NULL)
        return CLI_BAD_INPUT;
    if (msched_schedule_parse_json(&schedule, data, size, NULL, &err) != MSCHED_OK)
        status = cli_report(path, &err);
    free(data);
    if (status == CLI_DONE) {
        present now = find_present(request, schedule);

        if (request->format == CLI_FORMAT_JSON) {
            tell_json(schedule, &now);
        } else {
            tell(schedule, &now, 0, NULL);
            tell(schedule, &now, 1, NULL);
        }
    }
    msched_schedule_unref(schedule);
    return status;
}
