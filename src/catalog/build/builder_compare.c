/* Another row of a known track: what it adds, and where it differs. */
#include "catalog/build/builder_compare.h"

#include "catalog/build/settle.h"
#include "catalog/cells/row.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A row of a known track, and the track. */
typedef struct comparison {
    msched_catalog_builder *builder;
    const msched__built_tracks *tracks;
    uint32_t track;
    const msched__values *values;
    const msched__row_place *place;
    msched_error *err;
} comparison;

static const char *album_text(const msched_catalog_builder *builder, uint32_t album, int name)
{
    if (album == MSCHED__NONE)
        return "";
    const char *id = builder->pool.data + builder->albums.offsets[album];
    return name ? id + strlen(id) + 1 : id;
}

static int same_text(msched__slice given, const char *kept)
{
    return strncmp(kept, given.size == 0 ? "" : given.data, given.size) == 0 &&
           kept[given.size] == '\0';
}

/* The first row counts; with strict the difference is an error. */
static msched_result differ(const comparison *c, uint32_t column, const char *now,
                            const char *before)
{
    const msched_catalog_builder *builder = c->builder;
    if (!builder->options.strict) {
        if (builder->report.last_file != NULL)
            builder->report.last_file->columns[column].conflicts++;
        return MSCHED_OK;
    }
    const char *id = builder->pool.data + builder->ids.offsets[c->track];
    return msched__row_fail(
        c->err, c->place, MSCHED_ERROR_CONFLICT, column,
        "%s, but %s in line %llu for the same track_id %s: correct one of the rows", now, before,
        (unsigned long long)c->tracks->line[c->track],
        msched__quote((msched__slice){id, strlen(id)}).text);
}

static msched_result compare_texts(const comparison *c)
{
    const msched_catalog_builder *builder = c->builder;
    const char *pool = builder->pool.data;
    const char *const kept[] = {pool + builder->ids.offsets[c->track],
                                pool + c->tracks->name[c->track],
                                pool + builder->artists.offsets[c->tracks->artist[c->track]],
                                album_text(builder, c->tracks->album[c->track], 0),
                                album_text(builder, c->tracks->album[c->track], 1)};
    for (uint32_t column = MSCHED__COLUMN_TRACK_NAME; column <= MSCHED__COLUMN_ALBUM_NAME;
         column++) {
        const msched__slice now = c->values->text[column];
        if (same_text(now, kept[column]) ||
            (!builder->options.strict && (now.size == 0 || kept[column][0] == '\0')))
            continue;
        msched_result result =
            differ(c, column, msched__quote(now).text,
                   msched__quote((msched__slice){kept[column], strlen(kept[column])}).text);
        if (result != MSCHED_OK)
            return result;
    }
    return MSCHED_OK;
}

static msched__quoted date_text(int32_t year, uint32_t month, uint32_t day)
{
    msched__quoted out;
    if (year == 0)
        snprintf(out.text, sizeof out.text, "unknown");
    else if (month == 0)
        snprintf(out.text, sizeof out.text, "%04d", (int)year);
    else if (day == 0)
        snprintf(out.text, sizeof out.text, "%04d-%02u", (int)year, (unsigned)month);
    else
        snprintf(out.text, sizeof out.text, "%04d-%02u-%02u", (int)year, (unsigned)month,
                 (unsigned)day);
    return out;
}

static msched_result compare_dates(const comparison *c)
{
    const msched__date *date = &c->values->date;
    int16_t *year = &c->tracks->year[c->track];
    uint8_t *month = &c->tracks->month[c->track], *day = &c->tracks->day[c->track],
            *open = &c->tracks->open[c->track];
    if (date->year == *year && date->month == *month && date->day == *day)
        return MSCHED_OK;
    if (!c->builder->options.strict && date->year == 0)
        return MSCHED_OK;
    if (!c->builder->options.strict && *year == 0) {
        *year = (int16_t)date->year;
        *month = date->month;
        *day = date->day;
        *open = (uint8_t)((*open & ~MSCHED__OPEN_DATE) |
                          (c->values->date_undecided ? MSCHED__OPEN_DATE : 0));
        return MSCHED_OK;
    }
    return differ(c, MSCHED__COLUMN_RELEASE_DATE,
                  date_text(date->year, date->month, date->day).text,
                  date_text(*year, *month, *day).text);
}

/* Popularity belongs to the entry; the track has the highest. */
static msched_result compare_popularities(const comparison *c)
{
    const uint32_t now = c->values->popularity, before = c->tracks->popularity[c->track];
    if (now == before || (!c->builder->options.strict && now == MSCHED__POPULARITY_UNKNOWN))
        return MSCHED_OK;
    if (!c->builder->options.strict && (before == MSCHED__POPULARITY_UNKNOWN || now > before))
        c->tracks->popularity[c->track] = (uint8_t)now;
    if (before == MSCHED__POPULARITY_UNKNOWN)
        return MSCHED_OK;
    return differ(c, MSCHED__COLUMN_POPULARITY, msched__show_number(now).text,
                  msched__show_number(before).text);
}

static msched_result compare_durations(const comparison *c)
{
    const double now = c->values->duration, before = c->tracks->duration[c->track];
    if (now == before || (!c->builder->options.strict && now == 0))
        return MSCHED_OK;
    if (!c->builder->options.strict && before == 0) {
        uint8_t *open = &c->tracks->open[c->track];
        c->tracks->duration[c->track] = now;
        *open = (uint8_t)((*open & ~MSCHED__OPEN_DURATION) |
                          (c->values->plain_duration ? MSCHED__OPEN_DURATION : 0));
        return MSCHED_OK;
    }
    return differ(c, MSCHED__COLUMN_DURATION, msched__show_number(now).text,
                  msched__show_number(before).text);
}

static msched_result compare_features(const comparison *c)
{
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++) {
        double now = c->values->feature[f], *before = &c->tracks->feature[f][c->track];
        if (now == *before || (isnan(now) && isnan(*before)))
            continue;
        if (!c->builder->options.strict && isnan(now))
            continue;
        if (!c->builder->options.strict && isnan(*before)) {
            *before = now;
            continue;
        }
        msched_result result = differ(c, MSCHED__COLUMN_FEATURE + f, msched__show_number(now).text,
                                      msched__show_number(*before).text);
        if (result != MSCHED_OK)
            return result;
    }
    return MSCHED_OK;
}

msched_result msched__builder_compare(msched_catalog_builder *builder, uint32_t track,
                                      const msched__values *values, const msched__row_place *place,
                                      msched_error *err)
{
    const comparison c = {builder, &builder->tracks, track, values, place, err};
    msched_result result = compare_texts(&c);
    if (result == MSCHED_OK)
        result = compare_popularities(&c);
    /*
     * lengths, dates and features of an earlier input have their units already: see
     * msched__builder_settle
     */
    if (result != MSCHED_OK || track < builder->file_tracks)
        return result;
    result = compare_dates(&c);
    if (result == MSCHED_OK)
        result = compare_durations(&c);
    return result == MSCHED_OK ? compare_features(&c) : result;
}
