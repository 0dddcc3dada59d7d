/*
 * plan/plan_builder.h: a plan under construction, and its checks; used by the readers of JSON and
 * of plan text.
 */
#ifndef MSCHED_PLAN_BUILDER_H
#define MSCHED_PLAN_BUILDER_H

#include "base/error.h"
#include "plan/plan_data.h"

#define MSCHED__ID_MAX_BYTES    128
#define MSCHED__TITLE_MAX_BYTES 4096
#define MSCHED__QUERY_MAX_BYTES 1024
#define MSCHED__NAMES_MAX       256 /* names in one list of the fill */
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
    /* a date of several: its fill avoids what the other dates have as well */
    uint8_t is_of_span;
};

/*
 * Refuse a value of a part: remembers the fault and writes "to-do 2 "gym": ..." as the message.
 * `id` may be NULL.
 */
msched_result msched__plan_refuse(msched_plan_builder *builder, msched__plan_fault fault,
                                  const char *id, msched_result code, msched_error *err,
                                  const char *format, ...) MSCHED__PRINTF(6, 7);
/* Texts: UTF-8 on one line, of at most max_bytes; not empty if `required`. */
msched_result msched__plan_check_text(msched_plan_builder *builder, msched__plan_fault fault,
                                      const char *id, const char *text, size_t max_bytes,
                                      int required, msched_error *err);
/* A time or length: min..max. */
msched_result msched__plan_check_range(msched_plan_builder *builder, msched__plan_fault fault,
                                       const char *id, int64_t value, int64_t min, int64_t max,
                                       msched_error *err);
/*
 * Check the values of a day, to-do, song or listening rules, each by itself (plan_check.c). In a
 * to-do, a song and a fill, clock times are replaced by real seconds of the plan's axis.
 */
msched_result msched__plan_check_day(msched_plan_builder *builder, const msched_day *day,
                                     msched_error *err);
msched_result msched__plan_check_todo(msched_plan_builder *builder, msched_todo *todo,
                                      msched_error *err);
msched_result msched__plan_check_song(msched_plan_builder *builder, msched_song *song,
                                      msched_error *err);
/* The state of a to-do with its times, and that of a song, at `index` in the plan. */
msched_result msched__plan_check_state(msched_plan_builder *builder, msched_todo *todo,
                                       uint32_t index, msched_error *err);
msched_result msched__plan_check_song_state(msched_plan_builder *builder, uint32_t index,
                                            uint32_t state, msched_error *err);
msched_result msched__plan_check_listening(msched_plan_builder *builder,
                                           msched_listening *listening, msched_error *err);
/* The same of the fields of a fill alone. */
msched_result msched__plan_check_fill(msched_plan_builder *builder, msched_listening *listening,
                                      msched_error *err);

/*
 * Give to-dos without an id their identity, and resolve the names in `after`, `before` and `during`
 * (plan_link.c). MSCHED_OK, MEMORY, NOT_FOUND or CONFLICT (an id twice, a cycle).
 */
msched_result msched__plan_link(msched_plan_builder *builder, msched_error *err);

/*
 * Check the whole plan and set its arrays; the builder still owns it. For readers that need the
 * fault afterward.
 */
msched_result msched__plan_builder_seal(msched_plan_builder *builder, msched_error *err);

/* Store a warning in the plan; texts are copied. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__plan_builder_warn(msched_plan_builder *builder, const char *code,
                                        const char *message, msched_error *err);

/* The following are in plan_builder_dates.c: a builder whose plan covers several dates. */

/* Make the builder's plan one of day->days dates. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__builder_begin_days(msched_plan_builder *builder, const msched_day *day,
                                         msched_error *err);
/*
 * Room for the dates of the to-do or song that is added next, which are not counted yet. `before`
 * moves from the to-do to its dates. Readers of texts, which date the items themselves, are left
 * alone. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__builder_date_todo(msched_plan_builder *builder, msched_todo *todo,
                                        msched_error *err);
msched_result msched__builder_date_song(msched_plan_builder *builder, const msched_song *song,
                                        msched_error *err);
/* Check and link the dates of a sealed plan. */
msched_result msched__builder_check_dates(msched_plan_builder *builder, msched_error *err);

/*
 * A cycle of `after`: its to-dos in `cycle` (room for `count`), each after the next one, the last
 * after the first. *cycle_count 0: there is none. Returns 0 when out of memory.
 */
int msched__plan_cycle(const msched_allocator *allocator, const msched__plan_todo *todos,
                       uint32_t count, uint32_t *cycle, uint32_t *cycle_count);

#endif
