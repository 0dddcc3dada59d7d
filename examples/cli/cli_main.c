/* cli/cli_main.c: the commands, their help, and how a run ends. */
#include "cli_suggest.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const char by_details[] =
    "--by is one of genre, subgenre, artist, playlist, year, decade, month, year_month.\n"
    "--count is one of\n"
    "  entries     every row of the catalog: a track counts once for each playlist it is in\n"
    "  tracks      every track id once (in each group it is in); the default\n"
    "  recordings  every title of an artist once, with its most popular track\n";

static const char column_details[] =
    "Columns, with some of the headers that are recognized for each:\n"
    "  track_id                  id, Track URI, spotify_id\n"
    "  track_name                title, name, song, Track Name\n"
    "  track_artist              artist, artists, Artist Name(s), performer\n"
    "  track_popularity          popularity, pop\n"
    "  play_count                plays, streams, views: used if there is no popularity\n"
    "  duration_ms               duration, length, time, Duration (ms)\n"
    "  track_album_id, track_album_name, track_album_release_date\n"
    "                            album, Album Name, release_date, Release Date\n"
    "  playlist_id, playlist_name, playlist_genre, playlist_subgenre\n"
    "                            playlist, genre, genres, track_genre\n"
    "  danceability, energy, key, loudness, mode, speechiness, acousticness,\n"
    "  instrumentalness, liveness, valence, tempo\n"
    "                            bpm, nrgy, dnce, val, acous, Loudness (dB)\n"
    "  artist_uris, artist_count number of artists of a song\n"
    "  release_year, release_month, release_day\n"
    "  length_seconds            seconds of the length, if another column has the minutes\n"
    "  artist_and_title          Artist and Title, Track Description\n"
    "  artist_2 .. artist_6      Artist Name 2\n"
    "Case and punctuation are ignored, and headers in twelve languages are recognized.\n"
    "For any other header, use --columns NAME=HEADER.\n";

#define STATISTIC                                                                                  \
    (CLI_TAKES_CATALOG | CLI_CATALOG_ARGUMENTS | CLI_TAKES_COUNT | CLI_TAKES_FILTER |              \
     CLI_TAKES_JSON | CLI_TAKES_RECORDS)

