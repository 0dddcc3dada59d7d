/* Histories of every form, what they say, and what plans and catalogs make of them. */
#include "../failing.h"
#include "../testing.h"

#include <musicsched/musicsched.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char extended[] =
    "[\n"
    "{\"ts\": \"2026-11-20T23:30:00Z\", \"ms_played\": 201000, \"master_metadata_track_name\": "
    "\"Stone Garden\", \"master_metadata_album_artist_name\": \"Ida Blue\", "
    "\"master_metadata_album_album_name\": \"Caf\\u00e9 \\ud83c\\udfb5\", \"spotify_track_uri\": "
    "\"spotify:track:t1\", \"reason_end\": \"trackdone\", \"skipped\": false},\n"
    "{\"ts\": \"2026-11-21T12:00:30Z\", \"ms_played\": 3000, \"master_metadata_track_name\": "
    "\"Harbor\", \"master_metadata_album_artist_name\": \"Orson\", \"spotify_track_uri\": null, "
    "\"reason_end\": \"fwdbtn\", \"skipped\": null, \"offline\": {\"a\": [\"]\", 1]}},\n"
    "{\"ts\": \"2026-11-21T13:00:00Z\", \"ms_played\": 9, \"master_metadata_track_name\": null, "
    "\"episode_name\": \"News\"},\n"
    "{\"ts\": \"last week\", \"ms_played\": 1, \"master_metadata_track_name\": \"Harbor\", "
    "\"master_metadata_album_artist_name\": \"Orson\"},\n"
    "{\"ts\": \"2026-11-23T08:15:00Z\", \"ms_played\": 200000, \"master_metadata_track_name\": "
    "\"STONE GARDEN\", \"master_metadata_album_artist_name\": \"Ida Blue\", \"reason_end\": "
    "\"endplay\", \"skipped\": false}\n"
    "]\n";

static const char songs_csv[] =
    "track_id,track_name,track_artist,track_popularity,duration_ms,track_album_release_date\n"
    "t1,Stone Garden,Ida Blue,10,201000,2019-06\n"
    "t2,Harbor,Orson,70,187000,2001\n"
    "t3,Say Hi,Orson,5,150000,\n";

