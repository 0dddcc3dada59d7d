/* Cells as people and programs write them. */
#include "catalog/row_values.h"

#include "base/number.h"
#include "catalog/cells.h"
#include "catalog/made_id.h"

#include <math.h>
#include <string.h>

/* Count a cell that has no value. */
static void note_cell(msched__row_reader *reader, enum msched__cell outcome, uint32_t column,
                      msched__slice text)
{
    if (outcome == MSCHED__CELL_READ || reader->map.fields[column] == 0)
        return;
    msched__report_unknown(reader->report, column, reader->row.line,
                           outcome == MSCHED__CELL_EMPTY ? NULL
                                                         : msched__quote(msched__trim(text)).text);
}

static void read_features(msched__row_reader *reader, msched__values *values)
{
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++) {
        const uint32_t column = MSCHED__COLUMN_FEATURE + f;
        const uint8_t unit = reader->map.units[column];
        const msched__slice text = msched__cell_of(reader, column);
        double *value = &values->feature[f];
        if (unit == MSCHED__UNIT_NONE && msched__parse_double(text.data, text.size, value) &&
            *value != -1 && msched__feature_in_range(f, *value))
            continue;
        note_cell(reader, msched__cell_feature(f, text, unit, value, &reader->evidence), column,
                  text);
    }
}

static void read_date(msched__row_reader *reader, msched__values *values)
{
    static const int32_t most[3] = {9999, 12, 31};
    msched__slice text = msched__cell_of(reader, MSCHED__COLUMN_RELEASE_DATE);
    note_cell(reader, msched__cell_date(text, values, &reader->evidence),
              MSCHED__COLUMN_RELEASE_DATE, text);
    if (reader->map.fields[MSCHED__COLUMN_YEAR] == 0)
        return;
    int32_t parts[3];
    for (uint32_t i = 0; i < 3; i++) {
        text = msched__cell_of(reader, MSCHED__COLUMN_YEAR + i);
        note_cell(reader, msched__cell_part(text, 1, most[i], &parts[i]), MSCHED__COLUMN_YEAR + i,
                  text);
    }
    if (values->date.year == 0)
        values->date = msched__cell_date_of(parts[0], parts[1], parts[2]);
}

static void read_numbers(msched__row_reader *reader, msched__values *values)
{
    int rounded = 0;
    msched__slice text = msched__cell_of(reader, MSCHED__COLUMN_POPULARITY);
    enum msched__cell outcome = msched__cell_popularity(text, &values->popularity, &rounded);
    reader->report->rounded += rounded != 0;
    note_cell(reader, outcome, MSCHED__COLUMN_POPULARITY, text);
    text = msched__cell_of(reader, MSCHED__COLUMN_DURATION);
    const uint8_t unit = reader->map.units[MSCHED__COLUMN_DURATION];
    note_cell(reader, msched__cell_duration(text, unit, values, &reader->evidence),
              MSCHED__COLUMN_DURATION, text);
    read_date(reader, values);
    read_features(reader, values);
}

/*
 * The row's texts that were made stand in memory of their own: bring all of them there, where they
 * are kept together.
 */
static msched_result keep_made(msched__row_reader *reader, msched__values *values, const char *id,
                               msched_error *err)
{
    msched__buffer all;
    msched__buffer_init(&all, &reader->made.allocator);
    for (uint32_t column = 0; column < MSCHED__COLUMN_TEXTS; column++) {
        const msched__slice text = column == MSCHED__COLUMN_TRACK_ID
                                       ? (msched__slice){id, strlen(id)}
                                       : values->text[column];
        values->text[column].size = text.size;
        msched__buffer_add(&all, text.data, text.size);
        msched__buffer_char(&all, '\0');
    }
    if (all.failed) {
        msched__buffer_free(&all);
        return msched__fail_memory(err);
    }
    const char *at = all.data;
    for (uint32_t column = 0; column < MSCHED__COLUMN_TEXTS; column++) {
        values->text[column].data = at;
        at += values->text[column].size + 1;
    }
    msched__buffer_free(&reader->made);
    reader->made = all;
    reader->row.bytes = (msched__slice){all.data, all.size};
    return MSCHED_OK;
}

static msched_result lacks_song(const msched__values *values, const msched__row_place *place,
                                msched_error *err)
{
    uint32_t column = values->text[MSCHED__COLUMN_TRACK_NAME].size == 0
                          ? MSCHED__COLUMN_TRACK_NAME
                          : MSCHED__COLUMN_TRACK_ARTIST;
    return msched__row_fail(err, place, MSCHED_ERROR_NOT_FOUND, column,
                            "\"\" is empty, but a row needs a title and an artist, or a track id");
}

static void read_texts(msched__row_reader *reader, msched__values *values)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_TEXTS; column++) {
        msched__slice text = msched__cell_of(reader, column);
        if (column == MSCHED__COLUMN_PLAYLIST_NAME && reader->map.fields[column] == 0 &&
            reader->map.fields[MSCHED__COLUMN_PLAYLIST_ID] == 0)
            text = reader->playlist;
        if (reader->trims)
            text = msched__trim(text);
        if (column == MSCHED__COLUMN_TRACK_ID) {
            text = msched__track_id_of(text);
            text.size = msched__cell_is_unknown(text) ? 0 : text.size;
        }
        values->text[column] = text;
        if (text.size == 0)
            note_cell(reader, MSCHED__CELL_EMPTY, column, text);
    }
}

/* A row needs an id, or what one can be made of. */
static msched_result make_id(msched__row_reader *reader, msched__values *values,
                             const msched__row_place *place, msched_error *err)
{
    char made[MSCHED__MADE_ID_ROOM];
    const msched__slice *title = &values->text[MSCHED__COLUMN_TRACK_NAME],
                        *artist = &values->text[MSCHED__COLUMN_TRACK_ARTIST];
    if (title->size == 0 || artist->size == 0)
        return lacks_song(values, place, err);
    if (!msched__made_id(made, *title, *artist, &reader->made.allocator))
        return msched__fail_memory(err);
    reader->report->made_ids++;
    return keep_made(reader, values, made, err);
}

msched_result msched__read_values(msched__row_reader *reader, msched__values *values,
                                  const msched__row_place *place, msched_error *err)
{
    msched_result result = MSCHED_OK;
    read_texts(reader, values);
    read_numbers(reader, values);
    if (values->text[MSCHED__COLUMN_TRACK_ID].size == 0)
        result = make_id(reader, values, place, err);
    if (result == MSCHED_OK)
        msched__hash_values(values);
    return result;
}
