/* schedule/explain/explain_overload.h: intervals of the day with more work than time. */
#ifndef MSCHED_EXPLAIN_OVERLOAD_H
#define MSCHED_EXPLAIN_OVERLOAD_H

#include "schedule/explain/explain_text.h"

/* MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__explain_overloads(msched__explain *e);

#endif
