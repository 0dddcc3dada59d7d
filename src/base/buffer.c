#include "base/buffer.h"

#include "base/alloc.h"
#include "base/civil.h"
#include "base/refcount.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

struct msched_text {
    msched__refcount refs;
    msched_allocator allocator;
    char *data;
    size_t size;
};

void msched__buffer_init(msched__buffer *buffer, const msched_allocator *allocator)
{
    *buffer = (msched__buffer){.allocator = *allocator};
}

void msched__buffer_free(msched__buffer *buffer)
{
    msched__free(&buffer->allocator, buffer->data);
    buffer->data = NULL;
    buffer->size = buffer->capacity = 0;
    buffer->failed = 0;
}

void msched__buffer_clear(msched__buffer *buffer)
{
    buffer->size = 0;
    if (buffer->data != NULL)
        buffer->data[0] = '\0';
}

int msched__buffer_reserve(msched__buffer *buffer, size_t more)
{
    if (buffer->failed)
        return 0;
    if (more < buffer->capacity - buffer->size)
        return 1;
    buffer->failed = 1;
    if (more >= SIZE_MAX - buffer->size)
        return 0;
    size_t need = buffer->size + more + 1,
           capacity = buffer->capacity < SIZE_MAX / 2 ? buffer->capacity * 2 : need;
    capacity = capacity < need ? need : capacity < 64 ? 64 : capacity;
    char *grown = msched__realloc_array(&buffer->allocator, buffer->data, capacity, 1);
    if (grown == NULL)
        return 0;
    buffer->data = grown;
    buffer->capacity = capacity;
    buffer->failed = 0;
    return 1;
}

void msched__buffer_format(msched__buffer *buffer, const char *format, ...)
{
    char small[256];
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (length < 0) {
        buffer->failed = 1;
    } else if ((size_t)length < sizeof small) {
        msched__buffer_add(buffer, small, (size_t)length);
    } else {
        char *large = msched__alloc_array(&buffer->allocator, (size_t)length + 1, 1);
        if (large == NULL) {
            buffer->failed = 1;
        } else {
            vsnprintf(large, (size_t)length + 1, format, again);
            msched__buffer_add(buffer, large, (size_t)length);
            msched__free(&buffer->allocator, large);
        }
    }
    va_end(again);
}

void msched__buffer_uint(msched__buffer *buffer, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    msched__buffer_add(buffer, digits + at, sizeof digits - at);
}

