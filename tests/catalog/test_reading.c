/*
 * Song files as people have them: what is read, what is unknown, what is refused, and that every
 * allocation may fail.
 */
#include "../failing.h"
#include "../testing.h"

#include <math.h>
#include <stdio.h>

#include <musicsched/catalog.h>

#define HEADER "track_id,track_name,track_artist,track_popularity,duration_ms"

static msched_catalog *load_bytes(const void *data, size_t size)
{
    msched_catalog *catalog = NULL;
    msched_error err = {0};
    if (msched_catalog_load_memory(&catalog, data, size, NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return catalog;
}

static msched_catalog *load(const char *csv)
{
    return load_bytes(csv, strlen(csv));
}

static msched_track track(const msched_catalog *catalog, uint32_t index)
{
    msched_track out = {.struct_size = sizeof out};
    assert_int_equal(msched_catalog_get_track(catalog, index, &out), MSCHED_OK);
    return out;
}

/* The first track of a file of one row whose last column is what is tested. */
static msched_track with_cell(const char *column, const char *cell, msched_catalog **catalog)
{
    char csv[300];
    snprintf(csv, sizeof csv, HEADER ",%s\nid1,Song,Band,50,200000,%s\n", column, cell);
    *catalog = load(csv);
    return track(*catalog, 0);
}

static void headers_of_public_files_are_known(void **state)
{
    (void)state;
    static const char *const headers[] = {
        "Track URI,Track Name,Artist Name(s),Popularity,Duration (ms)",
        "\"Track-URI\",\"Track-Name\",\"K\xC3\xBCnstlername(n)\",\"Beliebtheit\",\"Track-Dauer "
        "(ms)\"",
        "spotify_track_id,song,performer,spotify_track_popularity,spotify_track_duration_ms",
        "id;name;artists;popularity;duration_ms",
        "TRACK_ID\tTRACK_NAME\tTRACK_ARTIST\tTRACK_POPULARITY\tDURATION_MS",
        "track.id|track.name|track.artists|track.popularity|track.duration_ms",
        "id,제목,가수,인기도,재생시간 (ms)",
        "id,ชื่อเพลง,ศิลปิน,ความนิยม,ความยาว (ms)",
        "Track_Id,Track_Name,Artist_1_Name,Track_Popularity,duration_ms",
    };
    static const char delimiters[] = ",,,;\t|,,,";
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        char csv[400];
        const char d = delimiters[i];
        snprintf(csv, sizeof csv, "%s\nspotify:track:id1%cSong%cBand%c50%c200000\n", headers[i], d,
                 d, d, d);
        msched_catalog *catalog = load(csv);
        const msched_track t = track(catalog, 0);
        assert_string_equal(t.id, "id1");
        assert_string_equal(t.name, "Song");
        assert_string_equal(t.artist, "Band");
        assert_int_equal(t.popularity, 50);
        assert_int_equal(t.duration_ms, 200000);
        msched_catalog_unref(catalog);
    }
}

static void cells_are_read_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *column, *cell;
        uint32_t feature;
        double value;
    } cases[] = {
        {"key", "C#", MSCHED_FEATURE_KEY, 1},
        {"key", "Bb minor", MSCHED_FEATURE_KEY, 10},
        {"key", "-1", MSCHED_FEATURE_KEY, NAN},
        {"mode", "Major", MSCHED_FEATURE_MODE, 1},
        {"energy", "None", MSCHED_FEATURE_ENERGY, NAN},
        {"energy", "71%", MSCHED_FEATURE_ENERGY, 0.71},
        {"energy", "71", MSCHED_FEATURE_ENERGY, 0.71},
        {"energy_%", "71", MSCHED_FEATURE_ENERGY, 0.71},
        {"energy_percentage_value", "71", MSCHED_FEATURE_ENERGY, 0.71},
        {"energy_pct", "71", MSCHED_FEATURE_ENERGY, 0.71},
        {"tempo", "-1", MSCHED_FEATURE_TEMPO, NAN},
        {"tempo", "\"120,5\"", MSCHED_FEATURE_TEMPO, 120.5},
        {"tempo", "\"122,036\"", MSCHED_FEATURE_TEMPO, 122.036},
        {"loudness", "\"-2,634\"", MSCHED_FEATURE_LOUDNESS, -2.634},
        {"loudness", "-5.4 dB", MSCHED_FEATURE_LOUDNESS, -5.4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        msched_catalog *catalog;
        const msched_track t = with_cell(cases[i].column, cases[i].cell, &catalog);
        const double got = t.feature[cases[i].feature];
        if (isnan(cases[i].value) ? !isnan(got) : got != cases[i].value)
            fail_msg("%s of %s is %g", cases[i].column, cases[i].cell, got);
        msched_catalog_unref(catalog);
    }
}

