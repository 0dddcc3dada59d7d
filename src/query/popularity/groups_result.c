/* query/popularity/groups_result.c: the groups as an object: create, order and read. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "query/popularity/filter.h"
#include "query/popularity/groups_data.h"
#include "query/sort_ids.h"

#include <string.h>

__extension__ typedef unsigned __int128 wide;

const char *const msched__group_key_names[MSCHED_BY_YEAR_MONTH + 1] = {
    "nothing", "genre", "subgenre", "artist", "playlist", "year", "decade", "month", "year_month"};
const char *const msched__count_unit_names[MSCHED_COUNT_RECORDINGS + 1] = {"entries", "tracks",
                                                                           "recordings"};

void msched_groups_options_init(msched_groups_options *options, uint32_t struct_size)
{
    msched_groups_options defaults = {.struct_size = sizeof defaults, .count = MSCHED_COUNT_TRACKS};
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

msched_result msched__groups_options(msched_groups_options *options,
                                     const msched_groups_options *given, msched_error *err)
{
    msched_groups_options_init(options, sizeof *options);
    msched_result result = msched__options_read(options, sizeof *options, given,
                                                "msched_groups_options", err);
    if (result != MSCHED_OK)
        return result;
    if (options->by > MSCHED_BY_YEAR_MONTH)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "by is %u: not a group key",
                            (unsigned)options->by);
    if (options->order > MSCHED_ORDER_N)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "order is %u: not a group order",
                            (unsigned)options->order);
    return msched__check_count(options->count, err);
}

msched_groups *msched__groups_new(const msched_allocator *allocator, uint32_t by,
                                  uint32_t count_unit, uint32_t item_room, size_t run_room,
                                  msched_error *err)
{
    msched_groups *groups = msched__alloc_zero(allocator, 1, sizeof *groups);
    if (groups == NULL) {
        msched__fail_memory(err);
        return NULL;
    }
    msched__refcount_init(&groups->refs);
    groups->allocator = *allocator;
    groups->by = by;
    groups->count_unit = count_unit;
    groups->names = "";
    groups->item_room = item_room == 0 ? 1 : item_room;
    /*
     * One block. glibc returns the top of the heap to the system when more is free than twice the
     * largest block that was ever freed. With two blocks, every call would need new pages.
     */
    const size_t item_bytes = (size_t)groups->item_room * sizeof *groups->items;
    if (run_room <= (SIZE_MAX - item_bytes) / sizeof *groups->runs)
        groups->items = msched__alloc_array(allocator, item_bytes + run_room * sizeof *groups->runs,
                                            1);
    if (groups->items == NULL) {
        msched_groups_unref(groups);
        msched__fail_memory(err);
        return NULL;
    }
    groups->runs = (msched__run *)(groups->items + groups->item_room);
    return groups;
}

void msched__groups_begin(msched_groups *groups, uint32_t key, uint32_t label)
{
    groups->items[groups->item_count++] =
        (msched__group_item){.key = key, .label = label, .run_start = groups->run_count};
}

void msched__groups_add_run(msched_groups *groups, uint32_t value, uint64_t count)
{
    msched__group_item *item = &groups->items[groups->item_count - 1];
    groups->runs[groups->run_count++] = msched__run_make(value, count);
    if (value != MSCHED__VALUE_UNKNOWN) {
        item->n += count;
        item->sum += value * count;
    }
}

const msched__run *msched__groups_runs(const msched_groups *groups, uint32_t item, size_t *count)
{
    size_t start = groups->items[item].run_start;
    *count = (item + 1 < groups->item_count ? groups->items[item + 1].run_start
                                            : groups->run_count) -
             start;
    return groups->runs + start;
}

static int compare_keys(const void *ctx, uint32_t a, uint32_t b)
{
    (void)ctx;
    return (a > b) - (a < b); /* items are in the order of their keys */
}

/* Means as exact fractions, highest first; groups of unknown popularities only come last. */
static int compare_means(const void *ctx, uint32_t a, uint32_t b)
{
    const msched__group_item *items = ctx;
    if (items[a].n == 0 || items[b].n == 0)
        return items[a].n != items[b].n ? (items[a].n == 0 ? 1 : -1) : compare_keys(ctx, a, b);
    wide left = (wide)items[a].sum * items[b].n, right = (wide)items[b].sum * items[a].n;
    return left != right ? (left < right ? 1 : -1) : compare_keys(ctx, a, b);
}

static int compare_counts(const void *ctx, uint32_t a, uint32_t b)
{
    const msched__group_item *items = ctx;
    return items[a].n != items[b].n ? (items[a].n < items[b].n ? 1 : -1) : compare_keys(ctx, a, b);
}

static msched_result sort_shown(msched_groups *groups, msched__compare_ids compare,
                                msched_error *err)
{
    uint32_t *scratch = msched__alloc_array(&groups->allocator, groups->shown_count,
                                            sizeof *scratch);
    if (scratch == NULL)
        return msched__fail_memory(err);
    msched__sort_ids(groups->shown, scratch, groups->shown_count, compare, groups->items);
    msched__free(&groups->allocator, scratch);
    return MSCHED_OK;
}

#define RADIX_BITS 12
#define RADIX_SIZE (1u << RADIX_BITS)

/*
 * One pass of a counting sort: ids by the digit of their keys at `shift`, stable. `starts` counts
 * the digits before.
 */
static void sort_by_digit(uint32_t *out, const uint32_t *ids, uint32_t count, const uint32_t *keys,
                          unsigned shift, uint32_t *starts)
{
    uint32_t total = 0;
    for (uint32_t digit = 0; digit < RADIX_SIZE; digit++) {
        uint32_t here = starts[digit];
        starts[digit] = total;
        total += here;
    }
    for (uint32_t i = 0; i < count; i++)
        out[starts[keys[ids[i]] >> shift & (RADIX_SIZE - 1)]++] = ids[i];
}

