/* cli/cmd_history.c: what was heard, when and how much. */
#include "cli_playlist.h"

#include <stdlib.h>
#include <string.h>

#define REMARKS_SHOWN 12
#define EVER_DAYS     36500

int cli_load_history(msched_history **history, const char *const *paths, uint32_t count)
{
    msched_error err;

    return msched_history_load_paths(history, paths, count, NULL, &err) == MSCHED_OK
               ? CLI_DONE
               : cli_report(NULL, &err);
}

void cli_tell_history(const msched_history *history)
{
    msched_history_info info = {.struct_size = sizeof info};
    uint32_t count = msched_history_remark_count(history);

    if (msched_history_get_info(history, &info) != MSCHED_OK)
        return;
    fflush(stdout);
    for (uint32_t i = 0; i < count && i < REMARKS_SHOWN; i++)
        fprintf(stderr, "%s\n", msched_history_get_remark(history, i));
    if (info.unreadable > REMARKS_SHOWN)
        fprintf(stderr, "%llu records could not be read; musicsched history --json lists 100\n",
                (unsigned long long)info.unreadable);
}

/* "12 h 03 min", "4 min". */
static void write_length(char out[32], int64_t ms)
{
    int64_t minutes = (ms + 30000) / 60000;

    if (minutes >= 60)
        snprintf(out, 32, "%lld h %02d min", (long long)(minutes / 60), (int)(minutes % 60));
    else
        snprintf(out, 32, "%d min", (int)minutes);
}

static void add_counts(cli_table *table, const msched_history_row *row)
{
    char length[32] = ""; /* many histories do not say how long a song was heard */

    cli_table_whole(table, row->plays);
    if (row->played_ms > 0)
        write_length(length, row->played_ms);
    cli_table_text(table, length);
}

static void add_skipped(cli_table *table, const msched_history_row *row)
{
    char share[16] = "";

    if (row->skipped_known > 0)
        snprintf(share, sizeof share, "%.0f %%", 100.0 * row->skipped / row->skipped_known);
    cli_table_text(table, share);
}

static int print_ranking(const msched_history_summary *summary, uint32_t list, const char *title)
{
    cli_table *table = cli_table_create();
    uint32_t count = msched_history_row_count(summary, list);

    printf("\n");
    cli_table_column(table, "", CLI_RIGHT);
    cli_table_column(table, title, CLI_LEFT);
    if (list == MSCHED_HISTORY_SONGS)
        cli_table_column(table, "artist", CLI_LEFT);
    cli_table_column(table, "plays", CLI_RIGHT);
    cli_table_column(table, "time", CLI_RIGHT);
    cli_table_column(table, "skipped", CLI_RIGHT);
    for (uint32_t i = 0; i < count; i++) {
        msched_history_row row = {.struct_size = sizeof row};

        msched_history_get_row(summary, list, i, &row);
        cli_table_whole(table, (uint64_t)row.number);
        if (list == MSCHED_HISTORY_SONGS)
            cli_table_text(table, row.title);
        cli_table_text(table, row.artist);
        add_counts(table, &row);
        add_skipped(table, &row);
    }
    return cli_table_print(table);
}

static void write_label(char label[24], uint32_t list, const msched_history_row *row)
{
    if (list == MSCHED_HISTORY_HOURS)
        snprintf(label, 24, "%02d:00", (int)row->number);
    else if (list == MSCHED_HISTORY_WEEKDAYS)
        snprintf(label, 24, "%s", cli_weekday_names[row->number % 7]);
    else
        snprintf(label, 24, "%04d-%02d", (int)row->year, (int)row->number);
}

static int print_times(const msched_history_summary *summary, uint32_t list, const char *title)
{
    cli_table *table = cli_table_create();
    uint32_t count = msched_history_row_count(summary, list);

    printf("\n");
    cli_table_column(table, title, CLI_LEFT);
    cli_table_column(table, "plays", CLI_RIGHT);
    cli_table_column(table, "time", CLI_RIGHT);
    cli_table_column(table, "", CLI_BAR);
    for (uint32_t i = 0; i < count; i++) {
        msched_history_row row = {.struct_size = sizeof row};
        char label[24];

        msched_history_get_row(summary, list, i, &row);
        write_label(label, list, &row);
        cli_table_text(table, label);
        add_counts(table, &row);
        cli_table_bar(table, row.plays);
    }
    return cli_table_print(table);
}

static const char *plural(uint32_t count)
{
    return count == 1 ? "" : "s";
}

static void print_totals(const msched_history_summary *summary, const msched_history *history,
                         const char *zone)
{
    msched_history_totals t = {.struct_size = sizeof t};
    msched_history_info info = {.struct_size = sizeof info};
    char length[32];

    if (msched_history_get_totals(summary, &t) != MSCHED_OK ||
        msched_history_get_info(history, &info) != MSCHED_OK)
        return;
    write_length(length, t.played_ms);
    printf("%u play%s of %u song%s by %u artist%s%s%s\n", t.plays, plural(t.plays), t.songs,
           plural(t.songs), t.artists, plural(t.artists), t.played_ms > 0 ? ", " : "",
           t.played_ms > 0 ? length : "");
    if (t.plays > 0)
        printf("%s to %s (%s), played on %u day%s\n"
               "longest streak: %u day%s in a row, %s to %s; latest: %u\n",
               t.first_date, t.last_date, zone, t.days, plural(t.days), t.longest_streak,
               plural(t.longest_streak), t.longest_from, t.longest_to, t.latest_streak);
    if (t.skipped_known > 0)
        printf("skipped: %.0f %%\n", 100.0 * t.skipped / t.skipped_known);
    if (info.episodes + info.duplicates > 0)
        printf("left out: %llu episodes, audiobooks and videos, %llu duplicates\n",
               (unsigned long long)info.episodes, (unsigned long long)info.duplicates);
}

