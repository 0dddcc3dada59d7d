/* cli/cmd_histogram.c: how popularity is distributed, and what it goes with. */
#include "cli.h"

#include <math.h>

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
    msched_text *json = NULL;
    struct ArrowArrayStream stream = {0};
    msched_error err;
    int status = CLI_DONE;

    cli_has_popularity(request, catalog);
    msched_histogram_options_init(&options, sizeof options);
    options.count = request->count;
    options.bins = request->bins;
    options.filter = &request->filter;
    if (msched_histogram_compute(&histogram, catalog, &options, &err) != MSCHED_OK)
        return cli_report(NULL, &err);
    if (cli_is_records(request))
        status = cli_print_records(request, msched_histogram_export(histogram, &stream, &err),
                                   &stream, &err);
    else if (request->format == CLI_FORMAT_JSON)
        status = cli_print_text(msched_histogram_to_json(histogram, &json, &err), &json, &err);
    else
        print_histogram_table(request, histogram);
    msched_histogram_unref(histogram);
    return status;
}

static void print_correlations_table(const cli_request *request,
                                     const msched_correlations *correlations)
{
    cli_table *table = cli_table_create();

    printf("Correlation of popularity with audio features, over %s\n\n",
           cli_count_name(request->count));
    cli_table_column(table, "feature", CLI_LEFT);
    cli_table_column(table, "n", CLI_RIGHT);
    cli_table_column(table, "r", CLI_RIGHT);
    cli_table_column(table, "95 % of r", CLI_RIGHT);
    cli_table_column(table, "p", CLI_RIGHT);
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
        snprintf(text, sizeof text, one.p < 0.001 ? "< 0.001" : "%.3f", one.p);
        cli_table_text(table, isnan(one.p) ? "-" : text);
        snprintf(text, sizeof text, "%.1f %%", 100 * one.r * one.r);
        cli_table_text(table, one.n < 2 ? "-" : text);
    }
    cli_table_print(table);
}

int cmd_correlations(cli_request *request, const msched_catalog *catalog)
{
    msched_correlations_options options;
    msched_correlations *correlations = NULL;
    msched_text *json = NULL;
    struct ArrowArrayStream stream = {0};
    msched_error err;
    int status = CLI_DONE;

    cli_has_popularity(request, catalog);
    msched_correlations_options_init(&options, sizeof options);
    options.count = request->count;
    options.filter = &request->filter;
    if (msched_correlations_compute(&correlations, catalog, &options, &err) != MSCHED_OK)
        return cli_report(NULL, &err);
    if (cli_is_records(request))
        status = cli_print_records(request, msched_correlations_export(correlations, &stream, &err),
                                   &stream, &err);
    else if (request->format == CLI_FORMAT_JSON)
        status = cli_print_text(msched_correlations_to_json(correlations, &json, &err), &json,
                                &err);
    else
        print_correlations_table(request, correlations);
    msched_correlations_unref(correlations);
    return status;
}
