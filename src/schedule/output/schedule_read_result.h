/* schedule/output/schedule_read_result.h: the JSON of a schedule other than its entries. */
#ifndef MSCHED_SCHEDULE_READ_RESULT_H
#define MSCHED_SCHEDULE_READ_RESULT_H

#include "format/json.h"
#include "schedule/output/schedule.h"

/*
 * Read status, unplaced items, objective, warnings and overloads. The status is unknown if one of
 * the first three is missing. MSCHED_OK, MSCHED_ERROR_MEMORY or MSCHED_ERROR_VALUE.
 */
msched_result msched__schedule_read_result(msched_schedule *s, const msched__json_node *root,
                                           msched_error *err);

#endif