static int print_summary(const msched_history_summary *summary, const msched_history *history,
                         const char *zone)
{
    print_totals(summary, history, *zone != '\0' ? zone : "UTC");
    int status = print_ranking(summary, MSCHED_HISTORY_SONGS, "song");

    if (status == CLI_DONE)
        status = print_ranking(summary, MSCHED_HISTORY_ARTISTS, "artist");
    if (status == CLI_DONE)
        status = print_times(summary, MSCHED_HISTORY_HOURS, "hour");
    if (status == CLI_DONE)
        status = print_times(summary, MSCHED_HISTORY_WEEKDAYS, "weekday");
    if (status == CLI_DONE)
        status = print_times(summary, MSCHED_HISTORY_MONTHS, "month");
    return status;
}

static int summarize(const cli_request *request, msched_history *history)
{
    msched_history_summary_options options;
    msched_history_summary *summary = NULL;
    msched_text *json = NULL;
    msched_error err;
    int status;

    msched_history_summary_options_init(&options, sizeof options);
    options.limit = request->limit;
    options.timezone = request->timezone != NULL ? request->timezone : cli_local_zone();
    options.from_date = request->from_date;
    options.to_date = request->to_date;
    options.min_played_ms = request->min_play_s * 1000;
    options.by_time = request->by_time != 0;
    if (msched_history_summarize(&summary, history, &options, &err) != MSCHED_OK)
        return cli_report(NULL, &err);
    if (request->format == CLI_FORMAT_JSON) {
        status = cli_print_text(msched_history_summary_to_json(summary, &json, &err), &json, &err);
    } else {
        status = print_summary(summary, history, options.timezone);
        cli_tell_history(history);
    }
    msched_history_summary_unref(summary);
    return status;
}

int cmd_history(cli_request *request, const msched_catalog *catalog)
{
    msched_history *history = NULL;
    int status = cli_load_history(&history, (const char *const *)request->arguments,
                                  (uint32_t)request->argument_count);

    (void)catalog;
    if (status == CLI_DONE)
        status = summarize(request, history);
    msched_history_unref(history);
    return status;
}

/* Replace the plan by one whose fill avoids the songs of the history. */
static int avoid(msched_plan **plan, const msched_history *history, const msched_catalog *catalog,
                 uint32_t days)
{
    msched_plan *with = NULL;
    msched_error err;

    if (msched_plan_avoid_history(&with, *plan, history, catalog, days, NULL, &err) != MSCHED_OK)
        return cli_report(NULL, &err);
    cli_tell_history(history);
    msched_plan_unref(*plan);
    *plan = with;
    return CLI_DONE;
}

/* The path of a file that the plan names, relative to the folder of the plan. */
static char *beside_plan(const cli_request *request, const char *file)
{
    const char *plan = request->argument_count > 0 ? request->arguments[0] : "";
    const char *slash = file[0] == '/' ? NULL : strrchr(plan, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - plan) + 1, size = strlen(file) + 1;
    char *path = malloc(folder + size);

    if (path != NULL) {
        memcpy(path, plan, folder);
        memcpy(path + folder, file, size);
    }
    return path;
}

/*
 * Read the files of "avoid: yesterday.json". A schedule counts regardless of its date, a history
 * for avoid_days. If a file cannot be read, it is reported, and the rest of the plan is used.
 */
static int avoid_files(msched_plan **plan, const cli_request *request,
                       const msched_catalog *catalog)
{
    msched_listening rules = {.struct_size = sizeof rules};
    msched_plan *named = msched_plan_ref(*plan); /* owns the names */
    int status = CLI_DONE;

    if (msched_plan_get_listening(named, &rules) != MSCHED_OK)
        rules.avoid_file_count = 0;
    for (uint32_t i = 0; status == CLI_DONE && i < rules.avoid_file_count; i++) {
        msched_history_info info = {.struct_size = sizeof info};
        msched_history *history = NULL;
        char *path = beside_plan(request, rules.avoid_files[i]);
        uint32_t days = request->avoid_days != 0 ? request->avoid_days : rules.avoid_days;

        if (path != NULL &&
            cli_load_history(&history, (const char *const[]){path}, 1) == CLI_DONE) {
            if (msched_history_get_info(history, &info) == MSCHED_OK && info.schedules > 0)
                days = EVER_DAYS; /* the days of the plan are those of a listening history */
            status = avoid(plan, history, catalog, days);
        }
        msched_history_unref(history);
        free(path);
    }
    msched_plan_unref(named);
    return status;
}

int cli_avoid_history(msched_plan **plan, const cli_request *request, const msched_catalog *catalog)
{
    msched_history *history = NULL;
    int status = CLI_DONE;

    if (catalog == NULL && request->histories.count > 0) {
        fprintf(stderr, "musicsched plan: --history needs a catalog of songs: add "
                        "--catalog FILE or set MUSICSCHED_CATALOG\n");
        return CLI_BAD_USAGE;
    }
    if (catalog != NULL)
        status = avoid_files(plan, request, catalog);
    if (status != CLI_DONE || request->histories.count == 0)
        return status;
    status = cli_load_history(&history, request->histories.name, request->histories.count);
    if (status == CLI_DONE)
        status = avoid(plan, history, catalog, request->avoid_days);
    msched_history_unref(history);
    return status;
}
