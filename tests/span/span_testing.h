/* tests/span/span_testing.h: plans of several dates, their schedules, and memory that runs out. */
#ifndef MSCHED_SPAN_TESTING_H
#define MSCHED_SPAN_TESTING_H

#include "../failing.h"
#include "../testing.h"

#include <musicsched/musicsched.h>

static inline msched_plan *plan_of_json(const char *json)
{
    msched_plan *plan = NULL;
    msched_error err = {0};
    if (msched_plan_parse_json(&plan, json, strlen(json), NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return plan;
}

static inline msched_plan *plan_of_text(const char *text, const msched_catalog *catalog)
{
    msched_plan *plan = NULL;
    msched_error err = {0};
    if (msched_plan_parse_text(&plan, NULL, text, strlen(text), catalog, NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return plan;
}

/* The plan at a time from the midnight before its first date. Drops `plan`. */
static inline msched_plan *plan_at(msched_plan *plan, int32_t now_s)
{
    msched_plan *moved = NULL;
    assert_int_equal(msched_plan_with_now(&moved, plan, now_s, NULL), MSCHED_OK);
    msched_plan_unref(plan);
    return moved;
}

/* The text is not a plan: the message of its bad value has `part`. */
static inline void expect_refused(const char *json, const char *part)
{
    msched_plan *plan = NULL;
    msched_error err = {0};
    assert_int_equal(msched_plan_parse_json(&plan, json, strlen(json), NULL, &err),
                     MSCHED_ERROR_VALUE);
    assert_null(plan);
    if (strstr(err.message, part) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", part, err.message);
}

static inline msched_schedule *schedule_after(const msched_plan *plan,
                                              const msched_schedule *previous, uint32_t assume_done)
{
    msched_schedule *schedule = NULL;
    msched_schedule_options options;
    msched_error err = {0};
    msched_schedule_options_init(&options, sizeof options);
    options.previous = previous;
    options.assume_done = assume_done;
    if (msched_schedule_build(&schedule, NULL, plan, &options, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return schedule;
}

/* Drops `plan`. */
static inline msched_schedule *schedule_of(msched_plan *plan)
{
    msched_schedule *schedule = schedule_after(plan, NULL, 0);
    msched_plan_unref(plan);
    return schedule;
}

static inline msched_schedule_entry entry_at(const msched_schedule *schedule, uint32_t index)
{
    msched_schedule_entry entry = {.struct_size = sizeof entry};
    assert_int_equal(msched_schedule_get_entry(schedule, index, &entry), MSCHED_OK);
    return entry;
}

static inline msched_unplaced unplaced_at(const msched_schedule *schedule, uint32_t index)
{
    msched_unplaced unplaced = {.struct_size = sizeof unplaced};
    assert_int_equal(msched_schedule_get_unplaced(schedule, index, &unplaced), MSCHED_OK);
    return unplaced;
}

static inline msched_objective objective_of(const msched_schedule *schedule)
{
    msched_objective objective = {.struct_size = sizeof objective};
    assert_int_equal(msched_schedule_get_objective(schedule, &objective), MSCHED_OK);
    return objective;
}

/* `message` NULL: any message. */
static inline int has_warning(const msched_schedule *schedule, const char *code,
                              const char *message)
{
    for (uint32_t i = 0; i < msched_schedule_warning_count(schedule); i++) {
        msched_warning warning = {.struct_size = sizeof warning};
        assert_int_equal(msched_schedule_get_warning(schedule, i, &warning), MSCHED_OK);
        if (strcmp(warning.code, code) == 0 &&
            (message == NULL || strcmp(warning.message, message) == 0))
            return 1;
    }
    return 0;
}

#endif
