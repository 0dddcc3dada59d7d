/*
 * Catalogs from files that are not tables: of data sets in JSON, every key is a column; of lists,
 * numbers, bullets and lengths are not parts of the names.
 */
#include "../failing.h"
#include "../testing.h"

#include <musicsched/musicsched.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[64];

static int make_file(void **state)
{
    (void)state;
    strcpy(path, "/tmp/musicsched-json-XXXXXX");
    const int file = mkstemp(path);
    return file < 0 || close(file) != 0;
}

static int remove_file(void **state)
{
    (void)state;
    return remove(path);
}

static msched_result read_file(msched_catalog **catalog, const char *text,
                               const msched_allocator *allocator, msched_error *err)
{
    const char *const paths[] = {path};
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.allocator = allocator;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0 && fclose(file) == 0, 1);
    return msched_catalog_read_files(catalog, paths, 1, &options, err);
}

static msched_catalog *catalog_of(const char *text)
{
    msched_catalog *catalog = NULL;
    msched_error err = {0};
    if (read_file(&catalog, text, NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return catalog;
}

static void expect_track(const msched_catalog *catalog, uint32_t index, const char *title,
                         const char *artist, uint32_t duration_ms, int32_t popularity)
{
    msched_track track = {.struct_size = sizeof track};
    assert_int_equal(msched_catalog_get_track(catalog, index, &track), MSCHED_OK);
    assert_string_equal(track.name, title);
    assert_string_equal(track.artist, artist);
    assert_int_equal(track.duration_ms, duration_ms);
    assert_int_equal(track.popularity, popularity);
}

static const char records[] =
    "[{\"Title\": \"Harbor\", \"Artist\": \"Orson\", \"Duration\": \"3:20\", \"Popularity\": 61},\n"
    " {\"title\": \"Say \\\"Sea\\\",\\nthen\", \"artist\": \"Ida\", \"duration\": 200.5,\n"
    "  \"popularity\": 44, \"lyrics\": null, \"tags\": [1, 2]}]";

static void lengths_and_popularities_are_read(void **state)
{
    (void)state;
    msched_catalog *catalog = catalog_of(records);
    expect_track(catalog, 0, "Harbor", "Orson", 200000, 61);
    expect_track(catalog, 1, "Say \"Sea\", then", "Ida", 200500, 44);
    msched_catalog_unref(catalog);

    catalog = catalog_of("{\"title\": \"Harbor\", \"duration\": 200, \"popularity\": 7, "
                         "\"artists\": [{\"name\": \"Orson\", \"id\": \"o\"}]}\n"
                         "{\"popularity\": 8, \"artists\": [{\"name\": \"Ida\"}], \"title\": "
                         "\"Sea\", \"duration\": 187, \"album\": {\"name\": \"Coast\"}}\n");
    msched_track track = {.struct_size = sizeof track};
    expect_track(catalog, 0, "Harbor", "Orson", 200000, 7);
    expect_track(catalog, 1, "Sea", "Ida", 187000, 8);
    msched_catalog_get_track(catalog, 1, &track);
    assert_string_equal(track.album_name, "Coast");
    msched_catalog_unref(catalog);
}

static void pages_of_services_are_read(void **state)
{
    (void)state;
    msched_catalog *catalog = catalog_of(
        "{\"items\": [{\"added_at\": \"2020-01-01\", \"track\": {\"id\": \"h1\", \"name\": "
        "\"Harbor\", \"artists\": [{\"name\": \"Orson\"}], \"duration_ms\": 200000, "
        "\"popularity\": 61}}]}");
    expect_track(catalog, 0, "Harbor", "Orson", 200000, 61);
    msched_catalog_unref(catalog);
    catalog = catalog_of("{\"data\": [{\"id\": 5, \"title\": \"Sea\", \"duration\": 187, "
                         "\"artist\": {\"id\": 6, \"name\": \"Ida\"}}]}");
    expect_track(catalog, 0, "Sea", "Ida", 187000, -1);
    msched_catalog_unref(catalog);
    /* several pages, and one with an episode, are playlists */
    catalog = catalog_of(
        "[{\"items\": [{\"track\": {\"id\": \"h1\", \"name\": \"Harbor\", \"duration_ms\": 200000, "
        "\"artists\": [{\"name\": \"Orson\"}]}}]}, {\"items\": [{\"track\": {\"id\": \"s1\", "
        "\"name\": \"Sea\", \"duration_ms\": 187000, \"artists\": [{\"name\": \"Ida\"}]}}, "
        "{\"track\": {\"id\": \"e1\", \"name\": \"Talk\", \"type\": \"episode\"}}]}]");
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_text *report = NULL;
    msched_catalog_get_info(catalog, &info);
    assert_int_equal(info.tracks, 2);
    assert_int_equal(msched_catalog_report_to_text(catalog, &report, NULL), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(report), "an episode is left out"));
    msched_text_unref(report);
    msched_catalog_unref(catalog);
}

static void pages_of_lastfm_are_read(void **state)
{
    static const char *const keys[] = {"lovedtracks", "toptracks", "tracks"};
    char text[400];
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        for (int in_array = 0; in_array < 2; in_array++) {
            snprintf(text, sizeof text,
                     "%s{\"%s\": {\"track\": [{\"name\": \"Harbor\", \"artist\": {\"name\": "
                     "\"Orson\"}%s}], \"@attr\": {\"user\": \"me\"}}}%s",
                     in_array ? "[" : "", keys[i], i == 0 ? ", \"date\": {\"uts\": \"1\"}" : "",
                     in_array ? "]" : "");
            msched_catalog *catalog = catalog_of(text);
            expect_track(catalog, 0, "Harbor", "Orson", 0, -1);
            msched_catalog_unref(catalog);
        }
    }
    msched_catalog *catalog = catalog_of(
        "{\"toptracks\": {\"track\": [{\"name\": \"Harbor\", \"duration\": \"200\", \"artist\": "
        "{\"name\": \"Orson\"}}]}}");
    expect_track(catalog, 0, "Harbor", "Orson", 200000, -1);
    msched_catalog_unref(catalog);
    /* the pages of albums: their songs, not the albums */
    catalog = catalog_of("[{\"name\": \"Coast\", \"artist\": \"Orson\", \"tracks\": {\"track\": ["
                         "{\"name\": \"Harbor\", \"artist\": {\"name\": \"Orson\"}}]}}]");
    expect_track(catalog, 0, "Harbor", "Orson", 0, -1);
    msched_catalog_unref(catalog);
    /* an interlude of 9 s: JSPF is in milliseconds */
    catalog = catalog_of("{\"playlist\": {\"track\": [{\"title\": \"Tide\", \"creator\": \"Ida\", "
                         "\"duration\": 9000}]}}");
    expect_track(catalog, 0, "Tide", "Ida", 9000, -1);
    msched_catalog_unref(catalog);
}

