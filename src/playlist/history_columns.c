#include "playlist/history_columns.h"

#include "catalog/read/column_alias.h"
#include "catalog/read/header.h"
#include "format/csv.h"
#include "playlist/history_read.h"

#include <string.h>

#define MAX_NAMES  16
#define MAX_LINES  10 /* a header is looked for in so many rows */
#define HEAD_BYTES ((size_t)64 * 1024)

/* Names of each column without signs and in lower case, the most specific first. */
static const char *const names[MSCHED__PLAY_COLUMNS][MAX_NAMES] = {
    [MSCHED__PLAY_TIME] = {"ts", "endtime", "uts", "utctime", "playedat", "listenedat",
                           "scrobbletime", "eventstarttimestamp", "eventendtimestamp", "entrydate",
                           "dateplayed", "timestamp", "datetime", "date", "time"},
    [MSCHED__PLAY_TITLE] = {"mastermetadatatrackname", "trackname", "songname", "contentname",
                            "songtitle", "tracktitle", "track", "title", "song", "name"},
    [MSCHED__PLAY_ARTIST] = {"mastermetadataalbumartistname", "artistname", "artist",
                             "containerartistname", "artistnames", "artists"},
    [MSCHED__PLAY_ALBUM] = {"mastermetadataalbumalbumname", "albumname", "album", "albumtitle"},
    [MSCHED__PLAY_LINK] = {"spotifytrackuri", "trackuri", "trackid", "uri"},
    [MSCHED__PLAY_MS] = {"msplayed", "playedms", "playdurationmilliseconds", "streamdurationms"},
    [MSCHED__PLAY_SKIPPED] = {"skipped"},
    [MSCHED__PLAY_REASON] = {"reasonend", "endreasontype"},
    [MSCHED__PLAY_EPISODE] = {"episodename"},
    [MSCHED__PLAY_END] = {"eventendtimestamp"},
    [MSCHED__PLAY_EVENT] = {"eventtype"},
    [MSCHED__PLAY_SECONDS] = {"listeningtime"},
    [MSCHED__PLAY_LENGTH] = {"mediadurationinmilliseconds", "mediadurationms", "durationms",
                             "trackdurationms", "songdurationms"}};

/* So many of the names of a time are of a play only; a song has a date, too. */
#define SURE_TIMES 11

/* Whether a header cell is the name; lastfmstats appends "#user" to it. */
static int is_name(msched__slice cell, const char *name)
{
    size_t k = 0;
    for (size_t i = 0; i < cell.size && cell.data[i] != '#'; i++) {
        const char c = msched__lower(cell.data[i]);
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9'))
            continue;
        if (name[k] != c)
            return 0;
        k++;
    }
    return name[k] == '\0' && k > 0;
}

/* The field of a column, and which of its names it has. */
static uint32_t find_column(const msched__csv_row *row, uint32_t column, size_t *name)
{
    for (*name = 0; *name < MAX_NAMES && names[column][*name] != NULL; ++*name)
        for (size_t i = 0; i < row->field_count && i < MSCHED__NO_FIELD; i++)
            if (is_name(row->fields[i], names[column][*name]))
                return (uint32_t)i;
    return MSCHED__NO_FIELD;
}

static int has_user(msched__slice cell)
{
    return cell.size > 0 && memchr(cell.data, '#', cell.size) != NULL;
}

/* 1 if the row is a header with a time, a title and an artist. */
static int read_header(msched__history_columns *columns, const msched__csv_row *row)
{
    size_t name, time_name = 0;
    for (uint32_t column = 0; column < MSCHED__PLAY_COLUMNS; column++) {
        columns->field[column] = find_column(row, column, &name);
        if (column == MSCHED__PLAY_TIME)
            time_name = name;
    }
    const uint32_t *field = columns->field;
    columns->is_found = field[MSCHED__PLAY_TIME] != MSCHED__NO_FIELD &&
                        field[MSCHED__PLAY_TITLE] != MSCHED__NO_FIELD &&
                        (field[MSCHED__PLAY_ARTIST] != MSCHED__NO_FIELD ||
                         field[MSCHED__PLAY_END] != MSCHED__NO_FIELD);
    columns->is_sure = columns->is_found &&
                       (time_name < SURE_TIMES || field[MSCHED__PLAY_MS] != MSCHED__NO_FIELD ||
                        field[MSCHED__PLAY_SECONDS] != MSCHED__NO_FIELD ||
                        has_user(row->fields[field[MSCHED__PLAY_TIME]]));
    return columns->is_found;
}

/* No service recorded plays earlier. A smaller number is something else, such as a person's id. */
#define FIRST_PLAYS INT64_C(978307200) /* 2001-01-01 */

/* 1 if the row is artist, album, title and time. */
static int is_headless(msched__history_columns *columns, const msched__csv_row *row)
{
    int64_t utc;
    if (row->field_count != 4 || msched__trim(row->fields[0]).size == 0 ||
        msched__trim(row->fields[2]).size == 0 ||
        !msched__history_time(msched__trim(row->fields[3]), &utc) || utc < FIRST_PLAYS)
        return 0;
    for (uint32_t column = 0; column < MSCHED__PLAY_COLUMNS; column++)
        columns->field[column] = MSCHED__NO_FIELD;
    columns->field[MSCHED__PLAY_ARTIST] = 0;
    columns->field[MSCHED__PLAY_ALBUM] = 1;
    columns->field[MSCHED__PLAY_TITLE] = 2;
    columns->field[MSCHED__PLAY_TIME] = 3;
    columns->is_found = columns->is_sure = 1;
    return 1;
}

