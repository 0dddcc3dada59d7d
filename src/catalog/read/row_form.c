#include "catalog/read/row_form.h"

#include "base/alloc.h"
#include "base/cp1252.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "catalog/cells/row.h"

#include <stdio.h>
#include <string.h>

/* The source, or its end if a message on the header would be cut after the whole source. */
static const char *place_of(const msched__row_reader *reader, const msched_error *plain,
                            char shorter[64])
{
    static const size_t digits = sizeof ":4294967295: ";
    const size_t size = strlen(reader->source), used = strlen(plain->message) + digits;
    const size_t room = used + 24 < sizeof plain->message ? sizeof plain->message - used : 24;
    if (plain->code != MSCHED_ERROR_HEADER || size <= room)
        return reader->source;
    const char *tail = reader->source + size - (room - 3);
    while (((unsigned char)*tail & 0xC0) == 0x80)
        tail++;
    snprintf(shorter, 64, "...%s", tail);
    return shorter;
}

void msched__name_source(const msched__row_reader *reader, msched_error *err)
{
    msched_error plain = *err;
    char shorter[64];
    const char *source = place_of(reader, &plain, shorter);
    if (plain.line == 0)
        msched__fail(err, plain.code, "%s: %s", source, plain.message);
    else if (plain.column == 0)
        msched__fail_at(err, plain.code, plain.line, 0, "%s:%llu: %s", source,
                        (unsigned long long)plain.line, plain.message);
    else
        msched__fail_at(err, plain.code, plain.line, plain.column, "%s:%llu:%u: %s", source,
                        (unsigned long long)plain.line, (unsigned)plain.column, plain.message);
}

const char *msched__column_of_field(const msched__row_reader *reader, size_t field)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++)
        if (reader->map.fields[column] == field)
            return msched__column_name(column);
    return field > reader->field_count ? "an extra field" : "an ignored column";
}

static msched__slice field_of(const msched__csv_row *row, size_t i)
{
    return row->ends != NULL ? msched__csv_field_between(row, i + 1) : row->fields[i];
}

int msched__row_is_blank(const msched__csv_row *row)
{
    for (size_t i = 0; i < row->field_count; i++)
        if (msched__trim(field_of(row, i)).size > 0)
            return 0;
    return 1;
}

int msched__row_is_rule(const msched__csv_row *row)
{
    size_t dashes = 0;
    for (size_t i = 0; i < row->field_count; i++) {
        const msched__slice text = msched__trim(field_of(row, i));
        for (size_t at = 0; at < text.size; at++) {
            if (memchr("-=:+", text.data[at], 4) == NULL)
                return 0;
            dashes += text.data[at] == '-' || text.data[at] == '=';
        }
        if (text.size > 0 && text.size < 3)
            return 0;
    }
    return dashes >= 3;
}

/* Empty fields after the last column are ignored, unless strict. */
static int has_extra_fields(const msched__row_reader *reader, const msched__csv_row *row)
{
    if (reader->options->strict)
        return row->field_count > reader->field_count;
    for (size_t i = reader->field_count; i < row->field_count; i++)
        if (msched__trim(row->fields[i]).size > 0)
            return 1;
    return 0;
}

/*
 * Programs leave out the last empty fields of some rows. Nothing is lost if a few fields after an
 * empty one are missing, and if these are not read.
 */
static int lacks_unread_fields(const msched__row_reader *reader, const msched__csv_row *row)
{
    const size_t missing = reader->field_count - row->field_count;
    if (reader->options->strict || 8 * missing > reader->field_count ||
        msched__trim(row->fields[row->field_count - 1]).size > 0)
        return 0;
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++)
        if (reader->map.fields[column] > row->field_count)
            return 0;
    return 1;
}

static msched_result check_field_count(const msched__row_reader *reader, const msched__csv_row *row,
                                       msched_error *err)
{
    if (row->field_count == reader->field_count)
        return MSCHED_OK;
    if (row->field_count < reader->field_count && lacks_unread_fields(reader, row))
        return MSCHED_OK;
    if (row->field_count < reader->field_count)
        return msched__fail_at(
            err, MSCHED_ERROR_SYNTAX, row->line, (uint32_t)row->field_count + 1,
            "the row ends after field %zu of %zu, %s: the next column, %s, is missing",
            row->field_count, reader->field_count,
            msched__quote(row->fields[row->field_count - 1]).text,
            msched__column_of_field(reader, row->field_count + 1));
    if (!has_extra_fields(reader, row))
        return MSCHED_OK;
    return msched__fail_at(err, MSCHED_ERROR_SYNTAX, row->line, (uint32_t)reader->field_count + 1,
                           "the row has %zu fields, but the header has %zu; the first extra field "
                           "is %s: put quotes around text that contains the delimiter",
                           row->field_count, reader->field_count,
                           msched__quote(row->fields[reader->field_count]).text);
}

