/*
 * plan/plan_builder_data.h: a plan under construction; used by the readers of JSON and of plan
 * text.
 */
#ifndef MSCHED_PLAN_BUILDER_DATA_H
#define MSCHED_PLAN_BUILDER_DATA_H

#include "base/error.h"
#include "plan/plan_data.h"

#define MSCHED__TITLE_MAX_BYTES 4096
#define MSCHED__QUERY_MAX_BYTES 1024
#define MSCHED__PATH_MAX_BYTES  1024 /* of a file in "avoid" */
#define MSCHED__NAMES_MAX       256  /* names in one list of the fill */
#define MSCHED__QUIET_MAX       1000
#define MSCHED__AFTER_MAX       1000

/* The position of the last refused value, so that a reader can find it in its text. */
enum msched__plan_part {
    MSCHED__PART_DAY = 0,
    MSCHED__PART_TODO = 1,
    MSCHED__PART_SONG = 2,
    MSCHED__PART_LISTENING = 3,
    MSCHED__PART_FILL = 4
};

typedef struct msched__plan_fault {
    enum msched__plan_part part;
    uint32_t index;  /* of the to-do or song */
    const char *key; /* as in JSON; NULL: the part as a whole */
} msched__plan_fault;

struct msched_plan_builder {
    msched_allocator allocator;
    msched_plan *plan; /* its arena contains the texts; its arrays are set at the end */
    msched__plan_todo *todos;
    msched__plan_song *songs;
    msched__plan_warning *warnings;
    msched__plan_fill *fills; /* those after the first */
    size_t fill_capacity;
    size_t todo_capacity, song_capacity, warning_capacity;
    msched__plan_fault fault;
    msched__plan_span *span; /* that of the plan; NULL: a plan of one day */
    uint8_t is_dated;        /* the builder itself dates the items: msched_day.days was given */
    msched__span_exception usual; /* the window of dates without an exception */
    uint64_t rule_budget;         /* what is left of MSCHED__RULE_BUDGET */
    /* a date of several: its fill avoids what the other dates have as well */
    uint8_t is_of_span;
};

#endif
