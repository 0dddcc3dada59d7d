#include "../testing.h"

#include "base/alloc.h"
#include "format/ical.h"

static void written(msched__buffer *out, const char *name, const char *value)
{
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__buffer_init(out, &allocator);
    msched__ical ical;
    msched__ical_init(&ical, out);
    msched__ical_text(&ical, name, value);
    msched__ical_finish(&ical);
    assert_int_equal(out->failed, 0);
}

static void escapes_text(void **state)
{
    (void)state;
    static const struct {
        const char *value, *line;
    } cases[] = {
        {"plain", "SUMMARY:plain\r\n"},
        {"a,b;c\\d", "SUMMARY:a\\,b\\;c\\\\d\r\n"},
        {"two\nlines\r\nthree", "SUMMARY:two\\nlines\\nthree\r\n"},
        {"tab\tand\x01 control", "SUMMARY:tab and  control\r\n"},
        {"", "SUMMARY:\r\n"},
        {"a:b \"c\"", "SUMMARY:a:b \"c\"\r\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        msched__buffer out;
        written(&out, "SUMMARY", cases[i].value);
        assert_string_equal(out.data, cases[i].line);
        msched__buffer_free(&out);
    }
}

/*
 * Unfolding gives the line back, no physical line is longer than 75 octets, and none begins inside
 * a character.
 */
static void check_folding(const char *unit, size_t lead, size_t count)
{
    char value[2048] = "";
    for (size_t i = 0; i < lead; i++)
        strcat(value, "x");
    for (size_t i = 0; i < count; i++)
        strcat(value, unit);
    msched__buffer out;
    written(&out, "SUMMARY", value);
    char unfolded[2200];
    size_t size = 0, column = 0;
    for (const char *p = out.data; *p != '\0'; p++) {
        if (p[0] == '\r' && p[1] == '\n') {
            assert_true(column <= 75);
            column = 0;
            p++;
            if (p[1] == ' ') {
                assert_true(((unsigned char)p[2] & 0xC0) != 0x80);
                column = 1;
                p++;
            } else {
                assert_int_equal(p[1], '\0');
            }
        } else {
            unfolded[size++] = *p;
            column++;
        }
    }
    unfolded[size] = '\0';
    assert_memory_equal(unfolded, "SUMMARY:", 8);
    assert_string_equal(unfolded + 8, value);
    msched__buffer_free(&out);
}

static void folds_between_characters(void **state)
{
    (void)state;
    for (size_t lead = 60; lead < 80; lead++) {
        check_folding("a", lead, 200);
        check_folding("\u00e9", lead, 100);
        check_folding("\u266a", lead, 100);
        check_folding("\U0001F3B5", lead, 100);
        check_folding("", lead, 0);
    }
}

static void bytes_that_are_no_text_still_end(void **state)
{
    (void)state;
    char value[401];
    memset(value, 0x80, 400);
    value[400] = '\0';
    msched__buffer out;
    written(&out, "X", value);
    assert_true(out.size >= 400 && out.size < 450);
    msched__buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_text),
        cmocka_unit_test(folds_between_characters),
        cmocka_unit_test(bytes_that_are_no_text_still_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
