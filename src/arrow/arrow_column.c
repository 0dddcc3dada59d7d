#include "arrow/arrow_column.h"

#include <string.h>

/* Bytes of a value of a fixed-width format, or 0. */
static size_t number_width(const char *format)
{
    static const char formats[] = "cCsSiIlLfg";
    static const unsigned char widths[] = {1, 1, 2, 2, 4, 4, 8, 8, 4, 8};
    const char *at = format[0] != '\0' && format[1] == '\0' ? strchr(formats, format[0]) : NULL;
    return at == NULL ? 0 : widths[at - formats];
}

/* "d:10,2", in 128 bits. */
static int is_decimal(const char *format)
{
    const char *comma = strncmp(format, "d:", 2) == 0 ? strchr(format, ',') : NULL;
    return comma != NULL && (strchr(comma + 1, ',') == NULL || strstr(comma + 1, ",128") != NULL);
}

msched__arrow_kind msched__arrow_kind_of(const struct ArrowSchema *schema)
{
    const char *format = schema->format;
    if (schema->dictionary != NULL)
        return number_width(format) > 0 && strchr("fg", format[0]) == NULL &&
                       schema->dictionary->dictionary == NULL &&
                       msched__arrow_kind_of(schema->dictionary) == MSCHED__ARROW_TEXT
                   ? MSCHED__ARROW_TEXT
                   : MSCHED__ARROW_UNSUPPORTED;
    if (strcmp(format, "u") == 0 || strcmp(format, "U") == 0 || strcmp(format, "vu") == 0)
        return MSCHED__ARROW_TEXT;
    if (number_width(format) > 0 || strcmp(format, "b") == 0 || is_decimal(format))
        return MSCHED__ARROW_NUMBER;
    if (strncmp(format, "tD", 2) == 0 && format[2] != '\0' && strchr("smun", format[2]) != NULL)
        return MSCHED__ARROW_LENGTH;
    if ((strcmp(format, "+l") == 0 || strcmp(format, "+L") == 0) && schema->n_children == 1)
        return msched__arrow_kind_of(schema->children[0]) == MSCHED__ARROW_TEXT
                   ? MSCHED__ARROW_LIST
                   : MSCHED__ARROW_UNSUPPORTED;
    if (strcmp(format, "tdD") == 0 || strcmp(format, "tdm") == 0 ||
        (strncmp(format, "ts", 2) == 0 && format[2] != '\0' && strchr("smun", format[2]) != NULL))
        return MSCHED__ARROW_DATE;
    return strcmp(format, "n") == 0 ? MSCHED__ARROW_NULL : MSCHED__ARROW_UNSUPPORTED;
}

static int bit_is_set(const struct ArrowArray *array, int64_t index)
{
    const uint8_t *bits = array->n_buffers > 0 ? array->buffers[0] : NULL;
    return bits == NULL || (bits[index / 8] >> index % 8 & 1);
}

static double number_at(const char *format, const void *values, int64_t index)
{
    switch (format[0]) {
    case 'c':
        return ((const int8_t *)values)[index];
    case 'C':
        return ((const uint8_t *)values)[index];
    case 's':
        return ((const int16_t *)values)[index];
    case 'S':
        return ((const uint16_t *)values)[index];
    case 'i':
        return ((const int32_t *)values)[index];
    case 'I':
        return ((const uint32_t *)values)[index];
    case 'l':
        return (double)((const int64_t *)values)[index];
    case 'L':
        return (double)((const uint64_t *)values)[index];
    case 'f':
        return (double)((const float *)values)[index];
    default:
        return ((const double *)values)[index];
    }
}

int msched__arrow_is_valid(const struct ArrowSchema *schema, const struct ArrowArray *array,
                           int64_t row)
{
    if (strcmp(schema->format, "n") == 0)
        return 0;
    int64_t index = row + array->offset;
    if (!bit_is_set(array, index))
        return 0;
    if (schema->dictionary == NULL)
        return 1;
    double code = number_at(schema->format, array->buffers[1], index);
    return code >= 0 && code < (double)array->dictionary->length &&
           msched__arrow_is_valid(schema->dictionary, array->dictionary, (int64_t)code);
}

/*
 * A view of 16 bytes: length, then the text itself or its first four bytes, buffer number and
 * offset.
 */
