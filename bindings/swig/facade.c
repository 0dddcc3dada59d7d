#include "facade.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(msched_error *err, msched_result code, const char *what, const char *text)
{
    *err = (msched_error){.code = code};
    snprintf(err->message, sizeof err->message, "%s%s", what, text);
}

/*
 * The handle of a class. _take gives an object of the caller's own, so that it outlives a close in another thread;
 * _wrap owns what it is given, also on failure.
 */
#define HANDLE(Class, noun)                                                                                                        \
    struct Class {                                                                                                                 \
        pthread_mutex_t lock;                                                                                                      \
        msched_##noun *object;                                                                                                     \
    };                                                                                                                             \
                                                                                                                                   \
    static Class *noun##_wrap(msched_##noun *object, msched_error *err)                                                            \
    {                                                                                                                              \
        Class *self = object == NULL ? NULL : malloc(sizeof *self);                                                                \
        if (self != NULL && pthread_mutex_init(&self->lock, NULL) == 0) {                                                          \
            self->object = object;                                                                                                 \
            return self;                                                                                                           \
        }                                                                                                                          \
        if (object != NULL)                                                                                                        \
            fail(err, MSCHED_ERROR_MEMORY, "out of memory", "");                                                                   \
        free(self);                                                                                                                \
        msched_##noun##_unref(object);                                                                                             \
        return NULL;                                                                                                               \
    }                                                                                                                              \
                                                                                                                                   \
    static msched_##noun *noun##_take(Class *self, msched_error *err)                                                              \
    {                                                                                                                              \
        if (self == NULL) {                                                                                                        \
            fail(err, MSCHED_ERROR_ARGUMENT, "there is no " #noun, "");                                                            \
            return NULL;                                                                                                           \
        }                                                                                                                          \
        pthread_mutex_lock(&self->lock);                                                                                           \
        msched_##noun *object = self->object == NULL ? NULL : msched_##noun##_ref(self->object);                                   \
        pthread_mutex_unlock(&self->lock);                                                                                         \
        if (object == NULL)                                                                                                        \
            fail(err, MSCHED_ERROR_ARGUMENT, "the " #noun " is closed", "");                                                       \
        return object;                                                                                                             \
    }                                                                                                                              \
                                                                                                                                   \
    void Class##_close(Class *self)                                                                                                \
    {                                                                                                                              \
        if (self == NULL)                                                                                                          \
            return;                                                                                                                \
        pthread_mutex_lock(&self->lock);                                                                                           \
        msched_##noun *object = self->object;                                                                                      \
        self->object = NULL;                                                                                                       \
        pthread_mutex_unlock(&self->lock);                                                                                         \
        msched_##noun##_unref(object);                                                                                             \
    }                                                                                                                              \
                                                                                                                                   \
    int Class##_is_open(Class *self)                                                                                               \
    {                                                                                                                              \
        msched_error closed = {0};                                                                                                 \
        msched_##noun *object = noun##_take(self, &closed);                                                                        \
        msched_##noun##_unref(object);                                                                                             \
        return object != NULL;                                                                                                     \
    }                                                                                                                              \
                                                                                                                                   \
    void delete_##Class(Class *self)                                                                                               \
    {                                                                                                                              \
        if (self == NULL)                                                                                                          \
            return;                                                                                                                \
        Class##_close(self);                                                                                                       \
        pthread_mutex_destroy(&self->lock);                                                                                        \
        free(self);                                                                                                                \
    }

HANDLE(Catalog, catalog)
HANDLE(Plan, plan)
HANDLE(Schedule, schedule)

/* The index of `value` in `names`, or an error that lists them. */
static uint32_t choose(const char *what, const char *value, const char *const *names, uint32_t count, msched_error *err)
{
    if (err->code != MSCHED_OK)
        return 0;
    char list[200] = "";
    for (uint32_t i = 0; i < count; i++) {
        if (value != NULL && strcmp(value, names[i]) == 0)
            return i;
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    *err = (msched_error){.code = MSCHED_ERROR_ARGUMENT};
    snprintf(err->message, sizeof err->message, "%s: \"%.20s\" is not one of %s", what, value == NULL ? "" : value, list);
    return 0;
}

static uint32_t choose_count(const char *count, msched_error *err)
{
    static const char *const names[] = {"entries", "tracks", "recordings"};
    return choose("count", count, names, 3, err);
}

static uint32_t choose_group(const char *by, msched_error *err)
{
    static const char *const names[] = {"all", "genre", "subgenre", "artist", "playlist", "year", "decade", "month", "year_month"};
    return choose("by", by, names, 9, err);
}

/* A number as the library takes it; one that does not fit is refused, never cut. */
static uint32_t to_uint32(const char *what, int64_t value, msched_error *err)
{
    if (value >= 0 && value <= UINT32_MAX)
        return (uint32_t)value;
    char range[64];
    snprintf(range, sizeof range, ": %lld is not between 0 and %lu", (long long)value, (unsigned long)UINT32_MAX);
    if (err->code == MSCHED_OK)
        fail(err, MSCHED_ERROR_ARGUMENT, what, range);
    return 0;
}

static char *copy(const char *text, size_t size, msched_error *err)
{
    char *copied = malloc(size + 1);
    if (copied == NULL)
        fail(err, MSCHED_ERROR_MEMORY, "out of memory", "");
    else
        memcpy(copied, text, size + 1);
    return copied;
}

/* The bytes of a text as the caller's own string, and the text dropped. */
static char *take_text(msched_result result, msched_text *text, msched_error *err)
{
    if (result != MSCHED_OK)
        return NULL;
    char *copied = copy(msched_text_data(text), msched_text_size(text), err);
    msched_text_unref(text);
    return copied;
}

static Table *take_stream(msched_result result, struct ArrowArrayStream *stream, msched_error *err)
{
    return result == MSCHED_OK ? table_from_stream(stream, err) : NULL;
}

/* Catalogs */

static void catalog_options(msched_catalog_options *options, const char *delimiter, int skip_bad_rows, msched_error *err)
{
    msched_catalog_options_init(options, sizeof *options);
    options->skip_bad_rows = skip_bad_rows != 0;
    options->cancel = msched_swig_cancel;
    options->cancel_ctx = err;
    if (delimiter == NULL || delimiter[0] == '\0')
        return;
    if (delimiter[1] != '\0')
        fail(err, MSCHED_ERROR_ARGUMENT, "delimiter: one ASCII character is needed", "");
    options->delimiter = (unsigned char)delimiter[0];
}

Catalog *read_csv(const char *path, const char *delimiter, int skip_bad_rows, msched_error *err)
{
    msched_catalog_options options;
    catalog_options(&options, delimiter, skip_bad_rows, err);
    msched_catalog *catalog = NULL;
    if (err->code == MSCHED_OK)
        msched_catalog_load_path(&catalog, path, &options, err);
    return catalog_wrap(catalog, err);
}

Catalog *read_csv_text(const char *data, size_t size, const char *delimiter, int skip_bad_rows, msched_error *err)
{
    msched_catalog_options options;
    catalog_options(&options, delimiter, skip_bad_rows, err);
    msched_catalog *catalog = NULL;
    if (err->code == MSCHED_OK)
        msched_catalog_load_memory(&catalog, data, size, &options, err);
    return catalog_wrap(catalog, err);
}

void Catalog_prepare(Catalog *self, msched_error *err)
{
    msched_catalog *catalog = catalog_take(self, err);
    if (catalog != NULL)
        msched_catalog_prepare(catalog, err);
    msched_catalog_unref(catalog);
}

int64_t Catalog_info(Catalog *self, const char *name, msched_error *err)
{
    static const char *const names[] = {"entries",   "tracks", "recordings", "artists",      "albums",
                                        "playlists", "genres", "subgenres",  "rows_skipped", "memory_bytes"};
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_catalog *catalog = catalog_take(self, err);
    if (catalog == NULL)
        return 0;
    msched_catalog_get_info(catalog, &info);
    msched_catalog_unref(catalog);
    const uint64_t values[] = {info.entries,   info.tracks, info.recordings, info.artists,      info.albums,
                               info.playlists, info.genres, info.subgenres,  info.rows_skipped, info.memory_bytes};
    return (int64_t)values[choose("info", name, names, 10, err)];
}

Table *Catalog_tracks(Catalog *self, msched_error *err)
{
    msched_catalog *catalog = catalog_take(self, err);
    if (catalog == NULL)
        return NULL;
    struct ArrowArrayStream stream;
    Table *result = take_stream(msched_catalog_export_tracks(catalog, &stream, err), &stream, err);
    msched_catalog_unref(catalog);
    return result;
}

Table *Catalog_entries(Catalog *self, msched_error *err)
{
    msched_catalog *catalog = catalog_take(self, err);
    if (catalog == NULL)
        return NULL;
    struct ArrowArrayStream stream;
    Table *result = take_stream(msched_catalog_export_entries(catalog, &stream, err), &stream, err);
    msched_catalog_unref(catalog);
    return result;
}

Table *Catalog_skipped(Catalog *self, msched_error *err)
{
    msched_catalog *catalog = catalog_take(self, err);
    if (catalog == NULL)
        return NULL;
    uint32_t rows = msched_catalog_skipped_count(catalog);
    Table *result = table_create(rows, 4);
    double *lines = table_add_numbers(result, "line", 1), *columns = table_add_numbers(result, "column", 1);
    char **codes = table_add_texts(result, "code"), **messages = table_add_texts(result, "message");
    for (uint32_t r = 0; lines != NULL && columns != NULL && r < rows; r++) {
        msched_error reason = {0};
        msched_catalog_skipped_get(catalog, r, &reason);
        lines[r] = (double)reason.line;
        columns[r] = reason.column;
        table_set_text(result, codes, r, msched_result_name(reason.code));
        table_set_text(result, messages, r, reason.message);
    }
    msched_catalog_unref(catalog);
    return table_finish(result, err);
}

char *Catalog_track_json(Catalog *self, const char *track_id, msched_error *err)
{
    msched_catalog *catalog = catalog_take(self, err);
    uint32_t index = 0;
    msched_text *text = NULL;
    if (catalog != NULL && msched_catalog_find_id(catalog, track_id, &index, err) == MSCHED_OK)
        msched_track_to_json(catalog, index, &text, err);
    msched_catalog_unref(catalog);
    return take_text(err->code, text, err);
}

/* Questions */

Table *Catalog_top(Catalog *self, int64_t limit, const char *count, const Filter *where, msched_error *err)
{
    msched_top_options options;
    msched_top_options_init(&options, sizeof options);
    msched_catalog *catalog = catalog_take(self, err);
    options.limit = to_uint32("limit", limit, err);
    options.count = choose_count(count, err);
    options.filter = filter_get(where);
    msched_top *top = NULL;
    struct ArrowArrayStream stream;
    Table *result = NULL;
    if (err->code == MSCHED_OK && msched_top_compute(&top, catalog, &options, err) == MSCHED_OK)
        result = take_stream(msched_top_export(top, catalog, &stream, err), &stream, err);
    msched_top_unref(top);
    msched_catalog_unref(catalog);
    return result;
}

static Table *export_groups(Catalog *self, msched_groups_options *options, const Filter *where, msched_error *err)
{
    msched_catalog *catalog = catalog_take(self, err);
    options->filter = filter_get(where);
    msched_groups *groups = NULL;
    struct ArrowArrayStream stream;
    Table *result = NULL;
    if (err->code == MSCHED_OK && msched_groups_compute(&groups, catalog, options, err) == MSCHED_OK)
        result = take_stream(msched_groups_export(groups, &stream, err), &stream, err);
    msched_groups_unref(groups);
    msched_catalog_unref(catalog);
    return result;
}

Table *Catalog_groups(Catalog *self, const char *by, const char *count, const char *order, int64_t min_n, int64_t limit,
                      const Filter *where, msched_error *err)
{
    static const char *const orders[] = {"default", "key", "mean", "n"};
    msched_groups_options options;
    msched_groups_options_init(&options, sizeof options);
    options.by = choose_group(by, err);
    options.count = choose_count(count, err);
    options.order = choose("order", order, orders, 4, err);
    options.min_n = to_uint32("min_n", min_n, err);
    options.limit = to_uint32("limit", limit, err);
    return err->code == MSCHED_OK ? export_groups(self, &options, where, err) : NULL;
}

Table *Catalog_trend(Catalog *self, const char *unit, const char *count, const Filter *where, msched_error *err)
{
    static const char *const units[] = {"year", "decade", "month", "year_month"};
    msched_groups_options options;
    msched_groups_options_init(&options, sizeof options);
    options.by = MSCHED_BY_YEAR + choose("unit", unit, units, 4, err);
    options.count = choose_count(count, err);
    options.order = MSCHED_ORDER_KEY;
    return err->code == MSCHED_OK ? export_groups(self, &options, where, err) : NULL;
}

Table *Catalog_histogram(Catalog *self, int64_t bins, const char *count, const Filter *where, msched_error *err)
{
    msched_histogram_options options;
    msched_histogram_options_init(&options, sizeof options);
    msched_catalog *catalog = catalog_take(self, err);
    options.bins = to_uint32("bins", bins, err);
    options.count = choose_count(count, err);
    options.filter = filter_get(where);
    msched_histogram *histogram = NULL;
    struct ArrowArrayStream stream;
    Table *result = NULL;
    if (err->code == MSCHED_OK && msched_histogram_compute(&histogram, catalog, &options, err) == MSCHED_OK)
        result = take_stream(msched_histogram_export(histogram, &stream, err), &stream, err);
    msched_histogram_unref(histogram);
    msched_catalog_unref(catalog);
    return result;
}

Table *Catalog_correlations(Catalog *self, const char *count, const Filter *where, msched_error *err)
{
    msched_correlations_options options;
    msched_correlations_options_init(&options, sizeof options);
    msched_catalog *catalog = catalog_take(self, err);
    options.count = choose_count(count, err);
    options.filter = filter_get(where);
    msched_correlations *correlations = NULL;
    struct ArrowArrayStream stream;
    Table *result = NULL;
    if (err->code == MSCHED_OK && msched_correlations_compute(&correlations, catalog, &options, err) == MSCHED_OK)
        result = take_stream(msched_correlations_export(correlations, &stream, err), &stream, err);
    msched_correlations_unref(correlations);
    msched_catalog_unref(catalog);
    return result;
}

typedef msched_result (*lookup)(msched_hits **, const msched_catalog *, const char *, const msched_find_options *, msched_error *);

static Table *look_up(lookup ask, Catalog *self, const char *text, int64_t limit, int typos, msched_error *err)
{
    msched_find_options options;
    msched_find_options_init(&options, sizeof options);
    msched_catalog *catalog = catalog_take(self, err);
    options.limit = to_uint32("limit", limit, err);
    options.no_typos = typos == 0;
    msched_hits *hits = NULL;
    struct ArrowArrayStream stream;
    Table *result = NULL;
    if (err->code == MSCHED_OK && ask(&hits, catalog, text, &options, err) == MSCHED_OK)
        result = take_stream(msched_hits_export(hits, catalog, &stream, err), &stream, err);
    msched_hits_unref(hits);
    msched_catalog_unref(catalog);
    return result;
}

Table *Catalog_find(Catalog *self, const char *text, int64_t limit, int typos, msched_error *err)
{
    return look_up(msched_find, self, text, limit, typos, err);
}

Table *Catalog_suggest(Catalog *self, const char *text, int64_t limit, msched_error *err)
{
    return look_up(msched_suggest, self, text, limit, 1, err);
}

void delete_Table(Table *self)
{
    table_free(self);
}

Filter *new_Filter(msched_error *err)
{
    return filter_create(err);
}

void delete_Filter(Filter *self)
{
    filter_free(self);
}

/* Plans */

static Table *table_from_diagnostics(const msched_diagnostics *diagnostics, msched_error *err)
{
    static const char *const severities[] = {"error", "warning", "note"};
    uint32_t rows = msched_diagnostics_count(diagnostics);
    Table *self = table_create(rows, 7);
    char **severity = table_add_texts(self, "severity");
    double *line = table_add_numbers(self, "line", 1), *column = table_add_numbers(self, "column", 1);
    char **code = table_add_texts(self, "code"), **message = table_add_texts(self, "message");
    char **repair = table_add_texts(self, "repair"), **candidates = table_add_texts(self, "candidates");
    for (uint32_t r = 0; line != NULL && column != NULL && r < rows; r++) {
        msched_diagnostic each = {.struct_size = sizeof each};
        msched_diagnostics_get(diagnostics, r, &each);
        line[r] = each.line;
        column[r] = each.column;
        table_set_text(self, severity, r, each.severity < 3 ? severities[each.severity] : NULL);
        table_set_text(self, code, r, each.code);
        table_set_text(self, message, r, each.message);
        table_set_text(self, repair, r, each.repair);
        table_set_texts(self, candidates, r, each.candidates, each.candidate_count);
    }
    return table_finish(self, err);
}

/* `catalog` may be NULL, but not closed. */
static msched_plan *parse_text(msched_diagnostics **diagnostics, const char *data, size_t size, Catalog *catalog, const char *date,
                               const char *timezone, msched_error *err)
{
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = date != NULL && date[0] != '\0' ? date : NULL;
    options.default_timezone = timezone;
    msched_catalog *songs = catalog == NULL ? NULL : catalog_take(catalog, err);
    msched_plan *plan = NULL;
    if (err->code == MSCHED_OK)
        msched_plan_parse_text(&plan, diagnostics, data, size, songs, &options, err);
    msched_catalog_unref(songs);
    return plan;
}

Table *check_plan_text(const char *data, size_t size, Catalog *catalog, const char *date, const char *timezone, msched_error *err)
{
    msched_diagnostics *diagnostics = NULL;
    msched_error first = {0};
    msched_plan_unref(parse_text(&diagnostics, data, size, catalog, date, timezone, &first));
    if (diagnostics == NULL) {
        *err = first;
        return NULL;
    }
    Table *result = table_from_diagnostics(diagnostics, err);
    msched_diagnostics_unref(diagnostics);
    return result;
}

Plan *plan_from_text(const char *data, size_t size, Catalog *catalog, const char *date, const char *timezone, msched_error *err)
{
    return plan_wrap(parse_text(NULL, data, size, catalog, date, timezone, err), err);
}

Plan *plan_from_json(const char *data, size_t size, msched_error *err)
{
    msched_plan *plan = NULL;
    msched_plan_parse_json(&plan, data, size, NULL, err);
    return plan_wrap(plan, err);
}

Plan *Plan_with_now(Plan *self, int64_t now_s, msched_error *err)
{
    msched_plan *plan = plan_take(self, err), *moved = NULL;
    if (plan != NULL && (now_s < -1 || now_s > MSCHED_DAY_END_S))
        fail(err, MSCHED_ERROR_VALUE, "now: not between 0 and 129600 seconds", "");
    else if (plan != NULL)
        msched_plan_with_now(&moved, plan, (int32_t)now_s, err);
    msched_plan_unref(plan);
    return plan_wrap(moved, err);
}

int64_t Plan_todo_count(Plan *self, msched_error *err)
{
    msched_plan *plan = plan_take(self, err);
    int64_t count = plan == NULL ? 0 : msched_plan_todo_count(plan);
    msched_plan_unref(plan);
    return count;
}

int64_t Plan_song_count(Plan *self, msched_error *err)
{
    msched_plan *plan = plan_take(self, err);
    int64_t count = plan == NULL ? 0 : msched_plan_song_count(plan);
    msched_plan_unref(plan);
    return count;
}

char *Plan_to_json(Plan *self, msched_error *err)
{
    msched_plan *plan = plan_take(self, err);
    msched_text *text = NULL;
    if (plan != NULL)
        msched_plan_to_json(plan, &text, err);
    msched_plan_unref(plan);
    return take_text(err->code, text, err);
}

/* Schedules */

/* A schedule that was cut short by its user's interrupt is not handed out: the interrupt is. */
static msched_schedule *unless_interrupted(msched_schedule *schedule, msched_error *err)
{
    msched_objective objective = {.struct_size = sizeof objective};
    if (schedule == NULL || msched_schedule_get_objective(schedule, &objective) != MSCHED_OK ||
        objective.stop != MSCHED_STOP_CANCEL)
        return schedule;
    msched_schedule_unref(schedule);
    fail(err, MSCHED_ERROR_CANCELLED, "cancelled", "");
    return NULL;
}

Schedule *Catalog_schedule(Catalog *self, Plan *plan, int64_t seed, int64_t work_limit, int64_t time_limit_ms, Schedule *previous,
                           msched_error *err)
{
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.seed = (uint64_t)seed;
    options.time_limit_ms = to_uint32("time_limit_ms", time_limit_ms, err);
    options.cancel = msched_swig_cancel;
    options.cancel_ctx = err;
    if (work_limit < 0)
        fail(err, MSCHED_ERROR_ARGUMENT, "work_limit: less than 0", "");
    options.work_limit = (uint64_t)work_limit;
    msched_schedule *before = NULL, *schedule = NULL;
    msched_catalog *catalog = err->code == MSCHED_OK ? catalog_take(self, err) : NULL;
    msched_plan *day = err->code == MSCHED_OK ? plan_take(plan, err) : NULL;
    if (err->code == MSCHED_OK && previous != NULL)
        before = schedule_take(previous, err);
    options.previous = before;
    if (err->code == MSCHED_OK)
        msched_schedule_build(&schedule, catalog, day, &options, err);
    msched_schedule_unref(before);
    msched_plan_unref(day);
    msched_catalog_unref(catalog);
    return schedule_wrap(unless_interrupted(schedule, err), err);
}

Schedule *schedule_from_json(const char *data, size_t size, msched_error *err)
{
    msched_schedule *schedule = NULL;
    msched_schedule_parse_json(&schedule, data, size, NULL, err);
    return schedule_wrap(schedule, err);
}

int64_t Schedule_info(Schedule *self, const char *name, msched_error *err)
{
    static const char *const names[] = {"entries", "unplaced", "optimal", "proved_levels", "work", "moved"};
    msched_schedule *schedule = schedule_take(self, err);
    if (schedule == NULL)
        return 0;
    msched_objective objective = {.struct_size = sizeof objective};
    msched_schedule_get_objective(schedule, &objective);
    const uint64_t values[] = {msched_schedule_entry_count(schedule),
                               msched_schedule_unplaced_count(schedule),
                               objective.status == MSCHED_STATUS_OPTIMAL,
                               objective.proved_levels,
                               objective.work,
                               objective.moved};
    msched_schedule_unref(schedule);
    return (int64_t)values[choose("info", name, names, 6, err)];
}

char *Schedule_date(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    const char *date = msched_schedule_date(schedule);
    char *copied = copy(date, strlen(date), err);
    msched_schedule_unref(schedule);
    return copied;
}

char *Schedule_timezone(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    const char *timezone = msched_schedule_timezone(schedule);
    char *copied = copy(timezone, strlen(timezone), err);
    msched_schedule_unref(schedule);
    return copied;
}

Table *Schedule_entries(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    struct ArrowArrayStream stream;
    Table *result = take_stream(msched_schedule_export_entries(schedule, &stream, err), &stream, err);
    msched_schedule_unref(schedule);
    return result;
}

Table *Schedule_unplaced(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    struct ArrowArrayStream stream;
    Table *result = take_stream(msched_schedule_export_unplaced(schedule, &stream, err), &stream, err);
    msched_schedule_unref(schedule);
    return result;
}

Table *Schedule_warnings(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    uint32_t rows = msched_schedule_warning_count(schedule);
    Table *result = table_create(rows, 2);
    char **code = table_add_texts(result, "code"), **message = table_add_texts(result, "message");
    for (uint32_t r = 0; r < rows; r++) {
        msched_warning each = {.struct_size = sizeof each};
        msched_schedule_get_warning(schedule, r, &each);
        table_set_text(result, code, r, each.code);
        table_set_text(result, message, r, each.message);
    }
    msched_schedule_unref(schedule);
    return table_finish(result, err);
}

Table *Schedule_overloads(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    uint32_t rows = msched_schedule_overload_count(schedule);
    Table *result = table_create(rows, 5);
    double *start = table_add_numbers(result, "start_s", 1), *end = table_add_numbers(result, "end_s", 1);
    double *demand = table_add_numbers(result, "demand_s", 1), *capacity = table_add_numbers(result, "capacity_s", 1);
    char **members = table_add_texts(result, "members");
    for (uint32_t r = 0; start != NULL && end != NULL && demand != NULL && capacity != NULL && r < rows; r++) {
        msched_overload each = {.struct_size = sizeof each};
        msched_schedule_get_overload(schedule, r, &each);
        start[r] = each.start_s;
        end[r] = each.end_s;
        demand[r] = each.demand_s;
        capacity[r] = each.capacity_s;
        table_set_texts(result, members, r, each.members, each.member_count);
    }
    msched_schedule_unref(schedule);
    return table_finish(result, err);
}

char *Schedule_to_json(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = schedule_take(self, err);
    msched_text *text = NULL;
    if (schedule != NULL)
        msched_schedule_to_json(schedule, &text, err);
    msched_schedule_unref(schedule);
    return take_text(err->code, text, err);
}

char *Schedule_to_text(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = schedule_take(self, err);
    msched_text *text = NULL;
    if (schedule != NULL)
        msched_schedule_to_text(schedule, &text, err);
    msched_schedule_unref(schedule);
    return take_text(err->code, text, err);
}

char *Schedule_to_ical(Schedule *self, const char *what, msched_error *err)
{
    static const char *const names[] = {"all", "todos", "songs"};
    msched_ical_options options;
    msched_ical_options_init(&options, sizeof options);
    options.songs = choose("what", what, names, 3, err);
    msched_schedule *schedule = err->code == MSCHED_OK ? schedule_take(self, err) : NULL;
    msched_text *text = NULL;
    if (schedule != NULL)
        msched_schedule_to_ical(schedule, &text, &options, err);
    msched_schedule_unref(schedule);
    return take_text(err->code, text, err);
}

const char *version(void)
{
    return msched_version_string();
}
