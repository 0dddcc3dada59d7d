/* Interning: equal keys get one number, different ones never do. */
#include "../failing.h"
#include "../testing.h"
#include "base/intern.h"

#include <stdio.h>

static uint32_t number_of(msched__intern *table, const msched__slice *parts, size_t part_count)
{
    uint64_t hash = msched__intern_hash(parts, part_count);
    uint32_t item = msched__intern_find(table, parts, part_count, hash);
    if (item != UINT32_MAX)
        return item;
    size_t bytes = 0;
    for (size_t i = 0; i < part_count; i++)
        bytes += parts[i].size + 1;
    if (!msched__text_pool_reserve(table->pool, bytes) || !msched__intern_reserve(table))
        return UINT32_MAX;
    return msched__intern_add(table, parts, part_count, hash);
}

static msched__slice text(const char *string)
{
    return (msched__slice){string, strlen(string)};
}

static void keys_are_numbered_by_first_appearance(void **state)
{
    (void)state;
    failing memory = {0};
    msched_allocator allocator = failing_allocator(&memory);
    msched__text_pool pool;
    msched__intern table;
    msched__text_pool_init(&pool, &allocator);
    msched__intern_init(&table, &pool);
    char name[16];
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 5000; i++) {
            snprintf(name, sizeof name, "name %u", (unsigned)i);
            msched__slice key = text(name);
            assert_int_equal(number_of(&table, &key, 1), i);
            assert_string_equal(pool.data + table.offsets[i], name);
        }
    assert_int_equal(table.count, 5000);
    msched__intern_free(&table);
    msched__text_pool_free(&pool);
    assert_int_equal(memory.live, 0);
}

static void parts_are_told_apart(void **state)
{
    (void)state;
    failing memory = {0};
    msched_allocator allocator = failing_allocator(&memory);
    msched__text_pool pool;
    msched__intern table;
    msched__text_pool_init(&pool, &allocator);
    msched__intern_init(&table, &pool);
    const msched__slice keys[][2] = {{text("ab"), text("c")},
                                     {text("a"), text("bc")},
                                     {text("abc"), text("")},
                                     {text(""), text("abc")}};
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(number_of(&table, keys[i], 2), i);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(number_of(&table, keys[i], 2), i);
    msched__intern_free(&table);
    msched__text_pool_free(&pool);
}

static void offset_zero_is_the_empty_text(void **state)
{
    (void)state;
    failing memory = {0};
    msched_allocator allocator = failing_allocator(&memory);
    msched__text_pool pool;
    msched__text_pool_init(&pool, &allocator);
    assert_true(msched__text_pool_reserve(&pool, 10));
    assert_int_equal(msched__text_pool_put(&pool, text("")), 0);
    assert_string_equal(pool.data + msched__text_pool_put(&pool, text("song")), "song");
    assert_string_equal(pool.data, "");
    assert_false(msched__text_pool_reserve(&pool, UINT32_MAX));
    msched__text_pool_free(&pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_numbered_by_first_appearance),
        cmocka_unit_test(parts_are_told_apart),
        cmocka_unit_test(offset_zero_is_the_empty_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
