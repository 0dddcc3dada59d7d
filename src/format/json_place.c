#include "format/json_place.h"

void msched__json_place(const char *data, size_t offset, uint64_t *line, uint32_t *column)
{
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < offset; i++) {
        if (data[i] == '\n') {
            (*line)++;
            *column = 1;
        } else if (((unsigned char)data[i] & 0xC0) != 0x80) {
            (*column)++;
        }
    }
}

msched_result msched__json_fail_offset(const char *data, size_t offset, msched_result code,
                                       msched_error *err, const char *message)
{
    uint64_t line;
    uint32_t column;
    msched__json_place(data, offset, &line, &column);
    return msched__fail_at(err, code, line, column, "%s", message);
}

size_t msched__json_check_depth(const char *data, size_t size)
{
    size_t depth = 0;
    int in_string = 0;
    for (size_t i = 0; i < size; i++) {
        char c = data[i];
        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"' || c == '\n')
                in_string = 0;
        } else if (c == '"') {
            in_string = 1;
        } else if (c == '{' || c == '[') {
            if (++depth > MSCHED__JSON_MAX_DEPTH)
                return i;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return size;
}