static void dates_are_known_as_far_as_they_are_certain(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        int32_t year;
        uint32_t month, day;
    } cases[] = {{"2019-06-14 00:00:00", 2019, 6, 14},
                 {"6/14/2019", 2019, 6, 14},
                 {"14.06.2019", 2019, 6, 14},
                 {"05/06/2019", 2019, 0, 0},
                 {"2019-00-00", 2019, 0, 0},
                 {"0000", 0, 0, 0},
                 {"2019-02-30", 0, 0, 0},
                 {"1999.0", 1999, 0, 0},
                 {"\"June 14, 2019\"", 2019, 6, 14}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        msched_catalog *catalog;
        const msched_track t = with_cell("release_date", cases[i].cell, &catalog);
        if (t.release_year != cases[i].year || t.release_month != cases[i].month ||
            t.release_day != cases[i].day)
            fail_msg("%s is %d-%u-%u", cases[i].cell, (int)t.release_year,
                     (unsigned)t.release_month, (unsigned)t.release_day);
        msched_catalog_unref(catalog);
    }
    /* a date that leaves no doubt decides for the whole column */
    msched_catalog *catalog = load("title,artist,release_date\nA,X,05/06/2019\nB,X,25/12/2018\n");
    assert_int_equal(track(catalog, 0).release_month, 6);
    assert_int_equal(track(catalog, 0).release_day, 5);
    msched_catalog_unref(catalog);
}

