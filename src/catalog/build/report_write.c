/* A report as JSON and as text for people. */
#include "catalog/build/report_write.h"

#include "catalog/cells/row.h"

#include <string.h>

static const char *const unit_names[] = {NULL,      "milliseconds", "seconds", "minutes",
                                         "percent", "shares of 1",  "plays",   "points of 10"};

static void key_uint(msched__buffer *out, const char *key, uint64_t value)
{
    msched__buffer_format(out, ", \"%s\": ", key);
    msched__buffer_uint(out, value);
}

static void key_text(msched__buffer *out, const char *key, const char *value)
{
    msched__buffer_format(out, ", \"%s\": ", key);
    if (value == NULL)
        msched__buffer_string(out, "null");
    else
        msched__buffer_json(out, value);
}

static uint8_t unit_of(const msched__column_report *column)
{
    return column->settled_unit != MSCHED__UNIT_NONE ? column->settled_unit : column->unit;
}

static void write_column_json(msched__buffer *out, const msched__file_report *file, uint32_t index,
                              const char *before)
{
    static const char *const found[] = {"name", "alias", "option", "evidence"};
    const msched__column_report *column = &file->columns[index];
    msched__buffer_format(out, "%s\n    {\"column\": \"%s\"", before, msched__column_name(index));
    key_text(out, "header", file->fields == NULL ? "" : file->fields[column->field - 1]);
    key_uint(out, "field", column->field);
    key_text(out, "by", found[column->found_by]);
    key_text(out, "unit", unit_names[unit_of(column)]);
    key_uint(out, "unknown", column->unknown);
    key_uint(out, "unreadable", column->unreadable);
    if (column->unreadable > 0 && column->first_line > 0) {
        msched__buffer_format(out, ", \"first_unreadable\": {\"line\": %llu",
                              (unsigned long long)column->first_line);
        key_text(out, "text", column->first_text);
        msched__buffer_char(out, '}');
    }
    key_uint(out, "conflicts", column->conflicts);
    msched__buffer_char(out, '}');
}

static int is_used(const msched__file_report *file, uint32_t field)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++)
        if (file->columns[column].field == field)
            return 1;
    return 0;
}

static void write_left_out_json(msched__buffer *out, const msched__file_report *file,
                                const msched_error *reasons)
{
    msched__buffer_string(out, ",\n   \"left_out\": [");
    for (size_t i = 0; i < file->reasons; i++) {
        const msched_error *reason = &reasons[file->first_reason + i];
        msched__buffer_format(out, "%s\n    {\"line\": %llu", i == 0 ? "" : ",",
                              (unsigned long long)reason->line);
        key_uint(out, "field", reason->column);
        key_text(out, "message", msched__without_place(reason, file->source));
        msched__buffer_char(out, '}');
    }
    msched__buffer_char(out, ']');
}

static void write_file_json(msched__buffer *out, const msched__file_report *file,
                            const msched_error *reasons)
{
    const char delimiter[2] = {file->delimiter, '\0'};
    const char *before = "";
    msched__buffer_string(out, "{\"source\": ");
    msched__buffer_json(out, file->source);
    key_text(out, "encoding", file->encoding);
    key_text(out, "compression", file->compression);
    key_text(out, "delimiter", file->delimiter == '\0' ? NULL : delimiter);
    key_uint(out, "header_line", file->header_line);
    key_uint(out, "rows", file->rows);
    key_uint(out, "blank_rows", file->blank_rows);
    key_uint(out, "lost_rows", file->lost_rows);
    key_uint(out, "bad_rows", file->bad_rows);
    key_uint(out, "made_ids", file->made_ids);
    write_left_out_json(out, file, reasons);
    msched__buffer_string(out, ",\n   \"columns\": [");
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++)
        if (file->columns[column].field != 0) {
            write_column_json(out, file, column, before);
            before = ",";
        }
    msched__buffer_string(out, "],\n   \"ignored\": [");
    before = "";
    for (uint32_t field = 1; field <= file->field_count; field++)
        if (!is_used(file, field)) {
            msched__buffer_string(out, before);
            msched__buffer_json(out, file->fields[field - 1]);
            before = ", ";
        }
    msched__buffer_string(out, "],\n   \"assumed\": [");
    before = "\n    ";
    for (const msched__note *note = file->notes; note != NULL; note = note->next) {
        msched__buffer_string(out, before);
        msched__buffer_json(out, note->text);
        before = ",\n    ";
    }
    msched__buffer_string(out, "]}");
}

