/*
 * cli/cli_catalog_history.c: listening histories among the files of --catalog, whose plays are the
 * popularity of the catalog.
 */
#include "cli_playlist.h"

#include <stdlib.h>
#include <string.h>

#define HEAD_BYTES 4096

/* 1 if the bytes that a file begins with are those of a listening history. */
static int is_history(const char *head)
{
    static const char *const in_json[] = {"\"msPlayed\"", "\"ms_played\"", "\"endTime\""};
    size_t line;

    if (strncmp(head, "\xEF\xBB\xBF", 3) == 0)
        head += 3;
    head += strspn(head, " \t\r\n");
    line = strcspn(head, "\r\n");
    for (size_t i = 0; *head == '[' && i < sizeof in_json / sizeof *in_json; i++)
        if (strstr(head, in_json[i]) != NULL)
            return 1;
    if (strncmp(head, "uts,", 4) == 0 || strncmp(head, "\"uts\",", 6) == 0)
        return 1;
    for (const char *at = head; (at = strstr(at, "ms_played")) != NULL && at < head + line; at++)
        if (*head != '{' && *head != '[')
            return 1;
    return 0;
}

int cli_is_history(const char *path)
{
    char head[HEAD_BYTES + 1];
    FILE *file = strcmp(path, "-") == 0 ? NULL : fopen(path, "rb");
    size_t size = file == NULL ? 0 : fread(head, 1, HEAD_BYTES, file);

    if (file != NULL)
        fclose(file);
    head[size] = '\0';
    return is_history(head);
}

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
