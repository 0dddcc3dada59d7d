/* cli/cli_option_table.c: one table of all options, which parsing and --help both read. */
#include "cli_option_table.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct option_entry {
    uint32_t takes; /* groups of commands that have it; 0: all */
    int id;
    const char *name;
    const char *value; /* what --help calls it; NULL: takes none */
    const char *help;
} option_entry;

static const option_entry entries[] = {
    {CLI_TAKES_CATALOG, OPTION_CATALOG, "catalog", "FILE",
     "song file (CSV, .csv.gz, saved .msc), playlist, listening history (popularity: "
     "your plays), folder, or - for standard input; repeatable; default: $MUSICSCHED_CATALOG"},
    {CLI_TAKES_CATALOG, OPTION_DELIMITER, "delimiter", "C", "field delimiter; default: detected"},
    {CLI_TAKES_CATALOG, OPTION_ENCODING, "encoding", "NAME",
     "encoding of the song files: GB18030, BIG5, SHIFT_JIS, EUC-KR, CP1251 ..; default: detected"},
    {CLI_TAKES_CATALOG, OPTION_COLUMN, "columns", "NAME=HEADER",
     "set the header of a column, for example track_artist=artists; key= ignores one; repeatable"},
    {CLI_TAKES_CATALOG, OPTION_COLUMNS_FROM, "columns-from", "FILE",
     "read NAME=HEADER lines from FILE; musicsched info --help lists the names"},
    {CLI_TAKES_CATALOG, OPTION_EXPLAIN, "explain-columns", NULL,
     "print to standard error how each column was read"},
    {CLI_TAKES_CATALOG, OPTION_STRICT, "strict", NULL,
     "refuse song files that need assumptions, and plan texts with errors"},
    {CLI_TAKES_CATALOG, OPTION_VERIFY, "verify", NULL,
     "check every byte of a saved catalog (see save) before it is used"},
    {CLI_TAKES_CATALOG, OPTION_LENGTH, "default-length", "M:SS",
     "length of songs of unknown length; default: do not schedule them"},
    {CLI_TAKES_CATALOG, OPTION_SKIP, "skip-bad-rows", NULL,
     "leave out rows that cannot be read even if they are most of a file"},
    {CLI_TAKES_CATALOG, OPTION_ROW_BYTES, "max-row-bytes", "N",
     "longest row allowed, in bytes; default: 1048576"},
    {CLI_TAKES_CATALOG, OPTION_FIELD_BYTES, "max-field-bytes", "N",
     "longest field allowed, in bytes; default: 65536"},
    {CLI_TAKES_BY, OPTION_BY, "by", "WHAT", "property to group by (see above)"},
    {CLI_TAKES_COUNT, OPTION_COUNT, "count", "UNIT",
     "count entries, tracks or recordings; default: recordings for top, else tracks"},
    {CLI_TAKES_ORDER, OPTION_ORDER, "order", "ORDER",
     "sort by key, mean or n; default: mean for names, key for times"},
    {CLI_TAKES_ORDER, OPTION_MIN_N, "min-n", "N", "leave out groups with fewer than N members"},
    {CLI_TAKES_LIMIT, OPTION_LIMIT, "limit", "N", "print at most N lines"},
    {CLI_TAKES_BINS, OPTION_BINS, "bins", "N", "number of bins, 1 to 101; default: 20"},
    {CLI_TAKES_FILTER, OPTION_GENRE, "genre", "NAME",
     "only this genre; this and the next three are repeatable"},
    {CLI_TAKES_FILTER, OPTION_SUBGENRE, "subgenre", "NAME", "only this subgenre"},
    {CLI_TAKES_FILTER, OPTION_ARTIST, "artist", "NAME", "only this artist"},
    {CLI_TAKES_FILTER, OPTION_PLAYLIST, "playlist", "NAME", "only this playlist, by name or id"},
    {CLI_TAKES_FILTER, OPTION_YEARS, "years", "A-B", "released from A to B; also A-, -B or A"},
    {CLI_TAKES_FILTER, OPTION_POPULARITY, "popularity", "A-B", "popularity from A to B"},
    {CLI_TAKES_FILTER, OPTION_FEATURE, "feature", "NAME=A-B",
     "audio feature from A to B (A..B if one is negative)"},
    {CLI_TAKES_FILTER, OPTION_NO_ZERO, "no-zero", NULL,
     "exclude popularity 0 (mostly replaced or removed tracks)"},
    {CLI_TAKES_FILTER, OPTION_NO_JANUARY, "no-january-first", NULL,
     "exclude releases on 1 January (mostly, only the year is known)"},
    {CLI_TAKES_PLAN, OPTION_TEXT, "text", NULL, "write text (the default)"},
    {CLI_TAKES_RECORDS, OPTION_FORMAT, "format", "FORM",
     "output format: table, json, csv or ndjson; default: table"},
    {CLI_TAKES_JSON | CLI_TAKES_PLAN | CLI_TAKES_AGENDA | CLI_TAKES_HISTORY, OPTION_JSON, "json",
     NULL, "write JSON"},
    {CLI_TAKES_PLAN, OPTION_ICS, "ics", NULL, "write iCalendar for a calendar program"},
    {CLI_TAKES_PLAN, OPTION_CALENDAR_NAME, "calendar-name", "NAME",
     "name of the calendar in iCalendar output"},
    {CLI_TAKES_PLAN, OPTION_ALARM, "alarm", "LENGTH",
     "add a reminder LENGTH (5m, 0m) before each to-do in iCalendar output"},
    {CLI_TAKES_PLAN, OPTION_CANCELLED, "cancelled", NULL,
     "with --previous: mark removed items as canceled in iCalendar output"},
    {CLI_TAKES_PLAN, OPTION_SEQUENCE, "sequence", "N",
     "add N to the SEQUENCE of every event in iCalendar output: without --previous, a growing "
     "number"},
    {CLI_TAKES_PLAN, OPTION_REFRESH, "refresh", "LENGTH",
     "how often a subscribed program should reload the iCalendar output, at most 7d"},
    {CLI_TAKES_PLAN, OPTION_OUTPUT, "output", "FILE",
     "write to FILE, completely or not at all; .json or .ics sets the format"},
    {CLI_TAKES_PLAN | CLI_TAKES_NEXT | CLI_TAKES_AGENDA, OPTION_CALENDAR, "calendar", "FILE",
     "add the events and to-dos of an .ics file; repeatable"},
    {CLI_TAKES_PLAN | CLI_TAKES_NEXT, OPTION_MUSIC_CALENDAR, "music-calendar", "FILE",
     "like --calendar, but music may play during the events"},
    {CLI_TAKES_PLAN | CLI_TAKES_NEXT, OPTION_BLOCK_ALL_DAY, "block-all-day", NULL,
     "let all-day events block the day"},
    {CLI_TAKES_PLAN | CLI_TAKES_NEXT, OPTION_SONGS, "songs", "FILE",
     "add the songs of a playlist (M3U, XSPF, Spotify, iTunes, CSV, list); repeatable"},
    {CLI_TAKES_PLAN | CLI_TAKES_NEXT, OPTION_HISTORY, "history", "FILE",
     "fill only with songs that you did not play recently, by this history; repeatable"},
    {CLI_TAKES_PLAN | CLI_TAKES_NEXT, OPTION_AVOID_DAYS, "avoid-days", "N",
     "with --history: number of recent days; default: as in the plan (avoid: 14 days), else 7"},
    {CLI_TAKES_HISTORY, OPTION_FROM, "from", "DATE", "only plays on or after this date"},
    {CLI_TAKES_HISTORY, OPTION_TO, "to", "DATE", "only plays on or before this date"},
    {CLI_TAKES_HISTORY, OPTION_MIN_PLAY, "min-play", "N",
     "only plays of at least N seconds or of unknown length"},
    {CLI_TAKES_HISTORY, OPTION_BY_TIME, "by-time", NULL,
     "sort songs and artists by the time played"},
    {CLI_TAKES_HISTORY, OPTION_LIMIT, "limit", "N", "list N songs and artists; default: 10"},
    {CLI_TAKES_HISTORY, OPTION_TIMEZONE, "timezone", "ZONE",
     "time zone of hours and days; default: this machine's"},
    {CLI_TAKES_PLAN | CLI_TAKES_AGENDA | CLI_TAKES_NEXT, OPTION_DATE, "date", "DATE",
     "YYYY-MM-DD, today, tomorrow or a weekday (mon: the next one from today on), unless the plan "
     "text names a date; default: today"},
    {CLI_TAKES_PLAN, OPTION_PLAN_DAYS, "days", "N",
     "number of days to plan, 1 to 31, unless the plan text sets it"},
    {CLI_TAKES_PLAN, OPTION_PLAN_FROM, "from", "DAY",
     "the same as --date: the first day of several"},
    {CLI_TAKES_AGENDA, OPTION_DAYS, "days", "N", "number of days to show, 1 to 366; default: 1"},
    {CLI_TAKES_PLAN | CLI_TAKES_NEXT, OPTION_TIMEZONE, "timezone", "ZONE",
     "such as Europe/Berlin, unless the plan text names a zone"},
    {CLI_TAKES_AGENDA, OPTION_TIMEZONE, "timezone", "ZONE",
     "such as Europe/Berlin; default: the zone of this machine"},
    {CLI_TAKES_PLAN, OPTION_NOW, "now", "HH:MM",
     "schedule nothing before this time; for several days, also YYYY-MM-DDTHH:MM (default: today)"},
    {CLI_TAKES_NEXT, OPTION_NOW, "now", "HH:MM", "use HH:MM as the current time"},
    {CLI_TAKES_PLAN | CLI_TAKES_NEXT, OPTION_PREVIOUS, "previous", "FILE",
     "previous schedule (--json); change it as little as possible"},
    {CLI_TAKES_PLAN | CLI_TAKES_NEXT, OPTION_MOVE, "move", "ID=HH:MM",
     "start a to-do exactly then; ID= frees it again; repeatable"},
    {CLI_TAKES_WATCH, OPTION_POLL, "poll", NULL,
     "check the files every two seconds, for network drives"},
    {CLI_TAKES_FIX, OPTION_FIX, "fix", NULL,
     "show corrections of the plan text as a diff, without planning"},
    {CLI_TAKES_FIX, OPTION_WRITE, "write", NULL,
     "with --fix: correct the file instead of showing a diff"},
    {CLI_TAKES_FIX, OPTION_PLAN_TEXT, "plan-text", NULL,
     "write the plan, including what other options add, as plan text, without planning"},
    {CLI_TAKES_PLAN | CLI_TAKES_NEXT, OPTION_ASSUME_DONE, "assume-done", NULL,
     "treat everything that --previous schedules before --now as done"},
    {CLI_TAKES_PLAN, OPTION_SEED, "seed", "N",
     "vary the choice among equally good songs; default: 0"},
    {CLI_TAKES_PLAN, OPTION_TIME_LIMIT, "time-limit", "MS",
     "stop searching after MS milliseconds; the result is then not reproducible"},
    {0, OPTION_HELP, "help", NULL, "show this help"},
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

_Static_assert(COUNT(entries) < CLI_MAX_OPTIONS, "CLI_MAX_OPTIONS is too small");
_Static_assert(2 * COUNT(letters) + 2 <= CLI_MAX_OPTIONS, "CLI_MAX_OPTIONS is too small");

static char letter_of(int id)
{
    for (size_t i = 0; i < COUNT(letters); i++) {
        if (letters[i].id == id)
            return letters[i].letter;
    }
    return 0;
}

int cli_option_of_letter(int letter)
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

void cli_option_lists(uint32_t takes, struct option options[CLI_MAX_OPTIONS],
                      char short_options[CLI_MAX_OPTIONS])
{
    char *end = short_options;

    *end++ = ':'; /* distinguishes a missing value from an unknown option */
    for (size_t i = 0; i < COUNT(entries); i++) {
        char letter = letter_of(entries[i].id);

        if (!is_taken(&entries[i], takes))
            continue;
        *options++ = (struct option){entries[i].name, entries[i].value != NULL, NULL,
                                     entries[i].id};
        if (letter == 0)
            continue;
        *end++ = letter;
        if (entries[i].value != NULL)
            *end++ = ':';
    }
    *options = (struct option){NULL, 0, NULL, 0};
    *end = '\0';
}
