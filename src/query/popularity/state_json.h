/* query/popularity/state_json.h: reading the JSON of saved states. */
#ifndef MSCHED_QUERY_POPULARITY_STATE_JSON_H
#define MSCHED_QUERY_POPULARITY_STATE_JSON_H

#include <musicsched/base.h>

#include <jansson.h>

#define MSCHED__STATE_MAX_BYTES ((size_t)1 << 28)

/*
 * Parse an object that has exactly these members, `version` 1 among them. NULL and an error;
 * json_decref it.
 */
json_t *msched__state_parse(const char *data, size_t size, const char *const *members,
                            size_t member_count, msched_result *result, msched_error *err);
/* Whether `object` is an object with exactly these members. */
int msched__state_has_exactly(const json_t *object, const char *const *members,
                              size_t member_count);
/* Place of a string value among `names`, or -1. */
int msched__state_name(const json_t *value, const char *const *names, int name_count);

#endif
