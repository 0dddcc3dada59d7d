/* Cells as people and programs write them. */
#include "catalog/read/row_values.h"

#include "base/slice.h"
#include "catalog/build/made_id.h"
#include "catalog/cells/artist_title.h"
#include "catalog/cells/cell_list.h"
#include "catalog/cells/cell_number.h"
#include "catalog/cells/cell_plays.h"
#include "catalog/cells/cells.h"
#include "catalog/cells/summary_row.h"
#include "catalog/read/row_features.h"
#include "catalog/track_id.h"

#include <math.h>
#include <string.h>

static void note_cell(msched__row_reader *reader, enum msched__cell outcome, uint32_t column,
                      msched__slice text)
{
    if (outcome != MSCHED__CELL_READ)
        msched__note_cell(reader, &reader->report->columns[column], reader->row.line, outcome,
                          column, text);
}

static void read_date(msched__row_reader *reader, msched__values *values)
{
    /* "85" may be 1985, or a number that is no year */
    static const int32_t least[3] = {1000, 1, 1}, most[3] = {9999, 12, 31};
    msched__slice text = msched__cell_of(reader, MSCHED__COLUMN_RELEASE_DATE);
    note_cell(reader, msched__cell_date(text, values, &reader->evidence),
              MSCHED__COLUMN_RELEASE_DATE, text);
    if (reader->map.fields[MSCHED__COLUMN_YEAR] == 0)
        return;
    int32_t parts[3];
    for (uint32_t i = 0; i < 3; i++) {
        text = msched__cell_of(reader, MSCHED__COLUMN_YEAR + i);
        note_cell(reader, msched__cell_part(text, least[i], most[i], &parts[i]),
                  MSCHED__COLUMN_YEAR + i, text);
    }
    if (values->date.year == 0)
        values->date = msched__cell_date_of(parts[0], parts[1], parts[2]);
}

/* The seconds after whole minutes, in a column of their own. */
static void add_seconds(msched__row_reader *reader, msched__values *values)
{
    const msched__slice text = msched__cell_of(reader, MSCHED__COLUMN_SECONDS);
    double seconds = 0;
    int percent = 0;
    enum msched__cell outcome = MSCHED__CELL_EMPTY;
    if (!msched__cell_is_unknown(text))
        outcome = msched__cell_number(text, &seconds, &percent) && !percent && seconds >= 0 &&
                          seconds < 60
                      ? MSCHED__CELL_READ
                      : MSCHED__CELL_UNREADABLE;
    note_cell(reader, outcome, MSCHED__COLUMN_SECONDS, text);
    if (outcome == MSCHED__CELL_READ && fmod(values->duration, 60000) == 0)
        values->duration += floor(seconds * 1000 + 0.5);
}

/* 1 if the cell of whole minutes is 0. */
static int has_no_minutes(const msched__row_reader *reader)
{
    double minutes = 1;
    int percent;
    if (msched__has_number(reader, MSCHED__COLUMN_DURATION))
        return reader->numbers[MSCHED__COLUMN_DURATION] == 0;
    return msched__cell_number(msched__trim(msched__cell_of(reader, MSCHED__COLUMN_DURATION)),
                               &minutes, &percent) &&
           !percent && minutes == 0;
}

static void read_popularity(msched__row_reader *reader, msched__values *values)
{
    const uint8_t unit = reader->map.units[MSCHED__COLUMN_POPULARITY];
    const msched__slice text = msched__cell_of(reader, MSCHED__COLUMN_POPULARITY);
    const double *number = msched__has_number(reader, MSCHED__COLUMN_POPULARITY)
                               ? &reader->numbers[MSCHED__COLUMN_POPULARITY]
                               : NULL;
    int rounded = 0;
    enum msched__cell outcome;
    if (unit == MSCHED__UNIT_PLAYS) {
        values->popularity = MSCHED__POPULARITY_UNKNOWN;
        outcome = number != NULL ? msched__number_plays(*number, &values->plays)
                                 : msched__cell_plays(text, &values->plays);
    } else {
        outcome = number != NULL
                      ? msched__number_popularity(*number, unit, &values->popularity, &rounded)
                      : msched__cell_popularity(text, unit, &values->popularity, &rounded);
    }
    reader->report->rounded += rounded != 0;
    note_cell(reader, outcome, MSCHED__COLUMN_POPULARITY, text);
}