static void lengths_have_the_unit_of_the_column(void **state)
{
    (void)state;
    static const struct {
        const char *column, *cell;
        uint32_t ms;
    } cases[] = {{"length", "201", 201000},
                 {"Duration (ms)", "201", 201000},
                 {"duration", "3:27", 207000},
                 {"duration", "0:04:04", 244000},
                 {"length", "1899-12-30 00:03:25", 205000},
                 {"length", "12:03:25 AM", 205000},
                 {"length", "\"1,412\"", 1412000},
                 {"duration_ms", "2.0e5", 200000},
                 {"duration_min", "3.5", 210000},
                 {"duration", "200000", 200000},
                 {"Minutes", "3:27", 207000},
                 {"seconds", "207", 207000},
                 {"duration_ms", "0", 0},
                 {"duration", "soon", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char csv[200];
        snprintf(csv, sizeof csv, "title,artist,%s\nSong,Band,%s\n", cases[i].column,
                 cases[i].cell);
        msched_catalog *catalog = load(csv);
        assert_int_equal(track(catalog, 0).duration_ms, cases[i].ms);
        assert_int_equal(track(catalog, 0).popularity, -1);
        msched_catalog_unref(catalog);
    }
}

/* The lengths of the first two songs, and what the report says. */
static void expect_lengths(const char *csv, const uint32_t ms[2], const char *note)
{
    msched_catalog *catalog = load(csv);
    msched_text *report = NULL;
    assert_int_equal(track(catalog, 0).duration_ms, ms[0]);
    assert_int_equal(track(catalog, 1).duration_ms, ms[1]);
    assert_int_equal(msched_catalog_report_to_text(catalog, &report, NULL), MSCHED_OK);
    if (strstr(msched_text_data(report), note) == NULL)
        fail_msg("%s", msched_text_data(report));
    msched_text_unref(report);
    msched_catalog_unref(catalog);
}

static void lengths_that_spreadsheets_changed_are_read(void **state)
{
    (void)state;
    static const char *const files[] = {
        /* 3:21 taken for hours and minutes, and as part of a day */
        "title,artist,length\nA,X,03:21:00\nB,X,04:00:00\nC,X,00:59:00\nD,X,2:05:00\n"
        "E,X,03:07:00\nF,X,03:08:00\nG,X,03:09:00\nH,X,03:10:00\nI,X,03:11:00\nJ,X,03:12:00\n",
        "title,artist,length\nA,X,0.0023263889\nB,X,0.0027777778\n",
        "title;artist;length\nA;X;0,0023263889\nB;X;0,0027777778\n"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        msched_catalog *catalog = load(files[i]);
        assert_int_equal(track(catalog, 0).duration_ms, 201000);
        assert_int_equal(track(catalog, 1).duration_ms, 240000);
        msched_catalog_unref(catalog);
    }
    /* a mix among a few or many of such songs has its own length */
    for (int songs = 3; songs < 12; songs += 2) {
        char csv[600];
        size_t used = (size_t)snprintf(csv, sizeof csv, "title,artist,length\nMix,Q,1:02:03\n");
        for (int i = 0; i < songs; i++)
            used += (size_t)snprintf(csv + used, sizeof csv - used, "S%d,X,%d:21:00\n", i, i + 3);
        expect_lengths(csv, (const uint32_t[]){3723000, 201000},
                       "read as they are written: 1, the first of them 1:02:03");
    }
    /* a text among them has no hours; shows, and a column of both, are not changed */
    expect_lengths("title,artist,length\nA,X,3:21:00\nB,X,4:00\nC,X,3:07:00\nD,X,4:12:00\n",
                   (const uint32_t[]){201000, 240000}, "the first of them 0:04:00");
    expect_lengths("title,artist,length\nA,X,1:00:00\nB,X,1:30:00\nC,X,2:00:00\nD,X,1:02:03\n",
                   (const uint32_t[]){3600000, 5400000}, "3; if a spreadsheet made them");
    expect_lengths("title,artist,length\nA,X,1:32:00\nB,X,2:05:00\nC,X,1:47:00\nD,X,0:58:12\n",
                   (const uint32_t[]){5520000, 7500000}, "3; if a spreadsheet made them");
    expect_lengths("title,artist,length\nA,X,3:21:00\nB,X,1:02:03\nC,X,2:05:00\nD,X,1:15:37\n"
                   "E,X,3:07:00\n",
                   (const uint32_t[]){12060000, 3723000}, "3; if a spreadsheet made them");
    /* mixes of more than an hour stay what they are */
    msched_catalog *catalog = load("title,artist,length\nA,X,1:02:00\nB,X,1:15:37\nC,X,0:58:12\n");
    assert_int_equal(track(catalog, 0).duration_ms, 3720000);
    msched_catalog_unref(catalog);
}

static void a_header_that_is_repeated_is_no_song(void **state)
{
    (void)state;
    msched_catalog *catalog = load("title,artist\nA,X\ntitle,artist\nB,Y\nTitle,Artist\n");
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_error reason;
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    assert_int_equal(info.tracks, 3);
    assert_int_equal(info.rows_skipped, 1);
    assert_int_equal(msched_catalog_skipped_get(catalog, 0, &reason), MSCHED_OK);
    assert_string_equal(reason.message, "<memory>:3: the header is repeated here");
    msched_catalog_unref(catalog);
}

/* Load two songs and a third row; whether the third is left out. */
static int is_left_out(const char *row)
{
    static const char songs[] = "Id,Title,Artist,Length\n1,Harbor,Orson,3:01\n2,Rain,Ida,2:20\n";
    char csv[400];
    msched_error reason;
    msched_catalog_info info = {.struct_size = sizeof info};
    snprintf(csv, sizeof csv, "%s%s\n", songs, row);
    msched_catalog *catalog = load(csv);
    msched_catalog_get_info(catalog, &info);
    assert_int_equal(info.entries + info.rows_skipped, 3);
    if (info.rows_skipped == 1) {
        assert_int_equal(msched_catalog_skipped_get(catalog, 0, &reason), MSCHED_OK);
        assert_int_equal(reason.line, 4);
        assert_non_null(strstr(reason.message, "a total or a note, not a song"));
        msched_text *report = NULL; /* its cells do not count */
        assert_int_equal(msched_catalog_report_to_text(catalog, &report, NULL), MSCHED_OK);
        assert_null(strstr(msched_text_data(report), "1 unknown"));
        msched_text_unref(report);
    }
    msched_catalog_unref(catalog);
    return info.rows_skipped == 1;
}

static void totals_at_the_end_are_no_songs(void **state)
{
    static const char *const totals[] = {
        "Summe,,,5:21",
        "Total:,,,5:21",
        ",Total,,5:21",
        "3,Gesamt,,5:21",
        ",,TOTAL (2),5:21",
        "2 songs,,,5:21",
        ",\"2 Titel, 5:21\",,",
        "Made on 2026-11-28,,,",
        "Итого,,,5:21",
        "合計,,,5:21",
        ",Total,2 songs,5:21",
        ",Total,unknown,5:21",
        ",Total,unknown    ,5:21",
        ",Total   ,unknown   ,5:21",
        ",unknown      ,Total      ,5:21",
        ",Total,none\t\t\t\t\t\t\t,5:21",
        ",Total,n/a \xC2\xA0 \xC2\xA0 \xC2\xA0,5:21",
    };
    static const char *const songs[] = {
        "3,Total,Ida,2:20",
        "3,Total,2 Unlimited,2:20",
        "3,Summer,,2:20",
        "3,Total,unknown men,2:20",
        "3,Total,Unknown Mortal,2:20",
        "a-long-track-id,Total,,2:20",
        "4uLU6hMCjMI75M1A2tKUQC,,,2:20",
    };
    (void)state;
    for (size_t i = 0; i < sizeof totals / sizeof totals[0]; i++)
        if (!is_left_out(totals[i]))
            fail_msg("%s", totals[i]);
    for (size_t i = 0; i < sizeof songs / sizeof songs[0]; i++)
        if (is_left_out(songs[i]))
            fail_msg("%s", songs[i]);
}

static void popularity_belongs_to_the_entry(void **state)
{
    (void)state;
    msched_catalog *catalog =
        load("genre,artist_name,track_name,track_id,popularity\nA,X,S,id1,58\nB,X,S,id1,62\n");
    msched_entry entry = {.struct_size = sizeof entry};
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(track(catalog, 0).popularity, 62);
    assert_int_equal(msched_catalog_get_entry(catalog, 0, &entry), MSCHED_OK);
    assert_int_equal(entry.popularity, 58);
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    assert_int_equal(info.tracks, 1);
    assert_int_equal(info.conflicts, 1);
    msched_catalog_unref(catalog);
}

/* Scales that the header names, even if its few songs would fit another. */
static void popularity_has_the_scale_of_its_header(void **state)
{
    (void)state;
    static const struct {
        const char *header, *cell;
        int32_t popularity;
    } cases[] = {{"Popularity (1-10)", "7", 70},
                 {"Popularity [0 to 10]", "\"7,5\"", 75},
                 {"Popularity (0-10)", "0.5", 5},
                 {"Popularity (1\xE2\x80\x93"
                  "10)",
                  "10", 100},
                 {"Popularity (1-10)", "70", -1},
                 {"Popularity (0-100)", "7", 7},
                 {"Popularity (1-100)", "10", 10},
                 {"Popularity ( 1 To 10 )", "7", 70},
                 {"Popularity (110)", "77", 77},
                 {"popularity (1/10)", "77", 77},
                 {"popularity (top 110)", "77", 77},
                 {"popularity (1 10)", "77", 77},
                 {"popularity (1-10", "77", 77},
                 {"popularity (1-10 Nov)", "77", 77}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char csv[200];
        snprintf(csv, sizeof csv, "title,artist,%s\nSong,Band,%s\n", cases[i].header,
                 cases[i].cell);
        msched_catalog *catalog = load(csv);
        if (track(catalog, 0).popularity != cases[i].popularity)
            fail_msg("%s under %s: %d", cases[i].cell, cases[i].header,
                     (int)track(catalog, 0).popularity);
        msched_catalog_unref(catalog);
    }
}

static void songs_without_an_id_get_one(void **state)
{
    (void)state;
    msched_catalog *catalog = load("title,artist\nSong,Band\nSONG,band\nOther,Band\n");
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    assert_int_equal(info.tracks, 2);
    msched_catalog_unref(catalog);
    uint32_t index;
    catalog = load(HEADER "\nhttps://open.spotify.com/track/abc?si=1,S,B,1,200000\n");
    assert_int_equal(msched_catalog_find_id(catalog, "spotify:track:abc", &index, NULL), MSCHED_OK);
    msched_catalog_unref(catalog);
}

static void other_encodings_are_read(void **state)
{
    (void)state;
    msched_catalog *catalog = load("title,artist\nWonderin\x92 Why,Ida\n");
    assert_string_equal(track(catalog, 0).name, "Wonderin\xE2\x80\x99 Why");
    msched_catalog_unref(catalog);
    /* each byte is its own code point in UTF-16 too */
    static const char text[] = "title,artist\nCaf\xE9,Ida\n";
    for (int big = 0; big < 2; big++) {
        char wide[2 * sizeof text] = {0};
        for (size_t i = 0; i + 1 < sizeof text; i++)
            wide[2 * i + (size_t)big] = text[i];
        catalog = load_bytes(wide, 2 * (sizeof text - 1));
        assert_string_equal(track(catalog, 0).name, "Caf\xC3\xA9");
        msched_catalog_unref(catalog);
    }
}

static void what_is_no_table_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *data, *message;
    } cases[] = {
        {"", "the input is empty"},
        {"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "a Git LFS pointer"},
        {"<!DOCTYPE html><html>", "a web page"},
        {"{\"songs\": []}", "JSON"},
        {"PK\x03\x04 xl/workbook.xml", "an Excel workbook"},
        {"id1,T,A,50,200000\n", "the file has no header, but begins with"},
        {"track_id,track_id,track_name\na,b,c\n", "duplicate column track_id"},
        {"title,artist\nA,\nB,\nC,X\n", "2 of 3 rows"},
        {"title,artist\nA,X\n\"open,A\nB,\n",
         "<memory>:3:1: 2 of 3 rows cannot be read (set skip_bad_rows to load the rest); the "
         "first: "
         "track_name: \"open,A\" opens with a quote (\") that is never closed"},
        {"title,artist\nA\nB\n",
         "<memory>:2:2: 2 of 2 rows cannot be read; the first: the row ends after field 1 of 2"},
        {"title,artist\nA\n", "<memory>:2:2: the row ends after field 1 of 2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        msched_catalog *catalog;
        msched_error err = {0};
        assert_int_not_equal(
            msched_catalog_load_memory(&catalog, cases[i].data, strlen(cases[i].data), NULL, &err),
            MSCHED_OK);
        if (strstr(err.message, cases[i].message) == NULL)
            fail_msg("%s", err.message);
    }
    msched_catalog *catalog = load(HEADER "\n"); /* a header alone is a catalog without songs */
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    assert_int_equal(info.tracks, 0);
    assert_int_equal(info.assumptions, 1);
    msched_catalog_unref(catalog);
}

static void loose_quotes_and_empty_rows_lose_nothing(void **state)
{
    (void)state;
    msched_catalog *catalog = load(
        "# exported\n" HEADER
        "\nid1,Say \"Hi\" now,A,50,200000,\n,,,,\nid2, \"Rain, in March\",B,1,1000\n");
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    assert_int_equal(info.tracks, 2);
    assert_int_equal(info.rows_skipped, 0);
    assert_string_equal(track(catalog, 0).name, "Say \"Hi\" now");
    assert_string_equal(track(catalog, 1).name, "Rain, in March");
    msched_text *report;
    assert_int_equal(msched_catalog_report_to_json(catalog, &report, NULL), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(report), "\"blank_rows\": 1"));
    msched_text_unref(report);
    msched_catalog_unref(catalog);
}

