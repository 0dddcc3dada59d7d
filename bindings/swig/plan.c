#include "handle.h"

#include <stdio.h>

static Table *table_from_diagnostics(const msched_diagnostics *diagnostics, msched_error *err)
{
    static const char *const severities[] = {"error", "warning", "note"};
    uint32_t rows = msched_diagnostics_count(diagnostics);
    Table *self = table_create(rows, 11);
    char **severity = table_add_texts(self, "severity");
    double *line = table_add_numbers(self, "line", 1),
           *column = table_add_numbers(self, "column", 1);
    char **code = table_add_texts(self, "code"), **message = table_add_texts(self, "message");
    char **repair = table_add_texts(self, "repair"),
         **candidates = table_add_texts(self, "candidates");
    double *edit_line = table_add_numbers(self, "edit_line", 1),
           *edit_column = table_add_numbers(self, "edit_column", 1);
    double *edit_end = table_add_numbers(self, "edit_end_column", 1);
    char **edits = table_add_texts(self, "edits");
    for (uint32_t r = 0; line != NULL && column != NULL && edit_line != NULL &&
                         edit_column != NULL && edit_end != NULL && r < rows;
         r++) {
        msched_diagnostic each = {.struct_size = sizeof each};
        msched_diagnostics_get(diagnostics, r, &each);
        line[r] = each.line;
        column[r] = each.column;
        edit_line[r] = each.edit_line;
        edit_column[r] = each.edit_column;
        edit_end[r] = each.edit_end_column;
        table_set_texts(self, edits, r, each.edits, each.edit_count);
        table_set_text(self, severity, r, each.severity < 3 ? severities[each.severity] : NULL);
        table_set_text(self, code, r, each.code);
        table_set_text(self, message, r, each.message);
        table_set_text(self, repair, r, each.repair);
        table_set_texts(self, candidates, r, each.candidates, each.candidate_count);
    }
    return table_finish(self, err);
}

static msched_plan_text_options text_options(const char *date, const char *timezone)
{
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = date != NULL && date[0] != '\0' ? date : NULL;
    options.default_timezone = timezone;
    return options;
}

/* `catalog` may be NULL, but not closed. */
static msched_plan *parse_text(msched_diagnostics **diagnostics, const char *data, size_t size,
                               Catalog *catalog, const msched_plan_text_options *options,
                               msched_error *err)
{
    msched_catalog *songs = catalog == NULL ? NULL : Catalog_take(catalog, err);
    msched_plan *plan = NULL;
    if (err->code == MSCHED_OK)
        msched_plan_parse_text(&plan, diagnostics, data, size, songs, options, err);
    msched_catalog_unref(songs);
    return plan;
}

Table *check_plan_text(const char *data, size_t size, Catalog *catalog, const char *date,
                       const char *timezone, msched_error *err)
{
    msched_plan_text_options options = text_options(date, timezone);
    msched_diagnostics *diagnostics = NULL;
    msched_error first = {0};
    msched_plan_unref(parse_text(&diagnostics, data, size, catalog, &options, &first));
    if (diagnostics == NULL) {
        *err = first;
        return NULL;
    }
    Table *result = table_from_diagnostics(diagnostics, err);
    msched_diagnostics_unref(diagnostics);
    return result;
}

char *fix_plan_text(const char *data, size_t size, Catalog *catalog, const char *date,
                    const char *timezone, msched_error *err)
{
    msched_plan_text_options options = text_options(date, timezone);
    msched_diagnostics *diagnostics = NULL;
    msched_error first = {0};
    msched_text *text = NULL;
    msched_plan_unref(parse_text(&diagnostics, data, size, catalog, &options, &first));
    if (diagnostics == NULL)
        *err = first;
    else
        msched_plan_text_fix(&text, data, size, diagnostics, err);
    msched_diagnostics_unref(diagnostics);
    return take_text(err->code, text, err);
}

Plan *plan_from_text(const char *data, size_t size, Catalog *catalog, const char *date,
                     const char *timezone, int lenient, int64_t days, int64_t time_limit_ms,
                     msched_error *err)
{
    msched_plan_text_options options = text_options(date, timezone);
    options.lenient = lenient != 0;
    options.days = (uint32_t)to_range("days", days, MSCHED_PLAN_MAX_DAYS, err);
    options.time_limit_ms = to_uint32("time_limit_ms", time_limit_ms, err);
    if (err->code != MSCHED_OK)
        return NULL;
    return Plan_wrap(parse_text(NULL, data, size, catalog, &options, err), err);
}

Plan *plan_from_json(const char *data, size_t size, msched_error *err)
{
    msched_plan *plan = NULL;
    msched_plan_parse_json(&plan, data, size, NULL, err);
    return Plan_wrap(plan, err);
}

Plan *Plan_with_now(Plan *self, int64_t now_s, msched_error *err)
{
    msched_plan *plan = Plan_take(self, err), *moved = NULL;
    if (plan != NULL && (now_s < -1 || now_s > INT32_MAX))
        fail(err, MSCHED_ERROR_VALUE, "now: not within the dates of the plan", "");
    else if (plan != NULL)
        msched_plan_with_now(&moved, plan, (int32_t)now_s, err);
    msched_plan_unref(plan);
    return Plan_wrap(moved, err);
}

