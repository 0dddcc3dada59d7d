/* cli/cli_options.c: one table of all options: parsing and --help read the same. */
#include "cli_config.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum option_id {
    OPTION_CATALOG = 256,
    OPTION_DELIMITER,
    OPTION_COLUMN,
    OPTION_COLUMNS_FROM,
    OPTION_EXPLAIN,
    OPTION_STRICT,
    OPTION_LENGTH,
    OPTION_SKIP,
    OPTION_ROW_BYTES,
    OPTION_FIELD_BYTES,
    OPTION_COUNT,
    OPTION_BY,
    OPTION_ORDER,
    OPTION_MIN_N,
    OPTION_LIMIT,
    OPTION_BINS,
    OPTION_GENRE,
    OPTION_SUBGENRE,
    OPTION_ARTIST,
    OPTION_PLAYLIST,
    OPTION_YEARS,
    OPTION_POPULARITY,
    OPTION_FEATURE,
    OPTION_NO_ZERO,
    OPTION_NO_JANUARY,
    OPTION_TEXT,
    OPTION_ICS,
    OPTION_JSON,
    OPTION_FORMAT,
    OPTION_DATE,
    OPTION_TIMEZONE,
    OPTION_NOW,
    OPTION_PREVIOUS,
    OPTION_ASSUME_DONE,
    OPTION_SEED,
    OPTION_CALENDAR,
    OPTION_MUSIC_CALENDAR,
    OPTION_BLOCK_ALL_DAY,
    OPTION_SONGS,
    OPTION_HISTORY,
    OPTION_AVOID_DAYS,
    OPTION_FROM,
    OPTION_TO,
    OPTION_MIN_PLAY,
    OPTION_BY_TIME,
    OPTION_DAYS,
    OPTION_CALENDAR_NAME,
    OPTION_ALARM,
    OPTION_CANCELLED,
    OPTION_OUTPUT,
    OPTION_FIX,
    OPTION_WRITE,
    OPTION_HELP
};

typedef struct option_entry {
    uint32_t takes; /* groups of commands that have it; 0: all */
    int id;
    const char *name;
    const char *value; /* what --help calls it; NULL: takes none */
    const char *help;
} option_entry;