static msched_history *read_text(const char *text)
{
    msched_history *history = NULL;
    msched_error err;
    if (msched_history_load_memory(&history, text, strlen(text), "h", NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return history;
}

static msched_catalog *make_catalog(void)
{
    msched_catalog *catalog = NULL;
    assert_int_equal(
        msched_catalog_load_memory(&catalog, songs_csv, sizeof songs_csv - 1, NULL, NULL),
        MSCHED_OK);
    return catalog;
}

static void expect_play(const msched_history *history, uint32_t index, int64_t utc,
                        const char *title, const char *artist)
{
    msched_play play = {.struct_size = sizeof play};
    assert_int_equal(msched_history_get_play(history, index, &play), MSCHED_OK);
    assert_int_equal(play.utc, utc);
    assert_string_equal(play.title, title);
    assert_string_equal(play.artist, artist);
}

static void test_extended(void **state)
{
    (void)state;
    msched_history *history = read_text(extended);
    msched_history_info info = {.struct_size = sizeof info};
    msched_play play = {.struct_size = sizeof play};
    msched_history_get_info(history, &info);
    assert_int_equal(info.plays, 3);
    assert_int_equal(info.songs, 2); /* but for case */
    assert_int_equal(info.artists, 2);
    assert_int_equal(info.episodes, 1);
    assert_int_equal(info.unreadable, 1);
    assert_int_equal(msched_history_remark_count(history), 1);
    assert_string_equal(msched_history_get_remark(history, 0), "h:5: its time cannot be read");
    expect_play(history, 1, 1795262430, "Harbor", "Orson");
    msched_history_get_play(history, 0, &play);
    assert_string_equal(play.album, "Café \xF0\x9F\x8E\xB5");
    assert_string_equal(play.track_id, "t1");
    assert_int_equal(play.skipped, 0);
    msched_history_get_play(history, 1, &play);
    assert_int_equal(play.skipped, 1); /* by the reason */
    assert_int_equal(play.played_ms, 3000);
    msched_history_unref(history);
}

static void test_forms(void **state)
{
    static const char *const texts[] = {
        "[{\"endTime\": \"2026-11-21 12:00\", \"artistName\": \"Orson\", \"trackName\": "
        "\"Harbor\", \"msPlayed\": 3000}]",
        "ts,ms_played,master_metadata_track_name,master_metadata_album_artist_name\n"
        "2026-11-21T12:00:00Z,3000,Harbor,Orson\n",
        "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"
        "\"1795262400\",\"21 Nov 2026, 12:00\",\"Orson\",\"\",\"Sea\",\"\",\"Harbor\",\"\"\n",
        "artist_name,track_title,entry_date,country_code,stream_duration_ms\n"
        "Orson,Harbor,2026-11-21 12:00:00.000,DE,3000\n",
        "Artist;Album;AlbumId;Track;Date#me\nOrson;Sea;x;Harbor;1795262400000\n",
        "Orson,Sea,Harbor,21 Nov 2026 12:00\n",
        "\"Orson\";\"Sea, deep, dark, cold\";\"Harbor\";\"1795262400\"\n",
        "sep=;\nMy plays\nArtist;Track;Played at\nOrson;Harbor;2026-11-21T12:00:00Z\n",
        "{\"listened_at\": 1795262400, \"track_metadata\": {\"track_name\": \"Harbor\", "
        "\"artist_name\": \"Orson\", \"release_name\": null}}\n",
        "[{\"track_metadata\": {\"artist_name\": \"Orson\", \"track_name\": \"Harbor\"}, "
        "\"listened_at\": 1795262400}]",
        "{\"payload\": {\"count\": 1, \"listens\": [{\"listened_at\": 1795262400, "
        "\"track_metadata\": {\"artist_name\": \"Orson\", \"track_name\": \"Harbor\"}}]}}",
        "{\"items\": [{\"track\": {\"album\": {\"artists\": [{\"name\": \"X\"}], \"name\": "
        "\"Sea\"}, "
        "\"artists\": [{\"name\": \"Orson\"}, {\"name\": \"X\"}], \"name\": \"Harbor\", \"uri\": "
        "\"spotify:track:x\"}, \"played_at\": \"2026-11-21T12:00:00.123Z\"}], \"next\": null}",
        "[{\"recenttracks\": {\"track\": [{\"artist\": {\"#text\": \"Orson\"}, \"name\": "
        "\"Harbor\", "
        "\"date\": {\"uts\": \"1795262400\", \"#text\": \"21 Nov\"}}]}}]",
        "Event Start Timestamp,Event End Timestamp,Event Type,Song Name,Artist Name,End Reason "
        "Type\n,2026-11-21T12:00:00Z,PLAY_END,Harbor,Orson,\n2026-11-21T12:00:00Z,,PLAY_START,"
        "Harbor,Orson,\n",
        "[{\"header\": \"YouTube Music\", \"title\": \"Watched Harbor\", \"subtitles\": "
        "[{\"name\": "
        "\"Orson - Topic\", \"url\": \"x\"}], \"time\": \"2026-11-21T12:00:00.5Z\", \"products\": "
        "[\"YouTube\"]}]",
        "{\"date\": \"2026-11-21\", \"entries\": [{\"kind\": \"song\", \"title\": \"Harbor\", "
        "\"artist\": \"Orson\", \"start\": \"13:00:00\", \"end\": \"13:03:00\", \"start_utc\": "
        "\"2026-11-21T12:00:00Z\", \"end_utc\": \"2026-11-21T12:03:00Z\"}, {\"kind\": \"todo\"}]}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        msched_history *history = read_text(texts[i]);
        msched_history_info info = {.struct_size = sizeof info};
        msched_history_get_info(history, &info);
        if (info.plays != 1 || info.unreadable != 0)
            fail_msg("%s", texts[i]);
        expect_play(history, 0, 1795262400, "Harbor", "Orson");
        msched_history_unref(history);
    }
}

/* YouTube's videos and advertisements are not songs; a removed video has no title. */
static void test_youtube(void **state)
{
    static const char text[] =
        "[{\"header\": \"YouTube Music\", \"title\": \"Vous avez regardé Orson - Caf\\u00e9\", "
        "\"subtitles\": [{\"name\": \"OrsonVEVO\"}], \"time\": \"2026-11-21T12:00:00Z\", "
        "\"products\": [\"YouTube\"]},\n"
        "{\"header\": \"YouTube\", \"title\": \"Harbor angesehen\", \"subtitles\": [{\"name\": "
        "\"Ida Blue - Topic\"}], \"time\": \"2026-11-21T12:01:00Z\"},\n"
        "{\"header\": \"YouTube\", \"title\": \"Watched a bike\", \"subtitles\": [{\"name\": "
        "\"Bikes\"}], \"time\": \"2026-11-21T12:02:00Z\"},\n"
        "{\"header\": \"YouTube Music\", \"title\": \"Watched Sale\", \"details\": [{\"name\": "
        "\"From Google Ads\"}], \"time\": \"2026-11-21T12:03:00Z\"},\n"
        "{\"header\": \"YouTube Music\", \"title\": \"Watched https://music.youtube.com/x\", "
        "\"time\": \"2026-11-21T12:04:00Z\"}, 7]";
    msched_history_info info = {.struct_size = sizeof info};
    (void)state;
    msched_history *history = read_text(text);
    msched_history_get_info(history, &info);
    assert_int_equal(info.plays, 2);
    assert_int_equal(info.episodes, 2);
    assert_int_equal(info.unreadable, 2);
    expect_play(history, 0, 1795262400, "Café", "Orson");
    expect_play(history, 1, 1795262460, "Harbor", "Ida Blue");
    assert_string_equal(msched_history_get_remark(history, 0),
                        "h:5: the video is not available any more, so its title is unknown");
    assert_string_equal(msched_history_get_remark(history, 1), "h:5: this is not a JSON object");
    msched_history_unref(history);
}

/* Records of one file in another order, with members more and less, and escapes. */
static void test_records_that_differ(void **state)
{
    static const char text[] =
        "[{\"ts\": \"2026-11-21T12:00:00Z\", \"x\": 1, \"master_metadata_track_name\": \"A\", "
        "\"master_metadata_album_artist_name\": \"B\", \"episode_name\": null},"
        "{\"ts\": \"2026-11-21T12:01:00Z\", \"x\": 12, \"master_metadata_track_name\": "
        "\"\\u0041\", "
        "\"master_metadata_album_artist_name\": \"B\", \"episode_name\": null},"
        "{\"ts\": \"2026-11-21T12:02:00Z\", \"x\": 12, \"master_metadata_track_name\": null, "
        "\"master_metadata_album_artist_name\": null, \"episode_name\": \"E\"},"
        "{\"master_metadata_album_artist_name\": \"B\", \"ts\": \"2026-11-21T12:03:00Z\", "
        "\"master_metadata_track_name\": \"A\"},"
        "{\"ts\": \"2026-11-21T12:04:00Z\", \"x\": 1, \"master_metadata_track_name\": \"A\", "
        "\"master_metadata_album_artist_name\": \"B\", \"episode_name\": null}]";
    msched_history_info info = {.struct_size = sizeof info};
    (void)state;
    msched_history *history = read_text(text);
    msched_history_get_info(history, &info);
    assert_int_equal(info.plays, 4);
    assert_int_equal(info.songs, 1);
    assert_int_equal(info.episodes, 1);
    for (uint32_t i = 0; i < 4; i++)
        expect_play(history, i, 1795262400 + 60 * (i < 2 ? i : i + 1), "A", "B");
    msched_history_unref(history);
}

static void expect_refused(const char *text, const char *part)
{
    msched_history *history = NULL;
    msched_error err;
    assert_int_equal(msched_history_load_memory(&history, text, strlen(text), "h", NULL, &err),
                     MSCHED_ERROR_SYNTAX);
    assert_null(history);
    if (strstr(err.message, part) == NULL)
        fail_msg("\"%s\" has no \"%s\"", err.message, part);
}

static void test_refused(void **state)
{
    (void)state;
    expect_refused("", "empty");
    expect_refused("[{\"ts\": \"2026-11-21T12:00:00Z\"},\n {\"ts\" 1}]",
                   "h:2:8: not valid JSON: expected a colon");
    expect_refused("[{\"ts\": \"2026", "no closing quote");
    expect_refused("[{}] x", "unexpected text after the array");
    expect_refused("{\"a\": 1}", "not a listening history");
    expect_refused("title,artist\na,b\n", "has columns for the time");
    expect_refused("<html>", "web page");
}

static void test_summary(void **state)
{
    (void)state;
    msched_history *history = read_text(extended);
    msched_history_summary *summary = NULL;
    msched_history_summary_options options;
    msched_history_totals totals = {.struct_size = sizeof totals};
    msched_history_row row = {.struct_size = sizeof row};
    msched_text *json = NULL;
    msched_history_summary_options_init(&options, sizeof options);
    options.timezone = "Europe/Berlin"; /* an hour ahead: the first play is of the 21st */
    assert_int_equal(msched_history_summarize(&summary, history, &options, NULL), MSCHED_OK);
    msched_history_get_totals(summary, &totals);
    assert_int_equal(totals.plays, 3);
    assert_int_equal(totals.played_ms, 404000);
    assert_int_equal(totals.days, 2);
    assert_string_equal(totals.first_date, "2026-11-21");
    assert_string_equal(totals.last_date, "2026-11-23");
    assert_int_equal(totals.longest_streak, 1);
    assert_string_equal(totals.longest_from, "2026-11-21");
    assert_int_equal(totals.skipped, 1);
    assert_int_equal(totals.skipped_known, 3);
    assert_int_equal(msched_history_row_count(summary, MSCHED_HISTORY_SONGS), 2);
    msched_history_get_row(summary, MSCHED_HISTORY_SONGS, 0, &row);
    assert_string_equal(row.title, "Stone Garden");
    assert_int_equal(row.plays, 2);
    msched_history_get_row(summary, MSCHED_HISTORY_HOURS, 0, &row);
    assert_int_equal(row.plays, 1);
    msched_history_get_row(summary, MSCHED_HISTORY_WEEKDAYS, 5, &row);
    assert_int_equal(row.number, 6);
    assert_int_equal(row.plays, 2);
    assert_int_equal(msched_history_row_count(summary, MSCHED_HISTORY_MONTHS), 1);
    assert_int_equal(msched_history_summary_to_json(summary, &json, NULL), MSCHED_OK);
    msched_text_unref(json);
    msched_history_summary_unref(summary);
    options.from_date = "2026-11-22";
    options.min_played_ms = 300000;
    assert_int_equal(msched_history_summarize(&summary, history, &options, NULL), MSCHED_OK);
    msched_history_get_totals(summary, &totals);
    assert_int_equal(totals.plays, 0);
    assert_string_equal(totals.first_date, "");
    msched_history_summary_unref(summary);
    options.from_date = "yesterday";
    assert_int_equal(msched_history_summarize(&summary, history, &options, NULL),
                     MSCHED_ERROR_VALUE);
    options.from_date = NULL;
    options.timezone = "Nowhere/Here";
    assert_int_equal(msched_history_summarize(&summary, history, &options, NULL),
                     MSCHED_ERROR_NOT_FOUND);
    msched_history_unref(history);
}

static void test_catalogs(void **state)
{
    (void)state;
    msched_history *history = read_text(extended);
    msched_catalog *songs = make_catalog(), *played = NULL;
    msched_track track = {.struct_size = sizeof track};
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(msched_history_to_catalog(&played, history, NULL, NULL), MSCHED_OK);
    msched_catalog_get_info(played, &info);
    assert_int_equal(info.tracks, 2);
    msched_catalog_get_track(played, 0, &track);
    assert_string_equal(track.id, "t1");
    assert_int_equal(track.popularity, 100);
    assert_int_equal(track.duration_ms, 201000);
    msched_catalog_get_track(played, 1, &track);
    assert_int_equal(track.popularity, 63); /* 100 * ln 2 / ln 3 */
    assert_int_equal(track.duration_ms, 0);
    msched_catalog_unref(played);
    assert_int_equal(msched_history_to_catalog(&played, history, songs, NULL), MSCHED_OK);
    static const int32_t popularity[] = {100, 63, 0};
    for (uint32_t i = 0; i < 3; i++) {
        msched_catalog_get_track(played, i, &track);
        assert_int_equal(track.popularity, popularity[i]);
    }
    msched_catalog_get_track(played, 0, &track);
    assert_int_equal(track.release_year, 2019);
    assert_int_equal(track.date_precision, MSCHED_DATE_MONTH);
    msched_catalog_unref(played);
    msched_catalog_unref(songs);
    msched_history_unref(history);
}

static void test_lengths_of_songs(void **state)
{
    (void)state;
    msched_history *history = read_text(
        "Song Name,Artist Name,Event End Timestamp,Event Type,End Reason Type,"
        "Media Duration In Milliseconds,Play Duration Milliseconds\n"
        "Harbor,Orson,2026-11-21T12:00:00Z,PLAY_END,TRACK_SKIPPED_FORWARDS,201000,3000\n"
        "Sea,Ida,2026-11-21T12:05:00Z,PLAY_END,NATURAL_END_OF_TRACK,187000,187400\n"
        "Fog,Ida,2026-11-21T12:10:00Z,PLAY_END,NATURAL_END_OF_TRACK,,90000\n");
    static const uint32_t lengths[] = {201000, 187000, 90000};
    msched_catalog *played = NULL;
    msched_track track = {.struct_size = sizeof track};
    assert_int_equal(msched_history_to_catalog(&played, history, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(msched_catalog_get_track(played, i, &track), MSCHED_OK);
        assert_int_equal(track.duration_ms, lengths[i]);
    }
    msched_catalog_unref(played);
    msched_history_unref(history);
}

static msched_plan *make_plan(void)
{
    static const char json[] =
        "{\"date\": \"2026-11-24\", \"songs\": [{\"query\": \"Stone Garden\"}], "
        "\"listening\": {\"fill\": {\"duration_s\": 150}}}";
    msched_plan *plan = NULL;
    assert_int_equal(msched_plan_parse_json(&plan, json, sizeof json - 1, NULL, NULL), MSCHED_OK);
    return plan;
}

static int is_placed(const msched_schedule *schedule, const char *id)
{
    msched_text *json = NULL;
    char wanted[40];
    snprintf(wanted, sizeof wanted, "\"track_id\": \"%s\"", id);
    assert_int_equal(msched_schedule_to_json(schedule, &json, NULL), MSCHED_OK);
    int found = strstr(msched_text_data(json), wanted) != NULL;
    msched_text_unref(json);
    return found;
}

static void test_plan_avoids(void **state)
{
    (void)state;
    msched_history *history = read_text(extended);
    msched_catalog *catalog = make_catalog();
    msched_plan *plan = make_plan(), *avoiding = NULL, *again = NULL;
    msched_schedule *schedule = NULL;
    msched_text *json = NULL;
    uint32_t count = 0;
    assert_int_equal(msched_plan_avoid_history(&avoiding, plan, history, catalog, 7, &count, NULL),
                     MSCHED_OK);
    assert_int_equal(count, 2);
    assert_int_equal(msched_schedule_build(&schedule, catalog, avoiding, NULL, NULL), MSCHED_OK);
    assert_true(is_placed(schedule, "t1")); /* wished for */
    assert_false(is_placed(schedule, "t2"));
    assert_true(is_placed(schedule, "t3"));
    assert_int_equal(msched_schedule_to_json(schedule, &json, NULL), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(json), "heard_lately"));
    assert_non_null(strstr(msched_text_data(json), "was already heard on 2026-11-23"));
    msched_text_unref(json);
    msched_schedule_unref(schedule);
    /* the plan's JSON keeps it */
    assert_int_equal(msched_plan_to_json(avoiding, &json, NULL), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(json), "\"avoid\": [\"t1\", \"t2\"]"));
    assert_int_equal(
        msched_plan_parse_json(&again, msched_text_data(json), msched_text_size(json), NULL, NULL),
        MSCHED_OK);
    assert_int_equal(msched_schedule_build(&schedule, catalog, again, NULL, NULL), MSCHED_OK);
    assert_false(is_placed(schedule, "t2"));
    msched_schedule_unref(schedule);
    msched_plan_unref(again);
    msched_text_unref(json);
    msched_plan_unref(avoiding);
    /* on the 22nd and later only Stone Garden was heard */
    assert_int_equal(msched_plan_avoid_history(&avoiding, plan, history, catalog, 2, &count, NULL),
                     MSCHED_OK);
    assert_int_equal(count, 1);
    msched_plan_unref(avoiding);
    assert_int_equal(
        msched_plan_avoid_history(&avoiding, plan, history, catalog, 36501, NULL, NULL),
        MSCHED_ERROR_ARGUMENT);
    /* without a number of days, that of the plan counts, else 7 */
    assert_int_equal(msched_plan_avoid_history(&avoiding, plan, history, catalog, 0, &count, NULL),
                     MSCHED_OK);
    assert_int_equal(count, 2);
    msched_plan_unref(avoiding);
    msched_plan_unref(plan);
    static const char text[] = "date: 2026-11-24\navoid: 2 days\nfill: 5m\nfill: 6m @evening\n";
    assert_int_equal(msched_plan_parse_text(&again, NULL, text, strlen(text), NULL, NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_plan_to_json(again, &json, NULL), MSCHED_OK);
    assert_int_equal(
        msched_plan_parse_json(&plan, msched_text_data(json), msched_text_size(json), NULL, NULL),
        MSCHED_OK);
    msched_text_unref(json);
    msched_plan_unref(again);
    assert_int_equal(msched_plan_to_text(plan, NULL, &json, NULL), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(json), "avoid: 2 days\n"));
    msched_text_unref(json);
    assert_int_equal(msched_plan_avoid_history(&avoiding, plan, history, catalog, 0, &count, NULL),
                     MSCHED_OK);
    assert_int_equal(count, 1);
    msched_plan_unref(avoiding);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
    msched_history_unref(history);
}

/* How often the schedule of a plan warns of a missing history. */
static uint32_t count_missing(const msched_plan *plan, const msched_catalog *catalog)
{
    msched_schedule *schedule = NULL;
    uint32_t count = 0;
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < msched_schedule_warning_count(schedule); i++) {
        msched_warning warning = {.struct_size = sizeof warning};
        assert_int_equal(msched_schedule_get_warning(schedule, i, &warning), MSCHED_OK);
        count += strcmp(warning.code, "no_history") == 0;
    }
    msched_schedule_unref(schedule);
    return count;
}

