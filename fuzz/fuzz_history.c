/* Fuzz target: histories of every form, and what they say. */
#include <musicsched/musicsched.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    msched_history *history = NULL;
    msched_history_summary *summary = NULL;
    msched_history_totals totals = {.struct_size = sizeof totals};
    msched_catalog *catalog = NULL;
    msched_text *json = NULL;
    uint32_t plays = 0;
    if (size > 65536 || msched_history_load_memory(&history, (const char *)data, size, NULL, NULL,
                                                   NULL) != MSCHED_OK)
        return 0;
    if (msched_history_summarize(&summary, history, NULL, NULL) != MSCHED_OK ||
        msched_history_summary_to_json(summary, &json, NULL) != MSCHED_OK ||
        msched_history_get_totals(summary, &totals) != MSCHED_OK ||
        msched_history_to_catalog(&catalog, history, NULL, NULL) != MSCHED_OK)
        __builtin_trap();
    for (uint32_t i = 0; i < 24; i++) {
        msched_history_row row = {.struct_size = sizeof row};
        if (msched_history_get_row(summary, MSCHED_HISTORY_HOURS, i, &row) != MSCHED_OK)
            __builtin_trap();
        plays += row.plays;
    }
    if (plays != totals.plays || totals.longest_streak > totals.days)
        __builtin_trap();
    msched_text_unref(json);
    msched_catalog_unref(catalog);
    msched_history_summary_unref(summary);
    msched_history_unref(history);
    return 0;
}