const cli_command cli_commands[] = {
    {"info", "[SONGS]...", "Summarize a catalog and show how its file was read", column_details,
     "  musicsched info songs.csv\n"
     "  musicsched info songs.csv --json\n",
     CLI_TAKES_CATALOG | CLI_CATALOG_ARGUMENTS | CLI_TAKES_JSON, 0, 0, cmd_info},
    {"save", "[SONGS]... OUT", "Save song files as one catalog that opens at once",
     "OUT (usually *.msc) contains every index that the commands need; use it with --catalog. The\n"
     "command replaces an older saved catalog completely or not at all, and never another file.\n"
     "Without SONGS, it saves the catalog of --catalog.\n",
     "  musicsched save songs.csv songs.msc\n"
     "  musicsched save lists/*.csv all.msc\n"
     "  musicsched top all.msc\n"
     "  musicsched info all.msc --verify\n",
     CLI_TAKES_CATALOG | CLI_CATALOG_OPTIONAL | CLI_CATALOG_LATE, 1, CLI_MAX_NAMES, cmd_save},
    {"top", "[SONGS]...", "List the most popular songs",
     "Defaults: --count recordings, which counts each title of an artist once, and --limit 10.\n"
     "Equally popular songs keep the order of the catalog.\n",
     "  musicsched top songs.csv\n"
     "  musicsched top songs.csv --genre pop --years 2010-2019 --limit 20\n"
     "  musicsched top songs.csv --feature energy=0.8- --feature tempo=120-140 --json\n",
     STATISTIC | CLI_TAKES_LIMIT, 0, 0, cmd_top},
    {"stats", "[SONGS]...", "Show statistics of popularity, overall or by group", by_details,
     "  musicsched stats songs.csv\n"
     "  musicsched stats songs.csv --by genre --count entries\n"
     "  musicsched stats songs.csv --by artist --min-n 20 --limit 15 --no-zero\n"
     "  musicsched stats songs.csv --by month --no-january-first --json\n",
     STATISTIC | CLI_TAKES_BY | CLI_TAKES_ORDER | CLI_TAKES_LIMIT, 0, 0, cmd_stats},
    {"trend", "[SONGS]...", "Show popularity by release time",
     "--by is one of year (the default), decade, month, year_month. Grouping by month ignores\n"
     "dates without a month.\n",
     "  musicsched trend songs.csv\n"
     "  musicsched trend songs.csv --by month --no-january-first\n",
     STATISTIC | CLI_TAKES_BY, 0, 0, cmd_trend},
    {"histogram", "[SONGS]...", "Show how popularity is distributed", "",
     "  musicsched histogram songs.csv\n"
     "  musicsched histogram songs.csv --bins 10 --genre rap --no-zero\n",
     STATISTIC | CLI_TAKES_BINS, 0, 0, cmd_histogram},
    {"correlations", "[SONGS]...", "Show how popularity correlates with audio features",
     "r is Pearson's correlation, with its 95 % interval. Correlation is not causation.\n",
     "  musicsched correlations songs.csv\n"
     "  musicsched correlations songs.csv --years 2015- --no-zero --json\n",
     STATISTIC, 0, 0, cmd_correlations},
    {"find", "TEXT...", "Find songs by title, artist or both, despite typing mistakes", "",
     "  musicsched find dance monkey --catalog songs.csv\n"
     "  musicsched find 'blinding lihgts - the weeknd' --catalog songs.csv --limit 3 --json\n",
     CLI_TAKES_CATALOG | CLI_TAKES_LIMIT | CLI_TAKES_JSON | CLI_TAKES_RECORDS, 1, 64, cmd_find},
    {"suggest", "TEXT...", "Complete a partly typed title or artist", "",
     "  musicsched suggest 'dance m' --catalog songs.csv\n",
     CLI_TAKES_CATALOG | CLI_TAKES_LIMIT | CLI_TAKES_JSON | CLI_TAKES_RECORDS, 1, 64, cmd_suggest},
    {"plan", "[PLAN]", "Schedule the to-dos and songs of a day or of several days",
     "PLAN is a plan text (docs/plan-text.md), a JSON plan (docs/formats.md), or - for standard "
     "input.\n"
     "Without PLAN, the command uses the plan of the configuration.\n"
     "Unscheduled items are listed with the reason; the exit status is still 0.\n"
     "Invalid lines of a plan text are skipped and reported after the schedule; the exit status\n"
     "is then 1.\n",
     "  musicsched plan day.txt --catalog songs.csv\n"
     "  musicsched plan day.txt --catalog songs.csv --output day.ics\n"
     "  printf '9-17 Work #focus\\nGym 1h after 17:00 #workout\\nfill: 1h\\n' | musicsched plan - "
     "--catalog songs.csv\n"
     "  musicsched plan day.txt --fix\n"
     "  musicsched plan week.txt --days 7 --from mon --catalog songs.csv\n"
     "  musicsched plan day.txt --catalog songs.csv --json --now 14:10 --previous "
     "this-morning.json\n"
     "  musicsched plan day.txt --catalog songs.csv --calendar work.ics --calendar home.ics\n"
     "  musicsched plan day.txt --catalog songs.csv --songs mix.m3u8\n"
     "  musicsched plan day.txt --catalog songs.csv --history StreamingHistory0.json --avoid-days "
     "14\n",
     CLI_TAKES_CATALOG | CLI_TAKES_PLAN | CLI_TAKES_FIX | CLI_CATALOG_OPTIONAL, 0, 1, cmd_plan},
    {"replan", "PLAN SCHEDULE", "Schedule the rest of a plan, including what was not done",
     "SCHEDULE is the last schedule of PLAN (plan --json, or --output FILE.json). The command\n"
     "plans from the current time on. A task that should have ended but is not marked as done\n"
     "in PLAN ([x]) gets another time before it is due, possibly on another date of PLAN. All\n"
     "other items keep their times if they can. --output may replace SCHEDULE.\n"
     "If PLAN has no date, the command uses the dates of SCHEDULE or, if these are over, the\n"
     "date of --now, else today.\n"
     "If PLAN has no number of days, it has as many as SCHEDULE.\n",
     "  musicsched replan day.txt day.json --catalog songs.csv --output day.json\n"
     "  musicsched replan week.txt week.json --catalog songs.csv --calendar work.ics\n"
     "  musicsched replan week.txt week.json --now 2026-11-25T12:00 --output week.ics\n",
     CLI_TAKES_CATALOG | CLI_TAKES_PLAN | CLI_CATALOG_OPTIONAL, 1, 2, cmd_replan},
    {"watch", "[PLAN]", "Schedule a day again when a file changes or a task is missed",
     "Schedules PLAN like the plan command, from the current time on. Schedules it again when\n"
     "PLAN, a calendar, a playlist or a history changes, and when a task should have ended but\n"
     "is not marked as done. Each time, the command replaces --output as a whole, or prints the\n"
     "schedule without it. Scheduled items keep their times if they can. Ctrl-C ends the\n"
     "command.\n"
     "With --now, the clock starts at that time.\n",
     "  musicsched watch day.txt --catalog songs.csv --output day.ics\n"
     "  musicsched watch day.txt --calendar work.ics --calendar home.ics --output day.json\n",
     CLI_TAKES_CATALOG | CLI_TAKES_PLAN | CLI_TAKES_WATCH | CLI_CATALOG_OPTIONAL | CLI_NO_PAGER, 0,
     1, cmd_watch},
    {"match", "FILE", "Find the songs of a playlist in the catalog",
     "FILE is an M3U, XSPF, JSPF or iTunes playlist; Playlist1.json, YourLibrary.json or a page\n"
     "of the Web API of Spotify; a schedule (--json); a table of songs; or a list of links or of\n"
     "\"Title - Artist\". FILE#NAME selects one playlist of a file that has several. For each\n"
     "missing song, the most similar song is shown.\n",
     "  musicsched match mix.m3u8 --catalog songs.csv\n"
     "  musicsched match Playlist1.json#Running --catalog songs.csv --json\n",
     CLI_TAKES_CATALOG | CLI_TAKES_JSON, 1, 1, cmd_match},
    {"history", "FILE...", "Summarize what you listened to, when and how much",
     "FILE is StreamingHistory*.json or Streaming_History_Audio_*.json of Spotify (also as CSV); "
     "a\n"
     "history of Last.fm, Tidal, YouTube Music, ListenBrainz or Apple Music (docs/playlists.md); "
     "a\n"
     "schedule (--json); or a folder that contains these. Several files form one history; a play\n"
     "in two of them counts once. Files can be packed with gzip.\n",
     "  musicsched history my_spotify_data\n"
     "  musicsched history Streaming_History_Audio_*.json\n"
     "  musicsched history StreamingHistory*.json --from 2026-01-01 --min-play 30 --by-time\n"
     "  musicsched history lastfm.csv --timezone Europe/Berlin --json\n",
     CLI_TAKES_HISTORY | CLI_CATALOG_OPTIONAL, 1, MSCHED_HISTORY_MAX_FILES, cmd_history},
    {"next", "FILE", "Print what is on now and what comes next, for status bars",
     "FILE is a schedule (plan --json), a plan as for the plan command, or - for standard\n"
     "input. The command prints one line for each current item, one for the next to-do and one\n"
     "for the next song. The line of a song ends with its link. If nothing is left of the day,\n"
     "the command prints nothing.\n",
     "  musicsched next day.json\n"
     "  musicsched next day.json --json --now 14:10\n"
     "  musicsched next day.txt --catalog songs.csv --calendar work.ics\n",
     CLI_TAKES_CATALOG | CLI_TAKES_NEXT | CLI_TAKES_JSON | CLI_CATALOG_OPTIONAL | CLI_CATALOG_LATE |
         CLI_NO_PAGER,
     1, 1, cmd_next},
    {"agenda", "[FILE]...", "Show the events and to-dos of calendars (.ics) on a date",
     "Each FILE is the same as --calendar FILE.\n"
     "Times are in the zone of --timezone; the default is the zone of this machine. Everything\n"
     "that is left out or changed on reading is listed with the reason.\n",
     "  musicsched agenda work.ics home.ics --date 2026-11-24\n"
     "  musicsched agenda work.ics --date 2026-11-23 --days 7 --timezone Europe/Berlin --json\n",
     CLI_TAKES_AGENDA | CLI_CATALOG_OPTIONAL, 0, CLI_MAX_NAMES, cmd_agenda},
    {"doctor", "[SONGS]...", "Show what is installed and which files are found and read",
     "Exits with status 1 if something that every command needs is missing or wrong.\n",
     "  musicsched doctor\n  musicsched doctor songs.csv\n",
     CLI_TAKES_CATALOG | CLI_CATALOG_ARGUMENTS | CLI_CATALOG_OPTIONAL | CLI_NO_PAGER, 0, 0,
     cmd_doctor},
    {"completion", "SHELL", "Print the completion script of bash, zsh or fish", "",
     "  source <(musicsched completion bash)\n"
     "  musicsched completion zsh > ~/.zfunc/_musicsched\n"
     "  musicsched completion fish > ~/.config/fish/completions/musicsched.fish\n",
     CLI_CATALOG_OPTIONAL | CLI_NO_PAGER, 1, 1, cmd_completion},
};
const uint32_t cli_command_count = sizeof cli_commands / sizeof *cli_commands;