static int view_at(const struct ArrowArray *array, int64_t index, const char **data, size_t *size)
{
    const unsigned char *view = (const unsigned char *)array->buffers[1] + index * 16;
    int32_t length, buffer, offset;
    memcpy(&length, view, 4);
    if (length < 0)
        return 0;
    *size = (size_t)length;
    *data = (const char *)view + 4;
    if (length <= 12)
        return 1;
    memcpy(&buffer, view + 8, 4);
    memcpy(&offset, view + 12, 4);
    /* the last buffer holds the lengths of the others */
    if (buffer < 0 || buffer >= array->n_buffers - 3 || offset < 0)
        return 0;
    *data = (const char *)array->buffers[2 + buffer] + offset;
    return 1;
}

int msched__arrow_text(const struct ArrowSchema *schema, const struct ArrowArray *array,
                       int64_t row, const char **data, size_t *size)
{
    int64_t index = row + array->offset;
    if (schema->dictionary != NULL)
        return msched__arrow_text(schema->dictionary, array->dictionary,
                                  (int64_t)number_at(schema->format, array->buffers[1], index),
                                  data, size);
    if (schema->format[0] == 'v')
        return view_at(array, index, data, size);
    int64_t from, to;
    if (schema->format[0] == 'U') {
        const int64_t *offsets = array->buffers[1];
        from = offsets[index];
        to = offsets[index + 1];
    } else {
        const int32_t *offsets = array->buffers[1];
        from = offsets[index];
        to = offsets[index + 1];
    }
    if (from < 0 || to < from)
        return 0;
    *data = to == from ? "" : (const char *)array->buffers[2] + from;
    *size = (size_t)(to - from);
    return 1;
}

int msched__arrow_list(const struct ArrowSchema *schema, const struct ArrowArray *array,
                       int64_t row, int64_t *from, int64_t *to)
{
    const int64_t index = row + array->offset;
    if (schema->format[1] == 'L') {
        const int64_t *offsets = array->buffers[1];
        *from = offsets[index];
        *to = offsets[index + 1];
    } else {
        const int32_t *offsets = array->buffers[1];
        *from = offsets[index];
        *to = offsets[index + 1];
    }
    return *from >= 0 && *from <= *to && *to <= array->children[0]->length;
}

static double decimal_at(const char *format, const void *values, int64_t index)
{
    const char *scale = strchr(format, ',') + 1;
    uint64_t low;
    int64_t high;
    memcpy(&low, (const unsigned char *)values + index * 16, 8);
    memcpy(&high, (const unsigned char *)values + index * 16 + 8, 8);
    double value = (double)high * 18446744073709551616.0 + (double)low;
    int digits = 0, negative = *scale == '-';
    for (scale += negative; *scale >= '0' && *scale <= '9' && digits < 100; scale++)
        digits = digits * 10 + (*scale - '0');
    for (int i = 0; i < digits; i++)
        value = negative ? value * 10 : value / 10;
    return value;
}

double msched__arrow_number(const struct ArrowSchema *schema, const struct ArrowArray *array,
                            int64_t row)
{
    const char *format = schema->format;
    const int64_t index = row + array->offset;
    const void *values = array->buffers[1];
    if (format[0] == 'b')
        return (((const uint8_t *)values)[index / 8] >> index % 8) & 1;
    if (format[0] == 'd')
        return decimal_at(format, values, index);
    if (format[0] != 't')
        return number_at(format, values, index);
    const double number = (double)((const int64_t *)values)[index];
    return format[2] == 's'   ? number * 1e3
           : format[2] == 'm' ? number
           : format[2] == 'u' ? number / 1e3
                              : number / 1e6;
}

static int64_t floor_div(int64_t value, int64_t divisor)
{
    return value / divisor - (value % divisor < 0);
}

int64_t msched__arrow_days(const struct ArrowSchema *schema, const struct ArrowArray *array,
                           int64_t row)
{
    const char *format = schema->format;
    int64_t index = row + array->offset;
    if (strcmp(format, "tdD") == 0)
        return ((const int32_t *)array->buffers[1])[index];
    int64_t value = ((const int64_t *)array->buffers[1])[index];
    int64_t per_day = 86400;
    if (format[1] == 'd' || format[2] == 'm')
        per_day *= 1000;
    else if (format[2] == 'u')
        per_day *= 1000000;
    else if (format[2] == 'n')
        per_day *= 1000000000;
    return floor_div(value, per_day);
}
