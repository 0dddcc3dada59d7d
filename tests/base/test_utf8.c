/* UTF-8: what is valid, and code points both ways. */
#include "../testing.h"
#include "base/utf8.h"

static void invalid_bytes_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t size, good;
    } cases[] = {
        {"plain ascii text", 16, 16},
        {"Beyonc\xC3\xA9", 8, 8},
        {"\xF0\x9F\x8E\xB5", 4, 4},
        {"\xC0\x80", 2, 0},
        {"abc\xED\xA0\x80", 6, 3},
        {"\xF4\x90\x80\x80", 4, 0},
        {"12345678\xFF", 9, 8},
        {"a\0b", 3, 1},
        {"1234567\0", 8, 7},
        {"\xE2\x82", 2, 0},
        {"", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(msched__utf8_check(cases[i].text, cases[i].size), cases[i].good);
}

static void a_bad_byte_is_found_anywhere(void **state)
{
    (void)state;
    static const char bad[] = {'\0', '\x80', '\xFF'};
    char text[100];
    for (size_t size = 1; size <= sizeof text; size++)
        for (size_t at = 0; at < size; at++)
            for (size_t b = 0; b < sizeof bad; b++) {
                memset(text, 'a', sizeof text);
                text[at] = bad[b];
                assert_int_equal(msched__utf8_check(text, size), at);
            }
}

/* Wherever it is in a text: a character, and one without its last byte. */
static void a_character_is_checked_anywhere(void **state)
{
    (void)state;
    static const char *const characters[] = {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x8E\xB5"};
    char text[100];
    for (size_t c = 0; c < sizeof characters / sizeof characters[0]; c++)
        for (size_t size = 1; size <= sizeof text; size++)
            for (size_t at = 0, bytes = strlen(characters[c]); at + bytes <= size; at++) {
                memset(text, 'a', sizeof text);
                memcpy(text + at, characters[c], bytes);
                assert_int_equal(msched__utf8_check(text, size), size);
                assert_int_equal(msched__utf8_check(text, at + bytes - 1), at);
                text[at + bytes - 1] = 'a';
                assert_int_equal(msched__utf8_check(text, size), at);
            }
}

static void every_code_point_survives(void **state)
{
    (void)state;
    for (uint32_t code = 1; code < 0x110000; code++) {
        if (code >= 0xD800 && code < 0xE000)
            continue;
        char bytes[4];
        size_t size = msched__utf8_put(bytes, code), at = 0;
        assert_int_equal(msched__utf8_check(bytes, size), size);
        assert_int_equal(msched__utf8_next(bytes, size, &at), code);
        assert_int_equal(at, size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(invalid_bytes_are_found),
                                       cmocka_unit_test(a_bad_byte_is_found_anywhere),
                                       cmocka_unit_test(a_character_is_checked_anywhere),
                                       cmocka_unit_test(every_code_point_survives)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
