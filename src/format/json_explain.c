/*
 * json_explain.c: explain why a text is not JSON. It reads the text again, token by token, and
 * reports the first fault at the end of its token. tests/format/compare_json.c compares codes and
 * places with those of Jansson.
 */
#include "format/json_explain.h"

#include "base/number.h"
#include "base/utf8.h"
#include "format/json_place.h"

#include <stdio.h>
#include <string.h>

/* The kind of a token: one of the characters {}[]:, or one of these. */
enum { TEXT = 's', NUMBER = 'n', WORD = 'w', END = 'e', WRONG = 'x' };

typedef struct reader {
    const char *data;
    size_t size, begin, end;       /* the token is from `begin` to before `end` */
    int token, has_null, has_half; /* of a text: \u0000, half of a pair of surrogates */
    /* the first fault */
    msched_result code;
    const char *fault;
    size_t place;
    size_t key_size; /* of a duplicate key, which is the token */
} reader;

static int fail(reader *r, msched_result code, const char *fault, size_t place)
{
    if (r->fault == NULL) {
        r->code = code;
        r->fault = fault;
        r->place = place;
    }
    r->token = WRONG;
    return 0;
}

static int wrong(reader *r, const char *fault)
{
    if (r->token == END) {
        r->end = r->size;
        fault = "not valid JSON: unexpected end of text";
    }
    /* the last character of the token; if it is a line feed, the start of the next line */
    size_t place = r->end;
    if (place > 0 && r->data[place - 1] != '\n')
        do
            place--;
        while (place > 0 && ((unsigned char)r->data[place] & 0xC0) == 0x80);
    return fail(r, MSCHED_ERROR_SYNTAX, fault, place);
}

static int is_one_of(const reader *r, size_t at, const char *set)
{
    return at < r->size && r->data[at] != '\0' && strchr(set, r->data[at]) != NULL;
}

static size_t skip(const reader *r, size_t at, const char *set)
{
    while (is_one_of(r, at, set))
        at++;
    return at;
}

/* After "\uXXXX" with its digits at `first`: half of a pair of surrogates needs the other half. */
static void read_surrogates(reader *r, size_t first)
{
    const char *end = r->data + r->size;
    uint32_t code = 0, low = 0;
    msched__read_hex4(r->data + first, end, &code);
    if (code < 0xD800 || code > 0xDFFF)
        return;
    const char *next = r->data + r->end;
    if (code > 0xDBFF || end - next < 6 || memcmp(next, "\\u", 2) != 0 ||
        !msched__read_hex4(next + 2, end, &low) || low < 0xDC00 || low > 0xDFFF)
        r->has_half = 1;
    else
        r->end += 6;
}

static int read_escape(reader *r)
{
    if (!is_one_of(r, r->end, "\"\\/bfnrtu")) {
        r->end += r->end < r->size;
        return 0;
    }
    if (r->data[r->end++] != 'u')
        return 1;
    const size_t first = r->end, last = skip(r, first, "0123456789abcdefABCDEF");
    if (last - first < 4) {
        r->end = last + (last < r->size);
        return 0;
    }
    r->end = first + 4;
    r->has_null |= memcmp(r->data + first, "0000", 4) == 0;
    read_surrogates(r, first);
    return 1;
}

static int read_text(reader *r)
{
    r->has_null = r->has_half = 0;
    r->token = TEXT;
    while (r->end < r->size && r->data[r->end] != '"') {
        if ((unsigned char)r->data[r->end] < 0x20)
            return wrong(r, "not valid JSON: unterminated string");
        if (r->data[r->end++] == '\\' && !read_escape(r))
            return wrong(r, "not valid JSON: invalid escape sequence");
    }
    if (r->end == r->size) {
        r->token = END;
        return wrong(r, NULL);
    }
    r->end++;
    return !r->has_half || wrong(r, "not valid JSON: half of a pair of surrogates");
}

