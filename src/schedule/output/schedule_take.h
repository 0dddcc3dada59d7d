/* schedule/output/schedule_take.h: members of the JSON of a schedule, into its arena. */
#ifndef MSCHED_SCHEDULE_TAKE_H
#define MSCHED_SCHEDULE_TAKE_H

#include "format/json.h"
#include "schedule/output/schedule.h"

#define MSCHED__SCHEDULE_MAX_ITEMS 65536

/* The texts of an array, in the arena. */
typedef struct msched__take_list {
    uint32_t count;
    const char *const *texts;
} msched__take_list;

/* A copy in the arena of the text under `key`; "" if the key is absent. */
msched_result msched__take_text(msched_schedule *s, const msched__json_node *object,
                                const char *key, const char **out, msched_error *err);
/* The same; the key is required. */
msched_result msched__take_required(msched_schedule *s, const msched__json_node *object,
                                    const char *key, const char **out, msched_error *err);
/* The time under `key`, which is required. */
msched_result msched__take_time(const msched__json_node *object, const char *key, int32_t *out,
                                msched_error *err);
/* The date under "date" as its number in the schedule; the first one if the key is absent. */
msched_result msched__take_date(const msched_schedule *s, const msched__json_node *object,
                                uint32_t *out, msched_error *err);
/* The same for another key; *out does not change if the key is absent. */
msched_result msched__take_named_date(const msched_schedule *s, const msched__json_node *object,
                                      const char *key, uint32_t *out, msched_error *err);
/* A whole number from 0; *out does not change if the key is absent. */
msched_result msched__take_count(const msched__json_node *object, const char *key, int64_t max,
                                 uint32_t *out, msched_error *err);
/* The number whose name is the text. `name_of` returns NULL after the last one. */
msched_result msched__take_name(const msched__json_node *node, const char *(*name_of)(uint32_t),
                                uint32_t *out, msched_error *err);
/* The texts of the array under `key`; none if the key is absent. */
msched_result msched__take_texts(msched_schedule *s, const msched__json_node *object,
                                 const char *key, msched__take_list *out, msched_error *err);

#endif
