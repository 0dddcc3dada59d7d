/* cli/cmd_info.c: how much is in a catalog. */
#include "cli.h"

static void print_json(const cli_request *request, const msched_catalog *catalog,
                       const msched_catalog_info *info)
{
    cli_json json = {0, 1};
    msched_error reason;
    msched_text *report = NULL;

    cli_json_open(&json, NULL, '{');
    cli_json_text(&json, "catalog", request->catalog_path);
    cli_json_whole(&json, "rows", info->entries);
    cli_json_whole(&json, "tracks", info->tracks);
    cli_json_whole(&json, "recordings", info->recordings);
    cli_json_whole(&json, "artists", info->artists);
    cli_json_whole(&json, "albums", info->albums);
    cli_json_whole(&json, "playlists", info->playlists);
    cli_json_whole(&json, "genres", info->genres);
    cli_json_whole(&json, "subgenres", info->subgenres);
    cli_json_whole(&json, "rows_skipped", info->rows_skipped);
    cli_json_whole(&json, "memory_bytes", info->memory_bytes);
    cli_json_open(&json, "skipped", '[');
    for (uint32_t i = 0; msched_catalog_skipped_get(catalog, i, &reason) == MSCHED_OK; i++) {
        cli_json_open(&json, NULL, '{');
        cli_json_text(&json, "code", msched_result_name(reason.code));
        cli_json_whole(&json, "line", reason.line);
        cli_json_whole(&json, "column", reason.column);
        cli_json_text(&json, "message", reason.message);
        cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    if (msched_catalog_report_to_json(catalog, &report, NULL) == MSCHED_OK)
        cli_json_raw(&json, "report", msched_text_data(report));
    msched_text_unref(report);
    cli_json_close(&json, '}');
}

static void add_line(cli_table *table, const char *what, uint64_t value, const char *meaning)
{
    cli_table_text(table, what);
    cli_table_whole(table, value);
    cli_table_text(table, meaning);
}

static int print_table(const cli_request *request, const msched_catalog_info *info)
{
    cli_table *table = cli_table_create();

    printf("%s\n\n", request->catalog_path);
    cli_table_column(table, "What", CLI_LEFT);
    cli_table_column(table, "How many", CLI_RIGHT);
    cli_table_column(table, "", CLI_LEFT);
    add_line(table, "rows", info->entries, "a track in a playlist");
    add_line(table, "tracks", info->tracks, "distinct track ids");
    add_line(table, "recordings", info->recordings, "distinct titles of an artist");
    add_line(table, "artists", info->artists, "");
    add_line(table, "albums", info->albums, "");
    add_line(table, "playlists", info->playlists, "");
    add_line(table, "genres", info->genres, "");
    add_line(table, "subgenres", info->subgenres, "");
    add_line(table, "rows left out", info->rows_skipped, info->rows_skipped > 0 ? "see below" : "");
    add_line(table, "memory", info->memory_bytes / 1024, "KiB");
    return cli_table_print(table);
}

static void print_report(const cli_request *request, const msched_catalog *catalog)
{
    msched_text *report = NULL;

    if (msched_catalog_report_to_text(catalog, &report, NULL) == MSCHED_OK &&
        msched_text_data(report)[0] != '\0')
        printf("\nHow it was read\n\n%s", msched_text_data(report));
    else if (msched_history_is_file(request->catalog_path))
        printf("\nHow it was read\n\n%s: a listening history; the popularity of a song is how "
               "often it was played: 100 * ln(1 + plays) / ln(1 + most plays)\n",
               request->catalog_path);
    msched_text_unref(report);
}

int cmd_info(cli_request *request, const msched_catalog *catalog)
{
    msched_catalog_info info = {.struct_size = sizeof info};

    msched_catalog_get_info(catalog, &info);
    if (request->format == CLI_FORMAT_JSON)
        print_json(request, catalog, &info);
    else if (print_table(request, &info) == CLI_DONE)
        print_report(request, catalog);
    return CLI_DONE;
}
