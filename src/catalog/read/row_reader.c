#include "catalog/read/row_reader.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "catalog/read/row_form.h"
#include "catalog/read/row_strict.h"
#include "catalog/read/row_values.h"
#include "catalog/read/sample.h"

#include <stdio.h>
#include <string.h>

/* The end of a long name is more specific than its start, and messages are short. */
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

/* An error in place of a row, with the column's name and the source's. */
static msched_result name_place(const msched__row_reader *reader, const msched__csv_row *row,
                                msched_result result, msched_error *err)
{
    if (result == MSCHED_ERROR_SYNTAX) {
        msched_error plain = *err;
        msched__slice text = row->bytes; /* its first line, if it spans several */
        for (size_t i = 0; i < text.size; i++)
            if (text.data[i] == '\n' || text.data[i] == '\r')
                text.size = i;
        msched__fail_at(err, result, plain.line, plain.column, "%s: %s %s",
                        reader->field_count == 0 ? "header"
                                                 : msched__column_of_field(reader, plain.column),
                        msched__quote(text).text, plain.message);
    }
    msched__name_source(reader, err);
    return result;
}

static inline msched_result next_row(msched__row_reader *reader, msched__csv_row *row,
                                     msched_error *err)
{
    const msched_result result = msched__csv_next(reader->csv, row, err);
    return result == MSCHED_OK ? result : name_place(reader, row, result, err);
}

/* Rows are told by the lines of the file that the person has. */
static void set_line(msched__row_reader *reader, msched__csv_row *row)
{
    const uint64_t index = reader->rows_read++;
    if (reader->lines != NULL && index < reader->line_count && reader->lines[index] > 0)
        row->line = reader->lines[index];
}

/* Report a packed file and the like as what it is, not as a header without columns. */
static msched_result check_header_bytes(const msched__csv_row *header, msched_error *err)
{
    size_t good = msched__utf8_check(header->bytes.data, header->bytes.size);
    if (good == header->bytes.size)
        return MSCHED_OK;
    return msched__fail_at(err, MSCHED_ERROR_ENCODING, header->line, 0,
                           "the header has byte 0x%02X, which is not valid UTF-8: the input must "
                           "be CSV text, saved as UTF-8",
                           (unsigned)(unsigned char)header->bytes.data[good]);
}

/* Learn from the first rows what the header does not show. */
static msched_result look_at_rows(msched__row_reader *reader, msched_error *err)
{
    const msched__csv_options options = {.delimiter = reader->report->delimiter,
                                         .max_row_bytes = reader->options->max_row_bytes,
                                         .max_bytes = UINT64_MAX,
                                         .skip_lines = reader->report->skipped_lines,
                                         .lenient = 1,
                                         .allocator = reader->made.allocator};
    if (reader->head.size == 0)
        return MSCHED_OK;
    msched_result result = msched__sample_csv(&reader->map, reader->head, &options, err);
    msched__hints_apply(&reader->map);
    return result;
}

static msched_result match_header(msched__row_reader *reader, const msched__csv_row *header,
                                  msched_error *err)
{
    msched__header_names names;
    msched_result result = msched__header_names_read(&names, reader->options, err);
    if (result == MSCHED_OK)
        result = msched__header_match(&reader->map, &names, header->fields, header->field_count,
                                      err);
    if (result == MSCHED_ERROR_HEADER)
        err->line = header->line;
    if (result == MSCHED_OK)
        result = look_at_rows(reader, err);
    if (result == MSCHED_OK && !msched__header_suffices(&reader->map, &names))
        result = msched__header_fail(&reader->map, &names, header->fields, header->field_count,
                                     header->line, err);
    return result;
}

/* The first and the last field of playlist, genre and subgenre, if no others lie between them. */
static void find_place(msched__row_reader *reader)
{
    uint32_t first = UINT32_MAX, last = 0, count = 0;
    for (uint32_t column = MSCHED__COLUMN_PLAYLIST_ID; column <= MSCHED__COLUMN_SUBGENRE;
         column++) {
        const uint32_t field = reader->map.fields[column];
        if (field == 0)
            continue;
        first = field < first ? field : first;
        last = field > last ? field : last;
        count++;
    }
    const int is_one = count > 0 && last - first + 1 == count;
    reader->first_place = is_one ? first : 0;
    reader->last_place = is_one ? last : 0;
}

/* After the header is matched: what follows from it, and its report. */
static msched_result keep_header(msched__row_reader *reader, msched__report *all,
                                 const msched__csv_row *header, msched_error *err)
{
    reader->field_count = header->field_count;
    reader->counts_artists = reader->map.fields[MSCHED__COLUMN_ARTIST_URIS] != 0 ||
                             reader->map.fields[MSCHED__COLUMN_ARTIST_COUNT] != 0;
    for (uint32_t i = 0; i < MSCHED__MORE_ARTISTS; i++)
        reader->more_artists |= reader->map.fields[MSCHED__COLUMN_MORE_ARTISTS + i] != 0;
    reader->evidence.duration_unit = reader->map.units[MSCHED__COLUMN_DURATION];
    reader->report->header_line = (uint32_t)header->line;
    msched__header_report(&reader->map, reader->report);
    if (!msched__report_keep_header(all, reader->report, header->fields, header->field_count))
        return msched__fail_memory(err);
    for (uint32_t i = 0; header->line > 0 && i < 2; i++) {
        const uint32_t field = reader->map.fields[MSCHED__COLUMN_TRACK_NAME + i];
        const char *name = field == 0 ? "" : reader->report->fields[field - 1];
        reader->names[i] = (msched__slice){name, strlen(name)};
    }
    msched__hints_tell(&reader->map, all, reader->report);
    msched__begin_features(reader);
    find_place(reader);
    return MSCHED_OK;
}

