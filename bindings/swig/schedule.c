#include "handle.h"

#include <string.h>

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

typedef struct build {
    msched_schedule_options options;
    const msched_catalog *catalog;
    const msched_plan *plan;
    msched_schedule *schedule;
    msched_error *err;
} build;

static void run_build(void *argument)
{
    build *self = argument;
    msched_schedule_build(&self->schedule, self->catalog, self->plan, &self->options, self->err);
}

Schedule *Catalog_schedule(Catalog *self, Plan *plan, int64_t seed, int64_t work_limit,
                           int64_t time_limit_ms, Schedule *previous, int assume_done,
                           int lazy_reasons, msched_error *err)
{
    build job = {.err = err};
    msched_schedule_options_init(&job.options, sizeof job.options);
    job.options.assume_done = assume_done != 0;
    job.options.lazy_reasons = lazy_reasons != 0;
    job.options.seed = (uint64_t)seed;
    job.options.time_limit_ms = to_uint32("time_limit_ms", time_limit_ms, err);
    job.options.cancel = msched_swig_cancel;
    job.options.cancel_ctx = err;
    job.options.work_limit = (uint64_t)to_range("work_limit", work_limit, INT64_MAX, err);
    msched_schedule *before = NULL;
    msched_catalog *catalog = err->code == MSCHED_OK ? Catalog_take(self, err) : NULL;
    msched_plan *day = err->code == MSCHED_OK ? Plan_take(plan, err) : NULL;
    if (err->code == MSCHED_OK && previous != NULL)
        before = Schedule_take(previous, err);
    job.options.previous = before;
    job.catalog = catalog;
    job.plan = day;
    if (err->code == MSCHED_OK)
        msched_swig_run(run_build, &job, err);
    msched_schedule_unref(before);
    msched_plan_unref(day);
    msched_catalog_unref(catalog);
    return Schedule_wrap(unless_interrupted(job.schedule, err), err);
}

Schedule *schedule_from_json(const char *data, size_t size, msched_error *err)
{
    msched_schedule *schedule = NULL;
    msched_schedule_parse_json(&schedule, data, size, NULL, err);
    return Schedule_wrap(schedule, err);
}

int64_t Schedule_info(Schedule *self, const char *name, msched_error *err)
{
    static const char *const names[] = {"entries",       "unplaced", "optimal",
                                        "proved_levels", "work",     "moved"};
    msched_schedule *schedule = Schedule_take(self, err);
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
    msched_schedule *schedule = Schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    const char *date = msched_schedule_date(schedule);
    char *copied = copy_text(date, strlen(date), err);
    msched_schedule_unref(schedule);
    return copied;
}

char *Schedule_timezone(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = Schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    const char *timezone = msched_schedule_timezone(schedule);
    char *copied = copy_text(timezone, strlen(timezone), err);
    msched_schedule_unref(schedule);
    return copied;
}

char *Schedule_status(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = Schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    msched_objective objective = {.struct_size = sizeof objective};
    msched_schedule_get_objective(schedule, &objective);
    const char *status = msched_status_name(objective.status);
    char *copied = copy_text(status, strlen(status), err);
    msched_schedule_unref(schedule);
    return copied;
}

char *Schedule_stop(Schedule *self, msched_error *err)
{
    static const char *const names[] = {"none", "work", "time", "cancel"};
    msched_schedule *schedule = Schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    msched_objective objective = {.struct_size = sizeof objective};
    msched_schedule_get_objective(schedule, &objective);
    const char *name = objective.stop < 4 ? names[objective.stop] : "unknown";
    char *copied = copy_text(name, strlen(name), err);
    msched_schedule_unref(schedule);
    return copied;
}

Table *Schedule_bounds(Schedule *self, msched_error *err)
{
    static const char *const names[MSCHED_LEVEL_COUNT] = {
        "tasks_1", "must_songs", "tasks_2", "tasks_3", "tasks_4", "song_weight", "fill_s"};
    msched_schedule *schedule = Schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    msched_objective objective = {.struct_size = sizeof objective};
    msched_schedule_get_objective(schedule, &objective);
    Table *result = table_create(MSCHED_LEVEL_COUNT, 3);
    char **level = table_add_texts(result, "level");
    double *value = table_add_numbers(result, "value", 1);
    double *bound = table_add_numbers(result, "bound", 1);
    for (uint32_t i = 0; value != NULL && bound != NULL && i < MSCHED_LEVEL_COUNT; i++) {
        table_set_text(result, level, i, names[i]);
        value[i] = (double)objective.value[i];
        bound[i] = (double)objective.bound[i];
    }
    msched_schedule_unref(schedule);
    return table_finish(result, err);
}

