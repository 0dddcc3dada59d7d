/* query/popularity/entry_values.h: the popularity of each entry with its groups, sorted by both. */
#ifndef MSCHED_QUERY_POPULARITY_ENTRY_VALUES_H
#define MSCHED_QUERY_POPULARITY_ENTRY_VALUES_H

#include "query/popularity/filter.h"
#include "query/popularity/group_keys.h"

typedef struct msched__entry_values {
    size_t count;
    uint32_t *group; /* as msched__group_keys numbers them, in order of the keys */
    uint8_t *value;  /* ascending within a group */
    uint32_t group_count;
} msched__entry_values;

/*
 * All entries that pass, counted by `count_unit`; tracks and recordings only if the groups are
 * lists of artists or genres. MSCHED_OK or MEMORY; free it also on failure.
 */
msched_result msched__entry_values_gather(msched__entry_values *out, const msched__filter *filter,
                                          const msched__group_keys *keys, uint32_t count_unit,
                                          msched_error *err);
void msched__entry_values_free(msched__entry_values *values, const msched_allocator *allocator);

#endif