/* Concatenated files contain several headers. */
static int repeats_header(const msched__row_reader *reader)
{
    for (uint32_t i = 0; i < 2; i++) {
        const msched__slice name = reader->names[i],
                            cell = msched__cell_of(reader, MSCHED__COLUMN_TRACK_NAME + i);
        if (name.size == 0 || cell.size != name.size ||
            memcmp(cell.data, name.data, name.size) != 0)
            return 0;
    }
    return 1;
}

/* Columns of an input without a header, found from its cells. */
static msched_result number_columns(msched__row_reader *reader, msched__report *all,
                                    msched_error *err)
{
    char names[MSCHED__REPORT_COLUMNS][12];
    msched__slice fields[MSCHED__REPORT_COLUMNS];
    const msched__no_header *found = reader->no_header;
    for (size_t i = 0; i < found->field_count; i++)
        fields[i] = (msched__slice){
            names[i], (size_t)snprintf(names[i], sizeof names[i], "column %u", (unsigned)i + 1)};
    const msched__csv_row header = {.fields = fields, .field_count = found->field_count};
    reader->map = found->map;
    msched__no_header_tell(found, all, reader->report);
    return keep_header(reader, all, &header, err);
}

static msched_result fail_in_doubt(const msched__row_reader *reader, const msched__csv_row *header,
                                   msched_error *err)
{
    return msched__fail_at(
        err, MSCHED_ERROR_HEADER, header->line, 0,
        "the file has no header, and %s: set columns, for example \"track_name=column 1\"",
        reader->no_header->doubt);
}

static msched_result read_header(msched__row_reader *reader, msched__report *all, msched_error *err)
{
    msched__csv_row header;
    const msched__no_header *found = reader->no_header;
    if (found != NULL && found->is_found && !found->names_follow)
        return number_columns(reader, all, err);
    msched_result result = next_row(reader, &header, err);
    if (result != MSCHED_OK)
        return result;
    if (header.fields == NULL) {
        result = msched__fail(
            err, MSCHED_ERROR_HEADER,
            "the input is empty: it needs a header line with track_id, track_name, track_artist, "
            "track_popularity and duration_ms or equivalent names");
    } else {
        result = reader->options->strict ? check_header_bytes(&header, err)
                                         : msched__make_utf8(reader, &header, err);
        if (result == MSCHED_OK && found != NULL && found->is_found) {
            reader->map = found->map;
            msched__no_header_tell(found, all, reader->report);
        } else if (result == MSCHED_OK) {
            result = match_header(reader, &header, err);
            if (result == MSCHED_ERROR_HEADER && found != NULL && found->doubt[0] != '\0')
                result = fail_in_doubt(reader, &header, err);
        }
    }
    if (result != MSCHED_OK && result != MSCHED_ERROR_ARGUMENT)
        msched__name_source(reader, err);
    if (result != MSCHED_OK)
        return result;
    return keep_header(reader, all, &header, err);
}

void msched__row_reader_init(msched__row_reader *reader, const msched_catalog_options *options,
                             const char *source, msched__report *all)
{
    const msched_allocator allocator = msched__allocator_copy(options->allocator);
    memset(reader, 0, sizeof *reader);
    reader->options = options;
    reader->report = all->last_file;
    msched__buffer_init(&reader->made, &allocator);
    msched__buffer_init(&reader->lists, &allocator);
    set_source(reader, source);
    memcpy(reader->report->source, reader->source, sizeof reader->source);
}

msched_result msched__row_reader_begin(msched__row_reader *reader, msched__csv *csv,
                                       msched__report *all, msched_error *err)
{
    reader->csv = csv;
    return read_header(reader, all, err);
}

msched_result msched__row_reader_begin_table(msched__row_reader *reader, msched__report *all,
                                             const msched__slice *names, size_t count,
                                             msched_error *err)
{
    msched__csv_row header = {.fields = names, .field_count = count};
    msched_result result = match_header(reader, &header, err);
    return result == MSCHED_OK ? keep_header(reader, all, &header, err) : result;
}

void msched__row_reader_free(msched__row_reader *reader)
{
    const msched_allocator allocator = reader->made.allocator;
    msched__buffer_free(&reader->made);
    msched__buffer_free(&reader->lists);
    msched__free(&allocator, reader->fields);
    reader->fields = NULL;
}

