/*
 * format/json_scan.h: large arrays of flat objects in JSON, read member by member in one pass
 * without a tree. Members that are not requested are only skipped; the grammar of numbers in them
 * is not checked.
 */
#ifndef MSCHED_FORMAT_JSON_SCAN_H
#define MSCHED_FORMAT_JSON_SCAN_H

#include "base/buffer.h"
#include "base/slice.h"

typedef struct msched__json_scan {
    const char *at, *end;
    const char *fault; /* the error at `at`; NULL: none */
} msched__json_scan;

enum msched__scan_type {
    MSCHED__SCAN_STRING, /* its bytes without the quotes */
    MSCHED__SCAN_PLAIN,  /* number, true, false or null, as it is written */
    MSCHED__SCAN_NESTED  /* an array or object, brackets included */
};

typedef struct msched__scan_value {
    msched__slice bytes;
    uint8_t type;    /* enum msched__scan_type */
    uint8_t escaped; /* a string with escapes: msched__scan_text */
} msched__scan_value;

/* Step into an array. 0 with a fault if there is none. */
int msched__scan_array(msched__json_scan *scan);
/*
 * Step to the next item of the array. 1: there is one; 0: the end was passed, or a fault. `first`
 * is 1 for the first call.
 */
int msched__scan_item(msched__json_scan *scan, int first);
/* 1 if the next value is an object, which is entered. */
int msched__scan_object(msched__json_scan *scan);
/* The next member of the object; otherwise as msched__scan_item. */
int msched__scan_member(msched__json_scan *scan, int first, msched__slice *key,
                        msched__scan_value *value);
/* A value of any kind. 0 with a fault if there is none. */
int msched__scan_value_next(msched__json_scan *scan, msched__scan_value *value);
/* 1 if nothing but blanks is left; else 0 with a fault. */
int msched__scan_end(msched__json_scan *scan);

/*
 * The text of a string: its bytes, or in `room`, which is cleared, without escapes. Half of a pair
 * of surrogates becomes U+FFFD. Other values give an empty text. Not checked to be UTF-8.
 */
msched__slice msched__scan_text(const msched__scan_value *value, msched__buffer *room);

#endif
