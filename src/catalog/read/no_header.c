#include "catalog/read/no_header.h"

#include "base/alloc.h"
#include "base/number.h"
#include "catalog/cells/artist_title.h"
#include "catalog/cells/row.h"
#include "catalog/read/column_stats.h"

#include <stdio.h>
#include <string.h>

#define MOST_FIELDS 40
#define LEAST_ROWS  2 /* after the first; fewer are not enough evidence */

typedef struct sample_table {
    msched__column_stats columns[MOST_FIELDS];
    enum msched__column_kind kinds[MOST_FIELDS];
    uint8_t begins_with_words[MOST_FIELDS]; /* the first row does, in this field */
    size_t field_count;
    uint32_t rows, odd_rows;  /* after the first; odd: with another number of fields */
    msched__header_map named; /* what the first row would be if it were a header */
    int knows_text;           /* it names a title, an artist or another text */
    int is_header;            /* it is a header in known words, which needs no other reading */
} sample_table;

static int is_words(const msched__column_stats *cell)
{
    return cell->letters > 0 &&
           cell->links + cell->ids + cell->clocks + cell->dates + cell->whole == 0;
}

static void look_at_first(sample_table *table, const msched__csv_row *row,
                          const msched__header_names *names)
{
    table->field_count = row->field_count;
    for (size_t i = 0; i < row->field_count; i++) {
        msched__column_stats_add(&table->columns[i], row->fields[i]);
        table->begins_with_words[i] = is_words(&table->columns[i]);
        memset(&table->columns[i], 0, sizeof table->columns[i]);
    }
    if (msched__header_match(&table->named, names, row->fields, row->field_count, NULL) !=
        MSCHED_OK)
        memset(&table->named, 0, sizeof table->named);
    for (uint32_t column = 0; column < MSCHED__COLUMN_TEXTS; column++)
        table->knows_text |= table->named.fields[column] != 0;
    table->knows_text |= table->named.fields[MSCHED__COLUMN_ARTIST_AND_TITLE] != 0;
}

static void add_row(sample_table *table, const msched__csv_row *row)
{
    if (row->field_count != table->field_count) {
        table->odd_rows++;
        return;
    }
    for (size_t i = 0; i < row->field_count; i++)
        msched__column_stats_add(&table->columns[i], row->fields[i]);
    table->rows++;
}

/* The rows of the first text; the last may be incomplete. 0 if they are not a table. */
static msched_result read_table(sample_table *table, msched__slice head,
                                const msched__csv_options *options,
                                const msched__header_names *names, msched_error *err)
{
    msched__csv_row row;
    memset(table, 0, sizeof *table);
    msched__csv *csv = msched__csv_open_memory(options, head);
    if (csv == NULL)
        return msched__fail_memory(err);
    msched_result result = msched__csv_next(csv, &row, err);
    if (result == MSCHED_OK && row.fields != NULL && row.field_count <= MOST_FIELDS) {
        look_at_first(table, &row, names);
        while (table->rows < MSCHED__STATS_ROWS) {
            result = msched__csv_next(csv, &row, err);
            if (result != MSCHED_OK || row.fields == NULL)
                break;
            add_row(table, &row);
        }
    }
    msched__csv_close(csv);
    return result == MSCHED_ERROR_MEMORY ? result : MSCHED_OK;
}

/* Not of texts, although some of these may have no letter: "99", "88". */
static int is_typed(const sample_table *table, size_t field)
{
    const msched__column_stats *stats = &table->columns[field];
    return stats->filled > 0 && stats->letters < stats->filled &&
           table->kinds[field] != MSCHED__KIND_NOTHING &&
           table->kinds[field] != MSCHED__KIND_TEXT;
}

/* Columns of numbers and the like whose first cell is a word: the first row is a header. */
static int begins_with_names(const sample_table *table, uint32_t *typed)
{
    uint32_t differ = 0;
    *typed = 0;
    for (size_t i = 0; i < table->field_count; i++) {
        *typed += (uint32_t)is_typed(table, i);
        differ += (uint32_t)(is_typed(table, i) && table->begins_with_words[i]);
    }
    return differ > 0 && differ == *typed;
}

static int is_free(const msched__header_map *map, size_t field)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++)
        if (map->fields[column] == field + 1)
            return 0;
    return 1;
}

static void set(msched__header_map *map, uint32_t column, size_t field)
{
    map->found += map->fields[column] == 0;
    map->fields[column] = (uint32_t)field + 1;
    map->found_by[column] = MSCHED__FOUND_BY_EVIDENCE;
}

