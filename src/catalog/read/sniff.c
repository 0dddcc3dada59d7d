#include "catalog/read/sniff.h"

#include <string.h>

#define MAX_LINES  32
#define MAX_FIELDS 512

/*
 * The line that begins at *at, without its line end; *at moves to the next line. Quotes are
 * ignored, because headers are single lines.
 */
static msched__slice next_line(msched__slice head, size_t *at)
{
    size_t from = *at;
    while (*at < head.size && head.data[*at] != '\n' && head.data[*at] != '\r')
        ++*at;
    msched__slice line = {head.data + from, *at - from};
    if (*at < head.size && head.data[*at] == '\r' && *at + 1 < head.size &&
        head.data[*at + 1] == '\n')
        ++*at;
    *at += *at < head.size;
    return line;
}

/* Fields of a line; quotes around one are dropped. */
static size_t split(msched__slice line, char delimiter, msched__slice fields[MAX_FIELDS])
{
    size_t count = 0, at = 0;
    while (count < MAX_FIELDS) {
        while (at < line.size && line.data[at] == ' ')
            at++;
        size_t from = at, quoted = at < line.size && line.data[at] == '"';
        for (at += quoted;
             at < line.size && (quoted ? line.data[at] != '"' : line.data[at] != delimiter); at++)
            ;
        fields[count++] = (msched__slice){line.data + from + quoted, at - from - quoted};
        while (at < line.size && line.data[at] != delimiter)
            at++;
        if (at >= line.size)
            break;
        at++;
    }
    return count;
}

/* "sep=;" as Excel writes it. */
static char sep_of(msched__slice line)
{
    if (line.size >= 7 && line.data[0] == '"')
        line = (msched__slice){line.data + 1, line.size - 2};
    return line.size == 5 &&
                   (memcmp(line.data, "sep=", 4) == 0 || memcmp(line.data, "SEP=", 4) == 0)
               ? line.data[4]
               : '\0';
}

/* How well a delimiter fits a line: the number of columns found, plus 1000 if they suffice. */
static uint32_t rate(msched__slice line, char delimiter, const msched__header_names *names)
{
    msched__slice fields[MAX_FIELDS];
    msched__header_map map;
    size_t count = split(line, delimiter, fields);
    if (msched__header_match(&map, names, fields, count, NULL) != MSCHED_OK)
        return 1000; /* a column is named twice: the header check reports it */
    return map.found + (msched__header_suffices(&map, names) ? 1000 : 0);
}

static int is_blank(msched__slice line)
{
    for (size_t i = 0; i < line.size; i++)
        if (strchr(" \t,;|\"", line.data[i]) == NULL || line.data[i] == '\0')
            return 0;
    return 1;
}

msched__layout msched__sniff(msched__slice head, char delimiter, const msched__header_names *names)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    msched__layout best = {delimiter == '\0' ? ',' : delimiter, 0, 0};
    uint32_t best_rating = 0, number = 0;
    int has_text = 0;
    for (size_t at = 0; number < MAX_LINES && at < head.size && !best.found; number++) {
        msched__slice line = next_line(head, &at);
        if (number == 0 && sep_of(line) != '\0') {
            delimiter = delimiter == '\0' ? sep_of(line) : delimiter;
            best = (msched__layout){delimiter, 1, 0};
            continue;
        }
        if (is_blank(line))
            continue;
        if (!has_text)
            best.skip_lines = number;
        for (size_t i = 0; i < (delimiter == '\0' ? sizeof candidates : 1); i++) {
            char candidate = delimiter == '\0' ? candidates[i] : delimiter;
            uint32_t rating = rate(line, candidate, names);
            if (rating > best_rating && (rating >= 1000 || !has_text)) {
                best_rating = rating;
                best = (msched__layout){candidate, rating >= 1000 ? number : best.skip_lines,
                                        rating >= 1000};
            }
        }
        has_text = 1;
    }
    return best;
}