/* Days from 0000-03-01 to a date, "YYYY-MM-DD"; -1: it is not written so. */
static int64_t day_number(const char *date)
{
    int year = 0, month = 0, day = 0, read = 0;
    if (date == NULL || sscanf(date, "%4d-%2d-%2d%n", &year, &month, &day, &read) != 3 ||
        date[read] != '\0' || year < 1 || month < 1 || month > 12 || day < 1 || day > 31)
        return -1;
    /* Years that begin in March end with the leap day. */
    int64_t years = month > 2 ? year : year - 1;
    return years * 365 + years / 4 - years / 100 + years / 400 +
           (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
}

Plan *Plan_with_now_on(Plan *self, const char *date, int64_t clock_s, msched_error *err)
{
    msched_plan *plan = Plan_take(self, err);
    msched_day day = {.struct_size = sizeof day};
    int64_t now = -1;
    if (plan != NULL && msched_plan_get_day(plan, &day) == MSCHED_OK) {
        int64_t on = day_number(date), days = on - day_number(day.date);
        if (day.days == 0 && (days != 1 || clock_s + 86400 > day.end_s))
            days = 0;
        now = days * 86400 + clock_s;
        if (on < 0 || days < 0 || days > MSCHED_PLAN_MAX_DAYS)
            fail(err, MSCHED_ERROR_VALUE, "now: not within the dates of the plan", "");
    }
    msched_plan_unref(plan);
    return err->code == MSCHED_OK ? Plan_with_now(self, now, err) : NULL;
}

static uint32_t choose_state(const char *state, msched_error *err)
{
    const char *names[MSCHED_STATE_COUNT];
    for (uint32_t i = 0; i < MSCHED_STATE_COUNT; i++)
        names[i] = msched_state_name(i);
    return choose("state", state, names, MSCHED_STATE_COUNT, err);
}

/* A time of day, or -1 for none. */
static int32_t to_time(const char *what, int64_t value, msched_error *err)
{
    if (value == -1)
        return MSCHED_UNSET;
    const int is_second = value >= MSCHED_TIME_SECOND && value <= INT32_MAX &&
                          (value & MSCHED_TIME_SECOND) != 0;
    const int64_t clock = is_second ? value - MSCHED_TIME_SECOND : value;
    to_range(what, clock <= MSCHED_DAY_END_S ? clock : value, MSCHED_DAY_END_S, err);
    return (int32_t)value;
}

static void need_id(const char *id, msched_error *err)
{
    if (id == NULL && err->code == MSCHED_OK)
        fail(err, MSCHED_ERROR_ARGUMENT, "id: ", "the id of a to-do is needed");
}

Plan *Plan_mark(Plan *self, const char *id, const char *state, int64_t started_s, int64_t ended_s,
                int64_t left_s, msched_error *err)
{
    msched_todo mark;
    msched_todo_init(&mark, sizeof mark);
    mark.id = id;
    mark.state = choose_state(state, err);
    mark.started_s = to_time("started", started_s, err);
    mark.ended_s = to_time("ended", ended_s, err);
    mark.left_s = left_s == -1 ? MSCHED_UNSET : (int32_t)to_range("left", left_s, INT32_MAX, err);
    need_id(id, err);
    msched_plan *plan = err->code == MSCHED_OK ? Plan_take(self, err) : NULL, *marked = NULL;
    if (plan != NULL)
        msched_plan_mark_todo(&marked, plan, &mark, err);
    msched_plan_unref(plan);
    return Plan_wrap(marked, err);
}

Plan *Plan_move(Plan *self, const char *id, int64_t start_s, msched_error *err)
{
    int32_t start = to_time("start", start_s, err);
    need_id(id, err);
    msched_plan *plan = err->code == MSCHED_OK ? Plan_take(self, err) : NULL, *moved = NULL;
    if (plan != NULL)
        msched_plan_move_todo(&moved, plan, id, start, err);
    msched_plan_unref(plan);
    return Plan_wrap(moved, err);
}

Plan *Plan_mark_song(Plan *self, int64_t wanted, const char *state, msched_error *err)
{
    uint32_t value = choose_state(state, err), index = to_uint32("wanted", wanted, err);
    msched_plan *plan = err->code == MSCHED_OK ? Plan_take(self, err) : NULL, *marked = NULL;
    if (plan != NULL)
        msched_plan_mark_song(&marked, plan, index, value, err);
    msched_plan_unref(plan);
    return Plan_wrap(marked, err);
}

int64_t Plan_todo_count(Plan *self, msched_error *err)
{
    msched_plan *plan = Plan_take(self, err);
    int64_t count = plan == NULL ? 0 : msched_plan_todo_count(plan);
    msched_plan_unref(plan);
    return count;
}

int64_t Plan_song_count(Plan *self, msched_error *err)
{
    msched_plan *plan = Plan_take(self, err);
    int64_t count = plan == NULL ? 0 : msched_plan_song_count(plan);
    msched_plan_unref(plan);
    return count;
}

char *Plan_to_json(Plan *self, msched_error *err)
{
    msched_plan *plan = Plan_take(self, err);
    msched_text *text = NULL;
    if (plan != NULL)
        msched_plan_to_json(plan, &text, err);
    msched_plan_unref(plan);
    return take_text(err->code, text, err);
}

char *Plan_to_text(Plan *self, Catalog *catalog, msched_error *err)
{
    msched_catalog *songs = catalog == NULL ? NULL : Catalog_take(catalog, err);
    msched_plan *plan = err->code == MSCHED_OK ? Plan_take(self, err) : NULL;
    msched_text *text = NULL;
    if (plan != NULL)
        msched_plan_to_text(plan, songs, &text, err);
    msched_plan_unref(plan);
    msched_catalog_unref(songs);
    return take_text(err->code, text, err);
}
