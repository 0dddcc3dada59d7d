/* schedule/schedule_data.h: a finished schedule. Read-only once built; texts and arrays lie in its arena. */
#ifndef MSCHED_SCHEDULE_DATA_H
#define MSCHED_SCHEDULE_DATA_H

#include "base/arena.h"
#include "base/refcount.h"
#include "catalog/catalog_data.h"
#include "plan/plan_data.h"

#include <musicsched/schedule.h>

struct msched_schedule {
    msched__refcount refs;
    msched__arena arena;
    msched_catalog *catalog; /* owned references; NULL in a schedule that was read from JSON */
    msched_plan *plan;
    char date[11];
    const char *timezone;    /* "" for floating time */
    uint32_t entry_count, unplaced_count, overload_count, warning_count;
    msched_schedule_entry *entries; /* sorted: start, to-dos before songs, id */
    msched_unplaced *unplaced;
    msched_overload *overloads;
    msched_warning *warnings;
    msched_objective objective;
};

#endif
