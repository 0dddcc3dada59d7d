/* Loading CSV: what is read, and what a person is told when it cannot be. */
#include "../testing.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <musicsched/catalog.h>

#define SHORT_HEADER "track_id,track_name,track_artist,track_popularity,duration_ms\n"
#define DATE_HEADER                                                                                \
    "track_id,track_name,track_artist,track_popularity,duration_ms,track_album_release_date,key,"  \
    "tempo,mode,energy\n"

static msched_catalog *load_with(const char *csv, const msched_catalog_options *options)
{
    msched_catalog *catalog = NULL;
    msched_error err = {0};
    msched_result result = msched_catalog_load_memory(&catalog, csv, strlen(csv), options, &err);
    if (result != MSCHED_OK)
        print_message("unexpected: %s\n", err.message);
    assert_int_equal(result, MSCHED_OK);
    return catalog;
}

static msched_catalog *load(const char *csv)
{
    return load_with(csv, NULL);
}

static msched_track track(const msched_catalog *catalog, uint32_t index)
{
    msched_track track = {.struct_size = sizeof track};
    assert_int_equal(msched_catalog_get_track(catalog, index, &track), MSCHED_OK);
    return track;
}

static msched_catalog_info info(const msched_catalog *catalog)
{
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    return info;
}

static void columns_come_in_any_order(void **state)
{
    (void)state;
    msched_catalog *catalog = load(
        "tempo,extra,duration_ms,playlist_genre,track_artist,track_name,track_id,track_popularity,"
        "danceability,liveness,"
        "track_album_release_date,playlist_id,playlist_name,playlist_subgenre,track_album_id,track_"
        "album_name\n"
        "120.5,x,194754,pop,Tones and I,Dance "
        "Monkey,id1,100,0.748,4.97e-6,2019-05-10,p1,Hits,dance pop,a1,Kids\n"
        "120.5,y,194754,rock,Tones and I,Dance "
        "Monkey,id1,100,0.748,4.97e-6,2019-05-10,p2,More,indie,a1,Kids\n");
    assert_int_equal(info(catalog).tracks, 1);
    assert_int_equal(info(catalog).entries, 2);
    assert_int_equal(info(catalog).genres, 2);
    msched_track t = track(catalog, 0);
    assert_string_equal(t.id, "id1");
    assert_string_equal(t.name, "Dance Monkey");
    assert_string_equal(t.artist, "Tones and I");
    assert_string_equal(t.album_id, "a1");
    assert_string_equal(t.album_name, "Kids");
    assert_int_equal(t.popularity, 100);
    assert_int_equal(t.duration_ms, 194754);
    assert_int_equal(t.date_precision, MSCHED_DATE_DAY);
    assert_int_equal(t.release_year * 10000 + (int)t.release_month * 100 + (int)t.release_day,
                     20190510);
    assert_true(t.feature[MSCHED_FEATURE_TEMPO] == 120.5);
    assert_true(t.feature[MSCHED_FEATURE_LIVENESS] == 4.97e-6);
    assert_true(t.feature[MSCHED_FEATURE_DURATION_MS] == 194754);
    assert_true(isnan(t.feature[MSCHED_FEATURE_VALENCE]));
    msched_entry entry = {.struct_size = sizeof entry};
    assert_int_equal(msched_catalog_get_entry(catalog, 1, &entry), MSCHED_OK);
    assert_int_equal(entry.track_index, 0);
    assert_string_equal(entry.playlist_id, "p2");
    assert_string_equal(entry.playlist_name, "More");
    assert_string_equal(entry.genre, "rock");
    assert_string_equal(entry.subgenre, "indie");
    assert_int_equal(msched_catalog_get_entry(catalog, 2, &entry), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_catalog_get_track(catalog, 1, &t), MSCHED_ERROR_ARGUMENT);
    msched_catalog_unref(catalog);
}

static void quotes_and_line_ends(void **state)
{
    (void)state;
    static const char csv[] =
        "\xEF\xBB\xBF"
        "\"track_id\",track_name,track_artist,track_popularity,duration_ms\r\n"
        "a,\"Hello, \"\"World\"\"\",X,1,1000\r\n"
        "\r\n"
        "b,\"two\nlines\",Y,\"2\",2000\r\n"
        "c,\"\"\"Heroes\"\"\", spaced ,3,3000\r"
        "d,NA,NA,4,4000";
    msched_catalog *catalog = load(csv);
    assert_int_equal(info(catalog).tracks, 4);
    assert_string_equal(track(catalog, 0).name, "Hello, \"World\"");
    assert_string_equal(track(catalog, 1).name, "two\nlines");
    assert_string_equal(track(catalog, 2).name, "\"Heroes\"");
    assert_string_equal(track(catalog, 2).artist, "spaced");
    assert_string_equal(track(catalog, 3).artist, "NA");
    msched_catalog_unref(catalog);
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.strict = 1;
    catalog = load_with(SHORT_HEADER "c,t, spaced ,3,3000\n", &options);
    assert_string_equal(track(catalog, 0).artist, " spaced ");
    msched_catalog_unref(catalog);
}