/* Files and days to avoid have no effect before the plan meets a history, and the schedule says so.
 */
static void test_missing_history(void **state)
{
    (void)state;
    static const struct row {
        const char *text;
        uint32_t warnings;
    } rows[] = {
        {"date: 2026-11-24\nfill: 2m\n", 0},
        {"date: 2026-11-24\nfill: 2m\navoid: 2 days\n", 1},
        {"date: 2026-11-24\nfill: 2m\navoid: a.json\navoid: 9 days\navoid: \"b c.csv\"\n", 2},
        {"date: 2026-11-24\ndays: 3\nfill: 2m\navoid: 2 days\n", 1}};
    msched_history *history = read_text(extended);
    msched_catalog *catalog = make_catalog();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        msched_plan *plan = NULL, *avoiding = NULL, *again = NULL;
        msched_text *json = NULL;
        assert_int_equal(msched_plan_parse_text(&plan, NULL, rows[i].text, strlen(rows[i].text),
                                                NULL, NULL, NULL),
                         MSCHED_OK);
        assert_int_equal(count_missing(plan, catalog), rows[i].warnings);
        assert_int_equal(
            msched_plan_avoid_history(&avoiding, plan, history, catalog, 0, NULL, NULL), MSCHED_OK);
        assert_int_equal(count_missing(avoiding, catalog), 0);
        /* its JSON names the songs in place of the days and files */
        assert_int_equal(msched_plan_to_json(avoiding, &json, NULL), MSCHED_OK);
        assert_null(strstr(msched_text_data(json), "avoid_"));
        assert_int_equal(msched_plan_parse_json(&again, msched_text_data(json),
                                                msched_text_size(json), NULL, NULL),
                         MSCHED_OK);
        assert_int_equal(count_missing(again, catalog), 0);
        msched_text_unref(json);
        msched_plan_unref(again);
        msched_plan_unref(avoiding);
        msched_plan_unref(plan);
    }
    msched_catalog_unref(catalog);
    msched_history_unref(history);
}