static void a_data_set_may_have_more_songs_than_a_playlist(void **state)
{
    enum { SONGS = MSCHED_PLAYLIST_MAX_SONGS + 1, LINE = 64 };
    (void)state;
    msched_catalog_info info = {.struct_size = sizeof info};
    char *text = malloc((size_t)SONGS * LINE), *at = text;
    assert_non_null(text);
    for (int i = 0; i < SONGS; i++)
        at += snprintf(at, LINE, "%s{\"title\": \"Song %d\", \"artist\": \"Ida\"}",
                       i == 0 ? "[" : ",\n", i);
    strcpy(at, "]");
    msched_catalog *catalog = catalog_of(text);
    msched_catalog_get_info(catalog, &info);
    assert_int_equal(info.tracks, SONGS);
    msched_catalog_unref(catalog);
    free(text);
}

static void lists_are_read_without_their_markers(void **state)
{
    (void)state;
    msched_catalog *catalog = catalog_of("1. Orson - Harbor (3:20)\n2. Ida - 4:44 (4:44)\n"
                                         "3. 99 - Sea\n");
    expect_track(catalog, 0, "Harbor", "Orson", 200000, -1);
    expect_track(catalog, 1, "4:44", "Ida", 284000, -1);
    expect_track(catalog, 2, "Sea", "99", 0, -1);
    msched_catalog_unref(catalog);
    catalog = catalog_of("\xEF\xBB\xBF- Orson - Harbor\r\n\r\n- Ida \xE2\x80\x93 Sea (Live)\r\n");
    expect_track(catalog, 0, "Harbor", "Orson", 0, -1);
    expect_track(catalog, 1, "Sea (Live)", "Ida", 0, -1);
    msched_catalog_unref(catalog);
    /* a table is not a list */
    catalog = catalog_of("title,artist\n1. Harbor - Live (3:20),Orson\n");
    expect_track(catalog, 0, "1. Harbor - Live (3:20)", "Orson", 0, -1);
    msched_catalog_unref(catalog);
}

