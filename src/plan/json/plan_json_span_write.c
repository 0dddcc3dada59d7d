#include "plan/json/plan_json_span_write.h"

#include "base/civil.h"
#include "plan/plan_span_check.h"

#define DAY_S 86400

static void add_names(msched__buffer *out, const char *key, msched__span_names names)
{
    msched__buffer_format(out, ", \"%s\": [", key);
    for (uint32_t i = 0; i < names.count; i++) {
        msched__buffer_string(out, i > 0 ? ", " : "");
        msched__buffer_json(out, names.names[i]);
    }
    msched__buffer_char(out, ']');
}

static void add_moment(msched__buffer *out, const char *key, int64_t date_days, int32_t moment)
{
    if (moment == MSCHED_UNSET)
        return;
    int32_t time = moment % DAY_S < 0 ? moment % DAY_S + DAY_S : moment % DAY_S;
    msched__date date = msched__date_from_days(date_days + (moment - time) / DAY_S);
    msched__buffer_format(out, ", \"%s\": \"%04d-%02u-%02uT", key, (int)date.year,
                          (unsigned)date.month, (unsigned)date.day);
    msched__buffer_time_short(out, time);
    msched__buffer_char(out, '"');
}

static void add_number(msched__buffer *out, const char *key, int64_t value, int64_t default_value)
{
    if (value != default_value)
        msched__buffer_format(out, ", \"%s\": %lld", key, (long long)value);
}

static void add_time(msched__buffer *out, const char *key, int32_t time)
{
    if (time == MSCHED_UNSET)
        return;
    msched__buffer_format(out, ", \"%s\": \"", key);
    msched__buffer_time_short(out, time);
    msched__buffer_char(out, '"');
}

void msched__span_write_plan(msched__buffer *out, const msched_plan *plan, int complete)
{
    msched__buffer_format(out, ", \"days\": %u", (unsigned)plan->span->days);
    if (complete)
        add_moment(out, "now", plan->date_days, plan->span->now_s);
}

void msched__span_write_day(msched__buffer *out, const msched_plan *plan, int complete)
{
    const msched__plan_span *span = plan->span;
    uint32_t written = 0;
    add_number(out, "max_tasks_s", span->max_tasks_s, MSCHED_UNSET);
    for (uint32_t i = 0; i < span->exception_count; i++) {
        const msched__span_exception *x = &span->exceptions[i];
        if (!complete && !msched__span_has_date(plan, &x->on))
            continue;
        msched__buffer_string(out,
                              written++ > 0 ? ", {\"off\": " : ", \"exceptions\": [{\"off\": ");
        msched__buffer_string(out, x->off ? "true" : "false");
        add_names(out, "on", x->on);
        add_time(out, "start", x->start_s);
        add_time(out, "end", x->end_s);
        msched__buffer_char(out, '}');
    }
    if (written > 0)
        msched__buffer_char(out, ']');
}

static void add_item(msched__buffer *out, const msched__span_item *item)
{
    if (item->on.names != NULL)
        add_names(out, "on", item->on);
    if (item->each)
        msched__buffer_string(out, ", \"times\": \"each\"");
}

static void add_occurrences(msched__buffer *out, const msched__span_item *item)
{
    for (uint32_t i = 0; i < item->occurrence_count; i++) {
        const msched_occurrence *o = &item->occurrences[i];
        msched__buffer_format(out, "%s{\"date\": \"%s\", \"state\": \"%s\"",
                              i > 0 ? ", " : ", \"occurrences\": [", o->date,
                              msched_state_name(o->state));
        add_time(out, "started", o->started_s);
        add_time(out, "ended", o->ended_s);
        add_number(out, "left_s", o->left_s, MSCHED_UNSET);
        msched__buffer_char(out, '}');
    }
    if (item->occurrence_count > 0)
        msched__buffer_char(out, ']');
}

void msched__span_write_todo(msched__buffer *out, const msched_plan *plan, uint32_t index)
{
    const msched__span_item *item = &plan->span->todos[index];
    add_item(out, item);
    add_number(out, "times", item->times, 1);
    add_number(out, "apart_days", item->apart_days, 1);
    add_moment(out, "release", plan->date_days, item->release_s);
    add_moment(out, "due", plan->date_days, item->due_s);
    add_number(out, "max_per_day_s", item->max_per_day_s, MSCHED_UNSET);
    if (item->before.count > 0)
        add_names(out, "before", item->before);
    add_occurrences(out, item);
}

void msched__span_write_song(msched__buffer *out, const msched__plan_span *span, uint32_t index)
{
    add_item(out, &span->songs[index]);
}

void msched__span_write_fill(msched__buffer *out, const msched__plan_span *span, uint32_t index)
{
    if (span->fills[index].on.names != NULL)
        add_names(out, "on", span->fills[index].on);
}
