/* Blocks of every size keep their bytes while they grow, shrink and change their kind of memory. */
#include "../testing.h"
#include "base/alloc.h"
#include "base/large_block.h"

#include <string.h>

static void fill(unsigned char *block, size_t size, unsigned seed)
{
    for (size_t i = 0; i < size; i++)
        block[i] = (unsigned char)(i * 7 + seed);
}

static void expect(const unsigned char *block, size_t size, unsigned seed)
{
    for (size_t i = 0; i < size; i++)
        assert_int_equal(block[i], (unsigned char)(i * 7 + seed));
}

static void resize_all(msched__large_range *range)
{
    static const size_t sizes[] = {1, 100, 131071, 131072, 200000, 3000000, 190000, 50, 400000};
    const msched_allocator large = msched__large_allocator(range);
    const msched_allocator allocator = msched__allocator_copy(&large);
    unsigned char *blocks[4] = {NULL};
    size_t before = 0;
    if (range != NULL)
        msched__large_reserve(&allocator, 2000000); /* less than is asked for */
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        const size_t size = sizes[s], kept = before < size ? before : size;
        for (unsigned b = 0; b < 4; b++) {
            blocks[b] = msched__realloc_array(&allocator, blocks[b], size, 1);
            assert_non_null(blocks[b]);
            assert_int_equal((uintptr_t)blocks[b] % _Alignof(max_align_t), 0);
            expect(blocks[b], kept, b);
            fill(blocks[b], size, b);
            msched__populate(&allocator, blocks[b], 0, size);
            expect(blocks[b], size, b);
        }
        before = size;
    }
    for (unsigned b = 0; b < 4; b++)
        msched__free(&allocator, blocks[b]);
}

static void bytes_are_kept(void **state)
{
    (void)state;
    msched__large_range range = {0};
    resize_all(NULL);
    resize_all(&range);
    msched__large_end(&range);
    msched__large_end(&range); /* nothing is left to give back */
}

static int is_inside(const void *block, size_t size, uintptr_t begin, uintptr_t end)
{
    const uintptr_t at = (uintptr_t)block;
    return at >= begin && at < end && size <= end - at;
}

static void large_blocks_come_from_the_range(void **state)
{
    (void)state;
    msched__large_range range = {0};
    const msched_allocator large = msched__large_allocator(&range);
    if (large.allocate == NULL)
        skip(); /* a system without large pages, or a sanitizer */
    const msched_allocator allocator = msched__allocator_copy(&large);
    assert_true(msched__is_large_allocator(&allocator));
    msched__large_reserve(&allocator, 3000000);
    const uintptr_t begin = range.at, end = range.end;
    assert_true(begin != 0 && end - begin >= 3000000 && begin % ((size_t)2 << 20) == 0);
    msched__large_reserve(&allocator, 9000000); /* is reserved already */
    assert_true(range.at == begin && range.end == end);

    char *blocks[5], *small = msched__alloc_array(&allocator, 1000, 1);
    assert_false(is_inside(small, 1, begin, end));
    assert_true(range.at == begin);
    for (size_t i = 0; i < 5; i++) {
        const uintptr_t before = range.at;
        blocks[i] = msched__alloc_array(&allocator, 500000, 1);
        assert_true(is_inside(blocks[i], 500000, before, range.at)); /* no two share bytes */
    }
    char *grown = msched__alloc_array(&allocator, 1000, 1);
    grown = msched__realloc_array(&allocator, grown, 200000, 1);
    assert_true(is_inside(grown, 200000, begin, end));
    const uintptr_t used = range.at;
    char *other = msched__alloc_array(&allocator, 9000000, 1); /* does not fit */
    assert_false(is_inside(other, 1, begin, end));
    assert_true(range.at == used);

    for (size_t i = 0; i < 5; i++)
        msched__free(&allocator, blocks[i]);
    msched__free(&allocator, small);
    msched__free(&allocator, grown);
    msched__free(&allocator, other);
    msched__large_end(&range);
    assert_true(range.at == 0);
}

static void blocks_outlive_the_range(void **state)
{
    (void)state;
    msched__large_range range = {0};
    const msched_allocator large = msched__large_allocator(&range);
    const msched_allocator allocator = msched__allocator_copy(&large);
    msched__large_reserve(&allocator, 1000000);
    unsigned char *block = msched__alloc_array(&allocator, 500000, 1);
    assert_non_null(block);
    fill(block, 500000, 3);
    msched__large_end(&range);
    expect(block, 500000, 3);
    msched__free(&allocator, block);
}

static void sizes_past_memory_are_refused(void **state)
{
    (void)state;
    const msched_allocator large = msched__large_allocator(NULL);
    const msched_allocator allocator = msched__allocator_copy(&large);
    unsigned char *block = msched__alloc_array(&allocator, 300000, 1);
    assert_non_null(block);
    assert_null(msched__alloc_array(&allocator, SIZE_MAX, 1));
    assert_null(msched__realloc_array(&allocator, block, SIZE_MAX - 8, 1));
    fill(block, 300000, 0); /* is still there */
    msched__free(&allocator, block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bytes_are_kept),
                                       cmocka_unit_test(large_blocks_come_from_the_range),
                                       cmocka_unit_test(blocks_outlive_the_range),
                                       cmocka_unit_test(sizes_past_memory_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
