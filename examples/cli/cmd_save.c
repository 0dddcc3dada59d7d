/* cli/cmd_save.c: a catalog as one file that opens at once. */
#include "cli.h"

#include <string.h>

/* SONGS... OUT: the songs are named as by --catalog. */
static int take_songs(cli_request *request, int count)
{
    if (count == 0)
        return request->catalog_path != NULL;
    request->catalogs.count = 0;
    for (int i = 0; i < count; i++)
        request->catalogs.name[request->catalogs.count++] = request->arguments[i];
    request->catalog_path = request->catalogs.name[0];
    return 1;
}

int cmd_save(cli_request *request, const msched_catalog *unused)
{
    const int songs = request->argument_count - 1;
    const char *path = request->arguments[songs];
    msched_catalog *catalog;
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_error err;
    int status = CLI_DONE;

    (void)unused;
    if (!take_songs(request, songs)) {
        fprintf(stderr, "musicsched save: no songs: write SONGS before %s, or --catalog FILE\n",
                path);
        return CLI_BAD_USAGE;
    }
    catalog = cli_load_catalog(request);
    if (catalog == NULL)
        return CLI_BAD_INPUT;
    if (msched_catalog_save(catalog, path, &err) != MSCHED_OK) {
        status = cli_report(path, &err);
    } else {
        msched_catalog_get_info(catalog, &info);
        printf("%s: %u rows, %u tracks\n", path, info.entries, info.tracks);
    }
    msched_catalog_unref(catalog);
    return status;
}
