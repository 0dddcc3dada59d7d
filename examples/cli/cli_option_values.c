/* cli/cli_option_values.c: the value of an option checked and put into the request. */
#include "cli_option_values.h"

#include "cli_option_table.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

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

int cli_usage_error(const cli_request *request, const char *what, const char *text,
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
        return cli_usage_error(request, "too many names, at", name, "; at most 64 of each kind");
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
    snprintf(wanted, sizeof wanted, " is not a whole number from %llu to %llu",
             (unsigned long long)least, (unsigned long long)most);
    return cli_usage_error(request, name, text, wanted);
}

/* What is wrong with a range that ends before it begins; NULL if it does not. */
static const char *wrong_order(double low, double high)
{
    return low > high ? ": the range ends before it begins" : NULL;
}

/* A whole range for years and popularity; 0 means "no limit". */
static int set_limits(const cli_request *request, const char *name, const char *text, double most,
                      int32_t *low_limit, int32_t *high_limit)
{
    double low = 0, high = 1e300;
    int has_low, has_high, is_range = cli_parse_range(text, &low, &high, &has_low, &has_high);
    const char *order = wrong_order(low, high);
    char limit[64];

    if (!is_range && order != NULL)
        return cli_usage_error(request, name, text, order);
    if (!has_high)
        high = 0;
    if (is_range && (low > most || high > most)) {
        snprintf(limit, sizeof limit, ": the highest number is %d", (int)most);
        return cli_usage_error(request, name, text, limit);
    }
    if (!is_range || low != (int32_t)low || high != (int32_t)high || low < 0)
        return cli_usage_error(request, name, text,
                               " is not a range of whole numbers such as 10-20, 10- or -20");
    if (has_high && high == 0)
        return cli_usage_error(request, name, text, ": the upper end must be at least 1");
    *low_limit = (int32_t)low;
    *high_limit = (int32_t)high;
    return 1;
}

/* M:SS as milliseconds. */
static int set_length(cli_request *request, const char *text)
{
    int32_t minutes; /* H:MM and M:SS are written alike */

    if (!cli_parse_time(text, &minutes) || minutes <= 0 || minutes % 60 != 0)
        return cli_usage_error(request, "--default-length", text, " is not a length such as 3:30");
    request->default_duration_ms = (uint32_t)minutes / 60 * 1000;
    return 1;
}

/* No song is outside a feature's range; only a person who has percent in mind asks for it. */
static int is_share(uint32_t feature)
{
    return feature != MSCHED_FEATURE_KEY && feature != MSCHED_FEATURE_LOUDNESS &&
           feature != MSCHED_FEATURE_TEMPO && feature != MSCHED_FEATURE_DURATION_MS;
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
        if (!cli_parse_range(equals + 1, &low, &high, &has_low, &has_high)) {
            const char *order = wrong_order(low, high);

            return cli_usage_error(request, "--feature", text,
                                   order != NULL ? order
                                                 : ": write the range as 0.5-1, 0.5- or -10..-5");
        }
        if (is_share(i) && ((has_low && low > 1) || (has_high && high < 0)))
            return cli_usage_error(request, "--feature", text,
                                   ": this feature is from 0 to 1, for example 0.8-");
        request->filter.feature_mask |= 1u << i;
        request->filter.feature_min[i] = low;
        request->filter.feature_max[i] = high;
        return 1;
    }
    return cli_usage_error(
        request, "--feature", text,
        " is not of the form energy=0.5-1; the features are danceability, energy, key, loudness, "
        "mode, "
        "speechiness, acousticness, instrumentalness, liveness, valence, tempo and duration_ms");
}

