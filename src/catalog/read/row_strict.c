/* Cells that must have the form of the data set. */
#include "catalog/read/row_strict.h"

#include "base/number.h"
#include "base/slice.h"
#include "catalog/cells/row.h"
#include "catalog/read/row_values.h"

#include <math.h>
#include <string.h>

/* A whole number min..max; pandas writes "66.0" if the column has gaps. */
static int parse_whole(msched__slice text, int64_t min, int64_t max, int64_t *value)
{
    if (text.size > 2 && memcmp(text.data + text.size - 2, ".0", 2) == 0)
        text.size -= 2;
    return msched__parse_int(text.data, text.size, value) && *value >= min && *value <= max;
}

static int is_unknown(msched__slice text)
{
    return text.size == 0 || (text.size == 2 && memcmp(text.data, "NA", 2) == 0) ||
           (text.size == 3 &&
            (memcmp(text.data, "NaN", 3) == 0 || memcmp(text.data, "nan", 3) == 0));
}

static msched_result read_feature(uint32_t feature, msched__slice text, double *value,
                                  const msched__row_place *place, msched_error *err)
{
    if (!msched__parse_double(text.data, text.size, value)) {
        *value = NAN;
        text = msched__trim(text);
        if (is_unknown(text))
            return MSCHED_OK;
        if (!msched__parse_double(text.data, text.size, value))
            return msched__row_fail(
                err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_FEATURE + feature,
                "%s is not a number (decimal point, no unit)", msched__quote(text).text);
    }
    if (feature == MSCHED_FEATURE_KEY && *value == -1)
        *value = NAN;
    if (!msched__feature_in_range(feature, *value))
        return msched__feature_fail(feature, msched__quote(text).text, place, err);
    return MSCHED_OK;
}

static msched_result read_numbers(const msched__row_reader *reader, msched__values *values,
                                  const msched__row_place *place, msched_error *err)
{
    int64_t whole;
    msched__slice text = msched__trim(msched__cell_of(reader, MSCHED__COLUMN_POPULARITY));
    if (!parse_whole(text, 0, 100, &whole))
        return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_POPULARITY,
                                "%s is not a whole number 0..100", msched__quote(text).text);
    values->popularity = (uint32_t)whole;
    text = msched__trim(msched__cell_of(reader, MSCHED__COLUMN_DURATION));
    if (!parse_whole(text, 1, 86400000, &whole))
        return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_DURATION,
                                "%s is not a whole number of milliseconds 1..86400000",
                                msched__quote(text).text);
    values->duration = (double)whole;
    text = msched__trim(msched__cell_of(reader, MSCHED__COLUMN_RELEASE_DATE));
    if (!is_unknown(text) && !msched__date_parse(text.data, text.size, &values->date))
        return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_RELEASE_DATE,
                                "%s is not a date YYYY, YYYY-MM or YYYY-MM-DD",
                                msched__quote(text).text);
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++) {
        text = msched__cell_of(reader, MSCHED__COLUMN_FEATURE + f);
        msched_result result = read_feature(f, text, &values->feature[f], place, err);
        if (result != MSCHED_OK)
            return result;
    }
    return MSCHED_OK;
}

msched_result msched__read_strict(const msched__row_reader *reader, msched__values *values,
                                  const msched__row_place *place, msched_error *err)
{
    values->date = (msched__date){0, 0, 0};
    values->date_undecided = values->plain_duration = values->same_place = 0;
    for (uint32_t column = 0; column < MSCHED__COLUMN_TEXTS; column++) {
        values->text[column] = msched__cell_of(reader, column);
        if (column <= MSCHED__COLUMN_TRACK_ARTIST && values->text[column].size == 0)
            return msched__check_text(1, column, values->text[column], place, err);
    }
    msched__hash_values(values);
    return read_numbers(reader, values, place, err);
}
