#include "catalog/read/sample.h"

#include "base/alloc.h"
#include "base/civil.h"
#include "base/slice.h"
#include "catalog/cells/artist_title.h"
#include "catalog/cells/cell_list.h"
#include "catalog/cells/cell_number.h"
#include "catalog/cells/cells.h"
#include "catalog/cells/row.h"

#include <string.h>

#define LEAST_TIME (7 * 3600) /* see are_times_of_day */

void msched__sample_begin(msched__sample *sample, const msched__header_map *map)
{
    memset(sample, 0, sizeof *sample);
    sample->map = map;
}

static uint64_t hash_of(msched__slice text)
{
    return msched__intern_hash(&text, 1);
}

static msched__slice cell_of(const msched__sample *sample, const msched__slice *fields,
                             size_t count, uint32_t column)
{
    const uint32_t field = sample->map->fields[column];
    return field == 0 || field > count ? (msched__slice){"", 0} : msched__trim(fields[field - 1]);
}

/* The column that may name artist and title. */
static uint32_t both_of(const msched__header_map *map)
{
    return map->fields[MSCHED__COLUMN_ARTIST_AND_TITLE] != 0 ? MSCHED__COLUMN_ARTIST_AND_TITLE
                                                             : MSCHED__COLUMN_TRACK_NAME;
}

static int is_bytes(msched__slice text)
{
    return text.size >= 3 && text.data[0] == 'b' && (text.data[1] == '\'' || text.data[1] == '"') &&
           text.data[text.size - 1] == text.data[1];
}

static void add_title(msched__sample *sample, msched__slice text)
{
    msched__slice artist, title;
    if (text.size == 0)
        return;
    const uint32_t n = sample->with_dash + sample->with_slash;
    sample->titles++;
    sample->in_bytes += (uint32_t)is_bytes(text);
    sample->in_quotes += msched__without_quotes(text).size < text.size;
    sample->with_by += (uint32_t)msched__split_artist_title(text, 1, MSCHED__BETWEEN_BY, &artist,
                                                            &title);
    enum msched__between between = MSCHED__BETWEEN_DASH;
    if (!msched__split_artist_title(text, 0, between, &artist, &title)) {
        between = MSCHED__BETWEEN_SLASH;
        if (!msched__split_artist_title(text, 0, between, &artist, &title))
            return;
    }
    sample->left[n] = hash_of(artist);
    if (msched__split_artist_title(text, 1, between, &artist, &title))
        sample->right[n] = hash_of(artist);
    sample->with_dash += between == MSCHED__BETWEEN_DASH;
    sample->with_slash += between == MSCHED__BETWEEN_SLASH;
}

/* A row with the id of an earlier row shows whether ids identify songs. */
static void add_id(msched__sample *sample, msched__slice id, msched__slice title)
{
    const uint64_t id_hash = hash_of(id), title_hash = hash_of(title);
    uint32_t i = 0;
    sample->id[sample->rows] = id.size == 0 ? 0 : id_hash;
    sample->title[sample->rows] = title_hash;
    if (id.size == 0 || title.size == 0)
        return;
    while (i < sample->rows && sample->id[i] != id_hash)
        i++;
    sample->ids += i < sample->rows;
    sample->shared_ids += i < sample->rows && sample->title[i] != title_hash;
}

/* "08:04" and "22:55:01" as seconds of a day, or -1. */
static int32_t time_of(msched__slice text)
{
    int32_t time;
    return (text.size == 5 || text.size == 8) && msched__time_parse(text.data, text.size, &time) &&
                   time < 86400
               ? time
               : -1;
}

/* What shows whether lengths are times of day, as in the log of a radio station. */
static void add_length(msched__sample *sample, msched__slice text)
{
    const int32_t time = time_of(text);
    sample->lengths += text.size > 0;
    if (time < 0)
        return;
    sample->rising += sample->times > 0 && time > sample->last_time;
    sample->falling += sample->times > 0 && time < sample->last_time;
    sample->late_times += time >= LEAST_TIME;
    sample->with_seconds += text.size == 8 && time % 60 != 0;
    sample->last_time = time;
    sample->times++;
}

/*
 * Times from "07:00" on would be lengths of over seven minutes, and those with seconds lengths of
 * hours. Without seconds, they also have to be in order, except for one midnight. "03:25:00" is how
 * spreadsheets show lengths.
 */