static void test_encodings(void **state)
{
    (void)state;
    msched_history *history = read_text("Caf\xE9,Sea,Harbor,21 Nov 2026 12:00\n");
    msched_history_info info = {.struct_size = sizeof info};
    msched_history_get_info(history, &info);
    assert_int_equal(info.unreadable, 0);
    assert_int_equal(msched_history_remark_count(history), 1);
    assert_string_equal(msched_history_get_remark(history, 0),
                        "h: not UTF-8: read as Windows-1252");
    expect_play(history, 0, 1795262400, "Harbor", "Café");
    msched_history_unref(history);
}

static int survive(const msched_plan *plan, const msched_catalog *songs, const char *text,
                   long fail_at)
{
    failing memory = {.fail_at = fail_at};
    msched_allocator allocator = failing_allocator(&memory);
    msched_history_options options;
    msched_history *history = NULL;
    msched_history_summary *summary = NULL;
    msched_catalog *played = NULL, *overlaid = NULL;
    msched_plan *avoiding = NULL;
    msched_text *json = NULL;
    msched_history_options_init(&options, sizeof options);
    options.allocator = &allocator;
    msched_result result = msched_history_load_memory(&history, text, strlen(text), "h", &options,
                                                      NULL);
    if (result == MSCHED_OK)
        result = msched_history_summarize(&summary, history, NULL, NULL);
    if (result == MSCHED_OK)
        result = msched_history_summary_to_json(summary, &json, NULL);
    if (result == MSCHED_OK)
        result = msched_history_to_catalog(&played, history, NULL, NULL);
    if (result == MSCHED_OK)
        result = msched_history_to_catalog(&overlaid, history, songs, NULL);
    if (result == MSCHED_OK)
        result = msched_plan_avoid_history(&avoiding, plan, history, songs, 9, NULL, NULL);
    assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
    assert_true(result == MSCHED_OK || memory.count >= fail_at);
    msched_plan_unref(avoiding);
    msched_catalog_unref(overlaid);
    msched_catalog_unref(played);
    msched_text_unref(json);
    msched_history_summary_unref(summary);
    msched_history_unref(history);
    assert_int_equal(memory.live, 0);
    return memory.count >= fail_at;
}