static msched_result bad_bytes(const msched__row_reader *reader, const msched__csv_row *row,
                               msched_error *err)
{
    for (size_t i = 0; i < row->field_count; i++) {
        msched__slice field = row->fields[i];
        size_t good = msched__utf8_check(field.data, field.size);
        if (good < field.size)
            return msched__fail_at(err, MSCHED_ERROR_ENCODING, row->line, (uint32_t)i + 1,
                                   "%s: %s is followed by byte 0x%02X, which is not valid UTF-8: "
                                   "save the file as UTF-8",
                                   msched__column_of_field(reader, i + 1),
                                   msched__quote((msched__slice){field.data, good}).text,
                                   (unsigned)(unsigned char)field.data[good]);
    }
    return MSCHED_OK;
}

/* Convert the fields to UTF-8: each that is not UTF-8 is read as Windows-1252. */
static msched_result recode(msched__row_reader *reader, msched__csv_row *row, msched_error *err)
{
    if (memchr(row->bytes.data, '\0', row->bytes.size) != NULL)
        return msched__fail_at(
            err, MSCHED_ERROR_ENCODING, row->line, 0,
            "the row contains a NUL byte: the input must be text, not a binary file");
    if (!msched__grow(&reader->made.allocator, (void **)&reader->fields, &reader->field_capacity,
                      row->field_count, sizeof *reader->fields))
        return msched__fail_memory(err);
    msched__buffer_clear(&reader->made);
    for (size_t i = 0; i < row->field_count; i++) {
        const msched__slice field = row->fields[i];
        size_t from = reader->made.size;
        if (msched__utf8_check(field.data, field.size) == field.size) {
            msched__buffer_add(&reader->made, field.data, field.size);
        } else {
            msched__cp1252_add(&reader->made, field);
            reader->report->recoded_fields++;
        }
        reader->fields[i] = (msched__slice){NULL, reader->made.size - from};
        msched__buffer_char(&reader->made, reader->report->delimiter);
    }
    if (reader->made.failed)
        return msched__fail_memory(err);
    const char *at = reader->made.data;
    for (size_t i = 0; i < row->field_count; i++) {
        reader->fields[i].data = at;
        at += reader->fields[i].size + 1;
    }
    row->fields = reader->fields;
    row->bytes = (msched__slice){reader->made.data, reader->made.size};
    return MSCHED_OK;
}

static msched_result check_sizes(const msched__row_reader *reader, const msched__csv_row *row,
                                 msched_error *err)
{
    uint32_t limit = reader->options->max_field_bytes;
    for (size_t i = 0; row->bytes.size > limit && i < row->field_count; i++)
        if (row->fields[i].size > limit)
            return msched__fail_at(
                err, MSCHED_ERROR_LIMIT, row->line, (uint32_t)i + 1,
                "%s: %s is longer than %u bytes: raise max_field_bytes to load it",
                msched__column_of_field(reader, i + 1), msched__quote(row->fields[i]).text,
                (unsigned)limit);
    return MSCHED_OK;
}

msched_result msched__make_utf8(msched__row_reader *reader, msched__csv_row *row, msched_error *err)
{
    if (row->is_ascii || msched__utf8_check(row->bytes.data, row->bytes.size) == row->bytes.size)
        return MSCHED_OK;
    return reader->options->strict ? bad_bytes(reader, row, err) : recode(reader, row, err);
}

/* Fields instead of the ends of a row. 0 when out of memory. */
static int set_fields(msched__row_reader *reader, msched__csv_row *row)
{
    if (!msched__grow(&reader->made.allocator, (void **)&reader->fields, &reader->field_capacity,
                      row->field_count, sizeof *reader->fields))
        return 0;
    for (size_t i = 0; i < row->field_count; i++)
        reader->fields[i] = msched__csv_field_between(row, i + 1);
    row->fields = reader->fields;
    row->ends = NULL;
    return 1;
}

/* 1 if a row passes all checks because it is as most are. */
static int is_usual(const msched__row_reader *reader, const msched__csv_row *row)
{
    return row->ends != NULL && row->field_count == reader->field_count &&
           row->bytes.size <= reader->options->max_field_bytes &&
           (row->is_ascii ||
            msched__utf8_check(row->bytes.data, row->bytes.size) == row->bytes.size);
}

/* Errors about one column name the source themselves; those about the row's form do not. */
msched_result msched__check_form(msched__row_reader *reader, msched__csv_row *row,
                                 msched_error *err)
{
    if (is_usual(reader, row))
        return MSCHED_OK;
    if (row->ends != NULL && !set_fields(reader, row))
        return msched__fail_memory(err);
    msched_result result = msched__make_utf8(reader, row, err);
    if (result == MSCHED_OK)
        result = check_field_count(reader, row, err);
    if (result == MSCHED_OK)
        result = check_sizes(reader, row, err);
    if (result != MSCHED_OK)
        msched__name_source(reader, err);
    return result;
}
