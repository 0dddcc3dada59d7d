/*
 * catalog/cells/cells.h: convert the text of a cell, as people and programs write it, to the value
 * of its column.
 */
#ifndef MSCHED_CATALOG_CELLS_CELLS_H
#define MSCHED_CATALOG_CELLS_CELLS_H

#include "catalog/cells/row.h"

enum msched__cell {
    MSCHED__CELL_READ,
    MSCHED__CELL_EMPTY,     /* empty, or a word for "unknown" */
    MSCHED__CELL_UNREADABLE /* something that is not a value of the column */
};

/* "NA", "NaN", "None", "null", "-", "?" ..; of a text without blanks at its ends. */
int msched__cell_names_unknown(msched__slice text);
/* The same, or empty. */
static inline int msched__cell_is_unknown(msched__slice text)
{
    text = msched__trim(text);
    if (text.size == 0 || text.size > 9)
        return text.size == 0;
    switch (text.data[0] | 0x20) { /* what they begin with, in lower case, and their sizes */
    case 'n':
        return text.size <= 4 && msched__cell_names_unknown(text);
    case 'u':
        return text.size >= 7 && msched__cell_names_unknown(text);
    case 's':
        return text.size == 5 && msched__cell_names_unknown(text);
    case '<':
    case '#':
    case '-':
    case '?':
    case '{': /* and [ */
        return msched__cell_names_unknown(text);
    default:
        return 0;
    }
}

/* 0..100; a fraction is rounded and *rounded set. */
enum msched__cell msched__cell_popularity(msched__slice text, uint8_t unit, uint32_t *popularity,
                                          int *rounded);
/* Milliseconds, or a number without a unit (values->plain_duration). */
enum msched__cell msched__cell_duration(msched__slice text, uint8_t unit, msched__values *values,
                                        msched__evidence *evidence);
enum msched__cell msched__cell_date(msched__slice text, msched__values *values,
                                    msched__evidence *evidence);
enum msched__cell msched__cell_feature(uint32_t feature, msched__slice text, uint8_t unit,
                                       double *value, msched__evidence *evidence);
/* A part of a date as a whole number min..max; 0 if unknown. */
enum msched__cell msched__cell_part(msched__slice text, int64_t min, int64_t max, int32_t *value);

/* Year, month and day, each 0 if unknown; parts that do not exist in the calendar are dropped. */
msched__date msched__cell_date_of(int32_t year, int32_t month, int32_t day);

/* The same for values that are already numbers. */
enum msched__cell msched__number_popularity(double number, uint8_t unit, uint32_t *popularity,
                                            int *rounded);
enum msched__cell msched__number_duration(double number, uint8_t unit, msched__values *values,
                                          msched__evidence *evidence);
enum msched__cell msched__number_feature(uint32_t feature, double number, uint8_t unit,
                                         double *value, msched__evidence *evidence);

#endif
