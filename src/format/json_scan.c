#include "format/json_scan.h"

#include "base/number.h"
#include "base/utf8.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define MAX_DEPTH 32

static int fail(msched__json_scan *scan, const char *fault)
{
    if (scan->fault == NULL)
        scan->fault = fault;
    return 0;
}

static inline void skip_space(msched__json_scan *scan)
{
    const char *at = scan->at;
    while (at < scan->end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        at++;
    scan->at = at;
}

static inline int take(msched__json_scan *scan, char c)
{
    skip_space(scan);
    if (scan->at == scan->end || *scan->at != c)
        return 0;
    scan->at++;
    return 1;
}

/* The first quote or backslash from `at` on, or `end`. */
static inline const char *find_mark(const char *at, const char *end)
{
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\');
    for (; end - at >= 16; at += 16) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        unsigned marks = (unsigned)_mm_movemask_epi8(
            _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)));
        if (marks != 0)
            return at + __builtin_ctz(marks);
    }
#endif
    while (at < end && *at != '"' && *at != '\\')
        at++;
    return at;
}

/* A string after its first quote. */
static inline int take_string(msched__json_scan *scan, msched__slice *bytes, uint8_t *escaped)
{
    const char *begin = scan->at, *at = find_mark(begin, scan->end);
    *escaped = 0;
    while (at < scan->end && *at == '\\') {
        *escaped = 1;
        at = at + 1 < scan->end ? find_mark(at + 2, scan->end) : scan->end;
    }
    if (at >= scan->end)
        return fail(scan, "a string has no closing quote");
    *bytes = (msched__slice){begin, (size_t)(at - begin)};
    scan->at = at + 1;
    return 1;
}

/* The end of a nested value; its strings may contain brackets. */
static int skip_nested(msched__json_scan *scan)
{
    int depth = 0;
    msched__slice ignored;
    uint8_t escaped;
    while (scan->at < scan->end) {
        char c = *scan->at++;
        if (c == '"') {
            if (!take_string(scan, &ignored, &escaped))
                return 0;
        } else if (c == '{' || c == '[') {
            if (++depth > MAX_DEPTH)
                return fail(scan, "nested more than 32 deep");
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return 1;
        }
    }
    return fail(scan, "an object or array is not closed");
}

static inline int is_plain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.' ||
           c == 'E';
}

int msched__scan_value_next(msched__json_scan *scan, msched__scan_value *value)
{
    skip_space(scan);
    const char *begin = scan->at;
    value->escaped = 0;
    if (begin == scan->end)
        return fail(scan, "the text ends before a value");
    if (*begin == '"') {
        scan->at++;
        value->type = MSCHED__SCAN_STRING;
        return take_string(scan, &value->bytes, &value->escaped);
    }
    if (*begin == '{' || *begin == '[') {
        value->type = MSCHED__SCAN_NESTED;
        if (!skip_nested(scan))
            return 0;
    } else {
        value->type = MSCHED__SCAN_PLAIN;
        while (scan->at < scan->end && is_plain(*scan->at))
            scan->at++;
        if (scan->at == begin)
            return fail(scan, "expected a value here");
    }
    value->bytes = (msched__slice){begin, (size_t)(scan->at - begin)};
    return 1;
}

int msched__scan_array(msched__json_scan *scan)
{
    return take(scan, '[') || fail(scan, "expected an array here");
}

int msched__scan_object(msched__json_scan *scan)
{
    return take(scan, '{');
}

int msched__scan_item(msched__json_scan *scan, int first)
{
    if (take(scan, ']'))
        return 0;
    return first || take(scan, ',') || fail(scan, "expected a comma or ] here");
}

int msched__scan_member(msched__json_scan *scan, int first, msched__slice *key,
                        msched__scan_value *value)
{
    uint8_t escaped;
    if (take(scan, '}'))
        return 0;
    if (!first && !take(scan, ','))
        return fail(scan, "expected a comma or } here");
    if (!take(scan, '"'))
        return fail(scan, "expected a key in quotes here");
    if (!take_string(scan, key, &escaped))
        return 0;
    if (!take(scan, ':'))
        return fail(scan, "expected a colon here");
    return msched__scan_value_next(scan, value);
}

int msched__scan_end(msched__json_scan *scan)
{
    skip_space(scan);
    return scan->at == scan->end || fail(scan, "unexpected text after the array");
}

/* Append the character after "\u". Returns the bytes used. */
static size_t add_code(msched__buffer *room, const char *at, const char *end)
{
    char bytes[4];
    uint32_t code, low;
    size_t used = 4;
    if (!msched__read_hex4(at, end, &code))
        return 0;
    if (code >= 0xD800 && code <= 0xDBFF && end - at >= 10 && at[4] == '\\' && at[5] == 'u' &&
        msched__read_hex4(at + 6, end, &low) && low >= 0xDC00 && low <= 0xDFFF) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        used = 10;
    }
    if (code == 0 || (code >= 0xD800 && code <= 0xDFFF))
        code = 0xFFFD;
    msched__buffer_add(room, bytes, msched__utf8_put(bytes, code));
    return used;
}

msched__slice msched__scan_text(const msched__scan_value *value, msched__buffer *room)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    const char *at = value->bytes.data, *end = at + value->bytes.size;
    if (value->type != MSCHED__SCAN_STRING)
        return (msched__slice){"", 0};
    if (!value->escaped)
        return value->bytes;
    msched__buffer_clear(room);
    while (at < end) {
        const char *mark = find_mark(at, end);
        msched__buffer_add(room, at, (size_t)(mark - at));
        at = mark + (mark < end) + (mark + 1 < end);
        if (mark + 1 >= end)
            break;
        const char *name = mark[1] == '\0' ? NULL : strchr(names, mark[1]);
        if (mark[1] == 'u')
            at += add_code(room, at, end);
        else
            msched__buffer_char(room, name == NULL ? mark[1] : values[name - names]);
    }
    return (msched__slice){room->data == NULL ? "" : room->data, room->size};
}