static void test_failing_memory(void **state)
{
    static const char *const texts[] = {
        extended,
        "Orson,Se\xE1,Harbor,21 Nov 2026 12:00\nOrson,Sea,Say Hi,20 Nov 2026 12:00\n",
        "{\"listened_at\": 1795262400, \"track_metadata\": {\"track_name\": \"Harbor\", "
        "\"artist_name\": \"Orson\", \"release_name\": null}}\n",
        "[{\"track_metadata\": {\"artist_name\": \"Orson\", \"track_name\": \"Harbor\"}, "
        "\"listened_at\": 1795262400}]",
        "{\"payload\": {\"count\": 1, \"listens\": [{\"listened_at\": 1795262400, "
        "\"track_metadata\": {\"artist_name\": \"Orson\", \"track_name\": \"Harbor\"}}]}}",
        "{\"items\": [{\"track\": {\"album\": {\"artists\": [{\"name\": \"X\"}], \"name\": "
        "\"Sea\"}, "
        "\"artists\": [{\"name\": \"Orson\"}, {\"name\": \"X\"}], \"name\": \"Harbor\", \"uri\": "
        "\"spotify:track:x\"}, \"played_at\": \"2026-11-21T12:00:00.123Z\"}], \"next\": null}",
        "[{\"recenttracks\": {\"track\": [{\"artist\": {\"#text\": \"Orson\"}, \"name\": "
        "\"Harbor\", "
        "\"date\": {\"uts\": \"1795262400\", \"#text\": \"21 Nov\"}}]}}]",
        "Event Start Timestamp,Event End Timestamp,Event Type,Song Name,Artist Name,End Reason "
        "Type\n,2026-11-21T12:00:00Z,PLAY_END,Harbor,Orson,\n2026-11-21T12:00:00Z,,PLAY_START,"
        "Harbor,Orson,\n",
        "[{\"header\": \"YouTube Music\", \"title\": \"Watched Harbor\", \"subtitles\": "
        "[{\"name\": "
        "\"Orson - Topic\", \"url\": \"x\"}], \"time\": \"2026-11-21T12:00:00.5Z\", \"products\": "
        "[\"YouTube\"]}]",
        "{\"date\": \"2026-11-21\", \"entries\": [{\"kind\": \"song\", \"title\": \"Harbor\", "
        "\"artist\": \"Orson\", \"start\": \"13:00:00\", \"end\": \"13:03:00\"}]}"};
    (void)state;
    msched_catalog *catalog = make_catalog();
    msched_plan *plan = make_plan();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        for (long n = 1; survive(plan, catalog, texts[i], n); n++)
            ;
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

static const char *written(char path[64], const char *text)
{
    strcpy(path, "/tmp/musicsched-files-XXXXXX");
    const int number = mkstemp(path);
    FILE *file = number < 0 ? NULL : fdopen(number, "wb");
    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0 && fclose(file) == 0, 1);
    return path;
}

