#include "cli_playlist.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REMARKS_SHOWN    12
#define MISSES_SHOWN     12
#define CANDIDATES_SHOWN 3

int cli_match_playlist(msched_playlist_match **match, msched_playlist **playlist,
                       const msched_catalog *catalog, const char *path)
{
    msched_playlist_options options;
    msched_error err;
    size_t size = 0;
    const char *hash = strrchr(path, '#');
    char *file = strdup(path), *data = NULL;
    int status = CLI_BAD_INPUT;

    msched_playlist_options_init(&options, sizeof options);
    if (file != NULL && hash != NULL && access(path, F_OK) != 0) {
        file[hash - path] = '\0';
        options.only = hash + 1;
    }
    if (file != NULL)
        data = cli_read(file, MSCHED_PLAYLIST_MAX_BYTES, &size);
    if (data != NULL) {
        status = CLI_DONE;
        if (msched_playlist_read(playlist, data, size, &options, &err) != MSCHED_OK ||
            msched_playlist_match_make(match, *playlist, (msched_catalog *)catalog, &err) !=
                MSCHED_OK)
            status = cli_report(strcmp(file, "-") == 0 ? "<stdin>" : file, &err);
    }
    free(data);
    free(file);
    return status;
}

void cli_tell_playlist(const msched_playlist *playlist, const char *path)
{
    uint32_t count = msched_playlist_remark_count(playlist);

    fflush(stdout);
    for (uint32_t i = 0; i < count && i < REMARKS_SHOWN; i++) {
        uint64_t line = 0;
        const char *text = msched_playlist_get_remark(playlist, i, &line);

        if (line > 0)
            fprintf(stderr, "%s:%llu: %s\n", path, (unsigned long long)line, text);
        else
            fprintf(stderr, "%s: %s\n", path, text);
    }
    if (count > REMARKS_SHOWN)
        fprintf(stderr, "%s: and %u more; musicsched match --json lists all\n", path,
                count - REMARKS_SHOWN);
}

/* "Title - Artist" of a track. */
static void print_track(FILE *out, const msched_catalog *catalog, uint32_t index)
{
    msched_track track = {.struct_size = sizeof track};

    if (msched_catalog_get_track(catalog, index, &track) == MSCHED_OK)
        fprintf(out, "%s - %s", track.name, track.artist);
}

static void tell_miss(const msched_catalog *catalog, const msched_playlist_song *song,
                      const msched_playlist_hit *hit, const char *path)
{
    if (song->line > 0)
        fprintf(stderr, "%s:%llu: ", path, (unsigned long long)song->line);
    else
        fprintf(stderr, "%s: ", path);
    fprintf(stderr, "not in the catalog: %s%s%s", *song->title != '\0' ? song->title : song->id,
            *song->artist != '\0' ? " - " : "", song->artist);
    for (uint32_t i = 0; i < hit->candidate_count && i < CANDIDATES_SHOWN; i++) {
        fprintf(stderr, i == 0 ? " (similar: " : "; ");
        print_track(stderr, catalog, hit->candidates[i]);
    }
    fprintf(stderr, hit->candidate_count > 0 ? ")\n" : "\n");
}

static void tell_misses(const msched_playlist_match *match, const msched_playlist *playlist,
                        const msched_catalog *catalog, const char *path)
{
    uint32_t count = msched_playlist_song_count(playlist), missed = 0;

    for (uint32_t i = 0; i < count; i++) {
        msched_playlist_hit hit = {.struct_size = sizeof hit};
        msched_playlist_song song = {.struct_size = sizeof song};

        if (msched_playlist_match_get(match, i, &hit) == MSCHED_OK &&
            msched_playlist_get_song(playlist, i, &song) == MSCHED_OK &&
            hit.found == MSCHED_FOUND_NONE && missed++ < MISSES_SHOWN)
            tell_miss(catalog, &song, &hit, path);
    }
    if (missed > MISSES_SHOWN)
        fprintf(stderr, "%s: and %u more; musicsched match lists all\n", path,
                missed - MISSES_SHOWN);
}

static int add_file(msched_plan **plan, const msched_catalog *catalog, const char *path)
{
    msched_playlist *playlist = NULL;
    msched_playlist_match *match = NULL;
    msched_plan *with = NULL;
    msched_error err;
    int status = cli_match_playlist(&match, &playlist, catalog, path);

    if (status == CLI_DONE &&
        msched_plan_add_playlist(&with, *plan, match, NULL, NULL, &err) != MSCHED_OK)
        status = cli_report(path, &err);
    if (status == CLI_DONE) {
        cli_tell_playlist(playlist, path);
        tell_misses(match, playlist, catalog, path);
        msched_plan_unref(*plan);
        *plan = with;
    }
    msched_playlist_match_unref(match);
    msched_playlist_unref(playlist);
    return status;
}

int cli_add_songs(msched_plan **plan, const cli_request *request, const msched_catalog *catalog)
{
    int status = CLI_DONE;

    if (request->songs.count > 0 && catalog == NULL) {
        fprintf(stderr, "musicsched plan: --songs needs a catalog of songs: add "
                        "--catalog FILE or set MUSICSCHED_CATALOG\n");
        return CLI_BAD_USAGE;
    }
    for (uint32_t i = 0; i < request->songs.count && status == CLI_DONE; i++)
        status = add_file(plan, catalog, request->songs.name[i]);
    return status;
}
