#include "query/stats.h"

#include <math.h>

__extension__ typedef unsigned __int128 wide;

static const double pi = 3.14159265358979323846;

/* P(|T| <= t) for whole df: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4. */
static double t_within(double t, unsigned df)
{
    double theta = atan(t / sqrt(df)), cosine = cos(theta), square = cosine * cosine;
    double term = df % 2 == 1 ? cosine : 1, sum = 0;
    for (unsigned k = df % 2 == 1 ? 1 : 0; k + 2 <= df; k += 2) {
        sum += term;
        term *= square * (k + 1) / (k + 2);
    }
    return df % 2 == 1 ? 2 / pi * (theta + sin(theta) * sum) : sin(theta) * sum;
}

/* Density of Student's t; its constant follows from df - 2 by G(x + 1) = x G(x). */
static double t_density(double t, unsigned df)
{
    double constant = df % 2 == 1 ? 1 / pi : 1 / (2 * sqrt(2));
    for (unsigned k = df % 2 == 1 ? 1 : 2; k < df; k += 2)
        constant *= (k + 1) / sqrt((double)k * (k + 2));
    return constant * pow(1 + t * t / df, -0.5 * (df + 1.0));
}

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
    if (df > 400) /* the expansion is off by less than 1e-12 here */
        return t_expansion((double)df);
    if (df == 1)
        return tan(0.475 * pi);
    double t = df == 2 ? 4 : t_expansion((double)df);
    for (int step = 0; step < 20; step++) { /* Newton: the curve is concave, so it comes to the root from below */
        double change = (t_within(t, (unsigned)df) - 0.95) / (2 * t_density(t, (unsigned)df));
        t -= change;
        if (fabs(change) < 1e-14 * t)
            break;
    }
    return t;
}

/* Value at 0-based place `at` of the ordered set. */
static double value_at(const msched__run *runs, size_t run_count, uint64_t at)
{
    size_t i = 0;
    for (; i + 1 < run_count && at >= msched__run_count(runs[i]); i++)
        at -= msched__run_count(runs[i]);
    return msched__run_value(runs[i]);
}

static double quartile(const msched__run *runs, size_t run_count, uint64_t n, unsigned which)
{
    uint64_t place = (n - 1) * which; /* in quarters */
    double low = value_at(runs, run_count, place / 4);
    if (place % 4 == 0)
        return low;
    return low + (double)(place % 4) / 4 * (value_at(runs, run_count, place / 4 + 1) - low);
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
    *stats = (msched_stats){.struct_size = sizeof *stats,
                            .mean = NAN,
                            .sd = NAN,
                            .ci95_low = NAN,
                            .ci95_high = NAN,
                            .min = NAN,
                            .q1 = NAN,
                            .median = NAN,
                            .q3 = NAN,
                            .max = NAN,
                            .zero_share = NAN};
    for (size_t i = 0; i < run_count; i++) {
        uint64_t value = msched__run_value(runs[i]), count = msched__run_count(runs[i]);
        stats->n += count;
        stats->sum += value * count;
        stats->sum_squares += value * value * count;
        if (value == 0)
            stats->zeros += count;
    }
    uint64_t n = stats->n;
    if (n == 0)
        return;
    stats->mean = (double)stats->sum / (double)n;
    stats->zero_share = (double)stats->zeros / (double)n;
    stats->min = msched__run_value(runs[0]);
    stats->q1 = quartile(runs, run_count, n, 1);
    stats->median = quartile(runs, run_count, n, 2);
    stats->q3 = quartile(runs, run_count, n, 3);
    stats->max = msched__run_value(runs[run_count - 1]);
    if (n >= 2)
        spread(stats);
}
