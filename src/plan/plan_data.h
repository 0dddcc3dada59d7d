/*
 * plan/plan_data.h: a checked plan, for the layers above. Read-only once built; texts lie in the
 * plan's arena. All its times are real seconds from local midnight of the date; `axis` converts
 * them to clock times.
 */
#ifndef MSCHED_PLAN_DATA_H
#define MSCHED_PLAN_DATA_H

#include "base/arena.h"
#include "base/refcount.h"
#include "plan/plan_span.h"
#include "time/axis.h"

#include <musicsched/plan.h>

typedef struct msched__plan_todo {
    const char *id, *title;
    /* event: its interval; pinned task: start_s and start_s + duration_s; else MSCHED_UNSET */
    int32_t start_s, end_s;
    int32_t duration_s; /* event: end_s - start_s */
    /* task: never MSCHED_UNSET, as given and not clipped to the day's window */
    int32_t earliest_s, latest_s;
    int32_t buffer_before_s, buffer_after_s;
    int32_t split_min_s; /* 0: in one piece */
    uint8_t kind;        /* enum msched_todo_kind */
    uint8_t priority;    /* 1..4; 1 for events */
    uint8_t music, mood;
    uint8_t has_earliest, has_latest; /* given by the user (for writing the plan again) */
    uint8_t late;                     /* given by the user; see msched__plan_is_late */
    uint32_t after_count;
    const uint32_t *after; /* indices of to-dos, also of those `before` this one; ascending */
    uint32_t after_id_count;
    const char *const *after_ids; /* number of those that the to-do names itself */
    uint32_t before_count;
    const uint32_t *before;        /* indices of to-dos, ascending, no repeats */
    const char *const *before_ids; /* their ids, as many */
    uint32_t line;                 /* of the plan text; 0: none */
    uint32_t label_count;
    const char *const *labels;
    const char *description; /* "" without */
    uint8_t named;           /* no id was given: it has one from its title */
    uint8_t state;           /* enum msched_state */
    /* needs no time and gets none: only the schedule sets it (schedule/model/happened.h) */
    uint8_t closed;
    int32_t started_s, ended_s; /* MSCHED_UNSET: not given */
    int32_t left_s;             /* paused; else MSCHED_UNSET */
    /* between which most people do what its title names (plan/plan_usual.h); both 0: any time */
    int32_t usual_start_s, usual_end_s;
} msched__plan_todo;

/* 1 if a task is scheduled as late as possible, not as early. */
static inline int msched__plan_is_late(const msched__plan_todo *todo)
{
    return todo->late || todo->before_count > 0;
}

/* 1 if it is done or skipped. */
static inline int msched__plan_is_closed(const msched__plan_todo *todo)
{
    return todo->state == MSCHED_STATE_DONE || todo->state == MSCHED_STATE_SKIPPED;
}

typedef struct msched__plan_song {
    const char *track_id, *query;           /* "" where not given; at least one is */
    int32_t between_start_s, between_end_s; /* MSCHED_UNSET both: anywhere; else both set */
    int32_t start_s;                        /* pin, or MSCHED_UNSET */
    uint32_t weight;                        /* 0: 100 + popularity */
    uint32_t times;                         /* >= 1 */
    uint32_t during;                        /* index of a to-do, or UINT32_MAX */
    const char *during_id;                  /* "" without */
    uint32_t line;                          /* of the plan text; 0: none */
    uint8_t must;
    uint8_t state; /* MSCHED_STATE_OPEN, DONE or SKIPPED */
} msched__plan_song;

/* The code of the warning that files or days to avoid have no history. */
#define MSCHED__NO_HISTORY "no_history"

typedef struct msched__plan_warning {
    const char *code, *message;
} msched__plan_warning;

#define MSCHED__BREAK_AFTER_S 5400 /* to-dos before a break, if the plan does not give a time */

/* One more fill: the plan's rules with its own fields fill_... */
typedef struct msched__plan_fill {
    msched_listening rules;
    uint32_t during; /* index of a to-do, or UINT32_MAX */
} msched__plan_fill;

/* A piece of a task in a schedule that is known to exist, which the solver tries. */
typedef struct msched__plan_hint {
    uint32_t todo;
    int32_t start_s, end_s;
} msched__plan_hint;

struct msched_plan {
    msched__refcount refs;
    /* contains the plan's texts and arrays; arena.allocator is the plan's allocator */
    msched__arena arena;
    /* owned; contains what this plan shares with it (plan_derive.h); NULL: nothing */
    msched_plan *origin;
    char date[11];
    int64_t date_days;    /* since 1970-01-01 */
    const char *timezone; /* "" for floating time */
    msched__axis axis;
    int32_t axis_end_s;      /* 36:00 */
    const char *calendar_id; /* "" where not given */
    uint8_t assume_done;
    uint8_t knows_history;  /* the fills name the songs of all histories that it avoids */
    uint8_t meets_by_name;  /* histories have names: each answers for its own files */
    uint8_t holds_no_texts; /* its own arena contains only arrays, and only they are referenced */
    int32_t day_start_s, day_end_s;
    int32_t now_s;                  /* MSCHED_UNSET: none */
    int32_t break_s, break_after_s; /* a wish; break_s 0: none */
    const msched__plan_span *span;  /* in the arena; NULL: a plan of one day */
    uint32_t todo_count, song_count, warning_count;
    const msched__plan_todo *todos;
    const msched__plan_song *songs;
    /* assumptions made while reading: default_duration, ambiguous_song .. */
    const msched__plan_warning *warnings;
    /* struct_size is ours; arrays and texts in the arena; quiet intervals sorted and merged */
    msched_listening listening;
    uint32_t fill_during; /* of the fill in `listening`: index of a to-do, or UINT32_MAX */
    uint32_t more_fill_count;
    const msched__plan_fill *more_fills; /* after the fill in `listening` */
    const int32_t *quiet_clock_s;        /* the same intervals as clocks show them */
    uint32_t hint_count;
    const msched__plan_hint *hints; /* by to-do and start; only while a date of several is solved */
    uint8_t is_of_several;          /* it is a date of several, which fixes name */
};

/* The index of the to-do with an id of `size` bytes; todo_count: none. */
uint32_t msched__plan_find_todo(const msched_plan *plan, const char *id, size_t size);

/* The rules of fill 0 to more_fill_count, and the to-do in which it plays. */
static inline const msched_listening *msched__plan_fill_rules(const msched_plan *plan, uint32_t k)
{
    return k == 0 ? &plan->listening : &plan->more_fills[k - 1].rules;
}

/* Seconds of all fills. */
static inline int64_t msched__plan_fill_seconds(const msched_plan *plan)
{
    int64_t seconds = 0;
    for (uint32_t k = 0; k <= plan->more_fill_count; k++)
        seconds += msched__plan_fill_rules(plan, k)->fill_s;
    return seconds;
}

static inline uint32_t msched__plan_fill_during(const msched_plan *plan, uint32_t k)
{
    return k == 0 ? plan->fill_during : plan->more_fills[k - 1].during;
}

#endif
