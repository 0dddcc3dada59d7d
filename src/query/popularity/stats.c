#include "query/popularity/stats.h"

#include <math.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

/* Expansion of the quantile about the normal one: Abramowitz and Stegun 26.7.5. */
static double t_expansion(double df)
{
    const double x = 1.959963984540054, x2 = x * x; /* 0.975 quantile of the normal distribution */
    double g1 = x * (x2 + 1) / 4;
    double g2 = x * ((5 * x2 + 16) * x2 + 3) / 96;
    double g3 = x * (((3 * x2 + 19) * x2 + 17) * x2 - 15) / 384;
    double g4 = x * ((((79 * x2 + 776) * x2 + 1482) * x2 - 1920) * x2 - 945) / 92160;
    return x + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df;
}

double msched__student_t975(uint64_t df)
{
    /* the expansion is off by less than 1e-12 beyond the table */
    return df <= MSCHED__STUDENT_TABLE_SIZE ? msched__student_t975_table[df - 1]
                                            : t_expansion((double)df);
}

/* Finds positions in the ordered set; positions must not decrease. */
typedef struct walk {
    const msched__run *run;
    uint64_t before; /* number of values before *run */
    int single;      /* every run is a single value, so that positions are indices */
} walk;

/* Value at 0-based place `at`. */
static double value_at(walk *w, uint64_t at)
{
    if (w->single)
        return msched__run_value(w->run[at]);
    while (at - w->before >= msched__run_count(*w->run))
        w->before += msched__run_count(*w->run++);
    return msched__run_value(*w->run);
}

static double quartile(walk *w, uint64_t n, unsigned which)
{
    uint64_t place = (n - 1) * which; /* in quarters */
    double low = value_at(w, place / 4);
    if (place % 4 == 0)
        return low;
    walk next = *w; /* the following quartile may be at a lower place */
    return low + (double)(place % 4) / 4 * (value_at(&next, place / 4 + 1) - low);
}

static void spread(msched_stats *stats)
{
    uint64_t n = stats->n;
    /* n * sum_squares - sum^2 is exact and so never below 0 */
    wide centred = (wide)n * stats->sum_squares - (wide)stats->sum * stats->sum;
    stats->sd = sqrt((double)centred / ((double)n * (double)(n - 1)));
    double half = msched__student_t975(n - 1) * stats->sd / sqrt((double)n);
    stats->ci95_low = stats->mean - half;
    stats->ci95_high = stats->mean + half;
}

void msched__stats_of_runs(msched_stats *stats, const msched__run *runs, size_t run_count)
{
    /*
     * field by field: compilers clear a struct of this size with an instruction that is slower than
     * the rest of the function
     */
    stats->struct_size = sizeof *stats;
    stats->reserved0 = 0;
    stats->n = stats->sum = stats->sum_squares = stats->zeros = stats->unknown = 0;
    stats->mean = stats->sd = stats->ci95_low = stats->ci95_high = NAN;
    stats->min = stats->q1 = stats->median = stats->q3 = stats->max = stats->zero_share = NAN;
    memset(stats->reserved, 0, sizeof stats->reserved);
    uint64_t n = 0, sum = 0, sum_squares = 0, zeros = 0;
    for (; run_count > 0 && msched__run_value(runs[run_count - 1]) == MSCHED__VALUE_UNKNOWN;
         run_count--)
        stats->unknown += msched__run_count(runs[run_count - 1]);
    for (size_t i = 0; i < run_count; i++) {
        uint64_t value = msched__run_value(runs[i]), count = msched__run_count(runs[i]);
        n += count;
        sum += value * count;
        sum_squares += value * value * count;
        zeros += value == 0 ? count : 0;
    }
    if (n == 0)
        return;
    stats->n = n;
    stats->sum = sum;
    stats->sum_squares = sum_squares;
    stats->zeros = zeros;
    walk w = {runs, 0, n == run_count};
    stats->mean = (double)sum / (double)n;
    stats->zero_share = (double)zeros / (double)n;
    stats->min = msched__run_value(runs[0]);
    stats->q1 = quartile(&w, n, 1);
    stats->median = quartile(&w, n, 2);
    stats->q3 = quartile(&w, n, 3);
    stats->max = msched__run_value(runs[run_count - 1]);
    if (n >= 2)
        spread(stats);
}