static void a_delimiter_of_choice(void **state)
{
    (void)state;
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.delimiter = ';';
    msched_catalog *catalog =
        load_with("track_id;track_name;track_artist;track_popularity;duration_ms\n"
                  "a;\"Hi; there\";x, y;5;1000\n",
                  &options);
    assert_string_equal(track(catalog, 0).name, "Hi; there");
    assert_string_equal(track(catalog, 0).artist, "x, y");
    assert_int_equal(info(catalog).artists, 1);
    msched_catalog_unref(catalog);
    msched_error err;
    static const uint32_t bad[] = {'"', '\n', 200, 0x2028};
    for (size_t i = 0; i < 4; i++) {
        options.delimiter = bad[i];
        assert_int_equal(msched_catalog_load_memory(&catalog, "x", 1, &options, &err),
                         MSCHED_ERROR_ARGUMENT);
        assert_null(catalog);
    }
}

static void columns_have_the_names_of_choice(void **state)
{
    (void)state;
    static const char csv[] =
        "track_id,track_name,artists,popularity,duration_ms,track_genre\na,n,x,7,1000,acoustic\n";
    const char *columns[] = {"track_artist=artists", "track_popularity=popularity",
                             "playlist_genre=track_genre"};
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.columns = columns;
    options.column_count = 3;
    msched_catalog *catalog = load_with(csv, &options);
    assert_string_equal(track(catalog, 0).artist, "x");
    assert_int_equal(track(catalog, 0).popularity, 7);
    msched_entry entry = {.struct_size = sizeof entry};
    assert_int_equal(msched_catalog_get_entry(catalog, 0, &entry), MSCHED_OK);
    assert_string_equal(entry.genre, "acoustic");
    msched_catalog_unref(catalog);

    static const struct {
        const char *given, *message;
        msched_result code;
    } bad[] = {
        {"track_artist", "columns: \"track_artist\" must be a column and its name",
         MSCHED_ERROR_ARGUMENT},
        {"artist=artists", "columns: unknown column \"artist\"; expected COLUMN=HEADER",
         MSCHED_ERROR_ARGUMENT},
        {"track_popularity=popularity", "columns: track_popularity is named twice",
         MSCHED_ERROR_ARGUMENT},
        {"playlist_name=list", "<memory>:1: the header lacks list", MSCHED_ERROR_HEADER},
        {NULL, "columns: \"\" must be a column", MSCHED_ERROR_ARGUMENT},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        msched_error err;
        columns[2] = bad[i].given;
        assert_int_equal(msched_catalog_load_memory(&catalog, csv, strlen(csv), &options, &err),
                         bad[i].code);
        assert_null(catalog);
        if (strncmp(err.message, bad[i].message, strlen(bad[i].message)) != 0)
            fail_msg("%s, not %s", err.message, bad[i].message);
    }
    options.columns = NULL;
    assert_int_equal(msched_catalog_load_memory(&catalog, csv, strlen(csv), &options, NULL),
                     MSCHED_ERROR_ARGUMENT);
}

static void values_as_other_tools_write_them(void **state)
{
    (void)state;
    msched_catalog *catalog = load(DATE_HEADER "a,n,x,66.0,194754.0,2012,5.0,126,1.0,1\n"
                                               "b,n,x, 7 ,1000,2012-06,-1,NA,,NaN\n"
                                               "c,n,x,0,86400000,NA,0,0,0,4.97e-6\n");
    msched_track a = track(catalog, 0), b = track(catalog, 1), c = track(catalog, 2);
    assert_int_equal(a.popularity, 66);
    assert_int_equal(a.duration_ms, 194754);
    assert_true(a.feature[MSCHED_FEATURE_KEY] == 5 && a.feature[MSCHED_FEATURE_MODE] == 1);
    assert_int_equal(a.date_precision, MSCHED_DATE_YEAR);
    assert_int_equal(b.date_precision, MSCHED_DATE_MONTH);
    assert_int_equal(b.release_month, 6);
    assert_int_equal(b.popularity, 7);
    assert_true(isnan(b.feature[MSCHED_FEATURE_KEY]) && isnan(b.feature[MSCHED_FEATURE_TEMPO]));
    assert_true(isnan(b.feature[MSCHED_FEATURE_MODE]) && isnan(b.feature[MSCHED_FEATURE_ENERGY]));
    assert_int_equal(c.date_precision, MSCHED_DATE_UNKNOWN);
    assert_true(c.feature[MSCHED_FEATURE_ENERGY] == 4.97e-6);
    msched_catalog_unref(catalog);
}

typedef struct bad_case {
    const char *csv;
    msched_result code;
    uint64_t line;
    uint32_t column;
    const char *message; /* the beginning */
} bad_case;