static const char broken[] = "title,artist,popularity\n"
                             "A,X,50\n"
                             "B,X\n"
                             ",,\n"
                             "C,X,30\n"
                             "D,X,60,9\n"
                             "E,,20\n"
                             "F,\"X,20\n"
                             "G,X,10\n"
                             "H,X,11\n";

static void assert_left_out(const msched_catalog *catalog)
{
    static const struct {
        uint64_t line;
        uint32_t column;
    } want[] = {{3, 3}, {6, 4}, {7, 2}, {8, 2}};
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    assert_int_equal(info.tracks, 4);
    assert_int_equal(info.rows_skipped, 4);
    assert_int_equal(msched_catalog_skipped_count(catalog), 4);
    for (uint32_t i = 0; i < 4; i++) {
        msched_error reason;
        assert_int_equal(msched_catalog_skipped_get(catalog, i, &reason), MSCHED_OK);
        assert_int_equal(reason.line, want[i].line);
        assert_int_equal(reason.column, want[i].column);
    }
}

static void rows_that_cannot_be_read_are_left_out_and_told(void **state)
{
    (void)state;
    msched_catalog *catalog = load(broken);
    assert_left_out(catalog);
    msched_text *report;
    assert_int_equal(msched_catalog_report_to_json(catalog, &report, NULL), MSCHED_OK);
    assert_non_null(
        strstr(msched_text_data(report), "\"blank_rows\": 1, \"lost_rows\": 1, \"bad_rows\": 3"));
    assert_non_null(strstr(msched_text_data(report),
                           "\"left_out\": [\n    {\"line\": 3, \"field\": 3, \"message\": "
                           "\"the row ends after field 2 of 3, \\\"X\\\": the next column, "
                           "track_popularity, is missing\"},\n    {\"line\": 6, \"field\": 4, "));
    msched_text_unref(report);
    assert_int_equal(msched_catalog_report_to_text(catalog, &report, NULL), MSCHED_OK);
    assert_non_null(
        strstr(msched_text_data(report), "  broken rows, left out: 3\n    line 3: the row ends"));
    assert_non_null(strstr(msched_text_data(report), "    line 8: track_artist: \"X,20\" opens"));
    assert_null(strstr(msched_text_data(report), "more\n"));
    msched_text_unref(report);
    msched_catalog_unref(catalog);
}

