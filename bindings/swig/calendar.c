#include "handle.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct Agenda {
    msched_calendar **calendars;
    msched_calendar_use *uses;
    uint32_t count;
    msched_agenda *made; /* NULL until it was made */
};

Calendar *parse_calendar(const char *data, size_t size, const char *name, msched_error *err)
{
    msched_calendar_options options;
    msched_calendar_options_init(&options, sizeof options);
    options.name = name;
    msched_calendar *calendar = NULL;
    msched_calendar_read(&calendar, data, size, &options, err);
    return Calendar_wrap(calendar, err);
}

Calendar *read_calendar(const char *path, const char *name, msched_error *err)
{
    size_t size = 0;
    char *data = read_file(path, MSCHED_CALENDAR_MAX_BYTES, &size, err);
    if (data == NULL)
        return NULL;
    const char *slash = strrchr(path, '/');
    if (name == NULL)
        name = slash == NULL ? path : slash + 1;
    Calendar *calendar = parse_calendar(data, size, name, err);
    free(data);
    return calendar;
}

char *Calendar_name(Calendar *self, msched_error *err)
{
    msched_calendar *calendar = Calendar_take(self, err);
    if (calendar == NULL)
        return NULL;
    const char *name = msched_calendar_name(calendar);
    char *copied = copy_text(name, strlen(name), err);
    msched_calendar_unref(calendar);
    return copied;
}

int can_recur(void)
{
    return msched_calendar_can_recur() != 0;
}

Agenda *new_Agenda(msched_error *err)
{
    Agenda *self = calloc(1, sizeof *self);
    if (self == NULL)
        fail(err, MSCHED_ERROR_MEMORY, "out of memory", "");
    return self;
}

void delete_Agenda(Agenda *self)
{
    if (self == NULL)
        return;
    for (uint32_t i = 0; i < self->count; i++)
        msched_calendar_unref(self->calendars[i]);
    free(self->calendars);
    free(self->uses);
    msched_agenda_unref(self->made);
    free(self);
}

/* Room for one more calendar; 0 when out of memory. */
static int grow(Agenda *self)
{
    size_t count = self->count + (size_t)1;
    msched_calendar **calendars = realloc(self->calendars, count * sizeof *calendars);
    if (calendars != NULL)
        self->calendars = calendars;
    msched_calendar_use *uses = realloc(self->uses, count * sizeof *uses);
    if (uses != NULL)
        self->uses = uses;
    return calendars != NULL && uses != NULL;
}

void Agenda_add(Agenda *self, Calendar *calendar, int music, int block_all_day, int tasks,
                msched_error *err)
{
    msched_calendar *taken = Calendar_take(calendar, err);
    if (taken == NULL)
        return;
    if (!grow(self)) {
        msched_calendar_unref(taken);
        fail(err, MSCHED_ERROR_MEMORY, "out of memory", "");
        return;
    }
    msched_calendar_use *use = &self->uses[self->count];
    msched_calendar_use_init(use, sizeof *use);
    use->music = music != 0;
    use->block_all_day = block_all_day != 0;
    use->no_tasks = tasks == 0;
    self->calendars[self->count++] = taken;
}

void Agenda_make(Agenda *self, const char *date, int64_t days, const char *timezone,
                 msched_error *err)
{
    msched_agenda_options options;
    msched_agenda *made = NULL;
    msched_agenda_options_init(&options, sizeof options);
    options.date = date;
    options.timezone = timezone;
    options.days = to_uint32("days", days, err);
    if (err->code == MSCHED_OK)
        msched_agenda_make(&made, self->calendars, self->count, &options, err);
    msched_agenda_unref(self->made);
    self->made = made;
}

Plan *Agenda_add_to(Agenda *self, Plan *plan, const char *timezone, msched_error *err)
{
    msched_plan *from = Plan_take(plan, err), *added = NULL;
    msched_agenda *made = NULL;
    if (from != NULL)
        msched_plan_add_calendars(&added, from, self->calendars, self->count, self->uses, timezone,
                                  &made, err);
    msched_plan_unref(from);
    msched_agenda_unref(self->made);
    self->made = made;
    return Plan_wrap(added, err);
}