Table *Schedule_entries(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = Schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    struct ArrowArrayStream stream;
    Table *result = take_stream(msched_schedule_export_entries(schedule, &stream, err), &stream,
                                err);
    msched_schedule_unref(schedule);
    return result;
}

Table *Schedule_unplaced(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = Schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    struct ArrowArrayStream stream;
    Table *result = take_stream(msched_schedule_export_unplaced(schedule, &stream, err), &stream,
                                err);
    msched_schedule_unref(schedule);
    return result;
}

Table *Schedule_fixes(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = Schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    struct ArrowArrayStream stream;
    Table *result = take_stream(msched_schedule_export_fixes(schedule, &stream, err), &stream, err);
    msched_schedule_unref(schedule);
    return result;
}

Table *Schedule_warnings(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = Schedule_take(self, err);
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
    msched_schedule *schedule = Schedule_take(self, err);
    if (schedule == NULL)
        return NULL;
    uint32_t rows = msched_schedule_overload_count(schedule);
    Table *result = table_create(rows, 5);
    double *start = table_add_numbers(result, "start_s", 1),
           *end = table_add_numbers(result, "end_s", 1);
    double *demand = table_add_numbers(result, "demand_s", 1),
           *capacity = table_add_numbers(result, "capacity_s", 1);
    char **members = table_add_texts(result, "members");
    for (uint32_t r = 0;
         start != NULL && end != NULL && demand != NULL && capacity != NULL && r < rows; r++) {
        msched_overload each = {.struct_size = sizeof each};
        msched_schedule_get_overload(schedule, r, &each);
        start[r] = each.start_s + 86400.0 * each.day; /* from the first date on */
        end[r] = each.end_s + 86400.0 * each.last_day;
        demand[r] = each.demand_s;
        capacity[r] = each.capacity_s;
        table_set_texts(result, members, r, each.members, each.member_count);
    }
    msched_schedule_unref(schedule);
    return table_finish(result, err);
}

char *Schedule_to_json(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = Schedule_take(self, err);
    msched_text *text = NULL;
    if (schedule != NULL)
        msched_schedule_to_json(schedule, &text, err);
    msched_schedule_unref(schedule);
    return take_text(err->code, text, err);
}

char *Schedule_to_text(Schedule *self, msched_error *err)
{
    msched_schedule *schedule = Schedule_take(self, err);
    msched_text *text = NULL;
    if (schedule != NULL)
        msched_schedule_to_text(schedule, &text, err);
    msched_schedule_unref(schedule);
    return take_text(err->code, text, err);
}

char *Schedule_to_ical(Schedule *self, const char *what, const char *calendar_name,
                       const char *timestamp, int64_t alarm_s, int cancelled, int64_t sequence,
                       int64_t refresh_s, msched_error *err)
{
    static const char *const names[] = {"all", "todos", "songs"};
    msched_ical_options options;
    msched_ical_options_init(&options, sizeof options);
    options.songs = choose("what", what, names, 3, err);
    options.calendar_name = calendar_name;
    options.timestamp = timestamp == NULL || timestamp[0] == '\0' ? NULL : timestamp;
    options.alarm = alarm_s >= 0;
    options.alarm_s = alarm_s >= 0 ? to_uint32("alarm_s", alarm_s, err) : 0;
    options.cancelled = cancelled != 0;
    options.sequence = to_uint32("sequence", sequence, err);
    options.refresh_s = to_uint32("refresh_s", refresh_s, err);
    msched_schedule *schedule = err->code == MSCHED_OK ? Schedule_take(self, err) : NULL;
    msched_text *text = NULL;
    if (schedule != NULL)
        msched_schedule_to_ical(schedule, &text, &options, err);
    msched_schedule_unref(schedule);
    return take_text(err->code, text, err);
}
