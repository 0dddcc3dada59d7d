/*
 * Lookup on a made catalog: bad questions, many threads at once on a fresh catalog, and out of
 * memory.
 */
#include "query_testing.h"

#include <musicsched/lookup.h>

#include "query/lookup/search_text.h"
#include "query/lookup/song_match.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static made_row rows[1200];

static void bad_questions_are_refused(void **state)
{
    (void)state;
    msched_catalog *catalog = catalog_of_rows(rows, make_rows(rows, 300, 1), NULL, 0);
    msched_hits *hits = NULL;
    msched_error error;
    char text[1026];
    memset(text, 'a', sizeof text - 1);
    text[1025] = '\0';
    assert_int_equal(msched_find(&hits, catalog, text, NULL, &error), MSCHED_ERROR_LIMIT);
    assert_int_equal(msched_suggest(&hits, catalog, text, NULL, &error), MSCHED_ERROR_LIMIT);
    text[1024] = '\0';
    assert_int_equal(msched_find(&hits, catalog, text, NULL, &error), MSCHED_OK);
    assert_int_equal(msched_hits_count(hits), 0);
    msched_hits_unref(hits);
    assert_int_equal(msched_find(&hits, catalog, "song \xFF", NULL, &error), MSCHED_ERROR_ENCODING);
    assert_int_equal(error.column, 6);
    assert_null(hits);
    assert_int_equal(msched_find(&hits, catalog, NULL, NULL, &error), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_find(&hits, NULL, "x", NULL, &error), MSCHED_ERROR_ARGUMENT);
    msched_find_options options;
    msched_find_options_init(&options, sizeof options);
    options.limit = 1001;
    assert_int_equal(msched_find(&hits, catalog, "x", &options, &error), MSCHED_ERROR_ARGUMENT);
    options.limit = 5;
    options.no_typos = 1;
    assert_int_equal(msched_find(&hits, catalog, "sogn 1", &options, &error), MSCHED_OK);
    assert_int_equal(msched_hits_count(hits), 0);
    msched_hits_unref(hits);
    options.no_typos = 0;
    assert_int_equal(msched_find(&hits, catalog, "sogn 1", &options, &error), MSCHED_OK);
    assert_int_equal(msched_hits_count(hits), 5);
    msched_hits_unref(hits);
    msched_catalog_unref(catalog);
}

static void an_empty_catalog_has_no_hits(void **state)
{
    (void)state;
    msched_catalog *catalog = catalog_of_rows(rows, 0, NULL, 0);
    static const char *const texts[] = {"", "a", "dance monkey", "-", " "};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        msched_hits *hits = NULL;
        assert_int_equal(msched_find(&hits, catalog, texts[i], NULL, NULL), MSCHED_OK);
        assert_int_equal(msched_hits_count(hits), 0);
        msched_hits_unref(hits);
        assert_int_equal(msched_suggest(&hits, catalog, texts[i], NULL, NULL), MSCHED_OK);
        assert_int_equal(msched_hits_count(hits), 0);
        msched_hits_unref(hits);
    }
    msched_catalog_unref(catalog);
}

static void *ask(void *arg)
{
    const msched_catalog *catalog = arg;
    uintptr_t wrong = 0;
    for (int i = 0; i < 20; i++) {
        msched_hits *hits = NULL;
        wrong += msched_find(&hits, catalog, "artits 7 song", NULL, NULL) != MSCHED_OK ||
                 msched_hits_count(hits) == 0;
        msched_hits_unref(hits);
    }
    return (void *)wrong;
}

static void threads_share_a_fresh_catalog(void **state)
{
    (void)state;
    msched_catalog *catalog = catalog_of_rows(rows, make_rows(rows, 300, 2), NULL, 0);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask, catalog), 0);
    for (int i = 0; i < 4; i++) {
        void *wrong;
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_null(wrong);
    }
    msched_catalog_unref(catalog);
}

/* A small catalog that takes its memory from `allocator`. */
static msched_result small_catalog(msched_catalog **out, const msched_allocator *allocator)
{
    static const char csv[] = "track_id,track_name,track_artist,track_popularity,duration_ms\n"
                              "1,Dance Monkey,Tones and I,100,209000\n2,Memories - Remix,Maroon "
                              "5,67,162600\n3,Memories,Maroon 5,98,189000\n";
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.allocator = allocator;
    return msched_catalog_load_memory(out, csv, sizeof csv - 1, &options, NULL);
}

