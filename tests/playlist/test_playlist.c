/* Playlists of every form, and which songs of a catalog they mean. */
#include "../failing.h"
#include "../testing.h"

#include <musicsched/musicsched.h>

#include <stdio.h>

static const char songs_csv[] = "track_id,track_name,track_artist,track_popularity,duration_ms\n"
                                "4uLU6hMCjMI75M1A2tKUQC,Stone Garden,Ida Blue,50,201000\n"
                                "USRC17607839,\"Rain, in March\",The Cellos,70,187000\n"
                                "t3,Café del Mar - Remastered 2011,Orson,97,244000\n"
                                "t4,Harbor,Ida Blue,33,310000\n"
                                "t5,Harbor,Orson,44,310000\n"
                                "t6,Duet,Ingrid & ZAYN,20,180000\n";

static msched_catalog *make_catalog(void)
{
    msched_catalog *catalog = NULL;
    msched_error err;
    if (msched_catalog_load_memory(&catalog, songs_csv, sizeof songs_csv - 1, NULL, &err) !=
        MSCHED_OK)
        fail_msg("%s", err.message);
    return catalog;
}

static msched_playlist *read_text(const char *text)
{
    msched_playlist *playlist = NULL;
    msched_error err;
    if (msched_playlist_read(&playlist, text, strlen(text), NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return playlist;
}

static void expect_song(const msched_playlist *playlist, uint32_t index, const char *title,
                        const char *artist, uint64_t line)
{
    msched_playlist_song song = {.struct_size = sizeof song};
    assert_int_equal(msched_playlist_get_song(playlist, index, &song), MSCHED_OK);
    assert_string_equal(song.title, title);
    assert_string_equal(song.artist, artist);
    assert_int_equal(song.line, line);
}

static void expect_remark(const msched_playlist *playlist, uint32_t index, uint64_t line,
                          const char *part)
{
    uint64_t at = 0;
    const char *text = msched_playlist_get_remark(playlist, index, &at);
    assert_non_null(text);
    assert_int_equal(at, line);
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" has no \"%s\"", text, part);
}

/* What the catalog has for the song of a one-line list. */
static msched_playlist_hit look_up(const char *line)
{
    msched_catalog *catalog = make_catalog();
    msched_playlist *playlist = read_text(line);
    msched_playlist_match *match = NULL;
    msched_playlist_hit hit = {.struct_size = sizeof hit};
    assert_int_equal(msched_playlist_match_make(&match, playlist, catalog, NULL), MSCHED_OK);
    assert_int_equal(msched_playlist_match_get(match, 0, &hit), MSCHED_OK);
    assert_int_equal(msched_playlist_match_found_count(match), hit.found != MSCHED_FOUND_NONE);
    hit.candidates = NULL; /* they end with the match */
    msched_playlist_match_unref(match);
    msched_playlist_unref(playlist);
    msched_catalog_unref(catalog);
    return hit;
}

static void test_m3u(void **state)
{
    (void)state;
    msched_playlist *playlist = read_text("#EXTM3U\n#PLAYLIST:Running\n"
                                          "#EXTINF:201,Ida Blue - Stone Garden\n"
                                          "/music/01 - Stone Garden.mp3\n"
                                          "#EXTINF:-1 tvg-name=\"a, b\",Harbor\n"
                                          "https://radio.example/harbor\n"
                                          "C:\\Music\\02. Orson - Say Hi.FLAC\n"
                                          "#EXTINF:9,Anna-Li \xe2\x80\x93 Kite\nkite.mp3\n"
                                          "#EXTINF:5,Left - Alone\n");
    msched_playlist_song song = {.struct_size = sizeof song};
    assert_int_equal(msched_playlist_form(playlist), MSCHED_PLAYLIST_M3U);
    assert_string_equal(msched_playlist_name(playlist), "Running");
    assert_int_equal(msched_playlist_song_count(playlist), 4);
    expect_song(playlist, 3, "Kite", "Anna-Li", 8);
    expect_song(playlist, 0, "Stone Garden", "Ida Blue", 3);
    expect_song(playlist, 1, "Harbor", "", 5);
    expect_song(playlist, 2, "Orson - Say Hi", "", 7);
    msched_playlist_get_song(playlist, 0, &song);
    assert_int_equal(song.duration_ms, 201000);
    assert_string_equal(song.link, "/music/01 - Stone Garden.mp3");
    assert_int_equal(msched_playlist_remark_count(playlist), 1);
    expect_remark(playlist, 0, 10, "no file after it");
    msched_playlist_unref(playlist);
}

/* A number at the beginning of a file's name is that of a track if other files show it. */
static void test_numbers_of_files(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *titles[4];
    } cases[] = {
        {"/m/50 Cent - In Da Club.mp3\n", {"50 Cent - In Da Club"}},
        {"/m/21 Savage - a lot.mp3\n/m/50 Cent - Hate It.mp3\n/m/Ida - Sea.mp3\n",
         {"21 Savage - a lot", "50 Cent - Hate It", "Ida - Sea"}},
        {"/m/50 Cent - A.mp3\n/m/50 Cent - B.mp3\n/m/98 Degrees - C.mp3\n",
         {"50 Cent - A", "50 Cent - B", "98 Degrees - C"}},
        {"/m/10 Harbor.mp3\n/m/11 Sea.mp3\n/n/50 Cent - In Da Club.mp3\n",
         {"Harbor", "Sea", "50 Cent - In Da Club"}},
        {"/m/09 Harbor.mp3\n/m/10 Sea.mp3\n", {"Harbor", "Sea"}},
        {"/m/07 Harbor.mp3\n/n/12 Sea.mp3\n/o/03 Rain.mp3\n", {"Harbor", "Sea", "Rain"}},
        {"/m/01 Harbor.mp3\n/m/12. Sea.mp3\n/m/14 - Rain.mp3\n/m/99-Sun.mp3\n",
         {"Harbor", "Sea", "Rain", "Sun"}},
        {"/m/5 Seconds of Summer - Ghost.mp3\n/m/1984.mp3\n",
         {"5 Seconds of Summer - Ghost", "1984"}},
        {"A/12 Harbor.mp3\nB/03 Intro.mp3\nC/Song 2.mp3\nD/11 In Da Club.mp3\n",
         {"Harbor", "Intro", "Song 2", "In Da Club"}},
        {"12 Harbor.mp3\n14 Intro.mp3\n", {"Harbor", "Intro"}},
        {"12 Orson - Harbor.mp3\n14 Foo - Intro.mp3\nBlur - Song 2.mp3\n",
         {"Orson - Harbor", "Foo - Intro", "Blur - Song 2"}},
        {"/m/21 Savage - A.mp3\n/m/21 Savage - B.mp3\n/m/21 Savage - C.mp3\n",
         {"21 Savage - A", "21 Savage - B", "21 Savage - C"}},
        {"/m/03 Sea.mp3\n/m/50 Cent - A.mp3\n/m/Rain.mp3\n", {"Sea", "50 Cent - A", "Rain"}},
        /* nothing is left without the number */
        {"/m/12 .mp3\n/m/14 Sea.mp3\n", {"12", "14 Sea"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        msched_playlist *playlist = read_text(cases[i].text);
        for (uint32_t k = 0; k < 4 && cases[i].titles[k] != NULL; k++)
            expect_song(playlist, k, cases[i].titles[k], "", k + 1);
        msched_playlist_unref(playlist);
    }
}

/* #EXTINF and #EXTVDJ about one song, in any order. */
static void test_comments_about_one_song(void **state)
{
    (void)state;
    static const char tags[] = "#EXTVDJ:<artist>Orson</artist><title>Harbor</title>"
                               "<songlength>201</songlength>\n";
    static const struct {
        const char *before, *comment, *after, *title, *artist;
    } cases[] = {
        {"#EXTINF:201,Orson - Harbor\n", "#EXTVDJ:<title>Harbor</title>\n", "", "Harbor", "Orson"},
        {"#EXTINF:201,Orson - Harbor\n", "#EXTVDJ:<title>Orson - Harbor</title>\n", "", "Harbor",
         "Orson"},
        {"#EXTART:Orson\n#EXTINF:201,Harbor\n", "#EXTVDJ:<title>Harbor</title>\n", "", "Harbor",
         "Orson"},
        {"#EXTINF:201,file 7\n", "#EXTVDJ:<title>Harbor</title>\n", "", "Harbor", ""},
        {"#EXTINF:201,Foo - Intro\n", tags, "", "Harbor", "Orson"},
        {"", tags, "#EXTINF:201,Orson - Harbor\n", "Harbor", "Orson"},
        {"", tags, "#EXTINF:201,Foo - Intro\n", "Intro", "Foo"},
        {"", tags, "#EXTINF:-1,Harbor\n", "Harbor", "Orson"},
        {"", tags, "#EXTINF:-1\n", "Harbor", "Orson"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[400];
        snprintf(text, sizeof text, "#EXTM3U\n%s%s%sa.mp3\nb.mp3\n", cases[i].before,
                 cases[i].comment, cases[i].after);
        msched_playlist *playlist = read_text(text);
        msched_playlist_song song = {.struct_size = sizeof song};
        assert_int_equal(msched_playlist_get_song(playlist, 0, &song), MSCHED_OK);
        assert_string_equal(song.title, cases[i].title);
        assert_string_equal(song.artist, cases[i].artist);
        assert_int_equal(song.duration_ms, 201000);
        assert_int_equal(msched_playlist_get_song(playlist, 1, &song), MSCHED_OK);
        assert_string_equal(song.title, "b");
        msched_playlist_unref(playlist);
    }
    msched_playlist *playlist = read_text("#EXTM3U\na.mp3\n#EXTVDJ:<title>Harbor</title>\n");
    expect_remark(playlist, 0, 3, "#EXTVDJ has no file after it");
    msched_playlist_unref(playlist);
}

static void test_task_list(void **state)
{
    (void)state;
    msched_playlist *playlist = read_text("- [ ] Harbor - Orson\n[x] Rain - Orson\n> Sun - Orson\n"
                                          "* [X] Fog - Orson\n[Intro] - Orson\n");
    assert_int_equal(msched_playlist_song_count(playlist), 5);
    expect_song(playlist, 0, "Harbor - Orson", "", 1);
    expect_song(playlist, 1, "Rain - Orson", "", 2);
    expect_song(playlist, 2, "Sun - Orson", "", 3);
    expect_song(playlist, 3, "Fog - Orson", "", 4);
    expect_song(playlist, 4, "[Intro] - Orson", "", 5);
    msched_playlist_unref(playlist);
}

static void test_windows_1252(void **state)
{
    (void)state;
    msched_playlist *playlist = read_text("Caf\xE9 \x96 Orson\r\n");
    expect_song(playlist, 0, "Café – Orson", "", 1);
    expect_remark(playlist, 0, 0, "Windows-1252");
    msched_playlist_unref(playlist);
}

static void test_xspf(void **state)
{
    (void)state;
    if (!msched_playlist_can_read_xml())
        skip();
    msched_playlist *playlist = read_text(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<playlist version=\"1\" xmlns=\"http://xspf.org/ns/0/\"><title>Mix</title>\n"
        "<trackList><track><title>Stone &amp; Garden</title><creator>Ida Blue</creator>\n"
        "<duration>201000</duration></track>\n"
        "<track><location>file:///m/03%20Caf%C3%A9.ogg</location></track>\n"
        "<track><annotation>nothing</annotation></track></trackList></playlist>\n");
    assert_int_equal(msched_playlist_form(playlist), MSCHED_PLAYLIST_XSPF);
    assert_string_equal(msched_playlist_name(playlist), "Mix");
    assert_int_equal(msched_playlist_song_count(playlist), 2);
    expect_song(playlist, 0, "Stone & Garden", "Ida Blue", 3);
    expect_song(playlist, 1, "Café", "", 5);
    expect_remark(playlist, 0, 6, "neither a title nor");
    msched_playlist_unref(playlist);
}

static const char itunes[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple Computer//DTD "
    "PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
    "<plist version=\"1.0\"><dict><key>Major Version</key><integer>1</integer>\n"
    "<key>Tracks</key><dict>\n"
    "<key>7</key><dict><key>Track ID</key><integer>7</integer><key>Name</key><string>Harbor"
    "</string><key>Artist</key><string>Orson</string><key>Total Time</key><integer>310000"
    "</integer></dict>\n"
    "<key>8</key><dict><key>Track ID</key><integer>8</integer><key>Name</key><string>Talk"
    "</string><key>Podcast</key><true/></dict>\n"
    "<key>9</key><dict><key>Track ID</key><integer>9</integer><key>Name</key><string>Stone Garden"
    "</string><key>Artist</key><string>Ida Blue</string></dict>\n</dict>\n"
    "<key>Playlists</key><array>\n"
    "<dict><key>Name</key><string>Library</string><key>Master</key><true/><key>Playlist Items"
    "</key><array><dict><key>Track ID</key><integer>7</integer></dict></array></dict>\n"
    "<dict><key>Name</key><string>Mine</string><key>Playlist Items</key><array>\n"
    "<dict><key>Track ID</key><integer>9</integer></dict>\n"
    "<dict><key>Track ID</key><integer>8</integer></dict>\n"
    "<dict><key>Track ID</key><integer>7</integer></dict>\n"
    "<dict><key>Track ID</key><integer>99</integer></dict></array></dict>\n"
    "</array></dict></plist>\n";

static void test_itunes(void **state)
{
    (void)state;
    if (!msched_playlist_can_read_xml())
        skip();
    msched_playlist *playlist = read_text(itunes);
    assert_int_equal(msched_playlist_form(playlist), MSCHED_PLAYLIST_ITUNES);
    assert_int_equal(msched_playlist_song_count(playlist), 2);
    expect_song(playlist, 0, "Stone Garden", "Ida Blue", 7);
    expect_song(playlist, 1, "Harbor", "Orson", 5);
    assert_int_equal(msched_playlist_remark_count(playlist), 2);
    expect_remark(playlist, 0, 6, "\"Talk\" is left out");
    expect_remark(playlist, 1, 0, "track 99 of \"Mine\"");
    msched_playlist_unref(playlist);
}

static const char account[] =
    "{\"playlists\": [{\"name\": \"Run\", \"items\": [\n"
    "{\"track\": {\"trackName\": \"Harbor\", \"artistName\": \"Orson\", \"albumName\": \"Sea\", "
    "\"trackUri\": \"spotify:track:abc\"}, \"episode\": null, \"localTrack\": null},\n"
    "{\"track\": null, \"episode\": {\"episodeName\": \"News\"}, \"localTrack\": null},\n"
    "{\"track\": null, \"episode\": null, \"localTrack\": {\"uri\": "
    "\"spotify:local:Ida+Blue:Al%C3%A9:Stone+Garden:201\"}}]},\n"
    "{\"name\": \"Calm\", \"items\": [{\"track\": {\"trackName\": \"Rain\", \"artistName\": \"X\"}}"
    "]}]}";

static void test_spotify(void **state)
{
    (void)state;
    msched_playlist *playlist = read_text(account);
    msched_playlist_song song = {.struct_size = sizeof song};
    assert_int_equal(msched_playlist_form(playlist), MSCHED_PLAYLIST_SPOTIFY_EXPORT);
    assert_int_equal(msched_playlist_song_count(playlist), 3);
    expect_song(playlist, 0, "Harbor", "Orson", 2);
    expect_song(playlist, 1, "Stone Garden", "Ida Blue", 4);
    expect_remark(playlist, 0, 3, "an episode is left out");
    msched_playlist_get_song(playlist, 0, &song);
    assert_string_equal(song.id, "abc");
    assert_string_equal(song.list, "Run");
    msched_playlist_get_song(playlist, 1, &song);
    assert_int_equal(song.duration_ms, 201000);
    assert_string_equal(song.album, "Alé");
    msched_playlist_unref(playlist);

    playlist = read_text("{\"tracks\": [{\"artist\": \"Orson\", \"album\": \"Sea\", \"track\": "
                         "\"Harbor\", \"uri\": \"spotify:track:abc\"}], \"albums\": [{}]}");
    assert_int_equal(msched_playlist_form(playlist), MSCHED_PLAYLIST_SPOTIFY_LIBRARY);
    expect_song(playlist, 0, "Harbor", "Orson", 1);
    expect_remark(playlist, 0, 1, "\"albums\" (1) is left out");
    msched_playlist_unref(playlist);

    playlist = read_text("{\"items\": [{\"added_at\": \"\", \"track\": {\"name\": \"Duet\", "
                         "\"artists\": [{\"name\": \"Ingrid\"}, {\"name\": \"ZAYN\"}], \"album\": "
                         "{\"name\": \"Two\"}, \"duration_ms\": 180000, \"external_ids\": "
                         "{\"isrc\": \"GBAYE0601498\"}, \"uri\": \"spotify:track:d\"}}, "
                         "{\"track\": null}],\n\"next\": \"https://api.spotify.com/v1/p?o=1\"}");
    assert_int_equal(msched_playlist_form(playlist), MSCHED_PLAYLIST_SPOTIFY_API);
    expect_song(playlist, 0, "Duet", "Ingrid, ZAYN", 1);
    msched_playlist_get_song(playlist, 0, &song);
    assert_string_equal(song.isrc, "GBAYE0601498");
    assert_string_equal(song.album, "Two");
    assert_int_equal(song.duration_ms, 180000);
    expect_remark(playlist, 0, 1, "no longer on Spotify");
    expect_remark(playlist, 1, 2, "continues at");
    msched_playlist_unref(playlist);
}

static void test_other_json(void **state)
{
    (void)state;
    msched_playlist *playlist = read_text(
        "{\"playlist\": {\"title\": \"J\", \"track\": [{\"title\": \"Harbor\", \"creator\": "
        "\"Orson\", \"location\": [\"https://open.spotify.com/track/abc?si=1\"]}]}}");
    msched_playlist_song song = {.struct_size = sizeof song};
    assert_int_equal(msched_playlist_form(playlist), MSCHED_PLAYLIST_JSPF);
    assert_string_equal(msched_playlist_name(playlist), "J");
    msched_playlist_get_song(playlist, 0, &song);
    assert_string_equal(song.id, "abc");
    msched_playlist_unref(playlist);

    playlist = read_text("[\"Harbor - Orson\", {\"title\": \"Duet\", \"artist\": \"ZAYN\"}, 7]");
    assert_int_equal(msched_playlist_form(playlist), MSCHED_PLAYLIST_JSON);
    expect_song(playlist, 0, "Harbor - Orson", "", 1);
    expect_song(playlist, 1, "Duet", "ZAYN", 1);
    expect_remark(playlist, 0, 1, "neither a text nor an object");
    msched_playlist_unref(playlist);

    /* keys as of a table, and seconds */
    playlist = read_text("[{\"Track Name\": \"Duet\", \"ARTIST\": \"ZAYN\", \"duration\": 200}]");
    expect_song(playlist, 0, "Duet", "ZAYN", 1);
    msched_playlist_get_song(playlist, 0, &song);
    assert_int_equal(song.duration_ms, 200000);
    msched_playlist_unref(playlist);
}

static void test_table(void **state)
{
    (void)state;
    msched_playlist *playlist = read_text("Track URI,Track Name,Artist Name(s),Duration (ms)\n"
                                          "spotify:track:abc,Harbor,Orson,310000\n");
    msched_playlist_song song = {.struct_size = sizeof song};
    assert_int_equal(msched_playlist_form(playlist), MSCHED_PLAYLIST_TABLE);
    assert_int_equal(msched_playlist_get_song(playlist, 0, &song), MSCHED_OK);
    assert_string_equal(song.title, "Harbor");
    assert_string_equal(song.id, "abc");
    msched_playlist_unref(playlist);
}

static void test_only(void **state)
{
    (void)state;
    msched_playlist_options options;
    msched_playlist *playlist = NULL;
    msched_error err;
    msched_playlist_options_init(&options, sizeof options);
    options.only = "Calm";
    assert_int_equal(msched_playlist_read(&playlist, account, sizeof account - 1, &options, &err),
                     MSCHED_OK);
    assert_int_equal(msched_playlist_song_count(playlist), 1);
    expect_song(playlist, 0, "Rain", "X", 5);
    msched_playlist_unref(playlist);
    options.only = "Party";
    assert_int_equal(msched_playlist_read(&playlist, account, sizeof account - 1, &options, &err),
                     MSCHED_ERROR_NOT_FOUND);
    assert_non_null(strstr(err.message, "\"Run\", \"Calm\""));
    assert_null(playlist);
}

static void expect_refused(const char *text, msched_result result, const char *part)
{
    msched_playlist *playlist = NULL;
    msched_error err;
    assert_int_equal(msched_playlist_read(&playlist, text, strlen(text), NULL, &err), result);
    assert_null(playlist);
    if (strstr(err.message, part) == NULL)
        fail_msg("\"%s\" has no \"%s\"", err.message, part);
}

static void test_refused(void **state)
{
    (void)state;
    expect_refused(" \n", MSCHED_ERROR_SYNTAX, "empty");
    expect_refused("{\"a\": 1}", MSCHED_ERROR_SYNTAX, "has no playlist");
    expect_refused("{\"playlists\": [", MSCHED_ERROR_SYNTAX, "not valid JSON");
    expect_refused("[{\"endTime\": \"2024-01-01 00:00\"}]", MSCHED_ERROR_SYNTAX, "history");
    expect_refused("version https://git-lfs.github.com/spec/v1\n", MSCHED_ERROR_SYNTAX, "LFS");
    if (!msched_playlist_can_read_xml())
        return;
    expect_refused("<html><body></body></html>", MSCHED_ERROR_SYNTAX, "a web page (HTML)");
    expect_refused("<playlist><trackList>", MSCHED_ERROR_SYNTAX, "not valid XML");
    expect_refused("<!DOCTYPE x [<!ENTITY a \"b\">]><playlist>&a;</playlist>", MSCHED_ERROR_SYNTAX,
                   "declares entities");
}

static void test_ways_of_being_found(void **state)
{
    static const struct {
        const char *line;
        uint32_t found, track;
    } cases[] = {
        {"spotify:track:4uLU6hMCjMI75M1A2tKUQC", MSCHED_FOUND_ID, 0},
        {"https://open.spotify.com/intl-de/track/4uLU6hMCjMI75M1A2tKUQC?si=x", MSCHED_FOUND_ID, 0},
        {"[{\"title\": \"x\", \"isrc\": \"USRC17607839\"}]", MSCHED_FOUND_ID, 1},
        {"3. stone garden - IDA BLUE", MSCHED_FOUND_EXACT, 0},
        {"The Cellos - Rain, in March", MSCHED_FOUND_EXACT, 1},
        {"Stone Garden", MSCHED_FOUND_TITLE, 0},
        {"Harbor", MSCHED_FOUND_TITLE, 4}, /* the more popular one */
        {"Stone Garden (feat. Orson) [Official Video] - Ida Blue", MSCHED_FOUND_CLOSE, 0},
        {"Orson - Cafe Del Mar", MSCHED_FOUND_CLOSE, 2},
        {"Duet - ZAYN", MSCHED_FOUND_CLOSE, 5},
        {"Stone Garden (Live) - Ida Blue", MSCHED_FOUND_NONE, UINT32_MAX},
        {"Stone Garden - Orson", MSCHED_FOUND_NONE, UINT32_MAX},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        msched_playlist_hit hit = look_up(cases[i].line);
        if (hit.found != cases[i].found || hit.track != cases[i].track)
            fail_msg("%s: %s, track %d", cases[i].line, msched_playlist_found_name(hit.found),
                     (int)hit.track);
        if (cases[i].found == MSCHED_FOUND_NONE)
            assert_true(hit.candidate_count > 0);
    }
    assert_int_equal(look_up("Harbor").candidate_count, 1);
}

static msched_plan *make_plan(const msched_catalog *catalog, const char *text)
{
    msched_plan *plan = NULL;
    assert_int_equal(msched_plan_parse_text(&plan, NULL, text, strlen(text), catalog, NULL, NULL),
                     MSCHED_OK);
    return plan;
}

static void test_plan(void **state)
{
    (void)state;
    msched_catalog *catalog = make_catalog();
    msched_plan *plan = make_plan(catalog, "date: 2026-11-24\n\xE2\x99\xAA Stone Garden\n");
    msched_plan *with = NULL;
    msched_playlist *playlist = read_text("Duet - Ingrid & ZAYN\nStone Garden - Ida Blue\n"
                                          "No such song\nDuet - ZAYN\nHarbor - Orson\n");
    msched_playlist_match *match = NULL;
    msched_playlist_use use;
    msched_song song = {.struct_size = sizeof song};
    msched_text *json = NULL;
    uint32_t added = 0;
    assert_int_equal(msched_playlist_match_make(&match, playlist, catalog, NULL), MSCHED_OK);
    msched_playlist_use_init(&use, sizeof use);
    use.must = 1;
    assert_int_equal(msched_plan_add_playlist(&with, plan, match, &use, &added, NULL), MSCHED_OK);
    assert_int_equal(added, 2);
    assert_int_equal(msched_plan_song_count(with), 3);
    assert_int_equal(msched_plan_get_song(with, 1, &song), MSCHED_OK);
    assert_string_equal(song.track_id, "t6");
    assert_int_equal(song.must, 1);
    assert_int_equal(msched_plan_get_song(with, 2, &song), MSCHED_OK);
    assert_string_equal(song.track_id, "t5");
    assert_int_equal(msched_plan_to_json(with, &json, NULL), MSCHED_OK);
    msched_text_unref(json);
    msched_plan_unref(with);
    use.limit = 1;
    assert_int_equal(msched_plan_add_playlist(&with, plan, match, &use, &added, NULL), MSCHED_OK);
    assert_int_equal(added, 1);
    msched_plan_unref(with);
    assert_int_equal(msched_playlist_match_to_json(match, &json, NULL), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(json), "\"found\": 4, \"missing\": 1"));
    msched_text_unref(json);
    msched_playlist_match_unref(match);
    msched_playlist_unref(playlist);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

static int survive(msched_catalog *catalog, msched_plan *plan, const char *text, long fail_at)
{
    failing memory = {.fail_at = fail_at};
    msched_allocator allocator = failing_allocator(&memory);
    msched_playlist_options options;
    msched_playlist *playlist = NULL;
    msched_playlist_match *match = NULL;
    msched_plan *with = NULL;
    msched_text *json = NULL;
    msched_playlist_options_init(&options, sizeof options);
    options.allocator = &allocator;
    msched_result result = msched_playlist_read(&playlist, text, strlen(text), &options, NULL);
    if (result == MSCHED_OK)
        result = msched_playlist_match_make(&match, playlist, catalog, NULL);
    if (result == MSCHED_OK)
        result = msched_playlist_match_to_json(match, &json, NULL);
    if (result == MSCHED_OK)
        result = msched_plan_add_playlist(&with, plan, match, NULL, NULL, NULL);
    assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
    assert_true(result == MSCHED_OK || memory.count >= fail_at);
    msched_plan_unref(with);
    msched_text_unref(json);
    msched_playlist_match_unref(match);
    msched_playlist_unref(playlist);
    assert_int_equal(memory.live, 0);
    return memory.count >= fail_at;
}

static void test_failing_memory(void **state)
{
    static const char *const texts[] = {
        account,
        itunes,
        "#EXTM3U\n#PLAYLIST:R\n#EXTINF:1,Orson - Harbor\na.mp3\n",
        "Track URI,Track Name,Artist Name(s)\nspotify:track:abc,Harbor,Orson\n",
        "Caf\xE9 - Orson\nStone Garden (feat. X) - Ida Blue\nnothing like it\n",
        "{\"title\": \"Harbor\", \"artist\": \"Orson\"}\n{\"title\": \"Say Hi\"}\n",
        "[playlist]\nFile1=a.mp3\nTitle1=Orson - Harbor\nFile2=b.mp3\n",
        "Harbor by Orson\nIda Blue - [Coast #01] Stone Garden\nOrson: Harbor\n=====\n",
        "<NML><COLLECTION><ENTRY TITLE='Harbor' ARTIST='Orson'><INFO PLAYTIME='187'/></ENTRY>"
        "</COLLECTION></NML>",
        "<playlist><title>T</title><trackList><track><title>Harbor</title></track></trackList>"
        "</playlist>"};
    (void)state;
    msched_catalog *catalog = make_catalog();
    msched_plan *plan = make_plan(catalog, "date: 2026-11-24\n\xE2\x99\xAA Stone Garden\n");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        for (long n = 1; (texts[i][0] != '<' || msched_playlist_can_read_xml()) &&
                         survive(catalog, plan, texts[i], n);
             n++)
            ;
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_m3u),
        cmocka_unit_test(test_numbers_of_files),
        cmocka_unit_test(test_comments_about_one_song),
        cmocka_unit_test(test_task_list),
        cmocka_unit_test(test_windows_1252),
        cmocka_unit_test(test_xspf),
        cmocka_unit_test(test_itunes),
        cmocka_unit_test(test_spotify),
        cmocka_unit_test(test_other_json),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_only),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_ways_of_being_found),
        cmocka_unit_test(test_plan),
        cmocka_unit_test(test_failing_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
