/*
 * cli/cli_pager.c: output that is longer than the screen, through the pager of the user.
 *
 * The output is collected in a file, so that short output needs no pager, and so that it is not
 * lost if the pager cannot be run.
 */
#include "cli.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static FILE *collected;
static int terminal = -1; /* the standard output, while output is collected */

/* The command of the pager; NULL if the user wants none. */
static const char *pager_command(void)
{
    const char *command = getenv("MUSICSCHED_PAGER");
    const char *type = getenv("TERM");

    if (type == NULL || *type == '\0' || strcmp(type, "dumb") == 0)
        return NULL;
    if (command == NULL)
        command = getenv("PAGER");
    if (command == NULL)
        command = "less";
    return *command == '\0' || strcmp(command, "cat") == 0 ? NULL : command;
}

void cli_pager_begin(void)
{
    if (pager_command() == NULL || !isatty(STDOUT_FILENO) || fflush(stdout) != 0)
        return;
    cli_keep_terminal();
    collected = tmpfile();
    terminal = collected != NULL ? dup(STDOUT_FILENO) : -1;
    if (terminal >= 0 && dup2(fileno(collected), STDOUT_FILENO) >= 0)
        return;
    if (terminal >= 0)
        close(terminal);
    if (collected != NULL)
        fclose(collected);
    terminal = -1;
}

static int is_longer_than_screen(void)
{
    struct winsize size;
    int rows = 0, next;

    if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_row == 0)
        return 0;
    rewind(collected);
    while (rows < size.ws_row && (next = getc(collected)) != EOF)
        rows += next == '\n';
    return rows >= size.ws_row;
}

/* Whether the pager has shown the output. */
static int show_in_pager(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        lseek(fileno(collected), 0, SEEK_SET);
        dup2(fileno(collected), STDIN_FILENO);
        setenv("LESS", "FRX", 0); /* quit if it fits, show colors, leave the screen as it is */
        execl("/bin/sh", "sh", "-c", pager_command(), (char *)NULL);
        _exit(127);
    }
    sigaction(SIGINT, &ignore, &before); /* Ctrl-C is for the pager */
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    sigaction(SIGINT, &before, NULL);
    return child > 0 && !(WIFEXITED(status) && WEXITSTATUS(status) >= 126);
}

void cli_pager_end(void)
{
    char part[8192];
    size_t size;

    if (terminal < 0 || fflush(stdout) != 0)
        return;
    dup2(terminal, STDOUT_FILENO);
    if (!is_longer_than_screen() || !show_in_pager()) {
        rewind(collected);
        while ((size = fread(part, 1, sizeof part, collected)) > 0)
            fwrite(part, 1, size, stdout);
    }
    close(terminal);
    fclose(collected);
    terminal = -1;
}
