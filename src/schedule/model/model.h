/*
 * schedule/model/model.h: the plan as a problem. It does not change while it is solved.
 *
 * Invariants, checked in debug builds: the windows of each task are ascending, disjoint and long
 * enough, already clipped to its window, the day and `now`, without events and buffers;
 * predecessors come first in the topological order; fixed items are in order of start.
 */
#ifndef MSCHED_MODEL_H
#define MSCHED_MODEL_H

#include "query/lookup/duplicates.h"
#include "schedule/model/lookup.h"
#include "schedule/model/previous.h"
#include "schedule/model/tasks.h"

typedef struct msched__model {
    const msched_catalog *catalog; /* NULL: none */
    const msched_plan *plan;
    const msched__wish *wishes;   /* per song of the plan */
    const msched__replan *replan; /* the previous schedule; NULL: none */
    msched__tasks tasks;
    int32_t repeat_s;                     /* wanted between two plays of a recording; 0: none */
    uint8_t repeats_softly;               /* it is the default, which is less on a short day */
    const msched__duplicates *recordings; /* NULL without repeat_s */
} msched__model;

/* Make the tasks of a model, after its other members are set. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__model_make(msched__arena *arena, msched__model *model);

/* 1 if the invariants hold; for assertions. */
int msched__model_holds(const msched__model *model);

#endif
