#include "span/span_name.h"

#include "base/civil.h"

#include <stdio.h>

/* The names of the dates of `span` are not yet known when facts are found. */
static void name_on(const msched__span *span, const char *name, uint32_t day, char *id)
{
    char date[11];
    msched__date_write(span->plan->date_days + day, date);
    snprintf(id, MSCHED__SPAN_ID_BYTES, "%s@%s", name, date);
}

void msched__span_name_event(const msched__span *span, uint32_t todo, uint32_t day, char *id)
{
    const char *name = span->plan->todos[todo].id;
    if (span->days == 1)
        snprintf(id, MSCHED__SPAN_ID_BYTES, "%s", name);
    else
        name_on(span, name, day, id);
}

void msched__span_name_task(const msched__span *span, const msched__span_task *task, uint32_t day,
                            char *id)
{
    const char *name = span->plan->todos[task->todo].id;
    if (task->number > 0)
        snprintf(id, MSCHED__SPAN_ID_BYTES, "%s~%u", name, (unsigned)task->number);
    else if (span->plan->span->todos[task->todo].each && span->days > 1 && day < span->days)
        name_on(span, name, day, id);
    else
        snprintf(id, MSCHED__SPAN_ID_BYTES, "%s", name);
}