static void print_usage(FILE *out)
{
    fprintf(out,
            "usage: musicsched COMMAND [OPTION]...\n\n"
            "Schedules your to-dos and your music to the second, and analyzes what makes songs "
            "popular.\n\n"
            "Commands:\n");
    for (uint32_t i = 0; i < cli_command_count; i++)
        fprintf(out, "  %-13s %s\n", cli_commands[i].name, cli_commands[i].summary);
    fprintf(out,
            "\nFor details, run musicsched COMMAND --help. The catalog comes from SONGS or "
            "--catalog,\n"
            "else from $MUSICSCHED_CATALOG, else from the configuration (docs/command-line.md).\n"
            "Exit status: 0 success, 1 bad input, 2 bad usage.\n");
}

static const cli_command *find_command(const char *name)
{
    for (uint32_t i = 0; i < cli_command_count; i++) {
        if (strcmp(cli_commands[i].name, name) == 0)
            return &cli_commands[i];
    }
    return NULL;
}

static int check_catalog_path(const cli_request *request)
{
    if (request->catalog_path == NULL && (request->command->takes & CLI_CATALOG_OPTIONAL) == 0) {
        fprintf(stderr, "musicsched %s: no catalog: add --catalog FILE or set MUSICSCHED_CATALOG\n",
                request->command->name);
        return 0;
    }
    if (request->catalog_path != NULL && strcmp(request->catalog_path, "-") == 0 &&
        request->argument_count > 0 && strcmp(request->arguments[0], "-") == 0) {
        fprintf(stderr, "musicsched %s: the catalog and the plan cannot both be standard input\n",
                request->command->name);
        return 0;
    }
    return 1;
}