/* The only unassigned field of a kind; MOST_FIELDS: none or several. */
static size_t only_field(const sample_table *table, const msched__header_map *map,
                         enum msched__column_kind kind)
{
    size_t found = MOST_FIELDS;
    for (size_t i = 0; i < table->field_count; i++)
        if (table->kinds[i] == kind && is_free(map, i)) {
            if (found != MOST_FIELDS)
                return MOST_FIELDS;
            found = i;
        }
    return found;
}

static void find_numbers(const sample_table *table, msched__header_map *map)
{
    static const struct {
        enum msched__column_kind kind;
        uint32_t column;
        uint8_t unit;
    } columns[] = {{MSCHED__KIND_TRACK_ID, MSCHED__COLUMN_TRACK_ID, MSCHED__UNIT_NONE},
                   {MSCHED__KIND_CLOCK, MSCHED__COLUMN_DURATION, MSCHED__UNIT_NONE},
                   {MSCHED__KIND_MILLISECONDS, MSCHED__COLUMN_DURATION, MSCHED__UNIT_MS},
                   {MSCHED__KIND_SECONDS, MSCHED__COLUMN_DURATION, MSCHED__UNIT_S},
                   {MSCHED__KIND_DATE, MSCHED__COLUMN_RELEASE_DATE, MSCHED__UNIT_NONE},
                   {MSCHED__KIND_PERCENT, MSCHED__COLUMN_POPULARITY, MSCHED__UNIT_NONE},
                   {MSCHED__KIND_GENRE, MSCHED__COLUMN_GENRE, MSCHED__UNIT_NONE}};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        const size_t field = only_field(table, map, columns[i].kind);
        if (field == MOST_FIELDS || map->fields[columns[i].column] != 0)
            continue;
        set(map, columns[i].column, field);
        map->units[columns[i].column] = columns[i].unit;
    }
}

static uint32_t distinct(const msched__column_stats *stats)
{
    return msched__distinct(stats->hash, stats->rows);
}

/* Evidence that the first of two columns has artists rather than the second. */
static int compare_artists(const msched__column_stats *a, const msched__column_stats *b)
{
    const uint32_t da = distinct(a), db = distinct(b);
    int more = 10 * da < 9 * db ? 3 : 10 * db < 9 * da ? -3 : 0;
    const int marks = (int)(a->artist_marks + b->title_marks) -
                      (int)(b->artist_marks + a->title_marks);
    more += marks >= 2 ? 1 : marks <= -2 ? -1 : 0;
    return more != 0 ? more : 2 * ((da < db) - (db < da));
}

static void find_two(msched__no_header *found, const sample_table *table, const size_t fields[2])
{
    const int more = compare_artists(&table->columns[fields[0]], &table->columns[fields[1]]);
    found->why = more == 0 ? "titles usually come first and nothing else distinguishes them"
                 : more > 1 || more < -1 ? "artists repeat more often than titles"
                                         : "titles more often contain words such as (Live)";
    set(&found->map, MSCHED__COLUMN_TRACK_ARTIST, fields[more > 0 ? 0 : 1]);
    set(&found->map, MSCHED__COLUMN_TRACK_NAME, fields[more > 0 ? 1 : 0]);
}

/* Title, artist and album: titles vary most and each album has one artist. */
static int find_three(msched__no_header *found, const sample_table *table, const size_t fields[3])
{
    size_t title = 0;
    uint32_t most = 0, second = 0;
    for (size_t i = 0; i < 3; i++) {
        const uint32_t count = distinct(&table->columns[fields[i]]);
        second = count > most ? most : count > second ? count : second;
        title = count > most ? i : title;
        most = count > most ? count : most;
    }
    const size_t x = fields[title == 0], y = fields[title == 2 ? 1 : 2];
    const msched__column_stats *at_x = &table->columns[x], *at_y = &table->columns[y];
    const int x_of_y = msched__determines(at_y, at_x), y_of_x = msched__determines(at_x, at_y);
    if (most == second || x_of_y == y_of_x)
        return 0;
    found->why = "titles vary most and each album has one artist";
    set(&found->map, MSCHED__COLUMN_TRACK_NAME, fields[title]);
    set(&found->map, MSCHED__COLUMN_TRACK_ARTIST, x_of_y ? x : y);
    set(&found->map, MSCHED__COLUMN_ALBUM_NAME, x_of_y ? y : x);
    return 1;
}

/* Nearly all cells; if fewer than in five rows, all. */
static int are_nearly_all(const msched__column_stats *stats, uint32_t part)
{
    return part > 0 && (part == stats->filled ||
                        (10 * (uint64_t)part >= 9 * (uint64_t)stats->filled && stats->rows >= 5));
}

