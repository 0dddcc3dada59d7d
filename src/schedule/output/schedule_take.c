#include "schedule/output/schedule_take.h"

#include "base/civil.h"

#include <string.h>

static msched_result fail_missing(const msched__json_node *object, const char *key,
                                  msched_error *err)
{
    return msched__json_fail(object, MSCHED_ERROR_VALUE, err, "the key \"%s\" is missing", key);
}

msched_result msched__take_required(msched_schedule *s, const msched__json_node *object,
                                    const char *key, const char **out, msched_error *err)
{
    msched__json_node node;
    return msched__json_member(object, key, &node) ? msched__take_text(s, object, key, out, err)
                                                   : fail_missing(object, key, err);
}

msched_result msched__take_text(msched_schedule *s, const msched__json_node *object,
                                const char *key, const char **out, msched_error *err)
{
    msched__json_node node;
    const char *text;
    *out = "";
    if (!msched__json_member(object, key, &node))
        return MSCHED_OK;
    msched_result result = msched__json_string(&node, &text, err);
    if (result == MSCHED_OK && (*out = msched__arena_copy(&s->arena, text, strlen(text))) == NULL)
        result = msched__fail_memory(err);
    return result;
}

msched_result msched__take_time(const msched__json_node *object, const char *key, int32_t *out,
                                msched_error *err)
{
    msched__json_node node;
    if (!msched__json_member(object, key, &node))
        return fail_missing(object, key, err);
    return msched__json_time(&node, out, err);
}

msched_result msched__take_date(const msched_schedule *s, const msched__json_node *object,
                                uint32_t *out, msched_error *err)
{
    *out = 0;
    return msched__take_named_date(s, object, "date", out, err);
}

msched_result msched__take_named_date(const msched_schedule *s, const msched__json_node *object,
                                      const char *key, uint32_t *out, msched_error *err)
{
    msched__json_node node;
    msched__date date, first = {1970, 1, 1};
    const char *text;
    if (!msched__json_member(object, key, &node))
        return MSCHED_OK;
    msched_result result = msched__json_string(&node, &text, err);
    if (result != MSCHED_OK)
        return result;
    msched__date_parse(s->date, strlen(s->date), &first);
    int known = strlen(text) == 10 && msched__date_parse(text, 10, &date);
    int64_t day = known ? msched__date_to_days(date) - msched__date_to_days(first) : -1;
    if (day < 0 || day >= (s->days > 0 ? s->days : 1))
        return msched__json_fail(&node, MSCHED_ERROR_VALUE, err,
                                 "\"%.40s\" is not a date of this schedule", text);
    *out = (uint32_t)day;
    return MSCHED_OK;
}

/* A whole number; *out does not change if the key is absent. */
msched_result msched__take_count(const msched__json_node *object, const char *key, int64_t max,
                                 uint32_t *out, msched_error *err)
{
    msched__json_node node;
    int64_t value;
    if (!msched__json_member(object, key, &node))
        return MSCHED_OK;
    msched_result result = msched__json_int(&node, 0, max, &value, err);
    if (result == MSCHED_OK)
        *out = (uint32_t)value;
    return result;
}

msched_result msched__take_name(const msched__json_node *node, const char *(*name_of)(uint32_t),
                                uint32_t *out, msched_error *err)
{
    const char *text;
    msched_result result = msched__json_string(node, &text, err);
    for (uint32_t value = 0; result == MSCHED_OK && name_of(value) != NULL; value++)
        if (strcmp(text, name_of(value)) == 0) {
            *out = value;
            return MSCHED_OK;
        }
    return result != MSCHED_OK
               ? result
               : msched__json_fail(node, MSCHED_ERROR_VALUE, err, "unknown value \"%s\"", text);
}

msched_result msched__take_texts(msched_schedule *s, const msched__json_node *object,
                                 const char *key, msched__take_list *out, msched_error *err)
{
    msched__json_node array, item;
    *out = (msched__take_list){0};
    if (!msched__json_member(object, key, &array))
        return MSCHED_OK;
    msched_result result = msched__json_array(&array, MSCHED__SCHEDULE_MAX_ITEMS, err);
    if (result != MSCHED_OK)
        return result;
    uint32_t n = (uint32_t)msched__json_count(&array), i = 0;
    const char **texts = msched__arena_alloc(&s->arena, n, sizeof *texts);
    if (texts == NULL)
        return msched__fail_memory(err);
    for (int more = msched__json_first(&array, &item); result == MSCHED_OK && more;
         more = msched__json_next(&item), i++) {
        const char *text;
        result = msched__json_string(&item, &text, err);
        if (result == MSCHED_OK &&
            (texts[i] = msched__arena_copy(&s->arena, text, strlen(text))) == NULL)
            result = msched__fail_memory(err);
    }
    *out = (msched__take_list){n, texts};
    return result;
}
