/*
 * Errors in texts that are not JSON have the code, line and column of Jansson's: plans with random
 * changes.
 */
#include "base/utf8.h"
#include "format/json_explain.h"

#include "format/json_place.h"

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

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
    static const char *const pieces[] = {"\"",      ",",
                                         "{",       "[",
                                         "}",       "]",
                                         ":",       "\\",
                                         "\\u0000", "\\u00",
                                         "\\q",     "\\uD800",
                                         "\\uDC00", "\\uD83D\\uDE00",
                                         "0",       "01",
                                         "-",       ".",
                                         "e",       "E+",
                                         "1e999",   "99999999999999999999",
                                         "\n",      " ",
                                         "tru",     "x"};
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

static msched_result code_of(const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_numeric_overflow:
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return MSCHED_ERROR_VALUE;
    default:
        return MSCHED_ERROR_SYNTAX;
    }
}

/* What Jansson reports; LIMIT if it reads the text. */
static msched_error jansson_error(const char *data, size_t size)
{
    msched_error found = {.code = MSCHED_ERROR_LIMIT, .line = 1, .column = 1};
    json_error_t error = {0};
    json_t *root = json_loadb(data, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (root == NULL) {
        found.code = code_of(&error);
        found.line = error.line > 0 ? (uint64_t)error.line : 1;
        found.column = error.column > 0 ? (uint32_t)error.column : 1;
    }
    json_decref(root);
    return found;
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
        const msched_error theirs = jansson_error(text, size);
        msched_error ours = {0};
        msched__json_explain(text, size, 0, &ours);
        if (theirs.code == ours.code && theirs.line == ours.line && theirs.column == ours.column)
            continue;
        if (failed++ < 10)
            fprintf(stderr, "%.*s\n  line %d, column %u\n  %s: line %d, column %u\n", (int)size,
                    text, (int)theirs.line, theirs.column, ours.message, (int)ours.line,
                    ours.column);
    }
    return failed > 0;
}
