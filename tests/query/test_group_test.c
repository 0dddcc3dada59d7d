/*
 * Tests of whether popularity depends on the group: as SciPy computes them on small catalogs and as
 * the notebook on the real one, and what is left undefined. Tail probabilities are compared with
 * values computed to 40 digits by mpmath.
 */
#include "query_testing.h"

#include <musicsched/popularity.h>

#include "query/popularity/tail_probability.h"

#include <math.h>
#include <stdio.h>

static void assert_near(double value, double wanted, double relative)
{
    if (!(fabs(value - wanted) <= relative * fabs(wanted)))
        fail_msg("%.17g, wanted %.17g", value, wanted);
}

static void tails_of_f(void **state)
{
    (void)state;
    static const double cases[][4] = {{1, 1, 1, 0.5},
                                      {4.5, 2, 9, 0.04419417382415922},
                                      {0.25, 11, 23814, 0.99363065246655663},
                                      {4.23, 11, 23814, 2.6446646229944241e-6},
                                      {156.4, 5, 30379, 1.2286249473386532e-164},
                                      {1.02, 5000, 1e6, 0.15925887077637748},
                                      {161.4, 1, 1, 0.050007348139564308},
                                      {0.001, 1, 1e6, 0.97477288568094245},
                                      {2.5, 3, 2e9, 0.0575584522857854}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_near(msched__f_tail(cases[i][0], cases[i][1], cases[i][2]), cases[i][3], 1e-8);
    assert_true(msched__f_tail(0, 3, 10) == 1);
    assert_true(msched__f_tail(INFINITY, 3, 10) == 0);
    assert_true(msched__f_tail(1e6, 5, 30000) == 0);
}

static void tails_of_chi_squared(void **state)
{
    (void)state;
    static const double cases[][3] = {{3.841458820694124, 1, 0.050000000000000057},
                                      {0.01, 2, 0.99501247919268231},
                                      {20, 5, 0.0012497305630313754},
                                      {11, 10, 0.35751800242792553},
                                      {1000, 24, 8.9107575734735231e-196},
                                      {10300, 10000, 0.0176381174473454}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_near(msched__chi_squared_tail(cases[i][0], cases[i][1]), cases[i][2], 1e-8);
    assert_true(msched__chi_squared_tail(0, 4) == 1);
}

/* `csv` is text of the columns track_id, genre and popularity. */
static msched_groups *groups_of(const char *csv, uint32_t min_n)
{
    msched_catalog *catalog = NULL;
    msched_error err = {0};
    char text[2000];
    snprintf(text, sizeof text,
             "track_id,track_name,track_artist,playlist_genre,track_popularity\n%s", csv);
    if (msched_catalog_load_memory(&catalog, text, strlen(text), NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    msched_groups_options options;
    msched_groups_options_init(&options, sizeof options);
    options.by = MSCHED_BY_GENRE;
    options.min_n = min_n;
    msched_groups *groups = NULL;
    assert_int_equal(msched_groups_compute(&groups, catalog, &options, NULL), MSCHED_OK);
    msched_catalog_unref(catalog);
    return groups;
}

static msched_group_test test_of(const char *csv, uint32_t min_n)
{
    msched_groups *groups = groups_of(csv, min_n);
    msched_group_test test = {.struct_size = sizeof test};
    assert_int_equal(msched_groups_test(groups, &test), MSCHED_OK);
    msched_groups_unref(groups);
    return test;
}

#define POP  "a,A,Ann,pop,70\nb,B,Ann,pop,70\nc,C,Bob,pop,40\n"
#define ROCK "d,D,Bob,rock,10\ne,E,Cyd,rock,20\nf,F,Cyd,rock,40\ng,G,Dee,rock,55\n"
#define JAZZ "h,H,Dee,jazz,0\ni,I,Eve,jazz,0\nj,J,Eve,jazz,90\n"

/* scipy.stats.f_oneway([70,70,40], [10,20,40,55], [0,0,90]), and kruskal of the same */
static void as_scipy(void **state)
{
    (void)state;
    const msched_group_test test = test_of(POP ROCK JAZZ, 0);
    assert_int_equal(test.group_count, 3);
    assert_int_equal(test.n, 10);
    assert_near(test.f, 0.8745454545454545, 1e-14);
    assert_near(test.df_between, 2, 0);
    assert_near(test.df_within, 7, 0);
    assert_near(test.p, 0.45811328680819946, 1e-12);
    assert_near(test.eta_squared, 0.1999168744804655, 1e-14);
    assert_near(test.kruskal_h, 1.9606481481481453, 1e-14);
    assert_near(test.kruskal_p, 0.3751894899607588, 1e-12);
}

static void hidden_groups_and_unknown_values(void **state)
{
    (void)state;
    const msched_group_test all = test_of(POP ROCK JAZZ, 0), shown = test_of(POP ROCK JAZZ, 4);
    assert_memory_equal(&shown, &all, sizeof all);
    const msched_group_test more = test_of(POP ROCK JAZZ "k,K,Eve,jazz,\nl,L,Eve,folk,\n", 0);
    assert_memory_equal(&more, &all, sizeof all);
}

static void what_is_not_defined(void **state)
{
    (void)state;
    const msched_group_test one = test_of(POP, 0);
    assert_int_equal(one.group_count, 1);
    assert_true(isnan(one.f) && isnan(one.p) && isnan(one.eta_squared) && isnan(one.kruskal_p));
    const msched_group_test equal = test_of("a,A,Ann,pop,5\nb,B,Bob,rock,5\nc,C,Cyd,rock,5\n", 0);
    assert_true(isnan(equal.f) && isnan(equal.p) && isnan(equal.kruskal_h));
    const msched_group_test single = test_of("a,A,Ann,pop,5\nb,B,Bob,rock,9\n", 0);
    assert_true(isnan(single.f) && isnan(single.p) && single.eta_squared == 1);
    const msched_group_test apart = test_of("a,A,Ann,pop,5\nb,B,Ann,pop,5\nc,C,Cyd,rock,9\n", 0);
    assert_true(isinf(apart.f) && apart.p == 0 && apart.eta_squared == 1);
    assert_near(apart.kruskal_h, 2, 1e-15);
    assert_int_equal(msched_groups_test(NULL, NULL), MSCHED_ERROR_ARGUMENT);
}

static void in_the_json(void **state)
{
    (void)state;
    msched_text *text = NULL;
    msched_groups *groups = groups_of(POP ROCK JAZZ, 0);
    assert_int_equal(msched_groups_to_json(groups, &text, NULL), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(text),
                           "\n ],\n\"test\": {\"group_count\": 3, \"n\": 10, "
                           "\"f\": 0.8745454545454"));
    msched_text_unref(text);
    msched_groups_unref(groups);
    groups = groups_of(POP, 0);
    assert_int_equal(msched_groups_to_json(groups, &text, NULL), MSCHED_OK);
    assert_null(strstr(msched_text_data(text), "test"));
    msched_text_unref(text);
    msched_groups_unref(groups);
}

/* scipy.stats.pearsonr([0.1, 0.2, 0.5, 0.9], [10, 20, 15, 60]) */
static void p_of_a_correlation(void **state)
{
    (void)state;
    static const char csv[] = "track_id,track_name,track_artist,track_popularity,energy\n"
                              "a,A,Ann,10,0.1\nb,B,Ann,20,0.2\nc,C,Bob,15,0.5\nd,D,Bob,60,0.9\n";
    msched_catalog *catalog = NULL;
    msched_correlations *correlations = NULL;
    assert_int_equal(msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_correlations_compute(&correlations, catalog, NULL, NULL), MSCHED_OK);
    msched_correlation c = {.struct_size = sizeof c};
    assert_int_equal(msched_correlations_get(correlations, MSCHED_FEATURE_ENERGY, &c), MSCHED_OK);
    assert_near(c.r, 0.8872282035106539, 1e-12);
    assert_near(c.p, 0.11277179648934599, 1e-10);
    assert_int_equal(msched_correlations_get(correlations, MSCHED_FEATURE_TEMPO, &c), MSCHED_OK);
    assert_true(isnan(c.p));
    msched_correlations_unref(correlations);
    msched_catalog_unref(catalog);
}

/* docs/popularity.md, by SciPy: "F(5, 30,379) = 156.4, p < 0.001 ... 2.5 %" */
static void genres_of_the_real_file(void **state)
{
    (void)state;
    msched_catalog *catalog = load_real_catalog();
    if (catalog == NULL)
        skip();
    msched_groups_options options;
    msched_groups_options_init(&options, sizeof options);
    options.by = MSCHED_BY_GENRE;
    msched_groups *groups = NULL;
    assert_int_equal(msched_groups_compute(&groups, catalog, &options, NULL), MSCHED_OK);
    msched_group_test test = {.struct_size = sizeof test};
    assert_int_equal(msched_groups_test(groups, &test), MSCHED_OK);
    assert_near(test.f, 156.4, 0.0005);
    assert_near(test.df_between, 5, 0);
    assert_near(test.df_within, 30379, 0);
    assert_near(test.eta_squared, 0.025, 0.02);
    assert_true(test.p < 1e-160 && test.kruskal_p < 1e-100);
    msched_groups_unref(groups);
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tails_of_f),
                                       cmocka_unit_test(tails_of_chi_squared),
                                       cmocka_unit_test(as_scipy),
                                       cmocka_unit_test(hidden_groups_and_unknown_values),
                                       cmocka_unit_test(what_is_not_defined),
                                       cmocka_unit_test(in_the_json),
                                       cmocka_unit_test(p_of_a_correlation),
                                       cmocka_unit_test(genres_of_the_real_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
