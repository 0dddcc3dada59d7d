/* schedule/explain/explain.h: why items are unscheduled, and what would help. */
#ifndef MSCHED_EXPLAIN_H
#define MSCHED_EXPLAIN_H

#include "schedule/explain/explain_text.h"

/*
 * Append to the schedule what is missing with its reasons, the overloaded intervals and the
 * warnings. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__explain_all(msched__explain *e);

#endif
