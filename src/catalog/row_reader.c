/* Rows of a CSV input: columns by name, values checked one by one. */
#include "catalog/row_reader.h"

#include "base/number.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The end of a long name says more than its beginning, and messages are short. */
static void set_source(msched__row_reader *reader, const char *name)
{
    size_t size = strlen(name), keep = sizeof reader->source - 4;
    if (size <= keep) {
        memcpy(reader->source, name, size + 1);
        return;
    }
    const char *tail = name + size - keep;
    while (((unsigned char)*tail & 0xC0) == 0x80)
        tail++;
    snprintf(reader->source, sizeof reader->source, "...%s", tail);
}

/* Put source and place in front of a message that came without them. */
static void name_source(const msched__row_reader *reader, msched_error *err)
{
    msched_error plain = *err;
    if (plain.line == 0)
        msched__fail(err, plain.code, "%s: %s", reader->source, plain.message);
    else if (plain.column == 0)
        msched__fail_at(err, plain.code, plain.line, 0, "%s:%llu: %s", reader->source, (unsigned long long)plain.line,
                        plain.message);
    else
        msched__fail_at(err, plain.code, plain.line, plain.column, "%s:%llu:%u: %s", reader->source, (unsigned long long)plain.line,
                        (unsigned)plain.column, plain.message);
}

static msched__slice trim(msched__slice text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text.data++;
        text.size--;
    }
    while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t'))
        text.size--;
    return text;
}

static int is_text(msched__slice slice, const char *text)
{
    return slice.size == strlen(text) && memcmp(slice.data, text, slice.size) == 0;
}

/* What the header must have: the required columns and those that the options name. */
static int is_wanted(const msched__row_reader *reader, uint32_t column)
{
    return msched__column_required(column) || reader->names[column] != msched__column_name(column);
}

/* A field of the header that may be meant as a column that is missing; 0 if none. */
static int find_resembling(const msched__csv_row *header, uint32_t column, msched__slice *found)
{
    for (size_t i = 0; i < header->field_count; i++) {
        *found = trim(header->fields[i]);
        if (msched__resembles_column(*found, column))
            return 1;
    }
    return 0;
}

static msched_result missing_columns(const msched__row_reader *reader, const msched__csv_row *header, msched_error *err)
{
    char names[120] = "", hint[120] = "";
    msched__slice other;
    for (uint32_t column = 0; column < MSCHED__COLUMN_COUNT; column++) {
        size_t used = strlen(names);
        if (!is_wanted(reader, column) || reader->fields[column] != 0)
            continue;
        snprintf(names + used, sizeof names - used, "%s%s", used == 0 ? "" : ", ", reader->names[column]);
        if (hint[0] == '\0' && find_resembling(header, column, &other))
            snprintf(hint, sizeof hint, "; where %s is meant, say so by columns: %s=%.*s", msched__quote(other).text,
                     msched__column_name(column), (int)(other.size < 40 ? other.size : 40), other.data);
    }
    if (header->field_count == 1)
        snprintf(hint, sizeof hint, " (one column only: is another delimiter meant?)");
    return msched__fail_at(err, MSCHED_ERROR_HEADER, header->line, 0, "the header lacks %s%s", names, hint);
}

static const char *column_of_field(const msched__row_reader *reader, size_t field)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_COUNT; column++)
        if (reader->fields[column] == field)
            return msched__column_name(column);
    return field > reader->field_count ? "an extra field" : "an ignored column";
}

/* The next row, errors with the column's name and the source's. */
static msched_result next_row(msched__row_reader *reader, msched__csv_row *row, msched_error *err)
{
    msched_result result = msched__csv_next(reader->csv, row, err);
    if (result == MSCHED_ERROR_SYNTAX) {
        msched_error plain = *err;
        msched__fail_at(err, result, plain.line, plain.column, "%s: %s %s",
                        reader->field_count == 0 ? "header" : column_of_field(reader, plain.column), msched__quote(row->bytes).text,
                        plain.message);
    }
    if (result != MSCHED_OK)
        name_source(reader, err);
    return result;
}

static msched_result find_columns(msched__row_reader *reader, const msched__csv_row *header, msched_error *err)
{
    for (size_t i = 0; i < header->field_count; i++) {
        msched__slice name = trim(header->fields[i]);
        for (uint32_t column = 0; column < MSCHED__COLUMN_COUNT; column++) {
            if (!is_text(name, reader->names[column]))
                continue;
            if (reader->fields[column] != 0)
                return msched__fail_at(err, MSCHED_ERROR_HEADER, header->line, (uint32_t)i + 1,
                                       "the header names %s twice, first in field %u", reader->names[column],
                                       (unsigned)reader->fields[column]);
            reader->fields[column] = (uint32_t)i + 1;
        }
    }
    for (uint32_t column = 0; column < MSCHED__COLUMN_COUNT; column++)
        if (is_wanted(reader, column) && reader->fields[column] == 0)
            return missing_columns(reader, header, err);
    return MSCHED_OK;
}

