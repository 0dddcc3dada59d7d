#include "base/error.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

const char *msched_result_name(msched_result result)
{
    static const char *const names[] = {
        "MSCHED_OK",
        "MSCHED_ERROR_ARGUMENT",
        "MSCHED_ERROR_MEMORY",
        "MSCHED_ERROR_IO",
        "MSCHED_ERROR_CANCELLED",
        "MSCHED_ERROR_LIMIT",
        "MSCHED_ERROR_ENCODING",
        "MSCHED_ERROR_SYNTAX",
        "MSCHED_ERROR_HEADER",
        "MSCHED_ERROR_VALUE",
        "MSCHED_ERROR_CONFLICT",
        "MSCHED_ERROR_NOT_FOUND",
    };
    return result < sizeof names / sizeof names[0] ? names[result] : "unknown";
}

/* Keep one line, and whole UTF-8 characters if the text was cut. */
static void tidy(char *message, size_t capacity, int length)
{
    for (char *p = message; *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
    if (length < 0 || (size_t)length < capacity)
        return;
    memcpy(message + msched__utf8_cut(message, capacity, capacity - 4), "...", 4);
}

void msched__message_format(char *message, size_t capacity, const char *format, va_list args)
{
    vsnprintf(message, capacity, format, args);
    size_t size = strlen(message);
    while (size > 0 && msched__utf8_check(message, size) < size)
        message[--size] = '\0';
}

static void write_error(msched_error *err, msched_result code, uint64_t line, uint32_t column,
                        const char *format, va_list args)
{
    err->code = code;
    err->line = line;
    err->column = column;
    int length = vsnprintf(err->message, sizeof err->message, format, args);
    tidy(err->message, sizeof err->message, length);
}

msched_result msched__fail(msched_error *err, msched_result code, const char *format, ...)
{
    if (err == NULL)
        return code;
    va_list args;
    va_start(args, format);
    write_error(err, code, 0, 0, format, args);
    va_end(args);
    return code;
}

msched_result msched__fail_at(msched_error *err, msched_result code, uint64_t line, uint32_t column,
                              const char *format, ...)
{
    if (err == NULL)
        return code;
    va_list args;
    va_start(args, format);
    write_error(err, code, line, column, format, args);
    va_end(args);
    return code;
}

msched_result msched__fail_memory(msched_error *err)
{
    return msched__fail(err, MSCHED_ERROR_MEMORY, "out of memory");
}

msched_result msched__fail_null(msched_error *err, const char *name)
{
    return msched__fail(err, MSCHED_ERROR_ARGUMENT, "%s must not be NULL", name);
}

msched_result msched__fail_to_read(const char *path, int number, msched_error *err)
{
    char why[100];
    if (strerror_r(number, why, sizeof why) != 0)
        snprintf(why, sizeof why, "error %d", number);
    return msched__fail(err, MSCHED_ERROR_IO, "%.120s: cannot be read: %s", path, why);
}
