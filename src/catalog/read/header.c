/*
 * Assign fields of the input to columns: by the names of the data set, by aliases, or by the names
 * in the options.
 */
#include "catalog/read/header.h"

#include "base/number.h"
#include "base/slice.h"
#include "catalog/cells/row.h"
#include "catalog/read/column_alias.h"

#include <stdio.h>
#include <string.h>

/* Longest message; the place of the line comes before it. */
#define MESSAGE_ROOM 200

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
            if (is_given(names, column) &&
                msched__column_alias(field, rank, unit) == MSCHED__COLUMN_PLAYS &&
                column == MSCHED__COLUMN_POPULARITY)
                *unit = MSCHED__UNIT_PLAYS;
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

/* Columns "Minutes" and "Seconds", which give the length together. */
static void time_in_two(msched__header_map *map, const msched__slice *fields, size_t field_count)
{
    uint32_t minutes = 0, seconds = 0;
    for (size_t i = 0; i < field_count; i++) {
        const msched__slice field = msched__trim(fields[i]);
        if (msched__is_word(field, "minutes") || msched__is_word(field, "min"))
            minutes = (uint32_t)i + 1;
        if (msched__is_word(field, "seconds") || msched__is_word(field, "sec"))
            seconds = (uint32_t)i + 1;
    }
    if (map->fields[MSCHED__COLUMN_SECONDS] != 0 || minutes == 0 || seconds == 0 ||
        map->found_by[MSCHED__COLUMN_DURATION] != MSCHED__FOUND_BY_ALIAS ||
        (map->fields[MSCHED__COLUMN_DURATION] != minutes &&
         map->fields[MSCHED__COLUMN_DURATION] != seconds))
        return;
    map->fields[MSCHED__COLUMN_DURATION] = minutes;
    map->units[MSCHED__COLUMN_DURATION] = MSCHED__UNIT_MIN;
    map->fields[MSCHED__COLUMN_SECONDS] = seconds;
    map->found_by[MSCHED__COLUMN_SECONDS] = MSCHED__FOUND_BY_ALIAS;
    map->found++;
}

static void leave_out(msched__header_map *map, uint32_t column)
{
    map->found -= map->fields[column] != 0;
    map->fields[column] = 0;
}

