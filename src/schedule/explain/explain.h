/* schedule/explain/explain.h: why what is missing is missing. */
#ifndef MSCHED_EXPLAIN_H
#define MSCHED_EXPLAIN_H

#include "base/buffer.h"
#include "schedule/output/schedule_data.h"
#include "schedule/model/solver.h"

typedef struct msched__explain {
    msched_schedule *schedule; /* gets unplaced, overloads, warnings; texts lie in its arena; its entries are done */
    msched__arena *scratch;
    const msched__request *request;
    const msched__day *day;
    msched__budget *budget; /* of the solve; bounds what fixes may cost again */
    uint64_t work_limit;    /* of one solve */
    uint8_t failed;         /* out of memory on the way */
} msched__explain;

/* Each MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__explain_unplaced(msched__explain *e);
msched_result msched__explain_overloads(msched__explain *e);
msched_result msched__explain_warnings(msched__explain *e);

/* Append the wanted songs and the fill that are missing to schedule->unplaced. */
void msched__explain_songs(msched__explain *e);

/*
 * Look for the smallest single change that admits each unplaced item, by solving the changed plan again: with it the item is placed,
 * with a second less it is not.
 */
msched_result msched__explain_fixes(msched__explain *e);

/* Pieces of text: "1 h 30 min"; " between 9:00 and 17:00". keep moves a text into the schedule. */
void msched__explain_length(msched__buffer *text, int32_t seconds);
void msched__explain_window(const msched__explain *e, msched__buffer *text, int32_t start, int32_t end);
const char *msched__explain_keep(msched__explain *e, msched__buffer *text);

#endif
