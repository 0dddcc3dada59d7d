/* plan/words/text_weekdays.h: weekdays of other languages, short ones, and lists of them. */
#ifndef MSCHED_PLAN_WORDS_TEXT_WEEKDAYS_H
#define MSCHED_PLAN_WORDS_TEXT_WEEKDAYS_H

#include "plan/words/text_writer.h"

/* "Tuesday", "jueves", "Sa" or "dim" at *at, which moves past it. 0 Sunday to 6; -1: no match. */
int msched__take_weekday(msched__slice s, size_t *at);
/* 1 if a weekday with its whole name, or its English beginning, is at an offset. */
int msched__weekday_ahead(msched__slice s, size_t at);
/*
 * "martes y jueves", "Mo-Fr", "montags", "Di 14 Uhr" at an offset: write it in English. Returns
 * the bytes of the line that are done; 0: it is not there.
 */
size_t msched__take_weekdays(msched__writer *w, size_t at);

/*
 * The same for a short name by itself, a heading such as "Mo:" or "## lun", and with `is_label` for
 * one before a to-do, "Sa: Einkaufen". Names that are words or people, too ("Do", "Sam"), count if
 * *seen: another one was above; sets it.
 */
size_t msched__take_lone_weekday(msched__writer *w, size_t at, int is_label, uint8_t *seen);
/*
 * 1 if lines of a text begin with two or more short names and a colon, as "Mo: .." and "Di: ..",
 * which are not all names of people or other words ("Sam", "So").
 */
int msched__has_short_labels(msched__slice text);
/* A short name alone, such as "Mo" or "lun". */
int msched__short_weekday_ahead(msched__slice s, size_t at);

/*
 * Words between the dates or weekdays of a range, such as "bis", and before it, such as "from";
 * each list ends with NULL.
 */
extern const char *const msched__range_words[], *const msched__from_words[];
/* "or" between two dates or times; the list ends with NULL. */
extern const char *const msched__or_words[];

#endif
