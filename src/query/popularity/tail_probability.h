/* query/popularity/tail_probability.h: probabilities that a test statistic is at least as large. */
#ifndef MSCHED_QUERY_POPULARITY_TAIL_PROBABILITY_H
#define MSCHED_QUERY_POPULARITY_TAIL_PROBABILITY_H

/*
 * P(X >= f) for X with the F distribution of df1, df2 >= 1 degrees of freedom and f >= 0. 0 where
 * it is below the smallest double.
 */
double msched__f_tail(double f, double df1, double df2);

/* P(X >= x) for X with the chi-squared distribution of df >= 1 degrees of freedom and x >= 0. */
double msched__chi_squared_tail(double x, double df);

#endif
