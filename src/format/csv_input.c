#include "format/csv_input.h"

#include "base/alloc.h"
#include "base/error.h"
#include "format/csv_lines.h"

#include <string.h>

/* read in one call, and between two calls of cancel and progress */
#define PIECE_BYTES       ((size_t)64 * 1024)
#define LEAST_PIECE_BYTES ((size_t)4 * 1024)
#define SHARED_TEXT_BYTES ((size_t)4 * 1024)
#define SHARED_FIELDS     ((size_t)128)
#define READABLE          ((size_t)64) /* behind the last line, so that it can be scanned, too */
#define LEAST_LINES       8            /* to hand over fewer takes longer than to split them */

static int no_space(unsigned char c)
{
    (void)c;
    return 0;
}

/*
 * The parser never grows its buffer itself, because its hooks cannot call the caller's allocator:
 * see feed.
 */
static void *refuse_realloc(void *block, size_t size)
{
    (void)block;
    (void)size;
    return NULL;
}

/* Ready for the beginning of a row; the buffer stays. */
void msched__csv_reset_parser(msched__csv *csv)
{
    unsigned char *buffer = csv->parser.entry_buf;
    size_t size = csv->parser.entry_size;
    csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&csv->parser, (unsigned char)csv->options.delimiter);
    csv_set_space_func(&csv->parser, no_space);
    csv_set_realloc_func(&csv->parser, refuse_realloc);
    csv->parser.entry_buf = buffer;
    csv->parser.entry_size = size;
}

static msched__csv *open_csv(const msched__csv_options *options)
{
    msched__csv *csv = msched__alloc_zero(&options->allocator, 1, sizeof *csv);
    if (csv == NULL)
        return NULL;
    csv->options = *options;
    csv->scan = msched__csv_scanner();
    csv->line = 1;
    csv->piece_bytes = PIECE_BYTES;
    csv->next_report = PIECE_BYTES;
    msched__csv_reset_parser(csv);
    return csv;
}

msched__csv *msched__csv_open(const msched__csv_options *options, msched_read_fn read,
                              void *read_ctx)
{
    msched__csv *csv = open_csv(options);
    if (csv != NULL) {
        csv->read = read;
        csv->read_ctx = read_ctx;
    }
    return csv;
}

msched__csv *msched__csv_open_memory(const msched__csv_options *options, msched__slice data)
{
    msched__csv *csv = open_csv(options);
    if (csv != NULL) {
        csv->at = csv->origin = data.size == 0 ? "" : data.data;
        csv->end = csv->readable = csv->at + data.size;
        csv->input_ended = 1;
    }
    return csv;
}

void msched__csv_close(msched__csv *csv)
{
    if (csv == NULL)
        return;
    msched_allocator allocator = csv->options.allocator;
    msched__free(&allocator, csv->parser.entry_buf);
    msched__free(&allocator, csv->buffer);
    msched__free(&allocator, csv->fields);
    msched__free(&allocator, csv->ends);
    msched__free(&allocator, csv->text);
    msched__free(&allocator, csv);
}

int msched__csv_grow_fields(msched__csv *csv, size_t count)
{
    const msched_allocator *allocator = &csv->options.allocator;
    size_t capacity = csv->field_capacity;
    if (count <= capacity)
        return 1;
    if (!msched__grow(allocator, (void **)&csv->fields, &capacity, count, sizeof *csv->fields))
        return 0;
    uint32_t *ends = msched__realloc_array(allocator, csv->ends, capacity + 1, sizeof *ends);
    if (ends == NULL)
        return 0;
    ends[0] = UINT32_MAX;
    csv->ends = ends;
    csv->field_capacity = capacity;
    return 1;
}

static msched_result too_large(const msched__csv *csv, msched_error *err)
{
    return msched__fail(err, MSCHED_ERROR_LIMIT,
                        "the input is larger than %llu bytes: raise max_bytes to load it",
                        (unsigned long long)csv->options.max_bytes);
}

/*
 * Fill the buffer, which has `used` bytes, up to `size` bytes or the end of the input. If that
 * fails, the bytes read before remain usable.
 */
static msched_result fill(msched__csv *csv, size_t used, size_t size, msched_error *err)
{
    msched_result result = MSCHED_OK;
    while (result == MSCHED_OK && used < size && !csv->input_ended) {
        int64_t got = csv->read(csv->read_ctx, csv->buffer + used, size - used);
        if (got < 0) {
            result = msched__fail(err, MSCHED_ERROR_IO, "reading failed after %llu bytes",
                                  (unsigned long long)(csv->past_bytes + used));
        } else if ((uint64_t)got > size - used) {
            result = msched__fail(err, MSCHED_ERROR_IO,
                                  "the read callback returned more bytes than requested");
        } else {
            csv->input_ended = got == 0;
            used += (size_t)got;
        }
    }
    if (result == MSCHED_OK && csv->past_bytes + used > csv->options.max_bytes) {
        result = too_large(csv, err);
        used = (size_t)(csv->options.max_bytes - csv->past_bytes);
    }
    csv->end = csv->readable = csv->buffer + used;
    if (result != MSCHED_OK) {
        csv->failure = *err;
        csv->input_ended = 0; /* whoever needs more is told the failure */
    }
    return result;
}