/* UTF-16, a packed file and the like are told as what they are, not as a header without the columns. */
static msched_result check_header_bytes(const msched__csv_row *header, msched_error *err)
{
    size_t good = msched__utf8_check(header->bytes.data, header->bytes.size);
    if (good == header->bytes.size)
        return MSCHED_OK;
    return msched__fail_at(err, MSCHED_ERROR_ENCODING, header->line, 0,
                           "the header has byte 0x%02X, which is not UTF-8 there: the input must be CSV text, saved as UTF-8",
                           (unsigned)(unsigned char)header->bytes.data[good]);
}

static msched_result read_header(msched__row_reader *reader, msched_error *err)
{
    msched__csv_row header;
    msched_result result = next_row(reader, &header, err);
    if (result != MSCHED_OK)
        return result;
    if (header.fields == NULL) {
        result = msched__fail(err, MSCHED_ERROR_HEADER,
                              "the input is empty: it needs a header line with track_id, track_name, "
                              "track_artist, track_popularity and duration_ms");
    } else {
        result = check_header_bytes(&header, err);
        if (result == MSCHED_OK)
            result = find_columns(reader, &header, err);
    }
    reader->field_count = header.field_count;
    if (result != MSCHED_OK)
        name_source(reader, err);
    return result;
}

static msched_result check_field_count(const msched__row_reader *reader, const msched__csv_row *row, msched_error *err)
{
    if (row->field_count == reader->field_count)
        return MSCHED_OK;
    if (row->field_count < reader->field_count)
        return msched__fail_at(err, MSCHED_ERROR_SYNTAX, row->line, (uint32_t)row->field_count + 1,
                               "the row ends after field %zu of %zu, %s: the next column, %s, is missing", row->field_count,
                               reader->field_count, msched__quote(row->fields[row->field_count - 1]).text,
                               column_of_field(reader, row->field_count + 1));
    return msched__fail_at(err, MSCHED_ERROR_SYNTAX, row->line, (uint32_t)reader->field_count + 1,
                           "the row has %zu fields, but the header has %zu; the first one too many is %s: put a text that holds "
                           "the delimiter in quotes",
                           row->field_count, reader->field_count, msched__quote(row->fields[reader->field_count]).text);
}

static msched_result bad_bytes(const msched__row_reader *reader, const msched__csv_row *row, msched_error *err)
{
    for (size_t i = 0; i < row->field_count; i++) {
        msched__slice field = row->fields[i];
        size_t good = msched__utf8_check(field.data, field.size);
        if (good < field.size)
            return msched__fail_at(err, MSCHED_ERROR_ENCODING, row->line, (uint32_t)i + 1,
                                   "%s: %s is followed by byte 0x%02X, which is not UTF-8 there: save the file as UTF-8",
                                   column_of_field(reader, i + 1), msched__quote((msched__slice){field.data, good}).text,
                                   (unsigned)(unsigned char)field.data[good]);
    }
    return MSCHED_OK;
}

static msched_result check_sizes(const msched__row_reader *reader, const msched__csv_row *row, msched_error *err)
{
    uint32_t limit = reader->options->max_field_bytes;
    for (size_t i = 0; row->bytes.size > limit && i < row->field_count; i++)
        if (row->fields[i].size > limit)
            return msched__fail_at(err, MSCHED_ERROR_LIMIT, row->line, (uint32_t)i + 1,
                                   "%s: %s is longer than %u bytes: raise max_field_bytes to load it",
                                   column_of_field(reader, i + 1), msched__quote(row->fields[i]).text, (unsigned)limit);
    return MSCHED_OK;
}

/* The cell of a column; empty where the column is not there. */
static msched__slice cell(const msched__row_reader *reader, const msched__csv_row *row, uint32_t column)
{
    uint32_t field = reader->fields[column];
    return field == 0 ? (msched__slice){"", 0} : row->fields[field - 1];
}

/* A whole number min..max, also as pandas writes it where a column has gaps: "66.0". */
static int parse_whole(msched__slice text, int64_t min, int64_t max, int64_t *value)
{
    if (text.size > 2 && memcmp(text.data + text.size - 2, ".0", 2) == 0)
        text.size -= 2;
    return msched__parse_int(text.data, text.size, value) && *value >= min && *value <= max;
}

