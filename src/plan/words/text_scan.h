/*
 * plan/words/text_scan.h: scan times, lengths and attributes of plan text, each from a whole slice
 * of a line.
 */
#ifndef MSCHED_PLAN_WORDS_TEXT_SCAN_H
#define MSCHED_PLAN_WORDS_TEXT_SCAN_H

#include "base/slice.h"

#include <stdint.h>

/* the day of an attribute MSCHED__ATTR_DATE */
#define MSCHED__NEXT_WEEK (-2)

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
    MSCHED__ATTR_BETWEEN, /* a window, which becomes EARLIEST and LATEST */
    MSCHED__ATTR_LABEL,   /* may be repeated */
    MSCHED__ATTR_DATE,    /* a day or a repeat, which a plan of one day does not use */
    MSCHED__ATTR_DUE,     /* todo.txt: due: and t: with a date */
    MSCHED__ATTR_FROM_DAY,
    MSCHED__ATTR_STARTED, /* text_state.c */
    MSCHED__ATTR_ENDED,
    MSCHED__ATTR_LEFT,
    MSCHED__ATTR_NOT_STARTED,
    MSCHED__ATTR_BEFORE, /* before:NAME */
    MSCHED__ATTR_LATE,
    MSCHED__ATTR_MAX_TRACK,
    /* of plans of several days (text_date_words.c) */
    MSCHED__ATTR_ON,         /* name: the dates; a 1: each of them, "" then is every date */
    MSCHED__ATTR_REPEAT,     /* a: occurrences; b 1: a week */
    MSCHED__ATTR_APART,      /* a: days */
    MSCHED__ATTR_MAX_DAY,    /* a: seconds */
    MSCHED__ATTR_DUE_AT,     /* name: the date; b: time of day, or MSCHED_UNSET */
    MSCHED__ATTR_RELEASE_AT, /* the same; a 1: after it */
    MSCHED__ATTR_RULE,       /* name: a repeat by weeks, months or years (text_rule.c) */
    MSCHED__ATTR_SINCE,      /* a: days since 1970 from which it counts */
    /* name: dates with times (text_happened.c) */
    MSCHED__ATTR_STARTED_ON,
    MSCHED__ATTR_DONE_ON,
    MSCHED__ATTR_SKIPPED_ON,
    MSCHED__ATTR_BAD, /* meant as an attribute, but wrong: code, message and repair say how */
    MSCHED__ATTR_COUNT
};

/* How a time or length was written, if that is ambiguous or matters later. */
enum msched__attr_doubt {
    MSCHED__LOOSE_START = 1, /* an hour of 1 to 12 that may be in the morning or the evening */
    MSCHED__LOOSE_END = 2,   /* the same for the end of a range */
    /* am: in a day that runs past midnight, it may be on either date */
    MSCHED__NIGHT = 4,
    MSCHED__DOTTED = 8,        /* 9.30 */
    MSCHED__PACKED = 16,       /* 0930 */
    MSCHED__BARE = 32,         /* bare numbers, as in 9-17: they may belong to the title */
    MSCHED__LENGTH_RANGE = 64, /* 30-45 min: the longer one */
    MSCHED__ADJECTIVE = 128,   /* "30 minute", "2-hour": describes the next word */
    MSCHED__COMPACT = 256,     /* 45m, 1h30: number and unit in one word */
    MSCHED__FOR = 512,         /* with "for" */
    MSCHED__MARKED = 1024,     /* with "at", "from", "@" and the like */
    MSCHED__SPACED = 2048,     /* 9 - 17: a dash between spaces */
    MSCHED__SHOW = 4096,       /* report how it was read */
    MSCHED__WRAPPED = 8192,    /* a range that ends on the next day */
    MSCHED__TWELVE = 1048576,  /* a range whose hours may both be those of a 12-hour clock */
    MSCHED__LETTERED = 16384,  /* 9h30: a time or a length */
    MSCHED__MULTIPLE = 65536,  /* 2 x 45m, 1.30h: report which length it is */
    MSCHED__UNITLESS = 131072, /* 20: minutes */
    MSCHED__HALF = 262144,     /* "half 12": half past 12, but in some languages 11:30 */
    MSCHED__TOLD = 524288,     /* a number that is a time because of the title: always reported */
    MSCHED__FROM = 32768       /* "from 9:00 to 12:00": with a length it is a window */
};

typedef struct msched__attr {
    enum msched__attr_kind kind;
    uint32_t doubt;     /* enum msched__attr_doubt */
    int32_t a, b;       /* seconds, or a number; range, daypart, pad, years: both */
    msched__slice name; /* of id, after, before, during, label, date */
    const char *code;   /* of MSCHED__ATTR_BAD */
    char message[120], repair[160];
} msched__attr;

/* The position of the slice, which decides what may be there. */
enum msched__attr_place {
    MSCHED__PLACE_LEAD,
    MSCHED__PLACE_TRAIL,
    MSCHED__PLACE_SONG,
    MSCHED__PLACE_FILL
};

/* Initialize before a match. */
void msched__attr_clear(msched__attr *attr, msched__slice slice);
/* Make it a wrong attribute, or one with that number. Returns 1, so that a match can return it. */
int msched__attr_bad(msched__attr *attr, const char *code);
int msched__attr_set(msched__attr *attr, enum msched__attr_kind kind, int32_t value);
/* The maximum bytes of a text that a message shows. */
int msched__attr_shown(size_t size);

enum msched__time_form { MSCHED__TIME_NONE, MSCHED__TIME_OK, MSCHED__TIME_BARE, MSCHED__TIME_BAD };

/* One time of day. */
typedef struct msched__clock {
    int32_t seconds;
    enum msched__time_form form; /* BARE is a bare number; BAD looks like a time but is not */
    char half;                   /* 'a', 'p' or 0 */
    int sure;                    /* unambiguous: 13:00, 09:00, 0:15, noon */
    uint32_t doubt;              /* DOTTED, PACKED */
    int lettered;                /* 9h, 9h30: may be a length as well */
    int spoken;                  /* half past 4, 4 o'clock */
} msched__clock;

/* Scan a time at *at, which moves past it. */
enum msched__time_form msched__scan_time(msched__slice slice, size_t *at, msched__clock *clock);
/* The state of a to-do (text_state.c). */
int msched__match_state(msched__slice slice, enum msched__attr_place place, msched__attr *attr);
/* Compare with a lower-case word, ignoring ASCII case. */
int msched__slice_is(msched__slice slice, const char *word);
/* Is a word, without marks after it, in a list of folded words with spaces around each? */
int msched__word_among(msched__slice word, const char *list);
/* Without spaces, tabs and carriage returns at either end. */
msched__slice msched__slice_trim(msched__slice slice);

/* Elements of a slice. Each moves *at past what it reads. */
void msched__skip_spaces(msched__slice slice, size_t *at);
int msched__digit_at(msched__slice slice, size_t at);
int msched__letter_at(msched__slice slice, size_t at);
/* A lower-case word, not followed by a letter or digit. */
int msched__take_word(msched__slice slice, size_t *at, const char *word);
/* One of the words; the list ends with NULL. */
int msched__take_any(msched__slice slice, size_t *at, const char *const *words);
/* Up to `max` digits as a number; -1 if there are none or more. */
int32_t msched__take_number(msched__slice slice, size_t *at, size_t max);

/* For messages. */
#define MSCHED__SPLIT_S      900 /* shortest part of "split" */

#define MSCHED__DAYPART_LIST "morning, noon, lunch, afternoon, evening, night"

#endif