/* Keep what is not yet used, and read a piece more after it. */
static msched_result refill(msched__csv *csv, size_t piece_bytes, msched_error *err)
{
    if (csv->failure.code != MSCHED_OK) {
        *err = csv->failure;
        return err->code;
    }
    const char *from = csv->row != NULL ? csv->row : csv->at;
    size_t kept = (size_t)(csv->end - from), used = (size_t)(csv->at - from);
    if (kept > 0 && from != csv->buffer)
        memmove(csv->buffer, from, kept);
    csv->past_bytes += (uint64_t)(from - csv->origin);
    if (!msched__grow(&csv->options.allocator, (void **)&csv->buffer, &csv->capacity,
                      kept + piece_bytes, 1))
        return msched__fail_memory(err);
    csv->origin = csv->buffer;
    csv->at = csv->buffer + used;
    csv->row = csv->row != NULL ? csv->buffer : NULL;
    csv->newline = NULL;
    return fill(csv, kept, kept + piece_bytes, err);
}

msched_result msched__csv_row_too_long(const msched__csv *csv, uint64_t line, msched_error *err)
{
    return msched__fail_at(err, MSCHED_ERROR_LIMIT, line, 0,
                           "the row that begins here is longer than %u bytes: is a closing quote "
                           "(\") missing? Otherwise, raise max_row_bytes",
                           (unsigned)csv->options.max_row_bytes);
}

/* Bytes of the next line with its line end, or 0 if more input is needed to know. */
static size_t line_size(msched__csv *csv)
{
    size_t left = (size_t)(csv->end - csv->at);
    if (csv->newline == NULL || csv->newline < csv->at) {
        const char *found = left == 0 ? NULL : memchr(csv->at, '\n', left);
        csv->newline = found == NULL ? csv->end : found;
    }
    size_t size = (size_t)(csv->newline - csv->at);
    const char *cr = size == 0 ? NULL : memchr(csv->at, '\r', size);
    if (cr != NULL && cr + 1 < csv->newline)
        return (size_t)(cr + 1 - csv->at);
    if (csv->newline < csv->end)
        return size + 1;
    return csv->input_ended ? left : 0;
}

msched_result msched__csv_next_line(msched__csv *csv, uint64_t row_line, msched__slice *line,
                                    msched_error *err)
{
    size_t size;
    while ((size = line_size(csv)) == 0 && !csv->input_ended) {
        if ((size_t)(csv->end - csv->at) > csv->options.max_row_bytes)
            return msched__csv_row_too_long(csv, row_line, err);
        msched_result result = refill(csv, PIECE_BYTES, err);
        if (result != MSCHED_OK)
            return result;
    }
    *line = (msched__slice){csv->at, size};
    csv->at += size;
    csv->line += size > 0;
    return MSCHED_OK;
}

uint64_t msched__csv_position(const msched__csv *csv)
{
    return csv->past_bytes + (uint64_t)(csv->at - csv->origin);
}

msched_result msched__csv_report(msched__csv *csv, msched_error *err)
{
    const msched__csv_options *options = &csv->options;
    uint64_t done = msched__csv_position(csv);
    if (done < csv->next_report && !(csv->input_ended && csv->at == csv->end))
        return MSCHED_OK;
    csv->next_report = done + PIECE_BYTES;
    if (options->progress != NULL)
        options->progress(options->progress_ctx, done, options->total_bytes);
    if (options->cancel != NULL && options->cancel(options->cancel_ctx) != 0)
        return msched__fail(err, MSCHED_ERROR_CANCELLED, "loading was canceled");
    return MSCHED_OK;
}

msched_result msched__csv_begin(msched__csv *csv, msched_error *err)
{
    csv->begun = 1;
    if (csv->read == NULL && (uint64_t)(csv->end - csv->at) > csv->options.max_bytes)
        return too_large(csv, err);
    msched_result result = csv->read == NULL ? MSCHED_OK : refill(csv, PIECE_BYTES, err);
    if (result == MSCHED_OK && csv->end - csv->at >= 3 && memcmp(csv->at, "\xEF\xBB\xBF", 3) == 0)
        csv->at += 3;
    msched__slice line = {"", 1};
    for (uint32_t i = 0; result == MSCHED_OK && i < csv->options.skip_lines && line.size > 0; i++)
        result = msched__csv_next_line(csv, csv->line, &line, err);
    return result;
}

/* Where the lines begin that are looked at together, and where they end. */
static msched__slice window(const msched__csv *csv)
{
    const size_t left = (size_t)(csv->end - csv->at);
    return (msched__slice){csv->at, left < csv->piece_bytes ? left : csv->piece_bytes};
}