static const option_entry entries[] = {
    {CLI_TAKES_CATALOG, OPTION_CATALOG, "catalog", "FILE",
     "songs (CSV, also .gz); again for more files; -: standard input; default: "
     "$MUSICSCHED_CATALOG"},
    {CLI_TAKES_CATALOG, OPTION_DELIMITER, "delimiter", "C",
     "character between the fields; default: found out"},
    {CLI_TAKES_CATALOG, OPTION_COLUMN, "columns", "NAME=HEADER",
     "where a column has another name, as track_artist=artists; key= ignores one; again for more"},
    {CLI_TAKES_CATALOG, OPTION_COLUMNS_FROM, "columns-from", "FILE",
     "a file with a NAME=HEADER a line; musicsched info --help lists the names"},
    {CLI_TAKES_CATALOG, OPTION_EXPLAIN, "explain-columns", NULL,
     "say on standard error which column was read as what"},
    {CLI_TAKES_CATALOG, OPTION_STRICT, "strict", NULL,
     "refuse what would have to be assumed about the songs file, and plan texts with an error"},
    {CLI_TAKES_CATALOG, OPTION_LENGTH, "default-length", "M:SS",
     "of songs whose length is not known; default: not scheduled"},
    {CLI_TAKES_CATALOG, OPTION_SKIP, "skip-bad-rows", NULL,
     "leave bad rows out and say how many, instead of failing"},
    {CLI_TAKES_CATALOG, OPTION_ROW_BYTES, "max-row-bytes", "N",
     "longest row that is read; default: 1048576"},
    {CLI_TAKES_CATALOG, OPTION_FIELD_BYTES, "max-field-bytes", "N",
     "longest field that is read; default: 65536"},
    {CLI_TAKES_BY, OPTION_BY, "by", "WHAT", "what to group by (above)"},
    {CLI_TAKES_COUNT, OPTION_COUNT, "count", "UNIT",
     "entries, tracks or recordings; what is counted"},
    {CLI_TAKES_ORDER, OPTION_ORDER, "order", "ORDER",
     "key, mean or n; default: mean for texts, key for times"},
    {CLI_TAKES_ORDER, OPTION_MIN_N, "min-n", "N", "leave out groups of fewer than N"},
    {CLI_TAKES_LIMIT, OPTION_LIMIT, "limit", "N", "at most N lines"},
    {CLI_TAKES_BINS, OPTION_BINS, "bins", "N", "number of bins, 1 to 101; default: 20"},
    {CLI_TAKES_FILTER, OPTION_GENRE, "genre", "NAME",
     "only this genre; again for more, as all names here"},
    {CLI_TAKES_FILTER, OPTION_SUBGENRE, "subgenre", "NAME", "only this subgenre"},
    {CLI_TAKES_FILTER, OPTION_ARTIST, "artist", "NAME", "only this artist"},
    {CLI_TAKES_FILTER, OPTION_PLAYLIST, "playlist", "NAME", "only this playlist, by name or id"},
    {CLI_TAKES_FILTER, OPTION_YEARS, "years", "A-B",
     "released from A to B; A-, -B and A alone too"},
    {CLI_TAKES_FILTER, OPTION_POPULARITY, "popularity", "A-B", "popularity from A to B"},
    {CLI_TAKES_FILTER, OPTION_FEATURE, "feature", "NAME=A-B",
     "audio feature from A to B (A..B where one is negative)"},
    {CLI_TAKES_FILTER, OPTION_NO_ZERO, "no-zero", NULL,
     "without popularity 0 (mostly: superseded or gone)"},
    {CLI_TAKES_FILTER, OPTION_NO_JANUARY, "no-january-first", NULL,
     "without dates of 1 January (mostly: only the year is known)"},
    {CLI_TAKES_PLAN, OPTION_TEXT, "text", NULL, "write the day as text; the default"},
    {CLI_TAKES_RECORDS, OPTION_FORMAT, "format", "FORM",
     "table, json, csv or ndjson; default: table"},
    {CLI_TAKES_JSON | CLI_TAKES_PLAN | CLI_TAKES_AGENDA | CLI_TAKES_HISTORY, OPTION_JSON, "json",
     NULL, "write JSON"},
    {CLI_TAKES_PLAN, OPTION_ICS, "ics", NULL, "write iCalendar, for a calendar program"},
    {CLI_TAKES_PLAN, OPTION_CALENDAR_NAME, "calendar-name", "NAME",
     "of the iCalendar that is written"},
    {CLI_TAKES_PLAN, OPTION_ALARM, "alarm", "LENGTH",
     "remind so long before a to-do, such as 5m or 0m, in iCalendar"},
    {CLI_TAKES_PLAN, OPTION_CANCELLED, "cancelled", NULL,
     "with --previous: write what is gone as cancelled, in iCalendar"},
    {CLI_TAKES_PLAN, OPTION_OUTPUT, "output", "FILE",
     "write there, all or nothing; .json and .ics choose the form"},
    {CLI_TAKES_PLAN, OPTION_CALENDAR, "calendar", "FILE",
     "add the events and to-dos of an .ics file; again for more"},
    {CLI_TAKES_PLAN, OPTION_MUSIC_CALENDAR, "music-calendar", "FILE",
     "the same, and music may play during its events"},
    {CLI_TAKES_PLAN, OPTION_BLOCK_ALL_DAY, "block-all-day", NULL,
     "events of whole days block the day, too"},
    {CLI_TAKES_PLAN, OPTION_SONGS, "songs", "FILE",
     "want the songs of a playlist (M3U, XSPF, Spotify, iTunes, CSV, a list); again for more"},
    {CLI_TAKES_PLAN, OPTION_HISTORY, "history", "FILE",
     "fill with nothing that this history has of the last days; again for more"},
    {CLI_TAKES_PLAN, OPTION_AVOID_DAYS, "avoid-days", "N",
     "with --history: how many days are the last; default: 7"},
    {CLI_TAKES_HISTORY, OPTION_FROM, "from", "DATE", "only plays of this date and later"},
    {CLI_TAKES_HISTORY, OPTION_TO, "to", "DATE", "only plays of this date and earlier"},
    {CLI_TAKES_HISTORY, OPTION_MIN_PLAY, "min-play", "N",
     "only plays of at least N seconds; those of unknown length too"},
    {CLI_TAKES_HISTORY, OPTION_BY_TIME, "by-time", NULL,
     "songs and artists in order of the time played"},
    {CLI_TAKES_HISTORY, OPTION_LIMIT, "limit", "N",
     "songs and artists that are listed; default: 10"},
    {CLI_TAKES_HISTORY, OPTION_TIMEZONE, "timezone", "ZONE",
     "on whose clocks hours and days are; default: this machine's"},
    {CLI_TAKES_PLAN | CLI_TAKES_AGENDA, OPTION_DATE, "date", "DATE",
     "YYYY-MM-DD, of a plan text that names none; default: today"},
    {CLI_TAKES_AGENDA, OPTION_DAYS, "days", "N", "dates to show, 1 to 366; default: 1"},
    {CLI_TAKES_PLAN | CLI_TAKES_AGENDA, OPTION_TIMEZONE, "timezone", "ZONE",
     "such as Europe/Berlin, of a plan text that names none"},
    {CLI_TAKES_PLAN, OPTION_NOW, "now", "HH:MM", "place nothing before this time of the day"},
    {CLI_TAKES_NEXT, OPTION_NOW, "now", "HH:MM", "as if it were then on that day; default: now"},
    {CLI_TAKES_PLAN, OPTION_PREVIOUS, "previous", "FILE",
     "schedule (--json) to change as little as possible"},
    {CLI_TAKES_PLAN, OPTION_FIX, "fix", NULL,
     "show what would mend a plan text, as a diff, and plan nothing"},
    {CLI_TAKES_PLAN, OPTION_WRITE, "write", NULL,
     "with --fix: change the file instead of showing a diff"},
    {CLI_TAKES_PLAN, OPTION_ASSUME_DONE, "assume-done", NULL,
     "what the previous schedule has before --now was done as planned"},
    {CLI_TAKES_PLAN, OPTION_SEED, "seed", "N",
     "vary the choice among equally good songs; default: 0"},
    {0, OPTION_HELP, "help", NULL, "this text"},
};

