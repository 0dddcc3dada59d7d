/*
 * cli/cli_standard_input.c: songs that come through standard input. They are kept in a file, so
 * that playlists, JSON and histories are read as from any other file.
 */
#include "cli_playlist.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_BYTES MSCHED_PLAYLIST_MAX_BYTES /* what is larger is a table, which needs no file */

static char folder[200]; /* with the slash at its end; "": there is none */

const char *cli_input_folder(void)
{
    return folder;
}

/* An empty file in a folder of its own, named as messages call it. NULL: nowhere. */
static FILE *create_file(char path[256])
{
    const char *place = getenv("TMPDIR");
    FILE *file = NULL;
    int size = snprintf(folder, sizeof folder, "%s/musicsched-XXXXXX",
                        place == NULL || place[0] == '\0' ? "/tmp" : place);

    if (size < 0 || (size_t)size + 2 > sizeof folder || mkdtemp(folder) == NULL) {
        folder[0] = '\0';
        return NULL;
    }
    strcat(folder, "/");
    snprintf(path, 256, "%s%s", folder, CLI_STANDARD_INPUT);
    file = fopen(path, "w+b");
    if (file == NULL)
        cli_input_close(NULL);
    return file;
}

int cli_input_open(cli_input *input)
{
    char block[65536];
    size_t got = 1, total = 0;

    input->file = create_file(input->path);
    while (input->file != NULL && total < MOST_BYTES &&
           (got = fread(block, 1, sizeof block, stdin)) > 0) {
        if (fwrite(block, 1, got, input->file) != got)
            break;
        total += got;
    }
    if (input->file == NULL)
        return 1;
    if (fflush(input->file) != 0 || ferror(input->file)) {
        fprintf(stderr, "%s: cannot be kept in %s: name a file instead\n", CLI_STANDARD_INPUT,
                folder);
        return 0;
    }
    input->is_whole = feof(stdin) != 0;
    rewind(input->file);
    return 1;
}

int64_t cli_input_read(void *ctx, void *buffer, size_t size)
{
    cli_input *input = ctx;
    size_t got = input->file == NULL ? 0 : fread(buffer, 1, size, input->file);

    if (got == 0)
        got = fread(buffer, 1, size, stdin);
    return got == 0 && ferror(stdin) ? -1 : (int64_t)got;
}

void cli_input_close(cli_input *input)
{
    if (input != NULL && input->file != NULL) {
        fclose(input->file);
        remove(input->path);
        input->file = NULL;
    }
    if (folder[0] != '\0')
        rmdir(folder);
    folder[0] = '\0';
}
