/*
 * Histories as tables: Spotify's extended history as CSV, and the exports of Last.fm. The reader
 * finds columns by name; a table without a header has artist, album, title and time.
 */
#include "base/number.h"
#include "catalog/header.h"
#include "format/csv.h"
#include "playlist/history_read.h"

#include <string.h>

#define FIELD_NONE 1000

enum column { TIME, TITLE, ARTIST, ALBUM, LINK, MS, SKIPPED, REASON, EPISODE, COLUMN_COUNT };

/* Names of each column without signs and in lower case, the most specific first. */
static const char *const names[COLUMN_COUNT][12] = {
    [TIME] = {"ts", "endtime", "uts", "utctime", "playedat", "timestamp", "listenedat", "datetime",
              "date", "time", "scrobbletime"},
    [TITLE] = {"mastermetadatatrackname", "trackname", "track", "title", "song", "name"},
    [ARTIST] = {"mastermetadataalbumartistname", "artistname", "artist"},
    [ALBUM] = {"mastermetadataalbumalbumname", "albumname", "album"},
    [LINK] = {"spotifytrackuri", "trackuri", "trackid", "uri"},
    [MS] = {"msplayed", "playedms"},
    [SKIPPED] = {"skipped"},
    [REASON] = {"reasonend"},
    [EPISODE] = {"episodename"}};

typedef struct table {
    msched__history_reader *in;
    uint32_t field[COLUMN_COUNT]; /* FIELD_NONE: there is none */
} table;

/* Whether a header cell is the name; lastfmstats appends "#user" to it. */
static int is_name(msched__slice cell, const char *name)
{
    size_t k = 0;
    for (size_t i = 0; i < cell.size && cell.data[i] != '#'; i++) {
        char c = cell.data[i];
        c = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9'))
            continue;
        if (name[k] != c)
            return 0;
        k++;
    }
    return name[k] == '\0' && k > 0;
}

static uint32_t find_column(const msched__csv_row *row, enum column column)
{
    for (size_t n = 0; n < 12 && names[column][n] != NULL; n++)
        for (size_t i = 0; i < row->field_count && i < FIELD_NONE; i++)
            if (is_name(row->fields[i], names[column][n]))
                return (uint32_t)i;
    return FIELD_NONE;
}

/* 1 if the row is a header with a time and a title. */
static int read_header(table *t, const msched__csv_row *row)
{
    for (uint32_t column = 0; column < COLUMN_COUNT; column++)
        t->field[column] = find_column(row, column);
    return t->field[TIME] != FIELD_NONE && t->field[TITLE] != FIELD_NONE &&
           t->field[ARTIST] != FIELD_NONE;
}

/* 1 if the row is artist, album, title and time. */
static int is_headless(table *t, const msched__csv_row *row)
{
    int64_t utc;
    if (row->field_count != 4 || !msched__history_time(msched__trim(row->fields[3]), &utc))
        return 0;
    for (uint32_t column = 0; column < COLUMN_COUNT; column++)
        t->field[column] = FIELD_NONE;
    t->field[ARTIST] = 0;
    t->field[ALBUM] = 1;
    t->field[TITLE] = 2;
    t->field[TIME] = 3;
    return 1;
}

static msched__slice cell(const table *t, const msched__csv_row *row, enum column column)
{
    return t->field[column] < row->field_count ? msched__trim(row->fields[t->field[column]])
                                               : (msched__slice){"", 0};
}

static int equals(msched__slice text, const char *word)
{
    size_t i = 0;
    while (i < text.size && word[i] != '\0' && (text.data[i] | 0x20) == word[i])
        i++;
    return i == text.size && word[i] == '\0';
}

static int read_row(table *t, const msched__csv_row *row, size_t at)
{
    msched__history_record record = {.ms = -1, .skipped = -1, .at = at};
    msched__slice ms = cell(t, row, MS), skipped = cell(t, row, SKIPPED);
    record.title = cell(t, row, TITLE);
    record.artist = cell(t, row, ARTIST);
    record.album = cell(t, row, ALBUM);
    record.link = cell(t, row, LINK);
    record.time = cell(t, row, TIME);
    record.reason_end = cell(t, row, REASON);
    record.is_episode = cell(t, row, EPISODE).size > 0;
    int64_t number;
    if (msched__parse_int(ms.data, ms.size, &number) && number >= 0)
        record.ms = number;
    if (equals(skipped, "true") || equals(skipped, "1"))
        record.skipped = 1;
    else if (equals(skipped, "false") || equals(skipped, "0"))
        record.skipped = 0;
    return msched__history_add(t->in, &record);
}

static char find_delimiter(msched__slice data)
{
    size_t count[4] = {0};
    static const char signs[] = ",;\t|";
    for (size_t i = 0; i < data.size && data.data[i] != '\n'; i++)
        for (size_t k = 0; k < 4; k++)
            count[k] += data.data[i] == signs[k];
    size_t best = 0;
    for (size_t k = 1; k < 4; k++)
        best = count[k] > count[best] ? k : best;
    return signs[best];
}

static msched_result read_rows(table *t, msched__csv *csv, msched_error *err)
{
    msched__csv_row row;
    msched_error fault;
    int begun = 0, ok = 1;
    while (ok) {
        size_t at = (size_t)msched__csv_position(csv);
        msched_result result = msched__csv_next(csv, &row, &fault);
        if (result == MSCHED_ERROR_SYNTAX) {
            ok = msched__history_remark(t->in, at, fault.message);
        } else if (result != MSCHED_OK) {
            if (err != NULL)
                *err = fault;
            return result;
        } else if (row.fields == NULL) {
            break;
        } else if (!begun) {
            begun = 1;
            if (read_header(t, &row))
                continue;
            if (!is_headless(t, &row))
                return msched__fail(err, MSCHED_ERROR_SYNTAX,
                                    "%s: not a listening history: its first line has no time, "
                                    "track or artist",
                                    t->in->name);
            ok = read_row(t, &row, at);
        } else {
            ok = read_row(t, &row, at);
        }
    }
    if (ok)
        return MSCHED_OK;
    return t->in->failed == MSCHED_ERROR_LIMIT
               ? msched__fail(err, MSCHED_ERROR_LIMIT, "%s: a history has at most %d plays",
                              t->in->name, MSCHED_HISTORY_MAX_PLAYS)
               : msched__fail_memory(err);
}

msched_result msched__history_read_csv(msched__history_reader *in, msched_error *err)
{
    table t = {.in = in};
    msched__csv_options options = {.delimiter = find_delimiter(in->data),
                                   .max_row_bytes = 1 << 20,
                                   .max_bytes = UINT64_MAX,
                                   .lenient = 1,
                                   .allocator = in->history->allocator};
    msched__csv *csv = msched__csv_open_memory(&options, in->data);
    if (csv == NULL)
        return msched__fail_memory(err);
    msched_result result = read_rows(&t, csv, err);
    msched__csv_close(csv);
    return result;
}