/* "Artist - Album - Title": titles vary, and an album has several songs and one artist. */
static int has_albums(const msched__column_stats *stats)
{
    const uint32_t titles = msched__distinct(stats->right, stats->rows),
                   albums = msched__distinct(stats->middle, stats->rows);
    uint32_t broken = 0;
    if (!are_nearly_all(stats, stats->double_dashes) || 10 * titles < 9 * stats->filled ||
        10 * albums > 7 * titles)
        return 0;
    for (uint32_t i = 0; i < stats->rows; i++) {
        uint32_t j = 0;
        while (j < i && (stats->middle[j] != stats->middle[i] || stats->middle[i] == 0))
            j++;
        broken += j < i && stats->left[j] != stats->left[i];
    }
    return 20 * broken <= stats->rows;
}

/* Artist and title in one column, with a dash or slash in nearly every row. */
static int find_both(msched__no_header *found, const sample_table *table, size_t field)
{
    const msched__column_stats *stats = &table->columns[field];
    const int slashes = are_nearly_all(stats, stats->slashes) && stats->rows >= 5;
    if (!slashes && stats->single_dashes < stats->filled &&
        (10 * (uint64_t)stats->dashes < 9 * (uint64_t)stats->filled || stats->rows < 5))
        return 0;
    set(&found->map, MSCHED__COLUMN_ARTIST_AND_TITLE, field);
    found->map.hints.looked = stats->rows;
    found->map.hints.has_album = (uint8_t)has_albums(stats);
    found->map.hints.between = slashes ? MSCHED__BETWEEN_SLASH : MSCHED__BETWEEN_DASH;
    found->map.hints.title_first = !found->map.hints.has_album &&
                                   msched__distinct(stats->right, stats->rows) <
                                       msched__distinct(stats->left, stats->rows);
    found->why = slashes ? "nearly every row contains a slash" : "nearly every row contains a dash";
    return 1;
}

static void doubt(msched__no_header *found, const size_t *fields, size_t count)
{
    size_t used = (size_t)snprintf(
        found->doubt, sizeof found->doubt,
        "it is unclear which column is the title and which is the artist: columns ");
    for (size_t i = 0; i < count && used + 20 < sizeof found->doubt; i++)
        used += (size_t)snprintf(found->doubt + used, sizeof found->doubt - used, "%s%zu",
                                 i == 0           ? ""
                                 : i + 1 == count ? " and "
                                                  : ", ",
                                 fields[i] + 1);
    snprintf(found->doubt + used, sizeof found->doubt - used, " are texts");
}

static int find_texts(msched__no_header *found, const sample_table *table)
{
    size_t fields[MOST_FIELDS], count = 0;
    const int has_title = found->map.fields[MSCHED__COLUMN_TRACK_NAME] != 0,
              has_artist = found->map.fields[MSCHED__COLUMN_TRACK_ARTIST] != 0;
    for (size_t i = 0; i < table->field_count; i++)
        if (table->kinds[i] == MSCHED__KIND_TEXT && is_free(&found->map, i))
            fields[count++] = i;
    if ((has_title && has_artist) || found->map.fields[MSCHED__COLUMN_ARTIST_AND_TITLE] != 0)
        return 1;
    if (count == 1 && has_title != has_artist) {
        set(&found->map, has_title ? MSCHED__COLUMN_TRACK_ARTIST : MSCHED__COLUMN_TRACK_NAME,
            fields[0]);
        return 1;
    }
    if (has_title || has_artist || count == 0)
        return has_title && found->map.fields[MSCHED__COLUMN_TRACK_ID] != 0;
    if (count == 1)
        return find_both(found, table, fields[0]);
    if (count == 2) {
        find_two(found, table, fields);
        return 1;
    }
    if (count == 3 && find_three(found, table, fields))
        return 1;
    doubt(found, fields, count);
    return 0;
}

/* "column 2" of the options. 0 for another form of name, or a column that does not exist. */
static int take_given(msched__no_header *found, const sample_table *table,
                      const msched__header_names *names)
{
    static const char word[] = "column ";
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++) {
        const char *name = names->name[column];
        if (strcmp(name, msched__column_name(column)) == 0 || name[0] == '\0')
            continue;
        int64_t number;
        if (strncmp(name, word, sizeof word - 1) != 0 || strlen(name) > sizeof word + 2 ||
            !msched__parse_int(name + sizeof word - 1, strlen(name) - (sizeof word - 1), &number) ||
            number < 1 || (size_t)number > table->field_count)
            return 0;
        set(&found->map, column, (uint32_t)number - 1);
        found->map.found_by[column] = MSCHED__FOUND_BY_OPTION;
    }
    return 1;
}

