/*
 * schedule/output/schedule.h: a finished schedule. Read-only once built; texts and arrays are in
 * its arena. No text is NULL: one that does not apply is "".
 */
#ifndef MSCHED_SCHEDULE_H_
#define MSCHED_SCHEDULE_H_

#include "base/arena.h"
#include "base/refcount.h"
#include "catalog/catalog_data.h"
#include "plan/plan_data.h"
#include "schedule/output/schedule_deferred.h"

#include <musicsched/schedule.h>

/* The identity of an entry in a calendar; see schedule_revision.h. */
typedef struct msched__named_entry {
    msched_schedule_entry entry;
    uint32_t number; /* of the pieces or plays with the same name, from 1 */
    uint32_t is_cancelled;
} msched__named_entry;

struct msched_schedule {
    msched__refcount refs;
    msched__arena arena;
    msched_catalog *catalog; /* owned references; NULL in a schedule that was read from JSON */
    msched_plan *plan;
    char date[11];
    const char *timezone;    /* "" for floating time */
    msched__axis axis;       /* of the date in that zone */
    const char *calendar_id; /* "" where the plan has none */
    uint32_t entry_count, unplaced_count, overload_count, warning_count, cancelled_count;
    msched_schedule_entry *entries; /* sorted: start, to-dos before songs, id */
    /* for a span read from JSON: the ids of the entries' to-dos in the plan; otherwise NULL */
    const char **of;
    /* items of earlier schedules of the day that are not in this one */
    msched__named_entry *cancelled;
    msched_unplaced *unplaced;
    msched_overload *overloads;
    msched_warning *warnings;
    msched_objective objective;
    uint32_t days;                       /* 0: a single day; otherwise the dates of a span */
    uint8_t has_unplaced, has_objective; /* 0: read from JSON without them */
    msched__deferred *deferred;          /* NULL: nothing of the schedule is left to compute */
};

/*
 * An empty schedule with one owner, its arena ready, its timezone and calendar ""; NULL when out of
 * memory.
 */
msched_schedule *msched__schedule_create(const msched_allocator *allocator);
/* The plan's to-do of an entry; NULL: none, as in a schedule that was read from JSON. */
const msched__plan_todo *msched__schedule_todo(const msched_schedule *schedule,
                                               const msched_schedule_entry *entry);
/*
 * The id of an entry's to-do in the plan: that of the entry, or of the to-do of which it is an
 * occurrence. `entry` must belong to the schedule.
 */
const char *msched__schedule_of(const msched_schedule *schedule,
                                const msched_schedule_entry *entry);
/* The number of the wish for its track, from 1; 0: unknown. */
uint32_t msched__schedule_occurrence(const msched_schedule_entry *entry);
/* Sort the entries in the documented order. */
void msched__schedule_sort_entries(msched_schedule *schedule);
/* The same for entries of several dates, by their moments. */
void msched__schedule_sort_span(msched_schedule *schedule);

/* The maximum number of fixes of an unplaced item besides the cheapest. */
#define MSCHED__ALTERNATIVES_MAX 2
/* Copy the fixes of an item, with their texts, into the arena of `out`. 0 when out of memory. */
int msched__schedule_copy_fixes(msched_schedule *out, const msched_unplaced *from,
                                msched_unplaced *to);

/* Names in JSON; NULL when out of range. Static. */
const char *msched__stop_name(uint32_t stop);
const char *msched__fix_name(uint32_t fix);

#endif
