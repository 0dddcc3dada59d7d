/* cli/cli_catalog.c: the catalog of a command, with a progress bar where it takes long. */
#include "cli_playlist.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 400 /* no bar for what is done sooner */
#define BAR_WIDTH   30

typedef struct progress {
    struct timespec start;
    int shown;
    int percent;
} progress;

static int64_t elapsed_ms(const struct timespec *start)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)(now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}

static void show_progress(void *ctx, uint64_t done, uint64_t total)
{
    progress *state = ctx;
    char bar[4 * BAR_WIDTH + 1];
    int percent = total > 0 ? (int)(done * 100 / total) : 0;

    if ((state->shown && percent == state->percent) || elapsed_ms(&state->start) < PATIENCE_MS)
        return;
    state->shown = 1;
    state->percent = percent;
    cli_bar(bar, percent / 100.0, BAR_WIDTH);
    if (total > 0)
        fprintf(stderr, "\rLoading songs %3d %% %s", percent, bar);
    else
        fprintf(stderr, "\rLoading songs %llu MB", (unsigned long long)(done / 1000000));
    fflush(stderr);
}

static void hide_progress(const progress *state)
{
    if (state->shown)
        fprintf(stderr, "\r\033[K");
}

/* The one sentence of a report that was assumed. */
static void tell_the_assumption(const char *source, const msched_catalog *catalog)
{
    static const char mark[] = "  assumed: ";
    msched_text *report = NULL;
    const char *at;

    if (msched_catalog_report_to_text(catalog, &report, NULL) != MSCHED_OK)
        return;
    at = strstr(msched_text_data(report), mark);
    if (at != NULL) {
        at += sizeof mark - 1;
        fprintf(stderr, "%s: %.*s\n", source, (int)strcspn(at, "\n"), at);
    }
    msched_text_unref(report);
}

/* As the person named it: some inputs are kept in files. */
static const char *given_name(const char *path)
{
    size_t size;
    const char *kept = cli_input_name(path, &size);

    return kept != NULL ? kept : path;
}

/* The first cell that could not be read, as the report tells it: its column and its text. */
typedef struct unread_cell {
    char file[100], column[40], text[100];
    unsigned long long line;
    int needs_scale; /* the report says which numbers are popularities */
} unread_cell;

/* The file of a line of a report: columns are indented under it. */
static void find_file(char out[100], const char *report, const char *line)
{
    const char *end;

    while (line > report && (line[0] == ' ' || line[-1] != '\n'))
        line--;
    end = strstr(line, ": ");
    snprintf(out, 100, "%.*s", end == NULL ? 0 : (int)(end - line), line);
}

static int find_unread(const msched_catalog *catalog, unread_cell *first)
{
    static const char mark[] = " of them unreadable, first ", scale[] = "; popularity is 0 to 100";
    msched_text *report = NULL;
    const char *line, *at;

    first->line = 0;
    if (msched_catalog_report_to_text(catalog, &report, NULL) != MSCHED_OK)
        return 0;
    for (line = msched_text_data(report); (at = strstr(line, mark)) != NULL; line = at) {
        unread_cell next;
        const char *begin = at, *end;

        at += sizeof mark - 1;
        end = strstr(at, " in line ");
        while (begin > line && begin[-1] != '\n')
            begin--;
        if (end == NULL || sscanf(begin, " %39s", next.column) != 1 ||
            sscanf(end, " in line %llu", &next.line) != 1)
            continue;
        snprintf(next.text, sizeof next.text, "%.*s", (int)(end - at), at);
        next.needs_scale = strncmp(end + strcspn(end, ";\n"), scale, sizeof scale - 1) == 0;
        find_file(next.file, msched_text_data(report), begin);
        if (first->line == 0 || (next.line < first->line && strcmp(next.file, first->file) == 0))
            *first = next;
    }
    msched_text_unref(report);
    return first->line > 0;
}

static void tell_unread(const msched_catalog_info *info, const msched_catalog *catalog,
                        const char *before, int of_several)
{
    unread_cell first;

    fprintf(stderr, "%s%llu cell%s could not be read", before,
            (unsigned long long)info->unreadable_cells, info->unreadable_cells == 1 ? "" : "s");
    if (!find_unread(catalog, &first))
        return;
    fprintf(stderr, " (%s%s %s in line %llu",
            info->unreadable_cells == 1 ? "" : "the first: ", first.column, first.text, first.line);
    if (of_several)
        fprintf(stderr, " of %s", given_name(first.file));
    fputs(first.needs_scale ? "; popularity is 0 to 100)" : ")", stderr);
}

