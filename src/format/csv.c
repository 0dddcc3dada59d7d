#include "format/csv.h"

#include "base/alloc.h"
#include "base/error.h"
#include "format/byte_block.h"
#include "format/csv_scan.h"

#include <string.h>

static int grow_fields(msched__csv *csv, size_t more)
{
    return msched__csv_grow_fields(csv, csv->field_count + more);
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
            return row_bytes == line.size ? msched__csv_row_too_long(csv, row_line, err)
                                          : never_closed(csv, row_line, err);
        msched_result result = feed(csv, line, err);
        if (result == MSCHED_OK && !csv->row_done && msched__csv_text_size(line) == line.size)
            result = finish(csv, row_line, err);
        if (result != MSCHED_OK || csv->row_done)
            return result;
        result = msched__csv_next_line(csv, row_line, &line, err);
        if (result == MSCHED_OK && line.size == 0)
            result = finish(csv, row_line, err);
        if (result == MSCHED_OK)
            result = msched__csv_report(csv, err);
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

/* The next line that is not empty; *text_size receives its size without the line end. */
static msched_result next_row_line(msched__csv *csv, msched__slice *line, size_t *text_size,
                                   msched_error *err)
{
    msched_result result;
    do {
        result = msched__csv_next_line(csv, csv->line, line, err);
        if (result == MSCHED_OK)
            result = msched__csv_report(csv, err);
        *text_size = msched__csv_text_size(*line);
    } while (result == MSCHED_OK && line->size > 0 && *text_size == 0);
    return result;
}

/* The fields of a row that was scanned. */
static void set_fields(msched__csv *csv, msched__csv_row *row)
{
    for (size_t i = 0; i < row->field_count; i++)
        csv->fields[i] = msched__csv_field_between(row, i + 1);
    row->fields = csv->fields;
    row->ends = NULL;
}

/* Read the next row if it is in memory and has no quotes. 1 if it was read. */
static inline int scan_row(msched__csv *csv, msched__csv_row *row)
{
    msched__csv_scanned found;
    if (!csv->begun || csv->at == csv->end || csv->ends == NULL ||
        !csv->scan(csv->at, csv->readable, csv->options.delimiter, csv->ends + 1,
                   csv->field_capacity, &found) ||
        found.text_bytes == 0 || found.text_bytes > csv->options.max_row_bytes)
        return 0;
    *row = (msched__csv_row){.ends = csv->ends + 1,
                             .field_count = found.field_count,
                             .line = csv->line++,
                             .bytes = {csv->at, found.text_bytes},
                             .is_ascii = found.is_ascii};
    if (!csv->gives_ends)
        set_fields(csv, row);
    csv->at += found.bytes;
    return 1;
}

/* Read the next row line by line. */
static msched_result read_row(msched__csv *csv, msched__csv_row *row, msched_error *err)
{
    msched__slice line = {NULL, 0};
    size_t text_size = 0;
    msched_result result = csv->begun ? MSCHED_OK : msched__csv_begin(csv, err);
    if (result == MSCHED_OK)
        result = next_row_line(csv, &line, &text_size, err);
    *row = (msched__csv_row){.line = csv->line - 1};
    if (result != MSCHED_OK || line.size == 0)
        return result;
    csv->field_count = 0;
    if (text_size > csv->options.max_row_bytes)
        return msched__csv_row_too_long(csv, row->line, err);
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
        msched__csv_reset_parser(csv);
    }
    if (result != MSCHED_OK)
        return result;
    row->fields = csv->fields;
    row->field_count = csv->field_count;
    return MSCHED_OK;
}

msched_result msched__csv_next(msched__csv *csv, msched__csv_row *row, msched_error *err)
{
    if (!scan_row(csv, row))
        return read_row(csv, row, err);
    /* a reader of lines has nothing to report */
    return csv->gives_ends ? MSCHED_OK : msched__csv_report(csv, err);
}

uint64_t msched__csv_loose_rows(const msched__csv *csv)
{
    return csv->loose_rows;
}
