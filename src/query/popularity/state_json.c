#include "query/popularity/state_json.h"

#include "base/error.h"

#include <string.h>

int msched__state_has_exactly(const json_t *object, const char *const *members, size_t member_count)
{
    if (!json_is_object(object) || json_object_size(object) != member_count)
        return 0;
    for (size_t i = 0; i < member_count; i++)
        if (json_object_get(object, members[i]) == NULL)
            return 0;
    return 1;
}

int msched__state_name(const json_t *value, const char *const *names, int name_count)
{
    if (!json_is_string(value))
        return -1;
    for (int i = 0; i < name_count; i++)
        if (strcmp(json_string_value(value), names[i]) == 0)
            return i;
    return -1;
}

static msched_result parse_error(const json_error_t *error, msched_error *err)
{
    enum json_error_code code = json_error_code(error);
    if (code == json_error_out_of_memory)
        return msched__fail_memory(err);
    msched_result result = code == json_error_invalid_utf8 ? MSCHED_ERROR_ENCODING
                                                           : MSCHED_ERROR_SYNTAX;
    return msched__fail_at(err, result, (uint64_t)(error->line > 0 ? error->line : 0),
                           (uint32_t)(error->column > 0 ? error->column : 0),
                           "the state is not JSON: %s", error->text);
}

json_t *msched__state_parse(const char *data, size_t size, const char *const *members,
                            size_t member_count, msched_result *result, msched_error *err)
{
    if (size > MSCHED__STATE_MAX_BYTES) {
        *result = msched__fail(err, MSCHED_ERROR_LIMIT, "a state has at most 256 MiB");
        return NULL;
    }
    json_error_t error;
    json_t *root = json_loadb(data, size, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL) {
        *result = parse_error(&error, err);
        return NULL;
    }
    if (msched__state_has_exactly(root, members, member_count) &&
        json_integer_value(json_object_get(root, "version")) == 1)
        return root;
    json_decref(root);
    *result = msched__fail(err, MSCHED_ERROR_VALUE,
                           "not a state of version 1: a member is missing or unknown");
    return NULL;
}