/* Options with a short form. */
static const struct {
    int id;
    char letter;
} letters[] = {
    {OPTION_CATALOG, 'c'}, {OPTION_LIMIT, 'n'}, {OPTION_GENRE, 'g'}, {OPTION_ARTIST, 'a'},
    {OPTION_FORMAT, 'f'},  {OPTION_JSON, 'j'},  {OPTION_DATE, 'd'},  {OPTION_CALENDAR, 'k'},
    {OPTION_OUTPUT, 'o'},  {OPTION_HELP, 'h'},
};

static const char *const format_names[] = {NULL, "table", "json", NULL, "csv", "ndjson"};
static const char *const count_names[] = {"entries", "tracks", "recordings"};
static const char *const by_names[] = {"all",  "genre",  "subgenre", "artist",    "playlist",
                                       "year", "decade", "month",    "year_month"};
static const char *const order_names[] = {NULL, "key", "mean", "n"};

const char *cli_count_name(uint32_t count)
{
    return count_names[count];
}

const char *cli_by_name(uint32_t by)
{
    return by_names[by];
}

static char letter_of(int id)
{
    for (size_t i = 0; i < COUNT(letters); i++) {
        if (letters[i].id == id)
            return letters[i].letter;
    }
    return 0;
}

/* The option of a letter; everything else stays what it is. */
static int id_of(int letter)
{
    for (size_t i = 0; i < COUNT(letters); i++) {
        if (letters[i].letter == letter)
            return letters[i].id;
    }
    return letter;
}

static int is_taken(const option_entry *entry, uint32_t takes)
{
    return entry->takes == 0 || (entry->takes & takes) != 0;
}

int cli_option_get(uint32_t takes, uint32_t index, cli_option *option)
{
    for (size_t i = 0; i < COUNT(entries); i++) {
        const option_entry *entry = &entries[i];

        if (!is_taken(entry, takes) || index-- > 0)
            continue;
        *option = (cli_option){entry->name, entry->value, entry->help, letter_of(entry->id)};
        return 1;
    }
    return 0;
}

void cli_print_options(FILE *out, uint32_t takes)
{
    for (size_t i = 0; i < COUNT(entries); i++) {
        char left[40], letter = letter_of(entries[i].id);

        if (!is_taken(&entries[i], takes))
            continue;
        snprintf(left, sizeof left, "%c%c%s --%s%s%s", letter != 0 ? '-' : ' ',
                 letter != 0 ? letter : ' ', letter != 0 ? "," : " ", entries[i].name,
                 entries[i].value != NULL ? " " : "",
                 entries[i].value != NULL ? entries[i].value : "");
        fprintf(out, "  %-26s %s\n", left, entries[i].help);
    }
}

