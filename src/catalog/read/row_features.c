#include "catalog/read/row_features.h"

#include "base/number.h"
#include "base/slice.h"
#include "catalog/cells/cells.h"
#include "format/byte_block.h"

#include <string.h>

void msched__note_cell(const msched__row_reader *reader, msched__column_report *report,
                       uint64_t line, enum msched__cell outcome, uint32_t column,
                       msched__slice text)
{
    if (reader->map.fields[column] == 0)
        return;
    msched__quoted number;
    if (report->unreadable == 0)
        report->first_row = reader->row_number;
    if (msched__has_number(reader, column)) {
        number = msched__show_number(reader->numbers[column]);
        text = (msched__slice){number.text, strlen(number.text)};
    }
    msched__report_unknown(report, line,
                           outcome == MSCHED__CELL_EMPTY ? NULL
                                                         : msched__quote(msched__trim(text)).text);
}

/* Read any cell. */
static void read_cell(msched__row_reader *reader, uint32_t feature, msched__slice text,
                      double *value)
{
    const uint32_t column = MSCHED__COLUMN_FEATURE + feature;
    const uint8_t unit = reader->map.units[column];
    const enum msched__cell outcome = msched__has_number(reader, column)
                                          ? msched__number_feature(feature, reader->numbers[column],
                                                                   unit, value, &reader->evidence)
                                          : msched__cell_feature(feature, text, unit, value,
                                                                 &reader->evidence);
    if (outcome != MSCHED__CELL_READ)
        msched__note_cell(reader, &reader->report->columns[column], reader->row.line, outcome,
                          column, text);
}

/* Read a plain number in its range, as most cells are. 1 if the cell is such a number. */
static inline int read_plain(const msched__row_reader *reader, uint32_t feature, msched__slice text,
                             double *value)
{
    return reader->map.units[MSCHED__COLUMN_FEATURE + feature] == MSCHED__UNIT_NONE &&
           msched__parse_double(text.data, text.size, value) && *value != -1 &&
           msched__feature_in_range(feature, *value);
}

/*
 * Where the feature cells of the reader's row are, for read_words. A cell that is missing or ends
 * too early gets a size that no number has. 0: the row is too short for that.
 */
static int place_cells(const msched__row_reader *reader, uint32_t before[MSCHED__WORDS],
                       uint32_t ends[MSCHED__WORDS])
{
    const msched__csv_row *row = &reader->row;
    const uint32_t size = (uint32_t)row->bytes.size;
    if (row->bytes.size < 8 || row->bytes.size >= UINT32_MAX)
        return 0;
    for (uint32_t f = 0; f < MSCHED__WORDS; f++) {
        const msched__slice text = msched__cell_of(reader, MSCHED__COLUMN_FEATURE + f);
        const uint32_t from = text.size == 0 ? 0 : (uint32_t)(text.data - row->bytes.data),
                       end = from + (uint32_t)text.size;
        before[f] = end < 8 ? size : from - 1;
        ends[f] = end < 8 ? size : end;
    }
    return 1;
}

/* The features that are read at once, the length with them. */
static uint32_t read_words(const msched__row_reader *reader, msched__values *values)
{
    const msched__csv_row *row = &reader->row;
    const uint32_t first = reader->first_feature;
    uint32_t before[MSCHED__WORDS], ends[MSCHED__WORDS];
    if (reader->read_words == NULL)
        return 0;
    if (first != 0 && row->ends != NULL && row->ends[first - 1] >= 8)
        return reader->read_words(row->bytes.data, row->ends + (ptrdiff_t)first - 2,
                                  row->ends + first - 1, &reader->limits, values->feature,
                                  &values->duration);
    return place_cells(reader, before, ends)
               ? reader->read_words(row->bytes.data, before, ends, &reader->limits, values->feature,
                                    &values->duration)
               : 0;
}

int msched__read_features(msched__row_reader *reader, msched__values *values)
{
    const uint32_t found = read_words(reader, values);
    for (uint32_t left = ~found & ((1u << MSCHED__FEATURES) - 1); left != 0; left &= left - 1) {
        const uint32_t f = (uint32_t)msched__block_first(left);
        const msched__slice text = msched__cell_of(reader, MSCHED__COLUMN_FEATURE + f);
        if (reader->is_number != NULL || !read_plain(reader, f, text, &values->feature[f]))
            read_cell(reader, f, text, &values->feature[f]);
    }
    return (found >> MSCHED_FEATURE_DURATION_MS) != 0;
}

/* The field of the first feature, if the others and the length follow it in their order; else 0. */
static uint32_t first_feature(const msched__row_reader *reader)
{
    const uint32_t *fields = reader->map.fields + MSCHED__COLUMN_FEATURE;
    for (uint32_t f = 0; f < MSCHED__WORDS; f++)
        if (fields[f] == 0 || fields[f] != fields[0] + f)
            return 0;
    return fields[0];
}

void msched__begin_features(msched__row_reader *reader)
{
    uint8_t is_plain[MSCHED__WORDS];
    for (uint32_t f = 0; f < MSCHED__WORDS; f++) {
        const uint8_t unit = reader->map.units[MSCHED__COLUMN_FEATURE + f];
        is_plain[f] = f == MSCHED_FEATURE_DURATION_MS ? unit != MSCHED__UNIT_MIN
                                                      : unit == MSCHED__UNIT_NONE;
    }
    msched__feature_limits_init(&reader->limits, is_plain);
    reader->first_feature = first_feature(reader);
    reader->read_words = reader->csv == NULL ? NULL : msched__feature_words_reader();
}
