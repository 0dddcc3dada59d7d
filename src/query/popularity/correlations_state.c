/* query/popularity/correlations_state.c: exact sums as JSON, for another process to merge. */
#include "base/alloc.h"
#include "base/buffer.h"
#include "base/error.h"
#include "query/popularity/correlations_data.h"
#include "query/popularity/groups_data.h"
#include "query/popularity/state_json.h"

#include <string.h>

static const char *const sum_names[MSCHED__PAIR_SUM_COUNT] = {"n", "x", "y", "xx", "xy", "yy"};

static msched__wide *sum_at(msched__pair_sums *sums, unsigned which)
{
    msched__wide *const places[MSCHED__PAIR_SUM_COUNT] = {&sums->n,  &sums->x,  &sums->y,
                                                          &sums->xx, &sums->xy, &sums->yy};
    return places[which];
}

/* Decimal digits in quotes: the sums exceed the numbers that every JSON reader supports. */
static void write_wide(msched__buffer *buffer, msched__wide value)
{
    char digits[40];
    size_t at = sizeof digits;
    int negative = value < 0;
    do {
        int digit = (int)(value % 10);
        digits[--at] = (char)('0' + (digit < 0 ? -digit : digit));
        value /= 10;
    } while (value != 0);
    msched__buffer_string(buffer, negative ? "\"-" : "\"");
    msched__buffer_add(buffer, digits + at, sizeof digits - at);
    msched__buffer_char(buffer, '"');
}

msched_result msched_correlations_to_state(const msched_correlations *correlations,
                                           msched_text **out, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (correlations == NULL)
        return msched__fail_null(err, "correlations");
    msched__buffer buffer;
    msched__buffer_init(&buffer, &correlations->allocator);
    msched__buffer_format(&buffer, "{\"version\":1,\"count\":\"%s\",\"features\":{",
                          msched__count_unit_names[correlations->count_unit]);
    for (uint32_t f = 0; f < MSCHED_FEATURE_COUNT; f++) {
        msched__pair_sums sums = correlations->sums[f];
        msched__buffer_format(&buffer, "%s\"%s\":{", f == 0 ? "" : ",", msched_feature_name(f));
        for (unsigned s = 0; s < MSCHED__PAIR_SUM_COUNT; s++) {
            msched__buffer_format(&buffer, "%s\"%s\":", s == 0 ? "" : ",", sum_names[s]);
            write_wide(&buffer, *sum_at(&sums, s));
        }
        msched__buffer_char(&buffer, '}');
    }
    msched__buffer_string(&buffer, "}}\n");
    return msched__buffer_to_text(&buffer, out, err);
}

static int read_wide(const json_t *string, msched__wide *value)
{
    const char *text = json_string_value(string);
    if (text == NULL)
        return 0;
    int negative = *text == '-';
    text += negative;
    size_t size = strlen(text);
    if (size == 0 || size > 38 || strspn(text, "0123456789") != size) /* 38 digits always fit */
        return 0;
    msched__wide sum = 0;
    for (; *text != '\0'; text++)
        sum = sum * 10 + (*text - '0');
    *value = negative ? -sum : sum;
    return 1;
}

static msched_result read_features(msched_correlations *self, const json_t *features,
                                   msched_error *err)
{
    for (uint32_t f = 0; f < MSCHED_FEATURE_COUNT; f++) {
        const json_t *object = json_object_get(features, msched_feature_name(f));
        int good = msched__state_has_exactly(object, sum_names, MSCHED__PAIR_SUM_COUNT);
        for (unsigned s = 0; good && s < MSCHED__PAIR_SUM_COUNT; s++)
            good = read_wide(json_object_get(object, sum_names[s]), sum_at(&self->sums[f], s));
        if (!good || !msched__pair_sums_valid(&self->sums[f]))
            return msched__fail(err, MSCHED_ERROR_VALUE,
                                "the state's sums of %s are missing or impossible",
                                msched_feature_name(f));
    }
    return MSCHED_OK;
}

msched_result msched_correlations_from_state(msched_correlations **out, const char *data,
                                             size_t size_bytes, const msched_allocator *allocator,
                                             msched_error *err)
{
    static const char *const members[] = {"version", "count", "features"};
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (data == NULL)
        return msched__fail_null(err, "data");
    msched_result result = MSCHED_OK;
    json_t *root = msched__state_parse(data, size_bytes, members, 3, &result, err);
    if (root == NULL)
        return result;
    int count = msched__state_name(json_object_get(root, "count"), msched__count_unit_names,
                                   MSCHED_COUNT_RECORDINGS + 1);
    const json_t *features = json_object_get(root, "features");
    if (count < 0 || json_object_size(features) != MSCHED_FEATURE_COUNT) {
        json_decref(root);
        return msched__fail(err, MSCHED_ERROR_VALUE,
                            "the state's count or features are not those of correlations");
    }
    msched_allocator own = msched__allocator_copy(allocator);
    msched_correlations *self = msched__correlations_new(&own, (uint32_t)count, err);
    result = self == NULL ? MSCHED_ERROR_MEMORY : read_features(self, features, err);
    json_decref(root);
    if (result == MSCHED_OK)
        *out = self;
    else
        msched_correlations_unref(self);
    return result;
}