/*
 * A column of clock times, such as the "end time" of a DJ program, is not a column of moments: not
 * sure if none of the next rows has one. MSCHED_OK or an error of the table.
 */
static msched_result check_times(msched__history_columns *columns, msched__csv *csv)
{
    msched__csv_row row;
    msched_error fault;
    msched_result result = MSCHED_OK;
    int64_t utc;
    int has_rows = 0, has_moment = 0;
    for (uint32_t n = 0; n < MAX_LINES && !has_moment; n++) {
        result = msched__csv_next(csv, &row, &fault);
        if (result != MSCHED_OK || row.fields == NULL)
            break;
        static const uint32_t times[] = {MSCHED__PLAY_TIME, MSCHED__PLAY_END};
        for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
            const uint32_t field = columns->field[times[i]];
            if (field < row.field_count)
                has_moment |= msched__history_time(msched__trim(row.fields[field]), &utc);
        }
        has_rows = 1;
    }
    columns->is_sure = has_moment || !has_rows;
    return result;
}

/* Columns that plays do not have. */
static int describes_songs(const msched__history_columns *columns, const msched__csv_row *row)
{
    uint32_t rank;
    uint8_t unit;
    for (size_t i = 0; i < row->field_count; i++) {
        const uint32_t column = i == columns->field[MSCHED__PLAY_TIME]
                                    ? MSCHED__COLUMN_ALL
                                    : msched__column_alias(row->fields[i], &rank, &unit);
        if (column == MSCHED__COLUMN_GENRE || column == MSCHED__COLUMN_SUBGENRE ||
            (column >= MSCHED__COLUMN_POPULARITY && column < MSCHED__COLUMN_ARTIST_URIS) ||
            column == MSCHED__COLUMN_YEAR || column == MSCHED__COLUMN_PLAYS)
            return 1;
    }
    return columns->field[MSCHED__PLAY_ARTIST] == MSCHED__NO_FIELD;
}

#define LEAST_PLAYS 5
#define PAUSE_S     3600 /* between most plays */
#define DAY_S       86400

/*
 * A column called "date" has the times of plays if the rows are in their order, most of them with a
 * clock time, and most of them soon after the one before.
 */
static msched_result check_order(msched__history_columns *columns, msched__csv *csv)
{
    msched__csv_row row;
    msched_error fault;
    msched_result result;
    const uint32_t field = columns->field[MSCHED__PLAY_TIME];
    uint32_t plays = 0, others = 0, rises = 0, falls = 0, soon = 0, midnights = 0;
    int64_t utc, before = 0;
    while ((result = msched__csv_next(csv, &row, &fault)) == MSCHED_OK && row.fields != NULL) {
        if (field >= row.field_count ||
            !msched__history_time(msched__trim(row.fields[field]), &utc) || utc < FIRST_PLAYS) {
            others++;
            continue;
        }
        const int64_t step = plays == 0 ? 0 : utc - before;
        rises += step > 0;
        falls += step < 0;
        soon += step > -PAUSE_S && step < PAUSE_S;
        midnights += utc % DAY_S == 0;
        plays++;
        before = utc;
    }
    columns->is_sure = plays >= LEAST_PLAYS && 20 * others <= plays && 2 * midnights < plays &&
                       2 * soon > plays && (rises == 0 || falls == 0);
    return result;
}

/* Look at the first rows as the delimiter separates them. */
static msched_result try_delimiter(msched__history_columns *columns, msched__slice head,
                                   const msched_allocator *allocator)
{
    const msched__csv_options options = {.delimiter = columns->delimiter,
                                         .max_row_bytes = 1 << 20,
                                         .max_bytes = UINT64_MAX,
                                         .lenient = 1,
                                         .allocator = *allocator};
    msched__csv *csv = msched__csv_open_memory(&options, head);
    msched__csv_row row;
    msched_error fault;
    msched_result result = csv == NULL ? MSCHED_ERROR_MEMORY : MSCHED_OK;
    int begins_with_plays = 1, may_be_plays = 0;
    for (uint32_t n = 0; result == MSCHED_OK && n < MAX_LINES && !columns->is_found; n++) {
        result = msched__csv_next(csv, &row, &fault);
        if (result != MSCHED_OK || row.fields == NULL)
            break;
        if (read_header(columns, &row)) {
            columns->skip_rows = n + 1;
            may_be_plays = !columns->is_sure && !describes_songs(columns, &row);
        } else if (begins_with_plays && is_headless(columns, &row)) {
            columns->skip_rows = n;
        } else { /* a play that goes on has no time yet */
            begins_with_plays &= row.field_count == 4 && msched__trim(row.fields[3]).size == 0;
        }
    }
    if (columns->is_sure && columns->skip_rows > 0)
        result = check_times(columns, csv);
    else if (may_be_plays)
        result = check_order(columns, csv);
    msched__csv_close(csv);
    return result == MSCHED_ERROR_MEMORY ? result : MSCHED_OK;
}

msched_result msched__history_columns_find(msched__history_columns *columns, msched__slice head,
                                           const msched_allocator *allocator)
{
    static const char delimiters[] = ",;\t|";
    head.size = head.size < HEAD_BYTES ? head.size : HEAD_BYTES;
    for (size_t i = 0; delimiters[i] != '\0'; i++) {
        *columns = (msched__history_columns){.delimiter = delimiters[i]};
        if (try_delimiter(columns, head, allocator) != MSCHED_OK)
            return MSCHED_ERROR_MEMORY;
        if (columns->is_found)
            break;
    }
    return MSCHED_OK;
}
