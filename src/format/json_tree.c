/*
 * Parse JSON to an array of values, in one pass and two blocks of memory. Jansson's tree has a
 * block for each string and a table for each object, which would double the time from the text of a
 * plan to its schedule. If a text is refused here, json_explain.c reads it again.
 */
#include "base/alloc.h"
#include "base/number.h"
#include "base/utf8.h"
#include "format/json.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef struct parser {
    msched__json *json;
    const char *at, *end;
    /*
     * where the next string goes; there is room for all, because no string is longer than its JSON
     * text
     */
    char *text;
    size_t count, capacity;
    int no_memory;
} parser;

static inline void skip_space(parser *p)
{
    const char *at = p->at;
    while (at < p->end && (unsigned char)*at <= ' ' &&
           (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
        at++;
    p->at = at;
}

static int take(parser *p, char c)
{
    skip_space(p);
    if (p->at == p->end || *p->at != c)
        return 0;
    p->at++;
    return 1;
}

static int hex4(parser *p, uint32_t *code)
{
    const int is_read = msched__read_hex4(p->at, p->end, code);
    p->at += is_read ? 4 : 0;
    return is_read;
}

/* After "\u": one code point, possibly from a pair of surrogates. */
static int read_code_point(parser *p)
{
    uint32_t code, low;
    if (!hex4(p, &code) || code == 0 || (code >= 0xDC00 && code <= 0xDFFF))
        return 0;
    if (code >= 0xD800 && code <= 0xDBFF) {
        if (p->end - p->at < 2 || p->at[0] != '\\' || p->at[1] != 'u')
            return 0;
        p->at += 2;
        if (!hex4(p, &low) || low < 0xDC00 || low > 0xDFFF)
            return 0;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    p->text += msched__utf8_put(p->text, code);
    return 1;
}

static int read_escape(parser *p)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    if (p->at == p->end)
        return 0;
    char c = *p->at++;
    if (c == 'u')
        return read_code_point(p);
    const char *name = c == '\0' ? NULL : strchr(names, c);
    if (name == NULL)
        return 0;
    *p->text++ = values[name - names];
    return 1;
}

/* Bytes that end a run of plain text in a string. */
static const unsigned char ends_run[256] = {1, 1, 1, 1, 1, 1, 1, 1, 1,         1,         1, 1,
                                            1, 1, 1, 1, 1, 1, 1, 1, 1,         1,         1, 1,
                                            1, 1, 1, 1, 1, 1, 1, 1, ['"'] = 1, ['\\'] = 1};

#ifdef __SSE2__
/* Bit i is set if byte i of the sixteen ends a run. */
static inline unsigned run_ends(__m128i bytes)
{
    const __m128i control = _mm_set1_epi8(0x1F), quote = _mm_set1_epi8('"'),
                  backslash = _mm_set1_epi8('\\');
    return (unsigned)_mm_movemask_epi8(
        _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes),
                     _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash))));
}

/*
 * Copy a run, sixteen bytes at a time while there are that many: then the output has room for them,
 * and the bytes copied past the end are overwritten.
 */
static inline void copy_run(parser *p)
{
    const char *at = p->at, *const end = p->end;
    char *text = p->text;
    unsigned ends = 0;
    while (ends == 0 && end - at >= 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        _mm_storeu_si128((__m128i *)(void *)text, bytes);
        ends = run_ends(bytes);
        unsigned count = ends == 0 ? 16 : (unsigned)__builtin_ctz(ends);
        text += count;
        at += count;
    }
    while (ends == 0 && at < end && !ends_run[(unsigned char)*at])
        *text++ = *at++;
    p->at = at;
    p->text = text;
}
#else
static void copy_run(parser *p)
{
    while (p->at < p->end && !ends_run[(unsigned char)*p->at])
        *p->text++ = *p->at++;
}
#endif

/* The string at the quote under p->at, unescaped and ended by a NUL. */
static int read_string(parser *p, const char **out, uint32_t *size)
{
    char *begin = p->text;
    if (!take(p, '"'))
        return 0;
    for (;;) {
        copy_run(p);
        if (p->at == p->end || (unsigned char)*p->at < 0x20)
            return 0;
        if (*p->at++ == '"')
            break;
        if (!read_escape(p))
            return 0;
    }
    *size = (uint32_t)(p->text - begin);
    *p->text++ = '\0';
    *out = begin;
    return 1;
}

static int skip_digits(parser *p)
{
    const char *begin = p->at;
    while (p->at < p->end && *p->at >= '0' && *p->at <= '9')
        p->at++;
    return p->at > begin;
}

static int read_number(parser *p, msched__json_value *v)
{
    const char *begin = p->at;
    int whole = 1;
    p->at += *p->at == '-';
    if (p->at < p->end && *p->at == '0')
        p->at++;
    else if (!skip_digits(p))
        return 0;
    if (p->at < p->end && *p->at == '.') {
        p->at++;
        whole = 0;
        if (!skip_digits(p))
            return 0;
    }
    if (p->at < p->end && (*p->at == 'e' || *p->at == 'E')) {
        p->at++;
        whole = 0;
        p->at += p->at < p->end && (*p->at == '+' || *p->at == '-');
        if (!skip_digits(p))
            return 0;
    }
    size_t size = (size_t)(p->at - begin);
    v->type = whole ? MSCHED__JSON_INTEGER : MSCHED__JSON_REAL;
    return whole ? msched__parse_int(begin, size, &v->integer)
                 : msched__parse_double(begin, size, &v->real);
}

