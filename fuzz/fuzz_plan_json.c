/*
 * fuzz/fuzz_plan_json.c: a plan of any bytes is refused with a place and a message, or written and
 * read again as the same bytes.
 */
#include <musicsched/plan.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    msched_plan *plan, *again;
    msched_text *first, *second;
    msched_error err = {0};
    msched_result result = msched_plan_parse_json(&plan, (const char *)data, size, NULL, &err);
    if (result != MSCHED_OK) {
        if (plan != NULL || err.code != result || err.message[0] == '\0' ||
            (size <= MSCHED_PLAN_MAX_BYTES && err.line == 0))
            abort();
        return 0;
    }
    if (msched_plan_to_json(plan, &first, NULL) != MSCHED_OK ||
        msched_plan_parse_json(&again, msched_text_data(first), msched_text_size(first), NULL,
                               NULL) != MSCHED_OK ||
        msched_plan_to_json(again, &second, NULL) != MSCHED_OK ||
        strcmp(msched_text_data(first), msched_text_data(second)) != 0)
        abort();
    msched_text_unref(first);
    msched_text_unref(second);
    msched_plan_unref(plan);
    msched_plan_unref(again);
    return 0;
}