static enum msched__cell read_duration(msched__row_reader *reader, msched__values *values)
{
    const uint8_t unit = reader->map.units[MSCHED__COLUMN_DURATION];
    return msched__has_number(reader, MSCHED__COLUMN_DURATION)
               ? msched__number_duration(reader->numbers[MSCHED__COLUMN_DURATION], unit, values,
                                         &reader->evidence)
               : msched__cell_duration(msched__cell_of(reader, MSCHED__COLUMN_DURATION), unit,
                                       values, &reader->evidence);
}

static void read_numbers(msched__row_reader *reader, msched__values *values)
{
    enum msched__cell outcome = MSCHED__CELL_READ;
    if (msched__read_features(reader, values)) {
        values->plain_duration = 1;
        reader->evidence.plain_durations++;
    } else {
        outcome = read_duration(reader, values);
    }
    if (reader->map.fields[MSCHED__COLUMN_SECONDS] != 0 &&
        (outcome == MSCHED__CELL_READ || has_no_minutes(reader)))
        add_seconds(reader, values);
    if (values->duration == 0)
        note_cell(reader, outcome, MSCHED__COLUMN_DURATION,
                  msched__cell_of(reader, MSCHED__COLUMN_DURATION));
    read_popularity(reader, values);
    read_date(reader, values);
}

/*
 * Generated texts are in memory of their own: copy all texts of the row there, if they must be kept
 * together.
 */