static const bad_case bad_cases[] = {
    {"", MSCHED_ERROR_HEADER, 0, 0, "songs.csv: the input is empty"},
    {"\xFFt,r\n", MSCHED_ERROR_ENCODING, 1, 0,
     "songs.csv:1: the header has byte 0xFF, which is not valid UTF-8: the input must be"},
    {"track_id;track_name\n", MSCHED_ERROR_HEADER, 1, 0,
     "songs.csv:1: the header lacks track_id, track_name, track_artist, track_popularity, "
     "duration_ms (it has only one column"},
    {"track_id,track_name,track_artist\n", MSCHED_ERROR_HEADER, 1, 0,
     "songs.csv:1: the header lacks track_popularity, duration_ms"},
    {"track_id,track_name,artists,popularity,Duration (ms)\n", MSCHED_ERROR_HEADER, 1, 0,
     "songs.csv:1: the header lacks track_artist, track_popularity, duration_ms; if you mean "
     "\"artists\", "
     "set columns \"track_artist=artists\""},
    {"track_id,track_name,track_name,track_artist,track_popularity,duration_ms\n",
     MSCHED_ERROR_HEADER, 1, 3,
     "songs.csv:1:3: the header has a duplicate column track_name (first in field 2)"},
    {SHORT_HEADER "a,n,x,1\n", MSCHED_ERROR_SYNTAX, 2, 5,
     "songs.csv:2:5: the row ends after field 4 of 5, \"1\": the next column, duration_ms, is "
     "missing"},
    {SHORT_HEADER "a,n,x,1,1000,oops\n", MSCHED_ERROR_SYNTAX, 2, 6,
     "songs.csv:2:6: the row has 6 fields, but the header has 5; "
     "the first extra field is \"oops\""},
    {SHORT_HEADER "a,\"n\n\nm\",x,1,1000\nb,n,x,abc,1000\n", MSCHED_ERROR_VALUE, 5, 4,
     "songs.csv:5:4: track_popularity: \"abc\" is not a whole number 0..100"},
    {SHORT_HEADER "a,n,x,,1000\n", MSCHED_ERROR_VALUE, 2, 4,
     "songs.csv:2:4: track_popularity: \"\" is not a whole number 0..100"},
    {SHORT_HEADER "a,n,x,101,1000\n", MSCHED_ERROR_VALUE, 2, 4,
     "songs.csv:2:4: track_popularity: \"101\" is not"},
    {SHORT_HEADER "a,n,x,-1,1000\n", MSCHED_ERROR_VALUE, 2, 4,
     "songs.csv:2:4: track_popularity: \"-1\" is not"},
    {SHORT_HEADER "a,n,x,5.5,1000\n", MSCHED_ERROR_VALUE, 2, 4,
     "songs.csv:2:4: track_popularity: \"5.5\" is not"},
    {SHORT_HEADER "a,n,x,5,0\n", MSCHED_ERROR_VALUE, 2, 5,
     "songs.csv:2:5: duration_ms: \"0\" is not"},
    {SHORT_HEADER "a,n,x,5,86400001\n", MSCHED_ERROR_VALUE, 2, 5,
     "songs.csv:2:5: duration_ms: \"86400001\" is not"},
    {SHORT_HEADER "a,,x,5,1000\n", MSCHED_ERROR_VALUE, 2, 2,
     "songs.csv:2:2: track_name: \"\" is empty"},
    {SHORT_HEADER ",n,x,5,1000\n", MSCHED_ERROR_VALUE, 2, 1,
     "songs.csv:2:1: track_id: \"\" is empty"},
    {SHORT_HEADER "a,n \"q\",x,5,1000\n", MSCHED_ERROR_SYNTAX, 2, 2,
     "songs.csv:2:2: track_name: \"n \" is followed by a quote"},
    {SHORT_HEADER "a,\"n\"q,x,5,1000\n", MSCHED_ERROR_SYNTAX, 2, 2,
     "songs.csv:2:2: track_name: \"n\" is followed by"},
    {SHORT_HEADER "a,n,x,5,1000\nb,\"n,x,5,1000\nc,n,x,5,1000\n", MSCHED_ERROR_SYNTAX, 3, 2,
     "songs.csv:3:2: track_name: \"n,x,5,1000\" opens with a quote (\") that is "
     "never closed"},
    {SHORT_HEADER "a,caf\xE9,x,5,1000\n", MSCHED_ERROR_ENCODING, 2, 2,
     "songs.csv:2:2: track_name: \"caf\" is followed by byte 0xE9, which is not valid UTF-8"},
    {DATE_HEADER "a,n,x,5,1000,2012-13,1,1,1,1\n", MSCHED_ERROR_VALUE, 2, 6,
     "songs.csv:2:6: track_album_release_date: \"2012-13\" is not a date YYYY, YYYY-MM or "
     "YYYY-MM-DD"},
    {DATE_HEADER "a,n,x,5,1000,2019-02-29,1,1,1,1\n", MSCHED_ERROR_VALUE, 2, 6,
     "songs.csv:2:6: track_album_release_date: \"2019-02-29\""},
    {DATE_HEADER "a,n,x,5,1000,2012,12,1,1,1\n", MSCHED_ERROR_VALUE, 2, 7,
     "songs.csv:2:7: key: \"12\" is not"},
    {DATE_HEADER "a,n,x,5,1000,2012,1,fast,1,1\n", MSCHED_ERROR_VALUE, 2, 8,
     "songs.csv:2:8: tempo: \"fast\" is not a number"},
    {DATE_HEADER "a,n,x,5,1000,2012,1,1,2,1\n", MSCHED_ERROR_VALUE, 2, 9,
     "songs.csv:2:9: mode: \"2\" is not"},
    {DATE_HEADER "a,n,x,5,1000,2012,1,1,1,1.01\n", MSCHED_ERROR_VALUE, 2, 10,
     "songs.csv:2:10: energy: \"1.01\" is not"},
    {DATE_HEADER "a,n,x,5,1000,2012,1,1,1,0.5\na,N,x,5,1000,2012,1,1,1,0.5\n",
     MSCHED_ERROR_CONFLICT, 3, 2,
     "songs.csv:3:2: track_name: \"N\", but \"n\" in line 2 for the same track_id \"a\""},
    {DATE_HEADER "a,n,x,5,1000,2012,1,1,1,0.5\na,n,x,5,1000,2012-01,1,1,1,0.5\n",
     MSCHED_ERROR_CONFLICT, 3, 6,
     "songs.csv:3:6: track_album_release_date: 2012-01, but 2012 in line 2"},
    {DATE_HEADER "a,n,x,5,1000,2012,1,1,1,0.5\na,n,x,5,1000,2012,1,1,1,\n", MSCHED_ERROR_CONFLICT,
     3, 10, "songs.csv:3:10: energy: unknown, but 0.5 in line 2"},
    {SHORT_HEADER "a,n,x,5,1000\na,n,x,6,1000\n", MSCHED_ERROR_CONFLICT, 3, 4,
     "songs.csv:3:4: track_popularity: 6, but 5 in line 2"},
};