/*
 * 1 for a number that is valid elsewhere and not here: one that is too close to 0, or the least of
 * 64 bits.
 */
static int is_valid_elsewhere(const char *text, size_t size)
{
    static const char least[] = "-9223372036854775808";
    for (size_t i = 1; i < size; i++)
        if (text[i] == '-')
            return 1;
    return size == sizeof least - 1 && memcmp(text, least, size) == 0;
}

static int read_number(reader *r)
{
    static const char digits[] = "0123456789";
    size_t first = r->begin + (r->data[r->begin] == '-');
    int whole = 1;
    int64_t integer;
    double real;
    r->token = NUMBER;
    r->end = is_one_of(r, first, "0") ? first + 1 : skip(r, first, digits);
    if (r->end == first || (r->data[first] == '0' && is_one_of(r, r->end, digits)))
        return wrong(r, "not valid JSON: expected a number here");
    for (int part = 0; part < 2; part++) {
        if (!is_one_of(r, r->end, part == 0 ? "." : "eE"))
            continue;
        whole = 0;
        r->end++;
        r->end += part == 1 && is_one_of(r, r->end, "+-");
        if (!is_one_of(r, r->end, digits))
            return wrong(r, "not valid JSON: expected a digit");
        r->end = skip(r, r->end, digits);
    }
    const char *text = r->data + r->begin;
    if (whole ? msched__parse_int(text, r->end - r->begin, &integer)
              : msched__parse_double(text, r->end - r->begin, &real))
        return 1;
    if (r->end - r->begin > 64)
        return fail(r, MSCHED_ERROR_LIMIT, "the number has more than 64 characters", r->end - 1);
    return fail(
        r, is_valid_elsewhere(text, r->end - r->begin) ? MSCHED_ERROR_LIMIT : MSCHED_ERROR_VALUE,
        "the number is out of range", r->end - 1);
}

static int next(reader *r)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (r->fault != NULL)
        return 0;
    r->begin = skip(r, r->end, " \n\r\t");
    r->end = r->begin + (r->begin < r->size);
    if (r->begin == r->size)
        return r->token = END;
    const char c = r->data[r->begin];
    if (c == '"')
        return read_text(r);
    if (c == '-' || (c >= '0' && c <= '9'))
        return read_number(r);
    if (is_one_of(r, r->begin, "{}[]:,"))
        return r->token = (unsigned char)c;
    while (r->end < r->size && ((unsigned char)r->data[r->end] & 0xC0) == 0x80)
        r->end++;
    if (is_one_of(r, r->begin, letters))
        r->end = skip(r, r->begin, letters);
    const size_t size = r->end - r->begin;
    const char *word = r->data + r->begin;
    if ((size == 4 && (memcmp(word, "true", 4) == 0 || memcmp(word, "null", 4) == 0)) ||
        (size == 5 && memcmp(word, "false", 5) == 0))
        return r->token = WORD;
    return wrong(r, "not valid JSON: expected a value here");
}

/* Check the text of a key or value. */
static int check_text(reader *r)
{
    return !r->has_null ||
           fail(r, MSCHED_ERROR_VALUE, "a text must not contain \\u0000", r->end - 1);
}

/* The bytes of a key, one by one, with its escapes read. */
typedef struct key_bytes {
    const char *at, *end;
    char escaped[4];
    size_t count, given; /* bytes of `escaped`, and those that were given */
} key_bytes;

static key_bytes bytes_of(const char *key, size_t size)
{
    return (key_bytes){.at = key + 1, .end = key + size - 1};
}

