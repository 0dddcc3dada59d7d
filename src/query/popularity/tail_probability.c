#include "query/popularity/tail_probability.h"

#include <float.h>
#include <math.h>

/* Continued fractions end after about the square root of the larger parameter. */
#define STEPS_MAX 200000
/* From here on, F with df1 and infinite df2 is chi-squared / df1 to within rounding. */
#define DF2_MAX      1e9
#define HALF_LOG_2PI 0.918938533204672741780329736406

/* What Stirling's series adds to the logarithm of the gamma function, x >= 10 (DLMF 5.11.1). */
static double stirling(double x)
{
    static const double terms[] = {1.0 / 12,    -1.0 / 360, 1.0 / 1260,
                                   -1.0 / 1680, 1.0 / 1188, -691.0 / 360360};
    double sum = 0;
    for (int i = 5; i >= 0; i--)
        sum = sum / (x * x) + terms[i];
    return sum / x;
}

/*
 * The logarithm of the gamma function for x > 0. lgamma() writes a global variable, so that threads
 * would race.
 */
static double log_gamma(double x)
{
    double product = 1;
    for (; x < 10; x++) /* the recurrence, DLMF 5.5.1 */
        product *= x;
    return (x - 0.5) * log(x) - x + HALF_LOG_2PI + stirling(x) - log(product);
}

/* log(gamma(a + b) / gamma(a)), without the cancellation of two large logarithms. */
static double log_gamma_ratio(double a, double b)
{
    if (a < 10)
        return log_gamma(a + b) - log_gamma(a);
    return (a - 0.5) * log1p(b / a) + b * log(a + b) - b + stirling(a + b) - stirling(a);
}

/* One step of Lentz's method (Thompson and Barnett, 1986); returns the factor. */
static double lentz(double a, double *c, double *d)
{
    *d = 1 + a * *d;
    *c = 1 + a / *c;
    *d = 1 / (fabs(*d) < DBL_MIN ? DBL_MIN : *d);
    *c = fabs(*c) < DBL_MIN ? DBL_MIN : *c;
    return *c * *d;
}

/*
 * The continued fraction of the incomplete beta function, DLMF 8.17.22, for
 * x < (a + 1) / (a + b + 2).
 */
static double beta_fraction(double x, double a, double b)
{
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < DBL_MIN ? DBL_MIN : d);
    double value = d;
    for (int m = 1; m <= STEPS_MAX; m++) {
        value *= lentz(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), &c, &d);
        const double factor = lentz(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
                                    &c, &d);
        value *= factor;
        if (fabs(factor - 1) < DBL_EPSILON)
            break;
    }
    return value;
}

/* The regularized incomplete beta function I_x(a, b); y is 1 - x without cancellation. */
static double beta_regularized(double x, double y, double a, double b)
{
    if (x <= 0)
        return 0;
    if (y <= 0)
        return 1;
    const double log_x = x < 0.5 ? log(x) : log1p(-y), log_y = y < 0.5 ? log(y) : log1p(-x);
    const double large = fmax(a, b), small = fmin(a, b);
    const double scale =
        exp(a * log_x + b * log_y + log_gamma_ratio(large, small) - log_gamma(small));
    if (x < (a + 1) / (a + b + 2))
        return scale * beta_fraction(x, a, b) / a;
    return 1 - scale * beta_fraction(y, b, a) / b;
}

/* The regularized lower incomplete gamma function P(a, x) by its series, DLMF 8.11.4. */
static double gamma_series(double a, double x)
{
    double term = 1 / a, sum = term;
    for (int n = 1; n <= STEPS_MAX && term > sum * DBL_EPSILON; n++) {
        term *= x / (a + n);
        sum += term;
    }
    return sum;
}

/* The upper one, Q(a, x), by its continued fraction, DLMF 8.9.2, without the common factor. */
static double gamma_fraction(double a, double x)
{
    double b = x + 1 - a, c = 1 / DBL_MIN, d = 1 / b, value = d;
    for (int n = 1; n <= STEPS_MAX; n++) {
        const double an = -n * (n - a);
        b += 2;
        d = an * d + b;
        c = b + an / c;
        d = 1 / (fabs(d) < DBL_MIN ? DBL_MIN : d);
        c = fabs(c) < DBL_MIN ? DBL_MIN : c;
        const double factor = c * d;
        value *= factor;
        if (fabs(factor - 1) < DBL_EPSILON)
            break;
    }
    return value;
}

double msched__chi_squared_tail(double x, double df)
{
    const double a = df / 2, half = x / 2;
    if (half <= 0)
        return 1;
    const double scale = exp(a * log(half) - half - log_gamma(a));
    return half < a + 1 ? fmax(0, 1 - scale * gamma_series(a, half))
                        : scale * gamma_fraction(a, half);
}

double msched__f_tail(double f, double df1, double df2)
{
    if (f <= 0)
        return 1;
    if (isinf(f))
        return 0;
    if (df2 > DF2_MAX)
        return msched__chi_squared_tail(f * df1, df1);
    /* DLMF 8.17(i); the tail of F is I_x(df2 / 2, df1 / 2) at x = df2 / (df2 + df1 f) */
    const double all = df2 + df1 * f;
    return fmin(1, fmax(0, beta_regularized(df2 / all, df1 * f / all, df2 / 2, df1 / 2)));
}