static void words_run_together_are_parted(void **state)
{
    (void)state;
    static const char *const texts[] = {"tonesandi",
                                        "dancemonkeytonesandi",
                                        "tonesandidancemonkey",
                                        "dance monkeytonesandi",
                                        "tonesanddancemonkey",
                                        "dancemonkeytones",
                                        "tonesandidance"};
    msched_catalog *catalog = NULL;
    assert_int_equal(small_catalog(&catalog, NULL), MSCHED_OK);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        msched_hits *hits = NULL;
        msched_hit hit = {.struct_size = sizeof hit};
        assert_int_equal(msched_find(&hits, catalog, texts[i], NULL, NULL), MSCHED_OK);
        assert_int_equal(msched_hits_count(hits), i < 4); /* whole titles and artists only */
        if (i < 4) {
            assert_int_equal(msched_hits_get(hits, 0, &hit), MSCHED_OK);
            assert_int_equal(hit.track, 0);
        }
        msched_hits_unref(hits);
    }
    msched_catalog_unref(catalog);
}

static msched_result ask_all(const msched_catalog *catalog, const msched_allocator *allocator)
{
    static const char *const texts[] = {"memories", "dance mnokey", "dancemonkey", "tonesandi",
                                        "memo"};
    msched_find_options options;
    msched_find_options_init(&options, sizeof options);
    options.allocator = allocator;
    msched_result result = MSCHED_OK;
    for (size_t i = 0; i < 5 && result == MSCHED_OK; i++) {
        msched_hits *hits = NULL;
        result = msched_find(&hits, catalog, texts[i], &options, NULL);
        msched_hits_unref(hits);
        if (result == MSCHED_OK)
            result = msched_suggest(&hits, catalog, texts[i], &options, NULL);
        if (result == MSCHED_OK)
            msched_hits_unref(hits);
    }
    msched__song_match match;
    if (result == MSCHED_OK)
        result = msched__song_match_text(catalog, "memories - maroon 5", 19, &match, NULL);
    if (result == MSCHED_OK)
        result = msched__song_match_pair(catalog, "memories", "maroon 5", &match, NULL);
    return result;
}

static void any_allocation_may_fail(void **state)
{
    (void)state;
    for (long at = 0;; at++) {
        failing failure = {.fail_at = -1};
        msched_allocator allocator = failing_allocator(&failure);
        msched_catalog *catalog = NULL;
        assert_int_equal(small_catalog(&catalog, &allocator), MSCHED_OK);
        failure.fail_at = at; /* the index is built from now on, too */
        failure.calls = 0;
        msched_result result = ask_all(catalog, &allocator);
        msched_catalog_unref(catalog);
        assert_int_equal(failure.held, 0);
        if (result == MSCHED_OK)
            break;
        assert_int_equal(result, MSCHED_ERROR_MEMORY);
        assert_true(at < 1000);
    }
}

/* Optimal string alignment distance by its definition, cell by cell. */
static unsigned plain_distance(const uint32_t *a, unsigned a_count, const uint32_t *b,
                               unsigned b_count)
{
    unsigned cells[MSCHED__TYPO_LETTERS + 1][MSCHED__TYPO_LETTERS + 1];
    for (unsigned i = 0; i <= a_count; i++)
        for (unsigned j = 0; j <= b_count; j++) {
            unsigned least = i == 0 ? j : i;
            if (i > 0 && j > 0) {
                unsigned changed = cells[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
                unsigned dropped = cells[i - 1][j] + 1, added = cells[i][j - 1] + 1;
                least = dropped < added ? dropped : added;
                least = changed < least ? changed : least;
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                cells[i - 2][j - 2] + 1 < least)
                least = cells[i - 2][j - 2] + 1;
            cells[i][j] = least;
        }
    return cells[a_count][b_count];
}

static void make_word(char *word, uint64_t *random)
{
    static const char *const letters[] = {
        "a", "b", "c", "d", "\xC3\xA9", "\xE3\x83\xA9", "\xF0\x9F\x8E\xB5"};
    unsigned count = 1 + next_random(random) % MSCHED__TYPO_LETTERS;
    *word = '\0';
    for (unsigned i = 0; i < count; i++)
        strcat(word, letters[next_random(random) % 7]);
}

static void mistakes_are_counted_by_definition(void **state)
{
    (void)state;
    uint64_t random = 3;
    for (int i = 0; i < 20000; i++) {
        char a[4 * MSCHED__TYPO_LETTERS + 1], b[4 * MSCHED__TYPO_LETTERS + 1];
        uint32_t b_letters[MSCHED__TYPO_LETTERS];
        msched__typed typed;
        make_word(a, &random);
        make_word(b, &random);
        msched__typed_read(&typed, a);
        unsigned b_count = msched__word_letters(b_letters, b);
        assert_int_equal(msched__typed_distance(&typed, b),
                         plain_distance(typed.letters, typed.count, b_letters, b_count));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(mistakes_are_counted_by_definition),
                                       cmocka_unit_test(words_run_together_are_parted),
                                       cmocka_unit_test(bad_questions_are_refused),
                                       cmocka_unit_test(an_empty_catalog_has_no_hits),
                                       cmocka_unit_test(threads_share_a_fresh_catalog),
                                       cmocka_unit_test(any_allocation_may_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
