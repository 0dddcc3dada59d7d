/* query/popularity/groups_data.h: the internals of msched_groups. */
#ifndef MSCHED_QUERY_POPULARITY_GROUPS_DATA_H
#define MSCHED_QUERY_POPULARITY_GROUPS_DATA_H

#include "base/refcount.h"
#include "catalog/catalog_data.h"
#include "query/popularity/stats.h"

typedef struct msched__group_item {
    uint64_t n, sum;
    size_t run_start;    /* its runs end where those of the next group begin */
    uint32_t key, label; /* offsets into `names` */
} msched__group_item;

struct msched_groups {
    msched__refcount refs;
    msched_allocator allocator;
    uint32_t by, count_unit;
    const char *names;         /* texts of the keys and labels */
    msched_catalog *catalog;   /* owner of the texts; NULL: none */
    char *text;                /* their memory if this object owns it; NULL: none */
    msched__group_item *items; /* all groups, by key, bytes ascending */
    uint32_t item_count, item_room;
    msched__run *runs; /* after the items, in the same block */
    size_t run_count;
    uint32_t *shown; /* items in the requested order, without omitted ones */
    uint32_t shown_count;
};

extern const char *const msched__group_key_names[MSCHED_BY_YEAR_MONTH + 1];
extern const char *const msched__count_unit_names[MSCHED_COUNT_RECORDINGS + 1];

/* Allocate this many groups and runs; NULL and an error when out of memory. */
msched_groups *msched__groups_new(const msched_allocator *allocator, uint32_t by,
                                  uint32_t count_unit, uint32_t item_room, size_t run_room,
                                  msched_error *err);
/* Begin the next group, then add its runs by ascending value. There must be room. */
void msched__groups_begin(msched_groups *groups, uint32_t key, uint32_t label);
void msched__groups_add_run(msched_groups *groups, uint32_t value, uint64_t count);
/* The runs of a group; values may repeat but do not descend. */
const msched__run *msched__groups_runs(const msched_groups *groups, uint32_t item, size_t *count);
/* Choose and order the groups to show. MSCHED_OK or MEMORY. */
msched_result msched__groups_arrange(msched_groups *groups, uint32_t order, uint32_t min_n,
                                     uint32_t limit, msched_error *err);

/* Read and check a caller's options. MSCHED_OK or ARGUMENT. */
msched_result msched__groups_options(msched_groups_options *options,
                                     const msched_groups_options *given, msched_error *err);

#endif