/* How many rows became no song, and where the first is. */
static void tell_left_out(const msched_catalog_info *info, const msched_catalog *catalog)
{
    msched_error first;

    fprintf(stderr, " %llu of %llu rows %s left out", (unsigned long long)info->rows_skipped,
            (unsigned long long)(info->rows_skipped + info->entries),
            info->rows_skipped == 1 ? "was" : "were");
    if (msched_catalog_skipped_get(catalog, 0, &first) == MSCHED_OK)
        fprintf(stderr, info->rows_skipped == 1 ? " (line %llu)" : " (the first in line %llu)",
                (unsigned long long)first.line);
}

static void tell_option(const char *option, const char *value)
{
    fprintf(stderr, strchr(value, ' ') == NULL ? " %s %s" : " %s \"%s\"", option, value);
}

/* One line where anything was not plain to read; nothing for the data set itself. */
static void tell_assumed(const cli_request *request, const cli_names *paths, const char *source,
                         const msched_catalog *catalog)
{
    msched_catalog_info info = {.struct_size = sizeof info};
    const char *before = " ";

    if (msched_catalog_get_info(catalog, &info) != MSCHED_OK ||
        info.rows_skipped + info.unreadable_cells + info.conflicts + info.assumptions == 0)
        return;
    if (info.rows_skipped + info.unreadable_cells == 0 && info.assumptions == 1) {
        tell_the_assumption(source, catalog);
        return;
    }
    if (paths->count > 1)
        fprintf(stderr, "%u song files:", (unsigned)paths->count);
    else
        fprintf(stderr, "%s:", source);
    if (info.rows_skipped > 0) {
        tell_left_out(&info, catalog);
        before = ", ";
    }
    if (info.unreadable_cells > 0) {
        tell_unread(&info, catalog, before, paths->count > 1);
        before = ", ";
    }
    if (info.conflicts > 0) {
        fprintf(stderr, "%s%llu cell%s an earlier row of the same track", before,
                (unsigned long long)info.conflicts,
                info.conflicts == 1 ? " contradicts" : "s contradict");
        before = ", ";
    }
    if (info.assumptions > 0)
        fprintf(stderr, "%s%llu assumption%s made", before, (unsigned long long)info.assumptions,
                info.assumptions == 1 ? " was" : "s were");
    fprintf(stderr, "; see: musicsched info");
    if (paths->count == 1)
        tell_option("--catalog", source);
    for (uint32_t k = 0; paths->count > 1 && k < paths->count; k++)
        tell_option("--catalog", given_name(paths->name[k]));
    for (uint32_t k = 0; k < request->columns.count; k++)
        tell_option("--columns", request->columns.name[k]);
    fprintf(stderr, "\n");
}

static void tell_reading(const cli_request *request, const cli_names *paths, const char *source,
                         const msched_catalog *catalog)
{
    msched_text *report = NULL;

    if (!request->explain_columns && request->command->run != cmd_info)
        tell_assumed(request, paths, source, catalog);
    if (request->explain_columns &&
        msched_catalog_report_to_text(catalog, &report, NULL) == MSCHED_OK)
        fputs(msched_text_data(report), stderr);
    msched_text_unref(report);
}

/* Two words without quotes become two arguments, the second of which looks like a file. */
static void tell_quotes(const cli_names *paths)
{
    for (uint32_t i = 1; i < paths->count; i++)
        if (strcmp(paths->name[i], "-") != 0 && access(paths->name[i], F_OK) != 0 &&
            errno == ENOENT) {
            fprintf(stderr,
                    "\"%s\" is no file: put names with spaces in quotes, for example "
                    "--artist \"The Weeknd\"\n",
                    paths->name[i]);
            return;
        }
}