static int are_times_of_day(const msched__sample *sample)
{
    const uint32_t wrong = sample->rising < sample->falling ? sample->rising : sample->falling;
    return sample->lengths >= 3 && sample->times == sample->lengths &&
           2 * sample->late_times > sample->times &&
           (2 * sample->with_seconds > sample->times || (sample->with_seconds == 0 && wrong <= 1));
}

int msched__sample_add(msched__sample *sample, const msched__slice *fields, size_t count)
{
    double number;
    int percent;
    if (sample->rows == MSCHED__SAMPLE_ROWS)
        return 0;
    const msched__slice title = cell_of(sample, fields, count, both_of(sample->map)),
                        tempo = cell_of(sample, fields, count,
                                        MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_TEMPO);
    add_title(sample, title);
    sample->references += (uint32_t)msched__cell_has_references(title);
    for (uint32_t c = 0; c < MSCHED__COLUMN_TEXTS; c++) {
        const msched__slice text = cell_of(sample, fields, count, c);
        sample->references += (uint32_t)msched__cell_has_references(text);
        sample->protected_texts += (uint32_t)msched__is_protected(text);
    }
    add_id(sample, cell_of(sample, fields, count, MSCHED__COLUMN_TRACK_ID), title);
    if (msched__cell_number(cell_of(sample, fields, count, MSCHED__COLUMN_POPULARITY), &number,
                            &percent)) {
        sample->popularities += !percent && !(number >= 0 && number <= 1) ? UINT32_C(1) << 20 : 1;
        sample->shares += !percent && number > 0 && number < 1;
        sample->counts += !percent && number > 100;
        sample->numbers++;
    }
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++) {
        const msched__slice cell = cell_of(sample, fields, count, MSCHED__COLUMN_FEATURE + f);
        if (sample->map->units[MSCHED__COLUMN_FEATURE + f] != MSCHED__UNIT_PERCENT ||
            !msched__cell_small_number(cell, &number, &percent))
            continue;
        sample->over_one |= (uint32_t)(percent || number > 1) << f;
        sample->inside |= (uint32_t)(!percent && number > 0 && number < 1) << f;
    }
    add_length(sample, cell_of(sample, fields, count, MSCHED__COLUMN_DURATION));
    sample->artists += cell_of(sample, fields, count, MSCHED__COLUMN_TRACK_ARTIST).size > 0;
    sample->tempos += tempo.size > 0;
    sample->clocks += tempo.size > 0 && memchr(tempo.data, ':', tempo.size) != NULL;
    sample->rows++;
    return 1;
}

static uint32_t count_distinct(const uint64_t *hashes, uint32_t count)
{
    uint32_t distinct = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t j = 0;
        while (j < i && hashes[j] != hashes[i])
            j++;
        distinct += j == i;
    }
    return distinct;
}

/* Makes lower-case letters, also of "Ü" and "Í", whose second byte has the same bit. */
static void make_low(const char *text, size_t size, char *low)
{
    for (size_t i = 0; i < size; i++)
        low[i] = (char)(text[i] | 0x20);
}

static int begins_with_title(msched__slice header)
{
    static const char *const words[] = {"title", "track", "song",  "titel",
                                        "titre", "titul", "titol", "t\xC3\xADt"};
    char low[5];
    if (header.size < 5)
        return 0;
    make_low(header.data, sizeof low, low);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (memcmp(low, words[i], strlen(words[i])) == 0)
            return 1;
    return 0;
}

static int ends_with_artist(msched__slice header)
{
    char low[64];
    const size_t size = header.size < sizeof low - 1 ? header.size : sizeof low - 1;
    make_low(header.data + header.size - size, size, low);
    low[size] = '\0';
    static const char *const words[] = {"artist", "interpret", "k\xC3\xBCnstler"};
    const char *last = NULL;
    for (size_t i = 0; last == NULL && i < sizeof words / sizeof words[0]; i++)
        last = strstr(low, words[i]);
    return last != NULL && (size_t)(last - low) > size / 3;
}

/* Nine in ten. */
static int are_most(uint32_t part, uint32_t all)
{
    return part > 0 && 10 * (uint64_t)part >= 9 * (uint64_t)all;
}