/* Counts of plays are the popularity if no column has a better one. */
static void popularity_of_plays(msched__header_map *map)
{
    const uint32_t from = MSCHED__COLUMN_PLAYS, to = MSCHED__COLUMN_POPULARITY;
    if (map->fields[from] != 0 &&
        (map->fields[to] == 0 || (map->found_by[from] == MSCHED__FOUND_BY_OPTION &&
                                  map->found_by[to] != MSCHED__FOUND_BY_OPTION))) {
        map->found += map->fields[to] == 0;
        map->fields[to] = map->fields[from];
        map->found_by[to] = map->found_by[from];
        map->units[to] = MSCHED__UNIT_PLAYS;
    }
    leave_out(map, from);
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
            /* counts of plays may be there for several weeks */
            if (column == MSCHED__COLUMN_PLAYS && rank >= ranks[column])
                continue;
            const msched__slice before = msched__trim(fields[map->fields[column] - 1]);
            if (before.size == field.size && memcmp(before.data, field.data, field.size) == 0)
                return msched__fail_at(
                    err, MSCHED_ERROR_HEADER, 0, (uint32_t)i + 1,
                    "the header has a duplicate column %.*s (first in field %u): rename "
                    "one of them",
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
    time_in_two(map, fields, field_count);
    popularity_of_plays(map);
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
    if (map->fields[column] != 0 ||
        (column == MSCHED__COLUMN_PLAYS && map->found_by[column] == MSCHED__FOUND_BY_OPTION))
        return 0; /* counts of plays became the popularity */
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

/* As many fields as there is room for, and how many there are besides. */
static void list_fields(char *out, size_t room, const msched__slice *fields, size_t field_count)
{
    static const char more[] = " and 4294967295 more";
    size_t used = 0, i = 0;
    for (out[0] = '\0'; i < field_count; i++) {
        char next[80];
        const size_t size = (size_t)snprintf(next, sizeof next, "%s%s", i == 0 ? "" : ", ",
                                             msched__quote(msched__trim(fields[i])).text);
        if (used + size + (i + 1 < field_count ? sizeof more : 1) > room)
            break;
        memcpy(out + used, next, size + 1);
        used += size;
    }
    if (i < field_count)
        snprintf(out + used, room - used, i == 0 ? "%u columns" : " and %u more",
                 (unsigned)(field_count - i));
}

/*
 * What is missing, the fields of the line, and the remedy. The list gets the room that the other
 * texts leave, so that the remedy is whole after the place of the line, too.
 */
static msched_result fail_with_list(const char *missing, const msched__slice *fields,
                                    size_t field_count, const char *remedy, uint64_t line,
                                    msched_error *err)
{
    char there[MESSAGE_ROOM];
    const size_t used = strlen(missing) + strlen(remedy);
    list_fields(there, sizeof there - (used < sizeof there - 40 ? used : sizeof there - 40), fields,
                field_count);
    return msched__fail_at(err, MSCHED_ERROR_HEADER, line, 0, "%s%s%s", missing, there, remedy);
}

/* A table whose delimiter was not found, for lack of rows. */
static int has_delimiter(msched__slice field)
{
    return memchr(field.data, ';', field.size) != NULL ||
           memchr(field.data, '\t', field.size) != NULL;
}

/* A line in quotes as a whole, which spreadsheets make of a line that they do not split. */
static int names_several(msched__slice field)
{
    uint32_t rank, known = 0;
    uint8_t unit;
    for (size_t at = 0, from = 0; at <= field.size; at++) {
        if (at < field.size && field.data[at] != ',' && field.data[at] != ';')
            continue;
        const msched__slice part = msched__trim((msched__slice){field.data + from, at - from});
        known += msched__column_alias(part, &rank, &unit) != MSCHED__COLUMN_ALL;
        from = at + 1;
    }
    return known > 1;
}

/* 1 if a field is a number, as no name of a column is. */
static int has_numbers(const msched__slice *fields, size_t field_count)
{
    double value;
    for (size_t i = 0; i < field_count; i++) {
        const msched__slice field = msched__trim(fields[i]);
        if (msched__parse_double(field.data, field.size, &value))
            return 1;
    }
    return 0;
}

msched_result msched__header_fail(const msched__header_map *map, const msched__header_names *names,
                                  const msched__slice *fields, size_t field_count, uint64_t line,
                                  msched_error *err)
{
    char missing[100] = "", hint[160] = "";
    msched__slice other;
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++) {
        size_t used = strlen(missing);
        if (!is_missing(map, names, column))
            continue;
        if (used + 40 < sizeof missing)
            snprintf(missing + used, sizeof missing - used, "%s%.36s", used == 0 ? "" : ", ",
                     names->name[column]);
        if (hint[0] == '\0' && find_alias(fields, field_count, column, &other))
            snprintf(hint, sizeof hint, "; if you mean %s, set columns \"%s=%.*s\"",
                     msched__quote(other).text, msched__column_name(column),
                     (int)(other.size < 40 ? other.size : 40), other.data);
    }
    /* the hint is the remedy, so it is whole */
    const size_t room = strlen(hint) < MESSAGE_ROOM - 50 ? MESSAGE_ROOM - strlen(hint) : 50;
    if (missing[0] != '\0')
        return msched__fail_at(
            err, MSCHED_ERROR_HEADER, line, 0, "the header lacks %.*s%s%s", (int)room, missing,
            hint, field_count == 1 ? " (it has only one column: is the delimiter right?)" : "");
    if (field_count == 1 && line > 0 && names_several(msched__trim(fields[0])))
        return fail_with_list("several columns are in one field, ", fields, field_count,
                              ": remove the quotes around whole lines, or set the delimiter", line,
                              err);
    if (field_count == 1 && line > 0 && has_delimiter(msched__trim(fields[0])))
        return fail_with_list("the file has no header, but begins with ", fields, field_count,
                              ": add a first line with the names of the columns, for example "
                              "\"track_artist;track_name\"",
                              line, err);
    if (field_count == 1 && line > 0) /* not a table of Arrow */
        return fail_with_list("this is not a table of songs: this line has no title (track_name) "
                              "and artist (track_artist), but ",
                              fields, field_count,
                              "; a list of songs can become the wanted songs of a plan", line, err);
    if (line > 0 && map->found == 0 && has_numbers(fields, field_count))
        return fail_with_list("the file has no header, but begins with ", fields, field_count,
                              ": add a first line with the names of the columns, for example "
                              "\"track_name,track_artist,track_popularity\"",
                              line, err);
    if (line > 0 && map->found == 0)
        return fail_with_list(
            "the header needs a title and an artist; this line has ", fields, field_count,
            ": set columns, for example \"track_name=Song\", or, if it is a song, "
            "add a line \"track_name,track_artist\" before it",
            line, err);
    if (map->fields[MSCHED__COLUMN_TRACK_NAME] != 0)
        return fail_with_list("the header needs an artist (track_artist) or an id (track_id) for "
                              "each title; this line has ",
                              fields, field_count,
                              ": set columns, for example \"track_artist=Singer\"", line, err);
    return fail_with_list("the header needs a title (track_name) and an artist (track_artist), or "
                          "an id (track_id); this line has ",
                          fields, field_count, ": set columns, for example \"track_name=Song\"",
                          line, err);
}

void msched__header_report(const msched__header_map *map, msched__file_report *file)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++) {
        file->columns[column].field = map->fields[column];
        file->columns[column].unit = map->units[column];
        file->columns[column].found_by = map->found_by[column];
    }
}
