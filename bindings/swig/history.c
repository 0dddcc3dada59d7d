#include "handle.h"

#include <stdlib.h>
#include <string.h>

struct Summary {
    msched_history_summary *summary;
};

/* A load of files, without a language's lock. */
typedef struct load {
    const char **paths;
    uint32_t path_count;
    msched_history *history;
    msched_error *err;
} load;

static void run_load(void *argument)
{
    load *self = argument;
    msched_history_load_paths(&self->history, self->paths, self->path_count, NULL, self->err);
}

History *read_history(const char *paths, msched_error *err)
{
    load job = {.err = err};
    char *copy = NULL;
    job.path_count = split_lines(paths, &copy, &job.paths, err);
    if (job.path_count == 0 && err->code == MSCHED_OK)
        fail(err, MSCHED_ERROR_ARGUMENT, "no path was given", "");
    if (err->code == MSCHED_OK)
        msched_swig_run(run_load, &job, err);
    free(copy);
    free(job.paths);
    return History_wrap(job.history, err);
}

History *parse_history(const char *data, size_t size, msched_error *err)
{
    msched_history *history = NULL;
    msched_history_load_memory(&history, data, size, NULL, NULL, err);
    return History_wrap(history, err);
}

int64_t History_info(History *self, const char *name, msched_error *err)
{
    static const char *const names[] = {"plays",      "songs",      "artists",   "episodes",
                                        "duplicates", "unreadable", "first_utc", "last_utc"};
    msched_history_info info = {.struct_size = sizeof info};
    msched_history *history = History_take(self, err);
    if (history == NULL)
        return 0;
    msched_history_get_info(history, &info);
    msched_history_unref(history);
    const int64_t values[] = {info.plays,
                              info.songs,
                              info.artists,
                              (int64_t)info.episodes,
                              (int64_t)info.duplicates,
                              (int64_t)info.unreadable,
                              info.first_utc,
                              info.last_utc};
    return values[choose("info", name, names, 8, err)];
}

Table *History_remarks(History *self, msched_error *err)
{
    msched_history *history = History_take(self, err);
    if (history == NULL)
        return NULL;
    uint32_t rows = msched_history_remark_count(history);
    Table *result = table_create(rows, 1);
    char **remark = table_add_texts(result, "remark");
    for (uint32_t r = 0; r < rows; r++)
        table_set_text(result, remark, r, msched_history_get_remark(history, r));
    msched_history_unref(history);
    return table_finish(result, err);
}

Summary *History_summary(History *self, int64_t limit, const char *timezone, const char *from_date,
                         const char *to_date, int64_t min_played_s, int by_time, msched_error *err)
{
    msched_history_summary_options options;
    msched_history_summary_options_init(&options, sizeof options);
    options.limit = to_uint32("limit", limit, err);
    options.timezone = timezone;
    options.from_date = from_date;
    options.to_date = to_date;
    if (min_played_s < 0 || min_played_s > 86400)
        fail(err, MSCHED_ERROR_ARGUMENT, "min_played_s: 0 to 86400 is needed", "");
    else
        options.min_played_ms = (uint32_t)min_played_s * 1000;
    options.by_time = by_time != 0;
    Summary *summary = NULL;
    msched_history *history = err->code == MSCHED_OK ? History_take(self, err) : NULL;
    if (history != NULL && (summary = calloc(1, sizeof *summary)) == NULL)
        fail(err, MSCHED_ERROR_MEMORY, "out of memory", "");
    if (summary != NULL &&
        msched_history_summarize(&summary->summary, history, &options, err) != MSCHED_OK) {
        free(summary);
        summary = NULL;
    }
    msched_history_unref(history);
    return summary;
}

void delete_Summary(Summary *self)
{
    if (self != NULL)
        msched_history_summary_unref(self->summary);
    free(self);
}

