/* cli/cmd_histogram.c: how popularity is distributed, and what it goes with. */
#include "cli.h"

static void print_histogram_json(const cli_request *request, const msched_histogram *histogram)
{
    cli_json json = {0, 1};

    cli_json_open(&json, NULL, '{');
    cli_json_text(&json, "count", cli_count_name(request->count));
    cli_json_open(&json, "bins", '[');
    for (uint32_t i = 0; i < msched_histogram_count(histogram); i++) {
        msched_bin bin;

        if (msched_histogram_get(histogram, i, &bin) != MSCHED_OK)
            continue;
        cli_json_open(&json, NULL, '{');
        cli_json_number(&json, "low", bin.low);
        cli_json_number(&json, "high", bin.high);
        cli_json_whole(&json, "n", bin.n);
        cli_json_whole(&json, "zeros", bin.zeros);
        cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    cli_json_close(&json, '}');
}

static void print_histogram_table(const cli_request *request, const msched_histogram *histogram)
{
    cli_table *table = cli_table_create();

    printf("Popularity of %s\n\n", cli_count_name(request->count));
    cli_table_column(table, "popularity", CLI_RIGHT);
    cli_table_column(table, "n", CLI_RIGHT);
    cli_table_column(table, "of which 0", CLI_RIGHT);
    cli_table_column(table, "", CLI_BAR);
    for (uint32_t i = 0; i < msched_histogram_count(histogram); i++) {
        msched_bin bin;
        char text[64];

        if (msched_histogram_get(histogram, i, &bin) != MSCHED_OK)
            continue;
        snprintf(text, sizeof text, "%.4g to %.4g", bin.low, bin.high);
        cli_table_text(table, text);
        cli_table_whole(table, bin.n);
        cli_table_whole(table, bin.zeros);
        cli_table_bar(table, (double)bin.n);
    }
    cli_table_print(table);
}

int cmd_histogram(cli_request *request, const msched_catalog *catalog)
{
    msched_histogram_options options;
    msched_histogram *histogram = NULL;
    msched_error err;

    msched_histogram_options_init(&options, sizeof options);
    options.count = request->count;
    options.bins = request->bins;
    options.filter = &request->filter;
    if (msched_histogram_compute(&histogram, catalog, &options, &err) != MSCHED_OK)
        return cli_report(NULL, &err);
    (request->format == CLI_FORMAT_JSON ? print_histogram_json : print_histogram_table)(request, histogram);
    msched_histogram_unref(histogram);
    return CLI_DONE;
}

static void print_correlations_json(const cli_request *request, const msched_correlations *correlations)
{
    cli_json json = {0, 1};

    cli_json_open(&json, NULL, '{');
    cli_json_text(&json, "count", cli_count_name(request->count));
    cli_json_open(&json, "features", '[');
    for (uint32_t i = 0; i < msched_correlations_count(correlations); i++) {
        msched_correlation one = {.struct_size = sizeof one};

        if (msched_correlations_get(correlations, i, &one) != MSCHED_OK)
            continue;
        cli_json_open(&json, NULL, '{');
        cli_json_text(&json, "feature", msched_feature_name(one.feature));
        cli_json_whole(&json, "n", one.n);
        cli_json_number(&json, "r", one.r);
        cli_json_number(&json, "r_ci95_low", one.r_ci95_low);
        cli_json_number(&json, "r_ci95_high", one.r_ci95_high);
        cli_json_number(&json, "slope", one.slope);
        cli_json_number(&json, "feature_mean", one.feature_mean);
        cli_json_number(&json, "feature_sd", one.feature_sd);
        cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    cli_json_close(&json, '}');
}

static void print_correlations_table(const cli_request *request, const msched_correlations *correlations)
{
    cli_table *table = cli_table_create();

    printf("Correlation of popularity with audio features, over %s\n\n", cli_count_name(request->count));
    cli_table_column(table, "feature", CLI_LEFT);
    cli_table_column(table, "n", CLI_RIGHT);
    cli_table_column(table, "r", CLI_RIGHT);
    cli_table_column(table, "95 % of r", CLI_RIGHT);
    cli_table_column(table, "variance explained", CLI_RIGHT);
    for (uint32_t i = 0; i < msched_correlations_count(correlations); i++) {
        msched_correlation one = {.struct_size = sizeof one};
        char text[64];

        if (msched_correlations_get(correlations, i, &one) != MSCHED_OK)
            continue;
        cli_table_text(table, msched_feature_name(one.feature));
        cli_table_whole(table, one.n);
        cli_table_number(table, one.r, 3);
        snprintf(text, sizeof text, "%.3f to %.3f", one.r_ci95_low, one.r_ci95_high);
        cli_table_text(table, one.n < 4 ? "-" : text);
        snprintf(text, sizeof text, "%.1f %%", 100 * one.r * one.r);
        cli_table_text(table, one.n < 2 ? "-" : text);
    }
    cli_table_print(table);
}

int cmd_correlations(cli_request *request, const msched_catalog *catalog)
{
    msched_correlations_options options;
    msched_correlations *correlations = NULL;
    msched_error err;

    msched_correlations_options_init(&options, sizeof options);
    options.count = request->count;
    options.filter = &request->filter;
    if (msched_correlations_compute(&correlations, catalog, &options, &err) != MSCHED_OK)
        return cli_report(NULL, &err);
    (request->format == CLI_FORMAT_JSON ? print_correlations_json : print_correlations_table)(request,
                                                                                                correlations);
    msched_correlations_unref(correlations);
    return CLI_DONE;
}