static void bad_input_is_named_exactly(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_cases / sizeof bad_cases[0]; i++) {
        const bad_case *bad = &bad_cases[i];
        msched_catalog_options options;
        msched_catalog_options_init(&options, sizeof options);
        options.source_name = "songs.csv";
        options.strict = 1;
        msched_catalog *catalog = (msched_catalog *)&options;
        msched_error err = {0};
        msched_result result = msched_catalog_load_memory(&catalog, bad->csv, strlen(bad->csv),
                                                          &options, &err);
        if (strncmp(err.message, bad->message, strlen(bad->message)) != 0)
            print_message("got:  %s\nwant: %s\n", err.message, bad->message);
        assert_int_equal(result, bad->code);
        assert_int_equal(err.code, bad->code);
        assert_int_equal(err.line, bad->line);
        assert_int_equal(err.column, bad->column);
        assert_memory_equal(err.message, bad->message, strlen(bad->message));
        assert_null(catalog);
        assert_int_equal(
            msched_catalog_load_memory(&catalog, bad->csv, strlen(bad->csv), &options, NULL),
            bad->code);
    }
}

static void bad_rows_can_be_skipped(void **state)
{
    (void)state;
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.skip_bad_rows = 1;
    options.strict = 1;
    options.max_skip_reasons = 3;
    msched_catalog *catalog = load_with(SHORT_HEADER "a,n,x,5,1000\n"
                                                     "b,n,x,abc,1000\n"
                                                     "c,n \"q\",x,5,1000\n"
                                                     "d,n,x,5,1000\n"
                                                     "a,n,x,6,1000\n"
                                                     "e,n,x\n"
                                                     "f,\"quoted\",x,5,1000\n"
                                                     "g,\"never closed,x,5,1000\n"
                                                     "h,n,x,5,1000\n",
                                        &options);
    assert_int_equal(info(catalog).tracks, 4);
    assert_int_equal(info(catalog).rows_skipped, 5);
    assert_string_equal(track(catalog, 2).name, "quoted");
    assert_int_equal(msched_catalog_skipped_count(catalog), 3);
    static const struct {
        msched_result code;
        uint64_t line;
        uint32_t column;
    } want[] = {
        {MSCHED_ERROR_VALUE, 3, 4}, {MSCHED_ERROR_SYNTAX, 4, 2}, {MSCHED_ERROR_CONFLICT, 6, 4}};
    msched_error reason;
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(msched_catalog_skipped_get(catalog, i, &reason), MSCHED_OK);
        assert_int_equal(reason.code, want[i].code);
        assert_int_equal(reason.line, want[i].line);
        assert_int_equal(reason.column, want[i].column);
    }
    assert_int_equal(msched_catalog_skipped_get(catalog, 3, &reason), MSCHED_ERROR_ARGUMENT);
    msched_catalog_unref(catalog);
}

static void limits_hold(void **state)
{
    (void)state;
    static const char csv[] = SHORT_HEADER
        "a,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,x,5,"
        "1000\nb,n,x,5,1000\n";
    static const struct {
        uint64_t bytes, rows;
        uint32_t row, field;
        const char *names;
    } cases[] = {{100, 0, 0, 0, "max_bytes"},
                 {0, 1, 0, 0, "max_rows"},
                 {0, 0, 70, 0, "max_row_bytes"},
                 {0, 0, 0, 30, "max_field_bytes"}};
    for (size_t i = 0; i < 4; i++) {
        msched_catalog_options options;
        msched_catalog_options_init(&options, sizeof options);
        options.max_bytes = cases[i].bytes;
        options.max_rows = cases[i].rows;
        options.max_row_bytes = cases[i].row;
        options.max_field_bytes = cases[i].field;
        options.strict = 1;
        msched_catalog *catalog;
        msched_error err;
        assert_int_equal(msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, &options, &err),
                         MSCHED_ERROR_LIMIT);
        assert_non_null(strstr(err.message, cases[i].names));
    }
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.skip_bad_rows = 1;
    options.max_field_bytes = 30;
    msched_catalog *catalog = load_with(csv, &options);
    assert_int_equal(info(catalog).rows_skipped, 1);
    assert_int_equal(info(catalog).tracks, 1);
    msched_catalog_unref(catalog);
}

