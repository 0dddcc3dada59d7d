/*
 * libc.c: snprintf and strtod. They replace those of the C library, which need 128-bit software
 * floating point. The host reads and writes the rare numbers that the library does not convert
 * itself.
 */
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The number in `size` characters; NaN if they are not a number. */
__attribute__((import_module("env"), import_name("number_read"))) double host_number_read(
    const char *text, size_t size);

/* Write `value` like printf's "%.*g" to 32 bytes at `text`. Returns the number of characters. */
__attribute__((import_module("env"), import_name("number_write"))) uint32_t host_number_write(
    char *text, int precision, double value);

double strtod(const char *restrict text, char **restrict end)
{
    size_t size = strlen(text);
    double value = host_number_read(text, size);
    if (end != NULL)
        *end = (char *)text + (isnan(value) ? 0 : size);
    return value;
}

typedef struct output {
    char *text;
    size_t size, used;
} output;

static void put(output *to, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++, to->used++)
        if (to->used + 1 < to->size)
            to->text[to->used] = text[i];
}

static void pad(output *to, char with, size_t used, size_t width)
{
    for (; used < width; used++)
        put(to, &with, 1);
}

/* A conversion: "%" [-] [0] [width] [.precision] [length] kind. */
typedef struct conversion {
    int left, zero, precision, size;
    size_t width;
    char kind;
} conversion;

static int read_count(const char **at, va_list *values)
{
    int count = 0;
    if (**at == '*') {
        (*at)++;
        return va_arg(*values, int);
    }
    for (; **at >= '0' && **at <= '9'; (*at)++)
        count = count * 10 + (**at - '0');
    return count;
}

static const char *read_conversion(const char *at, conversion *one, va_list *values)
{
    *one = (conversion){.precision = -1, .size = sizeof(int)};
    for (; *at == '-' || *at == '0'; at++)
        *(*at == '-' ? &one->left : &one->zero) = 1;
    one->width = (size_t)read_count(&at, values);
    if (*at == '.') {
        at++;
        one->precision = read_count(&at, values);
    }
    for (; *at != '\0' && strchr("hlzjt", *at) != NULL; at++)
        if (*at == 'j' || (*at == 'l' && at[1] == 'l'))
            one->size = sizeof(long long);
    one->kind = *at;
    return *at == '\0' ? at : at + 1;
}

static void put_padded(output *to, const conversion *one, const char *text, size_t size)
{
    if (!one->left)
        pad(to, ' ', size, one->width);
    put(to, text, size);
    if (one->left)
        pad(to, ' ', size, one->width);
}

static void put_whole(output *to, const conversion *one, uint64_t value, int negative)
{
    const char *digits = one->kind == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    const unsigned base = strchr("xX", one->kind) != NULL ? 16 : 10;
    char text[24];
    size_t at = sizeof text;
    do
        text[--at] = digits[value % base];
    while ((value /= base) > 0);
    if (one->zero && !one->left)
        while (at > 1 && sizeof text - at + (size_t)negative < one->width)
            text[--at] = '0';
    if (negative)
        text[--at] = '-';
    put_padded(to, one, text + at, sizeof text - at);
}

static void put_value(output *to, const conversion *one, va_list *values)
{
    char text[32];
    int64_t whole;
    switch (one->kind) {
    case 's': {
        const char *string = va_arg(*values, const char *);
        put_padded(to, one, string,
                   one->precision < 0 ? strlen(string) : strnlen(string, (size_t)one->precision));
        return;
    }
    case 'c':
        *text = (char)va_arg(*values, int);
        put_padded(to, one, text, 1);
        return;
    case 'd':
    case 'i':
        whole = one->size > (int)sizeof(int) ? va_arg(*values, long long) : va_arg(*values, int);
        put_whole(to, one, whole < 0 ? 0 - (uint64_t)whole : (uint64_t)whole, whole < 0);
        return;
    case 'g':
        put_padded(to, one, text, host_number_write(text, one->precision, va_arg(*values, double)));
        return;
    default:
        /* a conversion of another kind would take the wrong value */
        if (strchr("uxX", one->kind) == NULL)
            __builtin_trap();
        put_whole(to, one,
                  one->size > (int)sizeof(int) ? va_arg(*values, unsigned long long)
                                               : va_arg(*values, unsigned),
                  0);
    }
}

int vsnprintf(char *restrict text, size_t size, const char *restrict format, va_list given)
{
    output to = {text, size, 0};
    va_list values;
    va_copy(values, given);
    while (*format != '\0') {
        size_t plain = strcspn(format, "%");
        put(&to, format, plain);
        format += plain;
        if (*format == '\0')
            break;
        if (format[1] == '%') {
            put(&to, format, 1);
            format += 2;
            continue;
        }
        conversion one;
        format = read_conversion(format + 1, &one, &values);
        put_value(&to, &one, &values);
    }
    va_end(values);
    if (size > 0)
        text[to.used < size ? to.used : size - 1] = '\0';
    return (int)to.used;
}

int snprintf(char *restrict text, size_t size, const char *restrict format, ...)
{
    va_list values;
    va_start(values, format);
    int used = vsnprintf(text, size, format, values);
    va_end(values);
    return used;
}
