/*
 * plan/json/plan_json_values.h: single values of a plan in JSON. Members are optional: a missing
 * one, a node without a value, leaves *out unchanged. All return MSCHED_OK or an error, written to
 * `err`.
 */
#ifndef MSCHED_PLAN_JSON_PLAN_JSON_VALUES_H
#define MSCHED_PLAN_JSON_PLAN_JSON_VALUES_H

#include "format/json.h"

#include <musicsched/plan.h>

/* An array of texts: the array is allocated, the texts belong to the document. */
typedef struct msched__plan_strings {
    const char **names; /* NULL: none */
    uint32_t count;
} msched__plan_strings;

msched_result msched__plan_read_string(const msched__json_node *member, const char **out,
                                       msched_error *err);
msched_result msched__plan_read_time(const msched__json_node *member, int32_t *out,
                                     msched_error *err);
msched_result msched__plan_read_int(const msched__json_node *member, int64_t min, int64_t max,
                                    int32_t *out, msched_error *err);
msched_result msched__plan_read_uint(const msched__json_node *member, uint32_t min, uint32_t max,
                                     uint32_t *out, msched_error *err);
msched_result msched__plan_read_bool(const msched__json_node *member, uint32_t *out,
                                     msched_error *err);
msched_result msched__plan_read_mood(const msched__json_node *member, uint32_t *out,
                                     msched_error *err);
msched_result msched__plan_read_state(const msched__json_node *member, uint32_t *out,
                                      msched_error *err);
/* ["HH:MM", "HH:MM"], required. */
msched_result msched__plan_read_pair(const msched__json_node *pair, int32_t *start, int32_t *end,
                                     msched_error *err);
/* The same as an optional member. */
msched_result msched__plan_read_between(const msched__json_node *member, int32_t *start,
                                        int32_t *end, msched_error *err);
/* *out is always set; the caller frees out->names. */
msched_result msched__plan_read_strings(const msched_allocator *memory,
                                        const msched__json_node *member, size_t max_count,
                                        msched__plan_strings *out, msched_error *err);
/* The first item of an optional list; has no value if the list is absent or empty. */
msched_result msched__plan_first_item(const msched__json_node *member, size_t max_count,
                                      msched__json_node *first, msched_error *err);

/* An optional [from, to]; null means no limit on that side. */
msched_result msched__plan_read_years(const msched__json_node *years, msched_listening *out,
                                      msched_error *err);

#endif