static int read_word(parser *p, msched__json_value *v, const char *word, uint32_t type)
{
    size_t size = strlen(word);
    if ((size_t)(p->end - p->at) < size || memcmp(p->at, word, size) != 0)
        return 0;
    p->at += size;
    v->type = type;
    return 1;
}

/* The place of the next value; NULL when out of memory. */
static msched__json_value *add_value(parser *p)
{
    void *block = p->json->values;
    if (p->count == p->capacity && !msched__grow(&p->json->allocator, &block, &p->capacity,
                                                 p->count + 1, sizeof *p->json->values)) {
        p->no_memory = 1;
        return NULL;
    }
    p->json->values = block;
    p->json->values[p->count] = (msched__json_value){0};
    return &p->json->values[p->count++];
}

/* Is this key among the `count` members from `first` on? */
static int is_known(const parser *p, size_t first, uint32_t count, const char *key, uint32_t size)
{
    const msched__json_value *values = p->json->values;
    for (const msched__json_value *v = &values[first]; count > 0; count--, v = &values[v->next])
        if (v->key_size == size && memcmp(v->key, key, size) == 0)
            return 1;
    return 0;
}

static int read_value(parser *p, unsigned depth);

static int read_array(parser *p, size_t self, unsigned depth)
{
    p->at++;
    uint32_t count = 0;
    if (!take(p, ']')) {
        do {
            if (!read_value(p, depth + 1))
                return 0;
            count++;
        } while (take(p, ','));
        if (!take(p, ']'))
            return 0;
    }
    p->json->values[self].type = MSCHED__JSON_ARRAY;
    p->json->values[self].count = count;
    return 1;
}

static int read_member(parser *p, size_t first, uint32_t count, unsigned depth)
{
    const char *key;
    uint32_t size;
    skip_space(p);
    uint32_t key_at = (uint32_t)(p->at - p->json->data);
    if (count == MSCHED__JSON_MAX_MEMBERS || !read_string(p, &key, &size) ||
        is_known(p, first, count, key, size) || !take(p, ':'))
        return 0;
    size_t index = p->count;
    if (!read_value(p, depth + 1))
        return 0;
    msched__json_value *v = &p->json->values[index];
    v->key = key;
    v->key_size = size;
    v->key_at = key_at;
    return 1;
}

static int read_object(parser *p, size_t self, unsigned depth)
{
    p->at++;
    uint32_t count = 0;
    if (!take(p, '}')) {
        do {
            if (!read_member(p, self + 1, count, depth))
                return 0;
            count++;
        } while (take(p, ','));
        if (!take(p, '}'))
            return 0;
    }
    p->json->values[self].type = MSCHED__JSON_OBJECT;
    p->json->values[self].count = count;
    return 1;
}

static int read_plain(parser *p, msched__json_value *v)
{
    uint32_t size;
    switch (*p->at) {
    case '"':
        v->type = MSCHED__JSON_STRING;
        return read_string(p, &v->string, &size);
    case 't':
        return read_word(p, v, "true", MSCHED__JSON_TRUE);
    case 'f':
        return read_word(p, v, "false", MSCHED__JSON_FALSE);
    case 'n':
        return read_word(p, v, "null", MSCHED__JSON_NULL);
    default:
        return read_number(p, v);
    }
}

static int read_value(parser *p, unsigned depth)
{
    skip_space(p);
    if (p->at == p->end)
        return 0;
    size_t self = p->count;
    msched__json_value *v = add_value(p);
    if (v == NULL)
        return 0;
    v->at = (uint32_t)(p->at - p->json->data);
    int done;
    if (*p->at == '{' || *p->at == '[')
        done = depth < MSCHED__JSON_MAX_DEPTH &&
               (*p->at == '{' ? read_object(p, self, depth) : read_array(p, self, depth));
    else
        done = read_plain(p, v);
    p->json->values[self].next = (uint32_t)p->count;
    return done;
}

msched_result msched__json_read(msched__json *json, size_t *stopped, msched_error *err)
{
    parser p = {.json = json,
                .at = json->data,
                .end = json->data + json->size,
                .capacity = json->size / 8 + 8};
    json->values = msched__alloc_array(&json->allocator, p.capacity, sizeof *json->values);
    json->texts = msched__alloc_array(&json->allocator, json->size + 1, 1);
    p.text = json->texts;
    int done = 0;
    if (json->values == NULL || json->texts == NULL) {
        p.no_memory = 1;
    } else {
        done = read_value(&p, 0);
        skip_space(&p);
    }
    *stopped = (size_t)(p.at - json->data);
    if (p.no_memory)
        return msched__fail_memory(err);
    return done && p.at == p.end ? MSCHED_OK : MSCHED_ERROR_SYNTAX;
}
