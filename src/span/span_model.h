/*
 * span/span_model.h: the model of a plan of several dates: tasks that get dates, and the dates,
 * each of which is solved as a day.
 *
 * Windows of two dates never overlap and are so far apart that no buffer reaches from one to the
 * next. So dates interact only through the items that are assigned to them here.
 */
#ifndef MSCHED_SPAN_MODEL_H
#define MSCHED_SPAN_MODEL_H

#include "algo/budget.h"
#include "plan/plan_data.h"
#include "plan/plan_occurrence.h"
#include "schedule/model/lookup.h"

#define MSCHED__SPAN_DAYS    MSCHED_PLAN_MAX_DAYS
#define MSCHED__SPAN_REFUSED 64

/* An occurrence of a task. */
typedef struct msched__span_task {
    uint32_t todo;     /* index in the plan */
    uint32_t number;   /* among several occurrences, from 1; 0: single, or one on each date */
    uint32_t dates;    /* one bit a date: where it may be */
    uint8_t is_fixed;  /* it has a single date, which no choice changes */
    uint8_t is_whole;  /* it has its whole length in the schedules of the dates */
    uint32_t each_day; /* its date, if there is one on each date */
    /* from the previous schedule: seconds per date that it may keep, or NULL; the dates on which it
       was planned, and those of them that are past and count as not done */
    int32_t *was;
    uint32_t planned, missed;
    /* it has begun, so it keeps its date; the earlier values of `dates` and `is_fixed` */
    uint8_t is_kept, could_be_fixed;
    uint32_t could_be;
    int32_t spent_s;                 /* of its pieces before `now` */
    int32_t part[MSCHED__SPAN_DAYS]; /* seconds assigned to each date */
    int32_t got[MSCHED__SPAN_DAYS];  /* scheduled seconds there */
} msched__span_task;

/* A wanted song. */
typedef struct msched__span_wish {
    /* dates on which it may be, or was heard before `now`; plays in all */
    uint32_t dates, wanted;
    uint8_t is_fixed; /* no choice changes the dates of its plays */
    uint8_t is_daily; /* at most one play per date, because there are enough dates */
    uint8_t asked[MSCHED__SPAN_DAYS], got[MSCHED__SPAN_DAYS]; /* plays a date */
} msched__span_wish;

/* When a task, an occurrence of it or a piece ran, or has been running: an event of its date. */
typedef struct msched__span_fact {
    uint32_t todo, day;
    int32_t start_s, end_s; /* of that date's clocks */
    uint8_t state;          /* enum msched_state */
    uint32_t piece;         /* as of an entry */
    const char *id;         /* of the occurrence */
    const char *key;        /* its id in the date's plan, where others may be pieces of the same */
} msched__span_fact;

/*
 * The meaning of a to-do in a date's plan, stored in its `line`: the index of a task, of a fact, of
 * an event of this date, or of an event of a neighboring date that blocks its time.
 */
#define MSCHED__SPAN_FACT     0x20000000u
#define MSCHED__SPAN_EVENT    0x40000000u
#define MSCHED__SPAN_NEIGHBOR 0x80000000u
#define MSCHED__SPAN_INDEX    0x1fffffffu

typedef struct msched__span_date {
    char date[11];
    int32_t start_s, end_s, now_s; /* window, and the moment, in times of that date's clocks */
    uint8_t is_open;               /* has a window that is not past */
    uint8_t is_past;               /* its window ended before `now` */
    uint8_t is_flat;               /* its schedule was made without priorities */
    uint8_t is_ordered;            /* the songs of its schedule were put in order */
    uint8_t is_kept;               /* it is past, and solved because entries had begun on it */
    msched__axis axis;
    int32_t *busy; /* begin and end of its events with their buffers, ascending by begin */
    uint32_t busy_count, gap_count;
    int32_t (*gaps)[2]; /* intervals of the window without events, in clock time */
    int64_t capacity_s; /* of the window without events, and of the limit of tasks per date */
    int64_t missed_s;   /* of music that found no time, although the search expected time for it */
    int64_t gained_s;   /* additional time in the window if clocks go back in it */
    int64_t load_s;     /* of the tasks assigned to it */
    /* owned. The `line` of a song of its plan is the song's index in the whole plan */
    msched_schedule *schedule;
    msched_schedule *was; /* owned. The entries of the previous schedule on it; NULL: none */
    uint32_t *was_wish;   /* per entry of `was`: the index of a wanted song in the whole plan */
} msched__span_date;