Table *Agenda_events(Agenda *self, msched_error *err)
{
    uint32_t rows = msched_agenda_event_count(self->made);
    Table *result = table_create(rows, 10);
    char **title = table_add_texts(result, "title"), **date = table_add_texts(result, "date");
    double *start = table_add_numbers(result, "start_s", 1);
    double *end = table_add_numbers(result, "end_s", 1);
    double *start_utc = table_add_numbers(result, "start_utc", 1);
    double *end_utc = table_add_numbers(result, "end_utc", 1);
    char **uid = table_add_texts(result, "uid"), **calendar = table_add_texts(result, "calendar");
    double *all_day = table_add_numbers(result, "all_day", 1);
    double *busy = table_add_numbers(result, "busy", 1);
    int ready = start != NULL && end != NULL && start_utc != NULL && end_utc != NULL &&
                all_day != NULL && busy != NULL;
    for (uint32_t r = 0; ready && r < rows; r++) {
        msched_agenda_event each = {.struct_size = sizeof each};
        msched_agenda_get_event(self->made, r, &each);
        table_set_text(result, title, r, each.title);
        table_set_text(result, date, r, each.date);
        table_set_text(result, uid, r, each.uid);
        table_set_text(result, calendar, r, each.calendar_name);
        start[r] = each.start_s;
        end[r] = each.end_s;
        start_utc[r] = (double)each.start_utc;
        end_utc[r] = (double)each.end_utc;
        all_day[r] = each.all_day;
        busy[r] = each.busy;
    }
    return table_finish(result, err);
}

Table *Agenda_tasks(Agenda *self, msched_error *err)
{
    uint32_t rows = msched_agenda_task_count(self->made);
    Table *result = table_create(rows, 9);
    char **title = table_add_texts(result, "title");
    double *duration = table_add_numbers(result, "duration_s", 1);
    double *assumed = table_add_numbers(result, "duration_is_assumed", 1);
    double *priority = table_add_numbers(result, "priority", 1);
    double *earliest = table_add_numbers(result, "earliest_s", 1);
    double *latest = table_add_numbers(result, "latest_s", 1);
    char **after = table_add_texts(result, "after"), **uid = table_add_texts(result, "uid");
    char **calendar = table_add_texts(result, "calendar");
    int ready = duration != NULL && assumed != NULL && priority != NULL && earliest != NULL &&
                latest != NULL;
    for (uint32_t r = 0; ready && r < rows; r++) {
        msched_agenda_task each = {.struct_size = sizeof each};
        msched_agenda_get_task(self->made, r, &each);
        table_set_text(result, title, r, each.title);
        table_set_text(result, uid, r, each.uid);
        table_set_text(result, calendar, r, each.calendar_name);
        if (each.after_count > 0)
            table_set_texts(result, after, r, each.after, each.after_count);
        duration[r] = each.duration_s;
        assumed[r] = each.duration_is_assumed;
        priority[r] = each.priority == 0 ? NAN : each.priority;
        earliest[r] = each.earliest_s == INT64_MIN ? NAN : (double)each.earliest_s;
        latest[r] = each.latest_s == INT64_MAX ? NAN : (double)each.latest_s;
    }
    return table_finish(result, err);
}

Table *Agenda_left_out(Agenda *self, msched_error *err)
{
    uint32_t rows = msched_agenda_remark_count(self->made);
    Table *result = table_create(rows, 4);
    char **uid = table_add_texts(result, "uid"), **reason = table_add_texts(result, "reason");
    char **calendar = table_add_texts(result, "calendar");
    double *line = table_add_numbers(result, "line", 1);
    for (uint32_t r = 0; line != NULL && r < rows; r++) {
        msched_agenda_remark each = {.struct_size = sizeof each};
        msched_agenda_get_remark(self->made, r, &each);
        table_set_text(result, uid, r, each.uid);
        table_set_text(result, reason, r, each.reason);
        table_set_text(result, calendar, r, each.calendar_name);
        line[r] = (double)each.line;
    }
    return table_finish(result, err);
}

char *Agenda_to_json(Agenda *self, msched_error *err)
{
    msched_text *text = NULL;
    msched_agenda_to_json(self->made, &text, err);
    return take_text(err->code, text, err);
}