void msched__report_write_json(const msched__report *report, msched__buffer *out)
{
    const char *before = "{\"files\": [\n  ";
    msched__buffer_string(out, report->files == NULL ? "{\"files\": [" : "");
    for (const msched__file_report *file = report->files; file != NULL; file = file->next) {
        msched__buffer_string(out, before);
        write_file_json(out, file, report->reasons);
        before = ",\n  ";
    }
    msched__buffer_string(out, "]}\n");
}

static void write_column_text(msched__buffer *out, const msched__file_report *file, uint32_t index)
{
    const msched__column_report *column = &file->columns[index];
    msched__buffer_format(out, "  %-24s", msched__column_name(index));
    if (column->field == 0) {
        msched__buffer_string(out, " not in the input\n");
        return;
    }
    msched__buffer_format(out, " from \"%s\"",
                          file->fields == NULL ? "" : file->fields[column->field - 1]);
    if (unit_of(column) != MSCHED__UNIT_NONE)
        msched__buffer_format(out, ", in %s", unit_names[unit_of(column)]);
    if (column->unknown > 0)
        msched__buffer_format(out, ", %llu unknown", (unsigned long long)column->unknown);
    if (column->unreadable > 0) {
        msched__buffer_format(out, " (%llu of them unreadable",
                              (unsigned long long)column->unreadable);
        if (column->first_line > 0)
            msched__buffer_format(out, ", first %s in line %llu", column->first_text,
                                  (unsigned long long)column->first_line);
        if (index == MSCHED__COLUMN_POPULARITY && column->unit != MSCHED__UNIT_PLAYS)
            msched__buffer_format(out, "; popularity is 0 to %d",
                                  column->unit == MSCHED__UNIT_TENTH ? 10 : 100);
        msched__buffer_char(out, ')');
    }
    if (column->conflicts > 0)
        msched__buffer_format(out, ", %llu rows differ from the first row of their track",
                              (unsigned long long)column->conflicts);
    msched__buffer_char(out, '\n');
}

static void write_count(msched__buffer *out, const char *what, uint64_t count)
{
    if (count > 0)
        msched__buffer_format(out, "  %s: %llu\n", what, (unsigned long long)count);
}

#define REASONS_SHOWN 10
static void write_left_out_text(msched__buffer *out, const msched__file_report *file,
                                const msched_error *reasons)
{
    const uint64_t rows = file->bad_rows + file->lost_rows;
    const size_t shown = file->reasons < REASONS_SHOWN ? file->reasons : REASONS_SHOWN;
    write_count(out, "empty rows, left out", file->blank_rows);
    write_count(out, "rows without an id or a title and artist, left out", file->lost_rows);
    write_count(out, "broken rows, left out", file->bad_rows);
    for (size_t i = 0; i < shown; i++) {
        const msched_error *reason = &reasons[file->first_reason + i];
        msched__buffer_format(out, "    line %llu: %s\n", (unsigned long long)reason->line,
                              msched__without_place(reason, file->source));
    }
    if (rows > shown)
        msched__buffer_format(out, "    and %llu more\n", (unsigned long long)(rows - shown));
}

static void write_file_text(msched__buffer *out, const msched__file_report *file,
                            const msched_error *reasons)
{
    int ignored = 0;
    msched__buffer_format(out, "%s: %llu rows", file->source, (unsigned long long)file->rows);
    if (file->encoding != NULL)
        msched__buffer_format(out, ", %s%s%s", file->encoding,
                              file->compression == NULL ? "" : ", ",
                              file->compression == NULL ? "" : file->compression);
    if (file->delimiter == '\t')
        msched__buffer_string(out, ", separated by tabs");
    else if (file->delimiter != '\0')
        msched__buffer_format(out, ", separated by \"%c\"", file->delimiter);
    if (file->header_line > 0)
        msched__buffer_format(out, ", header in line %u", (unsigned)file->header_line);
    else if (file->delimiter != '\0')
        msched__buffer_string(out, ", no header");
    msched__buffer_char(out, '\n');
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++)
        if (column < MSCHED__COLUMN_COUNT || file->columns[column].field != 0)
            write_column_text(out, file, column);
    for (uint32_t field = 1; field <= file->field_count; field++)
        if (!is_used(file, field)) {
            msched__buffer_format(out, "%s\"%s\"",
                                  ignored ? ", " : "  ignored: ", file->fields[field - 1]);
            ignored = 1;
        }
    msched__buffer_string(out, ignored ? "\n" : "");
    write_left_out_text(out, file, reasons);
    for (const msched__note *note = file->notes; note != NULL; note = note->next)
        msched__buffer_format(out, "  assumed: %s\n", note->text);
}

void msched__report_write_text(const msched__report *report, msched__buffer *out)
{
    for (const msched__file_report *file = report->files; file != NULL; file = file->next)
        write_file_text(out, file, report->reasons);
}