/* Dashes of all lengths, lengths without brackets, and the form of foobar2000. */
static void lists_are_read_however_they_are_typed(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "1. Orson \xE2\x80\x94 Harbor (4:21)\n2. Ida \xE2\x80\x94 Sea (7:23)\n"
        "3. Max \xE2\x80\x94 Rain (3:59)\n",
        "Orson - Harbor 4:21\nIda - Sea 7:23\nMax - Rain 3:59\n",
        "Orson \xE2\x80\x94 Harbor 4:21\nIda \xE2\x80\x93 Sea 7:23\nMax - Rain 3:59\n",
        "1. Orson \xE2\x80\x94 Harbor \xE2\x80\x94 4:21\n2. Ida - Sea \xE2\x80\x93 7:23\n"
        "3. Max - Rain - 3:59\n",
        "#EXTM3U\n#EXTINF:4:21,Orson - Harbor\na.mp3\n#EXTINF:443,Ida - [Coast #05] Sea\nb.mp3\n"
        "#EXTINF:0:03:59,Max - Rain\nc.mp3\n",
        "#EXTM3U\n#EXTVDJ:<filesize>9</filesize><artist>Orson</artist><title>Harbor</title>"
        "<songlength>261.0</songlength>\nD:\\a.mp3\n#EXTVDJ:<title>Sea</title><artist>Ida</artist>"
        "<songlength>443</songlength>\nD:\\b.mp3\n#EXTVDJ:<time>11:52</time><artist>Max</artist>"
        "<title>Rain</title><songlength>239.0</songlength>\nD:\\Music\\c.mp3\n",
        "[playlist]\nFile1=a.mp3\nTitle1=Orson - Harbor\nLength1=4:21\nFile2=b.mp3\n"
        "Title2=Ida - [Coast #05] Sea\nLength2=443\nFile3=c.mp3\nTitle3=Max - Rain\nLength3=239\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        msched_catalog *catalog = catalog_of(texts[i]);
        expect_track(catalog, 0, "Harbor", "Orson", 261000, -1);
        expect_track(catalog, 1, "Sea", "Ida", 443000, -1);
        expect_track(catalog, 2, "Rain", "Max", 239000, -1);
        msched_catalog_unref(catalog);
    }
    msched_track t = {.struct_size = sizeof t};
    msched_catalog *catalog = catalog_of("Orson - [Coast #05] Harbor\nIda, Zoe - [Two #1] Sea\n"
                                         "Max - [Rain #11] Rain\n");
    expect_track(catalog, 0, "Harbor", "Orson", 0, -1);
    assert_int_equal(msched_catalog_get_track(catalog, 0, &t), MSCHED_OK);
    assert_string_equal(t.album_name, "Coast");
    expect_track(catalog, 1, "Sea", "Ida, Zoe", 0, -1);
    msched_catalog_unref(catalog);
    /* names of a table that end like that, and a length as the title */
    catalog = catalog_of("title,artist\nHarbor - Live 4:21,Orson\nSea - Live 7:23,Ida\n"
                         "Rain - Live 3:59,Max\n");
    expect_track(catalog, 0, "Harbor - Live 4:21", "Orson", 0, -1);
    msched_catalog_unref(catalog);
    catalog = catalog_of("Ida - 4:44\nMax - 22:22\nOrson - 3:59\n");
    expect_track(catalog, 0, "4:44", "Ida", 0, -1);
    msched_catalog_unref(catalog);
    catalog = catalog_of("Orson, Harbor - Live 4:21\nIda, Sea - Live 7:23\n"
                         "Max, Rain - Live 3:59\n");
    expect_track(catalog, 1, "Sea - Live 7:23", "Ida", 0, -1);
    msched_catalog_unref(catalog);
    catalog = catalog_of("Orson,Harbor - Live, 4:21\nIda,Sea - Live, 7:23\nMax,Rain - Live, 3:59\n"
                         "Max,Sun - Live, 3:58\n");
    expect_track(catalog, 1, "Sea - Live", "Ida", 443000, -1);
    msched_catalog_unref(catalog);
}

