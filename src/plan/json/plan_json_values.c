#include "plan/json/plan_json_values.h"

#include "base/alloc.h"
#include "plan/words/mood_names.h"
#include "time/axis.h"

#include <string.h>

msched_result msched__plan_read_string(const msched__json_node *member, const char **out,
                                       msched_error *err)
{
    return member->value == NULL ? MSCHED_OK : msched__json_string(member, out, err);
}

msched_result msched__plan_read_time(const msched__json_node *member, int32_t *out,
                                     msched_error *err)
{
    return member->value == NULL ? MSCHED_OK : msched__json_time(member, out, err);
}

msched_result msched__plan_read_int(const msched__json_node *member, int64_t min, int64_t max,
                                    int32_t *out, msched_error *err)
{
    int64_t value = 0;
    if (member->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_int(member, min, max, &value, err);
    if (result == MSCHED_OK)
        *out = (int32_t)value;
    return result;
}

msched_result msched__plan_read_uint(const msched__json_node *member, uint32_t min, uint32_t max,
                                     uint32_t *out, msched_error *err)
{
    int32_t value = (int32_t)*out;
    msched_result result = msched__plan_read_int(member, min, max, &value, err);
    *out = (uint32_t)value;
    return result;
}

msched_result msched__plan_read_bool(const msched__json_node *member, uint32_t *out,
                                     msched_error *err)
{
    int value = 0;
    if (member->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_bool(member, &value, err);
    *out = (uint32_t)value;
    return result;
}

msched_result msched__plan_read_mood(const msched__json_node *member, uint32_t *out,
                                     msched_error *err)
{
    const char *name = "";
    if (member->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_string(member, &name, err);
    if (result != MSCHED_OK)
        return result;
    *out = msched__mood_find(name, strlen(name));
    if (*out == MSCHED_MOOD_COUNT)
        return msched__json_fail(member, MSCHED_ERROR_VALUE, err,
                                 "\"%.40s\" is not a mood; the moods are " MSCHED__MOOD_LIST, name);
    return MSCHED_OK;
}

msched_result msched__plan_read_pair(const msched__json_node *pair, int32_t *start, int32_t *end,
                                     msched_error *err)
{
    msched_result result = msched__json_array(pair, 1000, err);
    if (result == MSCHED_OK && msched__json_count(pair) != 2)
        return msched__json_fail(pair, MSCHED_ERROR_VALUE, err,
                                 "must be two times, [\"start\", \"end\"]");
    if (result != MSCHED_OK)
        return result;
    msched__json_node first = msched__json_item(pair, 0), second = msched__json_item(pair, 1);
    result = msched__json_time(&first, start, err);
    if (result == MSCHED_OK)
        result = msched__json_time(&second, end, err);
    if (result == MSCHED_OK && *end == msched__plain_time(*end) &&
        msched__plain_time(*start) >= *end)
        return msched__json_fail(
            &second, MSCHED_ERROR_VALUE, err,
            "is not after the start: hours continue after midnight, so 01:30 is 25:30");
    return result;
}

msched_result msched__plan_read_between(const msched__json_node *member, int32_t *start,
                                        int32_t *end, msched_error *err)
{
    return member->value == NULL ? MSCHED_OK : msched__plan_read_pair(member, start, end, err);
}

msched_result msched__plan_read_strings(const msched_allocator *memory,
                                        const msched__json_node *member, size_t max_count,
                                        msched__plan_strings *out, msched_error *err)
{
    *out = (msched__plan_strings){NULL, 0};
    if (member->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_array(member, max_count, err);
    size_t found = msched__json_count(member);
    if (result != MSCHED_OK || found == 0)
        return result;
    const char **texts = msched__alloc_array(memory, found, sizeof *texts);
    if (texts == NULL)
        return msched__fail_memory(err);
    msched__json_node item;
    int more = msched__json_first(member, &item);
    for (size_t i = 0; result == MSCHED_OK && more; i++, more = msched__json_next(&item)) {
        result = msched__json_string(&item, &texts[i], err);
        if (result == MSCHED_OK && texts[i][0] == '\0')
            result = msched__json_fail(&item, MSCHED_ERROR_VALUE, err, "is empty: remove it");
    }
    if (result != MSCHED_OK) {
        msched__free(memory, texts);
        return result;
    }
    *out = (msched__plan_strings){texts, (uint32_t)found};
    return MSCHED_OK;
}

msched_result msched__plan_first_item(const msched__json_node *member, size_t max_count,
                                      msched__json_node *first, msched_error *err)
{
    *first = (msched__json_node){0};
    if (member->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_array(member, max_count, err);
    if (result == MSCHED_OK && !msched__json_first(member, first))
        *first = (msched__json_node){0};
    return result;
}

msched_result msched__plan_read_state(const msched__json_node *member, uint32_t *out,
                                      msched_error *err)
{
    const char *name = "";
    if (member->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_string(member, &name, err);
    if (result != MSCHED_OK)
        return result;
    for (*out = 0; *out < MSCHED_STATE_COUNT && strcmp(name, msched_state_name(*out)) != 0;)
        ++*out;
    if (*out == MSCHED_STATE_COUNT)
        return msched__json_fail(
            member, MSCHED_ERROR_VALUE, err,
            "\"%.40s\" is not a state: open, not_started, started, paused, done, skipped", name);
    return MSCHED_OK;
}

msched_result msched__plan_read_years(const msched__json_node *years, msched_listening *out,
                                      msched_error *err)
{
    if (years->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_array(years, 1000, err);
    if (result == MSCHED_OK && msched__json_count(years) != 2)
        return msched__json_fail(years, MSCHED_ERROR_VALUE, err, "must be two years, [from, to]");
    int64_t values[2] = {0, 0};
    for (size_t i = 0; result == MSCHED_OK && i < 2; i++) {
        msched__json_node item = msched__json_item(years, i);
        if (!msched__json_is_null(&item))
            result = msched__json_int(&item, 1, 9999, &values[i], err);
    }
    out->fill_year_min = (int32_t)values[0];
    out->fill_year_max = (int32_t)values[1];
    return result;
}
