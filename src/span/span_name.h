/* span/span_name.h: the ids of the occurrences of to-dos. */
#ifndef MSCHED_SPAN_NAME_H
#define MSCHED_SPAN_NAME_H

#include "span/span_model.h"

#define MSCHED__SPAN_ID_BYTES 144 /* size of the id of an occurrence */

/*
 * The id of an occurrence: "gym~2", "read@2026-11-24" for an occurrence on each date, or the id of
 * the to-do. `day` is its date or a possible date.
 */
void msched__span_name_task(const msched__span *span, const msched__span_task *task, uint32_t day,
                            char *id);
void msched__span_name_event(const msched__span *span, uint32_t todo, uint32_t day, char *id);

#endif
