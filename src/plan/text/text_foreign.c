/* Detect files that are not plan text by how they begin. */
#include "plan/text/plan_text.h"

#include <string.h>

static msched__slice first_line(msched__slice *rest)
{
    const char *end = memchr(rest->data, '\n', rest->size);
    msched__slice line = {rest->data, end == NULL ? rest->size : (size_t)(end - rest->data)};
    *rest = end == NULL ? (msched__slice){rest->data + rest->size, 0}
                        : (msched__slice){end + 1, rest->size - line.size - 1};
    while (line.size > 0 && (line.data[line.size - 1] == '\r' || line.data[line.size - 1] == ' '))
        line.size--;
    return line;
}

static uint32_t count_of(msched__slice s, char mark)
{
    uint32_t count = 0;
    for (size_t i = 0; i < s.size; i++)
        count += s.data[i] == mark;
    return count;
}

/* The number of columns in a header with names from tables of events, tasks or songs. */
static uint32_t known_columns(msched__slice header, char mark)
{
    static const char *const names[] = {
        "subject",     "start date", "start time",    "end date",     "end time", "title",
        "summary",     "start",      "end",           "duration",     "date",     "time",
        "name",        "type",       "content",       "priority",     "task",     "due",
        "due date",    "track_id",   "track_name",    "track_artist", "artist",   "album",
        "description", "location",   "all day event", "status",       "id",       "notes"};
    uint32_t known = 0;
    while (header.size > 0) {
        const char *end = memchr(header.data, mark, header.size);
        msched__slice cell = {header.data, end == NULL ? header.size : (size_t)(end - header.data)};
        header = end == NULL ? (msched__slice){header.data, 0}
                             : (msched__slice){end + 1, header.size - cell.size - 1};
        while (cell.size > 0 && strchr(" \"", cell.data[0]) != NULL)
            cell = (msched__slice){cell.data + 1, cell.size - 1};
        while (cell.size > 0 && strchr(" \"", cell.data[cell.size - 1]) != NULL)
            cell.size--;
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
            known += (uint32_t)msched__slice_is(cell, names[i]);
    }
    return known;
}

static int is_table(msched__slice header, msched__slice row)
{
    static const char marks[] = ",;\t";
    for (size_t i = 0; i < 3; i++) {
        uint32_t columns = count_of(header, marks[i]);
        if (columns >= 2 && (row.size == 0 || count_of(row, marks[i]) >= columns) &&
            known_columns(header, marks[i]) >= 2)
            return 1;
    }
    return 0;
}

const char *msched__text_foreign(const char *data, size_t size)
{
    msched__slice rest = {data, size};
    if (msched__begins_with_word(rest, "\xEF\xBB\xBF"))
        rest = (msched__slice){rest.data + 3, rest.size - 3};
    while (rest.size > 0 && strchr(" \t\r\n", rest.data[0]) != NULL)
        rest = (msched__slice){rest.data + 1, rest.size - 1};
    if (msched__begins_with_word(rest, "begin:vcalendar"))
        return "an iCalendar file";
    if (msched__begins_with_word(rest, "{\"") || msched__begins_with_word(rest, "{\n") ||
        msched__begins_with_word(rest, "{\r") || msched__begins_with_word(rest, "{ ") ||
        msched__begins_with_word(rest, "[{") || msched__begins_with_word(rest, "[\n"))
        return "JSON";
    if (msched__begins_with_word(rest, "<!doctype") || msched__begins_with_word(rest, "<html") ||
        msched__begins_with_word(rest, "<?xml"))
        return "a web page or XML";
    if (msched__begins_with_word(rest, "%pdf-"))
        return "a PDF document";
    if (rest.size > 4 && memcmp(rest.data, "PK\x03\x04", 4) == 0)
        return "a ZIP archive or office document";
    msched__slice header = first_line(&rest), row = first_line(&rest);
    return is_table(header, row) ? "a CSV table" : NULL;
}
