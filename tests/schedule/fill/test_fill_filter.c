/* The filter passes exactly the songs that the rules allow. */
#include "../small_catalogs.h"
#include "../songs_checker.h"
#include "schedule/fill/fill_filter.h"

static void filter_passes_what_the_rules_allow(void **state)
{
    (void)state;
    uint32_t passed = 0, refused = 0;
    for (uint64_t seed = 1; seed <= CATALOGS; seed++) {
        small_catalog s;
        open_catalog(&s, seed);
        for (uint32_t track = 0; track < s.catalog->track_count; track++) {
            int passes = msched__fill_filter_passes(&s.filter, track);
            assert_int_equal(passes, filter_fault(s.catalog, track, &s.plan.listening) == NULL);
            passed += passes;
            refused += !passes;
        }
        close_catalog(&s);
    }
    assert_true(passed > CATALOGS && refused > CATALOGS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filter_passes_what_the_rules_allow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
