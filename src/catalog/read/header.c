/*
 * Assign fields of the input to columns: by the names of the data set, by aliases, or by the names
 * in the options.
 */
#include "catalog/read/header.h"

#include "base/slice.h"
#include "catalog/cells/row.h"
#include "catalog/read/column_alias.h"

#include <stdio.h>
#include <string.h>

static int is_text(msched__slice slice, const char *text)
{
    return slice.size == strlen(text) && memcmp(slice.data, text, slice.size) == 0;
}

static uint32_t find_column(const char *name, size_t size)
{
    uint32_t column = 0;
    while (column < MSCHED__COLUMN_ALL &&
           !is_text((msched__slice){name, size}, msched__column_name(column)))
        column++;
    return column;
}

msched_result msched__header_names_read(msched__header_names *names,
                                        const msched_catalog_options *options, msched_error *err)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++)
        names->name[column] = msched__column_name(column);
    names->strict = options->strict != 0;
    if (options->column_count > 0 && options->columns == NULL)
        return msched__fail_null(err, "columns");
    for (uint32_t i = 0; i < options->column_count; i++) {
        const char *given = options->columns[i];
        const char *equals = given == NULL ? NULL : strchr(given, '=');
        if (equals == NULL)
            return msched__fail(
                err, MSCHED_ERROR_ARGUMENT,
                "columns: %s must be a column and its name in the header, for example "
                "\"track_artist=Artist Name\"",
                msched__quote(
                    (msched__slice){given == NULL ? "" : given, given == NULL ? 0 : strlen(given)})
                    .text);
        uint32_t column = find_column(given, (size_t)(equals - given));
        if (column == MSCHED__COLUMN_ALL)
            return msched__fail(
                err, MSCHED_ERROR_ARGUMENT,
                "columns: unknown column %s; expected COLUMN=HEADER, for example "
                "\"track_artist=Artist Name\"",
                msched__quote((msched__slice){given, (size_t)(equals - given)}).text);
        if (names->name[column] != msched__column_name(column))
            return msched__fail(err, MSCHED_ERROR_ARGUMENT, "columns: %s is named twice",
                                msched__column_name(column));
        names->name[column] = equals + 1;
    }
    return MSCHED_OK;
}

/* 1 if the options name the column or ignore it. */
static int is_given(const msched__header_names *names, uint32_t column)
{
    return names->name[column] != msched__column_name(column);
}

/* The column of a field, and its certainty: 0 for the exact name. */
static uint32_t column_of(const msched__header_names *names, msched__slice field, uint32_t *rank,
                          uint8_t *unit)
{
    *rank = 0;
    *unit = MSCHED__UNIT_NONE;
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++)
        if (names->name[column][0] != '\0' && is_text(field, names->name[column]) &&
            (!names->strict || column < MSCHED__COLUMN_COUNT || is_given(names, column))) {
            if (is_given(names, column))
                msched__column_alias(field, rank, unit);
            *rank = 0;
            if (column == MSCHED__COLUMN_DURATION && !is_given(names, column))
                *unit = MSCHED__UNIT_MS;
            return column;
        }
    uint32_t column = names->strict ? (uint32_t)MSCHED__COLUMN_ALL
                                    : msched__column_alias(field, rank, unit);
    return column == MSCHED__COLUMN_ALL || is_given(names, column) ? (uint32_t)MSCHED__COLUMN_ALL
                                                                   : column;
}

/*
 * A file with Track, Title and Channel lists videos: Track names the song, and Title the video.
 * Returns the number of the field, from 1, or 0.
 */
static uint32_t song_of_video(const msched__slice *fields, size_t field_count)
{
    uint32_t track = 0, seen = 0;
    for (size_t i = 0; i < field_count; i++) {
        const msched__slice field = msched__trim(fields[i]);
        track = is_text(field, "Track") ? (uint32_t)i + 1 : track;
        seen |= is_text(field, "Title") ? 1u : is_text(field, "Channel") ? 2u : 0u;
    }
    return seen == 3 ? track : 0;
}

/* Lists by Portuguese and Italian players call the length Tempo, and include file sizes. */
static void time_of_player(msched__header_map *map, const msched__slice *fields, size_t field_count)
{
    const uint32_t tempo = MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_TEMPO;
    int has_size = 0;
    for (size_t i = 0; i < field_count; i++) {
        const msched__slice field = msched__trim(fields[i]);
        has_size |= is_text(field, "Tamanho") || is_text(field, "Dimensioni");
    }
    if (!has_size || map->fields[tempo] == 0 || map->fields[MSCHED__COLUMN_DURATION] != 0)
        return;
    map->fields[MSCHED__COLUMN_DURATION] = map->fields[tempo];
    map->found_by[MSCHED__COLUMN_DURATION] = map->found_by[tempo];
    map->fields[tempo] = 0;
}

static void leave_out(msched__header_map *map, uint32_t column)
{
    map->found -= map->fields[column] != 0;
    map->fields[column] = 0;
}