static int usage_error(const cli_request *request, const char *what, const char *text,
                       const char *wanted)
{
    fprintf(stderr, "musicsched %s: %s%s%s%s%s\n", request->command->name, what,
            text != NULL ? " \"" : "", text != NULL ? text : "", text != NULL ? "\"" : "", wanted);
    fprintf(stderr, "Try: musicsched %s --help\n", request->command->name);
    return 0;
}

static int add_name(cli_request *request, cli_names *names, const char *name)
{
    if (names->count == CLI_MAX_NAMES)
        return usage_error(request, "too many names of one kind, at", name, "; 64 are the most");
    names->name[names->count++] = name;
    return 1;
}

/* Lines as --columns takes them; empty ones and those that begin with # are left out. */
static int read_columns(cli_request *request, const char *path)
{
    size_t size;
    char *next;

    free(request->columns_text);
    request->columns_text = cli_read(path, 1 << 16, &size);
    if (request->columns_text == NULL)
        return 0;
    for (char *line = request->columns_text; line != NULL; line = next) {
        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        line[strcspn(line, "\r")] = '\0';
        if (line[0] != '\0' && line[0] != '#' && !add_name(request, &request->columns, line))
            return 0;
    }
    return 1;
}

/* The library gives at most 1,000 hits of a search. */
static int is_search(const cli_command *command)
{
    return command->run == cmd_find || command->run == cmd_suggest;
}

static int set_whole(const cli_request *request, const char *name, const char *text, uint64_t least,
                     uint64_t most, uint32_t *value)
{
    char wanted[96];
    uint64_t read;

    if (cli_parse_whole(text, least, most, &read)) {
        *value = (uint32_t)read;
        return 1;
    }
    snprintf(wanted, sizeof wanted, " is no whole number from %llu to %llu",
             (unsigned long long)least, (unsigned long long)most);
    return usage_error(request, name, text, wanted);
}

/* A whole range for years and popularity; 0 stands for "no limit". */
static int set_limits(const cli_request *request, const char *name, const char *text, double most,
                      int32_t *low_limit, int32_t *high_limit)
{
    double low = 0, high = 0;
    int has_low, has_high;

    if (!cli_parse_range(text, &low, &high, &has_low, &has_high) || low != (int32_t)low ||
        high != (int32_t)high || low < 0 || high > most || low > most)
        return usage_error(request, name, text,
                           " is no range of whole numbers such as 10-20, 10- or -20");
    if (has_high && high == 0)
        return usage_error(request, name, text, ": the upper end must be at least 1");
    *low_limit = (int32_t)low;
    *high_limit = (int32_t)high;
    return 1;
}

/* M:SS as milliseconds. */
static int set_length(cli_request *request, const char *text)
{
    int32_t minutes; /* H:MM and M:SS are written alike */

    if (!cli_parse_time(text, &minutes) || minutes <= 0 || minutes % 60 != 0)
        return usage_error(request, "--default-length", text, " is no length such as 3:30");
    request->default_duration_ms = (uint32_t)minutes / 60 * 1000;
    return 1;
}

static int set_feature(cli_request *request, const char *text)
{
    const char *equals = strchr(text, '=');
    double low = -1e300, high = 1e300;
    int has_low, has_high;

    for (uint32_t i = 0; equals != NULL && i < MSCHED_FEATURE_COUNT; i++) {
        const char *name = msched_feature_name(i);

        if (strlen(name) != (size_t)(equals - text) ||
            strncmp(name, text, (size_t)(equals - text)) != 0)
            continue;
        if (!cli_parse_range(equals + 1, &low, &high, &has_low, &has_high))
            return usage_error(request, "--feature", text,
                               ": the range is written like 0.5-1, 0.5- or -10..-5");
        request->filter.feature_mask |= 1u << i;
        request->filter.feature_min[i] = low;
        request->filter.feature_max[i] = high;
        return 1;
    }
    return usage_error(
        request, "--feature", text,
        " is not like energy=0.5-1; the features are danceability, energy, key, loudness, mode, "
        "speechiness, acousticness, instrumentalness, liveness, valence, tempo and duration_ms");
}

