/* schedule/explain/explain_text.h: the common data of explanations, and parts of their texts. */
#ifndef MSCHED_EXPLAIN_TEXT_H
#define MSCHED_EXPLAIN_TEXT_H

#include "algo/budget.h"
#include "base/buffer.h"
#include "schedule/model/model.h"
#include "schedule/model/solution.h"
#include "schedule/output/schedule.h"

/* The schedule to explain. */
typedef struct msched__explain {
    /*
     * receives unplaced, overloads and warnings; texts are in its arena; its entries are complete
     */
    msched_schedule *schedule;
    msched__arena *scratch;
    const msched__model *model;
    const msched__solution *day;
    /* of the solve; records if the time ran out during the search for fixes */
    msched__budget *budget;
    uint64_t work_used;  /* by the solve */
    uint64_t work_limit; /* of one solve, */
    uint64_t work_less;  /* and of one of a plan without one of the to-dos */
    uint64_t seed;
    uint8_t no_order; /* the day was solved without level 8 */
    uint8_t thorough; /* fixes that short trials leave open are sought to the end */
    uint8_t failed;   /* out of memory on the way */
} msched__explain;

/*
 * Parts of texts: "1 h 30 min"; the clock time of a real second; " between 9:00 and 17:00". keep
 * moves a text into the schedule.
 */
void msched__explain_length(msched__buffer *text, int32_t seconds);
void msched__explain_time(const msched__explain *e, msched__buffer *text, int32_t real);
void msched__explain_window(const msched__explain *e, msched__buffer *text, int32_t start,
                            int32_t end);
const char *msched__explain_keep(msched__explain *e, msched__buffer *text);

/*
 * The item is unscheduled because the solver had to stop: reason and text. `what` names what was
 * not done.
 */
void msched__explain_stopped(msched__explain *e, msched_unplaced *out, const char *what);
/* The window of the item ended before `now`: reason and text. */
void msched__explain_past(msched__explain *e, msched_unplaced *out);

#endif