/* The best set of tasks for which the dates have time (span_knapsack.h). */
typedef struct msched__span_most {
    uint8_t is_tried, is_known, has_lack[2];
    int64_t tasks[4];  /* number per priority */
    int64_t lack_s[2]; /* least seconds of fills that then do not fit; [1]: with all songs */
} msched__span_most;

/* The window of a task on a date; empty if the task cannot be on the date. */
typedef struct msched__span_bounds {
    int32_t earliest_s, latest_s;
} msched__span_bounds;

typedef struct msched__span {
    const msched_catalog *catalog;
    const msched_plan *plan;  /* with what is left of paused tasks as their lengths */
    const msched_plan *given; /* with their whole lengths */
    const msched_schedule_options *options;
    const msched_schedule *previous; /* with the ids of this plan; NULL: none */
    msched__arena *arena;
    msched_allocator allocator;
    msched__budget budget; /* work of all dates; the clock and the caller */
    msched_error *err;
    uint32_t days, task_count;
    msched__span_task *tasks;           /* in the order in which they get dates */
    uint32_t *first_task, *occurrences; /* per to-do: its tasks, which follow each other */
    msched__span_fact *facts;           /* by to-do (span_fact.h) */
    uint32_t fact_count;
    uint32_t *claimed; /* per to-do: one bit per number of an occurrence that is not a task */
    msched__span_wish *wishes;
    msched__wish *found;          /* the songs, looked up */
    msched__span_bounds *windows; /* a row of all dates per to-do (span_gaps.h) */
    msched__span_most most;
    uint8_t *keeps; /* per task: 1 if it should have a date */
    uint8_t moves;  /* 1: tasks of the previous schedule may have other dates */
    struct {
        uint64_t set;
        uint32_t day;
    } refused[MSCHED__SPAN_REFUSED]; /* sets of tasks that did not fit (span_refused.h) */
    uint32_t refused_count;
    uint32_t flat_count; /* dates that were also solved without priorities */
    uint64_t random;     /* state of the random generator of span_pack.h */
    msched__span_date dates[MSCHED__SPAN_DAYS];
} msched__span;

/* The tasks of a to-do: the first task and their number. */
static inline msched__span_task *msched__tasks_of(const msched__span *span, uint32_t todo,
                                                  uint32_t *count)
{
    *count = span->occurrences[todo];
    return span->tasks + span->first_task[todo];
}

/* Expand the plan into occurrences and dates. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__span_model(msched__span *span);

/*
 * The window of a task on a date, in times of that date's clocks: its window within the date's,
 * clipped to release, due and the events that it must precede. 0 if it cannot be there.
 */
int msched__span_window(const msched__span *span, uint32_t todo, uint32_t day, int32_t *earliest,
                        int32_t *latest);
/* 1 if the task is before an event of this date. It is then as late as possible. */
int msched__span_precedes(const msched__span *span, uint32_t todo, uint32_t day);
/* The same without release, due and events: the time of day, where it is in the date's window. */
void msched__span_time_window(const msched__span *span, uint32_t todo, uint32_t day,
                              int32_t *earliest, int32_t *latest);
/* The length of the shortest piece of a to-do. */
static inline int32_t msched__span_piece(const msched__plan_todo *todo)
{
    return todo->split_min_s > 0 && todo->duration_s >= 2 * todo->split_min_s ? todo->split_min_s
                                                                              : todo->duration_s;
}
/* 1 if the event is on that date. One that is done is there only if it has begun. */
int msched__span_has(const msched__span *span, uint32_t todo, uint32_t day);

/* The most of these dates that can be chosen `apart` days from each other. */
uint32_t msched__span_most_apart(uint32_t dates, uint32_t apart);

/* The last of a set of dates, and their number. */
static inline uint32_t msched__last_date(uint32_t dates)
{
    uint32_t day = 0;
    for (; dates > 1; dates >>= 1)
        day++;
    return day;
}
static inline uint32_t msched__count_dates(uint32_t dates)
{
    uint32_t count = 0;
    for (; dates != 0; dates &= dates - 1)
        count++;
    return count;
}

#endif