static void test_files_of_every_kind(void **state)
{
    static const char list[] = "#EXTM3U\n#EXTINF:187,Orson - Harbor\nx.mp3\n";
    char names[3][64];
    const char *paths[3] = {written(names[0], songs_csv), written(names[1], extended),
                            written(names[2], list)};
    (void)state;
    assert_int_equal(msched_history_is_file(paths[1]), 1);
    assert_int_equal(msched_history_is_file(paths[0]) + msched_history_is_file(paths[2]), 0);
    assert_int_equal(msched_history_is_file("/no/such/file") + msched_history_is_file(NULL), 0);
    for (long n = 1, again = 1; again; n++) {
        failing memory = {.fail_at = n};
        msched_allocator allocator = failing_allocator(&memory);
        msched_catalog_options options;
        msched_catalog *catalog = NULL;
        msched_track song = {.struct_size = sizeof song};
        msched_catalog_options_init(&options, sizeof options);
        options.allocator = &allocator;
        const msched_result result = msched_catalog_read_files(&catalog, paths, 3, &options, NULL);
        const msched_result got = result == MSCHED_OK ? msched_catalog_get_track(catalog, 0, &song)
                                                      : result;
        again = memory.count >= n;
        assert_true(got == MSCHED_OK || (again && got == MSCHED_ERROR_MEMORY));
        if (got == MSCHED_OK) /* the playlist's song is that of the table, by title */
            assert_int_equal(song.popularity, 100);
        msched_catalog_unref(catalog);
        assert_int_equal(memory.live, 0);
    }
    for (int i = 0; i < 3; i++)
        remove(paths[i]);
    msched_catalog *none = NULL;
    assert_int_equal(msched_catalog_read_files(&none, paths, 3, NULL, NULL), MSCHED_ERROR_IO);
    assert_int_equal(msched_catalog_read_files(&none, paths, 0, NULL, NULL), MSCHED_ERROR_ARGUMENT);
}