void msched__buffer_int(msched__buffer *buffer, int64_t value)
{
    if (value < 0)
        msched__buffer_char(buffer, '-');
    msched__buffer_uint(buffer, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;

/*
 * The shortest of 15, 16 and 17 digits of a number from 0.1 to 1, in exact whole numbers: it is
 * mantissa / 2^shift. Returns how many digits there are; 0 if only the C library can tell.
 */
static int fraction_digits(double value, uint64_t *digits)
{
    int exponent;
    uint64_t scale = UINT64_C(1000000000000000),
             mantissa = (uint64_t)ldexp(frexp(value, &exponent), 53);
    const int shift = 53 - exponent;
    const uint64_t mask = (UINT64_C(1) << shift) - 1, half = UINT64_C(1) << (shift - 1);
    if (mantissa == UINT64_C(1) << 52) /* the double below it is nearer than the one above */
        return 0;
    for (int count = 15; count <= 17; count++, scale *= 10) {
        wide scaled = (wide)mantissa * scale;
        uint64_t rest = (uint64_t)scaled & mask, whole = (uint64_t)(scaled >> shift);
        int up = rest > half || (rest == half && whole % 2 == 1);
        if (2 * (up ? mask + 1 - rest : rest) >= scale)
            continue;
        *digits = whole + (uint64_t)up;
        return *digits < scale ? count : 0;
    }
    return 0;
}
#else
static int fraction_digits(double value, uint64_t *digits)
{
    (void)value, (void)digits;
    return 0;
}
#endif

/* Small whole numbers and numbers from 0.1 to 1, without the C library. 1 if it was written. */
static int write_usual(msched__buffer *buffer, double value)
{
    uint64_t digits = 0;
    if (value >= 1 && value < 1e9 && floor(value) == value) {
        msched__buffer_uint(buffer, (uint64_t)value);
        msched__buffer_string(buffer, ".0");
        return 1;
    }
    int count = value >= 0.1 && value < 1 ? fraction_digits(value, &digits) : 0;
    if (count == 0)
        return 0;
    while (digits % 10 == 0)
        digits /= 10;
    msched__buffer_string(buffer, "0.");
    msched__buffer_uint(buffer, digits);
    return 1;
}

void msched__buffer_double(msched__buffer *buffer, double value)
{
    if (!isfinite(value)) {
        msched__buffer_string(buffer, "null");
        return;
    }
    if (write_usual(buffer, value))
        return;
    /*
     * Writing and reading with the C library use the same locale, so the round trip holds; then its
     * decimal point becomes ".".
     */
    char text[40];
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(text, sizeof text, "%.*g", precision, value);
        if (strtod(text, NULL) == value)
            break;
    }
    int has_mark = 0;
    char plain[40];
    size_t size = 0;
    for (const char *p = text; *p != '\0'; p++) {
        int digit = (*p >= '0' && *p <= '9') || *p == '-' || *p == '+' || *p == 'e';
        if (digit) {
            has_mark |= *p == 'e';
            plain[size++] = *p;
        } else if (!has_mark) { /* the locale's decimal point may have several bytes */
            has_mark = 1;
            plain[size++] = '.';
        }
    }
    msched__buffer_add(buffer, plain, size);
    if (!has_mark)
        msched__buffer_string(buffer, ".0");
}

/*
 * Characters that a JSON string cannot contain unescaped, including the terminating NUL; U+007F is
 * escaped too.
 */
static const unsigned char special[256] = {
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,         1,          1,         1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, ['"'] = 1, ['\\'] = 1, [0x7f] = 1};

static void add_escaped(msched__buffer *buffer, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    char escaped[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    if (c == '\n')
        escaped[1] = 'n';
    else if (c >= 0x20 && c != 0x7f)
        escaped[1] = (char)c;
    msched__buffer_add(buffer, escaped, escaped[1] == 'u' ? 6 : 2);
}

#ifdef __SSE2__
/*
 * 1 if one of the characters from `data` on is special; 16 more bytes of the memory are readable.
 */
static int has_special(const char *data, size_t size)
{
    const __m128i control = _mm_set1_epi8(0x1F), quote = _mm_set1_epi8('"'),
                  backslash = _mm_set1_epi8('\\'), erase = _mm_set1_epi8(0x7F);
    unsigned found = 0;
    for (size_t at = 0; at < size; at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(data + at));
        __m128i ends = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes),
                         _mm_cmpeq_epi8(bytes, quote)),
            _mm_or_si128(_mm_cmpeq_epi8(bytes, backslash), _mm_cmpeq_epi8(bytes, erase)));
        found |= (unsigned)_mm_movemask_epi8(ends) &
                 (size - at < 16 ? (1u << (size - at)) - 1 : 0xFFFFu);
    }
    return found != 0;
}

/*
 * A string that needs no escapes: copied, then checked in the buffer. 0 if it needs some, or out of
 * memory.
 */
static int add_plain(msched__buffer *buffer, const char *string)
{
    size_t size = strlen(string);
    if (size > SIZE_MAX / 2 || ((buffer->failed || size + 18 >= buffer->capacity - buffer->size) &&
                                !msched__buffer_reserve(buffer, size + 18)))
        return 0;
    char *to = buffer->data + buffer->size;
    to[0] = '"';
    memcpy(to + 1, string, size);
    if (has_special(to + 1, size)) {
        to[0] = '\0';
        return 0;
    }
    to[size + 1] = '"';
    to[size + 2] = '\0';
    buffer->size += size + 2;
    return 1;
}
#else
static int add_plain(msched__buffer *buffer, const char *string)
{
    (void)buffer, (void)string;
    return 0;
}
#endif

