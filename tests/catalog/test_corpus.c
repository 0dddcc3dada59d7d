/*
 * The CSV corpus by verdict: y_ loads, n_ is refused, i_ may do either. Every refusal says where
 * and why.
 */
#include "../testing.h"

#include <dirent.h>
#include <stdio.h>

#include <musicsched/catalog.h>

static void verdicts_hold(void **state)
{
    (void)state;
    const char *folder = SOURCE_ROOT "/fuzz/corpus/csv";
    DIR *list = opendir(folder);
    assert_non_null(list);
    unsigned accepted = 0, refused = 0;
    for (const struct dirent *item = readdir(list); item != NULL; item = readdir(list)) {
        if (strncmp(item->d_name + 1, "_", 1) != 0)
            continue;
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, item->d_name);
        msched_catalog *catalog;
        msched_error err = {0};
        msched_catalog_options options;
        msched_catalog_options_init(&options, sizeof options);
        options.strict = 1;
        msched_result result = msched_catalog_load_path(&catalog, path, &options, &err);
        if (item->d_name[0] == 'y' && result != MSCHED_OK)
            fail_msg("%s is refused: %s", item->d_name, err.message);
        if (item->d_name[0] == 'n' && result == MSCHED_OK)
            fail_msg("%s is accepted", item->d_name);
        if (result != MSCHED_OK)
            assert_non_null(strstr(err.message, item->d_name));
        accepted += item->d_name[0] == 'y';
        refused += item->d_name[0] == 'n';
        msched_catalog_unref(catalog);
    }
    closedir(list);
    assert_true(accepted > 20 && refused > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(verdicts_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
