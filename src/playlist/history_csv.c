/* Histories as tables: Spotify's extended history as CSV, and the exports of Last.fm. */
#include "base/number.h"
#include "base/slice.h"
#include "catalog/read/header.h"
#include "format/csv.h"
#include "playlist/history_columns.h"
#include "playlist/history_read.h"

#include <string.h>

typedef struct table {
    msched__history_reader *in;
    msched__history_columns columns;
} table;

static msched__slice cell(const table *t, const msched__csv_row *row, uint32_t column)
{
    const uint32_t field = t->columns.field[column];
    return field < row->field_count ? msched__trim(row->fields[field]) : (msched__slice){"", 0};
}

static int is_same(msched__slice text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.data, word, text.size) == 0;
}

/* Apple's words for the reason why a play ended, in Spotify's. */
static msched__slice reason_of(msched__slice reason)
{
    return is_same(reason, "NATURAL_END_OF_TRACK")     ? (msched__slice){"trackdone", 9}
           : is_same(reason, "TRACK_SKIPPED_FORWARDS") ? (msched__slice){"fwdbtn", 6}
                                                       : reason;
}

static int read_row(table *t, const msched__csv_row *row, size_t at)
{
    msched__history_record record = {.ms = -1, .skipped = -1, .at = at};
    const msched__slice event = cell(t, row, MSCHED__PLAY_EVENT);
    if (event.size > 0 && !is_same(event, "PLAY_END") && !msched__is_word(event, "play"))
        return 1;
    msched__slice ms = cell(t, row, MSCHED__PLAY_MS), skipped = cell(t, row, MSCHED__PLAY_SKIPPED);
    record.title = cell(t, row, MSCHED__PLAY_TITLE);
    record.artist = cell(t, row, MSCHED__PLAY_ARTIST);
    record.album = cell(t, row, MSCHED__PLAY_ALBUM);
    record.link = cell(t, row, MSCHED__PLAY_LINK);
    record.time = cell(t, row, MSCHED__PLAY_TIME);
    if (record.time.size == 0)
        record.time = cell(t, row, MSCHED__PLAY_END);
    record.reason_end = reason_of(cell(t, row, MSCHED__PLAY_REASON));
    record.is_episode = cell(t, row, MSCHED__PLAY_EPISODE).size > 0;
    int64_t number;
    if (msched__parse_int(ms.data, ms.size, &number) && number >= 0)
        record.ms = number;
    const msched__slice seconds = cell(t, row, MSCHED__PLAY_SECONDS);
    if (record.ms < 0 && msched__parse_int(seconds.data, seconds.size, &number) && number >= 0 &&
        number < INT32_MAX / 1000)
        record.ms = number * 1000;
    const msched__slice length = cell(t, row, MSCHED__PLAY_LENGTH);
    if (msched__parse_int(length.data, length.size, &number) && number > 0 && number <= INT32_MAX)
        record.song_ms = (int32_t)number;
    if (msched__is_word(skipped, "true") || msched__is_word(skipped, "1"))
        record.skipped = 1;
    else if (msched__is_word(skipped, "false") || msched__is_word(skipped, "0"))
        record.skipped = 0;
    return msched__history_add(t->in, &record);
}

static msched_result stop(const table *t, msched_error *err)
{
    return t->in->failed == MSCHED_ERROR_LIMIT
               ? msched__fail(err, MSCHED_ERROR_LIMIT, "%s: a history has at most %d plays",
                              t->in->path, MSCHED_HISTORY_MAX_PLAYS)
               : msched__fail_memory(err);
}

static msched_result read_rows(table *t, msched__csv *csv, msched_error *err)
{
    msched__csv_row row;
    msched_error fault;
    int ok = 1;
    for (uint64_t n = 0; ok; n++) {
        size_t at = (size_t)msched__csv_position(csv);
        msched_result result = msched__csv_next(csv, &row, &fault);
        if (result == MSCHED_ERROR_SYNTAX) {
            ok = msched__history_remark(t->in, at, fault.message);
        } else if (result != MSCHED_OK) {
            if (err != NULL)
                *err = fault;
            return result;
        } else if (row.fields == NULL) {
            return MSCHED_OK;
        } else if (n >= t->columns.skip_rows) {
            ok = read_row(t, &row, at);
        }
    }
    return stop(t, err);
}

int msched__history_is_table(msched__slice head, const msched_allocator *allocator, int *is_table)
{
    msched__history_columns columns;
    if (msched__history_columns_find(&columns, head, allocator) != MSCHED_OK)
        return 0;
    *is_table = columns.is_sure;
    return 1;
}

msched_result msched__history_read_csv(msched__history_reader *in, msched_error *err)
{
    table t = {.in = in};
    if (msched__history_columns_find(&t.columns, in->data, &in->history->allocator) != MSCHED_OK)
        return msched__fail_memory(err);
    if (!t.columns.is_found)
        return msched__fail(
            err, MSCHED_ERROR_SYNTAX,
            "%s: not a listening history: a table of plays has columns for the time, the "
            "title and the artist of each play",
            in->path);
    if (t.columns.field[MSCHED__PLAY_ARTIST] == MSCHED__NO_FIELD &&
        !msched__history_note(in, "it has no column of artists: songs are known by title alone"))
        return msched__fail_memory(err);
    msched__csv_options options = {.delimiter = t.columns.delimiter,
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
