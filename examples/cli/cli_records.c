/* cli/cli_records.c: results as CSV or NDJSON, read from the library's Arrow tables. */
#include "cli.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

/* Whether a row of a column has a value (Arrow C data interface: validity bitmap, LSB first). */
static int is_valid(const struct ArrowArray *column, int64_t row)
{
    const uint8_t *bits = column->buffers[0];

    return column->null_count == 0 || bits == NULL || (bits[row / 8] >> row % 8 & 1) != 0;
}

static int needs_quotes(const char *text, size_t size)
{
    return size == 0 || memchr(text, ',', size) != NULL || memchr(text, '"', size) != NULL ||
           memchr(text, '\n', size) != NULL || memchr(text, '\r', size) != NULL || text[0] == ' ' ||
           text[size - 1] == ' ';
}

static void print_inside_quotes(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '"')
            putchar('"');
        putchar(text[i]);
    }
}

static void print_csv_text(const char *text, size_t size)
{
    int quoted = needs_quotes(text, size);

    if (quoted)
        putchar('"');
    print_inside_quotes(text, size);
    if (quoted)
        putchar('"');
}

static void print_json_text(const char *text, size_t size)
{
    putchar('"');
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

/* The shortest digits that read back as the same number. */
static void print_double(double value)
{
    char text[40];

    for (int digits = 15; digits <= 17; digits++) {
        double again;

        snprintf(text, sizeof text, "%.*g", digits, value);
        if (sscanf(text, "%lf", &again) == 1 && again == value)
            break;
    }
    fputs(text, stdout);
}

static void print_value(const struct ArrowArray *column, const struct ArrowSchema *schema,
                        int64_t row, int json);

/* A list of texts as an array. */
static void print_json_list(const struct ArrowArray *column, const struct ArrowSchema *schema,
                            int64_t row)
{
    const int32_t *offsets = column->buffers[1];

    putchar('[');
    for (int32_t i = offsets[row]; i < offsets[row + 1]; i++) {
        fputs(i == offsets[row] ? "" : ", ", stdout);
        print_value(column->children[0], schema->children[0], i, 1);
    }
    putchar(']');
}

/* A list of texts as one field, with semicolons between them. */
static void print_csv_list(const struct ArrowArray *column, int64_t row)
{
    const int32_t *lists = column->buffers[1], *offsets = column->children[0]->buffers[1];
    const char *bytes = column->children[0]->buffers[2];
    int quoted = 0;

    for (int32_t i = lists[row]; i < lists[row + 1]; i++)
        quoted |= needs_quotes(bytes + offsets[i], (size_t)(offsets[i + 1] - offsets[i]));
    if (quoted)
        putchar('"');
    for (int32_t i = lists[row]; i < lists[row + 1]; i++) {
        fputs(i == lists[row] ? "" : ";", stdout);
        print_inside_quotes(bytes + offsets[i], (size_t)(offsets[i + 1] - offsets[i]));
    }
    if (quoted)
        putchar('"');
}

/* A date as YYYY-MM-DD. */
static void print_date(int32_t days, int json)
{
    const time_t seconds = (time_t)days * 86400;
    const char *mark = json ? "\"" : "";
    struct tm date = {0};

    gmtime_r(&seconds, &date);
    printf("%s%04d-%02d-%02d%s", mark, date.tm_year + 1900, date.tm_mon + 1, date.tm_mday, mark);
}

static void print_value(const struct ArrowArray *column, const struct ArrowSchema *schema,
                        int64_t row, int json)
{
    const void *values = column->buffers[1];

    switch (schema->format[0]) {
    case 't': /* tdD: days since 1970-01-01 */
        print_date(((const int32_t *)values)[row], json);
        break;
    case '+':
        if (json)
            print_json_list(column, schema, row);
        else
            print_csv_list(column, row);
        break;
    case 'C':
        printf("%u", ((const uint8_t *)values)[row]);
        break;
    case 'i':
        printf("%" PRId32, ((const int32_t *)values)[row]);
        break;
    case 'I':
        printf("%" PRIu32, ((const uint32_t *)values)[row]);
        break;
    case 'l':
        printf("%" PRId64, ((const int64_t *)values)[row]);
        break;
    case 'L':
        printf("%" PRIu64, ((const uint64_t *)values)[row]);
        break;
    case 'g':
        print_double(((const double *)values)[row]);
        break;
    default: {
        const int32_t *offsets = values;
        const char *text = (const char *)column->buffers[2] + offsets[row];
        size_t size = (size_t)(offsets[row + 1] - offsets[row]);

        if (json)
            print_json_text(text, size);
        else
            print_csv_text(text, size);
    }
    }
}

static void print_row(const struct ArrowSchema *schema, const struct ArrowArray *batch, int64_t row,
                      int json)
{
    for (int64_t i = 0; i < batch->n_children; i++) {
        const struct ArrowArray *column = batch->children[i];

        fputs(i == 0 ? json ? "{" : "" : json ? ", " : ",", stdout);
        if (json) {
            print_json_text(schema->children[i]->name, strlen(schema->children[i]->name));
            fputs(": ", stdout);
        }
        if (is_valid(column, row))
            print_value(column, schema->children[i], row, json);
        else if (json)
            fputs("null", stdout);
    }
    fputs(json ? "}\n" : "\n", stdout);
}

static int print_batches(struct ArrowArrayStream *stream, const struct ArrowSchema *schema,
                         int json)
{
    for (;;) {
        struct ArrowArray batch = {0};

        if (stream->get_next(stream, &batch) != 0) {
            fprintf(stderr, "musicsched: %s\n", stream->get_last_error(stream));
            return CLI_BAD_INPUT;
        }
        if (batch.release == NULL)
            return CLI_DONE;
        for (int64_t row = 0; row < batch.length; row++)
            print_row(schema, &batch, row, json);
        batch.release(&batch);
    }
}

int cli_is_records(const cli_request *request)
{
    return request->format == CLI_FORMAT_CSV || request->format == CLI_FORMAT_NDJSON;
}

int cli_print_records(const cli_request *request, msched_result result,
                      struct ArrowArrayStream *stream, const msched_error *err)
{
    int json = request->format == CLI_FORMAT_NDJSON, status = CLI_BAD_INPUT;
    struct ArrowSchema schema = {0};

    if (result != MSCHED_OK)
        return cli_report(NULL, err);
    if (stream->get_schema(stream, &schema) == 0) {
        for (int64_t i = 0; !json && i < schema.n_children; i++)
            printf("%s%s", i > 0 ? "," : "", schema.children[i]->name);
        fputs(json ? "" : "\n", stdout);
        status = print_batches(stream, &schema, json);
        schema.release(&schema);
    } else {
        fprintf(stderr, "musicsched: %s\n", stream->get_last_error(stream));
    }
    stream->release(stream);
    return status;
}
