/* query/popularity/groups_merge.c: add the groups of disjoint sets of rows. */
#include "base/alloc.h"
#include "base/error.h"
#include "query/popularity/groups_data.h"
#include "query/sort_ids.h"

#include <string.h>

/* A group of a part. */
typedef struct source {
    const char *key, *label;
    uint64_t n;
    const msched__run *runs;
    size_t run_count;
} source;

/* All groups of all parts, side by side. */
typedef struct sources {
    source *items;
    uint32_t *order; /* by key */
    uint32_t *scratch;
    uint32_t count;
    size_t run_count, text_size;
} sources;

static void free_sources(sources *s, const msched_allocator *allocator)
{
    msched__free(allocator, s->items);
    msched__free(allocator, s->order);
    msched__free(allocator, s->scratch);
}

static int compare_keys(const void *ctx, uint32_t a, uint32_t b)
{
    const source *items = ctx;
    return strcmp(items[a].key, items[b].key);
}

static msched_result gather(sources *s, const msched_groups *const *parts, uint32_t part_count,
                            const msched_allocator *allocator, msched_error *err)
{
    uint64_t count = 0;
    for (uint32_t p = 0; p < part_count; p++)
        count += parts[p]->item_count;
    if (count >= UINT32_MAX)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "the parts have more than %u groups in all",
                            (unsigned)UINT32_MAX - 1);
    s->items = msched__alloc_array(allocator, (size_t)count, sizeof *s->items);
    s->order = msched__alloc_array(allocator, (size_t)count, sizeof *s->order);
    s->scratch = msched__alloc_array(allocator, (size_t)count, sizeof *s->scratch);
    if (s->items == NULL || s->order == NULL || s->scratch == NULL)
        return msched__fail_memory(err);
    for (uint32_t p = 0; p < part_count; p++)
        for (uint32_t i = 0; i < parts[p]->item_count; i++) {
            const msched_groups *part = parts[p];
            source *item = &s->items[s->count];
            item->key = part->names + part->items[i].key;
            item->label = part->names + part->items[i].label;
            item->n = part->items[i].n;
            item->runs = msched__groups_runs(part, i, &item->run_count);
            s->order[s->count] = s->count;
            s->count++;
            s->run_count += item->run_count;
            s->text_size += strlen(item->key) + strlen(item->label) + 2;
        }
    if (s->text_size > UINT32_MAX)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "the names of the parts' groups exceed 4 GB");
    msched__sort_ids(s->order, s->scratch, s->count, compare_keys, s->items);
    return MSCHED_OK;
}

static uint32_t copy_text(char *texts, uint32_t *used, const char *text)
{
    uint32_t at = *used, size = (uint32_t)strlen(text) + 1;
    memcpy(texts + at, text, size);
    *used += size;
    return at;
}

/* Add order[from..to), which have the same key. */
static msched_result merge_key(msched_groups *groups, const sources *s, uint32_t from, uint32_t to,
                               uint32_t *used, msched_error *err)
{
    uint64_t counts[MSCHED__VALUE_COUNT] = {0}, n = 0;
    const source *first = &s->items[s->order[from]];
    for (uint32_t i = from; i < to; i++) {
        const source *item = &s->items[s->order[i]];
        if (strcmp(item->label, first->label) != 0)
            return msched__fail(
                err, MSCHED_ERROR_CONFLICT,
                "group \"%.60s\" is labeled \"%.40s\" in one part and \"%.40s\" in another",
                first->key, first->label, item->label);
        /* each at most MSCHED__N_MAX, so that this cannot pass 2^64 before the check */
        n += item->n;
        if (n > MSCHED__N_MAX)
            return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                                "group \"%.60s\" counts more than 10^15", first->key);
        for (size_t r = 0; r < item->run_count; r++)
            counts[msched__run_value(item->runs[r])] += msched__run_count(item->runs[r]);
    }
    uint32_t key = copy_text(groups->text, used, first->key);
    msched__groups_begin(groups, key, copy_text(groups->text, used, first->label));
    for (uint32_t value = 0; value < MSCHED__VALUE_COUNT; value++)
        if (counts[value] > 0)
            msched__groups_add_run(groups, value, counts[value]);
    return MSCHED_OK;
}

static msched_result merge(msched_groups **out, const sources *s, const msched_groups *first,
                           const msched_groups_options *options, const msched_allocator *allocator,
                           msched_error *err)
{
    msched_groups *groups = msched__groups_new(allocator, first->by, first->count_unit, s->count,
                                               s->run_count, err);
    if (groups == NULL)
        return MSCHED_ERROR_MEMORY;
    msched_result result = MSCHED_OK;
    uint32_t used = 0;
    groups->names = groups->text = msched__alloc_array(allocator, s->text_size, 1);
    if (groups->text == NULL)
        result = msched__fail_memory(err);
    for (uint32_t from = 0, to; result == MSCHED_OK && from < s->count; from = to) {
        for (to = from + 1; to < s->count; to++)
            if (compare_keys(s->items, s->order[from], s->order[to]) != 0)
                break;
        result = merge_key(groups, s, from, to, &used, err);
    }
    if (result == MSCHED_OK)
        result = msched__groups_arrange(groups, options->order, options->min_n, options->limit,
                                        err);
    if (result == MSCHED_OK)
        *out = groups;
    else
        msched_groups_unref(groups);
    return result;
}

msched_result msched_groups_merge(msched_groups **out, const msched_groups *const *parts,
                                  uint32_t part_count, const msched_groups_options *options,
                                  msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (parts == NULL || part_count == 0)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "there are no parts to merge");
    msched_groups_options known;
    msched_result result = msched__groups_options(&known, options, err);
    if (result != MSCHED_OK)
        return result;
    for (uint32_t p = 0; p < part_count; p++) {
        if (parts[p] == NULL)
            return msched__fail(err, MSCHED_ERROR_ARGUMENT, "parts[%u] is NULL", (unsigned)p);
        if (parts[p]->by != parts[0]->by || parts[p]->count_unit != parts[0]->count_unit)
            return msched__fail(err, MSCHED_ERROR_CONFLICT,
                                "part 0 has %s by %s but part %u has %s by %s",
                                msched__count_unit_names[parts[0]->count_unit],
                                msched__group_key_names[parts[0]->by], (unsigned)p,
                                msched__count_unit_names[parts[p]->count_unit],
                                msched__group_key_names[parts[p]->by]);
    }
    msched_allocator allocator = msched__allocator_copy(known.allocator);
    sources s = {0};
    result = gather(&s, parts, part_count, &allocator, err);
    if (result == MSCHED_OK)
        result = merge(out, &s, parts[0], &known, &allocator, err);
    free_sources(&s, &allocator);
    return result;
}
