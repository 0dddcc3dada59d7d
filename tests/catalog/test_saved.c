/* Saved catalogs: what opens answers as what was saved, and what is damaged does not open. */
#include "../failing.h"
#include "../testing.h"
#include "base/checksum.h"
#include "catalog/catalog_data.h"
#include "query/popularity/group_index.h"
#include "query/popularity/stats.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <musicsched/musicsched.h>

static const char csv[] =
    "track_id,track_name,artists,track_popularity,duration_ms,track_album_id,track_album_name,"
    "track_album_release_date,playlist_id,playlist_name,playlist_genre,playlist_subgenre,energy,"
    "tempo\n"
    "a,Halo,Beyonc\xC3\xA9,80,261000,al,I Am,2008-11-14,p,Mix,pop,dance pop,0.7,84\n"
    "b,Dance Monkey,Tones;I,100,209000,al2,Kids,2019,p,Mix,pop,electropop,0.5,98\n"
    "c,halo,Beyonc\xC3\xA9,40,261000,,,,q,Old,rock,,,\n"
    "a,Halo,Beyonc\xC3\xA9,82,261000,al,I Am,2008-11-14,q,Old,rock,,0.7,84\n"
    "d,\xE6\xAD\x8C,I,,200000,,,1999-05,,,,,1,300\n";

static char folder[] = "/tmp/test_saved.XXXXXX", path[64], other[64];

static msched_catalog *load(void)
{
    msched_catalog *catalog = NULL;
    msched_error err;
    if (msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return catalog;
}

static char *read_file(const char *name, size_t *size)
{
    FILE *file = fopen(name, "rb");
    assert_non_null(file);
    char *data = malloc(1 << 20);
    *size = fread(data, 1, 1 << 20, file);
    fclose(file);
    return data;
}

static void write_file(const char *name, const char *data, size_t size)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static msched_catalog *open_as(const char *name, uint32_t check, msched_error *err)
{
    msched_catalog_options options;
    msched_catalog *catalog = NULL;
    msched_catalog_options_init(&options, sizeof options);
    options.saved_check = check;
    *err = (msched_error){0};
    msched_result result = msched_catalog_open(&catalog, name, &options, err);
    assert_int_equal(result == MSCHED_OK, catalog != NULL);
    assert_int_equal(result, err->code);
    return catalog;
}

/* Everything that a catalog says and answers, as one text. */
static char *tell(const msched_catalog *catalog)
{
    static const char *const asked[] = {"halo", "dance monky", "beyonce", "i", "tones"};
    static char said[1 << 16];
    size_t used = 0;
    msched_text *text = NULL;
    msched_catalog_info info = {.struct_size = sizeof info};
#define SAY(call)                                                                                  \
    do {                                                                                           \
        assert_int_equal(call, MSCHED_OK);                                                         \
        used += (size_t)snprintf(said + used, sizeof said - used, "%s\n", msched_text_data(text)); \
        msched_text_unref(text);                                                                   \
    } while (0)
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    used += (size_t)snprintf(said, sizeof said, "%u %u %u %u %u\n", info.entries, info.tracks,
                             info.recordings, info.artists, (unsigned)info.assumptions);
    for (uint32_t t = 0; t < info.tracks; t++)
        SAY(msched_track_to_json(catalog, t, &text, NULL));
    SAY(msched_catalog_report_to_json(catalog, &text, NULL));
    SAY(msched_catalog_report_to_text(catalog, &text, NULL));
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        msched_hits *hits;
        assert_int_equal(msched_find(&hits, catalog, asked[i], NULL, NULL), MSCHED_OK);
        SAY(msched_hits_to_json(hits, catalog, &text, NULL));
        msched_hits_unref(hits);
        assert_int_equal(msched_suggest(&hits, catalog, asked[i], NULL, NULL), MSCHED_OK);
        SAY(msched_hits_to_json(hits, catalog, &text, NULL));
        msched_hits_unref(hits);
    }
    for (uint32_t by = 0; by <= MSCHED_BY_YEAR_MONTH; by++) {
        msched_groups_options options;
        msched_groups *groups;
        msched_groups_options_init(&options, sizeof options);
        options.by = by;
        assert_int_equal(msched_groups_compute(&groups, catalog, &options, NULL), MSCHED_OK);
        SAY(msched_groups_to_json(groups, &text, NULL));
        msched_groups_unref(groups);
    }
    return strdup(said);
}

