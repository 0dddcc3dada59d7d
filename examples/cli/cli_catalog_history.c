/*
 * cli/cli_catalog_history.c: listening histories among the files of --catalog, whose plays are the
 * popularity of the catalog.
 */
#include "cli_playlist.h"

msched_catalog *cli_catalog_of_history(const cli_names *histories, msched_catalog *songs)
{
    msched_history *history = NULL;
    msched_catalog *catalog = NULL;
    msched_error err;

    if (cli_load_history(&history, histories->name, histories->count) != CLI_DONE)
        return NULL;
    if (msched_history_to_catalog(&catalog, history, songs, &err) != MSCHED_OK)
        cli_report(NULL, &err);
    else
        cli_tell_history(history);
    msched_history_unref(history);
    return catalog;
}