/* The catalog of song files; of `input` instead if its file does not have all of it. */
static msched_catalog *load_songs(const cli_request *request, const cli_names *paths,
                                  cli_input *input)
{
    msched_catalog_options options;
    msched_catalog *catalog = NULL;
    msched_error err;
    progress state = {.shown = 0};
    const char *source = input != NULL ? input->name : given_name(paths->name[0]);

    msched_catalog_options_init(&options, sizeof options);
    options.encoding = request->encoding;
    options.delimiter = (unsigned char)request->delimiter;
    options.strict = request->strict != 0;
    options.saved_check = request->verify ? MSCHED_SAVED_CHECK_CHECKSUMS
                                          : MSCHED_SAVED_CHECK_BOUNDS;
    options.default_duration_ms = request->default_duration_ms;
    options.skip_bad_rows = request->skip_bad_rows != 0;
    options.columns = request->columns.name;
    options.column_count = request->columns.count;
    options.max_row_bytes = request->max_row_bytes;
    options.max_field_bytes = request->max_field_bytes;
    options.source_name = source;
    clock_gettime(CLOCK_MONOTONIC, &state.start);
    if (isatty(STDERR_FILENO)) {
        options.progress = show_progress;
        options.progress_ctx = &state;
    }
    if (input != NULL)
        msched_catalog_load_callback(&catalog, cli_input_read, input, &options, &err);
    else
        msched_catalog_read_files(&catalog, paths->name, paths->count, &options, &err);
    hide_progress(&state);
    if (catalog == NULL) { /* errors of one of several files name it */
        cli_report(paths->count > 1 || strncmp(err.message, "...", 3) == 0 ? NULL : source, &err);
        tell_quotes(paths);
    } else {
        tell_reading(request, paths, source, catalog);
    }
    return catalog;
}

/* The catalog of files of all kinds. */
static msched_catalog *load_files(const cli_request *request, const cli_names *paths,
                                  cli_input *input)
{
    cli_names songs = {0}, histories = {0};
    msched_catalog *catalog = NULL, *played;

    for (uint32_t i = 0; i < paths->count; i++) {
        cli_names *to = input == NULL && msched_history_is_file(paths->name[i]) ? &histories
                                                                                : &songs;
        to->name[to->count++] = paths->name[i];
    }
    if (songs.count > 0 && (catalog = load_songs(request, &songs, input)) == NULL)
        return NULL;
    if (histories.count == 0)
        return catalog;
    played = cli_catalog_of_history(&histories, catalog);
    msched_catalog_unref(catalog);
    return played;
}

/* Keep the inputs among the paths in files. *partial: the input that is larger. 0: told why. */
static int open_inputs(cli_names *paths, cli_input *inputs, uint32_t *count, cli_input **partial)
{
    for (uint32_t i = 0; i < paths->count; i++) {
        cli_input *input = &inputs[*count];

        if (!cli_input_is_stream(paths->name[i]))
            continue;
        ++*count;
        if (!cli_input_open(input, paths->name[i], paths->count == 1))
            return 0;
        if (input->is_whole) {
            paths->name[i] = input->path;
        } else if (paths->count == 1) {
            *partial = input;
        } else {
            fprintf(stderr, "%s: cannot be combined with other files here: name a file instead\n",
                    input->name);
            return 0;
        }
    }
    return 1;
}

msched_catalog *cli_load_catalog(const cli_request *request)
{
    cli_names paths = request->catalogs;
    cli_input inputs[CLI_MAX_NAMES], *partial = NULL;
    msched_catalog *catalog = NULL;
    uint32_t count = 0;

    if (paths.count == 0)
        paths.name[paths.count++] = request->catalog_path;
    if (open_inputs(&paths, inputs, &count, &partial))
        catalog = load_files(request, &paths, partial);
    cli_input_close(inputs, count);
    return catalog;
}

int cli_has_popularity(const cli_request *request, const msched_catalog *catalog)
{
    msched_track track = {.struct_size = sizeof track};
    uint32_t i = 0;

    while (msched_catalog_get_track(catalog, i, &track) == MSCHED_OK && track.popularity < 0)
        i++;
    if (i == 0 || msched_catalog_get_track(catalog, i, &track) == MSCHED_OK)
        return 1;
    fprintf(stderr,
            "%s: the catalog has no popularity: if a column of the song files has it, from 0 to "
            "100 or as counts of plays, add --columns \"track_popularity=COLUMN\"\n",
            request->catalogs.count > 1               ? "musicsched"
            : strcmp(request->catalog_path, "-") == 0 ? CLI_STANDARD_INPUT
                                                      : request->catalog_path);
    return 0;
}