static int set_format(cli_request *request, uint32_t format)
{
    if (request->format != CLI_FORMAT_AUTO && request->format != format)
        return cli_usage_error(request,
                               (request->command->takes & CLI_TAKES_PLAN) != 0
                                   ? "use only one of --text, --json and --ics"
                                   : "use only one of --json and --format",
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
    return cli_usage_error(
        request, "--by", text,
        strcmp(request->command->name, "trend") == 0
            ? " is not one of year, decade, month, year_month"
            : " is not one of genre, subgenre, artist, playlist, year, decade, month, year_month");
}

int cli_add_calendar(cli_request *request, const char *path, int music)
{
    uint32_t index = request->calendars.count;

    if (!add_name(request, &request->calendars, path))
        return 0;
    request->calendar_music[index] = music != 0;
    return 1;
}

/* "14:10", or with its date "2026-11-24T14:10". */
static int set_now(cli_request *request, const char *text)
{
    const char *time = strchr(text, 'T');

    if (time != NULL) {
        snprintf(request->now_date, sizeof request->now_date, "%.10s", text);
        time = time == text + 10 && cli_is_date(request->now_date) ? time + 1 : "";
    }
    return cli_parse_time(time != NULL ? time : text, &request->now_s) ||
           cli_usage_error(request, "--now", text, " is not a time such as 14:10");
}

static int set_history_option(cli_request *request, int id, const char *text)
{
    switch (id) {
    case OPTION_FROM:
        request->from_date = text;
        return cli_is_date(text) ||
               cli_usage_error(request, "--from", text, " is not a date such as 2026-11-24");
    case OPTION_TO:
        request->to_date = text;
        return cli_is_date(text) ||
               cli_usage_error(request, "--to", text, " is not a date such as 2026-11-24");
    case OPTION_MIN_PLAY:
        return set_whole(request, "--min-play", text, 0, 86400, &request->min_play_s);
    default:
        request->by_time = 1;
        return 1;
    }
}

/* Checked here, so that it is bad usage; used once there is a plan. */
static int set_move(cli_request *request, const char *text)
{
    const char *equals = strrchr(text, '=');
    int32_t start;

    if (equals == NULL || equals == text ||
        (equals[1] != '\0' && !cli_parse_time(equals + 1, &start)))
        return cli_usage_error(request, "--move", text, " is not like gym=18:30");
    return add_name(request, &request->moves, text);
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
        return cli_add_calendar(request, text, id == OPTION_MUSIC_CALENDAR);
    case OPTION_BLOCK_ALL_DAY:
        request->block_all_day = 1;
        return 1;
    case OPTION_DAYS:
        return set_whole(request, "--days", text, 1, MSCHED_AGENDA_MAX_DAYS, &request->days);
    case OPTION_PLAN_DAYS:
        return set_whole(request, "--days", text, 1, MSCHED_PLAN_MAX_DAYS, &request->days);
    case OPTION_PLAN_FROM:
        request->date = cli_is_date(text) ? text : cli_next_weekday(text, request->from_day);
        return request->date != NULL ||
               cli_usage_error(request, "--from", text,
                               " is not a weekday such as mon or a date such as 2026-11-24");
    case OPTION_DATE:
        request->date = cli_is_date(text) ? text : cli_next_weekday(text, request->from_day);
        return request->date != NULL ||
               cli_usage_error(request, "--date", text,
                               " is not a date such as 2026-11-24, a weekday, today or tomorrow");
    case OPTION_NOW:
        return set_now(request, text);
    case OPTION_SEED:
        return cli_parse_whole(text, 0, UINT64_MAX, &request->seed) ||
               cli_usage_error(request, "--seed", text, " is not a whole number");
    case OPTION_TIME_LIMIT:
        return set_whole(request, "--time-limit", text, 1, 3600000, &request->time_limit_ms);
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
               cli_usage_error(request, "--alarm", text, " is not a length such as 5m, at most 7d");
    case OPTION_CANCELLED:
        return request->cancelled = 1;
    case OPTION_SEQUENCE:
        return set_whole(request, "--sequence", text, 0, 2000000000, &request->sequence);
    case OPTION_REFRESH:
        return (cli_parse_length(text, &request->refresh_s) && request->refresh_s > 0) ||
               cli_usage_error(request, "--refresh", text,
                               " is not a length such as 1h, at most 7d");
    case OPTION_OUTPUT:
        request->output_path = text;
        return 1;
    case OPTION_MOVE:
        return set_move(request, text);
    case OPTION_POLL:
        return request->poll = 1;
    case OPTION_FIX:
        return request->fix = 1;
    case OPTION_PLAN_TEXT:
        return request->plan_text = 1;
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

int cli_set_option(cli_request *request, int id, const char *text)
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
               cli_usage_error(request, "--delimiter", text,
                               " is not a single ASCII character such as ; or tab");
    case OPTION_ENCODING:
        request->encoding = text;
        return text[0] != '\0' ||
               cli_usage_error(request, "--encoding", text, " is not a name such as CP1251");
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
    case OPTION_VERIFY:
        request->verify = 1;
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
               cli_usage_error(request, "--count", text,
                               " is not one of entries, tracks, recordings");
    case OPTION_BY:
        return set_by(request, text);
    case OPTION_ORDER:
        return cli_parse_choice(text, order_names, COUNT(order_names), &request->order) ||
               cli_usage_error(request, "--order", text, " is not one of key, mean, n");
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
                   : cli_usage_error(request, "--format", text,
                                     " is not one of table, json, csv, ndjson");
    default:
        if (id >= OPTION_FROM && id <= OPTION_BY_TIME)
            return set_history_option(request, id, text);
        return id >= OPTION_GENRE && id <= OPTION_NO_JANUARY ? set_filter_option(request, id, text)
                                                             : set_plan_option(request, id, text);
    }
}