/* A heading and quoted titles do not hide the other songs. */
static void headings_and_quoted_titles_leave_the_rest(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "My favourites:\n\n1. Orson - Harbor (3:20)\n2. \"Sea\" by Ida\n3. Max - Rain (Live)\n"
        "4. \"Sun - Remix\" by Ida\n",
        "# Old ones\n- Orson - Harbor [3:20]\n- \"Sea\" by Ida\n- Max - Rain (Live)\n"
        "- \xE2\x80\x9CSun - Remix\xE2\x80\x9D by Ida\n",
        "1. Orson - Harbor (3:20)\n2. \"Sea\" by Ida\n3. Max - Rain (Live)\n"
        "4. \"Sun - Remix\" by Ida\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        msched_catalog *catalog = catalog_of(texts[i]);
        msched_catalog_info info = {.struct_size = sizeof info};
        assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
        assert_int_equal(info.tracks, 4);
        expect_track(catalog, 0, "Harbor", "Orson", 200000, -1);
        expect_track(catalog, 1, "Sea", "Ida", 0, -1);
        expect_track(catalog, 2, "Rain (Live)", "Max", 0, -1);
        expect_track(catalog, 3, "Sun - Remix", "Ida", 0, -1);
        msched_catalog_unref(catalog);
    }
    /* the names of a column, and a diary */
    static const char *const others[] = {"Song\n1. Orson - Harbor (3:20)\n2. Ida - Sea (3:07)\n",
                                         "Monday\nIt rained - again.\nI sang - and slept.\n"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        msched_catalog *catalog = NULL;
        msched_error err = {0};
        if (read_file(&catalog, others[i], NULL, &err) == MSCHED_OK) {
            msched_text *report = NULL;
            assert_int_equal(msched_catalog_report_to_text(catalog, &report, NULL), MSCHED_OK);
            assert_null(strstr(msched_text_data(report), "the file is a playlist (list)"));
            msched_text_unref(report);
            msched_catalog_unref(catalog);
        }
    }
}

