/* One catalog in many threads: owners come and go, and what is attached is built once for all. */
#include "../testing.h"
#include "base/alloc.h"
#include "catalog/catalog_data.h"

#include <pthread.h>

#define THREADS 8

static atomic_int built, destroyed;

static void destroy(msched__attached *self)
{
    msched_allocator allocator = self->allocator;
    atomic_fetch_add(&destroyed, 1);
    msched__free(&allocator, self);
}

static msched__attached *build(const msched_catalog *catalog)
{
    msched__attached *attached = msched__alloc_zero(&catalog->allocator, 1, sizeof *attached);
    if (attached == NULL)
        return NULL;
    attached->destroy = destroy;
    attached->memory_bytes = sizeof *attached;
    attached->allocator = catalog->allocator;
    atomic_fetch_add(&built, 1);
    return attached;
}

static msched__attached *build_nothing(const msched_catalog *catalog)
{
    (void)catalog;
    return NULL;
}

static msched_catalog *small_catalog(void)
{
    static const char csv[] =
        "track_id,track_name,track_artist,track_popularity,duration_ms\na,n,x,5,1000\n";
    msched_catalog *catalog;
    assert_int_equal(msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, NULL, NULL),
                     MSCHED_OK);
    return catalog;
}

static void *use(void *ctx)
{
    msched_catalog *catalog = ctx;
    const msched__attached *attached = NULL;
    for (int i = 0; i < 500; i++) {
        msched_catalog *own = msched_catalog_ref(catalog);
        uint32_t index = 1;
        attached = msched__catalog_attach(own, MSCHED__ATTACH_LOOKUP, build, NULL);
        if (msched_catalog_find_id(own, "a", &index, NULL) != MSCHED_OK || index != 0)
            attached = NULL;
        msched_catalog_unref(own);
    }
    msched_catalog_unref(catalog);
    return (void *)attached;
}

static void threads_share(void **state)
{
    (void)state;
    msched_catalog *catalog = small_catalog();
    pthread_t threads[THREADS];
    void *results[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, use, msched_catalog_ref(catalog)), 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], &results[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        assert_non_null(results[i]);
        assert_ptr_equal(results[i], results[0]);
    }
    assert_int_equal(atomic_load(&built) - atomic_load(&destroyed), 1);
    msched_catalog_unref(catalog);
    assert_int_equal(atomic_load(&built), atomic_load(&destroyed));
}

/* The recordings of a list's text, which was rewritten after the rows were read. */
static void *count_recordings(void *ctx)
{
    msched_catalog *catalog = ctx;
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_track first = {.struct_size = sizeof first}, last = first;
    const int is_right = msched_catalog_get_track(catalog, 0, &first) == MSCHED_OK &&
                         msched_catalog_get_track(catalog, 2, &last) == MSCHED_OK &&
                         msched_catalog_get_info(catalog, &info) == MSCHED_OK &&
                         info.recordings == 2 && first.recording_index == last.recording_index;
    msched_catalog_unref(catalog);
    return is_right ? &built : NULL;
}

static void threads_share_late_columns(void **state)
{
    (void)state;
    static const char csv[] = "track_id,track_name,artists,duration_ms\n"
                              "a,Halo,Ann;Ben,1000\nb,Halo,\"['Ann', 'Ben']\",1000\n"
                              "c,HALO,ann;ben,1000\n";
    for (int round = 0; round < 20; round++) {
        pthread_t threads[THREADS];
        msched_catalog *catalog;
        assert_int_equal(msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, NULL, NULL),
                         MSCHED_OK);
        for (int i = 0; i < THREADS; i++)
            assert_int_equal(
                pthread_create(&threads[i], NULL, count_recordings, msched_catalog_ref(catalog)),
                0);
        for (int i = 0; i < THREADS; i++) {
            void *result;
            assert_int_equal(pthread_join(threads[i], &result), 0);
            assert_non_null(result);
        }
        msched_catalog_unref(catalog);
    }
}

static void attaching_counts_and_fails_cleanly(void **state)
{
    (void)state;
    msched_catalog *catalog = small_catalog();
    msched_error err;
    msched_catalog_info before = {.struct_size = sizeof before}, after = before;
    assert_null(msched__catalog_attach(catalog, MSCHED__ATTACH_MOODS, build_nothing, &err));
    assert_int_equal(err.code, MSCHED_ERROR_MEMORY);
    assert_int_equal(msched_catalog_get_info(catalog, &before), MSCHED_OK);
    assert_non_null(msched__catalog_attach(catalog, MSCHED__ATTACH_MOODS, build, &err));
    assert_int_equal(msched_catalog_get_info(catalog, &after), MSCHED_OK);
    assert_int_equal(after.memory_bytes - before.memory_bytes, sizeof(msched__attached));
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_share),
        cmocka_unit_test(threads_share_late_columns),
        cmocka_unit_test(attaching_counts_and_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