static void count_progress(void *ctx, uint64_t done, uint64_t total)
{
    (void)done;
    (void)total;
    ++*(int *)ctx;
}

/* By its size: 5 GiB of nothing are not read before the limit is named. */
static void large_files_are_refused_unread(void **state)
{
    (void)state;
    static const char head[] = SHORT_HEADER "a,n,x,5,1000\n";
    char path[] = "/tmp/test_load_large.XXXXXX";
    const int file = mkstemp(path);
    msched_catalog_options options;
    msched_catalog *catalog;
    msched_error err;
    int calls = 0;
    assert_true(file >= 0);
    assert_int_equal(write(file, head, sizeof head - 1), sizeof head - 1);
    const int made = ftruncate(file, (off_t)5 << 30);
    close(file);
    msched_catalog_options_init(&options, sizeof options);
    options.progress = count_progress;
    options.progress_ctx = &calls;
    const msched_result result = msched_catalog_load_path(&catalog, path, &options, &err);
    unlink(path);
    if (made != 0)
        skip(); /* a file system without files of that size */
    assert_int_equal(result, MSCHED_ERROR_LIMIT);
    assert_int_equal(calls, 0);
    assert_non_null(strstr(err.message, path));
    assert_non_null(strstr(err.message, "larger than 4294967295 bytes, it has 5368709120: raise"));
}

/* Hands out `piece` bytes at a time. */
typedef struct source {
    const char *data;
    size_t size, at, piece;
    int fail;
} source;

static int64_t read_piece(void *ctx, void *buffer, size_t size)
{
    source *from = ctx;
    size_t count = from->size - from->at;
    if (from->fail && from->at > 0)
        return -1;
    count = count > from->piece ? from->piece : count;
    count = count > size ? size : count;
    memcpy(buffer, from->data + from->at, count);
    from->at += count;
    return (int64_t)count;
}

/*
 * A quote too many opens a field that goes on over the next rows: they are not lost with the row
 * that has it.
 */
static void a_stray_quote_costs_its_row_alone(void **state)
{
    (void)state;
    static const char csv[] = SHORT_HEADER "a,n,x,5,1000\n"
                                           "b,\"n,x,5,1000\n"
                                           "c,\"two\nlines\",x,5,1000\n"
                                           "d,n,x,5,1000\n"
                                           "e,n,\"x,5,1000\n"
                                           "f,n,x,5,1000\n";
    for (size_t piece = 0; piece <= sizeof csv; piece++) { /* 0: from memory */
        msched_catalog_options options;
        msched_catalog_options_init(&options, sizeof options);
        options.skip_bad_rows = 1;
        source from = {csv, sizeof csv - 1, 0, piece, 0};
        msched_catalog *catalog = NULL;
        msched_error reason;
        if (piece == 0)
            catalog = load_with(csv, &options);
        else
            assert_int_equal(
                msched_catalog_load_callback(&catalog, read_piece, &from, &options, NULL),
                MSCHED_OK);
        assert_int_equal(info(catalog).tracks, 4);
        assert_int_equal(info(catalog).rows_skipped, 2);
        assert_string_equal(track(catalog, 1).name, "two\nlines");
        assert_string_equal(track(catalog, 3).id, "f");
        assert_int_equal(msched_catalog_skipped_get(catalog, 0, &reason), MSCHED_OK);
        assert_int_equal(reason.line, 3);
        assert_int_equal(reason.column, 2);
        assert_non_null(strstr(reason.message, "continues to line 4"));
        assert_int_equal(msched_catalog_skipped_get(catalog, 1, &reason), MSCHED_OK);
        assert_int_equal(reason.line, 7);
        assert_int_equal(reason.column, 3);
        msched_catalog_unref(catalog);
    }
}

static void pieces_of_any_size_give_the_same(void **state)
{
    (void)state;
    static const char csv[] =
        "\xEF\xBB\xBF" SHORT_HEADER
        "a,\"two\r\nlines \"\"x\"\"\",Beyonc\xC3\xA9,1,1000\r\nb,n,x,2,2000\rc,n,y,3,3000";
    for (size_t piece = 1; piece <= sizeof csv; piece++) {
        source from = {csv, sizeof csv - 1, 0, piece, 0};
        msched_catalog *catalog;
        assert_int_equal(msched_catalog_load_callback(&catalog, read_piece, &from, NULL, NULL),
                         MSCHED_OK);
        assert_int_equal(info(catalog).tracks, 3);
        assert_string_equal(track(catalog, 0).name, "two\r\nlines \"x\"");
        assert_string_equal(track(catalog, 0).artist, "Beyonc\xC3\xA9");
        assert_int_equal(track(catalog, 2).popularity, 3);
        msched_catalog_unref(catalog);
    }
    source from = {csv, sizeof csv - 1, 0, 50, 1};
    msched_catalog *catalog;
    msched_error err;
    assert_int_equal(msched_catalog_load_callback(&catalog, read_piece, &from, NULL, &err),
                     MSCHED_ERROR_IO);
    assert_string_equal(err.message, "<callback>: reading failed after 50 bytes");
}

