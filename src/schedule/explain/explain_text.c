#include "schedule/explain/explain_text.h"

void msched__explain_length(msched__buffer *text, int32_t seconds)
{
    int32_t hours = seconds / 3600, minutes = seconds / 60 % 60, rest = seconds % 60;
    if (hours > 0)
        msched__buffer_format(text, "%d h", (int)hours);
    if (minutes > 0)
        msched__buffer_format(text, "%s%d min", hours > 0 ? " " : "", (int)minutes);
    if (rest > 0 || seconds == 0)
        msched__buffer_format(text, "%s%d s", seconds >= 60 ? " " : "", (int)rest);
}

const char *msched__explain_keep(msched__explain *e, msched__buffer *text)
{
    char *copy = text->failed
                     ? NULL
                     : msched__arena_copy(&e->schedule->arena, text->data == NULL ? "" : text->data,
                                          text->size);
    e->failed |= copy == NULL;
    msched__buffer_free(text);
    return copy == NULL ? "" : copy;
}

void msched__explain_time(const msched__explain *e, msched__buffer *text, int32_t real)
{
    msched__buffer_time_short(text, msched__axis_to_end(&e->model->plan->axis, real));
}

void msched__explain_window(const msched__explain *e, msched__buffer *text, int32_t start,
                            int32_t end)
{
    const msched_plan *plan = e->model->plan;
    int has_start = start > plan->day_start_s, has_end = end < plan->day_end_s;
    if (has_start && has_end) {
        msched__buffer_string(text, " between ");
        msched__explain_time(e, text, start);
        msched__buffer_string(text, " and ");
        msched__explain_time(e, text, end);
    } else if (has_start || has_end) {
        msched__buffer_string(text, has_start ? " after " : " before ");
        msched__explain_time(e, text, has_start ? start : end);
    } else {
        msched__buffer_string(text, " within the day");
    }
}

void msched__explain_stopped(msched__explain *e, msched_unplaced *out, const char *what)
{
    static const char *const why[] = {"", "the work limit was reached",
                                      "the time limit was reached", "the call was canceled"};
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    out->reason = MSCHED_REASON_STOPPED;
    msched__buffer_format(&text, "%s: %s first", what, why[e->budget->stop]);
    out->text = msched__explain_keep(e, &text);
}

void msched__explain_past(msched__explain *e, msched_unplaced *out)
{
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    out->reason = MSCHED_REASON_PAST;
    msched__buffer_string(&text, "had to end by ");
    msched__explain_time(e, &text, out->window_end_s);
    msched__buffer_string(&text, "; it is already ");
    msched__explain_time(e, &text, e->model->plan->now_s);
    out->text = msched__explain_keep(e, &text);
}