static void make_folder(char path[64], const char *inner, char part[100])
{
    strcpy(path, "/tmp/musicsched-folder-XXXXXX");
    assert_non_null(mkdtemp(path));
    snprintf(part, 100, "%s/%s", path, inner);
    assert_int_equal(mkdir(part, 0700), 0);
}

static void write_into(char path[160], const char *folder, const char *name, const char *text)
{
    snprintf(path, 160, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0 && fclose(file) == 0, 1);
}

static int read_folder(const char *path, long fail_at)
{
    failing memory = {.fail_at = fail_at};
    msched_allocator allocator = failing_allocator(&memory);
    msched_history_options options;
    msched_catalog_options catalog_options;
    msched_history *history = NULL;
    msched_catalog *catalog = NULL;
    msched_history_info info = {.struct_size = sizeof info};
    msched_catalog_info songs = {.struct_size = sizeof songs};
    msched_history_options_init(&options, sizeof options);
    msched_catalog_options_init(&catalog_options, sizeof catalog_options);
    options.allocator = catalog_options.allocator = &allocator;
    msched_result result = msched_history_load_paths(&history, &path, 1, &options, NULL);
    if (result == MSCHED_OK)
        result = msched_catalog_read_files(&catalog, &path, 1, &catalog_options, NULL);
    assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
    assert_true(result == MSCHED_OK || memory.count >= fail_at);
    if (result == MSCHED_OK) {
        msched_history_get_info(history, &info);
        assert_int_equal(info.plays, 4); /* of both files */
        msched_catalog_get_info(catalog, &songs);
        assert_int_equal(songs.tracks, 3); /* of the table, with plays as popularity */
    }
    msched_catalog_unref(catalog);
    msched_history_unref(history);
    assert_int_equal(memory.live, 0);
    return memory.count >= fail_at;
}

