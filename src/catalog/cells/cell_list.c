#include "catalog/cells/cell_list.h"

#include "base/number.h"
#include "base/slice.h"
#include "base/utf8.h"

#include <string.h>

static void end_member(msched__buffer *out, size_t from)
{
    if (out->size == from)
        return;
    msched__buffer_char(out, MSCHED__MEMBER_END);
    msched__buffer_char(out, ' ');
}

/* What follows a backslash. Returns how many bytes were read. */
static size_t add_escaped(msched__buffer *out, msched__slice text, size_t at)
{
    char code[4];
    uint32_t point;
    if (text.data[at] != 'u' ||
        !msched__read_hex4(text.data + at + 1, text.data + text.size, &point) || point == 0 ||
        (point >= 0xD800 && point < 0xE000) || point < 0x20) {
        msched__buffer_char(out, text.data[at] < ' ' ? ' ' : text.data[at]);
        return 1;
    }
    msched__buffer_add(out, code, msched__utf8_put(code, point));
    return 5;
}

/* A text in quotes that begins at `at`. Returns the offset after it, or 0 if it does not end. */
static size_t add_quoted(msched__buffer *out, msched__slice text, size_t at)
{
    const char quote = text.data[at++];
    while (at < text.size && text.data[at] != quote) {
        if (text.data[at] == '\\' && at + 1 < text.size) {
            at += 1 + add_escaped(out, text, at + 1);
            continue;
        }
        if (text.data[at] != MSCHED__MEMBER_END)
            msched__buffer_char(out, text.data[at]);
        at++;
    }
    return at < text.size ? at + 1 : 0;
}

/*
 * The name of an object as Spotify describes an artist: {'id': .., 'name': 'A', ..}. Returns the
 * offset after the object, or 0 if it does not end.
 */
static size_t add_named(msched__buffer *out, msched__slice text, size_t at)
{
    int depth = 0, is_name = 0;
    do {
        const char c = text.data[at];
        const size_t from = out->size;
        if (c == '{' || c == '[')
            depth++;
        else if (c == '}' || c == ']')
            depth--;
        if (c != '\'' && c != '"') {
            is_name = is_name && (c == ' ' || c == ':');
            at++;
            continue;
        }
        at = add_quoted(out, text, at);
        if (at == 0)
            return 0;
        if (is_name) {
            is_name = 0;
            continue;
        }
        is_name = depth == 1 && out->size - from == 4 && memcmp(out->data + from, "name", 4) == 0;
        out->size = from;
    } while (depth > 0 && at < text.size);
    return depth == 0 ? at : 0;
}

static int drop(msched__buffer *out, size_t before)
{
    if (out->data != NULL)
        out->data[before] = '\0';
    out->size = before;
    return 0;
}

/* 1 if a colon follows, so the text before it is the key of a dictionary. */
static int is_key(msched__slice text, size_t at)
{
    while (at < text.size && text.data[at] == ' ')
        at++;
    return at < text.size && text.data[at] == ':';
}

/*
 * The members of a set {'a', 'b'}, or the values of a dictionary such as {16: 'hip hop'}. An
 * object with a name is its name.
 */
static int add_braces(msched__buffer *out, msched__slice text)
{
    const size_t before = out->size;
    if (add_named(out, text, 0) == text.size && out->size > before)
        return 1;
    out->size = before;
    for (size_t at = 1; at + 1 < text.size;) {
        const char c = text.data[at];
        const size_t from = out->size;
        if (c == '{' || c == '[')
            return drop(out, before);
        if (c != '\'' && c != '"') {
            at++;
            continue;
        }
        at = add_quoted(out, text, at);
        if (at == 0)
            return drop(out, before);
        if (is_key(text, at))
            out->size = from;
        else
            end_member(out, from);
    }
    if (out->size == before)
        return drop(out, before);
    out->size -= 2; /* the last one needs no end */
    return 1;
}

int msched__cell_list(msched__buffer *out, msched__slice text)
{
    const size_t before = out->size;
    text = msched__trim(text);
    if (text.size > 2 && text.data[0] == '{' && text.data[text.size - 1] == '}')
        return add_braces(out, text);
    if (text.size < 2 || text.data[0] != '[' || text.data[text.size - 1] != ']')
        return 0;
    text = (msched__slice){text.data + 1, text.size - 2};
    for (size_t at = 0; at < text.size;) {
        const char c = text.data[at];
        if (c == ' ' || c == ',' || c == '\n' || c == '\r') {
            at++;
            continue;
        }
        const size_t from = out->size;
        /* u'pop', as earlier versions of Python write texts */
        at += c == 'u' && at + 1 < text.size && strchr("'\"", text.data[at + 1]) != NULL;
        at = text.data[at] == '\'' || text.data[at] == '"' ? add_quoted(out, text, at)
             : c == '{'                                    ? add_named(out, text, at)
                                                           : 0;
        if (at == 0)
            return drop(out, before);
        end_member(out, from);
    }
    if (out->size > before)
        out->size -= 2; /* the last one needs no end */
    return 1;
}