static void answers_are_the_same(void **state)
{
    (void)state;
    msched_catalog *loaded = load(), *opened;
    msched_error err;
    assert_int_equal(msched_catalog_save(loaded, path, &err), MSCHED_OK);
    char *said = tell(loaded);
    for (uint32_t check = 0; check <= MSCHED_SAVED_CHECK_NOTHING; check++) {
        uint32_t index = 9;
        opened = open_as(path, check, &err);
        assert_non_null(opened);
        char *again = tell(opened);
        assert_string_equal(again, said);
        assert_int_equal(msched_catalog_find_id(opened, "c", &index, NULL), MSCHED_OK);
        assert_int_equal(index, 2);
        assert_int_equal(msched_catalog_find_id(opened, "nothing", &index, NULL),
                         MSCHED_ERROR_NOT_FOUND);
        free(again);
        msched_catalog_unref(opened);
    }
    free(said);
    /* wherever a file of songs is named, and saved again with the same bytes */
    assert_int_equal(msched_catalog_load_path(&opened, path, NULL, &err), MSCHED_OK);
    assert_int_equal(msched_catalog_save(opened, other, &err), MSCHED_OK);
    size_t size, other_size;
    char *bytes = read_file(path, &size), *others = read_file(other, &other_size);
    assert_int_equal(size, other_size);
    assert_memory_equal(bytes, others, size);
    free(bytes);
    free(others);
    msched_catalog_unref(opened);
    msched_catalog_unref(loaded);
}

static void every_index_is_in_the_file(void **state)
{
    (void)state;
    failing memory = {0};
    msched_allocator allocator = failing_allocator(&memory);
    msched_catalog_options options;
    msched_catalog *catalog;
    msched_error err;
    msched_catalog_options_init(&options, sizeof options);
    options.allocator = &allocator;
    options.saved_check = MSCHED_SAVED_CHECK_NOTHING;
    assert_int_equal(msched_catalog_open(&catalog, path, &options, &err), MSCHED_OK);
    assert_int_equal(msched_catalog_prepare(catalog, &err), MSCHED_OK);
    /* the catalog, lookup, moods, groups, their order and duplicates: nothing is built */
    assert_int_equal(memory.live, 6);
    msched_catalog_unref(catalog);
    assert_int_equal(memory.live, 0);
}

static void the_file_stays_for_its_readers(void **state)
{
    (void)state;
    msched_error err;
    msched_catalog *opened = open_as(path, 0, &err), *loaded = load();
    char *said = tell(opened);
    assert_int_equal(msched_catalog_save(loaded, path, &err), MSCHED_OK); /* a new file */
    assert_int_equal(unlink(path), 0);
    char *again = tell(opened);
    assert_string_equal(again, said);
    free(said);
    free(again);
    assert_int_equal(msched_catalog_save(loaded, path, &err), MSCHED_OK);
    msched_catalog_unref(opened);
    msched_catalog_unref(loaded);
}

