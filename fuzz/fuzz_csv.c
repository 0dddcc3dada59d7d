/*
 * fuzz/fuzz_csv.c: CSV of any bytes. A first byte below 32 that ends no line chooses delimiter and
 * piece size. Checked: rows are what libcsv alone gives for the whole input, pieces change nothing,
 * lines that are split apart from each other give the same rows and errors, and a catalog loads or
 * fails with a place and a message.
 */
#include "csv_compare.h"

#include <musicsched/catalog.h>

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void load(const char *data, size_t size, uint32_t delimiter, uint32_t skip_bad_rows,
                 uint32_t strict)
{
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.delimiter = delimiter;
    options.strict = strict;
    options.skip_bad_rows = skip_bad_rows;
    options.max_field_bytes = 200;
    msched_catalog *catalog;
    msched_error err = {0};
    msched_result result = msched_catalog_load_memory(&catalog, data, size, &options, &err);
    CHECK((result == MSCHED_OK) == (catalog != NULL));
    if (result == MSCHED_OK) {
        msched_track track = {.struct_size = sizeof track};
        uint32_t index;
        for (uint32_t i = 0; msched_catalog_get_track(catalog, i, &track) == MSCHED_OK; i++) {
            CHECK(msched_catalog_find_id(catalog, track.id, &index, NULL) == MSCHED_OK &&
                  index == i);
            CHECK(track.popularity >= -1 && track.popularity <= 100 &&
                  track.duration_ms <= 86400000 && track.id[0] != '\0');
            CHECK(!strict || (track.popularity >= 0 && track.duration_ms > 0 &&
                              track.name[0] != '\0' && track.artist[0] != '\0'));
        }
    } else {
        CHECK(err.code == result && strncmp(err.message, "<memory>:", 9) == 0);
        CHECK(strlen(err.message) < sizeof err.message);
    }
    msched_catalog_unref(catalog);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    uint8_t choice = size > 0 && data[0] < 32 && data[0] != '\n' && data[0] != '\r' ? data[0] : 0;
    size_t from = choice != 0;
    char delimiter = delimiters[choice % 4];
    compare_rows((const char *)data + from, size - from, delimiter, (size_t)choice % 7 + 1);
    for (uint32_t strict = 0; strict < 2; strict++) {
        compare_lines((const char *)data + from, size - from, delimiter, (size_t)choice % 7 + 1,
                      strict == 0);
        load((const char *)data + from, size - from, (unsigned char)delimiter, 0, strict);
        load((const char *)data + from, size - from, (unsigned char)delimiter, 1, strict);
    }
    load((const char *)data + from, size - from, 0, 1, 0);
    return 0;
}
