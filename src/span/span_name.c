#include "span/span_name.h"

#include <stdio.h>

void msched__span_name_event(const msched__span *span, uint32_t todo, uint32_t day, char *id)
{
    const char *name = span->plan->todos[todo].id;
    if (span->days == 1)
        snprintf(id, MSCHED__SPAN_ID_BYTES, "%s", name);
    else
        snprintf(id, MSCHED__SPAN_ID_BYTES, "%s@%s", name, span->dates[day].date);
}

void msched__span_name_task(const msched__span *span, const msched__span_task *task, uint32_t day,
                            char *id)
{
    const char *name = span->plan->todos[task->todo].id;
    if (task->number > 0)
        snprintf(id, MSCHED__SPAN_ID_BYTES, "%s~%u", name, (unsigned)task->number);
    else if (span->plan->span->todos[task->todo].each && span->days > 1 && day < span->days)
        snprintf(id, MSCHED__SPAN_ID_BYTES, "%s@%s", name, span->dates[day].date);
    else
        snprintf(id, MSCHED__SPAN_ID_BYTES, "%s", name);
}