/* With the line and what is wrong there; skip_bad_rows reads even then. */
static void strict_refuses_the_first_row_that_cannot_be_read(void **state)
{
    (void)state;
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.strict = 1;
    msched_catalog *catalog;
    msched_error err;
    static const char csv[] = HEADER "\nid1,A,X,50,1000\nid2,B,X\nid3,C,X,50,1000\n";
    assert_int_equal(msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, &options, &err),
                     MSCHED_ERROR_SYNTAX);
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 4);
    options.skip_bad_rows = 1;
    assert_int_equal(msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, &options, &err),
                     MSCHED_OK);
    assert_int_equal(msched_catalog_skipped_count(catalog), 1);
    msched_catalog_unref(catalog);
}

/* Of many such rows the first are listed, in each file of its own; all are counted. */
static void what_is_listed_is_bounded(void **state)
{
    (void)state;
    enum { ROWS = 300 };
    char csv[ROWS * 16] = "title,artist\n";
    for (int i = 0; i < ROWS; i++)
        snprintf(csv + strlen(csv), sizeof csv - strlen(csv), i % 2 ? "T%d,X\n" : "T%d\n", i);
    msched_catalog *catalog = load(csv);
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    assert_int_equal(info.tracks, ROWS / 2);
    assert_int_equal(info.rows_skipped, ROWS / 2);
    assert_int_equal(msched_catalog_skipped_count(catalog), 100);
    msched_text *report;
    assert_int_equal(msched_catalog_report_to_text(catalog, &report, NULL), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(report), "left out: 150\n    line 2: "));
    assert_non_null(strstr(msched_text_data(report), "    line 20: "));
    assert_null(strstr(msched_text_data(report), "    line 22: "));
    assert_non_null(strstr(msched_text_data(report), "    and 140 more\n"));
    msched_text_unref(report);
    msched_catalog_unref(catalog);
}

