/* plan/text_scan.h: times, lengths and attributes of plan text, each from a whole slice of a line. */
#ifndef MSCHED_PLAN_TEXT_SCAN_H
#define MSCHED_PLAN_TEXT_SCAN_H

#include "base/slice.h"

#include <stdint.h>

enum msched__attr_kind {
    MSCHED__ATTR_DURATION,
    MSCHED__ATTR_RANGE,
    MSCHED__ATTR_AT,
    MSCHED__ATTR_EARLIEST,
    MSCHED__ATTR_LATEST,
    MSCHED__ATTR_DAYPART,
    MSCHED__ATTR_PRIORITY,
    MSCHED__ATTR_MUSIC,
    MSCHED__ATTR_MOOD,
    MSCHED__ATTR_SPLIT,
    MSCHED__ATTR_ID,
    MSCHED__ATTR_AFTER,
    MSCHED__ATTR_DURING,
    MSCHED__ATTR_PAD,
    MSCHED__ATTR_MUST,
    MSCHED__ATTR_TIMES,
    MSCHED__ATTR_YEARS,
    MSCHED__ATTR_POPULARITY,
    MSCHED__ATTR_BAD, /* meant as an attribute, but wrong: code, message and repair say how */
    MSCHED__ATTR_COUNT
};

typedef struct msched__attr {
    enum msched__attr_kind kind;
    int32_t a, b;       /* seconds, or a number; range, daypart, pad, years: both */
    int wrapped;        /* a range that ended before it started, so on the next day */
    msched__slice name; /* of id, after, during */
    const char *code;   /* of MSCHED__ATTR_BAD */
    char message[120], repair[160];
} msched__attr;

/* Where the slice stands and what may be there. */
enum msched__attr_place { MSCHED__PLACE_LEAD, MSCHED__PLACE_TRAIL, MSCHED__PLACE_SONG, MSCHED__PLACE_FILL };

/* 1 if the whole slice is one attribute (also a wrong one). */
int msched__attr_match(msched__slice slice, enum msched__attr_place place, msched__attr *attr);

enum msched__time_form { MSCHED__TIME_NONE, MSCHED__TIME_OK, MSCHED__TIME_BARE, MSCHED__TIME_BAD };

/* A time at *at, which is stepped past it; BARE is a number alone, BAD looks like a time and is none. */
enum msched__time_form msched__scan_time(msched__slice slice, size_t *at, int32_t *seconds);
/* The whole slice as a length; in_seconds allows "5s" and "0". 1 on success; *seconds may be 0 or more than a day. */
int msched__scan_duration(msched__slice slice, int in_seconds, int32_t *seconds);
/* The whole slice as a range of times, with bare hours where `bare` is set. 1 if it is meant as one, then attr is RANGE or BAD. */
int msched__scan_range(msched__slice slice, int bare, msched__attr *attr);
/* Compare without regard to ASCII case with a word in lower case. */
int msched__slice_is(msched__slice slice, const char *word);

/* For messages. */
#define MSCHED__DAYPART_LIST "morning, noon, lunch, afternoon, evening, night"

#endif
