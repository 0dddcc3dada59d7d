/*
 * calendar/content_line.h: the lines of an iCalendar stream (RFC 5545 section 3.1).
 *
 * A content line may be folded over several physical lines. The reader returns logical lines
 * without copying: the library ignores most lines of a calendar (alarms, attachments,
 * descriptions), so it unfolds only the values that it uses. CRLF, LF and CR end a line.
 */
#ifndef MSCHED_CALENDAR_CONTENT_LINE_H
#define MSCHED_CALENDAR_CONTENT_LINE_H

#include "base/buffer.h"
#include "base/slice.h"

typedef struct msched__content_reader {
    const char *at, *end;
    uint64_t next_line; /* 1-based number of the physical line at `at` */
} msched__content_reader;

typedef struct msched__content_line {
    msched__slice raw; /* with the folds, without the last line end */
    uint64_t line;     /* 1-based number of its first physical line */
    int folded;
} msched__content_line;

/*
 * Name, parameters and value of a line. The slices point into the stream or into the buffer of the
 * unfolded line.
 */
typedef struct msched__content {
    msched__slice name, parameters, value;
} msched__content;

void msched__content_reader_init(msched__content_reader *reader, const char *data, size_t size);
/* The next logical line that is not empty; 0 at the end. */
int msched__content_next(msched__content_reader *reader, msched__content_line *line);
/*
 * 1 if the property is called `name` (upper case, ASCII); case does not matter. Needs no unfolding.
 */
int msched__content_is(const msched__content_line *line, const char *name);
/*
 * Split a line into its parts, unfolding a folded line into `scratch`. 0 if it is not a content
 * line (no colon) or memory ran out (scratch->failed).
 */
int msched__content_split(const msched__content_line *line, msched__buffer *scratch,
                          msched__content *out);
/* Value of a parameter without quotes; size 0 if it is not given. */
msched__slice msched__content_parameter(const msched__content *content, const char *name);
/* 1 if two texts are equal, ignoring the case of ASCII letters. */
int msched__content_equals(msched__slice text, const char *expected);

#endif
