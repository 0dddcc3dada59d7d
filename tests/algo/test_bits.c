/* Sets of small numbers, in one word and in an array. */
#include "../testing.h"
#include "algo/bits.h"
#include "base/alloc.h"
#include "random.h"

#define NUMBERS 200

static void a_set_has_the_numbers_that_were_put_into_it(void **state)
{
    (void)state;
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__arena arena;
    msched__arena_init(&arena, &allocator, 0);
    uint64_t *bits = msched__bits_alloc(&arena, NUMBERS);
    uint8_t in[NUMBERS] = {0};
    assert_non_null(bits);
    for (uint32_t i = 0; i < NUMBERS; i++)
        assert_false(msched__bit(bits, i));
    for (int round = 0; round < 100; round++) {
        uint32_t number = (uint32_t)pick(0, NUMBERS - 1);
        msched__bit_set(bits, number);
        in[number] = 1;
        for (uint32_t i = 0; i < NUMBERS; i++)
            assert_int_equal(msched__bit(bits, i), in[i]);
    }
    msched__arena_reset(&arena);
}

static void bits_of_a_word_are_counted(void **state)
{
    (void)state;
    uint64_t word = 0;
    for (uint32_t i = 0; i < 64; i++) {
        assert_int_equal(msched__bit_count(word), i);
        word |= msched__bit_of(63 - i);
    }
    assert_true(word == UINT64_MAX);
    assert_int_equal(msched__bit_count(word), 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_has_the_numbers_that_were_put_into_it),
        cmocka_unit_test(bits_of_a_word_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