/* Rows that stand where the one before stands are read faster, unless that one is left out. */
static void each_row_stands_where_its_cells_say(void **state)
{
    (void)state;
    static const struct {
        const char *playlist, *genre;
    } expected[] = {{"One", "pop"}, {"One", "pop"},  {"Two", "rock"}, {"Two", "rock"}, {"One", ""},
                    {"One", ""},    {"A, B", "pop"}, {"A, B", "pop"}, {"One", "pop"}};
    msched_catalog *catalog = load("track_id,playlist_name,playlist_genre,track_name,track_artist,"
                                   "track_popularity,duration_ms\n"
                                   "a,One,pop,T,A,1,200000\n"
                                   "b,One,pop,T,B,1,200000\n"
                                   ",Two,rock,,,1,200000\n" /* neither an id nor a title */
                                   "c,Two,rock,T,C,1,200000\n"
                                   "d,Two,rock,\"T\",D,1,200000\n"
                                   "e,One,,T,E,1,200000\n"
                                   "f,One,,T,F,1,200000\n"
                                   "g,\"A, B\",pop,T,G,1,200000\n"
                                   "h,\"A, B\",pop,T,H,1,200000\n"
                                   "broken,One,\"pop\"x,T,I,1,200000\n"
                                   "i,One,pop,T,I,1,200000\n");
    for (uint32_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        msched_entry entry = {.struct_size = sizeof entry};
        assert_int_equal(msched_catalog_get_entry(catalog, i, &entry), MSCHED_OK);
        assert_string_equal(entry.playlist_name, expected[i].playlist);
        assert_string_equal(entry.genre, expected[i].genre);
    }
    msched_catalog_unref(catalog);
}

