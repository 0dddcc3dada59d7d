/* plan/words/text_month.h: dates with the name or the number of a month. */
#ifndef MSCHED_PLAN_WORDS_TEXT_MONTH_H
#define MSCHED_PLAN_WORDS_TEXT_MONTH_H

#include "plan/words/text_writer.h"

/* The parts of a date in a heading, in addition to weekdays; 0: not given. */
typedef struct msched__date_parts {
    uint32_t year, month, day;
} msched__date_parts;

/* "7", "7th", "December" or "2026" of a date. */
int msched__take_date_part(msched__slice word, msched__date_parts *out);
/*
 * A whole date in numbers, from a word without the point after it: "28.11" (if is_dotted),
 * "28.11.2026", "28/11", "11/28". Without a year, only one of its numbers may be a month.
 */
int msched__take_numeric_date(msched__slice word, int is_dotted, msched__date_parts *out);
/*
 * The date; without a year, in the year nearest to the date of the plan, which is NULL if it is not
 * known. 0: there is none.
 */
int msched__date_of_parts(const char *plan_date, const msched__date_parts *part, int64_t *days);
/*
 * "24 Nov", "Tuesday, November 24th, 2026" at an offset: write the date. Returns the bytes; 0:
 * none.
 */
size_t msched__take_month_date(const char *plan_date, msched__writer *w, size_t at);

/* Does a noun that has numbers come before the offset, as in "chapter 3 of May"? */
int msched__follows_noun(msched__slice s, size_t at);

#define MSCHED__NO_DATE INT64_MIN

/*
 * A date by itself at an offset, or only its day, "24" or "24.", whose *days is NO_DATE. Returns
 * its bytes; 0: no match.
 */
size_t msched__take_day_or_date(const char *plan_date, msched__slice slice, size_t at,
                                msched__date_parts *out, int64_t *days);
/*
 * "24. bis 26.11.", "24 Nov - 26 Nov", "Nov 24 - 26" within a line, written as "on:" and each date.
 * Returns the bytes that it replaces; 0: no match.
 */
size_t msched__take_date_range(const char *plan_date, msched__writer *w, size_t at);

#endif
