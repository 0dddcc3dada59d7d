#include "plan/plan_refuse.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <string.h>

msched_result msched__plan_refuse(msched_plan_builder *builder, msched__plan_fault fault,
                                  const char *id, msched_result code, msched_error *err,
                                  const char *format, ...)
{
    builder->fault = fault;
    if (err == NULL)
        return code;
    char message[240];
    va_list args;
    va_start(args, format);
    msched__message_format(message, sizeof message, format, args);
    va_end(args);
    const char *key = fault.key == NULL ? "" : fault.key, *space = fault.key == NULL ? "" : " ";
    switch (fault.part) {
    case MSCHED__PART_TODO:
    case MSCHED__PART_SONG:
        break;
    case MSCHED__PART_DAY:
        return msched__fail(err, code, "%s%s%s", key, space, message);
    case MSCHED__PART_LISTENING:
        return msched__fail(err, code, "listening: %s%s%s", key, space, message);
    case MSCHED__PART_FILL:
        return msched__fail(err, code, "fill: %s%s%s", key, space, message);
    }
    const char *noun = fault.part == MSCHED__PART_TODO ? "to-do" : "song";
    if (id == NULL || id[0] == '\0')
        return msched__fail(err, code, "%s %u: %s%s%s", noun, (unsigned)fault.index + 1, key, space,
                            message);
    return msched__fail(err, code, "%s %u \"%s\": %s%s%s", noun, (unsigned)fault.index + 1, id, key,
                        space, message);
}

msched_result msched__plan_check_text(msched_plan_builder *builder, msched__plan_fault fault,
                                      const char *id, const char *text, size_t max_bytes,
                                      int required, msched_error *err)
{
    size_t plain = 0;
    while (text != NULL && text[plain] >= 0x20 && text[plain] < 0x7f)
        plain++;
    size_t size = text == NULL ? 0 : plain + strlen(text + plain);
    if (size > max_bytes)
        return msched__plan_refuse(builder, fault, id, MSCHED_ERROR_LIMIT, err,
                                   "has %zu bytes: at most %zu are allowed", size, max_bytes);
    if (plain < size && msched__utf8_check(text, size) < size)
        return msched__plan_refuse(builder, fault, NULL, MSCHED_ERROR_ENCODING, err,
                                   "is not UTF-8");
    for (size_t i = plain; i < size; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
            return msched__plan_refuse(builder, fault, id, MSCHED_ERROR_VALUE, err,
                                       "contains a control character: write it on one line");
    if (required && (size == 0 || (text[0] == ' ' && strspn(text, " ") == size)))
        return msched__plan_refuse(builder, fault, id, MSCHED_ERROR_VALUE, err,
                                   "is missing or empty: give it a text");
    return MSCHED_OK;
}

msched_result msched__plan_check_range(msched_plan_builder *builder, msched__plan_fault fault,
                                       const char *id, int64_t value, int64_t min, int64_t max,
                                       msched_error *err)
{
    if (value >= min && value <= max)
        return MSCHED_OK;
    if (value == MSCHED_UNSET)
        return msched__plan_refuse(builder, fault, id, MSCHED_ERROR_VALUE, err,
                                   "is missing: it must be %lld to %lld", (long long)min,
                                   (long long)max);
    return msched__plan_refuse(builder, fault, id, MSCHED_ERROR_VALUE, err,
                               "is %lld: must be %lld to %lld", (long long)value, (long long)min,
                               (long long)max);
}

msched_result msched__plan_builder_warn(msched_plan_builder *builder, const char *code,
                                        const char *message, msched_error *err)
{
    msched_plan *plan = builder->plan;
    void *block = builder->warnings;
    if (!msched__grow(&plan->arena.allocator, &block, &builder->warning_capacity,
                      (size_t)plan->warning_count + 1, sizeof *builder->warnings))
        return msched__fail_memory(err);
    builder->warnings = block;
    msched__plan_warning warning = {msched__arena_copy(&plan->arena, code, strlen(code)),
                                    msched__arena_copy(&plan->arena, message, strlen(message))};
    if (warning.code == NULL || warning.message == NULL)
        return msched__fail_memory(err);
    builder->warnings[plan->warning_count++] = warning;
    return MSCHED_OK;
}