/* The next byte of a key whose escapes are right; -1: none. */
static int next_byte(key_bytes *key)
{
    static const char names[] = "bfnrt", values[] = "\b\f\n\r\t";
    uint32_t code, low;
    if (key->given < key->count)
        return (unsigned char)key->escaped[key->given++];
    if (key->at == key->end)
        return -1;
    if (*key->at != '\\')
        return (unsigned char)*key->at++;
    const char c = key->at[1], *name = strchr(names, c);
    key->at += 2;
    if (c != 'u')
        return name != NULL ? values[name - names] : c;
    msched__read_hex4(key->at, key->end, &code);
    key->at += 4;
    if (code >= 0xD800 && code <= 0xDBFF && msched__read_hex4(key->at + 2, key->end, &low)) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        key->at += 6;
    }
    key->count = msched__utf8_put(key->escaped, code);
    key->given = 1;
    return (unsigned char)key->escaped[0];
}

static int is_same_key(const char *key, size_t size, const char *other, size_t other_size)
{
    key_bytes a = bytes_of(key, size), b = bytes_of(other, other_size);
    for (;;) {
        const int byte = next_byte(&a);
        if (byte != next_byte(&b))
            return 0;
        if (byte < 0)
            return 1;
    }
}

static int check_value(reader *r);

static int check_array(reader *r)
{
    if (!next(r) || r->token == ']')
        return r->fault == NULL;
    while (check_value(r) && next(r) && r->token != ']')
        if (r->token != ',' || !next(r))
            return wrong(r, "not valid JSON: expected a comma or ] here");
    return r->fault == NULL;
}

static int check_object(reader *r)
{
    const char *keys[MSCHED__JSON_MAX_MEMBERS];
    size_t sizes[MSCHED__JSON_MAX_MEMBERS], count = 0;
    if (!next(r) || r->token == '}')
        return r->fault == NULL;
    for (;;) {
        if (r->token != TEXT)
            return wrong(r, "not valid JSON: expected a key in quotes here");
        if (!check_text(r))
            return 0;
        const char *key = r->data + r->begin;
        const size_t size = r->end - r->begin;
        for (size_t i = 0; i < count; i++)
            if (is_same_key(keys[i], sizes[i], key, size)) {
                r->key_size = size;
                return wrong(r, "duplicate key");
            }
        if (count < MSCHED__JSON_MAX_MEMBERS) {
            keys[count] = key;
            sizes[count++] = size;
        }
        if (!next(r) || r->token != ':')
            return wrong(r, "not valid JSON: expected a colon here");
        if (!next(r) || !check_value(r) || !next(r) || r->token == '}')
            return r->fault == NULL;
        if (r->token != ',')
            return wrong(r, "not valid JSON: expected a comma or } here");
        if (!next(r))
            return 0;
    }
}

/* Check the value that begins at the current token. */
static int check_value(reader *r)
{
    if (r->token == '{')
        return check_object(r);
    if (r->token == '[')
        return check_array(r);
    if (r->token == TEXT)
        return check_text(r);
    return r->token == NUMBER || r->token == WORD ||
           wrong(r, "not valid JSON: expected a value here");
}

static msched_result explain_duplicate(const reader *r, msched_error *err)
{
    char text[160];
    snprintf(text, sizeof text, "duplicate key %.*s: remove one of the two",
             (int)msched__utf8_cut(r->data + r->begin, r->key_size, 100), r->data + r->begin);
    return msched__json_fail_offset(r->data, r->place, r->code, err, text);
}

msched_result msched__json_explain(const char *data, size_t size, size_t stopped, msched_error *err)
{
    const size_t deep = msched__json_check_depth(data, size);
    if (deep < size)
        return msched__json_fail_offset(data, deep, MSCHED_ERROR_LIMIT, err,
                                        "nested more than 32 deep");
    reader r = {.data = data, .size = size};
    if (next(&r) && check_value(&r) && next(&r) && r.token != END)
        wrong(&r, "not valid JSON: expected the end here");
    if (r.key_size > 0)
        return explain_duplicate(&r, err);
    if (r.fault != NULL)
        return msched__json_fail_offset(data, r.place, r.code, err, r.fault);
    return msched__json_fail_offset(data, stopped, MSCHED_ERROR_LIMIT, err,
                                    "a number has too many digits, or an object has more than 64"
                                    " members");
}
