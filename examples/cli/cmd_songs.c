/* cli/cmd_songs.c: lists of songs: the most popular, what a text finds, what completes it. */
#include "cli.h"

#include <ctype.h>
#include <math.h>

static const char *const match_names[] = {"exact", "words", "prefix", "typo"};

static void format_date(const msched_track *track, char out[16])
{
    out[0] = '\0';
    if (track->date_precision >= MSCHED_DATE_YEAR)
        snprintf(out, 16, "%04d", (int)track->release_year % 10000);
    if (track->date_precision >= MSCHED_DATE_MONTH)
        snprintf(out + 4, 12, "-%02u", (unsigned)track->release_month % 100);
    if (track->date_precision >= MSCHED_DATE_DAY)
        snprintf(out + 7, 9, "-%02u", (unsigned)track->release_day % 100);
}

static cli_table *begin_songs(int with_match)
{
    cli_table *table = cli_table_create();

    cli_table_column(table, "#", CLI_RIGHT);
    cli_table_column(table, "Pop.", CLI_RIGHT);
    cli_table_column(table, "Title", CLI_LEFT);
    cli_table_column(table, "Artist", CLI_LEFT);
    cli_table_column(table, "Released", CLI_LEFT);
    cli_table_column(table, "Length", CLI_RIGHT);
    if (with_match)
        cli_table_column(table, "Match", CLI_LEFT);
    cli_table_column(table, "Track id", CLI_RIGHT); /* of one width, and of no use when cut */
    return table;
}

static void add_song(cli_table *table, uint32_t rank, const msched_track *track,
                     const msched_hit *hit)
{
    char text[32];
    unsigned seconds = (unsigned)lround(track->duration_ms / 1000.0);
    const char *unknown = "?";

    cli_table_whole(table, rank);
    if (track->popularity >= 0)
        cli_table_whole(table, (uint64_t)track->popularity);
    else
        cli_table_text(table, unknown);
    cli_table_text(table, track->name);
    cli_table_text(table, track->artist);
    format_date(track, text);
    cli_table_text(table, text);
    snprintf(text, sizeof text, "%u:%02u", seconds / 60, seconds % 60);
    cli_table_text(table, track->duration_ms > 0 ? text : unknown);
    if (hit != NULL)
        cli_table_text(table, match_names[hit->match & 3]);
    cli_table_text(table, track->id);
}

static void print_top_table(const cli_request *request, const msched_catalog *catalog,
                            const msched_top *top, int has_popularity)
{
    cli_table *table = begin_songs(0);
    const char *name = cli_count_name(request->count);

    if (has_popularity)
        printf("The most popular %s\n\n", name);
    else
        printf("%c%s\n\n", toupper((unsigned char)name[0]), name + 1);
    for (uint32_t i = 0; i < msched_top_count(top); i++) {
        msched_track track = {.struct_size = sizeof track};
        uint32_t index;

        if (msched_top_get(top, i, &index, NULL) == MSCHED_OK &&
            msched_catalog_get_track(catalog, index, &track) == MSCHED_OK)
            add_song(table, i + 1, &track, NULL);
    }
    cli_table_print(table);
}

int cmd_top(cli_request *request, const msched_catalog *catalog)
{
    msched_top_options options;
    msched_top *top = NULL;
    msched_text *json = NULL;
    struct ArrowArrayStream stream = {0};
    msched_error err;
    int status = CLI_DONE, has_popularity = cli_has_popularity(request, catalog);

    msched_top_options_init(&options, sizeof options);
    options.count = request->count;
    options.limit = request->limit;
    options.filter = &request->filter;
    if (msched_top_compute(&top, catalog, &options, &err) != MSCHED_OK)
        return cli_report(NULL, &err);
    if (cli_is_records(request))
        status = cli_print_records(request, msched_top_export(top, catalog, &stream, &err), &stream,
                                   &err);
    else if (request->format == CLI_FORMAT_JSON)
        status = cli_print_text(msched_top_to_json(top, catalog, &json, &err), &json, &err);
    else
        print_top_table(request, catalog, top, has_popularity);
    msched_top_unref(top);
    return status;
}

static void print_hits_table(const char *text, const msched_catalog *catalog,
                             const msched_hits *hits)
{
    cli_table *table;

    if (msched_hits_count(hits) == 0) {
        printf("No song in the catalog resembles \"%s\".\n", text);
        return;
    }
    table = begin_songs(1);
    for (uint32_t i = 0; i < msched_hits_count(hits); i++) {
        msched_hit hit = {.struct_size = sizeof hit};
        msched_track track = {.struct_size = sizeof track};

        if (msched_hits_get(hits, i, &hit) == MSCHED_OK &&
            msched_catalog_get_track(catalog, hit.track, &track) == MSCHED_OK)
            add_song(table, i + 1, &track, &hit);
    }
    cli_table_print(table);
}

typedef msched_result (*search)(msched_hits **out, const msched_catalog *catalog, const char *text,
                                const msched_find_options *options, msched_error *err);

/* Words that are given apart belong together: find dance monkey. */
static int join_arguments(const cli_request *request, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (int i = 0; i < request->argument_count; i++) {
        int wrote = snprintf(out + used, size - used, "%s%s", i > 0 ? " " : "",
                             request->arguments[i]);

        if (wrote < 0 || (size_t)wrote >= size - used) {
            fprintf(stderr, "musicsched %s: the text is too long\n", request->command->name);
            return 0;
        }
        used += (size_t)wrote;
    }
    return 1;
}

static int run_search(const cli_request *request, const msched_catalog *catalog, search find)
{
    char text[2048];
    msched_find_options options;
    msched_hits *hits = NULL;
    msched_text *json = NULL;
    struct ArrowArrayStream stream = {0};
    msched_error err;
    int status = CLI_DONE;

    if (!join_arguments(request, text, sizeof text))
        return CLI_BAD_INPUT;
    msched_find_options_init(&options, sizeof options);
    options.limit = request->limit;
    if (find(&hits, catalog, text, &options, &err) != MSCHED_OK)
        return cli_report(NULL, &err);
    if (cli_is_records(request))
        status = cli_print_records(request, msched_hits_export(hits, catalog, &stream, &err),
                                   &stream, &err);
    else if (request->format == CLI_FORMAT_JSON)
        status = cli_print_text(msched_hits_to_json(hits, catalog, &json, &err), &json, &err);
    else
        print_hits_table(text, catalog, hits);
    msched_hits_unref(hits);
    return status;
}

int cmd_find(cli_request *request, const msched_catalog *catalog)
{
    return run_search(request, catalog, msched_find);
}

int cmd_suggest(cli_request *request, const msched_catalog *catalog)
{
    return run_search(request, catalog, msched_suggest);
}
