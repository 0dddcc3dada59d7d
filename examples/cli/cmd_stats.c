/* cli/cmd_stats.c: popularity by group, and over time. */
#include "cli.h"

#include <ctype.h>
#include <math.h>

#define MANY_GROUPS 50 /* without --limit, a table of artists or playlists ends here */

static cli_table *begin_table(const cli_request *request, int full)
{
    cli_table *table = cli_table_create();

    cli_table_column(table, cli_by_name(request->by), CLI_LEFT);
    cli_table_column(table, "n", CLI_RIGHT);
    cli_table_column(table, "mean", CLI_RIGHT);
    cli_table_column(table, "95 % of mean", CLI_RIGHT);
    if (full) {
        cli_table_column(table, "sd", CLI_RIGHT);
        cli_table_column(table, "min", CLI_RIGHT);
        cli_table_column(table, "q1", CLI_RIGHT);
        cli_table_column(table, "median", CLI_RIGHT);
        cli_table_column(table, "q3", CLI_RIGHT);
        cli_table_column(table, "max", CLI_RIGHT);
    }
    cli_table_column(table, "zeros", CLI_RIGHT);
    cli_table_column(table, "", CLI_BAR);
    return table;
}

static void add_group(cli_table *table, const msched_group *group, int full)
{
    const msched_stats *stats = &group->stats;
    char text[64];

    cli_table_text(table, group->label);
    cli_table_whole(table, stats->n);
    cli_table_number(table, stats->mean, 2);
    if (stats->n < 2)
        snprintf(text, sizeof text, "-");
    else
        snprintf(text, sizeof text, "%.2f to %.2f", stats->ci95_low, stats->ci95_high);
    cli_table_text(table, text);
    if (full) {
        cli_table_number(table, stats->sd, 2);
        cli_table_number(table, stats->min, 0);
        cli_table_number(table, stats->q1, 1);
        cli_table_number(table, stats->median, 1);
        cli_table_number(table, stats->q3, 1);
        cli_table_number(table, stats->max, 0);
    }
    if (stats->n == 0)
        snprintf(text, sizeof text, "-");
    else
        snprintf(text, sizeof text, "%.1f %%", 100 * stats->zero_share);
    cli_table_text(table, text);
    cli_table_bar(table, stats->n > 0 ? stats->mean : 0);
}

static void print_p(double p)
{
    if (p < 0.001)
        printf("p < 0.001");
    else
        printf("p = %.3f", p);
}

/* Nothing where no test is possible: fewer than two groups, or one value only. */
static void print_test(const cli_request *request, const msched_groups *groups)
{
    msched_group_test test = {.struct_size = sizeof test};

    if (msched_groups_test(groups, &test) != MSCHED_OK || isnan(test.f))
        return;
    const char *name = cli_by_name(request->by);
    printf("\n%c%s accounts for %.1f %% of the variance of popularity: F(%.0f, %.0f) = %.2f, ",
           toupper((unsigned char)name[0]), name + 1, 100 * test.eta_squared, test.df_between,
           test.df_within, test.f);
    print_p(test.p);
    printf("; Kruskal-Wallis H = %.1f, ", test.kruskal_h);
    print_p(test.kruskal_p);
    printf("\n");
}

static void print_table(const cli_request *request, const msched_groups *groups, int full)
{
    cli_table *table = begin_table(request, full);
    uint32_t count = msched_groups_count(groups), shown = count;

    if (request->limit == 0 &&
        (request->by == MSCHED_BY_ARTIST || request->by == MSCHED_BY_PLAYLIST) &&
        count > MANY_GROUPS)
        shown = MANY_GROUPS;
    printf("Popularity of %s%s%s%s\n\n", cli_count_name(request->count),
           request->by == MSCHED_BY_NOTHING ? "" : " by ",
           request->by == MSCHED_BY_NOTHING ? "" : cli_by_name(request->by),
           request->filter.exclude_zero ? ", without zeros" : "");
    for (uint32_t i = 0; i < shown; i++) {
        msched_group group = {.struct_size = sizeof group};

        if (msched_groups_get(groups, i, &group) == MSCHED_OK)
            add_group(table, &group, full);
    }
    cli_table_print(table);
    if (count == 0)
        printf("none: no matching song has this property; musicsched info shows what the "
               "catalog has\n");
    if (shown < count)
        printf("\nand %u more: --limit N shows N of them\n", count - shown);
    print_test(request, groups);
    if ((request->by == MSCHED_BY_MONTH || request->by == MSCHED_BY_YEAR_MONTH) &&
        !request->filter.exclude_january_first)
        printf("\nFor many dates of 1 January, only the year is known; compare with "
               "--no-january-first.\n");
}

static int run_groups(const cli_request *request, const msched_catalog *catalog, int full)
{
    msched_groups_options options;
    msched_groups *groups = NULL;
    msched_text *json = NULL;
    struct ArrowArrayStream stream = {0};
    msched_error err;
    int status = CLI_DONE;

    cli_has_popularity(request, catalog);
    msched_groups_options_init(&options, sizeof options);
    options.by = request->by;
    options.count = request->count;
    options.order = request->order;
    options.min_n = request->min_n;
    options.limit = request->limit;
    options.filter = &request->filter;
    if (msched_groups_compute(&groups, catalog, &options, &err) != MSCHED_OK)
        return cli_report(NULL, &err);
    if (cli_is_records(request))
        status = cli_print_records(request, msched_groups_export(groups, &stream, &err), &stream,
                                   &err);
    else if (request->format == CLI_FORMAT_JSON)
        status = cli_print_text(msched_groups_to_json(groups, &json, &err), &json, &err);
    else
        print_table(request, groups, full);
    msched_groups_unref(groups);
    return status;
}

int cmd_stats(cli_request *request, const msched_catalog *catalog)
{
    return run_groups(request, catalog, 1);
}

int cmd_trend(cli_request *request, const msched_catalog *catalog)
{
    if (request->by == MSCHED_BY_NOTHING)
        request->by = MSCHED_BY_YEAR;
    request->order = MSCHED_ORDER_KEY;
    return run_groups(request, catalog, 0);
}