static int run_command(cli_request *request)
{
    msched_catalog *catalog = NULL;
    int status;

    if (!check_catalog_path(request))
        return CLI_BAD_USAGE;
    if (request->catalog_path != NULL && (request->command->takes & CLI_CATALOG_LATE) == 0) {
        catalog = cli_load_catalog(request);
        if (catalog == NULL)
            return CLI_BAD_INPUT;
    }
    status = request->command->run(request, catalog);
    msched_catalog_unref(catalog);
    return status;
}

/*
 * A disk that is full must not look like success. A reader that went away, as `head` does, is none
 * of our business.
 */
static int finish(int status)
{
    cli_pager_end();
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    if (errno != EPIPE)
        fprintf(stderr, "musicsched: cannot write to standard output: %s\n", strerror(errno));
    return CLI_BAD_INPUT;
}

/*
 * Characters and their widths follow the user's locale, or UTF-8 where that has none; numbers stay
 * as in C.
 */
static void set_locale(void)
{
    if (setlocale(LC_CTYPE, "") == NULL || strcmp(setlocale(LC_CTYPE, NULL), "C") == 0 ||
        strcmp(setlocale(LC_CTYPE, NULL), "POSIX") == 0)
        setlocale(LC_CTYPE, "C.UTF-8");
}

void cli_print_version(void)
{
    printf("musicsched %s\n"
           "built by %s as %s\n"
           "recurring events of calendars: %s\n"
           "playlists in XML: %s\n"
           "files packed with gzip: %s\n"
           "song files in encodings other than UTF-8: %s\n",
           msched_version_string(), CLI_COMPILER, CLI_BUILD_TYPE,
           msched_calendar_can_recur() ? "yes" : "no (built without libical)",
           msched_playlist_can_read_xml() ? "yes" : "no (built without expat)", CLI_GZIP,
           CLI_ICONV);
}

/* musicsched help COMMAND */
static int help_command(char *name)
{
    const cli_command *command = find_command(name);
    char option[] = "--help", *arguments[] = {name, option, NULL};
    cli_request request;
    int finished;

    if (command != NULL)
        return cli_parse(&request, command, 2, arguments, &finished);
    cli_unknown_command(name);
    return CLI_BAD_USAGE;
}

int main(int argc, char **argv)
{
    const cli_command *command;
    cli_request request;
    int finished, status;

    set_locale();
    if (argc < 2) {
        print_usage(stderr);
        return CLI_BAD_USAGE;
    }
    command = find_command(argv[1]);
    if (command == NULL || (command->takes & CLI_NO_PAGER) == 0)
        cli_pager_begin();
    if (argc == 3 && strcmp(argv[1], "help") == 0)
        return finish(help_command(argv[2]));
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_usage(stdout);
        return finish(CLI_DONE);
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        cli_print_version();
        return finish(CLI_DONE);
    }
    if (command == NULL) {
        cli_unknown_command(argv[1]);
        return finish(CLI_BAD_USAGE);
    }
    status = cli_parse(&request, command, argc - 1, argv + 1, &finished);
    if (status == CLI_DONE && !finished)
        status = cli_apply_config(&request);
    if (status == CLI_DONE && !finished)
        status = run_command(&request);
    free(request.columns_text);
    return finish(status);
}