/*
 * Order many small groups by mean without comparisons. Two different means s/n and t/m differ by at
 * least 1/(n m), so with every n below 2^b the whole part of s (2^2b - 1) / n distinguishes them,
 * and equal means give the same number. (With 2^2b, all whole means would have the same low digits,
 * and the counters of those digits would delay each other.)
 */
static msched_result sort_by_small_means(msched_groups *groups, unsigned bits, msched_error *err)
{
    uint32_t count = groups->shown_count;
    const msched_allocator *allocator = &groups->allocator;
    uint32_t *keys = msched__alloc_array(allocator, groups->item_count, sizeof *keys);
    uint32_t *other = msched__alloc_array(allocator, count, sizeof *other);
    uint32_t *starts = msched__alloc_zero(allocator, 3 * RADIX_SIZE, sizeof *starts);
    const unsigned digit_count = (7 + 2 * bits + RADIX_BITS - 1) / RADIX_BITS;
    msched_result result = MSCHED_OK;
    if (keys == NULL || other == NULL || starts == NULL) {
        result = msched__fail_memory(err);
        goto out;
    }
    /*
     * n is 1 at least; highest first. The quotient is below 2^31 and at least 2^-12 from a whole
     * number it does not reach, so dividing as doubles, which is faster, has the same whole part.
     */
    const uint32_t scale = (UINT32_C(1) << 2 * bits) - 1, top = 100 * scale;
    for (uint32_t i = 0; i < groups->item_count; i++) {
        const msched__group_item *item = &groups->items[i];
        keys[i] = top - (uint32_t)((double)(uint32_t)item->sum * (double)scale /
                                   (double)(uint32_t)item->n);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t key = keys[groups->shown[i]];
        for (unsigned digit = 0; digit < digit_count; digit++)
            starts[digit * RADIX_SIZE + (key >> digit * RADIX_BITS & (RADIX_SIZE - 1))]++;
    }
    for (unsigned digit = 0; digit < digit_count; digit++) {
        sort_by_digit(other, groups->shown, count, keys, digit * RADIX_BITS,
                      starts + digit * RADIX_SIZE);
        uint32_t *swap = groups->shown;
        groups->shown = other;
        other = swap;
    }
out:
    msched__free(allocator, keys);
    msched__free(allocator, other);
    msched__free(allocator, starts);
    return result;
}

/* `all_n` has the bits of all groups' n. */
static msched_result sort_by_mean(msched_groups *groups, uint64_t all_n, msched_error *err)
{
    unsigned bits = 0;
    while (bits < 13 && all_n >> bits != 0)
        bits++;
    if (groups->shown_count < 500 || bits > 12)
        return sort_shown(groups, compare_means, err);
    return sort_by_small_means(groups, bits, err);
}

msched_result msched__groups_arrange(msched_groups *groups, uint32_t order, uint32_t min_n,
                                     uint32_t limit, msched_error *err)
{
    groups->shown = msched__alloc_array(&groups->allocator, groups->item_count,
                                        sizeof *groups->shown);
    if (groups->shown == NULL)
        return msched__fail_memory(err);
    uint32_t shown_count = 0;
    uint64_t all_n = 0;
    int all_known = 1;
    for (uint32_t i = 0; i < groups->item_count; i++) {
        uint64_t n = groups->items[i].n;
        groups->shown[shown_count] = i;
        shown_count += n >= min_n;
        all_known &= n > 0;
        all_n |= n;
    }
    groups->shown_count = shown_count;
    if (order == MSCHED_ORDER_DEFAULT)
        order = groups->by >= MSCHED_BY_YEAR ? MSCHED_ORDER_KEY : MSCHED_ORDER_MEAN;
    msched_result result = MSCHED_OK;
    if (order == MSCHED_ORDER_MEAN && groups->by != MSCHED_BY_NOTHING)
        result = all_known ? sort_by_mean(groups, all_n, err)
                           : sort_shown(groups, compare_means, err);
    else if (order == MSCHED_ORDER_N)
        result = sort_shown(groups, compare_counts, err);
    if (limit != 0 && groups->shown_count > limit)
        groups->shown_count = limit;
    return result;
}

uint32_t msched_groups_count(const msched_groups *groups)
{
    return groups == NULL ? 0 : groups->shown_count;
}

msched_result msched_groups_get(const msched_groups *groups, uint32_t index, msched_group *group)
{
    if (groups == NULL || index >= groups->shown_count)
        return MSCHED_ERROR_ARGUMENT;
    const msched__group_item *item = &groups->items[groups->shown[index]];
    msched_group known; /* its stats are set whole */
    known.struct_size = sizeof known;
    known.reserved0 = 0;
    known.key = groups->names + item->key;
    known.label = groups->names + item->label;
    memset(known.reserved, 0, sizeof known.reserved);
    size_t run_count;
    const msched__run *runs = msched__groups_runs(groups, groups->shown[index], &run_count);
    msched__stats_of_runs(&known.stats, runs, run_count);
    return msched__options_write(group, &known, sizeof known);
}

msched_groups *msched_groups_ref(msched_groups *groups)
{
    if (groups != NULL)
        msched__refcount_add(&groups->refs);
    return groups;
}

void msched_groups_unref(msched_groups *groups)
{
    if (groups == NULL || !msched__refcount_drop(&groups->refs))
        return;
    msched_allocator allocator = groups->allocator;
    msched_catalog_unref(groups->catalog);
    msched__free(&allocator, groups->text);
    msched__free(&allocator, groups->items);
    msched__free(&allocator, groups->shown);
    msched__free(&allocator, groups);
}
