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

/* Where the features of the reader's row are. */
static void place_features(const msched__row_reader *reader,
                           msched__cell_place places[MSCHED__FEATURES])
{
    const uint32_t *fields = reader->map.fields + MSCHED__COLUMN_FEATURE, *ends = reader->row.ends;
    const char *bytes = reader->row.bytes.data;
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++) {
        const uint32_t field = fields[f];
        if (field == 0) {
            places[f] = (msched__cell_place){0, 0};
        } else if (ends != NULL) {
            const uint32_t from = ends[(ptrdiff_t)field - 2] + 1;
            places[f] = (msched__cell_place){from, ends[field - 1] - from};
        } else {
            const msched__slice text = reader->row.fields[field - 1];
            places[f] = (msched__cell_place){(uint32_t)(text.data - bytes), (uint32_t)text.size};
        }
    }
}

/* Read those cells. */
static void read_placed(msched__row_reader *reader, msched__values *values)
{
    msched__cell_place places[MSCHED__FEATURES];
    const char *bytes = reader->row.bytes.data;
    place_features(reader, places);
    const uint32_t found = reader->read_words == NULL
                               ? 0
                               : reader->read_words(places, bytes, &reader->limits,
                                                    values->feature);
    for (uint32_t left = ~found & ((1u << MSCHED__FEATURES) - 1); left != 0; left &= left - 1) {
        const uint32_t f = (uint32_t)msched__block_first(left);
        const msched__slice text = {bytes + places[f].at, places[f].size};
        if (!read_plain(reader, f, text, &values->feature[f]))
            read_cell(reader, f, text, &values->feature[f]);
    }
}

void msched__read_features(msched__row_reader *reader, msched__values *values)
{
    if (reader->csv != NULL && reader->is_number == NULL && reader->row.bytes.size <= UINT32_MAX) {
        read_placed(reader, values);
        return;
    }
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++) {
        const msched__slice text = msched__cell_of(reader, MSCHED__COLUMN_FEATURE + f);
        if (reader->is_number != NULL || !read_plain(reader, f, text, &values->feature[f]))
            read_cell(reader, f, text, &values->feature[f]);
    }
}

void msched__begin_features(msched__row_reader *reader)
{
    uint8_t is_plain[MSCHED__FEATURES];
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++)
        is_plain[f] = reader->map.units[MSCHED__COLUMN_FEATURE + f] == MSCHED__UNIT_NONE;
    msched__feature_limits_init(&reader->limits, is_plain);
    reader->read_words = msched__feature_words_reader();
}
