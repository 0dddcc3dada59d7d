/* query/popularity/groups_state.c: groups as JSON, for another process to merge. */
#include "base/alloc.h"
#include "base/buffer.h"
#include "base/error.h"
#include "query/popularity/groups_data.h"
#include "query/popularity/state_json.h"

#include <string.h>

static void write_item(msched__buffer *buffer, const msched_groups *groups, uint32_t index)
{
    const msched__group_item *item = &groups->items[index];
    size_t run_count;
    const msched__run *runs = msched__groups_runs(groups, index, &run_count);
    msched__buffer_string(buffer, "{\"key\":");
    msched__buffer_json(buffer, groups->names + item->key);
    msched__buffer_string(buffer, ",\"label\":");
    msched__buffer_json(buffer, groups->names + item->label);
    msched__buffer_string(buffer, ",\"values\":[");
    for (size_t r = 0, next; r < run_count; r = next) {
        uint32_t value = msched__run_value(runs[r]);
        uint64_t count = 0;
        for (next = r; next < run_count && msched__run_value(runs[next]) == value; next++)
            count += msched__run_count(runs[next]);
        msched__buffer_string(buffer, r == 0 ? "[" : ",[");
        msched__buffer_uint(buffer, value);
        msched__buffer_char(buffer, ',');
        msched__buffer_uint(buffer, count);
        msched__buffer_char(buffer, ']');
    }
    msched__buffer_string(buffer, "]}");
}

msched_result msched_groups_to_state(const msched_groups *groups, msched_text **out,
                                     msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (groups == NULL)
        return msched__fail_null(err, "groups");
    msched__buffer buffer;
    msched__buffer_init(&buffer, &groups->allocator);
    msched__buffer_format(&buffer, "{\"version\":1,\"by\":\"%s\",\"count\":\"%s\",\"groups\":[",
                          msched__group_key_names[groups->by],
                          msched__count_unit_names[groups->count_unit]);
    for (uint32_t i = 0; i < groups->item_count; i++) {
        if (i > 0)
            msched__buffer_char(&buffer, ',');
        write_item(&buffer, groups, i);
    }
    msched__buffer_string(&buffer, "]}\n");
    return msched__buffer_to_text(&buffer, out, err);
}

static msched_result bad_group(msched_error *err, size_t index, const char *what)
{
    return msched__fail(err, MSCHED_ERROR_VALUE, "groups[%zu] of the state: %s", index, what);
}

/* Check the groups and compute the memory that they need. */
static msched_result measure(const json_t *list, uint32_t by, size_t *run_count, size_t *text_size,
                             msched_error *err)
{
    static const char *const members[] = {"key", "label", "values"};
    size_t index;
    const json_t *group;
    const char *previous = NULL;
    json_array_foreach(list, index, group)
    {
        const char *key = json_string_value(json_object_get(group, "key"));
        const char *label = json_string_value(json_object_get(group, "label"));
        const json_t *values = json_object_get(group, "values");
        if (!msched__state_has_exactly(group, members, 3) || key == NULL || label == NULL ||
            !json_is_array(values))
            return bad_group(err, index, "not an object of key, label and values");
        if (previous != NULL && strcmp(previous, key) >= 0)
            return bad_group(err, index, "the keys do not ascend");
        if (json_array_size(values) > MSCHED__VALUE_COUNT ||
            (json_array_size(values) == 0 && by != MSCHED_BY_NOTHING))
            return bad_group(err, index, "it has no values or too many");
        previous = key;
        *run_count += json_array_size(values);
        *text_size += strlen(key) + strlen(label) + 2;
    }
    return MSCHED_OK;
}

static msched_result read_values(msched_groups *groups, const json_t *values, size_t index,
                                 msched_error *err)
{
    size_t at;
    const json_t *pair;
    json_int_t previous = -1;
    uint64_t total = 0;
    json_array_foreach(values, at, pair)
    {
        const json_t *value = json_array_get(pair, 0), *count = json_array_get(pair, 1);
        if (json_array_size(pair) != 2 || !json_is_integer(value) || !json_is_integer(count))
            return bad_group(err, index, "a value is not [popularity,n]");
        json_int_t popularity = json_integer_value(value), n = json_integer_value(count);
        if (popularity <= previous || popularity > MSCHED__VALUE_UNKNOWN)
            return bad_group(err, index, "the popularities do not ascend within 0..100");
        if (n < 1 || (uint64_t)n > MSCHED__N_MAX - total)
            return bad_group(err, index, "a number is not within 1..10^15");
        total += (uint64_t)n;
        previous = popularity;
        msched__groups_add_run(groups, (uint32_t)popularity, (uint64_t)n);
    }
    return MSCHED_OK;
}

static uint32_t copy_string(char *text, uint32_t *used, const json_t *string)
{
    uint32_t at = *used, size = (uint32_t)json_string_length(string) + 1;
    memcpy(text + at, json_string_value(string), size);
    *used += size;
    return at;
}

static msched_result read_groups(msched_groups *groups, const json_t *list, size_t text_size,
                                 msched_error *err)
{
    groups->names = groups->text = msched__alloc_array(&groups->allocator, text_size, 1);
    if (groups->text == NULL)
        return msched__fail_memory(err);
    uint32_t used = 0;
    size_t index;
    const json_t *group;
    json_array_foreach(list, index, group)
    {
        uint32_t key = copy_string(groups->text, &used, json_object_get(group, "key"));
        msched__groups_begin(groups, key,
                             copy_string(groups->text, &used, json_object_get(group, "label")));
        msched_result result = read_values(groups, json_object_get(group, "values"), index, err);
        if (result != MSCHED_OK)
            return result;
    }
    return msched__groups_arrange(groups, MSCHED_ORDER_DEFAULT, 0, 0, err);
}

static msched_result read_root(msched_groups **out, const json_t *root,
                               const msched_allocator *allocator, msched_error *err)
{
    int by = msched__state_name(json_object_get(root, "by"), msched__group_key_names,
                                MSCHED_BY_YEAR_MONTH + 1);
    int count = msched__state_name(json_object_get(root, "count"), msched__count_unit_names,
                                   MSCHED_COUNT_RECORDINGS + 1);
    const json_t *list = json_object_get(root, "groups");
    if (by < 0 || count < 0 || !json_is_array(list))
        return msched__fail(err, MSCHED_ERROR_VALUE,
                            "the state's by, count and groups are not those of a table of groups");
    size_t run_count = 0, text_size = 0;
    msched_result result = measure(list, (uint32_t)by, &run_count, &text_size, err);
    if (result != MSCHED_OK)
        return result;
    msched_groups *groups = msched__groups_new(allocator, (uint32_t)by, (uint32_t)count,
                                               (uint32_t)json_array_size(list), run_count, err);
    if (groups == NULL)
        return MSCHED_ERROR_MEMORY;
    result = read_groups(groups, list, text_size, err);
    if (result == MSCHED_OK)
        *out = groups;
    else
        msched_groups_unref(groups);
    return result;
}

msched_result msched_groups_from_state(msched_groups **out, const char *data, size_t size_bytes,
                                       const msched_allocator *allocator, msched_error *err)
{
    static const char *const members[] = {"version", "by", "count", "groups"};
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (data == NULL)
        return msched__fail_null(err, "data");
    msched_result result = MSCHED_OK;
    json_t *root = msched__state_parse(data, size_bytes, members, 4, &result, err);
    if (root == NULL)
        return result;
    msched_allocator own = msched__allocator_copy(allocator);
    result = read_root(out, root, &own, err);
    json_decref(root);
    return result;
}