/* A song has one date of release, but a chart has a song on many dates. */
static void drop_dates_of_charts(const sample_table *table, msched__header_map *map)
{
    const uint32_t date = map->fields[MSCHED__COLUMN_RELEASE_DATE],
                   song = map->fields[MSCHED__COLUMN_TRACK_NAME] != 0
                              ? map->fields[MSCHED__COLUMN_TRACK_NAME]
                              : map->fields[MSCHED__COLUMN_ARTIST_AND_TITLE];
    if (date == 0 || song == 0 ||
        map->found_by[MSCHED__COLUMN_RELEASE_DATE] != MSCHED__FOUND_BY_EVIDENCE ||
        msched__determines(&table->columns[song - 1], &table->columns[date - 1]))
        return;
    map->fields[MSCHED__COLUMN_RELEASE_DATE] = 0;
    map->found--;
}

static int decide(msched__no_header *found, sample_table *table, const msched__header_names *names)
{
    if (table->rows < LEAST_ROWS || 20 * table->odd_rows > table->rows)
        return 0;
    for (size_t i = 0; i < table->field_count; i++)
        table->kinds[i] = msched__column_stats_kind(&table->columns[i]);
    uint32_t typed;
    found->names_follow = begins_with_names(table, &typed);
    /* a header with some known words, but without the columns that a song needs */
    if (found->names_follow ? table->knows_text : table->named.found > (typed > 0)) {
        table->is_header = table->knows_text && table->field_count > 1;
        return 0;
    }
    if (found->names_follow)
        found->map = table->named;
    if (!take_given(found, table, names))
        return 0;
    found->rows = table->rows;
    found->field_count = table->field_count;
    find_numbers(table, &found->map);
    if (!find_texts(found, table))
        return 0;
    drop_dates_of_charts(table, &found->map);
    return 1;
}

/* More fields, or fewer rows with another number. Hardly any text of a single column has a tab. */
static int is_better(const msched__no_header *a, const msched__no_header *b)
{
    return a->field_count != b->field_count ? a->field_count > b->field_count
           : a->odd_rows != b->odd_rows     ? a->odd_rows < b->odd_rows
                                            : a->field_count == 1 && a->delimiter == '\t';
}

msched_result msched__no_header_find(msched__no_header *found, msched__slice head,
                                     const msched__csv_options *options,
                                     const msched__header_names *names, msched_error *err)
{
    static const char candidates[] = ",;\t|";
    msched_result result = MSCHED_OK;
    msched__csv_options mine = *options;
    memset(found, 0, sizeof *found);
    sample_table *table = msched__alloc_array(&options->allocator, 1, sizeof *table);
    if (table == NULL)
        return msched__fail_memory(err);
    const size_t count = options->delimiter != '\0' ? 1 : sizeof candidates - 1;
    int has_header = 0;
    for (size_t i = 0; result == MSCHED_OK && i < count; i++) {
        msched__no_header next = {.delimiter = options->delimiter != '\0' ? options->delimiter
                                                                          : candidates[i]};
        mine.delimiter = next.delimiter;
        result = read_table(table, head, &mine, names, err);
        if (result == MSCHED_OK)
            next.is_found = decide(&next, table, names);
        has_header |= result == MSCHED_OK && table->is_header;
        next.odd_rows = table->odd_rows;
        if (next.is_found ? is_better(&next, found) : !found->is_found && next.doubt[0] != '\0')
            *found = next;
    }
    msched__free(&options->allocator, table);
    if (has_header && found->field_count == 1)
        found->is_found = 0; /* one column, because the delimiter is wrong */
    return result;
}

void msched__no_header_tell(const msched__no_header *found, msched__report *report,
                            msched__file_report *file)
{
    char fields[120] = "";
    static const uint32_t told[] = {MSCHED__COLUMN_TRACK_NAME, MSCHED__COLUMN_TRACK_ARTIST,
                                    MSCHED__COLUMN_ALBUM_NAME, MSCHED__COLUMN_ARTIST_AND_TITLE};
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        const size_t used = strlen(fields);
        if (found->map.fields[told[i]] != 0)
            snprintf(fields + used, sizeof fields - used, "%s%s is column %u",
                     used == 0 ? "" : ", ", msched__column_name(told[i]),
                     (unsigned)found->map.fields[told[i]]);
    }
    msched__report_note(
        report, file, "%s: columns are identified by the content of the first %u rows",
        found->names_follow ? "the header has unknown words" : "the file has no header",
        (unsigned)found->rows);
    if (found->why != NULL)
        msched__report_note(
            report, file,
            "%s, because %s: if this is wrong, set columns, for example \"track_name=column 1\"",
            fields, found->why);
}