static uint32_t count_parts(msched__slice text, const char *separator)
{
    const size_t size = strlen(separator);
    uint32_t count = 1;
    for (size_t at = 0; at + size <= text.size; at++)
        count += memcmp(text.data + at, separator, size) == 0;
    return count;
}

int msched__cell_counted_list(msched__buffer *out, msched__slice text, msched__slice uris,
                              uint32_t number)
{
    const uint32_t parts = count_parts(text, ", ");
    if (parts < 2)
        return 0;
    if (uris.size > 0)
        number = memchr(uris.data, ';', uris.size) != NULL ? count_parts(uris, ";")
                                                           : count_parts(uris, ",");
    if (number != parts)
        return 0;
    for (size_t at = 0; at < text.size; at++) {
        const int ends = text.data[at] == ',' && at + 1 < text.size && text.data[at + 1] == ' ';
        msched__buffer_char(out, ends ? MSCHED__MEMBER_END : text.data[at]);
    }
    return 1;
}

int msched__cell_bytes(msched__buffer *out, msched__slice *text)
{
    const size_t from = out->size;
    for (size_t at = 0; at < text->size; at++) {
        const int escaped = text->data[at] == '\\' && at + 1 < text->size;
        const int byte = escaped && at + 3 < text->size && text->data[at + 1] == 'x'
                             ? msched__hex_byte(&text->data[at + 2])
                             : -1;
        if (byte >= 0) {
            msched__buffer_char(out, byte < ' ' ? ' ' : (char)byte);
            at += 3;
        } else if (escaped) {
            at++;
            msched__buffer_char(out, strchr("nrt", text->data[at]) != NULL ? ' ' : text->data[at]);
        } else {
            msched__buffer_char(out, text->data[at]);
        }
    }
    if (out->failed || msched__utf8_check(out->data + from, out->size - from) < out->size - from) {
        out->size = from;
        return 0;
    }
    *text = (msched__slice){out->data + from, out->size - from};
    return 1;
}

/* The character of a reference that begins at `at`, and its bytes; 0: there is none. */
static uint32_t reference_at(msched__slice text, size_t at, size_t *size)
{
    static const struct {
        const char *name;
        uint32_t point;
    } named[] = {{"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''},
                 {"&lt;", '<'},  {"&gt;", '>'},   {"&nbsp;", ' '}};
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        *size = strlen(named[i].name);
        if (*size <= text.size - at && memcmp(text.data + at, named[i].name, *size) == 0)
            return named[i].point;
    }
    if (text.size - at < 4 || text.data[at + 1] != '#')
        return 0;
    const int is_hex = (text.data[at + 2] | 0x20) == 'x';
    uint32_t point = 0;
    size_t end = at + 2 + (size_t)is_hex;
    for (; end < text.size && text.data[end] != ';' && point < 0x110000; end++) {
        const int digit = msched__hex_digit(text.data[end]), base = is_hex ? 16 : 10;
        if (digit < 0 || digit >= base)
            return 0;
        point = point * (uint32_t)base + (uint32_t)digit;
    }
    *size = end + 1 - at;
    return end >= text.size || point < ' ' || point >= 0x110000 ||
                   (point >= 0xD800 && point < 0xE000)
               ? 0
               : point;
}

int msched__cell_has_references(msched__slice text)
{
    size_t size;
    for (size_t at = 0; at < text.size; at++)
        if (text.data[at] == '&' && reference_at(text, at, &size) != 0)
            return 1;
    return 0;
}

void msched__cell_references(msched__buffer *out, msched__slice *text)
{
    const size_t from = out->size;
    for (size_t at = 0; at < text->size;) {
        char code[4];
        size_t size = 1;
        const uint32_t point = text->data[at] == '&' ? reference_at(*text, at, &size) : 0;
        if (point == 0) {
            msched__buffer_char(out, text->data[at++]);
            continue;
        }
        msched__buffer_add(out, code, msched__utf8_put(code, point));
        at += size;
    }
    *text = (msched__slice){out->data + from, out->size - from};
}
