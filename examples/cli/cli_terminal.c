/* cli/cli_terminal.c: what the terminal can show: colours, width, bars. */
#include "cli.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

/* As it was before the output was collected for a pager. */
static struct {
    int is_kept, is_colored, width;
} kept;

int cli_is_colored(void)
{
    if (kept.is_kept)
        return kept.is_colored;
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    return isatty(STDOUT_FILENO) && (no_color == NULL || *no_color == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

int cli_terminal_width(void)
{
    struct winsize size;

    if (kept.is_kept)
        return kept.width;
    if (!isatty(STDOUT_FILENO))
        return 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return 80;
    return size.ws_col;
}

void cli_keep_terminal(void)
{
    kept.is_colored = cli_is_colored();
    kept.width = cli_terminal_width();
    kept.is_kept = 1;
}

/* The next character of well-formed UTF-8; moves *text past it. */
static wchar_t next_character(const char **text)
{
    const unsigned char *at = (const unsigned char *)*text;
    int more = at[0] < 0x80 ? 0 : at[0] < 0xe0 ? 1 : at[0] < 0xf0 ? 2 : 3;
    uint32_t value = more == 0 ? at[0] : at[0] & (0x3fu >> more);

    for (int i = 1; i <= more && at[i] != '\0'; i++)
        value = value << 6 | (at[i] & 0x3fu);
    for (int i = 0; i <= more && **text != '\0'; i++)
        (*text)++;
    return (wchar_t)value;
}

static int character_width(wchar_t character)
{
    int width = wcwidth(character);

    return width < 0 ? 1 : width; /* unknown to this locale */
}

int cli_display_width(const char *text)
{
    int width = 0;

    while (*text != '\0')
        width += character_width(next_character(&text));
    return width;
}

size_t cli_fit(const char *text, int width)
{
    const char *at = text;

    while (*at != '\0') {
        const char *before = at;

        width -= character_width(next_character(&at));
        if (width < 0)
            return (size_t)(before - text);
    }
    return (size_t)(at - text);
}

void cli_bar(char *out, double share, int width)
{
    /* One eighth to seven eighths of a block, U+258F to U+2589; eight is U+2588. */
    static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int eighths = (int)((share < 0 ? 0 : share > 1 ? 1 : share) * width * 8 + 0.5);
    int utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;

    if (eighths == 0 && share > 0)
        eighths = 1; /* something is not nothing */
    *out = '\0';
    for (int i = 0; i < (utf8 ? eighths / 8 : (eighths + 7) / 8); i++)
        out = stpcpy(out, utf8 ? "█" : "#");
    if (utf8)
        stpcpy(out, parts[eighths % 8]);
}