static void loading_survives_every_failed_allocation(void **state)
{
    (void)state;
    static const char csv[] = "title;artist;length;energy;note\nWonderin\x92;X;201;71;"
                              "\"a\nb\"\nSay \"Hi\";Y;3:20;50%;\n;;;;\n;Z;1;1;\n";
    static const char russian[] = "title,artist\n\xC3\xF0\xF3\xEF\xEF\xE0,\xCA\xE8\xED\xEE\n";
    static const char mended[] = "title,artist\nA,X\nB\nC,X\n\"D,X\n";
    static const char plain[] = "Coast,Ida Blue,61\nHarbor,Ida Blue,44\nRain,Orson,12\n";
    static const struct {
        const char *text;
        size_t size;
        int wide;
    } inputs[] = {{csv, sizeof csv - 1, 0},
                  {csv, sizeof csv - 1, 1},
                  {mended, sizeof mended - 1, 0},
                  {russian, sizeof russian - 1, 0},
                  {plain, sizeof plain - 1, 0}};
    for (size_t input = 0; input < sizeof inputs / sizeof inputs[0]; input++)
        for (long n = 1;; n++) {
            const int wide = inputs[input].wide;
            failing memory = {.fail_at = n};
            msched_allocator allocator = failing_allocator(&memory);
            msched_catalog_options options;
            msched_catalog_options_init(&options, sizeof options);
            options.allocator = &allocator;
            char bytes[2 * sizeof csv] = {0};
            for (size_t i = 0; i < inputs[input].size; i++)
                bytes[wide ? 2 * i : i] = inputs[input].text[i];
            msched_catalog *catalog;
            msched_error err = {0};
            msched_result result = msched_catalog_load_memory(
                &catalog, bytes, inputs[input].size * (wide ? 2 : 1), &options, &err);
            if (result == MSCHED_OK)
                msched_catalog_unref(catalog);
            assert_int_equal(memory.live, 0);
            /* without iconv, or its tables, nothing reads the Russian one */
            const int unreadable = result == MSCHED_ERROR_ENCODING && inputs[input].text == russian;
            if (memory.count >= n ? result != MSCHED_ERROR_MEMORY
                                  : result != MSCHED_OK && !unreadable)
                fail_msg("allocation %ld: %s", n, err.message);
            if (memory.count < n)
                break;
        }
}

