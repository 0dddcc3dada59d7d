#include "format/csv.h"

#include "base/alloc.h"
#include "base/error.h"
#include "format/byte_block.h"
#include "format/csv_scan.h"

#include <csv.h>
#include <string.h>

/* read in one call, and between two calls of cancel and progress */
#define PIECE_BYTES ((size_t)64 * 1024)

struct msched__csv {
    msched__csv_options options;
    msched__csv_scan_fn *scan;
    msched_read_fn read; /* NULL: all is in memory */
    void *read_ctx;
    char *buffer; /* of `read`; capacity bytes */
    size_t capacity;
    const char *at, *end; /* not yet used bytes */
    /* first byte of the current row with quotes, which may have to be read again; else NULL */
    const char *row;
    const char *newline; /* the first LF at or after `at`, or `end`; NULL: not searched yet */
    uint64_t past_bytes; /* of the input before `origin` */
    const char *origin;  /* first byte of the buffer or the memory */
    uint64_t next_report;
    int input_ended, begun;
    uint64_t line; /* of the next byte */
    uint64_t loose_rows;
    msched__slice *fields;
    size_t field_count, field_capacity;
    /* rows with quotes */
    struct csv_parser parser;
    char *text; /* fields of the row, each followed by a delimiter */
    size_t text_size, text_capacity;
    int row_done, no_memory;
};

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
static void reset_parser(msched__csv *csv)
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
    csv->next_report = PIECE_BYTES;
    reset_parser(csv);
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
        csv->end = csv->at + data.size;
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
    msched__free(&allocator, csv->text);
    msched__free(&allocator, csv);
}

static msched_result too_large(const msched__csv *csv, msched_error *err)
{
    return msched__fail(err, MSCHED_ERROR_LIMIT,
                        "the input is larger than %llu bytes: raise max_bytes to load it",
                        (unsigned long long)csv->options.max_bytes);
}

/* Fill the free part of the buffer, or up to the end of the input. */
static msched_result fill(msched__csv *csv, size_t used, msched_error *err)
{
    while (used < csv->capacity && !csv->input_ended) {
        int64_t got = csv->read(csv->read_ctx, csv->buffer + used, csv->capacity - used);
        if (got < 0)
            return msched__fail(err, MSCHED_ERROR_IO, "reading failed after %llu bytes",
                                (unsigned long long)(csv->past_bytes + used));
        if ((uint64_t)got > csv->capacity - used)
            return msched__fail(err, MSCHED_ERROR_IO,
                                "the read callback returned more bytes than requested");
        csv->input_ended = got == 0;
        used += (size_t)got;
    }
    csv->end = csv->buffer + used;
    if (csv->past_bytes + used > csv->options.max_bytes)
        return too_large(csv, err);
    return MSCHED_OK;
}

/* Keep what is not yet used, and read more after it. */
static msched_result refill(msched__csv *csv, msched_error *err)
{
    const char *from = csv->row != NULL ? csv->row : csv->at;
    size_t kept = (size_t)(csv->end - from), used = (size_t)(csv->at - from);
    if (kept > 0 && from != csv->buffer)
        memmove(csv->buffer, from, kept);
    csv->past_bytes += (uint64_t)(from - csv->origin);
    if (!msched__grow(&csv->options.allocator, (void **)&csv->buffer, &csv->capacity,
                      kept + PIECE_BYTES, 1))
        return msched__fail_memory(err);
    csv->origin = csv->buffer;
    csv->at = csv->buffer + used;
    csv->row = csv->row != NULL ? csv->buffer : NULL;
    csv->newline = NULL;
    return fill(csv, kept, err);
}

static msched_result row_too_long(const msched__csv *csv, uint64_t line, msched_error *err)
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

