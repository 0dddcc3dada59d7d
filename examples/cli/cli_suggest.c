/* cli/cli_suggest.c: what may have been meant by an option or a command that does not exist. */
#include "cli_suggest.h"

#include <string.h>
#include <unistd.h>

#define MAX_NAME 24 /* longer names are not compared */

/* Names that other programs have for an option of ours. */
static const struct {
    const char *theirs;
    const char *ours;
} synonyms[] = {
    {"tz", "timezone"},
    {"zone", "timezone"},
    {"time-zone", "timezone"},
    {"sort", "order"},
    {"order-by", "order"},
    {"group-by", "by"},
    {"group", "by"},
    {"head", "limit"},
    {"top", "limit"},
    {"max", "limit"},
    {"number", "limit"},
    {"file", "catalog"},
    {"input", "catalog"},
    {"csv", "catalog"},
    {"database", "catalog"},
    {"sep", "delimiter"},
    {"separator", "delimiter"},
    {"cal", "calendar"},
    {"playlists", "songs"},
    {"music", "songs"},
    {"out", "output"},
    {"ical", "ics"},
    {"icalendar", "ics"},
    {"reminder", "alarm"},
    {"timeout", "time-limit"},
    {"year", "years"},
    {"since", "from"},
    {"until", "to"},
    {"start", "from"},
    {"end", "to"},
    {"dry-run", "fix"},
    {"skip-errors", "skip-bad-rows"},
};

/*
 * Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbors.
 * MAX_NAME for names that are too long.
 */
static uint32_t distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    uint32_t row[3][MAX_NAME + 1];

    if (n > MAX_NAME || m > MAX_NAME)
        return MAX_NAME;
    for (size_t j = 0; j <= m; j++)
        row[0][j] = (uint32_t)j;
    for (size_t i = 1; i <= n; i++) {
        uint32_t *now = row[i % 3], *above = row[(i + 2) % 3], *before = row[(i + 1) % 3];

        now[0] = (uint32_t)i;
        for (size_t j = 1; j <= m; j++) {
            uint32_t least = above[j - 1] + (a[i - 1] != b[j - 1]);

            least = above[j] + 1 < least ? above[j] + 1 : least;
            least = now[j - 1] + 1 < least ? now[j - 1] + 1 : least;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < least)
                least = before[j - 2] + 1;
            now[j] = least;
        }
    }
    return row[n % 3][m];
}

/* One mistake in a short name, two in a longer one. */
static int is_near(const char *given, const char *name, uint32_t *nearest)
{
    uint32_t d = distance(given, name);

    if (d >= *nearest || d > (strlen(given) < 5 ? 1U : 2U))
        return 0;
    *nearest = d;
    return 1;
}

static const char *own_name(const char *given)
{
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++) {
        if (strcmp(synonyms[i].theirs, given) == 0)
            return synonyms[i].ours;
    }
    return given;
}

static int has_option(uint32_t takes, const char *name)
{
    cli_option option;

    for (uint32_t i = 0; cli_option_get(takes, i, &option); i++) {
        if (strcmp(option.name, name) == 0)
            return 1;
    }
    return 0;
}

/* Name the commands that have the option, if any has. */
static void print_owners(const char *name)
{
    const char *separator = ": it is an option of ";

    for (uint32_t i = 0; i < cli_command_count; i++) {
        if (!has_option(cli_commands[i].takes, name))
            continue;
        fprintf(stderr, "%s%s", separator, cli_commands[i].name);
        separator = ", ";
    }
}

static void print_hint(const cli_request *request, const char *given)
{
    const char *name = own_name(given), *found = NULL;
    uint32_t nearest = MAX_NAME;
    cli_option option;

    for (uint32_t i = 0; cli_option_get(request->command->takes, i, &option); i++) {
        if (is_near(name, option.name, &nearest))
            found = option.name;
    }
    if (found != NULL)
        fprintf(stderr, ": did you mean --%s?", found);
    else
        print_owners(name);
}

int cli_unknown_option(const cli_request *request, const char *given)
{
    char name[MAX_NAME + 1] = "";

    fprintf(stderr, "musicsched %s: unknown option \"%s\"", request->command->name, given);
    if (strncmp(given, "--", 2) == 0 && strcspn(given + 2, "=") <= MAX_NAME) {
        memcpy(name, given + 2, strcspn(given + 2, "="));
        print_hint(request, name);
    }
    fprintf(stderr, "\nTry: musicsched %s --help\n", request->command->name);
    return 0;
}

static int ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

void cli_unknown_command(const char *given)
{
    const char *found = NULL;
    uint32_t nearest = MAX_NAME;

    for (uint32_t i = 0; i < cli_command_count; i++) {
        if (is_near(given, cli_commands[i].name, &nearest))
            found = cli_commands[i].name;
    }
    if (found != NULL) {
        fprintf(stderr, "musicsched: unknown command \"%s\": did you mean %s?\n", given, found);
    } else if (access(given, R_OK) == 0) {
        found = ends_with(given, ".ics")                              ? "agenda"
                : ends_with(given, ".txt") || ends_with(given, ".md") ? "plan"
                                                                      : "info";
        fprintf(stderr, "musicsched: \"%s\" is a file: write a command before it, such as %s\n",
                given, found);
    } else {
        fprintf(stderr, "musicsched: unknown command \"%s\"\n", given);
    }
    fprintf(stderr, "Try: musicsched --help\n");
}