static Table *table_of_times(const msched_history_summary *summary, uint32_t list,
                             msched_error *err)
{
    static const char *const units[] = {"rank", "rank", "hour", "weekday", "month"};
    uint32_t rows = msched_history_row_count(summary, list);
    Table *result = table_create(rows, 9);
    double *year = list == MSCHED_HISTORY_MONTHS ? table_add_numbers(result, "year", 1) : NULL;
    double *number = table_add_numbers(result, units[list], 1);
    char **title = list == MSCHED_HISTORY_SONGS ? table_add_texts(result, "title") : NULL;
    char **artist = list <= MSCHED_HISTORY_ARTISTS ? table_add_texts(result, "artist") : NULL;
    char **track_id = list == MSCHED_HISTORY_SONGS ? table_add_texts(result, "track_id") : NULL;
    double *plays = table_add_numbers(result, "plays", 1);
    double *played = table_add_numbers(result, "played_ms", 1);
    double *skipped = table_add_numbers(result, "skipped", 1);
    double *known = table_add_numbers(result, "skipped_known", 1);
    int ready = number != NULL && plays != NULL && played != NULL && skipped != NULL &&
                known != NULL && (year != NULL || list != MSCHED_HISTORY_MONTHS);
    for (uint32_t r = 0; ready && r < rows; r++) {
        msched_history_row row = {.struct_size = sizeof row};
        msched_history_get_row(summary, list, r, &row);
        number[r] = row.number;
        if (year != NULL)
            year[r] = row.year;
        plays[r] = row.plays;
        played[r] = (double)row.played_ms;
        skipped[r] = row.skipped;
        known[r] = row.skipped_known;
        table_set_text(result, title, r, row.title);
        table_set_text(result, artist, r, row.artist);
        table_set_text(result, track_id, r, *row.track_id != '\0' ? row.track_id : NULL);
    }
    return table_finish(result, err);
}

Table *Summary_list(Summary *self, const char *name, msched_error *err)
{
    static const char *const names[] = {"songs", "artists", "hours", "weekdays", "months"};
    uint32_t list = choose("list", name, names, 5, err);
    return err->code == MSCHED_OK ? table_of_times(self->summary, list, err) : NULL;
}

/* One row. */
Table *Summary_totals(Summary *self, msched_error *err)
{
    msched_history_totals totals = {.struct_size = sizeof totals};
    msched_history_get_totals(self->summary, &totals);
    const struct {
        const char *name;
        double value;
    } numbers[] = {{"plays", totals.plays},
                   {"songs", totals.songs},
                   {"artists", totals.artists},
                   {"played_ms", (double)totals.played_ms},
                   {"skipped", totals.skipped},
                   {"skipped_known", totals.skipped_known},
                   {"days", totals.days},
                   {"longest_streak", totals.longest_streak},
                   {"latest_streak", totals.latest_streak}};
    const char *const texts[][2] = {{"first_date", totals.first_date},
                                    {"last_date", totals.last_date},
                                    {"longest_from", totals.longest_from},
                                    {"longest_to", totals.longest_to}};
    Table *result = table_create(1, 13);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double *value = table_add_numbers(result, numbers[i].name, 1);
        if (value != NULL)
            value[0] = numbers[i].value;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        table_set_text(result, table_add_texts(result, texts[i][0]), 0,
                       *texts[i][1] != '\0' ? texts[i][1] : NULL);
    return table_finish(result, err);
}

char *Summary_to_json(Summary *self, msched_error *err)
{
    msched_text *text = NULL;
    msched_history_summary_to_json(self->summary, &text, err);
    return take_text(err->code, text, err);
}

Catalog *History_catalog(History *self, Catalog *songs, msched_error *err)
{
    msched_history *history = History_take(self, err);
    msched_catalog *given = history == NULL || songs == NULL ? NULL : Catalog_take(songs, err);
    msched_catalog *made = NULL;
    if (history != NULL && err->code == MSCHED_OK)
        msched_history_to_catalog(&made, history, given, err);
    msched_catalog_unref(given);
    msched_history_unref(history);
    return Catalog_wrap(made, err);
}

Plan *Plan_avoid(Plan *self, History *history, Catalog *catalog, int64_t days, msched_error *err)
{
    uint32_t count = to_uint32("days", days, err);
    msched_plan *plan = err->code == MSCHED_OK ? Plan_take(self, err) : NULL, *with = NULL;
    msched_history *heard = plan == NULL ? NULL : History_take(history, err);
    msched_catalog *songs = heard == NULL ? NULL : Catalog_take(catalog, err);
    if (songs != NULL)
        msched_plan_avoid_history(&with, plan, heard, songs, count, NULL, err);
    msched_catalog_unref(songs);
    msched_history_unref(heard);
    msched_plan_unref(plan);
    return Plan_wrap(with, err);
}
