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
    if (number_width(format) > 0)
        return MSCHED__ARROW_NUMBER;
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

double msched__arrow_number(const struct ArrowSchema *schema, const struct ArrowArray *array,
                            int64_t row)
{
    return number_at(schema->format, array->buffers[1], row + array->offset);
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
