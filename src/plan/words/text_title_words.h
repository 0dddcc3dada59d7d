/* plan/words/text_title_words.h: words of titles that show what is next to them. */
#ifndef MSCHED_PLAN_WORDS_TEXT_TITLE_WORDS_H
#define MSCHED_PLAN_WORDS_TEXT_TITLE_WORDS_H

#include "plan/words/text_scan.h"

/*
 * 1 if a word begins that says with whom, where or about what; then the text before it is complete.
 */
int msched__begins_phrase(msched__slice word);
/* 1 if a number after this word is the name of a thing, as after "Room". */
int msched__counts_things(msched__slice word);
/* "-", "|", ",": between a title and its attributes. */
int msched__is_separator(msched__slice word);

#endif