msched__hints msched__sample_end(const msched__sample *sample, msched__slice both)
{
    const msched__header_map *map = sample->map;
    const int has_column = map->fields[MSCHED__COLUMN_ARTIST_AND_TITLE] != 0,
              may_have = has_column ||
                         (sample->artists == 0 && map->fields[MSCHED__COLUMN_TRACK_NAME] != 0);
    const int dashes = are_most(sample->with_dash, sample->titles),
              by = !dashes && are_most(sample->with_by, sample->titles),
              slashes = !dashes && !by && are_most(sample->with_slash, sample->titles);
    const uint32_t split = sample->with_dash + sample->with_slash;
    msched__hints hints = {.looked = sample->rows};
    hints.title_has_both = may_have && !has_column && (dashes || by || slashes);
    if (may_have && (by || slashes))
        hints.between = by ? MSCHED__BETWEEN_BY : MSCHED__BETWEEN_SLASH;
    if (has_column && begins_with_title(both) && ends_with_artist(both))
        hints.title_first = 1;
    else if (!has_column)
        hints.title_first = (dashes || slashes) && count_distinct(sample->right, split) <
                                                       count_distinct(sample->left, split);
    hints.id_is_shared = sample->shared_ids >= 3 && 2 * sample->shared_ids > sample->ids;
    hints.has_shares = sample->shares > 0 && sample->popularities < (UINT32_C(1) << 20);
    hints.has_counts = map->units[MSCHED__COLUMN_POPULARITY] == MSCHED__UNIT_NONE &&
                       2 * sample->counts > sample->numbers;
    hints.tempo_is_time = map->fields[MSCHED__COLUMN_DURATION] == 0 &&
                          are_most(sample->clocks, sample->tempos);
    hints.time_of_day = (uint8_t)are_times_of_day(sample);
    hints.has_bytes = are_most(sample->in_bytes, sample->titles);
    hints.has_references = sample->references > 0;
    hints.has_protected = sample->protected_texts > 0;
    hints.no_percent = sample->inside & ~sample->over_one;
    hints.titles_are_quoted = sample->titles > 2 && are_most(sample->in_quotes, sample->titles);
    return hints;
}

/* 1 if a field of the header, by its number, is a word. */
static int is_called(const msched__csv_row *header, uint32_t field, const char *word)
{
    return field != 0 && field <= header->field_count &&
           msched__is_word(msched__trim(header->fields[field - 1]), word);
}

/* The rows after the header. */
static msched_result read_rows(msched__sample *sample, msched__csv *csv, size_t count,
                               msched_error *err)
{
    msched__csv_row row;
    for (;;) {
        msched_result result = msched__csv_next(csv, &row, err);
        if (result == MSCHED_ERROR_SYNTAX)
            continue;
        if (result != MSCHED_OK)
            return result;
        if (row.fields == NULL)
            return MSCHED_OK;
        if (row.field_count >= count && !msched__sample_add(sample, row.fields, count))
            return MSCHED_OK;
    }
}

msched_result msched__sample_csv(msched__header_map *map, msched__slice head,
                                 const msched__csv_options *options, msched_error *err)
{
    msched__csv_row row;
    msched__slice both = {"", 0};
    char name[64];
    msched_result result = MSCHED_ERROR_MEMORY;
    msched__sample *sample = msched__alloc_array(&options->allocator, 1, sizeof *sample);
    msched__csv *csv = sample == NULL ? NULL : msched__csv_open_memory(options, head);
    if (csv != NULL)
        result = msched__csv_next(csv, &row, err);
    if (result == MSCHED_OK && row.fields != NULL) {
        const size_t count = row.field_count;
        const uint32_t field = map->fields[MSCHED__COLUMN_ARTIST_AND_TITLE];
        if (field != 0 && field <= count && row.fields[field - 1].size <= sizeof name) {
            both = (msched__slice){name, row.fields[field - 1].size};
            memcpy(name, row.fields[field - 1].data, both.size);
        }
        msched__sample_begin(sample, map);
        const int is_time = is_called(&row, map->fields[MSCHED__COLUMN_DURATION], "time");
        result = read_rows(sample, csv, count, err);
        map->hints = msched__sample_end(sample, both);
        map->hints.time_of_day &= is_time;
    }
    msched__csv_close(csv);
    msched__free(&options->allocator, sample);
    return result == MSCHED_ERROR_MEMORY ? msched__fail_memory(err) : MSCHED_OK;
}