/* The songs of playlists come first, then those of the library that are in none. */
static void a_library_keeps_songs_that_are_in_no_playlist(void **state)
{
    (void)state;
#define TRACK(ID, NAME, MORE)                                                                      \
    "<key>" ID "</key><dict><key>Track ID</key><integer>" ID                                       \
    "</integer><key>Name</key><string>" NAME "</string><key>Artist</key><string>A</string>" MORE   \
    "</dict>"
#define ITEM(ID) "<dict><key>Track ID</key><integer>" ID "</integer></dict>"
    static const char xml[] =
        "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>Tracks</key><dict>" TRACK(
            "1", "One", "") TRACK("2", "Talk", "<key>Podcast</key><true/>")
            TRACK("3", "Three",
                  "") "</dict><key>Playlists</key><array><dict><key>Name</key><string>Library</"
                      "string><key>Master"
                      "</key><true/><key>Playlist Items</key><array>" ITEM("1") ITEM("2")
                          ITEM("3") "</array></dict><dict><key>Name</key><string>Run</"
                                    "string><key>Playlist Items</key><array>" ITEM(
                                        "3") "</array></dict></array></dict></plist>";
#undef TRACK
#undef ITEM
    msched_catalog *catalog = catalog_of(xml);
    assert_int_equal(msched_catalog_entry_count(catalog), 2);
    expect_track(catalog, 0, "Three", "A", 0, -1);
    expect_track(catalog, 1, "One", "A", 0, -1);
    msched_catalog_unref(catalog);
    /* as wishes, only the playlists count */
    msched_playlist *playlist = NULL;
    assert_int_equal(msched_playlist_read(&playlist, xml, strlen(xml), NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_playlist_song_count(playlist), 1);
    msched_playlist_unref(playlist);
}

static void genres_years_and_tempos_are_kept(void **state)
{
    (void)state;
    static const char *const files[] = {
        "<DJ_PLAYLISTS><COLLECTION>\n"
        "<TRACK Name=\"Harbor\" Artist=\"Orson\" Genre=\"House\" Year=\"2009\" "
        "AverageBpm=\"128.50\"><TEMPO Bpm=\"64.00\"/></TRACK>\n"
        "<TRACK Name=\"Sea\" Artist=\"Ida\" Genre=\"\" Year=\"0\" AverageBpm=\"0.00\"/>\n"
        "</COLLECTION></DJ_PLAYLISTS>",
        "<NML><COLLECTION><ENTRY TITLE=\"Harbor\" ARTIST=\"Orson\"><INFO GENRE=\"House\" "
        "RELEASE_DATE=\"2009/1/1\"/><TEMPO BPM=\"128.5\"/></ENTRY>"
        "<ENTRY TITLE=\"Sea\" ARTIST=\"Ida\"></ENTRY></COLLECTION></NML>",
        "<plist><dict><key>Tracks</key><dict><key>1</key><dict><key>Track ID</key><integer>1"
        "</integer><key>Name</key><string>Harbor</string><key>Artist</key><string>Orson</string>"
        "<key>Genre</key><string>House</string><key>Year</key><integer>2009</integer><key>BPM"
        "</key><real>128.5</real></dict><key>2</key><dict><key>Track ID</key><integer>2</integer>"
        "<key>Name</key><string>Sea</string><key>Artist</key><string>Ida</string></dict></dict>"
        "</dict></plist>"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        msched_catalog *catalog = catalog_of(files[i]);
        msched_entry entry = {.struct_size = sizeof entry};
        msched_track track = {.struct_size = sizeof track};
        assert_int_equal(msched_catalog_get_track(catalog, 0, &track), MSCHED_OK);
        assert_int_equal(msched_catalog_get_entry(catalog, 0, &entry), MSCHED_OK);
        assert_string_equal(entry.genre, "House");
        assert_int_equal(track.release_year, 2009);
        assert_int_equal(track.date_precision, MSCHED_DATE_YEAR);
        assert_true(track.feature[MSCHED_FEATURE_TEMPO] == 128.5);
        assert_int_equal(msched_catalog_get_track(catalog, 1, &track), MSCHED_OK);
        assert_int_equal(msched_catalog_get_entry(catalog, 1, &entry), MSCHED_OK);
        assert_string_equal(entry.genre, "");
        assert_int_equal(track.date_precision, MSCHED_DATE_UNKNOWN);
        msched_catalog_info info = {.struct_size = sizeof info};
        assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
        assert_int_equal(info.unreadable_cells, 0);
        msched_catalog_unref(catalog);
    }
    msched_catalog *catalog = catalog_of("#EXTM3U\n#EXTGENRE:House\n#EXTINF:200,Orson - Harbor\n"
                                         "a.mp3\n#EXTINF:187,Ida - Sea\nb.mp3\n");
    msched_entry entry = {.struct_size = sizeof entry};
    assert_int_equal(msched_catalog_get_entry(catalog, 0, &entry), MSCHED_OK);
    assert_string_equal(entry.genre, "House");
    assert_int_equal(msched_catalog_get_entry(catalog, 1, &entry), MSCHED_OK);
    assert_string_equal(entry.genre, "");
    msched_catalog_unref(catalog);
}

static void lines_are_those_of_the_file(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t line;
    } cases[] = {
        {"#EXTM3U\n#EXTINF:200,Orson - Harbor\na.mp3\n\n#EXTINF:1,Ida - Sea\nb.mp3\nRain.mp3\n", 7},
        {"<DJ_PLAYLISTS>\n<COLLECTION>\n<TRACK Name=\"Harbor &#10; two\" Artist=\"Orson\"/>\n"
         "\n<TRACK Name=\"Sea\" Artist=\"Ida\"/>\n<TRACK Name=\"Rain\"/>\n"
         "</COLLECTION></DJ_PLAYLISTS>",
         6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        msched_catalog *catalog = catalog_of(cases[i].text);
        msched_error reason;
        assert_int_equal(msched_catalog_skipped_get(catalog, 0, &reason), MSCHED_OK);
        assert_int_equal(reason.line, cases[i].line);
        msched_text *report = NULL;
        assert_int_equal(msched_catalog_report_to_text(catalog, &report, NULL), MSCHED_OK);
        assert_null(strstr(msched_text_data(report), "header")); /* a playlist has none */
        msched_text_unref(report);
        msched_catalog_unref(catalog);
    }
}

static void a_file_without_songs_is_refused(void **state)
{
    (void)state;
    msched_catalog *catalog = NULL;
    msched_error err = {0};
    assert_int_equal(read_file(&catalog, "[{\"foo\": \"Harbor\", \"bar\": \"Orson\"}]", NULL, &err),
                     MSCHED_ERROR_HEADER);
    assert_null(catalog);
    assert_non_null(strstr(err.message, "\"foo\", \"bar\""));
    assert_non_null(strstr(err.message, "set columns"));
    assert_int_equal(read_file(&catalog, "[[\"Harbor\"]]", NULL, &err), MSCHED_ERROR_VALUE);
    assert_non_null(strstr(err.message, "without songs; line 1: it is neither a text nor"));
}

static void memory_must_be_a_table(void **state)
{
    static const char *const texts[] = {records, "#EXTM3U\n#EXTINF:200,Orson - Harbor\na.mp3\n"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        msched_catalog *catalog = NULL;
        msched_error err = {0};
        assert_int_not_equal(
            msched_catalog_load_memory(&catalog, texts[i], strlen(texts[i]), NULL, &err),
            MSCHED_OK);
        assert_non_null(strstr(err.message, "named by its path: name "));
    }
}

/* `title` is the second song of the text. */
static int survives(const char *text, const char *title, long fail_at)
{
    failing memory = {.fail_at = fail_at};
    msched_allocator allocator = failing_allocator(&memory);
    msched_catalog *catalog = NULL;
    msched_track track = {.struct_size = sizeof track};
    msched_result result = read_file(&catalog, text, &allocator, NULL);
    if (result == MSCHED_OK) /* the first question makes columns, which needs memory, too */
        result = msched_catalog_get_track(catalog, 1, &track);
    assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
    assert_true(result == MSCHED_OK || memory.count >= fail_at);
    if (result == MSCHED_OK)
        expect_track(catalog, 1, title, "Ida", 200500, text == records ? 44 : -1);
    msched_catalog_unref(catalog);
    assert_int_equal(memory.live, 0);
    return memory.count >= fail_at;
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    static const char playlist[] =
        "<plist><dict><key>Tracks</key><dict><key>1</key><dict><key>Name</key><string>Harbor"
        "</string><key>Artist</key><string>Orson</string><key>Genre</key><string>House</string>"
        "</dict><key>2</key><dict><key>Name</key><string>Sea</string><key>Artist</key><string>Ida"
        "</string><key>Total Time</key><integer>200500</integer></dict></dict></dict></plist>";
    for (long n = 1; survives(records, "Say \"Sea\", then", n); n++)
        ;
    static const char *const frames[] = {
        "{\"title\": [\"Harbor\", \"Sea\"], \"artist\": [\"Orson\", \"Ida\"], \"time\": [200, "
        "200.5]}",
        "{\"columns\": [\"title\", \"artist\", \"time\"], \"data\": [[\"Harbor\", \"Orson\", 200], "
        "[\"Sea\", \"Ida\", 200.5]]}",
        "{\"0\": {\"title\": \"Harbor\", \"artist\": \"Orson\", \"time\": 200}, \"1\": "
        "{\"title\": \"Sea\", \"artist\": \"Ida\", \"time\": 200.5}}"};
    for (long n = 1; survives(playlist, "Sea", n); n++)
        ;
    for (size_t i = 0; i < sizeof frames / sizeof frames[0]; i++)
        for (long n = 1; survives(frames[i], "Sea", n); n++)
            ;
}

/* Objects with more members than the reader of JSON takes: a member for each row. */
static void memory_may_run_out_in_large_frames(void **state)
{
    static char rows[8192], columns[8192];
    size_t used = 0, names = 0;
    (void)state;
    for (int i = 0; i < 70; i++)
        used += (size_t)snprintf(rows + used, sizeof rows - used,
                                 "%s\"%d\": {\"title\": \"%s\\u0000\", \"artist\": \"%s\", "
                                 "\"time\": 200.5}",
                                 i == 0 ? "{" : ", ", i, i == 1 ? "Sea" : "Harbor",
                                 i == 1 ? "Ida" : "Orson");
    snprintf(rows + used, sizeof rows - used, "}");
    static const char *const keys[] = {"title", "artist", "time"};
    for (size_t k = 0; k < 3; k++) {
        names += (size_t)snprintf(columns + names, sizeof columns - names, "%s\"%s\": {",
                                  k == 0 ? "{" : ", ", keys[k]);
        for (int i = 0; i < 70; i++)
            names += (size_t)snprintf(columns + names, sizeof columns - names, "%s\"%d\": %s",
                                      i == 0 ? "" : ", ", i,
                                      k == 2   ? "200.5"
                                      : i != 1 ? "\"Harbor\""
                                      : k == 0 ? "\"Sea\""
                                               : "\"Ida\"");
        names += (size_t)snprintf(columns + names, sizeof columns - names, "}");
    }
    snprintf(columns + names, sizeof columns - names, "}");
    for (long n = 1; survives(rows, "Sea", n); n++)
        ;
    for (long n = 1; survives(columns, "Sea", n); n++)
        ;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_and_popularities_are_read),
        cmocka_unit_test(pages_of_services_are_read),
        cmocka_unit_test(pages_of_lastfm_are_read),
        cmocka_unit_test(a_data_set_may_have_more_songs_than_a_playlist),
        cmocka_unit_test(lists_are_read_without_their_markers),
        cmocka_unit_test(lists_are_read_however_they_are_typed),
        cmocka_unit_test(headings_and_quoted_titles_leave_the_rest),
        cmocka_unit_test(a_library_keeps_songs_that_are_in_no_playlist),
        cmocka_unit_test(genres_years_and_tempos_are_kept),
        cmocka_unit_test(lines_are_those_of_the_file),
        cmocka_unit_test(a_file_without_songs_is_refused),
        cmocka_unit_test(memory_must_be_a_table),
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(memory_may_run_out_in_large_frames),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
