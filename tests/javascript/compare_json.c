/*
 * What the package for JavaScript says of texts that are no JSON has the code, the line and the
 * column of what Jansson says: plans with random changes.
 */
#include "base/utf8.h"
#include "format/json_explain.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Both are in this program: the second one under a name of its own. */
msched_result own_json_explain(const char *data, size_t size, size_t stopped, msched_error *err);
#define msched__json_explain own_json_explain
#include "module/json_explain.c"
#undef msched__json_explain

#define TEXTS 40000

static const char plan[] =
    "{\"date\": \"2026-11-24\",\n \"todos\": [{\"title\": \"Caf\xC3\xA9 \\\"x\\\"\", \"id\": "
    "\"a\",\n"
    "\"duration_s\": 3600, \"n\": -1.5e3, \"is\": true, \"no\": null}, [[], {}]],\n\"fill\": []}\n";

static uint32_t state = 1;

static size_t below(size_t count)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % count;
}

/* One change: a piece put in, or some bytes taken out. */
static size_t change(char *text, size_t size)
{
    static const char *const pieces[] = {"\"",
                                         ",",
                                         "{",
                                         "[",
                                         "}",
                                         "]",
                                         ":",
                                         "\\",
                                         "\\u0000",
                                         "\\u00",
                                         "\\q",
                                         "0",
                                         "01",
                                         "-",
                                         ".",
                                         "e",
                                         "E+",
                                         "1e999",
                                         "99999999999999999999",
                                         "\n",
                                         " ",
                                         "tru",
                                         "x"};
    const size_t at = below(size);
    if (below(3) == 0) {
        const size_t out = below(8) == 0 ? size - at : 1;
        memmove(text + at, text + at + out, size - at - out);
        return size - out;
    }
    const char *piece = pieces[below(sizeof pieces / sizeof *pieces)];
    memmove(text + at + strlen(piece), text + at, size - at);
    memcpy(text + at, piece, strlen(piece));
    return size + strlen(piece);
}

int main(void)
{
    int failed = 0;
    for (int i = 0; i < TEXTS; i++) {
        char text[sizeof plan + 128];
        size_t size = sizeof plan - 1;
        memcpy(text, plan, size);
        for (size_t changes = 1 + below(3); changes > 0 && size > 0; changes--)
            size = change(text, size);
        if (msched__utf8_check(text, size) < size) /* refused before it is explained */
            continue;
        msched_error theirs = {0}, ours = {0};
        msched__json_explain(text, size, 0, &theirs);
        own_json_explain(text, size, 0, &ours);
        if (theirs.code == ours.code && theirs.line == ours.line && theirs.column == ours.column)
            continue;
        if (failed++ < 10)
            fprintf(stderr, "%.*s\n  %s\n  %s: line %d, column %u\n", (int)size, text,
                    theirs.message, ours.message, (int)ours.line, ours.column);
    }
    return failed > 0;
}
