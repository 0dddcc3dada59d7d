/* query/popularity/group_test.c: tests of whether popularity differs between groups. */
#include "base/options.h"
#include "query/popularity/groups_data.h"
#include "query/popularity/tail_probability.h"

#include <math.h>

__extension__ typedef __int128 wide;

/* Of all groups; exact (MSCHED__N_MAX values at most). */
typedef struct tally {
    uint64_t n, sum;
    uint64_t counts[MSCHED__VALUE_UNKNOWN]; /* of each value */
} tally;

/* The runs of known values: unknown ones are last. */
static const msched__run *known_runs(const msched_groups *groups, uint32_t item, size_t *count)
{
    const msched__run *runs = msched__groups_runs(groups, item, count);
    while (*count > 0 && msched__run_value(runs[*count - 1]) == MSCHED__VALUE_UNKNOWN)
        --*count;
    return runs;
}

static void add_up(tally *all, const msched_groups *groups, uint32_t item)
{
    size_t run_count;
    const msched__run *runs = known_runs(groups, item, &run_count);
    for (size_t i = 0; i < run_count; i++)
        all->counts[msched__run_value(runs[i])] += msched__run_count(runs[i]);
    all->n += groups->items[item].n;
    all->sum += groups->items[item].sum;
}

/* Twice the distance of each value's midrank from the mean rank, (n + 1) / 2. */
static void centre_ranks(const tally *all, int64_t *ranks)
{
    int64_t before = 0;
    for (uint32_t v = 0; v < MSCHED__VALUE_UNKNOWN; v++) {
        const int64_t count = (int64_t)all->counts[v];
        ranks[v] = 2 * before + count - (int64_t)all->n;
        before += count;
    }
}

/* Sums of squares, none of which comes from a difference of rounded numbers. */
typedef struct squares {
    double between, within;      /* of values */
    double ranks_between, ranks; /* of twice the centred ranks: between groups, and all */
} squares;

static void add_group(squares *to, const tally *all, const msched_groups *groups, uint32_t item,
                      const int64_t *ranks)
{
    size_t run_count;
    const msched__run *runs = known_runs(groups, item, &run_count);
    const wide n = groups->items[item].n, sum = groups->items[item].sum;
    wide rank_sum = 0, sum_squares = 0;
    for (size_t i = 0; i < run_count; i++) {
        const int64_t value = msched__run_value(runs[i]);
        const int64_t count = (int64_t)msched__run_count(runs[i]);
        sum_squares += value * value * count;
        rank_sum += (wide)ranks[value] * count;
    }
    const double size = (double)n;
    const double distance = (double)(sum * (wide)all->n - (wide)all->sum * n) / (double)all->n;
    to->between += distance * distance / size;
    to->within += (double)(n * sum_squares - sum * sum) / size;
    to->ranks_between += (double)rank_sum * (double)rank_sum / size;
}

static void test_variance(msched_group_test *test, const squares *sums)
{
    if (sums->between + sums->within <= 0)
        return;
    test->eta_squared = sums->between / (sums->between + sums->within);
    if (test->df_within <= 0)
        return;
    test->f = sums->within > 0
                  ? (sums->between / test->df_between) / (sums->within / test->df_within)
                  : INFINITY;
    test->p = msched__f_tail(test->f, test->df_between, test->df_within);
}

msched_result msched_groups_test(const msched_groups *groups, msched_group_test *test)
{
    if (groups == NULL || test == NULL)
        return MSCHED_ERROR_ARGUMENT;
    tally all = {.n = 0};
    msched_group_test known = {.struct_size = sizeof known,
                               .f = NAN,
                               .p = NAN,
                               .eta_squared = NAN,
                               .kruskal_h = NAN,
                               .kruskal_p = NAN};
    for (uint32_t i = 0; i < groups->item_count; i++) {
        add_up(&all, groups, i);
        known.group_count += groups->items[i].n > 0;
    }
    known.n = all.n;
    if (known.group_count > 0) {
        known.df_between = known.group_count - 1.0;
        known.df_within = (double)(all.n - known.group_count);
    }
    if (known.group_count < 2)
        return msched__options_write(test, &known, sizeof known);

    int64_t ranks[MSCHED__VALUE_UNKNOWN];
    centre_ranks(&all, ranks);
    squares sums = {0};
    for (uint32_t i = 0; i < groups->item_count; i++)
        if (groups->items[i].n > 0)
            add_group(&sums, &all, groups, i, ranks);
    for (uint32_t v = 0; v < MSCHED__VALUE_UNKNOWN; v++)
        sums.ranks += (double)all.counts[v] * ((double)ranks[v] * (double)ranks[v]);
    test_variance(&known, &sums);
    if (sums.ranks > 0) {
        known.kruskal_h = (double)(all.n - 1) * sums.ranks_between / sums.ranks;
        known.kruskal_p = msched__chi_squared_tail(known.kruskal_h, known.df_between);
    }
    return msched__options_write(test, &known, sizeof known);
}
