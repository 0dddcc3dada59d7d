/* Rows as structs: the public builder. */
#include "base/options.h"
#include "base/utf8.h"
#include "catalog/build/builder.h"
#include "catalog/build/left_out.h"
#include "catalog/build/made_id.h"
#include "catalog/cells/cells.h"
#include "catalog/cells/row.h"
#include "catalog/track_id.h"

#include <math.h>
#include <string.h>

void msched_catalog_row_init(msched_catalog_row *row, uint32_t struct_size)
{
    msched_catalog_row defaults;
    memset(&defaults, 0, sizeof defaults);
    defaults.popularity = -1;
    for (size_t f = 0; f < MSCHED_FEATURE_COUNT; f++)
        defaults.feature[f] = NAN;
    msched__options_init(row, struct_size, &defaults, sizeof defaults);
}

static msched__slice slice(const char *text)
{
    return text == NULL ? (msched__slice){"", 0} : (msched__slice){text, strlen(text)};
}

static msched_result read_texts(const msched_catalog_builder *builder,
                                const msched_catalog_row *row, msched__values *values,
                                const msched__row_place *place, msched_error *err)
{
    const char *const texts[MSCHED__COLUMN_TEXTS] = {
        row->track_id,    row->track_name,    row->track_artist, row->album_id, row->album_name,
        row->playlist_id, row->playlist_name, row->genre,        row->subgenre};
    uint32_t limit = msched__builder_options(builder)->max_field_bytes;
    for (uint32_t column = 0; column < MSCHED__COLUMN_TEXTS; column++) {
        values->text[column] = slice(texts[column]);
        if (values->text[column].size > limit)
            return msched__row_fail(err, place, MSCHED_ERROR_LIMIT, column,
                                    "longer than %u bytes: raise max_field_bytes", (unsigned)limit);
        msched_result result = msched__check_text(builder->options.strict != 0, column,
                                                  values->text[column], place, err);
        if (result != MSCHED_OK)
            return result;
    }
    values->text[MSCHED__COLUMN_TRACK_ID] =
        msched__track_id_of(values->text[MSCHED__COLUMN_TRACK_ID]);
    return MSCHED_OK;
}

/* A row without an id gets one made of title and artist, in `made`. */
static msched_result make_id(const msched_catalog_builder *builder, msched__values *values,
                             char made[MSCHED__MADE_ID_ROOM], const msched__row_place *place,
                             msched_error *err)
{
    const msched__slice title = values->text[MSCHED__COLUMN_TRACK_NAME],
                        artist = values->text[MSCHED__COLUMN_TRACK_ARTIST];
    if (values->text[MSCHED__COLUMN_TRACK_ID].size == 0) {
        if (title.size == 0 || artist.size == 0)
            return msched__row_fail(
                err, place, MSCHED_ERROR_VALUE,
                title.size == 0 ? MSCHED__COLUMN_TRACK_NAME : MSCHED__COLUMN_TRACK_ARTIST,
                "\"\" is empty, but a row needs a title and an artist, or a track id");
        if (!msched__made_id(made, title, artist, &builder->allocator))
            return msched__fail_memory(err);
        values->text[MSCHED__COLUMN_TRACK_ID] = slice(made);
    }
    msched__hash_values(values);
    msched__builder_announce(builder, values, MSCHED__ANNOUNCE_SLOTS);
    return MSCHED_OK;
}

static msched_result read_numbers(const msched_catalog_builder *builder,
                                  const msched_catalog_row *row, msched__values *values,
                                  const msched__row_place *place, msched_error *err)
{
    msched__slice date = slice(row->release_date);
    if (date.size > 0 && !msched__date_parse(date.data, date.size, &values->date))
        return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_RELEASE_DATE,
                                "%s is not a date YYYY, YYYY-MM or YYYY-MM-DD",
                                msched__quote(date).text);
    const int strict = builder->options.strict != 0;
    if (row->popularity < (strict ? 0 : -1) || row->popularity > 100)
        return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_POPULARITY,
                                "%d is not a whole number 0..100", (int)row->popularity);
    if ((strict && row->duration_ms < 1) || row->duration_ms > 86400000)
        return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_DURATION,
                                "%u is not a number of milliseconds 1..86400000",
                                (unsigned)row->duration_ms);
    values->popularity = row->popularity < 0 ? MSCHED__POPULARITY_UNKNOWN
                                             : (uint32_t)row->popularity;
    values->duration = row->duration_ms;
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++) {
        double value = f == MSCHED_FEATURE_KEY && row->feature[f] == -1 ? NAN : row->feature[f];
        values->feature[f] = value;
        if (!msched__feature_in_range(f, value))
            return msched__feature_fail(f, msched__show_number(value).text, place, err);
    }
    return MSCHED_OK;
}

static int is_bad_row(msched_result code)
{
    return code != MSCHED_OK && code != MSCHED_ERROR_MEMORY;
}

msched_result msched_catalog_builder_add(msched_catalog_builder *builder,
                                         const msched_catalog_row *row, msched_error *err)
{
    if (builder == NULL || row == NULL)
        return msched__fail_null(err, builder == NULL ? "builder" : "row");
    msched_catalog_row known;
    msched_catalog_row_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, row, "msched_catalog_row",
                                                err);
    if (result != MSCHED_OK)
        return result;
    const char *source = msched__builder_options(builder)->source_name;
    msched__row_place place = {source == NULL ? "<rows>" : source, ++builder->row_count, NULL};
    msched__values values = {.date = {0, 0, 0}};
    msched_error reason;
    char made[MSCHED__MADE_ID_ROOM];
    result = read_texts(builder, &known, &values, &place, &reason);
    if (result == MSCHED_OK)
        result = read_numbers(builder, &known, &values, &place, &reason);
    if (result == MSCHED_OK)
        result = make_id(builder, &values, made, &place, &reason);
    int bad = is_bad_row(result);
    if (result == MSCHED_OK) {
        result = msched__builder_add_values(builder, &values, &place, &reason);
        bad = result == MSCHED_ERROR_CONFLICT;
    }
    if (bad && builder->options.skip_bad_rows)
        result = msched__builder_leave_out(builder, &reason);
    if (result != MSCHED_OK && err != NULL)
        *err = reason;
    return result;
}
