/* arrow/arrow_column.h: read single values from an Arrow array of another producer. */
#ifndef MSCHED_ARROW_COLUMN_H
#define MSCHED_ARROW_COLUMN_H

#include <musicsched/arrow.h>

typedef enum msched__arrow_kind {
    MSCHED__ARROW_UNSUPPORTED,
    MSCHED__ARROW_TEXT,   /* utf8, large utf8, utf8 view, or a dictionary of one of them */
    MSCHED__ARROW_NUMBER, /* integers, floats, booleans and decimals */
    MSCHED__ARROW_LENGTH, /* durations: msched__arrow_number gives milliseconds */
    MSCHED__ARROW_LIST,   /* lists of texts */
    MSCHED__ARROW_DATE,   /* date32, date64, timestamps */
    MSCHED__ARROW_NULL    /* a column of nulls */
} msched__arrow_kind;

msched__arrow_kind msched__arrow_kind_of(const struct ArrowSchema *schema);

/* 1 if `row` (counted with the parent's offset, without the column's own) is not null. */
int msched__arrow_is_valid(const struct ArrowSchema *schema, const struct ArrowArray *array,
                           int64_t row);
/* A text value; 0 if the array is inconsistent. */
int msched__arrow_text(const struct ArrowSchema *schema, const struct ArrowArray *array,
                       int64_t row, const char **data, size_t *size);
/* A list's texts are items *from to before *to of the child; 0 if it is inconsistent. */
int msched__arrow_list(const struct ArrowSchema *schema, const struct ArrowArray *array,
                       int64_t row, int64_t *from, int64_t *to);
double msched__arrow_number(const struct ArrowSchema *schema, const struct ArrowArray *array,
                            int64_t row);
/* Days since 1970-01-01. */
int64_t msched__arrow_days(const struct ArrowSchema *schema, const struct ArrowArray *array,
                           int64_t row);

#endif
