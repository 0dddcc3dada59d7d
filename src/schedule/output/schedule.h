/*
 * schedule/output/schedule.h: a finished schedule. Read-only once built; texts and arrays lie in
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

/* An entry as a calendar knows it; see schedule_revision.h. */
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
    /* span that was read from JSON: ids that the entries' to-dos have in the plan; else NULL */
    const char **of;
    msched__named_entry *cancelled; /* of earlier schedules of the day, not in this one */
    msched_unplaced *unplaced;
    msched_overload *overloads;
    msched_warning *warnings;
    msched_objective objective;
    uint32_t days;                       /* 0: of a day; else the dates of a span */
    uint8_t has_unplaced, has_objective; /* 0: read from JSON that does not have them */
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
 * The id that an entry's to-do has in the plan: that of the entry, or of what it is an occurrence
 * of. `entry` is one of the schedule's own.
 */
const char *msched__schedule_of(const msched_schedule *schedule,
                                const msched_schedule_entry *entry);
/* Which of the wishes for its track an entry was, from 1; 0: it does not say. */
uint32_t msched__schedule_occurrence(const msched_schedule_entry *entry);
/* Put the entries into their documented order. */
void msched__schedule_sort_entries(msched_schedule *schedule);
/* The same for entries of several dates, by their moments. */
void msched__schedule_sort_span(msched_schedule *schedule);

/* Other fixes that an unplaced item has at most, beside the one that costs least. */
#define MSCHED__ALTERNATIVES_MAX 2
/* Copy the fixes of an item, with their texts, into the arena of `out`. 0 when out of memory. */
int msched__schedule_copy_fixes(msched_schedule *out, const msched_unplaced *from,
                                msched_unplaced *to);

/* Names in JSON; NULL when out of range. Static. */
const char *msched__stop_name(uint32_t stop);
const char *msched__fix_name(uint32_t fix);

#endif
