#include "calendar/content_line.h"

#include <string.h>

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

int msched__content_equals(msched__slice text, const char *expected)
{
    size_t size = strlen(expected);
    if (text.size != size)
        return 0;
    for (size_t i = 0; i < size; i++)
        if (upper(text.data[i]) != upper(expected[i]))
            return 0;
    return 1;
}

void msched__content_reader_init(msched__content_reader *reader, const char *data, size_t size)
{
    if (size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) {
        data += 3;
        size -= 3;
    }
    *reader = (msched__content_reader){data, data + size, 1};
}

/* End of the physical line at `at`; *next receives the start of the next line. */
static const char *line_end(const char *at, const char *end, const char **next)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    const char *stop = newline == NULL ? end : newline;
    const char *lone = memchr(at, '\r', (size_t)(stop - at));
    if (lone != NULL && lone + 1 != stop) { /* a CR that is not part of CRLF ends a line, too */
        *next = lone + 1;
        return lone;
    }
    *next = newline == NULL ? end : newline + 1;
    return lone != NULL ? lone : stop;
}

int msched__content_next(msched__content_reader *reader, msched__content_line *line)
{
    while (reader->at < reader->end) {
        const char *begin = reader->at, *next, *stop = line_end(begin, reader->end, &next);
        *line = (msched__content_line){.line = reader->next_line++};
        while (next < reader->end && (*next == ' ' || *next == '\t')) {
            stop = line_end(next, reader->end, &next);
            line->folded = 1;
            reader->next_line++;
        }
        reader->at = next;
        line->raw = (msched__slice){begin, (size_t)(stop - begin)};
        if (stop > begin)
            return 1;
    }
    return 0;
}

int msched__content_is(const msched__content_line *line, const char *name)
{
    size_t size = strlen(name);
    if (line->raw.size <= size || (line->raw.data[size] != ':' && line->raw.data[size] != ';'))
        return 0;
    return msched__content_equals((msched__slice){line->raw.data, size}, name);
}

/* Remove each line end and the blank that follows it. */
static msched__slice unfold(msched__slice raw, msched__buffer *scratch)
{
    const char *at = raw.data, *end = raw.data + raw.size;
    msched__buffer_clear(scratch);
    while (at < end) {
        const char *next, *stop = line_end(at, end, &next);
        msched__buffer_add(scratch, at, (size_t)(stop - at));
        at = next < end ? next + 1 : end;
    }
    return scratch->failed || scratch->data == NULL ? (msched__slice){"", 0}
                                                    : (msched__slice){scratch->data, scratch->size};
}

int msched__content_split(const msched__content_line *line, msched__buffer *scratch,
                          msched__content *out)
{
    msched__slice text = line->folded ? unfold(line->raw, scratch) : line->raw;
    size_t name_end = 0, colon;
    while (name_end < text.size && text.data[name_end] != ':' && text.data[name_end] != ';')
        name_end++;
    int quoted = 0;
    for (colon = name_end; colon < text.size && (quoted || text.data[colon] != ':'); colon++)
        quoted ^= text.data[colon] == '"';
    if (colon >= text.size || name_end == 0)
        return 0;
    *out = (msched__content){{text.data, name_end},
                             {text.data + name_end, colon - name_end},
                             {text.data + colon + 1, text.size - colon - 1}};
    while (out->value.size > 0 && out->value.data[0] == ' ') /* "DTSTART: 20261124T100000Z" */
        out->value = (msched__slice){out->value.data + 1, out->value.size - 1};
    while (out->value.size > 0 && out->value.data[out->value.size - 1] == ' ')
        out->value.size--;
    return 1;
}

msched__slice msched__content_parameter(const msched__content *content, const char *name)
{
    const char *at = content->parameters.data, *end = at + content->parameters.size;
    while (at < end) {
        const char *begin = at + 1, *equals = NULL; /* at is the semicolon */
        int quoted = 0;
        for (at = begin; at < end && (quoted || *at != ';'); at++) {
            quoted ^= *at == '"';
            if (*at == '=' && equals == NULL)
                equals = at;
        }
        if (equals == NULL ||
            !msched__content_equals((msched__slice){begin, (size_t)(equals - begin)}, name))
            continue;
        msched__slice value = {equals + 1, (size_t)(at - equals - 1)};
        if (value.size >= 2 && value.data[0] == '"' && value.data[value.size - 1] == '"')
            value = (msched__slice){value.data + 1, value.size - 2};
        return value;
    }
    return (msched__slice){"", 0};
}