/* The next line with its line end; size 0 at the end of the input. */
static msched_result next_line(msched__csv *csv, uint64_t row_line, msched__slice *line,
                               msched_error *err)
{
    size_t size;
    while ((size = line_size(csv)) == 0 && !csv->input_ended) {
        if ((size_t)(csv->end - csv->at) > csv->options.max_row_bytes)
            return row_too_long(csv, row_line, err);
        msched_result result = refill(csv, err);
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

uint64_t msched__csv_loose_rows(const msched__csv *csv)
{
    return csv->loose_rows;
}

static msched_result report(msched__csv *csv, msched_error *err)
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

static int grow_fields(msched__csv *csv, size_t more)
{
    return msched__grow(&csv->options.allocator, (void **)&csv->fields, &csv->field_capacity,
                        csv->field_count + more, sizeof *csv->fields);
}

static inline int add_field(msched__csv *csv, const char *data, size_t size)
{
    if (csv->field_count == csv->field_capacity && !grow_fields(csv, 1))
        return 0;
    csv->fields[csv->field_count++] = (msched__slice){data, size};
    return 1;
}

/*
 * A line without quotes and without its line end. Fields are short: calling memchr for each would
 * cost more than the search.
 */
static msched_result split(msched__csv *csv, msched__slice line, msched_error *err)
{
    const char *at = line.data, *end = line.data + line.size, delimiter = csv->options.delimiter;
    for (const char *block = at; block < end; block += 64) {
        char rest[64] = {0}; /* 0 is not a delimiter */
        if (end - block < 64)
            memcpy(rest, block, (size_t)(end - block));
        uint64_t found = msched__block_find(end - block < 64 ? rest : block, delimiter);
        if (csv->field_capacity - csv->field_count < 64 && !grow_fields(csv, 64))
            return msched__fail_memory(err);
        msched__slice *field = csv->fields + csv->field_count;
        for (; found != 0; found &= found - 1) {
            const char *stop = block + msched__block_first(found);
            *field++ = (msched__slice){at, (size_t)(stop - at)};
            at = stop + 1;
        }
        csv->field_count = (size_t)(field - csv->fields);
    }
    return add_field(csv, at, (size_t)(end - at)) ? MSCHED_OK : msched__fail_memory(err);
}

/*
 * A line, without its line end, whose fields have no quotes or are quoted as a whole. *regular is 0
 * for anything else (a doubled or misplaced quote, a field that spans lines), which libcsv parses.
 */
static msched_result split_quoted(msched__csv *csv, msched__slice line, int *regular,
                                  msched_error *err)
{
    const char *at = line.data, *end = line.data + line.size, *quote = memchr(at, '"', line.size);
    *regular = 0;
    while (quote != NULL) {
        const char *close = memchr(quote + 1, '"', (size_t)(end - quote - 1));
        if (close == NULL || (close + 1 < end && close[1] != csv->options.delimiter))
            return MSCHED_OK;
        if (quote > at) {
            if (quote[-1] != csv->options.delimiter)
                return MSCHED_OK;
            msched_result result = split(csv, (msched__slice){at, (size_t)(quote - 1 - at)}, err);
            if (result != MSCHED_OK)
                return result;
        }
        if (!add_field(csv, quote + 1, (size_t)(close - quote - 1)))
            return msched__fail_memory(err);
        *regular = close + 1 == end;
        if (*regular)
            return MSCHED_OK;
        at = close + 2;
        quote = memchr(at, '"', (size_t)(end - at));
    }
    *regular = 1;
    return split(csv, (msched__slice){at, (size_t)(end - at)}, err);
}

/* 1 if a quote at `at` may close a field: blanks and a delimiter follow, or the end. */
static int closes(const msched__csv *csv, const char *at, const char *end)
{
    for (at++; at < end && *at == ' '; at++)
        ;
    return at == end || *at == csv->options.delimiter;
}

/* The text of a quoted field from *at on, which moves past the closing quote; 0: none. */
static int take_quoted(msched__csv *csv, const char **at, const char *end, int *loose)
{
    const char *from = *at + 1;
    for (const char *c = from; c < end; c++) {
        if (*c != '"') {
            csv->text[csv->text_size++] = *c;
        } else if (c + 1 < end && c[1] == '"') {
            csv->text[csv->text_size++] = *c++;
        } else if (closes(csv, c, end)) {
            for (*at = c + 1; *at < end && **at == ' '; ++*at)
                ;
            return 1;
        } else if (c > from && c[-1] == '\\') { /* quoted as programs do it */
            csv->text[csv->text_size - 1] = '"';
            *loose = 1;
        } else {
            return 0;
        }
    }
    return 0;
}

/*
 * A line with quotes that strict CSV does not allow: a quote counts only at the beginning of a
 * field, possibly after blanks; elsewhere it is text. *regular is 0 if a quoted field does not end
 * in the line.
 */
static msched_result split_lenient(msched__csv *csv, msched__slice line, int *regular,
                                   msched_error *err)
{
    const char *at = line.data, *end = line.data + line.size;
    int loose = 0;
    *regular = 0;
    csv->text_size = csv->field_count = 0;
    if (!msched__grow(&csv->options.allocator, (void **)&csv->text, &csv->text_capacity,
                      2 * line.size + 2, 1))
        return msched__fail_memory(err);
    for (;;) {
        const char *first = at;
        const size_t from = csv->text_size;
        while (first < end && *first == ' ')
            first++;
        if (first < end && *first == '"') {
            loose |= first > at;
            if (!take_quoted(csv, &first, end, &loose))
                return MSCHED_OK;
            at = first;
        } else {
            for (; at < end && *at != csv->options.delimiter; at++) {
                loose |= *at == '"';
                csv->text[csv->text_size++] = *at;
            }
        }
        if (!add_field(csv, csv->text + from, csv->text_size - from))
            return msched__fail_memory(err);
        csv->text[csv->text_size++] = csv->options.delimiter;
        if (at == end)
            break;
        at++;
    }
    csv->loose_rows += loose != 0;
    *regular = 1;
    return MSCHED_OK;
}

/*
 * libcsv: a field is complete. Its bytes may move until the row is complete, so only the size is
 * stored.
 */
static void on_field(void *data, size_t size, void *ctx)
{
    msched__csv *csv = ctx;
    if (csv->no_memory ||
        !msched__grow(&csv->options.allocator, (void **)&csv->text, &csv->text_capacity,
                      csv->text_size + size + 1, 1) ||
        !add_field(csv, NULL, size)) {
        csv->no_memory = 1;
        return;
    }
    if (size > 0)
        memcpy(csv->text + csv->text_size, data, size);
    csv->text_size += size;
    csv->text[csv->text_size++] = csv->options.delimiter;
}

static void on_row(int terminator, void *ctx)
{
    (void)terminator;
    ((msched__csv *)ctx)->row_done = 1;
}

/* The part of the unfinished field that libcsv has read, without the quote that closed it. */
static msched__slice broken_field(const msched__csv *csv)
{
    const char *text = (const char *)csv->parser.entry_buf;
    size_t size = csv->parser.entry_pos;
    size -= csv->parser.quoted && size > 0 && text[size - 1] == '"';
    return (msched__slice){text, size};
}

static msched_result bad_quote(const msched__csv *csv, msched_error *err)
{
    msched__slice field = broken_field(csv);
    uint64_t line = csv->line - 1, breaks = msched__count_bytes(field, '\n');
    breaks = breaks > 0 ? breaks : msched__count_bytes(field, '\r');
    if (breaks > 0)
        return msched__fail_at(err, MSCHED_ERROR_SYNTAX, line - breaks,
                               (uint32_t)csv->field_count + 1,
                               "opens with a quote (\") and continues to line %llu, where text "
                               "follows the closing quote: close the field "
                               "where it ends",
                               (unsigned long long)line);
    return msched__fail_at(err, MSCHED_ERROR_SYNTAX, line, (uint32_t)csv->field_count + 1,
                           "is followed by a quote (\") or by text after the closing quote: put "
                           "the whole field in quotes, "
                           "with each quote in it written twice");
}

/* Pass a line to libcsv, whose buffer is already large enough. */
static msched_result feed(msched__csv *csv, msched__slice line, msched_error *err)
{
    struct csv_parser *parser = &csv->parser;
    size_t size = parser->entry_size;
    if (!msched__grow(&csv->options.allocator, (void **)&parser->entry_buf, &size,
                      parser->entry_pos + line.size + 1, 1))
        return msched__fail_memory(err);
    parser->entry_size = size;
    size_t used = csv_parse(parser, line.data, line.size, on_field, on_row, csv);
    if (csv->no_memory)
        return msched__fail_memory(err);
    return used == line.size ? MSCHED_OK : bad_quote(csv, err);
}

static msched_result never_closed(const msched__csv *csv, uint64_t row_line, msched_error *err)
{
    return msched__fail_at(err, MSCHED_ERROR_SYNTAX, row_line, (uint32_t)csv->field_count + 1,
                           "opens with a quote (\") that is not closed within %u bytes: close it, "
                           "or raise max_row_bytes",
                           (unsigned)csv->options.max_row_bytes);
}

/* The end of the input in the middle of a line or of a quoted field. */
static msched_result finish(msched__csv *csv, uint64_t row_line, msched_error *err)
{
    int failed = csv_fini(&csv->parser, on_field, on_row, csv) != 0;
    if (csv->no_memory)
        return msched__fail_memory(err);
    return failed
               ? msched__fail_at(
                     err, MSCHED_ERROR_SYNTAX, row_line, (uint32_t)csv->field_count + 1,
                     "opens with a quote (\") that is never closed: close it where the field ends")
               : MSCHED_OK;
}

/* The lines of a row with quotes, of which `line` is the first. */
static msched_result read_quoted_lines(msched__csv *csv, msched__slice line, uint64_t row_line,
                                       msched_error *err)
{
    size_t row_bytes = 0;
    for (;;) {
        row_bytes += line.size;
        if (row_bytes > csv->options.max_row_bytes)
            return row_bytes == line.size ? row_too_long(csv, row_line, err)
                                          : never_closed(csv, row_line, err);
        msched_result result = feed(csv, line, err);
        if (result == MSCHED_OK && !csv->row_done && msched__csv_text_size(line) == line.size)
            result = finish(csv, row_line, err);
        if (result != MSCHED_OK || csv->row_done)
            return result;
        result = next_line(csv, row_line, &line, err);
        if (result == MSCHED_OK && line.size == 0)
            result = finish(csv, row_line, err);
        if (result == MSCHED_OK)
            result = report(csv, err);
        if (result != MSCHED_OK || csv->row_done)
            return result;
    }
}

/*
 * A row with quotes, which may span lines. If it is broken, an extra quote may have included
 * following rows: only its first line is dropped, and the next row is searched for after that.
 */
static msched_result read_quoted(msched__csv *csv, msched__slice line, uint64_t row_line,
                                 msched_error *err)
{
    csv->text_size = 0;
    csv->row_done = 0;
    csv->row = line.data;
    msched_result result = read_quoted_lines(csv, line, row_line, err);
    if (result == MSCHED_ERROR_SYNTAX) {
        csv->at = csv->row + line.size;
        csv->line = row_line + 1;
        csv->newline = NULL;
    }
    csv->row = NULL;
    const char *at = csv->text;
    for (size_t i = 0; result == MSCHED_OK && i < csv->field_count; i++) {
        csv->fields[i].data = at;
        at += csv->fields[i].size + 1;
    }
    return result;
}

static msched_result skip_mark(msched__csv *csv, msched_error *err)
{
    csv->begun = 1;
    if (csv->read == NULL && (uint64_t)(csv->end - csv->at) > csv->options.max_bytes)
        return too_large(csv, err);
    msched_result result = csv->read == NULL ? MSCHED_OK : refill(csv, err);
    if (result == MSCHED_OK && csv->end - csv->at >= 3 && memcmp(csv->at, "\xEF\xBB\xBF", 3) == 0)
        csv->at += 3;
    msched__slice line = {"", 1};
    for (uint32_t i = 0; result == MSCHED_OK && i < csv->options.skip_lines && line.size > 0; i++)
        result = next_line(csv, csv->line, &line, err);
    return result;
}

/* The next line that is not empty; *text_size receives its size without the line end. */
static msched_result next_row_line(msched__csv *csv, msched__slice *line, size_t *text_size,
                                   msched_error *err)
{
    msched_result result;
    do {
        result = next_line(csv, csv->line, line, err);
        if (result == MSCHED_OK)
            result = report(csv, err);
        *text_size = msched__csv_text_size(*line);
    } while (result == MSCHED_OK && line->size > 0 && *text_size == 0);
    return result;
}

/* Read the next row if it is in memory and has no quotes. 1 if it was read. */
static inline int scan_row(msched__csv *csv, msched__csv_row *row)
{
    msched__csv_scanned found;
    if (!csv->begun ||
        !csv->scan(csv->at, csv->end, csv->options.delimiter, csv->fields, csv->field_capacity,
                   &found) ||
        found.text_bytes == 0 || found.text_bytes > csv->options.max_row_bytes)
        return 0;
    *row = (msched__csv_row){
        csv->fields, found.field_count, csv->line++, {csv->at, found.text_bytes}, found.is_ascii};
    csv->at += found.bytes;
    return 1;
}

msched_result msched__csv_next(msched__csv *csv, msched__csv_row *row, msched_error *err)
{
    if (scan_row(csv, row))
        return report(csv, err);
    msched__slice line = {NULL, 0};
    size_t text_size = 0;
    msched_result result = csv->begun ? MSCHED_OK : skip_mark(csv, err);
    if (result == MSCHED_OK)
        result = next_row_line(csv, &line, &text_size, err);
    *row = (msched__csv_row){.line = csv->line - 1};
    if (result != MSCHED_OK || line.size == 0)
        return result;
    csv->field_count = 0;
    if (text_size > csv->options.max_row_bytes)
        return row_too_long(csv, row->line, err);
    int regular = 0;
    row->bytes = (msched__slice){line.data, text_size};
    if (line.size <= csv->options.max_row_bytes || memchr(line.data, '"', text_size) == NULL)
        result = split_quoted(csv, row->bytes, &regular, err);
    if (result == MSCHED_OK && !regular && csv->options.lenient) {
        result = split_lenient(csv, (msched__slice){line.data, text_size}, &regular, err);
        if (regular)
            row->bytes = (msched__slice){csv->text, csv->text_size};
    }
    if (result == MSCHED_OK && !regular) {
        csv->field_count = 0;
        result = read_quoted(csv, line, row->line, err);
        row->bytes = (msched__slice){csv->text, csv->text_size};
    }
    if (result == MSCHED_ERROR_SYNTAX) {
        row->bytes = broken_field(csv);
        reset_parser(csv);
    }
    if (result != MSCHED_OK)
        return result;
    row->fields = csv->fields;
    row->field_count = csv->field_count;
    return MSCHED_OK;
}
