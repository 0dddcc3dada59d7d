#include "plan_input.h"

#include <stdlib.h>
#include <string.h>

#define LINES_SHOWN 12

static const char *const severities[] = {"error", "warning", "note"};

static int get(const msched_diagnostics *diagnostics, uint32_t index, msched_diagnostic *one)
{
    *one = (msched_diagnostic){.struct_size = sizeof *one};
    return msched_diagnostics_get(diagnostics, index, one) == MSCHED_OK;
}

/*
 * How many notes or warnings of the code there are, counted up to `most`; errors are never summed
 * up.
 */
static uint32_t count_like(const msched_diagnostics *diagnostics, const msched_diagnostic *like,
                           uint32_t before, uint32_t most)
{
    msched_diagnostic one;
    uint32_t count = 0;

    for (uint32_t i = 0; i < before && count < most && get(diagnostics, i, &one); i++)
        count += one.severity == like->severity && strcmp(one.code, like->code) == 0;
    return count;
}

static void tell_lines(const msched_diagnostics *diagnostics, const msched_diagnostic *like)
{
    msched_diagnostic one;
    uint32_t shown = 0;

    for (uint32_t i = 0; get(diagnostics, i, &one); i++)
        if (strcmp(one.code, like->code) == 0 && one.line != like->line && shown++ < LINES_SHOWN)
            fprintf(stderr, "%s%u", shown == 1 ? "" : ", ", one.line);
    fprintf(stderr, shown > LINES_SHOWN ? " and more)\n" : ")\n");
}

static void tell(const char *source, const msched_diagnostics *diagnostics,
                 const msched_diagnostic *one, uint32_t count)
{
    if (one->line != 0)
        fprintf(stderr, "%s:%u:%u: ", source, one->line, one->column);
    else
        fprintf(stderr, "%s: ", source);
    fprintf(stderr, "%s: ", one->severity < 3 ? severities[one->severity] : "note");
    if (count > 1 && strcmp(one->code, "default_duration") == 0)
        fprintf(stderr, "assuming 30 minutes for %u to-dos without a length", count);
    else
        fprintf(stderr, "%s", one->message);
    if (*one->repair != '\0')
        fprintf(stderr, " (%s)", one->repair);
    if (count > 1) {
        if (strcmp(one->code, "default_duration") == 0)
            fprintf(stderr, " (also line%s ", count > 2 ? "s" : "");
        else
            fprintf(stderr, " (and %u more, line%s ", count - 1, count > 2 ? "s" : "");
        tell_lines(diagnostics, one);
    } else {
        fprintf(stderr, "\n");
    }
}

int plan_input_tell(const plan_input *input)
{
    msched_diagnostic one;
    int status = CLI_DONE;
    uint32_t total = msched_diagnostics_count(input->diagnostics);

    fflush(stdout);
    for (uint32_t i = 0; i < total && get(input->diagnostics, i, &one); i++) {
        int is_first = count_like(input->diagnostics, &one, i, 1) == 0;
        uint32_t count = one.severity == MSCHED_SEVERITY_ERROR
                             ? 1
                             : count_like(input->diagnostics, &one, total, is_first ? total : 3);

        status = one.severity == MSCHED_SEVERITY_ERROR ? CLI_BAD_INPUT : status;
        if (count < 3 && strcmp(one.code, "default_duration") != 0)
            count = 1;
        if (count == 1 || is_first)
            tell(input->source, input->diagnostics, &one, count);
    }
    return status;
}

/* JSON begins with a brace; no line of a plan text does anything with one. */
static int is_json(const char *path, const char *data)
{
    size_t length = strlen(path);

    if (length > 5 && strcmp(path + length - 5, ".json") == 0)
        return 1;
    if (strncmp(data, "\xef\xbb\xbf", 3) == 0)
        data += 3;
    return data[strspn(data, " \t\r\n")] == '{';
}

static int read_text(plan_input *input, const cli_request *request, const msched_catalog *catalog)
{
    msched_plan_text_options options;
    msched_error err;
    char date[11];

    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = request->date != NULL ? request->date : cli_today(date);
    options.default_timezone = request->timezone;
    options.days = request->days;
    options.lenient = !request->strict;
    options.time_limit_ms = request->time_limit_ms;
    msched_plan_parse_text(&input->plan, &input->diagnostics, input->data, input->size, catalog,
                           &options, &err);
    if (input->plan != NULL || (request->fix && input->diagnostics != NULL))
        return CLI_DONE;
    if (msched_diagnostics_count(input->diagnostics) == 0)
        return cli_report(input->source, &err);
    plan_input_tell(input);
    return CLI_BAD_INPUT;
}

int plan_input_load(plan_input *input, const cli_request *request, size_t most)
{
    const char *path = request->arguments[0];

    input->source = strcmp(path, "-") == 0 ? "<stdin>" : path;
    input->data = cli_read(path, most, &input->size);
    return input->data != NULL ? CLI_DONE : CLI_BAD_INPUT;
}

int plan_input_is_json(const plan_input *input)
{
    return is_json(input->source, input->data);
}