static int set_format(cli_request *request, uint32_t format)
{
    if (request->format != CLI_FORMAT_AUTO && request->format != format)
        return usage_error(request,
                           request->command->run == cmd_plan
                               ? "--text, --json and --ics exclude each other"
                               : "--json and --format exclude each other",
                           NULL, "");
    request->format = format;
    return 1;
}

static int set_by(cli_request *request, const char *text)
{
    if (cli_parse_choice(text, by_names, COUNT(by_names), &request->by) &&
        request->by != MSCHED_BY_NOTHING &&
        (strcmp(request->command->name, "trend") != 0 || request->by >= MSCHED_BY_YEAR))
        return 1;
    return usage_error(
        request, "--by", text,
        strcmp(request->command->name, "trend") == 0
            ? " is none of year, decade, month, year_month"
            : " is none of genre, subgenre, artist, playlist, year, decade, month, year_month");
}

static int add_calendar(cli_request *request, const char *path, int music)
{
    uint32_t index = request->calendars.count;

    if (!add_name(request, &request->calendars, path))
        return 0;
    request->calendar_music[index] = music != 0;
    return 1;
}

static int set_history_option(cli_request *request, int id, const char *text)
{
    switch (id) {
    case OPTION_FROM:
        request->from_date = text;
        return cli_is_date(text) ||
               usage_error(request, "--from", text, " is no date like 2026-11-24");
    case OPTION_TO:
        request->to_date = text;
        return cli_is_date(text) ||
               usage_error(request, "--to", text, " is no date like 2026-11-24");
    case OPTION_MIN_PLAY:
        return set_whole(request, "--min-play", text, 0, 86400, &request->min_play_s);
    default:
        request->by_time = 1;
        return 1;
    }
}

static int set_plan_option(cli_request *request, int id, const char *text)
{
    switch (id) {
    case OPTION_SONGS:
        return add_name(request, &request->songs, text);
    case OPTION_HISTORY:
        return add_name(request, &request->histories, text);
    case OPTION_AVOID_DAYS:
        return set_whole(request, "--avoid-days", text, 1, 36500, &request->avoid_days);
    case OPTION_CALENDAR:
    case OPTION_MUSIC_CALENDAR:
        return add_calendar(request, text, id == OPTION_MUSIC_CALENDAR);
    case OPTION_BLOCK_ALL_DAY:
        request->block_all_day = 1;
        return 1;
    case OPTION_DAYS:
        return set_whole(request, "--days", text, 1, MSCHED_AGENDA_MAX_DAYS, &request->days);
    case OPTION_DATE:
        request->date = text;
        return cli_is_date(text) ||
               usage_error(request, "--date", text, " is no date like 2026-11-24");
    case OPTION_NOW:
        return cli_parse_time(text, &request->now_s) ||
               usage_error(request, "--now", text, " is no time like 14:10");
    case OPTION_SEED:
        return cli_parse_whole(text, 0, UINT64_MAX, &request->seed) ||
               usage_error(request, "--seed", text, " is no whole number");
    case OPTION_TIMEZONE:
        request->timezone = text;
        return 1;
    case OPTION_PREVIOUS:
        request->previous_path = text;
        return 1;
    case OPTION_ASSUME_DONE:
        request->assume_done = 1;
        return 1;
    case OPTION_CALENDAR_NAME:
        request->calendar_name = text;
        return 1;
    case OPTION_ALARM:
        return cli_parse_length(text, &request->alarm_s) ||
               usage_error(request, "--alarm", text, " is no length such as 5m, at most 7d");
    case OPTION_CANCELLED:
        return request->cancelled = 1;
    case OPTION_OUTPUT:
        request->output_path = text;
        return 1;
    case OPTION_FIX:
        return request->fix = 1;
    case OPTION_WRITE:
        return request->write = 1;
    case OPTION_TEXT:
        return set_format(request, CLI_FORMAT_TEXT);
    default:
        return set_format(request, CLI_FORMAT_ICAL);
    }
}