void msched__buffer_csv(msched__buffer *buffer, const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (data[i] == '"')
            msched__buffer_char(buffer, '"');
        msched__buffer_char(buffer, data[i]);
    }
}

void msched__buffer_json(msched__buffer *buffer, const char *string)
{
    if (add_plain(buffer, string))
        return;
    msched__buffer_char(buffer, '"');
    for (const char *run = string;; run++) {
        const char *begin = run;
        while (!special[(unsigned char)*run])
            run++;
        msched__buffer_add(buffer, begin, (size_t)(run - begin));
        if (*run == '\0')
            break;
        add_escaped(buffer, (unsigned char)*run);
    }
    msched__buffer_char(buffer, '"');
}

static void put_two(char *text, uint32_t number)
{
    text[0] = (char)('0' + number / 10);
    text[1] = (char)('0' + number % 10);
}

static void put_clock(msched__buffer *buffer, int32_t seconds, int with_seconds)
{
    int is_second = (seconds & MSCHED_TIME_SECOND) != 0;
    seconds &= ~MSCHED_TIME_SECOND;
    uint32_t minutes = (uint32_t)seconds / 60;
    char text[8] = "00:00:00";
    put_two(text, minutes / 60 % 100);
    put_two(text + 3, minutes % 60);
    put_two(text + 6, (uint32_t)seconds % 60);
    msched__buffer_add(buffer, text, with_seconds ? 8 : 5);
    if (is_second)
        msched__buffer_string(buffer, " (second)");
}

void msched__buffer_time(msched__buffer *buffer, int32_t seconds)
{
    put_clock(buffer, seconds, 1);
}

void msched__buffer_time_short(msched__buffer *buffer, int32_t seconds)
{
    put_clock(buffer, seconds, (seconds & ~MSCHED_TIME_SECOND) % 60 != 0);
}

void msched__buffer_utc(msched__buffer *buffer, int64_t utc)
{
    int64_t days = msched__days_of(utc);
    msched__date date = msched__date_from_days(days);
    char text[11] = "0000-00-00T";
    put_two(text, (uint32_t)date.year / 100);
    put_two(text + 2, (uint32_t)date.year % 100);
    put_two(text + 5, date.month);
    put_two(text + 8, date.day);
    msched__buffer_add(buffer, text, sizeof text);
    msched__buffer_time(buffer, (int32_t)(utc - days * 86400));
    msched__buffer_char(buffer, 'Z');
}

msched_result msched__buffer_to_text(msched__buffer *buffer, msched_text **out, msched_error *err)
{
    *out = NULL;
    msched__buffer_add(buffer, "", 0); /* ensure a terminating NUL */
    msched_text *text = buffer->failed ? NULL
                                       : msched__alloc_array(&buffer->allocator, 1, sizeof *text);
    if (text == NULL) {
        msched__buffer_free(buffer);
        return msched__fail_memory(err);
    }
    msched__refcount_init(&text->refs);
    text->allocator = buffer->allocator;
    text->data = buffer->data;
    text->size = buffer->size;
    msched__buffer_init(buffer, &text->allocator);
    *out = text;
    return MSCHED_OK;
}

const char *msched_text_data(const msched_text *text)
{
    return text == NULL ? "" : text->data;
}

size_t msched_text_size(const msched_text *text)
{
    return text == NULL ? 0 : text->size;
}

msched_text *msched_text_ref(msched_text *text)
{
    if (text != NULL)
        msched__refcount_add(&text->refs);
    return text;
}

void msched_text_unref(msched_text *text)
{
    if (text == NULL || !msched__refcount_drop(&text->refs))
        return;
    msched_allocator allocator = text->allocator;
    msched__free(&allocator, text->data);
    msched__free(&allocator, text);
}