/*
 * Read as much the next time as `most` lines need, so that few bytes have to be moved to another
 * buffer.
 */
static void learn_piece(msched__csv *csv, const msched__csv_found *found, size_t most)
{
    if (found->count == most)
        csv->piece_bytes = found->bytes + found->bytes / 8 + LEAST_PIECE_BYTES;
    else
        csv->piece_bytes *= 2;
    if (csv->piece_bytes > PIECE_BYTES)
        csv->piece_bytes = PIECE_BYTES;
}

/* Copy the lines into the other buffer, and a little of what follows them. 0: out of memory. */
static int copy_lines(msched__csv *csv, char **buffer, size_t *capacity, msched__csv_lines *lines)
{
    const size_t used = lines->text.size, left = (size_t)(csv->end - csv->at),
                 size = left - used < READABLE ? left : used + READABLE;
    if (!msched__grow(&csv->options.allocator, (void **)buffer, capacity, size, 1))
        return 0;
    memcpy(*buffer, csv->at, size);
    lines->text.data = *buffer;
    lines->readable = *buffer + size;
    csv->at += used;
    return 1;
}

/* Hand over the buffer, and keep what follows the lines in the other one. 0: out of memory. */
static int hand_over(msched__csv *csv, char **buffer, size_t *capacity, msched__csv_lines *lines)
{
    const size_t used = lines->text.size, kept = (size_t)(csv->end - csv->at) - used;
    if (kept > used)
        return copy_lines(csv, buffer, capacity, lines);
    if (!msched__grow(&csv->options.allocator, (void **)buffer, capacity, kept, 1))
        return 0;
    if (kept > 0)
        memcpy(*buffer, csv->at + used, kept);
    csv->past_bytes += (uint64_t)(csv->at - csv->origin) + used;
    char *mine = csv->buffer;
    const size_t size = csv->capacity;
    csv->buffer = *buffer;
    csv->capacity = *capacity;
    *buffer = mine;
    *capacity = size;
    csv->at = csv->origin = csv->buffer;
    csv->end = csv->readable = csv->buffer + kept;
    csv->newline = NULL;
    return 1;
}

msched_result msched__csv_take_lines(msched__csv *csv, size_t most, char **buffer, size_t *capacity,
                                     msched__csv_lines *lines, msched_error *err)
{
    *lines = (msched__csv_lines){.text = {NULL, 0}};
    msched_result result = csv->begun ? MSCHED_OK : msched__csv_begin(csv, err);
    if (result != MSCHED_OK)
        return result;
    const size_t left = window(csv).size;
    if (!csv->input_ended && left < csv->piece_bytes / 2)
        result = refill(csv, csv->piece_bytes - left, err);
    /* a failure of reading is reported after everything read before it has been taken */
    if (result != MSCHED_OK && csv->failure.code == MSCHED_OK)
        return result;
    const msched__slice text = window(csv);
    const msched__csv_found found = msched__csv_find_lines(text, most);
    if (found.count < LEAST_LINES) {
        csv->piece_bytes = PIECE_BYTES; /* lines may be longer now */
        return MSCHED_OK;
    }
    msched__csv_lines taken = {{text.data, found.bytes}, csv->end, csv->line, found.count};
    learn_piece(csv, &found, most);
    csv->line += found.count;
    if (csv->read == NULL)
        csv->at += found.bytes;
    else if (!hand_over(csv, buffer, capacity, &taken))
        return msched__fail_memory(err);
    result = msched__csv_report(csv, err);
    if (result == MSCHED_OK)
        *lines = taken;
    return result;
}

msched__csv *msched__csv_share(const msched__csv *csv)
{
    msched__csv_options options = csv->options;
    options.progress = NULL;
    options.cancel = NULL;
    options.max_bytes = UINT64_MAX;
    msched__csv *copy = msched__csv_open_memory(&options, (msched__slice){"", 0});
    if (copy == NULL)
        return NULL;
    copy->begun = 1;
    copy->gives_ends = 1;
    /* here rather than in the thread, whose first allocation takes long */
    const size_t fields = csv->field_capacity < SHARED_FIELDS ? SHARED_FIELDS : csv->field_capacity;
    if (msched__csv_grow_fields(copy, fields) &&
        msched__grow(&options.allocator, (void **)&copy->text, &copy->text_capacity,
                     SHARED_TEXT_BYTES, 1))
        return copy;
    msched__csv_close(copy);
    return NULL;
}

void msched__csv_set_lines(msched__csv *copy, const msched__csv_lines *lines)
{
    copy->at = copy->origin = lines->text.data;
    copy->end = lines->text.data + lines->text.size;
    copy->readable = lines->readable;
    copy->newline = NULL;
    copy->line = lines->line;
}

void msched__csv_join(msched__csv *csv, msched__csv *copy)
{
    if (copy == NULL)
        return;
    csv->loose_rows += copy->loose_rows;
    msched__csv_close(copy);
}