static int is_unknown(msched__slice text)
{
    return text.size == 0 || is_text(text, "NA") || is_text(text, "NaN") || is_text(text, "nan");
}

static msched_result read_feature(uint32_t feature, msched__slice text, double *value, const msched__row_place *place,
                                  msched_error *err)
{
    if (!msched__parse_double(text.data, text.size, value)) {
        *value = NAN;
        text = trim(text);
        if (is_unknown(text))
            return MSCHED_OK;
        if (!msched__parse_double(text.data, text.size, value))
            return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_FEATURE + feature,
                                    "%s is not a number (decimal point, no unit)", msched__quote(text).text);
    }
    if (feature == MSCHED_FEATURE_KEY && *value == -1)
        *value = NAN;
    if (!msched__feature_in_range(feature, *value))
        return msched__feature_fail(feature, msched__quote(text).text, place, err);
    return MSCHED_OK;
}

static msched_result read_numbers(const msched__row_reader *reader, const msched__csv_row *row, msched__values *values,
                                  const msched__row_place *place, msched_error *err)
{
    int64_t whole;
    msched__slice text = trim(cell(reader, row, MSCHED__COLUMN_POPULARITY));
    if (!parse_whole(text, 0, 100, &whole))
        return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_POPULARITY, "%s is not a whole number 0..100",
                                msched__quote(text).text);
    values->popularity = (uint32_t)whole;
    text = trim(cell(reader, row, MSCHED__COLUMN_DURATION));
    if (!parse_whole(text, 1, 86400000, &whole))
        return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_DURATION,
                                "%s is not a whole number of milliseconds 1..86400000", msched__quote(text).text);
    values->duration_ms = (uint32_t)whole;
    text = trim(cell(reader, row, MSCHED__COLUMN_RELEASE_DATE));
    values->date = (msched__date){0, 0, 0};
    if (!is_unknown(text) && !msched__date_parse(text.data, text.size, &values->date))
        return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_RELEASE_DATE,
                                "%s is not a date YYYY, YYYY-MM or YYYY-MM-DD", msched__quote(text).text);
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++) {
        text = cell(reader, row, MSCHED__COLUMN_FEATURE + f);
        msched_result result = read_feature(f, text, &values->feature[f], place, err);
        if (result != MSCHED_OK)
            return result;
    }
    return MSCHED_OK;
}

/* Errors about one column name the source themselves; those about the row's form do not. */
static msched_result check_form(const msched__row_reader *reader, const msched__csv_row *row, msched_error *err)
{
    msched_result result = MSCHED_OK;
    if (msched__utf8_check(row->bytes.data, row->bytes.size) < row->bytes.size)
        result = bad_bytes(reader, row, err);
    if (result == MSCHED_OK)
        result = check_field_count(reader, row, err);
    if (result == MSCHED_OK)
        result = check_sizes(reader, row, err);
    if (result != MSCHED_OK)
        name_source(reader, err);
    return result;
}

static msched_result read_values(const msched__row_reader *reader, const msched__csv_row *row, msched__values *values,
                                 const msched__row_place *place, msched_error *err)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_TEXTS; column++) {
        values->text[column] = cell(reader, row, column);
        if (column <= MSCHED__COLUMN_TRACK_ARTIST && values->text[column].size == 0)
            return msched__check_text(column, values->text[column], place, err);
    }
    msched__hash_values(values);
    return read_numbers(reader, row, values, place, err);
}

msched_result msched__row_reader_begin(msched__row_reader *reader, const msched_catalog_options *options, const char *source,
                                       msched__csv *csv, msched_error *err)
{
    reader->options = options;
    reader->csv = csv;
    reader->field_count = 0;
    memset(reader->fields, 0, sizeof reader->fields);
    set_source(reader, source);
    msched_result result = msched__header_names(options, reader->names, err);
    return result == MSCHED_OK ? read_header(reader, err) : result;
}

enum msched__row_outcome msched__row_reader_next(msched__row_reader *reader, msched__checked_row *checked, msched_error *err)
{
    const msched__csv_row *row = &reader->row;
    msched_result result = next_row(reader, &reader->row, err);
    if (result != MSCHED_OK)
        return result == MSCHED_ERROR_SYNTAX ? MSCHED__ROW_BAD : MSCHED__ROW_FAILED;
    if (row->fields == NULL)
        return MSCHED__ROW_END;
    checked->line = row->line;
    const msched__row_place place = {reader->source, row->line, reader->fields};
    result = check_form(reader, row, err);
    if (result == MSCHED_OK)
        result = read_values(reader, row, &checked->values, &place, err);
    return result == MSCHED_OK ? MSCHED__ROW_GOOD : MSCHED__ROW_BAD;
}
