/* Recordings that a catalog lists under several artists or titles. */
#include "../failing.h"
#include "../testing.h"
#include "query/lookup/duplicates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef struct song {
    const char *title, *artist;
    uint32_t length_ms;
    uint32_t recording; /* expected: the first song that is the same */
} song;

static const song songs[] = {
    {"Best Part (feat. H.E.R.)", "Daniel Caesar", 209831, 0},
    {"Best Part (feat. Daniel Caesar)", "H.E.R.", 209400, 0},
    {"Best Part", "Lena", 209400, 2},                          /* nobody in common */
    {"Best Part - Live", "Daniel Caesar", 209831, 3},          /* another title */
    {"Best Part (with Kim) [Official Video]", "H.E.R.", 0, 4}, /* no length */
    {"best part", "daniel caesar & Kim", 211831, 0},           /* two seconds longer */
    {"Best Part", "Kim", 213832, 6},                           /* more than that */
    {"Halo", "Ann", 100000, 7},
    {"Halo", "Ann", 250000, 7}, /* one title of one artist, however long */
    {"Halo - Remastered 2011", "Ann feat. Bo", 251000, 7},
    {"Halo", "Bo", 252500, 7}, /* through the one before */
    {"Halo ft. Cy", "Dee", 252500, 11},
};

static msched_catalog *make(const msched_allocator *allocator)
{
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.allocator = allocator;
    assert_int_equal(msched_catalog_builder_create(&builder, &options, NULL), MSCHED_OK);
    for (size_t i = 0; i < COUNT(songs); i++) {
        char id[16];
        msched_catalog_row row;
        snprintf(id, sizeof id, "track%u", (unsigned)i);
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = id;
        row.track_name = songs[i].title;
        row.track_artist = songs[i].artist;
        row.popularity = (int32_t)i;
        row.duration_ms = songs[i].length_ms;
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    return catalog;
}

/* Each song is the same as the expected one, and as no other; the lists hold each once. */
static void check(const msched_catalog *catalog)
{
    const msched__duplicates *found = msched__duplicates_of(catalog, NULL);
    uint32_t distinct = 0, listed = 0;
    assert_non_null(found);
    for (uint32_t i = 0; i < COUNT(songs); i++)
        for (uint32_t k = 0; k < i; k++)
            if ((found->of_track[i] == found->of_track[k]) !=
                (songs[i].recording == songs[k].recording))
                fail_msg("%s - %s and %s - %s", songs[k].title, songs[k].artist, songs[i].title,
                         songs[i].artist);
    for (uint32_t i = 0; i < COUNT(songs); i++)
        distinct += songs[i].recording == i;
    assert_int_equal(found->count, distinct);
    for (uint32_t r = 0; r < found->count; r++)
        for (uint32_t i = found->tracks.starts[r]; i < found->tracks.starts[r + 1]; i++, listed++) {
            assert_int_equal(found->of_track[found->tracks.rows[i]], r);
            /* most popular first */
            assert_true(i == found->tracks.starts[r] ||
                        found->tracks.rows[i] < found->tracks.rows[i - 1]);
        }
    assert_int_equal(listed, COUNT(songs));
}

static void test_songs_of_several_artists(void **state)
{
    (void)state;
    msched_catalog *catalog = make(NULL);
    msched_catalog_info info = {.struct_size = sizeof info};
    check(catalog);
    /* what is counted stays as the rows have it */
    msched_catalog_get_info(catalog, &info);
    assert_int_equal(info.recordings, COUNT(songs) - 1);
    msched_catalog_unref(catalog);
}

static void test_saved_catalogs_have_them(void **state)
{
    char folder[] = "/tmp/test_duplicates.XXXXXX", path[64];
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/songs.msc", folder);
    msched_catalog *catalog = make(NULL), *opened;
    assert_int_equal(msched_catalog_save(catalog, path, NULL), MSCHED_OK);
    msched_catalog_unref(catalog);
    assert_int_equal(msched_catalog_open(&opened, path, NULL, NULL), MSCHED_OK);
    msched__attached *from_file = msched__duplicates_open(opened);
    assert_non_null(from_file);
    from_file->destroy(from_file);
    check(opened);
    msched_catalog_unref(opened);
    unlink(path);
    rmdir(folder);
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    for (long n = 1;; n++) {
        failing memory = {0};
        msched_allocator allocator = failing_allocator(&memory);
        msched_catalog *catalog = make(&allocator);
        msched_error err = {0};
        memory.fail_at = memory.count + n;
        if (msched__duplicates_of(catalog, &err) == NULL)
            assert_int_equal(err.code, MSCHED_ERROR_MEMORY);
        int is_enough = memory.count < memory.fail_at;
        if (is_enough)
            check(catalog);
        msched_catalog_unref(catalog);
        assert_int_equal(memory.live, 0);
        if (is_enough)
            break;
        assert_true(n < 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_songs_of_several_artists),
        cmocka_unit_test(test_saved_catalogs_have_them),
        cmocka_unit_test(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