/* Over more than is read at once, and over more than a row may have. */
static void a_stray_quote_does_not_swallow_the_rest(void **state)
{
    (void)state;
    enum { ROWS = 5000 };
    char *csv = malloc(ROWS * 60);
    size_t size = (size_t)sprintf(csv, "%s", SHORT_HEADER);
    for (unsigned i = 0; i < ROWS; i++)
        size += (size_t)sprintf(csv + size, "id%u,%sTitle %u,Artist %u,%u,1000\n", i,
                                i == 7 ? "\"" : "", i, i % 10, i % 101);
    for (uint32_t limit = 0; limit <= 4000; limit += 4000) {
        source from = {csv, size, 0, 10000, 0};
        msched_catalog_options options;
        msched_catalog_options_init(&options, sizeof options);
        options.skip_bad_rows = 1;
        options.max_row_bytes = limit;
        msched_catalog *catalog = NULL;
        msched_error reason;
        assert_int_equal(msched_catalog_load_callback(&catalog, read_piece, &from, &options, NULL),
                         MSCHED_OK);
        assert_int_equal(info(catalog).tracks, ROWS - 1);
        assert_int_equal(info(catalog).rows_skipped, 1);
        assert_string_equal(track(catalog, 7).name, "Title 8");
        assert_int_equal(msched_catalog_skipped_get(catalog, 0, &reason), MSCHED_OK);
        assert_int_equal(reason.code, MSCHED_ERROR_SYNTAX);
        assert_int_equal(reason.line, 9);
        assert_non_null(
            strstr(reason.message, limit == 0 ? "never closed" : "not closed within 4000 bytes"));
        msched_catalog_unref(catalog);
    }
    free(csv);
}

/* A table of many rows, some of which span pieces. */
static char *large_csv(size_t rows, size_t *size)
{
    char *csv = malloc(100 + rows * 120);
    assert_non_null(csv);
    size_t used = (size_t)sprintf(csv, "%s", SHORT_HEADER);
    for (size_t i = 0; i < rows; i++)
        used += (size_t)sprintf(
            csv + used,
            i % 7 == 0 ? "id%zu,\"quoted, \"\"%zu\"\"\nnext line\",Artist %zu,%zu,%zu\n"
                       : "id%zu,Title %zu,Artist %zu,%zu,%zu\n",
            i, i, i % 100, i % 101, i + 1000);
    *size = used;
    return csv;
}

