/* Folding: which texts become equal. */
#include "../testing.h"
#include "base/fold.h"
#include "base/utf8.h"

typedef struct fold_case {
    const char *text, *folded;
} fold_case;

static void check(size_t (*fold)(char *, const char *, size_t), const fold_case *cases,
                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char out[512];
        size_t size = fold(out, cases[i].text, strlen(cases[i].text));
        out[size] = '\0';
        assert_string_equal(out, cases[i].folded);
    }
}

static void case_is_folded_and_nothing_else(void **state)
{
    (void)state;
    static const fold_case cases[] = {
        {"", ""},
        {"Dance Monkey", "dance monkey"},
        {"ABCDEFGHIJKLMNOPQRSTUVWXYZ@[`{", "abcdefghijklmnopqrstuvwxyz@[`{"},
        {"Beyoncé", "beyoncé"},
        {"BEYONCÉ", "beyoncé"},
        {"STRASSE", "strasse"},
        {"Straße", "strasse"},
        {"ΣΊΣΥΦΟΣ", "σίσυφοσ"},
        {"Σίσυφος", "σίσυφοσ"},
        {"ЖАННА", "жанна"},
        {"米津玄師", "米津玄師"},
        {"방탄소년단", "방탄소년단"},
        {"It’s – OK", "it’s – ok"},
        {"𐐀", "𐐨"},
        {"🎵A", "🎵a"},
        {"abcdefgÉhijklmnopQ", "abcdefgéhijklmnopq"},
    };
    check(msched__fold_case, cases, sizeof cases / sizeof cases[0]);
}

static void search_folding_drops_diacritics(void **state)
{
    (void)state;
    static const fold_case cases[] = {
        {"Beyoncé", "beyonce"},
        {"Beyonce\xCC\x81", "beyonce"},
        {"Sigur Rós", "sigur ros"},
        {"MØ", "mo"},
        {"Łona", "lona"},
        {"Motörhead", "motorhead"},
        {"Señorita", "senorita"},
        {"Æther Œuvre", "aether oeuvre"},
        {"Çelik ığİ", "celik igi"},
        {"It’s “OK” – go", "it's \"ok\" - go"},
        {"ＡＢＣ１２３", "abc123"},
        {"ﬁne…", "fine..."},
        {"Đorđe", "dorde"},
        {"Ṩ", "s"},
        {"가각", "\xE1\x84\x80\xE1\x85\xA1\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8"},
        {"100%", "100%"},
        {"A\xE2\x80\x8B"
         "B",
         "ab"},
        {"naïve\xC2\xA0"
         "x",
         "naive x"},
    };
    check(msched__fold_search, cases, sizeof cases / sizeof cases[0]);
}

/* For each code point: valid UTF-8 within the promised size, and folding again changes nothing. */
static void folding_is_bounded_and_stable(void **state)
{
    (void)state;
    for (uint32_t code = 1; code < 0x110000; code++) {
        if (code >= 0xD800 && code < 0xE000)
            continue;
        char bytes[4], once[128], twice[2600];
        size_t size = msched__utf8_put(bytes, code);
        size_t folded = msched__fold_case(once, bytes, size);
        assert_true(folded > 0 && folded <= 3 * size);
        assert_int_equal(msched__utf8_check(once, folded), folded);
        assert_int_equal(msched__fold_case(twice, once, folded), folded);
        assert_memory_equal(once, twice, folded);
        folded = msched__fold_search(once, bytes, size);
        assert_true(folded <= 20 * size);
        assert_int_equal(msched__utf8_check(once, folded), folded);
        assert_int_equal(msched__fold_search(twice, once, folded), folded);
        assert_memory_equal(once, twice, folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_is_folded_and_nothing_else),
        cmocka_unit_test(search_folding_drops_diacritics),
        cmocka_unit_test(folding_is_bounded_and_stable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
