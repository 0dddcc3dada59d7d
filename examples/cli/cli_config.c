/*
 * cli/cli_config.c: the part of TOML (https://toml.io/en/v1.0.0) that five settings need: keys with
 * a string or an array of strings. Anything else is an error with its line.
 */
#include "cli_config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_BYTES 65536
#define MAX_PATH  4096

typedef struct reader {
    const char *path, *at;
    unsigned line;
    char *texts; /* room for all values: none is longer than the file and the folder of a path */
    size_t used, room;
    cli_config *config;
} reader;

static int fail(const reader *r, const char *what)
{
    fprintf(stderr, "%s:%u: %s\n", r->path, r->line, what);
    return 0;
}

const char *cli_config_path(void)
{
    static char path[MAX_PATH];
    const char *own = getenv("MUSICSCHED_CONFIG"), *folder = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    int size;

    if (own != NULL)
        return *own != '\0' ? own : NULL;
    if (folder != NULL && *folder == '/')
        size = snprintf(path, sizeof path, "%s/musicsched/config.toml", folder);
    else if (home != NULL && *home != '\0')
        size = snprintf(path, sizeof path, "%s/.config/musicsched/config.toml", home);
    else
        return NULL;
    return size > 0 && (size_t)size < sizeof path ? path : NULL;
}

static void skip_blanks(reader *r, int lines)
{
    for (;; r->at++) {
        if (*r->at == '#')
            r->at += strcspn(r->at, "\n");
        if (*r->at == '\n' && lines)
            r->line++;
        else if (*r->at != ' ' && *r->at != '\t' && *r->at != '\r')
            return;
    }
}

static int put(reader *r, char c)
{
    if (r->used == r->room)
        return fail(r, "the values are too long");
    r->texts[r->used++] = c;
    return 1;
}

static int put_text(reader *r, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (!put(r, text[i]))
            return 0;
    }
    return 1;
}

/* A path is meant from the folder of the file, and from home after "~/". */
static int put_folder(reader *r)
{
    const char *home = getenv("HOME"), *slash = strrchr(r->path, '/');

    if (r->at[0] == '~' && r->at[1] == '/' && home != NULL) {
        r->at++;
        return put_text(r, home, strlen(home));
    }
    if (*r->at == '/' || slash == NULL)
        return 1;
    return put_text(r, r->path, (size_t)(slash - r->path) + 1);
}

/* A string in "..." with escapes or in '...' without; NULL after telling what is wrong. */
static const char *read_string(reader *r, int is_path)
{
    static const char escapes[] = "\"\\tn", meant[] = "\"\\\t\n";
    char quote = *r->at, *text = r->texts + r->used;

    if (quote != '"' && quote != '\'') {
        fail(r, "expected a value in quotes, such as \"songs.csv\"");
        return NULL;
    }
    r->at++;
    if (is_path && !put_folder(r))
        return NULL;
    for (; *r->at != quote; r->at++) {
        char c = *r->at;

        if (c == '\0' || c == '\n') {
            fail(r, "the closing quote is missing");
            return NULL;
        }
        if (c == '\\' && quote == '"') {
            const char *found = r->at[1] != '\0' ? strchr(escapes, *++r->at) : NULL;

            if (found == NULL) {
                fail(r, "unknown escape in \"...\"; use '...' for text with a backslash");
                return NULL;
            }
            c = meant[found - escapes];
        }
        if (!put(r, c))
            return NULL;
    }
    r->at++;
    return put(r, '\0') ? text : NULL;
}

static int add(reader *r, cli_names *names, int is_path)
{
    const char *text = read_string(r, is_path);

    if (text == NULL)
        return 0;
    if (names->count == CLI_MAX_NAMES)
        return fail(r, "at most 64 values are allowed");
    names->name[names->count++] = text;
    return 1;
}

static int read_names(reader *r, cli_names *names, int is_path)
{
    if (*r->at != '[')
        return add(r, names, is_path);
    r->at++;
    for (;;) {
        skip_blanks(r, 1);
        if (*r->at == ']') {
            r->at++;
            return 1;
        }
        if (!add(r, names, is_path))
            return 0;
        skip_blanks(r, 1);
        if (*r->at == ',')
            r->at++;
        else if (*r->at != ']')
            return fail(r, "expected a comma or ]");
    }
}

static int read_setting(reader *r)
{
    const struct {
        const char *key;
        cli_names *names;
        const char **text;
        int is_path;
    } settings[] = {
        {"catalog", &r->config->catalogs, NULL, 1},
        {"calendar", &r->config->calendars, NULL, 1},
        {"music_calendar", &r->config->music_calendars, NULL, 1},
        {"timezone", NULL, &r->config->timezone, 0},
        {"plan", NULL, &r->config->plan, 1},
    };
    size_t size = strspn(r->at, "abcdefghijklmnopqrstuvwxyz_");

    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        if (strlen(settings[i].key) != size || memcmp(settings[i].key, r->at, size) != 0)
            continue;
        if (settings[i].names != NULL ? settings[i].names->count > 0 : *settings[i].text != NULL)
            return fail(r, "duplicate setting");
        r->at += size;
        skip_blanks(r, 0);
        if (*r->at++ != '=')
            return fail(r, "expected = after the name of the setting");
        skip_blanks(r, 0);
        if (settings[i].names != NULL)
            return read_names(r, settings[i].names, settings[i].is_path);
        *settings[i].text = read_string(r, settings[i].is_path);
        return *settings[i].text != NULL;
    }
    return fail(r, "unknown setting; the settings are catalog, calendar, music_calendar, timezone "
                   "and plan");
}

static int read_settings(reader *r)
{
    for (;;) {
        skip_blanks(r, 1);
        if (*r->at == '\0')
            return 1;
        if (!read_setting(r))
            return 0;
        skip_blanks(r, 0);
        if (*r->at != '\n' && *r->at != '\0')
            return fail(r, "unexpected text after the value; only a comment may follow");
    }
}

const cli_config *cli_config_read(void)
{
    static cli_config config;
    static char *texts;
    static int done = 1;
    const char *path = cli_config_path();
    size_t size;
    char *data;

    if (texts != NULL || path == NULL || access(path, F_OK) != 0)
        return done ? &config : NULL;
    data = cli_read(path, MAX_BYTES, &size);
    if (data == NULL)
        return NULL;
    texts = malloc(size + CLI_MAX_NAMES * 3 * MAX_PATH);
    reader r = {path, data, 1, texts, 0, size + CLI_MAX_NAMES * 3 * MAX_PATH, &config};
    done = texts != NULL ? read_settings(&r) : fail(&r, "out of memory");
    free(data);
    return done ? &config : NULL;
}