static void streaming_equals_memory(void **state)
{
    (void)state;
    size_t size;
    char *csv = large_csv(20000, &size);
    msched_catalog *streamed, *whole;
    source from = {csv, size, 0, 997, 0};
    assert_int_equal(msched_catalog_load_callback(&streamed, read_piece, &from, NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_catalog_load_memory(&whole, csv, size, NULL, NULL), MSCHED_OK);
    assert_int_equal(info(streamed).tracks, 20000);
    for (uint32_t i = 0; i < 20000; i++) {
        msched_track a = track(streamed, i), b = track(whole, i);
        assert_string_equal(a.name, b.name);
        assert_string_equal(a.artist, b.artist);
        assert_int_equal(a.popularity, i % 101);
        assert_int_equal(b.duration_ms, i + 1000);
    }
    msched_catalog_unref(streamed);
    msched_catalog_unref(whole);
    free(csv);
}

#define THREADED_ROWS 30000 /* over 1 MB */

typedef struct watch {
    uint64_t last, total, calls;
} watch;

static void on_progress(void *ctx, uint64_t done, uint64_t total)
{
    watch *seen = ctx;
    assert_true(done >= seen->last);
    seen->last = done;
    seen->total = total;
    seen->calls++;
}

/* When a load is canceled, counted in calls. */
typedef struct canceled {
    int asked, at;
} canceled;

static int32_t on_cancel(void *ctx)
{
    canceled *c = ctx;
    return ++c->asked == c->at;
}

static void watch_a_load(uint32_t threads)
{
    size_t size;
    char *csv = large_csv(THREADED_ROWS, &size);
    watch seen = {0, 0, 0};
    canceled stop = {0, threads == 1 ? 3 : 1};
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.threads = threads;
    options.progress = on_progress;
    options.progress_ctx = &seen;
    msched_catalog *catalog;
    msched_error err;
    assert_int_equal(msched_catalog_load_memory(&catalog, csv, size, &options, NULL), MSCHED_OK);
    assert_int_equal(seen.last, size);
    assert_int_equal(seen.total, size);
    /* with several threads, how often depends on how many rows the caller's takes */
    assert_true(seen.calls >= (threads == 1 ? size / (64 * 1024) : 1));
    assert_true(seen.calls <= size / (32 * 1024));
    msched_catalog_unref(catalog);
    options.progress = NULL;
    options.cancel = on_cancel;
    options.cancel_ctx = &stop;
    assert_int_equal(msched_catalog_load_memory(&catalog, csv, size, &options, &err),
                     MSCHED_ERROR_CANCELLED);
    assert_null(catalog);
    assert_int_equal(stop.asked, stop.at);
    free(csv);
}

static void progress_and_cancel(void **state)
{
    (void)state;
    for (uint32_t threads = 1; threads <= 4; threads++)
        watch_a_load(threads);
}

typedef struct rest {
    const char *data;
    size_t size;
} rest;

static int64_t read_rest(void *ctx, void *buffer, size_t size)
{
    rest *from = ctx;
    const size_t count = size < from->size ? size : from->size;
    memcpy(buffer, from->data, count);
    from->data += count;
    from->size -= count;
    return (int64_t)count;
}

/* However near to the end of the input the limit is. */
static void too_large_an_input_is_refused_to_its_last_byte(void **state)
{
    (void)state;
    size_t size;
    char *csv = large_csv(THREADED_ROWS, &size);
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    for (size_t above = 0; above < 200000; above = 1 + above * 3) {
        rest from = {csv, size};
        msched_catalog *catalog;
        msched_error err;
        options.max_bytes = size - above;
        const msched_result result = msched_catalog_load_callback(&catalog, read_rest, &from,
                                                                  &options, &err);
        assert_int_equal(result, above == 0 ? MSCHED_OK : MSCHED_ERROR_LIMIT);
        msched_catalog_unref(catalog);
    }
    free(csv);
}

/* Rows that are broken do not hide why the load ended. */
static void a_canceled_load_tells_no_broken_row(void **state)
{
    (void)state;
    char *csv = malloc((size_t)1 << 20);
    assert_non_null(csv);
    size_t size = (size_t)sprintf(csv, "track_id,track_name,track_artist,track_popularity,"
                                       "duration_ms\n");
    for (int row = 0; row < 12000; row++)
        size += (size_t)sprintf(
            csv + size,
            row % 50 == 9 ? "id%d,\"T\"x,A,1,\"200000\"\n" : "id%d,Title,Artist,1,200000\n", row);
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.threads = 1;
    options.skip_bad_rows = 1;
    options.cancel = on_cancel;
    for (uint32_t at = 1; at <= 3; at++) {
        canceled stop = {0, at};
        msched_catalog *catalog;
        msched_error err;
        options.cancel_ctx = &stop;
        assert_int_equal(msched_catalog_load_memory(&catalog, csv, size, &options, &err),
                         MSCHED_ERROR_CANCELLED);
        assert_null(catalog);
    }
    free(csv);
}

/* The catalogs are the same in texts and numbers. */
static void assert_same(msched_catalog *a, msched_catalog *b)
{
    assert_int_equal(info(a).tracks, info(b).tracks);
    assert_int_equal(info(a).entries, info(b).entries);
    assert_int_equal(info(a).recordings, info(b).recordings);
    assert_int_equal(info(a).rows_skipped, info(b).rows_skipped);
    for (uint32_t i = 0; i < info(a).tracks; i++) {
        msched_track x = track(a, i), y = track(b, i);
        assert_string_equal(x.id, y.id);
        assert_string_equal(x.name, y.name);
        assert_string_equal(x.artist, y.artist);
        assert_int_equal(x.popularity, y.popularity);
        assert_int_equal(x.duration_ms, y.duration_ms);
    }
    msched_error first, second;
    for (uint32_t i = 0; i < msched_catalog_skipped_count(a); i++) {
        assert_int_equal(msched_catalog_skipped_get(a, i, &first), MSCHED_OK);
        assert_int_equal(msched_catalog_skipped_get(b, i, &second), MSCHED_OK);
        assert_string_equal(first.message, second.message);
    }
}

/* Loads of one text in one thread and in `threads`: the same catalog, or the same error. */
static void assert_same_in(uint32_t threads, const char *csv, size_t size, uint32_t skip_bad_rows)
{
    msched_catalog *catalog[2];
    msched_error err[2];
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.skip_bad_rows = skip_bad_rows;
    options.max_field_bytes = 1 << 20;
    for (uint32_t i = 0; i < 2; i++) {
        options.threads = i == 0 ? 1 : threads;
        msched_result result = msched_catalog_load_memory(&catalog[i], csv, size, &options,
                                                          &err[i]);
        assert_int_equal(result == MSCHED_OK, catalog[i] != NULL);
    }
    if (catalog[0] != NULL && catalog[1] != NULL) {
        assert_same(catalog[0], catalog[1]);
    } else {
        assert_true(catalog[0] == NULL && catalog[1] == NULL);
        assert_int_equal(err[0].line, err[1].line);
        assert_string_equal(err[0].message, err[1].message);
    }
    msched_catalog_unref(catalog[0]);
    msched_catalog_unref(catalog[1]);
}

static void assert_threads_agree(const char *csv, size_t size, uint32_t skip_bad_rows)
{
    for (uint32_t threads = 2; threads <= 4; threads++)
        assert_same_in(threads, csv, size, skip_bad_rows);
}

static void any_number_of_threads_gives_the_same(void **state)
{
    (void)state;
    size_t size;
    char *csv = large_csv(THREADED_ROWS, &size);
    assert_threads_agree(csv, size, 0);

    /*
     * a conflict, a stray quote and a bad number near the end: the load fails at the first, or
     * skips them all
     */
    static const char bad[] =
        "id5,Another title,Artist 5,5,1005\nid6,\"a\"b,Artist 6,6,1006\nid7,n,x,many,1007\n";
    char *broken = malloc(size + sizeof bad + 200100);
    memcpy(broken, csv, size);
    memcpy(broken + size, bad, sizeof bad - 1);
    assert_threads_agree(broken, size + sizeof bad - 1, 0);
    assert_threads_agree(broken, size + sizeof bad - 1, 1);

    /* a row longer than all that is handed over at once */
    size_t used = size + (size_t)sprintf(broken + size, "long,");
    memset(broken + used, 'x', 200000);
    used += 200000 + (size_t)sprintf(broken + used + 200000, ",Artist,1,1000\nlast,n,x,1,1000\n");
    assert_threads_agree(broken, used, 0);
    free(broken);
    free(csv);
}

static void paths(void **state)
{
    (void)state;
    char name[] = "/tmp/musicsched-test-XXXXXX";
    int file = mkstemp(name);
    assert_true(file >= 0);
    static const char csv[] = SHORT_HEADER "a,n,x,5,1000\nb,n,x,bad,1000\n";
    assert_int_equal(write(file, csv, sizeof csv - 1), sizeof csv - 1);
    close(file);
    msched_catalog *catalog;
    msched_error err;
    char want[200];
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.strict = 1;
    assert_int_equal(msched_catalog_load_path(&catalog, name, &options, &err), MSCHED_ERROR_VALUE);
    snprintf(want, sizeof want, "%s:3:4: track_popularity: \"bad\" is not a whole number 0..100",
             name);
    assert_string_equal(err.message, want);
    remove(name);
    assert_int_equal(msched_catalog_load_path(&catalog, name, NULL, &err), MSCHED_ERROR_IO);
    assert_memory_equal(err.message, name, strlen(name));
    assert_int_equal(msched_catalog_load_path(&catalog, "/", NULL, &err), MSCHED_ERROR_IO);
    assert_null(catalog);
}

static void a_decimal_comma_changes_nothing(void **state)
{
    (void)state;
    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL && setlocale(LC_ALL, "fr_FR.UTF-8") == NULL)
        skip();
    msched_catalog *catalog = load(DATE_HEADER
                                   "a,n,x,5,1000,2012,1,120.25,1,0.12345678901234567890\n");
    setlocale(LC_ALL, "C");
    assert_true(track(catalog, 0).feature[MSCHED_FEATURE_TEMPO] == 120.25);
    assert_true(track(catalog, 0).feature[MSCHED_FEATURE_ENERGY] == 0.12345678901234567890);
    msched_catalog_unref(catalog);
}

