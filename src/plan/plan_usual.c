#include "plan/plan_usual.h"

#include "base/utf8.h"
#include "plan/plan_refuse.h"
#include "plan/words/text_meal_words.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400

/* 1 if only the day limits when the task may be. */
static int is_at_any_time(const msched_plan *plan, const msched__plan_todo *todo)
{
    return todo->kind == MSCHED_TODO_TASK && todo->state == MSCHED_STATE_OPEN &&
           todo->start_s == MSCHED_UNSET && todo->earliest_s <= plan->day_start_s &&
           todo->latest_s >= plan->day_end_s && !msched__plan_is_late(todo);
}

/* The usual hours, on the first or the second date of the day. 1 if the day has time in them. */
static int find_hours(const msched_plan *plan, msched__plan_todo *todo)
{
    int32_t start, end;
    if (!msched__usual_hours(todo->title, &start, &end))
        return 0;
    for (int32_t later = 0; later <= DAY_S; later += DAY_S) {
        if (end + later > MSCHED_DAY_END_S)
            break;
        const int32_t from = msched__axis_real(&plan->axis, start + later),
                      to = msched__axis_real(&plan->axis, end + later);
        const int32_t first = from > plan->day_start_s ? from : plan->day_start_s,
                      last = to < plan->day_end_s ? to : plan->day_end_s;
        if (last - first < todo->duration_s)
            continue;
        todo->usual_start_s = from;
        todo->usual_end_s = to;
        return 1;
    }
    return 0;
}

static msched_result warn(msched_plan_builder *builder, const char *title, uint32_t more,
                          msched_error *err)
{
    char text[320], others[64] = "";
    if (more > 0)
        snprintf(others, sizeof others, " and %u more to-do%s", (unsigned)more,
                 more == 1 ? "" : "s");
    snprintf(text, sizeof text,
             "\"%.*s\"%s %s planned at the usual hours if the day has time for it: to change "
             "this, give %s a time",
             (int)msched__utf8_cut(title, strlen(title), 120), title, others,
             more > 0 ? "are" : "is", more > 0 ? "them" : "it");
    return msched__plan_builder_warn(builder, "usual_hours", text, err);
}

msched_result msched__plan_find_usual(msched_plan_builder *builder, msched_error *err)
{
    const msched_plan *plan = builder->plan;
    const char *title = NULL;
    uint32_t found = 0;
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        if (!is_at_any_time(plan, &builder->todos[i]) || !find_hours(plan, &builder->todos[i]))
            continue;
        title = found++ == 0 ? builder->todos[i].title : title;
    }
    /* the plan of all dates has the warning */
    return found == 0 || builder->is_of_span ? MSCHED_OK : warn(builder, title, found - 1, err);
}