static void other_files_are_not_replaced(void **state)
{
    (void)state;
    msched_catalog *catalog = load();
    msched_error err;
    struct stat status;
    size_t size;
    write_file(other, csv, sizeof csv - 1);
    assert_int_equal(msched_catalog_save(catalog, other, &err), MSCHED_ERROR_ARGUMENT);
    assert_non_null(strstr(err.message, "exists and is not a saved catalog"));
    char *data = read_file(other, &size);
    assert_int_equal(size, sizeof csv - 1);
    assert_memory_equal(data, csv, size);
    free(data);
    assert_null(open_as(other, 0, &err));
    assert_int_equal(err.code, MSCHED_ERROR_SYNTAX);
    assert_int_equal(msched_catalog_save(catalog, folder, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_catalog_save(catalog, "/nowhere/x.msc", &err), MSCHED_ERROR_IO);
    assert_int_equal(stat("/nowhere", &status), -1);
    msched_catalog_unref(catalog);
}

static void refusals_say_what_to_do(void **state)
{
    (void)state;
    msched_error err;
    msched_catalog *catalog = NULL;
    msched_catalog_options options;
    const char *columns[] = {"key="}, *both[] = {path, other};
    size_t size;
    assert_int_equal(msched_catalog_load_paths(&catalog, both, 2, NULL, &err),
                     MSCHED_ERROR_ARGUMENT);
    assert_non_null(strstr(err.message, "cannot be combined"));
    msched_catalog_options_init(&options, sizeof options);
    options.columns = columns;
    options.column_count = 1;
    assert_int_equal(msched_catalog_open(&catalog, path, &options, &err), MSCHED_ERROR_ARGUMENT);
    assert_non_null(strstr(err.message, "set columns when you save it"));
    assert_int_equal(msched_catalog_open(&catalog, "/nowhere", NULL, &err), MSCHED_ERROR_IO);
    char *data = read_file(path, &size);
    assert_int_equal(msched_catalog_load_memory(&catalog, data, size, NULL, &err),
                     MSCHED_ERROR_SYNTAX);
    assert_non_null(strstr(err.message, "a saved catalog: name it as a file"));
    data[8] = 1; /* the other byte order */
    write_file(other, data, size);
    assert_null(open_as(other, 0, &err));
    assert_non_null(strstr(err.message, "another byte order"));
    data[8] = 4;
    data[12] = 99;
    write_file(other, data, size);
    assert_null(open_as(other, 0, &err));
    assert_non_null(strstr(err.message, "format version 99"));
    free(data);
}

/* Any byte: the front is always checked, the rest by its checksums. */
static void damage_is_found(void **state)
{
    (void)state;
    msched_error err;
    size_t size;
    char *data = read_file(path, &size);
    for (size_t at = 0; at < size; at += at < 64 ? 1 : 53) {
        data[at] ^= 16;
        write_file(other, data, size);
        data[at] ^= 16;
        assert_null(open_as(other, MSCHED_SAVED_CHECK_CHECKSUMS, &err));
        msched_catalog *catalog = open_as(other, MSCHED_SAVED_CHECK_BOUNDS, &err);
        if (catalog != NULL) {
            const msched_result result = msched_catalog_prepare(catalog, &err);
            assert_true(result == MSCHED_OK || result == MSCHED_ERROR_SYNTAX);
        }
        msched_catalog_unref(catalog);
    }
    for (size_t cut = 0; cut < size; cut += cut < 80 ? 1 : 997) {
        write_file(other, data, cut);
        assert_null(open_as(other, MSCHED_SAVED_CHECK_NOTHING, &err));
    }
    free(data);
}

/* Behind a message there is nothing, so that the same rows give the same bytes. */
static void messages_leave_nothing_behind(void **state)
{
    (void)state;
    static const char rows[] = "track_id,track_name,artists,popularity\n"
                               "a,Halo,I,80\n"
                               "b,\"a title that opens with a quote\nc,Monkey,I,70\n"
                               "d,Sea\n";
    static const char message[] = "\"Sea\": the next column, track_artist, is missing";
    msched_catalog *catalog = NULL;
    msched_error err;
    assert_int_equal(msched_catalog_load_memory(&catalog, rows, sizeof rows - 1, NULL, &err),
                     MSCHED_OK);
    assert_int_equal(msched_catalog_save(catalog, other, &err), MSCHED_OK);
    msched_catalog_unref(catalog);
    size_t size, at = 0;
    char *data = read_file(other, &size);
    while (at + sizeof message + 64 < size && memcmp(data + at, message, sizeof message) != 0)
        at++;
    assert_true(at + sizeof message + 64 < size);
    for (size_t k = 0; k < 64; k++)
        assert_int_equal(data[at + sizeof message + k], 0);
    free(data);
}

/* More than a megabyte, so that several threads check it. */
static void save_many(const char *name)
{
    enum { ROWS = 20000, ROW = 128 };
    char *songs = malloc((size_t)ROWS * ROW);
    size_t used = (size_t)sprintf(songs, "track_id,track_name,artists,track_popularity,duration_ms,"
                                         "track_album_release_date,playlist_id,playlist_genre,"
                                         "energy,key,tempo,track_album_id,playlist_subgenre\n");
    for (int i = 0; i < ROWS; i++)
        used += (size_t)sprintf(songs + used,
                                "id%d,Song %d,Ann%s;B%d,%d,200000,2001-02-03,p%d,g%d,0.5,3,%d,"
                                "a%d,s\n",
                                i, i, i % 2 ? "e" : "", i % 99, i % 101, i % 9, i % 7, i % 999, i);
    msched_catalog *catalog = NULL;
    msched_error err = {0};
    if (msched_catalog_load_memory(&catalog, songs, used, NULL, &err) != MSCHED_OK ||
        msched_catalog_save(catalog, name, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    msched_catalog_unref(catalog);
    free(songs);
}

static void assert_opens(const char *name, uint32_t threads, msched_result expected)
{
    msched_catalog_options options;
    msched_catalog *catalog;
    msched_error err;
    msched_catalog_options_init(&options, sizeof options);
    options.threads = threads;
    msched_result result = msched_catalog_open(&catalog, name, &options, &err);
    if (result == MSCHED_OK)
        result = msched_catalog_prepare(catalog, &err);
    assert_int_equal(result, expected);
    if (expected != MSCHED_OK)
        assert_non_null(strstr(err.message, "damaged: save it again"));
    msched_catalog_unref(catalog);
}

/* The last item of each column becomes one that leads nowhere, or that no song has. */
static void every_column_is_checked_by_any_thread(void **state)
{
    (void)state;
    msched__section_header header;
    msched__section section;
    char before[16], wrong[16];
    uint32_t columns = 0;
    save_many(other);
    assert_opens(other, 0, MSCHED_OK);
    const int file = open(other, O_RDWR);
    assert_int_equal(pread(file, &header, sizeof header, 0), sizeof header);
    assert_true(header.file_size > 1 << 20);
    memset(wrong, 0xFE, sizeof wrong);
    for (uint32_t i = 0; i < header.section_count; i++) {
        pread(file, &section, sizeof section, (off_t)(sizeof header + i * sizeof section));
        if (section.number <= 0x100 || section.number > 0x1FF || section.count == 0)
            continue;
        const off_t at = (off_t)(section.offset + (section.count - 1) * section.item_size);
        assert_true(section.item_size <= sizeof before);
        assert_int_equal(pread(file, before, section.item_size, at), section.item_size);
        assert_int_equal(pwrite(file, wrong, section.item_size, at), section.item_size);
        assert_opens(other, 0, MSCHED_ERROR_SYNTAX);
        assert_opens(other, 1, MSCHED_ERROR_SYNTAX);
        assert_int_equal(pwrite(file, before, section.item_size, at), section.item_size);
        columns++;
    }
    close(file);
    assert_true(columns > 40);
    assert_opens(other, 1, MSCHED_OK);
}

/* The section of a number. */
static msched__section find_section(int file, uint32_t number)
{
    msched__section_header header;
    msched__section section = {0};
    assert_int_equal(pread(file, &header, sizeof header, 0), sizeof header);
    for (uint32_t i = 0; i < header.section_count && section.number != number; i++)
        pread(file, &section, sizeof section, (off_t)(sizeof header + i * sizeof section));
    assert_int_equal(section.number, number);
    return section;
}

/* Write `value` into the last item of a column of the catalog, by the number of its section. */
static void damage(const char *name, uint32_t number, unsigned char value)
{
    unsigned char wrong[8];
    const int file = open(name, O_RDWR);
    const msched__section section = find_section(file, number);
    memset(wrong, value, sizeof wrong);
    const off_t at = (off_t)(section.offset + (section.count - 1) * section.item_size);
    assert_int_equal(pwrite(file, wrong, section.item_size, at), section.item_size);
    close(file);
}

#define SECTION_OF_ARTISTS        (0x100 + 3)  /* of tracks */
#define SECTION_OF_SORTED_ARTISTS (0x400 + 18) /* popularities of tracks by artist */
/* Opening looks at no column: what reads one refuses it, whichever function comes first. */
static void damage_is_refused_by_what_reads_it(void **state)
{
    (void)state;
    static const char *const names[] = {"get_track", "track_artist", "track_to_json", "top_to_json",
                                        "histogram", "correlations", "groups",        "plan",
                                        "schedule",  "save"};
    save_many(other);
    damage(other, SECTION_OF_ARTISTS, 0xFE);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        msched_error err = {0};
        msched_catalog *catalog = open_as(other, MSCHED_SAVED_CHECK_BOUNDS, &err);
        msched_text *text = NULL;
        msched_track track = {.struct_size = sizeof track};
        msched_result result = MSCHED_ERROR_SYNTAX;
        const uint32_t last = 19999;
        assert_non_null(catalog);
        /* a song that is not damaged is given until the damage is found */
        assert_int_equal(msched_catalog_get_track(catalog, 0, &track), MSCHED_OK);
        assert_string_equal(track.id, "id0");
        if (i == 0) {
            result = msched_catalog_get_track(catalog, last, &track);
        } else if (i == 1) {
            assert_null(msched_catalog_track_artist(catalog, last, 0));
        } else if (i == 2) {
            result = msched_track_to_json(catalog, last, &text, &err);
        } else if (i == 3) {
            msched_top *top = NULL;
            msched_top_options options;
            msched_top_options_init(&options, sizeof options);
            options.limit = 20000;
            assert_int_equal(msched_top_compute(&top, catalog, &options, &err), MSCHED_OK);
            result = msched_top_to_json(top, catalog, &text, &err);
            msched_top_unref(top);
        } else if (i == 4) {
            msched_histogram *histogram = NULL;
            result = msched_histogram_compute(&histogram, catalog, NULL, &err);
        } else if (i == 5) {
            msched_correlations *correlations = NULL;
            result = msched_correlations_compute(&correlations, catalog, NULL, &err);
        } else if (i == 6) {
            msched_groups *groups = NULL;
            msched_groups_options options;
            msched_groups_options_init(&options, sizeof options);
            options.by = MSCHED_BY_ARTIST;
            result = msched_groups_compute(&groups, catalog, &options, &err);
        } else if (i == 7 || i == 8) {
            msched_plan *plan = NULL;
            msched_schedule *schedule = NULL;
            static const char day[] = "date: 2026-11-24\nfill: 20m\n";
            result = msched_plan_parse_text(&plan, NULL, day, sizeof day - 1,
                                            i == 7 ? catalog : NULL, NULL, &err);
            if (i == 8)
                result = msched_schedule_build(&schedule, catalog, plan, NULL, &err);
            msched_plan_unref(plan);
        } else {
            result = msched_catalog_save(catalog, path, &err);
        }
        if (result != MSCHED_ERROR_SYNTAX)
            fail_msg("%s: %d", names[i], (int)result);
        if (i > 1)
            assert_non_null(strstr(err.message, "damaged: save it again"));
        msched_catalog_unref(catalog);
    }
}

/* Nor does a list of songs lead anywhere that has not been checked. */
static void top_refuses_songs_that_are_not_there(void **state)
{
    (void)state;
    msched_error err;
    msched_top *top;
    save_many(other);
    damage(other, 0x200 + 1, 0xFE); /* recordings in the search index */
    msched_catalog *catalog = open_as(other, MSCHED_SAVED_CHECK_NOTHING, &err);
    msched_top_options options = {.struct_size = sizeof options, .count = 2, .limit = 20000};
    assert_int_equal(msched_top_compute(&top, catalog, &options, &err), MSCHED_ERROR_SYNTAX);
    msched_catalog_unref(catalog);
}

/* Statistics by artist, as JSON. */
static void stats_by_artist(const char *name, msched_text **text)
{
    msched_error err;
    msched_groups_options options;
    msched_groups *groups = NULL;
    msched_catalog *catalog = open_as(name, MSCHED_SAVED_CHECK_BOUNDS, &err);
    msched_groups_options_init(&options, sizeof options);
    options.by = MSCHED_BY_ARTIST;
    assert_int_equal(msched_groups_compute(&groups, catalog, &options, &err), MSCHED_OK);
    assert_int_equal(msched_groups_to_json(groups, text, &err), MSCHED_OK);
    msched_groups_unref(groups);
    msched_catalog_unref(catalog);
}

/* An index that is not in order is built again, where its first popularity is unknown. */
static void groups_out_of_order_are_built_again(void **state)
{
    (void)state;
    msched_text *before = NULL, *after = NULL;
    const uint16_t unknown = MSCHED__VALUE_UNKNOWN;
    static const char songs[] = "track_id,track_name,artists,popularity,duration_ms\n"
                                "a,A,Ann,10,1000\nb,B,Ann,20,1000\nc,C,Bob,30,1000\n";
    msched_catalog *catalog = NULL;
    assert_int_equal(msched_catalog_load_memory(&catalog, songs, sizeof songs - 1, NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_catalog_save(catalog, other, NULL), MSCHED_OK);
    msched_catalog_unref(catalog);
    stats_by_artist(other, &before);
    const int file = open(other, O_RDWR);
    const msched__section values = find_section(file, SECTION_OF_SORTED_ARTISTS);
    assert_int_equal(values.item_size, sizeof unknown);
    assert_int_equal(pwrite(file, &unknown, sizeof unknown, (off_t)values.offset), sizeof unknown);
    close(file);
    stats_by_artist(other, &after);
    assert_string_equal(msched_text_data(after), msched_text_data(before));
    msched_text_unref(before);
    msched_text_unref(after);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (long n = 1;; n++) {
        failing memory = {0};
        msched_allocator allocator = failing_allocator(&memory);
        msched_catalog_options options;
        msched_catalog *catalog;
        msched_error err;
        size_t size, now;
        msched_catalog_options_init(&options, sizeof options);
        options.allocator = &allocator;
        assert_int_equal(msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, &options, &err),
                         MSCHED_OK);
        char *before = read_file(path, &size);
        memory.count = 0;
        memory.fail_at = n;
        msched_result result = msched_catalog_save(catalog, path, &err);
        char *after = read_file(path, &now);
        assert_int_equal(now, size);
        assert_memory_equal(after, before, size);
        free(before);
        free(after);
        msched_catalog_unref(catalog);
        assert_int_equal(memory.live, 0);
        if (result == MSCHED_OK)
            break;
        assert_int_equal(result, MSCHED_ERROR_MEMORY);
        assert_int_equal(err.code, MSCHED_ERROR_MEMORY);
    }
}

/*
 * The bytes of a small catalog. If they change, files that were saved before may mean something
 * else: raise MSCHED__SECTION_VERSION together with this number. Another section at the end, which
 * is built anew where a file lacks it, changes this number alone.
 */
#define CHECKSUM_OF_VERSION_2 UINT64_C(0xdabd596a3a675e3d)

static void the_form_is_that_of_its_version(void **state)
{
    (void)state;
    static const char *const rows[][5] = {{"a", "Halo", "Beyonc\xC3\xA9", "pop", "2008-11-14"},
                                          {"b", "Dance Monkey", "Tones\x1FI", "pop", "2019"},
                                          {"c", "halo", "Beyonc\xC3\xA9", "rock", ""}};
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    size_t size;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, NULL), MSCHED_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = rows[i][0];
        row.track_name = rows[i][1];
        row.track_artist = rows[i][2];
        row.genre = rows[i][3];
        row.release_date = rows[i][4];
        row.popularity = 50;
        row.duration_ms = 200000;
        row.feature[MSCHED_FEATURE_ENERGY] = 0.5;
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    assert_int_equal(msched_catalog_save(catalog, path, NULL), MSCHED_OK);
    msched_catalog_unref(catalog);
    char *data = read_file(path, &size);
    assert_int_equal(MSCHED__SECTION_VERSION, 2);
    assert_int_equal(msched__checksum(data, size), CHECKSUM_OF_VERSION_2);
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_the_same),
        cmocka_unit_test(every_index_is_in_the_file),
        cmocka_unit_test(the_file_stays_for_its_readers),
        cmocka_unit_test(other_files_are_not_replaced),
        cmocka_unit_test(refusals_say_what_to_do),
        cmocka_unit_test(damage_is_found),
        cmocka_unit_test(messages_leave_nothing_behind),
        cmocka_unit_test(every_column_is_checked_by_any_thread),
        cmocka_unit_test(damage_is_refused_by_what_reads_it),
        cmocka_unit_test(top_refuses_songs_that_are_not_there),
        cmocka_unit_test(groups_out_of_order_are_built_again),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(the_form_is_that_of_its_version),
    };
    if (mkdtemp(folder) == NULL)
        return 1;
    snprintf(path, sizeof path, "%s/songs.msc", folder);
    snprintf(other, sizeof other, "%s/other.msc", folder);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    unlink(other);
    return failed != 0 || rmdir(folder) != 0; /* nothing half written is left */
}