int plan_input_read(plan_input *input, const cli_request *request, const msched_catalog *catalog)
{
    msched_error err;

    if (input->data == NULL && plan_input_load(input, request, MSCHED_PLAN_MAX_BYTES) != CLI_DONE)
        return CLI_BAD_INPUT;
    if (!plan_input_is_json(input))
        return read_text(input, request, catalog);
    if (request->date != NULL || request->timezone != NULL || request->days > 0 || request->fix) {
        fprintf(stderr,
                "musicsched %s: --date, --from, --days, --timezone and --fix apply to plan text "
                "only; this plan is JSON\n",
                request->command->name);
        return CLI_BAD_USAGE;
    }
    if (msched_plan_parse_json(&input->plan, input->data, input->size, NULL, &err) != MSCHED_OK)
        return cli_report(input->source, &err);
    return CLI_DONE;
}

/* One line of a text, without its end; *at is stepped past it. */
static const char *take_line(const char *text, size_t size, size_t *at, size_t *length)
{
    const char *line = text + *at, *end = memchr(line, '\n', size - *at);

    *length = end == NULL ? size - *at : (size_t)(end - line);
    *at += *length + (end != NULL);
    return line;
}

/* How many lines the edits that are made add to a line; where the line becomes a remark, none. */
static uint32_t added_lines(const plan_input *input, uint32_t line)
{
    msched_diagnostic one;
    const char *last = NULL;
    uint32_t added = 0;

    for (uint32_t i = 0; get(input->diagnostics, i, &one); i++) {
        if (one.severity == MSCHED_SEVERITY_NOTE || one.edit_count != 1 || one.edit_line != line)
            continue;
        if (strcmp(one.edits[0], "// ") == 0 && one.severity == MSCHED_SEVERITY_ERROR)
            return 0;
        if (last != NULL && strcmp(last, one.edits[0]) == 0)
            continue;
        last = one.edits[0];
        for (const char *at = last; *at != '\0'; at++)
            added += *at == '\n';
    }
    return added;
}

static void print_lines(const char *text, size_t size, size_t *at, uint32_t count, char mark)
{
    for (uint32_t i = 0; i < count && *at < size; i++) {
        size_t length;
        const char *line = take_line(text, size, at, &length);
        printf("%c%.*s\n", mark, (int)length, line);
    }
}

/* "-3,2" of a hunk; without lines it names the line before, as diff does. */
static void print_place(char mark, uint32_t number, uint32_t count)
{
    printf(count == 1 ? " %c%u" : " %c%u,%u", mark, (unsigned)(count == 0 ? number - 1 : number),
           (unsigned)count);
}

/* Edits make one line or more of each line, and never take one away. */
static void print_diff(const plan_input *input, const char *fixed, size_t fixed_size)
{
    size_t old_at = 0, new_at = 0;
    uint32_t made = 1;

    printf("--- %s\n+++ %s\n", input->source, input->source);
    for (uint32_t number = 1; old_at < input->size; number++) {
        uint32_t count = 1 + added_lines(input, number);
        size_t old_next = old_at, new_next = new_at, last = new_at, length, new_length = 0;
        const char *old_line = take_line(input->data, input->size, &old_next, &length), *line = "";

        for (uint32_t i = 0; i < count && new_next < fixed_size; i++) {
            last = new_next;
            line = take_line(fixed, fixed_size, &new_next, &new_length);
        }
        int same = length == new_length && memcmp(old_line, line, length) == 0;
        if (!same || count > 1) {
            printf("@@");
            print_place('-', number, !same);
            print_place('+', made, count - (uint32_t)same);
            printf(" @@\n");
            print_lines(input->data, same ? 0 : input->size, &old_at, 1, '-');
            print_lines(fixed, same ? last : new_next, &new_at, count, '+');
        }
        old_at = old_next;
        new_at = new_next;
        made += count;
    }
}

/* What a person has to choose. */
static int tell_choices(const plan_input *input)
{
    msched_diagnostic one;
    int status = CLI_DONE;

    for (uint32_t i = 0; get(input->diagnostics, i, &one); i++) {
        if (one.severity == MSCHED_SEVERITY_NOTE || one.edit_count == 1)
            continue;
        tell(input->source, input->diagnostics, &one, 1);
        if (one.severity == MSCHED_SEVERITY_ERROR)
            status = CLI_BAD_INPUT;
    }
    return status;
}

int plan_input_fix(const plan_input *input, const cli_request *request)
{
    msched_text *fixed = NULL;
    msched_error err;
    int status = CLI_DONE;

    if (msched_plan_text_fix(&fixed, input->data, input->size, input->diagnostics, &err) !=
        MSCHED_OK)
        return cli_report(input->source, &err);
    size_t size = msched_text_size(fixed);
    int changed = size != input->size || memcmp(msched_text_data(fixed), input->data, size) != 0;

    if (request->write && (changed || strcmp(request->arguments[0], "-") == 0))
        status = cli_write(request->arguments[0], msched_text_data(fixed), size);
    else if (changed && !request->write)
        print_diff(input, msched_text_data(fixed), size);
    msched_text_unref(fixed);
    fflush(stdout);
    return status == CLI_DONE ? tell_choices(input) : status;
}

void plan_input_free(plan_input *input)
{
    msched_plan_unref(input->plan);
    msched_diagnostics_unref(input->diagnostics);
    free(input->data);
}
