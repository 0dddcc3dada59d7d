/*
 * fuzz/fuzz_plan_text.c: a text of any bytes is a plan, or has errors, each with a place within the
 * text and a repair. A plan is written again, as JSON and as plan text.
 */
#include <musicsched/plan.h>

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = "2026-11-24";
    msched_plan *plan;
    msched_diagnostics *diagnostics;
    msched_error err = {0};
    msched_result result = msched_plan_parse_text(&plan, &diagnostics, (const char *)data, size,
                                                  NULL, &options, &err);
    uint32_t errors = 0, lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n';
    for (uint32_t i = 0; i < msched_diagnostics_count(diagnostics); i++) {
        msched_diagnostic d = {.struct_size = sizeof d};
        if (msched_diagnostics_get(diagnostics, i, &d) != MSCHED_OK || d.line > lines ||
            d.column > size + 1 || d.message[0] == '\0')
            abort();
        if (d.severity == MSCHED_SEVERITY_ERROR &&
            (d.line == 0 || d.column == 0 || d.repair[0] == '\0'))
            abort();
        errors += d.severity == MSCHED_SEVERITY_ERROR;
    }
    if (size <= MSCHED_PLAN_MAX_BYTES && (errors == 0) != (result == MSCHED_OK))
        abort();
    msched_text *json = NULL;
    if (result == MSCHED_OK && msched_plan_to_json(plan, &json, NULL) != MSCHED_OK)
        abort();
    msched_plan *again = NULL;
    if (json != NULL && msched_plan_parse_json(&again, msched_text_data(json),
                                               msched_text_size(json), NULL, NULL) != MSCHED_OK)
        abort();
    msched_plan_unref(again);
    msched_text *text = NULL; /* some plans have no words for a title or an id */
    if (result == MSCHED_OK && msched_plan_to_text(plan, NULL, &text, &err) != MSCHED_OK &&
        err.code != MSCHED_ERROR_VALUE)
        abort();
    msched_text_unref(text);
    msched_text_unref(json);
    msched_diagnostics_unref(diagnostics);
    msched_plan_unref(plan);
    return 0;
}
