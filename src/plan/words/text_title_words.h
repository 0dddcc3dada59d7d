/* plan/words/text_title_words.h: words in titles that show what the text next to them means. */
#ifndef MSCHED_PLAN_WORDS_TEXT_TITLE_WORDS_H
#define MSCHED_PLAN_WORDS_TEXT_TITLE_WORDS_H

#include "plan/words/text_scan.h"

/*
 * 1 if a word such as "with", "at" or "about" begins, so that the text before it is complete.
 */
int msched__begins_phrase(msched__slice word);
/* 1 if a number after this word is part of a name, as in "Room 12". */
int msched__counts_things(msched__slice word);
/* 1 for "1/2" and "1h1/2". */
int msched__ends_in_half(msched__slice word);
/* 1 for "1/2" and "marathon" or "of": the fraction is not of an hour before it. */
int msched__is_fraction_of(msched__slice last, msched__slice next);

/* 1 for "Room" and "204", "HS" and "3": a place or a thing with its number. */
int msched__names_place(msched__slice word, msched__slice next);

/* 1 for things that have numbers and also begin at a time: "Lesson 5" and "lesson 5:30". */
int msched__has_numbers_and_times(msched__slice word);
/* 1 for separators between a title and its attributes, such as "-", "|" and ",". */
int msched__is_separator(msched__slice word);
/*
 * A word of a title that may be a time: "14:30" within it, "1430", "noon" at the start or the end,
 * "9;30", "11-1130", "630p". Or a length: "2h)", "est:30".
 */
int msched__looks_like_time(msched__slice word, int first, int last);
int msched__looks_like_length(msched__slice word);

/* Seconds of "1745" and other four digits of an hour and its minutes, from 6:00 on; -1: none. */
int32_t msched__packed_time(msched__slice word);
/* 1 if a line of a text surely begins with such a time: "0900 Standup", "1400-1530 Work". */
int msched__has_packed_times(msched__slice text);

/* 1 for "1945" and "2100", which may be years as well. */
int msched__is_year_or_time(msched__slice word);

/* 1 for a word beside which such a number is a year: "budget", "taxes", "since". */
int msched__goes_with_year(msched__slice word);

/* 1 for "1000" and "words": a number of things. */
int msched__is_amount(msched__slice word, msched__slice next);

/*
 * "PST", "Europe/Berlin", and "ET" if the word may be as short as that. It stays in the title,
 * because all times are in the plan's zone.
 */
int msched__is_zone(msched__slice word, int may_be_short);

/* "with team" before a word: a number there is not that of a team. */
int msched__is_company(const msched__slice *words, uint32_t at);

#endif
