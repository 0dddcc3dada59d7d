/* plan/words/text_clock_words.h: clock times with words, and lengths in words. */
#ifndef MSCHED_PLAN_WORDS_TEXT_CLOCK_WORDS_H
#define MSCHED_PLAN_WORDS_TEXT_CLOCK_WORDS_H

#include "plan/words/text_writer.h"

/*
 * At the start of a word: "at nine in the morning", "8 uur 's avonds", "à midi et demi", "from 11
 * at night to 7 in the morning". `begins` is from msched__clock_begins_fill. Returns the bytes of
 * the line that are done; 0: it is not there.
 */
size_t msched__take_clock_words(msched__writer *w, size_t at, const uint16_t *begins);
/* The same for lengths: "zweieinhalb Stunden", "deux heures et demie", "drie kwartier". */
size_t msched__take_length_words(msched__writer *w, size_t at);
/* 1 if "du soir" or "de la tarde" follows, which only goes with a time, in a language. */
int msched__is_part_ahead(msched__slice s, size_t at, int language);
/* Bytes of "o'clock", "Uhr" or a part of the day after an hour, in a language; 0: none. */
size_t msched__time_word_at(msched__slice s, size_t at, int language, int hour);
/*
 * Bytes of a number with a word that makes it a time or a length, which the title keeps: "four
 * minutes", "2 du matin"; 0: none.
 */
size_t msched__left_words(msched__slice s, size_t at, int *is_length);
/* 1 if the line has a title outside [at, end): a time alone is one itself. */
int msched__has_words_beside(msched__slice s, size_t at, size_t end);

#endif