msched_result msched__header_match(msched__header_map *map, const msched__header_names *names,
                                   const msched__slice *fields, size_t field_count,
                                   msched_error *err)
{
    uint32_t ranks[MSCHED__COLUMN_ALL];
    memset(map, 0, sizeof *map);
    for (size_t i = 0; i < field_count; i++) {
        uint32_t rank;
        uint8_t unit;
        const msched__slice field = msched__trim(fields[i]);
        uint32_t column = column_of(names, field, &rank, &unit);
        if (column == MSCHED__COLUMN_ALL)
            continue;
        if (map->fields[column] != 0) {
            const msched__slice before = msched__trim(fields[map->fields[column] - 1]);
            if (before.size == field.size && memcmp(before.data, field.data, field.size) == 0)
                return msched__fail_at(err, MSCHED_ERROR_HEADER, 0, (uint32_t)i + 1,
                                       "the header has a duplicate column %.*s (first in field %u)",
                                       (int)(field.size < 40 ? field.size : 40), field.data,
                                       (unsigned)map->fields[column]);
            if (rank >= ranks[column])
                continue;
        }
        map->found += map->fields[column] == 0;
        map->fields[column] = (uint32_t)i + 1;
        map->units[column] = unit;
        map->found_by[column] = is_given(names, column) ? MSCHED__FOUND_BY_OPTION
                                : rank == 0             ? MSCHED__FOUND_BY_NAME
                                                        : MSCHED__FOUND_BY_ALIAS;
        ranks[column] = rank;
    }
    if (map->fields[MSCHED__COLUMN_TRACK_NAME] != 0 &&
        map->fields[MSCHED__COLUMN_TRACK_ARTIST] != 0)
        leave_out(map, MSCHED__COLUMN_ARTIST_AND_TITLE);
    if (map->fields[MSCHED__COLUMN_TRACK_ARTIST] == 0)
        for (uint32_t i = 0; i < MSCHED__MORE_ARTISTS; i++)
            leave_out(map, MSCHED__COLUMN_MORE_ARTISTS + i);
    time_of_player(map, fields, field_count);
    const uint32_t song = song_of_video(fields, field_count);
    if (song != 0 && !names->strict && !is_given(names, MSCHED__COLUMN_TRACK_NAME))
        map->fields[MSCHED__COLUMN_TRACK_NAME] = song;
    return MSCHED_OK;
}

/* Columns that strict requires. */
static int is_required(uint32_t column)
{
    return column <= MSCHED__COLUMN_TRACK_ARTIST || column == MSCHED__COLUMN_POPULARITY ||
           column == MSCHED__COLUMN_DURATION;
}

/* The options name a column that is not there. */
static int is_missing(const msched__header_map *map, const msched__header_names *names,
                      uint32_t column)
{
    if (map->fields[column] != 0)
        return 0;
    return is_given(names, column) ? names->name[column][0] != '\0'
                                   : names->strict && is_required(column);
}

static int has_number(const msched__header_map *map)
{
    for (uint32_t column = MSCHED__COLUMN_POPULARITY; column < MSCHED__COLUMN_COUNT; column++)
        if (map->fields[column] != 0)
            return 1;
    return 0;
}

int msched__header_suffices(const msched__header_map *map, const msched__header_names *names)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++)
        if (is_missing(map, names, column))
            return 0;
    if (map->fields[MSCHED__COLUMN_ARTIST_AND_TITLE] != 0)
        return 1;
    int has_id = map->fields[MSCHED__COLUMN_TRACK_ID] != 0,
        has_name = map->fields[MSCHED__COLUMN_TRACK_NAME] != 0;
    return has_name ? has_id || map->fields[MSCHED__COLUMN_TRACK_ARTIST] != 0
                    : has_id && has_number(map);
}

/* A field of the header whose name is an alias of a missing column; 0 if none. */
static int find_alias(const msched__slice *fields, size_t field_count, uint32_t column,
                      msched__slice *found)
{
    uint32_t rank;
    uint8_t unit;
    for (size_t i = 0; i < field_count; i++) {
        *found = msched__trim(fields[i]);
        if (msched__column_alias(*found, &rank, &unit) == column)
            return 1;
    }
    return 0;
}

static void list_fields(char *out, size_t room, const msched__slice *fields, size_t field_count)
{
    size_t used = 0;
    for (size_t i = 0; i < field_count && used + 60 < room; i++)
        used += (size_t)snprintf(out + used, room - used, "%s%s", i == 0 ? "" : ", ",
                                 msched__quote(msched__trim(fields[i])).text);
}

msched_result msched__header_fail(const msched__header_map *map, const msched__header_names *names,
                                  const msched__slice *fields, size_t field_count, uint64_t line,
                                  msched_error *err)
{
    char missing[120] = "", hint[120] = "", there[150] = "";
    msched__slice other;
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++) {
        size_t used = strlen(missing);
        if (!is_missing(map, names, column))
            continue;
        snprintf(missing + used, sizeof missing - used, "%s%s", used == 0 ? "" : ", ",
                 names->name[column]);
        if (hint[0] == '\0' && find_alias(fields, field_count, column, &other))
            snprintf(hint, sizeof hint, "; if you mean %s, set columns \"%s=%.*s\"",
                     msched__quote(other).text, msched__column_name(column),
                     (int)(other.size < 40 ? other.size : 40), other.data);
    }
    if (missing[0] != '\0')
        return msched__fail_at(
            err, MSCHED_ERROR_HEADER, line, 0, "the header lacks %s%s%s", missing, hint,
            field_count == 1 ? " (it has only one column: is the delimiter right?)" : "");
    list_fields(there, sizeof there, fields, field_count);
    if (field_count == 1 && line > 0) /* not a table of Arrow */
        return msched__fail_at(
            err, MSCHED_ERROR_HEADER, line, 0,
            "this is not a table of songs: this line has no title (track_name) and artist "
            "(track_artist), and no id (track_id), but %s; a list of songs can become the wanted "
            "songs of a plan",
            there);
    return msched__fail_at(
        err, MSCHED_ERROR_HEADER, line, 0,
        "the header needs a title (track_name) and an artist (track_artist), or an id (track_id); "
        "this line has %s: set columns, for example \"track_name=Song\"",
        there);
}

void msched__header_report(const msched__header_map *map, msched__file_report *file)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++) {
        file->columns[column].field = map->fields[column];
        file->columns[column].unit = map->units[column];
        file->columns[column].found_by = map->found_by[column];
    }
}