static int set_filter_option(cli_request *request, int id, const char *text)
{
    msched_filter *filter = &request->filter;

    switch (id) {
    case OPTION_GENRE:
        return add_name(request, &request->genres, text);
    case OPTION_SUBGENRE:
        return add_name(request, &request->subgenres, text);
    case OPTION_ARTIST:
        return add_name(request, &request->artists, text);
    case OPTION_PLAYLIST:
        return add_name(request, &request->playlists, text);
    case OPTION_YEARS:
        return set_limits(request, "--years", text, 9999, &filter->year_min, &filter->year_max);
    case OPTION_POPULARITY:
        return set_limits(request, "--popularity", text, 100, &filter->popularity_min,
                          &filter->popularity_max);
    case OPTION_NO_ZERO:
        filter->exclude_zero = 1;
        return 1;
    case OPTION_NO_JANUARY:
        filter->exclude_january_first = 1;
        return 1;
    default:
        return set_feature(request, text);
    }
}

static int set_option(cli_request *request, int id, const char *text)
{
    uint32_t value;

    switch (id) {
    case OPTION_CATALOG:
        request->catalog_path = request->catalogs.count == 0 ? text : request->catalog_path;
        return add_name(request, &request->catalogs, text);
    case OPTION_DELIMITER:
        if (strcmp(text, "\\t") == 0 || strcmp(text, "tab") == 0)
            text = "\t";
        request->delimiter = text[0];
        return (strlen(text) == 1 && (unsigned char)text[0] < 0x80) ||
               usage_error(request, "--delimiter", text,
                           " is not one ASCII character, such as ; or tab");
    case OPTION_COLUMN:
        return add_name(request, &request->columns, text);
    case OPTION_COLUMNS_FROM:
        return read_columns(request, text);
    case OPTION_SKIP:
        request->skip_bad_rows = 1;
        return 1;
    case OPTION_STRICT:
        request->strict = 1;
        return 1;
    case OPTION_EXPLAIN:
        request->explain_columns = 1;
        return 1;
    case OPTION_LENGTH:
        return set_length(request, text);
    case OPTION_ROW_BYTES:
        return set_whole(request, "--max-row-bytes", text, 1, UINT32_MAX, &request->max_row_bytes);
    case OPTION_FIELD_BYTES:
        return set_whole(request, "--max-field-bytes", text, 1, UINT32_MAX,
                         &request->max_field_bytes);
    case OPTION_COUNT:
        return cli_parse_choice(text, count_names, COUNT(count_names), &request->count) ||
               usage_error(request, "--count", text, " is none of entries, tracks, recordings");
    case OPTION_BY:
        return set_by(request, text);
    case OPTION_ORDER:
        return cli_parse_choice(text, order_names, COUNT(order_names), &request->order) ||
               usage_error(request, "--order", text, " is none of key, mean, n");
    case OPTION_MIN_N:
        return set_whole(request, "--min-n", text, 0, UINT32_MAX, &request->min_n);
    case OPTION_LIMIT:
        return set_whole(request, "--limit", text, 1,
                         is_search(request->command) ? 1000 : 1000000000, &request->limit);
    case OPTION_BINS:
        return set_whole(request, "--bins", text, 1, 101, &request->bins);
    case OPTION_JSON:
        return set_format(request, CLI_FORMAT_JSON);
    case OPTION_FORMAT:
        return cli_parse_choice(text, format_names, COUNT(format_names), &value)
                   ? set_format(request, value)
                   : usage_error(request, "--format", text, " is none of table, json, csv, ndjson");
    default:
        if (id >= OPTION_FROM && id <= OPTION_BY_TIME)
            return set_history_option(request, id, text);
        return id >= OPTION_GENRE && id <= OPTION_NO_JANUARY ? set_filter_option(request, id, text)
                                                             : set_plan_option(request, id, text);
    }
}

static void init_request(cli_request *request, const cli_command *command)
{
    const char *catalog = getenv("MUSICSCHED_CATALOG");

    memset(request, 0, sizeof *request);
    request->command = command;
    request->catalog_path = catalog != NULL && *catalog != '\0' ? catalog : NULL;
    request->count = command->run == cmd_top ? MSCHED_COUNT_RECORDINGS : MSCHED_COUNT_TRACKS;
    request->now_s = request->alarm_s = MSCHED_UNSET;
    msched_filter_init(&request->filter, sizeof request->filter);
}

