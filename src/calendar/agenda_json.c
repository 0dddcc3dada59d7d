#include "calendar/agenda_data.h"

#include "base/buffer.h"
#include "base/civil.h"
#include "base/error.h"

#define DAY_S 86400

static void add_key(msched__buffer *json, const char *key)
{
    msched__buffer_char(json, '"');
    msched__buffer_string(json, key);
    msched__buffer_string(json, "\":");
}

static void add_text(msched__buffer *json, const char *key, const char *text)
{
    add_key(json, key);
    msched__buffer_json(json, text);
    msched__buffer_char(json, ',');
}

static void add_flag(msched__buffer *json, const char *key, uint32_t value)
{
    add_key(json, key);
    msched__buffer_string(json, value ? "true," : "false,");
}

/* "2026-11-24T09:00:00", with a Z for UTC. */
static void add_moment(msched__buffer *json, const char *key, int64_t seconds, const char *suffix)
{
    int64_t day = msched__days_of(seconds);
    msched__date date = msched__date_from_days(day);
    add_key(json, key);
    msched__buffer_format(json, "\"%04d-%02u-%02uT", (int)date.year, (unsigned)date.month,
                          (unsigned)date.day);
    msched__buffer_time(json, (int32_t)(seconds - day * DAY_S));
    msched__buffer_format(json, "%s\",", suffix);
}

static void add_time(msched__buffer *json, const char *key, int32_t seconds)
{
    add_key(json, key);
    msched__buffer_char(json, '"');
    msched__buffer_time(json, seconds);
    msched__buffer_string(json, "\",");
}

/* Replace the last comma by the closing bracket. */
static void close_with(msched__buffer *json, char bracket)
{
    if (!json->failed && json->size > 0 && json->data[json->size - 1] == ',')
        json->data[json->size - 1] = bracket;
    else
        msched__buffer_char(json, bracket);
}

static void add_event(msched__buffer *json, const msched_agenda *agenda,
                      const msched_agenda_event *event)
{
    msched__buffer_char(json, '{');
    add_text(json, "title", event->title);
    add_text(json, "date", event->date);
    add_time(json, "start", event->start_s);
    add_time(json, "end", event->end_s);
    if (agenda->timezone[0] != '\0') {
        add_moment(json, "start_utc", event->start_utc, "Z");
        add_moment(json, "end_utc", event->end_utc, "Z");
    }
    add_text(json, "uid", event->uid);
    add_text(json, "calendar", event->calendar_name);
    add_flag(json, "all_day", event->all_day);
    add_flag(json, "busy", event->busy);
    close_with(json, '}');
    msched__buffer_char(json, ',');
}

static void add_task(msched__buffer *json, const msched_agenda *agenda,
                     const msched_agenda_task *task)
{
    int64_t first = agenda->first_day * DAY_S;
    msched__buffer_char(json, '{');
    add_text(json, "title", task->title);
    add_key(json, "duration_s");
    msched__buffer_int(json, task->duration_s);
    msched__buffer_char(json, ',');
    add_flag(json, "duration_is_assumed", task->duration_is_assumed);
    if (task->priority != 0) {
        add_key(json, "priority");
        msched__buffer_int(json, task->priority);
        msched__buffer_char(json, ',');
    }
    if (task->earliest_s != INT64_MIN)
        add_moment(json, "earliest", first + task->earliest_s, "");
    if (task->latest_s != INT64_MAX)
        add_moment(json, "latest", first + task->latest_s, "");
    if (task->after_count > 0) {
        add_key(json, "after");
        msched__buffer_char(json, '[');
        for (uint32_t i = 0; i < task->after_count; i++) {
            msched__buffer_json(json, task->after[i]);
            msched__buffer_char(json, ',');
        }
        close_with(json, ']');
        msched__buffer_char(json, ',');
    }
    add_text(json, "uid", task->uid);
    add_text(json, "calendar", task->calendar_name);
    close_with(json, '}');
    msched__buffer_char(json, ',');
}

static void add_remark(msched__buffer *json, const msched_agenda_remark *remark)
{
    msched__buffer_char(json, '{');
    add_text(json, "uid", remark->uid);
    add_key(json, "line");
    msched__buffer_uint(json, remark->line);
    msched__buffer_char(json, ',');
    add_text(json, "reason", remark->reason);
    add_text(json, "calendar", remark->calendar_name);
    close_with(json, '}');
    msched__buffer_char(json, ',');
}

msched_result msched_agenda_to_json(const msched_agenda *agenda, msched_text **out,
                                    msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (agenda == NULL)
        return msched__fail_null(err, "agenda");
    msched__buffer json;
    msched__buffer_init(&json, &agenda->allocator);
    msched__buffer_string(&json, "{\"version\":1,");
    add_text(&json, "date", agenda->date);
    msched__buffer_format(&json, "\"days\":%u,", (unsigned)agenda->days);
    add_text(&json, "timezone", agenda->timezone);
    msched__buffer_string(&json, "\"events\":[");
    for (size_t i = 0; i < agenda->event_count; i++)
        add_event(&json, agenda, &agenda->events[i]);
    close_with(&json, ']');
    msched__buffer_string(&json, ",\"tasks\":[");
    for (size_t i = 0; i < agenda->task_count; i++)
        add_task(&json, agenda, &agenda->tasks[i]);
    close_with(&json, ']');
    msched__buffer_string(&json, ",\"left_out\":[");
    for (size_t i = 0; i < agenda->remark_count; i++)
        add_remark(&json, &agenda->remarks[i]);
    close_with(&json, ']');
    msched__buffer_string(&json, "}\n");
    return msched__buffer_to_text(&json, out, err);
}