static msched_result keep_made(msched__row_reader *reader, msched__values *values,
                               msched_error *err)
{
    msched__buffer all;
    msched__buffer_init(&all, &reader->made.allocator);
    for (uint32_t column = 0; column < MSCHED__COLUMN_TEXTS; column++) {
        const msched__slice text = values->text[column];
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

/*
 * Make room for all texts that are made of a row, so that earlier ones do not move. A byte of a
 * cell is copied four times at most: out of b'..', out of a list, to the artists of several
 * columns, and without references. Each further artist needs two bytes in the last two.
 */
static int reserve_lists(msched__row_reader *reader)
{
    return reader->lists.size > 0 ||
           msched__buffer_reserve(&reader->lists,
                                  4 * (reader->row.bytes.size + MSCHED__MORE_ARTISTS) + 16);
}

static inline int begins_list(msched__slice text)
{
    return text.size > 0 && (text.data[0] == '[' || text.data[0] == '{' || text.data[0] == ' ');
}

/*
 * If the cell or a related cell shows that it is a list, set *text to that list, in memory of the
 * reader. 1 if it does.
 */
static int read_list(msched__row_reader *reader, uint32_t column, msched__slice *text)
{
    const int counted = column == MSCHED__COLUMN_TRACK_ARTIST && reader->counts_artists &&
                        memchr(text->data, ',', text->size) != NULL;
    int found = 0;
    if (text->size == 0 || (!begins_list(*text) && !counted) || !reserve_lists(reader))
        return 0;
    const size_t from = reader->lists.size;
    found = msched__cell_list(&reader->lists, *text);
    if (!found && counted) {
        int32_t number;
        msched__cell_part(msched__cell_of(reader, MSCHED__COLUMN_ARTIST_COUNT), 1, 1000, &number);
        found = msched__cell_counted_list(&reader->lists, *text,
                                          msched__cell_of(reader, MSCHED__COLUMN_ARTIST_URIS),
                                          (uint32_t)number);
    }
    if (found)
        *text = (msched__slice){reader->lists.data + from, reader->lists.size - from};
    return found;
}

/* Append the artists of the other columns to the first. 1 if there are any. */
static int join_artists(msched__row_reader *reader, msched__slice *artist)
{
    int found = 0;
    for (uint32_t i = 0; i < MSCHED__MORE_ARTISTS; i++) {
        const msched__slice more =
            msched__trim(msched__cell_of(reader, MSCHED__COLUMN_MORE_ARTISTS + i));
        found |= more.size > 0 && !msched__cell_is_unknown(more);
    }
    if (!found || artist->size == 0 || !reserve_lists(reader))
        return 0;
    msched__buffer *out = &reader->lists;
    const size_t from = out->size;
    msched__buffer_add(out, artist->data, artist->size);
    for (uint32_t i = 0; i < MSCHED__MORE_ARTISTS; i++) {
        const msched__slice more =
            msched__trim(msched__cell_of(reader, MSCHED__COLUMN_MORE_ARTISTS + i));
        if (msched__cell_is_unknown(more))
            continue;
        msched__buffer_char(out, MSCHED__MEMBER_END);
        msched__buffer_char(out, ' ');
        msched__buffer_add(out, more.data, more.size);
    }
    *artist = (msched__slice){out->data + from, out->size - from};
    return 1;
}

/* The text of b'..'. 1 if it had to be made, because it has bytes such as \xc3. */
static int read_bytes(msched__row_reader *reader, msched__slice *text)
{
    if (text->size < 3 || text->data[0] != 'b' || text->data[text->size - 1] != text->data[1] ||
        (text->data[1] != '\'' && text->data[1] != '"'))
        return 0;
    *text = (msched__slice){text->data + 2, text->size - 3};
    if (text->size == 0 || memchr(text->data, '\\', text->size) == NULL || !reserve_lists(reader))
        return 0;
    return msched__cell_bytes(&reader->lists, text);
}

/* "&amp;" and the like as the characters that they denote. 1 if there were any. */
static int read_references(msched__row_reader *reader, msched__slice *text)
{
    if (memchr(text->data, '&', text->size) == NULL || !msched__cell_has_references(*text) ||
        !reserve_lists(reader))
        return 0;
    msched__cell_references(&reader->lists, text);
    *text = msched__trim(*text); /* "&nbsp;" alone is an empty cell */
    return 1;
}

static int is_same(msched__slice a, msched__slice b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

/* "Artist - Title", whose artist may have a dash, too. */
static int begins_with_artist(msched__slice both, msched__slice artist)
{
    return both.size > artist.size + 3 && memcmp(both.data, artist.data, artist.size) == 0 &&
           memcmp(both.data + artist.size, " - ", 3) == 0;
}

/* Split a cell with artist and title. If a cell names the artist, a dash may be the title's. */
static void read_artist_and_title(const msched__row_reader *reader, msched__values *values)
{
    const msched__hints *hints = &reader->map.hints;
    msched__slice *title = &values->text[MSCHED__COLUMN_TRACK_NAME],
                  *artist = &values->text[MSCHED__COLUMN_TRACK_ARTIST];
    const msched__slice both =
        msched__trim(msched__cell_of(reader, MSCHED__COLUMN_ARTIST_AND_TITLE));
    msched__slice parts[2] = {{"", 0}, both};
    msched__split_artist_title(both, hints->title_first, hints->between, &parts[0], &parts[1]);
    if (hints->has_album)
        msched__split_artist_title(parts[1], 0, MSCHED__BETWEEN_DASH,
                                   &values->text[MSCHED__COLUMN_ALBUM_NAME], &parts[1]);
    const msched__slice named = msched__trim(msched__cell_of(reader, MSCHED__COLUMN_TRACK_ARTIST));
    if (artist->size > 0 && begins_with_artist(both, named))
        parts[1] = (msched__slice){both.data + named.size + 3, both.size - named.size - 3};
    else if (artist->size > 0 && !is_same(named, parts[0]))
        parts[1] = both;
    if (artist->size == 0)
        *artist = parts[0];
    if (title->size == 0)
        *title = parts[1];
}

/* A text without what spreadsheets and programs put around it. */
static msched__slice tidy(const msched__row_reader *reader, msched__slice text)
{
    text = msched__trim(text);
    return reader->map.hints.has_protected && msched__is_protected(text)
               ? (msched__slice){text.data + 2, text.size - 3}
               : text;
}

/*
 * Take the texts of the first `count` columns. 1 if one is empty. Most have nothing around them;
 * for these, this loop does no more than it must.
 */
static int take_texts(const msched__row_reader *reader, msched__slice *text, uint32_t count)
{
    const uint32_t *fields = reader->map.fields, *ends = reader->row.ends;
    const char *bytes = reader->row.bytes.data;
    const int is_plain = ends != NULL && !reader->map.hints.has_protected;
    int some_empty = 0;
    for (uint32_t column = 0; column < count; column++) {
        const uint32_t field = fields[column];
        if (is_plain && field != 0) {
            const char *first = bytes + (uint32_t)(ends[(ptrdiff_t)field - 2] + 1),
                       *end = bytes + ends[field - 1];
            text[column] = (msched__slice){first, (size_t)(end - first)};
            if (first < end && msched__is_visible(*first) && msched__is_visible(end[-1]))
                continue;
        }
        text[column] = tidy(reader, msched__cell_of(reader, column));
        some_empty |= text[column].size == 0;
    }
    return some_empty;
}

static inline void forget_unknown(msched__slice *text)
{
    text->size = msched__cell_is_unknown(*text) ? 0 : text->size;
}

/* 1 if playlist, genre and subgenre are those of the row before; else that row is forgotten. */
static int is_same_place(msched__row_reader *reader)
{
    const msched__slice place = msched__row_place_of(reader), before = reader->before.place;
    if (place.data != NULL && place.size == before.size && before.data != NULL &&
        memcmp(place.data, before.data, place.size) == 0)
        return 1;
    reader->before.place = place;
    reader->before.has_texts = 0;
    return 0;
}

/* Take playlist, genre and subgenre. 1 if one of them is a list. */
static int take_place(msched__row_reader *reader, msched__slice *text)
{
    int has_lists = read_list(reader, MSCHED__COLUMN_GENRE, &text[MSCHED__COLUMN_GENRE]);
    has_lists |= read_list(reader, MSCHED__COLUMN_SUBGENRE, &text[MSCHED__COLUMN_SUBGENRE]);
    forget_unknown(&text[MSCHED__COLUMN_GENRE]);
    forget_unknown(&text[MSCHED__COLUMN_SUBGENRE]);
    return has_lists;
}

/* Keep texts for rows of the same place, if they are cells as they are. */
static void keep_place(msched__row_reader *reader, const msched__slice *text, int has_lists)
{
    const msched__hints *hints = &reader->map.hints;
    if (has_lists || hints->has_bytes || hints->has_references)
        return;
    reader->before.has_texts = 1;
    for (uint32_t i = 0; i < MSCHED__PLACE_TEXTS; i++) {
        reader->before.text[i] = text[MSCHED__COLUMN_PLAYLIST_ID + i];
        reader->before.has_texts &= reader->before.text[i].size > 0;
    }
}

/* Whether some of the texts are lists, and whether some are empty. */
static int read_texts(msched__row_reader *reader, msched__values *values, int *some_empty)
{
    msched__slice *text = values->text;
    int has_lists = 0;
    values->same_place = (uint8_t)is_same_place(reader);
    const int knows_place = values->same_place && reader->before.has_texts;
    *some_empty = take_texts(reader, text,
                             knows_place ? MSCHED__COLUMN_PLAYLIST_ID : MSCHED__COLUMN_TEXTS);
    reader->lists.size = 0;
    for (uint32_t c = 0; reader->map.hints.has_bytes && c < MSCHED__COLUMN_TEXTS; c++)
        has_lists |= read_bytes(reader, &text[c]);
    if (reader->map.hints.titles_are_quoted)
        text[MSCHED__COLUMN_TRACK_NAME] = msched__without_quotes(text[MSCHED__COLUMN_TRACK_NAME]);
    text[MSCHED__COLUMN_TRACK_ID] = msched__track_id_of(text[MSCHED__COLUMN_TRACK_ID]);
    forget_unknown(&text[MSCHED__COLUMN_TRACK_ID]);
    if (reader->counts_artists || begins_list(text[MSCHED__COLUMN_TRACK_ARTIST]))
        has_lists |= read_list(reader, MSCHED__COLUMN_TRACK_ARTIST,
                               &text[MSCHED__COLUMN_TRACK_ARTIST]);
    if (!knows_place)
        has_lists |= take_place(reader, text);
    if (reader->more_artists)
        has_lists |= join_artists(reader, &text[MSCHED__COLUMN_TRACK_ARTIST]);
    if (reader->map.fields[MSCHED__COLUMN_ARTIST_AND_TITLE] != 0)
        read_artist_and_title(reader, values);
    for (uint32_t c = 0; reader->map.hints.has_references && c < MSCHED__COLUMN_TEXTS; c++)
        has_lists |= read_references(reader, &text[c]);
    if (knows_place) {
        memcpy(text + MSCHED__COLUMN_PLAYLIST_ID, reader->before.text, sizeof reader->before.text);
    } else if (reader->map.fields[MSCHED__COLUMN_PLAYLIST_NAME] == 0 &&
               reader->map.fields[MSCHED__COLUMN_PLAYLIST_ID] == 0) {
        /* last, because this is the name of a file and no text of the row */
        text[MSCHED__COLUMN_PLAYLIST_NAME] = msched__trim(reader->playlist);
    }
    if (!knows_place)
        keep_place(reader, text, has_lists);
    *some_empty |= has_lists || reader->map.hints.has_bytes ||
                   text[MSCHED__COLUMN_TRACK_ID].size == 0 ||
                   text[MSCHED__COLUMN_GENRE].size == 0 || text[MSCHED__COLUMN_SUBGENRE].size == 0;
    return has_lists;
}

static void note_empty_texts(msched__row_reader *reader, const msched__values *values)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_TEXTS; column++)
        if (values->text[column].size == 0)
            note_cell(reader, MSCHED__CELL_EMPTY, column, values->text[column]);
}

/*
 * 1 if a cell certainly has a text. It begins with a letter. If a word such as "unknown" begins
 * with that letter, the cell is longer than all such words, see msched__cell_is_unknown, and ends
 * with a visible character. Most cells pass this test, which is faster than comparing words.
 */
static inline int is_surely_text(msched__slice cell)
{
    const unsigned char first = cell.size == 0 ? 0 : (unsigned char)cell.data[0] | 0x20;
    return first >= 'a' && first <= 'z' &&
           ((first != 'n' && first != 's' && first != 'u') ||
            (cell.size > (first == 'n'   ? 4
                          : first == 's' ? 5
                                         : 9) &&
             msched__is_visible(cell.data[cell.size - 1])));
}

/* Most rows have a title, and an artist who cannot be a count such as "25 songs". */
static int is_summary_row(const msched__row_reader *reader)
{
    const msched__slice title = msched__cell_of(reader, MSCHED__COLUMN_TRACK_NAME),
                        artist = msched__cell_of(reader, MSCHED__COLUMN_TRACK_ARTIST);
    return !(is_surely_text(title) && is_surely_text(artist)) &&
           msched__is_summary_row(msched__cell_of(reader, MSCHED__COLUMN_TRACK_ID), title, artist);
}

/* A row needs an id, or the texts to make one. */
static msched_result make_id(msched__row_reader *reader, msched__values *values, msched_error *err)
{
    char made[MSCHED__MADE_ID_ROOM];
    const msched__slice *title = &values->text[MSCHED__COLUMN_TRACK_NAME],
                        *artist = &values->text[MSCHED__COLUMN_TRACK_ARTIST];
    if (!msched__made_id(made, *title, *artist, &reader->made.allocator))
        return msched__fail_memory(err);
    reader->report->made_ids++;
    values->text[MSCHED__COLUMN_TRACK_ID] = (msched__slice){made, strlen(made)};
    return keep_made(reader, values, err);
}

msched_result msched__read_values(msched__row_reader *reader, msched__values *values,
                                  const msched__row_place *place, msched_error *err)
{
    msched_result result = MSCHED_OK;
    if (reader->map.fields[MSCHED__COLUMN_ARTIST_AND_TITLE] == 0 && is_summary_row(reader))
        return msched__fail_at(err, MSCHED_ERROR_NOT_FOUND, place->line, 0,
                               "%s:%llu: the row is a total or a note, not a song", place->source,
                               (unsigned long long)place->line);
    int some_empty;
    const int has_lists = read_texts(reader, values, &some_empty);
    const int needs_id = values->text[MSCHED__COLUMN_TRACK_ID].size == 0;
    if (reader->lists.failed)
        return msched__fail_memory(err);
    /* the report counts cells of the rows that are read */
    if (needs_id && (values->text[MSCHED__COLUMN_TRACK_NAME].size == 0 ||
                     values->text[MSCHED__COLUMN_TRACK_ARTIST].size == 0))
        return lacks_song(values, place, err);
    if (some_empty)
        note_empty_texts(reader, values);
    read_numbers(reader, values);
    if (needs_id)
        result = make_id(reader, values, err);
    else if (has_lists)
        result = keep_made(reader, values, err);
    if (reader->lists.failed)
        result = msched__fail_memory(err);
    if (result == MSCHED_OK)
        msched__hash_values(values);
    return result;
}