static void link_names(cli_request *request)
{
    msched_filter *filter = &request->filter;

    filter->genres = request->genres.name;
    filter->genre_count = request->genres.count;
    filter->subgenres = request->subgenres.name;
    filter->subgenre_count = request->subgenres.count;
    filter->artists = request->artists.name;
    filter->artist_count = request->artists.count;
    filter->playlists = request->playlists.name;
    filter->playlist_count = request->playlists.count;
}

static int add_calendars(cli_request *request, const cli_names *paths, int music)
{
    for (uint32_t i = 0; i < paths->count; i++) {
        if (!add_calendar(request, paths->name[i], music))
            return 0;
    }
    return 1;
}

int cli_apply_config(cli_request *request)
{
    uint32_t takes = request->command->takes;
    const cli_config *config = cli_config_read();

    if (config == NULL)
        return request->command->run == cmd_doctor ? CLI_DONE : CLI_BAD_INPUT;
    if ((takes & CLI_TAKES_CATALOG) != 0 && request->catalog_path == NULL &&
        config->catalogs.count > 0) {
        request->catalogs = config->catalogs;
        request->catalog_path = config->catalogs.name[0];
    }
    if ((takes & (CLI_TAKES_PLAN | CLI_TAKES_AGENDA | CLI_TAKES_HISTORY)) != 0 &&
        request->timezone == NULL)
        request->timezone = config->timezone;
    if (request->command->run != cmd_plan)
        return CLI_DONE;
    if (request->argument_count == 0 && config->plan != NULL) {
        request->plan_argument = (char *)config->plan;
        request->arguments = &request->plan_argument;
        request->argument_count = 1;
    }
    if (request->argument_count == 0) {
        usage_error(request, "wants PLAN", NULL, ", or a plan in the configuration");
        return CLI_BAD_USAGE;
    }
    return request->calendars.count > 0 || (add_calendars(request, &config->calendars, 0) &&
                                            add_calendars(request, &config->music_calendars, 1))
               ? CLI_DONE
               : CLI_BAD_USAGE;
}

static int check_arguments(const cli_request *request)
{
    const cli_command *command = request->command;

    if (request->argument_count < command->argument_min)
        return usage_error(request, "wants", command->arguments, "");
    if (request->write && !request->fix)
        return usage_error(request, "--write", NULL, " goes with --fix");
    if (request->argument_count > command->argument_max)
        return usage_error(request, "does not know what to do with",
                           request->arguments[command->argument_max], "");
    return 1;
}

static void print_help(const cli_command *command)
{
    printf("usage: musicsched %s %s%s[OPTION]...\n\n%s.\n", command->name, command->arguments,
           *command->arguments != '\0' ? " " : "", command->summary);
    if (*command->details != '\0')
        printf("\n%s", command->details);
    printf("\nOptions:\n");
    cli_print_options(stdout, command->takes);
    printf("\nExamples:\n%s", command->examples);
}

int cli_parse(cli_request *request, const cli_command *command, int argc, char **argv,
              int *finished)
{
    struct option options[COUNT(entries) + 1] = {{0}};
    char short_options[2 * COUNT(letters) + 2] = ":", *end = short_options + 1;
    size_t count = 0;
    int id;

    for (size_t i = 0; i < COUNT(entries); i++) {
        if (!is_taken(&entries[i], command->takes))
            continue;
        options[count++] = (struct option){entries[i].name, entries[i].value != NULL, NULL,
                                           entries[i].id};
        if (letter_of(entries[i].id) != 0)
            *end++ = letter_of(entries[i].id);
        if (letter_of(entries[i].id) != 0 && entries[i].value != NULL)
            *end++ = ':';
    }
    init_request(request, command);
    *finished = 0;
    opterr = 0;
    while ((id = getopt_long(argc, argv, short_options, options, NULL)) != -1) {
        id = id_of(id);
        if (id == OPTION_HELP) {
            print_help(command);
            *finished = 1;
            return CLI_DONE;
        }
        if (id == ':') {
            usage_error(request, argv[optind - 1], NULL, " wants a value");
            return CLI_BAD_USAGE;
        }
        if (id == '?') {
            usage_error(request, "there is no option", argv[optind - 1], "");
            return CLI_BAD_USAGE;
        }
        if (!set_option(request, id, optarg))
            return CLI_BAD_USAGE;
    }
    request->arguments = argv + optind;
    request->argument_count = argc - optind;
    link_names(request);
    return check_arguments(request) ? CLI_DONE : CLI_BAD_USAGE;
}