static void test_folders(void **state)
{
    char folder[64], part[100], paths[4][160];
    const char *names[] = {folder};
    msched_history *history = NULL;
    msched_catalog *catalog = NULL;
    msched_error err;
    (void)state;
    make_folder(folder, "Spotify Account Data", part);
    assert_int_equal(msched_history_load_paths(&history, names, 1, NULL, &err),
                     MSCHED_ERROR_SYNTAX);
    assert_non_null(strstr(err.message, "the folder has no listening history"));
    assert_int_equal(msched_catalog_read_files(&catalog, names, 1, NULL, &err),
                     MSCHED_ERROR_SYNTAX);
    write_into(paths[0], part, "StreamingHistory_music_0.json", extended);
    write_into(paths[1], part, "scrobbles.csv", "Orson,Sea,Harbor,21 Nov 2025 12:00\n");
    write_into(paths[2], part, "Userdata.json", "{\"username\": \"me\"}");
    assert_int_equal(msched_history_is_file(folder), 1);
    write_into(paths[3], folder, "songs.csv", songs_csv);
    assert_int_equal(msched_history_is_file(folder), 0);
    for (long n = 1; read_folder(folder, n); n++)
        ;
    for (int i = 0; i < 4; i++)
        remove(paths[i]);
    assert_int_equal(rmdir(part) + rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_extended),       cmocka_unit_test(test_forms),
        cmocka_unit_test(test_youtube),        cmocka_unit_test(test_records_that_differ),
        cmocka_unit_test(test_refused),        cmocka_unit_test(test_summary),
        cmocka_unit_test(test_catalogs),       cmocka_unit_test(test_lengths_of_songs),
        cmocka_unit_test(test_plan_avoids),    cmocka_unit_test(test_missing_history),
        cmocka_unit_test(test_failing_memory), cmocka_unit_test(test_files_of_every_kind),
        cmocka_unit_test(test_encodings),      cmocka_unit_test(test_folders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