enum msched__row_outcome msched__row_reader_next(msched__row_reader *reader, msched__csv_row *row,
                                                 msched_error *err)
{
    const msched_result result = next_row(reader, row, err);
    if (result != MSCHED_OK)
        return result == MSCHED_ERROR_SYNTAX ? MSCHED__ROW_BAD : MSCHED__ROW_FAILED;
    if (row->fields == NULL && row->ends == NULL)
        return MSCHED__ROW_END;
    set_line(reader, row);
    return MSCHED__ROW_GOOD;
}

msched_result msched__row_reader_take_lines(msched__row_reader *reader, size_t most, char **buffer,
                                            size_t *capacity, msched__csv_lines *lines,
                                            msched_error *err)
{
    *lines = (msched__csv_lines){.count = 0};
    if (reader->lines != NULL)
        return MSCHED_OK; /* rows are counted */
    const msched_result result = msched__csv_take_lines(reader->csv, most, buffer, capacity, lines,
                                                        err);
    if (result != MSCHED_OK)
        msched__name_source(reader, err);
    return result;
}

/* 1 if the row says nothing: it has no text, or separates a header from its rows. */
static int is_blank(const msched__csv_row *row)
{
    const char first = row->bytes.size > 0 ? row->bytes.data[0] : 'a';
    const size_t size = row->ends != NULL ? row->ends[0] : row->fields[0].size;
    return (size == 0 && msched__row_is_blank(row)) ||
           ((first == '|' || first == '-' || first == '=' || first == ':') &&
            msched__row_is_rule(row));
}

enum msched__row_outcome msched__row_reader_read(msched__row_reader *reader,
                                                 const msched__csv_row *from,
                                                 msched__checked_row *checked, msched_error *err)
{
    msched__csv_row *row = &reader->row;
    if (from != row)
        *row = *from;
    checked->line = row->line;
    reader->rows_read++;
    reader->row_number = reader->lines != NULL ? reader->rows_read : row->line;
    const int strict = reader->options->strict != 0;
    if (!strict && is_blank(row))
        return MSCHED__ROW_BLANK;
    const msched__row_place place = {reader->source, row->line, reader->map.fields};
    msched_result result = msched__check_form(reader, row, err);
    if (result == MSCHED_OK && !strict && repeats_header(reader)) {
        msched__fail_at(err, MSCHED_ERROR_VALUE, row->line, 0, "the header is repeated here");
        msched__name_source(reader, err);
        return MSCHED__ROW_LOST;
    }
    if (result == MSCHED_OK)
        result = strict ? msched__read_strict(reader, &checked->values, &place, err)
                        : msched__read_values(reader, &checked->values, &place, err);
    if (result == MSCHED_OK)
        return MSCHED__ROW_GOOD;
    if (result == MSCHED_ERROR_MEMORY)
        return MSCHED__ROW_FAILED;
    return result == MSCHED_ERROR_NOT_FOUND ? MSCHED__ROW_LOST : MSCHED__ROW_BAD;
}

void msched__row_reader_forget(msched__row_reader *reader)
{
    reader->before = (msched__row_before){.has_texts = 0};
}

void msched__row_reader_share(msched__row_reader *copy, const msched__row_reader *reader,
                              msched__csv *csv, msched__file_report *report)
{
    *copy = *reader;
    msched__buffer_init(&copy->made, &reader->made.allocator);
    msched__buffer_init(&copy->lists, &reader->lists.allocator);
    copy->fields = NULL;
    copy->field_capacity = 0;
    copy->csv = csv;
    memset(&copy->evidence, 0, sizeof copy->evidence);
    memset(report, 0, sizeof *report);
    report->delimiter = reader->report->delimiter;
    copy->report = report;
}

static void add_evidence(msched__evidence *to, const msched__evidence *from)
{
    to->plain_durations += from->plain_durations;
    to->below_ten_thousand += from->below_ten_thousand;
    to->below_thousand += from->below_thousand;
    to->below_least += from->below_least;
    to->fractions += from->fractions;
    to->no_seconds += from->no_seconds;
    to->negative_durations += from->negative_durations;
    to->below_tenth += from->below_tenth;
    to->timed += from->timed;
    to->even_hours += from->even_hours;
    to->day_first += from->day_first;
    to->month_first += from->month_first;
    to->undecided_dates += from->undecided_dates;
    to->over_one |= from->over_one;
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++)
        to->off_scale[f] += from->off_scale[f];
}

static void add_cells(msched__column_report *to, const msched__column_report *from)
{
    if (from->unreadable > 0 && (to->unreadable == 0 || from->first_row < to->first_row)) {
        to->first_row = from->first_row;
        to->first_line = from->first_line;
        memcpy(to->first_text, from->first_text, sizeof to->first_text);
    }
    to->unknown += from->unknown;
    to->unreadable += from->unreadable;
}

void msched__row_reader_join(msched__row_reader *reader, msched__row_reader *copy)
{
    msched__file_report *to = reader->report;
    const msched__file_report *from = copy->report;
    add_evidence(&reader->evidence, &copy->evidence);
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++)
        add_cells(&to->columns[column], &from->columns[column]);
    to->recoded_fields += from->recoded_fields;
    to->made_ids += from->made_ids;
    to->rounded += from->rounded;
    msched__row_reader_free(copy);
}
