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
