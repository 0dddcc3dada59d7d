/*
 * cli/cli_standard_input.c: songs that come through standard input or a named pipe. They are kept
 * in a file, so that playlists, JSON and histories are read as from any other file.
 */
#include "cli_playlist.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_BYTES ((size_t)MSCHED_PLAYLIST_MAX_BYTES) /* a larger one is a table: needs no file */

/* The files, each in a folder of its own so that it keeps its name. A signal handler reads this. */
static char folder[200]; /* "": there is none */
static struct kept {
    char folder[210], path[300];
    const char *name; /* as messages call it */
} files[CLI_MAX_NAMES];
static volatile sig_atomic_t count;
static struct sigaction before[3];

static const int ends[] = {SIGINT, SIGTERM, SIGHUP};

/* Only calls that are safe in a signal handler. */
static void remove_all(void)
{
    for (int i = 0; i < count; i++) {
        unlink(files[i].path);
        rmdir(files[i].folder);
    }
    if (folder[0] != '\0')
        rmdir(folder);
}

static void end(int number)
{
    remove_all();
    signal(number, SIG_DFL);
    raise(number);
}

static void watch_signals(int on)
{
    struct sigaction action = {.sa_handler = end};

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (!on)
            sigaction(ends[i], &before[i], NULL);
        else if (sigaction(ends[i], NULL, &before[i]) == 0 && before[i].sa_handler != SIG_IGN)
            sigaction(ends[i], &action, NULL);
    }
}

const char *cli_input_name(const char *message, size_t *size)
{
    for (int i = 0; i < count; i++) {
        *size = strlen(files[i].path);
        if (strncmp(message, files[i].path, *size) == 0)
            return files[i].name;
    }
    return NULL;
}

static const char *parent(void)
{
    const char *place = getenv("TMPDIR");

    return place == NULL || place[0] == '\0' ? "/tmp" : place;
}

static int make_folder(void)
{
    int size = snprintf(folder, sizeof folder, "%s/musicsched-XXXXXX", parent());

    watch_signals(1); /* before there is a folder that a signal could leave */
    if (size > 0 && (size_t)size < sizeof folder && mkdtemp(folder) != NULL)
        return 1;
    watch_signals(0);
    folder[0] = '\0';
    return 0;
}

/* An empty file with the name of the input. NULL: nowhere. */
static FILE *create_file(const cli_input *input)
{
    struct kept file = {.name = input->name};
    const char *slash = strrchr(input->name, '/'), *name = slash == NULL ? input->name : slash + 1;
    int size;

    if (count == CLI_MAX_NAMES || (folder[0] == '\0' && !make_folder()))
        return NULL;
    snprintf(file.folder, sizeof file.folder, "%s/%d", folder, (int)count);
    size = snprintf(file.path, sizeof file.path, "%s/%s", file.folder, name);
    if (size < 0 || (size_t)size >= sizeof file.path)
        return NULL;
    files[count] = file;
    atomic_signal_fence(memory_order_release);
    count++;
    return mkdir(file.folder, 0700) == 0 ? fopen(file.path, "w+b") : NULL;
}

int cli_input_is_stream(const char *path)
{
    struct stat status;

    return strcmp(path, "-") == 0 || (stat(path, &status) == 0 && S_ISFIFO(status.st_mode));
}

/* 0 with errno: the bytes have no room. */
static int copy(cli_input *input, size_t most)
{
    char block[65536];
    size_t got = 1, total = 0;

    while (total < most && (got = fread(block, 1, sizeof block, input->from)) > 0) {
        if (fwrite(block, 1, got, input->file) != got)
            return 0;
        total += got;
    }
    input->is_whole = feof(input->from) != 0;
    return fflush(input->file) == 0;
}

static void tell_no_room(const cli_input *input)
{
    fprintf(stderr,
            "%s: cannot be kept in %s (%s): name a file instead, or set TMPDIR to a folder with "
            "room\n",
            input->name, parent(), strerror(errno));
}

int cli_input_open(cli_input *input, const char *path, int is_only)
{
    const int is_standard = strcmp(path, "-") == 0;

    *input = (cli_input){.name = is_standard ? CLI_STANDARD_INPUT : path};
    input->from = is_standard ? stdin : fopen(path, "rb");
    if (input->from == NULL) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return 0;
    }
    input->file = create_file(input);
    if (input->file == NULL && is_only)
        return 1; /* it is read as a table, from the start */
    if (input->file == NULL) {
        tell_no_room(input);
        return 0;
    }
    input->path = files[count - 1].path;
    if (!copy(input, is_only || is_standard ? MOST_BYTES : SIZE_MAX)) {
        tell_no_room(input);
        return 0;
    }
    rewind(input->file);
    return 1;
}

int64_t cli_input_read(void *ctx, void *buffer, size_t size)
{
    cli_input *input = ctx;
    size_t got = input->file == NULL ? 0 : fread(buffer, 1, size, input->file);

    if (got == 0)
        got = fread(buffer, 1, size, input->from);
    return got == 0 && ferror(input->from) ? -1 : (int64_t)got;
}

void cli_input_close(cli_input *inputs, uint32_t input_count)
{
    for (uint32_t i = 0; i < input_count; i++) {
        if (inputs[i].file != NULL)
            fclose(inputs[i].file);
        if (inputs[i].from != NULL && inputs[i].from != stdin)
            fclose(inputs[i].from);
    }
    remove_all();
    if (folder[0] != '\0')
        watch_signals(0);
    count = 0;
    folder[0] = '\0';
}