/* A long text that is read in each way there is stays whole, and so do the other texts. */
static void texts_are_read_in_several_ways_at_once(void **state)
{
    (void)state;
    enum { LETTERS = 20000 };
    static char csv[2 * LETTERS];
    size_t size = (size_t)snprintf(csv, sizeof csv,
                                   "title,artist,artist 2\nb'B\\x41 &lt;',b'Ida',\n"
                                   "b'C\\x41 &lt;',\"b\"\"['\\x41&amp;");
    memset(csv + size, 'x', LETTERS);
    size += LETTERS;
    snprintf(csv + size, sizeof csv - size, "']\"\"\",Zoe &amp; Co\n");
    msched_catalog *catalog = load(csv);
    const msched_track long_one = track(catalog, 1);
    assert_string_equal(track(catalog, 0).name, "BA <");
    assert_string_equal(long_one.name, "CA <");
    assert_memory_equal(long_one.artist, "A&xxx", 5);
    assert_string_equal(long_one.artist + 2 + LETTERS, ", Zoe & Co");
    msched_catalog_unref(catalog);
}

/* Blanks after commas do not make another artist, even if the header has none. */
static void blanks_around_texts_are_no_part_of_them(void **state)
{
    (void)state;
    static const char csv[] = "title,artist,album,genre,playlist\n"
                              "Halo,Zoe,One,pop,Mine\n"
                              "Diva, Zoe, One, pop, Mine\n"
                              " Sea ,Zo\xC3\xAB\t,\" Two \",\xC2\xA0rock ,Mine \n"
                              "Sun,Zo\xC3\xAB,Two,rock,Mine\n"
                              "Fog, ,,,\n";
    msched_catalog *catalog = load(csv);
    static const char *const expected[][5] = {{"Halo", "Zoe", "One", "pop", "Mine"},
                                              {"Diva", "Zoe", "One", "pop", "Mine"},
                                              {"Sea", "Zo\xC3\xAB", "Two", "rock", "Mine"},
                                              {"Sun", "Zo\xC3\xAB", "Two", "rock", "Mine"}};
    assert_int_equal(msched_catalog_entry_count(catalog), 4); /* a blank is not an artist */
    for (uint32_t i = 0; i < 4; i++) {
        msched_entry entry = {.struct_size = sizeof entry};
        assert_int_equal(msched_catalog_get_entry(catalog, i, &entry), MSCHED_OK);
        const msched_track t = track(catalog, entry.track_index);
        assert_string_equal(t.name, expected[i][0]);
        assert_string_equal(t.artist, expected[i][1]);
        assert_string_equal(t.album_name, expected[i][2]);
        assert_string_equal(entry.genre, expected[i][3]);
        assert_string_equal(entry.playlist_name, expected[i][4]);
    }
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_around_texts_are_no_part_of_them),
        cmocka_unit_test(texts_are_read_in_several_ways_at_once),
        cmocka_unit_test(headers_of_public_files_are_known),
        cmocka_unit_test(cells_are_read_as_people_write_them),
        cmocka_unit_test(dates_are_known_as_far_as_they_are_certain),
        cmocka_unit_test(lengths_have_the_unit_of_the_column),
        cmocka_unit_test(lengths_that_spreadsheets_changed_are_read),
        cmocka_unit_test(a_header_that_is_repeated_is_no_song),
        cmocka_unit_test(totals_at_the_end_are_no_songs),
        cmocka_unit_test(popularity_belongs_to_the_entry),
        cmocka_unit_test(popularity_has_the_scale_of_its_header),
        cmocka_unit_test(songs_without_an_id_get_one),
        cmocka_unit_test(other_encodings_are_read),
        cmocka_unit_test(what_is_no_table_is_named),
        cmocka_unit_test(loose_quotes_and_empty_rows_lose_nothing),
        cmocka_unit_test(rows_that_cannot_be_read_are_left_out_and_told),
        cmocka_unit_test(strict_refuses_the_first_row_that_cannot_be_read),
        cmocka_unit_test(what_is_listed_is_bounded),
        cmocka_unit_test(each_row_stands_where_its_cells_say),
        cmocka_unit_test(loading_survives_every_failed_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
