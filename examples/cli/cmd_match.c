/* cli/cmd_match.c: which songs of the catalog a playlist means. */
#include "cli_playlist.h"

#include <string.h>

#define COLUMN_WIDTH 60

/* "Title - Artist", cut to a width. */
static void write_name(char out[4 * COLUMN_WIDTH + 8], const char *title, const char *artist)
{
    char whole[1000];

    snprintf(whole, sizeof whole, "%s%s%s", title, *title != '\0' && *artist != '\0' ? " - " : "",
             artist);
    size_t bytes = cli_fit(whole, COLUMN_WIDTH);

    snprintf(out, 4 * COLUMN_WIDTH + 8, "%.*s%s", (int)bytes, whole,
             whole[bytes] != '\0' ? "…" : "");
}

static void add_row(cli_table *table, const msched_playlist_match *match,
                    const msched_playlist *playlist, const msched_catalog *catalog, uint32_t index)
{
    msched_playlist_hit hit = {.struct_size = sizeof hit};
    msched_playlist_song song = {.struct_size = sizeof song};
    msched_track track = {.struct_size = sizeof track};
    char name[4 * COLUMN_WIDTH + 8], line[24] = "";
    uint32_t shown;

    if (msched_playlist_match_get(match, index, &hit) != MSCHED_OK ||
        msched_playlist_get_song(playlist, index, &song) != MSCHED_OK)
        return;
    if (song.line > 0)
        snprintf(line, sizeof line, "%llu", (unsigned long long)song.line);
    cli_table_text(table, line);
    write_name(name, *song.title != '\0' ? song.title : song.id, song.artist);
    cli_table_text(table, name);
    cli_table_text(table, hit.found == MSCHED_FOUND_NONE ? "missing"
                                                         : msched_playlist_found_name(hit.found));
    shown = hit.found != MSCHED_FOUND_NONE ? hit.track
            : hit.candidate_count > 0      ? hit.candidates[0]
                                           : UINT32_MAX;
    if (msched_catalog_get_track(catalog, shown, &track) == MSCHED_OK)
        write_name(name, track.name, track.artist);
    else
        name[0] = '\0';
    if (hit.found == MSCHED_FOUND_NONE && name[0] != '\0') {
        char asked[sizeof name + 4];

        snprintf(asked, sizeof asked, "%s ?", name);
        cli_table_text(table, asked);
    } else {
        cli_table_text(table, name);
    }
}

static int print_match(const msched_playlist_match *match, const msched_playlist *playlist,
                       const msched_catalog *catalog)
{
    uint32_t count = msched_playlist_song_count(playlist);
    cli_table *table = cli_table_create();

    cli_table_column(table, "line", CLI_RIGHT);
    cli_table_column(table, "in the file", CLI_LEFT);
    cli_table_column(table, "found", CLI_LEFT);
    cli_table_column(table, "in the catalog", CLI_LEFT);
    for (uint32_t i = 0; i < count; i++)
        add_row(table, match, playlist, catalog, i);
    int status = cli_table_print(table);

    printf("\n%u of %u songs found (%s)\n", msched_playlist_match_found_count(match), count,
           msched_playlist_form_name(msched_playlist_form(playlist)));
    return status;
}

int cmd_match(cli_request *request, const msched_catalog *catalog)
{
    const char *path = request->arguments[0];
    msched_playlist *playlist = NULL;
    msched_playlist_match *match = NULL;
    msched_text *json = NULL;
    msched_error err;
    int status = cli_match_playlist(&match, &playlist, catalog, path);

    if (status == CLI_DONE && request->format == CLI_FORMAT_JSON) {
        status = cli_print_text(msched_playlist_match_to_json(match, &json, &err), &json, &err);
    } else if (status == CLI_DONE) {
        status = print_match(match, playlist, catalog);
        cli_tell_playlist(playlist, path);
    }
    msched_playlist_match_unref(match);
    msched_playlist_unref(playlist);
    return status;
}
