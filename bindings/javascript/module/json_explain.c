/*
 * json_explain.c: why a text is no JSON, from where the reader stopped. In the place of
 * src/format/json_explain.c, which asks Jansson: the module does without it. Codes, lines and
 * columns are the same.
 */
#include "format/json_explain.h"

#include "base/number.h"
#include "format/json_place.h"

#include <string.h>

static int is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* The last character before an offset that is not white space; 0: none. */
static char before(const char *data, size_t offset)
{
    while (offset > 0 && is_space(data[offset - 1]))
        offset--;
    return offset > 0 ? data[offset - 1] : '\0';
}

/* Is what ends here a number by its form, but too large? */
static int is_too_large(const char *data, size_t end)
{
    size_t begin = end;
    int whole = 1;
    int64_t integer;
    double real;
    while (begin > 0 && data[begin - 1] != '\0' && strchr("0123456789+-.eE", data[begin - 1]))
        whole &= strchr(".eE", data[--begin]) == NULL;
    if (begin == end || data[end - 1] < '0' || data[end - 1] > '9')
        return 0;
    return whole ? !msched__parse_int(data + begin, end - begin, &integer)
                 : !msched__parse_double(data + begin, end - begin, &real);
}

static int is_null_escape(const char *data, size_t size, size_t offset)
{
    for (size_t back = 0; back <= 6 && back <= offset; back++)
        if (size - offset + back >= 6 && memcmp(data + offset - back, "\\u0000", 6) == 0)
            return 1;
    return 0;
}

msched_result msched__json_explain(const char *data, size_t size, size_t stopped, msched_error *err)
{
    char at = stopped < size ? data[stopped] : '\0', last = before(data, stopped);
    /* the reader takes a bracket or a key where one may be, unless a limit is reached */
    if ((at == '{' || at == '[') && (last == '{' || last == '[' || last == ',' || last == ':'))
        return msched__json_fail_offset(data, stopped, MSCHED_ERROR_LIMIT, err,
                                        "nested more than 32 deep");
    if (at == '"' && last == ',')
        return msched__json_fail_offset(data, stopped, MSCHED_ERROR_LIMIT, err,
                                        "an object has more than 64 members");
    if (is_null_escape(data, size, stopped))
        return msched__json_fail_offset(data, stopped, MSCHED_ERROR_ENCODING, err,
                                        "a text must not contain \\u0000");
    if (at == ':' && last == '"')
        return msched__json_fail_offset(data, stopped - 1, MSCHED_ERROR_SYNTAX, err,
                                        "duplicate key: remove one of the two");
    if (is_too_large(data, stopped))
        return msched__json_fail_offset(data, stopped, MSCHED_ERROR_VALUE, err,
                                        "the number is out of range");
    return msched__json_fail_offset(
        data, at == '\0' && stopped > 0 ? stopped - 1 : stopped, MSCHED_ERROR_SYNTAX, err,
        at == '\0' ? "not valid JSON: the text ends early" : "not valid JSON at this character");
}