void msched__hints_apply(msched__header_map *map)
{
    const msched__hints *hints = &map->hints;
    const uint32_t tempo = MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_TEMPO;
    if (hints->title_has_both) {
        map->fields[MSCHED__COLUMN_ARTIST_AND_TITLE] = map->fields[MSCHED__COLUMN_TRACK_NAME];
        map->found_by[MSCHED__COLUMN_ARTIST_AND_TITLE] = map->found_by[MSCHED__COLUMN_TRACK_NAME];
        map->fields[MSCHED__COLUMN_TRACK_NAME] = 0;
    }
    if (hints->id_is_shared && map->found_by[MSCHED__COLUMN_TRACK_ID] == MSCHED__FOUND_BY_ALIAS &&
        (map->fields[MSCHED__COLUMN_TRACK_ARTIST] != 0 ||
         map->fields[MSCHED__COLUMN_ARTIST_AND_TITLE] != 0))
        map->fields[MSCHED__COLUMN_TRACK_ID] = 0;
    else
        map->hints.id_is_shared = 0;
    if (hints->time_of_day && map->found_by[MSCHED__COLUMN_DURATION] == MSCHED__FOUND_BY_ALIAS)
        map->fields[MSCHED__COLUMN_DURATION] = 0;
    else
        map->hints.time_of_day = 0;
    if (map->units[MSCHED__COLUMN_POPULARITY] == MSCHED__UNIT_PLAYS ||
        map->units[MSCHED__COLUMN_POPULARITY] == MSCHED__UNIT_TENTH)
        map->hints.has_shares = 0;
    else if (hints->has_shares || hints->has_counts)
        map->units[MSCHED__COLUMN_POPULARITY] = hints->has_shares ? MSCHED__UNIT_SHARE
                                                                  : MSCHED__UNIT_PLAYS;
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++)
        if (hints->no_percent >> f & 1)
            map->units[MSCHED__COLUMN_FEATURE + f] = MSCHED__UNIT_NONE;
    if (hints->tempo_is_time && map->found_by[tempo] != MSCHED__FOUND_BY_OPTION) {
        map->fields[MSCHED__COLUMN_DURATION] = map->fields[tempo];
        map->found_by[MSCHED__COLUMN_DURATION] = map->found_by[tempo];
        map->fields[tempo] = 0;
    }
}

static void tell_split(const msched__hints *hints, msched__report *report,
                       msched__file_report *file)
{
    const char *sign = hints->between == MSCHED__BETWEEN_SLASH ? "slash" : "dash";
    if (hints->between == MSCHED__BETWEEN_BY)
        msched__report_note(report, file, "artist_and_title: the artist follows \" by \"");
    else if (hints->has_album)
        msched__report_note(report, file,
                            "artist_and_title: the album follows the first dash, and the title "
                            "the second, because each album has one artist");
    else
        msched__report_note(
            report, file, "artist_and_title: the %s %s",
            hints->title_first ? "artist follows the last" : "title follows the first", sign);
}

void msched__hints_tell(const msched__header_map *map, msched__report *report,
                        msched__file_report *file)
{
    const msched__hints *hints = &map->hints;
    if (map->fields[MSCHED__COLUMN_ARTIST_AND_TITLE] == 0 &&
        map->fields[MSCHED__COLUMN_TRACK_ARTIST] == 0)
        msched__report_note(report, file,
                            "track_artist: unknown, because no header names it: if a column has "
                            "the artists, set columns, for example \"track_artist=Singer\"");
    if (map->fields[MSCHED__COLUMN_ARTIST_AND_TITLE] != 0)
        tell_split(hints, report, file);
    if (hints->id_is_shared)
        msched__report_note(report, file,
                            "track_id: a column was ignored, because one of its values belongs to "
                            "songs with different titles");
    if (hints->has_shares)
        msched__report_note(report, file,
                            "track_popularity: read on a scale from 0 to 1, because no value in "
                            "the first %u rows exceeds 1",
                            (unsigned)hints->looked);
    if (hints->has_counts)
        msched__report_note(report, file,
                            "track_popularity: read as counts of plays, because most values in "
                            "the first %u rows are over 100",
                            (unsigned)hints->looked);
    if (hints->tempo_is_time)
        msched__report_note(report, file, "duration_ms: the column called tempo contains lengths");
    if (hints->time_of_day)
        msched__report_note(report, file,
                            "duration_ms: the column called time was ignored, because it contains "
                            "times of day: if they are lengths, set columns, for example "
                            "\"duration_ms=Time\"");
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++)
        if (hints->no_percent >> f & 1)
            msched__report_note(report, file,
                                "%s: read on a scale from 0 to 1, because no value in the first "
                                "%u rows exceeds 1",
                                msched_feature_name(f), (unsigned)hints->looked);
    if (hints->has_bytes)
        msched__report_note(report, file, "texts written as b'..' are read without b and quotes");
    if (hints->has_references)
        msched__report_note(report, file,
                            "HTML references in texts, such as &amp;, are read as characters");
    if (hints->titles_are_quoted)
        msched__report_note(report, file,
                            "track_name: titles are read without the quotes around them");
}