static void wrong_arguments_are_refused(void **state)
{
    (void)state;
    msched_catalog *catalog;
    msched_error err;
    msched_catalog_options options;
    assert_int_equal(msched_catalog_load_path(NULL, "x", NULL, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_catalog_load_path(&catalog, NULL, NULL, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_catalog_load_memory(&catalog, NULL, 1, NULL, &err),
                     MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_catalog_load_callback(&catalog, NULL, NULL, NULL, &err),
                     MSCHED_ERROR_ARGUMENT);
    msched_catalog_options_init(&options, sizeof options);
    options.skip_bad_rows = 2;
    assert_int_equal(msched_catalog_load_memory(&catalog, "", 0, &options, &err),
                     MSCHED_ERROR_ARGUMENT);
    msched_catalog_options_init(&options, sizeof options);
    options.threads = 5;
    assert_int_equal(msched_catalog_load_memory(&catalog, "", 0, &options, &err),
                     MSCHED_ERROR_ARGUMENT);
    msched_catalog_options_init(&options, sizeof options);
    options.reserved[0] = 1;
    assert_int_equal(msched_catalog_load_memory(&catalog, "", 0, &options, &err),
                     MSCHED_ERROR_ARGUMENT);
    assert_string_equal(msched_feature_name(MSCHED_FEATURE_TEMPO), "tempo");
    assert_null(msched_feature_name(MSCHED_FEATURE_COUNT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_come_in_any_order),
        cmocka_unit_test(quotes_and_line_ends),
        cmocka_unit_test(a_delimiter_of_choice),
        cmocka_unit_test(columns_have_the_names_of_choice),
        cmocka_unit_test(values_as_other_tools_write_them),
        cmocka_unit_test(bad_input_is_named_exactly),
        cmocka_unit_test(bad_rows_can_be_skipped),
        cmocka_unit_test(a_stray_quote_costs_its_row_alone),
        cmocka_unit_test(a_stray_quote_does_not_swallow_the_rest),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(large_files_are_refused_unread),
        cmocka_unit_test(pieces_of_any_size_give_the_same),
        cmocka_unit_test(streaming_equals_memory),
        cmocka_unit_test(progress_and_cancel),
        cmocka_unit_test(a_canceled_load_tells_no_broken_row),
        cmocka_unit_test(too_large_an_input_is_refused_to_its_last_byte),
        cmocka_unit_test(any_number_of_threads_gives_the_same),
        cmocka_unit_test(paths),
        cmocka_unit_test(a_decimal_comma_changes_nothing),
        cmocka_unit_test(wrong_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
